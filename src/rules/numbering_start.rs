//! 编号起始: a list that begins with 二.

use super::numbering::{self, Slip};
use super::{Check, Example, FindingContext, Findings, Message, Rule, Severity, Tag};
use crate::analysis::{Detail, Speech};
use crate::outline::sequence::Defect;

pub static RULE: Rule = Rule {
    code: "numbering-start",
    name: "编号起始",
    severity: Some(Severity::Warning),
    summary: "序列不从“一”开始。",
    why: "多半是删掉了第一段，或者第一段忘了写序号。",
    source: "实务：同一层次从一起连续编号是通行做法，不是国标条文。",
    examples: &[
        Example {
            bad: "（二）抓推进。\n（三）抓督查。\n（四）抓考核。",
            good: "（一）抓推进。\n（二）抓督查。\n（三）抓考核。",
        },
        Example {
            bad: "重点做到：二要稳，三要准，四要实。", good: "重点做到：一要稳，二要准，三要实。"
        },
    ],
    tags: &[Tag::List],
    check: Check::Speech(check),
    message,
};

fn check(speech: &Speech, findings: &mut Findings) {
    for list in numbering::defects(speech) {
        if matches!(list.defect, Defect::Start { .. }) {
            list.report(findings, 0, Detail { edits: list.renumbered(), ..list.detail(0, list.slip(0, 1)) });
        }
    }
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(Slip { found, expected, values }) = context.evidence() else { return Message::default() };
    let text = context.say(
        format!("编号从“{found}”开始，缺“{expected}”（{values}）"),
        format!("編號從“{found}”開始，缺“{expected}”（{values}）"),
        format!("the list begins with ‘{found}’; ‘{expected}’ is missing ({values})"),
    );
    Message {
        text, fix: context.fix(context.say("从一起重新编号", "從一起重新編號", "renumber from one"))
    }
}
