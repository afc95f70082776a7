//! The sentence of last year's draft that one of this year's is, or nearly is.

use super::markdown::escaped;
use crate::analysis::Analysis;
use crate::locale::Locale;
use crate::settings::Settings;
use crate::text::sentences::sentences;
use crate::text::{Lines, Point, Span};

/// A sentence that stood in last year's draft.
pub struct Kept<'a> {
    pub span: Span,
    name: &'a str,
    /// The sentence as it stood there, and its line, from 1.
    old: &'a str,
    line: u32,
}

/// The one at a place, if any.
pub fn sentence_at<'a>(analysis: &Analysis, lines: &dyn Lines, settings: &'a Settings, at: Point) -> Option<Kept<'a>> {
    let former = settings.former.as_deref()?;
    let paragraph = analysis.paragraph(at.line as usize)?;
    let line = lines.line(at.line as usize);
    let (raw, inner) = paragraph.reading(&line);
    let text = inner.simplified(raw);
    let mut all = sentences(&text).into_iter().map(|range| (range, paragraph.to_line(range)));
    let (range, here) = all.find(|(_, here)| here.start <= at.byte && at.byte < here.end)?;
    let sentence = range.of(&text);
    let n = former.same(sentence).or_else(|| former.alike(sentence))?;
    let old = former.sentence(n)?;
    Some(Kept { span: Span::in_line(at.line, here), name: &former.name, old: &old.text, line: old.line + 1 })
}

impl Kept<'_> {
    pub fn explained(&self, locale: Locale) -> String {
        let (name, line, old) = (escaped(self.name), self.line, escaped(self.old));
        locale.pick(
            format!("去年的原话（{name} 第 {line} 行）：\n\n> {old}"),
            format!("去年的原話（{name} 第 {line} 行）：\n\n> {old}"),
            format!("Last year's words ({name}, line {line}):\n\n> {old}"),
        )
    }
}
