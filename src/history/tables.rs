//! Tables with pipes, and what is said of them: the sum of a column, the figure of a row.

use super::consequence::{Consequence, What, differs, figures, prose, span_of};
use super::{Row, Version};
use crate::locale::Locale;
use crate::text::chars::is_han;
use crate::text::{Range, Span};

/// A row of a table in both versions.
struct Pair {
    line: u32,
    old: Vec<String>,
    new: Vec<String>,
}

fn cells(version: Version, line: u32) -> Option<Vec<String>> {
    let text = version.lines.line(line as usize);
    let inner = text.trim().strip_prefix('|')?.strip_suffix('|')?;
    Some(inner.split('|').map(|cell| cell.trim().to_owned()).collect())
}

/// The tables that both versions have, with the same rows.
fn tables(old: Version, new: Version, rows: &[Row]) -> Vec<Vec<Pair>> {
    let mut found: Vec<Vec<Pair>> = Vec::new();
    for row in rows {
        let (Some(was), Some(line)) = (row.old, row.new) else { continue };
        let (Some(before), Some(after)) = (cells(old, was), cells(new, line)) else { continue };
        if before.len() != after.len() {
            continue;
        }
        let pair = Pair { line, old: before, new: after };
        match found.last_mut().filter(|table| table.last().is_some_and(|last| last.line + 1 == line)) {
            Some(table) => table.push(pair),
            None => found.push(vec![pair]),
        }
    }
    found
}

pub(super) fn unfollowed(old: Version, new: Version, rows: &[Row], locale: Locale) -> Vec<Consequence> {
    // The paragraphs of words that both have.
    let words = rows.iter().filter_map(|row| Some((row.old?, row.new?)));
    let words: Vec<(u32, String, String)> = words
        .filter(|(was, line)| cells(old, *was).is_none() && cells(new, *line).is_none())
        .map(|(was, line)| (line, prose(old, was), prose(new, line)))
        .collect();
    let mut found = Vec::new();
    for table in tables(old, new, rows) {
        totals(new, &table, locale, &mut found);
        sums(new, &table, &words, locale, &mut found);
        values(new, &table, &words, locale, &mut found);
    }
    found
}

/// The last or the first row of a table that was the sum of the others.
fn totals(new: Version, table: &[Pair], locale: Locale, found: &mut Vec<Consequence>) {
    const FEWEST: usize = 2;
    let number = |cell: &String| cell.replace(',', "").parse::<f64>().ok();
    let Some(first) = table.first() else { return };
    for column in 1..first.old.len() {
        let rows: Vec<(&Pair, f64, f64)> = table
            .iter()
            .filter_map(|pair| Some((pair, number(pair.old.get(column)?)?, number(pair.new.get(column)?)?)))
            .collect();
        let all = |side: fn(&(&Pair, f64, f64)) -> f64| rows.iter().map(side).sum::<f64>();
        let (was, is) = (all(|row| row.1), all(|row| row.2));
        let is_half = |value: f64, whole: f64| (value * 2.0 - whole).abs() < 1e-6 && value > 0.0;
        for (pair, before, now) in [rows.last(), rows.first()].into_iter().flatten() {
            if rows.len() <= FEWEST || !is_half(*before, was) || is_half(*now, is) {
                continue;
            }
            let actual = format!("{:.2}", is - now);
            let actual = actual.trim_end_matches('0').trim_end_matches('.');
            let figure = &pair.new[column];
            let message = locale.pick(
                format!("“{figure}”原来是这一列的合计，现在合计是 {actual}"),
                format!("「{figure}」原來是這一列的合計，現在合計是 {actual}"),
                format!("‘{figure}’ was the sum of its column, which is {actual} now"),
            );
            let span = Span::in_line(pair.line, cell_at(new, pair.line, column));
            found.push(Consequence { what: What::Figure, rule: None, span, message });
            break;
        }
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

/// A sum of a column that is said in words near the table.
fn sums(new: Version, table: &[Pair], words: &[(u32, String, String)], locale: Locale, found: &mut Vec<Consequence>) {
    const NEAR: u32 = 6;
    const FEWEST: usize = 3;
    let (Some(first), Some(last)) = (table.first(), table.last()) else { return };
    for column in 1..first.old.len() {
        let sum = |side: fn(&Pair) -> &Vec<String>| {
            let values = table.iter().filter_map(|pair| side(pair).get(column)?.parse::<u32>().ok());
            (values.clone().count(), values.fold(0u32, u32::saturating_add))
        };
        let ((before, was), (after, now)) = (sum(|pair| &pair.old), sum(|pair| &pair.new));
        if before != after || before < FEWEST || was == now || was < 100 {
            continue;
        }
        let near = words.iter().filter(|(line, ..)| *line + NEAR >= first.line && *line <= last.line + NEAR);
        for (line, old, text) in near {
            let is_sum = |figure: &str| figure.trim_end_matches(|c: char| !c.is_ascii_digit()) == was.to_string();
            if !figures(old).iter().any(|(figure, _)| is_sum(figure)) {
                continue;
            }
            for (figure, range) in figures(text).into_iter().filter(|(figure, _)| is_sum(figure)) {
                let message = locale.pick(
                    format!("“{figure}”原来是表里各数的合计，现在合计是 {now}"),
                    format!("「{figure}」原來是表裡各數的合計，現在合計是 {now}"),
                    format!("‘{figure}’ was the sum of the table, which is {now} now"),
                );
                found.push(Consequence { what: What::Figure, rule: None, span: span_of(new, *line, range), message });
            }
        }
    }
}

/// A figure of a row that is said with the name of the row.
fn values(new: Version, table: &[Pair], words: &[(u32, String, String)], locale: Locale, found: &mut Vec<Consequence>) {
    let number = |figure: &str| figure.trim_end_matches(|c: char| !c.is_ascii_digit()).to_owned();
    for pair in table {
        let label = pair.new[0].as_str();
        let is_name = label == pair.old[0] && label.chars().count() > 1 && label.chars().all(is_han);
        let changed = || pair.old.iter().zip(&pair.new).skip(1).filter(|(was, is)| was != is);
        let is_figure = |text: &str| text.len() > 1 && text.parse::<f64>().is_ok();
        for (was, is) in changed().filter(|(was, is)| is_name && is_figure(was) && is_figure(is)) {
            for (line, old, text) in words {
                let mut start = 0;
                for clause in text.split_inclusive(['，', '。', '；']) {
                    let base = start;
                    start += clause.len();
                    let stayed = clause.contains(label) && old.contains(clause.trim_end_matches(['，', '。', '；']));
                    for (figure, range) in
                        figures(clause).into_iter().filter(|(text, _)| stayed && number(text) == *was)
                    {
                        let to = figure.replacen(was.as_str(), is, 1);
                        let range = Range::new(base + range.start as usize, base + range.end as usize);
                        let message = differs(&figure, &to, locale);
                        found.push(Consequence {
                            what: What::Figure,
                            rule: None,
                            span: span_of(new, *line, range),
                            message,
                        });
                    }
                }
            }
        }
    }
}
