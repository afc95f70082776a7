//! Standard input, read by a thread of its own: its end is seen whatever the rest of the server does.

use std::io::Read;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, ReadBuf};
use tokio::sync::mpsc::{Receiver, channel};

const CHUNK: usize = 64 * 1024;
/// How many chunks may wait.
const CHUNKS: usize = 256;
/// How long the server may take to end when its input has.
const LAST_WORDS: Duration = Duration::from_secs(4);

/// What has been read of standard input.
pub struct Stdin {
    chunks: Receiver<Vec<u8>>,
    chunk: Vec<u8>,
    at: usize,
}

impl Stdin {
    /// Starts the thread. Some seconds after the end of input it ends the process, if that still is there.
    pub fn open() -> Self {
        let (sender, chunks) = channel(CHUNKS);
        std::thread::spawn(move || {
            let mut input = std::io::stdin().lock();
            let mut buffer = vec![0; CHUNK];
            while let Ok(read @ 1..) = input.read(&mut buffer) {
                if sender.blocking_send(buffer[..read].to_vec()).is_err() {
                    break;
                }
            }
            drop(sender);
            std::thread::sleep(LAST_WORDS);
            std::process::exit(1);
        });
        Self { chunks, chunk: Vec::new(), at: 0 }
    }
}

impl AsyncRead for Stdin {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<std::io::Result<()>> {
        if self.at == self.chunk.len() {
            match self.chunks.poll_recv(cx) {
                Poll::Ready(Some(chunk)) => (self.chunk, self.at) = (chunk, 0),
                Poll::Ready(None) => return Poll::Ready(Ok(())),
                Poll::Pending => return Poll::Pending,
            }
        }
        let rest = &self.chunk[self.at..];
        let taken = rest.len().min(into.remaining());
        into.put_slice(&rest[..taken]);
        self.at += taken;
        Poll::Ready(Ok(()))
    }
}
