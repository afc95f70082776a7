//! 电话号码: a mobile phone, or one on a desk that is no hotline.

use super::private::{Run, grouped, masked, runs, stands_alone};
use super::{Check, Example, FindingContext, Hits, Message, Rule, Severity, Tag};
use crate::lexicon::{FACTOR, HOTLINE};
use crate::paragraph::Paragraph;
use crate::placeholder::measure_at;
use crate::text::Range;

pub static RULE: Rule = Rule {
    code: "phone-number",
    name: "电话号码",
    severity: None,
    summary: "手机号码；带区号的座机号码，等级至多是信息。",
    why: "起草人的手机号、办公室的电话常留在稿头、页眉、批注里。同一句里写明是热线、举报、咨询一类公开电话的座机不报，12345、400 一类也不报。默认关闭，用 [private] 打开。",
    source: "实务；《个人信息保护法》。",
    examples: &[
        Example {
            bad: "联系人的手机是13812345678。", good: "总投资13812345678元，编号是23812345678。"
        },
        Example {
            bad: "请打办公室的电话0471-6945321。", good: "拨打监督举报电话0471-6945321，或者12345热线。"
        },
    ],
    tags: &[Tag::Private],
    check: Check::Text(check),
    message,
};

fn check(line: &str, _: &Paragraph, hits: &mut Hits) {
    let runs = runs(line);
    for n in 0..runs.len() {
        if let Some(range) = mobile(line, &runs, n) {
            hits.push(range, ());
        } else if let Some(range) = desk(line, &runs, n)
            && HOTLINE.find(sentence(line, range)).is_none()
        {
            hits.push_as(Severity::Information.max(hits.severity()), range, ());
        }
    }
}

/// A mobile phone: in one piece or in groups, also behind +86.
fn mobile(line: &str, runs: &[Run], n: usize) -> Option<Range> {
    const FIRST: usize = 3;
    let run = &runs[n];
    let whole = || {
        let digits = run.digits.strip_prefix("86").filter(|rest| rest.len() == 11).unwrap_or(&run.digits);
        (digits.len() == 11).then(|| (run.range, digits.to_owned()))
    };
    let (range, digits) = whole()
        .or_else(|| grouped(line, runs, n, &[FIRST, 4, 4]))
        .or_else(|| grouped(line, runs, n, &[2, 11]).map(|(range, digits)| (range, digits[2..].to_owned())))?;
    let is_mobile = digits.starts_with('1') && matches!(digits.as_bytes()[1], b'3'..=b'9');
    // Round numbers and what is counted are no telephones.
    let end = range.end as usize;
    let is_amount = digits.ends_with("00000") || measure_at(line, end) || FACTOR.at(line, end).is_some();
    let head = &line[..range.start as usize];
    let is_alone = stands_alone(line, range) || head.ends_with("86-");
    (is_mobile && !is_amount && is_alone).then_some(range)
}

/// One on a desk, with its area: 0471-6945321, （0471）6945321.
fn desk(line: &str, runs: &[Run], n: usize) -> Option<Range> {
    let (area, own) = (&runs[n], runs.get(n + 1)?);
    let is_area = matches!(area.digits.as_bytes(), b"010" | [b'0', b'2', _] | [b'0', b'3'..=b'9', _, _]);
    let between = line.get(area.range.end as usize..own.range.start as usize)?;
    let is_joined = matches!(between, "-" | "－" | "—" | ")" | "）" | " ");
    let is_own = matches!(own.digits.len(), 7 | 8) && !own.digits.starts_with(['0', '1']);
    let range = Range { start: area.range.start, end: own.range.end };
    (is_area && is_joined && is_own && stands_alone(line, range)).then_some(range)
}

fn sentence(line: &str, range: Range) -> &str {
    let ends = ['。', '！', '？', '；'];
    let start = line[..range.start as usize].rfind(ends).unwrap_or(0);
    let end = line[range.end as usize..].find(ends).map_or(line.len(), |end| range.end as usize + end);
    &line[start..end]
}

fn message(context: &FindingContext<'_>) -> Message {
    let found = masked(context.found());
    let text = context.say(
        format!("电话号码：“{found}”"),
        format!("電話號碼：“{found}”"),
        format!("telephone number: ‘{found}’"),
    );
    Message { text, fix: None }
}
