//! What a change broke: what the rules find now and did not find before, and what both versions show together: a
//! fact that was changed at one of its places, a reference that leads elsewhere, a short name that nothing defines.

use memchr::memmem;
use rustc_hash::{FxHashMap, FxHashSet};

use super::consequence::{Consequence, What, differs, figures, prose, span_of};
use super::lists::{self, Disorder, Kept};
use super::{Change, Kind, Row, Version};
use crate::features::references::{Reference, references};
use crate::features::short_names;
use crate::locale::Locale;
use crate::numeral;
use crate::rules::{Diagnostic, diagnostics};
use crate::settings::Severity;
use crate::text::chars::{after, before, is_han};
use crate::text::{Range, Span};

pub(super) fn consequences(
    old: Version,
    new: Version,
    rows: &[Row],
    changes: &[Change],
    locale: Locale,
) -> Vec<Consequence> {
    let kept = Kept::of(rows);
    let disorders = lists::disorders(old, new, &kept, locale);
    let mut found = by_rules(old, new, &kept, &disorders, locale);
    let ordinals: FxHashSet<u32> =
        found.iter().filter(|found| found.what == What::Ordinal).map(|found| found.span.start.line).collect();
    let known: FxHashSet<(What, u32)> = found.iter().map(|found| (found.what, found.span.start.line)).collect();
    let mut others = facts(old, new, rows, changes, locale);
    let unsaid = disorders.into_iter().filter(|list| list.items.is_disjoint(&ordinals));
    others.extend(unsaid.map(|list| list.consequence));
    others.extend(led_astray(old, new, &kept, locale));
    others.extend(undefined(old, new, locale));
    others.extend(lists::miscounted(old, new, &kept, locale));
    others.extend(super::follow::unfollowed(old, new, rows, locale));
    others.retain(|other| !known.contains(&(other.what, other.span.start.line)));
    found.extend(others);
    found.sort_by_key(|found| (found.span, found.what));
    found.dedup_by(|b, a| a.span == b.span && a.what == b.what);
    found
}

/// What the rules find in the new version and did not find in the old one.
fn by_rules(old: Version, new: Version, kept: &Kept, disorders: &[Disorder], locale: Locale) -> Vec<Consequence> {
    let found = |version: Version| diagnostics(version.analysis, version.lines, version.settings, locale, usize::MAX);
    // A blank is known by its text, other findings by their line or by what is said of them.
    let text = |version: Version, found: &Diagnostic| match found.rule.is_about_blanks() {
        true => version.lines.text(found.span),
        false => String::new(),
    };
    let mut here: FxHashMap<(&str, Option<u32>, String), u32> = FxHashMap::default();
    let mut said: FxHashMap<(&str, String), u32> = FxHashMap::default();
    for found in found(old).iter().filter(|found| What::of(found).is_some()) {
        let line = kept.now.get(&found.span.start.line).copied();
        *here.entry((found.rule.code, line, text(old, found))).or_default() += 1;
        if !found.rule.is_about_blanks() {
            *said.entry((found.rule.code, found.message.clone())).or_default() += 1;
        }
    }
    // The list that is out of order is read as several: their numbers of items say nothing.
    let is_of_disorder = |found: &Diagnostic| {
        let lists = || disorders.iter().filter(|list| list.is_whole);
        found.related.iter().any(|related| lists().any(|list| list.items.contains(&related.span.start.line)))
    };
    let mut left = Vec::new();
    for found in found(new) {
        // What was there before and is blank now is one, whatever it looks like.
        let is_blanked = found.rule.is_about_blanks() && kept.lines.contains(&found.span.start.line);
        let counts = found.severity <= Severity::Information || is_blanked;
        let Some(what) = What::of(&found).filter(|_| counts) else { continue };
        if what == What::Count && is_of_disorder(&found) {
            continue;
        }
        let key = (found.rule.code, Some(found.span.start.line), text(new, &found));
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

/// Whether a figure alone tells what it is a figure of.
fn is_telling(figure: &str) -> bool {
    const DIGITS: usize = 3;
    let is_year = figure.strip_suffix('年').is_some_and(|year| year.len() == 4);
    let digits = figure.bytes().filter(u8::is_ascii_digit).count();
    !is_year && (digits >= DIGITS || figure.ends_with('日') && figure.contains('月'))
}

/// The words before a figure.
fn words_before(text: &str, at: u32) -> &str {
    const WORDS: usize = 4;
    let head = &text[..at as usize];
    let from = head.char_indices().rev().take(WORDS).last().map_or(at as usize, |(at, _)| at);
    &head[from..]
}

/// The words behind a figure of things: 竞赛项目 behind 26个. Fewer tell nothing.
fn words_behind(text: &str, range: Range) -> &str {
    const WORDS: usize = 4;
    let tail = &text[range.end as usize..];
    let len = tail.char_indices().take_while(|(_, c)| is_han(*c)).nth(WORDS - 1).map_or(0, |(at, c)| at + c.len_utf8());
    let is_long = range.of(text).bytes().filter(u8::is_ascii_digit).count() > 1;
    if is_long { &tail[..len] } else { "" }
}

/// One place of a fact.
struct Place {
    line: u32,
    range: Range,
    around: Around,
}

/// The words before and behind a figure.
struct Around {
    before: String,
    behind: String,
}

impl Around {
    fn of(text: &str, range: Range) -> Self {
        let (before, behind) = (words_before(text, range.start), words_behind(text, range));
        Self { before: before.to_owned(), behind: behind.to_owned() }
    }

    /// Both are figures of one thing.
    fn is_like(&self, other: &Self) -> bool {
        self.before == other.before || !self.behind.is_empty() && self.behind == other.behind
    }
}

/// A figure as it is written in Chinese, and where it stands in a text: 百分之六 for 6%.
fn spoken(text: &str, figure: &str) -> Vec<Range> {
    let token = numeral::token(figure);
    let Some(said) = numeral::aloud(token).filter(|said| said.chars().nth(1).is_some()) else { return Vec::new() };
    let said = said + &figure[token.len()..];
    let is_part = |c: Option<char>| c.is_some_and(|c| numeral::is_chinese(c) || c == '点');
    let places = memmem::find_iter(text.as_bytes(), said.as_bytes()).map(|at| Range::new(at, at + said.len()));
    places
        .filter(|range| !is_part(before(text, range.start as usize)) && !is_part(after(text, range.end as usize)))
        .collect()
}

/// Facts that were changed at one place and stand as before at another.
fn facts(old: Version, new: Version, rows: &[Row], changes: &[Change], locale: Locale) -> Vec<Consequence> {
    // The paragraphs that both versions have with the same figures in them tell what has stayed.
    let mut stayed: FxHashMap<String, Vec<Place>> = FxHashMap::default();
    let mut edited: FxHashMap<u32, Vec<&Change>> = FxHashMap::default();
    for change in changes.iter().filter(|change| change.kind.is_fact()) {
        edited.entry(change.old.start.line).or_default().push(change);
    }
    if edited.is_empty() {
        return Vec::new();
    }
    let mut wanted: Vec<(String, String, &Change, Around)> = Vec::new();
    let mut texts: Vec<(u32, String, String)> = Vec::new();
    for row in rows {
        let (Some(old_line), Some(new_line)) = (row.old, row.new) else { continue };
        let text = prose(new, new_line);
        let before = prose(old, old_line);
        let old_figures = figures(&before);
        for (figure, range) in figures(&text) {
            if old_figures.iter().any(|(known, _)| *known == figure) {
                let around = Around::of(&text, range);
                stayed.entry(figure).or_default().push(Place { line: new_line, range, around });
            }
        }
        for change in edited.get(&old_line).into_iter().flatten() {
            wanted.extend(figure_of(old, new, change, (&before, &text), &old_figures));
        }
        texts.push((new_line, before, text));
    }
    for (from, ..) in &wanted {
        for (line, _, text) in texts.iter().filter(|(_, before, _)| !spoken(before, from).is_empty()) {
            let places = stayed.entry(from.clone()).or_default();
            for range in spoken(text, from) {
                if !places.iter().any(|place| place.line == *line && place.range == range) {
                    places.push(Place { line: *line, range, around: Around::of(text, range) });
                }
            }
        }
    }
    let mut found = Vec::new();
    for (from, to, change, around) in wanted {
        let places = stayed.get(&from).into_iter().flatten();
        for place in places.filter(|place| is_telling(&from) || place.around.is_like(&around)) {
            let span = span_of(new, place.line, place.range);
            if span.overlaps(change.new) {
                continue;
            }
            let what = if change.kind == Kind::Date { What::Date } else { What::Figure };
            found.push(Consequence { what, rule: None, span, message: differs(&from, &to, locale) });
        }
    }
    found.extend(names(new, changes, locale));
    found
}

/// The figure that a change changed, what it is now, and the words before it.
fn figure_of<'a>(
    old: Version,
    new: Version,
    change: &'a Change,
    (before, after): (&str, &str),
    figures_before: &[(String, Range)],
) -> Option<(String, String, &'a Change, Around)> {
    if !matches!(change.kind, Kind::Figure | Kind::Date) || change.before.is_empty() {
        return None;
    }
    let of_line = |version: Version, span: Span| {
        let range = Range { start: span.start.byte, end: span.end.byte };
        version.analysis.paragraph(span.start.line as usize).map_or(range, |paragraph| paragraph.of_line(range))
    };
    let meets = |figure: Range, range: Range| figure.start <= range.start && range.start < figure.end;
    let here = of_line(old, change.old);
    let (from, range) = figures_before.iter().find(|(_, figure)| meets(*figure, here))?;
    let there = of_line(new, change.new);
    let to = figures(after).into_iter().find(|(_, figure)| meets(*figure, there))?.0;
    (*from != to).then(|| (from.clone(), to, change, Around::of(before, *range)))
}

/// Names that were replaced at one place and stand at another.
fn names(new: Version, changes: &[Change], locale: Locale) -> Vec<Consequence> {
    // So many names are looked for.
    const MOST: usize = 50;
    let mut replaced: Vec<(&str, &str)> = Vec::new();
    for change in changes.iter().filter(|change| change.kind == Kind::Name) {
        let pair = (change.before.as_str(), change.after.as_str());
        let is_name = |name: &str| (2..=4).contains(&name.chars().count()) && name.chars().all(is_han);
        if is_name(pair.0) && is_name(pair.1) && !replaced.contains(&pair) && replaced.len() < MOST {
            replaced.push(pair);
        }
    }
    let mut found = Vec::new();
    for (n, paragraph) in new.analysis.paragraphs().filter(|_| !replaced.is_empty()) {
        let line = new.lines.line(n);
        let text = paragraph.reading(&line).0;
        for (from, to) in &replaced {
            for at in memmem::find_iter(text.as_bytes(), from.as_bytes()) {
                let span = Span::in_line(n as u32, paragraph.to_line(Range::new(at, at + from.len())));
                found.push(Consequence { what: What::Name, rule: None, span, message: differs(from, to, locale) });
            }
        }
    }
    found
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
fn led_astray(old: Version, new: Version, kept: &Kept, locale: Locale) -> Vec<Consequence> {
    let now = named(new);
    let mut found = Vec::new();
    for (reference, target, text) in named(old) {
        let Some(line) = kept.now.get(&reference.line).copied() else { continue };
        let here = now.iter().find(|(other, _, same)| other.line == line && *same == text);
        let heading = heading(old, target);
        match here {
            // It names what it named.
            Some((_, there, _)) if kept.now.get(&target) == Some(there) => {}
            Some((other, there, _)) => {
                let now = self::heading(new, *there);
                let message = locale.pick(
                    format!("“{text}”原来指“{heading}”，现在指“{now}”"),
                    format!("「{text}」原來指「{heading}」，現在指「{now}」"),
                    format!("‘{text}’ was ‘{heading}’ and is ‘{now}’ now"),
                );
                found.push(Consequence {
                    what: What::Reference,
                    rule: None,
                    span: Span::in_line(line, other.range),
                    message,
                });
            }
            None => {
                let content = new.lines.line(line as usize);
                let Some(at) = content.find(&text) else { continue };
                let message = locale.pick(
                    format!("“{text}”原来指“{heading}”，现在没有所指的了"),
                    format!("「{text}」原來指「{heading}」，現在沒有所指的了"),
                    format!("‘{text}’ was ‘{heading}’, which is gone"),
                );
                let span = Span::in_line(line, Range::new(at, at + text.len()));
                found.push(Consequence { what: What::Reference, rule: None, span, message });
            }
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

/// Short names whose definition is gone, where they are first used.
fn undefined(old: Version, new: Version, locale: Locale) -> Vec<Consequence> {
    let before = short_names::defined(old.analysis, old.lines);
    if before.is_empty() {
        return Vec::new();
    }
    let now: FxHashSet<String> =
        short_names::defined(new.analysis, new.lines).into_iter().map(|(name, _)| name).collect();
    let mut gone: Vec<String> = before.into_iter().map(|(name, _)| name).filter(|name| !now.contains(name)).collect();
    let mut found = Vec::new();
    for (n, paragraph) in new.analysis.paragraphs() {
        let line = new.lines.line(n);
        let text = paragraph.reading(&line).0;
        gone.retain(|name| {
            let Some(range) = short_names::first_use(text, name) else { return true };
            let message = locale.pick(
                format!("简称“{name}”的说明删掉了，这里还在用"),
                format!("簡稱「{name}」的說明刪掉了，這裡還在用"),
                format!("the short name ‘{name}’ is not defined any more"),
            );
            let span = Span::in_line(n as u32, paragraph.to_line(range));
            found.push(Consequence { what: What::ShortName, rule: None, span, message });
            false
        });
    }
    found
}
