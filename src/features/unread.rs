//! What of a draft is not read: code, comments, what stands behind pictures and in the titles of links.

use crate::analysis::Analysis;
use crate::locale::Locale;
use crate::markup::{self, Mode};
use crate::paragraph::{Options, Paragraph, scan};
use crate::text::chars::is_han;
use crate::text::position::floor;
use crate::text::{Lines, Range, Span};

/// How much of a draft is read, and what else is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Han characters in what is read as prose.
    pub read: usize,
    /// Han characters in code, comments and the like.
    pub unread: usize,
    /// What would be taken for a blank there, if it were prose.
    pub marks: Vec<Span>,
}

/// Looks at the markup of a draft.
pub fn coverage(analysis: &Analysis, lines: &dyn Lines) -> Coverage {
    let options = Options { mode: Mode::Shown, markdown: false, ..analysis.options().clone() };
    let mut coverage = Coverage::default();
    for (n, paragraph) in analysis.paragraphs() {
        let line = lines.line(n);
        let han = |text: &str| text.chars().filter(|c| is_han(*c)).count();
        if paragraph.is_checked() {
            coverage.read += han(paragraph.reading(&line).0);
        }
        let cuts = cuts(paragraph, &line);
        if cuts.is_empty() {
            continue;
        }
        let unread: Vec<Range> = cuts.iter().flat_map(|cut| written(&line, *cut)).collect();
        // A note to the program is read by it.
        let is_note = paragraph.directive.as_ref().is_some_and(|note| note.alone);
        coverage.unread += if is_note { 0 } else { unread.iter().map(|range| han(range.of(&line))).sum() };
        let prose = markup::plain(&line);
        let shown = scan(&line, markup::Line { prose, ..markup::Line::default() }, &options);
        let is_unread = |mark: Range| {
            let here = unread.partition_point(|range| range.end < mark.end);
            unread.get(here).is_some_and(|range| range.start <= mark.start)
        };
        let marks = shown.placeholders.iter().filter(|found| found.is_likely() && is_unread(found.range));
        let mut marks: Vec<Range> = marks.map(|found| found.range).collect();
        for apart in cuts.iter().flat_map(|cut| passed_over(*cut, &unread)).flat_map(|range| parts(range, &line)) {
            let found = scan(apart.of(&line), markup::Line::default(), &options).placeholders;
            let likely = found.iter().filter(|found| found.is_likely()).map(|found| found.range);
            marks.extend(likely.map(|r| Range { start: apart.start + r.start, end: apart.start + r.end }));
        }
        marks.sort_unstable();
        marks.dedup_by(|next, last| next.start < last.end);
        coverage.marks.extend(marks.into_iter().map(|range| Span::in_line(n as u32, range)));
    }
    coverage
}

/// Targets and names in a cut: what of it is not among the `words`. They may wait for words, too.
fn passed_over(cut: Range, words: &[Range]) -> Vec<Range> {
    let (mut at, mut found) = (cut.start, Vec::new());
    let first = words.partition_point(|range| range.start < cut.start);
    for range in words[first..].iter().take_while(|range| range.end <= cut.end) {
        found.push(Range { start: at, end: range.start });
        at = range.end;
    }
    found.push(Range { start: at, end: cut.end });
    found.retain(|range| range.start < range.end);
    found
}

/// The parts of a target or a name: what stands between them belongs to no blank.
fn parts(range: Range, line: &str) -> Vec<Range> {
    let mut at = range.start;
    let parts = range.of(line).split(['/', '\\', '(', '[', '<', '#', '|']).map(|part| {
        let here = Range { start: at, end: at + part.len() as u32 };
        at = here.end + 1;
        here
    });
    parts.filter(|part| !part.is_empty()).collect()
}

/// The stretches of a line that are no prose.
fn cuts(paragraph: &Paragraph, line: &str) -> Vec<Range> {
    match &paragraph.plain {
        Some(plain) => plain.prose.cuts(line),
        None if paragraph.is_checked() || paragraph.is_blank() => Vec::new(),
        None => vec![Range::new(0, line.len())],
    }
}

/// A target is no longer than so many bytes.
const FAR: usize = 400;

/// What in a piece of markup may be words: all but the targets of links, and names of links, notes and places.
fn written(line: &str, cut: Range) -> Vec<Range> {
    let text = cut.of(line);
    let mut found = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(i) = memchr::memchr3(b'[', b']', b'{', &text.as_bytes()[at..]) {
        at += i;
        let rest = &text[at..floor(text, at + FAR)];
        let length = match rest.as_bytes() {
            [b']', b'(', ..] => rest.find([' ', '\t', ')']),
            [b']', b'[', ..] => rest[1..].find(']').map(|end| end + 2),
            [b'[', b'^', ..] => rest.find(']').map(|end| end + 1),
            [b'[', b'[', ..] => rest.find('|').map(|end| end + 1),
            [b'{', b'#' | b'.' | b':', ..] => rest.find('}').map(|end| end + 1),
            _ => None,
        };
        if let Some(length) = length {
            found.push((from, at));
            from = at + length;
        }
        at += length.unwrap_or(1).max(1);
    }
    found.push((from, text.len()));
    let start = cut.start as usize;
    found.retain(|(from, to)| from < to);
    found.into_iter().map(|(from, to)| Range::new(start + from, start + to)).collect()
}

/// Whether there is any Chinese prose to be checked.
pub fn has_prose(analysis: &Analysis, lines: &dyn Lines) -> bool {
    let mut read = analysis.paragraphs().filter(|(_, paragraph)| paragraph.is_checked());
    analysis.is_chinese() && read.any(|(n, _)| lines.line(n).contains(is_han))
}

/// Why nothing of a text is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nothing {
    /// Nothing stands in it.
    Blank,
    /// Nothing in it is Chinese prose.
    NoProse,
    /// Chinese text that is none of the prose: all of it, or most, stands in code or comments.
    Hidden,
}

/// Why nothing of `text` is checked; `None` where something is.
pub fn nothing(analysis: &Analysis, lines: &dyn Lines, text: &str) -> Option<Nothing> {
    if has_prose(analysis, lines) {
        return None;
    }
    let is_blank = text.chars().all(|c| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{feff}'));
    let is_chinese =
        text.chars().filter(|c| is_han(*c)).count() * 2 > text.bytes().filter(u8::is_ascii_alphabetic).count();
    Some(match (is_blank, is_chinese) {
        (true, _) => Nothing::Blank,
        (_, true) => Nothing::Hidden,
        _ => Nothing::NoProse,
    })
}

impl Nothing {
    pub fn message(self, locale: Locale) -> &'static str {
        match self {
            Self::Blank => locale.pick("空的，没有文字", "空的，沒有文字", "empty: there is no text in it"),
            Self::NoProse => locale.pick("没有可查的中文正文", "沒有可查的中文正文", "no Chinese prose to check"),
            Self::Hidden => locale.pick(
                "没有可查的中文正文（或者不到一半）：文字在代码块、注释里，没有查",
                "沒有可查的中文正文（或者不到一半）：文字在程式碼區塊、註解裡，沒有查",
                "no Chinese prose to check, or less than half: the text is in code or comments, and was not read",
            ),
        }
    }
}
