//! Cutting a draft into chunks.

use std::borrow::Cow;

use super::inline::{self, Known};
use super::prose::{Cut, Prose};
use super::{Block, Labels, Line, Mode, State, folded_label};
use crate::text::Lines;
use crate::text::chars::is_han;

/// Some lines that are read together.
#[derive(Default)]
pub struct Chunk {
    pub lines: Vec<Line>,
    /// What stands open behind them.
    pub next: State,
    /// The label that is defined here.
    pub defines: Option<Box<str>>,
    /// The labels whose definition would change how these lines are read.
    pub asks: Vec<Box<str>>,
}

/// So many lines a chunk has at most, whatever stands there.
pub const LONGEST: usize = 256;
const LARGEST: usize = 64 << 10;

/// What stands open where a draft begins.
pub fn first_state(front_matter: bool, first: &str) -> State {
    match first.as_bytes().first() {
        Some(mark) if front_matter => State::Front(*mark, false),
        _ => State::Open,
    }
}

/// The chunk that begins at line `n`, where `state` is open. It depends on nothing before it, and on
/// nothing behind the first line with text behind it.
pub fn chunk(lines: &dyn Lines, n: usize, state: State, mode: Mode, known: &Labels) -> Chunk {
    let line = lines.line(n);
    match state {
        State::Fence { mark, count } => {
            let closes = fence(&line).is_some_and(|(m, c, rest)| m == mark && c >= count && rest.trim().is_empty());
            let block = if closes { Block::Fence } else { Block::Unread };
            single(block, None, if closes { State::Open } else { state })
        }
        State::Html(kind) => single(Block::Unread, None, if html_ends(&line, kind) { State::Open } else { state }),
        State::Front(mark, begun) => {
            let ends = begun && is_front_mark(&line, mark);
            let title = front_title(&line);
            let block = if title.is_some() { Block::Aside } else { Block::Unread };
            single(block, title, if ends { State::Open } else { State::Front(mark, true) })
        }
        State::Open => open(lines, n, line, mode, known),
    }
}

fn single(block: Block, prose: Option<Prose>, next: State) -> Chunk {
    Chunk { lines: vec![Line { block, prose }], next, ..Chunk::default() }
}

fn open(lines: &dyn Lines, n: usize, first: Cow<'_, str>, mode: Mode, known: &Labels) -> Chunk {
    if is_blank(&first) {
        return Chunk { lines: vec![Line::default()], ..Chunk::default() };
    }
    if let Some((mark, count, _)) = fence(&first) {
        return single(Block::Fence, None, State::Fence { mark, count });
    }
    if let Some(kind) = html_opens(&first) {
        let next = if html_ends(&first, kind) { State::Open } else { State::Html(kind) };
        // <!-- 注 --> 正文
        if next == State::Html(kind) || !first.contains(is_han) || kind == 2 && first.trim_end().ends_with("-->") {
            return single(Block::Unread, None, next);
        }
    }
    if let Some(label) = definition(&first) {
        let mut chunk = single(Block::Unread, None, State::Open);
        chunk.defines = Some(folded_label(label));
        return chunk;
    }
    // The target may stand on the line below its label.
    if n + 1 < lines.line_count()
        && first.trim_end().ends_with("]:")
        && let joined = format!("{} {}", first.trim_end(), lines.line(n + 1).trim())
        && let Some(label) = definition(&joined)
    {
        let unread = || Line { block: Block::Unread, prose: None };
        let lines = vec![unread(), unread()];
        return Chunk { lines, defines: Some(folded_label(label)), ..Chunk::default() };
    }
    let mut texts = vec![first];
    let mut bytes = texts[0].len();
    let mut in_list = begins_item(&texts[0]);
    let mut pending = 0;
    let heading = is_atx(&texts[0]);
    let mut at = n + 1;
    while !heading && at < lines.line_count() && texts.len() < LONGEST && bytes < LARGEST {
        let line = lines.line(at);
        at += 1;
        if is_blank(&line) {
            if !in_list {
                break;
            }
            pending += 1;
            texts.push(line);
            continue;
        }
        let indented = line.starts_with([' ', '\t']);
        let ends = if pending > 0 {
            !indented
        } else {
            !indented && (is_atx(&line) || fence(&line).is_some() || html_opens(&line).is_some())
                || footnote(&line).is_some()
                || line.starts_with("\u{3000}")
                || mode == Mode::Pasted && is_rule(&line)
        };
        if ends {
            break;
        }
        in_list |= begins_item(&line);
        pending = 0;
        bytes += line.len();
        texts.push(line);
    }
    texts.truncate(texts.len() - pending);
    let known = Known::new(known);
    let lines = if texts.iter().any(|text| is_marked(text)) {
        inline::read(&texts, mode, &known)
    } else {
        texts.iter().map(|_| Line::default()).collect()
    };
    Chunk { lines, next: State::Open, defines: None, asks: known.asked() }
}

/// True when a line may hold markup.
fn is_marked(line: &str) -> bool {
    const fn table() -> [bool; 256] {
        let mut table = [false; 256];
        let marks = b"*_[<`#>|~\\{\t";
        let mut i = 0;
        while i < marks.len() {
            table[marks[i] as usize] = true;
            i += 1;
        }
        table
    }
    static MARKS: [bool; 256] = table();
    line.bytes().any(|b| MARKS[b as usize])
        || matches!(line.trim_start().as_bytes().first(), Some(b'-' | b'+' | b'='))
        || line.starts_with("    ")
        || line.contains("://")
        || line.contains("www.")
}

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
fn fence(line: &str) -> Option<(u8, u8, &str)> {
    let text = dedented(line)?;
    let mark = *text.as_bytes().first().filter(|b| matches!(b, b'`' | b'~'))?;
    let count = text.bytes().take_while(|b| *b == mark).count();
    let rest = &text[count..];
    (count >= 3 && !(mark == b'`' && rest.contains('`'))).then_some((mark, count.min(255) as u8, rest))
}

/// A block of HTML that ends with a mark of its own.
fn html_opens(line: &str) -> Option<u8> {
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

fn html_ends(line: &str, kind: u8) -> bool {
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

fn is_front_mark(line: &str, mark: u8) -> bool {
    let text = line.trim_end();
    text.len() == 3 && text.bytes().all(|b| b == mark)
}

/// The value of a title in front matter.
fn front_title(line: &str) -> Option<Prose> {
    const KEYS: [&str; 8] = ["title", "subtitle", "Title", "标题", "標題", "题目", "題目", "副标题"];
    let at = line.find([':', '=', '：'])?;
    if !KEYS.contains(&line[..at].trim().trim_matches('"')) {
        return None;
    }
    let rest = &line[at..];
    let inner = rest.trim_start_matches([':', '=', '：', ' ', '\t']);
    let start = line.len() - inner.len();
    let value = inner.trim_end();
    let (start, end) = match value.as_bytes() {
        [open @ (b'"' | b'\''), .., close] if open == close => (start + 1, start + value.len() - 1),
        _ => (start, start + value.len()),
    };
    Prose::new(line, &mut vec![(0, start, Cut::Gone), (end, line.len(), Cut::Gone)])
}

/// The label of a definition of a link that stands on one line: `[label]: target "title"`.
fn definition(line: &str) -> Option<&str> {
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

fn is_atx(line: &str) -> bool {
    let Some(text) = dedented(line) else { return false };
    let count = text.bytes().take_while(|b| *b == b'#').count();
    (1..=6).contains(&count) && (text.len() == count || text[count..].starts_with([' ', '\t']))
}

fn is_rule(line: &str) -> bool {
    let text = line.trim();
    text.len() >= 3 && (text.bytes().all(|b| b == b'-') || text.bytes().all(|b| b == b'='))
}

/// A list can go on behind a blank line, and so can a note.
fn begins_item(line: &str) -> bool {
    let text = line.trim_start_matches([' ', '\t', '>']);
    let bullet = text.strip_prefix(['-', '+', '*']);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = (1..=9).contains(&digits).then(|| text[digits..].strip_prefix(['.', ')'])).flatten();
    bullet.or(numbered).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t'])) || footnote(line).is_some()
}
