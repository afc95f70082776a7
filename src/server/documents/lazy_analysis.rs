//! What is known of a version of a draft, made when it is first asked for: a client may open more drafts at once than
//! it asks about.

use std::ops::Deref;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::analysis::Analysis;

/// An analysis that may still have to be made. Clones share it, and whoever asks first makes it for all of them.
#[derive(Clone)]
pub struct LazyAnalysis(Arc<Cell>);

struct Cell {
    made: OnceLock<Analysis>,
    make: Mutex<Option<Make>>,
}

/// Must not panic.
type Make = Box<dyn FnOnce() -> Analysis + Send>;

impl LazyAnalysis {
    pub fn new(make: impl FnOnce() -> Analysis + Send + 'static) -> Self {
        Self(Arc::new(Cell { made: OnceLock::new(), make: Mutex::new(Some(Box::new(make))) }))
    }

    pub fn is_made(&self) -> bool {
        self.0.made.get().is_some()
    }

    /// The analysis, to be changed; clones made before keep what they have.
    pub fn to_mut(&mut self) -> Option<&mut Analysis> {
        if Arc::get_mut(&mut self.0).is_none_or(|cell| cell.made.get().is_none()) {
            *self = Self::from(Analysis::clone(self));
        }
        Arc::get_mut(&mut self.0)?.made.get_mut()
    }
}

impl Deref for LazyAnalysis {
    type Target = Analysis;

    fn deref(&self) -> &Analysis {
        let Cell { made, make } = &*self.0;
        let make = || make.lock().unwrap_or_else(PoisonError::into_inner).take();
        made.get_or_init(|| make().map_or_else(Analysis::default, |make| make()))
    }
}

impl From<Analysis> for LazyAnalysis {
    fn from(analysis: Analysis) -> Self {
        Self(Arc::new(Cell { made: OnceLock::from(analysis), make: Mutex::new(None) }))
    }
}
