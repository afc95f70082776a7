//! Two versions side by side, as a page that needs nothing else.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use super::{Sides, name, place, total};
use crate::features::print;
use crate::history::{Change, Comparison, Kind};
use crate::locale::Locale;
use crate::text::{Flat, Range, Span};

const STYLE: &str = "body{font:16px/1.7 'Noto Serif CJK SC','Songti SC',SimSun,serif;margin:2em auto;max-width:76em;padding:0 1em;color:#222}\
h1{font-size:1.2em}h2{font-size:1em;margin:1.5em 0 .5em}table{border-collapse:collapse;width:100%;table-layout:fixed}\
td{vertical-align:top;padding:.3em .6em;border-bottom:1px solid #ddd;white-space:pre-wrap;overflow-wrap:anywhere}\
td.n{width:4.5em;color:#888;font-size:.8em;white-space:normal}tr.moved td{background:#f3f6fb}\
del{background:#fbe0dd;text-decoration:line-through}ins{background:#dcf2df;text-decoration:none}\
del.fact,ins.fact{outline:2px solid #c60}.broken{border-bottom:3px solid #c00}li b{color:#c00}li q{color:#666;quotes:none}";

pub(super) fn page(found: &Comparison, sides: &Sides, paths: &(String, String), locale: Locale) -> String {
    let title = format!("{} → {}", escaped(&paths.0), escaped(&paths.1));
    let language = locale.pick("zh-Hans", "zh-Hant", "en");
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\"><title>{title}</title><style>{STYLE}</style></head><body>\n<h1>{title}</h1>\n<p>{}</p>\n",
        escaped(&total(found, locale))
    );
    if !found.consequences.is_empty() {
        let head = locale.pick("改动以后对不上的", "改動以後對不上的", "What no longer fits");
        let _ = writeln!(page, "<h2>{head}</h2>\n<ol>");
        for broken in &found.consequences {
            let line = broken.span.start.line;
            let at = escaped(&place(sides.after, line, locale));
            let kind = name(broken.what.names(), locale);
            let _ = writeln!(page, "<li><a href=\"#n{line}\">{at}</a> <b>{kind}</b> {}</li>", escaped(&broken.message));
        }
        page += "</ol>\n";
    }
    let old = by_line(found, |change| change.old);
    let new = by_line(found, |change| change.new);
    page += "<table>\n";
    // Beside the second part of a paragraph that was cut it is not shown again.
    let (mut old_shown, mut new_shown) = (None, None);
    for row in &found.rows {
        let old_line = row.old.filter(|line| old_shown != Some(*line));
        let new_line = row.new.filter(|line| new_shown != Some(*line));
        (old_shown, new_shown) = (row.old.or(old_shown), row.new.or(new_shown));
        let class = if row.is_moved { " class=\"moved\"" } else { "" };
        let _ = write!(page, "<tr{class}>");
        cell(&mut page, old_line.map(|line| (line, sides.old, place(sides.before, line, locale))), "del", &old);
        cell(&mut page, new_line.map(|line| (line, sides.new, place(sides.after, line, locale))), "ins", &new);
        page += "</tr>\n";
    }
    page + "</table>\n</body></html>\n"
}

/// The stretches of each line that are different, and how.
type Changes = FxHashMap<u32, Vec<(Span, Kind)>>;

fn by_line(found: &Comparison, side: impl Fn(&Change) -> Span) -> Changes {
    let mut all = Changes::default();
    for change in found.changes.iter().filter(|change| change.kind != Kind::Moved) {
        let span = side(change);
        all.entry(span.start.line).or_default().push((span, change.kind));
    }
    all
}

/// The number of a line and its text, with what is different marked.
fn cell(page: &mut String, line: Option<(u32, &Flat, String)>, element: &str, changes: &Changes) {
    let Some((line, lines, number)) = line else {
        *page += "<td class=\"n\"></td><td></td>";
        return;
    };
    let id = if element == "ins" { format!(" id=\"n{line}\"") } else { String::new() };
    let _ = write!(page, "<td class=\"n\"{id}>{}</td><td>", escaped(&number));
    let text = lines.str(line as usize);
    let mut marks: Vec<(Range, String)> = Vec::new();
    for (span, kind) in changes.get(&line).into_iter().flatten() {
        let end = if span.end.line == line { span.end.byte } else { text.len() as u32 };
        let class = if kind.is_fact() { " class=\"fact\"" } else { "" };
        marks.push((Range { start: span.start.byte, end }, format!("<{element}{class}>")));
    }
    marks.sort_by_key(|(range, _)| (range.start, range.end));
    let mut at = 0;
    for (range, start) in marks {
        if range.is_empty() || (range.start as usize) < at {
            continue;
        }
        *page += &escaped(text.get(at..range.start as usize).unwrap_or(""));
        let _ = write!(page, "{start}{}</{element}>", escaped(range.of(text)));
        at = range.end as usize;
    }
    *page += &escaped(text.get(at..).unwrap_or(""));
    *page += "</td>";
}

/// Text as characters of HTML, without those that control a terminal.
fn escaped(text: &str) -> String {
    print::escaped(&text.chars().filter(|c| !c.is_control() || *c == '\t').collect::<String>())
}
