//! What begins, changes and ends a session: the part of the protocol that the library routes.
//!
//! Handlers run in wire order up to their first await. So a change is made before anything is awaited, and
//! nothing here ever waits for the client.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio::sync::Notify;
use tower_lsp::jsonrpc::Result;
use tower_lsp::{LanguageServer, ls_types as lsp};

use super::capabilities;
use super::context::Context;
use super::documents::{Draft, Refused, is_settings_file};
use super::lsp::from::{self, path};
use crate::workspace;

/// How often we look whether the client still lives. Normally the end of its stream tells us.
const CLIENT_WATCH: Duration = Duration::from_secs(3);

pub struct Changes {
    context: Context,
    /// Told when the process of the client is gone.
    client_died: Arc<Notify>,
}

impl Changes {
    pub fn new(context: Context, client_died: Arc<Notify>) -> Self {
        Self { context, client_died }
    }

    /// Watches the process of the client where that can be done by looking: on Linux. A client that
    /// cannot be seen at all is in another container, and not dead.
    fn watch_client(&self, id: u32) {
        let process = format!("/proc/{id}");
        if !cfg!(target_os = "linux") || !Path::new(&process).exists() {
            return;
        }
        let client_died = self.client_died.clone();
        tokio::spawn(async move {
            while Path::new(&process).exists() {
                tokio::time::sleep(CLIENT_WATCH).await;
            }
            client_died.notify_one();
        });
    }

    /// Reads the settings of a draft that was opened, and those of the others, which the client may not watch
    /// (Neovim on Linux). Then makes the catalogue of formulations ready for the first completion in a
    /// Chinese draft, and looks through the other drafts for what the writer says.
    fn configure(&self, uri: lsp::Uri) {
        self.context.reload_settings(false);
        let context = self.context.clone();
        tokio::spawn(async move {
            let Some(mut snapshot) = context.snapshot(&uri) else { return };
            snapshot.configure().await;
            if context.session.drafts.give_up_settings(&uri) {
                context.publish(uri);
            }
            let Context { session, workspace, .. } = context;
            let Draft { analysis, settings, .. } = snapshot.draft;
            if settings.formulations.complete == Some(false) || workspace.index.has_learned() {
                return;
            }
            tokio::task::spawn_blocking(move || {
                if !workspace.index.has_learned() && analysis.is_chinese() {
                    settings.formulations.catalogue().warm();
                    workspace.index.learn(&session);
                }
            });
        });
    }

    /// Checks a settings file that is open beside the message loop: the packs that it names are read.
    fn check_settings(&self, uri: lsp::Uri) {
        let Context { session, configuration, .. } = self.context.clone();
        tokio::task::spawn_blocking(move || configuration.problems.check_open(&session, &uri));
    }

    /// Files have been written by others.
    fn files_changed(&self, files: &[&lsp::Uri]) {
        let is_draft = |uri: &&lsp::Uri| path(uri).is_some_and(|path| workspace::is_draft(&path));
        // Settings, or the packs that they name. What is said of no file may be about them.
        if files.is_empty() || !files.iter().all(is_draft) {
            self.context.reload_settings(true);
        }
        self.context.session.revise();
    }

    /// Files or folders have come, gone, or been given another name.
    fn files_moved(&self, uris: impl IntoIterator<Item = String>) {
        let uris: Vec<lsp::Uri> = uris.into_iter().filter_map(|uri| uri.parse().ok()).collect();
        let paths: Vec<_> = uris.iter().filter_map(path).collect();
        self.context.workspace.forget(|file| paths.iter().any(|path| file.starts_with(path)));
        self.files_changed(&uris.iter().collect::<Vec<_>>());
        self.context.session.refresh_pull();
    }
}

impl Changes {
    /// `window/workDoneProgress/cancel`, which the library does not know.
    pub async fn cancel_progress(&self, params: lsp::WorkDoneProgressCancelParams) {
        self.context.workspace.scans.cancel(&params.token);
    }
}

impl LanguageServer for Changes {
    async fn initialize(&self, params: lsp::InitializeParams) -> Result<lsp::InitializeResult> {
        let client = self.context.session.initialize(&params);
        if let Some(id) = params.process_id {
            self.watch_client(id);
        }
        Ok(capabilities::offer(client))
    }

    async fn initialized(&self, _: lsp::InitializedParams) {
        let session = &self.context.session;
        let register = |id: &str, registration| {
            let params = json!({ "registrations": [registration] });
            session.writer.request_as(id, "client/registerCapability", params);
        };
        if session.client().watched_files {
            let settings = json!({ "globPattern": format!("**/{}", workspace::FILE_NAME) });
            // The packs that settings name are such files.
            let packs = json!({ "globPattern": "**/*.{tsv,csv,xlsx}" });
            let mut watchers = vec![settings, packs];
            if session.client().pull {
                let drafts = format!("**/*.{{{}}}", workspace::EXTENSIONS.join(","));
                watchers.push(json!({ "globPattern": drafts }));
            }
            let id = "jianggao/settings";
            let options = json!({ "watchers": watchers });
            register(id, json!({ "id": id, "method": "workspace/didChangeWatchedFiles", "registerOptions": options }));
        }
        if session.client().register_configuration {
            let id = "jianggao/client-settings";
            register(id, json!({ "id": id, "method": "workspace/didChangeConfiguration" }));
        }
        session.request_client_settings();
    }

    async fn shutdown(&self) -> Result<()> {
        self.context.session.shut_down();
        Ok(())
    }

    async fn did_open(&self, params: lsp::DidOpenTextDocumentParams) {
        let lsp::TextDocumentItem { uri, language_id, version, text } = params.text_document;
        let session = &self.context.session;
        if is_settings_file(&uri) {
            session.settings_files.open(&uri, version, &text);
            self.check_settings(uri);
        } else if language_id != "toml" {
            // A client that is attached to all TOML opens other files, too.
            session.drafts.open(&uri, version, &text, from::markup(&language_id, &uri));
            self.configure(uri);
        }
    }

    async fn did_change(&self, params: lsp::DidChangeTextDocumentParams) {
        let lsp::VersionedTextDocumentIdentifier { uri, version } = params.text_document;
        let changes: Vec<_> = params.content_changes.into_iter().map(from::change).collect();
        let session = &self.context.session;
        let encoding = session.client().encoding;
        if session.settings_files.change(&uri, version, &changes, encoding) {
            return self.check_settings(uri);
        }
        let refused = match session.drafts.change(&uri, version, changes, encoding) {
            Ok(()) => return self.context.publish(uri),
            Err(_) if is_toml(&uri) => return,
            Err(refused) => refused,
        };
        let reason = match refused {
            Refused::Unknown => "is not open",
            Refused::Outdated => "is already at a newer version",
        };
        session.log(&format!("change to version {version} ignored: {} {reason}", uri.as_str()));
    }

    async fn did_save(&self, params: lsp::DidSaveTextDocumentParams) {
        let (session, uri) = (&self.context.session, params.text_document.uri);
        if session.drafts.end_typing(&uri) {
            session.show_again(&uri);
        }
        session.revise();
        self.context.reload_settings(false);
        let Context { session, workspace, .. } = self.context.clone();
        tokio::task::spawn_blocking(move || workspace.index.saved(&uri, &session));
    }

    async fn did_close(&self, params: lsp::DidCloseTextDocumentParams) {
        let (session, uri) = (&self.context.session, params.text_document.uri);
        if session.settings_files.close(&uri) {
            let Context { session, configuration, .. } = self.context.clone();
            let closed = move || configuration.problems.closed(&session, &uri);
            return self.context.reload_settings_after(false, closed);
        }
        if is_toml(&uri) {
            return;
        }
        self.context.workspace.diagnostics.closed(&uri);
        session.close(&uri);
        self.context.publish(uri);
    }

    async fn did_change_watched_files(&self, params: lsp::DidChangeWatchedFilesParams) {
        let files: Vec<_> = params.changes.iter().map(|change| &change.uri).collect();
        self.files_changed(&files);
    }

    async fn did_create_files(&self, params: lsp::CreateFilesParams) {
        self.files_moved(params.files.into_iter().map(|file| file.uri));
    }

    async fn did_rename_files(&self, params: lsp::RenameFilesParams) {
        self.files_moved(params.files.into_iter().flat_map(|file| [file.old_uri, file.new_uri]));
    }

    async fn did_delete_files(&self, params: lsp::DeleteFilesParams) {
        self.files_moved(params.files.into_iter().map(|file| file.uri));
    }

    async fn did_change_configuration(&self, params: lsp::DidChangeConfigurationParams) {
        self.context.session.client_settings_changed(&params.settings);
    }

    async fn did_change_workspace_folders(&self, params: lsp::DidChangeWorkspaceFoldersParams) {
        self.context.session.change_folders(&params.event);
        self.context.workspace.index.folders_changed();
        // A draft that is no file has the settings of the first folder.
        self.context.reload_settings(true);
        self.context.session.revise();
    }
}

fn is_toml(uri: &lsp::Uri) -> bool {
    uri.path().as_str().ends_with(".toml")
}
