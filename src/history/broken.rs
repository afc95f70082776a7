//! What a change broke: what the rules find now and did not find before, and what both versions show together: a
//! fact that was changed at one of its places, a reference that leads elsewhere, a short name that nothing defines.

use rustc_hash::{FxHashMap, FxHashSet};

use super::consequence::{Consequence, What, prose, span_of};
use super::facts::Both;
use super::lists::{self, Disorder, Kept};
use super::{Row, Version, arithmetic, blanks, left, ratios, spans};
use crate::features::references::{Reference, references};
use crate::features::short_names;
use crate::locale::Locale;
use crate::rules::{Diagnostic, diagnostics};
use crate::settings::Severity;
use crate::text::{Range, Span};

pub(super) fn consequences(
    old: Version,
    new: Version,
    rows: &[Row],
    lines: &[Both],
    locale: Locale,
) -> Vec<Consequence> {
    let kept = Kept::of(rows);
    let disorders = lists::disorders(old, new, &kept, locale);
    let mut found = by_rules((old, new), lines, &kept, &disorders, locale);
    let ordinals: FxHashSet<u32> =
        found.iter().filter(|found| found.what == What::Ordinal).map(|found| found.span.start.line).collect();
    // What is one fault of a paragraph is told once; of facts there may be several.
    let is_fact = |what: What| matches!(what, What::Figure | What::Date | What::Name);
    let known: Vec<(What, Span)> = found.iter().map(|found| (found.what, found.span)).collect();
    let is_known = |other: &Consequence| {
        let same = known.iter().filter(|(what, span)| *what == other.what && span.start.line == other.span.start.line);
        same.into_iter().any(|(what, span)| !is_fact(*what) || span.overlaps(other.span))
    };
    let mut others = left::left(new, lines, locale);
    others.extend(arithmetic::unfollowed(new, lines, locale));
    others.extend(ratios::unfollowed(new, lines, locale));
    others.extend(spans::unfollowed(new, lines, locale));
    let unsaid = disorders.into_iter().filter(|list| list.items.is_disjoint(&ordinals));
    others.extend(unsaid.map(|list| list.consequence));
    others.extend(led_astray((old, new), lines, &kept, locale));
    others.extend(undefined(old, new, locale));
    others.extend(lists::miscounted(old, new, &kept, locale));
    others.extend(super::follow::unfollowed((old, new), lines, rows, &kept, locale));
    others.retain(|other| !is_known(other));
    found.extend(others);
    found.sort_by_key(|found| (found.span, found.what));
    found.dedup_by(|b, a| a.span == b.span && a.what == b.what);
    found
}

/// What the rules find in the new version and did not find in the old one.
fn by_rules(
    (old, new): (Version, Version),
    lines: &[Both],
    kept: &Kept,
    disorders: &[Disorder],
    locale: Locale,
) -> Vec<Consequence> {
    let found = |version: Version| diagnostics(version.analysis, version.lines, version.settings, locale, usize::MAX);
    // A finding is known by its line or by what is said of it. What was wrong and is wrong otherwise has been broken
    // again.
    let text = |found: &Diagnostic| match found.rule.code {
        "sum-mismatch" | "rate-mismatch" => found.message.clone(),
        _ => String::new(),
    };
    let (before, after) = (found(old), found(new));
    let mut blanks = blanks::came((old, &before), (new, &after), lines, kept);
    let mut here: FxHashMap<(&str, Option<u32>, String), u32> = FxHashMap::default();
    let mut said: FxHashMap<(&str, String), u32> = FxHashMap::default();
    for found in before.iter().filter(|found| What::of(found.rule).is_some_and(|what| what != What::Blank)) {
        let line = kept.now.get(&found.span.start.line).copied();
        *here.entry((found.rule.code, line, text(found))).or_default() += 1;
        *said.entry((found.rule.code, found.message.clone())).or_default() += 1;
    }
    // The list that is out of order is read as several: their numbers of items say nothing.
    let is_of_disorder = |found: &Diagnostic| {
        let lists = || disorders.iter().filter(|list| list.is_whole);
        found.related.iter().any(|related| lists().any(|list| list.items.contains(&related.span.start.line)))
    };
    let mut left = Vec::new();
    for found in after {
        // What was there before and is blank now is one, whatever it looks like.
        let is_blanked = found.rule.is_about_blanks() && kept.was.contains_key(&found.span.start.line);
        let counts = found.severity <= Severity::Information || is_blanked;
        let Some(what) = What::of(found.rule).filter(|_| counts) else { continue };
        if what == What::Blank {
            if blanks.remove(&found.span) {
                left.push((what, found));
            }
            continue;
        }
        if what == What::Count && is_of_disorder(&found) {
            continue;
        }
        let key = (found.rule.code, Some(found.span.start.line), text(&found));
        match here.get_mut(&key).filter(|count| **count > 0) {
            Some(count) => *count -= 1,
            None => left.push((what, found)),
        }
    }
    left.retain(|(_, found)| match said.get_mut(&(found.rule.code, found.message.clone())) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    });
    let consequence = |(what, found): (What, Diagnostic)| Consequence {
        what,
        rule: Some(found.rule.code),
        span: found.span,
        message: found.message,
    };
    left.into_iter().map(consequence).collect()
}

/// What a reference names, by line of the reference and its text.
type Named = Vec<(Reference, u32, String)>;

fn named(version: Version) -> Named {
    let mut all = Vec::new();
    for (base, speech) in version.analysis.speeches() {
        for reference in references(speech, base as u32, version.lines) {
            let node = &speech.outline.nodes[reference.target as usize];
            let line = base as u32 + reference.line;
            let text = reference.range.of(&version.lines.line(line as usize)).to_owned();
            let reference = Reference { line, ..reference };
            all.push((reference, base as u32 + node.line, text));
        }
    }
    all
}

/// References that name another item than before, or none.
fn led_astray((old, new): (Version, Version), lines: &[Both], kept: &Kept, locale: Locale) -> Vec<Consequence> {
    let now = named(new);
    let mut found = Vec::new();
    let mut push = |line: u32, range: Range, was: u32, is: Option<u32>| {
        let span = Span::in_line(line, range);
        let (text, meant) = (new.lines.text(span), heading(old, was));
        let message = match is.map(|line| heading(new, line)) {
            Some(now) => locale.pick(
                format!("“{text}”原来指“{meant}”，现在指“{now}”"),
                format!("「{text}」原來指「{meant}」，現在指「{now}」"),
                format!("‘{text}’ was ‘{meant}’ and is ‘{now}’ now"),
            ),
            None => locale.pick(
                format!("“{text}”原来指“{meant}”，现在没有所指的了"),
                format!("「{text}」原來指「{meant}」，現在沒有所指的了"),
                format!("‘{text}’ was ‘{meant}’, which is gone"),
            ),
        };
        found.push(Consequence { what: What::Reference, rule: None, span, message });
    };
    // What the outline knows to be a reference, it knows best.
    let mut known: Vec<(u32, Range)> = now.iter().map(|(reference, ..)| (reference.line, reference.range)).collect();
    for (reference, target, text) in named(old) {
        let Some(line) = kept.now.get(&reference.line).copied() else { continue };
        let here = now.iter().find(|(other, _, same)| other.line == line && *same == text);
        match here {
            // It names what it named.
            Some((_, there, _)) if kept.now.get(&target) == Some(there) => {}
            Some((other, there, _)) => push(line, other.range, target, Some(*there)),
            None => {
                let content = new.lines.line(line as usize);
                let Some(at) = content.find(&text) else { continue };
                let range = Range::new(at, at + text.len());
                known.push((line, range));
                push(line, range, target, None);
            }
        }
    }
    for told in lists::misled(old, new, lines, kept) {
        let range = span_of(new, told.line, told.range);
        let range = Range { start: range.start.byte, end: range.end.byte };
        let is_known =
            known.iter().any(|(line, other)| *line == told.line && other.start < range.end && range.start < other.end);
        if !is_known {
            push(told.line, range, told.was, told.is);
        }
    }
    found
}

/// The heading in a line, as far as it is read at a glance.
fn heading(version: Version, line: u32) -> String {
    const GLANCE: usize = 16;
    let text = prose(version, line);
    let first = text.trim().split(['。', '；']).next().unwrap_or_default();
    match first.char_indices().nth(GLANCE) {
        Some((at, _)) => format!("{}…", &first[..at]),
        None => first.to_owned(),
    }
}

/// Short names whose definition is gone or stands behind their first use, where they are first used.
fn undefined(old: Version, new: Version, locale: Locale) -> Vec<Consequence> {
    let before = short_names::defined(old.analysis, old.lines);
    if before.is_empty() {
        return Vec::new();
    }
    let now: FxHashMap<String, u32> = short_names::defined(new.analysis, new.lines).into_iter().collect();
    let mut found = Vec::new();
    for (name, defined) in before {
        let was = first_use(old, &name, Some(defined));
        let (place, message) = match now.get(&name) {
            None => (
                first_use(new, &name, None),
                locale.pick(
                    format!("简称“{name}”的说明删掉了，这里还在用"),
                    format!("簡稱「{name}」的說明刪掉了，這裡還在用"),
                    format!("the short name ‘{name}’ is not defined any more"),
                ),
            ),
            Some(line) if was.is_none() => {
                let n = line + 1;
                (
                    first_use(new, &name, Some(*line)),
                    locale.pick(
                        format!("简称“{name}”第 {n} 行才说明，这里先用了"),
                        format!("簡稱「{name}」第 {n} 行才說明，這裡先用了"),
                        format!("the short name ‘{name}’ is used before line {n} defines it"),
                    ),
                )
            }
            Some(_) => continue,
        };
        found.extend(place.map(|span| Consequence { what: What::ShortName, rule: None, span, message }));
    }
    found
}

/// Where a short name is first used, before a line if one is given.
fn first_use(version: Version, name: &str, until: Option<u32>) -> Option<Span> {
    let paragraphs = version.analysis.paragraphs().take_while(|(n, _)| until.is_none_or(|until| (*n as u32) < until));
    paragraphs.into_iter().find_map(|(n, paragraph)| {
        let line = version.lines.line(n);
        let range = short_names::first_use(paragraph.reading(&line).0, name)?;
        Some(Span::in_line(n as u32, paragraph.to_line(range)))
    })
}
