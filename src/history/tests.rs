//! Two versions of a speech, and what is said of them.

use std::sync::Arc;

use super::*;
use crate::locale::Locale;
use crate::markup::Markup;
use crate::text::Flat;
use expect_test::{Expect, expect};

const HEAD: &str = "在全县工作会议上的讲话\n同志们：\n";

/// The changes, and below them what they broke.
pub(super) fn said(old: &str, new: &str) -> String {
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
pub(super) fn check(old: &str, new: &str, expected: Expect) {
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
            ！数目 第3行：“四点意见”现在有 3 项
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
            删去 （以下简称“供水行动”） → 
            名称 王强 → XX
            日期 18 → 20
            ！简称 第4行：简称“供水行动”的说明删掉了，这里还在用
            ！占位符 第4行：占位符“XX同志”未填写：人名
            ！日期 第5行：别处的“2月18日”改成了“2月20日”，这里没有改
        "#]],
    );
}

#[test]
fn what_is_counted_in_a_paragraph() {
    let text = "要办好四件实事：一是修路；二是架桥，新建站点60个；三是通水；四是供电。\n要突出三个重点：一是养老；二是托幼；三是救助。\n要围绕茶叶、食用菌、中药材三大特色产业，建基地。\n设立综合协调、后勤保障、安全保卫三个工作组。\n";
    check(
        text,
        &text.replace("一是修路；", "").replace("三是救助", "三是供电；四是救助").replace("、食用菌", ""),
        expect![[r#"
            删去 要办好四件实事：一是修路； → 
            编号和数目  → 要办好四件实事：
            增加  → 三是供电；
            编号和数目 三 → 四
            删去 食用菌、 → 
            ！数目 第3行：“四件实事”现在有 3 项
            ！编号 第3行：编号接不上：“二是”现在是这一列的第 1 项
            ！数目 第4行：数目不符：宣布“三个重点”（3），下文列出 4 项（“一是”至“四是”）
            ！数目 第5行：“三大特色产业”现在有 2 项
        "#]],
    );
    // What is counted in another way, and a number that was set right.
    let new = text.replace("四件", "三件").replace("三是通水；四是", "三是").replace("、中药材三大", "和中药材三大");
    check(
        text,
        &new,
        expect![[r#"
        编号和数目 四 → 三
        删去 三是通水； → 
        编号和数目 四 → 三
        措辞 、 → 和
    "#]],
    );
}

#[test]
fn a_figure_is_one_in_any_writing_and_of_the_same_things() {
    let text = "要确保年均增长6%左右，设26个竞赛项目。\n要坚定信心，再接再厉。\n年均增长百分之六的目标要分解，26个竞赛项目要办好，其他活动26个。\n";
    check(
        text,
        &text.replacen("6%", "5.5%", 1).replacen("26个", "28个", 1),
        expect![[r#"
        数字 6 → 5.5
        数字 26 → 28
        ！数字 第5行：别处的“6%”改成了“5.5%”，这里没有改
        ！数字 第5行：别处的“26个”改成了“28个”，这里没有改
    "#]],
    );
}

#[test]
fn days_and_how_many_they_are() {
    let text = "大赛于9月18日开幕，9月21日闭幕，为期4天。\n";
    check(
        text,
        &text.replace("18日", "19日"),
        expect![[r#"
        日期 18 → 19
        ！数字 第3行：“4天”，前后的日子现在算出来是 3
    "#]],
    );
    check(
        text,
        &text.replace("18日", "19日").replace("4天", "3天"),
        expect![[r#"
        日期 18 → 19
        数字 4 → 3
    "#]],
    );
}

#[test]
fn a_sentence_that_is_said_again() {
    let text = "要推行领导干部接访下访，县级领导每月至少接访一次。\n要压实责任。要强化督查问责，确保件件有着落、事事有回音。\n";
    let new = text.replace("要压实责任。", "要压实责任。要推行领导干部接访下访，县级领导每月至少接访一次。");
    check(
        text,
        &new,
        expect![[r#"
        增加  → 要推行领导干部接访下访，县级领导每月至少接访一次。
        ！重复 第4行：这一句第 3 行也有，前一稿只有一处
    "#]],
    );
}

#[test]
fn a_table_and_what_is_said_of_it() {
    let text = "全市安排项目143个。\n| 县区 | 项目 | 投资 |\n|---|---|---|\n| 东城区 | 62 | 58 |\n| 西山区 | 45 | 41 |\n| 临湖县 | 36 | 33 |\n临湖县完成投资33亿元，进度偏慢。\n";
    check(
        text,
        &text.replace("| 45 |", "| 47 |").replace("| 33 |", "| 38 |"),
        expect![[r#"
        数字 45 → 47
        数字 33 → 38
        ！数字 第3行：“143个”原来是表里各数的合计，现在合计是 145
        ！数字 第9行：别处的“33亿元”改成了“38亿元”，这里没有改
    "#]],
    );
    check(
        text,
        &text.replace("| 33 |", "| 38 |").replace("33亿元", "38亿元"),
        expect![[r#"
        数字 33 → 38
        数字 33 → 38
    "#]],
    );
}

#[test]
fn a_list_of_paragraphs_and_its_number() {
    check(
        POINTS,
        &POINTS.replace("四、压实", "四、守住底线\n要守住底线。\n四、压实"),
        expect![[r#"
        增加  → 四、守住底线
        增加  → 要守住底线。
        ！数目 第3行：“四点意见”现在有 5 项
        ！编号 第12行：编号重复：此处“四、”应为“五、”（一、二、三、四、四）
    "#]],
    );
}

#[test]
fn a_short_name_may_have_words_behind_it() {
    let text = "环湖生态修复及岸线综合整治工程（以下简称“环湖工程”）进展顺利。\n3月底，环湖工程累计投资9.7亿元。\n";
    check(
        text,
        &text.replace("（以下简称“环湖工程”）", ""),
        expect![[r#"
        删去 （以下简称“环湖工程”） → 
        ！简称 第4行：简称“环湖工程”的说明删掉了，这里还在用
    "#]],
    );
    // In the long name it is none.
    let text = "云水县政务服务中心（以下简称“政务服务中心”）已经建成。\n云水县政务服务中心要管好。\n";
    check(
        text,
        &text.replace("（以下简称“政务服务中心”）", ""),
        expect![[r#"
        删去 （以下简称“政务服务中心”） → 
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

#[test]
fn a_paragraph_that_is_cut_in_two_is_the_same() {
    let text = "要抓好项目建设，确保上半年开工。要改善群众生活，把好事办好办实。要压实各级责任，一级抓一级。\n";
    let cut = text.replace("开工。要改", "开工。\n要改");
    check(text, &cut, expect![""]);
    check(&cut, text, expect![""]);
    check(
        &cut,
        &text.replace("改善", "关心"),
        expect![[r#"
            措辞 改善 → 关心
        "#]],
    );
}

#[test]
fn what_was_told_of_before() {
    let text = "要做到三点：一是抓早；二是抓小；三是抓实。\n要坚定信心，再接再厉。\n以上三点要求，请大家记住。\n";
    let new = text.replace("三点：", "两点：").replace("二是抓小；三是", "二是");
    check(
        text,
        &new,
        expect![[r#"
            编号和数目 三 → 两
            删去 二是抓小； → 
            编号和数目 三 → 二
            ！数目 第5行：“三点要求”现在有 2 项
        "#]],
    );
    let section = "二、突出重点，攻坚克难\n要抓好项目建设，确保上半年开工。\n";
    let text = POINTS.replace("四点意见", "几点意见").replace("见第三部分", "前面第三点已经讲了");
    let new = text.replace(section, "").replace("三、改善", "二、改善").replace("四、压实", "三、压实");
    check(
        &text,
        &new,
        expect![[r#"
            删去 二、突出重点，攻坚克难 → 
            删去 要抓好项目建设，确保上半年开工。 → 
            编号和数目 三 → 二
            编号和数目 四 → 三
            ！引用 第9行：“第三点”原来指“三、改善民生，办好实事”，现在指“三、压实责任，狠抓落实”
        "#]],
    );
}

#[test]
fn items_that_are_told_of_by_their_places() {
    let text = "一要带头学习。学习是基础，本领恐慌是最大的恐慌。\n二要带头实干。组织给你位子，是让你干事的。\n三要带头廉洁。要算好政治账、经济账、家庭账。\n我最放心不下的还是第三条。《条例》第三条要学好。\n";
    let cut = "二要带头实干。组织给你位子，是让你干事的。\n";
    check(
        text,
        &text.replace(cut, "").replace("三要带头", "二要带头"),
        expect![[r#"
        删去 二要带头实干。组织给你位子，是让你干事的。 → 
        编号和数目 三 → 二
        ！引用 第5行：“第三条”原来指“三要带头廉洁”，现在没有所指的了
    "#]],
    );
}

#[test]
fn the_columns_of_a_table_fit_each_other() {
    let text = "| 单位 | 一季度 | 二季度 | 合计 |\n|---|---|---|---|\n| 青石镇 | 12 | 23 | 35 |\n| 东湖镇 | 15 | 18 | 33 |\n| 合计 | 27 | 41 | 68 |\n";
    check(
        text,
        &text.replace("23", "25"),
        expect![[r#"
        数字 23 → 25
        ！数字 第5行：“35”原来和表里的各数对得上，现在算出来是 37
        ！数字 第7行：“41”原来和表里的各数对得上，现在算出来是 43
    "#]],
    );
    let text = "| 指标 | 去年 | 今年 | 增长% |\n|---|---|---|---|\n| 产值 | 80 | 100 | 25 |\n| 税收 | 5 | 6 | 20 |\n";
    check(
        text,
        &text.replace("| 100", "| 104"),
        expect![[r#"
        数字 100 → 104
        ！数字 第5行：“25”原来和表里的各数对得上，现在算出来是 30
    "#]],
    );
    let text = "| 单位 | 项目 |\n|---|---|\n| 青石镇 | 12 |\n| 东湖镇 | 15 |\n| 合计 | 27 |\n";
    check(
        text,
        &text.replace("| 合计", "| 石桥镇 | 9 |\n| 合计"),
        expect![[r#"
        增加  → | 石桥镇 | 9 |
        ！数字 第8行：“27”原来和表里的各数对得上，现在算出来是 36
    "#]],
    );
}
