//! The figures of the house in the editor: what an indicator is, and where the table says so.

use super::completion::Candidate;
use crate::indicators::{Indicators, Row};
use crate::lexicon::{GROWN_BY, INDICATOR_VERB};
use crate::settings::Settings;
use crate::text::chars::{last_sentence, tail};
use crate::text::position::floor;
use crate::text::{Lines, Point, Range, Span};

/// So far before the cursor the name of an indicator may stand.
const NEAR: usize = 120;

/// The figures of the indicator that the text before `at` ends with; those of a year that the sentence names first.
pub fn complete(lines: &dyn Lines, settings: &Settings, at: Point) -> Vec<Candidate> {
    let Some(table) = settings.indicators.as_deref() else { return Vec::new() };
    let line = lines.line(at.line as usize);
    let cursor = floor(&line, at.byte as usize);
    let head = tail(&line[..cursor], NEAR);
    let typed = head.len() - head.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',')).len();
    let (head, typed) = head.split_at(head.len() - typed);
    let Some(name) = ending(head, table) else { return Vec::new() };
    let sentence = &head[last_sentence(head)..];
    let mut rows: Vec<&Row> = table.rows().map(|(_, row)| row).filter(|row| row.name == name).collect();
    rows.retain(|row| row.written.starts_with(typed));
    let is_named = |row: &Row| row.period.get(..4).is_some_and(|year| sentence.contains(year));
    rows.sort_by_key(|row| (!is_named(row), std::cmp::Reverse(row.period.clone())));
    let span = Span::in_line(at.line, Range::new(cursor - typed.len(), cursor));
    let candidate = |row: &Row| Candidate {
        label: row.amount(),
        detail: format!("{} {} · {} {}", row.period, row.name, table.name, row.line),
        text: row.amount(),
        span,
        filter: row.amount(),
    };
    rows.into_iter().map(candidate).collect()
}

/// The name that a text ends with but for verbs.
fn ending<'a>(text: &str, table: &'a Indicators) -> Option<&'a str> {
    let mut end = text.len();
    for _ in 0..3 {
        let names = table.rows().map(|(_, row)| row.name.as_str()).filter(|name| text[..end].ends_with(name));
        if let Some(name) = names.max_by_key(|name| name.len()) {
            return Some(name);
        }
        end = INDICATOR_VERB.ending(text, end).or_else(|| GROWN_BY.ending(text, end))?.0.start as usize;
    }
    None
}

/// The row of the table that the indicator under the pointer is told in: of the year that stands before it, or the
/// last.
pub fn row_at<'a>(lines: &dyn Lines, settings: &'a Settings, at: Point) -> Option<(&'a Indicators, &'a Row)> {
    let table = settings.indicators.as_deref()?;
    let line = lines.line(at.line as usize);
    let byte = floor(&line, at.byte as usize);
    let from = byte - tail(&line[..byte], NEAR).len();
    let starts = line[from..].char_indices().map(|(n, _)| from + n).take_while(|start| *start <= byte);
    // The pointer may be on the figure behind the name.
    let (start, name) = starts.filter_map(|start| Some((start, table.name_at(&line, start)?))).last()?;
    let end = start + name.len();
    let is_near = byte < end
        || line[end..byte].chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',')
        || INDICATOR_VERB.at(&line, end).is_some_and(|(verb, _)| byte <= verb.end as usize + 12);
    let head = &line[..start];
    let sentence = &head[last_sentence(head)..];
    let mut rows: Vec<&Row> = table.rows().map(|(_, row)| row).filter(|row| row.name == name).collect();
    rows.sort_by_key(|row| row.period.clone());
    let named = rows.iter().rev().find(|row| row.period.get(..4).is_some_and(|year| sentence.contains(year)));
    is_near.then(|| named.or(rows.last()).map(|row| (table, *row)))?
}
