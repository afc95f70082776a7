//! Makes as many changes as hold together.
//!
//! All are tried at once. Where that does not hold, one half is, and then the other one upon it; what does not hold by
//! itself is tried in other ways, and is refused when none of them does. So nothing is refused for its neighbour's
//! sake, but for what went between the two.

use super::super::hunks::script;
use super::attempt::Attempt;
use super::{Pulling, Why};
use crate::text::Range;

/// So many characters that stay in a paragraph tell that it is the same one.
const KEPT: usize = 4;

impl Pulling<'_> {
    pub(super) fn settle(&mut self) {
        let units = self.units();
        let (barred, open): (Vec<_>, Vec<_>) = units.into_iter().partition(|unit| self.is_barred(unit));
        barred.iter().for_each(|unit| self.refuse(unit, Why::Together));
        self.put_in_all(&open);
        loop {
            let torn = self.torn();
            if self.refused.is_empty() || torn.is_empty() {
                break;
            }
            let is_torn = |unit: &&Vec<usize>| unit.iter().any(|g| torn.contains(g));
            open.iter().filter(is_torn).for_each(|unit| self.refuse(unit, Why::Together));
        }
        // Nothing is sure then.
        if let Some(why) = self.trouble() {
            open.iter().for_each(|unit| self.refuse(unit, why));
        }
    }

    /// What is put in together or not at all.
    fn units(&self) -> Vec<Vec<usize>> {
        let mut units: Vec<Vec<usize>> = Vec::new();
        let mut is_bound = false;
        for (g, group) in self.groups.iter().enumerate() {
            match units.last_mut().filter(|_| is_bound) {
                Some(unit) => unit.push(g),
                None if self.differs(group) => units.push(vec![g]),
                None => {}
            }
            is_bound = group.is_bound;
        }
        units
    }

    fn is_barred(&self, unit: &[usize]) -> bool {
        unit.iter().any(|g| self.refused.contains_key(g))
    }

    fn refuse(&mut self, unit: &[usize], why: Why) {
        for g in unit {
            self.refused.entry(*g).or_insert(why);
        }
    }

    fn put_in_all(&mut self, units: &[Vec<usize>]) {
        if units.is_empty() {
            return;
        }
        let Some(why) = self.trouble() else { return };
        if let [unit] = units {
            if !self.is_put_in_otherwise(unit) {
                self.refuse(unit, why);
            }
            return;
        }
        let (first, second) = units.split_at(units.len() / 2);
        self.waiting.extend(second.iter().flatten());
        self.put_in_all(first);
        self.waiting.retain(|g| !second.iter().flatten().any(|other| other == g));
        self.put_in_all(second);
    }

    /// Tries in other ways what does not hold as it is.
    fn is_put_in_otherwise(&mut self, unit: &[usize]) -> bool {
        let is_markdown = self.ours.is_markdown();
        let mut tried = Attempt::default().next(is_markdown);
        loop {
            while let Some(attempt) = tried {
                self.attempts.extend(unit.iter().map(|g| (*g, attempt)));
                if self.trouble().is_none() {
                    return true;
                }
                tried = attempt.next(is_markdown);
            }
            // Then what is rewritten is taken out and put in.
            let rewritten: Vec<usize> = unit.iter().copied().filter(|g| self.is_rewritten(*g)).collect();
            if rewritten.into_iter().filter(|g| self.parted.insert(*g)).count() == 0 {
                break;
            }
            tried = Some(Attempt::default());
        }
        unit.iter().for_each(|g| {
            self.attempts.remove(g);
            self.parted.remove(g);
        });
        false
    }

    /// Whether nothing that tells is left of a paragraph.
    fn is_rewritten(&self, g: usize) -> bool {
        let (then, theirs) = self.texts(&self.groups[g]);
        let script = script(&then, &theirs);
        let starts = std::iter::once(0).chain(script.iter().map(|(from, _)| from.end as usize));
        let ends = script.iter().map(|(from, _)| from.start as usize).chain([then.len()]);
        let mut kept = starts.zip(ends).map(|(start, end)| Range::new(start, end).of(&then));
        self.groups[g].is_other && kept.all(|text| text.chars().count() < KEPT)
    }
}
