//! 水印广告: the site's header, advertisements.

use super::message::LINE_END;
use super::{Check, Example, FindingContext, Findings, Message, Rule, Severity};
use crate::analysis::{Detail, Speech};
use crate::text::{Edit, Point, Span};

pub static RULE: Rule = Rule {
    code: "watermark",
    name: "水印广告",
    severity: Some(Severity::Warning),
    summary: "范文网站留下的页眉、广告和声明：“仅供学习”“咨询QQ……”“首页 > 范文”等，一段只报一次。",
    why: "连广告一起印出来，等于说这篇讲话是抄来的。只看稿子开头和结尾的短行。",
    source: "实务；没有标准条文。",
    examples: &[
        Example {
            bad: "本文仅供学习参考，请勿照搬！\n在全县工作会议上的讲话\n同志们：\n今天开会。",
            good: "在全县工作会议上的讲话\n同志们：\n今天开会。",
        },
        Example {
            bad: "在全县工作会议上的讲话\n同志们：\n今天开会，任务很重。\n资料整理，咨询QQ123456789",
            good: "在全县工作会议上的讲话\n同志们：\n今天开会，要建好公众号，办好官方网站，方便群众下载资料、反映问题。",
        },
    ],
    tags: &[],
    check: Check::Speech(check),
    message,
};

struct Furniture {
    lines: u32,
}

fn check(speech: &Speech, findings: &mut Findings) {
    for &(first, last) in &speech.outline.parts.boilerplate {
        let furniture = Furniture { lines: last - first + 1 };
        let detail = Detail { edits: vec![without_lines(speech, first, last)], ..Detail::of(furniture) };
        findings.push(Span::new(Point::new(first, 0), Point::new(last, LINE_END)), detail);
    }
}

/// Deletes the lines `first..=last` and the blank ones behind them.
pub(super) fn without_lines(speech: &Speech, first: u32, last: u32) -> Edit {
    let blank = speech.lines[last as usize + 1..].iter().take_while(|p| p.is_blank()).count() as u32;
    let end = last + 1 + blank;
    // At the end of the speech there may be no line behind: then the last one is emptied.
    let all = end as usize >= speech.lines.len();
    let to = if all { Point::new(speech.lines.len() as u32 - 1, LINE_END) } else { Point::new(end, 0) };
    Edit::new(Span::new(Point::new(first, 0), to), "")
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(Furniture { lines: count }) = context.evidence() else { return Message::default() };
    let text = context.say(
        format!("水印广告：{count} 行不是讲稿的内容"),
        format!("浮水印廣告：{count} 行不是講稿的內容"),
        format!("site furniture: {count} lines that are no part of the speech"),
    );
    Message { text, fix: context.fix(context.say("删去", "刪去", "delete them")) }
}
