//! What the client can do.

use serde_json::Value;
use tower_lsp::ls_types as lsp;

use crate::locale::Locale;
use crate::text::Encoding;

/// What the client can do, as it says in `initialize`.
#[derive(Debug, Default)]
pub struct Client {
    pub encoding: Encoding,
    pub locale: Locale,
    /// Where the pages about the rules are, from `initializationOptions.rulesUrl`.
    pub rules_url: Option<String>,
    /// The client's own command that asks for what goes into a placeholder: its URI and a position are the arguments.
    pub fill_command: Option<String>,
    /// The client shows findings where it shows a hover.
    pub hovers_over_findings: bool,
    pub symbol_tree: bool,
    pub fold_limit: Option<usize>,
    pub hover_markdown: bool,
    pub snippets: bool,
    pub label_details: bool,
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
    pub forgets_open_drafts: bool,
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
}

impl Client {
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
            rules_url: params
                .initialization_options
                .as_ref()
                .and_then(|options| options.get("rulesUrl"))
                .and_then(Value::as_str)
                .map(|url| url.trim_end_matches('/').to_owned()),
            hovers_over_findings: params
                .initialization_options
                .as_ref()
                .and_then(|options| options.get("hoversOverFindings"))
                .and_then(Value::as_bool)
                == Some(true),
            fill_command: params
                .initialization_options
                .as_ref()
                .and_then(|options| options.get("fillCommand"))
                .and_then(Value::as_str)
                .map(str::to_owned),
            symbol_tree: is(text
                .and_then(|text| text.document_symbol.as_ref())
                .map(|symbol| symbol.hierarchical_document_symbol_support)),
            fold_limit: folding.and_then(|folding| folding.range_limit).map(|limit| limit as usize),
            // A client that names no format knows Markdown strings, the older form.
            hover_markdown: hover
                .and_then(|hover| hover.content_format.as_ref())
                .is_none_or(|formats| formats.contains(&lsp::MarkupKind::Markdown)),
            snippets: is(completion.map(|item| item.snippet_support)),
            label_details: is(completion.map(|item| item.label_details_support)),
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
        }
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
