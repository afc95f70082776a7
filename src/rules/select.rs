//! Which findings are shown: all, or the most severe of too many.

use std::ops::RangeInclusive;
use std::sync::{Arc, PoisonError};
use std::thread::available_parallelism;

use rustc_hash::FxHashMap;

use super::judge::{Judge, placeholder_of, shown_as};
use super::message::Renderer;
use super::suppression::{Suppressions, passed_over};
use super::{Active, Check, Diagnostic, RULES, Rule, findings, hits, message, phrases};
use crate::analysis::{Analysis, Counts, Finding, Speech};
use crate::lexicon::own;
use crate::locale::Locale;
use crate::paragraph::{Hit, Paragraph};
use crate::placeholder::Category;
use crate::settings::{Settings, Severity};
use crate::text::{Lines, Range, Span};

/// Drafts of more lines are looked at by several threads.
const LARGE: usize = 2000;

/// What a selection is made from.
pub(super) struct Selection<'a> {
    pub analysis: &'a Analysis,
    lines: &'a dyn Lines,
    active: Active<'a>,
    /// Every paragraph may have findings.
    reads_text: bool,
    /// The text is no official prose: there are hints at most.
    is_other: bool,
}

impl<'a> Selection<'a> {
    pub(super) fn new(analysis: &'a Analysis, lines: &'a dyn Lines, settings: &'a Settings) -> Self {
        let active = Active::new(settings);
        let reads_text = active.reads_text();
        Self { analysis, lines, active, reads_text, is_other: analysis.is_other() }
    }
}

/// How many findings of each severity there are, in the order of [`Severity::ALL`]. Nothing is put
/// into words, unless some are passed over.
pub fn counts(analysis: &Analysis, lines: &dyn Lines, settings: &Settings) -> [usize; 4] {
    if !is_plain(analysis, settings) {
        let mut counts = [0; 4];
        for found in diagnostics(analysis, lines, settings, Locale::default(), usize::MAX) {
            counts[message::order(found.severity)] += 1;
        }
        return counts;
    }
    Selection::new(analysis, lines, settings).counts(&mut Judge::of(analysis))
}

/// Nothing is passed over: whatever is found is shown.
pub(super) fn is_plain(analysis: &Analysis, settings: &Settings) -> bool {
    analysis.totals().directives == 0 && !settings.pass_over_findings()
}

/// The findings of the draft in text order. Of more than `limit` the most severe are kept.
pub fn diagnostics(
    analysis: &Analysis,
    lines: &dyn Lines,
    settings: &Settings,
    locale: Locale,
    limit: usize,
) -> Vec<Diagnostic> {
    if !analysis.is_chinese() {
        return Vec::new();
    }
    let locale = super::message_locale(locale, analysis);
    let plain = is_plain(analysis, settings);
    let draft = Selection::new(analysis, lines, settings);
    let mut renderer = Renderer::new(analysis, lines, settings, locale);
    // Filters may drop some, so with filters everything is collected first.
    let chosen = draft.chosen(if plain { limit } else { usize::MAX });
    let mut out: Vec<Diagnostic> = chosen.iter().map(|chosen| draft.spoken(chosen, &mut renderer)).collect();
    if plain {
        return out;
    }
    filter(&mut out, analysis, lines, settings, locale);
    let mut kept = [0; 4];
    for diagnostic in &out {
        kept[message::order(diagnostic.severity)] += 1;
    }
    let mut quota = quotas(kept, limit);
    out.retain(|diagnostic| {
        let left = &mut quota[message::order(diagnostic.severity)];
        let keep = *left > 0;
        *left = left.saturating_sub(1);
        keep
    });
    out
}

/// The first `limit` findings that touch these lines, in text order. What lies elsewhere is put into
/// words only where a suppression on these lines may be of no use.
pub fn diagnostics_in(
    analysis: &Analysis,
    lines: &dyn Lines,
    settings: &Settings,
    locale: Locale,
    on: RangeInclusive<u32>,
    limit: usize,
) -> Vec<Diagnostic> {
    let (first, last) = on.into_inner();
    if !analysis.is_chinese() {
        return Vec::new();
    }
    let on_lines = |from: u32, to: u32| from <= last && first <= to;
    let has_directives = analysis.totals().directives > 0;
    if has_directives
        && analysis
            .paragraphs()
            .skip(first as usize)
            .take_while(|(n, _)| *n <= last as usize)
            .any(|(_, p)| p.directive.is_some())
    {
        let mut all = diagnostics(analysis, lines, settings, locale, usize::MAX);
        all.retain(|d| on_lines(d.span.start.line, d.span.end.line));
        return all;
    }
    let locale = super::message_locale(locale, analysis);
    let draft = Selection::new(analysis, lines, settings);
    let mut renderer = Renderer::new(analysis, lines, settings, locale);
    let mut out = Vec::new();
    for (base, speech) in analysis.speeches() {
        let base = base as u32;
        if !on_lines(base, base + (speech.lines.len() as u32).saturating_sub(1)) {
            continue;
        }
        let mut here: Vec<Found> = draft
            .reported_hits(base as usize, speech)
            .filter(|(n, _)| on_lines(base + n, base + n))
            .map(|(n, hit)| Found::Hit(n, hit))
            .collect();
        here.extend(
            (0..)
                .zip(findings(speech, base as usize, lines, &draft.active).iter())
                .filter(|(_, f)| on_lines(base + f.span.start.line, base + f.span.end.line))
                .map(|(n, finding)| Found::Finding(n, finding)),
        );
        here.sort_by_key(Found::place);
        let room = limit - out.len();
        let chosen = here.into_iter().take(room).map(|found| Chosen { base: base as usize, speech, found });
        out.extend(chosen.map(|chosen| draft.spoken(&chosen, &mut renderer)));
    }
    pass_over(&mut out, analysis, lines, settings);
    out
}

/// Takes out what the draft and the settings ask to pass over.
fn pass_over(found: &mut Vec<Diagnostic>, analysis: &Analysis, lines: &dyn Lines, settings: &Settings) {
    if settings.pass_over_findings() {
        found.retain(|d| passed_over(d, lines, settings).is_none());
    }
    if analysis.totals().directives > 0 {
        let mut suppressions = Suppressions::of(analysis);
        found.retain(|d| !suppressions.covers(d));
    }
}

/// All findings of the draft in text order, also those that are to be passed over.
pub fn unfiltered(analysis: &Analysis, lines: &dyn Lines, settings: &Settings, locale: Locale) -> Vec<Diagnostic> {
    spoken(analysis, lines, settings, locale, usize::MAX, |_| true)
}

/// The findings of one rule, in text order.
pub fn diagnostics_of(
    rule: &Rule,
    analysis: &Analysis,
    lines: &dyn Lines,
    settings: &Settings,
    locale: Locale,
    limit: usize,
) -> Vec<Diagnostic> {
    let mut out = spoken(analysis, lines, settings, locale, limit, |found| std::ptr::eq(found.rule(), rule));
    pass_over(&mut out, analysis, lines, settings);
    out
}

/// The findings that are wanted, in text order and put into words; nothing is passed over.
fn spoken(
    analysis: &Analysis,
    lines: &dyn Lines,
    settings: &Settings,
    locale: Locale,
    limit: usize,
    wanted: impl Fn(&Found<'_>) -> bool,
) -> Vec<Diagnostic> {
    if !analysis.is_chinese() {
        return Vec::new();
    }
    let locale = super::message_locale(locale, analysis);
    let draft = Selection::new(analysis, lines, settings);
    let mut renderer = Renderer::new(analysis, lines, settings, locale);
    let mut judge = Judge::of(analysis);
    let mut out = Vec::new();
    for (base, speech) in analysis.speeches() {
        let here = draft.in_order(base, speech, &mut judge).into_iter().filter(|found| wanted(found));
        let chosen = here.take(limit - out.len()).map(|found| Chosen { base, speech, found });
        out.extend(chosen.map(|chosen| draft.spoken(&chosen, &mut renderer)));
    }
    out
}

/// Which rules found what in the speech that line `n` is in, and on these lines of it in single paragraphs.
/// Exceptions of the draft and the settings are not taken out.
pub fn found_around(
    analysis: &Analysis,
    lines: &dyn Lines,
    settings: &Settings,
    n: u32,
    on: RangeInclusive<u32>,
) -> Vec<super::Found> {
    let Some((speech, base)) = analysis.speech_at(n as usize).filter(|_| analysis.is_chinese()) else {
        return Vec::new();
    };
    let Some((_, speech)) = analysis.speeches().nth(speech) else { return Vec::new() };
    let active = Active::new(settings);
    let mut judge = Judge::of(analysis);
    let mut all = Vec::new();
    for line in on {
        let paragraph = (line as usize).checked_sub(base).and_then(|here| speech.lines.get(here));
        let Some(paragraph) = paragraph else { continue };
        let hits = hits(paragraph, line as usize, lines, &active).iter();
        all.extend(hits.filter_map(|hit| judge.judged(paragraph, hit)).map(|hit| super::Found {
            rule: RULES[hit.rule as usize],
            span: Span::in_line(line, hit.range),
            related: Vec::new(),
        }));
    }
    let place = |span: Span| message::in_draft(span, base as u32, lines);
    all.extend(findings(speech, base, lines, &active).iter().map(|found| super::Found {
        rule: RULES[found.rule as usize],
        span: place(found.span),
        related: found.detail.related.iter().map(|(span, _)| place(*span)).collect(),
    }));
    all
}

/// A finding or a blank, as far as it can be found again in a changed draft.
#[derive(Clone, Copy)]
pub struct Seen {
    /// The rule that found it; a blank has none.
    pub rule: Option<&'static Rule>,
    pub span: Span,
}

impl Seen {
    /// What tells one from another.
    pub fn key(&self) -> (Option<&'static str>, Span) {
        (self.rule.map(|rule| rule.code), self.span)
    }
}

/// What these lines have, and the speeches that they belong to: blanks, and findings of any severity.
/// Exceptions of the draft and the settings are not taken out.
pub fn seen(analysis: &Analysis, lines: &dyn Lines, settings: &Settings, of: &[u32]) -> Vec<Seen> {
    let active = Active::new(settings);
    let speeches: Vec<(usize, &Arc<Speech>)> = analysis.speeches().collect();
    let (blanks, mut judge) = (analysis.blanks(), Judge::of(analysis));
    let mut all = Vec::new();
    let mut looked_at = None;
    for &line in of {
        let Some((number, base)) = analysis.speech_at(line as usize) else { continue };
        let speech = speeches[number].1;
        if looked_at.replace(number) != Some(number) {
            all.extend(findings(speech, base, lines, &active).iter().map(|finding| Seen {
                rule: Some(RULES[finding.rule as usize]),
                span: message::in_draft(finding.span, base as u32, lines),
            }));
        }
        let Some(paragraph) = speech.lines.get(line as usize - base) else { continue };
        let found = hits(paragraph, line as usize, lines, &active).iter();
        all.extend(
            found
                .filter_map(|hit| judge.judged(paragraph, hit))
                .map(|hit| Seen { rule: Some(RULES[hit.rule as usize]), span: Span::in_line(line, hit.range) }),
        );
        let open = paragraph.placeholders.iter().filter(|p| blanks.is_reported(p));
        all.extend(open.map(|blank| Seen { rule: None, span: Span::in_line(line, blank.range) }));
    }
    all
}

/// How many of each severity fit into `limit`, the most severe first.
fn quotas(counts: [usize; 4], limit: usize) -> [usize; 4] {
    let mut left = limit;
    counts.map(|count| {
        let taken = count.min(left);
        left -= taken;
        taken
    })
}

fn filter(found: &mut Vec<Diagnostic>, analysis: &Analysis, lines: &dyn Lines, settings: &Settings, locale: Locale) {
    if settings.pass_over_findings() {
        found.retain(|d| passed_over(d, lines, settings).is_none());
    }
    if analysis.totals().directives > 0 {
        let mut suppressions = Suppressions::of(analysis);
        found.retain(|d| !suppressions.covers(d));
        for rule in RULES {
            if let Check::Findings(judge) = rule.check {
                found.extend(judge(&suppressions, lines, settings, locale));
            }
        }
        found.sort_by_key(|d| d.span);
    }
}

/// A finding that is shown, and the speech that it is in.
pub(super) struct Chosen<'a> {
    pub base: usize,
    pub speech: &'a Arc<Speech>,
    pub found: Found<'a>,
}

/// A finding of either kind.
pub(super) enum Found<'a> {
    Hit(u32, Hit),
    /// By its number in the speech, too.
    Finding(u32, &'a Finding),
}

impl Found<'_> {
    pub(super) fn rule(&self) -> &'static Rule {
        match self {
            Self::Hit(_, hit) => RULES[hit.rule as usize],
            Self::Finding(_, finding) => RULES[finding.rule as usize],
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Self::Hit(_, hit) => hit.severity,
            Self::Finding(_, finding) => finding.severity,
        }
    }

    pub(super) fn place(&self) -> (u32, Range) {
        match self {
            Self::Hit(line, hit) => (*line, hit.range),
            Self::Finding(_, f) => (f.span.start.line, Range { start: f.span.start.byte, end: f.span.end.byte }),
        }
    }

    fn diagnostic(&self, renderer: &mut Renderer<'_>, base: u32, speech: &Speech) -> Diagnostic {
        match self {
            Self::Hit(line, hit) => renderer.hit(&speech.lines[*line as usize], base + line, hit),
            Self::Finding(_, finding) => {
                renderer.finding(base, &speech.lines[finding.span.start.line as usize], finding)
            }
        }
    }
}

impl<'a> Selection<'a> {
    fn shown(&self, severity: Severity) -> Severity {
        if self.is_other { Severity::Hint } else { severity }
    }

    /// The findings that are shown, in text order. Of more than `limit` the most severe are kept.
    pub(super) fn chosen(&self, limit: usize) -> Vec<Chosen<'a>> {
        let mut judge = Judge::of(self.analysis);
        let mut quota = quotas(self.counts(&mut judge), limit);
        let mut out = Vec::new();
        for (base, speech) in self.analysis.speeches() {
            let here = self.speech_counts(base, speech, &mut judge);
            if quota.iter().zip(here).all(|(left, count)| *left == 0 || count == 0) {
                continue;
            }
            for found in self.in_order(base, speech, &mut judge) {
                let left = &mut quota[message::order(self.shown(found.severity()))];
                if *left == 0 {
                    continue;
                }
                *left -= 1;
                out.push(Chosen { base, speech, found });
            }
            if quota.iter().all(|left| *left == 0) {
                break;
            }
        }
        out
    }

    pub(super) fn spoken(&self, chosen: &Chosen<'_>, renderer: &mut Renderer<'_>) -> Diagnostic {
        // What a user's word says may be part of the message.
        let words = self.active.settings.words.as_ref();
        let Chosen { base, speech, found } = chosen;
        let diagnostic = own::with(words, || found.diagnostic(renderer, *base as u32, speech));
        Diagnostic { severity: self.shown(diagnostic.severity), ..diagnostic }
    }

    fn counts(&self, judge: &mut Judge<'_>) -> [usize; 4] {
        if !self.analysis.is_chinese() {
            return [0; 4];
        }
        if self.reads_text && self.analysis.line_count() > LARGE {
            self.look_side_by_side();
        }
        let mut sum = [0; 4];
        for (base, speech) in self.analysis.speeches() {
            for (total, count) in sum.iter_mut().zip(self.speech_counts(base, speech, judge)) {
                *total += count as usize;
            }
        }
        sum
    }

    /// Fills in what the rules find in each speech, by several threads: no speech depends on another.
    fn look_side_by_side(&self) {
        let waiting: Vec<_> = self.analysis.speeches().filter(|(_, speech)| speech.counts.get().is_none()).collect();
        let threads = available_parallelism().map_or(1, usize::from);
        // After a key only the speech that it was typed into waits. A browser has no threads.
        if threads < 2 || waiting.len() < 2 * threads {
            return;
        }
        std::thread::scope(|scope| {
            for part in waiting.chunks(waiting.len().div_ceil(threads)) {
                scope.spawn(move || {
                    for (base, speech) in part {
                        self.counted(*base, speech);
                    }
                });
            }
        });
    }

    /// The findings of the speech that starts at line `base`, in text order.
    fn in_order(&self, base: usize, speech: &'a Speech, judge: &mut Judge<'_>) -> Vec<Found<'a>> {
        let findings = findings(speech, base, self.lines, &self.active);
        let order = speech.kept.get_or_make(|| {
            let mut all: Vec<Found> = self.due_hits(base, speech).map(|(n, _, hit)| Found::Hit(n, *hit)).collect();
            all.extend((0..).zip(findings.iter()).map(|(n, finding)| Found::Finding(n, finding)));
            all.sort_by_key(Found::place);
            Order(all.iter().map(Place::of).collect())
        });
        let found = |place: &Place| match *place {
            Place::Hit(n, hit) => Some(Found::Hit(n, judge.judged(&speech.lines[n as usize], &hit)?)),
            Place::Finding(n) => Some(Found::Finding(n, &findings[n as usize])),
        };
        order.0.iter().filter_map(found).collect()
    }

    /// The paragraph findings that count: not those in boilerplate, those of placeholders as the draft
    /// judges them, and those of names out of date only where the date is known.
    fn reported_hits(&self, base: usize, speech: &'a Speech) -> impl Iterator<Item = (u32, Hit)> {
        let mut judge = Judge::of(self.analysis);
        self.due_hits(base, speech).filter_map(move |(n, p, hit)| Some((n, judge.judged(p, hit)?)))
    }

    fn due_hits(&self, base: usize, speech: &'a Speech) -> impl Iterator<Item = (u32, &'a Paragraph, &'a Hit)> {
        let date = self.counted(base, speech).date;
        self.all_hits(base, speech).filter(move |(_, p, hit)| phrases::is_due(p, hit, date))
    }

    fn all_hits(&self, base: usize, speech: &'a Speech) -> impl Iterator<Item = (u32, &'a Paragraph, &'a Hit)> {
        let parts = &speech.outline.parts;
        let lines = speech.lines.iter().enumerate();
        lines.filter(move |(_, p)| self.reads_text && p.is_checked() || !p.placeholders.is_empty()).flat_map(
            move |(n, p)| {
                // Of what is no part of the speech nothing is said, but a blank in it is one all the same.
                let aside = !parts.boilerplate.is_empty() && parts.is_boilerplate(n as u32);
                let found = hits(p, base + n, self.lines, &self.active).iter();
                let counts = move |hit: &&Hit| !aside || matches!(RULES[hit.rule as usize].check, Check::Paragraph(_));
                found.filter(counts).map(move |hit| (n as u32, &**p, hit))
            },
        )
    }

    fn speech_counts(&self, base: usize, speech: &'a Speech, judge: &mut Judge<'_>) -> [u32; 4] {
        let counts = self.counted(base, speech);
        let mut judged = counts.judged.lock().unwrap_or_else(PoisonError::into_inner);
        let mut sum = match *judged {
            _ if counts.blanks.is_empty() => counts.certain,
            Some((digest, sum)) if digest == judge.digest => sum,
            _ => {
                let mut sum = counts.certain;
                for (key, severity, count) in &counts.blanks {
                    if let Some(severity) = shown_as(judge.certainty(*key), *severity) {
                        sum[message::order(severity)] += count;
                    }
                }
                *judged = Some((judge.digest, sum));
                sum
            }
        };
        if self.is_other {
            sum = [0, 0, 0, sum.iter().sum()];
        }
        sum
    }

    fn counted(&self, base: usize, speech: &'a Speech) -> &'a Counts {
        speech.counts.get_or_init(|| {
            let mut counts = Counts::default();
            // Those that count once the date of the speech is known.
            let mut dated = Vec::new();
            let mut blanks: FxHashMap<_, u32> = FxHashMap::default();
            for (_, p, hit) in self.all_hits(base, speech) {
                if phrases::is_dated(hit) {
                    dated.push((p, hit));
                    continue;
                }
                match placeholder_of(p, hit) {
                    Some(found) => *blanks.entry((found.key, hit.severity)).or_default() += 1,
                    None => counts.certain[message::order(hit.severity)] += 1,
                }
            }
            counts.blanks = blanks.into_iter().map(|((key, severity), count)| (key, severity, count)).collect();
            if !dated.is_empty() {
                counts.date =
                    phrases::date_of(speech.lines.iter().filter_map(|p| p.inner().phrase_facts.get()?.as_deref()));
            }
            for (p, hit) in dated {
                if phrases::is_due(p, hit, counts.date) {
                    counts.certain[message::order(hit.severity)] += 1;
                }
            }
            for finding in findings(speech, base, self.lines, &self.active).iter() {
                counts.certain[message::order(finding.severity)] += 1;
            }
            Arc::new(counts)
        })
    }
}

/// What stands where in a speech, before the draft has judged it.
struct Order(Vec<Place>);

enum Place {
    Hit(u32, Hit),
    Finding(u32),
}

impl Place {
    fn of(found: &Found<'_>) -> Self {
        match found {
            Found::Hit(n, hit) => Self::Hit(*n, *hit),
            Found::Finding(n, _) => Self::Finding(*n),
        }
    }
}

/// How many placeholders there are of each category, the most frequent first: the Simplified name
/// of the category and the number.
pub fn placeholder_summary(analysis: &Analysis) -> Vec<(&'static str, usize)> {
    let mut counts = Category::ALL.map(|category| (category, 0));
    let blanks = analysis.blanks();
    for (_, speech) in analysis.speeches() {
        for p in &speech.lines {
            for placeholder in p.placeholders.iter().filter(|p| blanks.is_open(p)) {
                counts[placeholder.category as usize].1 += 1;
            }
        }
    }
    let mut counts: Vec<_> = counts.into_iter().filter(|(_, n)| *n > 0).collect();
    counts.sort_by_key(|&(category, n)| (std::cmp::Reverse(n), category));
    counts.into_iter().map(|(category, n)| (category.names()[0], n)).collect()
}
