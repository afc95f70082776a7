//! Two versions of a draft: what changed, and what the change broke.
//!
//! Paragraphs and sentences of one are found in the other, also where they have moved (`align`, `hunks`). What is
//! different is of a kind (`classify`). What broke follows from what the rules find in each version and from the
//! facts that both have (`broken`, `follow`, `tables`): nothing is judged here that the rules judge.

mod align;
mod arithmetic;
mod attachments;
mod blanks;
mod broken;
mod classify;
mod consequence;
mod facts;
mod follow;
mod groups;
mod hunks;
mod last_year;
mod left;
mod lists;
mod matter;
mod names;
mod numbers;
pub mod pull;
mod ratios;
mod rewritten;
mod spans;
mod tables;
mod words;

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::analysis::Analysis;
use crate::paragraph::Paragraph;
use crate::settings::Settings;
use crate::text::chars::is_han;
use crate::text::{Lines, Range, Span};
use align::{align, stretches};
use classify::Side;
pub use consequence::{Consequence, What};
use facts::Both;
use hunks::Way;
pub use last_year::last_year;
pub use rewritten::rewritten;

/// A version of a draft.
#[derive(Clone, Copy)]
pub struct Version<'a> {
    pub analysis: &'a Analysis,
    pub lines: &'a dyn Lines,
    pub settings: &'a Settings,
}

/// What a change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Figure,
    Date,
    Name,
    Place,
    /// The number of an item, or how many there are.
    Count,
    Formulation,
    Wording,
    Moved,
    Added,
    Removed,
}

impl Kind {
    pub const ALL: [Self; 10] = [
        Self::Figure,
        Self::Date,
        Self::Name,
        Self::Place,
        Self::Count,
        Self::Formulation,
        Self::Moved,
        Self::Removed,
        Self::Added,
        Self::Wording,
    ];

    /// In JSON, and in Simplified, Traditional and English.
    pub fn names(self) -> [&'static str; 4] {
        match self {
            Self::Figure => ["figure", "数字", "數字", "figure"],
            Self::Date => ["date", "日期", "日期", "date"],
            Self::Name => ["name", "名称", "名稱", "name"],
            Self::Place => ["place", "地名", "地名", "place"],
            Self::Count => ["count", "编号和数目", "編號和數目", "numbers and counts"],
            Self::Formulation => ["formulation", "提法", "提法", "formulation"],
            Self::Wording => ["wording", "措辞", "措辭", "wording"],
            Self::Moved => ["moved", "移动", "移動", "moved"],
            Self::Added => ["added", "增加", "增加", "added"],
            Self::Removed => ["removed", "删去", "刪去", "removed"],
        }
    }

    /// True for a figure, a date, a name and a place.
    pub fn is_fact(self) -> bool {
        matches!(self, Self::Figure | Self::Date | Self::Name | Self::Place)
    }
}

/// Something that is different.
#[derive(Clone, Debug)]
pub struct Change {
    pub kind: Kind,
    /// Where it stands in each version; of what is gone or new, where it would.
    pub old: Span,
    pub new: Span,
    /// The texts, without markup.
    pub before: String,
    pub after: String,
}

/// A line of both versions side by side, or of one. A paragraph that was cut in two stands beside both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    pub old: Option<u32>,
    pub new: Option<u32>,
    pub is_moved: bool,
}

/// Two versions, compared.
pub struct Comparison {
    /// Those of the new version in its order; what is gone stands where it was.
    pub rows: Vec<Row>,
    /// In the order of the new version.
    pub changes: Vec<Change>,
    pub consequences: Vec<Consequence>,
    /// They have next to nothing in common: versions of one draft they are not.
    pub is_strange: bool,
}

/// A paragraph with something in it.
struct Unit<'a> {
    line: u32,
    facts: &'a Paragraph,
    text: String,
}

impl Unit<'_> {
    /// A stretch of its text as one of the draft.
    fn span(&self, range: Range) -> Span {
        Span::in_line(self.line, self.facts.to_line(range))
    }

    fn all(&self) -> Range {
        Range::new(0, self.text.len())
    }
}

fn units<'a>(version: &Version<'a>) -> Vec<Unit<'a>> {
    let of = |(n, facts): (usize, &'a std::sync::Arc<Paragraph>)| {
        let line = version.lines.line(n);
        let (text, _) = facts.reading(&line);
        let text = text.trim_end().to_owned();
        (!text.trim().is_empty()).then_some(Unit { line: n as u32, facts, text })
    };
    version.analysis.paragraphs().filter_map(of).collect()
}

/// Of each new text the old one that it was, the same or alike.
pub fn same_texts(old: &[&str], new: &[&str]) -> Vec<Option<usize>> {
    align(old, new).from.into_iter().map(|from| from.map(|n| n as usize)).collect()
}

/// The settings with the rules alone that a comparison asks: the others need not look at two drafts.
pub fn settings(own: &Settings) -> Settings {
    let mut settings = own.clone();
    let others = crate::rules::RULES.iter().filter(|rule| What::of(rule).is_none());
    settings.rules.extend(others.map(|rule| (rule.code.to_owned(), None)));
    settings
}

/// Compares two versions of a draft.
pub fn compare(old: Version, new: Version, locale: crate::locale::Locale) -> Comparison {
    let (before, after) = (units(&old), units(&new));
    let texts = |units: &'_ [Unit]| -> Vec<String> { units.iter().map(|unit| unit.text.trim().to_owned()).collect() };
    let (one, other) = (texts(&before), texts(&after));
    let [one, other] = [&one, &other].map(|texts| texts.iter().map(String::as_str).collect::<Vec<_>>());
    let aligned = align(&one, &other);
    let (rows, whole) = rows(&before, &after, &aligned);
    let mut changes = Vec::new();
    let lines = Both::all(old, new, &rows);
    let places: FxHashMap<(u32, u32), &Both> = lines.iter().map(|both| (both.lines, both)).collect();
    for stretch in stretches(after.len(), |m| goes_on(&aligned, m)) {
        let (first, last) = (stretch.start, stretch.end - 1);
        if let (true, Some(n)) = (aligned.moved[first], aligned.from[first]) {
            let end = n as usize + last - first;
            let span = |units: &[Unit], first: usize, last: usize| {
                Span::new(units[first].span(units[first].all()).start, units[last].span(units[last].all()).end)
            };
            let text = |units: &[Unit], n: usize| units[n].text.trim().to_owned();
            changes.push(Change {
                kind: Kind::Moved,
                old: span(&before, n as usize, end),
                new: span(&after, first, last),
                before: text(&before, n as usize),
                after: text(&after, first),
            });
        }
        for m in stretch {
            if let Some((olds, news)) = aligned.group(m) {
                let [old, new_ones] = [Joined::of(&before, &olds), Joined::of(&after, &news)];
                let both = match (&olds[..], &news[..]) {
                    ([n], [m]) => places.get(&(before[*n].line, after[*m].line)).copied(),
                    _ => None,
                };
                changes.extend(changes_in(&old, &new_ones, both, new.settings));
            }
        }
    }
    let is_strange = is_strange(&one, &other, &aligned);
    changes.extend(whole);
    changes.sort_by_key(|change| (change.new.start, change.old.start));
    moved_sentences(&mut changes);
    let consequences = broken::consequences(old, new, &rows, &lines, locale);
    Comparison { rows, changes, consequences, is_strange }
}

/// Whether of the shorter text not even a twentieth stands in both. Short paragraphs do not count: all speeches have
/// the same salutation.
fn is_strange(old: &[&str], new: &[&str], aligned: &align::Aligned) -> bool {
    const SHARE: usize = 20;
    const SHORT: usize = 8;
    let length = |texts: &[&str]| texts.iter().map(|text| text.len()).sum::<usize>();
    let pairs = || new.iter().zip(&aligned.from).filter_map(|(text, from)| Some((text, (*from)?)));
    let telling = pairs().filter(|(text, _)| text.chars().nth(SHORT).is_some());
    let shared: usize = telling.map(|(text, from)| text.len().min(old[from as usize].len())).sum();
    let is_all = pairs().count() == new.len() && (old.is_empty() || !new.is_empty());
    !is_all && (shared == 0 || shared * SHARE < length(old).min(length(new)))
}

/// Whether a new paragraph goes on with what moved.
fn goes_on(aligned: &align::Aligned, m: usize) -> bool {
    let follows = || Some(aligned.from[m]? == aligned.from[m - 1]? + 1);
    aligned.moved[m] && aligned.moved[m - 1] && follows() == Some(true)
}

/// Paragraphs that are one in the other version, one behind the other.
struct Joined<'a> {
    units: Vec<&'a Unit<'a>>,
    text: Cow<'a, str>,
}

impl<'a> Joined<'a> {
    fn of(units: &'a [Unit<'a>], which: &[usize]) -> Self {
        let units: Vec<&Unit> = which.iter().map(|n| &units[*n]).collect();
        let text = match units[..] {
            [unit] => Cow::Borrowed(unit.text.as_str()),
            _ => Cow::Owned(units.iter().map(|unit| unit.text.as_str()).collect()),
        };
        Self { units, text }
    }

    /// The paragraph that a stretch begins in, and the stretch in it.
    fn place(&self, range: Range) -> (&'a Unit<'a>, Range) {
        let (mut base, mut last) = (0, 0);
        for unit in &self.units {
            last = base;
            base += unit.text.len() as u32;
            if range.start < base || range.is_empty() && range.start == base {
                break;
            }
        }
        let index = self.units.iter().scan(0, |at, unit| Some(std::mem::replace(at, *at + unit.text.len() as u32)));
        let unit = index.zip(&self.units).find(|(at, _)| *at == last).map_or(self.units[0], |(_, unit)| unit);
        let end = (range.end.min(last + unit.text.len() as u32)).max(range.start);
        (unit, Range { start: range.start - last, end: end - last })
    }
}

/// What differs in paragraphs that both versions have. Those that are joined are taken apart here.
fn changes_in(old: &Joined, new: &Joined, both: Option<&Both>, settings: &Settings) -> Vec<Change> {
    if old.text == new.text {
        return Vec::new();
    }
    let joined = || Both::of((0, old.text.clone().into_owned()), (0, new.text.clone().into_owned()));
    let own = if both.is_none() { Some(joined()) } else { None };
    let Some(both) = both.or(own.as_ref()) else { return Vec::new() };
    let change = |hunk: &hunks::Hunk| {
        let side = |of: &'_ Joined, range: Range| {
            let (unit, own) = of.place(range);
            (unit.span(own), range.of(&of.text).to_owned())
        };
        let ((old_span, before), (new_span, after)) = (side(old, hunk.old), side(new, hunk.new));
        let kind = match hunk.way {
            Way::Moved => Kind::Moved,
            Way::Whole if hunk.new.is_empty() => Kind::Removed,
            Way::Whole => Kind::Added,
            Way::Other => {
                let one = Side::of(old.place(hunk.old), hunk.old);
                let other = Side::of(new.place(hunk.new), hunk.new);
                match classify::kind(one, other, both, settings) {
                    Kind::Wording if is_taken_out(&before, &after) => Kind::Removed,
                    kind => kind,
                }
            }
        };
        Change { kind, old: old_span, new: new_span, before, after }
    };
    let all = both.hunks().iter().map(change);
    all.filter(|change| !(change.before.trim().is_empty() && change.after.trim().is_empty())).collect()
}

/// Whether an item or a bracket was taken out, and nothing put in.
fn is_taken_out(before: &str, after: &str) -> bool {
    const FEWEST: usize = 3;
    let is_item = before.ends_with(['、', '，', '；', '）']) || before.starts_with(['、', '，', '；']);
    after.is_empty() && is_item && before.chars().filter(|c| is_han(*c)).count() >= FEWEST
}

/// The lines side by side, and the paragraphs that only one version has.
fn rows(old: &[Unit], new: &[Unit], aligned: &align::Aligned) -> (Vec<Row>, Vec<Change>) {
    let mut left = vec![true; old.len()];
    aligned.from.iter().flatten().for_each(|n| left[*n as usize] = false);
    aligned.joined.iter().for_each(|(n, _)| left[*n as usize] = false);
    let (mut rows, mut changes, mut next) = (Vec::new(), Vec::new(), 0);
    let start = |units: &[Unit], n: usize| {
        let unit = units.get(n).or(units.last());
        unit.map_or(Span::default(), |unit| {
            unit.span(if n < units.len() { Range::default() } else { Range::new(unit.text.len(), unit.text.len()) })
        })
    };
    let gone = |to: usize, at: usize, next: &mut usize, rows: &mut Vec<Row>, changes: &mut Vec<Change>| {
        for n in (*next..to).filter(|n| left[*n]) {
            rows.push(Row { old: Some(old[n].line), new: None, is_moved: false });
            changes.push(Change {
                kind: Kind::Removed,
                old: old[n].span(old[n].all()),
                new: start(new, at),
                before: old[n].text.trim().to_owned(),
                after: String::new(),
            });
        }
        *next = to.max(*next);
    };
    for (m, unit) in new.iter().enumerate() {
        let from = aligned.from[m].map(|n| n as usize);
        if let Some(n) = from.filter(|_| !aligned.moved[m]) {
            gone(n, m, &mut next, &mut rows, &mut changes);
        }
        let parts: Vec<usize> =
            aligned.joined.iter().filter(|(_, new)| *new == m as u32).map(|(n, _)| *n as usize).collect();
        let mut from_all: Vec<Option<usize>> = from.into_iter().chain(parts).map(Some).collect();
        from_all.sort_unstable();
        if from_all.is_empty() {
            from_all.push(None);
        }
        for from in &from_all {
            rows.push(Row { old: from.map(|n| old[n].line), new: Some(unit.line), is_moved: aligned.moved[m] });
        }
        if from_all == [None] {
            changes.push(Change {
                kind: Kind::Added,
                old: start(old, next),
                new: unit.span(unit.all()),
                before: String::new(),
                after: unit.text.trim().to_owned(),
            });
        }
    }
    gone(old.len(), new.len(), &mut next, &mut rows, &mut changes);
    (rows, changes)
}

/// A sentence that is gone here and new there has moved.
fn moved_sentences(changes: &mut Vec<Change>) {
    const TELLING: usize = 10;
    let mut removed: FxHashMap<String, usize> = FxHashMap::default();
    for (n, change) in changes.iter().enumerate() {
        if change.kind == Kind::Removed && change.before.chars().count() >= TELLING {
            removed.insert(change.before.trim().to_owned(), n);
        }
    }
    let mut is_gone = vec![false; changes.len()];
    for n in 0..changes.len() {
        if changes[n].kind == Kind::Added
            && let Some(other) = removed.remove(changes[n].after.trim())
        {
            let (old, before) = (changes[other].old, changes[other].before.clone());
            changes[n] = Change { kind: Kind::Moved, old, before, ..changes[n].clone() };
            is_gone[other] = true;
        }
    }
    let mut is_gone = is_gone.into_iter();
    changes.retain(|_| is_gone.next() != Some(true));
}

#[cfg(test)]
mod tests;
