//! 疑似缺字: a name or number that a filter took out, leaving a hole in the sentence.

use super::{Check, Example, FindingContext, Hits, Message, Rule, Severity, Tag};
use crate::paragraph::Paragraph;
use crate::placeholder::{Category, Form};

pub static RULE: Rule = Rule {
    code: "placeholder-ghost",
    name: "疑似缺字",
    severity: Some(Severity::Warning),
    summary: "人名或数字被网站过滤掉后留下的空当：“刚才，同志传达了”“增长%”“第届”。",
    why: "这样的空当没有占位符号，校对时最容易漏过，念出来才发现缺了人名或数字。",
    source: "实务：网上范文常见的过滤痕迹；没有标准条文。",
    examples: &[
        Example {
            bad: "刚才，同志传达了上级精神。", good: "刚才，办公室的同志传达了上级精神。"
        },
        Example {
            bad: "固定资产投资增长%，超出预期。", good: "固定资产投资增长5%，超出预期。"
        },
        Example {
            bad: "我县第届人民代表大会即将召开。", good: "我县第十届人民代表大会即将召开。"
        },
        Example { bad: "全年完成亿元，再创新高。", good: "全年完成三百亿元，再创新高。" },
    ],
    tags: &[Tag::Placeholder],
    check: Check::Paragraph(check),
    message,
};

fn check(paragraph: &Paragraph, hits: &mut Hits) {
    for (index, found) in paragraph.placeholders.iter().enumerate().filter(|(_, p)| p.form == Form::Elided) {
        hits.push(found.range, index);
    }
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(found) = context.paragraph.placeholders.get(context.packed::<usize>()) else { return Message::default() };
    let here = found.range.of(context.text);
    let text = match found.category {
        Category::Person => context.say(
            format!("疑似缺少人名：“{here}”之前"),
            format!("疑似缺少人名：“{here}”之前"),
            format!("a name seems to be missing before ‘{here}’"),
        ),
        Category::Passage => context.say(
            format!("疑似缺字：“{here}”是过滤痕迹"),
            format!("疑似缺字：“{here}”是過濾痕跡"),
            format!("‘{here}’ is what a filter left of a word"),
        ),
        _ => context.say(
            format!("疑似缺少数字：“{here}”"),
            format!("疑似缺少數字：“{here}”"),
            format!("a number seems to be missing in ‘{here}’"),
        ),
    };
    Message { text, fix: None }
}
