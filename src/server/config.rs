//! The settings that are in force for the open drafts, and where the pages about the rules are.
//!
//! Settings are read by one task beside the message loop, each place once for all drafts in it. What is to be
//! read again while it works is read in one go afterwards.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tower_lsp::ls_types as lsp;

use super::backend::{Backend, Shared};
use super::capabilities::{Session, path};
use super::store::News;
use crate::settings::Settings;
use crate::workspace::{self, Loaded, SettingsFile, pages};

/// How long a draft that was opened waits for its settings; then it has the usual ones until they come.
pub const PATIENCE: Duration = Duration::from_secs(2);

/// Something to be done before settings are read.
type First = Box<dyn FnOnce(&Shared) + Send>;

/// What is to be read again.
/// By place: what the settings were read from, and the settings.
type Known = HashMap<Option<PathBuf>, (String, Arc<Settings>)>;

#[derive(Default)]
pub struct Reloads {
    due: Mutex<Due>,
    /// The settings of each place, as they were read last.
    known: Mutex<Known>,
}

#[derive(Default)]
struct Due {
    is_due: bool,
    is_running: bool,
    /// They may be others for drafts that are not open, too.
    closed_too: bool,
    first: Vec<First>,
}

impl Reloads {
    /// Takes what is due; none when nothing is, and the task ends.
    fn take(&self) -> Option<(bool, Vec<First>)> {
        let mut due = self.due.lock().unwrap_or_else(PoisonError::into_inner);
        due.is_running = due.is_due;
        if !std::mem::take(&mut due.is_due) {
            return None;
        }
        Some((std::mem::take(&mut due.closed_too), std::mem::take(&mut due.first)))
    }

    /// The settings of a place, the very same where they have not changed; and what was read.
    fn read(&self, place: &Option<PathBuf>) -> (Arc<Settings>, Vec<SettingsFile>) {
        let loaded = match place {
            Some(place) => workspace::settings_for(place),
            None => workspace::user_settings(),
        };
        let files = loaded.checked();
        let Loaded { settings, .. } = loaded;
        (self.as_before(place, Arc::new(settings)), files)
    }

    /// What of the settings of a place counts for one draft in it.
    fn of_draft(&self, settings: &Arc<Settings>, uri: &lsp::Uri) -> Arc<Settings> {
        let Some(path) = path(uri) else { return settings.clone() };
        let own = workspace::of_draft(settings, &path);
        if Arc::ptr_eq(&own, settings) { own } else { self.as_before(&Some(path), own) }
    }

    /// The settings, the very same as before where they have not changed.
    fn as_before(&self, place: &Option<PathBuf>, settings: Arc<Settings>) -> Arc<Settings> {
        // Patterns can only be compared as they are written.
        let written = format!("{settings:?}");
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        match known.get(place) {
            Some((as_before, settings)) if *as_before == written => settings.clone(),
            _ => {
                known.insert(place.clone(), (written, settings.clone()));
                settings
            }
        }
    }

    /// Forgets places without drafts.
    fn keep(&self, places: &BTreeMap<Option<PathBuf>, Vec<lsp::Uri>>) {
        let drafts: HashSet<PathBuf> = places.values().flatten().filter_map(path).collect();
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|place, _| places.contains_key(place) || place.as_ref().is_some_and(|p| drafts.contains(p)));
    }
}

/// Reads the settings for the draft at `uri`.
pub fn settings_of(uri: &lsp::Uri, session: &Session) -> Loaded {
    match place_of(uri, session) {
        Some(place) => workspace::settings_for(&place),
        None => workspace::user_settings(),
    }
}

/// Where the settings of a draft are looked for: in its folder; those of one that is no file in the first
/// folder of the workspace.
fn place_of(uri: &lsp::Uri, session: &Session) -> Option<PathBuf> {
    let folder = path(uri).and_then(|path| Some(path.parent()?.to_owned()));
    folder.or_else(|| session.folders().first().cloned())
}

impl Shared {
    /// Reads the settings of the open drafts again. Gives the drafts with news.
    fn reload(&self) -> Vec<(lsp::Uri, News)> {
        let mut told = self.settings_files.told();
        let mut places: BTreeMap<_, Vec<lsp::Uri>> = BTreeMap::new();
        for uri in self.store.uris() {
            places.entry(place_of(&uri, self.session())).or_default().push(uri);
        }
        let mut files = BTreeMap::new();
        let mut changed = Vec::new();
        for (place, drafts) in &places {
            let (settings, read) = self.reloads.read(place);
            files.extend(read.into_iter().map(|file| (file.path.clone(), file)));
            let news = drafts
                .iter()
                .map(|uri| (uri.clone(), self.store.set_settings(uri, &self.reloads.of_draft(&settings, uri))));
            changed.extend(news.filter(|(_, news)| *news != News::None));
        }
        self.reloads.keep(&places);
        self.settled.send_replace(());
        self.tell_settings(&mut told, files.into_values());
        changed
    }
}

impl Backend {
    /// Reads the settings again, beside the message loop.
    /// `closed_too`: they may be others for drafts that are not open, too.
    pub(super) fn reload_settings(&self, closed_too: bool) {
        self.reload_settings_after(closed_too, |_| {});
    }

    /// Reads the settings again, after `first`.
    pub(super) fn reload_settings_after(&self, closed_too: bool, first: impl FnOnce(&Shared) + Send + 'static) {
        let shared = self.shared().clone();
        {
            let mut due = shared.reloads.due.lock().unwrap_or_else(PoisonError::into_inner);
            due.is_due = true;
            due.closed_too |= closed_too;
            due.first.push(Box::new(first));
            if std::mem::replace(&mut due.is_running, true) {
                return;
            }
        }
        let changed = self.changed();
        tokio::task::spawn_blocking(move || {
            while let Some((closed_too, first)) = shared.reloads.take() {
                first.into_iter().for_each(|first| first(&shared));
                let others = shared.reload();
                // Whoever asks about a draft that was opened waits for its settings.
                if others.iter().any(|(_, news)| *news == News::Others) || closed_too && shared.session().pull {
                    shared.refresh();
                }
                for (uri, _) in others {
                    // No receiver: the session is over.
                    let _ = changed.send(uri);
                }
            }
        });
    }
}

/// The URI of the folder with a page about each rule, where there is one.
pub fn rule_pages() -> Option<String> {
    Some(lsp::Uri::from_file_path(pages::found()?)?.as_str().to_owned())
}
