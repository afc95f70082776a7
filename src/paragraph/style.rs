//! What a paragraph is compared by with the others of its speech, beside its structure: how it is
//! punctuated, indented and ended.

use super::pairs::{Pairing, Unpaired};
use crate::lexicon::dictionary::{Class, word};
use crate::text::Range;
use crate::text::chars::{addresses, after, before, digit, is_cjk_mark, is_counted, is_han, is_space, skip_spaces};

/// A change of them may change what is found in the speech, but not its outline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// How often each [`Mark`] stands in its full width.
    pub full: [u16; Mark::COUNT],
    /// Most paragraphs have none.
    slips: Option<Box<Slips>>,
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
    /// Markup sets the paragraph apart from the text: a quotation (`>`), a caption in a tag of HTML.
    pub set_apart: bool,
    /// Where the text starts, behind the indentation.
    pub start: u32,
    /// The last character.
    pub end: Option<char>,
}

/// Marks that may be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Slips {
    half: Box<[HalfWidth]>,
    unpaired: Box<[Unpaired]>,
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
    /// The other end of the pair, with its full-width form, where that is half-width too.
    pub partner: Option<(Range, char)>,
    /// Chinese text stands in and around the pair: there is nothing else it could be.
    pub certain: bool,
}

/// Collects the style of a paragraph while it is read.
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
        } else if within {
            self.half.extend(half_width(line, at, c));
        }
    }

    pub fn finish(mut self, line: &str, text_start: usize) -> Style {
        let unpaired = self.pairing.finish(line);
        let mut half = self.half;
        let quotes = self.pairing.ascii_quotes.chunks_exact(2).map(|ends| (ends[0], ends[1]));
        half.extend(quotes.filter_map(|ends| half_pair(line, ends, Mark::Quote, text_start)));
        let brackets = self.pairing.brackets.iter();
        half.extend(brackets.filter_map(|ends| half_pair(line, *ends, Mark::Bracket, text_start)));
        if !half.is_empty() {
            leave_addresses(line, text_start, &mut half);
        }
        half.sort_by_key(|h| h.range);
        let text = line.get(text_start..).unwrap_or("").trim_end_matches(is_space);
        let end = text.chars().next_back();
        Style {
            full: self.full,
            slips: Slips::of(half, unpaired),
            opens_quoted: text.starts_with(['“', '「']),
            closes_quoted: text.trim_end_matches(['。', '！', '？']).ends_with(['”', '」']),
            digest: digest(text),
            indent: indent(line),
            set_apart: false,
            is_note: text.starts_with(['[', '［', '【', '（', '(', '〔', '*', '＊', '※', '>', '①', '②', '③']),
            start: text_start as u32,
            end,
        }
    }
}

impl Slips {
    fn of(half: Vec<HalfWidth>, unpaired: Vec<Unpaired>) -> Option<Box<Self>> {
        let is_any = !half.is_empty() || !unpaired.is_empty();
        is_any.then(|| Box::new(Self { half: half.into(), unpaired: unpaired.into() }))
    }
}

impl Style {
    /// Half-width marks in Chinese text.
    pub fn half(&self) -> &[HalfWidth] {
        self.slips.as_ref().map_or(&[], |slips| &slips.half)
    }

    /// Quotation marks and brackets without a partner.
    pub fn unpaired(&self) -> &[Unpaired] {
        self.slips.as_ref().map_or(&[], |slips| &slips.unpaired)
    }

    /// The same with other half-width marks, and marks without a partner.
    #[must_use]
    pub(super) fn with_slips(&self, half: Vec<HalfWidth>, unpaired: Vec<Unpaired>) -> Self {
        Self { slips: Slips::of(half, unpaired), ..self.clone() }
    }

    /// Takes the digest of `line`, of which another spelling has been read.
    pub(super) fn redigest(&mut self, line: &str) {
        if self.digest != 0 {
            self.digest = digest(line.get(self.start as usize..).unwrap_or("").trim_end_matches(is_space));
        }
    }
}

/// Takes out the marks of addresses and of entries in a list of references: `[1] 甲. 文[J]. 刊, 2021.`
fn leave_addresses(line: &str, text_start: usize, half: &mut Vec<HalfWidth>) {
    let reference = line.get(text_start..).and_then(|text| text.strip_prefix('[')).is_some_and(|rest| {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        digits > 0 && rest[digits..].starts_with(']')
    });
    if reference {
        half.retain(|h| matches!(h.mark, Mark::Bracket | Mark::Quote));
        half.iter_mut().for_each(|h| h.certain = false);
    } else if line.contains("://") {
        for address in addresses(line) {
            half.retain(|h| h.range.end <= address.start || address.end <= h.range.start);
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

/// True when the `;` at byte `at` ends an entity: &ldquo; or what is left of one that hid a name: times;
fn ends_entity(line: &str, at: usize) -> bool {
    let name = line[..at].bytes().rev().take(10).take_while(u8::is_ascii_alphanumeric).count();
    if line[..at].ends_with("times") {
        return true;
    }
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
    // A row of them is something else, and so may be what stands before a measure: 新增?个.
    if left == Some(c) || after(line, end) == Some(c) || c == '?' && right.is_some_and(is_counted) {
        return None;
    }
    // “人工智能",5G: a half-width quote or bracket is that of the words before it.
    let closed = matches!(left, Some('"' | ')')).then(|| before(line, at - 1)).flatten();
    let left = closed.filter(|c| is_han(*c) || is_cjk_mark(*c)).or(left);
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
            && (right.is_none() || parts_words(line, at)) =>
        {
            (Mark::Stop, '。')
        }
        _ => return None,
    };
    // The space behind a half-width mark goes with it; those at the end of a line are another matter.
    let end = if right.is_some_and(|c| is_han(c) || is_cjk_mark(c)) { right_at } else { end };
    Some(HalfWidth { range: Range::new(at, end), mark, full, partner: None, certain: false })
}

/// True when words that are no names end before the byte `at` and begin behind it: 部署完毕.下一步, but
/// not 威廉.麦金利.
fn parts_words(line: &str, at: usize) -> bool {
    let plain = |text: &str| word(text).is_some_and(|word| word.class != Class::Name);
    let (head, tail) = (line.get(..at).unwrap_or(""), line.get(at + 1..).unwrap_or(""));
    let ends = head.char_indices().rev().take(4).skip(1).any(|(start, _)| plain(&head[start..]));
    let begins = tail.char_indices().take(4).skip(1).any(|(start, c)| plain(&tail[..start + c.len_utf8()]));
    // 落实到位.二是
    let mut next = tail.chars();
    let ordinal = next.next().is_some_and(crate::numeral::is_chinese) && matches!(next.next(), Some('是' | '要'));
    ends && (begins || ordinal)
}

/// What stands between the marks of a pair, in bytes; where one bracket stands in another, each is looked at.
const LONGEST_PAIR: usize = 1500;

/// A pair of brackets or quotation marks, one end of which at least is half-width, where Chinese text
/// stands in it and beside it. Behind the ordinal that the paragraph starts with.
fn half_pair(line: &str, (open, close): (Range, Range), mark: Mark, text_start: usize) -> Option<HalfWidth> {
    let inner = line.get(open.end as usize..close.start as usize).filter(|inner| inner.len() <= LONGEST_PAIR)?;
    let chinese = |c: Option<char>| c.is_some_and(|c| is_han(c) || is_cjk_mark(c));
    let (left, right) = (before(line, open.start as usize), after(line, close.end as usize));
    let at_start = open.start as usize <= text_start;
    let numeral = |c: char| digit(c).is_some() || crate::numeral::is_chinese(c);
    // (二) is an ordinal, "Beautiful city" is at home in these.
    if !inner.contains(is_han) || inner.chars().all(numeral) {
        return None;
    }
    let inside = chinese(inner.chars().next()) || chinese(inner.chars().next_back());
    if !inside && !chinese(left) && !chinese(right) {
        return None;
    }
    // Code, a formula, an address: f(甲), [文](一.docx), (a=乙).
    let foreign =
        |c: char| c.is_ascii_punctuation() && !matches!(c, ',' | '.' | ':' | ';' | '%' | '-' | '(' | ')' | '?' | '!');
    let beside = |c: Option<char>| c.is_none_or(|c| is_han(c) || is_cjk_mark(c));
    // A line that is one quotation may be data: - "甲".
    let alone = at_start && right.is_none();
    let certain = !inner.contains(foreign) && !alone && (beside(left) || at_start) && beside(right);
    let (first, last) = if mark == Mark::Quote { ('“', '”') } else { ('（', '）') };
    let ends = [(open, first), (close, last)];
    let mut half = ends.into_iter().filter(|(range, _)| range.len() == 1);
    let (range, full) = half.next()?;
    Some(HalfWidth { range, mark, full, partner: half.next(), certain })
}
