//! What Enter does at the end of an item: the next ordinal stands on the new line; Enter again, on an
//! item without text, takes it away.

use super::completion::is_in_code;
use super::marking::keeps_markup;
use super::references::speech_of;
use crate::analysis::{Analysis, Speech};
use crate::outline::NodeKind;
use crate::paragraph::marker::LAST;
use crate::rules::spares_markup;
use crate::text::chars::is_space;
use crate::text::{Edit, Lines, Point, Range, Span};

/// The edits behind a line break that was typed: `at` is on the new line.
pub fn after_enter(analysis: &Analysis, lines: &dyn Lines, at: Point) -> Vec<Edit> {
    let Some((base, speech)) = speech_of(analysis, at) else {
        return Vec::new();
    };
    let line = at.line - base;
    let text = lines.line(at.line as usize);
    // Only an empty paragraph is the writer's wish for a new one: a split one has its text.
    if line == 0 || !text.chars().all(is_space) || is_in_code(analysis, at.line as usize) {
        return Vec::new();
    }
    let due = emptied(base, speech, lines, line).or_else(|| continued(base, speech, lines, line));
    let spares = |edits: &Vec<Edit>| edits.iter().all(|edit| spares_markup(analysis, edit));
    due.filter(|edits| spares(edits) && keeps_markup(analysis, lines, edits)).unwrap_or_default()
}

/// An item without text above: its ordinal goes, and the line that Enter made.
fn emptied(base: u32, speech: &Speech, lines: &dyn Lines, line: u32) -> Option<Vec<Edit>> {
    let above = line - 1;
    let text = lines.line((base + above) as usize);
    let trimmed = text.trim_matches(is_space);
    // By the ordinals themselves: alone on its line, one may count as no item at all.
    let model = model_above(speech, above)?;
    let marker = speech.lines[above as usize].head().map(|m| m.text.trim().to_owned());
    let next = model.with_value(model.value + 1).map(|next| next.trim().to_owned());
    if trimmed.is_empty() || marker.is_some_and(|m| m != trimmed) || next.is_none_or(|next| next != trimmed) {
        return None;
    }
    let start = text.len() - text.trim_start_matches(is_space).len();
    let end = Point::new(base + line, lines.line((base + line) as usize).len() as u32);
    Some(vec![Edit::new(Span::new(Point::new(base + above, start as u32), end), "")])
}

/// The ordinal of the last section that starts above `line`.
fn model_above(speech: &Speech, line: u32) -> Option<&crate::paragraph::Marker> {
    let nodes = &speech.outline.nodes;
    let end = nodes.partition_point(|n| n.line < line);
    let mut sections = nodes[..end].iter().rev().filter(|n| n.kind == NodeKind::Section && n.list.is_some());
    sections.next()?.marker_of(&speech.lines)
}

/// The next ordinal of a list whose items are one paragraph each.
fn continued(base: u32, speech: &Speech, lines: &dyn Lines, line: u32) -> Option<Vec<Edit>> {
    let outline = &speech.outline;
    let end = outline.nodes.partition_point(|n| n.line < line);
    let index = outline.nodes[..end].iter().rposition(|n| n.kind == NodeKind::Section && n.list.is_some())?;
    let node = &outline.nodes[index];
    let list = &outline.lists[node.list? as usize];
    if list.items.last() != Some(&(index as u32)) || list.items.len() < 2 || outline.parts.wrapped {
        return None;
    }
    // The items follow each other with the same number of blank lines, and so does the new one.
    let gap = line - node.line;
    let items: Vec<_> = list.items.iter().map(|&n| &outline.nodes[n as usize]).collect();
    let one_paragraph = items.windows(2).all(|pair| pair[1].line - pair[0].line == gap);
    if !one_paragraph || (node.line + 1..line).any(|n| !speech.lines[n as usize].is_blank()) {
        return None;
    }
    let marker = node.marker_of(&speech.lines).filter(|m| m.value != LAST)?;
    let above = lines.line((base + node.line) as usize);
    // An item with nothing behind its ordinal is not complete.
    if above.get(marker.range.end as usize..)?.chars().all(is_space) {
        return None;
    }
    let indent = above.get(..marker.range.start as usize)?;
    let behind = above.get(marker.range.end as usize..node.title.start as usize).unwrap_or("");
    let behind = if behind.chars().all(is_space) { behind } else { "" };
    let text = format!("{indent}{}{behind}", marker.with_value(marker.value + 1)?);
    let old = lines.line((base + line) as usize).len();
    Some(vec![Edit::new(Span::in_line(base + line, Range::new(0, old)), text)])
}
