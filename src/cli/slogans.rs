//! `jianggao slogans`.

use std::fmt::Write as _;
use std::io;

use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

use super::arguments::{self, Format};
use super::files::{self, Source};
use super::output::{Look, Output, print_error};
use crate::features::formulations::{facts, written};
use crate::slogans::{Entry, Text, Tier};

/// Nothing was found.
const NOTHING: u8 = 1;

pub(super) fn run(arguments: &arguments::Slogans, output: &mut Output) -> io::Result<u8> {
    // The packs are those of the current folder.
    let Ok(configured) = files::settings(&[Source::Stdin(None)], arguments.config.as_deref(), output) else {
        return Ok(super::EXIT_ERROR);
    };
    let Some(settings) = configured.settings.first() else { return Ok(super::EXIT_ERROR) };
    let wanted = arguments.query.as_deref().unwrap_or("").trim();
    let found = settings.formulations.catalogue().query(wanted);
    if arguments.format == Format::Json {
        output.json(&SloganList::new(&found))?;
    } else {
        let text = if wanted.is_empty() { table(&found, output.look()) } else { pages(&found, output.look()) };
        output.text(&text)?;
    }
    if found.is_empty() && !wanted.is_empty() {
        let message = output.locale.pick(
            format!("目录里没有“{wanted}”"),
            format!("目錄裡沒有「{wanted}」"),
            format!("nothing about ‘{wanted}’ in the catalogue"),
        );
        print_error(output.locale, &message);
        return Ok(NOTHING);
    }
    Ok(0)
}

fn kind(entry: &Entry, look: Look) -> &'static str {
    let [hans, hant, english] = entry.kind.names();
    look.locale.pick(hans, hant, english)
}

/// One line for each.
fn table(entries: &[&Entry], look: Look) -> String {
    let width = entries.iter().map(|entry| kind(entry, look).width()).max().unwrap_or(0);
    let faint = look.palette.faint;
    let mut text = String::new();
    for entry in entries {
        let kind = kind(entry, look);
        let style = if entry.is_superseded() { faint } else { look.palette.strong };
        let name = written(&entry.text, look.locale);
        let _ = write!(text, "{faint}{kind}{faint:#}{:pad$}  {style}{name}{style:#}", "", pad = width - kind.width());
        if entry.is_superseded() && !entry.successor.is_empty() {
            let _ = write!(text, " → {}", written(&entry.successor, look.locale));
        }
        text.push('\n');
    }
    text
}

/// All there is to say about each.
fn pages(entries: &[&Entry], look: Look) -> String {
    let (strong, faint) = (look.palette.strong, look.palette.faint);
    let mut text = String::new();
    for (n, entry) in entries.iter().enumerate() {
        if n > 0 {
            text.push('\n');
        }
        let (name, kind) = (written(&entry.text, look.locale), kind(entry, look));
        let _ = writeln!(text, "{strong}{name}{strong:#}  {kind}  {faint}{}{faint:#}", entry.id);
        for (n, member) in entry.members.iter().enumerate() {
            let _ = writeln!(text, "  {}. {}", n + 1, written(member, look.locale));
        }
        for (label, fact) in facts(entry, look.locale) {
            let _ = writeln!(text, "  {faint}{label}{faint:#}{fact}");
        }
    }
    text
}

#[derive(Serialize)]
struct SloganList<'a> {
    version: u32,
    slogans: Vec<Slogan<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Slogan<'a> {
    id: &'a str,
    text: &'a str,
    traditional: &'a str,
    kind: &'static str,
    members: &'a [Text],
    fixed_order: bool,
    full: &'a str,
    sense: &'a str,
    since: &'a str,
    until: Option<String>,
    successor: &'a str,
    topics: &'a [Text],
    source: &'a str,
    tier: &'static str,
}

impl<'a> SloganList<'a> {
    fn new(entries: &[&'a Entry]) -> Self {
        let slogan = |entry: &&'a Entry| Slogan {
            id: &entry.id,
            text: &entry.text,
            traditional: &entry.traditional,
            kind: entry.kind.name(),
            members: &entry.members,
            fixed_order: entry.fixed_order,
            full: &entry.full,
            sense: &entry.sense,
            since: &entry.since,
            until: entry.until.map(|date| date.to_string()),
            successor: &entry.successor,
            topics: &entry.topics,
            source: &entry.source,
            tier: match entry.tier {
                Tier::Exact | Tier::BuiltIn => "built-in",
                Tier::Unit => "unit",
                Tier::User => "user",
            },
        };
        Self { version: 1, slogans: entries.iter().map(slogan).collect() }
    }
}
