//! What can be folded: sections, runs of list paragraphs, boilerplate blocks.

use crate::analysis::Analysis;

/// A foldable run of lines; `last` is included. At least two lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    pub first: u32,
    pub last: u32,
    /// Advertisement or site furniture rather than speech.
    pub boilerplate: bool,
}

pub fn folds(_analysis: &Analysis) -> Vec<Fold> {
    Vec::new()
}
