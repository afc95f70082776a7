//! What a count announces where the items have no numbers: lines with bullets, or paragraphs under bold titles.

use std::sync::Arc;

use super::Outline;
use crate::paragraph::lead::Form;
use crate::paragraph::{Lead, Paragraph};

/// A run of items without numbers.
pub(super) struct Block<'a> {
    pub form: Form,
    pub titles: Vec<&'a str>,
    /// The lines of the first and the last item.
    pub first: u32,
    pub last: u32,
}

/// More lines than that are no list.
const LONG: usize = 200;

/// The items that begin right behind `line`.
pub(super) fn behind<'a>(outline: &Outline, lines: &'a [Arc<Paragraph>], line: u32) -> Option<Block<'a>> {
    let from = line as usize + 1;
    let first = (from..lines.len()).find(|&i| !lines[i].is_blank())?;
    let form = lead(&lines[first])?.form;
    // An item that announces items has them below it.
    if lead(&lines[line as usize]).is_some_and(|own| !is_below(own.form, form)) {
        return None;
    }
    let end = outline.parts.closing.map_or(lines.len(), |closing| closing as usize);
    let mut block = Block { form, titles: Vec::new(), first: first as u32, last: first as u32 };
    for (i, paragraph) in lines.iter().enumerate().take(end).skip(first).take(LONG) {
        match lead(paragraph) {
            Some(lead) if lead.form == form => {
                block.titles.push(&lead.title);
                block.last = i as u32;
            }
            Some(lead) if is_below(form, lead.form) => {}
            None if paragraph.is_blank() => {}
            // What is said of an item stands under its bold title.
            None if form == Form::Bold && !is_heading(paragraph) => {}
            _ => break,
        }
    }
    (block.titles.len() > 1).then_some(block)
}

fn lead(paragraph: &Paragraph) -> Option<&Lead> {
    paragraph.structural.lead.as_deref().filter(|lead| !lead.title.is_empty())
}

/// An item of an item.
fn is_below(form: Form, other: Form) -> bool {
    match (form, other) {
        (Form::Bullet(_, indent), Form::Bullet(_, other)) => other > indent,
        (Form::Bold, Form::Bullet(..)) => true,
        _ => false,
    }
}

fn is_heading(paragraph: &Paragraph) -> bool {
    let numbered = paragraph.head().is_some_and(|head| head.family.rank().is_some_and(|rank| rank < 3));
    numbered || paragraph.structure().is_some_and(|s| s.heading > 0) || !paragraph.is_read()
}
