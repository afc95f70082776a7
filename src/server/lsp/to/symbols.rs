//! The outline of a draft: symbols and folds.

use tower_lsp::ls_types as lsp;

use crate::features::folding::Fold;
use crate::features::symbols::{Named, Symbol, SymbolKind};
use crate::server::client::Client;
use crate::server::lsp::Positions;
use crate::text::{Document, Encoding};

pub fn symbols(
    symbols: Vec<Symbol>,
    uri: &lsp::Uri,
    document: &Document,
    client: &Client,
) -> lsp::DocumentSymbolResponse {
    if client.symbol_tree {
        let positions = || Positions::new(document, client.encoding);
        return lsp::DocumentSymbolResponse::Nested(symbol_tree(symbols, &mut positions(), &mut positions()));
    }
    lsp::DocumentSymbolResponse::Flat(flat_symbols(symbols, uri, document, client.encoding))
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

/// Symbols that were found by their names.
pub fn named(
    found: Vec<Named>,
    uri: &lsp::Uri,
    positions: &mut Positions<'_>,
) -> impl Iterator<Item = lsp::SymbolInformation> {
    found.into_iter().map(move |Named { name, kind, span, container, .. }| {
        let location = lsp::Location::new(uri.clone(), positions.range(span));
        information(name, kind, location, container.map(|name| name.to_string()))
    })
}

fn information(
    name: String,
    kind: SymbolKind,
    location: lsp::Location,
    container_name: Option<String>,
) -> lsp::SymbolInformation {
    #[expect(deprecated, reason = "the field has no default")]
    lsp::SymbolInformation { name, kind: symbol_kind(kind), tags: None, deprecated: None, location, container_name }
}

/// `positions` goes from name to name, `ends` from the end of one symbol to that of the next.
fn symbol_tree(
    symbols: Vec<Symbol>,
    positions: &mut Positions<'_>,
    ends: &mut Positions<'_>,
) -> Vec<lsp::DocumentSymbol> {
    let node = |symbol: Symbol| {
        #[expect(deprecated, reason = "the field has no default")]
        lsp::DocumentSymbol {
            name: symbol.name,
            detail: Some(symbol.detail).filter(|detail| !detail.is_empty()),
            kind: symbol_kind(symbol.kind),
            tags: None,
            deprecated: None,
            range: lsp::Range::new(positions.position(symbol.span.start), ends.position(symbol.span.end)),
            selection_range: positions.range(symbol.selection),
            children: (!symbol.children.is_empty()).then(|| symbol_tree(symbol.children, positions, ends)),
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
        let location = lsp::Location::new(uri.clone(), positions.range(symbol.span));
        out.push(information(symbol.name, symbol.kind, location, container.map(str::to_owned)));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_too_many_folds_the_longest_stay() {
        let fold = |first, last| Fold { first, last, boilerplate: false };
        let all = vec![fold(0, 9), fold(1, 2), fold(4, 8)];
        let lines =
            |folds: Vec<lsp::FoldingRange>| -> Vec<_> { folds.iter().map(|f| (f.start_line, f.end_line)).collect() };
        assert_eq!(lines(folds(all.clone(), Some(2))), [(0, 9), (4, 8)]);
        assert_eq!(lines(folds(all, None)).len(), 3);
    }
}
