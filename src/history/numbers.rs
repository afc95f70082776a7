//! Numbers of things in a paragraph, and the lists that they count.

use super::words::{self, words};
use crate::lexicon::dictionary;
use crate::numeral::{is_chinese, read_chinese, read_count};
use crate::text::Range;
use crate::text::chars::{before, is_han};

pub(super) const STOPS: &str = "，。；：！？";
const OPEN: &str = "（(《“「『";
const CLOSE: &str = "）)》”」』";

/// A number of things in a text.
pub(super) struct Number {
    pub value: u32,
    /// With the measure and what is counted, without the number.
    pub key: String,
    /// The number with its measure and the begin of what is counted.
    pub range: Range,
    /// Where what is counted begins, and where the whole of it ends.
    pub counted: usize,
    pub end: usize,
}

impl Number {
    /// The first word of what is counted.
    pub fn noun<'a>(&self, text: &'a str) -> &'a str {
        let rest = Range::new(self.counted, self.end);
        let known = dictionary::words(text, rest);
        let first = known.iter().find(|(word, _)| word.start == rest.start && word.len() > 3);
        let pair: usize = rest.of(text).chars().take(2).take_while(|c| is_han(*c)).map(char::len_utf8).sum();
        match first {
            Some((word, _)) => word.of(text),
            None => &rest.of(text)[..pair],
        }
    }
}

pub(super) fn numbers(text: &str) -> Vec<Number> {
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
            found.push(Number {
                value,
                key,
                range: Range::new(at, begin + shown),
                counted: begin,
                end: begin + noun.len(),
            });
        }
    }
    found
}

/// A marker of an item in a paragraph: 一是, 二要, 第三，.
pub(super) struct Item {
    pub value: u32,
    pub way: char,
    pub range: Range,
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
pub(super) enum Counted {
    Items(Vec<(u32, Range)>),
    /// At least, and at most.
    Words(u32, u32),
}

impl Counted {
    pub fn fits(&self, value: u32) -> bool {
        match self {
            Self::Items(items) => items.len() == value as usize,
            Self::Words(least, most) => (*least..=*most).contains(&value),
        }
    }

    /// The least and the most that it may be.
    pub fn bounds(&self) -> (u32, u32) {
        match self {
            Self::Items(items) => (items.len() as u32, items.len() as u32),
            Self::Words(least, most) => (*least, *most),
        }
    }

    pub fn form(&self) -> std::mem::Discriminant<Self> {
        std::mem::discriminant(self)
    }
}

/// The numbers of a paragraph, each with what it counts.
pub(super) fn counted(text: &str) -> Vec<(Number, Counted)> {
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
pub(super) fn listed(clause: &str) -> Option<Counted> {
    let (mut depth, mut marks, mut joined) = (0i32, 0u32, 0u32);
    if words::has(clause, "loose") {
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

/// The lists in a paragraph, of two items and more.
pub(super) fn runs(text: &str) -> Vec<Vec<Item>> {
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
