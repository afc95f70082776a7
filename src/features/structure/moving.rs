//! Moving a section past its neighbour: the texts change places, the numbers stay where they are.

use std::collections::BTreeMap;

use super::Place;
use crate::features::fixing::with_lines;
use crate::outline::NodeKind;
use crate::paragraph::marker::LAST;
use crate::text::{Edit, Point, Span, apply};

impl Place<'_> {
    pub(super) fn moved(&self, up: bool) -> Option<Vec<Edit>> {
        let node = self.section()?;
        let list = &self.speech.outline.lists[self.node(node).list? as usize];
        // Where the numbers of the items below go on from section to section, they would go on wrongly.
        let numbered_on = |l: &crate::outline::List| l.first > 1 && l.parent.is_some_and(|p| list.items.contains(&p));
        if self.speech.outline.lists.iter().any(numbered_on) {
            return None;
        }
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
            .with_values(&numbers)?
            .into_iter()
            .partition(|edit| (self.base + lower_first..=self.base + lower_last).contains(&edit.span.start.line));
        // The lower text, its numbers changed, in front of the upper one.
        let line_break = self.lines.line_break();
        let moved: Vec<_> = (lower_first..=lower_last).map(|n| self.text(n)).collect();
        let inside: Vec<Edit> = inside.into_iter().map(|edit| shifted(edit, self.base + lower_first)).collect();
        let mut text = apply(&moved.join("\n"), &inside).replace('\n', line_break);
        text += line_break;
        for blank in between.clone() {
            text += &self.text(blank);
            text += line_break;
        }
        let start = Point::new(self.base + upper_first, 0);
        edits.push(Edit::new(Span::new(start, start), text));
        let end = |line: u32| Point::new(self.base + line, self.text(line).len() as u32);
        edits.push(Edit::new(Span::new(end(upper_last), end(lower_last)), ""));
        let order = (lower_first..=lower_last).chain(between).chain(upper_first..=upper_last);
        self.keeps(&edits, &order.collect::<Vec<_>>()).then_some(edits)
    }

    /// True when the draft with the edits has as many items, the same markup in each line, and no new
    /// slips. No line comes or goes; `order` has the lines that move as they stand afterwards.
    fn keeps(&self, edits: &[Edit], order: &[u32]) -> bool {
        let (Some(&first), Some(&last)) = (order.iter().min(), order.iter().max()) else { return false };
        let (from, to) = (self.base + first, self.base + last);
        let (inside, outside): (Vec<Edit>, Vec<Edit>) =
            edits.iter().cloned().partition(|edit| (from..=to).contains(&edit.span.start.line));
        let inside: Vec<Edit> = inside.into_iter().map(|edit| shifted(edit, from)).collect();
        let text: Vec<_> = (first..=last).map(|n| self.text(n)).collect();
        let text = apply(&text.join("\n"), &inside).replace(self.lines.line_break(), "\n");
        let mut changed: BTreeMap<u32, String> = (from..).zip(text.split('\n').map(str::to_owned)).collect();
        for edit in outside {
            let line = edit.span.start.line;
            let text = changed.get(&line).cloned().unwrap_or_else(|| self.lines.line(line as usize).into_owned());
            changed.insert(line, apply(&text, &[shifted(edit, line)]));
        }
        if changed.keys().filter(|line| (from..=to).contains(line)).count() != (last - first + 1) as usize {
            return false;
        }
        let after = with_lines(self.analysis, self.lines, changed.clone());
        let same_markup = |(now, before): (u32, &u32)| {
            let (old, new) = (&self.speech.lines[*before as usize], after.paragraph(now as usize));
            let text = changed.get(&now).map_or("", String::as_str);
            new.is_some_and(|new| new.block == old.block && new.markup(text) == old.markup(&self.text(*before)))
        };
        let outside = self.analysis.paragraphs().zip(after.paragraphs());
        let mut outside = outside.filter(|((n, _), _)| !(from..=to).contains(&(*n as u32)));
        let stays = outside.all(|((_, old), (_, new))| old.is_marked_like(new));
        if !stays || !(from..).zip(order).all(same_markup) {
            return false;
        }
        let Some((index, base)) = after.speech_at(from as usize) else { return false };
        after.speeches().nth(index).is_some_and(|(_, speech)| {
            base as u32 == self.base
                && speech.outline.nodes.len() == self.speech.outline.nodes.len()
                && speech.outline.reported().count() <= self.speech.outline.reported().count()
        })
    }
}

fn shifted(edit: Edit, lines: u32) -> Edit {
    let by = |p: Point| Point::new(p.line - lines, p.byte);
    Edit::new(Span::new(by(edit.span.start), by(edit.span.end)), edit.text)
}
