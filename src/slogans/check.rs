//! Departures from the wording of the catalogue.
//!
//! One pass of one automaton over the folded line finds all wordings, members, noted slips and
//! halves of long wordings; everything else looks only at what it found. Where the evidence is
//! not complete nothing is said: no bare pair of members in another order, no part of a
//! formulation, no numeral that the catalogue does not know.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::fold::{self, FoldedText, WIDTH, folded_text, is_han, simplified};
use super::matcher::{Hit, Role, range_of, texts_of};
use super::patterns::Patterns;
use super::surroundings::{is_about_the_past, is_in_long_quote, is_spoken_about, titles};
use super::{Catalogue, Date, Entry, Misquote, MisquoteClass};
use crate::lexicon::RIGHT_IN_TRADITIONAL;
use crate::text::Range;

/// What checking needs to know about the draft.
#[derive(Clone, Copy, Debug, Default)]
pub struct CheckContext {
    /// When the draft was written. `None`: nothing is called stale.
    pub date: Option<Date>,
}

/// What sort of deviation it is.
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

/// A deviation from the catalogue.
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
    /// Of a stale wording: the month from which it is stale; of members that are missing: from which there are so many.
    pub since: Option<Date>,
    /// `expected` can be put in the place of `found` without asking.
    pub certain: bool,
    /// There is something wrong, whatever is to be written instead.
    pub sure: bool,
}

/// What the catalogue says of a paragraph, in its own terms: to be kept for as long as the text stands.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// From left to right.
    pub deviations: Box<[Deviation]>,
    /// The entries that stand in the text, from left to right; of two that overlap the longer one.
    pub uses: Box<[Use]>,
}

/// An entry in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// The number of the entry.
    pub entry: u32,
    /// Bytes in the line.
    pub range: Range,
}

/// A [`Misuse`] without the catalogue it was found with.
#[derive(Clone, Debug)]
pub struct Deviation {
    pub kind: MisuseKind,
    /// Bytes in the line.
    pub range: Range,
    pub expected: Option<Box<str>>,
    /// The number of the entry departed from.
    pub entry: Option<u32>,
    pub since: Option<Date>,
    pub certain: bool,
    pub sure: bool,
}

impl From<Misuse<'_>> for Deviation {
    fn from(misuse: Misuse<'_>) -> Self {
        Self {
            kind: misuse.kind,
            range: misuse.range,
            expected: misuse.expected.map(String::into_boxed_str),
            entry: misuse.entry.map(Entry::number),
            since: misuse.since,
            certain: misuse.certain,
            sure: misuse.sure,
        }
    }
}

/// Characters of the longest verb before a formulation.
const VERB: usize = 4;

/// The topics of names of bodies and laws.
const NAMED: [&str; 2] = ["机构", "法律"];
const CAMPAIGN: &str = "活动";

pub(super) struct Checker<'a, 'c> {
    pub catalogue: &'c Catalogue,
    pub matcher: &'a Patterns,
    pub line: &'a str,
    pub folded: &'a FoldedText,
    pub hits: &'a [Hit],
    /// Byte ranges of 《…》; looked for at the first finding.
    titles: OnceCell<Vec<Range>>,
}

/// The deviations in `line`, from left to right.
pub(super) fn check<'c>(
    matcher: &Patterns,
    catalogue: &'c Catalogue,
    line: &str,
    cx: &CheckContext,
) -> Vec<Misuse<'c>> {
    let folded = FoldedText::of(line);
    let hits = matcher.hits(&folded);
    judge(matcher, catalogue, line, &folded, &hits, cx)
}

/// The deviations in `line` and the entries in it, as [`Patterns::texts_in`] gives them.
pub(super) fn read(matcher: &Patterns, catalogue: &Catalogue, line: &str, cx: &CheckContext) -> Reading {
    let folded = FoldedText::of(line);
    let hits = matcher.hits(&folded);
    if hits.is_empty() {
        return Reading::default();
    }
    let mut end = 0;
    let uses = texts_of(&hits, &folded, line);
    let deviations = judge(matcher, catalogue, line, &folded, &hits, cx);
    Reading {
        deviations: deviations.into_iter().map(Deviation::from).collect(),
        uses: uses
            .into_iter()
            .filter(|(range, _)| super::is_free(range, &mut end))
            .map(|(range, entry)| Use { entry, range })
            .collect(),
    }
}

fn judge<'c>(
    matcher: &Patterns,
    catalogue: &'c Catalogue,
    line: &str,
    folded: &FoldedText,
    hits: &[Hit],
    cx: &CheckContext,
) -> Vec<Misuse<'c>> {
    if hits.is_empty() {
        return Vec::new();
    }
    let checker = Checker { catalogue, matcher, line, folded, hits, titles: OnceCell::new() };
    let mut found = Vec::new();
    checker.wordings(cx, &mut found);
    checker.verbs(&mut found);
    checker.enumerations(&mut found);
    found.retain(|misuse| !checker.is_excused(misuse.range));
    // Of findings that overlap the longest stays; of equal ones the first kind.
    found.sort_by_key(|m| (std::cmp::Reverse(m.range.len()), m.kind));
    let mut kept = BTreeMap::new();
    for misuse in found {
        keep(&mut kept, misuse);
    }
    // What is noted is known better, and what is sure; of nested wordings the shortest says where it is, a set phrase last.
    let mut near = checker.near_misses();
    near.retain(|misuse| !checker.is_excused(misuse.range));
    near.sort_by_key(|m| (!m.sure, m.kind == MisuseKind::Typo, m.range.len()));
    for misuse in near {
        // What is out of date only there is part of what is wrong whenever it was written.
        let stale: Vec<u32> = kept
            .range(misuse.range.start..misuse.range.end)
            .filter(|(_, other)| misuse.sure && other.kind == MisuseKind::Stale && other.range.end <= misuse.range.end)
            .map(|(start, _)| *start)
            .collect();
        stale.iter().for_each(|start| drop(kept.remove(start)));
        keep(&mut kept, misuse);
    }
    kept.into_values().collect()
}

/// Keeps a finding unless it overlaps one that is kept; they are by their start.
fn keep<'c>(kept: &mut BTreeMap<u32, Misuse<'c>>, misuse: Misuse<'c>) {
    let before = kept.range(..misuse.range.end).next_back();
    if before.is_none_or(|(_, other)| other.range.end <= misuse.range.start) {
        kept.insert(misuse.range.start, misuse);
    }
}

impl<'c> Checker<'_, 'c> {
    /// The hits that may cover the characters `start..end`: they come by their end.
    pub fn hits_over(&self, start: usize, end: usize) -> impl Iterator<Item = &Hit> {
        let from = self.hits.partition_point(|hit| hit.end < end);
        let furthest = start + self.matcher.longest;
        self.hits.iter().skip(from).take_while(move |hit| hit.end <= furthest).filter(move |hit| hit.covers(start, end))
    }

    /// True in 《…》, and where the text is only spoken about. A whole title can be wrong.
    fn is_excused(&self, range: Range) -> bool {
        let titles = self.titles.get_or_init(|| titles(self.line));
        let n = titles.partition_point(|t| t.start <= range.start);
        let title = n.checked_sub(1).and_then(|n| titles.get(n));
        let is_part =
            |title: &Range| title.start + WIDTH as u32 != range.start || title.end != range.end + WIDTH as u32;
        title.is_some_and(|t| range.end <= t.end && is_part(t)) || is_spoken_about(self.line, range)
    }

    pub fn range(&self, start: usize, end: usize) -> Range {
        range_of(self.folded, self.line, start, end)
    }

    pub fn misuse(
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
            sure: true,
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
                    found.push(self.misuse(MisuseKind::Typo, None, (hit.start, hit.end), Some(expected), exact));
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
                    if self.is_traditional_usage(hit, &misquote.wrong) {
                        continue;
                    }
                    let (expected, exact) = self.rewritten(hit, &misquote.right);
                    let sure = misquote.class == MisquoteClass::Certain
                        && (entry.held > 0 || !is_permuted(&misquote.wrong, &misquote.right));
                    let misuse = self.misuse(
                        MisuseKind::Misquote,
                        Some(entry),
                        (hit.start, hit.end),
                        Some(expected),
                        exact && sure,
                    );
                    found.push(Misuse { sure, ..misuse });
                }
                _ => {}
            }
        }
    }

    /// The verb of another formulation before one that has its own: 坚定“四个意识”.
    fn verbs(&self, found: &mut Vec<Misuse<'c>>) {
        for hit in self.hits.iter().filter(|hit| hit.role == Role::Text) {
            let Some(entry) = self.catalogue.entry(hit.entry) else { continue };
            let Some((own, others)) = entry.verbs.split_once('≠') else { continue };
            // 增强“四个意识”的自觉, 强化“两个维护”意识 are about something else.
            if self.folded.get(hit.end).is_some_and(is_han) {
                continue;
            }
            let before = self.folded.slice(hit.start.saturating_sub(VERB), hit.start);
            let Some(verb) = others.split('｜').find(|verb| before.ends_with(*verb)) else { continue };
            let start = hit.start - verb.chars().count();
            let known = |other: &Hit| match other.role {
                Role::Variant => true,
                Role::Text => other.entry != hit.entry,
                _ => false,
            };
            if self.hits_over(start, hit.end).any(known) {
                continue;
            }
            let (expected, exact) = self.filled((start, hit.end), (start, hit.start), own);
            found.push(self.misuse(MisuseKind::Misquote, Some(entry), (start, hit.end), Some(expected), exact));
        }
    }

    fn stale(&self, entry: &'c Entry, misquote: &Misquote, hit: &Hit, cx: &CheckContext) -> Option<Misuse<'c>> {
        let since = misquote.since?;
        if cx.date? < since {
            return None;
        }
        let range = self.range(hit.start, hit.end);
        if is_about_the_past(self.line, range, since, &misquote.right) || is_in_long_quote(self.line, range) {
            return None;
        }
        let expected = (!misquote.right.is_empty()).then(|| self.rewritten(hit, &misquote.right).0);
        let mut misuse = self.misuse(MisuseKind::Stale, Some(entry), (hit.start, hit.end), expected, false);
        misuse.since = Some(since);
        // Bodies and laws have new names from one day on, a campaign is over; a wording goes out of use by and by.
        let is_about = |topics: &[&str]| entry.topics.iter().any(|topic| topics.contains(&&**topic));
        misuse.sure = is_about(&NAMED) || is_about(&[CAMPAIGN]);
        Some(misuse)
    }

    /// True when the hit is in Traditional characters and a word in it is only wrong in Simplified ones.
    fn is_traditional_usage(&self, hit: &Hit, wrong: &str) -> bool {
        RIGHT_IN_TRADITIONAL.find(wrong).is_some() && is_traditional(self.range(hit.start, hit.end).of(self.line))
    }

    /// True when the hit is only a part of something that is as it should be.
    fn is_masked(&self, hit: &Hit) -> bool {
        self.hits_over(hit.start, hit.end).any(|other| {
            matches!(other.role, Role::Text | Role::Variant | Role::Member(_))
                && other.end - other.start > hit.end - hit.start
        })
    }

    /// The text of a hit rewritten to `right`: characters that agree, and all punctuation, stay as
    /// they are. The second is false when a new character could not be put in the characters of
    /// the draft.
    pub fn rewritten(&self, hit: &Hit, right: &str) -> (String, bool) {
        let range = self.range(hit.start, hit.end);
        let original = range.of(self.line);
        let wrong: Vec<char> = self.folded.slice(hit.start, hit.end).chars().collect();
        // As folded, and as it is written.
        let wanted: Vec<(char, char)> = right
            .chars()
            .filter(|c| !fold::is_transparent(*c))
            .zip(folded_text(right).chars())
            .map(|(own, folded)| (folded, own))
            .collect();
        let mut exact = true;
        let mut put = |c: char, out: &mut String| exact &= spell(c, original, out);
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

    /// The text of the characters `whole` with `right` in the place of the characters `part`. The second is
    /// false when a new character could not be put in the characters of the draft.
    pub fn filled(&self, whole: (usize, usize), part: (usize, usize), right: &str) -> (String, bool) {
        let range = self.range(whole.0, whole.1);
        let original = range.of(self.line);
        let from = self.folded.end(self.line, part.0).max(range.start as usize);
        let to = if part.0 < part.1 { self.folded.end(self.line, part.1) } else { from };
        let from = if part.0 < part.1 { self.folded.start(part.0) } else { from };
        let mut out = self.line.get(range.start as usize..from).unwrap_or("").to_owned();
        let mut exact = true;
        for c in right.chars() {
            exact &= spell(c, original, &mut out);
        }
        out.push_str(self.line.get(to..range.end as usize).unwrap_or(""));
        (out, exact)
    }
}

/// Adds a character as `original` writes it. False when it is not certain how that is.
fn spell(c: char, original: &str, out: &mut String) -> bool {
    // The same character may stand elsewhere in the original.
    if let Some(own) = original.chars().find(|o| simplified(*o) == simplified(c)) {
        out.push(own);
        return true;
    }
    match (is_traditional(original), fold::traditional(c.encode_utf8(&mut [0; 4]))) {
        (true, Some(text)) => out.push_str(&text),
        (true, None) => {
            out.push(c);
            return false;
        }
        (false, _) => out.push(c),
    }
    true
}

/// True when a character of the text has another, Simplified form.
pub(super) fn is_traditional(text: &str) -> bool {
    text.chars().any(|c| is_han(c) && simplified(c) != c)
}

/// True when parts of a longer wording only stand in another order: the sentence may want it so.
fn is_permuted(wrong: &str, right: &str) -> bool {
    let codes = |text| fold::codes(text).collect::<Vec<_>>();
    wrong.chars().count() > 7 && fold::is_permuted(&codes(wrong), &codes(right))
}
