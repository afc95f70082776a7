//! Formulations (提法): what they say, what they stand for, how they are completed, and where a
//! draft departs from their wording.
//!
//! Text in, byte ranges out. No files, no documents, no protocol: packs come as text. What the
//! catalogue does not know it says nothing about; a self-coined formula is never wrong.

mod alike;
mod check;
mod complete;
mod entry;
mod enumeration;
mod fit;
mod fold;
mod forms;
mod gap;
mod matcher;
mod near;
mod parts;
mod patterns;
mod query;
mod set;
mod surroundings;
mod table;
mod topics;
mod wordings;

use std::sync::{LazyLock, OnceLock};

use rustc_hash::FxHashMap;

pub(crate) use alike::is_confusable;
pub use check::{CheckContext, Deviation, Misuse, MisuseKind, Reading, Use};
pub use complete::{Completion, Met, Why};
pub use entry::{Confidence, Date, Entry, Kind, Misquote, MisquoteClass, Text, Tier};
pub use fold::{simplified, traditional};
pub use forms::Variant;
pub use query::{CompletionQuery, Elsewhere, Position, Script};
pub use surroundings::newest_date;
pub use table::{COLUMNS, Fault, Typo};
pub use topics::topics_in;

use crate::text::Range;
use complete::Index;
use fold::folded_text;
use patterns::Patterns;
use table::{Care, Line};

/// A table as `build.rs` leaves it.
macro_rules! table {
    ($name:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/", $name))
    };
}

static TABLES: [(&str, &str); 11] = [
    ("core.tsv", table!("core.tsv")),
    ("numbered.tsv", table!("numbered.tsv")),
    ("principles.tsv", table!("principles.tsv")),
    ("terms.tsv", table!("terms.tsv")),
    ("parallels.tsv", table!("parallels.tsv")),
    ("idioms.tsv", table!("idioms.tsv")),
    ("phrases.tsv", table!("phrases.tsv")),
    ("openings.tsv", table!("openings.tsv")),
    ("transitions.tsv", table!("transitions.tsv")),
    ("closings.tsv", table!("closings.tsv")),
    (EXACT, table!("exact.tsv")),
];

/// The table of what is looked for, not offered.
const EXACT: &str = "exact.tsv";

fn tier(table: &str) -> Tier {
    if table == EXACT { Tier::Exact } else { Tier::BuiltIn }
}

static TYPOS: &str = table!("typos.tsv");

/// The month the built-in tables were last looked through.
pub const CATALOGUE_DATE: Date = Date { year: 2026, month: 8 };

/// A pack: plain text under a name that problems are reported with.
#[derive(Clone, Copy, Debug)]
pub struct Pack<'a> {
    pub name: &'a str,
    pub text: &'a str,
    pub tier: Tier,
}

/// Something wrong with a line of a pack. The rest of the pack still counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackProblem {
    pub pack: String,
    /// From 1.
    pub line: u32,
    pub message: Fault,
}

/// All formulations in force. Cheap to make; what lookups need is built at the first lookup.
#[derive(Debug, Default)]
pub struct Catalogue {
    entries: Entries,
    typos: OnceLock<Vec<Typo>>,
    /// Of the built-in tables they are there when the program starts.
    patterns: OnceLock<Patterns>,
    index: OnceLock<Index>,
}

/// The rows of a catalogue.
#[derive(Debug)]
enum Entries {
    /// Those of the built-in tables, each read when somebody asks for it: most drafts have few of them.
    BuiltIn(Box<[OnceLock<Option<Box<Entry>>>]>),
    Merged(Vec<Entry>),
}

impl Default for Entries {
    fn default() -> Self {
        Self::Merged(Vec::new())
    }
}

impl Entries {
    fn built_in() -> Self {
        Self::BuiltIn(built_in::ROWS.iter().map(|_| OnceLock::new()).collect())
    }

    fn len(&self) -> usize {
        match self {
            Self::BuiltIn(rows) => rows.len(),
            Self::Merged(entries) => entries.len(),
        }
    }

    fn get(&self, number: usize) -> Option<&Entry> {
        match self {
            Self::BuiltIn(rows) => rows.get(number)?.get_or_init(|| built_in_row(number).map(Box::new)).as_deref(),
            Self::Merged(entries) => entries.get(number),
        }
    }

    fn iter(&self) -> impl DoubleEndedIterator<Item = &Entry> + Clone {
        (0..self.len()).filter_map(|number| self.get(number))
    }
}

/// What `build.rs` makes of the tables.
mod built_in {
    use super::patterns::*;

    include!(concat!(env!("OUT_DIR"), "/slogans.rs"));
}

fn built_in_row(number: usize) -> Option<Entry> {
    let &(table, start, end) = built_in::ROWS.get(number)?;
    let (name, text) = TABLES.get(usize::from(table))?;
    let entry = table::built_in(text.get(start as usize..end as usize)?, tier(name)).ok()?;
    Some(Entry { number: number as u32, ..entry })
}

/// So often rows are dropped and the others tested again.
const MOST_ROUNDS: usize = 8;

/// Entries in their order, found by id and by text.
#[derive(Default)]
struct Shelf {
    entries: Vec<Option<Entry>>,
    by_id: FxHashMap<Text, Vec<usize>>,
    by_text: FxHashMap<Text, Vec<usize>>,
}

impl Shelf {
    fn of<'e>(entries: impl Iterator<Item = &'e Entry>) -> Self {
        let mut shelf = Self::default();
        entries.for_each(|entry| shelf.add(entry));
        shelf
    }

    fn add(&mut self, entry: &Entry) {
        self.by_id.entry(entry.id.clone()).or_default().push(self.entries.len());
        self.by_text.entry(entry.text.clone()).or_default().push(self.entries.len());
        self.entries.push(Some(entry.clone()));
    }

    /// Puts an entry in the place of those of its id, or of its text when it has no id of its own.
    fn put(&mut self, entry: &Entry) {
        let same = match entry.id == entry.text {
            true => self.by_text.remove(&entry.text),
            false => self.by_id.remove(&entry.id),
        };
        same.into_iter().flatten().for_each(|n| self.entries[n] = None);
        self.add(entry);
    }

    /// Takes off what goes by this id or text. False when there is nothing.
    fn take_off(&mut self, name: &str) -> bool {
        let same = [self.by_id.remove(name), self.by_text.remove(name)].into_iter().flatten().flatten();
        let mut any = false;
        same.for_each(|n| any |= self.entries[n].take().is_some());
        any
    }
}

static BUILT_IN: LazyLock<Catalogue> =
    LazyLock::new(|| Catalogue { entries: Entries::built_in(), ..Catalogue::default() });

impl Catalogue {
    fn new(mut entries: Vec<Entry>, typos: Vec<Typo>) -> Self {
        for (number, entry) in entries.iter_mut().enumerate() {
            entry.number = number as u32;
        }
        Self { entries: Entries::Merged(entries), typos: typos.into(), ..Self::default() }
    }

    /// The catalogue that comes with the program.
    pub fn builtin() -> &'static Self {
        &BUILT_IN
    }

    /// The built-in catalogue and packs on top, in the order given: a later entry replaces an
    /// earlier one of the same id, or of the same text when it has no id of its own.
    ///
    /// A row whose own tests fail in the outcome does not count.
    pub fn with_packs(packs: &[Pack<'_>]) -> (Self, Vec<PackProblem>) {
        let mut problems = Vec::new();
        let mut lines = Vec::new();
        let mut told_unknown = false;
        for pack in packs {
            let keep = |cell: &str| Text::Owned(cell.to_owned());
            table::read(pack.text, pack.tier, Care::Checked, keep, |n, line| match line {
                Ok(line) => lines.push((*pack, n, line)),
                Err(message) => problems.push(problem(pack, n, message)),
            });
        }
        // A dropped row may take along what another row's tests rely on.
        for _ in 0..MOST_ROUNDS {
            let (catalogue, unknown) = Self::merged(&lines);
            // The same in every round.
            let offs = unknown.into_iter().filter(|_| !told_unknown);
            let nothing = ["目录里没有“-”后面写的条目", "there is no entry of the name behind ‘-’"];
            problems.extend(offs.map(|(pack, n)| problem(&pack, n, nothing.map(str::to_owned))));
            told_unknown = true;
            let before = lines.len();
            // Of several with one id the last counts.
            let by_id: FxHashMap<&str, &Entry> = catalogue.entries().map(|entry| (entry.id.as_ref(), entry)).collect();
            lines.retain(|(pack, n, line)| {
                let Line::Entry(row) = line else { return true };
                let Some(entry) = by_id.get(row.id.as_ref()) else {
                    return true;
                };
                if entry.tier != row.tier {
                    return true;
                }
                match catalogue.failed_test(entry) {
                    None => true,
                    Some(message) => {
                        problems.push(problem(pack, *n, message));
                        false
                    }
                }
            });
            if lines.len() == before {
                problems.sort_by(|a, b| (&a.pack, a.line).cmp(&(&b.pack, b.line)));
                return (catalogue, problems);
            }
        }
        problems.sort_by(|a, b| (&a.pack, a.line).cmp(&(&b.pack, b.line)));
        (Self::merged(&lines).0, problems)
    }

    /// What is in force, and the rows that switch off what is not there.
    fn merged<'a>(lines: &[(Pack<'a>, u32, Line)]) -> (Self, Vec<(Pack<'a>, u32)>) {
        let mut unknown = Vec::new();
        let mut shelf = Shelf::of(BUILT_IN.entries());
        let mut typos = BUILT_IN.typos().to_vec();
        for (pack, n, line) in lines {
            match line {
                Line::AllOff => {
                    shelf = Shelf::default();
                    typos.clear();
                }
                Line::Off(name) => {
                    let before = typos.len();
                    typos.retain(|t| t.wrong != *name);
                    if !shelf.take_off(name) && typos.len() == before {
                        unknown.push((*pack, *n));
                    }
                }
                Line::Entry(entry) => shelf.put(entry),
            }
        }
        (Self::new(shelf.entries.into_iter().flatten().collect(), typos), unknown)
    }

    /// Why a row's own tests fail, or `None` when they hold.
    pub fn failed_test(&self, entry: &Entry) -> Option<Fault> {
        let cx = CheckContext { date: Some(CATALOGUE_DATE) };
        for sentence in sentences(&entry.right) {
            if let Some(misuse) = self.check(sentence, &cx).first() {
                let found = &misuse.found;
                return Some([
                    format!("对的例句“{sentence}”里报出了“{found}”"),
                    format!("‘{found}’ is found in the right sentence ‘{sentence}’"),
                ]);
            }
        }
        for sentence in sentences(&entry.wrong) {
            let found = self
                .check(sentence, &cx)
                .into_iter()
                .any(|misuse| misuse.entry.is_some_and(|e| e.number == entry.number || e.members == entry.members));
            if !found {
                return Some([
                    format!("错的例句“{sentence}”里没有报出什么"),
                    format!("nothing is found in the wrong sentence ‘{sentence}’"),
                ]);
            }
        }
        None
    }

    /// Those that completion offers.
    fn offered(&self) -> impl Iterator<Item = &Entry> {
        self.entries().filter(|entry| entry.is_offered())
    }

    /// All entries, in the order of the tables and packs.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Entry> + Clone {
        self.entries.iter()
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The fixed idioms and the slips in them.
    pub fn typos(&self) -> &[Typo] {
        self.typos.get_or_init(|| match self.entries {
            Entries::BuiltIn(_) => table::typos(TYPOS),
            Entries::Merged(_) => Vec::new(),
        })
    }

    /// The entry of an id.
    pub fn get(&self, id: &str) -> Option<&Entry> {
        self.entries().rfind(|entry| entry.id == id)
    }

    /// The entry with this number.
    pub fn entry(&self, number: u32) -> Option<&Entry> {
        self.entries.get(number as usize)
    }

    fn patterns(&self) -> &Patterns {
        match (&self.entries, &built_in::PATTERNS) {
            (Entries::BuiltIn(_), Some(patterns)) => patterns,
            _ => self.patterns.get_or_init(|| Patterns::new(self.entries(), self.typos())),
        }
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(self))
    }

    /// The entry that stands at `byte` of `line`, and its byte range; the longest one when one
    /// lies in another.
    pub fn explain(&self, line: &str, byte: usize) -> Option<(Range, &Entry)> {
        self.patterns()
            .texts_in(line)
            .into_iter()
            .filter(|(range, _)| range.start as usize <= byte && byte <= range.end as usize)
            .max_by_key(|(range, _)| range.len())
            .and_then(|(range, number)| Some((range, self.entry(number)?)))
    }

    /// The entries that stand in `line`, with their byte ranges, from left to right; of two that
    /// overlap the longer one.
    pub fn occurrences(&self, line: &str) -> Vec<(Range, &Entry)> {
        let mut end = 0;
        self.patterns()
            .texts_in(line)
            .into_iter()
            .filter(|(range, _)| is_free(range, &mut end))
            .filter_map(|(range, number)| Some((range, self.entry(number)?)))
            .collect()
    }

    /// The deviations from the catalogue in `line`, a paragraph or a part of one, from left to
    /// right.
    pub fn check(&self, line: &str, cx: &CheckContext) -> Vec<Misuse<'_>> {
        check::check(self.patterns(), self, line, cx)
    }

    /// What [`check`](Self::check) and [`occurrences`](Self::occurrences) say, in one pass.
    pub fn read(&self, line: &str, cx: &CheckContext) -> Reading {
        check::read(self.patterns(), self, line, cx)
    }

    /// Builds what lookups need, before the first one does.
    pub fn warm(&self) {
        self.index();
    }

    /// What may follow or complete the text before the cursor, best first.
    pub fn complete(&self, query: &CompletionQuery<'_>) -> Vec<Completion<'_>> {
        self.index().complete(self, query)
    }

    /// The entries for a search: by id, text, member, topic, pinyin or initials; best first. All
    /// entries for an empty search.
    pub fn query(&self, text: &str) -> Vec<&Entry> {
        let wanted = folded_text(text);
        if wanted.is_empty() {
            return self.entries().collect();
        }
        let letters = text.trim().to_ascii_lowercase();
        let by_letters: FxHashMap<u32, u32> = if letters.bytes().all(|b| b.is_ascii_lowercase()) {
            self.index().by_letters(&letters)
        } else {
            FxHashMap::default()
        };
        let mut found: Vec<(u32, &Entry)> = self
            .entries()
            .filter_map(|entry| {
                let own = folded_text(&entry.text);
                let rank = if entry.id == text || own == wanted {
                    0
                } else if own.starts_with(&wanted) {
                    1
                } else if let Some(rank) = by_letters.get(&entry.number) {
                    2 + rank
                } else if own.contains(&wanted) {
                    4
                } else if entry.topics.iter().any(|topic| folded_text(topic) == wanted) {
                    5
                } else if entry.members.iter().any(|m| folded_text(m).contains(&wanted)) {
                    6
                } else {
                    return None;
                };
                Some((rank, entry))
            })
            .collect();
        found.sort_by_key(|(rank, entry)| (!entry.is_offered(), *rank, entry.is_superseded(), entry.text.len()));
        found.into_iter().map(|(_, entry)| entry).collect()
    }

    /// Estimated bytes of memory: the entries, and what lookups have built so far.
    pub fn memory(&self) -> usize {
        let text = |text: &Text| match text {
            Text::Borrowed(_) => 0,
            Text::Owned(own) => own.capacity(),
        };
        let entries: usize = self
            .entries()
            .map(|e| {
                let lists = e.members.capacity() + e.topics.capacity();
                let own = [
                    &e.id, &e.text, &e.traditional, &e.full, &e.sense, &e.since, &e.successor, &e.pinyin, &e.source,
                    &e.right, &e.wrong,
                ];
                let slips = e.misquotes.iter().flat_map(|m| [&m.wrong, &m.right]);
                size_of::<Entry>()
                    + lists * size_of::<Text>()
                    + e.misquotes.capacity() * size_of::<Misquote>()
                    + own.into_iter().chain(&e.members).chain(&e.topics).chain(slips).map(text).sum::<usize>()
            })
            .sum();
        entries + self.patterns.get().map_or(0, Patterns::memory) + self.index.get().map_or(0, Index::memory)
    }
}

/// True when a range from left to right does not overlap the last one that was free.
fn is_free(range: &Range, end: &mut u32) -> bool {
    let free = range.start >= *end;
    if free {
        *end = range.end;
    }
    free
}

fn sentences(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('｜').map(str::trim).filter(|s| !s.is_empty())
}

fn problem(pack: &Pack<'_>, line: u32, message: Fault) -> PackProblem {
    PackProblem { pack: pack.name.to_owned(), line, message }
}

/// The built-in tables as they are read, for the tests of the data: name of the table, then its
/// lines with what is wrong with them.
pub fn builtin_problems() -> Vec<PackProblem> {
    let mut problems = Vec::new();
    for (name, text) in TABLES {
        table::read(text, tier(name), Care::Checked, Text::Borrowed, |line, row| {
            if let Err(message) = row {
                problems.push(PackProblem { pack: name.to_owned(), line, message });
            }
        });
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, text: &'static str, care: Care) -> Vec<Entry> {
        let mut all = Vec::new();
        table::read(text, tier(name), care, Text::Borrowed, |n, row| match row {
            Ok(Line::Entry(entry)) => all.push(*entry),
            other => panic!("{n} {other:?}"),
        });
        all
    }

    #[test]
    fn the_tables_can_be_trusted() {
        for (name, text) in TABLES {
            let shown = |care| format!("{:?}", read(name, text, care));
            assert_eq!(shown(Care::Trusted), shown(Care::Checked), "{name}");
        }
    }

    #[test]
    fn what_comes_with_the_program_is_what_the_tables_say() {
        let entries = TABLES.iter().flat_map(|(name, text)| read(name, text, Care::Trusted)).collect();
        let read = Catalogue::new(entries, table::typos(TYPOS));
        assert!(read.entries().map(|e| format!("{e:?}")).eq(BUILT_IN.entries().map(|e| format!("{e:?}"))));
        assert_eq!(built_in::PATTERNS.as_ref(), Some(read.patterns()));
    }
}
