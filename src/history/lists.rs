//! Lists that counted on in the old version and do not in the new one. The rules read a list as it stands, and take
//! what begins in its middle for another; the two versions together show that it is one.

use rustc_hash::{FxHashMap, FxHashSet};

use super::consequence::{Consequence, What, counts};
use super::facts::Both;
use super::words::words;
use super::{Row, Version};
use crate::analysis::Speech;
use crate::locale::Locale;
use crate::outline::List;
use crate::paragraph::Marker;
use crate::rules::dates::number_after;
use crate::text::chars::{before, last_sentence};
use crate::text::{Range, Span};

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
    /// And of each line of the new version that of the old one.
    pub was: FxHashMap<u32, u32>,
}

impl Kept {
    pub fn of(rows: &[Row]) -> Self {
        let pairs = || rows.iter().filter_map(|row| Some((row.old?, row.new?)));
        // Of a paragraph that was cut the first part begins as it did.
        let mut now: FxHashMap<u32, u32> = FxHashMap::default();
        pairs().for_each(|(old, new)| _ = now.entry(old).or_insert(new));
        let was = pairs().map(|(old, new)| (new, old)).collect();
        Self { now, was }
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
    let is_item = |line: &u32| left.contains(line) || !kept.was.contains_key(line);
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
    pub list: &'a List,
    pub lines: Vec<u32>,
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

/// How many items a list has now, with those put behind its last one.
pub(super) fn length(new: Version, list: &List, before: &[u32], kept: &Kept) -> Option<u32> {
    let left: FxHashSet<u32> = before.iter().filter_map(|line| kept.now.get(line)).copied().collect();
    let (first, last) = (*left.iter().min()?, *left.iter().max()?);
    let mut count = left.len() as u32;
    for line in first..new.lines.line_count() as u32 {
        let Some(marker) = head(new, line).filter(|marker| marker.family == list.family) else { continue };
        let is_new = !kept.was.contains_key(&line);
        if line > last && (!is_new || marker.value == 1) {
            break;
        }
        count += u32::from(is_new);
    }
    Some(count)
}

/// An item of a list of the old version that was told of by its place: 第四条, 前面讲的第二点.
pub(super) struct Told {
    /// Where in the new version.
    pub line: u32,
    pub range: Range,
    /// The line of the item in the old version, and of what has its place now.
    pub was: u32,
    pub is: Option<u32>,
}

/// The items that are told of by their places behind their lists, and have other places or are gone.
pub(super) fn misled(old: Version, new: Version, lines: &[Both], kept: &Kept) -> Vec<Told> {
    /// Lines behind a list.
    const FAR: u32 = 60;
    let all = known(old);
    let mut found = Vec::new();
    let now = |line: u32| kept.now.get(&line).copied();
    for both in lines.iter().filter(|line| line.new.contains('第')) {
        let (was, line) = both.lines;
        let mut texts: Vec<(Range, u32)> = places(&both.new);
        for (range, value) in places(&both.old) {
            let text = range.of(&both.old);
            let Some(n) = texts.iter().position(|(other, _)| other.of(&both.new) == text) else { continue };
            let (here, _) = texts.remove(n);
            let is_before = |known: &&Known| known.lines.last().is_some_and(|last| *last < was && was - *last < FAR);
            let Some(list) = all.iter().rev().filter(is_before).find(|known| known.lines.len() >= value as usize)
            else {
                continue;
            };
            if list.list.first != 1 {
                continue;
            }
            let target = list.lines[value as usize - 1];
            let marker = |line: u32| head(new, line).map(|marker| marker.value);
            let has_place = |line: &u32| marker(*line) == Some(value);
            if now(target).as_ref().is_some_and(has_place) {
                continue;
            }
            // Items that were put in have places, too.
            let left: Vec<u32> = list.lines.iter().filter_map(|line| now(*line)).collect();
            let Some((first, last)) = left.iter().min().zip(left.iter().max()) else { continue };
            let is = (*first..=last + ABOVE as u32)
                .find(|line| has_place(line) && (left.contains(line) || !kept.was.contains_key(line)));
            found.push(Told { line, range: here, was: target, is });
        }
    }
    found
}

/// The places of items in a text that are told of: not its own, and not those of a law.
fn places(text: &str) -> Vec<(Range, u32)> {
    const MOST: u32 = 20;
    let of = |(at, _): (usize, &str)| {
        let (value, end) = number_after(text, at + '第'.len_utf8())?;
        let measure = words("places").split(' ').find(|measure| text[end..].starts_with(measure))?;
        let head = &text[last_sentence(&text[..at])..at];
        let is_own = head.trim_matches(|c: char| !c.is_alphanumeric()).is_empty();
        let is_of_law = head.contains('《') || before(text, at).is_some_and(|c| words("of-law").contains(c));
        let is_one = (1..=MOST).contains(&value) && !is_own && !is_of_law;
        is_one.then(|| (Range::new(at, end + measure.len()), value))
    };
    text.match_indices('第').filter_map(of).collect()
}

/// How many lines above a list are looked at.
const ABOVE: usize = 20;

fn head<'a>(version: Version<'a>, line: u32) -> Option<&'a Marker> {
    version.analysis.paragraph(line as usize)?.inner().head().filter(|marker| marker.doubt.is_none())
}
