//! Two versions of a speech, and what is said of them.

use std::sync::Arc;

use super::*;
use crate::locale::Locale;
use crate::markup::Markup;
use crate::text::Flat;
use expect_test::{Expect, expect};

const HEAD: &str = "在全县工作会议上的讲话\n同志们：\n";

/// The changes, and below them what they broke.
fn said(old: &str, new: &str) -> String {
    let settings = Arc::new(Settings::default());
    let lines = [Flat::new(old), Flat::new(new)];
    let [one, other] = [&lines[0], &lines[1]].map(|lines| Analysis::new(lines, Markup::Plain, &settings));
    let version = |analysis, lines| Version { analysis, lines, settings: &settings };
    let found = compare(version(&one, &lines[0]), version(&other, &lines[1]), Locale::Hans);
    let mut text = String::new();
    for change in &found.changes {
        text += &format!("{} {} → {}\n", change.kind.names()[1], change.before, change.after);
    }
    for broken in &found.consequences {
        text += &format!("！{} 第{}行：{}\n", broken.what.names()[1], broken.span.start.line + 1, broken.message);
    }
    text
}

#[track_caller]
fn check(old: &str, new: &str, expected: Expect) {
    expected.assert_eq(&said(&format!("{HEAD}{old}"), &format!("{HEAD}{new}")));
}

const POINTS: &str = "今天讲四点意见。\n一、提高认识，坚定信心\n要认清形势，把思想统一到县委的要求上来。\n二、突出重点，攻坚克难\n要抓好项目建设，确保上半年开工。\n三、改善民生，办好实事\n要把群众的事办好，把好事办实。\n四、压实责任，狠抓落实\n各级干部要各负其责，具体分工见第三部分。\n";

#[test]
fn a_point_that_is_cut_leaves_its_number_and_the_count() {
    let cut = "二、突出重点，攻坚克难\n要抓好项目建设，确保上半年开工。\n";
    check(
        POINTS,
        &POINTS.replace(cut, ""),
        expect![[r#"
        删去 二、突出重点，攻坚克难 → 
        删去 要抓好项目建设，确保上半年开工。 → 
        ！编号 第6行：编号跳号：“三、”之前缺“二、”（一、三、四）
    "#]],
    );
}

#[test]
fn a_section_that_moves_is_no_other_section() {
    let section = "二、突出重点，攻坚克难\n要抓好项目建设，确保上半年开工。\n";
    let moved = POINTS.replace(section, "").replace("四、压实", &format!("{section}四、压实"));
    check(
        POINTS,
        &moved,
        expect![[r#"
        移动 二、突出重点，攻坚克难 → 二、突出重点，攻坚克难
        ！编号 第6行：编号颠倒：“三、”和后一项的序号应当互换（一、三、二、四）
    "#]],
    );
}

#[test]
fn a_figure_that_is_changed_at_one_place_is_named_at_the_other() {
    let text = "去年，全县地区生产总值完成320.5亿元，增长6.2%。\n要坚定信心，再接再厉。\n320.5亿元的总量来之不易，6.2%的增速高于全市。\n";
    check(
        text,
        &text.replacen("320.5", "325.5", 1).replacen("6.2%", "6.5%", 1),
        expect![[r#"
        数字 320.5 → 325.5
        数字 6.2 → 6.5
        ！数字 第5行：别处的“320.5亿元”改成了“325.5亿元”，这里没有改
    "#]],
    );
    // At both.
    check(
        text,
        &text.replace("320.5", "325.5"),
        expect![[r#"
        数字 320.5 → 325.5
        数字 320.5 → 325.5
    "#]],
    );
}

#[test]
fn a_name_that_is_replaced_at_one_place_is_named_at_the_other() {
    let text = "刚才，县长周明远通报了情况。\n要坚定信心，再接再厉。\n请周明远同志牵头抓好落实。\n";
    check(
        text,
        &text.replacen("周明远", "李建国", 1),
        expect![[r#"
        名称 周明远 → 李建国
        ！名称 第5行：别处的“周明远”改成了“李建国”，这里没有改
    "#]],
    );
}

#[test]
fn short_names_and_blanks() {
    let text = "要实施全县农村供水保障三年行动（以下简称“供水行动”），年底见效。\n“供水行动”由王强同志负责，2月18日开工。\n要抓好落实，2月18日前到位。\n";
    let new = text.replace("（以下简称“供水行动”）", "").replace("王强", "XX").replacen("2月18日", "2月20日", 1);
    check(
        text,
        &new,
        expect![[r#"
        措辞 （以下简称“供水行动”） → 
        名称 王强 → XX
        日期 18 → 20
        ！简称 第4行：简称“供水行动”的说明删掉了，这里还在用
        ！占位符 第4行：占位符“XX同志”未填写：人名
        ！日期 第5行：别处的“2月18日”改成了“2月20日”，这里没有改
    "#]],
    );
}

#[test]
fn wording_alone_breaks_nothing() {
    let text = "要抓好项目建设，确保上半年开工。\n要坚持以人民为中心的发展思想，加强统筹。\n";
    let new = "要扎实抓好项目建设，确保上半年全部开工。\n要坚持以人民为中心的发展理念，强化统筹。\n";
    check(
        text,
        new,
        expect![[r#"
        措辞  → 扎实
        措辞  → 全部
        措辞 思想 → 理念
        措辞 加强 → 强化
    "#]],
    );
    check(text, text, expect![""]);
}
