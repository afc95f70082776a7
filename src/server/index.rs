//! The symbols of all drafts of the workspace folders. A draft is read again when its file changes.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::json;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types as lsp;

use super::backend::{Backend, Shared};
use super::capabilities::path;
use super::convert;
use crate::analysis::Analysis;
use crate::features::symbols::symbols;
use crate::text::Document;
use crate::workspace::{self, Stamp};

/// No client shows more.
const LIMIT: usize = 1000;
/// How many files are read between two words about it.
const STEP: usize = 50;

type Symbols = Arc<Vec<lsp::SymbolInformation>>;

/// What is known of the files: by path, with the time and length they had.
#[derive(Default)]
pub struct Index {
    files: Mutex<HashMap<PathBuf, (Option<Stamp>, Symbols)>>,
}

/// Tells a search that nobody waits for it any more.
struct Abandoned(Arc<AtomicBool>);

impl Drop for Abandoned {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Index {
    fn of(&self, file: &Path, shared: &Shared) -> Symbols {
        let stamp = workspace::stamp(file);
        let known = self.files.lock().unwrap_or_else(PoisonError::into_inner).get(file).cloned();
        if let Some((_, symbols)) = known.filter(|(known, _)| stamp.is_some() && *known == stamp) {
            return symbols;
        }
        let symbols = Arc::new(read(file, shared).unwrap_or_default());
        let entry = (stamp, symbols.clone());
        self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(file.to_owned(), entry);
        symbols
    }
}

fn read(file: &Path, shared: &Shared) -> Option<Vec<lsp::SymbolInformation>> {
    let text = workspace::read_draft(file)?;
    let uri = lsp::Uri::from_file_path(file)?;
    let document = Document::new(0, &text);
    let analysis = Analysis::new(&document, convert::markup("", &uri), &Arc::default());
    let found = symbols(&analysis, &document);
    Some(convert::flat_symbols(found, &uri, &document, shared.session().encoding))
}

impl Backend {
    /// The sections whose name holds each word of the query, of the open drafts as they are open and of
    /// the others as they are on disk.
    pub(super) async fn search(
        &self,
        params: lsp::WorkspaceSymbolParams,
    ) -> Result<Option<lsp::WorkspaceSymbolResponse>> {
        let open: Vec<_> = self
            .shared()
            .store
            .uris()
            .into_iter()
            .filter_map(|uri| Some((self.shared().store.get(&uri)?, uri)))
            .collect();
        let shared = self.shared().clone();
        let abandoned = Arc::new(AtomicBool::new(false));
        let _guard = Abandoned(abandoned.clone());
        let token = params.work_done_progress_params.work_done_token;
        let work = tokio::task::spawn_blocking(move || {
            let words: Vec<String> = params.query.split_whitespace().map(str::to_lowercase).collect();
            let fits = |symbol: &&lsp::SymbolInformation| {
                let name = symbol.name.to_lowercase();
                words.iter().all(|word| name.contains(word))
            };
            let mut found: Vec<lsp::SymbolInformation> = Vec::new();
            let session = shared.session();
            for (entry, uri) in &open {
                let all = symbols(&entry.analysis, &entry.document);
                let all = convert::flat_symbols(all, uri, &entry.document, session.encoding);
                found.extend(all.iter().filter(fits).cloned());
            }
            let opened: Vec<PathBuf> = open.iter().filter_map(|(_, uri)| path(uri)).collect();
            let mut files: Vec<PathBuf> =
                session.folders().iter().flat_map(|folder| workspace::drafts(folder)).collect();
            files.sort_unstable();
            files.dedup();
            files.retain(|file| !opened.contains(file));
            let tell = |value: serde_json::Value| {
                if let Some(token) = &token {
                    shared.outbox.notify("$/progress", json!({ "token": token, "value": value }));
                }
            };
            let title = session.locale.pick("查找各篇讲稿", "查找各篇講稿", "Searching drafts");
            tell(json!({ "kind": "begin", "title": title, "percentage": 0, "cancellable": true }));
            for (n, file) in files.iter().enumerate() {
                if found.len() >= LIMIT || abandoned.load(Ordering::Relaxed) {
                    break;
                }
                if n % STEP == STEP - 1 {
                    tell(json!({ "kind": "report", "percentage": n * 100 / files.len() }));
                }
                found.extend(shared.index.of(file, &shared).iter().filter(fits).cloned());
            }
            tell(json!({ "kind": "end" }));
            found.truncate(LIMIT);
            found
        });
        let found = work.await.map_err(|_| Error::internal_error())?;
        Ok(Some(lsp::WorkspaceSymbolResponse::Flat(found)))
    }
}
