//! `jianggao man`: the manual page of one of the commands, or of the whole.

use std::io;

use super::help::say;
use super::output::{self, Output};
use super::{EXIT_ERROR, arguments};
use crate::locale::Locale;

/// The sections of a page.
#[cfg(test)]
pub(super) static TEXTS: [&str; 4] = ["名称", "概要", "说明", "附注"];

pub(super) fn run(arguments: &arguments::Man, output: &mut Output) -> io::Result<u8> {
    let locale = output.locale;
    let mut command = arguments::command(locale);
    command.build();
    let name = arguments.command.as_deref();
    let command = match name {
        None => Some(command),
        Some(name) => command.find_subcommand(name).cloned(),
    };
    let Some(command) = command else {
        let name = name.unwrap_or_default();
        let what = locale.pick("没有命令", "沒有命令", "no command");
        output::print_error(locale, &format!("{what} {name}"));
        return Ok(EXIT_ERROR);
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command).source(concat!("jianggao ", env!("CARGO_PKG_VERSION"))).render(&mut page)?;
    output.raw(localised(&String::from_utf8_lossy(&page), locale).as_bytes())?;
    Ok(0)
}

/// The page with its headings in this language, and naming commands, not pages that may not be installed.
fn localised(page: &str, locale: Locale) -> String {
    let mut out = String::with_capacity(page.len());
    for line in page.lines() {
        // It stands in the first line.
        if line == ".SH VERSION" {
            break;
        }
        let heading = match line {
            ".SH NAME" => Some("名称"),
            ".SH SYNOPSIS" => Some("概要"),
            ".SH DESCRIPTION" => Some("说明"),
            ".SH EXTRA" => Some("附注"),
            _ => None,
        };
        match (heading, line.strip_prefix("jianggao\\-").and_then(|line| line.strip_suffix("(1)"))) {
            (Some(heading), _) => out.extend([".SH ", say(heading, locale)]),
            (None, Some(command)) => out.extend(["\\fBjianggao ", command, "\\fR"]),
            (None, None) => out.push_str(line),
        }
        out.push('\n');
    }
    out
}
