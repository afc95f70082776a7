//! `--format junit`: XML in the dialect of JUnit. A draft is a suite, a finding a test: a failure from the level of
//! `--fail-on` on, otherwise skipped; a draft without findings is a test that passed.

use std::fmt::Write as _;

use super::xml::{HEAD, attribute};
use super::{Draft, Outcome, Reporter};
use crate::settings::Severity;

pub(super) struct Junit {
    /// The least severity that is a failure.
    pub threshold: Option<Severity>,
}

impl Reporter for Junit {
    fn head(&self) -> String {
        HEAD.to_owned() + "<testsuites name=\"jianggao\">\n"
    }

    fn draft(&self, draft: &Draft) -> String {
        let path = attribute(&draft.relative_path());
        let is_failure = |severity: Severity| self.threshold.is_some_and(|least| severity <= least);
        let failures = draft.findings.iter().filter(|finding| is_failure(finding.severity)).count();
        let (tests, skipped) = (draft.findings.len().max(1), draft.findings.len() - failures);
        let mut text = format!(
            "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\">\n"
        );
        if draft.findings.is_empty() {
            let _ = writeln!(text, "    <testcase name=\"{path}\" classname=\"jianggao\"/>");
        }
        for finding in draft.findings {
            let (line, column) = draft.place(finding.span.start);
            let (code, message) = (finding.rule.code, attribute(&finding.message));
            let outcome = match is_failure(finding.severity) {
                true => {
                    let severity = finding.severity.name();
                    format!("<failure type=\"{severity}\" message=\"{path}:{line}:{column}: {message}\"/>")
                }
                false => format!("<skipped message=\"{path}:{line}:{column}: {message}\"/>"),
            };
            let _ = writeln!(
                text,
                "    <testcase name=\"{code} {line}:{column}\" classname=\"{path}\" line=\"{line}\">{outcome}</testcase>"
            );
        }
        text + "  </testsuite>\n"
    }

    fn foot(&self, outcome: &Outcome) -> String {
        let mut text = String::new();
        if !outcome.problems.is_empty() {
            let count = outcome.problems.len();
            let _ =
                writeln!(text, "  <testsuite name=\"jianggao\" tests=\"{count}\" failures=\"0\" errors=\"{count}\">");
            for (n, problem) in (1..).zip(outcome.problems) {
                let message = attribute(problem);
                let _ = writeln!(
                    text,
                    "    <testcase name=\"{n}\" classname=\"jianggao\"><error message=\"{message}\"/></testcase>"
                );
            }
            text += "  </testsuite>\n";
        }
        text + "</testsuites>\n"
    }
}
