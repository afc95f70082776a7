//! The colours of a draft.

use tower_lsp::ls_types as lsp;

use crate::features::tokens::{self, Token, TokenKind};
use crate::server::client::Client;
use crate::server::documents::Draft;
use crate::server::lsp::Positions;
use crate::text::{Document, Encoding, Span};

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

pub fn all(draft: &Draft, client: &Client) -> Vec<lsp::SemanticToken> {
    of_lines(draft, (0, u32::MAX), client)
}

/// The tokens of the lines from the first to the last.
pub fn of_lines(draft: &Draft, lines: (u32, u32), client: &Client) -> Vec<lsp::SemanticToken> {
    let Draft { document, analysis, settings, .. } = draft;
    encode(&tokens::tokens(analysis, document, settings, lines.0, lines.1), document, client.encoding)
}

fn encode(tokens: &[Token], document: &Document, encoding: Encoding) -> Vec<lsp::SemanticToken> {
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
pub fn edits(before: &[lsp::SemanticToken], after: &[lsp::SemanticToken]) -> Vec<lsp::SemanticTokensEdit> {
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
            for edit in edits(&before, &after) {
                let (start, end) = (edit.start as usize / 5, (edit.start + edit.delete_count) as usize / 5);
                made.splice(start..end, edit.data.unwrap_or_default());
            }
            prop_assert_eq!(made, after);
        }
    }
}
