//! A list in tables, to be printed and ticked off: with what a program reads of it kept in a part of its own.

use std::fmt::Write as _;

use super::layout::{Fonts, Layout};
use crate::history::pull::{Cell, Incoming};
use crate::word::package::Package;
use crate::word::write::{appended, escaped, packed};
use crate::word::xml::{Token, Tokens};
use crate::word::{Document, Refused};

/// A list in groups.
pub struct List<'a> {
    pub title: &'a str,
    pub summary: &'a str,
    /// The heads of the columns, and how wide each is, of 100.
    pub columns: &'a [(&'a str, u32)],
    /// The name of each group, and its rows.
    pub groups: &'a [(String, Vec<Vec<String>>)],
    /// What a program reads of it.
    pub kept: &'a str,
    pub is_traditional: bool,
}

/// The part that keeps it.
const KEPT: &str = "customXml/item1.xml";
const SPACE: &str = "urn:jianggao:list";
/// How wide the text is, in twentieths of a point.
const WIDTH: u32 = 8843;

impl List<'_> {
    /// The list as a document.
    pub fn document(&self) -> Result<Vec<u8>, Refused> {
        let fonts = if self.is_traditional { Fonts::TRADITIONAL } else { Fonts::SIMPLIFIED };
        let paragraph = |style: &str, text: &str| {
            format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}</w:p>", super::run(text, ""))
        };
        let mut body = paragraph("Title", self.title) + &paragraph("BodyText", self.summary);
        for (name, rows) in self.groups {
            body += &paragraph("Heading1", name);
            body += &self.table(rows);
        }
        // A table is no last paragraph.
        body += "<w:p/>";
        let mut parts = Layout { fonts, is_large: false }.parts(&body);
        let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml";
        let relationship = format!("<Relationship Id=\"rIdKept\" Type=\"{kind}\" Target=\"../{KEPT}\"/>");
        for (name, xml) in &mut parts {
            if *name == "word/_rels/document.xml.rels" {
                *xml = appended(xml, "Relationships", &relationship).ok_or(Refused::Damaged)?;
            }
        }
        let kept = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<list xmlns=\"{SPACE}\">{}</list>",
            escaped(self.kept)
        );
        parts.push((KEPT, kept));
        packed(&parts)
    }

    fn table(&self, rows: &[Vec<String>]) -> String {
        let widths = || self.columns.iter().map(|(_, share)| WIDTH * share / 100);
        let edge = |name: &str| format!("<w:{name} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>");
        let edges: String = ["top", "left", "bottom", "right", "insideH", "insideV"].map(edge).concat();
        let columns: String = widths().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
        let mut out = format!(
            "<w:tbl><w:tblPr><w:tblW w:w=\"{WIDTH}\" w:type=\"dxa\"/><w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
        );
        let mut row = |cells: &mut dyn Iterator<Item = &str>, is_head: bool| {
            let head = if is_head { "<w:tblHeader/>" } else { "" };
            let _ = write!(out, "<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>");
            for (text, width) in cells.zip(widths()) {
                let bold = if is_head { "<w:b/>" } else { "" };
                let form = format!("<w:rPr>{bold}<w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/></w:rPr>");
                let _ = write!(out, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>");
                for line in text.split('\n') {
                    let properties =
                        "<w:pPr><w:spacing w:line=\"320\" w:lineRule=\"exact\"/><w:jc w:val=\"left\"/></w:pPr>";
                    let _ = write!(out, "<w:p>{properties}{}</w:p>", super::run(line, &form));
                }
                out += "</w:tc>";
            }
            out += "</w:tr>";
        };
        row(&mut self.columns.iter().map(|(name, _)| *name), true);
        for cells in rows {
            row(&mut cells.iter().map(String::as_str), false);
        }
        out + "</w:tbl>"
    }
}

/// The numbers in the first column of a list whose boxes, in the second, somebody has ticked: with a control of Word, by
/// putting in another sign, or by a word in the place of the box.
pub fn ticked(document: &Document) -> Vec<usize> {
    let (rows, _) = document.incoming();
    let cell = |table: u32, row: u32, column: u32| {
        let of = move |one: &&Incoming| one.cell == Some(Cell { table, row, column });
        rows.iter().filter(of).map(|one| one.text.trim()).collect::<String>()
    };
    let first = rows.iter().filter_map(|one| one.cell).filter(|cell| cell.column == 0);
    let numbered = first.filter_map(|Cell { table, row, .. }| {
        let number = cell(table, row, 0).parse::<usize>().ok()?;
        is_tick(&cell(table, row, 1)).then_some(number)
    });
    numbered.collect()
}

fn is_tick(text: &str) -> bool {
    let rest: String = text.chars().filter(|c| !matches!(c, '☐' | '□' | '◻' | '▢') && !c.is_whitespace()).collect();
    !rest.is_empty() && !rest.starts_with(['×', '✗', '✘', '未', '否', '没', '沒', '不', '无', '無'])
}

/// What a program reads of a list that is a document; nothing where it has none.
pub fn kept(bytes: &[u8]) -> Result<Option<String>, Refused> {
    let mut package = Package::open(bytes)?;
    // Other programs give the part another number.
    let mut names: Vec<String> =
        package.names().filter(|name| name.starts_with("customxml/item")).map(str::to_owned).collect();
    names.sort();
    for name in names {
        let xml = package.part(&name)?.unwrap_or_default();
        if !xml.contains(SPACE) {
            continue;
        }
        let (mut tokens, mut text) = (Tokens::new(&xml), String::new());
        loop {
            match tokens.next()? {
                Token::Text(piece) => text += &piece,
                Token::Reference(c) => text.push(c),
                Token::End => return Ok(Some(text)),
                _ => {}
            }
        }
    }
    Ok(None)
}
