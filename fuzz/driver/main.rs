//! driver SECONDS [SEED] [FILE…]: random edits of random drafts, each compared with a fresh look.
//!
//! Whatever an analysis that was kept up to date shows (findings, symbols, tokens, folds, formatting) is shown
//! by one of the text as it is then; places lie on characters; fixes and formatting have nothing left to do
//! once they are made. Texts are made of pieces, and of stretches of the FILEs. What fails is made as small as
//! it goes and printed; the same seed gives the same run. Ends with 1 when anything failed.

mod draft;
mod look;
mod shrink;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use draft::{Random, Trial};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut number = || arguments.next().and_then(|text| text.parse::<u64>().ok());
    let (seconds, first) = (number().unwrap_or(60), number().unwrap_or(0));
    let texts: Vec<String> = arguments.filter_map(|file| std::fs::read_to_string(file).ok()).collect();
    std::panic::set_hook(Box::new(|_| {}));
    let start = Instant::now();
    let (mut seed, mut edits, mut failed) = (first, 0, BTreeMap::<String, u32>::new());
    let mut slowest = (Duration::ZERO, 0);
    while start.elapsed() < Duration::from_secs(seconds) {
        seed += 1;
        let trial = Trial::new(&mut Random::new(seed), &texts);
        let began = Instant::now();
        edits += trial.edits.len();
        if let Some(fault) = fault(&trial) {
            let times = failed.entry(fault.sort()).or_default();
            *times += 1;
            if *times > TOLD {
                continue;
            }
            let small = shrink::smallest(trial, &fault, Duration::from_secs(20));
            let fault = self::fault(&small).unwrap_or(fault);
            println!("seed {seed}: {}\n  {small:?}", fault.message);
        }
        slowest = slowest.max((began.elapsed(), seed));
    }
    let (time, trials) = (start.elapsed().as_secs(), seed - first);
    println!("{trials} drafts, {edits} edits, {time} s; slowest {:?} with seed {}", slowest.0, slowest.1);
    println!("failed: {failed:?}");
    std::process::exit(i32::from(!failed.is_empty()));
}

/// How many failures of one sort are made small and told; the others are counted.
const TOLD: u32 = 3;

/// What goes wrong in a trial: the kind, and what is to be told.
pub struct Fault {
    pub kind: String,
    pub message: String,
}

impl Fault {
    /// Failures that have the same cause, as far as can be told: the kind, and the first word of what is wrong.
    fn sort(&self) -> String {
        let word = self.message.split_once(": ").map_or("", |(_, rest)| rest.split(' ').next().unwrap_or(""));
        format!("{} {word}", self.kind)
    }
}

pub fn fault(trial: &Trial) -> Option<Fault> {
    match catch_unwind(AssertUnwindSafe(|| look::run(trial))) {
        Ok(Ok(())) => None,
        Ok(Err(fault)) => Some(fault),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().cloned();
            let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            let message = text.unwrap_or_default();
            let kind = format!("panic {}", message.chars().take(24).collect::<String>());
            Some(Fault { kind, message: format!("panic: {message}") })
        }
    }
}
