//! Wordings that are not quite there: one place in them is something else.
//!
//! A long wording is looked for by its beginning and its end. Where the one stands, what follows is held
//! against the wording: all of it has to agree but for one gap. Of a wording that is held exactly the gap may
//! be a word put for another, left out or doubled; of any other only a character put for one that is easily
//! taken for it.

use pinyin::ToPinyin;

use super::Entry;
use super::check::{Checker, Misuse, MisuseKind};
use super::fold::{is_han, is_permuted, shown};
use super::matcher::Role;
use super::patterns::is_numeral;
use crate::lexicon::{INTERCHANGEABLE, LOOK_ALIKE, NEVER_MISTAKEN};

/// Words that join, each as good as the others.
const JOINERS: &str = "和与及同";

/// So many characters may be exchanged for one another.
const MOST: usize = 6;

/// Where a text departs from a wording: characters of the wording, and those in their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Gap {
    /// The text that stands for the whole wording.
    start: usize,
    end: usize,
    /// Of the wording.
    meant: (usize, usize),
    /// Of the text.
    found: (usize, usize),
}

impl Gap {
    /// The only place where the text around character `at` departs from `form`, of which the piece from
    /// `offset` on stands there; `None` when all of it agrees, or more than one place does not. At the ends of the
    /// wording, where it may simply go on otherwise, a gap is one character for another.
    fn around(text: &[u16], at: usize, form: &[u16], offset: usize, widest: usize) -> Option<Self> {
        let (before, piece) = form.split_at_checked(offset)?;
        let (head, tail) = text.split_at_checked(at)?;
        let back = head.iter().rev().zip(before.iter().rev()).take_while(|(a, b)| a == b).count();
        let ahead = tail.iter().zip(piece).take_while(|(a, b)| a == b).count();
        let (left, right) = (back == offset, ahead == piece.len());
        // A gap of so many characters of the wording, and so many that stand there in the text.
        let fits = |meant: usize, found: usize| -> Option<Self> {
            let (agrees, of_form, of_text) = if left {
                let (from, place) = (offset + ahead, at + ahead);
                let rest = form.get(from + meant..)?;
                let agrees = text.get(place + found..)?.starts_with(rest);
                (agrees, (from, from + meant), (place, place + found))
            } else {
                let (to, place) = (offset - back, at - back);
                let rest = form.get(..to.checked_sub(meant)?)?;
                let agrees = text.get(..place.checked_sub(found)?)?.ends_with(rest);
                (agrees, (to - meant, to), (place - found, place))
            };
            let start = of_text.0.checked_sub(of_form.0)?;
            let end = of_text.1 + form.len() - of_form.1;
            let at_end = of_form.0 == 0 || of_form.1 == form.len();
            (agrees && end <= text.len() && (!at_end || (meant, found) == (1, 1))).then_some(Self {
                start,
                end,
                meant: of_form,
                found: of_text,
            })
        };
        if left == right {
            return None;
        }
        let is_exchange = |gap: &Self| {
            let parts = (form.get(gap.meant.0..gap.meant.1), text.get(gap.found.0..gap.found.1));
            parts.0.zip(parts.1).is_some_and(|(meant, found)| is_permuted(meant, found))
        };
        if let Some(gap) = (2..=MOST).filter_map(|n| fits(n, n)).find(is_exchange) {
            return Some(gap);
        }
        let mut sizes: Vec<(usize, usize)> =
            (0..=widest).flat_map(|f| (0..=widest + 1).map(move |g| (f, g))).skip(1).collect();
        sizes.sort_by_key(|&(f, g)| (f + g, f.abs_diff(g), g));
        sizes.into_iter().find_map(|(f, g)| fits(f, g))
    }

    /// True at the beginning or the end of the wording.
    fn is_at_edge(&self, form: &[u16]) -> bool {
        self.meant.0 == 0 || self.meant.1 == form.len()
    }
}

impl<'c> Checker<'_, 'c> {
    /// The wordings that are there but for one place.
    pub fn near_misses(&self) -> Vec<Misuse<'c>> {
        self.hits
            .iter()
            .filter_map(|hit| {
                let Role::Piece(offset) = hit.role else { return None };
                let form = self.matcher.long_text(hit.entry)?;
                let entry = self.catalogue.entry(hit.entry)?;
                let widest = usize::from(entry.held.max(1));
                let gap = Gap::around(&self.folded.codes, hit.start, form, offset.into(), widest)?;
                let sure = if entry.held > 0 { self.is_garbled(entry, form, gap) } else { self.is_misheard(form, gap) };
                self.near_miss(entry, form, gap, sure?)
            })
            .collect()
    }

    /// Whether the gap makes something else of a wording that is held exactly, and whether that is sure.
    fn is_garbled(&self, entry: &Entry, form: &[u16], gap: Gap) -> Option<bool> {
        let (meant, found) = (form.get(gap.meant.0..gap.meant.1)?, self.folded.codes.get(gap.found.0..gap.found.1)?);
        let han = |codes: &[u16]| codes.iter().all(|code| is_han(shown(*code)));
        let number = |codes: &[u16]| codes.iter().any(|code| is_numeral(shown(*code)));
        let mark = |codes: &[u16]| !codes.is_empty() && codes.iter().all(|code| !is_han(shown(*code)));
        if !(han(found) || is_permuted(meant, found)) || mark(meant) {
            return None;
        }
        // Another congress, another plan.
        if number(found) && (meant.is_empty() || number(meant)) {
            return None;
        }
        let widest = usize::from(entry.held);
        let slip = match (meant, found) {
            // What is put in makes it more precise, but for a character that stands there already.
            ([], [code]) => {
                let around = [gap.found.0.checked_sub(1)?, gap.found.1];
                around.iter().any(|at| self.folded.codes.get(*at) == Some(code))
            }
            ([], _) => false,
            ([meant], [found]) => ![meant, found].into_iter().all(|code| JOINERS.contains(shown(*code))),
            // 全国统一电力市场 is another market.
            _ => meant.len().max(found.len()) <= widest || is_permuted(meant, found),
        };
        if !slip {
            return None;
        }
        if gap.is_at_edge(form) {
            let (&[meant], &[found]) = (meant, found) else { return None };
            if !is_taken_for(shown(found), shown(meant)) {
                return None;
            }
        }
        // Part of another wording: one that goes on beyond this, or is most of it.
        let (from, to) =
            if gap.found.0 < gap.found.1 { gap.found } else { (gap.found.0.checked_sub(1)?, gap.found.1 + 1) };
        let whole = gap.end - gap.start;
        let known = self.hits_over(from, to).any(|hit| match hit.role {
            // What is noted is known better.
            Role::Misquote(_) => true,
            Role::Variant if hit.entry == entry.number() => true,
            Role::Text | Role::Variant => {
                hit.start < gap.start || gap.end < hit.end || (hit.end - hit.start) * 3 > whole * 2
            }
            _ => false,
        });
        (!known).then_some(true)
    }

    /// Whether the gap is one character put for another that is easily taken for it, and whether that is sure.
    fn is_misheard(&self, form: &[u16], gap: Gap) -> Option<bool> {
        let (&[meant], &[found]) =
            (form.get(gap.meant.0..gap.meant.1)?, self.folded.codes.get(gap.found.0..gap.found.1)?)
        else {
            return None;
        };
        let sure = form.len() >= 8;
        let known = self
            .hits_over(gap.found.0, gap.found.1)
            .any(|other| matches!(other.role, Role::Text | Role::Variant | Role::Member(_)));
        (is_confusable(shown(found), shown(meant)) && (sure || !gap.is_at_edge(form)) && !known).then_some(sure)
    }

    fn near_miss(&self, entry: &'c Entry, form: &[u16], gap: Gap, sure: bool) -> Option<Misuse<'c>> {
        let meant: String = form.get(gap.meant.0..gap.meant.1)?.iter().map(|code| shown(*code)).collect();
        let (expected, exact) = self.filled((gap.start, gap.end), gap.found, &meant);
        let misuse =
            self.misuse(MisuseKind::Misquote, Some(entry), (gap.start, gap.end), Some(expected), exact && sure);
        Some(Misuse { sure, ..misuse })
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::slogans::fold::codes;

    #[track_caller]
    fn check(form: &str, piece: &str, text: &str, gap: Option<(&str, &str)>) {
        let (form, text): (Vec<u16>, Vec<u16>) = (codes(form).collect(), codes(text).collect());
        let piece: Vec<u16> = codes(piece).collect();
        let place = |whole: &[u16]| whole.windows(piece.len()).position(|part| part == piece).unwrap();
        let (offset, at) = (place(&form), place(&text));
        let part =
            |codes: &[u16], (from, to): (usize, usize)| codes[from..to].iter().map(|c| shown(*c)).collect::<String>();
        let found = Gap::around(&text, at, &form, offset, 3);
        let found = found.map(|gap| (part(&form, gap.meant), part(&text, gap.found)));
        assert_eq!(found, gap.map(|(a, b)| (a.to_owned(), b.to_owned())));
    }

    #[test]
    fn one_place_may_be_something_else() {
        let form = "习近平新时代中国特色社会主义思想";
        let piece = "习近平新";
        check(form, piece, "学习习近平新时代特色社会主义思想。", Some(("中国", "")));
        check(form, piece, "习近平新时期中国特色社会主义思想", Some(("代", "期")));
        check(form, piece, "习近平新时代中国特色主义思想", Some(("社会", "")));
        check(form, piece, "习近平新时代中国特色社会会主义思想", Some(("", "会")));
        check(form, piece, "习近平新时代中国特色社会主义思想", None);
        check(form, piece, "习近平新时期中国特色社会思想", None);
        check(form, "义思想", "习总书记新时代中国特色社会主义思想", Some(("近平", "总书记")));
        check("稳中求进工作总基调", "总基调", "坚持稳中有进工作总基调", Some(("求", "有")));
        check("绿水青山就是金山银山", "绿水青", "绿水青山就是银山金山", Some(("金山银", "银山金")));
    }
}
