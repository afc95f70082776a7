//! Moving a section past its neighbour: the texts change places, the numbers stay where they are.

use super::Place;
use crate::outline::NodeKind;
use crate::paragraph::marker::LAST;
use crate::text::{Edit, Point, Span, apply};

impl Place<'_> {
    pub(super) fn moved(&self, up: bool) -> Option<Vec<Edit>> {
        let node = self.section()?;
        let list = &self.speech.outline.lists[self.node(node).list? as usize];
        let at = list.items.iter().position(|&n| n == node)?;
        let other = *list.items.get(if up { at.checked_sub(1)? } else { at + 1 })?;
        let (upper, lower) = if up { (other, node) } else { (node, other) };
        let (first, second) = (self.marker(upper)?, self.marker(lower)?);
        // 最后 can only be last; unequal neighbours are not both sections.
        if self.node(other).kind != NodeKind::Section
            || self.node(upper).line >= self.node(lower).line
            || second.value == LAST
        {
            return None;
        }
        let (upper_first, upper_last) = (self.node(upper).line, self.last_line(upper));
        let (lower_first, lower_last) = (self.node(lower).line, self.last_line(lower));
        let between = upper_last + 1..lower_first;
        if between.clone().any(|n| !self.speech.lines[n as usize].is_blank()) {
            return None;
        }
        let numbers = [(upper, second.value), (lower, first.value)];
        if first.with_value(second.value).is_none() || second.with_value(first.value).is_none() {
            return None;
        }
        let (inside, mut edits): (Vec<Edit>, Vec<Edit>) = self
            .with_values(&numbers)
            .into_iter()
            .partition(|edit| (self.base + lower_first..=self.base + lower_last).contains(&edit.span.start.line));
        // The lower text, its numbers changed, in front of the upper one.
        let line_break = self.lines.line_break();
        let moved: Vec<_> = (lower_first..=lower_last).map(|n| self.text(n)).collect();
        let inside: Vec<Edit> = inside.into_iter().map(|edit| shifted(edit, self.base + lower_first)).collect();
        let mut text = apply(&moved.join("\n"), &inside).replace('\n', line_break);
        text += line_break;
        for blank in between {
            text += &self.text(blank);
            text += line_break;
        }
        let start = Point::new(self.base + upper_first, 0);
        edits.push(Edit::new(Span::new(start, start), text));
        let end = |line: u32| Point::new(self.base + line, self.text(line).len() as u32);
        edits.push(Edit::new(Span::new(end(upper_last), end(lower_last)), ""));
        Some(edits)
    }
}

fn shifted(edit: Edit, lines: u32) -> Edit {
    let by = |p: Point| Point::new(p.line - lines, p.byte);
    Edit::new(Span::new(by(edit.span.start), by(edit.span.end)), edit.text)
}
