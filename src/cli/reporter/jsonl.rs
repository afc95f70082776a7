//! `--format jsonl`: an object a line for each draft, as those in the `files` of `--format json`.

use super::json::file;
use super::{Draft, Outcome, Reporter};
use crate::cli::output::json_text;

pub(super) struct Jsonl;

impl Reporter for Jsonl {
    fn draft(&self, draft: &Draft) -> String {
        json_text(&file(draft)) + "\n"
    }

    fn foot(&self, _: &Outcome) -> String {
        String::new()
    }
}
