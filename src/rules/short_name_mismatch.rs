//! 简称不一致: one short name for two, two for one.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::{Check, Example, FindingContext, Findings, Hits, Message, Observations, Rule, Severity};
use crate::analysis::{Detail, RelatedTo};
use crate::paragraph::Paragraph;
use crate::text::chars::{lead, tail};
use crate::text::{Range, Span};

pub static RULE: Rule = Rule {
    code: "short-name-mismatch",
    name: "简称不一致",
    severity: Some(Severity::Warning),
    summary: "两个不同的单位用了同一个简称，或者同一个全称定了两个简称。",
    why: "几个人拼稿，各写各的“以下简称”，后文的简称就不知道指谁。只看写明“（以下简称……）”的；同一个简称说明两遍的，作信息。",
    source: "实务：没有标准条文。",
    examples: &[
        Example {
            bad: "云水县文旅投资有限公司（以下简称“文旅公司”）承担建设任务。\n云水县文化旅游局（以下简称“文旅公司”）负责监管。",
            good: "云水县文旅投资有限公司（以下简称“文旅公司”）承担建设任务。\n云水县文化旅游局（以下简称“文旅局”）负责监管。",
        },
        Example {
            bad: "云水县政务服务中心（以下简称“政务中心”）去年搬迁。\n云水县政务服务中心（以下简称“服务中心”）今年扩容。",
            good: "云水县政务服务中心（以下简称“政务中心”）去年搬迁。\n政务中心今年扩容。",
        },
    ],
    tags: &[],
    check: Check::Together { see, judge },
    message,
};

const WORD: &str = "简称";
static FINDER: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(WORD));

/// Bytes on either side in which a full name and its short one end.
const NEAR: usize = 300;
/// So many names are held against each other.
const MOST: usize = 200;

/// Bytes of a full name at least, and of one in which two are the same for certain.
const FULL: usize = 12;
const LONG: usize = 24;

/// The name that `（以下简称` with its 简称 at byte `at` defines, and what stands before the bracket.
fn definition(line: &str, at: usize) -> Option<(&str, Range)> {
    let head = line[..at].strip_suffix("以下").unwrap_or(&line[..at]);
    let full = head.strip_suffix(['（', '('])?;
    let from = at + WORD.len();
    let near = lead(&line[from..], NEAR);
    let rest = near.trim_start_matches(['为', '：', ':']);
    let base = from + near.len() - rest.len();
    // 《规划》 is short for one plan here and for another in the next item of news.
    let (open, close) = [('“', '”'), ('「', '」')].into_iter().find(|(open, _)| rest.starts_with(*open))?;
    let end = rest.find(close)?;
    let closed = rest[end + close.len_utf8()..].starts_with(['）', ')']);
    let full = tail(full, NEAR);
    let start = full.rfind(['，', '。', '；', '：', '！', '？', '、', '和', '由']).map_or(0, |at| at + '，'.len_utf8());
    let full = full[start..].trim();
    (closed && full.len() >= FULL).then(|| (full, Range::new(base + open.len_utf8(), base + end)))
}

fn see(line: &str, _: &Paragraph, hits: &mut Hits) {
    for at in FINDER.find_iter(line.as_bytes()) {
        if let Some((_, name)) = definition(line, at) {
            hits.push(name, at as u32);
        }
    }
}

/// Whether the two stand for the same thing: one may have more in front of it.
fn is_same(a: &str, b: &str) -> bool {
    a.ends_with(b) || b.ends_with(a)
}

fn judge(observations: &Observations<'_>, findings: &mut Findings) {
    if observations.list.len() < 2 {
        return;
    }
    let lines: Vec<_> = observations.list.iter().map(|(line, _)| observations.text(*line)).collect();
    let mut seen: Vec<(&str, &str, Span)> = Vec::new();
    for ((line, hit), text) in observations.list.iter().zip(&lines) {
        let Some((full, name)) = definition(text, hit.evidence::<u32>() as usize) else { continue };
        let (span, name) = (Span::in_line(*line, name), name.of(text));
        let other = seen.iter().find_map(|(theirs, own, place)| {
            let same = is_same(full, theirs);
            let clash = if own == &name { !same } else { same && full.len().min(theirs.len()) >= LONG };
            clash.then(|| {
                (Mismatch { name: name.to_owned(), other: (*own).to_owned(), full: (*theirs).to_owned() }, *place)
            })
        });
        if let Some((mismatch, place)) = other {
            findings.push(span, Detail { related: vec![(place, RelatedTo::Occurrence)], ..Detail::of(mismatch) });
        } else if let Some((.., place)) = seen.iter().find(|(theirs, own, _)| own == &name && theirs == &full) {
            let mismatch = Mismatch { name: name.to_owned(), other: String::new(), full: full.to_owned() };
            let severity = Severity::Information.max(findings.severity());
            let related = vec![(*place, RelatedTo::Occurrence)];
            findings.push_as(severity, span, Detail { related, ..Detail::of(mismatch) });
        } else if seen.len() < MOST {
            seen.push((full, name, span));
        }
    }
}

struct Mismatch {
    name: String,
    /// Empty where the same is said twice.
    other: String,
    /// What the other one stands for.
    full: String,
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(Mismatch { name, other, full }) = context.evidence() else { return Message::default() };
    let text = if other.is_empty() {
        context.say(
            format!("简称重复说明：“{name}”前面已经说明是“{full}”的简称"),
            format!("簡稱重複說明：“{name}”前面已經說明是“{full}”的簡稱"),
            format!("‘{name}’ has been said above to be short for ‘{full}’"),
        )
    } else if name == other {
        context.say(
            format!("简称不一致：“{name}”前面是“{full}”的简称"),
            format!("簡稱不一致：“{name}”前面是“{full}”的簡稱"),
            format!("‘{name}’ is short for ‘{full}’ above"),
        )
    } else {
        context.say(
            format!("简称不一致：“{full}”前面简称“{other}”，这里简称“{name}”"),
            format!("簡稱不一致：“{full}”前面簡稱“{other}”，這裡簡稱“{name}”"),
            format!("‘{full}’ is ‘{other}’ above and ‘{name}’ here"),
        )
    };
    Message { text, fix: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions_stand_in_brackets() {
        let of = |line: &str| {
            let (full, name) = definition(line, line.find(WORD)?)?;
            Some(format!("{full}={}", name.of(line)))
        };
        assert_eq!(of("由云水县政务服务中心（以下简称“政务中心”）").as_deref(), Some("云水县政务服务中心=政务中心"));
        assert_eq!(of("按《安全生产条例》（简称：“条例”）").as_deref(), Some("按《安全生产条例》=条例"));
        for text in [
            "云水县政务服务中心，以下简称“政务中心”",
            "公司（以下简称“甲方”）",
            "云水县政务服务中心（以下简称政务中心）",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
