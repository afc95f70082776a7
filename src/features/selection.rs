//! What a growing selection takes in: word group, clause, sentence, paragraph, section, speech.

use crate::analysis::Analysis;
use crate::outline::NodeKind;
use crate::paragraph::text_start;
use crate::text::chars::{is_cjk_mark, is_space, is_stop};
use crate::text::position::floor;
use crate::text::{Lines, Point, Range, Span};

/// The spans around `at`, each within the next; the last is the whole draft.
pub fn selections(analysis: &Analysis, lines: &dyn Lines, at: Point) -> Vec<Span> {
    let last = lines.line_count().saturating_sub(1) as u32;
    let line = at.line.min(last);
    let text = lines.line(line as usize);
    let byte = floor(&text, at.byte as usize);
    let mut found: Vec<Span> = Vec::new();
    if let Some(paragraph) = analysis.paragraph(line as usize) {
        let near = |r: &Range| (r.start as usize) <= byte && byte <= r.end as usize;
        for blank in &paragraph.placeholders {
            found.extend([blank.range, blank.unit].iter().filter(|r| near(r)).map(|r| Span::in_line(line, *r)));
        }
    }
    found.extend(in_line(&text, byte).into_iter().map(|range| Span::in_line(line, range)));
    let whole = |first: u32, last: u32| {
        Span::new(Point::new(first, 0), Point::new(last, lines.line(last as usize).len() as u32))
    };
    found.push(whole(line, line));
    if let Some((index, base)) = analysis.speech_at(line as usize)
        && let Some((_, speech)) = analysis.speeches().nth(index)
    {
        let (here, base) = (line - base as u32, base as u32);
        let outline = &speech.outline;
        for (i, node) in outline.nodes.iter().enumerate() {
            if node.kind == NodeKind::Section && node.line <= here {
                let last = outline.last_line(i as u32, speech.lines.len());
                let last = (node.line..=last).rev().find(|&n| !speech.lines[n as usize].is_blank()).unwrap_or(last);
                if here <= last {
                    found.push(whole(base + node.line, base + last));
                }
            }
            if node.kind == NodeKind::Item && node.line == here && node.marker.start as usize <= byte {
                // An item inside the paragraph: up to the next one of its list or of the list outside.
                let end = outline.nodes[i + 1..]
                    .iter()
                    .take_while(|n| n.line == here)
                    .find(|n| n.level <= node.level)
                    .map_or(text.trim_end_matches(is_space).len() as u32, |n| n.marker.start);
                if byte <= end as usize {
                    found.push(Span::in_line(line, Range { start: node.marker.start, end }));
                }
            }
        }
        found.push(whole(base, base + (speech.lines.len() as u32).saturating_sub(1)));
    }
    found.push(whole(0, last));
    nested(found, Point::new(line, byte as u32))
}

/// Of `spans` those around `at` that lie within each other, the smallest first.
fn nested(mut spans: Vec<Span>, at: Point) -> Vec<Span> {
    spans.retain(|s| s.start < s.end && s.start <= at && at <= s.end);
    let size =
        |s: &Span| (s.end.line - s.start.line, if s.end.line == s.start.line { s.end.byte - s.start.byte } else { 0 });
    spans.sort_by_key(|s| (size(s), std::cmp::Reverse(s.start)));
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        if out.last().is_none_or(|inner| span.start <= inner.start && inner.end <= span.end && span != *inner) {
            out.push(span);
        }
    }
    out
}

/// The word group, the quotations, the clause, the sentence and the text of the line around `byte`.
fn in_line(text: &str, byte: usize) -> Vec<Range> {
    let start = text_start(text).min(byte);
    let end = text.trim_end_matches(is_space).len().max(byte);
    let mut out = Vec::new();
    let group =
        |c: char| is_cjk_mark(c) || is_space(c) || c.is_ascii_punctuation() || is_stop(c) || matches!(c, '；' | '、');
    out.push(around(text, byte, start, end, group));
    out.extend(quotations(text, byte));
    let clause = |c: char| is_stop(c) || matches!(c, '，' | ',' | '；' | ';' | '：' | ':');
    out.push(around(text, byte, start, end, clause));
    out.push(with_mark(text, around(text, byte, start, end, clause), clause));
    out.push(with_mark(text, around(text, byte, start, end, is_stop), is_stop));
    out.push(Range::new(start, end));
    out
}

/// The characters around `byte` between two that `parts` is true of.
fn around(text: &str, byte: usize, start: usize, end: usize, parts: impl Fn(char) -> bool) -> Range {
    let before = text.get(start..byte).unwrap_or("");
    let behind = text.get(byte..end).unwrap_or("");
    let from = before.char_indices().rev().find(|(_, c)| parts(*c)).map_or(start, |(i, c)| start + i + c.len_utf8());
    let to = behind.char_indices().find(|(_, c)| parts(*c)).map_or(end, |(i, _)| byte + i);
    Range::new(from, to)
}

/// The range with the marks that end it, and with what is closed behind them.
fn with_mark(text: &str, range: Range, ends: impl Fn(char) -> bool) -> Range {
    let rest = text.get(range.end as usize..).unwrap_or("");
    let marks = rest.chars().take_while(|&c| ends(c) || matches!(c, '”' | '’' | '」' | '』' | '）' | '》'));
    Range { start: range.start, end: range.end + marks.map(char::len_utf8).sum::<usize>() as u32 }
}

/// The quotations and brackets around `byte`, each without and with its marks.
fn quotations(text: &str, byte: usize) -> Vec<Range> {
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut out = Vec::new();
    for (i, c) in text.char_indices() {
        let close = match c {
            '“' => '”',
            '‘' => '’',
            '「' => '」',
            '『' => '』',
            '（' => '）',
            '《' => '》',
            '【' => '】',
            _ => {
                if let Some(at) = open.iter().rposition(|(close, _)| *close == c) {
                    let (_, from) = open[at];
                    open.truncate(at);
                    let to = i + c.len_utf8();
                    if from <= byte && byte <= to {
                        let inner = text.get(from..).and_then(|t| t.chars().next()).map_or(0, char::len_utf8);
                        out.extend([Range::new(from + inner, i), Range::new(from, to)]);
                    }
                }
                continue;
            }
        };
        open.push((close, i));
    }
    out
}
