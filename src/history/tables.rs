//! Tables with pipes: how their columns fitted each other, and what is said of them in words.

use super::consequence::{Consequence, What, differs, span_of};
use super::facts::{Both, Fact, Kind, ONE};
use super::words;
use super::{Row, Version};
use crate::locale::Locale;
use crate::rules::amounts::facts;
use crate::text::chars::is_han;
use crate::text::{Range, Span};

/// A row of a table: its line and its cells in the versions that have it.
struct Pair {
    line: Option<u32>,
    old: Option<Vec<String>>,
    new: Option<Vec<String>>,
}

pub(super) fn cells(version: Version, line: u32) -> Option<Vec<String>> {
    let text = version.lines.line(line as usize);
    let inner = text.trim().strip_prefix('|')?.strip_suffix('|')?;
    Some(inner.split('|').map(|cell| cell.trim().to_owned()).collect())
}

/// Whether a row parts what heads a table from its rows.
pub(super) fn is_rule(cells: &[String]) -> bool {
    cells.iter().all(|cell| cell.chars().all(|c| matches!(c, '-' | ':' | ' ')))
}

/// Whether a row or a column is the sum of the others.
pub(super) fn is_total(label: &str) -> bool {
    words::has(&label.replace(' ', ""), "summed")
}

/// The tables, with the rows of both versions.
fn tables(old: Version, new: Version, rows: &[Row]) -> Vec<Vec<Pair>> {
    let side = |version, line: Option<u32>| line.and_then(|line| cells(version, line));
    let mut found: Vec<Vec<Pair>> = Vec::new();
    let mut is_within = false;
    for row in rows {
        let pair = Pair { line: row.new, old: side(old, row.old), new: side(new, row.new) };
        let is_row = pair.old.is_some() || pair.new.is_some();
        match found.last_mut().filter(|_| is_within) {
            Some(table) if is_row => table.push(pair),
            _ if is_row => found.push(vec![pair]),
            _ => {}
        }
        is_within = is_row;
    }
    found
}

pub(super) fn unfollowed(
    (old, new): (Version, Version),
    rows: &[Row],
    lines: &[Both],
    locale: Locale,
) -> Vec<Consequence> {
    let mut found = Vec::new();
    for table in tables(old, new, rows) {
        if table.iter().all(|pair| pair.old == pair.new) {
            continue;
        }
        let table = Table::of(table);
        table.totals(new, locale, &mut found);
        table.columns(new, locale, &mut found);
        sums(new, &table, lines, locale, &mut found);
        values(new, &table, lines, locale, &mut found);
    }
    found
}

/// The one figure that a cell is, in millionths.
fn number(cell: &str) -> Option<i128> {
    figure(cell).map(|fact| fact.value)
}

fn figure(cell: &str) -> Option<Fact> {
    // A number at the end of a text counts nothing.
    let text = format!("{cell}|");
    let mut all = facts(&text);
    let fact = all.pop().filter(|fact| all.is_empty() && matches!(fact.kind, Kind::Figure | Kind::Share))?;
    (fact.range.of(&text) == cell).then_some(fact)
}

/// A row with its figures, as they were and as they are.
struct Figures {
    line: Option<u32>,
    label: String,
    old: Vec<Option<i128>>,
    new: Vec<Option<i128>>,
    is_total: bool,
}

impl Figures {
    fn has(&self, side: Side, column: usize) -> Option<i128> {
        let cells = if side == Side::Old { &self.old } else { &self.new };
        *cells.get(column)?
    }

    fn has_changed(&self) -> bool {
        self.old != self.new
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Old,
    New,
}

struct Table {
    pairs: Vec<Pair>,
    rows: Vec<Figures>,
    width: usize,
}

/// How a column is made of two others, or of all of them.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    Sum,
    Less(usize, usize),
    Growth(usize, usize),
    Share(usize, usize),
}

impl Table {
    fn of(pairs: Vec<Pair>) -> Self {
        let figures = |cells: &Option<Vec<String>>| -> Vec<Option<i128>> {
            cells.iter().flatten().map(|cell| number(cell)).collect()
        };
        let row = |pair: &Pair| {
            let label = pair.new.as_ref().or(pair.old.as_ref()).and_then(|cells| cells.first()).cloned();
            let label = label.unwrap_or_default();
            let is_total = is_total(&label);
            Figures { line: pair.line, old: figures(&pair.old), new: figures(&pair.new), is_total, label }
        };
        let mut rows: Vec<Figures> = pairs.iter().map(row).collect();
        // 一季度 is no figure in what heads the columns.
        if pairs.get(1).is_some_and(|pair| pair.old.iter().chain(&pair.new).any(|cells| is_rule(cells))) {
            rows[0].old.fill(None);
            rows[0].new.fill(None);
        }
        let width = rows.iter().map(|row| row.old.len()).max().unwrap_or(0);
        let is_whole = rows.iter().all(|row| [row.old.len(), row.new.len()].iter().all(|len| [0, width].contains(len)));
        Self { pairs, rows, width: if is_whole { width } else { 0 } }
    }

    /// The last or the first row that was the sum of the others.
    fn totals(&self, new: Version, locale: Locale, found: &mut Vec<Consequence>) {
        const FEWEST: usize = 3;
        for column in 1..self.width {
            let with = |side| self.rows.iter().filter(move |row: &&Figures| row.has(side, column).is_some());
            let sum = |side, total: &Figures| -> i128 {
                with(side).filter(|row| !std::ptr::eq(*row, total)).filter_map(|row| row.has(side, column)).sum()
            };
            if with(Side::Old).count() < FEWEST {
                continue;
            }
            let ends = [with(Side::Old).next_back(), with(Side::Old).next()];
            for total in ends.into_iter().flatten() {
                let (Some(was), Some(is)) = (total.has(Side::Old, column), total.has(Side::New, column)) else {
                    continue;
                };
                let now = sum(Side::New, total);
                if was <= 0 || sum(Side::Old, total) != was || now == is {
                    continue;
                }
                self.tell((new, total, column), now, locale, found);
                break;
            }
        }
    }

    /// The columns that were made of others in each row, where they are not.
    fn columns(&self, new: Version, locale: Locale, found: &mut Vec<Consequence>) {
        const FEWEST: usize = 2;
        const MOST: usize = 12;
        if self.width > MOST {
            return;
        }
        let mut broken: Vec<(&Figures, usize, i128)> = Vec::new();
        for column in 1..self.width {
            let rows: Vec<&Figures> = self.rows.iter().filter(|row| row.has(Side::Old, column).is_some()).collect();
            let fits = |way: &Way| rows.iter().all(|row| self.misfit(row, Side::Old, column, *way).is_none());
            let Some(way) = self.ways(column).filter(|_| rows.len() >= FEWEST).find(fits) else { continue };
            let changed = rows.iter().filter(|row| row.has_changed());
            broken.extend(changed.filter_map(|row| Some((*row, column, self.misfit(row, Side::New, column, way)?))));
        }
        // Of 12 + 23 = 35 each is made of the two others: what its column is called tells which, or its place.
        let is_same = |a: &Figures, b: &Figures| std::ptr::eq(a, b);
        for (row, column, actual) in &broken {
            let others = || broken.iter().filter(|(other, ..)| is_same(other, row));
            let is_made = match others().any(|(_, other, _)| self.is_made(*other)) {
                true => self.is_made(*column),
                false => others().all(|(_, other, _)| other <= column),
            };
            if is_made {
                self.tell((new, row, *column), *actual, locale, found);
            }
        }
    }

    /// Whether a column is called a sum, a difference or a rate.
    fn is_made(&self, column: usize) -> bool {
        let head = self.pairs.first().and_then(|head| head.old.as_ref()?.get(column));
        head.is_some_and(|head| is_total(head) || words::has(head, "made"))
    }

    fn ways(&self, column: usize) -> impl Iterator<Item = Way> {
        let others = move |width: usize| (1..width).filter(move |other| *other != column);
        let width = self.width;
        let pairs = others(width).flat_map(move |a| others(width).filter(move |b| *b != a).map(move |b| (a, b)));
        let is_total =
            self.pairs.first().and_then(|head| head.old.as_ref()).is_some_and(|head| is_total(&head[column]));
        let sum = (is_total && width > 3).then_some(Way::Sum);
        sum.into_iter().chain(pairs.flat_map(|(a, b)| [Way::Less(a, b), Way::Growth(a, b), Way::Share(a, b)]))
    }

    /// What a cell should be, where it is not; `None` where it fits or cannot be told.
    fn misfit(&self, row: &Figures, side: Side, column: usize, way: Way) -> Option<i128> {
        let own = row.has(side, column)?;
        let hundred = 100 * ONE;
        let value = match way {
            Way::Sum => {
                let others = (1..self.width).filter(|other| *other != column);
                Some(others.filter_map(|other| row.has(side, other)).sum())
            }
            Way::Less(a, b) => row.has(side, a).zip(row.has(side, b)).map(|(a, b)| a - b),
            Way::Growth(a, b) => {
                row.has(side, a).zip(row.has(side, b)).filter(|(_, b)| *b > 0).map(|(a, b)| (a - b) * hundred / b)
            }
            Way::Share(a, b) => {
                row.has(side, a).zip(row.has(side, b)).filter(|(_, b)| *b > 0).map(|(a, b)| a * hundred / b)
            }
        };
        // What has no other figures does not fit.
        let Some(value) = value else { return (side == Side::Old).then_some(0) };
        let step = match way {
            Way::Sum | Way::Less(..) => 0,
            _ => self.step(row, side, column),
        };
        // What is new may be rounded either way.
        let strict = if side == Side::Old { 2 } else { 1 };
        (((value - own).abs() - 2) * strict > step).then_some(value)
    }

    /// One in the last digit of a cell.
    fn step(&self, row: &Figures, side: Side, column: usize) -> i128 {
        let pair = self.rows.iter().position(|other| std::ptr::eq(other, row)).map(|n| &self.pairs[n]);
        let cells = pair.and_then(|pair| if side == Side::Old { pair.old.as_ref() } else { pair.new.as_ref() });
        cells.and_then(|cells| figure(cells.get(column)?)).map_or(ONE, |fact| fact.step)
    }

    fn tell(
        &self,
        (new, row, column): (Version, &Figures, usize),
        actual: i128,
        locale: Locale,
        found: &mut Vec<Consequence>,
    ) {
        let Some(line) = row.line else { return };
        let range = cell_at(new, line, column);
        let figure = range.of(&new.lines.line(line as usize)).to_owned();
        let actual = super::arithmetic::like(actual, &figure);
        let message = locale.pick(
            format!("“{figure}”原来和表里的各数对得上，现在算出来是 {actual}"),
            format!("「{figure}」原來和表裡的各數對得上，現在算出來是 {actual}"),
            format!("‘{figure}’ fitted the figures of its table, which make {actual} now"),
        );
        found.push(Consequence { what: What::Figure, rule: None, span: Span::in_line(line, range), message });
    }
}

/// Where a cell stands in its line.
fn cell_at(version: Version, line: u32, column: usize) -> Range {
    let text = version.lines.line(line as usize);
    let mut marks = text.match_indices('|').map(|(at, _)| at + 1).skip(column);
    let (start, end) = (marks.next().unwrap_or(0), marks.next().map_or(text.len(), |end| end - 1));
    let cell = &text[start..end];
    let from = start + (cell.len() - cell.trim_start().len());
    Range::new(from, from + cell.trim().len())
}

/// The number of a figure without 万 and 亿, in millionths.
fn written(fact: &Fact, text: &str) -> Option<i128> {
    let text = fact.range.of(text);
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(text.len());
    number(&text[..end])
}

/// The figures of the paragraphs of words that stay as they were.
fn kept(lines: &[Both]) -> impl Iterator<Item = (&Both, &Fact, i128)> {
    lines.iter().filter(|line| !line.new.trim_start().starts_with('|')).flat_map(|line| {
        let stayed = line.before.iter().enumerate().filter_map(|(n, fact)| Some((fact, line.now(n)?)));
        let same = stayed.filter(|(fact, now)| matches!(fact.kind, Kind::Figure | Kind::Share) && fact.is_same(now));
        same.filter_map(move |(_, now)| Some((line, now, written(now, &line.new)?)))
    })
}

/// A sum of a column that is said in words near the table.
fn sums(new: Version, table: &Table, lines: &[Both], locale: Locale, found: &mut Vec<Consequence>) {
    const NEAR: u32 = 6;
    const FEWEST: usize = 3;
    let of_table = || table.pairs.iter().filter_map(|pair| pair.line);
    let (Some(first), Some(last)) = (of_table().min(), of_table().max()) else { return };
    for column in 1..table.width {
        let values = |side| table.rows.iter().filter(|row| !row.is_total).filter_map(move |row| row.has(side, column));
        let (was, now): (i128, i128) = (values(Side::Old).sum(), values(Side::New).sum());
        if values(Side::Old).count() < FEWEST || was == now || was < 100 * ONE {
            continue;
        }
        let is_near = |line: u32| line + NEAR >= first && line <= last + NEAR;
        for (line, fact, _) in kept(lines).filter(|(line, _, value)| *value == was && is_near(line.lines.1)) {
            let figure = fact.range.of(&line.new);
            let now = super::arithmetic::like(now, "");
            let message = locale.pick(
                format!("“{figure}”原来是表里各数的合计，现在合计是 {now}"),
                format!("「{figure}」原來是表裡各數的合計，現在合計是 {now}"),
                format!("‘{figure}’ was the sum of the table, which is {now} now"),
            );
            let span = span_of(new, line.lines.1, fact.range);
            found.push(Consequence { what: What::Figure, rule: None, span, message });
        }
    }
}

/// A figure of a row that is said with the name of the row.
fn values(new: Version, table: &Table, lines: &[Both], locale: Locale, found: &mut Vec<Consequence>) {
    for (row, pair) in table.rows.iter().zip(&table.pairs) {
        let (Some(old), Some(cells)) = (&pair.old, &pair.new) else { continue };
        let label = row.label.as_str();
        let is_name = label.chars().count() > 1 && label.chars().all(is_han) && old.first() == cells.first();
        let changed = (1..old.len().min(cells.len())).filter(|n| is_name && old[*n] != cells[*n] && old[*n].len() > 1);
        for column in changed {
            let (Some(was), Some(_)) = (row.has(Side::Old, column), row.has(Side::New, column)) else { continue };
            for (line, fact, _) in kept(lines).filter(|(line, _, value)| *value == was && line.new.contains(label)) {
                let head = &line.new[..fact.range.start as usize];
                let from = head.rfind(['，', '。', '；']).unwrap_or(0);
                if !head[from..].contains(label) {
                    continue;
                }
                let figure = fact.range.of(&line.new);
                let to = figure.replacen(old[column].as_str(), &cells[column], 1);
                let span = span_of(new, line.lines.1, fact.range);
                found.push(Consequence { what: What::Figure, rule: None, span, message: differs(figure, &to, locale) });
            }
        }
    }
}
