//! The texts of the rules in the other languages: `english.tsv` and `traditional.tsv`, a row for each rule.

use super::Rule;
use crate::locale::Locale;
use crate::text::tables;

static ENGLISH: &str = include_str!("english.tsv");
static TRADITIONAL: &str = include_str!("traditional.tsv");

/// What a rule says about itself, in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    pub name: &'static str,
    pub summary: &'static str,
    pub why: &'static str,
    pub source: &'static str,
}

impl Rule {
    /// Its texts in this language.
    pub fn text(&self, locale: Locale) -> Text {
        let own = Text { name: self.name, summary: self.summary, why: self.why, source: self.source };
        let table = locale.pick("", TRADITIONAL, ENGLISH);
        rows(table).find(|(code, _)| *code == self.code).map_or(own, |(_, text)| text)
    }
}

/// The rows of a table, each with the code of its rule.
fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, Text)> {
    tables::rows(table).filter_map(|mut cells| {
        let code = cells.next()?;
        let text = Text { name: cells.next()?, summary: cells.next()?, why: cells.next()?, source: cells.next()? };
        cells.next().is_none().then_some((code, text))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RULES;
    use crate::text::fold::fold;

    /// `text` in Simplified characters, with the words and quotes of the mainland.
    fn simplified(text: &str) -> String {
        let mut text = fold(text).into_owned();
        for (there, here) in [("「", "“"), ("」", "”"), ("『", "‘"), ("』", "’"), ("资讯", "信息"), ("预设", "默认")]
        {
            text = text.replace(there, here);
        }
        text
    }

    #[test]
    fn every_rule_has_a_row_and_no_row_is_without_a_rule() {
        for (name, table) in [("english.tsv", ENGLISH), ("traditional.tsv", TRADITIONAL)] {
            let lines = table.lines().filter(|line| !line.starts_with('#')).count();
            assert_eq!(rows(table).count(), lines, "{name}: code, name, summary, why, source");
            let codes: Vec<_> = rows(table).map(|(code, _)| code).collect();
            let rules: Vec<_> = RULES.iter().map(|rule| rule.code).collect();
            assert_eq!(codes, rules, "{name}: a row for each rule, in the order of the registry");
        }
    }

    #[test]
    fn the_traditional_texts_are_the_simplified_ones() {
        for rule in RULES {
            let (own, other) = (rule.text(Locale::Hans), rule.text(Locale::Hant));
            for (own, other) in
                [(own.name, other.name), (own.summary, other.summary), (own.why, other.why), (own.source, other.source)]
            {
                assert_eq!(
                    simplified(other),
                    simplified(own),
                    "traditional.tsv, {}, in Simplified characters",
                    rule.code
                );
            }
        }
    }
}
