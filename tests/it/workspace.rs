//! The drafts of the workspace folders that are not open: their symbols, their findings, and what
//! becomes of them.

use std::fs;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jianggao::server::Hooks;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::{Client, modern, pulling, uri};

/// Has a finding, and a hint, which is only for the draft that one is at.
const WRONG: &str = "同志们：\n一、抓春耕\n一、抓夏收\n第一，要早。第2，要快。\n";
const RIGHT: &str = "同志们：\n一、抓春耕\n二、抓夏收\n";

fn folder(drafts: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in drafts {
        let file = folder.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    folder
}

fn with_folder(mut params: Value, folder: &Path) -> Value {
    params["workspaceFolders"] = json!([{ "uri": uri(folder), "name": "稿" }]);
    params
}

async fn client(folder: &Path) -> Client {
    Client::with(with_folder(pulling(), folder), Hooks::default()).await
}

#[tokio::test]
async fn neovim_is_not_offered_what_would_keep_it_from_asking_for_open_drafts() {
    let mut params = pulling();
    params["clientInfo"] = json!({ "name": "Neovim", "version": "0.12.4" });
    let client = Client::with(params, Hooks::default()).await;
    assert_eq!(client.offer["capabilities"]["diagnosticProvider"]["workspaceDiagnostics"], false);
}

#[tokio::test]
async fn what_is_closed_is_no_longer_reported_on() {
    // Of hints nothing is said once a draft is closed.
    const HINT: &str = "同志们：\n一、抓春耕\n二、抓夏收\n第一，要早。第2，要快。\n";
    let folder = folder(&[("稿.txt", HINT)]);
    let mut client = client(folder.path()).await;
    let file = uri(&folder.path().join("稿.txt"));
    for name in ["untitled:Untitled-1", file.as_str(), "file:///elsewhere/稿.txt"] {
        let document = json!({ "uri": name, "languageId": "jianggao", "version": 1, "text": HINT });
        let open = json!({ "textDocument": document });
        client.notify("textDocument/didOpen", open.clone()).await;
        assert_eq!(shown(&reports(&mut client, &[]).await), Vec::<String>::new(), "{name}");
        client.notify("textDocument/didClose", json!({ "textDocument": { "uri": name } })).await;
        let after = reports(&mut client, &[]).await;
        assert_eq!(after.len(), 1, "{after:?}");
        assert_eq!((&after[0]["kind"], &after[0]["items"]), (&json!("full"), &json!([])), "{name}");
        // Open again it is reported on elsewhere.
        client.notify("textDocument/didOpen", open).await;
        assert_eq!(shown(&reports(&mut client, &[]).await), Vec::<String>::new(), "{name}");
    }
}

/// The reports on all drafts, for a client that has `known`.
async fn reports(client: &mut Client, known: &[Value]) -> Vec<Value> {
    let known: Vec<_> = known
        .iter()
        .filter(|report| report["resultId"].is_string())
        .map(|report| json!({ "uri": report["uri"], "value": report["resultId"] }))
        .collect();
    let answer = client.request("workspace/diagnostic", json!({ "previousResultIds": known })).await.unwrap();
    answer["items"].as_array().unwrap().clone()
}

/// Each report as the name of the file, the kind, and the codes.
fn shown(reports: &[Value]) -> Vec<String> {
    let show = |report: &Value| {
        assert_eq!(report["version"], Value::Null);
        let uri = report["uri"].as_str().unwrap();
        let name = uri.rsplit('/').next().unwrap();
        let codes: Vec<_> =
            report["items"].as_array().into_iter().flatten().map(|item| item["code"].as_str().unwrap()).collect();
        format!("{name} {} {}", report["kind"].as_str().unwrap(), codes.join(" ")).trim_end().to_owned()
    };
    reports.iter().map(show).collect()
}

#[tokio::test(start_paused = true)]
async fn closed_drafts_are_reported_on_in_full_and_then_as_unchanged() {
    let folder = folder(&[("a.txt", WRONG), ("b.txt", RIGHT), ("sub/c.md", WRONG), ("d.rs", WRONG)]);
    let mut client = client(folder.path()).await;
    assert_eq!(client.offer["capabilities"]["diagnosticProvider"]["workspaceDiagnostics"], true);
    let all = reports(&mut client, &[]).await;
    assert_eq!(shown(&all), ["a.txt full numbering-duplicate", "c.md full numbering-duplicate"]);
    let again = reports(&mut client, &all).await;
    assert_eq!(shown(&again), ["a.txt unchanged", "c.md unchanged"]);
    assert_eq!(again[0]["resultId"], all[0]["resultId"]);
    // Another program writes one and removes the other; nobody tells.
    fs::write(folder.path().join("a.txt"), RIGHT).unwrap();
    fs::remove_file(folder.path().join("sub/c.md")).unwrap();
    let after = reports(&mut client, &all).await;
    assert_eq!(shown(&after), ["a.txt full", "c.md full"], "no finding is left");
}

#[tokio::test(start_paused = true)]
async fn what_is_open_is_reported_on_by_itself() {
    let folder = folder(&[("a.txt", WRONG), ("b.txt", WRONG)]);
    let mut client = client(folder.path()).await;
    let all = reports(&mut client, &[]).await;
    let a = uri(&folder.path().join("a.txt"));
    client.open(&a, RIGHT).await;
    assert_eq!(shown(&reports(&mut client, &all).await), ["b.txt unchanged"]);
    let open = client.about("textDocument/diagnostic", &a).await.unwrap();
    assert_eq!(open["items"], json!([]));
    // Closed again it is as it is on disk, and the editor may ask for just that.
    client.close(&a).await;
    let closed = client.about("textDocument/diagnostic", &a).await.unwrap();
    assert_eq!((&closed["resultId"], &closed["items"]), (&all[0]["resultId"], &all[0]["items"]));
    assert_eq!(shown(&reports(&mut client, &all).await), ["a.txt unchanged", "b.txt unchanged"]);
}

#[tokio::test(start_paused = true)]
async fn a_client_that_has_everything_is_answered_when_there_is_news() {
    let folder = folder(&[("a.txt", WRONG), ("b.txt", WRONG)]);
    let mut client = client(folder.path()).await;
    let all = reports(&mut client, &[]).await;
    let start = tokio::time::Instant::now();
    reports(&mut client, &all).await;
    assert_eq!(start.elapsed().as_secs(), 10);
    let known: Vec<_> = all.iter().map(|r| json!({ "uri": r["uri"], "value": r["resultId"] })).collect();
    let id = client.ask("workspace/diagnostic", json!({ "previousResultIds": known })).await;
    client.rest(Duration::from_secs(1)).await;
    fs::write(folder.path().join("b.txt"), RIGHT).unwrap();
    let start = tokio::time::Instant::now();
    let changes = json!([{ "uri": uri(&folder.path().join("b.txt")), "type": 2 }]);
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes })).await;
    let answer = client.answer(id).await.unwrap();
    assert_eq!(shown(answer["items"].as_array().unwrap()), ["a.txt unchanged", "b.txt full"]);
    assert_eq!(start.elapsed().as_secs(), 0);
    // A server that has been started anew does not know what the client has.
    let mut other = self::client(folder.path()).await;
    let start = tokio::time::Instant::now();
    assert_eq!(shown(&reports(&mut other, &all).await), ["a.txt unchanged", "b.txt full"]);
    assert_eq!(start.elapsed().as_secs(), 0);
    // Nor is the end of the session held up.
    client.ask("workspace/diagnostic", json!({ "previousResultIds": known })).await;
    client.rest(Duration::from_secs(1)).await;
    let start = tokio::time::Instant::now();
    assert_eq!(client.stop().await, 0);
    assert_eq!(start.elapsed().as_secs(), 0);
}

#[tokio::test]
async fn reports_come_in_portions_where_the_client_takes_them() {
    let line = "（一）各级各部门要在XX月底以前完成XX项任务，市委书记XXX同志亲自负责。\n";
    let long = line.repeat(60);
    let drafts: Vec<String> = (0..6).map(|n| format!("{n}.txt")).collect();
    let folder = folder(&drafts.iter().map(|name| (name.as_str(), &*long)).collect::<Vec<_>>());
    let mut client = client(folder.path()).await;
    let whole = reports(&mut client, &[]).await;
    assert_eq!(whole.len(), 6);
    let params = json!({ "previousResultIds": [], "partialResultToken": "部分" });
    let answer = client.request("workspace/diagnostic", params).await.unwrap();
    assert_eq!(answer, json!({ "items": [] }), "all has been said");
    let mut parts = Vec::new();
    let mut portions = 0;
    while parts.len() < 6 {
        let progress = client.told("$/progress").await;
        assert_eq!(progress["token"], "部分");
        parts.extend(progress["value"]["items"].as_array().unwrap().clone());
        portions += 1;
    }
    assert!(portions > 1);
    assert_eq!(parts, whole);
}

/// A server that says which file of the workspace it is about to look at, and waits for leave.
fn stepping() -> (Hooks, Receiver<String>, Sender<()>) {
    let (say, said) = channel();
    let (give, leave) = channel();
    let leave = Mutex::new(leave);
    let file = move |path: &Path| {
        let _ = say.send(path.file_name().unwrap().to_string_lossy().into_owned());
        let _ = leave.lock().unwrap().recv();
    };
    (Hooks { file: Some(Arc::new(file)), ..Hooks::default() }, said, give)
}

async fn next_file(said: &Receiver<String>) -> String {
    loop {
        match said.try_recv() {
            Ok(file) => return file,
            Err(_) => tokio::time::sleep(Duration::from_millis(2)).await,
        }
    }
}

#[tokio::test]
async fn a_scan_that_nobody_waits_for_ends() {
    let folder = folder(&[("a.txt", WRONG), ("b.txt", WRONG), ("c.txt", WRONG)]);
    for (method, params) in
        [("workspace/diagnostic", json!({ "previousResultIds": [] })), ("workspace/symbol", json!({ "query": "抓" }))]
    {
        let (hooks, said, give) = stepping();
        let mut client = Client::with(with_folder(pulling(), folder.path()), hooks).await;
        let id = client.ask(method, params.clone()).await;
        assert_eq!(next_file(&said).await, "a.txt");
        client.notify("$/cancelRequest", json!({ "id": id })).await;
        assert_eq!(client.answer(id).await.unwrap_err()["code"], -32800);
        drop(give);
        // What is asked for next is answered, and the others were not looked at for the first.
        let answer = client.request(method, params).await.unwrap();
        assert!(answer.to_string().contains("c.txt"), "{answer}");
        assert_eq!(said.try_iter().collect::<Vec<_>>(), ["a.txt", "b.txt", "c.txt"]);
    }
}

#[tokio::test]
async fn a_search_tells_how_far_it_is_and_can_be_stopped() {
    let names: Vec<String> = (0..120).map(|n| format!("{n:03}.txt")).collect();
    let folder = folder(&names.iter().map(|name| (name.as_str(), RIGHT)).collect::<Vec<_>>());
    let (hooks, said, give) = stepping();
    let mut client = Client::with(with_folder(modern(), folder.path()), hooks).await;
    let params = json!({ "query": "春耕", "workDoneToken": 7 });
    let id = client.ask("workspace/symbol", params).await;
    let begin = client.told("$/progress").await["value"].take();
    assert_eq!(
        (&begin["kind"], &begin["cancellable"], &begin["percentage"]),
        (&json!("begin"), &json!(true), &json!(0))
    );
    for _ in 0..60 {
        next_file(&said).await;
        give.send(()).unwrap();
    }
    assert_eq!(client.told("$/progress").await["value"], json!({ "kind": "report", "percentage": 40 }));
    next_file(&said).await;
    client.notify("window/workDoneProgress/cancel", json!({ "token": 7 })).await;
    // The client has been heard once it is answered.
    client.about("textDocument/foldingRange", "untitled:none").await.unwrap();
    drop(give);
    assert_eq!(client.answer(id).await.unwrap().as_array().unwrap().len(), 61, "what had been found");
    assert_eq!(client.told("$/progress").await["value"], json!({ "kind": "end" }));
}

#[tokio::test]
async fn a_draft_that_is_renamed_or_deleted_takes_its_findings_along() {
    let folder = folder(&[("old/a.txt", WRONG), ("b.txt", WRONG)]);
    let mut client = client(folder.path()).await;
    let all = reports(&mut client, &[]).await;
    assert_eq!(shown(&all), ["b.txt full numbering-duplicate", "a.txt full numbering-duplicate"]);
    let at = |name: &str| uri(&folder.path().join(name));
    fs::rename(folder.path().join("old"), folder.path().join("new")).unwrap();
    let files = json!({ "files": [{ "oldUri": at("old"), "newUri": at("new") }] });
    client.notify("workspace/didRenameFiles", files).await;
    client.told("workspace/diagnostic/refresh").await;
    let moved = reports(&mut client, &all).await;
    assert_eq!(shown(&moved), ["b.txt unchanged", "a.txt full numbering-duplicate", "a.txt full"]);
    assert_eq!((&moved[1]["uri"], &moved[2]["uri"]), (&json!(at("new/a.txt")), &json!(at("old/a.txt"))));
    fs::remove_file(folder.path().join("b.txt")).unwrap();
    client.notify("workspace/didDeleteFiles", json!({ "files": [{ "uri": at("b.txt") }] })).await;
    client.told("workspace/diagnostic/refresh").await;
    assert_eq!(shown(&reports(&mut client, &moved[..2]).await), ["a.txt unchanged", "b.txt full"]);
    fs::write(folder.path().join("c.txt"), WRONG).unwrap();
    client.notify("workspace/didCreateFiles", json!({ "files": [{ "uri": at("c.txt") }] })).await;
    client.told("workspace/diagnostic/refresh").await;
    assert_eq!(shown(&reports(&mut client, &moved[1..2]).await), ["c.txt full numbering-duplicate", "a.txt unchanged"]);
}

#[tokio::test]
async fn settings_and_folders_that_change_make_the_client_ask_again() {
    let (one, other) = (folder(&[("a.txt", WRONG)]), folder(&[("b.txt", WRONG)]));
    let mut client = client(one.path()).await;
    let all = reports(&mut client, &[]).await;
    let file = one.path().join("jianggao.toml");
    for (settings, expected) in [
        ("[rules]\nnumbering-duplicate = \"off\"\n", "a.txt full"),
        ("[rules]\nnumbering-duplicate = \"error\"\n", "a.txt full numbering-duplicate"),
        ("[editor]\nclosed-drafts = false\n", "a.txt full"),
    ] {
        fs::write(&file, settings).unwrap();
        let changes = json!([{ "uri": uri(&file), "type": 2 }]);
        client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes })).await;
        client.told("workspace/diagnostic/refresh").await;
        assert_eq!(shown(&reports(&mut client, &all).await), [expected]);
    }
    // The client's own settings go before those of the file.
    let settings = json!({ "settings": { "jianggao": { "closedDrafts": true } } });
    client.notify("workspace/didChangeConfiguration", settings).await;
    client.told("workspace/diagnostic/refresh").await;
    assert_eq!(shown(&reports(&mut client, &[]).await), ["a.txt full numbering-duplicate"]);
    let event = json!({ "event": {
        "added": [{ "uri": uri(other.path()), "name": "添" }],
        "removed": [{ "uri": uri(one.path()), "name": "减" }],
    } });
    client.notify("workspace/didChangeWorkspaceFolders", event).await;
    client.told("workspace/diagnostic/refresh").await;
    assert_eq!(shown(&reports(&mut client, &all).await), ["b.txt full numbering-duplicate", "a.txt full"]);
}

#[tokio::test]
async fn a_client_that_is_sent_findings_is_sent_none_of_closed_drafts() {
    let folder = folder(&[("a.txt", WRONG)]);
    let mut client = Client::with(with_folder(modern(), folder.path()), Hooks::default()).await;
    let b = uri(&folder.path().join("b.txt"));
    client.open(&b, WRONG).await;
    client.diagnostics(&b, 1).await;
    client.at("textDocument/hover", &b, (0, 0)).await.unwrap();
    let rest = client.rest(Duration::from_millis(50)).await;
    assert!(rest.iter().all(|message| message["method"] != "textDocument/publishDiagnostics"), "{rest:?}");
}
