//! Placeholders as things with a name: where one is used, filling it in, and the next one.
//!
//! Only names group (XX区, ××局): each number, date and person is a fact of its own, however alike
//! they are written.

use crate::analysis::Analysis;
use crate::features::completion::Candidate;
use crate::locale::Locale;
use crate::paragraph::placeholder::{Certainty, Form};
use crate::paragraph::{Paragraph, Placeholder};
use crate::settings::Settings;
use crate::text::{Edit, Lines, Point, Span};

/// A placeholder, and all places that stand for the same fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blank {
    /// With the words that give it a meaning: `XX区`, `X亿元`.
    pub unit: String,
    /// What is replaced when it is filled in here: a name with its word of kind, else the marks.
    pub span: Span,
    /// The same for each use, this one included, in text order.
    pub uses: Vec<Span>,
    /// It stands for a name that is one and the same all over the draft.
    pub is_name: bool,
}

/// The placeholder at `at`.
pub fn blank_at(analysis: &Analysis, lines: &dyn Lines, at: Point) -> Option<Blank> {
    if !analysis.is_chinese() {
        return None;
    }
    let paragraph = analysis.paragraph(at.line as usize)?;
    let found = placeholder_at(analysis, paragraph, at.byte)?;
    let text = lines.line(at.line as usize);
    let unit = found.unit.of(&text);
    let span = named(found, at.line);
    let mut uses = vec![span];
    if let Some(group) = found.group.filter(|&group| analysis.group_size(group) > 1) {
        uses.clear();
        for (n, paragraph) in analysis.paragraphs().filter(|(_, p)| !p.placeholders.is_empty()) {
            let text = lines.line(n);
            let same = |p: &&Placeholder| p.group == Some(group) && p.unit.of(&text) == unit;
            uses.extend(paragraph.placeholders.iter().filter(same).map(|p| named(p, n as u32)));
        }
    }
    Some(Blank { unit: unit.to_owned(), span, uses, is_name: found.group.is_some() })
}

/// The names that are not filled in yet, each as it goes into `[facts]`; some more than once.
pub fn names(analysis: &Analysis, lines: &dyn Lines) -> Vec<String> {
    let mut names = Vec::new();
    for (n, paragraph) in analysis.paragraphs().filter(|(_, p)| analysis.is_chinese() && !p.placeholders.is_empty()) {
        let text = lines.line(n);
        let open = paragraph.placeholders.iter().filter(|p| p.form == Form::Mark && p.group.is_some());
        names.extend(open.map(|p| p.unit.of(&text).to_owned()));
    }
    names
}

/// The placeholder around `byte`, or else the one that ends there.
fn placeholder_at<'a>(analysis: &Analysis, paragraph: &'a Paragraph, byte: u32) -> Option<&'a Placeholder> {
    let company = analysis.totals().placeholders > 0;
    let counts = |p: &&Placeholder| p.form == Form::Mark && (company || p.certainty != Certainty::InCompany);
    let all = || paragraph.placeholders.iter().filter(counts);
    let around = |range: crate::text::Range| range.start <= byte && byte < range.end;
    all()
        .find(|p| around(p.range))
        .or_else(|| all().find(|p| around(p.unit)))
        .or_else(|| all().find(|p| p.range.end == byte || p.unit.end == byte))
}

/// What is replaced when a placeholder is filled in.
pub(super) fn named(found: &Placeholder, line: u32) -> Span {
    Span::in_line(line, if found.group.is_some() { found.unit } else { found.range })
}

/// Why nothing can be renamed where no placeholder stands.
pub fn refusal(locale: Locale) -> &'static str {
    locale.pick(
        "这里不是占位符，不能重命名。请把光标放在 XX区、某某局 这样的占位符或者“以下简称”的简称上。",
        "這裡不是佔位符，不能重新命名。請把游標放在 XX區、某某局 這樣的佔位符或者“以下簡稱”的簡稱上。",
        "This is no placeholder. Only placeholders such as XX区 and short names that the draft defines can be renamed.",
    )
}

/// Why `text` cannot be filled in; `None` when it can.
pub fn refusal_of(text: &str, locale: Locale) -> Option<&'static str> {
    let said = if text.trim().is_empty() {
        locale.pick("要填入的文字不能是空的。", "要填入的文字不能是空的。", "There is nothing to fill in.")
    } else if text.contains(['\n', '\r']) {
        locale.pick("要填入的文字只能是一行。", "要填入的文字只能是一行。", "What is filled in must be one line.")
    } else {
        return None;
    };
    Some(said)
}

/// The first certain placeholder behind `at`; behind the last one, the first of the draft.
pub fn next_blank(analysis: &Analysis, at: Point) -> Option<Span> {
    if !analysis.is_chinese() || analysis.totals().placeholders == 0 {
        return None;
    }
    let mut first = None;
    for (base, speech) in analysis.speeches() {
        for (n, paragraph) in speech.lines.iter().enumerate().filter(|(_, p)| !p.placeholders.is_empty()) {
            if speech.outline.parts.is_boilerplate(n as u32) {
                continue;
            }
            let open = |p: &&Placeholder| p.form == Form::Mark && p.certainty == Certainty::Certain;
            for span in paragraph.placeholders.iter().filter(open).map(|p| named(p, (base + n) as u32)) {
                if span.start > at {
                    return Some(span);
                }
                first.get_or_insert(span);
            }
        }
    }
    first
}

/// A fact of the settings that can be filled in.
#[derive(Clone, Debug)]
pub struct Fill {
    pub title: String,
    pub edits: Vec<Edit>,
    /// In the whole draft rather than here.
    pub everywhere: bool,
}

/// What the settings know of the placeholder at `at`: 填入此处, and 填入全文 for a name with several uses.
pub fn fills(analysis: &Analysis, lines: &dyn Lines, settings: &Settings, locale: Locale, at: Point) -> Vec<Fill> {
    let Some((blank, fact)) = known(analysis, lines, settings, at) else {
        return Vec::new();
    };
    let mut fills = Vec::new();
    let count = blank.uses.len();
    if count > 1 {
        let title = locale.pick(
            format!("填入全文 {count} 处：{} → {fact}", blank.unit),
            format!("填入全文 {count} 處：{} → {fact}", blank.unit),
            format!("Fill in all {count} places: {} → {fact}", blank.unit),
        );
        fills.push(Fill { title, edits: filled_units(analysis, &blank, &fact), everywhere: true });
    }
    let title = locale.pick(
        format!("填入此处：{} → {fact}", blank.unit),
        format!("填入此處：{} → {fact}", blank.unit),
        format!("Fill in here: {} → {fact}", blank.unit),
    );
    let here = Blank { uses: vec![blank.span], ..blank };
    fills.push(Fill { title, edits: filled_units(analysis, &here, &fact), everywhere: false });
    fills
}

/// What the settings know of the placeholder that the cursor is in.
pub fn complete_fact(analysis: &Analysis, lines: &dyn Lines, settings: &Settings, at: Point) -> Vec<Candidate> {
    let Some((blank, fact)) = known(analysis, lines, settings, at) else {
        return Vec::new();
    };
    let span = unit_span(analysis, blank.span);
    vec![Candidate { label: fact.clone(), detail: blank.unit.clone(), text: fact, span, filter: blank.unit }]
}

fn known(analysis: &Analysis, lines: &dyn Lines, settings: &Settings, at: Point) -> Option<(Blank, String)> {
    if settings.facts.is_empty() {
        return None;
    }
    let blank = blank_at(analysis, lines, at)?;
    let fact = settings.facts.get(&blank.unit)?.clone();
    Some((blank, fact))
}

/// A fact stands for the whole unit, also where only the marks would be renamed.
fn filled_units(analysis: &Analysis, blank: &Blank, fact: &str) -> Vec<Edit> {
    blank.uses.iter().map(|&span| Edit::new(unit_span(analysis, span), fact)).collect()
}

fn unit_span(analysis: &Analysis, span: Span) -> Span {
    let paragraph = analysis.paragraph(span.start.line as usize);
    let here = |p: &&Placeholder| named(p, span.start.line) == span;
    let found = paragraph.and_then(|p| p.placeholders.iter().find(here));
    found.map_or(span, |p| Span::in_line(span.start.line, p.unit))
}
