//! The outline as a tree of symbols.

use std::sync::Arc;

use crate::analysis::{Analysis, Speech};
use crate::outline::NodeKind;
use crate::paragraph::marker::LAST;
use crate::placeholder::Draft;
use crate::text::chars::is_space;
use crate::text::{Lines, Point, Range, Reader, Span};

/// What kind of thing a symbol names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    /// The title of the speech.
    Title,
    /// A section with a paragraph of its own: 一、 （一） 1. 第一，
    Section,
    /// An item inside a paragraph: 一要 二是 首先
    Item,
    /// One of several unnumbered paragraphs that open alike.
    Parallel,
}

impl SymbolKind {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Section => "section",
            Self::Item => "item",
            Self::Parallel => "parallel",
        }
    }
}

/// A node of the outline.
#[derive(Clone, Debug)]
pub struct Symbol {
    /// The marker and the heading, as a person would name the section; never empty.
    pub name: String,
    /// What is worth knowing at a glance, e.g. `占位符 3`; may be empty.
    pub detail: String,
    pub kind: SymbolKind,
    /// 1 for the outermost sections.
    pub level: u8,
    /// The marker as it stands in the draft (`（一）`); empty for an unnumbered node.
    pub marker: String,
    /// The value of the marker's numeral.
    pub ordinal: Option<u32>,
    /// Characters that are spoken in a section.
    pub spoken: u32,
    /// The whole section.
    pub span: Span,
    /// The marker and the heading; lies within `span`.
    pub selection: Span,
    pub children: Vec<Symbol>,
}

/// The outline of the draft, in text order. In a file of several speeches each speech is a node.
pub fn symbols(analysis: &Analysis, lines: &dyn Lines) -> Vec<Symbol> {
    let several = analysis.speeches().count() > 1;
    let mut out = Vec::new();
    let blanks = analysis.blanks();
    for (base, speech) in analysis.speeches() {
        let sections = sections(speech, &blanks, base as u32, lines);
        match several.then(|| title(speech, base as u32, lines)).flatten() {
            Some(mut node) => {
                // What is no title can stand above it: a long first sentence with a list inside.
                node.span = around(node.span, sections.iter().map(|s| s.span));
                node.children = sections;
                out.push(node);
            }
            None => out.extend(sections),
        }
    }
    out
}

/// A symbol by itself, as it is found by its name.
#[derive(Clone, Debug)]
pub struct Named {
    pub name: String,
    pub kind: SymbolKind,
    /// The whole section.
    pub span: Span,
    /// The name of the one that it stands in.
    pub container: Option<Arc<str>>,
    /// The name, for those who do not mind the case.
    lower: Box<str>,
}

/// The symbols of a speech, their lines counted from its first.
struct Names {
    title: Option<Named>,
    sections: Vec<Named>,
}

impl Names {
    fn of(speech: &Speech, blanks: &Draft<'_>, base: u32, lines: &dyn Lines) -> Self {
        let sections = sections(speech, blanks, base, lines);
        let title = title(speech, base, lines).map(|mut node| {
            node.span = around(node.span, sections.iter().map(|s| s.span));
            Named::of(&node, base, None)
        });
        let mut names = Self { title, sections: Vec::new() };
        names.add(sections, base, None);
        names
    }

    fn add(&mut self, symbols: Vec<Symbol>, base: u32, container: Option<&Arc<str>>) {
        for symbol in symbols {
            self.sections.push(Named::of(&symbol, base, container.cloned()));
            if !symbol.children.is_empty() {
                self.add(symbol.children, base, Some(&symbol.name.into()));
            }
        }
    }
}

impl Named {
    fn of(symbol: &Symbol, base: u32, container: Option<Arc<str>>) -> Self {
        let up = |point: Point| Point::new(point.line - base, point.byte);
        let span = Span::new(up(symbol.span.start), up(symbol.span.end));
        let lower = symbol.name.to_lowercase().into();
        Self { name: symbol.name.clone(), kind: symbol.kind, span, container, lower }
    }
}

/// The first `limit` symbols, in text order, whose name holds each of the `words`, which are in lower case.
pub fn search(analysis: &Analysis, lines: &dyn Lines, words: &[String], limit: usize) -> Vec<Named> {
    let several = analysis.speeches().count() > 1;
    let blanks = analysis.blanks();
    let mut found: Vec<Named> = Vec::new();
    for (base, speech) in analysis.speeches() {
        let names = speech.kept.get_or_make(|| Names::of(speech, &blanks, base as u32, lines));
        let title = names.title.as_ref().filter(|_| several);
        let fits = |named: &&Named| words.iter().all(|word| named.lower.contains(word));
        let down = |point: Point| Point::new(point.line + base as u32, point.byte);
        let in_draft = |named: &Named| Named {
            span: Span::new(down(named.span.start), down(named.span.end)),
            container: named.container.clone().or_else(|| Some(title?.name.as_str().into())),
            ..named.clone()
        };
        let titles = title.filter(fits).map(|title| Named { container: None, ..in_draft(title) });
        let room = limit - found.len();
        found.extend(titles.into_iter().chain(names.sections.iter().filter(fits).map(in_draft)).take(room));
        if found.len() == limit {
            break;
        }
    }
    found
}

/// The node of a speech that has a title.
fn title(speech: &Speech, base: u32, lines: &dyn Lines) -> Option<Symbol> {
    let parts = &speech.outline.parts;
    let (&first, &last) = (parts.title.first()?, parts.title.last()?);
    let selection = whole_lines(base + first, base + last, lines);
    let name: Vec<String> = parts
        .title
        .iter()
        .map(|&n| {
            let line = lines.line((base + n) as usize);
            trimmed(&speech.lines[n as usize].text_of(&line, Range::new(0, line.len())))
        })
        .collect();
    Some(Symbol {
        name: name.concat(),
        detail: String::new(),
        kind: SymbolKind::Title,
        level: 0,
        marker: String::new(),
        ordinal: None,
        spoken: 0,
        span: whole_lines(base + first, base + speech.lines.len() as u32 - 1, lines),
        selection,
        children: Vec::new(),
    })
}

fn sections(speech: &Speech, blanks: &Draft<'_>, base: u32, lines: &dyn Lines) -> Vec<Symbol> {
    let outline = &speech.outline;
    let mut source = Source { speech, base, reader: Reader::new(lines), ends: Reader::new(lines), before: Vec::new() };
    source.before.reserve(speech.lines.len() + 1);
    source.before.push((0, 0));
    let (mut open, mut spoken) = (0, 0);
    for paragraph in &speech.lines {
        open += paragraph.placeholders.iter().filter(|blank| blanks.is_open(blank)).count();
        spoken += if paragraph.is_read() { paragraph.spoken } else { 0 };
        source.before.push((open, spoken));
    }
    // Children come after their parents: built from the end, each node is whole when it is taken up.
    let mut children: Vec<Vec<Symbol>> = vec![Vec::new(); outline.nodes.len() + 1];
    let root = outline.nodes.len();
    for i in (0..outline.nodes.len()).rev() {
        let mut mine = std::mem::take(&mut children[i]);
        mine.sort_by_key(|s| s.selection.start);
        let node = source.symbol(i as u32, blanks, mine);
        let parent = outline.nodes[i].parent.map_or(root, |p| p as usize);
        children[parent].push(node);
    }
    let mut top = std::mem::take(&mut children[root]);
    top.sort_by_key(|s| s.selection.start);
    top
}

/// What the symbols of a speech are made from.
struct Source<'a> {
    speech: &'a Speech,
    /// Its first line in the draft.
    base: u32,
    reader: Reader<'a>,
    /// Reads the last lines of sections, which those that end together share.
    ends: Reader<'a>,
    /// By line of the speech: how many blanks are open before it, and what is spoken.
    before: Vec<(usize, u32)>,
}

impl Source<'_> {
    fn symbol(&mut self, index: u32, blanks: &Draft<'_>, children: Vec<Symbol>) -> Symbol {
        let Self { speech, base, reader, ends, before } = self;
        let (speech, base) = (*speech, *base);
        let outline = &speech.outline;
        let node = &outline.nodes[index as usize];
        let line = base + node.line;
        let text = reader.line(line);
        let marker = node.marker_of(&speech.lines).filter(|_| node.list.is_some());
        let paragraph = &speech.lines[node.line as usize];
        let title = paragraph.text_of(text, node.title);
        let marker_text = marker.map_or(String::new(), |m| m.text.trim().to_owned());
        let mut name = format!("{marker_text}{title}");
        if name.is_empty() {
            name = trimmed(&paragraph.text_of(text, Range::new(0, text.len())));
        }
        let (kind, last) = match node.kind {
            NodeKind::Section => (SymbolKind::Section, outline.last_line(index, speech.lines.len())),
            NodeKind::Parallel(_) => (SymbolKind::Parallel, node.line),
            NodeKind::Item => (SymbolKind::Item, node.line),
        };
        let length = text.len() as u32;
        let mut selection = node.span();
        (selection.start.line, selection.end.line) = (line, line);
        let span = if node.kind == NodeKind::Item {
            // Up to the next item of the paragraph.
            let end = outline.nodes[index as usize + 1..]
                .iter()
                .take_while(|n| n.line == node.line)
                .find(|n| n.level <= node.level)
                .map_or(length, |n| n.marker.start);
            Span::new(selection.start, Point::new(line, end.max(selection.end.byte)))
        } else {
            Span::new(Point::new(line, 0), Point::new(base + last, ends.line(base + last).len() as u32))
        };
        let open = match node.kind {
            NodeKind::Item => {
                let here = &paragraph.placeholders;
                let from = here.partition_point(|p| p.range.start < span.start.byte);
                let inside = here[from..].iter().take_while(|p| p.range.end <= span.end.byte);
                inside.filter(|blank| blanks.is_open(blank)).count()
            }
            _ => before[last as usize + 1].0 - before[node.line as usize].0,
        };
        let spoken = match node.kind {
            NodeKind::Section => before[last as usize + 1].1 - before[node.line as usize].1,
            _ => 0,
        };
        // A child can reach beyond its parent: the items of a list that goes on in the next paragraph.
        let span = around(span, children.iter().map(|c| c.span).chain([selection]));
        Symbol {
            name,
            detail: if open > 0 { format!("占位符 {open}") } else { String::new() },
            kind,
            level: node.level,
            marker: marker_text,
            ordinal: marker.map(|m| m.value).filter(|&v| v != LAST),
            spoken,
            span,
            selection,
            children,
        }
    }
}

/// The least that holds `span` and all of `inner`.
fn around(span: Span, inner: impl Iterator<Item = Span>) -> Span {
    inner.fold(span, |all, one| Span::new(all.start.min(one.start), all.end.max(one.end)))
}

fn whole_lines(first: u32, last: u32, lines: &dyn Lines) -> Span {
    Span::new(Point::new(first, 0), Point::new(last, lines.line(last as usize).len() as u32))
}

fn trimmed(line: &str) -> String {
    line.trim_matches(|c| is_space(c) || c == '#' || c == '*').to_owned()
}
