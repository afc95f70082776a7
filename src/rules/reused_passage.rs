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
    summary: "接连几句与去年的稿子一字不差，加起来一百字以上（against-characters）。",
    why: "同一个人、同一批听众，整段念去年的话，台下听得出来。设置了去年的稿子（against）才查；只有一句相同的不算，提法、称谓、结束语、引用的讲话不计字数。一段话只说一次。",
    source: "去年的稿子。",
    examples: &[Example {
        bad: "要把群众的操心事、烦心事、揪心事一件一件解决好，让群众看到实实在在的变化，得到实实在在的好处。要发扬钉钉子的精神，一锤接着一锤敲，敲到点子上，敲到要害处，把说过的话、定下的事、画好的图一样一样变成现实，让干部心里有底、让群众心里有数。东湖大桥的事也照此办理。",
        good: "要把群众的操心事、烦心事、揪心事一件一件解决好，让群众看到实实在在的变化，得到实实在在的好处。要强化督查，每月一通报、每季一排队，对落在后面的点名道姓，对走在前面的大张旗鼓地表扬，用结果说话，用数据说话，让干的人不吃亏、让看的人坐不住。东湖大桥的事也照此办理。",
    }],
    tags: &[Tag::Former],
    check: Check::Together { see, judge },
    message,
};

/// A sentence that stood there, and where it stands in its paragraph.
#[derive(Clone, Copy)]
struct Same {
    sentence: u32,
    is_first: bool,
    is_last: bool,
}

const MOST: u32 = 1 << 30;

impl Packed for Same {
    fn pack(self) -> u32 {
        self.sentence << 2 | u32::from(self.is_first) << 1 | u32::from(self.is_last)
    }

    fn unpack(bits: u32) -> Self {
        Self { sentence: bits >> 2, is_first: bits >> 1 & 1 == 1, is_last: bits & 1 == 1 }
    }
}

fn see(line: &str, _: &Paragraph, hits: &mut Hits) {
    let Some(former) = hits.settings().former.as_deref() else { return };
    let all = sentences(line);
    // A sentence may stand there twice: where it goes on is where it comes from.
    let mut next = None;
    for (n, range) in all.iter().enumerate() {
        let text = range.of(line);
        let goes_on = next.filter(|next| former.is_same(*next, text));
        let same = goes_on.or_else(|| former.same(text)).filter(|n| *n < MOST);
        next = same.map(|n| n + 1);
        if let Some(sentence) = same {
            hits.push(*range, Same { sentence, is_first: n == 0, is_last: n + 1 == all.len() });
        }
    }
}

/// What the message is made of.
struct Reused {
    sentence: u32,
    size: u32,
    paragraphs: u32,
}

/// Sentences that follow each other here and there.
struct Passage {
    /// Of the first paragraph.
    line: u32,
    range: Range,
    first: u32,
    last: (u32, Same),
    /// Where the last sentence ends.
    end: u32,
    /// The line of the last that is its own.
    to: u32,
    sentences: u32,
    size: u32,
    paragraphs: u32,
}

fn judge(observations: &Observations<'_>, findings: &mut Findings) {
    let Some(former) = observations.former() else { return };
    let least = observations.settings().against_characters.unwrap_or(Settings::AGAINST_CHARACTERS);
    let mut tell = |passage: Passage| {
        if passage.sentences > 1 && passage.size >= least {
            let Passage { first: sentence, size, paragraphs, .. } = passage;
            let detail = Detail::of(Reused { sentence, size, paragraphs });
            findings.push(Span::in_line(passage.line, passage.range), detail);
        }
    };
    let mut open: Option<Passage> = None;
    for (line, hit) in &observations.list {
        let same: Same = hit.evidence();
        let size = former.sentence(same.sentence).map_or(0, |sentence| sentence.own);
        let is_blank = |from: u32, to: u32| (from + 1..to).all(|n| observations.paragraph(n).is_blank());
        let goes_on = open.as_ref().is_some_and(|open| {
            let (before, last) = open.last;
            let follows = if before == *line { true } else { last.is_last && same.is_first && is_blank(before, *line) };
            follows && same.sentence == last.sentence + 1 && (before != *line || open.end == hit.range.start)
        });
        match open.as_mut().filter(|_| goes_on) {
            Some(open) => {
                (open.last, open.end) = ((*line, same), hit.range.end);
                // A closing may be the same, and is no part of it.
                if size > 0 {
                    if open.line == *line {
                        open.range.end = hit.range.end;
                    }
                    open.paragraphs += u32::from(open.to != *line);
                    open.to = *line;
                    (open.sentences, open.size) = (open.sentences + 1, open.size + size);
                }
            }
            None if size == 0 => {
                if let Some(passage) = open.take() {
                    tell(passage);
                }
            }
            None => {
                let new = Passage {
                    line: *line,
                    range: hit.range,
                    first: same.sentence,
                    last: (*line, same),
                    end: hit.range.end,
                    to: *line,
                    sentences: 1,
                    size,
                    paragraphs: 1,
                };
                if let Some(passage) = open.replace(new) {
                    tell(passage);
                }
            }
        }
    }
    if let Some(passage) = open {
        tell(passage);
    }
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(&Reused { sentence, size, paragraphs }) = context.evidence() else { return Message::default() };
    let Some(old) = context.settings.former.as_deref().and_then(|former| former.sentence(sentence)) else {
        return Message::default();
    };
    let (line, text) = (old.line + 1, shortened(&old.text));
    let many = match paragraphs {
        1 => String::new(),
        n => context.say(format!("（连着 {n} 段）"), format!("（連著 {n} 段）"), format!(" in {n} paragraphs")),
    };
    let text = context.say(
        format!("与去年一字不差，{size} 字{many}：去年第 {line} 行起，{text}"),
        format!("與去年一字不差，{size} 字{many}：去年第 {line} 行起，{text}"),
        format!("word for word last year's, {size} characters{many}: from line {line} then, {text}"),
    );
    Message { text, fix: None }
}
