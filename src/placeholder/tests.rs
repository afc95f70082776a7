//! What has to hold whatever words are known.

use std::path::PathBuf;
use std::sync::Arc;

use crate::analysis::{Analysis, Markup};
use crate::lexicon::tests::{large_classes, without_half};
use crate::locale::Locale;
use crate::rules::diagnostics;
use crate::settings::Severity;
use crate::text::{Flat, Lines as _, Point};

/// A text and its blanks: line, and range in characters.
struct Template {
    text: String,
    markup: Markup,
    blanks: Vec<[usize; 3]>,
}

/// The templates beside the repository; none where they are absent, which is said.
fn templates() -> Vec<Template> {
    let shared = std::env::var("JIANGGAO_SHARED").unwrap_or_else(|_| "../shared".to_owned());
    let folder = PathBuf::from(shared).join("corpus");
    let Ok(gold) = std::fs::read_to_string(folder.join("templates/gold.json")) else {
        eprintln!("no templates in {}: nothing is tested", folder.display());
        return Vec::new();
    };
    let gold: serde_json::Value = serde_json::from_str(&gold).unwrap();
    let read = |(name, blanks): (&String, &serde_json::Value)| {
        let number = |blank: &serde_json::Value, n: usize| usize::try_from(blank[n].as_u64().unwrap()).unwrap();
        Template {
            text: std::fs::read_to_string(folder.join(name)).unwrap(),
            markup: if name.ends_with(".md") { Markup::Markdown } else { Markup::Plain },
            blanks: blanks.as_array().unwrap().iter().map(|b| [0, 1, 2].map(|n| number(b, n))).collect(),
        }
    };
    gold.as_object().unwrap().iter().map(read).collect()
}

/// How many of the blanks a warning stands on.
fn found(template: &Template) -> usize {
    let lines = Flat::new(&template.text);
    let settings = Arc::default();
    let analysis = Analysis::new(&lines, template.markup, &settings);
    let column = |at: Point| {
        let line = lines.line(at.line as usize);
        line.get(..at.byte as usize).unwrap_or(&line).chars().count()
    };
    let warnings: Vec<(usize, usize, usize)> = diagnostics(&analysis, &lines, &settings, Locale::Hans, usize::MAX)
        .iter()
        .filter(|d| d.rule.code.starts_with("placeholder") && d.severity == Severity::Warning)
        .map(|d| (d.span.start.line as usize, column(d.span.start), column(d.span.end)))
        .collect();
    let is_found = |b: &&[usize; 3]| warnings.iter().any(|w| w.0 == b[0] && w.1 < b[2] && b[1] < w.2);
    template.blanks.iter().filter(is_found).count()
}

#[test]
fn no_class_of_words_is_needed_as_a_whole() {
    let templates = templates();
    let all: usize = templates.iter().map(|template| template.blanks.len()).sum();
    let recall = || -> usize { templates.iter().map(found).sum() };
    let whole = recall();
    for class in large_classes(&[
        include_str!("../lexicon/blank-brackets.tsv"),
        include_str!("../lexicon/blank-forms.tsv"),
        include_str!("../lexicon/blank-kinds.tsv"),
        include_str!("../lexicon/blank-measures.tsv"),
        include_str!("../lexicon/blank-nouns.tsv"),
        include_str!("../lexicon/blank-words.tsv"),
    ]) {
        let half = without_half(class, recall);
        assert!(whole.saturating_sub(half) * 20 <= all, "without half of {}: {half} of {whole} of {all}", class.name);
    }
}
