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
//! | Han characters start it, and letters go on with initials | 1000, in its middle 600, and 60 and 30 for each (at most 8 and 6); 60 more for all of them |
//! | three or more Han characters stand in the middle of it | 600, and 60 for each (at most 8) |
//! | the letters are initials in the middle of it, and what follows stands behind the cursor | 600 |
//! | what it ends with stands behind the cursor already | 400 |
//! | a longer form of it has the words before the cursor | 150, that form 30 more |
//! | a salutation where none stands yet | 300, with its colon 30 more |
//! | shares a topic with the section | 120 |
//! | used before in the draft | 80 |
//! | used in other drafts of the workspace | 10 for each (at most 4) |
//! | first used within the last 24 months | 40 |
//! | what is typed starts it, and it stands in other entries | 15 for each (at most 2) |
//! | of a kind that fits the place (opening, closing) | 150; −150 where it does not fit |
//! | not well attested | −10 medium, −40 low |
//! | superseded | −5000 |
//! | not the usual form: bare or quoted, with members, in full | −700, −710, −720 |

use pinyin::ToPinyin;
use rustc_hash::{FxHashMap, FxHashSet};

use super::fit::{Fitted, fit, open_quote};
use super::fold::{FoldedText, SEPARATOR, folded_text, is_han, is_transparent};
use super::forms::{Variant, forms, is_quoted_always, snippet};
use super::query::{CompletionQuery, Position};
use super::wordings::{Source, Wordings};
use super::{CATALOGUE_DATE, Catalogue, Confidence, Entry, Kind};
use crate::text::Range;

/// Characters before the cursor that are looked at.
const REACH: usize = 64;

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
    pub why: Why,
}

/// What an entry was met by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Why {
    pub met: Met,
    /// Shares a topic with the section.
    pub on_topic: bool,
    /// Stands in the draft.
    pub used: bool,
}

/// How what is typed belongs to an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Met {
    /// It begins with it.
    Start,
    /// It stands in the middle of it.
    Middle,
    /// One of its members begins with it.
    Member,
    /// Letters stand for its characters.
    Letters,
    /// Nothing is typed.
    Nothing,
}

/// How an entry was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Han(usize),
    Member(usize),
    Pinyin(usize),
    Initials {
        typed: usize,
        all: bool,
    },
    /// Han characters, then letters: from its start, or in the middle.
    Mixed {
        han: usize,
        letters: usize,
        middle: bool,
        all: bool,
    },
    Middle(usize),
    /// Initials somewhere in it: nothing but what stands behind the cursor says that it is meant.
    Loose,
    Topic,
}

impl Way {
    fn score(self) -> i32 {
        let points = |each: i32, n: usize, most: usize| each * n.min(most) as i32;
        match self {
            Self::Han(n) => 1000 + points(60, n, 12),
            Self::Initials { all: true, .. } => 950,
            Self::Pinyin(n) => 800 + points(10, n, 12),
            Self::Initials { typed, all: false } => 700 + points(30, typed, 6),
            Self::Member(n) => 500 + points(60, n, 8),
            Self::Mixed { han, letters, middle, all } => {
                let whole = if all { 60 } else { 0 };
                (if middle { 600 } else { 1000 }) + points(60, han, 8) + points(30, letters, 6) + whole
            }
            Self::Middle(n) => 600 + points(60, n, 8),
            Self::Loose => 600,
            Self::Topic => 100,
        }
    }

    fn met(self) -> Met {
        match self {
            Self::Han(_) => Met::Start,
            Self::Member(_) => Met::Member,
            Self::Middle(_) => Met::Middle,
            Self::Pinyin(_) | Self::Initials { .. } | Self::Mixed { .. } | Self::Loose => Met::Letters,
            Self::Topic => Met::Nothing,
        }
    }

    /// Han characters that are typed of it.
    fn han(self) -> usize {
        match self {
            Self::Han(n) | Self::Member(n) | Self::Middle(n) => n,
            Self::Mixed { han, .. } => han,
            _ => 0,
        }
    }
}

#[derive(Clone, Copy)]
struct Candidate {
    number: u32,
    way: Way,
    /// Byte offset in the text before the cursor.
    start: usize,
    source: Source,
    /// What of it goes in, from this character on.
    from: usize,
}

impl Candidate {
    /// An entry that goes in as a whole, from byte `start` on.
    fn whole(number: u32, way: Way, start: usize) -> Self {
        Self { number, way, start, source: Source::Text, from: 0 }
    }
}

/// Fewer Han characters in the middle of an entry say little.
const MIDDLE: usize = 3;
/// The same of one of its members. Who has typed more writes the member itself.
const MEMBER: usize = 3;
/// So many before other words say that the entry is meant.
const MEANT: usize = 4;

/// Keys of the entries, sorted: `h` text, `m` member, `p` full pinyin, `i` initials. At this size a
/// sorted list is as fast as an automaton and takes a tenth of the time to build.
#[derive(Debug)]
pub(super) struct Index {
    keys: Vec<(String, u32)>,
    wordings: Wordings,
    /// By entry: in how many other entries it stands. What others are made of is said most often.
    parts: Vec<u8>,
}

impl Index {
    pub fn new(catalogue: &Catalogue) -> Self {
        let mut parts = vec![0_u8; catalogue.len()];
        for entry in catalogue.offered() {
            for (_, number) in
                catalogue.patterns().texts_in(&entry.text).into_iter().filter(|(_, number)| *number != entry.number)
            {
                if let Some(count) = parts.get_mut(number as usize) {
                    *count = count.saturating_add(1);
                }
            }
        }
        let mut keyed: Vec<(String, u32)> = Vec::with_capacity(catalogue.len() * 5);
        for entry in catalogue.offered() {
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
        Self { keys: keyed, wordings: Wordings::new(catalogue), parts }
    }

    pub fn memory(&self) -> usize {
        let keys: usize = self.keys.iter().map(|(key, _)| size_of::<(String, u32)>() + key.capacity()).sum();
        keys + self.parts.capacity() + self.wordings.memory()
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
        let used: FxHashSet<u32> = query.used.iter().copied().collect();
        let mut found: Vec<(i32, Completion<'c>)> = Vec::new();
        for candidate in self.candidates(catalogue, query) {
            let Some(entry) = catalogue.entry(candidate.number) else { continue };
            // 一方面 in 另一方面
            let head = query.before.get(..candidate.start).unwrap_or("");
            if entry.text.contains("……") && entry.kind == Kind::Transition && head.ends_with(is_han) {
                continue;
            }
            let parts = match (candidate.way, candidate.source) {
                (Way::Topic, _) | (_, Source::Longer(_)) => 0,
                _ => self.parts.get(candidate.number as usize).copied().unwrap_or(0).min(2),
            };
            let score = score(entry, candidate.way, query, &used) + 15 * i32::from(parts);
            let why = Why {
                met: candidate.way.met(),
                on_topic: is_on_topic(entry, query),
                used: used.contains(&candidate.number),
            };
            let fits: Vec<(Variant, i32, Fitted)> =
                forms(entry, candidate.source, candidate.from, candidate.start, query)
                    .into_iter()
                    .filter_map(|(variant, below, text)| {
                        let closes = variant == Variant::Bare && is_quoted_always(entry);
                        let fitted = fit(query.before, query.after, candidate.start, &text, closes)?;
                        let is_loose = candidate.way == Way::Loose && fitted.met < 2;
                        (!is_loose && !is_beside_the_point(&candidate, &fitted, query))
                            .then_some((variant, below, fitted))
                    })
                    .collect();
            // 增强sgys: a longer form has the verb that stands there.
            let is_led = |variant: Variant, fitted: &Fitted| variant == Variant::Full && fitted.led > 1;
            let governed = if fits.iter().any(|(variant, _, fitted)| is_led(*variant, fitted)) { 150 } else { 0 };
            let in_quotes = ends_with_opening(head);
            for (variant, below, fitted) in fits {
                let below = if is_led(variant, &fitted) && !in_quotes { -30 } else { below };
                let more = if fitted.met > 1 { 400 } else { 0 };
                found.push((score + governed - below + more, completion(entry, variant, why, fitted, query)));
            }
        }
        found.sort_by(|(a, one), (b, other)| {
            let length = |c: &Completion<'_>| catalogue.entry(c.number).map_or(0, |e| e.text.len());
            let by_entry = || length(one).cmp(&length(other)).then_with(|| one.entry_id.cmp(other.entry_id));
            b.cmp(a).then_with(by_entry).then_with(|| one.variant.cmp(&other.variant))
        });
        let mut seen: FxHashSet<(u32, String)> = FxHashSet::default();
        let mut entries: Vec<u32> = Vec::new();
        found.retain(|(_, c)| {
            let rank = entries.iter().position(|number| *number == c.number);
            // Other forms of the first ones only.
            let is_wanted = rank.is_none_or(|rank| rank < 3) && seen.insert((c.range.start, c.insert.clone()));
            if is_wanted && rank.is_none() {
                entries.push(c.number);
            }
            is_wanted
        });
        found.truncate(query.limit);
        found
            .into_iter()
            .enumerate()
            .map(|(n, (score, mut completion))| {
                completion.sort = format!("{:05}{n:03}", (20_000 - score).clamp(0, 99_999));
                completion
            })
            .collect()
    }

    /// The entries to rank.
    fn candidates(&self, catalogue: &Catalogue, query: &CompletionQuery<'_>) -> Vec<Candidate> {
        let from = query.before.char_indices().rev().nth(REACH).map_or(0, |(at, _)| at);
        let tail = query.before.get(from..).unwrap_or("");
        let letters = tail.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
        if letters == 0 {
            return self.by_han(catalogue, query, tail, from);
        }
        if letters < query.minimum_letters && !query.explicit {
            return Vec::new();
        }
        let mut candidates = Best::default();
        let at = tail.len() - letters;
        let start = from + at;
        let typed = tail.get(at..).unwrap_or("").to_ascii_lowercase();
        self.starting(&format!("i{typed}"), |number, all| {
            candidates.add(Candidate::whole(number, Way::Initials { typed: letters, all }, start));
        });
        self.starting(&format!("p{typed}"), |number, _| {
            candidates.add(Candidate::whole(number, Way::Pinyin(letters), start));
        });
        let seen = FoldedText::of(tail.get(..at).unwrap_or(""));
        self.wordings.by_letters(&seen, &typed, |found| {
            let start = if found.han > 0 { from + seen.start(seen.len() - found.han) } else { start };
            let way = match found.han {
                0 | 1 if found.from > 0 || found.is_middle => Way::Loose,
                0 => Way::Initials { typed: letters, all: false },
                han => Way::Mixed { han, letters, middle: found.is_middle, all: found.is_whole },
            };
            candidates.add(Candidate { number: found.number, way, start, source: found.source, from: found.from });
        });
        candidates.all()
    }

    /// The same behind Han characters.
    fn by_han(&self, catalogue: &Catalogue, query: &CompletionQuery<'_>, tail: &str, from: usize) -> Vec<Candidate> {
        let mut candidates = Best::default();
        let seen = FoldedText::of(tail);
        let run =
            (0..seen.len()).rev().take_while(|&n| seen.get(n).is_some_and(|c| is_han(c) || c == SEPARATOR)).count();
        let rest = folded_text(prefix_of(query.after, REACH));
        let is_salutation = query.position == Position::Salutation;
        let minimum = if is_salutation { 1 } else { query.minimum_han };
        // Characters of the longest entry that stands there as a whole.
        let mut complete = 0;
        for first in seen.len() - run..seen.len() {
            let suffix = seen.slice(first, seen.len());
            let han = suffix.chars().filter(|c| *c != SEPARATOR).count();
            if han < minimum {
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
                    complete = complete.max(if there { usize::MAX } else { han });
                } else {
                    candidates.add(Candidate::whole(number, Way::Han(han), start));
                }
            });
            self.starting(&format!("m{suffix}"), |number, whole| {
                if !whole && (MEMBER..=2 * MEANT).contains(&han) {
                    candidates.add(Candidate::whole(number, Way::Member(han), start));
                }
            });
        }
        // The same of a longer form that stands there.
        let mut longer = 0;
        self.wordings.by_han(&seen, seen.len() - run, |found| {
            if found.is_whole {
                longer = longer.max(found.han);
                return;
            }
            let han = found.han;
            let way = if found.is_middle { Way::Middle(han) } else { Way::Han(han) };
            let least = match found.source {
                // One of them is a word like others; the second tells.
                Source::Members => 2 * MEANT - 2,
                _ if found.is_middle => MIDDLE,
                _ => minimum,
            };
            let is_part = found.is_middle && matches!(found.source, Source::Longer(_));
            if han >= least && !is_part {
                let start = from + seen.start(seen.len() - found.typed);
                candidates.add(Candidate { number: found.number, way, start, source: found.source, from: found.from });
            }
        });
        let mut candidates = candidates.all();
        if complete > 0 && !query.explicit {
            // The word is complete; what it is a part of may go on.
            let is_open = open_quote(query.before).is_some();
            let is_salutation = |c: &Candidate| is_salutation && matches!(c.source, Source::Longer(_));
            // Behind a quotation mark that closes, what it is a part of is often gone on with.
            let is_closed = query.before.ends_with(['”', '」', '’', '』']);
            let whole = if is_closed { complete } else { complete.max(longer) };
            candidates.retain(|c| c.way.han() > whole && !is_open || is_salutation(c));
        }
        let blank = tail.trim_end_matches(is_transparent);
        if query.explicit && !blank.ends_with(is_han) && candidates.is_empty() {
            let start = query.before.len();
            let topical = catalogue.offered().filter(|entry| match query.position {
                Position::Salutation => entry.is_salutation(),
                _ => is_on_topic(entry, query),
            });
            candidates.extend(topical.map(|entry| Candidate::whole(entry.number(), Way::Topic, start)));
        }
        candidates
    }
}

/// Of the ways to an entry the best.
#[derive(Default)]
struct Best(FxHashMap<(u32, bool), Candidate>);

impl Best {
    fn add(&mut self, candidate: Candidate) {
        // A longer form is a thing of its own.
        let is_longer = matches!(candidate.source, Source::Longer(_));
        let best = self.0.entry((candidate.number, is_longer)).or_insert(candidate);
        if best.way.score() < candidate.way.score() {
            *best = candidate;
        }
    }

    fn all(self) -> Vec<Candidate> {
        self.0.into_values().collect()
    }
}

/// True right behind a quotation mark that opens.
fn ends_with_opening(head: &str) -> bool {
    head.ends_with(['“', '「', '『', '‘'])
}

/// Whether other words follow that have nothing to do with the entry, and little of it is typed.
fn is_beside_the_point(candidate: &Candidate, fitted: &Fitted, query: &CompletionQuery<'_>) -> bool {
    let by_han = matches!(candidate.way, Way::Han(_) | Way::Middle(_) | Way::Member(_));
    by_han && fitted.met == 0 && candidate.way.han() < MEANT && query.after.starts_with(is_han)
}

fn is_on_topic(entry: &Entry, query: &CompletionQuery<'_>) -> bool {
    entry.topics.iter().any(|t| query.topics.contains(&&**t))
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
    if is_on_topic(entry, query) {
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
        (Kind::Opening, Position::Salutation) if entry.is_salutation() => 300,
        (Kind::Opening, Position::Opening) | (Kind::Closing, Position::Closing) => 150,
        (Kind::Opening, Position::Closing) | (Kind::Closing, Position::Opening | Position::Salutation) => -150,
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
    why: Why,
    fitted: Fitted,
    query: &CompletionQuery<'_>,
) -> Completion<'c> {
    let detail = if entry.is_superseded() {
        entry.successor.to_string()
    } else if !entry.members.is_empty() && variant != Variant::WithMembers {
        entry.joined()
    } else {
        entry.full.to_string()
    };
    Completion {
        number: entry.number(),
        entry_id: &entry.id,
        variant,
        range: Range::new(fitted.start, query.before.len()),
        filter: query.before.get(fitted.start..).unwrap_or("").to_owned(),
        label: fitted.label,
        detail,
        snippet: snippet(&fitted.text),
        insert: fitted.text,
        sort: String::new(),
        deprecated: entry.is_superseded(),
        why,
    }
}
