//! Findings that are held back while the writer types at them.
//!
//! A quotation mark that is not closed yet, a sentence that ends in the middle: what comes up on the line
//! that is being typed is shown when the writer pauses, goes on elsewhere or saves. What was shown
//! before stays. Nothing is held back from a client that could not be told afterwards.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};
use tower_lsp::ls_types as lsp;

use super::backend::Shared;
use super::store::Entry;
use crate::rules::{self, Diagnostic};
use crate::text::{Change, Encoding, Lines, Range, Span};

/// How long after a key the next one belongs to the same run of typing.
const PAUSE: Duration = Duration::from_millis(1500);

/// A run of typing: edits within one line, each at the place that those before it have written.
#[derive(Clone)]
pub struct Typing {
    line: u32,
    /// What the run has written, in bytes of the line.
    written: Range,
    last: Instant,
    /// What had been found on the line when the run began: the rule, and the text it is about.
    known: Arc<[(&'static str, String)]>,
    holds: Arc<AtomicBool>,
}

impl Typing {
    /// The run that `change` of `entry` goes on with or begins; none when it is no typing.
    pub fn after(entry: &Entry, change: &Change, encoding: Encoding) -> Option<Self> {
        let (start, end) = change.range?;
        if start.line != end.line || change.text.contains(['\n', '\r']) {
            return None;
        }
        let point = |position| encoding.point(&entry.document, position);
        let (start, end) = (point(start), point(end));
        let (start, end) = (start.min(end), start.max(end));
        if start.line != end.line {
            return None;
        }
        let (line, replaced) = (start.line, Range { start: start.byte, end: end.byte });
        let now = Instant::now();
        let goes_on = |run: &&Self| run.line == line && now < run.until() && run.meets(replaced);
        let grown = |range: Range| Range {
            start: range.start.min(replaced.start),
            end: range.end.max(replaced.end) - replaced.len() as u32 + change.text.len() as u32,
        };
        if let Some(run) = entry.typing.as_ref().filter(goes_on) {
            return Some(Self { written: grown(run.written), last: now, ..run.clone() });
        }
        let text = entry.document.line(line as usize);
        let known = rules::found_on(&entry.analysis, &entry.document, &entry.settings, line);
        let known = known.into_iter().map(|(rule, range)| (rule.code, range.of(&text).to_owned())).collect();
        Some(Self { line, written: grown(replaced), last: now, known, holds: Arc::default() })
    }

    /// True when something has been held back since the run began.
    pub fn holds(&self) -> bool {
        self.holds.load(Ordering::Relaxed)
    }

    fn meets(&self, range: Range) -> bool {
        self.written.start <= range.end && range.start <= self.written.end
    }

    fn until(&self) -> Instant {
        self.last + PAUSE
    }

    /// Takes out of `found` what has come up on the line during the run. True when that is something.
    fn hold(&self, found: &mut Vec<Diagnostic>, lines: &dyn Lines) -> bool {
        let written = Span::in_line(self.line, self.written);
        let is_here = |d: &Diagnostic| d.span.start.line == self.line && d.span.end.line == self.line;
        let mut known: Vec<_> = self.known.iter().collect();
        let mut held = Vec::new();
        // Of two that look alike, the one that is not being typed is the known one.
        for being_typed in [false, true] {
            for (n, d) in found.iter().enumerate().filter(|(_, d)| is_here(d)) {
                if d.span.overlaps(written) != being_typed {
                    continue;
                }
                let text = lines.text(d.span);
                match known.iter().position(|(code, about)| *code == d.rule.code && *about == text) {
                    Some(at) => drop(known.swap_remove(at)),
                    None => held.push(n),
                }
            }
        }
        let mut n = 0..;
        found.retain(|_| n.next().is_none_or(|n| !held.contains(&n)));
        !held.is_empty()
    }
}

impl Shared {
    /// What the client is to see of a draft: its findings, but for those that are held back.
    pub fn shown(self: &Arc<Self>, uri: &lsp::Uri, entry: &Entry, limit: usize) -> Vec<Diagnostic> {
        let session = self.session();
        let Entry { document, analysis, settings, .. } = entry;
        let mut found = rules::diagnostics(analysis, document, settings, session.locale, limit);
        let may_hold = !session.pull || session.refresh_diagnostics;
        let run = entry.typing.as_ref().filter(|_| may_hold && settings.editor.with(session.wishes()).holds_back());
        if let Some(run) = run
            && run.hold(&mut found, document)
            && !run.holds.swap(true, Ordering::Relaxed)
        {
            let waiting = show_in_the_end(Arc::downgrade(self), uri.clone(), run.holds.clone());
            tokio::spawn(waiting);
        }
        found
    }
}

/// Waits until `run` is over, however it ends, and has the client see all of the draft. Keeps nothing
/// alive: the session may end first.
async fn show_in_the_end(shared: Weak<Shared>, uri: lsp::Uri, run: Arc<AtomicBool>) {
    while let Some(shared) = shared.upgrade() {
        let typing = shared.store.get(&uri).and_then(|entry| entry.typing);
        let until = typing.filter(|typing| Arc::ptr_eq(&typing.holds, &run)).map(|typing| typing.until());
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
