//! The open drafts.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::time::Instant;
use tower_lsp::ls_types::Uri;

use super::lazy_analysis::LazyAnalysis;
use super::linked::Linked;
use crate::analysis::{Analysis, Markup};
use crate::server::hooks::Hooks;
use crate::server::typing::{Before, Typing};
use crate::settings::Settings;
use crate::text::{Change, Document, Encoding, LineChange};

/// One version of an open draft, and what is known of it. Cheap to clone.
#[derive(Clone)]
pub struct Draft {
    pub document: Document,
    pub analysis: LazyAnalysis,
    pub settings: Arc<Settings>,
    pub markup: Markup,
    /// Its own settings are known.
    pub is_configured: bool,
    /// What the writer is at.
    pub typing: Option<Typing>,
    /// What is typed together.
    pub linked: Option<Linked>,
}

impl Draft {
    fn before(&self) -> Before<'_> {
        let Self { document, analysis, settings, typing, .. } = self;
        Before { document, analysis, settings, typing: typing.as_ref() }
    }
}

/// Why a change was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The draft is not open.
    Unknown,
    /// A newer version is open.
    Outdated,
}

/// What has become of the settings of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingsChange {
    None,
    /// They are known now.
    First,
    /// They are others than before.
    Others,
}

/// The open drafts. Locked for as long as one change takes, and by readers for a clone.
pub struct Drafts {
    by_uri: Mutex<HashMap<Uri, Draft>>,
    /// What a draft has until its own are known.
    default_settings: Arc<Settings>,
    hooks: Hooks,
}

impl Drafts {
    pub fn new(hooks: Hooks) -> Self {
        Self { by_uri: Mutex::default(), default_settings: Arc::default(), hooks }
    }

    pub fn open(&self, uri: &Uri, version: i32, text: &str, markup: Markup) {
        let (document, settings) = (Document::new(version, text), self.default_settings.clone());
        let analysis = self.analysis(&document, markup, &settings);
        let draft = Draft { document, analysis, settings, markup, is_configured: false, typing: None, linked: None };
        self.lock().insert(uri.clone(), draft);
    }

    /// Makes the changes one after the other. All of them make one version.
    pub fn change(
        &self,
        uri: &Uri,
        version: i32,
        changes: impl IntoIterator<Item = Change>,
        encoding: Encoding,
    ) -> Result<(), Refused> {
        let mut drafts = self.lock();
        let draft = drafts.get_mut(uri).ok_or(Refused::Unknown)?;
        // The same number again is a client that does not count, not a message that came twice.
        if version < draft.document.version() {
            return Err(Refused::Outdated);
        }
        let changes: Vec<Change> = changes.into_iter().collect();
        // Several at once are no typing.
        let (alone, now) = (changes.len() == 1, Instant::now());
        for change in changes {
            let place = change.span(&draft.document, encoding);
            let linked = draft.linked.take().zip(place);
            draft.linked = linked.and_then(|(linked, at)| linked.edited(at, &change.text, now));
            draft.typing = match &draft.typing {
                _ if alone => Typing::after(&draft.before(), &change, encoding, now),
                Some(typing) => typing.moved(&draft.document, &change, encoding),
                None => None,
            };
            let (document, lines) = draft.document.edited(version, &change, encoding);
            draft.document = document;
            self.update(draft, lines);
        }
        Ok(())
    }

    /// The writer has paused or saved. True when something has been held back.
    pub fn end_typing(&self, uri: &Uri) -> bool {
        let mut drafts = self.lock();
        drafts.get_mut(uri).and_then(|draft| draft.typing.as_mut()).is_some_and(Typing::pause)
    }

    /// Remembers what is typed together, in the version that it was found in.
    pub fn link(&self, uri: &Uri, version: i32, linked: Option<Linked>) {
        if let Some(draft) = self.lock().get_mut(uri).filter(|draft| draft.document.version() == version) {
            draft.linked = linked;
        }
    }

    pub fn close(&self, uri: &Uri) {
        self.lock().remove(uri);
    }

    pub fn get(&self, uri: &Uri) -> Option<Draft> {
        self.lock().get(uri).cloned()
    }

    pub fn version(&self, uri: &Uri) -> Option<i32> {
        self.lock().get(uri).map(|draft| draft.document.version())
    }

    pub fn uris(&self) -> Vec<Uri> {
        self.lock().keys().cloned().collect()
    }

    /// Puts settings in force for a draft.
    pub fn set_settings(&self, uri: &Uri, settings: &Arc<Settings>) -> SettingsChange {
        let mut drafts = self.lock();
        let Some(draft) = drafts.get_mut(uri) else { return SettingsChange::None };
        let news = if draft.is_configured { SettingsChange::Others } else { SettingsChange::First };
        if Arc::ptr_eq(settings, &draft.settings) {
            draft.is_configured = true;
            return if news == SettingsChange::First { news } else { SettingsChange::None };
        }
        let written = |settings: &Settings| {
            format!(
                "{:?}",
                (&settings.placeholders_add, &settings.placeholders_remove, settings.official_prose, &settings.words)
            )
        };
        // Nothing has been looked for yet: only what the paragraphs hold depends on settings.
        if draft.is_configured || written(settings) != written(&draft.settings) {
            draft.analysis = self.analysis(&draft.document, draft.markup, settings);
        }
        draft.settings = settings.clone();
        draft.is_configured = true;
        news
    }

    /// The settings of a draft are not to be had: it keeps those it has. False when they are known.
    pub fn give_up_settings(&self, uri: &Uri) -> bool {
        let mut drafts = self.lock();
        drafts.get_mut(uri).is_some_and(|draft| !std::mem::replace(&mut draft.is_configured, true))
    }

    fn update(&self, draft: &mut Draft, lines: LineChange) {
        let updated = catch_unwind(AssertUnwindSafe(|| {
            self.hooks.before_analysis(&draft.document);
            let analysis = draft.analysis.to_mut()?;
            analysis.update(&draft.document, lines);
            Some(())
        }));
        if !matches!(updated, Ok(Some(()))) {
            // What the update left behind may be half done.
            draft.analysis = self.analysis(&draft.document, draft.markup, &draft.settings);
        }
    }

    /// An analysis from scratch; one that knows nothing when that fails.
    fn analysis(&self, document: &Document, markup: Markup, settings: &Arc<Settings>) -> LazyAnalysis {
        let (hooks, document, settings) = (self.hooks.clone(), document.clone(), settings.clone());
        LazyAnalysis::new(move || {
            catch_unwind(AssertUnwindSafe(|| {
                hooks.before_analysis(&document);
                Analysis::new(&document, markup, &settings)
            }))
            .unwrap_or_default()
        })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Uri, Draft>> {
        // A panic while it was held has left an draft at its last whole version.
        self.by_uri.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
