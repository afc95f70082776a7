//! `textDocument/semanticTokens/range`: the colours of some lines.

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;

use crate::server::lsp::to::tokens;
use crate::server::snapshot::Snapshot;

pub fn run(snapshot: &Snapshot, params: lsp::SemanticTokensRangeParams) -> Result<lsp::SemanticTokens> {
    let lines = (params.range.start.line, params.range.end.line);
    let data = tokens::of_lines(&snapshot.draft, lines, snapshot.client());
    Ok(lsp::SemanticTokens { result_id: None, data })
}
