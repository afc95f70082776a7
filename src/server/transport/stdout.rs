//! Standard output as it is: the one of the library looks through all that is written for the end of a line.

use std::io::{Error, PipeWriter, Result, Write};
#[cfg(unix)]
use std::os::fd::AsFd;
#[cfg(windows)]
use std::os::windows::io::AsHandle;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::AsyncWrite;
use tokio::task::{JoinHandle, spawn_blocking};

/// Standard output; what is written is on its way before the next is taken.
pub struct Stdout {
    output: Option<PipeWriter>,
    writing: Option<JoinHandle<(PipeWriter, Result<()>)>>,
}

impl Stdout {
    pub fn open() -> Result<Self> {
        let output = std::io::stdout();
        #[cfg(unix)]
        let output = output.as_fd().try_clone_to_owned()?;
        #[cfg(windows)]
        let output = output.as_handle().try_clone_to_owned()?;
        Ok(Self { output: Some(output.into()), writing: None })
    }

    /// Waits for what is on its way.
    fn poll_written(&mut self, cx: &mut Context<'_>) -> Poll<Result<()>> {
        let Some(writing) = &mut self.writing else { return Poll::Ready(Ok(())) };
        let (output, result) = ready!(Pin::new(writing).poll(cx)).map_err(Error::other)?;
        (self.output, self.writing) = (Some(output), None);
        Poll::Ready(result)
    }
}

impl AsyncWrite for Stdout {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        ready!(self.poll_written(cx))?;
        // None only where writing has panicked.
        let Some(mut output) = self.output.take() else { return Poll::Ready(Err(Error::other("closed"))) };
        let taken = bytes.to_vec();
        self.writing = Some(spawn_blocking(move || {
            let result = output.write_all(&taken);
            (output, result)
        }));
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        self.poll_written(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        self.poll_written(cx)
    }
}
