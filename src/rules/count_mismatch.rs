//! 数目不符: 讲三点意见, then four.

use super::numbering::trimmed;
use super::{Check, Example, FindingContext, Findings, Message, Rule, Severity, Tag};
use crate::analysis::{Detail, RelatedTo, Speech};
use crate::numeral;
use crate::text::{Edit, Span};

pub static RULE: Rule = Rule {
    code: "count-mismatch",
    name: "数目不符",
    severity: Some(Severity::Warning),
    summary: "宣布的数目与下文列出的项数不一致：“讲三点意见”，下面却有四点。",
    why: "领导照稿念“三点意见”，念到第四点就会当场出错。数目紧接序列、或者用词在各项里重现时才认定；把握不大的降为信息。有“此外”“另外”的多算一项也不报。",
    source: "实务：没有标准条文。",
    examples: &[
        Example {
            bad: "下面，我讲三点意见。\n一、提高认识\n二、压实责任\n三、狠抓落实\n四、严明纪律",
            good: "下面，我讲三点意见。\n一、提高认识\n二、压实责任\n三、狠抓落实",
        },
        Example {
            bad: "要守好“三条底线”。一要守好环保底线。二要守好信访底线。",
            good: "要守好“两条底线”。一要守好环保底线。二要守好信访底线。",
        },
        Example {
            bad: "切实做到“三个到位”：一是认识到位，二是责任到位。",
            good: "切实增强“四个意识”。一要讲政治，二要顾大局。",
        },
    ],
    tags: &[Tag::List],
    check: Check::Speech(check),
    message,
};

struct Mismatch {
    found: String,
    count: u32,
    actual: u32,
    /// The first and the last ordinal; headings and clauses without a number have none.
    ends: Option<[String; 2]>,
    /// What is counted stands before the count.
    is_behind: bool,
    /// The draft ends with a list that is too short.
    is_cut_off: bool,
}

fn check(speech: &Speech, findings: &mut Findings) {
    let outline = &speech.outline;
    for binding in outline.bindings.iter().filter(|b| !b.agrees()) {
        let announcement = &speech.lines[binding.line as usize].announcements()[binding.announcement as usize];
        let number = Span::in_line(binding.line, announcement.number);
        let mut mismatch = Mismatch {
            found: announcement.text.to_string(),
            count: binding.count,
            actual: binding.actual,
            ends: None,
            is_behind: binding.is_behind,
            is_cut_off: false,
        };
        let mut related = Vec::new();
        if let Some((line, index)) = binding.also {
            let other = &speech.lines[line as usize].announcements()[index as usize];
            related.push((Span::in_line(line, other.range), RelatedTo::Mention));
        }
        if let Some(list) = binding.list {
            let markers = outline.markers(list, &speech.lines);
            let text = |i: usize| markers.get(i).map_or_else(String::new, |m| trimmed(&m.text));
            let Some(&last) = outline.lists[list as usize].items.last() else { continue };
            let last = &outline.nodes[last as usize];
            let last_line = speech.lines.iter().rposition(|p| p.is_read()).unwrap_or(0);
            mismatch.is_cut_off =
                binding.actual < binding.count && last.line as usize == last_line && !binding.is_behind;
            mismatch.ends =
                Some([text(0), text(markers.len().saturating_sub(1))]).filter(|[first, _]| !first.is_empty());
            related.push((Span::in_line(last.line, last.marker), RelatedTo::LastItem));
        }
        let written = announcement.written_number();
        let right = if binding.actual == 2 && !written.is_ascii() {
            Some(if written == "兩" { "兩" } else { "两" }.to_owned())
        } else {
            numeral::like(if written.starts_with(['两', '兩']) { "二" } else { written }, binding.actual)
        };
        let right = right.filter(|_| binding.is_sure() && binding.also.is_none());
        let edits = right.map(|text| Edit::new(number, text)).into_iter().collect();
        let severity = binding.severity.max(findings.severity());
        findings.push_as(
            severity,
            Span::in_line(binding.line, announcement.range),
            Detail { related, edits, ..Detail::of(mismatch) },
        );
    }
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(Mismatch { found, count, actual, ends, is_behind, is_cut_off }) = context.evidence() else {
        return Message::default();
    };
    let [hans, hant, english] = match ends {
        None => [String::new(), String::new(), String::new()],
        Some([first, last]) => [
            format!("（“{first}”至“{last}”）"),
            format!("（“{first}”至“{last}”）"),
            format!(" (‘{first}’ to ‘{last}’)"),
        ],
    };
    let mut text = match is_behind {
        false => context.say(
            format!("数目不符：宣布“{found}”（{count}），下文列出 {actual} 项{hans}"),
            format!("數目不符：宣佈“{found}”（{count}），下文列出 {actual} 項{hant}"),
            format!("‘{found}’ announces {count}, but {actual} follow{english}"),
        ),
        true => context.say(
            format!("数目不符：说的是“{found}”（{count}），前面列出 {actual} 项{hans}"),
            format!("數目不符：說的是“{found}”（{count}），前面列出 {actual} 項{hant}"),
            format!("‘{found}’ says {count}, but {actual} stand before it{english}"),
        ),
    };
    if *is_cut_off {
        text.push_str(context.say("，文稿可能不完整", "，文稿可能不完整", "; the draft may be cut off"));
    }
    let title = context.say(
        format!("数目改为 {actual}"),
        format!("數目改為 {actual}"),
        format!("change the count to {actual}"),
    );
    Message { text, fix: context.fix(title) }
}
