//! The tree of sections and items, from the reading of the candidates.

use std::sync::Arc;

use super::heading_candidates::{heading_candidates, parallel, starts_paragraph};
use super::reading::{Item, Reading, Spot};
use super::{ALTERNATIVE, List, Node, NodeKind, Outline, SpeechParts};
use crate::paragraph::{Family, Marker, Paragraph, Pattern};
use crate::text::Range;

/// How many candidates ahead a list is looked for that goes on behind another.
const AHEAD: usize = 400;

pub(super) fn build(lines: &[Arc<Paragraph>], parts: SpeechParts) -> Outline {
    let read: Vec<usize> =
        (0..lines.len()).filter(|&i| lines[i].is_read() && !parts.is_boilerplate(i as u32)).collect();
    let headings = heading_candidates(lines, &read, &parts);
    // In wrapped text the lines that go on with a paragraph are read together with its first.
    let mut units: Vec<(usize, usize)> = Vec::new();
    let mut n = 0;
    while n < read.len() {
        let end = (n + 1..read.len())
            .find(|&m| !parts.wrapped || starts_paragraph(lines, &read, m, &parts))
            .unwrap_or(read.len());
        units.push((n, end));
        n = end;
    }
    let (spots, ends) = spots(lines, &read, &headings, &units);
    let reading = Reading::of(&spots, lines);
    let taken: Vec<bool> = {
        let mut taken = vec![false; read.len()];
        for (unit, &(n, _)) in units.iter().enumerate() {
            let from = if unit == 0 { 0 } else { ends[unit - 1] };
            taken[n] = (from..ends[unit]).any(|i| spots[i].head && reading.items[i].is_some());
        }
        taken
    };
    let parallel = parallel(lines, &read, &taken, &parts);
    let mut chains = vec![Chain { list: None, first: u32::MAX, last: 0, members: 0 }; reading.chains as usize];
    for (spot, item) in spots.iter().zip(&reading.items) {
        if let Some(item) = item {
            let chain = &mut chains[item.chain as usize];
            chain.first = chain.first.min(spot.unit);
            chain.last = chain.last.max(spot.unit);
            chain.members += 1;
        }
    }
    let outline = Outline { parts, ..Outline::default() };
    let mut builder =
        Builder { lines, spots: &spots, reading: &reading, chains, outline, open: Vec::new(), attachments: false };
    let mut from = 0;
    for (unit, &(n, _)) in units.iter().enumerate() {
        builder.paragraph(read[n] as u32, from..ends[unit], parallel[n]);
        from = ends[unit];
    }
    builder.outline
}

/// All candidates in text order, and for each paragraph where its candidates end.
fn spots<'a>(
    lines: &'a [Arc<Paragraph>],
    read: &[usize],
    headings: &[Option<&'a Marker>],
    units: &[(usize, usize)],
) -> (Vec<Spot<'a>>, Vec<usize>) {
    let mut spots = Vec::new();
    let mut ends = Vec::with_capacity(units.len());
    for (unit, &(from, to)) in units.iter().enumerate() {
        for n in from..to {
            let line = read[n];
            let level = lines[line].structure().map_or(0, |s| s.heading);
            let spot = |index, marker, head| Spot {
                marker,
                line: line as u32,
                index,
                unit: unit as u32,
                head,
                level: if head { level } else { 0 },
            };
            if n == from {
                if let Some(head) = headings[n] {
                    spots.push(spot(None, head, true));
                    let other = lines[line].structure().and_then(|s| s.alternative.as_deref());
                    spots.extend(other.map(|other| spot(Some(ALTERNATIVE), other, true)));
                }
            } else {
                // What starts a line in the middle of a paragraph is inside it.
                spots.extend(lines[line].head().filter(|h| h.family.rank().is_none()).map(|h| spot(None, h, false)));
            }
            spots.extend(lines[line].inline().iter().zip(0..).map(|(m, i)| spot(Some(i), m, false)));
        }
        ends.push(spots.len());
    }
    (spots, ends)
}

/// A list as the reading has it.
#[derive(Clone)]
struct Chain {
    list: Option<u32>,
    /// The first and the last paragraph with an item of it.
    first: u32,
    last: u32,
    members: u32,
}

/// An item that is still open: what follows may be its child or its sibling.
struct Open {
    node: u32,
    list: u32,
    family: Family,
    /// The level of the Markdown heading that it is; 0 for other paragraphs.
    heading: u8,
}

/// An item inside the paragraph that is still open.
struct OpenInline {
    chain: u32,
    scope: u32,
    node: u32,
}

struct Builder<'a> {
    lines: &'a [Arc<Paragraph>],
    spots: &'a [Spot<'a>],
    reading: &'a Reading,
    chains: Vec<Chain>,
    outline: Outline,
    open: Vec<Open>,
    /// The attachments have begun.
    attachments: bool,
}

impl<'a> Builder<'a> {
    fn paragraph(&mut self, line: u32, spots: std::ops::Range<usize>, parallel: Option<Pattern>) {
        if self.leaves_speech(line) {
            return;
        }
        let mut base = self.open.last().map(|o| o.node);
        let head = spots.clone().find(|&n| self.spots[n].head && self.reading.items[n].is_some());
        let mut head_is_item = false;
        match head.and_then(|n| Some((n, self.reading.items[n]?))) {
            Some((n, item)) => {
                let chain = &self.chains[item.chain as usize];
                // 一是……二是…… in one paragraph: the head is the first item of a list inside it.
                head_is_item = chain.first == chain.last
                    && chain.members > 1
                    && self.spots[n].marker.family.rank().is_none_or(|rank| rank >= 3);
                if head_is_item {
                    self.close_same_kind(self.spots[n].marker);
                    base = self.open.last().map(|o| o.node);
                } else {
                    base = Some(self.section(n, item));
                }
            }
            None => base = self.heading(line).or(base),
        }
        if let Some(pattern) = parallel {
            base = Some(self.parallel(line, pattern, base));
        }
        self.inline(spots, head_is_item, base);
    }

    /// The closing belongs to no section, and what is attached behind the sections is no part of the speech.
    /// True when the line is not read.
    fn leaves_speech(&mut self, line: u32) -> bool {
        if self.outline.parts.closing == Some(line) {
            self.open.clear();
        }
        let attachment = self.lines[line as usize].structure().is_some_and(|s| s.attachment);
        self.attachments |= attachment && !self.outline.nodes.is_empty();
        self.attachments
    }

    /// An unnumbered heading of Markdown.
    fn heading(&mut self, line: u32) -> Option<u32> {
        let structure = self.lines[line as usize].structure()?;
        let (level, title) = (structure.heading, structure.title);
        let parts = &self.outline.parts;
        if level == 0 || title == Range::default() || parts.title.contains(&line) || parts.subtitle.contains(&line) {
            return None;
        }
        self.open.retain(|o| o.heading > 0);
        while self.open.last().is_some_and(|o| o.heading >= level) {
            self.open.pop();
        }
        let parent = self.open.last().map(|o| o.node);
        let family = Family::Heading(level);
        let running = self.outline.lists.iter().rposition(|l| l.parent == parent && l.family == family);
        let list = match running {
            Some(list) => list as u32,
            None => self.new_list(family, parent, false),
        };
        let node =
            self.item(line, None, Range { start: title.start, end: title.start }, title, list, NodeKind::Section);
        self.open.push(Open { node, list, family, heading: level });
        Some(node)
    }

    /// Adds the section that the candidate `n` starts.
    fn section(&mut self, n: usize, item: Item) -> u32 {
        let spot = &self.spots[n];
        let m = spot.marker;
        if let Some(list) = self.chains[item.chain as usize].list {
            if let Some(at) = self.open.iter().rposition(|o| o.list == list) {
                self.open.truncate(at);
                return self.open_item(spot, list, item);
            }
            // 二是…… as a paragraph behind ……：一是……
            let l = &self.outline.lists[list as usize];
            if l.inline || !item.fits {
                let parent = l.parent;
                if l.inline && parent.is_none_or(|p| self.open.iter().any(|o| o.node == p)) {
                    let keep = parent.map_or(0, |p| self.open.iter().position(|o| o.node == p).map_or(0, |at| at + 1));
                    self.open.truncate(keep);
                    self.outline.lists[list as usize].inline = false;
                    return self.open_item(spot, list, item);
                }
            }
        }
        if let Family::Decimal(path) = m.family {
            self.close_decimals(path);
        } else if let Some(at) = self.open.iter().rposition(|o| o.family == m.family && o.heading == spot.level) {
            self.open.truncate(at);
        }
        // A first-level heading never stands under a mere 第一，.
        let floats = |o: &Open| o.family.rank().is_none() && o.heading == 0;
        while m.family.rank().is_some_and(|r| r <= 1) && self.open.last().is_some_and(floats) {
            self.open.pop();
        }
        self.leave_plain_text(spot.level);
        let inverted = self.is_inverted(n);
        let list = self.new_list(item.family, self.open.last().map(|o| o.node), false);
        if m.family == Family::Article {
            // The articles of a regulation are numbered throughout; an excerpt begins with any of them.
            self.outline.lists[list as usize].first =
                self.last_article(list).map_or(m.value, |last| (last + 1).min(m.value));
        } else if item.fits && m.value > 1 {
            // （三） as the first below 二、 where the last below 一、 was （二）: numbered on over the sections.
            self.outline.lists[list as usize].first = m.value;
        }
        self.chains[item.chain as usize].list = Some(list);
        let node = self.open_item(spot, list, item);
        if inverted {
            self.outline.inversions.push(node);
        }
        node
    }

    /// 2.1 stands below 2. or beside 1.4, 2.1.1 below 2.1.
    fn close_decimals(&mut self, path: [u8; 3]) {
        let depth = |path: [u8; 3]| path.iter().filter(|n| **n > 0).count();
        let at =
            self.open.iter().position(|o| matches!(o.family, Family::Decimal(other) if depth(other) >= depth(path)));
        if let Some(at) = at {
            self.open.truncate(at);
        }
    }

    /// A Markdown heading stands under headings only, where there are any, and under none of its own level
    /// that has no number.
    fn leave_plain_text(&mut self, level: u8) {
        if level == 0 {
            return;
        }
        if let Some(last) = self.open.iter().rposition(|o| o.heading > 0) {
            self.open.truncate(last + 1);
        }
        while self.open.last().is_some_and(|o| matches!(o.family, Family::Heading(other) if other >= level)) {
            self.open.pop();
        }
    }

    /// True when a new list of this family would stand under a lower one, as （一） under 1. does. Behind
    /// a list of several items that does not go on it is no part of it: those are closed.
    fn is_inverted(&mut self, n: usize) -> bool {
        let Some(rank) = self.spots[n].marker.family.rank() else { return false };
        while let Some(above) = self.open.last() {
            if above.family.rank().is_none_or(|above| above <= rank) {
                return false;
            }
            let is_ancestor = |family: Family| self.open[..self.open.len() - 1].iter().any(|o| o.family == family);
            let chain = self.chains.iter().position(|c| c.list == Some(above.list));
            let goes_on = (n + 1..self.spots.len())
                .take(AHEAD)
                .filter(|&m| self.spots[m].head)
                .filter_map(|m| Some((m, self.reading.items[m]?)))
                .take_while(|(m, _)| !is_ancestor(self.spots[*m].marker.family))
                .any(|(_, item)| Some(item.chain as usize) == chain);
            let before = self.outline.inversions.iter().rev().take(AHEAD).any(|&n| {
                let node = &self.outline.nodes[n as usize];
                let parent = node.parent.and_then(|p| self.outline.nodes[p as usize].list);
                parent == Some(above.list)
            });
            if goes_on || before || self.outline.lists[above.list as usize].items.len() < 2 {
                return true;
            }
            self.open.pop();
        }
        false
    }

    /// The number of the last article before this list.
    fn last_article(&self, list: u32) -> Option<u32> {
        let before = &self.outline.lists[..list as usize];
        let last = before.iter().rev().find(|l| l.family == Family::Article)?;
        self.outline.nodes[*last.items.last()? as usize].marker_of(self.lines).map(|m| m.value)
    }

    /// Closes the sections that a head of this family would be a sibling of.
    fn close_same_kind(&mut self, m: &Marker) {
        if let Some(at) = self.open.iter().rposition(|o| o.family == m.family) {
            self.open.truncate(at);
        }
    }

    fn new_list(&mut self, family: Family, parent: Option<u32>, inline: bool) -> u32 {
        self.outline.lists.push(List { family, parent, items: Vec::new(), mismatched: Vec::new(), inline, first: 1 });
        self.outline.lists.len() as u32 - 1
    }

    fn open_item(&mut self, spot: &Spot, list: u32, item: Item) -> u32 {
        let node = self.item(spot.line, spot.index, spot.marker.range, spot.marker.title, list, NodeKind::Section);
        if item.mismatched {
            self.outline.lists[list as usize].mismatched.push(node);
        }
        self.open.push(Open { node, list, family: item.family, heading: spot.level });
        node
    }

    fn item(&mut self, line: u32, inline: Option<u32>, marker: Range, title: Range, list: u32, kind: NodeKind) -> u32 {
        let parent = self.outline.lists[list as usize].parent;
        let level = self.level_below(parent);
        let node = self.outline.nodes.len() as u32;
        self.outline.nodes.push(Node { kind, level, parent, list: Some(list), line, inline, marker, title });
        self.outline.lists[list as usize].items.push(node);
        node
    }

    fn level_below(&self, parent: Option<u32>) -> u8 {
        parent.map_or(1, |p| self.outline.nodes[p as usize].level.saturating_add(1))
    }

    fn parallel(&mut self, line: u32, pattern: Pattern, parent: Option<u32>) -> u32 {
        let opening = self.lines[line as usize].structure().and_then(|s| s.opening.as_ref());
        let title = opening.map_or(Range::default(), |o| o.title);
        let level = parent.map_or(1, |p| self.outline.nodes[p as usize].level.saturating_add(1));
        let marker = Range { start: title.start, end: title.start };
        self.outline.nodes.push(Node {
            kind: NodeKind::Parallel(pattern),
            level,
            parent,
            list: None,
            line,
            inline: None,
            marker,
            title,
        });
        self.outline.nodes.len() as u32 - 1
    }

    /// The items inside a paragraph; `with_head`: what it begins with is one of them.
    fn inline(&mut self, spots: std::ops::Range<usize>, with_head: bool, base: Option<u32>) {
        let mut stack: Vec<OpenInline> = Vec::new();
        for n in spots {
            let spot = &self.spots[n];
            let Some(item) = self.reading.items[n].filter(|_| with_head || !spot.head) else { continue };
            let scope = spot.marker.scope;
            // What stood in an earlier quotation is over.
            while stack.last().is_some_and(|top| top.scope != 0 && top.scope != scope) {
                stack.pop();
            }
            let at = stack.iter().rposition(|o| o.chain == item.chain);
            let list = match (at, self.chains[item.chain as usize].list) {
                (Some(at), Some(list)) => {
                    stack.truncate(at);
                    list
                }
                (_, Some(list)) => {
                    stack.clear();
                    list
                }
                (_, None) => {
                    // A list of the same kind is over when another begins, unless it goes on behind it.
                    let goes_on = |chain: u32| self.goes_on(chain, n);
                    while stack.last().is_some_and(|top| {
                        top.scope == scope && self.same_kind(top.chain, item.family) && !goes_on(top.chain)
                    }) {
                        stack.pop();
                    }
                    let parent = stack.last().map_or(base, |top| Some(top.node));
                    self.new_list(item.family, parent, true)
                }
            };
            self.chains[item.chain as usize].list = Some(list);
            let node = self.item(spot.line, spot.index, spot.marker.range, spot.marker.title, list, NodeKind::Item);
            if item.mismatched {
                self.outline.lists[list as usize].mismatched.push(node);
            }
            stack.push(OpenInline { chain: item.chain, scope, node });
        }
    }

    fn same_kind(&self, chain: u32, family: Family) -> bool {
        self.chains[chain as usize].list.is_some_and(|list| self.outline.lists[list as usize].family == family)
    }

    /// Whether an item of the list stands behind the candidate `n`, in the same paragraph.
    fn goes_on(&self, chain: u32, n: usize) -> bool {
        let unit = self.spots[n].unit;
        (n + 1..self.spots.len())
            .take_while(|&m| self.spots[m].unit == unit)
            .take(AHEAD)
            .any(|m| self.reading.items[m].is_some_and(|item| item.chain == chain))
    }
}
