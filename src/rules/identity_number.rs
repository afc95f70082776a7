//! 身份证号: a number of identity, by its check digit.

use super::private::{grouped, has_birthday, masked, runs, stands_alone};
use super::{Check, Example, FindingContext, Hits, Message, Rule, Tag};
use crate::paragraph::Paragraph;

pub static RULE: Rule = Rule {
    code: "identity-number",
    name: "身份证号",
    severity: None,
    summary: "公民身份号码：18 位，出生日期和校验码都对的才报。",
    why: "名单、事例里的身份证号随稿子发出去，就是泄露个人信息。15 位的旧号没有校验码，认不准，不报。默认关闭，用 [private] 打开。",
    source: "GB 11643—1999《公民身份号码》；《个人信息保护法》。",
    examples: &[Example {
        bad: "受助群众的身份证号是150102199003078818。",
        good: "受助群众的编号是110105194912310021，文号是〔2025〕3号。",
    }],
    tags: &[Tag::Private],
    check: Check::Text(check),
    message,
};

fn check(line: &str, _: &Paragraph, hits: &mut Hits) {
    let runs = runs(line);
    for n in 0..runs.len() {
        // In one piece, or in those of place, birthday and the rest.
        let groups: [&[usize]; 6] = [&[18], &[17], &[6, 8, 4], &[6, 8, 3], &[6, 4, 4, 4], &[6, 4, 4, 3]];
        let Some((mut range, mut digits)) = groups.iter().find_map(|lengths| grouped(line, &runs, n, lengths)) else {
            continue;
        };
        if let (17, Some(c @ ('X' | 'x' | 'Ｘ' | 'ｘ'))) = (digits.len(), line[range.end as usize..].chars().next()) {
            range.end += c.len_utf8() as u32;
            digits.push('X');
        }
        if stands_alone(line, range) && has_birthday(&digits) && is_checked(&digits) {
            hits.push(range, ());
        }
    }
}

/// Whether these are 17 digits and their check digit.
fn is_checked(digits: &str) -> bool {
    digits.len() == 18 && digits[17..] == check_digit(&digits[..17])
}

/// The check digit of the first 17 (ISO 7064, MOD 11-2).
fn check_digit(digits: &str) -> String {
    let sum = digits.bytes().fold(0, |sum, byte| (sum + u32::from(byte - b'0')) * 2 % 11);
    match (12 - sum) % 11 {
        10 => "X".to_owned(),
        digit => digit.to_string(),
    }
}

fn message(context: &FindingContext<'_>) -> Message {
    let found = masked(context.found());
    let text = context.say(
        format!("身份证号：“{found}”"),
        format!("身分證號：“{found}”"),
        format!("number of identity: ‘{found}’"),
    );
    Message { text, fix: None }
}

#[cfg(test)]
mod tests {
    use super::check_digit;

    #[test]
    fn the_check_digit_is_that_of_the_standard() {
        for number in ["11010519491231002X", "440524188001010014", "150102199003078818"] {
            let (digits, last) = number.split_at(17);
            assert_eq!(check_digit(digits), last);
        }
    }
}
