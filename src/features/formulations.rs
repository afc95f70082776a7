//! Formulations (提法): completion at a place in the draft, and what there is to say about one.

use std::sync::Arc;

use super::completion::is_in_code;
use super::markdown::escaped;
use crate::analysis::{Analysis, Speech};
use crate::locale::Locale;
use crate::outline::NodeKind;
use crate::paragraph::{self, Paragraph};
use crate::rules::phrase_facts;
use crate::settings::{Formulations, Settings};
use crate::slogans::{self, CompletionQuery, Elsewhere, Entry, Kind, Met, Position, Script, Text, Use, Why};
use crate::text::position::floor;
use crate::text::{Lines, Point, Range, Span};

/// A formulation that can be inserted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What the list shows.
    pub label: String,
    /// Why it is offered.
    pub why: Why,
    /// A short remark: its members, or what took its place.
    pub detail: String,
    /// Replaces the text of `span`; slots in it as `〔…〕`.
    pub text: String,
    /// The same as a snippet, when there is something to fill in.
    pub snippet: Option<String>,
    /// Ends at the cursor.
    pub span: Span,
    /// What stands in the draft in `span`.
    pub filter: String,
    /// Sorts as the candidates are ranked.
    pub sort: String,
    /// Something took its place.
    pub deprecated: bool,
    pub kind: Kind,
    /// The entry, for [`explanation`].
    pub id: String,
}

/// Paragraphs with which a speech opens, and with which it closes.
const OPENING: usize = 4;
const CLOSING: usize = 2;
/// A longer paragraph, in bytes, is not read for what has been used before.
const LONG: usize = 1 << 16;
/// How many other places are named.
const PLACES: usize = 6;

/// The formulations that the text before `at` may become, best first. `asked`: the writer asked at a
/// place where nothing is typed yet, and is offered those on the topic of the section. `elsewhere`:
/// what the other drafts of the writer say.
pub fn complete(
    analysis: &Analysis,
    lines: &dyn Lines,
    settings: &Settings,
    at: Point,
    asked: bool,
    elsewhere: Elsewhere,
) -> Vec<Candidate> {
    let Some(place) = Place::new(analysis, lines, at) else { return Vec::new() };
    if settings.formulations.complete == Some(false) || place.is_unread() {
        return Vec::new();
    }
    let (before, after) = place.text.split_at_checked(place.cursor).unwrap_or((&place.text, ""));
    if is_in_url(before) || analysis.options().markdown && is_in_code_span(before) {
        return Vec::new();
    }
    let is_blank = before.chars().next_back().is_none_or(char::is_whitespace);
    // Most of what is typed starts nothing: what it costs to know the draft comes after that.
    let mut query = CompletionQuery {
        explicit: asked && is_blank,
        minimum_han: settings.formulations.minimum_han.unwrap_or(Formulations::MINIMUM_HAN) as usize,
        script: if analysis.is_traditional() { Script::Traditional } else { Script::Simplified },
        ..CompletionQuery::new(before, after)
    };
    let topics = place.topics(lines);
    query.topics = &topics;
    query.position = place.position();
    let catalogue = settings.formulations.catalogue();
    if catalogue.complete(&query).is_empty() {
        return Vec::new();
    }
    let used = place.used(lines, settings);
    query.used = &used;
    query.elsewhere = elsewhere;
    let found = catalogue.complete(&query).into_iter().filter_map(|found| {
        Some(Candidate {
            kind: catalogue.entry(found.number)?.kind,
            id: found.entry_id.to_owned(),
            label: found.label,
            why: found.why,
            detail: found.detail,
            text: found.insert,
            snippet: found.snippet,
            span: Span::in_line(at.line, found.range),
            filter: found.filter,
            sort: found.sort,
            deprecated: found.deprecated,
        })
    });
    found.collect()
}

/// Why a formulation is offered, in a few words.
pub fn why(why: Why, locale: Locale) -> String {
    let met = match why.met {
        Met::Start | Met::Middle => locale.pick("接着写", "接著寫", "goes on"),
        Met::Member => locale.pick("其中一项", "其中一項", "a member of it"),
        Met::Letters => locale.pick("按拼音", "按拼音", "by pinyin"),
        Met::Nothing => "",
    };
    let on_topic = if why.on_topic { locale.pick("本节主题", "本節主題", "topic of the section") } else { "" };
    let used = if why.used { locale.pick("稿中用过", "稿中用過", "used before") } else { "" };
    let words: Vec<&str> = [met, on_topic, used].into_iter().filter(|word| !word.is_empty()).collect();
    words.join(locale.pick("，", "，", ", "))
}

/// Where the cursor is.
struct Place<'a> {
    analysis: &'a Analysis,
    /// The number of the first line of the speech, and the cursor's from there.
    base: usize,
    line: usize,
    speech: &'a Arc<Speech>,
    text: std::borrow::Cow<'a, str>,
    cursor: usize,
}

impl<'a> Place<'a> {
    fn new(analysis: &'a Analysis, lines: &'a dyn Lines, at: Point) -> Option<Self> {
        let (index, base) = analysis.speech_at(at.line as usize)?;
        let (_, speech) = analysis.speeches().nth(index)?;
        let text = lines.line(at.line as usize);
        let cursor = floor(&text, at.byte as usize);
        Some(Self { analysis, base, line: at.line as usize - base, speech, text, cursor })
    }

    /// True where no prose is written: code, front matter, tables, boilerplate of a site.
    fn is_unread(&self) -> bool {
        let kind = self.speech.lines.get(self.line).map(|p| p.structural.kind);
        // Letters that are being typed are on the way to be Chinese.
        let typed = self.text.get(..self.cursor).unwrap_or("").bytes().rev().take_while(u8::is_ascii_alphabetic);
        let totals = self.analysis.totals();
        totals.spoken * 2 <= totals.letters.saturating_sub(typed.count() as u32)
            || matches!(kind, None | Some(paragraph::Kind::Skipped | paragraph::Kind::Aside | paragraph::Kind::Fence))
            || self.speech.outline.parts.is_boilerplate(self.line as u32)
            || is_in_code(self.analysis, self.base + self.line)
    }

    /// What the section is about: by its heading, or else by that of the section around it.
    fn topics(&self, lines: &dyn Lines) -> Vec<&'static str> {
        let nodes = &self.speech.outline.nodes;
        let before = nodes.partition_point(|node| node.line as usize <= self.line);
        let mut at = nodes.iter().take(before).rposition(|node| node.kind == NodeKind::Section);
        while let Some(node) = at.and_then(|n| nodes.get(n)) {
            let line = lines.line(self.base + node.line as usize);
            let title = self.speech.lines[node.line as usize].text_of(&line, node.title);
            let topics = slogans::topics_in(&title);
            if !topics.is_empty() {
                return topics;
            }
            at = node.parent.map(|parent| parent as usize);
        }
        let titles = self.speech.outline.parts.title.iter().filter(|line| (**line as usize) < self.line);
        let mut topics: Vec<_> =
            titles.flat_map(|line| slogans::topics_in(&lines.line(self.base + *line as usize))).collect();
        topics.dedup();
        topics
    }

    /// The numbers of the entries that stand in the speech.
    fn used(&self, lines: &dyn Lines, settings: &Settings) -> Vec<u32> {
        let mut used: Vec<u32> = Vec::new();
        for (n, paragraph) in self.speech.lines.iter().enumerate().filter(|(_, p)| p.is_read()) {
            used.extend(uses(paragraph, self.base + n, lines, settings).map(|u| u.entry));
        }
        used.sort_unstable();
        used.dedup();
        used
    }

    /// Whether only the title stands above, and on the line nothing that goes on behind the cursor.
    fn is_for_the_salutation(&self) -> bool {
        let parts = &self.speech.outline.parts;
        let is_named = |line: usize| parts.title.iter().chain(&parts.subtitle).any(|title| *title as usize == line);
        let above = self.speech.lines.iter().enumerate().take(self.line).filter(|(_, p)| p.is_read());
        let rest = self.text.get(self.cursor..).unwrap_or("");
        let is_here = parts.salutation.is_none_or(|line| line as usize == self.line);
        let mut above = above.map(|(n, _)| is_named(n)).peekable();
        is_here && rest.trim().is_empty() && above.peek().is_some() && above.all(|named| named)
    }

    fn position(&self) -> Position {
        let lines = &self.speech.lines;
        let nodes = &self.speech.outline.nodes;
        let mut sections = nodes.iter().filter(|node| node.kind == NodeKind::Section && node.list.is_some());
        let is_read = |p: &&Arc<Paragraph>| p.is_read();
        if self.is_for_the_salutation() {
            return Position::Salutation;
        }
        if sections.clone().all(|node| node.line as usize > self.line) {
            let start = self.speech.outline.parts.salutation.map_or(0, |line| line as usize + 1);
            let before = lines.iter().take(self.line).skip(start).filter(is_read).count();
            return if before < OPENING { Position::Opening } else { Position::Body };
        }
        let rest = lines.iter().skip(self.line + 1).filter(is_read).take(CLOSING + 1).count();
        let is_last = sections.all(|node| (node.line as usize) < self.line);
        if is_last && rest <= CLOSING { Position::Closing } else { Position::Body }
    }
}

/// What the catalogue says of line `n`; nothing of a line that takes too long.
fn read<'p>(
    paragraph: &'p Paragraph,
    n: usize,
    lines: &dyn Lines,
    settings: &Settings,
) -> Option<&'p paragraph::PhraseFacts> {
    let inner = paragraph.inner();
    if let Some(known) = inner.phrase_facts.get() {
        return known.as_deref();
    }
    let line = lines.line(n);
    let text = paragraph.reading(&line).0;
    if text.len() > LONG { None } else { phrase_facts(text, inner, settings) }
}

/// True inside a URL or an e-mail address: what stands before the cursor without a space or a mark of
/// Chinese text between.
fn is_in_url(before: &str) -> bool {
    let ends = |c: char| c.is_whitespace() || "，。；：、！？“”‘’（）《》「」".contains(c);
    let word = before.rsplit(ends).next().unwrap_or(before);
    let tail = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let is_ordinal = tail.strip_suffix('.').is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()));
    let in_word = tail.ends_with(|c: char| c.is_ascii_digit() || "./:@_#=&%\\-~".contains(c));
    word.contains("://") || word.contains("www.") || tail.len() < word.len() && in_word && !is_ordinal
}

/// True between two backticks.
fn is_in_code_span(before: &str) -> bool {
    before.matches('`').count() % 2 == 1
}

/// The formulation at `at`: its place in the line, and what there is to say about it.
pub fn at(
    analysis: &Analysis,
    lines: &dyn Lines,
    settings: &Settings,
    locale: Locale,
    at: Point,
) -> Option<(Range, String)> {
    let (range, entry) = explained_at(analysis, lines, settings, at)?;
    let places = places(analysis, lines, settings, entry);
    let mut others: Vec<u32> = places.iter().map(|span| span.start.line + 1).filter(|n| *n != at.line + 1).collect();
    others.dedup();
    let same = settings.formulations.catalogue().entries().filter(|other| other.text == entry.text);
    let mut blocks: Vec<String> = same.map(|entry| explained(entry, locale, true)).collect();
    let total = places.len();
    if total > 1 {
        let lines = others.iter().take(PLACES).map(ToString::to_string).collect::<Vec<_>>();
        let more = if others.len() > PLACES { "……" } else { "" };
        let (hans, english) = (lines.join("、") + more, lines.join(", ") + more);
        blocks.push(if others.is_empty() {
            locale.pick(format!("全文 {total} 处"), format!("全文 {total} 處"), format!("{total} times in the draft"))
        } else {
            locale.pick(
                format!("全文 {total} 处，另见第 {hans} 行"),
                format!("全文 {total} 處，另見第 {hans} 行"),
                format!("{total} times in the draft, also on line {english}"),
            )
        });
    }
    Some((range, blocks.join("\n\n")))
}

/// All places in the draft of the formulation at `at`, in text order.
pub fn places_at(analysis: &Analysis, lines: &dyn Lines, settings: &Settings, at: Point) -> Option<Vec<Span>> {
    let (_, entry) = explained_at(analysis, lines, settings, at)?;
    Some(places(analysis, lines, settings, entry)).filter(|places| !places.is_empty())
}

/// The formulation at `at` that there is something to say about, and its place in the line.
fn explained_at<'s>(
    analysis: &Analysis,
    lines: &dyn Lines,
    settings: &'s Settings,
    at: Point,
) -> Option<(Range, &'s Entry)> {
    let place = Place::new(analysis, lines, at)?;
    let paragraph = place.speech.lines.get(place.line).filter(|p| p.is_read())?;
    // Only where there is one: most places have none, and the line need not be read again.
    if place.is_unread() || read(paragraph, at.line as usize, lines, settings)?.reading.uses.is_empty() {
        return None;
    }
    let (text, _) = paragraph.reading(&place.text);
    let cursor = paragraph.of_line(Range::new(0, place.cursor)).end as usize;
    let (range, entry) = settings.formulations.catalogue().explain(text, cursor)?;
    has_explanation(entry).then(|| (paragraph.to_line(range), entry))
}

/// False of a set phrase: there is nothing to say about it.
fn has_explanation(entry: &Entry) -> bool {
    !matches!(entry.kind, Kind::Opening | Kind::Transition | Kind::Closing | Kind::Phrase) || entry.is_superseded()
}

fn places(analysis: &Analysis, lines: &dyn Lines, settings: &Settings, entry: &Entry) -> Vec<Span> {
    let mut places = Vec::new();
    for (n, paragraph) in analysis.paragraphs().filter(|(_, p)| p.is_read()) {
        let uses = uses(paragraph, n, lines, settings).filter(|u| u.entry == entry.number());
        places.extend(uses.map(|u| Span::in_line(n as u32, u.range)));
    }
    places
}

/// The formulations in line `n`.
fn uses(paragraph: &Paragraph, n: usize, lines: &dyn Lines, settings: &Settings) -> impl Iterator<Item = Use> {
    let uses: &[Use] = read(paragraph, n, lines, settings).map_or(&[], |found| &found.reading.uses);
    uses.iter().map(|found| Use { range: paragraph.to_line(found.range), ..*found })
}

/// Where in line `n` something stands that there is something to say about.
pub(super) fn told_in(
    paragraph: &Paragraph,
    n: usize,
    lines: &dyn Lines,
    settings: &Settings,
) -> impl Iterator<Item = Range> {
    let catalogue = settings.formulations.catalogue();
    let uses = uses(paragraph, n, lines, settings);
    uses.filter(|u| catalogue.entry(u.entry).is_some_and(has_explanation)).map(|u| u.range)
}

/// The texts of the catalogue that stand in the draft, each once.
pub fn texts_in(analysis: &Analysis, lines: &dyn Lines, settings: &Settings) -> Vec<Text> {
    if !analysis.is_chinese() {
        return Vec::new();
    }
    let read = analysis.paragraphs().filter(|(_, p)| p.is_read());
    let mut used: Vec<u32> = read.flat_map(|(n, p)| uses(p, n, lines, settings)).map(|u| u.entry).collect();
    used.sort_unstable();
    used.dedup();
    let catalogue = settings.formulations.catalogue();
    used.into_iter().filter_map(|number| Some(catalogue.entry(number)?.text.clone())).collect()
}

/// What there is to say about the entry of an id, in Markdown or as plain text.
pub fn explanation(settings: &Settings, id: &str, locale: Locale, markdown: bool) -> Option<String> {
    Some(explained(settings.formulations.catalogue().get(id)?, locale, markdown))
}

fn explained(entry: &Entry, locale: Locale, markdown: bool) -> String {
    let shown = |text: &str| if markdown { escaped(text) } else { text.to_owned() };
    let [hans, hant, english] = entry.kind.names();
    let kind = locale.pick(hans, hant, english);
    let name = if locale == Locale::Hant && !entry.traditional.is_empty() { &entry.traditional } else { &entry.text };
    let name = shown(name);
    let mut out = if markdown { format!("**{name}** {kind}") } else { format!("{name} {kind}") };
    if !entry.members.is_empty() {
        out.push('\n');
    }
    for (n, member) in entry.members.iter().enumerate() {
        out.push_str(&format!("\n{}. {}", n + 1, shown(&written(member, locale))));
    }
    for (label, fact) in facts(entry, locale) {
        out.push_str(&format!("\n\n{label}{}", shown(&fact)));
    }
    out
}

/// What is known of an entry beside its wording and its members, each with its label.
pub fn facts(entry: &Entry, locale: Locale) -> Vec<(&'static str, String)> {
    let successor = match entry.until {
        Some(until) if entry.successor.is_empty() => locale.pick(
            format!("{until} 起不再使用"),
            format!("{until} 起不再使用"),
            format!("out of use since {until}"),
        ),
        Some(until) => {
            let successor = written(&entry.successor, locale);
            locale.pick(
                format!("{successor}（{until} 起）"),
                format!("{successor}（{until} 起）"),
                format!("{successor} (since {until})"),
            )
        }
        None => String::new(),
    };
    let facts = [
        (locale.pick("所指：", "所指：", "Which: "), written(&entry.sense, locale)),
        (locale.pick("完整说法：", "完整說法：", "In full: "), written(&entry.full.replace('｜', "；"), locale)),
        (locale.pick("提出：", "提出：", "Since: "), written(&entry.since, locale)),
        (locale.pick("现在的说法：", "現在的說法：", "Now: "), successor),
        (locale.pick("出处：", "出處：", "Source: "), written(&entry.source, locale)),
    ];
    facts.into_iter().filter(|(_, fact)| !fact.is_empty()).collect()
}

/// A text of the catalogue in the characters of the messages, where that is certain.
pub fn written(text: &str, locale: Locale) -> String {
    match locale {
        Locale::Hant => slogans::traditional(text).unwrap_or_else(|| text.to_owned()),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_where_letters_are_no_pinyin() {
        for (before, is_url) in [
            ("增强sgys", false),
            ("见https://a.cn/sgys", true),
            ("见https://a.cn/四个", true),
            ("见https://a.cn/四，四个", false),
            ("写信给li@sgys", true),
            ("见www.sgys", true),
            ("A1-sgys", true),
            ("1.sgys", false),
            ("四个", false),
            ("2024年四个", false),
            ("", false),
        ] {
            assert_eq!(is_in_url(before), is_url, "{before}");
        }
        assert!(is_in_code_span("见 `四个") && !is_in_code_span("见 `a` 四个"));
    }
}
