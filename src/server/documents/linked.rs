//! Uses of a name that are typed together.
//!
//! With the first key the placeholder is none any more; the places are followed through the edits for as
//! long as the writer is in one of them and all read the same.

use std::time::Duration;

use tokio::time::Instant;

use crate::text::{Document, Lines, Point, Span, end_of, moved};

/// A key that comes so soon after the places were handed out may have been pressed before the editor had them. It is
/// in one place only; the editor brings the others along with the next key, if it has the places by then. Later it
/// is a writer who wants one place to differ.
const UNDER_WAY: Duration = Duration::from_secs(1);

/// Places that were handed out together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    places: Vec<Span>,
    handed_out: Instant,
    edited: Option<Instant>,
}

impl Linked {
    pub fn new(places: Vec<Span>, now: Instant) -> Self {
        Self { places, handed_out: now, edited: None }
    }

    /// The places after an edit; none when it is not inside one of them.
    pub fn edited(&self, replaced: Span, text: &str, now: Instant) -> Option<Self> {
        let holds = |place: &Span| place.start <= replaced.start && replaced.end <= place.end;
        let inside = self.places.iter().position(holds)?;
        let end = end_of(replaced.start, text);
        if end.line != replaced.start.line {
            return None;
        }
        let mut places = self.places.clone();
        for (n, place) in places.iter_mut().enumerate() {
            let start = if n == inside { place.start } else { moved(place.start, replaced, text) };
            *place = Span::new(start, moved(place.end, replaced, text));
        }
        Some(Self { places, handed_out: self.handed_out, edited: Some(now) })
    }

    /// The places, when `at` is in one of them and all read the same, or all but that one do for the moment.
    pub fn around(&self, document: &Document, at: Point) -> Option<&[Span]> {
        let here = self.places.iter().position(|place| place.touches(at))?;
        let text = |n: usize| document.text(self.places[n]);
        let mut others = (0..self.places.len()).filter(|&n| n != here);
        let first = others.next().map(text)?;
        let lag = self.edited.is_some_and(|edited| edited.duration_since(self.handed_out) < UNDER_WAY);
        let agree = others.all(|n| text(n) == first) && (lag || text(here) == first);
        agree.then_some(&self.places[..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: u32, end: u32) -> Span {
        Span::new(Point::new(0, start), Point::new(0, end))
    }

    #[test]
    fn places_are_followed_from_key_to_key() {
        // XX区要…XX区 becomes 东区…东区 and is emptied again.
        let now = Instant::now();
        let edited = |linked: Linked, from, to, text| linked.edited(span(from, to), text, now);
        let linked = Linked::new(vec![span(0, 5), span(20, 25)], now);
        let linked = edited(linked, 20, 22, "东").and_then(|l| edited(l, 0, 2, "东")).unwrap();
        assert_eq!(linked.places, [span(0, 6), span(21, 27)]);
        let linked = edited(linked, 21, 27, "").and_then(|l| edited(l, 0, 6, "")).unwrap();
        assert_eq!(linked.places, [span(0, 0), span(15, 15)]);
        let linked = edited(linked, 15, 15, "x").and_then(|l| edited(l, 0, 0, "x")).unwrap();
        assert_eq!(linked.places, [span(0, 1), span(16, 17)]);
        assert_eq!(edited(linked.clone(), 8, 9, "别处"), None);
        assert_eq!(edited(linked.clone(), 0, 0, "\n"), None);
        assert_eq!(edited(linked, 0, 3, ""), None);
    }

    /// The places of XX in `XX区，XX区，XX区` that are handed out again when `text` has been typed into the first so
    /// long after they were.
    fn places_after(text: &str, wait: Duration) -> Option<usize> {
        let now = Instant::now();
        let linked = Linked::new(vec![span(0, 2), span(8, 10), span(16, 18)], now);
        let linked = linked.edited(span(0, 2), text, now + wait).unwrap();
        let document = Document::new(1, &format!("{text}区，XX区，XX区"));
        linked.around(&document, Point::new(0, 0)).map(<[Span]>::len)
    }

    #[test]
    fn the_places_are_kept_when_a_key_was_faster_than_they() {
        assert_eq!(places_after("东", Duration::from_millis(200)), Some(3));
        assert_eq!(places_after("东", Duration::from_secs(2)), None);
        assert_eq!(places_after("XX", Duration::from_secs(2)), Some(3));
    }

    #[test]
    fn the_places_are_given_up_when_more_than_one_reads_differently() {
        let now = Instant::now();
        let linked = Linked::new(vec![span(0, 2), span(8, 10), span(16, 18)], now);
        let linked = linked.edited(span(8, 10), "东", now).and_then(|l| l.edited(span(0, 2), "西", now)).unwrap();
        let document = Document::new(1, "西区，东区，XX区");
        assert_eq!(linked.around(&document, Point::new(0, 0)), None);
    }
}
