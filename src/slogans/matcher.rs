//! Finds everything the catalogue knows in one pass.

use super::fold::FoldedText;
use super::patterns::{Pattern, Patterns, SET};
use super::surroundings::is_quoted;
use crate::text::Range;

pub(super) use super::patterns::Role;

/// A pattern in the line; offsets are characters of the folded text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    pub role: Role,
    pub entry: u32,
    pub start: usize,
    pub end: usize,
}

impl Hit {
    /// The pattern at character `start` of a line.
    fn of(pattern: &Pattern, start: usize) -> Self {
        Self { role: pattern.role, entry: pattern.entry, start, end: start + usize::from(pattern.len) }
    }

    pub fn covers(&self, start: usize, end: usize) -> bool {
        self.start <= start && end <= self.end
    }
}

impl Patterns {
    /// The patterns in the line by their end; of those that end together the longest first.
    pub fn hits(&self, line: &FoldedText) -> Vec<Hit> {
        let mut found = Vec::new();
        self.find(&line.codes, |start, pattern| match pattern.role {
            Role::Set(offset) => found.extend(self.near_set(&line.codes, start, pattern, offset)),
            _ => found.push(Hit::of(pattern, start)),
        });
        // Those with the same characters stay in their order.
        found.sort_by_key(|hit| (hit.end, hit.start));
        found
    }

    /// What stands for a set phrase, two characters of which stand at `start`, where it is all of it but for a character.
    #[inline]
    fn near_set(&self, text: &[u16], start: usize, pattern: &Pattern, offset: u16) -> Option<Hit> {
        let start = start.checked_sub(usize::from(offset))?;
        // One half stands there; of the other one character does.
        let half = SET / 2 - usize::from(offset);
        let there = text.get(start..start + SET)?.get(half..half + SET / 2)?;
        let meant = self.set_phrase(pattern)?.get(half..half + SET / 2)?;
        let is_near = (meant.first() == there.first()) != (meant.last() == there.last());
        is_near.then_some(Hit { role: pattern.role, entry: pattern.entry, start, end: start + SET })
    }

    /// The entries in a line: byte range and number, by start, the longest first. Of entries with
    /// the same text the one in force.
    pub fn texts_in(&self, line: &str) -> Vec<(Range, u32)> {
        let folded = FoldedText::of(line);
        texts_of(&self.hits(&folded), &folded, line)
    }
}

/// The same, from the hits in the line.
pub(super) fn texts_of(hits: &[Hit], folded: &FoldedText, line: &str) -> Vec<(Range, u32)> {
    let mut found: Vec<(Range, u32)> = hits
        .iter()
        .filter(|hit| matches!(hit.role, Role::Text))
        .filter_map(|hit| {
            let range = range_of(folded, line, hit.start, hit.end);
            // Two characters are an entry only in quotes: 两高于, 三保险.
            (hit.end - hit.start > 2 || is_quoted(line, range)).then_some((range, hit.entry))
        })
        .collect();
    found.sort_by_key(|(range, number)| (range.start, std::cmp::Reverse(range.end), *number));
    found.dedup_by_key(|(range, _)| *range);
    found
}

pub(super) fn range_of(folded: &FoldedText, line: &str, start: usize, end: usize) -> Range {
    Range::new(folded.start(start), folded.end(line, end))
}
