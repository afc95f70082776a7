//! Spans in brackets: 【单位名称】, `[联系人]`, {姓名}, {{date}}, ${name}, «姓名», （具体内容）.

use super::candidate::{Candidate, HIDDEN, ORDINAL, Place, is_mark, run};
use super::words::measure;
use super::{Style, composite};
use crate::lexicon::{DATE, DATE_END, FILLS, FILLS_END, FOOTNOTE_LABEL, LINK_LABEL, PERCENT, PERSON};
use crate::text::chars::{after, before, has, is_han, is_space};

/// A field is a phrase; an instruction may be a sentence.
const LONGEST: usize = 120;

/// The span that the bracket `c` opens at byte `at`.
pub fn find(line: &str, at: usize, c: char, place: &Place) -> Option<Candidate> {
    let (style, open, close): (Style, &str, &str) = match c {
        '【' => (Style::Lenticular, "【", "】"),
        '〖' => (Style::Lenticular, "〖", "〗"),
        '[' if has(line, at, "[[") && !place.markdown => (Style::Square, "[[", "]]"),
        '［' => (Style::Square, "［", "］"),
        '[' => (Style::Square, "[", "]"),
        '〔' => (Style::Square, "〔", "〕"),
        '{' if has(line, at, "{{") => (Style::Curly, "{{", "}}"),
        '{' => (Style::Curly, "{", "}"),
        '$' if has(line, at, "${") => (Style::Curly, "${", "}"),
        '｛' => (Style::Curly, "｛", "｝"),
        '‹' => (Style::Angle, "‹", "›"),
        '«' => (Style::Angle, "«", "»"),
        '<' => (Style::Angle, "<", ">"),
        '＜' => (Style::Angle, "＜", "＞"),
        '（' => (Style::Round, "（", "）"),
        '(' => (Style::Round, "(", ")"),
        _ => return None,
    };
    let from = at + open.len();
    let mut to = None;
    let shut = close.chars().next()?;
    for (i, c) in line.get(from..)?.char_indices().take(LONGEST) {
        if (c == shut || style == Style::Round && matches!(c, '）' | ')'))
            && (close.len() == 3 || has(line, from + i, close) || style == Style::Round)
        {
            to = Some((from + i, from + i + if style == Style::Round { c.len_utf8() } else { close.len() }));
            break;
        }
        // 【（ opens another: the inner one is looked at by itself.
        if matches!(c, '【' | '〖' | '［' | '[' | '{' | '〔' | '«') && !(style == Style::Curly && c == '{')
            || style == Style::Round && matches!(c, '（' | '(')
        {
            return None;
        }
    }
    let (to, end) = to?;
    let text = &line[from..to];
    let inner = text.trim_matches(is_space);
    let made = Candidate { inner: (from, to), ..Candidate::new(at, end, style) };
    let (previous, next) = (before(line, at), after(line, end));
    // [text](url), [text][label], [label]:, ![image], [^1]
    if c == '['
        && (next == Some('(') || place.markdown && next == Some(':') || previous == Some('!') || inner.starts_with('^'))
    {
        return None;
    }
    if ["讲稿：", "讲稿:", "jianggao"].iter().any(|p| inner.starts_with(p))
        || inner.starts_with(['#', '/', '!', '?', '%']) && style == Style::Curly
    {
        return None;
    }
    let wanted = measure(line, end).is_some() || PERCENT.stands_at(line, end) || DATE.stands_at(line, end);
    if inner.is_empty() {
        let box_to_tick = c == '[' && begins_item(line, at);
        return (style != Style::Angle
            && !box_to_tick
            && (wanted
                || style == Style::Lenticular
                || next.is_none_or(|c| !is_space(c)) && is_beside_text(previous, next)))
        .then_some(made);
    }
    let marks = inner.chars().all(|c| is_mark(c) || matches!(c, '？' | '?' | '.' | '…'));
    if marks {
        let box_to_tick =
            c == '[' && matches!(inner, "x" | "X") && !wanted && begins_item(line, at) || c == '[' && inner == "x";
        // 〔20XX〕X号 is put together elsewhere; 二（×） is an answer.
        return (!box_to_tick
            && (style != Style::Round || wanted || inner.chars().count() > 1 || matches!(inner, "？" | "?")))
        .then_some(made);
    }
    // [1], 〔2024〕, （一）
    let han = inner.chars().any(is_han);
    let identifier = inner.len() >= 3
        && inner.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | ' '))
        && inner.starts_with(|c: char| c.is_ascii_alphabetic());
    // （A）同志
    let lettered = inner.len() == 1 && inner.as_bytes()[0].is_ascii_uppercase() && PERSON.stands_at(line, end);
    if !han
        && !lettered
        && !(identifier && matches!(style, Style::Curly)
            || identifier && style == Style::Angle && !place.markdown
            || identifier && inner.contains('_'))
    {
        return None;
    }
    // （下略）, （待核实）; （单字替换）: what a filter of a site leaves.
    let word = FILLS.word_at(inner, 0).is_some_and(|word| word.len() == inner.len());
    // （开场白：此处介绍背景）
    let slot = inner
        .split_once(['：', ':'])
        .is_some_and(|(label, rest)| label.chars().count() <= 6 && FILLS.stands_at(rest, 0));
    if style == Style::Round && (word || slot || FILLS_END.ends_at(inner, inner.len())) {
        return Some(Candidate { style: Style::House, ..made });
    }
    if style == Style::Round {
        let ordinal = inner.chars().all(|c| crate::numeral::is_chinese(c) || c.is_ascii_digit());
        if ordinal {
            return None;
        }
    }
    if is_filled(inner) || is_reference(inner) || LINK_LABEL.stands_at(inner, 0) {
        return None;
    }
    // 他[已]提出: an editor's insertion.
    if style == Style::Square && inner.chars().count() == 1 && !wanted {
        return None;
    }
    // [注3]: a footnote.
    let note = inner.trim_end_matches(|c: char| c.is_ascii_digit() || is_space(c));
    if note.len() < inner.len() && FOOTNOTE_LABEL.contains(note) {
        return None;
    }
    // 〔20XX〕: the year of a document.
    if c == '〔' && composite::is_year(inner) {
        return None;
    }
    Some(made)
}

/// True when nothing but the mark of an item stands before byte `at`.
fn begins_item(line: &str, at: usize) -> bool {
    line[..at].trim_end_matches(|c| is_space(c) || matches!(c, '-' | '*' | '+')).is_empty()
}

/// `[第59段]`, `（第三条）`: what stands elsewhere.
fn is_reference(inner: &str) -> bool {
    let Some(number) = inner.strip_prefix(ORDINAL) else { return false };
    number.starts_with(|c: char| c.is_ascii_digit() || crate::numeral::is_chinese(c) && !is_mark(c))
}

/// `[浏览次数:1327]`: a label with its value.
fn is_filled(inner: &str) -> bool {
    let Some((_, value)) = inner.split_once(['：', ':']) else { return false };
    let part = |c: char| c.is_ascii_digit() || is_space(c) || matches!(c, '-' | '/' | '.' | ':' | '：');
    let value = value.trim_matches(part);
    inner.bytes().any(|b| b.is_ascii_digit())
        && !holds_marks(inner)
        && (value.is_empty() || value.chars().all(|c| part(c) || DATE_END.stands_at(c.encode_utf8(&mut [0; 4]), 0)))
}

fn is_beside_text(previous: Option<char>, next: Option<char>) -> bool {
    let han = |c: Option<char>| c.is_some_and(is_han);
    han(previous) || han(next)
}

/// True for the circle at byte `at` that is a zero: 二〇〇五年, 二○二五.
fn is_zero(text: &str, at: usize) -> bool {
    const ZEROES: [char; 2] = ['〇', '○'];
    let rest = &text[at..];
    let before = text[..at].trim_end_matches(ZEROES).chars().next_back();
    rest.starts_with(ZEROES) && before.is_some_and(crate::numeral::is_chinese)
}

/// True when a run of marks stands in `text`.
pub fn holds_marks(text: &str) -> bool {
    text.char_indices().any(|(at, c)| {
        is_mark(c) && !is_zero(text, at) && {
            let (_, count) = run(text, at, is_mark);
            let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
            (count > 1 || c != HIDDEN && before(text, at).is_none_or(is_han)) && !letter(before(text, at))
        }
    })
}
