//! Reading numbers with what they are counted in.

use crate::lexicon::FACTOR;
use crate::text::chars::skip_spaces;

/// A number as it is written: 42.7, 1,200万.
pub struct Number {
    pub value: f64,
    /// One in its last digit.
    pub step: f64,
    /// It has neither decimals nor a factor.
    pub is_plain: bool,
    /// The byte where what it counts begins, behind blanks and the factor.
    pub end: usize,
}

/// The number whose digits stand from byte `start` to byte `end` of a line.
pub fn number(line: &str, start: usize, end: usize) -> Option<Number> {
    let digits: String = line.get(start..end)?.chars().filter(|c| *c != ',').collect();
    let value: f64 = digits.parse().ok()?;
    let decimals = digits.split_once('.').map_or(0, |(_, behind)| behind.len());
    let unit = skip_spaces(line, end);
    let (factor, end) = match FACTOR.at(line, unit) {
        Some((range, row)) => (row.value.parse().ok()?, range.end as usize),
        None => (1.0, unit),
    };
    let is_plain = decimals == 0 && end == unit;
    Some(Number { value: value * factor, step: 0.1f64.powi(decimals as i32) * factor, is_plain, end })
}
