//! Two versions of a draft on the command line.

use expect_test::expect;

use crate::cli::Desk;
use crate::word::Word;

const OLD: &str = "在全县工作会议上的讲话\n同志们：\n今天讲三点意见。\n一、提高认识\n要认清形势，<把>思想统一到县委的要求上来。\n二、突出重点\n去年全县完成投资320.5亿元，要抓好项目建设。\n三、狠抓落实\n320.5亿元来之不易，各级干部要各负其责。\n";

fn new() -> String {
    OLD.replacen("320.5", "325.5", 1).replace("要抓好", "要狠抓")
}

#[test]
fn what_changed_and_what_it_broke() {
    let desk = Desk::new().with("一稿.txt", OLD).with("二稿.txt", new());
    let answer = desk.run(&["compare", "一稿.txt", "二稿.txt"]);
    assert_eq!(answer.code, 1, "{}", answer.err);
    expect![[r#"
        一稿.txt → 二稿.txt

        改动以后对不上的：
          第 9 行 数字 别处的“320.5亿元”改成了“325.5亿元”，这里没有改
            320.5亿元来之不易，各级干部要…

        数字
          第 7 行 320.5 → 325.5  （去年全县完成投资325.5亿元，要狠抓项目建设…）

        改动：数字 1，措辞 1；对不上 1 处
    "#]]
    .assert_eq(&answer.out);
    // Wording by itself breaks nothing, and is listed where it is asked for.
    let desk = desk.with("三稿.txt", OLD.replace("要抓好", "要狠抓"));
    let answer = desk.run(&["compare", "--wording", "一稿.txt", "三稿.txt"]);
    assert!(answer.code == 0 && answer.out.contains("抓好 → 狠抓"), "{}", answer.out);
    let answer = desk.run(&["compare", "一稿.txt", "一稿.txt"]);
    assert!(answer.code == 0 && answer.out.ends_with("没有改动\n"), "{}", answer.out);
}

#[test]
fn documents_and_text_in_any_pair() {
    let body: String = OLD
        .lines()
        .map(|line| format!("<p><r><t>{}</t></r></p>", line.replace('<', "《").replace('>', "》")))
        .collect();
    let desk = Desk::new().with("一稿.docx", Word::new(&body).bytes()).with("二稿.txt", new()).with("二稿.md", new());
    for new in ["二稿.txt", "二稿.md"] {
        let answer = desk.run(&["compare", "一稿.docx", new]);
        assert!(answer.code == 1 && answer.out.contains("这里没有改"), "{new} {}{}", answer.out, answer.err);
        // The other way round what did not fit is mended.
        let answer = desk.run(&["compare", new, "一稿.docx"]);
        assert!(answer.code == 0 && answer.out.contains("第 7 段"), "{new} {}{}", answer.out, answer.err);
    }
}

#[test]
fn for_programs_and_for_the_browser() {
    let desk = Desk::new().with("一稿.txt", OLD).with("二稿.txt", new());
    let answer = desk.run(&["compare", "--format", "json", "一稿.txt", "二稿.txt"]);
    let json: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(json["changes"][0]["kind"], "figure");
    assert_eq!(json["changes"][0]["fact"], true);
    assert_eq!(json["changes"][0]["before"], "320.5");
    assert_eq!(json["changes"][0]["new"]["start"], serde_json::json!({"line": 6, "character": 8}));
    assert_eq!(json["consequences"][0]["kind"], "figure");
    assert_eq!(json["consequences"][0]["range"]["start"]["line"], 8);
    let page = desk.run(&["compare", "--format", "html", "一稿.txt", "二稿.txt"]);
    assert_eq!(page.code, 1);
    assert!(
        page.out.contains("<del class=\"fact\">320.5</del>") && page.out.contains("<ins class=\"fact\">325.5</ins>")
    );
    assert!(page.out.contains("&lt;把&gt;") && !page.out.contains("<把>"));
}

#[test]
fn what_cannot_be_compared_is_said() {
    let desk = Desk::new()
        .with("一稿.txt", OLD)
        .with("别的.txt", "同志们：\n今天天气晴朗，大家出去走一走，看一看。\n山里的花开得正好，孩子们一路唱着歌，老人坐在树下喝茶下棋，说着从前的事。\n")
        .with("空.txt", "")
        .with("坏.docx", b"PK\x03\x04");
    for (other, reason) in [
        ("别的.txt", "几乎没有相同的文字"),
        ("没有.txt", "没有这个文件"),
        ("坏.docx", "无法读取 坏.docx"),
        ("空.txt", "空的，没有文字"),
    ] {
        let answer = desk.run(&["compare", "一稿.txt", other]);
        assert!(answer.code == 2 && answer.err.contains(reason), "{other}: {}{}", answer.out, answer.err);
    }
    assert_eq!(desk.run(&["compare", "一稿.txt"]).code, 2);
    let answer = desk.run(&["compare", "-", "-"]);
    assert!(answer.code == 2 && answer.err.contains("标准输入只能是"), "{}", answer.err);
}
