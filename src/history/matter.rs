//! Whether two places speak of one thing.

use crate::lexicon::RATE_SAID;
use crate::lexicon::dictionary::{self, Class};
use crate::text::Range;
use crate::text::chars::is_han;

/// The marks that sentences end with.
pub(super) const SENTENCE: [char; 4] = ['。', '；', '！', '？'];

const CLAUSE: [char; 5] = ['，', '。', '；', '：', '！'];

/// Whether two stretches speak of one thing: with a rare word in both, from one of the marks `ends` to another.
pub(super) fn is_one_matter((old, a): (&str, Range), (new, b): (&str, Range), ends: &[char]) -> bool {
    let [one, other] = [rare_words(old, a, ends), rare_words(new, b, ends)];
    one.iter().any(|word| other.contains(word))
}

/// The same for figures, or with a run of characters in their clauses that both have: 规上工业企业.
pub(super) fn is_akin((old, a): (&str, Range), (new, b): (&str, Range)) -> bool {
    const RUN: usize = 4;
    let clause = |text: &str, range: Range| -> Vec<Vec<char>> {
        let start = text[..range.start as usize].rfind(CLAUSE).map_or(0, |at| at + '，'.len_utf8());
        let end = text[range.end as usize..].find(CLAUSE).map_or(text.len(), |at| range.end as usize + at);
        let parts = [&text[start..range.start as usize], &text[range.end as usize..end]];
        let runs = parts.into_iter().flat_map(|part| part.split(|c: char| !is_han(c)));
        runs.map(|run| run.chars().collect()).collect()
    };
    let (one, other) = (clause(old, a), clause(new, b));
    // 同比增长 is said of everything.
    let is_own = |run: &[char]| RATE_SAID.find(&run.iter().collect::<String>()).is_none();
    let shares = |run: &[char]| other.iter().any(|other| other.windows(RUN).any(|part| part == run)) && is_own(run);
    one.iter().any(|run| run.windows(RUN).any(shares)) || is_one_matter((old, a), (new, b), &SENTENCE)
}

/// The rare words around a stretch, but for those in it.
fn rare_words<'a>(text: &'a str, range: Range, ends: &[char]) -> Vec<&'a str> {
    /// Bits that a word is rare by.
    const RARE: u8 = 13;
    let start = text[..range.start as usize].rfind(ends).map_or(0, |at| at + '。'.len_utf8());
    let end = text[range.end as usize..].find(ends).map_or(text.len(), |at| range.end as usize + at);
    let mut found = Vec::new();
    for part in [start..range.start as usize, range.end as usize..end] {
        let mut at = part.start;
        for run in text[part].split(|c: char| !is_han(c)) {
            let here = Range::new(at, at + run.len());
            let words = dictionary::words(text, here);
            let telling = |(word, said): &(Range, dictionary::Word)| {
                word.len() > 3 && said.cost >= RARE && !matches!(said.class, Class::Function | Class::Number)
            };
            found.extend(words.into_iter().filter(telling).map(|(word, _)| word.of(text)));
            at += run.len();
            at += text[at..].chars().next().map_or(0, char::len_utf8);
        }
    }
    found
}
