//! Which text of one version stands for which of another: those that are the same, then those that are alike at
//! their place, then those that have moved.

use std::cmp::Reverse;
use std::ops::Range;

use imara_diff::{Algorithm, Diff, Token};
use rustc_hash::FxHashMap;

use crate::text::sentences::Grams;

/// Texts are one text in two versions when so much of them is the same: of 1.
const ALIKE: f32 = 0.4;
/// The same for texts that stand elsewhere.
const ALIKE_ELSEWHERE: f32 = 0.65;
/// Characters of a text that is looked for elsewhere.
const TELLING: usize = 6;
/// So many pairs of a stretch are all weighed; in longer ones each text looks so far ahead.
const WEIGHED: usize = 1 << 12;
const AHEAD: usize = 24;
/// What more texts have tells none of them.
const COMMON: usize = 40;

/// Where the new texts come from.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Aligned {
    /// Of each new text the old one.
    pub from: Vec<Option<u32>>,
    /// Whether it stood elsewhere.
    pub moved: Vec<bool>,
    /// Further pairs: a text that was cut in two, or made of two, is one with the larger part, and here with the others.
    pub joined: Vec<(u32, u32)>,
}

impl Aligned {
    /// The old and the new texts that go with a new one, itself among them.
    pub fn group(&self, m: usize) -> Option<(Vec<usize>, Vec<usize>)> {
        let from = self.from[m]?;
        let olds = self.joined.iter().filter(|(_, new)| *new == m as u32).map(|(old, _)| *old);
        let news = self.joined.iter().filter(|(old, _)| *old == from).map(|(_, new)| *new);
        let sorted = |first: u32, others: &mut dyn Iterator<Item = u32>| {
            let mut all: Vec<usize> = std::iter::once(first).chain(others).map(|n| n as usize).collect();
            all.sort_unstable();
            all
        };
        Some((sorted(from, &mut { olds }), sorted(m as u32, &mut { news })))
    }
}

pub(super) fn align<'a>(old: &[&'a str], new: &[&'a str]) -> Aligned {
    let mut ids: FxHashMap<&'a str, u32> = FxHashMap::default();
    let mut token = |text: &&'a str| {
        let next = ids.len() as u32;
        Token(*ids.entry(text).or_insert(next))
    };
    let before: Vec<Token> = old.iter().map(&mut token).collect();
    let after: Vec<Token> = new.iter().map(&mut token).collect();
    let mut diff = Diff::default();
    diff.compute_with(Algorithm::Histogram, &before, &after, ids.len() as u32);
    let mut aligned = Aligned { from: vec![None; new.len()], moved: vec![false; new.len()], joined: Vec::new() };
    let [old_grams, new_grams] = [old, new].map(|texts| texts.iter().map(|text| Grams::of(text)).collect::<Vec<_>>());
    let (mut from, mut to) = (0, 0);
    for hunk in diff.hunks() {
        let [old_range, new_range] = [hunk.before, hunk.after].map(|range| range.start as usize..range.end as usize);
        (from..old_range.start).zip(to..new_range.start).for_each(|(old, new)| aligned.from[new] = Some(old as u32));
        for (old, new) in alike(&old_grams[old_range.clone()], &new_grams[new_range.clone()]) {
            aligned.from[new_range.start + new] = Some((old_range.start + old) as u32);
        }
        (from, to) = (old_range.end, new_range.end);
    }
    (from..old.len()).zip(to..new.len()).for_each(|(old, new)| aligned.from[new] = Some(old as u32));
    whole_of_parts((&old_grams, &new_grams), &mut aligned);
    elsewhere(old, new, (&old_grams, &new_grams), &mut aligned);
    join((&old_grams, &new_grams), &mut aligned);
    aligned
}

/// A text stands in another when so much of it does: of 1.
const HELD: f32 = 0.8;
/// And does not, when no more does.
const NOT_HELD: f32 = 0.5;
/// Pairs of characters of a part.
const PART: usize = 8;

/// Pairs texts of which one is a part of the other, in what is left between two pairs: too little of it to be alike.
fn whole_of_parts((old, new): (&[Grams], &[Grams]), aligned: &mut Aligned) {
    let (mut next, mut m) = (0, 0);
    while m < new.len() {
        if let Some(n) = aligned.from[m] {
            (next, m) = (n as usize + 1, m + 1);
            continue;
        }
        let end = (m..new.len()).find(|m| aligned.from[*m].is_some()).unwrap_or(new.len());
        let last = aligned.from.get(end).copied().flatten().map_or(old.len(), |n| n as usize);
        for n in (next..last).take(AHEAD) {
            let is_part = |m: &usize| {
                let least = old[n].count().min(new[*m].count());
                least >= PART && (old[n].held_in(&new[*m]) >= HELD || new[*m].held_in(&old[n]) >= HELD)
            };
            if let Some(here) = (m..end).take(AHEAD).find(is_part) {
                aligned.from[here] = Some(n as u32);
                m = here + 1;
            }
        }
        m = end;
    }
}

/// Finds the other parts of texts that were cut in two or made of two: next to what they are one with.
fn join((old, new): (&[Grams], &[Grams]), aligned: &mut Aligned) {
    let mut to: Vec<Option<usize>> = vec![None; old.len()];
    aligned.from.iter().enumerate().for_each(|(m, from)| {
        if let Some(n) = from {
            to[*n as usize] = Some(m)
        }
    });
    let is_part = |part: &Grams, whole: &Grams, other: &Grams| {
        part.count() >= PART && part.held_in(whole) >= HELD && part.held_in(other) < NOT_HELD
    };
    // Of each text that has no pair the neighbour that has one, from either side.
    let sides = |len: usize, at: usize| [at.checked_sub(1), (at + 1 < len).then_some(at + 1)].into_iter().flatten();
    let mut own: Vec<Option<u32>> = aligned.from.clone();
    for m in (0..new.len()).chain((0..new.len()).rev()) {
        if own[m].is_some() {
            continue;
        }
        let whole = sides(new.len(), m).find_map(|beside| {
            let n = own[beside]?;
            let pair = to[n as usize]?;
            (!aligned.moved[pair] && is_part(&new[m], &old[n as usize], &new[pair])).then_some(n)
        });
        if let Some(n) = whole {
            aligned.joined.push((n, m as u32));
            own[m] = Some(n);
        }
    }
    let pairs = to.clone();
    for n in (0..old.len()).chain((0..old.len()).rev()) {
        if to[n].is_some() {
            continue;
        }
        let whole = sides(old.len(), n).find_map(|beside| {
            let m = to[beside]?;
            let pair = aligned.from[m]? as usize;
            (!aligned.moved[m] && pairs[pair] == Some(m) && is_part(&old[n], &new[m], &old[pair])).then_some(m)
        });
        if let Some(m) = whole {
            aligned.joined.push((n as u32, m as u32));
            to[n] = Some(m);
        }
    }
}

/// The pairs of texts that are alike, in the order of both.
fn alike(old: &[Grams], new: &[Grams]) -> Vec<(usize, usize)> {
    if old.is_empty() || new.is_empty() {
        return Vec::new();
    }
    if old.len().saturating_mul(new.len()) > WEIGHED {
        return ahead(old, new);
    }
    let width = new.len() + 1;
    // What the texts from here on have in common at best, and whether the first two are a pair then.
    let mut best = vec![(0.0, false); (old.len() + 1) * width];
    for (n, one) in old.iter().enumerate().rev() {
        for (m, other) in new.iter().enumerate().rev() {
            let (down, right) = (best[(n + 1) * width + m].0, best[n * width + m + 1].0);
            let likeness = one.likeness(other);
            let paired = if likeness >= ALIKE { likeness + best[(n + 1) * width + m + 1].0 } else { 0.0 };
            best[n * width + m] = if paired > down.max(right) { (paired, true) } else { (down.max(right), false) };
        }
    }
    let (mut n, mut m, mut pairs) = (0, 0, Vec::new());
    while n < old.len() && m < new.len() {
        if best[n * width + m].1 {
            pairs.push((n, m));
            (n, m) = (n + 1, m + 1);
        } else if best[(n + 1) * width + m].0 >= best[n * width + m + 1].0 {
            n += 1;
        } else {
            m += 1;
        }
    }
    pairs
}

/// The same where there are too many: each old text takes the one most alike of the next new ones.
fn ahead(old: &[Grams], new: &[Grams]) -> Vec<(usize, usize)> {
    let (mut pairs, mut from) = (Vec::new(), 0);
    for (n, one) in old.iter().enumerate() {
        let end = (from + AHEAD).min(new.len());
        let found = (from..end)
            .map(|m| (one.likeness(&new[m]), Reverse(m)))
            .max_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
        if let Some((likeness, Reverse(m))) = found.filter(|(likeness, _)| *likeness >= ALIKE) {
            debug_assert!(likeness <= 1.0);
            pairs.push((n, m));
            from = m + 1;
        }
    }
    pairs
}

/// Finds texts that are left at other places: the same ones, then those that are alike.
fn elsewhere(old: &[&str], new: &[&str], (old_grams, new_grams): (&[Grams], &[Grams]), aligned: &mut Aligned) {
    let mut taken = vec![false; old.len()];
    aligned.from.iter().flatten().for_each(|n| taken[*n as usize] = true);
    let is_telling = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count() >= TELLING;
    let left: Vec<usize> = (0..old.len()).filter(|n| !taken[*n] && is_telling(old[*n])).collect();
    let mut same: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    left.iter().rev().for_each(|n| same.entry(old[*n]).or_default().push(*n));
    let mut open: Vec<usize> = (0..new.len()).filter(|m| aligned.from[*m].is_none() && is_telling(new[*m])).collect();
    let mut take = |n: usize, m: usize, taken: &mut Vec<bool>| {
        (aligned.from[m], aligned.moved[m], taken[n]) = (Some(n as u32), true, true);
    };
    open.retain(|m| match same.get_mut(new[*m]).and_then(Vec::pop) {
        Some(n) => {
            take(n, *m, &mut taken);
            false
        }
        None => true,
    });
    let mut by_gram: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    for n in left.into_iter().filter(|n| !taken[*n]) {
        old_grams[n].iter().for_each(|gram| by_gram.entry(gram).or_default().push(n as u32));
    }
    for m in open {
        let mut shared: FxHashMap<u32, u32> = FxHashMap::default();
        let rare = new_grams[m].iter().filter_map(|gram| by_gram.get(&gram)).filter(|of| of.len() <= COMMON);
        rare.flatten().filter(|n| !taken[**n as usize]).for_each(|n| *shared.entry(*n).or_default() += 1);
        let best = shared.into_iter().max_by_key(|(n, count)| (*count, Reverse(*n))).map(|(n, _)| n as usize);
        if let Some(n) = best.filter(|n| old_grams[*n].likeness(&new_grams[m]) >= ALIKE_ELSEWHERE) {
            take(n, m, &mut taken);
        }
    }
}

/// The ends of stretches of a list that have something in common, in order.
pub(super) fn stretches(len: usize, is_one: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for n in 0..len {
        match found.last_mut() {
            Some(last) if n > 0 && is_one(n) => last.end = n + 1,
            _ => found.push(n..n + 1),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(old: &[&str], new: &[&str]) -> Vec<String> {
        let Aligned { from, moved, .. } = align(old, new);
        from.iter()
            .zip(moved)
            .map(|(from, moved)| match from {
                Some(n) => format!("{n}{}", if moved { "移" } else { "" }),
                None => "新".to_owned(),
            })
            .collect()
    }

    #[test]
    fn texts_are_the_same_alike_new_or_moved() {
        let old = [
            "一、认清形势坚定信心",
            "要抓好项目建设，确保开工。",
            "要改善民生。",
            "二、压实责任狠抓落实",
            "谢谢大家。",
        ];
        assert_eq!(from(&old, &old), ["0", "1", "2", "3", "4"]);
        let new = [
            "一、压实责任狠抓落实",
            "一、认清形势坚定信心",
            "要抓好重点项目建设，确保开工。",
            "谢谢大家。",
            "另外讲一件毫不相干的事情。",
        ];
        assert_eq!(from(&old, &new), ["3移", "0", "1", "4", "新"]);
        assert_eq!(from(&[], &["甲"]), ["新"]);
    }

    #[test]
    fn many_texts_are_paired_in_order() {
        let old: Vec<String> = (0..200).map(|n| format!("第{n}件事是把{}办好{}", n * 7, n % 3)).collect();
        let new: Vec<String> = old.iter().map(|text| format!("{text}了")).collect();
        let [old, new] = [&old, &new].map(|all| all.iter().map(String::as_str).collect::<Vec<_>>());
        let Aligned { from, moved, .. } = align(&old, &new);
        assert!(from.iter().enumerate().filter(|(n, from)| **from == Some(*n as u32)).count() > 190);
        assert!(moved.iter().filter(|moved| **moved).count() < 5);
    }
}
