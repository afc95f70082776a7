//! What was found in all drafts, and what the process ends with.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

use super::{Checked, Findings};
use crate::cli::EXIT_ERROR;
use crate::cli::baseline::Baseline;
use crate::cli::extent::Extent;
use crate::cli::files::{self, Source};
use crate::cli::foreign::gap;
use crate::cli::gate::Verdict;
use crate::cli::input::Unreadable;
use crate::cli::output::{Output, print_error, print_error_text};
use crate::cli::passed::Passed;
use crate::cli::reporter::{Draft, Outcome, Reporter, Reports, Stream};
use crate::features::unread::Nothing;
use crate::locale::Locale;
use crate::report::Columns;
use crate::settings::Severity;
use crate::text::Flat;

/// What was found in all drafts.
#[derive(Default)]
pub(super) struct Totals {
    files: usize,
    /// How many of them are no official prose.
    others: usize,
    counts: [usize; 4],
    placeholders: Vec<(&'static str, usize)>,
    /// The reports, in the order of [`Reports::all`].
    streams: Vec<Stream>,
    /// A code that was reported, for the line about `explain`.
    code: Option<&'static str>,
    pub verdict: Option<Verdict>,
    /// Something could not be done.
    pub failed: bool,
    /// What it was, a sentence each.
    problems: Vec<String>,
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
    pub shows: bool,
    /// A fixed draft has gone to standard output: nothing else may.
    pub on_stdout: bool,
    /// The findings that are to be accepted from now on.
    pub baseline: Option<Baseline>,
}

impl Totals {
    /// `problems`: what was given and is not there; `shows`: changes are only shown.
    pub fn new(problems: Vec<String>, is_unsound: bool, shows: bool, streams: Vec<Stream>) -> Self {
        let unread = problems.len();
        Self { unread, problems, is_unsound, shows, streams, failed: unread > 0 || is_unsound, ..Self::default() }
    }

    /// Says what could not be done.
    fn print_error(&mut self, message: String, locale: Locale) {
        print_error(locale, &message);
        self.problems.push(message);
    }

    pub fn take(
        &mut self,
        source: &Source,
        checked: Checked,
        reports: &Reports,
        output: &mut Output,
    ) -> io::Result<()> {
        self.files += 1;
        self.others += usize::from(checked.is_other);
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
            self.print_error(error.message(&source.shown(), output.locale), output.locale);
        }
        match checked.written {
            Some(Ok(written)) => print_error(output.locale, &written.message(output.locale)),
            Some(Err(error)) => {
                self.failed = true;
                print_error(output.locale, &error.message(output.locale));
            }
            None => {}
        }
        if let Some(baseline) = &mut self.baseline {
            baseline.accept(&source.shown(), checked.accepted);
        }
        match checked.findings {
            Findings::Result(text) => {
                self.due += checked.fixed;
                self.on_stdout |= matches!(source, Source::Stdin(_)) && !self.shows;
                match self.shows {
                    true => output.text(&text),
                    false => output.raw(text.as_bytes()),
                }
            }
            Findings::Report { texts, first_code } => {
                if let (true, Some(kind)) = (reports.first().is_for_people(), checked.converted) {
                    print_error(output.locale, &files::read_through(&source.shown(), kind, output.locale));
                }
                if reports.first().is_for_people() && checked.encoding != "UTF-8" {
                    print_error(output.locale, &read_as(source, checked.encoding, output.locale));
                }
                self.code = self.code.or(first_code);
                self.fixed += checked.fixed;
                self.report(&texts, reports, output)
            }
        }
    }

    /// Writes what a draft comes to.
    fn report(&mut self, texts: &[String], reports: &Reports, output: &mut Output) -> io::Result<()> {
        let mut streams = self.streams.iter_mut().zip(reports.all()).zip(texts);
        streams.try_for_each(|((stream, reporter), text)| stream.draft(reporter, text, output))
    }

    pub fn finish(&mut self, reports: &Reports, output: &mut Output) -> io::Result<()> {
        // Stable: of equal counts, the order in which they came.
        self.placeholders.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        let streams = std::mem::take(&mut self.streams);
        let outcome = Outcome {
            extent: self.extent(),
            counts: self.counts,
            placeholders: &self.placeholders,
            fixed: self.fixed,
            code: self.code,
            verdict: self.verdict.as_ref(),
            problems: &self.problems,
        };
        if let Some(verdict) = outcome.verdict.filter(|_| !reports.all().any(Reporter::has_verdict)) {
            print_error_text(&verdict.report(outcome.extent, output.locale), output.error_look().palette);
        }
        for (stream, reporter) in streams.into_iter().zip(reports.all()) {
            if let Some(message) = stream.finish(reporter, &outcome, output)? {
                print_error(output.locale, &message);
                self.failed = true;
            }
        }
        Ok(())
    }

    fn extent(&self) -> Extent {
        let is_concealed = self.verdict.as_ref().is_some_and(|verdict| verdict.blocking() > 0);
        let &Self { files, others, unread, is_unsound, .. } = self;
        Extent { files, others, unread, is_unsound, is_concealed }
    }

    /// A draft that was not checked. One that is named must be; one that is met in a folder must for a final
    /// check. A text that is no Chinese prose must for a final check alone.
    pub fn pass_unread(
        &mut self,
        source: &Source,
        error: &Unreadable,
        is_final: bool,
        reports: &Reports,
        output: &mut Output,
    ) -> io::Result<()> {
        let locale = output.locale;
        let reason = error.message(locale);
        let path = source.shown();
        if let (Unreadable::Nothing(Nothing::NoProse, encoding), false) = (error, is_final) {
            self.no_prose += 1;
            print_error(locale, &skipped(&path, &reason, locale));
            let lines = Flat::new("");
            let texts = reports.draft(&Draft {
                path: &path,
                encoding,
                is_official: false,
                lines: &lines,
                columns: &Columns::new(&lines),
                findings: &[],
                counts: [0; 4],
                placeholders: &[],
                whereabouts: None,
            });
            return self.report(&texts, reports, output);
        }
        self.unread += 1;
        // Who asks for a conversion is told when there is none.
        if source.is_named() || is_final || matches!(error, Unreadable::Unconverted(..)) {
            self.failed = true;
            self.print_error(files::cannot_read(&path, &reason, locale), locale);
        } else {
            self.print_error(skipped(&path, &reason, locale), locale);
        }
        Ok(())
    }

    /// What lies in folders and is passed over, counted aloud.
    pub fn pass(&mut self, passed: &BTreeMap<Passed, Vec<PathBuf>>, is_final: bool, output: &Output) {
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
            print_error(locale, &message);
            if kind.may_be_a_draft() {
                self.unread += count;
                self.failed |= is_final;
                self.problems.push(message);
            }
        }
    }

    pub fn code(&self, threshold: Option<Severity>) -> u8 {
        let counted = threshold.map_or(0, |severity| severity as usize + 1);
        let found = self.counts[..counted].iter().any(|&count| count > 0)
            || self.verdict.as_ref().is_some_and(|verdict| verdict.blocking() > 0);
        let nothing_read = self.files == 0 && self.no_prose == 0;
        match self.failed || nothing_read {
            true => EXIT_ERROR,
            false => u8::from(found || self.due > 0 && !self.on_stdout),
        }
    }
}

fn skipped(path: &str, reason: &str, locale: Locale) -> String {
    locale.pick(format!("跳过 {path}：{reason}"), format!("跳過 {path}：{reason}"), format!("skipped {path}: {reason}"))
}

fn read_as(source: &Source, encoding: &str, locale: Locale) -> String {
    let path = source.shown();
    locale.pick(
        format!("{path} 按 {encoding} 编码读取"),
        format!("{path} 按 {encoding} 編碼讀取"),
        format!("{path} was read as {encoding}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

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
