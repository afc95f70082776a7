//! A draft laid out as a document, after GB/T 9704-2012: 22 lines of 28 characters, headings that Word knows as
//! headings.

mod layout;
mod list;
mod template;

use super::Refused;
use super::styles::{Styles, names};
use super::write::{escaped, packed};
use crate::analysis::Analysis;
use crate::features::laid_out::{Block, Role, blocks, pauses};
use crate::text::Lines;
use layout::{Fonts, Layout};
pub use list::{List, kept, ticked};
use template::Template;

/// How a draft is laid out.
#[derive(Clone, Copy, Debug, Default)]
pub struct Manner<'a> {
    /// For reading aloud: large print, wide leading, marks where to pause.
    pub is_for_reading: bool,
    /// A document whose styles, margins, headers and footers are taken.
    pub template: Option<&'a [u8]>,
}

/// The style of a role.
struct Named {
    id: String,
    /// Word numbers its paragraphs: the draft has its own numbers.
    is_numbered: bool,
}

/// The draft as a document.
pub fn export(analysis: &Analysis, lines: &dyn Lines, manner: Manner<'_>) -> Result<Vec<u8>, Refused> {
    let blocks = blocks(analysis, lines);
    let fonts = if analysis.is_traditional() { Fonts::TRADITIONAL } else { Fonts::SIMPLIFIED };
    let layout = Layout { fonts, is_large: manner.is_for_reading };
    let Some(template) = manner.template else {
        let known = |role| Some(Named { id: layout::style(role).to_owned(), is_numbered: false });
        let body = body(&blocks, &known, Some(&layout), manner.is_for_reading);
        return packed(&layout.parts(&body));
    };
    let mut template = Template::open(template)?;
    let styles = template.styles()?;
    let (by_name, styles) = (names(&styles)?, Styles::read(&styles)?);
    let known = |role| {
        let id = layout::names(role).iter().find_map(|name| by_name.get(*name).cloned())?;
        Some(Named { is_numbered: styles.numbered(Some(&id)).is_some(), id })
    };
    template.filled(&body(&blocks, &known, None, manner.is_for_reading))
}

/// The XML of the paragraphs. Where the layout is our own, it sets the date and who signs one over the other.
fn body(
    blocks: &[Block],
    style: &dyn Fn(Role) -> Option<Named>,
    layout: Option<&Layout>,
    is_for_reading: bool,
) -> String {
    let indent = |n: usize| match (layout, blocks[n].role, n.checked_sub(1).map(|before| &blocks[before])) {
        (Some(layout), Role::Signature, _) => {
            let date = blocks.get(n + 1).map_or("", |date| &date.text);
            layout.right(layout::ends(&blocks[n].text, date).0)
        }
        (Some(layout), Role::Date, Some(signed)) if signed.role == Role::Signature => {
            layout.right(layout::ends(&signed.text, &blocks[n].text).1)
        }
        _ => String::new(),
    };
    let paragraph = |role: Role, indent: &str, runs: &str| {
        let properties = style(role).map_or(String::new(), |Named { id, is_numbered }| {
            let number =
                if is_numbered { "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"0\"/></w:numPr>" } else { "" };
            format!("<w:pPr><w:pStyle w:val=\"{}\"/>{number}{indent}</w:pPr>", escaped(&id))
        });
        format!("<w:p>{properties}{runs}</w:p>")
    };
    let mut out = String::new();
    for (n, block) in blocks.iter().enumerate() {
        let is_top = |role| matches!(role, Role::Title | Role::Subtitle);
        if n > 0 && is_top(blocks[n - 1].role) && !is_top(block.role) {
            out += &paragraph(Role::Body, "", "");
        }
        let mut runs = String::new();
        if let Some((level, head)) = &block.heading {
            let form = format!("<w:rPr><w:rStyle w:val=\"{}\"/></w:rPr>", layout::run_style(*level));
            runs += &run(head, &form);
        }
        match is_for_reading && matches!(block.role, Role::Body) {
            true => runs += &with_pauses(&block.text),
            false => runs += &run(&block.text, ""),
        }
        out += &paragraph(block.role, &indent(n), &runs);
    }
    out
}

fn run(text: &str, form: &str) -> String {
    match text {
        "" => String::new(),
        text => format!("<w:r>{form}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(text)),
    }
}

/// Runs with marks where a speaker pauses.
fn with_pauses(text: &str) -> String {
    const FAINT: &str = "<w:rPr><w:color w:val=\"A6A6A6\"/></w:rPr>";
    let mark = |mark: Option<char>| mark.map_or(String::new(), |mark| run(mark.encode_utf8(&mut [0; 4]), FAINT));
    pauses(text).map(|(piece, pause)| run(piece, "") + &mark(pause)).collect()
}
