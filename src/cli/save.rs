//! New files: whole or not there at all, and open to nobody who may not read what they are made of.

use std::io::{self, Write as _};
use std::path::Path;

use crate::locale::Locale;

/// The folder that a file lies in.
pub(super) fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."))
}

/// Makes a new file. What stands under that name is left alone. Where the draft that it is made `of` is a file, the
/// new one has at most its rights.
pub(super) fn create(path: &Path, bytes: &[u8], of: Option<&Path>) -> io::Result<()> {
    // Said first, whatever its folder allows.
    if path.symlink_metadata().is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let mut builder = tempfile::Builder::new();
    // What is left behind when the machine stops has the name of an office program's lock: no draft.
    builder.prefix(".~jianggao");
    #[cfg(unix)]
    let known = of.and_then(|of| std::fs::metadata(of).ok());
    #[cfg(unix)]
    rights::ask(&mut builder, known.as_ref());
    #[cfg(not(unix))]
    let _ = of;
    let mut file = builder.tempfile_in(folder(path))?;
    #[cfg(unix)]
    rights::narrow(file.as_file(), known.as_ref())?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    let file = match file.persist_noclobber(path) {
        Ok(_) => return Ok(()),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => return Err(error.error),
        Err(error) => error.file,
    };
    // Some file systems rename over files alone: the name is taken first.
    std::fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    file.persist(path).map(|_| ()).map_err(|error| {
        // It holds nothing, and nobody else has made it.
        let _ = std::fs::remove_file(path);
        error.error
    })
}

#[cfg(unix)]
mod rights {
    use std::fs::{File, Metadata, Permissions};
    use std::io;
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};

    /// Those of the draft that anybody has to read and to write; for its owner both.
    pub fn ask(builder: &mut tempfile::Builder, draft: Option<&Metadata>) {
        builder.permissions(Permissions::from_mode(draft.map_or(0o666, |draft| draft.mode() & 0o666 | 0o600)));
    }

    /// What the group of the draft may is not for another group.
    pub fn narrow(file: &File, draft: Option<&Metadata>) -> io::Result<()> {
        let made = file.metadata()?;
        match draft {
            Some(draft) if draft.gid() != made.gid() => {
                let mode = made.mode() & 0o777;
                file.set_permissions(Permissions::from_mode(mode & 0o707 | mode & (mode << 3) & 0o070))
            }
            _ => Ok(()),
        }
    }
}

/// Why a file was not written.
pub(super) fn message(error: &io::Error, locale: Locale) -> String {
    use io::ErrorKind as Kind;
    let [hans, hant, english] = match error.kind() {
        Kind::AlreadyExists => [
            "已有这个文件，请换个名字，或者先移走它",
            "已有這個檔案，請換個名字，或者先移走它",
            "there is a file of that name; choose another, or move it away",
        ],
        Kind::NotFound => ["没有这个文件夹", "沒有這個資料夾", "no such folder"],
        Kind::NotADirectory => ["它的上一级不是文件夹", "它的上一層不是資料夾", "what it should lie in is no folder"],
        Kind::IsADirectory => ["这是文件夹", "這是資料夾", "this is a folder"],
        Kind::PermissionDenied => ["没有写入的权限", "沒有寫入的權限", "permission denied"],
        Kind::ReadOnlyFilesystem => ["磁盘是只读的", "磁碟是唯讀的", "the disk is read-only"],
        Kind::StorageFull => ["磁盘满了", "磁碟滿了", "the disk is full"],
        Kind::QuotaExceeded => ["磁盘配额用完了", "磁碟配額用完了", "the disk quota is used up"],
        Kind::FileTooLarge => {
            ["文件的大小超过了系统的限制", "檔案的大小超過了系統的限制", "larger than the system allows"]
        }
        Kind::InvalidFilename => ["系统不接受这个文件名", "系統不接受這個檔名", "the system takes no such name"],
        _ => return error.to_string(),
    };
    locale.pick(hans, hant, english).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_whole_or_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("新.docx");
        create(&path, b"1", None).unwrap();
        let error = create(&path, b"2", None).unwrap_err();
        assert_eq!(message(&error, Locale::Hans), "已有这个文件，请换个名字，或者先移走它");
        assert_eq!(std::fs::read(&path).unwrap(), b"1");
        let error = create(&folder.path().join("无/新.docx"), b"1", None).unwrap_err();
        assert_eq!(message(&error, Locale::Hans), "没有这个文件夹");
        let error = create(&path.join("新.docx"), b"1", None).unwrap_err();
        assert_eq!(message(&error, Locale::Hans), "它的上一级不是文件夹");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left behind");
    }

    #[test]
    fn a_full_disk_is_said_in_the_language_of_the_reader() {
        let full = io::Error::from(io::ErrorKind::StorageFull);
        assert_eq!(message(&full, Locale::Hans), "磁盘满了");
        assert_eq!(message(&full, Locale::English), "the disk is full");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_has_at_most_the_rights_of_the_draft() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let draft = folder.path().join("稿.docx");
        std::fs::write(&draft, "稿").unwrap();
        for (n, (mode, expected)) in [(0o600, 0o600), (0o400, 0o600), (0o755, 0o644)].into_iter().enumerate() {
            std::fs::set_permissions(&draft, std::fs::Permissions::from_mode(mode)).unwrap();
            let path = folder.path().join(format!("{n}.docx"));
            create(&path, b"1", Some(&draft)).unwrap();
            let made = std::fs::metadata(&path).unwrap().permissions().mode() & 0o777;
            assert_eq!(made & !expected, 0, "{mode:o} {made:o}");
            assert_eq!(made & 0o600, 0o600, "{mode:o} {made:o}");
        }
    }
}
