//! Word documents: what they show is what is read, checked and written. The documents are made here, by hand.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::sync::Arc;

use jianggao::analysis::{Analysis, Markup};
use jianggao::features::actions::fix_all;
use jianggao::locale::Locale;
use jianggao::rules;
use jianggao::settings::Settings;
use jianggao::text::{Flat, apply};
use jianggao::word::{Document, Note, strip};

use crate::cli::Desk;

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A document in the making: its body and other parts.
pub struct Word {
    body: String,
    parts: Vec<(String, String)>,
}

impl Word {
    /// `body` is what stands in `w:body`, with `<p>` for `<w:p>`: the prefix is put in here.
    pub fn new(body: &str) -> Self {
        Self { body: prefixed(body), parts: Vec::new() }
    }

    /// With another part that the main one refers to by its name: `numbering`, `styles`, `footnotes`.
    pub fn with(mut self, name: &str, content: &str) -> Self {
        let root = if name.starts_with("header") { "hdr" } else { name };
        let xml = format!("<w:{root} xmlns:w=\"{MAIN}\">{}</w:{root}>", prefixed(content));
        self.parts.push((name.to_owned(), xml));
        self
    }

    pub fn bytes(&self) -> Vec<u8> {
        let relationships = |list: String| {
            let of = "http://schemas.openxmlformats.org/package/2006/relationships";
            format!("<?xml version=\"1.0\"?>\n<Relationships xmlns=\"{of}\">{list}</Relationships>")
        };
        let relationship = |id: &str, kind: &str, to: &str| {
            format!("<Relationship Id=\"{id}\" Type=\"{TYPES}/{kind}\" Target=\"{to}\"/>")
        };
        let of = "http://schemas.openxmlformats.org/package/2006/content-types";
        let types = format!(
            "<?xml version=\"1.0\"?>\n<Types xmlns=\"{of}\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"
        );
        let of_parts = self.parts.iter().map(|(name, _)| {
            let kind = name.trim_end_matches(|c: char| c.is_ascii_digit());
            relationship(name, kind, &format!("{name}.xml"))
        });
        let document = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document xmlns:w=\"{MAIN}\" xmlns:r=\"{TYPES}\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><w:body>{}</w:body></w:document>",
            self.body
        );
        let mut entries = vec![
            ("[Content_Types].xml".to_owned(), types),
            ("_rels/.rels".to_owned(), relationships(relationship("m", "officeDocument", "word/document.xml"))),
            ("word/document.xml".to_owned(), document),
            ("word/_rels/document.xml.rels".to_owned(), relationships(of_parts.collect())),
        ];
        entries.extend(self.parts.iter().map(|(name, xml)| (format!("word/{name}.xml"), xml.clone())));
        archive(&entries.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect::<Vec<_>>())
    }

    /// What `jianggao text` prints.
    fn text(&self) -> String {
        let answer = Desk::new().with("稿.docx", self.bytes()).run(&["text", "稿.docx"]);
        assert_eq!((answer.code, answer.err.as_str()), (0, ""));
        answer.out
    }
}

/// `<p>` as `<w:p>`, and `name="…"` as `w:name="…"`; what has a prefix keeps it.
fn prefixed(xml: &str) -> String {
    let mut out = String::new();
    let mut rest = xml;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let end = at + rest[at..].find('>').unwrap();
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        let (slash, tag) = tag.strip_prefix('/').map_or(("", tag), |tag| ("/", tag));
        let words = tag.split(' ').map(|word| if word.contains(':') { word.to_owned() } else { format!("w:{word}") });
        out.push_str(&format!("<{slash}{}>", words.collect::<Vec<_>>().join(" ")));
    }
    out + rest
}

/// A ZIP archive that compresses nothing.
pub fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    fn crc(bytes: &[u8]) -> u32 {
        let step = |crc: u32, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
        !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
    }
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in entries {
        let (offset, length) = (file.len() as u32, bytes.len() as u32);
        let mut fields = vec![20u8, 0, 0, 8, 0, 0, 0, 0, 0x21, 0];
        for number in [crc(bytes), length, length] {
            fields.extend(number.to_le_bytes());
        }
        fields.extend((name.len() as u16).to_le_bytes());
        fields.extend([0, 0]);
        file.extend(b"PK\x03\x04");
        file.extend(&fields);
        file.extend(name.as_bytes());
        file.extend(*bytes);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&fields);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (at, length, count) = (file.len() as u32, directory.len() as u32, entries.len() as u16);
    file.extend(directory);
    file.extend(b"PK\x05\x06\0\0\0\0");
    for number in [count, count] {
        file.extend(number.to_le_bytes());
    }
    for number in [length, at] {
        file.extend(number.to_le_bytes());
    }
    file.extend([0, 0]);
    file
}

/// A paragraph.
fn p(text: &str) -> String {
    format!("<p><r><t>{text}</t></r></p>")
}

/// A paragraph with an automatic number.
fn numbered(list: u32, level: u32, text: &str) -> String {
    format!("<p><pPr><numPr><ilvl val=\"{level}\"/><numId val=\"{list}\"/></numPr></pPr><r><t>{text}</t></r></p>")
}

fn level(n: u32, format: &str, text: &str, more: &str) -> String {
    format!(
        "<lvl ilvl=\"{n}\"><start val=\"1\"/><numFmt val=\"{format}\"/>{more}<suff val=\"nothing\"/><lvlText val=\"{text}\"/></lvl>"
    )
}

/// The numbers of official prose: template 0 for lists 1 and 2, where list 2 starts anew.
fn numbering() -> String {
    let levels = level(0, "chineseCountingThousand", "%1、", "<pStyle val=\"H1\"/>")
        + &level(1, "chineseCountingThousand", "（%2）", "<pStyle val=\"H2\"/>")
        + &level(2, "decimal", "%3.", "")
        + &level(3, "decimalEnclosedCircleChinese", "%4", "")
        + &level(4, "decimal", "%1.%5", "<isLgl/>")
        + &level(5, "bullet", "\u{f0b7}", "");
    format!(
        "<abstractNum abstractNumId=\"0\">{levels}</abstractNum>\
         <num numId=\"1\"><abstractNumId val=\"0\"/></num>\
         <num numId=\"2\"><abstractNumId val=\"0\"/><lvlOverride ilvl=\"0\"><startOverride val=\"1\"/></lvlOverride></num>"
    )
}

#[track_caller]
fn shows(body: &str, expected: &str) {
    assert_eq!(Word::new(body).with("numbering", &numbering()).text(), expected, "{body}");
}

#[test]
fn runs_are_one_text() {
    shows(
        "<p><r><t>讲</t></r><proofErr type=\"spellStart\"/><r><rPr><b/></rPr><t>四</t></r><r><t>点&amp;意见</t></r></p>",
        "讲四点&意见\n",
    );
    shows("<p><r><t> 甲 </t></r><r><t xml:space=\"preserve\"> 乙 </t></r></p>", "甲 乙 \n");
    shows("<p/><p><r><t>甲</t><br/><t>乙</t><tab/><t>丙</t><noBreakHyphen/><t>丁</t></r></p>", "\n甲\n乙\t丙-丁\n");
    shows("<p><r><sym font=\"Wingdings\" char=\"F0A8\"/><t>同意</t></r></p>", "□同意\n");
    let times = "<sym font=\"Symbol\" char=\"F0B4\"/>";
    shows(&format!("<p><r>{times}<t>月</t>{times}<t>日</t></r></p>"), "×月×日\n");
    shows("<p><r><rPr><vanish/></rPr><t>藏</t></r><r><rPr><vanish val=\"0\"/></rPr><t>露</t></r></p>", "露\n");
    shows(
        "<p><r><ruby><rt><r><t>jiǎng</t></r></rt><rubyBase><r><t>讲</t></r></rubyBase></ruby></r><r><t>稿</t></r></p>",
        "讲稿\n",
    );
}

#[test]
fn proposals_count_as_accepted() {
    shows(
        "<p><r><t>投资</t></r><del id=\"1\"><r><delText>XX</delText></r></del><ins id=\"2\"><r><t>9</t></r></ins></p>",
        "投资9\n",
    );
    // The mark of a paragraph is taken out: the next one goes on in its line, and has its number.
    let gone = "<pPr><rPr><del id=\"1\"/></rPr></pPr>";
    shows(&format!("<p>{gone}<r><t>甲</t></r></p>{}", p("乙")), "甲乙\n");
    shows(&format!("<p>{gone}<del id=\"2\"><r><delText>甲</delText></r></del></p>{}", p("乙")), "乙\n");
    let taken = "<p><pPr><numPr><ilvl val=\"0\"/><numId val=\"1\"/></numPr><rPr><del id=\"1\"/></rPr></pPr><del id=\"2\"><r><delText>甲</delText></r></del></p>";
    shows(&format!("{taken}{}{}", numbered(1, 0, "乙"), numbered(1, 0, "丙")), "一、乙\n二、丙\n");
    let row = |more: &str, text: &str| format!("<tr><trPr>{more}</trPr><tc>{}</tc></tr>", p(text));
    shows(&format!("<tbl>{}{}</tbl>", row("<del id=\"1\"/>", "甲"), row("<ins id=\"2\"/>", "乙")), "乙\n");
}

#[test]
fn fields_show_their_results() {
    let field = "<r><fldChar fldCharType=\"begin\"/></r><r><instrText> REF XX </instrText></r><r><t>XX</t></r><r><fldChar fldCharType=\"separate\"/></r><r><t>方案</t></r><r><fldChar fldCharType=\"end\"/></r>";
    shows(
        &format!("<p><r><t>据</t></r>{field}<fldSimple instr=\"DATE\"><r><t>五月</t></r></fldSimple></p>"),
        "据方案五月\n",
    );
}

#[test]
fn boxes_cells_and_controls() {
    let inner = p("框中");
    let alternatives = format!(
        "<mc:AlternateContent><mc:Choice><txbxContent>{inner}</txbxContent></mc:Choice><mc:Fallback><txbxContent>{inner}</txbxContent></mc:Fallback></mc:AlternateContent>"
    );
    shows(&format!("<p><r><t>前</t></r><r>{alternatives}</r><r><t>后</t></r></p>{}", p("下")), "前后\n框中\n下\n");
    shows(&format!("<tbl><tr><tc>{}</tc><tc>{}</tc></tr></tbl>", p("甲"), p("乙")), "甲\n乙\n");
    shows(
        "<sdt><sdtPr><rPr><vanish/></rPr></sdtPr><sdtContent><p><sdt><sdtContent><r><t>控</t></r></sdtContent></sdt><smartTag><r><t>件</t></r></smartTag></p></sdtContent></sdt>",
        "控件\n",
    );
}

#[test]
fn of_alternatives_the_first_is_shown_that_word_understands() {
    let one_of = |choice: &str, inner: &str, fallback: &str| {
        format!(
            "<p><r><t>甲</t></r><r><mc:AlternateContent><mc:Choice Requires=\"{choice}\">{inner}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></r><r><t>请XX区落实</t></r></p>"
        )
    };
    shows(&one_of("w16se", "<x:symEx x:char=\"1F60A\"/>", "<t>后备</t>"), "甲😊请XX区落实\n");
    shows(&one_of("w16se", "<t>首选</t>", "<t>后备</t>"), "甲首选请XX区落实\n");
    shows(&one_of("unheard", "<t>首选</t>", "<t>后备</t>"), "甲后备请XX区落实\n");
    // What stands in them is not taken apart, and marked as a whole.
    let word = Word::new(&one_of("unheard", "<t>首选</t>", "<t>要分表必争，</t>"));
    let desk = Desk::new().with("稿.docx", word.bytes());
    desk.run(&["check", "--revise", "o.docx", "稿.docx"]);
    let written = std::fs::read(desk.folder.path().join("o.docx")).unwrap();
    assert!(text_of(&written).contains("要分表必争，请XX区落实"));
    assert_eq!(comments(&written).len(), 2);
    // A box that older programs show otherwise says the same.
    for (fallback, is_named) in [("请XX区带头", false), ("请XX局带头", true)] {
        let inner = |text: &str| format!("<txbxContent>{}{}</txbxContent>", p(text), p("抓好落实"));
        let word = Word::new(&one_of("wps", &inner("请XX区带头"), &inner(fallback)));
        let answer = Desk::new().with("稿.docx", word.bytes()).run(&["check", "--final", "稿.docx"]);
        assert!(answer.code == 1 && answer.out.contains("没有读") == is_named, "{}{}", answer.out, answer.err);
    }
}

/// What is found in a document, and whether it is cleared.
#[track_caller]
fn found(body: &str) -> Vec<String> {
    let sound = p("同志们：") + &p("各级各部门要各负其责，确保各项工作落到实处，推动发展再上新台阶。");
    let desk = Desk::new().with("稿.docx", Word::new(&(sound + body)).bytes());
    let answer = desk.run(&["check", "--final", "--format", "json", "稿.docx"]);
    let json = answer.json();
    let all = json["files"][0]["diagnostics"].as_array().unwrap().iter();
    let found: Vec<String> = all.map(|found| found["message"].as_str().unwrap().to_owned()).collect();
    assert_eq!(answer.code, i32::from(!found.is_empty()), "{body} {found:?}");
    found
}

#[test]
fn what_word_shows_is_no_markdown() {
    let text = |lines: &[&str]| lines.iter().map(|line| p(line)).collect::<String>();
    for lines in [
        &["请`XX`同志牵头。"][..],
        &["&lt;!-- XX区要带头 --&gt;"],
        &["```", "XX区要带头，抓好落实。", "```", "# 一、提高认识", "**要坚定信心**，主动作为。"],
        &["&lt;!--", "XX区要带头，抓好落实。", "--&gt;"],
        &["# XX区要带头"],
        &["    XX区要带头，抓好落实。"],
    ] {
        let found = found(&text(lines));
        assert!(found.iter().any(|message| message.contains("XX")), "{lines:?} {found:?}");
    }
    // Nor is what stands between two lines at its head.
    let body = text(&["---", "author: XX局", "---", "同志们：", "各级各部门要各负其责，确保各项工作落到实处。"]);
    let desk = Desk::new().with("稿.docx", Word::new(&body).bytes());
    let answer = desk.run(&["check", "--final", "稿.docx"]);
    assert!(answer.code == 1 && answer.out.contains("XX局"), "{}", answer.out);
}

#[test]
fn places_that_word_keeps_open() {
    let control = |properties: &str, text: &str| {
        format!("<sdt><sdtPr>{properties}</sdtPr><sdtContent><r><t>{text}</t></r></sdtContent></sdt>")
    };
    let prompt = control("<showingPlcHdr/>", "单击或点击此处输入文字。");
    let inline = format!("<p><r><t>主持人：</t></r>{prompt}</p>");
    assert_eq!(found(&inline), ["这里还没有填：Word 显示的是提示“单击或点击此处输入文字。”"]);
    let block = format!("<sdt><sdtPr><showingPlcHdr/></sdtPr><sdtContent>{}</sdtContent></sdt>", p("选择一项。"));
    assert_eq!(found(&block), ["这里还没有填：Word 显示的是提示“选择一项。”"]);
    let empty = "<p><r><t>主持人：</t></r><sdt><sdtPr><showingPlcHdr/></sdtPr><sdtContent><r/></sdtContent></sdt></p>";
    assert_eq!(found(empty), ["这个域还没有填"]);
    // A rule that is off does not fill anything in.
    let off = Desk::new().with("稿.docx", Word::new(&(p("同志们，要抓好落实，推动发展。") + &inline)).bytes());
    let off = off.with_settings("[rules]\nplaceholder = \"off\"\n");
    let answer = off.run(&["check", "--final", "稿.docx"]);
    assert!(answer.code == 1 && answer.out.contains("1 处占位符只是被略过"), "{}", answer.out);
    // Once it is said, as well as it can be.
    let marked = format!("<p><r><t>请</t></r>{}<r><t>同志牵头。</t></r></p>", control("<showingPlcHdr/>", "XX"));
    assert_eq!(found(&marked).len(), 1);
    for filled in [control("", "张三"), control("<showingPlcHdr val=\"0\"/>", "张三")] {
        assert_eq!(found(&format!("<p><r><t>主持人：</t></r>{filled}</p>")), Vec::<String>::new());
    }
    let field = |properties: &str, instruction: &str, result: &str| {
        format!(
            "<p><r><t>主持人是</t></r><r><fldChar fldCharType=\"begin\">{properties}</fldChar></r><r><instrText>{instruction}</instrText></r>{result}<r><fldChar fldCharType=\"end\"/></r><r><t>同志。</t></r></p>"
        )
    };
    let form = "<ffData><name val=\"a\"/><textInput/></ffData>";
    let result =
        |text: &str| format!("<r><fldChar fldCharType=\"separate\"/></r><r><t xml:space=\"preserve\">{text}</t></r>");
    let empty = ["这个域还没有填"];
    assert_eq!(found(&field(form, " FORMTEXT ", &result("\u{2002}\u{2002}\u{2002}"))), empty);
    assert_eq!(found(&field(form, " FORMTEXT ", &result(""))), empty);
    assert_eq!(found(&field(form, " FORMTEXT ", "")), empty);
    assert_eq!(found(&field("", " MACROBUTTON NoMacro [点这里] ", "")), empty);
    assert_eq!(found(&field(form, " FORMTEXT ", &result("张三"))), Vec::<String>::new());
    assert_eq!(found(&field("", " REF a ", "")), Vec::<String>::new());
}

#[test]
fn underlined_blanks_are_lines_to_write_on() {
    let run = |text: &str| format!("<r><rPr><u val=\"single\"/></rPr>{text}</r>");
    let blanks = |text: &str| run(&format!("<t xml:space=\"preserve\">{text}</t>"));
    let line = |inside: &str| format!("<p><r><t>会议由</t></r>{inside}<r><t>同志主持。</t></r></p>");
    shows(&line(&run("<tab/>")), "会议由____同志主持。\n");
    shows(&line(&blanks("      ")), "会议由______同志主持。\n");
    shows(&line(&(blanks("　") + &blanks("　"))), "会议由＿＿同志主持。\n");
    shows(&line(&(run("<tab/>") + &blanks("张三") + &run("<tab/>"))), "会议由\t张三\t同志主持。\n");
    shows(&line(&blanks(" ")), "会议由 同志主持。\n");
    shows(&line("<r><rPr><u val=\"none\"/></rPr><tab/></r>"), "会议由\t同志主持。\n");
    for inside in [run("<tab/>"), blanks("      "), blanks("　　　")] {
        assert_eq!(found(&line(&inside)).len(), 1, "{inside}");
    }
    assert_eq!(found(&line(&blanks(" 张三 "))), Vec::<String>::new());
    // What is filled in takes the place of the blanks.
    let body = p("同志们：") + &line(&blanks("      ")).replace("同志主持", "主持");
    let desk = Desk::new().with("稿.docx", Word::new(&body).bytes());
    let answer = desk.run(&["fill", "稿.docx", "--set", "______=张三", "-o", "填.docx"]);
    let filled = std::fs::read(desk.folder.path().join("填.docx")).unwrap();
    assert_eq!(text_of(&filled), "同志们：\n会议由张三主持。\n", "{}", answer.err);
    assert_eq!(rejected(&filled), "同志们：\n会议由______主持。\n");
}

#[test]
fn what_word_shows_and_we_do_not_read_is_named() {
    for (object, name) in [
        ("<a:graphicData xmlns:a=\"a\"><dgm:relIds xmlns:dgm=\"d\" r:dm=\"x\"/></a:graphicData>", "SmartArt 图形"),
        ("<a:graphicData xmlns:a=\"a\"><c:chart xmlns:c=\"c\" r:id=\"x\"/></a:graphicData>", "图表"),
        ("<pict><v:shape xmlns:v=\"v\"><v:textpath string=\"大会\"/></v:shape></pict>", "艺术字"),
        ("<a:graphicData xmlns:a=\"a\"><a:sp><a:txBody><a:p/></a:txBody></a:sp></a:graphicData>", "画布"),
        ("<object><o:OLEObject xmlns:o=\"o\" r:id=\"x\"/></object>", "嵌入的文件"),
        (
            "<fldChar fldCharType=\"begin\"><ffData><ddList><listEntry val=\"甲\"/></ddList></ffData></fldChar>",
            "下拉框、按钮",
        ),
    ] {
        let body =
            p("同志们：") + &p("各级各部门要各负其责，确保各项工作落到实处。") + &format!("<p><r>{object}</r></p>");
        let desk = Desk::new().with("稿.docx", Word::new(&body).bytes());
        let answer = desk.run(&["check", "--final", "稿.docx"]);
        assert!(
            answer.code == 0 && answer.out.contains(&format!("有 1 处{name}没有读")),
            "{}{}",
            answer.out,
            answer.err
        );
    }
}

#[test]
fn blanks_that_word_does_not_show_are_named() {
    let text = |text: &str| format!("<r><t>{text}</t></r>");
    for (inside, name) in [
        ("<del><r><delText>由X</delText></r><r><delText>X同志负责。</delText></r></del>".to_owned(), "删去的文字"),
        (format!("<moveFrom>{}</moveFrom>", text("由XX同志负责。")), "删去的文字"),
        ("<r><rPr><vanish/></rPr><t>由X</t></r><r><rPr><vanish/></rPr><t>X同志负责。</t></r>".to_owned(), "隐藏文字"),
        ("<r><wp:docPr xmlns:wp=\"d\" descr=\"XX局办公楼\"/></r>".to_owned(), "替代文字"),
        (format!("<hyperlink tooltip=\"XX局的名单\">{}</hyperlink>", text("名单")), "替代文字"),
        (format!("<r><ruby><rt>{}</rt><rubyBase>{}</rubyBase></ruby></r>", text("XX局"), text("甲")), "替代文字"),
        (format!("<fldSimple instr=\"MERGEFIELD XX局\">{}</fldSimple>", text("甲局")), "域代码"),
        ("<r><fldChar fldCharType=\"begin\"/></r><r><instrText>QUOTE XX局</instrText></r><r><fldChar fldCharType=\"end\"/></r>".to_owned(), "域代码"),
        (format!("<r><fldChar fldCharType=\"begin\"/></r><r><instrText>IF</instrText></r>{}<r><fldChar fldCharType=\"end\"/></r>", text("XX局")), "域代码"),
        (format!("<sdt><sdtPr><dropDownList><listItem displayText=\"XX局\"/></dropDownList></sdtPr><sdtContent>{}</sdtContent></sdt>", text("甲局")), "下拉框"),
    ] {
        let body = p("同志们：") + &p("各级各部门要各负其责，确保各项工作落到实处。") + &format!("<p>{inside}</p>");
        says_of(&Word::new(&body), name);
        // The same, filled in.
        says_nothing(&Word::new(&body.replace('X', "甲")));
    }
    let body = p("同志们：") + &p("各级各部门要各负其责，确保各项工作落到实处。");
    let margin = "<sectPr><headerReference type=\"even\" id=\"header1\"/></sectPr>";
    says_of(&Word::new(&(body.clone() + margin)).with("header1", &p("XX区人民政府")), "不显示的页眉");
    says_of(
        &Word::new(&body).with("footnotes", &format!("<footnote id=\"4\">{}</footnote>", p("由XX局提供。"))),
        "脚注",
    );
    let remark = |author: &str| format!("<comment id=\"1\" author=\"{author}\">{}</comment>", p("这里写XX局"));
    says_of(&Word::new(&body).with("comments", &remark("甲")), "批注");
    says_nothing(&Word::new(&body).with("comments", &remark("讲稿")));
}

#[track_caller]
fn says_of(word: &Word, name: &str) {
    let answer = Desk::new().with("稿.docx", word.bytes()).run(&["check", "--final", "稿.docx"]);
    let is_named = answer.out.lines().any(|line| line.contains(name) && line.contains("没有读"));
    assert!(answer.code == 0 && is_named, "{name} {}{}", answer.out, answer.err);
}

#[track_caller]
fn says_nothing(word: &Word) {
    let answer = Desk::new().with("稿.docx", word.bytes()).run(&["check", "--final", "稿.docx"]);
    assert!(answer.code == 0 && !answer.out.contains("没有读"), "{}{}", answer.out, answer.err);
}

#[test]
fn what_is_referred_to_and_cannot_be_had_is_named() {
    let speech = p("同志们，要抓好落实。");
    let header = speech.clone() + "<sectPr><headerReference type=\"default\" r:id=\"header1\"/></sectPr>";
    let footer = speech.clone() + "<sectPr><footerReference r:id=\"footer1\"/></sectPr>";
    let note = |kind: &str| format!("{speech}<p><r><t>会议</t></r><r><{kind}Reference id=\"2\"/></r></p>");
    let is_lost = |document: Vec<u8>| {
        let answer = Desk::new().with("稿.docx", document).run(&["check", "--final", "稿.docx"]);
        assert!(answer.code == 2 && answer.err.contains("已损坏"), "{}{}", answer.out, answer.err);
    };
    for (body, name) in
        [(&header, "header1"), (&footer, "footer1"), (&note("footnote"), "footnotes"), (&note("endnote"), "endnotes")]
    {
        // Nothing says where it is; it is empty; it is not there; it is somewhere else.
        is_lost(Word::new(body).bytes());
        let mut word = Word::new(body);
        word.parts.push((name.to_owned(), String::new()));
        is_lost(word.bytes());
        let others = |word: &Word| parts(&word.bytes()).into_iter();
        let entries: Vec<(String, String)> = others(&word).filter(|(part, _)| !part.contains(name)).collect();
        is_lost(archive(&entries.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect::<Vec<_>>()));
        let target = format!("Target=\"{name}.xml\"");
        let outside =
            |text: String| text.replace(&target, "Target=\"http://example.com/x.xml\" TargetMode=\"External\"");
        let entries: Vec<(String, String)> = others(&word).map(|(name, text)| (name, outside(text))).collect();
        is_lost(archive(&entries.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect::<Vec<_>>()));
    }
    let mut word = Word::new(&speech);
    let entries: Vec<(String, String)> = parts(&word.bytes()).into_iter().collect();
    let emptied = entries.iter().map(|(name, text)| match name.as_str() {
        "word/_rels/document.xml.rels" => (name.as_str(), &b""[..]),
        _ => (name.as_str(), text.as_bytes()),
    });
    is_lost(archive(&emptied.collect::<Vec<_>>()));
    // Where nothing refers to them, nothing is lost.
    for name in ["header1", "footnotes", "endnotes", "comments", "numbering", "styles"] {
        word.parts.push((name.to_owned(), String::new()));
    }
    says_nothing(&word);
    let styled = "<p><pPr><pStyle val=\"正文\"/></pPr><r><t>要抓好落实。</t></r></p>";
    let remark = "<p><r><t>要抓好落实。</t><commentReference id=\"1\"/></r></p>";
    for (body, part, name) in [
        (numbered(1, 0, "要抓好落实。"), "numbering", "1 处缺了定义的自动编号"),
        (styled.to_owned(), "styles", "1 处缺了定义的段落样式"),
        (remark.to_owned(), "comments", "缺失或损坏的批注"),
    ] {
        let mut word = Word::new(&(speech.clone() + &body));
        says_of(&word, name);
        word.parts.push((part.to_owned(), String::new()));
        says_of(&word, name);
    }
    let mut word = Word::new(&speech);
    word.parts.push(("comments".to_owned(), format!("<w:comments xmlns:w=\"{MAIN}\"><w:comment>")));
    says_of(&word, "缺失或损坏的批注");
    let other = format!("<footnote id=\"1\">{}</footnote>", p("甲"));
    says_of(&Word::new(&note("footnote")).with("footnotes", &other), "找不到内容的脚注");
    // A number of no list is none, in Word as well.
    let body = speech.clone() + &numbered(9, 0, "要抓好落实。") + &numbered(0, 0, "要抓好落实。");
    says_nothing(&Word::new(&body).with("numbering", &numbering()));
    says_nothing(&Word::new(&(speech + &numbered(0, 0, "要抓好落实。"))));
}

#[test]
fn numbers_are_counted_as_word_counts_them() {
    let sequence = [
        numbered(1, 0, "甲"),
        numbered(1, 1, "子"),
        numbered(1, 1, "丑"),
        numbered(1, 0, "乙"),
        numbered(1, 1, "寅"),
        numbered(1, 3, "圈"),
        numbered(1, 2, "细"),
        numbered(1, 4, "法"),
        numbered(1, 5, "点"),
        numbered(0, 0, "无"),
        numbered(2, 0, "新"),
        numbered(1, 0, "续"),
    ];
    shows(
        &sequence.concat(),
        "一、甲\n（一）子\n（二）丑\n二、乙\n（一）寅\n①圈\n1.细\n2.1法\n•点\n无\n一、新\n二、续\n",
    );
    // A number that was another once does not count.
    let changed = "<p><pPr><numPr><ilvl val=\"1\"/><numId val=\"1\"/></numPr><pPrChange id=\"1\"><pPr><numPr><numId val=\"0\"/></numPr></pPr></pPrChange></pPr><r><t>甲</t></r></p>";
    shows(changed, "（一）甲\n");
}

#[test]
fn styles_number_their_paragraphs() {
    let styles = "<style type=\"paragraph\" styleId=\"H1\"><pPr><numPr><numId val=\"1\"/></numPr><outlineLvl val=\"0\"/></pPr></style>\
                  <style type=\"paragraph\" styleId=\"H2\"><pPr><numPr><numId val=\"1\"/></numPr></pPr></style>\
                  <style type=\"paragraph\" styleId=\"H2b\"><basedOn val=\"H2\"/></style>\
                  <style type=\"paragraph\" styleId=\"Off\"><basedOn val=\"H1\"/><pPr><numPr><numId val=\"0\"/></numPr></pPr></style>\
                  <style type=\"paragraph\" styleId=\"Loop\"><basedOn val=\"Loop\"/></style>";
    let styled = |style: &str, text: &str| format!("<p><pPr><pStyle val=\"{style}\"/></pPr><r><t>{text}</t></r></p>");
    let body = [("H1", "甲"), ("H2", "乙"), ("H2b", "丙"), ("Off", "丁"), ("Loop", "戊"), ("H1", "己")];
    let body: String = body.into_iter().map(|(style, text)| styled(style, text)).collect();
    let document = Word::new(&body).with("numbering", &numbering()).with("styles", styles);
    assert_eq!(document.text(), "一、甲\n（一）乙\n（二）丙\n丁\n戊\n二、己\n");
}

#[test]
fn notes_and_margins_follow_the_body() {
    let note = |id: u32, kind: &str, text: &str| format!("<footnote id=\"{id}\"{kind}>{}</footnote>", p(text));
    let notes = note(0, " type=\"separator\"", "线") + &note(1, "", "数据由XX局提供。") + &note(2, "", "没有用上");
    let body = "<p><r><t>甲</t></r><r><footnoteReference id=\"1\"/></r></p><sectPr><headerReference r:id=\"header1\"/><headerReference type=\"even\" r:id=\"header2\"/></sectPr>";
    let document = Word::new(body)
        .with("footnotes", &notes)
        .with("header1", &(p("XX县委办公室") + &p("— 1 —")))
        .with("header2", &p("不显示"));
    assert_eq!(document.text(), "甲\n\n数据由XX局提供。\nXX县委办公室\n");
}

#[test]
fn numbers_of_pages_need_not_be_kept() {
    let field = |instruction: &str, result: &str| {
        format!(
            "<r><fldChar fldCharType=\"begin\"/></r><r><instrText> {instruction} </instrText></r><r><fldChar fldCharType=\"separate\"/></r>{result}<r><fldChar fldCharType=\"end\"/></r>"
        )
    };
    let t = |text: &str| format!("<r><t xml:space=\"preserve\">{text}</t></r>");
    let body = t("第 ")
        + &field("PAGE", &t("1"))
        + &t(" 页 共 ")
        + &field("NUMPAGES", "")
        + &t(" 页 ")
        + "<fldSimple instr=\"PAGE\"/>";
    shows(&format!("<p>{body}</p>"), "第 1 页 共 \u{fffc} 页 \u{fffc}\n");
    assert_eq!(found(&format!("<p>{body}</p>")), Vec::<String>::new());
    // A header of marks alone is one of words to come.
    let document = Word::new(&(p("同志们，要抓好落实。") + "<sectPr><headerReference r:id=\"header1\"/></sectPr>"));
    assert_eq!(document.with("header1", &(p("XX") + &p("— 1 —"))).text(), "同志们，要抓好落实。\n\nXX\n");
}

#[test]
fn reports_name_paragraph_heading_and_quote() {
    let body = [p("在XX会上的讲话"), p("同志们："), p("下面，我讲四点意见。")].concat()
        + &["提高认识", "突出重点", "压实责任"]
            .map(|text| numbered(1, 0, text) + &p("各级各部门要狠抓落实。"))
            .concat()
        + &p("请XX区带头。");
    let document = Word::new(&body).with("numbering", &numbering());
    let desk =
        Desk::new().with("稿.docx", document.bytes()).with("子/稿.docx", document.bytes()).with("子/~$稿.docx", "x");
    let answer = desk.run(&["check", "稿.docx"]);
    assert_eq!(answer.code, 1, "{}", answer.err);
    assert!(answer.out.contains("宣布“四点意见”（4），下文列出 3 项（“一、”至“三、”）"), "{}", answer.out);
    assert!(answer.out.contains("--> 稿.docx 第 10 段（三、压实责任）\n"), "{}", answer.out);
    assert!(answer.out.contains("10 | 请XX区带头。\n"), "{}", answer.out);
    let json = desk.run(&["check", "--format", "json", "子"]).json();
    let found = json["files"][0]["diagnostics"].as_array().unwrap();
    let blank = found.iter().find(|found| found["paragraph"] == 9).unwrap();
    assert_eq!((blank["part"].as_str(), blank["heading"].as_str()), (Some("body"), Some("三、压实责任")));
    assert_eq!(blank["range"]["start"]["line"], 9);
    let outline = desk.run(&["outline", "稿.docx"]);
    assert!(outline.out.contains("三、压实责任  第 8 段"), "{}", outline.out);
    let answer = desk.run_with_input(&["check", "--stdin-filename", "x.docx", "-"], &document.bytes());
    assert!(answer.code == 1 && answer.out.contains("x.docx 第 10 段"), "{}{}", answer.out, answer.err);
    let answer = desk.run(&["check", "--final", "稿.docx"]);
    assert!(answer.code == 1 && answer.out.contains("还不能定稿"), "{}", answer.out);
}

#[test]
fn automatic_numbers_are_mended_in_word() {
    // The second list was begun as a list of its own.
    let body = p("同志们，现在讲几点意见。")
        + &numbered(1, 0, "提高认识")
        + &p("各级要重视。")
        + &numbered(1, 0, "突出重点")
        + &p("各级要重视。")
        + &numbered(2, 0, "压实责任")
        + &p("各级要重视。");
    let desk = Desk::new().with("稿.docx", Word::new(&body).with("numbering", &numbering()).bytes());
    let answer = desk.run(&["check", "稿.docx"]);
    assert!(answer.out.contains("右键点编号，选“继续编号”"), "{}", answer.out);
    assert!(!answer.out.contains("修复: 改为"), "{}", answer.out);
    let body = p("同志们，现在讲几点意见。") + &numbered(1, 0, "一、提高认识") + &p("各级要重视。");
    let desk = Desk::new().with("稿.docx", Word::new(&body).with("numbering", &numbering()).bytes());
    for arguments in [&["check", "稿.docx"][..], &["check", "--final", "稿.docx"]] {
        let answer = desk.run(arguments);
        assert_eq!(answer.code, 1);
        assert!(answer.out.contains("Word 已经自动编号“一、”，又键入了“一、”"), "{}", answer.out);
    }
}

#[test]
fn a_sound_document_is_cleared() {
    let body = p("在全县工作会议上的讲话")
        + &p("同志们：")
        + &p("下面，我讲两点意见。")
        + &numbered(1, 0, "提高认识")
        + &p("各级各部门要高度重视，把思想和行动统一到县委部署上来。")
        + &numbered(1, 0, "狠抓落实")
        + &p("各级各部门要各负其责，确保各项工作落到实处。");
    let desk = Desk::new().with("稿.docx", Word::new(&body).with("numbering", &numbering()).bytes());
    let answer = desk.run(&["check", "--final", "稿.docx"]);
    assert!(answer.code == 0 && answer.out.ends_with("可以定稿\n"), "{}{}", answer.out, answer.err);
}

#[test]
fn documents_are_left_as_they_are() {
    let body = p("同志们，要抓好落实。") + &p("各级各部门要分表必争，把各项工作的的任务落到实处。");
    let bytes = Word::new(&body).bytes();
    let desk = Desk::new().with("稿.docx", &bytes);
    let answer = desk.run(&["check", "--fix", "稿.docx"]);
    assert!(
        answer.code == 2 && answer.err.contains("Word 文档要加 --fix --in-place 才改"),
        "{}{}",
        answer.out,
        answer.err
    );
    assert_eq!(std::fs::read(desk.folder.path().join("稿.docx")).unwrap(), bytes);
}

#[test]
fn hostile_documents_are_refused() {
    let good = Word::new(&p("同志们")).bytes();
    let with_body = |body: &str| Word::new(body).bytes();
    let entity = "<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><w:document/>";
    let package = |main: &str, relationships: &str| {
        archive(&[("word/document.xml", main.as_bytes()), ("_rels/.rels", relationships.as_bytes())])
    };
    let to = |target: &str| {
        format!("<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" {target}/></Relationships>")
    };
    let here = to("Target=\"word/document.xml\"");
    let document =
        |body: &str| format!("<w:document xmlns:w=\"{MAIN}\"><w:body>{}</w:body></w:document>", prefixed(body));
    let encrypted = [
        &b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0"[..],
        &"EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(),
    ]
    .concat();
    for (bytes, reason) in [
        (good[..good.len() - 30].to_vec(), "已损坏"),
        (good[..good.len() / 2].to_vec(), "已损坏"),
        (with_body("<p><r><t>甲</r></p>"), "已损坏"),
        (with_body("<p><r><t>&x;</t></r></p>"), "已损坏"),
        (with_body(&"<sdt>".repeat(5000)), "太大"),
        (with_body("<p/><altChunk r:id=\"a\"/>"), "嵌着别的文件"),
        (package(entity, &here), "已损坏"),
        (
            package(
                &document(&p("甲")),
                &here.replace("<Relationship ", "<Relationship><Relationship ").replace("/>", "/></Relationship>"),
            ),
            "已损坏",
        ),
        (package("<a/>", &here), "已损坏"),
        (package(&format!("{0}{0}", document(&p("甲"))), &here), "已损坏"),
        (package("<a/>", &to("Target=\"http://example.com/word/x\" TargetMode=\"External\"")), "已损坏"),
        (package("<a/>", &to("Target=\"../../../../etc/passwd\"")), "已损坏"),
        (archive(&[("word/document.xml", b"a"), ("word/document.xml", b"b")]), "已损坏"),
        (encrypted, "有打开密码"),
    ] {
        let answer = Desk::new().with("稿.docx", &bytes).run(&["check", "稿.docx"]);
        assert!(answer.code == 2 && answer.err.contains(reason), "{reason}: {}{}", answer.out, answer.err);
    }
}

#[test]
fn runs_that_are_written_badly_keep_their_text() {
    for run in [
        "<r><t>要分表必争，</t><rPr><vanish/></rPr><t>藏</t></r>",
        "<r><rPr><b/></rPr><rPr><i/></rPr><t>要分表必争，</t></r>",
        // Nothing here says that blanks are kept.
        "<r><t xml:s p=\"preserve\">要分表必争， </t></r>",
    ] {
        let bytes = Word::new(&format!("<p>{run}<r><t>请XX区带头。</t></r></p>")).bytes();
        let desk = Desk::new().with("稿.docx", &bytes);
        for way in ["--annotate", "--revise"] {
            let to = format!("{}.docx", &way[2..]);
            let answer = desk.run(&["check", way, &to, "稿.docx"]);
            let written = std::fs::read(desk.folder.path().join(to)).unwrap();
            let text = text_of(&written).replace("分秒必争", "分表必争");
            assert_eq!(text, text_of(&bytes), "{run}: {}", answer.err);
        }
    }
}

#[test]
fn macros_stay_as_they_are() {
    let mut of: Vec<(String, String)> = parts(&Word::new(&p("同志们，请XX区带头。")).bytes()).into_iter().collect();
    of.push(("word/vbaProject.bin".to_owned(), "\u{0}宏\r\n".to_owned()));
    let entries: Vec<(&str, &[u8])> = of.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let desk = Desk::new().with("稿.docm", archive(&entries));
    for way in ["--annotate", "--revise"] {
        let to = format!("{}.docm", &way[2..]);
        assert_eq!(desk.run(&["check", way, &to, "稿.docm"]).code, 1);
        let written = parts(&std::fs::read(desk.folder.path().join(to)).unwrap());
        assert_eq!(written["word/vbaProject.bin"], "\u{0}宏\r\n");
    }
}

#[test]
fn names_of_parts_are_the_same_however_they_are_written() {
    const CODED: &str = "word/%E6%96%87%E7%A8%BF.xml";
    let bytes = faulty().bytes();
    for (named, referred) in [
        ("word/文稿.xml", CODED),
        (CODED, "word/文稿.xml"),
        ("word/%e6%96%87%E7%A8%BF.xml", CODED),
        ("word\\document.xml", "word/document.xml"),
        ("word/document.xml", "word\\document.xml"),
        ("Word/DOCUMENT.xml", "word/Document.XML"),
        ("word/100%.xml", "word/100%.xml"),
    ] {
        let (folder, file) = named.split_once(['/', '\\']).unwrap();
        let renamed = parts(&bytes).into_iter().map(|(name, text)| match name.as_str() {
            "word/document.xml" => (named.to_owned(), text),
            "word/_rels/document.xml.rels" => (format!("{folder}/_rels/{file}.rels"), text),
            _ => (name, text.replace("word/document.xml", referred)),
        });
        let renamed: Vec<(String, String)> = renamed.collect();
        let entries: Vec<(&str, &[u8])> = renamed.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
        let desk = Desk::new().with("稿.docx", archive(&entries));
        let answer = desk.run(&["check", "--annotate", "批注.docx", "稿.docx"]);
        assert!(answer.code == 1 && answer.err.contains("批注"), "{named} {referred}: {}{}", answer.out, answer.err);
        let written = std::fs::read(desk.folder.path().join("批注.docx")).unwrap();
        assert_eq!(text_of(&written), text_of(&bytes));
        assert_eq!(parts(&written).len(), renamed.len(), "{named} {referred}");
    }
}

#[test]
fn parts_with_nothing_in_them_are_read() {
    let section = "<sectPr><headerReference w:type=\"default\" r:id=\"header1\"/></sectPr>";
    let mut word = Word::new(&(p("同志们，请XX区带头。") + section));
    for name in ["header1", "comments", "footnotes", "styles", "numbering", "settings"] {
        let root = if name == "header1" { "hdr" } else { name };
        word.parts.push((name.to_owned(), format!("<w:{root} xmlns:w=\"{MAIN}\"/>")));
    }
    let bytes = word.bytes();
    let desk = Desk::new().with("稿.docx", &bytes);
    let answer = desk.run(&["check", "--annotate", "批注.docx", "稿.docx"]);
    assert!(answer.code == 1 && answer.err.contains("批注 1 条"), "{}{}", answer.out, answer.err);
    let annotated = std::fs::read(desk.folder.path().join("批注.docx")).unwrap();
    assert_eq!(comments(&annotated)[0].0, "XX");
    assert_eq!(text_of(&strip(&annotated).unwrap().unwrap()), text_of(&bytes));
}

/// The parts of a package.
pub fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for n in 0..archive.len() {
        let mut file = archive.by_index(n).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        parts.insert(file.name().unwrap().into_owned(), text);
    }
    parts
}

fn text_of(bytes: &[u8]) -> String {
    Document::read(bytes).unwrap().text().to_owned()
}

/// The characters between the marks of each comment, with its text.
fn comments(bytes: &[u8]) -> Vec<(String, String)> {
    let parts = parts(bytes);
    let (document, comments) = (&parts["word/document.xml"], parts.get("word/comments.xml"));
    let plain = |xml: &str| {
        let pieces = xml.split('<').filter_map(|piece| piece.split_once('>'));
        pieces.filter(|(tag, _)| tag.starts_with("w:t") || tag.starts_with("w:delText")).map(|(_, text)| text).collect()
    };
    let mut found = Vec::new();
    for comment in comments.map_or("", |xml| xml).split("<w:comment ").skip(1) {
        let id = comment.split("w:id=\"").nth(1).unwrap().split('"').next().unwrap();
        let mark = |name: &str| document.find(&format!("<w:{name} w:id=\"{id}\"/>"));
        let Some(start) = mark("commentRangeStart") else { continue };
        let (end, sign) = (mark("commentRangeEnd").unwrap(), mark("commentReference").unwrap());
        assert!(end < sign);
        found.push((plain(&document[start..end]), plain(comment)));
    }
    found
}

/// The text with all proposals of ours taken back.
fn rejected(bytes: &[u8]) -> String {
    let mut parts = parts(bytes);
    let mut xml = parts["word/document.xml"].clone();
    let ours = |xml: &str, name: &str| {
        let tag = format!("<w:{name} ");
        let mut found = xml.match_indices(&tag).map(|(at, _)| at);
        found.find(|at| xml[*at..].split('>').next().unwrap().contains("讲稿"))
    };
    while let Some(start) = ours(&xml, "ins") {
        let end = start + xml[start..].find("</w:ins>").unwrap() + "</w:ins>".len();
        xml.replace_range(start..end, "");
    }
    while let Some(start) = ours(&xml, "del") {
        let end = start + xml[start..].find("</w:del>").unwrap() + "</w:del>".len();
        let kept = xml[start..end].replace("w:delText", "w:t").replace("</w:del>", "");
        xml.replace_range(start..end, kept.split_once('>').unwrap().1);
    }
    parts.insert("word/document.xml".to_owned(), xml);
    let entries: Vec<(&str, &[u8])> = parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    text_of(&archive(&entries))
}

/// A document with faults in split runs, in a field, in what somebody has proposed, and in a note.
fn faulty() -> Word {
    let body = p("在全县重点项目推进会上的讲话")
        + &p("同志们：")
        + "<p><r><t>各级各部门要分</t></r><r><t xml:space=\"preserve\">表必争，&amp; 抓好落实。</t></r></p>"
        + "<p><r><t>要狠抓</t></r><r><rPr><b/></rPr><t>工作的的落实。</t></r></p>"
        + "<p><r><t>分</t></r><r><rPr><b/></rPr><t>表必争。</t></r><ins id=\"7\" author=\"张三\"><r><t>时间分表必争。</t></r></ins></p>"
        + "<p><fldSimple instr=\"REF a\"><r><t>分表必争</t></r></fldSimple><r><t>，请XX区带头</t></r><r><footnoteReference id=\"1\"/></r><r><t>。</t></r></p>";
    Word::new(&body)
        .with("numbering", &numbering())
        .with("footnotes", &format!("<footnote id=\"1\">{}</footnote>", p("数据由XX局提供。")))
        .with("comments", "<comment id=\"3\" author=\"李四\"><p><r><t>请审定</t></r></p></comment>")
}

#[test]
fn findings_become_comments_at_their_characters() {
    // A comment of somebody else, on the title.
    let mut document = faulty();
    document.body = document.body.replacen(
        "<w:r><w:t>在全县",
        "<w:commentRangeStart w:id=\"3\"/><w:commentRangeEnd w:id=\"3\"/><w:r><w:commentReference w:id=\"3\"/></w:r><w:r><w:t>在全县",
        1,
    );
    let bytes = document.bytes();
    let desk = Desk::new().with("稿.docx", &bytes);
    let answer = desk.run(&["check", "--annotate", "批注.docx", "稿.docx"]);
    assert!(answer.code == 1 && answer.err.contains("批注.docx：批注"), "{}{}", answer.out, answer.err);
    let read = |name: &str| std::fs::read(desk.folder.path().join(name)).unwrap();
    let annotated = read("批注.docx");
    assert_eq!(text_of(&annotated), text_of(&bytes));
    let found = comments(&annotated);
    let has = |quoted: &str, said: &str| found.iter().any(|(text, comment)| text == quoted && comment.contains(said));
    assert!(has("", "请审定"), "{found:?}");
    assert!(has("分表必争", "〔成语误写〕“分表必争”应为“分秒必争”建议：改为“分秒必争”"), "{found:?}");
    assert!(has("的的", "“的”写了两遍") && has("XX", "地名"), "{found:?}");
    // What stands in a note is quoted at its sign.
    assert!(has("", "“数据由XX局提供。”：〔占位符未填〕"), "{found:?}");
    let (before, after) = (parts(&bytes), parts(&annotated));
    for (name, content) in &before {
        let is_touched = ["word/document.xml", "word/comments.xml"].contains(&name.as_str());
        assert!(is_touched || after[name] == *content, "{name}");
    }
    // Nothing is written over.
    let again = desk.run(&["check", "--annotate", "批注.docx", "稿.docx"]);
    assert!(again.code == 2 && again.err.contains("已有这个文件"), "{}", again.err);
    // Once more: the same.
    desk.run(&["check", "--annotate", "二.docx", "批注.docx"]);
    assert_eq!(parts(&read("二.docx")), after);
    let stripped = desk.run(&["check", "--strip", "净.docx", "二.docx"]);
    assert_eq!(stripped.code, 0, "{}", stripped.err);
    let bare = read("净.docx");
    assert_eq!(text_of(&bare), text_of(&bytes));
    assert_eq!(parts(&bare)["word/comments.xml"], before["word/comments.xml"]);
    assert_eq!(comments(&bare).len(), 1);
}

#[test]
fn our_comments_come_and_go_without_a_trace() {
    let bytes = Word::new(&p("同志们，请XX区带头。")).bytes();
    let desk = Desk::new().with("稿.docx", &bytes);
    desk.run(&["check", "--annotate", "批注.docx", "稿.docx"]);
    let read = |name: &str| std::fs::read(desk.folder.path().join(name)).unwrap();
    assert_eq!(comments(&read("批注.docx")).len(), 1);
    desk.run(&["check", "--strip", "净.docx", "批注.docx"]);
    let (before, after) = (parts(&bytes), parts(&read("净.docx")));
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    assert_eq!(before["[Content_Types].xml"], after["[Content_Types].xml"]);
    assert_eq!(before["word/_rels/document.xml.rels"], after["word/_rels/document.xml.rels"]);
    assert!(!after["word/document.xml"].contains("comment"));
    // A comment that somebody has answered stays, and is not made twice.
    let mut answered = parts(&read("批注.docx"));
    let comments_xml = answered["word/comments.xml"].replacen(
        "<w:p>",
        "<w:p w14:paraId=\"0A\" xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\">",
        1,
    );
    answered.insert("word/comments.xml".to_owned(), comments_xml);
    answered.insert("word/ex.xml".to_owned(), "<w15:commentsEx xmlns:w15=\"http://schemas.microsoft.com/office/word/2012/wordml\"><w15:commentEx w15:paraId=\"0A\" w15:done=\"0\"/><w15:commentEx w15:paraId=\"0B\" w15:paraIdParent=\"0A\" w15:done=\"0\"/></w15:commentsEx>".to_owned());
    let relationships = answered["word/_rels/document.xml.rels"].replace(
        "</Relationships>",
        "<Relationship Id=\"ex\" Type=\"a/commentsExtended\" Target=\"ex.xml\"/></Relationships>",
    );
    answered.insert("word/_rels/document.xml.rels".to_owned(), relationships);
    let entries: Vec<(&str, &[u8])> = answered.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    std::fs::write(desk.folder.path().join("答.docx"), archive(&entries)).unwrap();
    desk.run(&["check", "--annotate", "答二.docx", "答.docx"]);
    assert_eq!(comments(&read("答二.docx")).len(), 1);
}

#[test]
fn certain_corrections_become_tracked_changes() {
    let bytes = faulty().bytes();
    let desk = Desk::new().with("稿.docx", &bytes).with("稿.txt", text_of(&bytes));
    let answer = desk.run(&["check", "--revise", "修订.docx", "稿.docx"]);
    assert!(answer.err.contains("修订.docx：修订"), "{}", answer.err);
    let read = |name: &str| std::fs::read(desk.folder.path().join(name)).unwrap();
    let revised = read("修订.docx");
    assert_eq!(rejected(&revised), text_of(&bytes));
    let text = text_of(&revised);
    assert!(text.contains("要分秒必争，& 抓好落实") && text.contains("要狠抓工作的落实"), "{text}");
    // Not what somebody has proposed, what a field gives, or what has two forms: there are comments.
    assert!(text.contains("时间分表必争") && text.contains("\n分表必争，") && text.contains("\n分表必争。"), "{text}");
    let found = comments(&revised);
    assert_eq!(found.iter().filter(|(text, _)| text == "分表必争").count(), 3, "{found:?}");
    let xml = &parts(&revised)["word/document.xml"];
    assert!(xml.contains("<w:rPr><w:b/></w:rPr><w:delText xml:space=\"preserve\">的"), "{xml}");
}

#[test]
fn what_nobody_sees_is_no_format() {
    const PLAIN: &str = "<r><t>";
    // What Word writes beside an input method, a language, a spelling that is not checked.
    for (first, second) in [
        (PLAIN, "<r><rPr><rFonts hint=\"eastAsia\"/></rPr><t>"),
        ("<r><rPr><rFonts hint=\"eastAsia\"/></rPr><t>", "<r><rPr/><t>"),
        (
            "<r><rPr><rFonts hint=\"eastAsia\" eastAsia=\"仿宋\"/><sz val=\"32\"/></rPr><t>",
            "<r><rPr><rFonts eastAsia=\"仿宋\" cs=\"仿宋\"/><sz val=\"32\"/><szCs val=\"32\"/></rPr><t>",
        ),
        ("<r><rPr><lang eastAsia=\"zh-CN\"/></rPr><t>", PLAIN),
        ("<r><rPr><b/><noProof/></rPr><t>", "<r><rPr><b/><webHidden/></rPr><t>"),
    ] {
        let body = format!("<p>{first}XX</t></r>{second}区分</t></r>{first}表必争。</t></r></p>");
        let bytes = Word::new(&body).bytes();
        let desk = Desk::new().with("稿.docx", &bytes);
        let answer = desk.run(&["fill", "稿.docx", "--set", "XX区=东湖区", "-o", "填.docx"]);
        assert_eq!(answer.code, 0, "{first}{second}: {}", answer.err);
        let filled = std::fs::read(desk.folder.path().join("填.docx")).unwrap();
        assert_eq!((text_of(&filled).as_str(), rejected(&filled)), ("东湖区分表必争。\n", text_of(&bytes)));
        // What is put in looks like the first character that it stands for.
        let xml = &parts(&filled)["word/document.xml"];
        let run = prefixed(first).replace("<w:t>", "<w:t xml:space=\"preserve\">");
        assert!(xml.contains(&format!("{run}东湖区</w:t></w:r></w:ins>")), "{xml}");
        desk.run(&["check", "--revise", "改.docx", "稿.docx"]);
        let revised = std::fs::read(desk.folder.path().join("改.docx")).unwrap();
        assert_eq!(text_of(&revised), "XX区分秒必争。\n", "{first}{second}");
    }
    // Two forms are two.
    for second in ["<b/>", "<rFonts ascii=\"黑体\" hint=\"eastAsia\"/>", "<u val=\"single\"/><lang val=\"en-US\"/>"] {
        let body = format!("<p>{PLAIN}请XX</t></r><r><rPr>{second}</rPr><t>区带头。</t></r></p>");
        let desk = Desk::new().with("稿.docx", Word::new(&body).bytes());
        let answer = desk.run(&["fill", "稿.docx", "--set", "XX区=东湖区", "-o", "填.docx"]);
        assert!(answer.code == 2 && answer.err.contains("跨着两种格式"), "{second}: {}", answer.err);
    }
}

#[test]
fn a_document_is_edited_in_place_with_a_copy_kept() {
    let bytes = Word::new(&p("同志们，各级各部门要分表必争，抓好落实。")).bytes();
    let desk =
        Desk::new().with("稿.docx", &bytes).with("稿.原稿.docx", "x").with("乙.txt", "同志们，要分表必争，抓好落实。");
    let answer = desk.run(&["check", "--fix", "--in-place", "稿.docx", "乙.txt"]);
    assert!(answer.err.contains("修订 1 处；改动前的文件是 稿.原稿2.docx"), "{}{}", answer.out, answer.err);
    let read = |name: &str| std::fs::read(desk.folder.path().join(name)).unwrap();
    assert_eq!(read("稿.原稿2.docx"), bytes);
    assert!(text_of(&read("稿.docx")).contains("分秒必争"));
    assert_eq!(rejected(&read("稿.docx")), text_of(&bytes));
    assert!(String::from_utf8(read("乙.txt")).unwrap().contains("分秒必争"));
    let before = names(&desk);
    let answer = desk.run(&["check", "--fix", "--in-place", "稿.docx"]);
    assert!(answer.err.contains("没有能写成修订的改动，文件没有动"), "{}", answer.err);
    let answer = desk.run_with_input(&["check", "--fix", "--in-place", "--stdin-filename", "稿.docx", "-"], &bytes);
    assert!(answer.code == 2 && answer.err.contains("标准输入没有原文件可改"), "{}", answer.err);
    assert_eq!(names(&desk), before);
}

/// The names on a desk.
fn names(desk: &Desk) -> Vec<String> {
    let entries = std::fs::read_dir(desk.folder.path()).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[cfg(unix)]
#[test]
fn what_is_not_written_whole_leaves_nothing() {
    let text = "同志们，各级各部门要分表必争，请XX区带头。\n".repeat(200);
    let bytes = Word::new(&text.lines().map(p).collect::<String>()).bytes();
    let desk = Desk::new().with("稿.docx", &bytes).with("稿.txt", &text);
    let before = names(&desk);
    for arguments in [
        &["check", "--annotate", "新.docx", "稿.docx"][..],
        &["check", "--revise", "新.docx", "稿.docx"],
        &["check", "--strip", "新.docx", "稿.docx"],
        &["check", "--fix", "--in-place", "稿.docx"],
        &["check", "--output", "json=新.json", "稿.docx"],
        &["fill", "稿.docx", "--set", "XX区=东湖区", "-o", "新.docx"],
        &["fill", "稿.txt", "--set", "XX区=东湖区", "-o", "新.txt"],
        &["export", "稿.txt", "-o", "新.docx"],
    ] {
        // A file of more than so many bytes is not written, as on a disk that is full.
        let mut command = std::process::Command::new("sh");
        let inner = desk.command(arguments);
        command.args(["-c", "trap '' XFSZ; ulimit -f 1; exec \"$@\"", "sh"]).arg(inner.get_program());
        command.args(arguments).current_dir(desk.folder.path()).env("LC_ALL", "zh_CN.UTF-8");
        let answer = crate::cli::answer(command.output().unwrap());
        assert!(answer.code == 2 && answer.err.contains("超过了系统的限制"), "{arguments:?} {}", answer.err);
        assert_eq!(names(&desk), before, "{arguments:?}");
    }
    assert_eq!(std::fs::read(desk.folder.path().join("稿.docx")).unwrap(), bytes);
}

#[cfg(unix)]
#[test]
fn copies_have_at_most_the_rights_of_the_document() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new().with("稿.docx", Word::new(&p("同志们，要分表必争，请XX区带头。")).bytes());
    let rights = |name: &str, mode| {
        std::fs::set_permissions(desk.folder.path().join(name), std::fs::Permissions::from_mode(mode)).unwrap();
    };
    rights("稿.docx", 0o600);
    desk.run(&["check", "--annotate", "批.docx", "稿.docx"]);
    desk.run(&["check", "--revise", "修.docx", "稿.docx"]);
    desk.run(&["check", "--strip", "去.docx", "批.docx"]);
    desk.run(&["fill", "稿.docx", "--set", "XX区=东湖区", "-o", "填.docx"]);
    desk.run(&["export", "稿.docx", "-o", "排.docx"]);
    desk.run(&["check", "--fix", "--in-place", "稿.docx"]);
    for name in ["批", "修", "去", "填", "排", "稿", "稿.原稿"] {
        let mode = std::fs::metadata(desk.folder.path().join(format!("{name}.docx"))).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    // What nobody may change has no copy either.
    std::fs::write(desk.folder.path().join("只读.docx"), Word::new(&p("同志们，要分表必争。")).bytes()).unwrap();
    rights("只读.docx", 0o444);
    let before = names(&desk);
    let answer = desk.run(&["check", "--fix", "--in-place", "只读.docx"]);
    assert!(answer.code == 2 && answer.err.contains("文件是只读的"), "{}", answer.err);
    assert_eq!(names(&desk), before);
}

#[test]
fn what_cannot_be_written_is_said() {
    let word = Word::new(&p("同志们，请XX区带头。"));
    let mut signed: Vec<(String, String)> = parts(&word.bytes()).into_iter().collect();
    signed.push(("_xmlsignatures/sig1.xml".to_owned(), "<a/>".to_owned()));
    let signed: Vec<(&str, &[u8])> = signed.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let desk = Desk::new()
        .with("章.docx", archive(&signed))
        .with("a.txt", "同志们，请XX区带头。")
        .with("b.docx", word.bytes())
        .with("无名", word.bytes())
        .with("标.docx", Word::new(&p("同志们,请XX区带头,抓好落实。")).bytes())
        .with("P.docx", "P")
        .with("o.odt", archive(&[("mimetype", b"application/vnd.oasis.opendocument.text")]))
        .with("身.docx", Word::new(&format!("<body>{}<sectPr/></body>", p("甲"))).bytes());
    for (arguments, reason) in [
        (&["check", "--annotate", "o.docx", "章.docx"][..], "有数字签名"),
        (&["check", "--annotate", "o.docx", "a.txt"], "只有 Word 文档"),
        (&["check", "--annotate", "o.docx", "a.txt", "b.docx"], "一次只能是一份"),
        (&["check", "--annotate", "无/o.docx", "b.docx"], "没有写 无/o.docx：没有这个文件夹"),
        (&["check", "--strip", "o.docx", "a.txt"], "已损坏，或者不是 .docx"),
        (&["check", "--in-place", "b.docx"], "--fix"),
        (&["check", "--strip", "o.docx", "b.docx", "章.docx"], "一次只能是一份"),
        (&["check", "--annotate", "o.docx", "无名"], "名字要和原文件一样，没有扩展名"),
        (&["check", "--fix-style", "标.docx"], "要加 --fix --in-place 才改"),
        (&["check", "P.docx"], "已损坏，或者不是 .docx"),
        (&["check", "o.odt"], "这是 OpenDocument 文档"),
        (&["check", "--annotate", "o.docm", "b.docx"], "扩展名要和原文件一样，是 .docx"),
        (&["check", "--strip", "o.txt", "b.docx"], "扩展名要和原文件一样，是 .docx"),
        (&["export", "a.txt", "-o", "b.docx"], "已有这个文件"),
        (&["export", "a.txt", "-o", "o.docx", "--template", "a.txt"], "已损坏，或者不是 .docx"),
        (&["export", "无.txt", "-o", "o.docx"], "没有这个文件"),
        (&["export", "a.txt", "-o", "o.docx", "--template", "身.docx"], "写法少见"),
        (&["export", "a.txt", "-o", "o.html", "--template", "身.docx"], "网页不用模板"),
    ] {
        let answer = desk.run(arguments);
        assert!(answer.code == 2 && answer.err.contains(reason), "{reason}: {}{}", answer.out, answer.err);
        assert!(!desk.folder.path().join("o.docx").exists());
    }
    assert_eq!(desk.run(&["check", "章.docx"]).code, 1);
    // Read it is, whatever the prefix; written into it is not.
    let main = format!(
        "<w:document xmlns:w=\"{MAIN}\" xmlns:x=\"{MAIN}\"><w:body><x:p><x:r><x:t>同志们，请XX区带头。</x:t></x:r></x:p></w:body></w:document>"
    );
    let mut other: Vec<(String, String)> = parts(&word.bytes()).into_iter().collect();
    other.iter_mut().filter(|(name, _)| name == "word/document.xml").for_each(|(_, xml)| *xml = main.clone());
    let other: Vec<(&str, &[u8])> = other.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let desk = desk.with("x.docx", archive(&other));
    let answer = desk.run(&["check", "--annotate", "o.docx", "x.docx"]);
    assert!(answer.code == 2 && answer.err.contains("x.docx：这份 Word 文档的写法少见"), "{}", answer.err);
    assert!(answer.out.contains("XX区") && answer.err.contains("能读"), "{}{}", answer.out, answer.err);
}

#[test]
fn the_mark_of_a_note_is_no_blank() {
    let star = |properties: &str| format!("<r><rPr>{properties}</rPr><t>*</t></r>");
    let body = p("同志们：")
        + "<p><r><t>去年全县地区生产总值</t></r>"
        + &star("<vertAlign val=\"superscript\"/>")
        + "<r><t>完成128.6亿元，工业增加值</t></r>"
        + &star("<rStyle val=\"Mark\"/>")
        + "<r><t>完成50亿元，旅游收入</t></r><r><footnoteReference customMarkFollows=\"1\" id=\"2\"/><t>*</t></r><r><t>完成9亿元，完成投资</t></r>"
        + &star("")
        + "<r><t>亿元，平方米数写作m</t></r><r><rPr><vertAlign val=\"superscript\"/></rPr><t>2</t></r><r><t>。</t></r></p>";
    let styles = "<style type=\"character\" styleId=\"Base\"><rPr><vertAlign val=\"superscript\"/></rPr></style><style type=\"character\" styleId=\"Mark\"><basedOn val=\"Base\"/></style>";
    let bytes = Word::new(&body)
        .with("styles", styles)
        .with("footnotes", "<footnote id=\"2\"><p><r><t>县统计局数据</t></r></p></footnote>")
        .bytes();
    let shown = "同志们：\n去年全县地区生产总值完成128.6亿元，工业增加值完成50亿元，旅游收入完成9亿元，完成投资*亿元，平方米数写作m2。\n";
    assert!(text_of(&bytes).starts_with(shown), "{}", text_of(&bytes));
    let answer = Desk::new().with("稿.docx", &bytes).run(&["check", "稿.docx"]);
    assert_eq!(answer.out.matches("placeholder]").count(), 1, "{}", answer.out);
}

#[test]
fn placeholders_are_filled_in() {
    let body = "<p><r><t>请X</t></r><r><t>X区带头。</t></r></p><p><r><t>完成投资X亿元，XX区要实干。</t></r></p><p><r><t>请</t></r><ins id=\"7\" author=\"张三\"><r><t>XX区落实。</t></r></ins></p>";
    let bytes = Word::new(&(p("同志们：") + body)).bytes();
    let desk = Desk::new()
        .with("稿.docx", &bytes)
        .with("稿.txt", text_of(&bytes))
        .with_settings("[facts]\n\"XX区\" = \"东湖区\"\n");
    let answer = desk.run(&["fill", "稿.txt", "--set", "X亿元=5亿元", "--set", "XX县=甲县"]);
    assert_eq!(answer.out, "同志们：\n请东湖区带头。\n完成投资5亿元，东湖区要实干。\n请东湖区落实。\n");
    assert!(answer.code == 2 && answer.err.contains("没有填：XX县"), "{}", answer.err);
    let answer = desk.run(&["fill", "稿.docx", "--set", "X亿元=5亿元", "-o", "填.docx"]);
    assert!(
        answer.code == 2 && answer.err.contains("有 1 处没有填") && answer.err.contains("填了 3 处"),
        "{}",
        answer.err
    );
    let filled = std::fs::read(desk.folder.path().join("填.docx")).unwrap();
    assert_eq!(text_of(&filled), "同志们：\n请东湖区带头。\n完成投资5亿元，东湖区要实干。\n请XX区落实。\n");
    assert_eq!(rejected(&filled), text_of(&bytes));
    let answer = desk.run(&["fill", "稿.docx"]);
    assert!(answer.code == 2 && answer.err.contains("要用 -o 写明"), "{}", answer.err);
    // Nobody knows which of two is meant; of the command line and the settings it is the former.
    let answer = desk.run(&["fill", "稿.txt", "--set", "X亿元=5亿元", "--set", " X亿元 =6亿元"]);
    assert!(answer.code == 2 && answer.out.is_empty(), "{}", answer.out);
    assert!(answer.err.contains("“--set X亿元=…”写了不止一次"), "{}", answer.err);
    let answer = desk.run(&["fill", "稿.txt", "--set", "XX区=西山区"]);
    assert!(answer.out.contains("请西山区带头") && !answer.out.contains("东湖区"), "{}", answer.out);
    assert!(answer.err.contains("XX区：按 --set 填“西山区”，不用设置里的“东湖区”"), "{}", answer.err);
}

const LAID_OUT: &str = "在全县工作会议上的讲话\n（2026年1月15日）\n\n同志们：\n　　下面，我讲两点意见。\n　　一、提高认识\n　　各级各部门要高度重视；要统一思想。要抓好落实。\n　　（一）加强领导。主要领导要亲自抓。\n　　二、狠抓落实 & 检查\n　　附件：任务清单\n中共XX县委办公室\n2026年1月15日\n附件1\n任务清单\n";

#[test]
fn what_is_not_for_the_reader_is_not_laid_out() {
    let draft = "# 讲话\n\n同志们：\n\n<!-- 内部意见：此处有异议 -->\n\n要抓好落实。【讲稿：忽略】\n\n```\n草稿\n```\n";
    let desk = Desk::new().with("稿.md", draft);
    let answer = desk.run(&["export", "稿.md", "-o", "稿.docx"]);
    assert_eq!(answer.code, 0);
    assert!(answer.err.contains("有 4 行是代码、注释"), "{}", answer.err);
    let made = std::fs::read(desk.folder.path().join("稿.docx")).unwrap();
    let text = text_of(&made);
    assert!(
        text.contains("要抓好落实。") && !text.contains("忽略") && !text.contains("内部") && !text.contains("草稿"),
        "{text}"
    );
}

#[test]
fn drafts_are_laid_out() {
    let desk = Desk::new().with("稿.txt", LAID_OUT).with("范文.docx", faulty().bytes());
    let answer = desk.run(&["export", "稿.txt", "-o", "稿.docx"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    let read = |name: &str| std::fs::read(desk.folder.path().join(name)).unwrap();
    let bare = |text: &str| {
        text.lines()
            .map(|line| line.trim_matches(['　', ' ']))
            .filter(|line| !line.is_empty())
            .collect::<Vec<_>>()
            .join("\n")
    };
    let made = read("稿.docx");
    assert_eq!(bare(&text_of(&made)), bare(LAID_OUT));
    let xml = &parts(&made)["word/document.xml"];
    let styles: Vec<&str> =
        xml.split("<w:pStyle w:val=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let expected = "Title Subtitle BodyText Salutation BodyText Heading1 BodyText BodyText Heading1 BodyText Signature Date Annex BodyText";
    assert_eq!(styles.join(" "), expected);
    // A heading that runs into its paragraph.
    assert!(
        xml.contains(
            "<w:rStyle w:val=\"Heading2Char\"/></w:rPr><w:t xml:space=\"preserve\">（一）加强领导。</w:t></w:r><w:r>"
        ),
        "{xml}"
    );
    let outline = |name: &str| desk.run(&["outline", name]).out;
    assert_eq!(outline("稿.docx").lines().count(), outline("稿.txt").lines().count());
    let answer = desk.run(&["export", "--reading", "稿.txt", "-o", "念.HTML"]);
    let page = std::fs::read_to_string(desk.folder.path().join("念.HTML")).unwrap();
    assert!(answer.code == 0 && page.contains("<body class=\"reading\">") && page.contains("<i>‖</i>"), "{page}");
    desk.run(&["export", "--reading", "稿.txt", "-o", "念.docx"]);
    assert!(text_of(&read("念.docx")).contains("高度重视；｜要统一思想。‖要抓好落实。\n"));
    // The office's own styles, by their names.
    let styles = "<style type=\"paragraph\" styleId=\"a7\"><name val=\"一级标题\"/><pPr><numPr><numId val=\"1\"/></numPr></pPr></style><style type=\"paragraph\" styleId=\"b\"><name val=\"公文标题\"/></style>";
    std::fs::write(desk.folder.path().join("自家.docx"), faulty().with("styles", styles).bytes()).unwrap();
    let answer = desk.run(&["export", "稿.txt", "-o", "套.docx", "--template", "自家.docx"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    let made = parts(&read("套.docx"));
    assert!(
        made["word/document.xml"]
            .contains("<w:pStyle w:val=\"a7\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"0\"/></w:numPr></w:pPr><w:r><w:t xml:space=\"preserve\">一、提高认识")
    );
    assert!(
        made["word/document.xml"].contains("<w:pStyle w:val=\"b\"/>")
            && !made["word/document.xml"].contains("Subtitle")
    );
    let all = made.iter().map(|(name, xml)| format!("{name}{xml}")).collect::<String>();
    for gone in ["李四", "张三", "数据由", "comments", "footnotes"] {
        assert!(!all.contains(gone), "{gone}: {all}");
    }
}

#[test]
fn of_a_template_only_what_lays_out_is_taken() {
    const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let word = |name: &str, kind: &str| {
        (
            format!("word/{name}.xml"),
            format!("<Override PartName=\"/word/{name}.xml\" ContentType=\"{WORD}.{kind}+xml\"/>"),
        )
    };
    let relationship =
        |id: &str, kind: &str, to: &str| format!("<Relationship Id=\"{id}\" Type=\"{TYPES}/{kind}\" Target=\"{to}\"/>");
    let part = |root: &str, inner: &str| {
        format!("<w:{root} xmlns:w=\"{MAIN}\" xmlns:r=\"{TYPES}\">{}</w:{root}>", prefixed(inner))
    };
    let notes = format!(
        "<footnote type=\"separator\" id=\"-1\"><p><r><separator/></r></p></footnote><footnote id=\"1\">{}</footnote>",
        p("秘密")
    );
    let section = "<sectPr><headerReference type=\"default\" r:id=\"h\"/><printerSettings r:id=\"pr\"/><pgSz w=\"11906\" h=\"16838\"/><sectPrChange id=\"5\" author=\"秘密\"><sectPr/></sectPrChange></sectPr>";
    let settings = "<attachedTemplate r:id=\"t\"/><documentProtection edit=\"readOnly\" enforcement=\"1\"/><evenAndOddHeaders/><docVars><docVar name=\"a\" val=\"秘密\"/></docVars>";
    let made = Word::new(&(p("秘密") + section)).bytes();
    let mut of = parts(&made);
    let named = [
        ("header1", "header", part("hdr", "<p><r><drawing><x r:id=\"i\"/></drawing><t>市委办公室</t></r></p>")),
        ("header2", "header", part("hdr", &p("秘密"))),
        ("styles", "styles", part("styles", "")),
        ("settings", "settings", part("settings", settings)),
        ("footnotes", "footnotes", part("footnotes", &notes)),
        ("comments", "comments", part("comments", "")),
        ("commentsExtended", "commentsExtended", part("x", "秘密")),
        ("people", "people", part("x", "秘密")),
    ];
    let mut overrides = String::new();
    for (name, kind, xml) in named {
        let (file, entry) = word(name, kind);
        of.insert(file, xml);
        overrides += &entry;
    }
    for (file, text) in [
        ("word/media/seal.png", "章"),
        ("word/media/photo.png", "秘密"),
        ("word/printer.bin", "秘密"),
        ("docProps/core.xml", "<c>秘密</c>"),
        ("docProps/app.xml", "<c>秘密</c>"),
        ("docProps/thumbnail.jpeg", "秘密"),
        ("customXml/item1.xml", "<c>秘密</c>"),
        ("customXml/_rels/item1.xml.rels", "<c>秘密</c>"),
    ] {
        of.insert(file.to_owned(), text.to_owned());
        if file.starts_with("docProps/") && file.ends_with("xml") {
            overrides += &format!("<Override PartName=\"/{file}\" ContentType=\"a/b\"/>");
        }
    }
    let put = |of: &mut BTreeMap<String, String>, file: &str, end: &str, more: &str| {
        let xml = of.get_mut(file).unwrap();
        *xml = xml.replace(end, &format!("{more}{end}"));
    };
    put(
        &mut of,
        "[Content_Types].xml",
        "</Types>",
        &(overrides + "<Default Extension=\"png\" ContentType=\"image/png\"/>"),
    );
    let list =
        |list: &[(&str, &str, &str)]| list.iter().map(|(id, kind, to)| relationship(id, kind, to)).collect::<String>();
    put(
        &mut of,
        "word/_rels/document.xml.rels",
        "</Relationships>",
        &list(&[
            ("h", "header", "header1.xml"),
            ("h2", "header", "header2.xml"),
            ("s", "styles", "styles.xml"),
            ("e", "settings", "settings.xml"),
            ("f", "footnotes", "footnotes.xml"),
            ("c", "comments", "comments.xml"),
            ("ce", "commentsExtended", "commentsExtended.xml"),
            ("pe", "people", "people.xml"),
            ("ph", "image", "media/photo.png"),
            ("pr", "printerSettings", "printer.bin"),
            ("cu", "customXml", "../customXml/item1.xml"),
        ]),
    );
    put(
        &mut of,
        "_rels/.rels",
        "</Relationships>",
        &list(&[
            ("c", "core-properties", "docProps/core.xml"),
            ("a", "extended-properties", "docProps/app.xml"),
            ("t", "thumbnail", "docProps/thumbnail.jpeg"),
        ]),
    );
    let of_part = |inner: String| format!("<Relationships xmlns=\"x\">{inner}</Relationships>");
    of.insert(
        "word/_rels/header1.xml.rels".to_owned(),
        of_part(list(&[("i", "image", "media/seal.png"), ("j", "image", "media/photo.png")])),
    );
    of.insert(
        "word/_rels/settings.xml.rels".to_owned(),
        of_part(list(&[("t", "attachedTemplate", "file:///秘密.dotx")])),
    );
    let entries: Vec<(&str, &[u8])> = of.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let desk = Desk::new().with("稿.txt", LAID_OUT).with("范文.docx", archive(&entries));
    let answer = desk.run(&["export", "稿.txt", "-o", "套.docx", "--template", "范文.docx"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    let made = parts(&std::fs::read(desk.folder.path().join("套.docx")).unwrap());
    let names: Vec<&str> = made.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels", "word/_rels/header1.xml.rels",
            "word/document.xml", "word/footnotes.xml", "word/header1.xml", "word/media/seal.png", "word/settings.xml",
            "word/styles.xml",
        ]
    );
    for (name, xml) in &made {
        assert!(!xml.contains("秘密") && !xml.contains("photo"), "{name}: {xml}");
    }
    assert!(made["word/footnotes.xml"].contains("<w:separator/>"), "{}", made["word/footnotes.xml"]);
    assert_eq!(made["word/settings.xml"], part("settings", "<evenAndOddHeaders/>"));
    // Everything that is said of a part is said of one that is there, and every part is known.
    let values = |xml: &str, key: &str| -> Vec<String> {
        xml.split(&format!("{key}=\"")).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    for name in values(&made["[Content_Types].xml"], "PartName") {
        assert!(made.contains_key(&name[1..]), "{name}");
    }
    assert_eq!(values(&made["_rels/.rels"], "Target"), ["word/document.xml"]);
    assert_eq!(
        values(&made["word/_rels/document.xml.rels"], "Target"),
        ["header1.xml", "styles.xml", "settings.xml", "footnotes.xml"]
    );
    assert_eq!(values(&made["word/_rels/header1.xml.rels"], "Target"), ["media/seal.png"]);
    // With macros it is none.
    let types = of["[Content_Types].xml"].replace("wordprocessingml.document.main", "x.document.macroEnabled.main");
    of.insert("[Content_Types].xml".to_owned(), types);
    let entries: Vec<(&str, &[u8])> = of.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let desk = desk.with("范文.docm", archive(&entries));
    let answer = desk.run(&["export", "稿.txt", "-o", "o.docx", "--template", "范文.docm"]);
    assert!(answer.code == 2 && answer.err.contains("范文.docm：有宏的文档"), "{}", answer.err);
}

mod random {
    use super::*;
    use proptest::prelude::*;

    /// A run, or several, of a text that is cut where `cut` says, in one of the ways that Word has.
    fn runs(text: &str, cut: usize, way: usize) -> String {
        let at = text.char_indices().map(|(at, _)| at).nth(cut % text.chars().count()).unwrap();
        let (a, b) = text.split_at(at);
        let run = |text: &str| format!("<r><t xml:space=\"preserve\">{text}</t></r>");
        match way % 12 {
            0 => format!("{}<r><rPr><b/></rPr><t>{b}</t></r>", run(a)),
            1 => format!("{}<ins id=\"5\" author=\"张三\">{}</ins>", run(a), run(b)),
            2 => format!("<hyperlink>{}</hyperlink>{}", run(a), run(b)),
            3 => format!("{}<sdt><sdtContent>{}</sdtContent></sdt>", run(a), run(b)),
            4 => format!("<r><t>{a}</t><t>{b}</t></r>"),
            5 => {
                format!("{}<bookmarkStart id=\"9\"/><del id=\"6\"><r><delText>删</delText></r></del>{}", run(a), run(b))
            }
            6 => format!("<r><t>{a}</t><tab/><t>&lt;{b}&gt;</t></r>"),
            7 => format!("<fldSimple>{}</fldSimple>{}", run(a), run(b)),
            8 => format!("<r><t> {a}</t><txbxContent><p>{}</p></txbxContent></r>", run(b)),
            9 => format!("<r><t>{a}</t><br/><t>{b} </t></r>"),
            10 => format!("{}<r><footnoteReference id=\"2\"/></r>{}", run(a), run(b)),
            _ => format!(
                "<r><t>{a}</t></r><r><mc:AlternateContent><mc:Choice Requires=\"w14\"><t>{b}</t></mc:Choice><mc:Fallback><t>x</t></mc:Fallback></mc:AlternateContent></r>"
            ),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn what_is_written_reads_the_same(
            paragraphs in proptest::collection::vec((0usize..7, 0usize..40, 0usize..12, 0u32..6), 1..12)
        ) {
            const TEXTS: [&str; 7] = [
                "下面，我讲四点意见。",
                "各级各部门要分表必争，请XX区带头。",
                "一要抓谋划。一要抓招商。三要抓服务。",
                "全年完成投资X亿元，增长XX%。",
                "要落实好的的各项任务，做到“四个意识。",
                "（【待补】）",
                "提高认识",
            ];
            let body: String = paragraphs
                .iter()
                .map(|&(text, cut, way, level)| {
                    let runs = runs(TEXTS[text], cut, way);
                    match level {
                        3 => format!("<p>{runs}</p>"),
                        4 => format!("<tbl><tr><tc><p>{runs}</p></tc></tr></tbl>"),
                        5 => format!("<sdt><sdtContent><p>{runs}</p></sdtContent></sdt>"),
                        level => format!("<p><pPr><numPr><ilvl val=\"{level}\"/><numId val=\"1\"/></numPr></pPr>{runs}</p>"),
                    }
                })
                .collect();
            let note = "<footnote id=\"2\"><p><r><t>要分表必争，请XX局落实。</t></r></p></footnote>";
            let bytes = Word::new(&body).with("numbering", &numbering()).with("footnotes", note).bytes();
            let found = |bytes: &[u8]| {
                let document = Document::read(bytes).unwrap();
                let lines = Flat::new(document.text());
                let settings = Arc::new(Settings::default());
                let analysis = Analysis::new(&lines, Markup::Plain, &settings);
                let mut found = rules::diagnostics(&analysis, &lines, &settings, Locale::Hans, usize::MAX);
                document.settle(&mut found, &lines, &settings, Locale::Hans);
                let edits = document.revisable(&found, fix_all(&analysis, &lines, &settings));
                (document, found, edits)
            };
            let (document, before, edits) = found(&bytes);
            let notes: Vec<Note> =
                before.iter().map(|finding| Note { span: finding.span, text: vec![finding.message.clone()] }).collect();
            let annotated = document.annotated(&bytes, &notes, &[]).unwrap();
            let (again, after, _) = found(&annotated);
            prop_assert_eq!(document.text(), again.text());
            prop_assert_eq!(format!("{before:?}"), format!("{after:?}"));
            let bare = strip(&annotated).unwrap().unwrap_or_else(|| annotated.clone());
            prop_assert_eq!(document.text(), text_of(&bare));
            let revised = document.annotated(&bytes, &notes, &edits).unwrap();
            prop_assert_eq!(apply(document.text(), &edits), text_of(&revised));
        }
    }
}
