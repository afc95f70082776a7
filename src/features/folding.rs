//! What can be folded: whole speeches, the lead, sections and boilerplate blocks.

use crate::analysis::{Analysis, Speech};
use crate::outline::NodeKind;
use crate::paragraph::Kind;

/// A foldable run of lines; `last` is included. At least two lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    pub first: u32,
    pub last: u32,
    /// Advertisement or boilerplate of a site rather than speech.
    pub boilerplate: bool,
}

/// The folds in text order, the outer before the inner. Two of them are disjoint or one lies within
/// the other. Parallel paragraphs are no folds of their own.
pub fn folds(analysis: &Analysis) -> Vec<Fold> {
    let several = analysis.speeches().count() > 1;
    let mut folds = Vec::new();
    for (base, speech) in analysis.speeches() {
        let mut add = |first: u32, last: u32, boilerplate: bool| {
            let last = if boilerplate { last } else { last_of_text(speech, first, last) };
            if last > first {
                folds.push(Fold { first: base as u32 + first, last: base as u32 + last, boilerplate });
            }
        };
        let parts = &speech.outline.parts;
        let end = (speech.lines.len() as u32).saturating_sub(1);
        if several && let Some(&title) = parts.title.first() {
            add(title, end, false);
        }
        let mut sections = 0;
        for (i, node) in speech.outline.nodes.iter().enumerate() {
            if node.kind == NodeKind::Section {
                sections += 1;
                let last = speech.outline.last_line(i as u32, speech.lines.len());
                add(node.line, last, false);
            }
        }
        // Without sections the lead is all there is.
        if let Some((first, last)) = parts.lead.filter(|_| sections > 0) {
            add(first, last, false);
        }
        for &(first, last) in &parts.boilerplate {
            add(first, last, true);
        }
    }
    folds.sort_by_key(|fold| (fold.first, std::cmp::Reverse(fold.last)));
    folds.dedup_by_key(|fold| (fold.first, fold.last));
    folds
}

/// The last line of `first..=last` that is neither blank nor a rule nor boilerplate.
fn last_of_text(speech: &Speech, first: u32, last: u32) -> u32 {
    (first..=last)
        .rev()
        .find(|&n| {
            speech.lines.get(n as usize).is_some_and(|p| {
                !matches!(p.structural.kind, Kind::Blank | Kind::Rule) && !speech.outline.parts.is_boilerplate(n)
            })
        })
        .unwrap_or(first)
}
