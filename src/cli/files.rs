//! Which drafts are meant.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::WalkBuilder;
use rustc_hash::{FxHashMap, FxHashSet};

use super::foreign::{Foreign, gap};
use super::input::{self, Content, Decoded, Unreadable};
use super::output::{self, Output};
use super::passed::{self, Passed, is_draft};
use super::reporter::text;
use super::save;
use crate::analysis::Markup;
use crate::locale::Locale;
use crate::settings::Settings;
use crate::workspace::reading::{self, LONGEST_SETTINGS, io_message};
use crate::workspace::{self, MOST_FILES, Told, is_outside_repository};

/// Where a draft comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    File(PathBuf, Manner),
    /// Standard input, and the file that it stands for.
    Stdin(Option<PathBuf>),
}

/// How a file was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Manner {
    Named,
    /// In a folder.
    Met,
}

impl Source {
    /// How the draft is called in a report.
    pub fn shown(&self) -> String {
        match self {
            Self::File(path, _) | Self::Stdin(Some(path)) => path.display().to_string(),
            Self::Stdin(None) => "<stdin>".to_owned(),
        }
    }

    /// Its bytes; where `converts`, those of a Word document that LibreOffice makes of other formats.
    pub fn read(&self, converts: bool) -> Result<Content, Unreadable> {
        match self {
            Self::File(path, _) => input::read(path, converts),
            Self::Stdin(path) => input::read_stdin(path.as_deref(), converts),
        }
    }

    /// What was read of it as text; an error names it and says why there is none.
    pub fn decode<'a>(&self, read: &'a Result<Content, Unreadable>, locale: Locale) -> Result<Decoded<'a>, String> {
        let told = |error: &Unreadable| cannot_read(&self.shown(), &error.message(locale), locale);
        let content = read.as_ref().map_err(told)?;
        input::decode(&content.bytes).map_err(|error| told(&error))
    }

    /// How what was read of it is marked up.
    pub fn markup(&self, decoded: &Decoded) -> Markup {
        if decoded.document.is_some() {
            return Markup::Shown;
        }
        self.path().map_or(Markup::Plain, |path| Markup::by_name(&path.to_string_lossy()))
    }

    /// Whether it was asked for by name.
    pub fn is_named(&self) -> bool {
        !matches!(self, Self::File(_, Manner::Met))
    }

    /// The file that the draft is, or stands for.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::File(path, _) => Some(path),
            Self::Stdin(path) => path.as_deref(),
        }
    }

    /// The folder whose settings count.
    fn folder(&self) -> PathBuf {
        self.path().map_or(Path::new("."), save::folder).to_owned()
    }
}

/// What `paths` come to.
#[derive(Default)]
pub(super) struct Collected {
    /// Each once, in the order of their paths.
    pub sources: Vec<Source>,
    /// What went wrong.
    pub complaints: Vec<String>,
    /// What lies in a folder and is passed over.
    pub passed: BTreeMap<Passed, Vec<PathBuf>>,
}

/// The drafts that `paths` name. A file that is named is taken whatever it is called; in a folder, what
/// looks like a draft and is not ignored; where `converts`, documents of other office programs as well.
pub(super) fn collect(paths: &[PathBuf], stdin_filename: Option<&Path>, converts: bool, output: &Output) -> Collected {
    let locale = output.locale;
    let mut found = Collected::default();
    for path in paths {
        if path == Path::new("-") {
            found.sources.push(Source::Stdin(stdin_filename.map(Path::to_owned)));
        } else if path.is_dir() {
            let before = found.sources.len();
            walk(path, converts, &mut found, locale);
            if found.sources.len() == before {
                found.complaints.push(no_drafts(&path.display().to_string(), locale));
            }
        } else {
            found.sources.push(Source::File(path.clone(), Manner::Named));
        }
    }
    found.passed.values_mut().for_each(|paths| {
        paths.sort();
        paths.dedup();
    });
    found.sources.sort();
    found.sources.dedup_by(|b, a| b == a || b.path().is_some() && a.path() == b.path());
    found
}

fn no_drafts(folder: &str, locale: Locale) -> String {
    let known = workspace::EXTENSIONS.into_iter().chain(["docx"]).map(|extension| format!(".{extension}"));
    let known = known.collect::<Vec<_>>().join(locale.pick("、", "、", ", "));
    locale.pick(
        format!("{folder} 里没有稿件（{known}）"),
        format!("{folder} 裡沒有稿件（{known}）"),
        format!("there is no draft in {folder} ({known})"),
    )
}

/// The line that says that a draft could not be read.
pub(super) fn cannot_read(path: &str, reason: &str, locale: Locale) -> String {
    locale.pick(
        format!("无法读取 {path}：{reason}"),
        format!("無法讀取 {path}：{reason}"),
        format!("cannot read {path}: {reason}"),
    )
}

/// Reads a source, and says so where a document was converted to be read.
pub(super) fn read(source: &Source, converts: bool, locale: Locale) -> Result<Content, Unreadable> {
    let content = source.read(converts)?;
    if let Some(kind) = content.converted {
        output::print_error(locale, &read_through(&source.shown(), kind, locale));
    }
    Ok(content)
}

pub(super) fn read_through(path: &str, kind: Foreign, locale: Locale) -> String {
    let name = kind.name(locale);
    locale.pick(
        format!("{path} 是{}{name}，用 LibreOffice 转换了再读，编号和段落可能与原来略有不同", gap(name)),
        format!("{path} 是{}{name}，用 LibreOffice 轉換了再讀，編號和段落可能與原來略有不同", gap(name)),
        format!("{path}: {name}, converted by LibreOffice to be read; numbers and paragraphs may differ a little"),
    )
}

fn path_of(error: &ignore::Error) -> PathBuf {
    match error {
        ignore::Error::WithPath { path, .. } => path.clone(),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => PathBuf::new(),
    }
}

fn walk(folder: &Path, converts: bool, found: &mut Collected, locale: Locale) {
    let mut walk = WalkBuilder::new(folder);
    walk.require_git(false).hidden(false).filter_entry(|entry| passed::is_open(entry.file_name()));
    for entry in walk.build() {
        match entry {
            Ok(entry) => {
                let (is_link, is_hidden) = (entry.path_is_symlink(), passed::is_hidden(folder, entry.path()));
                let path = entry.path();
                let passed = match path.is_dir() {
                    true if entry.depth() > 0 && is_link && !is_below(folder, path) && passed::holds_drafts(path) => {
                        Some(Passed::Linked)
                    }
                    true => None,
                    false if is_draft(path) && !is_hidden => {
                        found.sources.push(Source::File(bare(path), Manner::Met));
                        None
                    }
                    false => match passed::of(path, is_hidden) {
                        Some(Passed::Foreign(kind)) if converts && kind.is_convertible() => {
                            found.sources.push(Source::File(bare(path), Manner::Met));
                            None
                        }
                        passed => passed,
                    },
                };
                if let Some(kind) = passed {
                    found.passed.entry(kind).or_default().push(bare(path));
                }
            }
            Err(error) => {
                let reason = match error.io_error() {
                    Some(error) => io_message(error, locale),
                    None => error.to_string(),
                };
                found.complaints.push(cannot_read(&path_of(&error).display().to_string(), &reason, locale));
            }
        }
    }
}

/// As it is shown.
fn bare(path: &Path) -> PathBuf {
    path.strip_prefix("./").unwrap_or(path).to_owned()
}

/// Whether a link leads to what is read without it: to a folder in `folder`, or above it.
fn is_below(folder: &Path, link: &Path) -> bool {
    let (Ok(folder), Ok(target)) = (folder.canonicalize(), link.canonicalize()) else { return false };
    target.starts_with(&folder) && !passed::is_hidden(&folder, &target)
}

/// The drafts in the folders among `paths` that are ignored (`.gitignore`, `.ignore`), and so not among what was
/// found.
pub(super) fn ignored(paths: &[PathBuf], found: &Collected) -> Vec<PathBuf> {
    let passed = found.passed.values().flatten().map(PathBuf::as_path);
    let known: FxHashSet<&Path> = found.sources.iter().filter_map(Source::path).chain(passed).collect();
    let all = |folder: &PathBuf| {
        let mut walk = WalkBuilder::new(folder);
        walk.standard_filters(false).filter_entry(|entry| passed::is_open(entry.file_name()));
        let below = folder.clone();
        let files = walk.build().take(MOST_FILES).flatten().map(ignore::DirEntry::into_path);
        let is_seen = move |path: &Path| !passed::is_hidden(&below, path) || passed::of(path, true).is_some();
        files.filter(move |path| is_draft(path) && path.is_file() && is_seen(path))
    };
    let drafts = paths.iter().filter(|path| path.is_dir()).flat_map(all);
    let mut drafts: Vec<PathBuf> = drafts.map(|path| bare(&path)).collect();
    drafts.retain(|path| !known.contains(path.as_path()));
    drafts.sort();
    drafts.dedup();
    drafts
}

/// The settings that count.
pub(super) struct Configured {
    /// Of each of the sources, in their order.
    pub settings: Vec<Arc<Settings>>,
    /// Something that they say does not count.
    pub has_mistakes: bool,
    /// The files that they come from.
    pub files: Vec<ConfiguredFile>,
}

#[derive(Clone)]
pub(super) struct ConfiguredFile {
    pub path: PathBuf,
    pub place: Place,
}

/// Where a settings file lies.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Project,
    OutsideRepository,
    /// It is the user's own.
    User,
    Named,
    /// It belongs to another user, and does not count.
    Foreign,
}

/// The one draft that is meant, and its settings; fails, having said so, where there is none or several.
pub(super) fn one(
    path: &Path,
    stdin_filename: Option<&Path>,
    config: Option<&Path>,
    converts: bool,
    output: &Output,
) -> Result<(Source, Arc<Settings>), ()> {
    let Collected { mut sources, complaints, .. } = collect(&[path.to_owned()], stdin_filename, converts, output);
    complaints.iter().for_each(|message| output::print_error(output.locale, message));
    if sources.len() != 1 {
        if complaints.is_empty() {
            let message = output.locale.pick("一次只能是一份稿件", "一次只能是一份稿件", "one draft at a time");
            output::print_error(output.locale, message);
        }
        return Err(());
    }
    let mut configured = settings(&sources, config, output)?;
    sources.pop().zip(configured.settings.pop()).ok_or(())
}

/// The settings of each of `sources`; every settings file is read once. Mistakes in them are shown. Fails,
/// having said so, when `config` cannot be read.
pub(super) fn settings(sources: &[Source], config: Option<&Path>, output: &Output) -> Result<Configured, ()> {
    let mut all = Configured { settings: Vec::new(), has_mistakes: false, files: Vec::new() };
    if let Some(config) = config {
        if let Err(reason) = reading::read_text(config, LONGEST_SETTINGS) {
            let path = config.display().to_string();
            output::print_error(output.locale, &cannot_read(&path, &reason.message(output.locale), output.locale));
            return Err(());
        }
        let loaded = workspace::load([config.to_owned()]);
        all.show(&loaded.problems(), output);
        all.files.push(ConfiguredFile { path: config.to_owned(), place: Place::Named });
        let shared = Arc::new(loaded.settings);
        all.settings = sources.iter().map(|source| for_source(source, &shared)).collect();
        return Ok(all);
    }
    let user_file = workspace::user_file();
    let mut by_folder: FxHashMap<PathBuf, (Option<PathBuf>, Vec<PathBuf>)> = FxHashMap::default();
    let mut by_file: FxHashMap<Option<PathBuf>, Arc<Settings>> = FxHashMap::default();
    let mut shown = FxHashSet::default();
    for source in sources {
        let folder = source.folder();
        let found = by_folder.entry(folder).or_insert_with_key(|folder| workspace::project_files(folder));
        for file in &found.1 {
            if shown.insert(file.clone()) {
                all.files.push(ConfiguredFile { path: file.clone(), place: Place::Foreign });
                output::print_error(output.locale, &foreign(file, output.locale));
            }
        }
        let shared = by_file.entry(found.0.clone()).or_insert_with_key(|file| {
            let loaded = workspace::load(user_file.iter().chain(file.as_ref()).cloned());
            let mut problems = loaded.problems();
            // The user's own file lies below every project: its mistakes are shown once.
            problems.retain(|told| !shown.contains(&told.path));
            for file in &loaded.files {
                if shown.insert(file.path.clone()) {
                    let place = match source.path() {
                        _ if user_file.as_ref() == Some(&file.path) => Place::User,
                        Some(draft) if is_outside_repository(&file.path, draft) => Place::OutsideRepository,
                        _ => Place::Project,
                    };
                    all.files.push(ConfiguredFile { path: file.path.clone(), place });
                }
            }
            shown.extend(loaded.settings.formulations.packs().iter().map(|pack| PathBuf::from(&pack.name)));
            all.show(&problems, output);
            Arc::new(loaded.settings)
        });
        let settings = for_source(source, shared);
        all.settings.push(settings);
    }
    Ok(all)
}

impl Configured {
    /// Shows what is wrong with the settings.
    fn show(&mut self, problems: &[Told], output: &Output) {
        for told in problems {
            let look = output.error_look();
            output::print_error_text(&text::settings_problem(told, look), look.palette);
            self.has_mistakes |= told.problem.is_mistake();
        }
    }
}

pub(super) fn for_source(source: &Source, shared: &Arc<Settings>) -> Arc<Settings> {
    source.path().map_or_else(|| Arc::clone(shared), |path| workspace::of_draft(shared, path))
}

fn foreign(file: &Path, locale: Locale) -> String {
    let path = file.display();
    locale.pick(
        format!("没有采用设置文件 {path}：它属于别的用户，又不在稿件所在的仓库里（要用就写 --config）"),
        format!("沒有採用設定檔 {path}：它屬於別的使用者，又不在稿件所在的儲存庫裡（要用就寫 --config）"),
        format!("settings file {path} is not used: it belongs to another user and lies outside the repository (name it with --config to use it)"),
    )
}
