//! Set phrases of four characters with one of them put for another: 身先事卒.

use super::alike::is_mixed_up;
use super::check::{Checker, Misuse, MisuseKind};
use super::fold::{is_han, shown};
use super::matcher::{Hit, Role};
use super::parts::{REACH, words_of};
use super::patterns::{is_numeral, is_set_phrase};
use super::surroundings::is_quoted;
use crate::lexicon::{INTERCHANGEABLE, NEVER_MISTAKEN, dictionary, statistics};

impl<'c> Checker<'_, 'c> {
    /// The phrase that is meant by what stands at a hit: one that sounds or looks like it, and is none itself.
    pub fn set_phrase(&self, hit: &Hit) -> Option<Misuse<'c>> {
        let Role::Set(offset) = hit.role else { return None };
        let from = hit.entry as usize - usize::from(offset);
        let meant = self.matcher.texts.get(from..from + hit.end - hit.start)?;
        let there = self.folded.codes.get(hit.start..hit.end)?;
        let place = meant.iter().zip(there).position(|(a, b)| a != b)?;
        let (right, found) = (shown(*meant.get(place)?), shown(*there.get(place)?));
        let either = INTERCHANGEABLE.joins(found, right) || NEVER_MISTAKEN.joins(found, right);
        if !is_han(found) || is_numeral(found) || is_numeral(right) || either || !is_mixed_up(found, right) {
            return None;
        }
        let at = hit.start + place;
        // 生产总质量: the character is of a word that goes on; 世界市长, 土耳其大: what stands there is of other words.
        let around = hit.start.saturating_sub(REACH)..(hit.end + REACH).min(self.folded.len());
        let words: Vec<_> = words_of(&self.folded.codes, around).collect();
        let inside = words.iter().all(|word| {
            let parted = |at: usize| at <= word.start || word.end <= at;
            parted(hit.start) && parted(hit.end)
        });
        let part = |text: &[u16], from: usize, to: usize| -> String {
            text.get(from..to).unwrap_or_default().iter().map(|code| shown(*code)).collect()
        };
        let half = place / 2 * 2;
        let rest = if place < 2 { 1 } else { 0 };
        let others = dictionary::is_word(&part(there, half, half + 2))
            || matches!(place, 0 | 3) && dictionary::is_word(&part(there, rest, rest + 3));
        // 落实到位: of two words there may be others that sound the same.
        let composed = [0, 2].iter().all(|from| dictionary::is_word(&part(meant, *from, from + 2)))
            && dictionary::word(&part(meant, 0, 4)).is_none_or(|word| word.class != dictionary::Class::Phrase);
        let units: Vec<_> = there.iter().map(|code| statistics::unit(shown(*code))).collect();
        let unheard = |len: usize| {
            let with = |(n, _): &(usize, &[statistics::Unit])| (*n..*n + len).contains(&place);
            units.windows(len).enumerate().filter(with).all(|(_, part)| statistics::level(part) == 0)
        };
        let strange = matches!(units.get(half..half + 2), Some(&[a, b]) if !statistics::is_pair(a, b));
        let letters = part(there, 0, there.len());
        let range = self.range(hit.start, hit.end);
        let solid = range.of(self.line).chars().count() == there.len() && !is_quoted(self.line, range);
        let is_other = dictionary::is_word(&letters) || is_set_phrase(&letters);
        if !solid || !inside || others || composed && !strange || is_other || !unheard(3) || !unheard(4) {
            return None;
        }
        let known = self.hits_over(at, at + 1).any(|other| {
            matches!(other.role, Role::Text | Role::Variant | Role::Misquote(_) | Role::Typo | Role::Member(_))
        });
        let expected: String = meant.iter().map(|code| shown(*code)).collect();
        let (expected, _) = self.rewritten(hit, &expected);
        (!known).then(|| self.misuse(MisuseKind::Typo, None, (hit.start, hit.end), Some(expected), false))
    }
}
