//! How a text goes in between what stands before and behind a cursor: what stands there is said once, and quotation
//! marks come in pairs.

use super::fold::{FoldedText, is_han, is_transparent};
use crate::text::chars::{is_closing_quote, is_opening_quote};
use crate::text::position::floor;

/// A text that goes where something stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fitted {
    /// From this byte of the text before the cursor on everything is replaced.
    pub start: usize,
    pub text: String,
    /// The same as a list shows it: without regard to the marks around it.
    pub label: String,
    /// Characters before `start` that the text says again, and is put in the place of.
    pub led: usize,
    /// Characters behind the cursor that the text ended with, and leaves there.
    pub met: usize,
}

const PAIRS: [(char, char); 5] = [('“', '”'), ('「', '」'), ('『', '』'), ('‘', '’'), ('"', '"')];

fn closing(c: char) -> Option<char> {
    PAIRS.iter().find(|(opening, _)| *opening == c).map(|(_, closing)| *closing)
}

/// The quotation mark that is open at the end of `text`.
pub(super) fn open_quote(text: &str) -> Option<char> {
    let mut open = Vec::new();
    for c in text.chars() {
        if open.last().copied().and_then(closing) == Some(c) {
            open.pop();
        } else if is_opening_quote(c) {
            open.push(c);
        }
    }
    open.pop()
}

/// Fits `text` into the place of `before[start..]`. `closes`: it is all that stands between the quotation marks around it.
/// `None` when nothing is left to say.
pub(super) fn fit(before: &str, after: &str, start: usize, text: &str, closes: bool) -> Option<Fitted> {
    let (start, led) = led_in(before, start, text);
    let (text, met) = cut(text, after);
    let mut text = text.to_owned();
    let mut start = start;
    let mut closes_with = None;
    let head = before.get(..start)?;
    if let Some(quote) = head.chars().next_back().filter(|c| is_opening_quote(*c)) {
        if text.starts_with(is_opening_quote) {
            start -= quote.len_utf8();
        } else if closes {
            closes_with = closing(quote).filter(|c| !after.starts_with(*c));
        }
    }
    if text.starts_with(is_opening_quote) || text.contains('“') {
        text = nested(&text, open_quote(before.get(..start)?));
    }
    let label = text.clone();
    // What closes already behind the cursor.
    if let Some(last) = text.chars().next_back().filter(|c| is_closing_quote(*c) && after.starts_with(*c)) {
        text.truncate(text.len() - last.len_utf8());
    }
    text.extend(closes_with);
    (!text.is_empty() && before.get(start..) != Some(&text)).then_some(Fitted { start, text, label, led, met })
}

/// Where the text begins, if what stands before `start` is what it begins with; and how many characters that are.
fn led_in(before: &str, start: usize, text: &str) -> (usize, usize) {
    let head = before.get(..start).unwrap_or("");
    let (seen, own) = (FoldedText::of(head), FoldedText::of(text));
    let most = seen.len().min(own.len().saturating_sub(1));
    let same = |n: usize| seen.codes.get(seen.len() - n..) == own.codes.get(..n);
    let is_word = |n: usize| n > 1 || seen.len() == n || !seen.get(seen.len() - n - 1).is_some_and(is_han);
    match (1..=most).rev().find(|&n| same(n) && is_word(n)) {
        Some(n) => (seen.start(seen.len() - n), n),
        None => (start, 0),
    }
}

/// So many characters behind the cursor are surely the text going on, whatever follows them.
const SURE: usize = 4;

/// The text up to what stands behind the cursor already, and how many characters stand there.
fn cut<'t>(text: &'t str, after: &str) -> (&'t str, usize) {
    let rest = FoldedText::of(after.get(..floor(after, 256)).unwrap_or(after));
    if rest.len() == 0 {
        return (text, 0);
    }
    let own = FoldedText::of(text);
    let met = |from: usize| {
        let own = own.codes.get(from..).unwrap_or(&[]);
        let same = own.iter().zip(&rest.codes).take_while(|(a, b)| a == b).count();
        let is_word = same > 1 || same == 1 && !rest.get(0).is_some_and(is_han);
        (same >= SURE || same == own.len() && is_word).then_some((from, same))
    };
    match (1..own.len()).find_map(met) {
        Some((from, met)) => {
            let kept = text.get(..own.start(from)).unwrap_or(text);
            // An opening mark before what is cut goes with it.
            (kept.trim_end_matches(|c| is_opening_quote(c) && is_transparent(c)), met)
        }
        None => (text, 0),
    }
}

/// The text with the quotation marks that stand inside others.
fn nested(text: &str, open: Option<char>) -> String {
    match open {
        Some('“') => text.replace('“', "‘").replace('”', "’"),
        Some('「') => text.replace(['“', '「'], "『").replace(['”', '」'], "』"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line with the text put in at `^`, whatever stands from `|` to there replaced.
    fn put(line: &str, text: &str) -> Option<String> {
        let (before, after) = line.split_once('^').unwrap();
        let start = before.find('|').unwrap();
        let before = before.replace('|', "");
        let fitted = fit(&before, after, start, text, true)?;
        Some(format!("{}{}{after}", &before[..fitted.start], fitted.text))
    }

    #[test]
    fn nothing_is_said_twice() {
        for (line, text, wanted) in [
            ("要增强|sgys^。", "增强“四个意识”", "要增强“四个意识”。"),
            ("要增强“|sgys^”。", "增强“四个意识”", "要增强“四个意识”。"),
            ("要增强|sgys^。", "“四个意识”", "要增强“四个意识”。"),
            ("“|sgys^", "四个意识", "“四个意识”"),
            ("“|sgys^”", "四个意识", "“四个意识”"),
            ("他说：“要增强|sgys^", "“四个意识”", "他说：“要增强‘四个意识’"),
            ("要增强|^", "强化责任", "要增强强化责任"),
            ("统筹推进“|五位^”总体布局", "“五位一体”总体布局", "统筹推进“五位一体”总体布局"),
            (
                "更加紧密地|团结在^周围",
                "团结在以习近平同志为核心的党中央周围",
                "更加紧密地团结在以习近平同志为核心的党中央周围",
            ),
            (
                "不断增强|^、坚定“四个自信”，",
                "增强“四个意识”、坚定“四个自信”、做到“两个维护”",
                "不断增强“四个意识”、坚定“四个自信”，",
            ),
            (
                "增强“四个意识”、|坚定“^”、做到“两个维护”",
                "坚定“四个自信”、做到“两个维护”",
                "增强“四个意识”、坚定“四个自信”、做到“两个维护”",
            ),
        ] {
            assert_eq!(put(line, text).as_deref(), Some(wanted), "{line} {text}");
        }
        assert_eq!(put("要|四个意识^", "四个意识"), None);
    }

    #[test]
    fn open_quotes_are_known() {
        assert_eq!(open_quote("他说：“要‘甲’"), Some('“'));
        assert_eq!(open_quote("“甲”"), None);
        assert_eq!(open_quote("「甲"), Some('「'));
    }
}
