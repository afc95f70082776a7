//! A quick look whether a word may stand somewhere, before any is compared.

/// A set of characters; it may say yes to others, too.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter(pub [u64; 16]);

impl Filter {
    /// Adds the first character of a text.
    #[allow(dead_code, reason = "`build.rs` fills the filters")]
    pub fn add_first(&mut self, text: &str) {
        if let Some(c) = text.chars().next() {
            self.add_last(c.encode_utf8(&mut [0; 4]));
        }
    }

    /// Adds the last character of a text.
    #[allow(dead_code, reason = "`build.rs` fills the filters")]
    pub fn add_last(&mut self, text: &str) {
        if let Some(slot) = last(text.as_bytes()) {
            self.0[usize::from(slot) / 64] |= 1 << (slot % 64);
        }
    }

    /// False when no character of the set stands at byte `at` of a text.
    #[inline]
    pub fn may_begin(&self, text: &str, at: usize) -> bool {
        let bytes = text.as_bytes();
        let width = match bytes.get(at) {
            Some(0xE0..=0xEF) => 3,
            Some(..0x80) => 1,
            Some(0xF0..) => 4,
            Some(_) => 2,
            None => return false,
        };
        self.may_end(text, at + width)
    }

    /// False when no character of the set ends at byte `end` of a text.
    #[inline]
    pub fn may_end(&self, text: &str, end: usize) -> bool {
        let slot = text.as_bytes().get(..end).and_then(last);
        slot.is_some_and(|slot| self.0[usize::from(slot) / 64] >> (slot % 64) & 1 == 1)
    }
}

/// How many runs of 128 characters the common ideographs make.
pub const BUCKETS: usize = (0xA000 - 0x4E00) / 128;

/// The run that a common ideograph belongs to.
#[inline]
pub fn bucket(c: char) -> Option<usize> {
    (c as usize).checked_sub(0x4E00).map(|code| code / 128).filter(|bucket| *bucket < BUCKETS)
}

/// A number below 1,024 for the last character of a text.
#[inline]
fn last(text: &[u8]) -> Option<u16> {
    match *text {
        [.., b] if b < 0x80 => Some(b.into()),
        // The last two bytes, of six bits each, tell characters apart, but for the lead byte of short ones.
        [.., a, b] if a < 0xC0 => Some(u16::from(a & 0x3F) << 4 ^ u16::from(b & 0x3F)),
        [.., b] => Some(b.into()),
        [] => None,
    }
}
