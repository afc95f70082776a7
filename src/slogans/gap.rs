//! Where a text departs from a wording in one place.

use std::sync::LazyLock;

use super::fold::{is_han, is_permuted, shown};

/// Words that join, each as good as the others.
pub(super) const JOINERS: &str = "和与及同";

/// Words that may be left out of most wordings, which say the same without them.
pub(super) const LIGHT: &str = "的和与及之";

/// Behind a noun they say where or when: 污染防治攻坚上.
pub(super) const PLACES: &str = "上中下里内外前后时间";

/// Behind a wording: what takes it up.
pub(super) const TAKEN_UP: &str = "的等这之";

/// Characters of a wording of which one that is like nothing else may be told at its end.
pub(super) const TOLD: usize = 6;

/// Characters that tell a wording from all others, however it ends.
pub(super) const LEAST: usize = 5;

/// So many characters may be exchanged for one another.
pub(super) const MOST: usize = 6;

/// And so many at its ends, where it goes on otherwise.
pub(super) const EXCHANGED: usize = 4;

/// Characters of most words.
pub(super) const WORD: usize = 2;

/// The most that a row says of how much is held.
pub(super) const WIDEST: usize = 3;

/// Where a text departs from a wording: characters of the wording, and those in their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gap {
    /// The text that stands for the whole wording.
    pub start: usize,
    pub end: usize,
    /// Of the wording.
    pub meant: (usize, usize),
    /// Of the text.
    pub found: (usize, usize),
}

/// How many characters a gap has in the wording and in the text, the most likely first.
static SIZES: LazyLock<Vec<(usize, usize)>> = LazyLock::new(|| {
    let all = (0..=WIDEST).flat_map(|f| (0..=WIDEST + 1).map(move |g| (f, g)));
    let mut sizes: Vec<(usize, usize)> = all.skip(1).collect();
    sizes.sort_by_key(|&(f, g)| (f + g, f.abs_diff(g), g));
    sizes
});

impl Gap {
    /// The only place where the text around character `at` departs from `form`, of which the piece from
    /// `offset` on stands there; `None` when all of it agrees, or more than one place does not. At the ends of the
    /// wording, where it may simply go on otherwise, no more than a word is put for another, or cut off.
    pub fn around(text: &[u16], at: usize, form: &[u16], offset: usize, widest: usize) -> Option<Self> {
        let (before, piece) = form.split_at_checked(offset)?;
        let (head, tail) = text.split_at_checked(at)?;
        let back = head.iter().rev().zip(before.iter().rev()).take_while(|(a, b)| a == b).count();
        let ahead = tail.iter().zip(piece).take_while(|(a, b)| a == b).count();
        let (left, right) = (back == offset, ahead == piece.len());
        if left == right || !Self::may_close(text, form, (offset - back, offset + ahead), (at - back, at + ahead), left)
        {
            return None;
        }
        // A gap of so many characters of the wording, and so many that stand there in the text.
        let fits = |meant: usize, found: usize| -> Option<Self> {
            // What lies farthest from the gap tells most of what does not agree.
            let (agrees, of_form, of_text) = if left {
                let (from, place) = (offset + ahead, at + ahead);
                let rest = form.get(from + meant..)?;
                if !rest.is_empty() && text.get(place + found + rest.len() - 1) != rest.last() {
                    return None;
                }
                let agrees = text.get(place + found..)?.starts_with(rest);
                (agrees, (from, from + meant), (place, place + found))
            } else {
                let (to, place) = (offset - back, at - back);
                let rest = form.get(..to.checked_sub(meant)?)?;
                if !rest.is_empty() && text.get(place.checked_sub(found + rest.len())?) != rest.first() {
                    return None;
                }
                let agrees = text.get(..place.checked_sub(found)?)?.ends_with(rest);
                (agrees, (to - meant, to), (place - found, place))
            };
            let start = of_text.0.checked_sub(of_form.0)?;
            let end = of_text.1 + form.len() - of_form.1;
            let at_end = of_form.0 == 0 || of_form.1 == form.len();
            let beyond = if of_form.0 == 0 { start.checked_sub(1) } else { Some(end) };
            let ends = beyond.and_then(|at| text.get(at)).is_none_or(|code| !is_han(shown(*code)));
            let sized = !at_end || found == meant && meant <= EXCHANGED || found == 0 && meant <= WORD && ends;
            (agrees && end <= text.len() && sized).then_some(Self { start, end, meant: of_form, found: of_text })
        };
        let is_exchange = |gap: &Self| {
            let parts = (form.get(gap.meant.0..gap.meant.1), text.get(gap.found.0..gap.found.1));
            parts.0.zip(parts.1).is_some_and(|(meant, found)| is_permuted(meant, found))
        };
        if let Some(gap) = (2..=MOST).filter_map(|n| fits(n, n)).find(is_exchange) {
            return Some(gap);
        }
        let sizes = SIZES.iter().filter(|(f, g)| *f <= widest && *g <= widest + 1);
        sizes.copied().find_map(|(f, g)| fits(f, g).filter(|gap| g <= WORD || !gap.is_at_edge(form)))
    }

    /// The one character in which the text around character `at` departs from `form`, of which the piece from `offset`
    /// on stands there.
    pub fn single(text: &[u16], at: usize, form: &[u16], offset: usize) -> Option<Self> {
        let start = at.checked_sub(offset)?;
        let there = text.get(start..start + form.len())?;
        let place = form.iter().zip(there).position(|(a, b)| a != b)?;
        let rest = place + 1;
        (form.get(rest..) == there.get(rest..)).then_some(Self {
            start,
            end: start + form.len(),
            meant: (place, rest),
            found: (start + place, start + rest),
        })
    }

    /// False where the far end of the wording stands nowhere near and is too far off to belong to the gap: nearly
    /// always. What agrees is `form_range` of the wording, `text_range` of the text.
    fn may_close(
        text: &[u16],
        form: &[u16],
        form_range: (usize, usize),
        text_range: (usize, usize),
        left: bool,
    ) -> bool {
        let rest = if left { form.len() - form_range.1 } else { form_range.0 };
        let reach = rest + WIDEST + 1;
        let near = if left {
            text.get(text_range.1..(text_range.1 + reach).min(text.len())).zip(form.last())
        } else {
            text.get(text_range.0.saturating_sub(reach)..text_range.0).zip(form.first())
        };
        rest <= EXCHANGED || near.is_some_and(|(near, end)| near.contains(end))
    }

    /// A character left out before the last one, as another word at the end.
    pub fn widened(self, form: &[u16], text: &[u16]) -> Option<Self> {
        let (from, to) = (self.found.0, self.found.0 + WORD);
        let left_out = self.found.0 == self.found.1 && self.meant.0 + WORD == form.len() && to <= text.len();
        left_out.then_some(Self { meant: (self.meant.0, form.len()), found: (from, to), end: to, ..self })
    }

    /// True at the beginning or the end of the wording.
    pub fn is_at_edge(&self, form: &[u16]) -> bool {
        self.meant.0 == 0 || self.meant.1 == form.len()
    }
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
