//! Recognising ordinals: 一、 （一） 1. （1） ① 第一， 一是 一要 首先 …
//!
//! What is found here are candidates. A candidate at a clause boundary has passed the boundary test;
//! the sequence test needs its neighbours and is made by [`crate::outline`].

mod fixed;
mod running;

use super::evidence;
use super::marker::{Family, Marker, Place};
use crate::numeral;
use crate::text::Range;
use crate::text::chars::{after, before, digit, is_clause_end, is_han, is_space, skip_spaces};

/// A title longer than this many characters is cut at its first comma.
const LONG_TITLE: usize = 40;

/// The ordinal at byte `at`, where a paragraph starts.
pub fn head(line: &str, at: usize) -> Option<Marker> {
    let mut found = fixed_head(line, at).or_else(|| fixed::agenda(line, at)).or_else(|| inline(line, at, true))?;
    found.after_clause = true;
    finish(line, &mut found, Place::Head);
    Some(found)
}

/// The other reading of a paragraph that begins with a decimal: 2.15分钟 is 2. and a heading.
pub fn alternative(line: &str, at: usize, head: &Marker) -> Option<Marker> {
    if !matches!(head.family, Family::Decimal(_)) {
        return None;
    }
    let mut found = fixed::arabic(line, at, true)?;
    found.after_clause = true;
    finish(line, &mut found, Place::Head);
    Some(found)
}

/// Sets what follows from the range of the marker: title, texts, evidence.
fn finish(line: &str, found: &mut Marker, place: Place) {
    let (title, own_line) = heading(line, found.range.end as usize);
    found.title = title;
    found.own_line = own_line && place == Place::Head;
    found.heading = title.of(line).into();
    found.text = found.range.of(line).into();
    let open_ended = !line.trim_end_matches(is_space).ends_with(['。', '！', '？', '；', '，', '：']);
    evidence::weigh(found, place, found.own_line && open_ended);
}

/// The families that stand at the start of a paragraph only, or mostly.
fn fixed_head(line: &str, at: usize) -> Option<Marker> {
    let c = after(line, at)?;
    match c {
        '第' => fixed::chapter(line, at),
        '（' | '(' => fixed::parenthesised(line, at),
        _ if numeral::one_piece(c).is_some() => fixed::one_piece(line, at, c),
        _ if digit(c).is_some() => fixed::decimal(line, at).or_else(|| fixed::arabic(line, at, true)),
        _ if c.is_ascii_alphabetic() => fixed::letter(line, at, true),
        'Ⅰ'..='Ⅻ' => fixed::roman(line, at),
        _ => fixed::chinese(line, at)
            .or_else(|| fixed::half_bracket(line, at))
            .or_else(|| fixed::formal(line, at, c))
            .or_else(|| fixed::label(line, at)),
    }
}

/// The ordinal at byte `at`, right behind a boundary; `at_start`: of the paragraph.
pub fn inline(line: &str, at: usize, at_start: bool) -> Option<Marker> {
    let rest = line.get(at..)?;
    let c = rest.chars().next()?;
    let worded = running::first(line, at).or_else(|| running::of_them(line, at)).or_else(|| running::side(line, at));
    let mut found = match c {
        _ if worded.is_some() => worded?,
        '第' => running::nth(line, at)?,
        _ if numeral::is_chinese(c) => running::numbered_verb(line, at, at_start)?,
        '（' | '(' if !at_start => fixed::parenthesised(line, at)?,
        _ if !at_start && numeral::one_piece(c).is_some() => fixed::one_piece(line, at, c)?,
        _ if !at_start && c.is_ascii_alphabetic() => fixed::letter(line, at, false)?,
        _ if !at_start && digit(c).is_some() => {
            if before(line, at).is_some_and(|b| digit(b).is_some() || matches!(b, '.' | '（' | '(')) {
                return None;
            }
            fixed::arabic(line, at, false)?
        }
        _ => return None,
    };
    let behind = back_over_spaces(line, at);
    let before_it = before(line, behind);
    let stop = before_it.is_some_and(is_clause_end) || is_half_width_stop(line, behind);
    found.after_clause = at_start || stop;
    found.after_colon = !at_start && matches!(before_it, Some('：' | ':'));
    let place = match before_it {
        _ if at_start => Place::Head,
        _ if stop => Place::Clause,
        Some('、') => Place::Pause,
        Some('，' | ',') => Place::Comma,
        Some('*') | None => Place::Clause,
        Some(c) if crate::text::chars::is_boundary(c) => Place::Quote,
        // ①抓学习②抓作风
        _ if matches!(found.family, Family::Circled | Family::ArabicParen) => Place::Word,
        _ => return None,
    };
    finish(line, &mut found, place);
    Some(found)
}

/// 一是, 一要 or 第一 at byte `at`, behind a word: 原因一是…….
pub fn behind_word(line: &str, at: usize) -> Option<Marker> {
    let mut found = running::numbered_verb(line, at, false)?;
    // Kept without company in its paragraph: the next may go on.
    found.after_clause = true;
    finish(line, &mut found, Place::Word);
    Some(found)
}

/// The heading that starts at byte `at`: its range, and whether the whole line is the heading.
pub fn heading(line: &str, at: usize) -> (Range, bool) {
    let start = skip_emphasis(line, skip_spaces(line, at));
    let rest = line.get(start..).unwrap_or("");
    let mut depth = 0i32;
    let mut comma = None;
    let mut end = rest.len();
    let mut own_line = true;
    for (count, (i, c)) in rest.char_indices().enumerate() {
        match c {
            '“' | '‘' | '「' | '『' | '《' | '（' => depth += 1,
            '”' | '’' | '」' | '』' | '》' | '）' if depth > 0 => depth -= 1,
            // The quotation that the ordinal stands in ends here.
            '”' | '’' | '」' | '』' | '）' if depth == 0 => {
                end = i;
                own_line = false;
                break;
            }
            '，' | ',' if depth == 0 && comma.is_none() && count > 0 => comma = Some(i),
            _ if depth == 0
                && count > 0
                && (is_clause_end(c) && !between_digits(rest, i, c) || c == '.' && is_half_width_stop(rest, i + 1)) =>
            {
                end = i;
                let tail = rest[i + c.len_utf8()..].trim_matches(|c| is_space(c) || c == '*' || c == '_');
                own_line = tail.is_empty();
                break;
            }
            _ => {}
        }
        // A quotation that is never closed must not swallow the paragraph.
        if count > 120 {
            end = comma.unwrap_or(i);
            own_line = false;
            break;
        }
    }
    if !own_line && rest[..end].chars().count() > LONG_TITLE && comma.is_some_and(|c| c < end) {
        end = comma.unwrap_or(end);
    }
    let title = rest[..end].trim_end_matches(|c| is_space(c) || c == '*' || c == '_' || c == '#');
    (Range::new(start, start + title.len()), own_line)
}

/// A half-width full stop between ideographs ends at byte `end`: 压实责任.二是……, as copied drafts have it.
pub fn is_half_width_stop(line: &str, end: usize) -> bool {
    line.get(..end).is_some_and(|head| head.ends_with('.'))
        && before(line, end - 1).is_some_and(|c| is_han(c) || matches!(c, '”' | '）' | '》'))
        && after(line, end).is_none_or(|c| is_han(c) || is_space(c))
}

/// 10:00, 1:3
fn between_digits(rest: &str, at: usize, c: char) -> bool {
    matches!(c, ':' | '：')
        && before(rest, at).is_some_and(|b| digit(b).is_some())
        && after(rest, at + c.len_utf8()).is_some_and(|a| digit(a).is_some())
}

fn skip_emphasis(line: &str, at: usize) -> usize {
    let rest = line.get(at..).unwrap_or("");
    let inner = rest.strip_prefix("**").or_else(|| rest.strip_prefix("__")).unwrap_or(rest);
    skip_spaces(line, line.len() - inner.len())
}

fn back_over_spaces(line: &str, at: usize) -> usize {
    line.get(..at).map_or(0, |head| head.trim_end_matches(is_space).len())
}
