//! Replacements in a paragraph as it is laid out, as edits of the draft.

use super::attempt::Attempt;
use super::draft::{Draft, Strand};
use crate::markup::STAND_IN;
use crate::text::{Edit, Point, Range, Span};

/// It cannot be put there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Blocked;

/// The edits that make `new` out of a paragraph.
pub(super) fn edits(
    draft: &Draft,
    strand: &Strand,
    new: &str,
    script: &[(Range, Range)],
    attempt: Attempt,
) -> Result<Vec<Edit>, Blocked> {
    let mut edits = Vec::new();
    if !strand.is_sound() {
        return Err(Blocked);
    }
    // What parted two paragraphs parts them where they are parted now.
    let breaks = |from: &Range| strand.index(from.start)..strand.index(from.end);
    let breaks = script.iter().flat_map(|(from, _)| breaks(from)).filter(|n| strand.is_break(*n));
    let mut breaks = breaks.map(|n| draft.between(strand.places[n]));
    for (from, to) in script {
        let text = to.of(new);
        if text.contains(STAND_IN) {
            return Err(Blocked);
        }
        let mut lines = text.split('\n').map(|text| attempt.written(text));
        let mut text = lines.next().unwrap_or_default();
        for line in lines {
            text += &breaks.next().unwrap_or_else(|| draft.parting(strand));
            text += &line;
        }
        put(draft, strand, *from, text, attempt, &mut edits)?;
    }
    Ok(edits)
}

fn put(
    draft: &Draft,
    strand: &Strand,
    from: Range,
    text: String,
    attempt: Attempt,
    edits: &mut Vec<Edit>,
) -> Result<(), Blocked> {
    let (first, last) = (strand.index(from.start), strand.index(from.end));
    let (before, behind) = (first.checked_sub(1).map(|n| strand.places[n]), strand.places.get(last));
    let places = &strand.places[first..last];
    let (Some(start), Some(end)) = (places.first(), places.last()) else {
        // Between two characters that one thing stands for there is no place.
        if before.zip(behind).is_some_and(|(before, behind)| before.end > behind.start) {
            return Err(Blocked);
        }
        let ends = [before.map(|before| before.end), behind.map(|behind| behind.start)];
        let point = if attempt.is_apart { ends[1].or(ends[0]) } else { ends[0].or(ends[1]) };
        let point = point.ok_or(Blocked)?;
        edits.push(Edit::new(Span::new(point, point), text));
        return Ok(());
    };
    let span = Span::new(start.start, end.end);
    let is_cut = before.is_some_and(|before| before.end > span.start) || behind.is_some_and(|b| b.start < span.end);
    if is_cut || !is_free(draft, strand, span) {
        return Err(Blocked);
    }
    let joins = strand.text[from.start as usize..from.end as usize].contains('\n');
    if attempt.is_apart || joins || span.start.line == span.end.line {
        edits.push(Edit::new(span, text));
        return Ok(());
    }
    // Lines that are broken for their width stay so.
    let mut of_lines: Vec<Span> = Vec::new();
    for place in places {
        match of_lines.last_mut().filter(|last| last.end.line == place.start.line) {
            Some(last) => last.end = place.end,
            None => of_lines.push(*place),
        }
    }
    let is_whole = |part: &Span| {
        let of_line = |place: &&Span| place.start.line == part.start.line;
        let all = || strand.places.iter().filter(of_line);
        all().next().is_some_and(|first| part.start <= first.start)
            && all().next_back().is_some_and(|last| last.end <= part.end)
    };
    if text.is_empty() && is_whole(&of_lines[0]) {
        edits.push(Edit::new(span, text));
        return Ok(());
    }
    edits.push(Edit::new(of_lines[0], text));
    for pair in of_lines.windows(2) {
        let [above, part] = [pair[0], pair[1]];
        let span = match is_whole(&part) {
            true => Span::new(draft.end_of(above.end.line), draft.end_of(part.end.line)),
            false => part,
        };
        edits.push(Edit::new(span, ""));
    }
    Ok(())
}

/// Whether all lines that lie between the ends of a stretch, or end in it, are the paragraph's own or blank, without
/// a note to the program.
fn is_free(draft: &Draft, strand: &Strand, span: Span) -> bool {
    let Span { start: Point { line: first, .. }, end: Point { line: last, .. } } = span;
    (first..=last).all(|line| strand.lines.contains(&line) || draft.is_blank(line))
        && (first..last).all(|line| !draft.has_note(line))
}
