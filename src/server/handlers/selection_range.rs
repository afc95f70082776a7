//! `textDocument/selectionRange`: what a growing selection takes in.

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;

use crate::features::selection;
use crate::server::lsp::to::marks;
use crate::server::snapshot::Snapshot;

pub fn run(snapshot: &Snapshot, params: lsp::SelectionRangeParams) -> Result<Vec<lsp::SelectionRange>> {
    let draft = &snapshot.draft;
    let select = |position| {
        let at = snapshot.point(position);
        let spans = selection::selections(&draft.analysis, &draft.document, at);
        marks::selection(&spans, at, &draft.document, snapshot.client())
    };
    Ok(params.positions.into_iter().map(select).collect())
}
