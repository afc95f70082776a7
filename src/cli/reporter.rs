//! The formats of `check`, one file each. A draft is rendered where it was checked, on any thread; what comes of it
//! is written in the order of the drafts and then forgotten, so a report takes no more memory than one of its drafts.
//! One run may write several reports: one on standard output, others in files.

mod checkstyle;
mod counts;
mod destination;
mod github;
mod gitlab;
pub(super) mod json;
mod jsonl;
mod junit;
mod rdjson;
mod sarif;
pub(super) mod text;
mod xml;

use std::io;
use std::path::{Component, Path};

use super::arguments::{self, ReportFormat};
use super::extent::Extent;
use super::gate::Verdict;
use super::output::{Look, Output};
use crate::report::Columns;
use crate::rules::Diagnostic;
use crate::settings::Severity;
use crate::text::{Flat, Point};
use crate::word::Whereabouts;

use destination::{Destination, ReportFile};

/// One format.
pub(super) trait Reporter: Send + Sync {
    /// Whether it says what was found, and not only how much.
    fn shows_findings(&self) -> bool {
        true
    }

    /// Whether a person reads it on a terminal: what lies behind the report is then explained on standard error.
    fn is_for_people(&self) -> bool {
        false
    }

    /// Whether it has what a final check says.
    fn has_verdict(&self) -> bool {
        self.is_for_people()
    }

    /// What stands before the first draft.
    fn head(&self) -> String {
        String::new()
    }

    /// What one draft comes to; nothing, where there is nothing to say.
    fn draft(&self, draft: &Draft) -> String;

    /// What stands between two drafts that come to something.
    fn separator(&self) -> &'static str {
        ""
    }

    /// What stands after the last one.
    fn foot(&self, outcome: &Outcome) -> String;
}

/// The reports of a run: the first goes to standard output, the others into files, in the order in which they were
/// asked for.
pub(super) struct Reports {
    first: Box<dyn Reporter>,
    others: Vec<Box<dyn Reporter>>,
}

impl Reports {
    /// The reports that were asked for, and where each goes; an error says what is wrong with them.
    pub fn new(arguments: &arguments::Check, look: Look) -> Result<(Self, Vec<Stream>), String> {
        let threshold = arguments.fail_on.threshold();
        let asked = Destination::all(&arguments.output, arguments.format, look.locale)?;
        let first = match arguments.quiet {
            true => Box::new(counts::Counts { look }),
            false => reporter(asked.on_stdout, threshold, look),
        };
        let plain = Look { palette: Default::default(), ..look };
        let others = asked.files.iter().map(|(format, _)| reporter(*format, threshold, plain)).collect();
        let mut streams = vec![Stream::new(None)];
        for (format, path) in &asked.files {
            streams.push(Stream::new(Some(ReportFile::create(*format, path, look.locale)?)));
        }
        Ok((Self { first, others }, streams))
    }

    /// One report, on standard output.
    pub fn of(format: ReportFormat, look: Look) -> Self {
        Self { first: reporter(format, None, look), others: Vec::new() }
    }

    /// The report on standard output.
    pub fn first(&self) -> &dyn Reporter {
        self.first.as_ref()
    }

    pub fn all(&self) -> impl Iterator<Item = &dyn Reporter> {
        [&self.first].into_iter().chain(&self.others).map(AsRef::as_ref)
    }

    /// Whether one of them says what was found, and not only how much.
    pub fn show_findings(&self) -> bool {
        self.all().any(Reporter::shows_findings)
    }

    /// What one draft comes to, in each of them.
    pub fn draft(&self, draft: &Draft) -> Vec<String> {
        self.all().map(|reporter| reporter.draft(draft)).collect()
    }
}

/// One report on its way out.
#[derive(Default)]
pub(super) struct Stream {
    /// Where it goes, if not to standard output.
    file: Option<ReportFile>,
    has_begun: bool,
    has_draft: bool,
}

impl Stream {
    fn new(file: Option<ReportFile>) -> Self {
        Self { file, ..Self::default() }
    }

    /// Whether it would take the place of this file.
    pub fn is_at(&self, path: &Path) -> bool {
        self.file.as_ref().is_some_and(|file| file.is_at(path))
    }

    /// Adds what a draft comes to.
    pub fn draft(&mut self, reporter: &dyn Reporter, text: &str, output: &mut Output) -> io::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        let before = if self.has_draft { reporter.separator() } else { "" };
        self.has_draft = true;
        self.add(reporter, &(before.to_owned() + text), output)
    }

    /// Adds what stands after the last draft. An error of a file is a sentence, for it is one of several.
    pub fn finish(
        mut self,
        reporter: &dyn Reporter,
        outcome: &Outcome,
        output: &mut Output,
    ) -> io::Result<Option<String>> {
        self.add(reporter, &reporter.foot(outcome), output)?;
        match self.file {
            None => output.finish().map(|()| None),
            Some(file) => Ok(file.finish(output.locale).err()),
        }
    }

    fn add(&mut self, reporter: &dyn Reporter, text: &str, output: &mut Output) -> io::Result<()> {
        let head = if self.has_begun { String::new() } else { reporter.head() };
        self.has_begun = true;
        let text = head + text;
        match &mut self.file {
            Some(file) => file.write(&text),
            None if reporter.is_for_people() => output.text(&text),
            None => output.raw(text.as_bytes()),
        }
    }
}

fn reporter(format: ReportFormat, threshold: Option<Severity>, look: Look) -> Box<dyn Reporter> {
    let locale = look.locale;
    match format {
        ReportFormat::Text => Box::new(text::Text { look }),
        ReportFormat::Json => Box::new(json::Json { locale }),
        ReportFormat::Jsonl => Box::new(jsonl::Jsonl),
        ReportFormat::Sarif => Box::new(sarif::Sarif { locale }),
        ReportFormat::Github => Box::new(github::Github { locale }),
        ReportFormat::Gitlab => Box::new(gitlab::Gitlab),
        ReportFormat::Junit => Box::new(junit::Junit { threshold }),
        ReportFormat::Checkstyle => Box::new(checkstyle::Checkstyle),
        ReportFormat::Rdjson => Box::new(rdjson::Rdjson),
    }
}

/// A draft that was checked.
pub(super) struct Draft<'a> {
    pub path: &'a str,
    pub encoding: &'static str,
    /// Whether it is taken for official prose; otherwise there are hints at most.
    pub is_official: bool,
    pub lines: &'a Flat<'a>,
    pub columns: &'a Columns<'a>,
    /// In the order of the text.
    pub findings: &'a [Diagnostic],
    /// By severity.
    pub counts: [usize; 4],
    /// By category, most first.
    pub placeholders: &'a [(&'static str, usize)],
    /// Of a Word document.
    pub whereabouts: Option<&'a Whereabouts<'a>>,
}

impl Draft<'_> {
    /// The line of a place and the character in it, both from 1.
    fn place(&self, point: Point) -> (u32, u32) {
        let at = self.columns.position(point);
        (at.line + 1, at.column + 1)
    }

    /// The path from the working directory, as pipelines know it; as it was given, where it leads elsewhere. A finding
    /// has the same fingerprint however its draft was named.
    fn relative_path(&self) -> String {
        let folder = std::env::current_dir().unwrap_or_default();
        relative(Path::new(self.path), &folder).unwrap_or_else(|| self.path.to_owned())
    }
}

/// The path from a folder; none, when it lies elsewhere.
fn relative(path: &Path, folder: &Path) -> Option<String> {
    let path = match path.is_absolute() {
        true => path.strip_prefix(folder).ok()?,
        false => path,
    };
    let parts = path.components().filter(|part| *part != Component::CurDir);
    let parts: Vec<&str> = parts.map(|part| part.as_os_str().to_str()).collect::<Option<_>>()?;
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// What all drafts come to.
#[derive(Default)]
pub(super) struct Outcome<'a> {
    pub extent: Extent,
    /// By severity.
    pub counts: [usize; 4],
    /// By category, most first.
    pub placeholders: &'a [(&'static str, usize)],
    /// How many places have been changed.
    pub fixed: usize,
    /// A code that was reported.
    pub code: Option<&'static str>,
    /// What a final check says.
    pub verdict: Option<&'a Verdict>,
    /// What could not be done, a sentence each: what was not read is not cleared.
    pub problems: &'a [String],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_below_the_folder_has_one_path_from_there() {
        let folder = std::env::current_dir().unwrap();
        let given = [Path::new("稿/a.txt"), Path::new("./稿/./a.txt"), &folder.join("稿/a.txt")];
        for path in given {
            assert_eq!(relative(path, &folder).as_deref(), Some("稿/a.txt"), "{path:?}");
        }
        assert_eq!(relative(&folder.join("../b.txt"), &folder.join("稿")), None);
        assert_eq!(relative(Path::new("../b.txt"), &folder).as_deref(), Some("../b.txt"));
    }
}
