//! The wordings of all entries, to be met in their middle: by the characters before the cursor, or by initials.

use pinyin::ToPinyin;

use super::fold::{FoldedText, SEPARATOR, is_han, shown};
use super::{Catalogue, Entry};

/// Which of its wordings an entry is met by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    Text,
    /// This of its longer forms.
    Longer(u8),
    /// Its members, one after the other.
    Members,
}

/// A wording, or what stands between two of its slots.
#[derive(Debug)]
struct Wording {
    number: u32,
    source: Source,
    /// The character of the whole wording that it begins with.
    base: u16,
    codes: Box<[u16]>,
    /// By character of the folded text: the character of the wording.
    places: Box<[u16]>,
    /// By character of the folded text: its initial, 0 of what is not spelt.
    initials: Box<[u8]>,
}

/// Where a wording is met.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub number: u32,
    pub source: Source,
    /// Han characters before the cursor that it has, and all characters.
    pub han: usize,
    pub typed: usize,
    /// The character of the wording that these begin with.
    pub from: usize,
    pub is_middle: bool,
    /// All of it stands there, or is meant by the letters.
    pub is_whole: bool,
}

#[derive(Debug)]
pub(super) struct Wordings(Vec<Wording>);

impl Wordings {
    pub fn new(catalogue: &Catalogue) -> Self {
        let mut all = Vec::with_capacity(catalogue.len() * 5 / 4);
        for entry in catalogue.offered() {
            add(&mut all, entry, Source::Text, &entry.text);
            for (n, form) in entry.longer().enumerate() {
                add(&mut all, entry, Source::Longer(n as u8), form);
            }
            if entry.members.len() > 1 && !entry.open_members {
                add(&mut all, entry, Source::Members, &entry.joined());
            }
        }
        Self(all)
    }

    pub fn memory(&self) -> usize {
        self.0.iter().map(|w| size_of::<Wording>() + w.codes.len() * 5).sum()
    }

    /// The wordings that go on behind the end of `seen`, by what stands there from character `first` on: each where
    /// most of it stands there. Beginnings of texts are left to the index.
    pub fn by_han(&self, seen: &FoldedText, first: usize, mut found: impl FnMut(Found)) {
        let typed = seen.codes.get(first..).unwrap_or(&[]);
        let Some(last) = typed.last() else { return };
        for wording in &self.0 {
            let ends = wording.codes.iter().enumerate().filter(|(_, code)| *code == last).map(|(n, _)| n + 1);
            let best = ends.map(|end| (wording.overlap(end, typed), end));
            let Some((typed, end)) = best.max_by_key(|(overlap, _)| *overlap) else { continue };
            let from = end - typed;
            let is_whole = from == 0 && end == wording.codes.len();
            if end < wording.codes.len() && (from > 0 || wording.source != Source::Text)
                || is_whole && wording.source != Source::Text
            {
                found(Found { is_whole, ..wording.found(from, end) });
            }
        }
    }

    /// The wordings of which the letters are initials, behind what they have of the end of `seen`.
    pub fn by_letters(&self, seen: &FoldedText, letters: &str, mut found: impl FnMut(Found)) {
        let Some(first) = letters.bytes().next() else { return };
        for wording in &self.0 {
            let places = (0..wording.codes.len()).filter(|&n| wording.initials.get(n) == Some(&first));
            let fits = |at: &usize| {
                let rest = wording.initials.get(*at..).unwrap_or(&[]);
                rest.iter().filter(|c| **c != 0).take(letters.len()).copied().eq(letters.bytes())
            };
            let best = places.filter(fits).map(|at| (wording.overlap(at, &seen.codes), at));
            let Some((overlap, at)) = best.max_by_key(|(overlap, _)| *overlap) else { continue };
            let from = at - overlap;
            if at > 0 || wording.source != Source::Text {
                let rest = wording.initials.get(at..).unwrap_or(&[]);
                let is_whole = rest.iter().filter(|c| **c != 0).count() == letters.len();
                found(Found { is_whole, ..wording.found(from, at) });
            }
        }
    }
}

impl Wording {
    /// How many characters before `end` stand at the end of `typed`.
    fn overlap(&self, end: usize, typed: &[u16]) -> usize {
        let own = self.codes.get(..end).unwrap_or(&[]);
        let same = own.iter().rev().zip(typed.iter().rev()).take_while(|(a, b)| a == b).count();
        // What is parted by a mark begins behind it.
        let is_mark = |n: usize| own.get(end - n).is_some_and(|&code| shown(code) == SEPARATOR);
        same - (0..same).take_while(|n| is_mark(same - n)).count()
    }

    fn found(&self, from: usize, end: usize) -> Found {
        let own = self.codes.get(from..end).unwrap_or(&[]);
        let han = own.iter().filter(|&&code| is_han(shown(code))).count();
        let place = if from == 0 { 0 } else { self.places.get(from).copied().unwrap_or(0) };
        let from_start = from + usize::from(self.base) == 0;
        Found {
            number: self.number,
            source: self.source,
            han,
            typed: end - from,
            from: usize::from(self.base + place),
            is_middle: !from_start,
            is_whole: false,
        }
    }
}

/// Adds what stands before, between and behind the slots of a wording.
fn add(all: &mut Vec<Wording>, entry: &Entry, source: Source, text: &str) {
    let is_slot = |c: char, in_slot: bool| in_slot || c == '〔' || c == '…';
    let mut in_slot = false;
    let mut literal = String::new();
    let mut base = 0;
    let mut push = |base: usize, literal: &str| {
        let wording = wording(entry, source, base as u16, literal);
        if wording.codes.len() > 1 && (base == 0 || wording.codes.len() >= LATER) {
            all.push(wording);
        }
    };
    for (n, c) in text.chars().enumerate() {
        if is_slot(c, in_slot) {
            push(base, &std::mem::take(&mut literal));
            in_slot = c != '…' && c != '〕';
            base = n + 1;
        } else {
            literal.push(c);
        }
    }
    push(base, &literal);
}

/// What stands behind a slot is met by itself only when it is as long as this.
const LATER: usize = 5;

fn wording(entry: &Entry, source: Source, base: u16, literal: &str) -> Wording {
    let folded = FoldedText::of(literal);
    let place = |n: usize| literal.get(..folded.start(n)).map_or(0, |head| head.chars().count() as u16);
    let initial = |n: usize| {
        let pinyin = folded.get(n).and_then(|c| c.to_pinyin());
        pinyin.and_then(|pinyin| pinyin.plain().bytes().next()).unwrap_or(0)
    };
    Wording {
        number: entry.number(),
        source,
        base,
        places: (0..folded.len()).map(place).collect(),
        initials: (0..folded.len()).map(initial).collect(),
        codes: folded.codes.into(),
    }
}
