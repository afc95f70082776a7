//! Reports.

use expect_test::expect;
use jianggao::analysis::Markup;
use jianggao::features::report::{final_check, ledger, statistics};
use jianggao::locale::Locale;

use crate::features::{SPEECH, analysed};

#[test]
fn of_a_speech() {
    let (lines, settings, analysis) = analysed(SPEECH, Markup::Plain);
    expect![[r#"
        # 统计

        130 字，约 30 秒，未填占位符 3 处

        | 部分 | 字数 | 时间 | 讲到 | 未填 |
        |---|---:|---:|---:|---:|
        | [一、把种子备足](#L7) | 52 | 约 10 秒 | 0:22 | 1 |
        | [　（一）抓采购](#L9) | 23 | 约 10 秒 | 0:17 | 1 |
        | [　（二）抓储备](#L11) | 22 | 约 10 秒 | 0:22 | 0 |
        | [二、把水渠修好](#L13) | 31 | 约 10 秒 | 0:30 | 2 |
    "#]]
    .assert_eq(&statistics(&analysis, &lines, &settings, Locale::Hans).markdown);
    expect![[r#"
        # 占位符清单

        还有 3 处占位符未填

        ## 地名（2）

        | 占位符 | 行 | 所在部分 | 上下文 |
        |---|---:|---|---|
        | XX乡 | [9](#L9) | （一）抓采购 | 购。货比三家，早定早运。XX乡要带头。 |
        | XX乡 | [15](#L15) | 二、把水渠修好 | 各乡镇分段包干，XX乡先行一步，月底前完成X公 |

        ## 数量（1）

        | 占位符 | 行 | 所在部分 | 上下文 |
        |---|---:|---|---|
        | X公里 | [15](#L15) | 二、把水渠修好 | X乡先行一步，月底前完成X公里。 |
    "#]]
    .assert_eq(&ledger(&analysis, &lines, Locale::Hans).markdown);
    let (ready, report) = final_check(&analysis, &lines, &settings, Locale::Hans);
    assert!(!ready);
    expect![[r#"
        # 定稿检查

        还不能定稿：占位符 3 处未填，问题 1 处未改

        ## 未改的问题

        - [第 5 行](#L5)：数目不符：宣布“三点意见”（3），下文列出 2 项（“一、”至“二、”）

        ## 未填的占位符

        - [第 9 行](#L9)：占位符“XX乡”未填写：地名（全文 2 处）
        - [第 15 行](#L15)：占位符“XX乡”未填写：地名（全文 2 处）
        - [第 15 行](#L15)：占位符“X公里”未填写：数量
    "#]]
    .assert_eq(&report.markdown);
}

#[test]
fn of_a_draft_that_is_ready() {
    let (lines, settings, analysis) = analysed("同志们：\n下面我讲两点意见。\n一、抢农时\n二、保质量\n", Markup::Plain);
    let (ready, report) = final_check(&analysis, &lines, &settings, Locale::Hans);
    assert!(ready, "{}", report.markdown);
    assert_eq!(ledger(&analysis, &lines, Locale::Hans).summary, "没有未填的占位符");
}
