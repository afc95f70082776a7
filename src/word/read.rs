//! A document out of its parts, and where each of them begins.

use rustc_hash::{FxHashMap, FxHashSet};

use super::document::{Beside, Document, Line, NONE, Part, Piece, Unread};
use super::numbering::Numbering;
use super::package::Package;
use super::story::{References, Story, blank};
use super::styles::Styles;
use super::xml::{Space, Token, Tokens, attribute, is_on, local};
use super::{Refused, aside};
use crate::placeholder;
use crate::text::{Point, Span};

impl Document {
    /// The document in the bytes of a file.
    pub fn read(bytes: &[u8]) -> Result<Self, Refused> {
        let mut package = Package::open(bytes)?;
        let main = package.main()?;
        let relationships = package.relationships(&main)?;
        let named = |kind: &str| {
            let found = relationships.iter().find(|relationship| relationship.kind == kind);
            found.and_then(|relationship| relationship.target.clone())
        };
        let mut part = |name: Option<String>| match name {
            Some(name) => package.part(&name).map(Option::unwrap_or_default),
            None => Ok(String::new()),
        };
        let styles = Styles::read(&part(named("styles"))?)?;
        let numbering = Numbering::read(&part(named("numbering"))?)?;
        let pages = Pages::read(&part(named("settings"))?)?;
        let xml = part(Some(main))?;
        let mut document = Self::default();
        let references = body(&xml, &styles, &numbering, &mut document)?;
        drop(xml);
        for (kind, of) in [("footnotes", Part::Footnote), ("endnotes", Part::Endnote)] {
            let xml = part(named(kind))?;
            notes(&xml, of, &styles, &numbering, &references, &mut document)?;
        }
        for (kind, of) in [("header", Part::Header), ("footer", Part::Footer)] {
            let shown = references.shown(of, pages.even_differ);
            let of_kind = || relationships.iter().filter(|found| found.kind == kind);
            let targets: FxHashMap<&str, &Option<String>> =
                of_kind().rev().map(|found| (found.id.as_str(), &found.target)).collect();
            let mut known = FxHashSet::default();
            for id in &shown {
                let xml = part(targets.get(id.as_str()).and_then(|target| (*target).clone()))?;
                margin(&xml, of, &styles, &numbering, &mut known, &mut document)?;
            }
            let shown: FxHashSet<&String> = shown.iter().collect();
            for other in of_kind().filter(|found| !shown.contains(&found.id)) {
                let words = aside::words(&part(other.target.clone()).unwrap_or_default());
                if aside::holds_blank(&words) {
                    document.unread.push(Unread::Unshown);
                }
                document.withhold(Beside::Margin, words);
            }
        }
        match part(named("comments")) {
            Ok(xml) if !xml.trim().is_empty() => aside::comments(&xml, &mut document),
            Ok(_) if !references.remarks => {}
            _ => document.unread.push(Unread::Remarks),
        }
        for address in relationships.iter().filter_map(|found| found.address.as_deref()) {
            document.withhold(Beside::Behind, aside::address(address));
        }
        for name in ["docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"] {
            let words = part(Some(name.to_owned())).unwrap_or_default();
            document.withhold(Beside::Properties, aside::texts(&words));
        }
        let properties = part(Some("docProps/core.xml".to_owned())).unwrap_or_default();
        if properties.split('>').any(|text| aside::holds_blank(text.split('<').next().unwrap_or(text))) {
            document.unread.push(Unread::Properties);
        }
        Ok(document)
    }
}

/// What the settings say of pages.
struct Pages {
    even_differ: bool,
}

impl Pages {
    fn read(xml: &str) -> Result<Self, Refused> {
        let mut tokens = Tokens::new(xml);
        let mut even_differ = false;
        loop {
            match tokens.next()? {
                Token::Open { tag, .. } if local(&tag) == "evenAndOddHeaders" => even_differ = is_on(&tag),
                Token::End => return Ok(Self { even_differ }),
                _ => {}
            }
        }
    }
}
/// Reads the body.
fn body(xml: &str, styles: &Styles, numbering: &Numbering, document: &mut Document) -> Result<References, Refused> {
    let mut story = Story::new(Part::Body, styles, numbering, document);
    let mut tokens = Tokens::new(xml);
    let root = tokens.root()?.ok_or(Refused::Damaged)?;
    // It tells a document from other parts.
    if tokens.space != Space::Word || local(&root) != "document" {
        return Err(Refused::Damaged);
    }
    story.read(&mut tokens, NONE)?;
    tokens.finish()?;
    Ok(story.references)
}

/// Reads the notes that the body refers to.
fn notes(
    xml: &str,
    part: Part,
    styles: &Styles,
    numbering: &Numbering,
    references: &References,
    document: &mut Document,
) -> Result<(), Refused> {
    let mut tokens = Tokens::new(xml);
    let mut story = Story::new(part, styles, numbering, document);
    let of_part = references.notes.keys().filter(|(of, _)| *of == part);
    let mut missing: FxHashSet<&str> = of_part.map(|(_, id)| id.as_str()).collect();
    if xml.trim().is_empty() && !missing.is_empty() {
        return Err(Refused::Damaged);
    }
    loop {
        match tokens.next()? {
            Token::Open { tag, empty } if matches!(local(&tag), "footnote" | "endnote") => {
                let id = attribute(&tag, "id").unwrap_or_default();
                missing.remove(id.as_str());
                if empty {
                    continue;
                }
                match references.notes.get(&(part, id)) {
                    Some(anchor) => story.read(&mut tokens, *anchor)?,
                    None => {
                        tokens.skip()?;
                        story.aside(Unread::Unshown, &tokens.xml[tokens.range.clone()]);
                    }
                }
            }
            Token::End => {
                document.unread.extend(missing.into_iter().map(|_| Unread::Notes));
                return Ok(());
            }
            _ => {}
        }
    }
}

/// Reads a header or footer, which has to be there. What is neither Chinese nor a blank, the numbers of pages above all, is left out, and what
/// other pages show as well.
fn margin(
    xml: &str,
    part: Part,
    styles: &Styles,
    numbering: &Numbering,
    known: &mut FxHashSet<String>,
    document: &mut Document,
) -> Result<(), Refused> {
    let mut one = Document::default();
    let mut story = Story::new(part, styles, numbering, &mut one);
    let mut tokens = Tokens::new(xml);
    if tokens.root()?.is_none() {
        return Ok(());
    }
    story.read(&mut tokens, NONE)?;
    document.unread.append(&mut one.unread);
    let mut open = one.open.iter().peekable();
    let mut here = FxHashSet::default();
    for (n, (line, text)) in one.lines.iter().zip(one.text.lines()).enumerate() {
        let is_chinese = text.chars().any(crate::text::chars::is_han);
        let is_blank = || !placeholder::read(text, &placeholder::Place::default()).is_empty();
        let is_open = |span: &&Span| span.start.line == n as u32;
        let open: Vec<&Span> = std::iter::from_fn(|| open.next_if(is_open)).collect();
        if (is_chinese || is_blank()) && !known.contains(text) {
            here.insert(text);
            if document.lines.last().is_some_and(|last| matches!(last.place.part, Part::Body | Part::TextBox)) {
                blank(document, line.place);
            }
            let (start, pieces) = (document.text.len() as u32, document.pieces.len() as u32);
            let at = document.lines.len() as u32;
            let moved = |span: &Span| Span::new(Point::new(at, span.start.byte), Point::new(at, span.end.byte));
            document.open.extend(open.into_iter().map(moved));
            document.pieces.push(Piece { at: 0, len: text.len() as u32, xml: 0..0, run: NONE - 1 });
            document.lines.push(Line { start, pieces, host: NONE, at: 0, ..*line });
            document.text.push_str(text);
            document.text.push('\n');
        } else if !known.contains(text) {
            document.withhold(Beside::Margin, text.to_owned());
        }
    }
    document.withheld.append(&mut one.withheld);
    known.extend(here.into_iter().map(str::to_owned));
    Ok(())
}
