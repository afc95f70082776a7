//! 重复段落: a paragraph pasted in two places.

use rustc_hash::FxHashMap;

use super::message::LINE_END;
use super::{Check, Example, FindingContext, Findings, Message, Rule, Severity};
use crate::analysis::{Detail, RelatedTo, Speech};
use crate::text::{Point, Span};

pub static RULE: Rule = Rule {
    code: "duplicate-paragraph",
    name: "重复段落",
    severity: Some(Severity::Warning),
    summary: "同一段话在文中不相邻的两处一字不差。",
    why: "套用旧稿、几个人分头写再拼起来，同一段会留下两处，念到第二遍才发现。四十字以内的短段不查。",
    source: "实务；没有标准条文。",
    examples: &[Example {
        bad: "要坚持问题导向，把群众的操心事、烦心事、揪心事一件一件解决好，让群众看到实实在在的变化，得到实实在在的好处。\n要狠抓落实。\n要坚持问题导向，把群众的操心事、烦心事、揪心事一件一件解决好，让群众看到实实在在的变化，得到实实在在的好处。",
        good: "要坚持问题导向，把群众的操心事、烦心事、揪心事一件一件解决好，让群众看到实实在在的变化，得到实实在在的好处。\n要狠抓落实。\n要坚持目标导向，把任务一件一件落实好。",
    }],
    tags: &[],
    check: Check::Speech(check),
    message,
};

/// A shorter paragraph may well be said twice.
const SHORT: u8 = 40;

struct Copied {
    /// So many lines above stands the first.
    lines: u32,
}

fn check(speech: &Speech, findings: &mut Findings) {
    let mut seen: FxHashMap<u64, u32> = FxHashMap::default();
    let mut previous = 0;
    for (n, p) in speech.lines.iter().enumerate() {
        if p.is_blank() {
            continue;
        }
        let adjacent = previous == p.style.digest;
        previous = p.style.digest;
        // A row of a table has hardly a word.
        if p.structural.length <= SHORT || p.style.set_apart || !p.is_read() || p.spoken < u32::from(SHORT) / 2 {
            continue;
        }
        let n = n as u32;
        match seen.get(&p.style.digest) {
            // Next to each other: a duplicate line.
            Some(_) if adjacent => {}
            Some(&first) => {
                let at = |line| Span::new(Point::new(line, 0), Point::new(line, LINE_END));
                let related = vec![(at(first), RelatedTo::Occurrence)];
                let detail = Detail { related, ..Detail::of(Copied { lines: n - first }) };
                findings.push(at(n), detail);
            }
            None => {
                seen.insert(p.style.digest, n);
            }
        }
    }
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(Copied { lines }) = context.evidence() else { return Message::default() };
    let first = context.line + 1 - lines;
    let text = context.say(
        format!("重复段落：与第 {first} 行一字不差"),
        format!("重複段落：與第 {first} 行一字不差"),
        format!("duplicate paragraph: the same as line {first}"),
    );
    Message { text, fix: None }
}
