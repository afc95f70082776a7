//! Characters of the fonts that have no letters: what `Insert Symbol` puts in.

use quick_xml::events::BytesStart;

use crate::word::xml::attribute;

/// What nothing is known of.
const UNKNOWN: char = '\u{fffc}';

/// The character that a symbol looks like.
pub(super) fn symbol(tag: &BytesStart) -> char {
    let code = attribute(tag, "char").and_then(|code| u32::from_str_radix(&code, 16).ok()).unwrap_or(0);
    let font = attribute(tag, "font").unwrap_or_default();
    read(font.trim(), code)
}

/// The character of a font. Those without letters are said to have theirs from U+F000 on; the code alone is written
/// too.
fn read(font: &str, code: u32) -> char {
    let place = match code {
        0xF020..=0xF0FF => u8::try_from(code - 0xF000).ok(),
        0x20..=0xFF => u8::try_from(code).ok(),
        _ => None,
    };
    let found = match (place, font.to_ascii_lowercase().as_str()) {
        (Some(place), "symbol") => of_symbol(place),
        (Some(place), "wingdings") => of_wingdings(place),
        (Some(place), "wingdings 2") => of_wingdings_2(place),
        (Some(place), "webdings") => of_webdings(place),
        (_, "wingdings 3") => None,
        _ => char::from_u32(code).filter(|c| !c.is_control() && !matches!(code, 0xE000..=0xF8FF)),
    };
    found.unwrap_or(UNKNOWN)
}

fn of_symbol(place: u8) -> Option<char> {
    Some(match place {
        0x20
        | 0x21
        | 0x23
        | 0x25
        | 0x26
        | 0x28
        | 0x29
        | 0x2B
        | 0x2C
        | 0x2E..=0x3F
        | 0x5B
        | 0x5D
        | 0x5F
        | 0x7B..=0x7D => char::from(place),
        0x2D => '−',
        0x57 => 'Ω',
        0x61 => 'α',
        0x62 => 'β',
        0x6D => 'μ',
        0x70 => 'π',
        0xA2 => '′',
        0xA3 => '≤',
        0xA5 => '∞',
        0xA7 => '♣',
        0xA8 => '♦',
        0xA9 => '♥',
        0xAA => '♠',
        0xAB => '↔',
        0xAC => '←',
        0xAD => '↑',
        0xAE => '→',
        0xAF => '↓',
        0xB0 => '°',
        0xB1 => '±',
        0xB2 => '″',
        0xB3 => '≥',
        0xB4 => '×',
        0xB7 => '•',
        0xB8 => '÷',
        0xB9 => '≠',
        0xBA => '≡',
        0xBB => '≈',
        0xBC => '…',
        0xD0 => '∠',
        0xD6 => '√',
        0xD7 => '⋅',
        0xE0 => '◊',
        _ => return None,
    })
}

fn of_wingdings(place: u8) -> Option<char> {
    Some(match place {
        0x6C => '●',
        0x6D | 0xA1 => '○',
        0x6E | 0xA7 => '■',
        0x6F..=0x72 | 0xA8 => '□',
        0x73..=0x75 | 0x77 => '◆',
        0x76 => '❖',
        0x78 | 0xFD => '☒',
        0x81..=0x8A => char::from_u32(0x2460 + u32::from(place - 0x81))?,
        0x8C..=0x95 => char::from_u32(0x2776 + u32::from(place - 0x8C))?,
        0x9E => '·',
        0x9F => '•',
        0xA4 => '◉',
        0xA5 => '◎',
        0xAB => '★',
        0xD8 => '➢',
        0xDF => '←',
        0xE0 | 0xE8 => '→',
        0xE1 => '↑',
        0xE2 => '↓',
        0xFB => '×',
        0xFC => '√',
        0xFE => '☑',
        _ => return None,
    })
}

fn of_wingdings_2(place: u8) -> Option<char> {
    Some(match place {
        0x4F => '×',
        0x50 => '√',
        0x51 | 0x53 | 0x54 => '☒',
        0x52 => '☑',
        0x6A..=0x73 => char::from_u32(0x2460 + u32::from(place - 0x6A))?,
        0x75..=0x7E => char::from_u32(0x2776 + u32::from(place - 0x75))?,
        0xA2 => '■',
        0xA3 => '□',
        _ => return None,
    })
}

fn of_webdings(place: u8) -> Option<char> {
    Some(match place {
        0x61 => '√',
        0x63 => '□',
        0x67 => '■',
        0x6E => '●',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn symbols_are_characters() {
        for (font, code, expected) in [
            ("Symbol", 0xF0B4, '×'),
            ("symbol", 0xB4, '×'),
            ("Symbol", 0xF0B8, '÷'),
            ("Symbol", 0xF0D6, '√'),
            ("Symbol", 0xF0B7, '•'),
            ("Symbol", 0xF05F, '_'),
            // Not X, but a Xi.
            ("Symbol", 0xF058, '\u{fffc}'),
            ("Wingdings", 0xF06F, '□'),
            ("Wingdings", 0xF0A8, '□'),
            ("Wingdings", 0xF06E, '■'),
            ("Wingdings", 0xF06C, '●'),
            ("Wingdings", 0xF0A1, '○'),
            ("Wingdings", 0xF0FC, '√'),
            ("Wingdings", 0xF0FE, '☑'),
            ("Wingdings", 0xFE, '☑'),
            ("Wingdings", 0xF083, '③'),
            ("Wingdings", 0xF0B4, '\u{fffc}'),
            ("Wingdings 2", 0xF0A3, '□'),
            ("Wingdings 2", 0xF052, '☑'),
            ("Webdings", 0xF063, '□'),
            ("宋体", 0xD7, '×'),
            ("MS Gothic", 0x2610, '☐'),
            ("", 0xF0B4, '\u{fffc}'),
            ("宋体", 0, '\u{fffc}'),
        ] {
            assert_eq!(read(font, code), expected, "{font} {code:X}");
        }
    }
}
