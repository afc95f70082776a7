//! Of a document that serves as a template, what lays out: styles, numbers, fonts, margins, headers and footers. What
//! was written in it, about it and by whom stays behind.

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;
use rustc_hash::FxHashSet;

use crate::word::Refused;
use crate::word::package::{Package, Relationship, key, relationships_of};
use crate::word::write::{TYPES, rebuilt};
use crate::word::xml::{Token, Tokens, attribute, local};

const TEMPLATE: &str = "wordprocessingml.template.main+xml";
const DOCUMENT: &str = "wordprocessingml.document.main+xml";

/// Settings about other files, about who may write, and about how the text came to be.
const DROPPED: [&str; 9] = [
    "attachedTemplate", "attachedSchema", "schemaLibrary", "mailMerge", "saveThroughXslt", "docVars", "rsids",
    "writeProtection", "documentProtection",
];

pub(super) struct Template<'a> {
    bytes: &'a [u8],
    package: Package<'a>,
    /// The name of the main part, and what it says of others.
    main: String,
    relationships: Vec<Relationship>,
    types: String,
}

impl<'a> Template<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Self, Refused> {
        let mut package = Package::open(bytes)?;
        if package.is_signed() {
            return Err(Refused::Signed);
        }
        let main = package.main()?;
        let types = package.part(TYPES)?.ok_or(Refused::Damaged)?;
        if types.contains("macroEnabled") {
            return Err(Refused::Macros);
        }
        let relationships = package.relationships(&main)?;
        Ok(Self { bytes, package, main, relationships, types })
    }

    pub fn styles(&mut self) -> Result<String, Refused> {
        let styles = self.relationships.iter().find(|found| found.kind == "styles");
        let name = styles.and_then(|found| found.target.clone());
        let xml = name.map_or(Ok(None), |name| self.package.part(&name))?;
        Ok(xml.unwrap_or_default())
    }

    /// A document that is laid out like it and has this body.
    pub fn filled(mut self, body: &str) -> Result<Vec<u8>, Refused> {
        let xml = self.package.part(&self.main)?.ok_or(Refused::Damaged)?;
        let xml = with_body(&xml, body).filter(|xml| is_whole(xml)).ok_or(Refused::Unusual)?;
        let mut parts = BTreeMap::new();
        let mut kept = FxHashSet::default();
        let mut waiting = Vec::new();
        let mut ids = FxHashSet::default();
        for Relationship { id, kind, target, .. } in std::mem::take(&mut self.relationships) {
            // What a section or the background names, and what a document has by itself.
            let is_kept = match kind.as_str() {
                "header" | "footer" | "image" => names(&xml, &id),
                "styles" | "numbering" | "theme" | "settings" | "fontTable" | "footnotes" | "endnotes" => true,
                _ => false,
            };
            let Some(name) = target.filter(|name| is_kept && self.package.has(name)) else { continue };
            let bare = match kind.as_str() {
                "settings" => Some(self.settings(&name)?),
                "footnotes" | "endnotes" => match self.separators(&name)? {
                    None => continue,
                    some => some,
                },
                _ => None,
            };
            parts.extend(bare.map(|xml| (name.clone(), Some(xml))));
            ids.insert(id);
            waiting.push(name);
        }
        self.relate(&self.main.clone(), &ids, &mut parts, &mut kept)?;
        parts.insert(self.main.clone(), Some(xml));
        kept.extend([key(&self.main), key(TYPES)]);
        while let Some(name) = waiting.pop() {
            if !kept.insert(key(&name)) {
                continue;
            }
            let relationships = self.package.relationships(&name)?;
            if relationships.is_empty() {
                continue;
            }
            // A part in another language is not looked into.
            let xml = match parts.get(&name) {
                Some(xml) => xml.clone(),
                None if key(&name).ends_with(".xml") => self.package.part(&name)?,
                None => None,
            };
            let mut ids = FxHashSet::default();
            for Relationship { id, target, .. } in relationships {
                if xml.as_ref().is_none_or(|xml| names(xml, &id)) {
                    ids.insert(id);
                    waiting.extend(target.filter(|name| self.package.has(name)));
                }
            }
            self.relate(&name, &ids, &mut parts, &mut kept)?;
        }
        let all = self.package.relationships("")?.into_iter();
        let of_main = all.filter(|found| found.target.as_ref().is_some_and(|name| key(name) == key(&self.main)));
        self.relate("", &of_main.map(|found| found.id).collect(), &mut parts, &mut kept)?;
        let types =
            without(&self.types, |tag| attribute(tag, "PartName").is_some_and(|name| !kept.contains(&key(&name))))?;
        parts.insert(TYPES.to_owned(), Some(types.replace(TEMPLATE, DOCUMENT)));
        let others = self.package.names().filter(|name| !kept.contains(*name));
        parts.extend(others.map(|name| (name.to_owned(), None)));
        rebuilt(self.bytes, &parts)
    }

    /// Of the relationships of a part, keeps those with these ids.
    fn relate(
        &mut self,
        name: &str,
        ids: &FxHashSet<String>,
        parts: &mut BTreeMap<String, Option<String>>,
        kept: &mut FxHashSet<String>,
    ) -> Result<(), Refused> {
        let file = relationships_of(name);
        let Some(xml) = self.package.part(&file)?.filter(|_| !ids.is_empty()) else { return Ok(()) };
        let xml = without(&xml, |tag| attribute(tag, "Id").is_none_or(|id| !ids.contains(&id)))?;
        kept.insert(key(&file));
        parts.insert(file, Some(xml));
        Ok(())
    }

    fn settings(&mut self, name: &str) -> Result<String, Refused> {
        let xml = self.package.part(name)?.unwrap_or_default();
        without(&xml, |tag| DROPPED.contains(&local(tag)))
    }

    /// The lines above notes, without the notes; none where there are none.
    fn separators(&mut self, name: &str) -> Result<Option<String>, Refused> {
        let xml = self.package.part(name)?.unwrap_or_default();
        let mut any = false;
        let xml = without(&xml, |tag| {
            let is_note = attribute(tag, "type").is_none_or(|kind| kind == "normal");
            any |= !is_note;
            is_note
        })?;
        Ok(any.then_some(xml))
    }
}

/// Whether a part names a relationship.
fn names(xml: &str, id: &str) -> bool {
    xml.contains(&format!("\"{id}\"")) || xml.contains(&format!("'{id}'"))
}

/// `xml` without those children of its outermost element that are `gone`.
fn without(xml: &str, mut gone: impl FnMut(&BytesStart) -> bool) -> Result<String, Refused> {
    let mut tokens = Tokens::new(xml);
    let mut out = String::with_capacity(xml.len());
    let (mut depth, mut at) = (0, 0);
    loop {
        match tokens.next()? {
            Token::Open { tag, empty } if depth == 1 && gone(&tag) => {
                if !empty {
                    tokens.skip()?;
                }
                out += &xml[at..tokens.range.start];
                at = tokens.range.end;
            }
            Token::Open { empty, .. } => depth += usize::from(!empty),
            Token::Close => depth -= 1,
            Token::End => return Ok(out + &xml[at..]),
            _ => {}
        }
    }
}

/// A document with another body, and the last of its sections.
fn with_body(xml: &str, body: &str) -> Option<String> {
    let start = xml.find("<w:body>")? + "<w:body>".len();
    let end = xml.rfind("</w:body>")?;
    let old = xml.get(start..end)?;
    // The section of the body itself stands behind the last paragraph.
    let last = old.rfind("</w:p>").map_or(0, |at| at + "</w:p>".len());
    let section = old[last..].find("<w:sectPr").map_or("", |at| &old[last + at..]);
    // How it was before, and for which printer, is nothing to the new one.
    let section = without(section, |tag| matches!(local(tag), "sectPrChange" | "printerSettings")).ok()?;
    Some(format!("{}{body}{section}{}", &xml[..start], &xml[end..]))
}

/// Whether every element ends, and nothing stands behind the last.
fn is_whole(xml: &str) -> bool {
    let mut tokens = Tokens::new(xml);
    matches!(tokens.root(), Ok(Some(_))) && tokens.skip().is_ok() && tokens.finish().is_ok()
}
