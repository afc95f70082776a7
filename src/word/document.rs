//! A document as lines that know where in the XML they come from.

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::locale::Locale;
use crate::text::{Point, Span};

/// Where in a document a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    Body,
    TextBox,
    Footnote,
    Endnote,
    Header,
    Footer,
}

impl Part {
    /// As programs read it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::TextBox => "text-box",
            Self::Footnote => "footnote",
            Self::Endnote => "endnote",
            Self::Header => "header",
            Self::Footer => "footer",
        }
    }
}

/// The paragraph that a line belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub part: Part,
    /// Its number in that part of the document, from 0; cells of tables and empty paragraphs count.
    pub paragraph: u32,
}

/// No run, no anchor.
pub(super) const NONE: u32 = u32::MAX;

/// A Word document: the text that it shows, and the way back.
#[derive(Debug, Default)]
pub struct Document {
    pub(super) text: String,
    pub(super) lines: Vec<Line>,
    pub(super) pieces: Vec<Piece>,
    pub(super) runs: Vec<Run>,
    /// Stretches of the main part that marks can stand before and behind.
    pub(super) anchors: Vec<Range<u32>>,
    /// Places that Word itself keeps open.
    pub(super) open: Vec<Span>,
    pub(super) unread: Vec<Unread>,
    /// The words that it holds and does not show, or that are not read: where they stand, and what they are.
    pub(super) withheld: Vec<(Beside, String)>,
    /// The paragraphs of the body with changes that are still marked.
    pub(super) changed: FxHashSet<u32>,
    /// The cells of its tables in order.
    pub(super) cells: Vec<Cell>,
}

/// A cell of a table of the body; rows and tables count from 1.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub table: u32,
    pub row: u32,
    pub column: u32,
    pub paragraphs: Range<u32>,
}

/// Where words stand that are no text of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Beside {
    Comment,
    Deleted,
    Hidden,
    /// In alternative texts, readings above characters, codes of fields.
    Behind,
    /// In headers, footers and notes that are not read, or on no page.
    Margin,
    Properties,
}

impl Beside {
    pub fn name(self, locale: Locale) -> &'static str {
        let [hans, hant, english] = match self {
            Self::Comment => ["批注", "註解", "comments"],
            Self::Deleted => ["修订（删去的文字）", "追蹤修訂（刪去的文字）", "deletions"],
            Self::Hidden => ["隐藏文字", "隱藏文字", "hidden text"],
            Self::Behind => ["替代文字、注音、域代码", "替代文字、注音、功能變數代碼", "alternative texts and fields"],
            Self::Margin => ["页眉、页脚、没有引用的脚注", "頁首、頁尾、沒有引用的註腳", "headers, footers and notes"],
            Self::Properties => ["文档属性", "文件摘要資訊", "properties"],
        };
        locale.pick(hans, hant, english)
    }
}

/// What may say something and is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unread {
    Diagram,
    Chart,
    WordArt,
    Embedded,
    Drawing,
    Choice,
    /// What looks like a place to be filled in, and is not shown.
    Comment,
    Deleted,
    Hidden,
    Behind,
    Field,
    Unshown,
    Properties,
    /// What is referred to and cannot be had.
    Remarks,
    Notes,
    Numbers,
    Styles,
}

impl Unread {
    pub fn name(self, locale: Locale) -> &'static str {
        let [hans, hant, english] = match self {
            Self::Diagram => ["SmartArt 图形", "SmartArt 圖形", "SmartArt"],
            Self::Chart => ["图表", "圖表", "chart"],
            Self::WordArt => ["艺术字", "文字藝術師", "WordArt"],
            Self::Embedded => ["嵌入的文件", "內嵌的檔案", "embedded file"],
            Self::Drawing => ["画布", "繪圖畫布", "canvas"],
            Self::Choice => ["下拉框、按钮", "下拉式清單、按鈕", "list or button"],
            Self::Comment => ["像有占位符的批注", "像有佔位符的註解", "comment with what looks like a placeholder"],
            Self::Deleted => [
                "像有占位符的修订（删去的文字）",
                "像有佔位符的追蹤修訂（刪去的文字）",
                "deletion with what looks like a placeholder",
            ],
            Self::Hidden => {
                ["像有占位符的隐藏文字", "像有佔位符的隱藏文字", "hidden text with what looks like a placeholder"]
            }
            Self::Behind => [
                "像有占位符的替代文字、提示或注音",
                "像有佔位符的替代文字、提示或注音",
                "alternative text with what looks like a placeholder",
            ],
            Self::Field => {
                ["像有占位符的域代码", "像有佔位符的功能變數代碼", "field code with what looks like a placeholder"]
            }
            Self::Unshown => [
                "像有占位符、页面上不显示的页眉、页脚或脚注",
                "像有佔位符、頁面上不顯示的頁首、頁尾或註腳",
                "header, footer or note on no page, with what looks like a placeholder",
            ],
            Self::Properties => [
                "像有占位符的文档属性",
                "像有佔位符的文件摘要資訊",
                "document properties with what looks like a placeholder",
            ],
            Self::Remarks => ["缺失或损坏的批注", "缺失或損壞的註解", "comments, missing or damaged,"],
            Self::Notes => ["找不到内容的脚注、尾注", "找不到內容的註腳、章節附註", "note that is not there"],
            Self::Numbers => ["缺了定义的自动编号", "缺了定義的自動編號", "automatic number without its definition"],
            Self::Styles => ["缺了定义的段落样式", "缺了定義的段落樣式", "style without its definition"],
        };
        locale.pick(hans, hant, english)
    }

    /// Whether it decides how text looks and is numbered, and holds none itself.
    pub fn is_form(self) -> bool {
        matches!(self, Self::Numbers | Self::Styles)
    }
}

#[derive(Debug)]
pub(super) struct Line {
    pub place: Place,
    /// Where it begins in the text.
    pub start: u32,
    /// The first of its pieces.
    pub pieces: u32,
    /// The level of a heading, from 0.
    pub outline: Option<u8>,
    /// Where a mark can stand that finds no text: in the main part, behind the properties of the paragraph.
    pub at: u32,
    /// For a line outside the body: the anchor in the body that it hangs on.
    pub host: u32,
}

/// A stretch of a line that comes from one place.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// Where it begins in the line, and its length.
    pub at: u32,
    pub len: u32,
    /// The characters in the XML of its part; empty for what is not written there as characters.
    pub xml: Range<u32>,
    /// Its run; [`NONE`] for a number that Word makes.
    pub run: u32,
}

#[derive(Debug, Default)]
pub(super) struct Run {
    pub xml: Range<u32>,
    /// Its properties, empty if it has none.
    pub properties: Range<u32>,
    pub anchor: u32,
    /// Tells its properties from others, as far as they can be seen.
    pub look: u64,
    /// It can be taken apart: it stands in the paragraph itself, and its properties can be said twice.
    pub is_divisible: bool,
    /// Blanks in it show as a line.
    pub is_underlined: bool,
    /// Its text stands above the line, or is the mark of a note.
    pub is_raised: bool,
    /// Its text is its own: no result of a field, no proposal of somebody, not bound to data.
    pub is_editable: bool,
}

impl Document {
    /// What it shows, a line each paragraph, each line broken within it, each cell of a table.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn withhold(&mut self, place: Beside, words: String) {
        if !words.trim().is_empty() {
            self.withheld.push((place, words));
        }
    }

    /// The words that it holds and does not show, or that are not read.
    pub fn withheld(&self) -> &[(Beside, String)] {
        &self.withheld
    }

    /// What may say something and is not read, each as often as it stands there.
    pub fn unread(&self) -> &[Unread] {
        &self.unread
    }

    /// The paragraph of a line.
    pub fn place(&self, line: u32) -> Place {
        let line = self.lines.get(line as usize).or(self.lines.last());
        line.map_or(Place { part: Part::Body, paragraph: 0 }, |line| line.place)
    }

    /// Whether the line is a heading by its style.
    pub fn is_heading(&self, line: u32) -> bool {
        self.lines.get(line as usize).is_some_and(|line| line.outline.is_some())
    }

    /// The number that Word puts before a line, with what separates it from the text.
    pub fn number(&self, line: u32) -> &str {
        let first = self.pieces_of(line).first();
        let end = first.filter(|piece| piece.run == NONE).map_or(0, |piece| piece.len as usize);
        self.line(line).get(..end).unwrap_or_default()
    }

    /// Whether a number that Word makes stands in `span`.
    pub fn is_automatic(&self, span: Span) -> bool {
        (span.start.line..=span.end.line).any(|line| {
            let number = self.number(line).len() as u32;
            let start = if line == span.start.line { span.start.byte } else { 0 };
            let is_in = line < span.end.line || span.end.byte > 0;
            number > 0 && start < number && is_in
        })
    }

    pub(super) fn line(&self, line: u32) -> &str {
        let Some(here) = self.lines.get(line as usize) else { return "" };
        let end = self.lines.get(line as usize + 1).map_or(self.text.len(), |next| next.start as usize);
        self.text.get(here.start as usize..end - 1).unwrap_or_default()
    }

    pub(super) fn pieces_of(&self, line: u32) -> &[Piece] {
        let Some(here) = self.lines.get(line as usize) else { return &[] };
        let end = self.lines.get(line as usize + 1).map_or(self.pieces.len(), |next| next.pieces as usize);
        self.pieces.get(here.pieces as usize..end).unwrap_or_default()
    }

    /// The piece that `point` lies in; at an edge the one behind it, or with `is_end` the one before it.
    pub(super) fn piece_at(&self, point: Point, is_end: bool) -> Option<&Piece> {
        let pieces = self.pieces_of(point.line);
        let at = match is_end {
            true => pieces.partition_point(|piece| piece.at < point.byte).checked_sub(1)?,
            false => pieces.partition_point(|piece| piece.at + piece.len <= point.byte),
        };
        pieces.get(at)
    }
}
