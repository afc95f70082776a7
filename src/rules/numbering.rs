//! What the numbering rules share: describing a list, and renumbering it.

use std::any::Any;

use super::{FindingContext, Findings, Message, Severity};
use crate::analysis::{Detail, RelatedTo, Speech};
use crate::outline::Verdict;
use crate::outline::sequence::{self, Defect};
use crate::paragraph::Marker;
use crate::text::{Edit, Grade, Span};

/// A list with a defect, as the numbering rules look at it.
pub struct Faulty<'a> {
    pub speech: &'a Speech,
    pub list: u32,
    pub defect: &'a Defect,
    /// A fault of the writer rather than a turn of speech.
    pub sure: bool,
    pub markers: Vec<&'a Marker>,
}

/// An item that carries the wrong number.
pub struct Slip {
    pub found: String,
    pub expected: String,
    /// The numerals of the list.
    pub values: String,
}

/// The defects of all lists of a speech.
pub fn defects(speech: &Speech) -> impl Iterator<Item = Faulty<'_>> {
    speech.outline.reported().map(|fault| Faulty {
        speech,
        list: fault.list,
        defect: &fault.defect,
        sure: fault.verdict == Verdict::Report,
        markers: speech.outline.markers(fault.list, &speech.lines),
    })
}

impl Faulty<'_> {
    /// Reports item `i`: as the rule is set, or as a hint without a fix.
    pub fn report(&self, findings: &mut Findings, i: usize, detail: Detail) {
        if self.sure {
            return findings.push(self.span(i), detail);
        }
        let severity = Severity::Hint.max(findings.severity());
        findings.push_as(severity, self.span(i), Detail { edits: Vec::new(), ..detail });
    }

    /// The marker of item `i` in the draft.
    pub fn span(&self, i: usize) -> Span {
        let node = &self.speech.outline.nodes[self.speech.outline.lists[self.list as usize].items[i] as usize];
        Span::in_line(node.line, node.marker)
    }

    /// By how much the numbers of the draft exceed those of the defect: a list may go on with the
    /// numbers of the section before.
    fn shift(&self) -> u32 {
        self.speech.outline.lists[self.list as usize].first - 1
    }

    /// How the marker of item `i` would be written with another number.
    pub fn rewritten(&self, i: usize, value: u32) -> String {
        let value = value + self.shift();
        self.markers[i].with_value(value).unwrap_or_else(|| value.to_string())
    }

    /// The numerals of the list as written, shortened in the middle.
    pub fn values(&self) -> String {
        let all: Vec<&str> = self.markers.iter().map(|m| m.numeral()).collect();
        if all.len() <= 12 {
            return all.join("、");
        }
        format!("{}……{}", all[..8].join("、"), all[all.len() - 3..].join("、"))
    }

    /// Item `at`, which should carry another number.
    pub fn slip(&self, at: usize, expected: u32) -> Slip {
        let (found, expected) = (trimmed(&self.markers[at].text), trimmed(&self.rewritten(at, expected)));
        Slip { found, expected, values: self.values() }
    }

    /// A detail about item `at`, with the item before as related place.
    pub fn detail(&self, at: usize, evidence: impl Any + Send + Sync) -> Detail {
        let related = at.checked_sub(1).map(|before| (self.span(before), RelatedTo::Sibling)).into_iter().collect();
        Detail { related, ..Detail::of(evidence) }
    }

    /// How sure it is that item `i` should carry this number: between right neighbours in one paragraph,
    /// or in one row of paragraphs, nothing is left to ask.
    pub fn grade(&self, i: usize, value: u32) -> Grade {
        let items = &self.speech.outline.lists[self.list as usize].items;
        let place = |i: usize| {
            let node = &self.speech.outline.nodes[items[i] as usize];
            (node.line, node.inline.is_none())
        };
        let counts = |i: usize, value: u32| self.markers[i].value == value + self.shift();
        let certain = self.sure
            && i > 0
            && i + 1 < self.markers.len()
            && counts(i - 1, value - 1)
            && counts(i + 1, value + 1)
            && {
                let [before, here, behind] = [i - 1, i, i + 1].map(place);
                let in_paragraph = before.0 == here.0 && here.0 == behind.0;
                in_paragraph || before.1 && here.1 && behind.1
            };
        if certain { Grade::Certain } else { Grade::Offered }
    }

    /// One edit that gives item `i` another number.
    pub fn edit(&self, i: usize, value: u32) -> Option<Edit> {
        let node = self.span(i);
        Some(Edit::new(node, self.markers[i].with_value(value + self.shift())?))
    }

    /// Edits that make the whole list count 1, 2, 3 …
    pub fn renumbered(&self) -> Vec<Edit> {
        let shift = self.shift();
        let values: Vec<u32> = self.markers.iter().map(|m| m.value.saturating_sub(shift)).collect();
        let right = sequence::renumbered(&values);
        (0..values.len()).filter(|&i| values[i] != right[i]).filter_map(|i| self.edit(i, right[i])).collect()
    }
}

/// A marker as a message names it: without the spaces and points that follow it.
pub fn trimmed(marker: &str) -> String {
    let text = marker.trim_end_matches(['，', ',', '：', ':', '、', ' ', '　', '.', '．', '。']);
    if text.chars().all(|c| crate::numeral::is_chinese(c) || c.is_ascii_digit()) {
        marker.trim().to_owned()
    } else {
        text.to_owned()
    }
}

/// The usual message of a numbering rule: what is wrong, found, expected, the list.
pub fn message(context: &FindingContext<'_>, slip: &Slip, fault: [&str; 3], fix: String) -> Message {
    let Slip { found, expected, values } = slip;
    let text = context.say(
        format!("{}：此处“{found}”应为“{expected}”（{values}）", fault[0]),
        format!("{}：此處“{found}”應為“{expected}”（{values}）", fault[1]),
        format!("{}: ‘{found}’ should be ‘{expected}’ ({values})", fault[2]),
    );
    Message { text, fix: context.fix(fix) }
}

/// What the fix is called that renumbers the rest of a list.
pub fn renumber_from_here(context: &FindingContext<'_>) -> String {
    context.say("从此处起重新编号", "從此處起重新編號", "renumber from here").to_owned()
}
