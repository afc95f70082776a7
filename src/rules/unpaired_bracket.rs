//! 括号不配对: （见附件

use super::{Check, Example, FindingContext, Message, Rule, Severity, Tag, pairing};

pub static RULE: Rule = Rule {
    code: "unpaired-bracket",
    name: "括号不配对",
    severity: Some(Severity::Warning),
    summary: "括号、书名号有头无尾或者有尾无头：“（”“《”“【”“〔”。",
    why: "少了一半的书名号、括号多半是删改时留下的。“1）”一类的序号不算；书名分在两行里的也不算。",
    source: "GB/T 15834—2011 4.9（括号）、4.15（书名号）：成对使用。",
    examples: &[
        Example { bad: "按照《实施方案要求推进。", good: "按照《实施方案》要求推进。" },
        Example {
            bad: "参会单位（名单附后要按时到会。", good: "参会单位（名单附后）要按时到会。"
        },
        Example { bad: "学习贯彻《决定）精神。", good: "学习贯彻《决定》精神。" },
    ],
    tags: &[Tag::Pair, Tag::Open],
    check: Check::Speech(|speech, findings| pairing::check(speech, findings, false)),
    message,
};

fn message(context: &FindingContext<'_>) -> Message {
    pairing::message(context, ["括号", "括號", "bracket"])
}
