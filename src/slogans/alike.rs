//! Characters that are easily taken for one another by ear or eye.

use pinyin::ToPinyin;

use super::fold::{is_han, shown};
use crate::lexicon::{INTERCHANGEABLE, LOOK_ALIKE, NEVER_MISTAKEN, confusion, statistics};

/// Characters of most words.
const WORD: usize = 2;

/// True when one character is easily taken for the other by ear or eye, and is not simply another
/// way to write it.
pub(crate) fn is_confusable(a: char, b: char) -> bool {
    !INTERCHANGEABLE.joins(a, b) && !NEVER_MISTAKEN.joins(a, b) && is_taken_for(a, b)
}

/// True when one character is easily taken for the other by ear or eye.
fn is_taken_for(a: char, b: char) -> bool {
    if !is_han(a) || !is_han(b) {
        return false;
    }
    let same_sound = match (a.to_pinyin(), b.to_pinyin()) {
        (Some(a), Some(b)) => blurred(a.plain()) == blurred(b.plain()),
        _ => false,
    };
    same_sound || LOOK_ALIKE.joins(a, b)
}

/// Whether one word sounds as the other, in both of its characters: 主义, 注意.
pub(super) fn is_misheard_word(meant: &[u16], found: &[u16]) -> bool {
    let mut pairs = meant.iter().zip(found);
    meant.len() == WORD && found.len() == WORD && pairs.all(|(a, b)| a == b || is_taken_for(shown(*a), shown(*b)))
}

/// The same, and by all that is known of sounds and shapes.
pub(super) fn is_mixed_up(found: char, meant: char) -> bool {
    let meant_by = |(unit, like): (statistics::Unit, confusion::Likeness)| {
        unit == statistics::unit(meant) && (like.sounds() || like.looks())
    };
    is_taken_for(found, meant) || is_han(found) && confusion::meant(statistics::unit(found)).any(meant_by)
}

/// A syllable without what many speakers do not tell apart: zh and z, ch and c, sh and s; -n and
/// -ng.
fn blurred(syllable: &str) -> (&str, &str) {
    let initial = syllable.get(..1).unwrap_or("");
    let rest = syllable.get(1..).unwrap_or("");
    let rest = match initial {
        "z" | "c" | "s" => rest.strip_prefix('h').unwrap_or(rest),
        _ => rest,
    };
    (initial, rest.strip_suffix('g').unwrap_or(rest))
}
