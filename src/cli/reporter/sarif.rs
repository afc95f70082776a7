//! `--format sarif`: the Static Analysis Results Interchange Format, version 2.1.0. Lines and columns are 1-based,
//! columns count characters.

use serde::Serialize;
use serde_json::{Value, json};

use super::{Draft, Outcome, Reporter};
use crate::cli::baseline;
use crate::cli::output::json_text;
use crate::locale::Locale;
use crate::rules::{Diagnostic, RULES, Rule};
use crate::settings::Severity;
use crate::text::{Edit, Span};

pub(super) struct Sarif {
    pub locale: Locale,
}

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Found<'a> {
    rule_id: &'a str,
    level: &'static str,
    message: Text<'a>,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fixes: Option<[Value; 1]>,
    partial_fingerprints: Fingerprint,
}

#[derive(Serialize)]
struct Text<'a> {
    text: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Value,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
struct Fingerprint {
    #[serde(rename = "jianggao/v1")]
    known: String,
}

impl Region {
    fn new(span: Span, draft: &Draft) -> Self {
        let ((start_line, start_column), (end_line, end_column)) = (draft.place(span.start), draft.place(span.end));
        Self { start_line, start_column, end_line, end_column }
    }
}

impl Reporter for Sarif {
    fn head(&self) -> String {
        let rules: Vec<Value> = RULES.iter().map(|rule| self.rule(rule)).collect();
        let driver = json!({
            "name": "jianggao",
            "version": env!("CARGO_PKG_VERSION"),
            "language": self.locale.pick("zh-CN", "zh-TW", "en"),
            "rules": rules,
        });
        let driver = json_text(&driver);
        format!(
            "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{{\"driver\":{driver}}},\
             \"columnKind\":\"unicodeCodePoints\",\"results\":[\n"
        )
    }

    fn draft(&self, draft: &Draft) -> String {
        let path = draft.relative_path();
        let uri = json!({ "uri": uri(&path) });
        let physical = |span| Physical { artifact_location: uri.clone(), region: Region::new(span, draft) };
        let found = |finding: &Diagnostic| {
            let related = finding.related.iter().map(|related| Location {
                physical_location: physical(related.span),
                message: Some(Text { text: &related.message }),
            });
            let replacement = |edit: &Edit| {
                json!({
                    "deletedRegion": Region::new(edit.span, draft),
                    "insertedContent": { "text": edit.text },
                })
            };
            let fix = finding.fix.as_ref().map(|fix| {
                let replacements: Vec<Value> = fix.edits.iter().map(replacement).collect();
                [json!({
                    "description": { "text": fix.title },
                    "artifactChanges": [{ "artifactLocation": uri, "replacements": replacements }],
                })]
            });
            json_text(&Found {
                rule_id: finding.rule.code,
                level: level(Some(finding.severity)),
                message: Text { text: &finding.message },
                locations: [Location { physical_location: physical(finding.span), message: None }],
                related_locations: related.collect(),
                fixes: fix,
                partial_fingerprints: Fingerprint { known: baseline::known_as(&path, finding, draft.lines) },
            })
        };
        draft.findings.iter().map(found).collect::<Vec<_>>().join(",\n")
    }

    fn separator(&self) -> &'static str {
        ",\n"
    }

    fn foot(&self, outcome: &Outcome) -> String {
        let problem = |text: &String| json!({ "level": "error", "message": { "text": text } });
        let problems: Vec<Value> = outcome.problems.iter().map(problem).collect();
        let is_whole = problems.is_empty() && !outcome.extent.is_unsound;
        let invocation = json!({ "executionSuccessful": is_whole, "toolExecutionNotifications": problems });
        format!("\n],\"invocations\":[{}]}}]}}\n", json_text(&invocation))
    }
}

impl Sarif {
    fn rule(&self, rule: &Rule) -> Value {
        let texts = rule.text(self.locale);
        json!({
            "id": rule.code,
            "name": texts.name,
            "shortDescription": { "text": texts.summary },
            "fullDescription": { "text": texts.why },
            "defaultConfiguration": { "enabled": rule.severity.is_some(), "level": level(rule.severity) },
        })
    }
}

fn level(severity: Option<Severity>) -> &'static str {
    match severity {
        Some(Severity::Error) => "error",
        Some(Severity::Warning) => "warning",
        Some(Severity::Information | Severity::Hint) | None => "note",
    }
}

/// A path as a reference: relative, or `file:` for an absolute one.
fn uri(path: &str) -> String {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    /// All but what no path needs to escape.
    const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    let escaped = utf8_percent_encode(&path, ESCAPED).to_string();
    match std::path::Path::new(&path).is_absolute() {
        true => format!("file://{}{escaped}", if escaped.starts_with('/') { "" } else { "/" }),
        false => escaped,
    }
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_are_references() {
        assert_eq!(uri("讲话 1#.txt"), "%E8%AE%B2%E8%AF%9D%201%23.txt");
        assert_eq!(uri("a:b.txt"), "a%3Ab.txt");
        #[cfg(unix)]
        assert_eq!(uri("/稿/a.txt"), "file:///%E7%A8%BF/a.txt");
    }
}
