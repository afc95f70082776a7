//! Tables of words with what is to be said of each: the right word, the reading.

use std::borrow::Cow;

use crate::text::Range;
use crate::text::words::Words;

pub struct Table {
    words: Words<u32>,
    remarks: Vec<String>,
}

impl Table {
    /// Of each row the word to look for and the remark on it.
    pub fn new(rows: impl IntoIterator<Item = (String, String)>) -> Self {
        let (words, remarks): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
        let words = words.into_iter().zip(0..).map(|(word, row)| (Cow::Owned(word), row)).collect();
        Self { words, remarks }
    }

    /// The longest word at byte `at`, and which row it is.
    pub fn at(&self, line: &str, at: usize) -> Option<(Range, u32)> {
        let (word, row) = self.words.at(line, at)?;
        Some((Range::new(at, at + word.len()), row))
    }

    /// The words to look for.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter()
    }

    pub fn remark(&self, row: usize) -> &str {
        self.remarks.get(row).map_or("", String::as_str)
    }
}
