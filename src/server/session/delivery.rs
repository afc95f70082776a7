//! How findings get to the client: it is sent them, or asks for them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use tower_lsp::ls_types as lsp;

use super::Session;

/// How long a client that says that it asks for findings may take to do so for the first time.
const ASKS_WITHIN: Duration = Duration::from_secs(2);

/// Whether a client that says that it asks for findings does. One that does not is sent them.
#[derive(Default)]
pub struct Delivery(AtomicU8);

const NOTHING_TO_ASK: u8 = 0;
const WAITING: u8 = 1;
const NEVER_ASKS: u8 = 2;
const ASKS: u8 = 3;

impl Delivery {
    fn step(&self, from: u8, to: u8) -> bool {
        self.0.compare_exchange(from, to, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }
}

impl Session {
    /// True when lists of findings are sent to the client.
    pub fn pushes(&self) -> bool {
        !self.client().pull || self.delivery.0.load(Ordering::Relaxed) == NEVER_ASKS
    }

    /// There is something to ask for.
    pub fn wait_for_pull(self: &Arc<Self>) {
        if !self.delivery.step(NOTHING_TO_ASK, WAITING) {
            return;
        }
        let session = Arc::downgrade(self);
        tokio::spawn(async move {
            tokio::time::sleep(ASKS_WITHIN).await;
            let Some(session) = session.upgrade() else { return };
            if session.delivery.step(WAITING, NEVER_ASKS) {
                session.drafts.uris().iter().for_each(|uri| session.show_again(uri));
            }
        });
    }

    /// The client asks. What it was sent would stand beside what it asks for.
    pub fn pulled(&self) {
        if self.delivery.0.swap(ASKS, Ordering::Relaxed) == NEVER_ASKS {
            for uri in self.drafts.uris() {
                self.writer.notify("textDocument/publishDiagnostics", json!({ "uri": uri, "diagnostics": [] }));
            }
        }
    }

    /// Has the client ask again for what it shows, as far as it can.
    pub fn refresh(&self) {
        let client = self.client();
        self.refresh_pull();
        for (can, method) in [
            (client.refresh_hints, "workspace/inlayHint/refresh"),
            (client.refresh_lenses, "workspace/codeLens/refresh"),
        ] {
            if can {
                self.writer.request(method, Value::Null);
            }
        }
    }

    /// Has a client that asks for findings ask again.
    pub fn refresh_pull(&self) {
        if self.client().pull && self.client().refresh_diagnostics {
            self.writer.request("workspace/diagnostic/refresh", Value::Null);
        }
    }

    /// Has the client see the findings of a draft again.
    pub fn show_again(&self, uri: &lsp::Uri) {
        if self.pushes() {
            // No receiver: the session is over.
            let _ = self.changed.upgrade().map(|changed| changed.send(uri.clone()));
        } else {
            self.refresh_pull();
        }
    }
}
