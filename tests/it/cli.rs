//! The program as a user runs it.

use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

pub const SPEECH: &str = "同志们：\r\n　　今天召开这次会议，主要任务是总结工作、部署任务。\r\n";

/// A folder of drafts in which the program runs.
pub struct Desk {
    pub folder: TempDir,
}

/// What the program answered.
pub struct Answer {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Desk {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        // Above the drafts there may be settings of the machine that runs the tests.
        fs::write(folder.path().join("jianggao.toml"), "").unwrap();
        Self { folder }
    }

    pub fn with(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    pub fn command<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jianggao"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env("LC_ALL", "zh_CN.UTF-8")
            .env("XDG_CONFIG_HOME", self.folder.path().join("home"))
            .env("APPDATA", self.folder.path().join("home"))
            .env_remove("CLICOLOR_FORCE")
            .env_remove("NO_COLOR");
        command
    }

    pub fn run<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Answer {
        answer(self.command(arguments).output().unwrap())
    }

    /// Runs with the settings of the project gone to others.
    pub fn with_settings(self, text: &str) -> Self {
        self.with("jianggao.toml", text)
    }

    pub fn run_with_input<S: AsRef<OsStr>>(&self, arguments: &[S], input: &[u8]) -> Answer {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // It may have left before it read.
        let _ = child.stdin.take().unwrap().write_all(input);
        answer(child.wait_with_output().unwrap())
    }
}

pub fn answer(output: Output) -> Answer {
    Answer {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Answer {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {}", self.out))
    }

    /// The paths of the files in a JSON answer.
    fn paths(&self) -> Vec<String> {
        let json = self.json();
        let files = json["files"].as_array().unwrap();
        let path = |file: &serde_json::Value| file["path"].as_str().unwrap().replace('\\', "/");
        files.iter().map(path).collect()
    }
}

pub fn utf16(text: &str, mark: [u8; 2], bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let units = text.encode_utf16().flat_map(bytes);
    mark.into_iter().chain(units).collect()
}

/// “同志们：” and a line end in GB18030.
const GB18030: &[u8] = b"\xcd\xac\xd6\xbe\xc3\xc7\xa3\xba\r\n";

#[test]
fn a_clean_draft() {
    let answer = Desk::new().with("稿.txt", SPEECH).run(&["check", "稿.txt"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    assert_eq!(answer.out, "1 个文件，没有发现问题\n");
}

#[test]
fn the_json_of_a_clean_draft() {
    let answer = Desk::new().with("a.txt", SPEECH).run(&["check", "--format", "json", "a.txt"]);
    assert_eq!(answer.code, 0);
    assert_eq!(
        answer.json(),
        serde_json::json!({"version": 1, "tables": jianggao::features::why::tables(), "files": [{
            "path": "a.txt",
            "encoding": "UTF-8",
            "official": true,
            "diagnostics": [],
            "summary": {"error": 0, "warning": 0, "information": 0, "hint": 0, "placeholders": []},
        }], "summary": {
            "files": 1, "unread": 0, "error": 0, "warning": 0, "information": 0, "hint": 0, "placeholders": [],
        }})
    );
}

#[test]
fn encodings_are_named() {
    let desk = Desk::new()
        .with("1.txt", SPEECH)
        .with("2.txt", format!("\u{feff}{SPEECH}"))
        .with("3.txt", GB18030)
        .with("4.txt", utf16(SPEECH, [0xff, 0xfe], u16::to_le_bytes))
        .with("5.txt", utf16(SPEECH, [0xfe, 0xff], u16::to_be_bytes));
    let answer = desk.run(&["check", "--format", "json"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    let json = answer.json();
    let files = json["files"].as_array().unwrap();
    let encodings: Vec<_> = files.iter().map(|f| f["encoding"].as_str().unwrap()).collect();
    assert_eq!(encodings, ["UTF-8", "UTF-8", "GB18030", "UTF-16LE", "UTF-16BE"]);

    let answer = desk.run(&["check"]);
    assert_eq!(answer.code, 0);
    assert_eq!(
        answer.err,
        "讲稿: 3.txt 按 GB18030 编码读取\n讲稿: 4.txt 按 UTF-16LE 编码读取\n讲稿: 5.txt 按 UTF-16BE 编码读取\n"
    );
}

#[test]
fn what_cannot_be_read_does_not_stop_the_rest() {
    let desk =
        Desk::new().with("稿.txt", SPEECH).with("稿.docx", b"PK\x03\x04\x00\x00").with("latin.txt", b"caf\xe9 ol\xe9");
    let answer = desk.run(&["check", "稿.txt", "稿.docx", "没有.txt", "latin.txt"]);
    assert_eq!(answer.code, 2);
    assert_eq!(answer.out, "查了 1 个文件\n另有 3 个没有查成，原因见上\n");
    let lines: Vec<_> = answer.err.lines().collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines[0].starts_with("讲稿: 无法读取 latin.txt：认不出编码"));
    assert_eq!(lines[1], "讲稿: 无法读取 没有.txt：没有这个文件");
    assert!(lines[2].starts_with("讲稿: 无法读取 稿.docx：这是压缩包"));
    let json = desk.run(&["check", "--format=json", "稿.txt", "没有.txt"]);
    assert_eq!((json.code, json.paths()), (2, vec!["稿.txt".to_owned()]));
}

#[test]
fn standard_input() {
    let desk = Desk::new();
    let answer = desk.run_with_input(&["check", "--format", "json", "-"], SPEECH.as_bytes());
    assert_eq!((answer.code, answer.paths()), (0, vec!["<stdin>".to_owned()]));
    let arguments = ["check", "--format", "json", "--stdin-filename", "a/稿.md"];
    let answer = desk.run_with_input(&arguments, SPEECH.as_bytes());
    assert_eq!((answer.code, answer.paths()), (0, vec!["a/稿.md".to_owned()]));
    let answer = desk.run_with_input(&["outline"], SPEECH.as_bytes());
    assert_eq!(answer.code, 0);
    let answer = desk.run_with_input(&["check", "-"], b"\0\0");
    assert_eq!(answer.code, 2);
    assert!(answer.err.starts_with("讲稿: 无法读取 <stdin>：不是文本文件"));
}

#[test]
fn folders() {
    let desk = Desk::new()
        .with("b.txt", SPEECH)
        .with("a.md", SPEECH)
        .with("春/c.MARKDOWN", SPEECH)
        .with("春/d.讲稿", SPEECH)
        .with("春/e.docx", "PK\x03\x04 word/")
        .with(".hidden/f.txt", SPEECH)
        .with("旧稿/g.txt", SPEECH)
        .with("h.bak.txt", SPEECH)
        .with(".gitignore", "旧稿/\n*.bak.txt\n");
    let all = ["a.md", "b.txt", "春/c.MARKDOWN", "春/d.讲稿"];
    assert_eq!(desk.run(&["check", "--format", "json"]).paths(), all);
    let answer = desk.run(&["check", "--format", "json", "春", "旧稿/g.txt", "春/d.讲稿"]);
    assert_eq!(answer.paths(), ["旧稿/g.txt", "春/c.MARKDOWN", "春/d.讲稿"]);
    let counted = desk.run(&["check", "--quiet"]);
    assert_eq!((counted.code, counted.out.as_str()), (0, "查了 4 个文件\n另有 2 个没有查成，原因见上\n"));
    for skipped in ["跳过 春/e.docx：这份 Word 文档已损坏", "跳过 1 个隐藏的稿件：.hidden/f.txt"] {
        assert!(counted.err.contains(skipped), "{}", counted.err);
    }
}

#[test]
fn a_broken_settings_file_is_shown_and_the_draft_is_checked() {
    let desk = Desk::new()
        .with("jianggao.toml", "alow = []\n")
        .with("home/jianggao/jianggao.toml", "[speech]\ncharacters-per-minute = 9\n")
        .with("春/jianggao.toml", "allow = [\"甲\"")
        .with("a.txt", SPEECH)
        .with("春/b.txt", SPEECH);
    let answer = desk.run(&["check", "a.txt", "春"]);
    assert_eq!(answer.code, 2);
    assert_eq!(answer.out, "查了 2 个文件\n设置有误，见上；改好之前，查的结果不算数\n");
    for message in ["是不是“allow”？", "（每分钟字数）应在 60 到 400 之间，这里是 9", "TOML 写法有误"]
    {
        assert_eq!(answer.err.matches(message).count(), 1, "{message}: {}", answer.err);
    }
    assert!(answer.err.contains("jianggao.toml:1:1\n  |\n1 | alow = []\n  | ^^^^\n"), "{}", answer.err);
}

#[test]
fn a_settings_file_that_is_named() {
    let desk = Desk::new().with("jianggao.toml", "alow = []\n").with("其他.toml", "colour = 1\n").with("a.txt", SPEECH);
    let answer = desk.run(&["check", "--config", "其他.toml", "a.txt"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("colour") && !answer.err.contains("alow"), "{}", answer.err);
    let answer = desk.run(&["check", "--config", "没有.toml", "a.txt"]);
    assert_eq!((answer.code, answer.out.as_str()), (2, ""));
    assert_eq!(answer.err, "讲稿: 无法读取 没有.toml：没有这个文件\n");
}

#[test]
fn bad_usage() {
    let desk = Desk::new();
    for (arguments, message) in [
        (&["check", "--formt", "json"][..], "没有参数“--formt”；是不是“--format”？"),
        (&["chek"], "没有命令“chek”；是不是“check”？"),
        (&["check", "--format", "xml"], "不能是“xml”，可用的有：text, json"),
        (&["check", "--output", "xml=a"], "没有格式“xml”，可用的有：text、json、jsonl"),
        (&["check", "--format", "json", "--output", "sarif"], "标准输出上只能有一份报告"),
        (&["check", "--diff", "--output", "json=a"], "--diff 和 --output 不能同时使用"),
        (&["check", "--fail-on"], "“--fail-on <等级>”后面缺少内容"),
        (&["check", "--quiet", "--format", "json"], "--quiet 和 --format 不能同时使用"),
        (&["explain"], "缺少参数 <规则>"),
        (&["explain", "没有这条规则"], "没有规则“没有这条规则”"),
    ] {
        let answer = desk.run(arguments);
        assert_eq!((answer.code, answer.out.as_str()), (2, ""), "{arguments:?}");
        assert!(answer.err.contains(message), "{arguments:?}: {}", answer.err);
    }
    assert_eq!(desk.run::<&str>(&[]).code, 2);
}

#[test]
fn help_and_version() {
    let desk = Desk::new();
    let help = desk.run(&["--help"]);
    assert_eq!((help.code, help.err.as_str()), (0, ""));
    for part in ["用法：", "命令:", "选项:", "check", "检查稿件", "显示帮助"] {
        assert!(help.out.contains(part), "{part}: {}", help.out);
    }
    let help = desk.run(&["check", "-h"]);
    assert!(help.out.contains("--fail-on <等级>") && help.out.contains("参数:"), "{}", help.out);
    let version = desk.run(&["--version"]);
    let tables = jianggao::features::why::tables();
    assert_eq!(version.out, format!("jianggao {}（判定表 {tables}）\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn help_rules_and_mistakes_follow_the_locale() {
    let desk = Desk::new();
    let says = |locale: &str, arguments: &[&str]| {
        let answer = answer(desk.command(arguments).env("LC_ALL", locale).output().unwrap());
        answer.out + &answer.err
    };
    let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    for arguments in [&["--help"][..], &["--version"], &["man"], &["man", "check"], &["check", "--bogus"]] {
        let text = says("en_GB.UTF-8", arguments);
        assert!(!text.contains(is_chinese), "{arguments:?}: {text}");
    }
    for (arguments, english, traditional) in [
        (
            &["check", "--help"][..],
            "Usage: jianggao check [OPTIONS] [PATH]...",
            "用法：jianggao check [選項] [路徑]...",
        ),
        (&["explain", "--help"], "Usage: jianggao explain [OPTIONS] <RULE>", "用法：jianggao explain [選項] <規則>"),
        (&["check", "--final", "--diff"], "--final and --diff cannot", "--final 和 --diff 不能同時"),
        (&["explain", "numbering-gap"], "(Number missing; by default: warning)", "（編號跳號，預設：警告）"),
        (&["explain", "編號跳號"], "A list leaves out a number", "同一序列缺了序號"),
        (&["rules"], "Number missing", "編號跳號"),
        (&["man"], ".SH COMMANDS\n.TP\n\\fBjianggao check\\fR\nCheck drafts\n", ".SH 名稱\n"),
    ] {
        let (in_english, in_traditional) = (says("en", arguments), says("zh_TW.UTF-8", arguments));
        assert!(in_english.contains(english), "{arguments:?}: {in_english}");
        assert!(in_traditional.contains(traditional), "{arguments:?}: {in_traditional}");
    }
}

#[test]
fn why_a_line_is_judged_as_it_is() {
    let desk = Desk::new().with("a.txt", "今年完成投资XX亿元。\n下面讲三点：一是抓学习。一是抓作风。三是抓落实。\n");
    let all = desk.run(&["check", "--why", "a.txt"]);
    assert_eq!((all.code, all.err.as_str()), (0, ""));
    for part in
        ["a.txt:1\n  警告[placeholder]", "\n  “XX亿元”：没填的占位符\n    · ", "a.txt:2\n", "“一是”应是第 2，报告"]
    {
        assert!(all.out.contains(part), "{part}: {}", all.out);
    }
    let one = desk.run(&["outline", "--why=2", "a.txt"]);
    assert!(one.out.starts_with("a.txt:2\n  第 7 字 “一是”：序号，这一列是 一是 一是 三是"), "{}", one.out);
    let points = desk.run(&["check", "--why=1", "-v", "a.txt"]);
    assert!(points.out.contains("合计 "), "{}", points.out);
    // A rule that rests on nothing but itself is explained by what it says.
    let count = desk.run(&["check", "--why=2", "a.txt"]);
    assert!(count.out.contains("[numbering-duplicate]"), "{}", count.out);
    for wrong in [["--why=9"], ["--why=0"], ["--why=a"]] {
        assert_eq!(desk.run(&["check", wrong[0], "a.txt"]).code, 2, "{wrong:?}");
    }
    let hidden = Desk::new().with("a.txt", "XX区要带头。\n").with("jianggao.toml", "allow = [\"XX\"]\n");
    let why = hidden.run(&["check", "--why=1", "a.txt"]);
    assert!(why.out.contains("略过，因为 allow “XX”"), "{}", why.out);
    assert_eq!(desk.run(&["check", "--why", "--fix", "a.txt"]).code, 2);
}

#[test]
fn the_pages_about_the_rules_are_in_the_program() {
    let desk = Desk::new();
    let pages = desk.folder.path().join("share/pages");
    let answer = desk.run(&[OsStr::new("rules"), OsStr::new(&format!("--write-pages={}", pages.display()))]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    for rule in jianggao::rules::RULES {
        let page = fs::read_to_string(pages.join(format!("{}.md", rule.code))).unwrap();
        assert!(page.starts_with(&format!("# {}\n", rule.name)) && !page.contains("](../"), "{page}");
    }
}

#[test]
fn completions_and_the_man_page() {
    let desk = Desk::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let answer = desk.run(&["completions", shell]);
        assert_eq!(answer.code, 0);
        assert!(answer.out.contains("stdin-filename"), "{shell}");
    }
    let page = desk.run(&["man"]);
    assert_eq!(page.code, 0);
    assert!(page.out.contains(".TH jianggao 1"), "{}", page.out);
    let page = desk.run(&["man", "check"]);
    assert!(page.out.contains(".TH jianggao-check 1"), "{}", page.out);
    assert!(page.out.contains("stdin"), "{}", page.out);
    assert_eq!(desk.run(&["man", "chek"]).code, 2);
}

#[test]
fn the_list_of_rules() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["rules"]).code, 0);
    let json = desk.run(&["rules", "--format", "json"]).json();
    assert_eq!(json["version"], 1);
    for rule in json["rules"].as_array().unwrap() {
        let code = rule["code"].as_str().unwrap();
        let by_code = desk.run(&["explain", code]);
        let by_name = desk.run(&["explain", rule["name"].as_str().unwrap()]);
        assert_eq!((by_code.code, by_name.code), (0, 0), "{code}");
        assert_eq!(by_code.out, by_name.out);
    }
}

#[test]
fn messages_in_other_languages() {
    let desk = Desk::new();
    for (locale, message) in [
        ("C", "讲稿: 无法读取 a.txt：没有这个文件\n"),
        ("zh_TW.UTF-8", "講稿: 無法讀取 a.txt：沒有這個檔案\n"),
        ("en_US.UTF-8", "jianggao: cannot read a.txt: no such file\n"),
    ] {
        let output = desk.command(&["check", "a.txt"]).env("LC_ALL", locale).output();
        assert_eq!(answer(output.unwrap()).err, message);
    }
}

#[test]
fn a_reader_that_leaves_early() {
    let desk = Desk::new();
    let mut child =
        desk.command(&["completions", "zsh"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(output.stderr, b"");
}

#[test]
fn colours_are_for_terminals() {
    let desk = Desk::new().with("jianggao.toml", "alow = []\n").with("a.txt", SPEECH);
    assert!(!desk.run(&["check"]).err.contains('\u{1b}'));
    assert!(desk.run(&["check", "--color", "always"]).err.contains('\u{1b}'));
    assert!(desk.run(&["--color=always", "check"]).err.contains('\u{1b}'));
}

#[test]
fn the_outline_as_json() {
    let desk = Desk::new().with("a.txt", SPEECH);
    let answer = desk.run(&["outline", "--format", "json", "a.txt"]);
    assert_eq!((answer.code, answer.paths()), (0, vec!["a.txt".to_owned()]));
    assert!(answer.json()["files"][0]["symbols"].is_array());
    assert_eq!(desk.run(&["outline", "没有.txt"]).code, 2);
}

#[test]
fn codes_and_totals_follow_the_findings() {
    let draft = "在XX区大会上的讲话\n\n同志们：\n\n一要提高认识，一要狠抓落实，三要加强领导。\n\
                 去年XX区增长X％。\n\n一、提高认识\n三、加强领导\n";
    let desk = Desk::new().with("a.txt", draft).with("b.md", draft);
    let json = desk.run(&["check", "--format", "json"]);
    let report = json.json();
    let levels = ["error", "warning", "information", "hint"];
    let mut counts = [0; 4];
    for file in report["files"].as_array().unwrap() {
        let severities: Vec<_> = file["diagnostics"]
            .as_array()
            .unwrap()
            .iter()
            .map(|diagnostic| diagnostic["severity"].as_str().unwrap())
            .collect();
        for (total, level) in counts.iter_mut().zip(levels) {
            let count = severities.iter().filter(|s| **s == level).count();
            assert_eq!(file["summary"][level], count, "{level}");
            *total += count;
        }
    }
    for (n, level) in levels.into_iter().enumerate() {
        let expected = i32::from(counts[..=n].iter().any(|&count| count > 0));
        for arguments in [&["check", "--fail-on", level][..], &["check", "--quiet", "--fail-on", level]] {
            assert_eq!(desk.run(arguments).code, expected, "{arguments:?}");
        }
    }
    assert_eq!(desk.run(&["check", "--fail-on", "never"]).code, 0);
    let text = desk.run(&["check"]).out;
    assert_eq!(text.matches("--> ").count(), counts.iter().sum::<usize>());
    let totals = desk.run(&["check", "--quiet"]).out;
    assert!(text.contains(&totals), "{totals}");
}

const SLIPS: &str = "仅供学习参考，请勿照搬\r\n在全县工作会议上的讲话\r\n同志们：\r\n　　今年以来,全县上下凝心聚力。\r\n　　要增强“四个意识\"。\r\n　　把任务落实落实到位。\r\n";
const FIXED: &str = "仅供学习参考，请勿照搬\r\n在全县工作会议上的讲话\r\n同志们：\r\n　　今年以来,全县上下凝心聚力。\r\n　　要增强“四个意识”。\r\n　　把任务落实落实到位。\r\n";

#[test]
fn fixes_are_written_in_the_encoding_of_the_draft() {
    let gb = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let marked = |text: &str| [b"\xef\xbb\xbf", text.as_bytes()].concat();
    let little = |text: &str| utf16(text, [0xff, 0xfe], u16::to_le_bytes);
    for (name, before, after) in [
        ("a.txt", SLIPS.as_bytes().to_vec(), FIXED.as_bytes().to_vec()),
        ("b.txt", marked(SLIPS), marked(FIXED)),
        ("c.txt", gb(SLIPS), gb(FIXED)),
        ("d.txt", little(SLIPS), little(FIXED)),
    ] {
        let desk = Desk::new().with(name, &before);
        let answer = desk.run(&["check", "--fix", name]);
        assert_eq!(answer.code, 1, "{}", answer.err);
        assert!(answer.out.contains("repeated-word") && answer.out.contains("已修正 1 处"), "{}", answer.out);
        assert_eq!(fs::read(desk.folder.path().join(name)).unwrap(), after, "{name}");
        assert!(!desk.run(&["check", "--fix", name]).out.contains("已修正"), "{name}");
        assert_eq!(fs::read_dir(desk.folder.path()).unwrap().count(), 2, "nothing is left behind");
    }
}

#[test]
fn a_diff_changes_nothing() {
    let desk = Desk::new().with("稿.txt", SLIPS.replace('\r', ""));
    let answer = desk.run(&["check", "--diff", "稿.txt"]);
    assert_eq!(answer.code, 1);
    assert_eq!(
        answer.out,
        "--- 稿.txt\n+++ 稿.txt\n@@ -2,5 +2,5 @@\n 在全县工作会议上的讲话\n 同志们：\n 　　今年以来,全县上下凝心聚力。\n-　　要增强“四个意识\"。\n+　　要增强“四个意识”。\n 　　把任务落实落实到位。\n"
    );
    assert_eq!(fs::read_to_string(desk.folder.path().join("稿.txt")).unwrap(), SLIPS.replace('\r', ""));
    let answer = Desk::new().with("稿.txt", SPEECH).run(&["check", "--diff", "稿.txt"]);
    assert_eq!((answer.code, answer.out.as_str()), (0, ""));
}

#[test]
fn some_fixes_only() {
    let desk = Desk::new().with("稿.txt", SLIPS);
    desk.run(&["check", "--fix-only", "unpaired-quote,半角标点", "稿.txt"]);
    let text = fs::read_to_string(desk.folder.path().join("稿.txt")).unwrap();
    assert_eq!(text, FIXED.replace("来,", "来，"));
    // Proposals are made when their rule is named, and matters of style when they are asked for.
    desk.run(&["check", "--fix-only", "watermark", "稿.txt"]);
    let text = fs::read_to_string(desk.folder.path().join("稿.txt")).unwrap();
    assert!(text.starts_with("在全县工作会议上的讲话\r\n"), "{text}");
    let answer = desk.run_with_input(&["check", "--fix-style", "-"], SLIPS.as_bytes());
    assert_eq!((answer.code, &*answer.out), (0, &*SLIPS.replace("来,", "来，")));
    let answer = desk.run_with_input(&["check", "--fix", "--fix-style", "-"], SLIPS.as_bytes());
    assert_eq!((answer.code, &*answer.out), (0, &*FIXED.replace("来,", "来，")));
    assert_eq!(desk.run(&["check", "--fix-only", "none", "稿.txt"]).code, 2);
    let answer = desk.run_with_input(&["check", "--fix", "-"], SLIPS.as_bytes());
    assert_eq!((answer.code, answer.out.as_str()), (0, FIXED));
}

#[test]
fn accepted_findings_are_not_reported_again() {
    let desk = Desk::new().with("稿.txt", SLIPS);
    let written = desk.run(&["check", "--baseline", "b.json", "--write-baseline", "稿.txt"]);
    assert_eq!((written.code, written.err.as_str()), (0, ""));
    let answer = desk.run(&["check", "--baseline", "b.json", "稿.txt"]);
    assert_eq!((answer.code, answer.out.as_str()), (0, "1 个文件，没有发现问题\n"));
    // Lines above may come and go; what is new is reported.
    let more = SLIPS.replace("同志们：\r\n", "同志们：\r\n　　按照《方案要求推进。\r\n");
    let desk = desk.with("稿.txt", more);
    let answer = desk.run(&["check", "--baseline", "b.json", "稿.txt"]);
    assert!(answer.code == 1 && answer.out.contains("unpaired-bracket"), "{}", answer.out);
    assert!(!answer.out.contains("repeated-word"), "{}", answer.out);
    assert_eq!(desk.run(&["check", "--quiet", "--baseline", "b.json", "稿.txt"]).out, "1 个文件：警告 1\n");
    assert_eq!(desk.run(&["check", "--baseline", "none.json", "稿.txt"]).code, 2);
    assert_eq!(desk.run(&["check", "--write-baseline", "稿.txt"]).code, 2);
}

const PACK: &str = "text\tkind\tmembers\torder\tright\twrong\n五比五看\tnumbered\t比学习；比干劲；比作风；比担当；比成效\tfixed\t“五比五看”即比学习、比干劲、比作风、比担当、比成效。\t“五比五看”即比干劲、比学习、比作风、比担当、比成效。\n好好干活\tnonsense\t\t\t\t\n";

#[test]
fn slogans_are_looked_up() {
    let desk = Desk::new();
    for query in ["四个意识", "sgys", "看齐意识"] {
        let answer = desk.run(&["slogans", query]);
        assert_eq!((answer.code, answer.err.as_str()), (0, ""), "{query}");
        assert!(
            answer.out.starts_with("四个意识  数字缩略  si-ge-yi-shi\n  1. 政治意识\n  2. 大局意识\n"),
            "{}",
            answer.out
        );
        assert!(answer.out.contains("出处："), "{}", answer.out);
    }
    let all = desk.run(&["slogans"]);
    assert_eq!(all.code, 0);
    assert!(all.out.lines().count() > 1000 && all.out.contains("数字缩略  四个意识\n"));
    let json = desk.run(&["slogans", "--format", "json", "sigeyishi"]).json();
    assert_eq!((&json["version"], &json["slogans"][0]["id"]), (&1.into(), &"si-ge-yi-shi".into()));
    assert_eq!(json["slogans"][0]["members"][3], "看齐意识");
    let nothing = desk.run(&["slogans", "没有这样的提法吧"]);
    assert_eq!((nothing.code, nothing.out.as_str()), (1, ""));
    assert_eq!(nothing.err, "讲稿: 目录里没有“没有这样的提法吧”\n");
}

#[test]
fn packs_count_from_the_settings_on() {
    let draft = "今年，要做到“五比五看”，即比干劲、比学习、比作风、比担当、比成效，增强看起意识。\n";
    let desk = Desk::new()
        .with("jianggao.toml", "[formulations]\npacks = [\"提法/unit.tsv\", \"没有.tsv\"]\n")
        .with("提法/unit.tsv", PACK)
        .with("a.txt", draft);
    let answer = desk.run(&["check", "a.txt"]);
    assert_eq!(answer.code, 2);
    assert!(answer.out.contains("slogan-order") && answer.out.contains("slogan-misquote"), "{}", answer.out);
    for part in ["提法目录“没有.tsv”没有采用：没有这个文件", "unit.tsv:3:1", "kind 不能是“nonsense”"]
    {
        assert_eq!(answer.err.matches(part).count(), 1, "{part}: {}", answer.err);
    }
    let json = desk.run(&["slogans", "--format", "json", "五比五看"]).json();
    assert_eq!(json["slogans"][0]["tier"], "unit");

    let desk = desk.with("jianggao.toml", "[formulations]\nbuiltin = false\n");
    assert_eq!(desk.run(&["check", "a.txt"]).code, 0);
    assert_eq!(desk.run(&["slogans", "四个意识"]).code, 1);

    // The writer's own pack lies above that of the office.
    let own = "text\terrors\tright\twrong\n-五比五看\n铁军精神\t铁君精神→铁军精神\t发扬铁军精神。\t发扬铁君精神。\n";
    let desk = desk
        .with("jianggao.toml", "[formulations]\npacks = [\"提法/unit.tsv\"]\n")
        .with("home/jianggao/jianggao.toml", "[formulations]\npacks = [\"own.tsv\"]\n")
        .with("home/jianggao/own.tsv", own)
        .with("b.txt", "发扬铁君精神。\n");
    assert_eq!(desk.run(&["slogans", "五比五看"]).code, 1);
    let json = desk.run(&["slogans", "--format", "json", "铁军精神"]).json();
    assert_eq!(json["slogans"][0]["tier"], "user");
    let answer = desk.run(&["check", "b.txt"]);
    assert!(answer.out.contains("铁军精神"), "{}", answer.out);
}

#[test]
fn the_final_check_is_a_gate() {
    let desk = Desk::new().with("稿.txt", "同志们：\nXX区要带头，XX牌要打响。\n");
    let answer = desk.run(&["check", "--final", "稿.txt"]);
    assert_eq!(answer.code, 1);
    assert!(answer.out.ends_with("还不能定稿：2 处待填待改\n"), "{}", answer.out);
    // Not even where the findings are mere hints.
    let desk = desk.with_settings("[rules]\nplaceholder = \"hint\"\n");
    assert_eq!(desk.run(&["check", "稿.txt"]).code, 0);
    assert_eq!(desk.run(&["check", "--final", "--format", "json", "稿.txt"]).code, 1);
    assert_eq!(desk.run(&["check", "--final", "没有.txt"]).code, 2);
}
