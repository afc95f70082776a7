//! Short names that the draft defines.

use expect_test::{Expect, expect};
use jianggao::locale::Locale;

use crate::features::{analysed, cursors, marked, markup};

use jianggao::features::short_names::short_name_at;

/// The draft with all uses of the short name marked, and what is said of it.
#[track_caller]
fn check(draft: &str, expected: Expect) {
    let (text, places) = cursors(draft);
    let (lines, _, analysis) = analysed(&text, markup(&text));
    let shown = match short_name_at(&analysis, &lines, places[0]) {
        Some(name) => {
            assert!(name.uses.contains(&name.span));
            format!("{}\n{}\n", marked(&text, &name.uses), name.explained(Locale::Hans))
        }
        None => "没有".to_owned(),
    };
    expected.assert_eq(&shown);
}

#[test]
fn where_it_stands_as_a_whole() {
    check(
        "全县重点水利工程（以下简称“水利工程”）今天开工。\n水利工$0程是大事，要把水利工程建好。水利工程队要早到，农田水利工程也要跟上。\n对水利工程的投入，按“水利工程”一项列支。",
        expect![[r#"
            全县重点水利工程（以下简称“⟦水利工程⟧”）今天开工。
            ⟦水利工程⟧是大事，要把水利工程建好。水利工程队要早到，农田水利工程也要跟上。
            对⟦水利工程⟧的投入，按“⟦水利工程⟧”一项列支。
            **水利工程** 简称，第 1 行：全县重点水利工程（以下简称“水利工程”）

            全文 4 处
        "#]],
    );
    check(
        "《全县春耕备耕工作实施方案》（以下简称《方$0案》）已经印发。\n各乡镇要照《方案》办，实施方案要细，按方案来。",
        expect![[r#"
            《全县春耕备耕工作实施方案》（以下简称《⟦方案⟧》）已经印发。
            各乡镇要照《⟦方案⟧》办，实施方案要细，按方案来。
            **方案** 简称，第 1 行：《全县春耕备耕工作实施方案》（以下简称“方案”）

            全文 2 处
        "#]],
    );
}

#[test]
fn where_nothing_is_certain() {
    // Two characters without marks; two definitions; none.
    check("县农机站（以下简称农站）负责。\n由农$0站牵头。", expect!["没有"]);
    check("甲公司（以下简称“承建公司”）和乙公司（以下简称“承建公司”）。\n“承建$0公司”要早到。", expect!["没有"]);
    check("水利工$0程是大事。", expect!["没有"]);
    check("全县水利工程（以下简称“水利工程”）。\n农田水利$0工程也要跟上。", expect!["没有"]);
}
