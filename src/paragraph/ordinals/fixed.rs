//! Ordinals that stand at the start of a paragraph only, or mostly: 一、 （一） 1. ① 第一章 问题一：

use super::LONG_TITLE;
use super::running::{counts_on, nth};
use crate::lexicon::{AMOUNT, ARTICLE_UNIT, CHAPTER_UNIT, LEADING, ORDINAL_LABEL, REFERS, ROOM};
use crate::numeral::{self, Formal, OnePiece};
use crate::paragraph::marker::{Case, Deviation, Doubt, Family, Marker, Word};
use crate::text::chars::{after, digit, has, is_clause_end, is_han, is_space, simplified, skip_one_space, skip_spaces};

/// 一、 and its misspellings.
pub fn chinese(line: &str, at: usize) -> Option<Marker> {
    let rest = line.get(at..)?;
    let c = rest.chars().next()?;
    let (value, len, lookalike) = match numeral::read_chinese(rest) {
        Some((value, len)) => (value, len, None),
        None => {
            let (value, certain) = numeral::lookalike(c)?;
            (value, c.len_utf8(), Some(certain))
        }
    };
    let number = (at, at + len);
    let mark_at = skip_one_space(line, at + len);
    let mark = after(line, mark_at)?;
    let end = mark_at + mark.len_utf8();
    let deviation = match mark {
        '、' => None,
        '.' | '．' | '，' | ',' | '：' | ':' | '。' | '､' if lookalike.is_none() => Some(Deviation::ChineseMark),
        _ => return None,
    };
    let mut found = Marker::of(Family::Chinese, value, (at, end), number);
    found.deviation = deviation;
    if lookalike.is_some() {
        found.deviation = Some(Deviation::Lookalike);
        found.doubt = (lookalike == Some(false)).then_some(Doubt::Lookalike);
    }
    // 一、、 and 一、一、
    if mark == '、' && has(line, end, "、") {
        found.range.end = (end + 3) as u32;
        found.deviation = Some(Deviation::Doubled);
    } else if mark == '、' && line.get(end..).is_some_and(|r| r.starts_with(&line[at..end])) {
        found.range.end = (end + (end - at)) as u32;
        found.deviation = Some(Deviation::Doubled);
    }
    if counts_on(line, found.range.end as usize, value) {
        found.doubt = Some(Doubt::Enumeration);
    }
    if deviation == Some(Deviation::ChineseMark) {
        found.doubt.get_or_insert(Doubt::Mark);
    }
    // Other points are common behind a number: only beside its neighbours such a marker is certain.
    if deviation.is_some() && !after(line, skip_spaces(line, end)).is_some_and(is_han) {
        return None;
    }
    Some(found)
}

/// 壹、 and 甲、
pub fn formal(line: &str, at: usize, c: char) -> Option<Marker> {
    let (value, kind) = numeral::formal(c)?;
    let end = at + c.len_utf8();
    if !has(line, end, "、") || after(line, end + 3).and_then(numeral::formal).is_some() {
        return None;
    }
    let family = if kind == Formal::Ledger { Family::Ledger } else { Family::Stem };
    Some(Marker::of(family, value, (at, end + 3), (at, end)))
}

/// Ⅰ. Ⅱ、, not Ⅱ类
pub fn roman(line: &str, at: usize) -> Option<Marker> {
    let c = after(line, at)?;
    let end = at + c.len_utf8();
    let mark = after(line, end).filter(|c| matches!(c, '.' | '．' | '、'))?;
    let value = c as u32 - 'Ⅰ' as u32 + 1;
    Some(Marker::of(Family::Roman, value, (at, end + mark.len_utf8()), (at, end)))
}

/// A. a) A、, not A类, A、B两类, A.P.
pub fn letter(line: &str, at: usize, at_start: bool) -> Option<Marker> {
    let c = after(line, at).filter(char::is_ascii_alphabetic)?;
    let mark = after(line, at + 1)?;
    if !(matches!(mark, '.' | '．' | '）' | ')') || mark == '、' && at_start) {
        return None;
    }
    let end = at + 1 + mark.len_utf8();
    if !after(line, skip_spaces(line, end)).is_some_and(|c| is_han(c) || matches!(c, '“' | '《' | '「')) {
        return None;
    }
    let (case, first) = if c.is_ascii_uppercase() { (Case::Upper, 'A') } else { (Case::Lower, 'a') };
    Some(Marker::of(Family::Letter(case), c as u32 - first as u32 + 1, (at, end), (at, at + 1)))
}

/// 下面进行第二项议程， 会议第一项议程是: the words before the ordinal only lead to it.
pub fn agenda(line: &str, at: usize) -> Option<Marker> {
    let mut number_at = at;
    while let Some(len) = LEADING.length_at(line, number_at).or_else(|| has(line, number_at, " ").then_some(1)) {
        number_at += len;
    }
    if number_at == at || !has(line, number_at, "第") {
        return None;
    }
    nth(line, number_at).filter(|m| m.family == Family::NthNoun(Word::new("项")))
}

/// 第一章
pub fn chapter(line: &str, at: usize) -> Option<Marker> {
    let number_at = skip_one_space(line, at + 3);
    let rest = line.get(number_at..)?;
    let (value, len) = numeral::read_chinese(rest).or_else(|| numeral::read_arabic(rest))?;
    // 第一条　为了……
    if let Some(unit) = ARTICLE_UNIT.length_at(line, number_at + len) {
        let end = number_at + len + unit;
        let mut found = Marker::of(Family::Article, value, (at, end), (number_at, number_at + len));
        let next = after(line, end)?;
        // 第三条规定，……; 第三条第二款 speaks of one.
        if is_han(next) && REFERS.length_at(line, end).is_none() && !matches!(next, '的' | '第' | '和' | '与' | '至')
        {
            found.doubt = Some(Doubt::Unpointed);
        }
        return (is_space(next) || found.doubt.is_some()).then_some(found);
    }
    let unit = line.get(number_at + len..number_at + len + CHAPTER_UNIT.length_at(line, number_at + len)?)?;
    let end = number_at + len + unit.len();
    let next = after(line, end);
    // 第五章法律责任 is a heading, 第一部分，…… an item in a sentence.
    let joined = next.is_some_and(|c| is_han(c) && !matches!(c, '的' | '第' | '和' | '与' | '至'))
        && unit.starts_with(['章', '编', '节'])
        && REFERS.length_at(line, end).is_none()
        && is_title(&line[end..]);
    if !joined && !next.is_none_or(|c| is_space(c) || matches!(c, '、' | '：' | ':')) {
        return None;
    }
    let mark = next.filter(|c| !is_space(*c) && !joined).map_or(0, char::len_utf8);
    let unit = unit.chars().next().map(simplified)?;
    let mut found = Marker::of(Family::Chapter(unit), value, (at, end + mark), (number_at, number_at + len));
    found.doubt = joined.then_some(Doubt::Unpointed);
    Some(found)
}

/// Short, and without a mark in it.
fn is_title(text: &str) -> bool {
    const LONGEST: usize = 20;
    let text = text.trim_end_matches(is_space);
    text.len() <= LONGEST * 3 && text.chars().all(is_han)
}

/// （一） （1） and their half-width forms.
pub fn parenthesised(line: &str, at: usize) -> Option<Marker> {
    let open = after(line, at)?;
    let number_at = skip_one_space(line, at + open.len_utf8());
    let rest = line.get(number_at..)?;
    let (family, value, len) = match numeral::read_chinese(rest) {
        Some((value, len)) => (Family::ChineseParen, value, len),
        None => {
            let (value, len) = numeral::read_arabic(rest)?;
            (Family::ArabicParen, value, len)
        }
    };
    let close_at = skip_one_space(line, number_at + len);
    let close = after(line, close_at).filter(|c| matches!(c, '）' | ')'))?;
    let end = close_at + close.len_utf8();
    // （1）班, （2）号楼
    let noun = ROOM.length_at(line, end);
    let counted = noun
        .is_some_and(|len| after(line, end + len).is_none_or(|c| !is_han(c) || matches!(c, '和' | '的' | '与' | '学')));
    if family == Family::ArabicParen && counted {
        return None;
    }
    let mut found = Marker::of(family, value, (at, end), (number_at, number_at + len));
    if open == '(' || close == ')' {
        // A half-width pair is a way of writing 1); for Chinese numerals it is a slip.
        if family == Family::ChineseParen || (open == '(') != (close == ')') {
            found.deviation = Some(Deviation::HalfBrackets);
        }
    }
    if refers(line, end) {
        found.doubt = Some(Doubt::Reference);
    }
    mark_behind(line, &mut found);
    Some(found)
}

/// True when what follows a number in brackets makes it a reference: （一）（二）项, （一）至（三）, （二）项规定.
pub fn refers(line: &str, at: usize) -> bool {
    let mut at = at;
    if let Some(mark) = after(line, at).filter(|c| matches!(c, '、' | '至' | '到' | '和' | '与' | '或')) {
        at += mark.len_utf8();
    }
    let bracket = after(line, at).filter(|c| matches!(c, '（' | '('));
    let numbered = bracket.is_some_and(|open| {
        let number_at = at + open.len_utf8();
        line.get(number_at..)
            .and_then(|rest| numeral::read_chinese(rest).or_else(|| numeral::read_arabic(rest)))
            .is_some_and(|(_, len)| matches!(after(line, number_at + len), Some('）' | ')')))
    });
    numbered || has(line, at, "项") && REFERS.length_at(line, at + 3).is_some()
}

/// 一）: the opening bracket is missing; certain only beside （一）.
pub fn half_bracket(line: &str, at: usize) -> Option<Marker> {
    let (value, len) = numeral::read_chinese(line.get(at..)?)?;
    let end = at + len;
    let close = after(line, end).filter(|c| matches!(c, '）' | ')'))?;
    let mut found = Marker::of(Family::ChineseParen, value, (at, end + close.len_utf8()), (at, end));
    found.deviation = Some(Deviation::HalfBrackets);
    found.doubt = Some(Doubt::Half);
    Some(found)
}

/// （一）、 ①、: takes the point behind brackets into the marker.
pub fn mark_behind(line: &str, found: &mut Marker) {
    let end = found.range.end as usize;
    if let Some(mark) = after(line, end).filter(|c| matches!(c, '、' | '.' | '．' | '，' | ','))
        && after(line, end + mark.len_utf8()).is_none_or(|c| digit(c).is_none())
    {
        found.range.end = (end + mark.len_utf8()) as u32;
        found.deviation = Some(Deviation::MarkBehind);
    }
}

pub fn one_piece(line: &str, at: usize, c: char) -> Option<Marker> {
    let end = at + c.len_utf8();
    let (family, value) = match numeral::one_piece(c)? {
        OnePiece::Circled(n) => (Family::Circled, n),
        OnePiece::ArabicParen(n) => (Family::ArabicParen, n),
        OnePiece::ArabicDot(n) => (Family::Arabic, n),
        OnePiece::ChineseParen(n) => (Family::ChineseParen, n),
    };
    let mut found = Marker::of(family, value, (at, end), (at, end));
    mark_behind(line, &mut found);
    Some(found)
}

/// 1. 1、 1）
pub fn arabic(line: &str, at: usize, at_start: bool) -> Option<Marker> {
    let (value, len) = numeral::read_arabic(line.get(at..)?)?;
    let number = (at, at + len);
    let mark_at = skip_one_space(line, at + len);
    let mark = after(line, mark_at)?;
    let end = mark_at + mark.len_utf8();
    let (family, deviation) = match mark {
        '.' | '．' => (Family::Arabic, None),
        '、' => (Family::Arabic, Some(Deviation::ArabicEnumeration)),
        '。' | ',' | '，' if at_start => (Family::Arabic, Some(Deviation::ArabicMark)),
        '）' | ')' => (Family::ArabicParen, None),
        _ => return unpointed(line, number, value).filter(|_| at_start),
    };
    let next = after(line, end)?;
    let mut found = Marker::of(family, value, (at, end), number);
    found.deviation = deviation;
    // 1.txt, but 2.C919
    if next.is_ascii_alphabetic() && mark == '.' && !after(line, end + 1).is_some_and(is_han) {
        if !at_start || !next.is_ascii_uppercase() {
            return None;
        }
        found.doubt = Some(Doubt::Quantity);
    }
    // 1.5亿元 · 1、2月份 · 3.15晚会 · 5. 1, but 1.2024年, 2.C919, 2. 15分钟: sure only beside its neighbours.
    if digit(after(line, skip_spaces(line, end))?).is_some() && !matches!(mark, '）' | ')') {
        if !at_start {
            return None;
        }
        let digits = line[skip_spaces(line, end)..].bytes().take_while(u8::is_ascii_digit).count();
        let year = digits == 4 && has(line, skip_spaces(line, end) + digits, "年");
        found.doubt = (!year).then_some(Doubt::Quantity);
    }
    Some(found)
}

/// 1 总则: a line of its own, with a space for the point.
pub fn unpointed(line: &str, number: (usize, usize), value: u32) -> Option<Marker> {
    let title = skip_spaces(line, number.1);
    let heading = title > number.1
        && after(line, title).is_some_and(|c| is_han(c) && numeral::chinese_digit(c).is_none())
        && AMOUNT.length_at(line, title).is_none()
        && line.get(title..)?.chars().take(LONG_TITLE + 1).count() <= LONG_TITLE
        && line[title..].chars().all(|c| !is_clause_end(c) && c != '，' && !is_space(c));
    heading.then(|| {
        let mut found = Marker::of(Family::Arabic, value, (number.0, title), number);
        found.doubt = Some(Doubt::Unpointed);
        found
    })
}

/// 1.1 or 2.1.3 at the start of a paragraph.
pub fn decimal(line: &str, at: usize) -> Option<Marker> {
    let mut path: Vec<u8> = Vec::with_capacity(4);
    let mut number = (at, at);
    let mut end = at;
    loop {
        let (value, len) = numeral::read_arabic(line.get(end..)?)?;
        path.push(u8::try_from(value).ok()?);
        number = (end.max(number.0), end + len);
        end += len;
        let mark = after(line, end).filter(|c| matches!(c, '.' | '．'));
        let goes_on = mark.filter(|mark| after(line, end + mark.len_utf8()).is_some_and(|c| digit(c).is_some()));
        match goes_on {
            Some(mark) if path.len() < 4 => end += mark.len_utf8(),
            Some(_) => return None,
            // 1.1. 总则, 1.1、总则
            None => {
                end += after(line, end).filter(|c| matches!(c, '.' | '．' | '、')).map_or(0, char::len_utf8);
                break;
            }
        }
    }
    let value = u32::from(path.pop()?);
    if path.is_empty() {
        return None;
    }
    let mut prefix = [0; 3];
    prefix[..path.len()].copy_from_slice(&path);
    let next = after(line, skip_spaces(line, end));
    let mut found = Marker::of(Family::Decimal(prefix), value, (at, end), number);
    let attached = end == skip_spaces(line, end);
    let sentence = line.trim_end_matches(is_space).ends_with(['。', '！', '？', '；', '，', '：']);
    if attached && (sentence || next.is_some_and(|c| !is_han(c)) || AMOUNT.length_at(line, end).is_some()) {
        found.doubt = Some(Doubt::Measure);
    }
    Some(found)
}

/// 问题一： 附件2：
pub fn label(line: &str, at: usize) -> Option<Marker> {
    let word = line.get(at..at + ORDINAL_LABEL.length_at(line, at)?)?;
    let number_at = skip_one_space(line, at + word.len());
    let rest = line.get(number_at..)?;
    let (value, len) = numeral::read_chinese(rest).or_else(|| numeral::read_arabic(rest))?;
    let end = number_at + len;
    let mark = after(line, end).filter(|c| matches!(c, '：' | ':' | '、' | '.' | '．'))?;
    let mut found = Marker::of(Family::Label(Word::new(word)), value, (at, end + mark.len_utf8()), (number_at, end));
    found.deviation = None;
    Some(found)
}
