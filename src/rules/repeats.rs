//! Finding what stands twice in a row.

use crate::text::Range;

/// The longest stretch that is looked for, in characters.
const LONGEST: usize = 8;

/// Calls `found` with each stretch of `shortest` to eight ideographs that is followed at once by
/// itself: the range of both, and the byte where the second begins. Stretches do not overlap.
///
/// One look at each character: only where the same low bits came up a few characters before is
/// anything compared.
pub fn each(line: &str, shortest: usize, mut found: impl FnMut(Range, usize)) {
    const WIDTH: usize = 3;
    let bytes = line.as_bytes();
    if bytes.len() < 2 * shortest * WIDTH {
        return;
    }
    // Where the characters with these low bits were last seen.
    let mut last = [usize::MAX; 256];
    let mut at = 0;
    let mut done = 0;
    while at < bytes.len() {
        let b = bytes[at];
        if !(0xE4..=0xE9).contains(&b) || at + WIDTH > bytes.len() {
            at += match b {
                0..=0x7F => 1,
                0xC0..=0xDF => 2,
                0xF0.. => 4,
                _ => WIDTH,
            };
            continue;
        }
        let slot = &mut last[usize::from(bytes[at + 2] ^ bytes[at + 1].rotate_left(3))];
        let before = std::mem::replace(slot, at);
        let distance = at.wrapping_sub(before);
        if before >= done
            && before != usize::MAX
            && distance >= shortest * WIDTH
            && distance <= LONGEST * WIDTH
            && distance.is_multiple_of(WIDTH)
            && at + distance <= bytes.len()
            && bytes[before..at] == bytes[at..at + distance]
            && bytes[before..at].chunks_exact(WIDTH).all(|c| (0xE4..=0xE9).contains(&c[0]))
        {
            found(Range::new(before, at + distance), at);
            done = at + distance;
            at = done;
            continue;
        }
        at += WIDTH;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeats() {
        let all = |line: &str, shortest| {
            let mut out = Vec::new();
            each(line, shortest, |range, second| {
                out.push((range.of(line).to_owned(), (second - range.start as usize) / 3));
            });
            out
        };
        assert_eq!(all("要落实落实再落实", 2), [("落实落实".to_owned(), 2)]);
        assert_eq!(all("压实责任压实责任。", 3), [("压实责任压实责任".to_owned(), 4)]);
        assert_eq!(all("目的的，了了", 1), [("的的".to_owned(), 1), ("了了".to_owned(), 1)]);
        assert_eq!(all("抓一抓，看一看，aa，。。", 2), []);
    }
}
