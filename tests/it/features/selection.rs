//! Growing selections.

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use jianggao::analysis::Markup;
use jianggao::features::selection::selections;
use jianggao::text::{Lines, Point};
use proptest::prelude::*;

use crate::features::{SPEECH, analysed, cursors, markup};

/// The growing selections, the smallest first; those of several lines by their lines.
#[track_caller]
fn check(draft: &str, expected: Expect) {
    let (text, places) = cursors(draft);
    let (lines, _, analysis) = analysed(&text, markup(&text));
    let mut out = String::new();
    let found = selections(&analysis, &lines, places[0]);
    for pair in found.windows(2) {
        assert!(pair[1].start <= pair[0].start && pair[0].end <= pair[1].end && pair[0] != pair[1]);
    }
    for span in found {
        if span.start.line == span.end.line {
            writeln!(out, "{}", lines.text(span)).unwrap();
        } else {
            writeln!(out, "{}-{} 行", span.start.line + 1, span.end.line + 1).unwrap();
        }
    }
    expected.assert_eq(&out);
}

#[test]
fn from_the_word_group_to_the_draft() {
    check(
        &SPEECH.replace("早定早运", "早定$0早运"),
        expect![[r#"
        早定早运
        早定早运。
        货比三家，早定早运。
        （一）抓采购。货比三家，早定早运。XX乡要带头。
        7-11 行
        1-18 行
    "#]],
    );
    check(
        &SPEECH.replace("二是备种", "二是$0备种"),
        expect![[r#"
        二是备种
        二是备种，
        一是备粮，二是备种，三是备肥。
        （二）抓储备。一是备粮，二是备种，三是备肥。
        7-11 行
        1-18 行
    "#]],
    );
    check(
        "要增强“四个意识、四个$0自信”，做到“两个维护”。",
        expect![[r#"
        四个自信
        四个意识、四个自信
        “四个意识、四个自信”
        要增强“四个意识、四个自信”
        要增强“四个意识、四个自信”，
        要增强“四个意识、四个自信”，做到“两个维护”。
    "#]],
    );
    check("$0", expect![[""]]);
}

proptest! {
    #[test]
    fn any_place_has_selections(text in "(一、|（一）|要|XX区|，|。|“|”|\n|　| ){0,20}", line in 0u32..5, byte in 0u32..30) {
        let (lines, _, analysis) = analysed(&text, Markup::Plain);
        for span in selections(&analysis, &lines, Point::new(line, byte)) {
            prop_assert!(span.start < span.end);
        }
    }
}
