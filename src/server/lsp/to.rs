//! What the client is sent, in terms of the protocol.

pub mod completion;
pub mod edits;
pub mod marks;
pub mod symbols;
pub mod tokens;
