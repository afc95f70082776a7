//! Markup that the parser does not know: attributes, notes, links of wikis, bare addresses.

use super::Mode;
use super::prose::Cut;
use crate::text::chars::{before, is_cjk_mark, is_space};

/// Adds what of it stands in a line beside the `cuts` of the parser.
pub(super) fn extras(text: &str, mode: Mode, cuts: &mut Vec<(usize, usize, Cut)>) {
    cuts.sort_by_key(|cut| (cut.0, cut.1));
    let parsed = cuts.clone();
    let taken = |at: usize| {
        let behind = parsed.partition_point(|cut| cut.0 <= at);
        parsed[..behind].iter().rev().take(4).any(|cut| at < cut.1)
    };
    addresses(text, &taken, cuts);
    let mut open: Option<usize> = None;
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let here = at;
        at += 1;
        if !matches!(bytes[here], b'[' | b'{' | b']') || taken(here) {
            continue;
        }
        let rest = &text[here..];
        match bytes[here] {
            b'[' if rest.starts_with("[^") => {
                if let Some(length) = note_mark(rest) {
                    cuts.push((here, here + length, Cut::Gone));
                    at = here + length;
                }
            }
            b'[' if rest.starts_with("[[") && mode == Mode::Markdown => {
                let Some(end) = rest.find("]]").filter(|end| !rest[2..*end].contains(['[', '\n'])) else { continue };
                let inner = &rest[2..end];
                let from = if text[..here].ends_with('!') { here - 1 } else { here };
                let to = here + end + 2;
                match inner.find('|') {
                    Some(bar) if from == here => {
                        cuts.push((here, here + 2 + bar + 1, Cut::Gone));
                        cuts.push((here + end, to, Cut::Gone));
                    }
                    _ => cuts.push((from, to, Cut::STAND_IN)),
                }
                at = to;
            }
            b'[' => open = Some(here),
            b']' => {
                // A target with spaces in it: [附件](附件 一.docx)
                if let (Some(start), Some(target)) = (open, rest.strip_prefix("](")) {
                    if let Some(end) = target.find(')')
                        && is_target(&target[..end])
                    {
                        cuts.push((start, start + 1, Cut::Gone));
                        cuts.push((here, here + 2 + end + 1, Cut::Gone));
                        at = here + 2 + end + 1;
                        open = None;
                        continue;
                    }
                }
                if !rest[1..].starts_with('{') {
                    open = None;
                }
            }
            _ => {
                let Some(end) = rest.find('}').filter(|end| is_attributes(&rest[1..*end])) else { continue };
                let to = here + end + 1;
                if text[..here].ends_with(']')
                    && let Some(start) = open.take()
                {
                    cuts.push((start, start + 1, Cut::Gone));
                    cuts.push((here - 1, to, Cut::Gone));
                } else {
                    let from = text[..here].trim_end_matches([' ', '\t']).len();
                    let at_end = text[to..].trim_matches(is_space).is_empty();
                    cuts.push((if at_end { from } else { here }, to, Cut::Gone));
                }
                at = to;
            }
        }
    }
}

/// The length of the mark of a note that `text` begins with: `[^1]`.
pub(super) fn note_mark(text: &str) -> Option<usize> {
    let label = text.strip_prefix("[^")?;
    let end = label.find(']').filter(|end| (1..40).contains(end))?;
    (!label[..end].contains([' ', '['])).then_some(end + 3)
}

/// `#id .class key=value`
fn is_attributes(text: &str) -> bool {
    let text = text.strip_prefix(':').unwrap_or(text).trim();
    let word = |part: &str| {
        let name = part.strip_prefix(['#', '.']);
        let pair = part.split_once('=').is_some_and(|(key, _)| {
            key.starts_with(|c: char| c.is_ascii_alphabetic())
                && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))
        });
        name.is_some_and(|name| !name.is_empty() && !name.contains(['#', '{'])) || pair || part == "-"
    };
    !text.is_empty() && text.len() < 200 && text.split_whitespace().all(word)
}

/// The target of a link, though it has spaces.
fn is_target(text: &str) -> bool {
    text.contains(' ') && text.contains(['.', '/']) && !text.contains(['，', '。', '；', '、', '：'])
}

/// Bare addresses, up to a space or a Chinese mark.
fn addresses(text: &str, taken: &dyn Fn(usize) -> bool, cuts: &mut Vec<(usize, usize, Cut)>) {
    let mut from = 0;
    while let Some((start, end)) = next_address(text, from) {
        if !taken(start) {
            cuts.push((start, end, Cut::STAND_IN));
        }
        from = end.max(from + 1);
    }
}

/// The first address at or behind byte `from`.
pub(super) fn next_address(text: &str, from: usize) -> Option<(usize, usize)> {
    let rest = text.get(from..)?;
    let scheme = rest.find("://").map(|at| {
        let name = rest[..at].bytes().rev().take_while(|b| b.is_ascii_alphanumeric() || b"+-.".contains(b)).count();
        (at - name, at + 3)
    });
    let www = rest.find("www.").filter(|at| before(rest, *at).is_none_or(|c| !c.is_ascii_alphanumeric()));
    let (start, behind) = match (scheme, www) {
        (Some(found), Some(www)) if found.0 <= www => found,
        (_, Some(www)) => (www, www + 4),
        (found, None) => found?,
    };
    let ends = |c: char| is_space(c) || is_cjk_mark(c) || matches!(c, ')' | '>' | '<' | '"' | '`' | '|' | '*');
    let end = rest[behind..].find(ends).map_or(rest.len(), |i| behind + i);
    let end = start + rest[start..end].trim_end_matches(['.', ',', ';', ':', '!', '?']).len();
    let start = from + start;
    let end = (from + end).max(from + behind);
    Some((start, end))
}
