//! The tree of sections and items, from the candidate ordinals of the paragraphs.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::heads::{Head, heads, parallel, starts_paragraph};
use super::{List, Node, NodeKind, Outline, Parts};
use crate::paragraph::marker::{Group, LAST};
use crate::paragraph::{Family, Marker, Paragraph, Pattern};
use crate::text::Range;

/// How many paragraphs ahead a list is looked for that goes on behind another.
const AHEAD: usize = 400;

pub(super) fn build(lines: &[Arc<Paragraph>], parts: Parts) -> Outline {
    let read: Vec<usize> =
        (0..lines.len()).filter(|&i| lines[i].is_read() && !parts.is_boilerplate(i as u32)).collect();
    let heads = heads(lines, &read, &parts);
    let parallel = parallel(lines, &read, &heads, &parts);
    let outline = Outline { parts, ..Outline::default() };
    let mut builder =
        Builder { lines, outline, open: Vec::new(), carry: Vec::new(), waiting: None, attachments: false };
    let mut n = 0;
    while n < read.len() {
        // In wrapped text the lines that go on with a paragraph are read together with its first.
        let end = (n + 1..read.len())
            .find(|&m| !builder.outline.parts.wrapped || starts_paragraph(lines, &read, m, &builder.outline.parts))
            .unwrap_or(read.len());
        let inline = candidates(lines, &read[n..end]);
        builder.paragraph(read[n] as u32, heads[n], parallel[n], &inline, &heads[end..]);
        n = end;
    }
    builder.outline
}

/// A candidate inside a paragraph: its line, which of the line's markers it is, and the marker.
#[derive(Clone, Copy)]
struct Candidate<'a> {
    line: u32,
    index: Option<u32>,
    marker: &'a Marker,
}

/// The candidates inside the paragraph that these lines are.
fn candidates<'a>(lines: &'a [Arc<Paragraph>], paragraph: &[usize]) -> Vec<Candidate<'a>> {
    let mut all = Vec::new();
    for (k, &line) in paragraph.iter().enumerate() {
        let of = |index, marker| Candidate { line: line as u32, index, marker };
        // What starts a line in the middle of a paragraph is inside it.
        all.extend(lines[line].head().filter(|h| k > 0 && h.family.rank().is_none()).map(|h| of(None, h)));
        all.extend(lines[line].inline().iter().zip(0..).map(|(m, i)| of(Some(i), m)));
    }
    all
}

/// `b` is the next item behind `a`, also where 最后 closes a list.
const fn follows(a: u32, b: u32) -> bool {
    b == a + 1 || b == LAST && a < LAST
}

/// An item that is still open: what follows may be its child or its sibling.
struct Open {
    node: u32,
    list: u32,
    family: Family,
    value: u32,
    /// The level of the Markdown heading that it is; 0 for other paragraphs.
    heading: u8,
}

/// An item inside the paragraph that is still open.
struct OpenInline {
    family: Family,
    scope: u32,
    list: u32,
    node: u32,
    value: u32,
}

/// An inline list that the next paragraph may go on with.
struct Carry {
    list: u32,
    family: Family,
    value: u32,
}

struct Builder<'a> {
    lines: &'a [Arc<Paragraph>],
    outline: Outline,
    open: Vec<Open>,
    carry: Vec<Carry>,
    /// A 首先 or 一是 at the start of a paragraph that has no company yet, and the number of nodes before it.
    waiting: Option<(u32, &'a Marker, usize)>,
    /// The attachments have begun.
    attachments: bool,
}

impl<'a> Builder<'a> {
    fn paragraph(
        &mut self,
        line: u32,
        head: Option<Head<'a>>,
        parallel: Option<Pattern>,
        inline: &[Candidate<'a>],
        later: &[Option<Head<'a>>],
    ) {
        let next_head = later.first().and_then(|h| h.as_ref()).map(|h| h.marker);
        if self.leaves_speech(line) {
            return;
        }
        let base_before = self.open.last().map(|o| o.node);
        let mut base = base_before;
        let mut head_is_item = false;
        if let Some(head) = head {
            let m = head.marker;
            // 一是……二是…… in one paragraph: the head is the first item of an inline list.
            // ①……②……③…… likewise, where the next number follows in the paragraph.
            let goes_on = || inline.iter().find(|c| c.marker.family == m.family).is_some_and(|c| c.marker.value == 2);
            head_is_item = (m.family.rank().is_none() || m.family.rank() >= Some(3) && goes_on())
                && m.value == 1
                && inline.iter().any(|c| c.marker.family == m.family && c.marker.scope == 0 && c.marker.value >= 2)
                && next_head.is_none_or(|next| next.family != m.family || next.value != 2);
            if !head_is_item {
                match self.section(line, m, head.tentative, later) {
                    Some(node) => base = Some(node),
                    None => self.waiting = Some((line, m, self.outline.nodes.len())),
                }
            }
            if head_is_item {
                self.close_same_kind(m);
                base = self.open.last().map(|o| o.node);
            }
        }
        if let Some(pattern) = parallel {
            base = Some(self.parallel(line, pattern, base));
        }
        if !inline.is_empty() {
            // 一是……二要……三要……: a head without company may belong to the list of its paragraph.
            let lone = head.filter(|h| h.tentative && !head_is_item && base == base_before);
            let with_head: Vec<Candidate>;
            let inline = match lone {
                Some(h) => {
                    with_head = [Candidate { line, index: None, marker: h.marker }]
                        .into_iter()
                        .chain(inline.iter().copied())
                        .collect();
                    &with_head[..]
                }
                None => inline,
            };
            let head = head.filter(|h| !h.tentative || head_is_item).map(|h| h.marker);
            self.inline(line, head, head_is_item, inline, base, next_head);
        } else if head.is_none() {
            self.carry.clear();
        }
    }

    /// The closing belongs to no section, and what is attached behind the sections is no part of the speech.
    /// True when the line is not read.
    fn leaves_speech(&mut self, line: u32) -> bool {
        if self.outline.parts.closing == Some(line) {
            self.open.clear();
            self.carry.clear();
        }
        let attachment = self.lines[line as usize].structure().is_some_and(|s| s.attachment);
        self.attachments |= attachment && !self.outline.nodes.is_empty();
        self.attachments
    }

    /// Adds the section that `m` starts; `None` when the candidate turns out to be none.
    fn section(&mut self, line: u32, m: &'a Marker, tentative: bool, later: &[Option<Head<'a>>]) -> Option<u32> {
        let value = m.value;
        let heading = self.lines[line as usize].structure().map_or(0, |s| s.heading);
        if let Some(at) = self.sibling(m, heading) {
            let list = self.open[at].list;
            self.open.truncate(at);
            return Some(self.open_item(line, m, list, false));
        }
        // 二是…… as a paragraph behind ……：一是……
        if let Some(at) = self.carry.iter().rposition(|c| c.family == m.family && follows(c.value, value)) {
            let list = self.carry[at].list;
            self.carry.clear();
            self.outline.lists[list as usize].inline = false;
            return Some(self.open_item(line, m, list, false));
        }
        let next = later.iter().flatten().next().map(|h| h.marker);
        // 第一， 二是 第三，: the odd one of a running list. 最后 closes more than lists.
        if (2..LAST).contains(&value)
            && (m.family != Family::Arabic
                || next.is_some_and(|next| next.family == Family::Chinese && next.value == value + 1))
            && let Some(at) = self
                .open
                .iter()
                .rposition(|o| o.family != m.family && fits_as_odd(o.family, m.family) && follows(o.value, value))
        {
            let list = self.open[at].list;
            self.open.truncate(at);
            return Some(self.open_item(line, m, list, true));
        }
        if tentative {
            return None;
        }
        // A first-level heading never stands under a mere 第一，.
        while m.family.rank().is_some_and(|r| r <= 1) && self.open.last().is_some_and(|o| o.family.rank().is_none()) {
            self.open.pop();
        }
        self.leave_plain_text(heading);
        let inverted = self.is_inverted(m, later);
        let list = self.new_list(m.family, self.open.last().map(|o| o.node), false);
        // 首先，…… 第二，……: the first of the list is written in another family.
        if let Some((first_line, first, nodes)) = self.waiting.take()
            && nodes == self.outline.nodes.len()
            && first.value == 1
            && value == 2
            && fits_as_odd(m.family, first.family)
        {
            self.open_item(first_line, first, list, true);
            self.open.pop();
        } else if m.family == Family::Article {
            // The articles of a regulation are numbered throughout; an excerpt begins with any of them.
            self.outline.lists[list as usize].first =
                self.last_article(list).map_or(value, |last| (last + 1).min(value));
        } else if value > 1 && self.goes_on_from_section_before(list, value) {
            self.outline.lists[list as usize].first = value;
        }
        let node = self.open_item(line, m, list, false);
        if inverted {
            self.outline.inversions.push(node);
        }
        Some(node)
    }

    /// The open item that `m` is the next sibling of. A Markdown heading and a plain paragraph are of
    /// one list only where one goes on with the number of the other.
    fn sibling(&self, m: &Marker, heading: u8) -> Option<usize> {
        let same = |o: &Open| o.family == m.family;
        self.open
            .iter()
            .rposition(|o| same(o) && o.heading == heading)
            .or_else(|| self.open.iter().rposition(|o| same(o) && follows(o.value, m.value)))
    }

    /// A Markdown heading stands under headings only, where there are any.
    fn leave_plain_text(&mut self, heading: u8) {
        if heading > 0
            && let Some(last) = self.open.iter().rposition(|o| o.heading > 0)
        {
            self.open.truncate(last + 1);
        }
    }

    /// True when a new list of this family would stand under a lower one, as （一） under 1. does. Behind
    /// a list of several items that does not go on it is no part of it: those are closed.
    fn is_inverted(&mut self, m: &Marker, later: &[Option<Head<'a>>]) -> bool {
        let Some(rank) = m.family.rank() else { return false };
        while let Some(above) = self.open.last() {
            if above.family.rank().is_none_or(|above| above <= rank) {
                return false;
            }
            let is_ancestor = |family: Family| self.open[..self.open.len() - 1].iter().any(|o| o.family == family);
            let goes_on = later
                .iter()
                .take(AHEAD)
                .flatten()
                .take_while(|h| !is_ancestor(h.marker.family))
                .any(|h| h.marker.family == above.family && follows(above.value, h.marker.value));
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

    /// （三） as the first below 二、 where the last below 一、 was （二）: numbered on over the sections.
    fn goes_on_from_section_before(&self, list: u32, value: u32) -> bool {
        let lists = &self.outline.lists;
        let section = |l: &List| l.parent.and_then(|p| self.outline.nodes[p as usize].list);
        let new = &lists[list as usize];
        let Some(outer) = section(new) else { return false };
        lists[..list as usize]
            .iter()
            .rev()
            .find(|l| l.family == new.family && section(l) == Some(outer))
            .and_then(|l| self.last_value(l))
            .is_some_and(|last| last + 1 == value)
    }

    /// The number of the last article before this list.
    fn last_article(&self, list: u32) -> Option<u32> {
        let before = &self.outline.lists[..list as usize];
        before.iter().rev().find(|l| l.family == Family::Article).and_then(|l| self.last_value(l))
    }

    fn last_value(&self, list: &List) -> Option<u32> {
        self.outline.nodes[*list.items.last()? as usize].marker_of(self.lines).map(|m| m.value)
    }

    /// Closes the sections that a head of this family would be a sibling of.
    fn close_same_kind(&mut self, m: &Marker) {
        if let Some(at) = self.open.iter().rposition(|o| o.family == m.family) {
            self.open.truncate(at);
        }
    }

    fn new_list(&mut self, family: Family, parent: Option<u32>, inline: bool) -> u32 {
        self.outline.lists.push(List { family, parent, items: Vec::new(), odd: Vec::new(), inline, first: 1 });
        self.outline.lists.len() as u32 - 1
    }

    fn open_item(&mut self, line: u32, m: &Marker, list: u32, odd: bool) -> u32 {
        let node = self.item(line, None, m, list, NodeKind::Section);
        if odd {
            self.outline.lists[list as usize].odd.push(node);
        }
        // The odd item goes on with the list of the others.
        let family = if odd { self.outline.lists[list as usize].family } else { m.family };
        let heading = self.lines[line as usize].structure().map_or(0, |s| s.heading);
        self.open.push(Open { node, list, family, value: m.value, heading });
        self.carry.clear();
        self.waiting = None;
        node
    }

    fn item(&mut self, line: u32, inline: Option<u32>, m: &Marker, list: u32, kind: NodeKind) -> u32 {
        let parent = self.outline.lists[list as usize].parent;
        let level = parent.map_or(1, |p| self.outline.nodes[p as usize].level.saturating_add(1));
        let node = self.outline.nodes.len() as u32;
        self.outline.nodes.push(Node {
            kind,
            level,
            parent,
            list: Some(list),
            line,
            inline,
            marker: m.range,
            title: m.title,
        });
        self.outline.lists[list as usize].items.push(node);
        node
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

    fn inline(
        &mut self,
        line: u32,
        head: Option<&Marker>,
        head_is_item: bool,
        inline: &[Candidate<'a>],
        base: Option<u32>,
        next_head: Option<&Marker>,
    ) {
        let accepted = accept(head, inline, next_head);
        let mut stack: Vec<OpenInline> = Vec::new();
        let mut made: Vec<u32> = Vec::new();
        if head_is_item && let Some(m) = head {
            let list = self.new_list(m.family, base, true);
            let node = self.item(line, None, m, list, NodeKind::Item);
            stack.push(OpenInline { family: m.family, scope: 0, list, node, value: m.value });
            made.push(list);
        }
        // 二是……三是…… in the paragraph of 二是: the list outside goes on.
        let outer = head.filter(|_| !head_is_item).and_then(|h| {
            let mut items = inline.iter().zip(&accepted).filter(|(_, ok)| **ok).map(|(c, _)| c.marker);
            let first = items.find(|m| m.family == h.family && m.scope == 0)?;
            (first.value == h.value + 1).then_some(h.family)
        });
        let outer = outer.and_then(|family| self.open.iter().rposition(|o| o.family == family));
        let accepted_items: Vec<Candidate> =
            inline.iter().zip(&accepted).filter(|(_, ok)| **ok).map(|(c, _)| *c).collect();
        for (i, c) in accepted_items.iter().enumerate() {
            let m = c.marker;
            if m.scope == 0
                && let Some(at) = outer.filter(|&at| self.open.get(at).is_some_and(|o| o.family == m.family))
            {
                stack.clear();
                let list = self.open[at].list;
                let node = self.item(c.line, c.index, m, list, NodeKind::Item);
                self.open[at].value = m.value;
                stack.push(OpenInline { family: m.family, scope: 0, list, node, value: m.value });
                continue;
            }
            // What stood in an earlier quotation is over.
            while stack.last().is_some_and(|top| top.scope != 0 && top.scope != m.scope) {
                stack.pop();
            }
            let same = |o: &OpenInline| o.family == m.family && o.scope == m.scope;
            // 一是……，做到三个结合：一是……: a list of its own, inside the item or behind it.
            let anew = m.value == 1 && m.after_colon && stack.last().is_some_and(same);
            if anew
                && let Some(top) = stack.last()
                && !is_nested(top, &accepted_items[i..])
            {
                stack.pop();
            }
            let fitting = stack.iter().rposition(|o| same(o) && follows(o.value, m.value));
            let at = if anew { None } else { fitting.or_else(|| stack.iter().rposition(same)) };
            let list = match at {
                Some(at) => {
                    let list = stack[at].list;
                    stack.truncate(at);
                    list
                }
                None => {
                    let list = self.new_list(m.family, stack.last().map_or(base, |top| Some(top.node)), true);
                    made.push(list);
                    list
                }
            };
            let node = self.item(c.line, c.index, m, list, NodeKind::Item);
            stack.push(OpenInline { family: m.family, scope: m.scope, list, node, value: m.value });
        }
        self.take_in_odd(inline, &accepted, &made);
        self.carry.clear();
        for &list in &made {
            let l = &self.outline.lists[list as usize];
            let last = l.items.last().and_then(|&n| self.outline.nodes[n as usize].marker_of(self.lines));
            if let Some(last) = last.filter(|m| m.scope == 0) {
                self.carry.push(Carry { list, family: l.family, value: last.value });
            }
        }
    }

    /// 第一，……二是……第三，: a candidate without company that fills a place in a list of the paragraph.
    fn take_in_odd(&mut self, inline: &[Candidate<'a>], accepted: &[bool], made: &[u32]) {
        for (c, accepted) in inline.iter().zip(accepted) {
            let m = c.marker;
            let can = m.scope == 0
                && !m.weak
                && matches!(m.family, Family::Verb('是' | '要') | Family::Nth | Family::First | Family::NthVerb(_));
            if *accepted || !can {
                continue;
            }
            let fits = made.iter().copied().find_map(|list| {
                let l = &self.outline.lists[list as usize];
                if !fits_as_odd(l.family, m.family) {
                    return None;
                }
                let node = |n: u32| &self.outline.nodes[n as usize];
                let value = |n: &u32| node(*n).marker_of(self.lines).map(|m| m.value);
                let behind =
                    l.items.partition_point(|&n| (node(n).line, node(n).marker.start) < (c.line, m.range.start));
                let before = behind.checked_sub(1).and_then(|b| value(&l.items[b]));
                let after = l.items.get(behind).and_then(value);
                let joins = before.map_or(m.value == 1, |b| m.value == b + 1)
                    && after.is_none_or(|a| a == m.value + 1 || a == LAST);
                // Between commas only where both neighbours are there: 一要…，二要…，三是…，四要….
                let certain = m.after_clause || before.is_some() && after.is_some();
                (joins && certain && (before.is_some() || after.is_some())).then_some((list, behind))
            });
            if let Some((list, behind)) = fits {
                let node = self.item(c.line, c.index, m, list, NodeKind::Item);
                let l = &mut self.outline.lists[list as usize];
                l.items.pop();
                l.items.insert(behind, node);
                l.odd.push(node);
            }
        }
    }
}

/// Whether the list that begins anew with the first of `rest` is part of the item before it: when that
/// is the only one of its list so far, or when its list goes on behind the new one.
fn is_nested(outer: &OpenInline, rest: &[Candidate]) -> bool {
    let mut values =
        rest.iter().map(|c| c.marker).filter(|m| m.family == outer.family && m.scope == outer.scope).map(|m| m.value);
    let mut last = 0;
    let behind = values.find(|&value| {
        let goes_on = value == last + 1;
        last = if goes_on { value } else { last };
        !goes_on
    });
    outer.value == 1 || behind == Some(outer.value + 1)
}

/// Whether an item of one family can be a slip for one of the other. 一是……再就是 and 首先……最后 are
/// no slips.
fn fits_as_odd(list: Family, odd: Family) -> bool {
    let float = |f: Family| {
        matches!(f, Family::Verb('是' | '要') | Family::Nth | Family::NthVerb(_) | Family::First | Family::OfThem)
    };
    list != odd && (float(list) && float(odd) || matches!((list, odd), (Family::Chinese, Family::Arabic)))
}

/// Which inline candidates are items: the sequence test.
fn accept(head: Option<&Marker>, inline: &[Candidate], next_head: Option<&Marker>) -> Vec<bool> {
    let is_adverb = |m: &Marker| m.family == Family::First && m.weak && m.value != 1;
    // Grouped in one pass, so that a paragraph of thousands of items stays cheap.
    let mut groups: FxHashMap<(Family, u32), Group> = FxHashMap::default();
    for (m, scope) in inline.iter().map(|c| (c.marker, c.marker.scope)).chain(head.map(|h| (h, 0))) {
        if !is_adverb(m) {
            groups.entry((m.family, scope)).or_default().add(m);
        }
    }
    let begins_next = |m: &Marker| {
        m.value == 1 && m.scope == 0 && next_head.is_some_and(|next| next.family == m.family && next.value == 2)
    };
    // （2）……（3）…… in the paragraph of （2）
    let goes_on_from_head =
        |m: &Marker, group: &Group| head.is_some_and(|h| h.family == m.family && group.has((h.value + 1).min(62)));
    inline
        .iter()
        .map(|c| {
            let m = c.marker;
            let Some(group) = groups.get(&(m.family, m.scope)).filter(|_| !is_adverb(m)) else { return false };
            let (one, two) = (group.has(1), group.has(2));
            match m.family {
                Family::First => one && group.firm > 0 && (two || group.has(3)) || !m.weak && begins_next(m),
                Family::Side => one && (two || group.count >= 2),
                Family::Comes(_) | Family::Chinese | Family::Letter(_) => one && two,
                Family::Circled | Family::ArabicParen | Family::ChineseParen => {
                    one && two || begins_next(m) || goes_on_from_head(m, group)
                }
                Family::Arabic => one && two || begins_next(m) || goes_on_from_head(m, group),
                _ => group.count >= 2 && group.goes_on() && (one || two) || begins_next(m),
            }
        })
        .collect()
}
