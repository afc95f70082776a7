//! Formatting: the points and brackets of ordinals, full-width marks in Chinese text, the indent that
//! the draft has. Never a word; a formatted draft stays as it is.

use super::fixing::settled;
use crate::analysis::{Analysis, Speech};
use crate::paragraph::{Kind, Paragraph};
use crate::rules::Usual;
use crate::text::chars::{after, before, is_cjk_mark, is_counted, is_han, is_space};
use crate::text::{Edit, Lines, Range, Span};

/// The edits that format the lines `first..=last`, sorted and disjoint.
pub fn format(analysis: &Analysis, lines: &dyn Lines, first: u32, last: u32) -> Vec<Edit> {
    if !analysis.is_chinese() {
        return Vec::new();
    }
    settled(analysis, lines, |analysis, lines| {
        let mut edits = Vec::new();
        for (base, speech) in analysis.speeches() {
            of_speech(analysis, base as u32, speech, lines, (first, last), &mut edits);
        }
        edits
    })
}

fn of_speech(
    analysis: &Analysis,
    base: u32,
    speech: &Speech,
    lines: &dyn Lines,
    (first, last): (u32, u32),
    edits: &mut Vec<Edit>,
) {
    let indent = !analysis.options().markdown && is_indented(speech, base, lines);
    let outline = &speech.outline;
    let usual = Usual::of(speech);
    let mut node = 0;
    for (n, paragraph) in speech.lines.iter().enumerate() {
        let line = base + n as u32;
        while outline.nodes.get(node).is_some_and(|node| node.line < n as u32) {
            node += 1;
        }
        if line < first || line > last || !paragraph.is_read() || outline.parts.is_boilerplate(n as u32) {
            continue;
        }
        let text = lines.line(line as usize);
        let mut here: Vec<(Range, String)> = Vec::new();
        if indent && is_body(speech, n as u32, paragraph) && !text.starts_with(INDENT) {
            let start = text.len() - text.trim_start_matches(is_space).len();
            here.push((Range::new(0, start), INDENT.to_owned()));
        }
        for node in outline.nodes[node..].iter().take_while(|node| node.line == n as u32) {
            let marker = node.list.and_then(|_| node.marker_of(&speech.lines)).filter(|m| m.deviation.is_some());
            if let Some(marker) = marker.and_then(|marker| usual.marker(node, marker)) {
                here.push((node.marker, marker));
            }
        }
        let mut marks = Vec::new();
        half_width_marks(paragraph.reading(&text).0, &mut marks);
        let marks = marks.into_iter().map(|(range, new)| (paragraph.to_line(range), new));
        here.extend(marks.filter(|(range, _)| paragraph.is_text(*range)));
        here.sort_by_key(|(range, _)| *range);
        here.dedup_by(|b, a| b.0.start < a.0.end);
        edits.extend(here.into_iter().map(|(range, new)| Edit::new(Span::in_line(line, range), new)));
    }
}

/// Two full-width spaces.
const INDENT: &str = "　　";

/// True when the body of the draft is indented, but for a few paragraphs.
fn is_indented(speech: &Speech, base: u32, lines: &dyn Lines) -> bool {
    if speech.outline.parts.wrapped {
        return false;
    }
    let body = speech.lines.iter().enumerate().filter(|(n, p)| is_body(speech, *n as u32, p));
    let (mut all, mut indented) = (0, 0);
    for (n, paragraph) in body {
        all += 1;
        indented += usize::from(paragraph.structural.indented && lines.line(base as usize + n).starts_with(INDENT));
    }
    indented >= 3 && indented * 3 >= all * 2
}

/// A paragraph that is indented where paragraphs are: a sentence, or a heading with an ordinal.
fn is_body(speech: &Speech, n: u32, paragraph: &Paragraph) -> bool {
    let parts = &speech.outline.parts;
    paragraph.structural.kind == Kind::Prose
        && (paragraph.structural.ends_sentence || paragraph.head().is_some())
        && !parts.title.contains(&n)
        && !parts.subtitle.contains(&n)
        && parts.salutation.is_none_or(|salutation| salutation < n)
        && !parts.is_boilerplate(n)
}

/// Half-width marks between Chinese characters, as full-width ones.
fn half_width_marks(text: &str, edits: &mut Vec<(Range, String)>) {
    for (at, c) in text.char_indices() {
        let wide = match c {
            ',' => "，",
            ';' => "；",
            ':' => "：",
            '!' => "！",
            '?' => "？",
            _ => continue,
        };
        // A row of them is something else, and so may be what stands before a measure.
        let next = after(text, at + 1);
        if before(text, at) == Some(c) || next == Some(c) || c == '?' && next.is_some_and(is_counted) {
            continue;
        }
        let left = before(text, at).is_some_and(|c| is_han(c) || matches!(c, '”' | '’' | '》' | '）'));
        // At the end of the line, too; the line of a Markdown table or a setting is not read at all.
        let right = next.is_none_or(|c| is_han(c) || is_cjk_mark(c));
        if left && right {
            edits.push((Range::new(at, at + 1), wide.to_owned()));
        }
    }
}
