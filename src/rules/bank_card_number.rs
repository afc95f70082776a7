//! 银行卡号: a number of a card, by its check digit.

use super::private::{grouped, has_birthday, is_luhn, masked, runs, stands_alone};
use super::{Check, Example, FindingContext, Hits, Message, Rule, Tag};
use crate::paragraph::Paragraph;

pub static RULE: Rule = Rule {
    code: "bank-card-number",
    name: "银行卡号",
    severity: None,
    summary: "银行卡号：62 开头的 16 至 19 位，4、5 开头的 16 位，校验位对的才报；四位一组隔开的也认。",
    why: "捐款、补助的卡号不该跟着讲话稿走。对公账号没有统一的校验办法，认不准，不报。默认关闭，用 [private] 打开。",
    source: "ISO/IEC 7812；《个人信息保护法》。",
    examples: &[Example {
        bad: "补助打到卡号6222021234567890128上。",
        good: "补助打到账上，批次是6222021234567890123。",
    }],
    tags: &[Tag::Private],
    check: Check::Text(check),
    message,
};

/// How cards print their numbers.
const GROUPS: [&[usize]; 5] = [&[4, 4, 4, 4, 3], &[4, 4, 4, 4, 2], &[4, 4, 4, 4, 1], &[4, 4, 4, 4], &[6, 13]];

fn check(line: &str, _: &Paragraph, hits: &mut Hits) {
    let runs = runs(line);
    let mut next = 0;
    for n in 0..runs.len() {
        if n < next {
            continue;
        }
        let whole = (1, Some((runs[n].range, runs[n].digits.clone())));
        let parted = GROUPS.iter().map(|lengths| (lengths.len(), grouped(line, &runs, n, lengths)));
        for (count, found) in std::iter::once(whole).chain(parted) {
            if let Some((range, digits)) = found
                && stands_alone(line, range)
                && is_card(&digits)
            {
                hits.push(range, ());
                next = n + count;
                break;
            }
        }
    }
}

fn is_card(digits: &str) -> bool {
    let is_known = match digits.len() {
        16 => digits.starts_with("62") || digits.starts_with(['4', '5']),
        17..=19 => digits.starts_with("62"),
        _ => false,
    };
    let is_identity = digits.len() == 18 && has_birthday(digits);
    is_known && !is_identity && is_luhn(digits)
}

fn message(context: &FindingContext<'_>) -> Message {
    let found = masked(context.found());
    let text = context.say(
        format!("银行卡号：“{found}”"),
        format!("銀行卡號：“{found}”"),
        format!("number of a bank card: ‘{found}’"),
    );
    Message { text, fix: None }
}
