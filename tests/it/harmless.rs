//! What fix-all must leave alone, whatever the text: other people's words, blanks, markup, and all that
//! nothing was said of.

use std::sync::Arc;

use jianggao::analysis::{Analysis, Markup};
use jianggao::features::actions::fix_all;
use jianggao::features::format::format;
use jianggao::features::structure::renumber_all;
use jianggao::locale::Locale;
use jianggao::rules::diagnostics;
use jianggao::settings::Settings;
use jianggao::text::{Edit, Flat, Grade, Lines as _, Span, apply};
use proptest::prelude::*;

fn analysed(text: &str, markup: Markup) -> (Flat<'_>, Arc<Settings>, Analysis) {
    let (lines, settings) = (Flat::new(text), Arc::<Settings>::default());
    let analysis = Analysis::new(&lines, markup, &settings);
    (lines, settings, analysis)
}

fn fix_of(text: &str, markup: Markup) -> Vec<Edit> {
    let (lines, settings, analysis) = analysed(text, markup);
    fix_all(&analysis, &lines, &settings)
}

fn fixed(text: &str) -> String {
    apply(text, &fix_of(text, Markup::Plain))
}

/// The spans of the blanks, and their text.
fn blanks(text: &str, markup: Markup) -> Vec<String> {
    let (lines, _, analysis) = analysed(text, markup);
    let blanks = analysis.blanks();
    let of = |(n, p): (usize, &Arc<jianggao::paragraph::Paragraph>)| -> Vec<String> {
        let open = p.placeholders.iter().filter(|blank| blanks.is_reported(blank));
        open.map(|blank| lines.text(Span::in_line(n as u32, blank.range))).collect()
    };
    analysis.paragraphs().flat_map(of).collect()
}

/// A sentence that somebody may have written, which no fix may touch.
#[track_caller]
fn untouched(texts: &[&str]) {
    for text in texts {
        let speech = format!("在全县工作会议上的讲话\n\n同志们：\n\n　　{text}\n");
        assert_eq!(fixed(&speech), speech);
    }
}

/// A slip with one right correction.
#[track_caller]
fn corrected(rows: &[(&str, &str)]) {
    for (wrong, right) in rows {
        let speech = |text: &str| format!("在全县工作会议上的讲话\n\n同志们：\n\n　　{text}\n");
        assert_eq!(fixed(&speech(wrong)), speech(right));
    }
}

#[test]
fn blanks_stay_blank() {
    untouched(&[
        "前三季度，全县新增就业　人，发放补贴　万元。",
        "根据市发〔2025〕　号文件要求，各单位要抓紧落实。",
        "全年新开工?个项目，总投资?亿元。",
        "培训班共办 期，参加学习的有 人次，效果很好。",
        "考核结果排在第　位，比上年前移　位。",
        "经 年 月 日会议研究，决定成立专班。",
        "受灾农田……亩，倒塌房屋……间，正在核实。",
    ]);
}

#[test]
fn names_and_quotations_stay() {
    untouched(&[
        "诺贝尔奖得主罗伯特.索洛的研究，值得我们借鉴。",
        "作家海伦.凯勒的故事，感动了几代人。",
        "[3] 王建国. 县域治理的逻辑[J]. 行政论坛, 2020(2): 5-9.",
        "登录 https://www.example.cn/办事,指南(试行).html 可以查到全部清单。",
        "各位議員作口頭發言，我不會重複，這是為大家說明。",
        "把变量代入函数f(甲)+f(乙)=1，结果就出来了。",
    ]);
}

#[test]
fn marks_of_style_stay() {
    untouched(&[
        "要做到三点：1、早谋划；2、早部署；3、早落实。",
        "第一、要提高认识。第二、要压实责任。第三、要严格考核。",
        "今年以来,全县上下凝心聚力,各项工作进展顺利。",
        "这是我们的目标--走在前列、干在实处...大家要努力。",
        "按照县发[2024]5号文件执行，不打折扣。",
        "牢记嘱托 感恩奋进，以实际行动作出应有的贡献。",
    ]);
}

#[test]
fn orders_of_another_time_stay() {
    untouched(&[
        "坚持德才兼备、以德为先，坚持注重实绩、群众公认，坚持五湖四海、任人唯贤。",
        "抓落实，第一靠责任，第二靠作风。那么，责任从哪里来？第一靠教育，第二靠制度，第三靠监督。",
    ]);
}

#[test]
fn pairs_change_together() {
    corrected(&[
        ("各类企业(含B类企业)都要抓紧整改。", "各类企业（含B类企业）都要抓紧整改。"),
        ("各村(社区)、各单位要行动起来。", "各村（社区）、各单位要行动起来。"),
        ("要发扬\"三牛\"精神，埋头苦干。", "要发扬“三牛”精神，埋头苦干。"),
        ("要增强“四个意识\"，做到“两个维护”。", "要增强“四个意识”，做到“两个维护”。"),
        ("请各乡镇（街道)抓好落实。", "请各乡镇（街道）抓好落实。"),
    ]);
    untouched(&[
        "(一)抓谋划(二)抓推进，都要有人盯。",
        "用好平台(APP)是实招，要会用。",
        "甲方(以下称委托人要及时付款。",
    ]);
}

#[test]
fn sure_slips_are_corrected() {
    corrected(&[
        ("一要抓早，三要抓小，三要抓实。", "一要抓早，二要抓小，三要抓实。"),
        ("一是查问题，二是找原因，二是定措施，四是抓整改。", "一是查问题，二是找原因，三是定措施，四是抓整改。"),
        ("向大家致以诚挚的的问候。", "向大家致以诚挚的问候。"),
        ("会议作出了了全面部署。", "会议作出了全面部署。"),
        ("要有分表必争的劲头，进1步压实责任。", "要有分秒必争的劲头，进一步压实责任。"),
    ]);
}

#[test]
fn what_belongs_to_the_draft_is_never_taken_out() {
    for text in [
        "首页 > 范文大全\n在全市教育工作会议上的讲话\n（2026年3月1日）\n来源：市教育局\n\n各位老师：\n今天开会，任务很重。\n",
        "作者：李明\n在全县旅游大会上的致辞\n2026年5月1日\n更新时间：2026-05-02\n\n同志们：\n今天开会，任务很重。\n",
        "本文仅供学习参考，请勿照搬！\n主持人：XX\n关于做好防汛工作的报告\n\n同志们：\n今天开会，任务很重。\n",
    ] {
        assert_eq!(fixed(text), text);
        let (lines, settings, analysis) = analysed(text, Markup::Plain);
        let blocks: Vec<u32> = diagnostics(&analysis, &lines, &settings, Locale::Hans, usize::MAX)
            .iter()
            .filter(|d| d.rule.code == "watermark")
            .flat_map(|d| d.span.start.line..=d.span.end.line)
            .collect();
        for (n, line) in text.lines().enumerate() {
            let own = ["讲话", "致辞", "报告", "（2026", "作者", "主持", "同志", "各位", "今天"];
            assert!(!blocks.contains(&(n as u32)) || !own.iter().any(|word| line.contains(word)), "{line}");
        }
    }
}

#[test]
fn blanks_in_boilerplate_are_reported() {
    let text = "本文由XX市范文网提供，仅供学习参考\n在全县工作会议上的讲话\n同志们：\n今天开会，任务很重。\n";
    let (lines, settings, analysis) = analysed(text, Markup::Plain);
    let found = diagnostics(&analysis, &lines, &settings, Locale::Hans, usize::MAX);
    let codes: Vec<&str> = found.iter().map(|d| d.rule.code).collect();
    assert!(codes.contains(&"watermark") && codes.contains(&"placeholder"), "{codes:?}");
}

#[test]
fn formatting_keeps_what_is_said() {
    let formatted = |text: &str| {
        let (lines, _, analysis) = analysed(text, Markup::Plain);
        apply(text, &format(&analysis, &lines, 0, u32::MAX))
    };
    for text in
        ["一、...\n二、抓落实\n", "1....\n2.抓落实。\n", "要,,,,,,,,好\n", "第一、...抓落实。\n第二，抓督查。\n"]
    {
        let after = formatted(text);
        assert_eq!(text.matches("...").count(), after.matches("...").count(), "{after}");
        assert_eq!(formatted(&after), after);
    }
}

/// A list with slips, of one way of counting.
fn list() -> impl Strategy<Value = String> {
    let item = (0..6usize, prop::option::weighted(0.3, 1u32..9));
    (0..5usize, prop::collection::vec(item, 1..9), any::<bool>()).prop_map(|(form, items, inline)| {
        const FORMS: [&str; 5] = ["N、", "（N）", "D.", "第N，", "N要"];
        const WORDS: [&str; 6] = ["抢农时", "保质量", "守住耕地", "修好水渠", "备足种子", "管好农机"];
        let mut out = String::new();
        for (i, (word, slip)) in items.into_iter().enumerate() {
            let value = slip.unwrap_or(i as u32 + 1);
            let marker = FORMS[form].replace('N', &jianggao::numeral::chinese(value)).replace('D', &value.to_string());
            out.push_str(&format!("{marker}{}{}", WORDS[word], if inline { "；" } else { "。\n" }));
        }
        if inline { format!("要抓好几件事：{out}\n") } else { out }
    })
}

/// Pieces that texts are made of.
const PIECES: [&str; 62] = [
    "要抓好落实", "一是抓早", "二是抓小", "三是抓实", "三要抓细", "一要快", "二要稳", "第一，讲政治", "第二、讲规矩",
    "热烈的的祝贺", "开展了了", "分表必争", "再接再励", "进1步", "各村(社区)", "(A类企业)", "“四个意识\"",
    "\"三牛\"精神", "（见附件", "附件）", "《决定）", "XX县", "20XX年", "×××同志", "___万元", "完成投资　亿元",
    "〔2026〕　号", "新增?个", "【待补】", "（）", "威廉.麦金利", "口頭發言", "不會重複", "為瞭方便", "剛纔",
    "仅供学习参考", "来源：县委办", "作者：李明", "首页 > 范文", "咨询QQ123456789", "在全县大会上的讲话", "同志们：",
    "（2026年2月1日）", "[附件](附件一.docx)", "![图](a,b.png)", "`统计,直报`", "[^1]", "[清单]: 附件/清单(终稿).md",
    "**要抓紧**", "https://a.cn/文,一.html", "1.", "1、", "（一）", "(二)", "一、", "，", "。", "；", ",", "...", "--",
    "　　",
];

fn text() -> impl Strategy<Value = String> {
    let end = prop_oneof![4 => Just("，"), 3 => Just("。"), 2 => Just(""), 3 => Just("。\n"), 1 => Just("\n\n")];
    prop::collection::vec((0..PIECES.len(), end), 1..40).prop_map(|pieces| {
        let mut out = String::from("在全县工作会议上的讲话\n\n同志们：\n\n");
        for (n, end) in pieces {
            out.push_str(PIECES[n]);
            out.push_str(end);
        }
        out.push('\n');
        out
    })
}

/// Links, images, code and definitions, as they stand in a text.
fn markup(text: &str) -> Vec<&str> {
    const MARKUP: [&str; 6] = [
        "[附件](附件一.docx)", "![图](a,b.png)", "`统计,直报`", "[^1]", "[清单]: 附件/清单(终稿).md",
        "https://a.cn/文,一.html",
    ];
    let mut all: Vec<(usize, &str)> = MARKUP.iter().flat_map(|piece| text.match_indices(piece)).collect();
    all.sort_unstable();
    all.into_iter().map(|(_, piece)| piece).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn fix_all_does_no_harm(text in text(), markdown in any::<bool>()) {
        let kind = if markdown { Markup::Markdown } else { Markup::Plain };
        let (lines, settings, analysis) = analysed(&text, kind);
        let edits = fix_all(&analysis, &lines, &settings);
        let found = diagnostics(&analysis, &lines, &settings, Locale::Hans, usize::MAX);
        let certain: Vec<Span> = found
            .iter()
            .filter(|d| d.fix.as_ref().is_some_and(|fix| fix.grade == Grade::Certain))
            .flat_map(|d| std::iter::once(d.span).chain(d.related.iter().map(|r| r.span)))
            .collect();
        // What is due only after another fix lies in the line of that one.
        for edit in &edits {
            let near = |span: &Span| span.start <= edit.span.start && edit.span.end <= span.end
                || span.start.line == edit.span.start.line;
            prop_assert!(certain.iter().any(near), "{edit:?} in\n{text}");
        }
        let after = apply(&text, &edits);
        let (before, left) = (blanks(&text, kind), blanks(&after, kind));
        for blank in before {
            prop_assert!(left.contains(&blank), "{blank} is gone from\n{text}\n{after}");
        }
        prop_assert_eq!(markup(&text), markup(&after));
        prop_assert_eq!(fix_of(&after, kind), vec![], "{}\n{}", text, after);
    }

    #[test]
    fn formatting_and_renumbering_come_to_rest(text in text(), markdown in any::<bool>()) {
        let kind = if markdown { Markup::Markdown } else { Markup::Plain };
        let formatted = |text: &str| {
            let (lines, _, analysis) = analysed(text, kind);
            apply(text, &format(&analysis, &lines, 0, u32::MAX))
        };
        let renumbered = |text: &str| {
            let (lines, _, analysis) = analysed(text, kind);
            apply(text, &renumber_all(&analysis, &lines))
        };
        let once = formatted(&text);
        prop_assert_eq!(formatted(&once), once);
        let once = renumbered(&text);
        prop_assert_eq!(renumbered(&once), once);
    }

    #[test]
    fn renumbered_lists_count_on(lists in prop::collection::vec(list(), 1..4)) {
        let text = lists.concat();
        let (lines, _, analysis) = analysed(&text, Markup::Plain);
        let after = apply(&text, &renumber_all(&analysis, &lines));
        let (lines, settings, analysis) = analysed(&after, Markup::Plain);
        let left: Vec<String> = diagnostics(&analysis, &lines, &settings, Locale::Hans, usize::MAX)
            .iter()
            .filter(|d| matches!(d.rule.code, "numbering-duplicate" | "numbering-gap" | "numbering-order" | "numbering-start"))
            .map(|d| format!("{d:?}"))
            .collect();
        prop_assert!(left.is_empty(), "{left:?}\n{text}\n{after}");
    }
}
