//! What stands around a finding: titles, quotes, the sentence, dates.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::Date;
use super::fold::{self, WIDTH, simplified};
use crate::lexicon::{FIVE_YEAR_PLAN, OF_THE_PAST, PUBLISHED, SPOKEN_ABOUT};
use crate::numeral::chinese_digit;
use crate::text::Range;
use crate::text::fold::fold;
use crate::text::set::CharSet;

/// True when the text in `range` is spoken about: 不能写成“…”.
pub(super) fn is_spoken_about(line: &str, range: Range) -> bool {
    let before: String = line
        .get(..range.start as usize)
        .unwrap_or("")
        .chars()
        .rev()
        .filter(|c| !fold::is_transparent(*c))
        .take(4)
        .collect();
    let before: String = before.chars().rev().map(simplified).collect();
    SPOKEN_ABOUT.ends_at(&before, before.len())
}

/// True inside “…” that quotes more than the text in `range`.
pub(super) fn is_in_long_quote(line: &str, range: Range) -> bool {
    let (line, range) = window(line, range);
    let before = line.get(..range.start as usize).unwrap_or("");
    let after = line.get(range.end as usize..).unwrap_or("");
    let opened = match (before.rfind(['“', '「']), before.rfind(['”', '」'])) {
        (Some(open), Some(close)) => (open > close).then_some(open),
        (open, None) => open,
        (None, _) => None,
    };
    let (Some(open), Some(close)) = (opened, after.find(['”', '」'])) else {
        return false;
    };
    before.len() - open + close > 5 * WIDTH
}

/// True when the sentence around `range` tells of a time before `since`, or of how the old wording
/// became `successor`.
pub(super) fn is_about_the_past(line: &str, range: Range, since: Date, successor: &str) -> bool {
    let (line, range) = window(line, range);
    let sentence = sentence_around(line, range);
    let folded = fold(sentence);
    OF_THE_PAST.find(&folded).is_some()
        || years(sentence).chain(spelled_years(&folded)).chain(plan_years(&folded)).any(|year| year <= since.year)
        || (!successor.is_empty() && folded.contains(successor))
}

/// True directly between quotation marks.
pub(super) fn is_quoted(line: &str, range: Range) -> bool {
    let before = line.get(..range.start as usize).unwrap_or("");
    let after = line.get(range.end as usize..).unwrap_or("");
    before.ends_with(['“', '「', '"', '『']) && after.starts_with(['”', '」', '"', '』'])
}

/// The byte ranges of 《…》 with their marks, the outer ones only, from left to right.
pub(super) fn titles(line: &str) -> Vec<Range> {
    let mut titles = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    static MARKS: CharSet = CharSet::of("《》");
    let mut next = 0;
    while let Some(at) = MARKS.find(line, next) {
        next = at + WIDTH;
        let mark = line.get(at..next).unwrap_or("");
        open = match (mark, open) {
            ("《", None) => Some((at, 1)),
            ("《", Some((start, depth))) => Some((start, depth + 1)),
            (_, Some((start, 1))) => {
                titles.push(Range::new(start, at + mark.len()));
                None
            }
            (_, Some((start, depth))) => Some((start, depth - 1)),
            (_, None) => None,
        };
    }
    titles
}

/// The line around `range`, as far as anything may matter, and `range` in it: a draft may be one
/// line of a megabyte.
fn window(line: &str, range: Range) -> (&str, Range) {
    const REACH: usize = 1500;
    let (start, end) = (range.start as usize, range.end as usize);
    let from = (start.saturating_sub(REACH)..=start).find(|at| line.is_char_boundary(*at)).unwrap_or(start);
    let to = (end..=line.len().min(end + REACH)).rev().find(|at| line.is_char_boundary(*at)).unwrap_or(end);
    let text = line.get(from..to).unwrap_or("");
    (text, Range::new(start - from, end - from))
}

fn sentence_around(line: &str, range: Range) -> &str {
    const ENDS: [char; 4] = ['。', '！', '？', '；'];
    let before = line.get(..range.start as usize).unwrap_or("");
    let after = line.get(range.end as usize..).unwrap_or("");
    let start = before.char_indices().rev().find(|(_, c)| ENDS.contains(c)).map_or(0, |(at, c)| at + c.len_utf8());
    let end = after.find(ENDS).map_or(line.len(), |at| range.end as usize + at);
    line.get(start..end).unwrap_or("")
}

/// The years written in Arabic numerals before 年.
fn years(text: &str) -> impl Iterator<Item = u16> + '_ {
    text.match_indices('年').filter_map(|(at, _)| {
        let digits = text.get(at.checked_sub(4)?..at)?;
        digits.parse().ok().filter(|year| (1900..2100).contains(year))
    })
}

/// The years written in Chinese numerals before 年: 一九八三年.
fn spelled_years(text: &str) -> impl Iterator<Item = u16> + '_ {
    text.match_indices('年').filter_map(|(at, _)| {
        let digits = text.get(at.checked_sub(4 * WIDTH)?..at)?;
        let digit = |c: char| if matches!(c, '〇' | '零') { Some(0) } else { chinese_digit(c) };
        digits.chars().try_fold(0, |year, c| Some(year * 10 + digit(c)? as u16)).filter(|y| (1900..2100).contains(y))
    })
}

/// The first years of the five-year plans that a text names.
fn plan_years(text: &str) -> impl Iterator<Item = u16> + '_ {
    text.char_indices()
        .filter_map(|(at, _)| FIVE_YEAR_PLAN.at(text, at)?.1.value.parse().ok())
        .map(|before: u16| before + 1)
}

static YEAR: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("年"));

/// The newest month written in a text as 2026年8月 or 2026年, not after `today`: a guess at when it
/// was written. Years that something is to last or be reached until (到2035年) do not count.
pub fn newest_date(text: &str, today: Date) -> Option<Date> {
    YEAR.find_iter(text.as_bytes())
        .filter_map(|at| {
            let start = at.checked_sub(4)?;
            let year: u16 = text.get(start..at)?.parse().ok()?;
            let head = text.get(..start)?;
            let label = head.trim_end_matches([' ', '\t', '\u{3000}', '：', ':']);
            if PUBLISHED.ends_at(label, label.len()) {
                return None;
            }
            let before = head.chars().next_back();
            if before.is_some_and(|c| matches!(c, '到' | '至' | '—' | '-' | '～' | '~' | '–' | '－')) {
                return None;
            }
            let rest = text.get(at + '年'.len_utf8()..)?;
            // 对2020年前的改革作出部署
            if rest.starts_with('前') {
                return None;
            }
            let (month, rest) = rest.split_at(rest.bytes().take_while(u8::is_ascii_digit).count());
            let month =
                month.parse().ok().filter(|month| rest.starts_with('月') && (1..=12).contains(month)).unwrap_or(1);
            let date = Date { year, month };
            // （2026年9月） is what the draft is dated, however new.
            let dated = before.is_some_and(|c| matches!(c, '（' | '(')) && rest.starts_with('月');
            let date = if dated && year <= today.year + 1 { date.min(today) } else { date };
            (year >= 1990 && date <= today).then_some(date)
        })
        .max()
}
