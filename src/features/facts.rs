//! What an editor lists of the blanks of a draft: each fact once, so that faults are not drowned by what is merely
//! open. Marks in the text and the list of placeholders have every place.

use std::iter::Peekable;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::analysis::{Analysis, Speech};
use crate::locale::Locale;
use crate::rules::{Diagnostic, Found, Related};
use crate::text::position::floor;
use crate::text::{Lines, Span};

/// Which findings of a list stand for others.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Numbers of the findings that are left out, in order.
    left_out: Vec<usize>,
    /// By number of the first finding of a fact: the other places of it.
    places: FxHashMap<usize, Vec<Span>>,
}

/// So many other places are named.
const NAMED: usize = 20;
/// Bytes of the line on each side of a place that are shown.
const BESIDE: usize = 24;

impl Facts {
    /// Of the findings at `found` without those that are `held_back`, by number and in order. `shown`: whether blanks
    /// are listed at all.
    pub fn of(analysis: &Analysis, found: &[Found], held_back: &[usize], shown: bool) -> Self {
        let mut facts = Self::default();
        let mut first: FxHashMap<u64, usize> = FxHashMap::default();
        let mut speeches = Speeches { behind: analysis.speeches().peekable(), here: None };
        for (n, found) in found.iter().enumerate() {
            if held_back.binary_search(&n).is_ok() {
                facts.left_out.push(n);
            } else if found.rule.is_about_blanks() {
                let known = speeches.group(found.span).map(|group| *first.entry(group).or_insert(n));
                if !shown || known.is_some_and(|first| first != n) {
                    facts.left_out.push(n);
                }
                if let Some(first) = known.filter(|first| *first != n) {
                    let places = facts.places.entry(first).or_default();
                    if places.len() < NAMED {
                        places.push(found.span);
                    }
                }
            }
        }
        facts
    }

    /// Whether the finding is left out.
    pub fn leaves_out(&self, n: usize) -> bool {
        self.left_out.binary_search(&n).is_ok()
    }

    /// Whether finding `n` stands for others.
    pub fn is_one_of_many(&self, n: usize) -> bool {
        self.places.contains_key(&n)
    }

    /// Finding `n`, with the other places of its fact.
    pub fn with_places(&self, n: usize, mut found: Diagnostic, lines: &dyn Lines, locale: Locale) -> Diagnostic {
        let places = self.places.get(&n).map_or(&[][..], Vec::as_slice);
        found.related.extend(places.iter().map(|&span| Related { span, message: beside(span, lines, locale) }));
        found
    }
}

/// The speeches of a draft, gone through from its start.
struct Speeches<'a, I: Iterator<Item = (usize, &'a Arc<Speech>)>> {
    behind: Peekable<I>,
    here: Option<(usize, &'a Arc<Speech>)>,
}

impl<'a, I: Iterator<Item = (usize, &'a Arc<Speech>)>> Speeches<'a, I> {
    /// The fact that the blank at `span` stands for, if others may. None is above one asked for before.
    fn group(&mut self, span: Span) -> Option<u64> {
        let line = span.start.line as usize;
        while let Some(next) = self.behind.next_if(|(base, _)| *base <= line) {
            self.here = Some(next);
        }
        let (base, speech) = self.here?;
        let paragraph = speech.lines.get(line - base)?;
        let is_it = |range: crate::text::Range| (range.start, range.end) == (span.start.byte, span.end.byte);
        paragraph.placeholders.iter().find(|found| is_it(found.range))?.group
    }
}

/// The words around a place.
fn beside(span: Span, lines: &dyn Lines, locale: Locale) -> String {
    let line = lines.line(span.start.line as usize);
    let from = floor(&line, (span.start.byte as usize).saturating_sub(BESIDE));
    let to = floor(&line, (span.end.byte as usize).saturating_add(BESIDE).min(line.len()));
    let words = line.get(from..to).unwrap_or("").trim();
    let [before, behind] = [from > 0, to < line.len()].map(|is_cut| if is_cut { "…" } else { "" });
    locale.pick(
        format!("同一处事实：{before}{words}{behind}"),
        format!("同一處事實：{before}{words}{behind}"),
        format!("the same fact: {before}{words}{behind}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::Markup;
    use crate::rules::diagnostics;
    use crate::settings::Settings;
    use crate::text::Flat;

    #[test]
    fn each_fact_is_listed_once() {
        let lines = Flat::new("同志们：\n　　XX区要带头，X亿元要落实，XX区要走在前列。\n　　XX区的同志，X亿元。\n");
        let settings = Arc::new(Settings::default());
        let analysis = Analysis::new(&lines, Markup::Plain, &settings);
        let found = diagnostics(&analysis, &lines, &settings, Locale::Hans, usize::MAX);
        let places: Vec<Found> = found.iter().map(Found::of).collect();
        let listed = |facts: &Facts| {
            let listed = (0..found.len()).filter(|n| !facts.leaves_out(*n));
            let shown = listed.map(|n| facts.with_places(n, found[n].clone(), &lines, Locale::Hans));
            shown.map(|d| (lines.text(d.span), d.related.len())).collect::<Vec<_>>()
        };
        let text = |mark: &str, related: usize| (mark.to_owned(), related);
        let facts = Facts::of(&analysis, &places, &[], true);
        assert_eq!(listed(&facts), [text("XX", 2), text("X", 0), text("X", 0)]);
        // What is held back stands for nothing.
        let facts = Facts::of(&analysis, &places, &[0], true);
        assert_eq!(listed(&facts), [text("X", 0), text("XX", 1), text("X", 0)]);
        assert_eq!(listed(&Facts::of(&analysis, &places, &[], false)), []);
    }
}
