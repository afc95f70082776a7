//! What speaks for a candidate to be an ordinal, as numbers: `evidence.tsv`.

use std::sync::LazyLock;

use super::marker::{Doubt, Family, LAST, Marker, Place};
use crate::lexicon::ORDINAL_VERB;
use crate::text::tables::{EVIDENCE, Points, rows};

/// Place, name, points, meaning.
const TABLE: &str = include_str!("evidence.tsv");

/// What a row means.
pub fn meaning(place: &str, name: &str) -> Option<&'static str> {
    rows(TABLE).find_map(|mut cells| (cells.next()? == place && cells.next()? == name).then(|| cells.nth(1)).flatten())
}

/// The rows of each place.
static PLACES: LazyLock<[(&str, Points); 6]> =
    LazyLock::new(|| ["head", "inline", "before", "verb", "doubt", "toll"].map(|place| (place, EVIDENCE.part(place))));

fn points(place: &str, name: &str) -> i16 {
    PLACES.iter().find(|(own, _)| *own == place).map_or(0, |(_, points)| points.get(name) as i16)
}

/// The rows that make up the price of a candidate.
pub fn reasons(marker: &Marker, place: Place) -> Vec<(&'static str, &'static str, i16)> {
    let base = if place == Place::Head { "head" } else { "inline" };
    let mut found = vec![(base, marker.family.name())];
    let mark = match place {
        Place::Head | Place::Clause => None,
        Place::Comma => Some("comma"),
        Place::Pause => Some("pause"),
        Place::Quote => Some("quote"),
        Place::Word => Some("word"),
    };
    found.extend(mark.map(|mark| ("before", mark)));
    match marker.family {
        Family::Verb('是' | '要') => found.push(("verb", "shi")),
        Family::Verb(verb) if ORDINAL_VERB.has(verb) => found.push(("verb", "known")),
        _ => {}
    }
    if matches!(marker.family, Family::Decimal(_)) && marker.own_line && marker.doubt.is_none() {
        found.push(("head", "title"));
    }
    found.extend(marker.doubt.map(|doubt| ("doubt", doubt.name())));
    found.into_iter().map(|(place, name)| (place, name, points(place, name))).collect()
}

/// Sets the price and the toll of a candidate. `own_line`: it begins a line of its own that ends
/// without a mark, as headings do.
pub fn weigh(marker: &mut Marker, place: Place, own_line: bool) {
    marker.price = reasons(marker, place).iter().map(|(.., points)| points).sum::<i16>().max(0);
    let toll = marker.doubt.map_or(0, |doubt| points("toll", doubt.name()));
    let heading = own_line && matches!(marker.doubt, Some(Doubt::Enumeration | Doubt::Quantity));
    marker.toll = if heading { 0 } else { toll };
    if marker.family == Family::First && marker.value == LAST {
        marker.toll = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paragraph::ordinals::{head, inline};

    #[test]
    fn every_row_has_points_and_a_place() {
        for mut cells in rows(TABLE).skip(1) {
            let [place, name, written] = std::array::from_fn(|_| cells.next().unwrap());
            assert!(["head", "inline", "before", "verb", "doubt", "toll"].contains(&place), "{place} {name}");
            assert_eq!(points(place, name).to_string(), written, "{place} {name}");
            assert!(points(place, name).unsigned_abs() <= 200, "{place} {name}");
            assert!(meaning(place, name).is_some_and(|meaning| !meaning.is_empty()), "{place} {name}");
        }
    }

    #[track_caller]
    fn price(line: &str, wanted: std::ops::RangeInclusive<i16>) {
        let found = head(line, 0).map_or(0, |m| m.price);
        assert!(wanted.contains(&found), "{line}: {found}");
    }

    #[test]
    fn the_price_of_a_head() {
        price("一、提高认识", 200..=200);
        price("三、四季度安排", 1..=30);
        price("（二）（三）项所列情形", 1..=30);
        price("2. 15分钟生活圈", 1..=60);
        price("一年出形象", 0..=0);
        price("1.1 指导思想", 110..=130);
        price("1.2公里断头路打通。", 1..=40);
    }

    #[test]
    fn a_comma_is_less_of_a_boundary() {
        let at = |line: &str| inline(line, line.find('一').unwrap_or(0), false).map_or(0, |m| m.price);
        assert!(at("做到：一用真情") > at("做到，一用真情"));
        assert!(at("做到，一要真情") > at("做到，一用真情"));
        assert_eq!(at("做到，一手抓"), 0);
    }
}
