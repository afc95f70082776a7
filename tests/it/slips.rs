//! Slips of the kinds that writers make, planted one to a sentence: how many of them are found.

use std::collections::BTreeMap;
use std::sync::Arc;

use jianggao::analysis::{Analysis, Markup};
use jianggao::features::actions::quick_fixes;
use jianggao::locale::Locale;
use jianggao::rules::diagnostics;
use jianggao::settings::Settings;
use jianggao::text::{Flat, Lines as _, Point, Span};

/// A row of the table: the rule, the draft, and the byte ranges of the slips in its text; without
/// any, the slip may be reported anywhere.
struct Slip {
    rule: &'static str,
    text: String,
    marked: Vec<std::ops::Range<usize>>,
}

fn slips() -> impl Iterator<Item = Slip> {
    include_str!("slips.tsv").lines().filter(|row| !row.starts_with('#')).map(|row| {
        let (rule, draft) = row.split_once('\t').expect(row);
        let mut text = String::new();
        let mut marked = Vec::new();
        for (i, part) in draft.replace("\\n", "\n").split(['〖', '〗']).enumerate() {
            let start = text.len();
            text.push_str(part);
            if i % 2 == 1 {
                marked.push(start..text.len());
            }
        }
        Slip { rule, text, marked }
    })
}

fn is_found(slip: &Slip) -> bool {
    let lines = Flat::new(&slip.text);
    let settings = Arc::new(Settings::default());
    let analysis = Analysis::new(&lines, Markup::Plain, &settings);
    // Where each line starts.
    let starts: Vec<usize> = std::iter::once(0).chain(slip.text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    diagnostics(&analysis, &lines, &settings, Locale::Hans, usize::MAX).iter().any(|d| {
        let start = starts[d.span.start.line as usize] + d.span.start.byte as usize;
        let end_of_line = lines.line(d.span.end.line as usize).len();
        let end = starts[d.span.end.line as usize] + (d.span.end.byte as usize).min(end_of_line);
        let touches = |m: &std::ops::Range<usize>| m.start <= end && start <= m.end;
        d.rule.code == slip.rule && (slip.marked.is_empty() || slip.marked.iter().any(touches))
    })
}

/// True when the rule has a correction to make or to offer.
fn is_corrected(slip: &Slip) -> bool {
    let lines = Flat::new(&slip.text);
    let settings = Arc::new(Settings::default());
    let analysis = Analysis::new(&lines, Markup::Plain, &settings);
    let whole = Span::new(Point::new(0, 0), Point::new(u32::MAX, 0));
    let fixes = quick_fixes(&analysis, &lines, &settings, Locale::Hans, whole);
    fixes.iter().any(|fix| fix.diagnostic.rule.code == slip.rule)
}

#[test]
fn slips_have_a_correction() {
    let (corrected, without): (Vec<Slip>, Vec<Slip>) = slips().partition(is_corrected);
    for slip in without {
        eprintln!("{} {}", slip.rule, slip.text);
    }
    assert!(corrected.len() >= 159, "{}", corrected.len());
}

#[test]
fn planted_slips_are_found() {
    let mut sums: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut missed = Vec::new();
    for slip in slips() {
        let sum = sums.entry(slip.rule).or_default();
        sum.1 += 1;
        if is_found(&slip) {
            sum.0 += 1;
        } else {
            missed.push(format!("{} {}", slip.rule, slip.text));
        }
    }
    let (found, all) = sums.values().fold((0, 0), |(a, b), (found, all)| (a + found, b + all));
    for (rule, (found, all)) in &sums {
        eprintln!("{rule:24} {found:3} of {all:3}");
    }
    eprintln!("{found} of {all}; missed:\n{}", missed.join("\n"));
    assert!(all >= 200 && found * 100 >= all * 90, "{found} of {all}");
}
