//! The settings files that the client has open: `jianggao.toml` as a document.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tower_lsp::ls_types as lsp;

use crate::server::lsp::from::path;
use crate::text::{Change, Document, Encoding};
use crate::workspace;

/// The open settings files. One that was closed stays until the first look at what is on disk: till then it
/// speaks for itself.
#[derive(Default)]
pub struct SettingsFiles {
    open: Mutex<HashMap<lsp::Uri, Option<Document>>>,
}

/// Whether the document is a settings file.
pub fn is_settings_file(uri: &lsp::Uri) -> bool {
    path(uri).is_some_and(|path| path.file_name().is_some_and(|name| name == workspace::FILE_NAME))
}

impl SettingsFiles {
    pub fn get(&self, uri: &lsp::Uri) -> Option<Document> {
        self.lock().get(uri).cloned().flatten()
    }

    /// Whether the file speaks for itself.
    pub fn is_open(&self, uri: &lsp::Uri) -> bool {
        self.lock().contains_key(uri)
    }

    pub fn open(&self, uri: &lsp::Uri, version: i32, text: &str) {
        self.lock().insert(uri.clone(), Some(Document::new(version, text)));
    }

    /// Makes the changes, where the file is open.
    pub fn change(&self, uri: &lsp::Uri, version: i32, changes: &[Change], encoding: Encoding) -> bool {
        let mut open = self.lock();
        let Some(Some(document)) = open.get_mut(uri) else { return false };
        if version >= document.version() {
            for change in changes {
                *document = document.edited(version, change, encoding).0;
            }
        }
        true
    }

    /// False when no such file is open.
    pub fn close(&self, uri: &lsp::Uri) -> bool {
        self.lock().get_mut(uri).map(|document| *document = None).is_some()
    }

    /// Forgets a file that was closed. False when it is open again, or was never.
    pub fn forget_closed(&self, uri: &lsp::Uri) -> bool {
        let mut open = self.lock();
        open.get(uri).is_some_and(Option::is_none) && open.remove(uri).is_some()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<lsp::Uri, Option<Document>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
