//! 名单不符: somebody on the roster of the house under another name or title, or behind those who come later.

use super::names::{LEADS, name_at, name_before};
use super::{Check, Example, FindingContext, Hits, Message, Rule, Severity, Tag};
use crate::lexicon::dictionary::{boundary, is_word};
use crate::lexicon::own::{Listed, on_roster, places};
use crate::lexicon::{FORMER_HOLDER, POST};
use crate::paragraph::{Packed, Paragraph};
use crate::text::Range;
use crate::text::chars::{before, is_han};

pub static RULE: Rule = Rule {
    code: "roster-mismatch",
    name: "名单不符",
    severity: Some(Severity::Information),
    summary: "与本单位的名单（roster）不符：职务前后的姓名、姓名前后的职务、并列时的先后。",
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
    all.extend(names_before(line, people));
    let named = mentions(line, people);
    all.extend(named.iter().filter_map(|&mention| title(line, mention, people)));
    all.extend(named.iter().filter_map(|&mention| title_behind(line, mention, people)));
    all.extend(named.windows(2).filter_map(|pair| order(line, pair[0], pair[1], people)));
    all.sort_unstable_by_key(|(range, _)| *range);
    all.dedup_by_key(|(range, _)| *range);
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

/// The post that a title ends with, as it stands behind names: 副书记 of 县委副书记.
fn post(title: &str) -> Option<&str> {
    let post = POST.word_ending(title, title.len())?;
    let head = &title[..title.len() - post.len()];
    Some(&title[head.strip_suffix('副').unwrap_or(head).len()..])
}

/// Names before a post that are those of its holders but for one character: 李文婧县长.
fn names_before(line: &str, people: &[Listed]) -> Vec<(Range, Slip)> {
    let mut all = Vec::new();
    for (n, person) in people.iter().enumerate() {
        for form in person.titles.iter().flat_map(|title| [Some(title.as_str()), post(title)]).flatten() {
            for (at, _) in line.match_indices(form) {
                let Some((name, start)) = name_before(line, at) else { continue };
                let is_listed = people.iter().any(|person| name.ends_with(&person.name));
                if !is_listed && is_near(name, &person.name) {
                    all.push((Range::new(start, at), Slip::Name(n as u16)));
                }
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
fn mentions(line: &str, people: &[Listed]) -> Vec<(Range, usize)> {
    let mut all: Vec<(Range, usize)> = people
        .iter()
        .enumerate()
        .flat_map(|(n, person)| places(line, &person.name).map(move |range| (range, n)))
        .filter(|&(range, n)| {
            let rest = &line[range.end as usize..];
            !is_word(&people[n].name)
                || rest.starts_with("同志")
                || has_title(line, range.start as usize, people)
                || form_at(rest, people).is_some()
        })
        .collect();
    // Of names that begin together the longest.
    all.sort_unstable_by_key(|&(range, _)| (range.start, u32::MAX - range.end));
    all.dedup_by_key(|(range, _)| range.start);
    all
}

fn has_title(line: &str, at: usize, people: &[Listed]) -> bool {
    people.iter().flat_map(|person| &person.titles).any(|title| line[..at].ends_with(title.as_str()))
}

/// The longest title of the roster that `text` begins with, or post that one of them ends with.
fn form_at<'a>(text: &str, people: &'a [Listed]) -> Option<&'a str> {
    let titles = people.iter().flat_map(|person| &person.titles);
    let forms = titles.flat_map(|title| [Some(title.as_str()), post(title)]).flatten();
    forms.filter(|form| text.starts_with(form)).max_by_key(|form| form.len())
}

/// Somebody else's title before a name.
fn title(line: &str, (range, n): (Range, usize), people: &[Listed]) -> Option<(Range, Slip)> {
    let at = range.start as usize;
    let head = &line[..at];
    let titles = people.iter().flat_map(|person| &person.titles);
    let found = titles.filter(|title| head.ends_with(title.as_str())).max_by_key(|title| title.len())?;
    let start = at - found.len();
    (has_other(&people[n], found) && is_present(line, start)).then_some((Range::new(start, at), Slip::Title(n as u16)))
}

/// Somebody else's behind it: 周明远县长, or a lower one than his own: 周明远副书记.
fn title_behind(line: &str, (range, n): (Range, usize), people: &[Listed]) -> Option<(Range, Slip)> {
    let at = range.end as usize;
    let rest = &line[at..];
    let posts = people[n].titles.iter().filter_map(|title| post(title));
    let below = rest.strip_prefix('副').unwrap_or_default();
    let lower = posts.filter(|post| below.starts_with(post)).map(|post| '副'.len_utf8() + post.len());
    let end = at + lower.max().or_else(|| form_at(rest, people).map(str::len))?;
    let is_whole = boundary(line, end).is_none_or(|bits| bits >= 0);
    (is_whole && has_other(&people[n], &line[at..end])).then_some((Range::new(at, end), Slip::Title(n as u16)))
}

/// The roster has titles of him, and this is none of them, nor the end of one.
fn has_other(person: &Listed, title: &str) -> bool {
    !person.titles.is_empty() && !person.titles.iter().any(|own| own.ends_with(title))
}

/// The second of two that stand side by side, where the first comes later.
fn order(line: &str, first: (Range, usize), second: (Range, usize), people: &[Listed]) -> Option<(Range, Slip)> {
    let ((before, n), (range, other)) = (first, second);
    let between = line.get(before.end as usize..range.start as usize)?;
    let behind = form_at(between, people).map_or(between, |form| &between[form.len()..]);
    let behind = behind.strip_prefix("同志").unwrap_or(behind);
    let title = ["、", "以及", "和", "及", "与"].iter().find_map(|joint| behind.strip_prefix(joint))?;
    let is_title = title.is_empty() || people.iter().any(|person| person.titles.iter().any(|own| own == title));
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
    fn names_before_titles() {
        check("请周明远书记讲话，沈琬怡县长主持，沈琬怡副书记、罗建勋副县长出席。", &[]);
        check("请周明远县长讲话。", &[("县长", Slip::Title(0))]);
        check("请周明远副书记讲话，沈琬怡副县长主持。", &[("副书记", Slip::Title(0)), ("副县长", Slip::Title(1))]);
        check("请周明元书记讲话，沈婉怡县长主持。", &[("周明元", Slip::Name(0)), ("沈婉怡", Slip::Name(1))]);
        // A guest, and words that only begin like a post.
        check("感谢李志刚县长，周明远主任务明确，周明远组长、秦岚县长。", &[]);
        check("县委书记周　明远、罗建勋副县长，县长周  明远。", &[("县长", Slip::Title(0))]);
    }

    #[test]
    fn who_comes_first() {
        check("沈琬怡县长、周明远书记出席。", &[("周明远", Slip::Order(0))]);
        check("县长沈琬怡、县委书记周明远出席。", &[("周明远", Slip::Order(0))]);
        check("周明远、沈琬怡和罗建勋出席，沈琬怡同志主持。", &[]);
        check("罗建勋、沈琬怡出席。", &[("沈琬怡", Slip::Order(1))]);
        // 高山 is a word, too.
        check("高山、大河。秦岚、高山同志出席。", &[("高山", Slip::Order(3))]);
    }
}
