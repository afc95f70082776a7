//! How long the speech and its sections are, what is still open in them, and what an editor shows
//! of that beside the text.
//!
//! 字数 is counted as Word does: each Chinese character and each Chinese mark is one, and so is each
//! run of Latin letters and digits. Speaking time goes by the characters that are spoken: marks are
//! not.

use std::borrow::Cow;
use std::sync::Arc;

use super::symbols::Symbol;
use crate::analysis::{Analysis, Speech};
use crate::locale::Locale;
use crate::outline::NodeKind;
use crate::paragraph::{Kind, Paragraph, allotted};
use crate::placeholder::Draft;
use crate::settings::{Profile, Settings};
use crate::text::chars::{is_cjk_mark, is_han, is_space};
use crate::text::{Lines, Point};

/// The size of a stretch of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// 字数, as Word counts: ideographs and marks one each, runs of letters or digits one each.
    pub words: u32,
    /// Characters that are spoken.
    pub spoken: u32,
    /// Placeholders that are certain.
    pub blanks: u32,
}

impl std::ops::AddAssign for Size {
    fn add_assign(&mut self, other: Self) {
        self.words += other.words;
        self.spoken += other.spoken;
        self.blanks += other.blanks;
    }
}

/// A section with a heading of its own and its size.
#[derive(Clone, Debug)]
pub struct Section {
    /// The marker and the heading.
    pub name: String,
    /// As of the node in the outline.
    pub level: u8,
    /// 0-based.
    pub line: u32,
    /// Where its heading ends.
    pub end: Point,
    pub size: Size,
    /// What is spoken of the speech up to its end.
    pub until: u32,
    /// The minutes that its heading gives it.
    pub target: Option<u32>,
    /// Its heading is a line of its own.
    pub own_line: bool,
}

/// The sizes of a speech and of its sections.
#[derive(Clone, Debug, Default)]
pub struct Measured {
    /// The line (0-based) of the title, or else of the salutation.
    pub title: Option<u32>,
    pub name: String,
    pub size: Size,
    /// The minutes that the speech may take, as it says itself above its first section.
    pub target: Option<u32>,
    pub sections: Vec<Section>,
}

/// 字数 of `text`, as Word counts.
pub fn words(text: &str) -> u32 {
    let mut count = 0;
    let mut in_run = false;
    for c in text.chars() {
        let chinese = is_han(c) || is_cjk_mark(c) || matches!(c, '\u{3005}'..='\u{30FF}' | '\u{FF00}'..='\u{FFEF}');
        // Markdown writes with these; a run of nothing else is no word.
        let silent = is_space(c) || c.is_control() || matches!(c, '#' | '*' | '>' | '_' | '`' | '|');
        if chinese {
            count += 1;
            in_run = false;
        } else if silent {
            in_run = false;
        } else if !in_run {
            count += 1;
            in_run = true;
        }
    }
    count
}

/// The sizes of the speeches of the draft.
pub fn measure(analysis: &Analysis, lines: &dyn Lines) -> Vec<Measured> {
    let blanks = analysis.blanks();
    analysis.speeches().map(|(base, speech)| measured(base as u32, speech, &blanks, lines)).collect()
}

/// 字数 of each line of a speech that is part of it. A text is read for this once.
struct Words(Vec<u32>);

fn words_of(speech: &Speech, base: u32, lines: &dyn Lines) -> Arc<Words> {
    speech.kept.get_or_make(|| {
        let read = |(n, paragraph): (usize, &Arc<Paragraph>)| {
            let counts = paragraph.is_read() && !speech.outline.parts.is_boilerplate(n as u32);
            if counts { words(paragraph.reading(&lines.line(base as usize + n)).0) } else { 0 }
        };
        Words(speech.lines.iter().enumerate().map(read).collect())
    })
}

fn measured(base: u32, speech: &Speech, blanks: &Draft<'_>, lines: &dyn Lines) -> Measured {
    let outline = &speech.outline;
    let words = words_of(speech, base, lines);
    // Sums up to each line: a section is a difference.
    let mut sums = Vec::with_capacity(speech.lines.len() + 1);
    let mut sum = Size::default();
    sums.push(sum);
    for (n, (paragraph, words)) in speech.lines.iter().zip(&words.0).enumerate() {
        if paragraph.is_read() && !outline.parts.is_boilerplate(n as u32) {
            let open = paragraph.placeholders.iter().filter(|p| blanks.is_open(p));
            sum += Size { words: *words, spoken: paragraph.spoken, blanks: open.count() as u32 };
        }
        sums.push(sum);
    }
    let size_of = |first: u32, last: u32| {
        let (a, b) = (sums[first as usize], sums[last as usize + 1]);
        Size { words: b.words - a.words, spoken: b.spoken - a.spoken, blanks: b.blanks - a.blanks }
    };
    let mut sections = Vec::new();
    for (i, node) in outline.nodes.iter().enumerate() {
        if node.kind != NodeKind::Section {
            continue;
        }
        let Some(marker) = node.marker_of(&speech.lines) else { continue };
        let last = outline.last_line(i as u32, speech.lines.len());
        let line = base + node.line;
        let end = if marker.own_line { lines.line(line as usize).len() as u32 } else { node.span().end.byte };
        let heading = lines.line(line as usize);
        let target = allotted::behind(&speech.lines[node.line as usize].simplified(&heading));
        sections.push(Section {
            name: format!("{}{}", marker.text.trim(), marker.heading),
            level: node.level,
            line,
            end: Point::new(line, end),
            size: size_of(node.line, last),
            until: sums[last as usize + 1].spoken,
            target: target.filter(|_| marker.own_line),
            own_line: marker.own_line,
        });
    }
    let title = outline.parts.title.first().copied();
    let name = title.map_or(String::new(), |n| {
        let line = lines.line((base + n) as usize);
        speech.lines[n as usize].reading(&line).0.trim_matches(['#', ' ', '　']).to_owned()
    });
    let target = stated(base, speech, lines);
    Measured { title: title.or(outline.parts.salutation).map(|n| base + n), name, size: sum, target, sections }
}

/// The minutes that a speech may take: a line above its first section says it, or its title.
fn stated(base: u32, speech: &Speech, lines: &dyn Lines) -> Option<u32> {
    let parts = &speech.outline.parts;
    let is_title = |n: &u32| parts.title.contains(n);
    allotment(base, speech, lines).map(|(_, minutes)| minutes).or_else(|| {
        let titles = speech.head().map(|(n, _)| n).filter(is_title);
        titles.filter_map(|n| allotted::behind(&said(base, speech, n, lines))).next()
    })
}

/// The line of a speech, counted from its first, that says nothing but how long it may take, and the minutes.
pub fn allotment(base: u32, speech: &Speech, lines: &dyn Lines) -> Option<(u32, u32)> {
    let notes = speech.head().filter(|(_, paragraph)| paragraph.structural.kind == Kind::Aside);
    notes.filter_map(|(n, _)| Some((n, allotted::stated(&said(base, speech, n, lines))?))).next()
}

fn said(base: u32, speech: &Speech, n: u32, lines: &dyn Lines) -> String {
    speech.lines[n as usize].simplified(&lines.line((base + n) as usize)).into_owned()
}

/// The sizes of all speeches together.
pub fn total(speeches: &[Measured]) -> Size {
    let mut total = Size::default();
    speeches.iter().for_each(|speech| total += speech.size);
    total
}

/// The minutes that all may take together: as the speeches say, or else the settings.
pub fn target(speeches: &[Measured], settings: &Settings) -> Option<u32> {
    let stated: Option<u32> = speeches.iter().filter(|speech| speech.size.words > 0).map(|speech| speech.target).sum();
    stated.filter(|minutes| *minutes > 0).or(settings.target_minutes)
}

/// The settings with the rate of speech of the one who gives the draft: of the first speech that has a profile.
pub fn paced<'a>(analysis: &Analysis, lines: &dyn Lines, settings: &'a Settings) -> Cow<'a, Settings> {
    let profile = analysis.speeches().find_map(|(base, speech)| speech.profile(base, lines, settings));
    at_pace_of(profile.map(|(_, profile)| profile), settings)
}

fn at_pace_of<'a>(profile: Option<&Profile>, settings: &'a Settings) -> Cow<'a, Settings> {
    match profile.and_then(|profile| profile.characters_per_minute) {
        Some(rate) => Cow::Owned(Settings { characters_per_minute: Some(rate), ..settings.clone() }),
        None => Cow::Borrowed(settings),
    }
}

/// The length of the whole in a few words, for a status bar.
pub fn in_short(speeches: &[Measured], settings: &Settings, locale: Locale) -> String {
    let total = total(speeches);
    let (words, time) = (total.words, duration(total.spoken, settings, locale));
    // That there is more to write is no news while one writes.
    let target =
        target(speeches, settings).map_or(String::new(), |target| match missed(total.spoken, target, settings) {
            1.. => beside_target(total.spoken, Some(target), settings, locale),
            _ => locale.pick(format!("（目标 {target}）"), format!("（目標 {target}）"), format!(" (target {target})")),
        });
    let words = locale.pick(format!("{words} 字"), format!("{words} 字"), format!("{words} characters"));
    format!("{words} · {time}{target}")
}

/// How much longer than wanted the whole takes, if it does.
pub fn over_time(analysis: &Analysis, lines: &dyn Lines, settings: &Settings, locale: Locale) -> Option<String> {
    let settings = &*paced(analysis, lines, settings);
    let speeches = measure(analysis, lines);
    let (spoken, target) = (total(&speeches).spoken, target(&speeches, settings)?);
    (missed(spoken, target, settings) > 0)
        .then(|| duration(spoken, settings, locale) + &against_target(spoken, Some(target), settings, locale))
}

/// How long it takes to speak `spoken` characters.
pub fn duration(spoken: u32, settings: &Settings, locale: Locale) -> String {
    let time = span(u64::from(spoken) * 60 / u64::from(settings.speed()), locale);
    locale.pick(format!("约 {time}"), format!("约 {time}"), format!("about {time}"))
}

/// A time in whole minutes; what is less, in tens of seconds.
fn span(seconds: u64, locale: Locale) -> String {
    if seconds < 55 {
        let seconds = ((seconds + 5) / 10).max(1) * 10;
        return locale.pick(format!("{seconds} 秒"), format!("{seconds} 秒"), format!("{seconds} s"));
    }
    let minutes = (seconds + 30) / 60;
    locale.pick(format!("{minutes} 分钟"), format!("{minutes} 分鐘"), format!("{minutes} min"))
}

/// The same in whole minutes.
pub fn minutes(spoken: u32, settings: &Settings) -> u32 {
    (spoken + settings.speed() / 2) / settings.speed()
}

/// By how many seconds a length misses what it is to be: more than zero is too long. Nobody speaks so evenly that
/// a quarter of a minute would count, or one part in forty.
pub fn missed(spoken: u32, target: u32, settings: &Settings) -> i64 {
    let seconds = i64::from(spoken) * 60 / i64::from(settings.speed());
    let wanted = i64::from(target) * 60;
    let difference = seconds - wanted;
    if difference.abs() < (wanted / 40).max(15) { 0 } else { difference }
}

/// A length held against its target: the target in minutes, whether it is too long, and the time it misses by.
fn held_against(
    spoken: u32,
    target: Option<u32>,
    settings: &Settings,
    locale: Locale,
) -> Option<(u32, std::cmp::Ordering, String)> {
    let target = target?;
    let missed = missed(spoken, target, settings);
    Some((target, missed.cmp(&0), span(missed.unsigned_abs(), locale)))
}

/// What a length is to be in minutes, and what it misses by; empty without a target.
pub fn against_target(spoken: u32, target: Option<u32>, settings: &Settings, locale: Locale) -> String {
    let Some((target, missed, time)) = held_against(spoken, target, settings, locale) else {
        return String::new();
    };
    match missed {
        std::cmp::Ordering::Greater => locale.pick(
            format!("，目标 {target} 分钟，超 {time}"),
            format!("，目標 {target} 分鐘，超 {time}"),
            format!(", target {target} min, {time} over"),
        ),
        std::cmp::Ordering::Less => locale.pick(
            format!("，目标 {target} 分钟，还差 {time}"),
            format!("，目標 {target} 分鐘，還差 {time}"),
            format!(", target {target} min, {time} short"),
        ),
        std::cmp::Ordering::Equal => locale.pick(
            format!("，合目标 {target} 分钟"),
            format!("，合目標 {target} 分鐘"),
            format!(", on the target of {target} min"),
        ),
    }
}

/// The same in few words, for a remark beside the text: editors cut off what is long.
fn beside_target(spoken: u32, target: Option<u32>, settings: &Settings, locale: Locale) -> String {
    let Some((target, missed, time)) = held_against(spoken, target, settings, locale) else {
        return String::new();
    };
    match missed {
        std::cmp::Ordering::Greater => locale.pick(
            format!("（目标 {target}，超 {time}）"),
            format!("（目標 {target}，超 {time}）"),
            format!(" (target {target}, {time} over)"),
        ),
        std::cmp::Ordering::Less => locale.pick(
            format!("（目标 {target}，差 {time}）"),
            format!("（目標 {target}，差 {time}）"),
            format!(" (target {target}, {time} short)"),
        ),
        std::cmp::Ordering::Equal => locale.pick(
            format!("（合目标 {target}）"),
            format!("（合目標 {target}）"),
            format!(" (as long as the target of {target})"),
        ),
    }
}

/// A time on the clock, 8:20.
pub fn clock(spoken: u32, settings: &Settings) -> String {
    let seconds = u64::from(spoken) * 60 / u64::from(settings.speed());
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// The outline with the times of its sections in the details; a shorter one than a quarter of a minute has none.
pub fn with_times(symbols: &mut [Symbol], settings: &Settings, locale: Locale) {
    for symbol in symbols {
        if symbol.spoken * 4 >= settings.speed() {
            let time = duration(symbol.spoken, settings, locale);
            symbol.detail = match symbol.detail.as_str() {
                "" => time,
                open => format!("{time}{}{open}", locale.pick("，", "，", ", ")),
            };
        }
        with_times(&mut symbol.children, settings, locale);
    }
}

/// A remark beside the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    pub at: Point,
    pub label: String,
    pub tooltip: String,
}

/// The remarks beside the lines `first..=last`: the length of each section with a heading line, of the
/// whole beside the title, and how many items follow an announced count.
pub fn hints(
    analysis: &Analysis,
    lines: &dyn Lines,
    settings: &Settings,
    locale: Locale,
    (first, last): (u32, u32),
) -> Vec<Hint> {
    if !analysis.is_chinese() {
        return Vec::new();
    }
    let mut out = Vec::new();
    for (line, at, label) in labels(analysis, lines, settings, locale, (first, last)) {
        if first <= line && line <= last {
            out.push(Hint { at, label, tooltip: explained(settings, locale) });
        }
    }
    for (base, speech) in on_lines(analysis, (first, last)) {
        for binding in &speech.outline.bindings {
            let line = base as u32 + binding.line;
            let announced = speech.lines[binding.line as usize].announcements().get(binding.announcement as usize);
            let Some(announced) = announced.filter(|_| first <= line && line <= last) else { continue };
            let (actual, count) = (binding.actual, binding.count);
            let label = format!("{actual}/{count}");
            let tooltip = if binding.agrees() {
                locale.pick("所列与宣布的数目相符", "所列與宣佈的數目相符", "as many as announced")
            } else {
                locale.pick("所列与宣布的数目不符", "所列與宣佈的數目不符", "not as many as announced")
            };
            out.push(Hint { at: Point::new(line, announced.range.end), label, tooltip: tooltip.to_owned() });
        }
    }
    out.sort_by_key(|hint| hint.at);
    out
}

/// A remark above a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    pub line: u32,
    pub label: String,
}

/// What the hints say of the lengths, above the lines.
pub fn lenses(analysis: &Analysis, lines: &dyn Lines, settings: &Settings, locale: Locale) -> Vec<Lens> {
    if !analysis.is_chinese() {
        return Vec::new();
    }
    let labels = labels(analysis, lines, settings, locale, (0, u32::MAX));
    labels.into_iter().map(|(line, _, label)| Lens { line, label }).collect()
}

/// The speeches that lie on these lines.
fn on_lines(analysis: &Analysis, (first, last): (u32, u32)) -> impl Iterator<Item = (usize, &Arc<Speech>)> {
    let is_there = move |(base, speech): &(usize, &Arc<Speech>)| {
        *base as u32 <= last && first < (*base + speech.lines.len()) as u32
    };
    analysis.speeches().filter(is_there)
}

/// The lengths of what has a label, a label being in the speech that it is about.
fn labels(
    analysis: &Analysis,
    lines: &dyn Lines,
    settings: &Settings,
    locale: Locale,
    on: (u32, u32),
) -> Vec<(u32, Point, String)> {
    let mut out = Vec::new();
    let blanks = analysis.blanks();
    for (base, speech) in on_lines(analysis, on) {
        let profile = speech.profile(base, lines, settings);
        let settings = &*at_pace_of(profile.map(|(_, profile)| profile), settings);
        let speech = measured(base as u32, speech, &blanks, lines);
        if let Some(line) = speech.title.filter(|_| speech.size.words > 0) {
            let own = speech.target.or(settings.target_minutes);
            let target = beside_target(speech.size.spoken, own, settings, locale);
            let size = sized(speech.size, &target, settings, locale);
            let label = locale.pick(format!("全文 {size}"), format!("全文 {size}"), format!("all: {size}"));
            out.push((line, Point::new(line, lines.line(line as usize).len() as u32), label));
        }
        for section in speech.sections.iter().filter(|s| s.own_line) {
            // A heading and nothing below it has no length worth a word.
            if section.size.words > words(&lines.line(section.line as usize)) {
                let target = beside_target(section.size.spoken, section.target, settings, locale);
                out.push((section.line, section.end, sized(section.size, &target, settings, locale)));
            }
        }
    }
    out
}

fn sized(size: Size, target: &str, settings: &Settings, locale: Locale) -> String {
    let Size { words, spoken, blanks } = size;
    let time = duration(spoken, settings, locale);
    let open = match blanks {
        0 => String::new(),
        n => locale.pick(format!(" · 未填 {n}"), format!(" · 未填 {n}"), format!(" · {n} to fill in")),
    };
    let words = locale.pick(format!("{words} 字 · "), format!("{words} 字 · "), format!("{words} characters · "));
    format!("{words}{time}{target}{open}")
}

fn explained(settings: &Settings, locale: Locale) -> String {
    let speed = settings.speed();
    locale.pick(
        format!("字数同 Word 的“字数”；时间按每分钟 {speed} 字（不计标点）"),
        format!("字數同 Word 的“字數”；時間按每分鐘 {speed} 字（不計標點）"),
        format!("counted as Word does; {speed} spoken characters a minute"),
    )
}
