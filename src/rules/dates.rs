//! Reading dates.

use crate::lexicon::{HOUR, WEEK};
use crate::numeral::read_chinese;
use crate::text::Range;
use crate::text::chars::{after, before, digit, is_space};

/// The number that ends at byte `at`, and where it starts.
pub fn number_before(line: &str, at: usize, most: usize) -> Option<(u32, usize)> {
    let head = line.get(..at)?;
    let is_digit = |c: char| digit(c).is_some();
    let digits = head.chars().rev().take_while(|c| is_digit(*c)).count();
    if digits > 0 {
        let start = at - head.chars().rev().take(digits).map(char::len_utf8).sum::<usize>();
        // 3.12月 and 1-12月 are something else.
        let joined = before(line, start).is_some_and(|c| matches!(c, '.' | '-' | '—' | '~' | '～' | '、'));
        return (digits <= most && !joined).then(|| (figures(&line[start..at]), start));
    }
    let count = head.chars().rev().take_while(|c| "一二三四五六七八九十".contains(*c)).count();
    let start = at - count * 3;
    let (value, len) = read_chinese(line.get(start..at)?)?;
    (count > 0 && len == at - start).then_some((value, start))
}

/// The number of one or two digits, or up to 99, at byte `at`, and where it ends.
pub fn number_after(line: &str, at: usize) -> Option<(u32, usize)> {
    let rest = line.get(at..)?;
    let digits = rest.chars().take_while(|c| digit(*c).is_some()).count();
    if digits > 2 {
        return None;
    }
    let (value, len) = if digits > 0 {
        let len = rest.chars().take(digits).map(char::len_utf8).sum();
        (figures(&rest[..len]), len)
    } else {
        read_chinese(rest)?
    };
    Some((value, at + len))
}

/// A number of a few digits, with or without a zero before it: 5, 05.
fn figures(digits: &str) -> u32 {
    digits.chars().filter_map(digit).fold(0, |value, d| value.saturating_mul(10).saturating_add(d))
}

/// The year in four digits or numerals that ends, with its 年, at byte `at`, and where it starts.
pub fn year_before(line: &str, at: usize) -> Option<(u32, usize)> {
    let head = line.get(..at)?.strip_suffix('年')?;
    let mut value = 0;
    let mut start = head.len();
    for (n, c) in head.chars().rev().take(4).enumerate() {
        let d = digit(c).or_else(|| "〇一二三四五六七八九".chars().position(|x| x == c).map(|d| d as u32))?;
        value += d * 10u32.pow(n as u32);
        start -= c.len_utf8();
    }
    (1900..2200).contains(&value).then_some((value, start))
}

/// The days of the week, from Sunday.
pub const DAYS: &str = "日一二三四五六";

/// 星期三 or 周三 right behind byte `at`, perhaps in brackets: Sunday is 0.
pub fn weekday_after(line: &str, at: usize) -> Option<(u32, Range)> {
    let rest = line.get(at..)?;
    let trimmed = rest.trim_start_matches([' ', '\u{3000}', '（', '(', '，']);
    let start = line.len() - trimmed.len();
    let (word, _) = WEEK.at(line, start)?;
    let c = after(line, word.end as usize)?;
    let day = DAYS.chars().position(|x| x == c).or((c == '天').then_some(0))?;
    // 周一至周五, 周三例会: only where the day stands by itself.
    let end = word.end as usize + c.len_utf8();
    let alone =
        HOUR.stands_at(line, end) || !after(line, end).is_some_and(|c| c.is_alphanumeric() || matches!(c, '—' | '-'));
    alone.then_some((day as u32, Range::new(start, end)))
}

/// Zeller's congruence, Sunday 0.
pub fn weekday(year: u32, month: u32, day: u32) -> u32 {
    const OFFSETS: [u32; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
    let y = if month < 3 { year - 1 } else { year };
    (y + y / 4 - y / 100 + y / 400 + OFFSETS[(month - 1) as usize] + day) % 7
}

/// A year and, where it is written, a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month {
    pub year: u32,
    /// 0 where it is not filled in.
    pub month: u32,
}

impl Month {
    /// Months between two, the smaller distance first where a month is not known.
    pub fn apart(self, other: Self) -> u32 {
        let count = |m: Self, month: u32| m.year * 12 + if m.month == 0 { month } else { m.month };
        let (a, b) = if (self.year, self.month) < (other.year, other.month) { (self, other) } else { (other, self) };
        count(b, 1).saturating_sub(count(a, 12))
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.month {
            0 => write!(f, "{}年", self.year),
            month => write!(f, "{}年{month}月", self.year),
        }
    }
}

/// A longer line is no line with a date.
const LINE: usize = 180;

/// The date that a line consists of, or that it ends with behind a space or a bracket:
/// （2026年1月8日）, 县长　王强（2026年1月8日）, 二〇二六年一月.
pub fn date_line(line: &str) -> Option<(Month, Range)> {
    if line.len() > LINE {
        return None;
    }
    let at = line.rfind('年')?;
    let after_year = at + '年'.len_utf8();
    let (year, start) = year_before(line, after_year)?;
    if !before(line, start).is_none_or(|c| is_space(c) || matches!(c, '（' | '(' | '：' | ':')) {
        return None;
    }
    let (month, end) = number_or_blank(line, after_year)?;
    let mut rest = line.get(end..)?.strip_prefix('月')?;
    if month > 12 {
        return None;
    }
    let day = line.len() - rest.len();
    if let Some((_, end)) = number_or_blank(line, day) {
        rest = line.get(end..)?.strip_prefix('日')?;
    }
    let end = line.len() - rest.len();
    let rest = rest.trim_matches(|c| is_space(c) || matches!(c, '）' | ')' | '（' | '('));
    let alone = rest.is_empty() || ["星期", "周", "上午", "下午", "·"].iter().any(|word| rest.starts_with(word));
    (alone && !rest.contains(['，', '。', '；'])).then_some((Month { year, month }, Range::new(start, end)))
}

/// Like [`number_after`]; a blank that is not filled in counts as 0.
fn number_or_blank(line: &str, at: usize) -> Option<(u32, usize)> {
    let rest = line.get(at..)?;
    let blank: usize = rest
        .chars()
        .take_while(|c| is_space(*c) || matches!(c, 'X' | 'x' | '×' | '*' | '_' | '○' | '　'))
        .map(char::len_utf8)
        .sum();
    if blank > 0 { Some((0, at + blank)) } else { number_after(line, at) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_with_a_date() {
        for (line, date) in [
            ("（2026年1月8日）", "2026年1月"),
            ("二〇二六年一月八日", "2026年1月"),
            ("　　2026年 X 月 X 日", "2026年"),
            ("（2026年×月）", "2026年"),
            ("县长　王强（2026年12月8日 星期二）", "2026年12月"),
            ("在全县工作会议上的讲话（2026年1月8日）", "2026年1月"),
            ("日期：2026年1月8日", "2026年1月"),
        ] {
            assert_eq!(date_line(line).map(|(date, _)| date.to_string()).as_deref(), Some(date), "{line}");
        }
        for line in [
            "2026年",
            "2026年工作要点",
            "20XX年1月8日",
            "截至2026年1月8日",
            "（2026年1月8日县委常委会通过，2月1日起施行）",
            "2026年1月8日，召开大会。",
            "2026年13月",
        ] {
            assert_eq!(date_line(line), None, "{line}");
        }
    }

    #[test]
    fn months_apart() {
        let month = |year, month| Month { year, month };
        assert_eq!(month(2025, 12).apart(month(2026, 1)), 1);
        assert_eq!(month(2026, 1).apart(month(2025, 1)), 12);
        assert_eq!(month(2025, 0).apart(month(2026, 1)), 1, "it may have been December");
        assert_eq!(month(2025, 3).apart(month(2026, 0)), 10);
    }
}
