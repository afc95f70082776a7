//! 排比异字: 很抓 among 狠抓, 狠抓, 狠抓.

use rustc_hash::FxHashMap;

use super::{Check, Example, FindingContext, Findings, Message, Rule, Severity};
use crate::analysis::{Detail, RelatedTo, Speech};
use crate::lexicon::MISTAKEN;
use crate::slogans::is_confusable;
use crate::text::{Edit, Range, Span};

pub static RULE: Rule = Rule {
    code: "parallel-outlier",
    name: "排比异字",
    severity: Some(Severity::Warning),
    summary: "并列的几个小标题开头用词相同，只有一个差一个音近或形近的字：“狠抓”里混进了“很抓”。",
    why: "同音、形近的错字拼音输入最容易出，单看一句又像是通的，比一比并列的标题才看得出来。只认音近、形近的字，“加强”“加快”“加大”不算。",
    source: "实务；没有标准条文。",
    examples: &[
        Example {
            bad: "（一）狠抓思想建设。要学深。\n（二）很抓队伍建设。要建强。\n（三）狠抓廉政建设。要管住。\n（四）狠抓作风建设。要转变。",
            good: "（一）加强思想建设。要学深。\n（二）加快队伍建设。要建强。\n（三）加强廉政建设。要管住。\n（四）加强作风建设。要转变。",
        },
        Example {
            bad: "一、树立大局意识\n要把稳方向。\n二、树立为民情怀\n要服务群众。\n三、竖立实干导向\n要敢闯敢试。",
            good: "一、深化改革攻坚\n要敢闯敢试。\n二、深入调查研究\n要摸清底数。\n三、深化作风建设\n要见到成效。",
        },
    ],
    tags: &[],
    check: Check::Speech(check),
    message,
};

struct Outlier {
    found: String,
    expected: String,
    /// How many begin with what is expected.
    count: usize,
}

fn alike(a: char, b: char) -> bool {
    is_confusable(a, b) || MISTAKEN.joins(a, b)
}

fn check(speech: &Speech, findings: &mut Findings) {
    let outline = &speech.outline;
    for list in outline.lists.iter().filter(|list| list.items.len() >= 3) {
        let mut openings: Vec<(usize, [char; 2])> = Vec::new();
        for (i, &node) in list.items.iter().enumerate() {
            let Some(marker) = outline.nodes[node as usize].marker_of(&speech.lines) else { continue };
            let mut chars = marker.heading.chars();
            if let (Some(a), Some(b)) = (chars.next(), chars.next()) {
                openings.push((i, [a, b]));
            }
        }
        let mut counts: FxHashMap<[char; 2], usize> = FxHashMap::default();
        openings.iter().for_each(|(_, opening)| *counts.entry(*opening).or_default() += 1);
        let Some(usual) = openings.iter().map(|(_, o)| *o).max_by_key(|opening| counts[opening]) else {
            continue;
        };
        let mut odd = openings.iter().filter(|(_, o)| *o != usual);
        let (Some((i, found)), None) = (odd.next(), odd.next()) else { continue };
        if openings.len() < 3 {
            continue;
        }
        let expected = match (found[0] == usual[0], found[1] == usual[1]) {
            (true, false) if alike(found[1], usual[1]) => usual,
            (false, true) if alike(found[0], usual[0]) => usual,
            _ => continue,
        };
        let node = &outline.nodes[list.items[*i] as usize];
        let start = node.title.start;
        let range = Range { start, end: start + found.iter().map(|c| c.len_utf8() as u32).sum::<u32>() };
        let sibling = openings.iter().find(|(_, o)| *o == usual).map(|(j, _)| &outline.nodes[list.items[*j] as usize]);
        let span = Span::in_line(node.line, range);
        let text: String = expected.iter().collect();
        let detail = Detail {
            related: sibling.map(|n| (Span::in_line(n.line, n.title), RelatedTo::Sibling)).into_iter().collect(),
            edits: vec![Edit::new(span, text.as_str())],
            ..Detail::of(Outlier { found: found.iter().collect(), expected: text.clone(), count: openings.len() - 1 })
        };
        findings.push(span, detail);
    }
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(Outlier { found, expected, count }) = context.evidence() else { return Message::default() };
    let text = context.say(
        format!("排比异字：“{found}”疑为“{expected}”（并列的 {count} 处都是“{expected}”）"),
        format!("排比異字：“{found}”疑為“{expected}”（並列的 {count} 處都是“{expected}”）"),
        format!("‘{found}’ among {count} items that begin with ‘{expected}’"),
    );
    Message { text, fix: context.fix(context.change_to(expected)) }
}
