//! `jianggao check`.

mod records;
mod totals;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::arguments::{self, InputFormat};
use super::baseline::{self, Baseline};
use super::diff::diff;
use super::files::{self, Collected, Configured, Manner, Source};
use super::fix::{self, Plan, Unwritable};
use super::foreign::Foreign;
use super::gate::{Judged, Verdict, judge};
use super::input::{self, Content, Unreadable};
use super::output::{Look, Output, clean, print_error};
use super::parallel::in_order;
use super::progress::Progress;
use super::reporter::{Draft, Reports};
use super::why;
use super::word::{Failed, Way, Written};
use crate::analysis::Analysis;
use crate::features::gate::{Hidden, Limit, gate};
use crate::features::symbols::symbols;
use crate::features::unread::{Nothing, nothing};
use crate::features::why::words::About;
use crate::history::last_year;
use crate::locale::Locale;
use crate::markup::Markup;
use crate::report::Columns;
use crate::rules::{self, Diagnostic};
use crate::settings::Settings;
use crate::text::{Flat, Grade};
use crate::word::{self, Document, Refused, Whereabouts};
use totals::Totals;

/// The rule whose findings the placeholder summary counts.
const PLACEHOLDER: &str = "placeholder";

pub(super) fn run(arguments: &arguments::Check, output: &mut Output) -> io::Result<u8> {
    if let Some(InputFormat::Jsonl) = arguments.input {
        return records::run(arguments, output);
    }
    let stdin_filename = arguments.stdin_filename.as_deref();
    let nothing_said = match stdin_filename {
        Some(_) => PathBuf::from("-"),
        None => PathBuf::from("."),
    };
    let paths = match arguments.paths.as_slice() {
        [] => &[nothing_said],
        paths => paths,
    };
    let collected = files::collect(paths, stdin_filename, arguments.convert, output);
    let ignored = if arguments.is_final { files::ignored(paths, &collected) } else { Vec::new() };
    let Collected { sources, complaints, passed } = collected;
    for message in &complaints {
        print_error(output.locale, message);
    }
    let number = paths.iter().find(|path| path.to_str().is_some_and(|text| text.bytes().all(|b| b.is_ascii_digit())));
    if let (Some(None), Some(number), false) = (&arguments.why, number, complaints.is_empty()) {
        let number = number.display();
        let message = output.locale.pick(
            format!("要看第 {number} 行，写成 --why={number}"),
            format!("要看第 {number} 行，寫成 --why={number}"),
            format!("for line {number} write --why={number}"),
        );
        print_error(output.locale, &message);
    }
    let Ok(mut configured) = files::settings(&sources, arguments.config.as_deref(), output) else {
        return Ok(super::EXIT_ERROR);
    };
    if against(arguments, &mut configured, output).is_err() {
        return Ok(super::EXIT_ERROR);
    }
    if let Some(why) = &arguments.why {
        let manner = why::Manner {
            about: About::Findings,
            line: *why,
            is_verbose: arguments.verbose,
            converts: arguments.convert,
        };
        let failed = why::explain(&sources, &configured, manner, output)?;
        return Ok(if failed || !complaints.is_empty() { super::EXIT_ERROR } else { 0 });
    }
    if let Some(to) = &arguments.strip {
        return Ok(super::word::strip(&arguments.paths, to, output));
    }
    let way = Way::of(arguments);
    if let (Some(Way::Annotate(_) | Way::Revise(_)), false) = (&way, sources.len() == 1) {
        print_error(output.locale, super::word::one_at_a_time(output.locale));
        return Ok(super::EXIT_ERROR);
    }
    let reports = Reports::new(arguments, output.look()).and_then(|(reports, streams)| {
        // Nothing that the run reads or writes is to be lost to a report about it.
        let own = [&arguments.baseline, &arguments.config].into_iter().filter_map(|path| path.as_deref());
        let mut used = sources.iter().filter_map(Source::path).chain(own);
        match used.find(|path| streams.iter().any(|stream| stream.is_at(path))) {
            Some(path) => Err(takes_its_place(path, output.locale)),
            None => Ok((reports, streams)),
        }
    });
    let (reports, streams) = match reports {
        Ok(reports) => reports,
        Err(message) => {
            print_error(output.locale, &message);
            return Ok(super::EXIT_ERROR);
        }
    };
    let Ok(plan) = plan(arguments, output) else {
        return Ok(super::EXIT_ERROR);
    };
    let Ok(accepted) = accepted(arguments, output) else {
        return Ok(super::EXIT_ERROR);
    };
    let mut totals = Totals::new(complaints, configured.has_mistakes, arguments.diff, streams);
    totals.pass(&passed, arguments.is_final, output);
    if arguments.is_final {
        let baseline = arguments.baseline.as_ref().zip(accepted.as_ref());
        let baseline = baseline.map(|(path, baseline)| (path.display().to_string(), baseline.count()));
        totals.verdict = Some(Verdict::new(configured.files, ignored, baseline, arguments.accept_suppressed));
    }
    let writes = arguments.write_baseline;
    totals.baseline = arguments.baseline.as_deref().filter(|_| writes).map(Baseline::empty);
    let job = Job {
        plan,
        way,
        accepted: accepted.filter(|_| !writes),
        writes,
        is_final: arguments.is_final,
        converts: arguments.convert,
        ..Job::new(&reports, output.look())
    };
    let mut progress = Progress::new(Some(sources.len()), arguments.quiet, output.locale);
    let settings = configured.settings;
    let work = |n: usize| check(&sources[n], &settings[n], &job);
    in_order(sources.len(), work, |n, checked| {
        progress.step();
        match checked {
            Ok(checked) => totals.take(&sources[n], checked, &reports, output),
            Err(error) => {
                progress.aside(|| totals.pass_unread(&sources[n], &error, arguments.is_final, &reports, output))
            }
        }
    })
    .inspect(|()| progress.end())
    .and_then(|()| match totals.shows || totals.on_stdout {
        true => output.finish(),
        false => totals.finish(&reports, output),
    })
    .or_else(|error| match error.kind() {
        // The reader has seen enough; the code says what was found until then.
        io::ErrorKind::BrokenPipe => Ok(()),
        _ => Err(error),
    })?;
    if let (Some(path), Some(baseline)) = (&arguments.baseline, &totals.baseline) {
        if let Err(error) = baseline.write(path) {
            print_error(output.locale, &error.message(&path.display().to_string(), output.locale));
            return Ok(super::EXIT_ERROR);
        }
        return Ok(if totals.failed { super::EXIT_ERROR } else { 0 });
    }
    Ok(totals.code(arguments.fail_on.threshold()))
}

/// Puts last year's draft into the settings, where it is named; an error, when it has been shown.
fn against(arguments: &arguments::Check, configured: &mut Configured, output: &Output) -> Result<(), ()> {
    if arguments.against.is_none() && arguments.against_characters.is_none() {
        return Ok(());
    }
    let former = match &arguments.against {
        None => None,
        Some(path) => {
            let source = Source::File(path.clone(), Manner::Named);
            let content = files::read(&source, arguments.convert, output.locale);
            let decoded = source.decode(&content, output.locale).and_then(|decoded| match decoded.text.trim() {
                "" => Err(files::cannot_read(
                    &source.shown(),
                    &Unreadable::Nothing(Nothing::Blank, decoded.encoding).message(output.locale),
                    output.locale,
                )),
                _ => Ok(decoded),
            });
            let decoded = decoded.map_err(|message| print_error(output.locale, &message))?;
            Some(Arc::new(last_year(&source.shown(), &decoded.text, source.markup(&decoded))))
        }
    };
    // Settings that drafts share they go on sharing.
    let mut made: Vec<(Arc<Settings>, Arc<Settings>)> = Vec::new();
    for settings in &mut configured.settings {
        let own = made.iter().find(|(shared, _)| Arc::ptr_eq(shared, settings)).map(|(_, own)| own.clone());
        let own = own.unwrap_or_else(|| {
            let mut own = Settings::clone(settings);
            own.former = former.clone().or(own.former);
            own.against_characters = arguments.against_characters.or(own.against_characters);
            let own = Arc::new(own);
            made.push((settings.clone(), own.clone()));
            own
        });
        *settings = own;
    }
    Ok(())
}

fn takes_its_place(path: &Path, locale: Locale) -> String {
    let path = path.display();
    locale.pick(
        format!("{path} 这次要用，报告不能写在它上面"),
        format!("{path} 這次要用，報告不能寫在它上面"),
        format!("{path} is in use by this run; a report cannot take its place"),
    )
}

/// What is done with each draft.
struct Job<'a> {
    reports: &'a Reports,
    look: Look,
    plan: Option<Plan>,
    /// What is written of a Word document.
    way: Option<Way>,
    accepted: Option<Baseline>,
    /// The findings are to be accepted.
    writes: bool,
    /// The draft is to be handed in.
    is_final: bool,
    /// Documents of other office programs are read through LibreOffice.
    converts: bool,
}

impl<'a> Job<'a> {
    /// Drafts are read, and nothing else is done.
    fn new(reports: &'a Reports, look: Look) -> Self {
        Self { reports, look, plan: None, way: None, accepted: None, writes: false, is_final: false, converts: false }
    }
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
            print_error(output.locale, &message);
            return Err(());
        };
        only.push(rule);
    }
    let grades = match (arguments.fix_style, arguments.fix) {
        (true, true) => vec![Grade::Certain, Grade::Style],
        (true, false) => vec![Grade::Style],
        _ => vec![Grade::Certain],
    };
    let wanted =
        arguments.revise.is_some() || arguments.fix || arguments.fix_style || arguments.diff || !only.is_empty();
    Ok(wanted.then_some(Plan { only, grades, show: arguments.diff }))
}

/// The accepted findings; an error, when it has been shown.
fn accepted(arguments: &arguments::Check, output: &Output) -> Result<Option<Baseline>, ()> {
    let message = match arguments.baseline.as_deref() {
        None => return Ok(None),
        Some(path) if !arguments.write_baseline => match Baseline::read(path, output.locale) {
            Ok(baseline) => return Ok(Some(baseline)),
            Err(reason) => files::cannot_read(&path.display().to_string(), &reason, output.locale),
        },
        Some(path) if Baseline::may_stand_at(path) => return Ok(None),
        Some(path) => {
            let path = path.display();
            output.locale.pick(
                format!("{path} 不是 --write-baseline 写的文件，不覆盖"),
                format!("{path} 不是 --write-baseline 寫的檔案，不覆蓋"),
                format!("{path} is no file that --write-baseline has written; it is left alone"),
            )
        }
    };
    print_error(output.locale, &message);
    Err(())
}

/// What was found in a draft.
struct Checked {
    /// It is no official prose: there are hints at most.
    is_other: bool,
    encoding: &'static str,
    /// What it was, where it was converted to be read.
    converted: Option<Foreign>,
    counts: [usize; 4],
    placeholders: Vec<(&'static str, usize)>,
    findings: Findings,
    /// How many places have been changed, or would be.
    fixed: usize,
    unwritten: Option<Unwritable>,
    accepted: Vec<baseline::Accepted>,
    /// Whether the draft can be handed in, where that is asked.
    judged: Option<Judged>,
    /// What has been written of a Word document, where that is asked.
    written: Option<Result<Written, Failed>>,
}

enum Findings {
    /// What each report says of them.
    Report { texts: Vec<String>, first_code: Option<&'static str> },
    /// The fixed draft, or what would change in it.
    Result(String),
}

fn check(source: &Source, settings: &Arc<Settings>, job: &Job) -> Result<Checked, Unreadable> {
    checked(source, source.read(job.converts)?, settings, job)
}

/// What is found in a draft, as a line of `--format jsonl`.
#[cfg(feature = "mcp")]
pub(super) fn in_json(
    source: &Source,
    content: Content,
    settings: &Arc<Settings>,
    look: Look,
) -> Result<String, Unreadable> {
    let reports = Reports::of(arguments::ReportFormat::Jsonl, look);
    match checked(source, content, settings, &Job::new(&reports, look))?.findings {
        Findings::Report { texts, .. } => Ok(texts.concat()),
        Findings::Result(text) => Ok(text),
    }
}

fn checked(source: &Source, content: Content, settings: &Arc<Settings>, job: &Job) -> Result<Checked, Unreadable> {
    let at_last = if job.is_final { settings.at_last().map(Arc::new) } else { None };
    let settings = at_last.as_ref().unwrap_or(settings);
    let (bytes, converted) = (&content.bytes, content.converted);
    // What is written replaces what was written before.
    let bare = match job.way.is_some() && input::is_document(bytes) {
        true => match word::strip(bytes) {
            // It is read all the same; writing will say why it is not written.
            Err(Refused::Unusual | Refused::Signed) => None,
            stripped => stripped.map_err(Unreadable::Word)?,
        },
        false => None,
    };
    let bare = bare.as_deref().unwrap_or(bytes);
    let decoded = input::decode(bare)?;
    let mut made = None;
    let mut unwritten = None;
    let edits = |plan: &Plan| {
        let lines = Flat::new(&decoded.text);
        let analysis = Analysis::new(&lines, source.markup(&decoded), settings);
        let name = source.shown();
        match &job.accepted {
            Some(baseline) => plan.edits(&analysis, &lines, settings, &baseline.sparing(&name)),
            None => plan.edits(&analysis, &lines, settings, &|_, _| {}),
        }
    };
    let way = job.way.as_ref().filter(|way| decoded.document.is_some() || **way != Way::InPlace);
    if let (Some(plan), None) = (&job.plan, way) {
        let edits = edits(plan);
        if plan.show {
            let diff = match edits.is_empty() {
                true => String::new(),
                false => {
                    let fixed = fix::fixed(&decoded.text, &edits);
                    diff(&clean(&source.shown()), &decoded.text, &fixed.text, job.look)
                }
            };
            return Ok(Checked::result(decoded.encoding, diff, edits.len()));
        }
        let fixed = fix::fixed(&decoded.text, &edits);
        match source {
            _ if decoded.document.is_some() => unwritten = (!edits.is_empty()).then_some(Unwritable::Word),
            Source::Stdin(_) => return Ok(Checked::result(decoded.encoding, fixed.text, fixed.places)),
            Source::File(..) if edits.is_empty() => {}
            Source::File(path, _) => match fix::write(path, bytes, &decoded, &fixed.text) {
                Ok(()) => made = Some(fixed),
                Err(error) => unwritten = Some(error),
            },
        }
    }
    let fixed = made.as_ref().map_or(0, |made| made.places);
    let text = made.as_ref().map_or(&*decoded.text, |made| &made.text);
    let document = decoded.document.as_ref();
    let write = |found: &[Diagnostic]| {
        let way = way?;
        let Some(document) = document else { return Some(Err(Failed::NoDocument)) };
        let edits = job.plan.as_ref().filter(|_| way.revises()).map(edits).unwrap_or_default();
        Some(way.write(source, &content, (document, bare), found, edits, job.look.locale))
    };
    let (path, markup, encoding) = (&source.shown(), source.markup(&decoded), decoded.encoding);
    let read = Read { path, markup, encoding, text, document, write: &write };
    let found =
        findings(&read, settings, job).map_err(|error| match (error, source.path().and_then(Foreign::by_name)) {
            // What is named a Word document and is none, nor a text instead, was one.
            (Unreadable::Nothing(Nothing::NoProse, _), Some(Foreign::Word)) if document.is_none() => {
                Unreadable::Word(Refused::Damaged)
            }
            (error, _) => error,
        })?;
    Ok(Checked { fixed, unwritten, converted, ..found })
}

/// A draft as it was read.
struct Read<'a> {
    path: &'a str,
    markup: Markup,
    encoding: &'static str,
    text: &'a str,
    /// Where it is the text of a Word document.
    document: Option<&'a Document>,
    /// Writes what is found into the document, where that is asked.
    write: &'a Writing<'a>,
}

type Writing<'a> = dyn Fn(&[Diagnostic]) -> Option<Result<Written, Failed>> + 'a;

/// What is found in a draft as it stands.
fn findings(read: &Read, settings: &Arc<Settings>, job: &Job) -> Result<Checked, Unreadable> {
    let &Read { path, markup, encoding, text, document, write } = read;
    let lines = Flat::new(text);
    let analysis = Analysis::new(&lines, markup, settings);
    let is_other = analysis.is_other();
    // Who asks whether a draft can be handed in says that it is one.
    let analysis = if job.is_final { analysis.as_draft() } else { analysis };
    if let Some(nothing) = nothing(&analysis, &lines, text) {
        return Err(Unreadable::Nothing(nothing, encoding));
    }
    let mut gate = job.is_final.then(|| gate(&analysis, &lines, settings, job.look.locale));
    if gate.as_ref().is_some_and(|gate| gate.coverage.unread > gate.coverage.read) {
        return Err(Unreadable::Nothing(Nothing::Hidden, encoding));
    }
    let placeholders = match settings.rules.get(PLACEHOLDER) {
        Some(None) => Vec::new(),
        _ => rules::placeholder_summary(&analysis),
    };
    let (mut found, mut accepted) = (Vec::new(), Vec::new());
    let counts = if job.reports.show_findings() || job.accepted.is_some() || job.writes || document.is_some() {
        found = rules::diagnostics(&analysis, &lines, settings, job.look.locale, usize::MAX);
        if let Some(document) = document {
            document.settle(&mut found, &lines, settings, job.look.locale);
        }
        if let Some(baseline) = &job.accepted {
            baseline.filter(path, &lines, &mut found);
        }
        if job.writes {
            accepted = found.iter().map(|diagnostic| baseline::of(diagnostic, &lines)).collect();
        }
        let mut counts = [0; 4];
        found.iter().for_each(|diagnostic| counts[diagnostic.severity as usize] += 1);
        counts
    } else {
        rules::counts(&analysis, &lines, settings)
    };
    let written = write(&found);
    let whereabouts = document.map(|document| Whereabouts::new(document, &lines, &symbols(&analysis, &lines)));
    let texts = job.reports.draft(&Draft {
        path,
        encoding,
        is_official: !is_other,
        lines: &lines,
        columns: &Columns::new(&lines),
        findings: &found,
        counts,
        placeholders: &placeholders,
        whereabouts: whereabouts.as_ref(),
    });
    let first_code = job.reports.first().is_for_people().then(|| found.first().map(|found| found.rule.code)).flatten();
    let findings = Findings::Report { texts, first_code };
    if let (Some(gate), Some(document)) = (&mut gate, document) {
        document.settle(&mut gate.open, &lines, settings, job.look.locale);
        let concealed = document.concealed(&lines, settings, job.look.locale).into_iter();
        gate.hidden.extend(concealed.map(|finding| Hidden {
            by: Limit::Off(finding.rule.code),
            finding,
            is_blank: true,
        }));
    }
    let judged =
        gate.map(|gate| judge(gate, path, (&lines, document), settings, job.look.locale, job.accepted.as_ref()));
    Ok(Checked {
        is_other,
        encoding,
        converted: None,
        counts,
        placeholders,
        findings,
        fixed: 0,
        unwritten: None,
        accepted,
        judged,
        written,
    })
}

impl Checked {
    /// A draft of which only the outcome of the fixes is wanted.
    fn result(encoding: &'static str, text: String, fixed: usize) -> Self {
        Self {
            is_other: false,
            encoding,
            converted: None,
            counts: [0; 4],
            placeholders: Vec::new(),
            findings: Findings::Result(text),
            fixed,
            unwritten: None,
            accepted: Vec::new(),
            judged: None,
            written: None,
        }
    }
}
