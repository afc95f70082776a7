//! Bringing an analysis up to date over any edits gives what looking at the whole text gives.
#![no_main]

use std::sync::Arc;

use jianggao::analysis::{Analysis, Markup};
use jianggao::locale::Locale;
use jianggao::rules::diagnostics;
use jianggao::settings::Settings;
use jianggao::text::{Change, Document, Encoding, Position};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, Vec<(u8, u8, u8, u8, &str)>)| {
    let (text, edits) = input;
    let settings = Arc::new(Settings::default());
    let mut document = Document::new(0, text);
    let mut analysis = Analysis::new(&document, Markup::Plain, &settings);
    for (line, column, to_line, to_column, new) in edits {
        let from = Position::new(line.into(), column.into());
        let to = Position::new(to_line.into(), to_column.into());
        let change = Change { range: Some((from, to)), text: new.to_owned() };
        let (next, lines) = document.edited(0, &change, Encoding::Utf16);
        document = next;
        analysis.update(&document, lines);
        let fresh = Analysis::new(&document, Markup::Plain, &settings);
        let shown =
            |analysis: &Analysis| format!("{:?}", diagnostics(analysis, &document, &settings, Locale::Hans, 1000));
        assert_eq!(shown(&analysis), shown(&fresh));
    }
});
