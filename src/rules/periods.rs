//! Which period a figure is of, by what is said before it: 2025年上半年, 去年, 今年前三季度.

use super::amounts::is_dash;
use super::dates::{Month, year_before};
use crate::indicators::key;
use crate::lexicon::{HAPPENED, NEAR_YEAR, PAST_YEAR, TIME_OF_FIGURE, TO_COME, YEAR_COMPARED};
use crate::text::Range;
use crate::text::chars::after;

/// What a stretch of text says of the period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// It names no time at all.
    Nothing,
    /// One that is no period of a table, several, one still to come.
    Unclear,
    Of(Period),
}

/// A year, and which part of it: 前三季度, or nothing for the whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Period {
    year: Year,
    part: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Year {
    Exact(u32),
    /// So many years from the draft's own: 去年 is -1.
    Near(i32),
}

/// From this month on what is said of 今年 may be of all of it.
const LATE: u32 = 10;
/// The longest name of a part of a year, in characters.
const PART: usize = 12;

impl Period {
    /// As tables are asked for it, in a draft of this date.
    pub fn key(&self, own: Option<Month>) -> Option<String> {
        let Self { year, part } = self;
        let year = match *year {
            Year::Exact(year) => year,
            Year::Near(apart) => {
                let own = own?;
                let is_over = apart < 0 || apart == 0 && (!part.is_empty() || own.month >= LATE);
                is_over.then(|| own.year.saturating_add_signed(apart))?
            }
        };
        Some(key(&format!("{year}年{part}"))).filter(|key| !key.is_empty())
    }
}

/// A year that is named in a text, with the part of it that follows.
struct Time {
    range: Range,
    period: Period,
    /// Something is compared with it, or it is one end of a span.
    is_other: bool,
}

/// What the text before a figure says, in its sentence: the last time that is named counts.
pub(super) fn told_before(head: &str) -> Told {
    let all = times(head);
    let clause = head.rfind('，').unwrap_or(0);
    let is_compared = |time: &&Time| time.is_other && time.range.start as usize >= clause;
    if all.last().filter(is_compared).is_some() {
        return Told::Unclear;
    }
    let Some(last) = all.iter().rfind(|time| !time.is_other) else { return nothing(head, &all) };
    match is_certain(head, last.range.start as usize, &all) {
        true => Told::Of(last.period.clone()),
        false => Told::Unclear,
    }
}

/// What a whole sentence says, or a heading: all times that count have to be one.
pub(super) fn told(sentence: &str) -> Told {
    let all = times(sentence);
    let mut own = all.iter().filter(|time| !time.is_other).map(|time| &time.period);
    let Some(first) = own.next() else { return nothing(sentence, &all) };
    match own.all(|other| other == first) && is_certain(sentence, 0, &all) {
        true => Told::Of(first.clone()),
        false => Told::Unclear,
    }
}

fn nothing(text: &str, all: &[Time]) -> Told {
    if all.is_empty() && !has_other(text, 0, all) { Told::Nothing } else { Told::Unclear }
}

/// Nothing is still to come, or said by somebody else, and no other time is named behind byte `from`.
fn is_certain(text: &str, from: usize, all: &[Time]) -> bool {
    TO_COME.find(text).is_none() && HAPPENED.find(text).is_none() && !has_other(text, from, all)
}

/// Whether another time is named than years: 以来, 目前, 3月.
fn has_other(text: &str, from: usize, all: &[Time]) -> bool {
    let is_known =
        |at: usize| all.iter().any(|time| (time.range.start as usize..time.range.end as usize).contains(&at));
    text.char_indices().filter(|(at, _)| *at >= from && !is_known(*at)).any(|(at, c)| {
        let is_month = c == '月' && text[..at].ends_with(|c: char| c.is_ascii_digit());
        is_month || TIME_OF_FIGURE.stands_at(text, at) || PAST_YEAR.stands_at(text, at)
    })
}

fn times(text: &str) -> Vec<Time> {
    let mut all: Vec<Time> = Vec::new();
    for (at, mark) in text.match_indices('年') {
        let end = at + mark.len();
        let exact = year_before(text, end).map(|(year, start)| (Year::Exact(year), start));
        let near = || {
            let (word, row) = NEAR_YEAR.ending(text, end)?;
            Some((Year::Near(row.value.parse().ok()?), word.start as usize))
        };
        let Some((year, start)) = exact.or_else(near) else { continue };
        // 去年（2025年）: the second says which the first is.
        let said = |last: &Time| matches!(text[last.range.end as usize..start].trim(), "（" | "(");
        let is_same = matches!(year, Year::Exact(_)) && all.last().is_some_and(said);
        if is_same {
            all.pop();
        }
        let part = part(&text[end..]);
        let period = Period { year, part: part.to_owned() };
        let mut to = end + part.len();
        let is_compared = YEAR_COMPARED.ends_at(text, start);
        // 比上年同期
        if let (true, Some((word, _))) = (is_compared, PAST_YEAR.at(text, to)) {
            to = word.end as usize;
        }
        let is_span = text[..start].ends_with(is_dash) || after(text, end).is_some_and(is_dash);
        all.push(Time { range: Range::new(start, to), period, is_other: is_compared || is_span });
    }
    all
}

/// As much of what stands behind the year as is part of the period.
fn part(behind: &str) -> &str {
    let len = behind.find(['，', '、', '；']).unwrap_or(behind.len());
    let ends: Vec<usize> = behind[..len].char_indices().map(|(at, c)| at + c.len_utf8()).take(PART).collect();
    let parts = ends.into_iter().rev().map(|to| &behind[..to]);
    parts.into_iter().find(|part| !key(&format!("2000年{part}")).is_empty()).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(told: &Told) -> String {
        let own = Some(Month { year: 2026, month: 3 });
        match told {
            Told::Nothing => "-".to_owned(),
            Told::Unclear => "?".to_owned(),
            Told::Of(period) => period.key(own).unwrap_or_default(),
        }
    }

    #[test]
    fn the_period_of_a_figure() {
        for (head, period) in [
            ("2025年，全县", "2025 1-12"),
            ("去年，全县", "2025 1-12"),
            ("去年前三季度，全县", "2025 1-9"),
            ("今年1—2月，全县", "2026 1-2"),
            ("今年，全县", ""),
            ("去年（2025年），全县", "2025 1-12"),
            ("2025年，投资比上年增长8%，全县", "2025 1-12"),
            ("2025年，比去年", "?"),
            ("今年以来，", "?"),
            ("“十四五”期间，", "?"),
            ("2021—2025年，", "?"),
            ("2025年，我们将", "?"),
            ("全县", "-"),
        ] {
            assert_eq!(shown(&told_before(head)), period, "{head}");
        }
        for (sentence, period) in [
            ("2025年，全县实现增加值50亿元，比上年同期增长6.9%。", "2025 1-12"),
            ("一、2025年工作回顾", "2025 1-12"),
            ("2024年投资8亿元，2025年投资9亿元。", "?"),
            ("二、下一步工作", "-"),
            ("2026年，要抓好四件事。", "?"),
        ] {
            assert_eq!(shown(&told(sentence)), period, "{sentence}");
        }
    }
}
