//! The draft as it is laid out, each character with the place in the draft where it stands, and its lines.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Source;
use super::attempt::Attempt;
use crate::analysis::{Analysis, Markup};
use crate::features::laid_out::{Block, Role, blocks};
use crate::features::marking;
use crate::markup::STAND_IN;
use crate::paragraph::Kind;
use crate::paragraph::directive::Scope;
use crate::settings::Settings;
use crate::text::chars::is_space;
use crate::text::{Edit, Flat, Lines as _, Point, Range, Span};

/// A paragraph as it is laid out.
#[derive(Clone, Debug, Default)]
pub(super) struct Strand {
    pub text: String,
    /// Where its characters begin in it, and where they stand in the draft.
    pub starts: Vec<u32>,
    pub places: Vec<Span>,
    /// Its lines, and the note to the program above them that is about them.
    pub lines: Vec<u32>,
    pub note: Option<u32>,
}

impl Strand {
    /// Each character has been found.
    pub fn is_sound(&self) -> bool {
        self.starts.len() == self.places.len()
    }

    /// The number of the character that begins at a byte of the text.
    pub fn index(&self, byte: u32) -> usize {
        self.starts.partition_point(|start| *start < byte)
    }

    /// Whether a character is where two paragraphs part.
    pub fn is_break(&self, n: usize) -> bool {
        self.text[self.starts[n] as usize..].starts_with('\n')
    }

    /// All lines that go where it goes.
    pub fn whole(&self) -> impl Iterator<Item = u32> {
        self.note.into_iter().chain(self.lines.iter().copied())
    }
}

pub(super) struct Draft<'a> {
    pub text: &'a str,
    pub markup: Markup,
    pub settings: &'a Arc<Settings>,
    pub strands: Vec<Strand>,
    lines: Flat<'a>,
    analysis: Analysis,
    /// What stands before the text of most paragraphs, and before headings in Markdown, by their level.
    indent: String,
    signs: BTreeMap<u8, String>,
    /// Blank lines part most paragraphs.
    is_parted: bool,
}

impl<'a> Draft<'a> {
    pub fn new(Source { text, markup, settings }: Source<'a>) -> Self {
        let lines = Flat::new(text);
        let analysis = Analysis::new(&lines, markup, settings);
        let blocks = blocks(&analysis, &lines);
        let strands: Vec<Strand> = blocks.iter().map(|block| strand(block, &analysis, &lines)).collect();
        let mut indents: BTreeMap<&str, usize> = BTreeMap::new();
        let mut signs = BTreeMap::new();
        for block in &blocks {
            let line = block.lines.first().map_or("", |line| lines.str(*line as usize));
            match block.role {
                Role::Body => *indents.entry(blank(line)).or_default() += 1,
                Role::Heading(level) if line.starts_with('#') => {
                    let sign = line.trim_start_matches('#');
                    let sign = &line[..line.len() - sign.len()];
                    signs.entry(level).or_insert_with(|| format!("{sign} "));
                }
                _ => {}
            }
        }
        let indent = indents.into_iter().max_by_key(|(_, count)| *count).map_or("", |(indent, _)| indent).to_owned();
        let mut draft = Self { text, markup, settings, strands, lines, analysis, indent, signs, is_parted: false };
        let parted = (1..draft.strands.len()).filter(|at| draft.is_parted_at(*at)).count();
        draft.is_parted = 2 * parted > draft.strands.len().saturating_sub(1);
        draft
    }

    pub fn is_markdown(&self) -> bool {
        self.markup == Markup::Markdown
    }

    /// The tables of Markdown: the paragraphs that are their rows.
    pub fn table_rows(&self) -> Vec<std::ops::Range<usize>> {
        let is_row = |strand: &Strand| {
            let facts = strand.lines.first().and_then(|line| self.analysis.paragraph(*line as usize));
            facts.is_some_and(|facts| facts.structural.kind == Kind::Aside) && strand.text.contains('|')
        };
        let mut found: Vec<std::ops::Range<usize>> = Vec::new();
        for (m, _) in self.strands.iter().enumerate().filter(|(_, strand)| self.is_markdown() && is_row(strand)) {
            let is_next = |last: &&mut std::ops::Range<usize>| last.end == m && !self.is_parted_at(m);
            match found.last_mut().filter(is_next) {
                Some(last) => last.end = m + 1,
                None => found.push(m..m + 1),
            }
        }
        found
    }

    /// Whether blank lines stand between a paragraph and the one before it.
    fn is_parted_at(&self, at: usize) -> bool {
        let ends = |at: usize| self.strands.get(at).and_then(|strand| strand.lines.last().copied());
        let (Some(before), Some(next)) = (at.checked_sub(1).and_then(ends), self.strands.get(at)) else {
            return self.is_parted;
        };
        let first = next.whole().next().unwrap_or(before);
        (before + 1..first).any(|line| self.is_blank(line))
    }

    pub fn is_blank(&self, line: u32) -> bool {
        self.lines.str(line as usize).chars().all(is_space)
    }

    /// Where a line ends.
    pub fn end_of(&self, line: u32) -> Point {
        Point::new(line, self.lines.str(line as usize).len() as u32)
    }

    /// Whether a line has a note to the program.
    pub fn has_note(&self, line: u32) -> bool {
        self.analysis.paragraph(line as usize).is_some_and(|facts| facts.directive.is_some())
    }

    /// Paragraphs that stand one behind the other, as one.
    pub fn joined(&self, which: &[usize]) -> Strand {
        let mut all = Strand::default();
        for strand in which.iter().map(|m| &self.strands[*m]) {
            if let (Some(last), Some(first)) = (all.places.last(), strand.places.first()) {
                // What marks the end of the one and the start of the other stays when they are joined.
                let (end, line) = (self.lines.str(last.end.line as usize), self.lines.str(first.start.line as usize));
                let end = Point::new(last.end.line, end.trim_end_matches(is_space).len() as u32);
                let start = Point::new(first.start.line, block_signs(line, first.start.byte as usize) as u32);
                let between = Span::new(end.max(last.end), start);
                all.starts.push(all.text.len() as u32);
                all.places.push(between);
                all.text.push('\n');
            }
            let base = all.text.len() as u32;
            all.starts.extend(strand.starts.iter().map(|start| base + start));
            all.places.extend(&strand.places);
            all.lines.extend(&strand.lines);
            all.text += &strand.text;
        }
        all
    }

    /// What stands in a place that begins in one line and ends in another.
    pub fn between(&self, place: Span) -> String {
        let Span { start, end } = place;
        let line = |n: u32| self.lines.str(n as usize);
        let first = line(start.line).get(start.byte as usize..).unwrap_or_default();
        let last = line(end.line).get(..end.byte as usize).unwrap_or_default();
        let inner = (start.line + 1..end.line).map(line);
        std::iter::once(first).chain(inner).chain([last]).collect::<Vec<_>>().join(self.lines.line_break())
    }

    /// What stands between two paragraphs, and before the text of the one behind, when one is parted in two.
    pub fn parting(&self, strand: &Strand) -> String {
        let first = strand.lines.first().copied().unwrap_or_default();
        let indent = blank(self.lines.str(first as usize));
        let at = self.strands.iter().position(|other| other.lines.first() == Some(&first)).unwrap_or_default();
        let is_parted = if at > 0 { self.is_parted_at(at) } else { self.is_parted };
        format!("{}{indent}", self.lines.line_break().repeat(1 + usize::from(is_parted)))
    }

    /// The line for a new paragraph that is put in before `at`: a heading like others of its level, an item of a list
    /// between items of one.
    pub fn line_of(&self, text: &str, level: Option<u8>, at: usize, attempt: Attempt) -> String {
        let lead = |at: usize| {
            let start = self.strands.get(at)?.places.first()?.start;
            self.lines.str(start.line as usize).get(..start.byte as usize)
        };
        let of_list = at.checked_sub(1).and_then(lead).filter(|before| {
            before.trim_start().starts_with(['-', '*', '+', '>']) && before.ends_with(' ') && lead(at) == Some(before)
        });
        let sign = level.and_then(|level| self.signs.get(&(level + 1)).map(String::as_str));
        format!("{}{}", sign.or(of_list).unwrap_or(&self.indent), attempt.written(text))
    }

    /// Puts lines behind the paragraph before `at`.
    pub fn inserted(&self, at: usize, put: &[(&str, Attempt)]) -> Edit {
        let end = self.lines.line_break();
        let gap = |attempt: Attempt| self.is_parted_at(at) || attempt.is_apart;
        let mut text = String::new();
        let point = match at.checked_sub(1).and_then(|before| self.strands[before].lines.last()) {
            Some(line) => {
                for (line, attempt) in put {
                    text = text + &end.repeat(1 + usize::from(gap(*attempt))) + line;
                }
                self.end_of(*line)
            }
            None => {
                for (line, attempt) in put {
                    text = text + line + &end.repeat(1 + usize::from(gap(*attempt)));
                }
                let first = self.strands.first().and_then(|strand| strand.whole().next());
                let last = self.lines.line_count() as u32 - 1;
                first.map_or_else(|| self.end_of(last), |line| Point::new(line, 0))
            }
        };
        Edit::new(Span::new(point, point), text)
    }

    /// The lines of paragraphs as they stand, with edits in them; `None` where one is not in one line.
    pub fn lifted(&self, which: &[usize], edits: &[Edit]) -> Option<String> {
        if edits.iter().any(|edit| edit.span.start.line != edit.span.end.line) {
            return None;
        }
        let lines = which.iter().flat_map(|m| self.strands[*m].whole());
        let lines = lines.map(|line| {
            let of_line = edits.iter().filter(|edit| edit.span.start.line == line);
            let moved = of_line.map(|edit| {
                let [start, end] = [edit.span.start, edit.span.end].map(|point| Point::new(0, point.byte));
                Edit::new(Span::new(start, end), edit.text.as_str())
            });
            crate::text::apply(self.lines.str(line as usize), &moved.collect::<Vec<_>>())
        });
        Some(lines.collect::<Vec<_>>().join(self.lines.line_break()))
    }

    /// Takes lines out, and of the blank ones around them those that would be too many.
    pub fn removed(&self, gone: &BTreeSet<u32>) -> Vec<Edit> {
        let count = self.lines.line_count() as u32;
        let is_end = |line: u32| line >= count || line + 1 == count && self.lines.str(line as usize).is_empty();
        let mut gone = gone.clone();
        for line in gone.clone() {
            let above = (0..line).rev().find(|above| !gone.contains(above));
            let is_open = above.is_none_or(|above| self.is_blank(above));
            if is_open && !gone.contains(&(line + 1)) && !is_end(line + 1) && self.is_blank(line + 1) {
                gone.insert(line + 1);
            } else if let Some(above) = above.filter(|above| is_end(line + 1) && self.is_blank(*above)) {
                gone.insert(above);
            }
        }
        let mut edits = Vec::new();
        let mut rest = gone.iter().copied().peekable();
        while let Some(first) = rest.next() {
            let mut last = first;
            while let Some(next) = rest.next_if(|next| *next == last + 1) {
                last = next;
            }
            let span = match (last + 1 < count, first) {
                (true, _) => Span::new(Point::new(first, 0), Point::new(last + 1, 0)),
                (false, 0) => Span::new(Point::default(), self.end_of(last)),
                (false, first) => Span::new(self.end_of(first - 1), self.end_of(last)),
            };
            edits.push(Edit::new(span, ""));
        }
        edits
    }

    /// Whether with `edits` (sorted and disjoint) markup is markup still, and text is text.
    pub fn is_undisturbed(&self, edits: &[Edit]) -> bool {
        marking::disturbing(&self.analysis, &self.lines, edits, marking::Levels::Stay).is_empty()
    }
}

/// How far what makes a line an item, a heading or part of a quote reaches, up to `end`.
pub(super) fn block_signs(line: &str, end: usize) -> usize {
    let lead = line.get(..end).unwrap_or_default();
    let mut rest = lead.trim_start_matches(is_space);
    loop {
        let quoted = rest.strip_prefix('>').map(|rest| rest.trim_start_matches(is_space));
        let listed = || rest.strip_prefix(['-', '+', '*']).or_else(|| Some(rest.trim_start_matches('#')));
        let spaced =
            || listed().filter(|rest| rest.starts_with(is_space)).map(|rest| rest.trim_start_matches(is_space));
        match quoted.or_else(spaced) {
            Some(more) => rest = more,
            None => return lead.len() - rest.len(),
        }
    }
}

/// The blanks that a line begins with.
pub(super) fn blank(line: &str) -> &str {
    &line[..line.len() - line.trim_start_matches(is_space).len()]
}

/// Finds the characters of a paragraph in its lines: all of them stand there, in order; what is missing are blanks and
/// characters that no document has.
fn strand(block: &Block, analysis: &Analysis, lines: &Flat) -> Strand {
    let mut here: Vec<(char, Span)> = Vec::new();
    for n in &block.lines {
        let line = lines.str(*n as usize);
        let Some(facts) = analysis.paragraph(*n as usize) else { continue };
        let aside = facts.directive.as_ref().map(|directive| directive.range);
        let mut put = |c: char, range: Range| {
            if aside.is_none_or(|aside| range.end <= aside.start || aside.end <= range.start) {
                here.push((c, Span::in_line(*n, range)));
            }
        };
        match &facts.plain {
            Some(plain) => {
                let prose = &plain.prose;
                for (at, c) in prose.text.char_indices() {
                    let own = Range::new(at, at + c.len_utf8());
                    let range = prose.to_line(own);
                    match c {
                        STAND_IN => prose.shown(line, own).chars().for_each(|c| put(c, range)),
                        _ => put(c, range),
                    }
                }
            }
            None => line.char_indices().for_each(|(at, c)| put(c, Range::new(at, at + c.len_utf8()))),
        }
    }
    let first = block.lines.first().copied().unwrap_or_default();
    let note = first.checked_sub(1).filter(|above| {
        let facts = analysis.paragraph(*above as usize);
        let directive = facts.and_then(|facts| facts.directive.as_ref());
        directive.is_some_and(|directive| directive.alone && directive.scope == Scope::Line)
    });
    let mut strand = Strand { lines: block.lines.clone(), note, ..Strand::default() };
    let mut rest = here.into_iter();
    for c in block.whole().chars().filter(|c| !c.is_control()) {
        let place = rest.find(|(other, _)| *other == c || *other == '\t' && c == ' ').map(|(_, place)| place);
        strand.starts.push(strand.text.len() as u32);
        strand.places.extend(place);
        strand.text.push(c);
    }
    strand
}
