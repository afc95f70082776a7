//! Bytes of a draft to text, and back.

use std::borrow::Cow;
use std::io;
use std::path::Path;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8};

use super::convert::{Office, Unconverted};
use super::foreign::{self, Foreign, gap};
use crate::features::unread::Nothing;
use crate::locale::Locale;
use crate::word::{Document, Refused};
use crate::workspace::reading::{self, LONGEST_DRAFT, Unread};

/// How many bytes tell the encoding. The detector takes 50 ms for a megabyte.
const SAMPLE: usize = 1 << 16;

/// The bytes of a draft.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub bytes: Vec<u8>,
    /// What they were, where LibreOffice has made a Word document of them.
    pub converted: Option<Foreign>,
}

/// A draft as text. The byte-order mark is not part of it; line ends are as they were.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    /// The name of the encoding: `UTF-8`, `GB18030`, `Big5`, `UTF-16LE`, `UTF-16BE`.
    pub encoding: &'static str,
    /// There was a byte-order mark.
    pub marked: bool,
    /// Where it is the text of a Word document.
    pub document: Option<Document>,
}

impl Decoded<'_> {
    /// `text` as the draft was encoded, byte-order mark included; `None` when the encoding has no
    /// place for one of its characters.
    pub fn encode(&self, text: &str) -> Option<Vec<u8>> {
        let units = |bytes: fn(u16) -> [u8; 2]| {
            let mark = self.marked.then_some(0xFEFF);
            mark.into_iter().chain(text.encode_utf16()).flat_map(bytes).collect()
        };
        let encoding = match self.encoding {
            "UTF-16LE" => return Some(units(u16::to_le_bytes)),
            "UTF-16BE" => return Some(units(u16::to_be_bytes)),
            "GB18030" => GB18030,
            "Big5" => BIG5,
            _ => {
                let mark: &[u8] = if self.marked { b"\xef\xbb\xbf" } else { b"" };
                return Some([mark, text.as_bytes()].concat());
            }
        };
        let (bytes, _, lost) = encoding.encode(text);
        (!lost).then(|| bytes.into_owned())
    }
}

/// Why there is no text.
#[derive(Debug)]
pub(super) enum Unreadable {
    File(Unread),
    /// Another format than plain text.
    Foreign(Foreign),
    /// Another format, and LibreOffice has made no Word document of it.
    Unconverted(Foreign, Unconverted),
    /// A Word document that is not read.
    Word(Refused),
    /// Holds NUL or many other control characters, as texts never do.
    Binary,
    /// UTF-8 or UTF-16 with bytes that are none: the line (1-based) of the first, where known.
    Damaged(&'static str, Option<usize>),
    /// In no encoding that drafts come in.
    Unknown,
    /// There is nothing in it to check; its encoding.
    Nothing(Nothing, &'static str),
}

impl Unreadable {
    pub fn message(&self, locale: Locale) -> String {
        match self {
            Self::File(reason) => reason.message(locale),
            Self::Foreign(kind) => {
                let (name, remedy) = (kind.name(locale), kind.remedy(locale));
                locale.pick(
                    format!("这是{}{name}，不是纯文本；{remedy}", gap(name)),
                    format!("這是{}{name}，不是純文字；{remedy}", gap(name)),
                    format!("{name}, not plain text; {remedy}"),
                )
            }
            Self::Unconverted(kind, reason) => {
                let (name, reason) = (kind.name(locale), reason.message(locale));
                locale.pick(
                    format!("这是{}{name}；{reason}。用 Word 或 WPS 打开，另存为 .docx 再查", gap(name)),
                    format!("這是{}{name}；{reason}。用 Word 或 WPS 開啟，另存為 .docx 再查", gap(name)),
                    format!("{name}; {reason}; open it in Word or WPS and save it as .docx"),
                )
            }
            Self::Word(reason) => reason.message(locale).to_owned(),
            Self::Binary => locale
                .pick(
                    "不是文本文件；请用写它的程序打开，另存为纯文本（.txt，UTF-8）再查",
                    "不是文字檔；請用寫它的程式開啟，另存為純文字（.txt，UTF-8）再查",
                    "not a text file; open it in the program that wrote it and save it as plain text (.txt, UTF-8)",
                )
                .to_owned(),
            Self::Nothing(nothing, _) => nothing.message(locale).to_owned(),
            Self::Damaged(encoding, Some(line)) => locale.pick(
                format!("第 {line} 行有不合 {encoding} 的字节，文件可能损坏"),
                format!("第 {line} 行有不合 {encoding} 的位元組，檔案可能損壞"),
                format!("line {line} is not valid {encoding}; the file may be damaged"),
            ),
            Self::Damaged(encoding, None) => locale.pick(
                format!("有不合 {encoding} 的字节，文件可能损坏"),
                format!("有不合 {encoding} 的位元組，檔案可能損壞"),
                format!("not valid {encoding}; the file may be damaged"),
            ),
            Self::Unknown => locale
                .pick(
                    "认不出编码（可用 UTF-8、GB18030/GBK、Big5、带 BOM 的 UTF-16），请另存为 UTF-8",
                    "認不出編碼（可用 UTF-8、GB18030/GBK、Big5、帶 BOM 的 UTF-16），請另存為 UTF-8",
                    "unknown encoding (UTF-8, GB18030/GBK, Big5 or UTF-16 with BOM); save it as UTF-8",
                )
                .to_owned(),
        }
    }
}

/// The bytes of a file; where `converts`, those of the Word document that LibreOffice makes of it, if it is of
/// another office program.
pub(super) fn read(path: &Path, converts: bool) -> Result<Content, Unreadable> {
    let bytes = match reading::read(path, LONGEST_DRAFT) {
        Ok(bytes) => bytes,
        Err(Unread::TooLong(limit)) => {
            let kind = Foreign::of(&reading::head(path, foreign::HEAD), Some(path));
            return Err(kind.map_or(Unreadable::File(Unread::TooLong(limit)), Unreadable::Foreign));
        }
        Err(reason) => return Err(Unreadable::File(reason)),
    };
    text_only(bytes, Some(path), converts)
}

/// The bytes of standard input, which stands for the file `path`.
pub(super) fn read_stdin(path: Option<&Path>, converts: bool) -> Result<Content, Unreadable> {
    let mut bytes = Vec::new();
    reading::bounded(io::stdin().lock(), LONGEST_DRAFT, &mut bytes).map_err(Unreadable::File)?;
    text_only(bytes, path, converts)
}

fn text_only(bytes: Vec<u8>, path: Option<&Path>, converts: bool) -> Result<Content, Unreadable> {
    match Foreign::of(&bytes, path) {
        None => Ok(Content { bytes, converted: None }),
        Some(Foreign::Word) if is_package(&bytes) => Ok(Content { bytes, converted: None }),
        Some(Foreign::Word) if crate::word::is_encrypted(&bytes) => Err(Unreadable::Word(Refused::Encrypted)),
        Some(kind) if converts && kind.is_convertible() => match Office::installed().and_then(|o| o.convert(&bytes)) {
            Ok(made) if is_document(&made) => Ok(Content { bytes: made, converted: Some(kind) }),
            Ok(_) => Err(Unreadable::Unconverted(kind, Unconverted::Nothing)),
            Err(reason) => Err(Unreadable::Unconverted(kind, reason)),
        },
        Some(kind) => Err(Unreadable::Foreign(kind)),
    }
}

/// Whether these are the bytes of a Word document.
pub(super) fn is_document(bytes: &[u8]) -> bool {
    is_package(bytes) && Foreign::of(bytes, None) == Some(Foreign::Word)
}

fn is_package(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// The text of `bytes`: UTF-16 and UTF-8 by their byte-order marks, then UTF-8 if it is that, then
/// whichever of GB18030 and Big5 it looks like; or what a Word document shows.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, Unreadable> {
    if is_document(bytes) {
        let document = Document::read(bytes).map_err(Unreadable::Word)?;
        let text = Cow::Owned(document.text().to_owned());
        return Ok(Decoded { text, encoding: UTF_8.name(), marked: false, document: Some(document) });
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes)
        && encoding != UTF_8
    {
        return utf16(encoding, &bytes[mark..]);
    }
    if memchr::memchr(0, bytes).is_some() || is_junk(bytes) {
        return Err(Unreadable::Binary);
    }
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = simdutf8::basic::from_utf8(body) {
        return Ok(Decoded {
            text: Cow::Borrowed(text),
            encoding: UTF_8.name(),
            marked: body.len() < bytes.len(),
            document: None,
        });
    }
    let sample = sample(bytes);
    if body.len() < bytes.len() || mostly_utf8(sample) {
        return Err(Unreadable::Damaged(UTF_8.name(), Some(first_bad_line(bytes))));
    }
    chinese(bytes, sample)
}

/// Whether more than one byte in a hundred is a control character other than those of a text: tabs, line
/// ends, page ends, and the end of the file under DOS.
fn is_junk(bytes: &[u8]) -> bool {
    // Without branches, so that many bytes are counted at once.
    let control = |byte: u8| u8::from((byte < 0x20) & (byte.wrapping_sub(b'\t') > 4) & (byte != 0x1a) | (byte == 0x7f));
    let count = |bytes: &[u8]| usize::from(bytes.iter().map(|byte| control(*byte)).sum::<u8>());
    bytes.chunks(128).map(count).sum::<usize>() > bytes.len() / 100 + 8
}

/// The stretch by which an encoding is told: from the first byte that is not ASCII on.
fn sample(bytes: &[u8]) -> &[u8] {
    let start = Encoding::ascii_valid_up_to(bytes);
    &bytes[start..bytes.len().min(start + SAMPLE)]
}

fn utf16(encoding: &'static Encoding, bytes: &[u8]) -> Result<Decoded<'static>, Unreadable> {
    let text = encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .ok_or(Unreadable::Damaged(encoding.name(), None))?;
    if text.contains('\0') {
        return Err(Unreadable::Binary);
    }
    Ok(Decoded { text: Cow::Owned(text.into_owned()), encoding: encoding.name(), marked: true, document: None })
}

/// True for UTF-8 with a few bad bytes. Taken for GB18030, it would come out as other Chinese
/// characters, not as errors.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|&byte| byte >= 0xE0).count();
        bad += chunk.invalid().len();
    }
    good > bad * 4
}

/// The number (1-based) of the first line that is not UTF-8.
fn first_bad_line(bytes: &[u8]) -> usize {
    let good = match std::str::from_utf8(bytes) {
        Ok(text) => text.len(),
        Err(error) => error.valid_up_to(),
    };
    memchr::memchr_iter(b'\n', &bytes[..good]).count() + 1
}

fn chinese(bytes: &[u8], sample: &[u8]) -> Result<Decoded<'static>, Unreadable> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, sample.len() < SAMPLE);
    let guess = detector.guess(None, Utf8Detection::Deny);
    // A short text may look like Korean or Latin: then what decodes to Chinese is taken.
    let candidates = match guess {
        guess if guess == BIG5 => [BIG5, GB18030],
        _ => [GB18030, BIG5],
    };
    let sure = [BIG5, GBK, GB18030].contains(&guess);
    for encoding in candidates {
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
        if let Some(text) = text
            && (sure || mostly_chinese(&text))
        {
            return Ok(Decoded {
                text: Cow::Owned(text.into_owned()),
                encoding: if encoding == BIG5 { "Big5" } else { "GB18030" },
                marked: false,
                document: None,
            });
        }
    }
    Err(Unreadable::Unknown)
}

/// True when most of what is not ASCII is Han or CJK punctuation.
fn mostly_chinese(text: &str) -> bool {
    let (mut chinese, mut other) = (0, 0);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        match c {
            '\u{3000}'..='\u{303f}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ff5e}' => chinese += 1,
            _ => other += 1,
        }
    }
    chinese > other
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEECH: &str = "同志们：\r\n　　今天召开这次会议，主要任务是总结工作、部署任务。\r\n一要提高认识，";
    const TRADITIONAL: &str = "同志們：\n今天召開這次會議，主要任務是總結工作、部署任務。";

    fn encoding_of(bytes: &[u8], text: &str) -> &'static str {
        let decoded = decode(bytes).unwrap();
        assert_eq!(decoded.text, text);
        assert_eq!(decoded.encode(text).as_deref(), Some(bytes), "{text}");
        decoded.encoding
    }

    fn utf16(text: &str, mark: [u8; 2], bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        let units = text.encode_utf16().flat_map(bytes);
        mark.into_iter().chain(units).collect()
    }

    #[test]
    fn encodings() {
        assert_eq!(encoding_of(SPEECH.as_bytes(), SPEECH), "UTF-8");
        let marked = format!("\u{feff}{SPEECH}");
        assert_eq!(encoding_of(marked.as_bytes(), SPEECH), "UTF-8");
        let little = utf16(SPEECH, [0xff, 0xfe], u16::to_le_bytes);
        assert_eq!(encoding_of(&little, SPEECH), "UTF-16LE");
        let big = utf16(SPEECH, [0xfe, 0xff], u16::to_be_bytes);
        assert_eq!(encoding_of(&big, SPEECH), "UTF-16BE");
        for text in [SPEECH, "同志们：", "第一，𠮷林。同志们，现在开会。", "会议"] {
            let bytes = GB18030.encode(text).0;
            assert_eq!(encoding_of(&bytes, text), "GB18030", "{text}");
        }
        let bytes = BIG5.encode(TRADITIONAL).0;
        assert_eq!(encoding_of(&bytes, TRADITIONAL), "Big5");
        assert_eq!(encoding_of(b"", ""), "UTF-8");
    }

    #[test]
    fn a_long_draft_is_told_by_a_part_of_it() {
        let text = format!("{}{}", "x\n".repeat(90_000), SPEECH.repeat(3_000));
        let bytes = GB18030.encode(&text).0;
        assert_eq!(encoding_of(&bytes, &text), "GB18030");
        let mut damaged = text.into_bytes();
        let last = damaged.len() - 3;
        damaged.remove(last);
        assert!(matches!(decode(&damaged), Err(Unreadable::Damaged("UTF-8", Some(96_001)))));
    }

    #[test]
    fn what_is_no_text() {
        assert!(matches!(decode(b"PK\x03\x04\0\0"), Err(Unreadable::Binary)));
        let junk: Vec<u8> = (1..=255).cycle().take(2000).collect();
        assert!(matches!(decode(&junk), Err(Unreadable::Binary)));
        assert!(decode(format!("\u{c}{SPEECH}\u{1b}[1m\u{1a}").as_bytes()).is_ok(), "a few are no matter");
        assert!(matches!(decode(b"caf\xe9 ol\xe9"), Err(Unreadable::Unknown)));
        assert!(matches!(decode(b"\xff\xfe\x00\xd8\x41\x00"), Err(Unreadable::Damaged("UTF-16LE", None))));
        let mut damaged = SPEECH.as_bytes().to_vec();
        damaged.insert(60, 0xe4);
        assert!(matches!(decode(&damaged), Err(Unreadable::Damaged("UTF-8", Some(2)))));
    }
}
