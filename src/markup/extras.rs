//! Markup that the parser does not know: attributes, notes, links of wikis, bare addresses, dialects.

use super::Mode;
use super::lines::{has_command, is_formula};
use super::prose::Cut;
use crate::text::chars::{is_cjk_mark, is_han, is_space};

/// Adds what of it stands in a line beside the `cuts` of the parser.
pub(super) fn extras(text: &str, mode: Mode, cuts: &mut Vec<(usize, usize, Cut)>) {
    cuts.sort_by_key(|cut| (cut.0, cut.1));
    let parsed = cuts.clone();
    let taken = |at: usize| {
        let behind = parsed.partition_point(|cut| cut.0 <= at);
        parsed[..behind].iter().rev().take(4).any(|cut| at < cut.1)
    };
    addresses(text, &taken, cuts);
    formulas(text, &taken, cuts);
    if mode == Mode::Markdown {
        titled_block(text, cuts);
        joined_bold(text, &taken, cuts);
        signs(text, &taken, cuts);
    }
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
                let Some(end) = near(rest, "]]").filter(|end| !rest[2..*end].contains(['[', '\n'])) else { continue };
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
                if let (Some(start), Some(target)) = (open, rest.strip_prefix("]("))
                    && let Some(end) = near(target, ")")
                    && is_target(&target[..end])
                {
                    cuts.push((start, start + 1, Cut::Gone));
                    cuts.push((here, here + 2 + end + 1, Cut::Gone));
                    at = here + 2 + end + 1;
                    open = None;
                    continue;
                }
                if !rest[1..].starts_with('{') {
                    open = None;
                }
            }
            _ => {
                let Some(end) = near(rest, "}").filter(|end| is_attributes(&rest[1..*end])) else { continue };
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

/// `\(x_1\)`, `\[x_1\]`; but `\(1\)` and `\[待补\]` are brackets that were escaped.
fn formulas(text: &str, taken: &dyn Fn(usize) -> bool, cuts: &mut Vec<(usize, usize, Cut)>) {
    let mut at = 0;
    while let Some(i) = memchr::memchr(b'\\', &text.as_bytes()[at..]) {
        let here = at + i;
        let rest = &text[here..];
        let close = match rest.as_bytes().get(1) {
            Some(b'(') => "\\)",
            Some(b'[') => "\\]",
            _ => "",
        };
        // Another escape may be a backslash.
        at = here + 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
        let Some(end) = Some(close).filter(|close| !close.is_empty()).and_then(|close| near(&rest[2..], close)) else {
            continue;
        };
        let inner = &rest[2..2 + end];
        let is_math = is_formula(inner) && (has_command(inner) || inner.contains(['^', '=', '+', '<', '>']));
        let is_kept = !inner.contains(is_han) && inner.contains(|c: char| c.is_ascii_alphabetic());
        if is_math {
            // It is longer than the escapes that the parser has cut, and stands for them.
            cuts.push((here, here + 4 + end, Cut::STAND_IN));
            at = here + 4 + end;
        } else if is_kept && !taken(here + 2) {
            cuts.push((here + 2, here + 2 + end, Cut::Kept));
        }
    }
}

/// `**1****、强化**`: bold text behind bold text, as converters write it; the parser knows no end between 1 and 、.
fn joined_bold(text: &str, taken: &dyn Fn(usize) -> bool, cuts: &mut Vec<(usize, usize, Cut)>) {
    if memchr::memmem::find(text.as_bytes(), b"****").is_none() {
        return;
    }
    let mut runs = Vec::new();
    let (mut at, mut is_open) = (0, false);
    while let Some(i) = memchr::memchr(b'*', &text.as_bytes()[at..]) {
        let start = at + i;
        let length = text[start..].bytes().take_while(|b| *b == b'*').count();
        at = start + length;
        match length {
            2 => is_open = !is_open,
            // It ends one and begins another.
            4 if is_open => {}
            _ => return,
        }
        runs.push((start, at));
    }
    if !is_open {
        cuts.extend(runs.into_iter().filter(|run| !taken(run.0)).map(|(start, end)| (start, end, Cut::Gone)));
    }
}

/// `!!! note "标题"`: what opens a block of other programs; its title is text.
fn titled_block(text: &str, cuts: &mut Vec<(usize, usize, Cut)>) {
    let line = text.trim_matches([' ', '\t']);
    let opens = ["!!! ", "??? ", "???+ ", "=== "].iter().any(|mark| line.starts_with(mark));
    let Some((open, close)) = text.find('"').zip(text.rfind('"')).filter(|(open, close)| opens && open < close) else {
        return;
    };
    if line.ends_with('"') {
        cuts.extend([(0, open + 1, Cut::Gone), (close, text.len(), Cut::Gone)]);
    }
}

/// `&#88;`, `{% include 甲 %}`, `:smile:`
fn signs(text: &str, taken: &dyn Fn(usize) -> bool, cuts: &mut Vec<(usize, usize, Cut)>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(i) = memchr::memchr3(b'&', b'{', b':', &bytes[at..]) {
        let here = at + i;
        at = here + 1;
        let rest = &text[here..];
        let found = match bytes[here] {
            b'&' => character(rest).map(|(length, c)| (length, Cut::As(c))),
            b'{' if rest.starts_with("{%") => near(rest, "%}").map(|end| (end + 2, Cut::STAND_IN)),
            b':' if here == 0 || !is_word(bytes[here - 1]) => short_name(rest).map(|length| (length, Cut::STAND_IN)),
            _ => None,
        };
        if let Some((length, cut)) = found.filter(|_| !taken(here)) {
            cuts.push((here, here + length, cut));
            at = here + length;
        }
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b':'
}

/// A character by its number: its length, and what it is.
fn character(text: &str) -> Option<(usize, char)> {
    let end = text.bytes().take(10).position(|b| b == b';')?;
    let number = text[..end].strip_prefix("&#")?;
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => number.parse().ok()?,
    };
    Some((end + 1, char::from_u32(code).filter(|c| !c.is_control())?))
}

/// The length of a picture by its name: `:smile:`.
fn short_name(text: &str) -> Option<usize> {
    let inner =
        text[1..].bytes().take_while(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_+-".contains(b)).count();
    let is_name = inner > 1 && text[1..].starts_with(|c: char| c.is_ascii_lowercase() || matches!(c, '+' | '-'));
    let end = inner + 2;
    let ends = text[1 + inner..].starts_with(':') && !text.as_bytes().get(end).is_some_and(|b| is_word(*b));
    (is_name && ends).then_some(end)
}

/// The length of the mark of a note that `text` begins with: `[^1]`.
pub(super) fn note_mark(text: &str) -> Option<usize> {
    let label = text.strip_prefix("[^")?;
    let end = near(label, "]").filter(|end| (1..40).contains(end))?;
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
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(i) = memchr::memchr2(b':', b'w', bytes.get(at..)?) {
        let here = at + i;
        let found = if bytes[here..].starts_with(b"://") {
            let name = |b: &&u8| b.is_ascii_alphanumeric() || b"+-.".contains(b);
            Some((here - bytes[from..here].iter().rev().take_while(name).count(), here + 3))
        } else if bytes[here..].starts_with(b"www.") && (here == 0 || !bytes[here - 1].is_ascii_alphanumeric()) {
            Some((here, here + 4))
        } else {
            None
        };
        if let Some((start, behind)) = found {
            let ends = |c: char| is_space(c) || is_cjk_mark(c) || matches!(c, ')' | '>' | '<' | '"' | '`' | '|' | '*');
            let end = text[behind..].find(ends).map_or(text.len(), |i| behind + i);
            // https://a.cn/一[附件](附件.docx): a link begins.
            let link = text[behind..end].find("](").and_then(|at| text[behind..behind + at].rfind('['));
            let end = link.map_or(end, |i| behind + i);
            // 登录www.a.cn查看: a name of a computer ends where words begin; what is behind it may have any.
            let host = text[behind..end].find(['/', '?', '#']).unwrap_or(end - behind);
            let end = text[behind..behind + host].find(is_han).map_or(end, |i| behind + i);
            let end = behind + text[behind..end].trim_end_matches(['.', ',', ';', ':', '!', '?']).len();
            return Some((start, end));
        }
        at = here + 1;
    }
    None
}

/// Where `what` stands in `text`; not far off, so that a line of openings stays cheap.
fn near(text: &str, what: &str) -> Option<usize> {
    let end = text.len().min(FAR);
    memchr::memmem::find(&text.as_bytes()[..end], what.as_bytes())
}

const FAR: usize = 400;
