//! What kind of change it is: of a fact, of a count, of a formulation, or of words alone.

use super::facts::{Both, Fact};
use super::names::{self, Sides};
use super::{Kind, Unit};
use crate::paragraph::Paragraph;
use crate::placeholder::Category;
use crate::settings::Settings;
use crate::text::Range;

/// One version of a paragraph that has changed.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    /// Its text without markup.
    text: &'a str,
    facts: &'a Paragraph,
    /// What stands for the other version, here and where paragraphs are joined.
    range: Range,
    joined: Range,
}

impl<'a> Side<'a> {
    pub fn of((unit, range): (&'a Unit<'a>, Range), joined: Range) -> Self {
        Self { text: &unit.text, facts: unit.facts.inner(), range, joined }
    }
}

/// What a change is about.
pub(super) fn kind(old: Side, new: Side, facts: &Both, settings: &Settings) -> Kind {
    if [old, new].iter().any(Side::counts) {
        return Kind::Count;
    }
    if let Some(kind) = [old, new].iter().find_map(Side::blank) {
        return kind;
    }
    if let Some(kind) = fact(old, new, facts) {
        return kind;
    }
    let sides = Sides { old: old.text, new: new.text, from: old.range, to: new.range };
    if names::persons(sides).is_some() {
        return Kind::Name;
    }
    if let Some((_, kind)) = names::proper(sides) {
        return if kind == names::Kind::Place { Kind::Place } else { Kind::Name };
    }
    let is_of_formulation = |side: &Side| {
        let found = settings.formulations.catalogue().occurrences(side.text);
        found.iter().any(|(range, _)| range.start < side.range.end && side.range.start < range.end)
    };
    if [old, new].iter().any(is_of_formulation) { Kind::Formulation } else { Kind::Wording }
}

/// What a change of figures is about. One that is written otherwise and is the same is none.
fn fact(old: Side, new: Side, both: &Both) -> Option<Kind> {
    let kind = |fact: &Fact| if fact.is_date() { Kind::Date } else { Kind::Figure };
    let met = |side: Side, facts: &[Fact]| facts.iter().position(|fact| meets(side.joined, fact.range));
    let (one, other) = (met(old, &both.before), met(new, &both.after));
    let changed = |fact: &Fact, other: &Fact| if fact.is_same(other) { None } else { Some(kind(fact)) };
    match (one, other) {
        (Some(n), _) if both.pairs[n].is_some() => changed(&both.before[n], &both.after[both.pairs[n]?]),
        (_, Some(m)) => both.from[m].map_or(Some(kind(&both.after[m])), |n| changed(&both.before[n], &both.after[m])),
        (Some(n), None) => Some(kind(&both.before[n])),
        (None, None) => None,
    }
}

impl Side<'_> {
    fn meets(&self, range: Range) -> bool {
        meets(self.range, range)
    }

    /// It is the number of an item, or the number of items that is announced.
    fn counts(&self) -> bool {
        let facts = self.facts;
        let mut markers = facts.head().into_iter().chain(facts.inline()).filter(|marker| marker.doubt.is_none());
        markers.any(|marker| self.meets(marker.number))
            || facts.announcements().iter().any(|announced| self.meets(announced.number))
    }

    /// The kind of what is filled in, or left blank again.
    fn blank(&self) -> Option<Kind> {
        let found = self.facts.placeholders.iter().find(|blank| blank.is_likely() && self.meets(blank.range))?;
        match found.category {
            Category::Person | Category::Organisation | Category::Name => Some(Kind::Name),
            Category::Place | Category::Meeting => Some(Kind::Place),
            Category::Quantity | Category::Number | Category::Percentage | Category::Rank | Category::Session => {
                Some(Kind::Figure)
            }
            Category::Date => Some(Kind::Date),
            Category::Passage | Category::Unknown => None,
        }
    }
}

/// Whether a change is in a stretch. What is only put in stands in what is on both of its sides.
fn meets(change: Range, range: Range) -> bool {
    range.start < change.end && change.start < range.end
}
