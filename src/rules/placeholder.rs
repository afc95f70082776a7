//! 占位符未填: XX, ××, *, 某某, ____, 20XX年, 【待补】 left in a draft.

use super::message::say;
use super::{Check, Example, FindingContext, Hits, Message, Rule, Severity, Tag};
use crate::paragraph::Paragraph;
use crate::placeholder::{Category, Certainty, Form};

pub static RULE: Rule = Rule {
    code: "placeholder",
    name: "占位符未填",
    severity: Some(Severity::Warning),
    summary: "草稿里留下的空位还没有填：XX、X、××、*、某某、____、20XX年、【待补】等。",
    why: "占位符会被原样念出来。报告写明空位要填的是什么（地名、数量、日期……），同一名称在全文有几处也一并写明；只写法存疑的（如“～年”“某同志”）降为提示。",
    source: "实务：讲话稿套用范文或边写边留空的通行写法；没有标准条文。",
    examples: &[
        Example { bad: "XX区上半年完成投资X亿元。", good: "东湖区上半年完成投资三十亿元。" },
        Example { bad: "刚才，×××同志作了报告。", good: "刚才，组织部门的同志作了报告。" },
        Example { bad: "推动*高质量发展。", good: "推动全县高质量发展。" },
        Example { bad: "20XX年X月，工程开工。", good: "2024年3月，工程开工。" },
        Example { bad: "会议由____主持。", good: "会议由县长主持。" },
        Example { bad: "下面谈几点打算。【待补】", good: "下面谈几点打算。一是抓紧开工。" },
        Example { bad: "某某市的做法值得学习。", good: "某些地方的做法值得学习。" },
        Example {
            bad: "我们要建设X区。", good: "X光检查、1+X证书、5G+X、XXL码、4×100米、5*8小时。"
        },
    ],
    tags: &[Tag::Placeholder, Tag::Blank],
    check: Check::Paragraph(check),
    message,
};

fn check(paragraph: &Paragraph, hits: &mut Hits) {
    for (index, found) in paragraph.placeholders.iter().enumerate() {
        // Whether it is reported, and how, the draft decides.
        if found.form == Form::Mark {
            hits.push(found.range, index);
        }
    }
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(found) = context.paragraph.placeholders.get(context.packed::<usize>()) else { return Message::default() };
    let unit = found.unit.of(context.text);
    let [hans, hant, english] = found.category.names();
    let category = context.say(hans, hant, english);
    let count = found.group.map_or(1, |group| context.analysis.group_size(group));
    let places = match count {
        0 | 1 => String::new(),
        n => say!(context, "（全文 {n} 处）", "（全文 {n} 處）", " ({n} places)"),
    };
    let text = match (context.analysis.blanks().certainty(found), found.category) {
        (Certainty::Certain, Category::Passage) => {
            say!(context, "“{unit}”还没有补写", "“{unit}”還沒有補寫", "‘{unit}’ is still to be written")
        }
        (Certainty::Certain, Category::Unknown) => {
            say!(context, "占位符“{unit}”未填写", "佔位符“{unit}”未填寫", "placeholder ‘{unit}’ is not filled in")
        }
        (Certainty::Certain, _) => say!(
            context,
            "占位符“{unit}”未填写：{category}{places}",
            "佔位符“{unit}”未填寫：{category}{places}",
            "placeholder ‘{unit}’ is not filled in: {category}{places}",
        ),
        _ => say!(
            context,
            "“{unit}”像是占位符：{category}{places}",
            "“{unit}”像是佔位符：{category}{places}",
            "‘{unit}’ looks like a placeholder: {category}{places}",
        ),
    };
    Message { text, fix: None }
}
