//! Standard output as it is: the one of the library copies what is written, and looks through it for the end of a line.

use std::io::{Error, PipeWriter, Result, Write};
#[cfg(unix)]
use std::os::fd::AsFd;
#[cfg(windows)]
use std::os::windows::io::AsHandle;

use tokio::task::spawn_blocking;

use super::writer::{Frame, Output};

/// Standard output; none once writing has panicked.
pub struct Stdout(Option<PipeWriter>);

impl Stdout {
    pub fn open() -> Result<Self> {
        let output = std::io::stdout();
        #[cfg(unix)]
        let output = output.as_fd().try_clone_to_owned()?;
        #[cfg(windows)]
        let output = output.as_handle().try_clone_to_owned()?;
        Ok(Self(Some(output.into())))
    }
}

impl Output for Stdout {
    async fn write(&mut self, frame: Frame) -> Result<()> {
        let mut output = self.0.take().ok_or_else(|| Error::other("closed"))?;
        let write = move || (frame.parts().iter().try_for_each(|part| output.write_all(part)), output);
        let (result, output) = spawn_blocking(write).await.map_err(Error::other)?;
        self.0 = Some(output);
        result
    }
}
