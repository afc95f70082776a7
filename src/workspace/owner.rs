//! Whose settings files count. Above a draft there may be folders into which anybody may write; what lies
//! there is not to decide what is reported.
//!
//! A settings file counts when it belongs to who runs the program, to root, or to who owns the folder of the
//! draft; and in a repository that belongs to one of them, whoever owns it.

use std::fs::Metadata;
use std::path::{Path, PathBuf};

/// What the folder of a repository has in it.
const MARKS: [&str; 4] = [".git", ".hg", ".svn", ".jj"];

/// The folder of the repository that `path` lies in, and what marks it.
fn repository(path: &Path) -> Option<(PathBuf, PathBuf)> {
    let marked = |folder: &Path| MARKS.iter().map(|mark| folder.join(mark)).find(|mark| mark.exists());
    path.ancestors().find_map(|folder| Some((folder.to_owned(), marked(folder)?)))
}

/// Whether the settings file lies outside the repository that the draft lies in.
pub fn is_outside_repository(file: &Path, draft: &Path) -> bool {
    let Ok(draft) = std::path::absolute(draft) else { return false };
    repository(&draft).is_some_and(|(folder, _)| !file.starts_with(folder))
}

/// Whether the settings file `file` counts for the draft (or folder) `draft`, both from the root on.
#[cfg(unix)]
pub fn counts(file: &Path, data: &Metadata, draft: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;

    let owner = |path: &Path| std::fs::metadata(path).map(|data| data.uid()).ok();
    let mut trusted = vec![rustix::process::geteuid().as_raw(), 0];
    if trusted.contains(&data.uid()) {
        return true;
    }
    let folder = draft.ancestors().find(|folder| folder.is_dir());
    trusted.extend(folder.and_then(owner));
    let in_repository = || {
        let (folder, mark) = repository(draft)?;
        Some(file.starts_with(folder) && trusted.contains(&owner(&mark)?))
    };
    trusted.contains(&data.uid()) || in_repository().unwrap_or(false)
}

#[cfg(not(unix))]
pub fn counts(_: &Path, _: &Metadata, _: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn above_a_repository() {
        let folder = tempfile::tempdir().unwrap();
        let project = folder.path().join("p");
        fs::create_dir_all(project.join(".git")).unwrap();
        let draft = project.join("春/讲话.txt");
        assert!(!is_outside_repository(&project.join("jianggao.toml"), &draft));
        assert!(is_outside_repository(&folder.path().join("jianggao.toml"), &draft));
        assert!(!is_outside_repository(&folder.path().join("jianggao.toml"), &folder.path().join("讲话.txt")));
    }

    #[cfg(unix)]
    #[test]
    fn of_another_user() {
        use std::os::unix::fs::{MetadataExt as _, chown};

        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("jianggao.toml");
        let draft = folder.path().join("mine/讲话.txt");
        fs::create_dir(folder.path().join("mine")).unwrap();
        fs::write(&file, "").unwrap();
        let counts = || counts(&file, &fs::metadata(&file).unwrap(), &draft);
        assert!(counts());
        // Only root can give a file away.
        if fs::metadata(&file).unwrap().uid() != 0 || chown(&file, Some(4321), None).is_err() {
            return;
        }
        assert!(!counts());
        fs::create_dir(folder.path().join(".git")).unwrap();
        assert!(counts(), "it lies in the repository");
        chown(folder.path().join(".git"), Some(4321), None).unwrap();
        assert!(!counts(), "but not when that is another user's as well");
        chown(folder.path().join("mine"), Some(4321), None).unwrap();
        assert!(counts(), "who wrote the draft may say how it is read");
    }
}
