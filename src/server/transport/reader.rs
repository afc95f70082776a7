//! What the client says, message by message.

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, BufReader};
use tower_lsp::jsonrpc::{Error, Id, Request, Response};

use super::tolerance::{mended, tolerated};
use super::uris::Uris;

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
pub struct Reader<R> {
    input: BufReader<R>,
    header: Vec<u8>,
    body: Vec<u8>,
    uris: Uris,
}

impl<R: AsyncRead + Unpin> Reader<R> {
    pub fn new(input: R, uris: Uris) -> Self {
        Self { input: BufReader::with_capacity(64 * 1024, input), header: Vec::new(), body: Vec::new(), uris }
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
        self.body.reserve(length.min(16 * ROOM));
        let mut body = (&mut self.input).take(length as u64);
        let incoming = match body.read_to_end(&mut self.body).await {
            Ok(read) if read == length => message(&self.body, &self.uris),
            _ => Incoming::End,
        };
        // Room for a long message is not kept until the next one.
        self.body.clear();
        self.body.shrink_to(ROOM);
        incoming
    }
}

/// The length that a header line gives. The name may stand behind the rest of a broken message.
fn content_length(line: &[u8]) -> Option<usize> {
    const NAME: &str = "content-length:";
    let line = String::from_utf8_lossy(line).to_ascii_lowercase();
    let value = &line[line.rfind(NAME)? + NAME.len()..];
    value.trim().parse().ok()
}

fn message(body: &[u8], uris: &Uris) -> Incoming {
    match serde_json::from_slice::<Request>(body) {
        Ok(request) if !request.method().is_empty() => return Incoming::Request(taken_in(request, uris)),
        Err(error) if !error.is_data() => {
            return match mended(body) {
                Some(body) => message(&body, uris),
                None => Incoming::Malformed(refusal(Id::Null, Error::parse_error())),
            };
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

fn taken_in(request: Request, uris: &Uris) -> Request {
    let (method, id, params) = request.into_parts();
    let mut request = Request::build(method);
    if let Some(mut params) = params {
        uris.take_in(&mut params);
        request = request.params(params);
    }
    tolerated(match id {
        Some(id) => request.id(id).finish(),
        None => request.finish(),
    })
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
            let mut reader = Reader::new(all, Uris::default());
            let mut seen = Vec::new();
            loop {
                seen.push(match reader.next().await {
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
