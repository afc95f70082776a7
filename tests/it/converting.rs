//! Documents of other office programs, read through LibreOffice: a script takes its place here.
#![cfg(unix)]

use std::os::unix::fs::PermissionsExt as _;

use crate::cli::{Answer, Desk, SPEECH, answer};
use crate::word::Word;

const OLD: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0";
const BODY: &str = "<p><r><t>同志们，各级各部门要分表必争，抓好落实。</t></r></p><p><r><t>请XX区带头。</t></r></p>";

/// A desk with an old document on it, and what stands for LibreOffice.
fn desk(script: &str) -> Desk {
    let desk = Desk::new().with("bin/soffice", format!("#!/bin/sh\n{script}\n")).with("讲话.doc", OLD);
    let desk = desk.with("made.bin", Word::new(BODY).bytes());
    let program = desk.folder.path().join("bin/soffice");
    std::fs::set_permissions(program, std::fs::Permissions::from_mode(0o755)).unwrap();
    desk
}

/// With a LibreOffice that makes the same of every document, and writes down what it is asked for.
fn working() -> Desk {
    let desk = desk("");
    let folder = desk.folder.path().display().to_string();
    let script = format!(
        "#!/bin/sh\necho \"$@\" >> '{folder}/asked'\nmkdir -p made && cp '{folder}/made.bin' made/draft.docx\n"
    );
    desk.with("bin/soffice", script)
}

fn run(desk: &Desk, arguments: &[&str]) -> Answer {
    let path = format!("{}:/usr/bin:/bin", desk.folder.path().join("bin").display());
    answer(desk.command(arguments).env("PATH", path).output().unwrap())
}

#[test]
fn other_formats_are_read_where_that_is_asked() {
    let desk = working();
    let answer = run(&desk, &["check", "讲话.doc"]);
    assert!(answer.code == 2 && answer.err.contains("--convert"), "{}", answer.err);
    assert!(!desk.folder.path().join("asked").exists(), "never without being asked");
    let answer = run(&desk, &["check", "--convert", "讲话.doc"]);
    assert!(answer.out.contains("--> 讲话.doc 第 1 段") && answer.out.contains("分秒必争"), "{}", answer.out);
    let told = "讲话.doc 是旧版 Word 文档，用 LibreOffice 转换了再读";
    assert!(answer.code == 1 && answer.err.contains(told), "{} {}", answer.code, answer.err);
    for (arguments, shown) in [
        (&["text", "--convert", "讲话.doc"][..], "请XX区带头。"),
        (&["outline", "--convert", "讲话.doc"], "讲话.doc"),
        (&["check", "--why", "--convert", "讲话.doc"], "讲话.doc"),
        (&["check", "--final", "--convert", "讲话.doc"], "XX区"),
    ] {
        let answer = run(&desk, arguments);
        assert!(answer.out.contains(shown) && answer.err.contains("LibreOffice"), "{}{}", answer.out, answer.err);
    }
    let answer = run(&desk, &["check", "--convert", "--format", "json", "讲话.doc"]);
    let json = answer.json();
    assert_eq!(json["files"][0]["path"], "讲话.doc");
    assert_eq!(json["files"][0]["diagnostics"][0]["part"], "body");
    // A document with its own extension is not converted.
    let desk = desk.with("a.docx", Word::new(BODY).bytes());
    std::fs::remove_file(desk.folder.path().join("asked")).unwrap();
    assert_eq!(run(&desk, &["check", "--convert", "a.docx"]).code, 1);
    assert!(!desk.folder.path().join("asked").exists());
}

#[test]
fn other_formats_are_read_in_folders_and_from_standard_input() {
    let desk = working().with("稿/a.wps", OLD).with("稿/b.rtf", "{\\rtf1 x}").with("稿/c.txt", SPEECH);
    let desk = desk.with("稿/d.pdf", "%PDF-1.4\n");
    let answer = run(&desk, &["check", "稿"]);
    assert!(answer.code == 0 && answer.err.contains("跳过 1 个 RTF 文档"), "{} {}", answer.code, answer.err);
    let answer = run(&desk, &["check", "--convert", "稿"]);
    assert!(answer.code == 1 && answer.out.contains("稿/a.wps") && answer.out.contains("稿/b.rtf"), "{}", answer.out);
    assert!(answer.err.contains("PDF") && !answer.err.contains("个 RTF"), "{}", answer.err);
    let mut command = desk.command(&["check", "--convert", "--stdin-filename", "乙.doc", "-"]);
    let path = format!("{}:/usr/bin:/bin", desk.folder.path().join("bin").display());
    let input = std::fs::File::open(desk.folder.path().join("讲话.doc")).unwrap();
    let answer = answer_of(command.env("PATH", path).stdin(input));
    assert!(answer.code == 1 && answer.out.contains("--> 乙.doc 第 1 段"), "{}{}", answer.out, answer.err);
}

fn answer_of(command: &mut std::process::Command) -> Answer {
    answer(command.output().unwrap())
}

#[test]
fn what_is_found_in_a_converted_document_goes_into_a_new_one() {
    let desk = working();
    let of = |name: &str| desk.folder.path().join(name);
    for (way, to) in [("--annotate", "批注.docx"), ("--revise", "修订.docx")] {
        let answer = run(&desk, &["check", "--convert", way, to, "讲话.doc"]);
        assert!(answer.code == 1 && of(to).exists(), "{}{}", answer.out, answer.err);
    }
    assert!(run(&desk, &["text", "修订.docx"]).out.contains("分秒必争"));
    let answer = run(&desk, &["check", "--convert", "--annotate", "批注.doc", "讲话.doc"]);
    assert!(answer.code == 2 && answer.err.contains(".docx") && !of("批注.doc").exists(), "{}", answer.err);
    let answer = run(&desk, &["check", "--convert", "--fix", "--in-place", "讲话.doc"]);
    assert!(answer.code == 2 && answer.err.contains("--revise"), "{}", answer.err);
    assert!(std::fs::read(of("讲话.doc")).unwrap() == OLD && !of("讲话.原稿.doc").exists());
    let answer = run(&desk, &["check", "--convert", "--fix", "讲话.doc"]);
    assert!(answer.code == 2 && std::fs::read(of("讲话.doc")).unwrap() == OLD, "{}", answer.err);
    let answer = run(&desk, &["fill", "--convert", "讲话.doc", "--set", "XX区=东湖区", "-o", "填.docx"]);
    assert!(answer.code == 0 && run(&desk, &["text", "填.docx"]).out.contains("东湖区带头"), "{}", answer.err);
    let answer = run(&desk, &["export", "--convert", "讲话.doc", "-o", "排.docx"]);
    assert!(answer.code == 0 && of("排.docx").exists(), "{}", answer.err);
}

#[test]
fn what_is_not_converted_is_said() {
    for (script, reason) in [
        ("exit 1", "LibreOffice 转换不了"),
        ("mkdir made; echo x > made/draft.docx", "LibreOffice 转换不了"),
        ("mkdir made; printf 'PK\\003\\004 a.txt' > made/draft.docx", "LibreOffice 转换不了"),
    ] {
        let desk = desk(script).with("稿/a.doc", OLD).with("稿/b.txt", SPEECH);
        for path in ["讲话.doc", "稿"] {
            let answer = run(&desk, &["check", "--convert", path]);
            assert!(answer.code == 2 && answer.err.contains(reason), "{script} {path}: {}", answer.err);
        }
    }
    let desk = desk("").with("稿/b.txt", SPEECH);
    std::fs::remove_file(desk.folder.path().join("bin/soffice")).unwrap();
    // A relative folder of the search path is not looked into.
    let desk = desk.with("here/soffice", "#!/bin/sh\n: > ../ran\n");
    let program = desk.folder.path().join("here/soffice");
    std::fs::set_permissions(program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let answer = answer_of(desk.command(&["check", "--convert", "讲话.doc"]).env("PATH", "here:"));
    assert!(answer.code == 2 && answer.err.contains("没有找到 LibreOffice"), "{}", answer.err);
    assert!(!desk.folder.path().join("ran").exists());
}
