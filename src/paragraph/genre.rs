//! What kind of text a draft is: official prose, or something that the rules were not made for.
//!
//! Each line is looked at by its beginning alone, so that it costs the same however long it is; what is
//! counted there is added up over the draft. Shares of the sums give some yes-or-no facts, and fitted points
//! (`tools/fit/genre.py` writes `genre.tsv`) say whether the text is something else. Little text proves
//! nothing: a draft of three lines is a draft.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::marker::Family;
use super::{Kind, Paragraph};
use crate::lexicon::GENRE_WORD;
use crate::markup::Block;
use crate::text;
use crate::text::chars::{after, before, is_han};
use crate::text::set::CharSet;
use crate::text::tables::{self, GENRE};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trait {
    /// Characters that are looked at.
    Read,
    /// Words of offices, of tales and talk, of software, of courts, by the table of words.
    Official,
    Tale,
    Software,
    Court,
    /// Spaces between Chinese and Latin.
    Spaced,
    Links,
    /// Borders of blocks of code, and pieces of it in a line.
    Code,
    /// Short lines that are no sentence, no heading and no blank to be filled in.
    Short,
    /// Lines that begin with what somebody says.
    Said,
    /// Ordinals of headings, salutations, titles.
    Form,
    /// Lines that say that it is a draft.
    Declared,
    /// Persons whose names are hidden: 李某.
    Hidden,
}

const COUNT: usize = 13;

/// What a line has of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traits([u8; COUNT]);

/// The sums of a draft.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums([u32; COUNT]);

/// How many bytes of a line are looked at.
const WINDOW: usize = 360;

/// A shorter text is a draft, whatever stands in it.
const ENOUGH: u32 = 300;

/// What the table of words says of a word, and the trait.
const WORDS: [(&str, Trait); 5] = [
    ("official", Trait::Official),
    ("tale", Trait::Tale),
    ("software", Trait::Software),
    ("court", Trait::Court),
    ("hidden", Trait::Hidden),
];

/// The facts: name, the trait, from how many of it in a thousand characters on.
const RATES: [(&str, Trait, u32); 16] = [
    ("official-2", Trait::Official, 2),
    ("official-5", Trait::Official, 5),
    ("official-10", Trait::Official, 10),
    ("official-18", Trait::Official, 18),
    ("tale-15", Trait::Tale, 15),
    ("tale-40", Trait::Tale, 40),
    ("software-3", Trait::Software, 3),
    ("software-8", Trait::Software, 8),
    ("spaced-5", Trait::Spaced, 5),
    ("spaced-15", Trait::Spaced, 15),
    ("links-8", Trait::Links, 8),
    ("code-1", Trait::Code, 1),
    ("code-6", Trait::Code, 6),
    ("short-40", Trait::Short, 40),
    ("said-1", Trait::Said, 1),
    ("form-1", Trait::Form, 1),
];
const LATIN: &str = "latin";
/// Two traits together, each from how many of it in a thousand characters on: the report of a case, with words of
/// courts and persons whose names are hidden; text about software as its makers write it, with spaces around
/// Latin; a tale.
const PAIRS: [(&str, [(Trait, u32); 2]); 4] = [
    ("case", [(Trait::Court, 3), (Trait::Hidden, 2)]),
    ("case-more", [(Trait::Court, 5), (Trait::Hidden, 5)]),
    ("manual", [(Trait::Software, 6), (Trait::Spaced, 8)]),
    ("dialogue", [(Trait::Tale, 20), (Trait::Said, 3)]),
];

impl Traits {
    fn more(&mut self, of: Trait, count: usize) {
        let here = &mut self.0[of as usize];
        *here = here.saturating_add(u8::try_from(count).unwrap_or(u8::MAX));
    }

    /// What the line has, given its prose in Simplified characters and what is known of it.
    pub(super) fn of(line: &str, paragraph: &Paragraph, block: Block) -> Self {
        let mut this = Self::default();
        let facts = &paragraph.structural;
        this.more(Trait::Code, usize::from(facts.kind == Kind::Fence));
        if !paragraph.is_checked() {
            return this;
        }
        this.read(line);
        let head = paragraph.head();
        let is_form = matches!(facts.kind, Kind::Salutation | Kind::Title)
            || head.is_some_and(|head| {
                matches!(head.family, Family::Chinese | Family::ChineseParen | Family::Article | Family::Chapter(_))
            });
        this.more(Trait::Form, usize::from(is_form));
        let is_short = facts.kind == Kind::Prose
            && facts.length < SHORT
            && !facts.ends_sentence
            && head.is_none()
            && block == Block::Text
            && paragraph.placeholders.is_empty();
        this.more(Trait::Short, usize::from(is_short));
        this
    }

    /// Adds what stands in the line as it is written; `reads` when it has prose.
    pub(super) fn look_at(&mut self, line: &str, reads: bool) {
        if !reads {
            return;
        }
        let start = line.trim_start_matches(['\u{FEFF}', ' ', '\u{3000}']);
        if start.starts_with('#') {
            self.more(Trait::Declared, usize::from(NAMES.contains(&start.trim_matches(['#', ' ', '\u{3000}']))));
        }
        let head = &line.as_bytes()[..WINDOW.min(line.len())];
        let links = LINKS.iter().map(|mark| mark.find_iter(head).count()).max();
        self.more(Trait::Links, links.unwrap_or(0));
        self.more(Trait::Code, memchr::memchr_iter(b'`', head).count() / 2);
    }

    fn read(&mut self, line: &str) {
        let bytes = line.as_bytes();
        let end = bytes.len().min(WINDOW);
        let start = super::text_start(line);
        let opens = |at: usize| after(line, at).is_some_and(|c| matches!(c, '“' | '「' | '"'));
        self.more(Trait::Said, usize::from(opens(start)));
        let (mut at, mut read) = (start, 0);
        let has_own = GENRE_WORD.has_own();
        while at < end {
            let b = bytes[at];
            // U+4000…U+9FFF
            if b.wrapping_sub(0xE4) < 6 && at + 2 < bytes.len() {
                read += 1;
                let may_begin = || ALONE.has([b, bytes[at + 1], bytes[at + 2]]) || has_second(bytes, at + 3);
                if (FIRSTS.has([b, bytes[at + 1], bytes[at + 2]]) && may_begin() || has_own)
                    && let Some((range, row)) = GENRE_WORD.at(line, at)
                {
                    if let Some((_, of)) = WORDS.iter().find(|(name, _)| *name == row.value) {
                        self.more(*of, 1);
                    }
                    read += range.len() / 3 - 1;
                    at = range.end as usize;
                    continue;
                }
                at += 3;
                continue;
            }
            if b == b' ' && at > 0 {
                self.more(Trait::Spaced, usize::from(parts_scripts(line, at)));
            }
            read += usize::from(b.is_ascii_digit());
            at += 1;
        }
        self.more(Trait::Read, read);
    }
}

/// What stands in links.
static LINKS: LazyLock<[Finder<'static>; 2]> = LazyLock::new(|| ["](", "://"].map(Finder::new));

/// A shorter line may be an entry of a list.
const SHORT: u8 = 30;

/// True for a space between Chinese and Latin: 用 AI 写.
fn parts_scripts(line: &str, at: usize) -> bool {
    let latin = |c: char| c.is_ascii_alphanumeric();
    let (Some(left), Some(right)) = (before(line, at), after(line, at + 1)) else { return false };
    is_han(left) && latin(right) || latin(left) && is_han(right)
}

/// The ideographs that begin a word of the table, those that are one, and those that stand second in one.
static FIRSTS: LazyLock<CharSet> = LazyLock::new(|| CharSet::of_first(words()));
static ALONE: LazyLock<CharSet> = LazyLock::new(|| CharSet::of_first(words().filter(|word| word.len() == ONE)));
static SECONDS: LazyLock<CharSet> = LazyLock::new(|| CharSet::of_first(words().filter_map(|word| word.get(ONE..))));

/// The bytes of one ideograph.
const ONE: usize = 3;

fn words() -> impl Iterator<Item = &'static str> {
    GENRE_WORD.rows().map(|row| row.word)
}

/// True where the character at byte `at` stands second in a word of the table.
fn has_second(bytes: &[u8], at: usize) -> bool {
    matches!(bytes.get(at..at + ONE), Some(&[a, b, c]) if SECONDS.has([a, b, c]))
}

/// The rows of `genre.tsv`: what each fact means and its points, in hundredths of a logit.
struct Points {
    bias: i32,
    rates: [i32; RATES.len()],
    pairs: [i32; PAIRS.len()],
    latin: i32,
    /// From this score on the text is something else.
    other: i32,
}

const TABLE: &str = include_str!("genre.tsv");

static POINTS: LazyLock<Points> = LazyLock::new(|| {
    let get = |name: &str| GENRE.get(name);
    Points {
        bias: get("bias"),
        rates: RATES.map(|(name, ..)| get(name)),
        pairs: PAIRS.map(|(name, _)| get(name)),
        latin: get(LATIN),
        other: get("other"),
    }
});

/// A number that changes with the table of points.
pub const VERSION: u32 = text::digest(TABLE);

impl Sums {
    pub fn add(&mut self, line: &Traits) {
        self.0.iter_mut().zip(line.0).for_each(|(sum, count)| *sum += u32::from(count));
    }

    pub fn remove(&mut self, line: &Traits) {
        self.0.iter_mut().zip(line.0).for_each(|(sum, count)| *sum -= u32::from(count));
    }

    pub fn join(&mut self, other: &Self) {
        self.0.iter_mut().zip(other.0).for_each(|(sum, count)| *sum += count);
    }

    /// The facts that hold for a text with so many Latin letters to so many spoken characters, with their
    /// points.
    fn facts(&self, letters: u32, spoken: u32) -> impl Iterator<Item = (&'static str, i32)> {
        let points = &*POINTS;
        let thousand = u64::from(self.0[Trait::Read as usize].max(ENOUGH));
        let sums = self.0;
        let holds = move |of: Trait, rate: u32| u64::from(sums[of as usize]) * 1000 >= u64::from(rate) * thousand;
        let latin = (u64::from(letters) * 10 > u64::from(spoken)).then_some((LATIN, points.latin));
        let rates = RATES.iter().zip(points.rates);
        let rates = rates.filter(move |((_, of, rate), _)| holds(*of, *rate)).map(|((name, ..), p)| (*name, p));
        let pairs = PAIRS.iter().zip(points.pairs);
        let pairs = pairs.filter(move |((_, both), _)| both.iter().all(|(of, rate)| holds(*of, *rate)));
        rates.chain(pairs.map(|((name, _), p)| (*name, p))).chain(latin)
    }

    /// False for a text that is too short to tell, or says what it is.
    pub fn is_enough(&self, spoken: u32) -> bool {
        spoken >= ENOUGH && self.0[Trait::Declared as usize] == 0
    }

    /// True for a text that is long enough to tell and is no official prose.
    pub fn is_other(&self, letters: u32, spoken: u32) -> bool {
        self.is_enough(spoken) && self.score(letters, spoken) >= POINTS.other
    }

    pub fn score(&self, letters: u32, spoken: u32) -> i32 {
        POINTS.bias + self.facts(letters, spoken).map(|(_, points)| points).sum::<i32>()
    }

    /// What speaks for something else, or against it: what it means and its points, the weightiest first.
    pub fn reasons(&self, letters: u32, spoken: u32) -> Vec<(&'static str, i32)> {
        let meaning = |name| tables::cell(TABLE, name, "meaning").unwrap_or("");
        let facts = self.facts(letters, spoken).filter(|(_, points)| *points != 0);
        let mut reasons: Vec<_> = facts.map(|(name, points)| (meaning(name), points)).collect();
        reasons.sort_by_key(|(_, points)| -points.abs());
        reasons
    }

    /// The names of the facts that hold, for fitting.
    pub fn fact_names(&self, letters: u32, spoken: u32) -> Vec<&'static str> {
        self.facts(letters, spoken).map(|(name, _)| name).collect()
    }
}

/// What a line says, behind `#`, that stands in a draft.
const NAMES: [&str; 2] = ["讲稿", "講稿"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_names_a_fact() {
        for mut cells in tables::rows(TABLE).skip(1) {
            let (name, meaning) = (cells.next().unwrap(), cells.next().unwrap());
            let known = RATES.iter().map(|(fact, ..)| *fact).chain(PAIRS.map(|(fact, _)| fact));
            let known = known.chain([LATIN, "bias", "other"]).any(|fact| fact == name);
            assert!(known && !meaning.is_empty(), "{name}");
        }
    }

    #[test]
    fn words_of_the_table_count_for_a_trait() {
        for row in GENRE_WORD.rows() {
            assert!(WORDS.iter().any(|(name, _)| *name == row.value), "{}", row.word);
        }
    }
}
