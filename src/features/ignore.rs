//! Passing over a finding: a note in a Markdown draft, where it is no part of the speech; otherwise the words
//! for an exception in the settings.

use crate::analysis::Analysis;
use crate::locale::Locale;
use crate::paragraph::directive::Scope;
use crate::rules::{Check, Diagnostic, quoted};
use crate::text::chars::{is_cjk_mark, is_han, is_space};
use crate::text::{Edit, Lines, Point, Range, Span};

/// The longest text that is worth an exception of its own, in characters.
const LONGEST: usize = 20;

/// The edit that has `finding` passed over where it stands in Markdown: a comment on the line above, or its
/// name in the note that is there already.
pub fn note(analysis: &Analysis, lines: &dyn Lines, finding: &Diagnostic) -> Option<Edit> {
    if !analysis.options().markdown || !can_be_passed_over(finding) {
        return None;
    }
    let line = finding.span.start.line;
    let above = line.checked_sub(1).and_then(|n| Some((n, analysis.paragraph(n as usize)?.directive.as_ref()?)));
    if let Some((n, note)) = above.filter(|(_, note)| note.alone && note.scope == Scope::Line && !note.rules.is_empty())
    {
        let text = lines.line(n as usize);
        let inner = note.range.of(&text).trim_end_matches(['】', '>', ']']).trim_end_matches("--").trim_end();
        let at = note.range.start as usize + inner.len();
        return Some(Edit::new(Span::in_line(n, Range::new(at, at)), format!("、{}", finding.rule.name)));
    }
    let text = lines.line(line as usize);
    let start = text.len() - text.trim_start().len();
    let indent = text.get(..start).unwrap_or("");
    let note = format!("{indent}<!-- 讲稿：忽略 {} -->", finding.rule.name);
    let at = Point::new(line, 0);
    Some(Edit::new(Span::new(at, at), format!("{note}{}", lines.line_break())))
}

/// What is wrong with a note is settled by changing the note.
fn can_be_passed_over(finding: &Diagnostic) -> bool {
    !matches!(finding.rule.check, Check::Findings(_))
}

/// How many ideographs beside the finding make its place known.
const KNOWN_BY: usize = 4;

/// The words by which the place of `finding` is known: its clause, with as many of the clauses before and
/// behind it as it takes to have some words of its own and to stand once on the line. `None` where there are
/// none: marks alone would hide all others like them.
pub fn words(lines: &dyn Lines, finding: &Diagnostic) -> Option<String> {
    if !can_be_passed_over(finding) {
        return None;
    }
    let line = lines.line(finding.span.start.line as usize);
    let start = finding.span.start.byte as usize;
    let end =
        if finding.span.end.line == finding.span.start.line { finding.span.end.byte as usize } else { line.len() };
    let (mut head, mut tail) = (line.get(..start)?, line.get(end..)?);
    let mut to = end;
    let own = |text: &str| text.chars().filter(|c| is_han(*c)).count();
    loop {
        let from = head.rfind(ends_clause).map_or(0, |at| at + mark_length(head, at));
        to += tail.find(ends_clause).unwrap_or(tail.len());
        (head, tail) = (line.get(..from)?, line.get(to..)?);
        let words = line.get(from..to)?.trim_matches(is_space);
        let beside = own(line.get(from..start)?) + own(line.get(end..to)?);
        let is_known = beside >= KNOWN_BY && line.matches(words).count() == 1;
        if is_known || head.is_empty() && tail.is_empty() {
            return (beside > 0 || !finding.rule.is_about_blanks()).then(|| words.to_owned()).filter(|w| !w.is_empty());
        }
        // The marks that stopped it are taken in.
        head = head.trim_end_matches(ends_clause);
        to += tail.len() - tail.trim_start_matches(ends_clause).len();
        tail = line.get(to..)?;
    }
}

fn ends_clause(c: char) -> bool {
    is_cjk_mark(c) && !matches!(c, '“' | '”' | '‘' | '’' | '《' | '》' | '【' | '】' | '〔' | '〕') || is_space(c)
}

fn mark_length(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
}

/// The text that an exception for the whole project would name: short, and what the finding is about. Not the
/// mark of a blank: that would hide every one.
pub fn exception(lines: &dyn Lines, finding: &Diagnostic) -> Option<String> {
    let about_text = finding.rule.check.is_local() && !finding.rule.is_about_blanks();
    let one_line = finding.span.start.line == finding.span.end.line;
    let text = lines.text(finding.span);
    (about_text && one_line && !text.is_empty() && text.chars().count() <= LONGEST).then_some(text)
}

/// 忽略此处
pub fn title_here(finding: &Diagnostic, locale: Locale) -> String {
    let name = finding.rule.text(locale).name;
    locale.pick(format!("忽略此处：{name}"), format!("忽略此處：{name}"), format!("Ignore here: {}", finding.rule.code))
}

/// 在本项目忽略“……”
pub fn title_exception(text: &str, locale: Locale) -> String {
    let shown = quoted(text);
    locale.pick(
        format!("在本项目忽略{shown}"),
        format!("在本專案忽略{shown}"),
        format!("Ignore ‘{text}’ in this project"),
    )
}

/// 在本项目不查……
pub fn title_off(finding: &Diagnostic, locale: Locale) -> String {
    let name = finding.rule.text(locale).name;
    locale.pick(
        format!("在本项目不查：{name}"),
        format!("在本專案不查：{name}"),
        format!("Switch off in this project: {}", finding.rule.code),
    )
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::analysis::Markup;
    use crate::rules::diagnostics;
    use crate::settings::Settings;
    use crate::text::Flat;

    /// The words for each finding.
    fn known_by(text: &str) -> Vec<Option<String>> {
        let (lines, settings) = (Flat::new(text), Arc::new(Settings::default()));
        let analysis = Analysis::new(&lines, Markup::Plain, &settings);
        let found = diagnostics(&analysis, &lines, &settings, Locale::Hans, usize::MAX);
        found.iter().filter(|d| d.rule.code == "placeholder").map(|finding| words(&lines, finding)).collect()
    }

    #[test]
    fn a_place_is_known_by_its_words() {
        let of = |text: &str| known_by(text).into_iter().map(Option::unwrap_or_default).collect::<Vec<_>>();
        assert_eq!(of("同志们：\n　　XX区要带头，XX牌要打响招牌。\n"), ["XX区要带头", "XX牌要打响招牌"]);
        // A clause that is too short, or stands twice, takes in what is beside it.
        assert_eq!(of("同志们：\n　　今天，XX同志，来到我们中间。\n"), ["今天，XX同志，来到我们中间"]);
        let twice = of("同志们：\n　　请XX区带好头，也请XX区带好头。\n");
        assert!(twice.iter().all(|words| !words.is_empty()), "{twice:?}");
        // Marks alone would hide all others like them.
        assert_eq!(known_by("在XX区大会上的讲话\n\nXXX\n\n同志们：\n　　大家好。\n").last(), Some(&None));
    }
}
