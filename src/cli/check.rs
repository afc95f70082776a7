//! `jianggao check`.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;

use super::arguments::{self, Format};
use super::columns::Columns;
use super::files::{self, Source};
use super::input::{self, Unreadable};
use super::json;
use super::output::{Look, Output, complain};
use super::report;
use crate::analysis::Analysis;
use crate::features::report::blocking;
use crate::locale::Locale;
use crate::rules;
use crate::settings::{Settings, Severity};
use crate::text::Flat;

/// The rule whose findings the placeholder summary counts.
const PLACEHOLDER: &str = "placeholder";

pub(super) fn run(arguments: &arguments::Check, output: &mut Output) -> io::Result<u8> {
    let stdin_filename = arguments.stdin_filename.as_deref();
    let nothing_said = match stdin_filename {
        Some(_) => PathBuf::from("-"),
        None => PathBuf::from("."),
    };
    let paths = match arguments.paths.as_slice() {
        [] => &[nothing_said],
        paths => paths,
    };
    let (sources, complaints) = files::collect(paths, stdin_filename, output);
    for message in &complaints {
        complain(output.locale, message);
    }
    let Ok(settings) = files::settings(&sources, arguments.config.as_deref(), output) else {
        return Ok(super::CANNOT);
    };
    let shape = match (arguments.quiet, arguments.format) {
        (true, _) => Shape::Counts,
        (_, Format::Text) => Shape::Text(output.look()),
        (_, Format::Json) => Shape::Json(output.look()),
    };
    let mut totals = Totals { failed: !complaints.is_empty(), ..Totals::default() };
    let work = |n: usize| check(&sources[n], &settings[n], shape, arguments.is_final);
    in_order(sources.len(), work, |n, checked| match checked {
        Ok(checked) => totals.take(&sources[n], checked, shape, output),
        Err(error) => {
            totals.failed = true;
            let reason = error.message(output.locale);
            let message = files::cannot_read(&sources[n].shown(), &reason, output.locale);
            complain(output.locale, &message);
            Ok(())
        }
    })
    .and_then(|()| totals.finish(arguments.format, output))
    .and_then(|()| match (arguments.is_final, arguments.format) {
        (true, Format::Text) => {
            output.write(verdict(totals.blocking, output.locale).as_bytes()).and_then(|()| output.finish())
        }
        _ => Ok(()),
    })
    .or_else(|error| match error.kind() {
        // The reader has seen enough; the code says what was found until then.
        io::ErrorKind::BrokenPipe => Ok(()),
        _ => Err(error),
    })?;
    let code = totals.code(arguments.fail_on.threshold());
    Ok(if code == 0 && totals.blocking > 0 { 1 } else { code })
}

/// What 定稿检查 comes to.
fn verdict(blocking: usize, locale: Locale) -> String {
    match blocking {
        0 => locale.pick("可以定稿\n", "可以定稿\n", "ready\n").to_owned(),
        n => locale.pick(
            format!("还不能定稿：{n} 处待填待改\n"),
            format!("還不能定稿：{n} 處待填待改\n"),
            format!("not ready: {n} places to fill in or settle\n"),
        ),
    }
}

/// What is wanted of each draft.
#[derive(Clone, Copy)]
enum Shape {
    /// Numbers alone: no message is made.
    Counts,
    Text(Look),
    Json(Look),
}

/// What was found in a draft.
struct Checked {
    encoding: &'static str,
    counts: [usize; 4],
    placeholders: Vec<(&'static str, usize)>,
    findings: Findings,
    /// What keeps the draft from being handed in; 0 when that is not asked.
    blocking: usize,
}

enum Findings {
    None,
    Text { report: String, first_code: Option<&'static str> },
    Json(Vec<json::Diagnostic>),
}

fn check(source: &Source, settings: &Arc<Settings>, shape: Shape, is_final: bool) -> Result<Checked, Unreadable> {
    let bytes = source.read()?;
    let decoded = input::decode(&bytes)?;
    let lines = Flat::new(&decoded.text);
    let analysis = Analysis::new(&lines, source.markup(), settings);
    let placeholders = match settings.rules.get(PLACEHOLDER) {
        Some(None) => Vec::new(),
        _ => rules::placeholder_summary(&analysis),
    };
    let (counts, findings) = match shape {
        Shape::Counts => (rules::counts(&analysis, &lines, settings), Findings::None),
        Shape::Text(look) | Shape::Json(look) => {
            let found = rules::diagnostics(&analysis, &lines, settings, look.locale, usize::MAX);
            let mut counts = [0; 4];
            for diagnostic in &found {
                counts[diagnostic.severity as usize] += 1;
            }
            (counts, render(source, &lines, found, shape))
        }
    };
    let blocking = if is_final { blocking(&analysis, &lines, settings, Locale::default()).len() } else { 0 };
    Ok(Checked { encoding: decoded.encoding, counts, placeholders, findings, blocking })
}

fn render(source: &Source, lines: &Flat, found: Vec<rules::Diagnostic>, shape: Shape) -> Findings {
    let columns = Columns::new(lines);
    match shape {
        Shape::Counts => Findings::None,
        Shape::Text(look) => {
            let (mut text, path) = (String::new(), source.shown());
            for diagnostic in &found {
                report::diagnostic(&mut text, &path, lines, &columns, diagnostic, look);
            }
            Findings::Text { report: text, first_code: found.first().map(|diagnostic| diagnostic.rule.code) }
        }
        Shape::Json(_) => {
            let found = found.into_iter();
            Findings::Json(found.map(|diagnostic| json::Diagnostic::new(diagnostic, &columns)).collect())
        }
    }
}

/// What was found in all drafts.
#[derive(Default)]
struct Totals {
    files: usize,
    counts: [usize; 4],
    placeholders: Vec<(&'static str, usize)>,
    json: Vec<json::CheckedFile>,
    /// A code that was reported, for the line about `explain`.
    code: Option<&'static str>,
    blocking: usize,
    /// Something could not be done.
    failed: bool,
}

impl Totals {
    fn take(&mut self, source: &Source, checked: Checked, shape: Shape, output: &mut Output) -> io::Result<()> {
        self.files += 1;
        self.blocking += checked.blocking;
        for (total, count) in self.counts.iter_mut().zip(checked.counts) {
            *total += count;
        }
        for &(category, count) in &checked.placeholders {
            match self.placeholders.iter_mut().find(|(c, _)| *c == category) {
                Some((_, total)) => *total += count,
                None => self.placeholders.push((category, count)),
            }
        }
        match checked.findings {
            Findings::None => Ok(()),
            Findings::Text { report, first_code } => {
                if checked.encoding != "UTF-8" {
                    complain(output.locale, &read_as(source, checked.encoding, shape));
                }
                self.code = self.code.or(first_code);
                output.write(report.as_bytes())
            }
            Findings::Json(diagnostics) => {
                self.json.push(json::CheckedFile {
                    path: source.shown(),
                    encoding: checked.encoding,
                    diagnostics,
                    summary: json::Summary::new(checked.counts, &checked.placeholders),
                });
                Ok(())
            }
        }
    }

    fn finish(&mut self, format: Format, output: &mut Output) -> io::Result<()> {
        if format == Format::Json {
            let report = json::Report::new(std::mem::take(&mut self.json));
            serde_json::to_writer(output.writer(), &report)?;
            output.write(b"\n")?;
            return output.finish();
        }
        // Stable: of equal counts, the order in which they came.
        self.placeholders.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        let look = output.look();
        let mut text = report::summary(self.files, self.counts, &self.placeholders, look);
        if let Some(code) = self.code {
            text += &report::pointer(code, look.locale);
        }
        output.write(text.as_bytes())?;
        output.finish()
    }

    fn code(&self, threshold: Option<Severity>) -> u8 {
        let counted = threshold.map_or(0, |severity| severity as usize + 1);
        let found = self.counts[..counted].iter().any(|&count| count > 0);
        match (self.failed, found) {
            (true, _) => super::CANNOT,
            (false, found) => u8::from(found),
        }
    }
}

fn read_as(source: &Source, encoding: &str, shape: Shape) -> String {
    let path = source.shown();
    let locale = match shape {
        Shape::Text(look) | Shape::Json(look) => look.locale,
        Shape::Counts => Locale::default(),
    };
    locale.pick(
        format!("{path} 按 {encoding} 编码读取"),
        format!("{path} 按 {encoding} 編碼讀取"),
        format!("{path} was read as {encoding}"),
    )
}

/// Does `work` for 0 to `count` on all cores and hands the results to `take` in order. The first
/// error of `take` ends it.
fn in_order<T: Send>(
    count: usize,
    work: impl Fn(usize) -> T + Sync,
    mut take: impl FnMut(usize, T) -> io::Result<()>,
) -> io::Result<()> {
    // Not asked for one draft: the answer costs the reading of several files.
    let threads = match count {
        0 | 1 => 1,
        _ => thread::available_parallelism().map_or(1, |cores| count.min(cores.get())),
    };
    if threads == 1 {
        return (0..count).try_for_each(|n| take(n, work(n)));
    }
    let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..threads {
            let sender = sender.clone();
            let (next, stop, work) = (&next, &stop, &work);
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= count || sender.send((n, work(n))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let (mut waiting, mut wanted) = (BTreeMap::new(), 0);
        for (n, result) in receiver {
            waiting.insert(n, result);
            while let Some(result) = waiting.remove(&wanted) {
                if let Err(error) = take(wanted, result) {
                    stop.store(true, Ordering::Relaxed);
                    return Err(error);
                }
                wanted += 1;
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order() {
        let mut got = Vec::new();
        in_order(
            50,
            |n| n * 2,
            |n, twice| {
                got.push((n, twice));
                Ok(())
            },
        )
        .unwrap();
        assert_eq!(got, (0..50).map(|n| (n, n * 2)).collect::<Vec<_>>());
    }

    #[test]
    fn codes() {
        let totals = Totals { counts: [0, 0, 1, 0], ..Totals::default() };
        let code = |name| totals.code(name);
        assert_eq!(code(Some(Severity::Error)), 0);
        assert_eq!(code(Some(Severity::Warning)), 0);
        assert_eq!(code(Some(Severity::Information)), 1);
        assert_eq!(code(Some(Severity::Hint)), 1);
        assert_eq!(code(None), 0);
        let failed = Totals { failed: true, ..totals };
        assert_eq!(failed.code(None), 2);
    }
}
