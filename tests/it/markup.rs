//! Markdown: what is read as prose, and that nothing else is touched.

use std::sync::Arc;

use jianggao::analysis::{Analysis, Markup};
use jianggao::features::actions::fix_chosen;
use jianggao::features::completion::complete;
use jianggao::features::format::format;
use jianggao::features::structure::{Change, renumber_all};
use jianggao::features::symbols::{Symbol, symbols};
use jianggao::features::typing::after_enter;
use jianggao::locale::Locale;
use jianggao::markup::Block;
use jianggao::paragraph::Paragraph;
use jianggao::rules::{Diagnostic, Severity, diagnostics, spares_markup};
use jianggao::settings::Settings;
use jianggao::text::{Edit, Flat, Grade, Lines, Point, apply};
use proptest::prelude::*;

/// Warnings and errors: the code and the text they are about.
fn found(text: &str, markup: Markup) -> Vec<String> {
    let settings = Arc::new(Settings::default());
    let flat = Flat::new(text);
    let analysis = Analysis::new(&flat, markup, &settings);
    diagnostics(&analysis, &flat, &settings, Locale::Hans, usize::MAX)
        .into_iter()
        .filter(|d| d.severity <= Severity::Warning)
        .map(|d| format!("{} {}", d.rule.code, flat.text(d.span)))
        .collect()
}

fn names(text: &str) -> Vec<String> {
    fn walk(nodes: &[Symbol], out: &mut Vec<String>) {
        for node in nodes {
            out.push(node.name.clone());
            walk(&node.children, out);
        }
    }
    let settings = Arc::new(Settings::default());
    let flat = Flat::new(text);
    let mut out = Vec::new();
    walk(&symbols(&Analysis::new(&flat, Markup::Markdown, &settings), &flat), &mut out);
    out
}

#[test]
fn lines_to_write_on_are_no_emphasis() {
    assert_eq!(
        found("全县生产总值增长__.__%，财政收入增长__.__%，新增就业____人。\n", Markup::Markdown),
        ["placeholder __.__", "placeholder __.__", "placeholder ____"]
    );
}

#[test]
fn blanks_in_angle_brackets_are_no_tags_of_a_block() {
    let text = "# 讲话\n\n<div\n  class=\"XX区\">\n请<XX同志>发言，<b>到</b><XX区>去。\n</div>\n";
    assert_eq!(found(text, Markup::Markdown), ["placeholder <XX同志>", "placeholder <XX区>"]);
}

#[test]
fn markup_is_never_prose() {
    for text in [
        "> - 抓**学习，**转作风\n>   - 压实`责任,`\n> 1. 带头干\n",
        "    let x = \"XX局\";\n    goto XX;\n",
        "用`甲,\n乙XX局,丙`收尾。\n",
        "**坚定信心，\n主动作为**，抓好落实。\n",
        "见[责任清单,\n第一版](清单,一.md)。\n",
        "~~~ text\nXX局【待补】\n~~~\n",
        "- 甲\n\n  ```\n  XX局\n\n  【待补】\n  ```\n\n- 乙\n",
        "<!-- XX局\n\n【待补】 -->\n\n正文在这里。\n",
        "甲处<!-- XX局 -->乙处都要抓好。\n",
        "甲镇抓好春耕。<br>乙镇抓好防火。\n",
        "正文要实\\\n要新要活。\n",
        "见![[XX局的图,一.png]]和[[XX局,纪要]]。\n",
        "![XX局办公楼](图,一.png)已经建成。\n",
        "- [ ] 印材料\n- [x] 摆桌签\n",
        "要_真抓_实干，文件名是 a_b_c，变量 __init__ 不动。\n",
        "- **讲政治**：要带头。\n- **讲大局**：要带头。\n",
        "| 一季度落实 | 落实 |\n|---|---|\n| 甲 | 甲 |\n",
        "见[甲](a(1),XX局.md)和<https://a.cn/XX局,b>。\n",
        "网址 www.a.cn/XX局,b 可查，也可看 https://b.cn/XX局 。\n",
        "{: .center}\n正文在这里。\n\n[文字]{.underline}要记牢。\n",
        "> 引用的话\n懒续的一行**要紧**。\n",
        "见[清单][q]。\n\n[q]: 清单,XX局.md \"XX局\"\n",
        "见[清单]。\n\n[清单]:\n  清单,XX局.md\n",
        "<style>\n.XX局 { }\n</style>\n\n正文在这里。\n",
        "---\ntags: [XX局, 【待补】]\ntitle: 在大会上的讲话\n---\n\n正文在这里。\n",
        "***AI***赋能，深化**“AI+”**行动，落实***《条例》***。\n",
        "[附件](附件 XX局 一.docx)已经印发。\n",
        "**1****、加强组织领导。**各单位要尽快动起来。\n",
        "全县接续帮扶[^注XX]，成效很好。\n",
        "{% include XX局,一.html %}\n",
        "1. 甲\n\n       【待补】 = XX;\n\n2. 乙\n",
        "增长率$XX = \\text{甲,乙XX局}$，见$$XX$$和\\(XX = x\\)、\\[ XX^2 \\]。\n",
        "$$\nXX = \\text{增长,率}\n- XX\n===\n$$\n",
        "- 甲\n\n  $$\n  XX\n  $$\n\n- 乙\n",
        "\\[\nXX = 1\n\\]\n",
        "\\begin{align}\nXX &= \\text{甲,XX局}\n\\end{align}\n",
        "见[清单]。\n\n[清单]: <清单,一.md>\n  'XX局,二'\n",
        "见[清单]。\n\n[清单]:\n  清单.md\n  \"XX局,二\"\n",
    ] {
        let text = format!("# 在会上的讲话\n\n{text}\n讲完了，谢谢大家支持工作。\n");
        let text = if text.contains("---\ntags") {
            text.trim_start_matches("# 在会上的讲话\n\n").to_owned()
        } else {
            text
        };
        assert_eq!(found(&text, Markup::Markdown), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn what_ticks_set_off_in_plain_text_is_read_and_kept() {
    let text = "同志们，今天开会，主要任务是部署工作。\n要运行`echo \"甲\",乙`再说\"丙\"。请`XX`同志牵头。\n";
    let flat = Flat::new(text);
    let settings = Arc::new(Settings::default());
    let analysis = Analysis::new(&flat, Markup::Plain, &settings);
    let any = |found: &mut Vec<Diagnostic>, _: &dyn Lines| {
        found.iter_mut().filter_map(|d| d.fix.as_mut()).for_each(|fix| fix.grade = Grade::Certain);
    };
    let fixed = apply(text, &fix_chosen(&analysis, &flat, &settings, &any));
    assert!(fixed.contains("`echo \"甲\",乙`再说“丙”。请`XX`"), "{fixed}");
    assert_eq!(found(text, Markup::Plain), ["placeholder XX"]);
    let formatted = apply(text, &format(&analysis, &flat, 0, u32::MAX));
    assert!(formatted.contains("`echo \"甲\",乙`"), "{formatted}");
}

#[test]
fn marks_of_dialects_stay() {
    for (text, expected) in [
        ("术语\n: 定义,二\n: 又,一条\n", "术语\n: 定义，二\n: 又，一条\n"),
        ("术语\n\n:   定义,二\n", "术语\n\n:   定义，二\n"),
        ("*[缩写]: 说明,二\n", "*[缩写]: 说明，二\n"),
        ("!!! note \"注意,事项\"\n", "!!! note \"注意，事项\"\n"),
        ("=== \"标签,一\"\n", "=== \"标签，一\"\n"),
        ("??? tip \"折叠\"\n", "??? tip \"折叠\"\n"),
        ("{% include 说明,一.html %}\n", "{% include 说明,一.html %}\n"),
        (":smile: 甲,乙:smile:丙\n", ":smile: 甲，乙:smile:丙\n"),
        ("按$甲,乙$算,\n", "按$甲,乙$算，\n"),
        ("$$\n甲,乙\n\n丙,丁\n", "$$\n甲,乙\n\n丙，丁\n"),
        ("按\\(x,\\text{甲,乙}\\)算,按\\(甲,乙\\)办\n", "按\\(x,\\text{甲,乙}\\)算，按\\(甲，乙\\)办\n"),
        ("投资$100万,进口$200万,都要抓\n", "投资$100万，进口$200万，都要抓\n"),
        ("甲同志:乙同志到会:谢谢。\n", "甲同志：乙同志到会：谢谢。\n"),
    ] {
        let text = format!("# 在会上的讲话\n\n{text}\n讲完了，谢谢大家支持工作。\n");
        let flat = Flat::new(&text);
        let settings = Arc::new(Settings::default());
        let analysis = Analysis::new(&flat, Markup::Markdown, &settings);
        let style = |found: &mut Vec<Diagnostic>, _: &dyn Lines| {
            let fixes = found.iter_mut().filter_map(|d| d.fix.as_mut());
            fixes.filter(|fix| fix.grade == Grade::Style).for_each(|fix| fix.grade = Grade::Certain);
        };
        let fixed = apply(&text, &fix_chosen(&analysis, &flat, &settings, &style));
        assert!(fixed.contains(expected), "{fixed}");
        let formatted = apply(&text, &format(&analysis, &flat, 0, u32::MAX));
        assert!(formatted.contains(expected), "{formatted}");
    }
    assert_eq!(found("# 讲话\n\n请&#88;&#x58;区带头抓好落实。\n", Markup::Markdown), ["placeholder &#88;&#x58;"]);
}

#[test]
fn prose_is_found_in_whatever_markup() {
    for (text, expected) in [
        ("| 甲\\|乙 | XX局 |\n|---|---|\n", "XX局"),
        ("| 甲 | 乙 |\n|---|---|\n| 好 | XX局 |\n", "XX局"),
        ("    今年，XX局要带头抓好各项工作落实。\n", "XX局"),
        ("<details>\n<summary>XX局的说明</summary>\n\n正文。\n\n</details>\n", "XX局"),
        ("<table>\n<tr><td>XX局</td></tr>\n</table>\n", "XX局"),
        ("成效很好[^1]。\n\n[^1]: 由XX局提供。\n", "XX局"),
        ("见[XX局的名单](a.md)。\n", "XX局"),
        ("刚才，\\*\\*\\*同志作了报告。\n", "\\*\\*\\*"),
        ("20\\*\\*年，工程开工。\n", "20\\*\\*"),
        ("由\\_\\_\\_\\_同志主持。\n", "\\_\\_\\_\\_"),
        ("> - **XX局**要带头。\n", "XX局"),
        ("1. 甲\n\n   XX局要带头。\n", "XX局"),
        ("让**XX局**的群众满意。\n", "XX局"),
        ("# 在XX局会上的讲话\n", "XX局"),
        ("投资$100万，由XX局落实$200万。\n", "XX局"),
        ("$$\n刚才，XX局作了发言。\n", "XX局"),
        ("刚才，\\(XX局\\)作了发言。\n", "XX局"),
        ("由\\(X\\)亿元增加。\n", "X"),
        ("在XX局会上的讲话\n===\n", "XX局"),
    ] {
        let all = found(&format!("各位同事，大家好，今天开会。\n\n{text}"), Markup::Markdown);
        let mark = expected.trim_end_matches('局');
        assert!(all.iter().any(|f| f.starts_with("placeholder") && f.contains(mark)), "{text} {all:?}");
    }
    let title = "+++\ntitle = \"在XX局会上的讲话\"\n+++\n\n正文在这里。\n";
    assert_eq!(found(title, Markup::Markdown).len(), 1, "{:?}", found(title, Markup::Markdown));
}

#[test]
fn plain_text_carries_markdown_by_its_own_evidence() {
    let pasted = "# 在大会上的讲话\n\n## 一、认清形势\n\n**形势逼人，**不进则退。\n\n| 甲 | XX局 |\n|---|---|\n\n\
                  ## 三、抓好`落实,`\n\n见[清单](清单,一.md)。\n";
    let all = found(pasted, Markup::Plain);
    assert!(all.iter().any(|f| f.starts_with("placeholder")), "{all:?}");
    assert_eq!(all.len(), 1, "{all:?}");
    assert_eq!(found("上个月，**县在**镇召开了现场会，我们学先进。\n", Markup::Plain).len(), 2);
    assert!(found("要做到**知行合一**，在学中干，在干中学。\n", Markup::Plain).is_empty());
}

/// Where the parser says that a mark stands there may be another character: in rows with fewer cells than columns.
#[test]
fn rows_of_any_shape_are_read() {
    for text in [
        "\n\n\n a||\n-|-\n**，**`", " a||\n-|-\n**，**`\n", "| a||\n|-|-|\n|**，**`|\n",
        " 甲||\n-|-\n~~，~~`\n__，__`\n",
    ] {
        found(text, Markup::Markdown);
    }
}

#[test]
fn names_are_prose() {
    for (text, expected) in [
        ("## []{#_Toc1 .anchor}一、压实**责任** {#a1}\n\n正文。\n\n## 二、强化督查 ##\n", "一、压实责任|二、强化督查"),
        ("##一、没有空格\n\n正文。\n\n##二、也没有\n", "一、没有空格|二、也没有"),
        ("一、下划线\n---\n\n正文。\n\n二、也是\n---\n", "一、下划线|二、也是"),
        ("<h3 class=\"x\">一、甲好</h3>\n<p>正文</p>\n<h3>二、乙好</h3>\n", "一、甲好|二、乙好"),
        ("1\\. 见[清单](a.md)\n\n2\\. 用`x`\n", "1.见清单|2.用x"),
    ] {
        let text = format!("同志们：\n\n{text}");
        let all = names(&text).join("|");
        assert!(all.ends_with(expected), "{text} {all}");
    }
}

const SLIPS: &[&str] = &[
    "今年以来,全县上下齐心。", "热烈的的祝贺", "(一)抓学习", "要要抓紧;", "再接再励,", "1、抓落实", "&ldquo;四个意识”",
    "全县 上下", "**坚定信心,**", "*强调,*的", "\\*\\*同志", "一要实,一要新。", "\n", "\n\n", "\n- ", "\n> ", "\n## ",
    "\n| 甲,乙 | ", "\n|---|---|\n", "　　",
];
/// What stands in them stays as it is, wherever they stand.
const KEPT: &[&str] = &[
    "[附件](附件,一.docx)",
    "![图](图(终稿),a.png)",
    "`统计,直报,的的`",
    "[^注,一]",
    "[[防汛,纪要]]",
    "<https://a.cn/通知,一号>",
    "https://b.cn/通知,一;号 ",
    "<img src=\"图,站,前.png\">",
    "\n\n[清单]: 清单(终稿,二).md\n\n",
    "\n\n```\n甲,乙的的;\n```\n\n",
    "\n\n<!-- 甲,乙的的; -->\n\n",
    "[清单][清单]",
    "$甲,的的;$ ",
    "\\(x,\\text{甲,的的}\\)",
    "\n\n$$\n甲,乙的的;\n$$\n\n",
    "\n\n\\begin{align}\n甲,乙的的;\n\\end{align}\n\n",
    "\n\n[名单]: 名单,二.md\n  '甲,乙的的;'\n\n",
];

#[test]
fn what_markup_sets_apart_is_no_second_copy() {
    let said =
        "要坚持问题导向，把群众的操心事、烦心事、揪心事一件一件解决好，让群众看到实实在在的变化，得到实实在在的好处。";
    for apart in [
        format!("> {said}\n\n要狠抓落实。\n\n{said}\n"),
        format!("<figcaption>{said}</figcaption>\n\n要狠抓落实。\n\n{said}\n"),
    ] {
        assert_eq!(found(&apart, Markup::Markdown), [""; 0], "{apart}");
    }
    assert_eq!(found(&format!("{said}\n\n要狠抓落实。\n\n{said}\n"), Markup::Markdown).len(), 1);
}

fn piece() -> impl Strategy<Value = &'static str> {
    prop_oneof![3 => prop::sample::select(SLIPS), 2 => prop::sample::select(KEPT)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::incremental::cases() / 2, ..ProptestConfig::default() })]

    #[test]
    fn fixes_and_formatting_leave_markup_alone(pieces in prop::collection::vec(piece(), 1..14)) {
        let settings = Arc::new(Settings::default());
        let text = format!("# 在会上的讲话\n\n同志们，大家辛苦了。{}\n", pieces.concat());
        let flat = Flat::new(&text);
        let analysis = Analysis::new(&flat, Markup::Markdown, &settings);
        let any_grade = |found: &mut Vec<Diagnostic>, _: &dyn Lines| {
            for fix in found.iter_mut().filter_map(|d| d.fix.as_mut()) {
                fix.grade = Grade::Certain;
            }
        };
        let fixed = apply(&text, &fix_chosen(&analysis, &flat, &settings, &any_grade));
        let formatted = apply(&text, &format(&analysis, &flat, 0, u32::MAX));
        // A line that stands twice may go as a whole.
        let lines = text.lines().count();
        for after in [&fixed, &formatted].into_iter().filter(|after| after.lines().count() == lines) {
            prop_assert_eq!(standing(&text), standing(after), "{}\n→\n{}", text, after);
        }
        for kept in KEPT {
            let count = text.matches(kept).count();
            prop_assert_eq!(fixed.matches(kept).count(), count, "{}\n→\n{}", text, fixed);
            prop_assert_eq!(formatted.matches(kept).count(), count, "{}\n→\n{}", text, formatted);
        }
    }
}

/// How each line with text is marked up: as which block, and with which marks.
fn standing(text: &str) -> Vec<(Block, Vec<String>)> {
    let flat = Flat::new(text);
    let analysis = Analysis::new(&flat, Markup::Markdown, &Arc::default());
    let of = |(n, paragraph): (usize, &Arc<Paragraph>)| {
        let line = flat.line(n);
        let marks = paragraph.markup(&line).into_iter().map(|mark| mark.trim().to_owned());
        (paragraph.block, marks.filter(|mark| !mark.is_empty()).collect())
    };
    let with_text = analysis.paragraphs().filter(|(n, _)| !flat.line(*n).trim().is_empty());
    with_text.map(of).collect()
}

/// Sections, items and counts with markup in and around them.
const OUTLINED: &[&str] = &[
    "\n## 一、抓学习\n\n",
    "\n## 二、抓作风\n\n",
    "\n### （一）抓早\n\n",
    "\n### （二）抓小\n\n",
    "\n## **三**、抓实\n\n",
    "\n一、抓学习\n",
    "\n\n三、抓作风\n",
    "\n（一）抓早。\n",
    "\n（二）抓小。\n",
    "\n**（二）**抓小。\n",
    "\n- 一、抓早\n",
    "\n- 二、抓小\n",
    "\n> 二、抓小\n",
    "\n1. 抓早。\n",
    "2. 抓小。\n",
    "一要快，二要稳，三要准。",
    "**一是**抓早；**二是**抓小；",
    "**一是抓早；二是抓小；**",
    "一是抓`早`；三是抓[小](小,一.md)；",
    "我讲三点意见：\n",
    "**三**点意见：\n",
    "\n一是抓早；\n",
    "二是抓小。\n",
    "\n二是**抓小**。\n",
    "见（二）。",
    "见[（二）](二.md)。",
    "要抓好：\n",
    "\n```\n一、甲\n```\n",
    "\n```\n",
    "**",
    "`",
    "\n===\n",
    "\n[甲]: 甲.md\n",
    "[甲]",
    "　　",
];

/// All markup of a text, each stretch and each line that is not read, in any order.
fn markup_of(text: &str) -> Vec<String> {
    let flat = Flat::new(text);
    let analysis = Analysis::new(&flat, Markup::Markdown, &Arc::default());
    let mut all: Vec<String> = Vec::new();
    for (n, paragraph) in analysis.paragraphs() {
        let line = flat.line(n);
        match paragraph.block.is_text() || paragraph.is_blank() {
            true => all.extend(paragraph.markup(&line).into_iter().map(str::to_owned)),
            false => all.push(line.into_owned()),
        }
    }
    all.sort();
    all
}

/// Changes of structure, renumbering, completion and Enter at a place leave all markup as it is.
fn structure_keeps_markup(pieces: &[&str], line: u32, byte: u32) -> Result<(), TestCaseError> {
    let text = format!("# 在会上的讲话\n\n同志们：\n\n{}\n", pieces.concat());
    let flat = Flat::new(&text);
    let analysis = Analysis::new(&flat, Markup::Markdown, &Arc::default());
    let line = line % flat.line_count() as u32;
    let before = markup_of(&text);
    for change in Change::ALL {
        let after = apply(&text, &change.edits(&analysis, &flat, Point::new(line, byte)));
        let (mut before, mut left) = (before.clone(), markup_of(&after));
        if change == Change::Stubs {
            // The items that are added are written like the last.
            before.iter().try_for_each(|mark| {
                let kept = left.iter().position(|other| other == mark);
                kept.map(|at| drop(left.remove(at)))
                    .ok_or_else(|| TestCaseError::fail(format!("{mark} {text} {after}")))
            })?;
            continue;
        }
        if matches!(change, Change::Promote | Change::Demote) {
            // The signs of headings are what is changed.
            for marks in [&mut before, &mut left] {
                marks.iter_mut().for_each(|mark| *mark = mark.replace('#', ""));
                marks.sort();
            }
        }
        prop_assert_eq!(before, left, "{:?}\n{}\n→\n{}", change, text, after);
    }
    let renumbered = apply(&text, &renumber_all(&analysis, &flat));
    prop_assert_eq!(&before, &markup_of(&renumbered), "{}\n→\n{}", text, renumbered);
    for byte in (0..=flat.line(line as usize).len()).filter(|at| flat.line(line as usize).is_char_boundary(*at)) {
        let at = Point::new(line, byte as u32);
        let offered = complete(&analysis, &flat, at).into_iter().map(|found| Edit::new(found.span, found.text));
        for edit in offered.chain(after_enter(&analysis, &flat, at)) {
            prop_assert!(spares_markup(&analysis, &edit), "{edit:?}\n{text}");
            let after = apply(&text, std::slice::from_ref(&edit));
            prop_assert_eq!(&before, &markup_of(&after), "{:?}\n{}\n→\n{}", edit, text, after);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::incremental::cases(), ..ProptestConfig::default() })]

    #[test]
    fn changes_of_structure_leave_markup_alone(
        pieces in prop::collection::vec(prop::sample::select(OUTLINED), 1..14),
        line in 0u32..40,
        byte in 0u32..60,
    ) {
        structure_keeps_markup(&pieces, line, byte)?;
    }
}

/// Marks that stand by themselves between items are pairs with those of items.
#[test]
fn lone_marks_beside_items_stay() {
    let pieces = [
        "\n## 一、抓学习\n\n", "我讲三点意见：\n", "\n（一）抓早。\n", "**", "一要快，二要稳，三要准。",
        "我讲三点意见：\n", "**", "**一是**抓早；**二是**抓小；",
    ];
    structure_keeps_markup(&pieces, 10, 0).unwrap();
}

/// What the lines around it are hangs on an ordinal.
#[test]
fn changes_of_structure_make_no_headings() {
    for pieces in [
        &["一、抓学习\n\n（一）抓早。\n\n2. 抓小。\n===\n"][..],
        &["一、抓学习\n\n", "2. 抓早\n===\n", "2. 抓小\n===\n"],
        &["一、抓学习\n\n9. 抓早\n\n       【待补】 = 1;\n\n9. 抓小\n"],
        &["要做到一是抓早；二是抓小。\n===\n"],
    ] {
        for (line, byte) in (0..12).flat_map(|line| [(line, 0), (line, 6), (line, 40)]) {
            structure_keeps_markup(pieces, line, byte).unwrap();
        }
    }
}
