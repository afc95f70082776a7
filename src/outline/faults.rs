//! Whether a list that does not count on is a fault of the writer: readable features, with points fitted on
//! planted faults and on finished prose (`tools/fit/lists.py` writes `points.tsv`).

use std::sync::{Arc, LazyLock};

use super::sequence::{self, Defect};
use super::{List, NodeKind, Outline};
use crate::paragraph::announcement::Announcement;
use crate::paragraph::marker::LAST;
use crate::paragraph::{Family, Marker, Paragraph};
use crate::text;
use crate::text::tables::{self, FAULTS};

/// How many lines before 第二件 the first item may stand in other words.
const SAID: usize = 8;

/// A list that does not count on.
#[derive(Clone, Debug)]
pub struct Fault {
    pub list: u32,
    pub defect: Defect,
    pub verdict: Verdict,
    /// The sum of the points.
    pub points: i32,
}

/// What is done about a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// A turn of speech.
    Silent,
    Hint,
    Report,
}

/// The features, in the order of [`Features`].
pub const NAMES: [&str; COUNT] = [
    "bias", "cn-dun", "cn-paren", "ar-dot", "ar-paren", "circled", "di", "di-noun", "shi", "verb", "shouxian",
    "decimal", "other", "inline", "spans", "two", "three", "four", "six", "good-share", "good-two", "start-one",
    "start-two", "start-more", "begins", "one-odd", "more-odd", "repeats", "skips", "jumps", "back", "wrong",
    "duplicate", "gap", "tail", "start", "swap", "disorder", "count-fits", "margin", "torn", "far", "very-far", "weak",
    "mixed", "sound-lists", "broken-share", "certain", "own-lines", "across-inline", "high", "reversed",
];
const COUNT: usize = 52;

/// The features of a fault, in hundredths.
pub type Features = [i16; COUNT];

const TABLE: &str = include_str!("points.tsv");

/// The points of each feature, and from where on a fault is reported and hinted at.
fn points() -> &'static (Features, i32, i32) {
    static POINTS: LazyLock<(Features, i32, i32)> = LazyLock::new(|| {
        (NAMES.map(|name| FAULTS.get(name) as i16), FAULTS.get("threshold-report"), FAULTS.get("threshold-hint"))
    });
    &POINTS
}

/// A number that changes with the tables of points and prices.
pub const VERSION: u32 = text::digest(TABLE) ^ text::digest(include_str!("prices.tsv")).rotate_left(1);

/// What a feature means, as the table says it.
pub fn meaning(name: &str) -> Option<&'static str> {
    tables::cell(TABLE, name, "meaning")
}

/// The points that each feature gives, for `--why`.
pub fn contributions(features: &Features) -> Vec<(&'static str, i32)> {
    let (weights, ..) = points();
    (0..COUNT)
        .map(|i| (NAMES[i], i32::from(weights[i]) * i32::from(features[i]) / 100))
        .filter(|(_, points)| *points != 0)
        .collect()
}

/// The faults of all lists of an outline.
pub(super) fn find(outline: &Outline, lines: &[Arc<Paragraph>]) -> Vec<Fault> {
    let mut found: Vec<(u32, Vec<u32>, sequence::Explained)> = Vec::new();
    let mut sound = 0u32;
    let (weights, report, hint) = points();
    let mut faults = Vec::new();
    for (i, list) in outline.lists.iter().enumerate() {
        if list.family == Family::First {
            faults.extend(repeated_word(outline, lines, i as u32, *report));
        }
        // 首先，……其次，……第四，……: the words alone may be said again.
        if list.family.is_unnumbered() && list.mismatched.is_empty() {
            continue;
        }
        let values: Vec<u32> =
            outline.values(i as u32, lines).iter().map(|v| (v + 1).saturating_sub(list.first)).collect();
        // Equal items in one paragraph may be no list at all; in Markdown 1. 1. 1. counts itself.
        if values.iter().all(|v| *v == 1) && (list.inline || list.family == Family::Arabic) {
            continue;
        }
        if values == [1, 1] && stand_apart(outline, lines, list) {
            continue;
        }
        let mut explained = sequence::explained(&values);
        if list.family == Family::First {
            let is_behind_words = |at: usize| at.checked_sub(1).is_some_and(|before| values[before] == 2);
            explained.defects.retain(|defect| {
                matches!(defect, Defect::Gap { .. } | Defect::Tail { .. }) && is_behind_words(defect.place())
            });
        }
        if explained.defects.is_empty() {
            sound += u32::from(values.len() > 2);
        } else {
            found.push((i as u32, values, explained));
        }
    }
    let broken = found.len() as u32;
    for (list, values, explained) in found {
        for defect in &explained.defects {
            let features = features(outline, lines, list, &values, &explained, defect, sound, broken);
            let points: i32 =
                weights.iter().zip(&features).map(|(w, f)| i32::from(*w) * i32::from(*f)).sum::<i32>() / 100;
            let verdict = match points {
                _ if first_is_said(outline, lines, list, defect) => Verdict::Silent,
                _ if refers_back(outline, lines, list, &values, defect) => Verdict::Silent,
                _ if explained.torn && points < *report => Verdict::Silent,
                _ if explained.torn || has_inner_list(outline, list, &values) => Verdict::Hint,
                _ if points >= *report => Verdict::Report,
                _ if points >= *hint => Verdict::Hint,
                _ => Verdict::Silent,
            };
            faults.push(Fault { list, defect: defect.clone(), verdict, points });
        }
    }
    faults
}

/// 一是…… under one answer and 一是…… under the next, with paragraphs between them: each a list of one item. Sections
/// are never alone.
fn stand_apart(outline: &Outline, lines: &[Arc<Paragraph>], list: &List) -> bool {
    let at = |n: usize| list.items.get(n).map(|&item| outline.nodes[item as usize].line);
    let (Some(first), Some(second)) = (at(0), at(1)) else { return false };
    list.family.rank().is_none() && (first + 1..second).any(|line| lines[line as usize].is_read())
}

/// 首先，其次，再次，其次: a word of order that stands twice where the rest of the row is there. 首先，其次，其次
/// is how people speak.
fn repeated_word(outline: &Outline, lines: &[Arc<Paragraph>], list: u32, points: i32) -> Option<Fault> {
    let markers = outline.markers(list, lines);
    if markers.iter().any(|m| m.family != Family::First) {
        return None;
    }
    let values: Vec<u32> = markers.iter().map(|m| m.value).collect();
    let second = values.iter().position(|v| *v == 2)?;
    let at = second + 1 + values[second + 1..].iter().position(|v| *v == 2)?;
    let expected = if at + 1 == values.len() { LAST } else { 3 };
    let whole = values.first() == Some(&1) && values.contains(&3) && values.iter().filter(|v| **v == 1).count() == 1;
    whole.then_some(Fault { list, defect: Defect::Duplicate { at, expected }, verdict: Verdict::Report, points })
}

/// 头一件，……第二件，……: the first item is there in other words.
fn first_is_said(outline: &Outline, lines: &[Arc<Paragraph>], list: u32, defect: &Defect) -> bool {
    if !matches!(defect, Defect::Start { found: 2 }) {
        return false;
    }
    let first = &outline.nodes[outline.lists[list as usize].items[0] as usize];
    let said = |line: u32| lines[line as usize].structure().and_then(|s| s.first_said);
    // A heading ends what may belong to the list.
    let open = |line: &u32| lines[*line as usize].head().is_none_or(|m| m.family.rank().is_none());
    said(first.line).is_some_and(|at| at < first.marker.start)
        || (0..first.line).rev().take(SAID).take_while(open).any(|line| said(line).is_some())
}

/// “八看”：一看……八看……。八看做到了，……: behind the whole list stands what announced it.
fn refers_back(outline: &Outline, lines: &[Arc<Paragraph>], list: u32, values: &[u32], defect: &Defect) -> bool {
    let list = &outline.lists[list as usize];
    let [.., before, last] = values else { return false };
    let Family::Verb(verb) = list.family else { return false };
    let at_last = defect.place() + 1 == values.len();
    let first = &outline.nodes[list.items[0] as usize];
    let announces =
        |a: &Announcement| a.count == *last && a.unit.chars().eq([verb]) && a.range.end <= first.marker.start;
    at_last
        && before == last
        && *last as usize + 1 == values.len()
        && lines[first.line as usize].announcements().iter().any(announces)
}

/// 第一，首先……，第二……，第三……。¶第二，……: what begins paragraphs counts on by itself, so that what stands inside
/// them may be another list.
fn has_inner_list(outline: &Outline, list: u32, values: &[u32]) -> bool {
    let nodes = outline.lists[list as usize].items.iter().map(|&item| &outline.nodes[item as usize]);
    let heads: Vec<u32> =
        nodes.zip(values).filter(|(node, _)| node.kind != NodeKind::Item).map(|(_, value)| *value).collect();
    (2..values.len()).contains(&heads.len()) && (1..).zip(&heads).all(|(n, value)| n == *value)
}

/// The features of fault `n` of an outline.
pub fn features_of(outline: &Outline, lines: &[Arc<Paragraph>], n: usize) -> Features {
    let fault = &outline.faults[n];
    let list = &outline.lists[fault.list as usize];
    let values: Vec<u32> =
        outline.values(fault.list, lines).iter().map(|v| (v + 1).saturating_sub(list.first)).collect();
    let mut lists: Vec<u32> = outline.faults.iter().map(|f| f.list).collect();
    lists.dedup();
    let sound = outline
        .lists
        .iter()
        .zip(0u32..)
        .filter(|(l, i)| !l.family.is_unnumbered() && l.items.len() > 2 && !lists.contains(i))
        .count();
    let explained = sequence::explained(&values);
    features(outline, lines, fault.list, &values, &explained, &fault.defect, sound as u32, lists.len() as u32)
}

#[expect(clippy::too_many_arguments, reason = "what is known of a list, gathered once")]
fn features(
    outline: &Outline,
    lines: &[Arc<Paragraph>],
    list: u32,
    values: &[u32],
    explained: &sequence::Explained,
    defect: &Defect,
    sound: u32,
    broken: u32,
) -> Features {
    let l = &outline.lists[list as usize];
    let nodes: Vec<_> = l.items.iter().map(|&n| &outline.nodes[n as usize]).collect();
    let markers: Vec<&Marker> = outline.markers(list, lines);
    let steps: Vec<i64> = values.windows(2).map(|w| i64::from(w[1]) - i64::from(w[0])).collect();
    let good = steps.iter().filter(|s| **s == 1).count();
    let odd = steps.len() - good;
    let first = values.first().copied().unwrap_or(1);
    let bindings: Vec<u32> = outline.bindings.iter().filter(|b| b.list == Some(list)).map(|b| b.count).collect();
    let n = values.len();
    let apart: Vec<u32> = nodes.windows(2).map(|w| w[1].line.saturating_sub(w[0].line)).collect();
    let far = apart.iter().copied().max().unwrap_or(0);
    let inline = nodes.iter().filter(|n| n.kind == NodeKind::Item).count();
    let price = markers.iter().map(|m| i32::from(m.price)).sum::<i32>() / markers.len().max(1) as i32;
    let line = nodes.first().map_or(0, |n| n.line as usize);
    let begins =
        (line.saturating_sub(2)..=line).any(|i| lines.get(i).and_then(|p| p.structure()).is_some_and(|s| s.begins));
    let family = |wanted: &str| l.family.name() == wanted;
    let named =
        ["cn-dun", "cn-paren", "ar-dot", "ar-paren", "circled", "di", "di-noun", "n-verb", "shouxian", "decimal"];
    let is_shi = matches!(l.family, Family::Verb('是' | '要'));
    let certain = matches!(defect, Defect::Wrong { first, last, .. } if first == last && *first > 0 && first + 1 < n);
    let yes = |b: bool| if b { 100 } else { 0 };
    let value = |name: &str| -> i16 {
        match name {
            "bias" => 100,
            "shi" => yes(is_shi),
            "verb" => yes(family("n-verb") && !is_shi),
            "other" => yes(!named.contains(&l.family.name())),
            "inline" => yes(l.inline),
            "spans" => yes(inline > 0 && !l.inline),
            "two" => yes(n == 2),
            "three" => yes(n == 3),
            "four" => yes((4..6).contains(&n)),
            "six" => yes(n >= 6),
            "good-share" => (100 * good / steps.len().max(1)) as i16,
            "good-two" => yes(good >= 2),
            "start-one" => yes(first == 1),
            "start-two" => yes(first == 2),
            "start-more" => yes(first > 2),
            "begins" => yes(first != 1 && begins),
            "one-odd" => yes(odd == 1),
            "more-odd" => yes(odd > 2),
            "repeats" => yes(steps.contains(&0)),
            "skips" => yes(steps.contains(&2)),
            "jumps" => yes(steps.iter().any(|s| *s > 2)),
            "back" => yes(steps.iter().any(|s| *s < 0)),
            "wrong" => yes(matches!(defect, Defect::Wrong { .. })),
            "duplicate" => yes(matches!(defect, Defect::Duplicate { .. })),
            "gap" => yes(matches!(defect, Defect::Gap { .. })),
            "tail" => yes(matches!(defect, Defect::Tail { .. })),
            "start" => yes(matches!(defect, Defect::Start { .. })),
            "swap" => yes(matches!(defect, Defect::Swap { .. })),
            "disorder" => yes(matches!(defect, Defect::Disorder)),
            "count-fits" => yes(bindings.iter().any(|count| *count == n as u32 || values.last() == Some(count))),
            "margin" => explained.margin.min(100) as i16,
            "torn" => yes(explained.torn),
            "far" => yes(far > 6),
            "very-far" => yes(far > 20),
            "weak" => yes(price < 90),
            "mixed" => yes(!l.mismatched.is_empty()),
            "sound-lists" => (sound.min(5) * 20) as i16,
            "broken-share" => (100 * broken / (broken + sound).max(1)) as i16,
            "certain" => yes(certain),
            "own-lines" => yes(markers.iter().all(|m| m.own_line)),
            "across-inline" => yes(inline > 1 && nodes.first().map(|n| n.line) != nodes.last().map(|n| n.line)),
            "reversed" => yes(n > 2 && values.last() == Some(&1) && steps.iter().all(|s| *s == -1)),
            "high" => yes(values.iter().any(|v| *v > 12)),
            family_name => yes(family(family_name)),
        }
    };
    NAMES.map(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_a_row_with_points() {
        for name in NAMES {
            assert!(TABLE.lines().any(|line| line.split('\t').next() == Some(name)), "{name}");
        }
    }
}
