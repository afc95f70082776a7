//! Tables of words that are looked up at a place in a text.

use rustc_hash::FxHashMap;

/// Words with a value each, found by their first character. Of several words that stand at a place
/// the longest is meant.
pub struct Words<T: 'static> {
    by_first: FxHashMap<char, Vec<(&'static str, T)>>,
}

impl<T: Copy> Words<T> {
    pub fn new(groups: &[(T, &[&'static str])]) -> Self {
        let mut by_first: FxHashMap<char, Vec<(&'static str, T)>> = FxHashMap::default();
        for (value, words) in groups {
            for word in *words {
                by_first.entry(word.chars().next().unwrap_or_default()).or_default().push((word, *value));
            }
        }
        Self { by_first }
    }

    /// The word at byte `at` of `line`.
    pub fn at(&self, line: &str, at: usize) -> Option<(&'static str, T)> {
        let rest = line.get(at..)?;
        let candidates = self.by_first.get(&rest.chars().next()?)?;
        candidates.iter().copied().filter(|(word, _)| rest.starts_with(word)).max_by_key(|(word, _)| word.len())
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
