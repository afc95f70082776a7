//! 名单不符: somebody on the roster of the house under another name or title, or behind those who come later.

use super::names::{LEADS, name_at};
use super::{Check, Example, FindingContext, Hits, Message, Rule, Severity, Tag};
use crate::lexicon::FORMER_HOLDER;
use crate::lexicon::dictionary::is_word;
use crate::lexicon::own::{Listed, on_roster};
use crate::paragraph::{Packed, Paragraph};
use crate::text::Range;
use crate::text::chars::{before, is_han};

pub static RULE: Rule = Rule {
    code: "roster-mismatch",
    name: "名单不符",
    severity: Some(Severity::Information),
    summary: "与本单位的名单（roster）不符：职务后面的姓名、姓名前面的职务、并列时的先后。",
    why: "领导的姓名、职务、排名写错，是讲稿里最失礼的差错。名单由本单位写在 jianggao.toml 里，一个人名也不自带；没有写名单，这条规则什么也不报。“原”“时任”“副”后面的不比。",
    source: "本单位的名单。",
    examples: &[
        Example {
            bad: "下面，请县委书记周明元同志讲话。", good: "下面，请县委书记周明远同志讲话。"
        },
        Example {
            bad: "出席会议的有县长沈琬怡、县委书记周明远。",
            good: "出席会议的有县委书记周明远、县长沈琬怡，时任县长周明远主持。",
        },
    ],
    tags: &[Tag::Roster],
    check: Check::Text(check),
    message,
};

/// What is wrong, and the place on the roster of whom it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slip {
    /// Somebody else has the title.
    Name(u16),
    /// He has another title.
    Title(u16),
    /// He comes before the one that is named before him.
    Order(u16),
}

impl Packed for Slip {
    fn pack(self) -> u32 {
        let (kind, n) = match self {
            Self::Name(n) => (0, n),
            Self::Title(n) => (1, n),
            Self::Order(n) => (2, n),
        };
        kind << 16 | u32::from(n)
    }

    fn unpack(bits: u32) -> Self {
        let n = bits as u16;
        match bits >> 16 {
            0 => Self::Name(n),
            1 => Self::Title(n),
            _ => Self::Order(n),
        }
    }
}

fn check(line: &str, _: &Paragraph, hits: &mut Hits) {
    on_roster(|people| {
        for (range, slip) in slips(line, people) {
            hits.push(range, slip);
        }
    });
}

fn slips(line: &str, people: &[Listed]) -> Vec<(Range, Slip)> {
    let mut all = names(line, people);
    let named = mentions(line, people);
    all.extend(named.iter().filter_map(|&(at, n)| title(line, at, n, people)));
    all.extend(named.windows(2).filter_map(|pair| order(line, pair[0], pair[1], people)));
    all.sort_unstable_by_key(|(range, _)| *range);
    all
}

/// Other names behind a title of the roster.
fn names(line: &str, people: &[Listed]) -> Vec<(Range, Slip)> {
    let mut all = Vec::new();
    for (n, person) in people.iter().enumerate() {
        for title in &person.titles {
            if !line.contains(title.as_str()) {
                continue;
            }
            // Who shares it is asked together with the first who has it.
            let holders: Vec<usize> = (0..people.len()).filter(|&n| people[n].titles.contains(title)).collect();
            if holders[0] != n {
                continue;
            }
            for (at, _) in line.match_indices(title.as_str()).filter(|(at, _)| is_present(line, *at)) {
                let end = at + title.len();
                let Some(name) = name_at(line, end) else { continue };
                let range = Range::new(end, end + name.len());
                let alone = before(line, at).is_none_or(|c| !is_han(c) || LEADS.contains(&c));
                let meant = match holders[..] {
                    // Somebody else of the roster has another title.
                    _ if people.iter().any(|person| name.starts_with(&person.name)) => None,
                    [only] if alone => Some(only),
                    _ => holders.iter().copied().find(|&n| is_near(name, &people[n].name)),
                };
                all.extend(meant.map(|n| (range, Slip::Name(n as u16))));
            }
        }
    }
    all
}

/// One character of the name is another.
fn is_near(a: &str, b: &str) -> bool {
    a.chars().count() == b.chars().count() && a.chars().zip(b.chars()).filter(|(a, b)| a != b).count() == 1
}

/// The title at byte `at` is one that somebody has now, and no part of another.
fn is_present(line: &str, at: usize) -> bool {
    let head = &line[..at];
    !FORMER_HOLDER.ends_at(head, head.len()) && !head.ends_with(['前', '副'])
}

/// Where people of the roster are named, each with their place on it.
fn mentions(line: &str, people: &[Listed]) -> Vec<(usize, usize)> {
    let mut all: Vec<(usize, usize)> = people
        .iter()
        .enumerate()
        .flat_map(|(n, person)| line.match_indices(person.name.as_str()).map(move |(at, _)| (at, n)))
        .filter(|&(at, n)| {
            let name = people[n].name.as_str();
            !is_word(name) || line[at + name.len()..].starts_with("同志") || has_title(line, at, people)
        })
        .collect();
    // Of names that begin together the longest.
    all.sort_unstable_by_key(|&(at, n)| (at, usize::MAX - people[n].name.len()));
    all.dedup_by_key(|(at, _)| *at);
    all
}

fn has_title(line: &str, at: usize, people: &[Listed]) -> bool {
    people.iter().flat_map(|person| &person.titles).any(|title| line[..at].ends_with(title.as_str()))
}

/// Somebody else's title before the name at byte `at`.
fn title(line: &str, at: usize, n: usize, people: &[Listed]) -> Option<(Range, Slip)> {
    let head = &line[..at];
    let titles = people.iter().flat_map(|person| &person.titles);
    let found = titles.filter(|title| head.ends_with(title.as_str())).max_by_key(|title| title.len())?;
    let start = at - found.len();
    let own = &people[n].titles;
    let is_own = own.iter().any(|title| title.ends_with(found.as_str()));
    (!own.is_empty() && !is_own && is_present(line, start)).then_some((Range::new(start, at), Slip::Title(n as u16)))
}

/// The second of two that stand side by side, where the first comes later.
fn order(line: &str, first: (usize, usize), second: (usize, usize), people: &[Listed]) -> Option<(Range, Slip)> {
    let ((at, n), (next, other)) = (first, second);
    let between = line.get(at + people[n].name.len()..next)?;
    let between = between.strip_prefix("同志").unwrap_or(between);
    let title = ["、", "以及", "和", "及", "与"].iter().find_map(|joint| between.strip_prefix(joint))?;
    let is_title = title.is_empty() || people.iter().any(|person| person.titles.iter().any(|own| own == title));
    let range = Range::new(next, next + people[other].name.len());
    (is_title && other < n).then_some((range, Slip::Order(other as u16)))
}

fn message(context: &FindingContext<'_>) -> Message {
    let slip: Slip = context.packed();
    let (Slip::Name(n) | Slip::Title(n) | Slip::Order(n)) = slip;
    let Some(Some(person)) = on_roster(|people| people.get(usize::from(n)).cloned()) else { return Message::default() };
    let spelled = |text: &str| context.spelled(text).unwrap_or_else(|| text.to_owned());
    let (found, name) = (context.found(), spelled(&person.name));
    let titles = person.titles.iter().map(|title| spelled(title)).collect::<Vec<_>>().join("、");
    let text = match slip {
        Slip::Name(_) => context.say(
            format!("姓名与名单不符：这里是“{found}”，名单上是“{name}”（{titles}）"),
            format!("姓名與名單不符：這裡是“{found}”，名單上是“{name}”（{titles}）"),
            format!("‘{found}’ here, on the roster it is ‘{name}’ ({titles})"),
        ),
        Slip::Title(_) => context.say(
            format!("职务与名单不符：这里是“{found}”，名单上{name}是“{titles}”"),
            format!("職務與名單不符：這裡是“{found}”，名單上{name}是“{titles}”"),
            format!("‘{found}’ here, on the roster {name} is ‘{titles}’"),
        ),
        Slip::Order(_) => context.say(
            format!("次序与名单不符：“{name}”应当在前面一位之前"),
            format!("次序與名單不符：“{name}”應當在前面一位之前"),
            format!("on the roster ‘{name}’ comes before the one named before"),
        ),
    };
    Message { text, fix: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roster() -> Vec<Listed> {
        let list = [
            ("周明远", "县委书记"),
            ("沈琬怡", "县长、县委副书记"),
            ("罗建勋", "副县长"),
            ("高山", "副县长"),
            ("秦岚", ""),
        ];
        list.map(|(name, titles)| Listed::new(name, titles, false)).into()
    }

    #[track_caller]
    fn check(line: &str, expected: &[(&str, Slip)]) {
        let found = slips(line, &roster());
        let found: Vec<_> = found.iter().map(|(range, slip)| (range.of(line), *slip)).collect();
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn names_behind_titles() {
        check("请县委书记周明元同志讲话。", &[("周明元", Slip::Name(0))]);
        check("请县委书记李志刚同志讲话。", &[("李志刚", Slip::Name(0))]);
        check("邻县县委书记李志刚同志来访。", &[]);
        check("副县长罗建询同志分管，副县长李志刚同志协助。", &[("罗建询", Slip::Name(2))]);
        check("原县委书记李志刚同志，时任县长李志刚同志。", &[]);
        check("请县委书记周明远同志讲话。", &[]);
    }

    #[test]
    fn titles_before_names() {
        check("县长周明远主持会议。", &[("县长", Slip::Title(0))]);
        check("时任县长周明远主持会议。", &[]);
        check("县委副书记沈琬怡主持会议，副县长高山出席。", &[]);
        check("县委书记秦岚同志，县委书记沈琬怡。", &[("县委书记", Slip::Title(1))]);
    }

    #[test]
    fn who_comes_first() {
        check("县长沈琬怡、县委书记周明远出席。", &[("周明远", Slip::Order(0))]);
        check("周明远、沈琬怡和罗建勋出席，沈琬怡同志主持。", &[]);
        check("罗建勋、沈琬怡出席。", &[("沈琬怡", Slip::Order(1))]);
        // 高山 is a word, too.
        check("高山、大河。秦岚、高山同志出席。", &[("高山", Slip::Order(3))]);
    }
}
