//! Code actions that change the structure of a draft, formatting, and what Enter does.
//!
//! A client that resolves actions is given their names first, and the edits of the one that is chosen:
//! the draft, its version and the place go with the name, so nothing is kept here in between.

use serde::{Deserialize, Serialize};
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types as lsp;

use super::backend::Backend;
use super::capabilities::{FIX_ALL, RENUMBER, Session};
use super::convert::{self, Positions};
use super::store::Entry;
use crate::features::structure::{Change, renumber_all};
use crate::features::{actions, format, typing};
use crate::rules::{self, message_locale};
use crate::text::{Edit, Point, Span};

/// The name of 全文重新编号 among the names of changes.
const ALL_LISTS: &str = "renumberAll";
/// The name of 应用全部可靠的修正 among the names of changes.
const FIX_EVERYTHING: &str = "fixAll";
/// What the name of a change begins with that fixes all findings of one rule; its code follows.
const ONE_KIND: &str = "fix:";

/// What stands in an action until it is resolved.
#[derive(Serialize, Deserialize)]
struct Unresolved {
    uri: lsp::Uri,
    version: i32,
    change: String,
    at: lsp::Position,
}

/// The actions for the structure around the start of `span`.
pub fn of_structure(
    entry: &Entry,
    session: &Session,
    uri: &lsp::Uri,
    only: Option<&[lsp::CodeActionKind]>,
    span: Span,
    automatic: bool,
) -> Vec<lsp::CodeAction> {
    let Entry { document, analysis, .. } = entry;
    let locale = message_locale(session.locale, analysis);
    let at = Positions::new(document, session.encoding).position(span.start);
    let action = |title: &str, kind: lsp::CodeActionKind, change: &str, edits: Vec<Edit>| {
        let unresolved = Unresolved { uri: uri.clone(), version: document.version(), change: change.to_owned(), at };
        let data = later(unresolved, session);
        lsp::CodeAction {
            title: title.to_owned(),
            kind: Some(kind),
            edit: data.is_none().then(|| convert::edit(edits, uri, document, session)),
            data,
            ..Default::default()
        }
    };
    let mut found = Vec::new();
    for change in Change::ALL.into_iter().filter(|&change| convert::wants(only, &kind(change))) {
        let edits = change.edits(analysis, document, span.start);
        if !edits.is_empty() {
            found.push(action(change.title(locale), kind(change), change.name(), edits));
        }
    }
    // Looks through the whole draft: not whenever the cursor moves.
    if convert::wants(only, &RENUMBER) && (only.is_some() || !automatic) {
        let edits = renumber_all(analysis, document);
        if !edits.is_empty() {
            let title = locale.pick("讲稿：全文重新编号", "講稿：全文重新編號", "Jianggao: renumber all lists");
            found.push(action(title, RENUMBER, ALL_LISTS, edits));
        }
    }
    found
}

/// 应用全部可靠的修正, where there is anything to be fixed. In a long draft that takes long: a client that
/// can wait for the edits until the action is chosen is made to.
pub fn fix_all(entry: &Entry, session: &Session, uri: &lsp::Uri) -> Option<lsp::CodeAction> {
    let Entry { document, analysis, settings, .. } = entry;
    let (change, at) = (FIX_EVERYTHING.to_owned(), lsp::Position::default());
    let data = later(Unresolved { uri: uri.clone(), version: document.version(), change, at }, session);
    let edits = match data {
        Some(_) => actions::may_fix(analysis, document, settings).then(Vec::new)?,
        None => Some(actions::fix_all(analysis, document, settings)).filter(|edits| !edits.is_empty())?,
    };
    let locale = session.locale;
    let title = locale.pick("讲稿：应用全部可靠的修正", "講稿：套用全部可靠的修正", "Jianggao: apply all safe fixes");
    Some(lsp::CodeAction {
        title: title.to_owned(),
        kind: Some(FIX_ALL),
        edit: data.is_none().then(|| convert::edit(edits, uri, document, session)),
        data,
        ..Default::default()
    })
}

/// 修正全文此类问题 for the kinds of findings that `fixes` at `at` are fixes of.
pub fn of_a_kind(
    entry: &Entry,
    session: &Session,
    uri: &lsp::Uri,
    at: Point,
    fixes: &[actions::Action],
    shown: &[lsp::Diagnostic],
) -> Vec<lsp::CodeAction> {
    let Entry { document, analysis, settings, .. } = entry;
    let at = Positions::new(document, session.encoding).position(at);
    let kinds = actions::kinds(analysis, document, settings, session.locale, fixes).into_iter();
    let action = |(title, diagnostic): (String, rules::Diagnostic)| {
        let rule = diagnostic.rule;
        let change = format!("{ONE_KIND}{}", rule.code);
        let later = later(Unresolved { uri: uri.clone(), version: document.version(), change, at }, session);
        let edits = if later.is_some() { Vec::new() } else { actions::fix_kind(analysis, document, settings, rule) };
        let action = actions::Action { title, edits, diagnostic, preferred: false };
        let mut action = convert::quick_fix(action, shown, uri, entry, session);
        action.edit.take_if(|_| later.is_some());
        action.data = later;
        action
    };
    kinds.map(action).collect()
}

/// What stands in an action in the place of its edits, where the client asks for them later.
fn later(unresolved: Unresolved, session: &Session) -> Option<serde_json::Value> {
    serde_json::to_value(unresolved).ok().filter(|_| session.resolve_edits)
}

fn kind(change: Change) -> lsp::CodeActionKind {
    match change {
        Change::Stubs => lsp::CodeActionKind::QUICKFIX,
        Change::MoveUp | Change::MoveDown => lsp::CodeActionKind::new("refactor.move"),
        _ => lsp::CodeActionKind::REFACTOR_REWRITE,
    }
}

impl Backend {
    pub(super) async fn resolve_action(&self, mut action: lsp::CodeAction) -> Result<lsp::CodeAction> {
        let data = action.data.clone().unwrap_or_default();
        let Ok(Unresolved { uri, version, change, at }) = serde_json::from_value(data) else {
            return Ok(action);
        };
        let asked = uri.clone();
        let edit = self.query("codeAction/resolve", &asked, move |entry, session| {
            let Entry { document, analysis, settings, .. } = entry;
            if document.version() != version {
                return None;
            }
            let at = session.encoding.point(document, convert::position(at));
            let edits = match (Change::from_name(&change), change.strip_prefix(ONE_KIND)) {
                (Some(change), _) => change.edits(analysis, document, at),
                (None, Some(code)) => actions::fix_kind(analysis, document, settings, rules::find(code)?),
                (None, None) if change == ALL_LISTS => renumber_all(analysis, document),
                (None, None) if change == FIX_EVERYTHING => actions::fix_all(analysis, document, settings),
                (None, None) => Vec::new(),
            };
            Some(convert::edit(edits, &uri, document, session))
        });
        let edit = edit.await?.flatten();
        let stale = || Error { code: ErrorCode::ContentModified, message: "the draft has changed".into(), data: None };
        action.edit = Some(edit.ok_or_else(stale)?);
        Ok(action)
    }

    pub(super) async fn formatted(
        &self,
        uri: lsp::Uri,
        range: Option<lsp::Range>,
        method: &'static str,
    ) -> Result<Option<Vec<lsp::TextEdit>>> {
        self.query(method, &uri, move |entry, session| {
            let (first, last) = range.map_or((0, u32::MAX), |range| {
                // A selection of whole lines ends at the start of the next.
                let whole = range.end.character == 0 && range.end.line > range.start.line;
                (range.start.line, range.end.line - u32::from(whole))
            });
            let edits = format::format(&entry.analysis, &entry.document, first, last);
            Positions::new(&entry.document, session.encoding).edits(edits)
        })
        .await
    }

    pub(super) async fn typed(
        &self,
        params: lsp::DocumentOnTypeFormattingParams,
    ) -> Result<Option<Vec<lsp::TextEdit>>> {
        let place = params.text_document_position;
        let position = convert::position(place.position);
        self.query("textDocument/onTypeFormatting", &place.text_document.uri, move |entry, session| {
            let Entry { document, analysis, settings, .. } = entry;
            if !settings.editor.with(session.wishes()).continues_lists() {
                return Vec::new();
            }
            let at = session.encoding.point(document, position);
            Positions::new(document, session.encoding).edits(typing::after_enter(analysis, document, at))
        })
        .await
    }
}
