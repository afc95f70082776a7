//! `workspace/symbol`: the sections whose name holds each word of the query, of the open drafts as they are open and
//! of the others as they are on disk.

use serde_json::{Value, json};
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;

use crate::features::symbols;
use crate::server::background::background;
use crate::server::context::Context;
use crate::server::lsp::to;
use crate::server::snapshot::Snapshot;
use crate::server::workspace::cancellation::CancellationToken;
use crate::server::workspace::closed_drafts;

/// No client shows more.
const LIMIT: usize = 1000;
/// How many files are read between two words about it.
const STEP: usize = 50;

pub async fn run(context: Context, params: lsp::WorkspaceSymbolParams) -> Result<Vec<lsp::SymbolInformation>> {
    let open: Vec<Snapshot> = context.session.drafts.uris().iter().filter_map(|uri| context.snapshot(uri)).collect();
    let (cancelled, _guard) = CancellationToken::new();
    let token = params.work_done_progress_params.work_done_token;
    if let Some(token) = &token {
        context.workspace.scans.begin(token.clone(), cancelled.clone());
    }
    background(move || {
        let found = search(&context, &open, &params.query, token.as_ref(), &cancelled);
        if let Some(token) = &token {
            context.workspace.scans.end(token);
        }
        found
    })
    .await
}

fn search(
    context: &Context,
    open: &[Snapshot],
    query: &str,
    token: Option<&lsp::ProgressToken>,
    cancelled: &CancellationToken,
) -> Vec<lsp::SymbolInformation> {
    let Context { session, workspace, .. } = context;
    let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    let fits = |symbol: &&lsp::SymbolInformation| {
        let name = symbol.name.to_lowercase();
        words.iter().all(|word| name.contains(word))
    };
    let mut found: Vec<lsp::SymbolInformation> = Vec::new();
    for snapshot in open {
        let Snapshot { uri, draft, .. } = snapshot;
        let here = symbols::search(&draft.analysis, &draft.document, &words, LIMIT - found.len());
        found.extend(to::symbols::named(here, uri, &mut snapshot.positions()));
    }
    let files = closed_drafts(session);
    let tell = |value: Value| {
        if let Some(token) = token {
            session.writer.notify("$/progress", json!({ "token": token, "value": value }));
        }
    };
    let title = session.client().locale.pick("查找各篇讲稿", "查找各篇講稿", "Searching drafts");
    tell(json!({ "kind": "begin", "title": title, "percentage": 0, "cancellable": true }));
    for (n, file) in files.iter().enumerate() {
        if found.len() >= LIMIT || cancelled.is_cancelled() {
            break;
        }
        if n % STEP == STEP - 1 {
            tell(json!({ "kind": "report", "percentage": n * 100 / files.len() }));
        }
        session.before_file(file);
        found.extend(workspace.index.symbols(file, session).iter().filter(fits).cloned());
    }
    tell(json!({ "kind": "end" }));
    found.truncate(LIMIT);
    found
}
