//! What of a draft is not read: code, comments, what stands behind pictures and in the titles of links.

use crate::analysis::Analysis;
use crate::markup::{self, Mode};
use crate::paragraph::{Options, Paragraph, scan};
use crate::text::chars::is_han;
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
    for (n, paragraph) in analysis.paragraphs().filter(|(_, paragraph)| !paragraph.is_blank()) {
        let line = lines.line(n);
        let han = |text: &str| text.chars().filter(|c| is_han(*c)).count();
        if paragraph.is_checked() {
            coverage.read += han(paragraph.reading(&line).0);
        }
        let unread = unread(paragraph, &line);
        if unread.is_empty() {
            continue;
        }
        coverage.unread += unread.iter().map(|range| han(range.of(&line))).sum::<usize>();
        let prose = markup::plain(&line);
        let shown = scan(&line, markup::Line { prose, ..markup::Line::default() }, &options);
        let is_unread = |mark: Range| unread.iter().any(|range| range.start <= mark.start && mark.end <= range.end);
        let marks = shown.placeholders.iter().filter(|found| found.is_likely() && is_unread(found.range));
        coverage.marks.extend(marks.map(|found| Span::in_line(n as u32, found.range)));
    }
    coverage
}

/// The stretches of a line that are no prose, and may be words that somebody wrote.
fn unread(paragraph: &Paragraph, line: &str) -> Vec<Range> {
    if paragraph.is_checked() {
        let markup = paragraph.plain.as_ref().map_or_else(Vec::new, |plain| plain.prose.cuts(line));
        return markup.into_iter().filter_map(|cut| written(line, cut)).collect();
    }
    // A note to the program is read by it.
    let is_note = paragraph.directive.as_ref().is_some_and(|note| note.alone);
    if is_note { Vec::new() } else { vec![Range::new(0, line.len())] }
}

/// What in a piece of markup is neither marks nor an address: code, a comment, a tag, the text for a picture, the
/// title of a link.
fn written(line: &str, cut: Range) -> Option<Range> {
    let text = cut.of(line);
    let from = |at: usize| Range { start: cut.start + at as u32, end: cut.end };
    let title = |at: usize| text[at..].find([' ', '\t']).map(|space| from(at + space));
    match text.as_bytes() {
        [b'`' | b'<', ..] | [b'{', b'%', ..] => Some(cut),
        // A page that is taken in, or is called by its name.
        [b'[', b'[', ..] if text.ends_with("]]") => Some(cut),
        [b'!', b'[', ..] => match text.rfind("](") {
            // A title is rarer than a text, and stands behind it.
            Some(target) if title(target).is_none() => Some(Range { end: cut.start + target as u32, ..cut }),
            _ => Some(cut),
        },
        [b']', b'(', ..] => title(0),
        _ => None,
    }
}
