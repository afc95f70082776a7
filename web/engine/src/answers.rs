//! What the page is told, as JSON. Lines are counted from 0, characters in UTF-16 units: a string of JavaScript.

use std::cell::RefCell;

use jianggao::features::symbols::Symbol;
use jianggao::features::{completion, formulations, report};
use jianggao::locale::Locale;
use jianggao::rules::{self, Severity};
use jianggao::text::{self, Document, Encoding, Lines as _, Point, Span};
use serde::Serialize;

#[derive(Serialize)]
pub struct Place {
    line: u32,
    character: u32,
}

#[derive(Serialize)]
pub struct Range {
    start: Place,
    end: Place,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Edit {
    range: Range,
    new_text: String,
}

#[derive(Serialize)]
pub struct Fix {
    title: String,
    grade: &'static str,
    edits: Vec<Edit>,
}

#[derive(Serialize)]
pub struct Related {
    range: Range,
    message: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    message: String,
    range: Range,
    /// It is a place to be filled in.
    is_blank: bool,
    related: Vec<Related>,
    fix: Option<Fix>,
}

#[derive(Serialize)]
pub struct Section {
    name: String,
    detail: String,
    kind: &'static str,
    range: Range,
    children: Vec<Section>,
}

/// One fact that is open, and where.
#[derive(Serialize)]
pub struct Open {
    pub text: String,
    pub category: &'static str,
    pub places: Vec<Opening>,
}

#[derive(Serialize)]
pub struct Opening {
    range: Range,
    section: String,
    around: String,
}

#[derive(Serialize)]
pub struct Completion {
    label: String,
    detail: String,
    range: Range,
    /// The text, or a template with its stops as `${…}`.
    text: String,
    #[serde(rename = "isTemplate")]
    is_template: bool,
    deprecated: bool,
    /// Of a formulation: what to ask about.
    id: Option<String>,
}

#[derive(Serialize)]
pub struct Action {
    pub title: String,
    pub edits: Vec<Edit>,
    /// `fix`, `fill` or `structure`.
    pub kind: &'static str,
}

#[derive(Serialize)]
pub struct Hover {
    pub markdown: String,
    pub range: Range,
}

/// A name that stands for one fact.
#[derive(Serialize)]
pub struct Name {
    pub text: String,
    pub places: Vec<Range>,
}

#[derive(Serialize)]
pub struct Verdict {
    pub ready: bool,
    pub markdown: String,
}

#[derive(Serialize)]
pub struct Formulation {
    pub id: String,
    pub text: String,
    pub kind: &'static str,
    pub explanation: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct State {
    /// Errors, warnings, information, hints.
    pub counts: [usize; 4],
    pub blanks: usize,
    pub words: u32,
    /// Words and minutes, as a reader would say it.
    pub size: String,
    /// It is taken for a speech.
    pub is_official: bool,
    pub is_traditional: bool,
}

/// A rule as the writer may settle it.
#[derive(Serialize)]
pub struct Rule {
    code: &'static str,
    name: &'static str,
    summary: &'static str,
    /// The name of its severity; nothing where it is off.
    severity: Option<&'static str>,
}

impl Rule {
    pub fn of(rule: &rules::Rule, locale: Locale) -> Self {
        let text = rule.text(locale);
        Self { code: rule.code, name: text.name, summary: text.summary, severity: rule.severity.map(Severity::name) }
    }
}

#[derive(Serialize)]
pub struct Template {
    pub name: &'static str,
    pub text: &'static str,
}

/// Places of one version of a draft in the units of the page. Asked for in text order, a line is read once.
pub struct Places<'a> {
    document: &'a Document,
    last: RefCell<(u32, String)>,
}

impl<'a> Places<'a> {
    pub fn new(document: &'a Document) -> Self {
        let first = document.line(0).into_owned();
        Self { document, last: RefCell::new((0, first)) }
    }

    fn place(&self, point: Point) -> Place {
        let mut last = self.last.borrow_mut();
        if last.0 != point.line {
            *last = (point.line, self.document.line(point.line as usize).into_owned());
        }
        Place { line: point.line, character: Encoding::Utf16.column(&last.1, point.byte as usize) }
    }

    pub fn range(&self, span: Span) -> Range {
        Range { start: self.place(span.start), end: self.place(span.end) }
    }

    pub fn edits(&self, edits: Vec<text::Edit>) -> Vec<Edit> {
        edits.into_iter().map(|edit| Edit { range: self.range(edit.span), new_text: edit.text }).collect()
    }

    pub fn finding(&self, found: rules::Diagnostic, locale: Locale) -> Finding {
        let related = |related: rules::Related| Related { range: self.range(related.span), message: related.message };
        let fix = |fix: rules::Fix| Fix { title: fix.title, grade: fix.grade.name(), edits: self.edits(fix.edits) };
        Finding {
            code: found.rule.code,
            name: found.rule.text(locale).name,
            severity: found.severity.name(),
            range: self.range(found.span),
            is_blank: found.rule.is(rules::Tag::Blank),
            message: found.message,
            related: found.related.into_iter().map(related).collect(),
            fix: found.fix.map(fix),
        }
    }

    pub fn section(&self, symbol: Symbol) -> Section {
        Section {
            kind: symbol.kind.name(),
            range: self.range(symbol.selection),
            name: symbol.name,
            detail: symbol.detail,
            children: symbol.children.into_iter().map(|child| self.section(child)).collect(),
        }
    }

    pub fn opening(&self, open: report::Open) -> Opening {
        Opening { range: self.range(open.span), section: open.section, around: open.around }
    }

    pub fn candidate(&self, candidate: completion::Candidate) -> Completion {
        Completion {
            label: candidate.label,
            detail: candidate.detail,
            range: self.range(candidate.span),
            text: candidate.text,
            is_template: false,
            deprecated: false,
            id: None,
        }
    }

    pub fn formulation(&self, candidate: formulations::Candidate) -> Completion {
        Completion {
            label: candidate.label,
            detail: candidate.detail,
            range: self.range(candidate.span),
            is_template: candidate.snippet.is_some(),
            text: candidate.snippet.unwrap_or(candidate.text),
            deprecated: candidate.deprecated,
            id: Some(candidate.id),
        }
    }
}
