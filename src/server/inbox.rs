//! What the client says, message by message.

use std::fmt::Write as _;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, BufReader};
use tower_lsp::jsonrpc::{Error, Id, Request, Response};

/// A header line longer than this is cut; none that we read is.
const LONGEST_HEADER: u64 = 4096;
/// Room that is taken on the word of a header, and kept for the next message.
const ROOM: usize = 1 << 20;

/// One message, or the lack of one.
pub enum Incoming {
    /// A request or a notification.
    Request(Request),
    /// The answer to something that we asked.
    Response(Value),
    /// Not a message; what to tell the client.
    Malformed(Response),
    /// The client closed the stream.
    End,
}

/// Cuts a stream into messages. One that is not well formed costs only itself.
pub struct Inbox<R> {
    input: BufReader<R>,
    header: Vec<u8>,
    body: Vec<u8>,
}

impl<R: AsyncRead + Unpin> Inbox<R> {
    pub fn new(input: R) -> Self {
        Self { input: BufReader::with_capacity(64 * 1024, input), header: Vec::new(), body: Vec::new() }
    }

    /// The next message. Not cancel safe: dropped half way, it loses what it has read.
    pub async fn next(&mut self) -> Incoming {
        let mut length = None;
        loop {
            self.header.clear();
            let mut line = (&mut self.input).take(LONGEST_HEADER);
            match line.read_until(b'\n', &mut self.header).await {
                Ok(1..) => {}
                _ => return Incoming::End,
            }
            if matches!(&*self.header, b"\r\n" | b"\n") {
                break;
            }
            length = content_length(&self.header).or(length);
        }
        let Some(length) = length else {
            return Incoming::Malformed(refusal(Id::Null, Error::parse_error()));
        };
        self.body.clear();
        self.body.shrink_to(ROOM);
        self.body.reserve(length.min(16 * ROOM));
        let mut body = (&mut self.input).take(length as u64);
        match body.read_to_end(&mut self.body).await {
            Ok(read) if read == length => message(&self.body),
            _ => Incoming::End,
        }
    }
}

/// The length that a header line gives. The name may stand behind the rest of a broken message.
fn content_length(line: &[u8]) -> Option<usize> {
    const NAME: &str = "content-length:";
    let line = String::from_utf8_lossy(line).to_ascii_lowercase();
    let value = &line[line.rfind(NAME)? + NAME.len()..];
    value.trim().parse().ok()
}

fn message(body: &[u8]) -> Incoming {
    match serde_json::from_slice::<Request>(body) {
        Ok(request) if !request.method().is_empty() => return Incoming::Request(escaped(request)),
        Err(error) if !error.is_data() => {
            return Incoming::Malformed(refusal(Id::Null, Error::parse_error()));
        }
        _ => {}
    }
    let value: Value = serde_json::from_slice(body).unwrap_or_default();
    if value.get("method").is_none() && (value.get("result").is_some() || value.get("error").is_some()) {
        return Incoming::Response(value);
    }
    let id = value.get("id").and_then(|id| serde_json::from_value(id.clone()).ok());
    Incoming::Malformed(refusal(id.unwrap_or_default(), Error::invalid_request()))
}

/// The request with URIs that are ones. Kate sends the names of files as they are: Chinese, blanks and
/// all. It takes the escaped ones in our answers for the same.
fn escaped(request: Request) -> Request {
    if !request.params().is_some_and(has_raw_uri) {
        return request;
    }
    let (method, id, params) = request.into_parts();
    let mut params = params.unwrap_or_default();
    escape_uris(&mut params);
    let request = Request::build(method).params(params);
    match id {
        Some(id) => request.id(id).finish(),
        None => request.finish(),
    }
}

fn is_uri_key(key: &str) -> bool {
    key == "uri" || key.ends_with("Uri")
}

/// Whether a byte may not stand in a URI.
fn is_raw(byte: u8) -> bool {
    !byte.is_ascii_graphic() || br#""<>[\]^`{|}"#.contains(&byte)
}

fn has_raw_uri(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(has_raw_uri),
        Value::Object(members) => members.iter().any(|(key, value)| match value {
            Value::String(uri) => is_uri_key(key) && uri.bytes().any(is_raw),
            _ => has_raw_uri(value),
        }),
        _ => false,
    }
}

fn escape_uris(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(escape_uris),
        Value::Object(members) => {
            for (key, value) in members.iter_mut() {
                match value {
                    Value::String(uri) if is_uri_key(key) => *uri = escape(uri),
                    _ => escape_uris(value),
                }
            }
        }
        _ => {}
    }
}

fn escape(uri: &str) -> String {
    let mut escaped = String::with_capacity(uri.len() * 3);
    for byte in uri.bytes() {
        if is_raw(byte) {
            let _ = write!(escaped, "%{byte:02X}");
        } else {
            escaped.push(char::from(byte));
        }
    }
    escaped
}

fn refusal(id: Id, error: Error) -> Response {
    Response::from_error(id, error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(chunks: &[&[u8]]) -> Vec<String> {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let mut all: Box<dyn AsyncRead + Unpin> = Box::new(tokio::io::empty());
            for chunk in chunks {
                all = Box::new(all.chain(*chunk));
            }
            let mut inbox = Inbox::new(all);
            let mut seen = Vec::new();
            loop {
                seen.push(match inbox.next().await {
                    Incoming::Request(request) => request.method().to_owned(),
                    Incoming::Response(_) => "response".into(),
                    Incoming::Malformed(answer) => {
                        let error = answer.error().map(|error| error.code.code());
                        format!("{} {:?}", answer.id(), error.unwrap_or_default())
                    }
                    Incoming::End => return seen,
                });
            }
        })
    }

    fn frame(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    #[test]
    fn a_broken_message_costs_only_itself() {
        let good = frame(r#"{"jsonrpc":"2.0","method":"讲"}"#);
        for (broken, answer) in [
            (frame(r#"{"jsonrpc":"2.0","method":"#), "null -32700"),
            (frame("\u{1}"), "null -32700"),
            (frame("[]"), "null -32600"),
            (frame(r#"{"jsonrpc":"2.0","id":7}"#), "7 -32600"),
            (frame(r#"{"jsonrpc":"2.0","id":7,"method":5}"#), "7 -32600"),
            (frame(""), "null -32700"),
            ("Content-Type: x\r\n\r\n".into(), "null -32700"),
            ("Content-Length: many\r\n\r\n".into(), "null -32700"),
            (frame(r#"{"jsonrpc":"2.0","id":1,"result":null}"#), "response"),
        ] {
            let stream = format!("{good}{broken}{good}");
            assert_eq!(read(&[stream.as_bytes()]), ["讲", answer, "讲"], "{broken}");
        }
        let stream = format!("junk{good}content-type: x\r\nCONTENT-LENGTH: 2\r\n\r\n{{}}{good}");
        assert_eq!(read(&[stream.as_bytes()]), ["讲", "null -32600", "讲"]);
    }

    #[test]
    fn uris_that_are_none() {
        for (raw, uri) in [
            ("file:///稿/讲话 1.txt", "file:///%E7%A8%BF/%E8%AE%B2%E8%AF%9D%201.txt"),
            ("file:///[送审]{一}.txt", "file:///%5B%E9%80%81%E5%AE%A1%5D%7B%E4%B8%80%7D.txt"),
            ("file:///%E7%A8%BF/a.txt?b#c", "file:///%E7%A8%BF/a.txt?b#c"),
        ] {
            let body = serde_json::json!({
                "jsonrpc": "2.0", "id": 1, "method": "m",
                "params": { "textDocument": { "uri": raw, "text": raw }, "folders": [{ "oldUri": raw }] },
            });
            let Incoming::Request(request) = message(body.to_string().as_bytes()) else { panic!("{raw}") };
            assert_eq!(
                request.params(),
                Some(&serde_json::json!({
                    "textDocument": { "uri": uri, "text": raw }, "folders": [{ "oldUri": uri }],
                })),
            );
            assert_eq!((request.method(), request.id()), ("m", Some(&Id::Number(1))));
        }
    }

    #[test]
    fn a_message_that_breaks_off_is_the_end() {
        assert_eq!(read(&[b"Content-Length: 9\r\n\r\n{}"]), [""; 0]);
        assert_eq!(read(&[b"Content-Le"]), [""; 0]);
    }

    proptest! {
        #[test]
        fn where_the_stream_is_cut_does_not_matter(
            methods in prop::collection::vec("[a讲𠮷]{1,6}", 0..5),
            cuts in prop::collection::vec(0usize..400, 0..12),
        ) {
            let stream: String = methods
                .iter()
                .map(|method| frame(&format!(r#"{{"jsonrpc":"2.0","method":"{method}"}}"#)))
                .collect();
            let mut cuts: Vec<_> = cuts.into_iter().map(|cut| cut.min(stream.len())).collect();
            cuts.extend([0, stream.len()]);
            cuts.sort_unstable();
            let chunks: Vec<_> = cuts.windows(2).map(|w| &stream.as_bytes()[w[0]..w[1]]).collect();
            prop_assert_eq!(read(&chunks), methods);
        }
    }
}
