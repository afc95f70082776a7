//! The outline.

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use jianggao::features::symbols::{Symbol, symbols};

use crate::features::{analysed, markup};

#[track_caller]
fn check(draft: &str, expected: Expect) {
    let (lines, _, analysis) = analysed(draft, markup(draft));
    let mut out = String::new();
    print(&symbols(&analysis, &lines), 0, &mut out);
    expected.assert_eq(&out);
}

fn print(symbols: &[Symbol], depth: usize, out: &mut String) {
    for s in symbols {
        assert!(!s.name.is_empty());
        assert!(s.span.start <= s.selection.start && s.selection.end <= s.span.end);
        let (first, last) = (s.span.start.line + 1, s.span.end.line + 1);
        let indent = "  ".repeat(depth);
        writeln!(out, "{indent}{} | {} {} {first}-{last} {}", s.name, s.kind.name(), s.level, s.detail).unwrap();
        print(&s.children, depth + 1, out);
    }
}

#[test]
fn sections_items_and_parallels() {
    check(
        "\
在全县春耕备耕会议上的讲话
同志们：
一、统一思想
要看清形势。今年雨水偏少。
要看清任务。时间只有两个月。
要看清责任。XX乡守土有责。
二、落实责任
（一）抓采购。一要早定，二要早运，三要早发。
（二）抓储备。一是备粮。
二是备种。
",
        expect![[r#"
            一、统一思想 | section 1 3-6 占位符 1
              要看清形势 | parallel 2 4-4 
              要看清任务 | parallel 2 5-5 
              要看清责任 | parallel 2 6-6 占位符 1
            二、落实责任 | section 1 7-11 
              （一）抓采购 | section 2 8-8 
                一要早定 | item 3 8-8 
                二要早运 | item 3 8-8 
                三要早发 | item 3 8-8 
              （二）抓储备 | section 2 9-11 
                一是备粮 | item 3 9-9 
                二是备种 | section 3 10-11 
        "#]],
    );
}

#[test]
fn several_speeches() {
    check(
        "在植树节活动上的讲话\n同志们：\n一、多种树\n二、种好树\n在夏收动员会上的讲话\n同志们：\n一、抢时间\n二、保质量\n",
        expect![[r#"
            在植树节活动上的讲话 | title 0 1-4 
              一、多种树 | section 1 3-3 
              二、种好树 | section 1 4-4 
            在夏收动员会上的讲话 | title 0 5-9 
              一、抢时间 | section 1 7-7 
              二、保质量 | section 1 8-9 
        "#]],
    );
}
