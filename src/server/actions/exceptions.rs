//! Passing over findings: 忽略此处 in a comment of a Markdown draft, or else in the settings file;
//! 在本项目忽略 in the settings file.

use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use tower_lsp::ls_types as lsp;

use super::requested::Requested;
use crate::features::ignore;
use crate::locale::Locale;
use crate::rules;
use crate::server::client::Client;
use crate::server::documents::Draft;
use crate::server::lsp::Positions;
use crate::server::lsp::from::path;
use crate::server::lsp::to::edits;
use crate::server::session::Session;
use crate::server::snapshot::Snapshot;
use crate::settings::Problem;
use crate::settings::amend::{self, Ignore, Refused};
use crate::text::{Document, Span};
use crate::workspace;

/// 忽略此处 and 在本项目忽略 for the findings in `span` that are `requested`.
pub fn actions(snapshot: &Snapshot, span: Span, requested: &Requested) -> Vec<lsp::CodeAction> {
    let (Draft { document, analysis, settings, .. }, uri) = (&snapshot.draft, &snapshot.uri);
    let (client, locale) = (snapshot.client(), snapshot.locale());
    let (first, last) = (span.start.line, span.end.line);
    let mut found = rules::diagnostics_in(analysis, document, settings, client.locale, first..=last, usize::MAX);
    found.retain(|finding| requested.holds(finding));
    let file =
        path(uri).filter(|_| !found.is_empty()).and_then(|draft| Exceptions::for_draft(&draft, &snapshot.session));
    let mut actions: Vec<lsp::CodeAction> = Vec::new();
    let mut add = |title: String, edit: Result<lsp::WorkspaceEdit, String>| {
        if actions.iter().all(|action| action.title != title) {
            let kind = Some(lsp::CodeActionKind::QUICKFIX);
            let (edit, disabled) = match edit {
                Ok(edit) => (Some(edit), None),
                Err(reason) => (None, Some(lsp::CodeActionDisabled { reason })),
            };
            actions.push(lsp::CodeAction { title, kind, edit, disabled, ..Default::default() });
        }
    };
    for finding in &found {
        let note = ignore::note(analysis, document, finding);
        let has_note = note.is_some();
        if let Some(edit) = note {
            add(ignore::title_here(finding, locale), Ok(edits::edit(vec![edit], uri, document, client)));
        }
        let Some(file) = &file else { continue };
        let known = (finding.rule.code, finding.rule.name);
        // Nothing is written into the speech. Of a blank the settings take no more than the place.
        if (!has_note || finding.rule.is_about_blanks())
            && let Some(words) = ignore::words(document, finding)
            && let Some(edit) =
                file.ignoring(Ignore::Place { rule: known, text: &words, file: &file.draft }, client, locale)
        {
            let title = match has_note {
                true => ignore::title_exception(&words, locale),
                false => ignore::title_here(finding, locale),
            };
            add(title, edit);
        }
        if finding.rule.is_about_blanks() {
            continue;
        }
        if let Some(text) = ignore::exception(document, finding)
            && let Some(edit) = file.ignoring(Ignore::Text(&text), client, locale)
        {
            add(ignore::title_exception(&text, locale), edit);
        }
        if let Some(edit) = file.ignoring(Ignore::Rule(known), client, locale) {
            add(ignore::title_off(finding, locale), edit);
        }
    }
    actions
}

/// The settings file that takes the exceptions of a draft.
struct Exceptions {
    uri: lsp::Uri,
    path: PathBuf,
    /// The draft as the file calls it.
    draft: String,
    /// As the editor has it, or else as it is on disk.
    document: Document,
    /// The version that the editor has.
    version: Option<i32>,
    is_there: bool,
}

impl Exceptions {
    fn for_draft(draft: &Path, session: &Session) -> Option<Self> {
        let (path, on_disk) = workspace::file_for_exceptions(draft, &session.folders())?;
        let uri = lsp::Uri::from_file_path(&path)?;
        let open = session.settings_files.get(&uri);
        let version = open.as_ref().map(Document::version);
        let is_there = open.is_some() || on_disk.is_some();
        let document = open.unwrap_or_else(|| Document::new(0, on_disk.as_deref().unwrap_or("")));
        let from_here = path.parent().and_then(|folder| draft.strip_prefix(folder).ok()).unwrap_or(draft);
        let draft = from_here.display().to_string().replace('\\', "/");
        Some(Self { uri, path, draft, document, version, is_there })
    }

    /// The change that has `what` passed over; or why it cannot be made, for a client that shows it.
    fn ignoring(
        &self,
        what: Ignore<'_>,
        client: &Client,
        locale: Locale,
    ) -> Option<Result<lsp::WorkspaceEdit, String>> {
        let text = self.document.to_string();
        match amend::ignoring(&text, what) {
            Ok((range, new)) => self.edit(range, new, client).map(Ok),
            Err(Refused::SaysSo) => None,
            Err(Refused::Broken) => client.disabled_actions.then(|| Err(self.reason(&text, locale))),
        }
    }

    fn edit(&self, range: Range<usize>, new: String, client: &Client) -> Option<lsp::WorkspaceEdit> {
        let span = Span::new(self.document.point(range.start), self.document.point(range.end));
        let edit = lsp::TextEdit::new(Positions::new(&self.document, client.encoding).range(span), new);
        if !client.versioned_edits {
            let changes = HashMap::from([(self.uri.clone(), vec![edit])]);
            let edit = lsp::WorkspaceEdit { changes: Some(changes), ..Default::default() };
            return self.is_there.then_some(edit);
        }
        let text_document =
            lsp::OptionalVersionedTextDocumentIdentifier { uri: self.uri.clone(), version: self.version };
        let edit = lsp::TextDocumentEdit { text_document, edits: vec![lsp::OneOf::Left(edit)] };
        let changes = if self.is_there {
            lsp::DocumentChanges::Edits(vec![edit])
        } else if client.create_files {
            let options = lsp::CreateFileOptions { overwrite: Some(false), ignore_if_exists: Some(true) };
            let create = lsp::CreateFile { uri: self.uri.clone(), options: Some(options), annotation_id: None };
            lsp::DocumentChanges::Operations(vec![
                lsp::DocumentChangeOperation::Op(lsp::ResourceOp::Create(create)),
                lsp::DocumentChangeOperation::Edit(edit),
            ])
        } else {
            return None;
        };
        Some(lsp::WorkspaceEdit { document_changes: Some(changes), ..Default::default() })
    }

    /// Why the file cannot be written to: the first thing that is wrong with it.
    fn reason(&self, text: &str, locale: Locale) -> String {
        let problems = workspace::check(&self.path, text);
        let Some(Problem { range, message, .. }) = problems.into_iter().next() else { return String::new() };
        let line = self.document.point(range.start).line + 1;
        let message = message.text(locale);
        locale.pick(
            format!("jianggao.toml 第 {line} 行有误，改好才能写进去：{message}"),
            format!("jianggao.toml 第 {line} 行有誤，改好才能寫進去：{message}"),
            format!("jianggao.toml must be mended first, line {line}: {message}"),
        )
    }
}
