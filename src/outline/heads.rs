//! Which paragraphs begin with an ordinal: the tests that need the neighbours of a candidate.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Parts;
use crate::paragraph::marker::Deviation;
use crate::paragraph::{Family, Kind, Marker, Paragraph, Pattern};

/// How many ordinals away the company of an ordinal is looked for.
const WINDOW: usize = 40;
/// Fewer parallel paragraphs are chance.
const PARALLEL: usize = 3;
/// `1、` behind an unfinished line of at least this length is a page number or a torn word.
const UNFINISHED: u8 = 20;
/// In wrapped text a line this short ends a paragraph.
const SHORT_LINE: u8 = 15;
/// A full line of wrapped text may be shorter by so many characters: no mark begins a line.
const SLACK: u8 = 3;

/// The ordinal that a paragraph starts with, once it has passed the tests.
#[derive(Clone, Copy)]
pub(super) struct Head<'a> {
    pub marker: &'a Marker,
    /// Without company of its own: counts only as the odd item of a running list.
    pub tentative: bool,
}

pub(super) fn heads<'a>(lines: &'a [Arc<Paragraph>], read: &[usize], parts: &Parts) -> Vec<Option<Head<'a>>> {
    let mut found: Vec<Option<&Marker>> = Vec::with_capacity(read.len());
    for (n, &i) in read.iter().enumerate() {
        let head = lines[i].head().filter(|_| starts_paragraph(lines, read, n, parts));
        found.push(head);
    }
    leave_out_contents(lines, read, &mut found);
    let places: Vec<usize> = (0..found.len()).filter(|&n| found[n].is_some()).collect();
    let mut heads: Vec<Option<Head>> = vec![None; found.len()];
    for (k, &n) in places.iter().enumerate() {
        let Some(marker) = found[n] else { continue };
        let near: Vec<(usize, &Marker)> = places[k.saturating_sub(WINDOW)..(k + WINDOW).min(places.len())]
            .iter()
            .filter(|&&other| other != n)
            .filter_map(|&other| found[other].map(|m| (other, m)))
            .filter(|(_, m)| m.family == marker.family)
            .collect();
        if is_far_off(n, marker, &near) {
            continue;
        }
        let accompanied = is_accompanied(lines, read, n, marker, &near);
        let unsure = marker.weak || matches!(marker.deviation, Some(Deviation::ChineseMark));
        if accompanied || !(marker.family.needs_company() || unsure) {
            heads[n] = Some(Head { marker, tentative: false });
        } else if matches!(marker.family, Family::Verb('是' | '要') | Family::First | Family::NthVerb(_))
            && !marker.weak
        {
            heads[n] = Some(Head { marker, tentative: true });
        }
    }
    heads
}

/// 十一、长假: a high number without the lower ones before it or the next behind it.
fn is_far_off(n: usize, marker: &Marker, near: &[(usize, &Marker)]) -> bool {
    // 一、 二、 七、 四、: where exactly one number is missing, the high one is a slip for it.
    let before = near.iter().rev().find(|(other, _)| *other < n).map(|(_, m)| m.value);
    let after = near.iter().find(|(other, _)| *other > n).map(|(_, m)| m.value);
    let fills_a_hole = before.zip(after).is_some_and(|(before, after)| before + 2 == after);
    matches!(marker.family, Family::Chinese | Family::Stem | Family::Ledger)
        && marker.value > 3
        && !fills_a_hole
        && !near.iter().any(|&(other, m)| {
            other < n && m.value < marker.value && m.value + 3 >= marker.value
                || other > n && m.value == marker.value + 1
        })
}

/// True when other ordinals of the family make it likely that this is one.
fn is_accompanied(
    lines: &[Arc<Paragraph>],
    read: &[usize],
    n: usize,
    marker: &Marker,
    near: &[(usize, &Marker)],
) -> bool {
    if marker.family == Family::First {
        // 首先 and 最后 begin and end many a speech; only what stands between makes them a list.
        let between = |m: &Marker| matches!(m.value, 2 | 3);
        return if between(marker) {
            near.iter().any(|(_, m)| m.value == 1)
        } else {
            !(marker.weak && marker.value != 1) && near.iter().any(|(_, m)| between(m))
        };
    }
    // 四川……, 八大……: any character can follow a numeral; only a run makes it an ordinal.
    if marker.weak && matches!(marker.family, Family::Verb(_)) {
        return (1..=3).all(|n| marker.value == n || near.iter().any(|(_, m)| m.value == n));
    }
    // One that needs company itself is no company for another.
    let firm = |m: &Marker| !marker.weak || !m.weak;
    let beside = near.iter().any(|(_, m)| m.value != marker.value && m.value.abs_diff(marker.value) <= 3 && firm(m));
    let inside = lines[read[n]].inline().iter().any(|m| {
        m.family == marker.family && m.scope == 0 && m.value != marker.value && m.value.min(marker.value) <= 2
    });
    let carried =
        n > 0 && lines[read[n - 1]].inline().iter().any(|m| m.family == marker.family && m.value + 1 == marker.value);
    let repeated = near.iter().any(|(_, m)| m.value == marker.value && m.value > 1);
    beside || inside || carried || repeated
}

/// True when the line at place `n` of `read` starts a paragraph rather than going on with one.
pub(super) fn starts_paragraph(lines: &[Arc<Paragraph>], read: &[usize], n: usize, parts: &Parts) -> bool {
    let Some(previous) = n.checked_sub(1).map(|p| read[p]) else {
        return true;
    };
    let (this, before) = (&lines[read[n]].shape, &lines[previous].shape);
    let adjacent = read[n] == previous + 1;
    let (head, head_before) = (lines[read[n]].head(), lines[previous].head());
    // Behind a full line of wrapped text the paragraph of an ordinal goes on, too.
    let goes_on = head_before.is_none()
        || parts.wrapped
            && before.length + SLACK >= parts.width
            && head.is_none_or(|head| head.family.rank().is_none());
    let unfinished = !before.ends_sentence && goes_on && before.kind == Kind::Prose;
    if !adjacent || !unfinished || this.indented {
        return true;
    }
    if parts.wrapped {
        // Behind a short line a paragraph has ended, whatever it ends with.
        return before.length < SHORT_LINE;
    }
    // …提升营 / 2、商环境: a page mark inside a word.
    let torn = head.is_some_and(|h| h.family == Family::Arabic || h.family == Family::Chinese && h.deviation.is_some());
    !(torn && before.length >= UNFINISHED)
}

/// Drops the headings of a table of contents: two or more in a row, each of which comes back.
fn leave_out_contents(lines: &[Arc<Paragraph>], read: &[usize], found: &mut [Option<&Marker>]) {
    let mut later: FxHashMap<(Family, u32, &str), usize> = FxHashMap::default();
    for (n, marker) in found.iter().enumerate() {
        if let Some(m) = marker.filter(|m| m.own_line && !m.heading.is_empty()) {
            later.insert((m.family, m.value, &m.heading), n);
        }
    }
    let comes_back =
        |n: usize, m: &Marker| later.get(&(m.family, m.value, &*m.heading)).is_some_and(|&other| other > n);
    let mut n = 0;
    while n < found.len() {
        let mut end = n;
        while end < found.len()
            && found[end].is_some_and(|m| m.own_line && comes_back(end, m))
            && lines[read[end]].shape.length <= 60
        {
            end += 1;
        }
        if end - n >= 2 {
            found[n..end].fill(None);
        }
        n = end.max(n + 1);
    }
}

/// For each paragraph: whether it is one of three or more in a row that open alike.
pub(super) fn parallel(
    lines: &[Arc<Paragraph>],
    read: &[usize],
    heads: &[Option<Head>],
    parts: &Parts,
) -> Vec<Option<Pattern>> {
    let pattern = |n: usize| {
        let line = read[n];
        let opening = lines[line].structure()?.opening.as_ref()?;
        let titled = parts.title.contains(&(line as u32)) || parts.subtitle.contains(&(line as u32));
        (heads[n].is_none() && !titled).then_some(opening.pattern)
    };
    let mut out = vec![None; read.len()];
    let mut n = 0;
    while n < read.len() {
        let Some(first) = pattern(n) else {
            n += 1;
            continue;
        };
        let end = (n..read.len()).find(|&m| pattern(m) != Some(first)).unwrap_or(read.len());
        if end - n >= PARALLEL {
            out[n..end].fill(Some(first));
        }
        n = end;
    }
    out
}
