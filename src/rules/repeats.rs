//! Finding what stands twice in a row, and what the two rules about it share.

use crate::lexicon::COMMENT_AFTER;
use crate::lexicon::dictionary::{boundary, cost_of_cuts};
use crate::text::Range;
use crate::text::chars::{after, before, is_han};

/// Remembers the ideographs of a text as they pass by.
///
/// One look at each: only where the same low bits came up a few characters before is anything
/// compared.
pub struct RepeatDetector {
    /// Behind where the ideographs with these low bits were last seen (bytes); 0: nowhere.
    last: [u32; 256],
}

impl Default for RepeatDetector {
    fn default() -> Self {
        Self { last: [0; 256] }
    }
}

impl RepeatDetector {
    /// Bytes of an ideograph.
    pub const WIDTH: usize = 3;
    /// The longest stretch that is looked for, in characters.
    const LONGEST: usize = 8;

    /// Takes note of the character with this code point at byte `at`. Where a stretch of up to eight ideographs ends
    /// before it and stands again from here on: the byte where that stretch starts.
    #[inline]
    pub fn see(&mut self, line: &str, at: usize, code: u32) -> Option<usize> {
        if !COMMON.contains(&code) {
            return None;
        }
        // The last two bytes of its UTF-8.
        let (middle, low) = (0x80 | (code >> 6 & 0x3F) as u8, 0x80 | (code & 0x3F) as u8);
        let slot = &mut self.last[usize::from(low ^ middle.rotate_left(3))];
        let before = std::mem::replace(slot, at as u32 + 1) as usize;
        if before == 0 || at + 1 - before > Self::LONGEST * Self::WIDTH {
            return None;
        }
        let start = before - 1;
        let (stretch, rest) = line.get(start..)?.split_at_checked(at - start)?;
        (rest.starts_with(stretch) && stretch.chars().all(|c| COMMON.contains(&c.into()))).then_some(start)
    }
}

/// The code points of the ideographs that nearly all text is made of.
const COMMON: std::ops::Range<u32> = 0x4000..0xA000;

/// How sure it has to be (bits) that words end where a doubled one begins and ends: 产业产业链条.
const SURE: i32 = 4;

/// True when words end at both edges and in between, or else would do so for at most `bits` more.
/// Not so in 深化文化文艺, 目的的关键.
pub fn is_parted(line: &str, range: Range, second: usize, bits: u32) -> bool {
    cost_of_cuts(line, &[range.start as usize, second, range.end as usize]).is_some_and(|cost| cost <= bits)
}

/// True when no word comes near reaching across either edge.
pub fn is_sure(line: &str, range: Range) -> bool {
    [range.start, range.end].iter().all(|at| boundary(line, *at as usize).is_none_or(|bits| bits >= SURE))
}

/// A third time, or 再: 落实落实再落实.
pub fn is_said_again(line: &str, range: Range, word: &str) -> bool {
    let rest = line.get(range.end as usize..).unwrap_or("");
    rest.strip_prefix('再').unwrap_or(rest).starts_with(word)
}

/// 干部干部，先干一步: what stands between two marks is said twice on purpose.
pub fn is_alone(line: &str, range: Range) -> bool {
    let mark = |c: Option<char>| c.is_none_or(|c| !is_han(c) && !c.is_alphanumeric());
    mark(before(line, range.start as usize)) && mark(after(line, range.end as usize))
}

/// What is talked about, and what is said of it: 奖金奖金不敢发, 冲锋枪冲锋枪打不准.
pub fn has_comment(line: &str, range: Range) -> bool {
    let end = range.end as usize;
    let next = after(line, end).map_or(end, |c| end + c.len_utf8());
    COMMENT_AFTER.stands_at(line, end) || COMMENT_AFTER.stands_at(line, next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(line: &str) -> Vec<&str> {
        let mut repeats = RepeatDetector::default();
        line.char_indices().filter_map(|(at, c)| line.get(repeats.see(line, at, c.into())?..at)).collect()
    }

    #[test]
    fn repeats() {
        assert_eq!(all("要落实落实再落实"), ["落实"]);
        assert_eq!(all("压实责任压实责任。"), ["压实责任"]);
        assert_eq!(all("目的的，了了"), ["的", "了"]);
        assert_eq!(all("抓一抓，看一看，aa，。。"), [""; 0]);
        assert_eq!(all("研究研究研究"), ["研究", "究研", "研究"]);
    }
}
