//! The ways in which a change is tried.

use crate::markup::STAND_IN;

/// How something is put into the draft.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Attempt {
    /// Not behind the character before it, but before the one behind it; a broken line is joined, a new one stands
    /// between blank ones.
    pub is_apart: bool,
    /// Signs of Markdown are written as characters.
    pub is_escaped: bool,
}

impl Attempt {
    pub fn next(self, is_markdown: bool) -> Option<Self> {
        match self {
            Self { is_escaped: false, .. } if is_markdown => Some(Self { is_escaped: true, ..self }),
            Self { is_apart: false, .. } => Some(Self { is_apart: true, is_escaped: false }),
            _ => None,
        }
    }

    /// A text as it goes into the draft.
    pub fn written(self, text: &str) -> String {
        if !self.is_escaped {
            return text.to_owned();
        }
        let digits = text.chars().take_while(char::is_ascii_digit).count();
        let mut out = String::with_capacity(text.len() + 8);
        for (at, c) in text.chars().enumerate() {
            let is_sign = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '$' | '&');
            let is_list =
                at == 0 && matches!(c, '-' | '+' | '=') || digits > 0 && at == digits && matches!(c, '.' | ')');
            if is_sign || is_list {
                out.push('\\');
            }
            out.push(c);
        }
        out
    }

    /// What was written, with a character that is no sign for each that was made one.
    pub fn bare(self, text: &str) -> String {
        let mut chars = text.chars();
        let next = || {
            let c = chars.next()?;
            Some(if c == '\\' && self.is_escaped { chars.next().map_or(c, |_| STAND_IN) } else { c })
        };
        std::iter::from_fn(next).collect()
    }
}
