//! Files that are no plain text: known by their bytes, whatever they are called, and what to do with them.

use std::ffi::OsStr;
use std::path::Path;

use memchr::memmem;

use crate::locale::Locale;

/// What a file is that cannot be read as a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Foreign {
    Word,
    Wps,
    OpenDocument,
    Pdf,
    Rtf,
    Ofd,
    Sheet,
    Slides,
    Book,
    /// A page with all that belongs to it in one file, as a browser or Word saves it.
    WebArchive,
    WebPage,
    Image,
    Media,
    Archive,
}

/// How many bytes tell what a file is.
pub(super) const HEAD: u64 = 1 << 16;

/// Bytes at the start of a file, or behind as many others.
const MAGIC: [(usize, &[u8], Foreign); 27] = [
    (0, b"Rar!\x1a\x07", Foreign::Archive),
    (0, b"7z\xbc\xaf\x27\x1c", Foreign::Archive),
    (0, b"\x1f\x8b", Foreign::Archive),
    (0, b"\xfd7zXZ\0", Foreign::Archive),
    (0, b"\x28\xb5\x2f\xfd", Foreign::Archive),
    (4, b"1AY&SY", Foreign::Archive),
    (257, b"ustar", Foreign::Archive),
    (0, b"MSCF\0", Foreign::Archive),
    (0, b"\x89PNG\r\n", Foreign::Image),
    (0, b"\xff\xd8\xff", Foreign::Image),
    (0, b"GIF87a", Foreign::Image),
    (0, b"GIF89a", Foreign::Image),
    (0, b"II*\0", Foreign::Image),
    (0, b"MM\0*", Foreign::Image),
    (8, b"WEBP", Foreign::Image),
    (0, b"8BPS\0", Foreign::Image),
    (0, b"\0\0\x01\0", Foreign::Image),
    (4, b"ftyphei", Foreign::Image),
    (4, b"ftypavif", Foreign::Image),
    (4, b"ftypmif1", Foreign::Image),
    (4, b"ftyp", Foreign::Media),
    (0, b"ID3", Foreign::Media),
    (0, b"OggS\0", Foreign::Media),
    (0, b"fLaC", Foreign::Media),
    (8, b"WAVE", Foreign::Media),
    (8, b"AVI ", Foreign::Media),
    (0, b"\x1a\x45\xdf\xa3", Foreign::Media),
];

/// What a ZIP archive is by the names in it.
const PARTS: [(&[u8], Foreign); 9] = [
    (b"word/", Foreign::Word),
    (b"xl/", Foreign::Sheet),
    (b"ppt/", Foreign::Slides),
    (b"application/vnd.oasis.opendocument.text", Foreign::OpenDocument),
    (b"application/vnd.oasis.opendocument.spreadsheet", Foreign::Sheet),
    (b"application/vnd.oasis.opendocument.presentation", Foreign::Slides),
    (b"application/epub+zip", Foreign::Book),
    (b"OFD.xml", Foreign::Ofd),
    (b"Index/Document.iwa", Foreign::OpenDocument),
];

/// What files are that have such names.
const EXTENSIONS: [(Foreign, &[&str]); 13] = [
    (Foreign::Word, &["docx", "doc", "docm", "dotx", "dot"]),
    (Foreign::Wps, &["wps", "wpt"]),
    (Foreign::OpenDocument, &["odt", "ott", "fodt", "pages"]),
    (Foreign::Pdf, &["pdf"]),
    (Foreign::Rtf, &["rtf"]),
    (Foreign::Ofd, &["ofd"]),
    (Foreign::Sheet, &["xlsx", "xls", "et", "ods"]),
    (Foreign::Slides, &["pptx", "ppt", "dps", "odp"]),
    (Foreign::Book, &["epub", "mobi", "caj"]),
    (Foreign::WebArchive, &["mht", "mhtml"]),
    (Foreign::WebPage, &["html", "htm", "xhtml", "shtml"]),
    (Foreign::Image, &["png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp", "heic"]),
    (Foreign::Archive, &["zip", "rar", "7z", "gz", "tgz", "xz", "bz2", "tar"]),
];

/// Between a Chinese character and a name that begins with Latin letters.
pub(super) fn gap(name: &str) -> &'static str {
    if name.starts_with(|c: char| c.is_ascii()) { " " } else { "" }
}

/// Whether a file of that name is what an office program keeps beside an open document.
pub(super) fn is_lock(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(b"~$") || name.starts_with(b".~")
}

impl Foreign {
    /// What the file is, by its first bytes.
    pub fn of(bytes: &[u8], path: Option<&Path>) -> Option<Self> {
        let named = path.and_then(Self::by_name);
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            let part = PARTS.iter().find(|(part, _)| memmem::find(bytes, part).is_some());
            return Some(part.map_or(Self::Archive, |(_, kind)| *kind));
        }
        // The old container of all office documents.
        if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
            return named.filter(|kind| kind.is_office()).or(Some(Self::Word));
        }
        let magic = MAGIC.iter().find(|(at, magic, _)| bytes.get(*at..).is_some_and(|rest| rest.starts_with(magic)));
        if let Some((.., kind)) = magic {
            return Some(*kind);
        }
        if bytes.starts_with(b"BM") && bytes.get(6..10) == Some(b"\0\0\0\0") {
            return Some(Self::Image);
        }
        Self::of_text(bytes)
    }

    /// Formats that begin like a text.
    fn of_text(bytes: &[u8]) -> Option<Self> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = bytes.trim_ascii_start();
        let head = &text[..text.len().min(4096)];
        let has = |part: &[u8]| head.windows(part.len()).any(|window| window.eq_ignore_ascii_case(part));
        let begins = |part: &[u8]| head.get(..part.len()).is_some_and(|start| start.eq_ignore_ascii_case(part));
        let is_pdf = |at: usize| head.get(at + 5).is_some_and(u8::is_ascii_digit) && head.get(at + 6) == Some(&b'.');
        if begins(b"%PDF-") || memmem::find(&head[..head.len().min(1024)], b"\n%PDF-").is_some_and(|at| is_pdf(at + 1))
        {
            return Some(Self::Pdf);
        }
        if begins(b"{\\rtf") || begins(b"{\\urtf") {
            return Some(Self::Rtf);
        }
        if has(b"\nContent-Transfer-Encoding:") && (has(b"base64") || has(b"quoted-printable")) {
            return Some(Self::WebArchive);
        }
        if begins(b"<?xml") || begins(b"<html") || begins(b"<!DOCTYPE") || begins(b"<w:") || begins(b"<pkg:") {
            if has(b"Word.Document") || has(b"w:wordDocument") || has(b"pkg:package") {
                return Some(Self::Word);
            }
            if has(b"office:document") {
                return Some(Self::OpenDocument);
            }
            if has(b"<html") || has(b"<!DOCTYPE html") {
                return Some(Self::WebPage);
            }
        }
        None
    }

    /// What a file is that has such a name.
    pub fn by_name(path: &Path) -> Option<Self> {
        if path.file_name().is_none_or(is_lock) {
            return None;
        }
        let extension = path.extension().and_then(OsStr::to_str)?;
        let is_named = |names: &&[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(extension));
        EXTENSIONS.iter().find(|(_, names)| is_named(names)).map(|(kind, _)| *kind)
    }

    fn is_office(self) -> bool {
        matches!(self, Self::Word | Self::Wps | Self::Sheet | Self::Slides)
    }

    /// Whether LibreOffice makes a Word document of it.
    pub fn is_convertible(self) -> bool {
        matches!(self, Self::Word | Self::Wps | Self::OpenDocument | Self::Rtf)
    }

    /// Whether a speech may be in it that should have been checked. Pictures stand beside drafts.
    pub fn may_be_a_draft(self) -> bool {
        !matches!(self, Self::Image | Self::Media | Self::Sheet | Self::Slides)
    }

    pub fn name(self, locale: Locale) -> &'static str {
        let [hans, hant, english] = match self {
            Self::Word => ["旧版 Word 文档", "舊版 Word 文件", "old Word document"],
            Self::Wps => ["WPS 文档", "WPS 文件", "WPS document"],
            Self::OpenDocument => ["OpenDocument 文档", "OpenDocument 文件", "OpenDocument text"],
            Self::Pdf => ["PDF 文档", "PDF 文件", "PDF document"],
            Self::Rtf => ["RTF 文档", "RTF 文件", "RTF document"],
            Self::Ofd => ["OFD 文档", "OFD 文件", "OFD document"],
            Self::Sheet => ["电子表格", "試算表", "spreadsheet"],
            Self::Slides => ["演示文稿", "簡報", "presentation"],
            Self::Book => ["电子书", "電子書", "e-book"],
            Self::WebArchive => ["网页存档", "網頁封存檔", "web archive"],
            Self::WebPage => ["网页", "網頁", "web page"],
            Self::Image => ["图片", "圖片", "picture"],
            Self::Media => ["音频或视频", "音訊或視訊", "recording"],
            Self::Archive => ["压缩包", "壓縮檔", "archive"],
        };
        locale.pick(hans, hant, english)
    }

    /// How its text comes to be read.
    pub fn remedy(self, locale: Locale) -> &'static str {
        let [hans, hant, english] = match self {
            Self::Word | Self::Wps | Self::OpenDocument | Self::Rtf => [
                "用 Word 或 WPS 打开，另存为 .docx 再查；装了 LibreOffice 的，也可以加 --convert",
                "用 Word 或 WPS 開啟，另存為 .docx 再查；裝了 LibreOffice 的，也可以加 --convert",
                "open it in Word or WPS and save it as .docx, or give --convert where LibreOffice is installed",
            ],
            Self::Pdf | Self::Ofd => [
                "请把原稿另存为纯文本（.txt）再查；没有原稿就打开它，把文字复制到 .txt 里",
                "請把原稿另存為純文字（.txt）再查；沒有原稿就開啟它，把文字複製到 .txt 裡",
                "save the original as plain text (.txt), or open this one and copy its text into a .txt file",
            ],
            Self::Sheet | Self::Slides | Self::Book => [
                "请把其中的文字复制到 .txt 里再查",
                "請把其中的文字複製到 .txt 裡再查",
                "copy its text into a .txt file",
            ],
            Self::WebArchive | Self::WebPage => [
                "用浏览器打开，把正文复制到 .txt 里再查",
                "用瀏覽器開啟，把正文複製到 .txt 裡再查",
                "open it in a browser and copy the text into a .txt file",
            ],
            Self::Image => [
                "请先识别出图中的文字，存为 .txt 再查",
                "請先辨識出圖中的文字，存為 .txt 再查",
                "have its text recognised and save that as a .txt file",
            ],
            Self::Media => ["请先整理成文字稿再查", "請先整理成文字稿再查", "have it transcribed first"],
            Self::Archive => ["请先解压再查", "請先解壓縮再查", "unpack it first"],
        };
        locale.pick(hans, hant, english)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_their_bytes() {
        let old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0";
        let mail = "From: 甲\nMIME-Version: 1.0\nContent-Transfer-Encoding: BASE64\n\n5ZCM5b+X\n";
        for (bytes, name, kind) in [
            (&b"PK\x03\x04 [Content_Types].xml word/document.xml"[..], "稿.txt", Some(Foreign::Word)),
            (b"PK\x03\x04 xl/workbook.xml", "稿.docx", Some(Foreign::Sheet)),
            (b"PK\x03\x04 a.txt", "稿.docx", Some(Foreign::Archive)),
            (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.textPK", "a", Some(Foreign::OpenDocument)),
            (old, "稿.doc", Some(Foreign::Word)),
            (old, "稿.wps", Some(Foreign::Wps)),
            (old, "稿.txt", Some(Foreign::Word)),
            (b"\xef\xbb\xbf\r\n%PDF-1.7\n", "稿.txt", Some(Foreign::Pdf)),
            (b"junk\n%PDF-1.7\n", "稿.txt", Some(Foreign::Pdf)),
            (b"{\\rtf1\\ansi}", "稿.txt", Some(Foreign::Rtf)),
            (mail.as_bytes(), "稿.doc", Some(Foreign::WebArchive)),
            (b"<?xml version='1.0'?>\n<?mso-application progid=\"Word.Document\"?>", "稿.doc", Some(Foreign::Word)),
            (b"<!doctype html>\n<p>", "稿.txt", Some(Foreign::WebPage)),
            (b"\x89PNG\r\n\x1a\n", "稿.txt", Some(Foreign::Image)),
            ("同志们：\n".as_bytes(), "稿.docx", None),
            ("BM 同志们\n".as_bytes(), "稿.txt", None),
            ("会上谈到 %PDF-1.7 和 {\\rtf\n".as_bytes(), "稿.txt", None),
            (b"", "稿.docx", None),
        ] {
            assert_eq!(Foreign::of(bytes, Some(Path::new(name))), kind, "{name} {}", bytes.escape_ascii());
        }
    }

    #[test]
    fn by_their_names() {
        assert_eq!(Foreign::by_name(Path::new("a/稿.DOCX")), Some(Foreign::Word));
        assert_eq!(Foreign::by_name(Path::new("a/~$稿.docx")), None);
        assert_eq!(Foreign::by_name(Path::new("稿")), None);
    }
}
