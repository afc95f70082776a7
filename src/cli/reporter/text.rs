//! The report for people: what is wrong, the line it stands in, and the mark below it.

mod snippet;

use std::fmt::Write as _;

use super::{Draft, Outcome, Reporter};
use crate::cli::extent::Extent;
use crate::cli::output::{Look, clean};
use crate::locale::Locale;
use crate::placeholder::Category;
use crate::report::Columns;
use crate::rules::Diagnostic;
use crate::settings::Severity;
use crate::text::{Flat, Grade, Lines as _, Point, Span};
use crate::word::Whereabouts;
use crate::workspace::Told;
use snippet::Mark;

pub(super) struct Text {
    pub look: Look,
}

impl Reporter for Text {
    fn is_for_people(&self) -> bool {
        true
    }

    fn draft(&self, draft: &Draft) -> String {
        let mut text = String::new();
        for finding in draft.findings {
            diagnostic(&mut text, draft, finding, self.look);
        }
        text
    }

    fn foot(&self, outcome: &Outcome) -> String {
        foot(outcome, self.look)
    }
}

/// The totals, and what follows from them.
pub(super) fn foot(outcome: &Outcome, look: Look) -> String {
    let mut text = summary(outcome.extent, outcome.counts, outcome.placeholders, look);
    if outcome.fixed > 0 {
        let count = outcome.fixed;
        text += &look.locale.pick(
            format!("已修正 {count} 处\n"),
            format!("已修正 {count} 處\n"),
            format!("{count} places fixed\n"),
        );
    }
    if let Some(code) = outcome.code {
        text += &pointer(code, look.locale);
    }
    if let Some(verdict) = outcome.verdict {
        text += &verdict.report(outcome.extent, look.locale);
    }
    text
}

/// Adds one finding of the draft to `report`.
fn diagnostic(report: &mut String, draft: &Draft, diagnostic: &Diagnostic, look: Look) {
    let title = format!("{}[{}]", diagnostic.severity.name_in(look.locale), diagnostic.rule.code);
    let primary = Mark { span: diagnostic.span, label: "", primary: true };
    let related =
        diagnostic.related.iter().map(|related| Mark { span: related.span, label: &related.message, primary: false });
    let entry = Entry {
        title: &title,
        severity: diagnostic.severity,
        message: &diagnostic.message,
        path: draft.path,
        marks: [primary].into_iter().chain(related).collect(),
        whereabouts: draft.whereabouts,
    };
    let gutter = entry.write(report, draft.lines, draft.columns, look);
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

/// A mistake in a settings file or a pack.
pub(in crate::cli) fn settings_problem(told: &Told, look: Look) -> String {
    let Told { path, problem, text, line } = told;
    let path = path.display().to_string();
    let message = problem.message.text(look.locale);
    let title = look.locale.pick("设置有误", "設定有誤", "settings");
    let mut report = String::new();
    // Where there is no text to show, the place alone.
    if text.is_empty() {
        let (style, strong, frame) =
            (look.palette.severity(Severity::Warning), look.palette.strong, look.palette.frame);
        let (message, path) = (clean(&message), clean(&path));
        let place = line.map_or(String::new(), |line| format!(":{line}:1"));
        let _ = write!(
            report,
            "{style}{title}{style:#}{strong}: {message}{strong:#}\n {frame}-->{frame:#} {path}{place}\n"
        );
    } else {
        let lines = Flat::new(text);
        let span = Span::new(point_at(&lines, problem.range.start), point_at(&lines, problem.range.end));
        let marks = vec![Mark { span, label: "", primary: true }];
        let severity = Severity::Warning;
        let entry = Entry { title, severity, message: &message, path: &path, marks, whereabouts: None };
        entry.write(&mut report, &lines, &Columns::new(&lines), look);
    }
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
    whereabouts: Option<&'a Whereabouts<'a>>,
}

impl Entry<'_> {
    /// Writes the entry and returns the width of its line numbers.
    fn write(self, report: &mut String, lines: &Flat, columns: &Columns, look: Look) -> usize {
        let palette = look.palette;
        let (style, strong, frame) = (palette.severity(self.severity), palette.strong, palette.frame);
        let start = self.marks[0].span.start;
        // Word has no lines: there the paragraphs are counted.
        let whereabouts = self.whereabouts;
        let number = |line: u32| whereabouts.map_or(line, |places| places.paragraph(line)) + 1;
        let last = self.marks.iter().map(|mark| number(mark.span.start.line)).max();
        let gutter = last.unwrap_or(1).ilog10() as usize + 1;
        let place = match whereabouts {
            Some(places) => format!(" {}", clean(&places.said(start.line, look.locale))),
            None => {
                let place = columns.position(start);
                format!(":{}:{}", place.line + 1, place.column + 1)
            }
        };
        let _ = write!(
            report,
            "{style}{}{style:#}{strong}: {}{strong:#}\n{:gutter$}{frame}-->{frame:#} {}{place}\n",
            self.title,
            clean(self.message),
            "",
            clean(self.path),
        );
        let mut marks = self.marks;
        marks.sort_by_key(|mark| mark.span.start);
        snippet::write(report, lines, &marks, &snippet::Margin { gutter, number: &number }, style, palette);
        gutter
    }
}

/// The last lines of a report.
fn summary(extent: Extent, counts: [usize; 4], placeholders: &[(&'static str, usize)], look: Look) -> String {
    let locale = look.locale;
    let strong = look.palette.strong;
    let Extent { files, others, unread, is_unsound, is_concealed } = extent;
    let found: Vec<_> = Severity::ALL
        .into_iter()
        .filter(|&severity| counts[severity as usize] > 0)
        .map(|severity| {
            let style = look.palette.severity(severity);
            let name = severity.name_in(locale);
            format!("{style}{name}{style:#} {}", counts[severity as usize])
        })
        .collect();
    let mut text = match (files, found.is_empty()) {
        (0, _) => locale.pick("没有查成任何稿件\n", "沒有查成任何稿件\n", "no draft has been checked\n").to_owned(),
        (_, false) => locale.pick(
            format!("{files} 个文件：{}\n", found.join("，")),
            format!("{files} 個檔案：{}\n", found.join("，")),
            format!("files: {files}; {}\n", found.join(", ")),
        ),
        _ if unread > 0 || is_unsound || is_concealed => locale.pick(
            format!("查了 {files} 个文件\n"),
            format!("查了 {files} 個檔案\n"),
            format!("files checked: {files}\n"),
        ),
        _ => locale.pick(
            format!("{files} 个文件，没有发现问题\n"),
            format!("{files} 個檔案，沒有發現問題\n"),
            format!("files: {files}, nothing found\n"),
        ),
    };
    if others > 0 {
        text += &locale.pick(
            format!("{others} 个不像讲话、报告、通知一类的公文，只作提示；要照公文查，在文中单写一行“# 讲稿”\n"),
            format!("{others} 個不像講話、報告、通知一類的公文，只作提示；要照公文查，在文中單寫一行“# 講稿”\n"),
            format!("no official prose: {others}, hints only; a line “# 讲稿” in the text has it checked as a draft\n"),
        );
    }
    if unread > 0 {
        text += &locale.pick(
            format!("{strong}另有 {unread} 个没有查成{strong:#}，原因见上\n"),
            format!("{strong}另有 {unread} 個沒有查成{strong:#}，原因見上\n"),
            format!("{strong}not checked: {unread}{strong:#}, for the reasons above\n"),
        );
    }
    if is_unsound {
        text += locale.pick(
            "设置有误，见上；改好之前，查的结果不算数\n",
            "設定有誤，見上；改好之前，查的結果不算數\n",
            "the settings have mistakes, see above; until they are mended the result does not count\n",
        );
    }
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
fn pointer(code: &str, locale: Locale) -> String {
    locale.pick(
        format!("规则的说明：jianggao explain {code}\n"),
        format!("規則的說明：jianggao explain {code}\n"),
        format!("about a rule: jianggao explain {code}\n"),
    )
}

#[cfg(test)]
mod tests;
