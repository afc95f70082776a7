//! The features of a count and what it may be about, and their points.

use std::sync::LazyLock;

use crate::paragraph::announcement::{Announcement, Sign};
use crate::paragraph::row::loose;
use crate::text;
use crate::text::tables::COUNTS;

/// Hardly anybody announces more.
const MANY: u32 = 9;

/// The features of a pair, in the order of [`Features`]: of lists and rows that are alike in something, of rows that
/// only marks delimit before and behind a count, of counts of what has been said.
pub const NAMES: [&str; COUNT] = {
    let mut names = [""; COUNT];
    let mut at = 0;
    let parts: [&[&str]; 5] = [&OWN, &loose::BEFORE, &loose::BEHIND, &BEHIND_SIGNS, &AFTER];
    let mut part = 0;
    while part < parts.len() {
        let mut i = 0;
        while i < parts[part].len() {
            names[at] = parts[part][i];
            (i, at) = (i + 1, at + 1);
        }
        part += 1;
    }
    names
};

const COUNT: usize = OWN.len() + loose::BEFORE.len() + loose::BEHIND.len() + BEHIND_SIGNS.len() + AFTER.len();

/// What is said of a count with a loose row behind it.
pub(super) const BEHIND_SIGNS: [&str; 12] = [
    "behind-telling", "behind-being", "behind-doing", "behind-own", "behind-item", "behind-quoted", "behind-back",
    "behind-ahead", "behind-done", "behind-from", "behind-partly", "behind-no-noun",
];

/// What is said of a count of what stands before it.
const AFTER: [&str; 15] = [
    "after-bias", "after-above", "after-own", "after-item", "after-no-noun", "after-starts", "after-comma",
    "after-closes", "after-inline", "after-here", "after-one", "after-recurs", "after-outer", "after-off-two",
    "after-off-more",
];

const OWN: [&str; 61] = [
    "bias", "telling", "being", "doing", "own", "item", "spoken", "closes", "comma", "colon", "quoted", "back",
    "ahead", "done", "from", "partly", "such", "earlier", "no-noun", "heading", "adjacent", "apart", "previous",
    "further", "unit", "recurs-all", "recurs-most", "last-character", "frame", "nth", "nth-noun", "shi", "verb",
    "cn-dun", "cn-paren", "arabic", "first", "markdown", "other", "inline", "broken", "extra", "off-two", "off-more",
    "row-head", "row-tail", "row-within", "row-character", "row-unit", "row-quoted", "row-length", "row-any",
    "row-listed", "row-sentences", "row-before", "bullets", "bold", "bare", "bare-further", "many", "presents",
];

/// The features of a pair, each 0 or 1.
pub type Features = [bool; COUNT];

const TABLE: &str = include_str!("../counts.tsv");

/// In what way a count and what it counts are held together: each is judged by features of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    /// A list, or a row whose items are alike in something, behind an announcement.
    Announced,
    /// A loose row before the count.
    Before,
    /// A loose row behind it.
    Behind,
    /// A list behind which the count speaks of it: 以上三点.
    After,
}

impl Model {
    const ALL: [(Self, &str, &str); 4] = [
        (Self::Announced, "threshold-report", "threshold-hint"),
        (Self::Before, "threshold-before-report", "threshold-before-hint"),
        (Self::Behind, "threshold-behind-report", "threshold-behind-hint"),
        (Self::After, "threshold-after-report", "threshold-after-hint"),
    ];
}

/// The points of each feature.
pub(super) fn points() -> &'static [i32; COUNT] {
    static POINTS: LazyLock<[i32; COUNT]> = LazyLock::new(|| NAMES.map(|name| COUNTS.get(name)));
    &POINTS
}

/// From how many points on there is a warning and a hint.
pub(super) fn thresholds(model: Model) -> (i32, i32) {
    static THRESHOLDS: LazyLock<[(i32, i32); 4]> =
        LazyLock::new(|| Model::ALL.map(|(_, report, hint)| (COUNTS.get(report), COUNTS.get(hint))));
    THRESHOLDS[model as usize]
}

/// A number that changes with the table of points.
pub const VERSION: u32 = text::digest(TABLE);

/// Adds up the points of the features that are named.
pub(super) fn judged(features: &Features) -> i32 {
    let weights = points();
    (0..COUNT).filter(|&i| features[i]).map(|i| weights[i]).sum()
}

pub(super) fn features(holds: impl Fn(&str) -> bool) -> Features {
    NAMES.map(holds)
}

/// What the announcement itself says.
pub(super) fn said(a: &Announcement, name: &str) -> Option<bool> {
    match name {
        "bias" => Some(true),
        "spoken" => Some(a.is_spoken()),
        "no-noun" => Some(a.noun.is_empty()),
        "many" => Some(a.count > MANY),
        _ => Sign::of_name(name).map(|sign| a.signs.has(sign)),
    }
}

/// How far the count is from what is there.
pub(super) fn off(count: u32, actual: u32, name: &str) -> Option<bool> {
    match name {
        "off-two" => Some(count.abs_diff(actual) == 2),
        "off-more" => Some(count.abs_diff(actual) > 2),
        _ => None,
    }
}

/// The features that tell how items and announcement are alike.
pub(super) fn recurs_in(titles: &[impl AsRef<str>], a: &Announcement, name: &str, is_unit: bool) -> bool {
    let recurs = |n: usize| {
        let Some((at, _)) = a.noun.char_indices().rev().nth(n - 1) else { return 0 };
        titles.iter().filter(|title| title.as_ref().contains(&a.noun[at..])).count()
    };
    match name {
        "recurs-all" => recurs(2) == titles.len(),
        "recurs-most" => recurs(2) * 2 >= titles.len(),
        "last-character" => recurs(1) == titles.len(),
        // 在三个方面下功夫：在……上下功夫
        "frame" => !a.tail.is_empty() && titles.iter().all(|title| title.as_ref().contains(&*a.tail)),
        "bare" => {
            let says = [Sign::Telling, Sign::Being, Sign::Doing, Sign::Ahead, Sign::Own, Sign::Item];
            !says.iter().any(|sign| a.signs.has(*sign)) && !is_unit && recurs(2) == 0
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_a_row_with_points_and_a_meaning() {
        for name in NAMES {
            let meaning = text::tables::cell(TABLE, name, "meaning");
            assert!(meaning.is_some_and(|meaning| !meaning.is_empty()), "{name}");
        }
    }
}
