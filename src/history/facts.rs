//! The facts of the paragraphs that both versions have, and which of one stands for which of the other.

use std::cell::OnceCell;

use super::consequence::prose;
use super::hunks::{Hunk, hunks};
use super::{Row, Version};
pub(super) use crate::rules::amounts::{Fact, Kind, ONE};
use crate::rules::amounts::{facts, paired};
use crate::text::chars::last_sentence;

/// A line that a version does not have.
pub(super) const NOWHERE: u32 = u32::MAX;

/// A paragraph in both versions. One that is gone, or new, has no text in the other.
pub(super) struct Both {
    pub lines: (u32, u32),
    pub old: String,
    pub new: String,
    pub before: Vec<Fact>,
    pub after: Vec<Fact>,
    /// Of each old fact the new one, and of each new one the old one.
    pub pairs: Vec<Option<usize>>,
    pub from: Vec<Option<usize>>,
    hunks: OnceCell<Vec<Hunk>>,
}

impl Both {
    pub fn of((was, old): (u32, String), (line, new): (u32, String)) -> Self {
        let before = facts(&old);
        let (after, pairs) = match old == new {
            true => (before.clone(), (0..before.len()).map(Some).collect()),
            false => {
                let after = facts(&new);
                let pairs = paired((&old, &before), (&new, &after));
                (after, pairs)
            }
        };
        let mut from = vec![None; after.len()];
        pairs.iter().enumerate().filter_map(|(n, m)| Some((n, (*m)?))).for_each(|(n, m)| from[m] = Some(n));
        Self { lines: (was, line), old, new, before, after, pairs, from, hunks: OnceCell::new() }
    }

    pub fn all(old: Version, new: Version, rows: &[Row]) -> Vec<Self> {
        let side = |version, line: Option<u32>| match line {
            Some(line) => (line, prose(version, line).trim_end().to_owned()),
            None => (NOWHERE, String::new()),
        };
        rows.iter().map(|row| Self::of(side(old, row.old), side(new, row.new))).collect()
    }

    /// Whether both versions have the paragraph, and not with the same words.
    pub fn is_changed(&self) -> bool {
        self.old != self.new && !self.old.is_empty() && !self.new.is_empty()
    }

    /// What is different in the two texts.
    pub fn hunks(&self) -> &[Hunk] {
        self.hunks.get_or_init(|| hunks(&self.old, &self.new))
    }

    /// Whether a new fact, by its number, was there before, and not as another one.
    pub fn has_kept(&self, m: usize) -> bool {
        match self.from[m] {
            Some(n) => self.before[n].is_same(&self.after[m]),
            None => self.before.iter().any(|known| known.is_same(&self.after[m])),
        }
    }

    /// The new fact that an old one, by its number, stands for.
    pub fn now(&self, n: usize) -> Option<&Fact> {
        self.pairs[n].map(|m| &self.after[m])
    }

    /// Where the sentence of an old fact, by its number, begins.
    pub fn sentence(&self, n: usize) -> usize {
        last_sentence(&self.old[..self.before[n].range.start as usize])
    }

    /// The facts that stand for each other and do not say the same.
    pub fn changed(&self) -> impl Iterator<Item = (&Fact, &Fact)> {
        let pairs = self.before.iter().enumerate().filter_map(|(n, one)| Some((one, self.now(n)?)));
        pairs.filter(|(one, other)| !one.is_same(other))
    }
}
