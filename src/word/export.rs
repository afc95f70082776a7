//! A draft laid out as a document, after GB/T 9704-2012: 22 lines of 28 characters, headings that Word knows as
//! headings.

mod layout;
mod template;

use rustc_hash::FxHashMap;

use super::Refused;
use super::styles::{Styles, names};
use super::write::{escaped, packed};
use crate::analysis::Analysis;
use crate::features::symbols::{Symbol, SymbolKind, symbols};
use crate::paragraph::{Kind, Paragraph};
use crate::text::{Lines, Range};
use layout::{Fonts, Layout};
use template::Template;

/// How a draft is laid out.
#[derive(Clone, Copy, Debug, Default)]
pub struct Manner<'a> {
    /// For reading aloud: large print, wide leading, marks where to pause.
    pub is_for_reading: bool,
    /// A document whose styles, margins, headers and footers are taken.
    pub template: Option<&'a [u8]>,
}

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Role {
    Title,
    Subtitle,
    Salutation,
    /// A heading of this level, from 1.
    Heading(u8),
    Body,
    Signature,
    Date,
    /// 附件1 on a page of its own.
    Annex,
}

/// The style of a role.
struct Named {
    id: String,
    /// Word numbers its paragraphs: the draft has its own numbers.
    is_numbered: bool,
}

/// A paragraph: its role, the heading that runs into it, its text.
struct Block {
    role: Role,
    heading: Option<(u8, String)>,
    text: String,
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

/// The draft in paragraphs.
fn blocks(analysis: &Analysis, lines: &dyn Lines) -> Vec<Block> {
    fn walk(all: &[Symbol], headings: &mut FxHashMap<u32, (u8, u32)>) {
        for symbol in all {
            if symbol.kind == SymbolKind::Section {
                headings.insert(symbol.selection.start.line, (symbol.level.clamp(1, 4), symbol.selection.end.byte));
            }
            walk(&symbol.children, headings);
        }
    }
    let mut headings = FxHashMap::default();
    walk(&symbols(analysis, lines), &mut headings);
    let mut blocks: Vec<Block> = Vec::new();
    for (base, speech) in analysis.speeches() {
        let parts = &speech.outline.parts;
        let first = blocks.len();
        for (n, paragraph) in speech.lines.iter().enumerate() {
            let (n, at) = (n as u32, (base + n) as u32);
            if matches!(paragraph.structural.kind, Kind::Blank | Kind::Rule)
                || is_left_out(paragraph)
                || parts.is_boilerplate(n)
            {
                continue;
            }
            let line = lines.line(at as usize);
            // A note to the program is not for the reader.
            let note = paragraph.directive.as_ref().map_or(Range::new(line.len(), line.len()), |note| note.range);
            let shown = |from: u32, to: usize| {
                let (start, end) = (note.start as usize, note.end as usize);
                let part = |from: usize, to: usize| paragraph.text_of(&line, Range::new(from.min(to), to));
                let text = part(from as usize, to.min(start)).into_owned() + &part(end.max(from as usize), to.max(end));
                text.replace('\t', " ").trim_matches(char::is_whitespace).to_owned()
            };
            let text = shown(0, line.len());
            if text.is_empty() {
                continue;
            }
            let role = match () {
                () if parts.title.contains(&n) => Role::Title,
                () if parts.subtitle.contains(&n) => Role::Subtitle,
                () if parts.salutation == Some(n) => Role::Salutation,
                () if is_annex(&text) => Role::Annex,
                () => Role::Body,
            };
            let heading = headings.get(&at).filter(|_| role == Role::Body);
            let block = match heading {
                Some(&(level, end)) => {
                    let (head, rest) = (shown(0, end as usize), shown(end, line.len()));
                    let stop = rest.chars().next().filter(|c| "。：，；！？:".contains(*c)).map_or(0, char::len_utf8);
                    let (head, rest) = (head + &rest[..stop], &rest[stop..]);
                    match rest.trim_start() {
                        "" => Block { role: Role::Heading(level), heading: None, text: head },
                        rest => Block { role: Role::Body, heading: Some((level, head)), text: rest.to_owned() },
                    }
                }
                None => Block { role, heading: None, text },
            };
            // A line that is broken for its width goes on.
            let goes_on =
                parts.wrapped && block.role == Role::Body && block.heading.is_none() && !paragraph.structural.indented;
            let before = blocks[first..].last_mut().filter(|before| {
                goes_on && before.role == Role::Body && !before.text.ends_with(['。', '！', '？', '：', '；', '”'])
            });
            match before {
                Some(before) => before.text += &block.text,
                None => blocks.push(block),
            }
        }
        sign(&mut blocks[first..]);
    }
    blocks
}

/// Code, comments and notes to the program, which are not for the reader.
pub fn is_left_out(paragraph: &Paragraph) -> bool {
    matches!(paragraph.structural.kind, Kind::Skipped | Kind::Fence)
}

/// A line that an annex begins with.
fn is_annex(text: &str) -> bool {
    let rest = text.strip_prefix("附件").or_else(|| text.strip_prefix("附錄"));
    rest.is_some_and(|rest| rest.chars().count() <= 3 && rest.chars().all(|c| c.is_alphanumeric() || c == '：'))
}

/// Finds the date at the end, and who signs above it.
fn sign(blocks: &mut [Block]) {
    let end = blocks.iter().position(|block| block.role == Role::Annex).unwrap_or(blocks.len());
    let Some(last) = end.checked_sub(1) else { return };
    let is_date = |text: &str| {
        let is_digit = |c: char| c.is_ascii_digit() || "〇○零一二三四五六七八九十XＸ×".contains(c);
        text.ends_with('日')
            && text.contains('年')
            && text.contains('月')
            && text.chars().count() <= 14
            && text.chars().all(|c| is_digit(c) || "年月日".contains(c))
    };
    if last < 2 || blocks[last].role != Role::Body || !is_date(&blocks[last].text) {
        return;
    }
    blocks[last].role = Role::Date;
    let above = &mut blocks[last - 1];
    let is_name = above.text.chars().count() <= 24 && !above.text.ends_with(['。', '！', '？', '；', '：']);
    if above.role == Role::Body && above.heading.is_none() && is_name {
        above.role = Role::Signature;
    }
}

/// The XML of the paragraphs. Where the layout is our own, it sets the date and who signs one over the other.
fn body(blocks: &[Block], style: &dyn Fn(Role) -> Option<Named>, layout: Option<&Layout>, pauses: bool) -> String {
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
        match pauses && matches!(block.role, Role::Body) {
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

/// Runs with marks where a speaker pauses: two strokes behind a sentence, one behind a clause that stands by itself.
fn with_pauses(text: &str) -> String {
    const FAINT: &str = "<w:rPr><w:color w:val=\"A6A6A6\"/></w:rPr>";
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['。', '！', '？', '；']) {
        let stop = rest[at..].chars().next().unwrap_or('。');
        let mut end = at + stop.len_utf8();
        while let Some(closing) = rest[end..].chars().next().filter(|c| "”’）》".contains(*c)) {
            end += closing.len_utf8();
        }
        out += &run(&rest[..end], "");
        rest = &rest[end..];
        if !rest.is_empty() {
            out += &run(if stop == '；' { "｜" } else { "‖" }, FAINT);
        }
    }
    out + &run(rest, "")
}
