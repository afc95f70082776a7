//! The drafts of the workspace folders that are not open.

pub mod cancellation;
pub mod diagnostics;
pub mod index;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::lsp::from::path;
use super::session::Session;
use crate::workspace;
use cancellation::Scans;
use diagnostics::Diagnostics;
use index::Index;

/// What is known of the drafts on disk.
#[derive(Default)]
pub struct Workspace {
    pub index: Index,
    pub diagnostics: Diagnostics,
    pub scans: Scans,
}

impl Workspace {
    /// Forgets the files that are gone.
    pub fn forget(&self, is_gone: impl Fn(&Path) -> bool) {
        self.index.forget(&is_gone);
        self.diagnostics.forget(&is_gone);
    }
}

/// The files that are open.
pub fn open_files(session: &Session) -> HashSet<PathBuf> {
    session.drafts.uris().iter().filter_map(path).collect()
}

/// The drafts in the workspace folders that are not open, in order.
pub fn closed_drafts(session: &Session) -> Vec<PathBuf> {
    let open = open_files(session);
    let mut files: Vec<PathBuf> = session.folders().iter().flat_map(|folder| workspace::drafts(folder)).collect();
    files.sort_unstable();
    files.dedup();
    files.retain(|file| !open.contains(file));
    files
}
