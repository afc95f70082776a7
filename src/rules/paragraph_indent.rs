//! 段首缩进: most paragraphs are set in by two characters, one is not.

use super::{Check, Example, FindingContext, Findings, Message, Rule, Severity};
use crate::analysis::{Detail, Speech};
use crate::paragraph::Kind;
use crate::paragraph::style::Indent;
use crate::text::{Edit, Grade, Range, Span};

pub static RULE: Rule = Rule {
    code: "paragraph-indent",
    name: "段首缩进",
    severity: Some(Severity::Hint),
    summary: "正文各段大多空两格，个别段没有空或者空得不一样。",
    why: "同一篇稿子的段首应当一致。八成以上的段落空两格才查；Markdown 不查。",
    source: "GB/T 9704—2012 7.3.3：正文每个自然段左空二字。",
    examples: &[Example {
        bad: "　　今年以来，全县上下凝心聚力、真抓实干，各项工作取得明显成效。\n　　项目建设稳步推进，一批重点工程陆续开工，发展后劲不断增强。\n　　民生事业持续改善，群众关心的事一件一件有了着落，笑脸多了。\n　　作风建设不断深入，干部精气神明显提振，干事创业氛围浓厚。\n下一步，要再接再厉、乘势而上，努力完成全年各项目标任务。\n　　安全生产形势平稳，信访总量持续下降，社会大局和谐稳定。",
        good: "　　今年以来，全县上下凝心聚力、真抓实干，各项工作取得明显成效。\n　　下一步，要再接再厉、乘势而上，努力完成全年各项目标任务。",
    }],
    tags: &[],
    check: Check::Speech(check),
    message,
};

/// Paragraphs of body text are longer than this.
const BODY: u8 = 24;
const ENOUGH: usize = 5;

fn check(speech: &Speech, findings: &mut Findings) {
    let parts = &speech.outline.parts;
    if parts.wrapped {
        return;
    }
    let body: Vec<(u32, Indent, u32)> = speech
        .lines
        .iter()
        .enumerate()
        .filter(|(n, p)| {
            let n = *n as u32;
            p.structural.kind == Kind::Prose
                && p.structural.length > BODY
                && p.structural.ends_sentence
                && !p.markdown
                && !p.style.is_note
                && !parts.is_boilerplate(n)
                && !parts.title.contains(&n)
                && !parts.subtitle.contains(&n)
        })
        .map(|(n, p)| (n as u32, p.style.indent, p.style.start))
        .collect();
    let usual = body.iter().filter(|(_, indent, _)| *indent == Indent::Two).count();
    if body.len() < ENOUGH || usual * 5 < body.len() * 4 {
        return;
    }
    for (line, indent, start) in body.into_iter().filter(|(_, indent, _)| *indent != Indent::Two) {
        let span = Span::in_line(line, Range { start: 0, end: start });
        let detail =
            Detail { edits: vec![Edit::new(span, "\u{3000}\u{3000}")], grade: Grade::Style, ..Detail::of(indent) };
        findings.push(span, detail);
    }
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(indent) = context.evidence() else { return Message::default() };
    let text = match indent {
        Indent::Other => context.say(
            "段首缩进：其他段都空两格，此段空得不一样",
            "段首縮排：其他段都空兩格，此段空得不一樣",
            "set in differently from the other paragraphs",
        ),
        _ => context.say(
            "段首缩进：其他段都空两格，此段没有空",
            "段首縮排：其他段都空兩格，此段沒有空",
            "the other paragraphs are set in by two characters",
        ),
    };
    Message {
        text: text.to_owned(),
        fix: context.fix(context.say("改为空两格", "改為空兩格", "set it in by two characters")),
    }
}
