//! 对话残留: what an assistant said around the draft to the one who asked for it.
//!
//! One phrase proves nothing: a renderer says 以下是 and 希望以上意见…, too. A line is a remark where it
//! begins like one, turns to one reader, and speaks of the text or of changing it.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::assistant_line::within;
use super::assistant_words::{REMARK, announces, text_of, worth};
use super::message::LINE_END;
use super::watermark::without_lines;
use super::{Check, Example, FindingContext, Findings, Hits, Message, Observations, Rule, Severity};
use crate::analysis::Detail;
use crate::lexicon::{
    ASSISTANT_HEADING, ASSISTANT_LENGTH, ASSISTANT_MARK, ASSISTANT_OWN_HEADING, ASSISTANT_SELF, ASSISTANT_VERSION,
    Class,
};
use crate::numeral::read_count;
use crate::paragraph::{Kind, LONG, Packed, Paragraph};
use crate::text::chars::is_space;
use crate::text::position::floor;
use crate::text::{Edit, Point, Range, Span};

pub static RULE: Rule = Rule {
    code: "assistant-residue",
    name: "对话残留",
    severity: Some(Severity::Warning),
    summary: "智能助手写给使用者的话留在稿子里：“好的，以下是为您撰写的……”“希望这份讲话稿对您有所帮助”“（全文约1500字）”，引用标记和思考过程。",
    why: "稿子是请软件起草的，人人都会这么做；把它对你说的话也念出来，就收不回了。连着的几行算一处，可以整段删去。讲话人自己说的“以下是今年的几件大事”“希望以上意见……”不报。",
    source: "实务；没有标准条文。",
    examples: &[
        Example {
            bad: "好的，以下是根据您的要求撰写的讲话稿：\n在全县工作会议上的讲话\n同志们：\n今天开会。",
            good: "在全县工作会议上的讲话\n同志们：\n以下是今年要抓好的几件大事，请大家认真谋划。",
        },
        Example {
            bad: "同志们：\n今天开会，任务很重。\n希望这份讲话稿对您有所帮助，如需修改请随时告诉我。",
            good: "同志们：\n今天开会，任务很重。\n希望以上意见，大家认真研究。讲得不对的，请批评指正。如有问题，请及时与办公室联系。",
        },
        Example {
            bad: "同志们：\n今天开会，任务很重。\n（全文约1200字）",
            good: "同志们：\n今天开会，总结材料不超过1200字，全文约有两万字的报告会后印发。",
        },
        Example {
            bad: "同志们：\n粮食总产量再创新高【1†source】，农民收入稳步增加。",
            good: "同志们：\n粮食总产量再创新高，农民收入稳步增加。",
        },
        Example {
            bad: "<think>用户要一篇动员讲话，先列提纲。</think>\n同志们：\n今天开会。",
            good: "同志们：\n要大力发展人工智能产业，作为AI产业的后来者，我们有场景、有数据。",
        },
    ],
    tags: &[],
    check: Check::Together { see, judge },
    message,
};

/// What a line is to the rule.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    /// What it is worth as a remark.
    Worth(u32),
    /// It says that the draft follows: no more than one who reads a text of somebody else may say, but not first of all.
    Announcement,
    Heading,
    /// A heading that no speech has.
    OwnHeading,
    /// One of several versions, or the fence of a block of code around the draft.
    Wrapping,
    Length,
    /// It speaks of itself.
    Self_,
    /// Words of its before the speech, or behind it, in one line.
    Before,
    Behind,
    Mark,
}

impl Packed for Seen {
    fn pack(self) -> u32 {
        match self {
            Self::Worth(worth) => worth,
            Self::Heading => 100,
            Self::Length => 101,
            Self::Self_ => 102,
            Self::Mark => 103,
            Self::OwnHeading => 104,
            Self::Wrapping => 105,
            Self::Before => 106,
            Self::Behind => 107,
            Self::Announcement => 108,
        }
    }

    fn unpack(bits: u32) -> Self {
        match bits {
            100 => Self::Heading,
            101 => Self::Length,
            102 => Self::Self_,
            103 => Self::Mark,
            104 => Self::OwnHeading,
            105 => Self::Wrapping,
            106 => Self::Before,
            107 => Self::Behind,
            108 => Self::Announcement,
            worth => Self::Worth(worth),
        }
    }
}

/// What a remark is worth anywhere.
const SURE_REMARK: u32 = 5;
/// Beside a remark this is one, too.
const BESIDE_REMARK: u32 = 2;
/// Of what is spoken in a line; in longer ones only the sure signs count.
const SHORT: u32 = 160;
/// How many lines of text at the start and at the end of a speech are its edge.
const EDGE_AT_START: usize = 3;
const EDGE_AT_END: usize = 12;
/// A heading of its has no more characters.
const TITLE: usize = 6;
/// Behind one of its headings as many short lines at most are its list.
const LIST: usize = 10;

/// What all that it says of itself has in it, and most that it says to the one who asked: the look that
/// spares most lines a longer one.
static SPEAKER: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("，我"));

fn see(line: &str, paragraph: &Paragraph, hits: &mut Hits) {
    let short = paragraph.spoken <= SHORT;
    // All marks have letters in them or beside them.
    if paragraph.letters > 0 {
        marks(line, hits);
    }
    if (short || paragraph.letters > 0)
        && SPEAKER.find(line.as_bytes()).is_some()
        && let Some((found, _)) = ASSISTANT_SELF.find(line)
    {
        hits.push(sentence(line, found), Seen::Self_);
        return;
    }
    if let Some((range, behind)) = within(line) {
        hits.push(range, if behind { Seen::Behind } else { Seen::Before });
        return;
    }
    if !short {
        return;
    }
    let text = text_of(line);
    let ends_with = |class: &Class| class.ends_at(text, text.len()) && text.chars().count() <= TITLE;
    let seen = if is_wrapping(line) {
        Seen::Wrapping
    } else if ends_with(&ASSISTANT_OWN_HEADING) {
        Seen::OwnHeading
    } else if ends_with(&ASSISTANT_HEADING) {
        Seen::Heading
    } else if is_length(line) || is_length_in_brackets(line) {
        Seen::Length
    } else {
        match worth(text) {
            ..REMARK if announces(line) => Seen::Announcement,
            worth => Seen::Worth(worth),
        }
    };
    if seen != Seen::Worth(0) {
        hits.push(Range::new(0, line.len()), seen);
    }
}

/// 【版本二】, 版本一（正式版）：, ```
fn is_wrapping(line: &str) -> bool {
    let line = line.trim_matches(is_space);
    if let Some(info) = line.strip_prefix(FENCE) {
        return info.len() <= FENCE_INFO && info.bytes().all(|b| b.is_ascii_alphabetic());
    }
    let bare = line.trim_start_matches(['【', '*', '#', ' ']).trim_end_matches(['*', ' ']);
    let marked = line.starts_with('【') && bare.ends_with('】') || bare.ends_with(['：', ':']) || bare != line;
    let numbered = ASSISTANT_VERSION.at(bare, 0).is_some_and(|(word, _)| {
        let rest = &bare[word.end as usize..];
        let rest = read_count(rest).map_or("", |(_, len)| &rest[len..]);
        rest.starts_with(['：', ':', '】', '（', '(', '*'])
    });
    marked && numbered && bare.chars().count() <= VERSION
}

const FENCE: &str = "```";
/// Letters that may stand behind the fence of a block of code, and characters of what names a version.
const FENCE_INFO: usize = 10;
const VERSION: usize = 20;

/// （全文约1200字，语言庄重，可根据情况调整）: all in brackets, the first clause by itself.
fn is_length_in_brackets(line: &str) -> bool {
    let text = line.trim_matches(is_space);
    let inner = text.strip_prefix(['（', '(']).and_then(|text| text.strip_suffix(['）', ')']));
    let first = inner.and_then(|text| text.split_once(['，', '；', '。']));
    first.is_some_and(|(first, rest)| ASSISTANT_LENGTH.stands_at(first, 0) && is_length(first) && !rest.contains('。'))
}

/// （全文约1200字，符合您的要求）: nothing but words of the class and figures.
fn is_length(line: &str) -> bool {
    let text = text_of(line);
    let bracketed = line.trim_start_matches(is_space).starts_with(['（', '(', '【', '[']);
    let (mut at, mut figure, mut unit, mut named) = (0, false, false, bracketed);
    while let Some(c) = text[at..].chars().next() {
        if c.is_ascii_digit() {
            figure = true;
        } else if let Some((word, row)) = ASSISTANT_LENGTH.at(text, at) {
            unit |= figure && row.value == "unit";
            named |= row.value == "name";
            at = word.end as usize;
            continue;
        } else if c.is_alphanumeric() {
            return false;
        }
        at += c.len_utf8();
    }
    unit && named
}

/// The clause that `found` stands in, and those up to the next stop.
fn sentence(line: &str, found: Range) -> Range {
    const STOPS: [char; 4] = ['。', '！', '？', '；'];
    let start = line[..found.start as usize].rfind(STOPS).map_or(0, |at| at + '。'.len_utf8());
    let start = line.len() - line[start..].trim_start_matches(is_space).len();
    let rest = found.end as usize;
    let end = line[rest..].find(STOPS).map_or(line.len(), |at| rest + at + '。'.len_utf8());
    Range::new(start, end)
}

/// How many bytes a mark of an assistant has at most behind its word.
const TAG: usize = 300;

/// `【3†source】`, `:contentReference[oaicite:1]{index=1}`
fn marks(line: &str, hits: &mut Hits) {
    let mut at = 0;
    while let Some((found, _)) = ASSISTANT_MARK.find(&line[at..]) {
        let (first, last) = (at + found.start as usize, at + found.end as usize);
        let mut range = Range::new(first, last);
        // In brackets all of it goes.
        let open = line[at..first].char_indices().rev().take(24).take_while(|(_, c)| !"】]。，".contains(*c));
        if let Some((start, c)) = open.into_iter().find(|(_, c)| "【[".contains(*c)) {
            let close = if c == '【' { '】' } else { ']' };
            if let Some(end) = line[last..floor(line, last + TAG)].find(close) {
                range = Range::new(at + start, last + end + close.len_utf8());
            }
        }
        let mut end = range.end as usize;
        for (open, close) in [('[', ']'), ('{', '}')] {
            if line[end..].starts_with(open)
                && let Some(len) = line[end..floor(line, end + TAG)].find(close)
            {
                end += len + 1;
            }
        }
        let start = range.start as usize;
        let start = if line[..start].ends_with(':') { start - 1 } else { start };
        hits.push(Range::new(start, end), Seen::Mark);
        at = end.max(last);
    }
}

fn judge(observations: &Observations<'_>, findings: &mut Findings) {
    let speech = observations.speech;
    let thoughts = thoughts(observations);
    if let Some((first, last, closed)) = thoughts {
        push(findings, observations, first, last, closed);
    }
    if observations.is_empty() {
        return;
    }
    for (line, hit) in &observations.list {
        let seen = hit.evidence();
        if matches!(seen, Seen::Mark | Seen::Self_)
            && thoughts.is_none_or(|(first, last, _)| !(first..=last).contains(line))
        {
            let found = hit.range.of(&observations.raw(*line)).to_owned();
            let span = Span::in_line(*line, hit.range);
            let all = seen == Seen::Self_ && hit.range.len() == observations.raw(*line).trim_matches(is_space).len();
            let edits = if seen == Seen::Mark || all { vec![Edit::new(span, "")] } else { Vec::new() };
            findings.push(span, Detail { edits, ..Detail::of(Residue::Words(found)) });
        }
    }
    let full = |n: &u32| !speech.lines[*n as usize].is_blank();
    for (line, hit) in &observations.list {
        let at_edge = match hit.evidence() {
            Seen::Before => (0..*line).filter(full).take(EDGE_AT_START).count() < EDGE_AT_START,
            Seen::Behind => {
                let rest = (*line + 1..speech.lines.len() as u32).filter(full);
                rest.take(EDGE_AT_END).count() < EDGE_AT_END
            }
            _ => false,
        };
        if at_edge {
            let found = hit.range.of(&observations.raw(*line)).trim().to_owned();
            let span = Span::in_line(*line, hit.range);
            findings.push(span, Detail { edits: vec![Edit::new(span, "")], ..Detail::of(Residue::Words(found)) });
        }
    }
    // What each line of text is, with those that say nothing.
    let is_whole = |seen| !matches!(seen, Seen::Mark | Seen::Self_ | Seen::Before | Seen::Behind);
    let mut seen = observations.list.iter().filter(|(_, hit)| is_whole(hit.evidence())).peekable();
    if seen.peek().is_none() {
        return;
    }
    let is_free = |n: u32| thoughts.is_none_or(|(first, last, _)| !(first..=last).contains(&n));
    let full = speech.lines.iter().enumerate().filter(|(n, p)| {
        !p.is_blank()
            && p.structural.kind != Kind::Rule
            && is_free(*n as u32)
            && !speech.outline.parts.is_boilerplate(*n as u32)
    });
    let mut lines: Vec<(u32, Seen)> = full.map(|(n, _)| (n as u32, Seen::Worth(0))).collect();
    for (line, here) in &mut lines {
        while seen.next_if(|(n, _)| n < line).is_some() {}
        if let Some((_, hit)) = seen.next_if(|(n, _)| n == line) {
            *here = hit.evidence();
        }
    }
    let mut at = 0;
    while at < lines.len() {
        let (from_start, from_end) = (at, lines.len() - 1 - at);
        let edge = from_start < EDGE_AT_START || from_end < EDGE_AT_END;
        let is_one = match lines[at].1 {
            Seen::Length => from_start.min(from_end) < EDGE_AT_START,
            Seen::Wrapping => true,
            Seen::Announcement => from_start == 0,
            Seen::Worth(worth) => worth >= if edge { REMARK } else { SURE_REMARK },
            Seen::OwnHeading => from_start >= EDGE_AT_START && from_end <= LIST,
            _ => false,
        };
        if !is_one {
            at += 1;
            continue;
        }
        let is_worth = |seen| !matches!(seen, Seen::Worth(..BESIDE_REMARK));
        let is_beside =
            |n: usize| is_worth(lines[n].1) && speech.lines[lines[n].0 as usize].structural.kind != Kind::Salutation;
        let (mut first, mut last) = (at, at);
        while first > 0 && is_beside(first - 1) {
            first -= 1;
        }
        while last + 1 < lines.len() && is_beside(last + 1) {
            last += 1;
        }
        // 使用说明： and its list
        let is_short = |n: usize| speech.lines[lines[n].0 as usize].structural.length <= LONG;
        let above = (first.saturating_sub(LIST)..first).rev().take_while(|n| is_short(*n));
        let is_heading = |n: usize| matches!(lines[n].1, Seen::Heading | Seen::OwnHeading);
        if let Some(heading) = above.filter(|n| is_heading(*n)).last() {
            first = heading;
        }
        let rest = last + 1..lines.len();
        if is_heading(first) && rest.len() <= LIST && rest.clone().all(is_short) {
            last = lines.len() - 1;
        }
        push(findings, observations, lines[first].0, lines[last].0, true);
        at = last + 1;
    }
}

/// A block of thoughts before the draft, `<think>…</think>`: its lines, and whether it has an end.
fn thoughts(observations: &Observations<'_>) -> Option<(u32, u32, bool)> {
    let lines = &observations.speech.lines;
    let begins = |n: &u32| {
        let text = observations.line(*n);
        let text = text.trim_start_matches(is_space);
        THOUGHTS.iter().any(|(open, _)| text.starts_with(open))
    };
    let full = (0..lines.len() as u32).filter(|n| !lines[*n as usize].is_blank());
    let first = full.take(EDGE_AT_START).find(begins)?;
    let ends = |n: &u32| THOUGHTS.iter().any(|(_, close)| observations.line(*n).contains(close));
    let last = (first..lines.len() as u32).find(ends);
    Some((first, last.unwrap_or(first), last.is_some()))
}

const THOUGHTS: [(&str, &str); 2] = [("<think>", "</think>"), ("<thinking>", "</thinking>")];

/// What an assistant has left: some words, or so many lines.
enum Residue {
    Words(String),
    Lines(u32),
}

/// Reports the lines `first..=last`, with the rules that part them from the draft.
fn push(findings: &mut Findings, observations: &Observations<'_>, first: u32, last: u32, whole: bool) {
    let speech = observations.speech;
    let beyond = |lines: &mut dyn Iterator<Item = u32>| {
        let kind = |n: u32| speech.lines[n as usize].structural.kind;
        let mut lines = lines.skip_while(|n| kind(*n) == Kind::Blank);
        lines.next().filter(|n| kind(*n) == Kind::Rule)
    };
    let from = beyond(&mut (0..first).rev()).unwrap_or(first);
    let to = beyond(&mut (last + 1..speech.lines.len() as u32)).unwrap_or(last);
    let edits = if whole { vec![without_lines(speech, from, to)] } else { Vec::new() };
    let residue = Residue::Lines(to - from + 1);
    findings.push(Span::new(Point::new(from, 0), Point::new(to, LINE_END)), Detail { edits, ..Detail::of(residue) });
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(residue) = context.evidence() else { return Message::default() };
    let text = match residue {
        Residue::Lines(count) => context.say(
            format!("对话残留：{count} 行是智能助手对使用者说的话，不是讲稿的内容"),
            format!("對話殘留：{count} 行是智能助手對使用者說的話，不是講稿的內容"),
            format!("{count} lines are what an assistant says to its user, no part of the speech"),
        ),
        Residue::Words(found) => context.say(
            format!("对话残留：“{found}”是智能助手留下的，不是讲稿的内容"),
            format!("對話殘留：“{found}”是智能助手留下的，不是講稿的內容"),
            format!("‘{found}’ was left by an assistant and is no part of the speech"),
        ),
    };
    Message { text, fix: context.fix(context.say("删去", "刪去", "delete it")) }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::analysis::{Analysis, Markup};
    use crate::locale::Locale;
    use crate::rules::diagnostics;
    use crate::text::{Flat, apply};

    /// What is left of a draft when all that is found is deleted, and how many findings there are.
    fn cleaned(text: &str, markup: Markup) -> (usize, String) {
        let lines = Flat::new(text);
        let settings = Arc::default();
        let analysis = Analysis::new(&lines, markup, &settings);
        let mut found = diagnostics(&analysis, &lines, &settings, Locale::Hans, usize::MAX);
        found.retain(|found| found.rule.code == RULE.code);
        let edits: Vec<Edit> = found.iter().filter_map(|found| found.fix.clone()).flat_map(|fix| fix.edits).collect();
        (found.len(), apply(text, &edits))
    }

    const DRAFT: &str = "在植树节活动上的讲话\n\n同志们：\n\n植树造林，功在千秋。\n\n";

    #[test]
    fn a_block_is_one_finding_and_goes_as_a_whole() {
        let head = "好的，以下是为您撰写的讲话稿：\n\n---\n\n";
        let tail = "---\n\n**注**：请将方括号里的单位名称替换成实际名称。\n\n希望这份讲话稿对您有所帮助！\n";
        let text = [head, DRAFT, tail].concat();
        for markup in [Markup::Plain, Markup::Markdown] {
            let (count, rest) = cleaned(&text, markup);
            assert_eq!((count, rest.trim_end()), (2, DRAFT.trim_end()), "{markup:?}");
        }
    }

    #[test]
    fn a_list_goes_with_its_heading() {
        let tail = "使用说明：\n1. 请将方括号里的单位名称替换成实际名称；\n2. 时长可按会议安排增减。\n";
        assert_eq!(cleaned(&[DRAFT, tail].concat(), Markup::Plain).0, 1);
    }

    #[test]
    fn a_heading_of_its_own_goes_with_its_list() {
        let tail = "**修改说明**：\n- 精简了开头\n- 强化了结尾的号召力\n";
        assert_eq!(cleaned(&[DRAFT, tail].concat(), Markup::Plain), (1, DRAFT.to_owned()));
        assert_eq!(cleaned("修改说明\n\n同志们：\n\n今天开会。\n", Markup::Plain).0, 0);
    }

    #[test]
    fn what_it_does_for_somebody_and_what_that_one_may_do() {
        for said in [
            "没问题，下面给您提供一篇正式、庄重的讲话稿范文：",
            "这篇讲话稿结构清晰、语言庄重。您看是否需要调整语气？",
            "（字数统计：约1500字，可根据实际情况增删）",
            "以上就是讲话稿的全部内容，您可以结合单位情况修改。",
        ] {
            assert_eq!(cleaned(&format!("{said}\n\n{DRAFT}"), Markup::Plain).0, 1, "{said}");
        }
    }

    #[test]
    fn what_announces_the_draft_goes_where_it_comes_first() {
        for said in ["好的，以下是讲话稿：", "当然，下面是发言提纲：", "以下是主持词："] {
            assert_eq!(cleaned(&format!("{said}\n\n{DRAFT}"), Markup::Plain), (1, DRAFT.to_owned()), "{said}");
            assert_eq!(cleaned(&format!("{DRAFT}{said}\n"), Markup::Plain).0, 0, "{said}");
        }
    }

    #[test]
    fn thoughts_go_with_all_their_lines() {
        for thoughts in
            ["<think>用户要一篇讲话。</think>\n\n", "<think>\n用户要一篇讲话，\n先列提纲。\n\n再写。\n</think>\n\n"]
        {
            let text = [thoughts, DRAFT].concat();
            for markup in [Markup::Plain, Markup::Markdown] {
                assert_eq!(cleaned(&text, markup), (1, DRAFT.to_owned()), "{thoughts:?} {markup:?}");
            }
        }
    }

    #[test]
    fn both_scripts_are_read() {
        let text = "同志們：\n今天開會，任務很重。\n如需調整篇幅或增加案例，請告訴我。\n";
        assert_eq!(cleaned(text, Markup::Plain).0, 1);
    }

    #[test]
    fn what_a_speaker_says_stays() {
        for said in [
            "您可以拨打热线，我们会为您服务。",
            "各单位可根据实际情况调整，请您谅解。",
            "以下是习近平总书记重要讲话全文：",
            "希望以上意见，大家结合实际认真研究。",
            "以上内容，会后由办公室整理印发，请各单位遵照执行。",
            "如您对以上答复有意见，请与我们联系。",
            "希望我们的工作能为您提供更好的服务，请随时告诉我们您的意见。",
            "好的做法要坚持，好的经验要推广。",
            "全文约有两万字，摘要附后。",
        ] {
            for text in [format!("{said}\n{DRAFT}"), format!("{DRAFT}{said}\n")] {
                assert_eq!(cleaned(&text, Markup::Plain).0, 0, "{text}");
            }
        }
    }
}
