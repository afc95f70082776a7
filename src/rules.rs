//! The rules, and what they report.

use crate::analysis::Analysis;
use crate::locale::Locale;
use crate::settings::Settings;
use crate::text::{Edit, Lines, Span};

pub use crate::settings::Severity;

/// A rule: everything that is known about it, in one value.
pub struct Rule {
    /// Kebab case, stable: `numbering-gap`.
    pub code: &'static str,
    /// The Chinese name: `跳号`.
    pub name: &'static str,
    /// The severity unless the settings say otherwise; `None` when the rule is off by default.
    pub severity: Option<Severity>,
    /// One line.
    pub summary: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// Where the rule comes from: a clause of a standard, or practice.
    pub source: &'static str,
    pub examples: &'static [Example],
}

/// A draft that breaks a rule and one that keeps it.
pub struct Example {
    pub bad: &'static str,
    pub good: &'static str,
}

/// A finding, ready to be shown.
#[derive(Clone)]
pub struct Diagnostic {
    pub rule: &'static Rule,
    pub severity: Severity,
    pub span: Span,
    pub message: String,
    pub related: Vec<Related>,
    pub fix: Option<Fix>,
}

/// Another place that belongs to a finding.
#[derive(Clone, Debug)]
pub struct Related {
    pub span: Span,
    pub message: String,
}

#[derive(Clone, Debug)]
pub struct Fix {
    pub title: String,
    pub edits: Vec<Edit>,
    /// Certain enough to be applied without a look.
    pub safe: bool,
}

impl std::fmt::Debug for Diagnostic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {:?} {}", self.rule.code, self.span, self.message)
    }
}

/// Every rule, in the order of the documentation.
pub static RULES: &[&Rule] = &[];

/// The rule with this code.
pub fn find(code: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.code == code)
}

/// How many findings of each severity there are, and the first `limit` of them: the most severe
/// are kept, and what is kept is in text order.
pub fn diagnostics(
    _analysis: &Analysis,
    _lines: &dyn Lines,
    _settings: &Settings,
    _locale: Locale,
    _limit: usize,
) -> Vec<Diagnostic> {
    Vec::new()
}

/// How many findings of each severity there are, without rendering any.
pub fn counts(_analysis: &Analysis, _settings: &Settings) -> [usize; 4] {
    [0; 4]
}

/// How many placeholders of each category there are, the most frequent first.
pub fn placeholder_summary(_analysis: &Analysis) -> Vec<(&'static str, usize)> {
    Vec::new()
}
