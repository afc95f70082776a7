//! Word documents that are made to take long: each has a kind of thing so often that whoever looked through all of them
//! for each of them would be at it for minutes. The limit is wide: a slow machine is no failure.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use jianggao::text::{Range, Span};
use jianggao::word::{Document, Note, Refused, strip};

use crate::word::Word;

const LIMIT: Duration = Duration::from_secs(60);

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

#[track_caller]
fn ends<T>(what: &str, word: &Word, act: impl Fn(&[u8]) -> T) -> T {
    let bytes = word.bytes();
    let began = Instant::now();
    let outcome = act(&bytes);
    assert!(began.elapsed() < LIMIT, "{what}: {:?}", began.elapsed());
    outcome
}

fn reads(what: &str, word: &Word) {
    ends(what, word, |bytes| Document::read(bytes).unwrap());
}

#[test]
fn templates_that_stand_elsewhere() {
    let templates =
        many(40_000, |n| format!("<abstractNum abstractNumId=\"{n}\"><styleLink val=\"s{n}\"/></abstractNum>"));
    let numbering = format!(
        "{templates}<abstractNum abstractNumId=\"99999\"><numStyleLink val=\"none\"/></abstractNum><num numId=\"1\"><abstractNumId val=\"99999\"/></num>"
    );
    let paragraph = "<p><pPr><numPr><ilvl val=\"0\"/><numId val=\"1\"/></numPr></pPr><r><t>甲</t></r></p>";
    reads("templates", &Word::new(&paragraph.repeat(40_000)).with("numbering", &numbering));
}

#[test]
fn headers_with_many_lines() {
    let section = "<sectPr><headerReference w:type=\"default\" r:id=\"header1\"/><headerReference w:type=\"default\" r:id=\"header2\"/></sectPr>";
    let lines = |which: &str| many(60_000, |n| p(&format!("甲{which}乙{n}")));
    let word = Word::new(&(p("同志们") + section)).with("header1", &lines("一")).with("header2", &lines("二"));
    reads("lines of headers", &word);
    let references = many(60_000, |n| format!("<headerReference w:type=\"default\" r:id=\"h{n}\"/>"));
    let word = Word::new(&(p("同志们") + "<sectPr>" + &references + "</sectPr>"));
    // None of them is there.
    assert!(ends("headers", &word, |bytes| Document::read(bytes).is_err()));
}

#[test]
fn fields_that_do_not_end() {
    let sign = |kind: &str| format!("<r><fldChar fldCharType=\"{kind}\"/></r>");
    let field = sign("begin") + &sign("separate") + "<r><t>甲</t></r>";
    reads("fields", &Word::new(&format!("<p>{}</p>", field.repeat(60_000))));
    let form = "<r><fldChar fldCharType=\"begin\"><ffData><textInput/></ffData></fldChar></r>".to_owned()
        + &sign("separate")
        + &sign("end");
    reads("forms", &Word::new(&format!("<p>{}</p>", form.repeat(60_000))));
}

#[test]
fn runs_in_many_elements() {
    let (open, close) = ("<sdt>".repeat(900), "</sdt>".repeat(900));
    reads("deep", &Word::new(&format!("<p>{open}{}{close}</p>", "<r/>".repeat(400_000))));
}

#[test]
fn many_elements_in_a_run() {
    const COUNT: u32 = 20_000;
    let word = Word::new(&format!("<p><r>{}</r></p>", "<t>要分表必争。</t><br/>".repeat(COUNT as usize)));
    ends("children", &word, |bytes| {
        let note = |n| Note { span: Span::in_line(n, Range::new(3, 15)), text: vec!["甲".to_owned()] };
        let notes: Vec<Note> = (0..COUNT).map(note).collect();
        Document::read(bytes).unwrap().annotated(bytes, &notes, &[]).unwrap()
    });
}

#[test]
fn more_text_or_more_findings_than_anybody_reads() {
    let long = Word::new(&p("请各位同志讨论。").repeat(400_000));
    assert_eq!(ends("long", &long, |bytes| Document::read(bytes).unwrap_err()), Refused::Excessive);
    let refused = ends("crowded", &Word::new(&p("甲")), |bytes| {
        let note = Note { span: Span::in_line(0, Range::new(0, 3)), text: vec!["乙".to_owned()] };
        Document::read(bytes).unwrap().annotated(bytes, &vec![note; 60_000], &[]).unwrap_err()
    });
    assert_eq!(refused, Refused::Crowded);
}

#[test]
fn comments_of_ours_that_were_answered() {
    const COUNT: u32 = 20_000;
    let comments = many(COUNT, |n| {
        format!("<comment id=\"{n}\" author=\"讲稿\"><p x:paraId=\"{n:08X}\"><r><t>甲</t></r></p></comment>")
    });
    let starts = many(COUNT, |n| format!("<commentRangeStart id=\"{n}\"/>"));
    let answers = many(COUNT, |n| format!("<commentEx x:paraId=\"A{n}\" x:paraIdParent=\"B{n}\"/>"));
    let word = Word::new(&format!("<p><r><t>请XX区带头。</t></r>{starts}</p>"));
    let word = word.with("comments", &comments).with("commentsExtended", &answers);
    assert!(ends("comments", &word, |bytes| strip(bytes).unwrap()).is_some());
}
