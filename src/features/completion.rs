//! Completion at a place in the draft: the next ordinal.
//!
//! What is half typed at the place is part of the analysed text. Nothing here depends on how it was
//! understood: lists are looked at up to the place and no further.

use std::sync::Arc;

use super::marking::keeps_markup;
use crate::analysis::{Analysis, Speech};
use crate::markup::Block;
use crate::outline::{List, Node, NodeKind};
use crate::paragraph::announcement::{Announcement, Sign};
use crate::paragraph::marker::{Deviation, LAST};
use crate::paragraph::{Family, Kind, Marker, Paragraph, text_start};
use crate::rules::{marker_name, spares_markup};
use crate::text::chars::{after, is_space, is_stop, skip_spaces};
use crate::text::position::floor;
use crate::text::{Edit, Lines, Point, Range, Span};

/// What a first item without company is worth at least (`paragraph/evidence.tsv`).
const LOOSE: i16 = 70;

/// A thing that can be inserted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What the list shows.
    pub label: String,
    /// A short remark beside the label.
    pub detail: String,
    /// Replaces the text of `span`.
    pub text: String,
    pub span: Span,
    /// What an editor may compare with the text of `span` up to the cursor: begins with it, also
    /// where `text` has a full-width bracket for a half-width one.
    pub filter: String,
}

/// The next ordinal of the list that runs at `at`: at the start of a paragraph, and at a clause
/// boundary inside a running inline sequence. The most likely one comes first.
pub fn complete(analysis: &Analysis, lines: &dyn Lines, at: Point) -> Vec<Candidate> {
    let last = analysis.line_count().saturating_sub(1);
    let number = (at.line as usize).min(last);
    let Some((base, speech)) = analysis.speeches().find(|(base, speech)| number < base + speech.lines.len()) else {
        return Vec::new();
    };
    let line = (number - base) as u32;
    let paragraph = &speech.lines[line as usize];
    if !analysis.is_chinese()
        || matches!(paragraph.structural.kind, Kind::Skipped | Kind::Aside | Kind::Fence)
        || speech.outline.parts.is_boilerplate(line)
        || is_in_code(analysis, number)
    {
        return Vec::new();
    }
    let text = lines.line(number);
    let cursor = if at.line as usize > last { text.len() } else { floor(&text, at.byte as usize) };
    let place = Place { analysis, lines, base: base as u32, speech, line, text: &text, cursor };
    let mut found = place.at_start();
    if found.is_empty() {
        found = place.at_clause();
    }
    found.retain(|found| {
        let edit = Edit::new(found.span, found.text.as_str());
        spares_markup(analysis, &edit) && keeps_markup(analysis, lines, &[edit])
    });
    found
}

/// True between two fences; a blank line in a block of code is like any other by itself.
pub(super) fn is_in_code(analysis: &Analysis, line: usize) -> bool {
    analysis.paragraph(line).is_some_and(|p| p.block == Block::Unread)
}

/// The longest partial marker in characters.
const PARTIAL: usize = 8;

/// Where the cursor is. Lines count from the first line of the speech.
struct Place<'a> {
    analysis: &'a Analysis,
    lines: &'a dyn Lines,
    base: u32,
    speech: &'a Arc<Speech>,
    line: u32,
    text: &'a str,
    cursor: usize,
}

/// An ordinal that may follow.
struct Offer {
    text: String,
    detail: String,
    /// The ordinal that it follows: who begins to write that again means the next.
    last: String,
}

/// The item after which a list goes on.
struct Running<'a> {
    last: &'a Marker,
    /// The item that the next one is written like, and its node, if it has one.
    model: &'a Marker,
    model_node: Option<&'a Node>,
    /// How many items have been announced.
    count: Option<u32>,
}

impl<'a> Place<'a> {
    /// The candidates at the start of a paragraph.
    fn at_start(&self) -> Vec<Candidate> {
        let mut start = text_start(self.text);
        // Emphasis that nothing stands in yet.
        if let Some(rest) = self.text.get(start..self.cursor) {
            let inner = rest.trim_start_matches(['*', '_']);
            start = skip_spaces(self.text, self.cursor - inner.len()).min(self.cursor);
        }
        let start = start.min(self.cursor);
        let head = self.speech.lines[self.line as usize].head();
        if head.is_some_and(|h| h.range.start as usize >= self.cursor) || self.goes_on() {
            return Vec::new();
        }
        let typed = self.text.get(start..self.cursor).unwrap_or("");
        if typed.chars().count() > PARTIAL {
            return Vec::new();
        }
        self.candidates(self.starting(typed), start, head)
    }

    /// True when the line goes on with the sentence of the line before, in hard-wrapped text.
    fn goes_on(&self) -> bool {
        let before = self.line.checked_sub(1).map(|n| &self.speech.lines[n as usize]);
        self.speech.outline.parts.wrapped
            && before
                .is_some_and(|p| p.structural.kind == Kind::Prose && !p.structural.ends_sentence && p.head().is_none())
    }

    /// The ordinals that a paragraph may start with here.
    fn starting(&self, typed: &str) -> Vec<Offer> {
        let outline = &self.speech.outline;
        let here = Point::new(self.line, 0);
        let before = outline.nodes.partition_point(|n| n.line < self.line);
        let innermost = outline.nodes[..before].iter().rposition(|n| n.kind == NodeKind::Section && n.list.is_some());
        let mut offers = Vec::new();
        let mut later = Vec::new();
        if let Some(previous) = self.previous() {
            let running = self.running_inline(previous, u32::MAX, &[]);
            // A paragraph with one item may be the first of several; one with more is complete.
            match running {
                Some((running, 1)) => offers.extend(self.next(&running)),
                Some((running, _)) if !typed.is_empty() => later.extend(self.next(&running)),
                _ => {}
            }
        }
        let mut open = Vec::new();
        let mut at = innermost;
        while let Some(node) = at.map(|i| &outline.nodes[i]) {
            if let Some(list) = node.list.filter(|_| node.kind == NodeKind::Section) {
                open.push(outline.lists[list as usize].family);
                offers.extend(self.running(list, here).iter().flat_map(|r| self.next(r)));
            }
            at = node.parent.map(|p| p as usize);
        }
        let (children, likely) = self.first_children(innermost, &open, typed);
        if likely {
            offers.splice(0..0, children);
        } else {
            offers.extend(children);
        }
        offers.extend(later);
        offers
    }

    /// The line of the last paragraph before the cursor's.
    fn previous(&self) -> Option<u32> {
        (0..self.line)
            .rev()
            .find(|&n| self.speech.lines[n as usize].is_read() && !self.speech.outline.parts.is_boilerplate(n))
    }

    /// How list `list` goes on behind `here`.
    fn running(&self, list: u32, here: Point) -> Option<Running<'a>> {
        let outline = &self.speech.outline;
        let index = list;
        let list = &outline.lists[list as usize];
        let node = |n: u32| &outline.nodes[n as usize];
        let place = |n: u32| Point::new(node(n).line, node(n).marker.start);
        let end = list.items.partition_point(|&n| place(n) < here);
        let marker = |n: u32| node(n).marker_of(&self.speech.lines);
        let &last = list.items[..end].last()?;
        let fit =
            list.items[..end].iter().rev().find(|&&n| !list.mismatched.contains(&n) && marker(n).is_some_and(is_model));
        let &model = fit.unwrap_or(&last);
        let count = outline.bindings.iter().find(|b| b.list == Some(index)).map(|b| b.count);
        Some(Running { last: marker(last)?, model: marker(model)?, model_node: Some(node(model)), count })
    }

    /// The innermost inline list that is running in paragraph `line` at byte `end`, and how many
    /// items it has by then. `open` are the quotations and brackets that are open there.
    fn running_inline(&self, line: u32, end: u32, open: &[u32]) -> Option<(Running<'a>, usize)> {
        let here = Point::new(line, end);
        let nodes = self.nodes_of(line);
        let is_open = |m: &Marker| {
            let inside = m.scope == 0 || open.contains(&m.scope);
            m.range.end <= end && inside && open.last().is_none_or(|q| m.range.start >= *q)
        };
        let last = nodes
            .iter()
            .filter(|n| n.kind == NodeKind::Item)
            .filter(|n| n.marker_of(&self.speech.lines).is_some_and(is_open))
            .max_by_key(|n| n.marker.start);
        if let Some(list) = last.and_then(|n| n.list) {
            let items = &self.speech.outline.lists[list as usize].items;
            return Some((self.running(list, here)?, items.len()));
        }
        // A first item that has no company yet.
        let paragraph: &Paragraph = &self.speech.lines[line as usize];
        let is_loose = |m: &&Marker| {
            m.value == 1
                && m.doubt.is_none()
                && m.price > LOOSE
                && m.after_clause
                && m.family.rank().is_none()
                && is_open(m)
                && nodes.iter().all(|n| n.marker != m.range)
        };
        let loose = paragraph.inline().iter().chain(paragraph.head());
        let first = loose.filter(is_loose).max_by_key(|m| m.range.start)?;
        let running = Running { last: first, model: first, model_node: None, count: None };
        Some((running, 1))
    }

    fn nodes_of(&self, line: u32) -> &'a [Node] {
        let nodes = &self.speech.outline.nodes;
        let from = nodes.partition_point(|n| n.line < line);
        let to = nodes.partition_point(|n| n.line <= line);
        &nodes[from..to]
    }

    /// The next ordinals of a running list.
    fn next(&self, running: &Running) -> Vec<Offer> {
        let value = running.last.value;
        let values = match running.last.family {
            _ if value == LAST => vec![],
            Family::First if value == 2 => vec![3, LAST],
            Family::First if value >= 3 => vec![LAST],
            _ => vec![value + 1],
        };
        let after = marker_name(&running.last.text);
        values
            .into_iter()
            .filter_map(|value| {
                let text = self.written(running.model, running.model_node, value)?;
                let count = running.count.map_or(String::new(), |count| {
                    if value > count && value != LAST {
                        self.say(format!("，已满 {count} 项"), format!("，已滿 {count} 項"))
                    } else {
                        self.of(count)
                    }
                });
                Some(Offer { text, detail: format!("接{after}{count}"), last: running.last.text.to_string() })
            })
            .collect()
    }

    fn first(&self, text: String, count: &str) -> Offer {
        Offer { text, detail: format!("{}{count}", self.say("首项", "首項")), last: String::new() }
    }

    fn of(&self, count: u32) -> String {
        self.say(format!("，共 {count} 项"), format!("，共 {count} 項"))
    }

    fn say<T>(&self, simplified: T, traditional: T) -> T {
        if self.analysis.is_traditional() { traditional } else { simplified }
    }

    /// An ordinal written like `model`, with the space that stands behind it.
    fn written(&self, model: &Marker, node: Option<&Node>, value: u32) -> Option<String> {
        let mut text = model.with_value(value)?;
        if value == LAST && self.analysis.is_traditional() {
            text = text.replace('后', "後");
        }
        if let Some(node) = node {
            let line = self.lines.line((self.base + node.line) as usize);
            let gap =
                line.get(node.marker.end as usize..node.title.start as usize).filter(|gap| gap.chars().all(is_space));
            text.push_str(gap.unwrap_or(""));
        }
        Some(text)
    }

    /// The first ordinals of a list inside the section `parent`, or of the outermost list; and
    /// whether such a list is what most likely comes next.
    fn first_children(&self, parent: Option<usize>, open: &[Family], typed: &str) -> (Vec<Offer>, bool) {
        let outline = &self.speech.outline;
        let index = parent.map(|p| p as u32);
        let level = parent.map_or(0, |p| outline.nodes[p].level);
        let behind = outline.nodes.partition_point(|n| n.line <= self.line);
        let goes_on_below = outline.nodes[behind..]
            .iter()
            .take_while(|n| n.level > level)
            .any(|n| n.parent == index && n.kind == NodeKind::Section);
        if goes_on_below {
            return (Vec::new(), false);
        }
        let announced = self.announced(parent);
        let count = announced.map_or(String::new(), |n| self.of(n));
        let offer = |text: String| self.first(text, &count);
        let Some(parent) = parent else {
            // Nothing tells yet how this draft counts.
            let usual: &[&str] = match typed {
                "" if announced.is_none() => &[],
                "" => &["一、"],
                _ => &["一、", "（一）", "第一，", "1."],
            };
            let offers = usual.iter().map(|text| offer(self.default(text))).collect();
            return (offers, announced.is_some());
        };
        let node = &outline.nodes[parent];
        let Some(marker) = node.marker_of(&self.speech.lines) else {
            return (Vec::new(), false);
        };
        if let Some(model) = self.child_of_kin(parent, node, marker)
            && let Some(habit) = model.marker_of(&self.speech.lines)
            && !open.contains(&habit.family)
        {
            let bare = marker.own_line && self.previous() == Some(node.line);
            // Some drafts number on from section to section.
            let last = model.list.filter(|&list| outline.lists[list as usize].first > 1).and_then(|list| {
                let before = outline.lists[list as usize].items.last()?;
                outline.nodes[*before as usize].marker_of(&self.speech.lines)
            });
            let text = self.written(habit, Some(model), last.map_or(1, |m| m.value + 1));
            let likely = bare || announced.is_some();
            return (text.map(offer).into_iter().collect(), likely);
        }
        let Some((family, text)) = below(marker.family).filter(|(f, _)| !open.contains(f)) else {
            return (Vec::new(), false);
        };
        let written = self
            .node_like(|m| m.family == family)
            .and_then(|n| self.written(n.marker_of(&self.speech.lines)?, Some(n), 1))
            .unwrap_or_else(|| self.default(text));
        (vec![offer(written)], announced.is_some())
    }

    /// The count that the paragraph before, or else the heading of the section, announces.
    fn announced(&self, parent: Option<usize>) -> Option<u32> {
        let binds = |line: u32| {
            let announcements = self.speech.lines[line as usize].announcements();
            announcements
                .iter()
                .rev()
                .find(|a| {
                    a.signs.has(Sign::Closes) && (a.is_spoken() || a.signs.has(Sign::Colon) || a.signs.has(Sign::Item))
                })
                .map(|a| a.count)
        };
        let previous = self.previous();
        let heading = parent.map(|p| self.speech.outline.nodes[p].line);
        previous.and_then(binds).or_else(|| heading.and_then(binds))
    }

    /// The first item of a list of sections inside another section that is numbered in the same way
    /// as `node`: the nearest before it, or else behind it.
    fn child_of_kin(&self, index: usize, node: &Node, marker: &Marker) -> Option<&'a Node> {
        let outline = &self.speech.outline;
        let first = |list: &List| list.items.first().map_or(0, |&n| n as usize);
        let child = |list: &'a List| {
            let parent = list.parent.filter(|&p| p as usize != index && !list.inline)?;
            let other = &outline.nodes[parent as usize];
            let child = outline.nodes.get(first(list))?;
            let kin = other.list == node.list
                || other.marker_of(&self.speech.lines).is_some_and(|m| m.family == marker.family);
            let model = child.kind == NodeKind::Section && child.marker_of(&self.speech.lines).is_some_and(is_model);
            (kin && model).then_some(child)
        };
        let at = outline.lists.partition_point(|list| first(list) < index);
        nearest(&outline.lists, at).find_map(child)
    }

    /// The nearest node before the cursor, or else behind it, with a marker like this.
    fn node_like(&self, fits: impl Fn(&Marker) -> bool) -> Option<&'a Node> {
        let nodes = &self.speech.outline.nodes;
        let at = nodes.partition_point(|n| n.line < self.line);
        nearest(nodes, at).find(|n| {
            n.list.is_some()
                && n.line != self.line
                && n.marker_of(&self.speech.lines).is_some_and(|m| is_model(m) && fits(m))
        })
    }

    /// `text` in the width that the draft has its brackets in.
    fn default(&self, text: &str) -> String {
        let half = text.starts_with('（')
            && self
                .node_like(|m| m.text.starts_with(['（', '(']))
                .is_some_and(|n| n.marker_of(&self.speech.lines).is_some_and(|m| m.text.starts_with('(')));
        if half { text.replace('（', "(").replace('）', ")") } else { text.to_owned() }
    }

    /// The candidates at a clause boundary inside a paragraph.
    fn at_clause(&self) -> Vec<Candidate> {
        let Some(before) = self.text.get(..self.cursor) else {
            return Vec::new();
        };
        let boundary = before.char_indices().rev().take(PARTIAL).find(|(_, c)| is_stop(*c) || "；，：;,:".contains(*c));
        let Some((boundary, mark)) = boundary else {
            return Vec::new();
        };
        let start = skip_spaces(self.text, boundary + mark.len_utf8()).min(self.cursor);
        let typed = self.text.get(start..self.cursor).unwrap_or("");
        let paragraph = &self.speech.lines[self.line as usize];
        let existing = paragraph.inline().iter().find(|m| m.range.start as usize == start);
        if existing.is_some() && typed.is_empty() {
            return Vec::new();
        }
        let open = open_brackets(before.get(..start).unwrap_or(""));
        let offers = self.continuing(start as u32, mark, typed, &open);
        self.candidates(offers, start, existing)
    }

    /// The ordinals with which the inline lists go on at byte `start`.
    fn continuing(&self, start: u32, mark: char, typed: &str, open: &[u32]) -> Vec<Offer> {
        let outline = &self.speech.outline;
        let Some((running, _)) = self.running_inline(self.line, start, open) else {
            let goes_on = self.section_goes_on(typed);
            return if goes_on.is_empty() { self.first_of_a_count(start) } else { goes_on };
        };
        let mut offers = Vec::new();
        let Some(node) = running.model_node else {
            // One item alone may be no list at all.
            let ends_clause = !matches!(mark, '，' | ',' | '：' | ':');
            if ends_clause || !typed.is_empty() {
                offers.extend(self.next(&running));
            }
            return offers;
        };
        let mut at = Some(node);
        while let Some(list) = at.filter(|n| n.line == self.line).and_then(|n| n.list) {
            if let Some(running) = self.running(list, Point::new(self.line, start)) {
                let list = &outline.lists[list as usize];
                let comes_later = list.items.last().is_some_and(|&n| {
                    let last = &outline.nodes[n as usize];
                    last.line == self.line && last.marker.start > start
                });
                let is_full = running.count.is_some_and(|n| running.last.value >= n);
                if !typed.is_empty() || !comes_later && !is_full {
                    offers.extend(self.next(&running));
                }
            }
            at = at.and_then(|n| n.parent).map(|p| &outline.nodes[p as usize]).filter(|n| n.kind == NodeKind::Item);
        }
        offers
    }

    /// The count announced right before byte `start`: 做到三个到位：.
    fn count_before(&self, start: u32) -> Option<u32> {
        let announcements = self.speech.lines[self.line as usize].announcements();
        let is_right_before = |a: &&Announcement| {
            let between = self.text.get(a.range.end as usize..start as usize).unwrap_or("");
            let noun = between.strip_suffix(['：', ':', '—']);
            noun.is_some_and(|noun| !noun.contains(|c| is_stop(c) || "，；".contains(c))) && !a.signs.has(Sign::Back)
        };
        announcements.iter().rev().find(is_right_before).map(|a| a.count)
    }

    /// 一是 behind an announced count, or what else the draft begins such lists with.
    fn first_of_a_count(&self, start: u32) -> Vec<Offer> {
        let Some(count) = self.count_before(start) else { return Vec::new() };
        let is_first = |n: &&Node| {
            let marker = n.marker_of(&self.speech.lines);
            n.inline.is_some() && marker.is_some_and(|m| m.value == 1 && m.family.rank().is_none() && is_model(m))
        };
        let nodes = &self.speech.outline.nodes;
        let at = nodes.partition_point(|n| n.line < self.line);
        let habit = nearest(nodes, at).find(is_first).and_then(|n| n.marker_of(&self.speech.lines)?.with_value(1));
        vec![self.first(habit.unwrap_or_else(|| "一是".to_owned()), &self.of(count))]
    }

    /// 二是 behind the sentence of a paragraph that starts with 一是, once somebody begins to type it.
    fn section_goes_on(&self, typed: &str) -> Vec<Offer> {
        let head = self.nodes_of(self.line).first().filter(|n| {
            n.inline.is_none() && n.marker_of(&self.speech.lines).is_some_and(|m| m.family.rank().is_none())
        });
        let running =
            head.filter(|_| !typed.is_empty()).and_then(|n| self.running(n.list?, Point::new(self.line + 1, 0)));
        running.map_or(Vec::new(), |r| self.next(&r))
    }

    /// Those of the offers that go on with what is typed from byte `start` to the cursor. A marker
    /// that stands there already is replaced as a whole.
    fn candidates(&self, offers: Vec<Offer>, start: usize, existing: Option<&Marker>) -> Vec<Candidate> {
        let typed = self.text.get(start..self.cursor).unwrap_or("");
        let mut end = self.cursor;
        if let Some(m) = existing.filter(|m| m.range.start as usize == start) {
            end = end.max(m.range.end as usize);
        } else if typed.starts_with(['（', '('])
            && !typed.contains(['）', ')'])
            && let Some(close) = after(self.text, end).filter(|c| matches!(c, '）' | ')'))
        {
            // Editors close brackets by themselves.
            end += close.len_utf8();
        }
        let span = Span::in_line(self.base + self.line, Range::new(start, end));
        let standing = self.text.get(start..end).unwrap_or("");
        let mut found: Vec<Candidate> = Vec::new();
        for Offer { text, detail, last } in offers {
            let label = text.trim_end_matches(is_space).to_owned();
            if !same_width(&text).starts_with(&same_width(typed)) && !last.starts_with(typed)
                || label == standing
                || found.iter().any(|c| c.text == text)
            {
                continue;
            }
            let filter = if text.starts_with(typed) { text.clone() } else { format!("{typed}{text}") };
            found.push(Candidate { label, detail, text, span, filter });
        }
        found
    }
}

/// How far the style of a draft are looked for, in lists or nodes.
const FAR: usize = 2000;

/// The elements before `at`, the nearest first, and then those from `at` on.
fn nearest<T>(all: &[T], at: usize) -> impl Iterator<Item = &T> {
    let (before, behind) = all.split_at(at.min(all.len()));
    before.iter().rev().take(FAR).chain(behind.iter().take(FAR))
}

/// True when other items can be written like this one.
fn is_model(marker: &Marker) -> bool {
    !matches!(marker.deviation, Some(Deviation::Doubled | Deviation::Lookalike))
}

/// The usual first ordinal one level below (GB/T 9704 7.3.3, and custom below that).
fn below(family: Family) -> Option<(Family, &'static str)> {
    Some(match family {
        Family::Chapter(_) | Family::Ledger => (Family::Chinese, "一、"),
        Family::Chinese => (Family::ChineseParen, "（一）"),
        Family::ChineseParen => (Family::Arabic, "1."),
        Family::Arabic => (Family::ArabicParen, "（1）"),
        Family::ArabicParen => (Family::Circled, "①"),
        _ => return None,
    })
}

/// Byte offsets of the quotation marks and brackets that are open at the end of `text`, in the way
/// that markers name their scope: an opening one at the very start counts as byte 1.
fn open_brackets(text: &str) -> Vec<u32> {
    let mut open: Vec<(char, u32)> = Vec::new();
    for (at, c) in text.char_indices() {
        let opening = match c {
            '“' | '‘' | '「' | '『' | '（' | '《' => Some(c),
            '(' => Some('（'),
            _ => None,
        };
        if let Some(c) = opening {
            open.push((c, (at as u32).max(1)));
            continue;
        }
        let Some(wanted) = crate::text::chars::opening_of(c) else { continue };
        if let Some(level) = open.iter().rposition(|(o, _)| *o == wanted) {
            open.truncate(level);
        }
    }
    open.into_iter().map(|(_, at)| at).collect()
}

/// The text with brackets, digits and points in one width.
fn same_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '（' => '(',
            '）' => ')',
            '，' => ',',
            '：' => ':',
            '．' => '.',
            '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
            _ => c,
        })
        .collect()
}
