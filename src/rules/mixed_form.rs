//! 写法不一: 市委、市政府 on one page, 市委市政府 on another.

use std::sync::LazyLock;

use super::numbering::fix_of;
use super::{Case, Check, Example, Findings, Hits, Message, Rule, Sightings};
use crate::analysis::{Detail, RelatedTo};
use crate::paragraph::{Hit, Paragraph};
use crate::text::words::Words;
use crate::text::{Edit, Range, Span};

pub static RULE: Rule = Rule {
    code: "mixed-form",
    name: "写法不一",
    severity: None,
    summary: "同一个称呼、同一个词，一篇稿子里有两种写法：市委、市政府和市委市政府，身份和身分，賬和帳。",
    why: "单看哪一种都可以，放在一起就不齐整。每组只提示一次，可以统一成用得多的一种。机构名称里的（市委市政府督查室）不算。默认关闭，设为 hint 即可打开。",
    source: "《第一批异形词整理表》（GF 1001—2001）；称呼的写法是实务，没有标准条文。",
    examples: &[
        Example { bad: "按照市委、市政府部署，抓好落实。\n市委市政府高度重视。", good: "按照市委、市政府部署，抓好落实。\n市委、市政府高度重视，市委市政府督查室跟踪督办。" },
        Example { bad: "以党员的身份严格要求自己。\n要记住自己的身分。", good: "以党员的身份严格要求自己。\n要记住自己的身份。" },
    ],
    check: Check::Together { see, judge },
    speak,
};

/// Two forms of one thing, the one to be preferred first.
const FORMS: [(&str, &str); 40] = [
    ("省委、省政府", "省委省政府"),
    ("市委、市政府", "市委市政府"),
    ("县委、县政府", "县委县政府"),
    ("區委、區政府", "區委區政府"),
    ("縣委、縣政府", "縣委縣政府"),
    ("区委、区政府", "区委区政府"),
    ("州委、州政府", "州委州政府"),
    ("旗委、旗政府", "旗委旗政府"),
    ("党委、政府", "党委政府"),
    ("黨委、政府", "黨委政府"),
    ("身份", "身分"),
    ("成分", "成份"),
    ("分量", "份量"),
    ("部分", "部份"),
    ("精彩", "精采"),
    ("交代", "交待"),
    ("图像", "图象"),
    ("想象", "想像"),
    ("人才", "人材"),
    ("宏图", "鸿图"),
    ("执着", "执著"),
    ("模糊", "模胡"),
    ("订单", "定单"),
    ("订货", "定货"),
    ("热衷", "热中"),
    ("装潢", "装璜"),
    ("账本", "帐本"),
    ("台账", "台帐"),
    ("算账", "算帐"),
    ("总账", "总帐"),
    ("欠账", "欠帐"),
    ("对账", "对帐"),
    ("账户", "帐户"),
    ("账目", "帐目"),
    ("賬", "帳"),
    ("群眾", "羣眾"),
    ("人才濟濟", "人材濟濟"),
    ("臺灣", "台灣"),
    ("裡面", "裏面"),
    ("為了", "爲了"),
];

static WORDS: LazyLock<Words<u32>> = LazyLock::new(|| {
    let rows: Vec<(u32, [&'static str; 1])> =
        FORMS.iter().zip(0..).flat_map(|((a, b), i)| [(2 * i, [*a]), (2 * i + 1, [*b])]).collect();
    Words::new(&rows.iter().map(|(form, word)| (*form, &word[..])).collect::<Vec<_>>())
});

/// Behind the name of an authority: the name of an office.
const OFFICES: [&str; 8] = ["综合", "督查", "办公", "信访", "接待", "大院", "机关", "研究室"];

fn see(line: &str, _: &Paragraph, hits: &mut Hits) {
    let mut at = 0;
    while let Some(c) = line[at..].chars().next() {
        let Some((word, form)) = WORDS.at(line, at) else {
            at += c.len_utf8();
            continue;
        };
        let end = at + word.len();
        // 一部分量化指标: the word begins before.
        let part = word == "分量" && line[..at].ends_with('部');
        if !part && !OFFICES.iter().any(|office| line[end..].starts_with(office)) {
            hits.push(Range::new(at, end), form);
        }
        at = end;
    }
}

fn judge(sightings: &Sightings<'_>, findings: &mut Findings) {
    let mut by_pair: Vec<[Vec<(u32, &Hit)>; 2]> = vec![Default::default(); FORMS.len()];
    for &(line, hit) in &sightings.list {
        by_pair[(hit.data / 2) as usize][(hit.data % 2) as usize].push((line, hit));
    }
    for ([a, b], (preferred, other)) in by_pair.into_iter().zip(FORMS) {
        let (usual, right, odd, wrong) =
            if a.len() >= b.len() { (a, preferred, b, other) } else { (b, other, a, preferred) };
        let (Some(model), Some(first)) = (usual.first(), odd.first()) else { continue };
        let place = |(line, hit): &(u32, &Hit)| Span::in_line(*line, hit.range);
        let detail = Detail {
            found: wrong.to_owned(),
            expected: right.to_owned(),
            note: format!("{}/{}", odd.len(), usual.len()),
            related: vec![(place(model), RelatedTo::Occurrence)],
            edits: odd.iter().map(|found| Edit::new(place(found), right)).collect(),
            ..Detail::default()
        };
        findings.push(place(first), detail);
    }
}

fn speak(case: &Case<'_>) -> Message {
    let Some(detail) = case.detail() else { return Message::default() };
    let Detail { found, expected, note, .. } = detail;
    let (odd, usual) = note.split_once('/').unwrap_or(("", ""));
    let text = case.say(
        format!("写法不一：“{found}” {odd} 处，“{expected}” {usual} 处"),
        format!("寫法不一：“{found}” {odd} 處，“{expected}” {usual} 處"),
        format!("two forms: ‘{found}’ {odd} times, ‘{expected}’ {usual} times"),
    );
    let title = case.say(
        format!("统一成“{expected}”"),
        format!("統一成“{expected}”"),
        format!("write ‘{expected}’ everywhere"),
    );
    Message { text, fix: fix_of(detail, title) }
}
