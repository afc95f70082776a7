//! The list as a page that needs nothing else.

use std::fmt::Write as _;

use super::{Found, columns, groups, summary, title};
use crate::features::print;
use crate::locale::Locale;

const STYLE: &str = "body{font:16px/1.6 'Noto Serif CJK SC','Songti SC',SimSun,serif;margin:2em auto;max-width:70em;padding:0 1em;color:#222}\
h1{font-size:1.3em}h2{font-size:1.05em;margin:1.4em 0 .4em}table{border-collapse:collapse;width:100%;table-layout:fixed}\
th,td{vertical-align:top;text-align:left;padding:.3em .5em;border:1px solid #999;overflow-wrap:anywhere}tr{break-inside:avoid}\
thead{display:table-header-group}@media print{body{margin:0;max-width:none}}";

pub(super) fn page(found: &Found, locale: Locale) -> String {
    let (title, language) = (title(locale), locale.pick("zh-Hans", "zh-Hant", "en"));
    let colon = locale.pick("：", "：", ": ");
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\"><title>{title}</title><style>{STYLE}</style></head><body>\n<h1>{title}</h1>\n<p>{}{colon}{}</p>\n",
        escaped(&found.title),
        escaped(&summary(found, locale))
    );
    for (name, rows) in groups(found, locale) {
        let _ = writeln!(page, "<h2>{}</h2>\n<table><thead><tr>", escaped(&name));
        for (head, share) in columns(locale) {
            let _ = write!(page, "<th style=\"width:{share}%\">{head}</th>");
        }
        page += "</tr></thead>\n";
        for cells in rows {
            let cells: String = cells.iter().map(|cell| format!("<td>{}</td>", escaped(cell))).collect();
            let _ = writeln!(page, "<tr>{cells}</tr>");
        }
        page += "</table>\n";
    }
    page + "</body></html>\n"
}

/// Text as characters of HTML, without those that control a terminal.
fn escaped(text: &str) -> String {
    print::escaped(&text.chars().filter(|c| !c.is_control() || *c == '\t').collect::<String>())
}
