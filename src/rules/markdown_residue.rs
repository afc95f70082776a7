//! 标记残留: marks of Markdown in a draft of plain text.

use super::message::LINE_END;
use super::{Check, Example, FindingContext, Findings, Message, Rule, Severity};
use crate::analysis::{Detail, Speech};
use crate::markup::Evidence;
use crate::text::{Point, Span};

pub static RULE: Rule = Rule {
    code: "markdown-residue",
    name: "标记残留",
    severity: Some(Severity::Information),
    summary: "纯文本的稿子里留着 Markdown 的记号：“### 一、……”“**加粗**”“---”。",
    why: "从聊天窗口复制来的稿子带着这些记号，印出来就是井号和星号。每篇只提示一次，不影响定稿；稿子本来就用 Markdown 写的，存成 .md 就不再提示。",
    source: "实务；没有标准条文。",
    examples: &[
        Example {
            bad: "同志们：\n### 一、提高认识\n要**坚定信心**，真抓实干。",
            good: "同志们：\n一、提高认识\n要坚定信心，真抓实干。",
        },
        Example {
            bad: "同志们：\n今天开会，任务很重。\n---\n下面，我再强调三件事。",
            good: "同志们：\n今天开会，任务很重。\n————————\n下面，我再强调三件事。",
        },
    ],
    tags: &[],
    check: Check::Speech(check),
    message,
};

struct Marked {
    lines: usize,
}

fn check(speech: &Speech, findings: &mut Findings) {
    let mut sum = Evidence::default();
    let mut marked = Vec::new();
    for (n, paragraph) in speech.lines.iter().enumerate() {
        sum.add(paragraph.evidence);
        if paragraph.evidence.markdown > 0 || paragraph.evidence.rules > 0 {
            marked.push(n as u32);
        }
    }
    let Some(&first) = marked.first().filter(|_| sum.carries() || sum.names == 0 && sum.rules > 0) else { return };
    let detail = Detail::of(Marked { lines: marked.len() });
    findings.push(Span::new(Point::new(first, 0), Point::new(first, LINE_END)), detail);
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(Marked { lines: count }) = context.evidence() else { return Message::default() };
    let text = context.say(
        format!("标记残留：{count} 行带有 Markdown 的记号，印出来会是井号、星号或横线"),
        format!("標記殘留：{count} 行帶有 Markdown 的記號，印出來會是井號、星號或橫線"),
        format!("{count} lines carry marks of Markdown, which plain text shows as they are"),
    );
    Message { text, fix: None }
}
