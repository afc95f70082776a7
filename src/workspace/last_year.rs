//! Reading last year's draft, which the settings name: text, Markdown or a Word document.

use std::borrow::Cow;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::reading::{self, LONGEST_DRAFT};
use super::{Stamp, stamp, whole_path};
use crate::former::Former;
use crate::history::last_year;
use crate::locale::Locale;
use crate::markup::Markup;

/// Settings are read again at every save; a draft that has not changed is not.
const KEPT: usize = 4;

type Read = (String, Option<Stamp>, Arc<Former>);

/// Last year's draft at `path`; an error says in both languages why there is none.
pub fn read(path: &Path) -> Result<Arc<Former>, [String; 2]> {
    static READ: Mutex<Vec<Read>> = Mutex::new(Vec::new());
    let (whole, stamp) = (whole_path(path), stamp(path));
    let mut kept = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((.., former)) = kept.iter().find(|(path, time, _)| *path == whole && time.is_some() && *time == stamp) {
        return Ok(former.clone());
    }
    let bytes = reading::read(path, LONGEST_DRAFT)
        .map_err(|reason| [Locale::Hans, Locale::English].map(|locale| reason.message(locale)))?;
    let (text, markup) = decoded(&bytes, path)?;
    let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    let mut former = last_year(&name, &text, markup);
    whole.clone_into(&mut former.path);
    if !former.has_sentences() {
        return Err(["里面没有文字", "there is no text in it"].map(str::to_owned));
    }
    let former = Arc::new(former);
    kept.retain(|(path, ..)| *path != whole);
    kept.truncate(KEPT - 1);
    kept.insert(0, (whole, stamp, former.clone()));
    Ok(former)
}

fn decoded<'a>(bytes: &'a [u8], path: &Path) -> Result<(Cow<'a, str>, Markup), [String; 2]> {
    if bytes.starts_with(b"PK\x03\x04") {
        return match crate::word::Document::read(bytes) {
            Ok(document) => Ok((document.text().to_owned().into(), Markup::Shown)),
            Err(reason) => Err([Locale::Hans, Locale::English].map(|locale| reason.message(locale).to_owned())),
        };
    }
    let is_markdown =
        path.extension().is_some_and(|e| ["md", "markdown"].iter().any(|own| e.eq_ignore_ascii_case(own)));
    let markup = if is_markdown { Markup::Markdown } else { Markup::Plain };
    let unknown = [
        "不是文本，也不是 Word 文档（.docx），或者认不出编码：请另存为 UTF-8",
        "neither a text nor a Word document (.docx), or of an unknown encoding: save it as UTF-8",
    ];
    match text(bytes) {
        Some(text) => Ok((text, markup)),
        None => Err(unknown.map(str::to_owned)),
    }
}

/// The text of a file in UTF-8, or as Chinese Windows writes it.
pub(super) fn text(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let (text, is_wrong) = match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text.trim_start_matches('\u{feff}')), false),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(bytes),
    };
    (!is_wrong && !text.contains('\0')).then_some(text)
}
