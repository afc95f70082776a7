//! `[[profile]]`: what was agreed for the drafts of one leader or unit.

use regex::Regex;

use super::Settings;
use crate::text::fold::fold;

/// What was agreed; the words in Simplified characters. Nothing is expected where it says nothing.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// Who speaks; empty: anybody.
    pub speaker: String,
    /// How the file is called, as it is written.
    pub files: String,
    /// The same, until the file is known to be called so.
    pub pattern: Option<Regex>,
    pub characters_per_minute: Option<u32>,
    /// A form, and the one that is wanted.
    pub say: Vec<(String, String)>,
    /// Forms that are not wanted.
    pub never: Vec<String>,
    pub salutation: String,
    /// How many sections of the first level there are.
    pub section_count: Option<u32>,
    /// What their headings hold in order, each one of several.
    pub sections: Vec<Vec<String>>,
}

impl Profile {
    /// One that examples go by.
    pub fn example() -> Self {
        let [speaker, from, to, salutation] = ["周明远", "提要求", "谈意见", "同志们"].map(str::to_owned);
        Self { speaker, say: vec![(from, to)], salutation, ..Self::default() }
    }

    /// A list in one text, 任务、目标.
    pub(super) fn choice(text: &str) -> Vec<String> {
        let words = text.split('、').map(str::trim).filter(|word| !word.is_empty());
        words.map(|word| fold(word).into_owned()).collect()
    }

    /// The name of a file with `*` for anything and `?` for a character.
    pub(super) fn pattern(text: &str) -> Option<Regex> {
        let pattern = regex::escape(text).replace(r"\*", ".*").replace(r"\?", ".");
        (!text.is_empty()).then(|| Regex::new(&format!(r"\A{pattern}\z")).ok()).flatten()
    }

    /// Who or what it is for, to be named in messages.
    pub fn name(&self) -> &str {
        if self.speaker.is_empty() { &self.files } else { &self.speaker }
    }
}

impl Settings {
    /// What of the profiles counts for the file called `name`.
    pub(super) fn name_file(&mut self, name: &str) {
        self.profiles.retain(|profile| profile.pattern.as_ref().is_none_or(|pattern| pattern.is_match(name)));
        self.profiles.iter_mut().for_each(|profile| profile.pattern = None);
    }

    /// The first profile, with its place, of a draft that is given by whom `speaks` says yes to.
    pub fn profile(&self, speaks: impl Fn(&str) -> bool) -> Option<(usize, &Profile)> {
        let counts =
            |profile: &Profile| profile.pattern.is_none() && (profile.speaker.is_empty() || speaks(&profile.speaker));
        self.profiles.iter().enumerate().find(|(_, profile)| counts(profile))
    }
}
