//! 年份不符: the title says 2025年, the date below it 2026年; 今年是“十四五”收官之年 in a draft of 2026.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::dates::{Month, date_line, year_before};
use super::{Check, Example, FindingContext, Findings, Hits, Message, Observations, Rule, Severity};
use crate::analysis::{Detail, RelatedTo};
use crate::lexicon::{
    CONGRESS, EVENT, FIVE_YEAR_PLAN, IS_THE_YEAR, LOOKS_AHEAD, LOOKS_BACK, MEETING_HELD, NEAR_YEAR, NO_OCCASION_AFTER,
    OF_THE_PLAN, OF_THE_TURN, OTHER_YEAR, THAT_IS, YEAR_OF_PLAN,
};
use crate::numeral::{is_chinese, read_chinese};
use crate::paragraph::{Hit, Packed, Paragraph};
use crate::text::chars::{after, before, is_han};
use crate::text::{Edit, Range, Span};

pub static RULE: Rule = Rule {
    code: "year-mismatch",
    name: "年份不符",
    severity: Some(Severity::Warning),
    summary: "标题里的年份、题下的日期、落款的日期和文中的“今年”说的不是同一年。",
    why: "套用去年的稿子，改了一处年份、漏了另一处，最容易露馅。“今年”从“今年是2025年”“去年，也就是2024年”、规划的开局和收官之年、某事多少周年推算。总结、表彰、述职说的本是上一年，规划、筹备说的本是以后，都不算；年初的会、隔得不远的日期拿不准，只作信息或者不报。哪一处对，由作者定。",
    source: "实务：没有标准条文。规划期：“十三五”2016—2020年，“十四五”2021—2025年，“十五五”2026—2030年。",
    examples: &[
        Example {
            bad: "在全县2025年工作会议上的讲话\n（2026年5月8日）\n同志们：\n今天开会。",
            good: "在全县2026年工作会议上的讲话\n（2026年5月8日）\n同志们：\n今天开会。",
        },
        Example {
            bad: "在全县2025年经济工作会议上的讲话\n（2026年1月12日）\n同志们：\n今天，我们召开全县2026年经济工作会议。",
            good: "在全县2026年经济工作会议上的讲话\n（2026年1月12日）\n同志们：\n今天，我们召开全县2026年经济工作会议。",
        },
        Example {
            bad: "在全县工作会议上的讲话\n（2026年1月8日）\n同志们：\n今年是“十四五”规划的收官之年。",
            good: "在全县工作会议上的讲话\n（2026年1月8日）\n同志们：\n今年是“十五五”规划的开局之年。",
        },
        Example {
            bad: "在全县工作会议上的讲话\n（2026年7月1日）\n同志们：\n今年是中国共产党成立104周年。",
            good: "在全县2025年度总结表彰大会上的讲话\n（2026年2月1日）\n同志们：\n今年是中国共产党成立105周年，去年是“十四五”规划收官之年。",
        },
    ],
    tags: &[],
    check: Check::Together { see, judge },
    message,
};

/// What a observation is; with it go the month and the year.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Date,
    Year,
    Now,
    /// Of the meeting that is held today.
    Held,
}

impl Packed for (Kind, Month) {
    fn pack(self) -> u32 {
        let (kind, date) = self;
        (kind as u32) << 20 | date.month << 16 | date.year
    }

    fn unpack(bits: u32) -> Self {
        let kind = [Kind::Date, Kind::Year, Kind::Now, Kind::Held][(bits >> 20).min(3) as usize];
        (kind, Month { month: bits >> 16 & 0xF, year: bits & 0xFFFF })
    }
}

/// A longer line is no title.
const TITLE: u8 = 50;

static YEAR_WORD: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("年"));

fn see(line: &str, paragraph: &Paragraph, hits: &mut Hits) {
    if paragraph.structural.length <= TITLE && paragraph.head().is_none() && line.contains('年') {
        let date = date_line(line);
        for year in title_years(line).filter(|(_, range)| date.is_none_or(|(_, date)| date.start != range.start)) {
            hits.push(year.1, (Kind::Year, Month { year: year.0, month: 0 }));
        }
        if let Some((date, range)) = date {
            hits.push(range, (Kind::Date, date));
        }
    }
    if let Some((year, range)) = held_in(line) {
        hits.push(range, (Kind::Held, Month { year, month: 0 }));
    }
    for (year, range) in own_years(line) {
        hits.push(range, (Kind::Now, Month { year, month: 0 }));
    }
}

/// The years in a title that can be the year of the occasion.
fn title_years(line: &str) -> impl Iterator<Item = (u32, Range)> + '_ {
    line.match_indices('年').filter_map(|(at, _)| {
        let end = at + '年'.len_utf8();
        let (year, start) = year_before(line, end)?;
        let joined = |c: Option<char>| c.is_some_and(|c| matches!(c, '—' | '-' | '–' | '～' | '~' | '、'));
        let until = NO_OCCASION_AFTER.ends_at(line, start) || NO_OCCASION_AFTER.stands_at(line, end);
        (!joined(before(line, start)) && !joined(after(line, end)) && !until).then(|| (year, Range::new(start, end)))
    })
}

static CALLED: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("召开"));

/// The year in the name of the meeting that is held today: 今天，我们召开全县2026年经济工作会议.
fn held_in(line: &str) -> Option<(u32, Range)> {
    CALLED.find(line.as_bytes())?;
    let (word, _) = MEETING_HELD.find(line)?;
    let from = word.end as usize;
    let end = from + line[from..].find('年')? + '年'.len_utf8();
    let (year, start) = year_before(line, end)?;
    line[from..start].chars().all(is_han).then(|| (year, Range::new(start, end)))
}

/// The years that the draft's own must be, by what is said of 今年, 去年 … up to the next of them, and where.
fn own_years(line: &str) -> impl Iterator<Item = (u32, Range)> + '_ {
    let places = YEAR_WORD.find_iter(line.as_bytes()).filter_map(|at| {
        let end = at + '年'.len_utf8();
        let (word, row) = NEAR_YEAR.ending(line, end)?;
        Some((word, row.value.parse::<i32>().ok()?))
    });
    let mut places = places.peekable();
    let (mut from, mut quoted) = (0, false);
    std::iter::from_fn(move || {
        loop {
            let (word, apart) = places.next()?;
            let at = word.start as usize;
            let mark = line[from..at].chars().rev().find(|c| matches!(c, '“' | '「' | '”' | '」'));
            quoted = mark.map_or(quoted, |mark| matches!(mark, '“' | '「'));
            from = at;
            // What somebody else said is no matter.
            if quoted {
                continue;
            }
            let until = places.peek().map_or(line.len(), |(next, _)| next.start as usize);
            let said = &line[..until];
            let own = that_is(said, word).or_else(|| if apart == 0 { this_year(said, word) } else { None });
            if let Some((year, range)) = own {
                return Some((year.saturating_add_signed(-apart), range));
            }
        }
    })
}

/// The year that 今年 at `word` must be.
fn this_year(line: &str, word: Range) -> Option<(u32, Range)> {
    // 与今年, 比今年
    if before(line, word.start as usize).is_some_and(is_han) {
        return None;
    }
    let base = IS_THE_YEAR.at(line, word.end as usize)?.0.end as usize;
    let said = &line[base..];
    let said = said.split(['。', '；', '！', '？']).next()?;
    // 今年是……，明年是“十五五”开局之年
    let said = OTHER_YEAR.find(said).map_or(said, |(other, _)| &said[..other.start as usize]);
    let (year, len) =
        named(said).or_else(|| of_plan(said)).or_else(|| of_congress(said)).or_else(|| anniversary(said))?;
    Some((year, Range::new(word.start as usize, base + len)))
}

/// 去年（2025年）, 去年，也就是2025年: the year that stands for the one at `word`.
fn that_is(line: &str, word: Range) -> Option<(u32, Range)> {
    let (at, end) = (word.start as usize, word.end as usize);
    let rest = &line[end..];
    let joint = rest.len() - rest.trim_start_matches(['，', ',', '（', '(']).len();
    let said = THAT_IS.at(line, end + joint).map_or(0, |(word, _)| word.len());
    let bracketed = rest.starts_with(['（', '(']);
    if !bracketed && said == 0 {
        return None;
    }
    let base = end + joint + said;
    let (year, len) = named(&line[base..])?;
    let closed = !bracketed || line[base + len..].starts_with(['）', ')']);
    (closed && !before(line, at).is_some_and(|c| "比较同与".contains(c))).then(|| (year, Range::new(at, base + len)))
}

/// 今年是2025年， but not 今年是2020年以来
fn named(said: &str) -> Option<(u32, usize)> {
    let end = said.find('年')? + '年'.len_utf8();
    let (year, start) = year_before(said, end)?;
    let alone = !after(said, end).is_some_and(|c| is_han(c) || matches!(c, '—' | '-' | '～'));
    (start == 0 && alone).then_some((year, end))
}

/// “十四五”规划（的）收官之年
fn of_plan(said: &str) -> Option<(u32, usize)> {
    said.char_indices().find_map(|(at, _)| {
        let (plan, row) = FIVE_YEAR_PLAN.at(said, at)?;
        // “十三五”以来, “十四五”和……: what stands between the plan and its year is part of the plan's name.
        let mut end = plan.end as usize;
        loop {
            end = match (OF_THE_PLAN.at(said, end), after(said, end)) {
                (Some((word, _)), _) => word.end as usize,
                (_, Some('”' | '」')) => end + '”'.len_utf8(),
                _ => break,
            };
        }
        let (word, nth) = YEAR_OF_PLAN.at(said, end)?;
        Some((row.value.parse::<u32>().ok()? + nth.value.parse::<u32>().ok()?, word.end as usize))
    })
}

/// 党的二十大召开之年
fn of_congress(said: &str) -> Option<(u32, usize)> {
    let (name, row) = CONGRESS.find(said)?;
    Some((row.value.parse().ok()?, name.end as usize + "召开之年".len()))
}

/// 中国共产党成立104周年
fn anniversary(said: &str) -> Option<(u32, usize)> {
    let unit = said.find("周年")?;
    let head = said[..unit].trim_end();
    let (count, start) = count_before(head)?;
    let event = head[..start].trim_end();
    let (_, row) = EVENT.ending(event, event.len())?;
    Some((row.value.parse::<u32>().ok()? + count, unit + "周年".len()))
}

/// 104, 九十五, 一百, 一百零四
fn count_before(head: &str) -> Option<(u32, usize)> {
    let digits = head.bytes().rev().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&digits) {
        let start = head.len() - digits;
        return Some((head[start..].parse().ok()?, start));
    }
    let numerals = head.chars().rev().take_while(|c| is_chinese(*c) || *c == '百').count();
    let start = head.len() - numerals * 3;
    let text = &head[start..];
    let value = match text.split_once('百') {
        Some((hundreds, rest)) => {
            let rest = rest.trim_start_matches(['零', '〇']);
            let below = if rest.is_empty() { 0 } else { read_chinese(rest)?.0 };
            read_chinese(hundreds)?.0 * 100 + below
        }
        None => read_chinese(text)?.0,
    };
    Some((value, start))
}

/// The date below the title stands in one of the first lines, that of a signature in one of the last.
const FIRST: usize = 4;
const LAST: usize = 5;
/// A date that a speech was given on and one that it was sent out on may lie so many months apart.
const NEAR: u32 = 2;

fn judge(observations: &Observations<'_>, findings: &mut Findings) {
    if observations.is_empty() {
        return;
    }
    let parts = &observations.speech.outline.parts;
    let of = |kind: Kind| {
        observations.list.iter().filter_map(move |(line, hit)| {
            let (own, date) = hit.evidence();
            (own == kind).then_some(Observed { line: *line, date, hit })
        })
    };
    let lines = &observations.speech.lines;
    let mut read = (0..lines.len() as u32).filter(|n| lines[*n as usize].is_read());
    let first: Vec<u32> = read.by_ref().take(FIRST).collect();
    let last: Vec<u32> = read.rev().take(LAST).collect();
    let below_title =
        |line: u32| parts.title.contains(&line) || parts.subtitle.contains(&line) || first.contains(&line);
    let head = of(Kind::Date).find(|s| below_title(s.line));
    let signed = of(Kind::Date).rfind(|s| !below_title(s.line) && last.contains(&s.line));
    if let (Some(head), Some(signed)) = (head, signed)
        && head.date.year != signed.date.year
    {
        // Which of the two is right decides about the rest.
        if head.date.apart(signed.date) > NEAR {
            findings.push(signed.span(), signed.against(head, Place::Signed));
        }
        return;
    }
    let meeting = of(Kind::Held).next().filter(|held| held.line < OPENING);
    let reference = head.or(signed).or(of(Kind::Now).next());
    for line in parts.title.iter().chain(&parts.subtitle) {
        let years: Vec<_> = of(Kind::Year).filter(|s| s.line == *line).collect();
        // The same meeting under another year.
        if let (Some(meeting), [only]) = (meeting, &years[..])
            && only.date.year != meeting.date.year
            && is_same_meeting(observations, *only, meeting)
        {
            findings.push(only.span(), only.against(meeting, Place::Title));
        } else if let Some(reference) = reference {
            title(observations, years, reference, findings);
        }
    }
    let Some(reference) = reference else { return };
    for said in of(Kind::Now).filter(|s| s.date.year != reference.date.year) {
        let (date, year) = (reference.date, said.date.year);
        let turn = year + 1 == date.year && date.month <= 2 || date.year + 1 == year && date.month == 12;
        // Sent out in January what was said in December.
        let sure = head.is_some() || signed.is_none() || !turn;
        let severity = if sure { findings.severity() } else { Severity::Information.max(findings.severity()) };
        findings.push_as(severity, said.span(), said.against(reference, Place::Now));
    }
}

/// Lines in which a speech says what it is given at.
const OPENING: u32 = 12;

/// Whether the names of two meetings go on alike behind their years.
fn is_same_meeting(observations: &Observations<'_>, title: Observed<'_>, held: Observed<'_>) -> bool {
    let texts = [observations.text(title.line), observations.text(held.line)];
    let [own, said] = [&texts[0][title.hit.range.end as usize..], &texts[1][held.hit.range.end as usize..]];
    own.split_once('会').is_some_and(|(name, _)| name.chars().count() > 2 && said.starts_with(name))
}

#[derive(Clone, Copy)]
struct Observed<'a> {
    line: u32,
    date: Month,
    hit: &'a Hit,
}

struct Mismatch {
    place: Place,
    found: String,
    expected: String,
}

/// Where the year stands that does not fit.
#[derive(Clone, Copy)]
enum Place {
    Signed,
    Title,
    Now,
}

impl Observed<'_> {
    fn span(&self) -> Span {
        Span::in_line(self.line, self.hit.range)
    }

    fn against(&self, other: Self, place: Place) -> Detail {
        Detail {
            related: vec![(other.span(), RelatedTo::Occurrence)],
            ..Detail::of(Mismatch { place, found: self.date.to_string(), expected: other.date.to_string() })
        }
    }
}

/// Titles of other years are history, or plans.
const FAR: u32 = 5;

fn title(observations: &Observations<'_>, years: Vec<Observed<'_>>, reference: Observed<'_>, findings: &mut Findings) {
    let [only] = years[..] else { return };
    let (year, date) = (only.date.year, reference.date);
    if year == date.year || year.abs_diff(date.year) > FAR {
        return;
    }
    let line = observations.text(only.line);
    let early = (1..=3).contains(&date.month);
    let severity = if year > date.year {
        // In autumn they speak of the year to come.
        if LOOKS_AHEAD.find(&line).is_some() || year == date.year + 1 && !early {
            return;
        }
        findings.severity()
    } else {
        if LOOKS_BACK.find(&line).is_some() || early && OF_THE_TURN.find(&line).is_some() {
            return;
        }
        let doubtful = year + 1 == date.year && (early || date.month == 0);
        if doubtful { Severity::Information.max(findings.severity()) } else { findings.severity() }
    };
    let mut detail = only.against(reference, Place::Title);
    let digits = only.hit.range.of(&line).trim_end_matches('年');
    if digits.bytes().all(|b| b.is_ascii_digit()) {
        let span =
            Span::in_line(only.line, Range { end: only.hit.range.end - '年'.len_utf8() as u32, ..only.hit.range });
        detail.edits.push(Edit::new(span, date.year.to_string()));
    }
    findings.push_as(severity, only.span(), detail);
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(Mismatch { place, found, expected }) = context.evidence() else { return Message::default() };
    let text = match place {
        Place::Signed => context.say(
            format!("年份不符：落款是{found}，题下的日期是{expected}"),
            format!("年份不符：落款是{found}，題下的日期是{expected}"),
            format!("signed in {found}, dated {expected} below the title"),
        ),
        Place::Title => context.say(
            format!("年份不符：标题写“{found}”，另一处的日期是{expected}"),
            format!("年份不符：標題寫“{found}”，另一處的日期是{expected}"),
            format!("the title says {found}, the date elsewhere is {expected}"),
        ),
        Place::Now => context.say(
            format!("年份不符：照这里说，“今年”是{found}，另一处是{expected}"),
            format!("年份不符：照這裡說，“今年”是{found}，另一處是{expected}"),
            format!("by this it is {found}; elsewhere it is {expected}"),
        ),
    };
    let fix = context.edits().first().and_then(|edit| context.fix(context.change_to(&edit.text)));
    Message { text, fix }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, year: Option<(u32, &str)>) {
        let found = own_years(text).next().map(|(year, range)| (year, range.of(text)));
        assert_eq!(found, year, "{text}");
    }

    #[test]
    fn what_is_said_of_this_year() {
        check("今年是2025年。", Some((2025, "今年是2025年")));
        check("今年（2025年），我们", Some((2025, "今年（2025年")));
        check("今年，也就是2025年，", Some((2025, "今年，也就是2025年")));
        check(
            "同志们，今年是“十四五”规划的收官之年、“十五五”规划的谋划之年。",
            Some((2025, "今年是“十四五”规划的收官之年")),
        );
        check("今年是“十五五”开局之年", Some((2026, "今年是“十五五”开局之年")));
        check(
            "今年是全面推进乡村振兴的关键之年，是“十四五”规划实施的第二年。",
            Some((2022, "今年是全面推进乡村振兴的关键之年，是“十四五”规划实施的第二年")),
        );
        check("今年，是党的二十大召开之年", Some((2022, "今年，是党的二十大召开之年")));
        check("今年是中国共产党成立一百周年。", Some((2021, "今年是中国共产党成立一百周年")));
        check("今年正值红军长征胜利90周年", Some((2026, "今年正值红军长征胜利90周年")));
        check("今年是新中国成立一百零五周年", Some((2054, "今年是新中国成立一百零五周年")));
    }

    #[test]
    fn another_year_that_is_named() {
        let said = |text: &str| {
            let at = text.find('年').unwrap() + '年'.len_utf8();
            that_is(text, Range::new(at - "去年".len(), at)).map(|(year, _)| year)
        };
        assert_eq!(said("去年，也就是2023年，"), Some(2023));
        assert_eq!(said("去年（2023年）"), Some(2023));
        assert_eq!(said("明年即2027年，"), Some(2027));
        for text in ["去年，2023年立项的项目", "去年（2023年以来）", "去年是2020年以来最好的", "去年，我们"]
        {
            assert_eq!(said(text), None, "{text}");
        }
    }

    #[test]
    fn what_says_nothing_of_the_year() {
        for text in [
            "今年是2020年以来任务最重的一年。",
            "今年以来，成效明显。",
            "今年是我镇建镇70周年。",
            "今年是我村建党80周年。",
            "今年是“十四五”规划的关键一年。",
            "他在去年说：“今年是“十四五”收官之年”。",
            "“今年是2025年”，他说。",
            "与今年是2025年不同",
            "今年是我县撤县设区三周年。",
            "今年是学校改革开放式办学10周年。",
            "今年正在实施“十五五”规划",
        ] {
            check(text, None);
        }
    }
}
