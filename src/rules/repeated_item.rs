//! 重复列举: 思想建设、作风建设、作风建设

use super::{Check, Example, FindingContext, Hits, Message, Rule, Severity};
use crate::paragraph::Paragraph;
use crate::text::Range;
use crate::text::chars::{before, is_han};

pub static RULE: Rule = Rule {
    code: "repeated-item",
    name: "重复列举",
    severity: Some(Severity::Warning),
    summary: "顿号前后列举的是同一项：“思想建设、作风建设、作风建设、纪律建设”。",
    why: "列举时改了几遍，同一项留了两次，该有的一项往往就漏了。说三遍的是强调，不报。",
    source: "实务；没有标准条文。",
    examples: &[Example {
        bad: "要加强思想建设、作风建设、作风建设、纪律建设。",
        good: "要加强思想建设、组织建设、作风建设、纪律建设。抓落实、抓落实、抓落实，重要的事说三遍。",
    }],
    tags: &[],
    check: Check::Characters("、", check),
    message,
};

/// Characters of an item at least, and at most.
const ITEM: usize = 3;
const LONGEST: usize = 16;

fn check(line: &str, at: usize, _: &Paragraph, hits: &mut Hits) {
    let (head, rest) = (&line[..at], &line[at + '、'.len_utf8()..]);
    let len: usize = rest.chars().take_while(|c| is_han(*c)).take(LONGEST + 1).map(char::len_utf8).sum();
    let (item, rest) = rest.split_at(len);
    let count = item.chars().count();
    if !(ITEM..=LONGEST).contains(&count) || !head.ends_with(item) || rest.starts_with(['”', '’', '」', '》']) {
        return;
    }
    let start = at - len;
    let free = before(line, start).is_none_or(|c| !is_han(c));
    // Said three times, on purpose.
    let again = |text: &str| text.trim_start_matches(['、', '，']).starts_with(item);
    let earlier = head[..start].trim_end_matches(['、', '，']).ends_with(item);
    // 高级行政主任、行政主任 are two.
    if free && !again(rest) && !earlier {
        hits.push(Range::new(start, at + '、'.len_utf8() + len), ());
    }
}

fn message(context: &FindingContext<'_>) -> Message {
    let item = context.found().split('、').next().unwrap_or("");
    let text = context.say(
        format!("重复列举：“{item}”列了两遍"),
        format!("重複列舉：「{item}」列了兩遍"),
        format!("‘{item}’ is listed twice"),
    );
    // What was meant in its place is for the author to say.
    Message { text, fix: None }
}
