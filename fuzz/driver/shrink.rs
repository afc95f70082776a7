//! Makes what fails as small as it goes.

use std::time::{Duration, Instant};

use crate::draft::Trial;
use crate::{Fault, fault};

/// The smallest trial found within `time` that fails in the same way.
pub fn smallest(mut trial: Trial, first: &Fault, time: Duration) -> Trial {
    let start = Instant::now();
    let fails = |trial: &Trial| fault(trial).is_some_and(|fault| fault.kind == first.kind);
    loop {
        let Some(smaller) = smaller(&trial).find(|smaller| start.elapsed() > time || fails(smaller)) else {
            return trial;
        };
        if start.elapsed() > time {
            return trial;
        }
        trial = smaller;
    }
}

/// Trials with something left out, much of it first.
fn smaller(trial: &Trial) -> impl Iterator<Item = Trial> + '_ {
    let edits = (0..trial.edits.len()).map(|n| {
        let mut less = trial.clone();
        less.edits.remove(n);
        less
    });
    let settings = (0..trial.settings.len()).map(|n| {
        let mut less = trial.clone();
        less.settings.remove(n);
        less
    });
    let text = cuts(&trial.text).map(|text| Trial { text, ..trial.clone() });
    let new = (0..trial.edits.len()).flat_map(move |n| {
        cuts(&trial.edits[n].text).map(move |text| {
            let mut less = trial.clone();
            less.edits[n].text = text;
            less
        })
    });
    edits.chain(settings).chain(text).chain(new)
}

/// `text` without a stretch of it: a half, a quarter, … a character.
fn cuts(text: &str) -> impl Iterator<Item = String> {
    let all: Vec<char> = text.chars().collect();
    let mut size = all.len().div_ceil(2);
    let mut at = 0;
    std::iter::from_fn(move || {
        if at >= all.len() {
            (size, at) = (size / 2, 0);
        }
        if size == 0 || all.is_empty() {
            return None;
        }
        let end = (at + size).min(all.len());
        let cut = all[..at].iter().chain(&all[end..]).collect();
        at = end;
        Some(cut)
    })
}
