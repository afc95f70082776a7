//! What kind of change it is: of a fact, of a count, of a formulation, or of words alone.

use super::Kind;
use crate::lexicon::{AFTER_NAME, FACTOR, POST};
use crate::paragraph::Paragraph;
use crate::placeholder::{Category, measure_at};
use crate::rules::names::{LEADS, is_name, name_at, name_before};
use crate::settings::Settings;
use crate::text::Range;
use crate::text::chars::{after, before, is_han};

/// One version of a paragraph that has changed.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    /// Its text without markup.
    pub text: &'a str,
    pub facts: &'a Paragraph,
    /// What stands for the other version.
    pub range: Range,
}

/// What parts of numbers in Chinese are made of.
const NUMERALS: &str = "〇零一二三四五六七八九十百千万亿两半几成";
/// How the names of places end.
const PLACES: &str = "省市县區区旗州镇鎮乡鄉村縣";

/// What a change is about.
pub(super) fn kind(old: Side, new: Side, settings: &Settings) -> Kind {
    if [old, new].iter().any(Side::counts) {
        return Kind::Count;
    }
    if let Some(kind) = [old, new].iter().find_map(Side::blank) {
        return kind;
    }
    if [old, new].iter().any(Side::is_date) {
        return Kind::Date;
    }
    if [old, new].iter().any(Side::is_figure) {
        return Kind::Figure;
    }
    if let (Some(one), Some(other)) = (old.name(), new.name())
        && one.of(old.text) != other.of(new.text)
    {
        return Kind::Name;
    }
    if old.is_place() && new.is_place() {
        return Kind::Place;
    }
    let is_of_formulation = |side: &Side| {
        let found = settings.formulations.catalogue().occurrences(side.text);
        found.iter().any(|(range, _)| range.start < side.range.end && side.range.start < range.end)
    };
    if [old, new].iter().any(is_of_formulation) { Kind::Formulation } else { Kind::Wording }
}

impl<'a> Side<'a> {
    fn found(&self) -> &'a str {
        self.range.of(self.text)
    }

    fn meets(&self, range: Range) -> bool {
        range.start < self.range.end && self.range.start < range.end
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

    fn has_digits(&self) -> bool {
        self.found().contains(|c: char| c.is_ascii_digit())
    }

    fn is_date(&self) -> bool {
        let found = self.found();
        let has_unit =
            found.contains(['年', '月', '日']) || self.behind().is_some_and(|c| "年月日号號时時".contains(c));
        let digits = self.has_digits() || !found.is_empty() && found.chars().all(|c| NUMERALS.contains(c));
        has_unit && digits
    }

    fn is_figure(&self) -> bool {
        let (found, end) = (self.found(), self.range.end as usize);
        let is_numeral = !found.is_empty() && found.chars().all(|c| NUMERALS.contains(c) || "%％.".contains(c));
        let is_measured = || measure_at(self.text, end) || FACTOR.at(self.text, end).is_some();
        let is_unit = !found.is_empty()
            && before(self.text, self.range.start as usize).is_some_and(|c| c.is_ascii_digit())
            && measure_at(self.text, self.range.start as usize);
        self.has_digits() || is_numeral && is_measured() || is_unit
    }

    fn behind(&self) -> Option<char> {
        after(self.text, self.range.end as usize)
    }

    /// The name of a person that it stands in, where something shows that it is one.
    pub fn name(&self) -> Option<Range> {
        const LONGEST: usize = 3;
        let (start, end) = (self.range.start as usize, self.range.end as usize);
        let holds = |at: usize, len: usize| at <= start && end <= at + len && end > start;
        let before_it = self.text[..start].char_indices().rev().take(LONGEST - 1).map(|(at, _)| at);
        let begun = std::iter::once(start).chain(before_it);
        let found = begun.filter_map(|at| Some((at, name_at(self.text, at)?.len()))).find(|(at, len)| holds(*at, *len));
        let ends = self.text[end..].char_indices().take(LONGEST).map(|(at, _)| end + at);
        let found = found.or_else(|| {
            let mut named = ends.filter_map(|end| name_before(self.text, end).map(|(name, at)| (at, name.len())));
            named.find(|(at, len)| holds(*at, *len))
        });
        // Behind a post a name need not end before a mark.
        let found = found.or_else(|| {
            let name = self.found();
            let is_one = (2..=LONGEST).contains(&name.chars().count()) && is_name(name);
            (is_one && POST.ends_at(self.text, start)).then_some((start, name.len()))
        });
        let (at, len) = found?;
        let is_named = POST.ends_at(self.text, at)
            || AFTER_NAME.stands_at(self.text, at + len)
            || POST.stands_at(self.text, at + len);
        is_named.then(|| Range::new(at, at + len))
    }

    /// It is in the name of a place.
    fn is_place(&self) -> bool {
        const LONGEST: usize = 5;
        let (found, start) = (self.found(), self.range.start as usize);
        let is_short = !found.is_empty() && found.chars().count() <= LONGEST && found.chars().all(is_han);
        let begins = before(self.text, start).is_none_or(|c| !is_han(c) || LEADS.contains(&c) || c == '全');
        let is_ended = || found.ends_with(|c| PLACES.contains(c)) || self.behind_two().any(|c| PLACES.contains(c));
        is_short && begins && is_ended()
    }

    fn behind_two(&self) -> impl Iterator<Item = char> + use<'a> {
        self.text[self.range.end as usize..].chars().take(2)
    }
}
