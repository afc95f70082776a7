//! What an editor can colour: ordinals by level, placeholders, announced counts, the salutation,
//! formulations.

use super::formulations;
use crate::analysis::Analysis;
use crate::settings::Settings;
use crate::text::chars::is_space;
use crate::text::{Lines, Range};

/// What a stretch of a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// An ordinal of the level, 1 for the outermost.
    Marker(u8),
    Placeholder,
    /// A count with a list that belongs to it.
    Announcement,
    Salutation,
    /// A formulation (提法) of the catalogue.
    Formulation,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    pub line: u32,
    pub range: Range,
    pub kind: TokenKind,
}

/// The tokens of the lines `first..=last`, in text order and disjoint.
pub fn tokens(analysis: &Analysis, lines: &dyn Lines, settings: &Settings, first: u32, last: u32) -> Vec<Token> {
    if !analysis.is_chinese() {
        return Vec::new();
    }
    let blanks = analysis.blanks();
    let mut out: Vec<Token> = Vec::new();
    for (base, speech) in analysis.speeches() {
        let base = base as u32;
        let length = speech.lines.len() as u32;
        if base + length <= first || base > last {
            continue;
        }
        let outline = &speech.outline;
        let (from, to) = (first.saturating_sub(base), (last - base).min(length.saturating_sub(1)));
        let mut here: Vec<Token> = Vec::new();
        let mut add = |line: u32, range: Range, kind: TokenKind| {
            if from <= line && line <= to && !range.is_empty() {
                here.push(Token { line: base + line, range, kind });
            }
        };
        let start = outline.nodes.partition_point(|n| n.line < from);
        for node in outline.nodes[start..].iter().take_while(|n| n.line <= to) {
            if node.list.is_some() {
                add(node.line, node.marker, TokenKind::Marker(node.level));
            }
        }
        for n in from..=to {
            let paragraph = &speech.lines[n as usize];
            if paragraph.is_read() && !outline.parts.is_boilerplate(n) {
                for range in formulations::told_in(paragraph, (base + n) as usize, lines, settings) {
                    add(n, range, TokenKind::Formulation);
                }
            }
            for blank in paragraph.placeholders.iter().filter(|p| blanks.is_open(p)) {
                add(n, blank.range, TokenKind::Placeholder);
            }
        }
        for binding in &outline.bindings {
            let places = [Some((binding.line, binding.announcement)), binding.also];
            for (line, index) in places.into_iter().flatten() {
                if let Some(a) = speech.lines[line as usize].announcements().get(index as usize) {
                    add(line, a.range, TokenKind::Announcement);
                }
            }
        }
        if let Some(line) = outline.parts.salutation {
            let text = lines.line((base + line) as usize);
            let start = text.len() - text.trim_start_matches(is_space).len();
            add(line, Range::new(start, text.trim_end_matches(is_space).len()), TokenKind::Salutation);
        }
        here.sort_by_key(|t| (t.line, t.range.start, std::cmp::Reverse(t.range.end)));
        disjoint(here, &mut out);
    }
    out
}

/// Appends sorted tokens; a wide one is cut where a narrow one stands in it.
fn disjoint(sorted: Vec<Token>, out: &mut Vec<Token>) {
    let mut tail: Option<Token> = None;
    for token in sorted {
        if let Some(rest) = tail.take_if(|t| t.line != token.line || t.range.end <= token.range.start) {
            push(out, rest);
        }
        match tail {
            // Reaches beyond the wide one, or stands where it stands: the narrow one is told.
            Some(mut wide) => {
                let before = Range { start: wide.range.start, end: token.range.start };
                push(out, Token { range: before, ..wide });
                push(out, token);
                wide.range.start = token.range.end.min(wide.range.end);
                tail = (!wide.range.is_empty()).then_some(wide);
            }
            None => tail = Some(token),
        }
    }
    if let Some(rest) = tail {
        push(out, rest);
    }
}

fn push(out: &mut Vec<Token>, token: Token) {
    let end = out.last().filter(|t| t.line == token.line).map_or(0, |t| t.range.end);
    let start = token.range.start.max(end);
    if start < token.range.end {
        out.push(Token { range: Range { start, end: token.range.end }, ..token });
    }
}
