//! The text of a paragraph without its markup, and the facts of the paragraph in both.
//!
//! What other paragraphs, the outline and the editor see are bytes of the line. The rules read the
//! prose; their ranges come back here.

use std::borrow::Cow;

use super::pairs::Unpaired;
use super::style::Style;
use super::{Announcement, Marker, Opening, Paragraph, Placeholder, StructuralFacts, Structure};
use crate::markup::Prose;
use crate::text::Range;

/// A paragraph as it reads without markup.
#[derive(Clone, Debug)]
pub struct Plain {
    pub prose: Prose,
    /// Its facts, in bytes of the prose.
    pub paragraph: Paragraph,
}

impl Paragraph {
    /// The text to read, and the facts in bytes of it.
    pub fn reading<'a>(&'a self, line: &'a str) -> (&'a str, &'a Self) {
        match &self.plain {
            Some(plain) => (&plain.prose.text, &plain.paragraph),
            None => (line, self),
        }
    }

    /// The facts in bytes of the text without markup.
    pub fn inner(&self) -> &Self {
        self.plain.as_ref().map_or(self, |plain| &plain.paragraph)
    }

    /// The stretch of the line that `range` of the prose stands for.
    pub fn to_line(&self, range: Range) -> Range {
        self.plain.as_ref().map_or(range, |plain| plain.prose.to_line(range))
    }

    /// The stretch of the prose that lies in `range` of the line.
    pub fn of_line(&self, range: Range) -> Range {
        self.plain.as_ref().map_or(range, |plain| plain.prose.of_line(range))
    }

    /// What a reader sees of `range` of the line.
    pub fn text_of<'a>(&'a self, line: &'a str, range: Range) -> Cow<'a, str> {
        match &self.plain {
            Some(plain) => plain.prose.shown(line, plain.prose.of_line(range)),
            None => range.of(line).into(),
        }
    }

    /// What of the line is not text.
    pub fn markup<'a>(&self, line: &'a str) -> Vec<&'a str> {
        let cuts = self.plain.as_ref().map_or_else(Vec::new, |plain| plain.prose.cuts(line));
        cuts.into_iter().map(|cut| cut.of(line)).collect()
    }

    /// True when `range` of the line holds no byte of markup.
    pub fn is_text(&self, range: Range) -> bool {
        self.plain.as_ref().is_none_or(|plain| plain.prose.is_text(range))
    }

    /// The same paragraph with the markup around its text.
    pub(super) fn marked_up(self, prose: Prose) -> Self {
        let mut outer = Self {
            structural: structural(&self.structural, &prose),
            placeholders: self.placeholders.iter().map(|found| placeholder(found, &prose)).collect(),
            style: style(&self.style, &prose),
            ..self.clone()
        };
        outer.plain = Some(Box::new(Plain { prose, paragraph: self }));
        outer
    }
}

fn structural(facts: &StructuralFacts, prose: &Prose) -> StructuralFacts {
    StructuralFacts { structure: facts.structure.as_ref().map(|s| Box::new(structure(s, prose))), ..facts.clone() }
}

fn structure(structure: &Structure, prose: &Prose) -> Structure {
    let Structure {
        head,
        alternative,
        inline,
        announcements,
        opening,
        extra,
        start,
        heading,
        title,
        name,
        begins,
        first_said,
        attachment,
    } = structure;
    Structure {
        head: head.as_ref().map(|m| marker(m, prose)),
        alternative: alternative.as_ref().map(|m| Box::new(marker(m, prose))),
        begins: *begins,
        first_said: first_said.map(|at| begin(at, prose)),
        inline: inline.iter().map(|m| marker(m, prose)).collect(),
        announcements: announcements.iter().map(|a| announcement(a, prose)).collect(),
        opening: opening.as_ref().map(|o| Opening { title: prose.to_line(o.title), ..o.clone() }),
        extra: extra.map(|at| begin(at, prose)),
        start: begin(*start, prose),
        heading: *heading,
        title: prose.to_line(*title),
        name: name.clone(),
        attachment: *attachment,
    }
}

/// Where in the line the character stands that begins at byte `at` of the prose.
fn begin(at: u32, prose: &Prose) -> u32 {
    prose.to_line(Range { start: at, end: at + 1 }).start
}

/// Where in the line the character ends that ends at byte `at` of the prose.
fn end(at: u32, prose: &Prose) -> u32 {
    prose.to_line(Range { start: at, end: at }).end
}

fn marker(marker: &Marker, prose: &Prose) -> Marker {
    Marker {
        range: prose.to_line(marker.range),
        number: prose.to_line(marker.number),
        title: prose.to_line(marker.title),
        ..marker.clone()
    }
}

fn announcement(found: &Announcement, prose: &Prose) -> Announcement {
    Announcement {
        range: prose.to_line(found.range),
        number: prose.to_line(found.number),
        sentence_end: end(found.sentence_end, prose),
        ..found.clone()
    }
}

fn placeholder(found: &Placeholder, prose: &Prose) -> Placeholder {
    Placeholder { range: prose.to_line(found.range), unit: prose.to_line(found.unit), ..found.clone() }
}

fn style(style: &Style, prose: &Prose) -> Style {
    let half = style.half().iter().cloned().filter_map(|mut half| {
        half.range = prose.to_line(half.range);
        half.partner = half.partner.map(|(range, full)| (prose.to_line(range), full));
        let partner = half.partner.is_none_or(|(range, _)| prose.is_text(range));
        (partner && prose.is_text(half.range)).then_some(half)
    });
    let unpaired = style.unpaired().iter().map(|mark| Unpaired { range: prose.to_line(mark.range), ..*mark });
    let mut style = style.with_slips(half.collect(), unpaired.collect());
    style.start = begin(style.start, prose);
    style
}
