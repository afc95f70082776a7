//! Promoting and demoting a section with all that stands below it. The text stays in its order; only
//! markers change (in Markdown, also the signs of the headings).

use super::Place;
use crate::features::fixing::patched;
use crate::outline::{NodeKind, Outline};
use crate::paragraph::{Marker, ordinals};
use crate::text::{Edit, Range, Span};

/// A numbered section of the speech and how deep it stands among those.
struct Numbered<'a> {
    node: u32,
    depth: usize,
    marker: &'a Marker,
}

/// The usual first ordinals, from the outermost level on.
const USUAL: [&str; 5] = ["一、", "（一）", "1.", "（1）", "①"];

impl Place<'_> {
    pub(super) fn with_level(&self, up: bool) -> Option<Vec<Edit>> {
        let node = self.section()?;
        let all = self.numbered();
        let at = all.iter().position(|n| n.node == node)?;
        let depth = all[at].depth;
        let behind = (at + 1..all.len()).find(|&i| all[i].depth <= depth).unwrap_or(all.len());
        let possible = if up {
            depth > 0
        } else {
            // There must be a section before it that it can stand in.
            all[..at].iter().rev().find(|n| n.depth <= depth).is_some_and(|n| n.depth == depth)
        };
        let numbered_on = self.speech.outline.lists.iter().any(|list| list.first > 1);
        if !possible || numbered_on {
            return None;
        }
        let new_depth = |i: usize| match (at..behind).contains(&i) {
            true if up => all[i].depth - 1,
            true => all[i].depth + 1,
            false => all[i].depth,
        };
        let depths: Vec<usize> = (0..all.len()).map(new_depth).collect();
        let (before, after) = (parents(&all.iter().map(|n| n.depth).collect::<Vec<_>>()), parents(&depths));
        let targets: Vec<u32> = self.references().iter().map(|r| r.target).collect();
        let mut edits = Vec::new();
        let mut written = Vec::with_capacity(all.len());
        for (i, n) in all.iter().enumerate() {
            let moved = (at..behind).contains(&i);
            let siblings = |parents: &[Option<usize>]| -> Vec<usize> {
                (0..all.len()).filter(|&k| parents[k] == parents[i]).collect()
            };
            let now = siblings(&after);
            let same = before[i] == after[i] && now == siblings(&before);
            let value = match now.iter().position(|&k| k == i) {
                Some(place) if !same => place as u32 + 1,
                _ => n.marker.value,
            };
            let text =
                if moved { self.style(&all, at, depths[i])?.with_value(value)? } else { n.marker.with_value(value)? };
            if text != *n.marker.text {
                // How a reference to it would have to be written is not certain.
                if targets.contains(&n.node) {
                    return None;
                }
                edits.push(self.edit(self.node(n.node).line, self.node(n.node).marker, text.clone())?);
            }
            if moved {
                edits.extend(self.heading_signs(self.node(n.node).line, up));
            }
            written.push((self.node(n.node).line, text, depths[i]));
        }
        self.leaves(&edits, &written).then_some(edits)
    }

    /// The sections of the fixed levels, in text order.
    fn numbered(&self) -> Vec<Numbered<'_>> {
        numbered(&self.speech.outline, |node| self.marker(node))
    }

    /// The marker that sections of this depth are written like: the nearest one around, or the usual
    /// one below the depth above.
    fn style(&self, all: &[Numbered<'_>], at: usize, depth: usize) -> Option<Marker> {
        let near = |n: &&Numbered<'_>| n.depth == depth;
        let model = all[..at].iter().rev().find(near).or_else(|| all[at..].iter().find(near));
        if let Some(model) = model {
            return Some(model.marker.clone());
        }
        let above = match depth.checked_sub(1) {
            Some(above) => self.style(all, at, above)?.family.rank()?,
            None => 0,
        };
        // Ranks count from 1 for 一、, so a rank is the place of the next one.
        let text = format!("{}一", USUAL.get(above as usize)?);
        ordinals::head(&text, 0)
    }

    /// One # more or less before a Markdown heading.
    fn heading_signs(&self, line: u32, up: bool) -> Option<Edit> {
        let text = self.text(line);
        let edit = |range, sign| Edit::new(Span::in_line(self.base + line, range), sign);
        let signs = text.bytes().take_while(|&b| b == b'#').count();
        match (self.analysis.options().markdown, up) {
            (true, true) if signs > 1 => Some(edit(Range::new(0, 1), "")),
            (true, false) if (1..6).contains(&signs) => Some(edit(Range::new(0, 0), "#")),
            _ => None,
        }
    }

    /// True when the draft with the edits has these markers at these depths, and no new slips.
    fn leaves(&self, edits: &[Edit], written: &[(u32, String, usize)]) -> bool {
        if edits.is_empty() {
            return false;
        }
        let after = patched(self.analysis, self.lines, edits);
        let Some((index, base)) = after.speech_at((self.base + self.line) as usize) else { return false };
        let Some((_, speech)) = after.speeches().nth(index) else { return false };
        let found = numbered(&speech.outline, |node| speech.outline.nodes[node as usize].marker_of(&speech.lines));
        base as u32 == self.base
            && speech.outline.reported().count() <= self.speech.outline.reported().count()
            && found.len() == written.len()
            && found.iter().zip(written).all(|(n, (line, text, depth))| {
                speech.outline.nodes[n.node as usize].line == *line && *n.marker.text == **text && n.depth == *depth
            })
    }
}

fn numbered<'a>(outline: &Outline, marker: impl Fn(u32) -> Option<&'a Marker>) -> Vec<Numbered<'a>> {
    let mut depths: Vec<Option<usize>> = Vec::with_capacity(outline.nodes.len());
    let mut all = Vec::new();
    for (i, node) in outline.nodes.iter().enumerate() {
        let above = node.parent.and_then(|p| depths[p as usize]);
        let mine = marker(i as u32)
            .filter(|m| node.kind == NodeKind::Section && node.list.is_some() && m.family.rank().is_some());
        if let Some(marker) = mine {
            let depth = above.map_or(0, |d| d + 1);
            all.push(Numbered { node: i as u32, depth, marker });
            depths.push(Some(depth));
        } else {
            depths.push(above);
        }
    }
    all
}

/// For each of sections of these depths the one it stands in.
fn parents(depths: &[usize]) -> Vec<Option<usize>> {
    (0..depths.len()).map(|i| depths[..i].iter().rposition(|&d| d < depths[i])).collect()
}
