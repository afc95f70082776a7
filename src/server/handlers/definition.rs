//! `textDocument/definition`: the first use of a placeholder; where a short name is defined; the item that a
//! reference names; the row of the table of indicators.

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;

use crate::features::names::name_at;
use crate::features::{indicators, references};
use crate::server::documents::Draft;
use crate::server::lsp::to::marks;
use crate::server::snapshot::Snapshot;

pub fn run(snapshot: &Snapshot, params: lsp::GotoDefinitionParams) -> Result<Option<lsp::GotoDefinitionResponse>> {
    let Draft { document, analysis, settings, .. } = &snapshot.draft;
    let at = snapshot.point(params.text_document_position_params.position);
    let found = name_at(analysis, document, at).and_then(|name| name.uses.first().copied());
    let found = found.or_else(|| references::target_at(analysis, document, at));
    if found.is_none()
        && let Some((table, row)) = indicators::row_at(document, settings, at).filter(|(table, _)| table.is_text)
        && let Some(uri) = lsp::Uri::from_file_path(&table.path)
    {
        let line = lsp::Position::new(row.line - 1, 0);
        let location = lsp::Location::new(uri, lsp::Range::new(line, line));
        return Ok(Some(lsp::GotoDefinitionResponse::Array(vec![location])));
    }
    let locations = |span| marks::locations(&[span], &snapshot.uri, document, snapshot.client());
    Ok(found.map(locations).map(lsp::GotoDefinitionResponse::Array))
}
