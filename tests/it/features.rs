//! What an editor asks of a draft. `$0` is the cursor; `$0 … $0` a selection.

use std::fmt::Write as _;
use std::sync::Arc;

use expect_test::{Expect, expect};
use jianggao::analysis::{Analysis, Markup};
use jianggao::features::actions::{fix_all, quick_fixes};
use jianggao::features::completion::complete;
use jianggao::features::folding::folds;
use jianggao::features::hover::hover;
use jianggao::features::symbols::{Symbol, symbols};
use jianggao::locale::Locale;
use jianggao::rules::{Diagnostic, diagnostics, diagnostics_in};
use jianggao::settings::Settings;
use jianggao::text::{Edit, Flat, Lines, Point, Span, apply};
use proptest::prelude::*;

/// The draft without its cursors, and where they are.
pub fn cursors(draft: &str) -> (String, Vec<Point>) {
    let mut text = String::new();
    let mut places = Vec::new();
    for (i, part) in draft.split("$0").enumerate() {
        if i > 0 {
            let line = text.matches('\n').count();
            let byte = text.len() - text.rfind('\n').map_or(0, |n| n + 1);
            places.push(Point::new(line as u32, byte as u32));
        }
        text.push_str(part);
    }
    (text, places)
}

pub fn analysed(text: &str, markup: Markup) -> (Flat<'_>, Arc<Settings>, Analysis) {
    let lines = Flat::new(text);
    let settings = Arc::new(Settings::default());
    let analysis = Analysis::new(&lines, markup, &settings);
    (lines, settings, analysis)
}

pub fn markup(text: &str) -> Markup {
    if text.starts_with("# ") { Markup::Markdown } else { Markup::Plain }
}

mod folding {
    use super::*;

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
}

mod completion {
    use super::*;

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
}

mod hovering {
    use super::*;

    #[track_caller]
    fn check(draft: &str, expected: Expect) {
        check_in(Locale::Hans, draft, expected);
    }

    #[track_caller]
    fn check_in(locale: Locale, draft: &str, expected: Expect) {
        let (text, places) = cursors(draft);
        let (lines, settings, analysis) = analysed(&text, markup(&text));
        let out = hover(&analysis, &lines, &settings, locale, places[0]).map_or_else(String::new, |hover| {
            assert!(hover.span.touches(places[0]));
            format!("[{}]\n{}\n", lines.text(hover.span), hover.markdown)
        });
        expected.assert_eq(&out);
    }

    #[test]
    fn a_marker() {
        check(
            "同志们：\n下面，我讲三点意见。\n一、抓播种\n$0二、抓管护\n三、抓收割\n",
            expect![[r#"
                [二、]
                **二、** 汉字序号，第 1 层，本列第 2 项，共 3 项

                宣布“三点意见”，与所列相符

                - 一、抓播种
                - **二、抓管护**
                - 三、抓收割
            "#]],
        );
        check(
            "春耕要抓紧：一要抢农时，$0二要保质量。",
            expect![[r#"
                [二要]
                **二要** “一要”式序号，第 1 层，本列第 2 项，共 2 项

                - 一要抢农时
                - **二要保质量**
            "#]],
        );
    }

    #[test]
    fn a_marker_with_a_defect() {
        check(
            "一要抢农时，$0一要保质量，三要保安全，四要保供应。",
            expect![[r#"
                [一要]
                **一要** “一要”式序号，第 1 层，本列第 2 项，共 4 项

                - 一要抢农时
                - **一要保质量**
                - 三要保安全
                - 四要保供应

                编号重复：此处“一要”应为“二要”（一、一、三、四）

                编号重复 `numbering-duplicate`：听众按序号记要点，序号重复，后面的要点就对不上。只错一个数字时给出唯一改法；多出一项时从此处起重新编号。

                依据：实务：同一层次连续编号是通行做法，不是国标条文。

                可用的改法：改为“二要”
            "#]],
        );
    }

    #[test]
    fn a_count_that_does_not_agree() {
        check_in(
            Locale::English,
            "下面，我讲三点意见。\n$0一、抓播种\n二、抓管护\n最后大家分头去办。",
            expect![[r#"
                [一、]
                **一、** a Chinese numeral, level 1, item 1 of 2

                Announced as ‘三点意见’ (3), but 2 are listed

                - **一、抓播种**
                - 二、抓管护
            "#]],
        );
    }

    #[test]
    fn a_long_list_is_shown_in_part() {
        let list: String = (1..=12).map(|n| format!("{n}.第{n}件事要办好。\n")).collect();
        check(
            &list.replace("8.第", "$08.第"),
            expect![[r#"
            [8.]
            **8\.** 阿拉伯数字序号，第 1 层，本列第 8 项，共 12 项

            - ……
            - 5\.第5件事要办好
            - 6\.第6件事要办好
            - 7\.第7件事要办好
            - **8\.第8件事要办好**
            - 9\.第9件事要办好
            - 10\.第10件事要办好
            - 11\.第11件事要办好
            - ……
        "#]],
        );
    }

    #[test]
    fn a_placeholder() {
        check(
            "今年，$0XX县完成投资X亿元，XX县的同志很辛苦，*同志也来了。",
            expect![[r#"
                [XX县]
                占位符“XX县”未填写：地名（全文 2 处）

                占位符未填 `placeholder`：占位符会被原样念出来。报告写明空位要填的是什么（地名、数量、日期……），同一名称在全文有几处也一并写明；只写法存疑的（如“～年”“某同志”）降为提示。

                依据：实务：讲话稿套用范文或边写边留空的通行写法；没有标准条文。

                全文还有 4 处未填：地名 2，人名 1，数量 1
            "#]],
        );
        check_in(
            Locale::Hant,
            "同志們：今年，$0××縣完成投資×億元。",
            expect![[r#"
                [××縣]
                佔位符“××縣”未填寫：地名

                佔位符未填 `placeholder`：佔位符會被原樣念出來。報告寫明空位要填的是什麼（地名、數量、日期……），同一名稱在全文有幾處也一併寫明；只寫法存疑的（如「～年」「某同志」）降為提示。

                依據：實務：講話稿套用範文或邊寫邊留空的通行寫法；沒有標準條文。

                全文還有 2 處未填：地名 1，數量 1
            "#]],
        );
    }

    #[test]
    fn nothing_to_say() {
        check("同志们：$0今天开个会。", expect![[""]]);
        check("一、$0抓播种\n二、抓管护", expect![[""]]);
    }

    proptest! {
        #[test]
        fn any_place_will_do(
            text in "[一二三、（），。；：“”第是要XX×某1.\n 春耕县]{0,60}",
            line in 0u32..12, byte in 0u32..200,
        ) {
            let (lines, settings, analysis) = analysed(&text, Markup::Plain);
            hover(&analysis, &lines, &settings, Locale::Hans, Point::new(line, byte));
        }
    }
}

mod fixing {
    use super::*;

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
        "N、", "N.", "（N）", "(N)", "（N）、", "D.", "D、", "（D）", "D）", "C", "C、", "第N，", "第N、", "N是",
        "N要", "N问",
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
}

mod outline {
    use super::*;

    #[track_caller]
    fn check(draft: &str, expected: Expect) {
        let (lines, _, analysis) = analysed(draft, markup(draft));
        let mut out = String::new();
        print(&symbols(&analysis, &lines), 0, &mut out);
        expected.assert_eq(&out);
    }

    fn print(symbols: &[Symbol], depth: usize, out: &mut String) {
        for s in symbols {
            assert!(!s.name.is_empty());
            assert!(s.span.start <= s.selection.start && s.selection.end <= s.span.end);
            let (first, last) = (s.span.start.line + 1, s.span.end.line + 1);
            let indent = "  ".repeat(depth);
            writeln!(out, "{indent}{} | {} {} {first}-{last} {}", s.name, s.kind.name(), s.level, s.detail).unwrap();
            print(&s.children, depth + 1, out);
        }
    }

    #[test]
    fn sections_items_and_parallels() {
        check(
            "\
在全县春耕备耕会议上的讲话
同志们：
一、统一思想
要看清形势。今年雨水偏少。
要看清任务。时间只有两个月。
要看清责任。XX乡守土有责。
二、落实责任
（一）抓采购。一要早定，二要早运，三要早发。
（二）抓储备。一是备粮。
二是备种。
",
            expect![[r#"
                一、统一思想 | section 1 3-6 占位符 1
                  要看清形势 | parallel 2 4-4 
                  要看清任务 | parallel 2 5-5 
                  要看清责任 | parallel 2 6-6 占位符 1
                二、落实责任 | section 1 7-11 
                  （一）抓采购 | section 2 8-8 
                    一要早定 | item 3 8-8 
                    二要早运 | item 3 8-8 
                    三要早发 | item 3 8-8 
                  （二）抓储备 | section 2 9-11 
                    一是备粮 | item 3 9-9 
                    二是备种 | section 3 10-11 
            "#]],
        );
    }

    #[test]
    fn several_speeches() {
        check(
            "在植树节活动上的讲话\n同志们：\n一、多种树\n二、种好树\n在夏收动员会上的讲话\n同志们：\n一、抢时间\n二、保质量\n",
            expect![[r#"
                在植树节活动上的讲话 | title 0 1-4 
                  一、多种树 | section 1 3-3 
                  二、种好树 | section 1 4-4 
                在夏收动员会上的讲话 | title 0 5-9 
                  一、抢时间 | section 1 7-7 
                  二、保质量 | section 1 8-9 
            "#]],
        );
    }
}
