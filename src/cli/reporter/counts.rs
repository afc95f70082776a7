//! `--quiet`: the totals alone.

use super::text::foot;
use super::{Draft, Outcome, Reporter};
use crate::cli::output::Look;

pub(super) struct Counts {
    pub look: Look,
}

impl Reporter for Counts {
    fn shows_findings(&self) -> bool {
        false
    }

    fn draft(&self, _: &Draft) -> String {
        String::new()
    }

    fn foot(&self, outcome: &Outcome) -> String {
        foot(outcome, self.look)
    }
}
