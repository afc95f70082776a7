//! Spans in brackets: 【单位名称】, `[联系人]`, {姓名}, {{date}}, ${name}, «姓名», （具体内容）.

use super::candidate::{Candidate, HIDDEN, ORDINAL, Place, is_mark, run};
use super::words::measure;
use super::{Style, composite, notes};
use crate::lexicon::{
    DATE, DATE_END, FILLS, FILLS_END, FOOTNOTE_LABEL, LINK_LABEL, ORGANISATION, PERCENT, PERSON, PLACE,
};
use crate::text::chars::{after, before, has, is_boundary, is_cjk_mark, is_han, is_space};

/// A field is a phrase; an instruction may be a sentence.
const LONGEST: usize = 120;

/// The span that the bracket `c` opens at byte `at`.
pub fn find(line: &str, at: usize, c: char, place: &Place) -> Option<Candidate> {
    let made = span(line, at, c, place)?;
    let inner = line[made.inner.0..made.inner.1].trim_matches(is_space);
    if is_markup(line, c, &made, inner, place) {
        return None;
    }
    let wanted =
        measure(line, made.end).is_some() || PERCENT.stands_at(line, made.end) || DATE.stands_at(line, made.end);
    if inner.is_empty() {
        return is_place_to_write(line, c, &made, wanted).then_some(made);
    }
    if inner.chars().all(|c| is_mark(c) || matches!(c, '？' | '?' | '.' | '…')) {
        let box_to_tick =
            c == '[' && matches!(inner, "x" | "X") && !wanted && begins_item(line, at) || c == '[' && inner == "x";
        // 〔20XX〕X号 is put together elsewhere; 二（×） is an answer.
        let answer =
            made.style == Style::Round && !wanted && inner.chars().count() == 1 && !matches!(inner, "？" | "?");
        return (!box_to_tick && !answer).then_some(made);
    }
    if !is_name(line, &made, inner, wanted, place) {
        return None;
    }
    if made.style == Style::Round && (is_left_open(inner) || notes::is_request(inner)) {
        return Some(Candidate { style: Style::House, ..made });
    }
    let ordinal = inner.chars().all(|c| crate::numeral::is_chinese(c) || c.is_ascii_digit());
    // 他[已]提出: an editor's insertion.
    let insertion = made.style == Style::Square && inner.chars().count() == 1 && !wanted;
    // 〔20XX〕: the year of a document.
    let year = c == '〔' && composite::is_year(inner);
    let is_none = made.style == Style::Round && ordinal
        || is_filled(inner)
        || made.style == Style::Round && is_alternative(&line[..made.start], inner)
        || is_reference(inner)
        || is_footnote(inner)
        || LINK_LABEL.stands_at(inner, 0)
        || insertion
        || year;
    (!is_none).then_some(made)
}

/// The brackets that begin with `c` at byte `at`, and what stands between them.
fn span(line: &str, at: usize, c: char, place: &Place) -> Option<Candidate> {
    let (style, open, close): (Style, &str, &str) = match c {
        '【' => (Style::Lenticular, "【", "】"),
        '〖' => (Style::Lenticular, "〖", "〗"),
        // “”, 《》: only where nothing stands in them.
        '“' => (Style::Lenticular, "“", "”"),
        '「' => (Style::Lenticular, "「", "」"),
        '《' => (Style::Lenticular, "《", "》"),
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
    let round = style == Style::Round;
    let from = at + open.len();
    let shut = close.chars().next()?;
    for (i, c) in line.get(from..)?.char_indices().take(LONGEST) {
        let to = from + i;
        if (c == shut || round && matches!(c, '）' | ')')) && (close.len() == 3 || has(line, to, close) || round) {
            let end = to + if round { c.len_utf8() } else { close.len() };
            return Some(Candidate { inner: (from, to), ..Candidate::new(at, end, style) });
        }
        // 【（ opens another: the inner one is looked at by itself.
        if matches!(c, '【' | '〖' | '［' | '[' | '{' | '〔' | '«') && !(style == Style::Curly && c == '{')
            || round && matches!(c, '（' | '(')
        {
            return None;
        }
    }
    None
}

/// A link, a picture, a footnote, `{{#part}}`, 【讲稿：忽略】
fn is_markup(line: &str, c: char, made: &Candidate, inner: &str, place: &Place) -> bool {
    let (previous, next) = (before(line, made.start), after(line, made.end));
    // 《修改〈管理办法〉的决定》, with half-width marks
    let title = matches!(c, '<' | '‹' | '＜') && stands_in_title(line, made);
    let link = next == Some('(') || place.markdown && next == Some(':') || previous == Some('!');
    title
        || c == '[' && (link || inner.starts_with('^'))
        || ["讲稿：", "讲稿:", "jianggao"].iter().any(|p| inner.starts_with(p))
        || inner.starts_with(['#', '/', '!', '?', '%']) && made.style == Style::Curly
}

/// Between 《 and 》.
fn stands_in_title(line: &str, made: &Candidate) -> bool {
    let marks = |c: &char| matches!(c, '《' | '》');
    let head = line[..made.start].chars().rev().take(LONGEST).find(marks);
    head == Some('《') && line[made.end..].chars().take(LONGEST).find(marks) == Some('》')
}

/// 【】, （ ）: brackets with nothing in them, where something is wanted.
fn is_place_to_write(line: &str, c: char, made: &Candidate, wanted: bool) -> bool {
    let (previous, next) = (before(line, made.start), after(line, made.end));
    let box_to_tick = c == '[' && begins_item(line, made.start);
    let beside = next.is_none_or(|c| !is_space(c)) && is_beside_text(previous, next);
    made.style != Style::Angle && !box_to_tick && (wanted || made.style == Style::Lenticular || beside)
}

/// Words, the name of a variable, or a letter that stands for a name; but not `[1]`, 〔2024〕.
fn is_name(line: &str, made: &Candidate, inner: &str, wanted: bool, place: &Place) -> bool {
    let identifier = inner.len() >= 3
        && inner.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | ' '))
        && inner.starts_with(|c: char| c.is_ascii_alphabetic());
    let variable = match made.style {
        Style::Curly => true,
        Style::Angle => !place.markdown || inner.contains('_'),
        _ => inner.contains('_'),
    };
    // （A）同志, （B）公司, （N）个; （A），男
    let noun = wanted || [&PERSON, &PLACE, &ORGANISATION].iter().any(|class| class.stands_at(line, made.end));
    let is_listed = before(line, made.start).is_none_or(|c| is_boundary(c) || is_space(c))
        && after(line, made.end).is_none_or(is_cjk_mark);
    inner.chars().any(is_han) || identifier && variable || is_lettered(inner) && (noun || is_listed)
}

/// （下略）, （待核实）; （单字替换）: what a filter of a site leaves; （开场白：此处介绍背景）
fn is_left_open(inner: &str) -> bool {
    let word = FILLS.word_at(inner, 0).is_some_and(|word| word.len() == inner.len());
    let labelled = |(label, rest): (&str, &str)| label.chars().count() <= 6 && FILLS.stands_at(rest, 0);
    word || inner.split_once(['：', ':']).is_some_and(labelled) || FILLS_END.ends_at(inner, inner.len())
}

/// 县（市、区）, 乡（镇）: whichever kind of place it is.
fn is_alternative(head: &str, inner: &str) -> bool {
    let is_kind = |word: &str| PLACE.get(word).is_some();
    PLACE.ends_at(head, head.len()) && inner.split(['、', '，', '或']).all(is_kind)
}

/// `[注3]`: a footnote.
fn is_footnote(inner: &str) -> bool {
    let note = inner.trim_end_matches(|c: char| c.is_ascii_digit() || is_space(c));
    note.len() < inner.len() && FOOTNOTE_LABEL.contains(note)
}

/// One letter, in the place of a name.
pub fn is_lettered(inner: &str) -> bool {
    matches!(inner.as_bytes(), [b'A'..=b'Z'])
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

/// What a writer asks himself is shorter.
const QUESTION: usize = 14;

/// `[浏览次数:1327]`: a label with its value.
fn is_filled(inner: &str) -> bool {
    let Some((_, value)) = inner.split_once(['：', ':']) else { return false };
    // [问题：怎样看待今年的形势，下一步有什么打算？]: put in full.
    if value.ends_with(['？', '?']) && value.chars().count() > QUESTION && !holds_marks(inner) {
        return true;
    }
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
