//! Bringing an analysis up to date gives what looking at the whole text gives.

use std::sync::Arc;

use jianggao::analysis::{Analysis, Markup};
use jianggao::features::symbols::{Symbol, symbols};
use jianggao::locale::Locale;
use jianggao::rules::{counts, diagnostics};
use jianggao::settings::Settings;
use jianggao::text::{Change, Document, Encoding, Flat, Lines, Position, Span};
use proptest::prelude::*;

/// Pieces of drafts that the structure hangs on.
const PIECES: &[&str] = &[
    "同志们：\n",
    "在全县工作会议上的讲话\n",
    "一、提高认识\n",
    "二、压实责任\n",
    "三、狠抓落实\n",
    "（一）抓学习。要学深。\n",
    "（二）抓作风。要务实。\n",
    "1.建章立制。\n",
    "2、",
    "一是快，二是稳，三是准。",
    "一要实。二要新。",
    "我讲三点意见。\n",
    "\n",
    "\r\n",
    "XX区",
    "X月X日",
    "×",
    "第一，",
    "第二，",
    "---\n",
    "```\n",
    "要讲政治。要带头。\n",
    "此外，还要抓宣传。\n",
    "仅供学习参考\n",
    "【讲稿：忽略 placeholder】\n",
    "——副标题\n",
    "篇二\n",
    "“",
    "”",
    "大家要抓好落实，确保取得实效。",
    "𠮷",
    "某县",
    "\r",
    "刚才，同志传达了精神。",
    "守好“两条底线”。",
    "**（一）重点。**内容。\n",
    "# ",
    "首先，其次，最后，",
    "**坚定信心，**主动作为",
    "**",
    "`",
    "[清单][甲]",
    "[甲]",
    "[甲]: 附件,一.md\n",
    "[乙]: 附件二.md \"题\"\n",
    "[附件](附件,一.docx)",
    "![图](a,b.png)",
    "[^1]",
    "[^1]: 注,文。\n",
    "- 抓学习\n",
    "  续行，XX局\n",
    "1. 抓作风\n\n   又一段\n",
    "> 引文**一\n",
    "> - ",
    "| 事项 | XX局 |\n",
    "|---|---|\n",
    "===\n",
    "===",
    "    let x = 1;\n",
    "    今年以来，要抓落实。\n",
    "<!-- 注",
    " -->",
    "<h3>一、学</h3>\n",
    "<details>\n",
    "~~~\n",
    "``` text\n",
    "\\*\\*同志",
    "{#a1}",
    "https://a.cn/b,c ",
    "title: 在XX会上的讲话\n",
    "+++\n",
    " ",
    "\u{3000}",
    "X",
    "××同志讲了话。\n",
    "由X",
    "*",
    "某",
    "？",
    "（",
];

fn piece() -> impl Strategy<Value = String> {
    prop::sample::select(PIECES).prop_map(str::to_owned)
}

fn shown(analysis: &Analysis, lines: &dyn Lines, settings: &Settings) -> String {
    fn walk(nodes: &[Symbol], out: &mut String) {
        for n in nodes {
            out.push_str(&format!("{} {:?} {:?} {} {}\n", n.name, n.span, n.selection, n.level, n.detail));
            walk(&n.children, out);
        }
    }
    let mut out = String::new();
    walk(&symbols(analysis, lines), &mut out);
    for d in diagnostics(analysis, lines, settings, Locale::Hans, usize::MAX) {
        out.push_str(&format!("{d:?} {:?} {:?} {:?}\n", d.severity, d.related, d.fix));
    }
    out.push_str(&format!("{:?} {:?}", analysis.totals(), counts(analysis, lines, settings)));
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn incremental_is_from_scratch(
        start in prop::collection::vec(piece(), 0..25),
        edits in prop::collection::vec((piece(), 0u32..30, 0u32..20, 0u32..3, 0u32..12), 1..8),
        markdown in any::<bool>(),
    ) {
        let edits = edits.into_iter().map(|(text, line, column, more_lines, more_columns)| {
            let to = Position::new(line + more_lines, if more_lines == 0 { column + more_columns } else { more_columns });
            Change { range: Some((Position::new(line, column), to)), text }
        });
        kept_is_fresh(&start.concat(), edits, if markdown { Markup::Markdown } else { Markup::Plain })?;
    }
}

/// After each edit what is shown is what a fresh look shows.
fn kept_is_fresh(text: &str, edits: impl IntoIterator<Item = Change>, markup: Markup) -> Result<(), TestCaseError> {
    let settings = Arc::new(Settings::default());
    let mut document = Document::new(0, text);
    let mut analysis = Analysis::new(&document, markup, &settings);
    for (n, change) in edits.into_iter().enumerate() {
        // What readers saw before is filled in, and must not survive where it is no longer true.
        let _ = shown(&analysis, &document, &settings);
        let (next, lines) = document.edited(n as i32 + 1, &change, Encoding::Utf16);
        document = next;
        analysis.update(&document, lines);
        let fresh = Analysis::new(&document, markup, &settings);
        prop_assert_eq!(shown(&analysis, &document, &settings), shown(&fresh, &document, &settings), "{}", document);
    }
    Ok(())
}

#[test]
fn lines_that_are_no_prose_come_and_go() {
    let place = |line, column, to: (u32, u32)| Some((Position::new(line, column), Position::new(to.0, to.1)));
    let text =
        "同志们：\n[甲]: 附件,一.md\n~~~\n同志们：\n同志们：\n---\n同志们：\n[^1]: 注,文。\n同志们：\n|---|---|\n";
    let edits = [
        (place(10, 0, (10, 0)), "同志们：\n"),
        (place(11, 0, (11, 0)), "|---|---|\n"),
        (place(8, 0, (9, 1)), "[甲]: 附件,一.md\n"),
    ];
    let edits = edits.map(|(range, text)| Change { range, text: text.to_owned() });
    kept_is_fresh(text, edits, Markup::Plain).unwrap();
    let text = "[^1]: 注,文。\n|---|---|\n同志们：\n```\n同志们：\n| 事项 | XX局 |\n| 事项 | XX局 |\n同志们：\nXX区同志们：\n**（一）重点。**内容。\n同志们：\n";
    let edits = [Change { range: place(8, 0, (8, 1)), text: "[^1]: 注,文。\n".to_owned() }];
    kept_is_fresh(text, edits, Markup::Plain).unwrap();
    let text =
        "    今年以来，要抓落实。\n~~~\n[甲]: 附件,一.md\n# [甲]: 附件,一.md\n同志们：\n---\n**（一）重点。**内容。\n";
    let edits = [Change { range: place(5, 0, (5, 0)), text: "2、".to_owned() }];
    kept_is_fresh(text, edits, Markup::Plain).unwrap();
}

/// Every symbol lies within its parent, and names a place within itself.
fn nested(nodes: &[Symbol], outer: Option<Span>) -> Result<(), String> {
    let inside = |outer: Span, inner: Span| outer.start <= inner.start && inner.end <= outer.end;
    for node in nodes {
        if !inside(node.span, node.selection) || outer.is_some_and(|outer| !inside(outer, node.span)) {
            return Err(format!("{} {:?} {:?} in {outer:?}", node.name, node.span, node.selection));
        }
        nested(&node.children, Some(node.span))?;
    }
    Ok(())
}

fn outline_nests(text: &str, markup: Markup) -> Result<(), String> {
    let lines = Flat::new(text);
    nested(&symbols(&Analysis::new(&lines, markup, &Arc::default()), &lines), None)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn symbols_nest(text in prop::collection::vec(piece(), 0..60), markdown in any::<bool>()) {
        let markup = if markdown { Markup::Markdown } else { Markup::Plain };
        let text = text.concat();
        prop_assert_eq!(outline_nests(&text, markup), Ok(()), "{}", text);
    }
}

/// A sentence above the title belongs to the speech.
#[test]
fn what_stands_above_a_title_is_in_the_speech() {
    let above = "会议强调，一要实，把各项任务落到实处，让群众看得见。二要新，打开工作局面，让群众信得过。";
    for text in [
        format!("{above}\n：\n同志们：\n同志们：要抓好。\n同志们：\n"),
        format!("{above}\n在全县工作会议上的讲话\n同志们：\n今天开会。\n在全市工作会议上的讲话\n同志们：\n"),
        "要抓好：第一，快。第二，好```\n篇二\n第三，抓好。\n同志们：\n今天开会。\n在全市工作会议上的讲话\n同志们：\n"
            .into(),
    ] {
        for markup in [Markup::Plain, Markup::Markdown] {
            assert_eq!(outline_nests(&text, markup), Ok(()), "{text}");
        }
    }
}

/// A blank at the edge of a line decides whether a lone mark is a placeholder, and the speech is judged anew;
/// a number sign at the start of a line is no entity.
#[test]
fn marks_at_the_edge_of_a_line() {
    for (text, at, new) in [
        ("同志们：\n会上，××同志讲了话，要抓好。\nX", (2, 1), " "),
        ("同志们：\n会上，××同志讲了话，要抓好。\nX ", (2, 2), "好"),
        ("同志们：\n会上，××同志讲了话，要抓好。\nX", (2, 0), " "),
        ("同志们：\n会上，××同志讲了话，要抓好。\n由X", (2, 2), " "),
        ("众\n#", (4, 2), ";"),
        // A line that is no prose shows a mark of Markdown, or shows it no longer.
        ("同志们：\n```\n```|\n|--", (2, 4), "好"),
        ("同志们：\n```\n\n```甲", (3, 3), "`"),
    ] {
        let place = Position::new(at.0, at.1);
        let change = Change { range: Some((place, place)), text: new.to_owned() };
        kept_is_fresh(text, [change], Markup::Plain).unwrap();
    }
}

#[test]
fn salutations_one_behind_the_other() {
    let settings = Arc::new(Settings::default());
    let document = Document::new(0, "\n同志们：#\n同志们：\n同志们：\n同志们：\n");
    for line in 0..6 {
        let mut analysis = Analysis::new(&document, Markup::Plain, &settings);
        let place = Position::new(line, 0);
        let change = Change { range: Some((place, place)), text: "\n".into() };
        let (document, lines) = document.edited(1, &change, Encoding::Utf16);
        analysis.update(&document, lines);
        let fresh = Analysis::new(&document, Markup::Plain, &settings);
        let starts = |analysis: &Analysis| analysis.speeches().map(|(base, _)| base).collect::<Vec<_>>();
        assert_eq!(starts(&analysis), starts(&fresh), "{document}");
        assert_eq!(shown(&analysis, &document, &settings), shown(&fresh, &document, &settings), "{document}");
    }
}

/// More than enough for every day; `PROPTEST_CASES` asks for more.
pub fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(400)
}

#[test]
fn a_count_that_begins_in_an_ordinal() {
    for text in ["一这三点", "　　三这三点", "十这三点。"] {
        kept_is_fresh(text, [], Markup::Plain).unwrap();
    }
}
