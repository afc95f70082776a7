//! Places as the client counts them.

use std::borrow::Cow;

use tower_lsp::ls_types as lsp;

use crate::text::position::floor;
use crate::text::{Document, Edit, Encoding, Lines, Point, Span};

/// Turns points into positions. Fastest for points in text order: a line is read once, and its
/// columns are counted on from the last point. Where it goes back in a line, that line's columns are noted.
pub struct Positions<'a> {
    document: &'a Document,
    encoding: Encoding,
    line: Option<u32>,
    text: Cow<'a, str>,
    byte: usize,
    column: usize,
    /// Places in the line, each with its column; in order.
    noted: Vec<(usize, usize)>,
}

/// How many bytes lie between two noted places.
const STEP: usize = 512;

impl<'a> Positions<'a> {
    pub fn new(document: &'a Document, encoding: Encoding) -> Self {
        Self { document, encoding, line: None, text: Cow::Borrowed(""), byte: 0, column: 0, noted: Vec::new() }
    }

    pub fn position(&mut self, point: Point) -> lsp::Position {
        if point.byte == 0 {
            return lsp::Position::new(point.line, 0);
        }
        if self.line != Some(point.line) {
            self.line = Some(point.line);
            self.text = self.document.line(point.line as usize);
            (self.byte, self.column) = (0, 0);
            self.noted.clear();
        }
        let byte = floor(&self.text, point.byte as usize);
        if byte < self.byte {
            if self.noted.is_empty() {
                self.note();
            }
            let at = self.noted.partition_point(|(noted, _)| *noted <= byte);
            (self.byte, self.column) = self.noted[..at].last().copied().unwrap_or_default();
        }
        self.column += self.encoding.width(&self.text[self.byte..byte]);
        self.byte = byte;
        lsp::Position::new(point.line, self.column as u32)
    }

    fn note(&mut self) {
        let (mut byte, mut column) = (0, 0);
        self.noted.push((0, 0));
        while byte + STEP < self.text.len() {
            let next = floor(&self.text, byte + STEP);
            column += self.encoding.width(&self.text[byte..next]);
            byte = next;
            self.noted.push((byte, column));
        }
    }

    pub fn range(&mut self, span: Span) -> lsp::Range {
        lsp::Range::new(self.position(span.start), self.position(span.end))
    }

    pub fn edits(&mut self, edits: Vec<Edit>) -> Vec<lsp::TextEdit> {
        edits.into_iter().map(|edit| lsp::TextEdit::new(self.range(edit.span), edit.text)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::lsp::from::position;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn positions_in_any_order_are_those_of_the_encoding(
            text in "[a讲𠮷😀\n]{0,30}", times in 1usize..60,
            points in prop::collection::vec((0u32..5, 0u32..4000), 0..12),
        ) {
            let document = Document::new(0, &text.repeat(times));
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                let mut positions = Positions::new(&document, encoding);
                for &(line, byte) in &points {
                    let point = Point::new(line, byte);
                    let expected = encoding.position(&document, point);
                    prop_assert_eq!(position(positions.position(point)), expected);
                }
            }
        }
    }
}
