//! 一是……；二是……；三是……。 inside a paragraph, and the same as paragraphs.

use super::Place;
use crate::outline::NodeKind;
use crate::paragraph::text_start;
use crate::text::chars::is_space;
use crate::text::{Edit, Point, Range, Span};

impl Place<'_> {
    /// Each item of the run that the cursor is in becomes a paragraph; what stands before the first
    /// stays one.
    pub(super) fn split(&self) -> Option<Vec<Edit>> {
        let item = self.item()?;
        let list = &self.speech.outline.lists[self.node(item).list? as usize];
        let here = |&n: &u32| {
            let node = self.node(n);
            node.kind == NodeKind::Item && node.line == self.line && self.marker(n).is_some_and(|m| m.scope == 0)
        };
        if list.items.len() < 2 || !list.items.iter().all(here) {
            return None;
        }
        let text = self.text(self.line);
        let start = text_start(&text);
        // A list or a quotation in Markdown has signs before the text that are not for each line.
        let indent = text.get(..start).filter(|i| i.chars().all(is_space))?;
        let mut edits = Vec::new();
        for &node in &list.items {
            let at = self.node(node).marker.start as usize;
            if at > start {
                let from = text.get(..at)?.trim_end_matches(is_space).len();
                let new = format!("{}{indent}", self.lines.line_break());
                edits.push(self.edit(self.line, Range::new(from, at), new)?);
            }
        }
        Some(edits)
    }

    /// The paragraphs of the list that the cursor is at become one, behind the paragraph that
    /// announces them with a colon.
    pub(super) fn joined(&self) -> Option<Vec<Edit>> {
        let node = self.section()?;
        let list = &self.speech.outline.lists[self.node(node).list? as usize];
        let last = list.items.last().copied();
        // What stands below the last item stays a paragraph of its own.
        let single = |&n: &u32| {
            let (node, marker) = (self.node(n), self.marker(n));
            node.kind == NodeKind::Section
                && marker.is_some_and(|m| m.family.rank().is_none())
                && (Some(n) == last || self.last_line(n) == node.line)
                && self.text(node.line).trim_end_matches(is_space).ends_with(['。', '；', '！', '？', '，', ';'])
        };
        if list.items.len() < 2 || !list.items.iter().all(single) {
            return None;
        }
        let mut edits = Vec::new();
        let first = self.node(*list.items.first()?).line;
        let above = (0..first).rev().find(|&n| !self.speech.lines[n as usize].is_blank());
        let lead = above.filter(|&n| {
            self.speech.lines[n as usize].head().is_none()
                && self.text(n).trim_end_matches(is_space).ends_with(['：', ':'])
        });
        let mut end = lead;
        for &item in &list.items {
            let line = self.node(item).line;
            if let Some(before) = end {
                let blank = before + 1..line;
                if blank.clone().any(|n| !self.speech.lines[n as usize].is_blank()) {
                    return None;
                }
                let from = Point::new(self.base + before, self.text(before).trim_end_matches(is_space).len() as u32);
                let to = Point::new(self.base + line, self.node(item).marker.start);
                edits.push(self.spared(Span::new(from, to), "")?);
            }
            end = Some(line);
        }
        Some(edits)
    }
}
