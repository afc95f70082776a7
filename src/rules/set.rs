//! Sets of rules: a bit for each, by its place in the registry.

use std::ops::{BitAnd, BitOr, BitOrAssign, Not};

const WORDS: usize = super::COUNT.div_ceil(64);

#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Set([u64; WORDS]);

impl Set {
    pub const EMPTY: Self = Self([0; WORDS]);

    pub fn of(rule: usize) -> Self {
        let mut this = Self::EMPTY;
        if let Some(word) = this.0.get_mut(rule / 64) {
            *word |= 1 << (rule % 64);
        }
        this
    }

    #[inline]
    pub fn is_empty(self) -> bool {
        self == Self::EMPTY
    }

    /// The rules, in the order of the registry.
    pub fn rules(self) -> impl Iterator<Item = usize> {
        self.0.into_iter().enumerate().flat_map(|(n, mut word)| {
            std::iter::from_fn(move || {
                let bit = word.trailing_zeros();
                word &= word.wrapping_sub(1);
                (bit < u64::BITS).then_some(64 * n + bit as usize)
            })
        })
    }
}

impl BitAnd for Set {
    type Output = Self;

    #[inline]
    fn bitand(mut self, other: Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(word, other)| *word &= other);
        self
    }
}

impl BitOr for Set {
    type Output = Self;

    #[inline]
    fn bitor(mut self, other: Self) -> Self {
        self |= other;
        self
    }
}

impl BitOrAssign for Set {
    #[inline]
    fn bitor_assign(&mut self, other: Self) {
        self.0.iter_mut().zip(other.0).for_each(|(word, other)| *word |= other);
    }
}

impl Not for Set {
    type Output = Self;

    #[inline]
    fn not(self) -> Self {
        Self(self.0.map(|word| !word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_gives_back_what_was_put_in() {
        let last = super::super::COUNT - 1;
        let set = Set::of(last) | Set::of(3) | Set::of(3);
        assert_eq!(set.rules().collect::<Vec<_>>(), [3, last]);
        assert_eq!((set & !Set::of(3)).rules().collect::<Vec<_>>(), [last]);
        assert!((set & Set::EMPTY).is_empty());
    }
}
