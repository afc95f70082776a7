//! What is said of a settings file, in the language of whoever reads it.

use std::borrow::Cow;
use std::fmt::{self, Display};
use std::ops::Deref;

use crate::locale::Locale;
use crate::slogans::traditional;

/// A message in Chinese and in English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saying {
    hans: String,
    /// Empty where there is none.
    english: String,
}

impl Saying {
    pub fn new(hans: impl Into<String>, english: impl Into<String>) -> Self {
        Self { hans: hans.into(), english: english.into() }
    }

    pub fn text(&self, locale: Locale) -> Cow<'_, str> {
        match locale {
            Locale::English if !self.english.is_empty() => Cow::Borrowed(&self.english),
            Locale::Hant => Cow::Owned(traditional(&self.hans).unwrap_or_else(|| self.hans.clone())),
            _ => Cow::Borrowed(&self.hans),
        }
    }
}

impl From<String> for Saying {
    fn from(hans: String) -> Self {
        Self { hans, english: String::new() }
    }
}

/// The message in Simplified Chinese.
impl Deref for Saying {
    type Target = str;

    fn deref(&self) -> &str {
        &self.hans
    }
}

impl Display for Saying {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}
