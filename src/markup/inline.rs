//! Reading a chunk with the parser: what each line is, and what in it is markup.

use std::borrow::Cow;
use std::sync::Mutex;

use comrak::nodes::{AstNode, NodeValue, Sourcepos};
use comrak::options::BrokenLinkReference;
use comrak::{Arena, Options, ResolvedReference, parse_document};

use super::extras::{extras, note_mark};
use super::lines::{footnote, is_blank, is_formula};
use super::prose::{Cut, Prose};
use super::{Block, Labels, Line, Mode, evidence, folded_label};
use crate::text::chars::{is_han, is_space, is_tag};

/// The labels that are defined in the draft, and those that a chunk asked for.
pub(super) struct Known<'a> {
    labels: &'a Labels,
    asked: Mutex<Vec<Box<str>>>,
}

impl<'a> Known<'a> {
    pub fn new(labels: &'a Labels) -> Self {
        Self { labels, asked: Mutex::default() }
    }

    pub fn asked(self) -> Vec<Box<str>> {
        let mut asked = self.asked.into_inner().unwrap_or_default();
        asked.sort_unstable();
        asked.dedup();
        asked
    }

    fn resolve(&self, reference: &BrokenLinkReference<'_>) -> Option<ResolvedReference> {
        if reference.original.starts_with('^') {
            return None;
        }
        let label = folded_label(reference.original);
        let found =
            self.labels.contains_key(&label).then(|| ResolvedReference { url: String::new(), title: String::new() });
        if let Ok(mut asked) = self.asked.lock() {
            asked.push(label);
        }
        found
    }
}

/// What the lines of a chunk are.
pub(super) fn read(texts: &[Cow<'_, str>], mode: Mode, known: &Known<'_>) -> Vec<Line> {
    let mut reading = Reading::new(texts, mode);
    reading.parse(known);
    for (line, text) in texts.iter().enumerate() {
        if !reading.in_html[line] {
            continue;
        }
        // Nothing in a block of HTML is Markdown, but it may be meant so; behind a word it is a paragraph.
        let alone = [Cow::Owned(format!("x{text}"))];
        let mut inner = Reading::new(&alone, mode);
        inner.parse(known);
        let cuts = inner.cuts.remove(0).into_iter().filter(|cut| cut.0 > 0);
        reading.cuts[line].extend(cuts.map(|(start, end, cut)| (start - 1, end - 1, cut)));
    }
    reading.finish()
}

/// Shows the parser a text, and `see` each node of what it makes of it.
fn parse(source: &str, mode: Mode, known: &Known<'_>, see: &mut dyn for<'n> FnMut(&'n AstNode<'n>)) {
    let resolve = |reference: BrokenLinkReference<'_>| known.resolve(&reference);
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.cjk_friendly_emphasis = true;
    options.extension.math_dollars = true;
    options.parse.escaped_char_spans = true;
    options.parse.ignore_setext = mode == Mode::Pasted;
    options.parse.broken_link_callback = Some(std::sync::Arc::new(resolve));
    let arena = Arena::new();
    for node in parse_document(&arena, source, &options).descendants() {
        see(node);
    }
}

struct Reading<'a> {
    texts: &'a [Cow<'a, str>],
    mode: Mode,
    /// By line: where the text of a note begins.
    notes: Vec<Option<usize>>,
    /// By line: its text stands in a block of HTML.
    in_html: Vec<bool>,
    blocks: Vec<Option<Block>>,
    cuts: Vec<Vec<(usize, usize, Cut)>>,
}

/// True when a letter, a figure or an ideograph stands in the node, or something else than text.
fn says_something<'n>(node: &'n AstNode<'n>) -> bool {
    node.descendants().skip(1).any(|inner| match &inner.data().value {
        NodeValue::Text(text) => text.chars().any(char::is_alphanumeric),
        NodeValue::Emph | NodeValue::Strong | NodeValue::SoftBreak => false,
        _ => true,
    })
}

/// A place in the chunk: line and byte.
type Place = (usize, usize);

impl<'a> Reading<'a> {
    fn new(texts: &'a [Cow<'a, str>], mode: Mode) -> Self {
        Self {
            texts,
            mode,
            notes: texts.iter().map(|text| footnote(text)).collect(),
            in_html: vec![false; texts.len()],
            blocks: vec![None; texts.len()],
            cuts: vec![Vec::new(); texts.len()],
        }
    }

    fn parse(&mut self, known: &Known<'_>) {
        let source = self.source();
        parse(&source, self.mode, known, &mut |node| self.node(node));
    }

    /// The marks are those of `__.__`, a number to be written.
    fn is_in_number(&self, at: Sourcepos) -> bool {
        let head = |(line, byte): Place| self.text(line).get(..byte).is_some_and(|text| text.ends_with("_."));
        head(start(at)) || self.rest(end(at)).starts_with("._")
    }

    fn text(&self, line: usize) -> &'a str {
        self.texts.get(line).map_or("", |text| text)
    }

    /// The lines as the parser is to see them: everything at the place it has in the draft.
    fn source(&self) -> String {
        let mut out = String::with_capacity(self.texts.iter().map(|text| text.len() + 1).sum());
        for (text, note) in self.texts.iter().zip(&self.notes) {
            let mut text = Cow::Borrowed(&**text);
            if let Some(note) = *note {
                // Without its label a note is a paragraph; the label would be read as that of a link.
                let indent = text.len() - text.trim_start().len();
                text = format!("{}{}{}", &text[..indent], "x".repeat(note - indent), &text[note..]).into();
            }
            if let Some(indent) = code_indent(&text)
                && text.chars().filter(|c| is_han(*c)).count() * 2 > text[indent..].chars().count()
            {
                // Chinese text that is set in by four spaces is no code.
                text = format!("{}{}", masked_indent(&text[..indent]), &text[indent..]).into();
            }
            if text.contains("\\|") {
                // The parser takes the backslash out of a cell, and loses count of its columns.
                text = text.replace("\\|", "§").into();
            }
            if text.contains(['\0', '\u{FEFF}']) {
                text = text.replace('\0', "\u{1}").replace('\u{FEFF}', "\u{200B}").into();
            }
            out.push_str(&text);
            out.push('\n');
        }
        out
    }

    fn node<'n>(&mut self, node: &'n AstNode<'n>) {
        let data = node.data();
        let at = data.sourcepos;
        let first = at.start.line.wrapping_sub(1);
        let last = (at.end.line.max(at.start.line) - 1).min(self.texts.len().saturating_sub(1));
        if first >= self.texts.len() {
            return;
        }
        match &data.value {
            NodeValue::Paragraph => {
                let quotes = node.ancestors().filter(|n| matches!(n.data().value, NodeValue::BlockQuote)).count();
                self.paragraph(first, last, at.start.column - 1, quotes);
            }
            NodeValue::Heading(heading) if heading.setext => {
                let quotes = node.ancestors().filter(|n| matches!(n.data().value, NodeValue::BlockQuote)).count();
                self.paragraph(first, last, at.start.column - 1, quotes);
                for line in first..last {
                    self.blocks[line] = Some(Block::Heading(heading.level));
                }
                self.blocks[last] = Some(Block::Unread);
            }
            NodeValue::Heading(heading) => self.heading(first, at.start.column - 1, heading.level),
            NodeValue::ThematicBreak => self.blocks[first] = Some(Block::Rule),
            NodeValue::CodeBlock(code) => {
                let prose = !code.fenced
                    && code.literal.chars().filter(|c| is_han(*c)).count() * 2 > code.literal.chars().count();
                for line in first..=last {
                    self.blocks[line] = Some(if prose { Block::Text } else { Block::Unread });
                }
            }
            NodeValue::HtmlBlock(html) => self.html(first, last, html.block_type),
            NodeValue::Table(_) => {
                for line in first..=last {
                    self.blocks[line] = Some(Block::Unread);
                }
            }
            NodeValue::TableRow(_) => self.row(first),
            // __.__% is two lines to write on.
            NodeValue::Emph | NodeValue::Strong if !says_something(node) || self.is_in_number(at) => {}
            NodeValue::Emph => self.pair(at, 1),
            NodeValue::Strong => self.pair(at, 2),
            NodeValue::Strikethrough => {
                let tildes = if self.rest(start(at)).starts_with("~~") { 2 } else { 1 };
                self.pair(at, tildes);
            }
            NodeValue::Link(_) => {
                let inside = node.last_child().map(|child| end(child.data().sourcepos));
                self.link(at, inside);
            }
            NodeValue::Image(_) => self.cut(start(at), end(at), Cut::STAND_IN),
            NodeValue::Code(code) => {
                let (from, to) = ticks(self, at, code.num_backticks);
                self.cut(from, to, Cut::STAND_IN);
            }
            NodeValue::Math(formula) => {
                let cut = if is_formula(&formula.literal) { Cut::STAND_IN } else { Cut::Kept };
                self.cut(start(at), end(at), cut);
            }
            NodeValue::HtmlInline(_) => {
                let rest = self.rest(start(at));
                let stands = ["<br", "<BR", "<img", "<IMG"].iter().any(|tag| rest.starts_with(tag));
                self.cut(start(at), end(at), if stands { Cut::STAND_IN } else { Cut::Gone });
            }
            NodeValue::Escaped => {
                let (line, byte) = start(at);
                if let Some(c) = self.rest((line, byte)).strip_prefix('\\').and_then(|rest| rest.chars().next()) {
                    self.cuts[line].push((byte, byte + 1 + c.len_utf8(), Cut::As(c)));
                }
            }
            NodeValue::LineBreak => {
                let text = self.text(first);
                if text.ends_with('\\') {
                    self.cuts[first].push((text.len() - 1, text.len(), Cut::Gone));
                }
            }
            _ => {}
        }
    }

    fn rest(&self, (line, byte): Place) -> &'a str {
        self.text(line).get(byte..).unwrap_or("")
    }

    fn paragraph(&mut self, first: usize, last: usize, from: usize, quotes: usize) {
        for line in first..=last {
            let text = self.text(line);
            let indent = text.len() - text.trim_start_matches([' ', '\t']).len();
            let from = if line == first { from } else { quoted(text, indent, quotes) };
            self.prefix(line, indent, from);
            let mut block = Block::Text;
            if let Some(note) = self.notes[line] {
                self.cuts[line].push((indent, note, Cut::Gone));
                block = Block::Aside;
            } else if let Some(level) = tight_heading(text.get(from..).unwrap_or("")) {
                self.cuts[line].push((from, from + usize::from(level), Cut::Gone));
                block = Block::Heading(level);
            } else if let Some(mark) =
                definition_mark(text.get(from..).unwrap_or("")).filter(|_| self.mode == Mode::Markdown)
            {
                self.cuts[line].push((from, from + mark, Cut::Gone));
            }
            self.blocks[line].get_or_insert(block);
        }
    }

    /// Cuts what stands before the text at byte `from`, but for the indentation and the number of an item.
    fn prefix(&mut self, line: usize, indent: usize, from: usize) {
        let text = self.text(line);
        let Some(marks) = text.get(indent..from) else { return };
        let number = marks.find(|c: char| c.is_ascii_digit());
        let end = number.map_or(from, |at| indent + at);
        self.cuts[line].push((indent, end, Cut::Gone));
        let rest = text.get(from..).unwrap_or("");
        if !marks.is_empty() && ["[ ] ", "[x] ", "[X] "].iter().any(|task| rest.starts_with(task)) {
            self.cuts[line].push((from, from + 4, Cut::Gone));
        }
    }

    fn heading(&mut self, line: usize, from: usize, level: u8) {
        let text = self.text(line);
        self.blocks[line] = Some(Block::Heading(level));
        let indent = text.len() - text.trim_start_matches([' ', '\t']).len();
        let rest = text.get(from..).unwrap_or("");
        let inner = rest.trim_start_matches('#').trim_start_matches([' ', '\t', '\u{3000}']);
        self.prefix(line, indent, from);
        self.cuts[line].push((from, text.len() - inner.len(), Cut::Gone));
        let end = text.trim_end_matches([' ', '\t']);
        let open = end.trim_end_matches('#');
        if open.len() < end.len() && open.ends_with([' ', '\t']) && open.len() + inner.len() > text.len() {
            self.cuts[line].push((open.trim_end_matches([' ', '\t']).len(), text.len(), Cut::Gone));
        }
    }

    fn row(&mut self, line: usize) {
        let text = self.text(line);
        self.blocks[line] = Some(Block::Aside);
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(i) = memchr::memchr2(b'|', b'\\', &bytes[at..]) {
            let here = at + i;
            if bytes[here] == b'|' {
                self.cuts[line].push((here, here + 1, Cut::As('|')));
            } else if bytes.get(here + 1) == Some(&b'|') {
                self.cuts[line].push((here, here + 2, Cut::As('|')));
                at = here + 2;
                continue;
            }
            at = here + 1;
        }
    }

    /// A pair of marks around some text.
    fn pair(&mut self, at: Sourcepos, count: usize) {
        let (from, to) = (start(at), end(at));
        let open = self.rest(from);
        let Some(mark) = open.as_bytes().first().copied().filter(|b| matches!(b, b'*' | b'_' | b'~')) else { return };
        let close = self.text(to.0).get(..to.1).unwrap_or("");
        let of_mark = |text: &str| text.bytes().all(|b| b == mark);
        if close.len() < count || !open.get(..count).is_some_and(of_mark) {
            return;
        }
        let Some(before_close) = to.1.checked_sub(count) else { return };
        if !close.get(before_close..).is_some_and(of_mark) {
            return;
        }
        if self.mode == Mode::Pasted
            && from.0 == to.0
            && evidence::hides_names(self.text(from.0), from.1, from.1 + count, before_close, to.1)
        {
            return;
        }
        self.cuts[from.0].push((from.1, from.1 + count, Cut::Gone));
        self.cuts[to.0].push((before_close, to.1, Cut::Gone));
    }

    fn link(&mut self, at: Sourcepos, inside: Option<Place>) {
        let (from, to) = (start(at), end(at));
        // A note, and something in brackets behind it: [^1](一)
        if note_mark(self.rest(from)).is_some() {
            return;
        }
        if let Some(inside) = inside
            && self.rest(from).starts_with('[')
            && !self.rest(from).starts_with("[[")
            && self.rest(inside).starts_with(']')
            && inside <= to
        {
            self.cuts[from.0].push((from.1, from.1 + 1, Cut::Gone));
            self.cut(inside, to, Cut::Gone);
        } else if self.rest(from).starts_with("[]") {
            self.cut(from, to, Cut::Gone);
        } else {
            self.cut(from, to, Cut::STAND_IN);
        }
    }

    /// Cuts everything from one place to another.
    fn cut(&mut self, from: Place, to: Place, cut: Cut) {
        for line in from.0..=to.0.min(self.texts.len() - 1) {
            let start = if line == from.0 { from.1 } else { 0 };
            let length = self.text(line).len();
            let end = if line == to.0 { to.1.min(length) } else { length };
            self.cuts[line].push((start, end, cut));
        }
    }

    /// A block of HTML: its text is that of the draft.
    fn html(&mut self, first: usize, last: usize, kind: u8) {
        let mut tag: Option<Tag> = None;
        for line in first..=last {
            if kind < 6 {
                self.blocks[line] = Some(Block::Unread);
                continue;
            }
            let text = self.text(line);
            let mut level = 0;
            let mut at = 0;
            while at < text.len() {
                if let Some(open) = tag {
                    let end = text[at..].find(open.end()).map(|i| at + i + open.end().len());
                    self.cuts[line].push((at, end.unwrap_or(text.len()), Cut::Gone));
                    at = end.unwrap_or(text.len());
                    tag = if end.is_some() { None } else { tag };
                    continue;
                }
                let Some(i) = text[at..].find('<') else { break };
                let here = at + i;
                let rest = &text[here..];
                if rest.starts_with("<!--") {
                    tag = Some(Tag::Comment);
                } else if !rest.starts_with("<!") && is_tag(rest) {
                    if let Some(digit) = rest.strip_prefix("<h").or(rest.strip_prefix("<H"))
                        && let Some(n @ b'1'..=b'6') = digit.as_bytes().first()
                    {
                        level = n - b'0';
                    }
                    tag = Some(Tag::Element);
                }
                at = if tag.is_some() { here } else { here + 1 };
            }
            let empty = self.cuts[line].iter().map(|(start, end, _)| end - start).sum::<usize>()
                >= text.trim_matches(is_space).len();
            self.in_html[line] = !empty;
            self.blocks[line] = Some(match level {
                _ if empty => Block::Unread,
                0 => Block::Text,
                level => Block::Heading(level),
            });
        }
    }

    fn finish(mut self) -> Vec<Line> {
        for line in 0..self.texts.len() {
            if matches!(self.blocks[line], Some(Block::Text | Block::Heading(_) | Block::Aside)) {
                extras(self.text(line), self.mode, &mut self.cuts[line]);
                evidence::with_spaces(self.text(line), &mut self.cuts[line]);
            }
        }
        let Self { texts, blocks, cuts, .. } = self;
        texts
            .iter()
            .zip(blocks)
            .zip(cuts)
            .map(|((text, block), mut cuts)| {
                // A definition leaves nothing behind; neither does an item without text.
                let bare = || text.bytes().all(|b| b" \t-+*>#.)0123456789".contains(&b));
                let block = block.unwrap_or_else(|| if bare() { Block::Text } else { Block::Unread });
                let read = matches!(block, Block::Text | Block::Heading(_) | Block::Aside);
                let prose = if read && !is_blank(text) { Prose::new(text, &mut cuts) } else { None };
                Line { block, prose }
            })
            .collect()
    }
}

#[derive(Clone, Copy)]
enum Tag {
    Element,
    Comment,
}

impl Tag {
    fn end(self) -> &'static str {
        match self {
            Self::Element => ">",
            Self::Comment => "-->",
        }
    }
}

fn start(at: Sourcepos) -> Place {
    (at.start.line.saturating_sub(1), at.start.column.saturating_sub(1))
}

/// Behind the last byte.
fn end(at: Sourcepos) -> Place {
    (at.end.line.saturating_sub(1), at.end.column)
}

/// A span of code with its ticks.
fn ticks(reading: &Reading<'_>, at: Sourcepos, count: usize) -> (Place, Place) {
    let (mut from, mut to) = (start(at), end(at));
    if !reading.rest(from).starts_with('`') {
        from.1 = from.1.saturating_sub(count);
        to.1 += count;
    }
    (from, to)
}

/// The indentation of a line that would be code.
fn code_indent(text: &str) -> Option<usize> {
    let indent = text.len() - text.trim_start_matches([' ', '\t']).len();
    (indent >= 4 || text[..indent].contains('\t')).then_some(indent)
}

/// As many bytes that are no indentation of code.
fn masked_indent(indent: &str) -> String {
    let spaces = indent.bytes().filter(|b| *b == b' ').count();
    if spaces == indent.len() {
        format!("{}{}", "\u{3000}".repeat(spaces / 3), " ".repeat(spaces % 3))
    } else {
        "\u{1}".repeat(indent.len())
    }
}

/// Where the text of a line goes on behind the marks of `quotes` quotations.
fn quoted(text: &str, indent: usize, quotes: usize) -> usize {
    let mut at = indent;
    for _ in 0..quotes {
        match text[at..].strip_prefix('>') {
            Some(rest) => at = text.len() - rest.trim_start_matches([' ', '\t']).len(),
            None => break,
        }
    }
    at
}

/// The length of what stands before an explanation: `: …` in a list of definitions, `*[CPC]: …`.
fn definition_mark(text: &str) -> Option<usize> {
    let label = match text.strip_prefix("*[") {
        Some(rest) => 2 + rest.find(']')? + 1,
        None => 0,
    };
    let rest = text.get(label..)?.strip_prefix(':')?;
    let inner = rest.trim_start_matches([' ', '\t']);
    (inner.len() < rest.len() && !inner.is_empty()).then_some(text.len() - inner.len())
}

/// `##一、` without the space: not Markdown, but meant so.
fn tight_heading(text: &str) -> Option<u8> {
    let count = text.bytes().take_while(|b| *b == b'#').count();
    let next = text[count..].chars().next()?;
    let ordinal = matches!(next, '一'..='十' if "一二三四五六七八九十".contains(next)) || matches!(next, '第' | '（');
    let single = !text[count..].trim_end_matches('#').contains('#');
    ((2..=6).contains(&count) && is_han(next) || count == 1 && ordinal && !text.ends_with('#'))
        .then_some(count as u8)
        .filter(|_| single)
}
