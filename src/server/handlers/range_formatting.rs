//! `textDocument/rangeFormatting`.

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;

use crate::features::format;
use crate::server::snapshot::Snapshot;

pub fn run(snapshot: &Snapshot, params: lsp::DocumentRangeFormattingParams) -> Result<Vec<lsp::TextEdit>> {
    let lsp::Range { start, end } = params.range;
    // A selection of whole lines ends at the start of the next.
    let is_whole = end.character == 0 && end.line > start.line;
    let last = end.line - u32::from(is_whole);
    let edits = format::format(&snapshot.draft.analysis, &snapshot.draft.document, start.line, last);
    Ok(snapshot.positions().edits(edits))
}
