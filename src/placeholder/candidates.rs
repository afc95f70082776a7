//! What may be a blank: runs of marks, brackets, gaps, holes. Nothing is decided here but what no
//! writer would take for a blank: letters inside words, products, addresses.

use super::candidate::{Candidate, HIDDEN, ORDINAL, Place, is_mark, run, style_of};
use super::holes::{bare_date, comrade, gap, hole, hole_word, month_hole, rank_hole};
use super::names::{is_footnote, is_name_of_its_own, is_product, is_set_down, is_variable};
use super::words::measure;
use std::sync::LazyLock;

use super::{Family, Form, Style, brackets, composite};
use crate::lexicon::{
    ALIAS, BARE_DATE, CROSS_THING, DATE, DATE_END, DATE_JOINT, DOTS_UNIT, FILLS, HOLE_WORD, INDEFINITE, INTERROGATIVE,
    LETTER_THING, MONTH_HOLE, NAMELESS, NO_PENDING, ORGANISATION, PENDING, PERCENT, PERSON, PLACE, RANK,
    STRONG_MEASURE, SURNAME, TOLD_OF, WAITS,
};
use crate::numeral;
use crate::text::chars::{
    after, any_of, before, has, is_blank_before, is_blank_behind, is_boundary, is_cjk_mark, is_han, is_space, is_stop,
    is_tag, skip_spaces,
};
use crate::text::position::around;
use crate::text::set::CharSet;

/// Two of them are a dash, or a line to write on.
const DASH: char = '—';
/// Behind the number of characters that are left out: 此处省略500字.
const CHARACTERS: &str = "字";

/// All candidates in text order, none over another.
pub fn find(line: &str, place: &Place) -> Vec<Candidate> {
    let mut found = between(line, place, place.start, line.len());
    if !found.is_empty() {
        composite::join(line, &mut found);
    }
    found
}

/// The ideographs that a candidate may begin with.
static BEGINNINGS: LazyLock<CharSet> = LazyLock::new(|| {
    let classes = [&PENDING, &STRONG_MEASURE, &MONTH_HOLE, &BARE_DATE, &NAMELESS, &HOLE_WORD];
    let marks = [HIDDEN, ORDINAL].map(String::from);
    let words = classes.iter().flat_map(|class| class.rows()).map(|row| row.word);
    CharSet::of_first(words.chain(marks.iter().map(String::as_str)))
});

/// The end of what is no prose at byte `at`: an address, a tag.
fn unread(line: &str, at: usize, c: char) -> Option<usize> {
    match c {
        '<' => {
            let close = at + line[at..].bytes().take(400).position(|b| b == b'>')?;
            // What is said in a tag is seen, where the tag is.
            (is_tag(&line[at..]) && !line[at..close].contains(is_han)).then_some(close + 1)
        }
        'a'..='w' | 'y' | 'z' | 'A'..='W' | 'Y' | 'Z' => {
            let (end, count) = run(line, at, |c| c.is_ascii_alphabetic());
            let address = line[end..].starts_with("://") || line[at..].starts_with("www.");
            let goes_on = |c: char| c.is_ascii() && !is_space(c) && !matches!(c, ')' | '>' | '"');
            if address {
                return Some(run(line, at, goes_on).0);
            }
            if line[at..].starts_with("times;") {
                return None;
            }
            // GDPXX: the marks at the end of an acronym are looked at by themselves.
            let word = &line[at..end];
            let stem = word.trim_end_matches('X');
            let acronym = stem.len() > 1 && stem.len() < word.len() && stem.bytes().all(|b| b.is_ascii_uppercase());
            let road = matches!(stem, "G" | "S") && word.len() > 2;
            if acronym || road {
                return Some(at + stem.len());
            }
            let same = word.bytes().all(|b| b == bytes_first(word));
            let is_candidate = same && count <= 4 || PENDING.stands_at(line, at);
            (!is_candidate).then_some(end)
        }
        '0'..='9' => {
            // Digits in front of marks belong to them; the marks look back.
            let (end, _) = run(line, at, |c| c.is_ascii_digit() || matches!(c, '.' | ','));
            let zeros = line[at..end].starts_with("00") && line[at..end].bytes().all(|b| matches!(b, b'0' | b'.'));
            (!zeros).then_some(end)
        }
        _ => None,
    }
}

fn bytes_first(word: &str) -> u8 {
    word.as_bytes().first().copied().unwrap_or(0)
}

/// Where to go on behind what is no candidate.
fn past(line: &str, at: usize, c: char) -> usize {
    match c {
        'X' | 'x' => run(line, at, |c| c.is_ascii_alphanumeric()).0,
        _ if is_mark(c) || is_space(c) || matches!(c, '#' | DASH | '…' | '～' | '~' | '？' | '?' | '0') => {
            run(line, at, |d| d == c).0
        }
        _ => at + c.len_utf8(),
    }
}

fn look(line: &str, at: usize, c: char, place: &Place) -> Option<Candidate> {
    match c {
        HIDDEN => some(line, at),
        _ if is_mark(c) => marks(line, at, c, place),
        'a'..='z' | 'A'..='Z' => letters(line, at),
        '0' => zeros(line, at),
        '#' => hashes(line, at, place),
        '？' | '?' => question(line, at, c),
        '…' | '～' | '~' => dots(line, at, c),
        DASH => dashes(line, at),
        '【' | '〖' | '｛' | '‹' | '［' | '[' | '〔' | '{' | '$' | '«' | '<' | '＜' | '（' | '(' => {
            brackets::find(line, at, c, place).filter(|found| !is_note_with_marks(line, found, place))
        }
        '&' => has(line, at, "&times;").then(|| residue(line, at)),
        '%' | '％' => hole(line, at),
        _ if is_han(c) => word(line, at),
        _ if is_space(c) => gap(line, at, place),
        _ => None,
    }
}

/// What is missing without a mark, by its words.
fn word(line: &str, at: usize) -> Option<Candidate> {
    pending(line, at)
        .or_else(|| bare_date(line, at))
        .or_else(|| month_hole(line, at))
        .or_else(|| rank_hole(line, at))
        .or_else(|| comrade(line, at))
        .or_else(|| hole(line, at))
        .or_else(|| hole_word(line, at))
}

/// Marks in a note are looked at by themselves: （以下简称XX公司）.
fn is_note_with_marks(line: &str, found: &Candidate, place: &Place) -> bool {
    let (from, to) = found.inner;
    found.style == Style::Round
        && line[from..to].chars().any(is_han)
        && !FILLS.stands_at(line[from..to].trim_matches(is_space), 0)
        && between(line, place, from, to).iter().any(|c| c.style.family() == Family::Mark)
}

/// X XX 20XX X.X 138XXXX1234 X-X, × ** ○○ ____
fn marks(line: &str, at: usize, c: char, place: &Place) -> Option<Candidate> {
    let style = style_of(c)?;
    let is = |d: char| style_of(d) == Some(style);
    let (run_end, count) = run(line, at, is);
    let (start, end) = composite::number_around(line, at, run_end, style);
    let (previous, next) = (before(line, start), after(line, end));
    let (near, beyond) = (before(line, at), after(line, run_end));
    // A letter inside a word.
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic() || ('\u{400}'..='\u{4FF}').contains(&c));
    if style == Style::Cross {
        let acronym = previous.is_some_and(|c| c.is_ascii_uppercase()) && c == 'X';
        let measured = measure(line, skip_spaces(line, end)).is_some()
            || PERCENT.stands_at(line, end)
            || PLACE.stands_at(line, end);
        if letter(previous) && !(acronym && measured) || letter(next) && measure(line, end).is_none() {
            return None;
        }
        if matches!(near, Some('.' | '/' | '\\' | '@'))
            && start == at
            && before(line, at - 1).is_some_and(|c| c.is_ascii_alphabetic())
        {
            return None;
        }
        // Model X, iPhone X
        let head = line[..start].trim_end_matches(is_space);
        if count == 1 && head.len() < start && letter(head.chars().next_back()) && !measured {
            return None;
        }
        // xx.com, xx@xx.com
        let address = next == Some('@')
            || next == Some('.')
                && after(line, end + 1).is_some_and(|c| c.is_ascii_alphabetic() && !matches!(c, 'X' | 'x'));
        if address || before(line, start) == Some('@') {
            return None;
        }
        if CROSS_THING.at(line, run_end).is_some_and(|(_, row)| !row.value.is_empty()) {
            return None;
        }
        // [x], V-X
        if matches!((previous, next), (Some('['), Some(']'))) {
            return None;
        }
    } else if letter(near) && (style != Style::Star || count == 1) && !is_han_or_edge(next)
        || letter(near) && letter(beyond)
    {
        return None;
    }
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    // 2×2, 4x100米, 3.5米×2米, 5*8小时
    if count == 1 && style != Style::Line && style != Style::Ring {
        let right = after(line, skip_spaces(line, run_end));
        let head = line[..at].trim_end_matches(is_space);
        let unit = |c: &char| is_han(*c) || c.is_ascii_alphabetic() || *c == '%';
        let behind = head.char_indices().rev().take(7).find(|(_, c)| !unit(c));
        let measured = behind.is_some_and(|(i, c)| c.is_ascii_digit() && head.len() - i <= 7);
        if digit(right) && (digit(head.chars().next_back()) || style != Style::Cross && measured) {
            return None;
        }
    }
    if count == 1
        && start == at
        && matches!(style, Style::Cross | Style::Times)
        && is_name_of_its_own(line, at, run_end)
    {
        return None;
    }
    let is_letter = count == 1 && style == Style::Cross && is_variable(line, at, run_end);
    if start == at && (is_letter || is_set_down(line, at, run_end)) {
        return None;
    }
    if style == Style::Times && count == 1 && is_product(line, at, run_end) {
        return None;
    }
    // X8037次: a train.
    let number = line[run_end..].bytes().take_while(u8::is_ascii_digit).count();
    if style == Style::Cross && count == 1 && number >= 3 && !line[run_end..run_end + number].bytes().all(|b| b == b'0')
    {
        return None;
    }
    // 0.15 * 主线推进: a product that is written with spaces.
    let apart = near.is_some_and(is_space) && beyond.is_some_and(is_space);
    if count == 1 && apart && digit(line[..at].trim_end_matches(is_space).chars().next_back()) {
        return None;
    }
    match style {
        Style::Star => {
            if letter(near) && count == 1 || is_footnote(line, at, run_end) {
                return None;
            }
            // What a point ends and a space parts is what is left of emphasis.
            if near.is_some_and(|c| is_boundary(c) && c != '，' && c != '、') && next.is_some_and(is_space) {
                return None;
            }
            // 盆花*1, but *2024年
            if count == 1 && near.is_some_and(is_han) && digit(beyond) && number != 4 {
                return None;
            }
            let tail = line[run_end..].trim_start_matches(is_space);
            // 姓名 *: what a form wants filled in.
            let wanted = count == 1 && tail.is_empty() && near.is_some_and(is_space);
            if wanted
                || is_blank_before(line, at) && (count == 1 && next.is_some_and(is_space) || tail.is_empty())
                || near == Some('\\') && !place.markdown
            {
                return None;
            }
            // *.txt, a*b
            if letter(beyond) || tail.starts_with('.') && tail[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
                return None;
            }
        }
        Style::Line => {
            let century = start < at;
            let only = is_blank_before(line, at) && is_blank_behind(line, run_end);
            if only || count < 2 && !century && !DATE.stands_at(line, end) || letter(near) || letter(beyond) {
                return None;
            }
            if count < 2 && !(is_han_or_edge(next) && (digit(near) || near.is_none_or(|c| is_han(c) || is_cjk_mark(c))))
            {
                return None;
            }
        }
        Style::Ring => {
            let numeral = |c: Option<char>| {
                c.is_some_and(|c| numeral::is_chinese(c) && c != '〇' || matches!(c, '●' | '○' | '■' | '★'))
            };
            // 二〇〇二年, ●●○○
            if numeral(near) || numeral(beyond) && !matches!(beyond, Some('万' | '亿' | '百' | '千')) {
                return None;
            }
            if is_blank_before(line, at) && (next.is_none_or(is_space) || count == 1) {
                return None;
            }
            // ●正常，▲滞后: a legend.
            let beside = around(line, at, run_end, NEAR);
            let other =
                |(i, d): (usize, char)| d != c && style_of(d) == Some(style) && !before(beside, i).is_some_and(is_mark);
            let noun = [&DATE_END, &PLACE, &ORGANISATION, &PERSON].iter().any(|class| class.stands_at(line, end));
            if count == 1 && !noun && measure(line, end).is_none() && beside.char_indices().any(other) {
                return None;
            }
            // □是 □否
            if c == '□' && count == 1 && near.is_none_or(is_space) {
                return None;
            }
        }
        _ => {}
    }
    Some(Candidate { composite: composite::is_span(&line[start..end]), ..Candidate::new(start, end, style) })
}

fn is_han_or_edge(c: Option<char>) -> bool {
    c.is_none_or(|c| is_han(c) || is_cjk_mark(c) || matches!(c, '%' | ',' | ';' | ':' | ')'))
}

fn some(line: &str, at: usize) -> Option<Candidate> {
    let (end, count) = run(line, at, |c| c == HIDDEN);
    // 王某, 陈某某: somebody who is not to be named.
    if SURNAME.ends_at(line, at) && !PERSON.ends_at(line, at) {
        return None;
    }
    // 某些, 某种; a tale of somebody.
    if count == 1 && (told_of(line, end) || hides_somebody(around(line, at, end, NEAR))) {
        return None;
    }
    if count == 1 && (INDEFINITE.stands_at(line, end) || measure(line, end).is_some()) {
        return None;
    }
    Some(Candidate::new(at, end, Style::Some))
}

/// How many bytes on each side of a mark are looked at for others.
const NEAR: usize = 600;

/// 郑某诉某公司
fn hides_somebody(line: &str) -> bool {
    line.match_indices(HIDDEN).any(|(at, _)| SURNAME.ends_at(line, at))
}

/// 某镇一名会计, 某局原局长: behind the noun goes on what is told of somebody.
fn told_of(line: &str, at: usize) -> bool {
    let noun = PLACE.word_at(line, at).or_else(|| ORGANISATION.word_at(line, at)).or_else(|| DATE.word_at(line, at));
    TOLD_OF.stands_at(line, at + noun.map_or(0, str::len))
}

/// A同志, NN亿元, YYYY年
fn letters(line: &str, at: usize) -> Option<Candidate> {
    if let Some(word) = PENDING.word_at(line, at) {
        let end = at + word.len();
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
        return (!letter(before(line, at)) && !letter(after(line, end))).then(|| Candidate::new(at, end, Style::House));
    }
    if line[at..].starts_with("times;") {
        return Some(residue(line, at));
    }
    let (end, count) = run(line, at, |c| c.is_ascii_alphanumeric());
    let word = &line[at..end];
    let first = after(line, at)?;
    if !word.chars().all(|c| c == first)
        || before(line, at).is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.' | '/' | '_' | '@'))
    {
        return None;
    }
    let date =
        matches!(first.to_ascii_uppercase(), 'Y' | 'M' | 'D' | 'H') && count > 1 && DATE_END.stands_at(line, end);
    let upper = first.is_ascii_uppercase() && count <= 3 || first == 'n' && count <= 2;
    let nouns = || [&PERSON, &PLACE, &ORGANISATION].iter().any(|class| class.stands_at(line, end));
    // N stands for a number, NN for a name too, other letters for names.
    let noun = match first {
        'N' if count > 1 && nouns() => true,
        'N' | 'n' => measure(line, end).is_some() || [&DATE, &PERCENT].iter().any(|class| class.stands_at(line, end)),
        _ => nouns(),
    };
    (date || upper && noun && !LETTER_THING.stands_at(line, end) && !ALIAS.stands_at(line, end))
        .then(|| Candidate::new(at, end, Style::Letter))
}

/// 00%, 00万亩
fn zeros(line: &str, at: usize) -> Option<Candidate> {
    if before(line, at)
        .is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | ':' | '：' | '-' | '/' | '~'))
    {
        return None;
    }
    let (mut end, count) = run(line, at, |c| c == '0');
    // 00.0%
    let (decimals, zeros) = run(line, end + 1, |c| c == '0');
    if has(line, end, ".") && zeros > 0 {
        end = decimals;
    }
    let measured = measure(line, end).is_some() || PERCENT.stands_at(line, end);
    (count > 1 && measured).then(|| Candidate::new(at, end, Style::Zero))
}

/// ###同志
fn hashes(line: &str, at: usize, place: &Place) -> Option<Candidate> {
    let (end, count) = run(line, at, |c| c == '#');
    (count > 1 && at > place.start && is_han_or_edge(after(line, end))).then(|| Candidate::new(at, end, Style::Hash))
}

/// ？亿元, 第？位, （？）
fn question(line: &str, at: usize, c: char) -> Option<Candidate> {
    let (end, _) = run(line, at, |d| d == c);
    let previous = before(line, at)?;
    // 在哪里？人来: a question.
    let asked = line[..at].char_indices().rev().take(24).take_while(|(_, c)| !is_stop(*c));
    if asked.into_iter().any(|(i, _)| INTERROGATIVE.stands_at(line, i)) {
        return None;
    }
    let measured = measure(line, end).is_some() || PERCENT.stands_at(line, end);
    let ranked = previous == ORDINAL && RANK.stands_at(line, end);
    let dated = previous.is_ascii_digit() && DATE_JOINT.stands_at(line, end)
        || DATE_JOINT.ending(line, at).is_some_and(|(_, row)| row.value.split('|').any(|word| has(line, end, word)));
    (ranked || dated || measured && (is_han(previous) || matches!(previous, ORDINAL | '，')))
        .then(|| Candidate::new(at, end, Style::Question))
}

/// 第……届, ～年
fn dots(line: &str, at: usize, c: char) -> Option<Candidate> {
    let (end, _) = run(line, at, |d| d == c);
    let previous = before(line, at)?;
    let ranked = previous == ORDINAL && RANK.stands_at(line, end);
    if c == '…' {
        return ranked.then(|| Candidate::new(at, end, Style::Dots));
    }
    let next = after(line, end)?;
    let waits = is_han(next) && WAITS.ends_at(line, at);
    let dated = numeral::is_chinese(previous) || DATE_END.ends_at(line, at);
    let unit = DOTS_UNIT.stands_at(line, end) && (is_han(previous) || is_boundary(previous)) && !dated;
    (ranked || waits || unit).then(|| Candidate::new(at, end, Style::Dots))
}

/// 增长——%, 发放物资——件。, 2026年——月——日, 从——年到——年
fn dashes(line: &str, at: usize) -> Option<Candidate> {
    let (end, _) = run(line, at, |c| c == DASH);
    let previous = before(line, at);
    let measured = PERCENT.stands_at(line, end)
        || STRONG_MEASURE.stands_at(line, end)
        || measure(line, end).is_some_and(|word| after(line, end + word.len()).is_none_or(is_boundary));
    let dated = DATE_END.stands_at(line, end)
        && (previous.is_some_and(|c| c.is_ascii_digit())
            || DATE_END.ends_at(line, at)
            || dashes_for_dates(line, at) > 1);
    (previous.is_some_and(is_han) && measured || dated).then(|| Candidate::new(at, end, Style::Line))
}

/// How many dashes near byte `at` stand in place of the number of a year, month or day.
fn dashes_for_dates(line: &str, at: usize) -> usize {
    let near = around(line, at, at, NEAR);
    let is_date = |(i, _): &(usize, &str)| {
        let (end, _) = run(near, *i, |c| c == DASH);
        before(near, *i) != Some(DASH) && DATE_END.stands_at(near, end)
    };
    near.match_indices(DASH).filter(is_date).count()
}

fn residue(line: &str, at: usize) -> Candidate {
    let mut end = at;
    while let Some(word) = any_of(line, end, &["&times;", "times;"]) {
        end += word.len();
    }
    Candidate { form: Form::Residue, ..Candidate::new(at, end, Style::House) }
}

/// 待补, 此处省略
fn pending(line: &str, at: usize) -> Option<Candidate> {
    let word = PENDING.word_at(line, at)?;
    if NO_PENDING.ends_at(line, at) {
        return None;
    }
    let mut end = at + word.len();
    // 此处省略500字
    let (digits, count) = run(line, end, |c| c.is_ascii_digit() || numeral::is_chinese(c));
    if count > 0 && has(line, digits, CHARACTERS) {
        end = digits + CHARACTERS.len();
    }
    Some(Candidate::new(at, end, Style::Pending))
}

/// The candidates that begin in `from..to`, each by itself.
pub fn between(line: &str, place: &Place, from: usize, to: usize) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let bytes = line.as_bytes();
    let beginnings = &*BEGINNINGS;
    let mut at = from;
    while at < to {
        // Most ideographs are no beginning of anything.
        if let [a @ 0xE4..=0xE9, b, c, ..] = bytes[at..]
            && !beginnings.has([a, b, c])
        {
            at += 3;
            continue;
        }
        let Some(c) = after(line, at) else { break };
        let end = at + c.len_utf8();
        if let Some(end) = unread(line, at, c) {
            at = end.max(at + 1);
            continue;
        }
        let candidate = look(line, at, c, place);
        at = match candidate {
            Some(candidate) if found.last().is_none_or(|last| last.end <= candidate.start) => {
                let next = candidate.end.max(end);
                found.push(candidate);
                next
            }
            Some(candidate) => candidate.end.max(end),
            None => past(line, at, c).max(end),
        };
    }
    found
}
