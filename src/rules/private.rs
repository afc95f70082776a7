//! Numbers as they are written: in one piece, in groups, in digits of full width.

use crate::text::Range;

/// Digits without anything between them.
pub(super) struct Run {
    pub range: Range,
    pub digits: String,
}

/// All runs of digits in a line that belong to no word and no decimal.
pub(super) fn runs(line: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (at, c) in line.char_indices() {
        let Some(digit) = digit(c) else { continue };
        let end = (at + c.len_utf8()) as u32;
        match runs.last_mut().filter(|run| run.range.end as usize == at) {
            Some(run) => {
                run.range.end = end;
                run.digits.push(digit);
            }
            None => runs.push(Run { range: Range { start: at as u32, end }, digits: digit.to_string() }),
        }
    }
    runs
}

fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10),
        _ => None,
    }
}

/// The runs from `n` on that have these lengths, with one separator between two: where they stand, and all digits.
pub(super) fn grouped(line: &str, runs: &[Run], n: usize, lengths: &[usize]) -> Option<(Range, String)> {
    let here = runs.get(n..n + lengths.len())?;
    let fits = here.iter().zip(lengths).all(|(run, length)| run.digits.len() == *length);
    let is_parted = |pair: &[Run]| {
        let between = line.get(pair[0].range.end as usize..pair[1].range.start as usize).unwrap_or("");
        let mut chars = between.chars();
        chars.next().is_some_and(|c| matches!(c, ' ' | '\u{a0}' | '　' | '-' | '－' | '–' | '—'))
            && chars.next().is_none()
    };
    (fits && here.windows(2).all(is_parted)).then(|| {
        let range = Range { start: here[0].range.start, end: here[here.len() - 1].range.end };
        (range, here.iter().map(|run| run.digits.as_str()).collect())
    })
}

/// Whether a number is no part of a longer one, of a word of letters, or of an address.
pub(super) fn stands_alone(line: &str, range: Range) -> bool {
    let joins = |c: char| {
        c.is_ascii_alphanumeric() || digit(c).is_some() || matches!(c, '.' | '_' | '/' | '@' | '-' | '=' | '%')
    };
    let (head, tail) = (&line[..range.start as usize], &line[range.end as usize..]);
    // A full stop in ASCII may end the sentence.
    let goes_on = tail.strip_prefix('.').map_or_else(|| tail.starts_with(joins), |rest| rest.starts_with(joins));
    !head.ends_with(joins) && !goes_on
}

/// What may be shown of a number that is not to be seen.
pub(super) fn masked(text: &str) -> String {
    let count = text.chars().count();
    text.chars().enumerate().map(|(n, c)| if n < 3 || n + 2 >= count { c } else { '*' }).collect()
}

/// Whether the digits satisfy the check digit of cards (ISO/IEC 7812).
pub(super) fn is_luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(n, byte)| {
            let value = u32::from(byte - b'0') << (n % 2);
            if value > 9 { value - 9 } else { value }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Whether the digits have a day of birth at its place, as numbers of identity have.
pub(super) fn has_birthday(digits: &str) -> bool {
    let number = |range: std::ops::Range<usize>| digits.get(range).and_then(|part| part.parse::<u32>().ok());
    let (Some(year), Some(month), Some(day)) = (number(6..10), number(10..12), number(12..14)) else { return false };
    let days = match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=days).contains(&day)
}
