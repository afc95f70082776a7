//! What the words around a blank say, where more than one class is asked.

use crate::lexicon::{GOVERNS, MEASURE, NO_MEASURE, PERCENT, PERSON, TENTHS};

/// The measure at byte `at`: 条 but not 条例.
pub fn measure(line: &str, at: usize) -> Option<&'static str> {
    let word = MEASURE.word_at(line, at)?;
    let other = NO_MEASURE.word_at(line, at).is_some_and(|other| other.len() > word.len());
    (!other).then_some(word)
}

/// The percent sign or word at byte `at`: 增长X成, but not 让X成为.
pub fn percent(line: &str, at: usize) -> Option<&'static str> {
    PERCENT.word_at(line, at).or_else(|| TENTHS.word_at(line, at))
}

/// The word before byte `end` that wants a quantity behind it: 完成XX亿元, 长XX米; but not the end of a title, 县长.
pub fn governor(line: &str, end: usize) -> Option<&'static str> {
    let word = GOVERNS.word_ending(line, end)?;
    let title = PERSON.word_ending(line, end).is_some_and(|title| title.len() > word.len());
    (!title).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_counts() {
        assert_eq!(measure("万平方米", 0), Some("万平方米"));
        assert_eq!(measure("条例", 0), None);
        assert_eq!(measure("条建议", 0), Some("条"));
        assert_eq!(percent("成。", 0), Some("成"));
        assert_eq!(percent("成为", 0), None);
    }

    #[test]
    fn a_title_governs_no_quantity() {
        let governor = |head: &str| governor(head, head.len());
        assert_eq!(governor("大坝长"), Some("长"));
        assert_eq!((governor("县长"), governor("副局长")), (None, None));
        assert!(governor("同比增长").is_some());
    }
}
