//! The report for people: what is wrong, the line it stands in, and the mark below it.

mod snippet;

use std::borrow::Cow;
use std::fmt::Write as _;

use super::columns::Columns;
use super::output::{Look, severity_name};
use crate::locale::Locale;
use crate::paragraph::placeholder::Category;
use crate::rules::Diagnostic;
use crate::settings::{Problem, Severity};
use crate::text::{Flat, Grade, Lines as _, Point, Span};
use snippet::Mark;

/// Adds one finding of the draft `path` to `report`.
pub(super) fn diagnostic(
    report: &mut String,
    path: &str,
    lines: &Flat,
    columns: &Columns,
    diagnostic: &Diagnostic,
    look: Look,
) {
    let title = format!("{}[{}]", severity_name(diagnostic.severity, look.locale), diagnostic.rule.code);
    let primary = Mark { span: diagnostic.span, label: "", primary: true };
    let related =
        diagnostic.related.iter().map(|related| Mark { span: related.span, label: &related.message, primary: false });
    let entry = Entry {
        title: &title,
        severity: diagnostic.severity,
        message: &diagnostic.message,
        path,
        marks: [primary].into_iter().chain(related).collect(),
    };
    let gutter = entry.write(report, lines, columns, look);
    if let Some(fix) = &diagnostic.fix {
        let (frame, style) = (look.palette.frame, look.palette.fix);
        let word = match fix.grade {
            Grade::Certain => look.locale.pick("修复", "修復", "fix"),
            Grade::Offered => look.locale.pick("建议", "建議", "suggestion"),
            Grade::Style => look.locale.pick("格式", "格式", "style"),
        };
        let _ = writeln!(report, "{:gutter$} {frame}={frame:#} {style}{word}{style:#}: {}", "", clean(&fix.title));
    }
    report.push('\n');
}

/// A mistake in the settings file `path`.
pub(super) fn settings_problem(path: &str, text: &str, problem: &Problem, look: Look) -> String {
    let lines = Flat::new(text);
    let span = Span::new(point_at(&lines, problem.range.start), point_at(&lines, problem.range.end));
    let entry = Entry {
        title: look.locale.pick("设置有误", "設定有誤", "settings"),
        severity: Severity::Warning,
        message: &problem.message,
        path,
        marks: vec![Mark { span, label: "", primary: true }],
    };
    let mut report = String::new();
    entry.write(&mut report, &lines, &Columns::new(&lines), look);
    report.push('\n');
    report
}

fn point_at(lines: &Flat, offset: usize) -> Point {
    let line = (0..lines.line_count()).rev().find(|&n| lines.line_range(n).start <= offset).unwrap_or(0);
    let range = lines.line_range(line);
    Point::new(line as u32, (offset.min(range.end) - range.start) as u32)
}

struct Entry<'a> {
    title: &'a str,
    severity: Severity,
    message: &'a str,
    path: &'a str,
    /// The first is what the entry is about.
    marks: Vec<Mark<'a>>,
}

impl Entry<'_> {
    /// Writes the entry and returns the width of its line numbers.
    fn write(mut self, report: &mut String, lines: &Flat, columns: &Columns, look: Look) -> usize {
        let palette = look.palette;
        let (style, strong, frame) = (palette.severity(self.severity), palette.strong, palette.frame);
        let start = self.marks[0].span.start;
        let last = self.marks.iter().map(|mark| mark.span.start.line).max();
        let gutter = (last.unwrap_or(0) + 1).ilog10() as usize + 1;
        let place = columns.position(start);
        let _ = write!(
            report,
            "{style}{}{style:#}{strong}: {}{strong:#}\n{:gutter$}{frame}-->{frame:#} {}:{}:{}\n",
            self.title,
            clean(self.message),
            "",
            self.path,
            place.line + 1,
            place.column + 1,
        );
        self.marks.sort_by_key(|mark| mark.span.start);
        snippet::write(report, lines, &self.marks, gutter, style, palette);
        gutter
    }
}

/// The last lines of a report.
pub(super) fn summary(files: usize, counts: [usize; 4], placeholders: &[(&'static str, usize)], look: Look) -> String {
    let locale = look.locale;
    let strong = look.palette.strong;
    let found: Vec<_> = Severity::ALL
        .into_iter()
        .filter(|&severity| counts[severity as usize] > 0)
        .map(|severity| {
            let style = look.palette.severity(severity);
            let name = severity_name(severity, locale);
            format!("{style}{name}{style:#} {}", counts[severity as usize])
        })
        .collect();
    let mut text = match found.is_empty() {
        true => locale.pick(
            format!("{files} 个文件，没有发现问题\n"),
            format!("{files} 個檔案，沒有發現問題\n"),
            format!("files: {files}, nothing found\n"),
        ),
        false => locale.pick(
            format!("{files} 个文件：{}\n", found.join("，")),
            format!("{files} 個檔案：{}\n", found.join("，")),
            format!("files: {files}; {}\n", found.join(", ")),
        ),
    };
    let total: usize = placeholders.iter().map(|(_, count)| count).sum();
    if total > 0 {
        // The categories are named in Simplified Chinese up to here.
        let name = |hans: &'static str| {
            let known = Category::ALL.into_iter().map(Category::names).find(|names| names[0] == hans);
            known.map_or(hans, |[hans, hant, english]| locale.pick(hans, hant, english))
        };
        let parts: Vec<_> =
            placeholders.iter().map(|(category, count)| format!("{} {count}", name(category))).collect();
        text += &locale.pick(
            format!("{strong}占位符 {total} 处{strong:#}：{}\n", parts.join("，")),
            format!("{strong}佔位符 {total} 處{strong:#}：{}\n", parts.join("，")),
            format!("{strong}placeholders {total}{strong:#}: {}\n", parts.join(", ")),
        );
    }
    text
}

/// Where to read about a rule.
pub(super) fn pointer(code: &str, locale: Locale) -> String {
    locale.pick(
        format!("规则的说明：jianggao explain {code}\n"),
        format!("規則的說明：jianggao explain {code}\n"),
        format!("about a rule: jianggao explain {code}\n"),
    )
}

/// `text` with nothing in it that a terminal would obey.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().any(|c| visible(c) != c) {
        Cow::Owned(text.chars().map(visible).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// `c`, or what is shown for it: a picture for a control character, � for what would turn the
/// direction of the line.
fn visible(c: char) -> char {
    match c {
        '\0'..='\x1f' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
        '\x7f' => '␡',
        '\u{80}'..='\u{9f}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' => '\u{fffd}',
        '\u{2066}'..='\u{2069}' => '\u{fffd}',
        _ => c,
    }
}

#[cfg(test)]
mod tests;
