//! `--why`: on what the verdicts on a line rest.

use std::fmt::Write as _;
use std::io;

use super::files::{Configured, Source};
use super::output::{Look, Output, clean, complain};
use super::{files, input};
use crate::analysis::Analysis;
use crate::features::why::{Blank, Broken, Candidate, why};
use crate::outline::faults::{self, Verdict};
use crate::placeholder::Certainty;
use crate::text::{Flat, Lines};

/// What is to be explained.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    All,
    Ordinals,
}

/// Explains line `line` of each source, counted from 1; 0 is all lines that have something to explain. True when
/// something could not be read.
pub(super) fn explain(
    sources: &[Source],
    configured: &Configured,
    line: usize,
    about: About,
    output: &mut Output,
) -> io::Result<bool> {
    let mut failed = false;
    for (source, settings) in sources.iter().zip(&configured.settings) {
        let look = output.look();
        let name = source.shown();
        let bytes = match source.read() {
            Ok(bytes) => bytes,
            Err(error) => {
                failed = true;
                complain(output.locale, &files::cannot_read(&name, &error.message(output.locale), output.locale));
                continue;
            }
        };
        let decoded = match input::decode(&bytes) {
            Ok(decoded) => decoded,
            Err(error) => {
                failed = true;
                complain(output.locale, &files::cannot_read(&name, &error.message(output.locale), output.locale));
                continue;
            }
        };
        let lines = Flat::new(&decoded.text);
        let analysis = Analysis::new(&lines, source.markup(), settings);
        let wanted = match line {
            0 => 0..lines.line_count(),
            n => n - 1..n.min(lines.line_count()),
        };
        for n in wanted {
            let text = of_line(&analysis, &lines, n, about, look);
            if !text.is_empty() {
                output.text(&format!("{}:{}\n{text}", clean(&name), n + 1))?;
            }
        }
    }
    Ok(failed)
}

fn of_line(analysis: &Analysis, lines: &Flat, n: usize, about: About, look: Look) -> String {
    let facts = why(analysis, lines, n);
    let mut text = String::new();
    if about == About::All {
        facts.blanks.iter().for_each(|found| blank(&mut text, found, look));
    }
    facts.candidates.iter().for_each(|found| candidate(&mut text, found, look));
    facts.broken.iter().for_each(|found| broken(&mut text, found, look));
    text
}

fn blank(text: &mut String, found: &Blank, look: Look) {
    let verdict = match found.verdict {
        Certainty::Certain => look.locale.pick("是没填的占位符", "是沒填的佔位符", "a placeholder to be filled in"),
        Certainty::Doubtful => {
            look.locale.pick("像占位符，只作提示", "像佔位符，只作提示", "perhaps a placeholder: a hint")
        }
        Certainty::Silent => look.locale.pick("不报", "不報", "not reported"),
    };
    let _ = writeln!(text, "  “{}”：{verdict}", clean(&found.text));
    for reason in &found.reasons {
        let decisive = match reason.decisive {
            true => look.locale.pick("（没有这一条，结论就不同）", "（沒有這一條，結論就不同）", " (decisive)"),
            false => "",
        };
        let _ = writeln!(text, "    {:+5}  {}{decisive}", reason.points, reason.text);
    }
}

fn candidate(text: &mut String, found: &Candidate, look: Look) {
    let _ = match &found.list {
        Some(values) => {
            let values: Vec<String> = values.iter().map(u32::to_string).collect();
            let values = values.join("、");
            let item = look.locale.pick("是序号，所在序列", "是序號，所在序列", "an ordinal, in the list");
            writeln!(text, "  “{}”：{item} {values}", clean(&found.text))
        }
        None => {
            let word = look.locale.pick("不作序号", "不作序號", "no ordinal");
            writeln!(text, "  “{}”：{word}", clean(&found.text))
        }
    };
    let cost = look.locale.pick("当作普通文字的代价", "當作普通文字的代價", "as ordinary text it costs");
    let toll = look.locale.pick("当作序号的代价", "當作序號的代價", "as an ordinal");
    let _ = writeln!(text, "    {:+5}  {cost}", found.price);
    if found.toll != 0 {
        let _ = writeln!(text, "    {:+5}  {toll}", found.toll);
    }
    for (place, name, points) in &found.evidence {
        let _ = writeln!(text, "    {points:+5}  {place} {name}");
    }
}

fn broken(text: &mut String, found: &Broken, look: Look) {
    let values: Vec<String> = found.values.iter().map(u32::to_string).collect();
    let verdict = match found.verdict {
        Verdict::Report => look.locale.pick("报告", "報告", "reported"),
        Verdict::Hint => look.locale.pick("只作提示", "只作提示", "a hint"),
        Verdict::Silent => look.locale.pick("不报", "不報", "not reported"),
    };
    let list = look.locale.pick("序列", "序列", "list");
    let sum = look.locale.pick("合计", "合計", "sum");
    let margin = look.locale.pick("与次优读法相差", "與次優讀法相差", "margin to the next reading");
    let _ = writeln!(
        text,
        "  {list} {}：{verdict}（{:?}，{sum} {}，{margin} {}）",
        values.join("、"),
        found.defect,
        found.points,
        found.margin
    );
    for (name, points) in &found.features {
        let _ = writeln!(text, "    {points:+5}  {}", faults::meaning(name).unwrap_or(name));
    }
}
