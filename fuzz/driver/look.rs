//! What is seen in a draft, and what must hold for it.

use std::fmt::Write as _;
use std::sync::Arc;

use jianggao::analysis::Analysis;
use jianggao::features::{
    actions, blanks, completion, folding, format, hover, links, selection, symbols, tokens, typing,
};
use jianggao::locale::Locale;
use jianggao::rules::{counts, diagnostics};
use jianggao::settings::Settings;
use jianggao::text::{Change, Document, Edit, Encoding, Flat, Lines, Point, Position, Span, apply};

use crate::Fault;
use crate::draft::Trial;

pub fn run(trial: &Trial) -> Result<(), Fault> {
    let settings = Arc::new(trial.settings());
    let mut text = trial.text.clone();
    let mut document = Document::new(0, &text);
    let mut analysis = Analysis::new(&document, trial.markup, &settings);
    for (n, edit) in trial.edits.iter().enumerate() {
        if edit.look {
            let _ = shown(&analysis, &document, &settings);
        }
        let expected = replaced(&text, edit.range, &edit.text, trial.encoding);
        let change = Change { range: edit.range, text: edit.text.clone() };
        let (next, lines) = document.edited(n as i32 + 1, &change, trial.encoding);
        document = next;
        text = document.to_string();
        if text != expected {
            return fault("text", format!("edit {n} gives {text:?} for {expected:?}"));
        }
        analysis.update(&document, lines);
        let flat = Flat::new(&text);
        let fresh = Analysis::new(&flat, trial.markup, &settings);
        let (kept, fresh) = (shown(&analysis, &document, &settings), shown(&fresh, &flat, &settings));
        if kept != fresh {
            let mut both = kept.lines().zip(fresh.lines());
            let (kept, fresh) = both.find(|(kept, fresh)| kept != fresh).unwrap_or(("more", "or less"));
            return fault("incremental", format!("after edit {n}: {kept} instead of {fresh}"));
        }
    }
    let flat = Flat::new(&text);
    let analysis = Analysis::new(&flat, trial.markup, &settings);
    places(&analysis, &flat, &settings)?;
    settled(&text, trial, &settings)
}

fn fault<T>(kind: &str, message: String) -> Result<T, Fault> {
    Err(Fault { kind: kind.to_owned(), message })
}

/// Everything that the draft shows by itself.
fn shown(analysis: &Analysis, lines: &dyn Lines, settings: &Settings) -> String {
    fn walk(nodes: &[symbols::Symbol], out: &mut String) {
        for n in nodes {
            let _ = writeln!(out, "{} {:?} {:?} {} {}", n.name, n.span, n.selection, n.level, n.detail);
            walk(&n.children, out);
        }
    }
    let mut out = String::new();
    walk(&symbols::symbols(analysis, lines), &mut out);
    for found in diagnostics(analysis, lines, settings, Locale::Hans, usize::MAX) {
        let _ = writeln!(out, "{found:?} {:?} {:?} {:?}", found.severity, found.related, found.fix);
    }
    for token in tokens::tokens(analysis, lines, settings, 0, u32::MAX) {
        let _ = writeln!(out, "{token:?}");
    }
    for fold in folding::folds(analysis) {
        let _ = writeln!(out, "{}-{} {}", fold.first, fold.last, fold.boilerplate);
    }
    let _ = writeln!(out, "{:?}", format::format(analysis, lines, 0, u32::MAX));
    let _ = writeln!(out, "{}", links::links(analysis, lines).len());
    let _ = writeln!(out, "{:?} {:?} {}", analysis.totals(), counts(analysis, lines, settings), analysis.line_count());
    out
}

/// The text after an edit, found without a rope: lines end at LF, CRLF and CR.
fn replaced(text: &str, range: Option<(Position, Position)>, new: &str, encoding: Encoding) -> String {
    let Some((from, to)) = range else { return new.to_owned() };
    let mut starts = vec![0];
    let bytes = text.as_bytes();
    for at in 0..bytes.len() {
        if bytes[at] == b'\n' || bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n') {
            starts.push(at + 1);
        }
    }
    let offset = |place: Position| {
        let Some(&start) = starts.get(place.line as usize) else { return text.len() };
        let line = &text[start..starts.get(place.line as usize + 1).copied().unwrap_or(text.len())];
        let line = line.trim_end_matches(['\n', '\r']);
        let mut column = 0;
        for (at, c) in line.char_indices() {
            column += match encoding {
                Encoding::Utf8 => c.len_utf8(),
                Encoding::Utf16 => c.len_utf16(),
                Encoding::Utf32 => 1,
            };
            if column > place.column as usize {
                return start + at;
            }
        }
        start + line.len()
    };
    let (from, to) = (offset(from), offset(to));
    let (from, to) = (from.min(to), from.max(to));
    format!("{}{new}{}", &text[..from], &text[to..])
}

fn place(lines: &dyn Lines, span: Span) -> Result<(), Fault> {
    let is_sound = |point: Point| {
        let inside = (point.line as usize) < lines.line_count() || point.byte == 0;
        inside && lines.line(point.line as usize).is_char_boundary(point.byte as usize)
    };
    if span.start <= span.end && is_sound(span.start) && is_sound(span.end) {
        return Ok(());
    }
    fault("place", format!("{span:?} is no place"))
}

fn disjoint(lines: &dyn Lines, edits: &[Edit]) -> Result<(), Fault> {
    let mut spans: Vec<_> = edits.iter().map(|edit| (edit.span.start, edit.span.end)).collect();
    spans.sort_unstable();
    if spans.windows(2).any(|two| two[0].1 > two[1].0) {
        return fault("overlap", format!("edits overlap: {edits:?}"));
    }
    edits.iter().try_for_each(|edit| place(lines, edit.span))
}

/// Every place lies on a character of the text.
fn places(analysis: &Analysis, lines: &Flat, settings: &Settings) -> Result<(), Fault> {
    fn nested(nodes: &[symbols::Symbol], lines: &Flat, parent: Option<Span>) -> Result<(), Fault> {
        for node in nodes {
            place(lines, node.span)?;
            place(lines, node.selection)?;
            let inside = |outer: Span, inner: Span| outer.start <= inner.start && inner.end <= outer.end;
            if !inside(node.span, node.selection) || parent.is_some_and(|parent| !inside(parent, node.span)) {
                return fault("symbol", format!("{} stands outside", node.name));
            }
            nested(&node.children, lines, Some(node.span))?;
        }
        Ok(())
    }
    for found in diagnostics(analysis, lines, settings, Locale::Hant, usize::MAX) {
        place(lines, found.span)?;
        found.related.iter().try_for_each(|related| place(lines, related.span))?;
        found.fix.iter().try_for_each(|fix| disjoint(lines, &fix.edits))?;
    }
    nested(&symbols::symbols(analysis, lines), lines, None)?;
    let count = lines.line_count();
    for n in (0..count).step_by(1 + count / 12) {
        let line = lines.line(n);
        let middle = (0..=line.len() / 2).rev().find(|at| line.is_char_boundary(*at)).unwrap_or(0);
        for byte in [0, middle, line.len()] {
            let at = Point::new(n as u32, byte as u32);
            if let Some(hover) = hover::hover(analysis, lines, settings, Locale::Hans, at) {
                place(lines, hover.span)?;
            }
            for candidate in completion::complete(analysis, lines, at) {
                place(lines, candidate.span)?;
            }
            if let Some(blank) = blanks::blank_at(analysis, lines, at) {
                blank.uses.iter().try_for_each(|span| place(lines, *span))?;
                if !blank.uses.contains(&blank.span) {
                    return fault("blank", format!("{blank:?} is no use of itself"));
                }
            }
            selection::selections(analysis, lines, at).into_iter().try_for_each(|span| place(lines, span))?;
            disjoint(lines, &typing::after_enter(analysis, lines, at))?;
            for fix in actions::quick_fixes(analysis, lines, settings, Locale::Hans, Span::new(at, at)) {
                disjoint(lines, &fix.edits)?;
            }
        }
    }
    Ok(())
}

/// Once the fixes are made, or the draft is formatted, there is nothing left to do.
fn settled(text: &str, trial: &Trial, settings: &Arc<Settings>) -> Result<(), Fault> {
    let fix = |analysis: &Analysis, lines: &Flat| actions::fix_all(analysis, lines, settings);
    let tidy = |analysis: &Analysis, lines: &Flat| format::format(analysis, lines, 0, u32::MAX);
    let due: [(&str, &dyn Fn(&Analysis, &Flat) -> Vec<Edit>); 2] = [("fix", &fix), ("format", &tidy)];
    for (kind, due) in due {
        let lines = Flat::new(text);
        let edits = due(&Analysis::new(&lines, trial.markup, settings), &lines);
        disjoint(&lines, &edits)?;
        let once = apply(text, &edits);
        let lines = Flat::new(&once);
        let left = due(&Analysis::new(&lines, trial.markup, settings), &lines);
        if apply(&once, &left) != once {
            return fault(kind, format!("{kind} has something left to do: {left:?} in {once:?}"));
        }
    }
    Ok(())
}
