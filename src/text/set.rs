//! Sets of characters, and going over the bytes of a text for them.

/// Characters of the basic plane, a bit each.
pub struct CharSet([u64; 1024]);

impl CharSet {
    /// The characters of a text, which take three bytes each; for a `const` or a `static`.
    pub const fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut bits = [0; 1024];
        let mut at = 0;
        while at + 2 < bytes.len() {
            let code = Self::code([bytes[at], bytes[at + 1], bytes[at + 2]]);
            bits[code / 64] |= 1 << (code % 64);
            at += 3;
        }
        Self(bits)
    }

    /// The first characters of words, where they take three bytes.
    pub fn of_first<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        let mut set = Self([0; 1024]);
        for word in words {
            if let [a @ 0xE0..=0xEF, b, c, ..] = *word.as_bytes() {
                let code = Self::code([a, b, c]);
                set.0[code / 64] |= 1 << (code % 64);
            }
        }
        set
    }

    pub const fn from_bits(bits: [u64; 1024]) -> Self {
        Self(bits)
    }

    /// The code point of a character of three bytes.
    const fn code([a, b, c]: [u8; 3]) -> usize {
        (a as usize & 0xF) << 12 | (b as usize & 0x3F) << 6 | c as usize & 0x3F
    }

    /// Whether the character of these three bytes is one of them.
    #[inline]
    pub const fn has(&self, bytes: [u8; 3]) -> bool {
        let code = Self::code(bytes);
        self.0[code / 64] >> (code % 64) & 1 == 1
    }

    /// Whether the character is one of them; none is beyond the basic plane.
    #[inline]
    pub const fn has_char(&self, c: char) -> bool {
        let code = c as usize;
        code < 0x1_0000 && self.0[code / 64] >> (code % 64) & 1 == 1
    }

    /// The first byte at or after `at` where one of them stands.
    #[inline]
    pub fn find(&self, text: &str, at: usize) -> Option<usize> {
        let mut rest = text.as_bytes().get(at..)?;
        loop {
            rest = match rest {
                [a @ 0xE0..=0xEF, b, c, behind @ ..] => {
                    if self.has([*a, *b, *c]) {
                        return Some(text.len() - rest.len());
                    }
                    behind
                }
                [_, behind @ ..] => behind,
                [] => return None,
            };
        }
    }
}

/// The code point at byte `at`, and how many bytes it takes; for loops over whole texts.
#[inline]
pub fn code_at(line: &str, at: usize) -> Option<(u32, usize)> {
    match *line.as_bytes().get(at..)? {
        [a @ 0xE0..=0xEF, b, c, ..] => Some((CharSet::code([a, b, c]) as u32, 3)),
        [a @ ..0x80, ..] => Some((a.into(), 1)),
        _ => line.get(at..)?.chars().next().map(|c| (c.into(), c.len_utf8())),
    }
}
