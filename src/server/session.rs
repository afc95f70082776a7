//! One session: what the client can do and wants, what it has open, and the way to it.

mod delivery;
mod tokens;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{LazyLock, Mutex, OnceLock, PoisonError};

use serde_json::{Value, json};
use tokio::sync::mpsc::WeakUnboundedSender;
use tokio::sync::watch;
use tower_lsp::ls_types as lsp;

use super::client::Client;
use super::documents::{Drafts, SettingsFiles};
use super::findings::Written;
use super::hooks::Hooks;
use super::lsp::from::path;
use super::transport::Writer;
use crate::settings::{Editor, Settings};
use crate::text::Document;
use crate::workspace::pages;
use delivery::Delivery;
use tokens::Tokens;

/// The section of the client's settings that is ours.
const SECTION: &str = "jianggao";
const CONFIGURATION: &str = "workspace/configuration";

pub struct Session {
    client: OnceLock<Client>,
    /// What the client's own settings say of hints, lenses and typing.
    client_settings: Mutex<Editor>,
    /// The folders of the workspace that are on this machine.
    folders: Mutex<Vec<PathBuf>>,
    pub drafts: Drafts,
    pub settings_files: SettingsFiles,
    pub tokens: Tokens,
    /// The list of findings that was sent last.
    pub written: Mutex<Written>,
    pub writer: Writer,
    delivery: Delivery,
    /// Where drafts whose findings are to be sent go in.
    changed: WeakUnboundedSender<lsp::Uri>,
    /// Counts what has changed that the findings of closed drafts hang on.
    pub revision: watch::Sender<u64>,
    /// Told when drafts have their settings.
    pub configured: watch::Sender<()>,
    /// Where the pages about the rules are. Looked for when the first finding is sent.
    rule_pages: OnceLock<Option<String>>,
    is_shut_down: AtomicBool,
    hooks: Hooks,
}

impl Session {
    pub fn new(writer: Writer, changed: WeakUnboundedSender<lsp::Uri>, hooks: Hooks) -> Self {
        Self {
            client: OnceLock::new(),
            client_settings: Mutex::default(),
            folders: Mutex::default(),
            drafts: Drafts::new(hooks.clone()),
            settings_files: SettingsFiles::default(),
            tokens: Tokens::default(),
            written: Mutex::default(),
            writer,
            delivery: Delivery::default(),
            changed,
            revision: watch::Sender::default(),
            configured: watch::Sender::default(),
            rule_pages: OnceLock::new(),
            is_shut_down: AtomicBool::new(false),
            hooks,
        }
    }

    /// Takes up what the client says in `initialize`.
    pub fn initialize(&self, params: &lsp::InitializeParams) -> &Client {
        *self.folders.lock().unwrap_or_else(PoisonError::into_inner) = folders(params);
        let client_settings = params.initialization_options.as_ref().map(client_settings);
        *self.client_settings.lock().unwrap_or_else(PoisonError::into_inner) = client_settings.unwrap_or_default();
        self.client.get_or_init(|| Client::new(params))
    }

    /// One that can do nothing before `initialize`.
    pub fn client(&self) -> &Client {
        static NONE: LazyLock<Client> = LazyLock::new(Client::default);
        self.client.get().unwrap_or(&NONE)
    }

    /// Between `initialize` and `shutdown`.
    pub fn is_running(&self) -> bool {
        self.client.get().is_some() && !self.is_shut_down()
    }

    pub fn is_shut_down(&self) -> bool {
        self.is_shut_down.load(Ordering::Relaxed)
    }

    pub fn shut_down(&self) {
        self.is_shut_down.store(true, Ordering::Relaxed);
        // Nobody shall wait for it.
        self.revise();
    }

    /// The client has closed a draft.
    pub fn close(&self, uri: &lsp::Uri) {
        self.drafts.close(uri);
        self.tokens.forget(uri);
        self.written.lock().unwrap_or_else(PoisonError::into_inner).forget(uri);
        self.revise();
    }

    pub fn folders(&self) -> Vec<PathBuf> {
        self.folders.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn change_folders(&self, event: &lsp::WorkspaceFoldersChangeEvent) {
        let paths = |folders: &[lsp::WorkspaceFolder]| folders.iter().filter_map(|f| path(&f.uri)).collect::<Vec<_>>();
        let (added, removed) = (paths(&event.added), paths(&event.removed));
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        folders.retain(|folder| !removed.contains(folder) && !added.contains(folder));
        folders.extend(added);
    }

    /// What the editor is to show: the client's own settings go before those of `jianggao.toml`.
    pub fn editor(&self, settings: &Settings) -> Editor {
        settings.editor.with(*self.client_settings.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Asks for the client's settings, where it can be asked.
    pub fn request_client_settings(&self) {
        if self.client().configuration {
            self.writer.request(CONFIGURATION, json!({ "items": [{ "section": SECTION }] }));
        }
    }

    /// Takes up what the client says of its settings, or asks for them.
    pub fn client_settings_changed(&self, settings: &Value) {
        if settings[SECTION].is_object() {
            self.take_client_settings(&settings[SECTION]);
        } else {
            self.request_client_settings();
        }
    }

    /// Takes up what the client answers. Only its settings matter.
    pub fn answered(&self, answer: &Value) {
        if answer["id"].as_str().is_some_and(|id| id.starts_with(CONFIGURATION)) {
            self.take_client_settings(&answer["result"][0]);
        }
    }

    fn take_client_settings(&self, settings: &Value) {
        if !settings.is_object() {
            return;
        }
        let new = client_settings(settings);
        let before = std::mem::replace(&mut *self.client_settings.lock().unwrap_or_else(PoisonError::into_inner), new);
        if before != new {
            self.revise();
            self.refresh();
        }
    }

    /// The folder with a page about each rule.
    pub fn rule_pages(&self) -> Option<&str> {
        let installed = || Some(lsp::Uri::from_file_path(pages::found()?)?.as_str().to_owned());
        self.rule_pages.get_or_init(|| self.client().rules_url.clone().or_else(installed)).as_deref()
    }

    /// The folder with a page about each rule, for a client that shows links to them.
    pub fn linked_pages(&self) -> Option<&str> {
        self.rule_pages().filter(|_| self.client().code_description)
    }

    /// Something has changed that a client which asks for the findings of all drafts may wait for.
    pub fn revise(&self) {
        self.revision.send_modify(|revision| *revision += 1);
    }

    /// Called before a request works on a version of a document.
    pub fn before_query(&self, method: &str, document: &Document) {
        if let Some(hook) = &self.hooks.query {
            hook(method, document);
        }
    }

    /// Called before a file of the workspace is looked at.
    pub fn before_file(&self, file: &Path) {
        if let Some(hook) = &self.hooks.file {
            hook(file);
        }
    }

    pub fn log(&self, message: &str) {
        let kind = lsp::MessageType::WARNING;
        self.writer.notify("window/logMessage", json!({ "type": kind, "message": message }));
    }
}

/// `inlayHints`, `codeLens`, `onTypeFormatting`, `holdBack`, `closedDrafts` and `showPlaceholders`, each true or false.
fn client_settings(settings: &Value) -> Editor {
    let is = |name: &str| settings.get(name).and_then(Value::as_bool);
    Editor {
        inlay_hints: is("inlayHints"),
        code_lens: is("codeLens"),
        on_type: is("onTypeFormatting"),
        hold_back: is("holdBack"),
        closed_drafts: is("closedDrafts"),
        placeholders: is("showPlaceholders"),
    }
}

#[expect(deprecated, reason = "clients of before LSP 3.6 know only one folder")]
fn folders(params: &lsp::InitializeParams) -> Vec<PathBuf> {
    let many = params.workspace_folders.iter().flatten().map(|f| &f.uri);
    let mut folders: Vec<_> = many.filter_map(path).collect();
    if folders.is_empty() {
        folders.extend(params.root_uri.as_ref().and_then(path));
    }
    folders
}
