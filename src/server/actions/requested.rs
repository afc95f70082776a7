//! The findings that a client asks to be mended: quick fixes keep to them.

use tower_lsp::ls_types as lsp;

use crate::rules::Diagnostic;
use crate::server::lsp::from;
use crate::text::{Document, Encoding, Lines, Point, Span};

/// The findings in the context of a request. A client that names none means those at the place, within a line.
pub struct Requested {
    named: Vec<(Option<String>, Span)>,
    place: Option<Span>,
}

impl Requested {
    pub fn new(diagnostics: &[lsp::Diagnostic], place: Span, document: &Document, encoding: Encoding) -> Self {
        let named = diagnostics.iter().map(|diagnostic| {
            let code = match &diagnostic.code {
                Some(lsp::NumberOrString::String(code)) => Some(code.clone()),
                _ => None,
            };
            (code, from::span(document, encoding, diagnostic.range))
        });
        let within_line = place.start.line == place.end.line;
        Self { named: named.collect(), place: Some(place).filter(|_| diagnostics.is_empty() && within_line) }
    }

    pub fn holds(&self, found: &Diagnostic) -> bool {
        let is_it = |(code, span): &(Option<String>, Span)| {
            code.as_deref().is_none_or(|code| code == found.rule.code) && found.span.overlaps(*span)
        };
        self.place.is_some_and(|place| found.span.overlaps(place)) || self.named.iter().any(is_it)
    }

    /// A stretch that holds them all.
    pub fn around(&self, place: Span) -> Span {
        let start = self.named.iter().map(|(_, span)| span.start).min();
        let end = self.named.iter().map(|(_, span)| span.end).max();
        start.zip(end).map_or(place, |(start, end)| Span::new(start, end))
    }

    /// Whether some findings are named, while the place is all of the draft.
    pub fn is_all_of(&self, place: Span, document: &Document) -> bool {
        let last = document.line_count() as u32 - 1;
        !self.named.is_empty() && place.start == Point::default() && place.end.line >= last && last > 0
    }
}
