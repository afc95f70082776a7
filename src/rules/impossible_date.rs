//! 日期有误: 9月31日, and a weekday that is another one.

use super::dates::{DAYS, number_after, number_before, weekday, weekday_after, year_before};
use super::{Check, Example, FindingContext, Hits, Message, Rule, Severity};
use crate::lexicon::NUMBERED_AFTER;
use crate::paragraph::{Packed, Paragraph};
use crate::text::chars::{before, has};
use crate::text::{Grade, Range};

pub static RULE: Rule = Rule {
    code: "impossible-date",
    name: "日期有误",
    severity: Some(Severity::Warning),
    summary: "日历上没有的日期（9月31日、平年2月29日、13月5日），没有的时刻（25时、8时70分），与星期对不上的日期。",
    why: "套用去年的稿子，日期改了、星期没改，最容易出这种错。星期只在写明年份时核对。",
    source: "公历历法；GB/T 7408（日期和时间表示法）。",
    examples: &[
        Example { bad: "9月31日前全部完成。", good: "9月30日前全部完成。" },
        Example {
            bad: "二月三十日召开会议。", good: "二月二十日召开会议，历时三个月三十日。"
        },
        Example { bad: "2023年2月29日下发通知。", good: "2024年2月29日下发通知。" },
        Example {
            bad: "会议定于2024年3月5日（星期三）召开。", good: "会议定于2024年3月5日（星期二）召开。"
        },
        Example { bad: "（2024年10月11日　星期四）", good: "（2024年10月11日　星期五）" },
        Example {
            bad: "请于09月31日前报送。", good: "请于2024年09月05日前报送，02月09日、１０月０１日放假。"
        },
        Example { bad: "请于5日25时前报送。", good: "请于5日24时前报送，共计25时。" },
    ],
    tags: &[],
    check: Check::Characters("月时", check),
    message,
};

/// What is impossible.
#[derive(Clone, Copy)]
enum Fault {
    Date,
    Time,
    /// The weekday that it was, Sunday 0.
    Weekday(usize),
}

impl Packed for Fault {
    fn pack(self) -> u32 {
        match self {
            Self::Weekday(day) => day as u32,
            Self::Date => 7,
            Self::Time => 8,
        }
    }

    fn unpack(bits: u32) -> Self {
        match bits {
            7 => Self::Date,
            8 => Self::Time,
            day => Self::Weekday(day as usize),
        }
    }
}

fn check(line: &str, at: usize, _: &Paragraph, hits: &mut Hits) {
    if has(line, at, "月") {
        date(line, at, hits);
    } else {
        time(line, at, hits);
    }
}

fn date(line: &str, at: usize, hits: &mut Hits) {
    let Some((month, start)) = number_before(line, at, 2) else { return };
    let Some((day, end)) = number_after(line, at + "月".len()) else { return };
    let Some(mark) = line[end..].chars().next().filter(|c| matches!(c, '日' | '号')) else { return };
    let end = end + mark.len_utf8();
    if NUMBERED_AFTER.stands_at(line, end) {
        return;
    }
    let year = year_before(line, start);
    let from = year.map_or(start, |(_, from)| from);
    let year = year.map(|(year, _)| year);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(year.is_none_or(|y| y % 4 == 0 && y % 100 != 0 || y % 400 == 0)),
        _ => 0,
    };
    if day == 0 || day > days {
        hits.push(Range::new(from, end), Fault::Date);
        return;
    }
    let Some(year) = year else { return };
    let Some((named, range)) = weekday_after(line, end) else { return };
    let actual = weekday(year, month, day);
    if named != actual {
        hits.push(range, Fault::Weekday(actual as usize));
    }
}

/// 25时 and 8时70分 behind a day or a part of one.
fn time(line: &str, at: usize, hits: &mut Hits) {
    let Some((hour, start)) = number_before(line, at, 2) else { return };
    let behind = at + "时".len();
    let minute = number_after(line, behind).filter(|(_, end)| line[*end..].starts_with('分'));
    let named = before(line, start).is_some_and(|c| matches!(c, '日' | '号' | '午' | '晚' | '晨' | '夜'));
    let end = minute.map_or(behind, |(_, end)| end + "分".len());
    if named && hour > 24 || minute.is_some_and(|(m, _)| m > 59 && hour <= 24) {
        hits.push(Range::new(start, end), Fault::Time);
    }
}

fn message(context: &FindingContext<'_>) -> Message {
    let found = context.found();
    match context.packed() {
        Fault::Date => {
            let text = context.say(
                format!("日期有误：没有“{found}”"),
                format!("日期有誤：沒有“{found}”"),
                format!("there is no {found}"),
            );
            Message { text, fix: None }
        }
        Fault::Time => {
            let text = context.say(
                format!("时间有误：没有“{found}”"),
                format!("時間有誤：沒有“{found}”"),
                format!("there is no {found}"),
            );
            Message { text, fix: None }
        }
        Fault::Weekday(day) => {
            let mut expected = found.to_owned();
            expected.pop();
            expected.extend(DAYS.chars().nth(day));
            let text = context.say(
                format!("日期有误：这一天是“{expected}”，不是“{found}”"),
                format!("日期有誤：這一天是“{expected}”，不是“{found}”"),
                format!("that day is {expected}, not {found}"),
            );
            // The date may be the wrong one of the two.
            Message { text, fix: context.replaced_raw(&expected, Grade::Offered) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::weekday;

    #[test]
    fn weekdays() {
        assert_eq!(weekday(2024, 3, 5), 2);
        assert_eq!(weekday(2024, 2, 29), 4);
        assert_eq!(weekday(2000, 1, 1), 6);
        assert_eq!(weekday(1949, 10, 1), 6);
    }
}
