//! Source lines with marks below them, aligned by display width. A long line is cut to a window
//! around its marks; the work does not depend on how long the line is.

use std::fmt::Write as _;
use std::ops::Range;

use anstyle::Style;
use unicode_width::UnicodeWidthChar as _;

use crate::cli::output::{Palette, clean, visible};
use crate::text::position::floor;
use crate::text::{Flat, Span};

/// The widest window, in columns of the terminal.
const WIDTH: usize = 80;
/// How much of a long line is shown before the first mark.
const BEFORE: usize = 24;
/// Marks of one line that lie within this width share a window.
const SHARED: usize = 48;
const TAB: &str = "    ";

/// A place to show.
pub(super) struct Mark<'a> {
    pub span: Span,
    /// Stands behind the mark; may be empty.
    pub label: &'a str,
    /// What the report is about, rather than a related place.
    pub primary: bool,
}

/// What stands before the lines.
pub(super) struct Margin<'a> {
    /// The width of the numbers.
    pub gutter: usize,
    /// The number of a line.
    pub number: &'a dyn Fn(u32) -> u32,
}

/// Writes the lines of `marks`, which are in text order. `style` is that of the primary mark.
pub(super) fn write(
    report: &mut String,
    lines: &Flat,
    marks: &[Mark],
    margin: &Margin,
    style: Style,
    palette: Palette,
) {
    let (frame, gutter) = (palette.frame, margin.gutter);
    let _ = writeln!(report, "{:gutter$} {frame}|{frame:#}", "");
    let mut rest = marks;
    while let Some(first) = rest.first() {
        let line = lines.str(first.span.start.line as usize);
        let shared = rest.iter().take_while(|mark| fit_together(line, first.span, mark.span)).count().max(1);
        let (group, later) = rest.split_at(shared);
        rest = later;
        let window = Window::new(line, group);
        let number = (margin.number)(first.span.start.line);
        let _ = writeln!(report, "{frame}{number:gutter$} |{frame:#} {}", window.shown());
        for mark in group {
            let (blank, length) = window.place(mark.span);
            let (style, sign) = if mark.primary { (style, "^") } else { (frame, "-") };
            let sign = sign.repeat(length);
            let space = if mark.label.is_empty() { "" } else { " " };
            let _ = writeln!(
                report,
                "{:gutter$} {frame}|{frame:#} {:blank$}{style}{sign}{space}{}{style:#}",
                "",
                "",
                clean(mark.label)
            );
        }
    }
}

/// True when both spans start in the same line and near enough for one window.
fn fit_together(line: &str, first: Span, other: Span) -> bool {
    let start = first.start.byte as usize;
    first.start.line == other.start.line && width_within(line, start..end_in_line(line, other), SHARED).is_some()
}

/// Where `span` ends in the line it starts in.
fn end_in_line(line: &str, span: Span) -> usize {
    match span.start.line == span.end.line {
        true => floor(line, span.end.byte as usize),
        false => line.len(),
    }
}

/// The width of a stretch of `line`, if it is at most `limit`.
fn width_within(line: &str, stretch: Range<usize>, limit: usize) -> Option<usize> {
    let mut width = 0;
    for c in line.get(stretch)?.chars() {
        width += char_width(c);
        if width > limit {
            return None;
        }
    }
    Some(width)
}

fn char_width(c: char) -> usize {
    match c {
        '\t' => TAB.len(),
        c => visible(c).width().unwrap_or(0),
    }
}

/// The part of a line that is shown.
struct Window<'a> {
    line: &'a str,
    /// In bytes.
    range: Range<usize>,
}

impl<'a> Window<'a> {
    fn new(line: &'a str, marks: &[Mark]) -> Self {
        let ends = marks.iter().map(|mark| end_in_line(line, mark.span));
        let from = marks.first().map_or(0, |mark| mark.span.start.byte as usize);
        let from = floor(line, from);
        let to = ends.max().unwrap_or(from).max(from);
        let (mut range, mut left) = (from..from, WIDTH);
        extend_right(line, &mut range, &mut left, to);
        let mut before = BEFORE.min(left);
        left -= before;
        extend_left(line, &mut range, &mut before);
        left += before;
        extend_right(line, &mut range, &mut left, line.len());
        extend_left(line, &mut range, &mut left);
        Self { line, range }
    }

    fn shown(&self) -> String {
        let mut shown = String::new();
        if self.range.start > 0 {
            shown.push('…');
        }
        for c in self.line[self.range.clone()].chars() {
            match c {
                '\t' => shown.push_str(TAB),
                c => shown.push(visible(c)),
            }
        }
        if self.range.end < self.line.len() {
            shown.push('…');
        }
        shown
    }

    /// How many columns lie before the mark for `span`, and how wide it is.
    fn place(&self, span: Span) -> (usize, usize) {
        let width = |stretch: Range<usize>| -> usize {
            let text = self.line.get(stretch).unwrap_or("");
            text.chars().map(char_width).sum()
        };
        let inside = |byte: usize| byte.clamp(self.range.start, self.range.end);
        let start = inside(floor(self.line, span.start.byte as usize));
        let end = inside(end_in_line(self.line, span)).max(start);
        let cut = usize::from(self.range.start > 0);
        (cut + width(self.range.start..start), width(start..end).max(1))
    }
}

fn extend_right(line: &str, range: &mut Range<usize>, left: &mut usize, to: usize) {
    for c in line[range.end..to.max(range.end)].chars() {
        let Some(rest) = left.checked_sub(char_width(c)) else {
            break;
        };
        *left = rest;
        range.end += c.len_utf8();
    }
}

fn extend_left(line: &str, range: &mut Range<usize>, left: &mut usize) {
    for c in line[..range.start].chars().rev() {
        let Some(rest) = left.checked_sub(char_width(c)) else {
            break;
        };
        *left = rest;
        range.start -= c.len_utf8();
    }
}
