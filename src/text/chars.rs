//! Classes of characters, and looking at the characters around a byte offset.

use super::Range;
use super::position::floor;

pub use super::fold::simplified;

/// The character that ends at byte `at`.
#[inline]
pub fn before(line: &str, at: usize) -> Option<char> {
    line.get(..at)?.chars().next_back()
}

/// The character that starts at byte `at`.
#[inline]
pub fn after(line: &str, at: usize) -> Option<char> {
    line.get(at..)?.chars().next()
}

/// True when `line` has `word` at byte `at`.
#[inline]
pub fn has(line: &str, at: usize, word: &str) -> bool {
    line.as_bytes().get(at..).is_some_and(|rest| begins::<2>(rest, word.as_bytes()))
}

/// The first of `words` that stands at byte `at`.
#[inline]
pub fn any_of<'a>(line: &str, at: usize, words: &[&'a str]) -> Option<&'a str> {
    let rest = line.as_bytes().get(at..)?;
    words.iter().copied().find(|word| begins::<2>(rest, word.as_bytes()))
}

/// `starts_with`, looking first at byte `TELLING`, where words differ: the last one of an ideograph.
#[inline]
pub fn begins<const TELLING: usize>(rest: &[u8], word: &[u8]) -> bool {
    match (rest.get(TELLING), word.get(TELLING)) {
        (Some(a), Some(b)) => a == b && rest.starts_with(word),
        (None, Some(_)) => false,
        _ => rest.starts_with(word),
    }
}

/// Ideographs (the unified blocks and the extensions), not 〇.
#[inline]
pub const fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{323AF}' | '\u{F900}'..='\u{FAFF}')
}

/// Full-width and Chinese punctuation.
pub const fn is_cjk_mark(c: char) -> bool {
    matches!(
        c,
        '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301F}' | '\u{2013}'..='\u{201F}'
            | '…' | '·' | '！' | '（' | '）' | '，' | '．' | '：' | '；' | '？' | '％' | '～' | '［' | '］' | '｛' | '｝'
    )
}

/// What a typist uses to indent or to part words; zero-width characters included.
#[inline]
pub const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{A0}' | '\u{3000}' | '\u{200B}' | '\u{FEFF}' | '\u{2002}'..='\u{200A}')
}

/// The quote or bracket that `c` closes; half-width ones close full-width ones too.
pub const fn opening_of(c: char) -> Option<char> {
    Some(match c {
        '”' | '"' => '“',
        '’' => '‘',
        '」' => '「',
        '』' => '『',
        '）' | ')' => '（',
        '》' => '《',
        _ => return None,
    })
}

/// An opening quotation mark, or one of those that are the same at both ends.
pub const fn is_opening_quote(c: char) -> bool {
    matches!(c, '“' | '‘' | '「' | '『' | '"')
}

pub const fn is_closing_quote(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '"')
}

pub const fn is_quote(c: char) -> bool {
    is_opening_quote(c) || is_closing_quote(c)
}

/// A mark that ends a sentence.
pub const fn is_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?')
}

/// A mark that ends a sentence or one of its larger parts; also a line break within a paragraph of Word.
pub const fn is_clause_end(c: char) -> bool {
    is_stop(c) || matches!(c, '；' | ';' | '：' | ':' | '\u{B}')
}

/// A mark behind which an ordinal may stand inside a paragraph.
pub const fn is_boundary(c: char) -> bool {
    is_clause_end(c)
        || matches!(
            c,
            '，' | ','
                | '、'
                | '“'
                | '‘'
                | '「'
                | '『'
                | '（'
                | '('
                | '…'
                | '—'
                | '·'
                | '》'
                | '】'
                | '”'
                | '』'
                | '」'
        )
}

/// The last `reach` bytes of a text at most, from a character on.
pub fn tail(text: &str, reach: usize) -> &str {
    let from = (text.len().saturating_sub(reach)..text.len()).find(|at| text.is_char_boundary(*at));
    from.and_then(|from| text.get(from..)).unwrap_or("")
}

/// The first `reach` bytes of a text at most, up to a character.
pub fn lead(text: &str, reach: usize) -> &str {
    &text[..floor(text, reach)]
}

/// A longer sentence, in bytes, is looked at from its last part on.
const LONGEST_SENTENCE: usize = 900;

/// Where the last sentence of `text` begins: behind the last mark that ends a sentence.
pub fn last_sentence(text: &str) -> usize {
    let bytes = text.as_bytes();
    let from = floor(text, bytes.len().saturating_sub(LONGEST_SENTENCE));
    let mut end = bytes.len();
    while end > from {
        // A common ideograph: three bytes at once.
        if end >= 3 && bytes[end - 3].wrapping_sub(0xE4) < 6 {
            end -= 3;
            continue;
        }
        let at = end - 1;
        let ends = match bytes[at] {
            b'!' | b'?' => true,
            0x82 => at >= 2 && bytes[at - 2..at] == [0xE3, 0x80],
            0x81 | 0x9F => at >= 2 && bytes[at - 2..at] == [0xEF, 0xBC],
            _ => false,
        };
        if ends {
            return end;
        }
        end = at;
    }
    from
}

/// The byte offset of the first character at or after `at` that is no space.
#[inline]
pub fn skip_spaces(line: &str, at: usize) -> usize {
    let rest = line.get(at..).unwrap_or("");
    line.len() - rest.trim_start_matches(is_space).len()
}

/// True when only spaces stand before byte `at`.
pub fn is_blank_before(line: &str, at: usize) -> bool {
    line[..at].trim_end_matches(is_space).is_empty()
}

/// True when only spaces stand from byte `at` on.
pub fn is_blank_behind(line: &str, at: usize) -> bool {
    skip_spaces(line, at) == line.len()
}

/// Past one space, where there is one.
pub fn skip_one_space(line: &str, at: usize) -> usize {
    after(line, at).filter(|c| is_space(*c)).map_or(at, |c| at + c.len_utf8())
}

/// The half-width form of a full-width digit; other characters as they are.
pub const fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => None,
    }
}

/// True of a character that a number stands before: a space or a mark before it may be a number that is
/// still to come.
pub fn is_counted(c: char) -> bool {
    const MEASURES: &str =
        "亿万千百元个名位件项家户人次年月日号时分秒届条辆套座所期类批场岁天倍成亩吨米公平美度周处篇份支";
    const HANT: &str = "億萬個項戶號時條輛類場歲畝噸處";
    c.is_ascii_digit() || matches!(c, '%' | '％' | '‰' | '℃') || MEASURES.contains(c) || HANT.contains(c)
}

/// The addresses in a line: https://…
pub fn addresses(line: &str) -> impl Iterator<Item = Range> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + line.get(at..)?.find("://")?;
        let ends = |c: char| is_space(c) || is_cjk_mark(c) || matches!(c, ')' | '>' | '"' | '`');
        at = line[start..].find(ends).map_or(line.len(), |len| start + len);
        Some(Range::new(start, at))
    })
}

/// True where the tag of an element, or a comment, begins: `<a id="x">`, `</h1>`, `<!--`; not `<XX同志>` and `<XX>`.
pub fn is_tag(rest: &str) -> bool {
    let Some(inner) = rest.strip_prefix('<') else { return false };
    if inner.starts_with('!') {
        return true;
    }
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let end = inner.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | ':'))).unwrap_or(inner.len());
    let (name, rest) = inner.split_at(end);
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && !name.bytes().all(|b| matches!(b, b'X' | b'x'))
        && rest.chars().next().is_none_or(|c| c.is_ascii_whitespace() || matches!(c, '/' | '>'))
}
