//! Fixes, one at a time and all at once.

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use jianggao::analysis::Markup;
use jianggao::features::actions::{fix_all, quick_fixes};
use jianggao::locale::Locale;
use jianggao::rules::{Diagnostic, diagnostics, diagnostics_in};
use jianggao::text::{Edit, Span, apply};
use proptest::prelude::*;

use crate::features::{analysed, cursors, markup};

/// The draft after each of the fixes at the cursor.
#[track_caller]
fn check(draft: &str, expected: Expect) {
    let (text, places) = cursors(draft);
    let (lines, settings, analysis) = analysed(&text, markup(&text));
    let span = Span::new(places[0], places[places.len() - 1]);
    let mut out = String::new();
    for action in quick_fixes(&analysis, &lines, &settings, Locale::Hans, span) {
        let mark = if action.preferred { "✓ " } else { "" };
        writeln!(out, "{mark}{} [{}]", action.title, action.diagnostic.rule.code).unwrap();
        writeln!(out, "{}", apply(&text, &action.edits)).unwrap();
    }
    expected.assert_eq(&out);
}

#[test]
fn one_wrong_numeral() {
    check(
        "一要抢农时，$0一要保质量，三要保安全，四要保供应。",
        expect![[r#"
            ✓ 改为“二要” [numbering-duplicate]
            一要抢农时，二要保质量，三要保安全，四要保供应。
        "#]],
    );
}

#[test]
fn the_tail_is_renumbered() {
    check(
        "（一）选种。\n（二）育苗。\n（$0四）移栽。\n（五）施肥。",
        expect![[r#"
            从此处起重新编号 [numbering-gap]
            （一）选种。
            （二）育苗。
            （三）移栽。
            （四）施肥。
        "#]],
    );
}

#[test]
fn only_what_touches_the_selection() {
    let draft = "1、选种。\n2、育苗。\n$0一是快，一是稳，三是准，四是实。$0\n3、移栽。";
    check(
        draft,
        expect![[r#"
            ✓ 改为“二是” [numbering-duplicate]
            1、选种。
            2、育苗。
            一是快，二是稳，三是准，四是实。
            3、移栽。
        "#]],
    );
    check("一是快，一是稳，三是准，四是实$0。", expect![[""]]);
}

#[test]
fn words_for_numbers_go_on_in_words() {
    check(
        "首先，抢农时；$0第二，保质量；最后，保安全。",
        expect![[r#"
            改为“其次” [numbering-mixed]
            首先，抢农时；其次，保质量；最后，保安全。
        "#]],
    );
    check("一要抢农时。\n二要保质量。\n三要保安全。\n$0最后，祝大家丰收。$0", expect![[""]]);
}

#[test]
fn suppressed_findings_have_no_fix() {
    check("【讲稿：忽略】\n一要抢农时，$0一要保质量，三要保安全，四要保供应。", expect![[""]]);
    check(
        "【讲稿：$0忽略】\n一要抢农时，二要保质量。",
        expect![[r#"
        删去忽略标记 [unused-suppression]
        一要抢农时，二要保质量。
    "#]],
    );
}

/// The draft after fix-all.
#[track_caller]
fn check_all(draft: &str, expected: Expect) {
    let (lines, settings, analysis) = analysed(draft, markup(draft));
    let edits = fix_all(&analysis, &lines, &settings);
    expected.assert_eq(&apply(draft, &edits));
}

#[test]
fn all_that_is_safe() {
    check_all(
        "\
一、抓播种
（一）、选种。
（二）、育苗。
（二）、移栽。
（四）、施肥。
春耕要抓紧：一要抢农时，一要保质量，三要保安全，四要保供应。
第一、早动手。
第二、早见效。
",
        expect![[r#"
            一、抓播种
            （一）、选种。
            （二）、育苗。
            （三）、移栽。
            （四）、施肥。
            春耕要抓紧：一要抢农时，二要保质量，三要保安全，四要保供应。
            第一、早动手。
            第二、早见效。
        "#]],
    );
}

#[test]
fn two_fixes_of_one_marker() {
    check_all(
        "(一)选种。\n(一)育苗。\n(三)移栽。\n（四）施肥。",
        expect![[r#"
            (一)选种。
            (二)育苗。
            (三)移栽。
            （四）施肥。"#]],
    );
    check_all(
        "一、选种\n⼀、育苗\n三、移栽\n四、施肥",
        expect![[r#"
        一、选种
        二、育苗
        三、移栽
        四、施肥"#]],
    );
}

#[test]
fn nothing_to_fix() {
    check_all(
        "一、选种\n二、育苗\n",
        expect![[r#"
        一、选种
        二、育苗
    "#]],
    );
}

fn edits_of(text: &str) -> Vec<Edit> {
    let (lines, settings, analysis) = analysed(text, Markup::Plain);
    fix_all(&analysis, &lines, &settings)
}

const FORMS: [&str; 16] = [
    "N、", "N.", "（N）", "(N)", "（N）、", "D.", "D、", "（D）", "D）", "C", "C、", "第N，", "第N、", "N是", "N要",
    "N问",
];
const WORDS: [&str; 6] = ["抢农时", "保质量", "守住耕地", "修好水渠", "备足种子", "管好农机"];

fn marker(form: &str, value: u32) -> String {
    let chinese = jianggao::numeral::chinese(value);
    let circled = char::from_u32(0x245F + value.min(20)).unwrap();
    form.replace('N', &chinese).replace('D', &value.to_string()).replace('C', &circled.to_string())
}

/// A list: how its items are marked, what each counts, and whether it is one paragraph.
fn list() -> impl Strategy<Value = String> {
    let item = (0..6usize, prop::option::weighted(0.15, 1u32..9), prop::option::weighted(0.1, 0..16usize));
    (0..16usize, prop::collection::vec(item, 1..8), any::<bool>()).prop_map(|(form, items, inline)| {
        let mut out = String::new();
        for (i, (word, slip, other)) in items.into_iter().enumerate() {
            let value = slip.unwrap_or(i as u32 + 1);
            let form = FORMS[other.unwrap_or(form)];
            let end = if inline { "；" } else { "。\n" };
            write!(out, "{}{}，一定要办好{end}", marker(form, value), WORDS[word]).unwrap();
        }
        if inline { format!("要抓好几件事：{out}\n") } else { out }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn fixing_twice_is_fixing_once(lists in prop::collection::vec(list(), 1..5)) {
        let text = lists.concat();
        let edits = edits_of(&text);
        let fixed = apply(&text, &edits);
        prop_assert_eq!(edits_of(&fixed), vec![], "{}", fixed);
    }

    #[test]
    fn the_findings_of_some_lines_are_those_of_the_draft(
        lists in prop::collection::vec(list(), 1..5),
        note in prop::option::of(0..4usize),
        from in 0u32..20, count in 0u32..6,
    ) {
        let notes = ["【讲稿：忽略】\n", "【讲稿：忽略全文 numbering-mark】\n", "XX县抓得紧。【讲稿：忽略 placeholder】\n", "XX县抓得紧。\n"];
        let text = format!("{}{}", note.map_or("", |n| notes[n]), lists.concat());
        let (lines, settings, analysis) = analysed(&text, Markup::Plain);
        let to = from + count;
        let show = |found: Vec<Diagnostic>| -> Vec<String> { found.iter().map(|d| format!("{d:?}")).collect() };
        let mut all = diagnostics(&analysis, &lines, &settings, Locale::Hans, usize::MAX);
        all.retain(|d| d.span.start.line <= to && from <= d.span.end.line);
        let some = diagnostics_in(&analysis, &lines, &settings, Locale::Hans, from..=to, usize::MAX);
        prop_assert_eq!(show(some), show(all));
    }

    #[test]
    fn edits_are_sorted_and_disjoint_and_touch_ordinals_only(lists in prop::collection::vec(list(), 1..5)) {
        let text = lists.concat();
        let edits = edits_of(&text);
        for pair in edits.windows(2) {
            prop_assert!(pair[0].span.end <= pair[1].span.start);
        }
        let fixed = apply(&text, &edits);
        let words = |text: &str| -> Vec<String> {
            text.split(|c| "；。：\n".contains(c))
                .filter_map(|part| Some(part.split_once("，一定")?.0.to_owned()))
                .map(|part| part.chars().rev().take(3).collect())
                .collect()
        };
        prop_assert_eq!(words(&text), words(&fixed));
        prop_assert_eq!(text.lines().count(), fixed.lines().count());
    }
}
