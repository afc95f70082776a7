//! Types of the protocol, in and out. Positions cross here, and nowhere else.

mod answer;
pub mod finding;
pub mod from;
pub mod positions;
pub mod to;

use tower_lsp::jsonrpc::{Error, ErrorCode};

pub use answer::{Answer, Json};
pub use positions::Positions;

/// The request is sound, and cannot be met.
pub fn request_failed(reason: &'static str) -> Error {
    Error { code: ErrorCode::ServerError(-32803), message: reason.into(), data: None }
}
