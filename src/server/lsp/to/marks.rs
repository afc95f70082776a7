//! Places, and remarks beside the text.

use tower_lsp::ls_types as lsp;

use crate::features::hover::Hover;
use crate::features::metrics::{Hint, Lens};
use crate::server::client::Client;
use crate::server::commands;
use crate::server::lsp::Positions;
use crate::text::{Document, Point, Span};

pub fn locations(spans: &[Span], uri: &lsp::Uri, document: &Document, client: &Client) -> Vec<lsp::Location> {
    let mut positions = Positions::new(document, client.encoding);
    spans.iter().map(|&span| lsp::Location::new(uri.clone(), positions.range(span))).collect()
}

pub fn ranges(spans: &[Span], document: &Document, client: &Client) -> Vec<lsp::Range> {
    let mut positions = Positions::new(document, client.encoding);
    spans.iter().map(|&span| positions.range(span)).collect()
}

pub fn highlights(spans: &[Span], document: &Document, client: &Client) -> Vec<lsp::DocumentHighlight> {
    let highlight = |range| lsp::DocumentHighlight { range, kind: Some(lsp::DocumentHighlightKind::TEXT) };
    ranges(spans, document, client).into_iter().map(highlight).collect()
}

/// `spans`, each within the next, as a chain.
pub fn selection(spans: &[Span], at: Point, document: &Document, client: &Client) -> lsp::SelectionRange {
    let mut positions = Positions::new(document, client.encoding);
    let outer_first = spans.iter().rev();
    let chain = outer_first.fold(None, |parent: Option<lsp::SelectionRange>, &span| {
        Some(lsp::SelectionRange { range: positions.range(span), parent: parent.map(Box::new) })
    });
    // An empty draft has nothing around the cursor.
    chain.unwrap_or_else(|| lsp::SelectionRange { range: positions.range(Span::new(at, at)), parent: None })
}

pub fn hints(hints: Vec<Hint>, document: &Document, client: &Client) -> Vec<lsp::InlayHint> {
    let mut positions = Positions::new(document, client.encoding);
    let hint = |hint: Hint| lsp::InlayHint {
        position: positions.position(hint.at),
        label: lsp::InlayHintLabel::String(hint.label),
        kind: None,
        text_edits: None,
        tooltip: Some(lsp::InlayHintTooltip::String(hint.tooltip)),
        padding_left: Some(true),
        padding_right: None,
        data: None,
    };
    hints.into_iter().map(hint).collect()
}

pub fn lenses(lenses: Vec<Lens>, uri: &lsp::Uri) -> Vec<lsp::CodeLens> {
    let lens = |lens: Lens| {
        let place = lsp::Position::new(lens.line, 0);
        lsp::CodeLens {
            range: lsp::Range::new(place, place),
            command: Some(lsp::Command {
                title: lens.label,
                command: commands::STATISTICS.to_owned(),
                arguments: Some(vec![uri.as_str().into()]),
            }),
            data: None,
        }
    };
    lenses.into_iter().map(lens).collect()
}

pub fn hover(hover: Hover, document: &Document, client: &Client) -> lsp::Hover {
    let kind = if client.hover_markdown { lsp::MarkupKind::Markdown } else { lsp::MarkupKind::PlainText };
    lsp::Hover {
        contents: lsp::HoverContents::Markup(lsp::MarkupContent { kind, value: hover.markdown }),
        range: Some(Positions::new(document, client.encoding).range(hover.span)),
    }
}
