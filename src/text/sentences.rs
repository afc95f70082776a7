//! The sentences of a paragraph, and how much two of them have in common.

use super::Range;
use super::chars::is_closing_quote;

/// The sentences of a text, each with the marks that end it.
pub fn sentences(text: &str) -> Vec<Range> {
    let (mut found, mut start, mut is_ended) = (Vec::new(), 0, false);
    for (at, c) in text.char_indices() {
        let ends = matches!(c, '。' | '！' | '？' | '；');
        if is_ended && !ends && !is_closing_quote(c) {
            found.push(Range::new(start, at));
            (start, is_ended) = (at, false);
        }
        is_ended |= ends;
    }
    if start < text.len() {
        found.push(Range::new(start, text.len()));
    }
    found
}

/// The pairs of characters that a text has, each once, in order.
#[derive(Clone, Debug, Default)]
pub struct Grams(Box<[u64]>);

impl Grams {
    pub fn of(text: &str) -> Self {
        let mut last = 0;
        let pair = |c: char| (std::mem::replace(&mut last, u64::from(c)) << 32) | u64::from(c);
        let mut all: Vec<u64> = text.chars().filter(|c| !c.is_whitespace()).map(pair).collect();
        all.sort_unstable();
        all.dedup();
        Self(all.into())
    }

    /// How much two texts have in common, of 1.
    pub fn likeness(&self, other: &Self) -> f32 {
        let (mut a, mut b, mut shared) = (0, 0, 0);
        while let (Some(one), Some(two)) = (self.0.get(a), other.0.get(b)) {
            shared += usize::from(one == two);
            (a, b) = (a + usize::from(one <= two), b + usize::from(two <= one));
        }
        let all = self.0.len() + other.0.len();
        if all == 0 { 1.0 } else { 2.0 * shared as f32 / all as f32 }
    }

    /// How much of it stands in another, of 1.
    pub fn held_in(&self, whole: &Self) -> f32 {
        let shared = self.0.iter().filter(|gram| whole.0.binary_search(gram).is_ok()).count();
        shared as f32 / self.0.len().max(1) as f32
    }

    /// Whether there is one that both have.
    pub fn shares(&self, other: &Self) -> bool {
        self.0.iter().any(|gram| other.0.binary_search(gram).is_ok())
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = u64> + '_ {
        self.0.iter().copied()
    }
}
