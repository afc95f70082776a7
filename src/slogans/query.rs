//! What completion is asked.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Date, Entry, Text};

/// Which characters to insert.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Script {
    #[default]
    Simplified,
    Traditional,
}

/// Where in the draft the cursor is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Position {
    /// Below the title, where the salutation goes that is not there yet.
    Salutation,
    /// The first paragraphs.
    Opening,
    #[default]
    Body,
    /// The last paragraphs.
    Closing,
}

/// What the other drafts of the writer say. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Elsewhere {
    /// By text of an entry: how many drafts have it.
    pub drafts: Arc<FxHashMap<Text, u32>>,
    /// The texts of the draft itself as `drafts` counts them: they are not elsewhere.
    pub own: Arc<[Text]>,
}

impl Elsewhere {
    /// In how many other drafts the entry stands.
    pub(super) fn count(&self, entry: &Entry) -> u32 {
        let all = self.drafts.get(&entry.text).copied().unwrap_or(0);
        all.saturating_sub(u32::from(self.own.contains(&entry.text)))
    }
}

/// What completion needs to know.
#[derive(Clone, Debug)]
pub struct CompletionQuery<'a> {
    /// The line up to the cursor.
    pub before: &'a str,
    /// The line from the cursor on.
    pub after: &'a str,
    /// The topics of the section, as [`topics_in`](super::topics_in) gives them for its heading.
    pub topics: &'a [&'a str],
    /// Numbers of the entries used before.
    pub used: &'a [u32],
    pub elsewhere: Elsewhere,
    pub script: Script,
    pub position: Position,
    /// The date of the draft; `None`: that of the catalogue.
    pub date: Option<Date>,
    /// The writer asked for it: complete words are gone on with, and with nothing typed the
    /// entries on the topics of the section are offered.
    pub explicit: bool,
    /// Han characters needed before anything is offered.
    pub minimum_han: usize,
    /// Letters needed before anything is offered.
    pub minimum_letters: usize,
    /// At most this many.
    pub limit: usize,
}

impl<'a> CompletionQuery<'a> {
    /// A query in a neutral context: no topics, nothing used before, usual limits.
    pub fn new(before: &'a str, after: &'a str) -> Self {
        Self {
            before,
            after,
            topics: &[],
            used: &[],
            elsewhere: Elsewhere::default(),
            script: Script::Simplified,
            position: Position::Body,
            date: None,
            explicit: false,
            minimum_han: 2,
            minimum_letters: 3,
            limit: 20,
        }
    }
}
