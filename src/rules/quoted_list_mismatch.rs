//! 引文与分项不一致: “……争先进位次……” and then 二要争先晋位次.

use super::{Check, Example, FindingContext, Hits, Message, Rule, Severity};
use crate::paragraph::{Marker, Paragraph};
use crate::text::{Grade, Range};

pub static RULE: Rule = Rule {
    code: "quoted-list-mismatch",
    name: "引文与分项不一致",
    severity: Some(Severity::Information),
    summary: "引号里先列出几个并列的词组，下面逐项展开时，有一项差了一个字。",
    why: "提法和展开对不上，听的人会问以哪个为准。两处哪一处对，由作者定。",
    source: "实务；没有标准条文。",
    examples: &[
        Example {
            bad: "要做到“记目标、进位次、补短板”：一要记目标，二要晋位次，三要补短板。",
            good: "要做到“记目标、进位次、补短板”：一要记目标，二要进位次，三要补短板。",
        },
        Example {
            bad: "要当好“指挥员、战斗员、宣传员”。一要当好指挥员。二要当好占斗员。三要当好宣传员。",
            good: "要当好“指挥员、战斗员、宣传员”。一要当好指挥员。二要当好战斗员。三要当好宣传员。",
        },
    ],
    tags: &[],
    check: Check::Text(check),
    message,
};

fn check(_: &str, paragraph: &Paragraph, hits: &mut Hits) {
    // Headings are kept as they stand in the draft.
    let line = hits.raw();
    let inline = paragraph.inline();
    if inline.len() < 2 {
        return;
    }
    for (at, _) in line.match_indices('“') {
        let start = at + '“'.len_utf8();
        let Some(len) = line[start..].find('”') else { return };
        let parts: Vec<&str> = line[start..start + len].split('、').collect();
        if parts.len() < 2 || parts.iter().any(|p| !(3..=12).contains(&p.chars().count())) {
            continue;
        }
        let behind = (start + len) as u32;
        let family = inline.iter().find(|m| m.range.start > behind && m.scope == 0).map(|m| m.family);
        let items: Vec<&Marker> =
            inline.iter().filter(|m| m.range.start > behind && m.scope == 0 && Some(m.family) == family).collect();
        if items.len() != parts.len() {
            continue;
        }
        // 一要当好指挥员, 二要当好战斗员: what all begin with stands before the parts.
        let verb = shared(items.iter().map(|item| &*item.heading));
        let mut same = 0;
        let mut odd = None;
        for (part, item) in parts.iter().zip(&items) {
            for skipped in [0, verb] {
                let heading = &item.heading[skipped..];
                match difference(part, heading) {
                    Some(0) => same += 1,
                    Some(1) => odd = Some((item.title.start as usize + skipped, part, heading)),
                    _ => continue,
                }
                break;
            }
        }
        if let Some((at, part, heading)) = odd
            && same > 0
        {
            let len: usize = heading.chars().take(part.chars().count()).map(char::len_utf8).sum();
            hits.push(Range::new(at, at + len), start as u32 + offset(&line[start..start + len_of(&parts)], part));
        }
    }
}

/// How many bytes all of `headings` begin with alike.
fn shared<'a>(headings: impl Iterator<Item = &'a str> + Clone) -> usize {
    let first = headings.clone().next().unwrap_or("");
    let alike = |len: usize| headings.clone().all(|h| h.get(..len) == first.get(..len));
    first.char_indices().map(|(at, _)| at).take_while(|at| alike(*at)).last().unwrap_or(0)
}

fn len_of(parts: &[&str]) -> usize {
    parts.iter().map(|p| p.len()).sum::<usize>() + (parts.len() - 1) * '、'.len_utf8()
}

fn offset(list: &str, part: &str) -> u32 {
    list.find(part).unwrap_or(0) as u32
}

/// In how many characters the beginning of `heading` differs from `part`; `None` when it is shorter.
fn difference(part: &str, heading: &str) -> Option<usize> {
    let (part, heading): (Vec<char>, Vec<char>) = (part.chars().collect(), heading.chars().collect());
    (heading.len() >= part.len()).then(|| part.iter().zip(&heading).filter(|(a, b)| a != b).count())
}

fn message(context: &FindingContext<'_>) -> Message {
    let found = context.found();
    let count = found.chars().count();
    let part: String = context.text.get(context.packed::<u32>() as usize..).unwrap_or("").chars().take(count).collect();
    let text = context.say(
        format!("引文与分项不一致：前面引号里是“{part}”，此处是“{found}”"),
        format!("引文與分項不一致：前面引號裡是“{part}”，此處是“{found}”"),
        format!("‘{found}’ here, but ‘{part}’ in the quotation before"),
    );
    Message { text, fix: context.replaced_raw(&part, Grade::Offered) }
}
