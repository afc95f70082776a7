//! Last year's draft, as this year's is looked at against it: its sentences, found by what stands in them.
//!
//! It is made once (`history::last_year`) and asked for each paragraph that has changed.

use std::hash::{Hash as _, Hasher as _};

use rustc_hash::{FxHashMap, FxHasher};

use crate::text::Range;
use crate::text::chars::is_han;
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
    title: Option<Grams>,
    sayings: Vec<Saying>,
    by_role: FxHashMap<u64, Vec<u32>>,
    by_value: FxHashMap<u64, Vec<u32>>,
    sentences: Vec<Sentence>,
    same: FxHashMap<u64, u32>,
    by_beginning: FxHashMap<u64, u32>,
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

/// What a saying is about, and what of a sentence is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Year,
    /// 第三次, 第十五届, 104周年
    Nth,
    Theme,
    Figure,
    Date,
    Name,
}

/// What is said of something: 县长 is 周明, 师生 are 2860.
#[derive(Clone, Debug)]
pub struct Saying {
    pub kind: Kind,
    /// The value as it is written.
    pub said: Box<str>,
    /// The sentence, by its number.
    pub sentence: u32,
    /// The words around a figure.
    pub near: Grams,
    role: Option<u64>,
    value: u64,
}

impl Saying {
    /// A figure need not have a role; a theme and the day of the draft are the only ones of their kind.
    pub fn new(kind: Kind, role: &str, said: &str) -> Self {
        let has_role = !role.is_empty() || matches!(kind, Kind::Theme | Kind::Date);
        let (role, value) = (has_role.then(|| hash(kind, role)), hash(kind, said));
        Self { kind, said: said.into(), sentence: 0, near: Grams::default(), role, value }
    }

    /// Whether both say the same, of whatever.
    pub fn is_same(&self, other: &Self) -> bool {
        self.value == other.value
    }

    pub fn has_role_of(&self, other: &Self) -> bool {
        self.role == other.role
    }
}

/// The sentence that has most in common with a text, and how much of both that is, of 1.
#[derive(Clone, Copy, Debug)]
pub struct Nearest {
    sentence: u32,
    likeness: f32,
}

impl Nearest {
    /// With nearly the same words.
    pub fn alike(&self) -> Option<u32> {
        (self.likeness >= ALIKE).then_some(self.sentence)
    }

    /// With many of the same words.
    pub fn akin(&self) -> Option<u32> {
        (self.likeness >= AKIN).then_some(self.sentence)
    }
}

fn hash(kind: Kind, text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    (kind, text).hash(&mut hasher);
    hasher.finish()
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
    /// Any of these speaks of it.
    words: Box<[Box<str>]>,
}

impl Promise {
    pub fn new(sentence: u32, thing: &str, name: &str, is_wide: bool) -> Self {
        const PART: usize = 3;
        const LAST: usize = 2;
        let parts = |text: &str, size: usize| -> Vec<Box<str>> {
            let all: Vec<char> = text.chars().collect();
            all.windows(size).filter(|part| part.iter().all(|c| is_han(*c))).map(|part| part.iter().collect()).collect()
        };
        let mut words = parts(thing, PART);
        words.push(name.into());
        if is_wide && name.chars().count() > PART {
            words.extend(parts(name, PART));
            words.extend(parts(name, LAST).pop());
        }
        Self { sentence, thing: thing.into(), name: name.into(), is_wide, words: words.into() }
    }

    /// Where a line speaks of it: by its name, by any three characters of the thing, or, where it has less ground, by
    /// any three of its name or the last two: 水池 may be the 蓄水池.
    pub fn at(&self, line: &str) -> Option<Range> {
        self.words.iter().find_map(|words| line.find(&**words).map(|at| Range::new(at, at + words.len())))
    }
}

/// What more sentences have tells none of them.
const COMMON: usize = 16;
/// So much of two sentences is the same where one is the other, a little changed, and where they are about one thing.
const ALIKE: f32 = 0.7;
const AKIN: f32 = 0.45;
/// Names and themes that are looked for.
const MOST_TEXTS: usize = 64;
/// Shorter sentences are alike by chance.
const TELLING: usize = 10;
/// Characters of a title that tells drafts apart.
const TITLE: std::ops::RangeInclusive<usize> = 8..=60;
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
            if let Some(beginning) = beginning(&sentence.text) {
                this.by_beginning.entry(beginning).or_insert(n);
            }
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
        self.nearest(text)?.alike()
    }

    pub fn set_title(&mut self, title: Option<&str>) {
        self.title = title.map(grams);
    }

    /// Whether a line is its title but for the numbers, and that is a title that few have.
    pub fn is_titled(&self, line: &str) -> bool {
        let is_one = || TITLE.contains(&line.chars().filter(|c| c.is_alphanumeric()).count());
        let title = self.title.as_ref().filter(|_| is_one());
        title.is_some_and(|title| title.likeness(&grams(line)) >= ALIKE)
    }

    /// The first sentence that begins with the same words up to a mark, and how many bytes those have here.
    pub fn begins(&self, text: &str) -> Option<(u32, usize)> {
        let n = *self.by_beginning.get(&beginning(text)?)?;
        let old = &self.sentence(n)?.text;
        let text = text.trim_start();
        let mut marks = text.char_indices().filter(|(_, c)| matches!(c, '，' | '；' | '。' | '！' | '？'));
        let is_same = |(at, _): &(usize, char)| {
            let behind = old.get(*at..).and_then(|rest| rest.chars().next());
            old.get(..*at) == text.get(..*at) && behind.is_some_and(|c| !c.is_alphanumeric())
        };
        let (end, _) = marks.rfind(is_same)?;
        (text[..end].chars().filter(|c| c.is_alphanumeric()).count() >= TELLING).then_some((n, end))
    }

    /// The sentence that has most in common with a text.
    pub fn nearest(&self, text: &str) -> Option<Nearest> {
        if text.len() > LONGEST || text.chars().filter(|c| c.is_alphanumeric()).count() < TELLING {
            return None;
        }
        let wanted = grams(text);
        let rare = wanted.iter().filter_map(|gram| self.by_gram.get(&gram)).filter(|of| of.len() <= COMMON);
        let mut found: Vec<u32> = rare.flatten().copied().collect();
        found.sort_unstable();
        let best = found.chunk_by(|a, b| a == b).max_by_key(|same| (same.len(), std::cmp::Reverse(same[0])))?[0];
        Some(Nearest { sentence: best, likeness: self.sentence(best)?.grams.likeness(&wanted) })
    }

    /// Has the sayings found by what they are of, unless several things are said of that, and by what is said.
    pub fn with_sayings(mut self, sayings: Vec<Saying>) -> Self {
        for (n, saying) in (0..).zip(&sayings) {
            if let Some(role) = saying.role {
                self.by_role.entry(role).or_default().push(n);
            }
            self.by_value.entry(saying.value).or_default().push(n);
        }
        self.by_role.retain(|_, of| of.iter().all(|n| sayings[*n as usize].is_same(&sayings[of[0] as usize])));
        self.sayings = sayings;
        self
    }

    pub fn saying(&self, n: u32) -> Option<&Saying> {
        self.sayings.get(n as usize)
    }

    /// What is said of the same, by number.
    pub fn of_role(&self, saying: &Saying) -> impl Iterator<Item = (u32, &Saying)> {
        self.listed(saying.role.and_then(|role| self.by_role.get(&role)))
    }

    /// Where the same is said.
    pub fn of_value(&self, saying: &Saying) -> impl Iterator<Item = (u32, &Saying)> {
        self.listed(self.by_value.get(&saying.value))
    }

    fn listed<'a>(&'a self, of: Option<&'a Vec<u32>>) -> impl Iterator<Item = (u32, &'a Saying)> {
        of.into_iter().flatten().take(COMMON).map(|n| (*n, &self.sayings[*n as usize]))
    }

    /// The names and themes.
    pub fn texts(&self) -> impl Iterator<Item = (u32, &Saying)> {
        let all = (0..).zip(&self.sayings);
        all.filter(|(_, saying)| matches!(saying.kind, Kind::Theme | Kind::Name)).take(MOST_TEXTS)
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

/// The same for texts that begin with the same characters.
fn beginning(text: &str) -> Option<u64> {
    let mut hasher = FxHasher::default();
    let mut rest = text.chars().filter(|c| c.is_alphanumeric());
    for _ in 0..TELLING {
        hasher.write_u32(rest.next()? as u32);
    }
    Some(hasher.finish())
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
