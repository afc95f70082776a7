//! Numbers as the formats of Word write them.

use crate::numeral::{STEMS, like};

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const SIMPLIFIED: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const TRADITIONAL: [char; 10] = ['零', '壹', '貳', '參', '肆', '伍', '陸', '柒', '捌', '玖'];
const LEDGER: [char; 10] = ['〇', '壱', '弐', '参', '四', '伍', '六', '七', '八', '九'];
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";

/// `count` in the format of this name.
pub(super) fn formatted(count: u32, name: &str) -> String {
    let plain = || count.to_string();
    let like = |model| like(model, count).unwrap_or_else(plain);
    match name {
        "none" => String::new(),
        "chineseCounting" | "taiwaneseCounting" if count < 100 => words(count, DIGITS, ['十', '百', '千'], '〇'),
        "chineseCounting" | "taiwaneseCounting" | "taiwaneseDigital" => digits(count, '○'),
        "ideographDigital" | "japaneseDigitalTenThousand" | "koreanDigital2" => digits(count, '〇'),
        "chineseCountingThousand" | "taiwaneseCountingThousand" => words(count, DIGITS, ['十', '百', '千'], '零'),
        "japaneseCounting" => words(count, DIGITS, ['十', '百', '千'], '\0'),
        "chineseLegalSimplified" => words(count, SIMPLIFIED, ['拾', '佰', '仟'], '零'),
        "ideographLegalTraditional" => words(count, TRADITIONAL, ['拾', '佰', '仟'], '零'),
        "japaneseLegal" => words(count, LEDGER, ['拾', '百', '阡'], '\0'),
        "ideographTraditional" => like("甲"),
        "ideographZodiac" => nth(BRANCHES, count).map_or_else(plain, String::from),
        "ideographZodiacTraditional" if (1..=60).contains(&count) => {
            [nth(STEMS, (count - 1) % 10 + 1), nth(BRANCHES, (count - 1) % 12 + 1)].into_iter().flatten().collect()
        }
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => like("①"),
        "decimalEnclosedParen" => like("⑴"),
        "decimalEnclosedFullstop" => like("⒈"),
        "ideographEnclosedCircle" => like("㊀"),
        "decimalFullWidth" | "decimalFullWidth2" => like("１"),
        "decimalZero" => format!("{count:02}"),
        "numberInDash" => format!("- {count} -"),
        "upperLetter" => letters(count, b'A').unwrap_or_else(plain),
        "lowerLetter" => letters(count, b'a').unwrap_or_else(plain),
        "upperRoman" => roman(count).unwrap_or_else(plain),
        "lowerRoman" => roman(count).map_or_else(plain, |text| text.to_ascii_lowercase()),
        "hex" => format!("{count:X}"),
        "ordinal" => {
            let ending = match (count % 10, count % 100) {
                (_, 11..=13) => "th",
                (1, _) => "st",
                (2, _) => "nd",
                (3, _) => "rd",
                _ => "th",
            };
            format!("{count}{ending}")
        }
        _ => plain(),
    }
}

fn nth(of: &str, count: u32) -> Option<char> {
    of.chars().nth(count.checked_sub(1)? as usize)
}

/// Digit by digit.
fn digits(count: u32, zero: char) -> String {
    let digit = |c: char| match c.to_digit(10) {
        Some(0) | None => zero,
        Some(n) => DIGITS[n as usize],
    };
    count.to_string().chars().map(digit).collect()
}

/// With the words for ten, hundred, thousand; `zero` stands for what is passed over, if it is any.
fn words(count: u32, digits: [char; 10], units: [char; 3], zero: char) -> String {
    if count == 0 {
        return digits[0].into();
    }
    let mut text = String::new();
    if count >= 10_000 {
        text = words(count / 10_000, digits, units, zero) + "万";
        if count.is_multiple_of(10_000) {
            return text;
        }
    }
    let mut owed = count >= 10_000 && count % 10_000 < 1_000;
    let mut begun = count >= 10_000;
    for place in (0..4u32).rev() {
        let digit = (count / 10u32.pow(place) % 10) as usize;
        if digit == 0 {
            owed |= begun;
            continue;
        }
        if owed && zero != '\0' {
            text.push(zero);
        }
        // 十一, not 一十一; a ledger has 壹拾壹.
        if !(place == 1 && digit == 1 && !begun && digits[1] == '一' || place > 0 && digit == 1 && zero == '\0') {
            text.push(digits[digit]);
        }
        if place > 0 {
            text.push(units[place as usize - 1]);
        }
        (owed, begun) = (false, true);
    }
    text
}

/// A … Z, AA, BB …
fn letters(count: u32, first: u8) -> Option<String> {
    let at = count.checked_sub(1).filter(|at| *at < 780)?;
    Some(char::from(first + (at % 26) as u8).to_string().repeat(at as usize / 26 + 1))
}

fn roman(mut count: u32) -> Option<String> {
    const STEPS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&count) {
        return None;
    }
    let mut text = String::new();
    for (value, letters) in STEPS {
        while count >= value {
            text += letters;
            count -= value;
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::formatted;

    #[test]
    fn formats() {
        for (name, expected) in [
            ("chineseCountingThousand", ["一", "十", "十一", "二十", "一百零五", "一百一十"]),
            ("chineseCounting", ["一", "十", "十一", "二十", "一○五", "一一○"]),
            ("japaneseCounting", ["一", "十", "十一", "二十", "百五", "百十"]),
            ("ideographDigital", ["一", "一〇", "一一", "二〇", "一〇五", "一一〇"]),
            ("chineseLegalSimplified", ["壹", "壹拾", "壹拾壹", "贰拾", "壹佰零伍", "壹佰壹拾"]),
            ("decimalEnclosedCircleChinese", ["①", "⑩", "⑪", "⑳", "105", "110"]),
            ("ideographTraditional", ["甲", "癸", "11", "20", "105", "110"]),
            ("upperRoman", ["I", "X", "XI", "XX", "CV", "CX"]),
            ("lowerLetter", ["a", "j", "k", "t", "aaaaa", "fffff"]),
            ("decimalFullWidth", ["１", "１０", "１１", "２０", "１０５", "１１０"]),
            ("decimalZero", ["01", "10", "11", "20", "105", "110"]),
            ("none", ["", "", "", "", "", ""]),
        ] {
            assert_eq!([1, 10, 11, 20, 105, 110].map(|n| formatted(n, name)), expected, "{name}");
        }
        for name in ["upperRoman", "lowerLetter", "chineseCountingThousand", "decimalEnclosedCircle", "hex"] {
            assert!(formatted(u32::MAX, name).len() < 100, "{name}");
            assert!(!formatted(0, name).is_empty(), "{name}");
        }
    }
}
