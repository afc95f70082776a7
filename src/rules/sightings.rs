//! What rules saw in the paragraphs of a speech, to be judged together.

use std::borrow::Cow;

use super::{Check, Hits, active};
use crate::analysis::Speech;
use crate::paragraph::{Hit, Paragraph};
use crate::settings::Settings;
use crate::text::Lines;

/// What one rule saw in a speech. Lines count from the first line of the speech.
pub struct Sightings<'a> {
    pub speech: &'a Speech,
    /// In text order, each with its line; those in boilerplate are left out.
    pub list: Vec<(u32, &'a Hit)>,
    base: usize,
    lines: &'a dyn Lines,
}

impl<'a> Sightings<'a> {
    /// What the rule at place `rule` of the registry saw in the speech that starts at line `base`.
    pub(super) fn of(rule: u16, speech: &'a Speech, base: usize, lines: &'a dyn Lines, settings: &Settings) -> Self {
        let parts = &speech.outline.parts;
        let read = speech.lines.iter().enumerate().filter(|(n, p)| p.is_read() && !parts.is_boilerplate(*n as u32));
        let list = read
            .flat_map(|(n, p)| {
                let seen = seen(p, base + n, lines, settings);
                seen.iter().filter(|hit| hit.rule == rule).map(move |hit| (n as u32, hit))
            })
            .collect();
        Self { speech, list, base, lines }
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The text of line `n` of the speech.
    pub fn text(&self, n: u32) -> Cow<'a, str> {
        self.lines.line(self.base + n as usize)
    }

    pub fn paragraph(&self, n: u32) -> &'a Paragraph {
        &self.speech.lines[n as usize]
    }
}

/// What the rules see in the paragraph that is line `n` of `lines`; looked for once.
fn seen<'a>(paragraph: &'a Paragraph, n: usize, lines: &dyn Lines, settings: &Settings) -> &'a [Hit] {
    paragraph.sightings.get_or_init(|| {
        let mut all = Vec::new();
        let mut text = None;
        for (index, rule, severity) in active(settings) {
            if let Check::Together { see, .. } = rule.check {
                let mut hits = Hits { rule: index, severity, settings, found: Vec::new() };
                see(text.get_or_insert_with(|| lines.line(n)), paragraph, &mut hits);
                all.append(&mut hits.found);
            }
        }
        all.into()
    })
}
