//! Changes are made in the order in which they were sent, whatever else goes on.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jianggao::server::Hooks;
use serde_json::{Value, json};

use crate::client::{Client, Seen, modern, position};

const URI: &str = "file:///drafts/%E8%AE%B2%E7%A8%BF.txt";
/// What takes longer has failed.
const LONG: Duration = Duration::from_secs(5);

/// A thousand numbered changes with requests between them: every request sees just the changes
/// before it, and the last text has all of them in order.
#[tokio::test]
async fn a_thousand_changes_arrive_in_order() {
    const CHANGES: u32 = 1000;
    let seen = Seen::default();
    let mut client = Client::with(modern(), seen.hooks()).await;
    client.open(URI, "").await;
    let text_after = |n: u32| (0..n).map(|n| format!("第{n}行\n")).collect::<String>();
    let mut asked = Vec::new();
    for n in 0..CHANGES {
        client.change(URI, n as i32 + 2, (n, 0), (n, 0), &format!("第{n}行\n")).await;
        let about = json!({ "textDocument": { "uri": URI } });
        let mut at = about.clone();
        at["position"] = position((n, 0));
        match n % 10 {
            3 => asked.push((client.ask("textDocument/completion", at).await, n)),
            6 => asked.push((client.ask("textDocument/hover", at).await, n)),
            9 => asked.push((client.ask("textDocument/documentSymbol", about).await, n)),
            _ => {}
        }
    }
    for &(id, _) in &asked {
        client.answer(id).await.unwrap();
    }
    let mut texts = seen.texts();
    texts.sort_by_key(String::len);
    let expected: Vec<_> = asked.iter().map(|&(_, n)| text_after(n + 1)).collect();
    assert!(texts == expected, "a request saw another version");
    assert_eq!(client.text(URI, &seen).await, text_after(CHANGES));
    client.diagnostics(URI, CHANGES as i32 + 1).await;
}

#[tokio::test]
async fn a_storm_of_changes_gives_few_lists_and_the_last_version() {
    let mut client = Client::start().await;
    client.open(URI, "同志们：\n").await;
    client.diagnostics(URI, 1).await;
    let mut storm = String::new();
    for n in 0..50 {
        let body = json!({ "jsonrpc": "2.0", "method": "textDocument/didChange", "params": {
            "textDocument": { "uri": URI, "version": n + 2 },
            "contentChanges": [{ "range": crate::client::range((1, n), (1, n)), "text": "字" }],
        } })
        .to_string();
        storm += &format!("Content-Length: {}\r\n\r\n{body}", body.len());
    }
    client.send_raw(storm.as_bytes()).await;
    client.diagnostics(URI, 51).await;
    let lists = client.rest(Duration::from_millis(200)).await;
    assert!(lists.len() <= 4, "{} lists for one storm", lists.len() + 1);
}

#[tokio::test]
async fn versions_are_published_in_order_and_never_twice_out_of_date() {
    let mut client = Client::start().await;
    client.open(URI, "同志们：\n").await;
    for n in 0..200 {
        client.change(URI, n + 2, (0, 0), (0, 0), "字").await;
        if n % 7 == 0 {
            tokio::task::yield_now().await;
        }
    }
    let messages = client.rest(Duration::from_millis(300)).await;
    let versions: Vec<_> = messages
        .iter()
        .filter(|message| message["method"] == "textDocument/publishDiagnostics")
        .map(|message| message["params"]["version"].as_i64().unwrap())
        .collect();
    assert!(versions.is_sorted(), "{versions:?}");
    assert_eq!(versions.last(), Some(&201));
}

#[tokio::test]
async fn an_old_version_is_ignored() {
    let seen = Seen::default();
    let mut client = Client::with(modern(), seen.hooks()).await;
    client.open(URI, "甲").await;
    client.change(URI, 5, (0, 1), (0, 1), "乙").await;
    client.change(URI, 4, (0, 0), (0, 2), "旧").await;
    client.change("untitled:none", 2, (0, 0), (0, 0), "无").await;
    client.change(URI, 6, (0, 2), (0, 2), "丙").await;
    assert_eq!(client.text(URI, &seen).await, "甲乙丙");
    for why in ["newer version", "not open"] {
        let log = client.told("window/logMessage").await;
        assert!(log["message"].as_str().unwrap().contains(why), "{log}");
    }
}

#[tokio::test]
async fn a_request_does_not_wait_for_a_slow_one() {
    let (release, wait) = std::sync::mpsc::channel::<()>();
    let wait = std::sync::Mutex::new(wait);
    let hooks = Hooks {
        query: Some(std::sync::Arc::new(move |method, _| {
            if method == "textDocument/hover" {
                let _ = wait.lock().unwrap().recv();
            }
        })),
        ..Hooks::default()
    };
    let mut client = Client::with(modern(), hooks).await;
    client.open(URI, "同志们：\n").await;
    let place = json!({ "textDocument": { "uri": URI }, "position": position((0, 0)) });
    let slow = client.ask("textDocument/hover", place.clone()).await;
    let cancelled = client.ask("textDocument/hover", place).await;
    client.change(URI, 2, (0, 0), (0, 0), "各位").await;
    client.diagnostics(URI, 2).await;
    client.about("textDocument/documentSymbol", URI).await.unwrap();
    client.notify("$/cancelRequest", json!({ "id": cancelled })).await;
    let error = client.answer(cancelled).await.unwrap_err();
    assert_eq!(error["code"], -32800);
    drop(release);
    assert_eq!(client.answer(slow).await, Ok(Value::Null));
}

#[tokio::test]
async fn a_request_does_not_wait_for_drafts_that_nobody_asks_about() {
    const SLOW: &str = "file:///drafts/slow.txt";
    let (release, wait) = std::sync::mpsc::channel::<()>();
    let wait = std::sync::Mutex::new(wait);
    let in_vain = Arc::new(AtomicBool::new(false));
    let hooks = Hooks {
        analysis: Some(Arc::new({
            let in_vain = in_vain.clone();
            move |document| {
                if document.to_string().starts_with('慢') && wait.lock().unwrap().recv_timeout(LONG).is_err() {
                    in_vain.store(true, Ordering::Relaxed);
                }
            }
        })),
        ..Hooks::default()
    };
    let mut client = Client::with(modern(), hooks).await;
    client.open(SLOW, "慢\n").await;
    client.open(URI, "同志们：\n").await;
    client.about("textDocument/documentSymbol", URI).await.unwrap();
    release.send(()).unwrap();
    client.diagnostics(SLOW, 1).await;
    assert!(!in_vain.load(Ordering::Relaxed), "the draft that is open beside it was read first");
}
