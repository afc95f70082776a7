//! The figures of a draft against the table of indicators of the house.

use std::fs;

use serde_json::{Value, json};

use crate::cli::Desk;
use crate::client::{Client, uri};
use crate::word::archive;

const TABLE: &str = "指标,时期,数值,单位\n地区生产总值,2025年,6.9,%\n地区生产总值,2025年,128.6,亿元\n地区生产总值,2024年,120.3,亿元\n地区生产总值,2024年,120.3,亿元\n粮食产量,2025年,6.24,万吨\n旅游人数,2025年上半年,312.5,万人次\n一般公共预算收入,2025年,86400,万元\n";

/// What stands in a draft, and how the finding begins; `-`: nothing is found. Written before the rule.
const CASES: [(&str, &str); 26] = [
    ("2025年，全县人均地区生产总值6.8万元，迈上新台阶。", "-"),
    ("2025年，全县实现地区生产总值126.8亿元，迈上新台阶。", "与指标表不符"),
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
    ("“十四五”规划提出，2025年地区生产总值达到150亿元。", "-"),
    ("2025年，地区生产总值5000万元的村有3个。", "-"),
];

/// The head of a draft and what stands below, with how the finding begins; `-`: nothing is found. The date of the draft
/// is that of the head.
const PERIODS: [(&str, &str, &str); 21] = [
    ("（2026年3月2日）", "2025年，全县经济稳中向好。地区生产总值完成126.8亿元，迈上新台阶。", "与指标表不符"),
    ("（2026年3月2日）", "2025年，全县经济稳中向好，比上年同期增长6.9%。地区生产总值完成126.8亿元。", "与指标表不符"),
    ("（2026年3月2日）", "2025年，全县经济稳中向好。\n经济总量迈上新台阶。地区生产总值完成126.8亿元。", "与指标表不符"),
    ("（2026年3月2日）", "一、2025年工作回顾\n地区生产总值完成126.8亿元，迈上新台阶。", "与指标表不符"),
    (
        "（2026年3月2日）",
        "一、2025年工作回顾\n（一）发展稳中有进\n地区生产总值完成126.8亿元，迈上新台阶。",
        "与指标表不符",
    ),
    ("（2026年3月2日）", "去年，全县地区生产总值完成126.8亿元，迈上新台阶。", "与指标表不符"),
    ("（2026年3月2日）", "去年，全县地区生产总值完成128.6亿元，迈上新台阶。", "-"),
    ("（2026年3月2日）", "去年上半年，全县旅游人数达到321.5万人次。", "与指标表不符"),
    ("（2025年12月20日）", "今年，全县地区生产总值完成126.8亿元，迈上新台阶。", "与指标表不符"),
    ("（2025年9月2日）", "今年上半年，全县旅游人数达到321.5万人次。", "与指标表不符"),
    ("（2025年9月2日）", "今年，全县地区生产总值达到126.8亿元。", "-"),
    ("（2025年9月2日）", "今年以来，全县地区生产总值达到96.8亿元。", "-"),
    ("（2025年9月2日）", "去年，全县地区生产总值完成120.3亿元，迈上新台阶。", "-"),
    ("", "去年，全县地区生产总值完成126.8亿元，迈上新台阶。", "-"),
    ("（2026年3月2日）", "2025年，全县经济稳中向好。我们力争地区生产总值达到126.8亿元。", "-"),
    ("（2026年3月2日）", "2025年，全县经济稳中向好。“十四五”以来，发展加快。地区生产总值完成126.8亿元。", "-"),
    ("（2026年3月2日）", "一、2025年工作回顾\n成绩来之不易。\n二、下一步工作\n地区生产总值完成126.8亿元。", "-"),
    ("（2026年3月2日）", "2025年，全县经济稳中向好。柳泉镇地区生产总值完成12.8亿元。", "-"),
    ("（2026年3月2日）", "2025年，柳泉镇粮食产量1.2万吨，喜获丰收。", "-"),
    ("（2026年3月2日）", "2025年，比去年地区生产总值126.8亿元多。", "-"),
    ("（2026年3月2日）", "2024年打基础，2025年上台阶。地区生产总值完成126.8亿元。", "-"),
];

#[test]
fn the_period_is_taken_from_what_stands_before_and_from_the_date() {
    let mut wrong = Vec::new();
    let mut desk = Desk::new().with("jianggao.toml", settings()).with("指标.csv", TABLE);
    for (n, (date, line, _)) in PERIODS.iter().enumerate() {
        desk =
            desk.with(&format!("{n}.txt"), format!("在全县工作会议上的讲话\n{date}\n同志们：\n{line}\n谢谢大家！\n"));
    }
    for (n, (date, line, expected)) in PERIODS.iter().enumerate() {
        let answer = desk.run(&["check", "--format", "json", "--fail-on", "never", &format!("{n}.txt")]);
        let json: Value = serde_json::from_str(&answer.out).unwrap();
        let found = json["files"][0]["diagnostics"].as_array().unwrap();
        let said = found.iter().find(|found| found["code"] == "indicator-mismatch");
        let said = said.map_or("-", |found| found["message"].as_str().unwrap());
        if !said.starts_with(expected) {
            wrong.push(format!("{date} {line}\n  expected {expected}\n  found    {said}"));
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

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
    book(&[("指标", "", &format!("<sheetData>{rows}</sheetData>"))])
}

/// A workbook with these sheets: name, state, what is in them.
fn book(sheets: &[(&str, &str, &str)]) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let numbered = (1..).zip(sheets);
    let list: String = numbered
        .clone()
        .map(|(n, (name, state, _))| {
            let state = if state.is_empty() { String::new() } else { format!(" state=\"{state}\"") };
            format!("<sheet name=\"{name}\" sheetId=\"{n}\"{state} r:id=\"r{n}\"/>")
        })
        .collect();
    let offices = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let packages = "http://schemas.openxmlformats.org/package/2006/relationships";
    let target = |(n, _): (u32, _)| {
        format!("<Relationship Id=\"r{n}\" Type=\"{offices}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>")
    };
    let targets: String = numbered.clone().map(target).collect::<String>()
        + &format!("<Relationship Id=\"rs\" Type=\"{offices}/styles\" Target=\"styles.xml\"/>");
    let parts = [
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>".to_owned()),
        ("_rels/.rels", format!("<Relationships xmlns=\"{packages}\"><Relationship Id=\"r1\" Type=\"{offices}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")),
        ("xl/workbook.xml", format!("<workbook xmlns=\"{main}\" xmlns:r=\"{offices}\"><sheets>{list}</sheets></workbook>")),
        ("xl/_rels/workbook.xml.rels", format!("<Relationships xmlns=\"{packages}\">{targets}</Relationships>")),
        ("xl/styles.xml", format!("<styleSheet xmlns=\"{main}\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"10\"/></cellXfs></styleSheet>")),
    ];
    let parts = parts.map(|(name, xml)| (name.to_owned(), xml)).into_iter().chain(numbered.map(|(n, (.., xml))| {
        (format!("xl/worksheets/sheet{n}.xml"), format!("<worksheet xmlns=\"{main}\">{xml}</worksheet>"))
    }));
    let parts: Vec<(String, String)> = parts.collect();
    archive(&parts.iter().map(|(name, xml)| (name.as_str(), xml.as_bytes())).collect::<Vec<_>>())
}

/// What a workbook says against a draft, or why it is not read.
fn with_book(sheets: &[(&str, &str, &str)], draft: &str) -> String {
    let desk = Desk::new().with("指标.xlsx", book(sheets)).with("稿.txt", format!("同志们：\n{draft}\n"));
    let answer = desk.with("jianggao.toml", "[facts]\ntable = \"指标.xlsx\"\n").run(&["check", "稿.txt"]);
    answer.out + &answer.err
}

#[test]
fn workbooks_as_offices_make_them() {
    let text = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let number = |at: &str, style: u32, value: &str| format!("<c r=\"{at}\" s=\"{style}\"><v>{value}</v></c>");
    let row = |n: u32, cells: &[String]| format!("<row r=\"{n}\">{}</row>", cells.concat());
    let head = row(
        3,
        &["指标", "时期", "数值", "单位"]
            .iter()
            .zip(["A3", "B3", "C3", "D3"])
            .map(|(name, at)| text(at, name))
            .collect::<Vec<_>>(),
    );
    let title = row(1, &[text("A1", "主要经济指标")]);
    let draft = "2025年，全县地区生产总值完成126.8亿元，增长6.9%。2024年，全县地区生产总值完成123.3亿元。";
    // The name is merged over both years, the year is a number, an old sheet is hidden.
    let rows = [
        row(4, &[text("A4", "地区生产总值"), number("B4", 0, "2025"), number("C4", 0, "128.6"), text("D4", "亿元")]),
        row(5, &[number("B5", 0, "2024"), number("C5", 0, "120.29999999999999"), text("D5", "亿元")]),
    ];
    let sheet = format!(
        "<sheetData>{title}{head}{}</sheetData><mergeCells count=\"2\"><mergeCell ref=\"A1:D1\"/><mergeCell ref=\"A4:A5\"/></mergeCells>",
        rows.concat()
    );
    let old = sheet.replace("128.6", "118.6");
    let said = with_book(&[("旧", "hidden", &old), ("新", "", &sheet)], draft);
    assert!(said.contains("2025地区生产总值是 128.6亿元（指标.xlsx 4）"), "{said}");
    assert!(said.contains("2024地区生产总值是 120.3亿元（指标.xlsx 5）"), "{said}");
    // A date is no period, and 0.069 may be 6.9%.
    let dated = sheet.replace("<c r=\"B4\" s=\"0\"><v>2025</v></c>", "<c r=\"B4\" s=\"1\"><v>46022</v></c>");
    let said = with_book(&[("新", "", &dated)], draft);
    assert!(said.contains("第 4 行的时期“2025-12-31”是日期"), "{said}");
    let share = sheet.replace("128.6", "0.068").replacen("亿元", "%", 1).replace("地区生产总值", "地区生产总值增长");
    let said = with_book(&[("新", "", &share)], "2025年，全县地区生产总值增长6.9%。");
    assert!(said.contains("没有发现问题"), "{said}");
    // A cell that shows a percentage tells it is one, below one percent, too.
    for (held, shown) in [("0.068", "6.8%"), ("0.00625", "0.625%")] {
        let cell = share.replace("<c r=\"C4\" s=\"0\"><v>0.068</v></c>", &number("C4", 2, held));
        let said = with_book(&[("新", "", &cell)], "2025年，全县地区生产总值增长6.9%。");
        assert!(said.contains(&format!("增长是 {shown}（指标.xlsx 4）")), "{said}");
    }
}

#[test]
fn workbooks_are_read_and_bad_tables_are_told() {
    let rows = [["指标", "时期", "数值", "单位"], ["地区生产总值", "2025年", "128.6", "亿元"]];
    let desk = Desk::new().with("指标.xlsx", workbook(&rows)).with("稿.txt", format!("同志们：\n{}\n", CASES[3].0));
    let desk = desk.with("jianggao.toml", "[facts]\ntable = \"指标.xlsx\"\n");
    let answer = desk.run(&["check", "稿.txt"]);
    assert!(answer.code == 1 && answer.out.contains("128.6亿元（指标.xlsx 2）"), "{}{}", answer.out, answer.err);
    let text = "指标;时期;数值;单位\n地区生产总值;2025年;128.6;亿元\n";
    let gbk = encoding_rs::GB18030.encode(text).0.into_owned();
    let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for (name, bytes) in [("gbk", gbk.clone()), ("bom", [b"\xEF\xBB\xBF".as_slice(), &gbk].concat()), ("wide", wide)] {
        let desk = Desk::new().with("指标.csv", bytes).with("稿.txt", format!("同志们：\n{}\n", CASES[3].0));
        let answer = desk.with("jianggao.toml", settings()).run(&["check", "稿.txt"]);
        assert!(answer.out.contains("128.6亿元（指标.csv 2）"), "{name} {}{}", answer.out, answer.err);
    }
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
