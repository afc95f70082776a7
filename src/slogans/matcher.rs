//! Finds everything the catalogue knows in one pass.
//!
//! An automaton would take as long to build as a hundred drafts take to check, and most runs of the
//! program check one. So patterns are found by the two characters that they start with: a set of bits
//! rules most places out, a table gives the patterns of the others, and these are compared.

use std::ops::Range as Places;

use rustc_hash::FxHashMap;

use super::fold::{Skeleton, WIDTH, fold_into, is_han};
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
    /// The texts of the patterns one after the other.
    texts: Vec<u8>,
    patterns: Vec<Pattern>,
    /// The first of the patterns that start with two characters; the others follow by `next`.
    by_start: FxHashMap<u64, u32>,
    /// Patterns of one character.
    singles: Vec<u32>,
    /// Characters of the longest pattern.
    pub longest: usize,
    /// By entry: how many entries have this text.
    pub senses: Vec<u8>,
}

/// No pattern.
const END: u32 = u32::MAX;

impl Matcher {
    pub fn new(entries: &[Entry], typos: &[Typo]) -> Self {
        let mut made = Self {
            starts: Starts::default(),
            texts: Vec::with_capacity(entries.len() * 100),
            patterns: Vec::with_capacity(entries.len() * 5),
            by_start: FxHashMap::default(),
            singles: Vec::new(),
            longest: 0,
            senses: Vec::new(),
        };
        made.by_start.reserve(entries.len() * 3);
        for entry in entries {
            let number = entry.number();
            if !entry.has_slots() {
                let text = made.add(Role::Text, number, &entry.text);
                let han = made.texts.get(text.clone()).and_then(|text| std::str::from_utf8(text).ok());
                if han.is_some_and(|text| text.chars().filter(|c| is_han(*c)).count() >= NEAR_MISS_HAN) {
                    let half = text.start + text.len() / WIDTH / 2 * WIDTH;
                    made.enter(Role::Head, number, text.start..half);
                    made.enter(Role::Tail, number, half..text.end);
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
        fold_into(text, &mut self.texts);
        let place = start..self.texts.len();
        self.enter(role, entry, place.clone());
        place
    }

    fn enter(&mut self, role: Role, entry: u32, place: Places<usize>) {
        let Some(text) = self.texts.get(place.clone()).filter(|text| !text.is_empty()) else { return };
        let number = self.patterns.len() as u32;
        let len = text.len() / WIDTH;
        self.longest = self.longest.max(len);
        self.starts.insert(text);
        let next = match text.first_chunk() {
            Some(two) => self.by_start.insert(key(two), number).unwrap_or(END),
            None => {
                self.singles.push(number);
                END
            }
        };
        self.patterns.push(Pattern { role, entry, start: place.start as u32, len: len as u16, next });
    }

    pub fn memory(&self) -> usize {
        self.texts.capacity()
            + self.patterns.capacity() * size_of::<Pattern>()
            + self.by_start.capacity() * (size_of::<(u64, u32)>() + 1)
            + self.senses.capacity()
            + self.starts.bits.len() * size_of::<u64>()
    }

    /// The patterns in the line by their end; of those that end together the longest first.
    pub fn hits(&self, line: &Skeleton) -> Vec<Hit> {
        let mut found: Vec<(u32, Hit)> = Vec::new();
        let mut at = 0;
        while let Some(next) = self.starts.next_in(&line.bytes, at) {
            let rest = line.bytes.get(next..).unwrap_or_default();
            let start = next / WIDTH;
            let mut number = rest.first_chunk().and_then(|two| self.by_start.get(&key(two))).copied().unwrap_or(END);
            while let Some(pattern) = self.patterns.get(number as usize) {
                if rest.starts_with(self.text(pattern)) {
                    found.push((number, pattern.at(start)));
                }
                number = pattern.next;
            }
            at = next + WIDTH;
        }
        for &single in &self.singles {
            let Some(pattern) = self.patterns.get(single as usize) else { continue };
            let places = line.bytes.chunks_exact(WIDTH).enumerate();
            found.extend(places.filter(|(_, c)| *c == self.text(pattern)).map(|(at, _)| (single, pattern.at(at))));
        }
        found.sort_unstable_by_key(|(number, hit)| (hit.end, hit.start, *number));
        found.into_iter().map(|(_, hit)| hit).collect()
    }

    fn text(&self, pattern: &Pattern) -> &[u8] {
        let start = pattern.start as usize;
        self.texts.get(start..start + usize::from(pattern.len) * WIDTH).unwrap_or_default()
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
fn key(two: &[u8; 2 * WIDTH]) -> u64 {
    let [a, b, c, d, e, f] = *two;
    u64::from_le_bytes([a, b, c, d, e, f, 0, 0])
}

/// The two characters that patterns start with, by hash: most places in a text have none of them.
#[derive(Debug)]
struct Starts {
    bits: Box<[u64]>,
}

impl Default for Starts {
    fn default() -> Self {
        Self { bits: vec![0; Self::BITS / 64].into() }
    }
}

impl Starts {
    const BITS: usize = 1 << 18;

    fn slot(two: &[u8; 2 * WIDTH]) -> usize {
        let [a, b, c, d, e, f] = two.map(u64::from);
        // The low bits of each character tell it from its neighbours.
        let key =
            (a & 0xF) << 36 | (b & 0x3F) << 30 | (c & 0x3F) << 24 | (d & 0xF) << 16 | (e & 0x3F) << 8 | (f & 0x3F);
        (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 46) as usize
    }

    fn insert(&mut self, pattern: &[u8]) {
        if let Some(two) = pattern.first_chunk() {
            let slot = Self::slot(two);
            if let Some(word) = self.bits.get_mut(slot / 64) {
                *word |= 1 << (slot % 64);
            }
        }
    }

    /// Byte offset of the first place in the skeleton, from `at` on, where a pattern of two or more
    /// characters may start.
    fn next_in(&self, skeleton: &[u8], at: usize) -> Option<usize> {
        (at..skeleton.len()).step_by(WIDTH).find(|&at| {
            skeleton.get(at..).and_then(|rest| rest.first_chunk()).is_some_and(|two| {
                let slot = Self::slot(two);
                self.bits.get(slot / 64).is_some_and(|word| word >> (slot % 64) & 1 == 1)
            })
        })
    }
}

pub(super) fn range_of(folded: &Skeleton, line: &str, start: usize, end: usize) -> Range {
    Range::new(folded.start(start), folded.end(line, end))
}
