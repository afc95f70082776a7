//! Settings: `jianggao.toml`, read the same way for the command line and the server.
//!
//! No files are opened here: a settings file comes in as text, and what is wrong with it goes out as
//! values.

pub mod amend;
mod exceptions;
mod formulations;
pub mod keys;
pub mod nearest;
mod parse;
mod profile;
mod saying;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::former::Former;
use crate::indicators::Indicators;
use crate::lexicon::own::Words;

pub use exceptions::Exception;
pub use formulations::{Formulations, NamedFiles, PackText};
pub use profile::Profile;
pub use saying::Saying;

use crate::locale::Locale;

/// How much a finding matters. The most severe comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Error,
    Warning,
    Information,
    Hint,
}

impl Severity {
    pub const ALL: [Self; 4] = [Self::Error, Self::Warning, Self::Information, Self::Hint];

    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Information => "information",
            Self::Hint => "hint",
        }
    }

    /// The Chinese name, which settings accept as well.
    pub fn chinese_name(self) -> &'static str {
        match self {
            Self::Error => "错误",
            Self::Warning => "警告",
            Self::Information => "信息",
            Self::Hint => "提示",
        }
    }

    /// The name in a report.
    pub fn name_in(self, locale: Locale) -> &'static str {
        let traditional = match self {
            Self::Error => "錯誤",
            Self::Warning => "警告",
            Self::Information => "資訊",
            Self::Hint => "提示",
        };
        locale.pick(self.chinese_name(), traditional, self.name())
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.name() == name)
    }
}

/// The settings in force for a draft.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// By rule code: `None` is off.
    pub rules: BTreeMap<String, Option<Severity>>,
    /// A finding whose text is one of these is not reported.
    pub allow: Vec<String>,
    /// A finding whose text one of these matches as a whole is not reported. Each is anchored at
    /// both ends when it is read, so `is_match` is the whole test.
    pub allow_patterns: Vec<regex::Regex>,
    /// Findings that are not reported where they stand in certain words.
    pub exceptions: Vec<Exception>,
    /// Literal placeholders of the house, beside the built-in forms.
    pub placeholders_add: Vec<String>,
    /// Literal texts that are no placeholders here.
    pub placeholders_remove: Vec<String>,
    /// Whether the drafts are official prose; `None`: by what stands in them.
    pub official_prose: Option<bool>,
    /// How many characters (字) are spoken in a minute; `None`: 200.
    pub characters_per_minute: Option<u32>,
    /// The draft is read aloud: rules about that are on.
    pub reading: Option<bool>,
    pub formulations: Formulations,
    /// Files with words of the house: to be read by whoever opens files.
    pub word_files: NamedFiles,
    /// What was read in them, and the roster.
    pub words: Option<Arc<Words>>,
    /// Last year's draft: to be read by whoever opens files.
    pub against: NamedFiles,
    /// What was read of it.
    pub former: Option<Arc<Former>>,
    /// How many characters word by word last year's are told of; `None`: 100.
    pub against_characters: Option<u32>,
    /// The table of indicators of the house: to be read by whoever opens files.
    pub table: NamedFiles,
    /// What was read in it.
    pub indicators: Option<Arc<Indicators>>,
    /// What was agreed for the drafts of leaders and units: of those that fit the first counts.
    pub profiles: Vec<Profile>,
    /// How many minutes the speech may take.
    pub target_minutes: Option<u32>,
    /// What the placeholders of the house stand for: the placeholder with its word of kind, as it
    /// stands in drafts (`XX区`), and what is to be filled in.
    pub facts: BTreeMap<String, String>,
    pub private: Private,
    pub editor: Editor,
}

/// When drafts are looked through for what must not leave the office. `None`: not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Private {
    pub always: Option<bool>,
    /// In the final check.
    pub at_last: Option<bool>,
}

/// What an editor shows and does of itself. `None`: as usual.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Editor {
    pub inlay_hints: Option<bool>,
    pub code_lens: Option<bool>,
    pub on_type: Option<bool>,
    pub hold_back: Option<bool>,
    pub closed_drafts: Option<bool>,
    pub placeholders: Option<bool>,
}

impl Editor {
    /// `over` on top of `self`.
    #[must_use]
    pub fn with(self, over: Self) -> Self {
        Self {
            inlay_hints: over.inlay_hints.or(self.inlay_hints),
            code_lens: over.code_lens.or(self.code_lens),
            on_type: over.on_type.or(self.on_type),
            hold_back: over.hold_back.or(self.hold_back),
            closed_drafts: over.closed_drafts.or(self.closed_drafts),
            placeholders: over.placeholders.or(self.placeholders),
        }
    }

    pub fn shows_hints(self) -> bool {
        self.inlay_hints.unwrap_or(true)
    }

    /// The lenses say what the hints say: without a word on them they take their place.
    pub fn shows_lenses(self) -> bool {
        self.code_lens.unwrap_or(!self.shows_hints())
    }

    pub fn continues_lists(self) -> bool {
        self.on_type.unwrap_or(true)
    }

    /// What comes up where the writer types waits for a pause.
    pub fn holds_back(self) -> bool {
        self.hold_back.unwrap_or(true)
    }

    /// What is not filled in is listed beside the faults.
    pub fn shows_placeholders(self) -> bool {
        self.placeholders.unwrap_or(true)
    }

    /// Drafts that are not open are looked at as well, for an editor that asks for all.
    pub fn checks_closed_drafts(self) -> bool {
        self.closed_drafts.unwrap_or(true)
    }
}

/// Something wrong with a settings file. The rest of the file still counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Byte range in the settings file.
    pub range: std::ops::Range<usize>,
    /// What is wrong, and the remedy.
    pub message: Saying,
    /// An error when nothing in the file counts, a warning when a part of it does not; what is less is no
    /// mistake.
    pub severity: Severity,
}

/// What is known of a rule at this level: its code and its Chinese name.
pub type KnownRule = (&'static str, &'static str);

impl Problem {
    /// Whether something that the file says does not count.
    pub fn is_mistake(&self) -> bool {
        self.severity <= Severity::Warning
    }
}

impl Settings {
    /// Speaking speed unless the settings say otherwise, in characters (字) per minute.
    pub const CHARACTERS_PER_MINUTE: u32 = 200;
    /// A passage with fewer characters may be last year's, unless the settings say otherwise.
    pub const AGAINST_CHARACTERS: u32 = 50;

    /// Reads a settings file. `rules` are the rules that exist. Never fails: a mistake is a problem
    /// and the rest of the file counts; a text that is no TOML at all gives one problem and the
    /// default settings.
    pub fn parse(text: &str, rules: &[KnownRule]) -> (Self, Vec<Problem>) {
        parse::parse(text, rules)
    }

    /// `over` on top of `under`: of two values for one key the upper counts, lists are joined. A
    /// placeholder that the upper one adds is no longer removed by the lower one, and the other way
    /// round.
    pub fn layered(under: Self, over: Self) -> Self {
        let mut all = under;
        all.rules.extend(over.rules);
        join(&mut all.allow, over.allow, PartialEq::eq);
        join(&mut all.allow_patterns, over.allow_patterns, |one, other| one.as_str() == other.as_str());
        join(&mut all.exceptions, over.exceptions, PartialEq::eq);
        all.placeholders_add.retain(|text| !over.placeholders_remove.contains(text));
        all.placeholders_remove.retain(|text| !over.placeholders_add.contains(text));
        join(&mut all.placeholders_add, over.placeholders_add, PartialEq::eq);
        join(&mut all.placeholders_remove, over.placeholders_remove, PartialEq::eq);
        all.official_prose = over.official_prose.or(all.official_prose);
        all.characters_per_minute = over.characters_per_minute.or(all.characters_per_minute);
        all.reading = over.reading.or(all.reading);
        all.formulations = all.formulations.layered(over.formulations);
        if let Some(words) = over.words {
            Arc::make_mut(all.words.get_or_insert_default()).join(&words);
        }
        all.former = over.former.or(all.former);
        all.indicators = over.indicators.or(all.indicators);
        all.against_characters = over.against_characters.or(all.against_characters);
        all.profiles = over.profiles.into_iter().chain(all.profiles).collect();
        all.target_minutes = over.target_minutes.or(all.target_minutes);
        all.facts.extend(over.facts);
        all.private.always = over.private.always.or(all.private.always);
        all.private.at_last = over.private.at_last.or(all.private.at_last);
        all.editor = all.editor.with(over.editor);
        all
    }

    /// The severity in force for a rule whose own is `default`; `None` when it is off.
    pub fn severity(&self, code: &str, default: Option<Severity>) -> Option<Severity> {
        self.rules.get(code).copied().unwrap_or(default)
    }

    /// As they are in the final check; nothing where they are the same.
    pub fn at_last(&self) -> Option<Self> {
        let is_more = self.private.at_last == Some(true) && self.private.always != Some(true);
        is_more.then(|| Self { private: Private { always: Some(true), ..self.private }, ..self.clone() })
    }

    /// True when something in them may keep findings from being reported.
    pub fn pass_over_findings(&self) -> bool {
        !self.allow.is_empty() || !self.allow_patterns.is_empty() || !self.exceptions.is_empty()
    }

    /// True when a finding whose text is `text` is not to be reported.
    pub fn allows(&self, text: &str) -> bool {
        self.allow.iter().any(|allowed| allowed == text)
            || self.allow_patterns.iter().any(|pattern| pattern.is_match(text))
    }

    /// Speaking speed in characters (字) per minute.
    pub fn speed(&self) -> u32 {
        self.characters_per_minute.unwrap_or(Self::CHARACTERS_PER_MINUTE)
    }
}

/// Adds those of `more` that are not in `list` yet.
fn join<T>(list: &mut Vec<T>, more: Vec<T>, same: impl Fn(&T, &T) -> bool) {
    for item in more {
        if !list.iter().any(|known| same(known, &item)) {
            list.push(item);
        }
    }
}
