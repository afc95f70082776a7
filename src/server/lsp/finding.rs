//! A finding as the protocol has it.

use serde::Serialize;
use tower_lsp::ls_types as lsp;

use super::Positions;
use crate::rules::{Diagnostic, Severity, Tag};
use crate::server::client::Client;

/// The protocol's `Diagnostic`, borrowed.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding<'a> {
    range: lsp::Range,
    severity: u8,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code_description: Option<CodeDescription<'a>>,
    source: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_information: Vec<Related<'a>>,
    #[serde(skip_serializing_if = "<[u8]>::is_empty")]
    tags: &'static [u8],
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Data<'a>>,
}

#[derive(Serialize)]
struct CodeDescription<'a> {
    href: Page<'a>,
}

struct Page<'a> {
    folder: &'a str,
    code: &'static str,
}

impl Serialize for Page<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}/{}.md", self.folder, self.code))
    }
}

#[derive(Serialize)]
struct Related<'a> {
    location: Location<'a>,
    message: &'a str,
}

#[derive(Serialize)]
struct Location<'a> {
    uri: &'a lsp::Uri,
    range: lsp::Range,
}

/// The fix of the finding, for clients that apply fixes themselves.
#[derive(Serialize)]
struct Data<'a> {
    title: &'a str,
    grade: &'static str,
    edits: Vec<TextEdit<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TextEdit<'a> {
    range: lsp::Range,
    new_text: &'a str,
}

/// The source of what is not filled in: what a list of problems is filtered by.
const BLANKS: &str = "待填";

impl<'a> Finding<'a> {
    /// `finding` as the client can take it; `pages` is the folder with the rules' pages.
    pub fn new(
        finding: &'a Diagnostic,
        uri: &'a lsp::Uri,
        pages: Option<&'a str>,
        positions: &mut Positions<'_>,
        client: &Client,
    ) -> Self {
        let code = finding.rule.code;
        let is_blank = finding.rule.is_about_blanks();
        let range = positions.range(finding.span);
        let related = finding.related.iter().filter(|_| client.related_information);
        let fix = finding.fix.as_ref().filter(|_| client.diagnostic_data);
        Self {
            range,
            severity: match finding.severity {
                // While one writes a blank is open, not wrong: at the gate it counts as what it is.
                Severity::Error | Severity::Warning if is_blank => 3,
                Severity::Error => 1,
                Severity::Warning => 2,
                Severity::Information => 3,
                Severity::Hint => 4,
            },
            code,
            code_description: pages.map(|folder| CodeDescription { href: Page { folder, code } }),
            source: if is_blank { BLANKS } else { "jianggao" },
            message: &finding.message,
            related_information: related
                .map(|related| Related {
                    location: Location { uri, range: positions.range(related.span) },
                    message: &related.message,
                })
                .collect(),
            // “Unnecessary”, which editors fade.
            tags: if client.unnecessary_tag && finding.rule.is(Tag::Unnecessary) { &[1] } else { &[] },
            data: fix.map(|fix| Data {
                title: &fix.title,
                grade: fix.grade.name(),
                edits: fix
                    .edits
                    .iter()
                    .map(|edit| TextEdit { range: positions.range(edit.span), new_text: &edit.text })
                    .collect(),
            }),
        }
    }
}
