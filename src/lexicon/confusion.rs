//! Which characters are taken for which, by their sound or their shape.
//!
//! Readings are those of Unihan; shapes are compared as a font draws them, and by their Cangjie codes
//! (`tools/fit/slips.py`, `confusions.LICENSE`).

use super::statistics::Unit;

static DATA: &[u8] = include_bytes!("confusions.bin");

const fn u16_at(at: usize) -> u16 {
    u16::from_le_bytes([DATA[at], DATA[at + 1]])
}

const fn u32_at(at: usize) -> u32 {
    u32::from_le_bytes([DATA[at], DATA[at + 1], DATA[at + 2], DATA[at + 3]])
}

/// Why one character is taken for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Likeness(u16);

impl Likeness {
    pub const NONE: Self = Self(0);

    /// They have a reading in common, tones aside.
    pub const fn sounds(self) -> bool {
        self.0 & 1 != 0
    }

    /// Their readings differ in what many do not tell apart: zh and z, n and l, ing and in.
    pub const fn nearly_sounds(self) -> bool {
        self.0 & 2 != 0
    }

    pub const fn looks(self) -> bool {
        self.0 & 4 != 0
    }
}

/// How many characters stand for others, and how many have others.
const RIGHT: usize = u32_at(0) as usize;
const WRONG: usize = u32_at(4) as usize;
const RIGHT_AT: usize = 12;
const WRONG_AT: usize = RIGHT_AT + 2 * RIGHT;
const STARTS_AT: usize = WRONG_AT + 2 * WRONG;
const PAIRS_AT: usize = STARTS_AT + 4 * (WRONG + 1);
const _: () = assert!(PAIRS_AT + 2 * u32_at(8) as usize == DATA.len(), "the pairs fill the file");

/// The characters that are meant where this one stands by mistake, and why it may: those of the same sound first, then
/// those that only look alike, last those of nearly the same sound.
pub fn meant(wrong: Unit) -> impl Iterator<Item = (Unit, Likeness)> + Clone {
    let (mut low, mut high) = (0, WRONG);
    while low < high {
        let middle = usize::midpoint(low, high);
        if u16_at(WRONG_AT + 2 * middle) < wrong { low = middle + 1 } else { high = middle }
    }
    let start = |n: usize| PAIRS_AT + 2 * u32_at(STARTS_AT + 4 * n) as usize;
    let known = low < WRONG && u16_at(WRONG_AT + 2 * low) == wrong;
    let pairs = if known { &DATA[start(low)..start(low + 1)] } else { &[] };
    pairs.chunks_exact(2).map(|pair| {
        let pair = u16::from_le_bytes([pair[0], pair[1]]);
        (u16_at(RIGHT_AT + 2 * usize::from(pair & 0x1FFF)), Likeness(pair >> 13))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_of_one_sound_or_shape_are_taken_for_each_other() {
        let why = |wrong: char, right: char| {
            meant(wrong as Unit).find(|(unit, _)| *unit == right as Unit).map(|(_, why)| why)
        };
        assert!(why('布', '部').is_some_and(Likeness::sounds));
        assert!(why('只', '资').is_some_and(Likeness::nearly_sounds));
        assert!(why('冶', '治').is_some_and(|why| why.looks() && !why.sounds()));
        assert!(why('峻', '竣').is_some_and(|why| why.looks() && why.sounds()));
        assert!(why('台', '治').is_some_and(Likeness::looks));
        assert_eq!((why('国', '人'), why('国', '国'), meant(0).count()), (None, None, 0));
    }
}
