//! Why a line was read as it was, as plain facts: what may be a blank and why it is one or none; the candidate
//! ordinals with their evidence and costs; and why a list that does not count on is reported or not.

pub mod words;

use crate::analysis::{Analysis, Totals};
use crate::outline::counts::{self, Binding};
use crate::outline::faults::{self, Verdict};
use crate::outline::sequence;
use crate::paragraph::Marker;
use crate::paragraph::evidence;
use crate::paragraph::genre;
use crate::paragraph::marker::Place;
use crate::placeholder::{self, Account};
use crate::rules::marker_name;
use crate::slip;
use crate::text::chars::{before, is_clause_end, is_space};
use crate::text::{Lines, Range};

/// A candidate ordinal of a line.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// In bytes of the line.
    pub range: Range,
    pub text: String,
    /// The name of its family: `n-verb`.
    pub family: &'static str,
    pub value: u32,
    /// What it costs to take it to be ordinary text, and to be an ordinal, in points.
    pub price: i16,
    pub toll: i16,
    /// What the price is the sum of: what it means, and its points.
    pub evidence: Vec<(&'static str, i16)>,
    /// The ordinals of its list as they stand, if the reading took it to be an item.
    pub list: Option<Vec<String>>,
}

/// A list through the line that does not count on.
#[derive(Clone, Debug)]
pub struct Broken {
    /// The line of the item to blame, from 0.
    pub line: u32,
    /// From the first of its ordinals on the line to the last, in bytes.
    pub range: Range,
    /// The ordinals as they stand.
    pub ordinals: Vec<String>,
    pub values: Vec<u32>,
    pub defect: sequence::Defect,
    /// How much more the best explanation costs that blames other items.
    pub margin: u32,
    /// The sum of the points, and the strongest features with theirs.
    pub points: i32,
    pub features: Vec<(&'static str, i32)>,
    pub verdict: Verdict,
}

/// What may be a blank.
#[derive(Clone, Debug)]
pub struct Blank {
    /// In bytes of the line.
    pub range: Range,
    pub text: String,
    pub account: Account,
}

/// A count that a line announces.
#[derive(Clone, Debug)]
pub struct Count {
    /// In bytes of the line.
    pub range: Range,
    pub text: String,
    pub count: u32,
    /// What it counts, where that is known: how many there are, and their ordinals if they have some.
    pub counted: Option<(u32, Vec<String>)>,
    /// It agrees with that; or so it may be, and nothing is said.
    pub agrees: bool,
}

/// What is known of a line.
#[derive(Clone, Debug, Default)]
pub struct Why {
    pub counts: Vec<Count>,
    pub blanks: Vec<Blank>,
    pub candidates: Vec<Candidate>,
    pub broken: Vec<Broken>,
}

/// The version of the tables that decide, in eight hexadecimal digits: two programs that show the same one judge
/// alike.
pub fn tables() -> String {
    let lists = faults::VERSION.rotate_left(2) ^ counts::VERSION.rotate_left(3);
    let slips = slip::VERSION.rotate_left(5);
    format!("{:08x}", placeholder::VERSION ^ lists ^ genre::VERSION.rotate_left(4) ^ slips)
}

/// What speaks for a draft being no official prose, and against it, the weightiest first; `None` where it is
/// said what it is, or is too short to tell.
pub fn genre(analysis: &Analysis) -> Option<Vec<(&'static str, i32)>> {
    let Totals { genre, letters, spoken, .. } = analysis.totals();
    let asked = analysis.options().official.is_none() && genre.is_enough(spoken);
    asked.then(|| genre.reasons(letters, spoken).into_iter().take(NAMED).collect())
}

/// How many features are named.
const NAMED: usize = 5;

/// Why line `n` was read as it was.
pub fn why(analysis: &Analysis, lines: &dyn Lines, n: usize) -> Why {
    let blanks = blanks(analysis, lines, n);
    Why { blanks, ..of_ordinals(analysis, lines, n) }
}

fn blanks(analysis: &Analysis, lines: &dyn Lines, n: usize) -> Vec<Blank> {
    let Some(paragraph) = analysis.paragraph(n).filter(|p| !p.placeholders.is_empty()) else { return Vec::new() };
    let (draft, text) = (analysis.blanks(), lines.line(n));
    let blank = |p: &placeholder::Placeholder| Blank {
        range: p.range,
        text: p.unit.of(&text).to_owned(),
        account: placeholder::account(&draft, p),
    };
    paragraph.placeholders.iter().map(blank).collect()
}

fn of_ordinals(analysis: &Analysis, lines: &dyn Lines, n: usize) -> Why {
    let Some((speech, base)) = analysis.speech_at(n) else { return Why::default() };
    let Some((_, speech)) = analysis.speeches().nth(speech) else { return Why::default() };
    let outline = &speech.outline;
    let local = (n - base) as u32;
    let Some(structure) = speech.lines[local as usize].structure() else { return Why::default() };
    let text = lines.line(n);
    let all = structure.head.iter().chain(structure.alternative.as_deref()).chain(&structure.inline);
    let ordinals = |list: u32| -> Vec<String> {
        outline.markers(list, &speech.lines).iter().map(|marker| marker_name(&marker.text)).collect()
    };
    let counts = structure.announcements.iter().zip(0..).map(|(a, n)| {
        let binding = outline.bindings.iter().find(|b| (b.line, b.announcement) == (local, n));
        Count {
            range: a.range,
            text: a.text.to_string(),
            count: a.count,
            counted: binding.map(|b| (b.actual, b.list.map(ordinals).unwrap_or_default())),
            agrees: binding.is_some_and(Binding::agrees),
        }
    });
    let counts = counts.collect();
    let candidates = all
        .map(|m| {
            let node = outline.nodes.iter().find(|node| node.line == local && node.marker == m.range);
            let list = node.and_then(|node| node.list).map(ordinals);
            let place = place(&text, m, structure.start as usize);
            Candidate {
                range: m.range,
                text: marker_name(&m.text),
                family: m.family.name(),
                value: m.value,
                price: m.price,
                toll: m.toll,
                evidence: meanings(evidence::reasons(m, place)),
                list,
            }
        })
        .collect();
    let items_of = |list: u32| outline.lists[list as usize].items.iter().map(|&i| &outline.nodes[i as usize]);
    let touches = |list: u32| items_of(list).any(|node| node.line == local);
    let blamed = |fault: &faults::Fault| {
        let items = &outline.lists[fault.list as usize].items;
        items.get(fault.defect.place()).map(|&item| outline.nodes[item as usize].line)
    };
    let broken = outline
        .faults
        .iter()
        .enumerate()
        .filter(|(_, fault)| touches(fault.list))
        .map(|(i, fault)| {
            let values = outline.values(fault.list, &speech.lines);
            let features = faults::features_of(outline, &speech.lines, i);
            let mut features = faults::contributions(&features);
            features.sort_by_key(|(_, points)| std::cmp::Reverse(points.abs()));
            features.truncate(NAMED);
            let here = items_of(fault.list).filter(|node| node.line == local).map(|node| node.marker);
            Broken {
                range: here.reduce(|a, b| Range { start: a.start, end: b.end }).unwrap_or_default(),
                line: base as u32 + blamed(fault).unwrap_or(local),
                ordinals: ordinals(fault.list),
                margin: sequence::explained(&values).margin,
                values,
                defect: fault.defect.clone(),
                points: fault.points,
                features,
                verdict: fault.verdict,
            }
        })
        .collect();
    Why { blanks: Vec::new(), counts, candidates, broken }
}

/// The rows of the table of evidence by what they mean.
fn meanings(rows: Vec<(&'static str, &'static str, i16)>) -> Vec<(&'static str, i16)> {
    rows.into_iter().map(|(place, name, points)| (evidence::meaning(place, name).unwrap_or(name), points)).collect()
}

fn place(line: &str, m: &Marker, start: usize) -> Place {
    let at = m.range.start as usize;
    if at <= start {
        return Place::Head;
    }
    let behind = line.get(..at).map_or(0, |head| head.trim_end_matches(is_space).len());
    match before(line, behind) {
        Some('、') => Place::Pause,
        Some('，' | ',') => Place::Comma,
        Some(c) if is_clause_end(c) => Place::Clause,
        Some(c) if crate::text::chars::is_boundary(c) => Place::Quote,
        Some('*' | '.') | None => Place::Clause,
        _ => Place::Word,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::analysis::Markup;
    use crate::settings::Settings;
    use crate::text::Flat;

    #[test]
    fn the_price_is_the_sum_of_the_evidence() {
        let text = "要求：一是抓早，二要抓小，四要抓了。一手抓防汛。";
        let lines = Flat::new(text);
        let analysis = Analysis::new(&lines, Markup::Plain, &Arc::new(Settings::default()));
        let why = why(&analysis, &lines, 0);
        assert_eq!(why.candidates.len(), 3);
        for c in &why.candidates {
            assert_eq!(c.evidence.iter().map(|(_, points)| points).sum::<i16>(), c.price, "{}", c.text);
        }
    }

    #[test]
    fn a_broken_list_says_why() {
        let text = "做到：一是抓早，二是抓小，四是抓了，五是抓好。";
        let lines = Flat::new(text);
        let analysis = Analysis::new(&lines, Markup::Plain, &Arc::new(Settings::default()));
        let why = why(&analysis, &lines, 0);
        assert_eq!(why.broken.len(), 1);
        assert_eq!(why.broken[0].verdict, Verdict::Report);
        assert!(!why.broken[0].features.is_empty());
    }
}
