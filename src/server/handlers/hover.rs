//! `textDocument/hover`.

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;

use crate::features::{hover, settings_file};
use crate::server::documents::Draft;
use crate::server::lsp::to::marks;
use crate::server::snapshot::{SettingsSnapshot, Snapshot};

pub fn run(snapshot: &Snapshot, params: lsp::HoverParams) -> Result<Option<lsp::Hover>> {
    let Draft { document, analysis, settings, .. } = &snapshot.draft;
    let (at, client) = (snapshot.point(params.text_document_position_params.position), snapshot.client());
    let told = if client.hovers_over_findings { hover::beside_findings } else { hover::hover };
    let hover = told(analysis, document, settings, client.locale, at);
    Ok(hover.map(|hover| marks::hover(hover, document, client)))
}

pub fn in_settings(file: &SettingsSnapshot, params: lsp::HoverParams) -> Result<Option<lsp::Hover>> {
    let at = file.point(params.text_document_position_params.position);
    let hover = settings_file::hover(&file.document, at, file.session.client().locale);
    Ok(hover.map(|hover| marks::hover(hover, &file.document, file.session.client())))
}
