//! What holds for all rules together.

use std::sync::Arc;

use super::{Check, Message, RULES, Rule, diagnostics};
use crate::analysis::{Analysis, Markup};
use crate::locale::Locale;
use crate::settings::{Settings, Severity};
use crate::text::Flat;
use crate::text::fold::traditional;

/// A rule that finds nothing, for tests of how findings are shown.
pub static SAMPLE: Rule = Rule {
    code: "numbering-duplicate",
    name: "重号",
    severity: Some(Severity::Warning),
    summary: "",
    why: "",
    source: "",
    examples: &[],
    tags: &[],
    check: Check::Findings(|_, _, _, _| Vec::new()),
    message: |_| Message::default(),
};

/// Rules, severities and places of what is found in a text, but for rules that are about the script.
fn found(text: &str) -> Vec<String> {
    let mut settings = Settings::default();
    for rule in RULES.iter().filter(|rule| rule.severity.is_none()) {
        settings.rules.insert(rule.code.to_owned(), Some(Severity::Hint));
    }
    let settings = Arc::new(settings);
    let lines = Flat::new(text);
    let analysis = Analysis::new(&lines, Markup::Plain, &settings);
    diagnostics(&analysis, &lines, &settings, Locale::Hans, usize::MAX)
        .iter()
        .filter(|found| !matches!(found.rule.check, Check::RawWords(..) | Check::Mixture(..)))
        // One form in Traditional text is two in Simplified text, and the other way round.
        .filter(|found| found.rule.code != "mixed-form")
        .map(|found| {
            // What was counted was written in Simplified characters: in others it is less sure.
            let severity = (found.rule.code != "confused-characters").then_some(found.severity);
            format!("{} {severity:?} {:?}", found.rule.code, found.span)
        })
        .collect()
}

/// Every character that has one certain Traditional form in that form.
fn twin(text: &str) -> String {
    text.chars().map(|c| traditional(c.encode_utf8(&mut [0; 4])).unwrap_or_else(|| c.to_string())).collect()
}

#[test]
fn a_draft_in_traditional_characters_is_read_like_one_in_simplified() {
    let examples = RULES.iter().flat_map(|rule| rule.examples).flat_map(|example| [example.bad, example.good]);
    let lists = ["实施“强基工程、惠民工程、安心工程”：一是强基工程，二是惠民工程，三是安心工程。"];
    let differ: Vec<String> = examples
        .chain(lists)
        .filter_map(|text| {
            let (simplified, other) = (found(text), found(&twin(text)));
            (simplified != other).then(|| format!("{text}\n  {simplified:?}\n  {other:?}"))
        })
        .collect();
    assert!(differ.is_empty(), "{}\n{}", differ.len(), differ.join("\n"));
}
