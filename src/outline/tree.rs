//! The tree of sections and items, from the candidate ordinals of the paragraphs.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{List, Node, NodeKind, Outline, Parts};
use crate::paragraph::marker::{Deviation, Group, LAST};
use crate::paragraph::{Family, Kind, Marker, Paragraph, Pattern};
use crate::text::Range;

/// How many ordinals away the company of an ordinal is looked for.
const WINDOW: usize = 40;
/// Fewer parallel paragraphs are chance.
const PARALLEL: usize = 3;
/// `1、` behind an unfinished line of at least this length is a page number or a torn word.
const UNFINISHED: u8 = 20;
/// In wrapped text a line this short ends a paragraph.
const SHORT_LINE: u8 = 15;

pub(super) fn build(lines: &[Arc<Paragraph>], parts: Parts) -> Outline {
    let read: Vec<usize> =
        (0..lines.len()).filter(|&i| lines[i].is_read() && !parts.is_boilerplate(i as u32)).collect();
    let heads = heads(lines, &read, &parts);
    let parallel = parallel(lines, &read, &heads, &parts);
    let outline = Outline { parts, ..Outline::default() };
    let mut builder = Builder { lines, outline, open: Vec::new(), carry: Vec::new() };
    let mut n = 0;
    while n < read.len() {
        // In wrapped text the lines that go on with a paragraph are read together with its first.
        let end = (n + 1..read.len())
            .find(|&m| !builder.outline.parts.wrapped || starts_paragraph(lines, &read, m, &builder.outline.parts))
            .unwrap_or(read.len());
        let inline = candidates(lines, &read[n..end]);
        let next_head = heads.get(end).and_then(|h| h.as_ref()).map(|h| h.marker);
        builder.paragraph(read[n] as u32, heads[n], parallel[n], &inline, next_head);
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

/// The ordinal that a paragraph starts with, once it has passed the tests.
#[derive(Clone, Copy)]
struct Head<'a> {
    marker: &'a Marker,
    /// Without company of its own: counts only as the odd item of a running list.
    tentative: bool,
}

fn heads<'a>(lines: &'a [Arc<Paragraph>], read: &[usize], parts: &Parts) -> Vec<Option<Head<'a>>> {
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

/// `b` is the next item behind `a`, also where 最后 closes a list.
const fn follows(a: u32, b: u32) -> bool {
    b == a + 1 || b == LAST && a < LAST
}

/// True when the line at place `n` of `read` starts a paragraph rather than going on with one.
fn starts_paragraph(lines: &[Arc<Paragraph>], read: &[usize], n: usize, parts: &Parts) -> bool {
    let Some(previous) = n.checked_sub(1).map(|p| read[p]) else {
        return true;
    };
    let (this, before) = (&lines[read[n]].shape, &lines[previous].shape);
    let adjacent = read[n] == previous + 1;
    let unfinished = !before.ends_sentence
        && before.structure.as_ref().is_none_or(|s| s.head.is_none())
        && before.kind == Kind::Prose;
    if !adjacent || !unfinished || this.indented {
        return true;
    }
    if parts.wrapped {
        // Behind a short line a paragraph has ended, whatever it ends with.
        return before.length < SHORT_LINE;
    }
    // …提升营 / 2、商环境: a page mark inside a word.
    let torn = lines[read[n]]
        .head()
        .is_some_and(|h| h.family == Family::Arabic || h.family == Family::Chinese && h.deviation.is_some());
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
fn parallel(lines: &[Arc<Paragraph>], read: &[usize], heads: &[Option<Head>], parts: &Parts) -> Vec<Option<Pattern>> {
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

/// An item that is still open: what follows may be its child or its sibling.
struct Open {
    node: u32,
    list: u32,
    family: Family,
    value: u32,
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
}

impl<'a> Builder<'a> {
    fn paragraph(
        &mut self,
        line: u32,
        head: Option<Head<'a>>,
        parallel: Option<Pattern>,
        inline: &[Candidate<'a>],
        next_head: Option<&Marker>,
    ) {
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
            if !head_is_item && let Some(node) = self.section(line, m, head.tentative, next_head) {
                base = Some(node);
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

    /// Adds the section that `m` starts; `None` when the candidate turns out to be none.
    fn section(&mut self, line: u32, m: &'a Marker, tentative: bool, next_head: Option<&Marker>) -> Option<u32> {
        let value = m.value;
        if let Some(at) = self.open.iter().rposition(|o| o.family == m.family) {
            let list = self.open[at].list;
            self.open.truncate(at);
            return Some(self.open_item(line, None, m, list, false));
        }
        // 二是…… as a paragraph behind ……：一是……
        if let Some(at) = self.carry.iter().rposition(|c| c.family == m.family && follows(c.value, value)) {
            let list = self.carry[at].list;
            self.carry.clear();
            self.outline.lists[list as usize].inline = false;
            return Some(self.open_item(line, None, m, list, false));
        }
        // 第一， 二是 第三，: the odd one of a running list. 最后 closes more than lists.
        if (2..LAST).contains(&value)
            && (m.family != Family::Arabic
                || next_head.is_some_and(|next| next.family == Family::Chinese && next.value == value + 1))
            && let Some(at) = self
                .open
                .iter()
                .rposition(|o| o.family != m.family && fits_as_odd(o.family, m.family) && follows(o.value, value))
        {
            let list = self.open[at].list;
            self.open.truncate(at);
            return Some(self.open_item(line, None, m, list, true));
        }
        if tentative {
            return None;
        }
        // A first-level heading never stands under a mere 第一，.
        while m.family.rank().is_some_and(|r| r <= 1) && self.open.last().is_some_and(|o| o.family.rank().is_none()) {
            self.open.pop();
        }
        let above = self.open.last().and_then(|o| o.family.rank());
        let inverted = m.family.rank().is_some_and(|rank| above.is_some_and(|above| above > rank));
        let list = self.new_list(m.family, self.open.last().map(|o| o.node), false);
        if value > 1 && self.goes_on_from_section_before(list, value) {
            self.outline.lists[list as usize].first = value;
        }
        let node = self.open_item(line, None, m, list, false);
        if inverted {
            self.outline.inversions.push(node);
        }
        Some(node)
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
            .and_then(|l| self.outline.nodes[*l.items.last()? as usize].marker_of(self.lines))
            .is_some_and(|last| last.value + 1 == value)
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

    fn open_item(&mut self, line: u32, inline: Option<u32>, m: &Marker, list: u32, odd: bool) -> u32 {
        let node = self.item(line, inline, m, list, NodeKind::Section);
        if odd {
            self.outline.lists[list as usize].odd.push(node);
        }
        // The odd item goes on with the list of the others.
        let family = if odd { self.outline.lists[list as usize].family } else { m.family };
        self.open.push(Open { node, list, family, value: m.value });
        self.carry.clear();
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
        for (c, _) in inline.iter().zip(&accepted).filter(|(_, ok)| **ok) {
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
            // 一是……，做到三个结合：一是……: a list of its own inside the item.
            let nested = m.value == 1 && m.after_colon && stack.last().is_some_and(|top| same(top) && top.value > 0);
            let fitting = stack.iter().rposition(|o| same(o) && follows(o.value, m.value));
            let at = if nested { None } else { fitting.or_else(|| stack.iter().rposition(same)) };
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
    inline
        .iter()
        .map(|c| {
            let m = c.marker;
            let Some(group) = groups.get(&(m.family, m.scope)).filter(|_| !is_adverb(m)) else { return false };
            let (one, two) = (group.has(1), group.has(2));
            match m.family {
                Family::First => one && group.firm > 0 && (two || group.has(3)),
                Family::Side => one && (two || group.count >= 2),
                Family::Comes(_) | Family::Circled | Family::ArabicParen | Family::ChineseParen | Family::Chinese => {
                    one && two
                }
                Family::Arabic => one && two || begins_next(m),
                _ => group.count >= 2 && group.goes_on() && (one || two) || begins_next(m),
            }
        })
        .collect()
}
