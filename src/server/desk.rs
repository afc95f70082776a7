//! Requests about placeholders as names, and about what is shown beside and over the text.

use serde_json::Value;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types as lsp;

use super::backend::{Backend, LONG_ANSWERS, text};
use super::capabilities::path;
use super::convert::{self, Positions, marks};
use super::linked::Linked;
use super::store::Entry;
use crate::analysis::Analysis;
use crate::features::links::{self, Target};
use crate::features::short_names::short_name_at;
use crate::features::{blanks, formulations, metrics, references, selection, tokens};
use crate::rules::message_locale;
use crate::text::{Document, Edit, Point, Span};
use crate::workspace;

/// `RequestFailed`: the request is sound, and cannot be met.
const REQUEST_FAILED: ErrorCode = ErrorCode::ServerError(-32803);

fn refused(reason: &'static str) -> Error {
    Error { code: REQUEST_FAILED, message: reason.into(), data: None }
}

/// What can be given another name: a placeholder, or a short name that the draft defines.
struct Name {
    span: Span,
    uses: Vec<Span>,
}

fn name_at(analysis: &Analysis, document: &Document, at: Point) -> Option<Name> {
    let blank = blanks::blank_at(analysis, document, at).map(|blank| Name { span: blank.span, uses: blank.uses });
    blank.or_else(|| short_name_at(analysis, document, at).map(|name| Name { span: name.span, uses: name.uses }))
}

impl Backend {
    /// The first use of a placeholder; where a short name is defined; the item that a reference names.
    pub(super) async fn find_definition(
        &self,
        params: lsp::GotoDefinitionParams,
    ) -> Result<Option<lsp::GotoDefinitionResponse>> {
        let place = params.text_document_position_params;
        let found = self.places(place, "textDocument/definition", |entry, at| {
            let Entry { document, analysis, .. } = entry;
            let first = |blank: blanks::Blank| blank.uses.first().copied();
            let found = blanks::blank_at(analysis, document, at).and_then(first);
            let found = found.or_else(|| short_name_at(analysis, document, at)?.uses.first().copied());
            Some(vec![found.or_else(|| references::target_at(analysis, document, at))?])
        });
        Ok(found.await?.map(lsp::GotoDefinitionResponse::Array))
    }

    /// All uses of a placeholder or a short name; all references to an item; all places of a formulation.
    pub(super) async fn find_references(&self, params: lsp::ReferenceParams) -> Result<Option<Vec<lsp::Location>>> {
        let place = params.text_document_position;
        // The first use is what defines the name, and the marker the item.
        let skipped = usize::from(!params.context.include_declaration);
        self.places(place, "textDocument/references", move |entry, at| {
            let Entry { document, analysis, settings, .. } = entry;
            let uses = blanks::blank_at(analysis, document, at).map(|blank| blank.uses);
            let uses = uses.or_else(|| short_name_at(analysis, document, at).map(|name| name.uses));
            match uses.or_else(|| references::references_to(analysis, document, at)) {
                Some(mut uses) => Some(uses.split_off(skipped.min(uses.len()))),
                None => formulations::places_at(analysis, document, settings, at),
            }
        })
        .await
    }

    async fn places(
        &self,
        place: lsp::TextDocumentPositionParams,
        method: &'static str,
        find: impl FnOnce(&Entry, Point) -> Option<Vec<Span>> + Send + 'static,
    ) -> Result<Option<Vec<lsp::Location>>> {
        let uri = place.text_document.uri;
        let position = convert::position(place.position);
        let asked = uri.clone();
        let found = self.query(method, &asked, move |entry, session| {
            let document = &entry.document;
            let at = session.encoding.point(document, position);
            Some(marks::locations(&find(entry, at)?, &uri, document, session))
        });
        Ok(found.await?.flatten())
    }

    /// All uses of a placeholder or a short name; all ordinals of the list; all places of a formulation.
    pub(super) async fn highlight(
        &self,
        params: lsp::DocumentHighlightParams,
    ) -> Result<Option<Vec<lsp::DocumentHighlight>>> {
        let place = params.text_document_position_params;
        let position = convert::position(place.position);
        let found = self.query("textDocument/documentHighlight", &place.text_document.uri, move |entry, session| {
            let Entry { document, analysis, settings, .. } = entry;
            let at = session.encoding.point(document, position);
            let uses = blanks::blank_at(analysis, document, at).map(|blank| blank.uses);
            let uses = uses
                .or_else(|| short_name_at(analysis, document, at).map(|name| name.uses))
                .or_else(|| references::siblings(analysis, at))
                .or_else(|| formulations::places_at(analysis, document, settings, at))?;
            Some(marks::highlights(&uses, document, session))
        });
        Ok(found.await?.flatten())
    }

    pub(super) async fn may_rename(
        &self,
        params: lsp::TextDocumentPositionParams,
    ) -> Result<Option<lsp::PrepareRenameResponse>> {
        let position = convert::position(params.position);
        let answer = self.query("textDocument/prepareRename", &params.text_document.uri, move |entry, session| {
            let Entry { document, analysis, .. } = entry;
            let at = session.encoding.point(document, position);
            let locale = message_locale(session.locale, analysis);
            let name = name_at(analysis, document, at).ok_or_else(|| refused(blanks::refusal(locale)))?;
            let range = Positions::new(document, session.encoding).range(name.span);
            let placeholder = crate::text::Lines::text(document, name.span);
            Ok(lsp::PrepareRenameResponse::RangeWithPlaceholder { range, placeholder })
        });
        answer.await?.transpose()
    }

    pub(super) async fn do_rename(&self, params: lsp::RenameParams) -> Result<Option<lsp::WorkspaceEdit>> {
        let place = params.text_document_position;
        let uri = place.text_document.uri;
        let position = convert::position(place.position);
        let new_name = params.new_name;
        let asked = uri.clone();
        let answer = self.query("textDocument/rename", &asked, move |entry, session| {
            let Entry { document, analysis, .. } = entry;
            let at = session.encoding.point(document, position);
            let locale = message_locale(session.locale, analysis);
            let name = name_at(analysis, document, at).ok_or_else(|| refused(blanks::refusal(locale)))?;
            if let Some(reason) = blanks::refusal_of(&new_name, locale) {
                return Err(refused(reason));
            }
            let edits = name.uses.iter().map(|&span| Edit::new(span, new_name.as_str())).collect();
            let phrase = crate::text::Lines::text(document, name.span);
            let label = locale.pick(
                format!("别处的“{phrase}”"),
                format!("別處的“{phrase}”"),
                format!("‘{phrase}’ in other places"),
            );
            Ok(convert::rename(edits, name.span, label, &uri, document, session))
        });
        answer.await?.transpose()
    }

    /// The uses of a name that are typed together. One alone has nothing to be linked with.
    pub(super) async fn linked(
        &self,
        params: lsp::LinkedEditingRangeParams,
    ) -> Result<Option<lsp::LinkedEditingRanges>> {
        let place = params.text_document_position_params;
        let position = convert::position(place.position);
        let uri = place.text_document.uri;
        let shared = self.shared().clone();
        let asked = uri.clone();
        let found = self.query("textDocument/linkedEditingRange", &asked, move |entry, session| {
            let Entry { document, analysis, linked, .. } = entry;
            let at = session.encoding.point(document, position);
            let blank = blanks::blank_at(analysis, document, at).filter(|b| b.uses.len() > 1 && b.span.touches(at));
            // What is left of a placeholder may look like another one.
            let kept = linked.as_ref().and_then(|linked| linked.around(document, at));
            let is_new = |blank: &blanks::Blank| kept.is_none_or(|kept| kept.contains(&blank.span));
            let places = match (blank.filter(is_new), kept) {
                (Some(blank), _) => Some(blank.uses),
                (None, kept) => kept.map(<[Span]>::to_vec),
            };
            shared.store.link(&uri, document.version(), places.clone().map(Linked::new));
            let ranges = marks::ranges(&places?, document, session);
            // Whatever is typed belongs to the name, up to a mark. What an input method shows meanwhile, too.
            let word_pattern = Some(r"[^\s，。；：、！？（）《》“”]*".to_owned());
            Some(lsp::LinkedEditingRanges { ranges, word_pattern })
        });
        Ok(found.await?.flatten())
    }

    pub(super) async fn grow_selections(
        &self,
        params: lsp::SelectionRangeParams,
    ) -> Result<Option<Vec<lsp::SelectionRange>>> {
        let positions = params.positions;
        self.query("textDocument/selectionRange", &params.text_document.uri, move |entry, session| {
            let Entry { document, analysis, .. } = entry;
            let select = |position| {
                let at = session.encoding.point(document, convert::position(position));
                marks::selection(&selection::selections(analysis, document, at), at, document, session)
            };
            positions.into_iter().map(select).collect()
        })
        .await
    }

    pub(super) async fn hints(&self, params: lsp::InlayHintParams) -> Result<Option<Vec<lsp::InlayHint>>> {
        let range = params.range;
        self.query("textDocument/inlayHint", &params.text_document.uri, move |entry, session| {
            let Entry { document, analysis, settings, .. } = entry;
            if !settings.editor.with(session.wishes()).shows_hints() {
                return Vec::new();
            }
            let locale = message_locale(session.locale, analysis);
            let lines = (range.start.line, range.end.line);
            let hints = metrics::hints(analysis, document, settings, locale, lines);
            marks::hints(hints, document, session)
        })
        .await
    }

    pub(super) async fn lenses(&self, params: lsp::CodeLensParams) -> Result<Option<Vec<lsp::CodeLens>>> {
        let uri = params.text_document.uri;
        self.query("textDocument/codeLens", &uri.clone(), move |entry, session| {
            let Entry { document, analysis, settings, .. } = entry;
            if !settings.editor.with(session.wishes()).shows_lenses() {
                return Vec::new();
            }
            let locale = message_locale(session.locale, analysis);
            marks::lenses(metrics::lenses(analysis, document, settings, locale), &uri)
        })
        .await
    }

    pub async fn tokens_full(&self, params: lsp::SemanticTokensParams) -> Result<Value> {
        let uri = params.text_document.uri;
        let shared = self.shared().clone();
        let asked = uri.clone();
        let answer = self.query(LONG_ANSWERS[2].0, &asked, move |entry, session| {
            let data = all_tokens(entry, session);
            let result_id = shared.tokens.keep(uri, data.clone());
            text(&lsp::SemanticTokens { result_id: Some(result_id), data })
        });
        Ok(answer.await?.unwrap_or_default())
    }

    pub async fn tokens_delta(&self, params: lsp::SemanticTokensDeltaParams) -> Result<Value> {
        let uri = params.text_document.uri;
        let shared = self.shared().clone();
        let asked = uri.clone();
        let answer = self.query(LONG_ANSWERS[3].0, &asked, move |entry, session| {
            let data = all_tokens(entry, session);
            let before = shared.tokens.of(&uri, &params.previous_result_id);
            let result_id = Some(shared.tokens.keep(uri, data.clone()));
            match before {
                Some(before) => {
                    text(&lsp::SemanticTokensDelta { result_id, edits: marks::token_edits(&before, &data) })
                }
                None => text(&lsp::SemanticTokens { result_id, data }),
            }
        });
        Ok(answer.await?.unwrap_or_default())
    }

    pub(super) async fn tokens_in(
        &self,
        params: lsp::SemanticTokensRangeParams,
    ) -> Result<Option<lsp::SemanticTokensRangeResult>> {
        let range = params.range;
        self.query("textDocument/semanticTokens/range", &params.text_document.uri, move |entry, session| {
            let Entry { document, analysis, settings, .. } = entry;
            let found = tokens::tokens(analysis, document, settings, range.start.line, range.end.line);
            let data = marks::tokens(&found, document, session.encoding);
            lsp::SemanticTokens { result_id: None, data }.into()
        })
        .await
    }

    /// The rules that suppressions name, and the files beside the draft that there are.
    pub(super) async fn links(&self, params: lsp::DocumentLinkParams) -> Result<Option<Vec<lsp::DocumentLink>>> {
        let uri = params.text_document.uri;
        let shared = self.shared().clone();
        self.query("textDocument/documentLink", &uri.clone(), move |entry, session| {
            let Entry { document, analysis, .. } = entry;
            let folder = path(&uri).and_then(|path| Some(path.parent()?.to_owned()));
            let mut positions = Positions::new(document, session.encoding);
            let link = |link: links::Link| {
                let target = match &link.target {
                    Target::Rule(rule) => format!("{}/{}.md", shared.rule_pages()?, rule.code).parse().ok(),
                    Target::File(name) => {
                        let file = Some(folder.as_ref()?.join(name)).filter(|file| workspace::is_file(file))?;
                        lsp::Uri::from_file_path(file)
                    }
                };
                let range = positions.range(link.span);
                Some(lsp::DocumentLink { range, target: Some(target?), tooltip: None, data: None })
            };
            links::links(analysis, document).into_iter().filter_map(link).collect()
        })
        .await
    }

    /// 填入此处, 填入全文 and 下一处占位符.
    pub(super) fn blank_actions(
        entry: &Entry,
        session: &super::capabilities::Session,
        uri: &lsp::Uri,
        span: Span,
    ) -> Vec<lsp::CodeAction> {
        let Entry { document, analysis, settings, .. } = entry;
        let locale = message_locale(session.locale, analysis);
        let mut actions = Vec::new();
        for fill in blanks::fills(analysis, document, settings, locale, span.start) {
            actions.push(lsp::CodeAction {
                title: fill.title,
                kind: Some(lsp::CodeActionKind::QUICKFIX),
                edit: Some(convert::edit(fill.edits, uri, document, session)),
                is_preferred: fill.everywhere.then_some(true),
                ..Default::default()
            });
        }
        let here = blanks::blank_at(analysis, document, span.start);
        let next = here.as_ref().and_then(|here| blanks::next_blank(analysis, document, here.span.start));
        if let (Some(here), Some(next), true) = (here, next, session.show_document)
            && next != here.span
        {
            let at = Positions::new(document, session.encoding).position(here.span.start);
            let title = locale.pick("下一处占位符", "下一處佔位符", "Next placeholder").to_owned();
            let arguments = vec![uri.as_str().into(), serde_json::json!(at)];
            actions.push(lsp::CodeAction {
                title: title.clone(),
                kind: Some(lsp::CodeActionKind::QUICKFIX),
                command: Some(lsp::Command {
                    title,
                    command: super::commands::NEXT_PLACEHOLDER.to_owned(),
                    arguments: Some(arguments),
                }),
                ..Default::default()
            });
        }
        actions
    }
}

fn all_tokens(entry: &Entry, session: &super::capabilities::Session) -> Vec<lsp::SemanticToken> {
    let found = tokens::tokens(&entry.analysis, &entry.document, &entry.settings, 0, u32::MAX);
    marks::tokens(&found, &entry.document, session.encoding)
}
