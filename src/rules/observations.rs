//! What rules saw in the paragraphs of a speech, to be judged together.

use std::borrow::Cow;

use super::{Active, Check, Hits};
use crate::analysis::Speech;
use crate::paragraph::{Hit, Paragraph};
use crate::text::Lines;

/// What one rule saw in a speech. Lines count from the first line of the speech, bytes from the start
/// of their text without markup.
pub struct Observations<'a> {
    pub speech: &'a Speech,
    /// In text order, each with its line; those in boilerplate are left out.
    pub list: Vec<(u32, &'a Hit)>,
    base: usize,
    lines: &'a dyn Lines,
}

impl<'a> Observations<'a> {
    /// What the rule at place `rule` of the registry saw in the speech that starts at line `base`.
    pub(super) fn of(rule: usize, speech: &'a Speech, base: usize, lines: &'a dyn Lines, active: &Active<'_>) -> Self {
        let parts = &speech.outline.parts;
        let read = speech.lines.iter().enumerate().filter(|(n, p)| p.is_read() && !parts.is_boilerplate(*n as u32));
        let list = read
            .flat_map(|(n, p)| {
                let seen = seen(p, base + n, lines, active);
                seen.iter().filter(|hit| usize::from(hit.rule) == rule).map(move |hit| (n as u32, hit))
            })
            .collect();
        Self { speech, list, base, lines }
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The text of line `n` of the speech, without markup and in Simplified characters.
    pub fn text(&self, n: u32) -> Cow<'a, str> {
        let paragraph = self.paragraph(n);
        match self.raw(n) {
            Cow::Borrowed(line) => paragraph.simplified(line),
            Cow::Owned(line) if paragraph.folds => paragraph.simplified(&line).into_owned().into(),
            Cow::Owned(line) => line.into(),
        }
    }

    /// The text of line `n` of the speech, without markup, as it stands in the draft.
    pub fn raw(&self, n: u32) -> Cow<'a, str> {
        match &self.speech.lines[n as usize].plain {
            Some(plain) => Cow::Borrowed(&plain.prose.text),
            None => self.lines.line(self.base + n as usize),
        }
    }

    /// Line `n` of the speech as it stands in the draft, markup and all.
    pub fn line(&self, n: u32) -> Cow<'a, str> {
        self.lines.line(self.base + n as usize)
    }

    /// Line `n` of the speech, in bytes of that text.
    pub fn paragraph(&self, n: u32) -> &'a Paragraph {
        self.speech.lines[n as usize].inner()
    }
}

/// What the rules see in the paragraph that is line `n` of `lines`; looked for once.
fn seen<'a>(paragraph: &'a Paragraph, n: usize, lines: &dyn Lines, active: &Active<'_>) -> &'a [Hit] {
    paragraph.observations.get_or_init(|| {
        if !active.rules().any(|(_, rule)| matches!(rule.check, Check::Together { .. })) {
            return Box::default();
        }
        let line = lines.line(n);
        let (raw, inner) = paragraph.reading(&line);
        let text = inner.simplified(raw);
        let mut hits = Hits::new(active, raw);
        for (index, rule) in active.rules() {
            if let Check::Together { see, .. } = rule.check {
                hits.turn_to(index, active);
                see(&text, inner, &mut hits);
            }
        }
        hits.found.into()
    })
}
