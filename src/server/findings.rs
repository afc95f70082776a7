//! The findings of a draft as the client is sent them, each put into words and written once for as long as its line
//! stands.

use std::ops::Range;
use std::sync::Arc;

use tower_lsp::ls_types as lsp;

use super::client::Client;
use super::lsp::Positions;
use super::lsp::finding::Finding;
use crate::features::facts::Facts;
use crate::rules::{Diagnostic, Key, Shown};
use crate::text::{Document, Point};

/// A list as JSON, and what its findings hang on.
#[derive(Default)]
pub struct Written {
    uri: Option<lsp::Uri>,
    /// In text order, but for those that name other places.
    findings: Vec<(Point, Key, Range<usize>)>,
    json: Arc<Vec<u8>>,
}

/// Writes findings, one behind the other.
pub struct Pen<'a> {
    uri: &'a lsp::Uri,
    positions: Positions<'a>,
    client: &'a Client,
    /// The folder with the pages about the rules.
    pages: Option<&'a str>,
    json: Vec<u8>,
}

impl<'a> Pen<'a> {
    pub fn new(uri: &'a lsp::Uri, document: &'a Document, client: &'a Client, pages: Option<&'a str>) -> Self {
        let positions = Positions::new(document, client.encoding);
        Self { uri, positions, client, pages, json: b"[".to_vec() }
    }

    fn write(&mut self, found: &Diagnostic) {
        let finding = Finding::new(found, self.uri, self.pages, &mut self.positions, self.client);
        let before = self.json.len();
        if serde_json::to_writer(&mut self.json, &finding).is_err() {
            self.json.truncate(before);
        }
    }

    /// The list of `found`, of each fact once.
    pub fn list(mut self, found: &[Diagnostic], facts: &Facts, lines: &Document) -> Vec<u8> {
        for (n, found) in found.iter().enumerate().filter(|(n, _)| !facts.leaves_out(*n)) {
            self.part();
            match facts.is_one_of_many(n) {
                true => self.write(&facts.with_places(n, found.clone(), lines, self.client.locale)),
                false => self.write(found),
            }
        }
        self.end()
    }

    fn part(&mut self) {
        if self.json.len() > 1 {
            self.json.push(b',');
        }
    }

    fn end(mut self) -> Vec<u8> {
        self.json.push(b']');
        self.json
    }
}

impl Written {
    /// The list of what is shown, of each fact once.
    pub fn update(&mut self, mut pen: Pen<'_>, mut shown: Shown<'_>, facts: &Facts, lines: &Document) -> Arc<Vec<u8>> {
        let before = std::mem::take(self);
        let known = before.findings.as_slice();
        let mut known = if before.uri.as_ref() == Some(pen.uri) { known } else { &[] };
        let mut findings = Vec::with_capacity(shown.len());
        pen.json.reserve(before.json.len() + before.json.len() / 8);
        for n in (0..shown.len()).filter(|n| !facts.leaves_out(*n)) {
            let (start, key) = (shown.start(n), shown.key(n));
            while let [first, rest @ ..] = known
                && first.0 < start
            {
                known = rest;
            }
            pen.part();
            let from = pen.json.len();
            let same = known.iter().take_while(|known| known.0 == start).find(|known| known.1 == key);
            let many = facts.is_one_of_many(n);
            match same.and_then(|(.., range)| before.json.get(range.clone())) {
                // Its other places may be elsewhere by now.
                _ if many => {
                    let locale = pen.client.locale;
                    pen.write(&facts.with_places(n, shown.diagnostic(n), lines, locale));
                }
                Some(json) => pen.json.extend_from_slice(json),
                None => pen.write(&shown.diagnostic(n)),
            }
            if !many {
                findings.push((start, key, from..pen.json.len()));
            }
        }
        *self = Self { uri: Some(pen.uri.clone()), findings, json: Arc::new(pen.end()) };
        self.json.clone()
    }

    /// Forgets the list of a draft that was closed.
    pub fn forget(&mut self, uri: &lsp::Uri) {
        if self.uri.as_ref() == Some(uri) {
            *self = Self::default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::analysis::{Analysis, Markup};
    use crate::rules::{self, Found};
    use crate::settings::Settings;
    use crate::text::{Change, Encoding, Position};
    use proptest::prelude::*;

    const PIECES: [&str; 16] = [
        "同志们：\n",
        "在全县大会上的讲话\n",
        "一、抓学习\n",
        "三、抓落实\n",
        "我讲三点意见：一是抓早，二是抓小。\n",
        "一要快，三要稳。\n",
        "XX区要带头，XX区要走在前列。\n",
        "【单位名称】和某某局要配合。\n",
        "全国一盘棋，坚定信心信心，的的。\n",
        "“要抓好落实。\n",
        "講三點意見：一是抓早，三是抓小。\n",
        "【讲稿：忽略 placeholder】\n",
        "\n",
        "",
        "XX",
        "的",
    ];

    proptest! {
        #[test]
        fn what_is_kept_is_what_is_written_anew(
            start in prop::collection::vec(0..PIECES.len(), 0..14),
            edits in prop::collection::vec((0..PIECES.len(), 0u32..14, 0u32..12, 0u32..2, 0u32..4), 1..8),
            limit in 1usize..20,
        ) {
            let (uri, client) = ("file:///a.txt".parse().unwrap(), Client { related_information: true, diagnostic_data: true, ..Client::default() });
            let settings = Arc::new(Settings::default());
            let mut document = Document::new(0, &start.iter().map(|&n| PIECES[n]).collect::<String>());
            let mut analysis = Analysis::new(&document, Markup::Speech, &settings);
            let mut written = Written::default();
            for (version, (text, line, from, lines, to)) in (1..).zip(edits) {
                let pen = || Pen::new(&uri, &document, &client, None);
                let anew = rules::diagnostics(&analysis, &document, &settings, client.locale, limit);
                if let Some(shown) = Shown::of(&analysis, &document, &settings, client.locale, limit) {
                    for (n, found) in anew.iter().enumerate() {
                        let (place, same) = (shown.found(n), Found::of(found));
                        prop_assert_eq!((place.rule.code, place.span, place.related), (same.rule.code, same.span, same.related));
                    }
                    let places: Vec<Found> = anew.iter().map(Found::of).collect();
                    let facts = Facts::of(&analysis, &places, &[], true);
                    let json = String::from_utf8(written.update(pen(), shown, &facts, &document).to_vec()).unwrap();
                    prop_assert_eq!(json, String::from_utf8(pen().list(&anew, &facts, &document)).unwrap());
                }
                let range = Some((Position::new(line, from), Position::new(line + lines, from + to)));
                let change = Change { range, text: PIECES[text].to_owned() };
                let (next, changed) = document.edited(version, &change, Encoding::Utf16);
                document = next;
                analysis.update(&document, changed);
            }
        }
    }
}
