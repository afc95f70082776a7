//! What is wrong with the settings files, open or not, and what the client was told of it.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use tower_lsp::ls_types as lsp;

use crate::server::client::Client;
use crate::server::lsp::Positions;
use crate::server::lsp::from::path;
use crate::server::session::Session;
use crate::settings::{Problem, Severity};
use crate::text::{Document, Span};
use crate::workspace::{self, SettingsFile};

/// Held while files are read and findings are sent, so that what was read last is sent last.
#[derive(Default)]
pub struct Problems(Mutex<Published>);

/// What is wrong with the settings files that are not open, as far as the client knows; `None` when what
/// it shows is of the time when the file was open.
pub type Published = HashMap<lsp::Uri, Option<Vec<Problem>>>;

impl Problems {
    pub fn lock(&self) -> MutexGuard<'_, Published> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets what the client has open no longer: what is on disk counts.
    pub fn closed(&self, session: &Session, uri: &lsp::Uri) {
        let mut published = self.lock();
        // It may be open again by now.
        if session.settings_files.forget_closed(uri) {
            published.insert(uri.clone(), None);
        }
    }

    /// Sends what is wrong with a settings file that is open.
    pub fn check_open(&self, session: &Session, uri: &lsp::Uri) {
        let mut published = self.lock();
        let was_published = published.remove(uri).is_some();
        if !session.pushes() {
            // What was sent while it was closed would stand beside what the client asks for.
            if was_published {
                send(session, uri, None, Vec::new());
            }
            return;
        }
        let version = session.settings_files.get(uri).map(|document| document.version());
        if let Some(found) = in_open(session, uri) {
            send(session, uri, version, found);
        }
    }
}

/// What is wrong with a settings file that is open.
pub fn in_open(session: &Session, uri: &lsp::Uri) -> Option<Vec<Value>> {
    let document = session.settings_files.get(uri)?;
    let problems = workspace::check(&path(uri)?, &document.to_string());
    Some(findings(&document, &problems, session.client()))
}

/// Sends what is wrong with the settings files that drafts need, where that is news. One that is open speaks
/// for itself.
pub fn publish(session: &Session, published: &mut Published, files: impl Iterator<Item = SettingsFile>) {
    let mut gone: Vec<lsp::Uri> = published.keys().cloned().collect();
    for file in files {
        let Some(uri) = lsp::Uri::from_file_path(&file.path) else { continue };
        gone.retain(|known| *known != uri);
        let known = published.get(&uri).cloned();
        let is_news = known.as_ref().map_or(!file.problems.is_empty(), |known| known.as_ref() != Some(&file.problems));
        if !is_news || session.settings_files.is_open(&uri) {
            continue;
        }
        let document = Document::new(0, &file.text);
        send(session, &uri, None, findings(&document, &file.problems, session.client()));
        // Most editors show nothing of a file that is not open. Who has just closed it has seen it.
        if known != Some(None) {
            show(session, &file, &document);
        }
        if file.problems.is_empty() {
            published.remove(&uri);
        } else {
            published.insert(uri, Some(file.problems));
        }
    }
    for uri in gone {
        published.remove(&uri);
        if !session.settings_files.is_open(&uri) {
            send(session, &uri, None, Vec::new());
        }
    }
}

/// Shows the first problem of a file, and how many more there are.
fn show(session: &Session, file: &SettingsFile, document: &Document) {
    let Some(Problem { range, message, .. }) = file.problems.first() else { return };
    let line = document.point(range.start).line + 1;
    let more = match file.problems.len() - 1 {
        0 => String::new(),
        n => session.client().locale.pick(
            format!("（另有 {n} 处）"),
            format!("（另有 {n} 處）"),
            format!(" (and {n} more)"),
        ),
    };
    let message = message.text(session.client().locale);
    let message = format!("{}:{line}: {message}{more}", file.path.display());
    let params = json!({ "type": lsp::MessageType::WARNING, "message": message });
    session.writer.notify("window/showMessage", params);
}

fn send(session: &Session, uri: &lsp::Uri, version: Option<i32>, diagnostics: Vec<Value>) {
    let mut list = json!({ "uri": uri, "diagnostics": diagnostics });
    if let Some(version) = version {
        list["version"] = version.into();
    }
    session.writer.notify("textDocument/publishDiagnostics", list);
}

/// The findings in a settings file, as the protocol has them.
fn findings(document: &Document, problems: &[Problem], client: &Client) -> Vec<Value> {
    let mut positions = Positions::new(document, client.encoding);
    let finding = |problem: &Problem| {
        let (start, end) = (document.point(problem.range.start), document.point(problem.range.end));
        json!({
            "range": positions.range(Span::new(start, end)),
            "severity": if problem.severity == Severity::Error { 1 } else { 2 },
            "source": "jianggao",
            "message": problem.message.text(client.locale),
        })
    };
    problems.iter().map(finding).collect()
}
