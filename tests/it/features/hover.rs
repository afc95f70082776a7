//! What hover says.

use expect_test::{Expect, expect};
use jianggao::analysis::Markup;
use jianggao::features::hover::{beside_findings, hover};
use jianggao::locale::Locale;
use jianggao::text::{Lines, Point};
use proptest::prelude::*;

use crate::features::{analysed, cursors, markup};

#[track_caller]
fn check(draft: &str, expected: Expect) {
    check_in(Locale::Hans, draft, expected);
}

#[track_caller]
fn check_in(locale: Locale, draft: &str, expected: Expect) {
    let (text, places) = cursors(draft);
    let (lines, settings, analysis) = analysed(&text, markup(&text));
    let out = hover(&analysis, &lines, &settings, locale, places[0]).map_or_else(String::new, |hover| {
        assert!(hover.span.touches(places[0]));
        format!("[{}]\n{}\n", lines.text(hover.span), hover.markdown)
    });
    expected.assert_eq(&out);
}

#[test]
fn what_the_editor_shows_already_is_not_said_again() {
    let (text, places) = cursors("XX区要带头，XX区要走在前列。\n一要快，$0一要稳，三要准。\n");
    let (lines, settings, analysis) = analysed(&text, markup(&text));
    let [all, beside] = [hover, beside_findings]
        .map(|told| told(&analysis, &lines, &settings, Locale::Hans, places[0]).expect("something to say").markdown);
    let is_said = |text: &str| ["应为", "可用的改法", "numbering-duplicate", "本列第"].map(|part| text.contains(part));
    assert_eq!((is_said(&all), is_said(&beside)), ([true; 4], [false, false, true, true]), "{all}\n---\n{beside}");
}

#[test]
fn a_marker() {
    check(
        "同志们：\n下面，我讲三点意见。\n一、抓播种\n$0二、抓管护\n三、抓收割\n",
        expect![[r#"
            [二、]
            **二、** 汉字序号，第 1 层，本列第 2 项，共 3 项

            宣布“三点意见”，与所列相符

            - 一、抓播种
            - **二、抓管护**
            - 三、抓收割
        "#]],
    );
    check(
        "春耕要抓紧：一要抢农时，$0二要保质量。",
        expect![[r#"
            [二要]
            **二要** “一要”式序号，第 1 层，本列第 2 项，共 2 项

            - 一要抢农时
            - **二要保质量**
        "#]],
    );
}

#[test]
fn a_marker_with_a_defect() {
    check(
        "一要抢农时，$0一要保质量，三要保安全，四要保供应。",
        expect![[r#"
            [一要]
            **一要** “一要”式序号，第 1 层，本列第 2 项，共 4 项

            - 一要抢农时
            - **一要保质量**
            - 三要保安全
            - 四要保供应

            编号重复：此处“一要”应为“二要”（一、一、三、四）

            编号重复 `numbering-duplicate`：听众按序号记要点，序号重复，后面的要点就对不上。只错一个数字时给出唯一改法；多出一项时从此处起重新编号。

            依据：实务：同一层次连续编号是通行做法，不是国标条文。

            可用的改法：改为“二要”
        "#]],
    );
}

#[test]
fn a_count_that_does_not_agree() {
    check_in(
        Locale::English,
        "下面，我讲三点意见。\n$0一、抓播种\n二、抓管护\n最后大家分头去办。",
        expect![[r#"
            [一、]
            **一、** a Chinese numeral, level 1, item 1 of 2

            Announced as ‘三点意见’ (3), but 2 are listed

            - **一、抓播种**
            - 二、抓管护
        "#]],
    );
}

#[test]
fn a_long_list_is_shown_in_part() {
    let list: String = (1..=12).map(|n| format!("{n}.第{n}件事要办好。\n")).collect();
    check(
        &list.replace("8.第", "$08.第"),
        expect![[r#"
        [8.]
        **8\.** 阿拉伯数字序号，第 1 层，本列第 8 项，共 12 项

        - ……
        - 5\.第5件事要办好
        - 6\.第6件事要办好
        - 7\.第7件事要办好
        - **8\.第8件事要办好**
        - 9\.第9件事要办好
        - 10\.第10件事要办好
        - 11\.第11件事要办好
        - ……
    "#]],
    );
}

#[test]
fn a_placeholder() {
    check(
        "今年，$0XX县完成投资X亿元，XX县的同志很辛苦，*同志也来了。",
        expect![[r#"
            [XX县]
            占位符“XX县”未填写：地名（全文 2 处）

            占位符未填 `placeholder`：占位符会被原样念出来。报告写明空位要填的是什么（地名、数量、日期……），同一名称在全文有几处也一并写明；只写法存疑的（如“～年”“某同志”）降为提示。

            依据：实务：讲话稿套用范文或边写边留空的通行写法；没有标准条文。

            全文还有 4 处未填：地名 2，人名 1，数量 1
        "#]],
    );
    check_in(
        Locale::Hant,
        "同志們：今年，$0××縣完成投資×億元。",
        expect![[r#"
            [××縣]
            佔位符“××縣”未填寫：地名

            佔位符未填 `placeholder`：佔位符會被原樣念出來。報告寫明空位要填的是什麼（地名、數量、日期……），同一名稱在全文有幾處也一併寫明；只寫法存疑的（如「～年」「某同志」）降為提示。

            依據：實務：講話稿套用範文或邊寫邊留空的通行寫法；沒有標準條文。

            全文還有 2 處未填：地名 1，數量 1
        "#]],
    );
}

#[test]
fn nothing_to_say() {
    check("同志们：$0今天开个会。", expect![[""]]);
    check("一、$0抓播种\n二、抓管护", expect![[""]]);
}

proptest! {
    #[test]
    fn any_place_will_do(
        text in "[一二三、（），。；：“”第是要XX×某1.\n 春耕县]{0,60}",
        line in 0u32..12, byte in 0u32..200,
    ) {
        let (lines, settings, analysis) = analysed(&text, Markup::Plain);
        hover(&analysis, &lines, &settings, Locale::Hans, Point::new(line, byte));
    }
}
