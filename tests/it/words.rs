//! Words that a user adds to the classes of the program.

use std::sync::Arc;

use jianggao::analysis::{Analysis, Markup};
use jianggao::lexicon::own;
use jianggao::locale::Locale;
use jianggao::rules::diagnostics;
use jianggao::settings::Settings;
use jianggao::text::{Change, Document, Encoding, Flat, Position};

use crate::cli::Desk;

const TABLE: &str = "# 本单位的词\n\
    旗主官\tsalutation-person\t\t\t尊敬的～：\t尊敬的，～说：“好”：\n\
    妥妥的办\twrong-de\t!不\t\t这件事要～好。\t这件事不～不行。\t妥妥地办\n";
const SETTINGS: &str = "[words]\nfiles = [\"词.tsv\"]\n";

fn settings() -> Arc<Settings> {
    let (entries, faults) = own::read(TABLE);
    assert_eq!(faults, []);
    let mut words = own::Words::default();
    assert!(entries.iter().all(|entry| words.add(entry)));
    Arc::new(Settings { words: Some(Arc::new(words)), ..Settings::default() })
}

fn found(analysis: &Analysis, document: &Document, settings: &Settings) -> Vec<String> {
    let found = diagnostics(analysis, document, settings, Locale::Hans, usize::MAX);
    found.iter().map(|found| format!("{} {:?}", found.rule.code, found.span)).collect()
}

#[test]
fn a_table_of_words_counts() {
    let draft = "这件事要妥妥的办好。\n这件事不妥妥的办不行。\n";
    let plain = Desk::new().with("a.txt", draft).run(&["check", "a.txt"]);
    assert!(!plain.out.contains("de-particle"), "{}", plain.out);
    let desk = Desk::new().with("a.txt", draft).with("词.tsv", TABLE).with_settings(SETTINGS);
    let own = desk.run(&["check", "a.txt"]);
    assert_eq!(own.out.matches("[de-particle]").count(), 1, "{}\n{}", own.out, own.err);
    assert!(own.out.contains("应为“妥妥地办”"), "{}", own.out);
    let last = desk.run(&["check", "--final", "a.txt"]);
    assert!(last.out.contains("另加的词 2 个：妥妥的办（wrong-de）、旗主官（salutation-person）"), "{}", last.out);
}

#[test]
fn a_row_that_does_not_do_what_it_says_is_told() {
    let table = "妥妥的办\twrong-de\t\t\t要～好。\t不～不行。\t妥妥地办\n\
        组长\tsalutation-person\t\t\t尊敬的领导：\t这是～。\n\
        组员\tsalutation-person\t\t\t这是～。\t这不是。\n\
        旗主官\tno-class\t\t\t～\t甲\n";
    let desk = Desk::new().with("a.txt", "同志们：\n").with("词.tsv", table).with_settings(SETTINGS);
    let answer = desk.run(&["check", "a.txt"]);
    assert_eq!(answer.code, 2);
    for part in
        ["词.tsv:1: “妥妥的办”在", "也起作用", "词.tsv:2: 没有“组长”", "词.tsv:3: “组员”在", "词.tsv:4: 没有“no-class”"]
    {
        assert!(answer.err.contains(part), "{part}\n{}", answer.err);
    }
}

#[test]
fn updating_with_words_equals_reading_anew() {
    let settings = settings();
    let text = "这件事要妥妥的办好。\n尊敬的旗主官：\n一、要妥妥地办\n二、要妥妥的办\n";
    let mut document = Document::new(1, text);
    let mut analysis = Analysis::new(&document, Markup::Plain, &settings);
    for (n, (line, column, new)) in
        [(2, 4, "妥妥的办、"), (1, 3, "各位"), (0, 0, "尊敬的旗主官：\n"), (3, 0, "\n")].into_iter().enumerate()
    {
        let at = Position::new(line, column);
        let change = Change { range: Some((at, at)), text: new.to_owned() };
        let (next, lines) = document.edited(n as i32 + 2, &change, Encoding::Utf16);
        document = next;
        analysis.update(&document, lines);
        let fresh = Analysis::new(&document, Markup::Plain, &settings);
        let now = found(&analysis, &document, &settings);
        assert_eq!(now, found(&fresh, &document, &settings), "{document}");
        assert!(now.iter().any(|found| found.starts_with("de-particle")), "{now:?}");
    }
    let usual = Arc::new(Settings::default());
    let other = Analysis::new(&Flat::new(text), Markup::Plain, &usual);
    assert!(!found(&other, &Document::new(1, text), &usual).iter().any(|found| found.starts_with("de-particle")));
}
