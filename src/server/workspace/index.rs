//! What is known of all drafts of the workspace folders: their symbols, and the formulations in them. A
//! draft is read again when its file changes.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;
use tower_lsp::ls_types as lsp;

use crate::analysis::Analysis;
use crate::features::formulations;
use crate::features::symbols::symbols;
use crate::server::configuration;
use crate::server::lsp::from::{self, path};
use crate::server::lsp::to;
use crate::server::session::Session;
use crate::slogans::{Elsewhere, Text};
use crate::text::Document;
use crate::workspace::{self, Stamp};

/// So many bytes of drafts, the newest, are read for what the writer says in them.
const LEARNED: u64 = 32 << 20;

pub type Symbols = Arc<Vec<lsp::SymbolInformation>>;

/// What is known of one file.
#[derive(Clone, Default)]
struct Known {
    /// The time and length it had.
    stamp: Option<Stamp>,
    symbols: Symbols,
    /// The texts of the catalogue of formulations that stand in it, each once.
    formulations: Arc<[Text]>,
}

/// What is known of the files.
#[derive(Default)]
struct Files {
    by_path: HashMap<PathBuf, Known>,
    /// By text of the catalogue: how many of the files have it.
    used: Arc<FxHashMap<Text, u32>>,
}

impl Files {
    fn put(&mut self, file: &Path, known: Known) {
        let used = Arc::make_mut(&mut self.used);
        for text in known.formulations.iter() {
            *used.entry(text.clone()).or_default() += 1;
        }
        if let Some(before) = self.by_path.insert(file.to_owned(), known) {
            self.take_out(&before);
        }
    }

    fn take_out(&mut self, known: &Known) {
        let used = Arc::make_mut(&mut self.used);
        for text in known.formulations.iter() {
            if let Some(count) = used.get_mut(text) {
                *count -= 1;
            }
        }
    }
}

/// What is known of the drafts in the folders, by path. A file is read again when it has changed, and
/// never because a key was struck.
#[derive(Default)]
pub struct Index {
    files: Mutex<Files>,
    /// The folders have been gone through, or are being.
    learned: AtomicBool,
    /// The session is over.
    stopped: AtomicBool,
}

impl Index {
    fn lock(&self) -> MutexGuard<'_, Files> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The symbols of a draft.
    pub fn symbols(&self, file: &Path, session: &Session) -> Symbols {
        self.of(file, session).symbols
    }

    fn of(&self, file: &Path, session: &Session) -> Known {
        let stamp = workspace::stamp(file);
        let known = self.lock().by_path.get(file).cloned();
        if let Some(known) = known.filter(|known| stamp.is_some() && known.stamp == stamp) {
            return known;
        }
        let known = Known { stamp, ..read(file, session).unwrap_or_default() };
        self.lock().put(file, known.clone());
        known
    }

    /// What the drafts other than the one at `uri` say, as they were last saved.
    pub fn elsewhere(&self, uri: &lsp::Uri) -> Elsewhere {
        let files = self.lock();
        let own = path(uri).and_then(|file| Some(files.by_path.get(&file)?.formulations.clone()));
        Elsewhere { drafts: files.used.clone(), own: own.unwrap_or_default() }
    }

    pub fn has_learned(&self) -> bool {
        self.learned.load(Ordering::Relaxed)
    }

    /// Reads the drafts in the folders, the newest first, for what is said in them: once, and again when
    /// the folders are others.
    pub fn learn(&self, session: &Session) {
        if self.learned.swap(true, Ordering::Relaxed) {
            return;
        }
        let folders = session.folders();
        let mut files: Vec<(Option<Stamp>, PathBuf)> = folders
            .iter()
            .flat_map(|folder| workspace::drafts(folder))
            .map(|file| (workspace::stamp(&file), file))
            .collect();
        files.sort_unstable_by(|a, b| b.cmp(a));
        files.dedup();
        let mut left = LEARNED;
        for (stamp, file) in files {
            let length = stamp.map_or(0, |(_, length)| length);
            if self.stopped.load(Ordering::Relaxed) || length > left {
                return;
            }
            left -= length;
            self.of(&file, session);
        }
    }

    /// Reads a draft that was saved.
    pub fn saved(&self, uri: &lsp::Uri, session: &Session) {
        let folders = session.folders();
        if let Some(file) = path(uri).filter(|file| folders.iter().any(|folder| file.starts_with(folder))) {
            self.of(&file, session);
        }
    }

    /// Forgets the files that are gone.
    pub fn forget(&self, is_gone: impl Fn(&Path) -> bool) {
        let mut files = self.lock();
        let gone: Vec<PathBuf> = files.by_path.keys().filter(|file| is_gone(file)).cloned().collect();
        for file in gone {
            if let Some(known) = files.by_path.remove(&file) {
                files.take_out(&known);
            }
        }
    }

    /// The folders are others: the next draft to be opened has them gone through again.
    pub fn folders_changed(&self) {
        self.learned.store(false, Ordering::Relaxed);
    }

    /// Ends what is going on beside the message loop.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }
}

fn read(file: &Path, session: &Session) -> Option<Known> {
    let text = workspace::read_draft(file)?;
    let uri = lsp::Uri::from_file_path(file)?;
    let document = Document::new(0, &text);
    let settings = Arc::new(configuration::settings_of(&uri, session).settings);
    let analysis = Analysis::new(&document, from::markup("", &uri), &settings);
    let found = symbols(&analysis, &document);
    let symbols = to::symbols::flat_symbols(found, &uri, &document, session.client().encoding).into();
    let formulations = formulations::texts_in(&analysis, &document, &settings).into();
    Some(Known { stamp: None, symbols, formulations })
}
