//! What in a draft is markup and what is prose.
//!
//! A draft in Markdown is cut into *chunks* at places that nothing in Markdown can reach across; each
//! chunk is read by a parser on its own. So an edit changes what is known of its chunk, and of the
//! chunks behind it only where it opens or closes a block of code or a comment.

mod chunk;
mod evidence;
mod extras;
mod inline;
mod lines;
mod prose;

use std::sync::Arc;

use rustc_hash::FxHashMap;

pub use chunk::{Chunk, LONGEST, chunk, first_state};
pub use evidence::{Evidence, evidence, plain};
pub use lines::is_blank;
pub use prose::{Cut, Prose, STAND_IN};

/// How a draft is marked up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Markup {
    #[default]
    Plain,
    /// Plain text that is said to be a speech.
    Speech,
    Markdown,
    /// What a program shows of a document: there is no mark in it that is not seen.
    Shown,
}

impl Markup {
    /// What the name of a file says.
    pub fn by_name(name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        match name.ends_with(".md") || name.ends_with(".markdown") {
            true => Self::Markdown,
            false => Self::Plain,
        }
    }
}

/// How a draft is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// As plain text: only a clear pair of emphasis is markup.
    #[default]
    Plain,
    /// As the Markdown it says it is.
    Markdown,
    /// As plain text into which Markdown was pasted.
    Pasted,
    /// As plain text in any case.
    Shown,
}

impl Mode {
    /// How a draft is read at first.
    pub fn of(markup: Markup) -> Self {
        match markup {
            Markup::Plain | Markup::Speech => Self::Plain,
            Markup::Markdown => Self::Markdown,
            Markup::Shown => Self::Shown,
        }
    }

    /// The parser of Markdown reads it.
    pub fn is_parsed(self) -> bool {
        matches!(self, Self::Markdown | Self::Pasted)
    }

    /// How a part of the draft is to be read by itself.
    pub fn of_part(self) -> Markup {
        match self {
            Self::Plain => Markup::Plain,
            Self::Markdown | Self::Pasted => Markup::Markdown,
            Self::Shown => Markup::Shown,
        }
    }
}

/// What stands open where a line begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum State {
    #[default]
    Open,
    /// A block of code that so many of this mark close.
    Fence { mark: u8, count: u8 },
    /// A block of HTML, by the number it has in CommonMark; it ends with a mark, not with a blank line.
    Html(u8),
    /// A formula in lines of its own; a blank line ends it, too.
    Formula(Formula),
    /// Front matter between lines of three of this mark; `true`: behind its first line.
    Front(u8, bool),
}

/// What stands around a formula in lines of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Formula {
    Dollars,
    Brackets,
    Environment,
}

/// What a line is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Block {
    /// Text of the draft, in whatever container.
    #[default]
    Text,
    Heading(u8),
    /// Text beside the draft: a row of a table, a note, the title in front matter.
    Aside,
    /// The line that opens or closes a block of code.
    Fence,
    /// Code, a definition, a comment.
    Unread,
    /// A line between parts.
    Rule,
}

impl Block {
    /// True when the line has text to read.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Heading(_) | Self::Aside)
    }
}

/// What is known of a line.
#[derive(Clone, Debug, Default)]
pub struct Line {
    pub block: Block,
    /// Its text without markup, where there is any.
    pub prose: Option<Prose>,
}

/// Labels of definitions, with how often each is defined.
pub type Labels = Arc<FxHashMap<Box<str>, u32>>;

/// `label` as labels are compared.
pub fn folded_label(label: &str) -> Box<str> {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase().into()
}
