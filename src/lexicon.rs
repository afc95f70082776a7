//! The words that rules and detectors go by, as data.
//!
//! A row of `lexicon/*.tsv` has, parted by tabs:
//!
//! | column | what |
//! |---|---|
//! | word | in Simplified characters, but for classes that are about the scripts; `*` for a row of sentences that serve all rows of the class |
//! | class | kebab case; `function-word` is [`FUNCTION_WORD`] here |
//! | before, after | what has to stand there: texts parted by `\|`; `@class` any of its words, `^` the end of the line or anything that is no letter, figure or ideograph, `#` a digit or a Chinese numeral. With a `!` before it all: what must not stand there |
//! | good | a sentence in which the word does its work; `～` stands for the word |
//! | bad | one in which it does not |
//! | value | what else the class says of a word |
//!
//! Words around blanks are proven by a sentence made for their class: `# blank FEATURE CLASS…` says that a candidate
//! for a blank has this feature because of them (`*`: that there is one; `!`: that there is none), `# kind = CLASS…`
//! that it is of the kind that the value names, `# reading = CLASS…` that something is read otherwise.
//!
//! The tables become static arrays when the program is built (`build.rs`): nothing is read at the start.
//! A line `# rule CODE CLASS…` says that a rule finds what the words of these classes stand in,
//! `# silence CODE CLASS…` that it is silent because of them, `# fact NAME CLASS…` that a kind of
//! paragraph follows: that is what the sentences of their rows are tested by (`lexicon/tests.rs`). A row
//! without which its sentences hold all the same is dead, and fails the test.

pub mod confusion;
pub mod dictionary;
mod filter;
pub mod own;
pub mod statistics;
#[cfg(test)]
pub(crate) mod tests;

use crate::numeral::is_chinese;
use crate::text::Range;
use crate::text::chars::begins;
use crate::text::chars::{after, before, digit};
use filter::{BUCKETS, Filter, bucket};

include!(concat!(env!("OUT_DIR"), "/lexicon.rs"));

/// Bytes of a word of two ideographs.
const PAIR: usize = 6;

/// Words of one kind, and where they count.
#[derive(Debug)]
pub struct Class {
    pub name: &'static str,
    /// In the order of their bytes.
    rows: &'static [Row],
    /// The characters that words begin with, in order, and which rows have each.
    starts: &'static [Group],
    /// Where in `starts` the ideographs of each [`bucket`] begin.
    buckets: [u16; BUCKETS + 1],
    /// The rows in the order of their last characters, those of one in the order of their bytes from right to left.
    ends: &'static [usize],
    /// The characters that words end with, in order, and where in `ends` each stands.
    stops: &'static [Group],
    /// The characters that words begin with, and end with.
    firsts: Filter,
    lasts: Filter,
    /// What the sentences of its rows are tested by.
    pub probe: Probe,
}

/// A character, and where a run of rows begins and ends.
type Group = (char, u16, u16);

/// The places of the rows of a character, when all of a bucket are where `buckets` says.
fn place_in(groups: &[Group], buckets: &[u16; BUCKETS + 1], c: char) -> std::ops::Range<usize> {
    let Some(bucket) = bucket(c) else { return places(groups, c) };
    let here = &groups[usize::from(buckets[bucket])..usize::from(buckets[bucket + 1])];
    let found = here.iter().find(|group| group.0 == c);
    found.map_or(0..0, |group| usize::from(group.1)..usize::from(group.2))
}

/// The places of the rows of a character.
fn places(groups: &[Group], c: char) -> std::ops::Range<usize> {
    let found = groups.binary_search_by_key(&c, |group| group.0);
    found.map_or(0..0, |n| usize::from(groups[n].1)..usize::from(groups[n].2))
}

/// What shows that a word does its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Probe {
    /// A rule finds something.
    Rule(&'static str),
    /// A rule is silent.
    Silence(&'static str),
    /// A paragraph is of a kind, or there is a topic.
    Fact(&'static str),
    /// A count is announced, with this sign, or with any.
    Sign(&'static str),
    /// A candidate ordinal of this family, or with this evidence; `none`: no candidate.
    Ordinal(&'static str),
    /// No count is announced.
    Uncounted,
    /// A candidate for a blank has a feature, `*` any; with `!` before it none has.
    Blank(&'static str),
    /// A candidate for a blank is of the kind that the row names.
    Kind,
    /// What is read of blanks is another without the row.
    Reading,
    /// The class itself finds a word.
    Words,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    pub word: &'static str,
    before: Side,
    after: Side,
    /// What else the class says of the word.
    pub value: &'static str,
}

/// What one side of a word has to look like.
#[derive(Debug, PartialEq, Eq)]
enum Side {
    Any,
    One(&'static [Item]),
    Not(&'static [Item]),
}

#[derive(Debug)]
enum Item {
    Text(&'static str),
    Class(&'static Class),
    Edge,
    Number,
}

impl PartialEq for Item {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(one), Self::Text(other)) => one == other,
            (Self::Class(one), Self::Class(other)) => one.name == other.name,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }
}

impl Eq for Item {}

impl Class {
    /// True for a class whose words are not in Simplified characters: it is about the scripts.
    pub fn is_of_scripts(&self) -> bool {
        matches!(self.name, "converted-wrongly" | "form-as-written")
    }

    /// True where a user has added words to the class.
    pub fn has_own(&self) -> bool {
        own::look(self, |rows| (!rows.is_empty()).then_some(())).is_some()
    }

    /// The row of a word, wherever it stands.
    pub fn get(&self, word: &str) -> Option<&'static Row> {
        if let Some(row) = own::look(self, |rows| rows.iter().find(|row| row.word == word).copied()) {
            return Some(row);
        }
        self.beginning(word).iter().find(|row| row.word == word && self.is_on(row))
    }

    /// What the class says of a word; nothing of one that it has not.
    pub fn value(&self, word: &str) -> &'static str {
        self.get(word).map_or("", |row| row.value)
    }

    pub fn contains(&self, word: &str) -> bool {
        self.get(word).is_some()
    }

    /// The row of a word that counts where `range` stands, which may be wider than the word.
    pub fn fitting(&self, word: &str, line: &str, range: Range) -> Option<&'static Row> {
        let fits = |row: &&&'static Row| row.word == word && self.holds(row, line, range);
        if let Some(row) = own::look(self, |rows| rows.iter().find(fits).copied()) {
            return Some(row);
        }
        self.beginning(word).iter().find(|row| row.word == word && self.holds(row, line, range))
    }

    /// The longest word at byte `at` of `line` that counts there.
    #[inline]
    pub fn at(&self, line: &str, at: usize) -> Option<(Range, &'static Row)> {
        let own = own::look(self, |rows| own::longest(self, rows, line, at, false));
        longer(own, || if self.firsts.may_begin(line, at) { self.longest_at(line, at) } else { None })
    }

    /// The rows whose words begin with the first character of `text`.
    fn beginning(&self, text: &str) -> &'static [Row] {
        text.chars().next().map_or(&[], |c| &self.rows[place_in(self.starts, &self.buckets, c)])
    }

    fn longest_at(&self, line: &str, at: usize) -> Option<(Range, &'static Row)> {
        let text = line.get(at..)?;
        // Words that begin one text stand in the order of their lengths.
        // They have their first character in common: the second one tells.
        let rows = self.beginning(text).iter().rev().filter(|row| begins::<5>(text.as_bytes(), row.word.as_bytes()));
        let mut found = rows.map(|row| (Range::new(at, at + row.word.len()), row));
        found.find(|(range, row)| self.holds(row, line, *range))
    }

    /// The longest word that ends at byte `end` of `line` and counts there.
    #[inline]
    pub fn ending(&self, line: &str, end: usize) -> Option<(Range, &'static Row)> {
        let own = own::look(self, |rows| own::longest(self, rows, line, end, true));
        longer(own, || if self.lasts.may_end(line, end) { self.longest_ending(line, end) } else { None })
    }

    fn longest_ending(&self, line: &str, end: usize) -> Option<(Range, &'static Row)> {
        let text = line.get(..end)?;
        let rows = self.ends[places(self.stops, text.chars().next_back()?)].iter().rev().map(|n| &self.rows[*n]);
        let rows = rows.filter(|row| text.ends_with(row.word));
        let mut found = rows.map(|row| (Range::new(end - row.word.len(), end), row));
        found.find(|(range, row)| self.holds(row, line, *range))
    }

    /// The longest word at byte `at` of `line`.
    pub fn word_at(&self, line: &str, at: usize) -> Option<&'static str> {
        self.at(line, at).map(|(_, row)| row.word)
    }

    /// The longest word that ends at byte `end` of `line`.
    pub fn word_ending(&self, line: &str, end: usize) -> Option<&'static str> {
        self.ending(line, end).map(|(_, row)| row.word)
    }

    /// The first word in `line` that counts.
    pub fn find(&self, line: &str) -> Option<(Range, &'static Row)> {
        line.char_indices().find_map(|(at, _)| self.at(line, at))
    }

    /// True when `line` has a word of the class at byte `at`.
    pub fn stands_at(&self, line: &str, at: usize) -> bool {
        self.at(line, at).is_some()
    }

    /// True when a word of the class ends at byte `end` of `line`.
    pub fn ends_at(&self, line: &str, end: usize) -> bool {
        self.ending(line, end).is_some()
    }

    /// The length of the longest word at byte `at` that counts there.
    pub fn length_at(&self, line: &str, at: usize) -> Option<usize> {
        self.at(line, at).map(|(range, _)| (range.end - range.start) as usize)
    }

    /// True when a word of the class has both characters.
    pub fn joins(&self, a: char, b: char) -> bool {
        let has = |row: &Row, wanted: char| row.word.chars().any(|c| c == wanted);
        let has_both = |row: &Row| has(row, a) && has(row, b);
        let own = own::look(self, |rows| rows.iter().any(|row| has_both(row)).then_some(()));
        own.is_some() || self.rows.iter().any(|row| self.is_on(row) && has_both(row))
    }

    /// True when a row of the class, words of two characters one after the other, has both words.
    pub fn joins_words(&self, a: &str, b: &str) -> bool {
        let has = |row: &Row, word: &str| row.word.as_bytes().chunks(PAIR).any(|pair| pair == word.as_bytes());
        let both = |row: &Row| has(row, a) && has(row, b);
        a.len() == PAIR && b.len() == PAIR && self.rows.iter().any(|row| self.is_on(row) && both(row))
    }

    /// True when the character is a word of the class.
    pub fn has(&self, c: char) -> bool {
        self.contains(c.encode_utf8(&mut [0; 4]))
    }

    /// All rows of the program, in the order of their bytes.
    pub fn rows(&self) -> impl Iterator<Item = &'static Row> {
        self.rows.iter()
    }

    fn holds(&self, row: &Row, line: &str, range: Range) -> bool {
        self.is_on(row) && row.before.allows(line, range, true) && row.after.allows(line, range, false)
    }

    #[cfg(not(test))]
    #[expect(clippy::unused_self)]
    fn is_on(&self, _: &Row) -> bool {
        true
    }

    #[cfg(test)]
    fn is_on(&self, row: &Row) -> bool {
        tests::is_on(self, row)
    }
}

/// The longer of two words; a user's own, where they are as long.
#[inline]
fn longer(
    own: Option<(Range, &'static Row)>,
    built_in: impl FnOnce() -> Option<(Range, &'static Row)>,
) -> Option<(Range, &'static Row)> {
    let Some(own) = own else { return built_in() };
    Some(built_in().filter(|found| found.0.len() > own.0.len()).unwrap_or(own))
}

impl Side {
    fn allows(&self, line: &str, range: Range, left: bool) -> bool {
        match self {
            Self::Any => true,
            Self::One(items) => items.iter().any(|item| item.stands(line, range, left)),
            Self::Not(items) => !items.iter().any(|item| item.stands(line, range, left)),
        }
    }
}

impl Item {
    fn stands(&self, line: &str, range: Range, left: bool) -> bool {
        let (start, end) = (range.start as usize, range.end as usize);
        let next = if left { before(line, start) } else { after(line, end) };
        match self {
            Self::Text(text) if left => line[..start].ends_with(text),
            Self::Text(text) => line[end..].starts_with(text),
            Self::Class(class) if left => class.ends_at(line, start),
            Self::Class(class) => class.stands_at(line, end),
            Self::Edge => next.is_none_or(|c| !c.is_alphanumeric()),
            Self::Number => next.is_some_and(|c| digit(c).is_some() || is_chinese(c)),
        }
    }
}
