//! 序号混用: 第一，……二是……第三，……

use super::numbering::trimmed;
use super::{Check, Example, FindingContext, Findings, Message, Rule, Severity, Tag};
use crate::analysis::{Detail, RelatedTo, Speech};
use crate::paragraph::Family;
use crate::text::{Edit, Span};

pub static RULE: Rule = Rule {
    code: "numbering-mixed",
    name: "序号混用",
    severity: Some(Severity::Hint),
    summary: "同一序列里换了序号的写法：第一，……二是……第三，……。",
    why: "一个序列用一种序号，听众才跟得上；换写法多半是两段文字拼在一起留下的。",
    source: "实务：起草教材把它列为常见毛病；没有标准条文。",
    examples: &[
        Example {
            bad: "第一，讲政治；二是讲纪律；第三，讲规矩。", good: "第一，讲政治；第二，讲纪律；第三，讲规矩。"
        },
        Example {
            bad: "一是学得深。二要查得准。三要改得实。", good: "一是学得深。二是查得准。三是改得实。"
        },
    ],
    tags: &[Tag::List],
    check: Check::Speech(check),
    message,
};

struct Mixed {
    found: String,
    expected: String,
}

fn check(speech: &Speech, findings: &mut Findings) {
    let outline = &speech.outline;
    for list in outline.lists.iter().filter(|list| !list.mismatched.is_empty()) {
        // The minority is reported, whichever came first.
        let (usual, mismatched): (Vec<u32>, Vec<u32>) =
            list.items.iter().partition(|item| !list.mismatched.contains(item));
        let (usual, mismatched) =
            if mismatched.len() > usual.len() { (mismatched, usual) } else { (usual, mismatched) };
        let usual = usual.first();
        let Some(model) = usual.and_then(|&n| outline.nodes[n as usize].marker_of(&speech.lines)) else { continue };
        for &mismatched in &mismatched {
            let node = &outline.nodes[mismatched as usize];
            let Some(marker) = node.marker_of(&speech.lines) else { continue };
            let span = Span::in_line(node.line, node.marker);
            // 首先 其次 第三 第四: there are no other words to go on with.
            let goes_on = model.family == Family::First && marker.family == Family::Nth && marker.value > 2;
            let Some(expected) = model.with_value(marker.value).filter(|_| !goes_on) else { continue };
            // 其次是严格执法 → 二是严格执法
            let mut covered = node.marker;
            let doubled = expected
                .chars()
                .next_back()
                .filter(|c| node.title.start == covered.end && marker.heading.starts_with(*c));
            covered.end += doubled.map_or(0, |c| c.len_utf8() as u32);
            let mixed = Mixed { found: trimmed(&marker.text), expected: trimmed(&expected) };
            let detail = Detail {
                related: usual
                    .map(|&n| &outline.nodes[n as usize])
                    .map(|n| (Span::in_line(n.line, n.marker), RelatedTo::Sibling))
                    .into_iter()
                    .collect(),
                edits: vec![Edit::new(Span::in_line(node.line, covered), expected)],
                ..Detail::of(mixed)
            };
            findings.push(span, detail);
        }
    }
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(Mixed { found, expected }) = context.evidence() else { return Message::default() };
    let text = context.say(
        format!("序号混用：此处“{found}”与同一序列的写法不一致，应为“{expected}”"),
        format!("序號混用：此處“{found}”與同一序列的寫法不一致，應為“{expected}”"),
        format!("mixed numbering: ‘{found}’ differs from the rest of the list; ‘{expected}’ would fit"),
    );
    Message { text, fix: context.fix(context.change_to(expected)) }
}
