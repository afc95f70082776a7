//! Finding and reading settings files. Apart from the command line, the only place that opens files.

use std::path::{Path, PathBuf};
use std::time::SystemTime;
use std::{env, fs, io};

use crate::rules::RULES;
use crate::settings::{KnownRule, PackText, Problem, Settings};
use crate::slogans::{PackProblem, Tier};

/// The name of a settings file.
pub const FILE_NAME: &str = "jianggao.toml";

/// The settings for a draft, and where they come from.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    pub settings: Settings,
    /// The files that were read, the user's own first.
    pub sources: Vec<PathBuf>,
    /// What is wrong with them: the file, its text, and the problem.
    pub problems: Vec<(PathBuf, String, Problem)>,
}

/// The settings for the draft (or the folder) `path`, which need not exist: the user's own file, and
/// above it the nearest [`FILE_NAME`] from the folder of the draft upwards.
pub fn settings_for(path: &Path) -> Loaded {
    load(user_file().into_iter().chain(project_file(path)))
}

/// The settings for a draft that has no place in the file system.
pub fn user_settings() -> Loaded {
    load(user_file())
}

/// The settings of `files`, each above the one before it. A file that cannot be read is a problem.
pub fn load(files: impl IntoIterator<Item = PathBuf>) -> Loaded {
    let mut loaded = Loaded::default();
    for file in files {
        let (settings, text, problems) = match read(&file) {
            Ok(text) => {
                let (mut settings, mut problems) = Settings::parse(&text, &known_rules());
                problems.extend(read_packs(&mut settings, &file));
                (settings, text, problems)
            }
            Err(error) => (Settings::default(), String::new(), vec![unreadable(&error)]),
        };
        loaded.settings = Settings::layered(loaded.settings, settings);
        loaded.problems.extend(problems.into_iter().map(|problem| (file.clone(), text.clone(), problem)));
        loaded.sources.push(file);
    }
    loaded
}

impl Loaded {
    /// What is wrong with the packs: the pack, its text, and the problem. Makes the catalogue, which
    /// takes some milliseconds the first time.
    pub fn pack_problems(&self) -> Vec<(PathBuf, String, Problem)> {
        let formulations = &self.settings.formulations;
        let problem = |problem: &PackProblem| {
            let pack = formulations.packs().iter().find(|pack| pack.name == problem.pack)?;
            let line = pack.text.split_inclusive('\n').nth((problem.line as usize).saturating_sub(1)).unwrap_or("");
            let start: usize =
                pack.text.split_inclusive('\n').take((problem.line as usize).saturating_sub(1)).map(str::len).sum();
            let range = start..start + line.trim_end_matches(['\r', '\n']).len();
            let message = format!("{}。这一行没有采用。", problem.message);
            Some((PathBuf::from(&pack.name), pack.text.to_string(), Problem { range, message }))
        };
        formulations.problems().iter().filter_map(problem).collect()
    }
}

/// Reads the packs that the settings in `file` name, their paths relative to it. Gives what is wrong.
fn read_packs(settings: &mut Settings, file: &Path) -> Vec<Problem> {
    let tier = if user_file().as_deref() == Some(file) { Tier::User } else { Tier::Unit };
    let folder = file.parent().unwrap_or(Path::new(""));
    let mut problems = Vec::new();
    for (name, range) in std::mem::take(&mut settings.formulations.files) {
        let path = folder.join(&name);
        match read(&path) {
            Ok(text) => {
                let name = path.display().to_string();
                settings.formulations.add(PackText { name, text: text.into(), tier });
            }
            Err(error) => {
                let reason = match error.kind() {
                    io::ErrorKind::InvalidData => "不是 UTF-8 编码，请另存为 UTF-8".to_owned(),
                    io::ErrorKind::NotFound => "没有这个文件；路径从设置文件所在的文件夹算起".to_owned(),
                    _ => error.to_string(),
                };
                problems
                    .push(Problem { range, message: format!("提法目录“{name}”没有采用：{reason}。") });
            }
        }
    }
    problems
}

/// No workspace has more drafts than this; and no more files are gone through to find them.
const MOST_DRAFTS: usize = 20_000;
const MOST_FILES: usize = 200_000;
/// A longer file is no draft.
const LONGEST_DRAFT: u64 = 16 << 20;

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
    let length = fs::metadata(path).ok()?.len();
    if length > LONGEST_DRAFT { None } else { read(path).ok() }
}

/// Where exceptions for the draft at `path` are written: the settings file that counts for it, with
/// its text, or a new one in the workspace folder that holds it, or else beside it.
pub fn file_for_exceptions(path: &Path, folders: &[PathBuf]) -> Option<(PathBuf, Option<String>)> {
    if let Some(file) = project_file(path) {
        let text = read(&file).ok()?;
        return Some((file, Some(text)));
    }
    let folder = folders.iter().filter(|folder| path.starts_with(folder)).max_by_key(|folder| folder.as_os_str().len());
    let folder = folder.map(PathBuf::as_path).or_else(|| path.parent())?;
    Some((folder.join(FILE_NAME), None))
}

/// The nearest settings file from `path` upwards.
pub fn project_file(path: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(path).ok()?;
    path.ancestors().map(|folder| folder.join(FILE_NAME)).find(|file| file.is_file())
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

fn read(file: &Path) -> io::Result<String> {
    let text = fs::read_to_string(file)?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(text) => text.to_owned(),
        None => text,
    })
}

fn unreadable(error: &io::Error) -> Problem {
    let message = match error.kind() {
        io::ErrorKind::InvalidData => "设置文件不是 UTF-8 编码，没有采用；请另存为 UTF-8。".to_owned(),
        _ => format!("设置文件读不出来，没有采用：{error}"),
    };
    Problem { range: 0..0, message }
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
        assert_eq!(loaded.sources, [inner.join(FILE_NAME)]);
        assert!(loaded.problems.is_empty());
    }

    #[test]
    fn a_file_that_is_not_utf8_is_a_problem() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(FILE_NAME);
        fs::write(&file, b"allow = [\"\xbc\xd7\"]").unwrap();
        let loaded = load([file.clone()]);
        assert_eq!(loaded.problems.len(), 1);
        assert_eq!(loaded.problems[0].0, file);
        assert!(loaded.problems[0].2.message.contains("UTF-8"));
    }
}
