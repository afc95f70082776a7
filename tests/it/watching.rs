//! `check --watch`: what is saved is checked again.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::cli::Desk;

const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn a_draft_that_is_saved_is_checked_again() {
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("讲话.txt");
    // Programs save by putting another file in its place.
    let save = |text: &str| {
        fs::write(folder.path().join("讲话.new"), text).unwrap();
        fs::rename(folder.path().join("讲话.new"), &draft).unwrap();
    };
    save("同志们：\n我们要抓好落实。一要学，二要做，四要干。\n");
    let mut watching = Command::new(env!("CARGO_BIN_EXE_jianggao"))
        .args(["check", "--watch", "--format", "jsonl"])
        .arg(&draft)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let (sender, reports) = mpsc::channel();
    let lines = BufReader::new(watching.stdout.take().unwrap()).lines();
    let reader = thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| sender.send(line)));
    let first = reports.recv_timeout(PATIENCE).unwrap();
    assert!(first.contains("numbering-gap"), "{first}");
    fs::write(folder.path().join("别的.txt"), "不是它。\n").unwrap();
    save("同志们：\n我们要抓好落实。一要学，二要做，三要干。\n");
    let second = reports.recv_timeout(PATIENCE).unwrap();
    assert!(second.contains("\"diagnostics\":[]"), "{second}");
    watching.kill().unwrap();
    watching.wait().unwrap();
    let _ = reader.join();
    assert_eq!(reports.iter().count(), 0, "nothing else has changed");
}

#[test]
fn what_is_not_there_is_not_waited_for() {
    let answer = Desk::new().run(&["check", "--watch", "没有.txt"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("没有.txt"), "{}", answer.err);
}
