//! 编号跳号: 一、二、四。

use super::numbering::{self, Slip, renumber_from_here};
use super::{Check, Example, FindingContext, Findings, Message, Rule, Severity, Tag};
use crate::analysis::{Detail, Speech};
use crate::outline::sequence::Defect;

pub static RULE: Rule = Rule {
    code: "numbering-gap",
    name: "编号跳号",
    severity: Some(Severity::Warning),
    summary: "同一序列缺了序号：一……二……四……。",
    why: "要么漏了一段，要么删了一段没有改号；是哪一种只有作者知道，所以只提供重新编号，不自动改。缺口在最后一项之前、又没有宣布数目时，是号错还是漏项，两种可能都写明；只有两项的序列降为信息。",
    source: "实务：同一层次连续编号是通行做法，不是国标条文。",
    examples: &[
        Example {
            bad: "一是学，二是查，四是改，五是评。", good: "一是学，二是查，三是改，四是评。"
        },
        Example {
            bad: "（一）抓谋划。\n（二）抓推进。\n（四）抓督查。\n（五）抓考核。",
            good: "（一）抓谋划。\n（二）抓推进。\n（三）抓督查。\n（四）抓考核。",
        },
        Example {
            bad: "第一，讲政治。\n第三，讲规矩。", good: "第一，讲政治。\n第二，讲规矩。"
        },
    ],
    tags: &[Tag::List],
    check: Check::Speech(check),
    message,
};

struct Gap {
    cause: Cause,
    slip: Slip,
}

#[derive(PartialEq, Eq)]
enum Cause {
    /// An item is missing.
    Missing,
    /// A numeral is wrong.
    Wrong,
    Undecided,
}

fn check(speech: &Speech, findings: &mut Findings) {
    for list in numbering::defects(speech) {
        let (at, expected, is_last) = match *list.defect {
            Defect::Gap { at, expected } => (at, expected, false),
            Defect::Tail { at, expected } => (at, expected, true),
            _ => continue,
        };
        // An announced count tells an item that is missing from a numeral that is wrong.
        let announced = speech.outline.bindings.iter().find(|b| b.list == Some(list.list)).map(|b| b.count);
        let missing = announced.is_some() && announced == list.markers.last().map(|m| m.value);
        let complete = announced == u32::try_from(list.markers.len()).ok();
        let cause = match is_last {
            true if complete => Cause::Wrong,
            true if !missing => Cause::Undecided,
            _ => Cause::Missing,
        };
        let edits = if missing { Vec::new() } else { list.renumbered() };
        let is_step = cause == Cause::Undecided && list.sure && list.markers.len() < 3;
        let detail = Detail { edits, ..list.detail(at, Gap { cause, slip: list.slip(at, expected) }) };
        if is_step {
            // One step is no order yet. Never more severe than the rule is set to be.
            findings.push_as(Severity::Information.max(findings.severity()), list.span(at), detail);
        } else {
            list.report(findings, at, detail);
        }
    }
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(Gap { cause, slip: Slip { found, expected, values } }) = context.evidence() else {
        return Message::default();
    };
    let text = match cause {
        Cause::Missing => context.say(
            format!("编号跳号：“{found}”之前缺“{expected}”（{values}）"),
            format!("編號跳號：“{found}”之前缺“{expected}”（{values}）"),
            format!("number left out: ‘{expected}’ is missing before ‘{found}’ ({values})"),
        ),
        Cause::Wrong => context.say(
            format!("编号跳号：此处“{found}”应为“{expected}”（{values}）"),
            format!("編號跳號：此處“{found}”應為“{expected}”（{values}）"),
            format!("number left out: ‘{found}’ should be ‘{expected}’ ({values})"),
        ),
        Cause::Undecided => context.say(
            format!("编号跳号：此处“{found}”应为“{expected}”，或者缺少“{expected}”（{values}）"),
            format!("編號跳號：此處“{found}”應為“{expected}”，或者缺少“{expected}”（{values}）"),
            format!("number left out: ‘{found}’ should be ‘{expected}’, or ‘{expected}’ is missing ({values})"),
        ),
    };
    Message { text, fix: context.fix(renumber_from_here(context)) }
}
