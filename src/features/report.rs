//! Reports on a whole draft, in Markdown: statistics, the ledger of placeholders, the final check.

use std::fmt::Write as _;
use std::sync::Arc;

use super::blanks;
use super::gate::{self, Gate, gate, is_open_blank};
use super::metrics::{self, Measured, Section, Size, against_target, duration};
use super::unread::has_prose;
use crate::analysis::{Analysis, Speech};
use crate::locale::Locale;
use crate::outline::NodeKind;
use crate::placeholder::{Category, Placeholder};
use crate::rules::Diagnostic;
use crate::settings::Settings;
use crate::text::{Lines, Span};

/// A report, and what it comes to in one line.
#[derive(Clone, Debug)]
pub struct Report {
    pub summary: String,
    pub markdown: String,
}

/// 统计: the length of the whole and of each section.
pub fn statistics(analysis: &Analysis, lines: &dyn Lines, settings: &Settings, locale: Locale) -> Report {
    let settings = &*metrics::paced(analysis, lines, settings);
    let measured = metrics::measure(analysis, lines);
    let total = metrics::total(&measured);
    let sized = |size: Size| {
        let (words, time) = (size.words, duration(size.spoken, settings, locale));
        locale.pick(format!("{words} 字，{time}"), format!("{words} 字，{time}"), format!("{words} characters, {time}"))
    };
    let wanted = metrics::target(&measured, settings);
    let target = against_target(total.spoken, wanted, settings, locale);
    let open = match total.blanks {
        0 => String::new(),
        n => locale.pick(
            format!("，未填占位符 {n} 处"),
            format!("，未填佔位符 {n} 處"),
            format!(", {n} placeholders to fill in"),
        ),
    };
    let summary = format!("{}{target}{open}", sized(total));
    let mut markdown = locale.pick("# 统计\n\n", "# 統計\n\n", "# Statistics\n\n").to_owned();
    let _ = writeln!(markdown, "{summary}\n");
    let allotted = Allotted::of(&measured, total, wanted, settings);
    markdown += &table(&measured, &allotted, settings, locale);
    if allotted.share.is_some() {
        let said = locale.pick(
            "讲得比目标长：“目标”一栏是各部分按现在的篇幅该讲多久，标题后写明几分钟的照写的。",
            "講得比目標長：「目標」一欄是各部分按現在的篇幅該講多久，標題後寫明幾分鐘的照寫的。",
            "Too long: the target of a section is its share, or what its heading says.",
        );
        let _ = writeln!(markdown, "\n{said}");
    }
    Report { summary, markdown }
}

/// What each section may take.
struct Allotted {
    /// A heading or the whole gives minutes.
    is_shown: bool,
    /// The whole is too long: what all sections keep of their length.
    share: Option<Share>,
}

/// So many spoken characters are to be spoken in `minutes`.
#[derive(Clone, Copy)]
struct Share {
    spoken: u32,
    minutes: u32,
}

impl Allotted {
    fn of(measured: &[Measured], total: Size, wanted: Option<u32>, settings: &Settings) -> Self {
        let too_long = wanted.filter(|minutes| metrics::missed(total.spoken, *minutes, settings) > 0);
        let share = too_long.map(|minutes| Share { spoken: total.spoken, minutes });
        let has_own = measured.iter().flat_map(|speech| &speech.sections).any(|section| section.target.is_some());
        Self { is_shown: has_own || share.is_some(), share }
    }

    /// The minutes that a section may take, in a cell of the table.
    fn cell(&self, section: &Section, settings: &Settings) -> String {
        let kept = |Share { spoken, minutes }| {
            let all = u64::from(section.size.spoken) * u64::from(minutes * settings.speed());
            u32::try_from(all / u64::from(spoken.max(1))).unwrap_or(u32::MAX)
        };
        let by_share = || self.share.filter(|_| section.level == 1).map(|share| metrics::clock(kept(share), settings));
        section.target.map(|minutes| format!("{minutes}:00")).or_else(by_share).unwrap_or_default()
    }
}

fn table(measured: &[Measured], allotted: &Allotted, settings: &Settings, locale: Locale) -> String {
    let mut markdown = match allotted.is_shown {
        true => locale.pick(
            "| 部分 | 字数 | 时间 | 目标 | 讲到 | 未填 |\n|---|---:|---:|---:|---:|---:|\n",
            "| 部分 | 字數 | 時間 | 目標 | 講到 | 未填 |\n|---|---:|---:|---:|---:|---:|\n",
            "| Section | Characters | Time | Target | Until | To fill in |\n|---|---:|---:|---:|---:|---:|\n",
        ),
        false => locale.pick(
            "| 部分 | 字数 | 时间 | 讲到 | 未填 |\n|---|---:|---:|---:|---:|\n",
            "| 部分 | 字數 | 時間 | 講到 | 未填 |\n|---|---:|---:|---:|---:|\n",
            "| Section | Characters | Time | Until | To fill in |\n|---|---:|---:|---:|---:|\n",
        ),
    }
    .to_owned();
    let several = measured.len() > 1;
    let mut row = |name: &str, target: &str, until: u32, size: Size| {
        let time = duration(size.spoken, settings, locale);
        let target = if allotted.is_shown { format!(" {target} |") } else { String::new() };
        let until = metrics::clock(until, settings);
        let _ = writeln!(markdown, "| {name} | {} | {time} |{target} {until} | {} |", size.words, size.blanks);
    };
    for speech in measured {
        if several && !speech.name.is_empty() {
            let name = speech.title.map_or_else(|| cell(&speech.name), |line| link(&cell(&speech.name), line));
            let target = speech.target.map_or(String::new(), |minutes| format!("{minutes}:00"));
            row(&name, &target, speech.size.spoken, speech.size);
        }
        for section in &speech.sections {
            let depth = usize::from(section.level) - 1 + usize::from(several);
            // Within the link: tables lose what a cell begins with.
            let name = link(&("　".repeat(depth) + &cell(&section.name)), section.line);
            row(&name, &allotted.cell(section, settings), section.until, section.size);
        }
    }
    markdown
}

/// An open placeholder, as the ledger lists it.
#[derive(Clone, Debug)]
pub struct Open {
    pub category: Category,
    /// The fact that it stands for, where others may.
    pub fact: Option<u64>,
    /// With the words that give it a meaning: `XX区`.
    pub unit: String,
    /// What is replaced when it is filled in.
    pub span: Span,
    /// The marker and heading of the section it stands in; empty before the first.
    pub section: String,
    /// The unit with some text on either side.
    pub around: String,
}

/// 占位符清单: all open placeholders, by what they stand for.
pub fn ledger(analysis: &Analysis, lines: &dyn Lines, locale: Locale) -> Report {
    let open = open(analysis, lines);
    let total = open.len();
    let summary = match total {
        0 => locale.pick("没有未填的占位符", "沒有未填的佔位符", "nothing is left to fill in").to_owned(),
        n => locale.pick(
            format!("还有 {n} 处占位符未填"),
            format!("還有 {n} 處佔位符未填"),
            format!("{n} placeholders to fill in"),
        ),
    };
    let mut markdown = locale.pick("# 占位符清单\n\n", "# 佔位符清單\n\n", "# Placeholders\n\n").to_owned();
    let _ = writeln!(markdown, "{summary}");
    for category in Category::ALL {
        let mine: Vec<&Open> = open.iter().filter(|o| o.category == category).collect();
        if mine.is_empty() {
            continue;
        }
        let [hans, hant, english] = category.names();
        let name = locale.pick(hans, hant, english);
        let _ = writeln!(markdown, "\n## {name}（{}）\n", mine.len());
        markdown += locale.pick(
            "| 占位符 | 行 | 所在部分 | 上下文 |\n|---|---:|---|---|\n",
            "| 佔位符 | 行 | 所在部分 | 上下文 |\n|---|---:|---|---|\n",
            "| Placeholder | Line | Section | Context |\n|---|---:|---|---|\n",
        );
        for o in mine {
            let _ = writeln!(
                markdown,
                "| {} | {} | {} | {} |",
                cell(&o.unit),
                link(&(o.span.start.line + 1).to_string(), o.span.start.line),
                cell(&o.section),
                cell(&o.around)
            );
        }
    }
    Report { summary, markdown }
}

/// How many characters of context the ledger shows on either side.
const CONTEXT: usize = 12;

/// The open placeholders, in text order.
pub fn open(analysis: &Analysis, lines: &dyn Lines) -> Vec<Open> {
    let blanks = analysis.blanks();
    open_where(analysis, lines, |p, _| blanks.is_open(p))
}

/// The candidates for one of which `is` says so, with their lines.
pub(super) fn open_where(analysis: &Analysis, lines: &dyn Lines, is: impl Fn(&Placeholder, &str) -> bool) -> Vec<Open> {
    let mut open = Vec::new();
    if !analysis.is_chinese() {
        return open;
    }
    for (base, speech) in analysis.speeches() {
        for (n, paragraph) in speech.lines.iter().enumerate().filter(|(_, p)| !p.placeholders.is_empty()) {
            if speech.outline.parts.is_boilerplate(n as u32) {
                continue;
            }
            let text = lines.line(base + n);
            let section = section(speech, n);
            for p in paragraph.placeholders.iter() {
                if !is(p, &text) {
                    continue;
                }
                let head = text.get(..p.unit.start as usize).unwrap_or("");
                let tail = text.get(p.unit.end as usize..).unwrap_or("");
                let from = head.char_indices().rev().take(CONTEXT).last().map_or(head.len(), |(i, _)| i);
                let tail: String = tail.chars().take(CONTEXT).collect();
                let unit = p.unit.of(&text).to_owned();
                let around = format!("{}{unit}{tail}", head.get(from..).unwrap_or(""));
                let section = section.clone();
                let span = Span::in_line((base + n) as u32, blanks::selected(p, &text));
                open.push(Open { category: p.category, fact: p.group, unit, span, section, around });
            }
        }
    }
    open
}

/// The marker and heading of the section that a line of a speech stands in; empty before the first.
pub fn section(speech: &Speech, line: usize) -> String {
    let nodes = &speech.outline.nodes;
    let before = nodes.partition_point(|node| node.line as usize <= line);
    let section = nodes[..before].iter().rev().find(|node| node.kind == NodeKind::Section);
    let section = section.and_then(|node| node.marker_of(&speech.lines));
    section.map_or(String::new(), |m| format!("{}{}", m.text.trim(), m.heading))
}

/// 定稿检查: whether the draft can be handed in.
pub fn final_check(analysis: &Analysis, lines: &dyn Lines, settings: &Settings, locale: Locale) -> (bool, Report) {
    if let Some(settings) = settings.at_last().map(Arc::new) {
        let analysis = Analysis::new(lines, analysis.options().mode.of_part(), &settings);
        return judged(&analysis, lines, &settings, locale);
    }
    judged(analysis, lines, settings, locale)
}

fn judged(analysis: &Analysis, lines: &dyn Lines, settings: &Settings, locale: Locale) -> (bool, Report) {
    let Gate { open, hidden, doubtful, length, .. } = gate(analysis, lines, settings, locale);
    let (blanks, faults): (Vec<_>, Vec<_>) = open.into_iter().partition(|d| is_open_blank(analysis, d));
    let concealed: Vec<_> = hidden.into_iter().filter(|h| h.is_blank).map(|h| h.finding).collect();
    let is_read = has_prose(analysis, lines);
    let ready = is_read && blanks.is_empty() && faults.is_empty() && concealed.is_empty();
    let summary = if !is_read {
        locale
            .pick("还不能定稿：没有可查的正文", "還不能定稿：沒有可查的正文", "not ready: there is no prose to check")
            .to_owned()
    } else if ready {
        gate::ready(doubtful, length.as_deref(), locale)
    } else {
        let (open, faults) = (blanks.len(), faults.len());
        let text = locale.pick(
            format!("还不能定稿：占位符 {open} 处未填，问题 {faults} 处未改"),
            format!("還不能定稿：佔位符 {open} 處未填，問題 {faults} 處未改"),
            format!("not ready: {open} placeholders to fill in, {faults} findings to settle"),
        );
        let more = match concealed.len() {
            0 => String::new(),
            n => locale.pick(
                format!("，另有占位符 {n} 处被设置或忽略标记略过"),
                format!("，另有佔位符 {n} 處被設定或忽略標記略過"),
                format!(", and {n} placeholders that are passed over"),
            ),
        };
        text + &more
    };
    let mut markdown = locale.pick("# 定稿检查\n\n", "# 定稿檢查\n\n", "# Final check\n\n").to_owned();
    let _ = writeln!(markdown, "{summary}");
    let mut list = |heading: &str, found: &[Diagnostic]| {
        if !found.is_empty() {
            let _ = writeln!(markdown, "\n## {heading}\n");
        }
        for d in found {
            let line = d.span.start.line + 1;
            let place = locale.pick(format!("第 {line} 行"), format!("第 {line} 行"), format!("line {line}"));
            let _ = writeln!(markdown, "- {}：{}", link(&place, d.span.start.line), d.message);
        }
    };
    list(locale.pick("未改的问题", "未改的問題", "Findings"), &faults);
    list(locale.pick("未填的占位符", "未填的佔位符", "Placeholders"), &blanks);
    list(locale.pick("略过的占位符", "略過的佔位符", "Placeholders that are passed over"), &concealed);
    (ready, Report { summary, markdown })
}

/// `text` as a link to a line of the draft.
fn link(text: &str, line: u32) -> String {
    format!("[{text}](#L{})", line + 1)
}

/// `text` in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('*', "\\*").replace('_', "\\_")
}
