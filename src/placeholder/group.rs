//! Which placeholders stand for one fact: those with the same noun phrase. A bare XX never does, nor
//! persons, numbers and dates.

use std::hash::{Hash, Hasher};

use super::candidate::Candidate;
use super::{Category, Family, Placeholder, Style};
use crate::text::Range;
use crate::text::chars::{before, is_boundary, is_han, is_space};

/// The group of a candidate; `None`: a fact of its own.
pub fn of(line: &str, candidate: &Candidate, category: Category, unit: Range) -> Option<u64> {
    let named = matches!(category, Category::Place | Category::Organisation | Category::Name | Category::Meeting);
    match candidate.style.family() {
        Family::Field | Family::Round => {
            let inner = line[candidate.inner.0..candidate.inner.1].trim_matches(is_space);
            let one =
                named || candidate.style == Style::Curly && matches!(category, Category::Person | Category::Unknown);
            (one && !inner.is_empty()
                && inner.chars().count() <= 12
                && inner.chars().any(|c| is_han(c) || c.is_ascii_alphabetic()))
            .then(|| fingerprint(&line[candidate.start..candidate.end]))
        }
        Family::Slot | Family::Doubt | Family::Aside => None,
        Family::Mark => {
            let noun = unit.len() > candidate.end - candidate.start;
            (named && noun && !candidate.composite).then(|| fingerprint(unit.of(line)))
        }
    }
}

/// The number of a group, from the text of its unit.
pub fn fingerprint(unit: &str) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    unit.hash(&mut hasher);
    hasher.finish()
}

/// Takes the groups away from the elements of one enumeration that begin with the same unit: in
/// X河5公里、X河8公里 the two are different rivers, while 关心X区、热爱X区 is one district.
pub fn part_enumerations(line: &str, found: &mut [Placeholder]) {
    for i in 1..found.len() {
        let at = found[i].unit.start as usize;
        if found[i].group.is_none() || before(line, at) != Some('、') {
            continue;
        }
        let first = i.saturating_sub(16);
        let from = found[first].unit.start as usize;
        let list_start = line.get(from..at - 3).and_then(|list| list.rfind(|c| is_boundary(c) && c != '、'));
        let list_start = list_start.map_or(0, |i| from + i);
        for j in (first..i).rev() {
            if (found[j].unit.start as usize) < list_start {
                break;
            }
            if found[j].unit.of(line) == found[i].unit.of(line) {
                found[j].group = None;
                found[i].group = None;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::candidate::Place;
    use super::super::read;

    #[track_caller]
    fn check(line: &str, expected: &[bool]) {
        let found = read(line, &Place::default());
        assert_eq!(found.iter().map(|p| p.group.is_some()).collect::<Vec<_>>(), expected, "{line}");
    }

    #[test]
    fn only_the_same_noun_phrase_is_one_fact() {
        check("XX区要发力，XX区要创新", &[true, true]);
        check("【单位名称】要求，【单位名称】决定", &[true, true]);
        check("由XX牵头，XX配合", &[false, false]);
        check("XX同志和XX同志", &[false, false]);
        check("完成X亿元，增长X%，X月开工", &[false, false, false]);
        check("XX镇、XX镇、XX局", &[false, false, true]);
    }
}
