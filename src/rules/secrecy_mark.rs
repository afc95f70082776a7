//! 密级标志: marks of secrecy, and of papers that stay in the house.

use super::{Check, Example, FindingContext, Hits, Message, Rule, Tag};
use crate::lexicon::SECRECY;
use crate::paragraph::Paragraph;
use crate::text::Range;
use crate::text::chars::is_space;

pub static RULE: Rule = Rule {
    code: "secrecy-mark",
    name: "密级标志",
    severity: None,
    summary: "“绝密★”“机密★1年”“秘密”一类密级标志，“内部资料，注意保存”“严禁外传”一类标注：独占一行、在括号里或者带★的才报。",
    why: "有密级、注明内部的材料不能在不涉密的电脑上起草和传送；抄了里面的段落，标注常一起带过来。正文里讲保密工作的不算。默认关闭，用 [private] 打开。",
    source: "《保守国家秘密法》；GB/T 9704—2012 第 7.2.2 条。",
    examples: &[
        Example {
            bad: "机密★1年\n在全县工作会议上的讲话\n同志们：\n今天开会。",
            good: "在全县工作会议上的讲话\n同志们：\n今天开会，要严守国家秘密，不得外传。",
        },
        Example {
            bad: "同志们：\n情况是清楚的（内部资料，注意保存）。",
            good: "同志们：\n情况是清楚的（见《内部资料管理办法》）。",
        },
    ],
    tags: &[Tag::Private],
    check: Check::Text(check),
    message,
};

/// Characters of a mark.
const LONGEST: usize = 20;
/// A mark that stands by itself may stand in them.
const BRACKETS: [(char, char); 4] = [('（', '）'), ('(', ')'), ('【', '】'), ('〔', '〕')];

fn check(line: &str, _: &Paragraph, hits: &mut Hits) {
    let lead = line.len() - line.trim_start_matches(is_space).len();
    let whole = line.trim_matches(is_space);
    if let Some(range) = marked(line, Range::new(lead, lead + whole.len())) {
        hits.push(range, ());
        return;
    }
    for (open, close) in BRACKETS {
        for (at, _) in line.match_indices(open) {
            let start = at + open.len_utf8();
            let end = line[start..].find(close).map_or(start, |end| start + end);
            if let Some(range) = marked(line, Range::new(start, end)) {
                hits.push(range, ());
            }
        }
    }
}

/// The mark that a stretch of a line is.
fn marked(line: &str, range: Range) -> Option<Range> {
    let text = range.of(line);
    if text.chars().count() > LONGEST || text.contains(['。', '《', '？']) {
        return None;
    }
    let (found, row) = SECRECY.find(text)?;
    let behind = text[found.end as usize..].trim_start_matches(is_space);
    let is_whole = found.start == 0 && (behind.is_empty() || behind.starts_with(['★', '☆']));
    // A degree is a mark where nothing else stands beside it.
    (row.value.is_empty() || is_whole).then_some(range)
}

fn message(context: &FindingContext<'_>) -> Message {
    let found = context.found();
    let text = context.say(
        format!("密级标志：“{found}”"),
        format!("密級標誌：“{found}”"),
        format!("mark of secrecy: ‘{found}’"),
    );
    Message { text, fix: None }
}
