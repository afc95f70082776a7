//! Uses of a name that are typed together.
//!
//! With the first key the placeholder is none any more; the places are followed through the edits for as
//! long as the writer is in one of them and all read the same.

use crate::text::{Document, Lines, Point, Span, end_of, moved};

/// Places that were handed out together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked(Vec<Span>);

impl Linked {
    pub fn new(places: Vec<Span>) -> Self {
        Self(places)
    }

    /// The places after an edit; none when it is not inside one of them.
    pub fn edited(&self, replaced: Span, text: &str) -> Option<Self> {
        let holds = |place: &Span| place.start <= replaced.start && replaced.end <= place.end;
        let inside = self.0.iter().position(holds)?;
        let end = end_of(replaced.start, text);
        if end.line != replaced.start.line {
            return None;
        }
        let mut places = self.0.clone();
        for (n, place) in places.iter_mut().enumerate() {
            let start = if n == inside { place.start } else { moved(place.start, replaced, text) };
            *place = Span::new(start, moved(place.end, replaced, text));
        }
        Some(Self(places))
    }

    /// The places, when `at` is in one of them and all read the same.
    pub fn around(&self, document: &Document, at: Point) -> Option<&[Span]> {
        let here = self.0.iter().find(|place| place.touches(at))?;
        let text = document.text(*here);
        let agree = self.0.iter().all(|place| document.text(*place) == text);
        agree.then_some(&self.0[..])
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
        let linked = Linked::new(vec![span(0, 5), span(20, 25)]);
        let linked = linked.edited(span(20, 22), "东").and_then(|l| l.edited(span(0, 2), "东")).unwrap();
        assert_eq!(linked, Linked::new(vec![span(0, 6), span(21, 27)]));
        let linked = linked.edited(span(21, 27), "").and_then(|l| l.edited(span(0, 6), "")).unwrap();
        assert_eq!(linked, Linked::new(vec![span(0, 0), span(15, 15)]));
        let linked = linked.edited(span(15, 15), "x").and_then(|l| l.edited(span(0, 0), "x")).unwrap();
        assert_eq!(linked, Linked::new(vec![span(0, 1), span(16, 17)]));
        assert_eq!(linked.edited(span(8, 9), "别处"), None);
        assert_eq!(linked.edited(span(0, 0), "\n"), None);
        assert_eq!(linked.edited(span(0, 3), ""), None);
    }
}
