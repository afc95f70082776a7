//! Drafts against what was agreed for who gives them.

use std::fs;

use serde_json::{Value, json};

use crate::cli::Desk;
use crate::client::{Client, uri};

const SETTINGS: &str = "[[profile]]
speaker = \"周明远\"
characters-per-minute = 100
say = { \"提要求\" = \"谈意见\", \"强调\" = \"说明\" }
never = [\"狠抓\", \"大干\"]
salutation = \"同志们\"
section-count = 3
sections = [\"形势\", \"任务、目标\", \"保障\"]

[[profile]]
files = \"*政府*\"
characters-per-minute = 250
never = [\"号召\"]
";

/// Lines, and words of the messages.
type Expected = &'static [(u64, &'static str)];

/// The name of a draft, the draft, and what is found. Written before the rule.
const CASES: [(&str, &str, Expected); 18] = [
    ("悼念.txt", "悼念周明远\n同志们：\n我们怀着沉痛的心情，狠抓落实。\n", &[]),
    ("署名.txt", "在全县农村工作会议上的讲话\n周　明　远\n同志们：\n要狠抓落实。\n", &[(4, "周明远的稿子不用“狠抓”")]),
    (
        "一.txt",
        "在全县农村工作会议上的讲话\n周明远\n（2026年3月2日）\n同志们：\n下面，我谈意见，供大家参考。\n一、认清形势\n机遇很多。\n二、明确任务\n抓好春耕。\n三、强化保障\n责任到人。\n",
        &[],
    ),
    (
        "二.txt",
        "在全县农村工作会议上的讲话\n周明远\n同志们：\n下面，我提要求，请大家记住。\n要狠抓落实，大干一百天。\n",
        &[(4, "“提要求”"), (5, "周明远的稿子不用“狠抓”"), (5, "周明远的稿子不用“大干”")],
    ),
    (
        "三.txt",
        "在全县农村工作会议上的讲话\n周明远\n同志们：\n有人一开口就是“提要求”，《狠抓落实二十条》已经印发。\n省委强调：“粮食生产不能松劲。”\n",
        &[],
    ),
    ("四.txt", "在全县农村工作会议上的讲话\n周明远\n同志们：\n不能头脑发热，总想着大干一场。\n", &[]),
    ("五.txt", "在全县农村工作会议上的讲话\n沈琬怡\n各位领导：\n下面，我提要求，要狠抓落实。\n", &[]),
    (
        "六.txt",
        "在全县农村工作会议上的讲话\n（2026年3月2日）\n周明远\n各位领导：\n今天的会议很重要。\n",
        &[(4, "这里称“各位领导”")],
    ),
    ("七.txt", "在全县农村工作会议上的讲话\n周明远\n各位代表，同志们：\n今天的会议很重要。\n", &[]),
    (
        "八.txt",
        "在全县农村工作会议上的讲话\n周明远\n同志们：\n今天的会议很重要。\n一、认清形势\n机遇很多。\n二、明确目标\n抓好春耕。\n三、强化保障\n责任到人。\n四、严明纪律\n令行禁止。\n",
        &[(11, "这里分 4 个部分")],
    ),
    (
        "九.txt",
        "在全县农村工作会议上的讲话\n周明远\n同志们：\n今天的会议很重要。\n一、认清形势\n机遇很多。\n二、强化保障\n责任到人。\n三、严明纪律\n令行禁止。\n",
        &[(7, "的标题里没有“任务、目标”")],
    ),
    (
        "县政府讲话.txt",
        "在全县农村工作会议上的讲话\n沈琬怡\n各位领导：\n我号召大家，要狠抓落实。\n",
        &[(4, "*政府*的稿子不用“号召”")],
    ),
    ("十一.txt", "在欢送周明远同志座谈会上的讲话\n沈琬怡\n各位领导：\n我提要求，要狠抓落实。\n", &[]),
    ("十二.txt", "周明远同志在全县农村工作会议上的讲话\n同志们：\n要狠抓落实。\n", &[(3, "周明远的稿子不用“狠抓”")]),
    ("十三.txt", "在全縣農村工作會議上的講話\n周明遠\n同志們：\n下面，我強調兩點，請大家記住。\n", &[(4, "“強調”")]),
    (
        "政府十四.txt",
        "在全县农村工作会议上的讲话\n周明远\n同志们：\n我号召大家，要狠抓落实。\n",
        &[(4, "周明远的稿子不用“狠抓”")],
    ),
    ("十五.txt", "周明远在会上强调，要狠抓落实，会议号召全县上下提要求、讲意见。\n", &[]),
    (
        "十六.txt",
        "在全县农村工作会议上的讲话\n周明远\n同志们：\n今天的会议很重要。\n一、明确任务\n抓好春耕。\n二、认清形势\n机遇很多。\n三、强化保障\n责任到人。\n",
        &[(5, "有“任务、目标”的部分")],
    ),
];

fn desk() -> Desk {
    Desk::new().with("jianggao.toml", SETTINGS)
}

#[test]
fn drafts_that_are_not_as_agreed() {
    let mut wrong = Vec::new();
    for (name, draft, expected) in CASES {
        let answer = desk().with(name, draft).run(&["check", "--format", "json", "--fail-on", "never", name]);
        let json: Value = serde_json::from_str(&answer.out).unwrap_or_else(|_| panic!("{}{}", answer.out, answer.err));
        let found = json["files"][0]["diagnostics"].as_array().unwrap();
        let found = found.iter().filter(|found| found["code"] == "profile-mismatch");
        let found: Vec<(u64, &str)> = found
            .map(|f| (f["range"]["start"]["line"].as_u64().unwrap() + 1, f["message"].as_str().unwrap()))
            .collect();
        let fits =
            |(found, expected): (&(u64, &str), &(u64, &str))| found.0 == expected.0 && found.1.contains(expected.1);
        if found.len() != expected.len() || !found.iter().zip(expected).all(fits) {
            wrong.push(format!("{name}: {draft}  expected {expected:?}\n  found    {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_time_is_that_of_who_speaks() {
    let body = "今年粮食丰收在望。".repeat(50);
    let draft = |speaker: &str| format!("在全县农村工作会议上的讲话\n{speaker}\n同志们：\n{body}\n");
    let times =
        [("一.txt", "周明远", "约 4 分钟"), ("二.txt", "沈琬怡", "约 2 分钟"), ("政府.txt", "沈琬怡", "约 2 分钟")];
    for (name, speaker, time) in times {
        let answer = desk().with(name, draft(speaker)).run(&["outline", name]);
        assert!(answer.out.contains(time), "{name}: {}{}", answer.out, answer.err);
    }
}

#[test]
fn a_form_is_replaced_where_somebody_asks() {
    let draft = "在全县农村工作会议上的讲话\n周明远\n同志们：\n下面，我提要求，请大家记住。\n";
    let desk = desk().with("一.txt", draft);
    let plain = desk.run(&["check", "--fix", "--diff", "一.txt"]);
    assert!(!plain.out.contains("谈意见，"), "{}", plain.out);
    let asked = desk.run(&["check", "--fix-only", "profile-mismatch", "--diff", "一.txt"]);
    assert!(asked.out.contains("下面，我谈意见，请大家记住。"), "{}{}", asked.out, asked.err);
}

#[test]
fn what_is_wrong_in_a_profile_is_said() {
    let desk = Desk::new().with("jianggao.toml", "[[profile]]\nsay = [\"提要求\"]\nnever = [\"狠抓\"]\n");
    let answer = desk.with("一.txt", "同志们：\n要狠抓落实。\n").run(&["check", "一.txt"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("应是一个表，如 { \"提要求\" = \"谈意见\" }"), "{}", answer.err);
    assert!(answer.out.contains("本单位的稿子不用“狠抓”"), "{}", answer.out);
}

#[tokio::test]
async fn another_speaker_has_another_profile_while_it_is_typed() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("jianggao.toml"), SETTINGS).unwrap();
    let draft = uri(&folder.path().join("稿.txt"));
    let mut client = Client::start().await;
    let text = "在全县农村工作会议上的讲话\n沈琬怡\n同志们：\n下面，我提要求，请大家记住。\n";
    client.open(&draft, text).await;
    let is_told = |found: &[Value]| found.iter().any(|found| found["code"] == "profile-mismatch");
    assert!(!is_told(&client.diagnostics(&draft, 1).await));
    let speed = json!({ "command": "jianggao.rehearsal", "arguments": [draft] });
    let rehearsal = client.request("workspace/executeCommand", speed.clone()).await.unwrap();
    assert_eq!(rehearsal["charactersPerMinute"], 200);
    client.change(&draft, 2, (1, 0), (1, 3), "周明远").await;
    assert!(is_told(&client.diagnostics(&draft, 2).await));
    let rehearsal = client.request("workspace/executeCommand", speed).await.unwrap();
    assert_eq!(rehearsal["charactersPerMinute"], 100);
}
