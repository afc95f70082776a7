//! 序号标点: （一）、 1、 第一、

use rustc_hash::FxHashMap;

use super::numbering::trimmed;
use super::{Check, Example, FindingContext, Findings, Message, Rule, Severity, Tag};
use crate::analysis::{Detail, Speech};
use crate::outline::Node;
use crate::paragraph::marker::Deviation;
use crate::paragraph::{Family, Marker};
use crate::text::{Edit, Grade, Span};

pub static RULE: Rule = Rule {
    code: "numbering-mark",
    name: "序号标点",
    severity: Some(Severity::Hint),
    summary: "序号后的标点或括号不合习惯：“（一）、”“1、”“第一、”“(一)”“一.”。",
    why: "带括号的序号后不加点，“1”后用下脚点，“一”后用顿号，“第一”后用逗号。全文都这样写时只报告一次，可一并改正。",
    source: "GB/T 15834—2011 附录 B.3.1—B.3.4（序次语的标点）。",
    examples: &[
        Example {
            bad: "（一）、加强领导。\n（二）、压实责任。", good: "（一）加强领导。\n（二）压实责任。"
        },
        Example { bad: "1、抓项目。\n2、抓招商。", good: "1.抓项目。\n2.抓招商。" },
        Example {
            bad: "第一、讲政治。\n第二、讲规矩。", good: "第一，讲政治。\n第二，讲规矩。"
        },
        Example {
            bad: "(一)加强领导。\n（二）压实责任。", good: "（一）加强领导。\n（二）压实责任。"
        },
        Example { bad: "⼀、提高认识\n二、狠抓落实", good: "一、提高认识\n二、狠抓落实" },
    ],
    tags: &[Tag::List],
    check: Check::Speech(check),
    message,
};

struct Unusual {
    found: String,
    expected: String,
    /// How many are written so, where that is usual in the speech.
    habit: Option<usize>,
}

fn check(speech: &Speech, findings: &mut Findings) {
    let mut kinds: FxHashMap<(Family, Deviation), Vec<(&Node, &Marker)>> = FxHashMap::default();
    let mut of_family: FxHashMap<Family, usize> = FxHashMap::default();
    let usual = Usual::of(speech);
    for node in &speech.outline.nodes {
        let Some(marker) = node.list.and_then(|_| node.marker_of(&speech.lines)) else { continue };
        *of_family.entry(marker.family).or_default() += 1;
        if let Some(deviation) = marker.deviation {
            kinds.entry((marker.family, deviation)).or_default().push((node, marker));
        }
    }
    for ((family, deviation), found) in kinds {
        let habit = found.len() > 1 && found.len() * 2 >= of_family[&family] && deviation != Deviation::Lookalike;
        if habit {
            let (node, marker) = found[0];
            let edits: Vec<Edit> =
                found.iter().filter_map(|(n, m)| Some(Edit::new(span(n), usual.marker(n, m)?))).collect();
            let detail = Detail {
                grade: Grade::Style,
                edits,
                ..Detail::of(Unusual {
                    found: marker.text.trim().to_owned(),
                    expected: usual.marker(node, marker).unwrap_or_default().trim_end().to_owned(),
                    habit: Some(found.len()),
                })
            };
            findings.push(span(node), detail);
            continue;
        }
        for (node, marker) in found {
            let expected = usual.marker(node, marker);
            let detail = Detail {
                edits: expected.iter().map(|text| Edit::new(span(node), text.as_str())).collect(),
                grade: Grade::Style,
                ..Detail::of(Unusual {
                    found: marker.text.trim().to_owned(),
                    expected: expected.as_deref().unwrap_or_default().trim_end().to_owned(),
                    habit: None,
                })
            };
            findings.push(span(node), detail);
        }
    }
}

fn span(node: &Node) -> Span {
    Span::in_line(node.line, node.marker)
}

/// How the markers of a speech are to be written.
pub struct Usual<'s> {
    /// By list and family: what most of the items that are marked as usual have behind their number.
    endings: FxHashMap<(u32, Family), Ending<'s>>,
}

/// The point behind a number, and the space behind that.
type Ending<'s> = (&'s str, &'static str);

impl<'s> Usual<'s> {
    pub fn of(speech: &'s Speech) -> Self {
        let mut counts: FxHashMap<(u32, Family), Vec<(Ending<'s>, usize)>> = FxHashMap::default();
        for node in &speech.outline.nodes {
            let (Some(list), Some(marker)) = (node.list, node.marker_of(&speech.lines)) else { continue };
            if marker.deviation.is_some() {
                continue;
            }
            let own = (point_of(marker), space_of(marker));
            let seen = counts.entry((list, marker.family)).or_default();
            match seen.iter_mut().find(|(ending, _)| *ending == own) {
                Some((_, count)) => *count += 1,
                None => seen.push((own, 1)),
            }
        }
        // Of equals the first.
        let most = |(key, seen): (_, Vec<_>)| {
            let (ending, _) = seen.into_iter().rev().max_by_key(|(_, count)| *count)?;
            Some((key, ending))
        };
        Self { endings: counts.into_iter().filter_map(most).collect() }
    }

    /// The marker of a node with the usual point or brackets, and behind it what its siblings have.
    pub fn marker(&self, node: &Node, marker: &Marker) -> Option<String> {
        let ending = node.list.and_then(|list| self.endings.get(&(list, marker.family)));
        let (point, space) = ending.copied().unwrap_or_default();
        // A space that is there stays.
        let space = if space_of(marker).is_empty() { space } else { "" };
        Some(written(marker, point)? + space)
    }
}

/// The point behind the number; nothing for the families that have but one.
fn point_of(marker: &Marker) -> &str {
    let number = marker.numeral();
    let has_points = marker.family == Family::Arabic;
    marker.text.strip_prefix(number).filter(|_| has_points).unwrap_or("").trim_end()
}

/// The one space behind the marker, if there is one.
fn space_of(marker: &Marker) -> &'static str {
    match marker.title.start.saturating_sub(marker.range.end) {
        1 => " ",
        3 => "　",
        _ => "",
    }
}

/// The marker with this point, or with the usual one, or with the usual brackets.
fn written(marker: &Marker, point: &str) -> Option<String> {
    let number = marker.numeral();
    let number_text = crate::numeral::like("一", marker.value);
    Some(match marker.family {
        Family::Chinese if marker.deviation == Some(Deviation::Lookalike) => format!("{}、", number_text?),
        Family::Chinese => format!("{number}、"),
        Family::ChineseParen | Family::ArabicParen if crate::numeral::one_piece(number.chars().next()?).is_none() => {
            format!("（{number}）")
        }
        Family::Arabic if crate::numeral::one_piece(number.chars().next()?).is_none() => {
            let point = if point.is_empty() { "." } else { point };
            format!("{number}{point}")
        }
        Family::Nth | Family::First => format!("{}，", trimmed(&marker.text)),
        _ => trimmed(&marker.text),
    })
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(Unusual { found, expected, habit }) = context.evidence() else { return Message::default() };
    if let Some(count) = habit {
        let text = context.say(
            format!("序号标点：全文 {count} 处序号写作“{found}”一类，习惯写法是“{expected}”"),
            format!("序號標點：全文 {count} 處序號寫作“{found}”一類，習慣寫法是“{expected}”"),
            format!("{count} markers are written like ‘{found}’; ‘{expected}’ is usual"),
        );
        let title = context.say(
            format!("全部改为“{expected}”"),
            format!("全部改為“{expected}”"),
            format!("write all like ‘{expected}’"),
        );
        return Message { text, fix: context.fix(title) };
    }
    let text = context.say(
        format!("序号标点：“{found}”应为“{expected}”"),
        format!("序號標點：“{found}”應為“{expected}”"),
        format!("‘{found}’ is usually written ‘{expected}’"),
    );
    Message { text, fix: context.fix(context.change_to(expected)) }
}
