//! Quick fixes and fix-all.

use crate::analysis::Analysis;
use crate::locale::Locale;
use crate::rules::Diagnostic;
use crate::settings::Settings;
use crate::text::{Edit, Lines, Span};

/// Something that can be done to the draft.
#[derive(Clone, Debug)]
pub struct Action {
    pub title: String,
    pub edits: Vec<Edit>,
    /// The finding that it settles.
    pub diagnostic: Diagnostic,
    /// The only fix of that finding, and a certain one.
    pub preferred: bool,
}

/// The fixes of the findings that touch `span`.
pub fn quick_fixes(
    _analysis: &Analysis,
    _lines: &dyn Lines,
    _settings: &Settings,
    _locale: Locale,
    _span: Span,
) -> Vec<Action> {
    Vec::new()
}

/// The edits of all safe fixes of the draft, sorted and disjoint.
pub fn fix_all(_analysis: &Analysis, _lines: &dyn Lines, _settings: &Settings) -> Vec<Edit> {
    Vec::new()
}
