//! Making the certain fixes in a draft.

use std::io::Write as _;
use std::path::Path;
use std::{fs, io};

use super::input::Decoded;
use super::save;
use crate::analysis::Analysis;
use crate::features::actions;
use crate::locale::Locale;
use crate::rules::{Diagnostic, Rule};
use crate::settings::Settings;
use crate::text::{Edit, Flat, Grade, Lines, apply};

/// Which fixes are made, and whether they are only shown.
pub(super) struct Plan {
    /// The rules whose fixes are made, whatever their grade; when empty, all fixes of the grades.
    pub only: Vec<&'static Rule>,
    pub grades: Vec<Grade>,
    pub show: bool,
}

/// What became of a draft.
pub(super) struct Fixed {
    pub text: String,
    /// How many places have been changed.
    pub places: usize,
}

/// Why the fixed draft could not be written.
#[derive(Debug)]
pub(super) enum Unwritable {
    Io(io::Error),
    /// The draft would not come back as it was: the encoding has no place for a character, or the
    /// file is not quite in it.
    Encoding(&'static str),
    ReadOnly,
    /// Its text is that of a Word document.
    Word,
    /// Somebody has saved it since it was read.
    Changed,
}

impl From<io::Error> for Unwritable {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Unwritable {
    pub fn message(&self, path: &str, locale: Locale) -> String {
        let reason = match self {
            Self::Io(error) => save::message(error, locale),
            Self::Encoding(name) => locale.pick(
                format!("按 {name} 编码写回去会有变动，请另存为 UTF-8"),
                format!("按 {name} 編碼寫回去會有變動，請另存為 UTF-8"),
                format!("it cannot be written as {name} without loss; save it as UTF-8"),
            ),
            Self::Word => locale
                .pick(
                    "Word 文档要加 --fix --in-place 才改，写成修订；或者用 --revise 写到另一个文件里",
                    "Word 文件要加 --fix --in-place 才改，寫成修訂；或者用 --revise 寫到另一個檔案裡",
                    "a Word document is edited with --fix --in-place only, as tracked changes; --revise writes them elsewhere",
                )
                .to_owned(),
            Self::Changed => locale
                .pick(
                    "读过以后又有人存过，请再运行一次",
                    "讀過以後又有人存過，請再執行一次",
                    "somebody has saved it since it was read; run it again",
                )
                .to_owned(),
            Self::ReadOnly => locale.pick("文件是只读的", "檔案是唯讀的", "the file is read-only").to_owned(),
        };
        locale.pick(
            format!("没有改动 {path}：{reason}"),
            format!("沒有改動 {path}：{reason}"),
            format!("{path} is unchanged: {reason}"),
        )
    }
}

impl Plan {
    /// The edits of the draft that the plan asks for, but for what is accepted.
    pub fn edits(
        &self,
        analysis: &Analysis,
        lines: &Flat,
        settings: &Settings,
        leave_accepted: actions::Choice<'_>,
    ) -> Vec<Edit> {
        let wanted = |found: &Diagnostic| match self.only.as_slice() {
            [] => found.fix.as_ref().is_some_and(|fix| self.grades.contains(&fix.grade)),
            only => only.iter().any(|only| std::ptr::eq(*only, found.rule)),
        };
        let choose = |found: &mut Vec<Diagnostic>, lines: &dyn Lines| {
            leave_accepted(found, lines);
            found.retain(wanted);
        };
        match analysis.is_chinese() {
            true => actions::fix_chosen(analysis, lines, settings, &choose),
            false => Vec::new(),
        }
    }
}

/// The draft with the edits made.
pub(super) fn fixed(text: &str, edits: &[Edit]) -> Fixed {
    Fixed { text: apply(text, edits), places: edits.len() }
}

/// Writes the draft in the encoding it had. The file is replaced as a whole or not at all.
pub(super) fn write(path: &Path, original: &[u8], decoded: &Decoded, text: &str) -> Result<(), Unwritable> {
    let encoding = decoded.encoding;
    if decoded.encode(&decoded.text).as_deref() != Some(original) {
        return Err(Unwritable::Encoding(encoding));
    }
    let bytes = decoded.encode(text).ok_or(Unwritable::Encoding(encoding))?;
    replace(path, &bytes, Some(original))
}

/// Fails for a file that nobody is to change.
pub(super) fn writable(path: &Path) -> Result<(), Unwritable> {
    match fs::metadata(path).is_ok_and(|known| known.permissions().readonly()) {
        true => Err(Unwritable::ReadOnly),
        false => Ok(()),
    }
}

/// Puts `bytes` in the place of the file: only while it holds `expected`, where that is known.
pub(super) fn replace(path: &Path, bytes: &[u8], expected: Option<&[u8]>) -> Result<(), Unwritable> {
    // A link stays a link.
    let path = match fs::canonicalize(path) {
        Ok(path) => path,
        Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_owned(),
        Err(error) => return Err(Unwritable::Io(error)),
    };
    let folder = save::folder(&path);
    writable(&path)?;
    let permissions = fs::metadata(&path).ok().map(|metadata| metadata.permissions());
    let written = || -> Result<(), Unwritable> {
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(bytes)?;
        if let Some(permissions) = permissions {
            file.as_file().set_permissions(permissions)?;
        }
        file.as_file().sync_all()?;
        // The last thing before the file changes hands.
        if let Some(expected) = expected
            && fs::read(&path)? != expected
        {
            return Err(Unwritable::Changed);
        }
        file.persist(&path).map_err(|error| error.error)?;
        Ok(())
    };
    written()
}
