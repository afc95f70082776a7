//! What the rules about formulations share: the catalogue goes over a paragraph once for all of them.

use super::dates::date_line;
use super::{FindingContext, Fix, Hits, RULES, Severity, Tag};
use crate::paragraph::{Hit, Paragraph, PhraseFacts};
use crate::settings::Settings;
use crate::slogans::{CATALOGUE_DATE, CheckContext, Date, Deviation, Entry, MisuseKind, newest_date};
use crate::text::{Edit, Grade, Span};

/// What the catalogue says of a paragraph with this text; looked for once.
pub fn phrase_facts<'p>(text: &str, paragraph: &'p Paragraph, settings: &Settings) -> Option<&'p PhraseFacts> {
    let look = || {
        // As of the newest date there can be: which of the names out of date count is for the date
        // of the speech to say.
        let reading = settings.formulations.catalogue().read(text, &CheckContext { date: Some(CATALOGUE_DATE) });
        let date = newest_date(text, CATALOGUE_DATE);
        let nothing = reading.deviations.is_empty() && reading.uses.is_empty() && date.is_none();
        (!nothing).then(|| {
            let is_dated = date.is_some() && date_line(text.trim()).is_some();
            Box::new(PhraseFacts { reading, date, is_dated })
        })
    };
    paragraph.phrase_facts.get_or_init(look).as_deref()
}

/// Reports the deviations of one kind: those that are not sure as hints.
pub(super) fn find(kind: MisuseKind, paragraph: &Paragraph, hits: &mut Hits<'_>) {
    // The catalogue folds by itself, and answers in the script of the draft.
    let Some(phrase_facts) = phrase_facts(hits.raw(), paragraph, hits.settings()) else { return };
    for (index, found) in phrase_facts.reading.deviations.iter().enumerate().filter(|(_, d)| d.kind == kind) {
        match kind {
            _ if found.sure => hits.push(found.range, index),
            MisuseKind::Stale => hits.push_as(Severity::Information.max(hits.severity()), found.range, index),
            _ => hits.push_as(Severity::Hint, found.range, index),
        }
    }
}

/// What a message about a deviation is made of.
pub(super) struct Spoken<'a> {
    pub found: &'a str,
    pub expected: &'a str,
    pub entry: Option<&'a Entry>,
    pub deviation: &'a Deviation,
}

/// The deviation that the finding is about.
pub(super) fn deviation<'a>(context: &FindingContext<'a>) -> Option<Spoken<'a>> {
    let phrase_facts = context.paragraph.phrase_facts.get()?.as_deref()?;
    let deviation = phrase_facts.reading.deviations.get(context.packed::<usize>())?;
    let catalogue = context.settings.formulations.catalogue();
    Some(Spoken {
        found: deviation.range.of(context.text),
        expected: deviation.expected.as_deref().unwrap_or(""),
        entry: deviation.entry.and_then(|number| catalogue.entry(number)),
        deviation,
    })
}

impl Spoken<'_> {
    /// Where the wording comes from: the best of the sources.
    pub fn source(&self, context: &FindingContext<'_>) -> String {
        let source = self.entry.and_then(|entry| entry.source.split('；').next()).unwrap_or("");
        if source.is_empty() {
            return String::new();
        }
        context.say(format!("（出处：{source}）"), format!("（出處：{source}）"), format!(" (source: {source})"))
    }

    /// The fix, where there is a right wording to propose.
    pub fn fix(&self, context: &FindingContext<'_>) -> Option<Fix> {
        let expected = self.expected;
        let (certain, sure) = (self.deviation.certain, self.deviation.sure);
        (certain || sure && !expected.is_empty()).then(|| Fix {
            title: context.change_to(expected),
            edits: vec![Edit::new(Span::in_line(context.line, self.deviation.range), expected)],
            // Of a formula somebody has to see which one was meant, and as of when.
            grade: if certain && self.deviation.kind == MisuseKind::Typo { Grade::Certain } else { Grade::Offered },
        })
    }
}

/// The date of a speech: that on a line of its own, or else the newest that it names.
pub(super) fn date_of<'a>(facts: impl Iterator<Item = &'a PhraseFacts>) -> Option<Date> {
    let (mut own, mut newest) = (None, None);
    for facts in facts {
        newest = newest.max(facts.date);
        if facts.is_dated {
            own = own.max(facts.date);
        }
    }
    own.or(newest)
}

/// True when it takes the date of the speech to tell whether the finding counts.
pub(super) fn is_dated(hit: &Hit) -> bool {
    RULES[hit.rule as usize].is(Tag::Dated)
}

/// True unless the finding is of a name that was not out of date by `date`, the date of the speech, or of a
/// formulation that was another one by then.
pub(super) fn is_due(paragraph: &Paragraph, hit: &Hit, date: Option<Date>) -> bool {
    let is_due = || {
        let phrase_facts = paragraph.inner().phrase_facts.get()?.as_deref()?;
        let deviation = phrase_facts.reading.deviations.get(hit.evidence::<usize>())?;
        let dates = deviation.since.zip(date);
        Some(match deviation.kind {
            MisuseKind::Stale => dates.is_some_and(|(since, date)| since <= date),
            _ => dates.is_none_or(|(since, date)| since <= date),
        })
    };
    !is_dated(hit) || is_due().unwrap_or(false)
}
