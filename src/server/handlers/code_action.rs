//! `textDocument/codeAction`: fixes for the findings that are asked about, and changes of structure.

use serde_json::json;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;

use crate::features::actions;
use crate::server::actions::{Requested, blanks, deferred, exceptions};
use crate::server::capabilities::{FIX_ALL, WHY};
use crate::server::commands;
use crate::server::documents::Draft;
use crate::server::lsp::from::wants;
use crate::server::lsp::to::edits;
use crate::server::snapshot::Snapshot;

pub fn run(snapshot: &Snapshot, params: lsp::CodeActionParams) -> Result<lsp::CodeActionResponse> {
    let Draft { document, analysis, settings, .. } = &snapshot.draft;
    let (client, lsp::CodeActionParams { range, context, .. }) = (snapshot.client(), params);
    let (only, shown) = (context.only.as_deref(), &context.diagnostics);
    let mut answer = Vec::new();
    let span = snapshot.span(range);
    let requested = Requested::new(shown, span, document, client.encoding);
    // Kate asks about its whole draft with the finding in question, and takes whatever it is given.
    let is_place = !requested.is_all_of(span, document);
    if wants(only, &lsp::CodeActionKind::QUICKFIX) {
        let around = requested.around(span);
        let mut fixes = actions::quick_fixes(analysis, document, settings, client.locale, around);
        fixes.retain(|fix| requested.holds(&fix.diagnostic));
        if is_place {
            answer.extend(deferred::of_a_kind(snapshot, span.start, &fixes, shown));
        }
        let fixes = fixes.into_iter().map(|fix| edits::quick_fix(fix, shown, &snapshot.uri, document, client));
        answer.splice(0..0, fixes);
        if is_place {
            // At a placeholder it is filled in first of all.
            answer.splice(0..0, blanks::actions(snapshot, span.start));
            answer.extend(exceptions::actions(snapshot, around, &requested));
        }
    }
    // Looks through the whole draft: not whenever the cursor moves.
    let automatic = context.trigger_kind == Some(lsp::CodeActionTriggerKind::AUTOMATIC);
    if wants(only, &FIX_ALL) && (only.is_some() || !automatic && is_place) {
        answer.extend(deferred::fix_all(snapshot));
    }
    if wants(only, &WHY) && (only.is_some() || !automatic && is_place && !shown.is_empty()) {
        answer.push(why(snapshot, range.start));
    }
    if only.is_some() || is_place {
        let about_lists = shown.is_empty() || shown.iter().any(is_about_lists);
        answer.extend(deferred::of_structure(snapshot, only, span, automatic || !about_lists));
    }
    Ok(answer.into_iter().map(Into::into).collect())
}

/// Whether renumbering may have to do with a finding.
fn is_about_lists(found: &lsp::Diagnostic) -> bool {
    let starts = |code: &str| code.starts_with("numbering-") || code.starts_with("count-");
    matches!(&found.code, Some(lsp::NumberOrString::String(code)) if starts(code))
}

/// Has the verdict at a place explained.
fn why(snapshot: &Snapshot, at: lsp::Position) -> lsp::CodeAction {
    let title = snapshot.locale().pick("这里为什么这样判断", "這裡為什麼這樣判斷", "Why this verdict?");
    let command = lsp::Command {
        title: title.to_owned(),
        command: commands::WHY.to_owned(),
        arguments: Some(vec![json!(snapshot.uri), json!(at)]),
    };
    lsp::CodeAction { title: title.to_owned(), kind: Some(WHY), command: Some(command), ..Default::default() }
}
