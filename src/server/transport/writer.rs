//! What the server says: whole frames in a queue, and one task that writes them.

use std::io::Result;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::Serialize;
use tokio::io::{AsyncWrite, AsyncWriteExt};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinHandle;

use super::uris::Uris;

/// Room for the longest `Content-Length: N\r\n\r\n`.
const HEADER: usize = 40;

/// A message with its header, ready to be written.
pub struct Frame {
    bytes: Vec<u8>,
    /// Where the header starts: it is written last, in front of the body.
    start: usize,
    /// A list that the body ends with, and `}}` behind it. It is kept elsewhere, too.
    list: Option<Arc<Vec<u8>>>,
    /// Given back once the frame has been written.
    permit: Option<PublishPermit>,
}

impl Frame {
    fn new(message: &impl Serialize, room: usize) -> Option<Self> {
        Self::with_body(room, |body| serde_json::to_writer(body, message).is_ok())
    }

    /// A frame whose body `write` appends; none when it says false.
    fn with_body(room: usize, write: impl FnOnce(&mut Vec<u8>) -> bool) -> Option<Self> {
        Self::with_list(room, None, write)
    }

    fn with_list(room: usize, list: Option<Arc<Vec<u8>>>, write: impl FnOnce(&mut Vec<u8>) -> bool) -> Option<Self> {
        let mut bytes = Vec::with_capacity(HEADER + room);
        bytes.resize(HEADER, 0);
        if !write(&mut bytes) {
            return None;
        }
        let mut frame = Self { bytes, start: HEADER, list, permit: None };
        let length: usize = frame.parts().iter().map(|part| part.len()).sum();
        let header = format!("Content-Length: {length}\r\n\r\n");
        frame.start = HEADER - header.len();
        frame.bytes[frame.start..HEADER].copy_from_slice(header.as_bytes());
        Some(frame)
    }

    /// What is written, one behind the other.
    pub(super) fn parts(&self) -> [&[u8]; 3] {
        let list = self.list.as_ref().map_or(&[][..], |list| list);
        [&self.bytes[self.start..], list, if self.list.is_some() { b"}}" } else { b"" }]
    }

    /// The answer to request `id`, whose result `write` appends as JSON.
    pub fn answer(id: &impl Serialize, write: impl FnOnce(&mut Vec<u8>) -> bool) -> Option<Self> {
        Self::with_body(256, |body| {
            body.extend_from_slice(br#"{"jsonrpc":"2.0","id":"#);
            let done = serde_json::to_writer(&mut *body, id).is_ok();
            body.extend_from_slice(br#","result":"#);
            let done = done && write(body);
            body.push(b'}');
            done
        })
    }

    /// The findings of a draft, which are JSON already. The version comes first for readers who look no further.
    pub fn findings(uri: &impl Serialize, version: Option<i32>, json: Arc<Vec<u8>>) -> Option<Self> {
        Self::with_list(512, Some(json), |body| {
            body.extend_from_slice(br#"{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{"uri":"#);
            let done = serde_json::to_writer(&mut *body, uri).is_ok();
            if let Some(version) = version {
                body.extend_from_slice(format!(r#","version":{version}"#).as_bytes());
            }
            body.extend_from_slice(br#","diagnostics":"#);
            done
        })
    }
}

/// The right to send the next list of findings. There is one: it comes back when the list has been
/// written, so a client that reads slowly gets fewer lists, and newer ones.
pub struct PublishPermit(#[expect(dead_code)] OwnedSemaphorePermit);

/// Where frames go out.
pub trait Output: Send + 'static {
    /// Writes all of a frame.
    fn write(&mut self, frame: Frame) -> impl Future<Output = Result<()>> + Send;
}

impl<O: AsyncWrite + Unpin + Send + 'static> Output for O {
    async fn write(&mut self, frame: Frame) -> Result<()> {
        for part in frame.parts() {
            self.write_all(part).await?;
        }
        self.flush().await
    }
}

/// Where messages to the client go in. Those of one sender keep their order.
#[derive(Clone)]
pub struct Writer {
    frames: UnboundedSender<Frame>,
    permits: Arc<Semaphore>,
    requests: Arc<AtomicU64>,
    uris: Uris,
}

#[derive(Serialize)]
struct Message<'a, P> {
    jsonrpc: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    method: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    params: Option<P>,
}

impl Writer {
    /// A queue that is written to `output`, and the task that writes: it ends when the queue and all its
    /// clones are gone, or the client no longer reads.
    pub fn open(output: impl Output, uris: Uris) -> (Self, JoinHandle<()>) {
        let (frames, queue) = unbounded_channel();
        let permits = Arc::new(Semaphore::new(1));
        (Self { frames, permits, requests: Arc::default(), uris }, tokio::spawn(write(queue, output)))
    }

    /// Queues a whole JSON-RPC message.
    pub fn send(&self, message: &impl Serialize) {
        self.queue(Frame::new(message, 256));
    }

    /// A part of the answer to the request that named `token`; the part is JSON already.
    pub fn partial_result(&self, token: &impl Serialize, json: &[u8]) {
        self.queue(Frame::with_body(json.len() + 96, |body| {
            body.extend_from_slice(br#"{"jsonrpc":"2.0","method":"$/progress","params":{"token":"#);
            let done = serde_json::to_writer(&mut *body, token).is_ok();
            body.extend_from_slice(br#","value":"#);
            body.extend_from_slice(json);
            body.extend_from_slice(b"}}");
            done
        }));
    }

    pub fn notify(&self, method: &str, params: impl Serialize) {
        self.send(&Message { jsonrpc: "2.0", id: None, method, params: Some(params) });
    }

    /// Asks the client for something under the name `id`. Its answer is not waited for.
    pub fn request_as(&self, id: &str, method: &str, params: impl Serialize) {
        self.send(&Message { jsonrpc: "2.0", id: Some(id), method, params: Some(params) });
    }

    /// Asks under a name of its own each time: the same may be asked again before it is answered. Null
    /// parameters are left out.
    pub fn request(&self, method: &str, params: serde_json::Value) {
        let id = format!("{method}/{}", self.requests.fetch_add(1, Ordering::Relaxed));
        let params = Some(params).filter(|params| !params.is_null());
        self.send(&Message { jsonrpc: "2.0", id: Some(&id), method, params });
    }

    /// Waits until the last list of findings has been written.
    pub async fn permit(&self) -> Option<PublishPermit> {
        self.permits.clone().acquire_owned().await.ok().map(PublishPermit)
    }

    /// Sends the list of findings of a draft.
    pub fn publish(&self, permit: PublishPermit, list: Option<Frame>) {
        self.queue(list.map(|list| Frame { permit: Some(permit), ..list }));
    }

    pub fn queue(&self, frame: Option<Frame>) {
        let Some(mut frame) = frame else { return };
        let body = || [&frame.bytes[HEADER..], &frame.parts()[1..].concat()].concat();
        if let Some(body) = self.uris.give_out(body) {
            let permit = frame.permit.take();
            let rewritten = Frame::with_body(body.len(), |bytes| {
                bytes.extend_from_slice(&body);
                true
            });
            frame = Frame { permit, ..rewritten.unwrap_or(frame) };
        }
        // No receiver: the client has gone, and the session is about to end.
        let _ = self.frames.send(frame);
    }
}

async fn write(mut queue: UnboundedReceiver<Frame>, mut output: impl Output) {
    while let Some(frame) = queue.recv().await {
        if output.write(frame).await.is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tokio::io::AsyncReadExt;

    fn bodies(mut stream: &[u8]) -> Vec<String> {
        let mut bodies = Vec::new();
        while !stream.is_empty() {
            let end = stream.windows(4).position(|w| w == b"\r\n\r\n").unwrap() + 4;
            let header = std::str::from_utf8(&stream[..end]).unwrap();
            let length: usize = header["Content-Length: ".len()..].trim().parse().unwrap();
            let body = &stream[end..end + length];
            bodies.push(std::str::from_utf8(body).unwrap().to_owned());
            stream = &stream[end + length..];
        }
        bodies
    }

    proptest! {
        #[test]
        fn frames_stay_whole_and_each_senders_in_order(
            senders in prop::collection::vec(prop::collection::vec("[a讲\"]{0,40}", 0..6), 1..4),
            pipe in 1usize..64,
        ) {
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            let stream = runtime.block_on(async {
                let (output, mut client) = tokio::io::duplex(pipe);
                let (writer, _writer) = Writer::open(output, Uris::default());
                for (sender, texts) in senders.iter().cloned().enumerate() {
                    let writer = writer.clone();
                    tokio::spawn(async move {
                        for text in texts {
                            writer.send(&(sender, text));
                            tokio::task::yield_now().await;
                        }
                    });
                }
                drop(writer);
                let mut stream = Vec::new();
                client.read_to_end(&mut stream).await.unwrap();
                stream
            });
            let mut seen = vec![Vec::new(); senders.len()];
            for body in bodies(&stream) {
                let (sender, text): (usize, String) = serde_json::from_str(&body).unwrap();
                seen[sender].push(text);
            }
            prop_assert_eq!(seen, senders);
        }
    }

    #[tokio::test]
    async fn the_permit_comes_back_when_the_list_is_written() {
        let (output, mut client) = tokio::io::duplex(8);
        let (writer, _writer) = Writer::open(output, Uris::default());
        let permit = writer.permit().await.unwrap();
        writer.publish(permit, Frame::findings(&"draft", None, Arc::new(b"[]".to_vec())));
        tokio::task::yield_now().await;
        assert_eq!(writer.permits.available_permits(), 0);
        let mut some = [0; 512];
        while writer.permits.available_permits() == 0 {
            assert_ne!(client.read(&mut some).await.unwrap(), 0);
            tokio::task::yield_now().await;
        }
    }
}
