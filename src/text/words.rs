//! Tables of words that are looked up at a place in a text.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

/// Words with a value each, found by their first character. Of several words that stand at a place
/// the longest is meant.
pub struct Words<T> {
    by_first: FxHashMap<char, Vec<(Cow<'static, str>, T)>>,
}

impl<T: Copy> Words<T> {
    pub fn new(groups: &[(T, &[&'static str])]) -> Self {
        groups.iter().flat_map(|(value, words)| words.iter().map(|word| (Cow::Borrowed(*word), *value))).collect()
    }

    /// The word at byte `at` of `line`.
    pub fn at(&self, line: &str, at: usize) -> Option<(&str, T)> {
        let rest = line.get(at..)?;
        let candidates = self.by_first.get(&rest.chars().next()?)?;
        let (word, value) = candidates.iter().find(|(word, _)| rest.starts_with(&**word))?;
        Some((word, *value))
    }

    /// All the words, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.by_first.values().flatten().map(|(word, _)| &**word)
    }
}

impl<T> FromIterator<(Cow<'static, str>, T)> for Words<T> {
    fn from_iter<I: IntoIterator<Item = (Cow<'static, str>, T)>>(words: I) -> Self {
        let mut by_first: FxHashMap<char, Vec<(Cow<'static, str>, T)>> = FxHashMap::default();
        for (word, value) in words {
            by_first.entry(word.chars().next().unwrap_or_default()).or_default().push((word, value));
        }
        for words in by_first.values_mut() {
            words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        }
        Self { by_first }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_is_meant() {
        let words = Words::new(&[(1, &["亿元", "亿"]), (2, &["亿万", "万"])]);
        assert_eq!(words.at("五亿元", 3), Some(("亿元", 1)));
        assert_eq!(words.at("五亿万", 3), Some(("亿万", 2)));
        assert_eq!(words.at("五万", 3), Some(("万", 2)));
        assert_eq!(words.at("五万", 0), None);
        assert_eq!(words.at("五万", 1), None, "inside a character");
    }
}
