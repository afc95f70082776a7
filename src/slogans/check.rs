//! Departures from the wording of the catalogue.
//!
//! One pass of one automaton over the folded line finds all wordings, members, noted slips and
//! halves of long wordings; everything else looks only at what it found. Where the evidence is
//! not complete nothing is said: no bare pair of members in another order, no part of a
//! formulation, no numeral that the catalogue does not know.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use pinyin::ToPinyin;

use super::fold::{self, SEPARATOR, Skeleton, WIDTH, is_han, simplified, skeleton};
use super::table::Typo;
use super::{Catalogue, Date, Entry, Misquote, MisquoteClass};
use crate::text::Range;

/// What checking needs to know about the draft.
#[derive(Clone, Copy, Debug, Default)]
pub struct CheckContext {
    /// When the draft was written. `None`: nothing is called stale.
    pub date: Option<Date>,
}

/// What sort of departure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MisuseKind {
    /// A wording that is known to be wrong, or that differs from a long one in one character of
    /// the same sound.
    Misquote,
    /// Members in another order, one doubled, one that is none of them.
    Order,
    /// Fewer members than the numeral says.
    Count,
    /// A name or term that something else took the place of.
    Stale,
    /// A slip in a fixed idiom.
    Typo,
}

/// A departure from the catalogue.
#[derive(Clone, Debug)]
pub struct Misuse<'c> {
    pub kind: MisuseKind,
    /// Bytes in the line.
    pub range: Range,
    /// The text of `range`.
    pub found: String,
    /// What to write instead, in the characters and punctuation of the draft where they agree;
    /// `None` when there is nothing to put in its place.
    pub expected: Option<String>,
    /// The entry departed from; `None` for idioms outside the catalogue.
    pub entry: Option<&'c Entry>,
    /// Of a stale wording: the month from which it is stale.
    pub since: Option<Date>,
    /// `expected` can be put in the place of `found` without asking.
    pub certain: bool,
}

/// What a pattern of the automaton stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Text,
    Variant,
    Member(u16),
    /// Index in the misquotes of the entry.
    Misquote(u16),
    Head,
    Tail,
    /// `entry` is an index in the typos.
    Typo,
}

#[derive(Clone, Copy, Debug)]
struct Pattern {
    role: Role,
    entry: u32,
    /// Characters.
    len: u16,
}

/// A pattern in the line; offsets are characters of the skeleton.
#[derive(Clone, Copy, Debug)]
struct Hit {
    role: Role,
    entry: u32,
    start: usize,
    end: usize,
}

impl Hit {
    fn covers(&self, start: usize, end: usize) -> bool {
        self.start <= start && end <= self.end
    }
}

#[derive(Debug)]
pub(super) struct Matcher {
    automaton: Option<AhoCorasick>,
    starts: Starts,
    patterns: Vec<Pattern>,
    /// By entry: how many entries have this text.
    senses: Vec<u8>,
}

impl Matcher {
    pub fn new(entries: &[Entry], typos: &[Typo]) -> Self {
        let mut texts: Vec<String> = Vec::new();
        let mut patterns = Vec::new();
        let mut add = |role: Role, entry: u32, text: String| {
            if !text.is_empty() {
                patterns.push(Pattern {
                    role,
                    entry,
                    len: (text.len() / WIDTH) as u16,
                });
                texts.push(text);
            }
        };
        for entry in entries {
            let number = entry.number();
            if !entry.has_slots() {
                let text = skeleton(&entry.text);
                let chars: Vec<char> = text.chars().collect();
                if chars.iter().filter(|c| is_han(**c)).count() >= NEAR_MISS_HAN {
                    let half = chars.len() / 2;
                    add(Role::Head, number, chars.iter().take(half).collect());
                    add(Role::Tail, number, chars.iter().skip(half).collect());
                }
                add(Role::Text, number, text);
            }
            let enumerated = entry.fixed_order
                || entry
                    .misquotes
                    .iter()
                    .any(|m| m.class == MisquoteClass::Contextual);
            if enumerated && !entry.open_members {
                for (n, member) in entry.members.iter().enumerate() {
                    add(Role::Member(n as u16), number, skeleton(member));
                }
            }
            for (n, misquote) in entry.misquotes.iter().enumerate() {
                let role = match misquote.class {
                    MisquoteClass::Variant => Role::Variant,
                    _ => Role::Misquote(n as u16),
                };
                add(role, number, skeleton(&misquote.wrong));
            }
        }
        for (n, typo) in typos.iter().enumerate() {
            add(Role::Typo, n as u32, skeleton(&typo.wrong));
        }
        let mut starts = Starts::default();
        for text in &texts {
            starts.insert(text.as_bytes());
        }
        let mut counts: rustc_hash::FxHashMap<&str, u8> = rustc_hash::FxHashMap::default();
        for entry in entries {
            let count = counts.entry(entry.text.as_str()).or_default();
            *count = count.saturating_add(1);
        }
        Self {
            // Fails only beyond 2³¹ states.
            automaton: AhoCorasick::builder()
                .match_kind(MatchKind::Standard)
                .kind(Some(AhoCorasickKind::ContiguousNFA))
                .prefilter(false)
                .dense_depth(2)
                .build(&texts)
                .ok(),
            starts,
            patterns,
            senses: entries
                .iter()
                .map(|entry| counts.get(entry.text.as_str()).copied().unwrap_or(1))
                .collect(),
        }
    }

    pub fn memory(&self) -> usize {
        self.automaton.as_ref().map_or(0, AhoCorasick::memory_usage)
            + self.patterns.capacity() * size_of::<Pattern>()
            + self.senses.capacity()
            + self.starts.bits.len() * size_of::<u64>()
    }

    fn hits(&self, line: &Skeleton) -> Vec<Hit> {
        let Some(automaton) = &self.automaton else {
            return Vec::new();
        };
        let mut hits = Vec::new();
        let Some(first) = self.starts.first_in(&line.bytes) else {
            return hits;
        };
        let rest = line.bytes.get(first..).unwrap_or_default();
        for found in automaton.find_overlapping_iter(rest) {
            let Some(pattern) = self.patterns.get(found.pattern().as_usize()) else {
                continue;
            };
            let end = (first + found.end()) / WIDTH;
            hits.push(Hit {
                role: pattern.role,
                entry: pattern.entry,
                start: end.saturating_sub(pattern.len.into()),
                end,
            });
        }
        hits
    }

    /// The entries in a line: byte range and number, by start, the longest first. Of entries with
    /// the same text the one in force.
    pub fn texts(&self, line: &str) -> Vec<(Range, u32)> {
        let folded = Skeleton::of(line);
        let mut found: Vec<(Range, u32)> = self
            .hits(&folded)
            .into_iter()
            .filter(|hit| matches!(hit.role, Role::Text))
            .filter_map(|hit| {
                let range = range_of(&folded, line, hit.start, hit.end);
                // Two characters are an entry only in quotes: 两高于, 三保险.
                (hit.end - hit.start > 2 || is_quoted(line, range)).then_some((range, hit.entry))
            })
            .collect();
        found.sort_by_key(|(range, number)| (range.start, std::cmp::Reverse(range.end), *number));
        found.dedup_by_key(|(range, _)| *range);
        found
    }

    pub fn check<'c>(
        &self,
        catalogue: &'c Catalogue,
        line: &str,
        cx: &CheckContext,
    ) -> Vec<Misuse<'c>> {
        let folded = Skeleton::of(line);
        let hits = self.hits(&folded);
        if hits.is_empty() {
            return Vec::new();
        }
        let checker = Checker {
            catalogue,
            matcher: self,
            line,
            folded: &folded,
            hits: &hits,
            titles: titles(line),
        };
        let mut found = Vec::new();
        checker.wordings(cx, &mut found);
        checker.enumerations(&mut found);
        for near in checker.near_misses() {
            // What is noted is known better; of nested wordings the shortest says where it is.
            let known =
                |m: &Misuse<'_>| m.range.start < near.range.end && near.range.start < m.range.end;
            if !found.iter().any(known) {
                found.push(near);
            }
        }
        found.retain(|misuse| !checker.is_excused(misuse.range));
        // Of findings that overlap the longest stays; of equal ones the first kind.
        found.sort_by_key(|m| (std::cmp::Reverse(m.range.len()), m.kind));
        let mut kept: Vec<Misuse<'c>> = Vec::new();
        for misuse in found {
            if !kept
                .iter()
                .any(|k| k.range.start < misuse.range.end && misuse.range.start < k.range.end)
            {
                kept.push(misuse);
            }
        }
        kept.sort_by_key(|m| m.range);
        kept
    }
}

/// The two characters that patterns start with, by hash: most lines of plain prose have none of
/// them and need no automaton.
#[derive(Debug)]
struct Starts {
    bits: Box<[u64]>,
}

impl Default for Starts {
    fn default() -> Self {
        Self {
            bits: vec![0; Self::BITS / 64].into(),
        }
    }
}

impl Starts {
    const BITS: usize = 1 << 18;

    fn slot(two: &[u8; 2 * WIDTH]) -> usize {
        let [a, b, c, d, e, f] = two.map(u64::from);
        // The low bits of each character tell it from its neighbours.
        let key = (a & 0xF) << 36
            | (b & 0x3F) << 30
            | (c & 0x3F) << 24
            | (d & 0xF) << 16
            | (e & 0x3F) << 8
            | (f & 0x3F);
        (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 46) as usize
    }

    fn insert(&mut self, pattern: &[u8]) {
        match pattern.first_chunk() {
            Some(two) => {
                let slot = Self::slot(two);
                if let Some(word) = self.bits.get_mut(slot / 64) {
                    *word |= 1 << (slot % 64);
                }
            }
            // A pattern of one character starts anywhere.
            None => self.bits.fill(u64::MAX),
        }
    }

    /// Byte offset of the first place in the skeleton where a pattern may start.
    fn first_in(&self, skeleton: &[u8]) -> Option<usize> {
        (0..skeleton.len()).step_by(WIDTH).find(|&at| {
            skeleton
                .get(at..)
                .and_then(|rest| rest.first_chunk())
                .is_some_and(|two| {
                    let slot = Self::slot(two);
                    self.bits
                        .get(slot / 64)
                        .is_some_and(|word| word >> (slot % 64) & 1 == 1)
                })
        })
    }
}

struct Checker<'a, 'c> {
    catalogue: &'c Catalogue,
    matcher: &'a Matcher,
    line: &'a str,
    folded: &'a Skeleton,
    hits: &'a [Hit],
    /// Byte ranges of 《…》.
    titles: Vec<Range>,
}

/// Members that follow one another with nothing but joiners between.
#[derive(Debug)]
struct Run {
    start: usize,
    end: usize,
    /// Member, start, end; in the order of the line.
    parts: Vec<(u16, usize, usize)>,
    /// Parts in the place of a member: start, end, and the member meant when it is known.
    foreign: Vec<(usize, usize, Option<u16>)>,
}

impl Run {
    fn distinct(&self) -> usize {
        let mut members: Vec<u16> = self.parts.iter().map(|p| p.0).collect();
        members.sort_unstable();
        members.dedup();
        members.len()
    }

    fn is_sorted(&self) -> bool {
        self.parts.is_sorted_by_key(|p| p.0)
    }

    fn has_doubles(&self) -> bool {
        self.distinct() < self.parts.len()
    }
}

/// How a label and an enumeration belong together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    None,
    /// The enumeration goes with the label but may go on.
    Open,
    /// The enumeration claims to be all of it.
    Closed,
}

/// A wording of at least this many Han characters is looked for with one of them replaced.
const NEAR_MISS_HAN: usize = 6;

/// What stands between a label and its members.
const LINKS: [&str; 16] = [
    "具体包括",
    "主要包括",
    "具体是",
    "分别是",
    "指的是",
    "也就是",
    "包括",
    "是指",
    "就是",
    "即是",
    "即",
    "——",
    "：",
    "（",
    "〔",
    "是",
];

/// Words that may stand between a label and the link.
const AFTER_LABEL: [&str; 12] = [
    "",
    "、",
    "总体布局",
    "战略布局",
    "重要思想",
    "的要求",
    "要求",
    "问题",
    "方面",
    "工作",
    "的内容",
    "的内涵",
];

/// Before a wording that is spoken about, not used.
const SPOKEN_ABOUT: [&str; 18] = [
    "写成",
    "写作",
    "误作",
    "误为",
    "误写",
    "错写",
    "说成",
    "念成",
    "读成",
    "听成",
    "而非",
    "而不是",
    "不叫",
    "不是",
    "不说",
    "错成",
    "打成",
    "印成",
];

/// Words that make a sentence one about the past.
const PAST: [&str; 26] = [
    "原",
    "时任",
    "当时",
    "当年",
    "历史",
    "曾",
    "前身",
    "更名",
    "改名",
    "改为",
    "改称",
    "组建",
    "撤销",
    "划入",
    "并入",
    "转变为",
    "转化为",
    "转为",
    "合并",
    "过去",
    "那时",
    "彼时",
    "旧称",
    "以来",
    "回顾",
    "年前",
];

/// Characters that stand for one another without being wrong.
const INTERCHANGEABLE: [&str; 16] = [
    "作做",
    "的地得",
    "唯惟",
    "他她它",
    "进晋",
    "决绝",
    "账帐",
    "像象",
    "份分",
    "那哪",
    "须需",
    "勠戮",
    "铆卯",
    "至致",
    "二两",
    "带戴",
];

impl<'c> Checker<'_, 'c> {
    fn range(&self, start: usize, end: usize) -> Range {
        range_of(self.folded, self.line, start, end)
    }

    fn misuse(
        &self,
        kind: MisuseKind,
        entry: Option<&'c Entry>,
        (start, end): (usize, usize),
        expected: Option<String>,
        certain: bool,
    ) -> Misuse<'c> {
        let range = self.range(start, end);
        Misuse {
            kind,
            range,
            found: range.of(self.line).to_owned(),
            certain: certain && expected.is_some(),
            expected,
            entry,
            since: None,
        }
    }

    /// Noted slips, idioms and stale wordings.
    fn wordings(&self, cx: &CheckContext, found: &mut Vec<Misuse<'c>>) {
        for hit in self.hits {
            match hit.role {
                Role::Typo => {
                    let Some(typo) = self.catalogue.typos().get(hit.entry as usize) else {
                        continue;
                    };
                    if self.is_masked(hit) {
                        continue;
                    }
                    let (expected, exact) = self.rewritten(hit, &typo.right);
                    found.push(self.misuse(
                        MisuseKind::Typo,
                        None,
                        (hit.start, hit.end),
                        Some(expected),
                        exact,
                    ));
                }
                Role::Misquote(n) => {
                    let Some(entry) = self.catalogue.entry(hit.entry) else {
                        continue;
                    };
                    let Some(misquote) = entry.misquotes.get(n as usize) else {
                        continue;
                    };
                    if misquote.class == MisquoteClass::Contextual || self.is_masked(hit) {
                        continue;
                    }
                    if misquote.class == MisquoteClass::Stale {
                        found.extend(self.stale(entry, misquote, hit, cx));
                        continue;
                    }
                    let (expected, exact) = self.rewritten(hit, &misquote.right);
                    let certain = exact
                        && misquote.class == MisquoteClass::Certain
                        && !is_permuted(&misquote.wrong, &misquote.right);
                    found.push(self.misuse(
                        MisuseKind::Misquote,
                        Some(entry),
                        (hit.start, hit.end),
                        Some(expected),
                        certain,
                    ));
                }
                _ => {}
            }
        }
    }

    fn stale(
        &self,
        entry: &'c Entry,
        misquote: &Misquote,
        hit: &Hit,
        cx: &CheckContext,
    ) -> Option<Misuse<'c>> {
        let since = misquote.since?;
        if cx.date? < since {
            return None;
        }
        let range = self.range(hit.start, hit.end);
        let sentence = sentence_around(self.line, range);
        let folded: String = sentence.chars().map(simplified).collect();
        if PAST.iter().any(|word| folded.contains(word))
            || years(sentence).any(|year| year <= since.year)
            || self.is_in_long_quote(range)
        {
            return None;
        }
        let expected = (!misquote.right.is_empty()).then(|| self.rewritten(hit, &misquote.right).0);
        let mut misuse = self.misuse(
            MisuseKind::Stale,
            Some(entry),
            (hit.start, hit.end),
            expected,
            false,
        );
        misuse.since = Some(since);
        Some(misuse)
    }

    /// True when the hit is only a part of something that is as it should be.
    fn is_masked(&self, hit: &Hit) -> bool {
        self.hits.iter().any(|other| {
            matches!(other.role, Role::Text | Role::Variant | Role::Member(_))
                && other.end - other.start > hit.end - hit.start
                && other.covers(hit.start, hit.end)
        })
    }

    /// The text of a hit rewritten to `right`: characters that agree, and all punctuation, stay as
    /// they are. The second is false when a new character could not be put in the characters of
    /// the draft.
    fn rewritten(&self, hit: &Hit, right: &str) -> (String, bool) {
        let range = self.range(hit.start, hit.end);
        let original = range.of(self.line);
        let wrong: Vec<char> = self.folded.slice(hit.start, hit.end).chars().collect();
        // As folded, and as it is written.
        let wanted: Vec<(char, char)> = right
            .chars()
            .filter(|c| !fold::is_transparent(*c))
            .zip(skeleton(right).chars())
            .map(|(own, folded)| (folded, own))
            .collect();
        let is_traditional = original.chars().any(|c| is_han(c) && simplified(c) != c);
        let mut exact = true;
        let mut put = |c: char, out: &mut String| {
            // The same character may stand elsewhere in the original.
            if let Some(own) = original.chars().find(|o| simplified(*o) == simplified(c)) {
                out.push(own);
                return;
            }
            match (
                is_traditional,
                fold::traditional(c.encode_utf8(&mut [0; 4])),
            ) {
                (true, Some(text)) => out.push_str(&text),
                (true, None) => {
                    exact = false;
                    out.push(c);
                }
                (false, _) => out.push(c),
            }
        };
        let mut out = String::new();
        if wrong.len() == wanted.len() {
            let mut n = hit.start;
            for (at, c) in original.char_indices() {
                let counts = n < hit.end && self.folded.start(n) == range.start as usize + at;
                if !counts {
                    out.push(c);
                    continue;
                }
                let (old, new) = (wrong.get(n - hit.start), wanted.get(n - hit.start));
                match (old, new) {
                    (Some(old), Some((new, own))) if old != new => put(*own, &mut out),
                    _ => out.push(c),
                }
                n += 1;
            }
        } else {
            for c in right.chars() {
                if is_han(c) {
                    put(c, &mut out);
                } else {
                    out.push(c);
                }
            }
        }
        (out, exact)
    }

    fn is_excused(&self, range: Range) -> bool {
        if self
            .titles
            .iter()
            .any(|t| t.start <= range.start && range.end <= t.end)
        {
            return true;
        }
        let before: String = self
            .line
            .get(..range.start as usize)
            .unwrap_or("")
            .chars()
            .rev()
            .filter(|c| !fold::is_transparent(*c))
            .take(4)
            .collect();
        let before: String = before.chars().rev().map(simplified).collect();
        SPOKEN_ABOUT.iter().any(|word| before.ends_with(word))
    }

    /// True inside “…” that quotes more than the wording itself.
    fn is_in_long_quote(&self, range: Range) -> bool {
        let before = self.line.get(..range.start as usize).unwrap_or("");
        let after = self.line.get(range.end as usize..).unwrap_or("");
        let opened = match (before.rfind(['“', '「']), before.rfind(['”', '」'])) {
            (Some(open), Some(close)) => (open > close).then_some(open),
            (open, None) => open,
            (None, _) => None,
        };
        let (Some(open), Some(close)) = (opened, after.find(['”', '」'])) else {
            return false;
        };
        let around = before.len() - open + close;
        around > 5 * WIDTH
    }

    fn enumerations(&self, found: &mut Vec<Misuse<'c>>) {
        let mut members: Vec<(u32, usize, usize, u16, bool)> = self
            .hits
            .iter()
            .filter_map(|hit| match hit.role {
                Role::Member(n) => Some((hit.entry, hit.start, hit.end, n, true)),
                Role::Misquote(n) => {
                    let entry = self.catalogue.entry(hit.entry)?;
                    let misquote = entry.misquotes.get(n as usize)?;
                    let meant = entry.members.iter().position(|m| *m == misquote.right)?;
                    (misquote.class == MisquoteClass::Contextual).then_some((
                        hit.entry,
                        hit.start,
                        hit.end,
                        meant as u16,
                        false,
                    ))
                }
                _ => None,
            })
            .collect();
        if members.len() < 2 {
            return;
        }
        // By entry, then place; of those that start together the longest first.
        members.sort_by_key(|m| (m.0, m.1, std::cmp::Reverse(m.2)));
        for group in members.chunk_by(|a, b| a.0 == b.0) {
            let Some(entry) = group.first().and_then(|m| self.catalogue.entry(m.0)) else {
                continue;
            };
            if group.len() < 2 {
                continue;
            }
            for run in self.runs(entry, group) {
                self.judge(entry, &run, found);
            }
        }
    }

    fn runs(&self, entry: &Entry, group: &[(u32, usize, usize, u16, bool)]) -> Vec<Run> {
        let longest = entry
            .members
            .iter()
            .map(|m| m.chars().count())
            .max()
            .unwrap_or(0);
        let mut runs: Vec<Run> = Vec::new();
        let mut lead = "";
        for &(_, start, end, member, real) in group {
            if let Some(run) = runs.last_mut()
                && start < run.end
            {
                continue;
            }
            let foreign = (!real).then_some((start, end, Some(member)));
            if let Some(run) = runs.last_mut() {
                let gap = self.folded.slice(run.end, start);
                if let Some(between) = self.gap(gap, run, &mut lead, longest) {
                    run.foreign
                        .extend(between.map(|(from, to)| (from, to, None)));
                    match foreign {
                        Some(foreign) => run.foreign.push(foreign),
                        None => run.parts.push((member, start, end)),
                    }
                    run.end = end;
                    continue;
                }
            }
            lead = "";
            runs.push(Run {
                start,
                end,
                parts: if real {
                    vec![(member, start, end)]
                } else {
                    Vec::new()
                },
                foreign: foreign.into_iter().collect(),
            });
        }
        runs
    }

    /// What stands between two members: `None` when they do not belong together, else the part
    /// between them that is no member, if any.
    fn gap<'s>(
        &'s self,
        gap: &'s str,
        run: &Run,
        lead: &mut &'s str,
        longest: usize,
    ) -> Option<Option<(usize, usize)>> {
        let rest = gap.strip_prefix(SEPARATOR).unwrap_or(gap);
        let rest = ["以及", "和", "与", "及"]
            .iter()
            .find_map(|word| rest.strip_prefix(word))
            .unwrap_or(rest);
        if rest.is_empty() {
            return Some(None);
        }
        if rest.chars().count() <= 4 && rest.chars().all(is_han) {
            // A verb that is said before each member: 增强政治意识、增强大局意识.
            if rest == *lead {
                return Some(None);
            }
            let n = rest.chars().count();
            let before = self.folded.slice(run.start.saturating_sub(n), run.start);
            if lead.is_empty() && before == rest && gap.starts_with(SEPARATOR) {
                *lead = rest;
                return Some(None);
            }
        }
        let part = gap.strip_prefix(SEPARATOR)?.strip_suffix(SEPARATOR)?;
        let n = part.chars().count();
        (n <= longest + 1 && n > 0 && part.chars().all(is_han))
            .then_some(Some((run.end + 1, run.end + 1 + n)))
    }

    fn judge(&self, entry: &'c Entry, run: &Run, found: &mut Vec<Misuse<'c>>) {
        let total = entry.members.len();
        let distinct = run.distinct();
        let half = total.div_ceil(2).max(2);
        if distinct < half {
            return;
        }
        // Somebody else's formulation, in its own order.
        if self.hits.iter().any(|hit| {
            matches!(hit.role, Role::Text | Role::Variant) && hit.covers(run.start, run.end)
        }) {
            return;
        }
        let mut run = Run {
            start: run.start,
            end: run.end,
            parts: run.parts.clone(),
            foreign: run.foreign.clone(),
        };
        let link = self.link(entry, &mut run);
        let flanked = link == Link::None
            && (run.start.checked_sub(1).and_then(|n| self.folded.get(n)) == Some(SEPARATOR)
                || self.goes_on(run.end));
        let named = run.foreign.iter().any(|f| f.2.is_some());

        if entry.fixed_order && !run.is_sorted() && !run.has_doubles() {
            let whole = distinct == total && run.foreign.is_empty() && (!flanked || total > 4);
            if whole || (link != Link::None && run.foreign.is_empty()) {
                let expected = self.reordered(&run);
                found.push(self.misuse(
                    MisuseKind::Order,
                    Some(entry),
                    (run.start, run.end),
                    Some(expected),
                    whole,
                ));
                return;
            }
        }
        if run.has_doubles() && run.foreign.is_empty() {
            if entry.fixed_order
                && (link != Link::None || (total > 3 && distinct + 1 >= total && !flanked))
            {
                found.push(self.misuse(
                    MisuseKind::Order,
                    Some(entry),
                    (run.start, run.end),
                    self.all_members(entry, &run),
                    false,
                ));
            }
            return;
        }
        if named || (entry.fixed_order && link != Link::None && run.foreign.len() == 1) {
            for &(start, end, meant) in &run.foreign {
                if meant.is_none() && link == Link::None {
                    continue;
                }
                // The member meant is missing: this stands in its place. Else it is one too many.
                let meant = meant
                    .filter(|m| run.parts.iter().all(|p| p.0 != *m))
                    .and_then(|m| entry.members.get(m as usize));
                let hit = Hit {
                    role: Role::Text,
                    entry: entry.number(),
                    start,
                    end,
                };
                let rewritten = meant.map(|member| self.rewritten(&hit, member));
                found.push(self.misuse(
                    MisuseKind::Order,
                    Some(entry),
                    (start, end),
                    rewritten.as_ref().map(|r| r.0.clone()),
                    false,
                ));
            }
            return;
        }
        if entry.fixed_order
            && link == Link::Closed
            && run.foreign.is_empty()
            && run.is_sorted()
            && distinct < total
        {
            found.push(self.misuse(
                MisuseKind::Count,
                Some(entry),
                (run.start, run.end),
                self.all_members(entry, &run),
                false,
            ));
        }
    }

    /// True when the enumeration has more parts after `end`.
    fn goes_on(&self, end: usize) -> bool {
        let rest = self.folded.slice(end, (end + 2).min(self.folded.len()));
        (rest.starts_with(SEPARATOR) && self.original(end) == Some('、'))
            || rest.starts_with(['和', '与', '及', '等', '…'])
    }

    /// The character of the line that character `at` of the skeleton was.
    fn original(&self, at: usize) -> Option<char> {
        self.line.get(self.folded.start(at)..)?.chars().next()
    }

    /// How the run belongs to the label of the entry. A part before the first member or after the
    /// last that stands where a member would is added to the run.
    fn link(&self, entry: &Entry, run: &mut Run) -> Link {
        if entry.text.contains('、') || self.matcher.senses.get(entry.number() as usize) != Some(&1)
        {
            return Link::None;
        }
        let longest = entry
            .members
            .iter()
            .map(|m| m.chars().count())
            .max()
            .unwrap_or(0);
        for label in self.hits {
            let is_label = label.role == Role::Text
                && self
                    .catalogue
                    .entry(label.entry)
                    .is_some_and(|e| e.text == entry.text);
            if !is_label {
                continue;
            }
            if label.start >= run.end {
                let between = self.folded.slice(run.end, label.start);
                match between {
                    "" | "这" | "的" if label.start == run.end || between != "" => {
                        return Link::Closed;
                    }
                    "等" => return Link::Open,
                    _ => {}
                }
                continue;
            }
            if label.end > run.start {
                continue;
            }
            let between = self.folded.slice(label.end, run.start);
            if between.chars().count() > 20 || between.contains(['。', '！', '？']) {
                continue;
            }
            let linked = LINKS.iter().find_map(|link| {
                let (head, tail) = between.split_once(link)?;
                AFTER_LABEL.contains(&head).then_some((*link, tail))
            });
            let Some((link, lead)) = linked else { continue };
            // “四个意识”是…的保证: a bare 是 needs the members at once.
            if link == "是" && !lead.is_empty() {
                continue;
            }
            let n = lead.chars().count();
            if let Some(part) = lead.strip_suffix(SEPARATOR) {
                let n = part.chars().count();
                if n == 0 || n > longest + 1 || !part.chars().all(is_han) {
                    continue;
                }
                run.foreign
                    .insert(0, (run.start - 1 - n, run.start - 1, None));
                run.start -= n + 1;
            } else if n > 4 || !lead.chars().all(is_han) {
                continue;
            }
            return self.closing(entry, run, link, longest);
        }
        Link::None
    }

    /// Whether the enumeration after a label ends with the run.
    fn closing(&self, entry: &Entry, run: &mut Run, link: &str, longest: usize) -> Link {
        let rest = self.folded.slice(run.end, self.folded.len());
        match rest.chars().next() {
            Some('）' | '〕') => Link::Closed,
            // An opened bracket that the run does not close: there is more in it.
            _ if matches!(link, "（" | "〔") => Link::Open,
            None | Some('。' | '！' | '？') => Link::Closed,
            Some(SEPARATOR) if self.original(run.end) == Some('、') => {
                let more = rest.get(WIDTH..).unwrap_or("");
                let part: String = more.chars().take_while(|c| is_han(*c)).collect();
                let n = part.chars().count();
                let ends = entry
                    .members
                    .iter()
                    .all(|m| m.chars().next_back() == part.chars().next_back());
                if n > 0 && n <= longest + 1 && ends {
                    run.foreign.push((run.end + 1, run.end + 1 + n, None));
                    run.end += n + 1;
                }
                Link::Open
            }
            Some(SEPARATOR) => {
                let inside = self.folded.slice(run.start, run.end);
                let comma = (run.start..run.end).any(|n| self.original(n) == Some('，'));
                if inside.contains(SEPARATOR) && !comma {
                    Link::Closed
                } else {
                    Link::Open
                }
            }
            _ => Link::Open,
        }
    }

    /// The text of the run with its members in their order and everything between as it is.
    fn reordered(&self, run: &Run) -> String {
        let mut sorted = run.parts.clone();
        sorted.sort_by_key(|p| p.0);
        let mut out = String::new();
        let mut at = self.range(run.start, run.end).start as usize;
        for (slot, part) in run.parts.iter().zip(&sorted) {
            let slot = self.range(slot.1, slot.2);
            out.push_str(self.line.get(at..slot.start as usize).unwrap_or(""));
            out.push_str(self.range(part.1, part.2).of(self.line));
            at = slot.end as usize;
        }
        out
    }

    /// All members in their order, in the characters of the draft when that is certain.
    fn all_members(&self, entry: &Entry, run: &Run) -> Option<String> {
        let found = self.range(run.start, run.end).of(self.line);
        let joined = entry.members.join("、");
        if found.chars().any(|c| is_han(c) && simplified(c) != c) {
            fold::traditional(&joined)
        } else {
            Some(joined)
        }
    }

    /// Long wordings in which one character is another of the same sound.
    fn near_misses(&self) -> Vec<Misuse<'c>> {
        let mut found = Vec::new();
        for hit in self.hits {
            if !matches!(hit.role, Role::Head | Role::Tail) {
                continue;
            }
            let is_right = self.hits.iter().any(|other| {
                other.role == Role::Text
                    && other.entry == hit.entry
                    && other.covers(hit.start, hit.end)
            });
            let Some(entry) = self.catalogue.entry(hit.entry).filter(|_| !is_right) else {
                continue;
            };
            let text = skeleton(&entry.text);
            let len = text.len() / WIDTH;
            let start = match hit.role {
                Role::Head => Some(hit.start),
                _ => hit.end.checked_sub(len),
            };
            let Some(start) = start.filter(|s| s + len <= self.folded.len()) else {
                continue;
            };
            let end = start + len;
            let mut different = self
                .folded
                .slice(start, end)
                .chars()
                .zip(text.chars())
                .enumerate()
                .filter(|(_, (a, b))| a != b);
            let (Some((n, (old, new))), None) = (different.next(), different.next()) else {
                continue;
            };
            let at = start + n;
            let edge = n == 0 || n + 1 == len;
            if !same_sound(old, new)
                || (edge && len < 8)
                || self.hits.iter().any(|other| {
                    matches!(other.role, Role::Text | Role::Variant | Role::Member(_))
                        && other.covers(at, at + 1)
                })
            {
                continue;
            }
            let whole = Hit { start, end, ..*hit };
            let (expected, exact) = self.rewritten(&whole, &entry.text);
            found.push(self.misuse(
                MisuseKind::Misquote,
                Some(entry),
                (start, end),
                Some(expected),
                exact && len >= 8,
            ));
        }
        found.sort_by_key(|m: &Misuse<'_>| m.range.len());
        found
    }
}

/// True when parts of a longer wording only stand in another order: the sentence may want it so.
fn is_permuted(wrong: &str, right: &str) -> bool {
    let sorted = |text: &str| {
        let mut chars: Vec<char> = skeleton(text).chars().collect();
        chars.sort_unstable();
        chars
    };
    wrong.chars().count() > 7 && sorted(wrong) == sorted(right)
}

fn same_sound(a: char, b: char) -> bool {
    if !is_han(a)
        || !is_han(b)
        || INTERCHANGEABLE
            .iter()
            .any(|g| g.contains(a) && g.contains(b))
    {
        return false;
    }
    match (a.to_pinyin(), b.to_pinyin()) {
        (Some(a), Some(b)) => a.plain() == b.plain(),
        _ => false,
    }
}

fn range_of(folded: &Skeleton, line: &str, start: usize, end: usize) -> Range {
    Range::new(folded.start(start), folded.end(line, end))
}

fn is_quoted(line: &str, range: Range) -> bool {
    let before = line.get(..range.start as usize).unwrap_or("");
    let after = line.get(range.end as usize..).unwrap_or("");
    before.ends_with(['“', '「', '"', '『']) && after.starts_with(['”', '」', '"', '』'])
}

fn titles(line: &str) -> Vec<Range> {
    let mut titles = Vec::new();
    let mut open = Vec::new();
    for (at, c) in line.char_indices() {
        match c {
            '《' => open.push(at),
            '》' => {
                if let Some(start) = open.pop() {
                    titles.push(Range::new(start, at + c.len_utf8()));
                }
            }
            _ => {}
        }
    }
    titles
}

fn sentence_around(line: &str, range: Range) -> &str {
    const ENDS: [char; 4] = ['。', '！', '？', '；'];
    let before = line.get(..range.start as usize).unwrap_or("");
    let after = line.get(range.end as usize..).unwrap_or("");
    let start = before
        .char_indices()
        .rev()
        .find(|(_, c)| ENDS.contains(c))
        .map_or(0, |(at, c)| at + c.len_utf8());
    let end = after
        .find(ENDS)
        .map_or(line.len(), |at| range.end as usize + at);
    line.get(start..end).unwrap_or("")
}

/// The years written in Arabic numerals before 年.
fn years(text: &str) -> impl Iterator<Item = u16> + '_ {
    text.match_indices('年').filter_map(|(at, _)| {
        let digits = text.get(at.checked_sub(4)?..at)?;
        digits
            .parse()
            .ok()
            .filter(|year| (1900..2100).contains(year))
    })
}

/// The newest month written in a text as 2026年8月 or 2026年: a guess at when it was written.
pub fn newest_date(text: &str) -> Option<Date> {
    text.match_indices('年')
        .filter_map(|(at, _)| {
            let year: u16 = text.get(at.checked_sub(4)?..at)?.parse().ok()?;
            let rest = text.get(at + '年'.len_utf8()..)?;
            let month = rest
                .split_once('月')
                .and_then(|(month, _)| month.parse().ok())
                .filter(|month| (1..=12).contains(month))
                .unwrap_or(1);
            (1990..2100).contains(&year).then_some(Date { year, month })
        })
        .max()
}
