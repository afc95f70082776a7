//! At a placeholder, in the order in which they are wanted: 填写…, 填入全文, 填入此处, 下一处占位符.

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
    let here = blanks::blank_at(analysis, document, at);
    let command = |title: &str, command: &str, at: lsp::Position| lsp::CodeAction {
        title: title.to_owned(),
        kind: Some(lsp::CodeActionKind::QUICKFIX),
        command: Some(lsp::Command {
            title: title.to_owned(),
            command: command.to_owned(),
            arguments: Some(vec![uri.as_str().into(), json!(at)]),
        }),
        ..Default::default()
    };
    let mut actions = Vec::new();
    if let (Some(here), Some(fill)) = (&here, &client.fill_command) {
        let at = snapshot.positions().position(here.span.start);
        actions.push(command(&blanks::title(here, locale), fill, at));
    }
    for fill in blanks::fills(analysis, document, settings, locale, at) {
        actions.push(lsp::CodeAction {
            title: fill.title,
            kind: Some(lsp::CodeActionKind::QUICKFIX),
            edit: Some(edits::edit(fill.edits, uri, document, client)),
            is_preferred: fill.everywhere.then_some(true),
            ..Default::default()
        });
    }
    let next = here.as_ref().and_then(|here| blanks::next_blank(analysis, document, here.span.start));
    if let (Some(here), Some(next), true) = (here, next, client.show_document)
        && next != here.span
    {
        let at = snapshot.positions().position(here.span.start);
        let title = locale.pick("下一处占位符", "下一處佔位符", "Next placeholder");
        actions.push(command(title, NEXT_PLACEHOLDER, at));
    }
    actions
}
