//! `textDocument/definition`: the first use of a placeholder; where a short name is defined; the item that a
//! reference names.

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;

use crate::features::names::name_at;
use crate::features::references;
use crate::server::documents::Draft;
use crate::server::lsp::to::marks;
use crate::server::snapshot::Snapshot;

pub fn run(snapshot: &Snapshot, params: lsp::GotoDefinitionParams) -> Result<Option<lsp::GotoDefinitionResponse>> {
    let Draft { document, analysis, .. } = &snapshot.draft;
    let at = snapshot.point(params.text_document_position_params.position);
    let found = name_at(analysis, document, at).and_then(|name| name.uses.first().copied());
    let found = found.or_else(|| references::target_at(analysis, document, at));
    let locations = |span| marks::locations(&[span], &snapshot.uri, document, snapshot.client());
    Ok(found.map(locations).map(lsp::GotoDefinitionResponse::Array))
}
