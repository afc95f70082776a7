//! Ordinals that go on.

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use jianggao::analysis::Markup;
use jianggao::features::completion::complete;
use jianggao::text::{Lines, Point};
use proptest::prelude::*;

use crate::features::{analysed, cursors, markup};

/// What is offered: the candidate, its detail, and the text it replaces.
#[track_caller]
fn check(draft: &str, expected: Expect) {
    let (text, places) = cursors(draft);
    let (lines, _, analysis) = analysed(&text, markup(&text));
    let mut out = String::new();
    for candidate in complete(&analysis, &lines, places[0]) {
        let replaced = lines.text(candidate.span);
        assert!(candidate.span.touches(places[0]));
        assert!(
            candidate
                .filter
                .starts_with(replaced.get(..(places[0].byte - candidate.span.start.byte) as usize).unwrap())
        );
        write!(out, "{} {}", candidate.text, candidate.detail).unwrap();
        if !replaced.is_empty() {
            write!(out, " ← {replaced}").unwrap();
        }
        out.push('\n');
    }
    expected.assert_eq(&out);
}

const TWO_LEVELS: &str = "\
同志们：
下面，我讲三点意见。
一、把认识再提高
（一）看清形势。雨季提前了。
（二）看清差距。物资还不够。
";

#[test]
fn siblings_from_the_inside_out_then_the_first_child() {
    check(
        &format!("{TWO_LEVELS}$0"),
        expect![[r#"
            （三） 接（二）
            二、 接一、，共 3 项
            1. 首项
        "#]],
    );
    check(
        &format!("{TWO_LEVELS}　　$0\n二、把责任压实\n"),
        expect![[r#"
            （三） 接（二）
            二、 接一、，共 3 项
            1. 首项
        "#]],
    );
}

#[test]
fn a_partial_marker_is_replaced() {
    check(
        &format!("{TWO_LEVELS}（$0"),
        expect![[r#"
        （三） 接（二） ← （
    "#]],
    );
    check(
        &format!("{TWO_LEVELS}（三$0"),
        expect![[r#"
        （三） 接（二） ← （三
    "#]],
    );
    check(
        &format!("{TWO_LEVELS}($0"),
        expect![[r#"
        （三） 接（二） ← (
    "#]],
    );
    check(
        &format!("{TWO_LEVELS}（$0）"),
        expect![[r#"
        （三） 接（二） ← （）
    "#]],
    );
    check(
        &format!("{TWO_LEVELS}二$0"),
        expect![[r#"
        二、 接一、，共 3 项 ← 二
    "#]],
    );
    check(
        &format!("{TWO_LEVELS}1$0"),
        expect![[r#"
        1. 首项 ← 1
    "#]],
    );
}

#[test]
fn a_marker_that_stands_is_not_offered_again() {
    check(&format!("{TWO_LEVELS}（三）$0"), expect![[""]]);
    check(&format!("{TWO_LEVELS}二、$0"), expect![[""]]);
    check(&format!("{TWO_LEVELS}$0（三）看清责任。"), expect![[""]]);
    check(
        &format!("{TWO_LEVELS}（$0四）看清责任。"),
        expect![[r#"
        （三） 接（二） ← （四）
    "#]],
    );
}

#[test]
fn a_bare_heading_asks_for_its_first_item() {
    check(
        &format!("{TWO_LEVELS}二、把责任再压实\n$0"),
        expect![[r#"
            （一） 首项
            三、 接二、，共 3 项
        "#]],
    );
}

#[test]
fn the_habits_of_the_draft_are_kept() {
    check(
        "一、抓播种\n1、抓选种。好种出好苗。\n2、抓农时。误了农时误一年。\n二、抓管护\n$0",
        expect![[r#"
            1、 首项
            三、 接二、
        "#]],
    );
    check(
        "一、抓播种\n第一，选好种。\n第二，抢农时。\n二、抓管护\n第$0",
        expect![[r#"
            第一， 首项 ← 第
        "#]],
    );
    check(
        "(一)抓播种。种子要好。\n(二)抓管护。水肥要足。\n1.浇水要勤。\n$0",
        expect![[r#"
            2. 接1.
            (三) 接(二)
            (1) 首项
        "#]],
    );
    check(
        "１．抓播种。种子要好。\n$0",
        expect![[r#"
        ２． 接１
        （1） 首项
    "#]],
    );
}

#[test]
fn numbers_that_run_on_over_sections() {
    check(
        "一、抓播种\n（一）选种。\n（二）育苗。\n二、抓管护\n（三）浇水。\n（四）施肥。\n三、抓收割\n$0",
        expect![[r#"
            （五） 首项
            四、 接三、
        "#]],
    );
}

#[test]
fn markdown_prefixes() {
    check(
        "# 讲话\n\n## 一、抓播种\n\n种子要好。\n\n## $0",
        expect![[r#"
            二、 接一、
            （一） 首项
        "#]],
    );
    check(
        "# 讲话\n\n**（一）抓播种。**种子要好。\n\n**$0",
        expect![[r#"
            （二） 接（一）
            1. 首项
        "#]],
    );
    check(
        "# 讲话\n\n1. 抓播种\n2. 抓管护\n$0",
        expect![[r#"
            3.  接2.
            （1） 首项
        "#]],
    );
    check("# 讲话\n\n一、抓播种\n\n```\n$0\n```\n", expect![[""]]);
}

#[test]
fn traditional_drafts() {
    check(
        "同志們：\n下面，我講兩點意見。\n第一，抓好春耕。時間不等人。\n$0",
        expect![[r#"
            第二， 接第一，共 2 項
        "#]],
    );
    check(
        "首先，要說的是時間。其次，要說的是質量。$0",
        expect![[r#"
            再次， 接其次
            最後， 接其次
        "#]],
    );
}

#[test]
fn inside_a_running_sequence() {
    check(
        "春耕要做到三条：一要抢农时，不等不靠；二要保质量，$0",
        expect![[r#"
            三要 接二要，共 3 项
        "#]],
    );
    check(
        "春耕要抓紧：一是，抢农时；二是，保质量。三$0",
        expect![[r#"
            三是， 接二是 ← 三
        "#]],
    );
    check(
        "第一，抢农时；第二，保质量；第$0",
        expect![[r#"
            第三， 接第二 ← 第
        "#]],
    );
    check("春耕要抓紧。一问水够不够？二问种好不好？$0三问人齐不齐？", expect![[""]]);
    check(
        "一要抢农时,二要保质量;$0",
        expect![[r#"
        三要 接二要
    "#]],
    );
}

#[test]
fn quotations_keep_their_own_lists() {
    let quoted = "一要学，二要做到“一抢时、二抢墒、三抢种”；$0三";
    check(
        quoted,
        expect![[r#"
        三要 接二要
    "#]],
    );
    check("一要学，二要做到“早播种，$0早收割”；三要练。", expect![[""]]);
    check(
        "会上提出“一要学，二要干，$0”的要求。",
        expect![[r#"
            三要 接二要
        "#]],
    );
}

#[test]
fn one_item_waits_for_the_second() {
    check(
        "春耕有两个原因要讲：一是时令提前，不能再等。$0",
        expect![[r#"
        二是 接一是
    "#]],
    );
    check("春耕有两个原因要讲：一是时令提前，$0", expect![[""]]);
    check(
        "春耕有两个原因要讲：一是时令提前。\n$0",
        expect![[r#"
            二是 接一是
        "#]],
    );
    check(
        "一是时令提前，不能再等。\n二$0",
        expect![[r#"
        二是 接一是 ← 二
    "#]],
    );
}

#[test]
fn an_announcement_starts_a_list() {
    check(
        "同志们：\n下面，我讲三点意见。\n$0",
        expect![[r#"
        一、 首项，共 3 项
    "#]],
    );
    check(
        "同志们：\n今天开个会，安排春耕。\n（$0",
        expect![[r#"
        （一） 首项 ← （
    "#]],
    );
}

#[test]
fn no_offer_elsewhere() {
    check("同志们：\n今天开个会，安排春耕。\n$0", expect![[""]]);
    check("一要抢农时，二要保$0", expect![[""]]);
    check("一要抢农时，二要保质$0量；", expect![[""]]);
    check("今天天气好，$0", expect![[""]]);
    check("一、抓播种$0", expect![[""]]);
    check("Only English here.\n$0", expect![[""]]);
}

#[test]
fn a_full_list_says_so() {
    check(
        "下面，我讲两点意见。\n一、抓播种\n二、抓管护\n$0",
        expect![[r#"
            三、 接二、，已满 2 项
            （一） 首项
        "#]],
    );
    check("要守好“两条底线”：一要守好耕地底线，二要守好粮食底线。$0", expect![[""]]);
}

proptest! {
    #[test]
    fn any_place_will_do(
        text in "[一二三四、（）(，。；：“”第是要首先其次1.\n　#* 春耕]{0,60}",
        line in 0u32..12, byte in 0u32..200,
    ) {
        let (lines, _, analysis) = analysed(&text, Markup::Markdown);
        for candidate in complete(&analysis, &lines, Point::new(line, byte)) {
            let text = lines.line(candidate.span.start.line as usize);
            prop_assert!(text.get(candidate.span.start.byte as usize..candidate.span.end.byte as usize).is_some());
        }
    }
}
