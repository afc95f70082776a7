//! Figures and dates of a text by what they say, whatever the writing: 120亿元 and 一百二十亿元, 6% and 百分之六,
//! 9月18日 and 九月十八日 are one.

use super::dates::{number_after, year_before};
use crate::lexicon::{ABOUT_BEHIND, FACTOR, NTH_MEASURE, PERCENT, TENTHS};
use crate::numeral::{chinese_digit, is_chinese, read_cardinal};
use crate::placeholder::measure;
use crate::text::Range;
use crate::text::chars::{after, before, is_han};

/// What a fact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Figure,
    /// 6%, 百分之六, 三成, 三分之一
    Share,
    /// By its month and day.
    Day,
    /// A day or a month alone.
    Time,
    Year,
    /// 第八届
    Nth,
}

/// A fact.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    pub kind: Kind,
    /// In millionths; of a day its month and day in one number.
    pub value: i128,
    /// One in the last digit that is written.
    pub step: i128,
    /// What it is counted in, without 万 and 亿.
    pub unit: String,
    /// With the unit.
    pub range: Range,
}

pub(crate) const ONE: i128 = 1_000_000;
/// What is said by more digits is read as none.
const MOST_DIGITS: usize = 15;

impl Fact {
    pub fn is_same(&self, other: &Self) -> bool {
        self.kind == other.kind && self.value == other.value && self.unit == other.unit
    }

    pub fn is_date(&self) -> bool {
        matches!(self.kind, Kind::Day | Kind::Time | Kind::Year)
    }

    /// How many digits its value has without 万 and 亿, and without what a point ends with.
    pub fn digits(&self) -> usize {
        let mut value = self.value.unsigned_abs();
        while value > 0 && value.is_multiple_of(10_000_000_000) {
            value /= 10_000;
        }
        let mut places = 0;
        while places < 6 && value.is_multiple_of(10) {
            (value, places) = (value / 10, places + 1);
        }
        value.max(1).ilog10() as usize + 1
    }
}

/// All facts of a text, in its order.
pub(crate) fn facts(text: &str) -> Vec<Fact> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(c) = text[at..].chars().next() {
        let read = match c {
            '0'..='9' => in_digits(text, at),
            '第' => nth(text, at),
            c if is_chinese(c) => in_chinese(text, at),
            _ => Read::Nothing(c.len_utf8()),
        };
        at = match read {
            Read::Fact(fact) => {
                let end = fact.range.end as usize;
                found.push(fact);
                end
            }
            Read::Nothing(len) => at + len,
        };
    }
    found
}

/// What stands at a place.
enum Read {
    Fact(Fact),
    /// No fact for so many bytes.
    Nothing(usize),
}

fn in_digits(text: &str, at: usize) -> Read {
    let bytes = text.as_bytes();
    let is_part = |at: usize| match bytes.get(at) {
        Some(b) if b.is_ascii_digit() => true,
        Some(b'.' | b',') => bytes.get(at + 1).is_some_and(u8::is_ascii_digit),
        _ => false,
    };
    let len = (at..).take_while(|at| is_part(*at)).count();
    let digits: String = text[at..at + len].chars().filter(|c| *c != ',').collect();
    let (whole, decimals) = digits.split_once('.').unwrap_or((&digits, ""));
    let (Ok(whole), true) = (whole.parse::<i128>(), digits.len() <= MOST_DIGITS && decimals.len() <= 6) else {
        return Read::Nothing(len);
    };
    let step = ONE / 10i128.pow(decimals.len() as u32);
    let number = Number { value: whole * ONE + decimals.parse().unwrap_or(0) * step, step, at, end: at + len };
    if len == 4 && decimals.is_empty() && year_before(text, number.end + '年'.len_utf8()).is_some() {
        return Read::Fact(number.fact(Kind::Year, String::new(), number.end + '年'.len_utf8()));
    }
    // 2023—2025年
    let rest = &text[number.end..];
    let until = rest.strip_prefix(is_dash).map(|rest| rest.trim_start_matches(is_dash));
    let until = until.and_then(|rest| year_before(rest, 4 + '年'.len_utf8())).filter(|(_, at)| *at == 0);
    if len == 4 && decimals.is_empty() && until.is_some_and(|(year, _)| i128::from(year) * ONE > number.value) {
        return Read::Fact(number.fact(Kind::Year, String::new(), number.end));
    }
    number.counted(text, true).map_or(Read::Nothing(len), Read::Fact)
}

/// The fact that the numeral in Chinese at byte `at` is the beginning of.
pub(crate) fn said_at(text: &str, at: usize) -> Option<Fact> {
    match in_chinese(text, at) {
        Read::Fact(fact) => Some(fact),
        Read::Nothing(_) => None,
    }
}

fn in_chinese(text: &str, at: usize) -> Read {
    let len: usize = text[at..].chars().take_while(|c| is_chinese(*c)).map(char::len_utf8).sum();
    let year = at + len + '年'.len_utf8();
    if let Some((value, start)) = year_before(text, year).filter(|(_, start)| *start == at) {
        let number = Number { value: i128::from(value) * ONE, step: ONE, at: start, end: year };
        return Read::Fact(number.fact(Kind::Year, String::new(), year));
    }
    if before(text, at).is_some_and(|c| matches!(c, '几' | '数' | '.' | '·') || c.is_ascii_digit()) {
        return Read::Nothing(len);
    }
    if let Some(fact) = share(text, at) {
        return Read::Fact(fact);
    }
    let number = number_said(text, at).filter(|number| number.end >= at + len);
    number.and_then(|number| number.counted(text, false)).map_or(Read::Nothing(len), Read::Fact)
}

const OF_PARTS: &str = "分之";

/// 百分之六点五, 三分之一
fn share(text: &str, at: usize) -> Option<Fact> {
    let whole = if text[at..].starts_with('百') { Some((100, '百'.len_utf8())) } else { None };
    let whole = whole.or_else(|| text[at..].starts_with('千').then_some((1000, '千'.len_utf8())));
    let (whole, len) = whole.or_else(|| read_cardinal(&text[at..]))?;
    let from = at + len + text[at + len..].starts_with(OF_PARTS).then_some(OF_PARTS.len())?;
    let part = number_said(text, from)?;
    let scaled = |value: i128| value * 100 / i128::from(whole);
    let number = Number { value: scaled(part.value), step: scaled(part.step), at, end: part.end };
    Some(number.fact(Kind::Share, String::new(), number.end))
}

/// A number in Chinese, with what stands behind its point: 六点五.
fn number_said(text: &str, at: usize) -> Option<Number> {
    let rest = &text[at..];
    let (value, len) = read_cardinal(rest)?;
    let number = Number { value: i128::from(value) * ONE, step: ONE, at, end: at + len };
    let Some(behind) = rest[len..].strip_prefix('点') else { return Some(number) };
    let run: Vec<char> = behind.chars().take_while(|c| is_chinese(*c)).collect();
    let digit = |c: &char| chinese_digit(*c).or(matches!(c, '零' | '〇').then_some(0));
    // 八点三十分 is a time.
    let (true, Some(decimals)) = ((1..=6).contains(&run.len()), run.iter().map(digit).collect::<Option<Vec<_>>>())
    else {
        return Some(number);
    };
    let (mut value, mut step) = (number.value, ONE);
    for digit in &decimals {
        step /= 10;
        value += i128::from(*digit) * step;
    }
    Some(Number { value, step, at, end: at + len + '点'.len_utf8() + run.iter().map(|c| c.len_utf8()).sum::<usize>() })
}

/// 第八届
fn nth(text: &str, at: usize) -> Read {
    let from = at + '第'.len_utf8();
    let skipped = Read::Nothing('第'.len_utf8());
    let Some((value, end)) = number_after(text, from) else { return skipped };
    let Some((measure, _)) = NTH_MEASURE.at(text, end) else { return skipped };
    let unit = measure.of(text).to_owned();
    let number = Number { value: i128::from(value) * ONE, step: ONE, at, end };
    Read::Fact(number.fact(Kind::Nth, unit, measure.end as usize))
}

/// A number before its unit has been read.
struct Number {
    value: i128,
    step: i128,
    at: usize,
    end: usize,
}

impl Number {
    fn fact(&self, kind: Kind, unit: String, end: usize) -> Fact {
        Fact { kind, value: self.value, step: self.step, unit, range: Range::new(self.at, end) }
    }

    /// With what it counts. Digits need not count anything.
    fn counted(&self, text: &str, is_in_digits: bool) -> Option<Fact> {
        let (mut factor, mut end) = (1.0, self.end);
        while let Some((range, row)) = FACTOR.at(text, end).or_else(|| ABOUT_BEHIND.at(text, end)) {
            factor *= row.value.parse().unwrap_or(1.0);
            end = range.end as usize;
        }
        let factor = factor as i128;
        let (value, step) = (self.value.checked_mul(factor)?, self.step.checked_mul(factor)?);
        let number = Self { value, step, end, ..*self };
        let behind = after(text, end)?;
        let unit_end = end + behind.len_utf8();
        let day = |at: usize| number_after(text, at).filter(|(_, end)| after(text, *end).is_some_and(is_day));
        if behind == '月' {
            return Some(match day(unit_end) {
                Some((day, day_end)) => {
                    let value = number.value * 100 + i128::from(day) * ONE;
                    let end = day_end + after(text, day_end).map_or(0, char::len_utf8);
                    Self { value, ..number }.fact(Kind::Day, String::new(), end)
                }
                None => number.fact(Kind::Time, behind.to_string(), unit_end),
            });
        }
        if is_day(behind) {
            return Some(number.fact(Kind::Time, '日'.to_string(), unit_end));
        }
        if matches!(behind, '%' | '％') {
            return Some(number.fact(Kind::Share, String::new(), unit_end));
        }
        // 百分点
        if let Some(word) = PERCENT.word_at(text, end) {
            return Some(number.fact(Kind::Share, word.to_owned(), end + word.len()));
        }
        if TENTHS.stands_at(text, end) {
            let (value, step) = (value * 10, step * 10);
            return Some(Self { value, step, ..number }.fact(Kind::Share, String::new(), unit_end));
        }
        if let Some(unit) = measure(text, end) {
            return Some(number.fact(Kind::Figure, unit.to_owned(), end + unit.len()));
        }
        let is_time = behind == '年';
        match is_in_digits || is_time || end > self.end {
            true if is_han(behind) => Some(number.fact(Kind::Figure, behind.to_string(), unit_end)),
            true => Some(number.fact(Kind::Figure, String::new(), end)),
            false => None,
        }
    }
}

fn is_day(c: char) -> bool {
    matches!(c, '日' | '号' | '號')
}

/// Of each fact of the old text the one that stands for it in the new one: what says the same, in the order of both,
/// and between those what stands between the same words.
pub(crate) fn paired((old, before): (&str, &[Fact]), (new, after): (&str, &[Fact])) -> Vec<Option<usize>> {
    /// So many pairs are weighed.
    const WEIGHED: usize = 1 << 14;
    let first = before.iter().zip(after).take_while(|(one, other)| one.is_same(other)).count();
    let tails = before[first..].iter().rev().zip(after[first..].iter().rev());
    let last = tails.take_while(|(one, other)| one.is_same(other)).count();
    let mut pairs: Vec<Option<usize>> = (0..before.len()).map(|n| (n < first).then_some(n)).collect();
    for n in 0..last {
        pairs[before.len() - 1 - n] = Some(after.len() - 1 - n);
    }
    let (one, other) = (&before[first..before.len() - last], &after[first..after.len() - last]);
    if one.len().saturating_mul(other.len()) <= WEIGHED {
        for (n, m) in best_pairs((old, one), (new, other)) {
            pairs[first + n] = Some(first + m);
        }
    }
    pairs
}

fn best_pairs((old, before): (&str, &[Fact]), (new, after): (&str, &[Fact])) -> Vec<(usize, usize)> {
    let width = after.len() + 1;
    let mut best = vec![0u32; (before.len() + 1) * width];
    for (n, one) in before.iter().enumerate().rev() {
        for (m, other) in after.iter().enumerate().rev() {
            let skipped = best[(n + 1) * width + m].max(best[n * width + m + 1]);
            let weight = match () {
                () if one.is_same(other) => 3,
                () if one.kind == other.kind && is_framed_alike((old, one.range), (new, other.range)) => 2,
                () => 0,
            };
            let taken = if weight > 0 { weight + best[(n + 1) * width + m + 1] } else { 0 };
            best[n * width + m] = skipped.max(taken);
        }
    }
    let (mut n, mut m, mut pairs) = (0, 0, Vec::new());
    while n < before.len() && m < after.len() {
        let here = best[n * width + m];
        if here == best[(n + 1) * width + m] {
            n += 1;
        } else if here == best[n * width + m + 1] {
            m += 1;
        } else {
            pairs.push((n, m));
            (n, m) = (n + 1, m + 1);
        }
    }
    pairs
}

/// Whether two stretches stand between the same words: the same two characters before or behind them, or one on
/// either side.
fn is_framed_alike((old, a): (&str, Range), (new, b): (&str, Range)) -> bool {
    let left = |text: &str, range: Range| -> Vec<char> { text[..range.start as usize].chars().rev().take(2).collect() };
    let right = |text: &str, range: Range| -> Vec<char> { text[range.end as usize..].chars().take(2).collect() };
    let ((one, other), (three, four)) = ((left(old, a), left(new, b)), (right(old, a), right(new, b)));
    one == other || three == four || one.first() == other.first() && three.first() == four.first()
}

pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '—' | '–' | '~' | '～' | '至' | '到')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_the_same_in_any_writing() {
        let said = |text: &str| -> Vec<String> {
            let of = |fact: &Fact| format!("{:?} {} {}", fact.kind, fact.value as f64 / ONE as f64, fact.unit);
            facts(text).iter().map(of).collect()
        };
        for [one, other] in [
            ["投资120亿元", "投资一百二十亿元"],
            ["增长6.5%", "增长百分之六点五"],
            ["增长30%", "增长三成"],
            ["9月18日", "九月十八日"],
            ["2025年", "二〇二五年"],
            ["1.2万户", "一万二千户"],
            ["3000多户", "三千多户"],
            ["第8届", "第八届"],
        ] {
            assert_eq!(said(one), said(other), "{one}");
            assert_eq!(said(one).len(), 1, "{one}");
        }
        for text in ["千方百计", "几十万人", "一些同志", "十四五", "四、压实责任", "万众一心", "数百人"]
        {
            assert_eq!(said(text), [""; 0], "{text}");
        }
        assert_eq!(said("三分之一"), ["Share 33.333333 "]);
        assert_eq!(said("2023—2025年"), ["Year 2023 ", "Year 2025 "]);
    }
}
