//! The formats of `check`, one file each. A draft is rendered where it was checked, on any thread; what comes of it
//! is written in the order of the drafts and then forgotten, so a report takes no more memory than one of its drafts.

mod counts;
pub(super) mod json;
pub(super) mod text;

use super::arguments::ReportFormat;
use super::extent::Extent;
use super::gate::Verdict;
use super::output::Look;
use crate::report::Columns;
use crate::rules::Diagnostic;
use crate::text::Flat;

/// One format.
pub(super) trait Reporter: Send + Sync {
    /// Whether it says what was found, and not only how much.
    fn shows_findings(&self) -> bool {
        true
    }

    /// Whether a person reads it on a terminal: what lies behind the report is then explained on standard error.
    fn is_for_people(&self) -> bool {
        false
    }

    /// What stands before the first draft.
    fn head(&self) -> String {
        String::new()
    }

    /// What one draft comes to.
    fn draft(&self, draft: &Draft) -> String;

    /// What stands between two drafts.
    fn separator(&self) -> &'static str {
        ""
    }

    /// What stands after the last one.
    fn foot(&self, outcome: &Outcome) -> String;
}

/// The format that was asked for.
pub(super) fn reporter(format: ReportFormat, is_quiet: bool, look: Look) -> Box<dyn Reporter> {
    match (is_quiet, format) {
        (true, _) => Box::new(counts::Counts { look }),
        (_, ReportFormat::Text) => Box::new(text::Text { look }),
        (_, ReportFormat::Json) => Box::new(json::Json { locale: look.locale }),
    }
}

/// A draft that was checked.
pub(super) struct Draft<'a> {
    pub path: &'a str,
    pub encoding: &'static str,
    /// Whether it is taken for official prose; otherwise there are hints at most.
    pub is_official: bool,
    pub lines: &'a Flat<'a>,
    pub columns: &'a Columns<'a>,
    /// In the order of the text.
    pub findings: &'a [Diagnostic],
    /// By severity.
    pub counts: [usize; 4],
    /// By category, most first.
    pub placeholders: &'a [(&'static str, usize)],
}

/// What all drafts come to.
pub(super) struct Outcome<'a> {
    pub extent: Extent,
    /// By severity.
    pub counts: [usize; 4],
    /// By category, most first.
    pub placeholders: &'a [(&'static str, usize)],
    /// How many places have been changed.
    pub fixed: usize,
    /// A code that was reported.
    pub code: Option<&'static str>,
    /// What a final check says.
    pub verdict: Option<&'a Verdict>,
}
