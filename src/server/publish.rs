//! Sending the findings. At once when nothing else is to be done; when changes queue up, those of
//! the newest version only.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use serde::Serialize;
use tokio::sync::mpsc::UnboundedReceiver;
use tower_lsp::ls_types as lsp;

use super::documents::Draft;
use super::lsp::Positions;
use super::lsp::finding::Finding;
use super::session::Session;
use super::transport::PublishPermit;
use super::typing::Held;
use crate::placeholder::fingerprint;
use crate::rules::{self, Diagnostic, Found};
use crate::text::Document;

/// Editors show no more findings of a file than this (VS Code), and more of them are no help.
pub const LIMIT: usize = 1000;
/// What takes longer than this must not hold up the messages that come in.
const QUICK: Duration = Duration::from_micros(300);

/// The task that sends findings.
pub struct Publisher {
    pub session: Arc<Session>,
    /// The drafts that have changed, or been closed.
    pub changed: UnboundedReceiver<lsp::Uri>,
}

impl Publisher {
    /// Runs until the last sender of `changed` is gone.
    pub async fn run(mut self) {
        // The first list is not quick: the catalogue of formulations is made for it.
        let cost = Mutex::new(Cost { time: QUICK, bytes: 0 });
        let renderer = Arc::new(Renderer { session: self.session, cost });
        let mut waiting: Vec<lsp::Uri> = Vec::new();
        loop {
            if waiting.is_empty() {
                match self.changed.recv().await {
                    Some(uri) => waiting.push(uri),
                    None => return,
                }
            }
            // The versions that come while the client still reads the last list are passed over.
            let Some(permit) = renderer.session.writer.permit().await else {
                return;
            };
            while let Ok(uri) = self.changed.try_recv() {
                if !waiting.contains(&uri) {
                    waiting.push(uri);
                }
            }
            let uri = waiting.remove(0);
            // Never both: a client that asks would show each finding twice.
            if !renderer.session.pushes() {
                renderer.session.wait_for_pull();
                continue;
            }
            match renderer.session.drafts.get(&uri) {
                None => renderer.send(&uri, None, &[], permit),
                // It will come here again.
                Some(draft) if !draft.is_configured => {}
                Some(draft) if renderer.is_quick() => renderer.publish(&uri, &draft, permit),
                Some(draft) => {
                    let renderer = renderer.clone();
                    let publish = move || renderer.publish(&uri, &draft, permit);
                    let _ = tokio::task::spawn_blocking(publish).await;
                }
            }
        }
    }
}

struct Renderer {
    session: Arc<Session>,
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

    fn publish(&self, uri: &lsp::Uri, draft: &Draft, permit: PublishPermit) {
        let started = Instant::now();
        let findings = catch_unwind(AssertUnwindSafe(|| shown(&self.session, uri, draft))).unwrap_or_default();
        // A newer version is already waiting, or the draft was closed.
        if self.session.drafts.version(uri) == Some(draft.document.version()) {
            self.send(uri, Some(draft), &findings, permit);
        }
        let mut cost = self.cost.lock().unwrap_or_else(PoisonError::into_inner);
        cost.time = started.elapsed();
    }

    fn send(&self, uri: &lsp::Uri, draft: Option<&Draft>, findings: &[Diagnostic], permit: PublishPermit) {
        let client = self.session.client();
        let diagnostics = match draft {
            Some(draft) if !findings.is_empty() => {
                let mut positions = Positions::new(&draft.document, client.encoding);
                let pages = self.session.linked_pages();
                let finding = |f| Finding::new(f, uri, pages, &mut positions, client);
                findings.iter().map(finding).collect()
            }
            _ => Vec::new(),
        };
        let list = List { uri, version: draft.map(|draft| draft.document.version()), diagnostics };
        let room = self.cost.lock().map_or(0, |cost| cost.bytes);
        let room = room + room / 8 + 256;
        let writer = &self.session.writer;
        let bytes = writer.notify_with(permit, room, "textDocument/publishDiagnostics", &list);
        if let Ok(mut cost) = self.cost.lock() {
            cost.bytes = bytes;
        }
    }
}

/// What the client is to see of a draft: its findings, but for those that are held back.
pub fn shown(session: &Arc<Session>, uri: &lsp::Uri, draft: &Draft) -> Vec<Diagnostic> {
    let Draft { document, analysis, settings, .. } = draft;
    let mut found = rules::diagnostics(analysis, document, settings, session.client().locale, LIMIT);
    let Some(typing) = draft.typing.as_ref().filter(|_| session.editor(settings).holds_back()) else { return found };
    let places: Vec<Found> = found.iter().map(Found::of).collect();
    // Nothing waits for a pause that the client could not be told of.
    let can_tell = session.pushes() || session.client().refresh_diagnostics;
    let (held_back, begun) = typing.held_back(&places, document, analysis, can_tell);
    let mut n = 0..;
    found.retain(|_| n.next().is_none_or(|n| held_back.binary_search(&n).is_err()));
    if let Some(held) = begun {
        tokio::spawn(show_in_the_end(Arc::downgrade(session), uri.clone(), held));
    }
    found
}

/// Waits until a run of typing is over, however it ends, and has the client see the draft again. Keeps nothing
/// alive: the session may end first.
async fn show_in_the_end(session: Weak<Session>, uri: lsp::Uri, held: Held) {
    while let Some(session) = session.upgrade() {
        let typing = session.drafts.get(&uri).and_then(|draft| draft.typing);
        let until = typing.and_then(|typing| typing.until(&held));
        match until.filter(|until| *until > tokio::time::Instant::now()) {
            Some(until) => {
                drop(session);
                tokio::time::sleep_until(until).await;
            }
            None => {
                if until.is_some() {
                    session.drafts.end_typing(&uri);
                }
                return session.show_again(&uri);
            }
        }
    }
}

/// The findings as JSON, and a name for just these: other settings may find other things in the same
/// version.
pub fn report(found: &[Diagnostic], uri: &lsp::Uri, document: &Document, session: &Session) -> (String, String) {
    let mut positions = Positions::new(document, session.client().encoding);
    let pages = session.linked_pages();
    let finding = |found| Finding::new(found, uri, pages, &mut positions, session.client());
    let items: Vec<_> = found.iter().map(finding).collect();
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
