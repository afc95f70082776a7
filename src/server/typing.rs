//! Findings that are held back while the writer is at them.
//!
//! What the text to come may settle (an open quotation, a list that has fewer items yet than were announced)
//! waits until the writer works elsewhere ([`Open`]). What else comes up on the line that is being typed is
//! shown when the writer pauses, goes on elsewhere or saves. What was shown before stays.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rustc_hash::FxHashMap;
use tokio::time::Instant;

use crate::analysis::Analysis;
use crate::features::writing::Open;
use crate::rules::{self, Found};
use crate::settings::Settings;
use crate::text::{Change, Document, Encoding, Point, Range, Reader, Span, end_of, moved};

/// How long after a key the next one belongs to the same run of typing.
const PAUSE: Duration = Duration::from_millis(1500);

/// What is known of a draft before a change.
pub struct Before<'a> {
    pub document: &'a Document,
    pub analysis: &'a Analysis,
    pub settings: &'a Settings,
    pub typing: Option<&'a Typing>,
}

/// Where the writer is, since the draft was opened or filled at once.
#[derive(Clone)]
pub struct Typing {
    /// Where the last thing that was written ends.
    front: Point,
    /// What was shown when the writer came here: the rule, and the text that it is about.
    known: Arc<Known>,
    run: Option<Run>,
}

/// How many findings of a rule are about a text.
type Known = FxHashMap<(&'static str, String), u32>;

/// A run of typing: edits within one line, each at the place that those before it have written.
#[derive(Clone)]
struct Run {
    line: u32,
    /// What the run has written, in bytes of the line.
    written: Range,
    last: Instant,
    held: Held,
}

/// Whether a run holds something back. Two are the same when they are of the same run.
#[derive(Clone, Default)]
pub struct Held(Arc<AtomicBool>);

impl Held {
    fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    fn get(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Notes that something is held back. True the first time.
    fn begin(&self) -> bool {
        !self.0.swap(true, Ordering::Relaxed)
    }
}

impl Run {
    fn until(&self) -> Instant {
        self.last + PAUSE
    }

    /// The run that an edit goes on with, or begins.
    fn after(before: Option<&Self>, replaced: Span, text: &str, now: Instant) -> Option<Self> {
        if replaced.start.line != replaced.end.line || text.contains(['\n', '\r']) {
            return None;
        }
        let (line, replaced) = (replaced.start.line, Range { start: replaced.start.byte, end: replaced.end.byte });
        let goes_on = |run: &&Self| {
            let meets = run.written.start <= replaced.end && replaced.start <= run.written.end;
            run.line == line && now < run.until() && meets
        };
        let grown = |range: Range| Range {
            start: range.start.min(replaced.start),
            end: range.end.max(replaced.end) - replaced.len() as u32 + text.len() as u32,
        };
        match before.filter(goes_on) {
            Some(run) => Some(Self { written: grown(run.written), last: now, ..run.clone() }),
            None => Some(Self { line, written: grown(replaced), last: now, held: Held::default() }),
        }
    }
}

impl Typing {
    /// What the writer is at after `change`; none when lines have come or gone at once: that is no writing, and what
    /// does not fit then is to be seen.
    pub fn after(was: &Before<'_>, change: &Change, encoding: Encoding, now: Instant) -> Option<Self> {
        let replaced = change.span(was.document, encoding)?;
        let is_pasted = change.text.trim().contains('\n');
        let is_cut = || {
            let gone = Reader::new(was.document).text(replaced);
            !gone.trim().is_empty() && gone.contains('\n')
        };
        if is_pasted || change.text.trim().is_empty() && replaced.start.line != replaced.end.line && is_cut() {
            return None;
        }
        let front = end_of(replaced.start, &change.text);
        let run_before = was.typing.and_then(|typing| typing.run.as_ref());
        let run = Run::after(run_before, replaced, &change.text, now);
        let goes_on = |run: &Run| run_before.is_some_and(|before| before.held.is(&run.held));
        let known = match (&run, was.typing) {
            (Some(run), Some(before)) if goes_on(run) => before.known.clone(),
            _ => known(was, replaced.start),
        };
        Some(Self { front, known, run })
    }

    /// The same after one of several changes that came together: they are no typing, but the writer has not
    /// gone elsewhere.
    pub fn moved(&self, document: &Document, change: &Change, encoding: Encoding) -> Option<Self> {
        let replaced = change.span(document, encoding)?;
        let front = moved(self.front, replaced, &change.text);
        Some(Self { front, known: self.known.clone(), run: None })
    }

    /// The writer has paused or saved. True when something has been held back for that.
    pub fn pause(&mut self) -> bool {
        self.run.take().is_some_and(|run| run.held.get())
    }

    /// Whether what `found` has come up here and waits: for more text, or for a pause.
    fn holds(&self, open: &Open, found: &Found, may_wait: bool) -> Wait {
        if open.awaits(found.rule, found.span, found.related.iter().copied()) {
            return Wait::ForText;
        }
        let run = self.run.as_ref().filter(|_| may_wait);
        match run.filter(|run| found.span.start.line == run.line && found.span.end.line == run.line) {
            Some(_) => Wait::ForPause,
            None => Wait::No,
        }
    }

    /// What of `found`, in the draft as it now is, the client is not to see yet; by its places in `found`.
    /// The second is there when this run begins to hold something back: it is over when [`Self::until`] says so.
    /// `may_wait`: the client can be told when the writer has paused.
    pub fn held_back(
        &self,
        found: &[Found],
        document: &Document,
        analysis: &Analysis,
        may_wait: bool,
    ) -> (Vec<usize>, Option<Held>) {
        let open = Open::at(analysis, document, self.front);
        let (places, until_pause) = self.held(&open, found, document, may_wait);
        let begun = self.run.as_ref().filter(|run| until_pause && run.held.begin());
        (places, begun.map(|run| run.held.clone()))
    }

    /// When the run that holds something back is over; none when it already is.
    pub fn until(&self, held: &Held) -> Option<Instant> {
        self.run.as_ref().filter(|run| run.held.is(held)).map(Run::until)
    }

    /// Which of `found`, by their places in it and in order, are held back, and whether any for a pause only.
    fn held(&self, open: &Open, found: &[Found], document: &Document, may_wait: bool) -> (Vec<usize>, bool) {
        let written = self.run.as_ref().map(|run| Span::in_line(run.line, run.written));
        let mut known: FxHashMap<_, u32> = self.known.iter().map(|(key, count)| (key, *count)).collect();
        // How many of a rule are left: where there are none, no text need be read.
        let mut left: FxHashMap<_, u32> = FxHashMap::default();
        for ((code, _), count) in &*self.known {
            *left.entry(*code).or_default() += count;
        }
        let mut reader = Reader::new(document);
        let (mut held, mut until_pause) = (Vec::new(), false);
        // What was found in a line elsewhere waits for nothing.
        let here =
            |line: u32| open.lines().contains(&line) || written.is_some_and(|written| written.start.line == line);
        let numbered = found.iter().enumerate();
        let may_be_held = numbered.filter(|(_, found)| !found.rule.check.is_local() || here(found.span.start.line));
        let may_be_held: Vec<(usize, &Found, bool)> = may_be_held
            .map(|(n, found)| (n, found, written.is_some_and(|written| found.span.overlaps(written))))
            .collect();
        // Of two that look alike, the one that is not being typed is the known one.
        for being_typed in [false, true] {
            for (n, found, _) in may_be_held.iter().filter(|(.., is)| *is == being_typed) {
                let wait = self.holds(open, found, may_wait);
                if wait == Wait::No && found.rule.check.is_local() {
                    continue;
                }
                let code = found.rule.code;
                let left = left.get_mut(code).filter(|left| **left > 0);
                let text = left.is_some().then(|| reader.text(found.span));
                let count = text.and_then(|text| known.get_mut(&(code, text))).filter(|count| **count > 0);
                match left.zip(count) {
                    Some((left, count)) => (*left, *count) = (*left - 1, *count - 1),
                    None if wait == Wait::No => {}
                    None => {
                        held.push(*n);
                        until_pause |= wait == Wait::ForPause;
                    }
                }
            }
        }
        held.sort_unstable();
        (held, until_pause)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wait {
    No,
    ForText,
    ForPause,
}

/// What is shown of the place that the writer comes to.
fn known(was: &Before<'_>, at: Point) -> Arc<Known> {
    let &Before { document, analysis, settings, typing } = was;
    let open = Open::at(analysis, document, at);
    let mut found = rules::found_around(analysis, document, settings, at.line, open.lines());
    if let Some(typing) = typing {
        let open = Open::at(analysis, document, typing.front);
        let (held, _) = typing.held(&open, &found, document, false);
        let mut n = 0..;
        found.retain(|_| n.next().is_none_or(|n| held.binary_search(&n).is_err()));
    }
    let (mut known, mut reader) = (Known::default(), Reader::new(document));
    for found in found {
        *known.entry((found.rule.code, reader.text(found.span))).or_default() += 1;
    }
    Arc::new(known)
}
