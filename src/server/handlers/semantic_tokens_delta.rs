//! `textDocument/semanticTokens/full/delta`: what has changed in the colours of a draft.

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;

use crate::server::lsp::to::tokens;
use crate::server::snapshot::Snapshot;

pub fn run(snapshot: &Snapshot, params: lsp::SemanticTokensDeltaParams) -> Result<lsp::SemanticTokensFullDeltaResult> {
    let (session, uri) = (&snapshot.session, &snapshot.uri);
    let data = tokens::all(&snapshot.draft, snapshot.client());
    let before = session.tokens.of(uri, &params.previous_result_id);
    let result_id = Some(session.tokens.keep(uri, data.clone()));
    Ok(match before {
        Some(before) => lsp::SemanticTokensDelta { result_id, edits: tokens::edits(&before, &data) }.into(),
        None => lsp::SemanticTokens { result_id, data }.into(),
    })
}
