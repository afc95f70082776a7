//! Finds everything the catalogue knows in one pass.
//!
//! An automaton would take as long to build as a hundred drafts take to check, and most runs of the
//! program check one. So patterns are found by the two characters that they start with: a set of bits
//! rules most places out, a table gives the patterns of the others, and these are compared.

use std::ops::Range as Places;

use rustc_hash::FxHashMap;

use super::fold::{Skeleton, codes, is_han, shown};
use super::surroundings::is_quoted;
use super::table::Typo;
use super::{Entry, MisquoteClass};
use crate::text::Range;

/// A wording of at least this many Han characters is looked for with one of them replaced.
pub(super) const NEAR_MISS_HAN: usize = 6;

/// What a pattern of the automaton stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Text,
    Variant,
    Member(u16),
    /// Index in the misquotes of the entry.
    Misquote(u16),
    Head,
    Tail,
    /// `entry` is an index in the typos.
    Typo,
}

#[derive(Clone, Copy, Debug)]
struct Pattern {
    role: Role,
    entry: u32,
    /// Of its text.
    start: u32,
    /// The next pattern with the same two characters at its start.
    next: u32,
    /// Characters.
    len: u16,
    /// The third character; 0: there is none.
    third: u16,
}

impl Pattern {
    /// The pattern at character `start` of a line.
    fn at(&self, start: usize) -> Hit {
        Hit { role: self.role, entry: self.entry, start, end: start + usize::from(self.len) }
    }
}

/// A pattern in the line; offsets are characters of the skeleton.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    pub role: Role,
    pub entry: u32,
    pub start: usize,
    pub end: usize,
}

impl Hit {
    pub fn covers(&self, start: usize, end: usize) -> bool {
        self.start <= start && end <= self.end
    }
}

#[derive(Debug)]
pub(super) struct Matcher {
    starts: Starts,
    /// The texts of the patterns one after the other, as a skeleton has them.
    texts: Vec<u16>,
    patterns: Vec<Pattern>,
    /// The first of the patterns that start with two characters; the others follow by `next`.
    by_start: FxHashMap<u32, u32>,
    /// Patterns of one character.
    singles: Vec<u32>,
    /// Characters of the longest pattern.
    pub longest: usize,
    /// By entry: how many entries have this text.
    pub senses: Vec<u8>,
    /// By entry: the place of a text that is looked for with a character replaced.
    long: FxHashMap<u32, Places<usize>>,
}

/// No pattern.
const END: u32 = u32::MAX;

impl Matcher {
    pub fn new(entries: &[Entry], typos: &[Typo]) -> Self {
        let mut made = Self {
            starts: Starts::default(),
            texts: Vec::with_capacity(entries.len() * 33),
            patterns: Vec::with_capacity(entries.len() * 5),
            by_start: FxHashMap::default(),
            singles: Vec::new(),
            longest: 0,
            senses: Vec::new(),
            long: FxHashMap::default(),
        };
        made.by_start.reserve(entries.len() * 3);
        for entry in entries {
            let number = entry.number();
            if !entry.has_slots() {
                let text = made.add(Role::Text, number, &entry.text);
                let codes = made.texts.get(text.clone()).unwrap_or_default();
                if codes.iter().filter(|code| is_han(shown(**code))).count() >= NEAR_MISS_HAN {
                    let half = text.start + text.len() / 2;
                    made.enter(Role::Head, number, text.start..half);
                    made.enter(Role::Tail, number, half..text.end);
                    made.long.insert(number, text);
                }
            }
            let enumerated = entry.fixed_order || entry.misquotes.iter().any(|m| m.class == MisquoteClass::Contextual);
            if enumerated && !entry.open_members {
                for (n, member) in entry.members.iter().enumerate() {
                    made.add(Role::Member(n as u16), number, member);
                }
            }
            for (n, misquote) in entry.misquotes.iter().enumerate() {
                let role = match misquote.class {
                    MisquoteClass::Variant => Role::Variant,
                    _ => Role::Misquote(n as u16),
                };
                made.add(role, number, &misquote.wrong);
            }
        }
        for (n, typo) in typos.iter().enumerate() {
            made.add(Role::Typo, n as u32, &typo.wrong);
        }
        made.texts.shrink_to_fit();
        made.patterns.shrink_to_fit();
        let mut counts: FxHashMap<&str, u8> = FxHashMap::default();
        for entry in entries {
            let count = counts.entry(&*entry.text).or_default();
            *count = count.saturating_add(1);
        }
        made.senses = entries.iter().map(|entry| counts.get(&*entry.text).copied().unwrap_or(1)).collect();
        made
    }

    /// Adds a pattern; gives its place in the texts.
    fn add(&mut self, role: Role, entry: u32, text: &str) -> Places<usize> {
        let start = self.texts.len();
        self.texts.extend(codes(text));
        let place = start..self.texts.len();
        self.enter(role, entry, place.clone());
        place
    }

    fn enter(&mut self, role: Role, entry: u32, place: Places<usize>) {
        let Some(text) = self.texts.get(place.clone()).filter(|text| !text.is_empty()) else { return };
        let number = self.patterns.len() as u32;
        let len = text.len();
        let third = text.get(2).copied().unwrap_or(0);
        self.longest = self.longest.max(len);
        let next = match *text {
            [a, b, ..] => {
                self.starts.insert(a, b);
                self.by_start.insert(key(a, b), number).unwrap_or(END)
            }
            _ => {
                self.singles.push(number);
                END
            }
        };
        self.patterns.push(Pattern { role, entry, start: place.start as u32, len: len as u16, next, third });
    }

    /// The text of an entry that is looked for with a character replaced, as a skeleton has it.
    pub fn long_text(&self, entry: u32) -> Option<&[u16]> {
        self.texts.get(self.long.get(&entry)?.clone())
    }

    pub fn memory(&self) -> usize {
        self.texts.capacity() * size_of::<u16>()
            + self.patterns.capacity() * size_of::<Pattern>()
            + self.by_start.capacity() * (size_of::<(u32, u32)>() + 1)
            + self.senses.capacity()
            + self.long.capacity() * size_of::<(u32, Places<usize>)>()
            + self.starts.bits.len() * size_of::<u64>()
    }

    /// The patterns in the line by their end; of those that end together the longest first.
    pub fn hits(&self, line: &Skeleton) -> Vec<Hit> {
        let mut found: Vec<(u32, Hit)> = Vec::new();
        for (start, pair) in line.codes.windows(2).enumerate() {
            let &[a, b] = pair else { continue };
            if !self.starts.may_have(a, b) {
                continue;
            }
            let rest = line.codes.get(start..).unwrap_or_default();
            let third = rest.get(2).copied().unwrap_or(0);
            let mut number = self.by_start.get(&key(a, b)).copied().unwrap_or(END);
            while let Some(pattern) = self.patterns.get(number as usize) {
                if (pattern.third == third || pattern.third == 0) && rest.starts_with(self.text(pattern)) {
                    found.push((number, pattern.at(start)));
                }
                number = pattern.next;
            }
        }
        for &single in &self.singles {
            let Some(pattern) = self.patterns.get(single as usize) else { continue };
            let places = line.codes.iter().enumerate();
            found.extend(places.filter(|(_, c)| [**c] == *self.text(pattern)).map(|(at, _)| (single, pattern.at(at))));
        }
        found.sort_unstable_by_key(|(number, hit)| (hit.end, hit.start, *number));
        found.into_iter().map(|(_, hit)| hit).collect()
    }

    fn text(&self, pattern: &Pattern) -> &[u16] {
        let start = pattern.start as usize;
        self.texts.get(start..start + usize::from(pattern.len)).unwrap_or_default()
    }

    /// The entries in a line: byte range and number, by start, the longest first. Of entries with
    /// the same text the one in force.
    pub fn texts(&self, line: &str) -> Vec<(Range, u32)> {
        let folded = Skeleton::of(line);
        Self::texts_of(&self.hits(&folded), &folded, line)
    }

    /// The same, from the hits in the line.
    pub fn texts_of(hits: &[Hit], folded: &Skeleton, line: &str) -> Vec<(Range, u32)> {
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
}

/// Two characters as a number.
fn key(a: u16, b: u16) -> u32 {
    u32::from(a) << 16 | u32::from(b)
}

/// The two characters that patterns start with, by hash: most places in a text have none of them.
#[derive(Debug)]
struct Starts {
    bits: Box<[u64]>,
}

impl Default for Starts {
    fn default() -> Self {
        Self { bits: vec![0; 1 << (Self::BITS - 6)].into() }
    }
}

impl Starts {
    const BITS: u32 = 18;

    /// The word and the bit of two characters.
    fn slot(a: u16, b: u16) -> (usize, u64) {
        let hash = key(a, b).wrapping_mul(0x9E37_79B9) >> (u32::BITS - Self::BITS);
        (hash as usize / 64, 1 << (hash % 64))
    }

    fn insert(&mut self, a: u16, b: u16) {
        let (word, bit) = Self::slot(a, b);
        if let Some(word) = self.bits.get_mut(word) {
            *word |= bit;
        }
    }

    /// True where a pattern of two or more characters may start with these two.
    fn may_have(&self, a: u16, b: u16) -> bool {
        let (word, bit) = Self::slot(a, b);
        self.bits.get(word).is_some_and(|word| word & bit != 0)
    }
}

pub(super) fn range_of(folded: &Skeleton, line: &str, start: usize, end: usize) -> Range {
    Range::new(folded.start(start), folded.end(line, end))
}
