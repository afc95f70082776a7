//! `jianggao fill`: what is known of the placeholders goes into a copy of the draft.

use std::fmt::Write as _;
use std::io;

use super::files;
use super::input::{Content, Decoded};
use super::output::{Output, clean, print_error, print_error_text};
use super::word::{Failed, create, named_alike};
use super::{EXIT_ERROR, arguments};
use crate::analysis::Analysis;
use crate::features::report::Open;
use crate::features::{blanks, ledger};
use crate::locale::Locale;
use crate::text::{Edit, Flat, apply};

pub(super) fn run(arguments: &arguments::Fill, output: &mut Output) -> io::Result<u8> {
    let locale = output.locale;
    let (stdin_filename, config) = (arguments.stdin_filename.as_deref(), arguments.config.as_deref());
    let meant = files::one(&arguments.path, stdin_filename, config, arguments.convert, output);
    let Ok((source, settings)) = meant else { return Ok(EXIT_ERROR) };
    let read = files::read(&source, arguments.convert, locale);
    let decoded = match source.decode(&read, locale) {
        Ok(decoded) => decoded,
        Err(message) => {
            print_error(locale, &message);
            return Ok(EXIT_ERROR);
        }
    };
    let nothing = Content::default();
    let content = read.as_ref().unwrap_or(&nothing);
    let mut facts = settings.facts.clone();
    for (unit, fact) in &arguments.set {
        if let Some(known) = facts.insert(unit.clone(), fact.clone()).filter(|known| known != fact) {
            let message = locale.pick(
                format!("{unit}：按 --set 填“{fact}”，不用设置里的“{known}”"),
                format!("{unit}：按 --set 填「{fact}」，不用設定裡的「{known}」"),
                format!("{unit}: ‘{fact}’ from --set, and not ‘{known}’ from the settings"),
            );
            print_error(locale, &message);
        }
    }
    let lines = Flat::new(&decoded.text);
    let analysis = Analysis::new(&lines, source.markup(&decoded), &settings);
    let (mut edits, unused) = blanks::filled(&analysis, &lines, &facts);
    let asked = |unit: &&&str| arguments.set.iter().any(|(set, _)| set == **unit);
    let missed: Vec<&str> = unused.iter().filter(asked).copied().collect();
    let mut failed = false;
    if !missed.is_empty() {
        failed = true;
        let units = missed.join(locale.pick("、", "、", ", "));
        let message = locale.pick(
            format!("没有填：{units}（稿件里没有，或者不止一处又不是同一件事）"),
            format!("沒有填：{units}（稿件裡沒有，或者不止一處又不是同一件事）"),
            format!("not filled in: {units} (not in the draft, or in several places that may differ)"),
        );
        print_error(locale, &message);
    }
    if let Some(document) = &decoded.document {
        let found = edits.len();
        edits.retain(|edit| document.can_revise(edit));
        let left = found - edits.len();
        if left > 0 {
            failed = true;
            let message = locale.pick(
                format!("有 {left} 处没有填：在别人的修订、域、脚注里，或者跨着两种格式"),
                format!("有 {left} 處沒有填：在別人的修訂、功能變數、腳註裡，或者跨著兩種格式"),
                format!("{left} places are not filled in: in proposals, fields or notes, or in two forms"),
            );
            print_error(locale, &message);
        }
    }
    let made = filled(&decoded, &content.bytes, &edits, &source);
    let written = made.and_then(|made| match &arguments.to {
        Some(to) => named_alike(&source, content, to).and_then(|()| create(to, &made, &source)).map(|()| None),
        None if decoded.document.is_some() => Err(Failed::NoOutput),
        None => Ok(Some(made)),
    });
    match written {
        Ok(made) => made.map_or(Ok(()), |made| output.raw(&made))?,
        Err(error) => {
            print_error(locale, &error.message(locale));
            return Ok(EXIT_ERROR);
        }
    }
    let count = edits.len();
    print_error(
        locale,
        &locale.pick(format!("填了 {count} 处"), format!("填了 {count} 處"), format!("filled in: {count}")),
    );
    let left = ledger::open(&analysis, &lines).into_iter();
    let left: Vec<Open> = left.filter(|open| !edits.iter().any(|edit| edit.span.overlaps(open.span))).collect();
    if !left.is_empty() {
        let n = left.len();
        let head =
            locale.pick(format!("还有 {n} 处没有填："), format!("還有 {n} 處沒有填："), format!("still open: {n}"));
        print_error(locale, &head);
        print_error_text(&still_open(&left, &decoded, locale), output.error_look().palette);
    }
    Ok(if failed { EXIT_ERROR } else { 0 })
}

/// Of what is still open no more is shown.
const MOST: usize = 20;

/// What is still to be filled in, a line each, with its first place: nothing is made up for it.
fn still_open(left: &[Open], decoded: &Decoded, locale: Locale) -> String {
    let mut text = String::new();
    let mut facts: Vec<(&Open, usize)> = Vec::new();
    for open in left {
        match facts.iter_mut().find(|(first, _)| open.fact.is_some() && first.fact == open.fact) {
            Some((_, count)) => *count += 1,
            None => facts.push((open, 1)),
        }
    }
    for (open, count) in facts.iter().take(MOST) {
        let number = open.span.start.line + 1;
        let place = match &decoded.document {
            Some(document) => document.paragraph_of(open.span.start.line, locale),
            None => locale.pick(format!("第 {number} 行"), format!("第 {number} 行"), format!("line {number}")),
        };
        let more = match count {
            1 => String::new(),
            n => locale.pick(format!("（{n} 处）"), format!("（{n} 處）"), format!(" ({n} places)")),
        };
        let _ = writeln!(text, "  {place} {}{more}", clean(&open.unit));
    }
    if facts.len() > MOST {
        let more = facts.len() - MOST;
        let _ = writeln!(
            text,
            "  {}",
            locale.pick(
                format!("另有 {more} 项，用 jianggao ledger 看全部"),
                format!("另有 {more} 項，用 jianggao ledger 看全部"),
                format!("and {more} more; jianggao ledger has them all"),
            )
        );
    }
    text
}

/// The draft with `edits`, in its encoding; a Word document with them as tracked changes.
fn filled(decoded: &Decoded, bytes: &[u8], edits: &[Edit], source: &files::Source) -> Result<Vec<u8>, Failed> {
    match &decoded.document {
        Some(document) => {
            let made = document.annotated(bytes, &[], edits);
            made.map_err(|reason| Failed::Refused(source.shown(), reason))
        }
        None => {
            let text = apply(&decoded.text, edits);
            decoded.encode(&text).ok_or(Failed::Encoding(decoded.encoding))
        }
    }
}
