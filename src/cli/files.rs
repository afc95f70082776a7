//! Which drafts are meant.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::WalkBuilder;
use rustc_hash::{FxHashMap, FxHashSet};

use super::input::{self, Unreadable, io_message};
use super::output::{self, Output};
use super::report;
use crate::analysis::Markup;
use crate::locale::Locale;
use crate::settings::{Problem, Settings};
use crate::workspace;

/// The file name extensions that are looked at in a folder.
const EXTENSIONS: [&str; 4] = ["txt", "md", "markdown", "讲稿"];

/// Where a draft comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    File(PathBuf),
    /// Standard input, and the file that it stands for.
    Stdin(Option<PathBuf>),
}

impl Source {
    /// How the draft is called in a report.
    pub fn shown(&self) -> String {
        match self {
            Self::File(path) | Self::Stdin(Some(path)) => path.display().to_string(),
            Self::Stdin(None) => "<stdin>".to_owned(),
        }
    }

    pub fn read(&self) -> Result<Vec<u8>, Unreadable> {
        match self {
            Self::File(path) => input::read(path),
            Self::Stdin(_) => input::read_stdin(),
        }
    }

    pub fn markup(&self) -> Markup {
        let (Self::File(path) | Self::Stdin(Some(path))) = self else {
            return Markup::Plain;
        };
        match path.extension() {
            Some(e) if e.eq_ignore_ascii_case("md") || e.eq_ignore_ascii_case("markdown") => Markup::Markdown,
            _ => Markup::Plain,
        }
    }

    /// The folder whose settings count.
    fn folder(&self) -> PathBuf {
        let path = match self {
            Self::File(path) | Self::Stdin(Some(path)) => path.parent(),
            Self::Stdin(None) => None,
        };
        match path {
            Some(folder) if folder != Path::new("") => folder.to_owned(),
            _ => PathBuf::from("."),
        }
    }
}

/// The drafts that `paths` name, each once, in the order of their paths. A file that is named is
/// taken whatever it is called; in a folder, what looks like a draft and is not ignored. The second
/// list says what went wrong.
pub(super) fn collect(paths: &[PathBuf], stdin_filename: Option<&Path>, output: &Output) -> (Vec<Source>, Vec<String>) {
    let (mut sources, mut complaints) = (Vec::new(), Vec::new());
    for path in paths {
        if path == Path::new("-") {
            sources.push(Source::Stdin(stdin_filename.map(Path::to_owned)));
        } else if path.is_dir() {
            walk(path, &mut sources, &mut complaints);
        } else {
            sources.push(Source::File(path.clone()));
        }
    }
    sources.sort();
    sources.dedup();
    let locale = output.locale;
    let complaints = complaints.into_iter().map(|error| {
        let reason = match error.io_error() {
            Some(error) => io_message(error, locale),
            None => error.to_string(),
        };
        cannot_read(&path_of(&error).display().to_string(), &reason, locale)
    });
    (sources, complaints.collect())
}

/// The line that says that a draft could not be read.
pub(super) fn cannot_read(path: &str, reason: &str, locale: Locale) -> String {
    locale.pick(
        format!("无法读取 {path}：{reason}"),
        format!("無法讀取 {path}：{reason}"),
        format!("cannot read {path}: {reason}"),
    )
}

fn path_of(error: &ignore::Error) -> PathBuf {
    match error {
        ignore::Error::WithPath { path, .. } => path.clone(),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => PathBuf::new(),
    }
}

fn walk(folder: &Path, sources: &mut Vec<Source>, complaints: &mut Vec<ignore::Error>) {
    for entry in WalkBuilder::new(folder).require_git(false).build() {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|t| t.is_file()) => {
                let path = entry.path();
                if path.extension().is_some_and(is_draft) {
                    let path = path.strip_prefix("./").unwrap_or(path);
                    sources.push(Source::File(path.to_owned()));
                }
            }
            Ok(_) => {}
            Err(error) => complaints.push(error),
        }
    }
}

fn is_draft(extension: &OsStr) -> bool {
    EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// The settings of each of `sources`, in their order; every settings file is read once. Mistakes in
/// them are shown. Fails, having said so, when `config` cannot be read.
pub(super) fn settings(sources: &[Source], config: Option<&Path>, output: &Output) -> Result<Vec<Arc<Settings>>, ()> {
    if let Some(config) = config {
        if let Err(error) = std::fs::metadata(config) {
            let reason = io_message(&error, output.locale);
            let path = config.display().to_string();
            output::complain(output.locale, &cannot_read(&path, &reason, output.locale));
            return Err(());
        }
        let loaded = workspace::load([config.to_owned()]);
        let settings = taken(loaded.settings.clone(), &loaded.problems(), output);
        return Ok(vec![settings; sources.len()]);
    }
    let user_file = workspace::user_file();
    let mut by_folder: FxHashMap<PathBuf, Option<PathBuf>> = FxHashMap::default();
    let mut by_file: FxHashMap<Option<PathBuf>, Arc<Settings>> = FxHashMap::default();
    let mut shown = FxHashSet::default();
    let settings = sources.iter().map(|source| {
        let file = by_folder.entry(source.folder()).or_insert_with_key(|folder| workspace::project_file(folder));
        let settings = by_file.entry(file.clone()).or_insert_with(|| {
            let loaded = workspace::load(user_file.iter().chain(file.as_ref()).cloned());
            let mut problems = loaded.problems();
            // The user's own file lies below every project: its mistakes are shown once.
            problems.retain(|(path, ..)| !shown.contains(path));
            shown.extend(loaded.files.iter().map(|file| file.path.clone()));
            shown.extend(loaded.settings.formulations.packs().iter().map(|pack| PathBuf::from(&pack.name)));
            taken(loaded.settings, &problems, output)
        });
        Arc::clone(settings)
    });
    Ok(settings.collect())
}

/// The settings, once what is wrong with them has been shown.
fn taken(settings: Settings, problems: &[(PathBuf, String, Problem)], output: &Output) -> Arc<Settings> {
    for (path, text, problem) in problems {
        let path = path.display().to_string();
        let shown = report::settings_problem(&path, text, problem, output.error_look());
        output::print_error(&shown);
    }
    Arc::new(settings)
}
