//! Fields: what they show, and where they wait for an answer.

use super::Story;
use crate::text::chars::is_space;
use crate::word::document::Unread;

/// A field that is open.
#[derive(Clone, Copy, Default)]
pub(super) struct Field {
    /// It still says what is to be shown.
    pub is_instruction: bool,
    /// It asks for words.
    asks: bool,
    /// It shows a number of a page, which is not always kept.
    counts: bool,
    /// Where its result begins: in which line of the paragraph, and where in it.
    result: Option<(usize, usize)>,
}

/// What is shown of a field that nothing is written into.
pub(super) const LINE: &str = "____";
/// Stands for the number of a page.
pub(super) const NUMBER: &str = "\u{fffc}";

/// Whether a field with this instruction shows the number of a page, or of pages.
pub(super) fn is_page_number(instruction: &str) -> bool {
    let kind = instruction.split_whitespace().next().unwrap_or_default();
    ["PAGE", "NUMPAGES", "SECTIONPAGES"].iter().any(|known| kind.eq_ignore_ascii_case(known))
}

impl Story<'_> {
    /// The sign that begins, parts or ends a field.
    pub(super) fn field(&mut self, sign: Option<&str>) {
        match sign {
            Some("begin") => {
                self.instructions += 1;
                self.fields.push(Field { is_instruction: true, ..Field::default() });
            }
            Some("separate") => {
                let result = self.here();
                if let Some(field) = self.fields.last_mut() {
                    self.instructions -= u32::from(field.is_instruction);
                    (field.is_instruction, field.result) = (false, result);
                }
            }
            Some("end") => {
                let field = self.end_field().filter(|_| !self.is_instruction());
                match field {
                    Some(Field { asks: true, result, .. }) => self.open_field(result),
                    Some(Field { counts: true, result, .. }) if result.is_none() || result == self.here() => {
                        self.put(NUMBER, 0..0);
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }

    /// The innermost field, which ends here.
    pub(super) fn end_field(&mut self) -> Option<Field> {
        let field = self.fields.pop()?;
        self.instructions -= u32::from(field.is_instruction);
        Some(field)
    }

    /// What a field of a form lets one do.
    pub(super) fn input(&mut self, name: &str) {
        match self.fields.last_mut() {
            Some(field) if name == "textInput" => field.asks = true,
            Some(_) => self.document.unread.push(Unread::Choice),
            None => {}
        }
    }

    /// What a field is to show: a prompt to click on stands in it, and no result.
    pub(super) fn instruction(&mut self, xml: &str) {
        if let Some(field) = self.fields.last_mut() {
            field.asks |= xml.contains("MACROBUTTON");
            field.counts |= is_page_number(xml.split_once('>').map_or(xml, |(_, text)| text));
        }
        self.aside(Unread::Field, xml);
    }

    /// The line of the paragraph that is being read, and its length.
    fn here(&self) -> Option<(usize, usize)> {
        let lines = &self.open.last()?.lines;
        Some((lines.len(), lines.last()?.text.len()))
    }

    /// Keeps the place of a field open whose result is empty.
    fn open_field(&mut self, result: Option<(usize, usize)>) {
        let Some((line, mut to)) = self.here() else { return };
        let from = match result {
            Some((first, from)) if first == line => from,
            Some(_) => return,
            None => to,
        };
        let text = self.open.last().and_then(|open| open.lines.last()).and_then(|line| line.text.get(from..to));
        if text.is_none_or(|text| !text.chars().all(is_space)) {
            return;
        }
        if from == to {
            self.put(LINE, 0..0);
            to += LINE.len();
        }
        if let Some(line) = self.open.last_mut().and_then(|open| open.lines.last_mut()) {
            line.opens(from as u32, to as u32);
        }
    }
}
