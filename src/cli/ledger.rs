//! `jianggao ledger`: what is to be verified before the draft is final, by who is to see to it.

mod page;

use std::fmt::Write as _;
use std::io;
use std::path::Path;

use super::arguments::{self, Format};
use super::files::{self, Source, cannot_read};
use super::input::{self, Content, Decoded};
use super::output::{Look, Output, clean, json_text, print_error};
use super::word::{Failed, create};
use crate::analysis::Analysis;
use crate::features::ledger::entries;
use crate::locale::Locale;
use crate::report::Columns;
use crate::report::ledger::{Item, Ledger};
use crate::settings::Settings;
use crate::text::{Flat, Point};
use crate::word::{Document, List, kept, ticked};

pub(super) fn run(arguments: &arguments::Ledger, output: &mut Output) -> io::Result<u8> {
    let locale = output.locale;
    let found = match ledger(arguments, output) {
        Ok(found) => found,
        Err(message) => {
            if !message.is_empty() {
                print_error(locale, &message);
            }
            return Ok(super::EXIT_ERROR);
        }
    };
    let written = match &arguments.to {
        Some(to) => match write(to, &found, locale) {
            Ok(()) => {
                print_error(locale, &summary(&found, locale));
                Ok(())
            }
            Err(message) => Err(message),
        },
        None => match arguments.format {
            Format::Json => Ok(output.json(&found.ledger)?),
            Format::Text => Ok(output.text(&shown(&found, output.look()))?),
        },
    };
    Ok(match written {
        Ok(()) => u8::from(!found.ledger.entries.is_empty()),
        Err(message) => {
            print_error(locale, &message);
            super::EXIT_ERROR
        }
    })
}

/// The list, and what it is a list of.
struct Found {
    ledger: Ledger,
    /// The drafts, as they are shown.
    title: String,
    /// An older list was given.
    is_since: bool,
    /// The first of them.
    source: Source,
}

/// Fails with what is wrong, or with nothing where that has been said.
fn ledger(arguments: &arguments::Ledger, output: &Output) -> Result<Found, String> {
    let locale = output.locale;
    let old = arguments.since.as_deref().map(|path| older(path, locale)).transpose()?;
    let collected = files::collect(&arguments.paths, None, arguments.convert, output);
    collected.complaints.iter().for_each(|message| print_error(locale, message));
    let configured =
        files::settings(&collected.sources, arguments.config.as_deref(), output).map_err(|()| String::new())?;
    let Some(first) = collected.sources.first().filter(|_| collected.complaints.is_empty()) else {
        return Err(String::new());
    };
    let (source, mut items) = (first.clone(), Vec::new());
    for (source, settings) in collected.sources.iter().zip(&configured.settings) {
        let read = files::read(source, arguments.convert, locale);
        let decoded = source.decode(&read, locale)?;
        items.extend(items_of(source, settings, &decoded, locale));
    }
    let mut ledger = Ledger::new(items);
    let is_since = old.is_some();
    if let Some(old) = old {
        ledger.since(old);
    }
    let names: Vec<String> = collected.sources.iter().map(Source::shown).collect();
    Ok(Found { ledger, title: names.join(locale.pick("、", "、", ", ")), is_since, source })
}

fn items_of(source: &Source, settings: &std::sync::Arc<Settings>, decoded: &Decoded, locale: Locale) -> Vec<Item> {
    let lines = Flat::new(&decoded.text);
    let analysis = Analysis::new(&lines, source.markup(decoded), settings);
    let columns = Columns::new(&lines);
    let place = |point: Point| {
        let number = point.line + 1;
        let said = match &decoded.document {
            Some(document) => document.paragraph_of(point.line, locale),
            None => locale.pick(format!("第 {number} 行"), format!("第 {number} 行"), format!("line {number}")),
        };
        (columns.position(point).column, said)
    };
    let path = source.shown();
    entries(&analysis, &lines, settings, locale).into_iter().map(|entry| Item::new(entry, &path, &place)).collect()
}

/// Reads an older list: its JSON, or the document or the page that has it in it.
fn older(path: &Path, locale: Locale) -> Result<Ledger, String> {
    let shown = path.display().to_string();
    let told = |reason: &str| cannot_read(&shown, reason, locale);
    let content = input::read(path, false).map_err(|error| told(&error.message(locale)))?;
    let none = || {
        told(locale.pick(
            "不是 jianggao ledger 写的清单（.json 或者 .docx）",
            "不是 jianggao ledger 寫的清單（.json 或者 .docx）",
            "no list that jianggao ledger has written (.json or .docx)",
        ))
    };
    let json = json_of(&content, locale).map_err(|reason| told(&reason))?.ok_or_else(none)?;
    let mut list: Ledger = serde_json::from_str(&json).ok().filter(Ledger::is_sound).ok_or_else(none)?;
    if input::is_document(&content.bytes)
        && let Ok(document) = Document::read(&content.bytes)
    {
        list.tick(&ticked(&document));
    }
    Ok(list)
}

fn json_of(content: &Content, locale: Locale) -> Result<Option<String>, String> {
    if input::is_document(&content.bytes) {
        return kept(&content.bytes).map_err(|reason| reason.message(locale).to_owned());
    }
    Ok(std::str::from_utf8(&content.bytes).ok().map(|text| text.trim_start_matches('\u{feff}').to_owned()))
}

/// Writes the list as what the name of the file asks for.
fn write(to: &Path, found: &Found, locale: Locale) -> Result<(), String> {
    let extension = to.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let bytes = match extension.as_str() {
        "docx" => document(found, locale)
            .map_err(|reason| Failed::Refused(to.display().to_string(), reason).message(locale))?,
        "html" | "htm" => page::page(found, locale).into_bytes(),
        "csv" => csv(found, locale).into_bytes(),
        "json" => (json_text(&found.ledger) + "\n").into_bytes(),
        _ => {
            let path = to.display();
            return Err(locale.pick(
                format!("没有写 {path}：清单可以存成 .docx、.html、.csv、.json"),
                format!("沒有寫 {path}：清單可以存成 .docx、.html、.csv、.json"),
                format!("{path} is not written: a list is a .docx, .html, .csv or .json"),
            ));
        }
    };
    create(to, &bytes, &found.source).map_err(|error| error.message(locale))
}

fn summary(found: &Found, locale: Locale) -> String {
    let open = found.ledger.entries.len();
    let all = match open {
        0 => locale.pick("没有待核的", "沒有待核的", "nothing is left to verify").to_owned(),
        _ => locale.pick(format!("待核 {open} 项"), format!("待核 {open} 項"), format!("{open} to verify")),
    };
    if !found.is_since {
        return all;
    }
    let new = found.ledger.entries.iter().filter(|item| item.new).count();
    let settled = found.ledger.settled.len();
    let ticked = match found.ledger.entries.iter().filter(|item| item.ticked).count() {
        0 => String::new(),
        n => locale.pick(
            format!("；打了勾、稿件里还没有落实的 {n} 项"),
            format!("；打了勾、稿件裡還沒有落實的 {n} 項"),
            format!("; {n} ticked off, and still open"),
        ),
    };
    let said = locale.pick(
        format!("{all}，其中新增 {new} 项；上次的已落实 {settled} 项"),
        format!("{all}，其中新增 {new} 項；上次的已落實 {settled} 項"),
        format!("{all}, {new} of them new; {settled} of the older list settled"),
    );
    said + &ticked
}

fn unit_name(unit: Option<&str>, count: usize, locale: Locale) -> String {
    let unit = unit.unwrap_or(locale.pick("没有写明单位", "沒有寫明單位", "nobody named"));
    locale.pick(format!("{unit}（{count} 项）"), format!("{unit}（{count} 項）"), format!("{unit} ({count})"))
}

/// The heading over what was settled.
fn settled_name(count: usize, locale: Locale) -> String {
    unit_name(Some(locale.pick("已落实", "已落實", "settled")), count, locale)
}

/// What is to be verified, in a few words; what stands there goes first.
fn matter(item: &Item, locale: Locale) -> String {
    let new = match (item.new, item.ticked) {
        (true, _) => locale.pick("〔新增〕", "〔新增〕", "[new] "),
        (_, true) => locale.pick("〔已打勾〕", "〔已打勾〕", "[ticked] "),
        _ => "",
    };
    match item.code {
        Some(_) => format!("{new}{}", item.message),
        // What a note says is said already.
        None if item.what.starts_with(['【', '（', '[', '〔', '(']) => format!("{new}{}", item.what),
        None => locale.pick(
            format!("{new}填写“{}”（{}）", item.what, item.message),
            format!("{new}填寫「{}」（{}）", item.what, item.message),
            format!("{new}fill in ‘{}’ ({})", item.what, item.message),
        ),
    }
}

/// All places of an item; with its file where there are several.
fn places(item: &Item, several: bool, locale: Locale) -> String {
    let mut said: Vec<String> = Vec::new();
    for place in &item.places {
        let path = if several { format!("{} ", place.path) } else { String::new() };
        said.push(format!("{path}{}", place.place));
    }
    said.dedup();
    let mut text = said.join(locale.pick("、", "、", ", "));
    if let Some(section) = item.places.first().map(|place| &place.section).filter(|section| !section.is_empty()) {
        let _ = write!(
            text,
            "{}",
            locale.pick(format!("（{section}）"), format!("（{section}）"), format!(" ({section})"))
        );
    }
    text
}

fn sentence(item: &Item) -> &str {
    item.places.first().map_or("", |place| &place.sentence)
}

impl Found {
    fn has_several(&self) -> bool {
        let mut paths = self.ledger.entries.iter().chain(&self.ledger.settled).flat_map(|item| &item.places);
        let first = paths.next().map(|place| &place.path);
        paths.any(|place| Some(&place.path) != first)
    }
}

fn shown(found: &Found, look: Look) -> String {
    let (strong, faint, locale) = (look.palette.strong, look.palette.faint, look.locale);
    let colon = locale.pick("：", "：", ": ");
    let mut out = format!("{strong}{}{strong:#}{colon}{}\n", clean(&found.title), summary(found, locale));
    let several = found.has_several();
    let mut put = |name: String, items: &mut dyn Iterator<Item = &Item>, tick: &str| {
        let _ = writeln!(out, "\n{strong}{}{strong:#}", clean(&name));
        for item in items {
            let _ = writeln!(out, "  {tick} {}", clean(&matter(item, locale)));
            let (at, quote) = (places(item, several, locale), sentence(item));
            let _ = writeln!(out, "    {faint}{}{colon}{}{faint:#}", clean(&at), clean(quote));
        }
    };
    for (unit, items) in found.ledger.by_unit() {
        put(unit_name(unit, items.len(), locale), &mut items.iter().copied(), "□");
    }
    let settled = &found.ledger.settled;
    if !settled.is_empty() {
        put(settled_name(settled.len(), locale), &mut settled.iter(), "√");
    }
    out
}

/// The heads of the columns, and their widths.
fn columns(locale: Locale) -> [(&'static str, u32); 5] {
    let [number, done] = [locale.pick("序号", "序號", "No."), locale.pick("核实", "核實", "Done")];
    let [matter, place] = [locale.pick("事项", "事項", "Matter"), locale.pick("位置", "位置", "Place")];
    [(number, 8), (done, 8), (matter, 28), (place, 18), (locale.pick("原句", "原句", "Sentence"), 38)]
}

/// The rows in groups, each with a number and a box to be ticked.
fn groups(found: &Found, locale: Locale) -> Vec<(String, Vec<Vec<String>>)> {
    let several = found.has_several();
    let mut number = 0;
    let mut row = |item: &Item, tick: &str| {
        number += 1;
        let cells = [number.to_string(), tick.to_owned(), matter(item, locale), places(item, several, locale)];
        cells.into_iter().chain([sentence(item).to_owned()]).collect::<Vec<_>>()
    };
    let mut all: Vec<(String, Vec<Vec<String>>)> = Vec::new();
    for (unit, items) in found.ledger.by_unit() {
        all.push((unit_name(unit, items.len(), locale), items.iter().map(|item| row(item, "☐")).collect()));
    }
    let settled = &found.ledger.settled;
    if !settled.is_empty() {
        all.push((settled_name(settled.len(), locale), settled.iter().map(|item| row(item, "☑")).collect()));
    }
    all
}

fn title(locale: Locale) -> &'static str {
    locale.pick("待核清单", "待核清單", "To be verified")
}

fn document(found: &Found, locale: Locale) -> Result<Vec<u8>, crate::word::Refused> {
    let summary = format!("{}{}{}", found.title, locale.pick("：", "：", ": "), summary(found, locale));
    let (groups, columns) = (groups(found, locale), columns(locale));
    let list = List {
        title: title(locale),
        summary: &summary,
        columns: &columns,
        groups: &groups,
        kept: &json_text(&found.ledger),
        is_traditional: locale == Locale::Hant,
    };
    list.document()
}

/// For spreadsheets: with a mark by which they know the encoding, and nothing that they would take for a formula.
fn csv(found: &Found, locale: Locale) -> String {
    let cell = |text: &str| {
        let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    };
    let unit = locale.pick("责任单位", "責任單位", "Responsible");
    let heads = columns(locale).map(|(name, _)| name);
    let mut out = String::from("\u{feff}");
    let mut row = |cells: &mut dyn Iterator<Item = &str>| {
        out += &cells.map(cell).collect::<Vec<_>>().join(",");
        out += "\r\n";
    };
    row(&mut [unit].into_iter().chain(heads));
    for (name, rows) in groups(found, locale) {
        let name = name.rsplit_once(['（', '(']).map_or(&*name, |(name, _)| name.trim());
        rows.iter().for_each(|cells| row(&mut [name].into_iter().chain(cells.iter().map(String::as_str))));
    }
    out
}
