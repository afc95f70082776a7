//! What the draft as a whole makes of the candidates for placeholders in it.

use rustc_hash::FxHashMap;

use super::{RULES, Tag};
use crate::analysis::Analysis;
use crate::paragraph::{Hit, Paragraph};
use crate::placeholder::{Certainty, Draft, Key, Placeholder};
use crate::settings::Severity;

/// The draft as a judge of many candidates, most of which are alike.
pub(super) struct Judge<'a> {
    draft: Draft<'a>,
    known: FxHashMap<Key, Certainty>,
    /// Drafts with the same judge all candidates alike.
    pub digest: u64,
}

impl<'a> Judge<'a> {
    pub(super) fn of(analysis: &'a Analysis) -> Self {
        let draft = analysis.blanks();
        Self { draft, known: FxHashMap::default(), digest: draft.digest() }
    }

    /// The hit as the draft lets it stand.
    pub(super) fn judged(&mut self, paragraph: &Paragraph, hit: &Hit) -> Option<Hit> {
        let Some(found) = placeholder_of(paragraph, hit) else { return Some(*hit) };
        Some(hit.as_severe(shown_as(self.certainty(found.key), hit.severity)?))
    }

    pub(super) fn certainty(&mut self, key: Key) -> Certainty {
        *self.known.entry(key).or_insert_with(|| self.draft.certainty_of(key))
    }
}

/// The severity of a candidate whose rule has `severity`.
pub(super) fn shown_as(certainty: Certainty, severity: Severity) -> Option<Severity> {
    match certainty {
        Certainty::Certain => Some(severity),
        Certainty::Doubtful => Some(Severity::Hint),
        Certainty::Silent => None,
    }
}

/// The candidate that a hit is about. Only placeholder rules speak of placeholders; the others
/// have evidence of another kind.
pub(super) fn placeholder_of<'a>(paragraph: &'a Paragraph, hit: &Hit) -> Option<&'a Placeholder> {
    let found = paragraph.placeholders.get(hit.evidence::<usize>())?;
    RULES[hit.rule as usize].is(Tag::Placeholder).then_some(found)
}
