//! 姓名不一致: 县委书记周明远 on one line, 县委书记周明元 on another.

use rustc_hash::{FxHashMap, FxHashSet};

use super::names::{LEADS, is_name, name_at, name_before};
use super::{Check, Example, FindingContext, Findings, Hits, Message, Observations, Rule, Severity};
use crate::analysis::{Detail, RelatedTo};
use crate::lexicon::dictionary::{self, boundary, words_at};
use crate::lexicon::{AFTER_NAME, FORMER_HOLDER, OF_PERSON, PLACE, POST};
use crate::paragraph::Paragraph;
use crate::slogans::is_confusable;
use crate::text::chars::{after, is_han};
use crate::text::set::CharSet;
use crate::text::{Range, Span};

pub static RULE: Rule = Rule {
    code: "name-mismatch",
    name: "姓名不一致",
    severity: Some(Severity::Warning),
    summary: "同一职务的同一个人，名字前后写得不一样：县委书记周明远、县委书记周明元。",
    why: "名字写错，是讲稿里最失礼的差错。只看职务后面带“同志”或者名字就此打住的，职务写得一样、同姓、只差一个字的才报；副职可以有几位，没写明单位的可能是几个单位，名字后面接着说下去的不知道在哪里断，要音近或形近才报。单位写明的同一职务前后是两个人，又没有“原”“时任”一类的话，作信息。哪一个对，由作者定。",
    source: "实务：没有标准条文。",
    examples: &[
        Example {
            bad: "出席座谈会的有县委书记周明远同志。\n下面，请县委书记周明元同志讲话。",
            good: "出席座谈会的有县委书记周明远同志、县长周明珠同志。\n下面，请县委书记周明远同志讲话。",
        },
        Example {
            bad: "成立专班，由王建国组长负总责。\n会上，王建帼同志提了要求。",
            good: "第一组由组长王建国负责，第二组由组长王建军负责。\n请副县长王建国、副县长王建军分别督办。",
        },
    ],
    tags: &[],
    check: Check::Together { see, judge },
    message,
};

/// What posts end with, and what follows names.
static ENDS: CharSet = CharSet::of("记长任席理志士生调出示");

/// Somebody with the post.
struct Person<'a> {
    /// The words before the post, as far as they may belong to it: 县委, 市发展改革委.
    office: &'a str,
    /// Empty where the name stands without one.
    post: &'static str,
    name: &'a str,
    at: usize,
    /// It may go on where it is cut off: 书记李晓楠带着.
    loose: bool,
}

/// The person whose post, or what follows the name, ends at byte `end`.
fn person(line: &str, end: usize) -> Option<Person<'_>> {
    let Some((post, row)) = POST.ending(line, end) else {
        let (word, _) = OF_PERSON.ending(line, end)?;
        let (name, at, loose) = either_before(line, word.start as usize)?;
        return Some(Person { office: "", post: "", name, at, loose });
    };
    let start = post.start as usize;
    let head = &line[..start];
    let office = head.chars().rev().take_while(|c| is_han(*c)).take(6).map(char::len_utf8).sum::<usize>();
    let office = &head[start - office..];
    // 出席的有县委书记…, 请县委书记…
    let stem = office.rfind(LEADS).map_or(office, |at| &office[at + '请'.len_utf8()..]);
    // 县委书记周明远同志, or 请周明远书记
    if let Some(name) = name_at(line, end) {
        return Some(Person { office: stem, post: row.word, name, at: end, loose: false });
    }
    let ends = after(line, end).is_none_or(|c| !is_han(c) || AFTER_NAME.stands_at(line, end));
    if let Some((name, at, loose)) = either_before(line, start).filter(|found| ends || found.0.len() == WHOLE) {
        return Some(Person { office: "", post: row.word, name, at, loose: loose || !ends });
    }
    let name = line.get(end..end + WHOLE).filter(|name| is_name(name) && is_no_phrase(line, end))?;
    Some(Person { office: stem, post: row.word, name, at: end, loose: true })
}

/// Bytes of a name that is whole: a surname and two characters.
const WHOLE: usize = 9;

/// 校长高度重视: what begins like a name begins with another word, or ends inside of one.
fn is_no_phrase(line: &str, at: usize) -> bool {
    let worded =
        words_at(line, at).any(|(end, said)| end > at + '字'.len_utf8() && said.class != dictionary::Class::Name);
    !worded && boundary(line, at + WHOLE).is_none_or(|bits| bits >= 0)
}

/// The name before byte `end`, where it begins, and whether it may begin earlier.
fn either_before(line: &str, end: usize) -> Option<(&str, usize, bool)> {
    if let Some((name, at)) = name_before(line, end) {
        return Some((name, at, false));
    }
    let at = end.checked_sub(WHOLE)?;
    let name = line.get(at..end).filter(|name| is_name(name) && is_no_phrase(line, at))?;
    Some((name, at, true))
}

fn see(line: &str, _: &Paragraph, hits: &mut Hits) {
    let mut next = 0;
    while let Some(at) = ENDS.find(line, next) {
        next = at + '长'.len_utf8();
        if let Some(found) = person(line, next) {
            hits.push(Range::new(found.at, found.at + found.name.len()), next);
        }
    }
}

/// Whether the two are one person in two spellings.
fn is_slip(a: &Person<'_>, b: &Person<'_>) -> bool {
    let same_office = a.office.ends_with(b.office) || b.office.ends_with(a.office);
    let mut different = a.name.chars().zip(b.name.chars()).filter(|(a, b)| a != b);
    let (Some((x, y)), None) = (different.next(), different.next()) else { return false };
    let long = a.name.chars().count() > 2;
    let same_length = a.name.len() == b.name.len();
    let surname = a.name.chars().next() == b.name.chars().next();
    let several = [a, b].iter().any(|person| person.office.ends_with('副') || person.post.starts_with('副'));
    let alike = is_confusable(x, y);
    let unknown = [a, b].iter().any(|person| person.post.is_empty());
    if a.loose || b.loose {
        let post = a.post == b.post || unknown;
        return same_length && surname && long && alike && post;
    }
    // 第一组组长, 第二组组长: an office that is not named may be another.
    let named = !a.office.is_empty() && !b.office.is_empty();
    let same_post = a.post == b.post && same_office && (alike || long && named && !several);
    same_length && surname && if unknown { alike && long } else { same_post }
}

/// Characters before a post that tell whose it was, and when.
const BEFORE: usize = 24;
/// So many people of one surname are held against each other: a draft has few, and a list may have thousands.
const MOST: usize = 64;

/// Characters of an office that is one of its kind, and what it may be.
const NAMED: usize = 4;
const BODIES: [char; 6] = ['委', '局', '府', '会', '院', '校'];

/// Whether a post is said of one who holds it now, of an office that is named: not 时任县长, 2018年县长, 副县长.
fn holds(line: &str, person: &Person<'_>) -> bool {
    let from = line[..person.at].char_indices().rev().nth(BEFORE).map_or(0, |(at, _)| at);
    let before = &line[from..person.at];
    let before = before.rfind(['。', '！', '？', '；']).map_or(before, |at| &before[at..]);
    let end = person.at + person.name.len();
    let goes_on = |(_, said): (usize, dictionary::Word)| {
        matches!(said.class, dictionary::Class::Verb | dictionary::Class::Function | dictionary::Class::Adverb)
    };
    let solid = !person.loose || words_at(line, end).any(goes_on);
    // 柳泉镇党委, 市教育局, not 党组, 常务.
    let office = person.office;
    let named = office.chars().count() >= NAMED && PLACE.find(office).is_some() && office.ends_with(BODIES);
    named && solid && before.contains(person.post) && !before.contains('年') && FORMER_HOLDER.find(before).is_none()
}

fn judge(observations: &Observations<'_>, findings: &mut Findings) {
    if observations.list.len() < 2 {
        return;
    }
    let lines: Vec<_> = observations.list.iter().map(|(line, _)| observations.text(*line)).collect();
    let found: Vec<(Span, Person<'_>, &str)> = observations
        .list
        .iter()
        .zip(&lines)
        .filter_map(|((line, hit), text)| {
            Some((Span::in_line(*line, hit.range), person(text, hit.evidence())?, &**text))
        })
        .collect();
    // How often each name stands says which of two is the slip; else the second.
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    // The first with each spelling, by surname and length.
    let mut kinds: FxHashMap<(Option<char>, usize), Vec<usize>> = FxHashMap::default();
    let mut known: FxHashSet<(&str, &str, &str, bool)> = FxHashSet::default();
    for (n, (_, person, _)) in found.iter().enumerate() {
        *counts.entry(person.name).or_default() += 1;
        if known.insert((person.office, person.post, person.name, person.loose)) {
            let alike = kinds.entry((person.name.chars().next(), person.name.len())).or_default();
            if alike.len() < MOST {
                alike.push(n);
            }
        }
    }
    let count = |name: &str| counts.get(name).copied().unwrap_or_default();
    for (n, (span, person, _)) in found.iter().enumerate() {
        let alike = kinds.get(&(person.name.chars().next(), person.name.len())).into_iter().flatten();
        let others =
            alike.filter_map(|m| Some((*m, found.get(*m)?))).filter(|(_, (_, other, _))| is_slip(person, other));
        let Some((first, (other, kept, _))) =
            others.min_by_key(|(m, (_, other, _))| (usize::MAX - count(other.name), *m))
        else {
            continue;
        };
        let (own, theirs) = (count(person.name), count(kept.name));
        if own > theirs || own == theirs && n < first {
            continue;
        }
        findings.push(*span, Detail { related: vec![(*other, RelatedTo::Occurrence)], ..Mismatch::of(person, kept) });
    }
    judge_holders(&found, findings);
}

/// One post, two people: information, for both may be right.
fn judge_holders(found: &[(Span, Person<'_>, &str)], findings: &mut Findings) {
    let mut holders: FxHashMap<(&str, &str), Vec<usize>> = FxHashMap::default();
    for (n, (_, person, line)) in found.iter().enumerate() {
        let same = holders.entry((person.office, person.post)).or_default();
        let is_new = same.iter().filter_map(|m| found.get(*m)).all(|(_, other, _)| other.name != person.name);
        if same.len() < 3 && is_new && holds(line, person) {
            same.push(n);
        }
    }
    let pair = |same: &Vec<usize>| match same[..] {
        [a, b] => found.get(a).zip(found.get(b)),
        _ => None,
    };
    let mut pairs: Vec<_> = holders.values().filter_map(pair).collect();
    pairs.sort_by_key(|(_, (span, ..))| span.start);
    for ((first, one, _), (span, other, _)) in pairs {
        if one.name.chars().any(|c| other.name.contains(c)) {
            continue;
        }
        let severity = Severity::Information.max(findings.severity());
        let detail = Detail { related: vec![(*first, RelatedTo::Occurrence)], ..Mismatch::of(other, one) };
        findings.push_as(severity, *span, detail);
    }
}

struct Mismatch {
    post: String,
    found: String,
    other: String,
}

impl Mismatch {
    fn of(found: &Person<'_>, other: &Person<'_>) -> Detail {
        Detail::of(Self {
            found: found.name.to_owned(),
            other: other.name.to_owned(),
            post: [found.post, other.post].into_iter().find(|post| !post.is_empty()).unwrap_or("").to_owned(),
        })
    }
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(Mismatch { post, found, other }) = context.evidence() else { return Message::default() };
    let text = context.say(
        format!("姓名不一致：{post}此处是“{found}”，另一处是“{other}”"),
        format!("姓名不一致：{post}此處是“{found}”，另一處是“{other}”"),
        format!("{post}: ‘{found}’ here and ‘{other}’ elsewhere"),
    );
    Message { text, fix: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, &str, &str)>) {
        let end = ENDS.find(text, 0).unwrap() + 3;
        let found = person(text, end).filter(|person| !person.loose);
        let found = found.map(|person| (person.office, person.post, person.name));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn people_and_their_posts() {
        check("请县委书记周明远同志讲话。", Some(("县委", "书记", "周明远")));
        check("局长王强，", Some(("", "局长", "王强")));
        check("请周明远书记讲话", Some(("", "书记", "周明远")));
        check("由王建军组长负总责", Some(("", "组长", "王建军")));
        check("三年前，沈琬怡女士带队", Some(("", "", "沈琬怡")));
        for text in
            ["书记要带头", "校长高度重视", "组长王建国际化", "市长方案", "由局长负责", "全体主任", "成长周期同志"]
        {
            check(text, None);
        }
    }

    #[test]
    fn one_post_and_who_holds_it() {
        let holder = |text: &str| {
            let end = text.find("书记").unwrap() + "书记".len();
            person(text, end).is_some_and(|person| holds(text, &person))
        };
        assert!(holder("会上，柳泉镇党委书记韩继业同志介绍了经验"));
        assert!(holder("会上，柳泉镇党委书记韩继业在会上介绍了经验"));
        assert!(!holder("时任柳泉镇党委书记韩继业同志介绍了经验"));
        assert!(!holder("2018年，柳泉镇党委书记韩继业同志介绍了经验"));
        assert!(!holder("党组书记韩继业同志介绍了经验"));
    }

    #[test]
    fn two_spellings_of_one() {
        let slip = |a: &str, b: &str| {
            let of = |text| person(text, ENDS.find(text, 0).unwrap() + 3).unwrap();
            is_slip(&of(a), &of(b))
        };
        assert!(slip("县委书记周明远同志", "县委书记周明元同志"));
        assert!(slip("县委书记王建国，", "请县委书记王建军同志讲话"));
        assert!(!slip("组长王建国，", "组长王建军，"));
        assert!(slip("副县长李志刚同志", "副县长李志钢同志"));
        assert!(slip("副县长罗建勋同志", "下一步，请罗建询同志"));
        assert!(!slip("罗建勋同志", "罗建国同志"));
        assert!(!slip("副县长李志刚同志", "副县长李志强同志"));
        assert!(!slip("县委书记周明远同志", "县长周明元同志"));
        assert!(!slip("第一组组长王建国，", "第二组组长王建军，"));
        assert!(!slip("局长王强，", "局长王刚，"));
    }
}
