//! `textDocument/formatting`.

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;

use crate::features::format;
use crate::server::snapshot::Snapshot;

pub fn run(snapshot: &Snapshot, _: lsp::DocumentFormattingParams) -> Result<Vec<lsp::TextEdit>> {
    let edits = format::format(&snapshot.draft.analysis, &snapshot.draft.document, 0, u32::MAX);
    Ok(snapshot.positions().edits(edits))
}
