//! 重复行: the title twice, a line pasted twice.

use super::message::LINE_END;
use super::watermark::without_lines;
use super::{Check, Example, FindingContext, Findings, Message, Rule, Severity};
use crate::analysis::{Detail, RelatedTo, Speech};
use crate::text::{Point, Span};

pub static RULE: Rule = Rule {
    code: "duplicate-line",
    name: "重复行",
    severity: Some(Severity::Warning),
    summary: "上下紧挨着的两行完全相同，常见的是标题贴了两三遍。",
    why: "从网页复制时标题容易带上好几遍，粘贴时手一抖也会多出一行。不到八个字的短行不查：口号可以重复。",
    source: "实务；没有标准条文。",
    examples: &[
        Example {
            bad: "在全县三季度工作会议上的讲话\n\n在全县三季度工作会议上的讲话\n同志们：\n今天开会。",
            good: "在全县三季度工作会议上的讲话\n同志们：\n今天开会。",
        },
        Example {
            bad: "各乡镇要立即行动起来，确保按期完成。\n各乡镇要立即行动起来，确保按期完成。",
            good: "加油干！\n加油干！",
        },
    ],
    tags: &[],
    check: Check::Speech(check),
    message,
};

/// A shorter line may be repeated on purpose.
const SHORT: u8 = 8;
/// And one with fewer ideographs and figures is no line of words.
const WORDS: u32 = 4;

fn check(speech: &Speech, findings: &mut Findings) {
    let mut previous: Option<(u32, u64)> = None;
    for (n, p) in speech.lines.iter().enumerate() {
        let n = n as u32;
        if p.is_blank() {
            continue;
        }
        let digest = p.style.digest;
        if let Some((first, same)) = previous
            && same == digest
            && p.structural.length >= SHORT
            // A rule or a row of a table has none.
            && p.spoken >= WORDS
            && p.is_read()
            && !speech.outline.parts.is_boilerplate(n)
        {
            let detail = Detail {
                related: vec![(Span::new(Point::new(first, 0), Point::new(first, LINE_END)), RelatedTo::Occurrence)],
                edits: vec![without_lines(speech, n, n)],
                ..Detail::default()
            };
            findings.push(Span::new(Point::new(n, 0), Point::new(n, LINE_END)), detail);
            continue;
        }
        previous = Some((n, digest));
    }
}

fn message(context: &FindingContext<'_>) -> Message {
    let text = context.say(
        "重复行：与上面一行完全相同",
        "重複行：與上面一行完全相同",
        "duplicate line: the same as the one above",
    );
    Message { text: text.to_owned(), fix: context.fix(context.say("删去", "刪去", "delete it")) }
}
