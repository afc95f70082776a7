//! The lines of paragraphs: where they begin and end, and what goes on in the next one.

use std::mem::take;

use super::Story;
use crate::word::Refused;
use crate::word::document::{Document, Line, NONE, Part, Piece, Place};
use crate::word::numbering::Direct;

/// Bytes of text: what unpacks to more is no draft.
const LONGEST: usize = 64 << 20;

/// A line that is being read.
#[derive(Default)]
pub(super) struct Pending {
    pub text: String,
    pub pieces: Vec<Piece>,
    pub paragraph: u32,
    pub outline: Option<u8>,
    pub at: u32,
    pub is_boxed: bool,
    pub host: u32,
}
/// A paragraph that is open.
#[derive(Default)]
pub(super) struct Open {
    pub index: u32,
    pub lines: Vec<Pending>,
    pub number: Option<String>,
    pub is_prepared: bool,
    pub style: Option<String>,
    pub direct: Direct,
    pub outline: Option<u8>,
    pub at: u32,
    pub host: u32,
    /// Its mark is deleted, or not shown: the next one goes on in its line.
    pub ends: Ending,
    /// The lines of text boxes in it.
    pub boxed: Vec<Pending>,
}
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Ending {
    #[default]
    Line,
    Deleted,
    Hidden,
}
/// An empty line between the body and what stands outside it.
pub(in crate::word) fn blank(document: &mut Document, place: Place) {
    let (start, pieces) = (document.text.len() as u32, document.pieces.len() as u32);
    document.lines.push(Line { place, start, pieces, outline: None, at: 0, host: NONE });
    document.text.push('\n');
}
impl Story<'_> {
    /// Counts the paragraph, if it is numbered.
    pub(super) fn prepare(&mut self) {
        let Some(open) = self.open.last_mut().filter(|open| !open.is_prepared) else { return };
        open.is_prepared = true;
        let style = open.style.as_deref();
        open.outline = open.outline.map_or_else(|| self.styles.outline(style), |level| (level < 9).then_some(level));
        if open.ends != Ending::Deleted {
            open.number = self.numbering.next(open.direct, style, self.styles, &mut self.counters);
        }
        for line in &mut open.lines {
            (line.outline, line.at) = (open.outline, open.at);
        }
    }
    pub(super) fn end_paragraph(&mut self) -> Result<(), Refused> {
        self.prepare();
        let Some(mut open) = self.open.pop() else { return Err(Refused::Damaged) };
        let before = self.carried.last_mut().and_then(Option::take);
        let is_continued = before.as_ref().is_some_and(|(_, ending)| *ending == Ending::Deleted);
        let number = open.number.take();
        let mut lines = take(&mut open.lines);
        if let (Some(number), false) = (&number, is_continued) {
            lines.first_mut().into_iter().for_each(|line| line.prefix(number));
        }
        let mut lines = match before {
            Some((mut before, _)) => {
                let mut rest = lines.into_iter();
                if let (Some(last), Some(first)) = (before.last_mut(), rest.next()) {
                    last.join(first);
                }
                before.extend(rest);
                before
            }
            None => lines,
        };
        if let (Some(number), true) = (&number, is_continued) {
            lines.first_mut().into_iter().for_each(|line| line.prefix(number));
        }
        match open.ends {
            Ending::Line => self.give(lines)?,
            ending => {
                if let Some(carried) = self.carried.last_mut() {
                    *carried = Some((lines, ending));
                }
            }
        }
        self.give(open.boxed)
    }

    /// Ends what waits for a paragraph that does not come.
    pub(super) fn flush(&mut self) {
        if let Some((mut lines, ending)) = self.carried.last_mut().and_then(Option::take) {
            // A paragraph that is deleted as a whole leaves nothing.
            lines.retain(|line| ending == Ending::Hidden || !line.text.is_empty());
            let _ = self.give(lines);
        }
    }

    /// Hands lines over: to the document, or to the paragraph that the text box stands in.
    pub(super) fn give(&mut self, lines: Vec<Pending>) -> Result<(), Refused> {
        if let (Some(open), true) = (self.open.last_mut(), self.carried.len() > 1) {
            open.boxed.extend(lines);
            return Ok(());
        }
        for line in lines {
            let part = if line.is_boxed && self.part == Part::Body { Part::TextBox } else { self.part };
            let place = Place { part, paragraph: line.paragraph };
            let document = &mut *self.document;
            let is_first = document.lines.last().is_some_and(|last| is_body(last.place.part));
            if is_first && !is_body(part) {
                blank(document, place);
            }
            let (start, pieces) = (document.text.len() as u32, document.pieces.len() as u32);
            document.pieces.extend(line.pieces);
            document.lines.push(Line { place, start, pieces, outline: line.outline, at: line.at, host: line.host });
            document.text.push_str(&line.text);
            document.text.push('\n');
            if document.text.len() > LONGEST {
                return Err(Refused::Excessive);
            }
        }
        Ok(())
    }
}
fn is_body(part: Part) -> bool {
    matches!(part, Part::Body | Part::TextBox)
}

impl Pending {
    /// Puts the number that Word makes before the line.
    fn prefix(&mut self, number: &str) {
        let len = number.len() as u32;
        self.text.insert_str(0, number);
        self.pieces.iter_mut().for_each(|piece| piece.at += len);
        self.pieces.insert(0, Piece { at: 0, len, xml: 0..0, run: NONE });
    }

    fn join(&mut self, next: Self) {
        let len = self.text.len() as u32;
        self.text.push_str(&next.text);
        self.pieces.extend(next.pieces.into_iter().map(|piece| Piece { at: piece.at + len, ..piece }));
        self.outline = self.outline.or(next.outline);
    }
}
