//! Findings at the caret wait until the writer pauses, goes on elsewhere or saves. Time stands still
//! unless somebody waits for it.

use std::fs;
use std::time::Duration;

use jianggao::server::Hooks;
use serde_json::{Value, json};

use crate::client::{Client, modern};

const URI: &str = "file:///drafts/hold.txt";
const DRAFT: &str = "同志们：\n要抓好落实。\nXX区要带头。\n";
const QUOTE: &str = "unpaired-quote";

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

#[tokio::test(start_paused = true)]
async fn what_comes_up_while_typing_waits_for_a_pause() {
    let mut client = open().await;
    type_a_quote(&mut client).await;
    assert_eq!(codes_of(&mut client, 3).await, ["placeholder"]);
    // Each key puts it off.
    for version in 4..8 {
        tokio::time::advance(Duration::from_millis(1000)).await;
        client.change(URI, version, (1, 8), (1, 8), "字").await;
        assert_eq!(codes_of(&mut client, version).await, ["placeholder"]);
    }
    let before = tokio::time::Instant::now();
    assert_eq!(codes_of(&mut client, 7).await, [QUOTE, "placeholder"]);
    assert_eq!(before.elapsed().as_millis(), 1500);
    // What has been shown stays while the writer goes on.
    client.change(URI, 8, (1, 9), (1, 9), "字").await;
    assert_eq!(codes_of(&mut client, 8).await, [QUOTE, "placeholder"]);
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
    for (at, text) in [((0, 0), "各位"), ((1, 0), "都"), ((1, 8), "\n")] {
        let mut client = open().await;
        let start = tokio::time::Instant::now();
        type_a_quote(&mut client).await;
        client.change(URI, 4, at, at, text).await;
        assert_eq!(codes_of(&mut client, 4).await, [QUOTE, "placeholder"], "{at:?}");
        assert!(start.elapsed() < Duration::from_millis(1500));
    }
}

#[tokio::test(start_paused = true)]
async fn whoever_saves_sees_it_at_once() {
    let mut client = open().await;
    type_a_quote(&mut client).await;
    codes_of(&mut client, 3).await;
    let start = tokio::time::Instant::now();
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": URI } })).await;
    assert_eq!(codes_of(&mut client, 3).await, [QUOTE, "placeholder"]);
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
        type_a_quote(&mut client).await;
        if !can_be_told {
            assert_eq!(pulled(&mut client).await, [QUOTE, "placeholder"]);
            continue;
        }
        assert_eq!(pulled(&mut client).await, ["placeholder"]);
        client.told("workspace/diagnostic/refresh").await;
        assert_eq!(pulled(&mut client).await, [QUOTE, "placeholder"]);
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

/// Whatever is typed, saved and left: in the end the client has all that there is to find.
#[tokio::test(start_paused = true)]
async fn in_the_end_nothing_is_held_back() {
    const PIECES: [&str; 9] = ["“", "”", "XX", "四个", "", "一、抓落实", "\n", "的的", "，"];
    for pulls in [false, true] {
        let mut state = 11_usize;
        let mut random = |below: usize| {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (state >> 33) % below
        };
        let mut params = if pulls { crate::life::pulling() } else { modern() };
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
                    assert_eq!(places(&shown), places(&all), "{text}");
                }
                _ => {}
            }
        }
    }
}
