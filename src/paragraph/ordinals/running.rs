//! Ordinals inside sentences: 第一， 第一个方面： 一是 一要 首先 其一 一方面 一来

use crate::lexicon::{AGENDA, COMING, COUNTED, NTH_NAME, NTH_NOUN, ORDER_WORD, SIDE};
use crate::numeral;
use crate::paragraph::marker::{Deviation, Doubt, Family, LAST, Marker, Word};
use crate::text::chars::{after, any_of, digit, has, is_han, is_space, simplified, skip_one_space, skip_spaces};

/// True when the numeral at byte `at` goes on with an enumeration or an approximation that `value`
/// began: 一、二、三产业 · 一、二线城市 · 三、四点意见 · 十一、十二月份. A heading may begin with a numeral, too
/// (一、二十大精神 · 二、三农工作): only the list can tell.
pub fn counts_on(line: &str, at: usize, value: u32) -> bool {
    let at = skip_spaces(line, at);
    let Some(rest) = line.get(at..) else {
        return false;
    };
    let Some((next, len)) = numeral::read_chinese(rest) else {
        return false;
    };
    if matches!(after(line, at + len), Some('、' | '，' | ',' | '。' | '；')) {
        return true;
    }
    // 三、五年内
    next == value + 1 || value == 3 && next == 5
}

/// 第一， 第一是 第一个方面：
pub fn nth(line: &str, at: usize) -> Option<Marker> {
    let number_at = skip_one_space(line, at + 3);
    let rest = line.get(number_at..)?;
    let (value, len) = numeral::read_chinese(rest).or_else(|| numeral::read_arabic(rest))?;
    let number = (number_at, number_at + len);
    let end = number_at + len;
    let next = after(line, end)?;
    let made = |family, end| Marker::of(family, value, (at, end), number);
    match next {
        // 第一，第二，第三产业
        '，' | ',' | '：' | ':' if !begins_nth(line, end + next.len_utf8()) => {
            Some(made(Family::Nth, end + next.len_utf8()))
        }
        // 第一、第二批 · 第一、二、三产业
        '、' if !after(line, end + 3).is_some_and(|c| numeral::is_chinese(c) || c == '第' || digit(c).is_some()) => {
            let mut found = made(Family::Nth, end + 3);
            found.deviation = Some(Deviation::CommaWanted);
            Some(found)
        }
        // 第一要务
        '是' | '要' if NTH_NAME.length_at(line, end).is_none() => Some(made(Family::NthVerb(next), end + 3)),
        '个' if any_of(line, end + 3, &["是", "要"]).is_some() => {
            Some(made(Family::NthVerb(simplified(after(line, end + 3)?)), end + 6))
        }
        // 第 2 页, 第 3 季度
        c if is_space(c)
            && after(line, skip_spaces(line, end)).is_some_and(|c| is_han(c) && !COUNTED.has(c))
            && NTH_NAME.length_at(line, skip_spaces(line, end)).is_none() =>
        {
            let mut found = made(Family::Nth, skip_spaces(line, end));
            found.deviation = Some(Deviation::CommaWanted);
            found.doubt = Some(Doubt::Spaced);
            Some(found)
        }
        _ => {
            if NTH_NAME.length_at(line, end).is_some() {
                return None;
            }
            let usual = NTH_NOUN.length_at(line, end);
            let len = usual.or_else(|| after(line, end).filter(|c| is_han(*c)).map(char::len_utf8))?;
            // At most three more characters: 第一个关键词： 第一张网， 第一个特点是
            let tail = line.get(end + len..)?;
            let Some((mark_at, mark)) = tail.char_indices().take(5).find(|(_, c)| !is_han(*c) || *c == '是') else {
                return bare_noun(made, line, end, usual?);
            };
            // The bracket is no part of the marker: 第一阶段（三月）.
            let mark_len = match mark {
                '：' | ':' | '，' | ',' | '是' => mark.len_utf8(),
                '（' | '(' if usual.is_some() => 0,
                _ => return bare_noun(made, line, end, usual?),
            };
            if mark_at > 3 && usual.is_some_and(|len| len > 3) {
                return bare_noun(made, line, end, len);
            }
            let noun_end = end + len + mark_at;
            // 第一项议程 and 第二项 are of one list.
            let kind =
                if AGENDA.length_at(line, end + len).is_some() { &line[end..end + len] } else { &line[end..noun_end] };
            let mut found = made(Family::NthNoun(Word::new(kind)), noun_end + mark_len);
            found.doubt = usual.is_none().then_some(Doubt::Noun);
            Some(found)
        }
    }
}

/// 第一方面说说形势: the text goes on behind the noun, without a mark.
fn bare_noun(made: impl Fn(Family, usize) -> Marker, line: &str, end: usize, len: usize) -> Option<Marker> {
    let noun = line.get(end..end + len)?;
    let mut found = made(Family::NthNoun(Word::new(noun)), end + len);
    found.doubt = Some(Doubt::Tail);
    (noun.chars().count() > 1).then_some(found)
}

/// 第二， again, as in 第一，第二，第三产业.
fn begins_nth(line: &str, at: usize) -> bool {
    has(line, at, "第")
        && line
            .get(at + 3..)
            .and_then(numeral::read_chinese)
            .is_some_and(|(_, len)| matches!(after(line, at + 3 + len), Some('，' | ',' | '、')))
}

/// 其一，
pub fn of_them(line: &str, at: usize) -> Option<Marker> {
    if !has(line, at, "其") {
        return None;
    }
    let (value, len) = numeral::read_chinese(line.get(at + 3..)?)?;
    let end = at + 3 + len;
    let mark = after(line, end).filter(|c| matches!(c, '，' | ',' | '、' | '：' | ':' | '是'))?;
    let mark_len = if mark == '是' { 0 } else { mark.len_utf8() };
    Some(Marker::of(Family::OfThem, value, (at, end + mark_len), (at + 3, end)))
}

/// 首先， 其次， 再次， 最后，
pub fn first(line: &str, at: usize) -> Option<Marker> {
    let (word, row) = ORDER_WORD.at(line, at)?;
    let value: u32 = row.value.trim_end_matches('~').parse().ok()?;
    let end = word.end as usize;
    let next = after(line, end)?;
    let mark = matches!(next, '，' | ',' | '、' | '：' | ':');
    // 再次强调, 其次数, 最后一公里: adverbs and parts of words. 首先 alone may lead into a clause.
    if !mark && next != '是' && !(value == 1 && is_han(next)) {
        return None;
    }
    let mut found = Marker::of(Family::First, value, (at, end + if mark { next.len_utf8() } else { 0 }), (at, end));
    if next == '、' {
        found.deviation = Some(Deviation::CommaWanted);
    }
    found.doubt = match value {
        _ if !mark && next != '是' => Some(Doubt::Bare),
        LAST => Some(Doubt::Last),
        _ => None,
    };
    Some(found)
}

/// 一方面 另一方面
pub fn side(line: &str, at: usize) -> Option<Marker> {
    let (word, row) = SIDE.at(line, at)?;
    let range = (at, word.end as usize);
    Some(Marker::of(Family::Side, row.value.parse().ok()?, range, range))
}

/// 一是 二要 三问 …, 一方面, 一来, and 一、 inside a paragraph.
pub fn numbered_verb(line: &str, at: usize, at_start: bool) -> Option<Marker> {
    let (value, len) = numeral::read_chinese(line.get(at..)?)?;
    let number = (at, at + len);
    let end = at + len;
    let verb = after(line, end)?;
    let verb_end = end + verb.len_utf8();
    let next = after(line, verb_end);
    let made = |family, end| Marker::of(family, value, (at, end), number);
    match verb {
        '、' if !at_start => {
            let mut found = made(Family::Chinese, verb_end);
            found.doubt = counts_on(line, verb_end, value).then_some(Doubt::Enumeration);
            Some(found)
        }
        c if value <= 5 && COMING.has(c) => {
            let comma = next.filter(|c| matches!(c, '，' | ','));
            // 一来二去, 一则消息
            (next.is_some_and(|c| !numeral::is_chinese(c)) && COMING.stands_at(line, end))
                .then(|| made(Family::Comes(simplified(verb)), verb_end + comma.map_or(0, char::len_utf8)))
        }
        '是' => {
            // 一是一、二是二 · 丁是丁，一是一”
            if let Some((again, again_len)) = line.get(verb_end..).and_then(numeral::read_chinese)
                && again == value
                && after(line, verb_end + again_len).is_none_or(|c| !is_han(c))
            {
                return None;
            }
            Some(made(Family::Verb('是'), take_comma(line, verb_end)))
        }
        '要' => Some(made(Family::Verb('要'), take_comma(line, verb_end))),
        c if is_han(c) && !COUNTED.has(c) => Some(made(Family::Verb(simplified(c)), verb_end)),
        _ => None,
    }
}

/// 一是， 一是：: the point belongs to the marker.
fn take_comma(line: &str, at: usize) -> usize {
    after(line, at).filter(|c| matches!(c, '，' | ',' | '：' | ':' | '、')).map_or(at, |c| at + c.len_utf8())
}
