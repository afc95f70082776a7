//! The rules, and what they report.
//!
//! A rule is one file and one line of the registry below. It *finds* cheaply, from the facts of a
//! paragraph or the structure of a speech, and *speaks* only when a finding is shown: a long draft
//! has more findings than anybody reads.

pub mod page;
mod select;
mod speak;
mod suppression;

use std::sync::Arc;

use crate::analysis::{Analysis, Detail, Finding, Speech};
use crate::locale::Locale;
use crate::paragraph::{Hit, Paragraph};
use crate::settings::Settings;
use crate::text::{Edit, Lines, Range, Span};

pub use crate::settings::Severity;
pub use numbering::trimmed as marker_name;
pub use numbering_mark::usual as usual_marker;
pub use select::{counts, diagnostics, diagnostics_in, diagnostics_of, found_on, placeholder_summary};
pub use sightings::Sightings;
pub use speak::{Case, Message};
pub use wordings::wordings;

macro_rules! registry {
    ($($module:ident),* $(,)?) => {
        $(mod $module;)*
        /// Every rule, in the order of the documentation.
        pub static RULES: &[&Rule] = &[$(&$module::RULE),*];
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
    filter_residue,
    punctuation_form,
    space_in_han,
    enumeration_comma,
    quoted_enumeration,
    repeated_word,
    repeated_phrase,
    quoted_list_mismatch,
    de_particle,
    impossible_date,
    year_mismatch,
    relative_day,
    figure_mismatch,
    conversion_residue,
    mixed_script,
    numeral_style,
    mixed_form,
    heading_punctuation,
    missing_stop,
    paragraph_indent,
    sentence_length,
    misread_characters,
    slogan_misquote,
    slogan_order,
    slogan_count,
    stale_term,
    phrase_typo,
    unused_suppression,
}

mod dates;
mod numbering;
mod pairing;
mod repeats;
mod sightings;
mod wordings;
mod words;

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
    pub check: Check,
    /// Says what is wrong, once a finding is to be shown.
    pub speak: fn(&Case<'_>) -> Message,
}

/// A draft that breaks a rule and one that keeps it.
pub struct Example {
    pub bad: &'static str,
    pub good: &'static str,
}

/// How a rule looks at a draft.
#[derive(Clone, Copy)]
pub enum Check {
    /// At the facts of each paragraph.
    Paragraph(fn(&Paragraph, &mut Hits)),
    /// At the text of each paragraph, with its facts. Not called for what is not read as prose.
    Text(fn(&str, &Paragraph, &mut Hits)),
    /// At the structure of each speech.
    Speech(fn(&Speech, &mut Findings)),
    /// At what was seen in the text of each paragraph, judged together for each speech. Looked for
    /// once a paragraph: `see` is called as for [`Check::Text`], and says nothing by itself.
    Together { see: fn(&str, &Paragraph, &mut Hits), judge: fn(&Sightings<'_>, &mut Findings) },
    /// The rule is about the findings of the others.
    Findings,
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
    /// Certain enough to be applied without a look.
    pub safe: bool,
}

impl std::fmt::Debug for Diagnostic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {:?} {}", self.rule.code, self.span, self.message)
    }
}

/// The rule with this code or Chinese name.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.code == name || rule.name == name)
}

/// Collects what paragraph rules find in one paragraph.
pub struct Hits<'a> {
    rule: u16,
    severity: Severity,
    settings: &'a Settings,
    found: Vec<Hit>,
}

impl<'a> Hits<'a> {
    /// The settings in force.
    pub fn settings(&self) -> &'a Settings {
        self.settings
    }

    /// A finding of the rule's usual severity; `data` comes back to the rule when it speaks.
    pub fn push(&mut self, range: Range, data: u32) {
        self.push_as(self.severity, range, data);
    }

    /// A finding of another severity.
    pub fn push_as(&mut self, severity: Severity, range: Range, data: u32) {
        self.found.push(Hit { rule: self.rule, severity, range, data });
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

/// The rules that the settings switch on, each with its place in the registry and its severity.
fn active(settings: &Settings) -> impl Iterator<Item = (u16, &'static Rule, Severity)> + '_ {
    RULES.iter().enumerate().filter_map(|(i, rule)| Some((i as u16, *rule, severity_of(rule, settings)?)))
}

/// The severity of a rule under these settings; `None` when it is off.
pub fn severity_of(rule: &Rule, settings: &Settings) -> Option<Severity> {
    settings.severity(rule.code, rule.severity)
}

/// What the paragraph rules find in the paragraph that is line `n` of `lines`; looked for once.
fn hits<'a>(paragraph: &'a Paragraph, n: usize, lines: &dyn Lines, settings: &Settings) -> &'a [Hit] {
    paragraph.hits.get_or_init(|| {
        let mut all = Vec::new();
        let mut text = None;
        for (index, rule, severity) in active(settings) {
            let mut hits = Hits { rule: index, severity, settings, found: Vec::new() };
            match rule.check {
                Check::Paragraph(check) if !paragraph.placeholders.is_empty() => check(paragraph, &mut hits),
                Check::Text(check) if paragraph.is_read() => {
                    check(text.get_or_insert_with(|| lines.line(n)), paragraph, &mut hits);
                }
                _ => continue,
            }
            all.append(&mut hits.found);
        }
        all.sort_by_key(|hit| hit.range);
        all.into()
    })
}

/// True when a rule that finds something in text is on: then every paragraph may have findings.
fn reads_text(settings: &Settings) -> bool {
    active(settings).any(|(_, rule, _)| matches!(rule.check, Check::Text(_)))
}

/// What the speech rules find in the speech that starts at line `base` of `lines`; looked for once.
fn findings<'a>(speech: &'a Speech, base: usize, lines: &dyn Lines, settings: &Settings) -> &'a Arc<[Finding]> {
    speech.findings.get_or_init(|| {
        let mut all = Vec::new();
        for (index, rule, severity) in active(settings) {
            let mut findings = Findings { rule: index, severity, found: Vec::new() };
            match rule.check {
                Check::Speech(check) => check(speech, &mut findings),
                Check::Together { judge, .. } => {
                    let sightings = Sightings::of(index, speech, base, lines, settings);
                    if !sightings.is_empty() {
                        judge(&sightings, &mut findings);
                    }
                }
                _ => continue,
            }
            all.append(&mut findings.found);
        }
        all.sort_by_key(|finding| finding.span);
        all.into()
    })
}

/// True when the draft is written in Traditional characters; messages follow it.
pub fn message_locale(locale: Locale, analysis: &Analysis) -> Locale {
    match locale {
        Locale::Hans if analysis.is_traditional() => Locale::Hant,
        other => other,
    }
}
