//! Word documents (.docx) as texts, and what is found in a text back into the document: pure, from bytes to bytes.
//!
//! A document is a ZIP archive of *parts*. What Word shows is read out of them as lines, with automatic numbers as
//! virtual text; each line knows the bytes of XML that it came from. Writing is splicing: a part that nothing is
//! said about is copied as it is, byte for byte, and so is all of a part that lies between two splices.

mod aside;
mod comments;
mod document;
mod export;
mod findings;
mod incoming;
mod numbering;
mod package;
mod read;
mod runs;
mod story;
mod styles;
mod whereabouts;
mod write;
mod xml;

pub use comments::{Note, strip};
pub use document::{Beside, Document, Part, Place, Unread};
pub use export::{List, Manner, export, kept, ticked};
pub use whereabouts::Whereabouts;

use crate::locale::Locale;
use memchr::memmem;

/// Whether the bytes of an old office file are a document that opens with a password.
pub fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") && memmem::find(bytes, &name).is_some()
}

/// Why a document is not read, or not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It opens with a password.
    Encrypted,
    /// It is no package, or its XML does not hold.
    Damaged,
    /// More than a document can have, in bytes, parts, or depth.
    Excessive,
    /// A part of its text lies in another document that it takes in.
    Compound,
    /// It is signed: any change breaks the signature.
    Signed,
    /// More is found in it than anybody could go through.
    Crowded,
    /// It is written in a way in which we cannot be sure to do no harm.
    Unusual,
    /// A template with macros: they are not for the document that is laid out like it.
    Macros,
}

impl Refused {
    pub fn message(self, locale: Locale) -> &'static str {
        let [hans, hant, english] = match self {
            Self::Encrypted => [
                "这份 Word 文档有打开密码；用 Word 或 WPS 打开，去掉密码另存一份再查",
                "這份 Word 文件有開啟密碼；用 Word 或 WPS 開啟，去掉密碼另存一份再查",
                "this Word document is encrypted; open it in Word and save a copy without the password",
            ],
            Self::Damaged => [
                "这份 Word 文档已损坏，或者不是 .docx；用 Word 或 WPS 打开，另存为 .docx 再查",
                "這份 Word 文件已損壞，或者不是 .docx；用 Word 或 WPS 開啟，另存為 .docx 再查",
                "this Word document is damaged, or no .docx; open it in Word and save it as .docx",
            ],
            Self::Excessive => [
                "这份 Word 文档解开以后太大，不像正常的稿件，没有读",
                "這份 Word 文件解開以後太大，不像正常的稿件，沒有讀",
                "this Word document unpacks to more than any draft would, and is not read",
            ],
            Self::Compound => [
                "这份 Word 文档的正文里嵌着别的文件；用 Word 打开，另存一次再查",
                "這份 Word 文件的正文裡嵌著別的檔案；用 Word 開啟，另存一次再查",
                "this Word document takes in another file as a part of its text; open it in Word and save it once",
            ],
            Self::Signed => [
                "这份 Word 文档有数字签名，改动会使签名失效，没有写",
                "這份 Word 文件有數位簽章，改動會使簽章失效，沒有寫",
                "this Word document is signed; any change would break the signature, so nothing is written",
            ],
            Self::Crowded => [
                "问题太多，不像正常的稿件，批注、修订都没有写",
                "問題太多，不像正常的稿件，註解、修訂都沒有寫",
                "more is found in it than in any draft; no comments or tracked changes are written",
            ],
            Self::Unusual => [
                "这份 Word 文档的写法少见（标签的前缀不是 w:，或者结构特别），能读，但是没有把握写进去不改坏，没有写；用 Word 另存一次再试",
                "這份 Word 文件的寫法少見（標籤的前綴不是 w:，或者結構特別），能讀，但是沒有把握寫進去不改壞，沒有寫；用 Word 另存一次再試",
                "this Word document is written in an unusual way (with another prefix than w:, or in another order): it is read, but nothing is written into it lest it be harmed; save it once in Word",
            ],
            Self::Macros => [
                "有宏的文档（.docm、.dotm）不能作范文；用 Word 另存为 .docx 或者 .dotx 再试",
                "有巨集的文件（.docm、.dotm）不能作範文；用 Word 另存為 .docx 或者 .dotx 再試",
                "a document with macros (.docm, .dotm) cannot serve as a template; save it as .docx or .dotx in Word",
            ],
        };
        locale.pick(hans, hant, english)
    }
}
