//! Where in a paragraph the rules have something to look at: found for all of them in one go over its
//! characters.
//!
//! All Chinese text is made of the same few lead bytes, so no search for bytes rules anything out.
//! One look into a table says which rules a character may matter to; most matter to none.

use std::sync::LazyLock;

use super::repeats::RepeatDetector;
use super::set::Set;
use super::{Active, Check, Hits, RULES};
use crate::lexicon::own;
use crate::paragraph::Paragraph;
use crate::text::Range;
use crate::text::set::code_at;

/// What a character may be to the rules.
#[derive(Clone, Copy, Default)]
struct Interest {
    /// The rules for which something may begin with it.
    first: Set,
    /// The rules for which it may follow the character that something begins with.
    second: Set,
}

struct Kinds {
    /// By code point: the place in `interests`.
    of: Box<[u16]>,
    interests: Vec<Interest>,
    /// Rules that look where a first character stands with a second one behind it.
    pairs: Set,
    /// Rules that look wherever a first character stands: any may be the second.
    singles: Set,
    /// By a hash of both: whether some word begins with these two characters.
    starts: Box<[u64]>,
    /// Rules that look at the text once characters of both kinds stand anywhere in it.
    mixtures: Set,
    /// Rules that look at what stands twice in a row.
    twice: Set,
    /// Rules that read the script of the draft.
    raw: Set,
}

static KINDS: LazyLock<Kinds> = LazyLock::new(|| {
    let mut of = vec![0_u16; 1 << 16].into_boxed_slice();
    let mut interests = vec![Interest::default()];
    let mut mark = |first: Option<char>, second: Option<char>, rule: Set| {
        for (c, is_first) in [(first, true), (second, false)] {
            let Some(kind) = c.and_then(|c| of.get_mut(c as usize)) else { continue };
            if *kind == 0 {
                *kind = interests.len() as u16;
                interests.push(Interest::default());
            }
            let interest = &mut interests[usize::from(*kind)];
            *(if is_first { &mut interest.first } else { &mut interest.second }) |= rule;
        }
    };
    let [mut pairs, mut singles, mut mixtures, mut twice, mut raw] = [Set::EMPTY; 5];
    let mut starts = vec![0; 1 << (PAIR_BITS - 6)].into_boxed_slice();
    for (n, rule) in RULES.iter().enumerate() {
        let bit = Set::of(n);
        if matches!(rule.check, Check::RawWords(..) | Check::Mixture(..)) {
            raw |= bit;
        }
        match rule.check {
            Check::Characters(chars, _) => {
                singles |= bit;
                chars.chars().for_each(|c| mark(Some(c), None, bit));
            }
            Check::Words(class, _) | Check::RawWords(class, _) => {
                pairs |= bit;
                for row in class.rows() {
                    let mut chars = row.word.chars();
                    let (first, second) = (chars.next(), chars.next());
                    mark(first, second, bit);
                    if let (Some(first), Some(second)) = (first, second) {
                        let (word, bit) = place(first.into(), second.into());
                        starts[word] |= bit;
                    }
                }
            }
            Check::Mixture(sides, _) => {
                let [ones, others] = &**sides;
                mixtures |= bit;
                ones.chars().for_each(|c| mark(Some(c), None, bit));
                others.chars().for_each(|c| mark(None, Some(c), bit));
            }
            Check::Twice(..) => twice |= bit,
            Check::Paragraph(_) | Check::Text(_) | Check::Speech(_) | Check::Together { .. } | Check::Findings(_) => {}
        }
    }
    interests.iter_mut().for_each(|interest| interest.second |= singles);
    Kinds { of, interests, pairs, singles, starts, mixtures, twice, raw }
});

const PAIR_BITS: u32 = 15;

/// The word and the bit of two characters in [`Kinds::starts`].
#[inline]
fn place(first: u32, second: u32) -> (usize, u64) {
    let hash = (first << 16 ^ second).wrapping_mul(0x9E37_79B9) >> (u32::BITS - PAIR_BITS);
    (hash as usize / 64, 1 << (hash % 64))
}

impl Kinds {
    /// True when some word may begin with these two characters.
    #[inline]
    fn starts(&self, first: u32, second: u32) -> bool {
        let (word, bit) = place(first, second);
        self.starts.get(word).is_some_and(|word| word & bit != 0)
    }

    #[inline]
    fn kind(&self, code: u32) -> u16 {
        self.of.get(code as usize).copied().unwrap_or(0)
    }

    #[inline]
    fn interest(&self, kind: u16) -> Interest {
        self.interests.get(usize::from(kind)).copied().unwrap_or_default()
    }
}

/// Lets the rules look at a paragraph that is read as prose: at `line`, which is Simplified, and some at
/// the script of the draft.
pub(super) fn look(line: &str, paragraph: &Paragraph, active: &Active<'_>, hits: &mut Hits<'_>) {
    let raw = hits.raw();
    if line == raw {
        pass(active.set, line, paragraph, active, hits);
    } else {
        pass(active.set & !KINDS.raw, line, paragraph, active, hits);
        pass(active.set & KINDS.raw, raw, paragraph, active, hits);
    }
}

/// The first characters of the words that a user has added to what these rules look for.
fn own_words(set: Set) -> Vec<(char, Set)> {
    let looks = |rule: usize, name: &str| match RULES[rule].check {
        Check::Words(class, _) | Check::RawWords(class, _) => class.name == name,
        _ => false,
    };
    let of = |name: &str| {
        let wanted = set.rules().filter(|rule| looks(*rule, name));
        wanted.fold(Set::EMPTY, |all, rule| all | Set::of(rule))
    };
    own::beginnings().into_iter().map(|(c, class)| (c, of(class))).filter(|(_, rules)| !rules.is_empty()).collect()
}

/// One go over a paragraph for the rules in `set`.
fn pass(set: Set, line: &str, paragraph: &Paragraph, active: &Active<'_>, hits: &mut Hits<'_>) {
    let kinds = &*KINDS;
    let places = (kinds.pairs | kinds.singles) & set;
    let twice = kinds.twice & set;
    let mut seen = Interest::default();
    let mut last = Interest::default();
    let (mut last_at, mut last_code) = (0, 0);
    let mut repeats = RepeatDetector::default();
    // Most characters matter to no rule.
    let mut quiet = true;
    let own = own_words(set & kinds.pairs);
    let mut at = 0;
    while let Some((code, width)) = code_at(line, at) {
        let kind = kinds.kind(code);
        if kind != 0 || !quiet {
            let here = kinds.interest(kind);
            seen.first |= here.first;
            seen.second |= here.second;
            let mut wanted = last.first & here.second & places;
            if !(wanted & kinds.pairs).is_empty() && !kinds.starts(last_code, code) {
                wanted = wanted & !kinds.pairs;
            }
            if !wanted.is_empty() {
                look_at(wanted, last_at, line, paragraph, active, hits);
            }
            (last, last_at, last_code) = (here, at, code);
            quiet = kind == 0;
        }
        for (_, rules) in own.iter().filter(|(first, _)| *first as u32 == code) {
            look_at(*rules, at, line, paragraph, active, hits);
        }
        if !twice.is_empty()
            && let Some(start) = repeats.see(line, at, code)
        {
            look_twice(twice, Range::new(start, at), line, active, hits);
        }
        at += width;
    }
    look_at(last.first & kinds.singles & set, last_at, line, paragraph, active, hits);
    for rule in (seen.first & seen.second & kinds.mixtures & set).rules() {
        if let Check::Mixture(_, check) = RULES[rule].check {
            hits.turn_to(rule, active);
            check(line, hits);
        }
    }
}

/// Something may begin at byte `at` for these rules.
fn look_at(set: Set, at: usize, line: &str, paragraph: &Paragraph, active: &Active<'_>, hits: &mut Hits<'_>) {
    for rule in set.rules() {
        hits.turn_to(rule, active);
        if hits.has_passed(at) {
            continue;
        }
        match RULES[rule].check {
            Check::Characters(_, check) => check(line, at, paragraph, hits),
            Check::Words(class, check) | Check::RawWords(class, check) => {
                if let Some((range, _)) = class.at(line, at) {
                    hits.pass_over(range.end as usize);
                    check(line, range, hits);
                }
            }
            _ => {}
        }
    }
}

/// The stretch in `range` stands again right behind it.
fn look_twice(set: Set, range: Range, line: &str, active: &Active<'_>, hits: &mut Hits<'_>) {
    for rule in set.rules() {
        hits.turn_to(rule, active);
        if let Check::Twice(shortest, check) = RULES[rule].check
            && range.len() >= shortest * RepeatDetector::WIDTH
            && !hits.has_passed(range.start as usize)
        {
            let both = Range { end: range.end + range.len() as u32, ..range };
            hits.pass_over(both.end as usize);
            check(line, both, range.end as usize, hits);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_two_characters() {
        for rule in RULES {
            if let Check::Words(class, _) | Check::RawWords(class, _) = rule.check {
                for word in class.rows().map(|row| row.word) {
                    assert!(
                        word.chars().nth(1).is_some(),
                        "{}: a word of a rule has two characters, not {word}",
                        rule.code
                    );
                }
            }
        }
    }
}
