//! Edits made in a copy of the draft, again and again until none is due.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::marking::{Levels, disturbing};
use crate::analysis::Analysis;
use crate::rules::spares_markup;
use crate::text::{Edit, LineChange, Lines, Point, Range, Span};

/// How often a draft with its edits made is looked at again.
const ROUNDS: usize = 12;

/// The edits that are `due`, and those that are due once they are made, as one list, sorted and
/// disjoint: with it applied nothing is due any more. `due` gives sorted, disjoint edits within lines
/// or taking whole lines out.
pub(super) fn settled(
    analysis: &Analysis,
    lines: &dyn Lines,
    due: impl Fn(&Analysis, &dyn Lines) -> Vec<Edit>,
) -> Vec<Edit> {
    // Whatever was asked for: no edit touches markup.
    let due = |analysis: &Analysis, lines: &dyn Lines| {
        let mut edits = due(analysis, lines);
        edits.retain(|edit| spares_markup(analysis, edit));
        keeping_markup(analysis, lines, edits)
    };
    let mut next = due(analysis, lines);
    if next.is_empty() {
        return next;
    }
    let mut copy = Copy::new(analysis, lines);
    for _ in 0..ROUNDS {
        if next.is_empty() {
            break;
        }
        copy.make(next);
        next = due(&copy.analysis, &copy.lines);
    }
    // Lines that never come to rest stay as they were.
    copy.leave(&next);
    copy.edits()
}

/// Those of `edits` with which everything is marked up as before.
fn keeping_markup(analysis: &Analysis, lines: &dyn Lines, mut edits: Vec<Edit>) -> Vec<Edit> {
    for _ in 0..ROUNDS {
        let blamed = disturbing(analysis, lines, &edits, Levels::Stay);
        if blamed.is_empty() {
            return edits;
        }
        edits.retain(|edit| blamed.binary_search(&edit.span.start.line).is_err());
    }
    Vec::new()
}

/// A draft in which edits are made, beside the one that stays as it is.
pub(super) struct Copy<'a> {
    pub analysis: Analysis,
    pub lines: Patched<'a>,
    /// The lines that have been changed, each with the edits that did it; `None` when it took more
    /// than one round.
    made: BTreeMap<u32, Option<Vec<Edit>>>,
}

impl<'a> Copy<'a> {
    pub fn new(analysis: &Analysis, lines: &'a dyn Lines) -> Self {
        let lines = Patched { lines, kept: None, changed: BTreeMap::new() };
        Self { analysis: analysis.clone(), lines, made: BTreeMap::new() }
    }

    /// Makes edits: sorted and disjoint, within lines or taking whole lines out.
    pub fn make(&mut self, edits: Vec<Edit>) {
        let Some(first) = edits.first().map(|e| e.span.start.line) else { return };
        let last = edits.iter().map(|e| e.span.end.line).max().unwrap_or(first);
        let last = (last as usize).min(self.lines.line_count() - 1);
        let (across, within): (Vec<Edit>, Vec<Edit>) =
            edits.into_iter().partition(|e| e.span.start.line != e.span.end.line);
        let within = by_line(within);
        let touched: Vec<u32> = within.keys().copied().collect();
        for (line, mut edits) in within {
            let text = applied(&self.lines.line(line as usize), &edits);
            let line = self.lines.origin(line);
            for edit in &mut edits {
                (edit.span.start.line, edit.span.end.line) = (line, line);
            }
            self.lines.changed.insert(line, text);
            self.made.entry(line).and_modify(|all| *all = None).or_insert(Some(edits));
        }
        let mut gone = 0;
        for edit in across.iter().rev() {
            let (from, to) = (edit.span.start.line, edit.span.end.line);
            if edit.span.end.byte > 0 {
                let line = self.lines.origin(to);
                self.lines.changed.insert(line, String::new());
                self.made.insert(line, None);
            }
            gone += self.lines.take_out(from, to);
        }
        let old = last + 1 - first as usize;
        let is_touched = |n: usize| touched.binary_search(&(n as u32)).is_ok();
        let change = LineChange { first: first as usize, old, new: old - gone };
        self.analysis.update_some(&self.lines, change, &is_touched);
    }

    /// Takes back what has been done to the lines of these edits.
    fn leave(&mut self, edits: &[Edit]) {
        for edit in edits {
            let line = self.lines.origin(edit.span.start.line);
            self.lines.changed.remove(&line);
            self.made.remove(&line);
        }
    }

    /// All that has been done, as edits of the draft.
    fn edits(self) -> Vec<Edit> {
        let mut all = self.lines.deletions();
        let count = all.len();
        for (line, edits) in self.made {
            let gone = all[..count].partition_point(|gone| gone.span.end.line <= line);
            if all[..count].get(gone).is_some_and(|gone| gone.span.start.line <= line) {
                continue;
            }
            all.extend(edits.unwrap_or_else(|| {
                let before = self.lines.lines.line(line as usize);
                let after = self.lines.changed.get(&line).map_or("", String::as_str);
                difference(line, &before, after).into_iter().collect()
            }));
        }
        all.sort_by_key(|edit| edit.span);
        all
    }
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
    let patched = Patched { lines, kept: None, changed };
    after.update_some(&patched, change, &|n| patched.changed.contains_key(&(n as u32)));
    after
}

/// True for an edit within a line and for one that takes whole lines out.
pub(super) fn is_simple(edit: &Edit, lines: &dyn Lines) -> bool {
    let (start, end) = (edit.span.start, edit.span.end);
    if edit.text.contains(['\n', '\r']) {
        return false;
    }
    let whole = || {
        let last = lines.line_count() as u32 - 1;
        let at_line_end = end.line == last && end.byte as usize == lines.line(end.line as usize).len();
        start.byte == 0 && edit.text.is_empty() && (end.byte == 0 || at_line_end)
    };
    start.line == end.line || whole()
}

/// Also true of two edits at one place: their order would count.
pub(super) fn overlap(a: &Edit, b: &Edit) -> bool {
    a.span.start == b.span.start || b.span.start < a.span.end && a.span.start < b.span.end
}

/// A text some lines of which have been changed or taken out.
pub(super) struct Patched<'a> {
    lines: &'a dyn Lines,
    /// Which lines of the text are left, once some have been taken out.
    kept: Option<Vec<u32>>,
    /// By their number in the text.
    changed: BTreeMap<u32, String>,
}

impl Patched<'_> {
    /// The number that line `n` has in the text.
    pub fn origin(&self, n: u32) -> u32 {
        self.kept.as_ref().map_or(n, |kept| kept.get(n as usize).copied().unwrap_or(u32::MAX))
    }

    /// Takes the lines `from..to` out; returns how many they were.
    fn take_out(&mut self, from: u32, to: u32) -> usize {
        let count = self.lines.line_count() as u32;
        let kept = self.kept.get_or_insert_with(|| (0..count).collect());
        let to = (to as usize).min(kept.len());
        kept.drain(from as usize..to).count()
    }

    /// Edits that take out what has been taken out.
    fn deletions(&self) -> Vec<Edit> {
        let Some(kept) = &self.kept else { return Vec::new() };
        let end = self.lines.line_count() as u32;
        let mut all = Vec::new();
        let mut next = 0;
        for line in kept.iter().copied().chain([end]) {
            if line > next {
                all.push(Edit::new(Span::new(Point::new(next, 0), Point::new(line, 0)), ""));
            }
            next = line + 1;
        }
        all
    }
}

impl Lines for Patched<'_> {
    fn line_count(&self) -> usize {
        self.kept.as_ref().map_or_else(|| self.lines.line_count(), Vec::len)
    }

    fn line(&self, n: usize) -> Cow<'_, str> {
        let origin = self.origin(n as u32);
        match self.changed.get(&origin) {
            Some(line) => Cow::Borrowed(line),
            None => self.lines.line(origin as usize),
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
