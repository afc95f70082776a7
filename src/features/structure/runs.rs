//! 一是……；二是……；三是……。 inside a paragraph, and the same as paragraphs.

use std::sync::Arc;

use super::Place;
use super::moving::shifted;
use crate::analysis::Analysis;
use crate::outline::NodeKind;
use crate::paragraph::text_start;
use crate::text::chars::is_space;
use crate::text::{Edit, Flat, Lines as _, Point, Range, Span, apply};

/// How many lines above and below an edit may belong to one block with it.
const NEAR: usize = 40;

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
        self.reads_alike(&edits).then_some(edits)
    }

    /// True when the lines of the edits, and those around them up to the next blank ones, have the same words and
    /// the same markup before and after.
    fn reads_alike(&self, edits: &[Edit]) -> bool {
        let (Some(first), Some(last)) = (edits.first(), edits.last()) else { return true };
        let is_text = |n: &u32| self.analysis.paragraph(*n as usize).is_some_and(|p| !p.is_blank());
        let above = (0..first.span.start.line).rev().take(NEAR).take_while(is_text).last();
        let below = (last.span.end.line + 1..).take(NEAR).take_while(is_text).last();
        let from = above.unwrap_or(first.span.start.line);
        let lines = from..=below.unwrap_or(last.span.end.line);
        let before = lines.map(|n| self.lines.line(n as usize)).collect::<Vec<_>>().join("\n");
        let moved: Vec<Edit> = edits.iter().map(|edit| shifted(edit.clone(), from)).collect();
        let after = apply(&before, &moved);
        let markup = self.analysis.options().mode.of_part();
        let read = |text: &str| {
            let lines = Flat::new(text);
            let analysis = Analysis::new(&lines, markup, &Arc::default());
            let (mut words, mut marks) = (String::new(), String::new());
            for (n, paragraph) in analysis.paragraphs() {
                let line = lines.line(n);
                words.extend(paragraph.reading(&line).0.chars().filter(|c| !is_space(*c)));
                marks.extend(paragraph.markup(&line));
            }
            (words, marks)
        };
        read(&before) == read(&after)
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
        self.reads_alike(&edits).then_some(edits)
    }
}
