//! What is still being written: what the text that comes next may settle by itself.
//!
//! From 我讲三点意见 to the third point fewer are listed than announced, and a quotation is open until it is
//! closed. Where the writer is, that is no fault yet.

use rustc_hash::FxHashSet;

use crate::analysis::{Analysis, Speech};
use crate::outline::{Node, NodeKind};
use crate::paragraph::Paragraph;
use crate::rules::{Rule, Tag};
use crate::text::chars::is_boundary;
use crate::text::{Lines, Point, Range, Span};

/// What is open where the writer is.
#[derive(Clone, Debug, Default)]
pub struct Open {
    front: Point,
    /// The front stands at the end of a clause, or of the line.
    at_end: bool,
    /// The first line of the paragraphs that one quotation may run through, up to the front.
    quoted: u32,
    /// The lists that go on at the front: their ordinals, and the counts that announce them; sorted and disjoint.
    lists: Vec<Span>,
}

impl Open {
    /// What is open when the last thing that was written ends at `front`.
    pub fn at(analysis: &Analysis, lines: &dyn Lines, front: Point) -> Self {
        let text = lines.line(front.line as usize);
        let rest = text.get(front.byte as usize..).unwrap_or("").trim_start();
        let mut open =
            Self { front, at_end: rest.chars().next().is_none_or(is_boundary), quoted: front.line, lists: Vec::new() };
        let Some((index, base)) = analysis.speech_at(front.line as usize) else { return open };
        let Some((_, speech)) = analysis.speeches().nth(index) else { return open };
        let here = front.line - base as u32;
        open.quoted = base as u32 + first_quoted(speech, here);
        open.lists = open_lists(speech, base as u32, here, front.byte);
        open
    }

    /// The lines on which findings about single paragraphs may wait for more text.
    pub fn lines(&self) -> std::ops::RangeInclusive<u32> {
        self.quoted..=self.front.line
    }

    /// Whether the text to come may settle what `rule` found at `span`, in sight of the `related` places.
    pub fn awaits(&self, rule: &Rule, span: Span, related: impl IntoIterator<Item = Span>) -> bool {
        if rule.is(Tag::Open) {
            return self.lines().contains(&span.start.line);
        }
        if !rule.check.is_local() {
            let is_here = |place: Span| {
                place.start.line <= self.front.line && self.front.line <= place.end.line || self.overlaps_list(place)
            };
            return is_here(span) || related.into_iter().any(is_here);
        }
        // A word that is not whole yet.
        self.at_end && span.touches(self.front)
    }

    fn overlaps_list(&self, place: Span) -> bool {
        let from = self.lists.partition_point(|open| open.end < place.start);
        self.lists[from..].iter().take_while(|open| open.start <= place.end).any(|open| open.overlaps(place))
    }
}

/// Sorted spans, those that overlap as one.
fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut all: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match all.last_mut().filter(|last| last.overlaps(span)) {
            Some(last) => last.end = last.end.max(span.end),
            None => all.push(span),
        }
    }
    all
}

/// The first of the paragraphs up to `here` that one quotation may run through: each begins with a quotation
/// mark again.
fn first_quoted(speech: &Speech, here: u32) -> u32 {
    let full = |p: &Paragraph| !p.is_blank();
    let Some(mut first) = speech.lines.get(..=here as usize).and_then(|l| l.iter().rposition(|p| full(p))) else {
        return here;
    };
    while speech.lines[first].style.opens_quoted
        && let Some(before) = speech.lines[..first].iter().rposition(|p| full(p))
    {
        first = before;
    }
    first as u32
}

/// The ordinals and announcements of the lists that go on at byte `byte` of line `here` of the speech.
fn open_lists(speech: &Speech, base: u32, here: u32, byte: u32) -> Vec<Span> {
    let outline = &speech.outline;
    // The closing ends the lists before it.
    let is_over = |node: &Node| outline.parts.closing.is_some_and(|closing| node.line < closing && closing <= here);
    let before = |node: &Node| (node.line, node.marker.start) <= (here, byte);
    let mut places = Vec::new();
    let mut add = |line: u32, range: Range| places.push(Span::in_line(base + line, range));
    // Items without ordinals go on up to the next line that is none of them.
    let grows = |first: u32, last: u32| {
        let behind = speech.lines.get(last as usize + 1..=here as usize).unwrap_or_default();
        first <= here && behind.iter().all(|p| p.is_blank() || p.structural.lead.is_some())
    };
    for binding in outline.bindings.iter().filter(|b| b.block.is_some_and(|(first, last)| grows(first, last))) {
        add(binding.line, speech.lines[binding.line as usize].announcements()[binding.announcement as usize].range);
    }
    let Some(last) = outline.nodes.partition_point(before).checked_sub(1) else { return merged(places) };
    let line = outline.nodes[last].line;
    let between = speech.lines.get(line as usize + 1..=here as usize).unwrap_or_default();
    // Lists inside a paragraph go on up to the next one.
    let is_inside = between.iter().all(|p| p.is_blank());
    let (mut open, mut seen): (FxHashSet<u32>, FxHashSet<u32>) = Default::default();
    let here = outline.nodes[..=last].iter().rposition(|node| node.line != line).map_or(0, |at| at + 1)..=last;
    for mut next in here.map(|index| Some(index as u32)) {
        while let Some(index) = next.filter(|index| seen.insert(*index)) {
            let node = &outline.nodes[index as usize];
            next = node.parent;
            let goes_on = if node.kind == NodeKind::Item { is_inside && node.line == line } else { !is_over(node) };
            open.extend(node.list.filter(|_| goes_on));
        }
    }
    for &list in &open {
        for &item in &outline.lists[list as usize].items {
            let node = &outline.nodes[item as usize];
            add(node.line, node.marker);
        }
    }
    for binding in outline.bindings.iter().filter(|binding| binding.list.is_some_and(|list| open.contains(&list))) {
        let announcements = speech.lines[binding.line as usize].announcements();
        if let Some(said) = announcements.get(binding.announcement as usize) {
            add(binding.line, said.range);
        }
    }
    merged(places)
}
