//! Going through the drafts of the workspace: which there are, and leaving off when nobody waits.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tower_lsp::ls_types as lsp;

use super::backend::{Backend, Shared};
use super::capabilities::path;
use crate::workspace;

/// Tells a scan that nobody waits for it any more.
#[derive(Clone, Default)]
pub struct Abandoned(Arc<AtomicBool>);

/// Abandons a scan when it is dropped: with the request that waits for it.
pub struct Guard(Abandoned);

impl Abandoned {
    pub fn new() -> (Self, Guard) {
        let abandoned = Self::default();
        (abandoned.clone(), Guard(abandoned))
    }

    pub fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.set();
    }
}

/// The scans that the client shows the progress of, and may stop by its name for that.
#[derive(Default)]
pub struct Scans(Mutex<HashMap<lsp::ProgressToken, Abandoned>>);

impl Scans {
    pub fn lock(&self) -> MutexGuard<'_, HashMap<lsp::ProgressToken, Abandoned>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shared {
    /// The files that are open.
    pub fn open_files(&self) -> HashSet<PathBuf> {
        self.store.uris().iter().filter_map(path).collect()
    }

    /// The drafts in the workspace folders that are not open.
    pub fn closed_drafts(&self) -> Vec<PathBuf> {
        let open = self.open_files();
        let mut files: Vec<PathBuf> =
            self.session().folders().iter().flat_map(|folder| workspace::drafts(folder)).collect();
        files.sort_unstable();
        files.dedup();
        files.retain(|file| !open.contains(file));
        files
    }
}

impl Backend {
    /// Stops the scan that the client calls by this name. What it has found is its answer.
    pub async fn abandon(&self, params: lsp::WorkDoneProgressCancelParams) {
        if let Some(scan) = self.shared().scans.lock().get(&params.token) {
            scan.set();
        }
    }
}
