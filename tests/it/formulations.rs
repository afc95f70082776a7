//! The catalogue in the product: rules, settings, completion, hover.

use std::path::PathBuf;
use std::sync::Arc;

use jianggao::analysis::{Analysis, Markup};
use jianggao::features::formulations::complete;
use jianggao::locale::Locale;
use jianggao::rules::{Diagnostic, RULES, counts, diagnostics, diagnostics_in};
use jianggao::settings::Settings;
use jianggao::slogans::Elsewhere;
use jianggao::text::{Change, Document, Encoding, Flat, Lines, Point, Position, apply};

const OWN: [&str; 5] = ["slogan-misquote", "slogan-order", "slogan-count", "stale-term", "phrase-typo"];

fn found(text: &str) -> Vec<Diagnostic> {
    let all = all(text);
    let lines = Flat::new(text);
    let settings = Arc::new(Settings::default());
    let analysis = Analysis::new(&lines, Markup::Plain, &settings);
    let mut sum = [0; 4];
    for diagnostic in &all {
        sum[diagnostic.severity as usize] += 1;
    }
    assert_eq!(counts(&analysis, &lines, &settings), sum, "{text}");
    let last = lines.line_count() as u32;
    let here = diagnostics_in(&analysis, &lines, &settings, Locale::Hans, 0..=last, usize::MAX);
    assert_eq!(format!("{here:?}"), format!("{all:?}"), "{text}");
    all
}

fn all(text: &str) -> Vec<Diagnostic> {
    let lines = Flat::new(text);
    let settings = Arc::new(Settings::default());
    let analysis = Analysis::new(&lines, Markup::Plain, &settings);
    diagnostics(&analysis, &lines, &settings, Locale::Hans, usize::MAX)
}

/// `code severity: text → fix: message` of the findings of these rules.
fn said(text: &str) -> Vec<String> {
    let lines = Flat::new(text);
    let own = found(text).into_iter().filter(|d| OWN.contains(&d.rule.code));
    own.map(|d| {
        let fix = d.fix.as_ref().map_or(String::new(), |fix| format!(" → {}", fix.edits[0].text));
        format!("{} {}: {}{fix}: {}", d.rule.code, d.severity.name(), lines.text(d.span), d.message)
    })
    .collect()
}

#[test]
fn the_examples_of_the_rules_are_right() {
    let mut wrong = Vec::new();
    for rule in RULES.iter().filter(|rule| OWN.contains(&rule.code)) {
        for example in rule.examples {
            let finds = |text: &str| all(text).iter().any(|d| d.rule.code == rule.code);
            if !finds(example.bad) {
                wrong.push(format!("{}: nothing in {}", rule.code, example.bad));
            }
            if finds(example.good) {
                wrong.push(format!("{}: something in {}", rule.code, example.good));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn messages_name_the_wording_and_its_source() {
    expect_test::expect![[r#"
        slogan-misquote warning: 看起意识 → 看齐意识: 提法“看起意识”应为“看齐意识”（出处：中国网中国关键词“四个意识”（2018））
        slogan-misquote hint: 善做善成: “善做善成”与通行的提法不同，一般写作“善作善成”（出处：通行用法）
        phrase-typo warning: 分表必争 → 分秒必争: “分表必争”应为“分秒必争”
        slogan-order warning: 政治意识、核心意识、大局意识、看齐意识 → 政治意识、大局意识、核心意识、看齐意识: “四个意识”的各项次序不对：“政治意识、核心意识、大局意识、看齐意识”应为“政治意识、大局意识、核心意识、看齐意识”（出处：中国网中国关键词“四个意识”（2018））
        slogan-order hint: 经济纪律: “经济纪律”不是“六项纪律”中的一项（出处：新闻联播文字稿2025-01-08）
        slogan-count warning: 道路自信、理论自信、文化自信 → 道路自信、理论自信、制度自信、文化自信: “四个自信”共 4 项，这里没有列全：应为“道路自信、理论自信、制度自信、文化自信”（出处：党的十九大报告）
        stale-term warning: 环保局 → 生态环境局: “环保局”2020年1月起已改为“生态环境局”（出处：通行用法）
        stale-term warning: 卫计委 → 卫生健康委: “卫计委”2019年6月起已改为“卫生健康委”（出处：通行用法）
        phrase-typo warning: 雷勵風行 → 雷厲風行: “雷勵風行”應為“雷厲風行”
        slogan-misquote warning: 更加緊密的團結在 → 更加緊密地團結在: 提法“更加緊密的團結在”應為“更加緊密地團結在”（出處：2021年国务院政府工作报告）"#]].assert_eq(
        &[
            "要增强看起意识，善做善成，大家要有分表必争的劲头。",
            "要增强政治意识、核心意识、大局意识、看齐意识。",
            "严守政治纪律、组织纪律、经济纪律、群众纪律、工作纪律、生活纪律。",
            "“四个自信”即道路自信、理论自信、文化自信。",
            "2024年，请县环保局、县卫计委抓好落实。",
            "要雷勵風行，更加緊密的團結在黨中央周圍。",
        ]
        .map(|text| said(text).join("\n"))
        .join("\n"),
    );
}

#[test]
fn the_date_is_that_of_the_speech() {
    let stale = |text: &str| said(text).iter().filter(|s| s.starts_with("stale-term")).count();
    assert_eq!(stale("请县环保局抓好落实。"), 0);
    assert_eq!(stale("请县环保局抓好落实。\n2016年5月20日"), 0);
    assert_eq!(stale("请县环保局抓好落实。\n2024年5月20日"), 1);
    assert_eq!(stale("请县环保局抓好落实。\n到2035年基本实现现代化。"), 0);
    // Speeches of several years in one file.
    let speech = |year: u16| {
        let body = "各级各部门要把思想统一到中央的决策部署上来，把力量凝聚到各项任务的落实上来，全力以赴推进。";
        format!(
            "在全县大会上的讲话\n（{year}年5月20日）\n\n同志们：\n\n一、提高认识\n\n{body}\n\n请县环保局抓好落实。\n\n二、抓好落实\n\n{body}\n\n谢谢大家！\n\n"
        )
    };
    assert_eq!(stale(&(speech(2015) + &speech(2024))), 1);
    assert_eq!(stale(&(speech(2015) + &speech(2016))), 0);
}

#[test]
fn a_safe_fix_leaves_nothing_to_fix() {
    for text in [
        "要增强看起意识，大家要有分表必争的劲头。",
        "一体推进不能腐、不敢腐、不想腐。",
        "要雷勵風行。",
        "全县干部要更加紧密的团结在党中央周围。",
    ] {
        let edits: Vec<_> = found(text).into_iter().filter_map(|d| d.fix).flat_map(|fix| fix.edits).collect();
        assert!(!edits.is_empty(), "{text}");
        let fixed = apply(text, &edits);
        assert_eq!(said(&fixed), [""; 0], "{fixed}");
    }
}

#[test]
fn what_is_not_read_is_not_checked() {
    let text = "# 讲话\n\n```\n要增强看起意识\n```\n\n正文要增强看起意识。\n";
    let lines = Flat::new(text);
    let settings = Arc::new(Settings::default());
    let analysis = Analysis::new(&lines, Markup::Markdown, &settings);
    let found = diagnostics(&analysis, &lines, &settings, Locale::Hans, usize::MAX);
    assert_eq!(found.iter().map(|d| d.span.start.line).collect::<Vec<_>>(), [6]);
    assert!(said("This note says 看起意识 once, and that is all the Chinese in it, as far as I can see.").is_empty());
}

#[test]
fn the_drafts_have_the_judged_findings_and_no_other() {
    let folder = std::env::var_os("JIANGGAO_DRAFTS")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/drafts"), PathBuf::from);
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("no drafts in {}", folder.display());
        return;
    };
    let mut names: Vec<PathBuf> =
        entries.filter_map(|e| Some(e.ok()?.path())).filter(|p| p.extension().is_some_and(|e| e == "txt")).collect();
    names.sort();
    let mut all = String::new();
    for path in names {
        let text = std::fs::read_to_string(&path).unwrap();
        let name = &path.file_name().unwrap().to_string_lossy()[..3];
        let text = text.trim_start_matches('\u{feff}');
        let lines = Flat::new(text);
        let own = found(text).into_iter().filter(|d| OWN.contains(&d.rule.code));
        for d in own {
            let fix = d.fix.map_or(String::new(), |fix| format!(" → {}", fix.edits[0].text));
            let (line, code, severity) = (d.span.start.line + 1, d.rule.code, d.severity.name());
            all.push_str(&format!("{name}:{line} {code} {severity}: {}{fix}\n", lines.text(d.span)));
        }
    }
    expect_test::expect![[r#"
        000:21 slogan-misquote warning: 增强“四个意识"、增强“四个自信 → 增强“四个意识"、坚定“四个自信
        000:25 slogan-misquote hint: 紧密的团结在
        001:24 phrase-typo warning: 分表必争 → 分秒必争
        001:24 slogan-misquote hint: 善做善成
        001:29 phrase-typo warning: 凤凰磐涅 → 凤凰涅槃
        001:30 slogan-order hint: 经济纪律
    "#]]
    .assert_eq(&all);
}

#[test]
fn an_edit_reads_its_own_paragraph_again_and_may_change_the_date() {
    let settings = Arc::new(Settings::default());
    let first = Document::new(1, "同志们：\n请县环保局抓好落实。\n2015年5月20日\n");
    let mut analysis = Analysis::new(&first, Markup::Plain, &settings);
    let stale = |analysis: &Analysis, document: &Document| {
        let found = diagnostics(analysis, document, &settings, Locale::Hans, usize::MAX);
        found.iter().filter(|d| d.rule.code == "stale-term").count()
    };
    assert_eq!(stale(&analysis, &first), 0);
    let range = Some((Position::new(2, 2), Position::new(2, 4)));
    let (second, lines) = first.edited(2, &Change { range, text: "24".into() }, Encoding::Utf16);
    analysis.update(&second, lines);
    let is_known = |line: usize| analysis.paragraph(line).unwrap().phrase_facts.get().is_some();
    assert!(is_known(1) && !is_known(2));
    assert_eq!(stale(&analysis, &second), 1);
}

#[test]
fn settings_say_how_much_is_typed_first() {
    let offered = |toml: &str, typed: &str| {
        let (settings, problems) = Settings::parse(toml, &[]);
        assert_eq!(problems, []);
        let lines = Flat::new(typed);
        let analysis = Analysis::new(&lines, Markup::Plain, &Arc::new(settings.clone()));
        let at = Point::new(0, typed.len() as u32);
        !complete(&analysis, &lines, &settings, at, true, Elsewhere::default()).is_empty()
    };
    assert!(offered("", "要讲四个") && offered("formulations.min-han = 3", "要讲四个意"));
    assert!(!offered("formulations.min-han = 3", "讲，四个"));
    assert!(!offered("formulations.complete = false", "要讲四个"));
    assert!(!offered("formulations.builtin = false", "要讲四个"));
}
