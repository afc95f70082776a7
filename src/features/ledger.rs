//! 待核清单: what is to be filled in, and what is doubtful in figures, dates and names, each with the sentence that it
//! stands in and who is to see to it.

use rustc_hash::{FxHashMap, FxHashSet};

use super::laid_out::sentence_end;
use super::report::{self, Open};
use crate::analysis::Analysis;
use crate::locale::Locale;
use crate::placeholder::{Category, Form, is_request, names_unit, responsible};
use crate::rules::{Severity, diagnostics};
use crate::settings::Settings;
use crate::text::fold::fold;
use crate::text::{Lines, Point, Range, Span};

/// Something to be seen to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The rule that finds it; none for a blank.
    pub code: Option<&'static str>,
    /// What stands there, and what is said of it.
    pub what: String,
    pub message: String,
    /// All places are one fact.
    pub is_fact: bool,
    pub responsible: Option<String>,
    pub places: Vec<Spot>,
}

/// Where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    pub span: Span,
    pub section: String,
    pub sentence: String,
}

/// The rules whose findings are for somebody who knows the facts.
const DOUBTS: [&str; 11] = [
    "attachment-mismatch", "figure-mismatch", "impossible-date", "indicator-mismatch", "meeting-mismatch",
    "name-mismatch", "period-mismatch", "rate-mismatch", "roster-mismatch", "sum-mismatch", "year-mismatch",
];

/// What is not filled in, in text order, with the notes to units: also those that may stand in a finished draft, for who
/// is named there is to look at it.
pub fn open(analysis: &Analysis, lines: &dyn Lines) -> Vec<Open> {
    let blanks = analysis.blanks();
    report::open_where(analysis, lines, |p, line| {
        let names =
            || note_at(p.range.of(line)).and_then(who).is_some_and(|unit| fold(&unit).split('、').all(names_unit));
        blanks.is_open(p) || p.form == Form::Mark && names()
    })
}

/// All of a draft, in text order.
pub fn entries(analysis: &Analysis, lines: &dyn Lines, settings: &Settings, locale: Locale) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut known: FxHashMap<u64, usize> = FxHashMap::default();
    for open in open(analysis, lines) {
        let spot = spot(analysis, lines, open.span, open.section);
        let first = open.fact.map(|fact| *known.entry(fact).or_insert(entries.len()));
        if let Some(entry) = first.and_then(|first| entries.get_mut(first)) {
            entry.places.push(spot);
            continue;
        }
        let [hans, hant, english] = Category::names(open.category);
        let message = locale.pick(hans, hant, english).to_owned();
        let is_fact = open.fact.is_some();
        entries.push(Entry { code: None, what: open.unit, message, is_fact, responsible: None, places: vec![spot] });
    }
    for found in diagnostics(analysis, lines, settings, locale, usize::MAX) {
        if found.severity > Severity::Warning || !DOUBTS.contains(&found.rule.code) {
            continue;
        }
        let spans = std::iter::once(found.span).chain(found.related.iter().map(|related| related.span));
        let places = spans.map(|span| spot(analysis, lines, span, section(analysis, span.start.line)));
        let mut places: Vec<Spot> = places.collect();
        places.dedup_by(|b, a| a.span.start.line == b.span.start.line && a.sentence == b.sentence);
        let what = lines.text(found.span);
        let (code, message) = (Some(found.rule.code), found.message);
        entries.push(Entry { code, what, message, is_fact: false, responsible: None, places });
    }
    for entry in &mut entries {
        let own = entry.code.is_none().then(|| who(&entry.what)).flatten();
        let named = entry.places.iter().find_map(|place| asked(lines, place.span));
        entry.responsible = own.or(named);
    }
    entries.sort_by_key(|entry| entry.places[0].span.start);
    // A note right behind what is to be filled in is about that, and no matter by itself.
    let ends: FxHashSet<Point> = entries.iter().filter(|entry| entry.code.is_none()).map(end).collect();
    entries.retain(|entry| entry.code.is_some() || who(&entry.what).is_none() || !ends.contains(&start(entry)));
    entries
}

/// Where what is to be filled in begins and ends, with the words that give it a meaning.
fn start(entry: &Entry) -> Point {
    entry.places[0].span.start
}

fn end(entry: &Entry) -> Point {
    let start = start(entry);
    Point::new(start.line, start.byte + entry.what.len() as u32)
}

fn section(analysis: &Analysis, line: u32) -> String {
    let speech = analysis.speeches().take_while(|(base, _)| *base <= line as usize).last();
    speech.map_or(String::new(), |(base, speech)| report::section(speech, line as usize - base))
}

fn spot(analysis: &Analysis, lines: &dyn Lines, span: Span, section: String) -> Spot {
    let line = lines.line(span.start.line as usize);
    let range = sentence(&line, span.start);
    let sentence = match analysis.paragraph(span.start.line as usize) {
        Some(facts) => facts.text_of(&line, range).trim().to_owned(),
        None => range.of(&line).trim().to_owned(),
    };
    Spot { span, section, sentence }
}

/// The sentence around a place, with the note behind it.
fn sentence(line: &str, at: Point) -> Range {
    let mut start = 0;
    while let Some(end) = sentence_end(&line[start..]).map(|end| start + end) {
        let noted = end + note_at(&line[end..]).map_or(0, |note| note.len());
        if (at.byte as usize) < noted || noted == line.len() {
            return Range::new(start, noted);
        }
        start = noted;
    }
    Range::new(start, line.len())
}

/// The brackets that notes stand in.
const BRACKETS: [(char, char); 5] = [('【', '】'), ('（', '）'), ('[', ']'), ('〔', '〕'), ('(', ')')];

/// The note that `text` begins with.
fn note_at(text: &str) -> Option<&str> {
    let first = text.chars().next()?;
    let (_, close) = BRACKETS.iter().find(|(open, _)| *open == first)?;
    let end = text.find(*close)? + close.len_utf8();
    let note = &text[..end];
    (who(note).is_some() || is_request(&fold(inner(note)))).then_some(note)
}

/// Who is named in a note.
fn who(note: &str) -> Option<String> {
    let inner = inner(note);
    responsible(&fold(inner)).map(|range| range.of(inner).to_owned())
}

fn inner(note: &str) -> &str {
    note.trim_matches(|c| BRACKETS.iter().any(|(open, close)| c == *open || c == *close))
}

/// Who is asked in the sentence around a place: in the first note behind it, or else in the last one before it.
fn asked(lines: &dyn Lines, span: Span) -> Option<String> {
    let line = lines.line(span.start.line as usize);
    let range = sentence(&line, span.start);
    let text = range.of(&line);
    let at = (span.start.byte - range.start) as usize;
    let mut named = text.char_indices().filter_map(|(from, _)| Some((from, who(note_at(&text[from..])?)?)));
    let mut before = None;
    named
        .find_map(|(from, who)| {
            if from >= at {
                return Some(who);
            }
            before = Some(who);
            None
        })
        .or(before)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::markup::Markup;
    use crate::text::Flat;

    fn shown(text: &str) -> Vec<String> {
        let lines = Flat::new(text);
        let settings = Arc::new(Settings::default());
        let analysis = Analysis::new(&lines, Markup::Plain, &settings);
        let entries = entries(&analysis, &lines, &settings, Locale::Hans);
        let one = |entry: &Entry| {
            let who = entry.responsible.as_deref().unwrap_or("-");
            format!("{} {who} {}处 {}", entry.what, entry.places.len(), entry.places[0].sentence)
        };
        entries.iter().map(one).collect()
    }

    #[test]
    fn a_fact_is_one_entry_with_who_is_to_see_to_it() {
        let text = "同志们：\n　　去年完成投资320.5亿元【待统计局核】，增长X%。工业占XX亿元（请县工信局补充）。XX区要带头，XX区要实干。\n　　新增就业3万人，其中城镇1万人、农村1万人。【人社局核实】各地要抓好。\n";
        assert_eq!(
            shown(text),
            [
                "【待统计局核】 统计局 1处 去年完成投资320.5亿元【待统计局核】，增长X%。",
                "X% 统计局 1处 去年完成投资320.5亿元【待统计局核】，增长X%。",
                "XX亿元 县工信局 1处 工业占XX亿元（请县工信局补充）。",
                "XX区 - 2处 XX区要带头，XX区要实干。",
                "3万人，其中城镇1万人、农村1万人 人社局 1处 新增就业3万人，其中城镇1万人、农村1万人。【人社局核实】",
                "【人社局核实】 人社局 1处 新增就业3万人，其中城镇1万人、农村1万人。【人社局核实】",
            ]
        );
    }

    #[test]
    fn what_is_no_note_asks_nobody() {
        let text = "同志们：\n　　县发展和改革局（以下简称发改局）去年完成投资X亿元（县委研究同意）。\n";
        assert_eq!(shown(text), ["X亿元 - 1处 县发展和改革局（以下简称发改局）去年完成投资X亿元（县委研究同意）。"]);
    }
}
