//! What the page asks of the engine: the core's own functions with positions of JavaScript and answers in JSON. Nothing
//! is found, changed or decided here.
//!
//! Lines are counted from 0, characters in UTF-16 units. A line ends with LF.

mod answers;

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use answers::{Action, Formulation, Hover, Name, Open, Places, State, Verdict};
use jianggao::analysis::{Analysis, Markup};
use jianggao::features::structure::{Change as Structure, renumber_all};
use jianggao::features::why::words::explained;
use jianggao::features::{
    actions, blanks, completion, format, formulations, hover, metrics, names, report, symbols, templates, writing,
};
use jianggao::history;
use jianggao::locale::Locale;
use jianggao::rules::{self, Diagnostic};
use jianggao::settings::{Settings, Severity};
use jianggao::slogans::Catalogue;
use jianggao::text::{Change, Document, Edit, Encoding, Lines as _, Point, Position, Span};
use jianggao::word::{self, Manner, Note};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

/// So many findings are told at once; the most severe stay.
const SHOWN: usize = 5_000;

/// What the writer has settled: what else stands in `jianggao.toml`.
#[wasm_bindgen]
#[derive(Default)]
pub struct Preferences {
    settings: Settings,
}

#[wasm_bindgen]
impl Preferences {
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// How much the findings of a rule matter: the name of a severity; any other name turns it off.
    pub fn rule(&mut self, code: &str, severity: &str) {
        self.settings.rules.insert(code.to_owned(), Severity::from_name(severity));
    }

    /// How many characters are spoken in a minute, and how many minutes there are; 0: as usual.
    pub fn speaking(&mut self, characters_per_minute: u32, minutes: u32) {
        self.settings.characters_per_minute = Some(characters_per_minute).filter(|count| *count > 0);
        self.settings.target_minutes = Some(minutes).filter(|count| *count > 0);
    }

    fn shared(&self) -> Arc<Settings> {
        Arc::new(self.settings.clone())
    }

    /// The draft is read aloud.
    pub fn aloud(&mut self, is_aloud: bool) {
        self.settings.reading = Some(is_aloud);
    }
}

/// The rules with what they are unless the writer says otherwise: [`answers::Rule`]s.
#[wasm_bindgen]
pub fn rules(language: &str) -> String {
    let locale = Locale::from_name(language);
    json(&rules::RULES.iter().map(|rule| answers::Rule::of(rule, locale)).collect::<Vec<_>>())
}

/// Skeletons of speeches: [`answers::Template`]s.
#[wasm_bindgen]
pub fn templates() -> String {
    json(&templates::TEMPLATES.map(|it| answers::Template { name: it.name, text: it.text }))
}

/// A draft that is being written.
#[wasm_bindgen]
pub struct Draft {
    document: Document,
    analysis: Analysis,
    settings: Arc<Settings>,
    locale: Locale,
    /// The rules and the texts of what was told last: it does not vanish because somebody writes beside it.
    told: HashSet<(&'static str, String)>,
}

#[wasm_bindgen]
impl Draft {
    /// `name`: whether it is Markdown follows from it. `language`: of the messages, a BCP 47 name. `speech`: it is to
    /// be taken for a speech, whatever it looks like.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str, name: &str, language: &str, speech: bool, preferences: &Preferences) -> Self {
        let is_markdown = name.to_lowercase().ends_with(".md");
        let markup = match speech {
            _ if is_markdown => Markup::Markdown,
            true => Markup::Speech,
            false => Markup::Plain,
        };
        let (document, settings) = (Document::new(0, text), preferences.shared());
        let analysis = Analysis::new(&document, markup, &settings);
        Self { document, analysis, settings, locale: Locale::from_name(language), told: HashSet::new() }
    }

    /// Replaces what stands between two places.
    pub fn edit(&mut self, line: u32, character: u32, end_line: u32, end_character: u32, text: &str) {
        let range = Some((Position::new(line, character), Position::new(end_line, end_character)));
        let change = Change { range, text: text.to_owned() };
        let (document, lines) = self.document.edited(self.document.version() + 1, &change, Encoding::Utf16);
        self.document = document;
        self.analysis.update(&self.document, lines);
    }

    /// [`answers::Finding`]s. `writing`: text has just been written up to the place, and what more of it may settle is
    /// left out, unless it was told before.
    pub fn findings(&mut self, line: u32, character: u32, writing: bool) -> String {
        let places = Places::new(&self.document);
        let mut found = rules::diagnostics(&self.analysis, &self.document, &self.settings, self.locale, SHOWN);
        let key = |found: &Diagnostic| (found.rule.code, self.document.text(found.span));
        if writing {
            let open = writing::Open::at(&self.analysis, &self.document, self.point(line, character));
            let awaits =
                |found: &Diagnostic| open.awaits(found.rule, found.span, found.related.iter().map(|other| other.span));
            found.retain(|found| !awaits(found) || self.told.contains(&key(found)));
        }
        self.told = found.iter().map(key).collect();
        json(&found.into_iter().map(|found| places.finding(found, self.locale)).collect::<Vec<_>>())
    }

    /// [`State`].
    pub fn state(&self) -> String {
        let (analysis, lines) = (&self.analysis, &self.document);
        let measured = metrics::measure(analysis, lines);
        json(&State {
            counts: rules::counts(analysis, lines, &self.settings),
            blanks: analysis.blanks().certain_count() as usize,
            words: metrics::total(&measured).words,
            size: metrics::in_short(&measured, &self.settings, self.locale),
            is_official: !analysis.is_other(),
            is_traditional: analysis.is_traditional(),
        })
    }

    /// [`answers::Section`]s.
    pub fn outline(&self) -> String {
        let places = Places::new(&self.document);
        let mut symbols = symbols::symbols(&self.analysis, &self.document);
        metrics::with_times(&mut symbols, &self.settings, self.locale);
        json(&symbols.into_iter().map(|symbol| places.section(symbol)).collect::<Vec<_>>())
    }

    /// What is open, a fact each: [`Open`].
    pub fn open(&self) -> String {
        let places = Places::new(&self.document);
        let mut facts: Vec<Open> = Vec::new();
        let mut known: BTreeMap<Span, usize> = BTreeMap::new();
        for open in report::open(&self.analysis, &self.document) {
            let at = known.get(&open.span).copied();
            let blank = blanks::blank_at(&self.analysis, &self.document, open.span.start);
            let n = at.unwrap_or_else(|| {
                let [hans, hant, english] = open.category.names();
                let category = self.locale.pick(hans, hant, english);
                facts.push(Open { text: open.unit.clone(), category, places: Vec::new() });
                facts.len() - 1
            });
            for span in blank.map_or(Vec::new(), |blank| blank.uses) {
                known.entry(span).or_insert(n);
            }
            facts[n].places.push(places.opening(open));
        }
        json(&facts)
    }

    /// [`answers::Completion`]s, the best first. `asked`: by the writer, not by a key.
    pub fn complete(&self, line: u32, character: u32, asked: bool) -> String {
        let (analysis, lines, settings) = (&self.analysis, &self.document, &*self.settings);
        let (places, at) = (Places::new(lines), self.point(line, character));
        let mut found = blanks::complete_fact(analysis, lines, settings, at);
        found.extend(completion::complete(analysis, lines, at));
        let formulations = formulations::complete(analysis, lines, settings, at, asked, Default::default());
        let found = found.into_iter().map(|candidate| places.candidate(candidate));
        json(&found.chain(formulations.into_iter().map(|it| places.formulation(it))).collect::<Vec<_>>())
    }

    /// [`Hover`] or `null`.
    pub fn hover(&self, line: u32, character: u32) -> String {
        let at = self.point(line, character);
        let found = hover::hover(&self.analysis, &self.document, &self.settings, self.locale, at);
        let places = Places::new(&self.document);
        json(&found.map(|hover| Hover { markdown: hover.markdown, range: places.range(hover.span) }))
    }

    /// On what the verdicts about a place rest, in Markdown.
    pub fn why(&self, line: u32, character: u32) -> String {
        let at = self.point(line, character);
        explained(&self.analysis, &self.document, &self.settings, self.locale, at).markdown
    }

    /// What can be done about a stretch of the draft: [`Action`]s.
    pub fn actions(&self, line: u32, character: u32, end_line: u32, end_character: u32) -> String {
        let (analysis, lines, settings) = (&self.analysis, &self.document, &*self.settings);
        let (places, start) = (Places::new(lines), self.point(line, character));
        let span = Span::new(start, self.point(end_line, end_character));
        let mut found = Vec::new();
        for fill in blanks::fills(analysis, lines, settings, self.locale, start) {
            found.push(Action { title: fill.title, edits: places.edits(fill.edits), kind: "fill" });
        }
        for fix in actions::quick_fixes(analysis, lines, settings, self.locale, span) {
            found.push(Action { title: fix.title, edits: places.edits(fix.edits), kind: "fix" });
        }
        for change in Structure::ALL {
            let edits = change.edits(analysis, lines, start);
            if !edits.is_empty() {
                let title = change.title(self.locale).to_owned();
                found.push(Action { title, edits: places.edits(edits), kind: "structure" });
            }
        }
        json(&found)
    }

    /// The certain corrections: edits.
    pub fn fix_all(&self) -> String {
        let edits = actions::fix_all(&self.analysis, &self.document, &self.settings);
        json(&Places::new(&self.document).edits(edits))
    }

    /// All lists counted anew: edits.
    pub fn renumber(&self) -> String {
        json(&Places::new(&self.document).edits(renumber_all(&self.analysis, &self.document)))
    }

    /// Marks and spaces as is usual: edits.
    pub fn format(&self) -> String {
        let last = self.document.line_count() as u32 - 1;
        json(&Places::new(&self.document).edits(format::format(&self.analysis, &self.document, 0, last)))
    }

    /// The name at a place and where else it stands ([`Name`]), or `null`.
    pub fn name(&self, line: u32, character: u32) -> String {
        let found = names::name_at(&self.analysis, &self.document, self.point(line, character));
        let places = Places::new(&self.document);
        json(&found.map(|name| Name {
            text: self.document.text(name.span),
            places: name.uses.into_iter().map(|span| places.range(span)).collect(),
        }))
    }

    /// Another text in all places of the name that stands here, which may be one to be filled in: edits, or why not.
    pub fn rename(&self, line: u32, character: u32, text: &str) -> Result<String, String> {
        let found = names::name_at(&self.analysis, &self.document, self.point(line, character));
        let name = found.ok_or_else(|| blanks::refusal(self.locale))?;
        if let Some(reason) = blanks::refusal_of(text, self.locale) {
            return Err(reason.to_owned());
        }
        Ok(json(&Places::new(&self.document).edits(name.renamed(&self.analysis, &self.document, text))))
    }

    /// A change of the structure around a place, by its name: edits, none where it cannot be made.
    pub fn change(&self, name: &str, line: u32, character: u32) -> String {
        let at = self.point(line, character);
        let edits = Structure::from_name(name).map_or_else(Vec::new, |it| it.edits(&self.analysis, &self.document, at));
        json(&Places::new(&self.document).edits(edits))
    }

    /// The next open place behind this one, a range, or `null`.
    pub fn next_blank(&self, line: u32, character: u32) -> String {
        let next = blanks::next_blank(&self.analysis, &self.document, self.point(line, character));
        json(&next.map(|span| Places::new(&self.document).range(span)))
    }

    /// Whether the draft can be handed in: [`Verdict`].
    pub fn verdict(&self) -> String {
        let (ready, report) = report::final_check(&self.analysis, &self.document, &self.settings, self.locale);
        json(&Verdict { ready, markdown: report.markdown })
    }

    /// Length and speaking time by section, in Markdown.
    pub fn statistics(&self) -> String {
        report::statistics(&self.analysis, &self.document, &self.settings, self.locale).markdown
    }

    /// As a Word document, laid out after GB/T 9704-2012, or in large print for reading aloud.
    pub fn export(&self, reading: bool) -> Result<Vec<u8>, String> {
        let manner = Manner { is_for_reading: reading, template: None };
        word::export(&self.analysis, &self.document, manner).map_err(|refused| refused.message(self.locale).to_owned())
    }

    fn point(&self, line: u32, character: u32) -> Point {
        Encoding::Utf16.point(&self.document, Position::new(line, character))
    }
}

/// The formulations that `query` finds, by characters or initials: [`Formulation`]s.
#[wasm_bindgen]
pub fn look_up(query: &str, language: &str) -> String {
    let locale = Locale::from_name(language);
    let found = Catalogue::builtin().query(query);
    let settings = Settings::default();
    let told = |entry: &&jianggao::slogans::Entry| {
        let [hans, hant, english] = entry.kind.names();
        Formulation {
            id: entry.id.to_string(),
            text: formulations::written(&entry.text, locale),
            kind: locale.pick(hans, hant, english),
            explanation: formulations::explanation(&settings, &entry.id, locale, true).unwrap_or_default(),
        }
    };
    json(&found.iter().take(50).map(told).collect::<Vec<_>>())
}

/// A Word document that was opened.
#[wasm_bindgen]
pub struct Word {
    bytes: Vec<u8>,
    document: word::Document,
    locale: Locale,
    left: usize,
}

#[wasm_bindgen]
impl Word {
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: Vec<u8>, language: &str) -> Result<Self, String> {
        let locale = Locale::from_name(language);
        let document = word::Document::read(&bytes).map_err(|refused| refused.message(locale).to_owned())?;
        Ok(Self { bytes, document, locale, left: 0 })
    }

    /// What Word shows, automatic numbers included.
    pub fn text(&self) -> String {
        self.document.text().to_owned()
    }

    /// A copy of the document with each finding as a comment.
    pub fn annotated(&self, preferences: &Preferences) -> Result<Vec<u8>, String> {
        self.written(&self.read(preferences).found, &[])
    }

    /// A copy of the document with what makes its text `text` as tracked changes, or, where that is its own, with the
    /// certain corrections. How many paragraphs or changes of `text` are not in it, [`Self::left`] says afterwards.
    pub fn revised(&mut self, text: &str, preferences: &Preferences) -> Result<Vec<u8>, String> {
        let Read { lines, settings, analysis, mut found } = self.read(preferences);
        let is_own = text.trim_end() == self.document.text().trim_end();
        let (all, elsewhere) = if is_own {
            (actions::fix_all(&analysis, &lines, &settings), 0)
        } else {
            // What was settled meanwhile needs no comment.
            let now = Document::new(0, text);
            let analysis = Analysis::new(&now, Markup::Plain, &settings);
            let left = rules::diagnostics(&analysis, &now, &settings, self.locale, SHOWN);
            let left: HashSet<_> = left.iter().map(|found| (found.rule.code, now.text(found.span))).collect();
            found.retain(|found| left.contains(&(found.rule.code, lines.text(found.span))));
            history::rewritten(&lines, text)
        };
        let count = all.len() + elsewhere;
        // Corrections hold together; what the writer has done is the writer's.
        let edits = self.document.revisable(if is_own { &found } else { &[] }, all);
        self.left = count - edits.len();
        self.written(&found, &edits)
    }

    /// How much of the text of the last revision is not in it.
    pub fn left(&self) -> usize {
        self.left
    }

    fn read(&self, preferences: &Preferences) -> Read {
        let (lines, settings) = (Document::new(0, self.document.text()), preferences.shared());
        let analysis = Analysis::new(&lines, Markup::Plain, &settings);
        let mut found = rules::diagnostics(&analysis, &lines, &settings, self.locale, SHOWN);
        self.document.settle(&mut found, &lines, &settings, self.locale);
        Read { lines, settings, analysis, found }
    }

    fn written(&self, found: &[Diagnostic], edits: &[Edit]) -> Result<Vec<u8>, String> {
        let notes = Note::beside(found, edits, self.locale);
        let written = self.document.annotated(&self.bytes, &notes, edits);
        written.map_err(|refused| refused.message(self.locale).to_owned())
    }
}

/// The text of a document, and what is found in it.
struct Read {
    lines: Document,
    settings: Arc<Settings>,
    analysis: Analysis,
    found: Vec<Diagnostic>,
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned())
}
