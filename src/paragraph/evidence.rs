//! What speaks for a candidate to be an ordinal, as numbers: `evidence.tsv`; and the words that
//! ordinals are made of: `ordinals.tsv`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::marker::{Family, LAST, Marker};
use crate::text::chars::after;

/// What stands before a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The paragraph begins with it.
    Head,
    /// A mark that ends a sentence or a large part of one.
    Clause,
    Comma,
    /// 、
    Pause,
    /// An opening quote or bracket.
    Quote,
    Word,
}

/// What speaks against a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// 首先 without a mark.
    Bare,
    /// 最后
    Last,
    /// A character that only looks like a numeral.
    Lookalike,
    /// 一，
    Mark,
    /// 第 一
    Spaced,
    /// 一）
    Half,
    /// 第一N with a noun that is not usually counted out.
    Noun,
    /// 第一方面 without a mark.
    Tail,
    /// 2. 15分钟
    Quantity,
    /// 三、四季度
    Enumeration,
    /// 1.2公里
    Measure,
    /// （一）（二）项
    Reference,
    /// 1 总则
    Unpointed,
}

impl Doubt {
    /// The name of its row in `evidence.tsv`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bare => "bare",
            Self::Last => "last",
            Self::Lookalike => "lookalike",
            Self::Mark => "mark",
            Self::Spaced => "spaced",
            Self::Half => "half",
            Self::Noun => "noun",
            Self::Tail => "tail",
            Self::Quantity => "quantity",
            Self::Enumeration => "enumeration",
            Self::Measure => "measure",
            Self::Reference => "reference",
            Self::Unpointed => "unpointed",
        }
    }
}

/// The rows of `evidence.tsv`: place, name, points, meaning.
pub static ROWS: LazyLock<Vec<(&str, &str, i16, &str)>> = LazyLock::new(|| {
    include_str!("evidence.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split('\t');
            let (place, name, points) = (cells.next()?, cells.next()?, cells.next()?.parse().ok()?);
            Some((place, name, points, cells.next().unwrap_or("")))
        })
        .collect()
});

fn points(place: &'static str, name: &'static str) -> i16 {
    static TABLE: LazyLock<FxHashMap<(&str, &str), i16>> =
        LazyLock::new(|| ROWS.iter().map(|&(place, name, points, _)| ((place, name), points)).collect());
    TABLE.get(&(place, name)).copied().unwrap_or(0)
}

/// The rows that make up the price of a candidate.
pub fn reasons(marker: &Marker, place: Place) -> Vec<(&'static str, &'static str, i16)> {
    let base = if place == Place::Head { "head" } else { "inline" };
    let mut found = vec![(base, marker.family.name())];
    let mark = match place {
        Place::Head | Place::Clause => None,
        Place::Comma => Some("comma"),
        Place::Pause => Some("pause"),
        Place::Quote => Some("quote"),
        Place::Word => Some("word"),
    };
    found.extend(mark.map(|mark| ("before", mark)));
    match marker.family {
        Family::Verb('是' | '要') => found.push(("verb", "shi")),
        Family::Verb(verb) if words().is_verb(verb) => found.push(("verb", "known")),
        _ => {}
    }
    if matches!(marker.family, Family::Decimal(_)) && marker.own_line && marker.doubt.is_none() {
        found.push(("head", "title"));
    }
    found.extend(marker.doubt.map(|doubt| ("doubt", doubt.name())));
    found.into_iter().map(|(place, name)| (place, name, points(place, name))).collect()
}

/// Sets the price and the toll of a candidate. `own_line`: it begins a line of its own that ends
/// without a mark, as headings do.
pub fn weigh(marker: &mut Marker, place: Place, own_line: bool) {
    marker.price = reasons(marker, place).iter().map(|(.., points)| points).sum::<i16>().max(0);
    let toll = marker.doubt.map_or(0, |doubt| points("toll", doubt.name()));
    let heading = own_line && matches!(marker.doubt, Some(Doubt::Enumeration | Doubt::Quantity));
    marker.toll = if heading { 0 } else { toll };
    if marker.family == Family::First && marker.value == LAST {
        marker.toll = 0;
    }
}

/// Words by their first character.
#[derive(Default)]
pub struct Bag(FxHashMap<char, Vec<&'static str>>);

impl Bag {
    fn of(row: Option<&'static str>) -> Self {
        let mut bag: FxHashMap<char, Vec<&'static str>> = FxHashMap::default();
        for word in row.unwrap_or("").split(' ').filter(|word| !word.is_empty()) {
            if let Some(first) = word.chars().next() {
                bag.entry(first).or_default().push(word);
            }
        }
        bag.values_mut().for_each(|words| words.sort_by_key(|word| std::cmp::Reverse(word.len())));
        Self(bag)
    }

    /// The length of the longest of its words that stands at byte `at`.
    pub fn at(&self, line: &str, at: usize) -> Option<usize> {
        let words = self.0.get(&after(line, at)?)?;
        let rest = line.get(at..)?;
        words.iter().find(|word| rest.starts_with(**word)).map(|word| word.len())
    }

    pub fn has(&self, c: char) -> bool {
        self.0.contains_key(&c)
    }

    pub fn words(&self) -> impl Iterator<Item = &'static str> {
        self.0.values().flatten().copied()
    }
}

/// The classes of `ordinals.tsv`.
pub struct Words {
    verb: Bag,
    counted: Bag,
    /// Nouns of 第一N： that are counted out.
    pub noun: Bag,
    /// 第一N that is a thing of its own.
    pub name: Bag,
    pub agenda: Bag,
    pub chapter: Bag,
    pub label: Bag,
    /// Words that only lead to 第一项.
    pub leading: Bag,
    pub room: Bag,
    /// What a number is a measure of.
    pub amount: Bag,
    /// Nouns before 一是 that lead to a list.
    pub cause: Vec<&'static str>,
    /// Other ways to begin a list.
    pub first: Vec<&'static str>,
    /// What stands behind 项 in a reference.
    pub refers: Bag,
}

impl Words {
    pub fn is_verb(&self, c: char) -> bool {
        self.verb.has(c)
    }

    /// A numeral counts it: it never follows an ordinal.
    pub fn is_counted(&self, c: char) -> bool {
        self.counted.has(c)
    }
}

pub fn words() -> &'static Words {
    static WORDS: LazyLock<Words> = LazyLock::new(|| {
        let rows: FxHashMap<&str, &str> = include_str!("ordinals.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once('\t'))
            .collect();
        let bag = |class| Bag::of(rows.get(class).copied());
        let list = |class| rows.get(class).map_or(Vec::new(), |row| row.split(' ').collect());
        Words {
            verb: bag("verb"),
            counted: bag("counted"),
            noun: bag("noun"),
            name: bag("name"),
            agenda: bag("agenda"),
            chapter: bag("chapter"),
            label: bag("label"),
            leading: bag("leading"),
            room: bag("room"),
            amount: bag("amount"),
            cause: list("cause"),
            first: list("first"),
            refers: bag("refers"),
        }
    });
    &WORDS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paragraph::marker::{head, inline};

    #[test]
    fn every_row_has_points_and_a_place() {
        assert!(ROWS.len() > 40);
        for (place, name, points, _) in ROWS.iter() {
            assert!(["head", "inline", "before", "verb", "doubt", "toll"].contains(place), "{place} {name}");
            assert!(points.unsigned_abs() <= 200, "{place} {name}");
        }
    }

    #[track_caller]
    fn price(line: &str, wanted: std::ops::RangeInclusive<i16>) {
        let found = head(line, 0).map_or(0, |m| m.price);
        assert!(wanted.contains(&found), "{line}: {found}");
    }

    #[test]
    fn the_price_of_a_head() {
        price("一、提高认识", 200..=200);
        price("三、四季度安排", 1..=30);
        price("（二）（三）项所列情形", 1..=30);
        price("2. 15分钟生活圈", 1..=60);
        price("一年出形象", 0..=0);
        price("1.1 指导思想", 110..=130);
        price("1.2公里断头路打通。", 1..=40);
    }

    #[test]
    fn a_comma_is_less_of_a_boundary() {
        let at = |line: &str| inline(line, line.find('一').unwrap_or(0), false).map_or(0, |m| m.price);
        assert!(at("做到：一用真情") > at("做到，一用真情"));
        assert!(at("做到，一要真情") > at("做到，一用真情"));
        assert_eq!(at("做到，一手抓"), 0);
    }
}
