//! What speaks for a candidate to be an ordinal, as numbers: `evidence.tsv`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::marker::{Doubt, Family, LAST, Marker, Place};
use crate::lexicon::ORDINAL_VERB;
use crate::text::tables::rows;

/// The rows of `evidence.tsv`: place, name, points, meaning.
pub static ROWS: LazyLock<Vec<(&str, &str, i16, &str)>> = LazyLock::new(|| {
    rows(include_str!("evidence.tsv"))
        .skip(1)
        .filter_map(|mut cells| {
            let (place, name, points) = (cells.next()?, cells.next()?, cells.next()?.parse().ok()?);
            Some((place, name, points, cells.next().unwrap_or("")))
        })
        .collect()
});

fn points(place: &'static str, name: &'static str) -> i16 {
    static TABLE: LazyLock<FxHashMap<(&str, &str), i16>> =
        LazyLock::new(|| ROWS.iter().map(|&(place, name, points, _)| ((place, name), points)).collect());
    TABLE.get(&(place, name)).copied().unwrap_or(0)
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
        assert!(ROWS.len() > 40);
        for (place, name, points, _) in ROWS.iter() {
            assert!(["head", "inline", "before", "verb", "doubt", "toll"].contains(place), "{place} {name}");
            assert!(points.unsigned_abs() <= 200, "{place} {name}");
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
