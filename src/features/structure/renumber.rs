//! Renumbering, with the references that follow.

use std::collections::BTreeMap;

use super::Place;
use crate::analysis::Analysis;
use crate::features::fixing::settled;
use crate::features::marking::keeps_markup;
use crate::outline::sequence;
use crate::paragraph::marker::LAST;
use crate::rules::{Usual, spares_markup};
use crate::text::{Edit, Lines, Point};

/// The edits that put the numbers of all lists in order, sorted and disjoint.
pub fn renumber_all(analysis: &Analysis, lines: &dyn Lines) -> Vec<Edit> {
    settled(analysis, lines, |analysis, lines| {
        let sorted = |lists: &mut dyn Iterator<Item = Vec<Edit>>| -> Vec<Edit> {
            let edits: BTreeMap<Point, Edit> = lists.flatten().map(|edit| (edit.span.start, edit)).collect();
            edits.into_values().collect()
        };
        let all = sorted(&mut due(analysis, lines));
        if keeps_markup(analysis, lines, &all) {
            return all;
        }
        // A list is put in order as a whole, or not at all.
        sorted(&mut due(analysis, lines).filter(|edits| keeps_markup(analysis, lines, edits)))
    })
}

/// Whether there is anything for [`renumber_all`] to do, without doing it.
pub fn may_renumber(analysis: &Analysis, lines: &dyn Lines) -> bool {
    let is_spared = |edits: &Vec<Edit>| edits.iter().any(|edit| spares_markup(analysis, edit));
    due(analysis, lines).any(|edits| is_spared(&edits) && keeps_markup(analysis, lines, &edits))
}

/// The edits that put the numbers of each list in order, list by list.
fn due<'a>(analysis: &'a Analysis, lines: &'a dyn Lines) -> impl Iterator<Item = Vec<Edit>> + 'a {
    let speeches = analysis.speeches().filter(|_| analysis.is_chinese());
    speeches.flat_map(move |(base, speech)| {
        let place = Place { analysis, lines, base: base as u32, speech, line: 0, byte: 0 };
        let mut lists: Vec<u32> = speech.outline.reported().map(|fault| fault.list).collect();
        lists.sort_unstable();
        lists.dedup();
        let renumbered = move |list| {
            let mut edits = place.renumbered(list)?;
            edits.sort_by_key(|edit| edit.span);
            Some(edits)
        };
        lists.into_iter().filter_map(renumbered)
    })
}

impl Place<'_> {
    /// Only of a list with a slip: in one without, other numbers would be a slip.
    pub(super) fn renumber_list(&self) -> Option<Vec<Edit>> {
        let list = self.node(self.item()?).list?;
        let has_slip = self.speech.outline.reported().any(|fault| fault.list == list);
        has_slip.then(|| self.renumbered(list))?
    }

    /// The edits that make the list count on, as the cheapest explanation of its numbers has it.
    fn renumbered(&self, list: u32) -> Option<Vec<Edit>> {
        let outline = &self.speech.outline;
        let shift = outline.lists[list as usize].first - 1;
        let items: Vec<(u32, u32)> = outline.lists[list as usize]
            .items
            .iter()
            .filter_map(|&n| Some((n, self.marker(n)?.value)))
            .filter(|&(_, value)| value != LAST)
            .collect();
        let values: Vec<u32> = items.iter().map(|&(_, value)| value.saturating_sub(shift)).collect();
        let right = sequence::renumbered(&values);
        let changed: Vec<(u32, u32)> = items.iter().zip(right).map(|(&(n, _), value)| (n, value + shift)).collect();
        self.with_values(&changed)
    }

    /// The edits that give these items these numbers, and those of the references to them.
    pub(super) fn with_values(&self, items: &[(u32, u32)]) -> Option<Vec<Edit>> {
        let mut edits = Vec::new();
        let mut moved = Vec::new();
        for &(node, value) in items {
            let Some(marker) = self.marker(node).filter(|m| m.value != value) else { continue };
            if let Some(text) = marker.with_value(value) {
                edits.push(self.edit(self.node(node).line, self.node(node).marker, text)?);
                moved.push((node, value));
            }
        }
        if moved.is_empty() {
            return Some(edits);
        }
        for reference in self.references() {
            let Some(&(_, value)) = moved.iter().find(|(node, _)| *node == reference.target) else { continue };
            let text = self.text(reference.line);
            if let Some(number) = crate::numeral::like(reference.number.of(&text), value) {
                edits.push(self.edit(reference.line, reference.number, number)?);
            }
        }
        Some(edits)
    }

    /// The usual point and brackets for all markers of the list.
    pub(super) fn normalise_list(&self) -> Option<Vec<Edit>> {
        let list = self.node(self.item()?).list?;
        let items = &self.speech.outline.lists[list as usize].items;
        let usual = Usual::of(self.speech);
        let edit = |&node: &u32| {
            let marker = self.marker(node).filter(|m| m.deviation.is_some())?;
            let node = self.node(node);
            self.edit(node.line, node.marker, usual.marker(node, marker)?)
        };
        Some(items.iter().filter_map(edit).collect())
    }
}
