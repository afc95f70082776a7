//! 会议不符: the title is of one meeting, 今天召开 of another.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::{Check, Example, FindingContext, Findings, Hits, Message, Observations, Rule, Severity};
use crate::analysis::{Detail, RelatedTo};
use crate::lexicon::{MEETING_HELD, MEETING_KIND, OF_NO_MEETING};
use crate::paragraph::{Paragraph, packed};
use crate::text::chars::is_han;
use crate::text::{Range, Span};

pub static RULE: Rule = Rule {
    code: "meeting-mismatch",
    name: "会议不符",
    severity: Some(Severity::Warning),
    summary: "标题是一个会，开头“今天，我们召开……”说的是另一个会。",
    why: "套用旧稿，标题改了、开头没有改，第一句话就念错。只看两处都写全了会议名称、名称里没有一个实义的字相同的。",
    source: "实务：没有标准条文。",
    examples: &[
        Example {
            bad: "在全县春季造林动员大会上的讲话\n同志们：\n今天，我们召开全县信访工作会议，主要任务是部署工作。",
            good: "在全县春季造林动员大会上的讲话\n同志们：\n昨天，全县信访工作会议召开了。今天，我们召开全县造林工作动员会。",
        },
        Example {
            bad: "在全市防汛工作会议上的讲话\n同志们：\n今天召开全市招商工作推进会。",
            good: "在全市防汛工作会议上的讲话\n同志们：\n今天召开防汛抗旱工作部署会。",
        },
    ],
    tags: &[],
    check: Check::Together { see, judge },
    message,
};

packed! {
    enum Seen { Name, Held }
}

/// Characters of a title at most, and of what a meeting is called.
const TITLE: u8 = 50;
const NAME: usize = 24;

static CALLED: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("召开"));

fn see(line: &str, paragraph: &Paragraph, hits: &mut Hits) {
    if CALLED.find(line.as_bytes()).is_some() {
        if let Some((word, _)) = MEETING_HELD.find(line)
            && let Some(name) = name_from(line, word.end as usize)
        {
            hits.push(name, Seen::Held);
        }
    } else if paragraph.structural.length <= TITLE
        && let Some(start) = line.find('在').map(|at| at + '在'.len_utf8())
        && let Some(name) = name_from(line, start)
        && line[name.end as usize..].starts_with('上')
    {
        hits.push(name, Seen::Name);
    }
}

/// The name of a meeting that begins at byte `start`: 全县信访工作会议.
fn name_from(line: &str, start: usize) -> Option<Range> {
    let len: usize = line[start..].chars().take_while(|c| is_han(*c)).take(NAME).map(char::len_utf8).sum();
    let mut ends = line[start..start + len].char_indices().map(|(at, c)| start + at + c.len_utf8());
    let end = ends.rfind(|end| MEETING_KIND.ends_at(line, *end))?;
    Some(Range::new(start, end))
}

/// What tells a meeting from others: its name without places, times and the kind of meeting.
fn subject(name: &str) -> String {
    let name = MEETING_KIND.ending(name, name.len()).map_or(name, |(kind, _)| &name[..kind.start as usize]);
    let mut out = String::new();
    let mut at = 0;
    while let Some(c) = name[at..].chars().next() {
        match OF_NO_MEETING.at(name, at) {
            Some((word, _)) => at = word.end as usize,
            None => {
                out.push(c);
                at += c.len_utf8();
            }
        }
    }
    out
}

/// In these lines the speech says what it was given at.
const FIRST: u32 = 12;

fn judge(observations: &Observations<'_>, findings: &mut Findings) {
    let parts = &observations.speech.outline.parts;
    let mut titles = observations
        .of_kind(Seen::Name)
        .filter(|(line, _)| parts.title.contains(line) || parts.subtitle.contains(line));
    let (Some((title, named)), None) = (titles.next(), titles.next()) else { return };
    let mut helds = observations.of_kind(Seen::Held).filter(|(line, _)| *line < FIRST);
    let (Some((line, held)), None) = (helds.next(), helds.next()) else { return };
    let texts = [observations.text(*title), observations.text(*line)];
    let [own, said] = [named.range.of(&texts[0]), held.range.of(&texts[1])];
    let [a, b] = [subject(own), subject(said)];
    let enough = |text: &str| text.chars().count() > 1;
    if enough(&a) && enough(&b) && !a.chars().any(|c| b.contains(c)) {
        let mismatch = Mismatch { title: own.to_owned(), said: said.to_owned() };
        let place = Span::in_line(*title, named.range);
        let detail = Detail { related: vec![(place, RelatedTo::Occurrence)], ..Detail::of(mismatch) };
        findings.push(Span::in_line(*line, held.range), detail);
    }
}

struct Mismatch {
    title: String,
    said: String,
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(Mismatch { title, said }) = context.evidence() else { return Message::default() };
    let text = context.say(
        format!("会议不符：标题是“{title}”，这里说的是“{said}”"),
        format!("會議不符：標題是“{title}”，這裡說的是“{said}”"),
        format!("the title says ‘{title}’, here it is ‘{said}’"),
    );
    Message { text, fix: None }
}
