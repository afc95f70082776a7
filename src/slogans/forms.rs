//! The forms of an entry that completion inserts.

use super::query::{CompletionQuery, Script};
use super::{Entry, Kind, fold};

/// A text of the tables in the wanted characters, or `None` when that is not certain.
fn written(text: &str, script: Script) -> Option<String> {
    match script {
        Script::Simplified => Some(text.to_owned()),
        Script::Traditional => fold::traditional(text),
    }
}

pub(super) fn bare(entry: &Entry, script: Script) -> Option<String> {
    match script {
        Script::Traditional if !entry.traditional.is_empty() => Some(entry.traditional.to_string()),
        // Better in the other characters than not at all.
        _ => written(&entry.text, script).or_else(|| Some(entry.text.to_string())),
    }
}

fn in_quotes(start: usize, query: &CompletionQuery<'_>) -> bool {
    query
        .before
        .get(..start)
        .and_then(|before| before.chars().next_back())
        .is_some_and(|c| matches!(c, '“' | '"' | '「' | '『' | '‘'))
}

pub(super) fn quoted(entry: &Entry, start: usize, query: &CompletionQuery<'_>) -> Option<String> {
    if entry.kind != Kind::Numbered || entry.text.contains(['“', '、', '〔']) || in_quotes(start, query) {
        return None;
    }
    let text = bare(entry, query.script)?;
    Some(match query.script {
        Script::Simplified => format!("“{text}”"),
        Script::Traditional => format!("「{text}」"),
    })
}

pub(super) fn with_members(entry: &Entry, start: usize, query: &CompletionQuery<'_>) -> Option<String> {
    if entry.open_members || entry.members.is_empty() {
        return None;
    }
    let text = quoted(entry, start, query)?;
    let members = written(&joined(entry), query.script)?;
    Some(format!("{text}（{members}）"))
}

pub(super) fn joined(entry: &Entry) -> String {
    let separator = if entry.members.iter().any(|m| m.contains(['、', '，'])) { "；" } else { "、" };
    entry.members.join(separator)
}

pub(super) fn full(entry: &Entry, query: &CompletionQuery<'_>) -> Option<String> {
    if entry.full.is_empty() || entry.full.contains("××") || entry.full == entry.text {
        return None;
    }
    written(&entry.full, query.script)
}

/// The text with its slots as tab stops, or `None` when it has none.
pub(super) fn snippet(text: &str) -> Option<String> {
    if !text.contains('〔') && !text.contains("……") {
        return None;
    }
    let mut out = String::with_capacity(text.len() + 32);
    let mut stop = 0;
    let mut rest = text;
    while !rest.is_empty() {
        if let Some((name, after)) = rest.strip_prefix('〔').and_then(|inner| inner.split_once('〕')) {
            stop += 1;
            if name == "……" {
                out.push_str(&format!("${stop}"));
            } else {
                out.push_str(&format!("${{{stop}:{}}}", escaped(name)));
            }
            rest = after;
        } else if let Some(after) = rest.strip_prefix("……") {
            stop += 1;
            out.push_str(&format!("${stop}"));
            rest = after;
        } else {
            let mut chars = rest.chars();
            if let Some(c) = chars.next() {
                out.push_str(&escaped(c.encode_utf8(&mut [0; 4])));
            }
            rest = chars.as_str();
        }
    }
    out.push_str("$0");
    Some(out)
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '$' | '}' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
