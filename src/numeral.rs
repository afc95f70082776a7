//! Numerals as ordinals use them: 一 十一 廿 两, 1 １２, 壹, 甲, and the one-piece forms ① ⑴ ⒈ ㈠ Ⅰ.

use crate::text::chars::digit;

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// The value of one Chinese digit 一…九.
pub const fn chinese_digit(c: char) -> Option<u32> {
    Some(match c {
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// A character that Chinese numbers are written with.
pub const fn is_chinese(c: char) -> bool {
    chinese_digit(c).is_some()
        || matches!(c, '十' | '百' | '千' | '万' | '亿' | '〇' | '零' | '两' | '兩' | '廿' | '卅' | '萬' | '億')
}

/// The Chinese number 一…九十九 (also 廿, 卅) at the start of `text`: its value and length in bytes.
/// `None` when the numeral goes on past 99 (一百, 二〇二四).
pub fn read_chinese(text: &str) -> Option<(u32, usize)> {
    let mut chars = text.chars();
    let first = chars.next()?;
    let (mut value, mut len) = match first {
        '十' => (10, 3),
        '廿' => (20, 3),
        '卅' => (30, 3),
        _ => (chinese_digit(first)?, 3),
    };
    let mut next = chars.next();
    if value < 10 && next == Some('十') {
        (value, len) = (value * 10, len + 3);
        next = chars.next();
    }
    if value >= 10
        && let Some(unit) = next.and_then(chinese_digit)
    {
        (value, len) = (value + unit, len + 3);
        next = chars.next();
    }
    (!next.is_some_and(is_chinese)).then_some((value, len))
}

/// True when the UTF-8 text begins with 一…十 or 两 (兩).
pub fn starts_count(text: &[u8]) -> bool {
    matches!(
        text,
        [0xE4, 0xB8, 0x80 | 0x89 | 0x83 | 0xA4, ..] // 一 三 七 两
            | [0xE4, 0xBA, 0x8C | 0x94, ..] // 二 五
            | [0xE4, 0xB9, 0x9D, ..] // 九
            | [0xE5, 0x9B, 0x9B, ..] // 四
            | [0xE5, 0x85, 0xAD | 0xAB | 0xA9, ..] // 六 八 兩
            | [0xE5, 0x8D, 0x81, ..] // 十
    )
}

/// Like [`read_chinese`], and also 两 (兩) for 2, as counts have it.
pub fn read_count(text: &str) -> Option<(u32, usize)> {
    if text.starts_with(['两', '兩']) {
        let next = text.chars().nth(1);
        return (!next.is_some_and(is_chinese)).then_some((2, 3));
    }
    read_chinese(text).or_else(|| read_arabic(text))
}

/// The Arabic number 1…99, in half- or full-width digits, at the start of `text`: its value and
/// length in bytes. `None` when it is longer, or starts with 0.
pub fn read_arabic(text: &str) -> Option<(u32, usize)> {
    let (mut value, mut len) = (0, 0);
    for c in text.chars() {
        let Some(d) = digit(c) else { break };
        if value == 0 && d == 0 || value > 9 {
            return None;
        }
        value = value * 10 + d;
        len += c.len_utf8();
    }
    (value > 0).then_some((value, len))
}

/// The value of a numeral of the ledger (壹, 貳 …) or of a heavenly stem (甲, 乙 …).
pub fn formal(c: char) -> Option<(u32, Formal)> {
    const LEDGER: [&str; 10] = ["壹", "贰貳", "叁參参", "肆", "伍", "陆陸", "柒", "捌", "玖", "拾"];
    if let Some(i) = LEDGER.iter().position(|forms| forms.contains(c)) {
        return Some((i as u32 + 1, Formal::Ledger));
    }
    let stem = "甲乙丙丁戊己庚辛壬癸".chars().position(|s| s == c)?;
    Some((stem as u32 + 1, Formal::Stem))
}

/// Which formal numeral.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Formal {
    Ledger,
    Stem,
}

/// A whole marker in one character, or the reading of a character that only looks like 一 … 十.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnePiece {
    /// ① ㊀ ❶
    Circled(u32),
    /// ⑴
    ArabicParen(u32),
    /// ⒈
    ArabicDot(u32),
    /// ㈠
    ChineseParen(u32),
}

/// The one-piece marker that `c` is.
pub const fn one_piece(c: char) -> Option<OnePiece> {
    let code = c as u32;
    Some(match code {
        0x2460..=0x2473 => OnePiece::Circled(code - 0x245F),
        0x2776..=0x277F => OnePiece::Circled(code - 0x2775),
        0x3280..=0x3289 => OnePiece::Circled(code - 0x327F),
        0x2474..=0x2487 => OnePiece::ArabicParen(code - 0x2473),
        0x2488..=0x249B => OnePiece::ArabicDot(code - 0x2487),
        0x3220..=0x3229 => OnePiece::ChineseParen(code - 0x321F),
        _ => return None,
    })
}

/// A character that stands for 一 … 十 in bad copies, and whether that reading is certain by itself:
/// the radicals of U+2F00 … come from PDF files and are never meant.
pub const fn lookalike(c: char) -> Option<(char, bool)> {
    Some(match c {
        '⼀' => ('一', true),
        '⼆' => ('二', true),
        '⼋' => ('八', true),
        '⼗' => ('十', true),
        'ー' | '－' | '—' | '─' => ('一', false),
        'ニ' => ('二', false),
        'ミ' => ('三', false),
        'ハ' => ('八', false),
        '＋' => ('十', false),
        _ => return None,
    })
}

/// 1…99 in Chinese characters; other values in Arabic digits.
pub fn chinese(value: u32) -> String {
    let mut out = String::new();
    let (tens, units) = (value / 10, value % 10);
    match tens {
        _ if value == 0 || value > 99 => return value.to_string(),
        0 => {}
        1 => out.push('十'),
        _ => out.extend([DIGITS[tens as usize], '十']),
    }
    if units > 0 {
        out.push(DIGITS[units as usize]);
    }
    out
}

/// `value` written like `model`: Chinese, Arabic half- or full-width, ledger, stem, or one-piece.
/// `None` when that way of writing has no such number.
pub fn like(model: &str, value: u32) -> Option<String> {
    let c = model.chars().next()?;
    if let Some(piece) = one_piece(c) {
        let first = match piece {
            OnePiece::Circled(n) | OnePiece::ArabicParen(n) | OnePiece::ArabicDot(n) | OnePiece::ChineseParen(n) => {
                c as u32 - n
            }
        };
        let made = char::from_u32(first + value)?;
        let same_kind = one_piece(made).is_some_and(|p| std::mem::discriminant(&p) == std::mem::discriminant(&piece));
        return same_kind.then(|| made.to_string());
    }
    if let Some((_, kind)) = formal(c) {
        let simplified = !model.contains(['貳', '參', '陸']);
        return match kind {
            Formal::Ledger if simplified => "壹贰叁肆伍陆柒捌玖拾".chars().nth(value as usize - 1),
            Formal::Ledger => "壹貳參肆伍陸柒捌玖拾".chars().nth(value as usize - 1),
            Formal::Stem => "甲乙丙丁戊己庚辛壬癸".chars().nth(value as usize - 1),
        }
        .map(String::from);
    }
    if ('Ⅰ'..='Ⅻ').contains(&c) {
        return (1..=12).contains(&value).then(|| char::from_u32('Ⅰ' as u32 + value - 1))?.map(String::from);
    }
    if c.is_ascii_alphabetic() {
        let first = if c.is_ascii_uppercase() { b'A' } else { b'a' };
        return (1..=26).contains(&value).then(|| char::from(first + value as u8 - 1).to_string());
    }
    if c.is_ascii_digit() {
        return Some(value.to_string());
    }
    if digit(c).is_some() {
        return Some(value.to_string().chars().filter_map(|d| char::from_u32(d as u32 - 0x30 + 0xFF10)).collect());
    }
    (value <= 99).then(|| chinese(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_numbers_there_and_back() {
        for n in 1..100 {
            let text = chinese(n);
            assert_eq!(read_chinese(&text), Some((n, text.len())), "{text}");
        }
        assert_eq!(read_chinese("廿三、"), Some((23, 6)));
        assert_eq!(read_chinese("三是"), Some((3, 3)));
        for text in ["一百条", "二〇二四年", "十十", "两个", "是", ""] {
            assert_eq!(read_chinese(text), None, "{text}");
        }
    }

    #[test]
    fn bytes_of_counts() {
        for c in ('\u{4E00}'..='\u{9FFF}').chain("，X1".chars()) {
            let text = c.to_string();
            assert_eq!(starts_count(text.as_bytes()), "一二三四五六七八九十两兩".contains(c), "{c}");
        }
    }

    #[test]
    fn counts_and_digits() {
        assert_eq!(read_count("两个方面"), Some((2, 3)));
        assert_eq!(read_count("兩點"), Some((2, 3)));
        assert_eq!(read_count("3个方面"), Some((3, 1)));
        assert_eq!(read_arabic("１２．"), Some((12, 6)));
        for text in ["0.", "05", "2024年", "X"] {
            assert_eq!(read_arabic(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_is_written_like_its_model() {
        for (model, made) in [
            ("一", "三"),
            ("2", "3"),
            ("２", "３"),
            ("①", "③"),
            ("⑴", "⑶"),
            ("⒈", "⒊"),
            ("㈠", "㈢"),
            ("㊀", "㊂"),
            ("壹", "叁"),
            ("貳", "參"),
            ("甲", "丙"),
            ("Ⅰ", "Ⅲ"),
            ("A", "C"),
            ("b", "c"),
        ] {
            assert_eq!(like(model, 3).as_deref(), Some(made), "{model}");
        }
        assert_eq!(like("⒛", 21), None);
        assert_eq!(like("甲", 11), None);
    }
}
