//! One text in the hands of another program: all that is known of it is its name.

use std::sync::Arc;

use serde::Serialize;

use super::{CheckedFile, Columns, Diagnostic, OutlinedFile, Summary, SymbolNode, TextEdit};
use crate::analysis::{Analysis, Markup};
use crate::features::actions::fix_chosen;
use crate::features::symbols::symbols;
use crate::features::unread::{Nothing, nothing};
use crate::locale::Locale;
use crate::rules;
use crate::settings::{Settings, Severity};
use crate::text::{Flat, Grade, apply};

/// A text, and how it is read.
#[derive(Clone, Copy)]
pub struct Text<'a> {
    pub path: &'a str,
    pub text: &'a str,
    pub markup: Markup,
    pub settings: &'a Arc<Settings>,
    pub locale: Locale,
}

/// A draft with its corrections made.
#[derive(Serialize)]
#[cfg_attr(any(test, feature = "mcp"), derive(schemars::JsonSchema))]
pub struct FixedFile {
    pub path: String,
    pub text: String,
    /// What was changed, in the places of the draft as it was.
    edits: Vec<TextEdit>,
}

impl Text<'_> {
    /// What is found, as the command line finds it.
    pub fn check(&self) -> Result<CheckedFile, Nothing> {
        let (lines, analysis) = self.read();
        if let Some(nothing) = nothing(&analysis, &lines, self.text) {
            return Err(nothing);
        }
        let found = rules::diagnostics(&analysis, &lines, self.settings, self.locale, usize::MAX);
        let placeholders = match self.settings.rules.get("placeholder") {
            Some(None) => Vec::new(),
            _ => rules::placeholder_summary(&analysis),
        };
        let of = |severity: Severity| found.iter().filter(|found| found.severity == severity).count();
        let counts = [Severity::Error, Severity::Warning, Severity::Information, Severity::Hint].map(of);
        let columns = Columns::new(&lines);
        Ok(CheckedFile {
            path: self.path.to_owned(),
            encoding: "UTF-8",
            official: !analysis.is_other(),
            summary: Summary::new(counts, &placeholders),
            diagnostics: found.into_iter().map(|found| Diagnostic::new(found, &columns)).collect(),
        })
    }

    pub fn outline(&self) -> OutlinedFile {
        let (lines, analysis) = self.read();
        let columns = Columns::new(&lines);
        let symbols = symbols(&analysis, &lines).into_iter();
        OutlinedFile {
            path: self.path.to_owned(),
            encoding: "UTF-8",
            symbols: symbols.map(|symbol| SymbolNode::new(symbol, &columns)).collect(),
        }
    }

    /// The text with the corrections of these grades made.
    pub fn fix(&self, grades: &[Grade]) -> FixedFile {
        let (lines, analysis) = self.read();
        let edits = match analysis.is_chinese() {
            true => fix_chosen(&analysis, &lines, self.settings, &|found, _| {
                found.retain(|found| found.fix.as_ref().is_some_and(|fix| grades.contains(&fix.grade)));
            }),
            false => Vec::new(),
        };
        let (columns, text) = (Columns::new(&lines), apply(self.text, &edits));
        let edits = edits.into_iter().map(|edit| TextEdit::new(edit, &columns)).collect();
        FixedFile { path: self.path.to_owned(), text, edits }
    }

    fn read(&self) -> (Flat<'_>, Analysis) {
        let lines = Flat::new(self.text);
        let analysis = Analysis::new(&lines, self.markup, self.settings);
        (lines, analysis)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text<'a>(text: &'a str, settings: &'a Arc<Settings>) -> Text<'a> {
        Text { path: "稿.txt", text, markup: Markup::Plain, settings, locale: Locale::Hans }
    }

    #[test]
    fn what_is_said_of_a_text() {
        let settings = Arc::default();
        let draft = text("同志们：\n我们要抓好落实。一要学，一要做，三要干。\n", &settings);
        let checked = serde_json::to_value(draft.check().unwrap_or_else(|_| panic!())).unwrap();
        assert_eq!(checked["summary"]["warning"], 1, "{checked}");
        assert_eq!(checked["diagnostics"][0]["code"], "numbering-duplicate");
        let fixed = serde_json::to_value(draft.fix(&[Grade::Certain])).unwrap();
        assert_eq!(fixed["edits"].as_array().map(Vec::len), Some(1), "{fixed}");
        assert!(fixed["text"].as_str().unwrap().contains("二要做"));
    }

    #[test]
    fn what_holds_nothing_is_not_cleared() {
        let settings = Arc::default();
        assert!(matches!(text(" \n", &settings).check(), Err(Nothing::Blank)));
        assert!(matches!(text("All is well.\n", &settings).check(), Err(Nothing::NoProse)));
    }
}
