//! `textDocument/rename`: a placeholder or a short name, all over the draft.

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;

use crate::features::blanks;
use crate::features::names::name_at;
use crate::server::documents::Draft;
use crate::server::lsp::request_failed;
use crate::server::lsp::to::edits;
use crate::server::snapshot::Snapshot;
use crate::text::Lines;

pub fn run(snapshot: &Snapshot, params: lsp::RenameParams) -> Result<lsp::WorkspaceEdit> {
    let (Draft { document, analysis, .. }, locale) = (&snapshot.draft, snapshot.locale());
    let at = snapshot.point(params.text_document_position.position);
    let name = name_at(analysis, document, at).ok_or_else(|| request_failed(blanks::refusal(locale)))?;
    let new_name = params.new_name;
    if let Some(reason) = blanks::refusal_of(&new_name, locale) {
        return Err(request_failed(reason));
    }
    let changes = name.renamed(analysis, document, &new_name);
    let phrase = document.text(name.span);
    let label =
        locale.pick(format!("别处的“{phrase}”"), format!("別處的“{phrase}”"), format!("‘{phrase}’ in other places"));
    Ok(edits::rename(changes, name.span, label, &snapshot.uri, document, snapshot.client()))
}
