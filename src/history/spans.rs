//! Days, months and years that a number says how many they are, and days of the week: what fitted in the old version
//! and does not in the new one.

use super::Version;
use super::consequence::{Consequence, What, span_of};
use super::facts::{Both, Fact, Kind, ONE};
use super::follow::words;
use crate::locale::Locale;
use crate::rules::dates::{DAYS, weekday_after};
use crate::text::Range;
use crate::text::chars::before;

pub(super) fn unfollowed(new: Version, lines: &[Both], locale: Locale) -> Vec<Consequence> {
    let mut found = Vec::new();
    let changed = || lines.iter().filter(|line| line.old != line.new);
    let beside = changed().flat_map(|line| durations(line).into_iter().map(move |(fact, actual)| (line, fact, actual)));
    for (line, fact, actual) in beside.chain(elsewhere(lines)) {
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
    for line in changed() {
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
    Hour,
}

impl Unit {
    const ALL: [Self; 4] = [Self::Day, Self::Month, Self::Year, Self::Hour];
}

/// A date in both versions, by the days, months, years or hours before it.
#[derive(Clone, Copy)]
struct Point {
    unit: Unit,
    was: i128,
    is: i128,
}

/// The year and the month that a date without them is of.
#[derive(Clone, Copy, Default)]
struct Context {
    year: i128,
    month: i128,
}

impl Context {
    /// A year right before its month or day is none of its own.
    fn read(&mut self, fact: &Fact) -> Option<(Unit, i128)> {
        let value = fact.value / ONE;
        match fact.kind {
            Kind::Year => {
                (self.year, self.month) = (value, 0);
                Some((Unit::Year, value))
            }
            Kind::Time if fact.unit == "月" => {
                self.month = value;
                Some((Unit::Month, self.year * 12 + value))
            }
            Kind::Time => Some((Unit::Day, day(self.year, self.month.max(1), value)?)),
            Kind::Day => {
                self.month = value / 100;
                Some((Unit::Day, day(self.year, value / 100, value % 100)?))
            }
            Kind::Figure if words("hour").contains(&fact.unit) && !fact.unit.is_empty() => Some((Unit::Hour, value)),
            _ => None,
        }
    }
}

/// A day by those before it. Without a year February has 28 days.
fn day(year: i128, month: i128, day: i128) -> Option<i128> {
    const BEFORE: [i128; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let before = BEFORE.get(usize::try_from(month - 1).ok()?)?;
    let leaps = (year - i128::from(month < 3 && year > 0)) / 4;
    (1..=31).contains(&day).then_some(year * 365 + leaps + before + day)
}

/// The dates of some facts of a paragraph.
fn points(line: &Both, facts: impl Iterator<Item = usize>) -> Vec<Point> {
    let (mut was, mut is) = (Context::default(), Context::default());
    let mut found = Vec::new();
    for n in facts {
        let (before, after) = (&line.before[n], line.now(n));
        let read = (was.read(before), after.and_then(|fact| is.read(fact)));
        let goes_on = before.kind == Kind::Year
            && line.before.get(n + 1).is_some_and(|next| next.range.start == before.range.end && next.is_date());
        if let ((Some((unit, was)), Some((other, is))), false) = (read, goes_on)
            && unit == other
        {
            found.push(Point { unit, was, is });
        }
    }
    found
}

/// How many days, months or years a figure says.
fn length(fact: &Fact) -> Option<(Unit, i128)> {
    if fact.kind != Kind::Figure || fact.value <= ONE || fact.value % ONE != 0 {
        return None;
    }
    let unit = words("lengths").split(' ').zip(Unit::ALL).find(|(word, _)| *word == fact.unit)?.1;
    Some((unit, fact.value / ONE))
}

/// Facts on either side of a length of time that are looked at.
const NEAR: usize = 12;

/// The lengths of time that do not fit the two dates beside them any more, and what these make.
fn durations(line: &Both) -> Vec<(&Fact, i128)> {
    let mut found = Vec::new();
    let near = |n: usize| n.saturating_sub(NEAR)..(n + NEAR).min(line.before.len());
    for n in 0..line.before.len() {
        let Some((unit, said, here, says)) = said(line, n) else { continue };
        let mut dates = points(line, near(n).filter(|m| line.sentence(*m) == line.sentence(n)));
        // 3月5日至7日开会。会期三天。
        if dates.is_empty() {
            dates = points(line, n.saturating_sub(NEAR)..n);
        }
        let spans: Vec<i128> = spans(&dates, unit, said).collect();
        if !spans.is_empty() {
            found.extend((!spans.contains(&says)).then(|| (here, spans[0])));
        } else if says == said && unit == Unit::Day {
            // Of two ends one stands elsewhere.
            let is_own_end = |m: &usize| line.sentence(*m) == line.sentence(n) && is_end(&line.old, &line.before[*m]);
            let ends = points(line, near(n).filter(is_own_end));
            if let [Point { unit: Unit::Day, was, is }] = ends[..] {
                found.extend((was != is && said + is > was).then(|| (here, said + is - was)));
            }
        }
    }
    found
}

/// The length of time that a fact says in both versions.
fn said(line: &Both, n: usize) -> Option<(Unit, i128, &Fact, i128)> {
    let (unit, said) = length(&line.before[n])?;
    let here = line.now(n)?;
    Some((unit, said, here, length(here).filter(|(other, _)| *other == unit)?.1))
}

/// How long it is now between two dates that were so far apart. Both ends may count.
fn spans(dates: &[Point], unit: Unit, said: i128) -> impl Iterator<Item = i128> {
    dates.windows(2).filter_map(move |pair| {
        let (was, is) = (pair[1].was - pair[0].was, pair[1].is - pair[0].is);
        let more = said - was;
        let is_one = pair[0].unit == unit && pair[1].unit == unit && was > 0 && is > 0;
        (is_one && (0..=1).contains(&more)).then_some(is + more)
    })
}

/// The lengths of time that were those between two dates of another paragraph.
fn elsewhere(lines: &[Both]) -> Vec<(&Both, &Fact, i128)> {
    let mut moved: Vec<Vec<Point>> = Vec::new();
    for line in lines.iter().filter(|line| line.old != line.new) {
        let dates = points(line, 0..line.before.len());
        let pairs = dates.windows(2).filter(|pair| pair[1].was - pair[0].was != pair[1].is - pair[0].is);
        moved.extend(pairs.map(<[Point]>::to_vec));
    }
    let mut found = Vec::new();
    for line in lines.iter().filter(|_| !moved.is_empty()) {
        for n in 0..line.before.len() {
            let Some((unit, said, here, says)) = said(line, n) else { continue };
            let head = &line.old[..line.before[n].range.start as usize];
            let is_led = words("lasting").split(' ').any(|word| head.ends_with(word));
            let own = || points(line, n.saturating_sub(NEAR)..(n + NEAR).min(line.before.len()));
            if !is_led || said != says || own().iter().any(|point| point.unit == unit) {
                continue;
            }
            let actual = moved.iter().find_map(|pair| spans(pair, unit, said).next());
            found.extend(actual.filter(|actual| *actual != says).map(|actual| (line, here, actual)));
        }
    }
    found
}

/// Whether something ends on a day: 到21日结束.
fn is_end(text: &str, fact: &Fact) -> bool {
    let (start, end) = (fact.range.start as usize, fact.range.end as usize);
    let is_until = before(text, start).is_some_and(|c| words("until").contains(c));
    matches!(fact.kind, Kind::Day | Kind::Time)
        && (is_until || words("ended").split(' ').any(|word| text[end..].starts_with(word)))
}

/// The days of the week that did not change with their dates, and what they are.
fn weekdays(line: &Both) -> Vec<(Range, char)> {
    let mut found = Vec::new();
    for (from, to) in line.changed().filter(|(from, _)| matches!(from.kind, Kind::Day | Kind::Time)) {
        let was = weekday_after(&line.old, from.range.end as usize);
        let is = weekday_after(&line.new, to.range.end as usize);
        let (Some((was, _)), Some((is, range))) = (was, is) else { continue };
        let date = |fact: &Fact| Context::default().read(fact);
        let (Some((Unit::Day, a)), Some((Unit::Day, b))) = (date(from), date(to)) else { continue };
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
