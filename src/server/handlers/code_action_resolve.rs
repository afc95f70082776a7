//! `codeAction/resolve`: the edits of the action that was chosen.

use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types as lsp;

use crate::server::actions::deferred::Unresolved;
use crate::server::context::Context;

pub async fn run(context: Context, mut action: lsp::CodeAction) -> Result<lsp::CodeAction> {
    let data = action.data.clone().unwrap_or_default();
    let Ok(unresolved) = serde_json::from_value::<Unresolved>(data) else {
        return Ok(action);
    };
    let edit = match context.snapshot(&unresolved.uri) {
        Some(snapshot) => snapshot.read("codeAction/resolve", move |now| unresolved.edits(now)).await?,
        None => None,
    };
    let stale = || Error { code: ErrorCode::ContentModified, message: "the draft has changed".into(), data: None };
    action.edit = Some(edit.ok_or_else(stale)?);
    Ok(action)
}
