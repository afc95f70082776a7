//! What is known of a list that a count may be about.

use std::sync::Arc;

use crate::outline::{List, Node, NodeKind, Outline};
use crate::paragraph::announcement::{Announcement, Place, Sign};
use crate::paragraph::marker::LAST;
use crate::paragraph::{Family, Marker, Paragraph};
use crate::text::chars::simplified;

use super::points::recurs_in;

/// How many lines behind a list, and candidates in each, its next number is looked for.
const RUN_ON: usize = 16;
/// How close to the first item an announcement in its paragraph ends that stands right before it, in bytes.
const NEAR: u32 = 8;

/// A candidate: line, place in the line's announcements, and the announcement.
pub(super) type Candidate<'a> = (u32, u32, &'a Announcement);

pub(super) fn announcements(lines: &[Arc<Paragraph>], line: u32) -> impl Iterator<Item = Candidate<'_>> {
    lines[line as usize].announcements().iter().enumerate().map(move |(i, a)| (line, i as u32, a))
}

/// True for an item inside a paragraph.
pub(super) fn is_inside(node: &Node) -> bool {
    node.kind == NodeKind::Item && node.inline.is_some()
}

/// What is known of a list, whatever is said to announce it.
pub(super) struct Facts<'a> {
    outline: &'a Outline,
    lines: &'a [Arc<Paragraph>],
    pub list: &'a List,
    index: u32,
    first: &'a Node,
    markers: Vec<&'a Marker>,
    pub headings: Vec<String>,
    /// The number of the last item, where it has one that differs from its place.
    last: Option<u32>,
    broken: bool,
}

impl<'a> Facts<'a> {
    pub fn of(outline: &'a Outline, lines: &'a [Arc<Paragraph>], index: u32) -> Self {
        let list = &outline.lists[index as usize];
        let first = &outline.nodes[list.items[0] as usize];
        let nodes = list.items.iter().map(|&n| &outline.nodes[n as usize]);
        let name = |node: &Node| match node.marker_of(lines) {
            Some(m) => m.heading.chars().map(simplified).collect(),
            None => lines[node.line as usize].structure().map_or("", |s| &s.name).chars().map(simplified).collect(),
        };
        let values = outline.values(index, lines);
        let broken = values.iter().enumerate().any(|(i, v)| *v != list.first + i as u32) || list.first > 1;
        Facts {
            outline,
            lines,
            list,
            index,
            first,
            markers: outline.markers(index, lines),
            headings: nodes.map(name).collect(),
            last: values.last().copied().filter(|_| broken),
            broken,
        }
    }

    pub fn holds(&self, name: &str, (line, _, a): Candidate) -> bool {
        let here = is_inside(self.first) && line == self.first.line;
        let near = here && self.first.marker.start.saturating_sub(a.sentence_end) <= NEAR;
        let above = line < self.first.line;
        let between = || (line + 1..self.first.line).any(|l| self.lines[l as usize].is_read());
        match name {
            "heading" => a.place == Place::Heading,
            "adjacent" => near,
            "apart" => here && !near,
            "previous" => above && !between(),
            "further" => above && between(),
            "unit" => self.is_unit(a),
            "recurs-all" | "recurs-most" | "last-character" | "frame" | "bare" => {
                recurs_in(&self.headings, a, name, self.is_unit(a))
            }
            "bare-further" => above && between() && recurs_in(&self.headings, a, "bare", self.is_unit(a)),
            "inline" => self.list.inline,
            "presents" => (near || above && !between()) && a.signs.has(Sign::Closes) && a.signs.has(Sign::Colon),
            "broken" => self.broken,
            family => self.family() == family,
        }
    }

    /// How many items there are for this announcement. 四点：第一、第二、第四: the last number tells that one is missing in
    /// the middle.
    pub fn actual(&self, a: &Announcement) -> u32 {
        if self.last == Some(a.count) { a.count } else { self.list.items.len() as u32 }
    }

    pub fn ends_with_last(&self) -> bool {
        self.markers.last().is_some_and(|m| m.value == LAST)
    }

    pub fn is_open(&self, announcement: u32) -> bool {
        is_inside(self.first) && (self.begins_anew() || self.is_shared(announcement))
            || self.last_node().zip(self.markers.last()).is_some_and(|(n, m)| self.runs_on(n, m))
    }

    fn family(&self) -> &'static str {
        match self.list.family {
            Family::Nth => "nth",
            Family::NthNoun(_) | Family::Label(_) => "nth-noun",
            Family::NthVerb(_) | Family::Verb('是' | '要') => "shi",
            Family::Verb(_) => "verb",
            Family::Chinese | Family::Ledger | Family::Chapter(_) => "cn-dun",
            Family::ChineseParen => "cn-paren",
            Family::Arabic | Family::ArabicParen | Family::Circled => "arabic",
            Family::First => "first",
            Family::Heading(_) => "markdown",
            _ => "other",
        }
    }

    /// 四件实事 and 第一件，: the ordinals count in the measure or the noun of the announcement.
    pub fn is_unit(&self, a: &Announcement) -> bool {
        match self.list.family {
            Family::NthNoun(word) | Family::Label(word) => {
                let word = word.to_string();
                a.unit.starts_with(&word)
                    || !a.noun.is_empty() && a.noun.starts_with(&word)
                    || word.starts_with(&*a.unit)
            }
            // 三问：一问……
            Family::Verb(verb) => a.unit.chars().eq([verb]),
            _ => false,
        }
    }

    fn last_node(&self) -> Option<&'a Node> {
        self.list.items.last().map(|&n| &self.outline.nodes[n as usize])
    }

    /// 讲三点：一是……二是…… and, further on, 第三，……: the next number stands behind the list and belongs to no
    /// list that has the numbers before it.
    fn runs_on(&self, last: &Node, marker: &Marker) -> bool {
        let (outline, lines) = (self.outline, self.lines);
        let floats =
            |family: Family| family.rank().is_none() && !matches!(family, Family::Decimal(_) | Family::Label(_));
        let next = if marker.value == LAST { 0 } else { marker.value + 1 };
        // 一是……二是……三、……: after ordinals that belong to no level any may follow.
        let goes_on = |m: &Marker| m.value == next && (m.family == marker.family || floats(marker.family));
        // The item of a list that has the numbers before it is no sign. Nodes stand in text order.
        let may_go_on = |line: usize, m: &Marker| {
            let place = (line as u32, m.range.start);
            let n = outline.nodes.partition_point(|node| (node.line, node.marker.start) < place);
            let node = outline.nodes.get(n).filter(|node| (node.line, node.marker.start) == place);
            node.and_then(|node| Some(outline.lists[node.list? as usize].items.first() == Some(&(n as u32))))
                .unwrap_or(true)
        };
        let from = last.line as usize;
        for (line, paragraph) in lines.iter().enumerate().skip(from).take(RUN_ON) {
            let inline = paragraph.inline();
            let behind = if line == from { inline.partition_point(|m| m.range.start <= last.marker.start) } else { 0 };
            let head = paragraph.head().filter(|_| line > from);
            let mut all = head.into_iter().chain(inline[behind..].iter().take(RUN_ON));
            if all.any(|m| goes_on(m) && may_go_on(line, m)) {
                return true;
            }
            // A heading ends what it stands behind.
            if head.is_some_and(|m| m.family.rank().is_some()) {
                break;
            }
        }
        false
    }

    /// 两个序列：一要……三要……；一要……: the list begins anew in its paragraph, and nothing announces that.
    fn begins_anew(&self) -> bool {
        let Some(last) = self.markers.last() else { return false };
        let outline = self.outline;
        let anew = |l: &&List| {
            let node = l.items.first().map(|&n| &outline.nodes[n as usize]);
            l.family == self.list.family
                && l.inline
                && node.is_some_and(|n| n.line == self.first.line && n.marker.start > last.range.start)
        };
        let behind = outline.lists[self.index as usize + 1..].iter().take(8).find(anew);
        behind.and_then(|l| outline.nodes.get(*l.items.first()? as usize)).is_some_and(|n| {
            !announcements(self.lines, n.line)
                .any(|(_, _, o)| o.sentence_end <= n.marker.start && o.range.start > last.range.end)
        })
    }

    /// 四种类型：一是……，二是……。还有两类，一类……，另一类……: the rest is counted by itself.
    pub fn goes_on(&self, a: &Announcement, actual: u32) -> bool {
        let Some(last) = self.last_node() else { return false };
        let measure = a.unit.chars().next();
        announcements(self.lines, last.line).any(|(_, _, o)| {
            o.range.start > last.marker.end
                && actual + o.count == a.count
                && (o.unit.chars().next() == measure || a.unit.contains(&*o.unit))
        })
    }

    /// 讲三点：一是……三是……。我再补充两点：四是……: another announcement stands among the items.
    fn is_shared(&self, announcement: u32) -> bool {
        let Some(last) = self.markers.last() else { return false };
        let first = self.first.marker.end;
        announcements(self.lines, self.first.line).any(|(_, i, a)| {
            i != announcement
                && a.signs.has(Sign::Colon)
                && a.signs.has(Sign::Closes)
                && a.range.start > first
                && a.range.end < last.range.start
        })
    }
}
