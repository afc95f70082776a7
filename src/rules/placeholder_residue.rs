//! 占位符残留: an undecoded `&times;` where a × stood for a name.

use super::{Check, Example, FindingContext, Hits, Message, Rule, Severity, Tag};
use crate::paragraph::Paragraph;
use crate::placeholder::Form;

pub static RULE: Rule = Rule {
    code: "placeholder-residue",
    name: "占位符残留",
    severity: Some(Severity::Warning),
    summary: "没有解码的“&times;”“times;”：原是占位符“×”。",
    why: "从网页复制的文稿里，“×”会变成“times;”。它本来是留空的姓名或数字，现在连空位都看不出来。",
    source: "实务：HTML 字符实体 &times; 的残留；没有标准条文。",
    examples: &[
        Example { bad: "刚才，times;同志通报了情况。", good: "刚才，王强同志通报了情况。" },
        Example { bad: "&times;&times;县的经验很好。", good: "邻县的经验很好。" },
    ],
    tags: &[Tag::Placeholder],
    check: Check::Paragraph(check),
    message,
};

fn check(paragraph: &Paragraph, hits: &mut Hits) {
    for (index, found) in paragraph.placeholders.iter().enumerate().filter(|(_, p)| p.form == Form::Residue) {
        hits.push(found.range, index);
    }
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(found) = context.paragraph.placeholders.get(context.packed::<usize>()) else { return Message::default() };
    let here = found.range.of(context.text);
    let text = context.say(
        format!("未解码的实体“{here}”：应为具体姓名或数字（原为 ×）"),
        format!("未解碼的實體“{here}”：應為具體姓名或數字（原為 ×）"),
        format!("undecoded entity ‘{here}’: a name or number belongs here (it was ×)"),
    );
    Message { text, fix: None }
}
