//! The draft in the making: what is changed, put in and taken out.

use std::collections::BTreeSet;

use super::super::hunks::script;
use super::Pulling;
use super::attempt::Attempt;
use super::draft::{Draft, Strand};
use super::edits::{Blocked, edits};
use super::groups::Group;
use crate::text::{Edit, Range, apply};

/// What stands where a paragraph of the draft was, or is put in.
pub(super) struct Piece {
    /// It is left as it was, whatever Word has.
    pub is_held: bool,
    /// The paragraphs that it is when it is laid out.
    pub texts: Vec<String>,
}

/// A line that is put in.
struct Put {
    piece: Piece,
    line: String,
    attempt: Attempt,
}

/// The draft in the making.
pub(super) struct Made {
    /// By paragraph of the draft.
    stays: Vec<Option<Piece>>,
    /// What is put in at the start, and behind each paragraph.
    behind: Vec<Vec<Put>>,
    /// Edits in lines that stay, by group.
    pub inline: Vec<(usize, Edit)>,
    /// Lines that go.
    gone: BTreeSet<u32>,
    /// What cannot be done.
    pub blocked: Vec<usize>,
    /// Changed, put in, taken out, moved.
    pub counts: [usize; 4],
}

impl Pulling<'_> {
    pub(super) fn make(&self) -> Made {
        let strands = &self.ours.strands;
        let stay = |strand: &Strand| Some(Piece { is_held: false, texts: vec![strand.text.clone()] });
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
            let is_held = self.is_held(g);
            if is_held {
                here.iter().for_each(|m| made.stays[*m].iter_mut().for_each(|piece| piece.is_held = true));
            }
            if is_held || !self.differs(group) || here.is_empty() && !group.base.is_empty() {
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
            let piece = Piece { is_held: false, texts: vec![text.clone()] };
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
        if !edits.is_empty() {
            made.counts[0] += group.base.len().min(group.word.len());
        }
        let texts = match is_same {
            true => here.iter().map(|m| self.ours.strands[*m].text.clone()).collect(),
            false => self.theirs[group.word.clone()].to_vec(),
        };
        let piece = Piece { is_held: false, texts };
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
}

impl Made {
    fn take_out(&mut self, strands: &[Strand], which: &[usize]) {
        for m in which {
            self.gone.extend(strands[*m].whole());
            self.stays[*m] = None;
        }
    }

    pub fn text(&self, draft: &Draft) -> String {
        let mut edits: Vec<Edit> = self.inline.iter().map(|(_, edit)| edit.clone()).collect();
        for (at, put) in self.behind.iter().enumerate().filter(|(_, put)| !put.is_empty()) {
            let put: Vec<(&str, Attempt)> = put.iter().map(|put| (&*put.line, put.attempt)).collect();
            edits.push(draft.inserted(at, &put));
        }
        edits.extend(draft.removed(&self.gone));
        apply(draft.text, &edits)
    }

    /// The paragraphs that are to be, and whether they are as they were.
    pub fn pieces(&self) -> impl Iterator<Item = (&str, bool)> {
        let stays = std::iter::once(None).chain(self.stays.iter().map(Option::as_ref));
        let all = stays
            .zip(&self.behind)
            .flat_map(|(piece, behind)| piece.into_iter().chain(behind.iter().map(|put| &put.piece)));
        all.flat_map(|piece| piece.texts.iter().map(|text| (text.as_str(), piece.is_held)))
    }
}
