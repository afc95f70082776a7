//! What changes while a session goes on: the client's settings, the folders, and what it was told.

use serde::Serialize;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;

use super::backend::{Backend, LONG_ANSWERS, Shared, text};
use super::capabilities::path;
use super::convert::Positions;
use super::publish::{Finding, LIMIT};
use crate::rules;

/// The section of the client's settings that is ours.
const SECTION: &str = "jianggao";
const CONFIGURATION: &str = "workspace/configuration";

impl Shared {
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

    /// Asks for the client's settings, where it can be asked.
    pub fn ask_settings(&self) {
        if self.session().configuration {
            self.outbox.ask_once(CONFIGURATION, json!({ "items": [{ "section": SECTION }] }));
        }
    }

    /// Takes up what the client answers. Only its settings matter.
    pub fn answered(&self, answer: &Value) {
        let is_settings = answer["id"].as_str().is_some_and(|id| id.starts_with(CONFIGURATION));
        if is_settings && answer["result"][0].is_object() && self.session().set_wishes(&answer["result"][0]) {
            self.refresh();
        }
    }
}

impl Backend {
    pub(super) fn settings_changed(&self, settings: &Value) {
        if settings[SECTION].is_object() {
            if self.shared().session().set_wishes(&settings[SECTION]) {
                self.shared().refresh();
            }
        } else {
            self.shared().ask_settings();
        }
    }

    pub(super) fn folders_changed(&self, event: &lsp::WorkspaceFoldersChangeEvent) {
        let paths = |folders: &[lsp::WorkspaceFolder]| folders.iter().filter_map(|f| path(&f.uri)).collect::<Vec<_>>();
        self.shared().session().change_folders(&paths(&event.added), &paths(&event.removed));
    }

    /// The findings of a draft, for a client that asks; `unchanged` when it has them.
    pub async fn pull(&self, params: lsp::DocumentDiagnosticParams) -> Result<Value> {
        let uri = params.text_document.uri;
        let known = params.previous_result_id;
        let asked = uri.clone();
        let shared = self.shared().clone();
        let answer = self.query(LONG_ANSWERS[4].0, &asked, move |entry, session| {
            let found = rules::diagnostics(&entry.analysis, &entry.document, &entry.settings, session.locale, LIMIT);
            let mut positions = Positions::new(&entry.document, session.encoding);
            let pages = shared.pages();
            let items: Vec<_> = found.iter().map(|f| Finding::new(f, &uri, pages, &mut positions, session)).collect();
            // Named by what it says: other settings may find other things in the same version.
            let json = serde_json::to_string(&items).unwrap_or_default();
            let id = format!("{:x}", crate::paragraph::placeholder::fingerprint(&json));
            if known.as_deref() == Some(&*id) {
                return text(&Unchanged { kind: "unchanged", result_id: &id });
            }
            Value::String(format!(r#"{{"kind":"full","resultId":"{id}","items":{json}}}"#))
        });
        let nothing = || Value::String(r#"{"kind":"full","items":[]}"#.to_owned());
        Ok(answer.await?.unwrap_or_else(nothing))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Unchanged<'a> {
    kind: &'a str,
    result_id: &'a str,
}
