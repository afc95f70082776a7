//! Quick fixes and fix-all.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::analysis::Analysis;
use crate::locale::Locale;
use crate::rules::{self, Diagnostic};
use crate::settings::Settings;
use crate::text::{Edit, LineChange, Lines, Point, Range, Span};

/// Something that can be done to the draft.
#[derive(Clone, Debug)]
pub struct Action {
    pub title: String,
    pub edits: Vec<Edit>,
    /// The finding that it settles.
    pub diagnostic: Diagnostic,
    /// The only fix of that finding, and a certain one.
    pub preferred: bool,
}

/// The fixes of the findings that touch `span`.
pub fn quick_fixes(
    analysis: &Analysis,
    lines: &dyn Lines,
    settings: &Settings,
    locale: Locale,
    span: Span,
) -> Vec<Action> {
    let span = Span::new(span.start.min(span.end), span.start.max(span.end));
    let (first, last) = (span.start.line, span.end.line);
    rules::diagnostics_in(analysis, lines, settings, locale, first, last)
        .into_iter()
        .filter(|diagnostic| diagnostic.span.overlaps(span))
        .filter_map(|diagnostic| {
            let fix = diagnostic.fix.clone()?;
            Some(Action { title: fix.title, edits: fix.edits, preferred: fix.safe, diagnostic })
        })
        .collect()
}

/// How often a draft with its fixes applied is looked at again.
const ROUNDS: usize = 8;

/// The edits of all safe fixes of the draft, sorted and disjoint. Of two fixes that overlap the
/// first is taken, and the other when it is still due afterwards: the draft with the edits applied
/// has no safe fix left.
pub fn fix_all(analysis: &Analysis, lines: &dyn Lines, settings: &Settings) -> Vec<Edit> {
    settled(analysis, lines, |analysis, lines| safe_edits(analysis, lines, settings))
}

/// The edits that are `due`, and those that are due once they are made, as one list, sorted and
/// disjoint: with it applied nothing is due any more. `due` gives sorted, disjoint edits.
pub(super) fn settled(
    analysis: &Analysis,
    lines: &dyn Lines,
    due: impl Fn(&Analysis, &dyn Lines) -> Vec<Edit>,
) -> Vec<Edit> {
    let edits = due(analysis, lines);
    if edits.is_empty() || !within_lines(&edits) {
        return edits;
    }
    // The lines that have been changed, each with the edits that did it; `None` when it took more
    // than one round.
    let mut fixed = Patched { lines, changed: BTreeMap::new() };
    let mut made: BTreeMap<u32, Option<Vec<Edit>>> = BTreeMap::new();
    let mut current = analysis.clone();
    let mut next = edits;
    for _ in 0..ROUNDS {
        let (Some(first), Some(last)) = (next.first(), next.last()) else {
            break;
        };
        let (first, last) = (first.span.start.line, last.span.end.line);
        for (line, edits) in by_line(next) {
            let text = applied(&fixed.line(line as usize), &edits);
            fixed.changed.insert(line, text);
            made.entry(line).and_modify(|all| *all = None).or_insert(Some(edits));
        }
        let count = (last - first + 1) as usize;
        let change = LineChange { first: first as usize, old: count, new: count };
        current.update(&fixed, change);
        next = due(&current, &fixed);
        if !within_lines(&next) {
            break;
        }
    }
    made.into_iter()
        .flat_map(|(line, edits)| {
            edits.unwrap_or_else(|| {
                let (before, after) = (lines.line(line as usize), fixed.line(line as usize));
                difference(line, &before, &after).into_iter().collect()
            })
        })
        .collect()
}

/// The analysis of the draft with edits within lines applied.
pub(super) fn patched(analysis: &Analysis, lines: &dyn Lines, edits: &[Edit]) -> Analysis {
    let changed = by_line(edits.to_vec()).into_iter().map(|(line, mut edits)| {
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        (line, applied(&lines.line(line as usize), &edits))
    });
    with_lines(analysis, lines, changed.collect())
}

/// The analysis of the draft with other lines in the place of some.
pub(super) fn with_lines(analysis: &Analysis, lines: &dyn Lines, changed: BTreeMap<u32, String>) -> Analysis {
    let mut after = analysis.clone();
    let (Some((&first, _)), Some((&last, _))) = (changed.first_key_value(), changed.last_key_value()) else {
        return after;
    };
    let count = (last - first + 1) as usize;
    let change = LineChange { first: first as usize, old: count, new: count };
    after.update(&Patched { lines, changed }, change);
    after
}

fn within_lines(edits: &[Edit]) -> bool {
    edits.iter().all(|e| e.span.start.line == e.span.end.line && !e.text.contains(['\n', '\r']))
}

/// The edits of the safe fixes, those left out that overlap an earlier one.
fn safe_edits(analysis: &Analysis, lines: &dyn Lines, settings: &Settings) -> Vec<Edit> {
    let mut taken: BTreeMap<Point, Edit> = BTreeMap::new();
    let found = rules::diagnostics(analysis, lines, settings, Locale::Hans, usize::MAX);
    for fix in found.into_iter().filter_map(|d| d.fix).filter(|f| f.safe) {
        let free = |edit: &Edit| {
            let before = taken.range(..=edit.span.start).next_back();
            let after = taken.range(edit.span.start..).next();
            before.is_none_or(|(_, b)| b == edit || !overlap(b, edit))
                && after.is_none_or(|(_, a)| a == edit || !overlap(edit, a))
        };
        if fix.edits.iter().all(free) {
            taken.extend(fix.edits.into_iter().map(|edit| (edit.span.start, edit)));
        }
    }
    taken.into_values().collect()
}

/// Also true of two edits at one place: their order would count.
fn overlap(a: &Edit, b: &Edit) -> bool {
    a.span.start == b.span.start || b.span.start < a.span.end && a.span.start < b.span.end
}

/// A text some lines of which have been changed.
struct Patched<'a> {
    lines: &'a dyn Lines,
    changed: BTreeMap<u32, String>,
}

impl Lines for Patched<'_> {
    fn line_count(&self) -> usize {
        self.lines.line_count()
    }

    fn line(&self, n: usize) -> Cow<'_, str> {
        match self.changed.get(&(n as u32)) {
            Some(line) => Cow::Borrowed(line),
            None => self.lines.line(n),
        }
    }
}

fn by_line(edits: Vec<Edit>) -> BTreeMap<u32, Vec<Edit>> {
    let mut lines: BTreeMap<u32, Vec<Edit>> = BTreeMap::new();
    for edit in edits {
        lines.entry(edit.span.start.line).or_default().push(edit);
    }
    lines
}

/// `line` with sorted, disjoint edits within it applied.
fn applied(line: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(line.len());
    let mut at = 0;
    for edit in edits {
        let (start, end) = (edit.span.start.byte as usize, edit.span.end.byte as usize);
        out.push_str(line.get(at..start).unwrap_or(""));
        out.push_str(&edit.text);
        at = end;
    }
    out.push_str(line.get(at..).unwrap_or(""));
    out
}

/// One edit that makes `before`, the text of `line`, into `after`.
fn difference(line: u32, before: &str, after: &str) -> Option<Edit> {
    let common = |a: &mut dyn Iterator<Item = (char, char)>| -> usize {
        a.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
    };
    let start = common(&mut before.chars().zip(after.chars()));
    let (old, new) = (before.get(start..)?, after.get(start..)?);
    let end = common(&mut old.chars().rev().zip(new.chars().rev()));
    let (old, new) = (old.get(..old.len() - end)?, new.get(..new.len() - end)?);
    let span = Span::in_line(line, Range::new(start, start + old.len()));
    (old != new).then(|| Edit::new(span, new))
}
