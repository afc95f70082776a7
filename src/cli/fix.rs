//! Making the certain fixes in a draft, and showing what would change.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::{fs, io};

use super::input::Decoded;
use super::output::Look;
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

/// Lines shown around what changes.
const CONTEXT: usize = 3;

/// What the edits change, as a unified diff. Each edit lies within a line or takes whole lines out.
pub(super) fn diff(path: &str, text: &str, edits: &[Edit], look: Look) -> String {
    let lines = Flat::new(text);
    let mut changes: Vec<Change> = Vec::new();
    for edit in edits {
        let (start, end) = (edit.span.start, edit.span.end);
        if start.line == end.line {
            match changes.last_mut() {
                Some(change) if change.line == start.line => change.edits.push(edit.clone()),
                _ => changes.push(Change { line: start.line, gone: false, edits: vec![edit.clone()] }),
            }
        } else {
            changes.extend((start.line..end.line).map(|line| Change { line, gone: true, edits: Vec::new() }));
        }
    }
    let (bold, red, green) = (look.palette.strong, look.palette.severities[0], look.palette.fix);
    let frame = look.palette.frame;
    let mut out = format!("{bold}--- {path}{bold:#}\n{bold}+++ {path}{bold:#}\n");
    let mut moved = 0usize;
    let mut rest = changes.as_slice();
    while let Some(first) = rest.first() {
        let joined = rest.windows(2).take_while(|w| (w[1].line - w[0].line) as usize <= 2 * CONTEXT).count() + 1;
        let (hunk, later) = rest.split_at(joined);
        rest = later;
        let from = (first.line as usize).saturating_sub(CONTEXT);
        let last = hunk.last().map_or(0, |change| change.line as usize);
        // The empty line behind the last line end is none.
        let count = lines.line_count() - usize::from(lines.str(lines.line_count() - 1).is_empty());
        let to = (last + CONTEXT + 1).min(count).max(last + 1);
        let gone = hunk.iter().filter(|change| change.gone).count();
        let (old, new) = (to - from, to - from - gone);
        let start = |line: usize, count: usize| if count == 0 { line } else { line + 1 };
        let (a, b) = (start(from, old), start(from - moved, new));
        let _ = writeln!(out, "{frame}@@ -{a},{old} +{b},{new} @@{frame:#}");
        moved += gone;
        let mut changes = hunk.iter().peekable();
        for n in from..to {
            let raw = raw_line(text, &lines, n);
            let mut put = |sign: char, line: &str| {
                let style = match sign {
                    '-' => red,
                    '+' => green,
                    _ => anstyle::Style::new(),
                };
                let body = line.strip_suffix('\n').unwrap_or(line);
                let _ = writeln!(out, "{style}{sign}{body}{style:#}");
                if !line.ends_with('\n') {
                    out.push_str("\\ No newline at end of file\n");
                }
            };
            match changes.next_if(|change| change.line as usize == n) {
                None => put(' ', raw),
                Some(change) => {
                    put('-', raw);
                    if !change.gone {
                        put('+', &change.applied(raw));
                    }
                }
            }
        }
    }
    out
}

struct Change {
    line: u32,
    /// The line is taken out.
    gone: bool,
    edits: Vec<Edit>,
}

impl Change {
    fn applied(&self, line: &str) -> String {
        let mut out = String::with_capacity(line.len());
        let mut at = 0;
        for edit in &self.edits {
            out.push_str(line.get(at..edit.span.start.byte as usize).unwrap_or(""));
            out.push_str(&edit.text);
            at = edit.span.end.byte as usize;
        }
        out.push_str(line.get(at..).unwrap_or(""));
        out
    }
}

/// Line `n` with its line end.
fn raw_line<'a>(text: &'a str, lines: &Flat<'a>, n: usize) -> &'a str {
    let start = lines.line_range(n).start;
    let end = if n + 1 < lines.line_count() { lines.line_range(n + 1).start } else { text.len() };
    text.get(start..end).unwrap_or("")
}
