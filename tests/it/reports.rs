//! The formats of `check`, read as those read them for whom they are. The same findings through every door.

use serde_json::Value;

use crate::cli::{Answer, Desk, SPEECH};

/// A repeated ordinal with a fix, and a blank, behind characters that are one, three and four bytes long.
const DRAFT: &str = "同志们：\n　　𠮷县a要抓好三件事：一要抓项目，建好开发区。一要抓招商，引来大企业。三要抓环境，服务好群众。\n　　请XX同志讲话。\n";
/// A name that XML, references and commands have to escape.
const NAME: &str = "讲&话, 50%.txt";

fn desk() -> Desk {
    Desk::new().with(NAME, DRAFT).with("清.txt", SPEECH)
}

fn check(format: &str) -> Answer {
    desk().run(&["check", "--format", format, NAME, "清.txt", "没有.txt"])
}

/// (severity, code, line, first column, last column, message) as `--format json` has them: 1-based, characters.
fn expected() -> Vec<(String, String, u64, u64, u64, String)> {
    let json = check("json").json();
    let found =
        json["files"].as_array().unwrap().iter().flat_map(|file| file["diagnostics"].as_array().unwrap().clone());
    let entry = |finding: Value| {
        let text = |key: &str| finding[key].as_str().unwrap().to_owned();
        let (start, end) = (&finding["range"]["start"], &finding["range"]["end"]);
        let number = |value: &Value| value.as_u64().unwrap() + 1;
        let columns = (number(&start["character"]), number(&end["character"]));
        (text("severity"), text("code"), number(&start["line"]), columns.0, columns.1, text("message"))
    };
    let found: Vec<_> = found.map(entry).collect();
    assert!(found.len() >= 2 && found.iter().any(|f| f.1 == "numbering-duplicate"), "{found:?}");
    found
}

#[test]
fn the_summary_says_what_was_not_read() {
    let json = check("json").json();
    assert_eq!((&json["summary"]["files"], &json["summary"]["unread"]), (&2.into(), &1.into()));
    assert_eq!(json["summary"]["warning"], json["files"][1]["summary"]["warning"]);
    assert!(json["problems"][0].as_str().unwrap().contains("没有.txt"));
}

#[test]
fn json_lines_are_the_files_of_json() {
    let (json, lines) = (check("json").json(), check("jsonl"));
    let lines: Vec<Value> = lines.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(json["files"].as_array().unwrap(), &lines);
}

#[test]
fn sarif_has_results_fixes_and_what_went_wrong() {
    let answer = check("sarif");
    assert_eq!(answer.code, 2);
    let json = answer.json();
    let run = &json["runs"][0];
    assert_eq!((&json["version"], &run["columnKind"]), (&"2.1.0".into(), &"unicodeCodePoints".into()));
    let rules: Vec<_> = run["tool"]["driver"]["rules"].as_array().unwrap().iter().map(|rule| &rule["id"]).collect();
    let found = run["results"].as_array().unwrap().iter().map(|result| {
        assert!(rules.contains(&&result["ruleId"]));
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "%E8%AE%B2%26%E8%AF%9D%2C%2050%25.txt");
        let region = |key: &str| place["region"][key].as_u64().unwrap();
        let level = match result["level"].as_str().unwrap() {
            "note" => "hint",
            level => level,
        };
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let columns = (region("startColumn"), region("endColumn"));
        (
            level.to_owned(),
            text(&result["ruleId"]),
            region("startLine"),
            columns.0,
            columns.1,
            text(&result["message"]["text"]),
        )
    });
    assert_eq!(found.collect::<Vec<_>>(), expected());
    let fixed =
        run["results"].as_array().unwrap().iter().find(|result| result["ruleId"] == "numbering-duplicate").unwrap();
    let change = &fixed["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert!(change["insertedContent"]["text"].as_str().unwrap().starts_with('二'), "{change}");
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    let said = &run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
    assert!(said.as_str().unwrap().contains("没有.txt"));
}

#[test]
fn github_reads_commands() {
    let answer = check("github");
    let mut lines: Vec<_> = answer.out.lines().collect();
    assert!(lines.pop().unwrap().starts_with("::error ::"), "{}", answer.out);
    let severity = |name: &str| if name == "notice" { "hint" } else { name }.to_owned();
    for (line, (level, _, at, from, to, message)) in lines.iter().zip(expected()) {
        let (command, rest) = line.strip_prefix("::").unwrap().split_once(' ').unwrap();
        let (properties, said) = rest.split_once("::").unwrap();
        let properties: std::collections::BTreeMap<_, _> =
            properties.split(',').map(|property| property.split_once('=').unwrap()).collect();
        assert_eq!((severity(command), said), (level, &*message));
        assert_eq!(properties["file"], "讲&话%2C 50%25.txt");
        let number = |key: &str| properties[key].parse::<u64>().unwrap();
        // The last column is that of the last character.
        assert_eq!((number("line"), number("col"), number("endColumn")), (at, from, to - 1));
    }
    assert_eq!(lines.len(), expected().len());
}

#[test]
fn gitlab_tells_issues_apart() {
    let json = check("gitlab").json();
    let issues = json.as_array().unwrap();
    let fingerprints: std::collections::BTreeSet<_> =
        issues.iter().map(|issue| issue["fingerprint"].as_str()).collect();
    assert_eq!(fingerprints.len(), issues.len());
    assert_eq!(issues.len(), expected().len() + 1);
    for (issue, (_, code, line, from, ..)) in issues.iter().zip(expected()) {
        let begin = &issue["location"]["positions"]["begin"];
        assert_eq!((&issue["check_name"], &issue["location"]["path"]), (&code.into(), &NAME.into()));
        assert_eq!((&begin["line"], &begin["column"]), (&line.into(), &from.into()));
    }
    assert_eq!(issues.last().unwrap()["severity"], "blocker");
    // Other text above changes no fingerprint.
    let moved = desk().with(NAME, "新的一行\n".to_owned() + DRAFT).run(&["check", "--format", "gitlab", NAME]).json();
    let one = |issues: &Value| {
        let issue =
            issues.as_array().unwrap().iter().find(|issue| issue["check_name"] == "placeholder").unwrap().clone();
        issue["fingerprint"].clone()
    };
    assert_eq!(one(&moved), one(&json));
}

/// (name, attributes) of every element, in order.
fn elements(xml: &str) -> Vec<(String, std::collections::BTreeMap<String, String>)> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut found = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(e) | Event::Empty(e) => {
                let attributes = e.attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap().into_owned();
                    (attribute.key.0.to_owned(), value)
                });
                found.push((e.name().0.to_owned(), attributes.collect()));
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

#[test]
fn checkstyle_names_files_lines_and_columns() {
    let elements = elements(&check("checkstyle").out);
    let files: Vec<_> = elements.iter().filter(|e| e.0 == "file").map(|e| &*e.1["name"]).collect();
    assert_eq!(files, ["清.txt", NAME, ""]);
    let errors: Vec<_> = elements.iter().filter(|e| e.0 == "error").collect();
    for ((_, error), (_, code, line, column, _, message)) in errors.iter().zip(expected()) {
        assert_eq!((&error["message"], &error["source"]), (&message, &format!("jianggao.{code}")));
        assert_eq!((&error["line"], &error["column"]), (&line.to_string(), &column.to_string()));
    }
    assert_eq!(errors.len(), expected().len() + 1);
}

#[test]
fn junit_fails_from_the_level_of_the_gate_on() {
    let count = |arguments: &[&str], name: &str| {
        let arguments = [&["check", "--format", "junit", NAME, "清.txt", "没有.txt"], arguments].concat();
        elements(&desk().run(&arguments).out).iter().filter(|element| element.0 == name).count()
    };
    let warnings = expected().iter().filter(|finding| finding.0 == "warning").count();
    assert_eq!(count(&[], "failure"), warnings);
    assert_eq!(count(&[], "skipped"), expected().len() - warnings);
    assert_eq!(
        (count(&["--fail-on", "never"], "failure"), count(&["--fail-on", "hint"], "failure")),
        (0, expected().len())
    );
    assert_eq!((count(&[], "error"), count(&[], "testcase")), (1, expected().len() + 2));
}

#[test]
fn reviewdog_counts_bytes_and_takes_suggestions() {
    let json = check("rdjson").json();
    let lines: Vec<_> = DRAFT.lines().collect();
    let entries = json["diagnostics"].as_array().unwrap();
    let part = |range: &Value| {
        let number = |end: &str, key: &str| range[end][key].as_u64().unwrap() as usize - 1;
        lines[number("start", "line")][number("start", "column")..number("end", "column")].to_owned()
    };
    for (entry, (_, code, line, from, to, message)) in entries.iter().zip(expected()) {
        assert_eq!((&entry["code"]["value"], &entry["message"]), (&code.into(), &message.into()));
        let characters: String =
            lines[line as usize - 1].chars().skip(from as usize - 1).take((to - from) as usize).collect();
        assert_eq!(part(&entry["location"]["range"]), characters);
    }
    let fixed = entries.iter().find(|entry| entry["code"]["value"] == "numbering-duplicate").unwrap();
    let suggestion = &fixed["suggestions"][0];
    assert!(part(&suggestion["range"]).starts_with('一') && suggestion["text"].as_str().unwrap().starts_with('二'));
}

#[test]
fn several_reports_of_one_run() {
    let desk = desk();
    let arguments = ["check", NAME, "清.txt", "--output", "json=a.json", "--output=junit=b.xml", "--output", "jsonl"];
    let answer = desk.run(&arguments);
    let read = |name: &str| std::fs::read_to_string(desk.folder.path().join(name)).unwrap();
    let alone = |format: &str| desk.run(&["check", NAME, "清.txt", "--format", format]).out;
    assert_eq!((answer.code, answer.out), (1, alone("jsonl")));
    assert_eq!((read("a.json"), read("b.xml")), (alone("json"), alone("junit")));
    // The text for people is without colours in a file.
    let arguments = ["check", "--color=always", "--quiet", "--output", "text=c.txt", NAME];
    let answer = desk.run(&arguments);
    assert!(answer.out.starts_with("1 个文件") || answer.out.contains("\u{1b}["));
    assert!(read("c.txt").starts_with("警告[") && !read("c.txt").contains('\u{1b}'));
}

#[test]
fn nothing_takes_the_place_of_a_draft() {
    let desk = desk();
    for arguments in [
        &["check", NAME, "--output", "json=讲&话, 50%.txt"][..],
        &["check", NAME, "--output", "text=讲&话, 50%.txt"],
        &["check", "--output", "sarif=./清.txt"],
        &["check", NAME, "--output", "json=清.txt"],
        &["check", NAME, "--output", "json=新.docx"],
        &["check", NAME, "--output", "json=jianggao.toml"],
        &["check", NAME, "--output", "json=a", "--output", "sarif=./a"],
        &["check", NAME, "--output", "json=b.json", "--baseline", "b.json", "--write-baseline"],
        &["check", NAME, "--baseline", NAME, "--write-baseline"],
        &["check", NAME, "--baseline", "清.txt", "--write-baseline"],
    ] {
        let answer = desk.run(arguments);
        assert_eq!((answer.code, &*answer.out), (2, ""), "{arguments:?}");
        assert!(!answer.err.is_empty());
    }
    let read = |name: &str| std::fs::read_to_string(desk.folder.path().join(name)).unwrap();
    assert_eq!(
        (read(NAME), read("清.txt"), read("jianggao.toml")),
        (DRAFT.to_owned(), SPEECH.to_owned(), String::new())
    );
    // An older baseline is what a new one is for.
    for _ in 0..2 {
        assert_eq!(desk.run(&["check", NAME, "--baseline", "b.json", "--write-baseline"]).code, 0);
    }
    let answer = desk.run(&["check", NAME, "--output", "json=没有这个文件夹/a.json"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("无法写入"), "{}", answer.err);
}

#[test]
fn records_are_answered_in_their_order() {
    let desk = desk();
    let record = |path: &str, text: &str| serde_json::json!({"path": path, "text": text, "id": 7}).to_string() + "\n";
    let input: String =
        (0..600).map(|n| record(&format!("{n}.txt"), if n % 3 == 0 { DRAFT } else { SPEECH })).collect();
    let answer = desk.run_with_input(&["check", "--input", "jsonl", "-"], input.as_bytes());
    let lines: Vec<Value> = answer.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((answer.code, lines.len()), (1, 600));
    let mut alone = check("json").json()["files"][1].clone();
    alone["path"] = "300.txt".into();
    assert_eq!(lines[300], alone);
    assert_eq!((&lines[599]["path"], &lines[599]["diagnostics"]), (&"599.txt".into(), &Value::Array(Vec::new())));
}

#[test]
fn a_bad_record_is_named_and_the_rest_goes_on() {
    let text = |text: &str| serde_json::json!({ "text": text }).to_string();
    let input = ["{\"text\": 7}", "{", "", &text(SPEECH), &text("  "), "{\"path\": \"b.md\", \"text\": \"a\\u0000b\"}"]
        .join("\n");
    let answer = desk().run_with_input(&["check", "--input", "jsonl"], input.as_bytes());
    let lines: Vec<Value> = answer.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let paths: Vec<_> = lines.iter().map(|line| line["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["<stdin>:1", "<stdin>:2", "<stdin>:4", "<stdin>:5", "b.md"]);
    let is_refused: Vec<_> = lines.iter().map(|line| line["error"].is_string()).collect();
    assert_eq!((is_refused, answer.code), (vec![true, true, false, true, true], 2));
    let answer = desk().run(&["check", "--input", "jsonl", "--fix"]);
    assert_eq!((answer.code, answer.err.contains("不能同时使用")), (2, true), "{}", answer.err);
    let answer = desk().run(&["check", "--input", "jsonl", NAME]);
    assert_eq!((answer.code, &*answer.out), (2, ""));
}

#[cfg(unix)]
#[test]
fn a_link_stays_and_the_report_stands_where_it_leads_to() {
    let desk = Desk::new().with("稿.txt", SPEECH).with("旧.sarif", "");
    let (link, target) = (desk.folder.path().join("最近.sarif"), desk.folder.path().join("旧.sarif"));
    std::os::unix::fs::symlink(&target, &link).unwrap();
    let answer = desk.run(&["check", "--output", "sarif=最近.sarif", "稿.txt"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    assert!(link.symlink_metadata().unwrap().is_symlink());
    assert!(std::fs::read_to_string(&target).unwrap().contains("2.1.0"));
}

#[test]
fn a_report_without_a_verdict_leaves_it_to_standard_error() {
    let desk = Desk::new().with("稿.txt", "同志们：\n　　XX区要带头。\n").with_settings("allow = [\"XX\"]\n");
    for format in ["github", "gitlab", "junit", "sarif"] {
        let answer = desk.run(&["check", "--final", "--format", format, "稿.txt"]);
        assert_eq!(answer.code, 1);
        assert!(answer.err.contains("还不能定稿"), "{format}: {}", answer.err);
    }
    assert!(!desk.run(&["check", "--final", "--format", "json", "稿.txt"]).err.contains("还不能定稿"));
}
