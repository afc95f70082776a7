//! Which paragraphs of the draft became which of the document: one and one, or several where they were split or joined.

use std::ops::Range;

use super::super::align::{align, stretches};
use crate::text::sentences::Grams;

/// So much of a paragraph stands in another one of which it was a part, of 1.
const HELD: f32 = 0.7;
/// Characters that tell where they are from.
const TELLING: usize = 4;

/// Paragraphs that stand for each other; what is new, or gone, stands for none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub base: Range<usize>,
    pub word: Range<usize>,
    pub moved: bool,
    /// They have next to nothing in common but their place.
    pub is_other: bool,
}

/// In the order of the document; what is gone stands where it was.
pub(super) fn groups(base: &[&str], word: &[&str]) -> Vec<Group> {
    let aligned = align(base, word);
    let mut groups: Vec<Group> = Vec::new();
    for (m, from) in aligned.from.iter().enumerate() {
        let base = from.map_or(0..0, |n| n as usize..n as usize + 1);
        groups.push(Group { base, word: m..m + 1, moved: aligned.moved[m], is_other: false });
    }
    let mut taken = vec![false; base.len()];
    aligned.from.iter().flatten().for_each(|n| taken[*n as usize] = true);
    split(&mut groups, base, word);
    for n in (0..base.len()).filter(|n| !taken[*n]) {
        joined(&mut groups, n, base, word);
    }
    let mut all: Vec<Group> = Vec::with_capacity(groups.len());
    let mut next = 0;
    let mut known = vec![false; base.len()];
    groups.iter().flat_map(|group| group.base.clone()).for_each(|n| known[n] = true);
    let gone = |to: usize, next: &mut usize, all: &mut Vec<Group>| {
        let missing = (*next..to).filter(|n| !known[*n]);
        all.extend(missing.map(|n| Group { base: n..n + 1, word: 0..0, moved: false, is_other: false }));
        *next = to.max(*next);
    };
    for group in groups {
        if !group.moved && !group.base.is_empty() {
            gone(group.base.start, &mut next, &mut all);
        }
        all.push(group);
    }
    gone(base.len(), &mut next, &mut all);
    instead(all)
}

/// As many paragraphs that are new as are gone at their place stand for these.
fn instead(all: Vec<Group>) -> Vec<Group> {
    let mut found: Vec<Group> = Vec::with_capacity(all.len());
    let is_one_sided = |group: &Group| group.base.is_empty() != group.word.is_empty();
    for stretch in stretches(all.len(), |n| is_one_sided(&all[n]) && is_one_sided(&all[n - 1])) {
        let (gone, new): (Vec<&Group>, Vec<&Group>) = all[stretch.clone()].iter().partition(|one| one.word.is_empty());
        match gone.len() == new.len() && is_one_sided(&all[stretch.start]) {
            true => found.extend(gone.iter().zip(&new).map(|(gone, new)| Group {
                base: gone.base.clone(),
                word: new.word.clone(),
                moved: false,
                is_other: true,
            })),
            false => found.extend(all[stretch].iter().cloned()),
        }
    }
    found
}

/// Whether a text was a part of another.
fn is_part(part: &str, whole: &str) -> bool {
    part.chars().filter(|c| c.is_alphanumeric()).count() >= TELLING
        && Grams::of(part).held_in(&Grams::of(whole)) >= HELD
}

/// What is new and stood in the paragraph that comes before it, or behind it, is a part of that.
fn split(groups: &mut Vec<Group>, base: &[&str], word: &[&str]) {
    let mut made: Vec<Group> = Vec::with_capacity(groups.len());
    let mut rest = groups.drain(..).peekable();
    while let Some(mut group) = rest.next() {
        let text = word[group.word.start];
        if group.base.is_empty() {
            let is_of = |other: &Group| !other.base.is_empty() && !other.moved && is_part(text, base[other.base.start]);
            if let Some(last) = made.last_mut().filter(|last| is_of(last)) {
                last.word.end = group.word.end;
                continue;
            }
            if let Some(next) = rest.next_if(|next| is_of(next)) {
                group = Group { word: group.word.start..next.word.end, ..next };
            }
        }
        made.push(group);
    }
    drop(rest);
    *groups = made;
}

/// A paragraph that is gone and stands in the one that was beside it was joined to it.
fn joined(groups: &mut [Group], n: usize, base: &[&str], word: &[&str]) {
    let is_of = |group: &Group| !group.moved && group.word.len() == 1 && is_part(base[n], word[group.word.start]);
    let beside = |group: &&mut Group| !group.base.is_empty() && (group.base.end == n || group.base.start == n + 1);
    if let Some(group) = groups.iter_mut().filter(beside).find(|group| is_of(group)) {
        match group.base.end == n {
            true => group.base.end = n + 1,
            false => group.base.start = n,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(base: &[&str], word: &[&str]) -> Vec<String> {
        let one = |range: &Range<usize>| range.clone().map(|n| n.to_string()).collect::<Vec<_>>().join("+");
        let groups = groups(base, word);
        groups.iter().map(|g| format!("{}→{}{}", one(&g.base), one(&g.word), if g.moved { "移" } else { "" })).collect()
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
}
