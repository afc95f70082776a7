//! A language client that talks to the real server over pipes in memory.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jianggao::server::{self, Hooks};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// Longer than anything here takes; a test that waits this long has failed.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// One client and the server it talks to.
pub struct Client {
    to_server: DuplexStream,
    from_server: DuplexStream,
    /// What has been read of the messages to come.
    received: Vec<u8>,
    server: JoinHandle<u8>,
    last_id: i64,
    /// What came in while the client waited for something else.
    unread: VecDeque<Value>,
    /// The answer to `initialize`.
    pub offer: Value,
}

impl Client {
    /// A client with the capabilities of a modern editor.
    pub async fn start() -> Self {
        Self::with(modern(), Hooks::default()).await
    }

    /// A client that has sent `initialize` with `params`, and `initialized`.
    pub async fn with(params: Value, hooks: Hooks) -> Self {
        let mut client = Self::connect(hooks);
        client.offer = client.request("initialize", params).await.unwrap();
        client.notify("initialized", json!({})).await;
        client
    }

    /// A client that has said nothing yet.
    pub fn connect(hooks: Hooks) -> Self {
        // Room enough that a test can say much before it listens.
        let (to_server, input) = tokio::io::duplex(8 << 20);
        let (output, from_server) = tokio::io::duplex(8 << 20);
        Self {
            to_server,
            from_server,
            received: Vec::new(),
            server: tokio::spawn(server::serve_with(input, output, hooks)),
            last_id: 0,
            unread: VecDeque::new(),
            offer: Value::Null,
        }
    }

    pub async fn send_raw(&mut self, bytes: &[u8]) {
        self.to_server.write_all(bytes).await.unwrap();
    }

    pub async fn send(&mut self, message: Value) {
        let body = message.to_string();
        let frame = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        self.send_raw(frame.as_bytes()).await;
    }

    pub async fn notify(&mut self, method: &str, params: Value) {
        self.send(json!({ "jsonrpc": "2.0", "method": method, "params": params })).await;
    }

    /// Sends a message as it is.
    pub async fn send_text(&mut self, body: &str) {
        let frame = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        self.to_server.write_all(frame.as_bytes()).await.unwrap();
    }

    /// Sends a request without waiting for the answer. Gives its id.
    pub async fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.last_id += 1;
        let mut message = json!({ "jsonrpc": "2.0", "id": self.last_id, "method": method });
        if !params.is_null() {
            message["params"] = params;
        }
        self.send(message).await;
        self.last_id
    }

    /// Waits for the answer to request `id`: its result, or its error.
    pub async fn answer(&mut self, id: i64) -> Result<Value, Value> {
        let mut answer = self.wait(|message| message["id"] == id && message.get("method").is_none()).await;
        match answer.get_mut("error") {
            Some(error) => Err(error.take()),
            None => Ok(answer["result"].take()),
        }
    }

    pub async fn request(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        let id = self.ask(method, params).await;
        self.answer(id).await
    }

    /// Waits for a notification or request of the server: its parameters.
    pub async fn told(&mut self, method: &str) -> Value {
        self.wait(|message| message["method"] == method).await["params"].take()
    }

    pub async fn open(&mut self, uri: &str, text: &str) {
        self.open_as(uri, "plaintext", text).await;
    }

    pub async fn open_as(&mut self, uri: &str, language: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document })).await;
    }

    pub async fn close(&mut self, uri: &str) {
        let params = json!({ "textDocument": { "uri": uri } });
        self.notify("textDocument/didClose", params).await;
    }

    /// Replaces what stands between two places (line, column) by `text`.
    pub async fn change(&mut self, uri: &str, version: i32, from: (u32, u32), to: (u32, u32), text: &str) {
        let change = json!({ "range": range(from, to), "text": text });
        self.changes(uri, version, json!([change])).await;
    }

    pub async fn changes(&mut self, uri: &str, version: i32, changes: Value) {
        let params = json!({
            "textDocument": { "uri": uri, "version": version },
            "contentChanges": changes,
        });
        self.notify("textDocument/didChange", params).await;
    }

    /// Asks about the draft at `uri`.
    pub async fn about(&mut self, method: &str, uri: &str) -> Result<Value, Value> {
        let params = json!({ "textDocument": { "uri": uri } });
        self.request(method, params).await
    }

    /// Asks about a place in the draft at `uri`.
    pub async fn at(&mut self, method: &str, uri: &str, place: (u32, u32)) -> Result<Value, Value> {
        let params = json!({ "textDocument": { "uri": uri }, "position": position(place) });
        self.request(method, params).await
    }

    /// Waits for the findings in version `version` of `uri`.
    pub async fn diagnostics(&mut self, uri: &str, version: i32) -> Vec<Value> {
        let mut list = self
            .wait(|message| {
                message["method"] == "textDocument/publishDiagnostics"
                    && message["params"]["uri"] == uri
                    && message["params"]["version"] == version
            })
            .await;
        match list["params"]["diagnostics"].take() {
            Value::Array(list) => list,
            other => panic!("no list: {other}"),
        }
    }

    /// Reads until nothing more comes for `pause`. Gives all that has not been read before.
    pub async fn rest(&mut self, pause: Duration) -> Vec<Value> {
        while let Ok(Some(message)) = timeout(pause, self.read()).await {
            self.unread.push_back(message);
        }
        self.unread.drain(..).collect()
    }

    /// Ends the session in the orderly way. Gives the exit code.
    pub async fn stop(mut self) -> u8 {
        self.request("shutdown", Value::Null).await.unwrap();
        self.send(json!({ "jsonrpc": "2.0", "method": "exit" })).await;
        self.exit_code().await
    }

    /// Waits for the end of the server, keeping its input open.
    pub async fn exit_code(self) -> u8 {
        timeout(PATIENCE, self.server).await.unwrap().unwrap()
    }

    /// Closes the input of the server and waits for its end.
    pub async fn hang_up(self) -> u8 {
        let Self { to_server, from_server, server, .. } = self;
        drop(to_server);
        let code = timeout(PATIENCE, server).await.unwrap().unwrap();
        drop(from_server);
        code
    }

    /// Takes the first message that `wanted` picks, unread or yet to come.
    pub async fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.unread.iter().position(&wanted) {
            return self.unread.remove(at).unwrap();
        }
        loop {
            let message = timeout(PATIENCE, self.read()).await;
            let message = message.expect("an answer in time").expect("a live server");
            if wanted(&message) {
                return message;
            }
            self.unread.push_back(message);
        }
    }

    async fn read(&mut self) -> Option<Value> {
        loop {
            if let Some(message) = self.cut() {
                return Some(message);
            }
            if self.from_server.read_buf(&mut self.received).await.unwrap() == 0 {
                return None;
            }
        }
    }

    /// Takes the first message that is there as a whole.
    fn cut(&mut self) -> Option<Value> {
        let end = self.received.windows(4).position(|w| w == b"\r\n\r\n")?;
        let header = std::str::from_utf8(&self.received[..end]).unwrap();
        let length: usize = header.strip_prefix("Content-Length: ")?.parse().unwrap();
        let body = self.received.get(end + 4..end + 4 + length)?;
        let message = serde_json::from_slice(body).unwrap();
        self.received.drain(..end + 4 + length);
        Some(message)
    }
}

/// What a modern editor sends with `initialize`.
pub fn modern() -> Value {
    json!({
        "processId": null,
        "rootUri": null,
        "capabilities": {
            "workspace": {
                "workspaceEdit": { "documentChanges": true },
                "didChangeWatchedFiles": { "dynamicRegistration": true },
            },
            "textDocument": {
                "rename": { "prepareSupport": true },
                "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
                "codeAction": { "codeActionLiteralSupport": {
                    "codeActionKind": { "valueSet": ["quickfix", "source"] },
                } },
                "publishDiagnostics": {
                    "relatedInformation": true,
                    "codeDescriptionSupport": true,
                    "dataSupport": true,
                },
            },
        },
    })
}

/// What the simplest client sends.
pub fn plain() -> Value {
    json!({ "processId": null, "rootUri": null, "capabilities": {} })
}

pub fn position((line, character): (u32, u32)) -> Value {
    json!({ "line": line, "character": character })
}

pub fn range(from: (u32, u32), to: (u32, u32)) -> Value {
    json!({ "start": position(from), "end": position(to) })
}

/// The texts that requests have worked on, in the order of their work.
#[derive(Clone, Default)]
pub struct Seen(Arc<Mutex<Vec<String>>>);

impl Seen {
    pub fn hooks(&self) -> Hooks {
        let seen = self.0.clone();
        Hooks {
            query: Some(Arc::new(move |_, document| {
                seen.lock().unwrap().push(document.to_string());
            })),
            ..Hooks::default()
        }
    }

    pub fn texts(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

impl Client {
    /// The server's text of `uri`, as a request sees it.
    pub async fn text(&mut self, uri: &str, seen: &Seen) -> String {
        self.about("textDocument/foldingRange", uri).await.unwrap();
        seen.texts().pop().unwrap()
    }
}

/// The URI of a file, as editors write it.
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
