//! Sending the findings. At once when nothing else is to be done; when changes queue up, those of
//! the newest version only.

use std::hash::Hasher;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use rustc_hash::FxHasher;
use tokio::sync::mpsc::UnboundedReceiver;
use tower_lsp::ls_types as lsp;

use super::documents::Draft;
use super::findings::Pen;
use super::session::Session;
use super::transport::{Frame, PublishPermit};
use super::typing::Held;
use crate::features::facts::Facts;
use crate::rules::{self, Found, Shown};

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
        let cost = Mutex::new(QUICK);
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
                None => renderer.session.writer.publish(permit, Frame::findings(&uri, None, none())),
                // It will come here again.
                Some(draft) if !draft.is_configured => {}
                Some(draft) if renderer.is_quick() && draft.analysis.is_made() => {
                    renderer.publish(&uri, &draft, permit)
                }
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
    /// What the last list cost.
    cost: Mutex<Duration>,
}

impl Renderer {
    fn is_quick(&self) -> bool {
        *self.cost.lock().unwrap_or_else(PoisonError::into_inner) < QUICK
    }

    fn publish(&self, uri: &lsp::Uri, draft: &Draft, permit: PublishPermit) {
        let started = Instant::now();
        let version = draft.document.version();
        let found = catch_unwind(AssertUnwindSafe(|| findings(&self.session, uri, draft)));
        // A newer version is already waiting, or the draft was closed.
        if self.session.drafts.version(uri) == Some(version) {
            let found = found.unwrap_or_else(|_| none());
            self.session.writer.publish(permit, Frame::findings(uri, Some(version), found));
        }
        *self.cost.lock().unwrap_or_else(PoisonError::into_inner) = started.elapsed();
    }
}

/// An empty list.
fn none() -> Arc<Vec<u8>> {
    Arc::new(b"[]".to_vec())
}

/// What the client is to see of a draft, as JSON: its findings, but for those that are held back.
pub fn findings(session: &Arc<Session>, uri: &lsp::Uri, draft: &Draft) -> Arc<Vec<u8>> {
    let Draft { document, analysis, settings, .. } = draft;
    let client = session.client();
    let pen = Pen::new(uri, document, client, session.linked_pages());
    if let Some(shown) = Shown::of(analysis, document, settings, client.locale, LIMIT) {
        let places: Vec<Found> = (0..shown.len()).map(|n| shown.found(n)).collect();
        let facts = facts(session, uri, draft, &places);
        let mut written = session.written.lock().unwrap_or_else(PoisonError::into_inner);
        return written.update(pen, shown, &facts, document);
    }
    let found = rules::diagnostics(analysis, document, settings, client.locale, LIMIT);
    let places: Vec<Found> = found.iter().map(Found::of).collect();
    let facts = facts(session, uri, draft, &places);
    Arc::new(pen.list(&found, &facts, document))
}

/// What of the findings at `places` is listed.
fn facts(session: &Arc<Session>, uri: &lsp::Uri, draft: &Draft, places: &[Found]) -> Facts {
    let held_back = held_back(session, uri, draft, places);
    Facts::of(&draft.analysis, places, &held_back, session.editor(&draft.settings).shows_placeholders())
}

/// Which of the findings at `places` are held back, by number and in order.
fn held_back(session: &Arc<Session>, uri: &lsp::Uri, draft: &Draft, places: &[Found]) -> Vec<usize> {
    let typing = draft.typing.as_ref().filter(|_| session.editor(&draft.settings).holds_back());
    let Some(typing) = typing else { return Vec::new() };
    // Nothing waits for a pause that the client could not be told of.
    let can_tell = session.pushes() || session.client().refresh_diagnostics;
    let (held_back, begun) = typing.held_back(places, &draft.document, &draft.analysis, can_tell);
    if let Some(held) = begun {
        tokio::spawn(show_in_the_end(Arc::downgrade(session), uri.clone(), held));
    }
    held_back
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

/// A name for just this list: other settings may find other things in the same version.
pub fn name_of(json: &[u8]) -> String {
    let mut hasher = FxHasher::default();
    hasher.write(json);
    format!("{:x}", hasher.finish())
}
