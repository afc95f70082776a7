//! A fix is tried on a copy before it is made: what was found elsewhere must still be found, nothing
//! new, and no blank may be lost.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashSet};

use rustc_hash::FxHashMap;

use super::fixing::{Copy, is_simple, overlap};
use super::marking::{Levels, disturbing};
use crate::analysis::Analysis;
use crate::placeholder::{self, Certainty, Key};
use crate::rules::{self, Diagnostic, Rule, Seen};
use crate::settings::Settings;
use crate::text::{Edit, Lines, Point, Span};

/// The draft that fixes are tried on.
pub(super) struct Trial<'a> {
    analysis: &'a Analysis,
    lines: &'a dyn Lines,
    settings: &'a Settings,
    /// How many candidates for placeholders the draft has that are judged alike.
    candidates: OnceCell<FxHashMap<Key, u32>>,
}

/// A fix, and the rule that it belongs to.
struct Candidate {
    rule: &'static Rule,
    edits: Vec<Edit>,
}

/// So many fixes are tried one by one where they did not pass together.
const ALONE: usize = 64;
/// How often the others are tried together.
const TOGETHER: usize = 4;

impl<'a> Trial<'a> {
    pub fn new(analysis: &'a Analysis, lines: &'a dyn Lines, settings: &'a Settings) -> Self {
        Self { analysis, lines, settings, candidates: OnceCell::new() }
    }

    /// True for a finding whose fix may be made by itself.
    pub fn is_harmless(&self, found: &Diagnostic) -> bool {
        let Some(fix) = &found.fix else { return false };
        let mut edits = fix.edits.clone();
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        edits.dedup();
        let disjoint = edits.windows(2).all(|pair| !overlap(&pair[0], &pair[1]));
        let simple = disjoint && edits.iter().all(|edit| is_simple(edit, self.lines));
        simple && self.blamed(&[Candidate { rule: found.rule, edits }]).is_empty()
    }

    /// The edits of the fixes of `found` that may be made together, sorted and disjoint. Of two that
    /// overlap the first is taken.
    pub fn edits(&self, found: Vec<Diagnostic>) -> Vec<Edit> {
        let mut due = self.candidates(found);
        let mut alone = Vec::new();
        for _ in 0..TOGETHER {
            let blamed = self.blamed(&due);
            if blamed.is_empty() {
                break;
            }
            let is_blamed = |fix: &Candidate| fix.edits.iter().any(|edit| blamed.contains(&edit.span.start.line));
            let (suspects, rest): (Vec<_>, Vec<_>) = due.into_iter().partition(is_blamed);
            // What was found cannot be laid to one of them.
            due = if suspects.is_empty() { Vec::new() } else { rest };
            alone.extend(suspects);
        }
        if !self.blamed(&due).is_empty() {
            return Vec::new();
        }
        alone.truncate(ALONE);
        alone.retain(|fix| self.blamed(std::slice::from_ref(fix)).is_empty());
        let kept = due.len();
        due.extend(alone);
        if due.len() > kept && !self.blamed(&due).is_empty() {
            due.truncate(kept);
        }
        let mut edits: Vec<Edit> = due.into_iter().flat_map(|fix| fix.edits).collect();
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        edits.dedup();
        edits
    }

    /// The fixes of `found` that do not overlap.
    fn candidates(&self, found: Vec<Diagnostic>) -> Vec<Candidate> {
        let mut taken: BTreeMap<Point, Edit> = BTreeMap::new();
        let mut due = Vec::new();
        for Diagnostic { rule, fix, .. } in found {
            let Some(fix) = fix else { continue };
            let free = |edit: &Edit| {
                let before = taken.range(..=edit.span.start).next_back();
                let after = taken.range(edit.span.start..).next();
                before.is_none_or(|(_, b)| b == edit || !overlap(b, edit))
                    && after.is_none_or(|(_, a)| a == edit || !overlap(edit, a))
            };
            if fix.edits.iter().all(|edit| is_simple(edit, self.lines) && free(edit)) {
                taken.extend(fix.edits.iter().map(|edit| (edit.span.start, edit.clone())));
                due.push(Candidate { rule, edits: fix.edits });
            }
        }
        due
    }

    /// The lines where something is amiss once these fixes are made; none when they do no harm.
    fn blamed(&self, fixes: &[Candidate]) -> HashSet<u32> {
        let mut edits: Vec<Edit> = fixes.iter().flat_map(|fix| fix.edits.iter().cloned()).collect();
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        edits.dedup();
        let mut blamed = HashSet::new();
        if edits.is_empty() {
            return blamed;
        }
        let mut touched: Vec<u32> = edits.iter().flat_map(|e| e.span.start.line..=e.span.end.line).collect();
        touched.dedup();
        let mut copy = Copy::new(self.analysis, self.lines);
        copy.make(edits.clone());
        let moved = Moved::by(&edits);
        let left: Vec<u32> = touched.iter().filter_map(|line| moved.line(*line)).collect();
        let before = rules::seen(self.analysis, self.lines, self.settings, &touched);
        let after = rules::seen(&copy.analysis, &copy.lines, self.settings, &left);
        // The draft as a whole tells which candidates are blanks.
        if self.judges_otherwise(&touched, &copy.analysis) {
            blamed.extend(&touched);
        }
        blamed.extend(disturbing(self.analysis, self.lines, &edits, Levels::Stay));
        // A fix settles what is found of its list or pair, here or there.
        let fixing: BTreeMap<&str, &Rule> = fixes.iter().map(|fix| (fix.rule.code, fix.rule)).collect();
        let is_kin =
            |seen: &Seen| seen.rule.is_some_and(|rule| fixing.values().any(|fixed| rules::are_kin(fixed, rule)));
        let found: HashSet<_> = after.iter().map(Seen::key).collect();
        let mut expected = HashSet::new();
        let mut inside: HashSet<&str> = HashSet::new();
        for seen in before {
            match (moved.touches_before(seen.span), seen.rule) {
                // A blank is nobody's slip.
                (true, None) if moved.cuts(seen.span) => {
                    blamed.insert(seen.span.start.line);
                }
                (true, Some(rule)) => {
                    inside.insert(rule.code);
                }
                _ => {
                    let there = moved.span(seen.span).map(|span| Seen { span, ..seen });
                    if let Some(there) = there {
                        if !is_kin(&seen) && !found.contains(&there.key()) {
                            blamed.insert(seen.span.start.line);
                        }
                        expected.insert(there.key());
                    }
                }
            }
        }
        for seen in after {
            let known = expected.contains(&seen.key())
                || is_kin(&seen)
                || seen.rule.is_some_and(|rule| inside.contains(rule.code)) && moved.touches_after(seen.span);
            if !known {
                blamed.insert(copy.lines.origin(seen.span.start.line));
            }
        }
        blamed
    }

    /// True when another candidate is reported than before, outside the lines that are `touched`.
    fn judges_otherwise(&self, touched: &[u32], after: &Analysis) -> bool {
        let all = self.candidates.get_or_init(|| {
            let mut all = FxHashMap::default();
            for found in self.analysis.paragraphs().flat_map(|(_, p)| &p.placeholders) {
                *all.entry(found.key).or_default() += 1;
            }
            all
        });
        let mut here: FxHashMap<Key, u32> = FxHashMap::default();
        let paragraphs = touched.iter().filter_map(|&line| self.analysis.paragraph(line as usize));
        for found in paragraphs.flat_map(|p| &p.placeholders) {
            *here.entry(found.key).or_default() += 1;
        }
        let (before, after) = (self.analysis.blanks(), after.blanks());
        let is_reported = |draft: &placeholder::Draft<'_>, key| draft.certainty_of(key) != Certainty::Silent;
        all.iter()
            .filter(|&(key, count)| here.get(key).is_none_or(|here| here < count))
            .any(|(&key, _)| is_reported(&before, key) != is_reported(&after, key))
    }
}

/// Where things stand once edits are made. They are sorted and disjoint, before and afterwards.
struct Moved {
    /// The span of each edit, and that of what stands there afterwards.
    edits: Vec<(Span, Span)>,
}

impl Moved {
    /// `edits` are sorted and disjoint, within lines or taking whole lines out.
    fn by(edits: &[Edit]) -> Self {
        let mut moved = Self { edits: Vec::with_capacity(edits.len()) };
        for edit in edits {
            let start = moved.point(edit.span.start);
            let end = Point::new(start.line, start.byte + edit.text.len() as u32);
            moved.edits.push((edit.span, Span::new(start, end)));
        }
        moved
    }

    /// Where a point that no edit covers has gone.
    fn point(&self, point: Point) -> Point {
        let behind = self.edits.partition_point(|(old, _)| old.end <= point);
        let Some((old, new)) = behind.checked_sub(1).map(|i| &self.edits[i]) else { return point };
        if old.end.line == point.line {
            Point::new(new.end.line, new.end.byte + (point.byte - old.end.byte))
        } else {
            Point::new(point.line + new.end.line - old.end.line, point.byte)
        }
    }

    /// True when an edit overlaps or meets a span of the draft as it was.
    fn touches_before(&self, span: Span) -> bool {
        let next = self.edits.partition_point(|(old, _)| old.end < span.start);
        self.edits.get(next).is_some_and(|(old, _)| old.start <= span.end)
    }

    /// The same for a span of the draft as it is afterwards.
    fn touches_after(&self, span: Span) -> bool {
        let next = self.edits.partition_point(|(_, new)| new.end < span.start);
        self.edits.get(next).is_some_and(|(_, new)| new.start <= span.end)
    }

    /// The first edit that ends behind a point.
    fn ending_behind(&self, point: Point) -> Option<Span> {
        let next = self.edits.partition_point(|(old, _)| old.end <= point);
        self.edits.get(next).map(|(old, _)| *old)
    }

    /// True when an edit changes something of a span, or puts something into it.
    fn cuts(&self, span: Span) -> bool {
        self.ending_behind(span.start).is_some_and(|edit| edit.start < span.end)
    }

    fn span(&self, span: Span) -> Option<Span> {
        (!self.cuts(span)).then(|| Span::new(self.point(span.start), self.point(span.end)))
    }

    /// The number that a line has afterwards; none when it has been taken out.
    fn line(&self, line: u32) -> Option<u32> {
        let start = Point::new(line, 0);
        let gone = |edit: Span| edit.start.line < edit.end.line && edit.start <= start;
        (!self.ending_behind(start).is_some_and(gone)).then(|| self.point(start).line)
    }
}
