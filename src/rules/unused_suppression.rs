//! 多余的忽略: a suppression that suppresses nothing.

use super::suppression::Suppressions;
use super::{Check, Diagnostic, Example, Fix, Message, Rule, Severity, Tag, severity_of};
use crate::locale::Locale;
use crate::settings::Settings;
use crate::text::{Edit, Grade, Lines, Point, Span};

pub static RULE: Rule = Rule {
    code: "unused-suppression",
    name: "多余的忽略",
    severity: Some(Severity::Hint),
    summary: "稿子里写的“忽略”没有起作用，或者写的规则名不存在。",
    why: "问题改好以后，忽略标记应当删掉，否则会盖住以后的新问题，也会留在定稿里。",
    source: "本工具的约定。",
    examples: &[
        Example {
            bad: "【讲稿：忽略 placeholder】\n大家要抓好落实。",
            good: "【讲稿：忽略 placeholder】\nXX区要抓好落实。",
        },
        Example {
            bad: "大家要抓好落实。<!-- 讲稿：忽略 -->", good: "XX区要抓好落实。<!-- 讲稿：忽略 -->"
        },
    ],
    tags: &[Tag::Unnecessary],
    check: Check::Findings(diagnostics),
    message: |_| Message::default(),
};

/// A finding for each suppression that is of no use.
fn diagnostics(suppressions: &Suppressions, lines: &dyn Lines, settings: &Settings, locale: Locale) -> Vec<Diagnostic> {
    let Some(severity) = severity_of(&RULE, settings) else { return Vec::new() };
    let made = suppressions.unused().map(|entry| {
        let message = match &entry.unknown {
            Some(name) => locale.pick(
                format!("忽略标记里的“{name}”不是规则名"),
                format!("忽略標記裡的“{name}”不是規則名"),
                format!("‘{name}’ in this suppression is no rule"),
            ),
            None if entry.unpaired => locale.pick(
                "“忽略结束”之前没有“忽略开始”".to_owned(),
                "“忽略結束”之前沒有“忽略開始”".to_owned(),
                "this ends a suppression that was never started".to_owned(),
            ),
            None => locale.pick(
                "忽略标记没有起作用，可以删去".to_owned(),
                "忽略標記沒有起作用，可以刪去".to_owned(),
                "this suppression suppresses nothing".to_owned(),
            ),
        };
        let title = locale.pick("删去忽略标记", "刪去忽略標記", "delete the suppression").to_owned();
        let fix = entry.unknown.is_none().then(|| Fix {
            title,
            edits: vec![deletion(entry.span, lines)],
            grade: Grade::Offered,
        });
        Diagnostic { rule: &RULE, severity, span: entry.span, message, related: Vec::new(), fix }
    });
    made.collect()
}

/// Takes the note out, with its line when there is nothing else on it.
fn deletion(span: Span, lines: &dyn Lines) -> Edit {
    let line = lines.line(span.start.line as usize);
    let rest = line.len() - (span.end.byte - span.start.byte) as usize;
    let alone = line.trim().len() + rest == line.len() || line.trim().len() == line.len() - rest;
    let next = span.start.line + 1;
    if alone && (next as usize) < lines.line_count() {
        return Edit::new(Span::new(Point::new(span.start.line, 0), Point::new(next, 0)), "");
    }
    Edit::new(span, "")
}
