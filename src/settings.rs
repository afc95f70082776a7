//! Settings: `jianggao.toml`, read the same way for the command line and the server.

use std::collections::BTreeMap;

/// How much a finding matters. The most severe comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Error,
    Warning,
    Information,
    Hint,
}

impl Severity {
    pub const ALL: [Self; 4] = [Self::Error, Self::Warning, Self::Information, Self::Hint];

    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Information => "information",
            Self::Hint => "hint",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.name() == name)
    }
}

/// The settings in force for a draft.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// By rule code: `None` is off.
    pub rules: BTreeMap<String, Option<Severity>>,
    /// A finding whose text is one of these is not reported.
    pub allow: Vec<String>,
    /// A finding whose text one of these matches as a whole is not reported.
    pub allow_patterns: Vec<regex::Regex>,
    /// Literal placeholders of the house, beside the built-in forms.
    pub placeholders_add: Vec<String>,
    /// Literal texts that are no placeholders here.
    pub placeholders_remove: Vec<String>,
    /// How many characters (字) are spoken in a minute; `None`: 200.
    pub characters_per_minute: Option<u32>,
}

/// Something wrong with a settings file. The rest of the file still counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Byte range in the settings file.
    pub range: std::ops::Range<usize>,
    /// What is wrong, and the remedy.
    pub message: String,
}
