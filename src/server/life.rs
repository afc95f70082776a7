//! What changes while a session goes on: the client's settings, the folders, and what it was told.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use serde::Serialize;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;

use super::backend::{Backend, LONG_ANSWERS, Shared, text};
use super::capabilities::path;
use super::publish::{LIMIT, written};
use crate::placeholder::fingerprint;
use crate::workspace;

/// The section of the client's settings that is ours.
const SECTION: &str = "jianggao";
const CONFIGURATION: &str = "workspace/configuration";

/// How long a client that says that it asks for findings may take to do so for the first time.
const ASKS_WITHIN: Duration = Duration::from_secs(2);

/// Whether a client that says that it asks for findings does. One that does not is sent them.
#[derive(Default)]
pub struct Asks(AtomicU8);

const OPEN: u8 = 0;
const WAITING: u8 = 1;
const NEVER: u8 = 2;
const YES: u8 = 3;

impl Shared {
    /// True when lists of findings are sent to the client.
    pub fn pushes(&self) -> bool {
        !self.session().pull || self.asks.0.load(Ordering::Relaxed) == NEVER
    }

    /// There is something to ask for.
    pub fn wait_for_questions(self: &Arc<Self>) {
        if self.asks.0.compare_exchange(OPEN, WAITING, Ordering::Relaxed, Ordering::Relaxed).is_err() {
            return;
        }
        let shared = Arc::downgrade(self);
        tokio::spawn(async move {
            tokio::time::sleep(ASKS_WITHIN).await;
            let Some(shared) = shared.upgrade() else { return };
            if shared.asks.0.compare_exchange(WAITING, NEVER, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
                shared.store.uris().iter().for_each(|uri| shared.show_again(uri));
            }
        });
    }

    /// The client asks. What it was sent would stand beside what it asks for.
    pub fn was_asked(&self) {
        if self.asks.0.swap(YES, Ordering::Relaxed) == NEVER {
            for uri in self.store.uris() {
                self.outbox.notify("textDocument/publishDiagnostics", json!({ "uri": uri, "diagnostics": [] }));
            }
        }
    }

    /// Has the client ask again for what it shows, as far as it can.
    pub fn refresh(&self) {
        let session = self.session();
        for (can, method) in [
            (session.pull && session.refresh_diagnostics, "workspace/diagnostic/refresh"),
            (session.refresh_hints, "workspace/inlayHint/refresh"),
            (session.refresh_lenses, "workspace/codeLens/refresh"),
        ] {
            if can {
                self.outbox.ask_once(method, Value::Null);
            }
        }
    }

    /// Has the client see the findings of a draft again.
    pub fn show_again(&self, uri: &lsp::Uri) {
        let session = self.session();
        if self.pushes() {
            // No receiver: the session is over.
            let _ = self.changed.upgrade().map(|changed| changed.send(uri.clone()));
        } else if session.refresh_diagnostics {
            self.outbox.ask_once("workspace/diagnostic/refresh", Value::Null);
        }
    }

    /// Something has changed that a client which asks for the findings of all drafts may wait for.
    pub fn has_news(&self) {
        self.news.send_modify(|news| *news += 1);
    }

    /// Asks for the client's settings, where it can be asked.
    pub fn ask_settings(&self) {
        if self.session().configuration {
            self.outbox.ask_once(CONFIGURATION, json!({ "items": [{ "section": SECTION }] }));
        }
    }

    /// Takes up the client's settings.
    fn take_up(&self, settings: &Value) {
        if settings.is_object() && self.session().set_wishes(settings) {
            self.has_news();
            self.refresh();
        }
    }

    /// Takes up what the client answers. Only its settings matter.
    pub fn answered(&self, answer: &Value) {
        let is_settings = answer["id"].as_str().is_some_and(|id| id.starts_with(CONFIGURATION));
        if is_settings {
            self.take_up(&answer["result"][0]);
        }
    }
}

impl Backend {
    pub(super) fn settings_changed(&self, settings: &Value) {
        if settings[SECTION].is_object() {
            self.shared().take_up(&settings[SECTION]);
        } else {
            self.shared().ask_settings();
        }
    }

    /// Files have been written by others.
    pub(super) fn files_changed(&self, files: &[&lsp::Uri]) {
        let is_draft = |uri: &&lsp::Uri| path(uri).is_some_and(|path| workspace::is_draft(&path));
        // Settings, or the packs that they name. What is said of no file may be about them.
        if files.is_empty() || !files.iter().all(is_draft) {
            self.reload_settings(true);
        }
        self.shared().has_news();
    }

    /// Files or folders have come, gone, or been given another name.
    pub(super) fn files_moved(&self, uris: impl IntoIterator<Item = String>) {
        let uris: Vec<lsp::Uri> = uris.into_iter().filter_map(|uri| uri.parse().ok()).collect();
        let paths: Vec<PathBuf> = uris.iter().filter_map(path).collect();
        let is_gone = |file: &Path| paths.iter().any(|path| file.starts_with(path));
        self.shared().index.forget(is_gone);
        self.shared().closed.forget(is_gone);
        self.files_changed(&uris.iter().collect::<Vec<_>>());
        let session = self.shared().session();
        if session.pull && session.refresh_diagnostics {
            self.shared().outbox.ask_once("workspace/diagnostic/refresh", Value::Null);
        }
    }

    pub(super) fn folders_changed(&self, event: &lsp::WorkspaceFoldersChangeEvent) {
        let paths = |folders: &[lsp::WorkspaceFolder]| folders.iter().filter_map(|f| path(&f.uri)).collect::<Vec<_>>();
        self.shared().session().change_folders(&paths(&event.added), &paths(&event.removed));
    }

    /// The findings of a draft, for a client that asks; `unchanged` when it has them.
    pub async fn pull(&self, params: lsp::DocumentDiagnosticParams) -> Result<Value> {
        self.shared().was_asked();
        let uri = params.text_document.uri;
        let known = params.previous_result_id;
        let asked = uri.clone();
        let shared = self.shared().clone();
        if let Some(items) = self.pull_settings(&uri).await {
            let json = serde_json::to_string(&items).unwrap_or_else(|_| "[]".to_owned());
            return Ok(report(&format!("{:x}", fingerprint(&json)), &json, known.as_deref()));
        }
        let answer = self.query(LONG_ANSWERS[4].0, &asked, move |entry, _| {
            let found = shared.shown(&uri, entry, LIMIT);
            let (id, json) = written(&found, &uri, &entry.document, &shared);
            report(&id, &json, known.as_deref())
        });
        match answer.await? {
            Some(answer) => Ok(answer),
            None => self.pull_closed(asked).await,
        }
    }
}

/// The list of the name `id`, for a client that knows the one of the name `known`.
fn report(id: &str, items: &str, known: Option<&str>) -> Value {
    if known == Some(id) {
        return text(&Unchanged { kind: "unchanged", result_id: id });
    }
    Value::String(format!(r#"{{"kind":"full","resultId":"{id}","items":{items}}}"#))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Unchanged<'a> {
    kind: &'a str,
    result_id: &'a str,
}
