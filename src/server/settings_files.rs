//! `jianggao.toml` as a document: what is wrong with it, open or not, and help in writing it.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use tower_lsp::ls_types as lsp;

use super::backend::{Backend, Shared};
use super::capabilities::{Session, path};
use super::convert::{self, Positions};
use crate::features::{blanks, settings_file};
use crate::settings::{Problem, Severity};
use crate::text::{Change, Document, Encoding, Span};
use crate::workspace::{self, SettingsFile};

/// The settings files that the client has open, and what it was told of the others.
#[derive(Default)]
pub struct SettingsFiles {
    /// `None` between the closing and the first look at what is on disk.
    open: Mutex<HashMap<lsp::Uri, Option<Document>>>,
    /// Held while files are read and findings are sent, so that what was read last is sent last.
    told: Mutex<Told>,
}

/// What is wrong with the settings files that are not open, as far as the client knows; `None` when what
/// it shows is of the time when the file was open.
pub type Told = HashMap<lsp::Uri, Option<Vec<Problem>>>;

/// Whether the document is a settings file.
pub fn is_settings_file(uri: &lsp::Uri) -> bool {
    path(uri).is_some_and(|path| path.file_name().is_some_and(|name| name == workspace::FILE_NAME))
}

impl SettingsFiles {
    pub fn get(&self, uri: &lsp::Uri) -> Option<Document> {
        self.open().get(uri).cloned().flatten()
    }

    /// Whether the file tells for itself.
    fn is_open(&self, uri: &lsp::Uri) -> bool {
        self.open().contains_key(uri)
    }

    fn open(&self) -> MutexGuard<'_, HashMap<lsp::Uri, Option<Document>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn told(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes the changes, where the file is open.
    pub fn change(&self, uri: &lsp::Uri, version: i32, changes: &[Change], encoding: Encoding) -> bool {
        let mut open = self.open();
        let Some(Some(document)) = open.get_mut(uri) else { return false };
        if version >= document.version() {
            for change in changes {
                *document = document.edited(version, change, encoding).0;
            }
        }
        true
    }
}

/// The findings in a settings file, as the protocol has them.
fn findings(document: &Document, problems: &[Problem], session: &Session) -> Vec<Value> {
    let mut positions = Positions::new(document, session.encoding);
    let finding = |problem: &Problem| {
        let (start, end) = (document.point(problem.range.start), document.point(problem.range.end));
        json!({
            "range": positions.range(Span::new(start, end)),
            "severity": if problem.severity == Severity::Error { 1 } else { 2 },
            "source": "jianggao",
            "message": problem.message.text(session.locale),
        })
    };
    problems.iter().map(finding).collect()
}

impl Shared {
    /// What is wrong with a settings file that is open.
    pub fn findings_in_open(&self, uri: &lsp::Uri) -> Option<Vec<Value>> {
        let document = self.settings_files.get(uri)?;
        let problems = workspace::check(&path(uri)?, &document.to_string());
        Some(findings(&document, &problems, self.session()))
    }

    /// Sends what is wrong with a settings file that is open.
    fn check_open(&self, uri: &lsp::Uri) {
        let mut told = self.settings_files.told();
        let was_told = told.remove(uri).is_some();
        if !self.pushes() {
            // What was sent while it was closed would stand beside what the client asks for.
            if was_told {
                self.publish_settings(uri, None, Vec::new());
            }
            return;
        }
        let version = self.settings_files.get(uri).map(|document| document.version());
        if let Some(found) = self.findings_in_open(uri) {
            self.publish_settings(uri, version, found);
        }
    }

    fn publish_settings(&self, uri: &lsp::Uri, version: Option<i32>, diagnostics: Vec<Value>) {
        let mut list = json!({ "uri": uri, "diagnostics": diagnostics });
        if let Some(version) = version {
            list["version"] = version.into();
        }
        self.outbox.notify("textDocument/publishDiagnostics", list);
    }

    /// Tells what is wrong with the settings files that drafts need, where that is news. One that is
    /// open tells for itself.
    pub fn tell_settings(&self, told: &mut Told, files: impl Iterator<Item = SettingsFile>) {
        let mut gone: Vec<lsp::Uri> = told.keys().cloned().collect();
        for file in files {
            let Some(uri) = lsp::Uri::from_file_path(&file.path) else { continue };
            gone.retain(|known| *known != uri);
            let known = told.get(&uri).cloned();
            let is_news =
                known.as_ref().map_or(!file.problems.is_empty(), |known| known.as_ref() != Some(&file.problems));
            if !is_news || self.settings_files.is_open(&uri) {
                continue;
            }
            let document = Document::new(0, &file.text);
            self.publish_settings(&uri, None, findings(&document, &file.problems, self.session()));
            // Most editors show nothing of a file that is not open. Who has just closed it has seen it.
            if known != Some(None) {
                self.show(&file, &document);
            }
            if file.problems.is_empty() {
                told.remove(&uri);
            } else {
                told.insert(uri, Some(file.problems));
            }
        }
        for uri in gone {
            told.remove(&uri);
            if !self.settings_files.is_open(&uri) {
                self.publish_settings(&uri, None, Vec::new());
            }
        }
    }

    /// Shows the first problem of a file, and how many more there are.
    fn show(&self, file: &SettingsFile, document: &Document) {
        let Some(Problem { range, message, .. }) = file.problems.first() else { return };
        let line = document.point(range.start).line + 1;
        let more = match file.problems.len() - 1 {
            0 => String::new(),
            n => self.session().locale.pick(
                format!("（另有 {n} 处）"),
                format!("（另有 {n} 處）"),
                format!(" (and {n} more)"),
            ),
        };
        let message = message.text(self.session().locale);
        let message = format!("{}:{line}: {message}{more}", file.path.display());
        let params = json!({ "type": lsp::MessageType::WARNING, "message": message });
        self.outbox.notify("window/showMessage", params);
    }

    /// The names that are open in the drafts below the folder of a settings file.
    fn blanks_for(&self, uri: &lsp::Uri) -> Vec<String> {
        let folder = path(uri).and_then(|path| path.parent().map(Path::to_owned)).unwrap_or_default();
        let mut names: Vec<String> = Vec::new();
        for draft in self.store.uris() {
            let is_below = path(&draft).is_some_and(|path| path.starts_with(&folder));
            let Some(entry) = self.store.get(&draft).filter(|_| is_below) else { continue };
            names.extend(blanks::names(&entry.analysis, &entry.document));
        }
        names.sort_unstable();
        names.dedup();
        names
    }
}

impl Backend {
    /// Takes a document that is no draft. False when it may be one.
    pub(super) fn open_settings(&self, item: &lsp::TextDocumentItem) -> bool {
        if is_settings_file(&item.uri) {
            let document = Document::new(item.version, &item.text);
            self.shared().settings_files.open().insert(item.uri.clone(), Some(document));
            self.check_settings(&item.uri);
            return true;
        }
        // A client that is attached to all TOML opens other files, too.
        item.language_id == "toml"
    }

    pub(super) fn change_settings(&self, uri: &lsp::Uri, version: i32, changes: &[Change]) -> bool {
        let shared = self.shared();
        let is_open = shared.settings_files.change(uri, version, changes, shared.session().encoding);
        if is_open {
            self.check_settings(uri);
        }
        is_open || is_other_toml(uri)
    }

    pub(super) fn close_settings(&self, uri: &lsp::Uri) -> bool {
        match self.shared().settings_files.open().get_mut(uri) {
            Some(document) => *document = None,
            None => return is_other_toml(uri),
        }
        let uri = uri.clone();
        self.reload_settings_after(false, move |shared| {
            let mut told = shared.settings_files.told();
            let mut open = shared.settings_files.open();
            // It may be open again by now.
            if open.get(&uri).is_some_and(Option::is_none) {
                open.remove(&uri);
                told.insert(uri, None);
            }
        });
        true
    }

    /// Checks it beside the message loop: the packs that it names are read.
    fn check_settings(&self, uri: &lsp::Uri) {
        let (shared, uri) = (self.shared().clone(), uri.clone());
        tokio::task::spawn_blocking(move || shared.check_open(&uri));
    }

    /// What is wrong with a settings file, where the client has it open and asks.
    pub(super) async fn pull_settings(&self, uri: &lsp::Uri) -> Option<Vec<Value>> {
        self.shared().settings_files.get(uri)?;
        let (shared, uri) = (self.shared().clone(), uri.clone());
        tokio::task::spawn_blocking(move || shared.findings_in_open(&uri)).await.ok().flatten()
    }

    pub(super) fn complete_settings(&self, place: &lsp::TextDocumentPositionParams) -> Option<lsp::CompletionResponse> {
        let uri = &place.text_document.uri;
        let document = self.shared().settings_files.get(uri)?;
        let session = self.shared().session();
        let at = session.encoding.point(&document, convert::position(place.position));
        let found = settings_file::complete(&document, &self.shared().blanks_for(uri), at);
        Some(convert::completion(found, Vec::new(), uri, &document, session))
    }

    /// `None` when the document is no settings file.
    pub(super) fn hover_settings(&self, place: &lsp::TextDocumentPositionParams) -> Option<Option<lsp::Hover>> {
        let document = self.shared().settings_files.get(&place.text_document.uri)?;
        let session = self.shared().session();
        let at = session.encoding.point(&document, convert::position(place.position));
        Some(settings_file::hover(&document, at).map(|hover| convert::hover(hover, &document, session)))
    }
}

fn is_other_toml(uri: &lsp::Uri) -> bool {
    uri.path().as_str().ends_with(".toml")
}
