//! One spelling for matching: Simplified characters, one kind of separator, no quotes, no spaces.

use std::cell::OnceCell;

use crate::text::set::code_at;

pub use crate::text::fold::{simplified, traditional};

/// Bytes that every character of a [`FoldedText`] takes.
pub(super) const WIDTH: usize = 3;

/// What stands between the parts of an enumeration, whatever the draft uses.
pub(super) const SEPARATOR: char = '、';

/// True for the ideographs of the basic plane.
pub(super) const fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}

/// True for quotation marks and other characters that matching looks through.
pub(super) fn is_transparent(c: char) -> bool {
    shape_of(c.into()) == 0
}

/// A character in its shape for matching, a code point of the basic plane; 0 when it is looked through.
const fn shape(c: char) -> u16 {
    let shape = match c {
        '“' | '”' | '‘' | '’' | '"' | '\'' | '「' | '」' | '『' | '』' | '《' | '》' | '＂' | '＇' => {
            return 0;
        }
        '\u{200B}' | '\u{FEFF}' => return 0,
        c if c.is_whitespace() => return 0,
        c if is_han(c) => simplified(c),
        '、' | '，' | ',' | '；' | ';' | '､' => SEPARATOR,
        '。' | '.' | '．' => '。',
        'A'..='Z' | 'a'..='z' | '0'..='9' => fullwidth(c.to_ascii_lowercase()),
        '\u{FF21}'..='\u{FF3A}' => moved(c, 0x20),
        '!'..='~' => fullwidth(c),
        _ if c.len_utf8() == WIDTH => c,
        _ => char::REPLACEMENT_CHARACTER,
    };
    shape as u16
}

/// By code point of the basic plane: the bits in which its shape differs. Made when the program is compiled.
#[allow(long_running_const_eval)]
static CHANGES: [u16; 0x1_0000] = {
    let mut changes = [0; 0x1_0000];
    let mut code = 0;
    while code < changes.len() {
        if let Some(c) = char::from_u32(code as u32) {
            changes[code] = code as u16 ^ shape(c);
        }
        code += 1;
    }
    changes
};

#[inline]
fn shape_of(code: u32) -> u16 {
    CHANGES.get(code as usize).map_or(char::REPLACEMENT_CHARACTER as u16, |change| code as u16 ^ change)
}

const fn fullwidth(c: char) -> char {
    moved(c, 0xFEE0)
}

const fn moved(c: char, by: u32) -> char {
    match char::from_u32(c as u32 + by) {
        Some(moved) => moved,
        None => char::REPLACEMENT_CHARACTER,
    }
}

/// A text in its spelling for matching: code points of the basic plane, each of which knows where it
/// stood in the text.
#[derive(Clone, Debug, Default)]
pub(super) struct FoldedText {
    pub codes: Vec<u16>,
    /// By character: its byte offset in the text.
    starts: Vec<u32>,
    /// The characters as text: every one takes [`WIDTH`] bytes. Most texts are never asked for it.
    text: OnceCell<String>,
}

impl FoldedText {
    pub fn of(text: &str) -> Self {
        // Most characters take three bytes.
        let likely = text.len() / WIDTH + 8;
        let (mut codes, mut starts) = (Vec::with_capacity(likely), Vec::with_capacity(likely));
        let mut at = 0;
        while let Some((code, width)) = code_at(text, at) {
            let code = shape_of(code);
            if code != 0 {
                codes.push(code);
                starts.push(at as u32);
            }
            at += width;
        }
        Self { codes, starts, text: OnceCell::new() }
    }

    /// Number of characters.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// The characters `from..to` of the folded text.
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

    /// Where the character before `at` ends in `text`, the text of the folded text (bytes).
    pub fn end(&self, text: &str, at: usize) -> usize {
        let Some(last) = at.checked_sub(1) else {
            return 0;
        };
        let start = self.start(last);
        let width = text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        start + width
    }
}

/// The character of a code in a folded text.
pub(super) fn shown(code: u16) -> char {
    char::from_u32(code.into()).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The codes of the folded text of a text.
pub(super) fn codes(text: &str) -> impl Iterator<Item = u16> + '_ {
    text.chars().map(|c| shape_of(c.into())).filter(|code| *code != 0)
}

/// True when the characters only stand in another order.
pub(super) fn is_permuted(a: &[u16], b: &[u16]) -> bool {
    let sorted = |codes: &[u16]| {
        let mut codes = codes.to_vec();
        codes.sort_unstable();
        codes
    };
    a.len() == b.len() && sorted(a) == sorted(b)
}

/// The folded text of a text, as a string.
pub(super) fn folded_text(text: &str) -> String {
    codes(text).map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_has_three_bytes_and_a_place() {
        let text = "增強“四個 意識”,A1𠮷🙂é。";
        let folded_text = FoldedText::of(text);
        assert_eq!(folded_text.slice(0, folded_text.len()), "增强四个意识、ａ１\u{FFFD}\u{FFFD}\u{FFFD}。");
        for n in 0..folded_text.len() {
            assert!(text.is_char_boundary(folded_text.start(n)));
            assert!(text.is_char_boundary(folded_text.end(text, n + 1)));
            assert!(folded_text.start(n) < folded_text.end(text, n + 1));
        }
    }

    #[test]
    fn only_certain_traditional_forms() {
        assert_eq!(traditional("四个意识").as_deref(), Some("四個意識"));
        assert_eq!(traditional("以后"), None);
    }
}
