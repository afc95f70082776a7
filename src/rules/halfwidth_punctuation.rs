//! 半角标点: 今年以来,

use super::message::quoted;
use super::{Check, Example, FindingContext, Findings, Message, Rule, Severity, Tag};
use crate::analysis::{Detail, Speech};
use crate::paragraph::style::{HalfWidth, Mark};
use crate::text::{Edit, Grade, Range, Span};

pub static RULE: Rule = Rule {
    code: "halfwidth-punctuation",
    name: "半角标点",
    severity: Some(Severity::Information),
    summary: "汉字之间用了英文（半角）的逗号、分号、冒号、问号、叹号、括号、引号或句点。",
    why: "半角标点排出来挤在一起，念稿时容易漏看停顿。全篇六成以上都是半角的，按标点只报一次（括号、引号成对地报，成对地改），可一并改成全角；数字、时间、网址、英文里的不算。",
    source: "GB/T 15834—2011 5.1（标点占位）：句号、逗号等占一个字位置。",
    examples: &[
        Example { bad: "今年以来,全县上下同心协力。", good: "今年以来，全县上下同心协力。" },
        Example { bad: "要抓好落实;要严明纪律。", good: "要抓好落实；要严明纪律。" },
        Example {
            bad: "参会的有各乡镇(街道)负责同志。",
            good: "完成投资1,000元，10:00开会，网址 http://a.cn/b,c 不算。",
        },
        Example {
            bad: "推进\"人工智能\",5G应用也要跟上。", good: "推进“人工智能”，5G应用也要跟上。"
        },
        Example {
            bad: "一是抓学习, 二是抓作风,三是抓落实,四是抓考核,五是抓督查。",
            good: "一是抓学习，二是抓作风，三是抓落实。",
        },
    ],
    tags: &[Tag::Pair],
    check: Check::Speech(check),
    message,
};

struct Half {
    /// The mark in full width.
    expected: String,
    /// How many there are, where they are told of at once.
    habit: Option<usize>,
}

/// So many half-width marks of a kind are not yet a habit.
const FEW: usize = 3;

fn check(speech: &Speech, findings: &mut Findings) {
    if speech.lines.iter().all(|p| p.style.half().is_empty()) {
        return;
    }
    let parts = &speech.outline.parts;
    let mut full = [0usize; Mark::COUNT];
    let mut half: [Vec<(u32, &HalfWidth)>; Mark::COUNT] = Default::default();
    for (n, p) in speech.lines.iter().enumerate() {
        if parts.is_boilerplate(n as u32) {
            continue;
        }
        for (sum, count) in full.iter_mut().zip(p.style.full) {
            *sum += usize::from(count);
        }
        for found in p.style.half() {
            half[found.mark as usize].push((n as u32, found));
        }
    }
    for (mark, found) in Mark::ALL.into_iter().zip(half) {
        let all = found.len() + full[mark as usize];
        // Pairs are looked at one by one.
        let single = !matches!(mark, Mark::Bracket | Mark::Quote);
        if single && found.len() > FEW && found.len() * 10 > all * 6 {
            let (line, first) = found[0];
            let detail = Detail {
                edits: found.iter().flat_map(|(line, half)| edits(*line, half)).collect(),
                grade: Grade::Style,
                ..Detail::of(Half { expected: first.full.to_string(), habit: Some(found.len()) })
            };
            findings.push(Span::in_line(line, first.range), detail);
            continue;
        }
        for (line, half) in found {
            let mut expected = half.full.to_string();
            expected.extend(half.partner.map(|(_, full)| full));
            let detail = Detail {
                edits: edits(line, half),
                grade: if half.certain { Grade::Certain } else { Grade::Style },
                ..Detail::of(Half { expected, habit: None })
            };
            let end = half.partner.map_or(half.range, |(range, _)| range).end;
            findings.push(Span::in_line(line, Range { start: half.range.start, end }), detail);
        }
    }
}

/// Both ends of a pair are changed, or none.
fn edits(line: u32, half: &HalfWidth) -> Vec<Edit> {
    let ends = [Some((half.range, half.full)), half.partner];
    ends.into_iter().flatten().map(|(range, full)| Edit::new(Span::in_line(line, range), full)).collect()
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(Half { expected, habit }) = context.evidence() else { return Message::default() };
    let shown = quoted(expected);
    if let Some(count) = habit {
        let text = context.say(
            format!("半角标点：全文 {count} 处{shown}用了半角"),
            format!("半形標點：全文 {count} 處{shown}用了半形"),
            format!("half-width punctuation: {count} marks in this speech should be {expected}"),
        );
        return Message {
            text, fix: context.fix(context.say("全部改为全角", "全部改為全形", "make all full-width"))
        };
    }
    let text = context.say(
        format!("半角标点：应为全角{shown}"),
        format!("半形標點：應為全形{shown}"),
        format!("half-width punctuation: {expected} belongs here"),
    );
    Message { text, fix: context.fix(context.change_to(expected)) }
}
