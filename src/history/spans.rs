//! Days, months and years that a number says how many they are, and days of the week: what fitted in the old version
//! and does not in the new one.

use super::Version;
use super::consequence::{Consequence, What, span_of};
use super::facts::{Both, Fact, Kind, ONE};
use super::matter::{SENTENCE, is_one_matter};
use super::words::{self, words};
use crate::locale::Locale;
use crate::rules::dates::{DAYS, weekday_after};
use crate::text::Range;
use crate::text::chars::{before, last_sentence, tail};

pub(super) fn unfollowed(new: Version, lines: &[Both], locale: Locale) -> Vec<Consequence> {
    let mut found = Vec::new();
    let changed = || lines.iter().filter(|line| line.old != line.new);
    for (line, fact, actual) in durations(lines, locale) {
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

/// A date by the days, months, years and hours before it, as far as it tells.
type Date = [Option<i128>; 4];

/// A date in both versions.
#[derive(Clone, Copy)]
struct Point<'a> {
    line: usize,
    /// The number of its fact in its paragraph.
    n: usize,
    fact: &'a Fact,
    was: Date,
    is: Date,
}

impl Point<'_> {
    fn in_unit(&self, unit: Unit) -> Option<(i128, i128)> {
        self.was[unit as usize].zip(self.is[unit as usize])
    }
}

/// The year and the month that a date without them is of.
#[derive(Clone, Copy, Default)]
struct Context {
    year: i128,
    month: i128,
}

impl Context {
    /// The date that the first of some facts is. A year right before its month or day is none of its own.
    fn read(&mut self, facts: &[Fact]) -> Option<Date> {
        let (fact, rest) = facts.split_first()?;
        let value = fact.value / ONE;
        let month = |this: &Self| Some(this.year * 12 + this.month).filter(|_| this.month > 0);
        match fact.kind {
            Kind::Year => {
                (self.year, self.month) = (value, 0);
                let goes_on = rest.first().is_some_and(|next| next.range.start == fact.range.end && next.is_date());
                (!goes_on).then_some([None, None, Some(value), None])
            }
            Kind::Time if fact.unit == "月" => {
                self.month = value;
                Some([None, month(self), None, None])
            }
            Kind::Time => Some([day(self.year, self.month.max(1), value), month(self), None, None]),
            Kind::Day => {
                self.month = value / 100;
                Some([day(self.year, value / 100, value % 100), month(self), None, None])
            }
            Kind::Figure if words("hour").contains(&fact.unit) && !fact.unit.is_empty() => {
                Some([None, None, None, Some(value)])
            }
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

/// The dates of all paragraphs, in their order.
fn points(lines: &[Both]) -> Vec<Point<'_>> {
    let (mut was, mut is) = (Context::default(), Context::default());
    let mut found = Vec::new();
    for (line, both) in lines.iter().enumerate() {
        for (n, fact) in both.before.iter().enumerate() {
            let before = was.read(&both.before[n..]);
            let after = both.pairs[n].and_then(|m| is.read(&both.after[m..]));
            found.extend(before.zip(after).map(|(was, is)| Point { line, n, fact, was, is }));
        }
    }
    found
}

/// A length of time that both versions say.
struct Length<'a> {
    line: usize,
    n: usize,
    fact: &'a Fact,
    is: &'a Fact,
    /// What it is in one unit, and what it says now; years are months, too.
    ways: Vec<(Unit, i128, i128)>,
}

/// How long it is now between two dates.
#[derive(Clone, Copy)]
struct Span {
    unit: Unit,
    actual: i128,
    /// As long as is said.
    fits: bool,
}

impl<'a> Length<'a> {
    fn of(line: usize, both: &'a Both, n: usize) -> Option<Self> {
        let (unit, said) = length(&both.before[n])?;
        let is = both.now(n)?;
        let says = length(is).filter(|(other, _)| *other == unit)?.1;
        let mut ways = vec![(unit, said, says)];
        if unit == Unit::Year {
            ways.push((Unit::Month, said * 12, says * 12));
        }
        Some(Self { line, n, fact: &both.before[n], is, ways })
    }

    fn is_kept(&self) -> bool {
        self.ways[0].1 == self.ways[0].2
    }

    /// The span between two dates that were so far apart. Both ends may count.
    fn between(&self, a: &Point, b: &Point) -> Option<Span> {
        self.ways.iter().find_map(|(unit, said, says)| {
            let (one, other) = (a.in_unit(*unit)?, b.in_unit(*unit)?);
            let (was, is) = (other.0 - one.0, other.1 - one.1);
            let more = said - was;
            let actual = is + more;
            let span = Span { unit: *unit, actual, fits: actual == *says };
            (was > 0 && is > 0 && (0..=1).contains(&more)).then_some(span)
        })
    }

    fn counts(&self, date: &Point) -> bool {
        self.ways.iter().any(|(unit, ..)| date.in_unit(*unit).is_some())
    }

    /// The span in the words that the length is told in, where they do.
    fn shown(&self, span: Span, locale: Locale) -> String {
        let (unit, said, _) = self.ways[0];
        match (unit, span.unit) {
            (Unit::Year, Unit::Month) if span.actual % 12 == 0 => (span.actual / 12).to_string(),
            (Unit::Year, Unit::Month) => {
                let months = span.actual;
                locale.pick(format!("{months} 个月"), format!("{months} 個月"), format!("{months} months"))
            }
            // Weeks are told by their days.
            _ if said * ONE != self.fact.value => {
                let days = span.actual;
                locale.pick(format!("{days} 天"), format!("{days} 天"), format!("{days} days"))
            }
            _ => span.actual.to_string(),
        }
    }
}

/// How many days, months or years a figure says.
fn length(fact: &Fact) -> Option<(Unit, i128)> {
    if fact.kind != Kind::Figure || fact.value <= ONE || fact.value % ONE != 0 {
        return None;
    }
    let value = fact.value / ONE;
    if words("weeks").split(' ').any(|word| word == fact.unit) {
        return Some((Unit::Day, value * 7));
    }
    let own = fact.unit.trim_end_matches(is_past);
    let unit = words("lengths").split(' ').zip(Unit::ALL).find(|(word, _)| *word == own)?.1;
    Some((unit, value))
}

/// Facts on either side of a length of time that are looked at, and paragraphs.
const NEAR: usize = 12;
const FAR: usize = 24;

/// The lengths of time that do not fit their two dates any more, and what these make.
fn durations(lines: &[Both], locale: Locale) -> Vec<(&Both, &Fact, String)> {
    let dates = points(lines);
    let near = |line: usize, reach: usize| {
        let start = dates.partition_point(|date| date.line + reach < line);
        let end = dates.partition_point(|date| date.line <= line + reach);
        &dates[start..end]
    };
    let has_changed = |date: &Point| date.was != date.is;
    let mut found = Vec::new();
    for (line, both) in lines.iter().enumerate() {
        let around = near(line, FAR);
        if !around.iter().any(has_changed) {
            continue;
        }
        for length in (0..both.before.len()).filter_map(|n| Length::of(line, both, n)) {
            let span = beside(&length, both, near(line, 0)).or_else(|| apart(&length, lines, around));
            let span = span.filter(|span| !span.fits);
            found.extend(span.map(|span| (both, length.is, length.shown(span, locale))));
        }
    }
    found
}

/// How long it is between two dates of its own paragraph now, if it was so long before.
fn beside(length: &Length, both: &Both, dates: &[Point]) -> Option<Span> {
    let is_near = |date: &&Point| date.n.abs_diff(length.n) <= NEAR && length.counts(date);
    let is_own = |date: &Point| both.sentence(date.n) == both.sentence(length.n);
    let mut near: Vec<&Point> = dates.iter().filter(is_near).filter(|date| is_own(date)).collect();
    // 3月5日至7日开会。会期三天。
    if near.is_empty() {
        near = dates.iter().filter(is_near).filter(|date| date.n < length.n).collect();
    }
    let spans: Vec<Span> = near.windows(2).filter_map(|pair| length.between(pair[0], pair[1])).collect();
    if let Some(first) = spans.first() {
        return Some(*spans.iter().find(|span| span.fits).unwrap_or(first));
    }
    // Of two ends one stands elsewhere.
    near.retain(|date| is_own(date) && is_end(&both.old, date.fact));
    let ([end], (Unit::Day, said, _)) = (&near[..], length.ways[0]) else { return None };
    let (was, is) = end.in_unit(Unit::Day)?;
    let span = Span { unit: Unit::Day, actual: said + is - was, fits: false };
    (length.is_kept() && was != is && span.actual > 0).then_some(span)
}

/// The same for dates that stand apart: one tells where something begins and the other where it ends, or both speak of
/// what it is that lasts.
fn apart(length: &Length, lines: &[Both], dates: &[Point]) -> Option<Span> {
    if !length.is_kept() {
        return None;
    }
    let text = lines[length.line].old.as_str();
    let (start, end) = (length.fact.range.start as usize, length.fact.range.end as usize);
    let head = tail(&text[..start], LED).rsplit(['，', '。', '；']).next().unwrap_or_default();
    let is_led = words::has(head, "lasting") || text[..end].ends_with(is_past);
    let is_ahead = words::has(head, "ahead");
    let has = |date: &Point, of: &str| {
        let range = date.fact.range;
        let text = &lines[date.line].old;
        let from = last_sentence(&text[..range.start as usize]);
        let until = text[range.end as usize..].find(SENTENCE).map_or(text.len(), |at| range.end as usize + at);
        words::has(&text[from.min(range.start as usize)..until], of)
    };
    let is_of_one =
        |date: &Point| is_one_matter((text, length.fact.range), (&lines[date.line].old, date.fact.range), &SENTENCE);
    // 从3月1日开始，到5月31日结束
    let is_span = |a: &Point, b: &Point| {
        let between = lines[a.line].old.get(a.fact.range.end as usize..b.fact.range.start as usize);
        a.line == b.line
            && between.is_some_and(|words_between| {
                words_between.chars().nth(LED).is_none() && words_between.contains(|c| words("until").contains(c))
            })
    };
    let mut found = None;
    for (n, a) in dates.iter().enumerate().filter(|(_, date)| length.counts(date)) {
        for b in &dates[n + 1..] {
            let pair = length.between(a, b).map(|span| (a, b, span));
            let Some((a, b, span)) = pair.or_else(|| length.between(b, a).map(|span| (b, a, span))) else {
                continue;
            };
            let is_side_by_side = a.line == b.line && a.n.abs_diff(b.n) <= 2;
            let is_whole = has(a, "begun") && has(b, "ended");
            let is_told = match () {
                () if is_ahead => is_of_one(a) || is_of_one(b) || has(a, "ended") && has(b, "ended"),
                () if is_led => is_side_by_side || is_whole || is_of_one(a) && is_of_one(b),
                () => is_span(a, b) || is_whole && (is_of_one(a) || is_of_one(b)),
            };
            if is_told {
                // Some two dates that it is between are what they were.
                if span.fits {
                    return None;
                }
                found = found.or(Some(span));
            }
        }
    }
    found
}

/// Characters before a length of time that lead to it.
const LED: usize = 15;

/// 五年来
fn is_past(c: char) -> bool {
    words("past").contains(c)
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
        let date = |fact: &Fact| Context::default().read(std::slice::from_ref(fact));
        let (Some([Some(a), ..]), Some([Some(b), ..])) = (date(from), date(to)) else { continue };
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

    #[test]
    fn where_something_begins_and_ends_may_stand_apart() {
        let text = "工程于2024年3月开工。\n参建单位昼夜施工。\n2025年8月，工程全面竣工。\n整个项目工期17个月。\n";
        check(
            text,
            &text.replace("8月", "9月"),
            expect![[r#"
            日期 8 → 9
            ！数字 第6行：“17个月”，前后的日子现在算出来是 18
        "#]],
        );
        let text = "试点从2024年5月开始，到2026年5月结束。\n要坚定信心，再接再厉。\n两年的试点期不算长。\n";
        check(
            text,
            &text.replace("2026", "2027"),
            expect![[r#"
            日期 2026 → 2027
            ！数字 第5行：“两年”，前后的日子现在算出来是 3
        "#]],
        );
        let text = "培训从3月3日开始。\n培训到3月16日结束。\n培训为期两周。\n";
        check(
            text,
            &text.replace("16日", "23日"),
            expect![[r#"
            日期 16 → 23
            ！数字 第5行：“两周”，前后的日子现在算出来是 21 天
        "#]],
        );
        let text = "项目原计划2025年12月底完工。\n2025年9月底，项目全部完工，比计划提前3个月。\n";
        check(
            text,
            &text.replace("9月", "10月"),
            expect![[r#"
            日期 9 → 10
            ！数字 第4行：“3个月”，前后的日子现在算出来是 2
        "#]],
        );
    }
}
