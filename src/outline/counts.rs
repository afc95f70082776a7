//! Which announced count belongs to which list.
//!
//! Each list is held against the announcements before it, each announcement against the row beside it. What speaks
//! for a pair is said in features, with points fitted on finished prose (`tools/fit/counts.py` writes
//! `counts.tsv`): there a count and the list that belongs to it agree, and those that differ hardly ever belong
//! together.

use std::sync::{Arc, LazyLock};

use super::blocks::{self, Block};
use super::{List, Node, NodeKind, Outline};
use crate::paragraph::announcement::{Announcement, Place, Sign};
use crate::paragraph::lead::Form;
use crate::paragraph::marker::LAST;
use crate::paragraph::row::{Frame, Row, Side, loose};
use crate::paragraph::{Family, Marker, Paragraph};
use crate::settings::Severity;
use crate::text::tables::COUNTS;
use crate::text::{self, chars::simplified};

/// How many lines behind a list, and candidates in each, its next number is looked for.
const RUN_ON: usize = 16;
/// How many paragraphs before a list its announcement is looked for.
const BACK: usize = 4;
/// Hardly anybody announces more.
const MANY: u32 = 9;
/// How close to the first item an announcement in its paragraph ends that stands right before it, in bytes.
const NEAR: u32 = 8;

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

/// The features of a pair, in the order of [`Features`]: of lists and rows that are alike in something, of rows that
/// only marks delimit before and behind a count, of counts of what has been said.
pub const NAMES: [&str; COUNT] = {
    let mut names = [""; COUNT];
    let mut at = 0;
    let parts: [&[&str]; 5] = [&OWN, &loose::BEFORE, &loose::BEHIND, &BEHIND_SIGNS, &AFTER];
    let mut part = 0;
    while part < parts.len() {
        let mut i = 0;
        while i < parts[part].len() {
            names[at] = parts[part][i];
            (i, at) = (i + 1, at + 1);
        }
        part += 1;
    }
    names
};
const COUNT: usize = OWN.len() + loose::BEFORE.len() + loose::BEHIND.len() + BEHIND_SIGNS.len() + AFTER.len();

/// What is said of a count with a loose row behind it.
const BEHIND_SIGNS: [&str; 12] = [
    "behind-telling", "behind-being", "behind-doing", "behind-own", "behind-item", "behind-quoted", "behind-back",
    "behind-ahead", "behind-done", "behind-from", "behind-partly", "behind-no-noun",
];
/// What is said of a count of what stands before it.
const AFTER: [&str; 15] = [
    "after-bias", "after-above", "after-own", "after-item", "after-no-noun", "after-starts", "after-comma",
    "after-closes", "after-inline", "after-here", "after-one", "after-recurs", "after-outer", "after-off-two",
    "after-off-more",
];
const OWN: [&str; 61] = [
    "bias", "telling", "being", "doing", "own", "item", "spoken", "closes", "comma", "colon", "quoted", "back",
    "ahead", "done", "from", "partly", "such", "earlier", "no-noun", "heading", "adjacent", "apart", "previous",
    "further", "unit", "recurs-all", "recurs-most", "last-character", "frame", "nth", "nth-noun", "shi", "verb",
    "cn-dun", "cn-paren", "arabic", "first", "markdown", "other", "inline", "broken", "extra", "off-two", "off-more",
    "row-head", "row-tail", "row-within", "row-character", "row-unit", "row-quoted", "row-length", "row-any",
    "row-listed", "row-sentences", "row-before", "bullets", "bold", "bare", "bare-further", "many", "presents",
];

/// The features of a pair, each 0 or 1.
pub type Features = [bool; COUNT];

const TABLE: &str = include_str!("counts.tsv");

/// In what way a count and what it counts are held together: each is judged by features of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    /// A list, or a row whose items are alike in something, behind an announcement.
    Announced,
    /// A loose row before the count.
    Before,
    /// A loose row behind it.
    Behind,
    /// A list behind which the count speaks of it: 以上三点.
    After,
}

impl Model {
    const ALL: [(Self, &str, &str); 4] = [
        (Self::Announced, "threshold-report", "threshold-hint"),
        (Self::Before, "threshold-before-report", "threshold-before-hint"),
        (Self::Behind, "threshold-behind-report", "threshold-behind-hint"),
        (Self::After, "threshold-after-report", "threshold-after-hint"),
    ];
}

/// The points of each feature.
fn points() -> &'static [i32; COUNT] {
    static POINTS: LazyLock<[i32; COUNT]> = LazyLock::new(|| NAMES.map(|name| COUNTS.get(name)));
    &POINTS
}

/// From how many points on there is a warning and a hint.
fn thresholds(model: Model) -> (i32, i32) {
    static THRESHOLDS: LazyLock<[(i32, i32); 4]> =
        LazyLock::new(|| Model::ALL.map(|(_, report, hint)| (COUNTS.get(report), COUNTS.get(hint))));
    THRESHOLDS[model as usize]
}

/// A number that changes with the table of points.
pub const VERSION: u32 = text::digest(TABLE);

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

/// Adds up the points of the features that are named.
fn judged(features: &Features) -> i32 {
    let weights = points();
    (0..COUNT).filter(|&i| features[i]).map(|i| weights[i]).sum()
}

fn features(holds: impl Fn(&str) -> bool) -> Features {
    NAMES.map(holds)
}

/// What the announcement itself says.
fn said(a: &Announcement, name: &str) -> Option<bool> {
    match name {
        "bias" => Some(true),
        "spoken" => Some(a.is_spoken()),
        "no-noun" => Some(a.noun.is_empty()),
        "many" => Some(a.count > MANY),
        _ => Sign::of_name(name).map(|sign| a.signs.has(sign)),
    }
}

/// How far the count is from what is there.
fn off(count: u32, actual: u32, name: &str) -> Option<bool> {
    match name {
        "off-two" => Some(count.abs_diff(actual) == 2),
        "off-more" => Some(count.abs_diff(actual) > 2),
        _ => None,
    }
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
    Binding {
        list: None,
        block: None,
        line,
        announcement: index,
        also: None,
        count: a.count,
        actual: row.actual,
        severity: Severity::Information,
        is_open: false,
        has_extra: false,
        is_behind: matches!(row.side, Side::Before | Side::Such | Side::This),
        model: Model::Announced,
        points: judged(&features),
        features,
    }
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
    Binding {
        list: None,
        block: None,
        line,
        announcement: index,
        also: None,
        count: a.count,
        actual: row.actual,
        severity: Severity::Information,
        is_open: false,
        has_extra: false,
        is_behind: model == Model::Before,
        model,
        points: judged(&features),
        features,
    }
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
            block: None,
            line,
            announcement,
            also: None,
            count: a.count,
            actual: if facts.last == Some(a.count) { a.count } else { actual },
            severity: Severity::Information,
            is_open: facts.ends_with_last(),
            has_extra: false,
            is_behind: true,
            model: Model::After,
            points: judged(&features),
            features,
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
    Binding {
        list: None,
        block: Some((block.first, block.last)),
        line,
        announcement: index,
        also: None,
        count: a.count,
        actual,
        severity: Severity::Information,
        is_open: false,
        has_extra: false,
        is_behind: false,
        model: Model::Announced,
        points: judged(&features),
        features,
    }
}

/// The features that tell how items and announcement are alike.
fn recurs_in(titles: &[impl AsRef<str>], a: &Announcement, name: &str, is_unit: bool) -> bool {
    let recurs = |n: usize| {
        let Some((at, _)) = a.noun.char_indices().rev().nth(n - 1) else { return 0 };
        titles.iter().filter(|title| title.as_ref().contains(&a.noun[at..])).count()
    };
    match name {
        "recurs-all" => recurs(2) == titles.len(),
        "recurs-most" => recurs(2) * 2 >= titles.len(),
        "last-character" => recurs(1) == titles.len(),
        // 在三个方面下功夫：在……上下功夫
        "frame" => !a.tail.is_empty() && titles.iter().all(|title| title.as_ref().contains(&*a.tail)),
        "bare" => {
            let says = [Sign::Telling, Sign::Being, Sign::Doing, Sign::Ahead, Sign::Own, Sign::Item];
            !says.iter().any(|sign| a.signs.has(*sign)) && !is_unit && recurs(2) == 0
        }
        _ => false,
    }
}

/// A candidate: line, place in the line's announcements, and the announcement.
type Candidate<'a> = (u32, u32, &'a Announcement);

fn announcements(lines: &[Arc<Paragraph>], line: u32) -> impl Iterator<Item = Candidate<'_>> {
    lines[line as usize].announcements().iter().enumerate().map(move |(i, a)| (line, i as u32, a))
}

/// True for an item inside a paragraph.
fn is_inside(node: &Node) -> bool {
    node.kind == NodeKind::Item && node.inline.is_some()
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
            block: None,
            line,
            announcement,
            also: None,
            count: a.count,
            // 四点：第一、第二、第四: the last number tells that one is missing in the middle.
            actual: if facts.last == Some(a.count) { a.count } else { actual },
            severity: Severity::Information,
            // 最后 may close what is said rather than be an item; one item is hardly a list.
            is_open: facts.ends_with_last() && a.count + 1 == actual
                || actual < 2 && !a.is_spoken()
                || facts.is_open(announcement)
                || facts.goes_on(a, actual),
            has_extra,
            is_behind: false,
            model: Model::Announced,
            points: judged(&features),
            features,
        }
    };
    candidates.iter().map(pair).collect()
}

/// What is known of a list, whatever is said to announce it.
struct Facts<'a> {
    outline: &'a Outline,
    lines: &'a [Arc<Paragraph>],
    list: &'a List,
    index: u32,
    first: &'a Node,
    markers: Vec<&'a Marker>,
    headings: Vec<String>,
    /// The number of the last item, where it has one that differs from its place.
    last: Option<u32>,
    broken: bool,
}

impl<'a> Facts<'a> {
    fn of(outline: &'a Outline, lines: &'a [Arc<Paragraph>], index: u32) -> Self {
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

    fn holds(&self, name: &str, (line, _, a): Candidate) -> bool {
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

    fn ends_with_last(&self) -> bool {
        self.markers.last().is_some_and(|m| m.value == LAST)
    }

    fn is_open(&self, announcement: u32) -> bool {
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
    fn is_unit(&self, a: &Announcement) -> bool {
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
    fn goes_on(&self, a: &Announcement, actual: u32) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_a_row_with_points_and_a_meaning() {
        for name in NAMES {
            let meaning = text::tables::cell(TABLE, name, "meaning");
            assert!(meaning.is_some_and(|meaning| !meaning.is_empty()), "{name}");
        }
    }
}
