//! `textDocument/codeLens`: what a speech or a section amounts to, above it.

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;

use crate::features::metrics;
use crate::server::lsp::to::marks;
use crate::server::snapshot::Snapshot;

pub fn run(snapshot: &Snapshot, _: lsp::CodeLensParams) -> Result<Vec<lsp::CodeLens>> {
    if !snapshot.editor().shows_lenses() {
        return Ok(Vec::new());
    }
    let draft = &snapshot.draft;
    let lenses = metrics::lenses(&draft.analysis, &draft.document, &draft.settings, snapshot.locale());
    Ok(marks::lenses(lenses, &snapshot.uri))
}
