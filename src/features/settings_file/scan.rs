//! Where something stands in a settings file that need not be whole.

use std::ops::Range;

use toml_parser::decoder::Encoding;
use toml_parser::parser::{EventReceiver, parse_document};
use toml_parser::{ErrorSink, Raw, Source, Span};

/// The words of the file, in text order. What stands in an inline table is passed over.
#[derive(Default)]
pub struct File {
    headers: Vec<Header>,
    entries: Vec<Entry>,
    /// What is no place for anything.
    comments: Vec<Range<usize>>,
}

/// A line `[table]`.
struct Header {
    /// From bracket to bracket, or as far as it goes.
    range: Range<usize>,
    path: Vec<Name>,
}

/// `key = value`, or as much of it as there is.
struct Entry {
    /// The table that it stands in, and its own keys.
    path: Vec<Name>,
    /// How many names of the path are those of the table.
    base: usize,
    equals: Option<usize>,
    /// The strings, numbers and words of the value, those of a list included.
    scalars: Vec<Range<usize>>,
    /// The end of the value, or of what there is of it; `None` as long as there is nothing.
    end: Option<usize>,
}

#[derive(Clone)]
struct Name {
    text: String,
    range: Range<usize>,
}

/// What may be written at a place.
#[derive(Debug, PartialEq, Eq)]
pub enum Place {
    Nothing,
    /// A table, brackets and all, instead of the range.
    Header(Range<usize>),
    /// A key in a table.
    Key {
        table: Vec<String>,
        range: Range<usize>,
        has_value: bool,
    },
    /// The value of a setting.
    Value {
        path: Vec<String>,
        range: Range<usize>,
    },
}

/// A word of the file.
pub enum Word {
    /// A key or the name of a table, with the names before it.
    Key(Vec<String>),
    /// A value, with the names of its key.
    Value(Vec<String>),
}

impl File {
    pub fn scan(text: &str) -> Self {
        let tokens = Source::new(text).lex().into_vec();
        let mut scanner = Scanner { text, ..Scanner::default() };
        parse_document(&tokens, &mut scanner, &mut ());
        scanner.end_line(text.len());
        scanner.file
    }

    /// Whether something of that name is written already.
    pub fn has(&self, path: &[&str]) -> bool {
        let begins = |names: &[Name]| names.len() >= path.len() && names.iter().zip(path).all(|(n, p)| n.text == *p);
        self.headers.iter().any(|header| begins(&header.path))
            // What is being typed without a value does not count.
            || self.entries.iter().any(|entry| entry.equals.is_some() && begins(&entry.path))
    }

    pub fn place(&self, text: &str, at: usize) -> Place {
        if self.comments.iter().any(|comment| comment.start < at && at <= comment.end) {
            return Place::Nothing;
        }
        if let Some(header) = self.headers.iter().find(|header| header.range.start < at && at <= header.range.end) {
            return Place::Header(header.range.clone());
        }
        let line = line_of(text, at);
        for entry in &self.entries {
            let key = entry.path[entry.base..].iter().position(|name| touches(&name.range, at));
            if let Some(key) = key.map(|n| n + entry.base) {
                let has_value = entry.equals.is_some() || key + 1 < entry.path.len();
                let range = entry.path[key].range.clone();
                return Place::Key { table: texts(&entry.path[..key]), range, has_value };
            }
            let Some(equals) = entry.equals.filter(|&equals| equals < at) else { continue };
            if at <= entry.end.unwrap_or_else(|| line_of(text, equals).end) {
                let touched = entry.scalars.iter().find(|range| touches(range, at)).cloned();
                return Place::Value { path: texts(&entry.path), range: touched.unwrap_or(at..at) };
            }
        }
        if !text[line.start..at].trim().is_empty() {
            return Place::Nothing;
        }
        let header = self.headers.iter().rev().find(|header| header.range.end <= at);
        Place::Key { table: header.map_or_else(Vec::new, |h| texts(&h.path)), range: at..at, has_value: false }
    }

    /// The word around `at`.
    pub fn word(&self, at: usize) -> Option<(Word, Range<usize>)> {
        let paths = self.headers.iter().map(|header| (&header.path, 0));
        for (path, base) in paths.chain(self.entries.iter().map(|entry| (&entry.path, entry.base))) {
            if let Some(n) = (base..path.len()).find(|&n| path[n].range.contains(&at)) {
                return Some((Word::Key(texts(&path[..=n])), path[n].range.clone()));
            }
        }
        self.entries.iter().find_map(|entry| {
            let range = entry.scalars.iter().find(|range| range.contains(&at))?;
            Some((Word::Value(texts(&entry.path)), range.clone()))
        })
    }
}

fn texts(names: &[Name]) -> Vec<String> {
    names.iter().map(|name| name.text.clone()).collect()
}

fn touches(range: &Range<usize>, at: usize) -> bool {
    range.start <= at && at <= range.end
}

fn line_of(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
    start..text[at..].find(['\r', '\n']).map_or(text.len(), |n| at + n)
}

/// Makes words of what the parser finds.
#[derive(Default)]
struct Scanner<'a> {
    text: &'a str,
    file: File,
    /// The first bracket of the header in hand.
    header: Option<usize>,
    /// The names in hand: of the header, or of a key that has no value yet.
    names: Vec<Name>,
    is_in_list: bool,
}

impl Scanner<'_> {
    fn entry(&mut self, equals: Option<usize>) {
        let header = self.file.headers.last().map_or(&[][..], |header| &header.path);
        let (base, path) = (header.len(), [header, &self.names].concat());
        self.names.clear();
        self.is_in_list = false;
        self.file.entries.push(Entry { path, base, equals, scalars: Vec::new(), end: None });
    }

    /// The value in hand goes up to `end`.
    fn reach(&mut self, end: usize) {
        if let Some(entry) = self.file.entries.last_mut() {
            entry.end = Some(end);
        }
    }

    fn begin_header(&mut self, span: Span) {
        self.end_line(span.start());
        self.header = Some(span.start());
    }

    fn end_header(&mut self, end: usize) {
        if let Some(start) = self.header.take() {
            let path = std::mem::take(&mut self.names);
            self.file.headers.push(Header { range: start..end, path });
        }
    }

    fn end_line(&mut self, end: usize) {
        self.end_header(end);
        if !self.names.is_empty() {
            self.entry(None);
        }
    }
}

impl EventReceiver for Scanner<'_> {
    fn std_table_open(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.begin_header(span);
    }

    fn std_table_close(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.end_header(span.end());
    }

    fn array_table_open(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.begin_header(span);
    }

    fn array_table_close(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.end_header(span.end());
    }

    fn inline_table_open(&mut self, span: Span, _: &mut dyn ErrorSink) -> bool {
        self.reach(span.end());
        false
    }

    fn inline_table_close(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.reach(span.end());
    }

    fn array_open(&mut self, span: Span, _: &mut dyn ErrorSink) -> bool {
        self.reach(span.end());
        // Lists of lists mean nothing here.
        !std::mem::replace(&mut self.is_in_list, true)
    }

    fn array_close(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.is_in_list = false;
        self.reach(span.end());
    }

    fn simple_key(&mut self, span: Span, encoding: Option<Encoding>, _: &mut dyn ErrorSink) {
        let range = span.start()..span.end();
        let mut text = String::new();
        let raw = Raw::new_unchecked(&self.text[range.clone()], encoding, span);
        raw.decode_key(&mut text, &mut ());
        self.names.push(Name { text, range });
    }

    fn key_val_sep(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.entry(Some(span.start()));
    }

    fn scalar(&mut self, span: Span, _: Option<Encoding>, _: &mut dyn ErrorSink) {
        if let Some(entry) = self.file.entries.last_mut().filter(|_| !span.is_empty()) {
            entry.scalars.push(span.start()..span.end());
            entry.end = Some(span.end());
        }
    }

    fn comment(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.file.comments.push(span.start()..span.end());
    }

    fn newline(&mut self, span: Span, _: &mut dyn ErrorSink) {
        if !self.is_in_list {
            self.end_line(span.start());
        }
    }
}
