//! The parts of a package by name and by relationship, within bounds.

use std::cell::Cell;
use std::io::{Cursor, Read as _};

use memchr::memmem;
use rustc_hash::FxHashMap;
use zip::ZipArchive;
use zip::result::ZipError;

use super::Refused;
use super::xml::{Token, Tokens, attribute, local};

/// Parts of a package.
const MOST_PARTS: usize = 20_000;
/// Bytes of one part, unpacked.
const LONGEST_PART: u64 = 64 << 20;
/// Bytes of all parts that are read.
const LONGEST: u64 = 160 << 20;

pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Where a part is, by its [`key`].
    places: FxHashMap<String, usize>,
    left: Cell<u64>,
}

/// What one part says of another.
pub(super) struct Relationship {
    pub id: String,
    /// The last word of its type: `styles`, `comments`.
    pub kind: String,
    /// The name of the other part; none where it lies outside.
    pub target: Option<String>,
    /// What lies outside.
    pub address: Option<String>,
}

impl<'a> Package<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Self, Refused> {
        if super::is_encrypted(bytes) {
            return Err(Refused::Encrypted);
        }
        // The directory is read as a whole: its length is looked at before.
        if memmem::find_iter(bytes, b"PK\x01\x02").take(MOST_PARTS + 1).count() > MOST_PARTS {
            return Err(Refused::Excessive);
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| refused(&error))?;
        // Two programs would read two documents in it.
        if archive.has_duplicate_names() || archive.has_overlapping_entries().map_err(|error| refused(&error))? {
            return Err(Refused::Damaged);
        }
        let mut places = FxHashMap::default();
        for index in 0..archive.len() {
            let name = archive.name_for_index(index).and_then(Result::ok).ok_or(Refused::Damaged)?;
            if places.insert(key(&name), index).is_some() {
                return Err(Refused::Damaged);
            }
        }
        Ok(Self { archive, places, left: Cell::new(LONGEST) })
    }

    /// Whether its parts are signed.
    pub fn is_signed(&self) -> bool {
        self.places.keys().any(|name| name.starts_with("_xmlsignatures/"))
    }

    pub fn has(&self, name: &str) -> bool {
        self.places.contains_key(&key(name))
    }

    /// The keys of all parts.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(String::as_str)
    }

    /// The name of the main part.
    pub fn main(&mut self) -> Result<String, Refused> {
        let all = self.relationships("")?;
        let main = all.into_iter().find(|found| found.kind == "officeDocument").and_then(|found| found.target);
        main.filter(|name| self.has(name)).ok_or(Refused::Damaged)
    }

    /// The XML of a part; nothing where there is no such part.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, Refused> {
        let Some(&index) = self.places.get(&key(name)) else { return Ok(None) };
        let file = self.archive.by_index(index).map_err(|error| refused(&error))?;
        let limit = LONGEST_PART.min(self.left.get());
        if file.size() > limit {
            return Err(Refused::Excessive);
        }
        let mut bytes = Vec::with_capacity(usize::try_from(file.size()).unwrap_or(0));
        file.take(limit + 1).read_to_end(&mut bytes).map_err(|_| Refused::Damaged)?;
        let length = bytes.len() as u64;
        if length > limit {
            return Err(Refused::Excessive);
        }
        self.left.set(self.left.get() - length);
        text(bytes).map(Some)
    }

    /// What the part `name` says of others; for the empty name, what the package says.
    pub fn relationships(&mut self, name: &str) -> Result<Vec<Relationship>, Refused> {
        let Some(xml) = self.part(&relationships_of(name))? else { return Ok(Vec::new()) };
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        // Where it has nothing in it, what it said is lost.
        let is_lost = xml.trim().is_empty();
        let mut tokens = Tokens::new(&xml);
        let (mut found, mut depth) = (Vec::new(), 0);
        loop {
            match tokens.next()? {
                Token::End if is_lost => return Err(Refused::Damaged),
                // One inside another is none.
                Token::Open { tag, empty } if depth == 1 && local(&tag) == "Relationship" => {
                    depth += usize::from(!empty);
                    let [id, kind, target] = ["Id", "Type", "Target"].map(|name| attribute(&tag, name));
                    let is_outside = attribute(&tag, "TargetMode").as_deref() == Some("External");
                    let (Some(id), Some(kind), Some(target)) = (id, kind, target) else { continue };
                    let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                    let (target, address) =
                        if is_outside { (None, Some(target)) } else { (Some(resolved(folder, &target)), None) };
                    found.push(Relationship { id, kind, target, address });
                }
                Token::Open { empty, .. } => depth += usize::from(!empty),
                Token::Close => depth -= 1,
                Token::End => return Ok(found),
                _ => {}
            }
        }
    }
}

/// The name of the part that holds the relationships of the part `name`.
pub(super) fn relationships_of(name: &str) -> String {
    match name.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
        None => format!("_rels/{name}.rels"),
    }
}

/// A name as it is compared with others: in any case, with either slash, and bytes by their numbers or not.
pub(super) fn key(name: &str) -> String {
    let name = name.trim_start_matches(['/', '\\']).replace('\\', "/");
    unescaped(&name).unwrap_or(name).to_ascii_lowercase()
}

/// A name with the bytes that it has by their numbers: `%E6%96%87`. Nothing where they are no text.
fn unescaped(name: &str) -> Option<String> {
    let (head, escaped) = name.split_once('%')?;
    let mut bytes = head.as_bytes().to_vec();
    for part in escaped.split('%') {
        let number = part.get(..2).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
        bytes.push(u8::from_str_radix(number, 16).ok()?);
        bytes.extend(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).ok()
}

/// A target as the name of a part.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut steps: Vec<&str> = match target.starts_with('/') {
        true => Vec::new(),
        false => folder.split('/').filter(|step| !step.is_empty()).collect(),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// The text of a part in UTF-8, and said to be in it.
fn text(bytes: Vec<u8>) -> Result<String, Refused> {
    let units = |unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        let text = String::from_utf16(&units).map_err(|_| Refused::Damaged)?;
        let body = match text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")) {
            Some((_, body)) => body,
            None => &text,
        };
        Ok(format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>{body}"))
    };
    match bytes.as_slice() {
        [0xff, 0xfe, ..] => units(u16::from_le_bytes),
        [0xfe, 0xff, ..] => units(u16::from_be_bytes),
        _ => {
            let text = String::from_utf8(bytes).map_err(|_| Refused::Damaged)?;
            Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
        }
    }
}

fn refused(error: &ZipError) -> Refused {
    match error {
        ZipError::InvalidPassword => Refused::Encrypted,
        ZipError::UnsupportedArchive(what) if what.to_ascii_lowercase().contains("password") => Refused::Encrypted,
        _ => Refused::Damaged,
    }
}
