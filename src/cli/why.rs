//! `--why`: on what the verdicts on a line rest, in words; with `--verbose` in points as well.

use std::fmt::Write as _;
use std::io;

use super::files::{self, Configured, Source};
use super::output::{Output, clean, print_error};
use crate::analysis::Analysis;
use crate::features::why::words::{About, Account, Reason, Told};
use crate::text::{Flat, Lines};

/// How it is explained.
#[derive(Clone, Copy)]
pub(super) struct Manner {
    pub about: About,
    /// The line, from 1; `None`: all lines that have something to explain.
    pub line: Option<u32>,
    /// With the points.
    pub is_verbose: bool,
    /// Documents of other office programs are read through LibreOffice.
    pub converts: bool,
}

/// Explains each source. True when something could not be read.
pub(super) fn explain(
    sources: &[Source],
    configured: &Configured,
    manner: Manner,
    output: &mut Output,
) -> io::Result<bool> {
    let (mut failed, locale) = (false, output.locale);
    for (source, settings) in sources.iter().zip(&configured.settings) {
        let name = source.shown();
        let read = files::read(source, manner.converts, locale);
        let decoded = match source.decode(&read, locale) {
            Ok(decoded) => decoded,
            Err(message) => {
                failed = true;
                print_error(locale, &message);
                continue;
            }
        };
        let lines = Flat::new(&decoded.text);
        let wanted = match manner.line {
            None => 0..lines.line_count(),
            Some(line) if line as usize <= lines.line_count() => line as usize - 1..line as usize,
            Some(line) => {
                failed = true;
                let count = lines.line_count();
                let message = locale.pick(
                    format!("{name} 没有第 {line} 行，共 {count} 行"),
                    format!("{name} 沒有第 {line} 行，共 {count} 行"),
                    format!("{name} has no line {line}, there are {count}"),
                );
                print_error(locale, &message);
                continue;
            }
        };
        let analysis = Analysis::new(&lines, source.markup(&decoded), settings);
        let account = Account::new(&analysis, &lines, settings, manner.about, locale);
        let of_draft = account.of_draft().filter(|_| manner.line.is_none());
        let mut is_silent = of_draft.is_none();
        if let Some(told) = of_draft {
            output.text(&format!("{}\n{}", clean(&name), shown(&[told], manner)))?;
        }
        for n in wanted {
            let told = account.of_line(n, manner.line.is_some());
            if !told.is_empty() {
                is_silent = false;
                output.text(&format!("{}:{}\n{}", clean(&name), n + 1, shown(&told, manner)))?;
            } else if let Some(line) = manner.line {
                output.text(&format!("{}:{line}\n  {}\n", clean(&name), account.nothing(n)))?;
            }
        }
        if is_silent && manner.line.is_none() {
            let nothing = locale.pick(
                "没有要说明的；看一行：--why=行号",
                "沒有要說明的；看一行：--why=行號",
                "nothing to explain; for one line --why=LINE",
            );
            output.text(&format!("{}\n  {nothing}\n", clean(&name)))?;
        }
    }
    Ok(failed)
}

fn shown(told: &[Told], manner: Manner) -> String {
    let mut text = String::new();
    for Told { said, reasons, .. } in told {
        let _ = writeln!(text, "  {}", clean(said));
        for reason in reasons {
            let _ = match (reason, manner.is_verbose) {
                (Reason::Seen(meaning, points) | Reason::Other(meaning, points), true) => {
                    writeln!(text, "    {points:+5}  {}", clean(meaning))
                }
                (Reason::Seen(meaning, _), false) => writeln!(text, "    · {}", clean(meaning)),
                (Reason::Remark(remark), _) | (Reason::Sum(remark), true) => writeln!(text, "    {}", clean(remark)),
                (Reason::Other(..) | Reason::Sum(_), false) => Ok(()),
            };
        }
    }
    text
}
