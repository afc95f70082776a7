//! `--format github`: commands that the runner of GitHub Actions turns into annotations. Lines and columns are 1-based,
//! columns count characters.

use super::{Draft, Outcome, Reporter};
use crate::cli::output::clean;
use crate::locale::Locale;
use crate::settings::Severity;

pub(super) struct Github {
    pub locale: Locale,
}

impl Reporter for Github {
    fn draft(&self, draft: &Draft) -> String {
        let path = property(&draft.relative_path());
        let line = |finding: &crate::rules::Diagnostic| {
            let (line, column) = draft.place(finding.span.start);
            let (last_line, behind) = draft.place(finding.span.end);
            let command = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Information | Severity::Hint => "notice",
            };
            // The end is the last character, and of one line only.
            let columns = match line == last_line {
                true => format!("col={column},endColumn={}", column.max(behind - 1)),
                false => format!("endLine={last_line}"),
            };
            let name = finding.rule.text(self.locale).name;
            format!(
                "::{command} file={path},line={line},{columns},title={}::{}\n",
                property(name),
                data(&finding.message)
            )
        };
        draft.findings.iter().map(line).collect()
    }

    fn foot(&self, outcome: &Outcome) -> String {
        outcome.problems.iter().map(|problem| format!("::error ::{}\n", data(problem))).collect()
    }
}

/// The text of a command.
fn data(text: &str) -> String {
    clean(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
