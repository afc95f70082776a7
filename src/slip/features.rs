//! What speaks for a correction and against it.

use std::sync::LazyLock;

use crate::lexicon::confusion::Likeness;
use crate::lexicon::statistics::{END, FIGURES, Unit, level};
use crate::text::tables::SLIPS;

use super::places::Places;
use super::window::{BIT, Line, REACH, Window};

macro_rules! features {
    ($($variant:ident = $name:literal),* $(,)?) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        enum Feature { $($variant),* }

        /// Their names in the table.
        const NAMES: &[&str] = &[$($name),*];
    };
}

features! {
    Bias = "bias",
    Gain8 = "gain-8", Gain10 = "gain-10", Gain12 = "gain-12", Gain14 = "gain-14", Gain16 = "gain-16",
    Gain18 = "gain-18", Gain21 = "gain-21", Gain24 = "gain-24", Gain28 = "gain-28", Gain32 = "gain-32",
    Cheaper4 = "cheaper-4", Cheaper8 = "cheaper-8", Cheaper12 = "cheaper-12", Cheaper16 = "cheaper-16",
    Cheaper20 = "cheaper-20",
    Old3 = "old-three", OldLeft = "old-left", OldRight = "old-right", OldOften = "old-often",
    OldVeryOften = "old-very-often", OldWord = "old-word", OldLongWord = "old-long-word", OldRare = "old-rare",
    OldUnknown = "old-unknown", OldCommon = "old-common", OldAlone = "old-alone", OldAlone9 = "old-alone-9",
    OldAlone11 = "old-alone-11", OldAlone13 = "old-alone-13",
    New3Some = "new-three-some", New3Often = "new-three-often", New3VeryOften = "new-three-very-often",
    New3Two = "new-three-2", New3All = "new-three-3",
    New4 = "new-four", New4Some = "new-four-some", New4Often = "new-four-often",
    New4VeryOften = "new-four-very-often", New4Two = "new-four-2", New4Three = "new-four-3", New4All = "new-four-4",
    NewBoth = "new-both", NewBothSome = "new-both-some", NewBothOften = "new-both-often", NewAround = "new-around",
    NewWord = "new-word", NewLongWord = "new-long-word", NewWordFits = "new-word-fits",
    Sounds = "sounds", NearlySounds = "nearly-sounds", Looks = "looks", SoundsAndLooks = "sounds-and-looks",
    Clear = "clear", Rival = "rival", Again = "again", Strange1 = "strange-1", Strange2 = "strange-2",
    Strange4 = "strange-4", EdgeLeft = "edge-left", EdgeRight = "edge-right", Often = "often",
    Figure = "figure", Unseen = "unseen",
    OldIsWord = "old-is-word", OldWordFits = "old-word-fits", OldBoth = "old-both",
}

/// A set of features.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Features(u128);

const _: () = assert!(NAMES.len() <= u128::BITS as usize, "a bit for each feature");

impl Features {
    fn add(&mut self, feature: Feature, holds: bool) {
        self.0 |= u128::from(holds) << feature as u32;
    }

    /// Those of the steps that are reached.
    fn reach<const N: usize>(&mut self, steps: [(Feature, i32); N], value: i32) {
        for (feature, least) in steps {
            self.add(feature, value >= least);
        }
    }

    /// Whether what stands there is a word by itself.
    pub fn replaces_a_word(self) -> bool {
        self.0 >> Feature::OldIsWord as u32 & 1 == 1
    }

    fn places(self) -> impl Iterator<Item = usize> {
        (0..NAMES.len()).filter(move |n| self.0 >> n & 1 == 1)
    }

    /// Their names in the table, behind the family.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        self.places().map(|n| NAMES[n])
    }
}

/// What a correction does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Another character.
    One,
    /// Two others.
    Two,
    /// Two characters change places.
    Swap,
}

impl Family {
    pub const ALL: [Self; 3] = [Self::One, Self::Two, Self::Swap];

    /// Its name in the table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Two => "two",
            Self::Swap => "swap",
        }
    }

    /// How many characters it is about.
    pub const fn length(self) -> usize {
        if matches!(self, Self::One) { 1 } else { 2 }
    }
}

/// The points of the families.
pub(super) struct Families([Vec<i32>; Family::ALL.len()]);

impl Families {
    pub fn get() -> &'static Self {
        static FAMILIES: LazyLock<Families> = LazyLock::new(|| {
            let of =
                |family: Family| NAMES.iter().map(|name| SLIPS.get(&format!("{}.{name}", family.name()))).collect();
            Families(Family::ALL.map(of))
        });
        &FAMILIES
    }

    pub fn points(&self, family: Family, features: Features) -> i32 {
        let family = &self.0[family as usize];
        features.places().map(|n| family[n]).sum()
    }
}

/// What is known of a correction.
pub(super) struct Seen<'a> {
    pub line: &'a Line,
    pub at: usize,
    pub family: Family,
    /// The place in the windows.
    pub here: usize,
    pub old: Window<'a>,
    pub new: Window<'a>,
    /// By how much it is likelier, in eighths of a bit; and another correction.
    pub gain: i32,
    pub rival: i32,
    pub likeness: [Likeness; 2],
    pub places: &'a Places,
}

impl Seen<'_> {
    pub fn features(&self) -> Features {
        use Feature::*;
        let &Self { line, at, family, here, old, new, gain, rival, .. } = self;
        let len = family.length();
        let to = here + len;
        let mut set = Features::default();
        set.add(Bias, true);
        set.reach(
            [
                (Gain8, 8 * BIT),
                (Gain10, 10 * BIT),
                (Gain12, 12 * BIT),
                (Gain14, 14 * BIT),
                (Gain16, 16 * BIT),
                (Gain18, 18 * BIT),
                (Gain21, 21 * BIT),
                (Gain24, 24 * BIT),
                (Gain28, 28 * BIT),
                (Gain32, 32 * BIT),
            ],
            gain,
        );
        let (old_cost, alone) = old.words(here, to);
        let cheaper = old_cost - new.words(here, to).0;
        set.reach([(Cheaper4, 4), (Cheaper8, 8), (Cheaper12, 12), (Cheaper16, 16), (Cheaper20, 20)], cheaper);
        let alone = alone.unwrap_or(-1);
        set.reach([(OldAlone, 0), (OldAlone9, 9), (OldAlone11, 11), (OldAlone13, 13)], alone);

        let sides = |window: Window<'_>| (window.level(here.wrapping_sub(1), 2), window.level(to - 1, 2));
        let old3 = old.best(here, to, 3);
        let (left, right) = sides(old);
        set.add(Old3, old3 > 0);
        set.add(OldLeft, left > 0);
        set.add(OldRight, right > 0);
        set.reach([(OldOften, 4), (OldVeryOften, 7)], left.max(right).into());
        let old_word = old.word(here, to);
        set.add(OldWord, old_word.is_some_and(|word| word.len > len || len > 1));
        set.add(OldLongWord, old_word.is_some_and(|word| word.len > 2));
        set.add(OldIsWord, len > 1 && old_word.is_some_and(|word| word.len == len && word.fits));
        set.add(OldWordFits, old_word.is_some_and(|word| word.len > 1 && word.fits));
        set.add(OldBoth, left.min(right) > 2);
        let rarest = old.units[here..to].iter().map(|unit| level(&[*unit])).min().unwrap_or(0);
        set.add(OldRare, rarest < 6);
        set.add(OldUnknown, rarest < 2);
        set.add(OldCommon, rarest > 12);

        let (new3, new4) = (new.best(here, to, 3), new.best(here, to, 4));
        set.reach([(New3Some, 3), (New3Often, 6), (New3VeryOften, 9)], new3.into());
        set.reach([(New4, 1), (New4Some, 3), (New4Often, 5), (New4VeryOften, 8)], new4.into());
        set.reach([(New3Two, 2), (New3All, 3)], new.known(here, to, 3) as i32);
        set.reach([(New4Two, 2), (New4Three, 3), (New4All, 4)], new.known(here, to, 4) as i32);
        let weaker = {
            let (left, right) = sides(new);
            left.min(right)
        };
        set.reach([(NewBoth, 1), (NewBothSome, 3), (NewBothOften, 6)], weaker.into());
        set.add(NewAround, here > 0 && new.level(here - 1, len + 2) > 0);
        let new_word = new.word(here, to);
        set.add(NewWord, new_word.is_some_and(|word| word.len > len || len > 1));
        set.add(NewLongWord, new_word.is_some_and(|word| word.len > 2));
        set.add(NewWordFits, new_word.is_some_and(|word| word.len > 1 && word.fits));

        let likeness = &self.likeness[..len];
        let sounds = likeness.iter().all(|like| like.sounds());
        set.add(Sounds, sounds);
        set.add(NearlySounds, !sounds && likeness.iter().all(|like| like.sounds() || like.nearly_sounds()));
        set.add(Looks, family == Family::One && likeness[0].looks() && !sounds);
        set.add(SoundsAndLooks, family == Family::One && likeness[0].looks() && sounds);
        set.add(Clear, new4 > 2 && old3 == 0 && left == 0 && right == 0);
        set.add(Rival, rival + 4 * BIT > gain);

        let own = &old.units[here - 1..to + 1];
        set.add(Again, line.units.windows(own.len()).filter(|other| *other == own).count() > 1);
        let beside = at.saturating_sub(2)..at + len + 2;
        let near = (at.saturating_sub(REACH)..beside.start).chain(beside.end..at + len + REACH);
        let strange = near.filter(|place| self.places.is_rare(*place)).count();
        set.reach([(Strange1, 1), (Strange2, 2), (Strange4, 4)], strange as i32);
        set.add(Unseen, (at..at + len).all(|place| !self.places.is_rare(place)));
        let edges = [line.units[at - 1], line.units[at + len]];
        set.add(EdgeLeft, edges[0] == END);
        set.add(EdgeRight, edges[1] == END);
        let here = |unit: &&Unit| **unit == old.units[here];
        set.add(Often, line.units.iter().filter(here).count() > 3);
        set.add(Figure, edges.contains(&FIGURES));
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::slip::TABLE;

    #[test]
    fn every_feature_has_a_row_with_points() {
        for name in NAMES {
            for family in Family::ALL {
                let row = format!("{}.{name}", family.name());
                assert!(TABLE.lines().any(|line| line.split('\t').next() == Some(&row)), "{row}");
            }
        }
    }
}
