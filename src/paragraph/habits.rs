//! What a paragraph is compared by with the others of its speech, beside its structure: how it is
//! punctuated, indented and ended.

use super::pairs::{Pairing, Unpaired};
use crate::text::Range;
use crate::text::chars::{after, before, digit, is_cjk_mark, is_han, is_space, skip_spaces};

/// A change of them may change what is found in the speech, but not its outline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Habits {
    /// How often each [`Mark`] stands in its full width.
    pub full: [u16; Mark::COUNT],
    /// Half-width marks in Chinese text.
    pub half: Box<[HalfWidth]>,
    /// Quotation marks and brackets without a partner.
    pub unpaired: Box<[Unpaired]>,
    /// The paragraph begins with an opening quotation mark.
    pub opens_quoted: bool,
    /// The paragraph ends with a closing quotation mark.
    pub closes_quoted: bool,
    /// Of the text without the spaces around it; 0 for what is not read. An edit that keeps it changes
    /// no word.
    pub digest: u64,
    pub indent: Indent,
    /// A note, a source or a quotation set apart: begins with a bracket, an asterisk or `>`.
    pub is_note: bool,
    /// Where the text starts, behind the indentation.
    pub start: u32,
    /// The last character.
    pub end: Option<char>,
}

/// How the first line of a paragraph is set in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Indent {
    #[default]
    None,
    /// Two ideographic spaces.
    Two,
    Other,
}

/// A mark that has a half-width form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Comma,
    Stop,
    Semicolon,
    Colon,
    Question,
    Exclamation,
    Bracket,
    Quote,
}

impl Mark {
    pub const COUNT: usize = 8;
    pub const ALL: [Self; Self::COUNT] = [
        Self::Comma,
        Self::Stop,
        Self::Semicolon,
        Self::Colon,
        Self::Question,
        Self::Exclamation,
        Self::Bracket,
        Self::Quote,
    ];
}

/// A half-width mark where a full-width one belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HalfWidth {
    /// The mark, with the spaces that stand for the rest of its width.
    pub range: Range,
    pub mark: Mark,
    /// The full-width form.
    pub full: char,
}

/// Collects the habits of a paragraph while it is read.
#[derive(Default)]
pub(super) struct Collector {
    full: [u16; Mark::COUNT],
    half: Vec<HalfWidth>,
    pub pairing: Pairing,
}

impl Collector {
    /// A character beyond ASCII that is no common ideograph.
    #[inline]
    pub fn wide(&mut self, line: &str, at: usize, c: char) {
        let mark = match c {
            '，' => Mark::Comma,
            '。' => Mark::Stop,
            '、' => return,
            '；' => Mark::Semicolon,
            '：' => Mark::Colon,
            '？' => Mark::Question,
            '！' => Mark::Exclamation,
            '（' | '）' => {
                self.pairing.mark(line, at, c);
                Mark::Bracket
            }
            '“' | '”' | '「' | '」' => {
                self.pairing.mark(line, at, c);
                Mark::Quote
            }
            _ => return self.pairing.mark(line, at, c),
        };
        let count = &mut self.full[mark as usize];
        *count = count.saturating_add(1);
    }

    /// An ASCII mark; `within`: behind the ordinal that the paragraph starts with.
    pub fn narrow(&mut self, line: &str, at: usize, c: char, within: bool) {
        if matches!(c, '(' | ')' | '"') {
            self.pairing.mark(line, at, c);
        }
        if within {
            self.half.extend(half_width(line, at, c));
        }
    }

    pub fn finish(self, line: &str, text_start: usize) -> Habits {
        let (unpaired, quotes) = self.pairing.finish(line);
        let mut half = self.half;
        for ends in quotes.chunks_exact(2) {
            // "Beautiful city" is at home in these.
            let quoted = line.get(ends[0].end as usize..ends[1].start as usize).unwrap_or("");
            if !quoted.chars().any(is_han) {
                continue;
            }
            for (range, full) in ends.iter().zip(['“', '”']) {
                half.push(HalfWidth { range: *range, mark: Mark::Quote, full });
            }
        }
        half.sort_by_key(|h| h.range);
        let text = line.get(text_start..).unwrap_or("").trim_end_matches(is_space);
        let end = text.chars().next_back();
        Habits {
            full: self.full,
            half: half.into(),
            unpaired: unpaired.into(),
            opens_quoted: text.starts_with(['“', '「']),
            closes_quoted: text.trim_end_matches(['。', '！', '？']).ends_with(['”', '」']),
            digest: digest(text),
            indent: indent(line),
            is_note: text.starts_with(['[', '［', '【', '（', '(', '〔', '*', '＊', '※', '>', '①', '②', '③']),
            start: text_start as u32,
            end,
        }
    }
}

impl Habits {
    /// Takes the digest of `line`, of which another spelling has been read.
    pub(super) fn redigest(&mut self, line: &str) {
        if self.digest != 0 {
            self.digest = digest(line.get(self.start as usize..).unwrap_or("").trim_end_matches(is_space));
        }
    }
}

fn digest(text: &str) -> u64 {
    use std::hash::Hasher as _;
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish().max(1)
}

fn indent(line: &str) -> Indent {
    let text = line.trim_start_matches(is_space);
    match line.get(..line.len() - text.len()) {
        Some("") | None => Indent::None,
        Some("\u{3000}\u{3000}") => Indent::Two,
        _ => Indent::Other,
    }
}

/// True when the `;` at byte `at` ends an entity: &ldquo;
fn ends_entity(line: &str, at: usize) -> bool {
    let name = line[..at].bytes().rev().take(10).take_while(u8::is_ascii_alphanumeric).count();
    name > 0 && line[..at - name].ends_with(['&', '#'])
}

/// The mark at byte `at`, if it stands in Chinese text and is not part of a number, a time or a
/// Latin word.
fn half_width(line: &str, at: usize, c: char) -> Option<HalfWidth> {
    let chinese = |c: Option<char>| c.is_some_and(|c| is_han(c) || is_cjk_mark(c));
    let end = at + 1;
    let left = before(line, at);
    let right_at = skip_spaces(line, end);
    let right = after(line, right_at);
    let figures = left.is_some_and(|c| digit(c).is_some()) && after(line, end).is_some_and(|c| digit(c).is_some());
    // Behind a percentage a mark is no part of a number.
    let in_chinese = (chinese(left) || chinese(right) || left == Some('%') && c == ',') && !figures;
    let (mark, full) = match c {
        ',' if in_chinese => (Mark::Comma, '，'),
        // &nbsp; ends with one of its own.
        ';' if in_chinese && !ends_entity(line, at) => (Mark::Semicolon, '；'),
        ':' if in_chinese && !line[end..].starts_with("//") => (Mark::Colon, '：'),
        '?' if chinese(left) => (Mark::Question, '？'),
        '!' if chinese(left) && right != Some('=') => (Mark::Exclamation, '！'),
        '.' if left.is_some_and(|c| is_han(c) && !crate::numeral::is_chinese(c))
            && (right.is_none() || right.is_some_and(is_han)) =>
        {
            (Mark::Stop, '。')
        }
        '(' | ')' if in_chinese => {
            let inner = if c == '(' {
                line[end..].split([')', '）', '(']).next()
            } else {
                line[..at].rsplit(['(', '（', ')']).next()
            }?;
            let numeral = |c: char| digit(c).is_some() || crate::numeral::is_chinese(c);
            if !inner.contains(is_han) || inner.chars().all(numeral) {
                return None;
            }
            (Mark::Bracket, if c == '(' { '（' } else { '）' })
        }
        _ => return None,
    };
    // The space behind a half-width mark goes with it; those at the end of a line are another matter.
    let end = if c != '(' && right.is_some_and(|c| is_han(c) || is_cjk_mark(c)) { right_at } else { end };
    Some(HalfWidth { range: Range::new(at, end), mark, full })
}
