//! Sending the findings. At once when nothing else is to be done; when changes queue up, those of
//! the newest version only.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde::Serialize;
use tokio::sync::mpsc::UnboundedReceiver;
use tower_lsp::ls_types as lsp;

use super::backend::Shared;
use super::capabilities::Session;
use super::convert::Positions;
use super::outbox::Turn;
use super::store::Entry;
use crate::placeholder::fingerprint;
use crate::rules::{Diagnostic, Severity, Tag};
use crate::text::Document;

/// Editors show no more findings of a file than this (VS Code), and more of them are no help.
pub const LIMIT: usize = 1000;
/// What takes longer than this must not hold up the messages that come in.
const QUICK: Duration = Duration::from_micros(300);

/// The task that sends findings.
pub struct Publisher {
    pub shared: Arc<Shared>,
    /// The drafts that have changed, or been closed.
    pub changed: UnboundedReceiver<lsp::Uri>,
}

impl Publisher {
    /// Runs until the last sender of `changed` is gone.
    pub async fn run(mut self) {
        // The first list is not quick: the catalogue of formulations is made for it.
        let cost = Mutex::new(Cost { time: QUICK, bytes: 0 });
        let renderer = Arc::new(Renderer { shared: self.shared, cost });
        let mut waiting: Vec<lsp::Uri> = Vec::new();
        loop {
            if waiting.is_empty() {
                match self.changed.recv().await {
                    Some(uri) => waiting.push(uri),
                    None => return,
                }
            }
            // The versions that come while the client still reads the last list are passed over.
            let Some(turn) = renderer.shared.outbox.turn().await else {
                return;
            };
            while let Ok(uri) = self.changed.try_recv() {
                if !waiting.contains(&uri) {
                    waiting.push(uri);
                }
            }
            let uri = waiting.remove(0);
            // Never both: a client that asks would show each finding twice.
            if !renderer.shared.pushes() {
                renderer.shared.wait_for_questions();
                continue;
            }
            match renderer.shared.store.get(&uri) {
                None => renderer.send(&uri, None, &[], turn),
                // It will come here again.
                Some(entry) if !entry.settled => {}
                Some(entry) if renderer.is_quick() => renderer.publish(&uri, &entry, turn),
                Some(entry) => {
                    let renderer = renderer.clone();
                    let publish = move || renderer.publish(&uri, &entry, turn);
                    let _ = tokio::task::spawn_blocking(publish).await;
                }
            }
        }
    }
}

struct Renderer {
    shared: Arc<Shared>,
    cost: Mutex<Cost>,
}

/// What the last list cost.
struct Cost {
    time: Duration,
    bytes: usize,
}

impl Renderer {
    fn is_quick(&self) -> bool {
        let cost = self.cost.lock().unwrap_or_else(PoisonError::into_inner);
        cost.time < QUICK
    }

    fn publish(&self, uri: &lsp::Uri, entry: &Entry, turn: Turn) {
        let started = Instant::now();
        let findings = catch_unwind(AssertUnwindSafe(|| self.shared.shown(uri, entry, LIMIT))).unwrap_or_default();
        // A newer version is already waiting, or the draft was closed.
        if self.shared.store.version(uri) == Some(entry.document.version()) {
            self.send(uri, Some(entry), &findings, turn);
        }
        let mut cost = self.cost.lock().unwrap_or_else(PoisonError::into_inner);
        cost.time = started.elapsed();
    }

    fn send(&self, uri: &lsp::Uri, entry: Option<&Entry>, findings: &[Diagnostic], turn: Turn) {
        let session = self.shared.session();
        let diagnostics = match entry {
            Some(entry) if !findings.is_empty() => {
                let mut positions = Positions::new(&entry.document, session.encoding);
                let pages = self.shared.pages();
                let finding = |f| Finding::new(f, uri, pages, &mut positions, session);
                findings.iter().map(finding).collect()
            }
            _ => Vec::new(),
        };
        let list = List { uri, version: entry.map(|entry| entry.document.version()), diagnostics };
        let room = self.cost.lock().map_or(0, |cost| cost.bytes);
        let room = room + room / 8 + 256;
        let outbox = &self.shared.outbox;
        let bytes = outbox.notify_in_turn(turn, room, "textDocument/publishDiagnostics", &list);
        if let Ok(mut cost) = self.cost.lock() {
            cost.bytes = bytes;
        }
    }
}

/// The findings as JSON, and a name for just these: other settings may find other things in the same
/// version.
pub fn written(found: &[Diagnostic], uri: &lsp::Uri, document: &Document, shared: &Shared) -> (String, String) {
    let session = shared.session();
    let mut positions = Positions::new(document, session.encoding);
    let pages = shared.pages();
    let items: Vec<_> = found.iter().map(|f| Finding::new(f, uri, pages, &mut positions, session)).collect();
    let json = serde_json::to_string(&items).unwrap_or_else(|_| "[]".to_owned());
    (format!("{:x}", fingerprint(&json)), json)
}

/// `PublishDiagnosticsParams`, borrowed: written straight to bytes, at a sixth of the cost of going
/// through a `Value`. The version comes first for readers who look no further.
#[derive(Serialize)]
struct List<'a> {
    uri: &'a lsp::Uri,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<i32>,
    diagnostics: Vec<Finding<'a>>,
}

/// The protocol's `Diagnostic`, borrowed.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding<'a> {
    range: lsp::Range,
    severity: u8,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code_description: Option<CodeDescription<'a>>,
    source: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_information: Vec<Related<'a>>,
    #[serde(skip_serializing_if = "<[u8]>::is_empty")]
    tags: &'static [u8],
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Data<'a>>,
}

#[derive(Serialize)]
struct CodeDescription<'a> {
    href: Page<'a>,
}

struct Page<'a> {
    folder: &'a str,
    code: &'static str,
}

impl Serialize for Page<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}/{}.md", self.folder, self.code))
    }
}

#[derive(Serialize)]
struct Related<'a> {
    location: Location<'a>,
    message: &'a str,
}

#[derive(Serialize)]
struct Location<'a> {
    uri: &'a lsp::Uri,
    range: lsp::Range,
}

/// The fix of the finding, for clients that apply fixes themselves.
#[derive(Serialize)]
struct Data<'a> {
    title: &'a str,
    grade: &'static str,
    edits: Vec<TextEdit<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TextEdit<'a> {
    range: lsp::Range,
    new_text: &'a str,
}

impl<'a> Finding<'a> {
    /// `finding` as `session`'s client can take it; `pages` is the folder with the rules' pages.
    pub fn new(
        finding: &'a Diagnostic,
        uri: &'a lsp::Uri,
        pages: Option<&'a str>,
        positions: &mut Positions<'_>,
        session: &Session,
    ) -> Self {
        let code = finding.rule.code;
        let range = positions.range(finding.span);
        let related = finding.related.iter().filter(|_| session.related_information);
        let fix = finding.fix.as_ref().filter(|_| session.diagnostic_data);
        Self {
            range,
            severity: match finding.severity {
                Severity::Error => 1,
                Severity::Warning => 2,
                Severity::Information => 3,
                Severity::Hint => 4,
            },
            code,
            code_description: pages.map(|folder| CodeDescription { href: Page { folder, code } }),
            source: "jianggao",
            message: &finding.message,
            related_information: related
                .map(|related| Related {
                    location: Location { uri, range: positions.range(related.span) },
                    message: &related.message,
                })
                .collect(),
            // “Unnecessary”, which editors fade.
            tags: if session.unnecessary_tag && finding.rule.is(Tag::Unnecessary) { &[1] } else { &[] },
            data: fix.map(|fix| Data {
                title: &fix.title,
                grade: fix.grade.name(),
                edits: fix
                    .edits
                    .iter()
                    .map(|edit| TextEdit { range: positions.range(edit.span), new_text: &edit.text })
                    .collect(),
            }),
        }
    }
}
