//! Places where a test can look into the server, or make it fail.

use std::path::Path;
use std::sync::Arc;

use crate::text::Document;

#[doc(hidden)]
#[derive(Clone, Default)]
pub struct Hooks {
    /// Called by each request about a document, with the method and the version it works on.
    pub query: Option<QueryHook>,
    /// Called before a version is analysed.
    pub analysis: Option<AnalysisHook>,
    /// Called before a file of the workspace is looked at.
    pub file: Option<FileHook>,
}

impl Hooks {
    pub(super) fn before_analysis(&self, document: &Document) {
        if let Some(hook) = &self.analysis {
            hook(document);
        }
    }
}

type QueryHook = Arc<dyn Fn(&str, &Document) + Send + Sync>;
type AnalysisHook = Arc<dyn Fn(&Document) + Send + Sync>;
type FileHook = Arc<dyn Fn(&Path) + Send + Sync>;
