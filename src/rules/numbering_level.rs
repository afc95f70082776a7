//! 层级倒置: （一） below 1.

use super::numbering::trimmed;
use super::{Check, Example, FindingContext, Findings, Message, Rule, Severity, Tag};
use crate::analysis::{Detail, RelatedTo, Speech};
use crate::text::Span;

pub static RULE: Rule = Rule {
    code: "numbering-level",
    name: "层级倒置",
    severity: Some(Severity::Information),
    summary: "高一级的序号出现在低一级的序号之下：“（一）”在“1.”之下。",
    why: "层次序号的通行次序是“一、”“（一）”“1.”“（1）”。可以跳用，也可以从任何一级开始，但倒过来用，听众和读者都分不清主次。",
    source: "GB/T 9704—2012 第 7.3.3 条列出的次序（“可以”用，讲话稿参照）；GB/T 15834—2011 附录 B.3.8。",
    examples: &[Example {
        bad: "一、总体安排\n1.抓谋划。\n（一）抓推进。\n（二）抓督查。",
        good: "一、总体安排\n（一）抓谋划。\n1.抓推进。\n2.抓督查。",
    }],
    tags: &[Tag::List],
    check: Check::Speech(check),
    message,
};

struct Inverted {
    found: String,
    above: String,
}

fn check(speech: &Speech, findings: &mut Findings) {
    let outline = &speech.outline;
    for &node in &outline.inversions {
        let node = &outline.nodes[node as usize];
        let Some(parent) = node.parent.map(|p| &outline.nodes[p as usize]) else { continue };
        let (Some(marker), Some(above)) = (node.marker_of(&speech.lines), parent.marker_of(&speech.lines)) else {
            continue;
        };
        let detail = Detail {
            related: vec![(Span::in_line(parent.line, parent.marker), RelatedTo::Parent)],
            ..Detail::of(Inverted { found: trimmed(&marker.text), above: trimmed(&above.text) })
        };
        findings.push(Span::in_line(node.line, node.marker), detail);
    }
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(Inverted { found, above }) = context.evidence() else { return Message::default() };
    let text = context.say(
        format!("层级倒置：“{found}”用在“{above}”之下，次序应为 一、→（一）→ 1. →（1）"),
        format!("層級倒置：“{found}”用在“{above}”之下，次序應為 一、→（一）→ 1. →（1）"),
        format!("levels upside down: ‘{found}’ stands below ‘{above}’; the order is 一、→（一）→ 1. →（1）"),
    );
    Message { text, fix: None }
}
