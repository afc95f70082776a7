//! 成语误写: a slip in a fixed idiom.

use super::{Check, Example, FindingContext, Message, Rule, Severity, phrases};
use crate::slogans::MisuseKind;

pub static RULE: Rule = Rule {
    code: "phrase-typo",
    name: "成语误写",
    severity: Some(Severity::Warning),
    summary: "成语和固定短语里的错别字：“分表必争”“一促而就”。",
    why: "拼音输入最容易打出同音的错字，夹在四字短语里，自己读几遍也看不出来。",
    source: "《现代汉语词典》一类辞书的词形；通行的误写另列成表。",
    examples: &[
        Example { bad: "大家要有分表必争的劲头。", good: "大家要有分秒必争的劲头。" },
        Example { bad: "改革不可能一促而就。", good: "改革不可能一蹴而就。" },
        Example { bad: "要把理论和实际融汇贯通。", good: "要把理论和实际融会贯通。" },
    ],
    tags: &[],
    check: Check::Text(|_, paragraph, hits| phrases::find(MisuseKind::Typo, paragraph, hits)),
    message,
};

fn message(context: &FindingContext<'_>) -> Message {
    let Some(spoken) = phrases::deviation(context) else { return Message::default() };
    let (found, expected) = (spoken.found, spoken.expected);
    let text = context.say(
        format!("“{found}”应为“{expected}”"),
        format!("“{found}”應為“{expected}”"),
        format!("‘{found}’ should read ‘{expected}’"),
    );
    Message { text, fix: spoken.fix(context) }
}
