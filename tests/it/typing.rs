//! Findings at the caret wait: those that the text to come may settle until the writer works elsewhere, the
//! others until the writer pauses, goes on elsewhere or saves. Time stands still unless somebody waits for it.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use jianggao::analysis::{Analysis, Markup};
use jianggao::features::writing::Open;
use jianggao::locale::Locale;
use jianggao::rules::{Diagnostic, diagnostics};
use jianggao::server::Hooks;
use jianggao::settings::Settings;
use jianggao::text::{Document, Encoding, Position};
use serde_json::{Value, json};

use crate::client::{Client, modern};

const URI: &str = "file:///drafts/typing.txt";
const DRAFT: &str = "同志们：\n要抓好落实。\nXX区要带头。\n";
const QUOTE: &str = "unpaired-quote";
const DOUBLED: &str = "repeated-word";

fn codes(list: &[Value]) -> Vec<&str> {
    list.iter().map(|finding| finding["code"].as_str().unwrap()).collect()
}

async fn codes_of(client: &mut Client, version: i32) -> Vec<String> {
    codes(&client.diagnostics(URI, version).await).into_iter().map(str::to_owned).collect()
}

async fn open() -> Client {
    let mut client = Client::start().await;
    client.open(URI, DRAFT).await;
    assert_eq!(codes_of(&mut client, 1).await, ["placeholder"]);
    client
}

/// Types at the end of the first paragraph an opening quote, and what stands in it.
async fn type_a_quote(client: &mut Client) {
    client.change(URI, 2, (1, 5), (1, 5), "“").await;
    client.change(URI, 3, (1, 6), (1, 6), "四个").await;
}

/// Types at the end of the first paragraph a word twice, and what comes behind it.
async fn type_twice(client: &mut Client) {
    client.change(URI, 2, (1, 5), (1, 5), "新的的").await;
    client.change(URI, 3, (1, 8), (1, 8), "办法").await;
}

#[tokio::test(start_paused = true)]
async fn what_is_open_waits_for_the_rest() {
    let mut client = open().await;
    type_a_quote(&mut client).await;
    assert_eq!(codes_of(&mut client, 3).await, ["placeholder"]);
    let rest = client.rest(Duration::from_secs(600)).await;
    assert!(rest.iter().all(|message| !message.to_string().contains(QUOTE)), "{rest:?}");
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": URI } })).await;
    let rest = client.rest(Duration::from_secs(600)).await;
    assert!(rest.iter().all(|message| !message.to_string().contains(QUOTE)), "{rest:?}");
    // A correction in the same paragraph, and a new line.
    client.change(URI, 4, (1, 0), (1, 0), "都").await;
    assert_eq!(codes_of(&mut client, 4).await, ["placeholder"]);
    client.change(URI, 5, (1, 10), (1, 10), "\n").await;
    assert_eq!(codes_of(&mut client, 5).await, ["placeholder"]);
    client.change(URI, 6, (2, 0), (2, 0), "各").await;
    assert_eq!(codes_of(&mut client, 6).await, [QUOTE, "placeholder"]);
    // What has been shown stays.
    client.change(URI, 7, (1, 9), (1, 9), "意识").await;
    assert_eq!(codes_of(&mut client, 7).await, [QUOTE, "placeholder"]);
}

#[tokio::test(start_paused = true)]
async fn a_list_that_is_being_written_is_not_too_short() {
    const COUNT: &str = "count-mismatch";
    let mut client = Client::start().await;
    client.open(URI, "同志们：\n\n谢谢大家！\n").await;
    codes_of(&mut client, 1).await;
    let list = [
        "我讲三点意见。",
        "\n",
        "一、抓学习。要学深学透，要学以致用。",
        "\n",
        "二、抓落实。要一级带着一级干。",
        "\n",
        "要",
    ];
    let (mut line, mut column) = (1, 0);
    for (version, piece) in (2..).zip(list) {
        client.change(URI, version, (line, column), (line, column), piece).await;
        (line, column) = if piece == "\n" { (line + 1, 0) } else { (line, column + piece.chars().count() as u32) };
        assert_eq!(codes_of(&mut client, version).await, [""; 0], "{piece}");
        let rest = client.rest(Duration::from_secs(60)).await;
        assert!(rest.iter().all(|message| !message.to_string().contains(COUNT)), "{rest:?}");
    }
    // Another draft with the same list has been read from a file.
    client.open("file:///drafts/read.txt", "同志们：\n我讲三点意见。\n一、抓学习。\n二、抓落实。\n谢谢大家！\n").await;
    let read = client.diagnostics("file:///drafts/read.txt", 1).await;
    assert_eq!(codes(&read), [COUNT]);
    // Elsewhere.
    client.change(URI, 20, (0, 0), (0, 0), "各位").await;
    assert_eq!(codes_of(&mut client, 20).await, [COUNT]);
}

#[tokio::test(start_paused = true)]
async fn what_comes_up_while_typing_waits_for_a_pause() {
    let mut client = open().await;
    type_twice(&mut client).await;
    assert_eq!(codes_of(&mut client, 3).await, ["placeholder"]);
    // Each key puts it off.
    for version in 4..8 {
        tokio::time::advance(Duration::from_millis(1000)).await;
        client.change(URI, version, (1, 10), (1, 10), "字").await;
        assert_eq!(codes_of(&mut client, version).await, ["placeholder"]);
    }
    let before = tokio::time::Instant::now();
    assert_eq!(codes_of(&mut client, 7).await, [DOUBLED, "placeholder"]);
    assert_eq!(before.elapsed().as_millis(), 1500);
    // What has been shown stays while the writer goes on.
    client.change(URI, 8, (1, 11), (1, 11), "字").await;
    assert_eq!(codes_of(&mut client, 8).await, [DOUBLED, "placeholder"]);
    let rest = client.rest(Duration::from_secs(10)).await;
    let lists = rest.iter().filter(|message| message["method"] == "textDocument/publishDiagnostics");
    assert_eq!(lists.count(), 0, "nothing is held, and nothing more to say");
}

#[tokio::test(start_paused = true)]
async fn a_mark_that_is_closed_in_time_is_never_found() {
    let mut client = open().await;
    type_a_quote(&mut client).await;
    client.change(URI, 4, (1, 8), (1, 8), "意识”").await;
    let lists = client.rest(Duration::from_secs(10)).await;
    assert!(!lists.is_empty());
    assert!(lists.iter().all(|list| !list.to_string().contains(QUOTE)), "{lists:?}");
}

#[tokio::test(start_paused = true)]
async fn whoever_goes_on_elsewhere_sees_it_at_once() {
    // Another paragraph, another place in this one, and a new line.
    for (at, text) in [((0, 0), "各位"), ((1, 0), "都"), ((1, 10), "\n")] {
        let mut client = open().await;
        let start = tokio::time::Instant::now();
        type_twice(&mut client).await;
        client.change(URI, 4, at, at, text).await;
        assert_eq!(codes_of(&mut client, 4).await, [DOUBLED, "placeholder"], "{at:?}");
        assert!(start.elapsed() < Duration::from_millis(1500));
    }
}

#[tokio::test(start_paused = true)]
async fn whoever_saves_sees_it_at_once() {
    let mut client = open().await;
    type_twice(&mut client).await;
    codes_of(&mut client, 3).await;
    let start = tokio::time::Instant::now();
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": URI } })).await;
    assert_eq!(codes_of(&mut client, 3).await, [DOUBLED, "placeholder"]);
    assert!(start.elapsed() < Duration::from_millis(1500));
}

#[tokio::test(start_paused = true)]
async fn what_was_there_before_stays() {
    let mut client = open().await;
    // Right behind the placeholder, and a second one.
    client.change(URI, 2, (2, 2), (2, 2), "新").await;
    assert_eq!(codes_of(&mut client, 2).await, ["placeholder"]);
    client.change(URI, 3, (2, 3), (2, 3), "XX").await;
    let list = client.diagnostics(URI, 3).await;
    assert_eq!(codes(&list), ["placeholder"]);
    assert_eq!(list[0]["range"]["start"]["character"], 0);
    assert_eq!(codes_of(&mut client, 3).await, ["placeholder", "placeholder"]);
}

#[tokio::test(start_paused = true)]
async fn a_change_that_is_no_typing_holds_nothing_back() {
    let mut client = open().await;
    let change = |line: u32, text: &str| json!({ "range": crate::client::range((line, 0), (line, 0)), "text": text });
    client.changes(URI, 2, json!([change(1, "“"), change(2, "“")])).await;
    assert_eq!(codes_of(&mut client, 2).await, [QUOTE, QUOTE, "placeholder"]);
    client.changes(URI, 3, json!([{ "text": "他说：“我来。\n" }])).await;
    assert_eq!(codes_of(&mut client, 3).await, [QUOTE]);
}

#[tokio::test(start_paused = true)]
async fn lines_that_come_or_go_at_once_are_no_writing() {
    const LIST: &str = "一、抓学习\n要学深学透。\n二、抓落实\n要真抓实干。\n三、抓作风\n要从严从实。\n";
    let mut client = Client::start().await;
    client.open(URI, &format!("同志们：\n我讲三点意见。\n{LIST}谢谢大家！\n")).await;
    assert_eq!(codes_of(&mut client, 1).await, [""; 0]);
    client.change(URI, 2, (6, 0), (8, 0), "").await;
    assert_eq!(codes_of(&mut client, 2).await, ["count-mismatch"]);
    client.change(URI, 3, (6, 0), (6, 0), "三、抓作风\n要从严从实。\n").await;
    assert_eq!(codes_of(&mut client, 3).await, [""; 0]);
    client.change(URI, 4, (8, 0), (8, 0), "四、抓安全\n要防患于未然。\n").await;
    assert_eq!(codes_of(&mut client, 4).await, ["count-mismatch"]);
}

#[tokio::test(start_paused = true)]
async fn it_can_be_switched_off() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("jianggao.toml"), "[editor]\nhold-back = false\n").unwrap();
    let in_folder = format!("file://{}/draft.txt", folder.path().display());
    for (uri, wish) in [(URI, json!({ "holdBack": false })), (&*in_folder, json!({}))] {
        let mut params = modern();
        params["initializationOptions"] = wish;
        let mut client = Client::with(params, Hooks::default()).await;
        client.open(uri, DRAFT).await;
        client.change(uri, 2, (1, 5), (1, 5), "“").await;
        assert_eq!(codes(&client.diagnostics(uri, 2).await), [QUOTE, "placeholder"]);
    }
}

/// The findings that a client is given which asks for them.
async fn pulled(client: &mut Client) -> Vec<String> {
    let report = client.about("textDocument/diagnostic", URI).await.unwrap();
    codes(report["items"].as_array().unwrap()).into_iter().map(str::to_owned).collect()
}

#[tokio::test(start_paused = true)]
async fn a_client_that_asks_is_told_to_ask_again() {
    for can_be_told in [true, false] {
        let mut params = modern();
        params["capabilities"]["textDocument"]["diagnostic"] = json!({});
        params["capabilities"]["workspace"]["diagnostics"] = json!({ "refreshSupport": can_be_told });
        let mut client = Client::with(params, Hooks::default()).await;
        client.open(URI, DRAFT).await;
        assert_eq!(pulled(&mut client).await, ["placeholder"]);
        type_twice(&mut client).await;
        if !can_be_told {
            assert_eq!(pulled(&mut client).await, [DOUBLED, "placeholder"]);
            continue;
        }
        assert_eq!(pulled(&mut client).await, ["placeholder"]);
        client.told("workspace/diagnostic/refresh").await;
        assert_eq!(pulled(&mut client).await, [DOUBLED, "placeholder"]);
    }
}

#[tokio::test]
async fn what_is_held_back_does_not_hold_up_the_end() {
    let mut client = open().await;
    type_a_quote(&mut client).await;
    codes_of(&mut client, 3).await;
    let start = std::time::Instant::now();
    assert_eq!(client.stop().await, 0);
    assert!(start.elapsed() < Duration::from_millis(900), "{:?}", start.elapsed());
}

/// The rules that found what may be settled by text at `front`.
fn waiting(text: &str, front: Position) -> Vec<String> {
    let settings = Arc::new(Settings::default());
    let document = Document::new(0, text);
    let analysis = Analysis::new(&document, Markup::Plain, &settings);
    let open = Open::at(&analysis, &document, Encoding::Utf16.point(&document, front));
    let found = diagnostics(&analysis, &document, &settings, Locale::Hans, usize::MAX);
    let waits = |d: &Diagnostic| open.awaits(d.rule, d.span, d.related.iter().map(|related| related.span));
    found.iter().filter(|d| waits(d)).map(|d| json!(d.rule.code).to_string()).collect()
}

/// Whatever is typed, saved and left: in the end the client has all that there is to find, but for what is
/// open where the writer is.
#[tokio::test(start_paused = true)]
async fn in_the_end_nothing_is_held_back() {
    const PIECES: [&str; 9] = ["“", "”", "XX", "四个", "", "一、抓落实", "\n", "的的", "，"];
    for pulls in [false, true] {
        let mut state = 11_usize;
        let mut random = |below: usize| {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (state >> 33) % below
        };
        let mut params = if pulls { crate::client::pulling() } else { modern() };
        params["initializationOptions"] = json!({ "holdBack": true });
        let mut client = Client::with(params, Hooks::default()).await;
        let mut text: Vec<char> = DRAFT.chars().collect();
        client.open(URI, DRAFT).await;
        // What the client shows.
        let mut shown = Value::Null;
        let mut at = 0;
        for version in 2..250 {
            // Mostly where the last change was.
            if random(4) == 0 {
                at = random(text.len() + 1);
            }
            let to = (at + random(6).saturating_sub(3)).min(text.len());
            let piece = PIECES[random(PIECES.len())];
            let place = |at: usize| {
                let before = &text[..at];
                let start = before.iter().rposition(|&c| c == '\n').map_or(0, |n| n + 1);
                (before.iter().filter(|&&c| c == '\n').count() as u32, (at - start) as u32)
            };
            client.change(URI, version, place(at), place(to), piece).await;
            text.splice(at..to, piece.chars());
            at += piece.chars().count();
            match random(8) {
                0 => client.notify("textDocument/didSave", json!({ "textDocument": { "uri": URI } })).await,
                1 => tokio::time::advance(Duration::from_millis(900)).await,
                2 if pulls => shown = client.about("textDocument/diagnostic", URI).await.unwrap()["items"].take(),
                3 => {
                    // The writer pauses.
                    if pulls {
                        shown = client.about("textDocument/diagnostic", URI).await.unwrap()["items"].take();
                    }
                    for message in client.rest(Duration::from_secs(5)).await {
                        match message["method"].as_str() {
                            Some("textDocument/publishDiagnostics") => shown = message["params"]["diagnostics"].clone(),
                            Some("workspace/diagnostic/refresh") => {
                                shown = client.about("textDocument/diagnostic", URI).await.unwrap()["items"].take();
                            }
                            _ => {}
                        }
                    }
                    // Another draft with the same text has never been typed at.
                    let text: String = text.iter().collect();
                    let fresh = "file:///drafts/fresh.txt";
                    client.open(fresh, &text).await;
                    let all = if pulls {
                        client.about("textDocument/diagnostic", fresh).await.unwrap()["items"].take()
                    } else {
                        json!(client.diagnostics(fresh, 1).await)
                    };
                    client.close(fresh).await;
                    client.rest(Duration::from_millis(10)).await;
                    let places = |list: &Value| -> Vec<(String, String)> {
                        let list = list.as_array().unwrap().iter();
                        list.map(|d| (d["code"].to_string(), d["range"].to_string())).collect()
                    };
                    let (shown, all) = (places(&shown), places(&all));
                    assert!(shown.iter().all(|found| all.contains(found)), "{text}");
                    let before: Vec<char> = text.chars().take(at).collect();
                    let start = before.iter().rposition(|&c| c == '\n').map_or(0, |n| n + 1);
                    let line = before.iter().filter(|&&c| c == '\n').count() as u32;
                    let column = (at - start) as u32;
                    let waits = waiting(&text, Position::new(line, column));
                    for (code, range) in all.iter().filter(|found| !shown.contains(found)) {
                        assert!(waits.contains(code), "{code} {range} {text}");
                    }
                }
                _ => {}
            }
        }
    }
}
