//! 并列分隔不一: 严以修身、严以用权，严以律己

use super::{Check, Example, FindingContext, Hits, Message, Rule, Severity};
use crate::lexicon::RANKED_OFFICE;
use crate::paragraph::Paragraph;
use crate::text::chars::is_han;
use crate::text::{Grade, Range};

pub static RULE: Rule = Rule {
    code: "enumeration-comma",
    name: "并列分隔不一",
    severity: Some(Severity::Hint),
    summary: "几个开头相同、字数相等的并列词组，有的用顿号隔开，有的用逗号。",
    why: "并列的词组用同一种标点，念起来停顿才均匀。",
    source: "GB/T 15834—2011 4.5（顿号）：并列词语之间的停顿。",
    examples: &[
        Example {
            bad: "要做到严以修身、严以用权，严以律己。",
            good: "要做到严以修身、严以用权、严以律己，谋事要实、创业要实、做人要实。",
        },
        Example {
            bad: "要把政策讲得清楚、讲得明白，讲得透彻。",
            good: "出席会议的有县委常委、县委办主任，县委副书记，县政协主席。",
        },
    ],
    tags: &[],
    check: Check::Characters("、", check),
    message,
};

/// A、B，C with 、 at byte `at`: the comma is the odd one.
fn check(line: &str, at: usize, _: &Paragraph, hits: &mut Hits) {
    let end = at + '、'.len_utf8();
    let b = head(&line[end..]);
    let comma = end + b.len();
    if b.len() < 12 || !line[comma..].starts_with('，') {
        return;
    }
    let a = tail(&line[..at]);
    let c = head(&line[comma + '，'.len_utf8()..]);
    let ends = &line[comma + '，'.len_utf8() + c.len()..];
    let closed = ends.is_empty() || ends.starts_with(['。', '；', '，', '！', '”', '：']);
    let alike = |x: &str, y: &str| x.get(..6).is_some_and(|head| y.starts_with(head));
    let a = a.len().checked_sub(b.len()).map_or("", |start| &a[start..]);
    if closed && b.len() == c.len() && alike(a, b) && alike(b, c) && !is_office(b) {
        hits.push(Range::new(comma, comma + '，'.len_utf8()), ());
    }
}

/// Of the offices that one body gives, 、 parts the lower ones and ， the higher: 中央委员、中央书记，中央主席.
fn is_office(words: &str) -> bool {
    RANKED_OFFICE.ends_at(words, words.len())
}

/// The ideographs that `text` ends with, no more than nine.
fn tail(text: &str) -> &str {
    let len: usize = text.chars().rev().take(9).take_while(|c| is_common(*c)).map(char::len_utf8).sum();
    &text[text.len() - len..]
}

/// The ideographs that `text` starts with, no more than nine.
fn head(text: &str) -> &str {
    let len: usize = text.chars().take(9).take_while(|c| is_common(*c)).map(char::len_utf8).sum();
    &text[..len]
}

/// Ideographs of three bytes.
#[inline]
fn is_common(c: char) -> bool {
    is_han(c) && c.len_utf8() == 3
}

fn message(context: &FindingContext<'_>) -> Message {
    let text = context.say(
        "并列分隔不一：前面用“、”，此处用“，”",
        "並列分隔不一：前面用“、”，此處用“，”",
        "this list is parted by 、 before and by ， here",
    );
    Message { text: text.to_owned(), fix: context.replaced("、", Grade::Offered) }
}
