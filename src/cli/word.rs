//! What is found in a Word document, written into a copy of it, or into itself with a copy kept.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use super::arguments;
use super::files::{self, Source, cannot_read};
use super::fix::{self, Unwritable};
use super::input::Content;
use super::output::{Output, print_error};
use super::save;
use crate::locale::Locale;
use crate::rules::Diagnostic;
use crate::text::Edit;
use crate::word::{self, Document, Note, Refused};

/// What is written, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// All findings as comments.
    Annotate(PathBuf),
    /// Certain corrections as tracked changes, the other findings as comments.
    Revise(PathBuf),
    /// Certain corrections as tracked changes, in the document itself.
    InPlace,
}

/// What has been written.
#[derive(Debug)]
pub(super) enum Written {
    File {
        path: PathBuf,
        notes: usize,
        edits: usize,
        /// Where the document is kept as it was.
        backup: Option<PathBuf>,
    },
    /// There is nothing to change in the document.
    Nothing(PathBuf),
}

/// Why nothing has been written.
#[derive(Debug)]
pub(super) enum Failed {
    /// The document, and why.
    Refused(String, Refused),
    /// It is to be named otherwise than the document: with this extension.
    Extension(PathBuf, String),
    /// It is of another format, and read as a Word document alone.
    Converted(PathBuf),
    Io(PathBuf, io::Error),
    Unwritable(PathBuf, Unwritable),
    NoDocument,
    /// What comes from standard input has no file to be changed in.
    NoFile,
    /// A document does not go to standard output.
    NoOutput,
    /// A page takes nothing of a template.
    PageOfTemplate,
    /// The encoding of the draft has no place for a character.
    Encoding(&'static str),
}

impl Way {
    /// What the command line asks for.
    pub fn of(arguments: &arguments::Check) -> Option<Self> {
        let annotate = arguments.annotate.clone().map(Self::Annotate);
        let revise = arguments.revise.clone().map(Self::Revise);
        annotate.or(revise).or(arguments.in_place.then_some(Self::InPlace))
    }

    pub fn revises(&self) -> bool {
        !matches!(self, Self::Annotate(_))
    }

    /// Writes. `content` is that of the source, `document` is what it is without our own comments, `bare`.
    pub fn write(
        &self,
        source: &Source,
        content: &Content,
        (document, bare): (&Document, &[u8]),
        found: &[Diagnostic],
        edits: Vec<Edit>,
        locale: Locale,
    ) -> Result<Written, Failed> {
        let edits = document.revisable(found, edits);
        let notes = match self {
            Self::InPlace => Vec::new(),
            _ => Note::beside(found, &edits, locale),
        };
        let refused = |reason| Failed::Refused(source.shown(), reason);
        let made = document.annotated(bare, &notes, &edits).map_err(refused)?;
        let (path, backup) = match (self, source) {
            (Self::Annotate(path) | Self::Revise(path), _) => {
                named_alike(source, content, path)?;
                create(path, &made, source)?;
                (path.clone(), None)
            }
            (Self::InPlace, Source::File(path, _)) if !edits.is_empty() => {
                if content.converted.is_some() {
                    return Err(Failed::Converted(path.clone()));
                }
                let bytes = &content.bytes;
                let unwritable = |error| Failed::Unwritable(path.clone(), error);
                fix::writable(path).map_err(unwritable)?;
                let backup = keep(path, bytes)?;
                if let Err(error) = fix::replace(path, &made, Some(bytes)) {
                    // The document is as it was: no second one is needed.
                    let _ = std::fs::remove_file(backup);
                    return Err(unwritable(error));
                }
                (path.clone(), Some(backup))
            }
            (Self::InPlace, Source::File(path, _)) => return Ok(Written::Nothing(path.clone())),
            (Self::InPlace, Source::Stdin(_)) => return Err(Failed::NoFile),
        };
        Ok(Written::File { path, notes: notes.len(), edits: edits.len(), backup })
    }
}

/// Word opens no document with macros that is not named as one, nor the other way round. What has been converted is
/// none with macros.
pub(super) fn named_alike(source: &Source, content: &Content, to: &Path) -> Result<(), Failed> {
    let extension = |path: &Path| path.extension().unwrap_or_default().to_ascii_lowercase();
    let own = match content.converted {
        Some(_) => Some(OsString::from("docx")),
        None => source.path().map(extension),
    };
    let own = own.filter(|own| *own != extension(to));
    own.map_or(Ok(()), |own| Err(Failed::Extension(to.to_owned(), own.to_string_lossy().into_owned())))
}

/// Makes a new file of what was read of `source`.
pub(super) fn create(path: &Path, bytes: &[u8], source: &Source) -> Result<(), Failed> {
    save::create(path, bytes, source.path()).map_err(|error| Failed::Io(path.to_owned(), error))
}

/// Keeps what a file held beside it, under a name that is free.
fn keep(path: &Path, bytes: &[u8]) -> Result<PathBuf, Failed> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let extension = path.extension().unwrap_or_default().to_string_lossy().into_owned();
    for n in 1.. {
        let number = if n == 1 { String::new() } else { n.to_string() };
        let backup = path.with_file_name(format!("{stem}.原稿{number}.{extension}"));
        match save::create(&backup, bytes, Some(path)) {
            Ok(()) => return Ok(backup),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && n < 1000 => {}
            Err(error) => return Err(Failed::Io(backup, error)),
        }
    }
    Err(Failed::Io(path.to_owned(), io::ErrorKind::AlreadyExists.into()))
}

pub(super) fn one_at_a_time(locale: Locale) -> &'static str {
    locale.pick(
        "写批注、修订，去掉批注，一次只能是一份 Word 文档",
        "寫註解、修訂，去掉註解，一次只能是一份 Word 文件",
        "comments and tracked changes are for one Word document at a time",
    )
}

/// `check --strip`: a copy of a document without our comments.
pub(super) fn strip(paths: &[PathBuf], to: &Path, output: &Output) -> u8 {
    let locale = output.locale;
    let [path] = paths else {
        print_error(locale, one_at_a_time(locale));
        return super::EXIT_ERROR;
    };
    let source = Source::File(path.clone(), files::Manner::Named);
    let content = match source.read(false) {
        Ok(content) => content,
        Err(error) => {
            print_error(locale, &cannot_read(&source.shown(), &error.message(locale), locale));
            return super::EXIT_ERROR;
        }
    };
    let made = word::strip(&content.bytes).map_err(|reason| Failed::Refused(source.shown(), reason));
    let made = made.and_then(|bare| named_alike(&source, &content, to).map(|()| bare));
    let made =
        made.and_then(|bare| create(to, bare.as_deref().unwrap_or(&content.bytes), &source).map(|()| bare.is_some()));
    let shown = to.display();
    match made {
        Ok(true) => {
            let message = locale.pick(
                format!("去掉了讲稿的批注，写进了 {shown}"),
                format!("去掉了講稿的註解，寫進了 {shown}"),
                format!("a copy without the comments of jianggao is in {shown}"),
            );
            print_error(locale, &message);
            0
        }
        Ok(false) => {
            let message = locale.pick(
                format!("没有讲稿的批注，{shown} 与原文件相同"),
                format!("沒有講稿的註解，{shown} 與原檔案相同"),
                format!("there are no comments of jianggao; {shown} is the same as the file"),
            );
            print_error(locale, &message);
            0
        }
        Err(error) => {
            print_error(locale, &error.message(locale));
            super::EXIT_ERROR
        }
    }
}

impl Written {
    pub fn message(&self, locale: Locale) -> String {
        let (path, notes, edits, backup) = match self {
            Self::File { path, notes, edits, backup } => (path.display(), notes, edits, backup),
            Self::Nothing(path) => {
                let path = path.display();
                return locale.pick(
                    format!("{path}：没有能写成修订的改动，文件没有动"),
                    format!("{path}：沒有能寫成修訂的改動，檔案沒有動"),
                    format!("{path}: nothing to write as a tracked change; the file is unchanged"),
                );
            }
        };
        match (backup, edits) {
            (Some(backup), _) => {
                let backup = backup.display();
                locale.pick(
                    format!("{path}：修订 {edits} 处；改动前的文件是 {backup}"),
                    format!("{path}：修訂 {edits} 處；改動前的檔案是 {backup}"),
                    format!("{path}: {edits} tracked changes; the file as it was is {backup}"),
                )
            }
            (None, 0) => locale.pick(
                format!("{path}：批注 {notes} 条"),
                format!("{path}：註解 {notes} 條"),
                format!("{path}: {notes} comments"),
            ),
            (None, _) => locale.pick(
                format!("{path}：修订 {edits} 处，批注 {notes} 条"),
                format!("{path}：修訂 {edits} 處，註解 {notes} 條"),
                format!("{path}: {edits} tracked changes, {notes} comments"),
            ),
        }
    }
}

impl Failed {
    pub fn message(&self, locale: Locale) -> String {
        let pick = |hans: &str, hant: &str, english: &str| locale.pick(hans, hant, english).to_owned();
        let (path, reason) = match self {
            Self::Refused(name, reason) => {
                let reason = reason.message(locale);
                return locale.pick(
                    format!("{name}：{reason}"),
                    format!("{name}：{reason}"),
                    format!("{name}: {reason}"),
                );
            }
            Self::Unwritable(path, error) => return error.message(&path.display().to_string(), locale),
            Self::NoOutput => {
                return pick(
                    "Word 文档要用 -o 写明存到哪个文件里",
                    "Word 文件要用 -o 寫明存到哪個檔案裡",
                    "a Word document needs -o, the file to write",
                );
            }
            Self::Encoding(name) => {
                return locale.pick(
                    format!("{name} 编码里没有要写进去的字，请把稿件另存为 UTF-8"),
                    format!("{name} 編碼裡沒有要寫進去的字，請把稿件另存為 UTF-8"),
                    format!("{name} has no place for what is put in; save the draft as UTF-8"),
                );
            }
            Self::NoDocument => {
                return pick(
                    "只有 Word 文档（.docx）才能写批注和修订",
                    "只有 Word 文件（.docx）才能寫註解和修訂",
                    "comments and tracked changes are for Word documents (.docx) only",
                );
            }
            Self::PageOfTemplate => {
                return pick(
                    "网页不用模板；要用模板，请存成 .docx",
                    "網頁不用範本；要用範本，請存成 .docx",
                    "a page takes no template; write a .docx",
                );
            }
            Self::NoFile => {
                return pick(
                    "标准输入没有原文件可改；请用 --revise 写到一个文件里",
                    "標準輸入沒有原檔案可改；請用 --revise 寫到一個檔案裡",
                    "standard input is no file that could be changed; write one with --revise",
                );
            }
            Self::Converted(path) => (
                path,
                pick(
                    "不是 .docx，读的是转换出来的；请用 --revise 写到一个 .docx 文件里",
                    "不是 .docx，讀的是轉換出來的；請用 --revise 寫到一個 .docx 檔案裡",
                    "it is no .docx but was converted to be read; write a .docx with --revise",
                ),
            ),
            Self::Extension(path, own) if own.is_empty() => (
                path,
                pick(
                    "名字要和原文件一样，没有扩展名",
                    "名字要和原檔案一樣，沒有副檔名",
                    "it has to be named without an extension, like the document",
                ),
            ),
            Self::Extension(path, own) => (
                path,
                locale.pick(
                    format!("扩展名要和原文件一样，是 .{own}"),
                    format!("副檔名要和原檔案一樣，是 .{own}"),
                    format!("its extension has to be that of the document, .{own}"),
                ),
            ),
            Self::Io(path, error) => (path, save::message(error, locale)),
        };
        let path = path.display();
        locale.pick(
            format!("没有写 {path}：{reason}"),
            format!("沒有寫 {path}：{reason}"),
            format!("{path} is not written: {reason}"),
        )
    }
}
