//! What there is to say about the thing under the pointer.

use crate::analysis::Analysis;
use crate::locale::Locale;
use crate::settings::Settings;
use crate::text::{Lines, Point, Span};

/// An explanation in Markdown and the text it is about.
#[derive(Clone, Debug)]
pub struct Hover {
    pub markdown: String,
    pub span: Span,
}

/// Explains the finding, marker or placeholder at `at`.
pub fn hover(
    _analysis: &Analysis,
    _lines: &dyn Lines,
    _settings: &Settings,
    _locale: Locale,
    _at: Point,
) -> Option<Hover> {
    None
}
