//! Placeholders as names.

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use jianggao::analysis::Markup;
use jianggao::features::blanks::{blank_at, complete_fact, fills, next_blank};
use jianggao::locale::Locale;
use jianggao::settings::Settings;
use jianggao::text::{Lines, apply};

use crate::features::{analysed, cursors, marked, markup};

/// The draft with all uses of the placeholder marked.
#[track_caller]
fn check(draft: &str, expected: Expect) {
    let (text, places) = cursors(draft);
    let (lines, _, analysis) = analysed(&text, markup(&text));
    let shown = match blank_at(&analysis, &lines, places[0]) {
        Some(blank) => {
            assert!(blank.uses.contains(&blank.span));
            marked(&text, &blank.uses)
        }
        None => "没有".to_owned(),
    };
    expected.assert_eq(&shown);
}

#[test]
fn a_name_is_one_fact_all_over_the_draft() {
    check(
        "XX$0区要带头。请XX区、XX县的同志发言。\nXX区地处湖滨。\n",
        expect![[r#"
            ⟦XX区⟧要带头。请⟦XX区⟧、XX县的同志发言。
            ⟦XX区⟧地处湖滨。
        "#]],
    );
}

#[test]
fn numbers_dates_and_persons_are_facts_of_their_own() {
    check("完成投资X$0亿元，增收X亿元。", expect!["完成投资⟦X⟧亿元，增收X亿元。"]);
    check("请XX同志发言，再请$0XX同志发言。", expect!["请XX同志发言，再请⟦XX同志⟧发言。"]);
    check("X$0月X日开工，X月X日完工。", expect!["⟦X月X日⟧开工，X月X日完工。"]);
}

#[test]
fn elsewhere_there_is_nothing_to_name() {
    check("XX区要带$0头。", expect!["没有"]);
    check("The XX$0 file", expect!["没有"]);
}

/// The titles of what can be filled in, and the draft after each.
#[track_caller]
fn check_fills(draft: &str, expected: Expect) {
    let (text, places) = cursors(draft);
    let (lines, _, analysis) = analysed(&text, markup(&text));
    let mut settings = Settings::default();
    settings.facts.insert("XX区".into(), "东湖区".into());
    settings.facts.insert("X亿元".into(), "三十亿元".into());
    let mut out = String::new();
    for fill in fills(&analysis, &lines, &settings, Locale::Hans, places[0]) {
        writeln!(out, "{}\n  {}", fill.title, apply(&text, &fill.edits)).unwrap();
    }
    for candidate in complete_fact(&analysis, &lines, &settings, places[0]) {
        writeln!(out, "补全 {} ← {}", candidate.text, lines.text(candidate.span)).unwrap();
    }
    expected.assert_eq(&out);
}

#[test]
fn facts_of_the_settings() {
    check_fills(
        "XX$0区要带头，XX区要领先，XX县要跟上。",
        expect![[r#"
            填入全文 2 处：XX区 → 东湖区
              东湖区要带头，东湖区要领先，XX县要跟上。
            填入此处：XX区 → 东湖区
              东湖区要带头，XX区要领先，XX县要跟上。
            补全 东湖区 ← XX区
        "#]],
    );
    check_fills(
        "完成投资$0X亿元，增收X亿元。",
        expect![[r#"
            填入此处：X亿元 → 三十亿元
              完成投资三十亿元，增收X亿元。
            补全 三十亿元 ← X亿元
        "#]],
    );
    check_fills("XX县$0要跟上。", expect![[""]]);
}

#[test]
fn the_next_one_goes_round() {
    let (text, places) = cursors("$0请XX$0同志讲话。\n某些地方。\nXX区$0要带头。$0");
    let (lines, _, analysis) = analysed(&text, Markup::Plain);
    let next: Vec<_> = places.iter().map(|&at| lines.text(next_blank(&analysis, &lines, at).unwrap())).collect();
    assert_eq!(next, ["XX", "XX区", "XX", "XX"]);
    let (_, _, analysis) = analysed("没有空着的地方。", Markup::Plain);
    assert_eq!(next_blank(&analysis, &lines, places[0]), None);
}
