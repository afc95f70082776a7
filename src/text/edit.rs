//! Edits as values.

use super::{Flat, Point, Span};

/// Replace what stands in `span` by `text`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edit {
    pub span: Span,
    pub text: String,
}

impl Edit {
    pub fn new(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }
}

/// How far a correction may be trusted, and so who makes it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// There is one right text: made without a look, with all its like.
    Certain,
    /// A proposal: made one at a time, or for a rule that is named.
    #[default]
    Offered,
    /// The right text is written in another way: made when somebody asks for the form.
    Style,
}

impl Grade {
    /// As JSON has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Offered => "offered",
            Self::Style => "style",
        }
    }
}

/// `text` with `edits` applied; they may come in any order. Of two edits that overlap, the one that
/// starts first (then the one that comes first in `edits`) is applied and the other is left out.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let flat = Flat::new(text);
    let offset = |point: Point| {
        let range = flat.line_range(point.line as usize);
        (range.start + point.byte as usize).min(range.end)
    };
    let mut edits: Vec<_> = edits.iter().map(|e| (offset(e.span.start), offset(e.span.end), &e.text)).collect();
    edits.sort_by_key(|&(start, end, _)| (start, end));
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for (start, end, new) in edits {
        if start < at {
            continue;
        }
        out.push_str(&text[at..start]);
        out.push_str(new);
        at = end;
    }
    out.push_str(&text[at..]);
    out
}

/// Where `text` ends that is put in at `start`.
pub fn end_of(start: Point, text: &str) -> Point {
    let mut line = start.line;
    let (mut rest, mut from) = (text, start.byte as usize);
    while let Some(at) = rest.find(['\n', '\r']) {
        let length = if rest[at..].starts_with("\r\n") { 2 } else { 1 };
        rest = &rest[at + length..];
        line += 1;
        from = 0;
    }
    Point::new(line, (from + rest.len()) as u32)
}

/// Where `point` is when `text` has taken the place of `replaced`. What stood in it is at its end.
pub fn moved(point: Point, replaced: Span, text: &str) -> Point {
    if point < replaced.start {
        return point;
    }
    let end = end_of(replaced.start, text);
    if point <= replaced.end {
        return end;
    }
    if point.line == replaced.end.line {
        return Point::new(end.line, end.byte + point.byte - replaced.end.byte);
    }
    Point::new(end.line + point.line - replaced.end.line, point.byte)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Range;

    #[test]
    fn edits_apply_in_text_order() {
        let edit = |line, a, b, text: &str| Edit::new(Span::in_line(line, Range::new(a, b)), text);
        let text = "一要学\r\n一要干";
        assert_eq!(apply(text, &[edit(1, 0, 3, "二"), edit(0, 6, 9, "读")]), "一要读\r\n二要干");
        assert_eq!(apply(text, &[edit(0, 0, 6, "甲"), edit(0, 3, 9, "乙")]), "甲学\r\n一要干");
    }

    #[test]
    fn places_move_with_the_text() {
        let span = Span::new(Point::new(1, 3), Point::new(1, 6));
        for (point, text, expected) in [
            ((0, 9), "讲", (0, 9)),
            ((1, 3), "讲话", (1, 9)),
            ((1, 6), "", (1, 3)),
            ((1, 9), "讲", (1, 9)),
            ((1, 9), "讲\n话", (2, 6)),
            ((2, 1), "\r\n\n", (4, 1)),
        ] {
            assert_eq!(moved(Point::new(point.0, point.1), span, text), Point::new(expected.0, expected.1), "{text:?}");
        }
    }
}
