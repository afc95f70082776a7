//! What is known of one version of a draft. Brought up to date after an edit by looking again at
//! the lines it touched.

use std::sync::Arc;

use crate::settings::Settings;
use crate::text::{LineChange, Lines};

/// How a draft is marked up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Markup {
    #[default]
    Plain,
    Markdown,
}

/// What is known of a draft. Cheap to clone; a clone does not change when the original is updated.
#[derive(Clone, Default)]
pub struct Analysis {}

impl Analysis {
    pub fn new(_lines: &dyn Lines, _markup: Markup, _settings: &Arc<Settings>) -> Self {
        Self::default()
    }

    /// The same as `new` over the text after the change, but faster.
    pub fn update(&mut self, _lines: &dyn Lines, _change: LineChange) {}
}
