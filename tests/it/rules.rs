//! The rules: their documentation is up to date, and their examples show what they say.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use expect_test::expect_file;
use jianggao::analysis::{Analysis, Markup};
use jianggao::locale::Locale;
use jianggao::rules::{Diagnostic, RULES, Rule, diagnostics, page};
use jianggao::text::{Flat, Grade, apply};

/// What is found in a text, also by a rule that is off by default.
fn found(rule: &Rule, text: &str) -> Vec<Diagnostic> {
    let lines = Flat::new(text);
    let settings = Arc::new(rule.settings_of_examples());
    let analysis = Analysis::new(&lines, Markup::Plain, &settings);
    diagnostics(&analysis, &lines, &settings, Locale::Hans, usize::MAX)
}

#[test]
fn a_page_for_each_rule_and_no_other() {
    for rule in RULES {
        expect_file![format!("../../docs/rules/{}.md", rule.code)].assert_eq(&page::page(rule));
    }
    expect_file!["../../docs/rules.md"].assert_eq(&page::index());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules");
    let name = |entry: std::io::Result<std::fs::DirEntry>| entry.unwrap().file_name().into_string().unwrap();
    let pages: BTreeSet<String> = std::fs::read_dir(folder).unwrap().map(name).collect();
    assert_eq!(pages, RULES.iter().map(|rule| format!("{}.md", rule.code)).collect());
}

#[test]
fn codes_are_unique_and_kebab_case_and_name_the_file() {
    let mut names = BTreeSet::new();
    for rule in RULES {
        assert!(names.insert(rule.code), "{} twice", rule.code);
        assert!(names.insert(rule.name), "{} twice", rule.name);
        let kebab = rule.code.split('-').all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase()));
        assert!(kebab, "{} is not kebab case", rule.code);
        let file = format!("src/rules/{}.rs", rule.code.replace('-', "_"));
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(&file).is_file(), "no {file}");
    }
}

#[test]
fn rules_explain_themselves() {
    for rule in RULES {
        for text in [rule.name, rule.summary, rule.why, rule.source] {
            assert!(!text.is_empty() && !text.contains(['\n', '|']), "{}: {text:?}", rule.code);
        }
        assert!(!rule.examples.is_empty(), "{} has no example", rule.code);
    }
}

#[test]
fn bad_examples_show_this_fault_and_no_other() {
    let mut wrong = Vec::new();
    for rule in RULES {
        for example in rule.examples {
            let mut codes: BTreeSet<&str> = found(rule, example.bad).iter().map(|d| d.rule.code).collect();
            // What is written in several ways is to be filled in all the same.
            if rule.code == "mixed-placeholder" {
                codes.remove("placeholder");
            }
            if codes != BTreeSet::from([rule.code]) {
                wrong.push(format!("{}: {codes:?} in {:?}", rule.code, example.bad));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn good_examples_are_free_of_the_fault() {
    let mut wrong = Vec::new();
    for rule in RULES {
        for example in rule.examples {
            let here: Vec<_> = found(rule, example.good).into_iter().filter(|d| d.rule.code == rule.code).collect();
            if !here.is_empty() {
                wrong.push(format!("{here:?} in {:?}", example.good));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn safe_fixes_remove_the_fault() {
    let mut wrong = Vec::new();
    for rule in RULES {
        for example in rule.examples {
            let here = |text| found(rule, text).into_iter().filter(|d| d.rule.code == rule.code);
            let (safe, others): (Vec<_>, Vec<_>) =
                here(example.bad).partition(|d| d.fix.as_ref().is_some_and(|fix| fix.grade == Grade::Certain));
            let edits: Vec<_> = safe.into_iter().filter_map(|d| d.fix).flat_map(|fix| fix.edits).collect();
            let fixed = apply(example.bad, &edits);
            if !edits.is_empty() && here(&fixed).count() > others.len() {
                wrong.push(format!("{}: {:?} becomes {fixed:?}", rule.code, example.bad));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
