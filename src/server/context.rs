//! What all messages of a session share.

use std::sync::Arc;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tower_lsp::ls_types as lsp;

use super::configuration::Configuration;
use super::hooks::Hooks;
use super::session::Session;
use super::snapshot::{SettingsSnapshot, Snapshot};
use super::transport::Writer;
use super::workspace::Workspace;

#[derive(Clone)]
pub struct Context {
    pub session: Arc<Session>,
    pub workspace: Arc<Workspace>,
    pub configuration: Arc<Configuration>,
    /// Where drafts whose findings are to be sent go in. The publisher ends with the last of these.
    changed: UnboundedSender<lsp::Uri>,
}

impl Context {
    /// A new session, and the drafts whose findings are to be sent in it.
    pub fn new(writer: Writer, hooks: Hooks) -> (Self, UnboundedReceiver<lsp::Uri>) {
        let (changed, drafts) = unbounded_channel();
        let session = Arc::new(Session::new(writer, changed.downgrade(), hooks));
        (Self { session, workspace: Arc::default(), configuration: Arc::default(), changed }, drafts)
    }

    /// The draft as it is now; none when it is not open.
    pub fn snapshot(&self, uri: &lsp::Uri) -> Option<Snapshot> {
        let draft = self.session.drafts.get(uri)?;
        Some(Snapshot { uri: uri.clone(), draft, session: self.session.clone(), workspace: self.workspace.clone() })
    }

    /// The settings file as it is now; none when it is not open, or is none.
    pub fn settings_snapshot(&self, uri: &lsp::Uri) -> Option<SettingsSnapshot> {
        let document = self.session.settings_files.get(uri)?;
        Some(SettingsSnapshot { uri: uri.clone(), document, session: self.session.clone() })
    }

    /// Has the client see the findings of a draft.
    pub fn publish(&self, uri: lsp::Uri) {
        // No receiver: the session is over.
        let _ = self.changed.send(uri);
    }

    /// Reads the settings of the open drafts again, beside the message loop.
    /// `closed_too`: they may be others for drafts that are not open, too.
    pub fn reload_settings(&self, closed_too: bool) {
        self.reload_settings_after(closed_too, || {});
    }

    /// Reads the settings again, after `first`.
    pub fn reload_settings_after(&self, closed_too: bool, first: impl FnOnce() + Send + 'static) {
        self.configuration.reload(&self.session, &self.changed, closed_too, Box::new(first));
    }
}
