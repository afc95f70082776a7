//! A draft against last year's.

use std::fs;
use std::sync::Arc;

use serde_json::Value;

use crate::cli::Desk;
use crate::client::{Client, uri};
use crate::word::Word;
use jianggao::analysis::{Analysis, Markup};
use jianggao::history::last_year;
use jianggao::locale::Locale;
use jianggao::rules::{self, Diagnostic};
use jianggao::settings::Settings;
use jianggao::text::{Flat, LineChange};

const LAST: &str = "在全县工作会议上的讲话\n（2025年2月10日）\n同志们：\n";
const THIS: &str = "在全县工作会议上的讲话\n（2026年2月9日）\n同志们：\n";
const RULES: [&str; 3] = ["still-last-year", "reused-passage", "dropped-promise"];

/// What the rules about last year's draft find in a draft.
fn found(old: &str, new: &str) -> Vec<Diagnostic> {
    let former = last_year("去年.txt", old, Markup::Plain);
    let settings = Arc::new(Settings { former: Some(Arc::new(former)), ..Settings::default() });
    let lines = Flat::new(new);
    let analysis = Analysis::new(&lines, Markup::Plain, &settings);
    let mut found = rules::diagnostics(&analysis, &lines, &settings, Locale::Hans, usize::MAX);
    found.retain(|found| RULES.contains(&found.rule.code));
    found
}

fn texts(old: &str, new: &str) -> Vec<String> {
    found(old, new).iter().map(|found| format!("{} {}", found.span.start.line + 1, found.message)).collect()
}

#[test]
fn sentences_that_are_still_last_years() {
    let mut wrong = Vec::new();
    for row in include_str!("last_year.tsv").lines().filter(|row| !row.starts_with('#')) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [old, new, expected] = cells[..] else { panic!("{row}") };
        let said = found(&format!("{LAST}{old}\n"), &format!("{THIS}{new}\n"));
        let said: Vec<String> = said
            .iter()
            .map(|found| {
                let kinds = found.message.split("还是").next().unwrap();
                format!("{} {kinds}", found.severity.name())
            })
            .collect();
        let said = if said.is_empty() { "-".to_owned() } else { said.join("; ") };
        if said != expected {
            wrong.push(format!("{new}\n  expected {expected}\n  found    {said}"));
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn another_draft_of_the_same_year_is_not_last_years() {
    let body = "2025年，我们要全力推进县城更新，建成三个示范片区。\n";
    let old = format!("{LAST}{body}");
    assert_eq!(texts(&old, &format!("{THIS}{body}")).len(), 1);
    assert_eq!(texts(&old, &format!("在全县工作会议上的讲话\n（2025年7月1日）\n同志们：\n{body}")), [""; 0]);
    // The date itself has not been changed.
    let dated = texts(&old, &old);
    assert!(dated[0].starts_with("2 年份"), "{dated:?}");
}

const PASSAGE: [&str; 4] = [
    "要把群众的操心事、烦心事、揪心事一件一件解决好，让群众看到实实在在的变化，得到实实在在的好处。",
    "要发扬钉钉子的精神，一锤接着一锤敲，敲到点子上，敲到要害处，把说过的话、定下的事一样一样变成现实。",
    "干部要沉到一线去，同群众坐在一条板凳上，听真话、察实情，把问题解决在田间地头。",
    "要敢于较真碰硬，对推诿扯皮的点名道姓，对敷衍塞责的严肃问责，绝不能好人主义。",
];

#[test]
fn a_passage_is_told_of_once() {
    let [a, b, c, d] = PASSAGE;
    let old = format!("{LAST}{a}{b}\n{c}\n\n{d}\n谢谢大家！\n");
    assert_eq!(texts(&old, &format!("{THIS}{a}\n")), [""; 0], "a sentence is fine");
    assert_eq!(texts(&old, &format!("{THIS}{c}{b}\n")), [""; 0], "in another order they are no passage");
    let whole = texts(&old, &format!("{THIS}要抓好落实。{a}{b}\n{c}\n{d}\n谢谢大家！\n"));
    assert_eq!(whole.len(), 1);
    assert!(whole[0].starts_with("4 与去年一字不差，73 字：去年第 4 行起"), "{whole:?}");
    let apart = texts(&old, &format!("{THIS}{a}要抓好落实。{b}\n"));
    assert_eq!(apart, [""; 0]);
}

#[test]
fn set_phrases_are_nobodys() {
    let set = "要增强“四个意识”、坚定“四个自信”、做到“两个维护”。要深刻领悟“两个确立”的决定性意义。";
    let set = set.repeat(4);
    let quoted = "习近平总书记强调，“要始终坚持以人民为中心的发展思想，把人民对美好生活的向往作为奋斗目标”。".repeat(3);
    let old = format!("{LAST}{set}\n{quoted}\n");
    assert_eq!(texts(&old, &format!("{THIS}{set}\n{quoted}\n")), [""; 0]);
}

#[test]
fn promises_that_are_not_named_again() {
    let old = format!("{LAST}2025年，我们要建成东湖大桥，开工建设青石水库。\n{}\n", PASSAGE[0]);
    let said = texts(&old, &format!("{THIS}东湖大桥已经通车。{}\n", PASSAGE[3]));
    assert_eq!(said.len(), 1, "each of a sentence stands for itself");
    assert!(said[0].starts_with("1 去年说到“青石水库”"), "{said:?}");
    let said = texts(&old, &format!("{THIS}{}{}\n", PASSAGE[2], PASSAGE[3]));
    assert!(said[0].starts_with("1 去年说到“东湖大桥”，今年没有提：去年第 4 行，"), "{said:?}");
}

#[test]
fn promises_with_how_many_that_no_words_speak_of() {
    let old = format!("{LAST}一要提高待遇，年底前建成教师周转房600套。\n{}\n", PASSAGE[0]);
    let said = texts(&old, &format!("{THIS}周转房已经交付。{}\n", PASSAGE[0]));
    assert_eq!(said, [""; 0], "three characters of the name stand for it");
    let other = THIS.replace("全县工作会议", "区委党校开学典礼");
    let said = texts(&old, &format!("{other}{}{}\n", PASSAGE[2], PASSAGE[3]));
    assert_eq!(said, [""; 0], "another draft altogether");
    let said = texts(&old, &format!("{THIS}{}{}\n", PASSAGE[0], PASSAGE[3]));
    assert!(said.len() == 1 && said[0].contains("“建成教师周转房600套”，今年没有提"), "{said:?}");
}

#[test]
fn what_is_said_otherwise_elsewhere() {
    // What stood in last year's draft, what this year's says once, and what it says as then.
    let renewed = [
        ["全校2860名师生欢聚一堂。", "看到3012名师生坐满看台，我很激动。", "2860名师生都是主角，请大家鼓掌。", "数字"],
        [
            "县委副书记、县长周明同志出席会议。",
            "出席会议的有县长孙立同志。",
            "刚才，周明同志作了部署，大家抓落实。",
            "姓名",
        ],
        ["会议的主题是“阅读照亮未来”。", "本届的主题是“读懂脚下的土地”。", "让我们记住“阅读照亮未来”。", "主题"],
        ["第六届护理文化节开幕了。", "欢迎来到第七届护理文化节。", "预祝第六届护理文化节圆满成功！", "次数"],
    ];
    for [old, new, again, kind] in renewed {
        let old = format!("{LAST}{old}\n");
        assert_eq!(texts(&old, &format!("{THIS}{new}\n")), [""; 0], "{new}");
        let said = texts(&old, &format!("{THIS}{new}\n{again}\n"));
        assert!(said.len() == 1 && said[0].starts_with(&format!("5 {kind}还是去年的？去年第 4 行")), "{said:?}");
        assert_eq!(texts(&old, &format!("{THIS}{new}\n去年，{again}\n")), [""; 0], "{again}");
    }
    let old = format!("{LAST}县长周明同志讲话。\n");
    let moved = format!("{THIS}县长孙立同志讲话。\n县委书记周明同志讲话。\n请周明同志点评。\n");
    assert_eq!(texts(&old, &moved), [""; 0], "he has another post");
}

#[test]
fn what_has_not_been_counted_on() {
    let said = |old: &str, new: &str| texts(&format!("{LAST}{old}\n"), &format!("{THIS}{new}\n"));
    for [old, new] in [
        ["明天是第39个国际志愿者日。", "再过两天，就迎来了第39个国际志愿者日。"],
        ["商会连续五年获评先进单位。", "这一年，商会连续五年获评先进，大家都很振奋。"],
        ["注册志愿者8.6万人，志愿服务队伍412支。", "注册志愿者达到9.8万人，志愿服务队伍412支，更有力量。"],
        ["2024年全县消费品零售总额达到86.4亿元。", "2024年全县消费品零售总额92.9亿元，增势不错。"],
    ] {
        assert_eq!(said(old, new).len(), 1, "{new}: {:?}", said(old, new));
    }
    assert_eq!(said("要办好第三届农民运动会。", "第三届农民运动会办得很成功。"), [""; 0]);
    let told = said("全县有186个行政村，总人口52万人。", "走遍全县，186个行政村，村村都有新变化。");
    assert_eq!(told, [""; 0], "nothing beside it is new");
}

#[test]
fn what_was_to_be_new_under_a_heading() {
    let kin = PASSAGE[0];
    let plan = "三、2025年重点工作\n（一）建强保障。新建一座县级应急物资储备库，分类存放。\n（二）提升水平。上线无人机巡查系统；开办“星空讲坛”，每月一讲。\n";
    let old = format!("{LAST}{kin}\n{plan}");
    let rest = format!("{}{}", PASSAGE[2], PASSAGE[3]);
    let said = texts(&old, &format!("{THIS}{kin}{rest}讲坛如期开讲，星空讲坛场场爆满。无人机飞起来了。\n"));
    assert!(said.len() == 1 && said[0].contains("“县级应急物资储备库”，今年没有提"), "{said:?}");
}

#[test]
fn scripts_and_markdown_make_no_difference() {
    let old = format!("{LAST}今天，我們召開第三次全縣農村工作會議，主要任務是安排部署春耕生產。\n");
    let new = "今天，我们召开**第三次**全县农村工作会议，主要任务是安排部署春耕生产。\n";
    assert_eq!(texts(&old, &format!("{THIS}{new}")).len(), 1);
}

/// Faultless speeches have nothing of each other. They lie in ../shared (JIANGGAO_SHARED).
#[test]
fn other_speeches_are_not_last_years() {
    let shared = std::env::var_os("JIANGGAO_SHARED").map_or_else(|| "../shared".into(), std::path::PathBuf::from);
    let Ok(folder) = std::fs::read_dir(shared.join("clean")) else {
        eprintln!("no {}: nothing was compared", shared.display());
        return;
    };
    let paths = folder.map(|entry| entry.unwrap().path()).filter(|path| !path.ends_with("README.md"));
    let drafts: Vec<String> = paths.map(|path| std::fs::read_to_string(path).unwrap()).collect();
    for (n, old) in drafts.iter().enumerate() {
        for new in drafts.iter().enumerate().filter(|(m, _)| *m != n).map(|(_, new)| new) {
            assert_eq!(texts(old, new), [""; 0]);
        }
    }
}

const OLD: &str = "在全县工作会议上的讲话\n（2025年2月10日）\n同志们：\n今天，我们召开第三次全县农村工作会议。\n";
const NEW: &str = "在全县工作会议上的讲话\n（2026年2月9日）\n同志们：\n今天，我们召开第三次全县农村工作会议。\n";

#[test]
fn the_command_line_takes_text_markdown_and_word_and_tells_in_all_formats() {
    let body: String = OLD.lines().map(|line| format!("<p><r><t>{line}</t></r></p>")).collect();
    let gbk: Vec<u8> = b"\xcd\xac\xd6\xbe\xc3\xc7\xa3\xba\n".to_vec();
    let desk = Desk::new().with("去年.txt", OLD).with("去年.md", OLD).with("今年.txt", NEW).with("空.txt", "");
    let desk = desk.with("去年.docx", Word::new(&body).bytes()).with("国标.txt", gbk).with("坏.docx", b"PK\x03\x04");
    for old in ["去年.txt", "去年.md", "去年.docx"] {
        let answer = desk.run(&["check", "--against", old, "今年.txt"]);
        assert!(answer.code == 1 && answer.out.contains("次数还是去年的？去年第 4 行"), "{}{}", answer.out, answer.err);
    }
    for format in ["json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson"] {
        let answer = desk.run(&["check", "--format", format, "--against", "去年.txt", "今年.txt"]);
        let is_told = ["still-last-year", "仍是去年"].iter().any(|name| answer.out.contains(name));
        assert!(answer.code == 1 && is_told, "{format} {}", answer.out);
    }
    assert_eq!(desk.run(&["check", "--against", "国标.txt", "今年.txt"]).code, 0);
    for bad in ["没有.txt", "空.txt", "坏.docx"] {
        let answer = desk.run(&["check", "--against", bad, "今年.txt"]);
        assert!(answer.code == 2 && answer.err.contains(bad) && answer.out.is_empty(), "{}{}", answer.out, answer.err);
    }
    // In the settings, and not against itself.
    let desk = desk.with("jianggao.toml", "against = \"去年.docx\"\n[rules]\nreused-passage = \"off\"\n");
    assert_eq!((desk.run(&["check", "今年.txt"]).code, desk.run(&["check", "去年.docx"]).code), (1, 0));
    let desk = desk.with("jianggao.toml", "against = \"没有.txt\"\n");
    let answer = desk.run(&["check", "今年.txt"]);
    assert!(answer.code == 2 && answer.err.contains("去年的稿子“没有.txt”没有读"), "{}", answer.err);
}

#[tokio::test]
async fn the_editor_marks_what_is_last_years_and_shows_what_was_said() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("jianggao.toml"), "against = \"去年.txt\"\n").unwrap();
    fs::write(folder.path().join("去年.txt"), OLD).unwrap();
    let draft = uri(&folder.path().join("今年.txt"));
    let mut client = Client::start().await;
    client.open(&draft, NEW).await;
    let found = client.diagnostics(&draft, 1).await;
    let codes: Vec<&Value> = found.iter().map(|found| &found["code"]).collect();
    assert_eq!(codes, ["still-last-year"], "{found:?}");
    let hover = client.at("textDocument/hover", &draft, (3, 2)).await.unwrap();
    let shown = hover["contents"]["value"].as_str().unwrap();
    assert!(shown.contains("去年的原话（去年.txt 第 4 行）：\n\n> 今天，我们召开第三次"), "{shown}");
    // Mended, and nothing is left.
    client.change(&draft, 2, (3, 8), (3, 9), "四").await;
    assert_eq!(client.diagnostics(&draft, 2).await, Vec::<Value>::new());
}

#[test]
fn what_is_kept_while_typing_is_what_is_found_anew() {
    let former =
        last_year("去年.txt", &format!("{OLD}{}\n明年，力争建成东湖大桥。\n", PASSAGE.concat()), Markup::Plain);
    let settings = Arc::new(Settings { former: Some(Arc::new(former)), ..Settings::default() });
    let mut text = format!("{NEW}{}\n", PASSAGE.concat());
    let mut analysis = Analysis::new(&Flat::new(&text), Markup::Plain, &settings);
    let said = |analysis: &Analysis, text: &str| -> Vec<String> {
        let found = rules::diagnostics(analysis, &Flat::new(text), &settings, Locale::Hans, usize::MAX);
        found.iter().map(|found| format!("{found:?}")).collect()
    };
    for (line, from, to) in [
        (3, "三", "四"),
        (3, "四", "三"),
        (4, "较真", "认真"),
        (4, "群众", "东湖大桥的群众"),
        (1, "2026", "2025"),
        (3, "今天", "那天"),
    ] {
        said(&analysis, &text);
        let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        lines[line] = lines[line].replacen(from, to, 1);
        text = lines.join("\n");
        analysis.update(&Flat::new(&text), LineChange { first: line, old: 1, new: 1 });
        let fresh = Analysis::new(&Flat::new(&text), Markup::Plain, &settings);
        assert_eq!(said(&analysis, &text), said(&fresh, &text), "{from} {to}");
    }
}
