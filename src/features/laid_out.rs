//! A draft in paragraphs as they are laid out: what each is, without markup, with broken lines joined.

use rustc_hash::FxHashMap;

use super::metrics;
use super::symbols::{Symbol, SymbolKind, symbols};
use crate::analysis::Analysis;
use crate::paragraph::{Kind, Paragraph};
use crate::text::{Lines, Range};

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
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

/// A paragraph: its role, the heading that runs into it, its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub role: Role,
    pub heading: Option<(u8, String)>,
    pub text: String,
    /// What is spoken of the speech before it.
    pub before: u32,
    /// The blanks that are open in it, in bytes of the heading and the text behind it, in order.
    pub open: Vec<Range>,
    /// The lines of the draft that it is made of.
    pub lines: Vec<u32>,
}

impl Block {
    /// All that stands in the paragraph.
    pub fn whole(&self) -> String {
        let head = self.heading.as_ref().map_or("", |(_, head)| head);
        format!("{head}{}", self.text)
    }
}

/// The draft in paragraphs.
pub fn blocks(analysis: &Analysis, lines: &dyn Lines) -> Vec<Block> {
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
    let blanks_of = analysis.blanks();
    for (base, speech) in analysis.speeches() {
        let parts = &speech.outline.parts;
        let first = blocks.len();
        let note = metrics::allotment(base as u32, speech, lines).map(|(n, _)| n);
        let mut spoken = 0;
        for (n, paragraph) in speech.lines.iter().enumerate() {
            let (n, at) = (n as u32, (base + n) as u32);
            if note == Some(n)
                || matches!(paragraph.structural.kind, Kind::Blank | Kind::Rule)
                || is_left_out(paragraph)
                || parts.is_boilerplate(n)
            {
                continue;
            }
            let line = lines.line(at as usize);
            let before = spoken;
            spoken += if paragraph.is_read() { paragraph.spoken } else { 0 };
            // A note to the program is not for the reader.
            let aside = paragraph.directive.as_ref().map_or(Range::new(line.len(), line.len()), |aside| aside.range);
            let part = |from: u32, to: usize| {
                let (start, end) = (aside.start as usize, aside.end as usize);
                let part = |from: usize, to: usize| paragraph.text_of(&line, Range::new(from.min(to), to));
                let text = part(from as usize, to.min(start)).into_owned() + &part(end.max(from as usize), to.max(end));
                text.replace('\t', " ")
            };
            let shown = |from: u32, to: usize| part(from, to).trim_matches(char::is_whitespace).to_owned();
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
            let all = part(0, line.len());
            let lead = all.len() - all.trim_start().len();
            let (mut from, mut at_shown) = (0, 0);
            // Where in the text a place of the line is; asked from left to right.
            let mut place = |to: u32| {
                at_shown += part(from, to as usize).len();
                from = from.max(to);
                at_shown.saturating_sub(lead)
            };
            let open = paragraph.placeholders.iter().filter(|blank| blanks_of.is_open(blank));
            let open = open.map(|blank| Range::new(place(blank.range.start), place(blank.range.end)));
            let mut open: Vec<Range> = open.collect();
            let heading = headings.get(&at).filter(|_| role == Role::Body);
            let block = match heading {
                Some(&(level, end)) => {
                    let (head, rest) = (shown(0, end as usize), shown(end, line.len()));
                    let stop = rest.chars().next().filter(|c| "。：，；！？:".contains(*c)).map_or(0, char::len_utf8);
                    // The spaces between the two are gone.
                    let gap = text.len().saturating_sub(head.len() + rest.len());
                    let more = rest[stop..].len() - rest[stop..].trim_start().len();
                    let closed = |at: u32, from: usize, gap: usize| match at as usize {
                        at if at <= from => at as u32,
                        at => at.saturating_sub(gap).max(from) as u32,
                    };
                    let laid = |at: u32| closed(closed(at, head.len(), gap), head.len() + stop, more);
                    open.iter_mut().for_each(|range| *range = Range { start: laid(range.start), end: laid(range.end) });
                    let (head, rest) = (head + &rest[..stop], &rest[stop..]);
                    match rest.trim_start() {
                        "" => Block {
                            role: Role::Heading(level),
                            heading: None,
                            text: head,
                            before,
                            open,
                            lines: vec![at],
                        },
                        rest => Block {
                            role: Role::Body,
                            heading: Some((level, head)),
                            text: rest.to_owned(),
                            before,
                            open,
                            lines: vec![at],
                        },
                    }
                }
                None => Block { role, heading: None, text, before, open, lines: vec![at] },
            };
            // A line that is broken for its width goes on.
            let goes_on =
                parts.wrapped && block.role == Role::Body && block.heading.is_none() && !paragraph.structural.indented;
            let before = blocks[first..].last_mut().filter(|before| {
                goes_on && before.role == Role::Body && !before.text.ends_with(['。', '！', '？', '：', '；', '”'])
            });
            match before {
                Some(before) => {
                    let head = before.heading.as_ref().map_or(0, |(_, head)| head.len());
                    let base = (head + before.text.len()) as u32;
                    let moved = |open: Range| Range { start: base + open.start, end: base + open.end };
                    before.open.extend(block.open.into_iter().map(moved));
                    before.text += &block.text;
                    before.lines.extend(block.lines);
                }
                None => blocks.push(block),
            }
        }
        sign(&mut blocks[first..]);
    }
    blocks
}

/// How many lines are not for the reader: code, comments, notes to the program, how long the speech may take.
pub fn left_out(analysis: &Analysis, lines: &dyn Lines) -> usize {
    let notes = analysis.speeches().filter(|(base, speech)| metrics::allotment(*base as u32, speech, lines).is_some());
    analysis.paragraphs().filter(|(_, paragraph)| is_left_out(paragraph)).count() + notes.count()
}

/// Code, comments and notes to the program.
fn is_left_out(paragraph: &Paragraph) -> bool {
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

/// The text in pieces, each with the mark for where a speaker pauses behind it: two strokes behind a sentence, one
/// behind a clause that stands by itself; none at the end.
pub fn pauses(text: &str) -> impl Iterator<Item = (&str, Option<char>)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let Some(end) = sentence_end(rest) else { return Some((std::mem::take(&mut rest), None)) };
        let (piece, more) = rest.split_at(end);
        rest = more;
        let mark = if piece.trim_end_matches(CLOSING).ends_with('；') { '｜' } else { '‖' };
        Some((piece, (!more.is_empty()).then_some(mark)))
    })
}

const CLOSING: [char; 4] = ['”', '’', '）', '》'];

/// Where the first sentence or clause ends, with the marks that close behind it.
pub fn sentence_end(text: &str) -> Option<usize> {
    let at = text.find(['。', '！', '？', '；'])?;
    let stop = at + text[at..].chars().next().map_or(0, char::len_utf8);
    Some(text.len() - text[stop..].trim_start_matches(CLOSING).len())
}
