//! The text of a line without its markup, and the way back.

use std::borrow::Cow;

use crate::text::Range;

/// Stands in the prose for what is no text but fills a place among the words: an image, code, an address.
pub const STAND_IN: char = '\u{FFFC}';

/// What is left of a line when its markup is taken out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    pub text: Box<str>,
    pieces: Box<[Piece]>,
}

/// A stretch of the line that has a place in the prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    prose: Range,
    line: Range,
    /// Both are the same text; otherwise something stands in for it.
    verbatim: bool,
    /// It is read, and never changed.
    kept: bool,
}

/// What becomes of a stretch of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cut {
    /// Markup: the words on both sides meet.
    Gone,
    /// It is text, but no edit touches it.
    Kept,
    /// A character takes its place: the one that was escaped, the border of a cell, [`STAND_IN`].
    As(char),
}

impl Cut {
    /// What is no text, but keeps the words on both sides apart.
    pub const STAND_IN: Self = Self::As(STAND_IN);
}

impl Prose {
    /// The prose of `line` with `cuts` made, in any order; `None` when nothing is cut. Of two that overlap
    /// the first stands.
    pub fn new(line: &str, cuts: &mut Vec<(usize, usize, Cut)>) -> Option<Self> {
        cuts.retain(|&(start, end, _)| start < end && line.get(start..end).is_some());
        if cuts.is_empty() {
            return None;
        }
        cuts.sort_by_key(|&(start, end, cut)| (start, std::cmp::Reverse(end), cut));
        let mut text = String::with_capacity(line.len());
        let mut pieces: Vec<Piece> = Vec::with_capacity(2 * cuts.len() + 1);
        let mut at = 0;
        for &(start, end, cut) in cuts.iter() {
            if start < at {
                // What is cut twice and reaches further is cut to its end.
                if end > at && cut == Cut::Gone {
                    at = end;
                }
                continue;
            }
            put(&mut text, &mut pieces, line, at..start, None);
            if cut != Cut::Gone {
                put(&mut text, &mut pieces, line, start..end, Some(cut));
            }
            at = end;
        }
        put(&mut text, &mut pieces, line, at..line.len(), None);
        Some(Self { text: text.into(), pieces: pieces.into() })
    }

    /// The stretch of the line that `range` of the prose stands for.
    pub fn to_line(&self, range: Range) -> Range {
        let end = self.end_in_line(range.end);
        if range.is_empty() {
            return Range { start: end, end };
        }
        let start = self.start_in_line(range.start);
        Range { start, end: end.max(start) }
    }

    /// Where in the line the character stands that begins at `at` in the prose.
    fn start_in_line(&self, at: u32) -> u32 {
        let piece = self.pieces.partition_point(|piece| piece.prose.end <= at);
        match self.pieces.get(piece) {
            Some(piece) if piece.verbatim => piece.line.start + at.saturating_sub(piece.prose.start),
            Some(piece) => piece.line.start,
            None => self.end_in_line(at),
        }
    }

    /// Where in the line the character ends that ends at `at` in the prose.
    fn end_in_line(&self, at: u32) -> u32 {
        let piece = self.pieces.partition_point(|piece| piece.prose.end < at);
        match self.pieces.get(piece) {
            Some(piece) if piece.verbatim => piece.line.start + at.saturating_sub(piece.prose.start),
            Some(piece) if at <= piece.prose.start => piece.line.start,
            Some(piece) => piece.line.end,
            None => self.pieces.last().map_or(0, |piece| piece.line.end),
        }
    }

    /// The stretch of the prose that lies in `range` of the line.
    pub fn of_line(&self, range: Range) -> Range {
        let start = {
            let piece = self.pieces.partition_point(|piece| piece.line.end <= range.start);
            self.pieces.get(piece).map_or(self.text.len() as u32, |piece| match piece.verbatim {
                true => piece.prose.start + range.start.saturating_sub(piece.line.start),
                false => piece.prose.start,
            })
        };
        let end = {
            let piece = self.pieces.partition_point(|piece| piece.line.start < range.end);
            piece.checked_sub(1).map_or(0, |before| {
                let piece = &self.pieces[before];
                match piece.verbatim {
                    true => piece.prose.start + (range.end.min(piece.line.end) - piece.line.start),
                    false => piece.prose.end,
                }
            })
        };
        Range { start: start.min(end), end }
    }

    /// What a reader sees of `range` of the prose: code as it is written, nothing of a picture.
    pub fn shown(&self, line: &str, range: Range) -> Cow<'_, str> {
        let text = range.of(&self.text);
        if !text.contains(STAND_IN) {
            return text.into();
        }
        let mut out = String::new();
        for (at, c) in text.char_indices() {
            let start = range.start + at as u32;
            match c {
                STAND_IN => {
                    let code = self.to_line(Range { start, end: start + c.len_utf8() as u32 }).of(line);
                    out.push_str(code.strip_prefix('`').map_or("", |_| code.trim_matches('`').trim()));
                }
                _ => out.push(c),
            }
        }
        out.into()
    }

    /// The stretches of `line` that are not text.
    pub fn cuts(&self, line: &str) -> Vec<Range> {
        self.without(line, |piece| piece.verbatim)
    }

    /// The stretches of `line` that no edit touches.
    pub fn fixed(&self, line: &str) -> Vec<Range> {
        self.without(line, |piece| piece.verbatim && !piece.kept)
    }

    fn without(&self, line: &str, is_free: impl Fn(&Piece) -> bool) -> Vec<Range> {
        let mut at = 0;
        let mut found = Vec::new();
        for piece in self.pieces.iter().filter(|piece| is_free(piece)) {
            found.push(Range { start: at, end: piece.line.start });
            at = piece.line.end;
        }
        found.push(Range { start: at, end: line.len() as u32 });
        found.retain(|cut| !cut.is_empty());
        found
    }

    /// True when `range` of the line holds no byte of markup. A line of nothing else takes text anywhere.
    pub fn is_text(&self, range: Range) -> bool {
        if self.pieces.is_empty() {
            return range.is_empty();
        }
        // Where two pieces meet an empty range lies in both.
        let first = self.pieces.partition_point(|piece| piece.line.end < range.start);
        let mut near = self.pieces[first..].iter().take(2);
        near.any(|piece| {
            piece.verbatim && !piece.kept && piece.line.start <= range.start && range.end <= piece.line.end
        })
    }
}

fn put(text: &mut String, pieces: &mut Vec<Piece>, line: &str, range: std::ops::Range<usize>, cut: Option<Cut>) {
    if range.is_empty() {
        return;
    }
    let start = text.len();
    let instead = match cut {
        Some(Cut::As(c)) => Some(c),
        _ => None,
    };
    match instead {
        Some(c) => text.push(c),
        None => text.push_str(&line[range.clone()]),
    }
    pieces.push(Piece {
        prose: Range::new(start, text.len()),
        line: Range::new(range.start, range.end),
        verbatim: instead.is_none(),
        kept: cut == Some(Cut::Kept),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_goes_to_the_line_and_back() {
        let line = "## **一**、`x`学";
        let bold = line.find("**").unwrap();
        let code = line.find('`').unwrap();
        let mut cuts = vec![
            (0, 3, Cut::Gone),
            (bold, bold + 2, Cut::Gone),
            (bold + 5, bold + 7, Cut::Gone),
            (code, code + 3, Cut::STAND_IN),
        ];
        let prose = Prose::new(line, &mut cuts).unwrap();
        assert_eq!(&*prose.text, "一、\u{FFFC}学");
        let marker = prose.to_line(Range::new(0, 6));
        assert_eq!(marker.of(line), "一**、");
        assert_eq!(prose.of_line(marker), Range::new(0, 6));
        assert!(!prose.is_text(marker));
        assert_eq!(prose.to_line(Range::new(0, 3)).of(line), "一");
        assert!(prose.is_text(prose.to_line(Range::new(0, 3))));
        assert_eq!(prose.to_line(Range::new(6, 9)).of(line), "`x`");
        assert!(!prose.is_text(prose.to_line(Range::new(6, 9))));
        assert_eq!(prose.to_line(Range::new(9, 12)).of(line), "学");
    }
}
