//! Bytes in and out: what the client says, message by message, and what it is told, frame by frame.

mod reader;
mod stdin;
mod stdout;
mod tolerance;
mod uris;
mod writer;

pub use reader::{Incoming, Reader};
pub use stdin::Stdin;
pub use stdout::Stdout;
pub use uris::Uris;
pub use writer::{Frame, Output, PublishPermit, Writer};
