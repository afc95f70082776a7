//! `textDocument/diagnostic`: the findings of a document, for a client that asks; `unchanged` when it has them.

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;

use crate::server::background::background;
use crate::server::configuration::problems;
use crate::server::context::Context;
use crate::server::lsp::Json;
use crate::server::publish;

pub async fn run(context: Context, params: lsp::DocumentDiagnosticParams) -> Result<Json> {
    context.session.pulled();
    let (uri, known) = (params.text_document.uri, params.previous_result_id);
    if let Some(file) = context.settings_snapshot(&uri) {
        let found = background(move || problems::in_open(&file.session, &file.uri)).await?;
        let json = serde_json::to_vec(&found.unwrap_or_default()).unwrap_or_else(|_| b"[]".to_vec());
        return Ok(report(&publish::name_of(&json), &json, known.as_deref()));
    }
    let Some(snapshot) = context.snapshot(&uri) else {
        let found = background(move || context.workspace.diagnostics.of_one(&context.session, &uri)).await?;
        let closed = found.map(|(id, items)| report(&id, &items, None));
        return Ok(closed.unwrap_or_else(|| Json(br#"{"kind":"full","items":[]}"#.to_vec())));
    };
    snapshot
        .read("textDocument/diagnostic", move |now| {
            let found = publish::findings(&now.session, &now.uri, &now.draft);
            report(&publish::name_of(&found), &found, known.as_deref())
        })
        .await
}

/// The list of the name `id`, for a client that knows the one of the name `known`.
fn report(id: &str, items: &[u8], known: Option<&str>) -> Json {
    if known == Some(id) {
        return Json(format!(r#"{{"kind":"unchanged","resultId":"{id}"}}"#).into());
    }
    let mut json = format!(r#"{{"kind":"full","resultId":"{id}","items":"#).into_bytes();
    json.extend_from_slice(items);
    json.push(b'}');
    Json(json)
}
