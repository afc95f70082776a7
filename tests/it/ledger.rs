//! What is to be verified, by who is to see to it; ticked off by running it again.

use expect_test::expect;
use jianggao::word::Document;

use crate::cli::Desk;
use crate::pull::file;

const DRAFT: &str = "在全县工作会议上的讲话\n\n同志们：\n　　去年完成投资320.5亿元【待统计局核】，增长X%。工业占XX亿元（请县工信局补充）。\n　　一、提高认识\n　　XX区要带头，XX区要实干。2025年2月30日以前完成[发改委确认]。\n　　新增就业3万人，其中城镇1万人、农村1万人。\n　　二、狠抓落实\n　　谢谢大家！\n";

#[test]
fn a_row_is_a_fact_with_its_sentence() {
    let desk = Desk::new().with("讲话.txt", DRAFT);
    let answer = desk.run(&["ledger", "讲话.txt"]);
    assert_eq!((answer.code, answer.err.as_str()), (1, ""));
    expect![[r#"
        讲话.txt：待核 7 项

        统计局（2 项）
          □ 【待统计局核】
            第 4 行：去年完成投资320.5亿元【待统计局核】，增长X%。
          □ 填写“X%”（百分比）
            第 4 行：去年完成投资320.5亿元【待统计局核】，增长X%。

        县工信局（1 项）
          □ 填写“XX亿元”（数量）
            第 4 行：工业占XX亿元（请县工信局补充）。

        发改委（2 项）
          □ 日期有误：没有“2025年2月30日”
            第 6 行（一、提高认识）：2025年2月30日以前完成[发改委确认]。
          □ [发改委确认]
            第 6 行（一、提高认识）：2025年2月30日以前完成[发改委确认]。

        没有写明单位（2 项）
          □ 填写“XX区”（地名）
            第 6 行（一、提高认识）：XX区要带头，XX区要实干。
          □ 分项之和不符：总数是3万人，各项相加是2万人
            第 7 行（一、提高认识）：新增就业3万人，其中城镇1万人、农村1万人。
    "#]]
    .assert_eq(&answer.out);
}

#[test]
fn notes_to_units_are_open() {
    let draft = "同志们：\n　　去年完成投资320.5亿元（请县财政局核实），增长6.2%（数据由统计局补充）。新增就业3万人（由县人社局核实）。（此处待核）\n　　申请材料由民政局核实，会议（县委办公室筹备）照常。\n";
    let desk = Desk::new().with("讲话.txt", draft);
    let answer = desk.run(&["ledger", "讲话.txt"]);
    expect![[r#"
        讲话.txt：待核 4 项

        县财政局（1 项）
          □ （请县财政局核实）
            第 2 行：去年完成投资320.5亿元（请县财政局核实），增长6.2%（数据由统计局补充）。

        统计局（1 项）
          □ （数据由统计局补充）
            第 2 行：去年完成投资320.5亿元（请县财政局核实），增长6.2%（数据由统计局补充）。

        县人社局（2 项）
          □ （由县人社局核实）
            第 2 行：新增就业3万人（由县人社局核实）。（此处待核）
          □ （此处待核）
            第 2 行：新增就业3万人（由县人社局核实）。（此处待核）
    "#]]
    .assert_eq(&answer.out);
    // What may stand in a finished draft does not keep it back.
    let answer = desk.run(&["check", "--final", "讲话.txt"]);
    assert!(answer.code == 1 && answer.out.contains("还不能定稿：3 处待填待改"), "{}", answer.out);
    let answer = desk.run(&["fill", "讲话.txt", "--set", "XX区=东湖区"]);
    assert_eq!(answer.out, draft);
    for text in ["还有 4 处没有填：\n", "\n  第 2 行 （请县财政局核实）\n"] {
        assert!(answer.err.contains(text), "{}", answer.err);
    }
}

#[test]
fn figures_that_the_table_denies_are_listed() {
    let desk = Desk::new()
        .with("讲话.txt", "同志们：\n　　2025年，全县地区生产总值完成126.8亿元（请统计局核）。\n")
        .with("指标.csv", "指标,时期,数值,单位\n地区生产总值,2025年,128.6,亿元\n")
        .with_settings("[facts]\ntable = \"指标.csv\"\n");
    let answer = desk.run(&["ledger", "讲话.txt"]);
    assert!(
        answer.out.contains(
            "统计局（2 项）\n  □ 与指标表不符：这里是“126.8亿元”，2025年地区生产总值是 128.6亿元（指标.csv 2）"
        ),
        "{}",
        answer.out
    );
}

/// A document with its main part changed.
fn edited(bytes: &[u8], edit: impl Fn(&str) -> String) -> Vec<u8> {
    let mut parts = crate::word::parts(bytes);
    let main = parts.get_mut("word/document.xml").unwrap();
    *main = edit(main);
    crate::word::archive(&parts.iter().map(|(name, xml)| (name.as_str(), xml.as_bytes())).collect::<Vec<_>>())
}

#[test]
fn what_was_ticked_off_by_hand_and_is_still_open() {
    let desk = Desk::new().with("讲话.txt", DRAFT);
    desk.run(&["ledger", "讲话.txt", "-o", "旧.docx"]);
    let bytes = file(&desk, "旧.docx");
    // The first by another sign, the second by a control, the third by a word; the fourth was looked at, and is not done.
    let ticks = ["☑", "☒", "已核", "未核"];
    let ticked = edited(&bytes, |xml| {
        let mut parts = xml.splitn(ticks.len() + 1, "☐");
        let first = parts.next().unwrap().to_owned();
        parts.zip(ticks).fold(first, |out, (part, tick)| out + tick + part)
    });
    let desk = desk.with("打勾.docx", ticked);
    let answer = desk.run(&["ledger", "讲话.txt", "--since", "打勾.docx"]);
    let first = answer.out.lines().next().unwrap();
    assert_eq!(first, "讲话.txt：待核 7 项，其中新增 0 项；上次的已落实 0 项；打了勾、稿件里还没有落实的 3 项");
    assert_eq!(answer.out.matches("□ 〔已打勾〕").count(), 3);
    assert!(answer.out.contains("□ 〔已打勾〕填写“XX亿元”"), "{}", answer.out);
    let answer = desk.run(&["ledger", "讲话.txt", "--since", "旧.docx"]);
    assert!(!answer.out.contains("打勾"), "{}", answer.out);
}

#[test]
fn what_was_settled_and_what_is_new() {
    let desk = Desk::new().with("讲话.txt", DRAFT);
    for old in ["旧.json", "旧.docx"] {
        assert_eq!(desk.run(&["ledger", "讲话.txt", "-o", old]).code, 1);
        assert_eq!(desk.run(&["ledger", "讲话.txt", "-o", old]).code, 2, "it is there");
    }
    let same = desk.run(&["ledger", "讲话.txt", "--since", "旧.docx"]);
    assert!(same.out.starts_with("讲话.txt：待核 7 项，其中新增 0 项；上次的已落实 0 项\n"), "{}", same.out);
    // Two are filled in, a sentence is changed a little, a line is put in above, and there is a new blank.
    let now = DRAFT
        .replace("同志们：\n", "同志们：\n　　大家好！\n")
        .replace("【待统计局核】，增长X%", "，增长6.2%")
        .replace("XX区要带头，", "XX区一定要带头，")
        .replace("谢谢大家", "感谢XX同志，谢谢大家");
    let desk = desk.with("讲话.txt", now);
    for old in ["旧.json", "旧.docx"] {
        let answer = desk.run(&["ledger", "讲话.txt", "--since", old]);
        let first = answer.out.lines().next().unwrap();
        assert_eq!(first, "讲话.txt：待核 6 项，其中新增 1 项；上次的已落实 2 项");
        assert!(answer.out.contains("□ 〔新增〕填写“XX同志”"), "{}", answer.out);
        assert!(answer.out.contains("已落实（2 项）\n  √ 【待统计局核】\n    第 4 行：去年"), "{}", answer.out);
        assert!(answer.out.contains("√ 填写“X%”"), "{}", answer.out);
    }
    // The next list has them no more.
    desk.run(&["ledger", "讲话.txt", "--since", "旧.json", "-o", "新.json"]);
    let answer = desk.run(&["ledger", "讲话.txt", "--since", "新.json"]);
    assert!(answer.out.contains("新增 0 项；上次的已落实 0 项"), "{}", answer.out);
    let desk = desk.with("讲话.txt", "同志们：\n　　今天的会议开得很好，大家要抓好落实。\n");
    let answer = desk.run(&["ledger", "讲话.txt", "--since", "新.json"]);
    assert!(answer.code == 0 && answer.out.contains("没有待核的，其中新增 0 项；上次的已落实 6 项"), "{}", answer.out);
}

#[test]
fn as_a_document_a_page_a_table_and_for_programs() {
    let risky = DRAFT.replace("工业占", "<b>工业</b>占").replace("　　去年", "=cmd()，去年");
    let desk = Desk::new().with("讲话.txt", &risky).with("另.txt", "同志们：\n　　XX县长作了讲话。\n");
    for name in ["单.docx", "单.html", "单.csv"] {
        let answer = desk.run(&["ledger", "讲话.txt", "另.txt", "-o", name]);
        assert!(answer.code == 1 && answer.err.contains("待核 8 项"), "{name} {}", answer.err);
    }
    let document = Document::read(&file(&desk, "单.docx")).unwrap();
    for text in ["待核清单\n", "县工信局（1 项）\n", "\n☐\n填写“XX亿元”（数量）\n讲话.txt 第 4 行\n<b>工业</b>占XX亿元"]
    {
        assert!(document.text().contains(text), "{text} in {}", document.text());
    }
    let page = String::from_utf8(file(&desk, "单.html")).unwrap();
    assert!(page.contains("<td>☐</td>") && page.contains("&lt;b&gt;工业&lt;/b&gt;") && !page.contains("<b>"));
    let table = String::from_utf8(file(&desk, "单.csv")).unwrap();
    assert!(table.starts_with("\u{feff}\"责任单位\",\"序号\",") && table.contains("\"'=cmd()"), "{table}");
    assert_eq!(table.lines().count(), 9);
    let answer = desk.run(&["ledger", "讲话.txt", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(json["entries"][0]["responsible"], "统计局");
    assert_eq!(json["entries"][0]["places"][0]["line"], 3);
    assert_eq!(json["entries"][0]["places"][0]["path"], "讲话.txt");
}

#[test]
fn what_cannot_be_listed_is_said() {
    let desk = Desk::new()
        .with("讲话.txt", DRAFT)
        .with("坏.json", "{}")
        .with("别的.docx", crate::word::Word::new("<p><r><t>同志们：</t></r></p>").bytes())
        .with("坏.docx", b"PK\x03\x04");
    for (arguments, reason) in [
        (vec!["ledger", "没有.txt"], "没有这个文件"),
        (vec!["ledger", "坏.docx"], "无法读取 坏.docx"),
        (vec!["ledger", "讲话.txt", "--since", "坏.json"], "不是 jianggao ledger 写的清单"),
        (vec!["ledger", "讲话.txt", "--since", "讲话.txt"], "不是 jianggao ledger 写的清单"),
        (vec!["ledger", "讲话.txt", "--since", "别的.docx"], "不是 jianggao ledger 写的清单"),
        (vec!["ledger", "讲话.txt", "--since", "没有.json"], "没有这个文件"),
        (vec!["ledger", "讲话.txt", "-o", "单.pdf"], "清单可以存成"),
    ] {
        let answer = desk.run(&arguments);
        assert!(answer.code == 2 && answer.err.contains(reason), "{arguments:?}: {}{}", answer.out, answer.err);
    }
    let answer = desk.run_with_input(&["ledger", "-"], DRAFT.as_bytes());
    assert!(answer.code == 1 && answer.out.starts_with("<stdin>：待核 7 项"), "{}{}", answer.out, answer.err);
}
