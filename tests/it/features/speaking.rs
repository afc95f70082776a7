//! How long a speech takes to speak: against a target, sentence by sentence, and printed for reading.

use std::fmt::Write as _;

use expect_test::expect;
use jianggao::analysis::Markup;
use jianggao::features::metrics::{in_short, lenses, measure, with_times};
use jianggao::features::print::page;
use jianggao::features::rehearsal::rehearsal;
use jianggao::features::report::statistics;
use jianggao::features::symbols::symbols;
use jianggao::locale::Locale;
use jianggao::settings::Settings;
use jianggao::text::Lines;

use crate::features::analysed;

const WORK: &str = "各乡镇要把责任扛在肩上，把任务抓在手上，把工作落到实处；各部门要靠前服务，主动作为。";

/// A speech of which the first section is three times as long as the second, below a line.
fn draft(first: &str) -> String {
    let long = WORK.repeat(6);
    let short = WORK.repeat(2);
    format!(
        "{first}\n在全县春耕工作会议上的讲话\n\n同志们：\n\n一、备足种子\n{long}\n\n二、修好水渠\n{short}\n谢谢大家！\n"
    )
}

fn short(text: &str) -> String {
    let (lines, settings, analysis) = analysed(text, Markup::Plain);
    in_short(&measure(&analysis, &lines), &settings, Locale::Hans)
}

#[test]
fn a_line_above_the_speech_or_its_title_says_how_long_it_may_take() {
    let plain = short(&draft(""));
    assert!(!plain.contains("目标"), "{plain}");
    for first in ["时长：1分钟", "（限时1分钟）", "1分钟", "【發言時間：約1分鐘】"] {
        // Whoever speaks does not say it.
        assert_eq!(short(&draft(first)), format!("{plain}（目标 1，超 40 秒）"), "{first}");
    }
    let titled = draft("").replace("会议上的讲话", "会议上的讲话（1分钟）");
    assert!(short(&titled).ends_with("（目标 1，超 40 秒）"), "{}", short(&titled));
    // Further down it is about something else.
    let below = draft("").replace("二、修好", "用时20分钟\n二、修好");
    assert!(!short(&below).contains("目标"), "{}", short(&below));
    let both = Settings { target_minutes: Some(9), ..Settings::default() };
    for (first, target) in [("时长：1分钟", "（目标 1，超 40 秒）"), ("", "（目标 9）")] {
        let text = draft(first);
        let (lines, _, analysis) = analysed(&text, Markup::Plain);
        assert!(in_short(&measure(&analysis, &lines), &both, Locale::Hans).ends_with(target), "{first}");
    }
}

#[test]
fn sections_against_the_target() {
    let text = draft("时长：1分钟").replace("二、修好水渠", "二、修好水渠（1分钟）");
    let (lines, settings, analysis) = analysed(&text, Markup::Plain);
    expect![[r#"
        # 统计

        375 字，约 2 分钟，目标 1 分钟，超 40 秒

        | 部分 | 字数 | 时间 | 目标 | 讲到 | 未填 |
        |---|---:|---:|---:|---:|---:|
        | [一、备足种子](#L6) | 258 | 约 1 分钟 | 0:41 | 1:12 | 0 |
        | [二、修好水渠（1分钟）](#L9) | 95 | 约 20 秒 | 1:00 | 1:37 | 0 |

        讲得比目标长：“目标”一栏是各部分按现在的篇幅该讲多久，标题后写明几分钟的照写的。
    "#]]
    .assert_eq(&statistics(&analysis, &lines, &settings, Locale::Hans).markdown);
    let mut beside = String::new();
    for lens in lenses(&analysis, &lines, &settings, Locale::Hans) {
        writeln!(beside, "{} {}", lens.line + 1, lens.label).unwrap();
    }
    let mut outline = symbols(&analysis, &lines);
    with_times(&mut outline, &settings, Locale::Hans);
    outline.iter().for_each(|symbol| writeln!(beside, "{}｜{}", symbol.name, symbol.detail).unwrap());
    expect![[r#"
        2 全文 375 字 · 约 2 分钟（目标 1，超 40 秒）
        6 258 字 · 约 1 分钟
        9 95 字 · 约 20 秒（目标 1，差 40 秒）
        一、备足种子｜约 1 分钟
        二、修好水渠（1分钟）｜约 20 秒
    "#]]
    .assert_eq(&beside);
}

#[test]
fn a_speech_is_rehearsed_sentence_by_sentence() {
    let text = "时长：2分钟\n在全县春耕工作会议上的讲话\n同志们：\n一、备足种子\n　　货比三家，早定早运。要“算好账”；要管好1000亩田。\n> **二、修好水渠**\n***\n——谢谢！\n";
    let (lines, _, analysis) = analysed(text, Markup::Plain);
    let speech = rehearsal(&analysis, &lines, 4).unwrap();
    let total = measure(&analysis, &lines)[0].size.spoken;
    assert_eq!((speech.spoken, speech.target), (total, Some(2)));
    let mut out = String::new();
    for sentence in &speech.sentences {
        let line = lines.line(sentence.span.start.line as usize);
        let said = &line[sentence.span.start.byte as usize..sentence.span.end.byte as usize];
        writeln!(out, "{:02} {said}", sentence.before).unwrap();
    }
    for part in &speech.sections {
        writeln!(out, "{:02} {}: {}", part.before, part.line + 1, part.name).unwrap();
    }
    expect![[r#"
        00 在全县春耕工作会议上的讲话
        13 同志们：
        16 一、备足种子
        21 货比三家，早定早运。
        29 要“算好账”；
        33 要管好1000亩田。
        42 > **二、修好水渠**
        47 ——谢谢！
        16 4: 一、备足种子
        42 6: 二、修好水渠
    "#]]
    .assert_eq(&out);
}

#[test]
fn the_second_of_two_speeches_is_rehearsed_by_itself() {
    let one = "在全县春耕会议上的讲话\n同志们：\n一、备足种子\n要早定早运。\n二、修好水渠\n要分段包干。\n";
    let text = format!("{one}\n{}", one.replace("春耕", "防汛"));
    let (lines, _, analysis) = analysed(&text, Markup::Plain);
    assert_eq!(analysis.speeches().count(), 2);
    let [first, second] = [0, 9].map(|line| rehearsal(&analysis, &lines, line).unwrap());
    assert_eq!(first.spoken, second.spoken);
    assert_eq!((second.sentences[0].before, second.sentences[0].span.start.line), (0, 7));
}

#[test]
fn a_page_marks_what_is_open_and_leaves_out_what_is_not_spoken() {
    let page_of = |text: &str| {
        let (lines, settings, analysis) = analysed(text, Markup::Plain);
        page(&analysis, &lines, &settings, Locale::Hans, false)
    };
    let page = page_of("在大会上的讲话\n同志们：\n购置X光机一台，请X同志负责，增长X%。\n");
    assert!(page.contains("购置X光机一台，请<mark>X</mark>同志负责，增长<mark>X</mark>%。"), "{page}");
    let page = page_of("在大会上的讲话\n同志们：\n从出发到到达，只用了\n20分钟\n这是新纪录。\n");
    assert!(page.contains("20分钟") && !page.contains("目标"), "{page}");
    let page = page_of(
        "在全市优化营商环境工作推进会上的表态发言（20分钟）\n（2026年2月3日）\n县长　张三\n\n同志们：\n今天开会。\n",
    );
    assert!(page.contains("目标 20") && page.matches("<h1").count() == 1, "{page}");
    assert!(page.contains("<p class=\"subtitle\">县长"), "{page}");
}

#[test]
fn a_page_to_read_from() {
    let text = "时长：2分钟\n# 在全县<春耕>会议上的讲话\n\n同志们：\n\n## 一、备足种子\n\nXX乡要**早定**早运；要带头。谢谢！\n\n（一）抓采购。货比三家。\n";
    let (lines, settings, analysis) = analysed(text, Markup::Markdown);
    let body = |is_for_reading| {
        let page = page(&analysis, &lines, &settings, Locale::Hans, is_for_reading);
        assert!(!page.contains("<script") && !page.contains("http"), "{page}");
        page.split_once("<body").map(|(_, body)| body.to_owned()).unwrap()
    };
    expect![[r#"
         class="reading">
        <aside>49 字 · 约 10 秒（目标 2） · 按 Ctrl+P 打印</aside>
        <h1 class="title">在全县<mark>&lt;春耕&gt;</mark>会议上的讲话</h1>
        <p class="salutation first">同志们：</p>
        <h2><time>0:04</time>一、备足种子</h2>
        <p><mark>XX</mark>乡要早定早运；&#8288;<i>｜</i>要带头。&#8288;<i>‖</i>谢谢！</p>
        <p><b>（一）抓采购。</b>货比三家。</p>
        </body>
        </html>
    "#]]
    .assert_eq(&body(true));
    let plain = body(false);
    assert!(!plain.contains("‖") && !plain.contains("<time>") && plain.contains("<mark>XX</mark>"), "{plain}");
}
