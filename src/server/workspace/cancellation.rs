//! Leaving off when nobody waits.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tower_lsp::ls_types as lsp;

/// Tells a scan that nobody waits for it any more.
#[derive(Clone, Default)]
pub struct CancellationToken(Arc<AtomicBool>);

/// Cancels a scan when it is dropped: with the request that waits for it.
pub struct CancelOnDrop(CancellationToken);

impl CancellationToken {
    pub fn new() -> (Self, CancelOnDrop) {
        let token = Self::default();
        (token.clone(), CancelOnDrop(token))
    }

    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

/// The scans that the client shows the progress of, and may stop by its name for that.
#[derive(Default)]
pub struct Scans(Mutex<HashMap<lsp::ProgressToken, CancellationToken>>);

impl Scans {
    pub fn begin(&self, name: lsp::ProgressToken, token: CancellationToken) {
        self.lock().insert(name, token);
    }

    pub fn end(&self, name: &lsp::ProgressToken) {
        self.lock().remove(name);
    }

    /// Stops the scan of that name. What it has found is its answer.
    pub fn cancel(&self, name: &lsp::ProgressToken) {
        if let Some(token) = self.lock().get(name) {
            token.cancel();
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<lsp::ProgressToken, CancellationToken>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
