//! Quick fixes and fix-all.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::analysis::Analysis;
use crate::locale::Locale;
use crate::rules::{self, Diagnostic, Rule};
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
    fix_chosen(analysis, lines, settings, &|_, _| {})
}

/// Leaves those of the findings of a text that are to be settled.
pub type Choice<'a> = &'a dyn Fn(&mut Vec<Diagnostic>, &dyn Lines);

/// The same for the findings that are chosen.
pub fn fix_chosen(analysis: &Analysis, lines: &dyn Lines, settings: &Settings, choose: Choice<'_>) -> Vec<Edit> {
    settled(analysis, lines, |analysis, lines| {
        let mut found = rules::diagnostics(analysis, lines, settings, Locale::Hans, usize::MAX);
        choose(&mut found, lines);
        safe_edits(found.into_iter(), lines)
    })
}

/// The same for the findings of one rule.
pub fn fix_kind(analysis: &Analysis, lines: &dyn Lines, settings: &Settings, rule: &Rule) -> Vec<Edit> {
    settled(analysis, lines, |analysis, lines| {
        safe_edits(rules::diagnostics_of(rule, analysis, lines, settings, Locale::Hans).into_iter(), lines)
    })
}

/// How many findings are looked at for one that can be fixed.
const LOOKED_AT: usize = 1000;

/// Whether there is anything for [`fix_all`] to do, at a small part of its cost. True as well when the
/// draft has more findings than are looked at.
pub fn may_fix(analysis: &Analysis, lines: &dyn Lines, settings: &Settings) -> bool {
    let found = rules::diagnostics(analysis, lines, settings, Locale::Hans, LOOKED_AT);
    found.len() == LOOKED_AT || found.iter().any(|d| d.fix.as_ref().is_some_and(|fix| fix.safe))
}

/// How to call [`fix_kind`], for each rule that `fixes` holds a safe fix of and the draft at least two;
/// with the finding that it is a fix of.
pub fn kinds(
    analysis: &Analysis,
    lines: &dyn Lines,
    settings: &Settings,
    locale: Locale,
    fixes: &[Action],
) -> Vec<(String, Diagnostic)> {
    let mut kinds: Vec<(String, Diagnostic)> = Vec::new();
    for Action { diagnostic, .. } in fixes.iter().filter(|action| action.preferred) {
        let rule = diagnostic.rule;
        if kinds.iter().any(|(_, other)| std::ptr::eq(other.rule, rule)) {
            continue;
        }
        let all = rules::diagnostics_of(rule, analysis, lines, settings, locale);
        let count = all.iter().filter(|d| d.fix.as_ref().is_some_and(|fix| fix.safe)).count();
        if count > 1 {
            let name = rule.name;
            let title = rules::message_locale(locale, analysis).pick(
                format!("修正全文此类问题：{name}（{count} 处）"),
                format!("修正全文此類問題：{name}（{count} 處）"),
                format!("Fix all of this kind in the draft: {} ({count})", rule.code),
            );
            kinds.push((title, diagnostic.clone()));
        }
    }
    kinds
}

/// The edits that are `due`, and those that are due once they are made, as one list, sorted and
/// disjoint: with it applied nothing is due any more. `due` gives sorted, disjoint edits within lines
/// or taking whole lines out.
pub(super) fn settled(
    analysis: &Analysis,
    lines: &dyn Lines,
    due: impl Fn(&Analysis, &dyn Lines) -> Vec<Edit>,
) -> Vec<Edit> {
    let mut next = due(analysis, lines);
    if next.is_empty() {
        return next;
    }
    // The lines that have been changed, each with the edits that did it; `None` when it took more
    // than one round.
    let mut fixed = Patched { lines, kept: None, changed: BTreeMap::new() };
    let mut made: BTreeMap<u32, Option<Vec<Edit>>> = BTreeMap::new();
    let mut current = analysis.clone();
    for _ in 0..ROUNDS {
        let Some(first) = next.first().map(|e| e.span.start.line) else { break };
        let last = next.iter().map(|e| e.span.end.line).max().unwrap_or(first);
        let last = (last as usize).min(fixed.line_count() - 1);
        let (across, within): (Vec<Edit>, Vec<Edit>) =
            next.into_iter().partition(|e| e.span.start.line != e.span.end.line);
        for (line, mut edits) in by_line(within) {
            let text = applied(&fixed.line(line as usize), &edits);
            let line = fixed.origin(line);
            for edit in &mut edits {
                (edit.span.start.line, edit.span.end.line) = (line, line);
            }
            fixed.changed.insert(line, text);
            made.entry(line).and_modify(|all| *all = None).or_insert(Some(edits));
        }
        let mut gone = 0;
        for edit in across.iter().rev() {
            let (from, to) = (edit.span.start.line, edit.span.end.line);
            if edit.span.end.byte > 0 {
                let line = fixed.origin(to);
                fixed.changed.insert(line, String::new());
                made.insert(line, None);
            }
            gone += fixed.take_out(from, to);
        }
        let old = last + 1 - first as usize;
        current.update(&fixed, LineChange { first: first as usize, old, new: old - gone });
        next = due(&current, &fixed);
    }
    let mut all = fixed.deletions();
    for (line, edits) in made {
        if all.iter().any(|gone| gone.span.start.line <= line && line < gone.span.end.line) {
            continue;
        }
        all.extend(edits.unwrap_or_else(|| {
            let before = lines.line(line as usize);
            let after = fixed.changed.get(&line).map_or("", String::as_str);
            difference(line, &before, after).into_iter().collect()
        }));
    }
    all.sort_by_key(|edit| edit.span);
    all
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
    after.update(&Patched { lines, kept: None, changed }, change);
    after
}

/// The edits of the safe fixes, those left out that overlap an earlier one.
fn safe_edits(found: impl Iterator<Item = Diagnostic>, lines: &dyn Lines) -> Vec<Edit> {
    let mut taken: BTreeMap<Point, Edit> = BTreeMap::new();
    for fix in found.filter_map(|d| d.fix).filter(|f| f.safe) {
        let free = |edit: &Edit| {
            let before = taken.range(..=edit.span.start).next_back();
            let after = taken.range(edit.span.start..).next();
            before.is_none_or(|(_, b)| b == edit || !overlap(b, edit))
                && after.is_none_or(|(_, a)| a == edit || !overlap(edit, a))
        };
        if fix.edits.iter().all(|edit| is_simple(edit, lines) && free(edit)) {
            taken.extend(fix.edits.into_iter().map(|edit| (edit.span.start, edit)));
        }
    }
    taken.into_values().collect()
}

/// True for an edit within a line and for one that takes whole lines out.
fn is_simple(edit: &Edit, lines: &dyn Lines) -> bool {
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
fn overlap(a: &Edit, b: &Edit) -> bool {
    a.span.start == b.span.start || b.span.start < a.span.end && a.span.start < b.span.end
}

/// A text some lines of which have been changed or taken out.
struct Patched<'a> {
    lines: &'a dyn Lines,
    /// Which lines of the text are left, once some have been taken out.
    kept: Option<Vec<u32>>,
    /// By their number in the text.
    changed: BTreeMap<u32, String>,
}

impl Patched<'_> {
    /// The number that line `n` has in the text.
    fn origin(&self, n: u32) -> u32 {
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
