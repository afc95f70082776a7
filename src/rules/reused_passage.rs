//! 沿用去年: a passage that stands word by word in last year's draft.

use super::message::shortened;
use super::{Check, Example, FindingContext, Findings, Hits, Message, Observations, Rule, Severity, Tag};
use crate::analysis::Detail;
use crate::paragraph::{Packed, Paragraph};
use crate::settings::Settings;
use crate::text::sentences::sentences;
use crate::text::{Range, Span};

pub static RULE: Rule = Rule {
    code: "reused-passage",
    name: "沿用去年",
    severity: Some(Severity::Information),
    summary: "一段里接连几句与去年的稿子一字不差，加起来五十字以上（against-characters）。",
    why: "同一个人、同一批听众，整段念去年的话，台下听得出来。设置了去年的稿子（against）才查；只有一句相同的不算，提法、称谓、引用的讲话不计字数。一段话只说一次。",
    source: "去年的稿子。",
    examples: &[Example {
        bad: "要把群众的操心事、烦心事、揪心事一件一件解决好，让群众看到实实在在的变化，得到实实在在的好处。要发扬钉钉子的精神，一锤接着一锤敲，敲到点子上，敲到要害处，把说过的话、定下的事、画好的图一样一样变成现实，让干部心里有底、让群众心里有数。东湖大桥的事也照此办理。",
        good: "要把群众的操心事、烦心事、揪心事一件一件解决好，让群众看到实实在在的变化，得到实实在在的好处。要强化督查，每月一通报、每季一排队，对落在后面的点名道姓，对走在前面的大张旗鼓地表扬，用结果说话，用数据说话，让干的人不吃亏、让看的人坐不住。东湖大桥的事也照此办理。",
    }],
    tags: &[Tag::Former],
    check: Check::Together { see, judge },
    message,
};

/// The sentence that it was there.
#[derive(Clone, Copy)]
struct Same(u32);

impl Packed for Same {
    fn pack(self) -> u32 {
        self.0
    }

    fn unpack(bits: u32) -> Self {
        Self(bits)
    }
}

fn see(line: &str, _: &Paragraph, hits: &mut Hits) {
    let Some(former) = hits.settings().former.as_deref() else { return };
    // A sentence may stand there twice: where it goes on is where it comes from.
    let mut next = None;
    for range in sentences(line) {
        let text = range.of(line);
        let goes_on = next.filter(|next| former.is_same(*next, text));
        let same = goes_on.or_else(|| former.same(text));
        next = same.map(|n| n + 1);
        if let Some(sentence) = same {
            hits.push(range, Same(sentence));
        }
    }
}

/// What the message is made of.
struct Reused {
    sentence: u32,
    size: u32,
}

/// A sentence here and there, and how many characters of it are nobody else's.
struct Told {
    line: u32,
    range: Range,
    sentence: u32,
    size: u32,
}

fn judge(observations: &Observations<'_>, findings: &mut Findings) {
    let Some(former) = observations.former() else { return };
    let least = observations.settings().against_characters.unwrap_or(Settings::AGAINST_CHARACTERS);
    let told = observations.list.iter().map(|(line, hit)| {
        let Same(sentence) = hit.evidence();
        let size = former.sentence(sentence).map_or(0, |sentence| sentence.own);
        Told { line: *line, range: hit.range, sentence, size }
    });
    let told: Vec<Told> = told.collect();
    // In one paragraph: what stands over others, headings and names, is the same every year.
    let goes_on = |a: &Told, b: &Told| a.line == b.line && a.range.end == b.range.start && a.sentence + 1 == b.sentence;
    for passage in told.chunk_by(goes_on) {
        let own = || passage.iter().filter(|told| told.size > 0);
        let (Some(first), Some(last)) = (own().next(), own().next_back()) else { continue };
        let size = own().map(|told| told.size).sum();
        if own().count() > 1 && size >= least {
            let range = Range { start: first.range.start, end: last.range.end };
            findings.push(Span::in_line(first.line, range), Detail::of(Reused { sentence: first.sentence, size }));
        }
    }
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(&Reused { sentence, size }) = context.evidence() else { return Message::default() };
    let Some(old) = context.settings.former.as_deref().and_then(|former| former.sentence(sentence)) else {
        return Message::default();
    };
    let (line, text) = (old.line + 1, shortened(&old.text));
    let text = context.say(
        format!("与去年一字不差，{size} 字：去年第 {line} 行起，{text}"),
        format!("與去年一字不差，{size} 字：去年第 {line} 行起，{text}"),
        format!("word for word last year's, {size} characters: from line {line} then, {text}"),
    );
    Message { text, fix: None }
}
