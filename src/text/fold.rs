//! One spelling: Traditional characters made Simplified, at the same byte offsets.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::set::CharSet;

/// The characters of the table, one row per Simplified character: the Simplified one, its only
/// standard Traditional form (empty when there are several), all forms that fold to it.
static VARIANTS: &str = include_str!("variants.tsv");

/// The ideographs of the basic plane: their first code point and how many follow.
const FIRST: usize = 0x3400;
const COUNT: usize = 0xA000 - FIRST;
const COMPATIBILITY: usize = 0xF900;
const COMPATIBILITY_COUNT: usize = 0x200;

/// By ideograph: the bits in which the Simplified one differs; none for most, so the table packs well where it has to
/// be sent. Made when the program is compiled, so that starting costs nothing.
#[allow(long_running_const_eval)]
static CHANGES: [u16; COUNT + COMPATIBILITY_COUNT] = changes(VARIANTS.as_bytes());

const fn place(code: usize) -> Option<usize> {
    if code >= FIRST && code < FIRST + COUNT {
        Some(code - FIRST)
    } else if code >= COMPATIBILITY && code < COMPATIBILITY + COMPATIBILITY_COUNT {
        Some(code - COMPATIBILITY + COUNT)
    } else {
        None
    }
}

const fn changes(table: &[u8]) -> [u16; COUNT + COMPATIBILITY_COUNT] {
    let mut of = [0u16; COUNT + COMPATIBILITY_COUNT];
    let (mut at, mut column, mut simplified, mut heading) = (0, 0, 0u16, true);
    while at < table.len() {
        let b = table[at];
        if b == b'\n' {
            (column, heading) = (0, false);
        } else if b == b'\t' {
            column += 1;
        } else if b >> 4 == 0xE {
            let code = (b as usize & 0xF) << 12 | (table[at + 1] as usize & 0x3F) << 6 | table[at + 2] as usize & 0x3F;
            if column == 0 {
                simplified = code as u16;
            } else if column == 2
                && !heading
                && let Some(place) = place(code)
            {
                of[place] = code as u16 ^ simplified;
            }
            at += 2;
        }
        at += 1;
    }
    of
}

/// The Simplified form of an ideograph, whichever of the Traditional shapes it has; any other
/// character as it is. Both take as many bytes.
#[inline]
pub const fn simplified(c: char) -> char {
    match place(c as usize) {
        Some(place) => match char::from_u32(c as u32 ^ CHANGES[place] as u32) {
            Some(folded) => folded,
            None => c,
        },
        None => c,
    }
}

/// The characters that have another, Simplified form.
static TRADITIONAL_ONES: CharSet = CharSet::from_bits({
    let mut bits = [0; 1024];
    let mut code = 0;
    while code < 0x1_0000 {
        if let Some(place) = place(code)
            && CHANGES[place] != 0
        {
            bits[code / 64] |= 1 << (code % 64);
        }
        code += 1;
    }
    bits
});

/// `line` in Simplified characters. Byte offsets mean the same in both.
pub fn fold(line: &str) -> Cow<'_, str> {
    let Some(mut next) = TRADITIONAL_ONES.find(line, 0) else { return Cow::Borrowed(line) };
    let mut text = String::with_capacity(line.len());
    while let Some(c) = line.get(next..).and_then(|rest| rest.chars().next()) {
        text.push_str(line.get(text.len()..next).unwrap_or(""));
        text.push(simplified(c));
        next = TRADITIONAL_ONES.find(line, text.len()).unwrap_or(line.len());
    }
    text.push_str(line.get(text.len()..).unwrap_or(""));
    Cow::Owned(text)
}

static TRADITIONAL: LazyLock<FxHashMap<char, Option<char>>> = LazyLock::new(|| {
    let single = |cell: &str| {
        let mut chars = cell.chars();
        chars.next().filter(|_| chars.next().is_none())
    };
    let rows = VARIANTS.lines().skip(1).map(|row| row.split('\t'));
    rows.filter_map(|mut cells| Some((cells.next().and_then(single)?, cells.next().and_then(single)))).collect()
});

/// The Traditional form of a text, or `None` when one of its characters has several.
pub fn traditional(text: &str) -> Option<String> {
    text.chars().map(|c| TRADITIONAL.get(&c).copied().unwrap_or(Some(c))).collect()
}

/// `new`, a text in Simplified characters that takes the place of `old`, in the script of `old`: characters
/// that `old` has, in another shape, are taken from there. `None` when a Traditional form is not certain.
pub fn in_script_of(old: &str, new: &str) -> Option<String> {
    if TRADITIONAL_ONES.find(old, 0).is_none() {
        return Some(new.to_owned());
    }
    let own = |c: char| old.chars().find(|o| simplified(*o) == c);
    new.chars().map(|c| own(c).or_else(|| TRADITIONAL.get(&c).copied().unwrap_or(Some(c)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_of_a_character_folds_to_one() {
        for (shapes, simplified) in [
            ("羣群", "群群"),
            ("爲為", "为为"),
            ("衆眾", "众众"),
            ("裏裡", "里里"),
            ("覈核", "核核"),
            ("纔才", "才才"),
            ("臺台", "台台"),
            ("著着", "着着"),
            ("A一，𠮷", "A一，𠮷"),
        ] {
            assert_eq!(fold(shapes), simplified);
        }
    }

    #[test]
    fn offsets_stay() {
        for row in VARIANTS.lines() {
            let folded = fold(row);
            assert_eq!(folded.len(), row.len());
            assert!(row.char_indices().map(|(at, _)| at).eq(folded.char_indices().map(|(at, _)| at)));
        }
    }

    #[test]
    fn a_replacement_keeps_the_script() {
        assert_eq!(in_script_of("兩個确立", "两个确立").as_deref(), Some("兩個确立"));
        assert_eq!(in_script_of("两个", "三个").as_deref(), Some("三个"));
    }
}
