//! 引号不配对: “四个意识"

use super::{Check, Example, FindingContext, Message, Rule, Severity, Tag, pairing};

pub static RULE: Rule = Rule {
    code: "unpaired-quote",
    name: "引号不配对",
    severity: Some(Severity::Warning),
    summary: "引号有头无尾、有尾无头，或者一头是“、一头是英文的 \"。",
    why: "引号不配对，引用到哪里为止就说不清。英文引号收中文引号的，可以直接改正；一段引文跨几段、每段开头重用上引号的，不算错。",
    source: "GB/T 15834—2011 4.8（引号）：引文跨段时每段开头用前引号，最后一段末尾用后引号。",
    examples: &[
        Example {
            bad: "要增强“四个意识\"，做到“两个维护”。", good: "要增强“四个意识”，做到“两个维护”。"
        },
        Example { bad: "集中整治“脏乱差''现象。", good: "集中整治“脏乱差”现象。" },
        Example {
            bad: "要坚定“四个自信“、做到知行合一。", good: "要坚定“四个自信”、做到知行合一。"
        },
        Example { bad: "他说：“要撸起袖子加油干。", good: "他说：“要撸起袖子加油干。”" },
        Example { bad: "坚持稳中求进”的总基调。", good: "坚持“稳中求进”的总基调。" },
    ],
    tags: &[Tag::Pair, Tag::Open],
    check: Check::Speech(|speech, findings| pairing::check(speech, findings, true)),
    message,
};

fn message(context: &FindingContext<'_>) -> Message {
    pairing::message(context, ["引号", "引號", "quotation mark"])
}
