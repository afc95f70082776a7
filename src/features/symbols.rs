//! The outline as a tree of symbols.

use crate::analysis::Analysis;
use crate::text::{Lines, Span};

/// What kind of thing a symbol names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    /// The title of the speech.
    Title,
    /// A section with a paragraph of its own: 一、 （一） 1. 第一，
    Section,
    /// An item inside a paragraph: 一要 二是 首先
    Item,
    /// One of several unnumbered paragraphs that open alike.
    Parallel,
}

impl SymbolKind {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Section => "section",
            Self::Item => "item",
            Self::Parallel => "parallel",
        }
    }
}

/// A node of the outline.
#[derive(Clone, Debug)]
pub struct Symbol {
    /// The marker and the heading, as a person would name the section; never empty.
    pub name: String,
    /// What is worth knowing at a glance, e.g. `占位符 3`; may be empty.
    pub detail: String,
    pub kind: SymbolKind,
    /// 1 for the outermost sections.
    pub level: u8,
    /// The marker as it stands in the draft (`（一）`); empty for an unnumbered node.
    pub marker: String,
    /// The value of the marker's numeral.
    pub ordinal: Option<u32>,
    /// The whole section.
    pub span: Span,
    /// The marker and the heading; lies within `span`.
    pub selection: Span,
    pub children: Vec<Symbol>,
}

/// The outline of the draft, in text order.
pub fn symbols(_analysis: &Analysis, _lines: &dyn Lines) -> Vec<Symbol> {
    Vec::new()
}
