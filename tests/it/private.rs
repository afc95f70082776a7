//! What must not leave the office: off unless asked for, in what a Word document shows and in what it does not.

use crate::cli::Desk;
use crate::word::Word;

const DRAFT: &str = "同志们：\n　　今天开会。受助群众的身份证号是11010519491231002X，手机138 1234 5678，卡号6222 0212 3456 7890 128。\n　　联系办公室0471-6945321。欢迎拨打监督举报电话0471-6945321或者12345。\n　　这件事是群众沈琬怡反映的（内部资料，注意保存）。\n";
const ROSTER: &str = "[[roster]]\nname = \"沈琬怡\"\nprivate = true\n";

fn codes(out: &str) -> Vec<&str> {
    let known = ["identity-number", "phone-number", "bank-card-number", "private-name", "secrecy-mark"];
    let lines = out.lines().filter(|line| line.starts_with(['警', '信', '提', '错']));
    lines.filter_map(|line| known.into_iter().find(|code| line.contains(code))).collect()
}

#[test]
fn it_is_off_unless_the_settings_ask() {
    let desk = Desk::new().with("稿.txt", DRAFT).with_settings(ROSTER);
    for arguments in [&["check", "稿.txt"][..], &["check", "--final", "稿.txt"]] {
        let answer = desk.run(arguments);
        assert_eq!(codes(&answer.out), [""; 0], "{}", answer.out);
    }
    let all = ["identity-number", "phone-number", "bank-card-number", "phone-number", "private-name", "secrecy-mark"];
    let desk = desk.with_settings(&format!("{ROSTER}[private]\nfinal = true\n"));
    assert_eq!(codes(&desk.run(&["check", "稿.txt"]).out), [""; 0]);
    let answer = desk.run(&["check", "--final", "稿.txt"]);
    assert_eq!((answer.code, codes(&answer.out)), (1, all.to_vec()), "{}", answer.out);
    let desk = desk.with_settings(&format!("{ROSTER}[private]\nalways = true\n[rules]\nphone-number = \"off\"\n"));
    let answer = desk.run(&["check", "稿.txt"]);
    let others: Vec<&str> = all.into_iter().filter(|code| *code != "phone-number").collect();
    assert_eq!((answer.code, codes(&answer.out)), (1, others), "{}", answer.out);
}

#[test]
fn a_name_is_found_with_its_characters_set_apart() {
    let roster = "[[roster]]\nname = \"李　强\"\nprivate = true\n[private]\nalways = true\n";
    for name in ["李强", "李　强", "李 强"] {
        let draft = format!("同志们：\n　　今天开会，这件事是群众{name}反映的。\n");
        let answer = Desk::new().with("稿.txt", draft).with_settings(roster).run(&["check", "稿.txt"]);
        assert_eq!(codes(&answer.out), ["private-name"], "{name} {}", answer.out);
    }
}

#[test]
fn sound_prose_is_left_alone() {
    let lines = [
        "总投资13812345678元，其中13912345678.5万元已到位，13800000000是个整数。",
        "编号110105194912310021、统一社会信用代码91150100MA0N12345X，批次6222021234567890123。",
        "请拨打服务热线0471-6945321、值班电话（0471）6945321、12345、12388、400-123-4567、114。",
        "2025-11030-1234567、2025年010-12月，坐标110.13812345678。见https://a.cn/13812345678。",
        "要严守秘密、机密，做好内部资料的保管，任何人不得外传，这是纪律。",
        "《机密文件管理办法》、秘密战线、绝密档案解密以后，大家都很受教育。",
        "卡号待定，账号150001234567890123456，订单20251130123456789012。",
    ];
    for line in lines {
        let desk =
            Desk::new().with("稿.txt", format!("同志们：\n　　{line}\n")).with_settings("[private]\nalways = true\n");
        let answer = desk.run(&["check", "稿.txt"]);
        assert_eq!(codes(&answer.out), [""; 0], "{line}\n{}", answer.out);
    }
}

#[test]
fn numbers_are_read_however_they_are_written() {
    for (text, code) in [
        ("手机１３８１２３４５６７８。", "phone-number"),
        ("手机+86 13812345678。", "phone-number"),
        ("手机138-1234-5678，", "phone-number"),
        ("号码440524188001010014", ""),
        ("身份证11010519491231002x。", "identity-number"),
        ("身份证11010519491231003X。", ""),
        ("身份证号150102 19900307 8818。", "identity-number"),
        ("身份证110105 1949 1231 002X。", "identity-number"),
        ("编号150102 19900307 8817。", ""),
        ("身份证11010519491331002X。", ""),
        ("机密★1年", "secrecy-mark"),
        ("　　秘密", "secrecy-mark"),
        ("【内部资料 注意保存】", "secrecy-mark"),
    ] {
        let desk = Desk::new()
            .with("稿.txt", format!("同志们：\n{text}\n　　今天开会，要抓好落实。\n"))
            .with_settings("[private]\nalways = true\n");
        let answer = desk.run(&["check", "稿.txt"]);
        let found = codes(&answer.out).first().copied().unwrap_or("");
        assert_eq!(found, code, "{text}\n{}", answer.out);
    }
}

#[test]
fn also_where_a_document_does_not_show_it() {
    let body = "<p><r><t>同志们：今天开会，要抓好落实，确保完成全年任务。</t></r></p>\
        <p><r><t>谢谢大家。</t></r><del id=\"1\" author=\"a\"><r><delText>手机13812345678</delText></r></del><r><rPr><vanish/></rPr><t>卡号6222021234567890128</t></r></p>\
        <sectPr><headerReference type=\"default\" r:id=\"header1\"/></sectPr>";
    let comment = "<comment id=\"0\" author=\"a\"><p><r><t>身份证11010519491231002X</t></r></p></comment>";
    let word = Word::new(body).with("comments", comment).with("header1", "<p><r><t>13912345678</t></r></p>");
    let desk = Desk::new().with("稿.docx", word.bytes()).with_settings("[private]\nfinal = true\n");
    let answer = desk.run(&["check", "--final", "稿.docx"]);
    assert_eq!(answer.code, 1);
    let all = format!("{}{}", answer.out, answer.err);
    for place in [
        "批注里有身份证号：“110*************2X”",
        "修订（删去的文字）里有电话号码：“138******78”",
        "隐藏文字里有银行卡号",
        "页眉、页脚、没有引用的脚注里有电话号码：“139******78”",
        "4 处不该出本单位的",
    ] {
        assert!(all.contains(place), "{place} in {all}");
    }
    let desk = desk.with_settings("");
    let answer = desk.run(&["check", "--final", "稿.docx"]);
    assert!(!format!("{}{}", answer.out, answer.err).contains("不该出"), "{}", answer.out);
}

#[test]
fn neither_in_pieces_nor_behind_what_is_shown() {
    let body = "<p><r><t>同志们：今天开会，要抓好落实，确保完成全年任务。</t></r></p>\
        <p><r><t>谢谢</t></r><del id=\"1\" author=\"讲稿\"><r><delText>手机138</delText></r></del><del id=\"2\" author=\"讲稿\"><r><delText>12345678</delText></r></del><ins id=\"3\" author=\"沈琬怡\"><r><t>大家。</t></r></ins></p>\
        <p><fldSimple instr=\"HYPERLINK &quot;http://a.cn/?p=13912345678&quot;\"><r><t>请看。</t></r></fldSimple></p>";
    let comment = "<comment id=\"0\" author=\"沈琬怡\"><p><r><t>好。</t></r></p></comment>";
    let word = Word::new(body).with("comments", comment);
    let desk = Desk::new().with("稿.docx", word.bytes()).with_settings(&format!("{ROSTER}[private]\nfinal = true\n"));
    let answer = desk.run(&["check", "--final", "稿.docx"]);
    let all = format!("{}{}", answer.out, answer.err);
    for place in [
        "修订（删去的文字）里有电话号码：“138******78”",
        "电话号码：“139******78”",
        "不公开的人名：“沈琬怡”",
        "3 处不该出本单位的",
    ] {
        assert!(all.contains(place), "{place} in {all}");
    }
}
