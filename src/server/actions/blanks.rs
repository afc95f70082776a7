//! 填入此处, 填入全文 and 下一处占位符.

use serde_json::json;
use tower_lsp::ls_types as lsp;

use crate::features::blanks;
use crate::server::commands::NEXT_PLACEHOLDER;
use crate::server::documents::Draft;
use crate::server::lsp::to::edits;
use crate::server::snapshot::Snapshot;
use crate::text::Point;

pub fn actions(snapshot: &Snapshot, at: Point) -> Vec<lsp::CodeAction> {
    let Draft { document, analysis, settings, .. } = &snapshot.draft;
    let (uri, client, locale) = (&snapshot.uri, snapshot.client(), snapshot.locale());
    let mut actions = Vec::new();
    for fill in blanks::fills(analysis, document, settings, locale, at) {
        actions.push(lsp::CodeAction {
            title: fill.title,
            kind: Some(lsp::CodeActionKind::QUICKFIX),
            edit: Some(edits::edit(fill.edits, uri, document, client)),
            is_preferred: fill.everywhere.then_some(true),
            ..Default::default()
        });
    }
    let here = blanks::blank_at(analysis, document, at);
    let next = here.as_ref().and_then(|here| blanks::next_blank(analysis, document, here.span.start));
    if let (Some(here), Some(next), true) = (here, next, client.show_document)
        && next != here.span
    {
        let at = snapshot.positions().position(here.span.start);
        let title = locale.pick("下一处占位符", "下一處佔位符", "Next placeholder").to_owned();
        let arguments = Some(vec![uri.as_str().into(), json!(at)]);
        actions.push(lsp::CodeAction {
            title: title.clone(),
            kind: Some(lsp::CodeActionKind::QUICKFIX),
            command: Some(lsp::Command { title, command: NEXT_PLACEHOLDER.to_owned(), arguments }),
            ..Default::default()
        });
    }
    actions
}
