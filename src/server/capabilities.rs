//! What the client is offered, by what it can do.

use tower_lsp::ls_types as lsp;

use super::client::Client;
use super::commands;
use super::lsp::to::tokens::legend;
use crate::text::Encoding;
use crate::workspace;

/// The kind of the action that applies all safe fixes.
pub const FIX_ALL: lsp::CodeActionKind = lsp::CodeActionKind::new("source.fixAll.jianggao");

/// The kind of the action that puts the numbers of all lists in order.
pub const RENUMBER: lsp::CodeActionKind = lsp::CodeActionKind::new("source.renumber.jianggao");

/// The kind of the action that explains a verdict.
pub const WHY: lsp::CodeActionKind = lsp::CodeActionKind::new("source.why.jianggao");

/// The answer to `initialize`.
pub fn offer(client: &Client) -> lsp::InitializeResult {
    let encoding = match client.encoding {
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
            WHY,
        ]),
        resolve_provider: client.resolve_edits.then_some(true),
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
            code_action_provider: client.code_actions.then(|| code_action.into()),
            document_formatting_provider: Some(lsp::OneOf::Left(true)),
            document_range_formatting_provider: Some(lsp::OneOf::Left(true)),
            document_on_type_formatting_provider: Some(lsp::DocumentOnTypeFormattingOptions {
                first_trigger_character: "\n".to_owned(),
                more_trigger_character: None,
            }),
            definition_provider: Some(lsp::OneOf::Left(true)),
            references_provider: Some(lsp::OneOf::Left(true)),
            document_highlight_provider: Some(lsp::OneOf::Left(true)),
            rename_provider: Some(rename(client)),
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
            diagnostic_provider: client.pull.then(|| {
                lsp::DiagnosticServerCapabilities::Options(lsp::DiagnosticOptions {
                    identifier: Some("jianggao".to_owned()),
                    workspace_diagnostics: !client.forgets_open_drafts,
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

/// A client that does not ask first whether there is anything to rename must not be told of it.
fn rename(client: &Client) -> lsp::OneOf<bool, lsp::RenameOptions> {
    if !client.prepare_rename {
        return lsp::OneOf::Left(true);
    }
    lsp::OneOf::Right(lsp::RenameOptions {
        prepare_provider: Some(true),
        work_done_progress_options: lsp::WorkDoneProgressOptions::default(),
    })
}

fn semantic_tokens() -> lsp::SemanticTokensOptions {
    lsp::SemanticTokensOptions {
        legend: legend(),
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
