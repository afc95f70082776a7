//! Whole drafts, with what is reported of each beside it: `<draft>.expected`.
//! `UPDATE_EXPECT=1 cargo test --locked --test it corpus` writes the reports anew; read the difference.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use expect_test::expect_file;
use jianggao::analysis::{Analysis, Markup};
use jianggao::features::symbols::{Symbol, symbols};
use jianggao::locale::Locale;
use jianggao::rules::{Diagnostic, diagnostics};
use jianggao::settings::Settings;
use jianggao::text::{Encoding, Flat, Grade, Lines as _, Point, Span};

fn drafts() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/drafts");
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut drafts: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|e| e == "txt" || e == "md")).collect();
    drafts.sort();
    drafts
}

/// The findings, one a line, then the outline.
fn report(text: &str, markup: Markup) -> String {
    let lines = Flat::new(text);
    let settings = Arc::new(Settings::default());
    let analysis = Analysis::new(&lines, markup, &settings);
    let mut out = String::new();
    for found in diagnostics(&analysis, &lines, &settings, Locale::Hans, usize::MAX) {
        write_finding(&found, &lines, &mut out);
    }
    out.push_str("---\n");
    write_outline(&symbols(&analysis, &lines), 0, &mut out);
    out
}

fn write_finding(found: &Diagnostic, lines: &Flat<'_>, out: &mut String) {
    let (severity, code) = (found.severity.name(), found.rule.code);
    let _ = write!(out, "{} {severity} {code} {}", place(lines, found.span.start), found.message);
    if let Some(fix) = &found.fix {
        let _ = write!(out, " → {}", fix.title);
        for edit in &fix.edits {
            let _ = write!(out, " [{}]", change(lines, edit.span, &edit.text));
        }
        out.push_str(match fix.grade {
            Grade::Certain => " 稳妥",
            Grade::Offered => "",
            Grade::Style => " 格式",
        });
    }
    out.push('\n');
    for related in &found.related {
        let _ = writeln!(out, "    {} {}", place(lines, related.span.start), related.message);
    }
}

fn change(lines: &Flat<'_>, span: Span, text: &str) -> String {
    format!("{} “{}”→“{text}”", place(lines, span.start), lines.text(span))
}

/// Line and column in characters, both from 1.
fn place(lines: &Flat<'_>, point: Point) -> String {
    let at = Encoding::Utf32.position(lines, point);
    format!("{}:{}", at.line + 1, at.column + 1)
}

fn write_outline(nodes: &[Symbol], depth: usize, out: &mut String) {
    for node in nodes {
        let _ = write!(out, "{}{} {}", "  ".repeat(depth), node.kind.name(), node.name);
        let _ = if node.detail.is_empty() { writeln!(out) } else { writeln!(out, "（{}）", node.detail) };
        write_outline(&node.children, depth + 1, out);
    }
}

#[test]
fn drafts_are_reported_as_expected() {
    let drafts = drafts();
    assert!(drafts.len() >= 8, "only {} drafts", drafts.len());
    for draft in drafts {
        let text = std::fs::read_to_string(&draft).unwrap();
        let markup = if draft.extension().is_some_and(|e| e == "md") { Markup::Markdown } else { Markup::Plain };
        let mut expected = draft.into_os_string();
        expected.push(".expected");
        expect_file![PathBuf::from(expected)].assert_eq(&report(&text, markup));
    }
}
