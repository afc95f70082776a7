//! The open drafts.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tower_lsp::ls_types::Uri;

use super::Hooks;
use super::linked::Linked;
use super::typing::{Typing, replaced};
use crate::analysis::{Analysis, Markup};
use crate::settings::Settings;
use crate::text::{Change, Document, Encoding, Flat, LineChange, Lines};

/// One version of an open draft, and what is known of it. Cheap to clone.
#[derive(Clone)]
pub struct Entry {
    pub document: Document,
    pub analysis: Analysis,
    pub settings: Arc<Settings>,
    pub markup: Markup,
    /// Its own settings are known.
    pub settled: bool,
    /// What the writer is at.
    pub typing: Option<Typing>,
    /// What is typed together.
    pub linked: Option<Linked>,
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
pub enum News {
    None,
    /// They are known now.
    First,
    /// They are others than before.
    Others,
}

/// The open drafts. Locked for as long as one change takes, and by readers for a clone.
pub struct Store {
    entries: Mutex<HashMap<Uri, Entry>>,
    hooks: Hooks,
}

impl Store {
    pub fn new(hooks: Hooks) -> Self {
        Self { entries: Mutex::default(), hooks }
    }

    pub fn open(&self, uri: &Uri, version: i32, text: &str, markup: Markup, settings: Arc<Settings>) {
        let document = Document::new(version, text);
        // From the text as it came: it is in one piece.
        let analysis = self.analysis(&document, &Flat::new(text), markup, &settings);
        let entry = Entry { document, analysis, settings, markup, settled: false, typing: None, linked: None };
        self.lock().insert(uri.clone(), entry);
    }

    /// Makes the changes one after the other. All of them make one version.
    pub fn change(
        &self,
        uri: &Uri,
        version: i32,
        changes: impl IntoIterator<Item = Change>,
        encoding: Encoding,
    ) -> Result<(), Refused> {
        let mut entries = self.lock();
        let entry = entries.get_mut(uri).ok_or(Refused::Unknown)?;
        // The same number again is a client that does not count, not a message that came twice.
        if version < entry.document.version() {
            return Err(Refused::Outdated);
        }
        let changes: Vec<Change> = changes.into_iter().collect();
        // Several at once are no typing.
        let alone = changes.len() == 1;
        for change in changes {
            let place = replaced(&entry.document, &change, encoding);
            entry.linked = entry.linked.take().zip(place).and_then(|(linked, at)| linked.edited(at, &change.text));
            entry.typing = match &entry.typing {
                _ if alone => Typing::after(entry, &change, encoding),
                Some(typing) => typing.moved(&entry.document, &change, encoding),
                None => None,
            };
            let (document, lines) = entry.document.edited(version, &change, encoding);
            entry.document = document;
            self.update(entry, lines);
        }
        Ok(())
    }

    /// The writer has paused or saved. True when something has been held back.
    pub fn end_typing(&self, uri: &Uri) -> bool {
        let mut entries = self.lock();
        entries.get_mut(uri).and_then(|entry| entry.typing.as_mut()).is_some_and(Typing::pause)
    }

    /// Remembers what is typed together, in the version that it was found in.
    pub fn link(&self, uri: &Uri, version: i32, linked: Option<Linked>) {
        if let Some(entry) = self.lock().get_mut(uri).filter(|entry| entry.document.version() == version) {
            entry.linked = linked;
        }
    }

    pub fn close(&self, uri: &Uri) {
        self.lock().remove(uri);
    }

    pub fn get(&self, uri: &Uri) -> Option<Entry> {
        self.lock().get(uri).cloned()
    }

    pub fn version(&self, uri: &Uri) -> Option<i32> {
        self.lock().get(uri).map(|entry| entry.document.version())
    }

    pub fn uris(&self) -> Vec<Uri> {
        self.lock().keys().cloned().collect()
    }

    /// Puts settings in force for a draft.
    pub fn set_settings(&self, uri: &Uri, settings: &Arc<Settings>) -> News {
        let mut entries = self.lock();
        let Some(entry) = entries.get_mut(uri) else { return News::None };
        let news = if entry.settled { News::Others } else { News::First };
        if Arc::ptr_eq(settings, &entry.settings) {
            entry.settled = true;
            return if news == News::First { news } else { News::None };
        }
        let written = |settings: &Settings| {
            format!(
                "{:?}",
                (&settings.placeholders_add, &settings.placeholders_remove, settings.official_prose, &settings.words)
            )
        };
        // Nothing has been looked for yet: only what the paragraphs hold depends on settings.
        if entry.settled || written(settings) != written(&entry.settings) {
            entry.analysis = self.analysis(&entry.document, &entry.document, entry.markup, settings);
        }
        entry.settings = settings.clone();
        entry.settled = true;
        news
    }

    /// The draft has the usual settings until its own are known. False when they are.
    pub fn settle(&self, uri: &Uri) -> bool {
        let mut entries = self.lock();
        entries.get_mut(uri).is_some_and(|entry| !std::mem::replace(&mut entry.settled, true))
    }

    fn update(&self, entry: &mut Entry, lines: LineChange) {
        let updated = catch_unwind(AssertUnwindSafe(|| {
            self.before_analysis(&entry.document);
            entry.analysis.update(&entry.document, lines);
        }));
        if updated.is_err() {
            // What the update left behind may be half done.
            entry.analysis = self.analysis(&entry.document, &entry.document, entry.markup, &entry.settings);
        }
    }

    /// An analysis from scratch; one that knows nothing when that fails.
    fn analysis(&self, document: &Document, lines: &dyn Lines, markup: Markup, settings: &Arc<Settings>) -> Analysis {
        catch_unwind(AssertUnwindSafe(|| {
            self.before_analysis(document);
            Analysis::new(lines, markup, settings)
        }))
        .unwrap_or_default()
    }

    fn before_analysis(&self, document: &Document) {
        if let Some(hook) = &self.hooks.analysis {
            hook(document);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Uri, Entry>> {
        // A panic while it was held has left an entry at its last whole version.
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
