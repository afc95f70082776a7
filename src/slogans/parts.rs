//! Wordings of which a part stands there twice or not at all, and where their words end.

use super::check::{Checker, Misuse, MisuseKind};
use super::fold::{SEPARATOR, WIDTH, is_han, shown};
use super::matcher::{Hit, Role};
use crate::lexicon::{dictionary, statistics};
use crate::text::Range;

/// Characters of a word.
const WORD: usize = 2;

/// Characters of a wording of several parts that is known by all but one of them.
pub(super) const QUOTED: usize = 12;

/// Parts of a wording of which one that is missing in the middle is missed.
const PARTS: usize = 4;

impl<'c> Checker<'_, 'c> {
    /// The last character of a wording twice, where the second begins no word: 现代化化.
    pub fn doubled_end(&self, hit: &Hit) -> Option<Misuse<'c>> {
        let text = &self.folded.codes;
        let again = (hit.role == Role::Text && hit.end - hit.start >= WORD * 2).then(|| text.get(hit.end))??;
        if text.get(hit.end - 1) != Some(again) || !is_han(shown(*again)) || self.is_particle(hit.end) {
            return None;
        }
        let around = hit.end.saturating_sub(REACH)..(hit.end + REACH).min(text.len());
        let alone = words_of(text, around).any(|word| word.start == hit.end && word.len() == 1);
        let unit = |code: u16| statistics::unit(shown(code));
        let next = text.get(hit.end + 1).filter(|code| is_han(shown(**code)));
        let goes_on = next.is_some_and(|next| statistics::is_pair(unit(*again), unit(*next)));
        let entry = self.catalogue.entry(hit.entry)?;
        let (expected, _) = self.filled((hit.start, hit.end + 1), (hit.end, hit.end + 1), "");
        (alone && !goes_on)
            .then(|| self.misuse(MisuseKind::Misquote, Some(entry), (hit.start, hit.end + 1), Some(expected), false))
    }

    /// A wording of several parts with one of them twice, or one missing in its middle.
    pub fn another_part(&self, hit: &Hit) -> Option<Misuse<'c>> {
        let Role::Piece(0) = hit.role else { return None };
        let (long, form) = self.matcher.long_text(hit.entry)?;
        if !long.held {
            return None;
        }
        let parts: Vec<&[u16]> = form.split(|code| shown(*code) == SEPARATOR).collect();
        let text = self.folded.codes.get(hit.start..)?;
        let reads = |parts: &mut dyn Iterator<Item = &[u16]>| -> Option<usize> {
            let mut at = 0;
            for (n, part) in parts.enumerate() {
                if n > 0 {
                    at += usize::from(shown(*text.get(at)?) == SEPARATOR);
                }
                at += text.get(at..)?.starts_with(part).then_some(part.len())?;
            }
            Some(at)
        };
        let twice = |n: usize| {
            let (before, behind) = (parts.get(..=n)?, parts.get(n..)?);
            parts.get(n).filter(|part| part.len() >= WORD)?;
            reads(&mut before.iter().chain(behind).copied())
        };
        let without = |n: usize| {
            let (before, behind) = (parts.get(..n)?, parts.get(n + 1..)?);
            reads(&mut before.iter().chain(behind).copied())
        };
        let missing = parts.len() >= PARTS && form.len() - parts.len() >= QUOTED;
        let len = (0..parts.len())
            .filter(|_| parts.len() > 1)
            .find_map(twice)
            .or_else(|| (1..parts.len().saturating_sub(1)).filter(|_| missing).find_map(without))?;
        let end = hit.start + len;
        if self.hits_over(hit.start, end).any(|other| matches!(other.role, Role::Text | Role::Variant)) {
            return None;
        }
        let entry = self.catalogue.entry(long.entry)?;
        let meant: String = form.iter().map(|code| shown(*code)).collect();
        let (expected, _) = self.filled((hit.start, end), (hit.start, end), &meant);
        Some(self.misuse(MisuseKind::Misquote, Some(entry), (hit.start, end), Some(expected), false))
    }
}

/// Characters on either side of a place that tell where words end there.
pub(super) const REACH: usize = 6;

/// The words of a stretch of a text, the cheapest way, as places in the text.
pub(super) fn words_of(text: &[u16], stretch: std::ops::Range<usize>) -> impl Iterator<Item = std::ops::Range<usize>> {
    let codes = text.get(stretch.clone()).unwrap_or_default();
    let mut at = stretch.start;
    codes.split(|code| !is_han(shown(*code))).flat_map(move |run| {
        let start = at;
        at += run.len() + 1;
        let letters: String = run.iter().map(|code| shown(*code)).collect();
        let cut = dictionary::words(&letters, Range::new(0, letters.len()));
        cut.into_iter().map(move |(word, _)| start + word.start as usize / WIDTH..start + word.end as usize / WIDTH)
    })
}
