//! Tables of wrong words and the right ones, looked up in one go.

use aho_corasick::{AhoCorasick, MatchKind};

use crate::text::Range;

pub struct Table {
    finder: Option<AhoCorasick>,
    pairs: Vec<(String, String)>,
}

impl Table {
    /// Of each row the wrong word and the right one.
    pub fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let pairs: Vec<_> = pairs.into_iter().collect();
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(pairs.iter().map(|(wrong, _)| wrong))
            .ok();
        Self { finder, pairs }
    }

    /// Where wrong words stand, and which row each is.
    pub fn find<'a>(&'a self, line: &'a str) -> impl Iterator<Item = (Range, u32)> + 'a {
        let found = self.finder.iter().flat_map(move |finder| finder.find_iter(line));
        found.map(|m| (Range::new(m.start(), m.end()), m.pattern().as_u32()))
    }

    pub fn right(&self, row: usize) -> &str {
        self.pairs.get(row).map_or("", |(_, right)| right)
    }
}
