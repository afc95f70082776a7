//! What was changed in Word comes back into the text that the document was made of.
//!
//! The document holds the draft as it was laid out: without markup, blank lines, comments, notes to the program. So
//! the draft is laid out again, each character with the place where it stands in the draft (`strand`), and what is
//! different is put at these places, by paragraphs (`groups`). What was made is laid out in its turn: a paragraph
//! that does not come out as Word has it stays as it was, and is a conflict. With the draft as it was laid out then
//! (`base`) a paragraph that has been changed on both sides is one as well.

mod attempt;
mod cells;
mod draft;
mod edits;
mod groups;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use imara_diff::{Algorithm, Diff, Token};
use rustc_hash::{FxHashMap, FxHashSet};

use super::align::align;
use super::hunks::script;
use super::is_strange;
use crate::analysis::Markup;
use crate::settings::Settings;
use crate::text::{Edit, Range, Span, apply};
use attempt::Attempt;
use cells::{Rows, rows};
use draft::{Draft, Strand};
use edits::{Blocked, edits};
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
    if is_strange(&then_texts, &their_texts, &align(&then_texts, &their_texts)) {
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
        groups: groups(&then_texts, &their_texts),
        attempts: BTreeMap::new(),
        refused: BTreeMap::new(),
        parted: BTreeSet::new(),
    };
    pulling.bar();
    let mut pulled = pulling.run();
    pulled.tables = tables;
    pulled.conflicts.extend(others);
    Ok(pulled)
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
    groups: Vec<Group>,
    /// By group: in which way it is tried, and why it is not to be.
    attempts: BTreeMap<usize, Attempt>,
    refused: BTreeMap<usize, Why>,
    /// What is taken out and put in, for nothing of it can be kept.
    parted: BTreeSet<usize>,
}

/// What stands where a paragraph of the draft was, or is put in.
struct Piece {
    /// The group that it is of, where something is changed.
    of: Option<usize>,
    /// The paragraphs that it is when it is laid out.
    texts: Vec<String>,
}

/// A line that is put in.
struct Put {
    piece: Piece,
    line: String,
    attempt: Attempt,
}

/// The draft in the making.
struct Made {
    /// By paragraph of the draft.
    stays: Vec<Option<Piece>>,
    /// What is put in at the start, and behind each paragraph.
    behind: Vec<Vec<Put>>,
    /// Edits in lines that stay, by group.
    inline: Vec<(usize, Edit)>,
    /// Lines that go.
    gone: BTreeSet<u32>,
    /// What cannot be done.
    blocked: Vec<usize>,
    /// Changed, put in, taken out, moved.
    counts: [usize; 4],
}

impl Pulling<'_> {
    fn run(&mut self) -> Pulled {
        let (made, text) = loop {
            let made = self.make();
            if !made.blocked.is_empty() {
                made.blocked.into_iter().for_each(|g| self.again(g, Why::Markup));
                continue;
            }
            let text = made.text(self.ours);
            let blamed = self.blamed(&made, &text);
            if blamed.is_empty() {
                break (made, text);
            }
            blamed.into_iter().for_each(|(g, why)| self.again(g, why));
        };
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

    /// Tries a group in another way, or not at all.
    fn again(&mut self, g: usize, why: Why) {
        let attempt = self.attempts.entry(g).or_default();
        match attempt.next(self.ours.is_markdown()) {
            Some(next) => *attempt = next,
            None if self.groups[g].is_other && self.parted.insert(g) => *attempt = Attempt::default(),
            None => {
                self.refused.insert(g, why);
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

    fn make(&self) -> Made {
        let strands = &self.ours.strands;
        let stay = |strand: &Strand| Some(Piece { of: None, texts: vec![strand.text.clone()] });
        let mut made = Made {
            stays: strands.iter().map(stay).collect(),
            behind: (0..=strands.len()).map(|_| Vec::new()).collect(),
            inline: Vec::new(),
            gone: BTreeSet::new(),
            blocked: Vec::new(),
            counts: [0; 4],
        };
        // What is put in stands behind so many paragraphs of the draft.
        let mut behind = 0;
        for (g, group) in self.groups.iter().enumerate() {
            let here = self.here(group);
            if self.refused.contains_key(&g) || !self.differs(group) || here.is_empty() && !group.base.is_empty() {
                let stands = !group.moved && !group.word.is_empty();
                behind = here.iter().max().filter(|_| stands).map_or(behind, |m| m + 1);
            } else if group.word.is_empty() {
                made.counts[2] += here.len();
                made.take_out(strands, &here);
            } else if self.parted.contains(&g) {
                made.counts[2] += here.len();
                made.take_out(strands, &here);
                self.put_in(g, group, behind, &mut made);
            } else if group.base.is_empty() {
                self.put_in(g, group, behind, &mut made);
            } else {
                behind = self.change(g, group, &here, behind, &mut made);
            }
        }
        made
    }

    /// Puts in a new paragraph, unless the draft has got it as well.
    fn put_in(&self, g: usize, group: &Group, behind: usize, made: &mut Made) {
        let attempt = self.attempt(g);
        for n in group.word.clone() {
            let text = &self.theirs[n];
            let near = behind.saturating_sub(1)..(behind + 2).min(self.ours.strands.len());
            let is_there = |m: usize| self.ours.strands[m].text == *text && !self.now.contains(&Some(m));
            if text.is_empty() || near.into_iter().any(is_there) {
                continue;
            }
            let line = self.ours.line_of(text, self.word[n].level, behind, attempt);
            let piece = Piece { of: Some(g), texts: vec![text.clone()] };
            made.behind[behind].push(Put { piece, line, attempt });
            made.counts[1] += 1;
        }
    }

    /// Changes or moves a paragraph; gives what more is put in behind.
    fn change(&self, g: usize, group: &Group, here: &[usize], behind: usize, made: &mut Made) -> usize {
        let attempt = self.attempt(g);
        let strand = self.ours.joined(here);
        let theirs = self.texts(group).1;
        let is_moved = group.moved;
        let is_same = strand.text == theirs || is_moved && self.texts(group).0 == theirs;
        let edits = match is_same {
            true => Ok(Vec::new()),
            false => {
                let mut script = script(&strand.text, &theirs);
                // What parts a number that Word makes from the text is not seen.
                let first = &self.word[group.word.start];
                let number = first.text.get(..first.number).unwrap_or_default().trim_end().len();
                let is_gap = |(from, to): &(Range, Range)| {
                    to.is_empty()
                        && number > 0
                        && to.start as usize == number
                        && from.of(&strand.text).trim().is_empty()
                };
                script.retain(|hunk| !is_gap(hunk));
                edits(self.ours, &strand, &theirs, &script, attempt)
            }
        };
        let lifted = |edits: &[Edit]| is_moved.then(|| self.ours.lifted(here, edits).ok_or(Blocked)).transpose();
        let (edits, line) = match edits.and_then(|edits| lifted(&edits).map(|line| (edits, line))) {
            Ok(done) => done,
            Err(Blocked) => {
                made.blocked.push(g);
                return behind;
            }
        };
        made.counts[0] += usize::from(!edits.is_empty());
        let texts = match is_same {
            true => here.iter().map(|m| self.ours.strands[*m].text.clone()).collect(),
            false => self.theirs[group.word.clone()].to_vec(),
        };
        let piece = Piece { of: Some(g), texts };
        if let Some(line) = line {
            made.counts[3] += 1;
            made.take_out(&self.ours.strands, here);
            made.behind[behind].push(Put { piece, line, attempt });
            return behind;
        }
        made.inline.extend(edits.into_iter().map(|edit| (g, edit)));
        here.iter().for_each(|m| made.stays[*m] = None);
        made.stays[here[0]] = Some(piece);
        here.iter().max().map_or(behind, |m| m + 1)
    }

    /// The groups that are not laid out as they should be, or that have changed what is markup.
    fn blamed(&self, made: &Made, text: &str) -> BTreeMap<usize, Why> {
        let mut blamed = BTreeMap::new();
        let mut inline: Vec<&(usize, Edit)> = made.inline.iter().collect();
        inline.sort_by_key(|(_, edit)| (edit.span.start, edit.span.end));
        let bare = |(g, edit): &&(usize, Edit)| Edit::new(edit.span, self.attempt(*g).bare(&edit.text));
        let lines = self.ours.disturbed(&inline.iter().map(bare).collect::<Vec<_>>());
        let touches = |span: Span| lines.iter().any(|line| (span.start.line..=span.end.line).contains(line));
        blamed.extend(inline.iter().filter(|(_, edit)| touches(edit.span)).map(|(g, _)| (*g, Why::Markup)));
        let laid = Draft::new(Source { text, markup: self.ours.markup, settings: self.ours.settings });
        let pieces: Vec<(&str, Option<usize>)> = made.pieces().collect();
        for range in differences(&pieces, &laid.strands) {
            blamed.extend(pieces[range].iter().filter_map(|(_, of)| Some(((*of)?, Why::Otherwise))));
            if blamed.is_empty() {
                // It shows elsewhere: then nothing is sure.
                let all = (0..self.groups.len()).filter(|g| !self.refused.contains_key(g));
                blamed.extend(all.filter(|g| self.differs(&self.groups[*g])).map(|g| (g, Why::Otherwise)));
            }
        }
        blamed
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

impl Made {
    fn take_out(&mut self, strands: &[Strand], which: &[usize]) {
        for m in which {
            self.gone.extend(strands[*m].whole());
            self.stays[*m] = None;
        }
    }

    fn text(&self, draft: &Draft) -> String {
        let mut edits: Vec<Edit> = self.inline.iter().map(|(_, edit)| edit.clone()).collect();
        for (at, put) in self.behind.iter().enumerate().filter(|(_, put)| !put.is_empty()) {
            let put: Vec<(&str, Attempt)> = put.iter().map(|put| (&*put.line, put.attempt)).collect();
            edits.push(draft.inserted(at, &put));
        }
        edits.extend(draft.removed(&self.gone));
        apply(draft.text, &edits)
    }

    /// The paragraphs that are to be, each with its group.
    fn pieces(&self) -> impl Iterator<Item = (&str, Option<usize>)> {
        let stays = std::iter::once(None).chain(self.stays.iter().map(Option::as_ref));
        let all = stays
            .zip(&self.behind)
            .flat_map(|(piece, behind)| piece.into_iter().chain(behind.iter().map(|put| &put.piece)));
        let all = all.flat_map(|piece| piece.texts.iter().map(|text| (text.as_str(), piece.of)));
        all.filter(|(text, _)| !text.is_empty())
    }
}

/// The stretches of what should be that are laid out otherwise; beside what is too much, the paragraphs around it.
fn differences(pieces: &[(&str, Option<usize>)], laid: &[Strand]) -> Vec<std::ops::Range<usize>> {
    let mut ids: FxHashMap<String, u32> = FxHashMap::default();
    let mut token = |text: &str| {
        // The layout drops blanks.
        let text = text.chars().filter(|c| !c.is_whitespace()).collect();
        let next = ids.len() as u32;
        Token(*ids.entry(text).or_insert(next))
    };
    let wanted: Vec<Token> = pieces.iter().map(|(text, _)| token(text)).collect();
    let found: Vec<Token> = laid.iter().map(|strand| token(&strand.text)).collect();
    let mut diff = Diff::default();
    diff.compute_with(Algorithm::Histogram, &wanted, &found, ids.len() as u32);
    let range = |hunk: imara_diff::Hunk| {
        let (from, to) = (hunk.before.start as usize, hunk.before.end as usize);
        let beside = usize::from(from == to);
        from.saturating_sub(beside)..(to + beside).min(pieces.len())
    };
    diff.hunks().map(range).collect()
}

/// The texts of paragraphs of the draft.
fn own(draft: &Draft, which: &[usize]) -> String {
    which.iter().map(|m| &*draft.strands[*m].text).collect::<Vec<_>>().join("\n")
}
