//! 标点形式: ... 。。。 -- ，， `[2024]5号`

use super::{Check, Example, FindingContext, Hits, Message, Rule, Severity};
use crate::paragraph::{Paragraph, packed};
use crate::text::chars::{after, before, is_cjk_mark, is_counted, is_han};
use crate::text::{Grade, Range};

pub static RULE: Rule = Rule {
    code: "punctuation-form",
    name: "标点形式",
    severity: Some(Severity::Information),
    summary: "省略号、破折号、发文年份的括号写得不对，或者两个标点叠在一起：“...”“。。。”“--”“，，”“[2024]5号”。",
    why: "省略号是六个点（……），破折号占两个字（——），发文字号的年份用六角括号〔〕。叠在一起的标点多半是删了中间的字。",
    source: "GB/T 15834—2011 4.10（破折号）、4.11（省略号）；GB/T 9704—2012 7.2.5（发文字号的年份用六角括号“〔〕”）。",
    examples: &[
        Example {
            bad: "调结构、转方式、惠民生。。。都要抓好。", good: "调结构、转方式、惠民生……都要抓好。"
        },
        Example {
            bad: "还有环保、信访...样样不能放松。", good: "还有环保、信访……样样不能放松。"
        },
        Example { bad: "这是我们的目标--走在前列。", good: "这是我们的目标——走在前列。" },
        Example { bad: "要提高认识，，压实责任。", good: "真的吗？！太好了！！" },
        Example { bad: "按照县发[2024]5号文件执行。", good: "按照县发〔2024〕5号文件执行。" },
    ],
    tags: &[],
    check: Check::Characters(".…。，、；：-[［（(【", check),
    message,
};

packed! {
    enum Form { Doubled, Ellipsis, Dash, Year, Clash }
}

fn check(line: &str, at: usize, paragraph: &Paragraph, hits: &mut Hits) {
    let Some(c) = after(line, at) else { return };
    if matches!(c, '[' | '［' | '（' | '(' | '【') {
        if let Some(end) = year_in_number(line, at, c) {
            hits.push(Range::new(at, end), Form::Year);
        }
        return;
    }
    // One mark with a word behind it, as nearly all are.
    if matches!(c, '。' | '，' | '、' | '；' | '：') && after(line, at + c.len_utf8()).is_some_and(is_han) {
        return;
    }
    let run = line[at..].chars().take_while(|d| *d == c).count();
    let end = at + run * c.len_utf8();
    hits.pass_over(end);
    let (left, right) = (before(line, at), after(line, end));
    let chinese = |c: char| is_han(c) || is_cjk_mark(c);
    // What stands before a measure may be a number to fill in.
    if matches!(c, '.' | '…' | '-') && right.is_some_and(is_counted) {
        return;
    }
    match (c, run) {
        // Longer rows lead the eye across a table of contents.
        ('.', 3..=6) if left.is_some_and(chinese) && !right.is_some_and(|c| c.is_ascii_digit()) => {
            hits.push_as(Severity::Hint, Range::new(at, end), Form::Ellipsis);
        }
        ('…', 1 | 3 | 5) if (left.is_some() || right.is_some()) && !is_taken(paragraph, at) => {
            hits.push_as(Severity::Hint, Range::new(at, end), Form::Ellipsis);
        }
        ('-', 2..=3) if right.is_some_and(chinese) && left.is_none_or(chinese) => {
            hits.push_as(Severity::Hint, Range::new(at, end), Form::Dash);
        }
        ('。', 3..) => hits.push_as(Severity::Hint, Range::new(at, end), Form::Ellipsis),
        ('。' | '，' | '、' | '；' | '：', 2) => hits.push(Range::new(at, end), Form::Doubled),
        ('，' | '、' | '；', 1) => {
            let clash = right.filter(|next| matches!((c, next), (_, '。') | ('，', '、' | '；') | (_, '，')));
            if let Some(next) = clash {
                let end = end + next.len_utf8();
                hits.pass_over(end);
                hits.push(Range::new(at, end), Form::Clash);
            }
        }
        _ => {}
    }
}

fn is_taken(paragraph: &Paragraph, at: usize) -> bool {
    paragraph
        .placeholders
        .iter()
        .filter(|p| p.is_likely())
        .any(|p| p.range.start as usize <= at && at < p.range.end as usize)
}

/// The end of the bracket at byte `at` when a year in it begins the number of a document: `县发[2024]5号`.
fn year_in_number(line: &str, at: usize, open: char) -> Option<usize> {
    if !before(line, at).is_some_and(is_han) {
        return None;
    }
    let start = at + open.len_utf8();
    let year =
        line.get(start..start + 4).filter(|year| year.starts_with("20") || year.starts_with("19") && open != '【')?;
    let close = after(line, start + 4).filter(|c| matches!(c, ']' | '］' | '）' | ')' | '】'))?;
    let end = start + 4 + close.len_utf8();
    let rest = line.get(end..)?;
    let rest = rest.strip_prefix('第').unwrap_or(rest);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let tail = rest.get(digits..)?;
    let number =
        (1..=4).contains(&digits) && tail.starts_with('号') && !tail.starts_with("号楼") && !tail.starts_with("号线");
    (number && year.bytes().all(|b| b.is_ascii_digit())).then_some(end)
}

fn message(context: &FindingContext<'_>) -> Message {
    let found = context.found();
    let (expected, grade) = match context.packed() {
        Form::Ellipsis => ("……".to_owned(), Grade::Style),
        Form::Dash => ("——".to_owned(), Grade::Style),
        Form::Year => (format!("〔{}〕", found.trim_matches(|c: char| !c.is_ascii_digit())), Grade::Offered),
        // A word may have been taken out between the two.
        Form::Doubled => (found.chars().next().map_or(String::new(), String::from), Grade::Offered),
        Form::Clash => {
            let text = context.say(
                format!("标点形式：“{found}”两个标点叠在一起"),
                format!("標點形式：“{found}”兩個標點疊在一起"),
                format!("two marks together: {found}"),
            );
            return Message { text, fix: None };
        }
    };
    let text = context.say(
        format!("标点形式：“{found}”应为“{expected}”"),
        format!("標點形式：“{found}”應為“{expected}”"),
        format!("{found} should be {expected}"),
    );
    Message { text, fix: context.replaced(&expected, grade) }
}
