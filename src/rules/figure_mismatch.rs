//! 数据不一致: 地区生产总值120亿元 on one page, 地区生产总值125亿元 on another.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::dates::{date_line, year_before};
use super::figures::{Number, number};
use super::{Check, Example, FindingContext, Findings, Hits, Message, Observations, Rule, Severity};
use crate::analysis::{Detail, RelatedTo};
use crate::lexicon::{
    Class, FACTOR, GOAL_AFTER, INDICATOR, INDICATOR_HEAD, INDICATOR_VERB, NEAR_YEAR, OTHER_AFTER, OTHER_FIGURE,
    PLACE_OF_FIGURE, Row, TIME_OF_FIGURE, UNIT_JIN, UNIT_PEOPLE, UNIT_PERCENT, UNIT_YUAN,
};
use crate::numeral::is_chinese;
use crate::paragraph::Paragraph;
use crate::text::chars::{before, is_cjk_mark, is_han, is_space, is_stop, last_sentence, skip_spaces, tail};
use crate::text::{Range, Span};

pub static RULE: Rule = Rule {
    code: "figure-mismatch",
    name: "数据不一致",
    severity: Some(Severity::Warning),
    summary: "同一时期、同一范围的同一项指标，在文中两处数字不同：去年全县地区生产总值一处是120亿元，另一处是125亿元。",
    why: "几个部门供的数、几易其稿，同一个数前后就会对不上，听的人一记就记住了。只看常用的指标和“全县”后面写全了的项目，两处写明的时期、范围完全相同才比；目标、预计、约数、增速、位次，一处是另一处四舍五入的，都不算。",
    source: "实务：没有标准条文。",
    examples: &[
        Example {
            bad: "去年，全县地区生产总值完成120亿元，增长6%。\n要坚定信心。\n去年，全县地区生产总值达到125亿元，再上新台阶。",
            good: "去年，全县地区生产总值完成120.3亿元，增长6%。\n今年，全县地区生产总值达到125亿元；到2030年，力争达到200亿元。去年，全市地区生产总值完成900亿元。",
        },
        Example {
            bad: "2025年，全县粮食播种面积32.6万亩。\n2025年，全县粮食播种面积达到36.2万亩，增长2.1%。",
            good: "2025年，全县粮食播种面积32.6万亩。\n2024年，全县粮食播种面积31.9万亩；2025年，全县油料播种面积6.2万亩。",
        },
        Example {
            bad: "2024年，我县一般公共预算收入8.6亿元。2024年，我县完成一般公共预算收入86000万元。2024年，我县一般公共预算收入达到6.8亿元。",
            good: "2024年，我县一般公共预算收入8.6亿元。2024年，我县完成一般公共预算收入86000万元。2024年上半年，我县一般公共预算收入达到4.8亿元。",
        },
    ],
    tags: &[],
    check: Check::Together { see, judge },
    message,
};

/// Bytes before a figure in which its place and time are looked for.
const NEAR: usize = 600;

/// What a observation is: a figure, or the date of the speech; with a date goes its year.
const FIGURE: u32 = 0;

fn see(line: &str, paragraph: &Paragraph, hits: &mut Hits) {
    if paragraph.structural.length <= DATED
        && let Some((date, range)) = date_line(line)
    {
        hits.push(range, date.year);
        return;
    }
    let bytes = line.as_bytes();
    let mut at = 0;
    while let Some(start) = next_digit(bytes, at) {
        let len = bytes[start..].iter().take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')).count();
        at = start + len;
        if let Some(figure) = figure(line, start, at) {
            hits.push(figure.range, FIGURE);
        }
    }
}

/// The first ASCII digit at or after byte `at`, which begins a character.
fn next_digit(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match bytes.get(at)? {
            b'0'..=b'9' => return Some(at),
            0xE0..=0xEF => at += 3,
            _ => at += 1,
        }
    }
}

/// A figure of an indicator.
#[derive(Clone, Debug, PartialEq)]
struct Figure<'a> {
    /// Its name in messages, and with what is counted where it is none of the usual ones.
    indicator: Cow<'a, str>,
    /// The place and the times that stand with it.
    scope: String,
    value: f64,
    /// The value of one more in its last digit.
    step: f64,
    /// The number with its unit.
    written: &'a str,
    range: Range,
}

/// The figure with the number at the bytes `start..end`.
fn figure(line: &str, start: usize, end: usize) -> Option<Figure<'_>> {
    // Rule out nearly every number by the characters around it.
    let head = line.get(..start)?.trim_end_matches(is_space);
    let measure = skip_spaces(line, end);
    if !before(head, head.len()).is_some_and(|c| is_han(c) || c == 'P') {
        return None;
    }
    let measured = FACTOR.stands_at(line, measure) || UNITS.iter().any(|(_, unit)| unit.stands_at(line, measure));
    let usual = if measured { usual(line, head, start, end) } else { None };
    let (indicator, subject, (value, step, unit_end)) = usual.or_else(|| other(line, head, start, end))?;
    let ahead = tail(&line[..subject], NEAR);
    let sentence = last_sentence(ahead);
    let before_it = ahead[sentence..].trim_end_matches(is_space);
    let free = before_it.chars().next_back().is_none_or(|c| is_cjk_mark(c) || c == ',' || c == '月')
        || INDICATOR_HEAD.ends_at(before_it, before_it.len());
    let behind: String = line[unit_end..].chars().take_while(|c| !is_stop(*c)).take(16).collect();
    let other = OTHER_AFTER.stands_at(&behind, 0) || GOAL_AFTER.find(&behind).is_some();
    if !free || other || OTHER_FIGURE.find(before_it).is_some() {
        return None;
    }
    // A clause that names its year needs nothing of those before it.
    let clause = before_it.rfind(['，', '；', ',']).map_or(before_it, |at| &before_it[at..]);
    let dated = clause.find('年').is_some_and(|at| year_before(clause, at + '年'.len_utf8()).is_some());
    let scope = scope(if dated { clause } else { before_it })?;
    let written = line.get(start..unit_end)?;
    Some(Figure { indicator, scope, value, step, written, range: Range::new(subject, unit_end) })
}

/// The value of a figure, that of its last digit, and where its unit ends.
type Amount = (f64, f64, usize);

/// A figure of one of the indicators: its name, where that begins, and the amount.
fn usual<'a>(line: &str, head: &str, start: usize, end: usize) -> Option<(Cow<'a, str>, usize, Amount)> {
    let (name, row) = indicator_before(head)?;
    let (indicator, unit) = row.value.split_once(' ')?;
    Some((Cow::Borrowed(indicator), name.start as usize, amount(line, start, end, unit)?))
}

/// Characters that name what is counted, behind 全县.
const SUBJECT: std::ops::RangeInclusive<usize> = 4..=12;
/// And those of a measure, up to a mark.
const MEASURE: usize = 2;

/// A figure of anything else that is named in full between the place and the number: 全县粮食播种面积32.6万亩，.
fn other<'a>(line: &str, head: &str, start: usize, end: usize) -> Option<(Cow<'a, str>, usize, Amount)> {
    let mut name = head;
    while let Some((verb, _)) = INDICATOR_VERB.ending(name, name.len()) {
        name = &name[..verb.start as usize];
    }
    let from = name.rfind(|c| !is_han(c)).map_or(0, |at| at + name[at..].chars().next().map_or(0, char::len_utf8));
    let place = name[from..].char_indices().rev().find_map(|(at, c)| {
        let (word, _) = PLACE_OF_FIGURE.at(name, from + at + c.len_utf8()).filter(|_| matches!(c, '全' | '我'))?;
        Some(word.end as usize)
    })?;
    let subject = name.get(place..)?;
    let Number { value, step, end: at, .. } = number(line, start, end)?;
    let measure = &line[at..][..line[at..].chars().take_while(|c| is_han(*c)).map(char::len_utf8).sum()];
    let measured = (1..=MEASURE).contains(&measure.chars().count());
    if !measured || !SUBJECT.contains(&subject.chars().count()) {
        return None;
    }
    Some((Cow::Owned(format!("{subject}（{measure}）")), place, (value, step, at + measure.len())))
}

/// The indicator that `head` ends with but for a verb or two.
fn indicator_before(head: &str) -> Option<(Range, &'static Row)> {
    let mut end = head.len();
    for _ in 0..3 {
        if let Some(found) = INDICATOR.ending(head, end) {
            return Some(found);
        }
        end = INDICATOR_VERB.ending(head, end)?.0.start as usize;
    }
    None
}

/// What indicators are counted in.
static UNITS: [(&str, &Class); 4] =
    [("yuan", &UNIT_YUAN), ("people", &UNIT_PEOPLE), ("jin", &UNIT_JIN), ("percent", &UNIT_PERCENT)];

/// The number and its unit in the unit of the indicator, the value of its last digit, and where the
/// unit ends.
fn amount(line: &str, start: usize, end: usize, unit: &str) -> Option<Amount> {
    let Number { value, step, end: at, .. } = number(line, start, end)?;
    let (_, class) = UNITS.iter().find(|(name, _)| *name == unit)?;
    let (range, row) = class.at(line, at)?;
    let factor: f64 = row.value.parse().ok()?;
    Some((value * factor, step * factor, range.end as usize))
}

/// The place and the times that the sentence names before the indicator; `None` without a time.
fn scope(text: &str) -> Option<String> {
    let mut out = String::new();
    let place = text.char_indices().rev().find_map(|(at, _)| {
        let whole = matches!(before(text, at), Some('全' | '我'));
        PLACE_OF_FIGURE.at(text, at).filter(|_| whole).map(|(_, row)| row.word)
    });
    let mut timed = false;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let number = rest.bytes().take_while(|b| b.is_ascii_digit() || *b == b'-').count();
        // 2024年, 1-9月
        if number > 0 && rest[number..].starts_with(['年', '月', '日']) {
            out.push_str(&rest[..number + 3]);
            at += number + 3;
            timed = true;
            continue;
        }
        if let Some((range, row)) = TIME_OF_FIGURE.at(text, at) {
            out.push_str(row.word);
            at = range.end as usize;
            timed = true;
            continue;
        }
        // “十四五”, 三季度, 前三季度
        if let Some(c) = rest.chars().next() {
            if c.is_ascii_digit() || is_chinese(c) || "前—～".contains(c) {
                out.push(c);
            }
            at += c.len_utf8();
        }
    }
    out.extend(place);
    timed.then_some(out)
}

/// A longer line does not give the date of the speech.
const DATED: u8 = 50;

/// A scope in which 去年 is a year by its number, where the year of the speech is known: 去年（2025年） is 2025年.
fn dated(scope: String, year: Option<u32>) -> String {
    let Some(year) = year else { return scope };
    let mut out = scope;
    for row in NEAR_YEAR.rows() {
        let number = format!("{}年", year.saturating_add_signed(row.value.parse().unwrap_or(0)));
        out = out.replace(row.word, &number);
        while out.contains(&number.repeat(2)) {
            out = out.replace(&number.repeat(2), &number);
        }
    }
    out
}

/// So much more or less is another thing; so very much, a slip of the unit.
const FAR: f64 = 2.0;
const UNIT: f64 = 1000.0;

fn judge(observations: &Observations<'_>, findings: &mut Findings) {
    if observations.list.len() < 2 {
        return;
    }
    let year = observations.list.iter().map(|(_, hit)| hit.evidence::<u32>()).find(|year| *year != FIGURE);
    let mut first: FxHashMap<(String, String), (f64, f64, Span, String)> = FxHashMap::default();
    for (line, hit) in observations.list.iter().filter(|(_, hit)| hit.evidence::<u32>() == FIGURE) {
        let text = observations.text(*line);
        let Some(start) = hit.range.of(&text).find(|c: char| c.is_ascii_digit()) else { continue };
        let start = hit.range.start as usize + start;
        let len = text[start..].bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')).count();
        let Some(found) = figure(&text, start, start + len) else { continue };
        let span = Span::in_line(*line, hit.range);
        let key = (found.indicator.clone().into_owned(), dated(found.scope, year));
        let Some((value, step, other, written)) = first.get(&key) else {
            first.insert(key, (found.value, found.step, span, found.written.to_owned()));
            continue;
        };
        let ratio = (found.value / value).max(value / found.value);
        let differs = (found.value - value).abs() > step.max(found.step) * 1.01;
        if differs && (ratio <= FAR || ratio >= UNIT) {
            let mismatch = Mismatch {
                indicator: found.indicator.into_owned(),
                found: found.written.to_owned(),
                before: written.clone(),
            };
            let detail = Detail { related: vec![(*other, RelatedTo::Occurrence)], ..Detail::of(mismatch) };
            findings.push(span, detail);
        }
    }
}

struct Mismatch {
    indicator: String,
    found: String,
    before: String,
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(Mismatch { indicator, found, before }) = context.evidence() else { return Message::default() };
    let text = context.say(
        format!("数据不一致：{indicator}此处是{found}，前面是{before}"),
        format!("數據不一致：{indicator}此處是{found}，前面是{before}"),
        format!("{indicator} is {found} here and {before} before"),
    );
    Message { text, fix: None }
}
