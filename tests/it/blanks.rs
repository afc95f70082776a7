//! Blanks of styles that nothing was fitted on (`blanks.txt`): how many of them are found.

use std::ops::Range;
use std::sync::Arc;

use jianggao::analysis::{Analysis, Markup};
use jianggao::locale::Locale;
use jianggao::rules::diagnostics;
use jianggao::settings::{Settings, Severity};
use jianggao::text::Flat;
use jianggao::text::fold::traditional;

/// A draft, and its blanks as line and byte range.
struct Draft {
    text: String,
    blanks: Vec<(usize, Range<usize>)>,
}

fn drafts() -> Vec<Draft> {
    parts(include_str!("blanks.txt")).map(|(_, draft)| draft).collect()
}

/// The drafts of a table of them, each with its name.
fn parts(table: &str) -> impl Iterator<Item = (&str, Draft)> {
    table
        .split("\n=== ")
        .skip(1)
        .map(|part| part.split_once('\n').unwrap_or((part, "")))
        .map(|(name, text)| (name, read(text)))
}

fn read(marked: &str) -> Draft {
    let mut draft = Draft { text: String::new(), blanks: Vec::new() };
    for (n, line) in marked.lines().enumerate() {
        let start = draft.text.len();
        for (i, part) in line.split(['⟦', '⟧']).enumerate() {
            let from = draft.text.len() - start;
            draft.text.push_str(part);
            if i % 2 == 1 {
                draft.blanks.push((n, from..draft.text.len() - start));
            }
        }
        draft.text.push('\n');
    }
    draft
}

/// The places of the warnings about blanks.
fn found(text: &str) -> Vec<(usize, Range<usize>)> {
    let lines = Flat::new(text);
    let settings = Arc::new(Settings::default());
    let analysis = Analysis::new(&lines, Markup::Plain, &settings);
    diagnostics(&analysis, &lines, &settings, Locale::Hans, usize::MAX)
        .iter()
        .filter(|d| d.rule.code.starts_with("placeholder") && d.severity == Severity::Warning)
        .map(|d| (d.span.start.line as usize, d.span.start.byte as usize..d.span.end.byte as usize))
        .collect()
}

fn meet(a: &(usize, Range<usize>), b: &(usize, Range<usize>)) -> bool {
    a.0 == b.0 && a.1.start < b.1.end && b.1.start < a.1.end
}

#[test]
fn blanks_of_styles_nobody_fitted_on_are_found() {
    let (mut blanks, mut missed, mut extra) = (0, Vec::new(), Vec::new());
    for draft in drafts() {
        let found = found(&draft.text);
        blanks += draft.blanks.len();
        let line = |n: usize| draft.text.lines().nth(n).unwrap_or_default();
        missed.extend(
            draft
                .blanks
                .iter()
                .filter(|b| !found.iter().any(|f| meet(f, b)))
                .map(|b| line(b.0)[b.1.clone()].to_owned()),
        );
        extra.extend(
            found
                .iter()
                .filter(|f| !draft.blanks.iter().any(|b| meet(f, b)))
                .map(|f| line(f.0)[f.1.clone()].to_owned()),
        );
    }
    assert!(blanks - missed.len() >= 50 && extra.len() <= 1, "of {blanks} missed {missed:?}, extra {extra:?}");
}

/// Notes to oneself, marks of one's own, letters in brackets: every one is found, and nothing in what only looks like them.
#[test]
fn blanks_in_peoples_own_hands_are_found() {
    for (name, draft) in parts(include_str!("hands.txt")) {
        let found = found(&draft.text);
        let line = |n: usize| draft.text.lines().nth(n).unwrap_or_default();
        let text = |(n, range): &(usize, Range<usize>)| line(*n)[range.clone()].to_owned();
        let missed: Vec<_> = draft.blanks.iter().filter(|b| !found.iter().any(|f| meet(f, b))).map(text).collect();
        let extra: Vec<_> = found.iter().filter(|f| !draft.blanks.iter().any(|b| meet(f, b))).map(text).collect();
        assert!(missed.is_empty() && extra.is_empty(), "{name}: missed {missed:?}, extra {extra:?}");
    }
}

/// The texts that warnings about blanks stand on.
fn warned(text: &str) -> Vec<String> {
    found(text).into_iter().map(|(n, range)| text.lines().nth(n).unwrap_or_default()[range].to_owned()).collect()
}

#[test]
fn what_stands_elsewhere_changes_no_verdict() {
    const NEUTRAL: &str = "　　同志们，蓝图已经绘就，使命催人奋进，大家要一步一个脚印干下去。";
    for Draft { text, blanks } in drafts() {
        let expected = warned(&text);
        for other in [format!("{text}{NEUTRAL}\n"), format!("\n{text}"), text.replace('\n', "\n\n")] {
            assert_eq!(warned(&other), expected, "{} blanks in {other}", blanks.len());
        }
    }
}

#[test]
fn another_place_or_verb_changes_no_verdict() {
    for Draft { text, .. } in drafts() {
        let expected = warned(&text).len();
        for (one, other) in [
            ("青山", "柳河"),
            ("北关", "东坝"),
            ("举行", "召开"),
            ("新建", "改造"),
            ("感谢", "祝贺"),
            ("王立新", "赵成"),
        ] {
            let other = text.replace(one, other);
            assert_eq!(warned(&other).len(), expected, "{other}");
        }
    }
}

/// Surnames may be measures as well (张, 周, 项, 方), and titles end in verbs that want a quantity (长).
#[test]
fn a_name_behind_a_title_is_no_blank() {
    let mut wrong = Vec::new();
    for title in ["县长", "副市长", "县委书记", "县水务局局长", "市政协主席、党组书记", "校长"]
    {
        for name in
            ["张伟", "周明远", "项立", "方志强", "万里明", "支树平", "王　芳", "张　伟", "米　强", "元  芳", "万  里"]
        {
            for space in [" ", "  ", "　　"] {
                for (before, after) in [
                    ("全县水利工作会议讲话\n", "\n（2026年3月1日）\n\n同志们：\n　　今天开会，部署工作。\n"),
                    ("同志们：\n　　现在开会，请", "同志讲话。\n"),
                    ("参加会议的有：\n", "\n"),
                    ("主持：", "\n同志们：\n　　今天开会。\n"),
                    ("同志们：\n　　会议议程如下：\n　　请", "作表态发言；\n"),
                ] {
                    let text = format!("{before}{title}{space}{name}{after}");
                    wrong.extend(warned(&text).into_iter().map(|found| format!("{title}{space}{name}: {found}")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn fields_that_are_filled_in_stand_beside_each_other() {
    for line in [
        "联系人：万晓明   电话：6221345",
        "联系人：李明      传真：6221345      邮编：450000",
        "时间：3月1日上午   地点：县委礼堂   主持：张伟",
        "发送对象：各乡镇    抄送：市农业农村局",
    ] {
        let text = format!("关于召开会议的通知\n各乡镇：\n　　请按时参加。\n　　{line}\n");
        assert_eq!(warned(&text), Vec::<String>::new(), "{line}");
    }
}

#[test]
fn blanks_in_traditional_characters() {
    for Draft { text, .. } in drafts() {
        let twin = |c: char| traditional(&c.to_string()).unwrap_or_else(|| c.to_string());
        let other: String = text.chars().map(twin).collect();
        assert_eq!(found(&other), found(&text), "{other}");
    }
}

/// <XX同志> is no tag.
#[test]
fn blanks_in_angle_brackets_are_found() {
    for (line, blanks) in [("请<XX同志>发言，到<XX区>去。", 2), ("请<XX>同志发言。", 1), ("请<b>大家</b>发言。", 0)]
    {
        assert_eq!(warned(&format!("同志们：\n　　今天开会。{line}\n")).len(), blanks, "{line}");
    }
}
