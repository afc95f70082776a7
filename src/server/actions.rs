//! What code actions are made of.

pub mod blanks;
pub mod deferred;
pub mod exceptions;
mod requested;

pub use requested::Requested;
