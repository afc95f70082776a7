//! What the program has to say about drafts, as plain values for whoever reads it: the command line, a page,
//! a Word file, another program. `docs/json.md` describes their JSON, `docs/report.schema.json` that of a check.
//!
//! Lines and characters are 0-based; characters are Unicode scalar values.

mod columns;
pub mod compared;
pub mod ledger;
mod text;

use serde::Serialize;

pub use columns::Columns;
pub use compared::Compared;
pub use ledger::Ledger;
pub use text::{FixedFile, Text};

use crate::features::symbols::Symbol;
use crate::rules::{self, Rule};
use crate::settings::Severity;
use crate::text::{Edit, Point, Span};

/// Changes when a field is taken away or means something else, not when one is added.
const VERSION: u32 = 1;

#[derive(Serialize)]
#[cfg_attr(any(test, feature = "mcp"), derive(schemars::JsonSchema))]
pub struct Report<File> {
    version: u32,
    /// The version of the tables that decide.
    tables: String,
    files: Vec<File>,
    /// What all files come to.
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<Total>,
    /// What could not be done, a sentence each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(default))]
    problems: Vec<String>,
    /// What `--final` comes to.
    #[serde(rename = "final", skip_serializing_if = "Option::is_none")]
    verdict: Option<Verdict>,
}

impl<File> Report<File> {
    pub fn new(files: Vec<File>) -> Self {
        let version = VERSION;
        let tables = crate::features::why::tables();
        Self { version, tables, files, summary: None, problems: Vec::new(), verdict: None }
    }

    /// With what stands after the files.
    pub fn with_outcome(self, summary: Total, problems: Vec<String>, verdict: Option<Verdict>) -> Self {
        Self { summary: Some(summary), problems, verdict, ..self }
    }
}

/// Whether the drafts can be handed in.
#[derive(Serialize)]
#[cfg_attr(any(test, feature = "mcp"), derive(schemars::JsonSchema))]
pub struct Verdict {
    pub ready: bool,
    pub blocking: usize,
    pub limits: Vec<String>,
    pub hidden: Vec<Hidden>,
}

/// A finding that is not reported.
#[derive(Serialize)]
#[cfg_attr(any(test, feature = "mcp"), derive(schemars::JsonSchema))]
pub struct Hidden {
    pub path: String,
    pub line: u32,
    pub character: u32,
    pub code: &'static str,
    pub message: String,
    pub placeholder: bool,
    pub by: String,
}

#[derive(Serialize)]
#[cfg_attr(any(test, feature = "mcp"), derive(schemars::JsonSchema))]
pub struct RuleList {
    version: u32,
    rules: Vec<RuleEntry>,
}

#[derive(Serialize)]
#[cfg_attr(any(test, feature = "mcp"), derive(schemars::JsonSchema))]
pub struct CheckedFile {
    pub path: String,
    pub encoding: &'static str,
    /// Whether it is taken for official prose; otherwise there are hints at most.
    pub official: bool,
    pub diagnostics: Vec<Diagnostic>,
    pub summary: Summary,
}

#[derive(Serialize)]
#[cfg_attr(any(test, feature = "mcp"), derive(schemars::JsonSchema))]
pub struct OutlinedFile {
    pub path: String,
    pub encoding: &'static str,
    pub symbols: Vec<SymbolNode>,
}

#[derive(Serialize)]
#[cfg_attr(any(test, feature = "mcp"), derive(schemars::JsonSchema))]
pub struct Diagnostic {
    code: &'static str,
    severity: &'static str,
    message: String,
    range: Range,
    related: Vec<Related>,
    fix: Option<Fix>,
    #[serde(flatten)]
    place: Option<Paragraph>,
}

/// Where in a Word document a finding is.
#[derive(Serialize)]
#[cfg_attr(any(test, feature = "mcp"), derive(schemars::JsonSchema))]
pub struct Paragraph {
    pub part: &'static str,
    pub paragraph: u32,
    pub heading: Option<String>,
}

#[derive(Serialize)]
#[cfg_attr(any(test, feature = "mcp"), derive(schemars::JsonSchema))]
struct Related {
    message: String,
    range: Range,
}

#[derive(Serialize)]
#[cfg_attr(any(test, feature = "mcp"), derive(schemars::JsonSchema))]
struct Fix {
    title: String,
    grade: &'static str,
    edits: Vec<TextEdit>,
}

#[derive(Serialize)]
#[cfg_attr(any(test, feature = "mcp"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
struct TextEdit {
    range: Range,
    new_text: String,
}

#[derive(Serialize)]
#[cfg_attr(any(test, feature = "mcp"), derive(schemars::JsonSchema))]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
#[cfg_attr(any(test, feature = "mcp"), derive(schemars::JsonSchema))]
struct Position {
    line: u32,
    character: u32,
}

#[derive(Serialize)]
#[cfg_attr(any(test, feature = "mcp"), derive(schemars::JsonSchema))]
pub struct Summary {
    error: usize,
    warning: usize,
    information: usize,
    hint: usize,
    placeholders: Vec<Category>,
}

/// What several files come to.
#[derive(Serialize)]
#[cfg_attr(any(test, feature = "mcp"), derive(schemars::JsonSchema))]
pub struct Total {
    /// How many were checked.
    pub files: usize,
    /// How many were given and could not be.
    pub unread: usize,
    #[serde(flatten)]
    pub counts: Summary,
}

#[derive(Serialize)]
#[cfg_attr(any(test, feature = "mcp"), derive(schemars::JsonSchema))]
struct Category {
    category: &'static str,
    count: usize,
}

#[derive(Serialize)]
#[cfg_attr(any(test, feature = "mcp"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SymbolNode {
    name: String,
    detail: String,
    kind: &'static str,
    level: u8,
    marker: String,
    ordinal: Option<u32>,
    range: Range,
    selection_range: Range,
    children: Vec<SymbolNode>,
}

#[derive(Serialize)]
#[cfg_attr(any(test, feature = "mcp"), derive(schemars::JsonSchema))]
pub struct RuleEntry {
    code: &'static str,
    name: &'static str,
    /// `off` for a rule that must be switched on.
    severity: &'static str,
    summary: &'static str,
    why: &'static str,
    source: &'static str,
    examples: Vec<Example>,
}

#[derive(Serialize)]
#[cfg_attr(any(test, feature = "mcp"), derive(schemars::JsonSchema))]
struct Example {
    bad: &'static str,
    good: &'static str,
}

impl Diagnostic {
    pub fn new(diagnostic: rules::Diagnostic, columns: &Columns) -> Self {
        Self {
            code: diagnostic.rule.code,
            severity: diagnostic.severity.name(),
            message: diagnostic.message,
            range: Range::new(diagnostic.span, columns),
            related: diagnostic
                .related
                .into_iter()
                .map(|related| Related { message: related.message, range: Range::new(related.span, columns) })
                .collect(),
            fix: diagnostic.fix.map(|fix| Fix {
                title: fix.title,
                grade: fix.grade.name(),
                edits: fix.edits.into_iter().map(|edit| TextEdit::new(edit, columns)).collect(),
            }),
            place: None,
        }
    }

    pub fn in_paragraph(self, place: Option<Paragraph>) -> Self {
        Self { place, ..self }
    }
}

impl TextEdit {
    fn new(edit: Edit, columns: &Columns) -> Self {
        Self { range: Range::new(edit.span, columns), new_text: edit.text }
    }
}

impl Range {
    fn new(span: Span, columns: &Columns) -> Self {
        let position = |point: Point| {
            let position = columns.position(point);
            Position { line: position.line, character: position.column }
        };
        Self { start: position(span.start), end: position(span.end) }
    }
}

impl Summary {
    pub fn new(counts: [usize; 4], placeholders: &[(&'static str, usize)]) -> Self {
        Self {
            error: counts[Severity::Error as usize],
            warning: counts[Severity::Warning as usize],
            information: counts[Severity::Information as usize],
            hint: counts[Severity::Hint as usize],
            placeholders: placeholders.iter().map(|&(category, count)| Category { category, count }).collect(),
        }
    }
}

impl SymbolNode {
    pub fn new(symbol: Symbol, columns: &Columns) -> Self {
        Self {
            name: symbol.name,
            detail: symbol.detail,
            kind: symbol.kind.name(),
            level: symbol.level,
            marker: symbol.marker,
            ordinal: symbol.ordinal,
            range: Range::new(symbol.span, columns),
            selection_range: Range::new(symbol.selection, columns),
            children: symbol.children.into_iter().map(|child| Self::new(child, columns)).collect(),
        }
    }
}

impl RuleList {
    pub fn new(rules: &[&Rule]) -> Self {
        Self { version: VERSION, rules: rules.iter().map(|rule| RuleEntry::new(rule)).collect() }
    }
}

impl RuleEntry {
    pub fn new(rule: &Rule) -> Self {
        Self {
            code: rule.code,
            name: rule.name,
            severity: rule.severity.map_or("off", Severity::name),
            summary: rule.summary,
            why: rule.why,
            source: rule.source,
            examples: rule.examples.iter().map(|example| Example { bad: example.bad, good: example.good }).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::SAMPLE;
    use crate::text::{Flat, Range};

    /// `docs/report.schema.json`; `UPDATE_EXPECT=1` writes it anew.
    #[test]
    fn the_published_schema() {
        let mut schema = schemars::generate::SchemaSettings::draft2020_12().into_generator();
        let mut schema = schema.root_schema_for::<Report<CheckedFile>>();
        schema.insert("title".to_owned(), "jianggao check --format json".into());
        let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        expect_test::expect_file!["../docs/report.schema.json"].assert_eq(&text);
    }

    #[test]
    fn the_shape_of_a_report() {
        let lines = Flat::new("𠮷一要学，\r\n一要干");
        let columns = Columns::new(&lines);
        let span = Span::in_line(1, Range::new(0, 6));
        let found = rules::Diagnostic {
            rule: &SAMPLE,
            severity: Severity::Warning,
            span,
            message: "“一要”重复".to_owned(),
            related: vec![rules::Related {
                span: Span::in_line(0, Range::new(4, 10)), message: "前一项".to_owned()
            }],
            fix: Some(rules::Fix {
                title: "改为“二要”".to_owned(),
                edits: vec![Edit::new(span, "二要")],
                grade: crate::text::Grade::Certain,
            }),
        };
        let bare = rules::Diagnostic { related: Vec::new(), fix: None, ..found.clone() };
        let report = Report::new(vec![CheckedFile {
            path: "稿.txt".to_owned(),
            encoding: "UTF-8",
            official: true,
            diagnostics: vec![Diagnostic::new(found, &columns), Diagnostic::new(bare, &columns)],
            summary: Summary::new([0, 2, 0, 0], &[("名称", 1)]),
        }]);
        let here = serde_json::json!({
            "start": {"line": 1, "character": 0},
            "end": {"line": 1, "character": 2},
        });
        assert_eq!(
            serde_json::to_value(&report).unwrap(),
            serde_json::json!({"version": 1, "tables": crate::features::why::tables(), "files": [{
                "path": "稿.txt",
                "encoding": "UTF-8",
                "official": true,
                "diagnostics": [{
                    "code": "numbering-duplicate",
                    "severity": "warning",
                    "message": "“一要”重复",
                    "range": here,
                    "related": [{
                        "message": "前一项",
                        "range": {
                            "start": {"line": 0, "character": 1},
                            "end": {"line": 0, "character": 3},
                        },
                    }],
                    "fix": {
                        "title": "改为“二要”",
                        "grade": "certain",
                        "edits": [{"range": here, "newText": "二要"}],
                    },
                }, {
                    "code": "numbering-duplicate",
                    "severity": "warning",
                    "message": "“一要”重复",
                    "range": here,
                    "related": [],
                    "fix": null,
                }],
                "summary": {
                    "error": 0, "warning": 2, "information": 0, "hint": 0,
                    "placeholders": [{"category": "名称", "count": 1}],
                },
            }]})
        );
    }
}
