//! 编号重复: 一要……一要……三要……

use super::numbering::{self, Slip, renumber_from_here};
use super::{Check, Example, FindingContext, Findings, Message, Rule, Severity, Tag};
use crate::analysis::{Detail, Speech};
use crate::outline::sequence::Defect;
use crate::paragraph::Family;
use crate::paragraph::marker::LAST;

pub static RULE: Rule = Rule {
    code: "numbering-duplicate",
    name: "编号重复",
    severity: Some(Severity::Warning),
    summary: "同一序列里两项用了同一个序号：一要……一要……三要……。",
    why: "听众按序号记要点，序号重复，后面的要点就对不上。只错一个数字时给出唯一改法；多出一项时从此处起重新编号。",
    source: "实务：同一层次连续编号是通行做法，不是国标条文。",
    examples: &[
        Example {
            bad: "一是抓学习。一是抓作风。三是抓落实。", good: "一是抓学习。二是抓作风。三是抓落实。"
        },
        Example {
            bad: "一要快，二要稳，二要准，三要实。", good: "一要快，二要稳，三要准，四要实。"
        },
        Example {
            bad: "一、提高认识\n一、加强领导\n三、狠抓落实", good: "一、提高认识\n二、加强领导\n三、狠抓落实"
        },
    ],
    tags: &[Tag::List],
    check: Check::Speech(check),
    message,
};

struct Repeated {
    slip: Slip,
    /// Only this numeral is wrong; else there is an item too many, and all that follow move.
    alone: bool,
}

fn check(speech: &Speech, findings: &mut Findings) {
    for list in numbering::defects(speech) {
        let detail = |alone, at, expected| list.detail(at, Repeated { slip: list.slip(at, expected), alone });
        match *list.defect {
            Defect::Wrong { first, last, expected } if first == last && repeats(&list, first) => {
                let edits = list.edit(first, expected).into_iter().collect();
                let grade = list.grade(first, expected);
                list.report(findings, first, Detail { edits, grade, ..detail(true, first, expected) });
            }
            Defect::Duplicate { at, expected } => {
                // 首先，其次，再次，其次: only the word is another.
                let word = list.markers[at].family == Family::First;
                let edits = match word {
                    true => list.edit(at, expected).filter(|_| expected == LAST).into_iter().collect(),
                    false => list.renumbered(),
                };
                list.report(findings, at, Detail { edits, ..detail(word, at, expected) });
            }
            _ => {}
        }
    }
}

/// True when the item carries the number of a neighbour.
pub fn repeats(list: &numbering::Faulty<'_>, at: usize) -> bool {
    let value = list.markers[at].value;
    at > 0 && list.markers[at - 1].value == value || list.markers.get(at + 1).is_some_and(|next| next.value == value)
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(Repeated { slip, alone }) = context.evidence() else { return Message::default() };
    let fix = if *alone { context.change_to(&slip.expected) } else { renumber_from_here(context) };
    numbering::message(context, slip, ["编号重复", "編號重複", "number used twice"], fix)
}
