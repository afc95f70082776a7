//! What is known of one version of a draft, brought up to date after an edit by looking again at the
//! lines that it touched.
//!
//! A file can hold several speeches, one behind the other. Each speech is analysed by itself, so
//! that an edit costs no more in a long file than in a short one.

mod chunks;
mod finding;
mod kept;
mod profile;

use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock};
use std::thread::available_parallelism;

use chunks::{front_paragraph, plain};

use crate::lexicon::own;
use crate::markup::{Evidence, Labels, Mode};
use crate::outline::Outline;
use crate::paragraph::genre::Sums;
use crate::paragraph::{Hit, Kind, Options, Paragraph, Script};
use crate::placeholder;
use crate::settings::{Settings, Severity};
use crate::slogans::Date;
use crate::text::chars::is_boundary;
use crate::text::{Flat, LineChange, Lines};

pub use crate::markup::Markup;
pub use finding::{Detail, Finding, RelatedTo};
pub use kept::Kept;

/// What is known of a draft. Cheap to clone; a clone does not change when the original is updated.
#[derive(Clone, Default)]
pub struct Analysis {
    options: Arc<Options>,
    speeches: Vec<Arc<Speech>>,
    /// What the candidates for placeholders are judged by.
    blanks: Arc<placeholder::Evidence>,
    totals: Totals,
    /// Lines before this one are front matter.
    front_matter: usize,
    /// The labels of links that are defined.
    labels: Labels,
}

/// Texts of at least this many bytes are scanned by several threads.
const LARGE: usize = 1 << 20;

/// What is known of a run of lines before they are seen as speeches.
#[derive(Default)]
struct Scanned {
    paragraphs: Vec<Arc<Paragraph>>,
    blanks: placeholder::Evidence,
    totals: Totals,
}

impl Scanned {
    /// Lines of plain text.
    fn plain(text: &Flat, lines: Range<usize>, options: &Options) -> Self {
        let mut this = Self { paragraphs: Vec::with_capacity(lines.len()), ..Self::default() };
        let blank = Arc::new(Paragraph::default());
        for n in lines {
            let line = text.str(n);
            if line.is_empty() {
                this.paragraphs.push(blank.clone());
            } else {
                this.add(plain(line, options));
            }
        }
        this
    }

    fn add(&mut self, paragraph: Arc<Paragraph>) {
        self.totals.add(&paragraph);
        self.blanks.add(&paragraph.placeholders);
        self.paragraphs.push(paragraph);
    }

    fn join(&mut self, behind: Self) {
        self.paragraphs.extend(behind.paragraphs);
        self.blanks.join(behind.blanks);
        self.totals.join(behind.totals);
    }
}

/// Sums over all paragraphs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Han characters and digits.
    pub spoken: u32,
    /// Latin letters.
    pub letters: u32,
    /// Lines with characters that only Traditional texts have, and that only Simplified ones have.
    pub traditional: u32,
    pub simplified: u32,
    /// Lines that tell this program something: suppressions.
    pub directives: u32,
    /// What speaks for Markdown in plain text.
    pub evidence: Evidence,
    /// What says which kind of text it is.
    pub genre: Sums,
}

/// One speech: from its title, or the start of the file, to the next.
#[derive(Clone, Default)]
pub struct Speech {
    pub lines: Vec<Arc<Paragraph>>,
    pub outline: Arc<Outline>,
    /// What the rules found in it: filled in by [`crate::rules`] on first need.
    pub findings: OnceLock<Arc<[Finding]>>,
    /// How many findings there are of each severity, those of the paragraphs included.
    pub counts: OnceLock<Arc<Counts>>,
    /// What else is asked of it again and again.
    pub kept: Kept,
}

/// Numbers of findings, in the order of [`Severity::ALL`].
#[derive(Debug, Default)]
pub struct Counts {
    pub certain: [u32; 4],
    /// Candidates for placeholders, with the severity they have where they are certain: the draft decides.
    pub blanks: Vec<(placeholder::Key, Severity, u32)>,
    /// The numbers with those of the candidates, as a draft with this digest has decided last.
    pub judged: Mutex<Option<(u64, [u32; 4])>>,
    /// The newest month that the speech names, where a rule asks for it.
    pub date: Option<Date>,
}

impl Analysis {
    pub fn new(lines: &dyn Lines, markup: Markup, settings: &Arc<Settings>) -> Self {
        let mode = Mode::of(markup);
        let options = Options {
            mode,
            markdown: mode.is_parsed(),
            official: settings.official_prose.or((markup == Markup::Speech).then_some(true)),
            words: settings.words.clone(),
            placeholders_add: settings.placeholders_add.clone(),
            placeholders_remove: settings.placeholders_remove.clone(),
        };
        Self::scan(lines, Arc::new(options))
    }

    fn scan(lines: &dyn Lines, options: Arc<Options>) -> Self {
        own::with(options.words.clone().as_ref(), || Self::scan_with_words(lines, options))
    }

    /// Reads the whole text; the evidence in it tells whether plain text carries Markdown.
    fn scan_with_words(lines: &dyn Lines, options: Arc<Options>) -> Self {
        let front_matter = self::front_matter(lines, options.mode);
        let text = lines.whole();
        let text = Flat::new(&text);
        if options.mode == Mode::Markdown {
            return Self::marked(&text, options, front_matter);
        }
        let in_mode = |mode: Mode| Arc::new(Options { mode, markdown: mode.is_parsed(), ..(*options).clone() });
        let is_shown = options.mode == Mode::Shown;
        let plain = if is_shown { options.clone() } else { in_mode(Mode::Plain) };
        let count = text.line_count();
        let mut all = Scanned::default();
        for n in 0..front_matter {
            all.add(front_paragraph(&text, n, &plain));
        }
        let parts = if text.len() < LARGE { 1 } else { available_parallelism().map_or(1, Into::into) };
        if parts < 2 {
            all.join(Scanned::plain(&text, front_matter..count, &plain));
        } else {
            // No paragraph depends on another: the parts of a long text are scanned side by side.
            let step = (count - front_matter).div_ceil(parts);
            std::thread::scope(|scope| {
                let at = |part: usize| (front_matter + part * step).min(count);
                let (text, plain) = (&text, &*plain);
                let threads: Vec<_> = (0..parts)
                    .map(|part| {
                        scope.spawn(move || {
                            own::with(plain.words.as_ref(), || Scanned::plain(text, at(part)..at(part + 1), plain))
                        })
                    })
                    .collect();
                for thread in threads {
                    all.join(thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
                }
            });
        }
        if !is_shown && all.totals.evidence.carries() {
            return Self::marked(&text, in_mode(Mode::Pasted), front_matter);
        }
        Self::of(all, plain, front_matter, Labels::default())
    }

    fn of(scanned: Scanned, options: Arc<Options>, front_matter: usize, labels: Labels) -> Self {
        let Scanned { paragraphs, blanks, totals } = scanned;
        Self { options, speeches: cut(paragraphs), blanks: Arc::new(blanks), totals, front_matter, labels }
    }

    /// The same as `new` over the text after the change, but faster.
    pub fn update(&mut self, lines: &dyn Lines, change: LineChange) {
        self.update_some(lines, change, &|_| true);
    }

    /// The same where of the lines after a change only those are others that are `touched`, if there are as many as
    /// before.
    pub fn update_some(&mut self, lines: &dyn Lines, change: LineChange, touched: &dyn Fn(usize) -> bool) {
        let words = self.options.words.clone();
        if own::with(words.as_ref(), || self.update_lines(lines, change, touched)).is_none() {
            *self = Self::scan(lines, self.options.clone());
        }
    }

    /// `None` when the whole text has to be read anew.
    fn update_lines(&mut self, lines: &dyn Lines, change: LineChange, touched: &dyn Fn(usize) -> bool) -> Option<()> {
        if change.first <= FRONT_MATTER && front_matter(lines, self.options.mode) != self.front_matter {
            return None;
        }
        if !self.options.mode.is_parsed() {
            let new = self.read(lines, change, touched);
            self.replace(change.first, change.old, new)?;
        } else {
            self.update_chunks(lines, change)?;
        }
        let reads = match self.options.mode {
            Mode::Markdown | Mode::Shown => return Some(()),
            mode => mode == Mode::Pasted,
        };
        (self.totals.evidence.carries() == reads).then_some(())
    }

    /// The lines after a change.
    fn read(&self, lines: &dyn Lines, change: LineChange, touched: &dyn Fn(usize) -> bool) -> Vec<Arc<Paragraph>> {
        let mut before = self.paragraphs_from(change.first);
        let here = change.first..change.first + change.new;
        here.map(|n| match before.next() {
            Some(before) if change.old == change.new && !touched(n) => before.clone(),
            _ if n < self.front_matter => front_paragraph(lines, n, &self.options),
            _ => plain(&lines.line(n), &self.options),
        })
        .collect()
    }

    /// Puts new lines in the place of old ones.
    fn replace(&mut self, at: usize, old: usize, new: Vec<Arc<Paragraph>>) -> Option<()> {
        let (first, base) = self.speech_at(at.min(self.line_count().saturating_sub(1)))?;
        let old_end = at + old;
        let mut last = first;
        let mut end = base + self.speeches[first].lines.len();
        while end < old_end {
            last += 1;
            end += self.speeches.get(last)?.lines.len();
        }
        self.recount(first, at - base, old, &new);
        if first == last && old == new.len() && self.replace_in_place(first, at - base, &new) {
            return Some(());
        }
        self.recut(first, last, at - base, old, new)
    }

    /// Takes the old lines out of the sums and puts the new ones in.
    fn recount(&mut self, speech: usize, at: usize, count: usize, new: &[Arc<Paragraph>]) {
        let old: Vec<Arc<Paragraph>> =
            self.speeches[speech..].iter().flat_map(|s| &s.lines).skip(at).take(count).cloned().collect();
        for paragraph in &old {
            self.totals.remove(paragraph);
        }
        for paragraph in new {
            self.totals.add(paragraph);
        }
        let candidates = |list: &[Arc<Paragraph>]| list.iter().any(|p| !p.placeholders.is_empty());
        if candidates(&old) || candidates(new) {
            let blanks = Arc::make_mut(&mut self.blanks);
            old.iter().for_each(|p| blanks.remove(&p.placeholders));
            new.iter().for_each(|p| blanks.add(&p.placeholders));
        }
    }

    /// Puts new lines in the place of as many old ones. False when they may part the speeches anew.
    fn replace_in_place(&mut self, speech: usize, at: usize, new: &[Arc<Paragraph>]) -> bool {
        let old = &self.speeches[speech].lines[at..at + new.len()];
        let role = |p: &Paragraph| {
            (
                p.structural.kind,
                p.head().map(|h| h.value == 1),
                p.structural.length <= TITLE_LENGTH && !p.structural.ends_sentence,
                p.structural.length > BODY,
            )
        };
        if old.iter().zip(new).any(|(a, b)| role(a) != role(b)) {
            return false;
        }
        let same_shape = old.iter().zip(new).all(|(a, b)| a.structural == b.structural);
        // What is seen in a text, blanks at its edges included, is judged with the rest of the speech.
        let is_unread = |p: &Arc<Paragraph>| !p.is_read() && p.placeholders.is_empty();
        let unread = old.iter().chain(new).all(is_unread);
        let same_look = old.iter().zip(new).all(|(a, b)| a.style == b.style && a.evidence == b.evidence);
        let speech = Arc::make_mut(&mut self.speeches[speech]);
        for (line, paragraph) in speech.lines[at..].iter_mut().zip(new) {
            *line = paragraph.clone();
        }
        speech.counts = OnceLock::new();
        speech.kept = Kept::default();
        if !same_shape {
            speech.outline = Arc::new(Outline::of(&speech.lines));
        }
        if !same_shape || !same_look || !unread {
            speech.findings = OnceLock::new();
        }
        true
    }

    /// Cuts the touched speeches, and as many behind them as the cut may move, into speeches again.
    fn recut(&mut self, first: usize, last: usize, at: usize, old: usize, new: Vec<Arc<Paragraph>>) -> Option<()> {
        // The title of a speech stands before its salutation: the speech before may lose or gain it.
        // And where that one starts may depend on the first ordinal behind it.
        let from = first.saturating_sub(2);
        let mut to = (last + 1).min(self.speeches.len() - 1);
        let offset = self.speeches[from..first].iter().map(|s| s.lines.len()).sum::<usize>() + at;
        let mut lines: Vec<Arc<Paragraph>> =
            self.speeches[from..=to].iter().flat_map(|s| s.lines.iter().cloned()).collect();
        lines.splice(offset..offset + old, new);
        loop {
            let pieces = cut_places(&lines);
            let tail = pieces.last().map_or(0, |&start| start);
            if to + 1 == self.speeches.len() || is_established(&lines[tail..]) {
                let kept = std::mem::take(&mut lines);
                let made = speeches_at(kept, &pieces);
                self.speeches.splice(from..=to, made);
                return Some(());
            }
            to += 1;
            lines.extend(self.speeches[to].lines.iter().cloned());
        }
    }

    /// The number of the speech that line `n` (0-based) is in, and the speech's first line.
    pub fn speech_at(&self, n: usize) -> Option<(usize, usize)> {
        let mut base = 0;
        for (i, speech) in self.speeches.iter().enumerate() {
            if n < base + speech.lines.len() {
                return Some((i, base));
            }
            base += speech.lines.len();
        }
        None
    }

    /// The speeches with the number of their first line.
    pub fn speeches(&self) -> impl Iterator<Item = (usize, &Arc<Speech>)> {
        let mut base = 0;
        self.speeches.iter().map(move |speech| {
            let start = base;
            base += speech.lines.len();
            (start, speech)
        })
    }

    pub fn paragraph(&self, n: usize) -> Option<&Arc<Paragraph>> {
        let (speech, base) = self.speech_at(n)?;
        self.speeches[speech].lines.get(n - base)
    }

    /// The paragraphs from line `n` on.
    pub fn paragraphs_from(&self, n: usize) -> impl Iterator<Item = &Arc<Paragraph>> {
        let (first, base) = self.speech_at(n).unwrap_or((self.speeches.len(), n));
        self.speeches[first..].iter().flat_map(|speech| &speech.lines).skip(n - base)
    }

    /// All paragraphs with their line numbers.
    pub fn paragraphs(&self) -> impl Iterator<Item = (usize, &Arc<Paragraph>)> {
        self.speeches.iter().flat_map(|s| &s.lines).enumerate()
    }

    pub fn line_count(&self) -> usize {
        self.speeches.iter().map(|s| s.lines.len()).sum()
    }

    /// The judge of the candidates for placeholders.
    pub fn blanks(&self) -> placeholder::Draft<'_> {
        placeholder::Draft::new(&self.blanks, self.totals.spoken, self.totals.letters, self.is_other())
    }

    /// How many placeholders of this group the draft has.
    pub fn group_size(&self, group: u64) -> u32 {
        self.blanks().group_size(group)
    }

    pub fn totals(&self) -> Totals {
        self.totals
    }

    pub fn options(&self) -> &Options {
        &self.options
    }

    /// True when the draft is written in Traditional characters.
    pub fn is_traditional(&self) -> bool {
        self.totals.traditional > self.totals.simplified
    }

    /// True when the text is no official prose: there are hints at most.
    pub fn is_other(&self) -> bool {
        let Totals { genre, letters, spoken, .. } = self.totals;
        self.options.official.map_or_else(|| genre.is_other(letters, spoken), |official| !official)
    }

    /// The same, taken for official prose unless the settings say that it is none.
    #[must_use]
    pub fn as_draft(&self) -> Self {
        let mut this = self.clone();
        if this.is_other() {
            Arc::make_mut(&mut this.options).official.get_or_insert(true);
        }
        this
    }

    /// True when the draft is mainly Chinese prose; other texts are none of our business.
    pub fn is_chinese(&self) -> bool {
        self.totals.spoken * 2 > self.totals.letters
    }
}

impl Totals {
    fn add(&mut self, p: &Paragraph) {
        self.spoken += p.spoken;
        self.letters += p.letters;
        self.traditional += u32::from(p.script == Some(Script::Traditional));
        self.simplified += u32::from(p.script == Some(Script::Simplified));
        self.directives += u32::from(p.directive.is_some());
        self.evidence.add(p.evidence);
        self.genre.add(&p.traits);
    }

    fn join(&mut self, other: Self) {
        self.spoken += other.spoken;
        self.letters += other.letters;
        self.traditional += other.traditional;
        self.simplified += other.simplified;
        self.directives += other.directives;
        self.evidence.add(other.evidence);
        self.genre.join(&other.genre);
    }

    fn remove(&mut self, p: &Paragraph) {
        self.spoken -= p.spoken;
        self.letters -= p.letters;
        self.traditional -= u32::from(p.script == Some(Script::Traditional));
        self.simplified -= u32::from(p.script == Some(Script::Simplified));
        self.directives -= u32::from(p.directive.is_some());
        self.evidence.remove(p.evidence);
        self.genre.remove(&p.traits);
    }
}

/// Front matter is looked for in this many lines.
const FRONT_MATTER: usize = 100;

/// The number of lines of YAML or TOML front matter.
fn front_matter(lines: &dyn Lines, mode: Mode) -> usize {
    if mode == Mode::Shown {
        return 0;
    }
    let first = lines.line(0);
    let mark = first.trim_end();
    if !matches!(mark, "---" | "+++") {
        return 0;
    }
    let end = (1..lines.line_count().min(FRONT_MATTER)).find(|&n| lines.line(n).trim_end() == mark);
    // In plain text two such lines may as well stand around words.
    let is_one = |end: &usize| mode == Mode::Markdown || (1..*end).all(|n| is_setting(&lines.line(n)));
    end.filter(is_one).map_or(0, |end| end + 1)
}

/// `key: value`, and what may stand below it.
fn is_setting(line: &str) -> bool {
    let key = line.find([':', '=']).filter(|at| *at > 0).map(|at| &line[..at]);
    let is_key = |key: &str| key.len() <= LONGEST_KEY && !key.contains(is_boundary);
    line.trim().is_empty() || line.starts_with([' ', '\t', '-', '#']) || key.is_some_and(is_key)
}

const LONGEST_KEY: usize = 40;

const TITLE_LENGTH: u8 = 50;
/// A longer paragraph is text.
const BODY: u8 = 60;
/// How many lines above a salutation can be its title.
const TITLE_LINES: usize = 6;

fn cut(lines: Vec<Arc<Paragraph>>) -> Vec<Arc<Speech>> {
    let places = cut_places(&lines);
    speeches_at(lines, &places)
}

fn speeches_at(mut lines: Vec<Arc<Paragraph>>, places: &[usize]) -> Vec<Arc<Speech>> {
    let mut made: Vec<Arc<Speech>> = Vec::with_capacity(places.len());
    for &start in places.iter().rev() {
        let lines = if start == 0 { std::mem::take(&mut lines) } else { lines.split_off(start) };
        made.push(Arc::new(Speech::of(lines)));
    }
    made.reverse();
    made
}

/// True when it is settled where a speech with these lines starts and that it ends at the next
/// place where a speech may start.
fn is_established(lines: &[Arc<Paragraph>]) -> bool {
    let Some(head) = lines.iter().position(|p| p.head().is_some()) else { return false };
    lines.iter().any(|p| p.structural.kind == Kind::Salutation)
        || lines[head..].iter().any(|p| p.structural.length > BODY)
}

/// Where speeches start. A new one starts at a salutation, with the title above it, at a line that
/// names a speech, and behind a rule, once the one before has a salutation, or an ordinal and text — but not
/// where the numbering goes on: a draft may have rules between its sections.
fn cut_places(lines: &[Arc<Paragraph>]) -> Vec<usize> {
    let mut places = vec![0];
    let mut established = false;
    let mut headed = false;
    for (n, p) in lines.iter().enumerate() {
        if established && may_start(p) && begins_anew(p, &lines[n + 1..]) {
            let floor = places.last().map_or(0, |p| p + 1);
            let start = match p.structural.kind {
                Kind::Salutation => title_start(lines, n, floor),
                Kind::Title => n,
                _ => n + 1,
            };
            if start < lines.len() {
                places.push(start);
                established = p.structural.kind == Kind::Salutation;
                headed = false;
                continue;
            }
        }
        // Headings alone may be a table of contents.
        headed |= p.head().is_some();
        established |= p.structural.kind == Kind::Salutation || headed && p.structural.length > BODY;
    }
    places
}

fn may_start(p: &Paragraph) -> bool {
    matches!(p.structural.kind, Kind::Salutation | Kind::Title | Kind::Rule)
}

/// True when the first ordinal before the next place where a speech may start is a first one. Below
/// a salutation or a title there need be none.
fn begins_anew(start: &Paragraph, lines: &[Arc<Paragraph>]) -> bool {
    let next = lines.iter().find(|p| may_start(p) || p.head().is_some());
    next.and_then(|p| p.head()).map_or(start.structural.kind != Kind::Rule, |head| head.value == 1)
}

/// The first of the short lines above the salutation at `n` that can be its title.
fn title_start(lines: &[Arc<Paragraph>], n: usize, floor: usize) -> usize {
    let mut start = n;
    let mut seen = 0;
    for at in (floor..n).rev() {
        let p = &lines[at];
        if p.is_blank() {
            continue;
        }
        let title_like = p.structural.length <= TITLE_LENGTH && !p.structural.ends_sentence && p.head().is_none();
        // Where a speech starts nothing may depend on what stands above: a salutation is no title of another.
        if !title_like || p.structural.kind == Kind::Salutation || seen == TITLE_LINES {
            break;
        }
        seen += 1;
        start = at;
    }
    start
}

impl Speech {
    fn of(lines: Vec<Arc<Paragraph>>) -> Self {
        let outline = Arc::new(Outline::of(&lines));
        Self { lines, outline, findings: OnceLock::new(), counts: OnceLock::new(), kept: Kept::default() }
    }

    /// The hits of all paragraphs that are part of the speech, with their lines; only those that
    /// have been looked for.
    pub fn hits(&self) -> impl Iterator<Item = (usize, &Hit)> {
        self.lines
            .iter()
            .enumerate()
            .filter(|(n, _)| !self.outline.parts.is_boilerplate(*n as u32))
            .flat_map(|(n, p)| p.hits.get().map_or(&[][..], |h| h).iter().map(move |hit| (n, hit)))
    }
}
