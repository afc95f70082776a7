//! Quick fixes and fix-all.

use super::fixing::settled;
use super::trial::Trial;
use crate::analysis::Analysis;
use crate::locale::Locale;
use crate::rules::{self, Diagnostic, Rule};
use crate::settings::Settings;
use crate::text::{Edit, Grade, Lines, Span};

/// Something that can be done to the draft.
#[derive(Clone, Debug)]
pub struct Action {
    pub title: String,
    pub edits: Vec<Edit>,
    /// The finding that it settles.
    pub diagnostic: Diagnostic,
    /// The only fix of that finding, and a certain one.
    pub preferred: bool,
}

/// The fixes of the findings that touch `span`.
pub fn quick_fixes(
    analysis: &Analysis,
    lines: &dyn Lines,
    settings: &Settings,
    locale: Locale,
    span: Span,
) -> Vec<Action> {
    let span = Span::new(span.start.min(span.end), span.start.max(span.end));
    let (first, last) = (span.start.line, span.end.line);
    let trial = Trial::new(analysis, lines, settings);
    rules::diagnostics_in(analysis, lines, settings, locale, first..=last, LOOKED_AT)
        .into_iter()
        .filter(|diagnostic| diagnostic.span.overlaps(span) && diagnostic.fix.is_some())
        // Each trial reads the speech: a long selection is not offered thousands of fixes.
        .take(OFFERED)
        .filter(|diagnostic| trial.is_harmless(diagnostic))
        .filter_map(|diagnostic| {
            let fix = diagnostic.fix.clone()?;
            Some(Action { title: fix.title, edits: fix.edits, preferred: fix.grade == Grade::Certain, diagnostic })
        })
        .collect()
}

/// So many fixes are tried by themselves.
const OFFERED: usize = 100;

/// The edits of all certain fixes of the draft, sorted and disjoint. Of two fixes that overlap the
/// first is taken, and the other when it is still due afterwards: the draft with the edits applied
/// has no certain fix left that would do no harm.
pub fn fix_all(analysis: &Analysis, lines: &dyn Lines, settings: &Settings) -> Vec<Edit> {
    fix_chosen(analysis, lines, settings, &|found, _| found.retain(is_certain))
}

fn is_certain(found: &Diagnostic) -> bool {
    found.fix.as_ref().is_some_and(|fix| fix.grade == Grade::Certain)
}

/// Whether a fix is made with all its like: one that is only a proposal is looked at by itself.
fn has_like(found: &Diagnostic) -> bool {
    found.fix.as_ref().is_some_and(|fix| fix.grade != Grade::Offered)
}

/// Leaves those of the findings of a text that are to be settled.
pub type Choice<'a> = &'a dyn Fn(&mut Vec<Diagnostic>, &dyn Lines);

/// The same for the fixes, of any grade, of the findings that are chosen.
pub fn fix_chosen(analysis: &Analysis, lines: &dyn Lines, settings: &Settings, choose: Choice<'_>) -> Vec<Edit> {
    settled(analysis, lines, |analysis, lines| {
        let mut found = rules::diagnostics(analysis, lines, settings, Locale::Hans, usize::MAX);
        choose(&mut found, lines);
        Trial::new(analysis, lines, settings).edits(found)
    })
}

/// The same for the findings of one rule.
pub fn fix_kind(analysis: &Analysis, lines: &dyn Lines, settings: &Settings, rule: &Rule) -> Vec<Edit> {
    settled(analysis, lines, |analysis, lines| {
        let mut found = rules::diagnostics_of(rule, analysis, lines, settings, Locale::Hans, usize::MAX);
        found.retain(has_like);
        Trial::new(analysis, lines, settings).edits(found)
    })
}

/// How many findings are put into words to see what there is to be fixed.
const LOOKED_AT: usize = 1000;

/// Whether there is anything for [`fix_all`] to do, at a small part of its cost. True as well when the
/// draft has more findings than are looked at.
pub fn may_fix(analysis: &Analysis, lines: &dyn Lines, settings: &Settings) -> bool {
    let found = rules::diagnostics(analysis, lines, settings, Locale::Hans, LOOKED_AT);
    let trial = Trial::new(analysis, lines, settings);
    let mut certain = found.iter().filter(|d| is_certain(d));
    found.len() == LOOKED_AT || certain.clone().count() > OFFERED || certain.any(|found| trial.is_harmless(found))
}

/// How to call [`fix_kind`], for each rule that `fixes` holds a fix of that is made with its like, and the draft at least two;
/// with the finding that it is a fix of.
pub fn kinds(
    analysis: &Analysis,
    lines: &dyn Lines,
    settings: &Settings,
    locale: Locale,
    fixes: &[Action],
) -> Vec<(String, Diagnostic)> {
    let mut kinds: Vec<(String, Diagnostic)> = Vec::new();
    for Action { diagnostic, .. } in fixes.iter().filter(|action| has_like(&action.diagnostic)) {
        let rule = diagnostic.rule;
        if kinds.iter().any(|(_, other)| std::ptr::eq(other.rule, rule)) {
            continue;
        }
        let all = rules::diagnostics_of(rule, analysis, lines, settings, locale, LOOKED_AT);
        let count = all.iter().filter(|d| has_like(d)).count();
        if count > 1 {
            let locale = rules::message_locale(locale, analysis);
            let name = rule.text(locale).name;
            let [more, more_english] = if all.len() < LOOKED_AT { [""; 2] } else { ["以上", " or more"] };
            let title = locale.pick(
                format!("修正全文此类问题：{name}（{count} 处{more}）"),
                format!("修正全文此類問題：{name}（{count} 處{more}）"),
                format!("Fix all of this kind in the draft: {} ({count}{more_english})", rule.code),
            );
            kinds.push((title, diagnostic.clone()));
        }
    }
    kinds
}
