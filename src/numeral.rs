//! Numerals as ordinals use them: 一 十一 廿 两, 1 １２, 壹, 甲, and the one-piece forms ① ⑴ ⒈ ㈠ Ⅰ.

use crate::text::chars::{digit, simplified};
use crate::text::set::CharSet;

/// Each at the place of its value.
const DIGITS: &str = "〇一二三四五六七八九";

/// Characters that Chinese numbers are written with.
static CHINESE: CharSet = CharSet::of("〇一二三四五六七八九十百千万亿零两兩廿卅萬億");

/// What a count may begin with: 一…十 and 两 (兩).
static COUNTS: CharSet = CharSet::of("一二三四五六七八九十两兩");

/// The value of one Chinese digit 一…九.
pub fn chinese_digit(c: char) -> Option<u32> {
    if !is_chinese(c) {
        return None;
    }
    nth_of(DIGITS, c).filter(|value| *value > 0)
}

/// At which place of a text a character stands.
fn nth_of(text: &str, c: char) -> Option<u32> {
    (0..).zip(text.chars()).find_map(|(n, own)| (own == c).then_some(n))
}

/// A character that Chinese numbers are written with.
#[inline]
pub fn is_chinese(c: char) -> bool {
    CHINESE.has_char(c)
}

/// The value of what a number under a hundred begins with: 一…九, 十, 廿, 卅.
pub fn beginning(c: char) -> Option<u32> {
    match c {
        '十' => Some(10),
        '廿' => Some(20),
        '卅' => Some(30),
        _ => chinese_digit(c),
    }
}

/// The Chinese number 一…九十九 (also 廿, 卅) at the start of `text`: its value and length in bytes.
/// `None` when the numeral goes on past 99 (一百, 二〇二四).
pub fn read_chinese(text: &str) -> Option<(u32, usize)> {
    let mut chars = text.chars();
    let (mut value, mut len) = (beginning(chars.next()?)?, 3);
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
    matches!(*text, [a @ (0xE4 | 0xE5), b, c, ..] if COUNTS.has([a, b, c]))
}

/// Like [`read_chinese`], and also 两 (兩) for 2, as counts have it.
pub fn read_count(text: &str) -> Option<(u32, usize)> {
    if text.starts_with(['两', '兩']) {
        let next = text.chars().nth(1);
        return (!next.is_some_and(is_chinese)).then_some((2, 3));
    }
    read_chinese(text).or_else(|| read_arabic(text))
}

/// What the places of a number are worth that is said, as powers of ten.
const PLACES: &str = "十百千万亿";
const POWERS: [u32; 5] = [1, 2, 3, 4, 8];

/// The number that is said at the start of `text`: 一百二十, 两千零五, 三千五, 十二万亿. Its value and length in bytes.
/// `None` for what begins with a place and not with a digit (百年, 千方百计), and for digits side by side (二〇二五).
pub fn read_cardinal(text: &str) -> Option<(u64, usize)> {
    // What ends with 万 or 亿, what stands behind that, the digit that waits for its place, and the last place.
    let (mut all, mut group, mut waiting, mut last, mut len) = (0u64, 0u64, None, 1u64, 0);
    for c in text.chars() {
        let plain = simplified(c);
        if let Some(value) = chinese_digit(plain).or((plain == '两').then_some(2)) {
            if waiting.replace(u64::from(value)).is_some() {
                return None;
            }
        } else if let Some(power) = nth_of(PLACES, plain).map(|n| POWERS[n as usize]) {
            let place = 10u64.pow(power);
            match waiting.take() {
                Some(value) if power < 4 => group += value * place,
                None if power == 1 && last != 10 => group += place,
                None if power < 4 || all + group == 0 => return None,
                value => {
                    let below = group + value.unwrap_or(0);
                    let above = if power == 4 { all } else { 0 };
                    all = (all - above + below).checked_mul(place)?.checked_add(above)?;
                    group = 0;
                }
            }
            last = place;
        } else if matches!(c, '零' | '〇') && waiting.is_none() && len > 0 {
            last = 0;
        } else if is_chinese(c) {
            return None;
        } else {
            break;
        }
        len += c.len_utf8();
    }
    // 三千五 is 三千五百.
    let end = waiting.map_or(0, |value| if last > 10 { value * last / 10 } else { value });
    (len > 0).then_some((all + group + end, len))
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

/// The numerals of the ledger: Simplified, Traditional, and as the Traditional ones are folded.
const LEDGER: [&str; 3] = ["壹贰叁肆伍陆柒捌玖拾", "壹貳參肆伍陸柒捌玖拾", "壹贰参肆伍陆柒捌玖拾"];
/// The heavenly stems.
pub const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";

/// The value of a numeral of the ledger (壹, 貳 …) or of a heavenly stem (甲, 乙 …).
pub fn formal(c: char) -> Option<(u32, Formal)> {
    let ledger = LEDGER.into_iter().find_map(|row| nth_of(row, c)).map(|n| (n, Formal::Ledger));
    let (n, kind) = ledger.or_else(|| Some((nth_of(STEMS, c)?, Formal::Stem)))?;
    Some((n + 1, kind))
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

/// What a character that stands for 一 … 十 in bad copies is meant for, and whether that reading is certain by itself:
/// the radicals of U+2F00 … come from PDF files and are never meant.
pub const fn lookalike(c: char) -> Option<(u32, bool)> {
    Some(match c {
        '⼀' => (1, true),
        '⼆' => (2, true),
        '⼋' => (8, true),
        '⼗' => (10, true),
        'ー' | '－' | '—' | '─' => (1, false),
        'ニ' => (2, false),
        'ミ' => (3, false),
        'ハ' => (8, false),
        '＋' => (10, false),
        _ => return None,
    })
}

/// 1…99 in Chinese characters; other values in Arabic digits.
pub fn chinese(value: u32) -> String {
    if value == 0 || value > 99 {
        return value.to_string();
    }
    thousands(value.into(), true)
}

/// The number at the start of `text`, with what is read together with it: `19.3%`, `2035年`, `1/3`, `12,000`, `5G`.
/// Empty where there is none.
pub fn token(text: &str) -> &str {
    let digits = |at: usize| text[at..].bytes().take_while(u8::is_ascii_digit).count();
    let mut end = digits(0);
    while text[end..].starts_with(',') && digits(end + 1) == 3 {
        end += 4;
    }
    if text[end..].starts_with(['.', '/']) && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    let rest = &text[end..];
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    match rest.chars().next() {
        Some(c @ ('%' | '‰' | '％')) => &text[..end + c.len_utf8()],
        Some('年') if end == 4 => &text[..end + '年'.len_utf8()],
        _ if letters == 1 && rest.starts_with(|c: char| c.is_ascii_uppercase()) => &text[..end + 1],
        _ => &text[..end],
    }
}

/// How a [`token`] is read aloud, in Chinese characters; `None` for what is no number.
pub fn aloud(token: &str) -> Option<String> {
    let end = token.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '/' | ',')).unwrap_or(token.len());
    let (number, unit) = token.split_at(end);
    if unit == "年" {
        return Some(one_by_one(number) + unit);
    }
    let number = match number.split_once(['.', '/']) {
        Some((below, above)) if number.contains('/') => format!("{}分之{}", whole(above)?, whole(below)?),
        Some((whole_part, fraction)) => format!("{}点{}", whole(whole_part)?, one_by_one(fraction).replace('〇', "零")),
        None => whole(number)?,
    };
    Some(match unit {
        "%" | "％" => format!("百分之{number}"),
        "‰" => format!("千分之{number}"),
        _ => number + unit,
    })
}

fn one_by_one(digits: &str) -> String {
    digits.bytes().filter_map(|b| DIGITS.chars().nth(usize::from(b.wrapping_sub(b'0')))).collect()
}

/// A whole number: 十二万三千四百五十六.
fn whole(digits: &str) -> Option<String> {
    let value: u64 = digits.replace(',', "").parse().ok().filter(|value| *value < 1_0000_0000_0000)?;
    if value == 0 {
        return Some("零".to_owned());
    }
    let mut read = String::new();
    for (unit, name) in [(1_0000_0000, "亿"), (1_0000, "万"), (1, "")] {
        let group = value / unit % 1_0000;
        if group == 0 {
            continue;
        }
        // A digit is missing between this group and the one before it.
        if !read.is_empty() && (group < 1000 || (value / unit / 1_0000).is_multiple_of(1_0000)) {
            read.push('零');
        }
        match group {
            2 if unit > 1 => read.push('两'),
            _ => read += &thousands(group, read.is_empty()),
        }
        read += name;
    }
    Some(read)
}

/// A number below 10,000; 十二 rather than 一十二 where nothing stands before it.
fn thousands(group: u64, is_first: bool) -> String {
    let (mut read, mut gap) = (String::new(), false);
    for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = (group / unit % 10) as usize;
        if digit == 0 {
            gap = !read.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            read.push('零');
        }
        match (digit, unit) {
            (1, 10) if is_first && read.is_empty() => {}
            (2, 1000) => read.push('两'),
            _ => read.extend(DIGITS.chars().nth(digit)),
        }
        read += name;
    }
    read
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
        let made = char::from_u32(first.checked_add(value)?)?;
        let same_kind = one_piece(made).is_some_and(|p| std::mem::discriminant(&p) == std::mem::discriminant(&piece));
        return same_kind.then(|| made.to_string());
    }
    if let Some((_, kind)) = formal(c) {
        let [simplified, traditional, _] = LEDGER;
        let row = match kind {
            Formal::Ledger if simplified.contains(c) => simplified,
            Formal::Ledger if traditional.contains(c) => traditional,
            Formal::Ledger => simplified,
            Formal::Stem => STEMS,
        };
        return row.chars().nth(value.checked_sub(1)? as usize).map(String::from);
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
    fn numbers_read_aloud() {
        for (text, expected) in [
            ("2035年", "二〇三五年"),
            ("19.3%", "百分之十九点三"),
            ("0.05‰", "千分之零点零五"),
            ("5G网络", "五G"),
            ("1/3", "三分之一"),
            ("12,000人", "一万两千"),
            ("10", "十"),
            ("110", "一百一十"),
            ("2024", "两千零二十四"),
            ("20000", "两万"),
            ("100001", "十万零一"),
            ("120000", "十二万"),
            ("200300400", "两亿零三十万零四百"),
            ("1000010000", "十亿零一万"),
            ("5010", "五千零一十"),
        ] {
            assert_eq!(aloud(token(text)).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(aloud(token("9999999999999")), None);
        assert_eq!(token("年"), "");
    }

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
    fn numbers_that_are_said() {
        for (text, expected) in [
            ("一百二十亿元", Some((120_0000_0000, 15))),
            ("两千零五人", Some((2005, 12))),
            ("三千五", Some((3500, 9))),
            ("三千零五", Some((3005, 12))),
            ("一万亿", Some((1_0000_0000_0000, 9))),
            ("十二亿三千万", Some((12_3000_0000, 18))),
            ("一百一十五", Some((115, 15))),
            ("两万", Some((20000, 6))),
            ("十", Some((10, 3))),
            ("七", Some((7, 3))),
        ] {
            assert_eq!(read_cardinal(text), expected, "{text}");
        }
        for text in ["千方百计", "百年", "二〇二五年", "十四五", "七八个", "万众", "零", "亿", ""]
        {
            assert_eq!(read_cardinal(text), None, "{text}");
        }
        for n in (1..20_000).step_by(7).chain([100_000, 120_030, 1_0002_0000, 9_9999_9999]) {
            let text = whole(&n.to_string()).unwrap();
            assert_eq!(read_cardinal(&text), Some((n, text.len())), "{text}");
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
        for value in [0, u32::MAX] {
            assert_eq!(["①", "甲", "壹", "Ⅰ", "A"].map(|model| like(model, value)), [const { None }; 5]);
        }
    }
}
