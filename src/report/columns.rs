//! Columns in Unicode scalar values. A speech may stand on one line of a megabyte with a mark in
//! every clause: counting each from the line start would take quadratic time.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use crate::text::position::floor;
use crate::text::{Encoding, Flat, Point, Position};

/// Bytes between two places of a line whose columns are kept.
const STEP: usize = 1024;

/// The columns of a draft's places.
pub struct Columns<'a> {
    lines: &'a Flat<'a>,
    /// For a long line: the columns of the characters at multiples of [`STEP`].
    kept: RefCell<FxHashMap<u32, Vec<u32>>>,
}

impl<'a> Columns<'a> {
    pub fn new(lines: &'a Flat<'a>) -> Self {
        let kept = RefCell::default();
        Self { lines, kept }
    }

    /// `point` as a line and a column, both 0-based.
    pub fn position(&self, point: Point) -> Position {
        let line = self.lines.str(point.line as usize);
        let byte = floor(line, point.byte as usize);
        if byte < STEP {
            return Position::new(point.line, Encoding::Utf32.column(line, byte));
        }
        let mut kept = self.kept.borrow_mut();
        let columns = kept.entry(point.line).or_insert_with(|| columns(line));
        let at = byte / STEP;
        let rest = &line[floor(line, at * STEP)..byte];
        Position::new(point.line, columns[at] + Encoding::Utf32.width(rest) as u32)
    }
}

fn columns(line: &str) -> Vec<u32> {
    let mut column = 0;
    let mut columns = vec![0];
    for at in 1..=line.len() / STEP {
        let stretch = floor(line, (at - 1) * STEP)..floor(line, at * STEP);
        column += Encoding::Utf32.width(&line[stretch]) as u32;
        columns.push(column);
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_count_as_short_ones_do() {
        let line = "讲𠮷a，".repeat(400);
        let text = format!("{line}\n{line}");
        let lines = Flat::new(&text);
        let columns = Columns::new(&lines);
        for (column, (byte, _)) in line.char_indices().enumerate() {
            let point = Point::new(1, byte as u32);
            assert_eq!(columns.position(point), Position::new(1, column as u32));
        }
        let end = columns.position(Point::new(0, line.len() as u32));
        assert_eq!(end, Position::new(0, 1600));
    }
}
