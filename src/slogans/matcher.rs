//! The automaton that finds everything the catalogue knows in one pass.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use rustc_hash::FxHashMap;

use super::fold::{Skeleton, WIDTH, is_han, skeleton};
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
    /// Characters.
    len: u16,
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
    automaton: Option<AhoCorasick>,
    starts: Starts,
    patterns: Vec<Pattern>,
    /// Characters of the longest pattern.
    pub longest: usize,
    /// By entry: how many entries have this text.
    pub senses: Vec<u8>,
}

impl Matcher {
    pub fn new(entries: &[Entry], typos: &[Typo]) -> Self {
        let mut texts: Vec<String> = Vec::new();
        let mut patterns = Vec::new();
        let mut add = |role: Role, entry: u32, text: String| {
            if !text.is_empty() {
                patterns.push(Pattern { role, entry, len: (text.len() / WIDTH) as u16 });
                texts.push(text);
            }
        };
        for entry in entries {
            let number = entry.number();
            if !entry.has_slots() {
                let text = skeleton(&entry.text);
                let chars: Vec<char> = text.chars().collect();
                if chars.iter().filter(|c| is_han(**c)).count() >= NEAR_MISS_HAN {
                    let half = chars.len() / 2;
                    add(Role::Head, number, chars.iter().take(half).collect());
                    add(Role::Tail, number, chars.iter().skip(half).collect());
                }
                add(Role::Text, number, text);
            }
            let enumerated = entry.fixed_order || entry.misquotes.iter().any(|m| m.class == MisquoteClass::Contextual);
            if enumerated && !entry.open_members {
                for (n, member) in entry.members.iter().enumerate() {
                    add(Role::Member(n as u16), number, skeleton(member));
                }
            }
            for (n, misquote) in entry.misquotes.iter().enumerate() {
                let role = match misquote.class {
                    MisquoteClass::Variant => Role::Variant,
                    _ => Role::Misquote(n as u16),
                };
                add(role, number, skeleton(&misquote.wrong));
            }
        }
        for (n, typo) in typos.iter().enumerate() {
            add(Role::Typo, n as u32, skeleton(&typo.wrong));
        }
        let mut starts = Starts::default();
        for text in &texts {
            starts.insert(text.as_bytes());
        }
        let mut counts: FxHashMap<&str, u8> = FxHashMap::default();
        for entry in entries {
            let count = counts.entry(entry.text.as_str()).or_default();
            *count = count.saturating_add(1);
        }
        Self {
            // Fails only beyond 2³¹ states.
            automaton: AhoCorasick::builder()
                .match_kind(MatchKind::Standard)
                .kind(Some(AhoCorasickKind::ContiguousNFA))
                .prefilter(false)
                .dense_depth(2)
                .build(&texts)
                .ok(),
            starts,
            longest: patterns.iter().map(|p| p.len.into()).max().unwrap_or(0),
            patterns,
            senses: entries.iter().map(|entry| counts.get(entry.text.as_str()).copied().unwrap_or(1)).collect(),
        }
    }

    pub fn memory(&self) -> usize {
        self.automaton.as_ref().map_or(0, AhoCorasick::memory_usage)
            + self.patterns.capacity() * size_of::<Pattern>()
            + self.senses.capacity()
            + self.starts.bits.len() * size_of::<u64>()
    }

    pub fn hits(&self, line: &Skeleton) -> Vec<Hit> {
        let Some(automaton) = &self.automaton else {
            return Vec::new();
        };
        let mut hits = Vec::new();
        let Some(first) = self.starts.first_in(&line.bytes) else {
            return hits;
        };
        let rest = line.bytes.get(first..).unwrap_or_default();
        for found in automaton.find_overlapping_iter(rest) {
            let Some(pattern) = self.patterns.get(found.pattern().as_usize()) else {
                continue;
            };
            let end = (first + found.end()) / WIDTH;
            hits.push(Hit {
                role: pattern.role,
                entry: pattern.entry,
                start: end.saturating_sub(pattern.len.into()),
                end,
            });
        }
        hits
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

/// The two characters that patterns start with, by hash: most lines of plain prose have none of
/// them and need no automaton.
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
        match pattern.first_chunk() {
            Some(two) => {
                let slot = Self::slot(two);
                if let Some(word) = self.bits.get_mut(slot / 64) {
                    *word |= 1 << (slot % 64);
                }
            }
            // A pattern of one character starts anywhere.
            None => self.bits.fill(u64::MAX),
        }
    }

    /// Byte offset of the first place in the skeleton where a pattern may start.
    fn first_in(&self, skeleton: &[u8]) -> Option<usize> {
        (0..skeleton.len()).step_by(WIDTH).find(|&at| {
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
