//! `textDocument/foldingRange`: sections, and what is no part of the speech.

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;

use crate::features::folding;
use crate::server::lsp::to::symbols;
use crate::server::snapshot::Snapshot;

pub fn run(snapshot: &Snapshot, _: lsp::FoldingRangeParams) -> Result<Vec<lsp::FoldingRange>> {
    Ok(symbols::folds(folding::folds(&snapshot.draft.analysis), snapshot.client().fold_limit))
}
