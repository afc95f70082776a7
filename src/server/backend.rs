//! The messages of the protocol. Each handler converts, calls and converts back.
//!
//! Handlers run in wire order up to their first await. So a change is made, and the version that a
//! request reads is taken, before anything is awaited; and nothing here ever waits for the client.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use serde::Serialize;
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedSender, WeakUnboundedSender, unbounded_channel};
use tokio::sync::{Notify, watch};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::{LanguageServer, ls_types as lsp};

use super::capabilities::{FIX_ALL, Session};
use super::closed::Closed;
use super::config::{self, Reloads};
use super::index::Index;
use super::life::Asks;
use super::outbox::Outbox;
use super::publish::Publisher;
use super::scan::Scans;
use super::settings_files::SettingsFiles;
use super::shown::Shown;
use super::store::{Entry, Refused, Store};
use super::tokens::Tokens;
use super::{Hooks, convert, exceptions, refactor};
use crate::analysis::Analysis;
use crate::features::{actions, blanks, completion, folding, formulations, hover, symbols};
use crate::rules;
use crate::settings::Settings;
use crate::workspace;

/// How often we look whether the client still lives. Normally the end of its stream tells us.
const CLIENT_WATCH: Duration = Duration::from_secs(3);

/// What all tasks of a session share.
pub struct Shared {
    pub store: Store,
    pub outbox: Outbox,
    /// Where drafts whose findings are to be sent go in.
    pub changed: WeakUnboundedSender<lsp::Uri>,
    session: OnceLock<Session>,
    hooks: Hooks,
    /// The settings of a draft whose own are not known yet.
    usual: Arc<Settings>,
    pub tokens: Tokens,
    pub index: Index,
    pub closed: Closed,
    /// How often something has changed that the findings of closed drafts hang on.
    pub news: watch::Sender<u64>,
    pub scans: Scans,
    /// Where the pages about the rules are. Looked for when the first finding is sent.
    pages: OnceLock<Option<String>>,
    pub settings_files: SettingsFiles,
    pub reloads: Reloads,
    /// Told when drafts have their settings.
    pub settled: watch::Sender<()>,
    /// Whether a client that says that it asks for findings does.
    pub asks: Asks,
}

impl Shared {
    pub fn session(&self) -> &Session {
        self.session.get_or_init(Session::default)
    }

    /// Called before a file of the workspace is looked at.
    pub fn before_file(&self, file: &Path) {
        if let Some(hook) = &self.hooks.file {
            hook(file);
        }
    }

    /// The folder with a page about each rule, for a client that shows links to them.
    pub fn pages(&self) -> Option<&str> {
        self.rule_pages().filter(|_| self.session().code_description)
    }

    /// The folder with a page about each rule.
    pub fn rule_pages(&self) -> Option<&str> {
        let find = || self.session().rules_url.clone().or_else(config::rule_pages);
        self.pages.get_or_init(find).as_deref()
    }

    /// Waits until the settings of a draft are known, and has `entry` hold by them.
    async fn settle(&self, uri: &lsp::Uri, entry: &mut Entry) {
        let mut settled = self.settled.subscribe();
        let wait = async {
            loop {
                let now = self.store.get(uri);
                if now.as_ref().is_none_or(|now| now.settled) || settled.changed().await.is_err() {
                    return now;
                }
            }
        };
        let Ok(Some(now)) = tokio::time::timeout(config::PATIENCE, wait).await else { return };
        if now.document.version() == entry.document.version() {
            *entry = now;
        } else {
            entry.analysis = Analysis::new(&entry.document, now.markup, &now.settings);
            (entry.settings, entry.settled) = (now.settings, true);
        }
    }

    fn log(&self, message: &str) {
        let kind = lsp::MessageType::WARNING;
        let params = json!({ "type": kind, "message": message });
        self.outbox.notify("window/logMessage", params);
    }
}

/// The server's side of one session.
pub struct Backend {
    shared: Arc<Shared>,
    changed: UnboundedSender<lsp::Uri>,
    client_died: Arc<Notify>,
    shut_down: AtomicBool,
}

impl Backend {
    pub fn new(outbox: Outbox, hooks: Hooks) -> (Self, Publisher) {
        let (sender, changed) = unbounded_channel();
        let shared = Arc::new(Shared {
            store: Store::new(hooks.clone()),
            outbox,
            changed: sender.downgrade(),
            session: OnceLock::new(),
            hooks,
            usual: Arc::default(),
            tokens: Tokens::default(),
            index: Index::default(),
            closed: Closed::default(),
            news: watch::Sender::default(),
            scans: Scans::default(),
            pages: OnceLock::new(),
            settings_files: SettingsFiles::default(),
            reloads: Reloads::default(),
            settled: watch::Sender::default(),
            asks: Asks::default(),
        });
        let publisher = Publisher { shared: shared.clone(), changed };
        let backend = Self { shared, changed: sender, client_died: Arc::default(), shut_down: AtomicBool::new(false) };
        (backend, publisher)
    }

    pub fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    /// Told when the process of the client is gone.
    pub fn client_died(&self) -> Arc<Notify> {
        self.client_died.clone()
    }

    pub fn is_shut_down(&self) -> bool {
        self.shut_down.load(Ordering::Relaxed)
    }

    /// Reads one version of a draft beside the message loop: a slow answer holds up nobody, and one
    /// that panics fails alone. `None` when the draft is not open.
    pub(super) async fn query<T: Send + 'static>(
        &self,
        method: &'static str,
        uri: &lsp::Uri,
        read: impl FnOnce(&Entry, &Session) -> T + Send + 'static,
    ) -> Result<Option<T>> {
        let Some(mut entry) = self.shared.store.get(uri) else {
            return Ok(None);
        };
        if !entry.settled {
            self.shared.settle(uri, &mut entry).await;
        }
        let shared = self.shared.clone();
        let answer = tokio::task::spawn_blocking(move || {
            if let Some(hook) = &shared.hooks.query {
                hook(method, &entry.document);
            }
            read(&entry, shared.session())
        });
        answer.await.map(Some).map_err(|_| Error::internal_error())
    }

    fn publish(&self, uri: lsp::Uri) {
        // No receiver: the session is over.
        let _ = self.changed.send(uri);
    }

    /// Where drafts whose findings are to be sent go in.
    pub fn changed(&self) -> UnboundedSender<lsp::Uri> {
        self.changed.clone()
    }

    /// Reads the settings of a draft that was opened, and those of the others, which the client may not watch
    /// (Neovim on Linux). Then makes the catalogue of formulations ready for the first completion in a
    /// Chinese draft, and looks through the other drafts for what the writer says.
    fn settle(&self, uri: &lsp::Uri) {
        self.reload_settings(false);
        let (shared, changed, uri) = (self.shared.clone(), self.changed.clone(), uri.clone());
        tokio::spawn(async move {
            let Some(mut entry) = shared.store.get(&uri) else { return };
            shared.settle(&uri, &mut entry).await;
            if shared.store.settle(&uri) {
                let _ = changed.send(uri);
            }
            let Entry { analysis, settings, .. } = entry;
            let is_needed = analysis.is_chinese() && settings.formulations.complete != Some(false);
            if is_needed && !shared.index.has_learned() {
                tokio::task::spawn_blocking(move || {
                    settings.formulations.catalogue().warm();
                    shared.index.learn(&shared);
                });
            }
        });
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
}

/// Requests with long answers, and the names under which `tower_lsp` knows them here. It makes a
/// `Value` of every answer, which for the symbols of a long draft takes longer than finding and
/// writing them; these handlers give a string that is the JSON of their answer.
pub const LONG_ANSWERS: [(&str, &str); 6] = [
    ("textDocument/documentSymbol", "jianggao/documentSymbol"),
    ("textDocument/foldingRange", "jianggao/foldingRange"),
    ("textDocument/semanticTokens/full", "jianggao/semanticTokens"),
    ("textDocument/semanticTokens/full/delta", "jianggao/semanticTokensDelta"),
    ("textDocument/diagnostic", "jianggao/diagnostic"),
    ("workspace/diagnostic", "jianggao/workspaceDiagnostic"),
];

impl Backend {
    pub async fn document_symbol(&self, params: lsp::DocumentSymbolParams) -> Result<Value> {
        let uri = params.text_document.uri;
        let asked = uri.clone();
        let answer = self.query(LONG_ANSWERS[0].0, &asked, move |entry, session| {
            let symbols = symbols::symbols(&entry.analysis, &entry.document);
            text(&convert::symbols(symbols, &uri, &entry.document, session))
        });
        Ok(answer.await?.unwrap_or_default())
    }

    pub async fn folding_range(&self, params: lsp::FoldingRangeParams) -> Result<Value> {
        let uri = params.text_document.uri;
        let answer = self.query(LONG_ANSWERS[1].0, &uri, |entry, session| {
            let folds = folding::folds(&entry.analysis);
            text(&convert::folds(folds, session.fold_limit))
        });
        Ok(answer.await?.unwrap_or_default())
    }
}

/// The JSON of `answer`.
pub fn text(answer: &impl Serialize) -> Value {
    serde_json::to_string(answer).map_or(Value::Null, Value::String)
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: lsp::InitializeParams) -> Result<lsp::InitializeResult> {
        let session = self.shared.session.get_or_init(|| Session::new(&params));
        if let Some(id) = params.process_id {
            self.watch_client(id);
        }
        Ok(session.offer())
    }

    async fn initialized(&self, _: lsp::InitializedParams) {
        if self.shared.session().watched_files {
            let settings = json!({ "globPattern": format!("**/{}", workspace::FILE_NAME) });
            // The packs that settings name are such files.
            let packs = json!({ "globPattern": "**/*.tsv" });
            let mut watchers = vec![settings, packs];
            if self.shared.session().pull {
                let drafts = format!("**/*.{{{}}}", workspace::EXTENSIONS.join(","));
                watchers.push(json!({ "globPattern": drafts }));
            }
            let registration = json!({
                "id": "jianggao/settings",
                "method": "workspace/didChangeWatchedFiles",
                "registerOptions": { "watchers": watchers },
            });
            let params = json!({ "registrations": [registration] });
            let outbox = &self.shared.outbox;
            outbox.ask("jianggao/settings", "client/registerCapability", params);
        }
        if self.shared.session().register_configuration {
            let registration = json!({ "id": "jianggao/wishes", "method": "workspace/didChangeConfiguration" });
            let params = json!({ "registrations": [registration] });
            self.shared.outbox.ask("jianggao/wishes", "client/registerCapability", params);
        }
        self.shared.ask_settings();
    }

    async fn shutdown(&self) -> Result<()> {
        self.shut_down.store(true, Ordering::Relaxed);
        // Nobody shall wait for it.
        self.shared.has_news();
        Ok(())
    }

    async fn did_open(&self, params: lsp::DidOpenTextDocumentParams) {
        if self.open_settings(&params.text_document) {
            return;
        }
        let lsp::TextDocumentItem { uri, language_id, version, text } = params.text_document;
        let markup = convert::markup(&language_id, &uri);
        self.shared.store.open(&uri, version, &text, markup, self.shared.usual.clone());
        self.settle(&uri);
    }

    async fn did_change(&self, params: lsp::DidChangeTextDocumentParams) {
        let lsp::VersionedTextDocumentIdentifier { uri, version } = params.text_document;
        let changes: Vec<_> = params.content_changes.into_iter().map(convert::change).collect();
        if self.change_settings(&uri, version, &changes) {
            return;
        }
        let encoding = self.shared.session().encoding;
        match self.shared.store.change(&uri, version, changes, encoding) {
            Ok(()) => self.publish(uri),
            Err(refused) => {
                let reason = match refused {
                    Refused::Unknown => "is not open",
                    Refused::Outdated => "is already at a newer version",
                };
                let uri = uri.as_str();
                self.shared.log(&format!("change to version {version} ignored: {uri} {reason}"));
            }
        }
    }

    async fn did_save(&self, params: lsp::DidSaveTextDocumentParams) {
        let uri = &params.text_document.uri;
        if self.shared.store.end_typing(uri) {
            self.shared.show_again(uri);
        }
        self.shared.has_news();
        self.reload_settings(false);
        let shared = self.shared.clone();
        tokio::task::spawn_blocking(move || shared.index.saved(&params.text_document.uri, &shared));
    }

    async fn did_close(&self, params: lsp::DidCloseTextDocumentParams) {
        if self.close_settings(&params.text_document.uri) {
            return;
        }
        self.shared.store.close(&params.text_document.uri);
        self.shared.tokens.forget(&params.text_document.uri);
        self.shared.has_news();
        self.publish(params.text_document.uri);
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

    async fn completion(&self, params: lsp::CompletionParams) -> Result<Option<lsp::CompletionResponse>> {
        let place = params.text_document_position;
        if let Some(found) = self.complete_settings(&place) {
            return Ok(Some(found));
        }
        let position = convert::position(place.position);
        // Typing and asking look alike; a place where nothing is typed yet tells them apart.
        let asked = params.context.is_none_or(|c| c.trigger_kind == lsp::CompletionTriggerKind::INVOKED);
        let uri = place.text_document.uri;
        let elsewhere = self.shared.index.elsewhere(&uri);
        self.query("textDocument/completion", &uri.clone(), move |entry, session| {
            let Entry { document, analysis, settings, .. } = entry;
            let at = session.encoding.point(document, position);
            let mut candidates = blanks::complete_fact(analysis, document, settings, at);
            candidates.extend(completion::complete(analysis, document, at));
            let formulations = formulations::complete(analysis, document, settings, at, asked, elsewhere);
            convert::completion(candidates, formulations, &uri, document, session)
        })
        .await
    }

    async fn completion_resolve(&self, item: lsp::CompletionItem) -> Result<lsp::CompletionItem> {
        let session = self.shared.session();
        let text = |key: &str| item.data.as_ref().and_then(|data| data.get(key)).and_then(Value::as_str);
        let (Some(uri), Some(id)) = (text("uri").and_then(|uri| uri.parse().ok()), text("id")) else {
            return Ok(item);
        };
        let Some(Entry { analysis, settings, .. }) = self.shared.store.get(&uri) else {
            return Ok(item);
        };
        let locale = rules::message_locale(session.locale, &analysis);
        let explanation = formulations::explanation(&settings, id, locale, session.completion_markdown);
        Ok(convert::resolved(item, explanation, session))
    }

    async fn hover(&self, params: lsp::HoverParams) -> Result<Option<lsp::Hover>> {
        let place = params.text_document_position_params;
        if let Some(found) = self.hover_settings(&place) {
            return Ok(found);
        }
        let position = convert::position(place.position);
        let hover = self.query("textDocument/hover", &place.text_document.uri, move |entry, session| {
            let Entry { document, analysis, settings, .. } = entry;
            let at = session.encoding.point(document, position);
            hover::hover(analysis, document, settings, session.locale, at)
                .map(|hover| convert::hover(hover, document, session))
        });
        Ok(hover.await?.flatten())
    }

    async fn code_action(&self, params: lsp::CodeActionParams) -> Result<Option<lsp::CodeActionResponse>> {
        let uri = params.text_document.uri;
        let (range, context) = (params.range, params.context);
        let shared = self.shared.clone();
        self.query("textDocument/codeAction", &uri.clone(), move |entry, session| {
            let Entry { document, analysis, settings, .. } = entry;
            let only = context.only.as_deref();
            let mut answer = Vec::new();
            let span = convert::span(document, session.encoding, range);
            let shown = Shown::new(&context.diagnostics, span, document, session);
            // Kate asks about its whole draft with the finding in question, and takes whatever it is given.
            let is_place = !shown.is_all_of(span, document);
            if convert::wants(only, &lsp::CodeActionKind::QUICKFIX) {
                let around = shown.around(span);
                let mut fixes = actions::quick_fixes(analysis, document, settings, session.locale, around);
                fixes.retain(|fix| shown.holds(&fix.diagnostic));
                let shown_ones = &context.diagnostics;
                if is_place {
                    answer.extend(refactor::of_a_kind(entry, session, &uri, span.start, &fixes, shown_ones));
                }
                let fixes = fixes.into_iter().map(|fix| convert::quick_fix(fix, shown_ones, &uri, entry, session));
                answer.splice(0..0, fixes);
                if is_place {
                    answer.extend(Self::blank_actions(entry, session, &uri, span));
                    answer.extend(exceptions::actions(entry, &shared, &uri, around, &shown));
                }
            }
            // Looks through the whole draft: not whenever the cursor moves.
            let automatic = context.trigger_kind == Some(lsp::CodeActionTriggerKind::AUTOMATIC);
            if convert::wants(only, &FIX_ALL) && (only.is_some() || !automatic && is_place) {
                answer.extend(refactor::fix_all(entry, session, &uri));
            }
            if only.is_some() || is_place {
                answer.extend(refactor::of_structure(entry, session, &uri, only, span, automatic));
            }
            answer.into_iter().map(Into::into).collect()
        })
        .await
    }

    async fn did_change_configuration(&self, params: lsp::DidChangeConfigurationParams) {
        self.settings_changed(&params.settings);
    }

    async fn did_change_workspace_folders(&self, params: lsp::DidChangeWorkspaceFoldersParams) {
        self.folders_changed(&params.event);
        self.shared.index.folders_changed();
        // A draft that is no file has the settings of the first folder.
        self.reload_settings(true);
        self.shared.has_news();
    }

    // What follows is answered in `desk`, `refactor`, `commands` and `index`.

    async fn symbol(&self, params: lsp::WorkspaceSymbolParams) -> Result<Option<lsp::WorkspaceSymbolResponse>> {
        self.search(params).await
    }

    async fn code_action_resolve(&self, action: lsp::CodeAction) -> Result<lsp::CodeAction> {
        self.resolve_action(action).await
    }

    async fn formatting(&self, params: lsp::DocumentFormattingParams) -> Result<Option<Vec<lsp::TextEdit>>> {
        self.formatted(params.text_document.uri, None, "textDocument/formatting").await
    }

    async fn range_formatting(&self, params: lsp::DocumentRangeFormattingParams) -> Result<Option<Vec<lsp::TextEdit>>> {
        self.formatted(params.text_document.uri, Some(params.range), "textDocument/rangeFormatting").await
    }

    async fn on_type_formatting(
        &self,
        params: lsp::DocumentOnTypeFormattingParams,
    ) -> Result<Option<Vec<lsp::TextEdit>>> {
        self.typed(params).await
    }

    async fn goto_definition(&self, params: lsp::GotoDefinitionParams) -> Result<Option<lsp::GotoDefinitionResponse>> {
        self.find_definition(params).await
    }

    async fn references(&self, params: lsp::ReferenceParams) -> Result<Option<Vec<lsp::Location>>> {
        self.find_references(params).await
    }

    async fn document_highlight(
        &self,
        params: lsp::DocumentHighlightParams,
    ) -> Result<Option<Vec<lsp::DocumentHighlight>>> {
        self.highlight(params).await
    }

    async fn prepare_rename(
        &self,
        params: lsp::TextDocumentPositionParams,
    ) -> Result<Option<lsp::PrepareRenameResponse>> {
        self.may_rename(params).await
    }

    async fn rename(&self, params: lsp::RenameParams) -> Result<Option<lsp::WorkspaceEdit>> {
        self.do_rename(params).await
    }

    async fn linked_editing_range(
        &self,
        params: lsp::LinkedEditingRangeParams,
    ) -> Result<Option<lsp::LinkedEditingRanges>> {
        self.linked(params).await
    }

    async fn document_link(&self, params: lsp::DocumentLinkParams) -> Result<Option<Vec<lsp::DocumentLink>>> {
        self.links(params).await
    }

    async fn selection_range(&self, params: lsp::SelectionRangeParams) -> Result<Option<Vec<lsp::SelectionRange>>> {
        self.grow_selections(params).await
    }

    async fn inlay_hint(&self, params: lsp::InlayHintParams) -> Result<Option<Vec<lsp::InlayHint>>> {
        self.hints(params).await
    }

    async fn code_lens(&self, params: lsp::CodeLensParams) -> Result<Option<Vec<lsp::CodeLens>>> {
        self.lenses(params).await
    }

    async fn semantic_tokens_range(
        &self,
        params: lsp::SemanticTokensRangeParams,
    ) -> Result<Option<lsp::SemanticTokensRangeResult>> {
        self.tokens_in(params).await
    }

    async fn execute_command(&self, params: lsp::ExecuteCommandParams) -> Result<Option<Value>> {
        self.execute(params).await
    }
}
