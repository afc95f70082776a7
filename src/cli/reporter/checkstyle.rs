//! `--format checkstyle`: XML as Checkstyle writes it, which many build servers read. Lines and columns are 1-based,
//! columns count characters.

use std::fmt::Write as _;

use super::xml::{HEAD, attribute};
use super::{Draft, Outcome, Reporter};
use crate::settings::Severity;

pub(super) struct Checkstyle;

impl Reporter for Checkstyle {
    fn head(&self) -> String {
        HEAD.to_owned() + "<checkstyle version=\"4.3\">\n"
    }

    fn draft(&self, draft: &Draft) -> String {
        let mut text = format!("  <file name=\"{}\">\n", attribute(&draft.relative_path()));
        for finding in draft.findings {
            let (line, column) = draft.place(finding.span.start);
            let severity = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Information | Severity::Hint => "info",
            };
            let _ = writeln!(
                text,
                "    <error line=\"{line}\" column=\"{column}\" severity=\"{severity}\" message=\"{}\" source=\"jianggao.{}\"/>",
                attribute(&finding.message),
                finding.rule.code,
            );
        }
        text + "  </file>\n"
    }

    fn foot(&self, outcome: &Outcome) -> String {
        let mut text = String::new();
        for problem in outcome.problems {
            let message = attribute(problem);
            let _ = writeln!(
                text,
                "  <file name=\"\"><error line=\"0\" severity=\"error\" message=\"{message}\" source=\"jianggao\"/></file>"
            );
        }
        text + "</checkstyle>\n"
    }
}
