//! Last year's draft, as this year's is looked at against it: its sentences, found by what stands in them.
//!
//! It is made once (`history::last_year`) and asked for each paragraph that has changed.

use std::hash::Hasher as _;

use rustc_hash::{FxHashMap, FxHasher};

use crate::text::Range;
use crate::text::sentences::Grams;

/// Last year's draft.
#[derive(Default)]
pub struct Former {
    /// The file, as it is shown.
    pub name: String,
    /// The same from the root on, where the settings name it: it is not looked at against itself.
    pub path: String,
    /// The year that it was for, where it tells.
    pub year: Option<u32>,
    /// All of its characters that are spoken.
    pub size: u32,
    pub promises: Vec<Promise>,
    sentences: Vec<Sentence>,
    same: FxHashMap<u64, u32>,
    by_gram: FxHashMap<u64, Vec<u32>>,
}

/// A sentence of last year's draft, without markup and in Simplified characters.
pub struct Sentence {
    pub text: Box<str>,
    /// From 0.
    pub line: u32,
    /// How many characters of it are nobody else's: no formulation, no quotation of a leader, no salutation.
    pub own: u32,
    digest: u64,
    grams: Grams,
}

/// Something that is to be there within a year.
pub struct Promise {
    /// The sentence that says so, by its number.
    pub sentence: u32,
    pub thing: Box<str>,
    /// What tells it from others of its kind: where that is not named, the thing is not.
    pub name: Box<str>,
    /// It has less ground: it is told by how many (教师周转房600套), or for no year by name. Then any part of its name
    /// speaks of it, and only a draft that goes by the other is asked.
    pub is_wide: bool,
}

impl Promise {
    /// Where a line speaks of it: by its name, or by any three characters of a name of many.
    pub fn at(&self, line: &str) -> Option<Range> {
        const PART: usize = 3;
        let mut starts: Vec<usize> = self.name.char_indices().map(|(at, _)| at).collect();
        starts.push(self.name.len());
        let part = if starts.len() > PART + 1 && self.is_wide { PART } else { starts.len() - 1 };
        starts.windows(part + 1).find_map(|of| {
            let words = &self.name[of[0]..of[part]];
            line.find(words).map(|at| Range::new(at, at + words.len()))
        })
    }
}

/// What more sentences have tells none of them.
const COMMON: usize = 16;
/// So much of two sentences is the same where one is the other, a little changed.
const ALIKE: f32 = 0.7;
/// Shorter sentences are alike by chance.
const TELLING: usize = 10;
/// What is longer is no sentence that somebody has kept.
const LONGEST: usize = 3000;

impl Sentence {
    pub fn new(text: &str, line: u32, own: u32) -> Self {
        Self { text: text.into(), line, own, digest: digest(text), grams: grams(text) }
    }
}

impl Former {
    pub fn new(sentences: Vec<Sentence>) -> Self {
        let mut this = Self::default();
        for (n, sentence) in (0..).zip(&sentences) {
            this.same.entry(sentence.digest).or_insert(n);
            for gram in sentence.grams.iter() {
                let here = this.by_gram.entry(gram).or_default();
                // One more shows that it is common.
                if here.len() <= COMMON {
                    here.push(n);
                }
            }
        }
        this.sentences = sentences;
        this
    }

    pub fn has_sentences(&self) -> bool {
        !self.sentences.is_empty()
    }

    pub fn sentence(&self, n: u32) -> Option<&Sentence> {
        self.sentences.get(n as usize)
    }

    /// The sentence with the same words.
    pub fn same(&self, text: &str) -> Option<u32> {
        self.same.get(&digest(text)).copied().filter(|_| !is_bare(text))
    }

    /// Whether sentence `n` is one with the same words.
    pub fn is_same(&self, n: u32, text: &str) -> bool {
        self.sentence(n).is_some_and(|sentence| sentence.digest == digest(text))
    }

    /// The sentence with nearly the same words, whatever its numbers are.
    pub fn alike(&self, text: &str) -> Option<u32> {
        if text.len() > LONGEST || text.chars().filter(|c| c.is_alphanumeric()).count() < TELLING {
            return None;
        }
        let wanted = grams(text);
        let rare = wanted.iter().filter_map(|gram| self.by_gram.get(&gram)).filter(|of| of.len() <= COMMON);
        let mut found: Vec<u32> = rare.flatten().copied().collect();
        found.sort_unstable();
        let best = found.chunk_by(|a, b| a == b).max_by_key(|same| (same.len(), std::cmp::Reverse(same[0])))?[0];
        (self.sentence(best)?.grams.likeness(&wanted) >= ALIKE).then_some(best)
    }
}

/// Two drafts are the same when their sentences are: settings are compared as they are written.
impl std::fmt::Debug for Former {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut hasher = FxHasher::default();
        self.sentences.iter().for_each(|sentence| hasher.write(sentence.text.as_bytes()));
        f.debug_tuple("Former").field(&self.name).field(&self.path).field(&hasher.finish()).finish()
    }
}

fn is_bare(text: &str) -> bool {
    !text.contains(char::is_alphanumeric)
}

/// The same for texts with the same letters, figures and ideographs.
fn digest(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    text.chars().filter(|c| c.is_alphanumeric()).for_each(|c| hasher.write_u32(c as u32));
    hasher.finish()
}

/// Numbers are all one.
fn grams(text: &str) -> Grams {
    let mut masked = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '0'..='9' if masked.ends_with('0') => {}
            '.' if masked.ends_with('0') => {}
            '0'..='9' => masked.push('0'),
            c => masked.push(c),
        }
    }
    Grams::of(&masked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_found_by_their_words() {
        let texts = ["今天召开第三次全县农村工作会议。", "全县地区生产总值完成120.3亿元，增长6.2%。", "要抓好落实。"];
        let sentences = (0..).zip(texts).map(|(n, text)| Sentence::new(text, n, 0)).collect();
        let former = Former::new(sentences);
        assert_eq!(former.same("要抓好落实！"), Some(2));
        assert_eq!(former.same("要狠抓落实。"), None);
        assert_eq!(former.same("。"), None);
        assert_eq!(former.alike("全县地区生产总值完成128亿元，增长7%。"), Some(1));
        assert_eq!(former.alike("今天召开第四次全县农村工作会议。"), Some(0));
        assert_eq!(former.alike("全县固定资产投资迈上新的台阶，后劲十足。"), None);
    }
}
