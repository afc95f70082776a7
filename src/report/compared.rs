//! What two versions of a draft come to.

use serde::Serialize;

use super::{Columns, Range, VERSION};
use crate::history::{Change, Comparison, Consequence, Kind};

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Compared {
    version: u32,
    tables: String,
    old: Version,
    new: Version,
    changes: Vec<Changed>,
    consequences: Vec<Broken>,
    /// How many changes there are of each kind.
    summary: Vec<Count>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Version {
    pub path: String,
    pub encoding: &'static str,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Changed {
    kind: &'static str,
    /// Whether it is a figure, a date, a name or a place.
    fact: bool,
    before: String,
    after: String,
    /// Where in each of the two.
    old: Range,
    new: Range,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Broken {
    kind: &'static str,
    /// The rule that finds it; null where both versions together show it.
    code: Option<&'static str>,
    message: String,
    /// Where in the new one.
    range: Range,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Count {
    kind: &'static str,
    count: usize,
}

impl Compared {
    pub fn new((old, new): (Version, Version), found: Comparison, (before, after): (&Columns, &Columns)) -> Self {
        let count = |kind: Kind| Count {
            kind: kind.names()[0],
            count: found.changes.iter().filter(|change| change.kind == kind).count(),
        };
        let summary = Kind::ALL.into_iter().map(count).filter(|count| count.count > 0).collect();
        let changed = |change: Change| Changed {
            kind: change.kind.names()[0],
            fact: change.kind.is_fact(),
            before: change.before,
            after: change.after,
            old: Range::new(change.old, before),
            new: Range::new(change.new, after),
        };
        let broken = |found: Consequence| Broken {
            kind: found.what.names()[0],
            code: found.rule,
            message: found.message,
            range: Range::new(found.span, after),
        };
        Self {
            version: VERSION,
            tables: crate::features::why::tables(),
            old,
            new,
            changes: found.changes.into_iter().map(changed).collect(),
            consequences: found.consequences.into_iter().map(broken).collect(),
            summary,
        }
    }
}
