//! What a change breaks, and how it is put.

use super::Version;
use crate::lexicon::FACTOR;
use crate::locale::Locale;
use crate::rules::Diagnostic;
use crate::text::chars::is_han;
use crate::text::{Range, Span};

/// Something that does not fit any more.
#[derive(Clone, Debug)]
pub struct Consequence {
    pub what: What,
    /// The rule that finds it, if one does.
    pub rule: Option<&'static str>,
    /// Where in the new version.
    pub span: Span,
    pub message: String,
}

/// What does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    Count,
    Ordinal,
    Reference,
    ShortName,
    Figure,
    Date,
    Name,
    Blank,
    Repeated,
}

impl What {
    /// In JSON, and in Simplified, Traditional and English.
    pub fn names(self) -> [&'static str; 4] {
        match self {
            Self::Count => ["count", "数目", "數目", "count"],
            Self::Ordinal => ["ordinal", "编号", "編號", "ordinal"],
            Self::Reference => ["reference", "引用", "引用", "reference"],
            Self::ShortName => ["short-name", "简称", "簡稱", "short name"],
            Self::Figure => ["figure", "数字", "數字", "figure"],
            Self::Date => ["date", "日期", "日期", "date"],
            Self::Name => ["name", "名称", "名稱", "name"],
            Self::Blank => ["placeholder", "占位符", "佔位符", "placeholder"],
            Self::Repeated => ["repeated", "重复", "重複", "repeated"],
        }
    }

    /// What a rule is about, where a change can break it.
    pub(super) fn of(found: &Diagnostic) -> Option<Self> {
        match found.rule.code {
            _ if found.rule.is_about_blanks() => Some(Self::Blank),
            "count-mismatch" | "quoted-list-mismatch" | "slogan-count" => Some(Self::Count),
            "numbering-duplicate" | "numbering-gap" | "numbering-order" | "numbering-start" | "numbering-level" => {
                Some(Self::Ordinal)
            }
            "attachment-mismatch" | "field-error" => Some(Self::Reference),
            "short-name-mismatch" => Some(Self::ShortName),
            "figure-mismatch" | "sum-mismatch" | "rate-mismatch" => Some(Self::Figure),
            "year-mismatch" | "period-mismatch" | "meeting-mismatch" => Some(Self::Date),
            "name-mismatch" | "roster-mismatch" => Some(Self::Name),
            "duplicate-line" | "duplicate-paragraph" | "repeated-item" => Some(Self::Repeated),
            _ => None,
        }
    }
}

/// A figure or a date in a text: what it says, and where.
pub(super) fn figures(text: &str) -> Vec<(String, Range)> {
    let (bytes, mut found, mut at) = (text.as_bytes(), Vec::new(), 0);
    while let Some(start) = bytes[at..].iter().position(u8::is_ascii_digit).map(|n| at + n) {
        let is_part = |at: usize| match bytes.get(at) {
            Some(b) if b.is_ascii_digit() => true,
            Some(b'.' | b',') => bytes.get(at + 1).is_some_and(u8::is_ascii_digit),
            _ => false,
        };
        let mut end = start;
        while is_part(end) {
            end += 1;
        }
        let unit = FACTOR.at(text, end).map_or(end, |(range, _)| range.end as usize);
        let last = text[unit..].chars().next().filter(|c| is_han(*c) || matches!(c, '%' | '％'));
        let mut stop = unit + last.map_or(0, char::len_utf8);
        // A month with its day is one date.
        if last == Some('月') {
            let day = text[stop..].bytes().take_while(u8::is_ascii_digit).count();
            if day > 0 && text[stop + day..].starts_with('日') {
                stop += day + '日'.len_utf8();
            }
        }
        found.push((text[start..stop].to_owned(), Range::new(start, stop)));
        at = stop;
    }
    found
}

/// The text of a line without markup.
pub(super) fn prose(version: Version, line: u32) -> String {
    let Some(paragraph) = version.analysis.paragraph(line as usize) else { return String::new() };
    let text = version.lines.line(line as usize);
    paragraph.reading(&text).0.to_owned()
}

pub(super) fn span_of(version: Version, line: u32, range: Range) -> Span {
    let paragraph = version.analysis.paragraph(line as usize);
    Span::in_line(line, paragraph.map_or(range, |paragraph| paragraph.to_line(range)))
}

pub(super) fn differs(from: &str, to: &str, locale: Locale) -> String {
    locale.pick(
        format!("别处的“{from}”改成了“{to}”，这里没有改"),
        format!("別處的「{from}」改成了「{to}」，這裡沒有改"),
        format!("‘{from}’ became ‘{to}’ elsewhere, and not here"),
    )
}

pub(super) fn counts(text: &str, actual: u32, locale: Locale) -> String {
    locale.pick(
        format!("“{text}”现在有 {actual} 项"),
        format!("「{text}」現在有 {actual} 項"),
        format!("‘{text}’: there are {actual} now"),
    )
}
