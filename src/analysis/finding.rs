//! What the rules keep of what they found in a speech.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use crate::settings::Severity;
use crate::text::{Edit, Grade, Span};

/// Something that a rule found in a speech. Lines count from the first line of the speech.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule, as its place in the registry.
    pub rule: u16,
    pub severity: Severity,
    pub span: Span,
    pub detail: Detail,
}

/// What the message and the fix of a finding are made of.
#[derive(Clone, Debug, Default)]
pub struct Detail {
    pub evidence: Evidence,
    pub related: Vec<(Span, RelatedTo)>,
    pub edits: Vec<Edit>,
    pub grade: Grade,
}

impl Detail {
    pub fn of(evidence: impl Any + Send + Sync) -> Self {
        Self { evidence: Evidence(Some(Arc::new(evidence))), ..Self::default() }
    }
}

/// What a rule keeps of a finding for when it is put into words: a value of a type that only the rule knows.
#[derive(Clone, Default)]
pub struct Evidence(Option<Arc<dyn Any + Send + Sync>>);

impl Evidence {
    pub fn get<E: Any>(&self) -> Option<&E> {
        self.0.as_ref()?.downcast_ref()
    }
}

impl fmt::Debug for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Evidence")
    }
}

/// Why another place belongs to a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelatedTo {
    Sibling,
    LastItem,
    Mention,
    Parent,
    Occurrence,
}
