//! Lists that do not count on: the table of drafts, each as it stands, in Traditional characters, with neutral text
//! around it and with other verbs.

use std::sync::Arc;

use jianggao::analysis::{Analysis, Markup};
use jianggao::locale::Locale;
use jianggao::rules::diagnostics;
use jianggao::settings::{Settings, Severity};
use jianggao::text::Flat;
use jianggao::text::fold::traditional;

/// The rows: on which line a list goes wrong, if it does; and the draft.
fn rows() -> impl Iterator<Item = (Option<u32>, String)> {
    include_str!("lists.tsv").lines().filter(|row| !row.starts_with('#')).map(|row| {
        let (expected, draft) = row.split_once('\t').expect(row);
        (expected.parse().ok(), draft.replace('¶', "\n"))
    })
}

/// The lines with a warning about the numbers of a list.
fn warned(text: &str) -> Vec<u32> {
    let lines = Flat::new(text);
    let settings = Arc::new(Settings::default());
    let analysis = Analysis::new(&lines, Markup::Plain, &settings);
    let mut lines: Vec<u32> = diagnostics(&analysis, &lines, &settings, Locale::Hans, usize::MAX)
        .into_iter()
        .filter(|d| d.rule.code.starts_with("numbering") && d.severity == Severity::Warning)
        .map(|d| d.span.start.line)
        .collect();
    lines.dedup();
    lines
}

/// Every row is judged as the table says, `change`d in a way that leaves line `n` of the draft on line `place(n)`.
#[track_caller]
fn check(change: impl Fn(&str) -> String, place: impl Fn(u32) -> u32) {
    let wrong = rows().filter_map(|(expected, draft)| {
        let found = warned(&change(&draft));
        let right: Vec<u32> = expected.into_iter().map(&place).collect();
        (found != right).then(|| format!("{draft}\n    {right:?}, but {found:?}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_list_that_does_not_count_on_is_told_from_a_turn_of_speech() {
    check(str::to_owned, |n| n);
}

#[test]
fn lists_in_traditional_characters() {
    let twin = |c: char| traditional(&c.to_string()).unwrap_or_else(|| c.to_string());
    check(|draft| draft.chars().map(twin).collect(), |n| n);
}

#[test]
fn neutral_text_around_a_list_changes_nothing() {
    const NEUTRAL: &str = "同志们，蓝图已经绘就，使命催人奋进，大家要一步一个脚印干下去。";
    check(|draft| format!("{NEUTRAL}\n\n{draft}\n\n{NEUTRAL}"), |n| n + 2);
    check(|draft| draft.replace('\n', "\n\n"), |n| 2 * n);
}

#[test]
fn another_verb_or_thing_changes_nothing() {
    for (one, other) in [("要", "是"), ("抓", "管"), ("查", "看"), ("责任", "制度"), ("今年", "全年")] {
        check(|draft| draft.replace(one, other), |n| n);
    }
}
