//! Any text is analysed without a panic, every place lies on a character, and safe fixes converge.
#![no_main]

use std::sync::Arc;

use jianggao::analysis::{Analysis, Markup};
use jianggao::features::actions::fix_all;
use jianggao::features::symbols::symbols;
use jianggao::locale::Locale;
use jianggao::rules::diagnostics;
use jianggao::settings::Settings;
use jianggao::text::{Flat, Lines, Span, apply};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for markup in [Markup::Plain, Markup::Markdown] {
        let settings = Arc::new(Settings::default());
        let lines = Flat::new(text);
        let analysis = Analysis::new(&lines, markup, &settings);
        for found in diagnostics(&analysis, &lines, &settings, Locale::Hans, usize::MAX) {
            check(&lines, found.span);
            found.related.iter().for_each(|related| check(&lines, related.span));
            found.fix.iter().flat_map(|fix| &fix.edits).for_each(|edit| check(&lines, edit.span));
        }
        for symbol in symbols(&analysis, &lines) {
            check(&lines, symbol.span);
            check(&lines, symbol.selection);
        }
        let fixed = apply(text, &fix_all(&analysis, &lines, &settings));
        let lines = Flat::new(&fixed);
        let analysis = Analysis::new(&lines, markup, &settings);
        assert_eq!(apply(&fixed, &fix_all(&analysis, &lines, &settings)), fixed);
    }
});

fn check(lines: &Flat, span: Span) {
    assert!(span.start <= span.end);
    for point in [span.start, span.end] {
        assert!(lines.line(point.line as usize).is_char_boundary(point.byte as usize));
    }
}
