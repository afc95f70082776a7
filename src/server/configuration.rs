//! The settings that are in force for the open drafts.
//!
//! Settings are read by one task beside the message loop, each place once for all drafts in it. What is to be
//! read again while it works is read in one go afterwards.

pub mod problems;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::mpsc::UnboundedSender;
use tower_lsp::ls_types as lsp;

use super::documents::SettingsChange;
use super::lsp::from::path;
use super::session::Session;
use crate::settings::Settings;
use crate::workspace::{self, Loaded, SettingsFile};
use problems::Problems;

/// Something to be done before settings are read.
type First = Box<dyn FnOnce() + Send>;

/// By place: what the settings were read from, and the settings.
type Known = HashMap<Option<PathBuf>, (String, Arc<Settings>)>;

#[derive(Default)]
pub struct Configuration {
    pub problems: Problems,
    due: Mutex<Due>,
    /// The settings of each place, as they were read last.
    known: Mutex<Known>,
}

/// What is to be read again.
#[derive(Default)]
struct Due {
    is_due: bool,
    is_running: bool,
    /// They may be others for drafts that are not open, too.
    closed_too: bool,
    first: Vec<First>,
}

impl Configuration {
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

    /// Reads the settings of the open drafts again, beside the message loop, after `first`. The drafts with
    /// other settings go to `changed`. `closed_too`: they may be others for drafts that are not open, too.
    pub fn reload(
        self: &Arc<Self>,
        session: &Arc<Session>,
        changed: &UnboundedSender<lsp::Uri>,
        closed_too: bool,
        first: First,
    ) {
        {
            let mut due = self.due.lock().unwrap_or_else(PoisonError::into_inner);
            due.is_due = true;
            due.closed_too |= closed_too;
            due.first.push(first);
            if std::mem::replace(&mut due.is_running, true) {
                return;
            }
        }
        let (configuration, session, changed) = (self.clone(), session.clone(), changed.clone());
        tokio::task::spawn_blocking(move || {
            while let Some((closed_too, first)) = configuration.take() {
                first.into_iter().for_each(|first| first());
                let others = configuration.read_all(&session);
                // Whoever asks about a draft that was opened waits for its settings.
                let are_others = others.iter().any(|(_, change)| *change == SettingsChange::Others);
                if are_others || closed_too && session.client().pull {
                    session.refresh();
                }
                for (uri, _) in others {
                    // No receiver: the session is over.
                    let _ = changed.send(uri);
                }
            }
        });
    }

    /// Reads the settings of the open drafts. Gives the drafts for which they have changed.
    fn read_all(&self, session: &Session) -> Vec<(lsp::Uri, SettingsChange)> {
        let mut published = self.problems.lock();
        let mut places: BTreeMap<_, Vec<lsp::Uri>> = BTreeMap::new();
        for uri in session.drafts.uris() {
            places.entry(place_of(&uri, session)).or_default().push(uri);
        }
        let mut files = BTreeMap::new();
        let mut changed = Vec::new();
        for (place, drafts) in &places {
            let (settings, read) = self.read(place);
            files.extend(read.into_iter().map(|file| (file.path.clone(), file)));
            let changes = drafts
                .iter()
                .map(|uri| (uri.clone(), session.drafts.set_settings(uri, &self.of_draft(&settings, uri))));
            changed.extend(changes.filter(|(_, change)| *change != SettingsChange::None));
        }
        self.keep(&places);
        session.configured.send_replace(());
        problems::publish(session, &mut published, files.into_values());
        changed
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
