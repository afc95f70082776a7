//! What a document holds and does not show: what somebody took out, hid or remarked, what stands behind pictures and
//! fields. It is not read; where it looks like a place to be filled in, it is named.

use quick_xml::events::BytesStart;

use super::document::{Beside, Document, Unread};
use super::write::AUTHOR;
use super::xml::{Token, Tokens, attribute, local, value};
use crate::markup::{self, Mode};
use crate::paragraph::{Options, scan};

/// True for words that would be a blank, if they were prose.
pub(super) fn holds_blank(text: &str) -> bool {
    let options = Options { mode: Mode::Shown, ..Options::default() };
    text.lines().any(|line| {
        let marked = markup::Line { prose: markup::plain(line), ..markup::Line::default() };
        scan(line, marked, &options).placeholders.iter().any(|found| found.is_likely())
    })
}

/// The text of a stretch of XML, each paragraph a line.
pub(super) fn words(xml: &str) -> String {
    text(xml, |token| matches!(token, Token::Open { tag, .. } if matches!(local(tag), "p" | "tc" | "br" | "tab")))
}

/// What stands between the tags of a stretch of XML, a line each.
pub(super) fn texts(xml: &str) -> String {
    text(xml, |_| true)
}

/// The text of a stretch of XML; the tags that `ends_line` names are ends of lines.
fn text(xml: &str, ends_line: impl Fn(&Token) -> bool) -> String {
    let mut tokens = Tokens::new(xml);
    let mut text = String::new();
    loop {
        match tokens.next() {
            Ok(Token::Text(part)) => text += &part,
            Ok(Token::Reference(c)) => text.push(c),
            Ok(Token::End) | Err(_) => return text,
            Ok(tag) if ends_line(&tag) => text.push('\n'),
            Ok(_) => {}
        }
    }
}

/// An address or the code of a field, in lines: what stands between its signs stands for itself.
pub(super) fn address(text: &str) -> String {
    text.replace(['/', '?', '&', '=', ':', '@', '"', '%', '#', ';'], "\n")
}

/// What an element says beside its text: to those who do not see a picture, or who point at a link.
pub(super) fn behind(name: &str, tag: &BytesStart) -> Option<String> {
    let said = match name {
        "docPr" | "cNvPr" | "shape" | "imagedata" => ["descr", "title", "alt"].as_slice(),
        "hyperlink" | "hlinkClick" => &["tooltip"],
        "tblCaption" | "tblDescription" => &["val"],
        _ => return None,
    };
    let said: Vec<String> = said.iter().filter_map(|name| attribute(tag, name)).collect();
    (!said.is_empty()).then(|| said.join("\n"))
}

/// What is not chosen of a list, or what stands in a field of a form at first.
pub(super) fn proposed(tag: &BytesStart) -> Option<Unread> {
    let text = match local(tag) {
        "listItem" => attribute(tag, "displayText").or_else(|| value(tag)),
        "default" | "listEntry" => value(tag),
        _ => None,
    };
    text.filter(|text| holds_blank(text)).map(|_| Unread::Choice)
}

/// The remarks of others. Where they are damaged, that is named.
pub(super) fn comments(xml: &str, document: &mut Document) {
    let mut tokens = Tokens::new(xml);
    loop {
        match tokens.next() {
            Ok(Token::Open { tag, empty: false }) if local(&tag) == "comment" => {
                let author = attribute(&tag, "author").unwrap_or_default();
                let is_ours = author == AUTHOR;
                if tokens.skip().is_err() {
                    document.unread.push(Unread::Remarks);
                    return;
                }
                if !is_ours {
                    let words = words(&xml[tokens.range.clone()]);
                    if holds_blank(&words) {
                        document.unread.push(Unread::Comment);
                    }
                    document.withhold(Beside::Comment, words);
                    document.withhold(Beside::Properties, author);
                }
            }
            Ok(Token::End) => return,
            Err(_) => {
                document.unread.push(Unread::Remarks);
                return;
            }
            Ok(_) => {}
        }
    }
}
