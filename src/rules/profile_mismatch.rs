//! 与约定写法不符: words, salutation, sections that are not as agreed for the one who gives the speech.

use super::{Check, Example, FindingContext, Findings, Hits, Message, Observations, Rule, Severity, Tag};
use crate::analysis::Detail;
use crate::lexicon::dictionary::boundary;
use crate::outline::NodeKind;
use crate::paragraph::{Packed, Paragraph};
use crate::settings::Profile;
use crate::text::chars::is_opening_quote;
use crate::text::fold::{fold, in_script_of};
use crate::text::{Edit, Grade, Range, Span};

pub static RULE: Rule = Rule {
    code: "profile-mismatch",
    name: "与约定写法不符",
    severity: Some(Severity::Information),
    summary: "与讲话人或本单位约定的写法（profile）不符：用语、不用的说法、称谓、部分的数目和标题。",
    why: "每位领导有自己的讲法：有的“提要求”，有的“谈意见”，有的话从来不说。写法由本单位写在 jianggao.toml 里，没有写，这条规则什么也不报。引文、书名号里的和更长的词里的不算。",
    source: "本单位约定的写法。",
    examples: &[
        Example {
            bad: "在全县农村工作会议上的讲话\n周明远\n同志们：\n下面，我提要求，供大家参考。",
            good: "在全县农村工作会议上的讲话\n周明远\n同志们：\n下面，我谈意见，供大家参考。",
        },
        Example {
            bad: "在全县农村工作会议上的讲话\n周明远\n各位领导：\n今天的会议很重要。",
            good: "在全县农村工作会议上的讲话\n沈琬怡\n各位领导：\n下面，我提要求，供大家参考。",
        },
    ],
    tags: &[Tag::Profile],
    check: Check::Together { see, judge },
    message,
};

/// A form of a profile, by their places.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Form {
    profile: u32,
    is_replaced: bool,
    n: u32,
}

impl Packed for Form {
    fn pack(self) -> u32 {
        self.profile << 12 | u32::from(self.is_replaced) << 11 | self.n
    }

    fn unpack(bits: u32) -> Self {
        Self { profile: bits >> 12, is_replaced: bits >> 11 & 1 == 1, n: bits & 0x7FF }
    }
}

/// What is not as agreed.
enum Slip {
    /// Another form is wanted.
    Say {
        found: String,
        wanted: String,
    },
    Never(String),
    Salutation {
        found: String,
        wanted: String,
    },
    Count {
        found: usize,
        wanted: u32,
    },
    /// No heading holds this, or one in another place.
    Missing(String),
    Misplaced(String),
}

struct Found {
    /// Whose profile it is.
    whose: String,
    slip: Slip,
}

/// The forms of all profiles: whose speech it is may change without this line.
fn see(line: &str, _: &Paragraph, hits: &mut Hits) {
    for (profile, own) in (0..).zip(&hits.settings().profiles) {
        let replaced = (0..).zip(&own.say).flat_map(|(n, (from, to))| {
            let places = places(line, from).filter(move |range| !is_within(line, *range, to));
            places.map(move |range| (range, Form { profile, is_replaced: true, n }))
        });
        let never = (0..).zip(&own.never).flat_map(|(n, form)| {
            places(line, form).map(move |range| (range, Form { profile, is_replaced: false, n }))
        });
        let mut all: Vec<(Range, Form)> = replaced.chain(never).collect();
        // Of forms that begin together the longest, of those that overlap the first.
        all.sort_by_key(|(range, _)| (range.start, u32::MAX - range.end));
        let mut end = 0;
        for (range, form) in all {
            if range.start >= end {
                end = range.end;
                hits.push(range, form);
            }
        }
    }
}

/// Where the form stands as words of its own that the speaker says himself.
fn places<'a>(line: &'a str, form: &'a str) -> impl Iterator<Item = Range> + 'a {
    let found = line.match_indices(form).map(|(at, form)| Range::new(at, at + form.len()));
    found.filter(|range| {
        let (at, end) = (range.start as usize, range.end as usize);
        let is_whole = [at, end].iter().all(|at| boundary(line, *at).is_none_or(|bits| bits >= 0));
        is_whole && !is_quoted(&line[..at]) && !is_source(&line[end..])
    })
}

/// A quotation or a title is open at the end of `head`.
fn is_quoted(head: &str) -> bool {
    let pairs = [['“', '”'], ['‘', '’'], ['「', '」'], ['『', '』'], ['《', '》']];
    pairs.iter().any(|[open, close]| head.rfind(*open) > head.rfind(*close))
}

/// What is quoted comes next: 强调，“……”.
fn is_source(tail: &str) -> bool {
    tail.trim_start_matches(['，', '：', ',', ':']).starts_with(is_opening_quote)
}

/// It is part of the form that is wanted: 着重强调 for 强调.
fn is_within(line: &str, range: Range, wanted: &str) -> bool {
    line.match_indices(wanted).any(|(at, _)| at <= range.start as usize && range.end as usize <= at + wanted.len())
}

fn judge(observations: &Observations<'_>, findings: &mut Findings) {
    let Some((place, profile)) = observations.profile() else { return };
    let whose = || profile.name().to_owned();
    for (line, hit) in &observations.list {
        let form: Form = hit.evidence();
        if form.profile as usize != place {
            continue;
        }
        let span = Span::in_line(*line, hit.range);
        let raw = observations.raw(*line);
        let (found, n) = (hit.range.of(&raw), form.n as usize);
        if !form.is_replaced {
            findings.push(span, Detail::of(Found { whose: whose(), slip: Slip::Never(found.to_owned()) }));
        } else if let Some((_, to)) = profile.say.get(n) {
            let written = in_script_of(found, to);
            let wanted = written.clone().unwrap_or_else(|| to.clone());
            let slip = Slip::Say { found: found.to_owned(), wanted };
            let edits = written.map(|text| Edit::new(span, text)).into_iter().collect();
            let grade = Grade::Offered;
            findings.push(span, Detail { edits, grade, ..Detail::of(Found { whose: whose(), slip }) });
        }
    }
    let other = salutation(observations, profile).into_iter().chain(frame(observations, profile));
    for (span, slip) in other {
        findings.push(span, Detail::of(Found { whose: whose(), slip }));
    }
}

/// The salutation of the speech where it does not hold the one that is wanted.
fn salutation(observations: &Observations<'_>, profile: &Profile) -> Option<(Span, Slip)> {
    let line = observations.speech.outline.parts.salutation?;
    if observations.text(line).contains(&profile.salutation) {
        return None;
    }
    let raw = observations.raw(line);
    let found = raw.trim().trim_end_matches(['：', ':', '，', ',', '！', '!']).to_owned();
    let slip = Slip::Salutation { found, wanted: profile.salutation.clone() };
    Some((Span::in_line(line, Range::new(0, raw.len())), slip))
}

/// What the sections of the first level are not.
fn frame(observations: &Observations<'_>, profile: &Profile) -> Vec<(Span, Slip)> {
    let speech = observations.speech;
    let is_top = |node: &&crate::outline::Node| node.kind == NodeKind::Section && node.level == 1;
    let mut top = speech.outline.nodes.iter().filter(is_top).peekable();
    let list = top.peek().and_then(|node| node.list);
    let sections: Vec<(u32, String)> = top
        .filter(|node| node.list == list)
        .filter_map(|node| Some((node.line, fold(&node.marker_of(&speech.lines)?.heading).into_owned())))
        .collect();
    // Without any it is not yet written, or told in one go.
    let Some(last) = sections.len().checked_sub(1) else { return Vec::new() };
    let at = |n: usize| {
        let line = sections[n.min(last)].0;
        let end = observations.paragraph(line).head().map_or(0, |head| head.title.end as usize);
        Span::in_line(line, Range::new(0, end))
    };
    let mut found = Vec::new();
    if let Some(wanted) = profile.section_count.filter(|wanted| *wanted as usize != sections.len()) {
        found.push((at(wanted as usize), Slip::Count { found: sections.len(), wanted }));
    }
    let mut next = 0;
    for words in &profile.sections {
        let holds = |(_, heading): &(u32, String)| words.iter().any(|word| heading.contains(word.as_str()));
        let named = words.join("、");
        match sections.iter().skip(next).position(holds) {
            Some(n) => next += n + 1,
            None => found.push(match sections.iter().position(holds) {
                Some(n) => (at(n), Slip::Misplaced(named)),
                None => (at(next), Slip::Missing(named)),
            }),
        }
    }
    found
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(Found { whose, slip }) = context.evidence() else { return Message::default() };
    let whose = match whose.as_str() {
        "" => context.say("本单位", "本單位", "the house"),
        whose => whose,
    };
    let text = match slip {
        Slip::Say { found, wanted } => context.say(
            format!("与约定写法不符：这里是“{found}”，{whose}的稿子写“{wanted}”"),
            format!("與約定寫法不符：這裡是“{found}”，{whose}的稿子寫“{wanted}”"),
            format!("‘{found}’ here, drafts of {whose} say ‘{wanted}’"),
        ),
        Slip::Never(found) => context.say(
            format!("与约定写法不符：{whose}的稿子不用“{found}”"),
            format!("與約定寫法不符：{whose}的稿子不用“{found}”"),
            format!("drafts of {whose} never say ‘{found}’"),
        ),
        Slip::Salutation { found, wanted } => context.say(
            format!("与约定写法不符：这里称“{found}”，{whose}的稿子称“{wanted}”"),
            format!("與約定寫法不符：這裡稱“{found}”，{whose}的稿子稱“{wanted}”"),
            format!("the salutation is ‘{found}’, drafts of {whose} have ‘{wanted}’"),
        ),
        Slip::Count { found, wanted } => context.say(
            format!("与约定写法不符：这里分 {found} 个部分，{whose}的稿子分 {wanted} 个"),
            format!("與約定寫法不符：這裡分 {found} 個部分，{whose}的稿子分 {wanted} 個"),
            format!("sections: {found} here, {wanted} in drafts of {whose}"),
        ),
        Slip::Missing(word) => context.say(
            format!("与约定写法不符：各部分的标题里没有“{word}”，{whose}的稿子要有"),
            format!("與約定寫法不符：各部分的標題裡沒有“{word}”，{whose}的稿子要有"),
            format!("no heading has ‘{word}’, which drafts of {whose} have"),
        ),
        Slip::Misplaced(word) => context.say(
            format!("与约定写法不符：标题里有“{word}”的部分，{whose}的稿子不在这个位置"),
            format!("與約定寫法不符：標題裡有“{word}”的部分，{whose}的稿子不在這個位置"),
            format!("the section on ‘{word}’ stands elsewhere in drafts of {whose}"),
        ),
    };
    let fix = match slip {
        Slip::Say { wanted, .. } => context.fix(context.change_to(wanted)),
        _ => None,
    };
    Message { text, fix }
}
