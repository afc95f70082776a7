//! What rules saw in the paragraphs of a speech, to be judged together.

use std::borrow::Cow;

use super::{Active, Check, Hits, RULES};
use crate::analysis::Speech;
use crate::former::Former;
use crate::paragraph::{Hit, Packed, Paragraph};
use crate::settings::{Profile, Settings};
use crate::text::Lines;

/// What one rule saw in a speech. Lines count from the first line of the speech, bytes from the start
/// of their text without markup.
pub struct Observations<'a> {
    pub speech: &'a Speech,
    /// In text order, each with its line; those in boilerplate are left out.
    pub list: Vec<(u32, &'a Hit)>,
    base: usize,
    lines: &'a dyn Lines,
    settings: &'a Settings,
}

/// What each of the rules that judge together saw in a speech, in the order of `Active::together`.
pub(super) type Seen<'a> = Vec<Vec<(u32, &'a Hit)>>;

/// What they saw in the speech that starts at line `base`, by one go over its lines.
pub(super) fn seen_by_rule<'a>(speech: &'a Speech, base: usize, lines: &dyn Lines, active: &Active<'_>) -> Seen<'a> {
    let mut all: Seen<'a> = active.together.iter().map(|_| Vec::new()).collect();
    let parts = &speech.outline.parts;
    for (n, p) in speech.lines.iter().enumerate().filter(|(n, p)| p.is_read() && !parts.is_boilerplate(*n as u32)) {
        for hit in seen(p, base + n, lines, active) {
            if let Ok(place) = active.together.binary_search(&usize::from(hit.rule)) {
                all[place].push((n as u32, hit));
            }
        }
    }
    all
}

impl<'a> Observations<'a> {
    /// Those of one rule in the speech that starts at line `base`.
    pub(super) fn new(
        list: Vec<(u32, &'a Hit)>,
        speech: &'a Speech,
        base: usize,
        lines: &'a dyn Lines,
        settings: &'a Settings,
    ) -> Self {
        Self { speech, list, base, lines, settings }
    }

    /// The settings in force.
    pub fn settings(&self) -> &'a Settings {
        self.settings
    }

    /// Last year's draft, where the settings name one.
    pub fn former(&self) -> Option<&'a Former> {
        self.settings.former.as_deref()
    }

    /// What was agreed for the speech, with its place in the settings.
    pub fn profile(&self) -> Option<(usize, &'a Profile)> {
        self.speech.profile(self.base, self.lines, self.settings)
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Those with this evidence, in text order.
    pub fn of_kind<E: Packed + PartialEq>(&self, kind: E) -> impl Iterator<Item = &(u32, &'a Hit)> {
        self.list.iter().filter(move |(_, hit)| hit.evidence::<E>() == kind)
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
        if active.together.is_empty() {
            return Box::default();
        }
        let line = lines.line(n);
        let (raw, inner) = paragraph.reading(&line);
        let text = inner.simplified(raw);
        let mut hits = Hits::new(active, raw);
        for &index in &active.together {
            if let Check::Together { see, .. } = RULES[index].check {
                hits.turn_to(index, active);
                see(&text, inner, &mut hits);
            }
        }
        hits.found.into()
    })
}
