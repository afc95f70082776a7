//! One spelling for matching: Simplified characters, one kind of separator, no quotes, no spaces.

use std::cell::OnceCell;

pub use crate::text::fold::{simplified, traditional};

/// Bytes that every character of a [`Skeleton`] takes.
pub(super) const WIDTH: usize = 3;

/// What stands between the parts of an enumeration, whatever the draft uses.
pub(super) const SEPARATOR: char = '、';

/// True for the ideographs of the basic plane.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}

/// True for quotation marks and other characters that matching looks through.
pub(super) fn is_transparent(c: char) -> bool {
    matches!(
        c,
        '“' | '”'
            | '‘'
            | '’'
            | '"'
            | '\''
            | '「'
            | '」'
            | '『'
            | '』'
            | '《'
            | '》'
            | '＂'
            | '＇'
            | '\u{200B}'
            | '\u{FEFF}'
    ) || c.is_whitespace()
}

/// A character of the basic plane in its shape for matching, ideographs as they are; `None` when
/// it is looked through. Always three bytes long.
fn unified(c: char) -> Option<char> {
    if is_transparent(c) {
        return None;
    }
    Some(match c {
        '、' | '，' | ',' | '；' | ';' | '､' => SEPARATOR,
        '。' | '.' | '．' => '。',
        'A'..='Z' | 'a'..='z' | '0'..='9' => fullwidth(c.to_ascii_lowercase()),
        '\u{FF21}'..='\u{FF3A}' => char::from_u32(c as u32 + 0x20).unwrap_or(c),
        '!'..='~' => fullwidth(c),
        _ if c.len_utf8() == WIDTH => c,
        _ => char::REPLACEMENT_CHARACTER,
    })
}

fn fullwidth(c: char) -> char {
    char::from_u32(c as u32 + 0xFEE0).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// A text in its spelling for matching: code points of the basic plane, each of which knows where it
/// stood in the text.
#[derive(Clone, Debug, Default)]
pub(super) struct Skeleton {
    pub codes: Vec<u16>,
    /// By character: its byte offset in the text.
    starts: Vec<u32>,
    /// The characters as text: every one takes [`WIDTH`] bytes. Most texts are never asked for it.
    text: OnceCell<String>,
}

impl Skeleton {
    pub fn of(text: &str) -> Self {
        let most = text.len() / 2;
        let mut skeleton =
            Self { codes: Vec::with_capacity(most), starts: Vec::with_capacity(most), text: OnceCell::new() };
        for (at, code) in folded(text) {
            skeleton.codes.push(code);
            skeleton.starts.push(at as u32);
        }
        skeleton
    }

    /// Number of characters.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// The characters `from..to` of the skeleton, as folded text.
    pub fn slice(&self, from: usize, to: usize) -> &str {
        let text = self.text.get_or_init(|| self.codes.iter().map(|&code| shown(code)).collect());
        text.get(from.saturating_mul(WIDTH)..to.saturating_mul(WIDTH)).unwrap_or("")
    }

    pub fn get(&self, at: usize) -> Option<char> {
        self.codes.get(at).map(|&code| shown(code))
    }

    /// Where character `at` starts in the text (bytes).
    pub fn start(&self, at: usize) -> usize {
        self.starts.get(at).map_or(0, |&b| b as usize)
    }

    /// Where the character before `at` ends in `text`, the text of the skeleton (bytes).
    pub fn end(&self, text: &str, at: usize) -> usize {
        let Some(last) = at.checked_sub(1) else {
            return 0;
        };
        let start = self.start(last);
        let width = text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        start + width
    }
}

/// The spelling of `text` for matching: of each character the byte offset in the text, and the code.
fn folded(text: &str) -> impl Iterator<Item = (usize, u16)> + '_ {
    text.char_indices().filter_map(|(at, c)| {
        let shape = if is_han(c) { Some(simplified(c)) } else { unified(c) };
        Some((at, shape? as u16))
    })
}

/// The character of a code in a skeleton.
pub(super) fn shown(code: u16) -> char {
    char::from_u32(code.into()).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The codes of the skeleton of a text.
pub(super) fn codes(text: &str) -> impl Iterator<Item = u16> + '_ {
    folded(text).map(|(_, code)| code)
}

/// The skeleton of a text, as a string.
pub(super) fn skeleton(text: &str) -> String {
    codes(text).map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_has_three_bytes_and_a_place() {
        let text = "增強“四個 意識”,A1𠮷🙂é。";
        let skeleton = Skeleton::of(text);
        assert_eq!(skeleton.slice(0, skeleton.len()), "增强四个意识、ａ１\u{FFFD}\u{FFFD}\u{FFFD}。");
        for n in 0..skeleton.len() {
            assert!(text.is_char_boundary(skeleton.start(n)));
            assert!(text.is_char_boundary(skeleton.end(text, n + 1)));
            assert!(skeleton.start(n) < skeleton.end(text, n + 1));
        }
    }

    #[test]
    fn only_certain_traditional_forms() {
        assert_eq!(traditional("四个意识").as_deref(), Some("四個意識"));
        assert_eq!(traditional("以后"), None);
    }
}
