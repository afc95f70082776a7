//! 雷同段落: a paragraph pasted in two places and changed a little in one of them.

use rustc_hash::{FxHashMap, FxHashSet};

use super::message::LINE_END;
use super::{Check, Example, FindingContext, Findings, Hits, Message, Observations, Rule, Severity};
use crate::analysis::{Detail, RelatedTo};
use crate::paragraph::{Kind, Paragraph};
use crate::text::{Point, Range, Span};

pub static RULE: Rule = Rule {
    code: "similar-paragraph",
    name: "雷同段落",
    severity: Some(Severity::Information),
    summary: "两段话大部分分句一字不差，只改动了个别地方。",
    why: "几个人分头写再拼起来，同一段素材改头换面用了两处，念到第二遍才发现。按分句比：两段各有四分之三以上的字在相同的分句里才报；排比只是开头相同、句式相同，不报；八十字以内的短段不查。",
    source: "实务；没有标准条文。",
    examples: &[Example {
        bad: "要坚持问题导向，把群众的操心事、烦心事、揪心事一件一件解决好，让群众看到实实在在的变化，得到实实在在的好处，始终同群众想在一起、干在一起，把工作做到群众的心坎上，用党员干部的辛苦指数换取群众的幸福指数。\n要狠抓落实。\n各级各部门要坚持问题导向，把群众的操心事、烦心事、揪心事一件一件解决好，让群众看到实实在在的变化，得到实实在在的好处，始终同群众想在一起、干在一起，把工作做到群众的心坎上，用党员干部的辛苦指数换取群众的幸福指数。",
        good: "要在项目建设上下功夫，坚持领导包抓、专班推进，盯紧前期手续、要素保障、施工进度三个环节，倒排工期、挂图作战，以项目建设的实际成效检验干部的能力和作风。\n要在招商引资上下功夫，坚持走出去、请进来，瞄准龙头企业、链主企业、配套企业三类目标，登门拜访、精准对接，以招商引资的实际成效检验干部的能力和作风。",
    }],
    tags: &[],
    check: Check::Together { see, judge },
    message,
};

/// Shorter clauses are said again and again.
const CLAUSE: usize = 6;
/// How many clauses of a paragraph stand for it: those with the smallest digests, the same ones in a
/// copy unless they were changed there.
const SKETCH: usize = 4;

struct Similar {
    /// So many lines above stands the other.
    lines: u32,
    /// How much is the same, in percent.
    shared: usize,
}

fn see(line: &str, paragraph: &Paragraph, hits: &mut Hits) {
    if paragraph.structural.length <= crate::paragraph::LONG || paragraph.structural.kind != Kind::Prose {
        return;
    }
    let mut smallest = [(u32::MAX, Range::default()); SKETCH];
    for (digest, range) in clauses(line) {
        let place = smallest.partition_point(|(other, _)| *other < digest);
        // A clause that stands twice counts once.
        if place < SKETCH && smallest[place].0 != digest {
            smallest[place..].rotate_right(1);
            smallest[place] = (digest, range);
        }
    }
    for (digest, range) in smallest.into_iter().filter(|(digest, _)| *digest != u32::MAX) {
        hits.push(range, digest);
    }
}

/// What stands between two marks, one stretch after the other.
fn stretches(line: &str) -> impl Iterator<Item = Range> + '_ {
    let bytes = line.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let start = at;
            while let Some(b) = bytes.get(at) {
                match b {
                    // A common ideograph.
                    0xE4..=0xE9 => at += 3,
                    b if b.is_ascii_alphanumeric() => at += 1,
                    _ => break,
                }
            }
            let end = at;
            at += 1;
            while bytes.get(at).is_some_and(|b| (0x80..0xC0).contains(b)) {
                at += 1;
            }
            if end > start {
                return Some(Range::new(start, end));
            }
        }
        None
    })
}

/// The longer clauses of a paragraph, each with a digest of its text.
fn clauses(line: &str) -> impl Iterator<Item = (u32, Range)> + '_ {
    let long = stretches(line).filter(|range| range.len() >= CLAUSE * 3);
    long.map(|range| (digest(range.of(line)), range))
}

fn digest(text: &str) -> u32 {
    use std::hash::Hasher as _;
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(text.as_bytes());
    // Both halves: the upper one is the better mixed one, but there is none where a word has 32 bits.
    let digest = hasher.finish();
    (digest ^ digest >> 32) as u32
}

/// So many texts are compared in one speech; a draft that is nothing but copies has been told.
const MOST: usize = 500;

fn judge(observations: &Observations<'_>, findings: &mut Findings) {
    let lines = &observations.speech.lines;
    let mut last: FxHashMap<u32, u32> = FxHashMap::default();
    let mut texts: FxHashMap<u64, u32> = FxHashMap::default();
    let mut reported = None;
    let mut looked_at = None;
    let mut compared = 0;
    for &(line, hit) in &observations.list {
        let other = last.insert(hit.evidence::<u32>(), line).filter(|other| *other != line);
        // Word for word: another rule says so.
        let copy = *texts.entry(lines[line as usize].style.digest).or_insert(line) != line;
        let Some(other) = other.filter(|_| !copy && reported != Some(line) && compared < MOST) else { continue };
        if looked_at.replace((line, other)) == Some((line, other)) {
            continue;
        }
        compared += 1;
        let Some(shared) = shared(&observations.text(other), &observations.text(line)) else { continue };
        reported = Some(line);
        let at = |line| Span::new(Point::new(line, 0), Point::new(line, LINE_END));
        let detail = Detail {
            related: vec![(at(other), RelatedTo::Occurrence)],
            ..Detail::of(Similar { lines: line - other, shared })
        };
        findings.push(at(line), detail);
    }
}

/// Of each of the two texts so much must stand in clauses of the other, in percent.
const ALIKE: usize = 75;

/// How much of the text that has less of it stands in clauses that the other has as well, in
/// percent; `None` where that is not much.
fn shared(a: &str, b: &str) -> Option<usize> {
    let digests = |text: &str| -> FxHashSet<u32> { clauses(text).map(|(digest, _)| digest).collect() };
    let part = |text: &str, other: &FxHashSet<u32>| {
        let all: usize = stretches(text).map(|range| range.len()).sum();
        let same: usize =
            clauses(text).filter(|(digest, _)| other.contains(digest)).map(|(_, range)| range.len()).sum();
        same * 100 / all.max(1)
    };
    let least = part(a, &digests(b)).min(part(b, &digests(a)));
    (least >= ALIKE).then_some(least)
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(Similar { lines, shared }) = context.evidence() else { return Message::default() };
    let first = context.line + 1 - lines;
    let text = context.say(
        format!("雷同段落：{shared}% 与第 {first} 行相同"),
        format!("雷同段落：{shared}% 與第 {first} 行相同"),
        format!("similar paragraph: {shared}% of it is the same as in line {first}"),
    );
    Message { text, fix: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_paragraphs_share() {
        let a = "一要抓好项目建设，推动经济发展，让群众得到好处。";
        assert_eq!(shared(a, a), Some(100));
        assert_eq!(shared(a, "二要抓好招商引资，推动经济增长，让群众得到实惠。"), None);
        assert_eq!(shared(a, &format!("{a}此外还要抓好民生事业，抓好安全生产，抓好作风建设。")), None);
        assert_eq!(shared("", ""), None);
    }
}
