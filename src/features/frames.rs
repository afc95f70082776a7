//! Pairs of words that a sentence is built with: 一方面……，另一方面……；既要……，又要…….
//!
//! They are the transitions of the catalogue with `……` in them. Ordinals are left to [`super::completion`].

use super::completion::Candidate;
use crate::analysis::Analysis;
use crate::paragraph::text_start;
use crate::settings::Settings;
use crate::slogans::{self, Entry, Kind};
use crate::text::chars::skip_spaces;
use crate::text::fold::fold;
use crate::text::position::floor;
use crate::text::{Lines, Point, Range, Span};

/// What ends a clause.
const MARKS: [char; 11] = ['。', '；', '，', '：', '！', '？', ';', ',', ':', '!', '?'];

/// The word that goes on with the pair that is open at `at`.
pub fn complete(analysis: &Analysis, lines: &dyn Lines, settings: &Settings, at: Point) -> Vec<Candidate> {
    let number = at.line as usize;
    let is_read = |n: usize| analysis.paragraph(n).is_some_and(|p| p.is_read());
    let is_here = analysis.paragraph(number).is_some_and(|p| p.is_read() || p.is_blank());
    if !analysis.is_chinese() || !is_here || settings.formulations.complete == Some(false) {
        return Vec::new();
    }
    let line = lines.line(number);
    let cursor = floor(&line, at.byte as usize);
    let Some((before, after)) = line.split_at_checked(cursor) else { return Vec::new() };
    let text = fold(before);
    let mut clauses = clauses(&text);
    let mut typed = clauses.pop().unwrap_or_default();
    let frames: Vec<Frame<'_>> = settings.formulations.catalogue().entries().filter_map(Frame::of).collect();
    // 一方面， once more: the other is meant.
    if typed.text.is_empty()
        && let Some(last) = clauses.last().copied()
        && frames.iter().any(|frame| frame.parts.contains(&last.text))
    {
        typed = Clause { text: &text[last.start..], start: last.start, mark: last.mark };
        clauses.pop();
    }
    let above = match (0..number).rev().take(3).find(|&n| is_read(n)).filter(|_| clauses.is_empty()) {
        Some(n) => fold(&lines.line(n)).into_owned(),
        None => String::new(),
    };
    let scope = if clauses.is_empty() { self::clauses(&above) } else { clauses };
    let here = frames.iter().filter_map(|frame| frame.next(&scope, typed, after));
    let script = |text: &str| match analysis.is_traditional() {
        true => slogans::traditional(text).unwrap_or_else(|| text.to_owned()),
        false => text.to_owned(),
    };
    here.map(|(word, first)| Candidate {
        label: script(&word),
        detail: format!("接{}", script(first)),
        text: script(&word),
        span: Span::in_line(at.line, Range::new(typed.start, cursor)),
        filter: before.get(typed.start..).unwrap_or("").to_owned(),
    })
    .take(2)
    .collect()
}

#[derive(Clone, Copy, Debug, Default)]
struct Clause<'a> {
    text: &'a str,
    /// Byte in the line.
    start: usize,
    /// The mark before it.
    mark: Option<char>,
}

/// The clauses of a line, and what is begun behind the last mark.
fn clauses(line: &str) -> Vec<Clause<'_>> {
    let mut found = Vec::new();
    let mut start = text_start(line);
    let mut mark = None;
    for (at, c) in line.char_indices().filter(|(_, c)| MARKS.contains(c)) {
        found.push(Clause { text: line.get(start..at).unwrap_or(""), start, mark });
        start = skip_spaces(line, at + c.len_utf8()).min(line.len());
        mark = Some(c);
    }
    found.push(Clause { text: line.get(start..).unwrap_or(""), start, mark });
    found
}

/// Words that belong together, in their order.
struct Frame<'c> {
    parts: Vec<&'c str>,
}

impl<'c> Frame<'c> {
    fn of(entry: &'c Entry) -> Option<Self> {
        let is_frame = entry.kind == Kind::Transition && entry.text.contains("……") && !entry.text.contains('〔');
        let parts: Vec<&str> =
            entry.text.split("……").map(|part| part.trim_matches(MARKS)).filter(|part| !part.is_empty()).collect();
        let is_numbered = parts.get(1).is_some_and(|part| part.starts_with(['二', '第', '其']));
        (is_frame && parts.len() > 1 && !is_numbered).then_some(Self { parts })
    }

    /// The word that follows the last one in `scope`, and that one, if `typed` may be it.
    fn next(&self, scope: &[Clause<'_>], typed: Clause<'_>, after: &str) -> Option<(String, &'c str)> {
        let used = |clause: &Clause<'_>| self.parts.iter().rposition(|part| clause.text.starts_with(part));
        let (at, part) = scope.iter().enumerate().rev().find_map(|(at, clause)| Some((at, used(clause)?)))?;
        let (last, next) = (*self.parts.get(part)?, *self.parts.get(part + 1)?);
        let words = typed.text.trim_end_matches(MARKS);
        let is_alone = scope.get(at).is_some_and(|clause| clause.text == last);
        // Behind a comma only what the pair has no comma of its own for.
        let is_place = match typed.mark {
            Some('，' | ',') => !is_alone && at + 1 == scope.len(),
            Some('：' | ':') => false,
            _ => true,
        };
        let fits = if words.is_empty() { is_place } else { next.starts_with(words) || last.starts_with(words) };
        let comma = if is_alone { "，" } else { "" };
        (fits && words != next && !after.starts_with(next)).then(|| (format!("{next}{comma}"), last))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::markup::Markup;
    use crate::text::Document;

    fn next(draft: &str) -> Option<String> {
        let (before, after) = draft.split_once('^').unwrap();
        let document = Document::new(0, &format!("{before}{after}"));
        let settings = Arc::new(Settings::default());
        let analysis = Analysis::new(&document, Markup::Plain, &settings);
        let found = complete(&analysis, &document, &settings, document.point(before.len())).into_iter().next()?;
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        Some(format!("{}{}", &before[line..line + found.span.start.byte as usize], found.text))
    }

    #[test]
    fn the_other_half_of_a_pair() {
        for (draft, wanted) in [
            ("一方面，要抓好项目；^", Some("一方面，要抓好项目；另一方面，")),
            ("一方面，要抓好项目；另一^", Some("一方面，要抓好项目；另一方面，")),
            ("一方面，要抓好项目；一方面，^", Some("一方面，要抓好项目；另一方面，")),
            ("一方面，要抓好项目。\n一方面，^", Some("另一方面，")),
            ("一方面要看到成绩，^", Some("一方面要看到成绩，另一方面")),
            ("一方面，要抓好项目，^", None),
            ("一方面，^", None),
            ("一方面，要抓好项目；另一方面，要抓落实；^", None),
            ("既要抓当前，^", Some("既要抓当前，又要")),
            ("会议很重要；^", None),
        ] {
            assert_eq!(next(draft).as_deref(), wanted, "{draft}");
        }
    }
}
