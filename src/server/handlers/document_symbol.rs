//! `textDocument/documentSymbol`: the outline.

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;

use crate::features::{metrics, symbols};
use crate::server::lsp::to;
use crate::server::snapshot::Snapshot;

pub fn run(snapshot: &Snapshot, _: lsp::DocumentSymbolParams) -> Result<lsp::DocumentSymbolResponse> {
    let draft = &snapshot.draft;
    let mut symbols = symbols::symbols(&draft.analysis, &draft.document);
    let settings = metrics::paced(&draft.analysis, &draft.document, &draft.settings);
    metrics::with_times(&mut symbols, &settings, snapshot.locale());
    Ok(to::symbols::symbols(symbols, &snapshot.uri, &draft.document, snapshot.client()))
}
