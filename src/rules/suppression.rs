//! Which findings the draft itself, or the settings, ask to pass over.

use rustc_hash::FxHashMap;

use super::{Diagnostic, Rule, find};
use crate::analysis::Analysis;
use crate::paragraph::directive::Scope;
use crate::settings::{Exception, Settings};
use crate::text::{Lines, Range, Span};

/// The suppressions of a draft, and which of them have been of use.
pub struct Suppressions {
    entries: Vec<Entry>,
    /// Those that cover a single line, by that line, and the others.
    by_line: FxHashMap<u32, Vec<usize>>,
    wide: Vec<usize>,
}

pub struct Entry {
    /// The note or comment itself.
    pub span: Span,
    /// Lines it covers, first and last.
    first: u32,
    last: u32,
    /// The rules it names, or all when empty; `None` for a name that is no rule.
    rules: Vec<Option<&'static Rule>>,
    /// A name in it that is no rule.
    pub unknown: Option<String>,
    pub used: bool,
    /// An end without a start, or the end of a block: covers nothing by itself.
    is_end: bool,
    pub unpaired: bool,
}

impl Suppressions {
    pub fn of(analysis: &Analysis) -> Self {
        let mut entries: Vec<Entry> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        for (line, paragraph) in analysis.paragraphs() {
            let Some(directive) = &paragraph.directive else {
                continue;
            };
            let line = line as u32;
            let (first, last) = match directive.scope {
                Scope::Line if directive.alone => (line + 1, line + 1),
                Scope::Line => (line, line),
                Scope::File | Scope::Start => (if directive.scope == Scope::File { 0 } else { line }, u32::MAX),
                Scope::End => (line, line),
            };
            let rules: Vec<_> = directive.rules.iter().map(|name| find(name)).collect();
            let unknown = directive.rules.iter().find(|name| find(name).is_none()).cloned();
            let mut entry = Entry {
                span: Span::in_line(line, directive.range),
                first,
                last,
                rules,
                unknown,
                used: false,
                is_end: directive.scope == Scope::End,
                unpaired: false,
            };
            match directive.scope {
                Scope::Start => open.push(entries.len()),
                Scope::End => match open.pop() {
                    Some(start) => entries[start].last = line,
                    None => entry.unpaired = true,
                },
                _ => {}
            }
            entries.push(entry);
        }
        let mut by_line: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        let mut wide = Vec::new();
        for (n, entry) in entries.iter().enumerate().filter(|(_, entry)| !entry.is_end) {
            if entry.first == entry.last { by_line.entry(entry.first).or_default().push(n) } else { wide.push(n) }
        }
        Self { entries, by_line, wide }
    }

    /// True when a suppression covers the finding; it counts as used from then on.
    pub fn covers(&mut self, diagnostic: &Diagnostic) -> bool {
        self.covering(diagnostic).is_some()
    }

    /// The line of the first suppression that covers the finding; all that do count as used from then on.
    pub fn covering(&mut self, diagnostic: &Diagnostic) -> Option<u32> {
        let line = diagnostic.span.start.line;
        let mut covering = None;
        let single = self.by_line.get(&line).into_iter().flatten();
        for &n in single.chain(&self.wide) {
            let entry = &mut self.entries[n];
            if line < entry.first || entry.last < line {
                continue;
            }
            let named =
                entry.rules.is_empty() || entry.rules.iter().flatten().any(|rule| std::ptr::eq(*rule, diagnostic.rule));
            if named {
                entry.used = true;
                let here = entry.span.start.line;
                covering = Some(covering.map_or(here, |first: u32| first.min(here)));
            }
        }
        covering
    }

    /// The suppressions that are of no use.
    pub fn unused(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|e| if e.is_end { e.unpaired } else { !e.used || e.unknown.is_some() })
    }
}

/// What in the settings has a finding passed over.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PassedOver {
    Allow(String),
    Pattern(String),
    Exception(Exception),
}

/// What in the settings has the finding passed over.
pub fn passed_over(diagnostic: &Diagnostic, lines: &dyn Lines, settings: &Settings) -> Option<PassedOver> {
    let text = lines.text(diagnostic.span);
    if settings.allow.contains(&text) {
        return Some(PassedOver::Allow(text));
    }
    if let Some(pattern) = settings.allow_patterns.iter().find(|pattern| pattern.is_match(&text)) {
        return Some(PassedOver::Pattern(pattern.as_str().to_owned()));
    }
    if settings.exceptions.is_empty() {
        return None;
    }
    let Span { start, end } = diagnostic.span;
    let line = lines.line(start.line as usize);
    let last = if start.line == end.line { end.byte as usize } else { line.len() };
    let range = Range::new(start.byte as usize, last);
    let covering = settings.exceptions.iter().find(|exception| exception.covers(diagnostic.rule.code, &line, range));
    covering.map(|exception| PassedOver::Exception(exception.clone()))
}
