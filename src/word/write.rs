//! Marks and proposals into the main part, and parts into the package. What nothing is said about stays as it is,
//! byte for byte.

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::Refused;
use super::document::{Document, NONE, Part, Piece, Run};
use super::package::key;
use super::runs::{Cuts, Rank, cut};
use crate::text::{Edit, Point, Span};

/// By whom comments and proposals are.
pub(super) const AUTHOR: &str = "讲稿";
/// The part that says what the others are.
pub(super) const TYPES: &str = "[Content_Types].xml";

/// Where in the main part something is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    /// Between the characters of a run.
    Inside { run: u32, at: u32 },
    /// Between elements of a paragraph.
    Between(u32),
}

/// What an edit does to runs.
pub(super) struct Touched {
    /// The characters that it takes away, by run.
    pub gone: Vec<(u32, Range<u32>)>,
    /// Where its text goes.
    pub spot: Spot,
    /// The run whose form its text takes.
    pub form: u32,
}

/// What goes into the main part.
#[derive(Default)]
pub(super) struct Splices {
    runs: BTreeMap<u32, Cuts>,
    between: Vec<(u32, Rank, String)>,
}

impl Splices {
    pub fn put(&mut self, spot: Spot, rank: Rank, xml: String) {
        match spot {
            Spot::Inside { run, at } => self.runs.entry(run).or_default().inserted.push((at, rank, xml)),
            Spot::Between(at) => self.between.push((at, rank, xml)),
        }
    }

    /// Proposes to delete characters of a run; `element` is the start tag of the proposal.
    pub fn delete(&mut self, run: u32, range: Range<u32>, element: String) {
        self.runs.entry(run).or_default().deleted.push((range, element));
    }

    /// The part with everything put in.
    pub fn apply(self, xml: &str, runs: &[Run]) -> Result<String, Refused> {
        let mut pieces: Vec<(Range<usize>, Rank, String)> = Vec::new();
        for (run, cuts) in &self.runs {
            let range = runs.get(*run as usize).ok_or(Refused::Damaged)?.xml.clone();
            let range = range.start as usize..range.end as usize;
            pieces.push((range.clone(), Rank::Text, cut(xml, range, cuts)?));
        }
        pieces.extend(self.between.into_iter().map(|(at, rank, text)| (at as usize..at as usize, rank, text)));
        // What ends before a run stands before it, what begins with it as well.
        pieces.sort_by_key(|(range, rank, _)| (range.start, range.end, *rank));
        let mut out = String::with_capacity(xml.len() + pieces.iter().map(|(.., text)| text.len()).sum::<usize>());
        let mut at = 0;
        for (range, _, text) in pieces {
            out += xml.get(at..range.start).ok_or(Refused::Damaged)?;
            out += &text;
            at = range.end;
        }
        out += xml.get(at..).ok_or(Refused::Damaged)?;
        Ok(out)
    }
}

impl Document {
    /// Where the ends of `span`, which lies in one line, stand in the main part; and whether they are its own, not
    /// those of what stands for it.
    pub(super) fn spots(&self, span: Span) -> Option<(Spot, Spot, bool)> {
        let line = self.lines.get(span.start.line as usize)?;
        let outside = |anchor: u32| {
            let range = self.anchors.get(anchor as usize)?;
            Some((Spot::Between(range.start), Spot::Between(range.end)))
        };
        if line.host != NONE {
            return outside(line.host).map(|(start, end)| (start, end, false));
        }
        if line.place.part != Part::Body {
            let first = self.lines.iter().find(|line| line.place.part == Part::Body)?.at;
            return Some((Spot::Between(first), Spot::Between(first), false));
        }
        let pieces = self.pieces_of(span.start.line);
        let is_real = |n: &usize| pieces.get(*n).is_some_and(|piece| (piece.run as usize) < self.runs.len());
        let from = pieces.partition_point(|piece| piece.at + piece.len <= span.start.byte);
        let to = pieces.partition_point(|piece| piece.at < span.end.byte.max(span.start.byte + 1));
        let (Some(first), last) = ((from..pieces.len()).find(is_real), (0..to).rev().find(is_real)) else {
            return Some((Spot::Between(line.at), Spot::Between(line.at), true));
        };
        // A number alone is marked by the first character behind it.
        let last = last.unwrap_or(first).max(first);
        let start = self.spot(&pieces[first], span.start, false)?;
        let end = if span.end.byte <= pieces[first].at {
            let next = self.line(span.start.line)[pieces[first].at as usize..].chars().next().map_or(0, char::len_utf8);
            self.spot(&pieces[first], Point::new(span.end.line, pieces[first].at + next as u32), true)?
        } else {
            self.spot(&pieces[last], span.end, true)?
        };
        Some((start, end, true))
    }

    fn spot(&self, piece: &Piece, point: Point, is_end: bool) -> Option<Spot> {
        let run = self.runs.get(piece.run as usize)?;
        if !run.is_divisible || piece.xml.is_empty() {
            let range = self.anchors.get(run.anchor as usize)?;
            return Some(Spot::Between(if is_end { range.end } else { range.start }));
        }
        let within = point.byte.saturating_sub(piece.at).min(piece.len);
        let at = match piece.xml.len() == piece.len as usize {
            true => piece.xml.start + within,
            false if within == 0 => piece.xml.start,
            false => piece.xml.end,
        };
        Some(Spot::Inside { run: piece.run, at })
    }

    /// Whether an edit can stand as a proposal: all it touches is text of the document itself, in one form.
    pub fn can_revise(&self, edit: &Edit) -> bool {
        self.touched(edit).is_some()
    }

    pub(super) fn touched(&self, edit: &Edit) -> Option<Touched> {
        let Span { start, end } = edit.span;
        let line = self.lines.get(start.line as usize)?;
        if start.line != end.line || line.place.part != Part::Body || edit.text.contains(['\n', '\r']) {
            return None;
        }
        let is_fit = |piece: &Piece| {
            let run = self.runs.get(piece.run as usize)?;
            (run.is_divisible && run.is_editable && !piece.xml.is_empty()).then_some(run.look)
        };
        if start == end {
            let piece = self.piece_at(start, true).or_else(|| self.piece_at(start, false))?;
            is_fit(piece)?;
            let is_edge = start.byte == piece.at;
            return Some(Touched { gone: Vec::new(), spot: self.spot(piece, start, !is_edge)?, form: piece.run });
        }
        let touched = self.pieces_of(start.line).iter();
        let touched = touched.filter(|piece| piece.at < end.byte && start.byte < piece.at + piece.len);
        let (mut gone, mut look, mut spot) = (Vec::new(), None, None);
        for piece in touched {
            let this = is_fit(piece)?;
            if *look.get_or_insert(this) != this {
                return None;
            }
            let (from, to) = (start.byte.max(piece.at), end.byte.min(piece.at + piece.len));
            let is_whole = to - from == piece.len;
            if piece.xml.len() != piece.len as usize && !is_whole {
                return None;
            }
            let line = start.line;
            let (Spot::Inside { at: first, .. }, last @ Spot::Inside { at: behind, .. }) =
                (self.spot(piece, Point::new(line, from), false)?, self.spot(piece, Point::new(line, to), true)?)
            else {
                return None;
            };
            gone.push((piece.run, first..behind));
            spot = Some(last);
        }
        let form = gone.first()?.0;
        Some(Touched { gone, spot: spot?, form })
    }
}

/// Ids that are free in a document, above all that are used.
pub(super) struct Ids {
    used: FxHashSet<u32>,
    next: u32,
}

impl Ids {
    pub fn new(parts: &[&str]) -> Self {
        let mut used = FxHashSet::default();
        for xml in parts {
            for (at, key) in xml.match_indices("w:id=") {
                let value = xml[at + key.len()..].strip_prefix(['"', '\'']).unwrap_or_default();
                used.extend(value.split(['"', '\'']).next().unwrap_or_default().trim().parse::<u32>());
            }
        }
        let next = used.iter().copied().filter(|id| *id < 1 << 30).max().map_or(1, |id| id + 1);
        Self { used, next }
    }

    pub fn next(&mut self) -> u32 {
        while !self.used.insert(self.next) {
            self.next += 1;
        }
        self.next
    }
}

/// `xml` with `more` before the end of its outermost element, which is called `name`.
pub(super) fn appended(xml: &str, name: &str, more: &str) -> Option<String> {
    let end = format!("</{name}>");
    if let Some(at) = xml.rfind(&end) {
        return Some(format!("{}{more}{}", &xml[..at], &xml[at..]));
    }
    let start = xml.find(&format!("<{name}"))?;
    let close = start + xml[start..].find("/>")?;
    let is_root = !xml[start + 1..close].contains('<');
    is_root.then(|| format!("{}>{more}{end}{}", &xml[..close], &xml[close + 2..]))
}

/// `xml` without the elements that begin with `start` and go on to the next `/>`, as far as they are `gone`.
pub(super) fn without(xml: &str, start: &str, gone: impl Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some(at) = rest.find(start) {
        let end = rest[at..].find("/>").map_or(rest.len(), |end| at + end + 2);
        out += &rest[..if gone(&rest[at..end]) { at } else { end }];
        rest = &rest[end..];
    }
    out + rest
}

/// The package with some parts replaced or added (`Some`) or left out (`None`); the others are copied as they are.
pub(super) fn rebuilt(bytes: &[u8], changes: &BTreeMap<String, Option<String>>) -> Result<Vec<u8>, Refused> {
    let damaged = |_| Refused::Damaged;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
    let mut written = FxHashSet::default();
    let by_key: FxHashMap<String, (&String, &Option<String>)> =
        changes.iter().map(|change| (key(change.0), change)).collect();
    for index in 0..archive.len() {
        let file = archive.by_index_raw(index).map_err(damaged)?;
        let name = file.name().map_err(damaged)?.into_owned();
        match by_key.get(&key(&name)) {
            None => writer.raw_copy_file(file).map_err(damaged)?,
            Some((known, content)) => {
                written.insert(*known);
                if let Some(content) = content {
                    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
                    let time = file.last_modified().unwrap_or_default();
                    writer.start_file(name, options.last_modified_time(time)).map_err(damaged)?;
                    writer.write_all(content.as_bytes()).map_err(|_| Refused::Damaged)?;
                }
            }
        }
    }
    for (name, content) in changes {
        if let (Some(content), false) = (content, written.contains(name)) {
            writer.start_file(name.as_str(), SimpleFileOptions::default()).map_err(damaged)?;
            writer.write_all(content.as_bytes()).map_err(|_| Refused::Damaged)?;
        }
    }
    Ok(writer.finish().map_err(damaged)?.into_inner())
}

/// A package of these parts.
pub(super) fn packed(parts: &[(&str, String)]) -> Result<Vec<u8>, Refused> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, xml) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).map_err(|_| Refused::Damaged)?;
        writer.write_all(xml.as_bytes()).map_err(|_| Refused::Damaged)?;
    }
    Ok(writer.finish().map_err(|_| Refused::Damaged)?.into_inner())
}

/// Text as characters of XML.
pub(super) fn escaped(text: &str) -> String {
    let is_sound = |c: &char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}') || *c == '\t';
    let text: String = text.chars().filter(is_sound).collect();
    quick_xml::escape::escape(text.as_str()).into_owned()
}
