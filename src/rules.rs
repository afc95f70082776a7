//! The rules, and what they report.
//!
//! A rule is one file and one line of the registry below. It *finds* cheaply, from the facts of a
//! paragraph or the structure of a speech, and *speaks* only when a finding is shown: a long draft
//! has more findings than anybody reads.

mod judge;
mod kept;
mod message;
pub mod page;
mod prefilter;
mod select;
mod set;
mod shown;
mod suppression;
mod texts;

use std::sync::{Arc, LazyLock};

use set::Set;

use crate::analysis::{Analysis, Detail, Finding, Speech};
use crate::indicators::Indicators;
use crate::lexicon::Class;
use crate::lexicon::own;
use crate::locale::Locale;
use crate::markup::Block;
use crate::paragraph::{Hit, Packed, Paragraph};
use crate::settings::{Profile, Settings};
use crate::text::{Edit, Grade, Lines, Point, Range, Span};

pub use crate::settings::Severity;
pub(crate) use attachment_mismatch::{cited as cited_attachment, item as item_of_list};
pub(crate) use message::quoted;
pub use message::{FindingContext, Message};
pub use numbering::trimmed as marker_name;
pub use numbering_mark::Usual;
pub use observations::Observations;
pub use phrases::phrase_facts;
pub use select::{
    Seen, counts, diagnostics, diagnostics_in, diagnostics_of, found_around, placeholder_summary, seen, unfiltered,
};
pub use shown::{Key, Shown};
pub use suppression::{PassedOver, Suppressions, passed_over};
pub use texts::Text;

macro_rules! registry {
    ($($module:ident),* $(,)?) => {
        $(mod $module;)*
        /// Every rule, in the order of the documentation.
        pub static RULES: &[&Rule] = &[$(&$module::RULE),*];
        const COUNT: usize = [$(stringify!($module)),*].len();
    };
}

registry! {
    placeholder,
    placeholder_ghost,
    placeholder_residue,
    mixed_placeholder,
    numbering_duplicate,
    numbering_gap,
    numbering_order,
    numbering_start,
    numbering_level,
    numbering_mixed,
    numbering_mark,
    count_mismatch,
    unpaired_quote,
    unpaired_bracket,
    halfwidth_punctuation,
    parallel_outlier,
    watermark,
    duplicate_line,
    duplicate_paragraph,
    similar_paragraph,
    entity_residue,
    field_error,
    filter_residue,
    assistant_residue,
    markdown_residue,
    punctuation_form,
    space_in_han,
    enumeration_comma,
    quoted_enumeration,
    repeated_word,
    repeated_phrase,
    repeated_item,
    quoted_list_mismatch,
    de_particle,
    impossible_date,
    year_mismatch,
    relative_day,
    figure_mismatch,
    sum_mismatch,
    rate_mismatch,
    period_mismatch,
    indicator_mismatch,
    name_mismatch,
    roster_mismatch,
    profile_mismatch,
    precedence_order,
    short_name_mismatch,
    attachment_mismatch,
    meeting_mismatch,
    still_last_year,
    reused_passage,
    dropped_promise,
    conversion_residue,
    mixed_script,
    numeral_style,
    mixed_form,
    heading_punctuation,
    missing_stop,
    paragraph_indent,
    sentence_length,
    misread_characters,
    spoken_digits,
    slogan_misquote,
    slogan_order,
    slogan_count,
    stale_term,
    phrase_typo,
    word_typo,
    confused_characters,
    secrecy_mark,
    identity_number,
    phone_number,
    bank_card_number,
    private_name,
    unused_suppression,
}

pub(crate) mod amounts;
mod assistant_line;
mod assistant_words;
pub(crate) mod dates;
mod figures;
pub(crate) mod names;
mod numbering;
mod observations;
mod pairing;
mod periods;
mod phrases;
mod private;
pub(crate) mod renewed;
mod repeats;
#[cfg(test)]
pub(crate) mod tests;

/// A rule: everything that is known about it, in one value.
pub struct Rule {
    /// Kebab case, stable: `numbering-gap`. The name of the fault, not of the cure.
    pub code: &'static str,
    /// The Chinese name: `编号跳号`.
    pub name: &'static str,
    /// The severity unless the settings say otherwise; `None` when the rule is off by default.
    pub severity: Option<Severity>,
    /// One line.
    pub summary: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// Where the rule comes from: a clause of a standard, or practice.
    pub source: &'static str,
    pub examples: &'static [Example],
    pub tags: &'static [Tag],
    pub check: Check,
    /// Says what is wrong, once a finding is to be shown.
    pub message: fn(&FindingContext<'_>) -> Message,
}

impl Rule {
    pub fn is(&self, tag: Tag) -> bool {
        self.tags.contains(&tag)
    }

    /// Settings under which its examples show what they say.
    pub fn settings_of_examples(&self) -> Settings {
        let mut settings = Settings::default();
        if self.severity.is_none() {
            settings.rules.insert(self.code.to_owned(), Some(Severity::Hint));
        }
        if self.is(Tag::Roster) {
            let mut words = own::Words::default();
            let people = [("周明远", "县委书记", false), ("沈琬怡", "县长", true)];
            people.iter().for_each(|(name, title, is_private)| words.list(own::Listed::new(name, title, *is_private)));
            settings.words = Some(Arc::new(words));
        }
        if self.is(Tag::Table) {
            settings.indicators = Indicators::csv("", include_str!("rules/indicators.csv")).ok().map(Arc::new);
        }
        if self.is(Tag::Profile) {
            settings.profiles = vec![Profile::example()];
        }
        if self.is(Tag::Former) {
            settings.former = Some(Arc::new(kept::former_of_examples()));
        }
        settings
    }

    /// Whether it speaks of what is still to be filled in.
    pub fn is_about_blanks(&self) -> bool {
        self.is(Tag::Placeholder)
    }
}

/// What a rule has in common with others: nothing outside its file asks which rule it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// It speaks of candidates for placeholders, and the evidence of its hits is the place of one.
    Placeholder,
    /// It speaks of blanks that are certainly to be filled in.
    Blank,
    /// It is about an ordinal of a list, or how many there are.
    List,
    /// It is about quotation marks or brackets.
    Pair,
    /// It is about one of them without a partner, which may still be written.
    Open,
    /// It counts only where the date of the speech is late enough.
    Dated,
    /// What it finds can go.
    Unnecessary,
    /// It is for a draft that is read aloud: off, unless the settings say so.
    Spoken,
    /// It goes by the roster of the settings.
    Roster,
    /// It goes by the profiles of the settings.
    Profile,
    /// It goes by last year's draft.
    Former,
    /// It goes by the table of indicators.
    Table,
    /// It is about what must not leave the office.
    Private,
}

/// A draft that breaks a rule and one that keeps it.
pub struct Example {
    pub bad: &'static str,
    pub good: &'static str,
}

/// How a rule looks at a draft. The text of a paragraph is looked at only where it is read as prose, and
/// in Simplified characters (see [`crate::text::fold`]); the narrower the question, the less it costs.
#[derive(Clone, Copy)]
pub enum Check {
    /// At the facts of each paragraph with placeholders.
    Paragraph(fn(&Paragraph, &mut Hits)),
    /// At each of these characters in a paragraph: its text, and the byte where the character stands.
    Characters(&'static str, fn(&str, usize, &Paragraph, &mut Hits)),
    /// At each of these words in a paragraph. Of words that overlap the first, of those that start
    /// together the longest.
    Words(&'static Class, fn(&str, Range, &mut Hits)),
    /// The same, in the script of the draft.
    RawWords(&'static Class, fn(&str, Range, &mut Hits)),
    /// At what stands twice in a row, ideographs of at least this number: the range of both, and the
    /// byte where the second begins. They do not overlap.
    Twice(usize, fn(&str, Range, usize, &mut Hits)),
    /// At the text of each paragraph that has characters of both kinds, in the script of the draft.
    Mixture(&'static LazyLock<[String; 2]>, fn(&str, &mut Hits)),
    /// At the whole text of each paragraph, with its facts.
    Text(fn(&str, &Paragraph, &mut Hits)),
    /// At the structure of each speech.
    Speech(fn(&Speech, &mut Findings)),
    /// At what was seen in the text of each paragraph, judged together for each speech. Looked for
    /// once a paragraph: `see` is called as for [`Check::Text`], and says nothing by itself.
    Together { see: fn(&str, &Paragraph, &mut Hits), judge: fn(&Observations<'_>, &mut Findings) },
    /// The rule is about the findings of the others, and what suppresses them.
    Findings(fn(&Suppressions, &dyn Lines, &Settings, Locale) -> Vec<Diagnostic>),
}

impl Check {
    /// True when the rule reads the text of paragraphs: then each of them may have findings.
    fn reads_text(self) -> bool {
        !matches!(self, Self::Paragraph(_) | Self::Speech(_) | Self::Together { .. } | Self::Findings(_))
    }

    /// True when a finding is about a few words of one paragraph.
    pub fn is_local(self) -> bool {
        !matches!(self, Self::Speech(_) | Self::Together { .. } | Self::Findings(_))
    }
}

/// A finding, ready to be shown.
#[derive(Clone)]
pub struct Diagnostic {
    pub rule: &'static Rule,
    pub severity: Severity,
    pub span: Span,
    pub message: String,
    pub related: Vec<Related>,
    pub fix: Option<Fix>,
}

/// Another place that belongs to a finding.
#[derive(Clone, Debug)]
pub struct Related {
    pub span: Span,
    pub message: String,
}

#[derive(Clone, Debug)]
pub struct Fix {
    pub title: String,
    pub edits: Vec<Edit>,
    pub grade: Grade,
}

impl std::fmt::Debug for Diagnostic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {:?} {}", self.rule.code, self.span, self.message)
    }
}

/// True when the one rule's findings hang on what the other is about: the same list, the same pair.
pub fn are_kin(a: &Rule, b: &Rule) -> bool {
    let same = std::ptr::eq(a, b) && !a.check.is_local();
    same || [Tag::List, Tag::Pair].into_iter().any(|tag| a.is(tag) && b.is(tag))
}

/// The rule with this code or Chinese name.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.code == name || rule.name == name)
}

/// Collects what the rules find in one paragraph.
pub struct Hits<'a> {
    settings: &'a Settings,
    raw: &'a str,
    /// The rule at work.
    rule: usize,
    severity: Severity,
    /// By rule: the byte before which it has seen everything.
    done: [u32; COUNT],
    found: Vec<Hit>,
}

impl<'a> Hits<'a> {
    fn new(active: &Active<'a>, raw: &'a str) -> Self {
        Self { settings: active.settings, raw, rule: 0, severity: Severity::Hint, done: [0; COUNT], found: Vec::new() }
    }

    /// From now on this rule is at work.
    fn turn_to(&mut self, rule: usize, active: &Active<'_>) {
        self.rule = rule;
        self.severity = active.severities[rule].unwrap_or(Severity::Hint);
    }

    fn has_passed(&self, at: usize) -> bool {
        at < self.done[self.rule] as usize
    }

    /// The settings in force.
    pub fn settings(&self) -> &'a Settings {
        self.settings
    }

    /// The severity that the rule is set to.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// Whether some rule has found something there already.
    pub fn has_found(&self, range: Range) -> bool {
        self.found.iter().any(|hit| hit.range.start < range.end && range.start < hit.range.end)
    }

    /// The paragraph as it stands in the draft.
    pub fn raw(&self) -> &'a str {
        self.raw
    }

    /// The rule is not asked about places before byte `end`.
    pub fn pass_over(&mut self, end: usize) {
        self.done[self.rule] = end as u32;
    }

    /// A finding of the rule's usual severity; the evidence comes back to the rule when it speaks.
    pub fn push(&mut self, range: Range, evidence: impl Packed) {
        self.push_as(self.severity, range, evidence);
    }

    /// A finding of another severity.
    pub fn push_as(&mut self, severity: Severity, range: Range, evidence: impl Packed) {
        self.found.push(Hit::new(self.rule as u16, severity, range, evidence));
    }
}

/// Collects what speech rules find in one speech.
pub struct Findings {
    rule: u16,
    severity: Severity,
    found: Vec<Finding>,
}

impl Findings {
    /// The severity that the rule is set to.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    pub fn push(&mut self, span: Span, detail: Detail) {
        self.push_as(self.severity, span, detail);
    }

    pub fn push_as(&mut self, severity: Severity, span: Span, detail: Detail) {
        self.found.push(Finding { rule: self.rule, severity, span, detail });
    }
}

/// The rules that settings switch on.
struct Active<'a> {
    settings: &'a Settings,
    set: Set,
    /// By rule.
    severities: [Option<Severity>; COUNT],
    /// Those that look at each paragraph as a whole, in the order of the registry.
    whole: Vec<usize>,
    /// Those that see something in each paragraph and judge it together.
    together: Vec<usize>,
}

impl<'a> Active<'a> {
    fn new(settings: &'a Settings) -> Self {
        let severities = std::array::from_fn(|n| severity_of(RULES[n], settings));
        let on = severities.iter().enumerate().filter(|(_, severity)| severity.is_some());
        let set = on.fold(Set::EMPTY, |set, (n, _)| set | Set::of(n));
        let those = |wanted: fn(Check) -> bool| {
            (0..COUNT).filter(|n| severities[*n].is_some() && wanted(RULES[*n].check)).collect()
        };
        let whole = those(|check| matches!(check, Check::Paragraph(_) | Check::Text(_)));
        let together = those(|check| matches!(check, Check::Together { .. }));
        Self { settings, set, severities, whole, together }
    }

    /// Each with its place in the registry.
    fn rules(&self) -> impl Iterator<Item = (usize, &'static Rule)> + '_ {
        RULES.iter().copied().enumerate().filter(|(n, _)| self.severities[*n].is_some())
    }

    /// True when a rule that reads text is on: then every paragraph may have findings.
    fn reads_text(&self) -> bool {
        self.rules().any(|(_, rule)| rule.check.reads_text())
    }
}

/// The severity of a rule under these settings; `None` when it is off.
pub fn severity_of(rule: &Rule, settings: &Settings) -> Option<Severity> {
    let aloud = settings.reading == Some(true) && rule.is(Tag::Spoken);
    let private = settings.private.always == Some(true) && rule.is(Tag::Private);
    let usual = rule.severity.or(aloud.then_some(Severity::Hint)).or(private.then_some(Severity::Warning));
    settings.severity(rule.code, usual)
}

/// What the rules find in the paragraph that is line `n` of `lines`; looked for once.
fn hits<'a>(paragraph: &'a Paragraph, n: usize, lines: &dyn Lines, active: &Active<'_>) -> &'a [Hit] {
    let words = active.settings.words.as_ref();
    paragraph.hits.get_or_init(|| own::with(words, || hits_of(paragraph, n, lines, active)))
}

fn hits_of(paragraph: &Paragraph, n: usize, lines: &dyn Lines, active: &Active<'_>) -> Box<[Hit]> {
    let line = if paragraph.is_checked() && active.reads_text() { Some(lines.line(n)) } else { None };
    // The rules see no markup and no Traditional characters; what they find is brought back to the line.
    let inner = paragraph.inner();
    let raw = line.as_deref().map(|line| paragraph.reading(line).0);
    let text = raw.map(|raw| inner.simplified(raw));
    let mut hits = Hits::new(active, raw.unwrap_or(""));
    if let Some(text) = &text {
        prefilter::look(text, inner, active, &mut hits);
    }
    for &n in &active.whole {
        hits.turn_to(n, active);
        match (RULES[n].check, &text) {
            (Check::Paragraph(check), _) if !inner.placeholders.is_empty() => check(inner, &mut hits),
            (Check::Text(check), Some(text)) => check(text, inner, &mut hits),
            _ => {}
        }
    }
    let mut found = hits.found;
    if paragraph.plain.is_some() {
        for hit in &mut found {
            hit.range = paragraph.to_line(hit.range);
        }
    }
    found.sort_by_key(|hit| (hit.range, hit.rule));
    found.into()
}

/// What the speech rules find in the speech that starts at line `base` of `lines`; looked for once.
fn findings<'a>(speech: &'a Speech, base: usize, lines: &dyn Lines, active: &Active<'_>) -> &'a Arc<[Finding]> {
    let words = active.settings.words.as_ref();
    speech.findings.get_or_init(|| own::with(words, || findings_of(speech, base, lines, active)))
}

fn findings_of(speech: &Speech, base: usize, lines: &dyn Lines, active: &Active<'_>) -> Arc<[Finding]> {
    let mut all = Vec::new();
    let mut seen = observations::seen_by_rule(speech, base, lines, active).into_iter();
    for (n, rule) in active.rules() {
        let severity = active.severities[n].unwrap_or(Severity::Hint);
        let mut findings = Findings { rule: n as u16, severity, found: Vec::new() };
        match rule.check {
            Check::Speech(check) => check(speech, &mut findings),
            Check::Together { judge, .. } => {
                let list = seen.next().unwrap_or_default();
                judge(&Observations::new(list, speech, base, lines, active.settings), &mut findings);
                findings.found.iter_mut().for_each(|finding| to_lines(finding, speech));
            }
            _ => continue,
        }
        all.append(&mut findings.found);
    }
    all.sort_by_key(|finding| finding.span);
    all.into()
}

/// Where a rule found something; nothing is put into words.
#[derive(Clone)]
pub struct Found {
    pub rule: &'static Rule,
    pub span: Span,
    /// Other places that belong to it.
    pub related: Vec<Span>,
}

impl Found {
    pub fn of(diagnostic: &Diagnostic) -> Self {
        let related = diagnostic.related.iter().map(|related| related.span).collect();
        Self { rule: diagnostic.rule, span: diagnostic.span, related }
    }
}

/// Brings a finding that was judged by the prose back to the lines of the draft.
fn to_lines(finding: &mut Finding, speech: &Speech) {
    let to_lines = |span: &mut Span| {
        let paragraph = |point: Point| speech.lines.get(point.line as usize);
        let all = span.start.byte == 0 && span.end.byte == message::LINE_END;
        if span.start.line == span.end.line && !all {
            if let Some(paragraph) = paragraph(span.start) {
                let range = paragraph.to_line(Range { start: span.start.byte, end: span.end.byte });
                *span = Span::in_line(span.start.line, range);
            }
            return;
        }
        for point in [&mut span.start, &mut span.end] {
            // The start of a line and the end of it are those of its markup, too.
            if point.byte > 0
                && point.byte != message::LINE_END
                && let Some(paragraph) = paragraph(*point)
            {
                point.byte = paragraph.to_line(Range { start: point.byte, end: point.byte }).end;
            }
        }
    };
    to_lines(&mut finding.span);
    finding.detail.related.iter_mut().for_each(|(span, _)| to_lines(span));
    finding.detail.edits.iter_mut().for_each(|edit| to_lines(&mut edit.span));
}

/// True when an edit touches no markup. Nothing but this lets an edit through, except where markup is
/// what was asked for: the signs of a heading whose level changes, whole sections that change places.
pub fn spares_markup(analysis: &Analysis, edit: &Edit) -> bool {
    let (start, end) = (edit.span.start, edit.span.end);
    let paragraph = |line: u32| analysis.paragraph(line as usize);
    if start.line == end.line {
        let range = Range { start: start.byte, end: end.byte };
        return paragraph(start.line).is_none_or(|p| p.is_text(range) && (p.block.is_text() || p.is_blank()));
    }
    if start.byte > 0 {
        // What is left of the first line and of the last meets.
        let is_text = |line: u32, range: Range| paragraph(line).is_none_or(|p| p.is_text(range) && p.block.is_text());
        let (tail, head) = (Range { start: start.byte, end: start.byte }, Range { start: 0, end: end.byte });
        return is_text(start.line, tail)
            && is_text(end.line, head)
            && (start.line + 1..end.line).all(|n| paragraph(n).is_none_or(|p| p.is_blank()));
    }
    // Lines that go as a whole go with the marks that they begin with, and with those of their text where
    // that cannot reach beyond them.
    let last = if end.byte == 0 { end.line } else { end.line + 1 };
    let is_free = |n: Option<u32>| n.and_then(paragraph).is_none_or(|p| p.is_blank() || p.block == Block::Rule);
    let apart = is_free(start.line.checked_sub(1)) && (is_free(Some(last)) || is_free(Some(last - 1)));
    (start.line..last).all(|n| {
        paragraph(n).is_none_or(|p| match p.block {
            _ if p.is_blank() => true,
            Block::Text | Block::Heading(_) | Block::Aside => apart || p.plain.is_none(),
            Block::Rule => true,
            Block::Unread => apart,
            Block::Fence => false,
        })
    })
}

/// True when the draft is written in Traditional characters; messages follow it.
pub fn message_locale(locale: Locale, analysis: &Analysis) -> Locale {
    match locale {
        Locale::Hans if analysis.is_traditional() => Locale::Hant,
        other => other,
    }
}
