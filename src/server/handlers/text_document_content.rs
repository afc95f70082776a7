//! `workspace/textDocumentContent`: the page about a rule, for a client that opens what a finding links to under a
//! scheme of its own (`initializationOptions.rulesUrl`). The program has the pages in itself: no file is needed.

use serde::Deserialize;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};

use crate::rules::{self, page};
use crate::server::context::Context;

#[derive(Deserialize)]
pub struct Params {
    uri: String,
}

pub async fn run(context: Context, params: Params) -> Result<Value> {
    let name = params.uri.rsplit('/').next().unwrap_or_default();
    match name.strip_suffix(".md").and_then(rules::find) {
        Some(rule) => Ok(json!({ "text": page::alone(rule, context.session.client().locale) })),
        None => Err(Error::invalid_params(format!("no rule {name}"))),
    }
}
