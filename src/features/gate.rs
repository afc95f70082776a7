//! What keeps a draft from being handed in, and what has been kept from sight: words that the settings
//! allow, rules that are off, suppressions, text that is no prose.

use std::path::Path;
use std::sync::Arc;

use super::metrics;
use super::unread::{Coverage, coverage};
use crate::analysis::Analysis;
use crate::locale::Locale;
use crate::markup::Markup;
use crate::placeholder::Placeholder;
use crate::rules::{self, Diagnostic, PassedOver, RULES, Severity, Suppressions, Tag};
use crate::settings::{Exception, Settings};
use crate::text::{Flat, Lines, Span};

/// What a draft comes to.
#[derive(Default)]
pub struct Gate {
    /// Errors, warnings and open placeholders.
    pub open: Vec<Diagnostic>,
    /// What would be among them.
    pub hidden: Vec<Hidden>,
    /// The exceptions that have been of no use.
    pub unused: Vec<Exception>,
    pub coverage: Coverage,
    /// How many places look like blanks, and may be none: no obstacle, but to be looked at.
    pub doubtful: usize,
    /// By how much it takes longer than wanted, in words: no obstacle, either.
    pub length: Option<String>,
}

/// A finding that is not reported.
pub struct Hidden {
    pub finding: Diagnostic,
    pub by: Limit,
    /// It is a place to be filled in.
    pub is_blank: bool,
}

/// What keeps a finding from being reported.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    Settings(PassedOver),
    /// `[placeholders] remove`: the text.
    Removed(String),
    /// The rule is off: its code.
    Off(&'static str),
    /// A note in the draft, by its line, from 0.
    Note(u32),
    /// It has been accepted before.
    Baseline,
}

impl Limit {
    /// How it is called; `path` is the draft.
    pub fn named(&self, path: &str, locale: Locale) -> String {
        match self {
            Self::Settings(PassedOver::Allow(text)) => format!("allow “{text}”"),
            Self::Settings(PassedOver::Pattern(pattern)) => {
                // As it was written: without the anchors that were put around it.
                let inner = pattern.strip_prefix(r"\A(?:").and_then(|rest| rest.strip_suffix(r")\z"));
                format!("allow-patterns '{}'", inner.unwrap_or(pattern).trim_end())
            }
            Self::Settings(PassedOver::Exception(exception)) => named(exception),
            Self::Removed(text) => format!("[placeholders] remove “{text}”"),
            Self::Note(line) => {
                let line = line + 1;
                locale.pick(
                    format!("{path} 第 {line} 行的忽略标记"),
                    format!("{path} 第 {line} 行的忽略標記"),
                    format!("suppression in {path}, line {line}"),
                )
            }
            Self::Off(code) => (*code).to_owned(),
            Self::Baseline => String::new(),
        }
    }
}

/// How an exception of the settings is called.
pub fn named(exception: &Exception) -> String {
    let Exception { rule, text, file } = exception;
    let name = Path::new(file).file_name().map(|name| format!(" ({})", name.display())).unwrap_or_default();
    format!("[[ignore]] {rule} “{text}”{name}")
}

impl Gate {
    /// The hidden places to be filled in.
    pub fn hidden_blanks(&self) -> usize {
        self.hidden.iter().filter(|hidden| hidden.is_blank).count()
    }

    /// What keeps the draft from being handed in, when what is hidden has been `accepted` or not.
    pub fn blocking(&self, accepted: bool) -> usize {
        self.open.len() + if accepted { 0 } else { self.hidden_blanks() }
    }
}

/// Looks at a draft twice where something is hidden: as the settings want it, and without them.
pub fn gate(analysis: &Analysis, lines: &dyn Lines, settings: &Settings, locale: Locale) -> Gate {
    let analysis = &analysis.as_draft();
    let found = rules::diagnostics(analysis, lines, settings, locale, usize::MAX);
    let (open, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|d| is_blocking(analysis, d));
    let doubtful = others.iter().filter(|d| d.rule.is(Tag::Blank)).count();
    let hidden = hidden(analysis, lines, settings, locale);
    let is_used = |exception: &&Exception| {
        let this = |limit: &Limit| matches!(limit, Limit::Settings(PassedOver::Exception(e)) if e == *exception);
        hidden.iter().any(|hidden| this(&hidden.by))
    };
    let unused = settings.exceptions.iter().filter(|exception| !is_used(exception)).cloned().collect();
    let length = metrics::over_time(analysis, lines, settings, locale);
    // What does not matter for handing in is of no interest where it is hidden, either.
    let hidden = hidden.into_iter().filter(|hidden| hidden.is_blank || hidden.finding.severity <= Severity::Warning);
    Gate { open, hidden: hidden.collect(), unused, coverage: coverage(analysis, lines), doubtful, length }
}

/// What must not leave the office in words that stand beside the draft: in comments, headers, properties.
pub fn private(words: &str, settings: &Arc<Settings>, locale: Locale) -> Vec<String> {
    let is_asked = |rule: &&rules::Rule| rule.is(Tag::Private) && rules::severity_of(rule, settings).is_some();
    if !RULES.iter().copied().any(|rule| is_asked(&rule)) {
        return Vec::new();
    }
    // One at a time: others may be in another language.
    let found = words.lines().filter(|line| !line.trim().is_empty()).flat_map(|line| {
        let lines = Flat::new(line);
        let analysis = Analysis::new(&lines, Markup::Shown, settings).as_draft();
        let found = rules::diagnostics(&analysis, &lines, settings, locale, usize::MAX);
        found.into_iter().filter(|found| found.rule.is(Tag::Private) && found.severity <= Severity::Warning)
    });
    found.map(|found| found.message).collect()
}

/// What keeps a draft from being handed in: errors, warnings, and each certain placeholder whatever its severity.
fn is_blocking(analysis: &Analysis, found: &Diagnostic) -> bool {
    found.severity <= Severity::Warning || is_open_blank(analysis, found)
}

/// That it can be handed in, with what is to be looked at before.
pub fn ready(doubtful: usize, more: Option<&str>, locale: Locale) -> String {
    let ready = locale.pick("可以定稿", "可以定稿", "ready");
    let look = locale.pick(
        format!("有 {doubtful} 处像是占位符，请看一看"),
        format!("有 {doubtful} 處像是佔位符，請看一看"),
        format!("but look at {doubtful} places that may be blanks"),
    );
    let but: Vec<&str> = (doubtful > 0).then_some(&*look).into_iter().chain(more).collect();
    if but.is_empty() {
        return ready.to_owned();
    }
    let but = but.join(locale.pick("；", "；", "; "));
    locale.pick(format!("{ready}（{but}）"), format!("{ready}（{but}）"), format!("{ready}, {but}"))
}

pub fn is_open_blank(analysis: &Analysis, finding: &Diagnostic) -> bool {
    let blanks = analysis.blanks();
    let here = |p: &Placeholder| p.range.start == finding.span.start.byte && blanks.is_open(p);
    finding.rule.is(Tag::Blank)
        && analysis.paragraph(finding.span.start.line as usize).is_some_and(|p| p.placeholders.iter().any(here))
}

/// The rules that the settings switch off.
pub fn rules_off(settings: &Settings) -> Vec<&'static str> {
    let is_off = |code: &&str| settings.rules.get(*code) == Some(&None);
    RULES.iter().filter(|rule| rule.severity.is_some()).map(|rule| rule.code).filter(is_off).collect()
}

fn hidden(analysis: &Analysis, lines: &dyn Lines, settings: &Settings, locale: Locale) -> Vec<Hidden> {
    let is_plain = analysis.totals().directives == 0
        && !settings.pass_over_findings()
        && settings.placeholders_remove.is_empty()
        && rules_off(settings).is_empty();
    if is_plain {
        return Vec::new();
    }
    let bare = Settings { placeholders_remove: Vec::new(), ..settings.clone() };
    let mut bare = Settings { allow: Vec::new(), allow_patterns: Vec::new(), exceptions: Vec::new(), ..bare };
    bare.rules.retain(|_, level| level.is_some());
    let bare = Arc::new(bare);
    let all = Analysis::new(lines, analysis.options().mode.of_part(), &bare).as_draft();
    let shown = rules::diagnostics(analysis, lines, settings, locale, usize::MAX);
    let mut shown: Vec<(&str, Span)> = shown.iter().map(|found| (found.rule.code, found.span)).collect();
    shown.sort_unstable();
    let mut notes = Suppressions::of(analysis);
    let mut out = Vec::new();
    for finding in rules::unfiltered(&all, lines, &bare, locale) {
        if shown.binary_search(&(finding.rule.code, finding.span)).is_ok() {
            continue;
        }
        let by = if rules::severity_of(finding.rule, settings).is_none() {
            Limit::Off(finding.rule.code)
        } else if let Some(by) = rules::passed_over(&finding, lines, settings) {
            Limit::Settings(by)
        } else if let Some(line) = notes.covering(&finding) {
            Limit::Note(line)
        } else if settings.placeholders_remove.is_empty() {
            continue;
        } else {
            Limit::Removed(lines.text(finding.span))
        };
        let is_blank =
            finding.rule.is_about_blanks() && (finding.severity <= Severity::Warning || is_open_blank(&all, &finding));
        out.push(Hidden { finding, by, is_blank });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::Markup;
    use crate::text::Flat;

    fn of(text: &str, settings: Settings) -> Gate {
        let lines = Flat::new(text);
        let settings = Arc::new(settings);
        gate(&Analysis::new(&lines, Markup::Plain, &settings), &lines, &settings, Locale::Hans)
    }

    fn hidden_by(text: &str, settings: Settings) -> Vec<(String, Limit)> {
        let lines = Flat::new(text);
        let hidden = of(text, settings).hidden.into_iter();
        hidden.map(|hidden| (lines.text(hidden.finding.span), hidden.by)).collect()
    }

    const DRAFT: &str = "同志们：\nXX区要带头，XX牌要打响。\n";

    #[test]
    fn nothing_is_hidden_without_limits() {
        let gate = of(DRAFT, Settings::default());
        assert_eq!((gate.open.len(), gate.hidden.len(), gate.blocking(true)), (2, 0, 2));
    }

    #[test]
    fn each_limit_is_named() {
        let xx = || "XX".to_owned();
        let allow = Limit::Settings(PassedOver::Allow(xx()));
        let settings = Settings { allow: vec![xx()], ..Settings::default() };
        assert_eq!(hidden_by(DRAFT, settings.clone()), [(xx(), allow.clone()), (xx(), allow)]);
        let gate = of(DRAFT, settings);
        assert_eq!((gate.blocking(false), gate.blocking(true)), (2, 0));

        let settings = Settings { placeholders_remove: vec![xx()], ..Settings::default() };
        assert_eq!(hidden_by(DRAFT, settings)[0].1, Limit::Removed(xx()));

        let rules = [("placeholder".to_owned(), None)].into();
        let settings = Settings { rules, ..Settings::default() };
        assert_eq!(hidden_by(DRAFT, settings)[0].1, Limit::Off("placeholder"));

        let noted = DRAFT.replace("XX区", "【讲稿：忽略】\nXX区");
        assert_eq!(hidden_by(&noted, Settings::default())[0].1, Limit::Note(1));
    }

    #[test]
    fn an_exception_hides_one_place() {
        let exception =
            |text: &str| Exception { rule: "placeholder".to_owned(), text: text.to_owned(), file: String::new() };
        let [used, unused] = [exception("XX牌要打响"), exception("XX牌要擦亮")];
        let settings = Settings { exceptions: vec![used.clone(), unused.clone()], ..Settings::default() };
        let gate = of(DRAFT, settings);
        assert_eq!((gate.open.len(), gate.hidden_blanks()), (1, 1));
        assert_eq!(gate.hidden[0].by, Limit::Settings(PassedOver::Exception(used)));
        assert_eq!(gate.unused, [unused]);
    }
}
