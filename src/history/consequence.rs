//! What a change breaks, and how it is put.

use super::Version;
use crate::locale::Locale;
use crate::rules::Rule;
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
    pub(super) fn of(rule: &Rule) -> Option<Self> {
        match rule.code {
            _ if rule.is_about_blanks() => Some(Self::Blank),
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
