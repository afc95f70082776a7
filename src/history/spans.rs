//! Days, months and years that a number says how many they are, and days of the week: what fitted in the old version
//! and does not in the new one.

use super::Version;
use super::consequence::{Consequence, What, span_of};
use super::facts::{Both, Fact, Kind, ONE};
use super::follow::words;
use crate::locale::Locale;
use crate::rules::dates::{DAYS, weekday_after};
use crate::text::Range;
use crate::text::chars::{before, last_sentence};

pub(super) fn unfollowed(new: Version, lines: &[Both], locale: Locale) -> Vec<Consequence> {
    let mut found = Vec::new();
    for line in lines.iter().filter(|line| line.old != line.new) {
        for (fact, actual) in durations(line) {
            let text = fact.range.of(&line.new);
            let message = locale.pick(
                format!("“{text}”，前后的日子现在算出来是 {actual}"),
                format!("「{text}」，前後的日子現在算出來是 {actual}"),
                format!("‘{text}’, and the dates beside it make {actual} now"),
            );
            found.push(Consequence {
                what: What::Figure,
                rule: None,
                span: span_of(new, line.lines.1, fact.range),
                message,
            });
        }
        for (range, day) in weekdays(line) {
            let text = range.of(&line.new);
            let message = locale.pick(
                format!("“{text}”没有跟着日子改：应当是星期{day}"),
                format!("「{text}」沒有跟著日子改：應當是星期{day}"),
                format!("‘{text}’ did not change with its day: it is 星期{day}"),
            );
            found.push(Consequence { what: What::Date, rule: None, span: span_of(new, line.lines.1, range), message });
        }
    }
    found
}

/// What dates are counted in.
#[derive(Clone, Copy, PartialEq)]
enum Unit {
    Day,
    Month,
    Year,
}

/// A date by the days, months or years before it. `month` is that of the date before.
fn number(fact: &Fact, month: &mut Option<i128>) -> Option<(Unit, i128)> {
    let value = fact.value / ONE;
    match fact.kind {
        Kind::Day => {
            *month = Some(value / 100);
            Some((Unit::Day, day_of_year(value / 100, value % 100)?))
        }
        Kind::Time if fact.unit == "月" => Some((Unit::Month, value)),
        // A day alone is of the month of the one before it, or of any.
        Kind::Time => Some((Unit::Day, day_of_year(month.unwrap_or(1), value)?)),
        Kind::Year => Some((Unit::Year, value)),
        _ => None,
    }
}

/// In a year without the 29th of February.
fn day_of_year(month: i128, day: i128) -> Option<i128> {
    const BEFORE: [i128; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let before = BEFORE.get(usize::try_from(month - 1).ok()?)?;
    (1..=31).contains(&day).then_some(before + day)
}

/// How many days, months or years a figure says.
fn length(fact: &Fact) -> Option<(Unit, i128)> {
    if fact.kind != Kind::Figure || fact.value <= ONE || fact.value % ONE != 0 {
        return None;
    }
    let unit = match fact.unit.as_str() {
        "天" => Unit::Day,
        "个月" => Unit::Month,
        "年" => Unit::Year,
        _ => return None,
    };
    Some((unit, fact.value / ONE))
}

/// The lengths of time that do not fit the two dates beside them any more, and what these make.
fn durations(line: &Both) -> Vec<(&Fact, i128)> {
    let mut found = Vec::new();
    let now = |n: usize| line.pairs[n].map(|m| &line.after[m]);
    let sentence = |n: usize| last_sentence(&line.old[..line.before[n].range.start as usize]);
    for n in 0..line.before.len() {
        let (Some((unit, said)), Some(here)) = (length(&line.before[n]), now(n)) else { continue };
        let Some((_, says)) = length(here) else { continue };
        let dates: Vec<usize> =
            (0..line.before.len()).filter(|m| line.before[*m].is_date() && sentence(*m) == sentence(n)).collect();
        let apart = |a: &Fact, b: &Fact| {
            let mut month = None;
            let (from, to) = (number(a, &mut month)?, number(b, &mut month)?);
            (from.0 == unit && to.0 == unit).then_some(to.1 - from.1)
        };
        // The years of dates stand between them.
        let sorts = |m: &usize| number(&line.before[*m], &mut None).is_some_and(|(other, _)| other == unit);
        let dates: Vec<usize> = dates.into_iter().filter(sorts).collect();
        let spans = dates.windows(2).filter_map(|pair| {
            let was = apart(&line.before[pair[0]], &line.before[pair[1]])?;
            let is = apart(now(pair[0])?, now(pair[1])?)?;
            // Both ends may count.
            let more = said - was;
            ((0..=1).contains(&more) && was > 0 && is > 0).then_some(is + more)
        });
        let spans: Vec<i128> = spans.collect();
        if !spans.is_empty() {
            found.extend((!spans.contains(&says)).then(|| (here, spans[0])));
        } else if says == said && unit == Unit::Day {
            // Of two ends one stands elsewhere.
            let ends: Vec<i128> = (0..line.before.len())
                .filter(|m| sentence(*m) == sentence(n) && is_end(&line.old, &line.before[*m]))
                .filter_map(|m| apart(&line.before[m], now(m)?))
                .collect();
            let moved = ends.iter().find(|_| ends.len() == 1).filter(|by| **by != 0 && said + **by > 0);
            found.extend(moved.map(|by| (here, said + by)));
        }
    }
    found
}

/// Whether something ends on a day: 到21日结束.
fn is_end(text: &str, fact: &Fact) -> bool {
    let (start, end) = (fact.range.start as usize, fact.range.end as usize);
    let is_until = before(text, start).is_some_and(|c| words("until").contains(c));
    fact.is_date() && (is_until || words("ended").split(' ').any(|word| text[end..].starts_with(word)))
}

/// The days of the week that did not change with their dates, and what they are.
fn weekdays(line: &Both) -> Vec<(Range, char)> {
    let mut found = Vec::new();
    for (from, to) in line.changed().filter(|(from, _)| matches!(from.kind, Kind::Day | Kind::Time)) {
        let was = weekday_after(&line.old, from.range.end as usize);
        let is = weekday_after(&line.new, to.range.end as usize);
        let (Some((was, _)), Some((is, range))) = (was, is) else { continue };
        let mut month = None;
        let (Some((Unit::Day, a)), Some((Unit::Day, b))) = (number(from, &mut month), number(to, &mut month)) else {
            continue;
        };
        // Whether the year has a 29th of February is not known.
        const MARCH: i128 = 59;
        if (a <= MARCH) != (b <= MARCH) {
            continue;
        }
        let wanted = (i128::from(was) + b - a).rem_euclid(7);
        if wanted != i128::from(is) {
            found.extend(DAYS.chars().nth(wanted as usize).map(|day| (range, day)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use expect_test::expect;

    #[test]
    fn how_long_something_lasts() {
        let text = "活动自3月1日至5月31日，历时92天。\n";
        check(
            text,
            &text.replace("5月31日", "5月21日"),
            expect![[r#"
            日期 31 → 21
            ！数字 第3行：“92天”，前后的日子现在算出来是 82
        "#]],
        );
        let text = "从2021年到2024年，三年累计投入6亿元。\n";
        check(
            text,
            &text.replace("2024", "2025"),
            expect![[r#"
            日期 2024 → 2025
            ！数字 第3行：“三年”，前后的日子现在算出来是 4
        "#]],
        );
    }

    #[test]
    fn the_day_of_the_week() {
        let text = "会议定于9月18日（星期四）召开。\n";
        check(
            text,
            &text.replace("18日", "19日"),
            expect![[r#"
            日期 18 → 19
            ！日期 第3行：“星期四”没有跟着日子改：应当是星期五
        "#]],
        );
        check(
            text,
            &text.replace("18日", "19日").replace("期四", "期五"),
            expect![[r#"
            日期 18 → 19
            措辞 四 → 五
        "#]],
        );
    }
}
