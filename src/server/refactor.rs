//! Code actions that change the structure of a draft, formatting, and what Enter does.
//!
//! A client that resolves actions is given their names first, and the edits of the one that is chosen:
//! the draft, its version and the place go with the name, so nothing is kept here in between.

use std::collections::HashMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types as lsp;

use super::backend::Backend;
use super::capabilities::{RENUMBER, Session, path};
use super::convert::{self, Positions};
use super::store::Entry;
use crate::features::structure::{Change, renumber_all};
use crate::features::{actions, format, ignore, typing};
use crate::rules::{self, message_locale};
use crate::settings::amend::{self, Ignore};
use crate::text::{Document, Edit, Span};
use crate::workspace;

/// The name of 全文重新编号 among the names of changes.
const ALL_LISTS: &str = "renumberAll";
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

/// 修正全文此类问题 for the kinds of findings that touch `span`.
pub fn of_a_kind(
    entry: &Entry,
    session: &Session,
    uri: &lsp::Uri,
    span: Span,
    shown: &[lsp::Diagnostic],
) -> Vec<lsp::CodeAction> {
    let Entry { document, analysis, settings, .. } = entry;
    let at = Positions::new(document, session.encoding).position(span.start);
    let kinds = actions::kinds(analysis, document, settings, session.locale, span).into_iter();
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

/// 忽略此处 and 在本项目忽略 for the findings that touch `span`.
pub fn passing_over(entry: &Entry, session: &Session, uri: &lsp::Uri, span: Span) -> Vec<lsp::CodeAction> {
    let Entry { document, analysis, settings, .. } = entry;
    let locale = message_locale(session.locale, analysis);
    let (first, last) = (span.start.line, span.end.line);
    let mut found = rules::diagnostics_in(analysis, document, settings, session.locale, first, last);
    found.retain(|finding| finding.span.overlaps(span));
    let file = path(uri).filter(|_| !found.is_empty());
    let file = file.and_then(|path| workspace::file_for_exceptions(&path, &session.folders()));
    let mut actions: Vec<lsp::CodeAction> = Vec::new();
    let mut add = |title: String, edit: lsp::WorkspaceEdit| {
        if actions.iter().all(|action| action.title != title) {
            let kind = Some(lsp::CodeActionKind::QUICKFIX);
            actions.push(lsp::CodeAction { title, kind, edit: Some(edit), ..Default::default() });
        }
    };
    for finding in &found {
        if let Some(edit) = ignore::here(analysis, document, finding) {
            add(ignore::title_here(finding, locale), convert::edit(vec![edit], uri, document, session));
        }
        let Some((file, text)) = &file else { continue };
        let text = text.as_deref();
        let exception = ignore::exception(document, finding);
        let amended = |what| settings_edit(file, text, what, session);
        if let Some(exception) = &exception
            && let Some(edit) = amended(Ignore::Text(exception))
        {
            add(ignore::title_exception(exception, locale), edit);
        }
        if let Some(edit) = amended(Ignore::Rule(finding.rule.code)) {
            add(ignore::title_off(finding, locale), edit);
        }
    }
    actions
}

/// The change of a settings file, which is made where there is none.
fn settings_edit(file: &Path, text: Option<&str>, what: Ignore<'_>, session: &Session) -> Option<lsp::WorkspaceEdit> {
    let uri = lsp::Uri::from_file_path(file)?;
    let (range, new) = amend::ignoring(text.unwrap_or(""), what)?;
    let document = Document::new(0, text.unwrap_or(""));
    let mut positions = Positions::new(&document, session.encoding);
    let edit =
        lsp::TextEdit::new(positions.range(Span::new(document.point(range.start), document.point(range.end))), new);
    let text_document = lsp::OptionalVersionedTextDocumentIdentifier { uri: uri.clone(), version: None };
    let edit = lsp::TextDocumentEdit { text_document, edits: vec![lsp::OneOf::Left(edit)] };
    let changes = if text.is_some() {
        if !session.versioned_edits {
            let edits = edit.edits.into_iter().filter_map(|edit| match edit {
                lsp::OneOf::Left(edit) => Some(edit),
                lsp::OneOf::Right(_) => None,
            });
            let changes = Some(HashMap::from([(uri, edits.collect())]));
            return Some(lsp::WorkspaceEdit { changes, ..Default::default() });
        }
        lsp::DocumentChanges::Edits(vec![edit])
    } else {
        if !session.versioned_edits || !session.create_files {
            return None;
        }
        let options = lsp::CreateFileOptions { overwrite: Some(false), ignore_if_exists: Some(true) };
        let create = lsp::CreateFile { uri, options: Some(options), annotation_id: None };
        lsp::DocumentChanges::Operations(vec![
            lsp::DocumentChangeOperation::Op(lsp::ResourceOp::Create(create)),
            lsp::DocumentChangeOperation::Edit(edit),
        ])
    };
    Some(lsp::WorkspaceEdit { document_changes: Some(changes), ..Default::default() })
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
