//! The structure of a speech: its parts, the tree of sections, the lists, and the counts that
//! announce them. Works on the facts of paragraphs, never on text.

mod blocks;
pub mod counts;
pub mod faults;
mod heading_candidates;
pub mod parts;
mod reading;
pub mod sequence;
#[cfg(test)]
mod tests;
mod tree;

use std::sync::Arc;

use crate::paragraph::{Family, Marker, Paragraph, Pattern};
use crate::text::{Range, Span};

pub use counts::Binding;
pub use faults::{Fault, Verdict};
pub use parts::SpeechParts;

/// [`Node::inline`] of a node that the other reading of its line begins with.
pub const ALTERNATIVE: u32 = u32::MAX;

/// The structure of one speech. Lines count from the first line of the speech.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    pub parts: SpeechParts,
    /// In text order; a child comes after its parent.
    pub nodes: Vec<Node>,
    pub lists: Vec<List>,
    /// Nodes whose marker is of a higher level than that of the section they stand in.
    pub inversions: Vec<u32>,
    pub bindings: Vec<Binding>,
    /// Lists that do not count on, turns of speech included.
    pub faults: Vec<Fault>,
}

/// A section or an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    pub kind: NodeKind,
    /// 1 for the outermost.
    pub level: u8,
    pub parent: Option<u32>,
    /// The list it is an item of; parallel paragraphs have none.
    pub list: Option<u32>,
    pub line: u32,
    /// Which marker of the paragraph: `None` for the one it starts with.
    pub inline: Option<u32>,
    pub marker: Range,
    pub title: Range,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// Has a paragraph, or several, of its own.
    Section,
    /// Stands inside a paragraph.
    Item,
    /// One of several unnumbered paragraphs that open alike.
    Parallel(Pattern),
}

/// Items that are numbered together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    pub family: Family,
    pub parent: Option<u32>,
    /// Nodes in text order.
    pub items: Vec<u32>,
    /// The nodes among `items` that are written in another family.
    pub mismatched: Vec<u32>,
    /// All items stand inside one paragraph.
    pub inline: bool,
    /// The number of the first item: more than one where the list goes on with the numbers of the
    /// list in the section before.
    pub first: u32,
}

impl Node {
    pub fn marker_of<'a>(&self, lines: &'a [Arc<Paragraph>]) -> Option<&'a Marker> {
        let paragraph = lines.get(self.line as usize)?;
        match self.inline {
            None => paragraph.head().filter(|m| m.range == self.marker),
            Some(ALTERNATIVE) => paragraph.structure()?.alternative.as_deref(),
            Some(i) => paragraph.inline().get(i as usize),
        }
    }

    /// The marker and the heading.
    pub fn span(&self) -> Span {
        Span::in_line(
            self.line,
            Range { start: self.marker.start.min(self.title.start), end: self.title.end.max(self.marker.end) },
        )
    }
}

impl Outline {
    /// The structure of the speech that `lines` are.
    pub fn of(lines: &[Arc<Paragraph>]) -> Self {
        let parts = SpeechParts::of(lines);
        let mut outline = tree::build(lines, parts);
        outline.bindings = counts::bind(&outline, lines);
        outline.faults = faults::find(&outline, lines);
        outline.nodes.shrink_to_fit();
        outline.lists.shrink_to_fit();
        outline
    }

    /// The faults that are reported or hinted at.
    pub fn reported(&self) -> impl Iterator<Item = &Fault> {
        self.faults.iter().filter(|fault| fault.verdict > Verdict::Silent)
    }

    /// The markers of the items of a list.
    pub fn markers<'a>(&self, list: u32, lines: &'a [Arc<Paragraph>]) -> Vec<&'a Marker> {
        self.lists[list as usize].items.iter().filter_map(|&n| self.nodes[n as usize].marker_of(lines)).collect()
    }

    /// The numbers of the items of a list, as written. 最后 has none and is left out.
    pub fn values(&self, list: u32, lines: &[Arc<Paragraph>]) -> Vec<u32> {
        self.markers(list, lines).iter().map(|m| m.value).filter(|&v| v != crate::paragraph::marker::LAST).collect()
    }

    pub fn children(&self, parent: Option<u32>) -> impl Iterator<Item = u32> + '_ {
        (0..self.nodes.len() as u32).filter(move |&i| self.nodes[i as usize].parent == parent)
    }

    /// The last line of the section of node `i`, in a speech of `line_count` lines.
    pub fn last_line(&self, i: u32, line_count: usize) -> u32 {
        let node = &self.nodes[i as usize];
        if node.kind == NodeKind::Item {
            return node.line;
        }
        self.nodes[i as usize + 1..]
            .iter()
            .find(|next| next.level <= node.level && next.line > node.line && next.kind != NodeKind::Item)
            .map_or(line_count as u32, |next| next.line)
            .min(self.parts.closing.filter(|&closing| closing > node.line).unwrap_or(u32::MAX))
            .saturating_sub(1)
            .max(node.line)
    }
}
