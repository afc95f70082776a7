//! Numbering as structure: renumbering, moving sections and changing their level, announced counts,
//! runs inside a paragraph.
//!
//! What is offered is certain: an edit that would leave the draft with another structure than it
//! promises is not offered.

mod announced;
mod levels;
mod moving;
mod renumber;
mod runs;

use super::marking::{Levels, disturbing};
use super::references::{self, Reference, speech_of};
use crate::analysis::{Analysis, Speech};
use crate::lexicon::CLOSING_WORDS;
use crate::locale::Locale;
use crate::outline::{Node, NodeKind};
use crate::paragraph::Marker;
use crate::rules::spares_markup;
use crate::text::fold::fold;
use crate::text::{Edit, Lines, Point, Range, Span};

pub use renumber::{may_renumber, renumber_all};

/// Something that can be done with the structure around the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Renumber,
    Normalise,
    MoveUp,
    MoveDown,
    Promote,
    Demote,
    Count,
    Stubs,
    Split,
    Join,
}

impl Change {
    pub const ALL: [Self; 10] = [
        Self::Renumber,
        Self::Normalise,
        Self::Count,
        Self::Stubs,
        Self::MoveUp,
        Self::MoveDown,
        Self::Promote,
        Self::Demote,
        Self::Split,
        Self::Join,
    ];

    /// The name that a client hands back to have the edits.
    pub fn name(self) -> &'static str {
        match self {
            Self::Renumber => "renumber",
            Self::Normalise => "normalise",
            Self::MoveUp => "moveUp",
            Self::MoveDown => "moveDown",
            Self::Promote => "promote",
            Self::Demote => "demote",
            Self::Count => "count",
            Self::Stubs => "stubs",
            Self::Split => "split",
            Self::Join => "join",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|change| change.name() == name)
    }

    pub fn title(self, locale: Locale) -> &'static str {
        match self {
            Self::Renumber => locale.pick("本列重新编号", "本列重新編號", "Renumber this list"),
            Self::Normalise => locale.pick(
                "本列序号改为规范写法",
                "本列序號改為規範寫法",
                "Write this list's markers in the usual way",
            ),
            Self::MoveUp => locale.pick("本节上移", "本節上移", "Move section up"),
            Self::MoveDown => locale.pick("本节下移", "本節下移", "Move section down"),
            Self::Promote => locale.pick("本节升一级", "本節升一級", "Promote section"),
            Self::Demote => locale.pick("本节降一级", "本節降一級", "Demote section"),
            Self::Count => {
                locale.pick("宣布的数目改为实有数目", "宣佈的數目改為實有數目", "Announce as many as there are")
            }
            Self::Stubs => {
                locale.pick("按宣布的数目补足各项", "按宣佈的數目補足各項", "Add the items that are announced")
            }
            Self::Split => locale.pick("各项分段", "各項分段", "One paragraph per item"),
            Self::Join => locale.pick("各项并为一段", "各項併為一段", "Join the items into one paragraph"),
        }
    }

    /// The edits, sorted and disjoint; none when it cannot be done at `at`.
    pub fn edits(self, analysis: &Analysis, lines: &dyn Lines, at: Point) -> Vec<Edit> {
        let Some((base, speech)) = speech_of(analysis, at) else {
            return Vec::new();
        };
        let place = Place { analysis, lines, base, speech, line: at.line - base, byte: at.byte };
        let edits = match self {
            Self::Renumber => place.renumber_list(),
            Self::Normalise => place.normalise_list(),
            Self::MoveUp => place.moved(true),
            Self::MoveDown => place.moved(false),
            Self::Promote => place.with_level(true),
            Self::Demote => place.with_level(false),
            Self::Count => place.count_changed(),
            Self::Stubs => place.stubs(),
            Self::Split => place.split(),
            Self::Join => place.joined(),
        };
        let mut edits = edits.unwrap_or_default();
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        let levels = if matches!(self, Self::Promote | Self::Demote) { Levels::Change } else { Levels::Stay };
        // What changes places is looked at where it goes.
        let is_move = matches!(self, Self::MoveUp | Self::MoveDown);
        if is_move || disturbing(analysis, lines, &edits, levels).is_empty() { edits } else { Vec::new() }
    }
}

/// Where the cursor is. Lines count from the first line of the speech.
struct Place<'a> {
    analysis: &'a Analysis,
    lines: &'a dyn Lines,
    base: u32,
    speech: &'a Speech,
    line: u32,
    byte: u32,
}

impl<'a> Place<'a> {
    fn text(&self, line: u32) -> std::borrow::Cow<'a, str> {
        self.lines.line((self.base + line) as usize)
    }

    fn node(&self, node: u32) -> &'a Node {
        &self.speech.outline.nodes[node as usize]
    }

    fn marker(&self, node: u32) -> Option<&'a Marker> {
        self.node(node).marker_of(&self.speech.lines)
    }

    /// None where it would touch markup.
    fn edit(&self, line: u32, range: Range, text: impl Into<String>) -> Option<Edit> {
        self.spared(Span::in_line(self.base + line, range), text)
    }

    fn spared(&self, span: Span, text: impl Into<String>) -> Option<Edit> {
        Some(Edit::new(span, text)).filter(|edit| spares_markup(self.analysis, edit))
    }

    /// The section that starts on the line of the cursor.
    fn section(&self) -> Option<u32> {
        let nodes = &self.speech.outline.nodes;
        let from = nodes.partition_point(|n| n.line < self.line);
        let here = nodes[from..].iter().take_while(|n| n.line == self.line);
        here.zip(from as u32..).find(|(n, _)| n.kind == NodeKind::Section && n.list.is_some()).map(|(_, i)| i)
    }

    /// The item that the cursor is in: the last on its line that starts before the cursor, or else the
    /// first.
    fn item(&self) -> Option<u32> {
        let nodes = &self.speech.outline.nodes;
        let from = nodes.partition_point(|n| n.line < self.line);
        let here: Vec<u32> = (from as u32..)
            .take_while(|&i| nodes.get(i as usize).is_some_and(|n| n.line == self.line))
            .filter(|&i| nodes[i as usize].list.is_some())
            .collect();
        let before = here.iter().rev().find(|&&i| nodes[i as usize].marker.start <= self.byte);
        before.or(here.first()).copied()
    }

    fn references(&self) -> Vec<Reference> {
        references::references(self.speech, self.base, self.lines)
    }

    /// The last line of the section of `node` that has text and is part of it: what closes the speech
    /// stands below the last section and is no part of it.
    fn last_line(&self, node: u32) -> u32 {
        let last = self.speech.outline.last_line(node, self.speech.lines.len());
        let first = self.node(node).line;
        let closing = self.closing().unwrap_or(u32::MAX);
        let belongs = |&n: &u32| {
            let p = &self.speech.lines[n as usize];
            n < closing && !p.is_blank() && !self.speech.outline.parts.is_boilerplate(n)
        };
        (first..=last).rev().find(belongs).unwrap_or(first)
    }

    /// Where the words that close the speech begin, below the last heading.
    fn closing(&self) -> Option<u32> {
        let last = self.speech.outline.nodes.iter().filter(|n| n.kind == NodeKind::Section).map(|n| n.line).max()?;
        let end = self.speech.lines.len() as u32;
        (last + 1..end).find(|&n| {
            let paragraph = &self.speech.lines[n as usize];
            let closes = || {
                let text = fold(&self.text(n)).into_owned();
                CLOSING_WORDS.stands_at(&text, crate::paragraph::text_start(&text))
            };
            paragraph.is_read() && (paragraph.structural.addresses || closes())
        })
    }
}
