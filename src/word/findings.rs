//! What was found in the text of a document, said of the document: numbers that Word makes are mended in Word.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Document;
use crate::locale::Locale;
use crate::numeral;
use crate::rules::{self, Diagnostic, Fix, Rule, Severity};
use crate::settings::Settings;
use crate::text::chars::is_space;
use crate::text::{Edit, Grade, Lines, Range, Span};

/// The rule that a number typed beside an automatic one breaks.
const DUPLICATE: &str = "numbering-duplicate";
/// The rule that an open place breaks.
const PLACEHOLDER: &str = "placeholder";

impl Document {
    /// Settles what was `found` in the text: says of automatic numbers which setting of Word is wrong, takes
    /// away fixes that would write into them, and adds what the document alone shows.
    pub fn settle(&self, found: &mut Vec<Diagnostic>, lines: &dyn Lines, settings: &Settings, locale: Locale) {
        for finding in found.iter_mut() {
            if finding.fix.as_ref().is_some_and(|fix| fix.edits.iter().any(|edit| self.is_automatic(edit.span))) {
                finding.fix = None;
            }
            if self.is_automatic(finding.span) {
                finding.message += match finding.rule.code {
                    code if code.starts_with("numbering-") && code != "numbering-mark" => locale.pick(
                        "（Word 自动编号：右键点编号，选“继续编号”或“设置编号值”）",
                        "（Word 自動編號：右鍵點編號，選「繼續編號」或「設定編號值」）",
                        " (an automatic number of Word: right-click it, Continue Numbering or Set Numbering Value)",
                    ),
                    _ => locale.pick(
                        "（Word 自动编号：在“定义新编号格式”里改）",
                        "（Word 自動編號：在「定義新的數字格式」裡改）",
                        " (an automatic number of Word: see Define New Number Format)",
                    ),
                };
            }
        }
        self.find_typed_numbers(found, lines, settings, locale);
        self.find_open_places(found, lines, settings, locale);
        found.sort_by_key(|finding| (finding.span.start, finding.span.end));
    }

    /// What `settle` would add, if the rule about it were not off.
    pub fn concealed(&self, lines: &dyn Lines, settings: &Settings, locale: Locale) -> Vec<Diagnostic> {
        let is_off = |rule: &&Rule| rules::severity_of(rule, settings).is_none();
        let off = rules::find(PLACEHOLDER).filter(is_off);
        off.map_or_else(Vec::new, |rule| self.open_places(rule, Severity::Warning, lines, locale))
    }

    /// Adds the open places; what the text alone says of one is said better here.
    fn find_open_places(&self, found: &mut Vec<Diagnostic>, lines: &dyn Lines, settings: &Settings, locale: Locale) {
        let Some(rule) = rules::find(PLACEHOLDER) else { return };
        let Some(severity) = rules::severity_of(rule, settings) else { return };
        let mut open = self.open_places(rule, severity, lines, locale);
        found.retain(|other| {
            // They lie one behind the other.
            let first = open.partition_point(|place| place.span.end < other.span.start);
            let mut near = open[first..].iter_mut().take_while(|place| place.span.start <= other.span.end);
            let same = near.find(|place| other.rule.code == PLACEHOLDER && other.span.overlaps(place.span));
            same.is_none_or(|place| {
                place.severity = place.severity.min(other.severity);
                false
            })
        });
        found.append(&mut open);
    }

    /// Prompts that are still shown, and fields of forms with nothing in them.
    fn open_places(
        &self,
        rule: &'static Rule,
        severity: Severity,
        lines: &dyn Lines,
        locale: Locale,
    ) -> Vec<Diagnostic> {
        let said = |shown: &str| {
            if shown.chars().all(|c| c == '_' || is_space(c)) {
                let [hans, hant] = ["这个域还没有填", "這個功能變數還沒有填"];
                return locale.pick(hans, hant, "this field of a form is not filled in").to_owned();
            }
            locale.pick(
                format!("这里还没有填：Word 显示的是提示“{shown}”"),
                format!("這裡還沒有填：Word 顯示的是提示「{shown}」"),
                format!("not filled in: Word shows the prompt ‘{shown}’"),
            )
        };
        let place = |span: &Span| {
            let message = said(lines.text(*span).trim());
            Diagnostic { rule, severity, span: *span, message, related: Vec::new(), fix: None }
        };
        self.open.iter().map(place).collect()
    }

    /// Of `edits`, which correct what was `found`, those that can stand as proposals: a correction as a whole or not
    /// at all.
    pub fn revisable(&self, found: &[Diagnostic], mut edits: Vec<Edit>) -> Vec<Edit> {
        edits.retain(|edit| self.can_revise(edit));
        let mut fixes: FxHashMap<&Edit, Vec<&Fix>> = FxHashMap::default();
        for fix in found.iter().filter_map(|found| found.fix.as_ref()) {
            fix.edits.iter().for_each(|edit| fixes.entry(edit).or_default().push(fix));
        }
        loop {
            let all: FxHashSet<&Edit> = edits.iter().collect();
            let is_whole = |fix: &&Fix| fix.edits.iter().all(|edit| all.contains(edit));
            let is_broken = |edit: &&Edit| fixes.get(edit).is_some_and(|of| !of.iter().any(is_whole));
            let kept: Vec<Edit> = edits.iter().filter(|edit| !is_broken(edit)).cloned().collect();
            if kept.len() == edits.len() {
                return kept;
            }
            edits = kept;
        }
    }

    fn find_typed_numbers(&self, found: &mut Vec<Diagnostic>, lines: &dyn Lines, settings: &Settings, locale: Locale) {
        let Some(rule) = rules::find(DUPLICATE) else { return };
        let Some(severity) = rules::severity_of(rule, settings) else { return };
        let mut known: FxHashMap<u32, Vec<Span>> = FxHashMap::default();
        for other in found.iter().filter(|other| other.rule.code == DUPLICATE) {
            for line in other.span.start.line..=other.span.end.line {
                known.entry(line).or_default().push(other.span);
            }
        }
        for n in 0..self.lines.len() as u32 {
            let number = self.number(n);
            if number.is_empty() {
                continue;
            }
            let line = lines.line(n as usize);
            let Some(typed) = repeated(number, &line[number.len()..]) else { continue };
            let span = Span::in_line(n, Range::new(number.len(), number.len() + typed.len()));
            if known.get(&n).is_some_and(|of_line| of_line.iter().any(|other| other.overlaps(span))) {
                continue;
            }
            let (number, typed) = (number.trim(), typed.trim());
            let message = locale.pick(
                format!("Word 已经自动编号“{number}”，又键入了“{typed}”"),
                format!("Word 已經自動編號「{number}」，又鍵入了「{typed}」"),
                format!("Word numbers this “{number}”, and “{typed}” is typed as well"),
            );
            let title = locale.pick("删去键入的编号", "刪去鍵入的編號", "delete the typed number").to_owned();
            let fix = Fix { title, edits: vec![Edit::new(span, "")], grade: Grade::Offered };
            found.push(Diagnostic { rule, severity, span, message, related: Vec::new(), fix: Some(fix) });
        }
    }
}

/// What is typed at the start of `text` in the form of the automatic `number`.
fn repeated<'t>(number: &str, text: &'t str) -> Option<&'t str> {
    let number = number.trim();
    let is_numeral = |c: char| numeral::is_chinese(c) || c.is_ascii_digit() || matches!(c, '①'..='⒛');
    if !number.contains(is_numeral) {
        return None;
    }
    let start = text.len() - text.trim_start().len();
    let (mut rest, mut pattern) = (&text[start..], number);
    while let Some(c) = pattern.chars().next() {
        if is_numeral(c) {
            pattern = pattern.trim_start_matches(is_numeral);
            let after = rest.trim_start_matches(is_numeral);
            if after.len() == rest.len() {
                return None;
            }
            rest = after;
        } else {
            pattern = &pattern[c.len_utf8()..];
            rest = rest.strip_prefix(c)?;
        }
    }
    // A number with nothing around it may be a quantity; 1. may begin 1.5.
    let is_marked = number.chars().any(|c| !is_numeral(c)) || number.starts_with(|c| matches!(c, '①'..='⒛'));
    let goes_on = rest.starts_with(is_numeral);
    (is_marked && !goes_on && !rest.trim().is_empty()).then(|| &text[..text.len() - rest.len()])
}

#[cfg(test)]
mod tests {
    use super::repeated;

    #[test]
    fn numbers_typed_beside_automatic_ones() {
        for (number, text, expected) in [
            ("一、\t", "一、提高认识", Some("一、")),
            ("二、", " 三、提高认识", Some(" 三、")),
            ("（一）", "（十一）提高认识", Some("（十一）")),
            ("1.\t", "1.提高认识", Some("1.")),
            ("1.\t", "1.5万元到账", None),
            ("1.\t", "2025年", None),
            ("第一章 ", "第一章总则", Some("第一章")),
            ("①", "①甲", Some("①")),
            ("一、", "（一）提高认识", None),
            ("一、", "一要提高认识", None),
            ("•\t", "• 甲", None),
            ("1", "2项工作", None),
            ("一、", "一、", None),
        ] {
            assert_eq!(repeated(number, text), expected, "{number}{text}");
        }
    }
}
