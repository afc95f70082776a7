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
    english: String,
}

impl Saying {
    pub fn new(hans: impl Into<String>, english: impl Into<String>) -> Self {
        Self { hans: hans.into(), english: english.into() }
    }

    /// In Simplified Chinese and in English.
    pub(super) fn both(&self) -> [&str; 2] {
        [&self.hans, &self.english]
    }

    /// The same of a line of a file.
    #[must_use]
    pub fn of_line(&self, file: &str, line: u32) -> Self {
        let Self { hans, english } = self;
        Self::new(format!("{file}:{line}: {hans}"), format!("{file}:{line}: {english}"))
    }

    pub fn text(&self, locale: Locale) -> Cow<'_, str> {
        match locale {
            Locale::English => Cow::Borrowed(&self.english),
            Locale::Hant => Cow::Owned(traditional(&self.hans).unwrap_or_else(|| self.hans.clone())),
            Locale::Hans => Cow::Borrowed(&self.hans),
        }
    }
}

/// A [`Saying`] of two texts with something to fill in.
macro_rules! said {
    ($hans:literal, $english:literal $(,)?) => {
        $crate::settings::saying::Saying::new(format!($hans), format!($english))
    };
}
pub(super) use said;

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
