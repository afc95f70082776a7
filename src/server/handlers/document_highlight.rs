//! `textDocument/documentHighlight`: all uses of a placeholder or a short name; all ordinals of the list; all places
//! of a formulation.

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;

use crate::features::names::name_at;
use crate::features::{formulations, references};
use crate::server::documents::Draft;
use crate::server::lsp::to::marks;
use crate::server::snapshot::Snapshot;

pub fn run(snapshot: &Snapshot, params: lsp::DocumentHighlightParams) -> Result<Option<Vec<lsp::DocumentHighlight>>> {
    let Draft { document, analysis, settings, .. } = &snapshot.draft;
    let at = snapshot.point(params.text_document_position_params.position);
    let uses = name_at(analysis, document, at).map(|name| name.uses);
    let uses = uses
        .or_else(|| references::siblings(analysis, at))
        .or_else(|| formulations::places_at(analysis, document, settings, at));
    Ok(uses.map(|uses| marks::highlights(&uses, document, snapshot.client())))
}
