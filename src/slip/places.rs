//! Where in a line characters stand side by side that hardly ever do.

use crate::lexicon::statistics::{END, Unit, is_ideograph, is_pair, level};

/// From this level on a stretch of three characters is common enough to be right.
const COMMON: u8 = 5;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Usual,
    /// A character stands beside it that hardly ever stands there.
    Rare,
    /// It stands beside what it often stands beside, and in no three characters that anybody wrote.
    Unseen,
}

/// How usual the places of a line are.
pub(super) struct Places(Vec<Place>);

impl Places {
    pub fn new(units: &[Unit]) -> Self {
        let pairs: Vec<bool> = units.windows(2).map(|pair| is_pair(pair[0], pair[1])).collect();
        // How common three characters are, by the first of them; nothing where a stretch of text ends between them.
        let triple = |at: usize| match &units[at..at + 3] {
            [_, END, _] => None,
            stretch => Some(if pairs[at] && pairs[at + 1] { level(stretch) } else { 0 }),
        };
        let triples: Vec<_> = (0..units.len().saturating_sub(2)).map(triple).collect();
        let place = |at: usize| {
            if at == 0 || at + 1 >= units.len() || !is_ideograph(units[at]) {
                return Place::Usual;
            }
            let over = &triples[at.saturating_sub(2)..triples.len().min(at + 1)];
            let best = over.iter().flatten().max().copied().unwrap_or(0);
            match pairs[at - 1] && pairs[at] {
                false if best < COMMON => Place::Rare,
                true if best == 0 && over.iter().flatten().count() > 1 => Place::Unseen,
                _ => Place::Usual,
            }
        };
        Self((0..units.len()).map(place).collect())
    }

    /// Whether there is anything to look at.
    pub fn is_strange(&self, at: usize) -> bool {
        self.0[at] != Place::Usual
    }

    /// Whether a character stands beside it that hardly ever stands there.
    pub fn is_rare(&self, at: usize) -> bool {
        self.0.get(at) == Some(&Place::Rare)
    }
}
