//! One version of a text. An edit makes the next version; a reader keeps the one it has.

use std::borrow::Cow;

use memchr::memchr2;
use ropey::Rope;

use super::{Encoding, Lines, Point, Position, Range, Span, line_break_of};

/// One version of a text; cheap to clone and never changed after it is made.
#[derive(Clone, Debug, Default)]
pub struct Document {
    version: i32,
    rope: Rope,
}

/// One change as a client states it.
#[derive(Clone, Debug)]
pub struct Change {
    /// What is replaced; the whole text when absent.
    pub range: Option<(Position, Position)>,
    pub text: String,
}

impl Change {
    /// The stretch of `document` that is replaced; none when it is the whole text.
    pub fn span(&self, document: &Document, encoding: Encoding) -> Option<Span> {
        let (start, end) = self.range?;
        let (start, end) = (encoding.point(document, start), encoding.point(document, end));
        Some(Span::new(start.min(end), start.max(end)))
    }
}

/// Which lines (0-based) a change touched: `old` lines from `first` on became `new` lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineChange {
    pub first: usize,
    pub old: usize,
    pub new: usize,
}

impl LineChange {
    /// The number that line `n` had before the change, where the change did not touch it.
    pub fn origin(self, n: usize) -> usize {
        if n < self.first { n } else { n + self.old - self.new }
    }
}

impl Document {
    pub fn new(version: i32, text: &str) -> Self {
        Self { version, rope: Rope::from_str(text) }
    }

    /// The number that the client gave this version.
    pub fn version(&self) -> i32 {
        self.version
    }

    pub fn rope(&self) -> &Rope {
        &self.rope
    }

    /// The next version, after one change. Reversed ranges are read as if they were not; places
    /// outside the text are moved to its nearest edge.
    pub fn edited(&self, version: i32, change: &Change, encoding: Encoding) -> (Self, LineChange) {
        let Some((start, end)) = change.range else {
            let next = Self::new(version, &change.text);
            let lines = LineChange { first: 0, old: self.line_count(), new: next.line_count() };
            return (next, lines);
        };
        let (a, b) = (self.char_at(start, encoding), self.char_at(end, encoding));
        let (a, b) = (a.min(b), a.max(b));
        let (mut first, mut last) = (self.rope.char_to_line(a), self.rope.char_to_line(b));
        if first != last || change.text.contains(['\r', '\n']) {
            // One line more on either side: the change may part or join a CR and an LF there.
            first = first.saturating_sub(1);
            last = (last + 1).min(self.line_count() - 1);
        }
        let mut rope = self.rope.clone();
        rope.remove(a..b);
        rope.insert(a, &change.text);
        let old = last - first + 1;
        let new = (rope.len_lines() + old).saturating_sub(self.line_count());
        (Self { version, rope }, LineChange { first, old, new })
    }

    fn char_at(&self, position: Position, encoding: Encoding) -> usize {
        let point = encoding.point(self, position);
        self.rope.byte_to_char(self.rope.line_to_byte(point.line as usize) + point.byte as usize)
    }

    /// The place of the byte `offset` from the start of the text.
    pub fn point(&self, offset: usize) -> Point {
        let line = self.rope.byte_to_line(offset.min(self.rope.len_bytes()));
        Point::new(line as u32, (offset - self.rope.line_to_byte(line)) as u32)
    }

    /// The byte offset of `point` from the start of the text.
    pub fn offset(&self, point: Point) -> usize {
        self.rope.line_to_byte(point.line as usize) + point.byte as usize
    }
}

impl std::fmt::Display for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.rope.chunks().try_for_each(|chunk| f.write_str(chunk))
    }
}

impl Lines for Document {
    fn line_count(&self) -> usize {
        self.rope.len_lines()
    }

    fn whole(&self) -> Cow<'_, str> {
        Cow::from(self.rope.slice(..))
    }

    // Much cheaper than the line as a slice of the rope, which counts the characters on both sides of it.
    fn line(&self, n: usize) -> Cow<'_, str> {
        let Some((mut chunk, mut byte, _, first)) = self.rope.get_chunk_at_line_break(n) else {
            return Cow::Borrowed("");
        };
        let mut rest = (first..n).fold(chunk, |rest, _| behind_line_end(rest));
        let mut line = Cow::Borrowed("");
        loop {
            if let Some(end) = memchr2(b'\n', b'\r', rest.as_bytes()) {
                return line + &rest[..end];
            }
            line += rest;
            byte += chunk.len();
            if byte >= self.rope.len_bytes() {
                return line;
            }
            (chunk, byte, ..) = self.rope.chunk_at_byte(byte);
            rest = chunk;
        }
    }

    // A line may be long: no more of it is read than is asked for.
    fn add_text(&self, n: usize, range: Range, out: &mut String) {
        let before = out.len();
        let Ok(start) = self.rope.try_line_to_byte(n) else { return };
        let end = self.rope.try_line_to_byte(n + 1).unwrap_or(self.rope.len_bytes());
        let (mut at, end) = (start + range.start as usize, end.min(start.saturating_add(range.end as usize)));
        while at < end {
            let (chunk, first, ..) = self.rope.chunk_at_byte(at);
            let to = chunk.len().min(end - first);
            let Some(piece) = chunk.get(at - first..to) else { return out.truncate(before) };
            if let Some(stop) = memchr2(b'\n', b'\r', piece.as_bytes()) {
                return out.push_str(&piece[..stop]);
            }
            out.push_str(piece);
            at = first + to;
        }
    }

    fn line_break(&self) -> &'static str {
        let end = self.rope.line_to_char(1.min(self.rope.len_lines() - 1));
        let tail: String = self.rope.chars_at(end).reversed().take(2).collect();
        match tail.as_str() {
            "\n\r" => "\r\n",
            _ if tail.starts_with('\r') => "\r",
            _ => "\n",
        }
    }
}

/// What stands behind the first line end of `text`.
fn behind_line_end(text: &str) -> &str {
    let Some(at) = memchr2(b'\n', b'\r', text.as_bytes()) else { return "" };
    let rest = &text[at..];
    &rest[line_break_of(rest).len()..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Flat;
    use proptest::prelude::*;

    fn lines(document: &Document) -> Vec<String> {
        (0..document.line_count()).map(|n| document.line(n).into_owned()).collect()
    }

    #[test]
    fn an_edit_replays_in_chinese_text() {
        let document = Document::new(1, "同志们：\r\n一要𠮷学习，\r\n");
        let range = Some((Position::new(1, 2), Position::new(1, 4)));
        let (next, changed) = document.edited(2, &Change { range, text: "再\n三".into() }, Encoding::Utf16);
        assert_eq!(next.to_string(), "同志们：\r\n一要再\n三学习，\r\n");
        assert_eq!(changed, LineChange { first: 0, old: 3, new: 4 });
        let range = Some((Position::new(1, 2), Position::new(1, 4)));
        let (_, changed) = document.edited(2, &Change { range, text: "再".into() }, Encoding::Utf16);
        assert_eq!(changed, LineChange { first: 1, old: 1, new: 1 });
        assert_eq!((document.version(), next.version()), (1, 2));
    }

    #[test]
    fn places_outside_the_text_mean_its_edge() {
        let document = Document::new(1, "一\n二");
        let range = Some((Position::new(9, 9), Position::new(1, 7)));
        assert_eq!(document.edited(2, &Change { range, text: "三".into() }, Encoding::Utf16).0.to_string(), "一\n二三");
    }

    proptest! {
        #[test]
        fn lines_are_those_of_the_flat_text(
            text in "[一a\r\n\u{b}\u{85}\u{2028}𠮷]{0,30}", line in "[一a]{0,600}", times in 0usize..20,
        ) {
            // Of several chunks.
            let text = (text + &line).repeat(times);
            let document = Document::new(0, &text);
            prop_assert_eq!(lines(&document), Flat::new(&text).iter().map(str::to_owned).collect::<Vec<_>>());
        }

        #[test]
        fn a_stretch_is_that_of_the_flat_text(
            text in "[一a\r\n𠮷]{0,9}", line in "[一a]{0,900}", times in 0usize..6,
            n in 0usize..8, start in 0u32..3000, length in 0u32..1500,
        ) {
            let text = (text + &line).repeat(times);
            let range = Range { start, end: start + length };
            let (mut rope, mut flat) = (String::new(), String::new());
            Document::new(0, &text).add_text(n, range, &mut rope);
            Flat::new(&text).add_text(n, range, &mut flat);
            prop_assert_eq!(rope, flat);
        }

        #[test]
        fn untouched_lines_stay(
            text in "[一\r\n𠮷]{0,20}", insert in "[二\r\n]{0,4}",
            a in (0u32..6, 0u32..6), b in (0u32..6, 0u32..6),
        ) {
            let document = Document::new(0, &text);
            let range = Some((Position::new(a.0, a.1), Position::new(b.0, b.1)));
            let (next, c) = document.edited(1, &Change { range, text: insert }, Encoding::Utf16);
            let (before, after) = (lines(&document), lines(&next));
            prop_assert_eq!(&before[..c.first], &after[..c.first]);
            prop_assert_eq!(&before[c.first + c.old..], &after[c.first + c.new..]);
        }
    }
}
