//! Which announced count belongs to which list.
//!
//! Each list is held against the announcements before it, each announcement against the row beside it. What speaks
//! for a pair is said in features, with points fitted on finished prose (`tools/fit/counts.py` writes
//! `counts.tsv`): there a count and the list that belongs to it agree, and those that differ hardly ever belong
//! together.

mod facts;
mod points;

use std::sync::Arc;

use super::blocks::{self, Block};
use super::{List, Node, NodeKind, Outline};
use crate::paragraph::announcement::{Announcement, Place, Sign};
use crate::paragraph::lead::Form;
use crate::paragraph::row::{Frame, Row, Side, loose};
use crate::paragraph::{Family, Marker, Paragraph};
use crate::settings::Severity;

use facts::{Candidate, Facts, announcements, is_inside};
use points::{BEHIND_SIGNS, features, judged, off, recurs_in, said, thresholds};
pub use points::{Features, Model, NAMES, VERSION};

/// How many paragraphs before a list its announcement is looked for.
const BACK: usize = 4;

/// A count and what it announces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// `None` for items without ordinals.
    pub list: Option<u32>,
    /// The lines of the first and the last item, where these are paragraphs without ordinals.
    pub block: Option<(u32, u32)>,
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
    /// It cannot be told where the list ends, or which count is meant.
    pub is_open: bool,
    /// An unnumbered 此外 or 另外 stands behind the last item: one more may have been counted.
    pub has_extra: bool,
    /// What is counted stands before the count.
    pub is_behind: bool,
    pub model: Model,
    pub points: i32,
    pub features: Features,
}

impl Binding {
    /// A pair of which nothing more is known than what its features say: items without ordinals, counted before them.
    fn new((line, announcement, a): Candidate, actual: u32, model: Model, features: Features) -> Self {
        Self {
            list: None,
            block: None,
            line,
            announcement,
            also: None,
            count: a.count,
            actual,
            severity: Severity::Information,
            is_open: false,
            has_extra: false,
            is_behind: false,
            model,
            points: judged(&features),
            features,
        }
    }

    /// The announcement: its line, and which of that line it is.
    fn place(&self) -> (u32, u32) {
        (self.line, self.announcement)
    }

    pub fn is_sure(&self) -> bool {
        self.severity == Severity::Warning
    }

    pub fn agrees(&self) -> bool {
        self.count == self.actual || self.has_extra && self.count == self.actual + 1
    }
}

/// The pairs that are sure enough to be spoken about.
pub(super) fn bind(outline: &Outline, lines: &[Arc<Paragraph>]) -> Vec<Binding> {
    let mut pairs = pairs(outline, lines);
    pairs.retain(|pair| pair.points >= thresholds(pair.model).1);
    let open: Vec<(u32, u32)> = pairs.iter().filter(|p| p.is_open && !p.agrees()).map(Binding::place).collect();
    pairs.retain(|pair| pair.agrees() || !open.contains(&pair.place()));
    pairs.sort_by_key(|pair| std::cmp::Reverse((pair.agrees(), pair.points - thresholds(pair.model).0)));
    let mut bindings: Vec<Binding> = Vec::new();
    for mut pair in pairs {
        let place = pair.place();
        let report = thresholds(pair.model).0;
        // A list may be announced, and spoken of behind it.
        let is_same = |b: &Binding| b.list.is_some() && b.list == pair.list && b.is_behind == pair.is_behind;
        let taken = |b: &Binding| b.place() == place || is_same(b);
        // 三点意见 in the heading and again below it.
        if let Some(same) = bindings.iter_mut().find(|b| is_same(b))
            && same.count == pair.count
            && same.place() != place
        {
            // The first mention is the one that is spoken about.
            if same.also.is_none() && place < same.place() && pair.points >= report {
                same.also = Some(same.place());
                (same.line, same.announcement) = place;
            } else {
                same.also.get_or_insert(place);
            }
        }
        if !bindings.iter().any(taken) {
            pair.severity = if pair.points >= report { Severity::Warning } else { Severity::Information };
            bindings.push(pair);
        }
    }
    bindings.sort_by_key(Binding::place);
    bindings
}

/// All pairs of an announcement with a list or a row that it may be about.
pub fn pairs(outline: &Outline, lines: &[Arc<Paragraph>]) -> Vec<Binding> {
    let mut pairs: Vec<Binding> = Vec::new();
    for list in 0..outline.lists.len() as u32 {
        pairs.extend(pairs_of_list(outline, lines, list));
    }
    for (line, paragraph) in lines.iter().enumerate().filter(|(_, p)| p.is_read()) {
        for (index, announcement) in paragraph.announcements().iter().enumerate() {
            let row = announcement.row.as_ref();
            pairs.extend(row.map(|row| pair_of_row(line as u32, index as u32, announcement, row)));
            let signs = announcement.signs;
            let is_near = (signs.has(Sign::Above) || signs.has(Sign::Near) && signs.has(Sign::Starts))
                && !signs.has(Sign::Quoted);
            if is_near && announcement.place != Place::Heading {
                pairs.extend(pairs_before(outline, lines, (line as u32, index as u32, announcement)));
            }
            if row.is_none_or(|row| row.frame == Frame::Loose)
                && matches!(announcement.place, Place::Heading | Place::Last)
                && let Some(block) = blocks::behind(outline, lines, line as u32)
            {
                pairs.push(pair_of_block(line as u32, index as u32, announcement, &block));
            }
        }
    }
    pairs
}

fn pair_of_row(line: u32, index: u32, a: &Announcement, row: &Row) -> Binding {
    if row.frame == Frame::Loose {
        return pair_of_loose_row(line, index, a, row);
    }
    let features = features(|name| {
        // The row stands beside the count, whatever follows in the paragraph.
        let told = said(a, name).map(|holds| holds && name != "earlier");
        told.or_else(|| off(a.count, row.actual, name)).unwrap_or_else(|| match name {
            "row-head" => row.frame == Frame::Head,
            "row-tail" => row.frame == Frame::Tail,
            "row-within" => row.frame == Frame::Within,
            "row-character" => row.frame == Frame::Character,
            "row-unit" => row.frame == Frame::Unit,
            "row-quoted" => row.frame == Frame::Quoted,
            "row-length" => row.frame == Frame::Length,
            "row-any" => row.frame == Frame::Any,
            "row-listed" => row.frame == Frame::Listed,
            "row-sentences" => row.side == Side::Sentences,
            "row-before" => row.side == Side::Before,
            _ => false,
        })
    });
    let is_behind = matches!(row.side, Side::Before | Side::Such | Side::This);
    Binding { is_behind, ..Binding::new((line, index, a), row.actual, Model::Announced, features) }
}

fn pair_of_loose_row(line: u32, index: u32, a: &Announcement, row: &Row) -> Binding {
    let (model, names): (_, &[&str]) = match row.side {
        Side::Before => (Model::Before, &loose::BEFORE),
        _ => (Model::Behind, &loose::BEHIND),
    };
    let features = features(|name| match names.iter().position(|own| *own == name) {
        Some(place) => row.evidence.has(place),
        None if model == Model::Behind && BEHIND_SIGNS.contains(&name) => {
            said(a, &name["behind-".len()..]).unwrap_or(false)
        }
        None => false,
    });
    Binding { is_behind: model == Model::Before, ..Binding::new((line, index, a), row.actual, model, features) }
}

/// 一、……二、……三、……。以上三点，……: the lists that end where a count speaks of what stands before it.
fn pairs_before(outline: &Outline, lines: &[Arc<Paragraph>], (line, announcement, a): Candidate) -> Vec<Binding> {
    let before = (line, a.range.start);
    let n = outline.nodes.partition_point(|node| (node.line, node.marker.start) < before);
    let Some(mut at) = n.checked_sub(1) else { return Vec::new() };
    let starts = a.signs.has(Sign::Starts);
    let mut found: Vec<(u32, &Node)> = Vec::new();
    loop {
        let node = &outline.nodes[at];
        let list = node.list.map(|list| (list, &outline.lists[list as usize]));
        let is_here = node.line == line;
        // 这三点 inside an item of paragraphs is about something else.
        let reaches =
            if is_here { is_inside(node) } else { starts && !is_inside(node) || is_previous(lines, node, line) };
        if let Some((list, own)) = list
            && own.items.last() == Some(&(at as u32))
            && own.items.len() > 1
            && !matches!(own.family, Family::Side | Family::Comes(_) | Family::Heading(_))
            && reaches
        {
            found.push((list, node));
        }
        match list.map_or(node.parent, |(_, list)| list.parent) {
            Some(parent) if (parent as usize) < at => at = parent as usize,
            _ => break,
        }
    }
    let pair = |(order, &(list, node)): (usize, &(u32, &Node))| {
        let facts = Facts::of(outline, lines, list);
        let own = facts.list;
        let actual = own.items.len() as u32;
        let features = features(|name| match name.strip_prefix("after-") {
            Some("bias") => true,
            Some("above") => a.signs.has(Sign::Above),
            Some("own") => a.signs.has(Sign::Own),
            Some("item") => a.signs.has(Sign::Item),
            Some("no-noun") => a.noun.is_empty(),
            Some("starts") => starts,
            Some("comma") => a.signs.has(Sign::Comma),
            Some("closes") => a.signs.has(Sign::Closes),
            Some("inline") => own.inline,
            Some("here") => node.line == line,
            Some("one") => found.len() == 1,
            Some("recurs") => recurs_in(&facts.headings, a, "recurs-most", false) || facts.is_unit(a),
            Some("outer") => order > 0,
            Some(other) => off(a.count, actual, other).unwrap_or(false),
            None => false,
        });
        Binding {
            list: Some(list),
            is_open: facts.ends_with_last(),
            is_behind: true,
            ..Binding::new((line, announcement, a), facts.actual(a), Model::After, features)
        }
    };
    found.iter().enumerate().map(pair).collect()
}

/// True for an item inside the paragraph before `line`.
fn is_previous(lines: &[Arc<Paragraph>], node: &Node, line: u32) -> bool {
    is_inside(node) && (node.line + 1..line).all(|l| !lines[l as usize].is_read())
}

fn pair_of_block(line: u32, index: u32, a: &Announcement, block: &Block) -> Binding {
    let actual = block.titles.len() as u32;
    let features = features(|name| {
        said(a, name).or_else(|| off(a.count, actual, name)).unwrap_or_else(|| match name {
            "heading" => a.place == Place::Heading,
            "previous" => true,
            "bullets" => matches!(block.form, Form::Bullet(..)),
            "bold" => block.form == Form::Bold,
            "presents" => a.signs.has(Sign::Closes) && a.signs.has(Sign::Colon),
            _ => recurs_in(&block.titles, a, name, false),
        })
    });
    let block = Some((block.first, block.last));
    Binding { block, ..Binding::new((line, index, a), actual, Model::Announced, features) }
}

/// The announcements that may be about a list.
fn candidates<'a>(outline: &Outline, lines: &'a [Arc<Paragraph>], list: &List, first: &Node) -> Vec<Candidate<'a>> {
    let parent = list.parent.map(|p| &outline.nodes[p as usize]);
    let mut found: Vec<Candidate> = Vec::new();
    if let Some(parent) = parent.filter(|p| p.kind == NodeKind::Section) {
        found.extend(announcements(lines, parent.line).filter(|(_, _, a)| a.place == Place::Heading));
    }
    if is_inside(first) {
        // 讲三句话。第一句话，……一要……二要……: a list inside an item of another.
        let nested = |a: &Announcement| {
            let between = |m: &&Marker| a.range.end <= m.range.start && m.range.end <= first.marker.start;
            lines[first.line as usize].inline().iter().filter(between).any(|m| m.value == 1 && m.doubt.is_none())
        };
        let before = |a: &Announcement| a.sentence_end <= first.marker.start && a.place != Place::Row && !nested(a);
        found.extend(announcements(lines, first.line).filter(|(_, _, a)| before(a)));
    } else {
        let read = |l: &u32| lines[*l as usize].is_read() && !outline.parts.is_boilerplate(*l);
        for line in (0..first.line).rev().filter(read).take(BACK) {
            let own = parent.is_some_and(|p| p.line == line);
            found.extend(announcements(lines, line).filter(|(_, _, a)| own || a.place == Place::Last));
            // Another section's count is its own.
            if lines[line as usize].head().is_some() {
                break;
            }
        }
    }
    found.sort_by_key(|(line, index, _)| (*line, *index));
    found.dedup_by_key(|(line, index, _)| (*line, *index));
    found
}

fn pairs_of_list(outline: &Outline, lines: &[Arc<Paragraph>], index: u32) -> Vec<Binding> {
    let list = &outline.lists[index as usize];
    // Pairs are never counted.
    if matches!(list.family, Family::Side | Family::Comes(_)) || list.items.len() < 2 && list.inline {
        return Vec::new();
    }
    let Some(&first) = list.items.first() else { return Vec::new() };
    let first = &outline.nodes[first as usize];
    let markdown = matches!(list.family, Family::Heading(_));
    // Numbered sections beside unnumbered headings may be the items.
    let numbered = || outline.lists.iter().any(|l| l.parent == list.parent && l.family != list.family && !l.inline);
    if markdown && (list.items.len() < 2 || numbered()) {
        return Vec::new();
    }
    let candidates = candidates(outline, lines, list, first);
    if candidates.is_empty() {
        return Vec::new();
    }
    let facts = Facts::of(outline, lines, index);
    let actual = list.items.len() as u32;
    let has_extra = has_extra(outline, lines, list);
    let pair = |&(line, announcement, a): &Candidate| {
        let features = features(|name| {
            said(a, name)
                .or_else(|| off(a.count, actual, name))
                .or_else(|| (name == "extra").then_some(has_extra))
                .unwrap_or_else(|| facts.holds(name, (line, announcement, a)))
        });
        Binding {
            list: Some(index),
            // 最后 may close what is said rather than be an item; one item is hardly a list.
            is_open: facts.ends_with_last() && a.count + 1 == actual
                || actual < 2 && !a.is_spoken()
                || facts.is_open(announcement)
                || facts.goes_on(a, actual),
            has_extra,
            ..Binding::new((line, announcement, a), facts.actual(a), Model::Announced, features)
        }
    };
    candidates.iter().map(pair).collect()
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
