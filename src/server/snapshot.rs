//! What a request about a document may see: one version of it, whatever is typed meanwhile.

use std::sync::Arc;
use std::time::Duration;

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;

use super::background::background;
use super::client::Client;
use super::documents::{Draft, LazyAnalysis};
use super::lsp::{Positions, from};
use super::session::Session;
use super::workspace::Workspace;
use crate::analysis::Analysis;
use crate::locale::Locale;
use crate::rules::message_locale;
use crate::settings::Editor;
use crate::text::{Document, Point, Span};

/// How long a draft that was opened waits for its settings; then it has the usual ones until they come.
const PATIENCE: Duration = Duration::from_secs(2);

/// One version of a draft.
pub struct Snapshot {
    pub uri: lsp::Uri,
    pub draft: Draft,
    pub session: Arc<Session>,
    pub workspace: Arc<Workspace>,
}

impl Snapshot {
    pub fn client(&self) -> &Client {
        self.session.client()
    }

    /// The language of what is said about the draft.
    pub fn locale(&self) -> Locale {
        message_locale(self.client().locale, &self.draft.analysis)
    }

    /// What the editor is to show of it.
    pub fn editor(&self) -> Editor {
        self.session.editor(&self.draft.settings)
    }

    pub fn point(&self, position: lsp::Position) -> Point {
        self.client().encoding.point(&self.draft.document, from::position(position))
    }

    pub fn span(&self, range: lsp::Range) -> Span {
        from::span(&self.draft.document, self.client().encoding, range)
    }

    pub fn positions(&self) -> Positions<'_> {
        Positions::new(&self.draft.document, self.client().encoding)
    }

    /// Reads this version beside the message loop, by the settings of the draft.
    pub async fn read<T: Send + 'static>(
        mut self,
        method: &str,
        read: impl FnOnce(&Self) -> T + Send + 'static,
    ) -> Result<T> {
        self.configure().await;
        let method = method.to_owned();
        background(move || {
            self.session.before_query(&method, &self.draft.document);
            read(&self)
        })
        .await
    }

    /// Waits until the settings of the draft are known, and holds the same version by them.
    pub async fn configure(&mut self) {
        if self.draft.is_configured {
            return;
        }
        let mut configured = self.session.configured.subscribe();
        let wait = async {
            loop {
                let now = self.session.drafts.get(&self.uri);
                if now.as_ref().is_none_or(|now| now.is_configured) || configured.changed().await.is_err() {
                    return now;
                }
            }
        };
        let Ok(Some(now)) = tokio::time::timeout(PATIENCE, wait).await else { return };
        if now.document.version() == self.draft.document.version() {
            self.draft = now;
        } else {
            let (document, settings) = (self.draft.document.clone(), now.settings.clone());
            self.draft.analysis = LazyAnalysis::new(move || Analysis::new(&document, now.markup, &settings));
            (self.draft.settings, self.draft.is_configured) = (now.settings, true);
        }
    }
}

/// One version of a settings file.
pub struct SettingsSnapshot {
    pub uri: lsp::Uri,
    pub document: Document,
    pub session: Arc<Session>,
}

impl SettingsSnapshot {
    pub fn point(&self, position: lsp::Position) -> Point {
        self.session.client().encoding.point(&self.document, from::position(position))
    }
}
