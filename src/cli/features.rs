//! `jianggao features KIND PATHS`: what the fitted points are fitted on, as JSON lines. For `tools/fit`.

use std::io;

use serde_json::json;

use super::arguments;
use super::files;
use super::input;
use super::output::{Output, complain};
use crate::analysis::Analysis;
use crate::outline::faults;
use crate::text::Flat;

pub(super) fn run(arguments: &arguments::Features, output: &mut Output) -> io::Result<u8> {
    let files::Collected { sources, complaints, .. } = files::collect(&arguments.paths, None, output);
    complaints.iter().for_each(|message| complain(output.locale, message));
    let Ok(configured) = files::settings(&sources, None, output) else { return Ok(super::CANNOT) };
    let arguments::FeatureKind::Lists = arguments.kind;
    let mut failed = !complaints.is_empty();
    for (source, settings) in sources.iter().zip(&configured.settings) {
        let Ok(bytes) = source.read() else {
            failed = true;
            continue;
        };
        let Ok(decoded) = input::decode(&bytes) else {
            failed = true;
            continue;
        };
        let lines = Flat::new(&decoded.text);
        let analysis = Analysis::new(&lines, source.markup(), settings);
        for row in lists(&analysis, &source.shown()) {
            output.json(&row)?;
        }
    }
    Ok(if failed { super::CANNOT } else { 0 })
}

/// One row for each list that does not count on.
fn lists(analysis: &Analysis, file: &str) -> Vec<serde_json::Value> {
    let mut rows = Vec::new();
    for (base, speech) in analysis.speeches() {
        let outline = &speech.outline;
        for (n, fault) in outline.faults.iter().enumerate() {
            let at = fault.defect.place();
            let items = &outline.lists[fault.list as usize].items;
            let node = &outline.nodes[items[at.min(items.len() - 1)] as usize];
            let features = faults::features_of(outline, &speech.lines, n);
            let features: serde_json::Map<String, serde_json::Value> =
                faults::NAMES.iter().zip(features).map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
            let lines: Vec<u32> = items.iter().map(|&i| outline.nodes[i as usize].line + base as u32).collect();
            rows.push(json!({
                "file": file,
                "line": node.line + base as u32,
                "start": node.marker.start,
                "end": node.marker.end,
                "text": outline.values(fault.list, &speech.lines),
                "lines": lines,
                "points": fault.points,
                "features": features,
            }));
        }
    }
    rows
}
