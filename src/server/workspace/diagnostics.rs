//! The findings of the drafts of the workspace that are not open, for a client that asks for those of all.
//!
//! They are what has to be mended: errors and warnings. What is only worth a thought is said of the
//! draft that one is at.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tokio::time::timeout;
use tower_lsp::ls_types as lsp;

use super::cancellation::CancellationToken;
use super::{closed_drafts, open_files};
use crate::analysis::Analysis;
use crate::features::facts::Facts;
use crate::placeholder::fingerprint;
use crate::rules::{self, Found, Severity};
use crate::server::configuration;
use crate::server::findings::Pen;
use crate::server::lsp::Json;
use crate::server::lsp::from::{self, path};
use crate::server::publish::{LIMIT, name_of};
use crate::server::session::Session;
use crate::settings::Settings;
use crate::text::Document;
use crate::workspace::{self, Stamp};

/// A client that has everything and asks again is answered after this time, or when there is news.
const PATIENCE: Duration = Duration::from_secs(10);
/// How many bytes of reports are sent at once.
const PORTION: usize = 1 << 16;

/// What was found in a file, and what that hangs on.
#[derive(Clone)]
struct Report {
    stamp: Option<Stamp>,
    settings: u64,
    id: Arc<str>,
    /// The findings as JSON; `[]` where there are none.
    items: Arc<[u8]>,
}

/// What is known of the drafts that are not open, by path.
#[derive(Default)]
pub struct Diagnostics {
    reports: Mutex<HashMap<PathBuf, Report>>,
    /// The revision that the client was answered last; none before the first answer.
    answered: Mutex<Option<u64>>,
    /// What has been closed, by URI, and how often the client is still told what becomes of its findings: VS Code
    /// shows those that it had until then, and passes over what it is told while it asks for the last time.
    closed: Mutex<HashMap<String, u8>>,
}

/// How often that is.
const TOLD: u8 = 3;

impl Diagnostics {
    fn of(&self, file: &Path, settings: &FolderSettings, session: &Session) -> Report {
        let stamp = workspace::stamp(file);
        let known = self.reports.lock().unwrap_or_else(PoisonError::into_inner).get(file).cloned();
        let is_same = |known: &Report| stamp.is_some() && known.stamp == stamp && known.settings == settings.mark;
        if let Some(known) = known.filter(is_same) {
            return known;
        }
        let found = catch_unwind(AssertUnwindSafe(|| look_at(file, &settings.settings, session)));
        let (id, items) = found.ok().flatten().unwrap_or_else(|| (String::new(), b"[]".to_vec()));
        let report = Report { stamp, settings: settings.mark, id: id.into(), items: items.into() };
        self.reports.lock().unwrap_or_else(PoisonError::into_inner).insert(file.to_owned(), report.clone());
        report
    }

    /// A draft is no longer open.
    pub fn closed(&self, uri: &lsp::Uri) {
        self.closed.lock().unwrap_or_else(PoisonError::into_inner).insert(uri.as_str().to_owned(), TOLD);
    }

    /// What has been closed of late, one time less to be told.
    fn just_closed(&self, session: &Session) -> Vec<lsp::Uri> {
        let mut closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        let open = session.drafts.uris();
        closed.retain(|uri, left| *left > 0 && !open.iter().any(|open| open.as_str() == uri));
        closed.values_mut().for_each(|left| *left -= 1);
        closed.keys().filter_map(|uri| uri.parse().ok()).collect()
    }

    /// Waits until there is something that the client has not been told of, or it has waited long enough.
    pub async fn news(&self, session: &Session, client_has_reports: bool) {
        let mut revision = session.revision.subscribe();
        let answered = *self.answered.lock().unwrap_or_else(PoisonError::into_inner);
        // Editors ask every two seconds. Nobody else could tell of a file that another program writes.
        if client_has_reports && Some(*revision.borrow()) == answered {
            let _ = timeout(PATIENCE, revision.changed()).await;
        }
        *self.answered.lock().unwrap_or_else(PoisonError::into_inner) = Some(*revision.borrow());
    }

    /// The findings of all drafts that are not open: in full, or as unchanged where the client has them. They go
    /// to `token` in portions, where the client takes them so.
    pub fn of_all(
        &self,
        session: &Session,
        previous: Vec<lsp::PreviousResultId>,
        token: Option<lsp::ProgressToken>,
        cancelled: &CancellationToken,
    ) -> Json {
        let mut known: HashMap<PathBuf, (lsp::Uri, String)> = HashMap::new();
        for lsp::PreviousResultId { uri, value } in previous {
            known.extend(path(&uri).map(|path| (path, (uri, value))));
        }
        let mut settings = SettingsReader::new(session);
        let mut reports = Reports { session, token, json: Vec::new() };
        let mut just_closed = self.just_closed(session);
        for file in closed_drafts(session) {
            if cancelled.is_cancelled() {
                break;
            }
            let (Some(uri), Some(settings)) = (lsp::Uri::from_file_path(&file), settings.of(&file)) else {
                continue;
            };
            session.before_file(&file);
            let report = self.of(&file, &settings, session);
            let is_shown = just_closed.iter().position(|closed| path(closed).is_some_and(|path| path == file));
            let is_shown = is_shown.map(|n| just_closed.swap_remove(n)).is_some();
            match known.remove(&file) {
                // Under the name that the client has for it.
                Some((uri, id)) => reports.push(&uri, &report, Some(&id)),
                None if is_shown || &*report.items != b"[]" => reports.push(&uri, &report, None),
                None => {}
            }
        }
        let open = open_files(session);
        // They are of no folder: nobody reports on them any more.
        just_closed.retain(|uri| path(uri).is_none_or(|file| !known.contains_key(&file)));
        let nothing = Report { stamp: None, settings: 0, id: "".into(), items: (*b"[]").into() };
        for (file, (uri, id)) in known {
            // What is open is reported on elsewhere. What is gone has no findings.
            if !id.is_empty() && !open.contains(&file) && !cancelled.is_cancelled() {
                reports.push(&uri, &nothing, None);
            }
        }
        just_closed.iter().for_each(|uri| reports.push(uri, &nothing, None));
        reports.answer()
    }

    /// The findings of a draft of the workspace that is not open, as [`Self::of_all`] has them: an editor that
    /// closes a draft asks once more for what it goes on to show of it.
    pub fn of_one(&self, session: &Session, uri: &lsp::Uri) -> Option<(Arc<str>, Arc<[u8]>)> {
        let file = path(uri).filter(|file| closed_drafts(session).contains(file))?;
        let settings = SettingsReader::new(session).of(&file)?;
        let Report { id, items, .. } = self.of(&file, &settings, session);
        Some((id, items))
    }

    pub fn forget(&self, is_gone: impl Fn(&Path) -> bool) {
        self.reports.lock().unwrap_or_else(PoisonError::into_inner).retain(|file, _| !is_gone(file));
    }
}

fn look_at(file: &Path, settings: &Arc<Settings>, session: &Session) -> Option<(String, Vec<u8>)> {
    let text = workspace::read_draft(file)?;
    let uri = lsp::Uri::from_file_path(file)?;
    let document = Document::new(0, &text);
    let settings = &workspace::of_draft(settings, file);
    let analysis = Analysis::new(&document, from::markup("", &uri), settings);
    let mut found = rules::diagnostics(&analysis, &document, settings, session.client().locale, LIMIT);
    found.retain(|finding| finding.severity <= Severity::Warning);
    let places: Vec<Found> = found.iter().map(Found::of).collect();
    let facts = Facts::of(&analysis, &places, &[], session.editor(settings).shows_placeholders());
    let json = Pen::new(&uri, &document, session.client(), session.linked_pages()).list(&found, &facts, &document);
    Some((name_of(&json), json))
}

/// The settings of the drafts in a folder, and a mark that tells them from others.
#[derive(Clone)]
struct FolderSettings {
    settings: Arc<Settings>,
    mark: u64,
}

/// The settings of each folder, read once in a scan.
struct SettingsReader<'a> {
    session: &'a Session,
    known: HashMap<PathBuf, FolderSettings>,
}

impl<'a> SettingsReader<'a> {
    fn new(session: &'a Session) -> Self {
        Self { session, known: HashMap::new() }
    }

    /// The settings for a draft that is to be looked at while it is closed; none when it is not.
    fn of(&mut self, file: &Path) -> Option<FolderSettings> {
        let folder = file.parent().unwrap_or(file).to_owned();
        let read = || {
            let uri = lsp::Uri::from_file_path(file)?;
            let settings = configuration::settings_of(&uri, self.session).settings;
            // Patterns can only be compared as they are written.
            let mark = fingerprint(&format!("{settings:?}"));
            Some(FolderSettings { settings: Arc::new(settings), mark })
        };
        let found = match self.known.get(&folder) {
            Some(known) => known.clone(),
            None => self.known.entry(folder).or_insert(read()?).clone(),
        };
        Some(found).filter(|found| self.session.editor(&found.settings).checks_closed_drafts())
    }
}

/// Where the reports go: to the client in portions, where it takes them so, or all into the answer.
struct Reports<'a> {
    session: &'a Session,
    token: Option<lsp::ProgressToken>,
    json: Vec<u8>,
}

impl Reports<'_> {
    fn push(&mut self, uri: &lsp::Uri, report: &Report, known: Option<&str>) {
        let is_known = known == Some(&*report.id);
        let uri = Value::String(uri.as_str().to_owned());
        let id = &report.id;
        let name = if id.is_empty() { String::new() } else { format!(r#","resultId":"{id}""#) };
        if !self.json.is_empty() {
            self.json.push(b',');
        }
        let kind = if is_known { "unchanged" } else { "full" };
        self.json.extend_from_slice(format!(r#"{{"kind":"{kind}","uri":{uri},"version":null{name}"#).as_bytes());
        if !is_known {
            self.json.extend_from_slice(br#","items":"#);
            self.json.extend_from_slice(&report.items);
        }
        self.json.push(b'}');
        if self.json.len() > PORTION {
            self.tell();
        }
    }

    fn tell(&mut self) {
        if let Some(token) = self.token.as_ref().filter(|_| !self.json.is_empty()) {
            self.session.writer.partial_result(token, &self.items());
            self.json.clear();
        }
    }

    fn items(&self) -> Vec<u8> {
        [br#"{"items":["#, &*self.json, b"]}"].concat()
    }

    /// The answer: what has not been told yet.
    fn answer(mut self) -> Json {
        self.tell();
        Json(self.items())
    }
}
