//! Word documents that are made to take long: each has a kind of thing so often that whoever looked through all of them
//! for each of them would be at it for minutes. The limit is wide: a slow machine is no failure.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use crate::cli::Desk;
use crate::word::Word;

const LIMIT: Duration = Duration::from_secs(40);

fn p(text: &str) -> String {
    format!("<p><r><t>{text}</t></r></p>")
}

/// `piece` of each number.
fn many(count: u32, piece: impl Fn(u32) -> String) -> String {
    (0..count).fold(String::new(), |mut all, n| {
        let _ = write!(all, "{}", piece(n));
        all
    })
}

fn ends(what: &str, word: &Word) {
    let desk = Desk::new().with("稿.docx", word.bytes());
    for (n, way) in ["--annotate", "--revise"].into_iter().enumerate() {
        let (began, to) = (Instant::now(), format!("{n}.docx"));
        let answer = desk.run(&["check", "--quiet", way, &to, "稿.docx"]);
        assert!(answer.code < 2 || answer.err.contains("太大"), "{what}: {}", answer.err);
        assert!(began.elapsed() < LIMIT, "{what} {way}: {:?}", began.elapsed());
    }
}

#[test]
fn templates_that_stand_elsewhere() {
    let templates =
        many(20_000, |n| format!("<abstractNum abstractNumId=\"{n}\"><styleLink val=\"s{n}\"/></abstractNum>"));
    let numbering = format!(
        "{templates}<abstractNum abstractNumId=\"99999\"><numStyleLink val=\"none\"/></abstractNum><num numId=\"1\"><abstractNumId val=\"99999\"/></num>"
    );
    let paragraph = "<p><pPr><numPr><ilvl val=\"0\"/><numId val=\"1\"/></numPr></pPr><r><t>甲</t></r></p>";
    ends("templates", &Word::new(&paragraph.repeat(20_000)).with("numbering", &numbering));
}

#[test]
fn headers_with_many_lines() {
    let section = "<sectPr><headerReference w:type=\"default\" r:id=\"header1\"/><headerReference w:type=\"default\" r:id=\"header2\"/></sectPr>";
    let lines = |which: &str| many(30_000, |n| p(&format!("甲{which}乙{n}")));
    let word = Word::new(&(p("同志们") + section)).with("header1", &lines("一")).with("header2", &lines("二"));
    ends("lines of headers", &word);
    let references = many(60_000, |n| format!("<headerReference w:type=\"default\" r:id=\"h{n}\"/>"));
    ends("headers", &Word::new(&(p("同志们") + "<sectPr>" + &references + "</sectPr>")));
}

#[test]
fn fields_that_do_not_end() {
    let sign = |kind: &str| format!("<r><fldChar fldCharType=\"{kind}\"/></r>");
    let field = sign("begin") + &sign("separate") + "<r><t>甲</t></r>";
    ends("fields", &Word::new(&format!("<p>{}</p>", field.repeat(30_000))));
    let form = "<r><fldChar fldCharType=\"begin\"><ffData><textInput/></ffData></fldChar></r>".to_owned()
        + &sign("separate")
        + &sign("end");
    ends("forms", &Word::new(&format!("<p>{}</p>", form.repeat(10_000))));
}

#[test]
fn runs_in_many_elements_and_many_elements_in_a_run() {
    let (open, close) = ("<sdt>".repeat(900), "</sdt>".repeat(900));
    ends("deep", &Word::new(&format!("{}<p>{open}{}{close}</p>", p("请XX区带头。"), "<r/>".repeat(100_000))));
    let lines = "<t>要分表必争，请XX区带头。</t><br/>".repeat(6_000);
    ends("children", &Word::new(&format!("<p><r>{lines}</r></p>")));
}

#[test]
fn more_text_or_more_findings_than_anybody_reads() {
    let desk = Desk::new().with("长.docx", Word::new(&p("请各位同志讨论。").repeat(400_000)).bytes());
    let answer = desk.run(&["check", "长.docx"]);
    assert!(answer.code == 2 && answer.err.contains("太大"), "{}", answer.err);
    let desk = desk.with("多.docx", Word::new(&(p("同志们：") + &p("请XX局，").repeat(60_000))).bytes());
    let answer = desk.run(&["check", "--quiet", "--annotate", "o.docx", "多.docx"]);
    assert!(answer.code == 2 && answer.err.contains("问题太多"), "{}", answer.err);
    assert!(!desk.folder.path().join("o.docx").exists());
}

#[test]
fn comments_of_ours_that_were_answered() {
    const COUNT: u32 = 15_000;
    let comments = many(COUNT, |n| {
        format!("<comment id=\"{n}\" author=\"讲稿\"><p x:paraId=\"{n:08X}\"><r><t>甲</t></r></p></comment>")
    });
    let starts = many(COUNT, |n| format!("<commentRangeStart id=\"{n}\"/>"));
    let answers = many(COUNT, |n| format!("<commentEx x:paraId=\"A{n}\" x:paraIdParent=\"B{n}\"/>"));
    let word = Word::new(&format!("<p><r><t>请XX区带头。</t></r>{starts}</p>"));
    ends("comments", &word.with("comments", &comments).with("commentsExtended", &answers));
}
