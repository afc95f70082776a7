//! What has one name all over a draft: a placeholder, or a short name that the draft defines.

use super::blanks::{blank_at, renamed};
use super::short_names::short_name_at;
use crate::analysis::Analysis;
use crate::text::{Edit, Lines, Point, Span};

pub struct Name {
    /// What stands for it here.
    pub span: Span,
    /// All its places, this one included, in text order; the first is where it is defined.
    pub uses: Vec<Span>,
}

impl Name {
    /// The changes that put `text` in all its places.
    pub fn renamed(&self, analysis: &Analysis, lines: &dyn Lines, text: &str) -> Vec<Edit> {
        self.uses.iter().map(|&span| renamed(analysis, lines, span, text)).collect()
    }
}

/// What is called by the name at `at`.
pub fn name_at(analysis: &Analysis, lines: &dyn Lines, at: Point) -> Option<Name> {
    let blank = blank_at(analysis, lines, at).map(|blank| Name { span: blank.span, uses: blank.uses });
    blank.or_else(|| short_name_at(analysis, lines, at).map(|name| Name { span: name.span, uses: name.uses }))
}
