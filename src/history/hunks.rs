//! What is different in two versions of a paragraph: by sentences, and in those by numbers, words of letters and
//! characters.

use imara_diff::{Algorithm, Diff, Token};
use rustc_hash::FxHashMap;

use super::align::align;
use crate::text::Range;
use crate::text::chars::is_han;
use crate::text::sentences::sentences;

/// A stretch that stands for another. One of them may be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hunk {
    pub old: Range,
    pub new: Range,
    pub way: Way,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Other characters.
    Other,
    /// A sentence that is gone, or new.
    Whole,
    /// A sentence that stood elsewhere in the paragraph.
    Moved,
}

pub(super) fn hunks(old: &str, new: &str) -> Vec<Hunk> {
    let (before, after) = (sentences(old), sentences(new));
    let one: Vec<&str> = before.iter().map(|range| range.of(old)).collect();
    let other: Vec<&str> = after.iter().map(|range| range.of(new)).collect();
    let aligned = align(&one, &other);
    let mut left = vec![true; before.len()];
    aligned.from.iter().flatten().for_each(|n| left[*n as usize] = false);
    let mut found = Vec::new();
    // How far the old sentences have been told of.
    let mut next = 0;
    let gone = |to: usize, at: u32, next: &mut usize, found: &mut Vec<Hunk>| {
        for n in (*next..to).filter(|n| left[*n]) {
            found.push(Hunk { old: before[n], new: Range { start: at, end: at }, way: Way::Whole });
        }
        *next = to.max(*next);
    };
    for (m, range) in after.iter().enumerate() {
        match aligned.from[m].map(|n| n as usize) {
            Some(n) => {
                if aligned.moved[m] {
                    found.push(Hunk { old: before[n], new: *range, way: Way::Moved });
                } else {
                    gone(n, range.start, &mut next, &mut found);
                    next = next.max(n + 1);
                }
                found.extend(inside(old, before[n], new, *range));
            }
            None => {
                let at = before.get(next).map_or(old.len() as u32, |range| range.start);
                found.push(Hunk { old: Range { start: at, end: at }, new: *range, way: Way::Whole });
            }
        }
    }
    gone(before.len(), new.len() as u32, &mut next, &mut found);
    found
}

/// The same as replacements in the order of both texts, none beside another, that make `new` of `old` and leave alone
/// what both have: a sentence that has moved is taken away and put in.
pub(super) fn script(old: &str, new: &str) -> Vec<(Range, Range)> {
    let by_sentences = hunks(old, new);
    let is_in_order = by_sentences.iter().all(|hunk| hunk.way != Way::Moved);
    let found = Some(ordered(by_sentences)).filter(|script| is_in_order && makes(old, script, new));
    found.unwrap_or_else(|| by_characters(old, new))
}

/// The same by characters alone: what both have in one order is left alone, whatever sentences it stands in.
pub(super) fn by_characters(old: &str, new: &str) -> Vec<(Range, Range)> {
    let all = |text: &str| Range::new(0, text.len());
    ordered(inside(old, all(old), new, all(new)))
}

fn ordered(found: Vec<Hunk>) -> Vec<(Range, Range)> {
    let mut script: Vec<(Range, Range)> = Vec::new();
    for Hunk { old, new, .. } in found {
        match script.last_mut().filter(|last| last.0.end == old.start && last.1.end == new.start) {
            Some(last) => (last.0.end, last.1.end) = (old.end, new.end),
            None => script.push((old, new)),
        }
    }
    script
}

/// Whether replacements make one text of the other.
fn makes(old: &str, script: &[(Range, Range)], new: &str) -> bool {
    let (mut made, mut at) = (String::with_capacity(new.len()), 0);
    for (from, to) in script {
        made += old.get(at..from.start as usize).unwrap_or_default();
        made += to.of(new);
        at = from.end as usize;
    }
    made += old.get(at..).unwrap_or_default();
    made == new
}

/// Numbers, words of letters, blanks and single characters.
fn tokens(text: &str) -> Vec<Range> {
    let mut found: Vec<Range> = Vec::new();
    let class = |c: char| match c {
        '0'..='9' => 1,
        c if c.is_ascii_alphabetic() => 2,
        c if c.is_whitespace() => 3,
        _ => 0,
    };
    let mut last = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let follows = |at: usize| text[at..].starts_with(|c: char| c.is_ascii_digit());
        let this = if last == 1 && matches!(c, '.' | ',') && follows(end) { 1 } else { class(c) };
        match found.last_mut() {
            Some(range) if this != 0 && this == last => range.end = end as u32,
            _ => found.push(Range::new(at, end)),
        }
        last = this;
    }
    found
}

/// What differs in two sentences.
fn inside(old: &str, of_old: Range, new: &str, of_new: Range) -> Vec<Hunk> {
    let (one, other) = (of_old.of(old), of_new.of(new));
    if one == other {
        return Vec::new();
    }
    let (before, after) = (tokens(one), tokens(other));
    let mut ids: FxHashMap<&str, u32> = FxHashMap::default();
    let words = before.iter().map(|range| range.of(one)).chain(after.iter().map(|range| range.of(other)));
    let all: Vec<Token> = words
        .map(|word| {
            let next = ids.len() as u32;
            Token(*ids.entry(word).or_insert(next))
        })
        .collect();
    let (from, to) = all.split_at(before.len());
    let mut diff = Diff::default();
    diff.compute_with(Algorithm::Myers, from, to, ids.len() as u32);
    let mut found: Vec<(std::ops::Range<usize>, std::ops::Range<usize>)> = Vec::new();
    for hunk in diff.hunks() {
        let (from, to) =
            (hunk.before.start as usize..hunk.before.end as usize, hunk.after.start as usize..hunk.after.end as usize);
        // One character that happens to be the same parts no word.
        let joins = |last: &(std::ops::Range<usize>, std::ops::Range<usize>)| {
            let between = last.0.end..from.start;
            between.len() <= 1 && between.clone().all(|n| before[n].of(one).chars().all(is_han))
        };
        match found.last_mut().filter(|last| joins(last)) {
            Some(last) => (last.0.end, last.1.end) = (from.end, to.end),
            None => found.push((from, to)),
        }
    }
    let range = |ranges: &[Range], of: std::ops::Range<usize>, base: Range| {
        let start = ranges.get(of.start).map_or(base.end, |range| base.start + range.start);
        let end = if of.is_empty() { start } else { base.start + ranges[of.end - 1].end };
        Range { start, end }
    };
    let hunk = |(from, to)| Hunk { old: range(&before, from, of_old), new: range(&after, to, of_new), way: Way::Other };
    found.into_iter().map(hunk).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differences(old: &str, new: &str) -> Vec<(String, String)> {
        hunks(old, new).into_iter().map(|hunk| (hunk.old.of(old).to_owned(), hunk.new.of(new).to_owned())).collect()
    }

    #[test]
    fn what_is_different_is_said_by_words() {
        let pair = |old: &str, new: &str| (old.to_owned(), new.to_owned());
        assert_eq!(
            differences("完成投资320.5亿元，增长6.2%。", "完成投资325.5亿元，增长6.2%。"),
            [pair("320.5", "325.5")]
        );
        assert_eq!(differences("请周明远同志讲话。", "请李建国同志讲话。"), [pair("周明远", "李建国")]);
        assert_eq!(differences("要抓好项目。要改善民生。", "要抓好项目。"), [pair("要改善民生。", "")]);
        assert_eq!(differences("要抓好项目。", "同志们！要抓好项目。"), [pair("", "同志们！")]);
        assert_eq!(differences("他说：“好。”大家都笑。", "他说：“好。”大家都笑。"), []);
    }
    /// What both texts have is left alone.
    #[test]
    fn a_sentence_is_put_in_where_it_stands() {
        let made = |old: &str, new: &str| {
            let script = script(old, new);
            assert!(makes(old, &script, new));
            script
                .iter()
                .map(|(from, to)| (from.start, from.of(old).to_owned(), to.of(new).to_owned()))
                .collect::<Vec<_>>()
        };
        let put_in = |at: u32, text: &str| vec![(at, String::new(), text.to_owned())];
        let [one, two, new] = ["要抓好项目。", "要改善民生。", "时不我待。"];
        let old = format!("{one}{two}");
        assert_eq!(made(&old, &format!("{new}{old}")), put_in(0, new));
        assert_eq!(made(&old, &format!("{one}{new}{two}")), put_in(one.len() as u32, new));
        assert_eq!(made(&old, &format!("{old}{new}")), put_in(old.len() as u32, new));
        assert_eq!(made(&old, &format!("{two}{one}")).iter().map(|hunk| hunk.1.len()).sum::<usize>(), one.len());
    }
}
