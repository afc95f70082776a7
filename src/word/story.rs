//! A story of a document, the body or a note, as Word shows it when all proposals are accepted.

mod cells;
mod fields;
mod lines;
mod properties;
mod symbols;
mod text;

use std::collections::BTreeSet;
use std::mem::take;

use quick_xml::events::BytesStart;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Refused;
use super::aside::{address, behind, holds_blank, proposed, words};
use super::document::{Beside, Document, NONE, Part, Run, Unread};
use super::numbering::{Counters, Numbering};
use super::styles::Styles;
use super::write::AUTHOR;
use super::xml::{Space, Token, Tokens, attribute, is_set, local};
use cells::Tables;
use fields::{Field, LINE, NUMBER, is_page_number};
pub(super) use lines::blank;
use lines::{Ending, Open, Pending};
use symbols::symbol;

/// What the body refers to.
#[derive(Default)]
pub(super) struct References {
    /// The notes by their ids, and the anchors of their signs.
    pub notes: FxHashMap<(Part, String), u32>,
    /// There are remarks of others.
    pub remarks: bool,
    /// Headers and footers: the part, the kind of page, the relationship.
    margins: Vec<(Part, String, String)>,
}

impl References {
    /// The relationships of the headers or footers that are shown.
    pub fn shown(&self, part: Part, even_differ: bool) -> Vec<String> {
        let mut known = FxHashSet::default();
        let shown = self.margins.iter().filter(|(of, kind, _)| *of == part && (kind != "even" || even_differ));
        shown.filter(|(.., id)| known.insert(id)).map(|(.., id)| id.clone()).collect()
    }
}
/// An element that is open.
struct Frame {
    kind: Kind,
    start: usize,
    /// For what marks cannot stand in: the place of its stretch among the anchors.
    anchor: u32,
    /// The outermost one of the paragraph that it stands in, itself among them.
    outermost: u32,
    /// What it is, or for alternatives, what they stand in.
    role: Kind,
    /// Its text is bound to data, or locked.
    is_bound: bool,
    /// It shows its prompt.
    is_prompt: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Paragraph,
    Run,
    /// Its characters are text of the document.
    Text,
    /// Of the inside of a paragraph, and marks can stand in it.
    Transparent,
    Insertion,
    /// One of them has been read.
    Alternatives(bool),
    /// The one that is read.
    Alternative,
    TextBox,
    Field,
    Control,
    Cell,
    Other,
}

impl Frame {
    fn new(kind: Kind, start: usize) -> Self {
        Self { kind, start, anchor: NONE, outermost: NONE, role: kind, is_bound: false, is_prompt: false }
    }
}
pub(super) struct Story<'d> {
    part: Part,
    styles: &'d Styles,
    numbering: &'d Numbering,
    document: &'d mut Document,
    counters: Counters,
    pub references: References,
    frames: Vec<Frame>,
    open: Vec<Open>,
    /// Runs that are open, and whether they are shown.
    runs: Vec<(u32, bool)>,
    /// The fields that are open, and how many of them still say what is to be shown.
    fields: Vec<Field>,
    instructions: u32,
    /// What the next paragraph goes on with, in the body and in each open text box.
    carried: Vec<Option<(Vec<Pending>, Ending)>>,
    paragraphs: u32,
    insertions: u32,
    /// Elements whose text is bound to data or locked.
    bound: u32,
    /// Controls that show their prompts.
    prompts: u32,
    /// The last one that was begun has shown something.
    is_prompted: bool,
    /// What the lines hang on that stand outside the body.
    host: u32,
    /// For the text being read: leading blanks are dropped, and from where trailing ones are.
    trims: Option<usize>,
    tables: Tables,
    /// The text of runs that are not shown, and what stands in the instructions of fields.
    hidden: String,
    instructed: String,
    /// Who has changed something.
    authors: BTreeSet<String>,
}
impl<'d> Story<'d> {
    pub fn new(part: Part, styles: &'d Styles, numbering: &'d Numbering, document: &'d mut Document) -> Self {
        Self {
            part,
            styles,
            numbering,
            document,
            counters: Counters::default(),
            references: References::default(),
            frames: Vec::new(),
            open: Vec::new(),
            runs: Vec::new(),
            fields: Vec::new(),
            instructions: 0,
            carried: vec![None],
            paragraphs: 0,
            insertions: 0,
            bound: 0,
            prompts: 0,
            is_prompted: false,
            host: NONE,
            trims: None,
            tables: Tables::default(),
            hidden: String::new(),
            instructed: String::new(),
            authors: BTreeSet::new(),
        }
    }

    /// Reads to the end of the element that is open. Its lines hang on the anchor `host`.
    pub fn read(&mut self, tokens: &mut Tokens, host: u32) -> Result<(), Refused> {
        self.host = host;
        let outside = self.frames.len();
        self.frames.push(Frame::new(Kind::Other, tokens.range.start));
        while self.frames.len() > outside {
            match tokens.next()? {
                Token::Open { tag, empty } => self.open(&tag, empty, tokens)?,
                Token::Close => self.close(tokens.range.end)?,
                Token::Text(text) if self.is_text() => {
                    self.characters(&text, tokens.range.start..tokens.range.end);
                }
                Token::Reference(c) if self.is_text() => {
                    let mut buffer = [0; 4];
                    let range = tokens.range.clone();
                    self.put(c.encode_utf8(&mut buffer), range.start as u32..range.end as u32);
                    self.trims = self.trims.map(|_| usize::MAX);
                }
                Token::Text(text) if self.is_withheld() => self.withheld().push_str(&text),
                Token::Reference(c) if self.is_withheld() => self.withheld().push(c),
                Token::Text(_) | Token::Reference(_) => {}
                Token::End => return Err(Refused::Damaged),
            }
        }
        self.flush();
        let (hidden, instructed) = (take(&mut self.hidden), take(&mut self.instructed));
        self.beside(Unread::Hidden, Beside::Hidden, hidden);
        self.beside(Unread::Field, Beside::Behind, instructed);
        for author in take(&mut self.authors) {
            self.document.withhold(Beside::Properties, author);
        }
        Ok(())
    }

    fn is_text(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.kind == Kind::Text)
            && self.runs.last().is_none_or(|(_, is_shown)| *is_shown)
            && !self.is_instruction()
    }

    /// Text of a run that is not shown, or of a field that another field is told by.
    fn is_withheld(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.kind == Kind::Text) && !self.is_text()
    }

    fn withheld(&mut self) -> &mut String {
        if self.is_instruction() { &mut self.instructed } else { &mut self.hidden }
    }

    /// What is not read: it is named where it looks like a place to be filled in.
    pub fn aside(&mut self, kind: Unread, xml: &str) {
        let words = words(xml);
        match (kind, self.open.last_mut()) {
            // What was taken out of a paragraph piece by piece is read in one.
            (Unread::Deleted, Some(open)) => {
                open.deleted.push_str(&words);
                self.document.unread.extend(holds_blank(&words).then_some(kind));
            }
            (Unread::Deleted, None) => self.beside(kind, Beside::Deleted, words),
            (Unread::Unshown, _) => self.beside(kind, Beside::Margin, words),
            _ => self.beside(kind, Beside::Behind, words),
        }
    }

    /// Words that are not shown.
    fn beside(&mut self, kind: Unread, place: Beside, words: String) {
        if holds_blank(&words) {
            self.document.unread.push(kind);
        }
        let words = if kind == Unread::Field { address(&words) } else { words };
        self.document.withhold(place, words);
    }

    /// What an element says beside its text.
    fn say(&mut self, name: &str, tag: &BytesStart) {
        if let Some(words) = behind(name, tag) {
            self.beside(Unread::Behind, Beside::Behind, words);
        }
    }

    /// Somebody's name stands at a change.
    fn author(&mut self, tag: &BytesStart) {
        self.authors.extend(attribute(tag, "author").filter(|author| author != AUTHOR));
    }

    /// What stands for others that have been `read`: mostly it says the same.
    fn alternative(&mut self, read: &str, other: &str) {
        let (read, other) = (words(read), words(other));
        let read: FxHashSet<&str> = read.lines().map(str::trim).collect();
        if other.lines().any(|line| !read.contains(line.trim()) && holds_blank(line)) {
            self.document.unread.push(Unread::Behind);
        }
    }

    /// A field that is open still says what is to be shown.
    fn is_instruction(&self) -> bool {
        self.instructions > 0
    }

    /// A change is marked in the paragraph that is open.
    fn changed(&mut self) {
        if let Some(open) = self.open.last().filter(|_| self.part == Part::Body) {
            self.document.changed.insert(open.index);
        }
    }

    fn parent(&self) -> Kind {
        self.frames.last().map_or(Kind::Other, |frame| frame.kind)
    }

    /// What holds what comes next, through alternatives.
    fn role(&self) -> Kind {
        self.frames.last().map_or(Kind::Other, |frame| frame.role)
    }

    fn open(&mut self, tag: &BytesStart, empty: bool, tokens: &mut Tokens) -> Result<(), Refused> {
        let (range, space) = (tokens.range.clone(), tokens.space);
        let kind = match (space, local(tag)) {
            (Space::Word, name) => match name {
                "p" => {
                    let at = range.end as u32;
                    let host = if self.carried.len() > 1 { self.anchor().unwrap_or(self.host) } else { self.host };
                    self.open.push(Open { index: self.paragraphs, at, host, ..Open::default() });
                    self.line();
                    self.paragraphs += 1;
                    Kind::Paragraph
                }
                "pPr" if !empty && self.parent() == Kind::Paragraph => return self.paragraph_properties(tokens),
                "rPr" if !empty && self.parent() == Kind::Run => return self.run_properties(tokens),
                "r" if !self.open.is_empty() => Kind::Run,
                "t" if self.role() == Kind::Run => {
                    let keeps = attribute(tag, "space").as_deref() == Some("preserve");
                    self.trims = (!keeps).then_some(0);
                    Kind::Text
                }
                "tab" | "ptab" | "br" | "cr" | "noBreakHyphen" | "sym" | "footnoteReference" | "endnoteReference"
                | "fldChar"
                    if self.role() == Kind::Run =>
                {
                    self.sign(name, tag);
                    Kind::Other
                }
                "instrText" if !empty => {
                    tokens.skip()?;
                    self.instruction(&tokens.xml[tokens.range.clone()]);
                    return Ok(());
                }
                "textInput" | "ddList" => {
                    self.input(name);
                    Kind::Other
                }
                "commentReference" => {
                    self.references.remarks = true;
                    Kind::Other
                }
                "control" => {
                    self.document.unread.push(Unread::Choice);
                    Kind::Other
                }
                "default" | "listEntry" => {
                    self.document.unread.extend(proposed(tag));
                    Kind::Other
                }
                // Taken back by somebody, readings above characters, how things were before.
                "del" | "moveFrom" | "delText" | "delInstrText" | "rt" | "rPrChange" | "pPrChange" | "sectPrChange"
                | "tblPrChange" | "tcPrChange" | "trPrChange" | "tblGridChange" | "tblPrExChange"
                | "numberingChange"
                    if !empty =>
                {
                    self.author(tag);
                    tokens.skip()?;
                    let kind = match name {
                        "del" | "moveFrom" => {
                            self.changed();
                            Unread::Deleted
                        }
                        "rt" => Unread::Behind,
                        _ => return Ok(()),
                    };
                    self.aside(kind, &tokens.xml[tokens.range.clone()]);
                    return Ok(());
                }
                "ins" | "moveTo" if !empty => {
                    self.author(tag);
                    self.insertions += 1;
                    self.changed();
                    Kind::Insertion
                }
                "trPr" | "tcPr" if !empty => return self.removed(tokens),
                "sdt" if !empty => Kind::Control,
                "sdtPr" if !empty => return self.control(tokens),
                "sectPr" if !empty => return self.section(tokens),
                "fldSimple" => {
                    if attribute(tag, "instr").is_some_and(|instruction| empty && is_page_number(&instruction)) {
                        self.put(NUMBER, 0..0);
                    }
                    self.beside(Unread::Field, Beside::Behind, attribute(tag, "instr").unwrap_or_default());
                    self.fields.push(Field::default());
                    Kind::Field
                }
                "tblCaption" | "tblDescription" => {
                    self.say(name, tag);
                    Kind::Other
                }
                "hyperlink" | "smartTag" | "customXml" | "bdo" | "dir" => {
                    self.say(name, tag);
                    Kind::Transparent
                }
                "txbxContent" if !empty => {
                    self.carried.push(None);
                    Kind::TextBox
                }
                "tbl" | "tr" => {
                    if name == "tbl" {
                        self.table()
                    } else {
                        self.row()
                    }
                    Kind::Other
                }
                "tc" => {
                    self.open_cell();
                    Kind::Cell
                }
                "altChunk" | "subDoc" => return Err(Refused::Compound),
                _ => Kind::Other,
            },
            (Space::Mathematics, "t") if !self.open.is_empty() => Kind::Text,
            (Space::Compatibility, "AlternateContent") => Kind::Alternatives(false),
            (Space::Compatibility, "Choice" | "Fallback") if !empty => {
                if let Some(Frame { kind: Kind::Alternatives(is_read), start, .. }) = self.frames.last_mut() {
                    if *is_read || !is_understood(tag) {
                        let read = if *is_read { *start..range.start } else { 0..0 };
                        tokens.skip()?;
                        self.alternative(&tokens.xml[read], &tokens.xml[tokens.range.clone()]);
                        return Ok(());
                    }
                    *is_read = true;
                }
                Kind::Alternative
            }
            (Space::Other, "symEx") if self.role() == Kind::Run => {
                self.sign("symEx", tag);
                Kind::Other
            }
            (Space::Other, name) => {
                self.document.unread.extend(unread(name, tag));
                self.say(name, tag);
                Kind::Other
            }
            _ => Kind::Other,
        };
        let mut frame = Frame::new(kind, range.start);
        let holds_marks = matches!(kind, Kind::Transparent | Kind::Insertion | Kind::Paragraph | Kind::Text);
        if self.part == Part::Body && !self.open.is_empty() && !holds_marks && self.anchor().is_none() {
            frame.anchor = self.document.anchors.len() as u32;
            self.document.anchors.push(range.start as u32..range.end as u32);
        }
        frame.outermost = match self.anchor() {
            // A paragraph of a table begins anew; that of a text box hangs where the box does.
            Some(_) if kind == Kind::Paragraph && self.carried.len() == 1 => NONE,
            Some(anchor) => anchor,
            None => frame.anchor,
        };
        if matches!(kind, Kind::Alternatives(_) | Kind::Alternative) {
            frame.role = self.role();
        }
        self.frames.push(frame);
        if kind == Kind::Run {
            self.run();
        }
        if empty {
            self.close(range.end)?;
        }
        Ok(())
    }

    /// The outermost element in the paragraph of the body that marks cannot stand in.
    fn anchor(&self) -> Option<u32> {
        self.frames.last().map(|frame| frame.outermost).filter(|anchor| *anchor != NONE)
    }

    fn run(&mut self) {
        let frame = self.frames.last();
        let is_outermost = frame.is_some_and(|frame| frame.anchor != NONE);
        let anchor = self.anchor().unwrap_or(NONE);
        let run = Run {
            anchor,
            is_divisible: is_outermost && self.part == Part::Body && self.carried.len() == 1,
            is_editable: self.insertions == 0 && self.bound == 0 && self.fields.is_empty(),
            ..Run::default()
        };
        self.runs.push((self.document.runs.len() as u32, true));
        self.document.runs.push(run);
    }

    fn close(&mut self, end: usize) -> Result<(), Refused> {
        let Some(frame) = self.frames.pop() else { return Err(Refused::Damaged) };
        if frame.anchor != NONE {
            self.document.anchors[frame.anchor as usize].end = end as u32;
        }
        match frame.kind {
            Kind::Paragraph => {
                if !self.hidden.is_empty() {
                    self.hidden.push('\n');
                }
                self.end_paragraph()?;
            }
            Kind::Run => {
                if let Some((run, _)) = self.runs.pop() {
                    self.document.runs[run as usize].xml = frame.start as u32..end as u32;
                }
            }
            Kind::Text => self.trim_end(),
            Kind::Insertion => self.insertions -= 1,
            Kind::Field => {
                self.end_field();
            }
            Kind::TextBox => {
                self.flush();
                self.carried.pop();
            }
            Kind::Cell => {
                self.flush();
                self.close_cell();
            }
            Kind::Control => {
                // A prompt without words.
                if frame.is_prompt && !self.is_prompted && !self.open.is_empty() {
                    self.put(LINE, 0..0);
                }
                self.bound -= u32::from(frame.is_bound);
                self.prompts -= u32::from(frame.is_prompt);
            }
            _ => {}
        }
        Ok(())
    }

    /// What a run shows that is no text.
    fn sign(&mut self, name: &str, tag: &BytesStart) {
        if name == "fldChar" {
            return self.field(attribute(tag, "fldCharType").as_deref());
        }
        if self.is_instruction() || self.runs.last().is_some_and(|(_, is_shown)| !is_shown) {
            return;
        }
        match name {
            "br" | "cr" => self.line(),
            "tab" | "ptab" => self.put("\t", 0..0),
            "noBreakHyphen" => self.put("-", 0..0),
            "sym" | "symEx" => {
                let mut buffer = [0; 4];
                self.put(symbol(tag).encode_utf8(&mut buffer), 0..0);
            }
            _ => {
                let part = if name == "footnoteReference" { Part::Footnote } else { Part::Endnote };
                let id = attribute(tag, "id").unwrap_or_default();
                let anchor = self.anchor().unwrap_or(NONE);
                self.references.notes.insert((part, id), anchor);
                if let Some((run, _)) = self.runs.last().filter(|_| is_set(tag, "customMarkFollows")) {
                    self.document.runs[*run as usize].is_raised = true;
                }
            }
        }
    }

    /// Begins a line of the paragraph.
    fn line(&mut self) {
        let is_boxed = self.carried.len() > 1;
        if let Some(open) = self.open.last_mut() {
            let (paragraph, at, host) = (open.index, open.at, open.host);
            open.lines.push(Pending { paragraph, at, host, is_boxed, ..Pending::default() });
        }
    }
}

/// Whether Word reads an alternative: it knows all that is required for it.
fn is_understood(tag: &BytesStart) -> bool {
    const KNOWN: [&str; 35] = [
        "a14", "a15", "a16", "aink", "am3d", "asvg", "c14", "c15", "cx", "cx1", "cx2", "cx3", "cx4", "cx5", "cx6",
        "cx7", "cx8", "dgm14", "m", "o", "pic14", "v", "w14", "w15", "w16", "w16cex", "w16cid", "w16du", "w16sdtdh",
        "w16se", "wp14", "wpc", "wpg", "wpi", "wps",
    ];
    let required = attribute(tag, "Requires").unwrap_or_default();
    required.split_whitespace().all(|name| KNOWN.contains(&name))
}

/// What an element of another program says, and is not read.
fn unread(name: &str, tag: &BytesStart) -> Option<Unread> {
    Some(match name {
        "relIds" => Unread::Diagram,
        "chart" => Unread::Chart,
        "textpath" if attribute(tag, "string").is_some_and(|text| !text.trim().is_empty()) => Unread::WordArt,
        "OLEObject" => Unread::Embedded,
        "txBody" => Unread::Drawing,
        _ => return None,
    })
}
