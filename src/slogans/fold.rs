//! One spelling for matching: Simplified characters, one kind of separator, no quotes, no spaces.

use std::sync::LazyLock;

/// Bytes that every character of a [`Skeleton`] takes.
pub(super) const WIDTH: usize = 3;

/// What stands between the parts of an enumeration, whatever the draft uses.
pub(super) const SEPARATOR: char = '、';

/// The characters of the table, one row per Simplified character: the Simplified one, its only
/// standard Traditional form (empty when there are several), all forms that fold to it.
static VARIANTS: &str = include_str!("variants.tsv");

const FIRST: u32 = 0x3400;
const LAST: u32 = 0xFAFF;

struct Table {
    /// By code point from `FIRST`: the folded character (the character itself when it has no row).
    simplified: Box<[u16]>,
    /// By code point from `FIRST`: the only Traditional form, or 0 when there are several.
    traditional: Box<[u16]>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let identity: Box<[u16]> = (FIRST..=LAST).map(|c| c as u16).collect();
    let mut table = Table {
        simplified: identity.clone(),
        traditional: identity,
    };
    for row in VARIANTS.lines().skip(1) {
        let mut cells = row.split('\t');
        let Some(simplified) = cells.next().and_then(single) else {
            continue;
        };
        let traditional = cells.next().and_then(single);
        if let Some(slot) = table.traditional.get_mut(index(simplified)) {
            *slot = traditional.map_or(0, |c| c as u16);
        }
        for variant in cells.next().unwrap_or("").chars() {
            if let Some(slot) = table.simplified.get_mut(index(variant)) {
                *slot = simplified as u16;
            }
        }
    }
    table
});

fn single(cell: &str) -> Option<char> {
    let mut chars = cell.chars();
    chars.next().filter(|_| chars.next().is_none())
}

fn index(c: char) -> usize {
    (c as u32).wrapping_sub(FIRST) as usize
}

/// The Simplified form of a character, whichever of the Traditional shapes it has.
pub fn simplified(c: char) -> char {
    TABLE
        .simplified
        .get(index(c))
        .and_then(|&u| char::from_u32(u.into()))
        .unwrap_or(c)
}

/// The Traditional form of a text, or `None` when one of its characters has several.
pub fn traditional(text: &str) -> Option<String> {
    text.chars()
        .map(|c| match TABLE.traditional.get(index(c)) {
            Some(0) => None,
            Some(&u) => char::from_u32(u.into()),
            None => Some(c),
        })
        .collect()
}

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

/// The folded character, or `None` when it is looked through. Always three bytes long.
fn fold(c: char) -> Option<char> {
    if is_han(c) {
        return Some(simplified(c));
    }
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

/// A text in its spelling for matching. Every character takes [`WIDTH`] bytes, so character `n`
/// starts at byte `WIDTH * n`; each one knows where it stood in the text.
#[derive(Clone, Debug, Default)]
pub(super) struct Skeleton {
    pub bytes: Vec<u8>,
    /// By character: its byte offset in the text.
    starts: Vec<u32>,
}

impl Skeleton {
    pub fn of(text: &str) -> Self {
        let mut skeleton = Self {
            bytes: Vec::with_capacity(text.len()),
            starts: Vec::with_capacity(text.len() / WIDTH + 1),
        };
        for (at, c) in text.char_indices() {
            if let Some(folded) = fold(c) {
                let mut buffer = [0; 4];
                skeleton
                    .bytes
                    .extend_from_slice(folded.encode_utf8(&mut buffer).as_bytes());
                skeleton.starts.push(at as u32);
            }
        }
        skeleton
    }

    /// Number of characters.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// The characters `from..to` of the skeleton, as folded text.
    pub fn slice(&self, from: usize, to: usize) -> &str {
        self.bytes
            .get(from * WIDTH..to * WIDTH)
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
            .unwrap_or("")
    }

    pub fn get(&self, at: usize) -> Option<char> {
        self.slice(at, at + 1).chars().next()
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
        let width = text
            .get(start..)
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8);
        start + width
    }

    pub fn into_string(self) -> String {
        String::from_utf8(self.bytes).unwrap_or_default()
    }
}

/// The skeleton of a text, as a string.
pub(super) fn skeleton(text: &str) -> String {
    Skeleton::of(text).into_string()
}

/// Bytes that the tables take.
pub(super) fn memory() -> usize {
    (TABLE.simplified.len() + TABLE.traditional.len()) * size_of::<u16>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_shapes_of_traditional_fold() {
        for (shapes, simplified) in [
            ("羣群", "群群"),
            ("爲為", "为为"),
            ("衆眾", "众众"),
            ("裏裡", "里里"),
            ("覈核", "核核"),
            ("纔才", "才才"),
            ("臺台", "台台"),
            ("著着", "着着"),
        ] {
            assert_eq!(skeleton(shapes), simplified);
        }
    }

    #[test]
    fn every_character_has_three_bytes_and_a_place() {
        let text = "增強“四個 意識”,A1𠮷🙂é。";
        let skeleton = Skeleton::of(text);
        assert_eq!(skeleton.bytes.len(), skeleton.len() * WIDTH);
        assert_eq!(
            skeleton.slice(0, skeleton.len()),
            "增强四个意识、ａ１\u{FFFD}\u{FFFD}\u{FFFD}。"
        );
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
