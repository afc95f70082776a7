//! What would change, as a unified diff.

use std::fmt::Write as _;
use std::ops::Range;

use imara_diff::{Algorithm, Diff, Token};
use rustc_hash::FxHashMap;

use super::output::Look;
use crate::text::{Flat, Lines as _};

/// Lines shown around what changes.
const CONTEXT: usize = 3;

/// What is different in `new`, by lines.
pub(super) fn diff(path: &str, old: &str, new: &str, look: Look) -> String {
    let (before, after) = (lines(old), lines(new));
    let mut ids: FxHashMap<&str, u32> = FxHashMap::default();
    let mut token = |line| {
        let next = ids.len() as u32;
        Token(*ids.entry(line).or_insert(next))
    };
    let one: Vec<Token> = before.iter().copied().map(&mut token).collect();
    let other: Vec<Token> = after.iter().copied().map(&mut token).collect();
    let mut found = Diff::default();
    found.compute_with(Algorithm::Histogram, &one, &other, ids.len() as u32);
    let range = |range: Range<u32>| range.start as usize..range.end as usize;
    let changes: Vec<_> = found.hunks().map(|hunk| (range(hunk.before), range(hunk.after))).collect();
    let (bold, frame) = (look.palette.strong, look.palette.frame);
    let (red, green) = (look.palette.severities[0], look.palette.fix);
    let mut out = format!("{bold}--- {path}{bold:#}\n{bold}+++ {path}{bold:#}\n");
    let put = |sign: char, line: &str, out: &mut String| {
        let style = match sign {
            '-' => red,
            '+' => green,
            _ => anstyle::Style::new(),
        };
        let body = line.strip_suffix('\n').unwrap_or(line);
        let _ = writeln!(out, "{style}{sign}{body}{style:#}");
        if !line.ends_with('\n') {
            out.push_str("\\ No newline at end of file\n");
        }
    };
    let mut rest = changes.as_slice();
    while let [first, ..] = rest {
        let near = |pair: &[(Range<usize>, Range<usize>)]| pair[1].0.start - pair[0].0.end < 2 * CONTEXT;
        let joined = rest.windows(2).take_while(|pair| near(pair)).count() + 1;
        let (hunk, later) = rest.split_at(joined);
        rest = later;
        let last = &hunk[joined - 1];
        let above = first.0.start.min(CONTEXT);
        let below = (before.len() - last.0.end).min(CONTEXT);
        let (from, to) = (first.0.start - above..last.0.end + below, first.1.start - above..last.1.end + below);
        let head = |range: &Range<usize>| {
            let start = if range.is_empty() { range.start } else { range.start + 1 };
            format!("{start},{}", range.len())
        };
        let _ = writeln!(out, "{frame}@@ -{} +{} @@{frame:#}", head(&from), head(&to));
        let mut at = from.start;
        for (gone, put_in) in hunk {
            before[at..gone.start].iter().for_each(|line| put(' ', line, &mut out));
            before[gone.clone()].iter().for_each(|line| put('-', line, &mut out));
            after[put_in.clone()].iter().for_each(|line| put('+', line, &mut out));
            at = gone.end;
        }
        before[at..from.end].iter().for_each(|line| put(' ', line, &mut out));
    }
    out
}

/// The lines of a text, each with its end.
fn lines(text: &str) -> Vec<&str> {
    let flat = Flat::new(text);
    let count = flat.line_count();
    let start = |n: usize| if n < count { flat.line_range(n).start } else { text.len() };
    let all = (0..count).map(|n| &text[start(n)..start(n + 1)]);
    all.filter(|line| !line.is_empty()).collect()
}
