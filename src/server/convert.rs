//! Protocol types in and out.

pub mod marks;

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::json;
use tower_lsp::ls_types as lsp;

use super::capabilities::Session;
use super::publish::Finding;
use super::store::Entry;
use crate::analysis::Markup;
use crate::features::actions::Action;
use crate::features::completion::Candidate;
use crate::features::folding::Fold;
use crate::features::formulations;
use crate::features::hover::Hover;
use crate::features::symbols::{Symbol, SymbolKind};
use crate::slogans::Kind;
use crate::text::position::floor;
use crate::text::{Change, Document, Edit, Encoding, Lines, Point, Position, Span};

/// Turns points into positions. Fastest for points in text order: a line is read once, and its
/// columns are counted on from the last point. Where it goes back in a line, that line's columns are noted.
pub struct Positions<'a> {
    document: &'a Document,
    encoding: Encoding,
    line: Option<u32>,
    text: Cow<'a, str>,
    byte: usize,
    column: usize,
    /// Places in the line, each with its column; in order.
    noted: Vec<(usize, usize)>,
}

/// How many bytes lie between two noted places.
const STEP: usize = 512;

impl<'a> Positions<'a> {
    pub fn new(document: &'a Document, encoding: Encoding) -> Self {
        Self { document, encoding, line: None, text: Cow::Borrowed(""), byte: 0, column: 0, noted: Vec::new() }
    }

    pub fn position(&mut self, point: Point) -> lsp::Position {
        if point.byte == 0 {
            return lsp::Position::new(point.line, 0);
        }
        if self.line != Some(point.line) {
            self.line = Some(point.line);
            self.text = self.document.line(point.line as usize);
            (self.byte, self.column) = (0, 0);
            self.noted.clear();
        }
        let byte = floor(&self.text, point.byte as usize);
        if byte < self.byte {
            if self.noted.is_empty() {
                self.note();
            }
            let at = self.noted.partition_point(|(noted, _)| *noted <= byte);
            (self.byte, self.column) = self.noted[..at].last().copied().unwrap_or_default();
        }
        self.column += self.encoding.width(&self.text[self.byte..byte]);
        self.byte = byte;
        lsp::Position::new(point.line, self.column as u32)
    }

    fn note(&mut self) {
        let (mut byte, mut column) = (0, 0);
        self.noted.push((0, 0));
        while byte + STEP < self.text.len() {
            let next = floor(&self.text, byte + STEP);
            column += self.encoding.width(&self.text[byte..next]);
            byte = next;
            self.noted.push((byte, column));
        }
    }

    pub fn range(&mut self, span: Span) -> lsp::Range {
        lsp::Range::new(self.position(span.start), self.position(span.end))
    }

    pub fn edits(&mut self, edits: Vec<Edit>) -> Vec<lsp::TextEdit> {
        edits.into_iter().map(|edit| lsp::TextEdit::new(self.range(edit.span), edit.text)).collect()
    }
}

pub fn position(position: lsp::Position) -> Position {
    Position::new(position.line, position.character)
}

pub fn span(document: &Document, encoding: Encoding, range: lsp::Range) -> Span {
    Span::new(encoding.point(document, position(range.start)), encoding.point(document, position(range.end)))
}

pub fn change(change: lsp::TextDocumentContentChangeEvent) -> Change {
    Change { range: change.range.map(|range| (position(range.start), position(range.end))), text: change.text }
}

/// By the language that the client names, or the name of the file.
pub fn markup(language: &str, uri: &lsp::Uri) -> Markup {
    let path = uri.path().as_str().to_ascii_lowercase();
    if language == "markdown" || path.ends_with(".md") || path.ends_with(".markdown") {
        Markup::Markdown
    } else if language == "jianggao" {
        Markup::Speech
    } else {
        Markup::Plain
    }
}

pub fn symbols(
    symbols: Vec<Symbol>,
    uri: &lsp::Uri,
    document: &Document,
    session: &Session,
) -> lsp::DocumentSymbolResponse {
    if session.symbol_tree {
        let mut positions = Positions::new(document, session.encoding);
        return lsp::DocumentSymbolResponse::Nested(symbol_tree(symbols, &mut positions));
    }
    lsp::DocumentSymbolResponse::Flat(flat_symbols(symbols, uri, document, session.encoding))
}

/// The symbols as a list, each with the name of the one it stands in.
pub fn flat_symbols(
    symbols: Vec<Symbol>,
    uri: &lsp::Uri,
    document: &Document,
    encoding: Encoding,
) -> Vec<lsp::SymbolInformation> {
    let mut flat = Vec::new();
    flatten(symbols, None, uri, &mut Positions::new(document, encoding), &mut flat);
    flat
}

fn symbol_tree(symbols: Vec<Symbol>, positions: &mut Positions<'_>) -> Vec<lsp::DocumentSymbol> {
    let node = |symbol: Symbol| {
        #[expect(deprecated, reason = "the field has no default")]
        lsp::DocumentSymbol {
            name: symbol.name,
            detail: Some(symbol.detail).filter(|detail| !detail.is_empty()),
            kind: symbol_kind(symbol.kind),
            tags: None,
            deprecated: None,
            range: positions.range(symbol.span),
            selection_range: positions.range(symbol.selection),
            children: (!symbol.children.is_empty()).then(|| symbol_tree(symbol.children, positions)),
        }
    };
    symbols.into_iter().map(node).collect()
}

fn flatten(
    symbols: Vec<Symbol>,
    container: Option<&str>,
    uri: &lsp::Uri,
    positions: &mut Positions<'_>,
    out: &mut Vec<lsp::SymbolInformation>,
) {
    for symbol in symbols {
        let name = symbol.name.clone();
        #[expect(deprecated, reason = "the field has no default")]
        out.push(lsp::SymbolInformation {
            name: symbol.name,
            kind: symbol_kind(symbol.kind),
            tags: None,
            deprecated: None,
            location: lsp::Location::new(uri.clone(), positions.range(symbol.span)),
            container_name: container.map(str::to_owned),
        });
        flatten(symbol.children, Some(&name), uri, positions, out);
    }
}

/// Kinds that outline views show unless told otherwise (aerial.nvim hides strings and members).
fn symbol_kind(kind: SymbolKind) -> lsp::SymbolKind {
    match kind {
        SymbolKind::Title => lsp::SymbolKind::FILE,
        SymbolKind::Section => lsp::SymbolKind::MODULE,
        SymbolKind::Item => lsp::SymbolKind::METHOD,
        SymbolKind::Parallel => lsp::SymbolKind::INTERFACE,
    }
}

/// Of more folds than the client takes, the longest.
pub fn folds(mut folds: Vec<Fold>, limit: Option<usize>) -> Vec<lsp::FoldingRange> {
    if let Some(limit) = limit.filter(|&limit| limit < folds.len()) {
        folds.sort_by_key(|fold| std::cmp::Reverse(fold.last - fold.first));
        folds.truncate(limit);
        folds.sort_by_key(|fold| fold.first);
    }
    let fold = |fold: Fold| lsp::FoldingRange {
        start_line: fold.first,
        end_line: fold.last,
        // “Fold all block comments” then folds what is no part of the speech.
        kind: Some(if fold.boilerplate { lsp::FoldingRangeKind::Comment } else { lsp::FoldingRangeKind::Region }),
        ..Default::default()
    };
    folds.into_iter().map(fold).collect()
}

/// The ordinals that may follow, then the formulations.
pub fn completion(
    ordinals: Vec<Candidate>,
    formulations: Vec<formulations::Candidate>,
    uri: &lsp::Uri,
    document: &Document,
    session: &Session,
) -> lsp::CompletionResponse {
    let mut positions = Positions::new(document, session.encoding);
    let mut items: Vec<lsp::CompletionItem> = Vec::with_capacity(ordinals.len() + formulations.len());
    items.extend(ordinals.into_iter().enumerate().map(|(n, candidate)| lsp::CompletionItem {
        label: candidate.label,
        detail: Some(candidate.detail).filter(|detail| !detail.is_empty()),
        kind: Some(lsp::CompletionItemKind::VALUE),
        sort_text: Some(format!("{n:03}")),
        // Clients match this with the text in the range; only what is there is sure to match.
        filter_text: Some(document.text(candidate.span)).filter(|text| !text.is_empty()),
        text_edit: Some(lsp::CompletionTextEdit::Edit(lsp::TextEdit::new(
            positions.range(candidate.span),
            candidate.text,
        ))),
        preselect: (n == 0).then_some(true),
        ..Default::default()
    }));
    items.extend(formulations.into_iter().map(|found| {
        let snippet = found.snippet.filter(|_| session.snippets);
        lsp::CompletionItem {
            label: found.label,
            detail: Some(found.detail).filter(|detail| !detail.is_empty()),
            kind: Some(if snippet.is_some() { lsp::CompletionItemKind::SNIPPET } else { formulation_kind(found.kind) }),
            // Behind the ordinals, whose order has three digits.
            sort_text: Some(format!("1{}", found.sort)),
            filter_text: Some(found.filter).filter(|text| !text.is_empty()),
            insert_text_format: snippet.is_some().then_some(lsp::InsertTextFormat::SNIPPET),
            text_edit: Some(lsp::CompletionTextEdit::Edit(lsp::TextEdit::new(
                positions.range(found.span),
                snippet.unwrap_or(found.text),
            ))),
            tags: (found.deprecated && session.deprecated_tag).then(|| vec![lsp::CompletionItemTag::DEPRECATED]),
            data: Some(json!({ "uri": uri, "id": found.id })),
            ..Default::default()
        }
    }));
    lsp::CompletionResponse::List(lsp::CompletionList { is_incomplete: true, items })
}

/// The nearest of the kinds that editors have an icon for. Not “text”: clients drop it among words of
/// the file.
fn formulation_kind(kind: Kind) -> lsp::CompletionItemKind {
    match kind {
        Kind::Numbered => lsp::CompletionItemKind::ENUM,
        Kind::Principle | Kind::Term => lsp::CompletionItemKind::KEYWORD,
        Kind::Parallel | Kind::Idiom | Kind::Phrase => lsp::CompletionItemKind::CONSTANT,
        Kind::Opening | Kind::Transition | Kind::Closing => lsp::CompletionItemKind::REFERENCE,
    }
}

/// The item with its explanation.
pub fn resolved(mut item: lsp::CompletionItem, explanation: Option<String>, session: &Session) -> lsp::CompletionItem {
    let kind = if session.completion_markdown { lsp::MarkupKind::Markdown } else { lsp::MarkupKind::PlainText };
    item.documentation = explanation.map(|value| lsp::Documentation::MarkupContent(lsp::MarkupContent { kind, value }));
    item
}

pub fn hover(hover: Hover, document: &Document, session: &Session) -> lsp::Hover {
    let kind = if session.hover_markdown { lsp::MarkupKind::Markdown } else { lsp::MarkupKind::PlainText };
    lsp::Hover {
        contents: lsp::HoverContents::Markup(lsp::MarkupContent { kind, value: hover.markdown }),
        range: Some(Positions::new(document, session.encoding).range(hover.span)),
    }
}

/// True when the client wants actions of `kind`: it asks for no kind, or for one that `kind` is a
/// kind of.
pub fn wants(only: Option<&[lsp::CodeActionKind]>, kind: &lsp::CodeActionKind) -> bool {
    let is_a = |asked: &lsp::CodeActionKind| {
        let rest = kind.as_str().strip_prefix(asked.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || asked.as_str().is_empty())
    };
    only.is_none_or(|only| only.iter().any(is_a))
}

/// A quick fix for `action`. It settles the finding that the client shows, if it shows one there.
pub fn quick_fix(
    action: Action,
    shown: &[lsp::Diagnostic],
    uri: &lsp::Uri,
    entry: &Entry,
    session: &Session,
) -> lsp::CodeAction {
    let mut positions = Positions::new(&entry.document, session.encoding);
    let range = positions.range(action.diagnostic.span);
    let code = lsp::NumberOrString::String(action.diagnostic.rule.code.to_owned());
    let shown = shown.iter().find(|shown| shown.range == range && shown.code.as_ref() == Some(&code));
    let diagnostic = shown.cloned().or_else(|| {
        let finding = Finding::new(&action.diagnostic, uri, None, &mut positions, session);
        serde_json::from_value(serde_json::to_value(finding).ok()?).ok()
    });
    lsp::CodeAction {
        title: action.title,
        kind: Some(lsp::CodeActionKind::QUICKFIX),
        diagnostics: diagnostic.map(|diagnostic| vec![diagnostic]),
        is_preferred: action.preferred.then_some(true),
        edit: Some(edit(action.edits, uri, &entry.document, session)),
        ..Default::default()
    }
}

/// The edits as a change of the draft, of the version that was read where the client can tell.
pub fn edit(edits: Vec<Edit>, uri: &lsp::Uri, document: &Document, session: &Session) -> lsp::WorkspaceEdit {
    let edits = Positions::new(document, session.encoding).edits(edits);
    if !session.versioned_edits {
        return lsp::WorkspaceEdit { changes: Some(HashMap::from([(uri.clone(), edits)])), ..Default::default() };
    }
    let edit = lsp::TextDocumentEdit {
        text_document: lsp::OptionalVersionedTextDocumentIdentifier {
            uri: uri.clone(),
            version: Some(document.version()),
        },
        edits: edits.into_iter().map(lsp::OneOf::Left).collect(),
    };
    lsp::WorkspaceEdit { document_changes: Some(lsp::DocumentChanges::Edits(vec![edit])), ..Default::default() }
}

/// The edits of a rename at `here`; those at other places are previewed under `label` where the client can.
pub fn rename(
    edits: Vec<Edit>,
    here: Span,
    label: String,
    uri: &lsp::Uri,
    document: &Document,
    session: &Session,
) -> lsp::WorkspaceEdit {
    const ELSEWHERE: &str = "elsewhere";
    let is_elsewhere: Vec<bool> = edits.iter().map(|edit| edit.span != here).collect();
    let mut change = edit(edits, uri, document, session);
    let Some(lsp::DocumentChanges::Edits(changes)) =
        change.document_changes.as_mut().filter(|_| session.previews_rename)
    else {
        return change;
    };
    if !is_elsewhere.contains(&true) {
        return change;
    }
    let all = changes.iter_mut().flat_map(|change| &mut change.edits);
    for (edit, _) in all.zip(is_elsewhere).filter(|(_, is_elsewhere)| *is_elsewhere) {
        if let lsp::OneOf::Left(text_edit) = edit {
            let annotation_id = ELSEWHERE.to_owned();
            *edit = lsp::OneOf::Right(lsp::AnnotatedTextEdit { text_edit: std::mem::take(text_edit), annotation_id });
        }
    }
    let annotation = lsp::ChangeAnnotation { label, needs_confirmation: Some(false), description: None };
    change.change_annotations = Some(HashMap::from([(ELSEWHERE.to_owned(), annotation)]));
    change
}

#[cfg(test)]
mod tests {
    use super::super::capabilities::FIX_ALL;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn kinds_of_actions() {
        let kind = |name: &'static str| lsp::CodeActionKind::new(name);
        assert!(wants(None, &FIX_ALL));
        for (asked, fix_all, quick) in [
            ("", true, true),
            ("quickfix", false, true),
            ("source", true, false),
            ("source.fixAll", true, false),
            ("source.fixAll.jianggao", true, false),
            ("source.fixAll.other", false, false),
            ("source.fix", false, false),
            ("refactor", false, false),
        ] {
            let only = [kind(asked)];
            assert_eq!(wants(Some(&only), &FIX_ALL), fix_all, "{asked}");
            assert_eq!(wants(Some(&only), &lsp::CodeActionKind::QUICKFIX), quick, "{asked}");
        }
    }

    #[test]
    fn of_too_many_folds_the_longest_stay() {
        let fold = |first, last| Fold { first, last, boilerplate: false };
        let all = vec![fold(0, 9), fold(1, 2), fold(4, 8)];
        let lines =
            |folds: Vec<lsp::FoldingRange>| -> Vec<_> { folds.iter().map(|f| (f.start_line, f.end_line)).collect() };
        assert_eq!(lines(folds(all.clone(), Some(2))), [(0, 9), (4, 8)]);
        assert_eq!(lines(folds(all, None)).len(), 3);
    }

    proptest! {
        #[test]
        fn positions_in_any_order_are_those_of_the_encoding(
            text in "[a讲𠮷😀\n]{0,30}", times in 1usize..60,
            points in prop::collection::vec((0u32..5, 0u32..4000), 0..12),
        ) {
            let document = Document::new(0, &text.repeat(times));
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                let mut positions = Positions::new(&document, encoding);
                for &(line, byte) in &points {
                    let point = Point::new(line, byte);
                    let expected = encoding.position(&document, point);
                    prop_assert_eq!(position(positions.position(point)), expected);
                }
            }
        }
    }
}
