//! `workspace/diagnostic`: the findings of the drafts that are not open, for a client that asks.

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;

use crate::server::background::background;
use crate::server::context::Context;
use crate::server::lsp::Json;
use crate::server::workspace::cancellation::CancellationToken;

pub async fn run(context: Context, params: lsp::WorkspaceDiagnosticParams) -> Result<Json> {
    let Context { session, workspace, .. } = context;
    session.pulled();
    let (previous, token) = (params.previous_result_ids, params.partial_result_params.partial_result_token);
    workspace.diagnostics.news(&session, !previous.is_empty()).await;
    let (cancelled, _guard) = CancellationToken::new();
    background(move || workspace.diagnostics.of_all(&session, previous, token, &cancelled)).await
}
