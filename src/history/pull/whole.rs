//! What holds of the whole result, whatever was changed in which way.
//!
//! Laid out, it says line by line what Word says, and for what is held what the draft said; no markup has become text
//! and no text markup. A text that the draft and Word have so often stands in the result no less often, and no more
//! often than in that which has it more often: nothing is lost, and nothing stands there twice.

use rustc_hash::FxHashMap;

use super::draft::{Draft, blank, block_signs};
use super::making::Made;
use super::{Pulling, Source, Why};
use crate::text::Edit;

/// A text of so many characters has come from one place.
const TELLING: usize = 8;

type Counts = FxHashMap<[char; TELLING], [usize; 3]>;

impl Pulling<'_> {
    /// Why the draft as it would be now does not hold, if it does not.
    pub(super) fn trouble(&self) -> Option<Why> {
        let made = self.make();
        if !made.blocked.is_empty() || self.disturbs(&made) {
            return Some(Why::Markup);
        }
        let text = made.text(self.ours);
        let laid = Draft::new(Source { text: &text, markup: self.ours.markup, settings: self.ours.settings });
        let laid: Vec<String> = shown(laid.strands.iter().map(|strand| &*strand.text)).collect();
        let pieces: Vec<(&str, bool)> = made.pieces().filter(|(text, _)| !bare(text).is_empty()).collect();
        let is_as_made = shown(pieces.iter().map(|(text, _)| *text)).eq(laid.iter().cloned());
        let from_word = || laid.iter().zip(&pieces).filter(|(_, (_, is_held))| !is_held).map(|(text, _)| text.clone());
        (!is_as_made || !self.is_merging && !from_word().eq(self.taken())).then_some(Why::Otherwise)
    }

    /// What Word says, but for what is held.
    fn taken(&self) -> impl Iterator<Item = String> {
        let groups = self.groups.iter().enumerate().filter(|(g, _)| !self.is_held(*g));
        shown(groups.flat_map(|(_, group)| &self.theirs[group.word.clone()]).map(String::as_str))
    }

    /// Whether an edit makes markup of a text or a text of markup.
    fn disturbs(&self, made: &Made) -> bool {
        // What begins an item anew when text went from one to the next is meant to be markup.
        let is_meant = |text: &str| text.lines().skip(1).any(|line| block_signs(line, line.len()) > blank(line).len());
        let mut inline: Vec<&(usize, Edit)> = made.inline.iter().filter(|(_, edit)| !is_meant(&edit.text)).collect();
        inline.sort_by_key(|(_, edit)| (edit.span.start, edit.span.end));
        let bare = |(g, edit): &&(usize, Edit)| Edit::new(edit.span, self.attempt(*g).bare(&edit.text));
        !self.ours.is_undisturbed(&inline.iter().map(bare).collect::<Vec<_>>())
    }

    /// What has given or taken a text that is lost now, or stands there twice, because the other side of it is held.
    pub(super) fn torn(&self) -> Vec<usize> {
        let mut counts = Counts::default();
        let made = self.make();
        self.ours.strands.iter().for_each(|strand| count(&strand.text, 0, &mut counts));
        self.theirs.iter().for_each(|text| count(text, 1, &mut counts));
        made.pieces().for_each(|(text, _)| count(text, 2, &mut counts));
        counts.retain(|_, [ours, theirs, found]| found < ours.min(theirs) || found > ours.max(theirs));
        if counts.is_empty() {
            return Vec::new();
        }
        let is_of = |(g, group): &(usize, &super::Group)| {
            let (then, theirs) = self.texts(group);
            let mut own = Counts::default();
            [then, theirs].iter().enumerate().for_each(|(side, text)| {
                text.lines().for_each(|line| count(line, side, &mut own));
            });
            !self.is_held(*g) && own.iter().any(|(text, [then, theirs, _])| then != theirs && counts.contains_key(text))
        };
        self.groups.iter().enumerate().filter(is_of).map(|(g, _)| g).collect()
    }
}

/// The texts as they are held against each other: the layout drops blanks.
fn shown<'a>(texts: impl Iterator<Item = &'a str>) -> impl Iterator<Item = String> {
    texts.map(bare).filter(|text| !text.is_empty())
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn count(text: &str, side: usize, counts: &mut Counts) {
    let chars: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    for part in chars.windows(TELLING).filter_map(|part| part.try_into().ok()) {
        counts.entry(part).or_default()[side] += 1;
    }
}
