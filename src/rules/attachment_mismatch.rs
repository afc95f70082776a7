//! 附件不符: 见附件4 where three are listed.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::dates::{number_after, number_before};
use super::{Check, Example, FindingContext, Findings, Hits, Message, Observations, Rule, Severity};
use crate::analysis::{Detail, RelatedTo};
use crate::lexicon::{ATTACHMENT_CITED, ATTACHMENT_FOLLOWED};
use crate::paragraph::{Paragraph, packed};
use crate::text::chars::{before, is_han, is_space, skip_spaces};
use crate::text::{Range, Span};

pub static RULE: Rule = Rule {
    code: "attachment-mismatch",
    name: "附件不符",
    severity: Some(Severity::Warning),
    summary: "正文说“见附件4”，文后的附件只列了三个；附件列了两个，后面却有“附件3”。",
    why: "附件增减之后，正文里的序号最容易忘记改，收文的人找不到。只看写明了附件清单的；书名号后面的（《通知》附件3）是别的文件的附件，不算。",
    source: "GB/T 9704—2012 7.3.4：附件说明应与附件一致。",
    examples: &[
        Example {
            bad: "任务分工见附件2，统计表见附件4。\n附件：1.工作要点\n2.任务分工\n3.统计表",
            good: "任务分工见附件2，统计表见附件3；《通知》附件5所列企业除外。\n附件：1.工作要点\n2.任务分工\n3.统计表",
        },
        Example {
            bad: "请按要求报送（见附件2）。\n附件：报名表", good: "请按要求报送（见附件）。\n附件：报名表"
        },
    ],
    tags: &[],
    check: Check::Together { see, judge },
    message,
};

packed! {
    enum Seen { Cited, List, Item }
}

const WORD: &str = "附件";
static FINDER: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(WORD));

fn see(line: &str, _: &Paragraph, hits: &mut Hits) {
    let start = skip_spaces(line, 0);
    if item(line, start).is_some() {
        hits.push(Range::new(start, line.trim_end_matches(is_space).len()), Seen::Item);
    }
    for at in FINDER.find_iter(line.as_bytes()) {
        let end = at + WORD.len();
        if at == start && line[end..].starts_with(['：', ':']) {
            hits.push(Range::new(at, line.trim_end_matches(is_space).len()), Seen::List);
        } else if let Some((_, last)) = cited(line, at) {
            hits.push(Range::new(at, last), Seen::Cited);
        }
    }
}

/// The number of the attachment that `附件` at byte `at` is cited with in a sentence, and where it ends.
pub(crate) fn cited(line: &str, at: usize) -> Option<(u32, usize)> {
    let (number, end) = number_after(line, skip_spaces(line, at + WORD.len()))?;
    // 《通知》附件3; 附件3： is the attachment itself.
    let head = line[..at].trim_end_matches(is_space);
    // 《任务分工表》（附件3）, 附件1至附件3
    let open = head.strip_suffix(['（', '(']);
    let whole = open.is_some_and(|head| !head.is_empty()) && line[end..].starts_with(['）', ')']);
    let until = head.strip_suffix(['至', '到', '—', '-', '～']);
    let span =
        until.is_some_and(|head| number_before(head, head.len(), 2).is_some_and(|(_, at)| head[..at].ends_with(WORD)));
    let own = !matches!(before(head, head.len()), Some('》' | '号' | '的'));
    let cites = ATTACHMENT_CITED.ends_at(head, head.len());
    let used = ATTACHMENT_FOLLOWED.stands_at(line, end) && !head.is_empty();
    (own && (cites || used || whole || span)).then_some((number, end))
}

/// The number of an item of a list, `1．检查方案`, and where its name begins.
pub(crate) fn item(line: &str, at: usize) -> Option<(u32, usize)> {
    let (number, end) = number_after(line, at)?;
    let rest = line[end..].strip_prefix(['.', '．', '、', '。'])?;
    let name = rest.trim_start_matches(is_space);
    name.starts_with(|c| is_han(c) || matches!(c, '《' | '“' | '〈')).then_some((number, line.len() - name.len()))
}

/// How many attachments a list that begins with `first` names, its further items in `rest`; `None` when they do not
/// count up from one.
fn listed<'a>(first: &str, rest: impl Iterator<Item = &'a str>) -> Option<u32> {
    let named = first.trim_start_matches(is_space).strip_prefix(WORD)?.trim_start_matches([':', '：']);
    let start = first.len() - named.trim_start_matches(is_space).len();
    let mut count = match item(first, start) {
        Some((1, _)) => 1,
        // 附件：报名表
        None if first[start..].starts_with(|c| is_han(c) || c == '《') => return Some(1),
        None if first[start..].is_empty() => 0,
        _ => return None,
    };
    for line in rest {
        match item(line, skip_spaces(line, 0)) {
            Some((number, _)) if number == count + 1 => count = number,
            _ => return None,
        }
    }
    (count > 0).then_some(count)
}

fn judge(observations: &Observations<'_>, findings: &mut Findings) {
    // Of two lists none is certain.
    let (Some((first, list)), 1) = (observations.of_kind(Seen::List).next(), observations.of_kind(Seen::List).count())
    else {
        return;
    };
    let items: Vec<u32> = observations.of_kind(Seen::Item).map(|(line, _)| *line).filter(|line| line > first).collect();
    let mut last = *first;
    let mut texts = Vec::new();
    for line in items {
        let is_blank = |n: u32| observations.paragraph(n).is_blank();
        if !(last + 1..line).all(is_blank) {
            break;
        }
        texts.push(observations.text(line));
        last = line;
    }
    let head = observations.text(*first);
    let Some(count) = listed(&head, texts.iter().map(|text| &**text)) else { return };
    for (line, hit) in observations.of_kind(Seen::Cited) {
        let text = observations.text(*line);
        let Some((number, _)) = cited(&text, hit.range.start as usize) else { continue };
        if number > count {
            let whole = Span::in_line(*first, list.range);
            let detail = Detail { related: vec![(whole, RelatedTo::Occurrence)], ..Detail::of((number, count)) };
            findings.push(Span::in_line(*line, hit.range), detail);
        }
    }
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(&(number, count)) = context.evidence::<(u32, u32)>() else { return Message::default() };
    let text = context.say(
        format!("附件不符：这里说附件{number}，附件只列了{count}个"),
        format!("附件不符：這裡說附件{number}，附件只列了{count}個"),
        format!("attachment {number} is cited, {count} are listed"),
    );
    Message { text, fix: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attachments_are_counted_where_they_count_up() {
        let of = |lines: &[&str]| listed(lines[0], lines[1..].iter().copied());
        assert_eq!(of(&["附件：1．检查方案", "　　2．任务分工表"]), Some(2));
        assert_eq!(of(&["附件：", "1.检查方案", "2.任务分工表", "3.《办法》"]), Some(3));
        assert_eq!(of(&["附件：报名表"]), Some(1));
        assert_eq!(of(&["附件：1.检查方案", "3.任务分工表"]), None);
        assert_eq!(of(&["附件：见另文"]), Some(1));
    }

    #[test]
    fn what_cites_an_attachment() {
        let number = |line: &str| cited(line, line.find(WORD).unwrap()).map(|(number, _)| number);
        for line in
            ["统计表见附件4。", "（详见附件4）", "按附件4格式报送", "对照《清单》（附件4）", "见附件1至附件4", "附件4"]
        {
            let number = |line: &str| cited(line, line.rfind(WORD).unwrap()).map(|(number, _)| number);
            assert_eq!(number(line), (line != "附件4").then_some(4), "{line}");
        }
        for line in ["《通知》附件4所列企业", "附件4：统计表", "国发3号文的附件4", "附件是表"]
        {
            assert_eq!(number(line), None, "{line}");
        }
    }
}
