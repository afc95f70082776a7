//! Code actions whose edits may come when they are chosen: changes of structure, and fixes all over the draft.
//!
//! A client that resolves actions is given their names first, and the edits of the one that is chosen:
//! the draft, its version and the place go with the name, so nothing is kept here in between.

use serde::{Deserialize, Serialize};
use tower_lsp::ls_types as lsp;

use crate::features::actions;
use crate::features::structure::{Change, may_renumber, renumber_all};
use crate::rules;
use crate::server::capabilities::{FIX_ALL, RENUMBER};
use crate::server::client::Client;
use crate::server::documents::Draft;
use crate::server::lsp::from::wants;
use crate::server::lsp::to::edits;
use crate::server::snapshot::Snapshot;
use crate::text::{Edit, Point, Span};

/// The name of 全文重新编号 among the names of changes.
const ALL_LISTS: &str = "renumberAll";
/// The name of 应用全部可靠的修正 among the names of changes.
const FIX_EVERYTHING: &str = "fixAll";
/// What the name of a change begins with that fixes all findings of one rule; its code follows.
const ONE_KIND: &str = "fix:";

/// What stands in an action until it is resolved.
#[derive(Serialize, Deserialize)]
pub struct Unresolved {
    pub uri: lsp::Uri,
    version: i32,
    change: String,
    at: lsp::Position,
}

/// The actions for the structure around the start of `span`.
pub fn of_structure(
    snapshot: &Snapshot,
    only: Option<&[lsp::CodeActionKind]>,
    span: Span,
    automatic: bool,
) -> Vec<lsp::CodeAction> {
    let Draft { document, analysis, .. } = &snapshot.draft;
    let (uri, client, locale) = (&snapshot.uri, snapshot.client(), snapshot.locale());
    let at = snapshot.positions().position(span.start);
    let action = |title: &str, kind: lsp::CodeActionKind, change: &str, edits: Vec<Edit>| {
        let unresolved = Unresolved { uri: uri.clone(), version: document.version(), change: change.to_owned(), at };
        let data = later(unresolved, client);
        lsp::CodeAction {
            title: title.to_owned(),
            kind: Some(kind),
            edit: data.is_none().then(|| edits::edit(edits, uri, document, client)),
            data,
            ..Default::default()
        }
    };
    let mut found = Vec::new();
    for change in Change::ALL.into_iter().filter(|&change| wants(only, &kind(change))) {
        let edits = change.edits(analysis, document, span.start);
        if !edits.is_empty() {
            found.push(action(change.title(locale), kind(change), change.name(), edits));
        }
    }
    // Looks through the whole draft: not whenever the cursor moves.
    if wants(only, &RENUMBER) && (only.is_some() || !automatic) {
        let edits = match client.resolve_edits {
            true => may_renumber(analysis, document).then(Vec::new),
            false => Some(renumber_all(analysis, document)).filter(|edits| !edits.is_empty()),
        };
        let title = locale.pick("讲稿：全文重新编号", "講稿：全文重新編號", "Jianggao: renumber all lists");
        found.extend(edits.map(|edits| action(title, RENUMBER, ALL_LISTS, edits)));
    }
    found
}

/// 应用全部可靠的修正, where there is anything to be fixed. In a long draft that takes long: a client that
/// can wait for the edits until the action is chosen is made to.
pub fn fix_all(snapshot: &Snapshot) -> Option<lsp::CodeAction> {
    let Draft { document, analysis, settings, .. } = &snapshot.draft;
    let (uri, client) = (&snapshot.uri, snapshot.client());
    let (change, at) = (FIX_EVERYTHING.to_owned(), lsp::Position::default());
    let data = later(Unresolved { uri: uri.clone(), version: document.version(), change, at }, client);
    let edits = match data {
        Some(_) => actions::may_fix(analysis, document, settings).then(Vec::new)?,
        None => Some(actions::fix_all(analysis, document, settings)).filter(|edits| !edits.is_empty())?,
    };
    let locale = client.locale;
    let title = locale.pick("讲稿：应用全部可靠的修正", "講稿：套用全部可靠的修正", "Jianggao: apply all safe fixes");
    Some(lsp::CodeAction {
        title: title.to_owned(),
        kind: Some(FIX_ALL),
        edit: data.is_none().then(|| edits::edit(edits, uri, document, client)),
        data,
        ..Default::default()
    })
}

/// 修正全文此类问题 for the kinds of findings that `fixes` at `at` are fixes of.
pub fn of_a_kind(
    snapshot: &Snapshot,
    at: Point,
    fixes: &[actions::Action],
    shown: &[lsp::Diagnostic],
) -> Vec<lsp::CodeAction> {
    let Draft { document, analysis, settings, .. } = &snapshot.draft;
    let (uri, client) = (&snapshot.uri, snapshot.client());
    let at = snapshot.positions().position(at);
    let kinds = actions::kinds(analysis, document, settings, client.locale, fixes).into_iter();
    let action = |(title, diagnostic): (String, rules::Diagnostic)| {
        let rule = diagnostic.rule;
        let change = format!("{ONE_KIND}{}", rule.code);
        let later = later(Unresolved { uri: uri.clone(), version: document.version(), change, at }, client);
        let edits = if later.is_some() { Vec::new() } else { actions::fix_kind(analysis, document, settings, rule) };
        let action = actions::Action { title, edits, diagnostic, preferred: false };
        let mut action = edits::quick_fix(action, shown, uri, document, client);
        action.edit.take_if(|_| later.is_some());
        action.data = later;
        action
    };
    kinds.map(action).collect()
}

/// What stands in an action in the place of its edits, where the client asks for them later.
fn later(unresolved: Unresolved, client: &Client) -> Option<serde_json::Value> {
    serde_json::to_value(unresolved).ok().filter(|_| client.resolve_edits)
}

impl Unresolved {
    /// The edits, while the draft is in the version that the action was made for.
    pub fn edits(&self, snapshot: &Snapshot) -> Option<lsp::WorkspaceEdit> {
        let Draft { document, analysis, settings, .. } = &snapshot.draft;
        if document.version() != self.version {
            return None;
        }
        let at = snapshot.point(self.at);
        let edits = match (Change::from_name(&self.change), self.change.strip_prefix(ONE_KIND)) {
            (Some(change), _) => change.edits(analysis, document, at),
            (None, Some(code)) => actions::fix_kind(analysis, document, settings, rules::find(code)?),
            (None, None) if self.change == ALL_LISTS => renumber_all(analysis, document),
            (None, None) if self.change == FIX_EVERYTHING => actions::fix_all(analysis, document, settings),
            (None, None) => Vec::new(),
        };
        Some(edits::edit(edits, &self.uri, document, snapshot.client()))
    }
}

fn kind(change: Change) -> lsp::CodeActionKind {
    match change {
        Change::Stubs => lsp::CodeActionKind::QUICKFIX,
        Change::MoveUp | Change::MoveDown => lsp::CodeActionKind::new("refactor.move"),
        _ => lsp::CodeActionKind::REFACTOR_REWRITE,
    }
}
