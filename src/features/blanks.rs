//! Placeholders as things with a name: where one is used, filling it in, and the next one.
//!
//! A blank is filled in as the *phrase* that it stands in: `XX区` as a whole, `X` of `X亿元`. Blanks with the
//! same phrase are one fact where the phrase says which: `XX区`, `【单位名称】`. Each number, date and person
//! is a fact of its own, and so is a bare mark, however alike they are written.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::Analysis;
use crate::features::completion::Candidate;
use crate::lexicon::PERSON;
use crate::locale::Locale;
use crate::paragraph::Paragraph;
use crate::placeholder::{Category, Form, Placeholder};
use crate::settings::Settings;
use crate::text::chars::{is_boundary, is_han, simplified};
use crate::text::fold::fold;
use crate::text::{Edit, Lines, Point, Range, Span};

/// A placeholder, and all places that stand for the same fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blank {
    /// The phrase: `XX区`, `X亿元`.
    pub unit: String,
    /// What is replaced when it is filled in here: the phrase of a name, else the marks.
    pub span: Span,
    /// The same for each use, this one included, in text order.
    pub uses: Vec<Span>,
    /// It stands for a name that is one and the same all over the draft.
    pub is_name: bool,
}

/// The placeholder at `at`.
pub fn blank_at(analysis: &Analysis, lines: &dyn Lines, at: Point) -> Option<Blank> {
    if !analysis.is_chinese() {
        return None;
    }
    let paragraph = analysis.paragraph(at.line as usize)?;
    let text = lines.line(at.line as usize);
    let blanks = analysis.blanks();
    let found = placeholder_at(analysis, paragraph, &text, at.byte)?;
    let whole = phrase(found, &text);
    let unit = whole.of(&text);
    let span = Span::in_line(at.line, named(found, &text));
    let is_name = is_fact(found, &text);
    let mut uses = vec![span];
    if is_name {
        uses.clear();
        for (n, paragraph) in analysis.paragraphs().filter(|(_, p)| !p.placeholders.is_empty()) {
            let text = lines.line(n);
            let same =
                |p: &&Placeholder| phrase(p, &text).of(&text) == unit && is_fact(p, &text) && blanks.is_reported(p);
            uses.extend(paragraph.placeholders.iter().filter(same).map(|p| Span::in_line(n as u32, named(p, &text))));
        }
    }
    Some(Blank { unit: unit.to_owned(), span, uses, is_name })
}

/// Words that go on with the name of a place in front of them, and make it another one: 区 and 区委.
const GO_ON: [char; 2] = ['委', '府'];

/// X总: a surname with its title, where 总 begins no word.
fn titled(found: &Placeholder, line: &str) -> Option<Range> {
    let tail = line.get(found.range.end as usize..).filter(|_| found.unit == found.range)?;
    let word: String = tail.chars().map(simplified).take(2).collect();
    let is_title = word.starts_with('总') && !crate::lexicon::dictionary::is_word(&word);
    let end = found.range.end + '总'.len_utf8() as u32;
    is_title.then_some(Range { end, ..found.range })
}

/// The words that the blank stands in.
fn phrase(found: &Placeholder, line: &str) -> Range {
    if let Some(titled) = titled(found, line) {
        return titled;
    }
    let unit = found.unit;
    let tail = line.get(unit.end as usize..).and_then(|rest| rest.chars().next());
    let goes_on = found.category == Category::Place && unit.end > found.range.end;
    match tail.filter(|c| goes_on && GO_ON.contains(c)) {
        Some(c) => Range { start: unit.start, end: unit.end + c.len_utf8() as u32 },
        None => unit,
    }
}

/// What is replaced when a placeholder is filled in: the phrase of a name, else the marks.
fn named(found: &Placeholder, line: &str) -> Range {
    use Category::{Meeting, Name, Organisation, Person, Place};
    match found.category {
        _ if titled(found, line).is_some() => phrase(found, line),
        Person | Place | Organisation | Name | Meeting => phrase(found, line),
        _ => found.range,
    }
}

/// What `text` takes the place of: the title of a person stays, unless there is one in `text`.
fn replaced(found: &Placeholder, line: &str, text: &str) -> Range {
    let is_titled = titled(found, line).is_some() || PERSON.word_ending(text, text.len()).is_some();
    if found.category == Category::Person && !is_titled { found.range } else { phrase(found, line) }
}

/// What is typed over when the writer goes from blank to blank: a person keeps the title.
pub(super) fn selected(found: &Placeholder, line: &str) -> Range {
    if found.category == Category::Person { found.range } else { named(found, line) }
}

/// Whether all blanks with the same phrase stand for one fact.
fn is_fact(found: &Placeholder, line: &str) -> bool {
    let whole = phrase(found, line);
    let says_which = if is_field(found.range.of(line)) {
        use Category::{Date, Percentage, Quantity, Rank, Session};
        !matches!(found.category, Quantity | Percentage | Rank | Date | Session) && !asks(found.range.of(line))
    } else {
        use Category::{Meeting, Name, Organisation, Place};
        let is_name = matches!(found.category, Place | Organisation | Name | Meeting);
        is_name && whole.len() > found.range.len() && titled(found, line).is_none()
    };
    found.form == Form::Mark && says_which && !is_one_of_several(line, whole)
}

/// Whether the blank is a bracket with the name of a fact in it.
fn is_field(marks: &str) -> bool {
    let opens = marks.starts_with(['【', '［', '[', '{', '<', '〔', '（', '(', '«', '$']);
    opens && marks.chars().any(|c| is_han(c) && c != '某' || c.is_ascii_alphabetic() && !matches!(c, 'X' | 'x'))
}

/// Whether the words in a bracket ask for text rather than name a fact: 【待补】, `[写明时间]`.
fn asks(field: &str) -> bool {
    fold(field).contains(['待', '请', '此', '补', '填', '写', '略'])
}

/// Whether another blank of the same enumeration has the same phrase: 走访XX镇、XX镇. In 关心X区、热爱X区 it is
/// one district.
fn is_one_of_several(line: &str, whole: Range) -> bool {
    let ends = |c: char| is_boundary(c) && c != '、';
    let (start, end) = (whole.start as usize, whole.end as usize);
    let Some((head, tail)) = line.get(..start).zip(line.get(end..)) else { return false };
    let from = head.char_indices().rev().find(|(_, c)| ends(*c)).map_or(0, |(i, c)| i + c.len_utf8());
    let to = tail.find(ends).map_or(line.len(), |i| end + i);
    let (list, words) = (&line[from..to], whole.of(line));
    let mut behind_first = list.match_indices(words).skip(1);
    behind_first.any(|(at, _)| list[..at].ends_with('、'))
}

/// The names that are not filled in yet, each as it goes into `[facts]`; some more than once.
pub fn names(analysis: &Analysis, lines: &dyn Lines) -> Vec<String> {
    let mut names = Vec::new();
    let blanks = analysis.blanks();
    for (n, paragraph) in analysis.paragraphs().filter(|(_, p)| analysis.is_chinese() && !p.placeholders.is_empty()) {
        let text = lines.line(n);
        let open = paragraph.placeholders.iter().filter(|p| is_fact(p, &text) && blanks.is_reported(p));
        names.extend(open.map(|p| phrase(p, &text).of(&text).to_owned()));
    }
    names
}

/// The placeholder around `byte`, or else the one that ends there.
fn placeholder_at<'a>(analysis: &Analysis, paragraph: &'a Paragraph, line: &str, byte: u32) -> Option<&'a Placeholder> {
    let blanks = analysis.blanks();
    let counts = |p: &&Placeholder| p.form == Form::Mark && blanks.is_reported(p);
    let all = || paragraph.placeholders.iter().filter(counts);
    let around = |range: Range| range.start <= byte && byte < range.end;
    all()
        .find(|p| around(p.range))
        .or_else(|| all().find(|p| around(phrase(p, line))))
        .or_else(|| all().find(|p| p.range.end == byte || phrase(p, line).end == byte))
}

/// Why nothing can be renamed where no placeholder stands.
pub fn refusal(locale: Locale) -> &'static str {
    locale.pick(
        "这里不是占位符，不能重命名。请把光标放在 XX区、某某局 这样的占位符或者“以下简称”的简称上。",
        "這裡不是佔位符，不能重新命名。請把游標放在 XX區、某某局 這樣的佔位符或者“以下簡稱”的簡稱上。",
        "This is no placeholder. Only placeholders such as XX区 and short names that the draft defines can be renamed.",
    )
}

/// Why `text` cannot be filled in; `None` when it can.
pub fn refusal_of(text: &str, locale: Locale) -> Option<&'static str> {
    let said = if text.trim().is_empty() {
        locale.pick("要填入的文字不能是空的。", "要填入的文字不能是空的。", "There is nothing to fill in.")
    } else if text.contains(['\n', '\r']) {
        locale.pick("要填入的文字只能是一行。", "要填入的文字只能是一行。", "What is filled in must be one line.")
    } else {
        return None;
    };
    Some(said)
}

/// The first certain placeholder behind `at`; behind the last one, the first of the draft.
pub fn next_blank(analysis: &Analysis, lines: &dyn Lines, at: Point) -> Option<Span> {
    if !analysis.is_chinese() || analysis.blanks().certain_count() == 0 {
        return None;
    }
    let mut first = None;
    let blanks = analysis.blanks();
    for (base, speech) in analysis.speeches() {
        for (n, paragraph) in speech.lines.iter().enumerate().filter(|(_, p)| !p.placeholders.is_empty()) {
            if speech.outline.parts.is_boilerplate(n as u32) {
                continue;
            }
            let open = |p: &&Placeholder| blanks.is_open(p);
            let text = lines.line(base + n);
            let line = (base + n) as u32;
            for span in paragraph.placeholders.iter().filter(open).map(|p| Span::in_line(line, selected(p, &text))) {
                if span.start > at {
                    return Some(span);
                }
                first.get_or_insert(span);
            }
        }
    }
    first
}

/// How to call filling in `blank`, of which the writer is asked.
pub fn title(blank: &Blank, locale: Locale) -> String {
    let (unit, count) = (&blank.unit, blank.uses.len());
    if count > 1 {
        return locale.pick(
            format!("填写“{unit}”（全文 {count} 处）…"),
            format!("填寫“{unit}”（全文 {count} 處）…"),
            format!("Fill in ‘{unit}’ ({count} places)…"),
        );
    }
    locale.pick(format!("填写“{unit}”…"), format!("填寫“{unit}”…"), format!("Fill in ‘{unit}’…"))
}

/// A fact of the settings that can be filled in.
#[derive(Clone, Debug)]
pub struct Fill {
    pub title: String,
    pub edits: Vec<Edit>,
    /// In the whole draft rather than here.
    pub everywhere: bool,
}

/// What the settings know of the placeholder at `at`: 填入此处, and 填入全文 for a name with several uses.
pub fn fills(analysis: &Analysis, lines: &dyn Lines, settings: &Settings, locale: Locale, at: Point) -> Vec<Fill> {
    let Some((blank, fact)) = known(analysis, lines, settings, at) else {
        return Vec::new();
    };
    let mut fills = Vec::new();
    let count = blank.uses.len();
    if count > 1 {
        let title = locale.pick(
            format!("填入全文 {count} 处：{} → {fact}", blank.unit),
            format!("填入全文 {count} 處：{} → {fact}", blank.unit),
            format!("Fill in all {count} places: {} → {fact}", blank.unit),
        );
        fills.push(Fill { title, edits: filled_units(analysis, lines, &blank, &fact), everywhere: true });
    }
    let title = locale.pick(
        format!("填入此处：{} → {fact}", blank.unit),
        format!("填入此處：{} → {fact}", blank.unit),
        format!("Fill in here: {} → {fact}", blank.unit),
    );
    let here = Blank { uses: vec![blank.span], ..blank };
    fills.push(Fill { title, edits: filled_units(analysis, lines, &here, &fact), everywhere: false });
    fills
}

/// The edits that fill `facts` in all over the draft: a name wherever it is the same fact, another blank where its
/// phrase stands once. With the facts that found no place.
pub fn filled<'f>(
    analysis: &Analysis,
    lines: &dyn Lines,
    facts: &'f BTreeMap<String, String>,
) -> (Vec<Edit>, Vec<&'f str>) {
    let mut edits: Vec<Edit> = Vec::new();
    let mut single: BTreeMap<&str, Vec<Edit>> = BTreeMap::new();
    let blanks = analysis.blanks();
    let mut unused: BTreeSet<&str> = facts.keys().map(String::as_str).collect();
    for (n, paragraph) in analysis.paragraphs().filter(|(_, p)| analysis.is_chinese() && !p.placeholders.is_empty()) {
        let text = lines.line(n);
        // A bracket that is asked for by its name is one, whatever is thought of it.
        let counts = |p: &&Placeholder| p.form == Form::Mark && (blanks.is_reported(p) || is_field(p.range.of(&text)));
        for found in paragraph.placeholders.iter().filter(counts) {
            let whole = phrase(found, &text);
            let Some((unit, fact)) = facts.get_key_value(whole.of(&text)) else { continue };
            let edit = Edit::new(Span::in_line(n as u32, replaced(found, &text, fact)), fact.as_str());
            match is_fact(found, &text) {
                true => {
                    unused.remove(unit.as_str());
                    edits.push(edit);
                }
                false => single.entry(unit).or_default().push(edit),
            }
        }
    }
    for (unit, mut places) in single {
        if let (Some(place), true) = (places.pop(), places.is_empty()) {
            unused.remove(unit);
            edits.push(place);
        }
    }
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    edits.dedup_by(|b, a| a.span.overlaps(b.span));
    (edits, unused.into_iter().collect())
}

/// What the settings know of the placeholder that the cursor is in.
pub fn complete_fact(analysis: &Analysis, lines: &dyn Lines, settings: &Settings, at: Point) -> Vec<Candidate> {
    let Some((blank, fact)) = known(analysis, lines, settings, at) else {
        return Vec::new();
    };
    let span = unit_span(analysis, lines, blank.span);
    vec![Candidate { label: fact.clone(), detail: blank.unit.clone(), text: fact, span, filter: blank.unit }]
}

fn known(analysis: &Analysis, lines: &dyn Lines, settings: &Settings, at: Point) -> Option<(Blank, String)> {
    if settings.facts.is_empty() {
        return None;
    }
    let blank = blank_at(analysis, lines, at)?;
    let fact = settings.facts.get(&blank.unit)?.clone();
    Some((blank, fact))
}

/// A fact stands for the whole phrase, also where only the marks would be renamed.
fn filled_units(analysis: &Analysis, lines: &dyn Lines, blank: &Blank, fact: &str) -> Vec<Edit> {
    let place = |span| place_of(analysis, lines, span, |found, line| replaced(found, line, fact));
    blank.uses.iter().map(|&span| Edit::new(place(span), fact)).collect()
}

/// The change that puts `text` in the place of what has a name.
pub(super) fn renamed(analysis: &Analysis, lines: &dyn Lines, span: Span, text: &str) -> Edit {
    let is_person = |found: &Placeholder| found.category == Category::Person;
    let place = |found: &Placeholder, line: &str| {
        if is_person(found) { replaced(found, line, text) } else { named(found, line) }
    };
    Edit::new(place_of(analysis, lines, span, place), text)
}

fn unit_span(analysis: &Analysis, lines: &dyn Lines, span: Span) -> Span {
    place_of(analysis, lines, span, phrase)
}

/// What `range` says of the placeholder that is named at `span`.
fn place_of(analysis: &Analysis, lines: &dyn Lines, span: Span, range: impl Fn(&Placeholder, &str) -> Range) -> Span {
    let line = span.start.line;
    let text = lines.line(line as usize);
    let here = |p: &&Placeholder| Span::in_line(line, named(p, &text)) == span;
    let found = analysis.paragraph(line as usize).and_then(|p| p.placeholders.iter().find(here));
    found.map_or(span, |p| Span::in_line(line, range(p, &text)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Markup;
    use crate::text::Flat;
    use std::sync::Arc;

    /// The draft with the blank at the first `at` filled in, as a rename does.
    fn filled(draft: &str, at: &str, text: &str) -> String {
        let lines = Flat::new(draft);
        let settings = Arc::new(Settings::default());
        let analysis = Analysis::new(&lines, Markup::Plain, &settings);
        let byte = draft.find(at).unwrap();
        let blank = blank_at(&analysis, &lines, Point::new(0, byte as u32)).unwrap();
        let edits: Vec<_> = blank.uses.iter().map(|&span| renamed(&analysis, &lines, span, text)).collect();
        crate::text::apply(draft, &edits)
    }

    #[test]
    fn one_fact_is_filled_in_everywhere() {
        for (draft, at, text, expected) in [
            ("XX区要带头，XX区要实干。", "XX", "东湖区", "东湖区要带头，东湖区要实干。"),
            ("关心XX区、热爱XX区。", "XX", "东湖区", "关心东湖区、热爱东湖区。"),
            ("【单位名称】要带头，【单位名称】要实干。", "【", "教育局", "教育局要带头，教育局要实干。"),
        ] {
            assert_eq!(filled(draft, at, text), expected);
        }
    }

    #[test]
    fn facts_are_filled_in_all_over_the_draft() {
        let facts = [("XX区", "东湖区"), ("X亿元", "5亿元"), ("X%", "8%"), ("XX县", "甲县")];
        let facts = facts.map(|(unit, fact)| (unit.to_owned(), fact.to_owned())).into();
        let draft = "XX区要带头。\n完成投资X亿元，请XX区实干。\n甲增长X%，乙增长X%。\n";
        let lines = Flat::new(draft);
        let settings = Arc::new(Settings::default());
        let analysis = Analysis::new(&lines, Markup::Plain, &settings);
        let (edits, unused) = super::filled(&analysis, &lines, &facts);
        let expected = "东湖区要带头。\n完成投资5亿元，请东湖区实干。\n甲增长X%，乙增长X%。\n";
        assert_eq!(crate::text::apply(draft, &edits), expected);
        assert_eq!(unused, ["X%", "XX县"]);
        let facts = [("【县名】".to_owned(), "青石县".to_owned())].into();
        let lines = Flat::new("【县名】要带头，请【县名】的同志发言，【县名】要负责。\n【县名】，很好。\n");
        let analysis = Analysis::new(&lines, Markup::Plain, &settings);
        let (edits, unused) = super::filled(&analysis, &lines, &facts);
        assert_eq!((edits.len(), unused.len()), (4, 0));
    }

    #[test]
    fn different_facts_are_filled_in_one_by_one() {
        for (draft, at, text, expected) in [
            ("由XX牵头，XX配合。", "XX", "东湖区", "由东湖区牵头，XX配合。"),
            ("XX作了发言，XX作了书面交流。", "XX", "张三", "张三作了发言，XX作了书面交流。"),
            ("走访了XX镇、XX镇、XX局。", "XX镇", "青石镇", "走访了青石镇、XX镇、XX局。"),
            ("请某某同志讲话，XX县长主持。", "某某", "李卫国", "请李卫国同志讲话，XX县长主持。"),
            ("请某某同志讲话，XX县长主持。", "XX", "李卫国副县长", "请某某同志讲话，李卫国副县长主持。"),
            ("X总在会上强调，X总还要求加快建设。", "X", "张总", "张总在会上强调，X总还要求加快建设。"),
            ("XX区委要求，XX区要带头。", "XX区委", "东湖", "东湖要求，XX区要带头。"),
            ("XX区委要求，XX区要带头。", "XX区要", "东湖区", "XX区委要求，东湖区要带头。"),
            ("完成投资X亿元，增长X亿元。", "X", "5", "完成投资5亿元，增长X亿元。"),
            ("一是【待补】。二是【待补】。", "【", "抓落实", "一是抓落实。二是【待补】。"),
        ] {
            assert_eq!(filled(draft, at, text), expected);
        }
    }
}
