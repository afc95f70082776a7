//! Places, remarks and colours as the protocol has them.

use tower_lsp::ls_types as lsp;

use super::Positions;
use crate::features::metrics::{Hint, Lens};
use crate::features::tokens::{Token, TokenKind};
use crate::server::capabilities::Session;
use crate::server::commands;
use crate::text::{Document, Encoding, Point, Span};

pub fn locations(spans: &[Span], uri: &lsp::Uri, document: &Document, session: &Session) -> Vec<lsp::Location> {
    let mut positions = Positions::new(document, session.encoding);
    spans.iter().map(|&span| lsp::Location::new(uri.clone(), positions.range(span))).collect()
}

pub fn ranges(spans: &[Span], document: &Document, session: &Session) -> Vec<lsp::Range> {
    let mut positions = Positions::new(document, session.encoding);
    spans.iter().map(|&span| positions.range(span)).collect()
}

pub fn highlights(spans: &[Span], document: &Document, session: &Session) -> Vec<lsp::DocumentHighlight> {
    let highlight = |range| lsp::DocumentHighlight { range, kind: Some(lsp::DocumentHighlightKind::TEXT) };
    ranges(spans, document, session).into_iter().map(highlight).collect()
}

/// `spans`, each within the next, as a chain.
pub fn selection(spans: &[Span], at: Point, document: &Document, session: &Session) -> lsp::SelectionRange {
    let mut positions = Positions::new(document, session.encoding);
    let outer_first = spans.iter().rev();
    let chain = outer_first.fold(None, |parent: Option<lsp::SelectionRange>, &span| {
        Some(lsp::SelectionRange { range: positions.range(span), parent: parent.map(Box::new) })
    });
    // An empty draft has nothing around the cursor.
    chain.unwrap_or_else(|| lsp::SelectionRange { range: positions.range(Span::new(at, at)), parent: None })
}

pub fn hints(hints: Vec<Hint>, document: &Document, session: &Session) -> Vec<lsp::InlayHint> {
    let mut positions = Positions::new(document, session.encoding);
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

/// How deep levels are told apart.
const LEVELS: usize = 5;

/// Standard kinds, so that every colour scheme has a colour for them; the level is a modifier.
pub fn legend() -> lsp::SemanticTokensLegend {
    use lsp::SemanticTokenType as Type;
    lsp::SemanticTokensLegend {
        token_types: vec![Type::KEYWORD, Type::VARIABLE, Type::NUMBER, Type::STRING, Type::ENUM_MEMBER],
        token_modifiers: ["level1", "level2", "level3", "level4", "level5"].map(Into::into).to_vec(),
    }
}

pub fn tokens(tokens: &[Token], document: &Document, encoding: Encoding) -> Vec<lsp::SemanticToken> {
    let mut positions = Positions::new(document, encoding);
    let mut before = lsp::Position::new(0, 0);
    let mut out = Vec::with_capacity(tokens.len());
    for token in tokens {
        let range = positions.range(Span::in_line(token.line, token.range));
        let (token_type, modifiers) = match token.kind {
            TokenKind::Marker(level) => (0, 1 << (usize::from(level.max(1)) - 1).min(LEVELS - 1)),
            TokenKind::Placeholder => (1, 0),
            TokenKind::Announcement => (2, 0),
            TokenKind::Salutation => (3, 0),
            TokenKind::Formulation => (4, 0),
        };
        let same_line = range.start.line == before.line;
        out.push(lsp::SemanticToken {
            delta_line: range.start.line - before.line,
            delta_start: range.start.character - if same_line { before.character } else { 0 },
            length: range.end.character - range.start.character,
            token_type,
            token_modifiers_bitset: modifiers,
        });
        before = range.start;
    }
    out
}

/// One edit that makes `before` into `after`; none when they are the same.
pub fn token_edits(before: &[lsp::SemanticToken], after: &[lsp::SemanticToken]) -> Vec<lsp::SemanticTokensEdit> {
    let start = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    let (old, new) = (&before[start..], &after[start..]);
    let end = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old, new) = (old.len() - end, &new[..new.len() - end]);
    if old == 0 && new.is_empty() {
        return Vec::new();
    }
    // Places are counted in numbers, of which a token has five.
    vec![lsp::SemanticTokensEdit {
        start: start as u32 * 5,
        delete_count: old as u32 * 5,
        data: (!new.is_empty()).then(|| new.to_vec()),
    }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_edit_makes_the_old_tokens_into_the_new(
            before in prop::collection::vec(0u32..3, 0..8), after in prop::collection::vec(0u32..3, 0..8),
        ) {
            let token = |n: &u32| lsp::SemanticToken { delta_start: *n, ..Default::default() };
            let (before, after): (Vec<_>, Vec<_>) = (before.iter().map(token).collect(), after.iter().map(token).collect());
            let mut made = before.clone();
            for edit in token_edits(&before, &after) {
                let (start, end) = (edit.start as usize / 5, (edit.start + edit.delete_count) as usize / 5);
                made.splice(start..end, edit.data.unwrap_or_default());
            }
            prop_assert_eq!(made, after);
        }
    }
}
