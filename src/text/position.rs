//! The only place where columns are counted: bytes to UTF-8, UTF-16 and UTF-32 columns and back.
//!
//! A column past the end of a line means the end of the line, as LSP has it. A column inside a
//! character (between two surrogates, or between two UTF-8 bytes) means the start of it.

use super::{Lines, Point};

/// The unit in which columns are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units: what LSP counts unless another unit is agreed on.
    #[default]
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

/// A line (0-based) and a column (0-based) in the unit of some [`Encoding`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: u32,
    pub column: u32,
}

impl Position {
    pub const fn new(line: u32, column: u32) -> Self {
        Self { line, column }
    }
}

/// The sum of `units`, at most two a byte. In stretches whose sum fits into a byte the compiler takes many at once.
fn count(text: &str, units: impl Fn(u8) -> u8 + Copy) -> usize {
    let parts = text.as_bytes().chunks(usize::from(u8::MAX / 2));
    parts.map(|part| usize::from(part.iter().map(|&byte| units(byte)).sum::<u8>())).sum()
}

impl Encoding {
    /// The length of `text` in this unit.
    pub fn width(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            // One unit per character, one more for each character of four UTF-8 bytes.
            Self::Utf16 => count(text, |b| u8::from(b & 0xC0 != 0x80) + u8::from(b >= 0xF0)),
            Self::Utf32 => count(text, |b| u8::from(b & 0xC0 != 0x80)),
        }
    }

    /// The column of byte `byte` of `line`.
    pub fn column(self, line: &str, byte: usize) -> u32 {
        self.width(&line[..floor(line, byte)]) as u32
    }

    /// The byte offset of column `column` of `line`.
    pub fn byte(self, line: &str, column: u32) -> usize {
        let column = column as usize;
        if self == Self::Utf8 {
            return floor(line, column);
        }
        let mut seen = 0;
        for (byte, c) in line.char_indices() {
            let width = if self == Self::Utf16 { c.len_utf16() } else { 1 };
            if seen + width > column {
                return byte;
            }
            seen += width;
        }
        line.len()
    }

    /// `point` as a position in this unit.
    pub fn position(self, lines: &(impl Lines + ?Sized), point: Point) -> Position {
        let line = lines.line(point.line as usize);
        Position::new(point.line, self.column(&line, point.byte as usize))
    }

    /// `position` as a point. A line past the end of the text means the end of the text.
    pub fn point(self, lines: &(impl Lines + ?Sized), position: Position) -> Point {
        let last = lines.line_count() - 1;
        if position.line as usize > last {
            return Point::new(last as u32, lines.line(last).len() as u32);
        }
        let line = lines.line(position.line as usize);
        Point::new(position.line, self.byte(&line, position.column) as u32)
    }
}

/// The largest character boundary of `text` that is not beyond `byte`.
pub fn floor(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

/// Bytes `start` to `end` of a line with what stands beside them, at most `reach` bytes on each side: what is asked
/// once for each place of a long line looks no farther.
pub fn around(line: &str, start: usize, end: usize, reach: usize) -> &str {
    &line[floor(line, start.saturating_sub(reach))..floor(line, end + reach)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    #[test]
    fn columns_of_a_line_with_an_astral_character() {
        let line = "讲𠮷话";
        assert_eq!(ALL.map(|e| e.column(line, 7)), [7, 3, 2]);
        assert_eq!(ALL.map(|e| e.byte(line, 3)), [3, 7, 10]);
        assert_eq!(Encoding::Utf16.byte(line, 2), 3, "between two surrogates: the start of the character");
        assert_eq!(ALL.map(|e| e.byte(line, 99)), [10, 10, 10]);
    }

    proptest! {
        #[test]
        fn byte_to_column_and_back(line in "[a讲𠮷😀é，\t]{0,12}") {
            for encoding in ALL {
                for (byte, _) in line.char_indices().chain([(line.len(), ' ')]) {
                    prop_assert_eq!(encoding.byte(&line, encoding.column(&line, byte)), byte);
                }
            }
        }

        #[test]
        fn long_lines_are_as_wide_as_their_characters(line in "[a讲𠮷😀é]{0,12}", times in 1usize..60) {
            let line = line.repeat(times);
            prop_assert_eq!(Encoding::Utf16.width(&line), line.encode_utf16().count());
            prop_assert_eq!(Encoding::Utf32.width(&line), line.chars().count());
        }

        #[test]
        fn any_column_is_a_boundary(line in "[a讲𠮷😀]{0,8}", column in 0u32..40) {
            for encoding in ALL {
                let byte = encoding.byte(&line, column);
                prop_assert!(line.is_char_boundary(byte));
                prop_assert!(encoding.column(&line, byte) <= column);
            }
        }
    }
}
