//! Words that a user adds to the classes: rows of the same form as those of the program, which count beside
//! them wherever the class is asked.
//!
//! Detectors are functions of a line and ask static classes. So the words of a draft's settings are put in force
//! around the work on it ([`with`]), on each thread that does some; nothing else ever sees them.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::{CLASSES, Class, Item, Row, Side};
use crate::text::Range;
use crate::text::chars::is_space;
use crate::text::fold::fold;

/// The words of a user, and the people that the user has to do with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// By the name of their class.
    rows: BTreeMap<&'static str, Vec<&'static Row>>,
    /// In order of precedence.
    roster: Vec<Listed>,
}

/// Somebody on the roster, in Simplified characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub name: String,
    pub titles: Vec<String>,
    /// The name is not to be seen outside the house.
    pub is_private: bool,
}

impl Listed {
    /// `titles` are parted by `、`.
    pub fn new(name: &str, titles: &str, is_private: bool) -> Self {
        let titles = titles.split('、').map(str::trim).filter(|title| !title.is_empty());
        let titles = titles.map(|title| fold(title).into_owned()).collect();
        Self { name: whole(&fold(name)), titles, is_private }
    }
}

/// A name as it is compared: two characters are often set apart to be as wide as three.
pub fn whole(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Where a name stands in a line, also with its characters set apart: 李　强.
pub fn places<'a>(line: &'a str, name: &'a str) -> impl Iterator<Item = Range> + 'a {
    let mut chars = name.chars();
    let first = chars.next();
    let starts = first.into_iter().flat_map(move |first| line.match_indices(first));
    starts.filter_map(move |(at, first)| {
        let end = chars.clone().try_fold(at + first.len(), |end, c| {
            let rest = &line[end..];
            let blank = rest.len() - rest.trim_start_matches(is_space).len();
            rest[blank..].starts_with(c).then(|| end + blank + c.len_utf8())
        })?;
        Some(Range::new(at, end))
    })
}

/// A row that a user has written, with its sentences.
#[derive(Clone, Debug)]
pub struct Entry {
    pub class: &'static Class,
    pub row: &'static Row,
    pub good: String,
    pub bad: String,
    /// From 1.
    pub line: u32,
}

/// What is wrong with a row, in Chinese and in English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// From 1.
    pub line: u32,
    pub hans: String,
    pub english: String,
}

/// So many rows a user may add in all.
pub const MOST: usize = 2000;
/// So many different rows are kept for as long as the program runs: they have to outlive every draft.
const KEPT: usize = 20_000;
/// So many people may be on a roster.
pub const MOST_LISTED: usize = 200;
/// The longest cell, in bytes.
const LONGEST: usize = 300;

/// Some draft has words of its own: until then nothing is looked up for them.
static ANY: AtomicBool = AtomicBool::new(false);

thread_local! {
    static IN_FORCE: RefCell<Option<Arc<Words>>> = const { RefCell::new(None) };
}

/// Does something with these words in force, on this thread.
pub fn with<T>(words: Option<&Arc<Words>>, work: impl FnOnce() -> T) -> T {
    /// Puts back what was in force, also when the work panics.
    struct Before(Option<Arc<Words>>);
    impl Drop for Before {
        fn drop(&mut self) {
            IN_FORCE.set(self.0.take());
        }
    }
    if words.is_none() && !ANY.load(Ordering::Relaxed) {
        return work();
    }
    ANY.store(true, Ordering::Relaxed);
    let _before = Before(IN_FORCE.replace(words.cloned()));
    work()
}

/// What `look` finds in the words in force.
#[inline]
pub(super) fn look<T>(class: &Class, look: impl FnOnce(&[&'static Row]) -> Option<T>) -> Option<T> {
    if ANY.load(Ordering::Relaxed) { look_into(class, look) } else { None }
}

/// Apart, so that what is asked at each character of a text is a look at one flag.
#[cold]
fn look_into<T>(class: &Class, look: impl FnOnce(&[&'static Row]) -> Option<T>) -> Option<T> {
    IN_FORCE.with_borrow(|words| look(words.as_ref()?.rows.get(class.name)?))
}

/// What `look` finds in the roster in force; `None` where there is none.
#[inline]
pub fn on_roster<T>(look: impl FnOnce(&[Listed]) -> T) -> Option<T> {
    if !ANY.load(Ordering::Relaxed) {
        return None;
    }
    IN_FORCE
        .with_borrow(|words| words.as_ref().filter(|words| !words.roster.is_empty()).map(|words| look(&words.roster)))
}

/// The first characters of the words in force, each with its class.
pub fn beginnings() -> Vec<(char, &'static str)> {
    if !ANY.load(Ordering::Relaxed) {
        return Vec::new();
    }
    IN_FORCE.with_borrow(|words| {
        let rows =
            words.iter().flat_map(|words| &words.rows).flat_map(|(class, rows)| rows.iter().map(|row| (*class, row)));
        rows.filter_map(|(class, row)| Some((row.word.chars().next()?, class))).collect()
    })
}

impl Words {
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.roster.is_empty()
    }

    /// How many words there are; people are none.
    pub fn len(&self) -> usize {
        self.rows.values().map(Vec::len).sum()
    }

    /// Puts somebody at the end of the roster, unless it is full.
    pub fn list(&mut self, somebody: Listed) {
        if self.roster.len() < MOST_LISTED && !self.roster.contains(&somebody) {
            self.roster.push(somebody);
        }
    }

    /// Each word with its class.
    pub fn all(&self) -> impl Iterator<Item = (&'static str, &'static str)> + '_ {
        self.rows.iter().flat_map(|(class, rows)| rows.iter().map(|row| (row.word, *class)))
    }

    /// False when there are too many already.
    pub fn add(&mut self, entry: &Entry) -> bool {
        let here = self.len();
        let rows = self.rows.entry(entry.class.name).or_default();
        if rows.iter().any(|row| std::ptr::eq(*row, entry.row)) {
            return true;
        }
        if here < MOST {
            rows.push(entry.row);
        }
        here < MOST
    }

    /// The same without one row.
    #[must_use]
    pub fn without(&self, entry: &Entry) -> Self {
        let mut this = self.clone();
        if let Some(rows) = this.rows.get_mut(entry.class.name) {
            rows.retain(|row| !std::ptr::eq(*row, entry.row));
        }
        this
    }

    /// These and others.
    pub fn join(&mut self, others: &Self) {
        for (class, rows) in &others.rows {
            let here = self.rows.entry(class).or_default();
            here.extend(
                rows.iter()
                    .filter(|row| !here.iter().any(|own| std::ptr::eq(*own, **row)))
                    .copied()
                    .collect::<Vec<_>>(),
            );
        }
        others.roster.iter().for_each(|somebody| self.list(somebody.clone()));
    }
}

/// The class of that name, or of one that it had before.
fn class_named(name: &str) -> Option<&'static Class> {
    let name = match name {
        "furniture" => "boilerplate",
        "furniture-without-sentence" => "boilerplate-without-sentence",
        name => name,
    };
    CLASSES.iter().copied().find(|class| class.name == name)
}

/// Reads a table: word, class, before, after, good, bad, value, as in the tables of the program.
pub fn read(text: &str) -> (Vec<Entry>, Vec<Fault>) {
    let (mut entries, mut faults) = (Vec::new(), Vec::new());
    for (line, text) in (1..).zip(text.trim_start_matches('\u{FEFF}').lines()) {
        if text.trim().is_empty() || text.starts_with('#') {
            continue;
        }
        match entry(text, line) {
            Ok(entry) => entries.push(entry),
            Err((hans, english)) => faults.push(Fault { line, hans, english }),
        }
    }
    (entries, faults)
}

type Reason = (String, String);

fn reason<T>(hans: impl Into<String>, english: impl Into<String>) -> Result<T, Reason> {
    Err((hans.into(), english.into()))
}

fn entry(text: &str, line: u32) -> Result<Entry, Reason> {
    let cells: Vec<&str> = text.split('\t').map(str::trim).collect();
    let cell = |n: usize| cells.get(n).copied().unwrap_or("");
    if cells.iter().any(|cell| cell.len() > LONGEST) || cells.len() > 7 {
        return reason("这一行太长，或者不止七格", "the line is too long, or has more than seven cells");
    }
    let Some(class) = class_named(cell(1)) else {
        return reason(format!("没有“{}”这一类词", cell(1)), format!("there is no class ‘{}’", cell(1)));
    };
    let word = if class.is_of_scripts() { cell(0).into() } else { fold(cell(0)) };
    if word.is_empty() || word == "*" {
        return reason("第一格要写词", "the first cell is the word");
    }
    let (good, bad) = (cell(4).replace('～', cell(0)), cell(5).replace('～', cell(0)));
    if good.is_empty() || bad.is_empty() {
        return reason(
            "要写两个例句：第五格里这个词起作用，第六格里不起作用",
            "two sentences are needed: one where the word counts (cell 5), one where it does not (cell 6)",
        );
    }
    let Some(row) = kept(&word, [cell(2), cell(3), cell(6)])? else {
        return reason("词太多了", "there are too many words");
    };
    Ok(Entry { class, row, good, bad, line })
}

/// The row of these cells, which lives for as long as the program; `None` when there are too many.
fn kept(word: &str, cells: [&str; 3]) -> Result<Option<&'static Row>, Reason> {
    static KNOWN: LazyLock<Mutex<FxHashMap<String, &'static Row>>> = LazyLock::new(Mutex::default);
    let key = [word, cells[0], cells[1], cells[2]].join("\t");
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(row) = known.get(&key) {
        return Ok(Some(row));
    }
    if known.len() >= KEPT {
        return Ok(None);
    }
    let (before, after) = (side(cells[0])?, side(cells[1])?);
    let (word, value) = (word.to_owned().leak(), cells[2].to_owned().leak());
    let row: &'static Row = Box::leak(Box::new(Row { word, before, after, value }));
    known.insert(key, row);
    Ok(Some(row))
}

/// What a cell asks of one side of a word.
fn side(cell: &str) -> Result<Side, Reason> {
    if cell.is_empty() {
        return Ok(Side::Any);
    }
    let items = || cell.strip_prefix('!').unwrap_or(cell).split('|');
    if let Some(name) = items().filter_map(|item| item.strip_prefix('@')).find(|name| class_named(name).is_none()) {
        return reason(format!("没有“{name}”这一类词"), format!("there is no class ‘{name}’"));
    }
    let made = items().map(|item| match (item, item.strip_prefix('@').and_then(class_named)) {
        ("^", _) => Item::Edge,
        ("#", _) => Item::Number,
        (_, Some(class)) => Item::Class(class),
        _ => Item::Text(fold(item).into_owned().leak()),
    });
    let items: &'static [Item] = made.collect::<Vec<Item>>().leak();
    Ok(if cell.starts_with('!') { Side::Not(items) } else { Side::One(items) })
}

/// The longest of these words that begins at byte `at` of `line`, or ends there, and counts.
pub(super) fn longest(
    class: &Class,
    rows: &[&'static Row],
    line: &str,
    at: usize,
    ends: bool,
) -> Option<(Range, &'static Row)> {
    let text = if ends { line.get(..at)? } else { line.get(at..)? };
    let stands = |row: &&&'static Row| if ends { text.ends_with(row.word) } else { text.starts_with(row.word) };
    let found = rows.iter().filter(stands).map(|row| {
        let start = if ends { at - row.word.len() } else { at };
        (Range::new(start, start + row.word.len()), *row)
    });
    found.filter(|(range, row)| class.holds(row, line, *range)).max_by_key(|(range, _)| range.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: &str = "片区长\tsalutation-person\t\t\t尊敬的～：\t尊敬的，～说：“好”：";

    #[test]
    fn words_count_only_where_they_are_in_force() {
        let class = &crate::lexicon::SALUTATION_PERSON;
        let (entries, faults) = read(ROW);
        assert_eq!(faults, []);
        let mut words = Words::default();
        assert!(words.add(&entries[0]) && words.add(&entries[0]));
        assert_eq!(words.len(), 1);
        let words = Arc::new(words);
        let finds = || class.at("片区长：", 0).map(|(range, _)| range.len());
        assert_eq!(finds(), None);
        assert_eq!(with(Some(&words), finds), Some("片区长".len()));
        assert_eq!(with(Some(&words), || with(None, finds)), None);
        assert_eq!(finds(), None);
    }

    #[test]
    fn names_are_found_with_their_characters_set_apart() {
        let found = |line: &'static str| places(line, "李强").map(|range| range.of(line)).collect::<Vec<_>>();
        assert_eq!(found("李强、李　强，李  强"), ["李强", "李　强", "李  强"]);
        assert_eq!(found("李、强，李"), Vec::<&str>::new());
        assert_eq!(Listed::new(" 李　强 ", "县 长、县委副书记", false).name, "李强");
    }

    #[test]
    fn a_class_is_known_by_the_name_that_it_had() {
        assert_eq!(class_named("furniture").map(|class| class.name), Some("boilerplate"));
        assert_eq!(class_named("none").map(|class| class.name), None);
    }

    #[test]
    fn what_is_wrong_with_a_row_is_said() {
        for (text, part) in [
            ("甲\tno-such-class\t\t\t甲\t乙", "no-such-class"),
            ("\tsalutation-person\t\t\t甲\t乙", "第一格"),
            ("甲\tsalutation-person", "例句"),
            ("甲\tsalutation-person\t@none\t\t～\t乙", "none"),
            ("甲\tsalutation-person\t\t\t～\t乙\t\t丙", "七格"),
        ] {
            let (entries, faults) = read(text);
            assert!(entries.is_empty() && faults[0].hans.contains(part), "{faults:?}");
        }
    }
}
