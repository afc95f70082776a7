//! `--why`: on what the verdicts on a line rest, in words; with `--verbose` in points as well.

use std::fmt::Write as _;
use std::io;

use super::files::{Configured, Source};
use super::gate::limit;
use super::output::{Look, Output, clean, complain};
use super::{files, input};
use crate::analysis::Analysis;
use crate::features::gate::{Hidden, gate};
use crate::features::why::{Blank, Broken, Candidate, genre, why};
use crate::outline::faults::{self, Verdict};
use crate::outline::sequence::Defect;
use crate::placeholder::Certainty;
use crate::rules::{self, Diagnostic};
use crate::settings::Settings;
use crate::text::{Flat, Lines};

/// What is to be explained.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// What is found and what might have been.
    Findings,
    Ordinals,
}

/// How it is explained.
#[derive(Clone, Copy)]
pub(super) struct Manner {
    pub about: About,
    /// The line, from 1; `None`: all lines that have something to explain.
    pub line: Option<u32>,
    /// With the points.
    pub is_verbose: bool,
}

/// Explains each source. True when something could not be read.
pub(super) fn explain(
    sources: &[Source],
    configured: &Configured,
    manner: Manner,
    output: &mut Output,
) -> io::Result<bool> {
    let (mut failed, locale) = (false, output.locale);
    for (source, settings) in sources.iter().zip(&configured.settings) {
        let name = source.shown();
        let read = source.read();
        let decoded = match read.as_deref().map_err(|error| error.message(locale)) {
            Ok(bytes) => input::decode(bytes).map_err(|error| error.message(locale)),
            Err(reason) => Err(reason),
        };
        let decoded = match decoded {
            Ok(decoded) => decoded,
            Err(reason) => {
                failed = true;
                complain(locale, &files::cannot_read(&name, &reason, locale));
                continue;
            }
        };
        let lines = Flat::new(&decoded.text);
        let wanted = match manner.line {
            None => 0..lines.line_count(),
            Some(line) if line as usize <= lines.line_count() => line as usize - 1..line as usize,
            Some(line) => {
                failed = true;
                let count = lines.line_count();
                let message = locale.pick(
                    format!("{name} 没有第 {line} 行，共 {count} 行"),
                    format!("{name} 沒有第 {line} 行，共 {count} 行"),
                    format!("{name} has no line {line}, there are {count}"),
                );
                complain(locale, &message);
                continue;
            }
        };
        let analysis = Analysis::new(&lines, source.markup(), settings);
        let account = Account::new(&analysis, &lines, settings, manner, output.look());
        if let Some(reasons) = genre(&analysis).filter(|_| manner.line.is_none() && analysis.is_other()) {
            let title = locale.pick(
                "不像讲话、报告、通知一类的公文，只作提示",
                "不像講話、報告、通知一類的公文，只作提示",
                "no official prose: hints only",
            );
            let mut text = format!("{}\n  {title}\n", clean(&name));
            for (meaning, points) in reasons.into_iter().filter(|(_, points)| manner.is_verbose || *points > 0) {
                let _ = match manner.is_verbose {
                    true => writeln!(text, "    {points:+5}  {meaning}"),
                    false => writeln!(text, "    {meaning}"),
                };
            }
            output.text(&text)?;
        }
        for n in wanted {
            let text = account.of_line(n);
            if !text.is_empty() {
                output.text(&format!("{}:{}\n{text}", clean(&name), n + 1))?;
            } else if let Some(line) = manner.line {
                let nothing = locale.pick(
                    "这一行没有问题，也没有像占位符、序号的地方",
                    "這一行沒有問題，也沒有像佔位符、序號的地方",
                    "nothing is found here, and nothing looks like a placeholder or an ordinal",
                );
                output.text(&format!("{}:{line}\n  {nothing}\n", clean(&name)))?;
            }
        }
    }
    Ok(failed)
}

/// A draft that is explained.
struct Account<'a> {
    analysis: &'a Analysis,
    lines: &'a Flat<'a>,
    manner: Manner,
    look: Look,
    found: Vec<Diagnostic>,
    hidden: Vec<Hidden>,
}

impl<'a> Account<'a> {
    fn new(analysis: &'a Analysis, lines: &'a Flat<'a>, settings: &'a Settings, manner: Manner, look: Look) -> Self {
        let mut account = Self { analysis, lines, manner, look, found: Vec::new(), hidden: Vec::new() };
        if manner.about == About::Findings {
            account.found = rules::diagnostics(analysis, lines, settings, look.locale, usize::MAX);
            account.hidden = gate(analysis, lines, settings, look.locale).hidden;
        }
        account
    }

    fn of_line(&self, n: usize) -> String {
        let facts = why(self.analysis, self.lines, n);
        let mut text = String::new();
        let is_here = |found: &&Diagnostic| found.span.start.line as usize == n;
        self.found.iter().filter(is_here).for_each(|found| self.finding(&mut text, found));
        self.hidden.iter().filter(|hidden| is_here(&&hidden.finding)).for_each(|hidden| self.hidden(&mut text, hidden));
        // Of a whole draft: what is found. Of one line: what might have been, too.
        let one = self.manner.line.is_some();
        if self.manner.about == About::Findings {
            let told = facts.blanks.iter().filter(|blank| one || blank.account.verdict != Certainty::Silent);
            told.for_each(|found| self.blank(&mut text, found));
        }
        if one || self.manner.about == About::Ordinals {
            facts.candidates.iter().for_each(|found| self.candidate(&mut text, found));
        }
        // Of a list that runs through several lines where it is broken, or where one asks.
        let is_told = |broken: &&Broken| {
            let (reported, first) = (broken.verdict != Verdict::Silent, broken.line as usize == n);
            one || first && (reported || self.manner.about == About::Ordinals)
        };
        facts.broken.iter().filter(is_told).for_each(|found| self.broken(&mut text, found));
        text
    }

    fn finding(&self, text: &mut String, found: &Diagnostic) {
        let severity = found.severity.name_in(self.look.locale);
        let _ = writeln!(text, "  {severity}[{}]: {}", found.rule.code, clean(&found.message));
        if self.manner.line.is_some() && !found.rule.is_about_blanks() {
            let _ = writeln!(text, "    {}", found.rule.why);
        }
    }

    fn hidden(&self, text: &mut String, hidden: &Hidden) {
        let by = limit("", &hidden.by, self.look.locale);
        let passed = self.look.locale.pick("略过，因为", "略過，因為", "passed over because of");
        let _ = writeln!(text, "  {passed} {}: {}", clean(&by), clean(&hidden.finding.message));
    }

    fn blank(&self, text: &mut String, found: &Blank) {
        let (locale, account) = (self.look.locale, &found.account);
        let verdict = match account.verdict {
            Certainty::Certain => locale.pick("没填的占位符", "沒填的佔位符", "a placeholder to be filled in"),
            Certainty::Doubtful => {
                locale.pick("像占位符，只作提示", "像佔位符，只作提示", "perhaps a placeholder: a hint")
            }
            Certainty::Silent => locale.pick("不算占位符", "不算佔位符", "no placeholder"),
        };
        let _ = writeln!(text, "  “{}”：{verdict}", clean(&found.text));
        if account.is_known {
            let known = locale.pick(
                "是认定的占位符写法，或者设置里加了它",
                "是認定的佔位符寫法，或者設定裡加了它",
                "known to be one, or added by the settings",
            );
            let _ = writeln!(text, "    {known}");
            return;
        }
        for reason in &account.reasons {
            self.reason(text, reason.text, reason.points);
        }
        if let Some(objection) = &account.objection {
            let but = locale.pick("相反的：", "相反的：", "against it: ");
            self.reason(text, &format!("{but}{}", objection.text), objection.points);
        }
        if account.reasons.iter().any(|reason| reason.decisive) {
            let close = match account.verdict {
                Certainty::Silent => locale.pick(
                    "差一点就报：少了上面任何一条有分量的，就会报",
                    "差一點就報：少了上面任何一條有分量的，就會報",
                    "a narrow verdict: without one of the weightier reasons it would be reported",
                ),
                _ => locale.pick(
                    "差一点就不报：少了上面任何一条有分量的，就不报",
                    "差一點就不報：少了上面任何一條有分量的，就不報",
                    "a narrow verdict: without one of the weightier reasons it would not be reported",
                ),
            };
            let _ = writeln!(text, "    {close}");
        }
        let crate::placeholder::Account { score, hint, warning, .. } = account;
        self.sum(
            text,
            [
                format!("合计 {score}；{hint} 以上提示，{warning} 以上报告"),
                format!("合計 {score}；{hint} 以上提示，{warning} 以上報告"),
                format!("sum {score}; a hint from {hint} on, a report from {warning} on"),
            ],
        );
    }

    fn candidate(&self, text: &mut String, found: &Candidate) {
        let locale = self.look.locale;
        let name = clean(&found.text).into_owned();
        let _ = match &found.list {
            Some(ordinals) => {
                let item = locale.pick("序号，这一列是", "序號，這一列是", "an ordinal of the list");
                writeln!(text, "  “{name}”：{item} {}", clean(&ordinals.join(" ")))
            }
            None => {
                let word = locale.pick(
                    "不作序号：前后没有接得上的，单独算一列又不够像",
                    "不作序號：前後沒有接得上的，單獨算一列又不夠像",
                    "no ordinal: it goes on with none, and does not look enough like one by itself",
                );
                writeln!(text, "  “{name}”：{word}")
            }
        };
        for (meaning, points) in &found.evidence {
            self.reason(text, meaning, i32::from(*points));
        }
        let (price, toll) = (found.price, found.toll);
        self.sum(
            text,
            [
                format!("合计 {price}：当作普通文字的代价；当作序号的代价 {toll}，另加所在的列的"),
                format!("合計 {price}：當作普通文字的代價；當作序號的代價 {toll}，另加所在的列的"),
                format!("sum {price}: its cost as ordinary text; as an ordinal {toll} and what its list costs"),
            ],
        );
    }

    fn broken(&self, text: &mut String, found: &Broken) {
        let locale = self.look.locale;
        let verdict = match found.verdict {
            Verdict::Report => locale.pick("报告", "報告", "reported"),
            Verdict::Hint => locale.pick("只作提示", "只作提示", "a hint"),
            Verdict::Silent => locale.pick("不报", "不報", "not reported"),
        };
        let list = locale.pick("序号", "序號", "ordinals");
        let _ = writeln!(
            text,
            "  {list} {}：{}，{verdict}",
            clean(&found.ordinals.join(" ")),
            defect(&found.defect, found, self.look)
        );
        let speaks = |points: i32| (points > 0) == (found.verdict != Verdict::Silent);
        for (name, points) in found.features.iter().filter(|(_, points)| speaks(*points) || self.manner.is_verbose) {
            self.reason(text, faults::meaning(name).unwrap_or(name), *points);
        }
        let (points, margin) = (found.points, found.margin);
        self.sum(
            text,
            [
                format!("合计 {points}；与怪罪别的项的读法相差 {margin}"),
                format!("合計 {points}；與怪罪別的項的讀法相差 {margin}"),
                format!("sum {points}; {margin} from the reading that blames other items"),
            ],
        );
    }

    /// What the points come to, where they are shown.
    fn sum(&self, text: &mut String, [hans, hant, english]: [String; 3]) {
        if self.manner.is_verbose {
            let _ = writeln!(text, "    {}", self.look.locale.pick(hans, hant, english));
        }
    }

    fn reason(&self, text: &mut String, meaning: &str, points: i32) {
        let _ = match self.manner.is_verbose {
            true => writeln!(text, "    {points:+5}  {meaning}"),
            false => writeln!(text, "    · {meaning}"),
        };
    }
}

/// What is wrong with a list.
fn defect(defect: &Defect, found: &Broken, look: Look) -> String {
    let ordinal = |at: usize| found.ordinals.get(at).map_or("", String::as_str);
    let locale = look.locale;
    match *defect {
        Defect::Wrong { first, expected, .. } => locale.pick(
            format!("“{}”应是第 {expected}", ordinal(first)),
            format!("「{}」應是第 {expected}", ordinal(first)),
            format!("‘{}’ should be number {expected}", ordinal(first)),
        ),
        Defect::Duplicate { at, .. } => locale.pick(
            format!("“{}”重复", ordinal(at)),
            format!("「{}」重複", ordinal(at)),
            format!("‘{}’ is repeated", ordinal(at)),
        ),
        Defect::Gap { at, expected } | Defect::Tail { at, expected } => locale.pick(
            format!("“{}”之前缺第 {expected}", ordinal(at)),
            format!("「{}」之前缺第 {expected}", ordinal(at)),
            format!("number {expected} is missing before ‘{}’", ordinal(at)),
        ),
        Defect::Start { found: first } => locale.pick(
            format!("从第 {first} 开始"),
            format!("從第 {first} 開始"),
            format!("begins with number {first}"),
        ),
        Defect::Swap { first, .. } => locale.pick(
            format!("“{}”与后一项颠倒", ordinal(first)),
            format!("「{}」與後一項顛倒", ordinal(first)),
            format!("‘{}’ and the next are exchanged", ordinal(first)),
        ),
        Defect::Disorder => locale.pick("次序乱", "次序亂", "out of order").to_owned(),
    }
}
