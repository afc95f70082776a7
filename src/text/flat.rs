//! A whole text in one piece, for readers that never edit it.

use std::borrow::Cow;

use super::Lines;

/// A text with the places where its lines start.
pub struct Flat<'a> {
    text: &'a str,
    /// Byte offsets of the line starts; the first is 0.
    starts: Vec<u32>,
}

impl<'a> Flat<'a> {
    pub fn new(text: &'a str) -> Self {
        let mut starts = Vec::with_capacity(text.len() / 256 + 1);
        starts.push(0);
        let bytes = text.as_bytes();
        if memchr::memchr(b'\r', bytes).is_none() {
            starts.extend(memchr::memchr_iter(b'\n', bytes).map(|at| at as u32 + 1));
        } else {
            for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
                if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                    starts.push(at as u32 + 1);
                }
            }
        }
        Self { text, starts }
    }

    /// The byte range of line `n` in the text, without its line end.
    pub fn line_range(&self, n: usize) -> std::ops::Range<usize> {
        let Some(&start) = self.starts.get(n) else {
            return self.text.len()..self.text.len();
        };
        let end = self.starts.get(n + 1).map_or(self.text.len(), |&s| s as usize);
        let line = &self.text[start as usize..end];
        let line = line.strip_suffix("\r\n").or_else(|| line.strip_suffix(['\n', '\r'])).unwrap_or(line);
        start as usize..start as usize + line.len()
    }

    /// The length of the text in bytes.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Line `n`, borrowed for as long as the text.
    pub fn str(&self, n: usize) -> &'a str {
        &self.text[self.line_range(n)]
    }

    pub fn iter(&self) -> impl Iterator<Item = &'a str> + '_ {
        (0..self.starts.len()).map(|n| self.str(n))
    }
}

impl Lines for Flat<'_> {
    fn line_count(&self) -> usize {
        self.starts.len()
    }

    fn line(&self, n: usize) -> Cow<'_, str> {
        Cow::Borrowed(self.str(n))
    }

    fn whole(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_are_those_of_lsp() {
        let flat = Flat::new("一\r\n二\r三\n四\u{85}五\u{2028}六\u{b}七\r");
        assert_eq!(flat.iter().collect::<Vec<_>>(), ["一", "二", "三", "四\u{85}五\u{2028}六\u{b}七", ""]);
        assert_eq!(Flat::new("").iter().collect::<Vec<_>>(), [""]);
        assert_eq!(Flat::new("一\n\n").iter().collect::<Vec<_>>(), ["一", "", ""]);
    }
}
