//! `jianggao fill`: what is known of the placeholders goes into a copy of the draft.

use std::io;

use super::files;
use super::input::{Content, Decoded};
use super::output::{Output, print_error};
use super::word::{Failed, create, named_alike};
use super::{EXIT_ERROR, arguments};
use crate::analysis::Analysis;
use crate::features::blanks;
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
    Ok(if failed { EXIT_ERROR } else { 0 })
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
