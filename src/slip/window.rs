//! The characters of a line, and how likely they are side by side.

use crate::lexicon::dictionary;
use crate::lexicon::statistics::{END, LONGEST, Unit, is_ideograph, level, unit};
use crate::text::Range;

/// Bits are counted in eighths.
pub(super) const BIT: i32 = 8;

/// How many documents a level stands for: the binary logarithm, in eighths of a bit.
const VALUES: [i32; 16] = [0, 16, 22, 29, 35, 42, 48, 55, 61, 68, 74, 80, 87, 93, 100, 105];

/// What it costs to have only so many characters, in eighths of a bit.
const SHORTER: [i32; LONGEST + 1] = [0, 80, 40, 16, 0];

/// Characters to each side that are looked at.
pub(super) const REACH: usize = 6;

/// Bytes of an ideograph.
const WIDTH: usize = 3;

/// The characters of a line, with an end before and behind; of figures, letters and marks in a row one.
pub(super) struct Line {
    pub units: Vec<Unit>,
    /// The byte where each begins.
    starts: Vec<u32>,
}

impl Line {
    pub fn new(text: &str) -> Self {
        let mut line = Self { units: vec![END], starts: vec![0] };
        let mut add = |unit: Unit, at: usize| {
            if is_ideograph(unit) || line.units.last() != Some(&unit) {
                line.units.push(unit);
                line.starts.push(at as u32);
            }
        };
        text.char_indices().for_each(|(at, c)| add(unit(c), at));
        add(END, text.len());
        line
    }

    /// The bytes of `len` ideographs from place `at` on.
    pub fn range(&self, at: usize, len: usize) -> Range {
        Range { start: self.starts[at], end: self.starts[at] + (WIDTH * len) as u32 }
    }

    /// The characters around `len` places from `at` on, and where these are among them.
    pub fn around(&self, at: usize, len: usize) -> (&[Unit], usize) {
        let from = at.saturating_sub(REACH);
        let to = (at + len + REACH).min(self.units.len());
        (&self.units[from..to], at - from)
    }
}

/// A longest word.
#[derive(Clone, Copy)]
pub(super) struct Word {
    pub len: usize,
    /// Words end on both of its sides.
    pub fits: bool,
}

/// Some characters with their counts.
#[derive(Clone, Copy)]
pub(super) struct Window<'a> {
    pub units: &'a [Unit],
}

impl Window<'_> {
    /// How often a stretch stands anywhere; 0 when one of the shorter ones in it does not.
    pub fn level(&self, at: usize, len: usize) -> u8 {
        let Some(stretch) = self.units.get(at..at + len) else { return 0 };
        if stretch[1..len - 1].contains(&END) {
            return 0;
        }
        if len > 2 && (self.level(at, len - 1) == 0 || self.level(at + 1, len - 1) == 0) {
            return 0;
        }
        level(stretch)
    }

    /// Where the stretches of `len` characters begin that have all places `from..to`.
    fn over(from: usize, to: usize, len: usize) -> impl Iterator<Item = usize> {
        (to.saturating_sub(len)..=from).filter(move |at| at + len >= to)
    }

    /// The greatest level of these.
    pub fn best(&self, from: usize, to: usize, len: usize) -> u8 {
        Self::over(from, to, len).map(|at| self.level(at, len)).max().unwrap_or(0)
    }

    /// How many of these are known.
    pub fn known(&self, from: usize, to: usize, len: usize) -> usize {
        Self::over(from, to, len).filter(|at| self.level(*at, len) > 0).count()
    }

    /// How likely the character is behind those before it, in eighths of a bit.
    fn log(&self, at: usize) -> i32 {
        for len in (2..=LONGEST.min(at + 1)).rev() {
            let from = at + 1 - len;
            let here = self.level(from, len);
            if here > 0 {
                let before = if len == 2 { level(&self.units[from..at]) } else { self.level(from, len - 1) };
                return (VALUES[usize::from(here)] - VALUES[usize::from(before.max(1))]).min(0) - SHORTER[len];
            }
        }
        VALUES[usize::from(level(&self.units[at..=at]))] - VALUES[15] - SHORTER[1]
    }

    /// How likely `len` characters are at place `at`, and what follows behind them.
    pub fn likelihood(&self, at: usize, len: usize) -> i32 {
        (at..(at + len + LONGEST - 1).min(self.units.len())).map(|at| self.log(at)).sum()
    }

    /// The ideographs that the places `from..to` stand among, and where these begin.
    fn ideographs(&self, from: usize, to: usize) -> (String, usize) {
        let run = |units: &mut dyn Iterator<Item = &Unit>| units.take_while(|unit| is_ideograph(**unit)).count();
        let start = from - run(&mut self.units[..from].iter().rev());
        let end = to + run(&mut self.units[to..].iter());
        (char::decode_utf16(self.units[start..end].iter().copied()).flatten().collect(), start)
    }

    /// What the words cost that the places `from..to` stand among, and what the character at `from` costs where it is
    /// a word by itself.
    pub fn words(&self, from: usize, to: usize) -> (i32, Option<i32>) {
        let (text, start) = self.ideographs(from, to);
        let words = dictionary::words(&text, Range::new(0, text.len()));
        let own = words.iter().find(|(range, _)| range.start as usize == WIDTH * (from - start));
        let alone = own.filter(|(range, _)| range.len() == WIDTH).map(|(_, word)| i32::from(word.cost));
        (words.iter().map(|(_, word)| i32::from(word.cost)).sum(), alone)
    }

    /// The longest word that has the places `from..to`.
    pub fn word(&self, from: usize, to: usize) -> Option<Word> {
        let (text, start) = self.ideographs(from, to);
        let (from, to) = (WIDTH * (from - start), WIDTH * (to - start));
        let longest = |at: usize| {
            let (end, _) = dictionary::words_at(&text, at).filter(|(end, _)| *end >= to).last()?;
            Some((at, end))
        };
        let (at, end) = (0..=from).step_by(WIDTH).filter_map(longest).max_by_key(|(at, end)| end - at)?;
        let parted = |at: usize| dictionary::boundary(&text, at).is_none_or(|bits| bits >= 0);
        Some(Word { len: (end - at) / WIDTH, fits: parted(at) && parted(end) })
    }
}
