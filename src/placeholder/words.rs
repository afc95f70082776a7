//! The words around a blank that say what it is: `words.tsv`, looked up forwards and backwards.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::chars::is_han;

/// What a word says of the blank beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A number stands in front of it: 亿元.
    Measure,
    /// A measure that hardly ever stands without a number.
    Strong,
    Percent,
    /// Only begins like a measure: 条例.
    Unmeasure,
    Person,
    Place,
    Organisation,
    Name,
    Meeting,
    Date,
    /// What stands between 第 and this is a number.
    Rank,
    /// What a speaker does.
    Saying,
    /// An amount follows: 增长.
    Governs,
    /// A name follows: 在.
    Leads,
    /// Inside brackets: names what is wanted.
    Asks,
    /// Inside brackets: says that something is missing.
    Fills,
    /// Inside brackets: a note or a stage direction.
    Notes,
    /// Stands by itself for what is missing: 待补.
    Pending,
    /// In front of such a word: it is an ordinary one. 有待补充
    Unpending,
    Formula,
    /// The end of a number.
    Number,
    /// Behind a letter that is itself a name: X光.
    LetterThing,
    /// Behind a single X or × that is itself a name: X光, X轴.
    XThing,
    /// Only begins like that: X光伏.
    UnxThing,
    /// In front of a letter or × that is itself a name: 未知数X, “数据要素×”.
    XBefore,
    /// Behind a star that is the mark of a footnote.
    Footnote,
    /// In front of a mark that is spoken of: 打“×”, 带*的.
    Spoken,
    /// Behind 某 where nobody is hidden: 某些.
    Indefinite,
    Surname,
    /// In front of a colon and a blank: 联系人：
    Label,
}

const CLASSES: [(&str, Class); 30] = [
    ("xthing", Class::XThing),
    ("unxthing", Class::UnxThing),
    ("xbefore", Class::XBefore),
    ("footnote", Class::Footnote),
    ("spoken", Class::Spoken),
    ("measure", Class::Measure),
    ("strong", Class::Strong),
    ("percent", Class::Percent),
    ("unmeasure", Class::Unmeasure),
    ("person", Class::Person),
    ("place", Class::Place),
    ("organisation", Class::Organisation),
    ("name", Class::Name),
    ("meeting", Class::Meeting),
    ("date", Class::Date),
    ("rank", Class::Rank),
    ("saying", Class::Saying),
    ("governs", Class::Governs),
    ("leads", Class::Leads),
    ("asks", Class::Asks),
    ("fills", Class::Fills),
    ("notes", Class::Notes),
    ("pending", Class::Pending),
    ("unpending", Class::Unpending),
    ("formula", Class::Formula),
    ("number", Class::Number),
    ("letterthing", Class::LetterThing),
    ("indefinite", Class::Indefinite),
    ("surname", Class::Surname),
    ("label", Class::Label),
];

/// Words with the set of their classes, longest first, by their first and by their last character.
pub struct Vocabulary {
    by_first: FxHashMap<char, Vec<(&'static str, u32)>>,
    by_last: FxHashMap<char, Vec<(&'static str, u32)>>,
}

/// The words of the table.
pub static WORDS: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut all: FxHashMap<&'static str, u32> = FxHashMap::default();
    for (word, class) in include_str!("words.tsv").lines().filter_map(|row| row.split_once('\t')) {
        if let Some((_, class)) = CLASSES.iter().find(|(name, _)| *name == class) {
            *all.entry(word).or_default() |= 1 << *class as u32;
        }
    }
    let mut this = Vocabulary { by_first: FxHashMap::default(), by_last: FxHashMap::default() };
    for (word, classes) in all {
        this.by_first.entry(word.chars().next().unwrap_or_default()).or_default().push((word, classes));
        this.by_last.entry(word.chars().next_back().unwrap_or_default()).or_default().push((word, classes));
    }
    for list in this.by_first.values_mut().chain(this.by_last.values_mut()) {
        list.sort_by_key(|(word, _)| (std::cmp::Reverse(word.len()), *word));
    }
    this
});

impl Vocabulary {
    /// The longest word of the class that begins at byte `at`.
    pub fn ahead(&self, line: &str, at: usize, class: Class) -> Option<&'static str> {
        let rest = line.get(at..)?;
        let list = self.by_first.get(&rest.chars().next()?)?;
        list.iter().find(|(word, set)| set >> class as u32 & 1 == 1 && rest.starts_with(word)).map(|(word, _)| *word)
    }

    /// The longest word of the class that ends at byte `at`.
    pub fn behind(&self, line: &str, at: usize, class: Class) -> Option<&'static str> {
        let head = line.get(..at)?;
        let list = self.by_last.get(&head.chars().next_back()?)?;
        list.iter().find(|(word, set)| set >> class as u32 & 1 == 1 && head.ends_with(word)).map(|(word, _)| *word)
    }

    /// True when a word of the class stands anywhere in `text`.
    pub fn inside(&self, text: &str, class: Class) -> bool {
        text.char_indices().any(|(at, _)| self.ahead(text, at, class).is_some())
    }

    /// The percent sign or word at byte `at`: 增长X成, but not 让X成为.
    pub fn percent(&self, line: &str, at: usize) -> Option<&'static str> {
        let tenths = || {
            let rest = line.get(at..)?.strip_prefix('成')?;
            (!rest.starts_with(is_han)).then_some("成")
        };
        self.ahead(line, at, Class::Percent).or_else(tenths)
    }

    /// The measure at byte `at`: 条 but not 条例, 成 but not 成为.
    pub fn measure(&self, line: &str, at: usize) -> Option<&'static str> {
        let word = self.ahead(line, at, Class::Measure)?;
        let other = self.ahead(line, at, Class::Unmeasure).is_some_and(|other| other.len() > word.len());
        (!other).then_some(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_class() {
        let rows = include_str!("words.tsv").lines().filter(|row| !row.starts_with('#')).skip(1);
        let unknown: Vec<&str> =
            rows.filter(|row| !CLASSES.iter().any(|(name, _)| row.ends_with(&format!("\t{name}")))).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }

    #[test]
    fn the_longest_word_counts() {
        assert_eq!(WORDS.ahead("万平方米", 0, Class::Measure), Some("万平方米"));
        assert_eq!(WORDS.measure("条例", 0), None);
        assert_eq!(WORDS.measure("条建议", 0), Some("条"));
        assert_eq!(WORDS.behind("占地面积", 12, Class::Governs), Some("占地面积"));
        assert!(WORDS.inside("会议名称", Class::Asks));
    }
}
