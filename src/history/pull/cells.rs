//! Tables: in Markdown they are lines, and go into the document as such; somebody may have made a table of them there.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashSet;

use super::draft::Draft;
use super::{Conflict, Incoming, Why};

/// The document with its tables as the lines that they were made of.
pub(super) struct Rows<'a> {
    pub word: Cow<'a, [Incoming]>,
    /// How many tables that was.
    pub tables: usize,
    /// Tables that have other rows or columns now: they stand there as they were.
    pub others: Vec<Conflict>,
}

/// A table of the document: where its paragraphs stand, and its rows.
struct Table {
    place: Range<usize>,
    rows: Vec<Vec<String>>,
}

pub(super) fn rows<'a>(word: &'a [Incoming], then: &Draft) -> Rows<'a> {
    let lines = then.table_rows();
    let mut made = Rows { word: Cow::Borrowed(word), tables: 0, others: Vec::new() };
    if !word.iter().any(|one| one.cell.is_some()) {
        return made;
    }
    let mut all: Vec<Incoming> = Vec::with_capacity(word.len());
    let mut at = 0;
    let mut left: Vec<Range<usize>> = lines;
    for table in tables(word) {
        all.extend_from_slice(&word[at..table.place.start]);
        at = table.place.end;
        let own = &word[table.place];
        let text = |m: usize| &*then.strands[m].text;
        let cells: FxHashSet<&str> = table.rows.iter().flatten().map(|cell| cell.trim()).collect();
        let is_of = |lines: &Range<usize>| {
            let here: Vec<&str> = lines.clone().flat_map(|m| cells_of(text(m))).map(|(_, cell)| cell).collect();
            2 * here.iter().filter(|cell| cells.contains(*cell)).count() > here.len()
        };
        let Some(found) = left.iter().position(is_of).map(|n| left.remove(n)) else {
            all.extend(own.iter().filter(|one| !one.text.trim().is_empty()).cloned());
            continue;
        };
        let written = found.clone().zip(&table.rows).map(|(m, row)| written(text(m), row));
        let written = (found.len() == table.rows.len()).then(|| written.collect::<Option<Vec<String>>>()).flatten();
        let first = own.first().map_or(0, |one| one.line);
        let Some(written) = written else {
            all.extend(found.clone().map(|m| Incoming {
                text: text(m).to_owned(),
                line: first,
                ..Incoming::default()
            }));
            made.others.push(Conflict {
                why: Why::Table,
                line: then.strands[found.start].lines.first().copied(),
                other: Some(first),
                ours: found.map(text).collect::<Vec<_>>().join("\n"),
                theirs: table.rows.iter().map(|row| row.join(" | ")).collect::<Vec<_>>().join("\n"),
            });
            continue;
        };
        made.tables += 1;
        for (n, text) in written.into_iter().enumerate() {
            let mut of_row =
                own.iter().filter(|one| one.cell.is_some_and(|cell| cell.row as usize == n + 1)).peekable();
            let line = of_row.peek().map_or(first, |one| one.line);
            all.push(Incoming { text, is_marked: of_row.any(|one| one.is_marked), line, ..Incoming::default() });
        }
    }
    all.extend_from_slice(&word[at..]);
    made.word = Cow::Owned(all);
    made
}

/// The tables of the document, with the text of each cell.
fn tables(word: &[Incoming]) -> Vec<Table> {
    let mut found: Vec<Table> = Vec::new();
    let of = |n: usize| word[n].cell.map(|cell| cell.table);
    let mut at = 0;
    while at < word.len() {
        let end = (at..word.len()).find(|n| of(*n) != of(at)).unwrap_or(word.len());
        if of(at).is_some() {
            let mut rows: BTreeMap<u32, BTreeMap<u32, String>> = BTreeMap::new();
            for one in &word[at..end] {
                let Some(cell) = one.cell else { continue };
                let text = rows.entry(cell.row).or_default().entry(cell.column).or_default();
                if !text.is_empty() && !one.text.trim().is_empty() {
                    text.push(' ');
                }
                text.push_str(one.text.trim());
            }
            let rows = rows.into_values().map(|row| row.into_values().collect()).collect();
            found.push(Table { place: at..end, rows: within(rows) });
        }
        at = end;
    }
    found
}

/// The rows without columns at their ends in which nothing stands: the bars there were taken for such.
fn within(mut rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let is_empty = |cell: Option<&String>| cell.is_none_or(|cell| cell.is_empty());
    if rows.iter().all(|row| row.len() > 2 && is_empty(row.first()) && is_empty(row.last())) {
        for row in &mut rows {
            row.pop();
            row.remove(0);
        }
    }
    rows
}

/// The cells of a line of Markdown, and where each stands.
fn cells_of(line: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut at = 0;
    let parts: Vec<(usize, &str)> = line
        .split('|')
        .map(|part| {
            let start = at;
            at += part.len() + 1;
            (start, part)
        })
        .collect();
    let last = parts.len() - 1;
    let is_edge = move |n: usize, part: &str| (n == 0 || n == last) && part.trim().is_empty();
    parts.into_iter().enumerate().filter(move |(n, (_, part))| !is_edge(*n, part)).map(|(_, (start, part))| {
        let from = start + part.len() - part.trim_start().len();
        (from..from + part.trim().len(), part.trim())
    })
}

/// The line with other cells in it; nothing where it has more of them, or fewer.
fn written(line: &str, row: &[String]) -> Option<String> {
    let places: Vec<Range<usize>> = cells_of(line).map(|(place, _)| place).collect();
    if places.len() != row.len() || row.iter().any(|cell| cell.contains('|')) {
        return None;
    }
    let (mut out, mut at) = (String::with_capacity(line.len()), 0);
    for (place, cell) in places.into_iter().zip(row) {
        out += &line[at..place.start];
        out += cell;
        at = place.end;
    }
    Some(out + &line[at..])
}
