//! What the client sends, in terms of the core.

use std::path::PathBuf;

use tower_lsp::ls_types as lsp;

use crate::analysis::Markup;
use crate::text::{Change, Document, Encoding, Position, Span};

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
    match (language, Markup::by_name(uri.path().as_str())) {
        ("markdown", _) => Markup::Markdown,
        ("jianggao", Markup::Plain) => Markup::Speech,
        (_, markup) => markup,
    }
}

/// The path of a document that is a file on this machine.
pub fn path(uri: &lsp::Uri) -> Option<PathBuf> {
    if !uri.scheme().as_str().eq_ignore_ascii_case("file") {
        return None;
    }
    uri.to_file_path().map(std::borrow::Cow::into_owned)
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

/// Parameters that are about one document.
pub trait OfDocument {
    fn uri(&self) -> &lsp::Uri;
}

macro_rules! of_document {
    ($($params:ident: $($field:ident).+;)*) => {
        $(impl OfDocument for lsp::$params {
            fn uri(&self) -> &lsp::Uri {
                &self.$($field).+.uri
            }
        })*
    };
}

of_document! {
    CodeActionParams: text_document;
    CodeLensParams: text_document;
    CompletionParams: text_document_position.text_document;
    DocumentFormattingParams: text_document;
    DocumentHighlightParams: text_document_position_params.text_document;
    DocumentLinkParams: text_document;
    DocumentOnTypeFormattingParams: text_document_position.text_document;
    DocumentRangeFormattingParams: text_document;
    DocumentSymbolParams: text_document;
    FoldingRangeParams: text_document;
    GotoDefinitionParams: text_document_position_params.text_document;
    HoverParams: text_document_position_params.text_document;
    InlayHintParams: text_document;
    LinkedEditingRangeParams: text_document_position_params.text_document;
    ReferenceParams: text_document_position.text_document;
    RenameParams: text_document_position.text_document;
    SelectionRangeParams: text_document;
    SemanticTokensDeltaParams: text_document;
    SemanticTokensParams: text_document;
    SemanticTokensRangeParams: text_document;
    TextDocumentPositionParams: text_document;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::capabilities::FIX_ALL;

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
}
