//! `--format json`: one object, described in `docs/json.md`.

use super::{Draft, Outcome, Reporter};
use crate::cli::output::json_text;
use crate::locale::Locale;
use crate::report::{self, CheckedFile, Diagnostic, Paragraph, Summary, Total};

pub(super) struct Json {
    pub locale: Locale,
}

impl Reporter for Json {
    fn has_verdict(&self) -> bool {
        true
    }

    fn head(&self) -> String {
        let whole = whole();
        whole[..inside(&whole)].to_owned()
    }

    fn draft(&self, draft: &Draft) -> String {
        json_text(&file(draft))
    }

    fn separator(&self) -> &'static str {
        ","
    }

    fn foot(&self, outcome: &Outcome) -> String {
        let verdict = outcome.verdict.map(|verdict| verdict.values(outcome.extent, self.locale));
        let total = Total {
            files: outcome.extent.files,
            unread: outcome.extent.unread,
            counts: Summary::new(outcome.counts, outcome.placeholders),
        };
        let report = report::Report::<CheckedFile>::new(Vec::new());
        let whole = json_text(&report.with_outcome(total, outcome.problems.to_vec(), verdict));
        whole[inside(&whole)..].to_owned() + "\n"
    }
}

/// What one draft comes to.
pub(super) fn file(draft: &Draft) -> CheckedFile {
    let paragraph = |line: u32| {
        let places = draft.whereabouts?;
        let heading = places.heading(line).map(str::to_owned);
        Some(Paragraph { part: places.part(line).name(), paragraph: places.paragraph(line), heading })
    };
    let diagnostic = |finding: &crate::rules::Diagnostic| {
        Diagnostic::new(finding.clone(), draft.columns).in_paragraph(paragraph(finding.span.start.line))
    };
    CheckedFile {
        path: draft.path.to_owned(),
        encoding: draft.encoding,
        official: draft.is_official,
        diagnostics: draft.findings.iter().map(diagnostic).collect(),
        summary: Summary::new(draft.counts, draft.placeholders),
    }
}

/// A report without drafts.
fn whole() -> String {
    json_text(&report::Report::<CheckedFile>::new(Vec::new()))
}

/// Where the drafts of a report without any would stand.
fn inside(whole: &str) -> usize {
    const FILES: &str = "\"files\":[";
    whole.find(FILES).map_or(whole.len(), |at| at + FILES.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Columns;
    use crate::text::Flat;

    #[test]
    fn the_parts_make_the_whole() {
        let lines = Flat::new("同志们：\n");
        let columns = Columns::new(&lines);
        let draft = |path| Draft {
            path,
            encoding: "UTF-8",
            is_official: true,
            lines: &lines,
            columns: &columns,
            findings: &[],
            counts: [0; 4],
            placeholders: &[("地名", 2)],
            whereabouts: None,
        };
        let json = Json { locale: Locale::default() };
        let outcome = Outcome { problems: &["无法读取 二.txt".to_owned()], ..Outcome::default() };
        let parts = [json.draft(&draft("\"files\":[")), json.draft(&draft("一\u{9b}.txt"))].join(json.separator());
        let text = json.head() + &parts + &json.foot(&outcome);
        let file = |path: &str| CheckedFile {
            path: path.to_owned(),
            encoding: "UTF-8",
            official: true,
            diagnostics: Vec::new(),
            summary: Summary::new([0; 4], &[("地名", 2)]),
        };
        let total = Total { files: 0, unread: 0, counts: Summary::new([0; 4], &[]) };
        let problems = vec!["无法读取 二.txt".to_owned()];
        let whole = report::Report::new(vec![file("\"files\":["), file("一\u{9b}.txt")]);
        let whole = whole.with_outcome(total, problems, None);
        assert_eq!(text, json_text(&whole) + "\n");
        assert!(text.contains("一\\u009b.txt"));
    }
}
