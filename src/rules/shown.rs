//! The findings that are shown, chosen before they are put into words: who has the words of one already need not
//! ask for them again.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::judge::placeholder_of;
use super::message::{self, Renderer};
use super::select::{Chosen, Found, Selection, is_plain};
use super::{Diagnostic, message_locale};
use crate::analysis::{Analysis, Kept};
use crate::locale::Locale;
use crate::paragraph::{Hit, Paragraph};
use crate::placeholder::Draft;
use crate::settings::{Settings, Severity};
use crate::text::{Lines, Point, Span};

/// What [`diagnostics`](super::diagnostics) would give.
pub struct Shown<'a> {
    selection: Selection<'a>,
    renderer: Renderer<'a>,
    lines: &'a dyn Lines,
    chosen: Vec<Chosen<'a>>,
    locale: Locale,
    is_other: bool,
    blanks: Draft<'a>,
    /// How often the placeholders of a group stand in the draft.
    group_sizes: FxHashMap<u64, u32>,
}

/// What the words of a finding and its place hang on, and no more. It keeps what it names.
#[derive(Clone)]
pub struct Key {
    locale: Locale,
    /// The line of a paragraph finding, the first line of the speech of another.
    line: u32,
    is_other: bool,
    source: Source,
}

#[derive(Clone)]
enum Source {
    /// A hit, and how often its placeholder stands in the draft.
    Paragraph(Arc<Paragraph>, Hit, u32),
    /// A finding by its number, while no line of the speech changes.
    Speech(Kept, u32, Severity),
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        let is_same = match (&self.source, &other.source) {
            (Source::Paragraph(a, hit, count), Source::Paragraph(b, other, others)) => {
                Arc::ptr_eq(a, b) && hit == other && count == others
            }
            (Source::Speech(a, n, severity), Source::Speech(b, other, others)) => {
                a == b && n == other && severity == others
            }
            _ => false,
        };
        is_same && (self.locale, self.line, self.is_other) == (other.locale, other.line, other.is_other)
    }
}

impl<'a> Shown<'a> {
    /// None when some are passed over: whether one is, its words tell.
    pub fn of(
        analysis: &'a Analysis,
        lines: &'a dyn Lines,
        settings: &'a Settings,
        locale: Locale,
        limit: usize,
    ) -> Option<Self> {
        if !is_plain(analysis, settings) {
            return None;
        }
        let locale = message_locale(locale, analysis);
        let selection = Selection::new(analysis, lines, settings);
        let chosen = if analysis.is_chinese() { selection.chosen(limit) } else { Vec::new() };
        let renderer = Renderer::new(analysis, lines, settings, locale);
        let (is_other, blanks, group_sizes) = (analysis.is_other(), analysis.blanks(), FxHashMap::default());
        Some(Self { selection, renderer, lines, chosen, locale, is_other, blanks, group_sizes })
    }

    pub fn len(&self) -> usize {
        self.chosen.len()
    }

    pub fn is_empty(&self) -> bool {
        self.chosen.is_empty()
    }

    /// Where finding `n` is.
    pub fn found(&self, n: usize) -> super::Found {
        let Chosen { base, found, .. } = &self.chosen[n];
        let base = *base as u32;
        let (span, related) = match found {
            Found::Hit(line, hit) => (Span::in_line(base + line, hit.range), Vec::new()),
            Found::Finding(_, finding) => {
                let place = |span| message::in_draft(span, base, self.lines);
                (place(finding.span), finding.detail.related.iter().map(|(span, _)| place(*span)).collect())
            }
        };
        super::Found { rule: found.rule(), span, related }
    }

    /// Where finding `n` starts. They are in this order.
    pub fn start(&self, n: usize) -> Point {
        let Chosen { base, found, .. } = &self.chosen[n];
        let (line, range) = found.place();
        Point::new(*base as u32 + line, range.start)
    }

    pub fn key(&mut self, n: usize) -> Key {
        let Chosen { base, speech, found } = &self.chosen[n];
        let (line, source) = match found {
            Found::Hit(line, hit) => {
                let paragraph = &speech.lines[*line as usize];
                let group = placeholder_of(paragraph, hit).and_then(|blank| blank.group);
                let size = |group| *self.group_sizes.entry(group).or_insert_with(|| self.blanks.group_size(group));
                let count = group.map_or(0, size);
                (*base as u32 + line, Source::Paragraph(paragraph.clone(), *hit, count))
            }
            Found::Finding(n, finding) => (*base as u32, Source::Speech(speech.kept.clone(), *n, finding.severity)),
        };
        Key { locale: self.locale, line, is_other: self.is_other, source }
    }

    /// Puts finding `n` into words.
    pub fn diagnostic(&mut self, n: usize) -> Diagnostic {
        self.selection.spoken(&self.chosen[n], &mut self.renderer)
    }
}
