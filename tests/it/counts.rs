//! Announced counts: the table of sentences, each as it stands, in Traditional characters, and with neutral text
//! around it.

use std::sync::Arc;

use jianggao::analysis::{Analysis, Markup};
use jianggao::locale::Locale;
use jianggao::rules::diagnostics;
use jianggao::settings::{Settings, Severity};
use jianggao::text::Flat;
use jianggao::text::fold::traditional;

/// The rows: what is announced and how many there are, or nothing; and the draft.
fn rows() -> impl Iterator<Item = (Option<(&'static str, &'static str)>, String)> {
    include_str!("counts.tsv").lines().filter(|row| !row.starts_with('#')).map(|row| {
        let (expected, draft) = row.split_once('\t').expect(row);
        (expected.split_once('/'), draft.replace('¶', "\n"))
    })
}

/// The warnings about counts: as announced, and the message.
fn warnings(text: &str) -> Vec<String> {
    let lines = Flat::new(text);
    let settings = Arc::new(Settings::default());
    let analysis = Analysis::new(&lines, Markup::Plain, &settings);
    diagnostics(&analysis, &lines, &settings, Locale::Hans, usize::MAX)
        .into_iter()
        .filter(|d| d.rule.code == "count-mismatch" && d.severity == Severity::Warning)
        .map(|d| d.message)
        .collect()
}

#[track_caller]
fn check(change: impl Fn(&str) -> String) {
    let wrong = rows().filter_map(|(expected, draft)| {
        let found = warnings(&change(&draft));
        let right = match expected {
            None => found.is_empty(),
            Some((_, actual)) => {
                found.iter().any(|message| message.replace('項', "项").contains(&format!("列出 {actual} 项")))
            }
        };
        (!right).then(|| format!("{expected:?} {draft}\n    {found:?}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_is_announced_is_held_against_what_is_listed() {
    check(str::to_owned);
}

#[test]
fn counts_in_traditional_characters() {
    // Characters with several Traditional forms stay as they are.
    check(|draft| draft.chars().map(|c| traditional(&c.to_string()).unwrap_or_else(|| c.to_string())).collect());
}

#[test]
fn neutral_text_around_a_count_changes_nothing() {
    check(|draft| format!("同志们，今天的会议十分重要。\n\n{draft}\n\n会议室里灯火通明。"));
    check(|draft| draft.replace('\n', "\n\n"));
}
