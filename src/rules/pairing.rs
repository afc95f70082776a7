//! What the rules about quotation marks and brackets share.

use super::{FindingContext, Findings, Message};
use crate::analysis::{Detail, Speech};
use crate::paragraph::pairs::{Fault, Unpaired};
use crate::paragraph::{Paragraph, Style};
use crate::text::{Edit, Grade, Span};

/// A mark, and what it lacks.
enum Odd {
    Unclosed { found: char, lacks: char },
    Unopened { found: char, lacks: char },
    Wrong { expected: char },
}

/// How many paragraphs a quotation that is not opened anew in each may run over.
const FAR: usize = 8;
/// And one that begins and ends with a paragraph, as a whole document quoted does.
const FARTHEST: usize = 60;
/// How many may be open inside another one that runs over paragraphs.
const DEEPEST: usize = 8;

/// Reports the marks of a speech that have no partner: the quotation marks or the brackets.
pub fn check(speech: &Speech, findings: &mut Findings, quotes: bool) {
    if speech.lines.iter().all(|p| p.style.unpaired().is_empty()) {
        return;
    }
    let read: Vec<(u32, &Paragraph)> = speech
        .lines
        .iter()
        .enumerate()
        .map(|(n, p)| (n as u32, &**p))
        .filter(|(n, p)| p.is_read() && !speech.outline.parts.is_boilerplate(*n))
        .collect();
    let closed = closed_ahead(&read);
    let mut settled: Vec<(u32, Unpaired)> = Vec::new();
    for (i, (line, p)) in read.iter().enumerate() {
        settled.retain(|(at, _)| at >= line);
        let here = p.style.unpaired();
        // From there on all are open at the end of the paragraph.
        let open = here.iter().rposition(|u| u.fault != Fault::Unclosed).map_or(0, |last| last + 1);
        for (n, unpaired) in here.iter().enumerate().filter(|(_, u)| u.pair.is_quote() == quotes) {
            let inside = here.len() - n - 1;
            if n >= open && inside <= DEEPEST {
                if quotes && inside == 0 && closed[i + 1] {
                    continue;
                }
                if let Some(partner) = partner(unpaired, inside, p, &read[i + 1..]) {
                    settled.push(partner);
                    continue;
                }
            }
            if !settled.contains(&(*line, *unpaired)) {
                report(findings, *line, unpaired);
            }
        }
    }
}

/// For each paragraph, and the end, whether those from there on open a quotation anew and the last of them
/// closes it.
fn closed_ahead(read: &[(u32, &Paragraph)]) -> Vec<bool> {
    let unclosed = |h: &Style| h.unpaired().iter().any(|u| u.fault == Fault::Unclosed && u.pair.is_quote());
    let mut closed = vec![false; read.len() + 1];
    for (i, (_, p)) in read.iter().enumerate().rev() {
        let here = if unclosed(&p.style) { closed[i + 1] } else { p.style.closes_quoted };
        closed[i] = p.style.opens_quoted && here;
    }
    closed
}

/// The end of a quotation or bracket that runs over paragraphs without being opened anew. So many more are open
/// `inside` it: they end before it.
fn partner(open: &Unpaired, inside: usize, opening: &Paragraph, next: &[(u32, &Paragraph)]) -> Option<(u32, Unpaired)> {
    let (far, line, p, first) = next.iter().take(FARTHEST).enumerate().find_map(|(far, (line, p))| {
        let unpaired = p.style.unpaired();
        let first = match inside {
            0 => unpaired.iter().find(|u| u.pair == open.pair),
            _ if unpaired.is_empty() => None,
            // One paragraph ends them all.
            _ => {
                let ends = unpaired.get(..=inside).filter(|ends| ends.iter().all(|u| u.fault == Fault::Unopened));
                Some(ends?.last().filter(|end| end.pair == open.pair)?)
            }
        };
        Some((far, line, p, first?))
    })?;
    let begins = opening.style.opens_quoted && open.range.start <= opening.style.start;
    let is_end = far < FAR || open.pair.is_quote() && begins && p.style.closes_quoted;
    (is_end && first.fault == Fault::Unopened).then_some((*line, *first))
}

fn report(findings: &mut Findings, line: u32, unpaired: &Unpaired) {
    let (open, close) = unpaired.pair.marks();
    let span = Span::in_line(line, unpaired.range);
    let detail = match unpaired.fault {
        Fault::Unclosed => Detail::of(Odd::Unclosed { found: open, lacks: close }),
        Fault::Unopened => Detail::of(Odd::Unopened { found: close, lacks: open }),
        Fault::Doubled => {
            Detail { edits: vec![Edit::new(span, "")], ..Detail::of(Odd::Unopened { found: close, lacks: open }) }
        }
        Fault::Wrong { expected, certain } => Detail {
            edits: vec![Edit::new(span, expected)],
            grade: if certain { Grade::Certain } else { Grade::Offered },
            ..Detail::of(Odd::Wrong { expected })
        },
    };
    findings.push(span, detail);
}

pub fn message(context: &FindingContext<'_>, what: [&str; 3]) -> Message {
    let Some(odd) = context.evidence() else { return Message::default() };
    let [hans, hant, english] = what;
    // A mark alone: in quotation marks of the other kind.
    let shown = |mark: &char| {
        if matches!(mark, '「' | '」' | '『' | '』') { format!("“{mark}”") } else { format!("「{mark}」") }
    };
    let delete = context.say("删去", "刪去", "delete it").to_owned();
    let (text, title) = match odd {
        Odd::Unclosed { found, lacks } => {
            let (has, wants) = (shown(found), shown(lacks));
            let text = context.say(
                format!("{hans}不配对：有{has}，没有{wants}"),
                format!("{hant}不配對：有{has}，沒有{wants}"),
                format!("unpaired {english}: {found} is never closed by {lacks}"),
            );
            (text, delete)
        }
        Odd::Unopened { found, lacks } => {
            let (has, wants) = (shown(found), shown(lacks));
            let text = context.say(
                format!("{hans}不配对：有{has}，前面没有{wants}"),
                format!("{hant}不配對：有{has}，前面沒有{wants}"),
                format!("unpaired {english}: {found} without {lacks} before it"),
            );
            (text, delete)
        }
        Odd::Wrong { expected } => {
            let wants = shown(expected);
            let text = context.say(
                format!("{hans}不配对：此处应为{wants}"),
                format!("{hant}不配對：此處應為{wants}"),
                format!("unpaired {english}: {expected} belongs here"),
            );
            (text, context.change_to(&expected.to_string()))
        }
    };
    Message { text, fix: context.fix(title) }
}
