//! 与指标表不符: a figure that is another one in the table of the house.

use super::dates::{Month, date_line};
use super::figures::{Number, number};
use super::names::LEADS;
use super::periods::{Period, Told, told, told_before};
use super::{Check, Example, FindingContext, Findings, Hits, Message, Observations, Rule, Severity, Tag};
use crate::analysis::Detail;
use crate::indicators::{Indicators, Row};
use crate::lexicon::dictionary::boundary;
use crate::lexicon::{GROWN_BY, HAPPENED, INDICATOR_VERB, OTHER_FIGURE, PLACE_OF_FIGURE, TIME_OF_FIGURE, TO_COME};
use crate::outline::NodeKind;
use crate::paragraph::{Packed, Paragraph};
use crate::text::chars::{before, is_han, last_sentence, skip_spaces};
use crate::text::fold::fold;
use crate::text::sentences::sentences;
use crate::text::{Range, Span};

pub static RULE: Rule = Rule {
    code: "indicator-mismatch",
    name: "与指标表不符",
    severity: Some(Severity::Warning),
    summary: "与本单位的指标表（[facts] 里的 table）对不上的数：数值不同，四舍五入不对，用了别的时期的数。",
    why: "统计部门的数夜里还在变，讲稿里一个没有改到就是两个口径。设置了指标表才查；指标名称、时期、单位都对得上才比；时期看这一句，没有写就看前面的句子和标题，“去年、今年”按稿件的日期算；目标、约数、比上年的、全国全省的不比。",
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
    check: Check::Together { see, judge },
    message,
};

/// What is wrong with a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slip {
    Value,
    /// The figure is the one of the row but for its last digit.
    Rounded,
    /// The figure is that of another row.
    Period,
}

/// That, the figure as it is written, and the row of the table that it should agree with.
struct Found {
    slip: Slip,
    written: String,
    row: usize,
}

/// What a line has: the date of the draft, or a figure, by where the name of its indicator begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Date(Month),
    Name(u32),
}

impl Packed for Seen {
    fn pack(self) -> u32 {
        match self {
            Self::Date(date) => 1 << 31 | date.year << 4 | date.month,
            Self::Name(at) => at & (u32::MAX >> 1),
        }
    }

    fn unpack(bits: u32) -> Self {
        match bits >> 31 {
            0 => Self::Name(bits),
            _ => Self::Date(Month { year: bits >> 4 & 0xFFFF, month: bits & 0xF }),
        }
    }
}

/// A longer line has no date of the draft.
const DATED: u8 = 50;

fn see(line: &str, paragraph: &Paragraph, hits: &mut Hits) {
    let Some(table) = hits.settings().indicators.clone() else { return };
    if paragraph.structural.length <= DATED
        && let Some((date, range)) = date_line(line)
    {
        hits.push(range, Seen::Date(date));
        return;
    }
    let mut at = 0;
    while at < line.len() {
        match table.name_at(line, at) {
            Some(name) => {
                if let Some(figure) = figure(line, at + name.len()) {
                    hits.push(figure.range, Seen::Name(at as u32));
                }
                at += name.len();
            }
            None => at += line[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
}

fn judge(observations: &Observations<'_>, findings: &mut Findings) {
    let Some(table) = observations.settings().indicators.as_deref() else { return };
    let seen = || observations.list.iter().map(|(line, hit)| (*line, hit.evidence::<Seen>()));
    let mut dates = seen().filter_map(|(_, seen)| match seen {
        Seen::Date(date) => Some(date),
        Seen::Name(_) => None,
    });
    // Of two years nobody knows which is meant.
    let own = dates.next().filter(|first| dates.all(|date| date.year == first.year));
    for (line, seen) in seen() {
        let Seen::Name(at) = seen else { continue };
        let text = observations.text(line);
        let at = at as usize;
        let Some(name) = table.name_at(&text, at) else { continue };
        let Some(period) = period(observations, line, &text, at).and_then(|period| period.key(own)) else { continue };
        if let Some((range, slip, row)) = slip(&text, at, name, &period, table) {
            let written = range.of(&observations.raw(line)).to_owned();
            findings.push(Span::in_line(line, range), Detail::of(Found { slip, written, row }));
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

fn slip(line: &str, at: usize, name: &str, period: &str, table: &Indicators) -> Option<(Range, Slip, usize)> {
    let Figure { range, value, step, unit } = figure(line, at + name.len())?;
    let mut rows = table.rows().filter(|(_, row)| row.name == name && row.unit_ends(&line[unit..]).is_some());
    let agrees = |row: &Row| (value - row.value).abs() <= step * (0.5 + 1e-9);
    let same: Vec<(usize, &Row)> = rows.clone().filter(|(_, row)| row.is_of(period)).collect();
    // The same row may stand there twice; of two that differ nobody knows which is meant.
    let &(n, row) = same.first().filter(|(_, first)| same.iter().all(|(_, row)| row.value == first.value))?;
    let end = unit + row.bare_unit.len();
    // 地区生产总值5000万元的村有3个: the figure is no figure of the whole.
    if agrees(row) || line[end..].starts_with('的') {
        return None;
    }
    let slip = match rows.find(|(other, row)| *other != n && agrees(row)) {
        Some(_) => Slip::Period,
        None if (value - row.value).abs() < step => Slip::Rounded,
        None => Slip::Value,
    };
    Some((Range::new(range.start as usize, end), slip, n))
}

/// The period that a figure is of whose indicator stands at byte `at`, where that is certain: by its sentence, or else
/// by the last before it that names a time, up to the heading, or else by that and those above it.
fn period(observations: &Observations<'_>, line: u32, text: &str, at: usize) -> Option<Period> {
    let head = &text[..at];
    let start = last_sentence(head);
    let own = &head[start..];
    let tail: String = text[at..].chars().take_while(|c| !matches!(c, '，' | '。' | '；')).collect();
    let is_other = TO_COME.find(own).is_some() || TO_COME.find(&tail).is_some() || HAPPENED.find(own).is_some();
    if is_other || !is_here(own) || !is_whole(own) {
        return None;
    }
    let before = || OTHER_FIGURE.find(own).is_none().then(|| told_above(observations, line, &head[..start]));
    match told_before(own) {
        Told::Of(period) => Some(period),
        Told::Unclear => None,
        Told::Nothing => match before()? {
            Told::Of(period) => Some(period),
            _ => None,
        },
    }
}

/// What is said of the period before a sentence: `head` is what stands in its line before it.
fn told_above(observations: &Observations<'_>, line: u32, head: &str) -> Told {
    let nodes = &observations.speech.outline.nodes;
    let sections = || nodes.iter().enumerate().filter(|(_, node)| node.kind == NodeKind::Section);
    let mut section = sections().take_while(|(_, node)| node.line <= line).last().map(|(n, _)| n);
    // What stands above what is spoken names the occasion.
    let parts = &observations.speech.outline.parts;
    let titles = parts.title.iter().chain(&parts.subtitle).chain(&parts.salutation);
    let first = section.map_or_else(|| titles.max().map_or(0, |line| line + 1), |n| nodes[n].line);
    let in_text = |text: &str| {
        let all = sentences(text).into_iter().rev().map(|range| told(range.of(text)));
        all.into_iter().find(|told| *told != Told::Nothing)
    };
    let above = (first..line).rev().filter(|n| observations.paragraph(*n).is_read());
    let found = in_text(head).or_else(|| above.into_iter().find_map(|n| in_text(&observations.text(n))));
    if let Some(found) = found {
        return found;
    }
    // The sections that this one is part of.
    while let Some(parent) = section.and_then(|n| nodes[n].parent) {
        section = Some(parent as usize);
        let node = &nodes[parent as usize];
        let marker = node.marker_of(&observations.speech.lines);
        let heading =
            marker.map_or_else(|| observations.text(node.line), |marker| fold(&marker.heading).into_owned().into());
        if let Some(found) = in_text(&heading) {
            return found;
        }
    }
    Told::Nothing
}

/// Whether the name of an indicator that stands behind `head` is all of it: 人均地区生产总值 and 高技术产业投资 are others.
fn is_whole(head: &str) -> bool {
    let of_place = || {
        let (place, _) = PLACE_OF_FIGURE.ending(head, head.len())?;
        before(head, place.start as usize).filter(|c| matches!(c, '全' | '我'))
    };
    head.ends_with(|c: char| !is_han(c) || c == '年' || LEADS.contains(&c))
        || head.is_empty()
        || INDICATOR_VERB.ends_at(head, head.len())
        || TIME_OF_FIGURE.ends_at(head, head.len())
        || of_place().is_some()
}

/// Whether it is told of the place of the house: not of the country or the province, nor of a place by its name.
fn is_here(head: &str) -> bool {
    head.char_indices().all(|(at, _)| match PLACE_OF_FIGURE.at(head, at) {
        Some((_, row)) if matches!(before(head, at), Some('全' | '我')) => !Indicators::is_elsewhere(row.word),
        Some((word, _)) => {
            let is_named = before(head, at).is_some_and(is_han);
            !is_named || boundary(head, word.end as usize).is_some_and(|bits| bits < 0)
        }
        None => true,
    })
}

/// The row as it is named in messages.
fn named(row: &Row, table: &Indicators) -> String {
    format!("{} {}", table.name, row.line)
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(table) = context.settings.indicators.as_deref() else { return Message::default() };
    let Some(Found { slip, written: found, row }) = context.evidence() else { return Message::default() };
    let Some(row) = table.row(*row) else { return Message::default() };
    let (place, amount) = (named(row, table), row.amount());
    let (name, period) = (&row.name, &row.period);
    let text = match slip {
        Slip::Value => context.say(
            format!("与指标表不符：这里是“{found}”，{period}{name}是 {amount}（{place}）"),
            format!("與指標表不符：這裡是“{found}”，{period}{name}是 {amount}（{place}）"),
            format!("‘{found}’ here, {amount} in the table ({place})"),
        ),
        Slip::Rounded => context.say(
            format!("四舍五入不对：这里是“{found}”，{period}{name}是 {amount}（{place}）"),
            format!("四捨五入不對：這裡是“{found}”，{period}{name}是 {amount}（{place}）"),
            format!("‘{found}’ is wrongly rounded, it is {amount} in the table ({place})"),
        ),
        Slip::Period => context.say(
            format!("时期不对：“{found}”是别的时期的数，{period}{name}是 {amount}（{place}）"),
            format!("時期不對：“{found}”是別的時期的數，{period}{name}是 {amount}（{place}）"),
            format!("‘{found}’ is the figure of another period; it is {amount} in the table ({place})"),
        ),
    };
    Message { text, fix: None }
}
