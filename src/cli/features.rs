//! `jianggao features KIND PATHS`: what the fitted points are fitted on, as JSON lines (`tools/fit`). No part
//! of the tool for writers.

use std::io;

use serde::Serialize;
use serde_json::json;

use super::arguments::{self, FeatureKind};
use super::files;
use super::input;
use super::output::{Output, print_error};
use crate::analysis::{Analysis, Totals};
use crate::outline::{counts, faults};
use crate::placeholder::{self, Form, Placeholder};
use crate::slip;
use crate::text::{Flat, Lines, Range};

/// A candidate for a placeholder. Lines count from 0, columns in characters.
#[derive(Serialize)]
struct Row<'a> {
    file: &'a str,
    line: usize,
    start: usize,
    end: usize,
    text: &'a str,
    unit: &'a str,
    kind: &'static str,
    family: &'static str,
    style: &'static str,
    certainty: String,
    features: Vec<&'static str>,
}

pub(super) fn run(arguments: &arguments::Features, output: &mut Output) -> io::Result<u8> {
    if arguments.kind == FeatureKind::Names {
        let names = placeholder::names().map(|(name, meaning)| format!("{name}\t{meaning}\n"));
        output.raw(names.collect::<String>().as_bytes())?;
        return Ok(0);
    }
    let files::Collected { sources, complaints, .. } = files::collect(&arguments.paths, None, false, output);
    complaints.iter().for_each(|message| print_error(output.locale, message));
    let Ok(configured) = files::settings(&sources, None, output) else { return Ok(super::EXIT_ERROR) };
    let mut failed = !complaints.is_empty();
    for (source, settings) in sources.iter().zip(&configured.settings) {
        let Ok(content) = source.read(false) else {
            failed = true;
            continue;
        };
        let Ok(decoded) = input::decode(&content.bytes) else {
            failed = true;
            continue;
        };
        let lines = Flat::new(&decoded.text);
        let analysis = Analysis::new(&lines, source.markup(&decoded), settings);
        match arguments.kind {
            FeatureKind::Genre => genre(&analysis, &source.shown(), output)?,
            FeatureKind::Counts => counts(&analysis, &source.shown(), output)?,
            FeatureKind::Lists => lists(&analysis, &source.shown(), output)?,
            FeatureKind::Slips => slips(&analysis, &lines, &source.shown(), output)?,
            _ => marks(&analysis, &lines, &source.shown(), output)?,
        }
    }
    Ok(if failed { super::EXIT_ERROR } else { 0 })
}

/// One row for each text.
fn genre(analysis: &Analysis, file: &str, output: &mut Output) -> io::Result<()> {
    let Totals { genre, letters, spoken, .. } = analysis.totals();
    output.json(&json!({
        "file": file,
        "spoken": spoken,
        "score": genre.score(letters, spoken),
        "other": analysis.is_other(),
        "features": genre.fact_names(letters, spoken),
    }))
}

/// One row for each list that does not count on.
fn lists(analysis: &Analysis, file: &str, output: &mut Output) -> io::Result<()> {
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
            output.json(&json!({
                "file": file,
                "line": node.line + base as u32,
                "start": node.marker.start,
                "end": node.marker.end,
                "text": outline.values(fault.list, &speech.lines),
                "lines": lines,
                "points": fault.points,
                "features": features,
            }))?;
        }
    }
    Ok(())
}

/// One row for each announced count and a list or row that it may be about.
fn counts(analysis: &Analysis, file: &str, output: &mut Output) -> io::Result<()> {
    for (base, speech) in analysis.speeches() {
        for pair in counts::pairs(&speech.outline, &speech.lines) {
            let said = &speech.lines[pair.line as usize].announcements()[pair.announcement as usize];
            let features = counts::NAMES.iter().zip(pair.features).filter(|(_, holds)| *holds);
            output.json(&json!({
                "file": file,
                "line": pair.line + base as u32,
                "text": said.text,
                "place": said.range.start,
                "list": pair.list,
                "count": pair.count,
                "actual": pair.actual,
                "agrees": pair.agrees(),
                "open": pair.is_open,
                "points": pair.points,
                "features": features.map(|(name, _)| *name).collect::<Vec<_>>(),
            }))?;
        }
    }
    Ok(())
}

/// One row for each correction of one or two characters. Columns count in the prose of the line, in Simplified
/// characters.
fn slips(analysis: &Analysis, lines: &Flat, file: &str, output: &mut Output) -> io::Result<()> {
    for (n, paragraph) in analysis.paragraphs().filter(|(_, paragraph)| paragraph.is_checked()) {
        let line = lines.line(n);
        let text = paragraph.inner().simplified(paragraph.reading(&line).0);
        for slip in slip::candidates(&text) {
            output.json(&json!({
                "file": file,
                "line": n,
                "start": text[..slip.range.start as usize].chars().count(),
                "text": slip.range.of(&text),
                "right": slip.right(),
                "around": around(&text, slip.range),
                "points": slip.points,
                "family": slip.family.name(),
                "features": slip.features.names().collect::<Vec<_>>(),
            }))?;
        }
    }
    Ok(())
}

/// Some characters on either side of a range.
fn around(text: &str, range: Range) -> &str {
    let (before, behind) = (&text[..range.start as usize], &text[range.end as usize..]);
    let start = before.char_indices().rev().nth(8).map_or(0, |(at, _)| at);
    let end = behind.char_indices().nth(8).map_or(text.len(), |(at, _)| range.end as usize + at);
    &text[start..end]
}

/// One row for each candidate for a placeholder.
fn marks(analysis: &Analysis, lines: &Flat, file: &str, output: &mut Output) -> io::Result<()> {
    let blanks = analysis.blanks();
    for (n, paragraph) in analysis.paragraphs() {
        let text = lines.line(n);
        let column = |byte: u32| text.get(..byte as usize).map_or(0, |head| head.chars().count());
        let wanted = |p: &&Placeholder| p.form != Form::Residue;
        for p in paragraph.placeholders.iter().filter(wanted) {
            let mut features: Vec<_> = p.features.iter().map(|feature| feature.name()).collect();
            features.extend(blanks.fact_names(p));
            output.json(&Row {
                file,
                line: n,
                start: column(p.range.start),
                end: column(p.range.end),
                text: p.range.of(&text),
                unit: p.unit.of(&text),
                kind: p.category.names()[0],
                family: p.key.style.family().name(),
                style: p.key.style.name(),
                certainty: format!("{:?}", blanks.certainty(p)),
                features,
            })?;
        }
    }
    Ok(())
}
