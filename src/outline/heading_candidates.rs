//! Which paragraphs begin with an ordinal: the tests that need the neighbours of a candidate.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::SpeechParts;
use crate::paragraph::{Family, Kind, Marker, Paragraph, Pattern};

/// Fewer parallel paragraphs are chance.
const PARALLEL: usize = 3;
/// `1、` behind an unfinished line of at least this length is a page number or a torn word.
const UNFINISHED: u8 = 20;
/// In wrapped text a line this short ends a paragraph.
const SHORT_LINE: u8 = 15;
/// A full line of wrapped text may be shorter by so many characters: no mark begins a line.
const SLACK: u8 = 3;

/// The candidates that paragraphs start with.
pub(super) fn heading_candidates<'a>(
    lines: &'a [Arc<Paragraph>],
    read: &[usize],
    parts: &SpeechParts,
) -> Vec<Option<&'a Marker>> {
    let mut found: Vec<Option<&Marker>> = Vec::with_capacity(read.len());
    for (n, &i) in read.iter().enumerate() {
        let head = lines[i].head().filter(|_| starts_paragraph(lines, read, n, parts));
        found.push(head);
    }
    leave_out_contents(lines, read, &mut found);
    found
}

/// True when the line at place `n` of `read` starts a paragraph rather than going on with one.
pub(super) fn starts_paragraph(lines: &[Arc<Paragraph>], read: &[usize], n: usize, parts: &SpeechParts) -> bool {
    let Some(previous) = n.checked_sub(1).map(|p| read[p]) else {
        return true;
    };
    let (this, before) = (&lines[read[n]].structural, &lines[previous].structural);
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

/// Drops the headings of a table of contents: two or more in a row, each of which comes back behind them, with
/// text between.
fn leave_out_contents(lines: &[Arc<Paragraph>], read: &[usize], found: &mut [Option<&Marker>]) {
    let mut later: FxHashMap<(Family, u32, &str), usize> = FxHashMap::default();
    for (n, marker) in found.iter().enumerate() {
        if let Some(m) = marker.filter(|m| m.own_line && !m.heading.is_empty()) {
            later.insert((m.family, m.value, &m.heading), n);
        }
    }
    let comes_back =
        |n: usize, m: &Marker| later.get(&(m.family, m.value, &*m.heading)).copied().filter(|&other| other > n);
    let mut n = 0;
    while n < found.len() {
        let mut end = n;
        let (mut first, mut last) = (None, 0);
        while let Some(m) = found.get(end).copied().flatten().filter(|m| m.own_line)
            && let Some(other) = comes_back(end, m)
            && lines[read[end]].structural.length <= 60
            && first.is_none_or(|first| other > first && first > end)
        {
            first.get_or_insert(other);
            last = other;
            end += 1;
        }
        if end - n >= 2 && first.is_some_and(|first| first >= end && last - first > end - 1 - n) {
            found[n..end].fill(None);
        }
        n = end.max(n + 1);
    }
}

/// For each paragraph: whether it is one of three or more in a row that open alike.
pub(super) fn parallel(
    lines: &[Arc<Paragraph>],
    read: &[usize],
    taken: &[bool],
    parts: &SpeechParts,
) -> Vec<Option<Pattern>> {
    let pattern = |n: usize| {
        let line = read[n];
        let opening = lines[line].structure()?.opening.as_ref()?;
        let titled = parts.title.contains(&(line as u32)) || parts.subtitle.contains(&(line as u32));
        (!taken[n] && !titled).then_some(opening.pattern)
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
