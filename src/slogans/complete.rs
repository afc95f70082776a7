//! Completion: what the letters or characters before the cursor may become.
//!
//! The rank of a candidate is a sum; the higher comes first, then the shorter text, then the id:
//!
//! | what counts | points |
//! |---|---|
//! | the Han characters before the cursor start the entry | 1000, and 60 for each (at most 8) |
//! | all of its initials were typed | 950 |
//! | the letters start its full pinyin | 800, and 10 for each (at most 12) |
//! | the letters start its initials | 700, and 30 for each (at most 6) |
//! | the Han characters start one of its members | 500, and 60 for each (at most 8) |
//! | shares a topic with the section | 120 |
//! | used before in the draft | 80 |
//! | used in other drafts of the workspace | 10 for each (at most 4) |
//! | first used within the last 24 months | 40 |
//! | what is typed starts it, and it stands in other entries | 15 for each (at most 2) |
//! | of a kind that fits the place (opening, closing) | 150; −150 where it does not fit |
//! | not well attested | −10 medium, −40 low |
//! | superseded | −5000 |
//! | not bare: quoted, with members, full form | −700, −710, −720 |

use pinyin::ToPinyin;
use rustc_hash::{FxHashMap, FxHashSet};

use super::fold::{FoldedText, SEPARATOR, folded_text, is_han, is_transparent};
use super::forms::{bare, full, joined, quoted, snippet, with_members};
use super::query::{CompletionQuery, Position};
use super::{CATALOGUE_DATE, Catalogue, Confidence, Entry, Kind};
use crate::text::Range;

/// Characters before the cursor that are looked at.
const REACH: usize = 64;

/// Which form of an entry a completion inserts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variant {
    /// 四个意识
    Bare,
    /// “四个意识”
    Quoted,
    /// “四个意识”（政治意识、…）
    WithMembers,
    /// 增强“四个意识”
    Full,
}

/// One way to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion<'c> {
    pub number: u32,
    pub entry_id: &'c str,
    pub variant: Variant,
    /// Byte range in the text before the cursor that the insertion replaces; it ends at the cursor.
    pub range: Range,
    /// What stands in the draft in `range`: editors filter by it.
    pub filter: String,
    pub label: String,
    /// A short remark: members, or what took its place.
    pub detail: String,
    /// The text to insert, slots as they are in the table.
    pub insert: String,
    /// The same as a snippet with tab stops, when there is something to fill in.
    pub snippet: Option<String>,
    /// Sorts as the rank does.
    pub sort: String,
    /// Something took its place.
    pub deprecated: bool,
}

/// How an entry was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Han(usize),
    Member(usize),
    Pinyin(usize),
    Initials { typed: usize, all: bool },
    Topic,
}

impl Way {
    fn score(self) -> i32 {
        let points = |each: i32, n: usize, most: usize| each * n.min(most) as i32;
        match self {
            Self::Han(n) => 1000 + points(60, n, 8),
            Self::Initials { all: true, .. } => 950,
            Self::Pinyin(n) => 800 + points(10, n, 12),
            Self::Initials { typed, all: false } => 700 + points(30, typed, 6),
            Self::Member(n) => 500 + points(60, n, 8),
            Self::Topic => 100,
        }
    }
}

#[derive(Clone, Copy)]
struct Candidate {
    number: u32,
    way: Way,
    /// Byte offset in the text before the cursor.
    start: usize,
}

/// Keys of the entries, sorted: `h` text, `m` member, `p` full pinyin, `i` initials. At this size a
/// sorted list is as fast as an automaton and takes a tenth of the time to build.
#[derive(Debug)]
pub(super) struct Index {
    keys: Vec<(String, u32)>,
    /// By entry: in how many other entries it stands. What others are made of is said most often.
    parts: Vec<u8>,
}

impl Index {
    pub fn new(catalogue: &Catalogue) -> Self {
        let mut parts = vec![0_u8; catalogue.len()];
        for entry in catalogue.entries() {
            for (_, number) in
                catalogue.patterns().texts_in(&entry.text).into_iter().filter(|(_, number)| *number != entry.number)
            {
                if let Some(count) = parts.get_mut(number as usize) {
                    *count = count.saturating_add(1);
                }
            }
        }
        let mut keyed: Vec<(String, u32)> = Vec::with_capacity(catalogue.len() * 5);
        for entry in catalogue.entries() {
            let literal: &str = entry.text.split(['〔', '…']).next().unwrap_or("");
            let text = folded_text(literal);
            if !text.is_empty() {
                keyed.push((format!("h{text}"), entry.number));
            }
            for member in &entry.members {
                if member.chars().count() > 2 {
                    keyed.push((format!("m{}", folded_text(member)), entry.number));
                }
            }
            let syllables = syllables(entry);
            if syllables.len() > 1 {
                keyed.push((format!("p{}", syllables.concat()), entry.number));
                let initials: String = syllables.iter().filter_map(|s| s.chars().next()).collect();
                keyed.push((format!("i{initials}"), entry.number));
            }
        }
        keyed.sort_unstable();
        keyed.dedup();
        Self { keys: keyed, parts }
    }

    pub fn memory(&self) -> usize {
        let keys: usize = self.keys.iter().map(|(key, _)| size_of::<(String, u32)>() + key.capacity()).sum();
        keys + self.parts.capacity()
    }

    /// Calls `found` with every entry that has a key starting with `prefix`, and whether the key
    /// is the prefix.
    fn starting(&self, prefix: &str, mut found: impl FnMut(u32, bool)) {
        let from = self.keys.partition_point(|(key, _)| key.as_str() < prefix);
        for (key, number) in self.keys.iter().skip(from) {
            if !key.starts_with(prefix) {
                break;
            }
            found(*number, key.len() == prefix.len());
        }
    }

    /// The entries that start with these letters, as pinyin (1) or initials (0 when all of them).
    pub fn by_letters(&self, letters: &str) -> FxHashMap<u32, u32> {
        let mut found = FxHashMap::default();
        self.starting(&format!("i{letters}"), |number, whole| {
            found.insert(number, u32::from(!whole));
        });
        self.starting(&format!("p{letters}"), |number, _| {
            found.entry(number).or_insert(1);
        });
        found
    }

    pub fn complete<'c>(&self, catalogue: &'c Catalogue, query: &CompletionQuery<'_>) -> Vec<Completion<'c>> {
        let Some(candidates) = self.candidates(catalogue, query) else {
            return Vec::new();
        };
        let used: FxHashSet<u32> = query.used.iter().copied().collect();
        let mut ranked: Vec<(i32, &Entry, Candidate)> = candidates
            .into_iter()
            .filter_map(|candidate| {
                let entry = catalogue.entry(candidate.number)?;
                let parts = match candidate.way {
                    Way::Topic => 0,
                    _ => self.parts.get(candidate.number as usize).copied().unwrap_or(0).min(2),
                };
                Some((score(entry, candidate.way, query, &used) + 15 * i32::from(parts), entry, candidate))
            })
            .collect();
        ranked.sort_by(|a, b| {
            b.0.cmp(&a.0).then_with(|| a.1.text.len().cmp(&b.1.text.len())).then_with(|| a.1.id.cmp(&b.1.id))
        });

        let mut out: Vec<(i32, Completion<'c>)> = Vec::new();
        for (n, (score, entry, candidate)) in ranked.iter().enumerate() {
            if out.len() >= query.limit {
                break;
            }
            let mut add = |variant: Variant, score: i32, text: Option<String>| {
                if let Some(text) = text {
                    out.push((score, completion(entry, variant, candidate, text, query)));
                }
            };
            add(Variant::Bare, *score, bare(entry, query.script));
            if n < 3 {
                add(Variant::Quoted, score - 700, quoted(entry, candidate.start, query));
                add(Variant::WithMembers, score - 710, with_members(entry, candidate.start, query));
                add(Variant::Full, score - 720, full(entry, query));
            }
        }
        out.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        out.truncate(query.limit);
        out.into_iter()
            .enumerate()
            .map(|(n, (score, mut completion))| {
                completion.sort = format!("{:05}{n:03}", (20_000 - score).clamp(0, 99_999));
                completion
            })
            .collect()
    }

    /// The entries to rank, or `None` when there is to be no popup.
    fn candidates(&self, catalogue: &Catalogue, query: &CompletionQuery<'_>) -> Option<Vec<Candidate>> {
        let from = query.before.char_indices().rev().nth(REACH).map_or(0, |(at, _)| at);
        let tail = query.before.get(from..).unwrap_or("");
        let mut candidates: FxHashMap<u32, Candidate> = FxHashMap::default();
        let mut add = |candidate: Candidate| {
            let best = candidates.entry(candidate.number).or_insert(candidate);
            if best.way.score() < candidate.way.score() {
                *best = candidate;
            }
        };

        let letters = tail.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
        if letters > 0 {
            if letters < query.minimum_letters && !query.explicit {
                return None;
            }
            let at = tail.len() - letters;
            let start = from + at;
            let typed = tail.get(at..)?.to_ascii_lowercase();
            self.starting(&format!("i{typed}"), |number, all| {
                let way = Way::Initials { typed: letters, all };
                add(Candidate { number, way, start });
            });
            self.starting(&format!("p{typed}"), |number, _| {
                let way = Way::Pinyin(letters);
                add(Candidate { number, way, start });
            });
        } else {
            let seen = FoldedText::of(tail);
            let run =
                (0..seen.len()).rev().take_while(|&n| seen.get(n).is_some_and(|c| is_han(c) || c == SEPARATOR)).count();
            let rest = folded_text(prefix_of(query.after, REACH));
            let mut complete = false;
            for first in seen.len() - run..seen.len() {
                let suffix = seen.slice(first, seen.len());
                let han = suffix.chars().filter(|c| *c != SEPARATOR).count();
                if han < query.minimum_han {
                    break;
                }
                if suffix.starts_with(SEPARATOR) {
                    continue;
                }
                let start = from + seen.start(first);
                self.starting(&format!("h{suffix}"), |number, whole| {
                    let Some(entry) = catalogue.entry(number) else {
                        return;
                    };
                    let ahead = folded_text(&entry.text);
                    let ahead = ahead.get(suffix.len()..).unwrap_or("");
                    let there = !ahead.is_empty() && rest.starts_with(ahead);
                    if (whole && !entry.has_slots()) || there {
                        complete = true;
                    } else {
                        let way = Way::Han(han);
                        add(Candidate { number, way, start });
                    }
                });
                self.starting(&format!("m{suffix}"), |number, whole| {
                    if !whole {
                        let way = Way::Member(han);
                        add(Candidate { number, way, start });
                    }
                });
            }
            if complete && !query.explicit {
                return None;
            }
            let blank = tail.trim_end_matches(is_transparent);
            if query.explicit && !blank.ends_with(is_han) && candidates.is_empty() {
                let start = query.before.len();
                for entry in catalogue.entries() {
                    if entry.topics.iter().any(|t| query.topics.contains(&&**t)) {
                        let number = entry.number();
                        let way = Way::Topic;
                        candidates.insert(number, Candidate { number, way, start });
                    }
                }
            }
        }
        Some(candidates.into_values().collect())
    }
}

fn prefix_of(text: &str, characters: usize) -> &str {
    text.char_indices().nth(characters).and_then(|(at, _)| text.get(..at)).unwrap_or(text)
}

/// The syllables of the Han characters outside slots.
fn syllables(entry: &Entry) -> Vec<String> {
    if !entry.pinyin.is_empty() {
        return entry.pinyin.split(' ').map(str::to_owned).collect();
    }
    let mut in_slot = false;
    entry
        .text
        .chars()
        .filter_map(|c| {
            in_slot = c == '〔' || in_slot && c != '〕';
            let pinyin = c.to_pinyin().filter(|_| !in_slot)?;
            Some(pinyin.plain().replace('ü', "v"))
        })
        .collect()
}

fn score(entry: &Entry, way: Way, query: &CompletionQuery<'_>, used: &FxHashSet<u32>) -> i32 {
    let mut score = way.score();
    if entry.topics.iter().any(|t| query.topics.contains(&&**t)) {
        score += 120;
    }
    if used.contains(&entry.number()) {
        score += 80;
    }
    score += 10 * query.elsewhere.count(entry).min(4) as i32;
    let now = query.date.unwrap_or(CATALOGUE_DATE).months();
    if entry.since_date.is_some_and(|since| (0..=24).contains(&(now - since.months()))) {
        score += 40;
    }
    score += match (entry.kind, query.position) {
        (Kind::Opening, Position::Opening) | (Kind::Closing, Position::Closing) => 150,
        (Kind::Opening, Position::Closing) | (Kind::Closing, Position::Opening) => -150,
        _ => 0,
    };
    score -= match entry.confidence {
        Confidence::High => 0,
        Confidence::Medium => 10,
        Confidence::Low => 40,
    };
    if entry.is_superseded() {
        score -= 5000;
    }
    score
}

fn completion<'c>(
    entry: &'c Entry,
    variant: Variant,
    candidate: &Candidate,
    insert: String,
    query: &CompletionQuery<'_>,
) -> Completion<'c> {
    let detail = if entry.is_superseded() {
        entry.successor.to_string()
    } else if !entry.members.is_empty() && variant != Variant::WithMembers {
        joined(entry)
    } else {
        entry.full.to_string()
    };
    Completion {
        number: entry.number(),
        entry_id: &entry.id,
        variant,
        range: Range::new(candidate.start, query.before.len()),
        filter: query.before.get(candidate.start..).unwrap_or("").to_owned(),
        label: insert.clone(),
        detail,
        snippet: snippet(&insert),
        insert,
        sort: String::new(),
        deprecated: entry.is_superseded(),
    }
}
