//! What changes while a session goes on, and what the client asks for by itself.

use std::fs;
use std::path::Path;
use std::time::Duration;

use jianggao::server::Hooks;
use serde_json::{Value, json};

use crate::client::{Client, modern, range};
use crate::desk::SPEECH;

const URI: &str = "file:///drafts/life.txt";

pub fn uri(path: &Path) -> String {
    let mut uri = String::from("file://");
    for byte in path.to_str().unwrap().bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => uri.push(byte.into()),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

/// A client that asks for findings.
pub fn pulling() -> Value {
    let mut params = modern();
    params["capabilities"]["textDocument"]["diagnostic"] = json!({});
    params["capabilities"]["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    params
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
