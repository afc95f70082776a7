//! The body of a document in paragraphs, for the draft that it was made of.

use super::Document;
use super::document::Part;
use crate::history::pull::{Cell, Incoming};

impl Document {
    /// The paragraphs of the body that say something, and all cells of its tables; and how many others there are: in
    /// notes and text boxes.
    pub fn incoming(&self) -> (Vec<Incoming>, usize) {
        let (mut found, mut others) = (Vec::new(), 0);
        for (n, line) in self.lines.iter().enumerate() {
            let n = n as u32;
            let text = self.line(n);
            let cell = (line.place.part == Part::Body).then(|| self.cell(line.place.paragraph)).flatten();
            match line.place.part {
                _ if text.trim().is_empty() && cell.is_none() => {}
                Part::Body => found.push(Incoming {
                    text: text.to_owned(),
                    number: self.number(n).len(),
                    level: line.outline,
                    is_marked: self.changed.contains(&line.place.paragraph),
                    line: n,
                    cell,
                }),
                Part::Footnote | Part::Endnote | Part::TextBox => others += 1,
                Part::Header | Part::Footer => {}
            }
        }
        (found, others)
    }

    /// The cell that a paragraph of the body stands in.
    fn cell(&self, paragraph: u32) -> Option<Cell> {
        let before = self.cells.partition_point(|cell| cell.paragraphs.start <= paragraph);
        let cell = self.cells[..before].last().filter(|cell| cell.paragraphs.contains(&paragraph))?;
        Some(Cell { table: cell.table, row: cell.row, column: cell.column })
    }
}
