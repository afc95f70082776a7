//! 与指标表不符: a figure that is another one in the table of the house.

use super::dates::year_before;
use super::figures::{Number, number};
use super::kept::is_dash;
use super::{Check, Example, FindingContext, Hits, Message, Rule, Severity, Tag};
use crate::indicators::{Indicators, Row, key};
use crate::lexicon::{
    GROWN_BY, HAPPENED, INDICATOR_VERB, PAST_YEAR, PLACE_OF_FIGURE, TIME_OF_FIGURE, TO_COME, YEAR_COMPARED,
};
use crate::paragraph::{Packed, Paragraph};
use crate::text::Range;
use crate::text::chars::{before, last_sentence, skip_spaces};

pub static RULE: Rule = Rule {
    code: "indicator-mismatch",
    name: "与指标表不符",
    severity: Some(Severity::Warning),
    summary: "与本单位的指标表（[facts] 里的 table）对不上的数：数值不同，四舍五入不对，用了别的时期的数。",
    why: "统计部门的数夜里还在变，讲稿里一个没有改到就是两个口径。设置了指标表才查；指标名称、时期（写明哪一年）、单位都对得上才比，目标、约数、比上年的、全国全省的不比。",
    source: "本单位的指标表。",
    examples: &[
        Example {
            bad: "2025年，全县地区生产总值完成126.8亿元，再上新台阶。",
            good: "2025年，全县地区生产总值完成128.6亿元，比2024年增加8.3亿元。",
        },
        Example {
            bad: "2025年，全县粮食产量6.3万吨。", good: "2025年，全县粮食产量6.2万吨，力争明年达到6.5万吨。"
        },
    ],
    tags: &[Tag::Table],
    check: Check::Text(check),
    message,
};

/// What is wrong with a figure, and the row of the table that it should agree with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slip {
    Value(usize),
    /// The figure is the one of the row but for its last digit.
    Rounded(usize),
    /// The figure is that of another row.
    Period(usize),
}

impl Packed for Slip {
    fn pack(self) -> u32 {
        let (kind, row) = match self {
            Self::Value(row) => (0, row),
            Self::Rounded(row) => (1, row),
            Self::Period(row) => (2, row),
        };
        kind << 24 | row as u32
    }

    fn unpack(bits: u32) -> Self {
        let row = (bits & 0xFF_FFFF) as usize;
        match bits >> 24 {
            0 => Self::Value(row),
            1 => Self::Rounded(row),
            _ => Self::Period(row),
        }
    }
}

fn check(line: &str, _: &Paragraph, hits: &mut Hits) {
    let Some(table) = hits.settings().indicators.as_deref() else { return };
    let mut at = 0;
    while at < line.len() {
        match table.name_at(line, at) {
            Some(name) => {
                if let Some((range, slip)) = slip(line, at, name, table) {
                    hits.push(range, slip);
                }
                at += name.len();
            }
            None => at += line[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
}

/// A figure beside the name of its indicator.
struct Figure {
    range: Range,
    value: f64,
    step: f64,
    unit: usize,
}

/// The figure behind the name that ends at byte `at`.
fn figure(line: &str, mut at: usize) -> Option<Figure> {
    while let Some(verb) = INDICATOR_VERB.at(line, at).or_else(|| GROWN_BY.at(line, at)) {
        at = verb.0.end as usize;
    }
    let start = skip_spaces(line, at);
    let len = line[start..].bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')).count();
    let Number { value, step, end, .. } = number(line, start, start + len)?;
    (len > 0).then_some(Figure { range: Range::new(start, end), value, step, unit: end })
}

fn slip(line: &str, at: usize, name: &str, table: &Indicators) -> Option<(Range, Slip)> {
    let Figure { range, value, step, unit } = figure(line, at + name.len())?;
    let period = period(line, at)?;
    let mut rows = table.rows().filter(|(_, row)| row.name == name && row.unit_ends(&line[unit..]).is_some());
    let agrees = |row: &Row| (value - row.value).abs() <= step * (0.5 + 1e-9);
    let same: Vec<(usize, &Row)> = rows.clone().filter(|(_, row)| row.is_of(&period)).collect();
    let [(n, row)] = same[..] else { return None };
    if agrees(row) {
        return None;
    }
    let end = unit + row.bare_unit.len();
    let found = match rows.find(|(other, row)| *other != n && agrees(row)) {
        Some(_) => Slip::Period(n),
        None if (value - row.value).abs() < step => Slip::Rounded(n),
        None => Slip::Value(n),
    };
    Some((Range::new(range.start as usize, end), found))
}

/// The period that a figure is of whose indicator stands at byte `at`, where it is named and certain.
fn period(line: &str, at: usize) -> Option<String> {
    let head = &line[..at];
    let head = &head[last_sentence(head)..];
    let tail: String = line[at..].chars().take_while(|c| !matches!(c, '，' | '。' | '；')).collect();
    let is_other = TO_COME.find(head).is_some() || TO_COME.find(&tail).is_some() || HAPPENED.find(head).is_some();
    let mut years = head.match_indices('年').filter_map(|(at, mark)| {
        let end = at + mark.len();
        year_before(head, end).map(|(_, start)| (start, end))
    });
    let (start, end) = years.next_back()?;
    let is_compared = YEAR_COMPARED.ends_at(head, start) || head[..start].ends_with(is_dash);
    if is_other || is_compared || PAST_YEAR.find(head).is_some() || !is_here(head) {
        return None;
    }
    let behind = &head[end..];
    let len = behind.find(['，', '、', '；']).unwrap_or(behind.len());
    // As much of what stands behind the year as is part of the period.
    let ends = behind[..len].char_indices().map(|(at, c)| at + c.len_utf8()).rev();
    let part = ends.take(12).map(|to| &behind[..to]).find(|part| !key(&format!("2000年{part}")).is_empty());
    let part = part.unwrap_or("");
    let rest = &behind[part.len()..];
    // Another time stands between them.
    if TIME_OF_FIGURE.find(rest).is_some() || rest.contains(|c: char| c.is_ascii_digit()) && rest.contains('月') {
        return None;
    }
    Some(key(&format!("{}{part}", &head[start..end])))
}

/// Whether it is told of the place of the house: not of the country or the province.
fn is_here(head: &str) -> bool {
    let mut places = head.char_indices().filter_map(|(at, _)| {
        let whole = matches!(before(head, at), Some('全' | '我'));
        PLACE_OF_FIGURE.at(head, at).filter(|_| whole).map(|(_, row)| row.word)
    });
    !places.any(Indicators::is_elsewhere)
}

/// The row as it is named in messages.
fn named(row: &Row, table: &Indicators) -> String {
    format!("{} {}", table.name, row.line)
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(table) = context.settings.indicators.as_deref() else { return Message::default() };
    let slip: Slip = context.packed();
    let (Slip::Value(n) | Slip::Rounded(n) | Slip::Period(n)) = slip;
    let Some(row) = table.row(n) else { return Message::default() };
    let (place, found, amount) = (named(row, table), context.found(), row.amount());
    let (name, period) = (&row.name, &row.period);
    let text = match slip {
        Slip::Value(_) => context.say(
            format!("与指标表不符：这里是“{found}”，{period}{name}是 {amount}（{place}）"),
            format!("與指標表不符：這裡是“{found}”，{period}{name}是 {amount}（{place}）"),
            format!("‘{found}’ here, {amount} in the table ({place})"),
        ),
        Slip::Rounded(_) => context.say(
            format!("四舍五入不对：这里是“{found}”，{period}{name}是 {amount}（{place}）"),
            format!("四捨五入不對：這裡是“{found}”，{period}{name}是 {amount}（{place}）"),
            format!("‘{found}’ is wrongly rounded, it is {amount} in the table ({place})"),
        ),
        Slip::Period(_) => context.say(
            format!("时期不对：“{found}”是别的时期的数，{period}{name}是 {amount}（{place}）"),
            format!("時期不對：“{found}”是別的時期的數，{period}{name}是 {amount}（{place}）"),
            format!("‘{found}’ is the figure of another period; it is {amount} in the table ({place})"),
        ),
    };
    Message { text, fix: None }
}
