//! `check --fix` and what goes with it: the bytes of a draft before and after.

use std::fs;

use proptest::prelude::*;

use crate::cli::{Desk, utf16};
use crate::proofreading::mutated;

/// Slips with certain fixes (a wrong quotation mark, a digit for 一), a proposal (an entity), and matters
/// of style (half-width commas).
const SLIPS: &str = "在全县工作会议上的讲话\n同志们：\n今年以来,全县上下凝心聚力；要增强“四个意识\"。\n要树牢&ldquo;宗旨意识”,进1步压实责任";
const FIXED: &str = "在全县工作会议上的讲话\n同志们：\n今年以来,全县上下凝心聚力；要增强“四个意识”。\n要树牢&ldquo;宗旨意识”,进一步压实责任";
/// With the three rules named.
const NAMED: &str =
    "在全县工作会议上的讲话\n同志们：\n今年以来，全县上下凝心聚力；要增强“四个意识”。\n要树牢“宗旨意识”，进1步压实责任";
const SLIPS_HANT: &str =
    "在全縣工作會議上的講話\n同志們：\n今年以來,全縣上下凝心聚力;要增強「四個意識」,熱烈的的祝賀。";
const FIXED_HANT: &str = "在全縣工作會議上的講話\n同志們：\n今年以來,全縣上下凝心聚力;要增強「四個意識」,熱烈的祝賀。";

fn file(desk: &Desk, name: &str) -> Vec<u8> {
    fs::read(desk.folder.path().join(name)).unwrap()
}

#[test]
fn encoding_mark_and_line_ends_stay() {
    let encoded = |encoding: &'static encoding_rs::Encoding, text: &str| {
        let (bytes, _, lost) = encoding.encode(text);
        assert!(!lost);
        bytes.into_owned()
    };
    type Form = Box<dyn Fn(&str) -> Vec<u8>>;
    let hans: [(&str, Form); 7] = [
        ("UTF-8", Box::new(|text| text.as_bytes().to_vec())),
        ("UTF-8 with mark", Box::new(|text| [b"\xef\xbb\xbf", text.as_bytes()].concat())),
        ("GB18030", Box::new(move |text| encoded(encoding_rs::GB18030, text))),
        ("UTF-16LE", Box::new(|text| utf16(text, [0xff, 0xfe], u16::to_le_bytes))),
        ("UTF-16BE", Box::new(|text| utf16(text, [0xfe, 0xff], u16::to_be_bytes))),
        ("CR", Box::new(|text| text.replace('\n', "\r").into_bytes())),
        (
            "mixed ends",
            Box::new(|text| (text.replacen('\n', "\r\n", 1).replacen("：\n", "：\r", 1) + "\r\n\n").into_bytes()),
        ),
    ];
    for (name, form) in &hans {
        check_bytes(name, &form(SLIPS), &form(FIXED));
        check_bytes(name, &form(&SLIPS.replace('\n', "\r\n")), &form(&FIXED.replace('\n', "\r\n")));
    }
    check_bytes("Big5", &encoded(encoding_rs::BIG5, SLIPS_HANT), &encoded(encoding_rs::BIG5, FIXED_HANT));
}

#[track_caller]
fn check_bytes(name: &str, before: &[u8], after: &[u8]) {
    let desk = Desk::new().with("稿.txt", before);
    let answer = desk.run(&["check", "--fix", "稿.txt"]);
    assert!(answer.out.contains("已修正"), "{name}: {} {}", answer.out, answer.err);
    assert!(file(&desk, "稿.txt") == after, "{name}: {:?}", String::from_utf8_lossy(&file(&desk, "稿.txt")));
    let again = desk.run(&["check", "--fix", "稿.txt"]);
    assert!(!again.out.contains("已修正") && file(&desk, "稿.txt") == after, "{name}, a second time");
    assert_eq!(desk.run(&["check", "--diff", "稿.txt"]).out, "", "{name}, a second time");
}

#[cfg(unix)]
#[test]
fn the_file_is_replaced_as_a_whole() {
    use std::io::Read as _;
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};

    let desk = Desk::new().with("正本/稿.txt", SLIPS);
    let (real, link) = (desk.folder.path().join("正本/稿.txt"), desk.folder.path().join("链接.txt"));
    symlink(&real, &link).unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    let mut reader = fs::File::open(&real).unwrap();
    desk.run(&["check", "--fix", "链接.txt"]);
    // Who had it open still reads the whole old draft.
    let mut old = String::new();
    reader.read_to_string(&mut old).unwrap();
    assert_eq!(old, SLIPS);
    assert_eq!(fs::read_to_string(&link).unwrap(), FIXED);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    let metadata = fs::metadata(&real).unwrap();
    assert_eq!(metadata.permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read_dir(real.parent().unwrap()).unwrap().count(), 1, "nothing is left behind");
    // Nothing to fix: the file is not touched.
    desk.run(&["check", "--fix", "链接.txt"]);
    assert_eq!(fs::metadata(&real).unwrap().ino(), metadata.ino());
}

#[test]
fn a_draft_that_cannot_be_written_is_left_alone() {
    let desk = Desk::new().with("稿.txt", SLIPS);
    let path = desk.folder.path().join("稿.txt");
    let writable = fs::metadata(&path).unwrap().permissions();
    let mut read_only = writable.clone();
    read_only.set_readonly(true);
    fs::set_permissions(&path, read_only).unwrap();
    let answer = desk.run(&["check", "--fix", "稿.txt"]);
    assert_eq!((answer.code, answer.err.as_str()), (2, "讲稿: 没有改动 稿.txt：文件是只读的\n"));
    // The findings are shown all the same.
    assert!(answer.out.contains("unpaired-quote") && !answer.out.contains("已修正"), "{}", answer.out);
    assert_eq!(file(&desk, "稿.txt"), SLIPS.as_bytes());
    fs::set_permissions(&path, writable).unwrap();
}

#[test]
fn the_order_of_rules_and_files_does_not_count() {
    let fixed = |rules: &str| {
        let desk = Desk::new().with("稿.txt", SLIPS);
        desk.run(&["check", "--fix-only", rules, "稿.txt"]);
        file(&desk, "稿.txt")
    };
    let one = fixed("halfwidth-punctuation,unpaired-quote,entity-residue");
    assert_eq!(one, fixed("实体残留,引号不配对,半角标点"));
    assert_eq!(String::from_utf8(one).unwrap(), NAMED);

    let names: Vec<String> = (0..12).map(|n| format!("{n}.txt")).collect();
    let together = names.iter().fold(Desk::new(), |desk, name| desk.with(name, format!("{SLIPS}。{name}")));
    together.run(&["check", "--fix", "."]);
    for name in &names {
        assert_eq!(file(&together, name), format!("{FIXED}。{name}").into_bytes());
    }
}

#[test]
fn what_is_accepted_is_not_fixed() {
    let desk = Desk::new().with("稿.txt", SLIPS);
    assert_eq!(desk.run(&["check", "--baseline", "b.json", "--write-baseline", "稿.txt"]).code, 0);
    let answer = desk.run(&["check", "--fix", "--baseline", "b.json", "稿.txt"]);
    assert_eq!((answer.code, file(&desk, "稿.txt")), (0, SLIPS.as_bytes().to_vec()), "{}", answer.out);
    // Of two slips in one line the accepted one stays.
    let desk = desk.with("jianggao.toml", "[rules]\nunpaired-quote = \"off\"\n");
    desk.run(&["check", "--baseline", "b.json", "--write-baseline", "稿.txt"]);
    let desk = desk.with("jianggao.toml", "");
    desk.run(&["check", "--fix", "--baseline", "b.json", "稿.txt"]);
    assert_eq!(file(&desk, "稿.txt"), SLIPS.replace("意识\"", "意识”").into_bytes());
    desk.run(&["check", "--baseline", "b.json", "--write-baseline", "稿.txt"]);
    let more = format!("{}\n要再接再励，乘势而上。", SLIPS.replace("意识\"", "意识”"));
    let desk = desk.with("稿.txt", &more);
    assert!(desk.run(&["check", "--diff", "--baseline", "b.json", "稿.txt"]).out.contains("+要再接再厉，乘势而上。"));
    desk.run(&["check", "--fix", "--baseline", "b.json", "稿.txt"]);
    let text = String::from_utf8(file(&desk, "稿.txt")).unwrap();
    assert!(text.ends_with("要再接再厉，乘势而上。") && text.contains("进1步"), "{text}");
}

#[test]
fn as_many_as_were_accepted() {
    let line = "把任务落实落实到位。\n";
    let desk = Desk::new().with("稿.txt", line.repeat(2).replacen('。', "，抓紧抓好。", 1));
    desk.run(&["check", "--baseline", "b.json", "--write-baseline", "稿.txt"]);
    assert_eq!(desk.run(&["check", "--baseline", "b.json", "稿.txt"]).code, 0);
    // The same slip once more, in another line.
    let desk = desk.with("稿.txt", format!("{}要把责任压实压实。\n", line.repeat(2).replacen('。', "，抓紧抓好。", 1)));
    let answer = desk.run(&["check", "--baseline", "b.json", "稿.txt"]);
    assert_eq!((answer.code, answer.out.matches("repeated-word").count()), (1, 2), "{}", answer.out);
    // In another encoding it is the same draft.
    let gb = encoding_rs::GB18030.encode(&line.repeat(2).replacen('。', "，抓紧抓好。", 1)).0.into_owned();
    assert_eq!(desk.with("稿.txt", gb).run(&["check", "--baseline", "b.json", "稿.txt"]).code, 0);
}

/// A unified diff applied to a text.
fn patched(text: &str, diff: &str) -> String {
    let old: Vec<&str> = text.split_inclusive('\n').collect();
    let mut new = String::new();
    let (mut at, mut last) = (0, "");
    for line in diff.split_inclusive('\n').skip(2) {
        let (sign, rest) = line.split_at(1);
        match sign {
            "@" => {
                let numbers = rest.split('-').nth(1).unwrap();
                let start: usize = numbers.split([',', ' ']).next().unwrap().parse().unwrap();
                let start = start.saturating_sub(1);
                new.extend(old[at..start].iter().copied());
                at = start;
            }
            // No newline at the end of the line above; of the new text only that counts.
            "\\" if last == "-" => {}
            "\\" => assert_eq!(new.pop(), Some('\n')),
            _ => {
                if sign != "+" {
                    assert_eq!(old[at].trim_end_matches('\n'), rest.trim_end_matches('\n'));
                    at += 1;
                }
                if sign != "-" {
                    new.push_str(rest);
                }
            }
        }
        last = sign;
    }
    new.extend(old[at..].iter().copied());
    new
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn the_diff_is_what_is_written(text in mutated()) {
        let desk = Desk::new().with("稿.txt", &text);
        let diff = desk.run(&["check", "--diff", "稿.txt"]).out;
        prop_assert_eq!(file(&desk, "稿.txt"), text.as_bytes());
        desk.run(&["check", "--fix", "稿.txt"]);
        let fixed = String::from_utf8(file(&desk, "稿.txt")).unwrap();
        prop_assert_eq!(patched(&text, &diff), &*fixed);
        prop_assert_eq!(desk.run(&["check", "--diff", "稿.txt"]).out, "");
    }
}

/// The circle of a year in brackets is a zero, not a blank: the line is put right and stays silent.
#[test]
fn a_year_in_brackets_is_put_right() {
    for (wrong, right) in [("（二0二五年七月）", "（二〇二五年七月）"), ("（二OO五年三月）", "（二〇〇五年三月）")]
    {
        let speech = |date: &str| format!("在全县工作会议上的讲话\n{date}\n\n同志们：\n　　今年的工作很有成效。\n");
        let desk = Desk::new().with("稿.txt", speech(wrong).as_bytes());
        let answer = desk.run(&["check", "--fix-style", "稿.txt"]);
        assert!(!answer.out.contains("placeholder"), "{right}: {}", answer.out);
        assert_eq!(String::from_utf8(file(&desk, "稿.txt")).unwrap(), speech(right), "{}", answer.out);
    }
}

/// What is put right looks like the items beside it, space and point included.
#[test]
fn a_marker_becomes_what_its_siblings_are() {
    for (wrong, right) in [
        ("1. 抓交通。\n2. 抓建筑。\n3、抓消防。\n4. 抓危化。", "1. 抓交通。\n2. 抓建筑。\n3. 抓消防。\n4. 抓危化。"),
        ("1、抓交通。\n2、抓建筑。\n3．抓消防。", "1．抓交通。\n2．抓建筑。\n3．抓消防。"),
        ("（一） 抓交通。\n（二） 抓建筑。\n(三)抓消防。", "（一） 抓交通。\n（二） 抓建筑。\n（三） 抓消防。"),
        ("1、抓交通。\n2、抓建筑。\n3、抓消防。", "1.抓交通。\n2.抓建筑。\n3.抓消防。"),
    ] {
        let desk = Desk::new().with("稿.txt", wrong.as_bytes());
        desk.run(&["check", "--fix-style", "稿.txt"]);
        assert_eq!(String::from_utf8(file(&desk, "稿.txt")).unwrap(), right);
    }
}
