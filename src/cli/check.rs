//! `jianggao check`.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;

use super::arguments::{self, Format};
use super::baseline::{self, Baseline};
use super::columns::Columns;
use super::files::{self, Collected, Source};
use super::fix::{self, Plan, Unwritable};
use super::foreign::Foreign;
use super::gate::{Judged, Verdict, judge};
use super::input::{self, Unreadable};
use super::json;
use super::output::{Look, Output, clean, complain};
use super::report::{self, Extent};
use super::why;
use crate::analysis::Analysis;
use crate::features::gate::{Coverage, coverage, gate, has_prose};
use crate::locale::Locale;
use crate::rules;
use crate::settings::{Settings, Severity};
use crate::text::{Flat, Grade};

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
    let Collected { sources, complaints, passed } = files::collect(paths, stdin_filename, output);
    for message in &complaints {
        complain(output.locale, message);
    }
    let Ok(configured) = files::settings(&sources, arguments.config.as_deref(), output) else {
        return Ok(super::CANNOT);
    };
    if let Some(line) = arguments.why {
        let failed = why::explain(&sources, &configured, line, why::About::All, output)?;
        return Ok(if failed || !complaints.is_empty() { super::CANNOT } else { 0 });
    }
    let shape = match (arguments.quiet, arguments.format) {
        (true, _) => Shape::Counts,
        (_, Format::Text) => Shape::Text(output.look()),
        (_, Format::Json) => Shape::Json(output.look()),
    };
    let Ok(plan) = plan(arguments, output) else {
        return Ok(super::CANNOT);
    };
    let Ok(accepted) = accepted(arguments, output) else {
        return Ok(super::CANNOT);
    };
    let mut totals = Totals { shows: arguments.diff, is_unsound: configured.has_mistakes, ..Totals::default() };
    totals.unread = complaints.len();
    totals.failed = !complaints.is_empty() || configured.has_mistakes;
    totals.pass(&passed, arguments.is_final, output);
    if arguments.is_final {
        let baseline = arguments.baseline.as_ref().zip(accepted.as_ref());
        let baseline = baseline.map(|(path, baseline)| (path.display().to_string(), baseline.count()));
        totals.verdict = Some(Verdict::new(configured.files, baseline, arguments.accept_suppressed));
    }
    let writes = arguments.write_baseline;
    totals.baseline = arguments.baseline.as_deref().filter(|_| writes).map(Baseline::empty);
    let job = Job { shape, plan, accepted: accepted.filter(|_| !writes), writes, is_final: arguments.is_final };
    let settings = configured.settings;
    let work = |n: usize| check(&sources[n], &settings[n], &job);
    in_order(sources.len(), work, |n, checked| match checked {
        Ok(checked) => totals.take(&sources[n], checked, shape, output),
        Err(error) => {
            totals.pass_unread(&sources[n], &error, arguments.is_final, output);
            Ok(())
        }
    })
    .and_then(|()| match totals.shows || totals.on_stdout {
        true => output.finish(),
        false => totals.finish(arguments.format, output),
    })
    .or_else(|error| match error.kind() {
        // The reader has seen enough; the code says what was found until then.
        io::ErrorKind::BrokenPipe => Ok(()),
        _ => Err(error),
    })?;
    if let (Some(path), Some(baseline)) = (&arguments.baseline, &totals.baseline) {
        if let Err(error) = baseline.write(path) {
            complain(output.locale, &error.message(&path.display().to_string(), output.locale));
            return Ok(super::CANNOT);
        }
        return Ok(if totals.failed { super::CANNOT } else { 0 });
    }
    Ok(totals.code(arguments.fail_on.threshold()))
}

/// What is done with each draft.
struct Job {
    shape: Shape,
    plan: Option<Plan>,
    accepted: Option<Baseline>,
    /// The findings are to be accepted.
    writes: bool,
    /// The draft is to be handed in.
    is_final: bool,
}

/// Which fixes are asked for; an error, when it has been shown.
fn plan(arguments: &arguments::Check, output: &Output) -> Result<Option<Plan>, ()> {
    let mut only = Vec::new();
    for name in &arguments.fix_only {
        let Some(rule) = rules::find(name) else {
            let message = output.locale.pick(
                format!("没有规则“{name}”，用 jianggao rules 查看全部规则"),
                format!("沒有規則“{name}”，用 jianggao rules 查看全部規則"),
                format!("no rule ‘{name}’; jianggao rules lists them all"),
            );
            complain(output.locale, &message);
            return Err(());
        };
        only.push(rule);
    }
    let grades = match (arguments.fix_style, arguments.fix) {
        (true, true) => vec![Grade::Certain, Grade::Style],
        (true, false) => vec![Grade::Style],
        _ => vec![Grade::Certain],
    };
    let wanted = arguments.fix || arguments.fix_style || arguments.diff || !only.is_empty();
    Ok(wanted.then_some(Plan { only, grades, show: arguments.diff }))
}

/// The accepted findings; an error, when it has been shown.
fn accepted(arguments: &arguments::Check, output: &Output) -> Result<Option<Baseline>, ()> {
    let Some(path) = arguments.baseline.as_deref().filter(|_| !arguments.write_baseline) else {
        return Ok(None);
    };
    Baseline::read(path, output.locale).map(Some).map_err(|reason| {
        complain(output.locale, &files::cannot_read(&path.display().to_string(), &reason, output.locale));
    })
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
    /// How many places have been changed, or would be.
    fixed: usize,
    unwritten: Option<Unwritable>,
    accepted: Vec<baseline::Accepted>,
    /// Whether the draft can be handed in, where that is asked.
    judged: Option<Judged>,
}

enum Findings {
    None,
    Text {
        report: String,
        first_code: Option<&'static str>,
    },
    Json(Vec<json::Diagnostic>),
    /// The fixed draft, or what would change in it.
    Result(String),
}

fn check(source: &Source, settings: &Arc<Settings>, job: &Job) -> Result<Checked, Unreadable> {
    let bytes = source.read()?;
    let decoded = input::decode(&bytes)?;
    let mut made = None;
    let mut unwritten = None;
    if let Some(plan) = &job.plan {
        let lines = Flat::new(&decoded.text);
        let analysis = Analysis::new(&lines, source.markup(), settings);
        let name = source.shown();
        let edits = match &job.accepted {
            Some(baseline) => plan.edits(&analysis, &lines, settings, &baseline.sparing(&name)),
            None => plan.edits(&analysis, &lines, settings, &|_, _| {}),
        };
        if plan.show {
            let diff = match edits.is_empty() {
                true => String::new(),
                false => fix::diff(&clean(&source.shown()), &decoded.text, &edits, job.look()),
            };
            return Ok(Checked::result(decoded.encoding, diff, edits.len()));
        }
        let fixed = fix::fixed(&decoded.text, &edits);
        match source {
            Source::Stdin(_) => return Ok(Checked::result(decoded.encoding, fixed.text, fixed.places)),
            Source::File(..) if edits.is_empty() => {}
            Source::File(path, _) => match fix::write(path, &bytes, &decoded, &fixed.text) {
                Ok(()) => made = Some(fixed),
                Err(error) => unwritten = Some(error),
            },
        }
    }
    let fixed = made.as_ref().map_or(0, |made| made.places);
    let text = made.as_ref().map_or(&*decoded.text, |made| &made.text);
    let lines = Flat::new(text);
    let analysis = Analysis::new(&lines, source.markup(), settings);
    if !has_prose(&analysis, &lines) {
        let is_blank = text.chars().all(|c| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{feff}'));
        return Err(if is_blank { Unreadable::Blank } else { Unreadable::NoProse(decoded.encoding) });
    }
    let coverage = if job.is_final { coverage(&analysis, &lines) } else { Coverage::default() };
    if coverage.unread > coverage.read {
        return Err(Unreadable::NoProse(decoded.encoding));
    }
    let shape = job.shape;
    let placeholders = match settings.rules.get(PLACEHOLDER) {
        Some(None) => Vec::new(),
        _ => rules::placeholder_summary(&analysis),
    };
    let mut accepted = Vec::new();
    let (counts, findings) = match shape {
        Shape::Counts if job.accepted.is_none() && !job.writes => {
            (rules::counts(&analysis, &lines, settings), Findings::None)
        }
        _ => {
            let look = job.look();
            let mut found = rules::diagnostics(&analysis, &lines, settings, look.locale, usize::MAX);
            if let Some(baseline) = &job.accepted {
                baseline.filter(&source.shown(), &lines, &mut found);
            }
            if job.writes {
                accepted = found.iter().map(|diagnostic| baseline::of(diagnostic, &lines)).collect();
            }
            let mut counts = [0; 4];
            for diagnostic in &found {
                counts[diagnostic.severity as usize] += 1;
            }
            (counts, render(source, &lines, found, shape))
        }
    };
    let judged = job.is_final.then(|| {
        let gate = gate(&analysis, &lines, settings, job.look().locale);
        judge(gate, &source.shown(), &lines, settings, job.accepted.as_ref())
    });
    Ok(Checked { encoding: decoded.encoding, counts, placeholders, findings, fixed, unwritten, accepted, judged })
}

impl Job {
    fn look(&self) -> Look {
        match self.shape {
            Shape::Text(look) | Shape::Json(look) => look,
            Shape::Counts => Look::default(),
        }
    }
}

impl Checked {
    /// A draft of which only the outcome of the fixes is wanted.
    fn result(encoding: &'static str, text: String, fixed: usize) -> Self {
        Self {
            encoding,
            counts: [0; 4],
            placeholders: Vec::new(),
            findings: Findings::Result(text),
            fixed,
            unwritten: None,
            accepted: Vec::new(),
            judged: None,
        }
    }
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
    verdict: Option<Verdict>,
    /// Something could not be done.
    failed: bool,
    /// What was given and could not be checked.
    unread: usize,
    /// Text in another language or in none: nothing is said of it.
    no_prose: usize,
    /// The settings have mistakes.
    is_unsound: bool,
    /// How many places have been changed.
    fixed: usize,
    /// How many places would be changed.
    due: usize,
    /// Changes are only shown.
    shows: bool,
    /// A fixed draft has gone to standard output: nothing else may.
    on_stdout: bool,
    /// The findings that are to be accepted from now on.
    baseline: Option<Baseline>,
}

impl Totals {
    fn take(&mut self, source: &Source, checked: Checked, shape: Shape, output: &mut Output) -> io::Result<()> {
        self.files += 1;
        if let (Some(verdict), Some(judged)) = (&mut self.verdict, checked.judged) {
            verdict.take(&source.shown(), judged);
        }
        for (total, count) in self.counts.iter_mut().zip(checked.counts) {
            *total += count;
        }
        for &(category, count) in &checked.placeholders {
            match self.placeholders.iter_mut().find(|(c, _)| *c == category) {
                Some((_, total)) => *total += count,
                None => self.placeholders.push((category, count)),
            }
        }
        if let Some(error) = &checked.unwritten {
            self.failed = true;
            complain(output.locale, &error.message(&source.shown(), output.locale));
        }
        if let Some(baseline) = &mut self.baseline {
            baseline.accept(&source.shown(), checked.accepted);
        }
        match checked.findings {
            Findings::None => {
                self.fixed += checked.fixed;
                Ok(())
            }
            Findings::Result(text) => {
                self.due += checked.fixed;
                self.on_stdout |= matches!(source, Source::Stdin(_)) && !self.shows;
                match self.shows {
                    true => output.text(&text),
                    false => output.raw(text.as_bytes()),
                }
            }
            Findings::Text { report, first_code } => {
                if checked.encoding != "UTF-8" {
                    complain(output.locale, &read_as(source, checked.encoding, shape));
                }
                self.code = self.code.or(first_code);
                self.fixed += checked.fixed;
                output.text(&report)
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
            let verdict = self.verdict.as_ref().map(|verdict| verdict.json(self.extent(), output.locale));
            output.json(&json::Report::new(std::mem::take(&mut self.json)).with_verdict(verdict))?;
            return output.finish();
        }
        // Stable: of equal counts, the order in which they came.
        self.placeholders.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        let look = output.look();
        let mut text = report::summary(self.extent(), self.counts, &self.placeholders, look);
        if self.fixed > 0 {
            let count = self.fixed;
            text += &look.locale.pick(
                format!("已修正 {count} 处\n"),
                format!("已修正 {count} 處\n"),
                format!("{count} places fixed\n"),
            );
        }
        if let Some(code) = self.code {
            text += &report::pointer(code, look.locale);
        }
        if let Some(verdict) = &self.verdict {
            text += &verdict.report(self.extent(), look.locale);
        }
        output.text(&text)?;
        output.finish()
    }

    fn extent(&self) -> Extent {
        let is_concealed = self.verdict.as_ref().is_some_and(|verdict| verdict.blocking() > 0);
        Extent { files: self.files, unread: self.unread, is_unsound: self.is_unsound, is_concealed }
    }

    /// A draft that was not checked. One that is named must be; one that is met in a folder must for a final
    /// check. A text that is no Chinese prose must for a final check alone.
    fn pass_unread(&mut self, source: &Source, error: &Unreadable, is_final: bool, output: &Output) {
        let locale = output.locale;
        let reason = error.message(locale);
        let path = source.shown();
        if let (Unreadable::NoProse(encoding), false) = (error, is_final) {
            self.no_prose += 1;
            let (encoding, summary) = (*encoding, json::Summary::new([0; 4], &[]));
            self.json.push(json::CheckedFile { path: path.clone(), encoding, diagnostics: Vec::new(), summary });
            complain(locale, &skipped(&path, &reason, locale));
            return;
        }
        self.unread += 1;
        if source.is_named() || is_final {
            self.failed = true;
            complain(locale, &files::cannot_read(&path, &reason, locale));
        } else {
            complain(locale, &skipped(&path, &reason, locale));
        }
    }

    /// What lies in folders and is no plain text, counted aloud.
    fn pass(&mut self, passed: &BTreeMap<Foreign, Vec<PathBuf>>, is_final: bool, output: &Output) {
        const SHOWN: usize = 5;
        let locale = output.locale;
        for (kind, paths) in passed {
            let names: Vec<_> = paths.iter().take(SHOWN).map(|path| path.display().to_string()).collect();
            let more = if paths.len() > SHOWN { locale.pick(" 等", " 等", ", …") } else { "" };
            let names = names.join(locale.pick("、", "、", ", ")) + more;
            let (count, name, remedy) = (paths.len(), kind.name(locale), kind.remedy(locale));
            let message = locale.pick(
                format!("跳过 {count} 个{}{name}：{names}。{remedy}", gap(name)),
                format!("跳過 {count} 個{}{name}：{names}。{remedy}", gap(name)),
                format!("skipped {count} × {name}: {names}; {remedy}"),
            );
            complain(locale, &message);
            if kind.may_be_a_draft() {
                self.unread += count;
                self.failed |= is_final;
            }
        }
    }

    fn code(&self, threshold: Option<Severity>) -> u8 {
        let counted = threshold.map_or(0, |severity| severity as usize + 1);
        let found = self.counts[..counted].iter().any(|&count| count > 0)
            || self.verdict.as_ref().is_some_and(|verdict| verdict.blocking() > 0);
        let nothing_read = self.files == 0 && self.no_prose == 0;
        match self.failed || nothing_read {
            true => super::CANNOT,
            false => u8::from(found || self.due > 0 && !self.on_stdout),
        }
    }
}

/// Between a number and a name that begins with Latin letters.
fn gap(name: &str) -> &'static str {
    if name.starts_with(|c: char| c.is_ascii()) { " " } else { "" }
}

fn skipped(path: &str, reason: &str, locale: Locale) -> String {
    locale.pick(format!("跳过 {path}：{reason}"), format!("跳過 {path}：{reason}"), format!("skipped {path}: {reason}"))
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
        let totals = Totals { files: 1, counts: [0, 0, 1, 0], ..Totals::default() };
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
