//! The XML of a part as tokens with their places: no entities but the five of XML, no depth without an end.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::NsReader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

use super::Refused;

/// Elements inside elements.
const DEEPEST: usize = 1_000;

/// What an element belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    Word,
    /// Alternatives for programs that understand less.
    Compatibility,
    Mathematics,
    Other,
}

pub(super) enum Token<'a> {
    /// `<name …>`, or `<name …/>` if it is empty.
    Open {
        tag: BytesStart<'a>,
        empty: bool,
    },
    Close,
    /// Characters as they stand, without references.
    Text(Cow<'a, str>),
    /// A character that was written as `&…;`.
    Reference(char),
    End,
}

/// A reader of tokens.
pub(super) struct Tokens<'a> {
    /// All of it.
    pub xml: &'a str,
    reader: NsReader<&'a [u8]>,
    depth: usize,
    /// Where the last token stands.
    pub range: Range<usize>,
    /// What its element belongs to.
    pub space: Space,
}

impl<'a> Tokens<'a> {
    pub fn new(xml: &'a str) -> Self {
        Self { xml, reader: NsReader::from_str(xml), depth: 0, range: 0..0, space: Space::Other }
    }

    /// The next token.
    pub fn next(&mut self) -> Result<Token<'a>, Refused> {
        loop {
            let start = self.reader.buffer_position() as usize;
            let (space, event) = self.reader.read_resolved_event().map_err(|_| Refused::Damaged)?;
            self.space = match space {
                ResolveResult::Bound(name) => space_of(name.0),
                _ => Space::Other,
            };
            self.range = start..self.reader.buffer_position() as usize;
            return Ok(match event {
                Event::Start(tag) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(Refused::Excessive);
                    }
                    Token::Open { tag, empty: false }
                }
                Event::Empty(tag) => Token::Open { tag, empty: true },
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Token::Close
                }
                Event::Text(text) => Token::Text(text.into_inner()),
                Event::CData(text) => Token::Text(text.into_inner()),
                Event::GeneralRef(reference) => Token::Reference(character(&reference.into_inner())?),
                Event::Eof if self.depth > 0 => return Err(Refused::Damaged),
                Event::Eof => Token::End,
                // Entities of its own: no office program writes them.
                Event::DocType(_) => return Err(Refused::Damaged),
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) => continue,
            });
        }
    }

    /// The outermost element; nothing, if nothing stands in it.
    pub fn root(&mut self) -> Result<Option<BytesStart<'a>>, Refused> {
        loop {
            match self.next()? {
                Token::Open { tag, empty } => return Ok((!empty).then_some(tag)),
                Token::Text(_) => {}
                _ => return Err(Refused::Damaged),
            }
        }
    }

    /// Holds that nothing stands behind the outermost element.
    pub fn finish(&mut self) -> Result<(), Refused> {
        loop {
            match self.next()? {
                Token::End => return Ok(()),
                Token::Text(text) if text.trim().is_empty() => {}
                _ => return Err(Refused::Damaged),
            }
        }
    }

    /// Passes over what stands in the element that has just been opened, and its end.
    pub fn skip(&mut self) -> Result<(), Refused> {
        let (start, outside) = (self.range.start, self.depth.saturating_sub(1));
        while self.depth > outside {
            self.next()?;
        }
        self.range.start = start;
        Ok(())
    }
}

fn space_of(name: &str) -> Space {
    match name {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Space::Word,
        "http://schemas.openxmlformats.org/markup-compatibility/2006" => Space::Compatibility,
        "http://schemas.openxmlformats.org/officeDocument/2006/math"
        | "http://purl.oclc.org/ooxml/officeDocument/math" => Space::Mathematics,
        _ => Space::Other,
    }
}

fn character(reference: &str) -> Result<char, Refused> {
    let text = format!("&{reference};");
    let text = unescape(&text).map_err(|_| Refused::Damaged)?;
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Ok(c),
        _ => Err(Refused::Damaged),
    }
}

/// The name of an element without its prefix.
pub(super) fn local<'t>(tag: &'t BytesStart) -> &'t str {
    tag.local_name().into_inner()
}

/// The value of an attribute, known by its name without the prefix.
pub(super) fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let found = attributes.with_checks(false).flatten().find(|a| a.key.local_name().into_inner() == name)?;
    let value = found.value;
    let text: &str = &value;
    Some(unescape(text).map_or_else(|_| text.to_owned(), Cow::into_owned))
}

/// The `val` of an element.
pub(super) fn value(tag: &BytesStart) -> Option<String> {
    attribute(tag, "val")
}

/// The `val` of an element as a number.
pub(super) fn number<N: std::str::FromStr>(tag: &BytesStart) -> Option<N> {
    value(tag)?.trim().parse().ok()
}

/// Whether an element that switches something on does.
pub(super) fn is_on(tag: &BytesStart) -> bool {
    !matches!(value(tag).as_deref(), Some("0" | "false" | "off" | "none"))
}

/// Whether an attribute switches something on.
pub(super) fn is_set(tag: &BytesStart, name: &str) -> bool {
    matches!(attribute(tag, name).as_deref(), Some("1" | "true" | "on"))
}
