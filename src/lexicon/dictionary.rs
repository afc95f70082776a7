//! The words of Chinese, and where one ends and the next begins.
//!
//! The words are those of a segmenter's dictionary, in Simplified characters (`dictionary.LICENSE`,
//! made by `tools/dictionary/build.py`). They are read where they lie in the program: a look-up costs
//! some tens of nanoseconds, the start nothing.
//!
//! The file is a tree of four levels, a character each. A level has the characters of its nodes (the
//! first one a bitmap instead), what the dictionary says of the word that ends there, and how many
//! children each node has; children lie side by side in the order of their parents.

use crate::text::Range;

static DATA: &[u8] = include_bytes!("dictionary.bin");

const FIRST: u32 = 0x4E00;
const BLOCKS: usize = (0xA000 - FIRST as usize) / 64;
const LEVELS: usize = 4;
/// The first child is noted for every so many nodes.
const STEP: usize = 16;

/// The number of nodes of a level.
const fn nodes(level: usize) -> usize {
    u32_at(4 + 4 * level) as usize
}

const BITMAP: usize = 4 + 4 * LEVELS;
const RANKS: usize = BITMAP + 8 * BLOCKS;
const FIRST_LEVEL: usize = RANKS + 2 * BLOCKS;
const FIRST_STARTS: usize = FIRST_LEVEL + nodes(0);
const SECOND_LEVEL: usize = FIRST_STARTS + 3 * (nodes(0) + 1);
const THIRD_LEVEL: usize = SECOND_LEVEL + size(1);
const FOURTH_LEVEL: usize = THIRD_LEVEL + size(2);
const _: () = assert!(FOURTH_LEVEL + 3 * nodes(3) == DATA.len(), "the levels fill the file");

/// Bytes of a level between the first and the last.
const fn size(level: usize) -> usize {
    4 * nodes(level) + 3 * (nodes(level).div_ceil(STEP) + 1)
}

const fn u16_at(at: usize) -> u16 {
    u16::from_le_bytes([DATA[at], DATA[at + 1]])
}

const fn u24_at(at: usize) -> u32 {
    u32::from_le_bytes([DATA[at], DATA[at + 1], DATA[at + 2], 0])
}

const fn u32_at(at: usize) -> u32 {
    u32::from_le_bytes([DATA[at], DATA[at + 1], DATA[at + 2], DATA[at + 3]])
}

/// What kind of word it is, for the most part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Prepositions, conjunctions, pronouns, particles.
    Function,
    Noun,
    Verb,
    Adjective,
    Adverb,
    /// Numbers, measures, dates: 一项, 次, 今年.
    Number,
    /// Persons, places, institutions.
    Name,
    /// Idioms and set phrases.
    Phrase,
}

/// What the dictionary says of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// How rare it is: the binary logarithm of one over its share of all words.
    pub cost: u8,
    pub class: Class,
}

/// What an ideograph costs that the dictionary has not: rarer than the rarest.
const UNKNOWN: Word = Word { cost: 31, class: Class::Function };

impl Word {
    fn from(byte: u8) -> Option<Self> {
        let class = match byte & 7 {
            0 => Class::Function,
            1 => Class::Noun,
            2 => Class::Verb,
            3 => Class::Adjective,
            4 => Class::Adverb,
            5 => Class::Number,
            6 => Class::Name,
            _ => Class::Phrase,
        };
        (byte != 0).then_some(Self { cost: byte >> 3, class })
    }
}

/// A place in the tree.
#[derive(Clone, Copy)]
struct Node {
    level: usize,
    index: usize,
}

impl Node {
    fn first(c: char) -> Option<Self> {
        let code = (c as u32).checked_sub(FIRST)? as usize;
        let block = code / 64;
        if block >= BLOCKS {
            return None;
        }
        let at = BITMAP + 8 * block;
        let bits = u64::from(u32_at(at)) | u64::from(u32_at(at + 4)) << 32;
        let bit = 1_u64 << (code % 64);
        let index = usize::from(u16_at(RANKS + 2 * block)) + (bits & (bit - 1)).count_ones() as usize;
        (bits & bit != 0).then_some(Self { level: 0, index })
    }

    /// Where the characters of a level behind the first begin.
    const fn characters(level: usize) -> usize {
        match level {
            1 => SECOND_LEVEL,
            2 => THIRD_LEVEL,
            _ => FOURTH_LEVEL,
        }
    }

    fn word(self) -> Option<Word> {
        let base = match self.level {
            0 => FIRST_LEVEL,
            level => Self::characters(level) + 2 * nodes(level),
        };
        Word::from(DATA[base + self.index])
    }

    /// The places of its children in the next level.
    fn children(self) -> (usize, usize) {
        let Self { level, index } = self;
        match level {
            0 => (u24_at(FIRST_STARTS + 3 * index) as usize, u24_at(FIRST_STARTS + 3 * (index + 1)) as usize),
            1 | 2 => {
                let degrees = Self::characters(level) + 3 * nodes(level);
                let starts = degrees + nodes(level);
                let before = index / STEP * STEP..index;
                let start = u24_at(starts + 3 * (index / STEP)) as usize
                    + DATA[degrees + before.start..degrees + before.end].iter().map(|d| usize::from(*d)).sum::<usize>();
                (start, start + usize::from(DATA[degrees + index]))
            }
            _ => (0, 0),
        }
    }

    fn child(self, c: char) -> Option<Self> {
        let wanted = u16::try_from(c as u32).ok()?;
        let (start, end) = self.children();
        let level = self.level + 1;
        if level == LEVELS {
            return None;
        }
        let characters = Self::characters(level);
        let (mut low, mut high) = (start, end);
        while low < high {
            let middle = usize::midpoint(low, high);
            if u16_at(characters + 2 * middle) < wanted { low = middle + 1 } else { high = middle }
        }
        (low < end && u16_at(characters + 2 * low) == wanted).then_some(Self { level, index: low })
    }
}

/// The words that begin with the first of these characters, shortest first: how many characters each has.
fn words_from(chars: impl Iterator<Item = char>) -> impl Iterator<Item = (usize, Word)> {
    let mut node: Option<Node> = None;
    chars
        .map_while(move |c| {
            node = match node {
                None => Node::first(c),
                Some(node) => node.child(c),
            };
            node
        })
        .enumerate()
        .filter_map(|(n, node)| Some((n + 1, node.word()?)))
}

/// What the dictionary says of `text`, if it is one word.
pub fn word(text: &str) -> Option<Word> {
    let count = text.chars().count();
    words_from(text.chars()).find(|(length, _)| *length == count).map(|(_, word)| word)
}

/// True when `text` is a word; nearly every ideograph is one by itself.
pub fn is_word(text: &str) -> bool {
    word(text).is_some()
}

/// The words that begin at byte `at` of `line`, shortest first, each with the byte where it ends.
pub fn words_at(line: &str, at: usize) -> impl Iterator<Item = (usize, Word)> {
    let rest = line.get(at..).unwrap_or("");
    words_from(rest.chars()).map(move |(length, word)| (at + length * WIDTH, word))
}

/// Bytes of an ideograph of the dictionary.
const WIDTH: usize = 3;

fn is_ideograph(c: char) -> bool {
    ('\u{4E00}'..'\u{A000}').contains(&c)
}

/// Ideographs looked at on either side of a place.
const REACH: usize = 8;
/// Ideographs of a window at most.
const LONGEST: usize = 64;

/// The ideographs around some places of a line, to be cut into words.
struct Window {
    chars: [char; LONGEST],
    count: usize,
    /// The byte where it begins.
    start: usize,
}

impl Window {
    /// The ideographs from before byte `from` to behind byte `to` as far as they stand without a mark
    /// between them; `None` when something else stands between the two.
    fn around(line: &str, from: usize, to: usize) -> Option<Self> {
        let (head, middle, tail) = (line.get(..from)?, line.get(from..to)?, line.get(to..)?);
        let before = head.chars().rev().take_while(|c| is_ideograph(*c)).take(REACH).count();
        let start = from - before * WIDTH;
        let mut window = Self { chars: ['\0'; LONGEST], count: 0, start };
        let behind = tail.chars().take_while(|c| is_ideograph(*c)).take(REACH);
        for (slot, c) in window.chars.iter_mut().zip(line[start..from].chars().chain(middle.chars()).chain(behind)) {
            if !is_ideograph(c) {
                return None;
            }
            *slot = c;
            window.count += 1;
        }
        (start + window.count * WIDTH >= to).then_some(window)
    }

    /// A set with the place of byte `at`.
    fn mark(&self, at: usize) -> u64 {
        1 << ((at - self.start) / WIDTH)
    }

    /// What the cheapest words cost that have their ends at all places of `cuts` and at none of
    /// `joins`; and where each begins, from right to left.
    fn read(&self, cuts: u64, joins: u64) -> (u32, [u8; LONGEST + 1]) {
        let mut best = [u32::MAX; LONGEST + 1];
        let mut from = [0; LONGEST + 1];
        best[0] = 0;
        for at in 0..self.count {
            let here = best[at];
            if here == u32::MAX {
                continue;
            }
            // What lies before the next cut.
            let next = (cuts >> (at + 1)).trailing_zeros() as usize + 1;
            let longest = next.min(self.count - at);
            let chars = &self.chars[at..at + longest];
            let mut take = |length: usize, word: Word| {
                let end = at + length;
                let joined = end < self.count && joins >> end & 1 == 1;
                let cost = here + u32::from(word.cost);
                if !joined && cost < best[end] {
                    best[end] = cost;
                    from[end] = at as u8;
                }
            };
            take(1, UNKNOWN);
            for (length, word) in words_from(chars.iter().copied()) {
                take(length, word);
            }
        }
        (best[self.count], from)
    }
}

/// How much more the words of a line cost (in bits, see [`Word::cost`]) when words have to end at all
/// of these bytes, which are in order: 0 where they do so anyhow. Where something else than ideographs
/// stands between them: `None`.
pub fn cost_of_cuts(line: &str, cuts: &[usize]) -> Option<u32> {
    let window = Window::around(line, *cuts.first()?, *cuts.last()?)?;
    let cuts = cuts.iter().fold(0, |set, at| set | window.mark(*at));
    Some(window.read(cuts, 0).0 - window.read(0, 0).0)
}

/// By how many bits it is cheaper to end a word at byte `at` than to have one across it: above 0 a
/// word ends there, below 0 it is inside of one. `None` when no ideograph stands on one of its sides:
/// then a word ends there.
pub fn boundary(line: &str, at: usize) -> Option<i32> {
    let window = Window::around(line, at, at)?;
    let mark = window.mark(at);
    if mark == 1 || at == window.start + window.count * WIDTH {
        return None;
    }
    let (cut, joined) = (window.read(mark, 0).0, window.read(0, mark).0);
    // No word at all may reach across.
    Some(if joined == u32::MAX { 32 } else { joined as i32 - cut as i32 })
}

/// The ideographs in `range` of `line` cut into words, the cheapest way. Of a longer stretch than
/// forty only the first forty; what stands around it is not looked at.
pub fn words(line: &str, range: Range) -> Vec<(Range, Word)> {
    let text = range.of(line);
    let text = text.char_indices().nth(40).map_or(text, |(at, _)| &text[..at]);
    let text = &text[..text.find(|c| !is_ideograph(c)).unwrap_or(text.len())];
    let Some(window) = Window::around(text, 0, text.len()) else { return Vec::new() };
    let (_, from) = window.read(0, 0);
    let mut found = Vec::new();
    let mut end = window.count;
    while end > 0 {
        let start = usize::from(from[end]);
        let here = Range::new(start * WIDTH, end * WIDTH);
        let base = range.start;
        let said = word(here.of(text)).unwrap_or(UNKNOWN);
        found.push((Range { start: base + here.start, end: base + here.end }, said));
        end = start;
    }
    found.reverse();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line with its marks `|` taken out, and where they stood.
    fn marked(line: &str) -> (String, Vec<usize>) {
        let places = line.match_indices('|').enumerate().map(|(n, (at, _))| at - n).collect();
        (line.replace('|', ""), places)
    }

    #[test]
    fn words_are_found_and_others_not() {
        assert_eq!(word("组织").map(|w| w.class), Some(Class::Verb));
        assert_eq!(word("产业").map(|w| w.class), Some(Class::Noun));
        assert_eq!(word("陕西").map(|w| w.class), Some(Class::Name));
        assert!(is_word("的"));
        for none in ["", "a", "，", "业产", "落实落", "中华人民", "𠮷"] {
            assert!(!is_word(none), "{none}");
        }
        let found: Vec<usize> = words_at("抓落实到人", 3).map(|(end, _)| end).collect();
        assert_eq!(found, [6, 9]);
        assert!(word("的").unwrap().cost < word("斟酌").unwrap().cost);
    }

    #[test]
    fn children_lie_side_by_side() {
        for level in 0..LEVELS - 1 {
            let all = (0..nodes(level)).map(|index| Node { level, index }.children());
            let end = all.fold(0, |end, (from, to)| {
                assert!(from == end && to >= from);
                to
            });
            assert_eq!(end, nodes(level + 1));
        }
    }

    #[test]
    fn a_boundary_is_where_no_common_word_reaches_across() {
        for line in ["产业|产业", "各级|各部门", "政策|落实到位", "任命天主教|主教", "落实|到人"]
        {
            let (line, at) = marked(line);
            assert!(boundary(&line, at[0]).is_some_and(|bits| bits > 0), "{line}");
        }
        for line in ["落|实到人", "深化文|化文艺", "黑龙|江县", "目|的的关键"] {
            let (line, at) = marked(line);
            assert!(boundary(&line, at[0]).is_some_and(|bits| bits < 0), "{line}");
        }
        for line in ["，|落实", "落实|", "落实|到人，"].map(marked).iter().take(2) {
            assert_eq!(boundary(&line.0, line.1[0]), None, "{}", line.0);
        }
    }

    #[test]
    fn cuts_that_break_words_cost() {
        let cost = |line: &str| {
            let (line, cuts) = marked(line);
            cost_of_cuts(&line, &cuts)
        };
        assert_eq!(cost("要|切实|切实|减轻基层负担"), Some(0));
        assert_eq!(cost("衷心|的|的|感谢"), Some(0));
        for line in ["深|化文|化文|艺精品", "做不|到端|到端|打通", "这个目|的|的|关键", "为|了|了|解真实情况"]
        {
            assert!(cost(line).is_some_and(|bits| bits > 2), "{line}: {:?}", cost(line));
        }
        assert_eq!(cost("|好|，|好"), None);
    }

    #[test]
    fn a_sentence_is_cut_into_words() {
        let line = "把各项任务落实到位，";
        let found: Vec<&str> = words(line, Range::new(0, line.len())).iter().map(|(range, _)| range.of(line)).collect();
        assert_eq!(found, ["把", "各项", "任务", "落实", "到位"]);
    }
}
