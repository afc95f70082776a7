//! 占位符写法不一: XX in one part of the draft, ×× in another.

use super::{Check, Example, FindingContext, Findings, Hits, Message, Observations, Rule, Severity};
use crate::analysis::{Detail, RelatedTo};
use crate::paragraph::Paragraph;
use crate::placeholder::{Flags, Placeholder};
use crate::text::{Edit, Span};

pub static RULE: Rule = Rule {
    code: "mixed-placeholder",
    name: "占位符写法不一",
    severity: Some(Severity::Hint),
    summary: "同一篇稿子里空位有的写 XX，有的写 ××、*、某某、○○。",
    why: "写法不一，多半是几份材料拼起来的；用查找一个一个去填时，也容易漏掉另一种。全文只提示一次，可以统一成用得最多的一种。",
    source: "实务；没有标准条文。",
    examples: &[Example {
        bad: "XX区要带头，XX镇要跟上。\n刚才，××同志作了说明。",
        good: "XX区要带头，XX镇要跟上。\n刚才，XX同志作了说明，完成投资X亿元，【待补】",
    }],
    tags: &[],
    check: Check::Together { see, judge },
    message,
};

/// The ways to write a blank, each with the character that it is written with.
const STYLES: [(char, &[char]); 6] = [
    ('X', &['X', 'x', 'Ｘ', 'ｘ']),
    ('×', &['×', '╳', '✕']),
    ('*', &['*', '＊']),
    ('某', &['某']),
    ('○', &['○', '〇', '◯']),
    ('□', &['□']),
];

fn style_of(text: &str) -> Option<usize> {
    let mark = text.chars().find(|c| !c.is_ascii_digit())?;
    STYLES.iter().position(|(_, marks)| marks.contains(&mark))
}

struct Styles {
    /// The marks that are used, the most frequent first.
    all: Vec<char>,
    /// What the fix writes for the first that is odd.
    written: String,
}

fn see(line: &str, paragraph: &Paragraph, hits: &mut Hits) {
    // What the line alone leaves no doubt about: the same whatever else the draft has.
    let sure = |p: &&Placeholder| p.key.style.is_mark() && p.key.flags.has(Flags::SURE);
    for found in paragraph.placeholders.iter().filter(sure) {
        if let Some(style) = style_of(found.range.of(line)) {
            hits.push(found.range, style);
        }
    }
}

fn judge(observations: &Observations<'_>, findings: &mut Findings) {
    let mut counts = [0usize; STYLES.len()];
    for (_, hit) in &observations.list {
        counts[hit.evidence::<usize>()] += 1;
    }
    let mut order: Vec<usize> = (0..STYLES.len()).filter(|style| counts[*style] > 0).collect();
    order.sort_by_key(|style| std::cmp::Reverse(counts[*style]));
    let [usual, _, ..] = order[..] else { return };
    let place = |(line, hit): &(u32, &crate::paragraph::Hit)| Span::in_line(*line, hit.range);
    let mut odd = observations.list.iter().filter(|(_, hit)| hit.evidence::<usize>() != usual);
    let Some(first) = odd.next() else { return };
    let model = observations.list.iter().find(|(_, hit)| hit.evidence::<usize>() == usual);
    let edits = std::iter::once(first).chain(odd).map(|found| {
        let text = observations.raw(found.0);
        let marks = STYLES[found.1.evidence::<usize>()].1;
        let text: String =
            found.1.range.of(&text).chars().map(|c| if marks.contains(&c) { STYLES[usual].0 } else { c }).collect();
        Edit::new(place(found), text)
    });
    let edits: Vec<Edit> = edits.collect();
    let written = edits.first().map_or(String::new(), |edit| edit.text.to_string());
    let detail = Detail {
        related: model.map(|model| (place(model), RelatedTo::Occurrence)).into_iter().collect(),
        edits,
        ..Detail::of(Styles { all: order.iter().map(|style| STYLES[*style].0).collect(), written })
    };
    findings.push(place(first), detail);
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(Styles { all, written: expected }) = context.evidence() else { return Message::default() };
    let found = all.iter().map(char::to_string).collect::<Vec<_>>().join("、");
    let text = context.say(
        format!("占位符写法不一：{found}"),
        format!("佔位符寫法不一：{found}"),
        format!("placeholders are written in several ways: {found}"),
    );
    let title = context.say(
        format!("统一成“{expected}”"),
        format!("統一成“{expected}”"),
        format!("write all with ‘{expected}’"),
    );
    Message { text, fix: context.fix(title) }
}
