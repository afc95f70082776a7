//! 试讲: which sentence of a speech is spoken when.

use super::laid_out::sentence_end;
use super::metrics;
use crate::analysis::Analysis;
use crate::text::chars::{is_han, is_space};
use crate::text::{Lines, Range, Span};

/// A speech as it is spoken. All that is counted is what [`metrics::Size::spoken`] counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rehearsal {
    pub spoken: u32,
    /// The minutes that it may take, as it says itself.
    pub target: Option<u32>,
    pub sentences: Vec<Sentence>,
    pub sections: Vec<Part>,
}

/// A sentence, or a clause that stands by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    pub span: Span,
    /// What is spoken before it.
    pub before: u32,
}

/// A section of the first level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub name: String,
    pub line: u32,
    pub before: u32,
}

/// The speech that a line lies in, or else the first.
pub fn rehearsal(analysis: &Analysis, lines: &dyn Lines, line: u32) -> Option<Rehearsal> {
    let n = analysis.speech_at(line as usize).map_or(0, |(n, _)| n);
    let (base, speech) = analysis.speeches().nth(n)?;
    let measured = metrics::measure(analysis, lines).into_iter().nth(n)?;
    let mut sentences = Vec::new();
    let mut before = 0;
    // What is spoken before each line.
    let mut sums = Vec::with_capacity(speech.lines.len());
    for (n, paragraph) in speech.lines.iter().enumerate() {
        sums.push(before);
        if !paragraph.is_read() || speech.outline.parts.is_boilerplate(n as u32) || paragraph.spoken == 0 {
            continue;
        }
        let at = base + n;
        sentences.extend(
            in_line(&lines.line(at), paragraph.spoken)
                .into_iter()
                .map(|(range, spoken)| Sentence { span: Span::in_line(at as u32, range), before: before + spoken }),
        );
        before += paragraph.spoken;
    }
    let parts = measured.sections.into_iter().filter(|section| section.level == 1);
    let part = |section: metrics::Section| {
        let before = sums.get(section.line as usize - base).copied().unwrap_or(0);
        Part { name: section.name, line: section.line, before }
    };
    Some(Rehearsal { spoken: before, target: measured.target, sentences, sections: parts.map(part).collect() })
}

/// The sentences of a line of which so much is spoken, each with what is spoken of the line before it.
fn in_line(line: &str, spoken: u32) -> Vec<(Range, u32)> {
    let counted = |text: &str| text.chars().filter(|c| is_han(*c) || c.is_ascii_digit()).count() as u64;
    let all = counted(line).max(1);
    let (mut at, mut before) = (0, 0);
    let mut found = Vec::new();
    while at < line.len() {
        let end = sentence_end(&line[at..]).map_or(line.len(), |length| at + length);
        let piece = &line[at..end];
        let count = counted(piece);
        if count > 0 {
            let start = end - piece.trim_start_matches(is_space).len();
            let share = u64::from(spoken) * before / all;
            found.push((Range::new(start, end), u32::try_from(share).unwrap_or(spoken)));
        }
        before += count;
        at = end;
    }
    found
}
