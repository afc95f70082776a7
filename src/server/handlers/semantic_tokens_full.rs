//! `textDocument/semanticTokens/full`: the colours of a draft.

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;

use crate::server::lsp::to::tokens;
use crate::server::snapshot::Snapshot;

pub fn run(snapshot: &Snapshot, _: lsp::SemanticTokensParams) -> Result<lsp::SemanticTokens> {
    let data = tokens::all(&snapshot.draft, snapshot.client());
    let result_id = Some(snapshot.session.tokens.keep(&snapshot.uri, data.clone()));
    Ok(lsp::SemanticTokens { result_id, data })
}
