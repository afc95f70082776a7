//! Work beside the message loop.

use tower_lsp::jsonrpc::{Error, Result};

/// Does `work` on a thread of its own, where what is slow holds up nobody, and what panics fails alone.
pub async fn background<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Error::internal_error())
}
