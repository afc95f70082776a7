//! Finding and reading settings files. Apart from the command line, the only place that opens files.

mod indicators;
pub mod last_year;
mod owner;
pub mod pages;
pub mod reading;

use std::ops::Range;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;
use std::{env, fs};

use crate::features::words;
use crate::lexicon::own::{self, Fault, Words};
use crate::locale::Locale;
use crate::rules::RULES;
use crate::settings::{KnownRule, NamedFiles, PackText, Problem, Saying, Settings, Severity};
use crate::slogans::{PackProblem, Tier};
use reading::{LONGEST_PACK, LONGEST_SETTINGS, Unread};

pub use owner::is_outside_repository;

/// The name of a settings file.
pub const FILE_NAME: &str = "jianggao.toml";

/// The settings for a draft, and where they come from.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    pub settings: Settings,
    /// The files that were read, the user's own first.
    pub files: Vec<SettingsFile>,
}

/// A settings file, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct SettingsFile {
    pub path: PathBuf,
    pub text: Arc<str>,
    pub problems: Vec<Problem>,
    /// Nothing in it counts: it belongs to somebody else.
    pub is_foreign: bool,
    /// The packs that it names, as they are known to the settings, each with its place in the text.
    packs: NamedFiles,
}

/// Something wrong with a settings file or with a pack.
#[derive(Clone, Debug)]
pub struct Told {
    pub path: PathBuf,
    /// What is wrong, with its place in the text.
    pub problem: Problem,
    /// The text of a settings file. That of a pack is not shown: it may be any file.
    pub text: Arc<str>,
    /// The line of a pack, from 1.
    pub line: Option<u32>,
}

/// Of what is wrong with the packs no more is told.
const MOST_PACK_PROBLEMS: usize = 100;

/// The settings for the drafts at `path` (a draft or a folder), which need not exist: the user's own file, and
/// above it the nearest [`FILE_NAME`] from there upwards.
pub fn settings_for(path: &Path) -> Loaded {
    let (project, foreign) = project_files(path);
    let mut loaded = load(user_file().into_iter().chain(project));
    loaded.add_foreign(&foreign);
    loaded
}

/// What of the settings for several drafts counts for the one at `path`: the very same where they say nothing
/// of single drafts.
pub fn of_draft(settings: &Arc<Settings>, path: &Path) -> Arc<Settings> {
    let is_about_drafts = settings.exceptions.iter().any(|exception| !exception.file.is_empty())
        || settings.profiles.iter().any(|profile| profile.pattern.is_some());
    match is_about_drafts || settings.former.is_some() {
        true => settings.for_draft(&whole_path(path)).map_or_else(|| Arc::clone(settings), Arc::new),
        false => Arc::clone(settings),
    }
}

/// The settings for a draft that has no place in the file system.
pub fn user_settings() -> Loaded {
    load(user_file())
}

/// The settings of `files`, each above the one before it. A file that cannot be read is a problem.
pub fn load(files: impl IntoIterator<Item = PathBuf>) -> Loaded {
    let mut loaded = Loaded::default();
    for path in files {
        match reading::read_text(&path, LONGEST_SETTINGS) {
            Ok(text) => loaded.add(path, text),
            Err(reason) => {
                let problems = vec![unreadable(&reason)];
                loaded.files.push(SettingsFile { path, problems, ..SettingsFile::default() });
            }
        }
    }
    loaded
}

/// What is wrong with the settings file at `path` if its text is `text`.
pub fn check(path: &Path, text: &str) -> Vec<Problem> {
    let mut loaded = Loaded::default();
    loaded.add(path.to_owned(), text.to_owned());
    loaded.checked().pop().map(|file| file.problems).unwrap_or_default()
}

impl Loaded {
    /// Puts a settings file above the others.
    fn add(&mut self, path: PathBuf, text: String) {
        let (mut settings, mut problems) = Settings::parse(&text, &known_rules());
        let packs = read_packs(&mut settings, &path, &mut problems);
        read_words(&mut settings, &path, &mut problems);
        read_former(&mut settings, &path, &mut problems);
        read_table(&mut settings, &path, &mut problems);
        for exception in &mut settings.exceptions {
            if !exception.file.is_empty() {
                exception.file = whole_path(&folder_of(&path).join(&exception.file));
            }
        }
        self.settings = Settings::layered(std::mem::take(&mut self.settings), settings);
        self.files.push(SettingsFile { path, text: text.into(), problems, packs, ..SettingsFile::default() });
    }

    fn add_foreign(&mut self, files: &[PathBuf]) {
        for path in files {
            let hans = "没有采用：这个设置文件属于别的用户，又不在稿件所在的仓库里。要用它，请写 --config，或者复制到自己的文件夹里。";
            let english = "not used: this settings file belongs to another user and lies outside the repository of the \
                           draft. To use it, name it with --config, or copy it into a folder of your own.";
            let message = Saying::new(hans, english);
            let problem = Problem { range: 0..0, message, severity: Severity::Information };
            let path = path.clone();
            self.files.push(SettingsFile {
                path,
                problems: vec![problem],
                is_foreign: true,
                ..SettingsFile::default()
            });
        }
    }

    /// What is wrong with the settings files and the packs. Makes the catalogue, which takes some
    /// milliseconds the first time.
    pub fn problems(&self) -> Vec<Told> {
        let formulations = &self.settings.formulations;
        let of_pack = |problem: &PackProblem| Told {
            path: PathBuf::from(&problem.pack),
            problem: warning(0..0, not_taken(problem.message.each_ref())),
            text: Arc::default(),
            line: Some(problem.line),
        };
        let own = |file: &SettingsFile| {
            let SettingsFile { path, text, problems, .. } = file.clone();
            problems.into_iter().map(move |problem| Told {
                path: path.clone(),
                problem,
                text: Arc::clone(&text),
                line: None,
            })
        };
        let mut told: Vec<Told> = self.files.iter().flat_map(own).collect();
        let of_packs = formulations.problems();
        told.extend(of_packs.iter().take(MOST_PACK_PROBLEMS).map(of_pack));
        if let Some(last) = of_packs.get(MOST_PACK_PROBLEMS) {
            told.push(Told { problem: warning(0..0, more(of_packs.len())), ..of_pack(last) });
        }
        told
    }

    /// The settings files; what is wrong with a pack is told where the file names it. Makes the
    /// catalogue.
    pub fn checked(&self) -> Vec<SettingsFile> {
        let mut files = self.files.clone();
        let of_packs = self.settings.formulations.problems();
        for file in &mut files {
            for problem in of_packs.iter().take(MOST_PACK_PROBLEMS) {
                let named = file.packs.iter().find(|(name, _)| *name == problem.pack);
                let Some((_, range)) = named.cloned() else { continue };
                let name = file.text.get(range.clone()).unwrap_or("").trim_matches(['"', '\'']);
                let message = not_taken(problem.message.each_ref()).of_line(name, problem.line);
                file.problems.push(warning(range, message));
            }
            if let Some((_, range)) = file.packs.last().filter(|_| of_packs.len() > MOST_PACK_PROBLEMS) {
                file.problems.push(warning(range.clone(), more(of_packs.len())));
            }
            file.problems.sort_by_key(|problem| problem.range.start);
        }
        files
    }
}

fn not_taken([hans, english]: [&String; 2]) -> Saying {
    Saying::new(format!("{hans}。这一行没有采用。"), format!("{english}; the row does not count"))
}

fn more(all: usize) -> Saying {
    more_of("提法目录", "packs", all)
}

fn more_of(hans: &str, english: &str, all: usize) -> Saying {
    let n = all - MOST_PACK_PROBLEMS;
    Saying::new(
        format!("{hans}里另有 {n} 行没有采用，没有列出。"),
        format!("{n} more rows of the {english} do not count"),
    )
}

fn warning(range: Range<usize>, message: Saying) -> Problem {
    Problem { range, message, severity: Severity::Warning }
}

/// Reads the packs that the settings in `file` name, their paths relative to it. Gives those that were
/// read, by the names that the settings know them by.
fn read_packs(settings: &mut Settings, file: &Path, problems: &mut Vec<Problem>) -> NamedFiles {
    let tier = if user_file().as_deref() == Some(file) { Tier::User } else { Tier::Unit };
    let mut packs = NamedFiles::new();
    for (name, range) in std::mem::take(&mut settings.formulations.files) {
        let path = folder_of(file).join(&name);
        let reason = |locale: Locale| match reading::read_text(&path, LONGEST_PACK) {
            Err(Unread::Io(error)) if error.kind() == std::io::ErrorKind::NotFound => locale
                .pick(
                    "没有这个文件；路径从设置文件所在的文件夹算起",
                    "沒有這個檔案；路徑從設定檔所在的資料夾算起",
                    "no such file; the path starts from the folder of the settings file",
                )
                .to_owned(),
            Err(reason) => reason.message(locale),
            Ok(_) => locale.pick("文件是空的", "檔案是空的", "the file is empty").to_owned(),
        };
        match reading::read_text(&path, LONGEST_PACK) {
            Ok(text) if !text.trim().is_empty() => {
                let name = path.display().to_string();
                packs.push((name.clone(), range));
                settings.formulations.add(PackText { name, text: text.into(), tier });
            }
            _ => {
                let hans = format!("提法目录“{name}”没有采用：{}。", reason(Locale::Hans));
                let english = format!("the pack ‘{name}’ does not count: {}", reason(Locale::English));
                problems.push(warning(range, Saying::new(hans, english)));
            }
        }
    }
    packs
}

/// Reads the words that the settings in `file` name.
fn read_words(settings: &mut Settings, file: &Path, problems: &mut Vec<Problem>) {
    let mut all = Words::default();
    for (name, range) in std::mem::take(&mut settings.word_files) {
        let text = match reading::read_text(&folder_of(file).join(&name), LONGEST_PACK) {
            Ok(text) => text,
            Err(reason) => {
                let hans = format!("词表“{name}”没有采用：{}。", reason.message(Locale::Hans));
                let english = format!("the words in ‘{name}’ do not count: {}", reason.message(Locale::English));
                problems.push(warning(range, Saying::new(hans, english)));
                continue;
            }
        };
        let (mut entries, mut faults) = own::read(&text);
        if let Some(first) = entries.get(own::MOST) {
            let (hans, english) = (format!("词太多，最多 {} 个", own::MOST), format!("more than {} words", own::MOST));
            faults.push(Fault { line: first.line, hans, english });
            entries.truncate(own::MOST);
        }
        let (words, more) = words::checked(&entries);
        faults.extend(more);
        faults.sort_by_key(|fault| fault.line);
        for Fault { line, hans, english } in faults.iter().take(MOST_PACK_PROBLEMS) {
            problems.push(warning(range.clone(), not_taken([hans, english]).of_line(&name, *line)));
        }
        if faults.len() > MOST_PACK_PROBLEMS {
            problems.push(warning(range, more_of("词表", "words", faults.len())));
        }
        all.join(&words);
    }
    if !all.is_empty() {
        Arc::make_mut(settings.words.get_or_insert_default()).join(&all);
    }
}

/// Reads last year's draft, where the settings in `file` name it.
fn read_former(settings: &mut Settings, file: &Path, problems: &mut Vec<Problem>) {
    for (name, range) in std::mem::take(&mut settings.against) {
        match last_year::read(&folder_of(file).join(&name)) {
            Ok(former) => settings.former = Some(former),
            Err([hans, english]) => {
                let hans = format!("去年的稿子“{name}”没有读：{hans}。");
                let english = format!("last year's draft ‘{name}’ is not read: {english}");
                problems.push(warning(range, Saying::new(hans, english)));
            }
        }
    }
}

/// Reads the table of indicators, where the settings in `file` name one.
fn read_table(settings: &mut Settings, file: &Path, problems: &mut Vec<Problem>) {
    for (name, range) in std::mem::take(&mut settings.table) {
        match indicators::read(&folder_of(file).join(&name)) {
            Ok(table) => settings.indicators = Some(table),
            Err([hans, english]) => {
                let hans = format!("指标表“{name}”没有采用：{hans}。");
                let english = format!("the table ‘{name}’ does not count: {english}");
                problems.push(warning(range, Saying::new(hans, english)));
            }
        }
    }
}

fn folder_of(file: &Path) -> &Path {
    file.parent().unwrap_or(Path::new(""))
}

/// A path from the root on, without detours, and with `/` between its parts: so that the same file has the
/// same name. Links are not looked up.
fn whole_path(path: &Path) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut parts = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.display().to_string().replace('\\', "/")
}

/// No workspace has more drafts than this; and no more files are gone through to find them.
const MOST_DRAFTS: usize = 20_000;
pub const MOST_FILES: usize = 200_000;
/// A longer file is no draft that is looked at before it is opened.
const LONGEST_CLOSED_DRAFT: u64 = 16 << 20;

/// The file name extensions of drafts.
pub const EXTENSIONS: [&str; 4] = ["txt", "md", "markdown", "讲稿"];

/// Whether a file has the name of a draft.
pub fn is_draft(path: &Path) -> bool {
    path.extension().is_some_and(|e| EXTENSIONS.iter().any(|known| e.eq_ignore_ascii_case(known)))
}

/// The drafts in a folder, but for those that are ignored (`.gitignore`, `.ignore`) or hidden.
pub fn drafts(folder: &Path) -> Vec<PathBuf> {
    let entries = ignore::WalkBuilder::new(folder).require_git(false).build().take(MOST_FILES).flatten();
    let files = entries.filter(|entry| entry.file_type().is_some_and(|t| t.is_file()));
    files.map(ignore::DirEntry::into_path).filter(|path| is_draft(path)).take(MOST_DRAFTS).collect()
}

/// The time and length of a file: while they stay, so does its text.
pub type Stamp = (SystemTime, u64);

/// The stamp of a file, where the system tells.
pub fn stamp(path: &Path) -> Option<Stamp> {
    let data = fs::metadata(path).ok()?;
    Some((data.modified().ok()?, data.len()))
}

pub fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// The text of a draft in UTF-8; `None` for other files.
pub fn read_draft(path: &Path) -> Option<String> {
    reading::read_text(path, LONGEST_CLOSED_DRAFT).ok()
}

/// Where exceptions for the draft at `path` are written: the settings file that counts for it, with
/// its text, or a new one in the workspace folder that holds it, or else beside it.
pub fn file_for_exceptions(path: &Path, folders: &[PathBuf]) -> Option<(PathBuf, Option<String>)> {
    if let Some(file) = project_file(path) {
        let text = reading::read_text(&file, LONGEST_SETTINGS).ok()?;
        return Some((file, Some(text)));
    }
    let folder = folders.iter().filter(|folder| path.starts_with(folder)).max_by_key(|folder| folder.as_os_str().len());
    let folder = folder.map(PathBuf::as_path).or_else(|| path.parent())?;
    Some((folder.join(FILE_NAME), None))
}

/// The nearest settings file from `path` upwards that counts.
pub fn project_file(path: &Path) -> Option<PathBuf> {
    project_files(path).0
}

/// The same, and those nearer ones that do not count, because they belong to somebody else.
pub fn project_files(path: &Path) -> (Option<PathBuf>, Vec<PathBuf>) {
    let Ok(path) = std::path::absolute(path) else { return (None, Vec::new()) };
    let mut foreign = Vec::new();
    for file in path.ancestors().map(|folder| folder.join(FILE_NAME)) {
        // One that is no file, such as a pipe, is found as well, and told when it is read.
        let Ok(data) = fs::metadata(&file) else { continue };
        if !owner::counts(&file, &data, &path) {
            foreign.push(file);
            continue;
        }
        return (Some(file), foreign);
    }
    (None, foreign)
}

/// The user's own settings file, if there is one.
pub fn user_file() -> Option<PathBuf> {
    let file = user_folder()?.join("jianggao").join(FILE_NAME);
    file.is_file().then_some(file)
}

fn user_folder() -> Option<PathBuf> {
    let folder = |name: &str| {
        let value = env::var_os(name).filter(|value| !value.is_empty());
        // The XDG specification wants relative paths ignored.
        value.map(PathBuf::from).filter(|path| path.is_absolute())
    };
    if cfg!(windows) {
        return folder("APPDATA");
    }
    folder("XDG_CONFIG_HOME").or_else(|| Some(folder("HOME")?.join(".config")))
}

fn known_rules() -> Vec<KnownRule> {
    RULES.iter().map(|rule| (rule.code, rule.name)).collect()
}

fn unreadable(reason: &Unread) -> Problem {
    let [hans, english] = [Locale::Hans, Locale::English].map(|locale| reason.message(locale));
    let message =
        Saying::new(format!("设置文件没有采用：{hans}。"), format!("the settings file does not count: {english}"));
    Problem { range: 0..0, message, severity: Severity::Error }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_file_counts() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("2024").join("春");
        fs::create_dir_all(&inner).unwrap();
        fs::write(folder.path().join(FILE_NAME), "allow = [\"外\"]").unwrap();
        let draft = inner.join("讲话.txt");
        assert_eq!(project_file(&draft), Some(folder.path().join(FILE_NAME)), "the draft need not exist");
        fs::write(inner.join(FILE_NAME), "\u{feff}allow = [\"内\"]").unwrap();
        let loaded = load(project_file(&draft));
        assert_eq!(loaded.settings.allow, ["内"]);
        assert_eq!(loaded.files.iter().map(|file| &file.path).collect::<Vec<_>>(), [&inner.join(FILE_NAME)]);
        assert!(loaded.problems().is_empty());
    }

    #[test]
    fn a_file_that_is_not_utf8_is_a_problem() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(FILE_NAME);
        fs::write(&file, b"allow = [\"\xbc\xd7\"]").unwrap();
        let loaded = load([file.clone()]);
        let [told] = &loaded.problems()[..] else { panic!() };
        assert_eq!(told.path, file);
        assert!(told.problem.message.contains("UTF-8"));
    }

    #[test]
    fn exceptions_are_of_their_draft() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(FILE_NAME);
        let ignore = "[[ignore]]\nrule = \"placeholder\"\ntext = \"XX牌\"\n";
        fs::write(&file, format!("{ignore}file = \"春/讲话.txt\"\n")).unwrap();
        let settings = Arc::new(load([file.clone()]).settings);
        let count = |path: &str| of_draft(&settings, &folder.path().join(path)).exceptions.len();
        assert_eq!((count("春/讲话.txt"), count("夏/../春/./讲话.txt"), count("讲话.txt")), (1, 1, 0));
        fs::write(&file, ignore).unwrap();
        let settings = Arc::new(load([file]).settings);
        assert!(Arc::ptr_eq(&of_draft(&settings, Path::new("讲话.txt")), &settings));
    }
}
