//! Links: from the rules that a suppression names to their pages, and in Markdown to files beside the
//! draft. Addresses on the web are left to the editor.

use std::sync::LazyLock;

use regex::Regex;

use crate::analysis::Analysis;
use crate::paragraph::directive::Directive;
use crate::rules::{self, Rule};
use crate::text::{Lines, Range, Span};

/// Where a link leads.
#[derive(Clone)]
pub enum Target {
    Rule(&'static Rule),
    /// A path from the folder of the draft, as it is written. It may not exist.
    File(String),
}

#[derive(Clone)]
pub struct Link {
    pub span: Span,
    pub target: Target,
}

static MARKDOWN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    // `[words](file "title")`, `![picture](<my file>)`, and `[name]: file` on a line of its own.
    Regex::new(r"\[[^\]]*\]\(\s*(?:<(?P<a>[^<>]+)>|(?P<b>[^\s<>()]+))[^()]*\)|^ {0,3}\[[^\]]+\]:\s*(?P<c>\S+)").ok()
});

/// The links of the draft, in text order.
pub fn links(analysis: &Analysis, lines: &dyn Lines) -> Vec<Link> {
    let mut found = Vec::new();
    let markdown = analysis.options().markdown;
    if !markdown && analysis.totals().directives == 0 {
        return found;
    }
    for (n, paragraph) in analysis.paragraphs() {
        if let Some(directive) = &paragraph.directive {
            of_directive(directive, &lines.line(n), n as u32, &mut found);
        } else if markdown && (paragraph.is_checked() || paragraph.defines_link()) {
            of_markdown(&lines.line(n), n as u32, &mut found);
        }
    }
    found
}

fn of_directive(directive: &Directive, text: &str, line: u32, found: &mut Vec<Link>) {
    let mut from = directive.range.start as usize;
    for name in &directive.rules {
        let Some(at) = text.get(from..).and_then(|rest| rest.find(name)).map(|at| from + at) else { return };
        from = at + name.len();
        if let Some(rule) = rules::find(name) {
            let span = Span::in_line(line, Range::new(at, from));
            found.push(Link { span, target: Target::Rule(rule) });
        }
    }
}

fn of_markdown(text: &str, line: u32, found: &mut Vec<Link>) {
    let Some(links) = MARKDOWN.as_ref().filter(|_| text.contains("](") || text.contains("]:")) else { return };
    let (mut from, mut ticks) = (0, 0);
    for captures in links.captures_iter(text) {
        let Some(path) = ["a", "b", "c"].into_iter().find_map(|name| captures.name(name)) else { continue };
        // In a code span, a link is no link.
        ticks += text[from..path.start()].matches('`').count();
        from = path.start();
        let in_code = ticks % 2 == 1;
        let name = path.as_str().split(['#', '?']).next().unwrap_or("");
        if in_code || name.is_empty() || name.starts_with('/') || name.contains(':') {
            continue;
        }
        let span = Span::in_line(line, Range::new(path.start(), path.end()));
        found.push(Link { span, target: Target::File(unescaped(name)) });
    }
}

/// `name` with `%20` and the like as what they stand for.
fn unescaped(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        let digits = behind.get(..2).filter(|_| first == b'%').and_then(|two| std::str::from_utf8(two).ok());
        let byte = digits.and_then(|two| u8::from_str_radix(two, 16).ok());
        bytes.push(byte.unwrap_or(first));
        rest = if byte.is_some() { &behind[2..] } else { behind };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| name.to_owned())
}
