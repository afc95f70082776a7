//! 编号错序: 一、二、三、五、四; 一、二、三、二、三.

use super::numbering::{self, Slip, renumber_from_here};
use super::numbering_duplicate::repeats;
use super::{Check, Example, FindingContext, Findings, Message, Rule, Severity, Tag};
use crate::analysis::{Detail, Speech};
use crate::outline::sequence::Defect;

pub static RULE: Rule = Rule {
    code: "numbering-order",
    name: "编号错序",
    severity: Some(Severity::Warning),
    summary: "序号前后颠倒、倒退，或者整个序列编号混乱。",
    why: "调整段落次序后忘了改号，念起来先五后四，听众会以为漏听了一段。",
    source: "实务：同一层次连续编号是通行做法，不是国标条文。",
    examples: &[
        Example {
            bad: "一是学，二是查，三是改，五是评，四是督。", good: "一是学，二是查，三是改，四是评，五是督。"
        },
        Example {
            bad: "（一）谋划。\n（二）推进。\n（三）督查。\n（二）考核。\n（三）问责。",
            good: "（一）谋划。\n（二）推进。\n（三）督查。\n（四）考核。\n（五）问责。",
        },
        Example {
            bad: "一、认识到位\n二、责任到位\n七、措施到位\n四、督查到位",
            good: "一、认识到位\n二、责任到位\n三、措施到位\n四、督查到位",
        },
    ],
    tags: &[Tag::List],
    check: Check::Speech(check),
    message,
};

struct Order {
    fault: Fault,
    slip: Slip,
}

enum Fault {
    Wrong,
    Swapped,
    Backward,
    Disorder,
}

fn check(speech: &Speech, findings: &mut Findings) {
    for list in numbering::defects(speech) {
        let detail = |fault, at, expected| list.detail(at, Order { fault, slip: list.slip(at, expected) });
        match *list.defect {
            Defect::Wrong { first, last, expected } if first == last && !repeats(&list, first) => {
                let edits = list.edit(first, expected).into_iter().collect();
                let grade = list.grade(first, expected);
                list.report(findings, first, Detail { edits, grade, ..detail(Fault::Wrong, first, expected) });
            }
            Defect::Wrong { first, last, expected } if first < last => {
                let edits = list.renumbered();
                list.report(findings, first, Detail { edits, ..detail(Fault::Backward, first, expected) });
            }
            Defect::Swap { first, expected } => {
                let edits =
                    [list.edit(first, expected), list.edit(first + 1, expected + 1)].into_iter().flatten().collect();
                list.report(findings, first, Detail { edits, ..detail(Fault::Swapped, first, expected) });
            }
            Defect::Disorder => list.report(findings, 0, detail(Fault::Disorder, 0, 1)),
            _ => {}
        }
    }
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(Order { fault, slip }) = context.evidence() else { return Message::default() };
    let Slip { found, expected, values } = slip;
    match fault {
        Fault::Swapped => {
            let text = context.say(
                format!("编号颠倒：“{found}”和后一项的序号应当互换（{values}）"),
                format!("編號顛倒：“{found}”和後一項的序號應當互換（{values}）"),
                format!("numbers in the wrong order: swap ‘{found}’ with the next one ({values})"),
            );
            Message { text, fix: context.fix(context.say("互换序号", "互換序號", "swap the numbers")) }
        }
        Fault::Backward => {
            let fault = ["编号倒退", "編號倒退", "numbers run backward"];
            numbering::message(context, slip, fault, renumber_from_here(context))
        }
        Fault::Disorder => {
            let text = context.say(
                format!("编号混乱：从“{found}”开始的序列无法按次序解释（{values}）"),
                format!("編號混亂：從“{found}”開始的序列無法按次序解釋（{values}）"),
                format!("numbers in disorder, from ‘{found}’ on ({values})"),
            );
            Message { text, fix: None }
        }
        Fault::Wrong => {
            numbering::message(context, slip, ["编号错序", "編號錯序", "wrong number"], context.change_to(expected))
        }
    }
}
