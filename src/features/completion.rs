//! Completion at a place in the draft.

use crate::analysis::Analysis;
use crate::text::{Lines, Point, Span};

/// A thing that can be inserted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What the list shows.
    pub label: String,
    /// A short remark beside the label.
    pub detail: String,
    /// Replaces the text of `span`.
    pub text: String,
    pub span: Span,
}

/// The next ordinal of the list that runs at `at`: at the start of a paragraph, and at a clause
/// boundary inside a running inline sequence.
pub fn complete(_analysis: &Analysis, _lines: &dyn Lines, _at: Point) -> Vec<Candidate> {
    Vec::new()
}
