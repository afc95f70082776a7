//! From a finding to what is shown of it.

use std::any::Any;
use std::borrow::Cow;
use std::cell::OnceCell;

use super::{Diagnostic, Fix, RULES, Related, Rule};
use crate::analysis::{Analysis, Detail, Finding, RelatedTo};
use crate::locale::Locale;
use crate::paragraph::{Hit, Packed, Paragraph};
use crate::settings::{Settings, Severity};
use crate::text::fold::{fold, in_script_of, traditional};
use crate::text::{Edit, Grade, Lines, Point, Range, Reader, Span};

/// A finding, with all that a rule may need to put it into words.
pub struct FindingContext<'a> {
    pub analysis: &'a Analysis,
    pub settings: &'a Settings,
    pub locale: Locale,
    pub rule: &'static Rule,
    /// The line the finding starts on.
    pub line: u32,
    /// The text that the rule read, and its facts: for a paragraph finding without markup.
    pub text: &'a str,
    pub paragraph: &'a Paragraph,
    pub what: What<'a>,
    /// Whether `text` has characters that tell the scripts apart, once somebody has asked.
    script: &'a OnceCell<bool>,
}

/// Who found it.
pub enum What<'a> {
    Hit(&'a Hit),
    Finding(&'a Finding),
}

/// What a rule says of a finding.
#[derive(Default)]
pub struct Message {
    pub text: String,
    pub fix: Option<Fix>,
}

impl FindingContext<'_> {
    /// What the rule has packed into a paragraph finding.
    pub fn packed<E: Packed>(&self) -> E {
        match self.what {
            What::Hit(hit) => hit.evidence(),
            What::Finding(_) => E::unpack(0),
        }
    }

    /// What the rule has kept of a speech finding.
    pub fn evidence<E: Any>(&self) -> Option<&E> {
        self.detail()?.evidence.get()
    }

    /// The edits of a speech finding.
    pub fn edits(&self) -> &[Edit] {
        self.detail().map_or(&[], |detail| &detail.edits)
    }

    fn detail(&self) -> Option<&Detail> {
        match self.what {
            What::Hit(_) => None,
            What::Finding(finding) => Some(&finding.detail),
        }
    }

    /// The fix that a speech finding carries, if any.
    pub fn fix(&self, title: impl Into<String>) -> Option<Fix> {
        let Detail { edits, grade, .. } = self.detail()?;
        (!edits.is_empty()).then(|| Fix { title: title.into(), edits: edits.clone(), grade: *grade })
    }

    /// What a fix is called that writes `text`.
    pub fn change_to(&self, text: &str) -> String {
        let shown = quoted(text);
        self.say(format!("改为{shown}"), format!("改為{shown}"), format!("change to ‘{text}’"))
    }

    /// The text of a paragraph finding.
    pub fn found(&self) -> &str {
        self.range().of(self.text)
    }

    /// Where a paragraph finding is in the text.
    pub fn range(&self) -> Range {
        match self.what {
            What::Hit(hit) => hit.range,
            What::Finding(_) => Range::default(),
        }
    }

    /// `text`, which is Simplified, in the script of the draft; `None` when that is not certain.
    pub fn spelled(&self, text: &str) -> Option<String> {
        if !self.script.get_or_init(|| matches!(fold(self.text), Cow::Owned(_))) {
            return Some(text.to_owned());
        }
        let found = self.found();
        match fold(found) {
            // Nothing in it tells the scripts apart.
            Cow::Borrowed(_) => text
                .chars()
                .map(|c| if found.contains(c) { Some(c.into()) } else { traditional(c.encode_utf8(&mut [0; 4])) })
                .collect(),
            Cow::Owned(_) => in_script_of(found, text),
        }
    }

    /// A fix that puts `text`, which is Simplified, in the place of a paragraph finding, in the script of
    /// the draft; nothing: it is deleted.
    pub fn replaced(&self, text: &str, grade: Grade) -> Option<Fix> {
        self.replaced_raw(&self.spelled(text)?, grade)
    }

    /// The same with a text that is written as it stands.
    pub fn replaced_raw(&self, text: &str, grade: Grade) -> Option<Fix> {
        let What::Hit(hit) = self.what else { return None };
        let title = match text {
            "" => self.say("删去", "刪去", "delete it").to_owned(),
            _ => self.change_to(text),
        };
        let edit = Edit::new(Span::in_line(self.line, hit.range), text);
        Some(Fix { title, edits: vec![edit], grade })
    }

    /// One of three texts, in the language of messages.
    pub fn say<T>(&self, hans: T, hant: T, english: T) -> T {
        self.locale.pick(hans, hant, english)
    }
}

/// `text` in quotation marks, in 「」 where it has quotation marks of its own: of these none is left open.
pub(crate) fn quoted(text: &str) -> String {
    if text.contains(['“', '”', '‘', '’', '"', '\'']) {
        let is_open = |pair: [char; 2]| text.rfind(pair[0]) > text.rfind(pair[1]);
        let closing = [['‘', '’'], ['“', '”']].into_iter().filter(|pair| is_open(*pair)).map(|pair| pair[1]);
        format!("「{text}{}」", closing.collect::<String>())
    } else {
        format!("“{text}”")
    }
}

/// As much of a sentence as is read at a glance, in quotation marks.
pub(super) fn shortened(text: &str) -> String {
    const GLANCE: usize = 36;
    match text.char_indices().nth(GLANCE) {
        Some((at, _)) => quoted(&format!("{}……", &text[..at])),
        None => quoted(text),
    }
}

/// [`FindingContext::say`] for texts with something to fill in, of which only the one that is wanted is made: for
/// findings that come in crowds.
macro_rules! say {
    ($context:expr, $hans:literal, $hant:literal, $english:literal $(,)?) => {
        match $context.say(0, 1, 2) {
            0 => format!($hans),
            1 => format!($hant),
            _ => format!($english),
        }
    };
}
pub(super) use say;

/// Puts findings into words, one behind the other.
pub(super) struct Renderer<'a> {
    analysis: &'a Analysis,
    lines: &'a dyn Lines,
    settings: &'a Settings,
    locale: Locale,
    reader: Reader<'a>,
    /// [`FindingContext::script`] of the line that was spoken of last, or of the text in its markup.
    script: ((u32, bool), OnceCell<bool>),
}

impl<'a> Renderer<'a> {
    pub fn new(analysis: &'a Analysis, lines: &'a dyn Lines, settings: &'a Settings, locale: Locale) -> Self {
        Self { analysis, lines, settings, locale, reader: Reader::new(lines), script: Default::default() }
    }

    fn message(&mut self, rule: &'static Rule, line: u32, paragraph: &Paragraph, what: What<'_>) -> Message {
        self.turn_to(line, false);
        let Self { analysis, settings, locale, ref script, .. } = *self;
        let (text, script) = (self.reader.line(line), &script.1);
        (rule.message)(&FindingContext { analysis, settings, locale, rule, line, text, paragraph, what, script })
    }

    fn turn_to(&mut self, line: u32, in_markup: bool) {
        if self.script.0 != (line, in_markup) {
            self.script = ((line, in_markup), OnceCell::new());
        }
    }

    /// Puts a finding of the paragraph at `line` into words.
    pub fn hit(&mut self, paragraph: &Paragraph, line: u32, hit: &Hit) -> Diagnostic {
        let rule = RULES[hit.rule as usize];
        let message = match &paragraph.plain {
            None => self.message(rule, line, paragraph, What::Hit(hit)),
            Some(plain) => {
                // The rule speaks of the text that it found it in; its edits come back to the line.
                self.turn_to(line, true);
                let Self { analysis, settings, locale, ref script, .. } = *self;
                let script = &script.1;
                let hit = hit.at(plain.prose.of_line(hit.range));
                let (text, paragraph) = (&*plain.prose.text, &plain.paragraph);
                let what = What::Hit(&hit);
                let context = FindingContext { analysis, settings, locale, rule, line, text, paragraph, what, script };
                let mut message = (rule.message)(&context);
                for edit in message.fix.iter_mut().flat_map(|fix| &mut fix.edits) {
                    let range = Range { start: edit.span.start.byte, end: edit.span.end.byte };
                    edit.span = Span::in_line(line, plain.prose.to_line(range));
                }
                message
            }
        };
        Diagnostic {
            rule,
            severity: hit.severity,
            span: Span::in_line(line, hit.range),
            message: message.text,
            related: Vec::new(),
            fix: self.harmless(message.fix),
        }
    }

    /// The fix, unless it would touch markup.
    fn harmless(&self, fix: Option<Fix>) -> Option<Fix> {
        fix.filter(|fix| fix.edits.iter().all(|edit| super::spares_markup(self.analysis, edit)))
    }

    /// Puts a finding of the speech that starts at line `base` into words.
    pub fn finding(&mut self, base: u32, paragraph: &Paragraph, finding: &Finding) -> Diagnostic {
        let rule = RULES[finding.rule as usize];
        let lines = self.lines;
        let moved = |span: Span, base: u32| in_draft(span, base, lines);
        let span = moved(finding.span, base);
        let message = self.message(rule, span.start.line, paragraph, What::Finding(finding));
        let related = finding
            .detail
            .related
            .iter()
            .map(|&(at, to)| Related { span: moved(at, base), message: related_to(to, self.locale).to_owned() })
            .collect();
        let fix = message.fix.map(|mut fix| {
            for edit in &mut fix.edits {
                edit.span = moved(edit.span, base);
            }
            fix
        });
        let fix = self.harmless(fix);
        Diagnostic { rule, severity: finding.severity, span, message: message.text, related, fix }
    }
}

fn related_to(to: RelatedTo, locale: Locale) -> &'static str {
    match to {
        RelatedTo::Sibling => locale.pick("同一序列的上一项", "同一序列的上一項", "the item before"),
        RelatedTo::LastItem => locale.pick("最后一项", "最後一項", "the last item"),
        RelatedTo::Mention => locale.pick("另一处提到同一数目", "另一處提到同一數目", "the same count again"),
        RelatedTo::Parent => locale.pick("上一级", "上一級", "the section it stands in"),
        RelatedTo::Occurrence => locale.pick("另一处", "另一處", "another place"),
    }
}

/// A span of a speech that starts at line `base` as one of the draft.
pub(super) fn in_draft(span: Span, base: u32, lines: &dyn Lines) -> Span {
    let place = |p: Point| {
        let line = p.line + base;
        Point::new(line, if p.byte == LINE_END { lines.line(line as usize).len() as u32 } else { p.byte })
    };
    Span::new(place(span.start), place(span.end))
}

/// The byte of a finding of a speech that means the end of the line.
pub(super) const LINE_END: u32 = u32::MAX;

/// The same severity for all findings of a rule but those that the rule itself graded.
pub(super) const fn order(severity: Severity) -> usize {
    severity as usize
}
