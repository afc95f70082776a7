//! What a line of Markdown opens or closes, seen by itself.

use super::Formula;
use crate::text::chars::is_han;

/// A line that parts paragraphs.
pub fn is_blank(line: &str) -> bool {
    line.bytes().all(|b| matches!(b, b' ' | b'\t'))
}

/// At most three spaces, then the text.
fn dedented(line: &str) -> Option<&str> {
    let text = line.trim_start_matches(' ');
    (line.len() - text.len() < 4 && !text.is_empty()).then_some(text)
}

/// A fence of code: its mark, how many, and what stands behind.
pub(super) fn fence(line: &str) -> Option<(u8, u8, &str)> {
    let text = dedented(line)?;
    let mark = *text.as_bytes().first().filter(|b| matches!(b, b'`' | b'~'))?;
    let count = text.bytes().take_while(|b| *b == mark).count();
    let rest = &text[count..];
    (count >= 3 && !(mark == b'`' && rest.contains('`'))).then_some((mark, count.min(255) as u8, rest))
}

/// A formula that begins with the line, and whether it ends there, too: `$$`, `\\[`, `\\begin{align}`.
pub(super) fn formula(line: &str) -> Option<(Formula, bool)> {
    let text = line.trim_matches([' ', '\t', '>']);
    if text.starts_with("\\begin{") && text.ends_with('}') {
        return Some((Formula::Environment, text.contains("\\end{")));
    }
    [(Formula::Dollars, "$$"), (Formula::Brackets, "\\[")].into_iter().find_map(|(kind, open)| {
        let inner = text.strip_prefix(open)?;
        let close = kind.close();
        let end = inner.find(close);
        // `\\[待补\\]` is no formula, and what words stand behind begins a paragraph.
        let alone = end.map_or(inner.is_empty() || kind == Formula::Dollars, |end| end + close.len() == inner.len());
        let is_one = inner.is_empty() || is_formula(&inner[..end.unwrap_or(inner.len())]);
        (alone && is_one).then_some((kind, end.is_some()))
    })
}

impl Formula {
    fn close(self) -> &'static str {
        match self {
            Self::Dollars => "$$",
            Self::Brackets => "\\]",
            Self::Environment => "}",
        }
    }

    pub(super) fn ends(self, line: &str) -> bool {
        let text = line.trim_end();
        is_blank(line) || text.ends_with(self.close()) && (self != Self::Environment || text.contains("\\end{"))
    }
}

/// True for what can be nothing but a formula: there are no words in it, or commands around them.
pub(super) fn is_formula(text: &str) -> bool {
    has_command(text) || !text.contains(is_han)
}

/// `\text`, but not an escape.
pub(super) fn has_command(text: &str) -> bool {
    text.as_bytes().windows(2).any(|pair| pair[0] == b'\\' && pair[1].is_ascii_alphabetic())
}

/// A block of HTML that ends with a mark of its own.
pub(super) fn html_opens(line: &str) -> Option<u8> {
    let text = dedented(line)?;
    let rest = text.strip_prefix('<')?;
    if rest.starts_with("!--") {
        return Some(2);
    }
    if rest.starts_with('?') {
        return Some(3);
    }
    if rest.starts_with("![CDATA[") {
        return Some(5);
    }
    if rest.starts_with('!') && rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Some(4);
    }
    RAW.iter()
        .any(|name| {
            rest.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name))
                && rest[name.len()..].chars().next().is_none_or(|c| c.is_whitespace() || c == '>')
        })
        .then_some(1)
}

/// Elements whose content is no text.
const RAW: [&str; 4] = ["script", "style", "textarea", "pre"];

pub(super) fn html_ends(line: &str, kind: u8) -> bool {
    match kind {
        1 => {
            let lower = line.to_ascii_lowercase();
            ["</script>", "</style>", "</textarea>", "</pre>"].iter().any(|end| lower.contains(end))
        }
        2 => line.contains("-->"),
        3 => line.contains("?>"),
        4 => line.contains('>'),
        _ => line.contains("]]>"),
    }
}

/// The label of a definition of a link that stands on one line: `[label]: target "title"`.
pub(super) fn definition(line: &str) -> Option<&str> {
    let text = dedented(line)?.strip_prefix('[')?;
    let end = text.find(']')?;
    let label = &text[..end];
    if label.trim().is_empty() || label.starts_with('^') || label.contains('[') {
        return None;
    }
    let rest = text[end + 1..].strip_prefix(':')?.trim();
    let (target, title) = match rest.strip_prefix('<') {
        Some(inner) => inner.split_once('>')?,
        None => rest.split_once([' ', '\t']).unwrap_or((rest, "")),
    };
    let title = title.trim();
    let closed = |open: char, close: char| title.len() > 1 && title.starts_with(open) && title.ends_with(close);
    (!target.is_empty() && (title.is_empty() || closed('"', '"') || closed('\'', '\'') || closed('(', ')')))
        .then_some(label)
}

/// Where the text of a note begins: `[^1]: text`.
pub(super) fn footnote(line: &str) -> Option<usize> {
    let text = dedented(line)?;
    let label = text.strip_prefix("[^")?;
    let end = label.find(']')?;
    let valid = end > 0 && !label[..end].contains([' ', '[']);
    let rest = label[end + 1..].strip_prefix(':').filter(|_| valid)?;
    Some(line.len() - rest.trim_start_matches([' ', '\t']).len())
}

pub(super) fn is_atx(line: &str) -> bool {
    let Some(text) = dedented(line) else { return false };
    let count = text.bytes().take_while(|b| *b == b'#').count();
    (1..=6).contains(&count) && (text.len() == count || text[count..].starts_with([' ', '\t']))
}

pub(super) fn is_rule(line: &str) -> bool {
    let text = line.trim();
    text.len() >= 3 && (text.bytes().all(|b| b == b'-') || text.bytes().all(|b| b == b'='))
}

/// A list can go on behind a blank line, and so can a note.
pub(super) fn begins_item(line: &str) -> bool {
    let text = line.trim_start_matches([' ', '\t', '>']);
    let bullet = text.strip_prefix(['-', '+', '*']);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = (1..=9).contains(&digits).then(|| text[digits..].strip_prefix(['.', ')'])).flatten();
    bullet.or(numbered).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t'])) || footnote(line).is_some()
}
