//! Edits, and the actions that make them.

use std::collections::HashMap;

use tower_lsp::ls_types as lsp;

use crate::features::actions::Action;
use crate::server::client::Client;
use crate::server::lsp::Positions;
use crate::server::lsp::finding::Finding;
use crate::text::{Document, Edit, Span};

/// A quick fix for `action`. It settles the finding that the client shows, if it shows one there.
pub fn quick_fix(
    action: Action,
    shown: &[lsp::Diagnostic],
    uri: &lsp::Uri,
    document: &Document,
    client: &Client,
) -> lsp::CodeAction {
    let mut positions = Positions::new(document, client.encoding);
    let range = positions.range(action.diagnostic.span);
    let code = lsp::NumberOrString::String(action.diagnostic.rule.code.to_owned());
    let shown = shown.iter().find(|shown| shown.range == range && shown.code.as_ref() == Some(&code));
    let diagnostic = shown.cloned().or_else(|| {
        let finding = Finding::new(&action.diagnostic, uri, None, &mut positions, client);
        serde_json::from_value(serde_json::to_value(finding).ok()?).ok()
    });
    lsp::CodeAction {
        title: action.title,
        kind: Some(lsp::CodeActionKind::QUICKFIX),
        diagnostics: diagnostic.map(|diagnostic| vec![diagnostic]),
        is_preferred: action.preferred.then_some(true),
        edit: Some(edit(action.edits, uri, document, client)),
        ..Default::default()
    }
}

/// The edits as a change of the draft, of the version that was read where the client can tell.
pub fn edit(edits: Vec<Edit>, uri: &lsp::Uri, document: &Document, client: &Client) -> lsp::WorkspaceEdit {
    let edits = Positions::new(document, client.encoding).edits(edits);
    if !client.versioned_edits {
        return lsp::WorkspaceEdit { changes: Some(HashMap::from([(uri.clone(), edits)])), ..Default::default() };
    }
    let edit = lsp::TextDocumentEdit {
        text_document: lsp::OptionalVersionedTextDocumentIdentifier {
            uri: uri.clone(),
            version: Some(document.version()),
        },
        edits: edits.into_iter().map(lsp::OneOf::Left).collect(),
    };
    lsp::WorkspaceEdit { document_changes: Some(lsp::DocumentChanges::Edits(vec![edit])), ..Default::default() }
}

/// The edits of a rename at `here`; those at other places are previewed under `label` where the client can.
pub fn rename(
    edits: Vec<Edit>,
    here: Span,
    label: String,
    uri: &lsp::Uri,
    document: &Document,
    client: &Client,
) -> lsp::WorkspaceEdit {
    const ELSEWHERE: &str = "elsewhere";
    let is_elsewhere: Vec<bool> = edits.iter().map(|edit| !edit.span.overlaps(here)).collect();
    let mut change = edit(edits, uri, document, client);
    let Some(lsp::DocumentChanges::Edits(changes)) =
        change.document_changes.as_mut().filter(|_| client.previews_rename)
    else {
        return change;
    };
    if !is_elsewhere.contains(&true) {
        return change;
    }
    let all = changes.iter_mut().flat_map(|change| &mut change.edits);
    for (edit, _) in all.zip(is_elsewhere).filter(|(_, is_elsewhere)| *is_elsewhere) {
        if let lsp::OneOf::Left(text_edit) = edit {
            let annotation_id = ELSEWHERE.to_owned();
            *edit = lsp::OneOf::Right(lsp::AnnotatedTextEdit { text_edit: std::mem::take(text_edit), annotation_id });
        }
    }
    let annotation = lsp::ChangeAnnotation { label, needs_confirmation: Some(false), description: None };
    change.change_annotations = Some(HashMap::from([(ELSEWHERE.to_owned(), annotation)]));
    change
}
