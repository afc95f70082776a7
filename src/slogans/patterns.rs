//! The texts that the catalogue is looked for by, laid out for finding them.
//!
//! An automaton would take as long to build as a hundred drafts take to check, and most runs of the
//! program check one. So patterns are found by the two characters that they start with: a set of bits
//! rules most places out, a table by hash gives the patterns of the others, and these are compared.
//! `build.rs` lays out those of the built-in tables; those of packs are laid out when they are read.

use std::borrow::Cow;
use std::collections::HashMap;

use super::entry::{Entry, MisquoteClass};
use super::fold::{codes, is_han, shown};
use super::table::Typo;

/// A wording of at least this many Han characters is looked for with one place in it replaced; one that is held
/// exactly, of at least so many; of its members those that are as long as a wording of their own.
const LONG: usize = 6;
const HELD: usize = 3;
/// And so many of what an entry is said in, besides its own text.
const FULL: usize = 10;
/// One of fewer Han characters is like too many others, unless it is a label of two numbers: 三会一课, 两学一做.
const SOLID: usize = 5;

/// True for what numbers congresses, plans and formulas.
pub(super) fn is_numeral(c: char) -> bool {
    if is_han(c) { "一二三四五六七八九十两百".contains(c) } else { c.is_numeric() || c == '〇' }
}

/// Whether a wording that is held exactly is too short to be told by all but a character of it.
pub(super) fn is_short(form: &[u16]) -> bool {
    let count = |fits: fn(char) -> bool| form.iter().filter(|code| fits(shown(**code))).count();
    count(is_han) < SOLID && count(is_numeral) < 2
}

/// What a pattern stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Text,
    Variant,
    Member(u16),
    /// Index in the misquotes of the entry.
    Misquote(u16),
    /// A part of a long text, from this character on; `entry` is an index in the long texts.
    Piece(u16),
    /// `entry` is an index in the typos.
    Typo,
    /// Two characters of a set phrase, from this one on.
    Set(u16),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    pub role: Role,
    pub entry: u32,
    /// Where its text begins in the texts.
    pub start: u32,
    /// Characters.
    pub len: u16,
}

/// A text that is looked for with a place in it replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Long {
    pub entry: u32,
    /// Where it begins in the texts.
    pub start: u32,
    /// Characters.
    pub len: u16,
    /// It is held exactly; members of what is held are not.
    pub held: bool,
    /// It is held, and [`is_short`].
    pub short: bool,
}

/// Characters of a set phrase.
pub(super) const SET: usize = 4;

/// The set phrases, one a line.
fn set_phrases() -> impl Iterator<Item = &'static str> {
    include_str!("set.txt").lines().filter(|line| !line.starts_with('#'))
}

pub(super) fn is_set_phrase(text: &str) -> bool {
    set_phrases().any(|phrase| phrase == text)
}

impl Pattern {
    fn key(&self, texts: &[u16]) -> Option<(u16, u16)> {
        match *texts.get(self.start as usize..)? {
            [a, b, ..] if self.len > 1 => Some((a, b)),
            _ => None,
        }
    }
}

type Table<T> = Cow<'static, [T]>;

/// All patterns, in the order of the hash of their first two characters; of those with one hash the
/// order in which they were added.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Patterns {
    /// The texts one after the other, as a folded text has them.
    pub texts: Table<u16>,
    pub patterns: Table<Pattern>,
    /// By the first bits of a hash: where its patterns begin; one more than there are such bits.
    pub buckets: Table<u32>,
    /// By hash: whether there is a pattern.
    pub filter: Table<u64>,
    /// Patterns of one character: they stand behind all others.
    pub singles: u32,
    /// Characters of the longest pattern.
    pub longest: usize,
    /// By entry: how many entries have this text.
    pub senses: Table<u8>,
    /// The texts that are looked for with a place in them replaced.
    pub long: Table<Long>,
}

const FILTER_BITS: u32 = 19;
const BUCKET_BITS: u32 = 13;

/// A number for two characters, of which the first bits are as good as any.
#[inline]
fn hash(a: u16, b: u16) -> u32 {
    (u32::from(a) << 16 | u32::from(b)).wrapping_mul(0x9E37_79B9)
}

#[inline]
fn bucket(hash: u32) -> usize {
    (hash >> (u32::BITS - BUCKET_BITS)) as usize
}

/// The word and the bit of a hash in the filter.
#[inline]
fn bit(hash: u32) -> (usize, u64) {
    let hash = hash >> (u32::BITS - FILTER_BITS);
    (hash as usize / 64, 1 << (hash % 64))
}

impl Patterns {
    pub fn new<'e>(entries: impl Iterator<Item = &'e Entry> + Clone, typos: &[Typo]) -> Self {
        let mut made = Maker::default();
        let mut counts: HashMap<&str, u8> = HashMap::new();
        for entry in entries.clone() {
            made.entry(entry);
            let count = counts.entry(&*entry.text).or_default();
            *count = count.saturating_add(1);
        }
        for (n, typo) in typos.iter().enumerate() {
            made.add(Role::Typo, n as u32, &typo.wrong);
        }
        for phrase in set_phrases() {
            let (start, _) = made.text(phrase);
            for offset in [0, SET as u16 / 2] {
                made.enter(Role::Set(offset), start + u32::from(offset), start + u32::from(offset), SET as u16 / 2);
            }
        }
        let senses: Vec<u8> = entries.map(|entry| counts.get(&*entry.text).copied().unwrap_or(1)).collect();
        Self { senses: senses.into(), ..made.laid_out() }
    }

    /// Calls `take` with the patterns that stand in a text, each with the character where it starts. Of
    /// those that start together and are as long the order is that in which they were added.
    #[inline]
    pub fn find(&self, text: &[u16], mut take: impl FnMut(usize, &Pattern)) {
        let (filter, buckets, patterns, texts) = (&*self.filter, &*self.buckets, &*self.patterns, &*self.texts);
        for (start, pair) in text.windows(2).enumerate() {
            let &[a, b] = pair else { continue };
            let hash = hash(a, b);
            let (word, bit) = bit(hash);
            if filter.get(word).is_none_or(|word| word & bit == 0) {
                continue;
            }
            let at = bucket(hash);
            let (Some(&from), Some(&to)) = (buckets.get(at), buckets.get(at + 1)) else { continue };
            let rest = text.get(start..).unwrap_or_default();
            for pattern in patterns.get(from as usize..to as usize).unwrap_or_default() {
                let own = pattern.start as usize;
                let own = texts.get(own..own + usize::from(pattern.len)).unwrap_or_default();
                // The third character tells most of them apart.
                let differs = own.get(2).is_some_and(|third| rest.get(2) != Some(third));
                if !differs && rest.starts_with(own) {
                    take(start, pattern);
                }
            }
        }
        for single in patterns.get(self.singles as usize..).unwrap_or_default() {
            let own = texts.get(single.start as usize);
            text.iter().enumerate().filter(|(_, c)| Some(*c) == own).for_each(|(at, _)| take(at, single));
        }
    }

    /// A text that is looked for with a place in it replaced, and as a folded text has it.
    pub fn long_text(&self, number: u32) -> Option<(Long, &[u16])> {
        let &long = self.long.get(number as usize)?;
        let start = long.start as usize;
        Some((long, self.texts.get(start..start + usize::from(long.len))?))
    }

    /// The set phrase that a pattern of it is of.
    pub fn set_phrase(&self, pattern: &Pattern) -> Option<&[u16]> {
        let Role::Set(offset) = pattern.role else { return None };
        let start = pattern.start as usize - usize::from(offset);
        self.texts.get(start..start + SET)
    }

    /// Bytes of memory besides the program's own.
    pub fn memory(&self) -> usize {
        fn own<T: Clone>(table: &Table<T>) -> usize {
            if matches!(table, Cow::Owned(_)) { size_of_val(&**table) } else { 0 }
        }
        own(&self.texts)
            + own(&self.patterns)
            + own(&self.buckets)
            + own(&self.filter)
            + own(&self.senses)
            + own(&self.long)
    }
}

/// The characters at the beginning and the end that a wording of so many is known by.
fn ends(len: u16) -> (u16, u16) {
    let third = (len / 3).clamp(2, 4);
    (third, third)
}

#[derive(Default)]
struct Maker {
    texts: Vec<u16>,
    patterns: Vec<Pattern>,
    longest: usize,
    long: Vec<Long>,
}

impl Maker {
    fn entry(&mut self, entry: &Entry) {
        let number = entry.number();
        let held = entry.held > 0;
        if !entry.has_slots()
            && let Some(place) = self.add(Role::Text, number, &entry.text)
        {
            self.pieces(number, place, if held { HELD } else { LONG }, held);
        }
        for text in entry.said_in_full() {
            let (start, len) = self.text(&text);
            self.pieces(number, (start, len), FULL, false);
        }
        let enumerated =
            entry.fixed_order || held || entry.misquotes.iter().any(|m| m.class == MisquoteClass::Contextual);
        if enumerated && !entry.open_members {
            for (n, member) in entry.members.iter().enumerate() {
                let place = self.add(Role::Member(n as u16), number, member);
                if let Some(place) = place.filter(|_| held) {
                    self.pieces(number, place, LONG, false);
                }
            }
        }
        for (n, misquote) in entry.misquotes.iter().enumerate() {
            let role = match misquote.class {
                MisquoteClass::Variant => Role::Variant,
                _ => Role::Misquote(n as u16),
            };
            self.add(role, number, &misquote.wrong);
        }
    }

    /// Adds the beginning and the end of a text of at least `least` Han characters, which it is known by with a
    /// place in it replaced.
    fn pieces(&mut self, entry: u32, (start, len): (u32, u16), least: usize, held: bool) {
        let codes = self.texts.get(start as usize..).unwrap_or_default();
        let count = |fits: fn(char) -> bool| codes.iter().filter(|code| fits(shown(**code))).count();
        if count(is_han) < least {
            return;
        }
        // What stands between the two may be missing.
        let (head, tail) = if held { ends(len) } else { (len / 2, len - len / 2) };
        let number = self.long.len() as u32;
        self.enter(Role::Piece(0), number, start, head);
        self.enter(Role::Piece(len - tail), number, start + u32::from(len - tail), tail);
        let form = self.texts.get(start as usize..start as usize + usize::from(len)).unwrap_or_default();
        let short = held && is_short(form);
        self.long.push(Long { entry, start, len, held, short });
    }

    /// Adds a text; gives where it begins and how many characters it has.
    fn text(&mut self, text: &str) -> (u32, u16) {
        let start = self.texts.len();
        self.texts.extend(codes(text));
        (start as u32, (self.texts.len() - start) as u16)
    }

    /// Adds a pattern; gives where its text begins and how many characters it has.
    fn add(&mut self, role: Role, entry: u32, text: &str) -> Option<(u32, u16)> {
        let start = self.texts.len();
        self.texts.extend(codes(text));
        let place = (u32::try_from(start).ok()?, u16::try_from(self.texts.len() - start).ok()?);
        self.enter(role, entry, place.0, place.1);
        Some(place)
    }

    fn enter(&mut self, role: Role, entry: u32, start: u32, len: u16) {
        if len > 0 {
            self.longest = self.longest.max(len.into());
            self.patterns.push(Pattern { role, entry, start, len });
        }
    }

    fn laid_out(self) -> Patterns {
        let Self { texts, mut patterns, longest, long } = self;
        let of = |pattern: &Pattern| pattern.key(&texts).map(|(a, b)| hash(a, b));
        // Those of one character last.
        patterns.sort_by_key(|pattern| of(pattern).map_or(u64::MAX, u64::from));
        let mut filter = vec![0; 1 << (FILTER_BITS - 6)];
        let mut buckets = vec![0; (1 << BUCKET_BITS) + 1];
        let mut singles = 0;
        for hash in patterns.iter().filter_map(of) {
            let (word, bit) = bit(hash);
            filter[word] |= bit;
            buckets[bucket(hash) + 1] += 1;
            singles += 1;
        }
        let mut before = 0;
        for count in &mut buckets {
            before += *count;
            *count = before;
        }
        Patterns {
            texts: texts.into(),
            patterns: patterns.into(),
            buckets: buckets.into(),
            filter: filter.into(),
            singles,
            longest,
            senses: Table::default(),
            long: long.into(),
        }
    }
}
