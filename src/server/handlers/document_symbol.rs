//! `textDocument/documentSymbol`: the outline.

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;

use crate::features::symbols;
use crate::server::lsp::to;
use crate::server::snapshot::Snapshot;

pub fn run(snapshot: &Snapshot, _: lsp::DocumentSymbolParams) -> Result<lsp::DocumentSymbolResponse> {
    let draft = &snapshot.draft;
    let symbols = symbols::symbols(&draft.analysis, &draft.document);
    Ok(to::symbols::symbols(symbols, &snapshot.uri, &draft.document, snapshot.client()))
}
