//! Numbering as structure. `$0` is the cursor.

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use jianggao::analysis::{Analysis, Markup};
use jianggao::features::actions::{fix_all, fix_kind};
use jianggao::features::format::format;
use jianggao::features::references::{references, references_to, siblings, target_at};
use jianggao::features::structure::{Change, renumber_all};
use jianggao::features::typing::after_enter;
use jianggao::locale::Locale;
use jianggao::rules::{Diagnostic, RULES, diagnostics};
use jianggao::settings::Settings;
use jianggao::text::{Edit, Flat, Grade, Lines, Point, Span, apply};
use proptest::prelude::*;

use crate::features::{analysed, cursors, marked, markup};

/// The draft after the change; `不可` where it cannot be made.
#[track_caller]
fn check(change: Change, draft: &str, expected: Expect) {
    let (text, places) = cursors(draft);
    let (lines, _, analysis) = analysed(&text, markup(&text));
    let edits = change.edits(&analysis, &lines, places[0]);
    let shown = if edits.is_empty() { "不可".to_owned() } else { apply(&text, &edits) };
    assert_eq!(apply(&shown_or(&shown, &text), &inverse(&text, &edits)), text);
    // Spaces at the start of all lines, and CR, are lost in expected texts.
    expected.assert_eq(&shown.replace('　', "␣").replace('\r', "␍"));
}

fn shown_or(shown: &str, text: &str) -> String {
    if shown == "不可" { text.to_owned() } else { shown.to_owned() }
}

/// The edits that undo `edits` in the draft that they were made in.
fn inverse(text: &str, edits: &[Edit]) -> Vec<Edit> {
    let flat = Flat::new(text);
    let offset = |p: Point| flat.line_range(p.line as usize).start + p.byte as usize;
    let after = apply(text, edits);
    let new = Flat::new(&after);
    let point = |at: usize| {
        let line = (0..new.line_count()).rposition(|n| new.line_range(n).start <= at).unwrap();
        Point::new(line as u32, (at - new.line_range(line).start) as u32)
    };
    let mut shift = 0isize;
    edits
        .iter()
        .map(|edit| {
            let (start, end) = (offset(edit.span.start), offset(edit.span.end));
            let at = start.checked_add_signed(shift).unwrap();
            shift += edit.text.len() as isize - (end - start) as isize;
            Edit::new(Span::new(point(at), point(at + edit.text.len())), &text[start..end])
        })
        .collect()
}

const DRAFT: &str = "\
在会上的讲话
同志们：
一、抓播种
（一）选种。见第（二）点。
（二）育苗。
二、抓管护
（一）浇水。
（二）施肥。做法同前，见（一）。
1.早施。
2.足施。
三、抓收获
谢谢大家！
";

mod moving {
    use super::*;

    #[test]
    fn a_section_moves_with_all_that_stands_below_it() {
        check(
            Change::MoveUp,
            &DRAFT.replace("二、抓管护", "二、$0抓管护"),
            expect![[r#"
            在会上的讲话
            同志们：
            一、抓管护
            （一）浇水。
            （二）施肥。做法同前，见（一）。
            1.早施。
            2.足施。
            二、抓播种
            （一）选种。见第（二）点。
            （二）育苗。
            三、抓收获
            谢谢大家！
        "#]],
        );
        check(
            Change::MoveDown,
            &DRAFT.replace("二、抓管护", "二、$0抓管护"),
            expect![[r#"
            在会上的讲话
            同志们：
            一、抓播种
            （一）选种。见第（二）点。
            （二）育苗。
            二、抓收获
            三、抓管护
            （一）浇水。
            （二）施肥。做法同前，见（一）。
            1.早施。
            2.足施。
            谢谢大家！
        "#]],
        );
        check(
            Change::MoveDown,
            &DRAFT.replace("（一）选种", "（一）$0选种"),
            expect![[r#"
            在会上的讲话
            同志们：
            一、抓播种
            （一）育苗。
            （二）选种。见第（一）点。
            二、抓管护
            （一）浇水。
            （二）施肥。做法同前，见（一）。
            1.早施。
            2.足施。
            三、抓收获
            谢谢大家！
        "#]],
        );
    }

    #[test]
    fn blank_lines_stay_between() {
        check(
            Change::MoveDown,
            "$0一、抢农时\n\n一句话。\n\n二、保质量\n\n两句话。",
            expect![[r#"
            一、保质量

            两句话。

            二、抢农时

            一句话。"#]],
        );
        check(
            Change::MoveUp,
            "一、抢农时\r\n一句话。\r\n二、$0保质量",
            expect![[r#"
                一、保质量␍
                二、抢农时␍
                一句话。"#]],
        );
    }

    #[test]
    fn not_past_the_edge() {
        check(Change::MoveUp, &DRAFT.replace("一、抓播种", "一、$0抓播种"), expect!["不可"]);
        check(Change::MoveDown, &DRAFT.replace("三、抓收获", "三、$0抓收获"), expect!["不可"]);
        check(Change::MoveDown, &DRAFT.replace("谢谢", "谢$0谢"), expect!["不可"]);
    }
}

mod levels {
    use super::*;

    #[test]
    fn demoted() {
        check(
            Change::Demote,
            &DRAFT.replace("三、抓收获", "三、$0抓收获"),
            expect![[r#"
            在会上的讲话
            同志们：
            一、抓播种
            （一）选种。见第（二）点。
            （二）育苗。
            二、抓管护
            （一）浇水。
            （二）施肥。做法同前，见（一）。
            1.早施。
            2.足施。
            （三）抓收获
            谢谢大家！
        "#]],
        );
        check(
            Change::Demote,
            "一、选种\n二、$0育苗\n（一）早育\n（二）勤管\n三、移栽\n",
            expect![[r#"
            一、选种
            （一）育苗
            1.早育
            2.勤管
            二、移栽
        "#]],
        );
        check(
            Change::Demote,
            "# 讲话\n## 一、选种\n## 二、$0育苗\n## 三、移栽\n",
            expect![[r#"
            # 讲话
            ## 一、选种
            ### （一）育苗
            ## 二、移栽
        "#]],
        );
    }

    #[test]
    fn promoted() {
        check(
            Change::Promote,
            "一、选种\n（一）精选\n（二）$0晒种\n1.薄摊\n2.勤翻\n（三）拌种\n二、育苗\n",
            expect![[r#"
                一、选种
                （一）精选
                二、晒种
                （一）薄摊
                （二）勤翻
                （三）拌种
                三、育苗
            "#]],
        );
    }

    #[test]
    fn not_where_it_is_not_certain() {
        check(Change::Promote, &DRAFT.replace("三、抓收获", "三、$0抓收获"), expect!["不可"]);
        check(Change::Demote, &DRAFT.replace("一、抓播种", "一、$0抓播种"), expect!["不可"]);
        // 见（一） would have to be written in another way.
        check(Change::Promote, &DRAFT.replace("（一）浇水", "（一）$0浇水"), expect!["不可"]);
    }
}

mod numbers {
    use super::*;

    #[test]
    fn of_this_list() {
        check(
            Change::Renumber,
            "一、选种\n（一）精选\n三、育苗\n（二）早育。见（五）。\n（五）勤管\n四、$0移栽\n",
            expect![[r#"
                一、选种
                （一）精选
                二、育苗
                （二）早育。见（五）。
                （五）勤管
                三、移栽
            "#]],
        );
        check(Change::Renumber, "一要早，$0三要快，四要好。", expect!["一要早，二要快，三要好。"]);
        // Nothing is wrong with this one, whatever stands around it.
        let torn = "同志们：\n四、抢农时\n（一）选种。\n（二）育苗。\n（三）移栽。\n$0二、保质量\n（四）勤管。\n三、守耕地\n四、修水渠\n";
        check(
            Change::Renumber,
            torn,
            expect![[r#"
            同志们：
            一、抢农时
            （一）选种。
            （二）育苗。
            （三）移栽。
            二、保质量
            （四）勤管。
            三、守耕地
            四、修水渠
        "#]],
        );
    }

    #[test]
    fn of_all_lists() {
        let draft = "一、选种\n三、育苗\n（二）早育\n（三）勤管。见（三）。\n四、移栽\n一要早，三要快，四要好。\n";
        let (lines, _, analysis) = analysed(draft, Markup::Plain);
        expect![[r#"
            一、选种
            二、育苗
            （一）早育
            （二）勤管。见（二）。
            三、移栽
            一要早，二要快，三要好。
        "#]]
        .assert_eq(&apply(draft, &renumber_all(&analysis, &lines)));
    }

    #[test]
    fn in_the_usual_way() {
        check(
            Change::Normalise,
            "（一）、$0选种。\n（二）、育苗。\n1、早。\n2、勤。\n",
            expect![[r#"
            （一）选种。
            （二）育苗。
            1、早。
            2、勤。
        "#]],
        );
        check(Change::Normalise, "（一）选种。$0\n（二）育苗。\n", expect!["不可"]);
    }
}

mod announced {
    use super::*;

    const DRAFT: &str = "\
同志们：
下面，我讲$0四点意见。

一、选种
多看几家。

二、育苗
早动手。

谢谢大家！
";

    #[test]
    fn the_count_or_the_list_gives_way() {
        check(
            Change::Count,
            "一、守好“三条底线”\n要守好“三条底线”。一要$0守好环保底线。二要守好信访底线。",
            expect![[r#"
                一、守好“两条底线”
                要守好“两条底线”。一要守好环保底线。二要守好信访底线。"#]],
        );
        check(
            Change::Stubs,
            DRAFT,
            expect![[r#"
            同志们：
            下面，我讲四点意见。

            一、选种
            多看几家。

            二、育苗
            早动手。

            三、【待补】

            四、【待补】

            谢谢大家！
        "#]],
        );
        check(Change::Stubs, &DRAFT.replace("四点", "两点"), expect!["不可"]);
    }
}

mod runs {
    use super::*;

    #[test]
    fn into_paragraphs_and_back() {
        let one = "　　要抓好三件事：一是$0选种；二是育苗；三是移栽。\n　　大家分头去办。\n";
        check(
            Change::Split,
            one,
            expect![[r#"
                ␣␣要抓好三件事：
                ␣␣一是选种；
                ␣␣二是育苗；
                ␣␣三是移栽。
                ␣␣大家分头去办。
            "#]],
        );
        check(
            Change::Join,
            "　　要抓好三件事：\n　　一是选种；\n　　二是$0育苗；\n　　三是移栽。\n　　大家分头去办。\n",
            expect![[r#"
                ␣␣要抓好三件事：一是选种；二是育苗；三是移栽。
                ␣␣大家分头去办。
            "#]],
        );
        check(Change::Split, "一、选$0种\n二、育苗\n", expect!["不可"]);
        check(Change::Join, "一、选$0种\n二、育苗\n", expect!["不可"]);
    }
}

mod cross_references {
    use super::*;

    #[track_caller]
    fn check(draft: &str, expected: Expect) {
        let (text, places) = cursors(draft);
        let (lines, _, analysis) = analysed(&text, markup(&text));
        let mut out = String::new();
        let target = target_at(&analysis, &lines, places[0]);
        let shown = |span: Span| format!("{} {}", span.start.line + 1, lines.text(span));
        writeln!(out, "指向 {}", target.map_or("—".into(), shown)).unwrap();
        for span in references_to(&analysis, &lines, places[0]).unwrap_or_default() {
            writeln!(out, "{}", shown(span)).unwrap();
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn in_the_same_section_or_the_only_one() {
        check(
            &DRAFT.replace("见第（二）点", "见第（$0二）点"),
            expect![[r#"
            指向 5 （二）
            5 （二）
            4 （二）
        "#]],
        );
        check(
            &DRAFT.replace("见（一）", "见（$0一）"),
            expect![[r#"
            指向 7 （一）
            7 （一）
            8 （一）
        "#]],
        );
        check(
            &DRAFT.replace("（二）育苗", "（$0二）育苗"),
            expect![[r#"
            指向 —
            5 （二）
            4 （二）
        "#]],
        );
        check(
            "一、选种\n按本文第二部$0分的要求办。\n二、育苗\n",
            expect![[r#"
            指向 3 二、
            3 二、
            2 第二部分
        "#]],
        );
    }

    #[test]
    fn not_of_laws_and_other_papers() {
        check(
            "（一）选种\n按第八条第（$0一）项办。\n（二）育苗\n",
            expect![[r#"
            指向 —
        "#]],
        );
        check(
            "一、选种\n学习报告第二部$0分。\n二、育苗\n",
            expect![[r#"
            指向 —
        "#]],
        );
    }

    #[test]
    fn the_list_of_a_marker() {
        let (text, places) = cursors(&DRAFT.replace("二、抓管护", "$0二、抓管护"));
        let (_, _, analysis) = analysed(&text, Markup::Plain);
        let spans = siblings(&analysis, places[0]).unwrap();
        expect![[r#"
            在会上的讲话
            同志们：
            ⟦一、⟧抓播种
            （一）选种。见第（二）点。
            （二）育苗。
            ⟦二、⟧抓管护
            （一）浇水。
            （二）施肥。做法同前，见（一）。
            1.早施。
            2.足施。
            ⟦三、⟧抓收获
            谢谢大家！
        "#]]
        .assert_eq(&marked(&text, &spans));
    }
}

mod formatting {
    use super::*;

    #[track_caller]
    fn check(draft: &str, expected: Expect) {
        let (lines, _, analysis) = analysed(draft, markup(draft));
        let edits = format(&analysis, &lines, 0, u32::MAX);
        let after = apply(draft, &edits);
        assert_eq!(apply(&after, &inverse(draft, &edits)), draft);
        expected.assert_eq(&after);
    }

    #[test]
    fn marks_and_brackets_of_ordinals() {
        check(
            "一.选种\n二.育苗\n(一)、早育,勤管。\n（二）移栽:要快!\n1、早\n2、勤\n第一、要早。第二、要快。\n",
            expect![[r#"
                一、选种
                二、育苗
                （一）早育，勤管。
                （二）移栽：要快！
                1.早
                2.勤
                第一，要早。第二，要快。
            "#]],
        );
    }

    #[test]
    fn the_indent_that_the_draft_has() {
        check(
            "在会上的讲话\n同志们：\n　　今天开会。\n　　要选种。\n要育苗。\n  要移栽。\n　　要收获。\n　　要晒干。\n谢谢大家\n",
            expect![[r#"
                在会上的讲话
                同志们：
                　　今天开会。
                　　要选种。
                　　要育苗。
                　　要移栽。
                　　要收获。
                　　要晒干。
                谢谢大家
            "#]],
        );
    }

    #[test]
    fn words_stay() {
        check(
            "比例是3:1,见http://a.b/c?d。GDP:100\n",
            expect![[r#"
            比例是3:1,见http://a.b/c?d。GDP:100
        "#]],
        );
    }
}

mod enter {
    use super::*;

    #[track_caller]
    fn check(draft: &str, expected: Expect) {
        let (text, places) = cursors(draft);
        let (lines, _, analysis) = analysed(&text, markup(&text));
        let edits = after_enter(&analysis, &lines, places[0]);
        let shown = if edits.is_empty() { "不动".to_owned() } else { apply(&text, &edits) };
        expected.assert_eq(&shown);
    }

    #[test]
    fn the_next_item() {
        check(
            "一、春耕\n　　（一）选种。\n　　（二）育苗。\n　　$0",
            expect![[r#"
            一、春耕
            　　（一）选种。
            　　（二）育苗。
            　　（三）"#]],
        );
        check(
            "1. 选种。\n\n2. 育苗。\n\n$0\n\n大家去办。",
            expect![[r#"
            1. 选种。

            2. 育苗。

            3. 

            大家去办。"#]],
        );
    }

    #[test]
    fn enter_again_takes_it_away() {
        check(
            "（一）选种。\n（二）育苗。\n（三）\n$0\n大家去办。",
            expect![[r#"
            （一）选种。
            （二）育苗。

            大家去办。"#]],
        );
    }

    #[test]
    fn not_behind_headings_nor_in_the_middle() {
        for draft in [
            "一、春耕\n$0",
            "一、春耕\n各乡去办。\n二、秋收\n$0",
            "（一）选种。\n$0\n（二）育苗。\n",
            "（一）选种。\n（二）育苗。\n$0勤管。",
            "大家好。\n$0",
            "（一）选种。\n（二）育苗。\n\n$0",
        ] {
            check(draft, expect!["不动"]);
        }
    }
}

mod properties {
    use super::*;

    /// Speeches with sections of two levels, runs, references and slips.
    fn speech() -> impl Strategy<Value = String> {
        let item = (0..6usize, prop::option::weighted(0.2, 1u32..8), 0..5usize);
        let section = (prop::option::weighted(0.2, 1u32..8), prop::collection::vec(item, 0..4), any::<bool>());
        prop::collection::vec(section, 1..5).prop_map(|sections| {
            const WORDS: [&str; 6] = ["抢农时", "保质量", "守耕地", "修水渠", "备种子", "管农机"];
            const TAILS: [&str; 5] = ["", "见（二）。", "一要早，二要快，四要好。", "XX乡带头。", "分头去办。"];
            let mut out = String::from("在会上的讲话\n同志们：\n");
            for (i, (slip, items, blank)) in sections.into_iter().enumerate() {
                let value = slip.unwrap_or(i as u32 + 1);
                writeln!(out, "{}、{}", jianggao::numeral::chinese(value), WORDS[i]).unwrap();
                for (k, (word, slip, tail)) in items.into_iter().enumerate() {
                    let value = slip.unwrap_or(k as u32 + 1);
                    writeln!(out, "（{}）{}。{}", jianggao::numeral::chinese(value), WORDS[word], TAILS[tail]).unwrap();
                }
                if blank {
                    out.push('\n');
                }
            }
            out
        })
    }

    fn numbering(text: &str) -> Vec<String> {
        let (lines, settings, analysis) = analysed(text, Markup::Plain);
        diagnostics(&analysis, &lines, &settings, Locale::Hans, usize::MAX)
            .into_iter()
            .filter(|d| {
                ["numbering-gap", "numbering-duplicate", "numbering-order", "numbering-start"].contains(&d.rule.code)
            })
            .map(|d| format!("{d:?}"))
            .collect()
    }

    /// Checks that what the edits change is part of ordinals, or of the numbers in references to them.
    fn only_numbers(text: &str, edits: &[Edit]) -> Result<(), TestCaseError> {
        let (lines, analysis) = (Flat::new(text), analysis_of(text));
        let mut numbers = Vec::new();
        for (base, speech) in analysis.speeches() {
            let base = base as u32;
            let nodes = speech.outline.nodes.iter();
            numbers.extend(nodes.map(|node| Span::in_line(base + node.line, node.marker)));
            let named = references(speech, base, &lines).into_iter();
            numbers.extend(named.map(|r| Span::in_line(base + r.line, r.number)));
        }
        let unnumbered = |text: &str| text.replace(|c| "一二三四五六七八九十".contains(c), "");
        for Edit { span, text: new } in edits {
            let inside = numbers.iter().any(|number| number.start <= span.start && span.end <= number.end);
            // What took more than one look at a line is one edit for all of its numbers.
            prop_assert!(inside || unnumbered(&lines.text(*span)) == unnumbered(new), "{:?} of {}", span, text);
        }
        Ok(())
    }

    fn codes(text: &str) -> Vec<String> {
        let (lines, settings, analysis) = analysed(text, Markup::Plain);
        let found = diagnostics(&analysis, &lines, &settings, Locale::Hans, usize::MAX);
        found.into_iter().map(|d| d.rule.code.to_owned()).collect()
    }

    /// The findings that fix-all settles.
    fn fixable(text: &str) -> Vec<String> {
        let (lines, settings, analysis) = analysed(text, Markup::Plain);
        let found = diagnostics(&analysis, &lines, &settings, Locale::Hans, usize::MAX);
        let safe = |d: &Diagnostic| d.fix.as_ref().is_some_and(|fix| fix.grade == Grade::Certain);
        found.into_iter().filter(safe).map(|d| d.rule.code.to_owned()).collect()
    }

    /// The text without what numbers are written with.
    fn words(text: &str) -> String {
        text.chars().filter(|c| !"一二三四五六七八九十（）、".contains(*c)).collect()
    }

    fn analysis_of(text: &str) -> Analysis {
        Analysis::new(&Flat::new(text), Markup::Plain, &std::sync::Arc::new(Settings::default()))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]
        #[test]
        fn renumbering_settles_all_numbers(text in speech()) {
            let edits = renumber_all(&analysis_of(&text), &Flat::new(&text));
            let after = apply(&text, &edits);
            prop_assert_eq!(numbering(&after), Vec::<String>::new(), "{}", after);
            prop_assert_eq!(renumber_all(&analysis_of(&after), &Flat::new(&after)), vec![]);
            only_numbers(&text, &edits)?;
            prop_assert_eq!(apply(&after, &inverse(&text, &edits)), text);
        }

        #[test]
        fn fixing_all_settles_all_that_can_be(text in speech(), kind in prop::option::of(0..RULES.len())) {
            // A line that stands twice is itself a finding, and no fix may take it from sight.
            let mut all: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
            all.sort_unstable();
            if all.windows(2).any(|pair| pair[0] == pair[1]) {
                return Ok(());
            }
            let (lines, settings, analysis) = analysed(&text, Markup::Plain);
            // All kinds, or those of one rule.
            let fix = |lines: &dyn Lines, analysis: &Analysis| match kind {
                None => fix_all(analysis, lines, &settings),
                Some(rule) => fix_kind(analysis, lines, &settings, RULES[rule]),
            };
            let edits = fix(&lines, &analysis);
            for pair in edits.windows(2) {
                prop_assert!(pair[0].span.end <= pair[1].span.start, "{:?}", edits);
            }
            only_numbers(&text, &edits)?;
            let after = apply(&text, &edits);
            let of_kind = |code: &String| kind.is_none_or(|rule| RULES[rule].code == code);
            prop_assert_eq!(fixable(&after).into_iter().filter(of_kind).count(), 0, "{}", after);
            prop_assert_eq!(fix(&Flat::new(&after), &analysis_of(&after)), vec![]);
            prop_assert_eq!(apply(&after, &inverse(&text, &edits)), text);
        }

        #[test]
        fn formatting_twice_is_formatting_once(text in speech(), half in any::<bool>()) {
            let text = if half { text.replace('，', ",").replace('（', "(") } else { text };
            let edits = format(&analysis_of(&text), &Flat::new(&text), 0, u32::MAX);
            let after = apply(&text, &edits);
            prop_assert_eq!(format(&analysis_of(&after), &Flat::new(&after), 0, u32::MAX), vec![]);
            // Never a word.
            let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            prop_assert_eq!(letters(&text), letters(&after));
            prop_assert!(!codes(&after).iter().any(|code| code == "numbering-mark"), "{}", after);
            prop_assert_eq!(apply(&after, &inverse(&text, &edits)), text);
        }

        #[test]
        fn changes_can_be_undone_and_add_no_slips(text in speech(), line in 0u32..16) {
            // Of sound drafts: what is wrong before may be wrong afterwards in another way.
            let edits = renumber_all(&analysis_of(&text), &Flat::new(&text));
            let text = apply(&text, &edits);
            let (lines, analysis) = (Flat::new(&text), analysis_of(&text));
            // Nor with what is passed over as a turn of speech.
            prop_assume!(analysis.speeches().all(|(_, speech)| speech.outline.faults.is_empty()));
            for change in Change::ALL {
                let edits = change.edits(&analysis, &lines, Point::new(line, 0));
                for pair in edits.windows(2) {
                    prop_assert!(pair[0].span.end <= pair[1].span.start, "{:?}", edits);
                }
                if matches!(change, Change::Promote | Change::Demote | Change::Renumber | Change::Normalise) {
                    only_numbers(&text, &edits)?;
                }
                let after = apply(&text, &edits);
                prop_assert_eq!(apply(&after, &inverse(&text, &edits)), text.clone());
                prop_assert_eq!(numbering(&after), Vec::<String>::new(), "{:?}\n{}\n{}", change, text, after);
                if matches!(change, Change::MoveUp | Change::MoveDown) {
                    let sorted = |text: &str| {
                        let mut lines: Vec<_> = words(text).lines().map(str::to_owned).collect();
                        lines.sort();
                        lines
                    };
                    prop_assert_eq!(sorted(&text), sorted(&after));
                }
            }
        }
    }
}
