//! 会议不符: the title is of one meeting, 今天召开 of another.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::dates::number_after;
use super::{Check, Example, FindingContext, Findings, Hits, Message, Observations, Rule, Severity};
use crate::analysis::{Detail, RelatedTo};
use crate::lexicon::{HELD_NOW, MEETING_HELD, MEETING_KIND, OF_NO_MEETING, OTHER_TIME};
use crate::paragraph::{Paragraph, packed};
use crate::text::chars::{after, is_han, last_sentence};
use crate::text::{Range, Span};

pub static RULE: Rule = Rule {
    code: "meeting-mismatch",
    name: "会议不符",
    severity: Some(Severity::Warning),
    summary: "标题是一个会，开头“今天，我们召开……”说的是另一个会。",
    why: "套用旧稿，标题改了、开头没有改，第一句话就念错。只看两处都写全了会议名称、名称里没有一个实义的字相同的，和同一个会届次不同的。",
    source: "实务：没有标准条文。",
    examples: &[
        Example {
            bad: "在全县春季造林动员大会上的讲话\n同志们：\n今天，我们召开全县信访工作会议，主要任务是部署工作。",
            good: "在全县春季造林动员大会上的讲话\n同志们：\n昨天，全县信访工作会议召开了。今天，我们召开全县造林工作动员会。",
        },
        Example {
            bad: "在青山镇第九次党员代表大会上的开幕词\n同志们：\n今天，我们召开青山镇第十次党员代表大会。",
            good: "在青山镇第九次党员代表大会上的开幕词\n同志们：\n今天，我们召开青山镇第九次党员代表大会，五年前开过第八次党员代表大会。",
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
    enum Seen { Name, Held, Session }
}

/// Characters of a title at most, and of what a meeting is called.
const TITLE: u8 = 50;
const NAME: usize = 24;

static CALLED: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("召开"));

fn see(line: &str, paragraph: &Paragraph, hits: &mut Hits) {
    for session in sessions(line) {
        hits.push(session.range, Seen::Session);
    }
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

/// Which one of several it is: 第九次党员代表大会.
#[derive(Debug, PartialEq)]
pub(super) struct Session {
    pub number: u32,
    /// What is numbered: 代表大会次会议, 届荷花文化节.
    pub name: String,
    pub range: Range,
}

/// Characters of what is numbered, before 第 where a session is of something else, and behind its measure.
const OF: usize = 4;
const NUMBERED: usize = 3;

static NTH: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("第"));

pub(super) fn sessions(line: &str) -> impl Iterator<Item = Session> + '_ {
    NTH.find_iter(line.as_bytes()).filter_map(|at| {
        let (number, end) = number_after(line, at + "第".len())?;
        let measure = after(line, end).filter(|c| matches!(c, '届' | '次'))?;
        let rest = &line[end + measure.len_utf8()..];
        let name: String = rest.chars().take_while(|c| is_han(*c)).take(NUMBERED).collect();
        let range = Range::new(at, end + measure.len_utf8());
        if name.starts_with("会议") {
            let mut of: Vec<char> = line[..at].chars().rev().take_while(|c| is_han(*c)).take(OF).collect();
            of.reverse();
            let name = of.iter().collect::<String>() + "次会议";
            return (of.len() == OF).then_some(Session { number, name, range });
        }
        (name.chars().count() == NUMBERED).then(|| Session { number, name: format!("{measure}{name}"), range })
    })
}

/// What the title numbers, and the first words of the speech otherwise.
fn judge_sessions(observations: &Observations<'_>, findings: &mut Findings) {
    let parts = &observations.speech.outline.parts;
    let is_title = |line: &u32| parts.title.contains(line) || parts.subtitle.contains(line);
    let of = |line: u32, range: Range| {
        let text = observations.text(line);
        sessions(&text).find(|session| session.range == range)
    };
    let all: Vec<(u32, Session)> = observations
        .of_kind(Seen::Session)
        .filter(|(line, _)| is_title(line) || *line < FIRST)
        .filter_map(|(line, hit)| Some((*line, of(*line, hit.range)?)))
        .collect();
    let (titles, said): (Vec<_>, Vec<_>) = all.iter().partition(|(line, _)| is_title(line));
    for (line, session) in said {
        let mut same = titles.iter().filter(|(_, title)| title.name == session.name);
        let (Some((place, title)), None) = (same.next(), same.next()) else { continue };
        let text = observations.text(*line);
        let sentence = last_sentence(&text[..session.range.start as usize]);
        let now = HELD_NOW.find(&text[sentence..]).is_some();
        if title.number != session.number && now && OTHER_TIME.find(&text[sentence..]).is_none() {
            let own = observations.text(*place);
            let mismatch =
                Mismatch { title: title.range.of(&own).to_owned(), said: session.range.of(&text).to_owned() };
            let related = vec![(Span::in_line(*place, title.range), RelatedTo::Occurrence)];
            findings.push(Span::in_line(*line, session.range), Detail { related, ..Detail::of(mismatch) });
        }
    }
}

fn judge(observations: &Observations<'_>, findings: &mut Findings) {
    judge_sessions(observations, findings);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_numbered() {
        let all = |line: &str| -> Vec<_> { sessions(line).map(|session| (session.number, session.name)).collect() };
        assert_eq!(all("青山镇第九次党员代表大会"), [(9, "次党员代".to_owned())]);
        assert_eq!(
            all("市第六届人民代表大会第三次会议上"),
            [(6, "届人民代".to_owned()), (3, "代表大会次会议".to_owned())]
        );
        assert_eq!(all("第三次会议，第2次全会"), [], "nobody knows of what");
    }
}
