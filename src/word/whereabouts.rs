//! Where a line of a document is, for people: Word has no line numbers.

use super::{Document, Part};
use crate::features::symbols::Symbol;
use crate::locale::Locale;
use crate::text::Lines;

/// The document with its headings.
pub struct Whereabouts<'a> {
    document: &'a Document,
    /// The lines of headings, in order, and what they say.
    headings: Vec<(u32, String)>,
}

impl<'a> Whereabouts<'a> {
    /// `symbols` is the outline of the text.
    pub fn new(document: &'a Document, lines: &dyn Lines, symbols: &[Symbol]) -> Self {
        fn walk(symbols: &[Symbol], headings: &mut Vec<(u32, String)>) {
            for symbol in symbols {
                headings.push((symbol.selection.start.line, symbol.name.clone()));
                walk(&symbol.children, headings);
            }
        }
        let mut headings = Vec::new();
        let styled = (0..document.lines.len() as u32).filter(|line| document.is_heading(*line));
        headings.extend(styled.map(|line| (line, lines.line(line as usize).trim().to_owned())));
        walk(symbols, &mut headings);
        headings.retain(|(_, text)| !text.is_empty());
        headings.sort_by_key(|(line, _)| *line);
        headings.dedup_by_key(|(line, _)| *line);
        Self { document, headings }
    }

    pub fn part(&self, line: u32) -> Part {
        self.document.place(line).part
    }

    /// The paragraph of a line, from 0.
    pub fn paragraph(&self, line: u32) -> u32 {
        self.document.place(line).paragraph
    }

    /// The heading above a line.
    pub fn heading(&self, line: u32) -> Option<&str> {
        if !matches!(self.part(line), Part::Body | Part::TextBox) {
            return None;
        }
        let above = self.headings.partition_point(|(heading, _)| *heading < line);
        Some(self.headings.get(above.checked_sub(1)?)?.1.as_str())
    }

    /// As a report says it: `第 12 段（一、提高认识）`.
    pub fn said(&self, line: u32, locale: Locale) -> String {
        let heading = self.heading(line).map_or(String::new(), |heading| {
            locale.pick(format!("（{heading}）"), format!("（{heading}）"), format!(" ({heading})"))
        });
        self.document.paragraph_of(line, locale) + &heading
    }
}

impl Document {
    /// The paragraph that a line is of, as people say it: `页眉，第 1 段`.
    pub fn paragraph_of(&self, line: u32, locale: Locale) -> String {
        let place = self.place(line);
        let number = place.paragraph + 1;
        let [hans, hant, english] = match place.part {
            Part::Body => ["", "", ""],
            Part::TextBox => ["文本框，", "文字方塊，", "text box, "],
            Part::Footnote => ["脚注，", "腳註，", "footnote, "],
            Part::Endnote => ["尾注，", "尾註，", "endnote, "],
            Part::Header => ["页眉，", "頁首，", "header, "],
            Part::Footer => ["页脚，", "頁尾，", "footer, "],
        };
        let part = locale.pick(hans, hant, english);
        locale.pick(
            format!("{part}第 {number} 段"),
            format!("{part}第 {number} 段"),
            format!("{part}paragraph {number}"),
        )
    }
}
