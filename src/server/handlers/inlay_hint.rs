//! `textDocument/inlayHint`: the length of a part, behind its heading.

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;

use crate::features::metrics;
use crate::server::lsp::to::marks;
use crate::server::snapshot::Snapshot;

pub fn run(snapshot: &Snapshot, params: lsp::InlayHintParams) -> Result<Vec<lsp::InlayHint>> {
    if !snapshot.editor().shows_hints() {
        return Ok(Vec::new());
    }
    let draft = &snapshot.draft;
    let lines = (params.range.start.line, params.range.end.line);
    let hints = metrics::hints(&draft.analysis, &draft.document, &draft.settings, snapshot.locale(), lines);
    Ok(marks::hints(hints, &draft.document, snapshot.client()))
}
