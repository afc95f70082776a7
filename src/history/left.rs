//! What was changed at one place and is left at another: figures, dates, numbers of events, names.

use rustc_hash::{FxHashMap, FxHashSet};

use super::consequence::{Consequence, What, differs, span_of};
use super::facts::{Both, Fact, Kind};
use super::matter::{SENTENCE, is_one_matter};
use super::{Version, names};
use crate::locale::Locale;
use crate::text::Range;
use crate::text::chars::is_han;

/// Facts that stand as before where another of their places has changed.
pub(super) fn left(new: Version, lines: &[Both], locale: Locale) -> Vec<Consequence> {
    let mut found = facts(new, lines, locale);
    found.extend(names::left(new, lines, locale));
    found
}

fn is_in_one_sentence(text: &str, one: Range, other: Range) -> bool {
    let (from, to) = (one.end.min(other.end) as usize, one.start.max(other.start) as usize);
    text.get(from..to).is_some_and(|between| !between.contains(SENTENCE))
}

/// A fact that has changed.
struct Changed<'a> {
    line: &'a Both,
    from: &'a Fact,
    to: &'a Fact,
}

fn facts(new: Version, lines: &[Both], locale: Locale) -> Vec<Consequence> {
    let mut changed: Vec<Changed> = Vec::new();
    for line in lines.iter().filter(|line| line.old != line.new) {
        changed.extend(line.changed().map(|(from, to)| Changed { line, from, to }));
    }
    let wanted: FxHashSet<(Kind, i128)> = changed.iter().map(|of| (of.from.kind, of.from.value)).collect();
    // Where a fact stands that was there before.
    let mut stayed: FxHashMap<(Kind, i128), Vec<(&Both, &Fact)>> = FxHashMap::default();
    for line in lines.iter().filter(|_| !wanted.is_empty()) {
        for (m, fact) in line.after.iter().enumerate() {
            if wanted.contains(&(fact.kind, fact.value)) && line.has_kept(m) {
                stayed.entry((fact.kind, fact.value)).or_default().push((line, fact));
            }
        }
    }
    let mut found = Vec::new();
    for of in &changed {
        let places = stayed.get(&(of.from.kind, of.from.value)).map_or(&[][..], Vec::as_slice);
        if places.len() > COMMON && !is_telling(of.from) {
            continue;
        }
        for (line, fact) in places {
            let is_here = line.lines.1 == of.line.lines.1 && fact.range.start == of.to.range.start;
            // In one sentence the same figure is that of two things: 今年320亿元，去年320亿元.
            let is_beside = line.lines.1 == of.line.lines.1 && is_in_one_sentence(&line.new, of.to.range, fact.range);
            if is_here || is_beside || !is_of_one_thing(of, line, fact) {
                continue;
            }
            let what = if fact.is_date() { What::Date } else { What::Figure };
            let (from, to) = (of.from.range.of(&of.line.old), of.to.range.of(&of.line.new));
            let span = span_of(new, line.lines.1, fact.range);
            found.push(Consequence { what, rule: None, span, message: differs(from, to, locale) });
        }
    }
    found
}

/// Whether a fact that has changed and one that stayed are of one thing: by so many digits that they are the same by
/// no chance, or by the words around them.
fn is_of_one_thing(of: &Changed, line: &Both, fact: &Fact) -> bool {
    const EXACT: usize = 4;
    let digits = of.from.digits();
    if of.from.unit != fact.unit && digits < EXACT {
        return false;
    }
    let (one, other) = ((of.line.old.as_str(), of.from.range), (line.new.as_str(), fact.range));
    let behind = match of.from.kind {
        Kind::Nth => 2,
        _ => FRAME,
    };
    let is_framed =
        || is_same_before(one, other) || (digits > 1 || behind < FRAME) && is_same_behind(one, other, behind);
    let is_of_two = || match of.from.kind {
        Kind::Share => digits + 1 == TELLING && is_one_matter(one, other, &CLAUSE),
        Kind::Figure => is_counted_in(one, other, digits) && is_one_matter(one, other, &SENTENCE),
        _ => false,
    };
    is_telling(of.from) || is_framed() || is_of_two()
}

/// What stands at more places tells nothing.
const COMMON: usize = 40;
/// So many digits are the same by no chance.
const TELLING: usize = 3;

fn is_telling(fact: &Fact) -> bool {
    match fact.kind {
        Kind::Figure | Kind::Share => fact.digits() >= TELLING,
        Kind::Day => true,
        Kind::Time | Kind::Year | Kind::Nth => false,
    }
}

const CLAUSE: [char; 4] = ['，', '、', '。', '；'];

/// Whether what the one figure counts is what the other counts: the same words behind both, or, of more digits, what
/// stands behind the one in the clause of the other: 村达到42个, 42个村.
fn is_counted_in((old, a): (&str, Range), (new, b): (&str, Range), digits: usize) -> bool {
    if is_same_behind((old, a), (new, b), 2) {
        return true;
    }
    let noun: String = new[b.end as usize..].chars().take_while(|c| is_han(*c)).take(1).collect();
    let head = &old[..a.start as usize];
    let clause = &head[head.rfind(CLAUSE).map_or(0, |at| at + '，'.len_utf8())..];
    digits > 1 && !noun.is_empty() && clause.contains(&noun)
}

/// So many characters beside a figure tell what it is of.
const FRAME: usize = 4;

fn is_same_before((old, a): (&str, Range), (new, b): (&str, Range)) -> bool {
    let head =
        |text: &str, range: Range| -> Vec<char> { text[..range.start as usize].chars().rev().take(FRAME).collect() };
    head(old, a) == head(new, b)
}

fn is_same_behind((old, a): (&str, Range), (new, b): (&str, Range), least: usize) -> bool {
    let tail = |text: &str, range: Range| -> Vec<char> {
        text[range.end as usize..].chars().take(least).take_while(|c| is_han(*c)).collect()
    };
    let tail_of_old = tail(old, a);
    tail_of_old.len() == least && tail_of_old == tail(new, b)
}
