//! `textDocument/linkedEditingRange`: the uses of a name that are typed together. One alone has nothing to be linked
//! with.

use tokio::time::Instant;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;

use crate::features::blanks;
use crate::server::documents::{Draft, Linked};
use crate::server::lsp::to::marks;
use crate::server::snapshot::Snapshot;
use crate::text::Span;

pub fn run(snapshot: &Snapshot, params: lsp::LinkedEditingRangeParams) -> Result<Option<lsp::LinkedEditingRanges>> {
    let Draft { document, analysis, linked, .. } = &snapshot.draft;
    let at = snapshot.point(params.text_document_position_params.position);
    let blank = blanks::blank_at(analysis, document, at).filter(|b| b.uses.len() > 1 && b.span.touches(at));
    // What is left of a placeholder may look like another one.
    let kept = linked.as_ref().and_then(|linked| linked.around(document, at));
    let is_new = |blank: &blanks::Blank| kept.is_none_or(|kept| kept.contains(&blank.span));
    let places = match (blank.filter(is_new), kept) {
        (Some(blank), _) => Some(blank.uses),
        (None, kept) => kept.map(<[Span]>::to_vec),
    };
    let linked = places.clone().map(|places| Linked::new(places, Instant::now()));
    snapshot.session.drafts.link(&snapshot.uri, document.version(), linked);
    // Whatever is typed belongs to the name, up to a mark. What an input method shows meanwhile, too.
    let word_pattern = Some(r"[^\s，。；：、！？（）《》“”]*".to_owned());
    Ok(places.map(|places| lsp::LinkedEditingRanges {
        ranges: marks::ranges(&places, document, snapshot.client()),
        word_pattern,
    }))
}
