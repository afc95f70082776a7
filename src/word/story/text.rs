//! Characters of runs, on their way into the line that is open.

use std::ops::Range;

use super::{Kind, Story};
use crate::word::document::{NONE, Piece};

impl Story<'_> {
    /// Characters as they stand in the XML.
    pub(super) fn characters(&mut self, text: &str, xml: Range<usize>) {
        let mut start = xml.start;
        let mut text = text;
        if self.trims == Some(0) {
            let rest = text.trim_start_matches([' ', '\t', '\n', '\r']);
            start += text.len() - rest.len();
            text = rest;
            if !text.is_empty() {
                self.trims = Some(usize::MAX);
            }
        }
        if text.is_empty() {
            return;
        }
        // CDATA is longer than what it says.
        let is_literal = xml.end - start == text.len();
        let range = if is_literal { start as u32..xml.end as u32 } else { 0..0 };
        match text.contains(['\n', '\r']) {
            true => self.put(&text.replace(['\n', '\r'], " "), range),
            false => self.put(text, range),
        }
    }

    /// Drops blanks at the end of a text that does not keep them.
    pub(super) fn trim_end(&mut self) {
        if self.trims.take().is_none() || self.open.is_empty() {
            return;
        }
        let line = self.open.last_mut().and_then(|open| open.lines.last_mut());
        if let Some(line) = line
            && let Some(piece) = line.pieces.last_mut()
            && piece.at as usize + piece.len as usize == line.text.len()
            && piece.xml.len() == piece.len as usize
        {
            let text = line.text[piece.at as usize..].trim_end_matches([' ', '\t']);
            let gone = piece.len - text.len() as u32;
            piece.len -= gone;
            piece.xml.end -= gone;
            line.text.truncate(line.text.len() - gone as usize);
            if piece.len == 0 {
                line.pieces.pop();
            }
        }
    }

    /// Adds text to the line that is open.
    pub(super) fn put(&mut self, text: &str, xml: Range<u32>) {
        let run = self.runs.last().map_or(NONE - 1, |(run, _)| *run);
        // A run is taken apart between its children, not inside an alternative.
        let is_child = self.frames.iter().rev().nth(1).is_some_and(|frame| frame.kind == Kind::Run);
        let xml = if is_child { xml } else { 0..0 };
        // The mark of a note, as that which Word makes itself.
        let is_raised = self.document.runs.get(run as usize).is_some_and(|run| run.is_raised);
        if is_raised && !text.is_empty() && text.chars().all(|c| matches!(c, '*' | '＊')) {
            return;
        }
        let Some(line) = self.open.last_mut().and_then(|open| open.lines.last_mut()) else { return };
        let (at, len) = (line.text.len() as u32, text.len() as u32);
        line.text.push_str(text);
        line.pieces.push(Piece { at, len, xml, run });
        if self.prompts > 0 {
            line.opens(at, at + len);
            self.is_prompted = true;
        }
    }
}
