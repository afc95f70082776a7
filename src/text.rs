//! Text and positions. Everything in the core speaks lines and bytes; columns in other units are
//! counted in [`position`] and nowhere else.

pub mod chars;
pub mod document;
pub mod edit;
pub mod flat;
pub mod fold;
pub mod position;
pub mod sentences;
pub mod set;
pub mod tables;
pub mod words;

use std::borrow::Cow;

pub use document::{Change, Document, LineChange};
pub use edit::{Edit, Grade, apply, end_of, moved};
pub use flat::Flat;
pub use position::{Encoding, Position};

/// A place in a text: the line (0-based) and the byte offset from the start of that line.
///
/// Lines end at LF, CRLF or CR, as in LSP; the line end belongs to no line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    pub line: u32,
    pub byte: u32,
}

impl Point {
    pub const fn new(line: u32, byte: u32) -> Self {
        Self { line, byte }
    }
}

/// A half-open stretch of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub start: Point,
    pub end: Point,
}

impl Span {
    pub const fn new(start: Point, end: Point) -> Self {
        Self { start, end }
    }

    /// The span of `range` (bytes) in `line`.
    pub const fn in_line(line: u32, range: Range) -> Self {
        Self::new(Point::new(line, range.start), Point::new(line, range.end))
    }

    /// True when `point` lies in the span or at either edge of it.
    pub fn touches(&self, point: Point) -> bool {
        self.start <= point && point <= self.end
    }

    /// True when the two spans share a byte, or meet where one of them is empty.
    pub fn overlaps(&self, other: Self) -> bool {
        if self.start == self.end || other.start == other.end {
            self.start <= other.end && other.start <= self.end
        } else {
            self.start < other.end && other.start < self.end
        }
    }
}

/// A half-open range of byte offsets inside one line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Range {
    pub start: u32,
    pub end: u32,
}

impl Range {
    /// From byte `start` to before byte `end` of a line.
    pub fn new(start: usize, end: usize) -> Self {
        // A line of 4 GiB is refused when the document is made.
        Self { start: start as u32, end: end as u32 }
    }

    /// The text of the range; empty when the range does not fit `line`.
    pub fn of<'a>(&self, line: &'a str) -> &'a str {
        line.get(self.start as usize..self.end as usize).unwrap_or("")
    }

    /// The same, so many bytes on.
    pub fn shifted(self, by: u32) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }

    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// In bytes.
    pub fn len(&self) -> usize {
        (self.end - self.start) as usize
    }
}

/// A text that can be read by line. There is always at least one line.
pub trait Lines: Sync {
    fn line_count(&self) -> usize;

    /// Line `n` (0-based) without its line end; empty when there is no such line.
    fn line(&self, n: usize) -> Cow<'_, str>;

    /// The line end of the text; `\n` where it has none.
    fn line_break(&self) -> &'static str {
        "\n"
    }

    /// The whole text in one piece, line ends as they are or as `\n`.
    fn whole(&self) -> Cow<'_, str> {
        let lines: Vec<_> = (0..self.line_count()).map(|n| self.line(n)).collect();
        Cow::Owned(lines.join("\n"))
    }

    /// The text of `span`, line ends as `\n`.
    fn text(&self, span: Span) -> String {
        let mut out = String::new();
        for n in span.start.line..=span.end.line {
            let from = if n == span.start.line { span.start.byte } else { 0 };
            let to = if n == span.end.line { span.end.byte } else { u32::MAX };
            self.add_text(n as usize, Range { start: from, end: to }, &mut out);
            if n != span.end.line {
                out.push('\n');
            }
        }
        out
    }

    /// Appends what stands in `range` of line `n`; nothing where it does not lie on characters.
    fn add_text(&self, n: usize, range: Range, out: &mut String) {
        let line = self.line(n);
        out.push_str(line.get(range.start as usize..line.len().min(range.end as usize)).unwrap_or(""));
    }
}

/// Keeps the line that was read last: what is asked for comes in crowds.
pub struct Reader<'a> {
    lines: &'a dyn Lines,
    last: Option<(u32, Cow<'a, str>)>,
}

impl<'a> Reader<'a> {
    pub fn new(lines: &'a dyn Lines) -> Self {
        Self { lines, last: None }
    }

    pub fn line(&mut self, n: u32) -> &str {
        if self.last.as_ref().is_none_or(|(last, _)| *last != n) {
            self.last = Some((n, self.lines.line(n as usize)));
        }
        self.last.as_ref().map_or("", |(_, line)| line)
    }

    /// As [`Lines::text`].
    pub fn text(&mut self, span: Span) -> String {
        if span.start.line != span.end.line {
            return self.lines.text(span);
        }
        let line = self.line(span.start.line);
        line.get(span.start.byte as usize..line.len().min(span.end.byte as usize)).unwrap_or("").to_owned()
    }
}

/// The line end that `text` begins with.
fn line_break_of(text: &str) -> &'static str {
    match text.as_bytes() {
        [b'\r', b'\n', ..] => "\r\n",
        [b'\r', ..] => "\r",
        _ => "\n",
    }
}

/// A number that changes with the text (FNV-1a, 32 bits); for tables that are compiled in.
pub const fn digest(text: &str) -> u32 {
    let (bytes, mut hash, mut at) = (text.as_bytes(), 0x811C_9DC5_u32, 0);
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    hash
}
