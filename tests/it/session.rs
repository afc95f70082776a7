//! How a session starts, what changes while it goes on and what the client asks for by itself, and how it ends.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use jianggao::server::Hooks;
use serde_json::{Value, json};

use crate::client::{Client, PATIENCE, modern, plain, pulling, range, uri};
use crate::features::SPEECH;

const URI: &str = "file:///drafts/session.txt";

#[tokio::test]
async fn shutdown_then_exit_is_success() {
    assert_eq!(Client::start().await.stop().await, 0);
}

#[tokio::test]
async fn exit_without_shutdown_is_failure() {
    let mut client = Client::start().await;
    client.send(json!({ "jsonrpc": "2.0", "method": "exit" })).await;
    assert_eq!(client.exit_code().await, 1);
}

#[tokio::test]
async fn the_end_of_the_input_ends_the_session() {
    assert_eq!(Client::connect(Hooks::default()).hang_up().await, 1);
    let mut client = Client::start().await;
    client.open("untitled:讲稿", "同志们：").await;
    assert_eq!(client.hang_up().await, 1);

    let mut client = Client::start().await;
    client.request("shutdown", Value::Null).await.unwrap();
    assert_eq!(client.hang_up().await, 0);
}

#[tokio::test]
async fn what_is_in_hand_is_finished_before_the_end() {
    let mut client = Client::start().await;
    client.open("untitled:1", "同志们：").await;
    let params = json!({ "textDocument": { "uri": "untitled:1" } });
    let id = client.ask("textDocument/foldingRange", params).await;
    let stop = json!({ "jsonrpc": "2.0", "id": 99, "method": "shutdown" });
    client.send(stop).await;
    client.send(json!({ "jsonrpc": "2.0", "method": "exit" })).await;
    assert!(client.answer(id).await.is_ok());
    client.diagnostics("untitled:1", 1).await;
    assert_eq!(client.exit_code().await, 0);
}

#[tokio::test]
async fn requests_outside_the_session_are_refused() {
    let mut client = Client::connect(Hooks::default());
    let early = client.request("textDocument/hover", json!({})).await;
    assert_eq!(early.unwrap_err()["code"], -32002);
    client.open("untitled:1", "too early").await;
    client.request("initialize", plain()).await.unwrap();
    let twice = client.request("initialize", plain()).await;
    assert_eq!(twice.unwrap_err()["code"], -32600);
    client.request("shutdown", Value::Null).await.unwrap();
    let late = client.at("textDocument/hover", "untitled:1", (0, 0)).await;
    assert_eq!(late.unwrap_err()["code"], -32600);
}

#[tokio::test]
async fn a_client_may_have_no_folder_or_several() {
    let mut several = modern();
    several["workspaceFolders"] = json!([
        { "uri": "file:///no-such-folder/%E7%94%B2", "name": "甲" },
        { "uri": "file:///no-such-folder/%E4%B9%99", "name": "乙" },
    ]);
    let mut null = modern();
    null["workspaceFolders"] = Value::Null;
    let mut none = modern();
    none["workspaceFolders"] = json!([]);
    for params in [plain(), several, null, none] {
        let mut client = Client::with(params, Hooks::default()).await;
        for uri in ["file:///no-such-folder/%E4%B9%99/a.txt", "untitled:Untitled-1", "vscode-vfs://host/a.txt"] {
            client.open(uri, "同志们：\n").await;
            client.diagnostics(uri, 1).await;
        }
        assert_eq!(client.stop().await, 0);
    }
}

fn server() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jianggao"));
    command.arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped());
    command
}

#[test]
fn the_process_ends_with_its_input() {
    let mut server = server().spawn().unwrap();
    drop(server.stdin.take());
    let started = Instant::now();
    loop {
        if let Some(status) = server.try_wait().unwrap() {
            assert_eq!(status.code(), Some(1));
            return;
        }
        assert!(started.elapsed() < PATIENCE, "still running");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The input stays open, as when another process has inherited it.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_session_ends_with_the_client_process() {
    let mut editor = Command::new("sleep").arg("60").spawn().unwrap();
    let mut params = plain();
    params["processId"] = json!(editor.id());
    let client = Client::with(params, Hooks::default()).await;
    editor.kill().unwrap();
    editor.wait().unwrap();
    assert_eq!(client.exit_code().await, 1);
}

#[tokio::test]
async fn a_client_that_asks_for_findings_is_sent_none() {
    let mut client = Client::with(pulling(), Hooks::default()).await;
    assert_eq!(client.offer["capabilities"]["diagnosticProvider"]["identifier"], "jianggao");
    client.open(URI, SPEECH).await;
    let ask = |known: &Value| json!({ "textDocument": { "uri": URI }, "previousResultId": known });
    let full = client.request("textDocument/diagnostic", ask(&Value::Null)).await.unwrap();
    assert_eq!(full["kind"], "full");
    assert!(full["items"].as_array().unwrap().iter().any(|item| item["code"] == "count-mismatch"), "{full}");
    let same = client.request("textDocument/diagnostic", ask(&full["resultId"])).await.unwrap();
    assert_eq!(same, json!({ "kind": "unchanged", "resultId": full["resultId"] }));
    client.change(URI, 2, (0, 0), (0, 0), "\n").await;
    let moved = client.request("textDocument/diagnostic", ask(&full["resultId"])).await.unwrap();
    assert_eq!(moved["kind"], "full");
    client.close(URI).await;
    let closed = client.request("textDocument/diagnostic", ask(&Value::Null)).await.unwrap();
    assert_eq!(closed, json!({ "kind": "full", "items": [] }));
    let rest = client.rest(Duration::from_millis(50)).await;
    assert!(rest.iter().all(|message| message["method"] != "textDocument/publishDiagnostics"), "{rest:?}");
    // And one that is sent findings is offered no others.
    assert_eq!(Client::start().await.offer["capabilities"].get("diagnosticProvider"), None);
}

#[tokio::test]
async fn other_settings_make_the_client_ask_again() {
    let folder = tempfile::tempdir().unwrap();
    let draft = uri(&folder.path().join("稿.txt"));
    fs::write(folder.path().join("jianggao.toml"), "").unwrap();
    let mut client = Client::with(pulling(), Hooks::default()).await;
    client.open(&draft, "XX区要带头。\n").await;
    let params = json!({ "textDocument": { "uri": draft } });
    let before = client.request("textDocument/diagnostic", params.clone()).await.unwrap();
    fs::write(folder.path().join("jianggao.toml"), "allow = [\"XX\"]\n").unwrap();
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] })).await;
    client.wait(|message| message["method"] == "workspace/diagnostic/refresh").await;
    let after = client.request("textDocument/diagnostic", params).await.unwrap();
    assert_eq!((before["items"].as_array().unwrap().len(), after["items"].as_array().unwrap().len()), (1, 0));
}

async fn hints(client: &mut Client) -> usize {
    let params = json!({ "textDocument": { "uri": URI }, "range": range((0, 0), (99, 0)) });
    client.request("textDocument/inlayHint", params).await.unwrap().as_array().unwrap().len()
}

#[tokio::test]
async fn the_settings_of_the_client_are_asked_for_and_followed() {
    let mut params = modern();
    params["capabilities"]["workspace"]["configuration"] = json!(true);
    params["capabilities"]["workspace"]["didChangeConfiguration"] = json!({ "dynamicRegistration": true });
    params["capabilities"]["workspace"]["inlayHint"] = json!({ "refreshSupport": true });
    let mut client = Client::with(params, Hooks::default()).await;
    client.open(URI, SPEECH).await;
    let registers =
        |message: &Value| message["params"]["registrations"][0]["method"] == "workspace/didChangeConfiguration";
    client.wait(registers).await;
    let question = client.wait(|message| message["method"] == "workspace/configuration").await;
    assert_eq!(question["params"]["items"], json!([{ "section": "jianggao" }]));
    assert_eq!(hints(&mut client).await, 4, "before the answer");
    let answer = |on: bool| json!([{ "inlayHints": on }]);
    client.send(json!({ "jsonrpc": "2.0", "id": question["id"], "result": answer(false) })).await;
    client.wait(|message| message["method"] == "workspace/inlayHint/refresh").await;
    assert_eq!(hints(&mut client).await, 0);
    // Without hints there are lenses.
    let lenses = client.about("textDocument/codeLens", URI).await.unwrap();
    assert_eq!(lenses[0]["command"]["command"], "jianggao.statistics");
    // A client that sends its settings along, and one that wants to be asked.
    let settings = json!({ "settings": { "jianggao": { "inlayHints": true } } });
    client.notify("workspace/didChangeConfiguration", settings).await;
    assert_eq!(hints(&mut client).await, 4);
    client.notify("workspace/didChangeConfiguration", json!({ "settings": null })).await;
    let question = client.wait(|message| message["method"] == "workspace/configuration").await;
    client.send(json!({ "jsonrpc": "2.0", "id": question["id"], "result": answer(false) })).await;
    assert_eq!(hints(&mut client).await, 0);
}

async fn search(client: &mut Client, query: &str) -> Vec<String> {
    let found = client.request("workspace/symbol", json!({ "query": query })).await.unwrap();
    found.as_array().unwrap().iter().map(|symbol| symbol["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn symbols_of_all_drafts_of_the_folders() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::create_dir(one.path().join("旧稿")).unwrap();
    fs::write(one.path().join("旧稿/甲.txt"), "一、抓春耕\n二、抓夏收\n").unwrap();
    fs::write(one.path().join("乙.md"), "## 一、抓秋种\n## 二、抓冬藏\n").unwrap();
    fs::write(one.path().join("丙.toml"), "# 一、抓什么\n# 二、不抓\n").unwrap();
    fs::write(one.path().join("丁.txt"), b"\xd2\xbb\xa1\xa2").unwrap();
    fs::write(other.path().join("戊.txt"), "一、抓春种\n二、抓秋收\n").unwrap();
    let mut params = modern();
    params["workspaceFolders"] = json!([{ "uri": uri(one.path()), "name": "一" }]);
    let mut client = Client::with(params, Hooks::default()).await;
    assert_eq!(search(&mut client, "抓").await.len(), 4);
    assert_eq!(search(&mut client, "抓春").await, ["一、抓春耕"]);
    assert_eq!(search(&mut client, "秋 抓").await, ["一、抓秋种"]);
    // What is open counts as it is open; what changes on disk is read again.
    client.open(&uri(&one.path().join("旧稿/甲.txt")), "一、抓春播\n二、抓夏收\n").await;
    assert_eq!(search(&mut client, "抓春").await, ["一、抓春播"]);
    fs::write(one.path().join("乙.md"), "## 一、抓春灌\n## 二、抓冬藏\n").unwrap();
    assert_eq!(search(&mut client, "抓春").await, ["一、抓春播", "一、抓春灌"]);
    let event = |added: &Path, removed: &Path| {
        json!({ "event": {
            "added": [{ "uri": uri(added), "name": "添" }],
            "removed": [{ "uri": uri(removed), "name": "减" }],
        } })
    };
    client.notify("workspace/didChangeWorkspaceFolders", event(other.path(), one.path())).await;
    assert_eq!(search(&mut client, "抓春").await, ["一、抓春播", "一、抓春种"]);
    let params = json!({ "query": "", "workDoneToken": "t" });
    assert_eq!(client.request("workspace/symbol", params).await.unwrap().as_array().unwrap().len(), 4);
    let begin = client.told("$/progress").await;
    assert_eq!((&begin["token"], &begin["value"]["kind"]), (&json!("t"), &json!("begin")));
    assert_eq!(client.told("$/progress").await["value"]["kind"], "end");
}

pub fn actions_of(draft: &str, place: (u32, u32)) -> Value {
    json!({
        "textDocument": { "uri": draft },
        "range": range(place, place),
        "context": { "diagnostics": [], "only": ["quickfix"] },
    })
}

#[tokio::test]
async fn findings_are_passed_over_here_or_in_the_project() {
    let folder = tempfile::tempdir().unwrap();
    let draft = uri(&folder.path().join("稿.txt"));
    let mut params = modern();
    params["capabilities"]["workspace"]["workspaceEdit"]["resourceOperations"] = json!(["create"]);
    let mut client = Client::with(params, Hooks::default()).await;
    client.open(&draft, "同志们：\n　　XX区要带头。\n").await;
    let list = client.request("textDocument/codeAction", actions_of(&draft, (1, 2))).await.unwrap();
    let titled = |list: &Value, title: &str| -> Value {
        let mut all = list.as_array().unwrap().iter();
        all.find(|action| action["title"] == title).unwrap_or_else(|| panic!("no {title} in {list}"))["edit"].clone()
    };
    // Nothing is written into the speech. There is no settings file yet: it is made.
    let here = titled(&list, "忽略此处：占位符未填");
    let file = uri(&folder.path().join("jianggao.toml"));
    assert_eq!(
        here["documentChanges"][0],
        json!({
            "kind": "create", "uri": file, "options": { "overwrite": false, "ignoreIfExists": true },
        })
    );
    assert_eq!(
        here["documentChanges"][1]["edits"][0]["newText"],
        "[[ignore]]\nrule = \"placeholder\"\ntext = \"XX区要带头\"\nfile = \"稿.txt\"\n"
    );
    // One click must not hide every blank.
    let titles: Vec<_> = list.as_array().unwrap().iter().map(|action| action["title"].as_str().unwrap()).collect();
    assert!(titles.iter().all(|title| !title.starts_with("在本项目")), "{titles:?}");

    let draft = uri(&folder.path().join("另稿.txt"));
    client.open(&draft, "同志们：\n　　把任务落实落实到位。\n").await;
    fs::write(folder.path().join("jianggao.toml"), "[rules]\nrepeated-word = \"error\"\n").unwrap();
    let list = client.request("textDocument/codeAction", actions_of(&draft, (1, 6))).await.unwrap();
    let project = titled(&list, "在本项目不查：重复用词");
    let change = &project["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({ "uri": file, "version": null }));
    assert_eq!(change["edits"][0], json!({ "range": range((1, 16), (1, 23)), "newText": "\"off\"" }));
}
