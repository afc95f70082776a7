//! Whether the words of a table do what their sentences say: asked of the tables of the program by the tests, of
//! those of a user when they are read.

use std::sync::Arc;

use crate::analysis::{Analysis, Markup};
use crate::lexicon::own::{self, Entry, Fault, Words};
use crate::lexicon::{Class, Probe, Row};
use crate::locale::Locale;
use crate::paragraph::announcement::Sign;
use crate::paragraph::marker::{self, Doubt};
use crate::paragraph::{Announcement, Marker, evidence};
use crate::placeholder::{self, Place, Placeholder};
use crate::rules::{self, RULES};
use crate::settings::{Settings, Severity};
use crate::slogans::topics_in;
use crate::text::Flat;

/// True when the words of a class do their work in a sentence, whose paragraphs are parted by `¶`. The settings
/// may bring words.
pub fn holds(class: &Class, row: &Row, sentence: &str, settings: &Settings) -> bool {
    match class.probe {
        Probe::Blank(feature) => {
            let (wanted, feature) = feature.strip_prefix('!').map_or((true, feature), |feature| (false, feature));
            let has = |p: &Placeholder| feature == "*" || p.features.iter().any(|own| own.name() == feature);
            blanks(sentence, settings).iter().any(has) == wanted
        }
        Probe::Kind => {
            let named = |p: &Placeholder| row.value.is_empty() || p.category.names()[0] == row.value;
            blanks(sentence, settings).iter().any(named)
        }
        Probe::Reading => true,
        Probe::Rule(code) => finds(code, sentence, settings),
        Probe::Silence(code) => !finds(code, sentence, settings),
        Probe::Fact("topic") => own::with(settings.words.as_ref(), || !topics_in(sentence).is_empty()),
        Probe::Fact(name) => has_kind(name, sentence, settings),
        Probe::Sign(name) => has_count(name, sentence, settings),
        Probe::Ordinal(name) => has_ordinal(name, sentence, settings),
        Probe::Uncounted => !has_count("any", sentence, settings),
        Probe::Words => own::with(settings.words.as_ref(), || class.find(sentence).is_some()),
    }
}

/// What is read of blanks in a sentence.
pub fn blanks(sentence: &str, settings: &Settings) -> Vec<Placeholder> {
    own::with(settings.words.as_ref(), || placeholder::read(sentence, &Place::default()))
}

fn finds(code: &str, sentence: &str, settings: &Settings) -> bool {
    let Some(rule) = RULES.iter().find(|rule| rule.code == code) else { return false };
    let mut settings = settings.clone();
    if rule.severity.is_none() {
        settings.rules.insert(code.to_owned(), Some(Severity::Warning));
    }
    let settings = Arc::new(settings);
    let text = sentence.replace('¶', "\n");
    let lines = Flat::new(&text);
    let analysis = Analysis::new(&lines, Markup::Plain, &settings);
    rules::diagnostics(&analysis, &lines, &settings, Locale::Hans, usize::MAX)
        .iter()
        .any(|found| found.rule.code == code)
}

/// A sentence as a draft, its paragraphs parted by `¶`.
fn read(sentence: &str, settings: &Settings) -> Analysis {
    let text = sentence.replace('¶', "\n");
    Analysis::new(&Flat::new(&text), Markup::Plain, &Arc::new(settings.clone()))
}

/// True when one of the paragraphs is of this kind.
fn has_kind(name: &str, sentence: &str, settings: &Settings) -> bool {
    let analysis = read(sentence, settings);
    analysis.paragraphs().any(|(_, paragraph)| format!("{:?}", paragraph.structural.kind).to_lowercase() == name)
}

/// True when a count is announced that has this sign.
fn has_count(sign: &str, sentence: &str, settings: &Settings) -> bool {
    let analysis = read(sentence, settings);
    let has = |a: &Announcement| Sign::of_name(sign).is_none_or(|sign| a.signs.has(sign));
    analysis.paragraphs().any(|(_, paragraph)| paragraph.announcements().iter().any(has))
}

/// True when there is an ordinal of this family that nothing speaks against, or one with this evidence; for
/// `none` when there is no ordinal.
fn has_ordinal(name: &str, sentence: &str, settings: &Settings) -> bool {
    let analysis = read(sentence, settings);
    let mut markers = analysis.paragraphs().flat_map(|(_, p)| p.head().into_iter().chain(p.inline()));
    let plain = |m: &Marker| m.doubt.is_none_or(|doubt| doubt == Doubt::Last);
    let evidence = |m: &Marker| evidence::reasons(m, marker::Place::Head).iter().any(|(_, own, _)| *own == name);
    match name {
        "none" => markers.next().is_none(),
        _ => markers.any(|m| if m.family.name() == name { plain(m) } else { evidence(m) }),
    }
}

/// The words of these rows that do what their sentences say, and what is wrong with the others.
pub fn checked(entries: &[Entry]) -> (Words, Vec<Fault>) {
    let (mut words, mut faults) = (Words::default(), Vec::new());
    let with = |words: Words| Settings { words: Some(Arc::new(words)), ..Settings::default() };
    for entry in entries {
        let Entry { class, row, good, bad, line } = entry;
        let mut fault = |hans: String, english: String| faults.push(Fault { line: *line, hans, english });
        let mut alone = Words::default();
        alone.add(entry);
        let (here, without) = (with(alone.clone()), with(alone.without(entry)));
        let word = row.word;
        let is_dead = || match class.probe {
            Probe::Blank(_) | Probe::Kind | Probe::Reading => blanks(good, &here) == blanks(good, &without),
            _ => holds(class, row, good, &without),
        };
        if !holds(class, row, good, &here) {
            fault(format!("“{word}”在“{good}”里不起作用"), format!("‘{word}’ does nothing in ‘{good}’"));
        } else if holds(class, row, bad, &here) && class.probe != Probe::Reading {
            fault(format!("“{word}”在“{bad}”里也起作用"), format!("‘{word}’ does its work in ‘{bad}’ as well"));
        } else if is_dead() {
            fault(format!("没有“{word}”，“{good}”也是一样"), format!("‘{good}’ holds without ‘{word}’"));
        } else if !words.add(entry) {
            fault(format!("词太多，最多 {} 个", own::MOST), format!("there are more than {} words", own::MOST));
        }
    }
    (words, faults)
}
