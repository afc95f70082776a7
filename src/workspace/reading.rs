//! Reading a file that somebody named: as much of it as was agreed on, and only where it is a file. A pipe
//! or a device may never end.

use std::fs::{self, File, FileType};
use std::io::{self, Read as _};
use std::path::Path;

use crate::locale::Locale;

/// A longer draft is not read.
pub const LONGEST_DRAFT: u64 = 128 << 20;
/// A longer settings file is not read.
pub const LONGEST_SETTINGS: u64 = 4 << 20;
/// A longer pack is not read.
pub const LONGEST_PACK: u64 = 16 << 20;
/// A longer list of accepted findings is not read.
pub const LONGEST_BASELINE: u64 = 64 << 20;

/// Why a file is not read.
#[derive(Debug)]
pub enum Unread {
    Io(io::Error),
    Special(Special),
    /// It has more bytes than this.
    TooLong(u64),
}

/// What lies where a file was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Special {
    Folder,
    Pipe,
    Device,
    Socket,
    Other,
}

impl Unread {
    pub fn message(&self, locale: Locale) -> String {
        let pick = |hans: &str, hant: &str, english: &str| locale.pick(hans, hant, english).to_owned();
        match self {
            Self::Io(error) => io_message(error, locale),
            Self::Special(Special::Folder) => pick("这是文件夹", "這是資料夾", "this is a folder"),
            Self::Special(Special::Pipe) => pick(
                "这是管道，不是文件；管道里的稿件请用 - 从标准输入读",
                "這是管道，不是檔案；管道裡的稿件請用 - 從標準輸入讀",
                "this is a pipe, not a file; give a draft that comes through a pipe as - (standard input)",
            ),
            Self::Special(Special::Device) => {
                pick("这是设备，不是文件", "這是裝置，不是檔案", "this is a device, not a file")
            }
            Self::Special(Special::Socket) => {
                pick("这是套接字，不是文件", "這是通訊端，不是檔案", "this is a socket, not a file")
            }
            Self::Special(Special::Other) => pick("这不是普通文件", "這不是一般檔案", "this is no regular file"),
            Self::TooLong(limit) => {
                let (number, unit) = if *limit >> 20 > 0 { (limit >> 20, "MiB") } else { (limit >> 10, "KiB") };
                locale.pick(
                    format!("文件太大，最多 {number} {unit}"),
                    format!("檔案太大，最多 {number} {unit}"),
                    format!("too large: at most {number} {unit}"),
                )
            }
        }
    }
}

impl From<io::Error> for Unread {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

pub fn io_message(error: &io::Error, locale: Locale) -> String {
    let known = match error.kind() {
        io::ErrorKind::NotFound => locale.pick("没有这个文件", "沒有這個檔案", "no such file"),
        io::ErrorKind::PermissionDenied => locale.pick("没有读取的权限", "沒有讀取的權限", "permission denied"),
        io::ErrorKind::IsADirectory => locale.pick("这是文件夹", "這是資料夾", "this is a folder"),
        io::ErrorKind::InvalidData => locale.pick(
            "不是 UTF-8 编码，请另存为 UTF-8",
            "不是 UTF-8 編碼，請另存為 UTF-8",
            "not UTF-8; save it as UTF-8",
        ),
        _ => return error.to_string(),
    };
    known.to_owned()
}

/// The bytes of a file of at most `limit` bytes.
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Unread> {
    let data = fs::metadata(path)?;
    // Looked at before it is opened: the opening of a pipe waits for its other end.
    if let Some(special) = special(data.file_type()) {
        return Err(Unread::Special(special));
    }
    match data.len() {
        // What the system makes up while it is read has no length either, and may have no end.
        0 => return Ok(Vec::new()),
        length if length > limit => return Err(Unread::TooLong(limit)),
        _ => {}
    }
    let file = File::open(path)?;
    if let Some(special) = special(file.metadata()?.file_type()) {
        return Err(Unread::Special(special));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(data.len()).unwrap_or(0) + 1);
    bounded(file, limit, &mut bytes)?;
    Ok(bytes)
}

/// All bytes of a stream that has at most `limit`.
pub fn bounded(stream: impl io::Read, limit: u64, bytes: &mut Vec<u8>) -> Result<(), Unread> {
    stream.take(limit + 1).read_to_end(bytes)?;
    if bytes.len() as u64 > limit { Err(Unread::TooLong(limit)) } else { Ok(()) }
}

/// The first bytes of a file, at most `count`; none where it cannot be read.
pub fn head(path: &Path, count: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    if fs::metadata(path).is_ok_and(|data| data.is_file() && data.len() > 0)
        && let Ok(file) = File::open(path)
    {
        // What came before an error is as good as any.
        let _ = file.take(count).read_to_end(&mut bytes);
    }
    bytes
}

/// A file in UTF-8, without its byte-order mark.
pub fn read_text(path: &Path, limit: u64) -> Result<String, Unread> {
    let text = String::from_utf8(read(path, limit)?).map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(text) => text.to_owned(),
        None => text,
    })
}

fn special(kind: FileType) -> Option<Special> {
    if kind.is_file() {
        return None;
    }
    if kind.is_dir() {
        return Some(Special::Folder);
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt as _;
        if kind.is_fifo() {
            return Some(Special::Pipe);
        }
        if kind.is_char_device() || kind.is_block_device() {
            return Some(Special::Device);
        }
        if kind.is_socket() {
            return Some(Special::Socket);
        }
    }
    Some(Special::Other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_up_to_a_length() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a");
        fs::write(&file, "甲乙").unwrap();
        assert_eq!(read(&file, 6).unwrap(), "甲乙".as_bytes());
        assert!(matches!(read(&file, 5), Err(Unread::TooLong(5))));
        assert!(matches!(read(folder.path(), 5), Err(Unread::Special(Special::Folder))));
        assert!(matches!(read(&folder.path().join("b"), 5), Err(Unread::Io(_))));
        let mut bytes = Vec::new();
        assert!(matches!(bounded(io::repeat(0), 100, &mut bytes), Err(Unread::TooLong(100))));
        assert_eq!(bytes.len(), 101);
    }

    #[cfg(unix)]
    #[test]
    fn what_never_ends() {
        assert!(matches!(read(Path::new("/dev/zero"), 5), Err(Unread::Special(Special::Device))));
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("s");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        assert!(matches!(read(&socket, 5), Err(Unread::Special(Special::Socket))));
    }
}
