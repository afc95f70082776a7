//! 写法不一: 市委、市政府 on one page, 市委市政府 on another.

use std::collections::BTreeMap;

use super::{Check, Example, FindingContext, Findings, Hits, Message, Observations, Rule};
use crate::analysis::{Detail, RelatedTo};
use crate::lexicon::{FORM, FORM_AS_WRITTEN};
use crate::paragraph::{Hit, Paragraph};
use crate::text::fold::fold;
use crate::text::{Edit, Span};

pub static RULE: Rule = Rule {
    code: "mixed-form",
    name: "写法不一",
    severity: None,
    summary: "同一个称呼、同一个词，一篇稿子里有两种写法：市委、市政府和市委市政府，身份和身分，賬和帳。",
    why: "单看哪一种都可以，放在一起就不齐整。每组只提示一次，可以统一成用得多的一种。机构名称里的（市委市政府督查室）不算。默认关闭，设为 hint 即可打开。",
    source: "《第一批异形词整理表》（GF 1001—2001）；称呼的写法是实务，没有标准条文。",
    examples: &[
        Example {
            bad: "按照市委、市政府部署，抓好落实。\n市委市政府高度重视。",
            good: "按照市委、市政府部署，抓好落实。\n市委、市政府高度重视，市委市政府督查室跟踪督办。",
        },
        Example {
            bad: "以党员的身份严格要求自己。\n要记住自己的身分。",
            good: "以党员的身份严格要求自己。\n要记住自己的身份。",
        },
    ],
    tags: &[],
    check: Check::Together { see, judge },
    message,
};

/// Two forms, and how often each is used.
struct Mixed {
    odd: (String, usize),
    usual: (String, usize),
}

fn see(line: &str, _: &Paragraph, hits: &mut Hits) {
    let raw = hits.raw();
    let mut at = 0;
    while let Some(c) = line[at..].chars().next() {
        let found = FORM_AS_WRITTEN.at(raw, at).or_else(|| FORM.at(line, at));
        if let Some((range, _)) = found {
            hits.push(range, ());
        }
        at = found.map_or(at + c.len_utf8(), |(range, _)| range.end as usize);
    }
}

/// The form that is to be preferred, and whether this one is.
fn preferred(observations: &Observations<'_>, (line, hit): (u32, &Hit)) -> (&'static str, bool) {
    let raw = observations.raw(line);
    let found = hit.range.of(&raw);
    let folded = fold(found);
    match (FORM_AS_WRITTEN.get(found), FORM.get(&folded)) {
        (Some(row), _) => (row.value, row.value == found),
        (None, Some(row)) => (row.value, row.value == folded),
        (None, None) => ("", false),
    }
}

fn judge(observations: &Observations<'_>, findings: &mut Findings) {
    let mut by_form: BTreeMap<&str, [Vec<(u32, &Hit)>; 2]> = BTreeMap::new();
    for &found in &observations.list {
        let (form, is_it) = preferred(observations, found);
        by_form.entry(form).or_default()[usize::from(!is_it)].push(found);
    }
    for [a, b] in by_form.into_values() {
        let (usual, odd) = if a.len() >= b.len() { (a, b) } else { (b, a) };
        let (Some(model), Some(first)) = (usual.first(), odd.first()) else { continue };
        let place = |(line, hit): &(u32, &Hit)| Span::in_line(*line, hit.range);
        let text = |(line, hit): &(u32, &Hit)| hit.range.of(&observations.raw(*line)).to_owned();
        let right = text(model);
        let detail = Detail {
            related: vec![(place(model), RelatedTo::Occurrence)],
            edits: odd.iter().map(|found| Edit::new(place(found), right.as_str())).collect(),
            ..Detail::of(Mixed { odd: (text(first), odd.len()), usual: (right, usual.len()) })
        };
        findings.push(place(first), detail);
    }
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(Mixed { odd: (found, odd), usual: (expected, usual) }) = context.evidence() else {
        return Message::default();
    };
    let text = context.say(
        format!("写法不一：“{found}” {odd} 处，“{expected}” {usual} 处"),
        format!("寫法不一：“{found}” {odd} 處，“{expected}” {usual} 處"),
        format!("two forms: ‘{found}’ {odd} times, ‘{expected}’ {usual} times"),
    );
    let title = context.say(
        format!("统一成“{expected}”"),
        format!("統一成“{expected}”"),
        format!("write ‘{expected}’ everywhere"),
    );
    Message { text, fix: context.fix(title) }
}
