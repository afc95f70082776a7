//! The lines of paragraphs: where they begin and end, and what goes on in the next one.

use std::mem::take;

use super::Story;
use crate::text::chars::is_space;
use crate::text::{Range, Span};
use crate::word::Refused;
use crate::word::document::{Beside, Document, Line, NONE, Part, Piece, Place, Run, Unread};
use crate::word::numbering::Direct;

/// Bytes of text: what unpacks to more is no draft.
const LONGEST: usize = 8 << 20;

/// A line that is being read.
#[derive(Default)]
pub(super) struct Pending {
    pub text: String,
    pub pieces: Vec<Piece>,
    /// Places that are still open.
    pub open: Vec<Range>,
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
    /// What was taken out of it.
    pub deleted: String,
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
        if self.numbering.lacks(open.direct, style, self.styles) {
            self.document.unread.push(Unread::Numbers);
        }
        if style.is_some() && self.styles.is_missing {
            self.document.unread.push(Unread::Styles);
        }
        for line in &mut open.lines {
            (line.outline, line.at) = (open.outline, open.at);
        }
    }
    pub(super) fn end_paragraph(&mut self) -> Result<(), Refused> {
        self.prepare();
        let Some(mut open) = self.open.pop() else { return Err(Refused::Damaged) };
        self.document.withhold(Beside::Deleted, take(&mut open.deleted));
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
        for mut line in lines {
            line.rule(&self.document.runs);
            let part = if line.is_boxed && self.part == Part::Body { Part::TextBox } else { self.part };
            let place = Place { part, paragraph: line.paragraph };
            let document = &mut *self.document;
            let is_first = document.lines.last().is_some_and(|last| is_body(last.place.part));
            if is_first && !is_body(part) {
                blank(document, place);
            }
            let (start, pieces) = (document.text.len() as u32, document.pieces.len() as u32);
            let n = document.lines.len() as u32;
            document.open.extend(line.open.into_iter().map(|range| Span::in_line(n, range)));
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
        self.open.iter_mut().for_each(|range| *range = moved(*range, len));
        self.pieces.insert(0, Piece { at: 0, len, xml: 0..0, run: NONE });
    }

    fn join(&mut self, next: Self) {
        let len = self.text.len() as u32;
        self.text.push_str(&next.text);
        self.pieces.extend(next.pieces.into_iter().map(|piece| Piece { at: piece.at + len, ..piece }));
        self.open.extend(next.open.into_iter().map(|range| moved(range, len)));
        self.outline = self.outline.or(next.outline);
    }

    /// Something is still to be written there.
    pub(super) fn opens(&mut self, from: u32, to: u32) {
        match self.open.last_mut() {
            Some(last) if last.end >= from => last.end = last.end.max(to),
            _ => self.open.push(Range { start: from, end: to }),
        }
    }

    /// Puts lines to write on where they are drawn by underlining blanks. A line with a word on it has been filled in.
    fn rule(&mut self, runs: &[Run]) {
        let is_underlined = |piece: &Piece| runs.get(piece.run as usize).is_some_and(|run| run.is_underlined);
        if !self.pieces.iter().any(is_underlined) {
            return;
        }
        let old = take(&mut self.text);
        let mut open = take(&mut self.open);
        let text = |piece: &Piece| &old[piece.at as usize..(piece.at + piece.len) as usize];
        let mut pieces = take(&mut self.pieces);
        for stretch in pieces.chunk_by_mut(|a, b| is_underlined(a) == is_underlined(b)) {
            let is_line = is_underlined(&stretch[0])
                && stretch.iter().all(|piece| text(piece).chars().all(is_space))
                && stretch.iter().flat_map(|piece| text(piece).chars()).map(width).sum::<u32>() >= NARROWEST;
            for piece in stretch {
                let (from, to) = (piece.at, self.text.len() as u32);
                match is_line {
                    true => self.text.extend(text(piece).chars().map(|blank| ruled(blank, piece.xml.is_empty()))),
                    false => self.text.push_str(text(piece)),
                }
                let len = self.text.len() as u32 - to;
                for range in open.iter_mut().filter(|range| from <= range.start && range.end <= from + piece.len) {
                    *range = if is_line { Range { start: to, end: to + len } } else { moved(*range, to - from) };
                }
                (piece.at, piece.len) = (to, len);
            }
        }
        (self.pieces, self.open) = (pieces, open);
    }
}

/// A line to write on is at least as long as so many half-width characters.
const NARROWEST: u32 = 3;

fn width(blank: char) -> u32 {
    match blank {
        '\t' => 4,
        '\u{3000}' => 2,
        _ => 1,
    }
}

/// A blank that is underlined: in as many bytes as it has, unless it `is_sign` and not written as a character.
fn ruled(blank: char, is_sign: bool) -> &'static str {
    match blank.len_utf8() {
        1 if is_sign => "____",
        1 => "_",
        2 => "__",
        _ => "＿",
    }
}

fn moved(range: Range, by: u32) -> Range {
    Range { start: range.start + by, end: range.end + by }
}
