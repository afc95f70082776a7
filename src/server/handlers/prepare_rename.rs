//! `textDocument/prepareRename`: whether there is a name here that can be changed.

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;

use crate::features::blanks;
use crate::features::names::name_at;
use crate::server::documents::Draft;
use crate::server::lsp::request_failed;
use crate::server::snapshot::Snapshot;
use crate::text::Lines;

pub fn run(snapshot: &Snapshot, params: lsp::TextDocumentPositionParams) -> Result<lsp::PrepareRenameResponse> {
    let Draft { document, analysis, .. } = &snapshot.draft;
    let name = name_at(analysis, document, snapshot.point(params.position))
        .ok_or_else(|| request_failed(blanks::refusal(snapshot.locale())))?;
    let range = snapshot.positions().range(name.span);
    Ok(lsp::PrepareRenameResponse::RangeWithPlaceholder { range, placeholder: document.text(name.span) })
}
