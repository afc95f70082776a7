//! What a candidate is.

use super::{Form, Style};
use crate::text::chars::is_space;

/// What stands in front of a rank.
pub const ORDINAL: char = '第';

/// What stands for a name that is not to be given.
pub const HIDDEN: char = '某';

/// What is known of the line besides its text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place {
    pub markdown: bool,
    /// Where the text starts, behind indentation and prefix.
    pub start: usize,
}

/// A run, span or place in bytes of the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub start: usize,
    pub end: usize,
    pub style: Style,
    pub form: Form,
    /// A date, a time, a span: more than one run of marks.
    pub composite: bool,
    /// What stands between the brackets, for fields.
    pub inner: (usize, usize),
}

impl Candidate {
    pub fn new(start: usize, end: usize, style: Style) -> Self {
        Self { start, end, style, form: Form::Mark, composite: false, inner: (start, end) }
    }

    /// A hole that may be one.
    pub(super) fn hole(start: usize, end: usize) -> Self {
        Self { form: Form::Elided, ..Self::new(start, end, Style::Hole) }
    }

    /// A hole that is one by its words.
    pub(super) fn elided(start: usize, end: usize) -> Self {
        Self { form: Form::Elided, ..Self::new(start, end, Style::House) }
    }
}

pub fn is_mark(c: char) -> bool {
    style_of(c).is_some()
}

/// The end of the run of characters for which `is` holds, and their number.
pub fn run(line: &str, at: usize, is: impl Fn(char) -> bool) -> (usize, usize) {
    let rest = line.get(at..).unwrap_or("");
    let (mut end, mut count) = (at, 0);
    for c in rest.chars() {
        if !is(c) {
            break;
        }
        end += c.len_utf8();
        count += 1;
    }
    (end, count)
}

/// The style of a mark that stands for a character of a name or a number.
pub const fn style_of(c: char) -> Option<Style> {
    Some(match c {
        'X' | 'x' | 'Ｘ' | 'ｘ' | 'Ⅹ' => Style::Cross,
        '×' | '╳' | '✕' | '✖' | 'х' | 'Х' => Style::Times,
        '*' | '＊' | '﹡' => Style::Star,
        HIDDEN => Style::Some,
        '〇' | '※' | '☆' | '\u{25A0}'..='\u{25FF}' => Style::Ring,
        '_' | '＿' | '﹍' | '﹎' | '﹏' | '▁' => Style::Line,
        _ => return None,
    })
}

/// True when `text` is nothing but spaces and lines to write on.
pub fn is_blank_run(text: &str) -> bool {
    text.chars().all(|c| is_space(c) || style_of(c) == Some(Style::Line))
}
