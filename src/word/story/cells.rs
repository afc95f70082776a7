//! The cells of tables, by the paragraphs that stand in them.

use super::Story;
use crate::word::document::{Cell, Part};

/// Where in the tables of the body the story is.
#[derive(Default)]
pub(super) struct Tables {
    table: u32,
    row: u32,
    column: u32,
    /// How many cells are open: a table in a cell is part of it.
    depth: u32,
}

impl Story<'_> {
    pub(super) fn table(&mut self) {
        if self.tables.depth == 0 {
            (self.tables.table, self.tables.row) = (self.tables.table + 1, 0);
        }
    }

    pub(super) fn row(&mut self) {
        if self.tables.depth == 0 {
            (self.tables.row, self.tables.column) = (self.tables.row + 1, 0);
        }
    }

    pub(super) fn open_cell(&mut self) {
        self.tables.depth += 1;
        if self.tables.depth == 1 && self.part == Part::Body {
            let Tables { table, row, column, .. } = self.tables;
            self.document.cells.push(Cell { table, row, column, paragraphs: self.paragraphs..u32::MAX });
            self.tables.column += 1;
        }
    }

    pub(super) fn close_cell(&mut self) {
        self.tables.depth = self.tables.depth.saturating_sub(1);
        if let Some(cell) = self.document.cells.last_mut().filter(|_| self.tables.depth == 0) {
            cell.paragraphs.end = cell.paragraphs.end.min(self.paragraphs);
        }
    }
}
