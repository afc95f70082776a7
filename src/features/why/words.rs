//! The same in words: verdicts, each with the reasons that it rests on.

use std::borrow::Cow;

use super::{Blank, Broken, Candidate, Count, genre, why};
use crate::analysis::Analysis;
use crate::features::gate::{Hidden, gate};
use crate::features::markdown::escaped;
use crate::features::report::Report;
use crate::locale::Locale;
use crate::outline::faults::{self, Verdict};
use crate::outline::sequence::Defect;
use crate::placeholder::Certainty;
use crate::rules::{self, Diagnostic};
use crate::settings::Settings;
use crate::slogans::traditional;
use crate::text::{Lines, Point, Range, tables};

/// What is to be explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// What is found and what might have been.
    Findings,
    Ordinals,
}

/// A verdict in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What it is about, in bytes of the line.
    pub range: Range,
    pub said: String,
    pub reasons: Vec<Reason>,
}

/// What a verdict rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// What was seen, and its points.
    Seen(String, i32),
    /// Something about the verdict as a whole.
    Remark(String),
    /// Of interest beside the points only: what was seen that speaks for another verdict, and what all of it comes to.
    Other(String, i32),
    Sum(String),
}

/// A draft that is explained.
pub struct Account<'a> {
    analysis: &'a Analysis,
    lines: &'a dyn Lines,
    about: About,
    locale: Locale,
    found: Vec<Diagnostic>,
    hidden: Vec<Hidden>,
}

impl<'a> Account<'a> {
    pub fn new(
        analysis: &'a Analysis,
        lines: &'a dyn Lines,
        settings: &Settings,
        about: About,
        locale: Locale,
    ) -> Self {
        let mut account = Self { analysis, lines, about, locale, found: Vec::new(), hidden: Vec::new() };
        if about == About::Findings {
            account.found = rules::diagnostics(analysis, lines, settings, locale, usize::MAX);
            account.hidden = gate(analysis, lines, settings, locale).hidden;
        }
        account
    }

    /// Why there are hints at most; nothing of a draft that is taken for official prose.
    pub fn of_draft(&self) -> Option<Told> {
        let reasons = genre(self.analysis).filter(|_| self.analysis.is_other())?;
        let said = self.locale.pick(
            "不像讲话、报告、通知一类的公文，只作提示",
            "不像講話、報告、通知一類的公文，只作提示",
            "no official prose: hints only",
        );
        let reasons = reasons.into_iter().map(|(meaning, points)| self.seen(meaning, points, points > 0));
        Some(Told { range: Range::default(), said: said.to_owned(), reasons: reasons.collect() })
    }

    /// The verdicts on line `n`. Of a line that is asked about `alone` also what is silent, and the lists through it
    /// that are broken elsewhere.
    pub fn of_line(&self, n: usize, alone: bool) -> Vec<Told> {
        let facts = why(self.analysis, self.lines, n);
        let is_here = |found: &Diagnostic| found.span.start.line as usize == n;
        let mut told: Vec<Told> =
            self.found.iter().filter(|found| is_here(found)).map(|found| self.finding(found, alone)).collect();
        told.extend(self.hidden.iter().filter(|hidden| is_here(&hidden.finding)).map(|hidden| self.hidden(hidden)));
        if self.about == About::Findings {
            let blanks = facts.blanks.iter().filter(|blank| alone || blank.account.verdict != Certainty::Silent);
            told.extend(blanks.map(|found| self.blank(found)));
        }
        if alone && self.about == About::Findings {
            told.extend(facts.counts.iter().map(|found| self.count(found)));
        }
        if alone || self.about == About::Ordinals {
            told.extend(facts.candidates.iter().map(|found| self.candidate(found)));
        }
        // Of a list that runs through several lines where it is broken, or where one asks.
        let is_told = |broken: &&Broken| {
            let (reported, first) = (broken.verdict != Verdict::Silent, broken.line as usize == n);
            alone || first && (reported || self.about == About::Ordinals)
        };
        told.extend(facts.broken.iter().filter(is_told).map(|found| self.broken(found)));
        self.tell_apart(&mut told, n);
        told
    }

    /// Says at which character of line `n` stands what is said in the same words of several places.
    fn tell_apart(&self, told: &mut [Told], n: usize) {
        let said: Vec<String> = told.iter().map(|told| told.said.clone()).collect();
        let text = self.lines.line(n);
        for told in told.iter_mut().filter(|told| said.iter().filter(|other| **other == told.said).count() > 1) {
            let column = text.get(..told.range.start as usize).map_or(0, |head| head.chars().count()) + 1;
            told.said = self.locale.pick(
                format!("第 {column} 字 {}", told.said),
                format!("第 {column} 字 {}", told.said),
                format!("character {column}: {}", told.said),
            );
        }
    }

    /// What is said of line `n` where there is nothing to be told.
    pub fn nothing(&self, n: usize) -> &'static str {
        if self.analysis.paragraph(n).is_some_and(|p| !p.is_blank() && !p.is_checked()) {
            return self.locale.pick(
                "这一行是代码、注释、分隔线一类，不当作正文，不查",
                "這一行是程式碼、註解、分隔線一類，不當作正文，不查",
                "this line is code, a comment, a rule or the like, and is not checked",
            );
        }
        if self.about == About::Ordinals {
            return self.locale.pick(
                "这一行没有像序号的地方（占位符等问题用 check --why 看）",
                "這一行沒有像序號的地方（佔位符等問題用 check --why 看）",
                "nothing looks like an ordinal here (see check --why for placeholders and all else)",
            );
        }
        self.locale.pick(
            "这一行没有问题，也没有像占位符、序号的地方",
            "這一行沒有問題，也沒有像佔位符、序號的地方",
            "nothing is found here, and nothing looks like a placeholder or an ordinal",
        )
    }

    fn finding(&self, found: &Diagnostic, alone: bool) -> Told {
        let (severity, text) = (found.severity.name_in(self.locale), found.rule.text(self.locale));
        let why = Reason::Remark(text.why.to_owned());
        Told {
            range: self.range(found),
            said: format!("{severity}[{}]: {}", found.rule.code, found.message),
            // What speaks for a blank is told of the candidate.
            reasons: if alone && !found.rule.is_about_blanks() { vec![why] } else { Vec::new() },
        }
    }

    fn hidden(&self, hidden: &Hidden) -> Told {
        let by = hidden.by.named("", self.locale);
        let passed = self.locale.pick("略过，因为", "略過，因為", "passed over because of");
        let said = format!("{passed} {by}: {}", hidden.finding.message);
        Told { range: self.range(&hidden.finding), said, reasons: Vec::new() }
    }

    /// The part of a finding that is on its first line.
    fn range(&self, found: &Diagnostic) -> Range {
        let (start, end) = (found.span.start, found.span.end);
        let end = if end.line == start.line { end.byte } else { self.lines.line(start.line as usize).len() as u32 };
        Range { start: start.byte, end }
    }

    fn blank(&self, found: &Blank) -> Told {
        let (locale, account) = (self.locale, &found.account);
        let verdict = match account.verdict {
            Certainty::Certain => locale.pick("没填的占位符", "沒填的佔位符", "a placeholder to be filled in"),
            Certainty::Doubtful => {
                locale.pick("像占位符，只作提示", "像佔位符，只作提示", "perhaps a placeholder: a hint")
            }
            Certainty::Silent => locale.pick("不算占位符", "不算佔位符", "no placeholder"),
        };
        let mut told = Told { range: found.range, said: self.of(&found.text, verdict), reasons: Vec::new() };
        if account.is_known {
            let known = locale.pick(
                "是认定的占位符写法，或者设置里加了它",
                "是認定的佔位符寫法，或者設定裡加了它",
                "known to be one, or added by the settings",
            );
            told.reasons.push(Reason::Remark(known.to_owned()));
            return told;
        }
        told.reasons.extend(account.reasons.iter().map(|reason| self.seen(reason.text, reason.points, true)));
        let (silent, objections) = (account.verdict == Certainty::Silent, &account.objections);
        let but = match silent {
            true => locale.pick("相反的（像空位）：", "相反的（像空位）：", "against it, for a blank: "),
            false => locale.pick("相反的（不像空位）：", "相反的（不像空位）：", "against it, for plain text: "),
        };
        told.reasons.extend(
            objections
                .iter()
                .map(|objection| Reason::Seen(format!("{but}{}", self.meaning(objection.text)), objection.points)),
        );
        let decisive: Vec<String> = account
            .reasons
            .iter()
            .filter(|reason| reason.decisive)
            .map(|reason| {
                locale.pick("“", "「", "‘").to_owned() + &self.meaning(reason.text) + locale.pick("”", "」", "’")
            })
            .collect();
        if !decisive.is_empty() {
            let any = decisive.join(locale.pick("或", "或", " or "));
            told.reasons.push(Reason::Remark(match silent {
                true => locale.pick(
                    format!("差一点就报：别的不变，只要没有{any}，就会报"),
                    format!("差一點就報：別的不變，只要沒有{any}，就會報"),
                    format!("a narrow verdict: without {any}, all else the same, it would be reported"),
                ),
                false => locale.pick(
                    format!("差一点就不报：别的不变，只要没有{any}，就不报"),
                    format!("差一點就不報：別的不變，只要沒有{any}，就不報"),
                    format!("a narrow verdict: without {any}, all else the same, it would not be reported"),
                ),
            }));
        }
        let crate::placeholder::Account { score, hint, warning, .. } = account;
        let rest = score - account.reasons.iter().chain(objections).map(|reason| reason.points).sum::<i32>();
        told.reasons.push(Reason::Sum(locale.pick(
            format!("合计 {score}，其中没有列出的 {rest}；{hint} 以上提示，{warning} 以上报告"),
            format!("合計 {score}，其中沒有列出的 {rest}；{hint} 以上提示，{warning} 以上報告"),
            format!(
                "sum {score}, {rest} of it by what is not listed; a hint from {hint} on, a report from {warning} on"
            ),
        )));
        told
    }

    fn count(&self, found: &Count) -> Told {
        let (locale, count) = (self.locale, found.count);
        let said = match &found.counted {
            None => locale.pick(
                "像是宣布数目，没有找到它所数的各项，不核对".to_owned(),
                "像是宣佈數目，沒有找到它所數的各項，不核對".to_owned(),
                "perhaps a count; what it counts is not found, so nothing is said of it".to_owned(),
            ),
            Some((actual, ordinals)) => {
                let items = if ordinals.is_empty() {
                    locale.pick("并列的各项", "並列的各項", "items in a row").to_owned()
                } else {
                    ordinals.join(" ")
                };
                let verdict = match found.agrees {
                    true => locale.pick("相符", "相符", "which agrees"),
                    false => locale.pick("不符", "不符", "which does not agree"),
                };
                locale.pick(
                    format!("宣布 {count}，数的是 {items}，共 {actual} 项，{verdict}"),
                    format!("宣佈 {count}，數的是 {items}，共 {actual} 項，{verdict}"),
                    format!("announces {count}; it counts {items}, {actual} in all, {verdict}"),
                )
            }
        };
        let said = self.of(&found.text, &said);
        Told { range: found.range, said, reasons: Vec::new() }
    }

    fn candidate(&self, found: &Candidate) -> Told {
        let (locale, name) = (self.locale, &found.text);
        let said = match &found.list {
            Some(ordinals) => {
                let item = locale.pick("序号，这一列是", "序號，這一列是", "an ordinal of the list");
                self.of(name, &format!("{item} {}", ordinals.join(" ")))
            }
            None => {
                let word = locale.pick(
                    "不作序号：前后没有接得上的号，只凭它自己不足以成为一列",
                    "不作序號：前後沒有接得上的號，只憑它自己不足以成為一列",
                    "no ordinal: it goes on with none, and is not enough to make a list by itself",
                );
                self.of(name, word)
            }
        };
        let but = match found.list {
            Some(_) => locale.pick("相反的（不像序号）：", "相反的（不像序號）：", "against it, for plain text: "),
            None => locale.pick("相反的（像序号）：", "相反的（像序號）：", "against it, for an ordinal: "),
        };
        let reasons = found.evidence.iter().map(|&(meaning, points)| match (points > 0) == found.list.is_some() {
            true => self.seen(meaning, points.into(), true),
            false => Reason::Seen(format!("{but}{}", self.meaning(meaning)), points.into()),
        });
        let (price, toll) = (found.price, found.toll);
        let sum = Reason::Sum(locale.pick(
            format!("合计 {price}：当作普通文字的代价；当作序号的代价 {toll}，另加所在的列的"),
            format!("合計 {price}：當作普通文字的代價；當作序號的代價 {toll}，另加所在的列的"),
            format!("sum {price}: its cost as ordinary text; as an ordinal {toll} and what its list costs"),
        ));
        Told { range: found.range, said, reasons: reasons.chain([sum]).collect() }
    }

    fn broken(&self, found: &Broken) -> Told {
        let locale = self.locale;
        let verdict = match found.verdict {
            Verdict::Report => locale.pick("报告", "報告", "reported"),
            Verdict::Hint => locale.pick("只作提示", "只作提示", "a hint"),
            Verdict::Silent => locale.pick("不报", "不報", "not reported"),
        };
        let list = locale.pick("序号", "序號", "ordinals");
        let (ordinals, defect) = (found.ordinals.join(" "), self.defect(found));
        let said = locale.pick(
            format!("{list} {ordinals}：{defect}，{verdict}"),
            format!("{list} {ordinals}：{defect}，{verdict}"),
            format!("{list} {ordinals}: {defect}; {verdict}"),
        );
        let speaks = |points: i32| (points > 0) == (found.verdict != Verdict::Silent);
        let meaning = |name: &'static str| faults::meaning(name).unwrap_or(name);
        // What counts for every list is no reason.
        let speaks = |name: &str, points: i32| name != "bias" && speaks(points);
        let reasons =
            found.features.iter().map(|(name, points)| self.seen(meaning(name), *points, speaks(name, *points)));
        let (points, margin) = (found.points, found.margin);
        let sum = Reason::Sum(locale.pick(
            format!("合计 {points}；与怪罪别的项的读法相差 {margin}"),
            format!("合計 {points}；與怪罪別的項的讀法相差 {margin}"),
            format!("sum {points}; {margin} from the reading that blames other items"),
        ));
        Told { range: found.range, said, reasons: reasons.chain([sum]).collect() }
    }

    /// What is said of some words of the draft.
    fn of(&self, text: &str, said: &str) -> String {
        self.locale.pick(format!("“{text}”：{said}"), format!("「{text}」：{said}"), format!("‘{text}’: {said}"))
    }

    /// A reason that `speaks` for the verdict, or one that does not.
    fn seen(&self, meaning: &str, points: i32, speaks: bool) -> Reason {
        let meaning = self.meaning(meaning).into_owned();
        if speaks { Reason::Seen(meaning, points) } else { Reason::Other(meaning, points) }
    }

    /// What a table of points says that a feature means, in the language of messages.
    fn meaning<'m>(&self, hans: &'m str) -> Cow<'m, str> {
        match self.locale {
            Locale::Hans => hans.into(),
            // Where a character has several Traditional forms it stays.
            Locale::Hant => {
                let of = |c: char| traditional(c.encode_utf8(&mut [0; 4])).unwrap_or_else(|| c.into());
                traditional(hans).unwrap_or_else(|| hans.chars().map(of).collect()).into()
            }
            Locale::English => english(hans).unwrap_or(hans).into(),
        }
    }

    /// What is wrong with a list.
    fn defect(&self, found: &Broken) -> String {
        let ordinal = |at: usize| found.ordinals.get(at).map_or("", String::as_str);
        let locale = self.locale;
        match found.defect {
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
}

fn english(meaning: &str) -> Option<&'static str> {
    let mut rows = tables::rows(include_str!("english.tsv"));
    rows.find_map(|mut cells| (cells.next() == Some(meaning)).then(|| cells.next())?)
}

impl Reason {
    /// As it is told without points.
    pub fn plain(&self) -> Option<&str> {
        match self {
            Self::Seen(text, _) | Self::Remark(text) => Some(text),
            Self::Other(..) | Self::Sum(_) => None,
        }
    }
}

/// Why what stands at `at` is judged as it is, or else what stands on its line.
pub fn explained(analysis: &Analysis, lines: &dyn Lines, settings: &Settings, locale: Locale, at: Point) -> Report {
    let locale = rules::message_locale(locale, analysis);
    let n = at.line + 1;
    let title = locale.pick(
        format!("# 第 {n} 行为什么这样判断\n\n"),
        format!("# 第 {n} 行為什麼這樣判斷\n\n"),
        format!("# Why line {n} is judged so\n\n"),
    );
    let account = Account::new(analysis, lines, settings, About::Findings, locale);
    let mut told = if analysis.is_chinese() { account.of_line(at.line as usize, true) } else { Vec::new() };
    let is_here = |told: &Told| told.range.start <= at.byte && at.byte <= told.range.end;
    if told.iter().any(is_here) {
        told.retain(is_here);
    }
    if told.is_empty() {
        let nothing = account.nothing(at.line as usize);
        return Report { summary: nothing.to_owned(), markdown: title + &escaped(nothing) + "\n" };
    }
    // The draft that has hints only explains a hint.
    told.extend(account.of_draft());
    let plain = |told: &Told| {
        let reasons = told.reasons.iter().filter_map(Reason::plain).map(|reason| format!("\n· {reason}"));
        told.said.clone() + &reasons.collect::<String>()
    };
    let markdown = |told: &Told| {
        let reasons = told.reasons.iter().filter_map(Reason::plain).map(|reason| format!("\n- {}", escaped(reason)));
        let reasons: String = reasons.collect();
        let gap = if reasons.is_empty() { "" } else { "\n" };
        format!("**{}**{gap}{reasons}", escaped(&told.said))
    };
    let summary = told.iter().map(plain).collect::<Vec<_>>().join("\n\n");
    Report { summary, markdown: title + &told.iter().map(markdown).collect::<Vec<_>>().join("\n\n") + "\n" }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::analysis::Markup;
    use crate::text::Flat;

    /// The explanation of what stands at the first `at`.
    fn of(text: &str, at: &str) -> String {
        let lines = Flat::new(text);
        let settings = Arc::new(Settings::default());
        let analysis = Analysis::new(&lines, Markup::Plain, &settings);
        let byte = text.find(at).unwrap() as u32;
        let Report { summary: plain, markdown } =
            explained(&analysis, &lines, &settings, Locale::Hans, Point::new(0, byte));
        assert_eq!(plain.matches("\n· ").count(), markdown.matches("\n- ").count());
        plain
    }

    #[test]
    fn what_stands_at_the_place_is_explained() {
        let draft = "今年完成投资XX亿元，做到：一是抓早，二是抓小，四是抓了。";
        let blank = of(draft, "XX");
        assert!(blank.contains("没填的占位符\n· ") && !blank.contains("四是"), "{blank}");
        let ordinal = of(draft, "四是");
        assert!(ordinal.contains("[numbering-gap]") && ordinal.contains("之前缺第 3，报告\n· "), "{ordinal}");
        assert!(!ordinal.contains("没填的占位符"), "{ordinal}");
        // Where nothing stands, the line is explained.
        let line = of(draft, "今年");
        assert!(line.contains("没填的占位符") && line.contains("[numbering-gap]"), "{line}");
        assert!(of("我们要抓落实。", "要").contains("没有问题"));
    }

    #[test]
    fn every_meaning_is_told_in_english() {
        let tables = [
            (include_str!("../../placeholder/features.tsv"), 1),
            (include_str!("../../outline/points.tsv"), 1),
            (include_str!("../../paragraph/genre.tsv"), 1),
            (include_str!("../../paragraph/evidence.tsv"), 3),
        ];
        for (table, column) in tables {
            for mut cells in tables::rows(table).skip(1) {
                let meaning = cells.nth(column).unwrap_or("");
                assert!(meaning.is_empty() || english(meaning).is_some(), "{meaning}");
            }
        }
    }

    #[test]
    fn counts_and_what_is_not_read_are_explained() {
        let draft = "下面讲三点意见：第一，抓早。第二，抓小。";
        let count = of(draft, "三点");
        assert!(count.contains("宣布 3，数的是 第一 第二，共 2 项，不符"), "{count}");
        assert!(of("会上的六项任务，大家都认领了。", "六项").contains("不核对"));
        let lines = Flat::new("```\nXX区\n```\n正文要抓落实。");
        let settings = Arc::new(Settings::default());
        let analysis = Analysis::new(&lines, Markup::Markdown, &settings);
        let report = explained(&analysis, &lines, &settings, Locale::Hans, Point::new(1, 0));
        assert!(report.summary.contains("不查"), "{}", report.summary);
    }
}
