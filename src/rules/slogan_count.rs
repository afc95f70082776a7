//! 提法缺项: a numbered formulation followed by fewer members than it has.

use super::{Check, Example, FindingContext, Message, Rule, Severity, Tag, phrases};
use crate::slogans::MisuseKind;

pub static RULE: Rule = Rule {
    code: "slogan-count",
    name: "提法缺项",
    severity: Some(Severity::Warning),
    summary: "写明是“四个意识”，后面却只列了三项。",
    why: "数字缩略后面的各项要列全。只在写明“即”“包括”“（……）”而且列举收了尾，或者“四个意识”“四个自信”的首尾两项都在、中间漏了一项的时候才报；后面有“等”、只提其中几项的不报。",
    source: "提法目录，各条注明出处；jianggao slogans 可查。",
    examples: &[
        Example {
            bad: "要增强“四个意识”（政治意识、大局意识、核心意识）。",
            good: "要增强“四个意识”（政治意识、大局意识、核心意识、看齐意识）。",
        },
        Example {
            bad: "“四个自信”即道路自信、理论自信、文化自信。",
            good: "“四个自信”即道路自信、理论自信、制度自信、文化自信。",
        },
    ],
    tags: &[Tag::Dated],
    check: Check::Text(|_, paragraph, hits| phrases::find(MisuseKind::Count, paragraph, hits)),
    message,
};

fn message(context: &FindingContext<'_>) -> Message {
    let Some(spoken) = phrases::deviation(context) else { return Message::default() };
    let Some(entry) = spoken.entry else { return Message::default() };
    let (name, total, expected, source) = (&entry.text, entry.members.len(), spoken.expected, spoken.source(context));
    let text = context.say(
        format!("“{name}”共 {total} 项，这里没有列全：应为“{expected}”{source}"),
        format!("“{name}”共 {total} 項，這裡沒有列全：應為“{expected}”{source}"),
        format!("‘{name}’ has {total} parts, and not all are here: ‘{expected}’{source}"),
    );
    Message { text, fix: spoken.fix(context) }
}
