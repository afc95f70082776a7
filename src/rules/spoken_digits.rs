//! 数字念法: how 19.3%, 2035年 and 5G are read aloud.

use super::{Check, Example, FindingContext, Hits, Message, Rule, Tag};
use crate::numeral;
use crate::paragraph::Paragraph;
use crate::text::Range;

pub static RULE: Rule = Rule {
    code: "spoken-digits",
    name: "数字念法",
    severity: None,
    summary: "念的时候要停下来想一想的数字：年份、百分数、小数、分数、五位以上的数、5G 一类，报出念法。",
    why: "台上看见一串阿拉伯数字，最容易念错位、念漏“百分之”。默认关闭，定稿以后打开看一遍。",
    source: "GB/T 15835—2011《出版物上数字用法》；念法是通行的。",
    examples: &[Example {
        bad: "到2035年，比重达到19.3%。",
        good: "到二〇三五年，比重达到百分之十九点三，文号是〔2025〕3号，共12项。",
    }],
    tags: &[Tag::Spoken],
    check: Check::Text(check),
    message,
};

/// Numbers of fewer digits are read at a glance.
const LONG: usize = 5;
/// Numbers of more are no quantities.
const LONGEST: usize = 12;

fn check(line: &str, paragraph: &Paragraph, hits: &mut Hits) {
    // 1.1 at the start of a paragraph is an ordinal.
    let mut at = paragraph.head().map_or(0, |head| head.range.end as usize);
    while let Some(start) = line.get(at..).and_then(|rest| rest.find(|c: char| c.is_ascii_digit())).map(|n| at + n) {
        let token = numeral::token(&line[start..]);
        at = start + token.len().max(1);
        let head = &line[..start];
        let joined = head.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '-' | '〔' | '['));
        if !joined && is_hard(token) && numeral::aloud(token).is_some() {
            hits.push(Range::new(start, at), ());
        }
    }
}

fn is_hard(token: &str) -> bool {
    let digits = token.bytes().filter(u8::is_ascii_digit).count();
    let plain = token.bytes().all(|b| b.is_ascii_digit() || b == b',');
    digits <= LONGEST && (!plain || digits >= LONG && !(digits == 11 && token.starts_with('1')))
}

fn message(context: &FindingContext<'_>) -> Message {
    let found = context.found();
    let aloud = numeral::aloud(found).unwrap_or_default();
    let text = context.say(
        format!("“{found}”念“{aloud}”"),
        format!("“{found}”念“{aloud}”"),
        format!("‘{found}’ is read ‘{aloud}’"),
    );
    Message { text, fix: None }
}
