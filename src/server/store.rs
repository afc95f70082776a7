//! The open drafts.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tower_lsp::ls_types::Uri;

use super::Hooks;
use super::hold::Typing;
use crate::analysis::{Analysis, Markup};
use crate::settings::Settings;
use crate::text::{Change, Document, Encoding, Flat, LineChange, Lines};

/// One version of an open draft, and what is known of it. Cheap to clone.
#[derive(Clone)]
pub struct Entry {
    pub document: Document,
    pub analysis: Analysis,
    pub settings: Arc<Settings>,
    markup: Markup,
    /// What the writer is at, if the last change was typing.
    pub typing: Option<Typing>,
}

/// Why a change was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The draft is not open.
    Unknown,
    /// A newer version is open.
    Outdated,
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
        let entry = Entry { document, analysis, settings, markup, typing: None };
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
        let mut changes = changes.into_iter().peekable();
        let mut is_first = true;
        while let Some(change) = changes.next() {
            // Several at once are no typing.
            let alone = std::mem::take(&mut is_first) && changes.peek().is_none();
            entry.typing = if alone { Typing::after(entry, &change, encoding) } else { None };
            let (document, lines) = entry.document.edited(version, &change, encoding);
            entry.document = document;
            self.update(entry, lines);
        }
        Ok(())
    }

    /// The writer has paused or saved. True when something has been held back.
    pub fn end_typing(&self, uri: &Uri) -> bool {
        self.lock().get_mut(uri).and_then(|entry| entry.typing.take()).is_some_and(|typing| typing.holds())
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

    /// Puts other settings in force for a draft. False when they are the same.
    pub fn set_settings(&self, uri: &Uri, settings: Settings) -> bool {
        let mut entries = self.lock();
        let Some(entry) = entries.get_mut(uri) else {
            return false;
        };
        // Patterns can only be compared as they are written.
        if format!("{settings:?}") == format!("{:?}", entry.settings) {
            return false;
        }
        entry.settings = Arc::new(settings);
        entry.analysis = self.analysis(&entry.document, &entry.document, entry.markup, &entry.settings);
        true
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
