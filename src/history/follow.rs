//! What fitted in a paragraph of the old version and does not in the new one: a number and what it counts, days and
//! how many they are, a table and what is said of it, a sentence that stands twice. Only what the old version shows
//! to belong together is looked at.

use rustc_hash::FxHashMap;

use super::consequence::{Consequence, What, counts, prose, span_of};
use super::facts::Both;
use super::lists::Kept;
use super::{Row, Version};
use crate::lexicon::BACK;
use crate::locale::Locale;
use crate::numeral::{is_chinese, read_chinese, read_count};
use crate::text::Range;
use crate::text::chars::{before, is_han};
use crate::text::sentences::sentences;

const STOPS: &str = "，。；：！？";
const OPEN: &str = "（(《“「『";
const CLOSE: &str = "）)》”」』";

/// What stands between a number and what it counts (`measures`), before a number that is none of things, in a list
/// that is not whole (`loose`), behind the number of an item, beside what one of many gets (`each`), before a mean,
/// before what something ends with (`until`) and behind it (`ended`), before a length of time (`lasting`); and what
/// ratios, hours and lengths of time are counted in.
const WORDS: &str = include_str!("follow.tsv");

pub(super) fn words(of: &str) -> &'static str {
    let row = WORDS.lines().find_map(|row| row.strip_prefix(of)?.strip_prefix('\t'));
    row.unwrap_or_default()
}

pub(super) fn unfollowed(
    (old, new): (Version, Version),
    lines: &[Both],
    rows: &[Row],
    kept: &Kept,
    locale: Locale,
) -> Vec<Consequence> {
    let mut found = Vec::new();
    let before = Before {
        lists: super::lists::known(old),
        numbers: lines.iter().map(|line| [&line.old, &line.new].map(|text| numbers(text))).collect(),
    };
    for (n, line) in lines.iter().enumerate() {
        let (one, other) = (line.old.as_str(), line.new.as_str());
        let mut push = |what, range: Range, message| {
            found.push(Consequence { what, rule: None, span: span_of(new, line.lines.1, range), message });
        };
        for (range, actual) in counted_before(new, lines, n, &before, kept) {
            push(What::Count, range, counts(range.of(other), actual, locale));
        }
        if one == other {
            continue;
        }
        for (range, actual) in miscounted(one, other) {
            push(What::Count, range, counts(range.of(other), actual, locale));
        }
        for (range, place) in out_of_order(one, other) {
            push(What::Ordinal, range, super::lists::misplaced(range.of(other), place, locale));
        }
    }
    found.extend(said_twice(old, new, rows, locale));
    found.extend(super::attachments::unfollowed((old, new), lines, locale));
    found.extend(super::tables::unfollowed(old, new, rows, locale));
    found
}

/// A number of things in a text.
struct Number {
    value: u32,
    /// With the measure and what is counted, without the number.
    key: String,
    /// The number with its measure and the begin of what is counted.
    range: Range,
    /// Where the whole of it ends.
    end: usize,
}

fn numbers(text: &str) -> Vec<Number> {
    const SHOWN: usize = 4;
    const LONGEST: usize = 10;
    let mut found = Vec::new();
    for (at, _) in text.char_indices() {
        if before(text, at).is_some_and(|c| is_chinese(c) || c.is_ascii_digit() || words("no-count").contains(c)) {
            continue;
        }
        let Some((value, len)) = read_count(&text[at..]) else { continue };
        let rest = &text[at + len..];
        let Some(measure) = words("measures").split(' ').find(|measure| rest.starts_with(measure)) else { continue };
        let noun: String = rest[measure.len()..].chars().take_while(|c| is_han(*c)).take(LONGEST).collect();
        let shown: usize = noun.chars().take(SHOWN).map(char::len_utf8).sum();
        let begin = at + len + measure.len();
        if value > 1 {
            let key = format!("{measure}{}", &noun[..shown]);
            found.push(Number { value, key, range: Range::new(at, begin + shown), end: begin + noun.len() });
        }
    }
    found
}

/// A marker of an item in a paragraph: 一是, 二要, 第三，.
struct Item {
    value: u32,
    way: char,
    range: Range,
}

fn items(text: &str) -> Vec<Item> {
    let item = |(at, c): (usize, char)| {
        if before(text, at).is_some_and(|c| !"：:；;。，“ 　".contains(c)) {
            return None;
        }
        let from = if c == '第' { at + c.len_utf8() } else { at };
        let (value, len) = read_chinese(&text[from..])?;
        let next = text[from + len..].chars().next()?;
        let way = if c == '第' { (next == '，').then_some(c) } else { words("item").contains(next).then_some(next) }?;
        let end = from + len + if c == '第' { 0 } else { way.len_utf8() };
        Some(Item { value, way, range: Range::new(at, end) })
    };
    text.char_indices().filter_map(item).collect()
}

/// How many things a number may be meant to count, and the values of their markers.
enum Counted {
    Items(Vec<(u32, Range)>),
    /// At least, and at most.
    Words(u32, u32),
}

impl Counted {
    fn fits(&self, value: u32) -> bool {
        match self {
            Self::Items(items) => items.len() == value as usize,
            Self::Words(least, most) => (*least..=*most).contains(&value),
        }
    }

    fn actual(&self) -> u32 {
        match self {
            Self::Items(items) => items.len() as u32,
            Self::Words(least, _) => *least,
        }
    }

    fn form(&self) -> std::mem::Discriminant<Self> {
        std::mem::discriminant(self)
    }
}

/// The numbers of a paragraph, each with what it counts.
fn counted(text: &str) -> Vec<(Number, Counted)> {
    let (numbers, items) = (numbers(text), items(text));
    // Where the lists begin that a number announces.
    let announced = |number: &Number| {
        let rest = text[number.end..].strip_prefix(['”', '」']).unwrap_or(&text[number.end..]);
        let mark = rest.chars().next().filter(|c| STOPS.contains(*c))?;
        let at = text.len() - rest.len() + mark.len_utf8();
        // Behind a colon the first item may be gone.
        items.iter().position(|item| item.range.start as usize == at && (mark == '：' || item.value == 1))
    };
    let begins: Vec<usize> = numbers.iter().filter_map(announced).collect();
    let list = |number: &Number| {
        let from = announced(number)?;
        let end = begins.iter().copied().filter(|n| *n > from).min().unwrap_or(items.len());
        let way = items[from].way;
        // What begins again is another list.
        let run = items[from..end].iter().filter(|item| item.way == way);
        let mut values: Vec<(u32, Range)> = Vec::new();
        for item in run {
            if item.value == 1 && !values.is_empty() {
                break;
            }
            values.push((item.value, item.range));
        }
        Some(Counted::Items(values))
    };
    let named = |number: &Number| {
        let head = &text[..number.range.start as usize];
        let start = head.rfind(|c| STOPS.contains(c)).map_or(0, |at| at + '，'.len_utf8());
        listed(&head[start..]).or_else(|| {
            let rest = text[number.end..].strip_prefix('：')?;
            listed(&rest[..rest.find(['。', '；', '，', '！'])?])
        })
    };
    let of = |number: Number| {
        let what = list(&number).or_else(|| named(&number))?;
        Some((number, what))
    };
    numbers.into_iter().filter_map(of).collect()
}

/// How many words are listed in a clause, if it is a list of words.
fn listed(clause: &str) -> Option<Counted> {
    let (mut depth, mut marks, mut joined) = (0i32, 0u32, 0u32);
    if words("loose").split(' ').any(|word| clause.contains(word)) {
        return None;
    }
    for c in clause.chars() {
        match c {
            c if OPEN.contains(c) => depth += 1,
            c if CLOSE.contains(c) => depth -= 1,
            '、' if depth == 0 => marks += 1,
            c if depth == 0 && words("joining").contains(c) => joined += 1,
            _ => {}
        }
    }
    (marks > 0 && depth == 0).then_some(Counted::Words(marks + 1, marks + 1 + joined))
}

/// The pairs of one number in both versions, where it fitted in the old one.
fn pairs(old: &str, new: &str) -> Vec<((Number, Counted), (Number, Counted))> {
    let mut before = counted(old);
    before.retain(|(number, what)| what.fits(number.value));
    let mut found = Vec::new();
    for (number, what) in counted(new) {
        let same = |(other, was): &(Number, Counted)| other.key == number.key && was.form() == what.form();
        if let Some(n) = before.iter().position(same) {
            found.push((before.remove(n), (number, what)));
        }
    }
    found
}

fn miscounted(old: &str, new: &str) -> Vec<(Range, u32)> {
    let pairs = pairs(old, new).into_iter().filter(|(_, (number, what))| !what.fits(number.value));
    pairs.map(|(_, (number, what))| (number.range, what.actual())).collect()
}

/// What numbers of things that were told of may be of.
struct Before<'a> {
    lists: Vec<super::lists::Known<'a>>,
    /// Those of each paragraph, old and new.
    numbers: Vec<[Vec<Number>; 2]>,
}

/// The numbers of what is told of again, 上述三项措施, that its list fitted and does not any more.
fn counted_before(new: Version, lines: &[Both], n: usize, before: &Before, kept: &Kept) -> Vec<(Range, u32)> {
    let line = &lines[n];
    let is_back = |text: &str, number: &Number| BACK.ends_at(text, number.range.start as usize);
    let [was, is] = &before.numbers[n];
    let mut now: Vec<&Number> = is.iter().filter(|number| is_back(&line.new, number)).collect();
    let mut found = Vec::new();
    for number in was.iter().filter(|number| !is.is_empty() && is_back(&line.old, number)) {
        let Some(place) = now.iter().position(|other| other.key == number.key) else { continue };
        let here = now.remove(place);
        // Whoever changed the number has looked at it.
        if here.value != number.value {
            continue;
        }
        let inline = lines[..=n].iter().rev().take(NEAR).find_map(|other| {
            let is_own = other.lines == line.lines;
            let head = if is_own { number.range.start as usize } else { other.old.len() };
            let was = runs(&other.old[..head]).into_iter().rev().find(|run| run.len() == number.value as usize)?;
            let head = if is_own { here.range.start as usize } else { other.new.len() };
            let is = runs(&other.new[..head]).into_iter().rev().find(|run| run[0].way == was[0].way)?;
            Some(is.len() as u32)
        });
        let said =
            || (n.saturating_sub(BACK_TO)..=n).rev().find_map(|at| said_again(&before.numbers[at], at == n, number));
        let length = || super::lists::length_before(new, &before.lists, line.lines.0, number.value, kept);
        let actual = inline.or_else(said).or_else(length);
        found.extend(actual.filter(|actual| *actual != here.value).map(|actual| (here.range, actual)));
    }
    found
}

/// What a number said before of the same things, where that has changed.
fn said_again([was, is]: &[Vec<Number>; 2], is_own: bool, number: &Number) -> Option<u32> {
    let is_of_one = |a: &&Number| {
        let shared = a.key.chars().zip(number.key.chars()).take_while(|(one, other)| one == other).count();
        shared > 2 && (!is_own || a.range.start < number.range.start)
    };
    let before: Vec<&Number> = was.iter().filter(is_of_one).collect();
    let at = before.iter().rposition(|a| a.value == number.value)?;
    is.iter().filter(is_of_one).nth(at).map(|a| a.value)
}

/// Paragraphs before such a number in which a list in a paragraph is looked for.
const NEAR: usize = 12;
/// And in which another number of the same things is.
const BACK_TO: usize = 40;

/// The lists in a paragraph, of two items and more.
fn runs(text: &str) -> Vec<Vec<Item>> {
    let mut found: Vec<Vec<Item>> = Vec::new();
    for item in items(text) {
        match found.last_mut().filter(|run| run[0].way == item.way && item.value > 1) {
            Some(run) => run.push(item),
            None => found.push(vec![item]),
        }
    }
    found.retain(|run| run.len() > 1);
    found
}

/// The first item of a list that does not count on from one, and which it is.
fn out_of_order(old: &str, new: &str) -> Vec<(Range, u32)> {
    let first = |what: &Counted| {
        let Counted::Items(items) = what else { return None };
        let (place, (_, range)) = (1..).zip(items).find(|(place, (value, _))| place != value)?;
        Some((*range, place))
    };
    let pairs = pairs(old, new).into_iter().filter(|((_, was), _)| first(was).is_none());
    pairs.filter_map(|(_, (_, what))| first(&what)).collect()
}

/// Sentences that stood once and stand twice.
fn said_twice(old: Version, new: Version, rows: &[Row], locale: Locale) -> Vec<Consequence> {
    const TELLING: usize = 16;
    let of = |version: Version| {
        let mut all: FxHashMap<String, Vec<(u32, Range)>> = FxHashMap::default();
        for (n, _) in version.analysis.paragraphs() {
            let text = prose(version, n as u32);
            for range in sentences(&text) {
                let sentence = range.of(&text).trim();
                if sentence.chars().filter(|c| is_han(*c)).count() >= TELLING {
                    all.entry(sentence.to_owned()).or_default().push((n as u32, range));
                }
            }
        }
        all
    };
    let (before, after) = (of(old), of(new));
    let was: FxHashMap<u32, u32> = rows.iter().filter_map(|row| Some((row.new?, row.old?))).collect();
    let mut found = Vec::new();
    for (sentence, places) in &after {
        let Some([(line, _)]) = before.get(sentence).map(Vec::as_slice) else { continue };
        let [one, other] = &places[..] else { continue };
        let stayed = |place: &(u32, Range)| was.get(&place.0) == Some(line);
        // Which of the two is the new one must be plain.
        let (added, first) = match (stayed(one), stayed(other)) {
            (true, false) => (other, one),
            (false, true) => (one, other),
            _ => continue,
        };
        let n = first.0 + 1;
        let message = locale.pick(
            format!("这一句第 {n} 行也有，前一稿只有一处"),
            format!("這一句第 {n} 行也有，前一稿只有一處"),
            format!("the same sentence is in line {n}, and was there once before"),
        );
        found.push(Consequence { what: What::Repeated, rule: None, span: span_of(new, added.0, added.1), message });
    }
    found
}
