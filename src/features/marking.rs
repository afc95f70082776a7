//! Whether markup stays markup and text stays text when edits are made. [`spares_markup`] knows of the bytes that an
//! edit touches; what the lines around it are hangs on them, too: `二、` above `===` is a heading, `2.` there is none.
//!
//! [`spares_markup`]: crate::rules::spares_markup

use std::borrow::Cow;
use std::ops::Range;

use crate::analysis::Analysis;
use crate::markup::{Block, Line, Prose};
use crate::text::chars::is_space;
use crate::text::{self, Edit, LineChange, Lines, Point};

/// True when with `edits` (sorted and disjoint) everything is marked up as before. Lines that are put in are not looked at.
pub(super) fn keeps_markup(analysis: &Analysis, lines: &dyn Lines, edits: &[Edit]) -> bool {
    disturbing(analysis, lines, edits, Levels::Stay).is_empty()
}

/// Whether the levels of headings are what is to be changed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Levels {
    Stay,
    Change,
}

/// The lines of those of `edits` that seem to have changed what is markup and what is text; none when nothing is.
pub(crate) fn disturbing(analysis: &Analysis, lines: &dyn Lines, edits: &[Edit], levels: Levels) -> Vec<u32> {
    let Some(first) = edits.first() else { return Vec::new() };
    let edited = Edited::new(lines, first.span.start.line as usize, edits);
    let mut blamed = match analysis.marked_after(&edited, edited.change) {
        Some((from, marked)) => {
            let places = edited.differences(analysis, from, &marked, levels);
            places.into_iter().flat_map(|at| edited.beside(at)).map(|i| edits[i].span.start.line).collect()
        }
        None => edits.iter().map(|edit| edit.span.start.line).collect::<Vec<_>>(),
    };
    blamed.sort_unstable();
    blamed.dedup();
    blamed
}

/// A draft with edits made. Places in the lines that they touch are bytes from the start of the first of these, line
/// ends being one byte.
struct Edited<'a> {
    lines: &'a dyn Lines,
    change: LineChange,
    before: String,
    after: Vec<String>,
    edits: Vec<Made>,
}

impl Lines for Edited<'_> {
    fn line_count(&self) -> usize {
        self.lines.line_count() + self.change.new - self.change.old
    }

    fn line(&self, n: usize) -> Cow<'_, str> {
        match n.checked_sub(self.change.first).and_then(|i| self.after.get(i)) {
            Some(line) => Cow::Borrowed(line),
            None => self.lines.line(self.change.origin(n)),
        }
    }
}

/// Where an edit was and where it is.
struct Made {
    old: Range<usize>,
    new: Range<usize>,
}

impl<'a> Edited<'a> {
    fn new(lines: &'a dyn Lines, first: usize, edits: &[Edit]) -> Self {
        let end = edits.iter().map(|edit| edit.span.end.line as usize + 1).max().unwrap_or(first);
        let end = end.min(lines.line_count()).max(first + 1);
        let texts: Vec<Cow<'_, str>> = (first..end).map(|n| lines.line(n)).collect();
        let before = texts.join("\n");
        let mut starts: Vec<usize> = Vec::with_capacity(texts.len());
        texts.iter().fold(0, |at, text| {
            starts.push(at);
            at + text.len() + 1
        });
        let place = |point: Point| {
            let n = (point.line as usize).saturating_sub(first);
            starts.get(n).map_or(before.len(), |start| start + (point.byte as usize).min(texts[n].len()))
        };
        let (mut text, mut at, mut made) = (String::with_capacity(before.len()), 0, Vec::new());
        for edit in edits {
            let old = place(edit.span.start)..place(edit.span.end);
            text.push_str(before.get(at..old.start).unwrap_or(""));
            let start = text.len();
            text.push_str(&edit.text.replace("\r\n", "\n").replace('\r', "\n"));
            at = old.end;
            made.push(Made { old, new: start..text.len() });
        }
        text.push_str(before.get(at..).unwrap_or(""));
        let after: Vec<String> = text.split('\n').map(str::to_owned).collect();
        let change = LineChange { first, old: texts.len(), new: after.len() };
        Self { lines, change, before, after, edits: made }
    }

    /// The places where the lines from number `from` on, as they are `marked` now, are not what they were.
    fn differences(&self, analysis: &Analysis, from: usize, marked: &[Line], levels: Levels) -> Vec<usize> {
        let changed = self.change.first..self.change.first + self.change.new;
        let old_end = self.change.origin(from + marked.len());
        let old: Vec<_> = analysis.paragraphs_from(from).take(old_end - from).collect();
        let mut places = Vec::new();
        for (n, line) in (from..).zip(marked).filter(|(n, _)| !changed.contains(n)) {
            if old.get(self.change.origin(n) - from).is_none_or(|old| !old.is_marked_as(line)) {
                places.push(if n < changed.start { 0 } else { usize::MAX });
            }
        }
        let first = self.change.first - from;
        let old = old.iter().skip(first).map(|p| (p.block, p.plain.as_ref().map(|plain| &plain.prose)));
        let old: Vec<Marked> = Marked::lines(self.before.split('\n'), old, levels).collect();
        let new = marked[first..].iter().map(|line| (line.block, line.prose.as_ref()));
        let new = Marked::lines(self.after.iter().map(String::as_str), new, levels);
        let new: Vec<Marked> = new.filter(|line| !line.is_blank && !self.is_put_in(&line.range)).collect();
        let mut expected: Vec<Range<usize>> = old.iter().flat_map(|l| &l.fixed).flat_map(|r| self.moved(r)).collect();
        expected.sort_unstable_by_key(by_place);
        let mut found: Vec<Range<usize>> = new.iter().flat_map(|line| line.fixed.clone()).collect();
        found.sort_unstable_by_key(by_place);
        places.extend(only(&expected, &found).chain(only(&found, &expected)));
        for line in new {
            let origin = self.origin(line.range.start);
            let before = old.partition_point(|old| old.range.start <= origin).saturating_sub(1);
            if old.get(before).is_none_or(|old| old.block != line.block) {
                places.push(line.range.start);
            }
        }
        places
    }

    /// What is left of a stretch of the lines as they were.
    fn moved(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let behind =
            |i: usize, at: usize| i.checked_sub(1).map_or(at, |i| at - self.edits[i].old.end + self.edits[i].new.end);
        let mut next = self.edits.partition_point(|edit| edit.old.end <= range.start);
        let (mut at, mut left) = (range.start, Vec::new());
        while let Some(edit) = self.edits.get(next).filter(|edit| edit.old.start < range.end) {
            left.push(behind(next, at)..behind(next, edit.old.start.max(at)));
            at = edit.old.end.min(range.end);
            next += 1;
        }
        if at < range.end {
            left.push(behind(next, at)..behind(next, range.end));
        }
        left.retain(|range| !range.is_empty());
        left
    }

    /// Where a place was before the edits.
    fn origin(&self, at: usize) -> usize {
        let before = self.edits.partition_point(|edit| edit.new.start <= at).checked_sub(1).map(|i| &self.edits[i]);
        match before {
            None => at,
            Some(edit) if at < edit.new.end => edit.old.start,
            Some(edit) => edit.old.end + (at - edit.new.end),
        }
    }

    /// True for a line that an edit has put in as a whole.
    fn is_put_in(&self, line: &Range<usize>) -> bool {
        let before = self.edits.partition_point(|edit| edit.new.start < line.start).checked_sub(1);
        before.is_some_and(|i| line.end <= self.edits[i].new.end)
    }

    /// The edits before and behind a place.
    fn beside(&self, at: usize) -> impl Iterator<Item = usize> + use<> {
        let next = self.edits.partition_point(|edit| edit.new.start <= at);
        [next.saturating_sub(1), next.min(self.edits.len() - 1)].into_iter()
    }
}

/// How a line is marked up.
struct Marked {
    range: Range<usize>,
    block: Block,
    /// The stretches that are no text.
    fixed: Vec<Range<usize>>,
    is_blank: bool,
}

impl Marked {
    /// Lines that follow each other.
    fn lines<'m>(
        texts: impl Iterator<Item = &'m str>,
        marked: impl Iterator<Item = (Block, Option<&'m Prose>)>,
        levels: Levels,
    ) -> impl Iterator<Item = Self> {
        let mut start = 0;
        texts.zip(marked).map(move |(text, (block, prose))| {
            let at = start;
            start += text.len() + 1;
            Self::of(at, text, block, prose, levels)
        })
    }

    fn of(at: usize, text: &str, block: Block, prose: Option<&Prose>, levels: Levels) -> Self {
        let stretches = match prose {
            _ if !block.is_text() => vec![text::Range::new(0, text.len())],
            Some(prose) => prose.fixed(text),
            None => Vec::new(),
        };
        let trimmed = |stretch: text::Range| {
            let all = stretch.of(text);
            let inner = all.trim_start_matches(is_space);
            let start = at + stretch.start as usize + all.len() - inner.len();
            let inner = inner.trim_end_matches(is_space);
            let is_sign = levels == Levels::Change && inner.bytes().all(|b| b == b'#');
            (!inner.is_empty() && !is_sign).then(|| start..start + inner.len())
        };
        let block = match block {
            Block::Heading(_) if levels == Levels::Change => Block::Heading(0),
            block => block,
        };
        let fixed = stretches.into_iter().filter_map(trimmed).collect();
        Self { range: at..at + text.len(), block, fixed, is_blank: text.chars().all(is_space) }
    }
}

fn by_place(range: &Range<usize>) -> (usize, usize) {
    (range.start, range.end)
}

/// Where the stretches begin that are `here` and not `there`; both are sorted.
fn only<'r>(here: &'r [Range<usize>], there: &'r [Range<usize>]) -> impl Iterator<Item = usize> + 'r {
    let is_there = |range: &Range<usize>| there.binary_search_by_key(&by_place(range), by_place).is_ok();
    here.iter().filter(move |range| !is_there(range)).map(|range| range.start)
}
