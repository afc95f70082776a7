//! 段末缺标点: a paragraph that ends without a mark.

use super::message::LINE_END;
use super::{Check, Example, FindingContext, Findings, Message, Rule};
use crate::analysis::{Detail, Speech};
use crate::paragraph::Kind;
use crate::text::chars::is_han;
use crate::text::{Edit, Point, Range, Span};

pub static RULE: Rule = Rule {
    code: "missing-stop",
    name: "段末缺标点",
    severity: None,
    summary: "三十字以上的正文段落，末尾没有标点。",
    why: "多半是删改时连句号一起删了，或者后面的话没有写完。标题、落款、断行的稿子和 Markdown 不查。默认关闭，设为 hint 即可打开。",
    source: "GB/T 15834—2011 4.1（句号）。",
    examples: &[Example {
        bad: "今年以来，全县上下凝心聚力、真抓实干，项目建设、民生改善、作风转变都取得了明显成效",
        good: "一、坚定信心、乘势而上，推动项目建设、民生改善、作风转变各项工作再上新的台阶\n今年以来，全县上下凝心聚力、真抓实干，项目建设、民生改善、作风转变都取得了明显成效。",
    }],
    tags: &[],
    check: Check::Speech(check),
    message,
};

/// A shorter line may be a heading.
const SHORT: u8 = 30;

fn check(speech: &Speech, findings: &mut Findings) {
    let parts = &speech.outline.parts;
    if parts.wrapped {
        return;
    }
    for (n, p) in speech.lines.iter().enumerate() {
        let line = n as u32;
        let body = p.structural.kind == Kind::Prose
            && p.structural.length > SHORT
            && !p.markdown
            && p.head().is_none_or(|head| !head.own_line)
            && !parts.is_boilerplate(line)
            && !parts.title.contains(&line)
            && !parts.subtitle.contains(&line);
        if body && p.style.end.is_some_and(is_han) {
            let at = Point::new(line, LINE_END);
            let detail = Detail { edits: vec![Edit::new(Span::new(at, at), "。")], ..Detail::default() };
            findings.push(Span::new(Point::new(line, p.style.start), at), detail);
        }
    }
}

fn message(context: &FindingContext<'_>) -> Message {
    let text = context.say("段末缺标点", "段末缺標點", "the paragraph ends without a mark");
    // Before the spaces at the end of the line.
    let end = context.text.trim_end().len();
    let fix = context.fix(context.say("补上句号", "補上句號", "add a full stop")).map(|mut fix| {
        fix.edits.iter_mut().for_each(|edit| edit.span = Span::in_line(edit.span.start.line, Range::new(end, end)));
        fix
    });
    Message { text: text.to_owned(), fix }
}
