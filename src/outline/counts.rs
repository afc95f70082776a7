//! Which announced count belongs to which list.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::{List, Node, NodeKind, Outline};
use crate::paragraph::announcement::{Announcement, Place};
use crate::paragraph::{Family, Marker, Paragraph};
use crate::settings::Severity;
use crate::text::chars::simplified;

/// How many lines behind a list, and candidates in each, its next number is looked for.
const RUN_ON: usize = 16;

/// A list and the count that announces it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    pub list: u32,
    pub line: u32,
    /// Which announcement of that line.
    pub announcement: u32,
    /// A second mention of the same count, if any: line and announcement.
    pub also: Option<(u32, u32)>,
    pub count: u32,
    /// How many items there are.
    pub actual: u32,
    /// How sure the binding is, as the severity a mismatch deserves.
    pub severity: Severity,
    /// The announcement is the speaker's own: 我讲三点意见.
    pub spoken: bool,
    /// An unnumbered 此外 or 另外 stands behind the last item: one more may have been counted.
    pub has_extra: bool,
}

impl Binding {
    pub fn agrees(&self) -> bool {
        self.count == self.actual || self.has_extra && self.count == self.actual + 1
    }
}

/// A candidate: line, place in the line's announcements, and the announcement.
type Candidate<'a> = (u32, u32, &'a Announcement);

pub(super) fn bind(outline: &Outline, lines: &[Arc<Paragraph>]) -> Vec<Binding> {
    let mut bindings: Vec<Binding> =
        (0..outline.lists.len() as u32).filter_map(|list| bind_list(outline, lines, list)).collect();
    // 四项议程: the items, and later 进行第二项议程: where one list is what was announced, the others are not.
    let kept: FxHashSet<(u32, u32)> =
        bindings.iter().filter(|b| b.agrees()).map(|b| (b.line, b.announcement)).collect();
    bindings.retain(|b| b.agrees() || !kept.contains(&(b.line, b.announcement)));
    bindings
}

/// 讲三点：一是……二是…… and, further on, 第三，……: the next number stands behind the list and belongs to no
/// list that has the numbers before it.
fn runs_on(outline: &Outline, lines: &[Arc<Paragraph>], last: &Node, marker: &Marker) -> bool {
    let floats = |family: Family| family.rank().is_none() && !matches!(family, Family::Decimal(_) | Family::Label(_));
    let goes_on = |m: &Marker| {
        m.value == marker.value + 1 && (m.family == marker.family || floats(m.family) && floats(marker.family))
    };
    // The item of a list that has the numbers before it is no sign. Nodes stand in text order.
    let may_go_on = |line: usize, m: &Marker| {
        let place = (line as u32, m.range.start);
        let n = outline.nodes.partition_point(|node| (node.line, node.marker.start) < place);
        let node = outline.nodes.get(n).filter(|node| (node.line, node.marker.start) == place);
        node.and_then(|node| Some(outline.lists[node.list? as usize].items.first() == Some(&(n as u32))))
            .unwrap_or(true)
    };
    let from = last.line as usize;
    // A heading ends what it stands behind.
    let ends = |line: usize| line > from && lines[line].head().is_some_and(|m| m.family.rank().is_some());
    (from..lines.len().min(from + RUN_ON)).take_while(|&line| !ends(line)).any(|line| {
        let inline = lines[line].inline();
        let behind = if line == from { inline.partition_point(|m| m.range.start <= last.marker.start) } else { 0 };
        let head = lines[line].head().filter(|_| line > from);
        head.into_iter().chain(inline[behind..].iter().take(RUN_ON)).any(|m| goes_on(m) && may_go_on(line, m))
    })
}

fn bind_list(outline: &Outline, lines: &[Arc<Paragraph>], list_index: u32) -> Option<Binding> {
    let list = &outline.lists[list_index as usize];
    if let Family::Heading(_) = list.family {
        return bind_headings(outline, lines, list_index);
    }
    // 最后 has no number; pairs are never counted; a list that starts again is two lists.
    if list.family.is_unnumbered() || matches!(list.family, Family::Comes(_)) || list.items.len() < 2 && list.inline {
        return None;
    }
    let first = &outline.nodes[*list.items.first()? as usize];
    let markers: Vec<_> = list.items.iter().filter_map(|&n| outline.nodes[n as usize].marker_of(lines)).collect();
    if markers.iter().skip(1).filter(|m| m.value == 1).count() > 1 || markers.iter().skip(2).any(|m| m.value == 1) {
        return None;
    }
    let announcements =
        |line: u32| lines[line as usize].announcements().iter().enumerate().map(move |(i, a)| (line, i as u32, a));
    let heading: Vec<Candidate> = match list.parent.map(|p| &outline.nodes[p as usize]) {
        Some(parent) if parent.kind == NodeKind::Section => {
            announcements(parent.line).filter(|(_, _, a)| a.place == Place::Heading).collect()
        }
        _ => Vec::new(),
    };
    let in_paragraph = first.kind == NodeKind::Item && first.inline.is_some();
    let before: Vec<Candidate> = if in_paragraph {
        announcements(first.line)
            .filter(|(_, _, a)| a.sentence_end <= first.marker.start && first.marker.start - a.sentence_end <= 8)
            .collect()
    } else {
        let previous = (0..first.line).rev().find(|&l| lines[l as usize].is_read() && !outline.parts.is_boilerplate(l));
        previous.map_or(Vec::new(), |l| {
            announcements(l)
                .filter(|(_, _, a)| {
                    a.place == Place::Last || list.parent.is_some_and(|p| outline.nodes[p as usize].line == l)
                })
                .collect()
        })
    };
    let headings: Vec<String> = markers.iter().map(|m| m.heading.chars().map(simplified).collect()).collect();
    let recurs = |a: &Announcement| {
        let tail: String = a.noun.chars().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect();
        if tail.chars().count() < 2 {
            return false;
        }
        let hit = |heading: &&String| match tail.as_str() {
            "硬仗" => heading.contains(['仗', '战']),
            tail => heading.contains(tail),
        };
        headings.iter().filter(hit).count() * 2 >= headings.len()
    };

    let own_word = |c: &&Candidate| c.2.spoken;
    let lead_word = || {
        let (from, to) = outline.parts.lead.filter(|_| list.parent.is_none() && !list.inline)?;
        (from..=to.min(first.line.saturating_sub(1)))
            .rev()
            .find_map(|l| announcements(l).rfind(|(_, _, a)| a.spoken && a.place == Place::Last))
    };
    let top = list.parent.is_none() && !in_paragraph;
    let chosen: (Candidate, Severity) =
        if let Some(c) = before.iter().rev().find(own_word).filter(|c| top || c.2.colon || c.2.closes_sentence) {
            (*c, Severity::Warning)
        } else if let Some(c) = top.then(lead_word).flatten() {
            (c, Severity::Warning)
        } else if let Some(c) = before.iter().rev().find(|c| c.2.colon && c.2.closes_sentence) {
            (*c, Severity::Warning)
        } else if let Some(c) = before
            .iter()
            .rev()
            .find(|c| (c.2.colon && c.2.is_abstract) || c.2.closes_sentence && (recurs(c.2) || c.2.is_abstract))
        {
            (*c, if c.2.colon || recurs(c.2) { Severity::Warning } else { Severity::Information })
        } else {
            let c = heading.iter().rev().find(|c| recurs(c.2) || c.2.is_abstract)?;
            (*c, if recurs(c.2) { Severity::Warning } else { Severity::Information })
        };
    let ((line, announcement, a), severity) = chosen;
    // 讲三点：一是……三是……。我再补充两点：四是……: two announcements share the list.
    let last = markers.last()?;
    if in_paragraph
        && announcements(first.line).any(|(_, _, a)| {
            a.colon && a.closes_sentence && a.range.start > first.marker.end && a.range.end < last.range.start
        })
    {
        return None;
    }
    // 讲三个问题，每个问题讲两点: another count of the sentence fits.
    let actual = list.items.len() as u32;
    let fits = |o: &Announcement| o.sentence_end == a.sentence_end && o.count == actual;
    if a.count != actual && announcements(line).any(|(_, _, o)| fits(o)) {
        return None;
    }
    if a.count > actual && list.items.last().is_some_and(|&n| runs_on(outline, lines, &outline.nodes[n as usize], last))
    {
        return None;
    }
    // 两个序列：一要……三要……；一要……: the list begins anew in its paragraph.
    let anew = |l: &List| {
        let node = l.items.first().map(|&n| &outline.nodes[n as usize]);
        l.family == list.family
            && l.inline
            && node.is_some_and(|n| n.line == first.line && n.marker.start > last.range.start)
    };
    if a.count != actual && in_paragraph && !list.items.is_empty() {
        let behind = outline.lists[list_index as usize + 1..].iter().take(8).find(|l| anew(l));
        let announced = behind.and_then(|l| outline.nodes.get(*l.items.first()? as usize)).is_some_and(|n| {
            announcements(n.line).any(|(_, _, o)| o.sentence_end <= n.marker.start && o.range.start > last.range.end)
        });
        if behind.is_some() && !announced {
            return None;
        }
    }
    let also = before
        .iter()
        .chain(&heading)
        .find(|c| c.2.count == a.count && (c.0, c.1) != (line, announcement))
        .map(|c| (c.0, c.1));
    let has_extra = has_extra(outline, lines, list);
    Some(Binding {
        list: list_index,
        line,
        announcement,
        also,
        count: a.count,
        actual,
        severity,
        spoken: a.spoken,
        has_extra,
    })
}

/// Unnumbered headings are the items of what the speaker announces: 我讲三点意见 above three of them.
fn bind_headings(outline: &Outline, lines: &[Arc<Paragraph>], list_index: u32) -> Option<Binding> {
    let list = &outline.lists[list_index as usize];
    let first = &outline.nodes[*list.items.first()? as usize];
    // Numbered sections beside them may be the items.
    let numbered = outline.lists.iter().any(|l| l.parent == list.parent && l.family != list.family && !l.inline);
    if numbered || list.items.len() < 2 {
        return None;
    }
    let line = (0..first.line).rev().find(|&l| lines[l as usize].is_read() && !outline.parts.is_boilerplate(l))?;
    let (index, a) = lines[line as usize]
        .announcements()
        .iter()
        .enumerate()
        .rfind(|(_, a)| a.spoken && a.place == Place::Last && a.closes_sentence)?;
    Some(Binding {
        list: list_index,
        line,
        announcement: index as u32,
        also: None,
        count: a.count,
        actual: list.items.len() as u32,
        severity: Severity::Warning,
        spoken: true,
        has_extra: has_extra(outline, lines, list),
    })
}

/// True when an unnumbered item may follow the last numbered one: 此外，…… behind it in the paragraph of
/// an inline list, or at the start of a paragraph behind a list of paragraphs.
fn has_extra(outline: &Outline, lines: &[Arc<Paragraph>], list: &List) -> bool {
    let Some(&index) = list.items.last() else {
        return false;
    };
    let last = &outline.nodes[index as usize];
    let extra = |line: u32| lines[line as usize].structure().and_then(|s| s.extra.map(|at| (at, at == s.start)));
    if last.kind == NodeKind::Item {
        return extra(last.line).is_some_and(|(at, _)| at > last.marker.start);
    }
    let end = outline.last_line(index, lines.len());
    (last.line + 1..=end).any(|line| extra(line).is_some_and(|(_, at_start)| at_start))
}
