//! What fitted in a paragraph of the old version and does not in the new one: a number and what it counts, days and
//! how many they are, a table and what is said of it, a sentence that stands twice. Only what the old version shows
//! to belong together is looked at.

use rustc_hash::FxHashMap;

use super::consequence::{Consequence, What, counts, prose, span_of};
use super::facts::Both;
use super::lists::Kept;
use super::numbers::{Counted, Number, counted, numbers};
use super::{Row, Version, groups};
use crate::lexicon::BACK;
use crate::locale::Locale;
use crate::text::Range;
use crate::text::chars::is_han;
use crate::text::sentences::sentences;

pub(super) fn unfollowed(
    (old, new): (Version, Version),
    lines: &[Both],
    rows: &[Row],
    kept: &Kept,
    locale: Locale,
) -> Vec<Consequence> {
    let mut found = Vec::new();
    let all_numbers: Vec<_> = lines.iter().map(|line| [&line.old, &line.new].map(|text| numbers(text))).collect();
    for (n, line) in lines.iter().enumerate() {
        let (one, other) = (line.old.as_str(), line.new.as_str());
        let mut push = |what, range: Range, message| {
            found.push(Consequence { what, rule: None, span: span_of(new, line.lines.1, range), message });
        };
        for (range, actual) in told_again(lines, n, &all_numbers) {
            push(What::Count, range, counts(range.of(other), actual, locale));
        }
        if one == other {
            continue;
        }
        for (range, actual) in miscounted(one, other) {
            push(What::Count, range, counts(range.of(other), actual, locale));
        }
        for (range, place) in out_of_order(one, other) {
            push(What::Ordinal, range, super::lists::misplaced(range.of(other), place, locale));
        }
    }
    for (n, range, actual) in groups::miscounted((old, new), lines, rows, kept) {
        let line = &lines[n];
        let span = span_of(new, line.lines.1, range);
        found.push(Consequence {
            what: What::Count,
            rule: None,
            span,
            message: counts(range.of(&line.new), actual, locale),
        });
    }
    found.extend(said_twice(old, new, kept, locale));
    found.extend(super::attachments::unfollowed((old, new), lines, locale));
    found.extend(super::tables::unfollowed((old, new), rows, lines, locale));
    found
}

/// The pairs of one number in both versions, where it fitted in the old one.
fn pairs(old: &str, new: &str) -> Vec<((Number, Counted), (Number, Counted))> {
    let mut before = counted(old);
    before.retain(|(number, what)| what.fits(number.value));
    let mut found = Vec::new();
    for (number, what) in counted(new) {
        let same = |(other, was): &(Number, Counted)| other.key == number.key && was.form() == what.form();
        if let Some(n) = before.iter().position(same) {
            found.push((before.remove(n), (number, what)));
        }
    }
    found
}

fn miscounted(old: &str, new: &str) -> Vec<(Range, u32)> {
    let pairs = pairs(old, new).into_iter().filter(|(_, (number, what))| !what.fits(number.value));
    pairs.map(|(_, (number, what))| (number.range, what.bounds().0)).collect()
}

/// The numbers of what is told of again, 上述三项措施, where what was said of it before has changed.
fn told_again(lines: &[Both], n: usize, numbers: &[[Vec<Number>; 2]]) -> Vec<(Range, u32)> {
    let line = &lines[n];
    let is_back = |text: &str, number: &Number| BACK.ends_at(text, number.range.start as usize);
    let [was, is] = &numbers[n];
    let mut now: Vec<&Number> = is.iter().filter(|number| is_back(&line.new, number)).collect();
    let mut found = Vec::new();
    for number in was.iter().filter(|number| !is.is_empty() && is_back(&line.old, number)) {
        let Some(place) = now.iter().position(|other| other.key == number.key) else { continue };
        let here = now.remove(place);
        // Whoever changed the number has looked at it.
        if here.value != number.value {
            continue;
        }
        let said = (n.saturating_sub(BACK_TO)..=n).rev().find_map(|at| said_again(&numbers[at], at == n, number));
        found.extend(said.filter(|actual| *actual != here.value).map(|actual| (here.range, actual)));
    }
    found
}

/// What a number said before of the same things, where that has changed.
fn said_again([was, is]: &[Vec<Number>; 2], is_own: bool, number: &Number) -> Option<u32> {
    let is_of_one = |a: &&Number| {
        let shared = a.key.chars().zip(number.key.chars()).take_while(|(one, other)| one == other).count();
        shared > 2 && (!is_own || a.range.start < number.range.start)
    };
    let before: Vec<&Number> = was.iter().filter(is_of_one).collect();
    let at = before.iter().rposition(|a| a.value == number.value)?;
    is.iter().filter(is_of_one).nth(at).map(|a| a.value)
}

/// Paragraphs before such a number in which another of the same things is.
const BACK_TO: usize = 40;

/// The first item of a list that does not count on from one, and which it is.
fn out_of_order(old: &str, new: &str) -> Vec<(Range, u32)> {
    let first = |what: &Counted| {
        let Counted::Items(items) = what else { return None };
        let (place, (_, range)) = (1..).zip(items).find(|(place, (value, _))| place != value)?;
        Some((*range, place))
    };
    let pairs = pairs(old, new).into_iter().filter(|((_, was), _)| first(was).is_none());
    pairs.filter_map(|(_, (_, what))| first(&what)).collect()
}

/// Sentences that stood once and stand twice.
fn said_twice(old: Version, new: Version, kept: &Kept, locale: Locale) -> Vec<Consequence> {
    const TELLING: usize = 16;
    let of = |version: Version| {
        let mut all: FxHashMap<String, Vec<(u32, Range)>> = FxHashMap::default();
        for (n, _) in version.analysis.paragraphs() {
            let text = prose(version, n as u32);
            for range in sentences(&text) {
                let sentence = range.of(&text).trim();
                if sentence.chars().filter(|c| is_han(*c)).count() >= TELLING {
                    all.entry(sentence.to_owned()).or_default().push((n as u32, range));
                }
            }
        }
        all
    };
    let (before, after) = (of(old), of(new));
    let mut found = Vec::new();
    for (sentence, places) in &after {
        let Some([(line, _)]) = before.get(sentence).map(Vec::as_slice) else { continue };
        let [one, other] = &places[..] else { continue };
        let stayed = |place: &(u32, Range)| kept.was.get(&place.0) == Some(line);
        // Which of the two is the new one must be plain.
        let (added, first) = match (stayed(one), stayed(other)) {
            (true, false) => (other, one),
            (false, true) => (one, other),
            _ => continue,
        };
        let n = first.0 + 1;
        let message = locale.pick(
            format!("这一句第 {n} 行也有，前一稿只有一处"),
            format!("這一句第 {n} 行也有，前一稿只有一處"),
            format!("the same sentence is in line {n}, and was there once before"),
        );
        found.push(Consequence { what: What::Repeated, rule: None, span: span_of(new, added.0, added.1), message });
    }
    found
}
