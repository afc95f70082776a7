//! Passing over a finding: a note in the draft.

use crate::analysis::Analysis;
use crate::locale::Locale;
use crate::paragraph::directive::Scope;
use crate::rules::{Check, Diagnostic};
use crate::text::{Edit, Lines, Point, Range, Span};

/// The longest text that is worth an exception of its own, in characters.
const LONGEST: usize = 20;

/// The edit that has `finding` passed over where it stands: a note on the line above, or its name in
/// the note that is there already.
pub fn here(analysis: &Analysis, lines: &dyn Lines, finding: &Diagnostic) -> Option<Edit> {
    // What is wrong with a note is settled by changing the note.
    if matches!(finding.rule.check, Check::Findings) {
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
    let name = finding.rule.name;
    let note = if analysis.options().markdown {
        format!("{indent}<!-- 讲稿：忽略 {name} -->")
    } else {
        format!("{indent}【讲稿：忽略 {name}】")
    };
    let at = Point::new(line, 0);
    Some(Edit::new(Span::new(at, at), format!("{note}{}", lines.line_break())))
}

/// The text that an exception for the whole project would name: short, and what the finding is about.
pub fn exception(lines: &dyn Lines, finding: &Diagnostic) -> Option<String> {
    let about_text = finding.rule.check.is_local();
    let one_line = finding.span.start.line == finding.span.end.line;
    let text = lines.text(finding.span);
    (about_text && one_line && !text.is_empty() && text.chars().count() <= LONGEST).then_some(text)
}

/// 忽略此处
pub fn title_here(finding: &Diagnostic, locale: Locale) -> String {
    let name = finding.rule.name;
    locale.pick(format!("忽略此处：{name}"), format!("忽略此處：{name}"), format!("Ignore here: {}", finding.rule.code))
}

/// 在本项目忽略“……”
pub fn title_exception(text: &str, locale: Locale) -> String {
    locale.pick(
        format!("在本项目忽略“{text}”"),
        format!("在本專案忽略“{text}”"),
        format!("Ignore ‘{text}’ in this project"),
    )
}

/// 在本项目不查……
pub fn title_off(finding: &Diagnostic, locale: Locale) -> String {
    let name = finding.rule.name;
    locale.pick(
        format!("在本项目不查：{name}"),
        format!("在本專案不查：{name}"),
        format!("Switch off in this project: {}", finding.rule.code),
    )
}
