//! `[[ignore]]`: findings that are passed over where they stand in certain words.

use std::ffi::OsStr;
use std::path::Path;

use super::Settings;
use crate::text::Range;

/// A finding of this rule that lies within these words is not reported.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exception {
    /// The code of the rule.
    pub rule: String,
    pub text: String,
    /// The draft that it is about, as the file has it, or once the file has been read its whole path; empty:
    /// every draft.
    pub file: String,
}

impl Exception {
    /// Whether what the rule `code` found at `range` of `line` lies within the words.
    pub fn covers(&self, code: &str, line: &str, range: Range) -> bool {
        let (start, end) = (range.start as usize, range.end as usize);
        let holds = |at: usize| at <= start && end <= at + self.text.len();
        self.rule == code && line.match_indices(self.text.as_str()).any(|(at, _)| holds(at))
    }
}

impl Settings {
    /// The settings for one draft, where they are others: what is said of other drafts is left out, last year's
    /// is not looked at against itself, and profiles may go by the name of the file.
    #[must_use]
    pub fn for_draft(&self, path: &str) -> Option<Self> {
        let counts = |exception: &Exception| exception.file.is_empty() || exception.file == path;
        let is_former = self.former.as_ref().is_some_and(|former| former.path == path);
        let is_named = self.profiles.iter().any(|profile| profile.pattern.is_some());
        if !is_former && !is_named && self.exceptions.iter().all(counts) {
            return None;
        }
        let mut settings = self.clone();
        settings.exceptions.retain(counts);
        settings.former = settings.former.filter(|_| !is_former);
        settings.name_file(Path::new(path).file_name().and_then(OsStr::to_str).unwrap_or(path));
        Some(settings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cover_what_lies_within_them() {
        let line = "XX区要带头，XX牌要打响，XX牌要擦亮。";
        let exception =
            Exception { rule: "placeholder".to_owned(), text: "XX牌要打响".to_owned(), file: String::new() };
        let at: Vec<usize> = line.match_indices("XX").map(|(at, _)| at).collect();
        let covered = |code: &str| at.iter().map(|&at| exception.covers(code, line, Range::new(at, at + 2))).collect();
        let found: Vec<bool> = covered("placeholder");
        assert_eq!(found, [false, true, false]);
        let found: Vec<bool> = covered("repeated-word");
        assert_eq!(found, [false; 3]);
        let whole = Range::new(0, line.len());
        assert!(!exception.covers("placeholder", line, whole));
    }
}
