//! What the client has open: drafts, and settings files.

mod drafts;
mod lazy_analysis;
mod linked;
mod settings_files;

pub use drafts::{Draft, Drafts, Refused, SettingsChange};
pub use lazy_analysis::LazyAnalysis;
pub use linked::Linked;
pub use settings_files::{SettingsFiles, is_settings_file};
