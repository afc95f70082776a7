//! What lies in a folder: what is taken for a draft by its name, and what is passed over, though a draft may be in it:
//! other formats, what is hidden, texts that are not named like drafts, folders that are only linked to.

use std::ffi::OsStr;
use std::path::Path;

use ignore::WalkBuilder;

use super::foreign::{Foreign, is_lock};
use super::input;
use crate::locale::Locale;
use crate::text::chars::is_han;
use crate::workspace::{self, reading};

/// Why it is passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Passed {
    Foreign(Foreign),
    /// Its name, or that of a folder above it, begins with a point.
    Hidden,
    /// Its name does not say that it is a draft.
    Unnamed,
    /// A link to a folder elsewhere: a walk along links may have no end.
    Linked,
}

impl Passed {
    /// Whether a speech may be in it that should have been checked.
    pub fn may_be_a_draft(self) -> bool {
        !matches!(self, Self::Foreign(kind) if !kind.may_be_a_draft())
    }

    pub fn name(self, locale: Locale) -> &'static str {
        let [hans, hant, english] = match self {
            Self::Foreign(kind) => return kind.name(locale),
            Self::Hidden => ["隐藏的稿件", "隱藏的稿件", "hidden draft"],
            Self::Unnamed => {
                ["名字不像稿件的中文文本", "名字不像稿件的中文文字檔", "Chinese text not named like a draft"]
            }
            Self::Linked => ["链接到别处的文件夹", "連結到別處的資料夾", "link to a folder elsewhere"],
        };
        locale.pick(hans, hant, english)
    }

    /// How it comes to be read.
    pub fn remedy(self, locale: Locale) -> &'static str {
        let [hans, hant, english] = match self {
            Self::Foreign(kind) => return kind.remedy(locale),
            Self::Hidden | Self::Linked => ["要查就写出它的路径", "要查就寫出它的路徑", "name it to check it"],
            Self::Unnamed => [
                "要查就写出文件名，或者改名为 .txt",
                "要查就寫出檔案名稱，或者改名為 .txt",
                "name it to check it, or call it .txt",
            ],
        };
        locale.pick(hans, hant, english)
    }
}

/// Folders in which a version control keeps its own.
const OWN: [&str; 4] = [".git", ".hg", ".svn", ".jj"];

/// Whether somebody may have put drafts into a folder of that name.
pub(super) fn is_open(name: &OsStr) -> bool {
    !OWN.iter().any(|own| name == *own)
}

/// Whether a name between `folder` and the file begins with a point.
pub(super) fn is_hidden(folder: &Path, path: &Path) -> bool {
    let below = path.strip_prefix(folder).unwrap_or(path);
    below.iter().any(|name| name.as_encoded_bytes().starts_with(b"."))
}

/// Whether it is named like a draft, or like a Word document and not like what Word keeps beside an open one.
pub(super) fn is_draft(path: &Path) -> bool {
    let is_one_of = |names: &[&str]| {
        path.extension().is_some_and(|extension| names.iter().any(|name| extension.eq_ignore_ascii_case(name)))
    };
    is_one_of(&workspace::EXTENSIONS)
        || is_one_of(&["docx", "docm", "dotx", "dotm"]) && Foreign::by_name(path).is_some()
}

/// What a file is that is not taken for a draft by its name; `None`: no draft.
pub(super) fn of(path: &Path, is_hidden: bool) -> Option<Passed> {
    let named = Foreign::by_name(path);
    if let Some(kind) = named.filter(|kind| !is_hidden && *kind != Foreign::WebPage) {
        return Some(Passed::Foreign(kind));
    }
    if path.file_name() == Some(OsStr::new(workspace::FILE_NAME)) {
        return None;
    }
    // What a program keeps beside an open document, or of its last state.
    if path.file_name().is_some_and(|name| is_lock(name) || name.as_encoded_bytes().ends_with(b"~")) {
        return None;
    }
    let head = reading::head(path, HEAD);
    let kind = match Foreign::of(&head, Some(path)).or(named) {
        Some(Foreign::WebPage) if !text_of(&head).contains(is_han) => return None,
        Some(kind) if kind == Foreign::Archive || !kind.may_be_a_draft() => return None,
        Some(kind) => Passed::Foreign(kind),
        None if is_prose(&text_of(&head)) => Passed::Unnamed,
        None => return None,
    };
    Some(if is_hidden { Passed::Hidden } else { kind })
}

/// Whether a folder that is linked to holds anything that a folder in its place would be read for.
pub(super) fn holds_drafts(link: &Path) -> bool {
    let files = WalkBuilder::new(link).require_git(false).build().take(MOST_LINKED).flatten();
    let mut files = files.map(ignore::DirEntry::into_path).filter(|path| path.is_file());
    files.any(|path| is_draft(&path) || of(&path, false).is_some_and(Passed::may_be_a_draft))
}

/// So many entries of a folder are looked at that is only linked to.
const MOST_LINKED: usize = 2_000;

/// So many bytes tell whether a file is one.
const HEAD: u64 = 4096;

/// The text of a file that begins with these bytes; empty if it is none.
fn text_of(head: &[u8]) -> String {
    // The last character may be cut off.
    let whole = |cut: usize| input::decode(&head[..head.len() - cut]).ok();
    (0..4.min(head.len())).find_map(whole).map_or(String::new(), |decoded| decoded.text.into_owned())
}

/// Whether a text is written in Chinese, and not in rows of a table or in a language of programs.
fn is_prose(text: &str) -> bool {
    let count = |is: fn(char) -> bool| text.chars().filter(|c| is(*c)).count();
    let (han, other, tabs) = (count(is_han), count(|c| c.is_ascii_graphic()), count(|c| c == '\t'));
    han > 2 * other && tabs <= text.lines().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_told_from_other_texts() {
        for text in ["同志们：\n　　今天开会。\n", "讲三点意见。一、提高认识；二、狠抓落实。"]
        {
            let bytes = encoding_rs::GB18030.encode(text).0;
            for bytes in [text.as_bytes(), &bytes, &bytes[..bytes.len() - 1], &text.as_bytes()[..text.len() - 2]] {
                assert!(is_prose(&text_of(bytes)), "{text}");
            }
        }
        for text in [
            "",
            "Dear all,\n",
            "allow = [\"某某\"] # 说明\n",
            "名称\t说明\t好\t坏\n四个意识\t一种提法\t好句\t坏句\n",
            "fn main() { println!(\"你好\"); } // 注释\n",
        ] {
            assert!(!is_prose(text), "{text}");
        }
    }

    #[test]
    fn only_what_lies_below_the_folder_is_hidden() {
        assert!(is_hidden(Path::new("a"), Path::new("a/.b/c.txt")));
        assert!(is_hidden(Path::new("."), Path::new("./.c.txt")));
        assert!(!is_hidden(Path::new("/x/.a"), Path::new("/x/.a/c.txt")));
    }
}
