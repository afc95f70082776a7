//! What is asked of a speech again and again.

use std::any::Any;
use std::sync::{Arc, Mutex, PoisonError};

/// Facts of a speech, one of each type: made on first need, and forgotten when a line of it changes.
#[derive(Clone, Default)]
pub struct Kept(Arc<Mutex<Vec<Arc<dyn Any + Send + Sync>>>>);

/// Equal when both are of the same lines.
impl PartialEq for Kept {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Kept {
    pub fn get_or_make<T: Any + Send + Sync>(&self, make: impl FnOnce() -> T) -> Arc<T> {
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = lock().iter().find_map(|fact| fact.clone().downcast().ok());
        known.unwrap_or_else(|| {
            let made = Arc::new(make());
            lock().push(made.clone());
            made
        })
    }
}
