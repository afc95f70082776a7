//! `--format gitlab`: the Code Quality report of GitLab. Lines and columns are 1-based, columns count characters.

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::{Draft, Outcome, Reporter};
use crate::cli::baseline;
use crate::cli::output::json_text;
use crate::rules::Diagnostic;
use crate::settings::Severity;

pub(super) struct Gitlab;

#[derive(Serialize)]
struct Issue<'a> {
    description: &'a str,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    positions: Positions,
}

#[derive(Serialize)]
struct Positions {
    begin: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
}

impl From<(u32, u32)> for Position {
    fn from((line, column): (u32, u32)) -> Self {
        Self { line, column }
    }
}

impl Reporter for Gitlab {
    fn head(&self) -> String {
        "[\n".to_owned()
    }

    fn draft(&self, draft: &Draft) -> String {
        let path = draft.relative_path();
        let mut seen = FxHashMap::<String, usize>::default();
        let issue = |finding: &Diagnostic| {
            let known = baseline::known_as(&path, finding, draft.lines);
            let count = seen.entry(known.clone()).or_default();
            *count += 1;
            let fingerprint = format!("{known}{count:04x}");
            let severity = match finding.severity {
                Severity::Error => "critical",
                Severity::Warning => "major",
                Severity::Information => "minor",
                Severity::Hint => "info",
            };
            let positions =
                Positions { begin: draft.place(finding.span.start).into(), end: draft.place(finding.span.end).into() };
            let location = Location { path: &path, positions };
            let (description, check_name) = (&*finding.message, finding.rule.code);
            json_text(&Issue { description, check_name, fingerprint, severity, location })
        };
        draft.findings.iter().map(issue).collect::<Vec<_>>().join(",\n")
    }

    fn separator(&self) -> &'static str {
        ",\n"
    }

    fn foot(&self, outcome: &Outcome) -> String {
        let problem = |(n, problem): (usize, &String)| {
            let here = || Position::from((1, 1));
            json_text(&Issue {
                description: problem,
                check_name: "jianggao",
                fingerprint: format!("{n:04x}"),
                severity: "blocker",
                location: Location { path: ".", positions: Positions { begin: here(), end: here() } },
            })
        };
        let mut text = outcome.problems.iter().enumerate().map(problem).collect::<Vec<_>>().join(",\n");
        if outcome.counts.iter().sum::<usize>() > 0 && !text.is_empty() {
            text.insert_str(0, self.separator());
        }
        text + "\n]\n"
    }
}
