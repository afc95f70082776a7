//! How a session starts and ends.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use jianggao::server::Hooks;
use serde_json::{Value, json};

use crate::client::{Client, PATIENCE, modern, plain};

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
