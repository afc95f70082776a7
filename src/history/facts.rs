//! The facts of the paragraphs that both versions have, and which of one stands for which of the other.

use super::consequence::prose;
use super::{Row, Version};
pub(super) use crate::rules::amounts::{Fact, Kind, ONE, facts};
use crate::text::Range;

/// A paragraph that both versions have.
pub(super) struct Both {
    pub lines: (u32, u32),
    pub old: String,
    pub new: String,
    pub before: Vec<Fact>,
    pub after: Vec<Fact>,
    /// Of each old fact the new one.
    pub pairs: Vec<Option<usize>>,
}

impl Both {
    pub fn of((was, old): (u32, String), (line, new): (u32, String)) -> Self {
        let (before, after) = (facts(&old), facts(&new));
        let pairs = paired((&old, &before), (&new, &after));
        Self { lines: (was, line), old, new, before, after, pairs }
    }

    pub fn all(old: Version, new: Version, rows: &[Row]) -> Vec<Self> {
        let lines = rows.iter().filter_map(|row| Some((row.old?, row.new?)));
        lines.map(|(was, line)| Self::of((was, prose(old, was)), (line, prose(new, line)))).collect()
    }

    /// The facts that stand for each other and do not say the same.
    pub fn changed(&self) -> impl Iterator<Item = (&Fact, &Fact)> {
        let pairs = self.before.iter().zip(&self.pairs).filter_map(|(one, m)| Some((one, &self.after[(*m)?])));
        pairs.filter(|(one, other)| !one.is_same(other))
    }
}

/// Of each fact of the old text the one that stands for it in the new one: what says the same, in the order of both,
/// and between those what stands between the same words.
fn paired((old, before): (&str, &[Fact]), (new, after): (&str, &[Fact])) -> Vec<Option<usize>> {
    /// So many pairs are weighed.
    const WEIGHED: usize = 1 << 14;
    let first = before.iter().zip(after).take_while(|(one, other)| one.is_same(other)).count();
    let tails = before[first..].iter().rev().zip(after[first..].iter().rev());
    let last = tails.take_while(|(one, other)| one.is_same(other)).count();
    let mut pairs: Vec<Option<usize>> = (0..before.len()).map(|n| (n < first).then_some(n)).collect();
    for n in 0..last {
        pairs[before.len() - 1 - n] = Some(after.len() - 1 - n);
    }
    let (one, other) = (&before[first..before.len() - last], &after[first..after.len() - last]);
    if one.len().saturating_mul(other.len()) <= WEIGHED {
        for (n, m) in best_pairs((old, one), (new, other)) {
            pairs[first + n] = Some(first + m);
        }
    }
    pairs
}

fn best_pairs((old, before): (&str, &[Fact]), (new, after): (&str, &[Fact])) -> Vec<(usize, usize)> {
    let width = after.len() + 1;
    let mut best = vec![0u32; (before.len() + 1) * width];
    for (n, one) in before.iter().enumerate().rev() {
        for (m, other) in after.iter().enumerate().rev() {
            let skipped = best[(n + 1) * width + m].max(best[n * width + m + 1]);
            let weight = match () {
                () if one.is_same(other) => 3,
                () if one.kind == other.kind && is_framed_alike((old, one.range), (new, other.range)) => 2,
                () => 0,
            };
            let taken = if weight > 0 { weight + best[(n + 1) * width + m + 1] } else { 0 };
            best[n * width + m] = skipped.max(taken);
        }
    }
    let (mut n, mut m, mut pairs) = (0, 0, Vec::new());
    while n < before.len() && m < after.len() {
        let here = best[n * width + m];
        if here == best[(n + 1) * width + m] {
            n += 1;
        } else if here == best[n * width + m + 1] {
            m += 1;
        } else {
            pairs.push((n, m));
            (n, m) = (n + 1, m + 1);
        }
    }
    pairs
}

/// Whether two stretches stand between the same words: the same two characters before or behind them, or one on
/// either side.
fn is_framed_alike((old, a): (&str, Range), (new, b): (&str, Range)) -> bool {
    let left = |text: &str, range: Range| -> Vec<char> { text[..range.start as usize].chars().rev().take(2).collect() };
    let right = |text: &str, range: Range| -> Vec<char> { text[range.end as usize..].chars().take(2).collect() };
    let ((one, other), (three, four)) = ((left(old, a), left(new, b)), (right(old, a), right(new, b)));
    one == other || three == four || one.first() == other.first() && three.first() == four.first()
}
