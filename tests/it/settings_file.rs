//! `jianggao.toml` in the editor: what is wrong with it, open and closed, completion, explanations, and
//! exceptions that are written into it.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use jianggao::server::Hooks;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::{Client, modern, range, uri};
use crate::session::actions_of;

const DRAFT: &str = "同志们：\n　　XX区要带头。\n";

/// A folder with a draft, and a settings file that says `text`.
struct Desk {
    folder: TempDir,
    draft: String,
    file: String,
}

impl Desk {
    fn new(text: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (draft, file) = (uri(&folder.path().join("稿.txt")), uri(&folder.path().join("jianggao.toml")));
        fs::write(folder.path().join("jianggao.toml"), text).unwrap();
        Self { folder, draft, file }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("jianggao.toml")
    }
}

/// The next findings in `uri` that the client is sent.
async fn findings(client: &mut Client, uri: &str) -> Vec<String> {
    let list = client
        .wait(|message| message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri)
        .await;
    list["params"]["diagnostics"].as_array().unwrap().iter().map(shown).collect()
}

fn shown(finding: &Value) -> String {
    let place = |end: &str| (finding["range"][end]["line"].clone(), finding["range"][end]["character"].clone());
    let ((line, from), (_, to)) = (place("start"), place("end"));
    format!("{line}:{from}-{to} {} {}", finding["severity"], finding["message"].as_str().unwrap())
}

#[tokio::test]
async fn what_is_wrong_is_told_while_it_is_typed() {
    let desk = Desk::new("");
    let mut client = Client::start().await;
    client.open_as(&desk.file, "toml", "[rules]\nplaceholder = \"of\"\n").await;
    assert_eq!(findings(&mut client, &desk.file).await, ["1:14-18 2 没有等级“of”。是不是“off”？"]);
    client.change(&desk.file, 2, (1, 17), (1, 17), "f").await;
    assert_eq!(findings(&mut client, &desk.file).await, [""; 0]);
    client.change(&desk.file, 3, (0, 6), (0, 7), "").await;
    let broken = findings(&mut client, &desk.file).await;
    assert!(broken[0].contains(" 1 TOML 写法有误：表名没有用“]”结束"), "{broken:?}");
    // It is no draft, and neither is any other file of its kind.
    assert_eq!(client.about("textDocument/documentSymbol", &desk.file).await.unwrap(), Value::Null);
    let other = desk.file.replace("jianggao.toml", "Cargo.toml");
    client.open_as(&other, "toml", "# XX区要带头。\n").await;
    client.change(&other, 2, (0, 0), (0, 0), "#").await;
    client.close(&other).await;
    let rest = client.rest(Duration::from_millis(100)).await;
    assert!(rest.iter().all(|message| message["method"] != "window/logMessage"), "{rest:?}");
    let mut published = rest.iter().filter(|message| message["method"] == "textDocument/publishDiagnostics");
    assert!(published.all(|message| message["params"]["uri"] == desk.file), "{rest:?}");
}

#[tokio::test]
async fn a_pack_is_told_of_where_it_is_named() {
    let desk = Desk::new("");
    let pack = "text\tkind\tright\n好好干活\tnonsense\t\n";
    fs::write(desk.folder.path().join("unit.tsv"), pack).unwrap();
    let mut client = Client::start().await;
    client.open_as(&desk.file, "toml", "[formulations]\npacks = [\"unit.tsv\", \"no.tsv\"]\n").await;
    let found = findings(&mut client, &desk.file).await;
    assert!(found[0].starts_with("1:9-19 2 unit.tsv:2: kind"), "{found:?}");
    assert!(found[1].starts_with("1:21-29 2 提法目录“no.tsv”没有采用：没有这个文件"), "{found:?}");
}

#[tokio::test]
async fn a_closed_file_is_told_of_once_and_cleared_when_mended() {
    let desk = Desk::new("[rules]\nplaceholder = \"of\"\nnumbering-gap = 3\n");
    let mut client = Client::start().await;
    client.open(&desk.draft, DRAFT).await;
    assert_eq!(findings(&mut client, &desk.file).await.len(), 2);
    let message = client.told("window/showMessage").await;
    let message = message["message"].as_str().unwrap();
    assert!(message.ends_with("jianggao.toml:2: 没有等级“of”。是不是“off”？（另有 1 处）"), "{message}");
    let saved = json!({ "textDocument": { "uri": desk.draft } });
    client.notify("textDocument/didSave", saved.clone()).await;
    // Open, it tells for itself; closed, it is again what it is on disk.
    client.open_as(&desk.file, "toml", "[rules]\nplaceholder = 1\n").await;
    assert_eq!(findings(&mut client, &desk.file).await.len(), 1);
    client.notify("textDocument/didSave", saved.clone()).await;
    client.close(&desk.file).await;
    assert_eq!(findings(&mut client, &desk.file).await.len(), 2);
    fs::write(desk.path(), "[rules]\nplaceholder = \"off\"\n").unwrap();
    client.notify("textDocument/didSave", saved).await;
    assert_eq!(findings(&mut client, &desk.file).await, [""; 0]);
    let rest = client.rest(Duration::from_millis(100)).await;
    assert!(rest.iter().all(|message| message["method"] != "window/showMessage"), "{rest:?}");
}

#[tokio::test]
async fn a_client_that_asks_is_answered() {
    let desk = Desk::new("[rules]\nplaceholder = \"of\"\n");
    let mut params = modern();
    params["capabilities"]["textDocument"]["diagnostic"] = json!({});
    let mut client = Client::with(params, Hooks::default()).await;
    client.open(&desk.draft, DRAFT).await;
    // It asks about no file that is not open.
    assert_eq!(findings(&mut client, &desk.file).await.len(), 1);
    client.open_as(&desk.file, "toml", "[rules]\nplaceholder = \"of\"\n").await;
    assert_eq!(findings(&mut client, &desk.file).await, [""; 0]);
    let answer = client.about("textDocument/diagnostic", &desk.file).await.unwrap();
    assert_eq!(shown(&answer["items"][0]), "1:14-18 2 没有等级“of”。是不是“off”？");
    let again = json!({ "textDocument": { "uri": desk.file }, "previousResultId": answer["resultId"] });
    let again = client.request("textDocument/diagnostic", again).await.unwrap();
    assert_eq!(again, json!({ "kind": "unchanged", "resultId": answer["resultId"] }));
}

#[tokio::test]
async fn completion_and_hover() {
    let desk = Desk::new("");
    let mut client = Client::start().await;
    client.open(&desk.draft, DRAFT).await;
    client.open_as(&desk.file, "toml", "[rules]\ngap\n[facts]\n\n").await;
    let list = client.at("textDocument/completion", &desk.file, (1, 3)).await.unwrap();
    assert_eq!(list["items"][0]["label"], "numbering-gap");
    let edit = &list["items"][0]["textEdit"];
    assert_eq!(*edit, json!({ "range": range((1, 0), (1, 3)), "newText": "numbering-gap = \"off\"" }));
    let list = client.at("textDocument/completion", &desk.file, (3, 0)).await.unwrap();
    assert_eq!(list["items"][0]["textEdit"]["newText"], "\"XX区\" = \"\"");
    let hover = client.at("textDocument/hover", &desk.file, (0, 2)).await.unwrap();
    assert!(hover["contents"]["value"].as_str().unwrap().starts_with("`[rules]` 规则的等级"), "{hover}");
    assert_eq!(hover["range"], range((0, 1), (0, 6)));
}

fn titled<'a>(list: &'a Value, title: &str) -> Option<&'a Value> {
    list.as_array().unwrap().iter().find(|action| action["title"] == title)
}

/// A draft with a slip that is no blank.
const SLIP: &str = "同志们：\n　　把任务落实落实到位。\n";

#[tokio::test]
async fn exceptions_go_into_the_file_as_it_is_open() {
    let desk = Desk::new("allow = [\"甲\"]\n");
    let mut client = Client::start().await;
    client.open(&desk.draft, SLIP).await;
    client.open_as(&desk.file, "toml", "# 新写的\n\nallow = [\"甲\"]\n").await;
    let list = client.request("textDocument/codeAction", actions_of(&desk.draft, (1, 6))).await.unwrap();
    let edit = &titled(&list, "在本项目忽略“落实落实”").unwrap()["edit"]["documentChanges"][0];
    assert_eq!(edit["textDocument"], json!({ "uri": desk.file, "version": 1 }));
    assert_eq!(edit["edits"][0], json!({ "range": range((2, 9), (2, 9)), "newText": "\"落实落实\", " }));
}

#[tokio::test]
async fn a_file_that_is_broken_is_not_written_to() {
    let desk = Desk::new("allow = [\"甲\"]\n[rules\n");
    for (can_show, refused) in [(true, 3), (false, 0)] {
        let mut params = modern();
        params["capabilities"]["textDocument"]["codeAction"]["disabledSupport"] = json!(can_show);
        let mut client = Client::with(params, Hooks::default()).await;
        client.open(&desk.draft, SLIP).await;
        let list = client.request("textDocument/codeAction", actions_of(&desk.draft, (1, 6))).await.unwrap();
        let disabled: Vec<_> = list.as_array().unwrap().iter().filter(|a| a["disabled"].is_object()).collect();
        assert_eq!(disabled.len(), refused, "{list}");
        for action in disabled {
            assert_eq!(action.get("edit"), None);
            let reason = action["disabled"]["reason"].as_str().unwrap();
            assert!(reason.starts_with("jianggao.toml 第 2 行有误，改好才能写进去："), "{reason}");
        }
        assert_eq!(titled(&list, "忽略此处：重复用词").is_some(), can_show);
        assert_eq!(titled(&list, "在本项目忽略“落实落实”").is_some(), can_show);
    }
}

#[tokio::test]
async fn without_a_file_one_is_made_only_where_the_client_can() {
    let desk = Desk::new("");
    fs::remove_file(desk.path()).unwrap();
    for (can, made) in [(json!(["create"]), true), (json!([]), false)] {
        let mut params = modern();
        params["capabilities"]["workspace"]["workspaceEdit"]["resourceOperations"] = can;
        let mut client = Client::with(params, Hooks::default()).await;
        client.open(&desk.draft, SLIP).await;
        let list = client.request("textDocument/codeAction", actions_of(&desk.draft, (1, 6))).await.unwrap();
        assert_eq!(titled(&list, "在本项目忽略“落实落实”").is_some(), made, "{list}");
    }
}
