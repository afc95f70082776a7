//! What was changed in Word comes back into the text that the document was made of.
//!
//! The document holds the draft as it was laid out: without markup, blank lines, comments, notes to the program. So
//! the draft is laid out again, each character with the place where it stands in the draft (`draft`), and what is
//! different is put at these places (`making`), by paragraphs and those that were split or joined (`groups`). What was
//! made is laid out in its turn and held against the document as a whole (`whole`): as many changes are made as hold
//! together (`settle`), and the others are conflicts, their paragraphs being as they were. With the draft as it was
//! laid out then (`base`) a paragraph that has been changed on both sides is a conflict as well.

mod attempt;
mod cells;
mod draft;
mod edits;
mod groups;
mod making;
mod settle;
mod whole;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::align::{Aligned, align};
use super::hunks::script;
use super::is_strange;
use crate::analysis::Markup;
use crate::settings::Settings;
use crate::text::Range;
use attempt::Attempt;
use cells::{Rows, rows};
use draft::Draft;
use groups::{Group, groups};

/// A draft as it is read.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    pub text: &'a str,
    pub markup: Markup,
    pub settings: &'a Arc<Settings>,
}

/// A paragraph of the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Incoming {
    pub text: String,
    /// How much of it is a number that Word makes, in bytes.
    pub number: usize,
    /// The level of a heading, from 0.
    pub level: Option<u8>,
    /// A change in it is still marked.
    pub is_marked: bool,
    /// Its line in the text of the document.
    pub line: u32,
    /// Where in a table it stands.
    pub cell: Option<Cell>,
}

/// The place of a cell in the tables of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    pub table: u32,
    pub row: u32,
    pub column: u32,
}

/// What became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pulled {
    /// The draft with everything that could be put into it.
    pub text: String,
    /// How many paragraphs were changed, put in, taken out, moved.
    pub changed: usize,
    pub added: usize,
    pub removed: usize,
    pub moved: usize,
    pub conflicts: Vec<Conflict>,
    /// How many tables were lines of Markdown, are tables now, and came back cell by cell.
    pub tables: usize,
    /// In a document with marked changes, the lines of paragraphs that differ from the draft without a mark: the draft
    /// may be what has changed.
    pub unmarked: Vec<u32>,
}

/// A paragraph that stays as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    pub why: Why,
    /// Its line in the draft, and in the text of the document, as far as it is there.
    pub line: Option<u32>,
    pub other: Option<u32>,
    /// What the draft says, and what the document.
    pub ours: String,
    pub theirs: String,
}

impl Conflict {
    /// What is different, as replacements in the order of both texts; nothing where they have next to nothing in common.
    pub fn differences(&self) -> Vec<(Range, Range)> {
        let all =
            if self.ours.is_empty() || self.theirs.is_empty() { Vec::new() } else { script(&self.ours, &self.theirs) };
        let gone: usize = all.iter().map(|(from, _)| from.len()).sum();
        if 2 * gone > self.ours.len() { Vec::new() } else { all }
    }
}

/// Why it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Both sides have changed it.
    Both,
    /// It is not in the draft any more.
    Gone,
    /// What is changed has markup, a comment or a note to the program in it.
    Markup,
    /// Laid out it would not be what Word has.
    Otherwise,
    /// It is a table of Markdown, and a table with other rows or columns in the document.
    Table,
    /// Text went between it and a paragraph that stays as it was.
    Together,
}

/// The two have next to nothing in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Strange;

/// Brings what `word` has into `source`. `base` is the draft that the document was made of; without it, that is
/// `source`, and everything that differs comes from Word.
pub fn pull(source: Source, base: Option<Source>, word: &[Incoming]) -> Result<Pulled, Strange> {
    let ours = Draft::new(source);
    let base = base.map(Draft::new);
    let then = base.as_ref().unwrap_or(&ours);
    let Rows { word, tables, others } = rows(word, then);
    let word = &*word;
    let theirs = shown(word, then);
    let [then_texts, their_texts, our_texts] = [
        then.strands.iter().map(|strand| &*strand.text).collect::<Vec<_>>(),
        theirs.iter().map(|text| &**text).collect(),
        ours.strands.iter().map(|strand| &*strand.text).collect(),
    ];
    let aligned = align(&then_texts, &their_texts);
    if is_strange(&then_texts, &their_texts, &aligned) && !is_alike(&then_texts, &their_texts, &aligned) {
        return Err(Strange);
    }
    // Of each paragraph of the base the one of the draft.
    let mut now: Vec<Option<usize>> = vec![None; then_texts.len()];
    let kept = align(&then_texts, &our_texts);
    for (m, n) in kept.from.iter().enumerate() {
        if let Some(now) = n.and_then(|n| now.get_mut(n as usize)) {
            *now = Some(m);
        }
    }
    let mut pulling = Pulling {
        ours: &ours,
        then,
        word,
        theirs: &theirs,
        now,
        is_merging: base.is_some(),
        groups: groups(&then_texts, &their_texts, aligned),
        attempts: BTreeMap::new(),
        waiting: BTreeSet::new(),
        refused: BTreeMap::new(),
        parted: BTreeSet::new(),
    };
    pulling.bar();
    let mut pulled = pulling.run();
    pulled.tables = tables;
    pulled.conflicts.extend(others);
    Ok(pulled)
}

/// Whether half of the paragraphs, short as they may be, are the same.
fn is_alike(old: &[&str], new: &[&str], aligned: &Aligned) -> bool {
    let same = new.iter().zip(&aligned.from).filter(|(text, from)| from.is_some_and(|n| old[n as usize] == **text));
    !new.is_empty() && 2 * same.count() >= old.len().max(new.len())
}

/// What the paragraphs say, as the draft says it: without tabs, and without the marks where a speaker pauses.
fn shown(word: &[Incoming], then: &Draft) -> Vec<String> {
    let known: FxHashSet<&str> = then.strands.iter().map(|strand| &*strand.text).collect();
    let is_for_reading = word.iter().any(|one| one.text.contains('‖')) && !known.iter().any(|text| text.contains('‖'));
    let text = |one: &Incoming| {
        let text = one.text.replace('\t', " ");
        let text = if is_for_reading { text.replace('‖', "").replace("；｜", "；") } else { text };
        // What parts a number that Word makes from the text is not seen in the draft.
        let (number, rest) = text.split_at_checked(one.number).unwrap_or(("", &text));
        let spaced = [" ", ""].map(|gap| format!("{}{gap}{}", number.trim_end(), rest.trim_start()));
        match spaced {
            [spaced, _] if !number.is_empty() && known.contains(&*spaced) => spaced,
            [_, close] if !number.is_empty() => close,
            _ => text.trim_matches(char::is_whitespace).to_owned(),
        }
    };
    word.iter().map(text).collect()
}

struct Pulling<'a> {
    ours: &'a Draft<'a>,
    then: &'a Draft<'a>,
    word: &'a [Incoming],
    theirs: &'a [String],
    /// Of each paragraph of the base the one of the draft.
    now: Vec<Option<usize>>,
    /// The base is not the draft.
    is_merging: bool,
    groups: Vec<Group>,
    /// By group: in which way it is put in.
    attempts: BTreeMap<usize, Attempt>,
    /// What is not put in: not yet, and for this reason.
    waiting: BTreeSet<usize>,
    refused: BTreeMap<usize, Why>,
    /// What is taken out and put in, for nothing of it can be kept.
    parted: BTreeSet<usize>,
}

impl Pulling<'_> {
    fn run(&mut self) -> Pulled {
        self.settle();
        let made = self.make();
        let text = made.text(self.ours);
        let [changed, added, removed, moved] = made.counts;
        let conflicts = self.refused.iter().map(|(g, why)| self.conflict(&self.groups[*g], *why)).collect();
        Pulled { text, changed, added, removed, moved, conflicts, tables: 0, unmarked: self.unmarked() }
    }

    /// Refuses what both sides have changed.
    fn bar(&mut self) {
        let other = self.groups.iter().enumerate().filter(|(_, group)| self.differs(group));
        self.refused = other.filter_map(|(g, group)| Some((g, self.why_not(group)?))).collect();
    }

    fn why_not(&self, group: &Group) -> Option<Why> {
        let (then, theirs) = self.texts(group);
        let here = self.here(group);
        let is_kept = |(n, m): (usize, &usize)| self.then.strands[n].text == self.ours.strands[*m].text;
        if group.base.is_empty() || group.moved && then == theirs {
            return None;
        }
        let gone = here.len() < group.base.len();
        match group.word.is_empty() {
            // One at a time.
            true => (!gone && !group.base.clone().zip(&here).all(is_kept)).then_some(Why::Both),
            false if gone => Some(Why::Gone),
            false => {
                let follow = here.windows(2).all(|pair| pair[1] == pair[0] + 1);
                let is_fit = follow && group.base.clone().zip(&here).all(is_kept) || own(self.ours, &here) == theirs;
                (!is_fit).then_some(Why::Both)
            }
        }
    }

    fn attempt(&self, g: usize) -> Attempt {
        self.attempts.get(&g).copied().unwrap_or_default()
    }

    /// What a group was, and what it is in the document.
    fn texts(&self, group: &Group) -> (String, String) {
        let then: Vec<&str> = self.then.strands[group.base.clone()].iter().map(|strand| &*strand.text).collect();
        (then.join("\n"), self.theirs[group.word.clone()].join("\n"))
    }

    /// Whether Word has something else than the base.
    fn differs(&self, group: &Group) -> bool {
        let (then, theirs) = self.texts(group);
        group.moved || group.base.is_empty() != group.word.is_empty() || then != theirs
    }

    /// The paragraphs of the draft that a group is about.
    fn here(&self, group: &Group) -> Vec<usize> {
        self.now[group.base.clone()].iter().flatten().copied().collect()
    }

    /// Whether it is left as it is in the draft.
    fn is_held(&self, g: usize) -> bool {
        self.refused.contains_key(&g) || self.waiting.contains(&g)
    }

    fn conflict(&self, group: &Group, why: Why) -> Conflict {
        let here = self.here(group);
        let line = here.first().and_then(|m| self.ours.strands[*m].lines.first().copied());
        let other = group.word.clone().next().map(|n| self.word[n].line);
        Conflict { why, line, other, ours: own(self.ours, &here), theirs: self.texts(group).1 }
    }

    /// In a document with marked changes: the paragraphs that differ without a mark.
    fn unmarked(&self) -> Vec<u32> {
        if !self.word.iter().any(|one| one.is_marked) {
            return Vec::new();
        }
        let groups = self.groups.iter().enumerate().filter(|(g, _)| !self.refused.contains_key(g));
        let groups = groups.filter(|(_, group)| !group.word.is_empty() && self.differs(group));
        let of = |group: &Group| &self.word[group.word.clone()];
        groups.filter(|(_, group)| of(group).iter().all(|one| !one.is_marked)).map(|(_, g)| of(g)[0].line).collect()
    }
}

/// The texts of paragraphs of the draft.
fn own(draft: &Draft, which: &[usize]) -> String {
    which.iter().map(|m| &*draft.strands[*m].text).collect::<Vec<_>>().join("\n")
}
