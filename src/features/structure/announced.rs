//! An announced count and the list that belongs to it: changing the one, completing the other.

use super::Place;
use crate::numeral;
use crate::outline::{Binding, NodeKind};
use crate::text::{Edit, Point, Span};

/// No more items than this are added at once.
const MOST: u32 = 9;

impl<'a> Place<'a> {
    /// The binding that fails and that the cursor is at: in its announcement's line, or at an item.
    fn broken(&self) -> Option<&'a Binding> {
        let list = self.item().and_then(|item| self.node(item).list);
        let outline = &self.speech.outline;
        outline
            .bindings
            .iter()
            .filter(|b| !b.agrees())
            .find(|b| b.line == self.line || b.list.is_some() && b.list == list)
    }

    pub(super) fn count_changed(&self) -> Option<Vec<Edit>> {
        // Where the rule itself knows the fix there is no need of another.
        let binding = self.broken().filter(|b| !b.is_sure() || b.also.is_some())?;
        let mut edits = Vec::new();
        let mentions = [Some((binding.line, binding.announcement)), binding.also];
        for (line, index) in mentions.into_iter().flatten() {
            let announced = self.speech.lines[line as usize].announcements().get(index as usize)?;
            let text = self.text(line);
            let written = announced.number.of(&text);
            let number = if binding.actual == 2 && !written.is_ascii() {
                if written == "兩" || self.analysis.is_traditional() { "兩" } else { "两" }.to_owned()
            } else {
                numeral::like(if written.starts_with(['两', '兩']) { "二" } else { written }, binding.actual)?
            };
            edits.push(self.edit(line, announced.number, number)?);
        }
        Some(edits)
    }

    /// The missing items behind the last one, each a placeholder for its text.
    pub(super) fn stubs(&self) -> Option<Vec<Edit>> {
        let binding = self.broken()?;
        let list = &self.speech.outline.lists[binding.list? as usize];
        let &last = list.items.last()?;
        let marker = self.marker(last)?;
        let missing = binding.count.checked_sub(binding.actual).filter(|n| (1..=MOST).contains(n))?;
        // Where the list misses numbers itself, what is missing is not at its end.
        if self.node(last).kind != NodeKind::Section
            || self.speech.outline.reported().any(|fault| Some(fault.list) == binding.list)
        {
            return None;
        }
        let (first, end) = (self.node(last).line, self.last_line(last));
        let heading = self.text(first);
        let indent = heading.get(..self.node(last).marker.start as usize)?;
        // As many blank lines as there are above the last item.
        let blank = (0..first).rev().take_while(|&n| self.speech.lines[n as usize].is_blank()).count();
        let line_break = self.lines.line_break();
        let mut text = String::new();
        for value in marker.value + 1..=marker.value + missing {
            text += &line_break.repeat(blank + 1);
            text += indent;
            text += &marker.with_value(value)?;
            text += "【待补】";
        }
        let at = Point::new(self.base + end, self.text(end).len() as u32);
        Some(vec![self.spared(Span::new(at, at), text)?])
    }
}
