//! Which paragraphs of the draft became which of the document: one and one, or several where they were split or joined.
//!
//! Texts belong together where that makes the change smaller: a paragraph that is gone and stands in the one beside it
//! need not be taken out here and put in there. So no text is counted twice, and none that only looks like another
//! draws it to itself.

use std::ops::Range;

use super::super::align::{Aligned, stretches};
use super::super::hunks::{by_characters, script};
use crate::text;

/// So much of a paragraph that was split off or joined stands in the other one, of 1.
const HELD: f32 = 0.7;
/// With so much neither is put in without the other.
const BOUND: f32 = 0.3;
/// The same for two that are both in the draft and in the document, in characters.
const CROSSED: usize = 4;
const CROSSING: usize = 2;
/// Copies that follow each other are told apart by their order, so many of them.
const COPIES: usize = 4;

/// Paragraphs that stand for each other; what is new, or gone, stands for none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Group {
    pub base: Range<usize>,
    pub word: Range<usize>,
    pub moved: bool,
    /// They have next to nothing in common but their place.
    pub is_other: bool,
    /// Text went from this one into the next, or from there to here.
    pub is_bound: bool,
}

/// In the order of the document; what is gone stands where it was.
pub(super) fn groups(base: &[&str], word: &[&str], aligned: Aligned) -> Vec<Group> {
    let texts = Texts { base, word };
    let aligned = texts.straight(aligned);
    let mut known = vec![false; base.len()];
    aligned.from.iter().flatten().for_each(|n| known[*n as usize] = true);
    let mut all: Vec<Group> = Vec::with_capacity(word.len());
    let mut next = 0;
    let gone = |to: usize, next: &mut usize, all: &mut Vec<Group>| {
        let missing = (*next..to).filter(|n| !known[*n]);
        all.extend(missing.map(|n| Group { base: n..n + 1, ..Group::default() }));
        *next = to.max(*next);
    };
    for (m, from) in aligned.from.iter().enumerate() {
        let base = from.map_or(0..0, |n| n as usize..n as usize + 1);
        let group = Group { base, word: m..m + 1, moved: aligned.moved[m], ..Group::default() };
        if !group.moved && !group.base.is_empty() {
            gone(group.base.start, &mut next, &mut all);
        }
        all.push(group);
    }
    gone(base.len(), &mut next, &mut all);
    texts.shift(&mut all);
    texts.bind(instead(texts.gather(all)))
}

/// As many paragraphs that are new as are gone at their place stand for these.
fn instead(all: Vec<Group>) -> Vec<Group> {
    let mut found: Vec<Group> = Vec::with_capacity(all.len());
    for stretch in stretches(all.len(), |n| is_one_sided(&all[n]) && is_one_sided(&all[n - 1])) {
        let (gone, new): (Vec<&Group>, Vec<&Group>) = all[stretch.clone()].iter().partition(|one| one.word.is_empty());
        match gone.len() == new.len() && is_one_sided(&all[stretch.start]) {
            true => found.extend(gone.iter().zip(&new).map(|(gone, new)| Group {
                base: gone.base.clone(),
                word: new.word.clone(),
                is_other: true,
                ..Group::default()
            })),
            false => found.extend(all[stretch].iter().cloned()),
        }
    }
    found
}

/// New or gone.
fn is_one_sided(group: &Group) -> bool {
    group.base.is_empty() != group.word.is_empty()
}

#[derive(Clone, Copy)]
struct Texts<'a> {
    base: &'a [&'a str],
    word: &'a [&'a str],
}

impl Texts<'_> {
    fn of(self, group: &Group) -> [String; 2] {
        [self.base[group.base.clone()].join("\n"), self.word[group.word.clone()].join("\n")]
    }

    /// How many characters are taken out and put in.
    fn cost(self, group: &Group) -> usize {
        let [old, new] = self.of(group);
        let cost = |script: Vec<(text::Range, text::Range)>| {
            script.iter().map(|(from, to)| weight(from.of(&old)) + weight(to.of(&new))).sum::<usize>()
        };
        // A sentence that was cut in pieces is like none of them.
        cost(script(&old, &new)).min(cost(by_characters(&old, &new)))
    }

    /// The smaller text of those that stand on one side.
    fn weight(self, pair: [&Group; 2]) -> Option<usize> {
        let texts = pair.into_iter().filter(|group| is_one_sided(group)).map(|group| self.of(group).concat());
        texts.map(|text| weight(&text)).min()
    }

    /// Neighbours that are alike have not changed places where less would be to change.
    fn straight(self, mut aligned: Aligned) -> Aligned {
        for m in 1..aligned.from.len() {
            let (Some(one), Some(next)) = (aligned.from[m - 1], aligned.from[m]) else { continue };
            if one != next + 1 || aligned.moved[m - 1] == aligned.moved[m] {
                continue;
            }
            let cost = |n: u32, m: usize| {
                self.cost(&Group { base: n as usize..n as usize + 1, word: m..m + 1, ..Group::default() })
            };
            if cost(next, m - 1) + cost(one, m) <= cost(one, m - 1) + cost(next, m) {
                aligned.from.swap(m - 1, m);
                aligned.moved[m - 1..=m].fill(false);
            }
        }
        aligned
    }

    /// Of copies, one of which has changed, each stays at its place: none is new before the others and gone behind them,
    /// or the other way round, where less would be to change.
    fn shift(self, all: &mut Vec<Group>) {
        let mut first = 0;
        while first + 2 < all.len() {
            let last = first + 1 + all[first + 1..].iter().take_while(|group| is_one(group)).take(COPIES).count();
            let is_open = last > first + 1 && last < all.len() && is_one_sided(&all[first]) && is_one_sided(&all[last]);
            if is_open && all[first].base.is_empty() != all[last].base.is_empty() {
                let row = &all[first..=last];
                let pairs = row.windows(2).map(|pair| match row[0].base.is_empty() {
                    true => Group { base: pair[1].base.clone(), word: pair[0].word.clone(), ..Group::default() },
                    false => Group { base: pair[0].base.clone(), word: pair[1].word.clone(), ..Group::default() },
                });
                let pairs: Vec<Group> = pairs.collect();
                let cost = |groups: &[Group]| groups.iter().map(|group| self.cost(group)).sum::<usize>();
                if cost(&pairs) < cost(row) {
                    all.splice(first..=last, pairs);
                }
            }
            first += 1;
        }
    }

    /// Neighbours as one, and what that costs, when it is less by `share` of a paragraph, or by so many characters of
    /// two that are both in the draft and in the document.
    fn spared(self, pair: [&Group; 2], costs: &[usize], share: f32, crossing: usize) -> Option<(Group, usize)> {
        let both = together(pair[0], pair[1]).filter(|_| costs.iter().all(|cost| *cost > 0))?;
        let least = match self.weight(pair) {
            Some(weight) => (2.0 * share * weight as f32).max(1.0),
            None => 2.0 * crossing as f32,
        };
        let cost = self.cost(&both);
        ((costs.iter().sum::<usize>()).saturating_sub(cost) as f32 >= least).then_some((both, cost))
    }

    /// Makes one of neighbours where a paragraph was split off or joined, or the end of one went to the other.
    fn gather(self, mut all: Vec<Group>) -> Vec<Group> {
        let mut costs: Vec<usize> = all.iter().map(|group| self.cost(group)).collect();
        let mut at = 0;
        while at + 1 < all.len() {
            match self.spared([&all[at], &all[at + 1]], &costs[at..at + 2], HELD, CROSSED) {
                Some((both, cost)) => {
                    all.splice(at..at + 2, [both]);
                    costs.splice(at..at + 2, [cost]);
                    at = at.saturating_sub(1);
                }
                None => at += 1,
            }
        }
        all
    }

    /// Binds neighbours that less of a text went between.
    fn bind(self, mut all: Vec<Group>) -> Vec<Group> {
        let costs: Vec<usize> = all.iter().map(|group| self.cost(group)).collect();
        for at in 1..all.len() {
            let pair = [&all[at - 1], &all[at]];
            all[at - 1].is_bound = self.spared(pair, &costs[at - 1..=at], BOUND, CROSSING).is_some();
        }
        all
    }
}

/// One paragraph that is still where it was.
fn is_one(group: &Group) -> bool {
    !group.moved && !group.base.is_empty() && !group.word.is_empty()
}

/// Neighbours as one, where they can be.
fn together(one: &Group, next: &Group) -> Option<Group> {
    let join = |one: &Range<usize>, next: &Range<usize>| match () {
        () if one.is_empty() => Some(next.clone()),
        () if next.is_empty() => Some(one.clone()),
        () => (one.end == next.start).then_some(one.start..next.end),
    };
    let (base, word) = (join(&one.base, &next.base)?, join(&one.word, &next.word)?);
    (!one.moved && !next.moved).then_some(Group { base, word, ..Group::default() })
}

/// How many characters there are.
fn weight(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

#[cfg(test)]
mod tests {
    use super::super::super::align::align;
    use super::*;

    fn shown(base: &[&str], word: &[&str]) -> Vec<String> {
        let one = |range: &Range<usize>| range.clone().map(|n| n.to_string()).collect::<Vec<_>>().join("+");
        let sign = |group: &Group| match group {
            Group { moved: true, .. } => "移",
            Group { is_other: true, .. } => "另",
            Group { is_bound: true, .. } => "连",
            _ => "",
        };
        let groups = groups(base, word, align(base, word));
        groups.iter().map(|g| format!("{}→{}{}", one(&g.base), one(&g.word), sign(g))).collect()
    }

    #[test]
    fn paragraphs_are_split_and_joined() {
        let [one, two] = ["要抓好项目建设，确保开工。", "要改善民生，办好实事。"];
        let both = format!("{one}{two}");
        assert_eq!(shown(&["同志们：", &both, "谢谢。"], &["同志们：", one, two, "谢谢。"]), ["0→0", "1→1+2", "2→3"]);
        assert_eq!(shown(&["同志们：", one, two, "谢谢。"], &["同志们：", &both, "谢谢。"]), ["0→0", "1+2→1", "3→2"]);
        assert_eq!(shown(&[one, two], &[two]), ["0→", "1→0"]);
        assert_eq!(shown(&[one], &[one, two]), ["0→0", "→1"]);
        assert_eq!(shown(&[one, two, &both], &[two, one, &both]), ["1→0", "0→1移", "2→2"]);
    }

    #[test]
    fn short_and_many_parts_are_parts() {
        let [one, two] = ["要抓好项目建设，确保开工。", "要改善民生，办好实事。"];
        let tail = format!("{one}好。");
        assert_eq!(shown(&[one, "好。", two], &[&tail, two]), ["0+1→0", "2→1"]);
        assert_eq!(shown(&[&tail, two], &[one, "好。", two]), ["0→0+1", "1→2"]);
        let parts = ["一抓到底，", "要改善民生，", "务求实效，", "真抓实干，", "久久为功。"];
        assert_eq!(shown(&[&parts.concat()], &parts), ["0→0+1+2+3+4"]);
        assert_eq!(shown(&parts, &[&parts.concat()]), ["0+1+2+3+4→0"]);
        // The end of one went to the start of the other.
        let [one, two] = ["要抓好项目建设，确保", "要改善民生，办好实事。"];
        let parted = |tail: &str| shown(&[&format!("{one}{tail}"), two], &[one, &format!("{tail}{two}")]);
        assert_eq!(parted("按期开工。"), ["0+1→0+1"]);
        assert_eq!(parted("开工"), ["0→0连", "1→1"]);
    }

    /// What looks like another, and has not changed, gives and takes nothing.
    #[test]
    fn copies_are_not_parts() {
        let [one, two] = ["要抓好项目建设，确保开工。要改善民生。", "要抓好项目建设，确保开工。"];
        assert_eq!(shown(&[two, two, two], &[two, two]), ["0→0", "1→1", "2→"]);
        assert_eq!(shown(&[two], &[two, two]), ["0→0", "→1"]);
        assert_eq!(shown(&[two, two], &[&format!("{two}好。"), two]), ["0→0", "1→1"]);
        assert_eq!(shown(&[two, two], &[two, &format!("{two}好。")]), ["0→0", "1→1"]);
        let last = "会议由县长李文华主持。";
        assert_eq!(shown(&[one, two, last], &[one, &format!("{two}{last}")]), ["0→0", "1+2→1"]);
    }
}
