//! What has to hold of lists and counts whatever words are known.

use std::sync::Arc;

use crate::analysis::{Analysis, Markup};
use crate::lexicon::tests::{large_classes, without_half};
use crate::locale::Locale;
use crate::rules::diagnostics;
use crate::settings::{Settings, Severity};
use crate::text::Flat;

/// The drafts of the tables in `tests/it` whose list or count is wrong.
fn faulty() -> Vec<String> {
    let tables = [include_str!("../../tests/it/lists.tsv"), include_str!("../../tests/it/counts.tsv")];
    let rows = tables.into_iter().flat_map(str::lines).filter(|row| !row.starts_with(['#', '-']));
    rows.filter_map(|row| row.split_once('\t')).map(|(_, draft)| draft.replace('¶', "\n")).collect()
}

fn is_found(draft: &str) -> bool {
    let lines = Flat::new(draft);
    let settings = Arc::new(Settings::default());
    let analysis = Analysis::new(&lines, Markup::Plain, &settings);
    let found = diagnostics(&analysis, &lines, &settings, Locale::Hans, usize::MAX);
    let is_of_list = |code: &str| code.starts_with("numbering") || code == "count-mismatch";
    found.iter().any(|d| is_of_list(d.rule.code) && d.severity == Severity::Warning)
}

#[test]
fn no_class_of_words_is_needed_as_a_whole() {
    let drafts = faulty();
    let recall = || drafts.iter().filter(|draft| is_found(draft)).count();
    let whole = recall();
    assert_eq!(whole, drafts.len());
    // The measures are a closed class: what is counted by none of them is no count.
    const CLOSED: &str = "count-unit";
    let mut lost = Vec::new();
    for class in large_classes(&[include_str!("../lexicon/ordinals.tsv"), include_str!("../lexicon/counts.tsv")]) {
        let half = without_half(class, recall);
        if class.name != CLOSED && (whole - half) * 20 > whole {
            lost.push(format!("without half of {}: {half} of {whole}", class.name));
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}
