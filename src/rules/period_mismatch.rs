//! 时期不符: “十四五”规划（2021—2026年）; 2024年、2025年连续三年; 成立于1996年，2026年是成立35周年.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::dates::{DAYS, Month, date_line, number_after, number_before, weekday, weekday_after, year_before};
use super::{Check, Example, FindingContext, Findings, Hits, Message, Observations, Rule, Severity};
use crate::analysis::Detail;
use crate::lexicon::{
    EVENT, FIVE_YEAR_PLAN, FOUNDED, IS_THE_YEAR, OF_ANOTHER, OF_THE_PLAN, PLAN_END, RUN_OF_YEARS, UNTIL, YEAR_OF_PLAN,
};
use crate::numeral::{chinese, read_count};
use crate::paragraph::{Packed, Paragraph};
use crate::text::chars::{after, before, is_han};
use crate::text::{Range, Span};

pub static RULE: Rule = Rule {
    code: "period-mismatch",
    name: "时期不符",
    severity: Some(Severity::Warning),
    summary: "规划的起止年份不对（“十四五”规划（2021—2026年）），“连续三年”只数得出两年，周年数、起止日期、星期与写明的年份对不上。",
    why: "时间的账算得出来：规划期、周年、连续几年、从哪天到哪天。星期按题下的日期推算年份，拿不准是哪一年的不报。",
    source: "历次五年规划的期间：“十三五”2016—2020年，“十四五”2021—2025年，“十五五”2026—2030年；公历历法。",
    examples: &[
        Example {
            bad: "“十四五”规划（2021—2026年）实施以来，变化很大。",
            good: "“十四五”规划（2021—2025年）实施以来，变化很大。",
        },
        Example {
            bad: "2024年、2025年连续三年获评全省先进。", good: "2024年、2025年连续两年获评全省先进。"
        },
        Example {
            bad: "公司成立于1996年，2026年是成立35周年。", good: "公司成立于1996年，2026年是成立30周年。"
        },
        Example { bad: "2026年是新中国成立76周年。", good: "2026年是新中国成立77周年。" },
        Example {
            bad: "活动时间为2026年5月20日至2026年5月10日。", good: "活动时间为2026年5月20日至2026年5月30日。"
        },
        Example {
            bad: "在全县工作会议上的讲话\n（2026年3月3日）\n同志们：\n培训班3月6日（星期六）开班。",
            good: "在全县工作会议上的讲话\n（2026年3月3日）\n同志们：\n培训班3月6日（星期五）开班。",
        },
    ],
    tags: &[],
    check: Check::Together { see, judge },
    message,
};

/// What is seen in a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    /// The date of the speech: its year, its month.
    Date(Month),
    /// The years that belong there, first and last; the same where it is one.
    Plan(u32, u32),
    /// So many years are named.
    Run(u32),
    /// So many years have gone by.
    Founded(u32),
    /// Founded in this year; how many years ago this year is depends on the date of the speech.
    FoundedIn(u32),
    /// The end lies before the beginning.
    Order,
    /// Month, day, and the day of the week that is named.
    Weekday(u32, u32, u32),
}

impl Packed for Seen {
    fn pack(self) -> u32 {
        let of = |kind: u32, a: u32, b: u32| kind << 28 | (a & 0x3FFF) << 14 | b & 0x3FFF;
        match self {
            Self::Date(date) => of(0, date.year, date.month),
            Self::Plan(first, last) => of(1, first, last),
            Self::Run(count) => of(2, count, 0),
            Self::Founded(count) => of(3, count, 0),
            Self::FoundedIn(year) => of(4, year, 0),
            Self::Order => of(5, 0, 0),
            Self::Weekday(month, day, named) => of(6, month, day << 4 | named),
        }
    }

    fn unpack(bits: u32) -> Self {
        let (a, b) = (bits >> 14 & 0x3FFF, bits & 0x3FFF);
        match bits >> 28 {
            0 => Self::Date(Month { year: a, month: b }),
            1 => Self::Plan(a, b),
            2 => Self::Run(a),
            3 => Self::Founded(a),
            4 => Self::FoundedIn(a),
            6 => Self::Weekday(a, b >> 4, b & 15),
            _ => Self::Order,
        }
    }
}

static YEAR: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("年"));
static MONTH: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("月"));
static PLAN: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("五"));

/// What names a year that is counted: 30周年.
const ANNIVERSARY: &str = "周年";

fn see(line: &str, _: &Paragraph, hits: &mut Hits) {
    let bytes = line.as_bytes();
    if YEAR.find(bytes).is_some() {
        if let Some((date, range)) = date_line(line) {
            hits.push(range, Seen::Date(date));
        }
        // 十四五, 十五五: each ends with it.
        for at in PLAN.find_iter(bytes) {
            if let Some((range, expected)) = plan(line, at + "五".len()) {
                hits.push(range, expected);
            }
        }
        for at in YEAR.find_iter(bytes) {
            if let Some((range, seen)) = run(line, at).or_else(|| founded(line, at)).or_else(|| commemorated(line, at))
            {
                hits.push(range, seen);
            }
        }
    }
    for at in MONTH.find_iter(bytes) {
        if let Some((range, seen)) = order(line, at).or_else(|| day(line, at)) {
            hits.push(range, seen);
        }
    }
}

/// Years that stand for a plan whose name ends at byte `end` and are not its own.
fn plan(line: &str, end: usize) -> Option<(Range, Seen)> {
    let (name, row) = FIVE_YEAR_PLAN.ending(line, end)?;
    let eve: u32 = row.value.parse().ok()?;
    let mut at = end;
    loop {
        at = match (OF_THE_PLAN.at(line, at), after(line, at)) {
            (Some((word, _)), _) => word.end as usize,
            (_, Some(c @ ('”' | '」'))) => at + c.len_utf8(),
            _ => break,
        };
    }
    let (first, last, range) = if let Some((nth, row)) = YEAR_OF_PLAN.at(line, at) {
        let year = eve + row.value.parse::<u32>().ok()?;
        // 2020年是“十四五”的开局之年; “十四五”收官之年的2026年
        let head = line[..name.start as usize].trim_end_matches(['“', '「']);
        let head = head.strip_suffix('是').or_else(|| head.strip_suffix("作为"));
        let stated = head
            .and_then(|head| Some((head.len(), year_before(head, head.len())?)))
            .map(|(end, (own, start))| (own, start, end))
            .or_else(|| named_year(line, nth.end as usize));
        let (own, start, end) = stated?;
        (own != year).then(|| (year, year, Range::new(start, end)))?
    } else if let Some((word, _)) = PLAN_END.at(line, at) {
        let (own, start, end) = named_year(line, word.end as usize)?;
        (own != eve + 5).then(|| (eve + 5, eve + 5, Range::new(start, end)))?
    } else {
        let (first, last, range) = span_of_years(line, at)?;
        ((first, last) != (eve + 1, eve + 5)).then_some((eve + 1, eve + 5, range))?
    };
    Some((range, Seen::Plan(first, last)))
}

/// The year that stands in brackets, or behind 的, at byte `at`.
fn named_year(line: &str, at: usize) -> Option<(u32, usize, usize)> {
    let start = at + after(line, at).filter(|c| matches!(c, '（' | '(' | '的'))?.len_utf8();
    let end = start + line[start..].find('年')? + '年'.len_utf8();
    let (year, from) = year_before(line, end)?;
    let stop = after(line, end).is_none_or(|c| !matches!(c, '—' | '-' | '至' | '到' | '以' | '前' | '后'));
    (from == start && stop).then_some((year, start, end))
}

/// （2021—2025年）, （2021年至2025年） at byte `at`.
fn span_of_years(line: &str, at: usize) -> Option<(u32, u32, Range)> {
    let start = at + after(line, at).filter(|c| matches!(c, '（' | '('))?.len_utf8();
    let close = start + line[start..].find(['）', ')'])?;
    let inside = &line[start..close];
    let digits = |text: &str| text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    let joined = inside.strip_suffix('年').unwrap_or(inside);
    let (first, rest) = joined.split_at_checked(4)?;
    let last = joined.get(joined.len().checked_sub(4)?..)?;
    let between = rest.strip_suffix(last)?.trim_start_matches('年');
    let between = !between.is_empty() && between.chars().all(|c| "—-–－～~至到".contains(c));
    let span = (digits(first) && digits(last) && between).then(|| Range::new(start, close))?;
    Some((first.parse().ok()?, last.parse().ok()?, span))
}

/// 2024年、2025年连续三年, where the year at byte `at` is the last one named.
fn run(line: &str, at: usize) -> Option<(Range, Seen)> {
    let end = at + '年'.len_utf8();
    let (last, mut start) = year_before(line, end)?;
    let clause: usize = line[end..].chars().take_while(|c| is_han(*c) || *c == '，').take(12).map(char::len_utf8).sum();
    let (word, _) = RUN_OF_YEARS.find(&line[end..end + clause])?;
    let from = end + word.end as usize;
    let (said, len) = read_count(line.get(from..)?)?;
    let behind = line[from + len..].strip_prefix(['个']).unwrap_or(&line[from + len..]);
    if !behind.starts_with('年') || line[end..from].contains("等") || line[end..from].contains('年') {
        return None;
    }
    let mut count = 1;
    loop {
        let head = &line[..start];
        if let Some((year, from)) =
            head.strip_suffix('、').or_else(|| head.strip_suffix('和')).and_then(|head| year_before(head, head.len()))
            && year + count == last
        {
            (start, count) = (from, count + 1);
            continue;
        }
        let until = UNTIL.ending(head, head.len()).map(|(word, _)| &head[..word.start as usize]);
        if count == 1
            && let Some(head) = until
            && let Some((year, from)) = year_before(head, head.len()).filter(|(year, _)| *year < last)
        {
            (start, count) = (from, last - year + 1);
        }
        break;
    }
    let end = from + len + '年'.len_utf8();
    (count > 1 && said != count && said < 100).then(|| (Range::new(start, end), Seen::Run(count)))
}

/// 成立于1996年，2026年是成立35周年: the year at byte `at` is the one of the beginning.
fn founded(line: &str, at: usize) -> Option<(Range, Seen)> {
    let end = at + '年'.len_utf8();
    let (year, start) = year_before(line, end)?;
    FOUNDED.ends_at(line, start).then_some(())?;
    let sentence = &line[end..];
    let sentence = &sentence[..sentence.find(['。', '！', '？', '；']).unwrap_or(sentence.len())];
    let unit = sentence.find(ANNIVERSARY)?;
    let (said, from) = count_before(sentence, unit)?;
    // 今年, or a year; of two none is certain.
    let between = &sentence[..from];
    let mut years = YEAR.find_iter(between.as_bytes()).filter_map(|at| {
        let end = at + '年'.len_utf8();
        year_before(between, end).map(|(year, _)| year).or_else(|| between[..end].ends_with("今年").then_some(0))
    });
    let (now, None) = (years.next()?, years.next()) else { return None };
    let range = Range::new(end + from, end + unit + ANNIVERSARY.len());
    // 成立于1996年，今年是某某成立30周年: of something else.
    let mark = between.rfind('，').unwrap_or(0);
    if OF_ANOTHER.find(&between[mark..]).is_some() {
        return None;
    }
    match now {
        0 => Some((range, Seen::FoundedIn(year))),
        now => (now > year && said != now - year).then_some((range, Seen::Founded(now - year))),
    }
}

/// 2026年是新中国成立76周年, where the year is the one at byte `at`.
fn commemorated(line: &str, at: usize) -> Option<(Range, Seen)> {
    let end = at + '年'.len_utf8();
    let (year, _) = year_before(line, end)?;
    let from = IS_THE_YEAR.at(line, end)?.0.end as usize;
    let clause = &line[from..];
    let clause = &clause[..clause.find(['，', '。', '；', '！', '、']).unwrap_or(clause.len())];
    let unit = clause.find(ANNIVERSARY)?;
    let (said, start) = count_before(clause, unit)?;
    let (event, row) = EVENT.ending(clause, start)?;
    let first: u32 = row.value.parse().ok()?;
    let whole = event.start == 0 && year > first && said != year - first;
    whole.then(|| (Range::new(from + start, from + unit + ANNIVERSARY.len()), Seen::Founded(year - first)))
}

/// The number that ends at byte `at`: 30, 三十.
fn count_before(text: &str, at: usize) -> Option<(u32, usize)> {
    let digits = text[..at].bytes().rev().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return Some((text[at - digits..at].parse().ok()?, at - digits));
    }
    number_before(text, at, 3)
}

/// 5月20日至5月10日: an end before the beginning, both with their year or in one month.
fn order(line: &str, at: usize) -> Option<(Range, Seen)> {
    let (month, start) = number_before(line, at, 2)?;
    let (day, end) = number_after(line, at + '月'.len_utf8())?;
    let end = end + line[end..].starts_with('日').then_some('日'.len_utf8())?;
    let year = year_before(line, start);
    let from = UNTIL.at(line, end)?.0.end as usize;
    let until = from + line[from..].find('日')? + '日'.len_utf8();
    let text = &line[from..until];
    let (own, rest) = match text.find('年') {
        Some(at) => {
            (Some(year_before(text, at + '年'.len_utf8()).filter(|(_, start)| *start == 0)?.0), at + '年'.len_utf8())
        }
        None => (None, 0),
    };
    let (their_month, rest) = match text[rest..].find('月') {
        Some(at) => {
            let (month, end) = number_after(text, rest)?;
            (end == rest + at).then_some((month, end + '月'.len_utf8()))?
        }
        None => (month, rest),
    };
    let (their_day, rest) = number_after(text, rest)?;
    if rest + '日'.len_utf8() != text.len() {
        return None;
    }
    let dated = match (year, own) {
        (Some((year, _)), Some(own)) => Some((year, own)),
        (_, None) if month == their_month => Some((0, 0)),
        _ => None,
    };
    let (first, last) = dated?;
    let range = Range::new(year.map_or(start, |(_, from)| from), until);
    ((last, their_month, their_day) < (first, month, day)).then_some((range, Seen::Order))
}

/// 3月6日（星期五）, without its year.
fn day(line: &str, at: usize) -> Option<(Range, Seen)> {
    let (month, start) = number_before(line, at, 2)?;
    let (day, end) = number_after(line, at + '月'.len_utf8())?;
    let mark = after(line, end).filter(|c| matches!(c, '日' | '号'))?;
    let (named, range) = weekday_after(line, end + mark.len_utf8())?;
    let possible = (1..=12).contains(&month) && (1..=31).contains(&day);
    // 每年3月6日, 去年3月6日
    let free = before(line, start) != Some('年');
    (possible && free).then_some((range, Seen::Weekday(month, day, named)))
}

/// Months between the speech and a day that has no year.
const NEAR: u32 = 5;

fn judge(observations: &Observations<'_>, findings: &mut Findings) {
    let dates = || {
        observations.list.iter().filter_map(|(_, hit)| match hit.evidence() {
            Seen::Date(date) => Some(date),
            _ => None,
        })
    };
    let date = dates().next().filter(|date| dates().all(|other| other.year == date.year));
    for (line, hit) in &observations.list {
        let expected = match (hit.evidence(), date) {
            (Seen::Date(_), _) => continue,
            (Seen::FoundedIn(year), Some(date)) if date.year > year => {
                let text = observations.text(*line);
                let found = hit.range.of(&text);
                let said = count_before(found, found.len() - ANNIVERSARY.len());
                if said.is_none_or(|(said, _)| said == date.year - year) {
                    continue;
                }
                Seen::Founded(date.year - year)
            }
            (Seen::Weekday(month, day, named), Some(date)) if date.month > 0 => {
                // The day may be of the next year, or of the last.
                let of = |year: u32| Month { year, month };
                let near =
                    [date.year - 1, date.year, date.year + 1].into_iter().find(|year| of(*year).apart(date) <= NEAR);
                let Some(year) = near.filter(|year| weekday(*year, month, day) != named) else { continue };
                Seen::Weekday(year, 0, weekday(year, month, day))
            }
            (Seen::FoundedIn(_) | Seen::Weekday(..), _) => continue,
            (seen, _) => seen,
        };
        findings.push(
            Span::in_line(*line, hit.range),
            Detail::of((expected.pack(), hit.range.of(&observations.raw(*line)).to_owned())),
        );
    }
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some((seen, found)) = context.evidence::<(u32, String)>() else { return Message::default() };
    let (hans, hant, english) = match Seen::unpack(*seen) {
        Seen::Plan(first, last) if first == last => {
            (format!("应为{first}年"), format!("應為{first}年"), format!("it is {first}"))
        }
        Seen::Plan(first, last) => {
            (format!("应为{first}—{last}年"), format!("應為{first}—{last}年"), format!("it is {first}–{last}"))
        }
        Seen::Run(count) => {
            let count = chinese(count);
            (format!("写明的是{count}年"), format!("寫明的是{count}年"), format!("{count} years are named"))
        }
        Seen::Founded(count) => {
            (format!("算来是{count}周年"), format!("算來是{count}週年"), format!("it is {count} years"))
        }
        Seen::Weekday(year, _, day) => {
            let day: String = DAYS.chars().nth(day as usize).into_iter().collect();
            (
                format!("{year}年的这一天是星期{day}"),
                format!("{year}年的這一天是星期{day}"),
                format!("in {year} that day is 星期{day}"),
            )
        }
        _ => ("止期早于起期".to_owned(), "止期早於起期".to_owned(), "the end lies before the beginning".to_owned()),
    };
    let text = context.say(
        format!("时期不符：“{found}”，{hans}"),
        format!("時期不符：“{found}”，{hant}"),
        format!("‘{found}’: {english}"),
    );
    Message { text, fix: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found at the places of `mark`.
    fn all(text: &str, mark: &str, find: fn(&str, usize) -> Option<(Range, Seen)>) -> Vec<String> {
        let places = text.match_indices(mark);
        places.filter_map(|(at, _)| Some(find(text, at)?.0.of(text).to_owned())).collect()
    }

    #[test]
    fn years_of_plans() {
        let found = |text: &str| all(text, "五", |text, at| plan(text, at + 3));
        assert_eq!(found("“十四五”规划（2021—2026年）实施以来"), ["2021—2026年"]);
        assert_eq!(found("“十五五”时期（2025年至2030年）"), ["2025年至2030年"]);
        assert_eq!(found("2020年是“十四五”的开局之年"), ["2020年"]);
        assert_eq!(found("“十四五”收官之年的2026年，"), ["2026年"]);
        assert_eq!(found("到“十五五”末（2035年），"), ["2035年"]);
        for right in [
            "“十四五”规划（2021—2025年）",
            "2021年是“十四五”开局之年",
            "到“十五五”末（2030年），",
            "“十四五”规划（2021年印发）",
            "“十四五”规划和2035年远景目标",
            "“十四五”规划（2021—2025）",
        ] {
            assert_eq!(found(right), [""; 0], "{right}");
        }
    }

    #[test]
    fn years_in_a_row() {
        let found = |text: &str| all(text, "年", run);
        assert_eq!(found("2024年、2025年连续三年获评先进"), ["2024年、2025年连续三年"]);
        assert_eq!(found("2023年至2025年，我们连续两年获评"), ["2023年至2025年，我们连续两年"]);
        for right in
            ["2024年、2025年连续两年", "2023年、2025年连续三年", "到2025年连续三年", "2023年、2024年和2025年连续3年"]
        {
            assert_eq!(found(right), [""; 0], "{right}");
        }
    }

    #[test]
    fn years_since_the_beginning() {
        let found = |text: &str| all(text, "年", founded);
        assert_eq!(found("公司成立于1996年，2026年是成立35周年，"), ["35周年"]);
        assert_eq!(found("公司成立于1996年，2026年是成立三十周年，"), [""; 0]);
        assert_eq!(found("公司成立于1996年，2021年是建党100周年，"), [""; 0]);
        assert_eq!(found("始建于1996年，2020年扩建，2026年是建校20周年"), [""; 0]);
    }

    #[test]
    fn ends_and_beginnings() {
        let found = |text: &str| all(text, "月", order);
        assert_eq!(found("2026年5月20日至2026年5月10日，"), ["2026年5月20日至2026年5月10日"]);
        assert_eq!(found("5月20日至10日举行"), ["5月20日至10日"]);
        for right in ["2026年12月20日至2027年1月10日", "12月20日至1月10日", "5月10日至20日", "5月20日至6月10日"]
        {
            assert_eq!(found(right), [""; 0], "{right}");
        }
    }
}
