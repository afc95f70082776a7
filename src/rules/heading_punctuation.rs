//! 标题句末标点: one heading with a full stop among headings without.

use super::message::LINE_END;
use super::{Check, Example, FindingContext, Findings, Message, Rule, Severity};
use crate::analysis::{Detail, Speech};
use crate::text::chars::is_clause_end;
use crate::text::{Edit, Point, Range, Span};

pub static RULE: Rule = Rule {
    code: "heading-punctuation",
    name: "标题句末标点",
    severity: Some(Severity::Hint),
    summary: "单独成行的同级标题大多不带句末标点，个别的带了句号。",
    why: "同一级标题的写法应当一致。标题后面接正文的（段首句）不算。",
    source: "GB/T 9704—2012 及实务：单独成行的标题一般不加句末标点。",
    examples: &[
        Example {
            bad: "一、提高认识\n要讲政治。\n二、压实责任。\n要抓到底。\n三、狠抓落实\n要见实效。",
            good: "一、提高认识\n要讲政治。\n二、压实责任\n要抓到底。\n三、狠抓落实\n要见实效。",
        },
        Example {
            bad: "（一）产业发展\n要做强。\n（二）城乡建设\n要做优。\n（三）民生保障。\n要做实。",
            good: "有下列情形之一的，予以通报：\n（一）工作不力的；\n（二）弄虚作假的；\n（三）推诿扯皮的；\n（四）其他影响落实的情形。",
        },
    ],
    tags: &[],
    check: Check::Speech(check),
    message,
};

fn check(speech: &Speech, findings: &mut Findings) {
    let outline = &speech.outline;
    for list in outline.lists.iter().filter(|list| !list.inline && list.items.len() >= 3) {
        let mut lines = Vec::new();
        for &n in &list.items {
            let node = &outline.nodes[n as usize];
            if !node.marker_of(&speech.lines).is_some_and(|m| m.own_line && node.inline.is_none()) {
                continue;
            }
            let end = speech.lines[node.line as usize].style.end;
            lines.push((node.line, end));
        }
        let marked = |end: &Option<char>| *end == Some('。');
        let count = lines.iter().filter(|(_, end)| marked(end)).count();
        // Items of a list that end with ； and the last one with 。 are no headings.
        let headings = lines.iter().all(|(_, end)| marked(end) || end.is_some_and(|c| !is_clause_end(c) && c != '，'));
        if lines.len() < 3 || count == 0 || count * 3 > lines.len() || !headings {
            continue;
        }
        for (line, end) in lines.into_iter().filter(|(_, end)| marked(end)) {
            let mark = end.unwrap_or_default();
            let span = Span::new(Point::new(line, 0), Point::new(line, LINE_END));
            let detail = Detail { edits: vec![Edit::new(span, "")], ..Detail::of(mark) };
            findings.push(span, detail);
        }
    }
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(&found) = context.evidence::<char>() else { return Message::default() };
    let text = context.say(
        format!("标题句末标点：同级标题都不带，此处带“{found}”"),
        format!("標題句末標點：同級標題都不帶，此處帶“{found}”"),
        format!("the other headings do not end with a mark; this one ends with {found}"),
    );
    let fix = context.fix(context.say("删去标点", "刪去標點", "delete the mark")).map(|mut fix| {
        let text = context.text.trim_end();
        let mark = Range::new(text.trim_end_matches(found).len(), text.len());
        fix.edits.iter_mut().for_each(|edit| edit.span = Span::in_line(edit.span.start.line, mark));
        fix
    });
    Message { text, fix }
}
