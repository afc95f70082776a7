//! What there is to say about the thing under the pointer.

use super::markdown::escaped;
use super::{formulations, last_year, short_names};
use crate::analysis::{Analysis, Speech};
use crate::locale::Locale;
use crate::outline::Node;
use crate::paragraph::Family;
use crate::placeholder::Placeholder;
use crate::placeholder::{Category, Form};
use crate::rules::{self, Diagnostic, Tag};
use crate::settings::Settings;
use crate::text::position::floor;
use crate::text::{Lines, Point, Range, Span};

/// An explanation in Markdown and the text it is about.
#[derive(Clone, Debug)]
pub struct Hover {
    pub markdown: String,
    pub span: Span,
}

/// How many items of a list are shown around the one in question.
const SIBLINGS: usize = 7;
/// How much of a heading is shown, in characters.
const HEADING: usize = 18;

/// Explains the finding, marker, placeholder or formulation at `at`.
pub fn hover(analysis: &Analysis, lines: &dyn Lines, settings: &Settings, locale: Locale, at: Point) -> Option<Hover> {
    explain(analysis, lines, settings, locale, at, false)
}

/// The same for an editor that shows there what is found and how to mend it: only what it does not say.
pub fn beside_findings(
    analysis: &Analysis,
    lines: &dyn Lines,
    settings: &Settings,
    locale: Locale,
    at: Point,
) -> Option<Hover> {
    explain(analysis, lines, settings, locale, at, true)
}

fn explain(
    analysis: &Analysis,
    lines: &dyn Lines,
    settings: &Settings,
    locale: Locale,
    at: Point,
    are_shown: bool,
) -> Option<Hover> {
    let (index, base) = analysis.speech_at(at.line as usize)?;
    let (_, speech) = analysis.speeches().nth(index)?;
    if !analysis.is_chinese() {
        return None;
    }
    let line = at.line - base as u32;
    let text = lines.line(at.line as usize);
    let byte = floor(&text, at.byte as usize) as u32;
    let at = Point::new(at.line, byte);
    let here = Pointer { analysis, speech, locale: rules::message_locale(locale, analysis), line, byte, text: &text };
    let node = here.node();
    let placeholder = here.placeholder(settings);
    let mut findings = rules::diagnostics_in(analysis, lines, settings, locale, at.line..=at.line, usize::MAX);
    findings.retain(|d| d.span.start <= at && at < d.span.end);
    let mut blocks = Vec::new();
    if let Some(marker) = node.and_then(|n| here.marker(n)) {
        blocks.push(marker);
    }
    let said = findings.iter().any(|d| d.rule.is(Tag::Blank));
    if let Some(found) = placeholder.filter(|_| !said) {
        blocks.push(here.blank(found));
    }
    blocks.extend(findings.iter().map(|d| here.finding(d, are_shown)));
    if placeholder.is_some() {
        blocks.push(here.left());
    }
    let formulation = formulations::at(analysis, lines, settings, here.locale, at);
    let named = formulation.as_ref().map(|(range, _)| *range);
    blocks.extend(formulation.map(|(_, explained)| explained));
    let short = short_names::short_name_at(analysis, lines, at);
    blocks.extend(short.as_ref().map(|short| short.explained(here.locale)));
    let kept = last_year::sentence_at(analysis, lines, settings, at);
    blocks.extend(kept.as_ref().map(|kept| kept.explained(here.locale)));
    let range = node.map(|n| n.marker).or(placeholder.map(|p| p.unit)).map(|range| Span::in_line(at.line, range));
    let range = range.or(findings.first().map(|d| d.span)).or(named.map(|range| Span::in_line(at.line, range)));
    let range = range.or(short.map(|short| short.span)).or(kept.map(|kept| kept.span));
    Some(Hover { span: range?, markdown: blocks.join("\n\n") })
}

/// What the pointer is at. The line counts from the first line of the speech.
struct Pointer<'a> {
    analysis: &'a Analysis,
    speech: &'a Speech,
    locale: Locale,
    line: u32,
    byte: u32,
    text: &'a str,
}

impl<'a> Pointer<'a> {
    fn is_in(&self, range: Range) -> bool {
        range.start <= self.byte && self.byte < range.end
    }

    /// The numbered node whose marker is under the pointer.
    fn node(&self) -> Option<&'a Node> {
        let nodes = &self.speech.outline.nodes;
        let from = nodes.partition_point(|n| n.line < self.line);
        nodes[from..].iter().take_while(|n| n.line == self.line).find(|n| n.list.is_some() && self.is_in(n.marker))
    }

    fn placeholder(&self, settings: &Settings) -> Option<&'a Placeholder> {
        let paragraph = self.speech.lines.get(self.line as usize)?;
        let found = paragraph.placeholders.iter().find(|p| self.is_in(p.unit))?;
        let counts = found.form == Form::Mark
            && self.analysis.blanks().is_reported(found)
            && !settings.allows(found.range.of(self.text))
            && !self.speech.outline.parts.is_boilerplate(self.line);
        counts.then_some(found)
    }

    /// What a marker is, the list it is an item of, and the count that announces the list.
    fn marker(&self, node: &Node) -> Option<String> {
        let outline = &self.speech.outline;
        let marker = node.marker_of(&self.speech.lines)?;
        let index = node.list?;
        let items = &outline.lists[index as usize].items;
        let place = items.iter().position(|&n| outline.nodes[n as usize] == *node)?;
        let (k, n, level) = (place + 1, items.len(), node.level);
        let family = self.family(marker.family);
        let name = escaped(&rules::marker_name(&marker.text));
        let mut out = self.locale.pick(
            format!("**{name}** {family}，第 {level} 层，本列第 {k} 项，共 {n} 项"),
            format!("**{name}** {family}，第 {level} 層，本列第 {k} 項，共 {n} 項"),
            format!("**{name}** {family}, level {level}, item {k} of {n}"),
        );
        if let Some(binding) = outline.bindings.iter().find(|b| b.list == Some(index)) {
            let announcement = self.speech.lines[binding.line as usize]
                .announcements()
                .get(binding.announcement as usize)
                .map_or("", |a| &a.text);
            let (said, count) = (escaped(announcement), binding.count);
            out.push_str("\n\n");
            out.push_str(&if binding.agrees() {
                self.locale.pick(
                    format!("宣布“{said}”，与所列相符"),
                    format!("宣佈“{said}”，與所列相符"),
                    format!("Announced as ‘{said}’, which agrees"),
                )
            } else {
                self.locale.pick(
                    format!("宣布“{said}”（{count}），所列 {n} 项，不符"),
                    format!("宣佈“{said}”（{count}），所列 {n} 項，不符"),
                    format!("Announced as ‘{said}’ ({count}), but {n} are listed"),
                )
            });
        }
        if n > 1 {
            out.push('\n');
            out.push_str(&self.siblings(items, place));
        }
        Some(out)
    }

    /// The items of the list around the one at `place`, each on a line of its own.
    fn siblings(&self, items: &[u32], place: usize) -> String {
        let from = place.saturating_sub(SIBLINGS / 2).min(items.len().saturating_sub(SIBLINGS));
        let to = (from + SIBLINGS).min(items.len());
        let mut out = String::new();
        if from > 0 {
            out.push_str("\n- ……");
        }
        for (i, &item) in items.iter().enumerate().take(to).skip(from) {
            let node = &self.speech.outline.nodes[item as usize];
            let Some(marker) = node.marker_of(&self.speech.lines) else {
                continue;
            };
            let mut heading: String = marker.heading.chars().take(HEADING).collect();
            if marker.heading.chars().count() > HEADING {
                heading.push('…');
            }
            let text = escaped(&format!("{}{heading}", marker.text));
            let text = if i == place { format!("**{text}**") } else { text };
            out.push_str("\n- ");
            out.push_str(&text);
        }
        if to < items.len() {
            out.push_str("\n- ……");
        }
        out
    }

    /// A way of numbering in plain words.
    fn family(&self, family: Family) -> String {
        let pick = |hans: &str, hant: &str, english: &str| self.locale.pick(hans, hant, english).to_owned();
        let like = |example: String| {
            self.locale.pick(
                format!("“{example}”式序号"),
                format!("“{example}”式序號"),
                format!("an ordinal like ‘{example}’"),
            )
        };
        match family {
            Family::Chapter(_) => pick("章节序号", "章節序號", "a chapter number"),
            Family::Ledger => pick("大写数字序号", "大寫數字序號", "a formal Chinese numeral"),
            Family::Chinese => pick("汉字序号", "漢字序號", "a Chinese numeral"),
            Family::ChineseParen => pick("带括号的汉字序号", "帶括號的漢字序號", "a Chinese numeral in brackets"),
            Family::Arabic => pick("阿拉伯数字序号", "阿拉伯數字序號", "an Arabic numeral"),
            Family::ArabicParen => {
                pick("带括号的阿拉伯数字序号", "帶括號的阿拉伯數字序號", "an Arabic numeral in brackets")
            }
            Family::Circled => pick("带圈数字序号", "帶圈數字序號", "a circled numeral"),
            Family::Stem => pick("天干序号", "天干序號", "a heavenly stem"),
            Family::Article => pick("条文序号", "條文序號", "the number of an article"),
            Family::Roman => pick("罗马数字序号", "羅馬數字序號", "a Roman numeral"),
            Family::Letter(_) => pick("字母序号", "字母序號", "a letter"),
            Family::Nth => like("第一".into()),
            Family::NthNoun(noun) => like(format!("第一{noun}")),
            Family::NthVerb(verb) => like(format!("第一{verb}")),
            Family::Verb(verb) => like(format!("一{verb}")),
            Family::First => like("首先、其次".into()),
            Family::OfThem => like("其一".into()),
            Family::Side => like("一方面、另一方面".into()),
            Family::Comes(word) => like(format!("一{word}")),
            Family::Decimal(_) => pick("多级数字序号", "多級數字序號", "a decimal number"),
            Family::Heading(_) => pick("无编号标题", "無編號標題", "a heading without a number"),
            Family::Label(word) => like(format!("{word}一")),
        }
    }

    /// What a placeholder stands for.
    fn blank(&self, found: &Placeholder) -> String {
        let unit = escaped(found.unit.of(self.text));
        let category = self.category(found.category);
        let places = match found.group.map_or(1, |group| self.analysis.group_size(group)) {
            0 | 1 => String::new(),
            n => self.locale.pick(format!("，全文 {n} 处"), format!("，全文 {n} 處"), format!(", in {n} places")),
        };
        self.locale.pick(
            format!("**{unit}** 占位符：{category}{places}"),
            format!("**{unit}** 佔位符：{category}{places}"),
            format!("**{unit}** placeholder: {category}{places}"),
        )
    }

    /// How many placeholders are left in the draft.
    fn left(&self) -> String {
        let summary = rules::placeholder_summary(self.analysis);
        let total: usize = summary.iter().map(|(_, n)| n).sum();
        let kinds: Vec<String> = summary
            .iter()
            .map(|(name, n)| {
                let category = Category::ALL.into_iter().find(|c| c.names()[0] == *name);
                format!("{} {n}", category.map_or(*name, |c| self.category(c)))
            })
            .collect();
        self.locale.pick(
            format!("全文还有 {total} 处未填：{}", kinds.join("，")),
            format!("全文還有 {total} 處未填：{}", kinds.join("，")),
            format!("{total} left in the draft: {}", kinds.join(", ")),
        )
    }

    fn category(&self, category: Category) -> &'static str {
        let [hans, hant, english] = category.names();
        self.locale.pick(hans, hant, english)
    }

    /// The rule, the message, why, and what would settle it.
    fn finding(&self, found: &Diagnostic, is_shown: bool) -> String {
        let rule = found.rule;
        let text = rule.text(self.locale);
        let (message, why) = (escaped(&found.message), escaped(text.why));
        let colon = self.locale.pick("：", "：", ": ");
        let mut out = if is_shown { String::new() } else { format!("{message}\n\n") };
        out.push_str(&format!("{} `{}`{colon}{why}", text.name, rule.code));
        if !text.source.is_empty() {
            let source = escaped(text.source);
            out.push_str(&self.locale.pick(
                format!("\n\n依据：{source}"),
                format!("\n\n依據：{source}"),
                format!("\n\nSource: {source}"),
            ));
        }
        if let Some(fix) = found.fix.as_ref().filter(|_| !is_shown) {
            let title = escaped(&fix.title);
            out.push_str(&self.locale.pick(
                format!("\n\n可用的改法：{title}"),
                format!("\n\n可用的改法：{title}"),
                format!("\n\nFix: {title}"),
            ));
        }
        out
    }
}
