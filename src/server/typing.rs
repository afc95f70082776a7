//! Findings that are held back while the writer is at them.
//!
//! What the text to come may settle (an open quotation, a list that has fewer items yet than were announced)
//! waits until the writer works elsewhere ([`Open`]). What else comes up on the line that is being typed is
//! shown when the writer pauses, goes on elsewhere or saves. What was shown before stays.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

use rustc_hash::FxHashMap;
use tokio::time::{Instant, sleep_until};
use tower_lsp::ls_types as lsp;

use super::backend::Shared;
use super::store::Entry;
use crate::features::writing::Open;
use crate::rules::{self, Diagnostic, Found};
use crate::text::{Change, Document, Encoding, Point, Range, Reader, Span};

/// How long after a key the next one belongs to the same run of typing.
const PAUSE: Duration = Duration::from_millis(1500);

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
    holds: Arc<AtomicBool>,
}

impl Run {
    fn until(&self) -> Instant {
        self.last + PAUSE
    }

    /// The run that an edit goes on with, or begins.
    fn after(before: Option<&Self>, replaced: Span, text: &str) -> Option<Self> {
        if replaced.start.line != replaced.end.line || text.contains(['\n', '\r']) {
            return None;
        }
        let (line, replaced) = (replaced.start.line, Range { start: replaced.start.byte, end: replaced.end.byte });
        let now = Instant::now();
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
            None => Some(Self { line, written: grown(replaced), last: now, holds: Arc::default() }),
        }
    }
}

impl Typing {
    /// What the writer is at after `change` of `entry`; none when a whole text has come at once.
    pub fn after(entry: &Entry, change: &Change, encoding: Encoding) -> Option<Self> {
        let replaced = replaced(&entry.document, change, encoding)?;
        let pasted = change.text.lines().filter(|line| !line.trim().is_empty()).count() > 1;
        if pasted && is_empty(&entry.document) {
            return None;
        }
        let front = end_of(replaced.start, &change.text);
        let before = entry.typing.as_ref();
        let run = Run::after(before.and_then(|typing| typing.run.as_ref()), replaced, &change.text);
        let is_same =
            |run: &Run| before.and_then(|t| t.run.as_ref()).is_some_and(|b| Arc::ptr_eq(&b.holds, &run.holds));
        let known = match (&run, before) {
            (Some(run), Some(before)) if is_same(run) => before.known.clone(),
            _ => known(entry, replaced.start),
        };
        Some(Self { front, known, run })
    }

    /// The same after one of several changes that came together: they are no typing, but the writer has not
    /// gone elsewhere.
    pub fn moved(&self, document: &Document, change: &Change, encoding: Encoding) -> Option<Self> {
        let replaced = replaced(document, change, encoding)?;
        let front = moved(self.front, replaced, &change.text);
        Some(Self { front, known: self.known.clone(), run: None })
    }

    /// The writer has paused or saved. True when something has been held back for that.
    pub fn pause(&mut self) -> bool {
        self.run.take().is_some_and(|run| run.holds.load(Ordering::Relaxed))
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

    /// Which of `found`, by their places in it and in order, are held back, and whether any for a pause only.
    fn held(&self, open: &Open, found: &[Found], document: &Document, may_wait: bool) -> (Vec<usize>, bool) {
        let written = self.run.as_ref().map(|run| Span::in_line(run.line, run.written));
        let mut known: FxHashMap<_, u32> = self.known.iter().map(|(key, count)| (key, *count)).collect();
        let mut reader = Reader::new(document);
        let (mut held, mut until_pause) = (Vec::new(), false);
        // Of two that look alike, the one that is not being typed is the known one.
        for being_typed in [false, true] {
            for (n, found) in found.iter().enumerate() {
                if written.is_some_and(|written| found.span.overlaps(written)) != being_typed {
                    continue;
                }
                let wait = self.holds(open, found, may_wait);
                if wait == Wait::No && found.rule.check.is_local() {
                    continue;
                }
                match known.get_mut(&(found.rule.code, reader.text(found.span))).filter(|count| **count > 0) {
                    Some(count) => *count -= 1,
                    None if wait == Wait::No => {}
                    None => {
                        held.push(n);
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
fn known(entry: &Entry, at: Point) -> Arc<Known> {
    let Entry { document, analysis, settings, .. } = entry;
    let open = Open::at(analysis, document, at);
    let mut found = rules::found_around(analysis, document, settings, at.line, open.lines());
    if let Some(typing) = &entry.typing {
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

fn is_empty(document: &Document) -> bool {
    document.rope().len_bytes() < 4096 && document.to_string().trim().is_empty()
}

/// The stretch that `change` replaces; none when it is the whole text.
pub fn replaced(document: &Document, change: &Change, encoding: Encoding) -> Option<Span> {
    let (start, end) = change.range?;
    let (start, end) = (encoding.point(document, start), encoding.point(document, end));
    Some(Span::new(start.min(end), start.max(end)))
}

/// Where `text` ends that is put in at `start`.
pub fn end_of(start: Point, text: &str) -> Point {
    let mut line = start.line;
    let (mut rest, mut from) = (text, start.byte as usize);
    while let Some(at) = rest.find(['\n', '\r']) {
        let length = if rest[at..].starts_with("\r\n") { 2 } else { 1 };
        rest = &rest[at + length..];
        line += 1;
        from = 0;
    }
    Point::new(line, (from + rest.len()) as u32)
}

/// Where `point` is when `text` has taken the place of `replaced`. What stood in it is at its end.
pub fn moved(point: Point, replaced: Span, text: &str) -> Point {
    if point < replaced.start {
        return point;
    }
    let end = end_of(replaced.start, text);
    if point <= replaced.end {
        return end;
    }
    if point.line == replaced.end.line {
        return Point::new(end.line, end.byte + point.byte - replaced.end.byte);
    }
    Point::new(end.line + point.line - replaced.end.line, point.byte)
}

impl Shared {
    /// What the client is to see of a draft: its findings, but for those that are held back.
    pub fn shown(self: &Arc<Self>, uri: &lsp::Uri, entry: &Entry, limit: usize) -> Vec<Diagnostic> {
        let session = self.session();
        let Entry { document, analysis, settings, .. } = entry;
        let mut found = rules::diagnostics(analysis, document, settings, session.locale, limit);
        let typing = entry.typing.as_ref().filter(|_| settings.editor.with(session.wishes()).holds_back());
        let Some(typing) = typing else { return found };
        let open = Open::at(analysis, document, typing.front);
        let places: Vec<Found> = found.iter().map(Found::of).collect();
        // Nothing waits for a pause that the client could not be told of.
        let can_tell = self.pushes() || session.refresh_diagnostics;
        let (held, until_pause) = typing.held(&open, &places, document, can_tell);
        let mut n = 0..;
        found.retain(|_| n.next().is_none_or(|n| held.binary_search(&n).is_err()));
        if let Some(run) = typing.run.as_ref().filter(|_| until_pause)
            && !run.holds.swap(true, Ordering::Relaxed)
        {
            tokio::spawn(show_in_the_end(Arc::downgrade(self), uri.clone(), run.holds.clone()));
        }
        found
    }
}

/// Waits until `run` is over, however it ends, and has the client see the draft again. Keeps nothing alive:
/// the session may end first.
async fn show_in_the_end(shared: Weak<Shared>, uri: lsp::Uri, run: Arc<AtomicBool>) {
    while let Some(shared) = shared.upgrade() {
        let running = shared.store.get(&uri).and_then(|entry| entry.typing?.run);
        let until = running.filter(|now| Arc::ptr_eq(&now.holds, &run)).map(|now| now.until());
        match until.filter(|until| *until > Instant::now()) {
            Some(until) => {
                drop(shared);
                sleep_until(until).await;
            }
            None => {
                if until.is_some() {
                    shared.store.end_typing(&uri);
                }
                return shared.show_again(&uri);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_move_with_the_text() {
        let span = Span::new(Point::new(1, 3), Point::new(1, 6));
        for (point, text, expected) in [
            ((0, 9), "讲", (0, 9)),
            ((1, 3), "讲话", (1, 9)),
            ((1, 6), "", (1, 3)),
            ((1, 9), "讲", (1, 9)),
            ((1, 9), "讲\n话", (2, 6)),
            ((2, 1), "\r\n\n", (4, 1)),
        ] {
            assert_eq!(moved(Point::new(point.0, point.1), span, text), Point::new(expected.0, expected.1), "{text:?}");
        }
    }
}
