//! `textDocument/onTypeFormatting`: what Enter does.

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;

use crate::features::typing;
use crate::server::snapshot::Snapshot;

pub fn run(snapshot: &Snapshot, params: lsp::DocumentOnTypeFormattingParams) -> Result<Vec<lsp::TextEdit>> {
    if !snapshot.editor().continues_lists() {
        return Ok(Vec::new());
    }
    let at = snapshot.point(params.text_document_position.position);
    let edits = typing::after_enter(&snapshot.draft.analysis, &snapshot.draft.document, at);
    Ok(snapshot.positions().edits(edits))
}
