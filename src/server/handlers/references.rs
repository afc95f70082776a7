//! `textDocument/references`: all uses of a placeholder or a short name; all references to an item; all places of a
//! formulation.

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;

use crate::features::names::name_at;
use crate::features::{formulations, references};
use crate::server::documents::Draft;
use crate::server::lsp::to::marks;
use crate::server::snapshot::Snapshot;

pub fn run(snapshot: &Snapshot, params: lsp::ReferenceParams) -> Result<Option<Vec<lsp::Location>>> {
    let Draft { document, analysis, settings, .. } = &snapshot.draft;
    let at = snapshot.point(params.text_document_position.position);
    let uses = name_at(analysis, document, at).map(|name| name.uses);
    let found = match uses.or_else(|| references::references_to(analysis, document, at)) {
        Some(mut uses) => {
            // The first use is what defines the name, and the marker the item.
            let skipped = usize::from(!params.context.include_declaration);
            Some(uses.split_off(skipped.min(uses.len())))
        }
        None => formulations::places_at(analysis, document, settings, at),
    };
    Ok(found.map(|found| marks::locations(&found, &snapshot.uri, document, snapshot.client())))
}
