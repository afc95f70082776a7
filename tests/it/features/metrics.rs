//! Lengths.

use std::fmt::Write as _;

use expect_test::expect;
use jianggao::analysis::Markup;
use jianggao::features::metrics::{hints, lenses, words};
use jianggao::locale::Locale;
use jianggao::settings::Settings;
use jianggao::text::{Edit, Span, apply};

use crate::features::{SPEECH, analysed};

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
    let edits: Vec<Edit> = found.iter().map(|h| Edit::new(Span::new(h.at, h.at), format!("〔{}〕", h.label))).collect();
    expect![[r#"
        在全县春耕备耕会议上的讲话〔全文 130 字 · 约 30 秒（目标 5，差 4 分钟） · 未填 3〕

        同志们：

        今天开这个会，主要是安排春耕。下面，我讲三点意见〔2/3〕。

        一、把种子备足〔52 字 · 约 10 秒 · 未填 1〕

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
        1 全文 130 字 · 约 30 秒（目标 5，差 4 分钟） · 未填 3
        7 52 字 · 约 10 秒 · 未填 1
        13 31 字 · 约 10 秒 · 未填 2
    "#]]
    .assert_eq(&out);
    assert_eq!(hints(&analysis, &lines, &settings, Locale::Hans, (1, 3)), []);
}
