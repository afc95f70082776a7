//! The parts of a speech: title, subtitle, salutation, lead, closing; and what is no part of it.

use std::sync::Arc;

use crate::paragraph::{Kind, LONG, Paragraph};

/// Lines of the parts, counted from the first line of the speech.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpeechParts {
    /// Boilerplate of a site and advertisement: blocks of lines, first and last included. No line that is
    /// none itself is in them.
    pub boilerplate: Vec<(u32, u32)>,
    /// Title lines; a repeated title is listed once.
    pub title: Vec<u32>,
    /// Subtitle, speaker and date below the title.
    pub subtitle: Vec<u32>,
    pub salutation: Option<u32>,
    /// From the salutation to the first ordinal.
    pub lead: Option<(u32, u32)>,
    pub closing: Option<u32>,
    /// The text is broken into lines of one width: a line is a paragraph only where a sentence ends.
    pub wrapped: bool,
    /// The width of its lines in characters; 0 in other text.
    pub width: u8,
}

/// How many lines at the start and at the end of a speech can be boilerplate.
const BOILERPLATE_AT_START: usize = 15;
const BOILERPLATE_AT_END: usize = 10;
/// A longer line is no title.
const TITLE_LENGTH: u8 = 50;

impl SpeechParts {
    pub fn of(lines: &[Arc<Paragraph>]) -> Self {
        let width = width(lines).unwrap_or(0);
        let mut parts = Self { wrapped: width > 0, width, ..Self::default() };
        let full: Vec<usize> = lines.iter().enumerate().filter(|(_, p)| !p.is_blank()).map(|(i, _)| i).collect();
        parts.boilerplate = boilerplate(lines, &full);
        let body: Vec<usize> =
            full.iter().copied().filter(|&i| !parts.is_boilerplate(i as u32) && lines[i].is_read()).collect();
        let first_head = body.iter().position(|&i| lines[i].head().is_some()).unwrap_or(body.len());
        let salutation = body[..first_head].iter().position(|&i| lines[i].structural.kind == Kind::Salutation);
        parts.salutation = salutation.map(|at| body[at] as u32);
        let lead_start = parts.titles(lines, &body, salutation, first_head);
        if lead_start < first_head {
            parts.lead = Some((body[lead_start] as u32, body[first_head - 1] as u32));
        }
        parts.closing = closing(lines, &body, first_head);
        parts
    }

    /// Finds the title and what stands below it; returns the place in `body` where the lead starts.
    fn titles(
        &mut self,
        lines: &[Arc<Paragraph>],
        body: &[usize],
        salutation: Option<usize>,
        first_head: usize,
    ) -> usize {
        let short = |i: usize| {
            let facts = &lines[i].structural;
            facts.length <= TITLE_LENGTH && !(facts.kind == Kind::Prose && facts.ends_sentence && facts.length > 24)
        };
        let end = salutation.unwrap_or_else(|| {
            let named = body[..first_head.min(6)].iter().rposition(|&i| lines[i].structural.kind == Kind::Title);
            match named {
                Some(at) => at + 1,
                // Without salutation and occasion only a first line that is no sentence is a title.
                None => usize::from(
                    first_head > 0
                        && !body.is_empty()
                        && short(body[0])
                        && !lines[body[0]].structural.ends_sentence
                        && body.len() > 1,
                ),
            }
        });
        // What stands above the last line of boilerplate belongs to the site, but for what names a speech.
        let site = self
            .boilerplate
            .iter()
            .map(|&(_, last)| last as usize)
            .filter(|&last| body.get(end).is_none_or(|&i| last < i))
            .max();
        for &i in &body[..end] {
            let names = lines[i].structural.kind == Kind::Title;
            if !short(i) || !names && self.title.is_empty() && site.is_some_and(|last| i < last) {
                continue;
            }
            let dash = lines[i]
                .structure()
                .and_then(|s| s.opening.as_ref())
                .is_some_and(|o| o.pattern == crate::paragraph::Pattern::Dash);
            // 在……会议上的讲话¶县长　张三: what names the speech ends its title.
            let named = self.title.iter().any(|&t| lines[t as usize].structural.kind == Kind::Title);
            let below = !self.title.is_empty() && (dash || lines[i].structural.ends_sentence || named && !names);
            if below {
                self.subtitle.push(i as u32);
            } else if self
                .title
                .iter()
                .all(|&t| lines[t as usize].structural.kind != Kind::Title || lines[i].structural.kind != Kind::Title)
            {
                self.title.push(i as u32);
            }
        }
        salutation.map_or(end, |at| at + 1)
    }

    pub fn is_boilerplate(&self, line: u32) -> bool {
        self.boilerplate.iter().any(|&(first, last)| first <= line && line <= last)
    }
}

/// The paragraph in which the speaker turns to the audience at the end, behind the last section.
fn closing(lines: &[Arc<Paragraph>], body: &[usize], first_head: usize) -> Option<u32> {
    let tail = &body[first_head.min(body.len())..];
    let start = tail.len().saturating_sub(CLOSING);
    let is_closing = |i: &&usize| {
        lines[**i].structural.addresses && lines[**i].head().is_none() && lines[**i].structural.kind == Kind::Prose
    };
    tail[start..].iter().find(is_closing).map(|&i| i as u32)
}

/// A closing begins in one of the last paragraphs.
const CLOSING: usize = 3;

/// The width of hard-wrapped text: most lines are equally long and end in the middle of a sentence,
/// and none is longer. Lines with an ordinal are headings, however alike they are, and the last line
/// of a paragraph may be any length.
fn width(lines: &[Arc<Paragraph>]) -> Option<u8> {
    let mut unfinished = [0usize; LONG as usize + 4];
    let mut finished = [0usize; LONG as usize + 4];
    let mut run_in = [0usize; LONG as usize + 4];
    for p in lines.iter().filter(|p| p.structural.kind == Kind::Prose) {
        let by_length = match p.head() {
            Some(head) if head.own_line || p.structural.ends_sentence => continue,
            // A heading with its text behind it.
            Some(_) => &mut run_in,
            None if p.structural.ends_sentence => &mut finished,
            None => &mut unfinished,
        };
        by_length[p.structural.length as usize] += 1;
    }
    let width = (NARROWEST..=LONG as usize - 2).find(|width| {
        let (narrow, wide) = (width - 2, width + 2);
        let fitting: usize = unfinished[narrow..=wide].iter().sum();
        let short: usize = unfinished[..narrow].iter().sum();
        let long: usize = unfinished[wide + 1..].iter().chain(&finished[wide + 1..]).sum();
        fitting >= FEWEST && fitting * 10 >= (fitting + short + long) * 6
    });
    // A short text has few full lines, but no longer ones.
    let longest = (NARROWEST..unfinished.len()).rfind(|&n| unfinished[n] + finished[n] + run_in[n] > 0);
    let in_short_text = || {
        let width = longest.filter(|longest| *longest < LONG as usize - 2)?;
        let narrow = width - 3;
        let short: usize = unfinished[..narrow].iter().sum();
        let fitting: usize = unfinished[narrow..=width].iter().chain(&run_in[narrow..=width]).sum();
        (fitting >= FEWEST_IN_ALL && fitting * 10 >= (fitting + short) * 6).then_some(width)
    };
    // The place found is the first that fits: the full lines may be a little longer.
    let full = |width: usize| (width..=width + 2).rev().find(|&n| unfinished[n] > 0).unwrap_or(width);
    width.map(full).or_else(in_short_text).map(|width| width as u8)
}

/// Lines of wrapped text have at least this many characters.
const NARROWEST: usize = 18;
/// Fewer lines of one length are chance.
const FEWEST: usize = 6;
/// Where all of the text is in lines of one length, so many tell.
const FEWEST_IN_ALL: usize = 3;

/// Rows of lines near the two ends each of which gives itself away, with the blank ones between them.
fn boilerplate(lines: &[Arc<Paragraph>], full: &[usize]) -> Vec<(u32, u32)> {
    let mut blocks: Vec<(u32, u32)> = Vec::new();
    let mut previous = false;
    for (n, &i) in full.iter().enumerate() {
        let near_edge = n < BOILERPLATE_AT_START || n + BOILERPLATE_AT_END >= full.len();
        let is_boilerplate = near_edge && lines[i].structural.kind == Kind::Boilerplate;
        if is_boilerplate {
            match blocks.last_mut().filter(|_| previous) {
                Some(last) => last.1 = i as u32,
                None => blocks.push((i as u32, i as u32)),
            }
        }
        previous = is_boilerplate;
    }
    blocks
}
