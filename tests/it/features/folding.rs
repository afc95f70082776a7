//! Folds.

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use jianggao::analysis::Markup;
use jianggao::features::folding::folds;
use proptest::prelude::*;

use crate::features::analysed;

/// Folds as `first-last`, lines counted from 1.
#[track_caller]
fn check(draft: &str, expected: Expect) {
    let (_, _, analysis) = analysed(draft, Markup::Plain);
    let mut out = String::new();
    for fold in folds(&analysis) {
        let mark = if fold.boilerplate { " 网站" } else { "" };
        let text = draft.lines().nth(fold.first as usize).unwrap();
        writeln!(out, "{}-{} {text}{mark}", fold.first + 1, fold.last + 1).unwrap();
    }
    expected.assert_eq(&out);
}

#[test]
fn sections_and_the_lead() {
    check(
        "\
在全县春耕备耕会议上的讲话

同志们：
今天开这个会，主要是安排春耕。
下面，我讲两点意见。
一、把种子备足
（一）抓采购。货比三家，早定早运。
要把质量关守住。
（二）抓储备。
二、把水渠修好
各乡镇分段包干。

最后，祝大家丰收！
",
        expect![[r#"
            4-5 今天开这个会，主要是安排春耕。
            6-9 一、把种子备足
            7-8 （一）抓采购。货比三家，早定早运。
            10-13 二、把水渠修好
        "#]],
    );
}

#[test]
fn parallel_paragraphs_are_no_folds() {
    check(
        "\
一、统一思想
要看清形势。今年雨水偏少。
要看清任务。时间只有两个月。
要看清责任。守土有责。
二、落实责任
大家分头去办。
",
        expect![[r#"
            1-4 一、统一思想
            5-6 二、落实责任
        "#]],
    );
}

#[test]
fn several_speeches_fold_as_wholes() {
    check(
        "\
在植树节活动上的讲话
同志们：
一、多种树
春天到了。
二、种好树
在夏收动员会上的讲话
同志们：
一、抢时间
麦子熟了。
",
        expect![[r#"
            1-5 在植树节活动上的讲话
            3-4 一、多种树
            6-9 在夏收动员会上的讲话
            8-9 一、抢时间
        "#]],
    );
}

proptest! {
    #[test]
    fn folds_nest(text in "(一、春耕\n|二、秋收\n|（一）种\n|（二）收\n|1.水\n|同志们：\n|在会上的讲话\n|大家好。\n|---\n|\n){0,25}") {
        let (_, _, analysis) = analysed(&text, Markup::Plain);
        let folds = folds(&analysis);
        for (i, a) in folds.iter().enumerate() {
            prop_assert!(a.first < a.last);
            for b in &folds[i + 1..] {
                prop_assert!((a.first, std::cmp::Reverse(a.last)) < (b.first, std::cmp::Reverse(b.last)));
                prop_assert!(b.last <= a.last || a.last < b.first);
            }
        }
    }
}

#[test]
fn nothing_to_fold() {
    check("", expect![[""]]);
    check("一、只有一行", expect![[""]]);
    check("大家好。\n\n\n", expect![[""]]);
}
