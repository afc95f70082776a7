//! 引号间的顿号: “A”、“B”

use super::{Check, Example, FindingContext, Hits, Message, Rule};
use crate::paragraph::Paragraph;
use crate::text::chars::before;
use crate::text::{Grade, Range};

pub static RULE: Rule = Rule {
    code: "quoted-enumeration",
    name: "引号间的顿号",
    severity: None,
    summary: "带引号或书名号的几项并列，中间又加了顿号：“稳”、“进”、“好”。",
    why: "标准说这种顿号“通常不用”，有的单位要求一律不用，也有许多稿子习惯加。默认关闭，单位有要求时设为 hint 打开，可一并删去。两项之间另有文字或括号的不报。",
    source: "GB/T 15834—2011 4.5.3.5：标有引号、书名号的并列成分之间通常不用顿号。",
    examples: &[
        Example {
            bad: "突出“稳”、“进”、“好”。", good: "突出“稳”“进”“好”，抓好“一号工程”（省级）、“百日攻坚”。"
        },
        Example {
            bad: "学习《条例》、《准则》。", good: "学习《条例》《准则》和《规定》（试行）、《办法》。"
        },
    ],
    tags: &[],
    check: Check::Text(check),
    message,
};

fn check(line: &str, _: &Paragraph, hits: &mut Hits) {
    for (at, mark) in line.match_indices('、') {
        let end = at + mark.len();
        let between = match before(line, at) {
            Some('”') => line[end..].starts_with('“'),
            Some('》') => line[end..].starts_with('《'),
            Some('」') => line[end..].starts_with('「'),
            _ => false,
        };
        if between {
            hits.push(Range::new(at, end), ());
        }
    }
}

fn message(context: &FindingContext<'_>) -> Message {
    let text = context.say(
        "引号、书名号之间通常不用顿号",
        "引號、書名號之間通常不用頓號",
        "no comma is usual between quotations",
    );
    Message { text: text.to_owned(), fix: context.replaced("", Grade::Style) }
}
