//! While a faultless speech is being written, nothing cries wolf.

use std::sync::Arc;

use jianggao::analysis::{Analysis, Markup};
use jianggao::features::writing::Open;
use jianggao::locale::Locale;
use jianggao::rules::{Severity, diagnostics};
use jianggao::settings::Settings;
use jianggao::text::{Change, Document, Encoding, Position};

/// The warnings that come and go while `text` is written clause by clause, each with what was written last.
fn false_alarms(text: &str) -> (usize, Vec<String>) {
    let settings = Arc::new(Settings::default());
    let mut document = Document::new(0, "");
    let mut analysis = Analysis::new(&document, Markup::Plain, &settings);
    let mut steps = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest
            .find(['，', '。', '；', '：', '、', '！', '？', '\n'])
            .map_or(rest.len(), |at| at + rest[at..].chars().next().map_or(0, char::len_utf8));
        let (piece, tail) = rest.split_at(end);
        rest = tail;
        let at = document.point(document.rope().len_bytes());
        let place = Encoding::Utf8.position(&document, at);
        let change = Change { range: Some((place, Position::new(place.line, place.column))), text: piece.to_owned() };
        let (next, lines) = document.edited(1, &change, Encoding::Utf8);
        document = next;
        analysis.update(&document, lines);
        let front = document.point(document.rope().len_bytes());
        let open = Open::at(&analysis, &document, front);
        let mut found = diagnostics(&analysis, &document, &settings, Locale::Hans, usize::MAX);
        found.retain(|d| d.severity <= Severity::Warning);
        if !rest.is_empty() {
            found.retain(|d| !open.awaits(d.rule, d.span, d.related.iter().map(|r| r.span)));
        }
        steps.push((piece.to_owned(), found));
    }
    let Some((_, last)) = steps.last().cloned() else { return (0, Vec::new()) };
    let stays = |d: &jianggao::rules::Diagnostic| {
        last.iter().any(|l| l.rule.code == d.rule.code && l.span.start == d.span.start)
    };
    let alarm = |(piece, found): &(String, Vec<jianggao::rules::Diagnostic>)| {
        let shown = found.iter().find(|d| !stays(d))?;
        Some(format!("{} {:?} behind {piece:?}: {}", shown.rule.code, shown.span.start, shown.message))
    };
    (steps.len(), steps.iter().filter_map(alarm).collect())
}

#[test]
fn clean_speeches() {
    let shared = std::env::var("JIANGGAO_SHARED").unwrap_or_else(|_| "../shared".to_owned());
    let Ok(folder) = std::fs::read_dir(format!("{shared}/clean")) else {
        eprintln!("no texts in {shared}/clean: nothing is tested");
        return;
    };
    let (mut pauses, mut alarms) = (0, Vec::new());
    for file in folder.flatten().filter(|file| file.path().extension().is_some_and(|e| e == "txt")) {
        let text = std::fs::read_to_string(file.path()).unwrap();
        let (count, found) = false_alarms(&text);
        pauses += count;
        alarms.extend(found.into_iter().map(|alarm| format!("{:?} {alarm}", file.file_name())));
    }
    for alarm in alarms.iter().take(60) {
        eprintln!("{alarm}");
    }
    eprintln!("{} of {pauses} pauses", alarms.len());
    assert!(alarms.len() * 200 <= pauses, "{} of {pauses} pauses", alarms.len());
}
