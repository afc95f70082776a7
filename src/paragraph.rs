//! The facts of one paragraph: a pure function of its text, kept for as long as the text stands.
//!
//! A paragraph is one line. Offsets are bytes from its start, so that the facts of a paragraph do
//! not change when another one is edited. Nothing here knows about other paragraphs: whether a
//! candidate ordinal really belongs to a list is decided in [`crate::outline`].

pub mod allotted;
pub mod announcement;
pub mod directive;
pub mod evidence;
pub mod genre;
mod hit;
mod inline;
mod kind;
pub mod lead;
pub mod marker;
pub mod ordinals;
pub mod pairs;
mod plain;
pub mod row;
mod scan;
pub mod style;

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::markup::{Block, Evidence, Line, State};
use crate::placeholder::Placeholder;
use crate::slogans::{Date, Reading};
use crate::text::Range;
use crate::text::fold::fold;

pub use announcement::Announcement;
pub use directive::Directive;
pub(crate) use hit::packed;
pub use hit::{Hit, Packed};
pub use lead::Lead;
pub use marker::{Family, Marker};
pub use plain::Plain;
pub use scan::{Options, scan, text_start};
pub use style::Style;

/// What is known of one paragraph.
#[derive(Clone, Debug, Default)]
pub struct Paragraph {
    /// What the outline depends on.
    pub structural: StructuralFacts,
    pub placeholders: Box<[Placeholder]>,
    /// Han characters and digits: what a speaker says.
    pub spoken: u32,
    /// Latin letters.
    pub letters: u32,
    /// The text has characters with another, Simplified form.
    pub folds: bool,
    /// The script, where the first characters of the paragraph tell.
    pub script: Option<Script>,
    pub directive: Option<Box<Directive>>,
    /// The draft is written in Markdown.
    pub markdown: bool,
    /// The text without its markup, where there is any in the line.
    pub plain: Option<Box<Plain>>,
    /// What the line is in Markdown.
    pub block: Block,
    /// What stands open in Markdown before the line, where it can be read without those above it.
    pub begins: Option<State>,
    /// The labels of links that the lines from here on depend on, where `begins` is set.
    pub labels: Option<Box<LinkLabels>>,
    /// What the line says about whether plain text carries Markdown.
    pub evidence: Evidence,
    /// What it says of the kind of text that it stands in.
    pub traits: genre::Traits,
    /// What the findings of the speech depend on besides the outline.
    pub style: Style,
    /// What the paragraph rules found here: filled in by [`crate::rules`] on first need.
    pub hits: OnceLock<Box<[Hit]>>,
    /// What they saw here that only counts together with the rest of the speech: filled in likewise.
    pub observations: OnceLock<Box<[Hit]>>,
    /// What the catalogue of formulations says, if anything: filled in by [`crate::rules`] on first need.
    pub phrase_facts: OnceLock<Option<Box<PhraseFacts>>>,
}

/// Labels of definitions of links in Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkLabels {
    pub defines: Option<Box<str>>,
    /// Those whose definition would change how the lines are read.
    pub asks: Box<[Box<str>]>,
}

/// What the catalogue of formulations says of a paragraph.
#[derive(Clone, Debug, Default)]
pub struct PhraseFacts {
    pub reading: Reading,
    /// The newest month that the paragraph names.
    pub date: Option<Date>,
    /// It is the date of the draft, on a line of its own.
    pub is_dated: bool,
}

/// How many characters [`StructuralFacts::length`] tells apart: more than a line of hard-wrapped text has.
pub const LONG: u8 = 80;

/// The part of the facts that other paragraphs can see. While it stays the same, an edit changes
/// nothing outside its paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StructuralFacts {
    pub kind: Kind,
    /// The paragraph is indented.
    pub indented: bool,
    /// The last character ends a sentence or announces what follows (`。！？：；”…`).
    pub ends_sentence: bool,
    /// Begins like a closing paragraph: 同志们，……
    pub addresses: bool,
    /// The length in characters, exact up to [`LONG`]; longer paragraphs count as one more.
    pub length: u8,
    /// The paragraph may be an item of a list without numbers.
    pub lead: Option<Box<Lead>>,
    /// Everything else; most paragraphs have nothing of it.
    pub structure: Option<Box<Structure>>,
}

/// Simplified or Traditional characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    Simplified,
    Traditional,
}

/// What a paragraph as a whole is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Blank,
    Prose,
    /// 同志们： on a line of its own.
    Salutation,
    /// A line that names a speech: 在……会议上的讲话, 篇二.
    Title,
    /// `---`
    Rule,
    /// Code, front matter, a definition or a comment: not read.
    Skipped,
    /// Text beside the speech: a row of a table, a note, the title in front matter, how long the speech may
    /// take. Read for slips and placeholders, no part of the outline.
    Aside,
    /// The line that opens or closes a block of code.
    Fence,
    /// A line with a word of boilerplate of a site or advertisement.
    Boilerplate,
    /// 目录
    Contents,
}

/// Ordinals, announcements and the like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Structure {
    /// The ordinal that the paragraph starts with.
    pub head: Option<Marker>,
    /// The other reading of `head`: 2.15分钟 is a decimal, or 2. and a heading.
    pub alternative: Option<Box<Marker>>,
    /// Candidates inside the paragraph, in text order.
    pub inline: Box<[Marker]>,
    pub announcements: Box<[Announcement]>,
    /// How the paragraph opens, where other paragraphs may open alike.
    pub opening: Option<Opening>,
    /// The last 此外 or 另外 that begins a clause: it may carry an unnumbered item.
    pub extra: Option<u32>,
    /// Where the text starts, behind indentation and Markdown prefix.
    pub start: u32,
    /// The level of a Markdown heading (`##`); 0 for other lines.
    pub heading: u8,
    /// The text of a Markdown heading, ordinal and all; empty for other lines.
    pub title: Range,
    /// The same without the markup in it.
    pub name: Box<str>,
    /// Another way to begin a list stands here: 首先, 第一, 一个是.
    pub begins: bool,
    /// Where a clause begins with the first item in other words, after which ordinals count on: 头一件, 先说.
    pub first_said: Option<u32>,
    /// 附件： …: what follows is no part of the speech.
    pub attachment: bool,
}

/// An opening that parallel paragraphs share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    pub pattern: Pattern,
    /// The first sentence or clause, without its mark.
    pub title: Range,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// 要……。
    Must,
    /// ……的是，
    Topic,
    /// 从……看，
    From,
    /// ——……
    Dash,
}

impl Paragraph {
    pub fn structure(&self) -> Option<&Structure> {
        self.structural.structure.as_deref()
    }

    pub fn is_blank(&self) -> bool {
        self.structural.kind == Kind::Blank
    }

    /// True when the paragraph is read as part of a speech.
    pub fn is_read(&self) -> bool {
        !matches!(self.structural.kind, Kind::Blank | Kind::Skipped | Kind::Aside | Kind::Fence | Kind::Rule)
    }

    /// Its text without markup, in Simplified characters.
    pub fn simplified<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.inner().folds { fold(text) } else { Cow::Borrowed(text) }
    }

    /// True when the line has been read as the same markup.
    pub fn is_marked_as(&self, line: &Line) -> bool {
        self.block == line.block && self.plain.as_ref().map(|plain| &plain.prose) == line.prose.as_ref()
    }

    /// True when two paragraphs of the same text have been read as the same markup.
    pub fn is_marked_like(&self, other: &Self) -> bool {
        let same_prose = || match (&self.plain, &other.plain) {
            (Some(a), Some(b)) => a.prose == b.prose,
            (a, b) => a.is_none() && b.is_none(),
        };
        std::ptr::eq(self, other) || self.block == other.block && same_prose()
    }

    /// True for the definition of a link.
    pub fn defines_link(&self) -> bool {
        self.labels.as_ref().is_some_and(|labels| labels.defines.is_some())
    }

    /// True when the paragraph is looked at for slips.
    pub fn is_checked(&self) -> bool {
        self.is_read() || self.structural.kind == Kind::Aside
    }

    pub fn head(&self) -> Option<&Marker> {
        self.structure()?.head.as_ref()
    }

    pub fn inline(&self) -> &[Marker] {
        self.structure().map_or(&[], |s| &s.inline)
    }

    pub fn announcements(&self) -> &[Announcement] {
        self.structure().map_or(&[], |s| &s.announcements)
    }
}
