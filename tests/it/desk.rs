//! What the drafting desk offers beyond symbols, completion, hover and fixes. `$0` is the cursor.

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use jianggao::analysis::Markup;
use jianggao::features::blanks::{blank_at, complete_fact, fills, next_blank};
use jianggao::features::metrics::{hints, lenses, words};
use jianggao::features::report::{final_check, ledger, statistics};
use jianggao::features::selection::selections;
use jianggao::features::tokens::{TokenKind, tokens};
use jianggao::locale::Locale;
use jianggao::settings::Settings;
use jianggao::text::{Edit, Lines, Point, Span, apply};
use proptest::prelude::*;

use crate::features::{analysed, cursors, markup};

/// `text` with each of `spans` in ⟦⟧.
pub fn marked(text: &str, spans: &[Span]) -> String {
    let edits: Vec<Edit> = spans
        .iter()
        .flat_map(|s| [Edit::new(Span::new(s.start, s.start), "⟦"), Edit::new(Span::new(s.end, s.end), "⟧")])
        .collect();
    apply(text, &edits)
}

mod blanks {
    use super::*;

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
}

mod short_names {
    use super::*;
    use jianggao::features::short_names::short_name_at;

    /// The draft with all uses of the short name marked, and what is said of it.
    #[track_caller]
    fn check(draft: &str, expected: Expect) {
        let (text, places) = cursors(draft);
        let (lines, _, analysis) = analysed(&text, markup(&text));
        let shown = match short_name_at(&analysis, &lines, places[0]) {
            Some(name) => {
                assert!(name.uses.contains(&name.span));
                format!("{}\n{}\n", marked(&text, &name.uses), name.explained(Locale::Hans))
            }
            None => "没有".to_owned(),
        };
        expected.assert_eq(&shown);
    }

    #[test]
    fn where_it_stands_as_a_whole() {
        check(
            "全县重点水利工程（以下简称“水利工程”）今天开工。\n水利工$0程是大事，要把水利工程建好。水利工程队要早到，农田水利工程也要跟上。\n对水利工程的投入，按“水利工程”一项列支。",
            expect![[r#"
                全县重点水利工程（以下简称“⟦水利工程⟧”）今天开工。
                ⟦水利工程⟧是大事，要把水利工程建好。水利工程队要早到，农田水利工程也要跟上。
                对⟦水利工程⟧的投入，按“⟦水利工程⟧”一项列支。
                **水利工程** 简称，第 1 行：全县重点水利工程（以下简称“水利工程”）

                全文 4 处
            "#]],
        );
        check(
            "《全县春耕备耕工作实施方案》（以下简称《方$0案》）已经印发。\n各乡镇要照《方案》办，实施方案要细，按方案来。",
            expect![[r#"
                《全县春耕备耕工作实施方案》（以下简称《⟦方案⟧》）已经印发。
                各乡镇要照《⟦方案⟧》办，实施方案要细，按方案来。
                **方案** 简称，第 1 行：《全县春耕备耕工作实施方案》（以下简称“方案”）

                全文 2 处
            "#]],
        );
    }

    #[test]
    fn where_nothing_is_certain() {
        // Two characters without marks; two definitions; none.
        check("县农机站（以下简称农站）负责。\n由农$0站牵头。", expect!["没有"]);
        check("甲公司（以下简称“承建公司”）和乙公司（以下简称“承建公司”）。\n“承建$0公司”要早到。", expect!["没有"]);
        check("水利工$0程是大事。", expect!["没有"]);
        check("全县水利工程（以下简称“水利工程”）。\n农田水利$0工程也要跟上。", expect!["没有"]);
    }
}

/// A speech with something of everything.
pub const SPEECH: &str = "\
在全县春耕备耕会议上的讲话

同志们：

今天开这个会，主要是安排春耕。下面，我讲三点意见。

一、把种子备足

（一）抓采购。货比三家，早定早运。XX乡要带头。

（二）抓储备。一是备粮，二是备种，三是备肥。

二、把水渠修好

各乡镇分段包干，XX乡先行一步，月底前完成X公里。

谢谢大家！
";

mod selection {
    use super::*;

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
}

mod tokens_of {
    use super::*;

    fn shown(text: &str) -> String {
        let (lines, settings, analysis) = analysed(text, markup(text));
        let found = tokens(&analysis, &lines, &settings, 0, u32::MAX);
        for pair in found.windows(2) {
            assert!((pair[0].line, pair[0].range.end) <= (pair[1].line, pair[1].range.start));
        }
        let edits: Vec<Edit> = found
            .iter()
            .map(|t| {
                let span = Span::in_line(t.line, t.range);
                let text = lines.text(span);
                let shown = match t.kind {
                    TokenKind::Marker(level) => format!("〔{level} {text}〕"),
                    TokenKind::Placeholder => format!("〔空 {text}〕"),
                    TokenKind::Announcement => format!("〔数 {text}〕"),
                    TokenKind::Salutation => format!("〔称 {text}〕"),
                    TokenKind::Formulation => format!("〔提 {text}〕"),
                };
                Edit::new(span, shown)
            })
            .collect();
        apply(text, &edits)
    }

    #[test]
    fn markers_placeholders_announcements_and_the_salutation() {
        expect![[r#"
            在全县春耕备耕会议上的讲话

            〔称 同志们：〕

            今天开这个会，主要是安排春耕。下面，我讲〔数 三点意见〕。

            〔1 一、〕把种子备足

            〔2 （一）〕抓采购。货比三家，早定早运。〔空 XX〕乡要带头。

            〔2 （二）〕抓储备。〔3 一是〕备粮，〔3 二是〕备种，〔3 三是〕备肥。

            〔1 二、〕把水渠修好

            各乡镇分段包干，〔空 XX〕乡先行一步，月底前完成〔空 X〕公里。

            谢谢大家！
        "#]]
        .assert_eq(&shown(SPEECH));
        expect![[r#"
            在会上的讲话

            〔空 XX〕区的各位同志们：
            今天讲〔空 X〕点意见。
        "#]]
        .assert_eq(&shown("在会上的讲话\n\nXX区的各位同志们：\n今天讲X点意见。\n"));
    }

    #[test]
    fn formulations_but_no_set_phrases() {
        expect![[r#"
            # 讲话

            要增强“〔提 四个意识〕”，推动〔提 高质量发展〕，提高政治站位。〔空 XX〕乡要〔提 踏石留印、抓铁有痕〕。

            ```
            四个意识
            ```

            〔1 一、〕坚持〔提 高质量发展〕
        "#]]
        .assert_eq(&shown(
            "# 讲话\n\n要增强“四个意识”，推动高质量发展，提高政治站位。XX乡要踏石留印、抓铁有痕。\n\n```\n四个意识\n```\n\n一、坚持高质量发展\n",
        ));
    }
}

mod sizes {
    use super::*;

    #[test]
    fn words_are_counted_as_word_does() {
        for (text, count) in
            [("", 0), ("同志们：", 4), ("GDP增长5.2%。", 5), ("COVID 19", 2), ("## 一、抓", 3), ("“十四五”", 5)]
        {
            assert_eq!(words(text), count, "{text}");
        }
    }

    #[test]
    fn beside_and_above_the_text() {
        let (lines, _, analysis) = analysed(SPEECH, Markup::Plain);
        let settings = Settings { target_minutes: Some(5), ..Settings::default() };
        let found = hints(&analysis, &lines, &settings, Locale::Hans, (0, u32::MAX));
        let edits: Vec<Edit> =
            found.iter().map(|h| Edit::new(Span::new(h.at, h.at), format!("〔{}〕", h.label))).collect();
        expect![[r#"
            在全县春耕备耕会议上的讲话〔全文 130 字 · 约 40 秒，目标 5 分钟，还差 4 分钟 · 未填 3〕

            同志们：

            今天开这个会，主要是安排春耕。下面，我讲三点意见〔2/3〕。

            一、把种子备足〔52 字 · 约 20 秒 · 未填 1〕

            （一）抓采购。货比三家，早定早运。XX乡要带头。

            （二）抓储备。一是备粮，二是备种，三是备肥。

            二、把水渠修好〔31 字 · 约 10 秒 · 未填 2〕

            各乡镇分段包干，XX乡先行一步，月底前完成X公里。

            谢谢大家！
        "#]]
        .assert_eq(&apply(SPEECH, &edits));
        let mut out = String::new();
        for lens in lenses(&analysis, &lines, &settings, Locale::Hans) {
            writeln!(out, "{} {}", lens.line + 1, lens.label).unwrap();
        }
        expect![[r#"
            1 全文 130 字 · 约 40 秒，目标 5 分钟，还差 4 分钟 · 未填 3
            7 52 字 · 约 20 秒 · 未填 1
            13 31 字 · 约 10 秒 · 未填 2
        "#]]
        .assert_eq(&out);
        assert_eq!(hints(&analysis, &lines, &settings, Locale::Hans, (1, 3)), []);
    }
}

mod reports {
    use super::*;

    #[test]
    fn of_a_speech() {
        let (lines, settings, analysis) = analysed(SPEECH, Markup::Plain);
        expect![[r#"
            # 统计

            130 字，约 40 秒，未填占位符 3 处

            | 部分 | 字数 | 时间 | 未填 |
            |---|---:|---:|---:|
            | 一、把种子备足 | 52 | 约 20 秒 | 1 |
            | 　（一）抓采购 | 23 | 约 10 秒 | 1 |
            | 　（二）抓储备 | 22 | 约 10 秒 | 0 |
            | 二、把水渠修好 | 31 | 约 10 秒 | 2 |
        "#]]
        .assert_eq(&statistics(&analysis, &lines, &settings, Locale::Hans).markdown);
        expect![[r#"
            # 占位符清单

            还有 3 处占位符未填

            ## 地名（2）

            | 占位符 | 行 | 所在部分 | 上下文 |
            |---|---:|---|---|
            | XX乡 | 9 | （一）抓采购 | 购。货比三家，早定早运。XX乡要带头。 |
            | XX乡 | 15 | 二、把水渠修好 | 各乡镇分段包干，XX乡先行一步，月底前完成X公 |

            ## 数量（1）

            | 占位符 | 行 | 所在部分 | 上下文 |
            |---|---:|---|---|
            | X公里 | 15 | 二、把水渠修好 | X乡先行一步，月底前完成X公里。 |
        "#]]
        .assert_eq(&ledger(&analysis, &lines, Locale::Hans).markdown);
        let (ready, report) = final_check(&analysis, &lines, &settings, Locale::Hans);
        assert!(!ready);
        expect![[r#"
            # 定稿检查

            还不能定稿：占位符 3 处未填，问题 1 处未改

            ## 未改的问题

            - 第 5 行：数目不符：宣布“三点意见”（3），下文列出 2 项（“一、”至“二、”）

            ## 未填的占位符

            - 第 9 行：占位符“XX乡”未填写：地名（全文 2 处）
            - 第 15 行：占位符“XX乡”未填写：地名（全文 2 处）
            - 第 15 行：占位符“X公里”未填写：数量
        "#]]
        .assert_eq(&report.markdown);
    }

    #[test]
    fn of_a_draft_that_is_ready() {
        let (lines, settings, analysis) =
            analysed("同志们：\n下面我讲两点意见。\n一、抢农时\n二、保质量\n", Markup::Plain);
        let (ready, report) = final_check(&analysis, &lines, &settings, Locale::Hans);
        assert!(ready, "{}", report.markdown);
        assert_eq!(ledger(&analysis, &lines, Locale::Hans).summary, "没有未填的占位符");
    }
}
