//! Passing over findings: 忽略此处 in a comment of a Markdown draft, or else in the settings file;
//! 在本项目忽略 in the settings file.

use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use tower_lsp::ls_types as lsp;

use super::backend::Shared;
use super::capabilities::{Session, path};
use super::convert::{self, Positions};
use super::shown::Shown;
use super::store::Entry;
use crate::features::ignore;
use crate::locale::Locale;
use crate::rules::{self, message_locale};
use crate::settings::Problem;
use crate::settings::amend::{self, Ignore, Refused};
use crate::text::{Document, Span};
use crate::workspace;

/// 忽略此处 and 在本项目忽略 for the findings that are `shown` in `span`.
pub fn actions(entry: &Entry, shared: &Shared, uri: &lsp::Uri, span: Span, shown: &Shown) -> Vec<lsp::CodeAction> {
    let Entry { document, analysis, settings, .. } = entry;
    let session = shared.session();
    let locale = message_locale(session.locale, analysis);
    let (first, last) = (span.start.line, span.end.line);
    let mut found = rules::diagnostics_in(analysis, document, settings, session.locale, first..=last, usize::MAX);
    found.retain(|finding| shown.holds(finding));
    let file = path(uri).filter(|_| !found.is_empty()).and_then(|draft| Exceptions::for_draft(&draft, shared));
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
            add(ignore::title_here(finding, locale), Ok(convert::edit(vec![edit], uri, document, session)));
        }
        let Some(file) = &file else { continue };
        let known = (finding.rule.code, finding.rule.name);
        // Nothing is written into the speech. Of a blank the settings take no more than the place.
        if (!has_note || finding.rule.is_about_blanks())
            && let Some(words) = ignore::words(document, finding)
            && let Some(edit) =
                file.ignoring(Ignore::Place { rule: known, text: &words, file: &file.draft }, session, locale)
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
            && let Some(edit) = file.ignoring(Ignore::Text(&text), session, locale)
        {
            add(ignore::title_exception(&text, locale), edit);
        }
        if let Some(edit) = file.ignoring(Ignore::Rule(known), session, locale) {
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
    fn for_draft(draft: &Path, shared: &Shared) -> Option<Self> {
        let (path, on_disk) = workspace::file_for_exceptions(draft, &shared.session().folders())?;
        let uri = lsp::Uri::from_file_path(&path)?;
        let open = shared.settings_files.get(&uri);
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
        session: &Session,
        locale: Locale,
    ) -> Option<Result<lsp::WorkspaceEdit, String>> {
        let text = self.document.to_string();
        match amend::ignoring(&text, what) {
            Ok((range, new)) => self.edit(range, new, session).map(Ok),
            Err(Refused::SaysSo) => None,
            Err(Refused::Broken) => session.disabled_actions.then(|| Err(self.reason(&text, locale))),
        }
    }

    fn edit(&self, range: Range<usize>, new: String, session: &Session) -> Option<lsp::WorkspaceEdit> {
        let span = Span::new(self.document.point(range.start), self.document.point(range.end));
        let edit = lsp::TextEdit::new(Positions::new(&self.document, session.encoding).range(span), new);
        if !session.versioned_edits {
            let changes = HashMap::from([(self.uri.clone(), vec![edit])]);
            let edit = lsp::WorkspaceEdit { changes: Some(changes), ..Default::default() };
            return self.is_there.then_some(edit);
        }
        let text_document =
            lsp::OptionalVersionedTextDocumentIdentifier { uri: self.uri.clone(), version: self.version };
        let edit = lsp::TextDocumentEdit { text_document, edits: vec![lsp::OneOf::Left(edit)] };
        let changes = if self.is_there {
            lsp::DocumentChanges::Edits(vec![edit])
        } else if session.create_files {
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
