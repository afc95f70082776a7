use super::*;
use crate::cli::output::Palette;
use crate::rules::tests::SAMPLE;
use crate::rules::{Fix, Related};
use crate::text::{Grade, Range};
use expect_test::{Expect, expect};

/// The span of the `n`th (from 0) place where `part` stands in `text`.
fn span_of(text: &str, part: &str, n: usize) -> Span {
    let lines = Flat::new(text);
    let (at, _) = text.match_indices(part).nth(n).unwrap();
    Span::new(point_at(&lines, at), point_at(&lines, at + part.len()))
}

fn finding(span: Span, message: &str) -> Diagnostic {
    Diagnostic {
        rule: &SAMPLE,
        severity: Severity::Warning,
        span,
        message: message.to_owned(),
        related: Vec::new(),
        fix: None,
    }
}

fn shown(text: &str, finding: &Diagnostic, look: Look) -> String {
    let lines = Flat::new(text);
    let mut report = String::new();
    let columns = Columns::new(&lines);
    let draft = Draft {
        path: "稿.txt",
        encoding: "UTF-8",
        is_official: true,
        lines: &lines,
        columns: &columns,
        findings: &[],
        counts: [0; 4],
        placeholders: &[],
        whereabouts: None,
    };
    diagnostic(&mut report, &draft, finding, look);
    report
}

fn check(text: &str, finding: &Diagnostic, expected: Expect) {
    expected.assert_eq(&shown(text, finding, Look::default()));
}

#[test]
fn marks_stand_under_their_text() {
    let text = "大会\n　　同志们：a\t在XX区讲话，“好”。";
    check(
        text,
        &finding(span_of(text, "XX区", 0), "占位符“XX区”未填写"),
        expect![[r#"
            警告[numbering-duplicate]: 占位符“XX区”未填写
             --> 稿.txt:2:10
              |
            2 | 　　同志们：a    在XX区讲话，“好”。
              |                    ^^^^

        "#]],
    );
}

#[test]
fn related_places_and_a_fix() {
    let text = "一要提高认识，一要强化落实。\n\n三要加强领导。";
    let mut finding = finding(span_of(text, "一要", 1), "“一要”重复");
    finding.related = vec![
        Related { span: span_of(text, "三要", 0), message: "后一项".to_owned() },
        Related { span: span_of(text, "一要", 0), message: "前一项".to_owned() },
    ];
    finding.fix = Some(Fix { title: "改为“二要”".to_owned(), edits: Vec::new(), grade: Grade::Certain });
    check(
        text,
        &finding,
        expect![[r#"
        警告[numbering-duplicate]: “一要”重复
         --> 稿.txt:1:8
          |
        1 | 一要提高认识，一要强化落实。
          | ---- 前一项
          |               ^^^^
        3 | 三要加强领导。
          | ---- 后一项
          = 修复: 改为“二要”

    "#]],
    );
}

#[test]
fn long_lines_are_cut() {
    let text = format!("{}XX区{}\n{}", "讲".repeat(100), "话".repeat(200), "稿".repeat(300));
    let span = span_of(&text, "XX区", 0);
    let mut near_end = finding(span, "远近");
    near_end.related = vec![
        Related { span: Span::in_line(0, Range::new(0, 6)), message: "行首".to_owned() },
        Related { span: Span::in_line(0, Range::new(897, 905)), message: "行末".to_owned() },
        Related { span: Span::in_line(1, Range::new(0, 900)), message: "整行".to_owned() },
    ];
    check(
        &text,
        &near_end,
        expect![[r#"
        警告[numbering-duplicate]: 远近
         --> 稿.txt:1:101
          |
        1 | 讲讲讲讲讲讲讲讲讲讲讲讲讲讲讲讲讲讲讲讲讲讲讲讲讲讲讲讲讲讲讲讲讲讲讲讲讲讲讲讲…
          | ---- 行首
        1 | …讲讲讲讲讲讲讲讲讲讲讲讲XX区话话话话话话话话话话话话话话话话话话话话话话话话话话…
          |                          ^^^^
        1 | …话话话话话话话话话话话话话话话话话话话话话话话话话话话话话话话话话话话话话话话话
          |                                                                            ------ 行末
        2 | 稿稿稿稿稿稿稿稿稿稿稿稿稿稿稿稿稿稿稿稿稿稿稿稿稿稿稿稿稿稿稿稿稿稿稿稿稿稿稿稿…
          | -------------------------------------------------------------------------------- 整行

    "#]],
    );
}

#[test]
fn what_a_terminal_would_obey_is_shown_instead() {
    let text = "一\u{1b}[31m、\u{b}甲\u{202e}乙";
    check(
        text,
        &finding(span_of(text, "甲", 0), "\u{1b}[2J甲"),
        expect![[r#"
            警告[numbering-duplicate]: ␛[2J甲
             --> 稿.txt:1:9
              |
            1 | 一␛[31m、␋甲�乙
              |           ^^

        "#]],
    );
}

#[test]
fn empty_spans_and_spans_over_lines() {
    let text = "刚才，同志传达了\n一、甲\n二、乙";
    let empty = Span::in_line(0, Range::new(9, 9));
    check(
        text,
        &finding(empty, "疑似缺少人名"),
        expect![[r#"
        警告[numbering-duplicate]: 疑似缺少人名
         --> 稿.txt:1:4
          |
        1 | 刚才，同志传达了
          |       ^

    "#]],
    );
    let over = Span::new(Point::new(1, 3), Point::new(2, 3));
    check(
        text,
        &finding(over, "跨行"),
        expect![[r#"
        警告[numbering-duplicate]: 跨行
         --> 稿.txt:2:2
          |
        2 | 一、甲
          |   ^^^^

    "#]],
    );
}

#[test]
fn colours() {
    let text = "一、甲";
    let look = Look { locale: Locale::English, palette: Palette::coloured() };
    let coloured = shown(text, &finding(span_of(text, "一", 0), "x"), look);
    expect![[r#"
        ␛[1m␛[33mwarning[numbering-duplicate]␛[0m␛[1m: x␛[0m
         ␛[1m␛[34m-->␛[0m 稿.txt:1:1
          ␛[1m␛[34m|␛[0m
        ␛[1m␛[34m1 |␛[0m 一、甲
          ␛[1m␛[34m|␛[0m ␛[1m␛[33m^^␛[0m

    "#]]
    .assert_eq(&coloured.replace('\u{1b}', "␛"));
}

#[test]
fn summaries() {
    let categories = [("名称", 18), ("数量", 17)];
    let look = Look::default();
    expect![[r#"
        1 个文件：警告 35，提示 1
        占位符 35 处：名称 18，数量 17
    "#]]
    .assert_eq(&summary(Extent { files: 1, ..Extent::default() }, [0, 35, 0, 1], &categories, look));
    expect![[r#"
        2 个文件，没有发现问题
    "#]]
    .assert_eq(&summary(Extent { files: 2, ..Extent::default() }, [0; 4], &[], look));
}

#[test]
fn mistakes_in_settings() {
    let text = "[rules]\nplaceholder = \"of\"\n";
    let message = crate::settings::Saying::new("没有等级“of”。是不是“off”？", "");
    let problem = crate::settings::Problem { range: 22..26, message, severity: Severity::Warning };
    let told = Told { path: "jianggao.toml".into(), problem, text: text.into(), line: None };
    expect![[r#"
        设置有误: 没有等级“of”。是不是“off”？
         --> jianggao.toml:2:15
          |
        2 | placeholder = "of"
          |               ^^^^

    "#]]
    .assert_eq(&settings_problem(&told, Look::default()));
}

#[test]
fn a_check_that_is_not_complete() {
    let extent = Extent { files: 1, others: 0, unread: 2, is_unsound: true, is_concealed: false };
    expect![[r#"
        查了 1 个文件
        另有 2 个没有查成，原因见上
        设置有误，见上；改好之前，查的结果不算数
    "#]]
    .assert_eq(&summary(extent, [0; 4], &[], Look::default()));
    expect![[r#"
        没有查成任何稿件
    "#]]
    .assert_eq(&summary(Extent::default(), [0; 4], &[], Look::default()));
}
