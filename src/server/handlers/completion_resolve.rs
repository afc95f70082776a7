//! `completionItem/resolve`: where a formulation comes from.

use serde_json::Value;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;

use crate::features::formulations;
use crate::rules::message_locale;
use crate::server::context::Context;
use crate::server::lsp::to;

pub async fn run(context: Context, item: lsp::CompletionItem) -> Result<lsp::CompletionItem> {
    let text = |key: &str| item.data.as_ref().and_then(|data| data.get(key)).and_then(Value::as_str);
    let (Some(uri), Some(id)) = (text("uri").and_then(|uri| uri.parse().ok()), text("id")) else {
        return Ok(item);
    };
    let Some(draft) = context.session.drafts.get(&uri) else {
        return Ok(item);
    };
    let client = context.session.client();
    let locale = message_locale(client.locale, &draft.analysis);
    let explanation = formulations::explanation(&draft.settings, id, locale, client.completion_markdown);
    Ok(to::completion::resolved(item, explanation, client))
}
