//! `check --input jsonl`: drafts as records, an object a line, and an answer for each in the same order. So a program
//! that holds many drafts has them checked without a file for each, in as much memory as a few of them take.

use std::io::{self, BufRead, BufReader, Read as _};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{Checked, Findings, Job, Read, findings};
use crate::cli::arguments::{self, ReportFormat};
use crate::cli::files::{self, Source};
use crate::cli::output::{Output, json_text};
use crate::cli::parallel::in_order;
use crate::cli::progress::Progress;
use crate::cli::reporter::Reports;
use crate::cli::{EXIT_ERROR, input};
use crate::locale::Locale;
use crate::workspace::reading::LONGEST_DRAFT;

/// A draft; what else the object holds is passed over.
#[derive(Deserialize)]
struct Record {
    /// The name in the answer; whether the text is Markdown follows from it.
    path: Option<PathBuf>,
    text: String,
}

/// The answer for a record that could not be checked.
#[derive(Serialize)]
struct Refused<'a> {
    path: &'a str,
    error: String,
}

/// How many bytes are read at once; a batch ends where they do, so that nobody waits for more than what is there.
const READ_AT_ONCE: usize = 1 << 20;
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
/// How many records are checked at once.
const BATCH: usize = 256;

pub(super) fn run(arguments: &arguments::Check, output: &mut Output) -> io::Result<u8> {
    let whole = Source::Stdin(None);
    let Ok(configured) = files::settings(&[whole], arguments.config.as_deref(), output) else { return Ok(EXIT_ERROR) };
    let settings = &configured.settings[0];
    let reports = Reports::of(ReportFormat::Jsonl, output.look());
    let look = output.look();
    let job = Job::new(&reports, look);
    let mut progress = Progress::new(None, false, look.locale);
    let locale = output.locale;
    let check = |(n, line): &(usize, io::Result<Vec<u8>>)| -> Result<Checked, String> {
        let refused = |path: Option<&str>, error| {
            let number = format!("<stdin>:{n}");
            json_text(&Refused { path: path.unwrap_or(&number), error }) + "\n"
        };
        let line = line.as_ref().map_err(|error| refused(None, error.to_string()))?;
        let record: Record = serde_json::from_slice(line).map_err(|error| refused(None, no_record(&error, locale)))?;
        let path = record.path.as_ref().map(|path| path.display().to_string());
        let source = Source::Stdin(record.path);
        let name = path.clone().unwrap_or_else(|| format!("<stdin>:{n}"));
        let decoded = input::decode(record.text.as_bytes());
        decoded
            .and_then(|decoded| {
                let (markup, text) = (source.markup(&decoded), &decoded.text);
                let read = Read { path: &name, markup, encoding: "UTF-8", text, document: None, write: &|_| None };
                findings(&read, &files::for_source(&source, settings), &job)
            })
            .map_err(|error| refused(path.as_deref(), error.message(locale)))
    };
    let threshold = arguments.fail_on.threshold().map_or(0, |severity| severity as usize + 1);
    let (mut code, mut lines) =
        (u8::from(configured.has_mistakes) * EXIT_ERROR, Lines::new(io::stdin().lock(), locale));
    loop {
        let batch = lines.batch();
        if batch.is_empty() {
            return Ok(code);
        }
        let written = in_order(
            batch.len(),
            |i| check(&batch[i]),
            |_, checked| {
                progress.step();
                match checked {
                    Ok(checked) => {
                        let found = checked.counts[..threshold].iter().any(|&count| count > 0);
                        code = code.max(u8::from(found));
                        match checked.findings {
                            Findings::Report { texts, .. } => output.raw(texts.concat().as_bytes()),
                            Findings::Result(text) => output.raw(text.as_bytes()),
                        }
                    }
                    Err(refused) => {
                        code = EXIT_ERROR;
                        output.raw(refused.as_bytes())
                    }
                }
            },
        );
        match written.and_then(|()| output.finish()) {
            // Nobody reads on: what is left has not been checked.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(EXIT_ERROR),
            other => other?,
        }
    }
}

/// Says what is wrong with the line, and not what stands in it.
fn no_record(error: &serde_json::Error, locale: Locale) -> String {
    let column = error.column();
    match error.classify() {
        serde_json::error::Category::Data => locale.pick(
            "要有 text，是一份稿件的文字；path 可以不写".to_owned(),
            "要有 text，是一份稿件的文字；path 可以不寫".to_owned(),
            "no record: it needs text, and may have a path, both of them strings".to_owned(),
        ),
        _ => locale.pick(
            format!("不是 JSON：第 {column} 个字节处读不懂"),
            format!("不是 JSON：第 {column} 個位元組處讀不懂"),
            format!("not JSON: byte {column} makes no sense"),
        ),
    }
}

/// The lines of the input that are not empty, numbered from 1.
struct Lines<R> {
    input: BufReader<R>,
    number: usize,
    locale: Locale,
}

impl<R: io::Read> Lines<R> {
    fn new(input: R, locale: Locale) -> Self {
        Self { input: BufReader::with_capacity(READ_AT_ONCE, input), number: 0, locale }
    }

    /// The next line and those behind it that have been read already; none at the end.
    fn batch(&mut self) -> Vec<(usize, io::Result<Vec<u8>>)> {
        let mut batch = Vec::new();
        while batch.len() < BATCH && (batch.is_empty() || self.input.buffer().contains(&b'\n')) {
            let line = self.line();
            match line {
                Ok(line) if line.is_empty() => break,
                Ok(line) if line.trim_ascii().is_empty() => {}
                line => batch.push((self.number, line)),
            }
        }
        batch
    }

    /// The next line with its end; empty at the end of the input. What is longer than a draft may be is left out.
    fn line(&mut self) -> io::Result<Vec<u8>> {
        self.number += 1;
        let mut line = Vec::new();
        (&mut self.input).take(LONGEST_DRAFT).read_until(b'\n', &mut line)?;
        if self.number == 1 && line.starts_with(BYTE_ORDER_MARK) {
            line.drain(..BYTE_ORDER_MARK.len());
        }
        if line.len() as u64 == LONGEST_DRAFT && !line.ends_with(b"\n") {
            self.input.skip_until(b'\n')?;
            let (mega, locale) = (LONGEST_DRAFT >> 20, self.locale);
            return Err(io::Error::other(locale.pick(
                format!("太长，超过 {mega} MB"),
                format!("太長，超過 {mega} MB"),
                format!("longer than {mega} MB"),
            )));
        }
        Ok(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives what has been written so far, one piece at each reading.
    struct Pieces(Vec<&'static str>);

    impl io::Read for Pieces {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() {
                return Ok(0);
            }
            let piece = self.0.remove(0);
            buffer[..piece.len()].copy_from_slice(piece.as_bytes());
            Ok(piece.len())
        }
    }

    #[test]
    fn nobody_waits_for_more_than_what_is_there() {
        let mut lines = Lines::new(Pieces(vec!["\u{feff}a\nb", "\n\n", "c\nd\ne"]), Locale::Hans);
        let mut next = || -> Vec<(usize, String)> {
            let text = |(n, line): (usize, io::Result<Vec<u8>>)| (n, String::from_utf8(line.unwrap()).unwrap());
            lines.batch().into_iter().map(text).collect()
        };
        let of = |batch: &[(usize, &str)]| batch.iter().map(|(n, line)| (*n, line.to_string())).collect::<Vec<_>>();
        assert_eq!(next(), of(&[(1, "a\n")]));
        assert_eq!(next(), of(&[(2, "b\n")]));
        assert_eq!(next(), of(&[(4, "c\n"), (5, "d\n")]));
        assert_eq!(next(), of(&[(6, "e")]));
        assert_eq!(next(), of(&[]));
    }
}
