//! The figures of a draft against the table of indicators of the house.

use std::fs;

use serde_json::{Value, json};

use crate::cli::Desk;
use crate::client::{Client, uri};
use crate::word::archive;

const TABLE: &str = "指标,时期,数值,单位\n地区生产总值,2025年,6.9,%\n地区生产总值,2025年,128.6,亿元\n地区生产总值,2024年,120.3,亿元\n粮食产量,2025年,6.24,万吨\n旅游人数,2025年上半年,312.5,万人次\n一般公共预算收入,2025年,86400,万元\n";

/// What stands in a draft, and how the finding begins; `-`: nothing is found. Written before the rule.
const CASES: [(&str, &str); 22] = [
    ("2025年，全县地区生产总值完成128.6亿元，迈上新台阶。", "-"),
    (
        "2025年，全县地区生产总值完成126.8亿元，迈上新台阶。",
        "与指标表不符：这里是“126.8亿元”，2025年地区生产总值是 128.6亿元（指标.csv 3）",
    ),
    ("2025年，全县地区生产总值增长6.9%，迈上新台阶。", "-"),
    ("2025年，全县地区生产总值增长9.6%，迈上新台阶。", "与指标表不符"),
    ("2025年，全县粮食产量6.2万吨，喜获丰收。", "-"),
    ("2025年，全县粮食产量6.3万吨，喜获丰收。", "四舍五入不对"),
    ("2025年，全县粮食产量62400吨，喜获丰收。", "-"),
    ("2025年，全县地区生产总值完成120.3亿元，迈上新台阶。", "时期不对"),
    ("2024年，全县地区生产总值完成120.3亿元，迈上新台阶。", "-"),
    ("2025年上半年，全县旅游人数达到312.5万人次，人气很旺。", "-"),
    ("2025年1—6月，全县旅游人数达到321.5万人次，人气很旺。", "与指标表不符"),
    ("2025年，全县旅游人数达到600万人次，人气很旺。", "-"),
    ("2025年，全县一般公共预算收入8.64亿元，质量更好。", "-"),
    ("2025年，全县一般公共预算收入8.46亿元，质量更好。", "与指标表不符"),
    ("2025年，全省地区生产总值完成5.2万亿元，迈上新台阶。", "-"),
    ("2025年，力争全县地区生产总值达到130亿元。", "-"),
    ("2025年，全县地区生产总值达到130亿元左右。", "-"),
    ("全县地区生产总值完成126.8亿元，迈上新台阶。", "-"),
    ("去年，全县地区生产总值完成126.8亿元，迈上新台阶。", "-"),
    ("比2025年全县地区生产总值126.8亿元的基数更大。", "-"),
    ("到2030年，全县地区生产总值要突破200亿元。", "-"),
    ("2025年一季度，全县地区生产总值28.6亿元，开局良好。", "-"),
];

fn settings() -> &'static str {
    "[facts]\ntable = \"指标.csv\"\n"
}

#[test]
fn figures_that_are_not_those_of_the_table() {
    let mut wrong = Vec::new();
    let desk = Desk::new().with("jianggao.toml", settings()).with("指标.csv", TABLE);
    let drafts: String = CASES.iter().map(|(line, _)| format!("{line}\n要坚定信心、迎难而上。\n")).collect();
    let desk = desk.with("稿.txt", format!("同志们：\n{drafts}"));
    let answer = desk.run(&["check", "--format", "json", "--fail-on", "never", "稿.txt"]);
    let json: Value = serde_json::from_str(&answer.out).unwrap();
    let found = json["files"][0]["diagnostics"].as_array().unwrap();
    for (n, (line, expected)) in CASES.iter().enumerate() {
        let here =
            |found: &&Value| found["code"] == "indicator-mismatch" && found["range"]["start"]["line"] == 2 * n + 1;
        let said = found.iter().find(here).map_or("-", |found| found["message"].as_str().unwrap());
        if !said.starts_with(expected) {
            wrong.push(format!("{line}\n  expected {expected}\n  found    {said}"));
        }
    }
    assert!(wrong.is_empty(), "{}\n{}\n{}", wrong.len(), wrong.join("\n"), found.first().unwrap_or(&json));
}

/// A workbook with one sheet of these rows.
fn workbook(rows: &[[&str; 4]]) -> Vec<u8> {
    let cell = |text: &str| match text.parse::<f64>() {
        Ok(_) => format!("<c><v>{text}</v></c>"),
        Err(_) => format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>"),
    };
    let rows: String = rows.iter().map(|row| format!("<row>{}</row>", row.map(cell).concat())).collect();
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let offices = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let packages = "http://schemas.openxmlformats.org/package/2006/relationships";
    let parts = [
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>".to_owned()),
        ("_rels/.rels", format!("<Relationships xmlns=\"{packages}\"><Relationship Id=\"r1\" Type=\"{offices}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")),
        ("xl/workbook.xml", format!("<workbook xmlns=\"{main}\" xmlns:r=\"{offices}\"><sheets><sheet name=\"指标\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>")),
        ("xl/_rels/workbook.xml.rels", format!("<Relationships xmlns=\"{packages}\"><Relationship Id=\"r1\" Type=\"{offices}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>")),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>")),
    ];
    archive(&parts.iter().map(|(name, xml)| (*name, xml.as_bytes())).collect::<Vec<_>>())
}

#[test]
fn workbooks_are_read_and_bad_tables_are_told() {
    let rows = [["指标", "时期", "数值", "单位"], ["地区生产总值", "2025年", "128.6", "亿元"]];
    let desk = Desk::new().with("指标.xlsx", workbook(&rows)).with("稿.txt", format!("同志们：\n{}\n", CASES[1].0));
    let desk = desk.with("jianggao.toml", "[facts]\ntable = \"指标.xlsx\"\n");
    let answer = desk.run(&["check", "稿.txt"]);
    assert!(answer.code == 1 && answer.out.contains("128.6亿元（指标.xlsx 2）"), "{}{}", answer.out, answer.err);
    for (table, reason) in [
        ("指标,时期,单位\n甲,2025,元\n", "缺“数值”这一列"),
        ("PK\u{3}\u{4}junk", "不是 .csv，也不是 .xlsx"),
        ("", "没有列名"),
    ] {
        let desk = Desk::new().with("指标.csv", table).with("jianggao.toml", settings()).with("稿.txt", "同志们：\n");
        let answer = desk.run(&["check", "稿.txt"]);
        assert!(answer.code == 2 && answer.err.contains(reason), "{reason} {}", answer.err);
    }
    let desk = Desk::new().with("jianggao.toml", settings()).with("稿.txt", "同志们：\n");
    let answer = desk.run(&["check", "稿.txt"]);
    assert!(answer.code == 2 && answer.err.contains("没有这个文件"), "{}", answer.err);
}

#[tokio::test]
async fn the_editor_completes_figures_and_goes_to_the_row() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("jianggao.toml"), settings()).unwrap();
    fs::write(folder.path().join("指标.csv"), TABLE).unwrap();
    let draft = uri(&folder.path().join("稿.txt"));
    let mut client = Client::start().await;
    client.open(&draft, "同志们：\n2025年，全县地区生产总值完成126.8亿元。\n2024年，全县地区生产总值达到\n").await;
    let found = client.diagnostics(&draft, 1).await;
    assert!(found.iter().any(|found| found["code"] == "indicator-mismatch"), "{found:?}");
    let place = client.at("textDocument/definition", &draft, (1, 10)).await.unwrap();
    assert_eq!(place[0]["range"]["start"], json!({ "line": 2, "character": 0 }));
    assert!(place[0]["uri"].as_str().unwrap().ends_with(".csv"), "{place}");
    let offered = client.at("textDocument/completion", &draft, (2, 16)).await.unwrap();
    let items = offered["items"].as_array().or(offered.as_array()).unwrap();
    assert_eq!(items[0]["label"], "120.3亿元", "{offered}");
}
