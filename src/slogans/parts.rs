//! Wordings of which a part stands there twice or not at all, or one too many, and where their words end.

use super::check::{Checker, Misuse, MisuseKind};
use super::fold::{SEPARATOR, WIDTH, is_han, shown};
use super::gap::{Gap, JOINERS, LEAST, LIGHT, PLACES, TAKEN_UP, TOLD, WORD};
use super::matcher::{Hit, Role};
use crate::lexicon::{dictionary, statistics};
use crate::text::Range;

/// Characters of a wording of several parts that is known by all but one of them.
pub(super) const QUOTED: usize = 12;

/// What is put in behind a verb, or before one: 落实好, 都感受到.
const PUT_IN: &str = "好到着了过出起住来去成得都也还更又再最很是就将可能";

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
        let missing = parts.len() >= PARTS && form.len() - parts.len() + 1 >= QUOTED;
        let len = (0..parts.len())
            .filter(|_| parts.len() > 1)
            .find_map(twice)
            .or_else(|| (1..parts.len().saturating_sub(1)).filter(|_| missing).find_map(without))
            .or_else(|| {
                (1..parts.len()).find_map(|n| replaced(text, &parts, n, reads(&mut parts.iter().take(n).copied())?))
            })?;
        let end = hit.start + len;
        if self.hits_over(hit.start, end).any(|other| matches!(other.role, Role::Text | Role::Variant)) {
            return None;
        }
        let entry = self.catalogue.entry(long.entry)?;
        let meant: String = form.iter().map(|code| shown(*code)).collect();
        let (expected, _) = self.filled((hit.start, end), (hit.start, end), &meant);
        Some(self.misuse(MisuseKind::Misquote, Some(entry), (hit.start, end), Some(expected), false))
    }

    /// Whether a character stands inside that no writer puts there on purpose: 扎实推好动共同富裕, not 决定性的作用.
    pub fn is_put_in(&self, form: &[u16], gap: Gap) -> bool {
        let at = gap.found.0;
        let text = |from: usize, to: usize| -> String {
            self.folded.codes.get(from..to).unwrap_or_default().iter().map(|code| shown(*code)).collect()
        };
        let own = self.folded.get(at).unwrap_or(SEPARATOR);
        let varied = !is_han(own) || [JOINERS, LIGHT, PUT_IN].concat().contains(own) || self.is_particle(at);
        if varied || form.len() < TOLD || !(WORD..=form.len() - WORD).contains(&gap.meant.0) {
            return false;
        }
        let units: Vec<_> = text(at - 1, at + 2).chars().map(statistics::unit).collect();
        let strange = units.windows(2).filter(|pair| matches!(pair, &&[a, b] if !statistics::is_pair(a, b))).count();
        let is_word = dictionary::is_word(&text(at - 1, at + 1)) || dictionary::is_word(&text(at, at + 2));
        strange == 2 || !is_word && (strange == 1 || form.len() >= QUOTED && statistics::level(&units) == 0)
    }

    /// Whether a wording stops in its last word: 区域重大战，.
    pub fn is_cut_off(&self, form: &[u16], gap: Gap) -> bool {
        let (len, at) = (form.len(), gap.end);
        if gap.meant != (len - 1, len) || gap.found.0 < gap.found.1 || len < TOLD {
            return false;
        }
        let from = len.saturating_sub(REACH);
        let Some(last) = words_of(form, from..len).last().filter(|word| word.end == len && word.len() > 1) else {
            return false;
        };
        let left = last.len() - 1;
        let stub = self.folded.codes.get(at - left..at).unwrap_or_default();
        let stub: String = stub.iter().map(|code| shown(*code)).collect();
        let said = last.start >= LEAST - 1;
        let alone =
            words_of(&self.folded.codes, at.saturating_sub(REACH)..at).last().is_some_and(|word| word.len() == 1);
        let place = self.folded.get(at - 1).is_some_and(|c| PLACES.contains(c));
        said && alone && !place && !self.is_particle(at - 1) && (left == 1 || !dictionary::is_word(&stub))
    }
}

/// Whether the characters of the one stand in the other, in their order.
fn is_within(part: &[u16], whole: &[u16]) -> bool {
    let mut rest = whole.iter();
    part.iter().all(|code| rest.any(|other| other == code))
}

/// Where a wording ends that has another part in the place of the `n`th, behind the parts before it, which end at `at`:
/// 忠诚于党、不负人民 for 对党忠诚、不负人民.
fn replaced(text: &[u16], parts: &[&[u16]], n: usize, at: usize) -> Option<usize> {
    let (part, last) = (parts.get(n)?, n + 1 == parts.len());
    let said: usize = parts.iter().map(|part| part.len()).sum();
    let at = at + usize::from(shown(*text.get(at)?) == SEPARATOR);
    let reach = part.len() + WORD;
    let run = text.get(at..)?.iter().take(reach + 1);
    let len = run.take_while(|code| is_han(shown(**code)) && !(last && TAKEN_UP.contains(shown(**code)))).count();
    let own = text.get(at..at + len)?;
    let alike = own.iter().filter(|code| part.contains(code)).count();
    let near = len <= reach && len + WORD >= part.len() && !is_within(part, own);
    let joined = own.iter().any(|code| JOINERS.contains(shown(*code)));
    // Of four parts three tell it; of three two, where the other is like it; the last where something is left out.
    let known = if last {
        is_within(own, part) && own.first() == part.first() && own.last() == part.last()
    } else {
        parts.len() >= PARTS && alike > 0 || alike * 2 > part.len()
    };
    if parts.len() + 1 < PARTS || said < QUOTED || joined || !near || !known {
        return None;
    }
    parts.iter().skip(n + 1).try_fold(at + len, |at, part| {
        let at = at + usize::from(shown(*text.get(at)?) == SEPARATOR);
        text.get(at..)?.starts_with(part).then_some(at + part.len())
    })
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
