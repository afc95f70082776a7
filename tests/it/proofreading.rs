//! The proofreading rules: their own examples, the slips of the real drafts, and how often they
//! raise a false alarm on clean prose.

use std::collections::BTreeMap;
use std::sync::Arc;

use jianggao::analysis::{Analysis, Markup};
use jianggao::features::actions::fix_all;
use jianggao::locale::Locale;
use jianggao::rules::{Diagnostic, RULES, diagnostics};
use jianggao::settings::{Settings, Severity};
use jianggao::text::{Encoding, Flat, Grade, Lines, apply};
use proptest::prelude::*;

use crate::drafts::{drafts, key_place, place, report};
use crate::prose;

fn found_with(text: &str, settings: &Arc<Settings>, markup: Markup) -> Vec<Diagnostic> {
    let lines = Flat::new(text);
    let analysis = Analysis::new(&lines, markup, settings);
    diagnostics(&analysis, &lines, settings, Locale::Hans, usize::MAX)
}

/// Settings under which a rule is on.
fn with(code: &str) -> Arc<Settings> {
    Arc::new(
        RULES.iter().find(|rule| rule.code == code).map_or_else(Settings::default, |rule| rule.settings_of_examples()),
    )
}

fn codes(text: &str, code: &str) -> Vec<String> {
    let found = found_with(text, &with(code), Markup::Plain);
    found.iter().filter(|d| d.rule.code == code).map(|d| format!("{d:?}")).collect()
}

#[test]
fn examples_break_and_keep_their_rules() {
    let mut wrong = Vec::new();
    for rule in RULES {
        for example in rule.examples {
            if codes(example.bad, rule.code).is_empty() {
                wrong.push(format!("{}: nothing in {}", rule.code, example.bad));
            }
            let found = codes(example.good, rule.code);
            if !found.is_empty() {
                wrong.push(format!("{found:?} in {}", example.good));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is in order, however much it looks like a slip.
const IN_ORDER: [&str; 45] = [
    "我们要抓好《城乡规划条例》（“《城乡\n规划条例》”）的落实。",
    "他的的确确是个好干部，打的的司机都认识他，这个目标的的确定经过了反复论证。",
    "凡是是真的都要解决，不是是非不分，而是是非曲直要讲清楚，实事求是是我们党的思想路线。",
    "要把握把关的尺度，把把关、对对口、看看门；为了了解情况，受不了了就要说。",
    "在在校生中开展教育，存在在建不在管的问题，好在在座的都是行家，与与会代表座谈。",
    "讨论来讨论去，一遍一遍又一遍，一个村一个村地走，一户一户地看，一件事一件事地办。",
    "党建引领引领什么？基层治理治理什么？加快加快再加快，落实落实再落实！",
    "种子种子，粮食之本；教师教师，育人为先；粮食生产要抓得很紧很紧。",
    "大家研究研究、商量商量、学习学习，把新兴产业创业创新平台建起来。",
    "常委会会议、工作组组员、研究院院长、省长长期关注、党校校长、该局局长都在。",
    "有没有没落实的？是不是不到位？能不能不折不扣？",
    "加油！加油！！加油！！！发展、发展、再发展。",
    "《中华人民共和国安全生产法》（2021年修正）第三条规定：“安全生产工作坚持党的领导。”",
    "时间：2024年3月5日（星期二）上午9:00—11:30，电话：0351-1234567，网址 http://a.cn/b,c;d 。",
    "比上年增长5%-8%，三次产业结构为12:45:43，投资1,000元。",
    "“……这是一个伟大的时代……”他动情地说；他说‘我也一样’。",
    "《〈宣言〉导读》一书值得一读，办好“中国’99博览会”。",
    "1）加强领导。2）压实责任。a）抓早。（3）抓小。",
    "截至2024年2月29日24时，历时3个月31天；每月5日、15日、25日为接访日。",
    "县发〔2024〕5号文件已经下发，（2024）晋01民终123号判决已经生效，（2024）3号楼。",
    "全县共有3 200个党支部，覆盖率达100 %，由李 明同志作说明，请大家认真学习领会。",
    "“听党话 跟党走”是我们的座右铭，也是对组织的庄严承诺，要记一辈子。",
    "深刻的认识来自实践，更好的服务来自用心，紧密的团结产生力量，起到积极的推动作用。",
    "不折不扣的任务，认真的态度，充分的准备，清醒的头脑，自觉的行动。",
    "要讲政治、讲大局，讲规矩；既要绿水青山、又要金山银山，还要共同富裕。",
    "严以修身、严以用权、严以律己，谋事要实、创业要实、做人要实。",
    "拖拉機製造廠和飛機製造廠，合理發揮作用，平臺風險，提出徵求意見，備註意見，兩隻是新的。",
    "R&D；投入增长，PM2.5浓度下降，C919、5G基站、AAA级景区都列入了清单。",
    "要形成“1+3+N”体系，实施“两个确保、十大战略”，抓好“六个一”工程。",
    "里面、后来、台上、征求、干部、面条、系统、复杂、皇后、发展、头发。",
    "近期完成投资300多亿元，附近100多户，约30户，最近3年多，合约20余份。",
    "会议要开好、开短，会风要实、要新，会后要抓、要督。",
    "同志们：\n一要抓早。\n二要抓小。\n三要抓实。",
    "一、加强领导\n二、加快进度\n三、加大力度",
    "他说：\n“第一段话，讲的是初心。\n“第二段话，讲的是使命。”",
    "第九条 使用单位应当建立台账，定期检验，并向社会公开检验结果。",
    "全会公报全文发布 全国干部群众热议“十五五”新蓝图",
    "大会在京举行，新华社记者 王晓明/摄，现场气氛热烈，掌声经久不息。",
    "这种光盘叫 \"Super Audio CD\"（超级音频光盘）。",
    "要以更大力度助推经济社会高质量发展，久久为功、善作善成。",
    "关于会员资料，学会将全部销毁，确保资料安全。\n工信部门要求不得误导用户下载安装软件",
    "甲）综合组。\n乙）材料组。",
    "国库券可以转让。\n对倒卖国库券的，依法处理。（2011年1月8日删去）",
    "本办法适用于公共场所。\n非公共场所安装且仅供单一家庭自用的电梯，不适用本办法。",
    "┌────────┬────────┐\n│        │        │\n│        │        │\n└────────┴────────┘",
];

#[test]
fn what_is_in_order() {
    let mut wrong = Vec::new();
    for text in IN_ORDER {
        let found = found_with(text, &Arc::default(), Markup::Plain);
        if !found.is_empty() {
            wrong.push(format!("{found:?} in {text}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What each kind of slip in the keys is reported as.
const KINDS: [(&str, &[&str]); 12] = [
    ("watermark", &["watermark"]),
    ("halfwidth-punct", &["halfwidth-punctuation"]),
    ("quote-mismatch", &["unpaired-quote"]),
    ("sibling-outlier", &["parallel-outlier"]),
    ("quote-item-mismatch", &["quoted-list-mismatch"]),
    ("de-di-de", &["de-particle", "slogan-misquote"]),
    ("doubled-word", &["repeated-word"]),
    ("duplicate-line", &["duplicate-line"]),
    ("variant-char", &["conversion-residue"]),
    ("space-in-han", &["space-in-han"]),
    ("list-separator", &["enumeration-comma"]),
    ("numeral-style-inconsistent", &["numeral-style"]),
];

#[test]
fn the_slips_of_the_drafts() {
    report(|draft, wrong| {
        let lines = Flat::new(&draft.text);
        let found = found_with(&draft.text, &Arc::default(), Markup::Plain);
        for defect in draft.key["other_defects"].as_array().unwrap() {
            let kind = defect["kind"].as_str().unwrap();
            let confidence = defect["confidence"].as_str().unwrap();
            let Some((_, rules)) = KINDS.iter().find(|(k, _)| *k == kind) else { continue };
            if !matches!(confidence, "high" | "medium") {
                continue;
            }
            let at = key_place(defect);
            let hit = found.iter().any(|d| {
                let (start, end) = (place(&lines, d.span.start), place(&lines, d.span.end));
                let at_end = (at.0, at.1 + defect["text"].as_str().unwrap().chars().count() as u64);
                let touched = start < at_end && at < end.max((start.0, start.1 + 1));
                // One finding for a habit, with the places in its fix.
                let in_fix = || d.fix.iter().flat_map(|f| &f.edits).any(|e| place(&lines, e.span.start) == at);
                rules.contains(&d.rule.code) && (touched || in_fix())
            });
            if !hit {
                wrong.push(format!("missed {confidence} {defect}"));
            }
        }
    });
}

#[test]
#[ignore = "prints the findings for reading"]
fn print_findings() {
    for draft in drafts() {
        let lines = Flat::new(&draft.text);
        for d in found_with(&draft.text, &Arc::default(), Markup::Plain) {
            if !d.rule.code.starts_with("placeholder") {
                let (line, column) = place(&lines, d.span.start);
                let fix = d
                    .fix
                    .as_ref()
                    .map_or(String::new(), |f| format!(" → {} ({}, {})", f.title, f.edits.len(), f.grade.name()));
                eprintln!("{} {line}:{column} {:?} {} {}{fix}", draft.name, d.severity, d.rule.code, d.message);
            }
        }
    }
}

#[test]
fn a_habit_is_reported_once() {
    report(|draft, wrong| {
        if draft.name != "002" {
            return;
        }
        let found = found_with(&draft.text, &Arc::default(), Markup::Plain);
        let commas: Vec<_> =
            found.iter().filter(|d| d.rule.code == "halfwidth-punctuation" && d.message.contains('，')).collect();
        if commas.len() != 1 || commas[0].fix.as_ref().is_none_or(|f| f.edits.len() < 390) {
            wrong.push(format!("{commas:?}"));
        }
    });
}

/// At least so many characters of prose are looked at.
const CHARACTERS: usize = 220_000;

#[test]
fn false_alarms_on_clean_prose() {
    let mut all = 0;
    let mut alarms: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for seed in 1.. {
        let text = if seed % 6 == 5 { prose::traditional_speech(seed) } else { prose::speech(seed) };
        all += text.chars().count();
        for d in found_with(&text, &Arc::default(), Markup::Plain) {
            let lines = Flat::new(&text);
            let line = lines.line(d.span.start.line as usize).into_owned();
            let near: String = {
                let at = Encoding::Utf32.column(&line, d.span.start.byte as usize) as usize;
                line.chars().skip(at.saturating_sub(8)).take(24).collect()
            };
            alarms.entry(d.rule.code).or_default().push(format!("{:?} {} …{near}…", d.severity, d.message));
        }
        if all >= CHARACTERS {
            break;
        }
    }
    eprintln!("{all} characters");
    for rule in RULES {
        let found = alarms.get(rule.code).map_or(&[][..], |list| list);
        eprintln!("{:24} {:3}  {}", rule.code, found.len(), found.first().map_or("", |f| f));
    }
    for rule in RULES.iter().filter(|r| r.severity.is_some_and(|s| s <= Severity::Information)) {
        let count = alarms.get(rule.code).map_or(0, Vec::len);
        assert!(count * 20_000 <= all, "{}: {count} in {all}: {:?}", rule.code, alarms[rule.code]);
    }
}

#[test]
fn rules_that_are_off_find_nothing_in_clean_prose() {
    let codes = ["quoted-enumeration", "relative-day", "mixed-form", "missing-stop"];
    let mut settings = Settings::default();
    settings.rules.extend(codes.map(|code| (code.to_owned(), Some(Severity::Hint))));
    let settings = Arc::new(settings);
    for seed in 1..20 {
        let text = prose::speech(seed);
        let found = found_with(&text, &settings, Markup::Plain);
        assert!(found.iter().all(|d| !codes.contains(&d.rule.code)), "{found:?} in {text}");
    }
}

/// Slips that are put into clean prose, each for something that stands in it.
const SLIPS: [(&str, &str); 18] = [
    ("，", ","),
    ("；", ";"),
    ("”", "\""),
    ("”", "“"),
    ("。", "。。"),
    ("“", "&ldquo;"),
    ("——", "--"),
    ("……", "..."),
    ("〔2023〕", "[2023]"),
    ("\n", "\n仅供学习参考，请勿照搬\n"),
    ("在全县", "仅供参考\n在全县"),
    ("，", "， "),
    ("同志", "同誌"),
    ("一", "1"),
    ("（2024年", "（2026年"),
    ("312.5亿元", "321.5亿元"),
    ("第三", "2十大、进1步"),
    ("　　", ""),
];

pub fn mutated() -> impl Strategy<Value = String> {
    (1u64..60, prop::collection::vec((0usize..SLIPS.len(), any::<prop::sample::Index>()), 0..12)).prop_map(
        |(seed, slips)| {
            let mut text = prose::speech(seed);
            for (slip, at) in slips {
                let (from, to) = SLIPS[slip];
                let places: Vec<usize> = text.match_indices(from).map(|(i, _)| i).collect();
                if !places.is_empty() {
                    let start = places[at.index(places.len())];
                    text.replace_range(start..start + from.len(), to);
                }
            }
            text
        },
    )
}

fn fixed(text: &str) -> String {
    let lines = Flat::new(text);
    let settings = Arc::default();
    let analysis = Analysis::new(&lines, Markup::Plain, &settings);
    apply(text, &fix_all(&analysis, &lines, &settings))
}

fn safe(text: &str) -> Vec<Diagnostic> {
    let mut found = found_with(text, &Arc::default(), Markup::Plain);
    found.retain(|d| d.fix.as_ref().is_some_and(|f| f.grade == Grade::Certain));
    found
}

#[track_caller]
fn check_fixes(text: &str) {
    let after = fixed(text);
    assert_eq!(fixed(&after), after);
    // Each fix changes what its finding speaks of, and nothing else.
    for d in safe(text) {
        let fix = d.fix.as_ref().unwrap();
        for edit in &fix.edits {
            let near = edit.span.start.line >= d.span.start.line || d.rule.code.starts_with("numbering");
            assert!(near, "{d:?} {edit:?}");
        }
        if fix.edits.len() == 1
            && d.span.start.line == d.span.end.line
            && d.rule.code != "duplicate-line"
            && d.rule.code != "watermark"
        {
            assert_eq!(fix.edits[0].span, d.span, "{d:?}");
        }
    }
}

#[test]
fn fixes_of_the_drafts() {
    for draft in drafts() {
        check_fixes(&draft.text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn fix_all_leaves_nothing_to_fix(text in mutated()) {
        check_fixes(&text);
    }

    #[test]
    fn clean_lines_stay_as_they_are(text in mutated()) {
        let touched: Vec<u32> = safe(&text)
            .iter()
            .flat_map(|d| d.fix.iter().flat_map(|f| &f.edits).flat_map(|e| e.span.start.line..=e.span.end.line))
            .collect();
        let after = fixed(&text);
        let after: Vec<&str> = after.lines().collect();
        for (n, line) in text.lines().enumerate() {
            if !touched.contains(&(n as u32)) && !line.trim().is_empty() {
                prop_assert!(after.contains(&line), "line {} is gone: {line}", n + 1);
            }
        }
    }
}

#[test]
fn what_is_said_twice_in_earnest_passes() {
    for text in [
        "老人的心愿总算了了。",
        "他整夜整夜睡不着，成群成群的游客来了。",
        "除了检查检查、推动推动以外，不管钱粮。",
        "帮扶扶到了点子上。",
    ] {
        assert!(codes(text, "repeated-word").is_empty(), "{text}");
    }
    for text in ["用电量同比增长增长8.2%。", "会议作出了了部署。", "请大家进行进行表态。"]
    {
        assert_eq!(codes(text, "repeated-word").len(), 1, "{text}");
    }
}
