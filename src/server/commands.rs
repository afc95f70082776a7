//! The names of the commands.

pub const NEXT_PLACEHOLDER: &str = "jianggao.nextPlaceholder";
pub const STATISTICS: &str = "jianggao.statistics";
pub const LEDGER: &str = "jianggao.placeholders";
pub const FINAL_CHECK: &str = "jianggao.finalCheck";

pub const WHY: &str = "jianggao.why";
pub const REHEARSAL: &str = "jianggao.rehearsal";
/// About no draft.
pub const TEMPLATES: &str = "jianggao.templates";

pub const ALL: [&str; 7] = [NEXT_PLACEHOLDER, STATISTICS, LEDGER, FINAL_CHECK, WHY, REHEARSAL, TEMPLATES];
