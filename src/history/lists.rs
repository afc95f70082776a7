//! Lists that counted on in the old version and do not in the new one. The rules read a list as it stands, and take
//! what begins in its middle for another; the two versions together show that it is one.

use rustc_hash::{FxHashMap, FxHashSet};

use super::consequence::{Consequence, What, counts};
use super::{Row, Version};
use crate::analysis::Speech;
use crate::locale::Locale;
use crate::outline::List;
use crate::paragraph::Marker;
use crate::text::Span;

/// A list whose items do not count on.
pub(super) struct Disorder {
    pub consequence: Consequence,
    /// The lines of its items in the new version.
    pub items: FxHashSet<u32>,
    /// It has as many items as it had.
    pub is_whole: bool,
}

/// The lines that both versions have.
pub(super) struct Kept {
    /// Of each line of the old version that of the new one.
    pub now: FxHashMap<u32, u32>,
    /// Those of the new version.
    pub lines: FxHashSet<u32>,
}

impl Kept {
    pub fn of(rows: &[Row]) -> Self {
        let pairs = || rows.iter().filter_map(|row| Some((row.old?, row.new?)));
        // Of a paragraph that was cut the first part begins as it did.
        let mut now: FxHashMap<u32, u32> = FxHashMap::default();
        pairs().for_each(|(old, new)| _ = now.entry(old).or_insert(new));
        let lines = pairs().map(|(_, new)| new).collect();
        Self { now, lines }
    }
}

pub(super) fn disorders(old: Version, new: Version, kept: &Kept, locale: Locale) -> Vec<Disorder> {
    let mut found = Vec::new();
    for (base, speech) in old.analysis.speeches() {
        let lists = speech.outline.lists.iter().enumerate().filter(|(_, list)| !list.inline && list.items.len() > 1);
        for (number, list) in lists {
            let values = speech.outline.values(number as u32, &speech.lines);
            let counts_on = values.iter().zip(list.first..).all(|(value, n)| *value == n);
            if !counts_on || values.len() != list.items.len() {
                continue;
            }
            let before: Vec<u32> = items(speech, list).map(|line| base as u32 + line).collect();
            found.extend(disorder(new, list, &before, kept, locale));
        }
    }
    found
}

/// The lines of the items of a list.
fn items<'a>(speech: &'a Speech, list: &'a List) -> impl Iterator<Item = u32> + 'a {
    list.items.iter().map(|node| speech.outline.nodes[*node as usize].line)
}

/// Where the items that stood in the lines `before` do not count on.
fn disorder(new: Version, list: &List, before: &[u32], kept: &Kept, locale: Locale) -> Option<Disorder> {
    let left: FxHashSet<u32> = before.iter().filter_map(|line| kept.now.get(line)).copied().collect();
    let (first, last) = (*left.iter().min()?, *left.iter().max()?);
    // What was put in before the first item is one, too: it stands behind what stood before the list.
    let above = before.first().and_then(|first| (0..*first).rev().take(ABOVE).find_map(|line| kept.now.get(&line)));
    let from = above.map_or(first, |line| (line + 1).min(first));
    let is_item = |line: &u32| left.contains(line) || !kept.lines.contains(line);
    let heads = (from..=last).filter(is_item).filter_map(|line| Some((line, head(new, line)?)));
    let heads: Vec<(u32, &Marker)> = heads.filter(|(_, marker)| marker.family == list.family).collect();
    // 附件：1. has its number elsewhere.
    if !left.iter().all(|line| heads.iter().any(|(head, _)| head == line)) {
        return None;
    }
    let (line, marker, wanted) = heads
        .iter()
        .zip(list.first..)
        .find_map(|((line, marker), wanted)| (marker.value != wanted).then_some((*line, *marker, wanted)))?;
    let (mark, place) = (&marker.text, wanted - list.first + 1);
    let message = misplaced(mark, place, locale);
    let range = new.analysis.paragraph(line as usize)?.to_line(marker.range);
    let consequence = Consequence { what: What::Ordinal, rule: None, span: Span::in_line(line, range), message };
    let items = heads.iter().map(|(line, _)| *line).collect();
    Some(Disorder { consequence, items, is_whole: left.len() == before.len() && heads.len() == before.len() })
}

pub(super) fn misplaced(mark: &str, place: u32, locale: Locale) -> String {
    locale.pick(
        format!("编号接不上：“{mark}”现在是这一列的第 {place} 项"),
        format!("編號接不上：「{mark}」現在是這一列的第 {place} 項"),
        format!("‘{mark}’ is item {place} of its list now"),
    )
}

/// The counts that lists fitted and do not any more, whatever their numbers say.
pub(super) fn miscounted(old: Version, new: Version, kept: &Kept, locale: Locale) -> Vec<Consequence> {
    let mut found = Vec::new();
    for (base, speech) in old.analysis.speeches() {
        for binding in speech.outline.bindings.iter().filter(|binding| binding.agrees() && !binding.has_extra) {
            let Some(list) = binding.list.map(|list| &speech.outline.lists[list as usize]) else { continue };
            let Some(line) = kept.now.get(&(base as u32 + binding.line)).copied() else { continue };
            let announcement = &speech.lines[binding.line as usize].announcements()[binding.announcement as usize];
            if list.inline || list.first != 1 {
                continue;
            }
            let Some(paragraph) = new.analysis.paragraph(line as usize) else { continue };
            let said = paragraph.inner().announcements().iter().find(|other| other.text == announcement.text);
            let before: Vec<u32> = items(speech, list).map(|line| base as u32 + line).collect();
            let Some((said, actual)) = said.zip(length(new, list, &before, kept)) else { continue };
            if actual != binding.count {
                let message = counts(&said.text, actual, locale);
                let span = Span::in_line(line, paragraph.to_line(said.range));
                found.push(Consequence { what: What::Count, rule: None, span, message });
            }
        }
    }
    found
}

/// A list of paragraphs of the old version, with the lines of its items.
pub(super) struct Known<'a> {
    list: &'a List,
    lines: Vec<u32>,
}

/// The lists of the old version by where they end.
pub(super) fn known(old: Version<'_>) -> Vec<Known<'_>> {
    let mut all: Vec<Known> = Vec::new();
    for (base, speech) in old.analysis.speeches() {
        for list in speech.outline.lists.iter().filter(|list| !list.inline) {
            let lines = items(speech, list).map(|line| base as u32 + line).collect();
            all.push(Known { list, lines });
        }
    }
    all.sort_by_key(|known| known.lines.last().copied());
    all
}

/// How many items the last list before a line of the old version has now, that had so many.
pub(super) fn length_before(new: Version, all: &[Known], line: u32, count: u32, kept: &Kept) -> Option<u32> {
    /// So many lists before it are looked at.
    const LOOKED_AT: usize = 16;
    let until = all.partition_point(|known| known.lines.last().is_some_and(|last| *last < line));
    let of = all[..until].iter().rev().take(LOOKED_AT).find(|known| known.lines.len() == count as usize)?;
    length(new, of.list, &of.lines, kept)
}

/// How many items a list has now, with those put behind its last one.
fn length(new: Version, list: &List, before: &[u32], kept: &Kept) -> Option<u32> {
    let left: FxHashSet<u32> = before.iter().filter_map(|line| kept.now.get(line)).copied().collect();
    let (first, last) = (*left.iter().min()?, *left.iter().max()?);
    let mut count = left.len() as u32;
    for line in first..new.lines.line_count() as u32 {
        let Some(marker) = head(new, line).filter(|marker| marker.family == list.family) else { continue };
        let is_new = !kept.lines.contains(&line);
        if line > last && (!is_new || marker.value == 1) {
            break;
        }
        count += u32::from(is_new);
    }
    Some(count)
}

/// How many lines above a list are looked at.
const ABOVE: usize = 20;

fn head<'a>(version: Version<'a>, line: u32) -> Option<&'a Marker> {
    version.analysis.paragraph(line as usize)?.inner().head().filter(|marker| marker.doubt.is_none())
}
