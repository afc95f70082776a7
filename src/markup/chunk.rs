//! Cutting a draft into chunks.

use std::borrow::Cow;

use super::inline::{self, Known};
use super::lines::{
    begins_item, definition, fence, footnote, formula, html_ends, html_opens, is_atx, is_blank, is_formula, is_rule,
};
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
        State::Formula(kind) => {
            let next = if kind.ends(&line) { State::Open } else { state };
            // Who left the formula open finds the words below it read, and left as they are.
            let words =
                (!is_formula(&line)).then(|| Prose::new(&line, &mut vec![(0, line.len(), Cut::Kept)])).flatten();
            let block = if words.is_some() || is_blank(&line) { Block::Text } else { Block::Unread };
            single(block, words, next)
        }
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
    if let Some((kind, ends)) = formula(&first) {
        return single(Block::Unread, None, if ends { State::Open } else { State::Formula(kind) });
    }
    if let Some(kind) = html_opens(&first) {
        let next = if html_ends(&first, kind) { State::Open } else { State::Html(kind) };
        // <!-- 注 --> 正文
        if next == State::Html(kind) || !first.contains(is_han) || kind == 2 && first.trim_end().ends_with("-->") {
            return single(Block::Unread, None, next);
        }
    }
    if let Some(chunk) = defined(lines, n, &first) {
        return chunk;
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
            !indented || formula(&line).is_some()
        } else {
            !indented && (is_atx(&line) || fence(&line).is_some() || html_opens(&line).is_some())
                || formula(&line).is_some()
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

/// The definition of a link that begins at line `n`: its target may stand on the line below its label, and its title on
/// the line below that.
fn defined(lines: &dyn Lines, n: usize, first: &str) -> Option<Chunk> {
    let line = |n: usize| if n < lines.line_count() { lines.line(n) } else { Cow::Borrowed("") };
    let mut text = first.trim_end().to_owned();
    let mut count = 1;
    if text.ends_with("]:") {
        text = format!("{text} {}", line(n + 1).trim());
        count = 2;
    }
    let label = folded_label(definition(&text)?);
    let below = line(n + count);
    let has_title = below.trim().starts_with(['"', '\'', '(']);
    if has_title && definition(&format!("{text} {}", below.trim())).is_some() {
        count += 1;
    }
    let unread = || Line { block: Block::Unread, prose: None };
    Some(Chunk { lines: (0..count).map(|_| unread()).collect(), defines: Some(label), ..Chunk::default() })
}

/// True when a line may hold markup.
fn is_marked(line: &str) -> bool {
    const fn table() -> [bool; 256] {
        let mut table = [false; 256];
        let marks = b"*_[<`#>|~\\{&\t$";
        let mut i = 0;
        while i < marks.len() {
            table[marks[i] as usize] = true;
            i += 1;
        }
        table
    }
    static MARKS: [bool; 256] = table();
    line.bytes().any(|b| MARKS[b as usize])
        || matches!(line.trim_start().as_bytes().first(), Some(b'-' | b'+' | b'=' | b':' | b'!' | b'?'))
        || line.bytes().filter(|b| *b == b':').count() > 1
        || line.starts_with("    ")
        || line.contains("://")
        || line.contains("www.")
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
