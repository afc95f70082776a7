//! The candidates inside a paragraph: which of them count, where their headings end, and in which
//! quotation they stand.

use std::sync::LazyLock;

use memchr::memmem;
use rustc_hash::FxHashMap;

use super::marker::{Family, Marker};
use super::ordinals;
use crate::lexicon::LIST_NOUN;
use crate::text::Range;
use crate::text::chars::{before, is_clause_end, is_han, is_space, opening_of};

/// 主要原因一是……；二是……: an ordinal behind a word is a candidate where the next of its kind lacks it, or
/// where the word leads to a list.
pub(super) fn behind_words(line: &str, start: usize, head: Option<&Marker>, inline: &mut Vec<Marker>) {
    static FIRST: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("一是"));
    let has_first = |family: Family| inline.iter().chain(head).any(|m| m.family == family && m.value == 1);
    let second = inline.iter().find(|m| m.value == 2 && m.scope == 0 && matches!(m.family, Family::Verb('是' | '要')));
    let behind_noun =
        |at: &usize| before(line, *at).is_some_and(|c| is_han(c) && !"第之其万唯专同统单每某任不十".contains(c));
    let found = match second {
        Some(m) if !has_first(m.family) => {
            let word = if m.family == Family::Verb('要') { "一要" } else { "一是" };
            let end = m.range.start as usize;
            line[start..end].match_indices(word).map(|(at, _)| start + at).filter(behind_noun).last()
        }
        // 最主要的原因一是…… goes on in the next paragraph.
        None if !has_first(Family::Verb('是')) => {
            FIRST.find_iter(&line.as_bytes()[start..]).map(|at| start + at).find(|&at| LIST_NOUN.ends_at(line, at))
        }
        _ => None,
    };
    if let Some(first) = found.and_then(|at| ordinals::behind_word(line, at)) {
        let place = inline.partition_point(|m| m.range.start < first.range.start);
        inline.insert(place, first);
    }
}

/// What a candidate is worth at least that counts without company in its paragraph: another paragraph may
/// go on with it.
const ALONE: i16 = 55;

/// Lets go of candidates that no reading can take: those that are worth nothing, and in a paragraph that
/// is not `short` (where wrapped text may hold the others) those without company that are worth little.
pub(super) fn keep_candidates(line: &str, inline: &mut Vec<Marker>, head: Option<&Marker>, short: bool) {
    inline.retain(|m| m.price > 0);
    let mut company: FxHashMap<Family, u32> = FxHashMap::default();
    for m in inline.iter().chain(head) {
        *company.entry(m.family).or_default() += 1;
    }
    inline.retain(|m| match m.family {
        Family::Verb('是' | '要') | Family::Nth | Family::NthVerb(_) | Family::First => {
            short || m.price >= ALONE || company[&m.family] > 1
        }
        // 会议决定，一、……
        Family::Chinese | Family::ChineseParen | Family::ArabicParen | Family::Arabic | Family::Circled => {
            company[&m.family] > 1 || m.value == 1 || short || begins_paragraph(line, m)
        }
        // 第三个问题，……: the questions before have paragraphs of their own.
        Family::NthNoun(_) if m.doubt.is_none() => company[&m.family] > 1 || m.price >= ALONE,
        _ => company[&m.family] > 1 || short && m.price >= ALONE,
    });
}

/// 化解乡村债务。　　（四）加快……: a paragraph that has run into the one before it.
fn begins_paragraph(line: &str, marker: &Marker) -> bool {
    let before = &line[..marker.range.start as usize];
    let text = before.trim_end_matches(is_space);
    let gap = &before[text.len()..];
    text.ends_with(is_clause_end) && (gap.contains('\u{3000}') || gap.chars().count() > 1)
}

/// Ends each heading before the next ordinal of its kind: 一要吃饭，二要建设.
pub(super) fn part_headings(line: &str, head: Option<&mut Marker>, inline: &mut [Marker]) {
    let mut next: FxHashMap<(Family, u32), u32> = FxHashMap::default();
    let mut cut = |m: &mut Marker| {
        // 是 and 要 stand in for each other in one list.
        let kind = if m.family == Family::Verb('要') { Family::Verb('是') } else { m.family };
        let Some(start) = next.insert((kind, m.scope), m.range.start) else { return };
        if start < m.title.end && start >= m.title.start {
            let text = line.get(m.title.start as usize..start as usize).unwrap_or("");
            let text =
                text.trim_end_matches(|c| is_clause_end(c) || is_space(c) || matches!(c, '，' | ',' | '、' | '.'));
            m.title = Range::new(m.title.start as usize, m.title.start as usize + text.len());
            m.heading = text.into();
            m.own_line = false;
        }
    };
    inline.iter_mut().rev().for_each(&mut cut);
    head.into_iter().for_each(cut);
}

/// Sets the innermost closed quotation or bracket that each marker stands in. One that is never
/// closed counts for nothing.
pub(super) fn assign_scopes(line: &str, markers: &mut [Marker]) {
    let mut open: Vec<(char, u32, Vec<usize>)> = Vec::new();
    let mut next = 0;
    for (at, c) in line.char_indices() {
        while next < markers.len() && markers[next].range.end as usize <= at {
            if let Some((_, _, inside)) = open.last_mut() {
                inside.push(next);
            }
            next += 1;
        }
        // The brackets of （一） itself.
        if next < markers.len() && at >= markers[next].range.start as usize {
            continue;
        }
        if matches!(c, '“' | '‘' | '「' | '『' | '（' | '(' | '《') {
            open.push((c, at as u32, Vec::new()));
            continue;
        }
        let Some(wanted) = opening_of(c) else { continue };
        let Some(level) = open.iter().rposition(|(o, ..)| *o == wanted || wanted == '（' && *o == '(') else {
            continue;
        };
        let mut inside = Vec::new();
        let mut start = 0;
        for (i, (_, at, list)) in open.drain(level..).enumerate() {
            inside.extend(list);
            if i == 0 {
                start = at;
            }
        }
        for i in inside {
            // Offset 0 means outside; a quotation at the very start counts as byte 1.
            if markers[i].scope == 0 {
                markers[i].scope = start.max(1);
            }
        }
    }
}
