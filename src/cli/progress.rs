//! How far a long run has come, on standard error, where that is a terminal and the report goes elsewhere.

use std::io::{self, IsTerminal as _};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::locale::Locale;

/// What is over sooner needs none.
const PATIENCE: Duration = Duration::from_secs(1);

pub(super) struct Progress {
    /// When the run began, if somebody is to see how far it is.
    began: Option<Instant>,
    bar: Option<ProgressBar>,
    done: u64,
    /// How many drafts there are, where that is known.
    count: Option<usize>,
    locale: Locale,
}

impl Progress {
    /// `is_quiet`: nothing goes to standard output before the end.
    pub fn new(count: Option<usize>, is_quiet: bool, locale: Locale) -> Self {
        let is_long = count != Some(1);
        let is_seen = is_long && io::stderr().is_terminal() && (is_quiet || !io::stdout().is_terminal());
        Self { began: is_seen.then(Instant::now), bar: None, done: 0, count, locale }
    }

    /// One more is done.
    pub fn step(&mut self) {
        self.done += 1;
        if let Some(bar) = &self.bar {
            bar.set_position(self.done);
        } else if let Some(took) = self.began.map(|began| began.elapsed()).filter(|took| *took > PATIENCE) {
            self.bar = Some(self.begun().with_elapsed(took));
        }
    }

    /// Does what may write on the terminal as well.
    pub fn aside<T>(&self, work: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) => bar.suspend(work),
            None => work(),
        }
    }

    /// Takes it off the terminal.
    pub fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    fn begun(&self) -> ProgressBar {
        let bar = self.count.map_or_else(ProgressBar::no_length, |count| ProgressBar::new(count as u64));
        let template = match self.count {
            Some(_) => self.locale.pick(
                "{bar:30} {pos}/{len} 份，还要 {eta}",
                "{bar:30} {pos}/{len} 份，還要 {eta}",
                "{bar:30} {pos}/{len} drafts, {eta} left",
            ),
            None => self.locale.pick("已查 {pos} 份，{elapsed}", "已查 {pos} 份，{elapsed}", "{pos} drafts, {elapsed}"),
        };
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        bar.with_style(style).with_position(self.done)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.end();
    }
}
