//! What the client can do, and what we offer it.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use serde_json::Value;
use tower_lsp::ls_types as lsp;

use super::{commands, convert};
use crate::locale::Locale;
use crate::settings::Editor;
use crate::text::Encoding;
use crate::workspace;

/// The kind of the action that applies all safe fixes.
pub const FIX_ALL: lsp::CodeActionKind = lsp::CodeActionKind::new("source.fixAll.jianggao");

/// The kind of the action that puts the numbers of all lists in order.
pub const RENUMBER: lsp::CodeActionKind = lsp::CodeActionKind::new("source.renumber.jianggao");

/// What was agreed on in `initialize`.
#[derive(Debug, Default)]
pub struct Session {
    pub encoding: Encoding,
    pub locale: Locale,
    /// The folders of the workspace that are on this machine.
    folders: Mutex<Vec<PathBuf>>,
    /// Where the pages about the rules are, from `initializationOptions.rulesUrl`.
    pub rules_url: Option<String>,
    pub symbol_tree: bool,
    pub fold_limit: Option<usize>,
    pub hover_markdown: bool,
    pub snippets: bool,
    pub deprecated_tag: bool,
    pub completion_markdown: bool,
    pub code_actions: bool,
    pub versioned_edits: bool,
    pub related_information: bool,
    pub code_description: bool,
    pub diagnostic_data: bool,
    pub unnecessary_tag: bool,
    pub watched_files: bool,
    /// The edits of a code action may come when it is chosen.
    pub resolve_edits: bool,
    /// Actions that cannot be taken are shown, with the reason.
    pub disabled_actions: bool,
    /// The client asks for findings; it is sent none.
    pub pull: bool,
    pub refresh_diagnostics: bool,
    /// Neovim. Told to ask again, it asks for the closed drafts alone where they are on offer (0.12), and
    /// what is shown of the open ones stays as it was.
    forgets_open_drafts: bool,
    pub refresh_hints: bool,
    pub refresh_lenses: bool,
    /// Files may be made by an edit.
    pub create_files: bool,
    pub configuration: bool,
    pub register_configuration: bool,
    pub show_document: bool,
    pub prepare_rename: bool,
    /// A rename is previewed where the server asks for it.
    pub previews_rename: bool,
    /// What the client's own settings say of hints, lenses and typing.
    wishes: Mutex<Editor>,
}

impl Session {
    pub fn new(params: &lsp::InitializeParams) -> Self {
        let client = &params.capabilities;
        let text = client.text_document.as_ref();
        let workspace = client.workspace.as_ref();
        let diagnostics = text.and_then(|text| text.publish_diagnostics.as_ref());
        let folding = text.and_then(|text| text.folding_range.as_ref());
        let hover = text.and_then(|text| text.hover.as_ref());
        let completion = text.and_then(|text| text.completion.as_ref()).and_then(|c| c.completion_item.as_ref());
        let is = |flag: Option<Option<bool>>| flag.flatten() == Some(true);
        Self {
            encoding: encoding(
                client.general.as_ref().and_then(|general| general.position_encodings.as_deref()).unwrap_or_default(),
            ),
            locale: params.locale.as_deref().map_or(Locale::Hans, Locale::from_name),
            folders: Mutex::new(folders(params)),
            rules_url: params
                .initialization_options
                .as_ref()
                .and_then(|options| options.get("rulesUrl"))
                .and_then(Value::as_str)
                .map(|url| url.trim_end_matches('/').to_owned()),
            symbol_tree: is(text
                .and_then(|text| text.document_symbol.as_ref())
                .map(|symbol| symbol.hierarchical_document_symbol_support)),
            fold_limit: folding.and_then(|folding| folding.range_limit).map(|limit| limit as usize),
            // A client that names no format knows Markdown strings, the older form.
            hover_markdown: hover
                .and_then(|hover| hover.content_format.as_ref())
                .is_none_or(|formats| formats.contains(&lsp::MarkupKind::Markdown)),
            snippets: is(completion.map(|item| item.snippet_support)),
            deprecated_tag: completion
                .and_then(|item| item.tag_support.as_ref())
                .is_some_and(|tags| tags.value_set.contains(&lsp::CompletionItemTag::DEPRECATED)),
            completion_markdown: completion
                .and_then(|item| item.documentation_format.as_ref())
                .is_some_and(|formats| formats.contains(&lsp::MarkupKind::Markdown)),
            code_actions: text
                .and_then(|text| text.code_action.as_ref())
                .is_some_and(|action| action.code_action_literal_support.is_some()),
            versioned_edits: is(workspace
                .and_then(|workspace| workspace.workspace_edit.as_ref())
                .map(|edit| edit.document_changes)),
            related_information: is(diagnostics.map(|d| d.related_information)),
            code_description: is(diagnostics.map(|d| d.code_description_support)),
            diagnostic_data: is(diagnostics.map(|d| d.data_support)),
            unnecessary_tag: diagnostics
                .and_then(|d| d.tag_support.as_ref())
                .is_some_and(|tags| tags.value_set.contains(&lsp::DiagnosticTag::UNNECESSARY)),
            watched_files: is(workspace
                .and_then(|workspace| workspace.did_change_watched_files.as_ref())
                .map(|watched| watched.dynamic_registration)),
            resolve_edits: text.and_then(|text| text.code_action.as_ref()).is_some_and(|action| {
                let edits = action.resolve_support.as_ref().is_some_and(|r| r.properties.iter().any(|p| p == "edit"));
                edits && action.data_support == Some(true)
            }),
            disabled_actions: is(text.and_then(|t| t.code_action.as_ref()).map(|action| action.disabled_support)),
            pull: text.is_some_and(|text| text.diagnostic.is_some()),
            refresh_diagnostics: is(workspace.and_then(|w| w.diagnostics.as_ref()).map(|d| d.refresh_support)),
            forgets_open_drafts: params.client_info.as_ref().is_some_and(|client| client.name == "Neovim"),
            refresh_hints: is(workspace.and_then(|w| w.inlay_hint.as_ref()).map(|h| h.refresh_support)),
            refresh_lenses: is(workspace.and_then(|w| w.code_lens.as_ref()).map(|l| l.refresh_support)),
            create_files: workspace
                .and_then(|w| w.workspace_edit.as_ref())
                .and_then(|edit| edit.resource_operations.as_ref())
                .is_some_and(|operations| operations.contains(&lsp::ResourceOperationKind::Create)),
            configuration: is(workspace.map(|w| w.configuration)),
            register_configuration: is(workspace
                .and_then(|w| w.did_change_configuration.as_ref())
                .map(|c| c.dynamic_registration)),
            previews_rename: workspace
                .and_then(|w| w.workspace_edit.as_ref())
                .is_some_and(|e| e.document_changes == Some(true) && e.change_annotation_support.is_some())
                && is(text.and_then(|text| text.rename.as_ref()).map(|rename| rename.honors_change_annotations)),
            prepare_rename: is(text.and_then(|text| text.rename.as_ref()).map(|rename| rename.prepare_support)),
            show_document: client
                .window
                .as_ref()
                .and_then(|window| window.show_document.as_ref())
                .is_some_and(|show| show.support),
            wishes: Mutex::new(wishes(params.initialization_options.as_ref())),
        }
    }

    /// The folders of the workspace that are on this machine.
    pub fn folders(&self) -> Vec<PathBuf> {
        self.folders.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn change_folders(&self, added: &[PathBuf], removed: &[PathBuf]) {
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        folders.retain(|folder| !removed.contains(folder) && !added.contains(folder));
        folders.extend_from_slice(added);
    }

    /// What the client's own settings say; they go before those of `jianggao.toml`.
    pub fn wishes(&self) -> Editor {
        *self.wishes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes up other settings of the client. False when they are the same.
    pub fn set_wishes(&self, settings: &Value) -> bool {
        let mut wishes = self.wishes.lock().unwrap_or_else(PoisonError::into_inner);
        let new = self::wishes(Some(settings));
        std::mem::replace(&mut *wishes, new) != new
    }

    /// A client that does not ask first whether there is anything to rename must not be told of it.
    fn rename(&self) -> lsp::OneOf<bool, lsp::RenameOptions> {
        if !self.prepare_rename {
            return lsp::OneOf::Left(true);
        }
        lsp::OneOf::Right(lsp::RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: lsp::WorkDoneProgressOptions::default(),
        })
    }

    /// The answer to `initialize`.
    pub fn offer(&self) -> lsp::InitializeResult {
        let encoding = match self.encoding {
            Encoding::Utf8 => lsp::PositionEncodingKind::UTF8,
            Encoding::Utf16 => lsp::PositionEncodingKind::UTF16,
            Encoding::Utf32 => lsp::PositionEncodingKind::UTF32,
        };
        let sync = lsp::TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(lsp::TextDocumentSyncKind::INCREMENTAL),
            save: Some(lsp::TextDocumentSyncSaveOptions::Supported(true)),
            ..Default::default()
        };
        // An Enter or a full stop would open a list that the next Enter accepts against the will of
        // the writer: they end a paragraph as often as an item. These three only ever go on.
        let completion = lsp::CompletionOptions {
            trigger_characters: Some(["；", "（", "第"].map(str::to_owned).to_vec()),
            resolve_provider: Some(true),
            ..Default::default()
        };
        let code_action = lsp::CodeActionOptions {
            code_action_kinds: Some(vec![
                lsp::CodeActionKind::QUICKFIX,
                lsp::CodeActionKind::REFACTOR_REWRITE,
                lsp::CodeActionKind::new("refactor.move"),
                FIX_ALL,
                RENUMBER,
            ]),
            resolve_provider: self.resolve_edits.then_some(true),
            ..Default::default()
        };
        lsp::InitializeResult {
            capabilities: lsp::ServerCapabilities {
                position_encoding: Some(encoding),
                text_document_sync: Some(sync.into()),
                document_symbol_provider: Some(lsp::OneOf::Left(true)),
                folding_range_provider: Some(true.into()),
                completion_provider: Some(completion),
                hover_provider: Some(true.into()),
                // Without literals an action could only be a command.
                code_action_provider: self.code_actions.then(|| code_action.into()),
                document_formatting_provider: Some(lsp::OneOf::Left(true)),
                document_range_formatting_provider: Some(lsp::OneOf::Left(true)),
                document_on_type_formatting_provider: Some(lsp::DocumentOnTypeFormattingOptions {
                    first_trigger_character: "\n".to_owned(),
                    more_trigger_character: None,
                }),
                definition_provider: Some(lsp::OneOf::Left(true)),
                references_provider: Some(lsp::OneOf::Left(true)),
                document_highlight_provider: Some(lsp::OneOf::Left(true)),
                rename_provider: Some(self.rename()),
                linked_editing_range_provider: Some(lsp::LinkedEditingRangeServerCapabilities::Simple(true)),
                selection_range_provider: Some(true.into()),
                inlay_hint_provider: Some(lsp::OneOf::Left(true)),
                code_lens_provider: Some(lsp::CodeLensOptions { resolve_provider: None }),
                // Complete as they are listed: some editors follow only those.
                document_link_provider: Some(lsp::DocumentLinkOptions {
                    resolve_provider: None,
                    work_done_progress_options: lsp::WorkDoneProgressOptions::default(),
                }),
                semantic_tokens_provider: Some(semantic_tokens().into()),
                diagnostic_provider: self.pull.then(|| {
                    lsp::DiagnosticServerCapabilities::Options(lsp::DiagnosticOptions {
                        identifier: Some("jianggao".to_owned()),
                        workspace_diagnostics: !self.forgets_open_drafts,
                        ..Default::default()
                    })
                }),
                workspace_symbol_provider: Some(lsp::OneOf::Right(lsp::WorkspaceSymbolOptions {
                    work_done_progress_options: lsp::WorkDoneProgressOptions { work_done_progress: Some(true) },
                    resolve_provider: None,
                })),
                workspace: Some(lsp::WorkspaceServerCapabilities {
                    workspace_folders: Some(lsp::WorkspaceFoldersServerCapabilities {
                        supported: Some(true),
                        change_notifications: Some(lsp::OneOf::Left(true)),
                    }),
                    file_operations: Some(file_operations()),
                }),
                execute_command_provider: Some(lsp::ExecuteCommandOptions {
                    commands: commands::ALL.map(str::to_owned).to_vec(),
                    ..Default::default()
                }),
                ..Default::default()
            },
            server_info: Some(lsp::ServerInfo {
                name: env!("CARGO_PKG_NAME").to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
            offset_encoding: None,
        }
    }
}

fn semantic_tokens() -> lsp::SemanticTokensOptions {
    lsp::SemanticTokensOptions {
        legend: convert::marks::legend(),
        range: Some(true),
        full: Some(lsp::SemanticTokensFullOptions::Delta { delta: Some(true) }),
        ..Default::default()
    }
}

/// What becomes of drafts, of settings and of folders, whatever is in them.
fn file_operations() -> lsp::WorkspaceFileOperationsServerCapabilities {
    use lsp::FileOperationPatternKind::{File, Folder};
    let drafts = format!("**/*.{{{}}}", workspace::EXTENSIONS.join(","));
    let settings = format!("**/{}", workspace::FILE_NAME);
    let filter = |(glob, kind): (&str, _)| lsp::FileOperationFilter {
        scheme: Some("file".to_owned()),
        pattern: lsp::FileOperationPattern { glob: glob.to_owned(), matches: Some(kind), options: None },
    };
    let filters = [(&*drafts, File), (&*settings, File), ("**/*.tsv", File), ("**", Folder)].map(filter);
    let all = Some(lsp::FileOperationRegistrationOptions { filters: filters.to_vec() });
    lsp::WorkspaceFileOperationsServerCapabilities {
        did_create: all.clone(),
        did_rename: all.clone(),
        did_delete: all,
        ..Default::default()
    }
}

/// `inlayHints`, `codeLens`, `onTypeFormatting`, `holdBack` and `closedDrafts`, each true or false.
fn wishes(settings: Option<&Value>) -> Editor {
    let is = |name: &str| settings.and_then(|settings| settings.get(name)).and_then(Value::as_bool);
    Editor {
        inlay_hints: is("inlayHints"),
        code_lens: is("codeLens"),
        on_type: is("onTypeFormatting"),
        hold_back: is("holdBack"),
        closed_drafts: is("closedDrafts"),
    }
}

/// The unit of columns: UTF-8, in which we count ourselves, if the client has it. UTF-32 if the
/// client likes it best (Eglot), or has nothing else.
fn encoding(offered: &[lsp::PositionEncodingKind]) -> Encoding {
    use lsp::PositionEncodingKind as Kind;
    let has = |kind| offered.contains(&kind);
    if offered.first() == Some(&Kind::UTF32) {
        Encoding::Utf32
    } else if has(Kind::UTF8) {
        Encoding::Utf8
    } else if has(Kind::UTF32) && !has(Kind::UTF16) {
        Encoding::Utf32
    } else {
        Encoding::Utf16
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

/// The path of a document that is a file on this machine.
pub fn path(uri: &lsp::Uri) -> Option<PathBuf> {
    if !uri.scheme().as_str().eq_ignore_ascii_case("file") {
        return None;
    }
    uri.to_file_path().map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_of_columns() {
        for (offered, taken) in [
            (&[][..], Encoding::Utf16),
            (&["utf-16"], Encoding::Utf16),
            (&["utf-8", "utf-16", "utf-32"], Encoding::Utf8),
            (&["utf-16", "utf-8"], Encoding::Utf8),
            (&["utf-32", "utf-8", "utf-16"], Encoding::Utf32),
            (&["utf-16", "utf-32"], Encoding::Utf16),
            (&["utf-7", "utf-32"], Encoding::Utf32),
            (&["utf-7"], Encoding::Utf16),
        ] {
            let kinds: Vec<_> = offered.iter().map(|&kind| lsp::PositionEncodingKind::new(kind)).collect();
            assert_eq!(encoding(&kinds), taken, "{offered:?}");
        }
    }
}
