//! The list of what is to be verified, and what was settled since another one.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::VERSION;
use crate::features::ledger::Entry;
use crate::history::same_texts;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Ledger {
    version: u32,
    tables: String,
    pub entries: Vec<Item>,
    /// What an older list has and the drafts have no longer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settled: Vec<Item>,
}

/// Something to be seen to.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Item {
    /// The rule that finds it; null for a blank.
    pub code: Option<String>,
    pub what: String,
    pub message: String,
    /// All places are one fact.
    pub fact: bool,
    pub responsible: Option<String>,
    /// Whether an older list has it not.
    #[serde(default)]
    pub new: bool,
    /// Whether it was ticked off on an older list, and is still open.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ticked: bool,
    pub places: Vec<Place>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Place {
    pub path: String,
    /// From 0.
    pub line: u32,
    pub character: u32,
    /// As people say it: 第 4 行.
    pub place: String,
    pub section: String,
    pub sentence: String,
}

impl Item {
    /// An entry of the draft at `path`; `place` says where a line is, and its column.
    pub fn new(entry: Entry, path: &str, place: &dyn Fn(crate::text::Point) -> (u32, String)) -> Self {
        let places = entry.places.into_iter().map(|spot| {
            let (character, said) = place(spot.span.start);
            let (section, sentence) = (spot.section, spot.sentence);
            Place { path: path.to_owned(), line: spot.span.start.line, character, place: said, section, sentence }
        });
        Self {
            code: entry.code.map(str::to_owned),
            what: entry.what,
            message: entry.message,
            fact: entry.is_fact,
            responsible: entry.responsible,
            new: false,
            ticked: false,
            places: places.collect(),
        }
    }

    fn sentence(&self) -> &str {
        self.places.first().map_or("", |place| &place.sentence)
    }

    /// What it is known by, besides its sentence.
    fn key(&self) -> (&str, &str) {
        match &self.code {
            Some(code) => (code, ""),
            None => ("", &self.what),
        }
    }
}

impl Ledger {
    pub fn new(entries: Vec<Item>) -> Self {
        Self { version: VERSION, tables: crate::features::why::tables(), entries, settled: Vec::new() }
    }

    /// Whether what was read is a list.
    pub fn is_sound(&self) -> bool {
        self.version == VERSION && self.entries.iter().chain(&self.settled).all(|item| !item.places.is_empty())
    }

    /// Says what is new since `old`, and what was settled. A fact is known by its name; anything else by what it is and
    /// the sentence that it stands in, also where that has been changed a little.
    pub fn since(&mut self, old: Self) {
        let mut before: FxHashMap<(String, String), Vec<Item>> = FxHashMap::default();
        let owned = |(code, what): (&str, &str)| (code.to_owned(), what.to_owned());
        for item in old.entries {
            before.entry(owned(item.key())).or_default().push(item);
        }
        let mut now: FxHashMap<(String, String), Vec<&mut Item>> = FxHashMap::default();
        for item in &mut self.entries {
            now.entry(owned(item.key())).or_default().push(item);
        }
        let mut settled = Vec::new();
        for (key, items) in now {
            let old = before.remove(&key).unwrap_or_default();
            let from: Vec<Option<usize>> = match (items.as_slice(), old.as_slice()) {
                ([one], [other]) if one.fact && other.fact => vec![Some(0)],
                _ => {
                    let [old, new] = [
                        old.iter().map(Item::sentence).collect::<Vec<_>>(),
                        items.iter().map(|item| item.sentence()).collect(),
                    ];
                    same_texts(&old, &new)
                }
            };
            let kept: Vec<usize> = from.iter().flatten().copied().collect();
            for (item, from) in items.into_iter().zip(&from) {
                item.new = from.is_none();
                item.ticked = from.and_then(|n| old.get(n)).is_some_and(|old| old.ticked);
            }
            settled.extend(old.into_iter().enumerate().filter(|(n, _)| !kept.contains(n)).map(|(_, item)| item));
        }
        settled.extend(before.into_values().flatten());
        settled.sort_by(|a, b| (&a.places[0].path, a.places[0].line).cmp(&(&b.places[0].path, b.places[0].line)));
        settled.iter_mut().for_each(|item| (item.new, item.ticked) = (false, false));
        self.settled = settled;
    }

    /// Ticks off the entries with these numbers, from 1, in the order of [`Self::by_unit`].
    pub fn tick(&mut self, numbers: &[usize]) {
        let order = self.by_unit().into_iter().flat_map(|(_, items)| items);
        let order: Vec<*const Item> = order.map(std::ptr::from_ref).collect();
        for item in &mut self.entries {
            let place = order.iter().position(|other| std::ptr::eq(*other, item));
            item.ticked = place.is_some_and(|n| numbers.contains(&(n + 1)));
        }
    }

    /// By who is to see to it, in the order in which they are first named; what nobody is asked for comes last.
    pub fn by_unit(&self) -> Vec<(Option<&str>, Vec<&Item>)> {
        let mut units: Vec<(Option<&str>, Vec<&Item>)> = Vec::new();
        for item in &self.entries {
            let unit = item.responsible.as_deref();
            match units.iter_mut().find(|(known, _)| *known == unit) {
                Some((_, items)) => items.push(item),
                None => units.push((unit, vec![item])),
            }
        }
        units.sort_by_key(|(unit, _)| unit.is_none());
        units
    }
}
