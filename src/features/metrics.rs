//! How long the speech and its sections are, what is still open in them, and what an editor shows
//! of that beside the text.
//!
//! 字数 is counted as Word does: each Chinese character and each Chinese mark is one, and so is each
//! run of Latin letters and digits. Speaking time goes by the characters that are spoken: marks are
//! not.

use std::sync::Arc;

use crate::analysis::{Analysis, Speech};
use crate::locale::Locale;
use crate::outline::NodeKind;
use crate::paragraph::Paragraph;
use crate::placeholder::Draft;
use crate::settings::Settings;
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
        sections.push(Section {
            name: format!("{}{}", marker.text.trim(), marker.heading),
            level: node.level,
            line,
            end: Point::new(line, end),
            size: size_of(node.line, last),
            own_line: marker.own_line,
        });
    }
    let title = outline.parts.title.first().copied();
    let name = title.map_or(String::new(), |n| {
        let line = lines.line((base + n) as usize);
        speech.lines[n as usize].reading(&line).0.trim_matches(['#', ' ', '　']).to_owned()
    });
    Measured { title: title.or(outline.parts.salutation).map(|n| base + n), name, size: sum, sections }
}

/// The sizes of all speeches together.
pub fn total(speeches: &[Measured]) -> Size {
    let mut total = Size::default();
    speeches.iter().for_each(|speech| total += speech.size);
    total
}

/// The length of the whole in a few words, for a status bar.
pub fn in_short(total: Size, settings: &Settings, locale: Locale) -> String {
    let (words, time) = (total.words, duration(total.spoken, settings, locale));
    let target = settings.target_minutes.map_or(String::new(), |target| {
        locale.pick(format!("（目标 {target}）"), format!("（目標 {target}）"), format!(" (target {target})"))
    });
    let words = locale.pick(format!("{words} 字"), format!("{words} 字"), format!("{words} characters"));
    format!("{words} · {time}{target}")
}

/// How long it takes to speak `spoken` characters.
pub fn duration(spoken: u32, settings: &Settings, locale: Locale) -> String {
    let seconds = spoken * 60 / settings.speed();
    if seconds < 55 {
        let seconds = seconds.div_ceil(10).max(1) * 10;
        return locale.pick(format!("约 {seconds} 秒"), format!("約 {seconds} 秒"), format!("about {seconds} s"));
    }
    let minutes = minutes(spoken, settings);
    locale.pick(format!("约 {minutes} 分钟"), format!("約 {minutes} 分鐘"), format!("about {minutes} min"))
}

/// The same in whole minutes.
pub fn minutes(spoken: u32, settings: &Settings) -> u32 {
    (spoken + settings.speed() / 2) / settings.speed()
}

/// What the settings want of the length of the whole, and what it misses by; empty without a target.
pub fn against_target(spoken: u32, settings: &Settings, locale: Locale) -> String {
    let Some(target) = settings.target_minutes else {
        return String::new();
    };
    let minutes = minutes(spoken, settings);
    match minutes.cmp(&target) {
        std::cmp::Ordering::Greater => {
            let over = minutes - target;
            locale.pick(
                format!("，目标 {target} 分钟，超 {over} 分钟"),
                format!("，目標 {target} 分鐘，超 {over} 分鐘"),
                format!(", target {target} min, {over} over"),
            )
        }
        std::cmp::Ordering::Less => {
            let under = target - minutes;
            locale.pick(
                format!("，目标 {target} 分钟，还差 {under} 分钟"),
                format!("，目標 {target} 分鐘，還差 {under} 分鐘"),
                format!(", target {target} min, {under} short"),
            )
        }
        std::cmp::Ordering::Equal => locale.pick(
            format!("，合目标 {target} 分钟"),
            format!("，合目標 {target} 分鐘"),
            format!(", on the target of {target} min"),
        ),
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
        let speech = measured(base as u32, speech, &blanks, lines);
        if let Some(line) = speech.title.filter(|_| speech.size.words > 0) {
            let target = against_target(speech.size.spoken, settings, locale);
            let size = sized(speech.size, &target, settings, locale);
            let label = locale.pick(format!("全文 {size}"), format!("全文 {size}"), format!("all: {size}"));
            out.push((line, Point::new(line, lines.line(line as usize).len() as u32), label));
        }
        for section in speech.sections.iter().filter(|s| s.own_line) {
            // A heading and nothing below it has no length worth a word.
            if section.size.words > words(&lines.line(section.line as usize)) {
                out.push((section.line, section.end, sized(section.size, "", settings, locale)));
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
