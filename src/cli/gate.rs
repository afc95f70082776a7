//! What `--final` says: what limits the check, what it hides, and what the drafts come to.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use super::baseline::Baseline;
use super::extent::Extent;
use super::files::{ConfiguredFile, Place};
use super::output::clean;
use crate::features::gate::{self, Gate, Hidden, Limit};
use crate::locale::Locale;
use crate::report::{self, Columns};
use crate::rules::{self, Diagnostic, PassedOver, RULES, Severity};
use crate::settings::{Exception, Settings};
use crate::text::{Flat, Lines as _};
use crate::word::{Beside, Document, Unread as Object};

/// What a draft comes to, with its places counted for a report.
pub(super) struct Judged {
    open: usize,
    doubtful: usize,
    length: Option<String>,
    hidden: Vec<Concealed>,
    used: BTreeSet<Exception>,
    unused: Vec<Exception>,
    unread: Unread,
    private: Vec<(Beside, String)>,
    demoted: BTreeSet<&'static str>,
    off: Vec<&'static str>,
    without_catalogue: bool,
    words: BTreeSet<(&'static str, &'static str)>,
}

/// What of a draft is code, a comment or the like.
#[derive(Default)]
struct Unread {
    /// How many Han characters.
    han: usize,
    /// What looks like a blank: its line, from 1, and its text.
    marks: Vec<(u32, String)>,
    /// What a Word document has besides text.
    objects: Vec<Object>,
}

/// A finding that is not reported.
#[derive(Clone)]
struct Concealed {
    by: Limit,
    /// Line and column, from 1.
    line: u32,
    column: u32,
    code: &'static str,
    message: String,
    is_blank: bool,
}

/// Looks at a draft; what `accepted` holds is not counted as open.
pub(super) fn judge(
    gate: Gate,
    path: &str,
    (lines, document): (&Flat, Option<&Document>),
    settings: &Arc<Settings>,
    locale: Locale,
    accepted: Option<&Baseline>,
) -> Judged {
    let Gate { open: mut left, mut hidden, unused, coverage, doubtful, length } = gate;
    if let Some(baseline) = accepted {
        let all = left.clone();
        baseline.filter(path, lines, &mut left);
        let is_left = |found: &Diagnostic| {
            left.iter().any(|other| std::ptr::eq(other.rule, found.rule) && other.span == found.span)
        };
        let gone = all.into_iter().filter(|found| !is_left(found));
        hidden.extend(gone.map(|finding| Hidden {
            is_blank: finding.rule.is_about_blanks(),
            by: Limit::Baseline,
            finding,
        }));
    }
    let columns = Columns::new(lines);
    let used = hidden.iter().filter_map(|hidden| match &hidden.by {
        Limit::Settings(PassedOver::Exception(exception)) => Some(exception.clone()),
        _ => None,
    });
    let used = used.collect();
    let hidden = hidden.into_iter().map(|Hidden { finding, by, is_blank }| {
        let place = columns.position(finding.span.start);
        let (line, column, code) = (place.line + 1, place.column + 1, finding.rule.code);
        Concealed { by, line, column, code, message: finding.message, is_blank }
    });
    let is_demoted = |rule: &&&rules::Rule| {
        let level = rules::severity_of(rule, settings);
        rule.severity.is_some_and(|usual| usual <= Severity::Warning)
            && level.is_some_and(|now| now > Severity::Warning)
    };
    Judged {
        open: left.len(),
        doubtful,
        length,
        hidden: hidden.collect(),
        used,
        unused,
        unread: Unread {
            han: coverage.unread,
            marks: coverage.marks.into_iter().map(|span| (span.start.line + 1, lines.text(span))).collect(),
            objects: document.map_or_else(Vec::new, |document| document.unread().to_vec()),
        },
        private: document.map_or_else(Vec::new, |document| private(document, settings, locale)),
        demoted: RULES.iter().filter(is_demoted).map(|rule| rule.code).collect(),
        off: gate::rules_off(settings),
        without_catalogue: settings.formulations.builtin == Some(false),
        words: settings.words.iter().flat_map(|words| words.all()).collect(),
    }
}

/// What must not leave the office, where a document does not show it.
fn private(document: &Document, settings: &Arc<Settings>, locale: Locale) -> Vec<(Beside, String)> {
    let all = document.withheld().iter();
    let mut found: Vec<(Beside, String)> = all
        .flat_map(|(place, words)| gate::private(words, settings, locale).into_iter().map(|found| (*place, found)))
        .collect();
    found.sort();
    found.dedup();
    found
}

/// What all drafts come to.
#[derive(Default)]
pub(super) struct Verdict {
    open: usize,
    /// Places that look like blanks, and may be none.
    doubtful: usize,
    /// The drafts that take longer than wanted, each in words.
    overlong: Vec<String>,
    /// With the draft that it stands in.
    hidden: Vec<(String, Concealed)>,
    used: BTreeSet<Exception>,
    unused: BTreeSet<Exception>,
    unread: Vec<(String, Unread)>,
    private: Vec<(String, Beside, String)>,
    demoted: BTreeSet<&'static str>,
    off: BTreeSet<&'static str>,
    without_catalogue: bool,
    /// The words of users, with their classes.
    words: BTreeSet<(&'static str, &'static str)>,
    /// The settings files that count, and those that do not.
    files: Vec<ConfiguredFile>,
    /// Drafts in the folders that were not read, because they are ignored.
    ignored: Vec<PathBuf>,
    /// The file of accepted findings, and how many it holds.
    baseline: Option<(String, usize)>,
    /// Hidden blanks are no obstacle.
    accepts_hidden: bool,
}

impl Verdict {
    pub fn new(
        files: Vec<ConfiguredFile>,
        ignored: Vec<PathBuf>,
        baseline: Option<(String, usize)>,
        accepts_hidden: bool,
    ) -> Self {
        Self { files, ignored, baseline, accepts_hidden, ..Self::default() }
    }

    pub fn take(&mut self, path: &str, judged: Judged) {
        self.open += judged.open;
        self.doubtful += judged.doubtful;
        self.overlong.extend(judged.length.map(|length| format!("{path} {length}")));
        self.hidden.extend(judged.hidden.into_iter().map(|hidden| (path.to_owned(), hidden)));
        self.used.extend(judged.used);
        self.unused.extend(judged.unused);
        let Unread { han, marks, objects } = &judged.unread;
        if *han > 0 || !marks.is_empty() || !objects.is_empty() {
            self.unread.push((path.to_owned(), judged.unread));
        }
        let private = judged.private.into_iter().map(|(place, found)| (path.to_owned(), place, found));
        self.private.extend(private);
        self.demoted.extend(judged.demoted);
        self.off.extend(judged.off);
        self.without_catalogue |= judged.without_catalogue;
        self.words.extend(judged.words);
    }

    fn hidden_blanks(&self) -> usize {
        self.hidden.iter().filter(|(_, hidden)| hidden.is_blank).count()
    }

    /// What keeps the drafts from being handed in.
    pub fn blocking(&self) -> usize {
        self.open + self.private.len() + if self.accepts_hidden { 0 } else { self.hidden_blanks() }
    }

    /// The report: nothing but the outcome where nothing limits the check.
    pub fn report(&self, extent: Extent, locale: Locale) -> String {
        let mut text = String::new();
        let limits = self.limits(locale);
        if !limits.is_empty() {
            text += locale.pick("定稿检查受这些限制：\n", "定稿檢查受這些限制：\n", "what limits this check:\n");
            for limit in limits {
                let _ = writeln!(text, "  {}", clean(&limit));
            }
        }
        if !self.hidden.is_empty() {
            let n = self.hidden.len();
            text += &locale.pick(
                format!("略过的问题 {n} 处：\n"),
                format!("略過的問題 {n} 處：\n"),
                format!("passed over: {n}\n"),
            );
            for (path, hidden) in self.hidden.iter().take(MOST_SHOWN) {
                let Concealed { line, column, code, message, .. } = hidden;
                let _ = writeln!(text, "  {}:{line}:{column}: {code}: {}", clean(path), clean(message));
            }
            if n > MOST_SHOWN {
                let more = n - MOST_SHOWN;
                text += &locale.pick(
                    format!("  还有 {more} 处，用 --format json 看全部\n"),
                    format!("  還有 {more} 處，用 --format json 看全部\n"),
                    format!("  and {more} more; --format json has them all\n"),
                );
            }
        }
        text + &self.outcome(extent, locale)
    }

    fn outcome(&self, extent: Extent, locale: Locale) -> String {
        let mut reasons = Vec::new();
        if self.open > 0 {
            let n = self.open;
            reasons.push(locale.pick(
                format!("{n} 处待填待改"),
                format!("{n} 處待填待改"),
                format!("{n} places to fill in or settle"),
            ));
        }
        if !self.private.is_empty() {
            let n = self.private.len();
            reasons.push(locale.pick(
                format!("{n} 处不该出本单位的，在批注、页眉、属性一类地方"),
                format!("{n} 處不該出本單位的，在註解、頁首、摘要資訊一類地方"),
                format!("{n} × what must not leave the office, in comments, headers, properties and the like"),
            ));
        }
        let concealed = if self.accepts_hidden { 0 } else { self.hidden_blanks() };
        if concealed > 0 {
            reasons.push(locale.pick(
                format!("{concealed} 处占位符只是被略过（确认有意保留，加 --accept-suppressed）"),
                format!("{concealed} 處佔位符只是被略過（確認有意保留，加 --accept-suppressed）"),
                format!("{concealed} placeholders are merely passed over (--accept-suppressed if that is meant)"),
            ));
        }
        if extent.unread > 0 {
            let n = extent.unread;
            reasons.push(locale.pick(format!("{n} 个没有查成"), format!("{n} 個沒有查成"), format!("{n} not checked")));
        } else if extent.files == 0 {
            reasons.push(locale.pick("没有查成任何稿件", "沒有查成任何稿件", "no draft has been checked").to_owned());
        }
        if extent.is_unsound {
            reasons.push(locale.pick("设置有误", "設定有誤", "the settings have mistakes").to_owned());
        }
        if reasons.is_empty() {
            let n = self.ignored.len();
            let but = locale.pick(
                format!("被忽略的 {n} 个稿件没有查，不在其内"),
                format!("被忽略的 {n} 個稿件沒有查，不在其內"),
                format!("but for {n} drafts that are ignored and not checked"),
            );
            let more: Vec<String> = self.overlong.iter().cloned().chain((n > 0).then_some(but)).collect();
            let more = more.join(locale.pick("；", "；", "; "));
            return gate::ready(self.doubtful, Some(&*more).filter(|more| !more.is_empty()), locale) + "\n";
        }
        locale.pick(
            format!("还不能定稿：{}\n", reasons.join("；")),
            format!("還不能定稿：{}\n", reasons.join("；")),
            format!("not ready: {}\n", reasons.join("; ")),
        )
    }

    /// What limits the check, a line each.
    fn limits(&self, locale: Locale) -> Vec<String> {
        let mut lines: Vec<String> = self.files.iter().map(|file| settings_file(file, locale)).collect();
        if self.without_catalogue {
            let text = locale.pick(
                "没有用内置的提法目录（[formulations] builtin = false）",
                "沒有用內建的提法目錄（[formulations] builtin = false）",
                "the built-in formulations are off ([formulations] builtin = false)",
            );
            lines.push(text.to_owned());
        }
        if !self.words.is_empty() {
            let shown: Vec<String> =
                self.words.iter().take(MOST_SHOWN).map(|(word, class)| format!("{word}（{class}）")).collect();
            let (n, shown) = (self.words.len(), shown.join(locale.pick("、", "、", ", ")));
            lines.push(locale.pick(
                format!("设置里另加的词 {n} 个：{shown}"),
                format!("設定裡另加的詞 {n} 個：{shown}"),
                format!("words added by the settings, {n}: {shown}"),
            ));
        }
        let list = |codes: &BTreeSet<&'static str>| {
            codes.iter().copied().collect::<Vec<_>>().join(locale.pick("、", "、", ", "))
        };
        if !self.off.is_empty() {
            let (n, all, count) = (self.off.len(), list(&self.off), self.count(|by| matches!(by, Limit::Off(_))));
            lines.push(locale.pick(
                format!("关闭的规则 {n} 条：{all}（略过 {count} 处）"),
                format!("關閉的規則 {n} 條：{all}（略過 {count} 處）"),
                format!("rules that are off: {all} ({count} findings passed over)"),
            ));
        }
        if !self.demoted.is_empty() {
            let (n, all) = (self.demoted.len(), list(&self.demoted));
            lines.push(locale.pick(
                format!("降到警告以下的规则 {n} 条：{all}"),
                format!("降到警告以下的規則 {n} 條：{all}"),
                format!("rules below a warning: {all}"),
            ));
        }
        let mut counts: BTreeMap<(String, Limit), usize> = BTreeMap::new();
        for (path, hidden) in &self.hidden {
            if matches!(hidden.by, Limit::Off(_) | Limit::Baseline) {
                continue;
            }
            let path = if matches!(hidden.by, Limit::Note(_)) { path.clone() } else { String::new() };
            *counts.entry((path, hidden.by.clone())).or_default() += 1;
        }
        for ((path, by), count) in counts {
            let what = by.named(&path, locale);
            lines.push(locale.pick(
                format!("{what}：略过 {count} 处"),
                format!("{what}：略過 {count} 處"),
                format!("{what}: {count} findings passed over"),
            ));
        }
        for exception in self.unused.difference(&self.used) {
            let what = gate::named(exception);
            lines.push(locale.pick(
                format!("{what}：没有用上，可以删去"),
                format!("{what}：沒有用上，可以刪去"),
                format!("{what}: of no use, may be deleted"),
            ));
        }
        if let Some((path, holds)) = &self.baseline {
            let count = self.count(|by| *by == Limit::Baseline);
            lines.push(locale.pick(
                format!("基线 {path}：记有 {holds} 处，这次略过 {count} 处"),
                format!("基線 {path}：記有 {holds} 處，這次略過 {count} 處"),
                format!("baseline {path}: of {holds} accepted findings, {count} passed over"),
            ));
        }
        if !self.ignored.is_empty() {
            let (n, comma) = (self.ignored.len(), locale.pick("、", "、", ", "));
            let shown: Vec<String> =
                self.ignored.iter().take(FEW_SHOWN).map(|path| path.display().to_string()).collect();
            let more = if n > FEW_SHOWN { locale.pick(" 等", " 等", ", …") } else { "" };
            let shown = shown.join(comma) + more;
            lines.push(locale.pick(
                format!("没有查的稿件 {n} 个，因为 .gitignore、.ignore 里写着略过（要查就写出文件名）：{shown}"),
                format!("沒有查的稿件 {n} 個，因為 .gitignore、.ignore 裡寫著略過（要查就寫出檔案名稱）：{shown}"),
                format!(
                    "drafts not checked, {n}, because .gitignore or .ignore says so (name them to check them): {shown}"
                ),
            ));
        }
        for (path, place, found) in &self.private {
            let place = place.name(locale);
            lines.push(locale.pick(
                format!("{path} 的{place}里有{found}"),
                format!("{path} 的{place}裡有{found}"),
                format!("{path}, in {place}: {found}"),
            ));
        }
        for (path, Unread { han, marks, objects }) in &self.unread {
            let mut counts: BTreeMap<&Object, usize> = BTreeMap::new();
            objects.iter().for_each(|object| *counts.entry(object).or_default() += 1);
            for (object, n) in counts {
                let name = object.name(locale);
                let so = match object.is_form() {
                    true => [
                        "编号、标题可能与 Word 里不同",
                        "編號、標題可能與 Word 裡不同",
                        "numbers and headings may differ",
                    ],
                    false => ["里面的文字没有查", "裡面的文字沒有查", "the text in it is not checked"],
                };
                let so = locale.pick(so[0], so[1], so[2]);
                lines.push(locale.pick(
                    format!("{path} 有 {n} 处{name}没有读，{so}"),
                    format!("{path} 有 {n} 處{name}沒有讀，{so}"),
                    format!("{path}: {n} × {name} not read; {so}"),
                ));
            }
            if *han > 0 {
                lines.push(locale.pick(
                    format!("{path} 有 {han} 个汉字在代码块、注释等处，没有查"),
                    format!("{path} 有 {han} 個漢字在程式碼區塊、註解等處，沒有查"),
                    format!("{path}: {han} Han characters in code, comments and the like are not checked"),
                ));
            }
            if !marks.is_empty() {
                let n = marks.len();
                let shown = marks.iter().take(FEW_SHOWN).map(|(line, mark)| {
                    locale.pick(
                        format!("第 {line} 行“{mark}”"),
                        format!("第 {line} 行「{mark}」"),
                        format!("line {line} “{mark}”"),
                    )
                });
                let shown = shown.collect::<Vec<_>>().join(locale.pick("、", "、", ", "));
                let shown = shown + if n > FEW_SHOWN { locale.pick("等", "等", ", …") } else { "" };
                lines.push(locale.pick(
                    format!("{path} 有 {n} 处像占位符的记号在代码、注释等处，没有查：{shown}"),
                    format!("{path} 有 {n} 處像佔位符的記號在程式碼、註解等處，沒有查：{shown}"),
                    format!(
                        "{path}: {n} marks like placeholders in code, comments and the like are not checked: {shown}"
                    ),
                ));
            }
        }
        lines
    }

    fn count(&self, is: impl Fn(&Limit) -> bool) -> usize {
        self.hidden.iter().filter(|(_, hidden)| is(&hidden.by)).count()
    }

    pub fn values(&self, extent: Extent, locale: Locale) -> report::Verdict {
        let is_complete = extent.files > 0 && extent.unread == 0 && !extent.is_unsound;
        let hidden = self.hidden.iter().map(|(path, hidden)| report::Hidden {
            path: path.clone(),
            line: hidden.line - 1,
            character: hidden.column - 1,
            code: hidden.code,
            message: hidden.message.clone(),
            placeholder: hidden.is_blank,
            by: match &hidden.by {
                Limit::Off(code) => format!("[rules] {code} = \"off\""),
                Limit::Baseline => "baseline".to_owned(),
                by => by.named(path, locale),
            },
        });
        report::Verdict {
            ready: is_complete && self.blocking() == 0,
            blocking: self.blocking(),
            limits: self.limits(locale),
            hidden: hidden.collect(),
        }
    }
}

/// Of what is hidden no more is shown.
const MOST_SHOWN: usize = 50;
/// And of what only limits the check.
const FEW_SHOWN: usize = 5;

fn settings_file(file: &ConfiguredFile, locale: Locale) -> String {
    let path = file.path.display();
    let text = locale.pick(format!("设置文件 {path}"), format!("設定檔 {path}"), format!("settings file {path}"));
    let [hans, hant, english] = match file.place {
        Place::Project | Place::Named => return text,
        Place::User => ["（自己的，对所有稿件起作用）", "（自己的，對所有稿件起作用）", " (your own, for all drafts)"],
        Place::OutsideRepository => {
            ["（在稿件所在的仓库之外）", "（在稿件所在的儲存庫之外）", " (outside the repository of the draft)"]
        }
        Place::Foreign => ["（属于别的用户，没有采用）", "（屬於別的使用者，沒有採用）", " (another user's, not used)"],
    };
    text + locale.pick(hans, hant, english)
}
