//! `--format rdjson`: the Reviewdog Diagnostic Format, with what could be written instead. Lines and columns are
//! 1-based, columns count bytes of UTF-8.

use serde::Serialize;

use super::{Draft, Outcome, Reporter};
use crate::cli::output::json_text;
use crate::rules::{Diagnostic, Fix};
use crate::settings::Severity;
use crate::text::{Lines as _, Point, Span};

pub(super) struct Rdjson;

#[derive(Serialize)]
struct Entry<'a> {
    message: &'a str,
    location: Location<'a>,
    severity: &'static str,
    code: Code<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    range: Range,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
}

#[derive(Serialize)]
struct Suggestion {
    range: Range,
    text: String,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
}

impl Range {
    fn new(span: Span) -> Self {
        let position = |point: Point| Position { line: point.line + 1, column: point.byte + 1 };
        Self { start: position(span.start), end: position(span.end) }
    }
}

impl Reporter for Rdjson {
    fn head(&self) -> String {
        "{\"source\":{\"name\":\"jianggao\"},\"diagnostics\":[\n".to_owned()
    }

    fn draft(&self, draft: &Draft) -> String {
        let path = draft.relative_path();
        let entry = |finding: &Diagnostic| {
            json_text(&Entry {
                message: &finding.message,
                location: Location { path: &path, range: Range::new(finding.span) },
                severity: match finding.severity {
                    Severity::Error => "ERROR",
                    Severity::Warning => "WARNING",
                    Severity::Information | Severity::Hint => "INFO",
                },
                code: Code { value: finding.rule.code },
                suggestions: finding.fix.iter().filter_map(|fix| suggestion(fix, draft)).collect(),
            })
        };
        draft.findings.iter().map(entry).collect::<Vec<_>>().join(",\n")
    }

    fn separator(&self) -> &'static str {
        ",\n"
    }

    fn foot(&self, _: &Outcome) -> String {
        "\n]}\n".to_owned()
    }
}

/// A fix as one replacement, which is all that the format knows: with what stands between its edits, if they are in
/// one line.
fn suggestion(fix: &Fix, draft: &Draft) -> Option<Suggestion> {
    let mut edits: Vec<_> = fix.edits.iter().collect();
    edits.sort_by_key(|edit| edit.span.start);
    let (first, last) = (edits.first()?, edits.last()?);
    let span = Span::new(first.span.start, last.span.end);
    if edits.len() > 1 && span.start.line != span.end.line {
        return None;
    }
    let line = draft.lines.line(span.start.line as usize);
    let mut text = String::new();
    let mut at = span.start.byte as usize;
    for edit in edits {
        // The first begins where the text does.
        text += line.get(at..edit.span.start.byte as usize)?;
        text += &edit.text;
        at = edit.span.end.byte as usize;
    }
    Some(Suggestion { range: Range::new(span), text })
}
