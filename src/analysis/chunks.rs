//! Reading the lines of a draft: plain text line by line, Markdown chunk by chunk.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::{Analysis, FRONT_MATTER, Scanned, front_matter};
use crate::markup::{self, Labels, Line, Mode, State};
use crate::paragraph::{self, LinkLabels, Options, Paragraph};
use crate::text::{Flat, LineChange, Lines};

impl Analysis {
    /// Reads a text with Markdown in it.
    pub(super) fn marked(text: &Flat, options: Arc<Options>, front_matter: usize) -> Self {
        let lines: &dyn Lines = text;
        let mut labels = Labels::default();
        let mut chunks = Vec::new();
        let mut state = markup::first_state(front_matter > 0, text.str(0));
        let mut n = 0;
        while n < text.line_count() {
            let chunk = markup::chunk(lines, n, state, options.mode, &labels);
            let next = (n + chunk.lines.len(), chunk.next);
            chunks.push((n, state, chunk));
            (n, state) = next;
        }
        let defined = Arc::make_mut(&mut labels);
        for label in chunks.iter().filter_map(|(.., chunk)| chunk.defines.as_ref()) {
            *defined.entry(label.clone()).or_default() += 1;
        }
        let mut all = Scanned { paragraphs: Vec::with_capacity(text.line_count()), ..Scanned::default() };
        let blank = Arc::new(Paragraph { begins: Some(State::Open), ..Paragraph::default() });
        for (n, state, mut chunk) in chunks {
            if chunk.asks.iter().any(|label| labels.contains_key(label)) {
                chunk = markup::chunk(lines, n, state, options.mode, &labels);
            }
            if state == State::Open && text.str(n).is_empty() {
                all.paragraphs.push(blank.clone());
                continue;
            }
            for paragraph in paragraphs(lines, n, state, chunk, &options) {
                all.add(paragraph);
            }
        }
        Self::of(all, options, front_matter, labels)
    }

    /// Reads the chunks again that the change can reach, and those that use a label it defines.
    pub(super) fn update_chunks(&mut self, lines: &dyn Lines, change: LineChange) -> Option<()> {
        let Reached { first, end, chunks } = self.reached(lines, change)?;
        let changed = change.first..change.first + change.new;
        let mut new: Vec<Arc<Paragraph>> = Vec::new();
        for (state, chunk) in chunks {
            let n = first + new.len();
            for (i, line) in chunk_lines(chunk, state).enumerate() {
                let kept = (!changed.contains(&(n + i))).then(|| self.paragraph(change.origin(n + i))).flatten();
                new.push(match kept.filter(|old| old.is_marked_as(&line.line)) {
                    Some(old) if old.begins == line.begins && old.labels == line.labels => old.clone(),
                    Some(old) => Arc::new(Paragraph { begins: line.begins, labels: line.labels, ..(**old).clone() }),
                    None => line.scanned(&lines.line(n + i), &self.options),
                });
            }
        }
        let old: Vec<Arc<Paragraph>> = (first..end).filter_map(|n| self.paragraph(n).cloned()).collect();
        let defined = |list: &[Arc<Paragraph>]| -> Vec<Box<str>> {
            list.iter().filter_map(|p| p.labels.as_ref()?.defines.clone()).collect()
        };
        let (gone, come) = (defined(&old), defined(&new));
        // What stays need not be looked at.
        let same = |pair: &(&Arc<Paragraph>, &Arc<Paragraph>)| Arc::ptr_eq(pair.0, pair.1);
        let head = old.iter().zip(&new).take_while(same).count();
        let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(same).count();
        let new = new[head..new.len() - tail].to_vec();
        if !(new.is_empty() && old.len() == head + tail) {
            self.replace(first + head, old.len() - head - tail, new)?;
        }
        if gone != come { self.relabel(lines, gone, come) } else { Some(()) }
    }

    /// The chunks of a text after a change that it can reach.
    fn reached(&self, lines: &dyn Lines, change: LineChange) -> Option<Reached> {
        let begins = |n: usize| self.paragraph(n).and_then(|p| p.begins);
        // A chunk looks ahead to the next line with text, but not further than it may reach itself.
        let floor = change.first.saturating_sub(markup::LONGEST + 1);
        let above = (floor..change.first).rev().find(|&n| !markup::is_blank(&lines.line(n))).unwrap_or(floor);
        let first = (0..=above).rev().find(|&n| begins(n).is_some())?;
        let mut state = begins(first)?;
        let changed_end = change.first + change.new;
        let mut chunks = Vec::new();
        let mut n = first;
        loop {
            if n >= changed_end && (n >= lines.line_count() || begins(change.origin(n)) == Some(state)) {
                return Some(Reached { first, end: change.origin(n), chunks });
            }
            if n >= lines.line_count() {
                return None;
            }
            let chunk = markup::chunk(lines, n, state, self.options.mode, &self.labels);
            let next = chunk.next;
            n += chunk.lines.len();
            chunks.push((state, chunk));
            state = next;
        }
    }

    /// How the lines are marked up that a change can reach, the first of which has the number that comes with
    /// them. `None` where more of the draft is read otherwise afterwards.
    pub fn marked_after(&self, lines: &dyn Lines, change: LineChange) -> Option<(usize, Vec<Line>)> {
        if change.first <= FRONT_MATTER && front_matter(lines, self.options.mode) != self.front_matter {
            return None;
        }
        let mode = self.options.mode;
        if matches!(mode, Mode::Plain | Mode::Pasted) {
            let mut evidence = self.totals.evidence;
            let old = self.paragraphs_from(change.first).take(change.old);
            old.for_each(|paragraph| evidence.remove(paragraph.evidence));
            (change.first..change.first + change.new).for_each(|n| evidence.add(markup::evidence(&lines.line(n))));
            if evidence.carries() != (mode == Mode::Pasted) {
                return None;
            }
        }
        if !mode.is_parsed() {
            let marked = (change.first..change.first + change.new).map(|n| match n < self.front_matter {
                true => front_line(lines, n),
                false => plain_line(&lines.line(n)),
            });
            return Some((change.first, marked.collect()));
        }
        let Reached { first, end, chunks } = self.reached(lines, change)?;
        let old = self.paragraphs_from(first).take(end - first);
        let defined = old.filter_map(|p| p.labels.as_ref()?.defines.as_ref());
        if !defined.eq(chunks.iter().filter_map(|(_, chunk)| chunk.defines.as_ref())) {
            return None;
        }
        Some((first, chunks.into_iter().flat_map(|(_, chunk)| chunk.lines).collect()))
    }

    /// Takes labels out and in, and reads the chunks again that use them.
    fn relabel(&mut self, lines: &dyn Lines, gone: Vec<Box<str>>, come: Vec<Box<str>>) -> Option<()> {
        let before = self.labels.clone();
        let labels = Arc::make_mut(&mut self.labels);
        for label in &come {
            *labels.entry(label.clone()).or_default() += 1;
        }
        for label in &gone {
            let count = labels.get_mut(label)?;
            *count -= 1;
            if *count == 0 {
                labels.remove(label);
            }
        }
        let changed: FxHashSet<&str> = gone
            .iter()
            .chain(&come)
            .filter(|label| before.contains_key(*label) != self.labels.contains_key(*label))
            .map(|label| &**label)
            .collect();
        let changed = |label: &str| changed.contains(label);
        let asks = |p: &Paragraph| p.labels.as_ref().is_some_and(|labels| labels.asks.iter().any(|l| changed(l)));
        let starts: Vec<(usize, State)> =
            self.paragraphs().filter(|(_, p)| asks(p)).filter_map(|(n, p)| Some((n, p.begins?))).collect();
        for (n, state) in starts {
            let chunk = markup::chunk(lines, n, state, self.options.mode, &self.labels);
            let new = paragraphs(lines, n, state, chunk, &self.options);
            self.replace(n, new.len(), new)?;
        }
        Some(())
    }
}

/// The chunks from line `first` to the one that was line `end`, each with what is open where it begins.
struct Reached {
    first: usize,
    end: usize,
    chunks: Vec<(State, markup::Chunk)>,
}

/// A line of plain text.
pub(super) fn plain(line: &str, options: &Options) -> Arc<Paragraph> {
    Arc::new(paragraph::scan(line, plain_line(line), options))
}

fn plain_line(line: &str) -> Line {
    Line { prose: markup::plain(line), ..Line::default() }
}

/// A line of front matter in plain text.
pub(super) fn front_paragraph(lines: &dyn Lines, n: usize, options: &Options) -> Arc<Paragraph> {
    Arc::new(paragraph::scan(&lines.line(n), front_line(lines, n), options))
}

fn front_line(lines: &dyn Lines, n: usize) -> Line {
    let mark = lines.line(0).as_bytes().first().copied().unwrap_or(b'-');
    let chunk = markup::chunk(lines, n, State::Front(mark, n > 0), Mode::Markdown, &Labels::default());
    chunk.lines.into_iter().next().unwrap_or_default()
}

/// A line of a chunk, with what is to be kept of the chunk.
struct ChunkLine {
    line: Line,
    begins: Option<State>,
    labels: Option<Box<LinkLabels>>,
}

impl ChunkLine {
    fn scanned(self, text: &str, options: &Options) -> Arc<Paragraph> {
        let paragraph = paragraph::scan(text, self.line, options);
        Arc::new(Paragraph { begins: self.begins, labels: self.labels, ..paragraph })
    }
}

fn chunk_lines(chunk: markup::Chunk, state: State) -> impl Iterator<Item = ChunkLine> {
    let named = chunk.defines.is_some() || !chunk.asks.is_empty();
    let mut labels = named.then(|| Box::new(LinkLabels { defines: chunk.defines, asks: chunk.asks.into() }));
    let mut begins = Some(state);
    chunk.lines.into_iter().map(move |line| ChunkLine { line, begins: begins.take(), labels: labels.take() })
}

/// The lines of the chunk that begins at line `n`.
fn paragraphs(
    lines: &dyn Lines,
    n: usize,
    state: State,
    chunk: markup::Chunk,
    options: &Options,
) -> Vec<Arc<Paragraph>> {
    chunk_lines(chunk, state).enumerate().map(|(i, line)| line.scanned(&lines.line(n + i), options)).collect()
}
