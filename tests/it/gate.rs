//! Nothing is cleared that has not been read, and nothing that has only been kept from sight.

use std::fs;

use encoding_rs::GB18030;

use crate::cli::{Answer, Desk, SPEECH, answer, utf16};

/// What an answer must not say of what was not read.
const CLEAR: [&str; 4] = ["没有发现问题", "可以定稿", "nothing found", "ready\n"];

#[track_caller]
fn refused(answer: &Answer, reason: &str) {
    let said = format!("{}{}", answer.out, answer.err);
    assert_eq!(answer.code, 2, "{said}");
    assert!(said.contains(reason), "{reason}: {said}");
    for word in CLEAR {
        assert!(!said.contains(word) || word == "ready\n" && said.contains("not ready"), "{word}: {said}");
    }
}

const WORD: &[u8] = b"PK\x03\x04\x14\0\0\0\0\0[Content_Types].xmlPK\x03\x04word/document.xml";
const OLD_OFFICE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0";
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<< /Title (speech) >>\nendobj\n%%EOF\n";

#[test]
fn other_formats_are_named_with_a_remedy() {
    let rich = [b"{\\rtf1\\ansi ".as_slice(), &GB18030.encode("同志们，XX区要带头。}").0].concat();
    for (name, content, kind, remedy) in [
        ("稿.docx", WORD, "Word 文档已损坏", "另存为 .docx"),
        ("稿.txt", WORD, "Word 文档已损坏", "另存为 .docx"),
        ("稿.doc", OLD_OFFICE, "Word 文档", "另存为 .docx"),
        ("稿.wps", OLD_OFFICE, "WPS 文档", "另存为 .docx"),
        ("稿.pdf", PDF, "PDF 文档", "原稿另存为纯文本"),
        ("稿.txt", PDF, "PDF 文档", "原稿另存为纯文本"),
        ("稿.rtf", &rich, "RTF 文档", "另存为 .docx"),
        ("稿.txt", &rich, "RTF 文档", "另存为 .docx"),
        ("稿.txt", b"\x89PNG\r\n\x1a\n", "图片", "识别出图中的文字"),
        ("稿.zip", b"PK\x03\x04 a.txt", "压缩包", "解压"),
        ("稿.md", b"MIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n5ZCM5b+X\n", "网页存档", "浏览器"),
    ] {
        let desk = Desk::new().with(name, content).with("好.txt", SPEECH);
        for arguments in [&["check", name][..], &["check", "--final", name], &["check", "--quiet", name, "好.txt"]] {
            let answer = desk.run(arguments);
            refused(&answer, kind);
            assert!(answer.err.contains(remedy), "{}", answer.err);
        }
    }
}

#[test]
fn what_is_no_text_is_refused() {
    let junk: Vec<u8> = (1..=255).cycle().take(4000).collect();
    for (content, reason) in
        [(&junk[..], "不是文本文件"), (b"\xe4\xb8\xad\0", "不是文本文件"), (b"caf\xe9", "认不出编码")]
    {
        let desk = Desk::new().with("稿.txt", content);
        refused(&desk.run(&["check", "稿.txt"]), reason);
        refused(&desk.run(&["check", "--final", "稿.txt"]), reason);
    }
}

#[test]
fn encodings_of_texts_are_no_obstacle() {
    for content in [
        SPEECH.as_bytes().to_vec(),
        format!("\u{feff}{SPEECH}").into_bytes(),
        GB18030.encode(SPEECH).0.into_owned(),
        utf16(SPEECH, [0xff, 0xfe], u16::to_le_bytes),
        utf16(SPEECH, [0xfe, 0xff], u16::to_be_bytes),
    ] {
        let answer = Desk::new().with("稿.txt", content).run(&["check", "--final", "稿.txt"]);
        assert!(answer.code == 0 && answer.out.ends_with("可以定稿\n"), "{}{}", answer.out, answer.err);
    }
}

#[test]
fn what_may_be_a_blank_is_named_where_all_is_clear() {
    let text = format!("{SPEECH}\n　　要办好第……届运动会。\n");
    let answer = Desk::new().with("稿.txt", text).run(&["check", "--final", "稿.txt"]);
    assert_eq!((answer.code, answer.out.lines().last()), (0, Some("可以定稿（有 1 处像是占位符，请看一看）")));
}

#[test]
fn where_nothing_is_read_nothing_is_cleared() {
    let entities: String = SPEECH.chars().map(|c| format!("&#{};", c as u32)).collect();
    for (name, content, reason) in [
        ("a.txt", "", "空的"),
        ("a.txt", "\u{feff} \t\n　　\n\u{200b}\n", "空的"),
        ("a.md", "---\n\n***\n\n```\n```\n", "没有可查的中文正文"),
        ("a.md", &format!("```\n{SPEECH}XX区\n```\n"), "没有可查的中文正文"),
        ("a.txt", "Dear all,\n\nthis speech has XX to fill in.\n", "没有可查的中文正文"),
        ("a.txt", &entities, "没有可查的中文正文"),
    ] {
        let desk = Desk::new().with(name, content);
        refused(&desk.run(&["check", "--final", name]), reason);
        let plain = desk.run(&["check", name]);
        // Another language is no draft; Chinese text that was not read is not cleared.
        let is_draft = reason == "空的" || content.contains("XX区");
        assert_eq!(plain.code, if is_draft { 2 } else { 0 }, "{content}");
        assert!(plain.err.contains(reason) && !plain.out.contains("没有发现问题"), "{}", plain.out);
    }
    let desk = Desk::new().with("a/x.log", "1");
    refused(&desk.run(&["check", "a"]), "a 里没有稿件（.txt");
    refused(&desk.run(&["check", "--final", "a"]), "a 里没有稿件（.txt");
    refused(&desk.run_with_input(&["check", "--final", "-"], b""), "空的");
    // Most of it is code.
    let desk = Desk::new().with("a.md", format!("讲话\n\n```\n{SPEECH}XX区\n```\n"));
    refused(&desk.run(&["check", "--final", "a.md"]), "没有可查的中文正文");
}

#[test]
fn what_lies_in_folders_is_counted_aloud() {
    let desk = Desk::new()
        .with("a/一.docx", WORD)
        .with("a/二.docx", WORD)
        .with("a/~$二.docx", WORD)
        .with("a/三.wps", OLD_OFFICE)
        .with("a/图.png", b"\x89PNG")
        .with("a/四.txt", SPEECH);
    let answer = desk.run(&["check", "a"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    for part in ["跳过 a/一.docx：这份 Word 文档已损坏", "跳过 a/二.docx", "跳过 1 个 WPS 文档", "跳过 1 个图片"]
    {
        assert!(answer.err.contains(part), "{part}: {}", answer.err);
    }
    refused(&desk.run(&["check", "--final", "a"]), "3 个没有查成");
    // Pictures beside a draft are usual.
    let desk = Desk::new().with("a/图.png", b"\x89PNG").with("a/四.txt", SPEECH);
    let answer = desk.run(&["check", "--final", "a"]);
    assert!(answer.code == 0 && answer.err.contains("跳过 1 个图片"), "{}", answer.err);
    // Only documents: no draft at all.
    refused(&Desk::new().with("a/一.docx", WORD).run(&["check", "a"]), "跳过 a/一.docx");
    for (name, content) in [("a/坏.txt", &b"caf\xe9 ol\xe9"[..]), ("a/空.txt", b" \n")] {
        let desk = Desk::new().with(name, content).with("a/好.txt", SPEECH);
        let answer = desk.run(&["check", "a"]);
        assert!(answer.code == 0 && answer.err.contains(&format!("跳过 {name}")), "{}", answer.err);
        refused(&desk.run(&["check", "--final", "a"]), name);
    }
}

#[test]
fn what_may_be_a_draft_in_a_folder_is_not_passed_over_in_silence() {
    let gb = GB18030.encode(SPEECH).0.into_owned();
    for (name, content, said) in [
        ("a/.草稿.txt", SPEECH.as_bytes(), "跳过 1 个隐藏的稿件：a/.草稿.txt"),
        ("a/.旧/讲话", &gb, "跳过 1 个隐藏的稿件：a/.旧/讲话"),
        ("a/.旧/一.docx", WORD, "跳过 1 个隐藏的稿件：a/.旧/一.docx"),
        ("a/b.htm", "<p>同志们：</p>".as_bytes(), "跳过 1 个网页：a/b.htm"),
        ("a/讲话", SPEECH.as_bytes(), "跳过 1 个名字不像稿件的中文文本：a/讲话"),
        ("a/讲话.二稿", &gb, "跳过 1 个名字不像稿件的中文文本：a/讲话.二稿"),
        ("a/讲话.rst", SPEECH.as_bytes(), "跳过 1 个名字不像稿件的中文文本：a/讲话.rst"),
        ("a/无名", PDF, "跳过 1 个 PDF 文档：a/无名"),
    ] {
        let desk = Desk::new().with("a/四.txt", SPEECH).with(name, content);
        let answer = desk.run(&["check", "a"]);
        assert!(answer.code == 0 && answer.err.contains(said), "{said}: {}", answer.err);
        let answer = desk.run(&["check", "--final", "a"]);
        refused(&answer, "1 个没有查成");
        assert!(answer.err.contains(said), "{said}: {}", answer.err);
    }
}

#[test]
fn what_is_no_draft_in_a_folder_is_no_obstacle() {
    let mut desk = Desk::new().with("a/四.txt", SPEECH);
    for (name, content) in [
        ("a/.git/COMMIT_EDITMSG", "改一处提法，补一段结尾。\n"),
        ("a/.github/PULL_REQUEST_TEMPLATE.md", "What does it change?\n"),
        ("a/b.html", "<p>Hello</p>"),
        ("a/LICENSE", "Permission is hereby granted\n"),
        ("a/提法.tsv", "text\tright\twrong\n四个意识\t好句子在这里\t坏句子在这里\n"),
        ("a/jianggao.toml", "allow = [\"某某\"] # 这里写着不再提示的词语\n"),
        ("a/~$四.docx", "某某人的电脑"),
        ("a/.~lock.四.docx#", "某某人的电脑"),
        ("a/四.txt~", SPEECH),
    ] {
        desk = desk.with(name, content);
    }
    let answer = desk.run(&["check", "--final", "a"]);
    assert!(answer.code == 0 && answer.err.is_empty(), "{}{}", answer.out, answer.err);
}

#[cfg(unix)]
#[test]
fn links_to_folders_are_named_and_bounded() {
    use std::os::unix::fs::symlink;
    let desk =
        Desk::new().with("a/四.txt", SPEECH).with("b/五.txt", BLANK).with("c/x.log", "1").with("a/子/六.txt", SPEECH);
    let link = |to: &str, at: &str| symlink(desk.folder.path().join(to), desk.folder.path().join(at)).unwrap();
    // Round and round, to what is read anyway, and to what holds no draft.
    link("a", "a/子/回");
    link("a/子", "a/又");
    link("c", "a/空");
    let answer = desk.run(&["check", "--final", "a"]);
    assert!(answer.code == 0 && answer.err.is_empty(), "{}{}", answer.out, answer.err);
    link("b", "a/外");
    let answer = desk.run(&["check", "a"]);
    assert!(answer.code == 0 && answer.err.contains("跳过 1 个链接到别处的文件夹：a/外"), "{}", answer.err);
    refused(&desk.run(&["check", "--final", "a"]), "1 个没有查成");
    // What is named is gone through, and a link to a file is the file.
    assert_eq!(desk.run(&["check", "--final", "a/外"]).code, 1);
    link("b/五.txt", "c/七.txt");
    assert_eq!(desk.run(&["check", "--final", "c"]).code, 1);
}

#[test]
fn drafts_that_are_ignored_are_not_cleared() {
    let desk = Desk::new()
        .with("a/四.txt", SPEECH)
        .with("a/旧/稿.txt", SPEECH)
        .with("a/草.md", "XX区要带头。\n")
        .with("a/.gitignore", "旧/\n*.md\n");
    let answer = desk.run(&["check", "--final", "a"]);
    assert_eq!(answer.code, 0, "{}{}", answer.out, answer.err);
    for part in ["没有查的稿件 2 个", "a/旧/稿.txt、a/草.md", "可以定稿（被忽略的 2 个稿件没有查，不在其内）"]
    {
        assert!(answer.out.contains(part), "{part}: {}", answer.out);
    }
    // What is named is read.
    let answer = desk.run(&["check", "--final", "a", "a/旧/稿.txt"]);
    assert!(answer.out.contains("没有查的稿件 1 个") && answer.out.contains("：a/草.md"), "{}", answer.out);
    assert_eq!(desk.run(&["check", "--final", "a/草.md"]).code, 1);
}

#[test]
fn settings_with_mistakes_clear_nothing() {
    for (text, reason) in [
        ("allow = [\"甲\"", "TOML 写法有误"),
        ("alow = [\"甲\"]\n", "是不是“allow”？"),
        ("[rules]\nplacehodler = \"error\"\n", "没有规则"),
        ("[formulations]\npacks = [\"无.tsv\"]\n", "没有采用"),
        ("[[ignore]]\nrule = \"placeholder\"\n", "缺少“text”"),
    ] {
        let desk = Desk::new().with("a.txt", SPEECH).with_settings(text);
        refused(&desk.run(&["check", "a.txt"]), reason);
        refused(&desk.run(&["check", "--final", "a.txt"]), reason);
    }
}

const BLANK: &str = "同志们：\n　　XX区要带头，把各项工作落到实处。\n";

/// A final check that something keeps from seeing the blank: it says what, and clears only what is accepted.
#[track_caller]
fn concealed(desk: &Desk, more: &[&str], limit: &str) {
    let draft = ["check", "--final", "a.txt"];
    let answer = desk.run(&[&draft[..], more].concat());
    assert_eq!(answer.code, 1, "{}{}", answer.out, answer.err);
    assert!(answer.out.contains(limit), "{limit}: {}", answer.out);
    assert!(answer.out.contains("略过的问题 1 处：\n  a.txt:"), "{}", answer.out);
    assert!(
        answer.out.ends_with("还不能定稿：1 处占位符只是被略过（确认有意保留，加 --accept-suppressed）\n"),
        "{}",
        answer.out
    );
    assert!(!answer.out.contains("没有发现问题"), "{}", answer.out);
    let json = desk.run(&[&draft[..], more, &["--format", "json"]].concat());
    let verdict = &json.json()["final"];
    assert_eq!((json.code, &verdict["ready"], &verdict["hidden"][0]["placeholder"]), (1, &false.into(), &true.into()));
    let accepted = desk.run(&[&draft[..], more, &["--accept-suppressed"]].concat());
    assert!(accepted.code == 0 && accepted.out.ends_with("可以定稿\n"), "{}", accepted.out);
    assert!(accepted.out.contains(limit), "it is shown all the same");
}

#[test]
fn what_hides_a_blank_is_shown_and_does_not_clear_it() {
    for (settings, limit) in [
        ("allow = [\"XX\"]\n", "allow “XX”：略过 1 处"),
        ("allow-patterns = ['X+|×+']\n", "allow-patterns 'X+|×+'：略过 1 处"),
        ("[placeholders]\nremove = [\"XX\"]\n", "[placeholders] remove “XX”：略过 1 处"),
        ("[rules]\nplaceholder = \"off\"\n", "关闭的规则 1 条：placeholder（略过 1 处）"),
        (
            "[[ignore]]\nrule = \"placeholder\"\ntext = \"XX区要带头\"\nfile = \"a.txt\"\n",
            "[[ignore]] placeholder “XX区要带头” (a.txt)：略过 1 处",
        ),
    ] {
        let desk = Desk::new().with("a.txt", BLANK).with_settings(settings);
        concealed(&desk, &[], limit);
        assert!(desk.run(&["check", "--final", "a.txt"]).out.contains("设置文件 "), "{settings}");
    }
    for (note, line) in [("【讲稿：忽略】\n", 2), ("【讲稿：忽略 placeholder】\n", 2)] {
        let desk = Desk::new().with("a.txt", BLANK.replace('　', "").replace("XX", &format!("{note}XX")));
        concealed(&desk, &[], &format!("a.txt 第 {line} 行的忽略标记：略过 1 处"));
    }
    concealed(&Desk::new().with("a.txt", format!("【讲稿：忽略全文】\n{BLANK}")), &[], "a.txt 第 1 行的忽略标记");
    let desk = Desk::new().with("a.txt", BLANK);
    assert_eq!(desk.run(&["check", "--baseline", "b.json", "--write-baseline", "a.txt"]).code, 0);
    concealed(&desk, &["--baseline", "b.json"], "基线 b.json：记有 1 处，这次略过 1 处");
}

#[test]
fn exceptions_are_of_one_draft_and_tell_when_they_are_of_no_use() {
    let ignore = |file: &str| format!("[[ignore]]\nrule = \"占位符未填\"\ntext = \"XX区要带头\"\nfile = \"{file}\"\n");
    let desk = Desk::new().with("春/a.txt", BLANK).with_settings(&ignore("./春/a.txt"));
    assert_eq!(desk.run(&["check", "春/a.txt"]).code, 0);
    assert!(desk.run(&["check", "--quiet", "春"]).out.starts_with("1 个文件，没有发现问题\n"));
    let desk = desk.with("春/b.txt", BLANK);
    assert_eq!(desk.run(&["check", "春/b.txt"]).code, 1);
    let desk = desk.with_settings(&ignore("春/b.txt"));
    assert_eq!(desk.run(&["check", "春/a.txt"]).code, 1);
    let desk = Desk::new().with("a.txt", SPEECH).with_settings(&ignore("a.txt"));
    let answer = desk.run(&["check", "--final", "a.txt"]);
    assert!(answer.code == 0 && answer.out.contains("(a.txt)：没有用上，可以删去"), "{}", answer.out);
}

#[test]
fn what_else_limits_the_check_is_listed() {
    let desk = Desk::new()
        .with("p/.git/HEAD", "ref: refs/heads/main\n")
        .with("p/a.md", format!("{SPEECH}\n```\n代码\n```\n"))
        .with("home/jianggao/jianggao.toml", "[rules]\nnumbering-gap = \"off\"\nrepeated-word = \"hint\"\n")
        .with_settings("[formulations]\nbuiltin = false\n");
    let answer = desk.run(&["check", "--final", "p/a.md"]);
    assert_eq!(answer.code, 0, "{}{}", answer.out, answer.err);
    for part in [
        "jianggao.toml（自己的，对所有稿件起作用）",
        "jianggao.toml（在稿件所在的仓库之外）",
        "关闭的规则 1 条：numbering-gap（略过 0 处）",
        "降到警告以下的规则 1 条：repeated-word",
        "没有用内置的提法目录",
        "p/a.md 有 2 个汉字在代码块、注释等处，没有查",
    ] {
        assert!(answer.out.contains(part), "{part}: {}", answer.out);
    }
}

#[test]
fn in_plain_text_code_and_comments_are_seen_and_read() {
    for text in [
        "　　请`XX`同志牵头落实。\n",
        "　　请``XX``同志牵头落实。\n",
        "　　请<!--XX-->同志牵头落实。\n",
        "<!-- XX区要带头 -->\n",
        "<!--\nXX区要带头，抓好落实。\n-->\n",
        "　　要抓好落实。<!-- 请XX同志牵头。\n",
        "<a href=\"请XX区带头\">甲</a>要抓好落实。\n",
        "　　请登录www.a.cn查看XX区的情况。\n",
        "　　请看https://a.cn，XX区要带头。\n",
    ] {
        let answer = Desk::new().with("a.txt", format!("{SPEECH}{text}")).run(&["check", "--final", "a.txt"]);
        assert!(answer.code == 1 && answer.out.contains("XX"), "{text}{}{}", answer.out, answer.err);
    }
    // Two lines around words are no front matter.
    let ruled = "---\n同志们，今天开会。\n请XX同志牵头落实。\n---\n要抓好各项工作的落实，推动发展再上新台阶。\n";
    let answer = Desk::new().with("a.txt", ruled).run(&["check", "--final", "a.txt"]);
    assert!(answer.code == 1 && answer.out.contains("XX同志"), "{}{}", answer.out, answer.err);
    // A note to the program is none.
    let noted = format!("{SPEECH}<!-- 讲稿：忽略 -->\n　　请XX同志牵头落实。\n");
    let answer = Desk::new().with("a.txt", noted).run(&["check", "a.txt"]);
    assert_eq!(answer.code, 0, "{}", answer.out);
}

#[test]
fn what_markdown_hides_is_named() {
    for (text, limit) in [
        ("请`XX`同志牵头。\n", "有 1 处像占位符的记号在代码、注释等处，没有查：第 4 行“XX”"),
        ("请<!--XX-->同志牵头。\n", "第 4 行“XX”"),
        ("<!-- XX区 -->\n", "第 4 行“XX”"),
        ("请<!-- 此处补充数据 -->同志牵头。\n", "有 6 个汉字在代码块、注释等处"),
        ("## `XX区`\n", "第 4 行“XX”"),
        ("> ![[XX区]]\n", "第 4 行“[XX区]”"),
        ("- **甲**_<!--XX-->_\n", "第 4 行“XX”"),
        ("[^1]: <!--XX-->好\n", "第 4 行“XX”"),
        ("看https://a.cn/请某人带头 。\n", "有 5 个汉字"),
        ("[^1]: <!--XX-->\n", "第 4 行“XX”"),
        ("<b><!--\nXX区要带头\n--></b>\n", "第 5 行“XX”"),
        ("`{{ XX区 }}`要抓好\n", "第 4 行“{{ XX区 }}”"),
        ("<img alt=\"甲\n请XX同志带头\">好\n", "第 5 行“XX”"),
        ("![XX区的图](a.png)\n", "第 4 行“XX”"),
        ("见[说明](a.md \"XX区\")。\n", "第 4 行“XX”"),
        ("```\n完成投资XX亿元\n```\n", "第 5 行“XX”"),
        ("见[说明](<通知XX区.md>)。\n", "第 4 行“XX”"),
        ("见[[XX区|说明]]和[名单](a/XX同志.md)。\n", "第 4 行“XX”、第 4 行“XX”"),
        ("要抓好[^XX区]。\n", "第 4 行“XX”"),
        ("## 附则 {#XX区}\n", "第 4 行“XX”"),
        ("---\nauthor: XX\n---\n", ""),
    ] {
        let answer = Desk::new().with("a.md", format!("{SPEECH}\n{text}")).run(&["check", "--final", "a.md"]);
        let is_named = !limit.is_empty() && answer.code == 0 && answer.out.contains(limit);
        assert!(is_named || limit.is_empty() && answer.code == 1, "{text}{}{}", answer.out, answer.err);
    }
    let front = format!("---\nauthor: XX局\n---\n\n{SPEECH}");
    let answer = Desk::new().with("a.md", front).run(&["check", "--final", "a.md"]);
    assert!(answer.out.contains("第 2 行“XX”"), "{}", answer.out);
    // Targets and names of places are no words, but may wait for some.
    let linked = format!(
        "{SPEECH}\n见[说明](通知.md)、[通知][通知二]和`a.txt`。\n\n[通知二]: b.md\n\n## 附则 {{#附则}}\n\n略。\n"
    );
    let answer = Desk::new().with("a.md", linked).run(&["check", "--final", "a.md"]);
    assert!(answer.code == 0 && !answer.out.contains("没有查：第"), "{}", answer.out);
}

#[test]
fn a_final_check_changes_and_accepts_nothing_by_the_way() {
    let desk = Desk::new().with("a.txt", BLANK);
    for arguments in [
        &["check", "--final", "--diff", "a.txt"][..],
        &["check", "--final", "--baseline", "b.json", "--write-baseline", "a.txt"],
        &["check", "--final", "--fix", "-"],
        &["check", "--accept-suppressed", "a.txt"],
    ] {
        let answer = desk.run_with_input(arguments, BLANK.as_bytes());
        assert_eq!((answer.code, answer.out.as_str()), (2, ""), "{arguments:?}");
    }
}

#[test]
fn the_gate_speaks_three_languages() {
    let desk = Desk::new().with("a.docx", WORD).with("b.txt", BLANK).with_settings("allow = [\"XX\"]\n");
    for (locale, kind, limit) in [
        ("zh_TW.UTF-8", "這份 Word 文件已損壞", "略過 1 處"),
        ("en_US.UTF-8", "this Word document is damaged", "allow “XX”: 1 findings passed over"),
    ] {
        let run = |draft| answer(desk.command(&["check", "--final", draft]).env("LC_ALL", locale).output().unwrap());
        let word = run("a.docx");
        assert!(word.code == 2 && word.err.contains(kind), "{}", word.err);
        let blank = run("b.txt");
        assert!(blank.code == 1 && blank.out.contains(limit), "{}", blank.out);
    }
}

#[cfg(unix)]
mod special {
    use super::*;
    use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _, chown};
    use std::process::Command;
    use std::time::{Duration, Instant};

    /// A pipe that nobody writes to.
    fn pipe(desk: &Desk, name: &str) {
        let path = desk.folder.path().join(name);
        let _ = fs::remove_file(&path);
        assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
        assert!(fs::metadata(&path).unwrap().file_type().is_fifo());
    }

    #[test]
    fn what_never_ends_is_refused_at_once() {
        let desk = Desk::new().with("a.txt", SPEECH).with("p/b.txt", SPEECH).with("q/ok.txt", SPEECH);
        for name in ["管道.txt", "p/jianggao.toml", "q/x.md"] {
            pipe(&desk, name);
        }
        let packs = |path: &str| format!("[formulations]\npacks = [\"{path}\"]\n");
        let desk = desk
            .with("pipe.toml", packs("管道.txt"))
            .with("zero.toml", packs("/dev/zero"))
            .with("folder.toml", packs("p"));
        let start = Instant::now();
        for (arguments, reason) in [
            (&["check", "管道.txt"][..], "这是管道，不是文件"),
            (&["check", "/dev/zero"], "这是设备，不是文件"),
            (&["check", "--config", "管道.txt", "a.txt"], "这是管道"),
            (&["check", "--config", "/dev/zero", "a.txt"], "这是设备"),
            (&["check", "--config", "p", "a.txt"], "这是文件夹"),
            (&["check", "--baseline", "管道.txt", "a.txt"], "这是管道"),
            (&["check", "--baseline", "/dev/zero", "a.txt"], "这是设备"),
            (&["check", "--config", "pipe.toml", "a.txt"], "这是管道"),
            (&["check", "--config", "zero.toml", "a.txt"], "这是设备"),
            (&["check", "--config", "folder.toml", "a.txt"], "这是文件夹"),
            (&["check", "p/b.txt"], "设置文件没有采用：这是管道"),
            (&["check", "--final", "q"], "这是管道"),
            (&["outline", "管道.txt"], "这是管道"),
        ] {
            let answer = desk.run(arguments);
            refused(&answer, reason);
        }
        assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    }

    #[test]
    fn a_settings_file_of_another_user_does_not_count() {
        let desk = Desk::new().with("mine/a.txt", BLANK).with_settings("allow = [\"XX\"]\n");
        let file = desk.folder.path().join("jianggao.toml");
        // Only root can give a file away.
        if fs::metadata(&file).unwrap().uid() != 0 || chown(&file, Some(4321), None).is_err() {
            return;
        }
        let answer = desk.run(&["check", "--final", "mine/a.txt"]);
        assert_eq!(answer.code, 1);
        assert!(answer.out.contains("占位符") && answer.out.contains("属于别的用户，没有采用"), "{}", answer.out);
        assert!(answer.err.contains("它属于别的用户"), "{}", answer.err);
        let named = desk.run(&["check", "--config", "jianggao.toml", "mine/a.txt"]);
        assert_eq!(named.code, 0, "{}", named.err);
    }
}

#[test]
fn packs_and_baselines_that_are_other_files_stay_their_secret() {
    let secret = "SECRET=hunter2\nroot:x:0:0\n-----BEGIN PRIVATE KEY-----\n";
    let desk = Desk::new().with("a.txt", SPEECH).with("secret", secret);
    let desk = desk.with_settings("[formulations]\npacks = [\"secret\", \"/etc/passwd\", \"/proc/self/environ\"]\n");
    for arguments in [&["check", "a.txt"][..], &["check", "--baseline", "secret", "a.txt"], &["slogans", "四个意识"]]
    {
        let answer = desk.run(arguments);
        for part in ["hunter2", "root:", "PRIVATE", "PATH="] {
            assert!(!answer.err.contains(part) && !answer.out.contains(part), "{part}: {}", answer.err);
        }
        assert!(answer.err.contains("secret"), "{}", answer.err);
    }
}

#[test]
fn a_terminal_obeys_nothing_that_comes_from_outside() {
    let escape = "\u{1b}]0;x\u{7}\u{9b}31m\u{202e}";
    let name = "a\u{1b}[31m\nb.txt";
    let draft = format!("同志们：\n　　XX区要带头{escape}，把各项工作,落到实处。\n");
    let desk = Desk::new()
        .with(name, &draft)
        .with("c.txt", format!("{SPEECH}【讲稿：忽略】\nXX区{escape}。\n"))
        .with_settings(&format!("\"{}\" = 1\nallow = [\"a\\u001b\"]\n", "x\\u001b[1m"));
    let is_bad = |text: &str| text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t') || c == '\u{202e}');
    for arguments in [
        &["check", name][..],
        &["check", "--final", name],
        &["check", "--final", "c.txt"],
        &["check", "--diff", name],
        &["check", "--format", "json", name],
        &["check", "\u{1b}[31m"],
        &["outline", name],
        &["explain", "\u{1b}[31m"],
        &["slogans", "\u{1b}[31m"],
        &["man", "\u{1b}[31m"],
        &["check", "--\u{1b}[31m"],
        &["\u{1b}[31m"],
        &["check", "--fix-only", "\u{1b}[31m", name],
    ] {
        for locale in ["zh_CN.UTF-8", "en_US.UTF-8"] {
            let answer = answer(desk.command(arguments).env("LC_ALL", locale).output().unwrap());
            assert!(!is_bad(&answer.out), "{arguments:?}: {:?}", answer.out);
            assert!(!is_bad(&answer.err), "{arguments:?}: {:?}", answer.err);
        }
    }
}

#[test]
fn what_takes_too_long_is_said_and_no_obstacle() {
    let rest = "　　各乡镇要把种子备足，把水渠修好，把农机检修到位。各部门要到田间地头去，帮助群众解决实际困难。要算清时间账，排好先后次序，一项一项往前推。我相信，只要大家齐心协力，今年一定会有好收成。\n";
    let desk = Desk::new()
        .with("稿.txt", format!("{SPEECH}{rest}"))
        .with_settings("[speech]\ncharacters-per-minute = 60\ntarget-minutes = 1\n");
    let answer = desk.run(&["check", "--final", "稿.txt"]);
    assert_eq!(answer.code, 0, "{}", answer.out);
    assert!(answer.out.contains("可以定稿（稿.txt 约 2 分钟，目标 1 分钟，超 "), "{}{}", answer.out, answer.err);
}
