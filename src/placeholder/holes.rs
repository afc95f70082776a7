//! Where something is missing without a mark: a measure without its number, a title without its name, a gap.

use super::Style;
use super::candidate::{Candidate, ORDINAL, Place};
use super::words::{governor, measure};
use crate::lexicon::dictionary;
use crate::lexicon::{
    ASKS, BARE_DATE, DATE, DATE_END, ENDS_IN_ORDINAL, HOLE_WORD, LABEL, LEADS, MONTH_HOLE, NAMELESS, NAMELESS_ACT,
    NUMBER_BOUND, NUMBER_END, PERCENT, PERSON, PLACE, RANK, RANK_HOLE, ROUND_BEFORE, SAYING, STRONG_MEASURE, SURNAME,
};
use crate::numeral;
use crate::text::chars::{after, before, is_boundary, is_cjk_mark, is_han, is_space, skip_spaces};
use crate::text::position::around;

/// 完成投资亿元: a measure that wants a number and has none.
pub(super) fn hole(line: &str, at: usize) -> Option<Candidate> {
    let word = STRONG_MEASURE.word_at(line, at)?;
    let previous = before(line, at)?;
    // 投入强度%，: a sign that is nothing without its number.
    let bare = matches!(word, "%" | "％") && after(line, at + word.len()).is_none_or(is_boundary);
    let governs = match governor(line, at) {
        None if bare => "",
        governs => governs?,
    };
    // 三成万元 has a number, 完成万元 none.
    let number = NUMBER_END.word_ending(line, at).is_some_and(|number| number.len() >= governs.len());
    if !is_han(previous) || number || numeral::is_chinese(previous) {
        return None;
    }
    // 近万人次, 超亿元, 亿元以上项目: 万 is the number.
    let end = at + word.len();
    // 亩产
    if dictionary::words_at(line, at).any(|(to, _)| to > end) {
        return None;
    }
    let large = numeral::is_chinese(after(line, at)?);
    let bound = NUMBER_BOUND.at(line, end).is_some_and(|(_, row)| large || !row.value.is_empty());
    (!(bound || large && ROUND_BEFORE.ends_at(line, at))).then(|| Candidate::hole(at, end))
}

/// 第届, 第位
pub(super) fn rank_hole(line: &str, at: usize) -> Option<Candidate> {
    let end = at + after(line, at).filter(|c| *c == ORDINAL)?.len_utf8();
    let word = RANK_HOLE.word_at(line, end)?;
    (!ENDS_IN_ORDINAL.ends_at(line, end)).then(|| Candidate::elided(at, end + word.len()))
}

/// 今年月, 年月底: a month without its number.
pub(super) fn month_hole(line: &str, at: usize) -> Option<Candidate> {
    MONTH_HOLE.word_at(line, at).map(|word| Candidate::elided(at, at + word.len()))
}

/// 连续个季度
pub(super) fn hole_word(line: &str, at: usize) -> Option<Candidate> {
    HOLE_WORD.word_at(line, at).map(|word| Candidate::elided(at, at + word.len()))
}

/// 年月日 with nothing before it, as a signature has it.
pub(super) fn bare_date(line: &str, at: usize) -> Option<Candidate> {
    let head = &line[..at];
    if line.len() - at > 80 || head.len() > 80 || !is_signature(head) {
        return None;
    }
    let trimmed = line.trim_matches(is_space);
    let start = line.len() - line.trim_start_matches(is_space).len();
    let bare: String = trimmed.chars().filter(|c| !is_sign(*c)).collect();
    BARE_DATE.contains(&bare).then(|| Candidate {
        composite: true,
        ..Candidate::new(start.max(at.saturating_sub(trimmed.len())), start + trimmed.len(), Style::House)
    })
}

fn is_sign(c: char) -> bool {
    is_space(c) || matches!(c, '—' | '-' | '（' | '）')
}

fn is_signature(head: &str) -> bool {
    head.chars().all(is_sign)
}

/// ，同志传达了: a name taken out.
pub(super) fn comrade(line: &str, at: usize) -> Option<Candidate> {
    let end = at + NAMELESS.word_at(line, at)?.len();
    // 【姓名】同志: what stands in brackets stands there.
    let begins = |c: char| is_boundary(c) && !matches!(c, '】' | '］' | ']' | '〕' | '〉');
    let boundary = before(line, at).is_none_or(begins) && !line[..at].ends_with("times;");
    let said = SAYING.word_at(line, end).is_some_and(|word| word.len() > 3) || NAMELESS_ACT.stands_at(line, end);
    (boundary && said).then(|| Candidate::elided(at, end))
}

/// How many bytes around a gap are looked at.
const NEAR: usize = 600;

/// 县长　　张伟, 请县　长 张　伟同志讲话, 汇报人：　　张伟: a name behind a title, though its surname may be a measure
/// as well.
fn is_before_a_name(line: &str, at: usize, end: usize) -> bool {
    let ends = |at: usize| {
        let next = after(line, at);
        next.is_none_or(|c| is_space(c) || is_boundary(c) || is_cjk_mark(c))
            || PERSON.stands_at(line, at)
            || SAYING.stands_at(line, at)
    };
    let Some(first) = after(line, end).filter(|c| is_han(*c)) else { return false };
    if !is_title(line, at) {
        return LEADS.ends_at(line, at) && is_apart(line, end);
    }
    let surname = SURNAME.word_at(line, end);
    let family = end + surname.map_or(first.len_utf8(), str::len);
    let mut to = skip_spaces(line, family);
    let given = after(line, to).filter(|c| is_han(*c)).map_or(0, char::len_utf8);
    // 米　强: nobody parts a measure from what it measures.
    if to > family {
        return surname.is_some() || given > 0 && ends(to + given);
    }
    for _ in 0..2 {
        let Some(given) = after(line, to).filter(|c| is_han(*c) && surname.is_some()) else { return false };
        to += given.len_utf8();
        if ends(to) {
            return true;
        }
    }
    false
}

/// 会议由 张三 主持: a name between blanks, as it stands where a blank has been filled in.
fn is_apart(line: &str, at: usize) -> bool {
    let Some(surname) =
        SURNAME.word_at(line, at).filter(|name| measure(line, at).is_none_or(|word| word.len() <= name.len()))
    else {
        return false;
    };
    let rest = &line[at + surname.len()..];
    let given = rest.chars().take_while(|c| is_han(*c)).count();
    (1..=2).contains(&given) && rest.chars().nth(given).is_some_and(is_space)
}

/// True where a title ends, its characters parted or not, or the label of a person: 县　长, 汇报人：
fn is_title(line: &str, at: usize) -> bool {
    let head = line[..at].trim_end_matches(['：', ':']);
    if PERSON.ends_at(line, head.len()) || head.ends_with('人') {
        return true;
    }
    let mut parts = head.rsplit(is_space).filter(|part| !part.is_empty());
    let (Some(last), Some(first)) = (parts.next(), parts.next()) else { return false };
    let first = first.trim_start_matches(|c| !is_han(c));
    last.chars().count() == 1 && first.chars().count() <= 2 && PERSON.contains(&format!("{first}{last}"))
}

/// 联系人：万晓明   电话：: the next field begins.
fn is_label(line: &str, at: usize) -> bool {
    let end = line[at..].char_indices().take(LABEL_CHARS).find(|(_, c)| !is_han(*c));
    end.is_some_and(|(_, c)| matches!(c, '：' | ':'))
}

/// So many characters has a label at most.
const LABEL_CHARS: usize = 7;

/// The border of a cell, the space behind a colon, or between characters that are set apart: 批 复 如 下
fn is_typography(line: &str, at: usize, end: usize) -> bool {
    let gap = &line[at..end];
    let single = end - at == 1;
    let behind_colon = matches!(before(line, at), Some('：' | ':'));
    let next = after(line, end).filter(|c| is_han(*c)).map_or(0, char::len_utf8);
    let alone = next > 0 && after(line, end + next).is_some_and(is_space);
    gap.contains('\t') || single && (behind_colon || alone && !DATE.stands_at(line, end))
}

/// 马　敏　　教授: a whole name stands in front, at the head of the line.
fn is_behind_a_name(line: &str, start: usize, at: usize) -> bool {
    let mut parts = line[start..at].split(is_space).filter(|part| !part.is_empty());
    let (Some(first), second, None) = (parts.next(), parts.next(), parts.next()) else { return false };
    let Some(surname) = SURNAME.word_at(first, 0) else { return false };
    let given = first[surname.len()..].chars().chain(second.unwrap_or("").chars());
    (1..=2).contains(&given.clone().count()) && given.clone().all(is_han) && !PERSON.ends_at(line, at)
}

/// 第二十五条 场内……, 〔8〕 日本……: the mark of an item stands in front, and nothing else.
fn is_behind_item(head: &str) -> bool {
    const LONGEST: usize = 30;
    let numeral = |text: &str| !text.is_empty() && text.chars().all(|c| numeral::is_chinese(c) || c.is_ascii_digit());
    let pairs = [('〔', '〕'), ('（', '）'), ('［', '］')];
    let inner = |(open, shut): (char, char)| head.strip_prefix(open)?.strip_suffix(shut);
    head.len() <= LONGEST
        && (pairs.into_iter().filter_map(inner).any(numeral)
            || head.strip_prefix(ORDINAL).is_some_and(|rest| {
                let unit = rest.chars().next_back().map_or(0, char::len_utf8);
                numeral(&rest[..rest.len() - unit])
            }))
}

/// One space, and behind it no measure but a longer word that begins like one: 场内.
fn is_longer_word(line: &str, at: usize, end: usize) -> bool {
    // 周年 and 亿元 are nothing but measures.
    let Some(unit) = measure(line, end).filter(|word| word.chars().count() == 1) else { return false };
    line[at..end].chars().count() == 1 && dictionary::words_at(line, end).any(|(to, _)| to > end + unit.len())
}

/// A gap where a word is missing: 请假        名, 　年　月　日, 第  位
pub(super) fn gap(line: &str, at: usize, place: &Place) -> Option<Candidate> {
    let end = skip_spaces(line, at);
    if at <= place.start {
        return None;
    }
    let previous = before(line, at)?;
    let Some(next) = after(line, end) else { return trailing(line, at, end) };
    if is_typography(line, at, end)
        || is_behind_a_name(line, place.start, at)
        || is_behind_item(&line[place.start..at])
        || is_longer_word(line, at, end)
    {
        return None;
    }
    let left = is_han(previous)
        || previous.is_ascii_digit()
        || matches!(previous, '：' | ':' | '〔' | '（' | '〕' | '“' | '，' | '、' | '《')
        || matches!(previous, '—' | '-' | '～' | '至') && DATE.stands_at(line, end)
        || matches!(previous, '￥' | '¥');
    let width: usize = line[at..end].chars().map(|c| if c == '\u{3000}' { 2 } else { 1 }).sum();
    let wanted = measure(line, end).is_some()
        || PERCENT.stands_at(line, end)
        || DATE.stands_at(line, end)
        || previous == ORDINAL && RANK.stands_at(line, end);
    let named = PERSON.stands_at(line, end) || PLACE.stands_at(line, end);
    let right = is_han(next) || matches!(next, '。' | '，' | '；' | '、' | '）' | '〕' | '%' | '％' | '”' | '》');
    let digit_unit = previous.is_ascii_digit() && !(DATE_END.stands_at(line, end) && line[..at].ends_with("20"));
    // Columns: 张三      李四      王五
    let others = || {
        line[end..].find(is_space).is_some_and(|gap| skip_spaces(line, end + gap) < line.len())
            || line[place.start..at].contains(is_space)
    };
    let label = matches!(previous, '：' | ':') && is_han(next) && !named;
    if is_before_a_name(line, at, end) || !matches!(previous, '：' | ':') && is_label(line, end) {
        return None;
    }
    // 一、   抓项目
    let head = line[place.start..at].trim_end_matches('、');
    if previous == '、' && head.chars().all(|c| numeral::is_chinese(c) || c.is_ascii_digit()) {
        return None;
    }
    if !wanted && (label || others() && !around(line, at, end, NEAR).contains(is_boundary)) {
        return None;
    }
    let wide = width >= 3 || width >= 2 && line[at..end].contains('\u{3000}');
    (left && right && !digit_unit && (wanted || named && width >= 2 || wide))
        .then(|| Candidate::new(at, end, Style::Gap))
}

/// 讲话人：　　　　: the place to write is at the end of the line, behind a label.
fn trailing(line: &str, at: usize, end: usize) -> Option<Candidate> {
    const WIDE: usize = 4;
    let width: usize = line[at..end].chars().map(|c| if c == '\u{3000}' { 2 } else { 1 }).sum();
    let label = line[..at].strip_suffix(['：', ':'])?;
    let is_label = LABEL.ends_at(line, label.len()) || ASKS.ends_at(line, label.len()) || is_title(line, at);
    (width >= WIDE && is_label).then(|| Candidate::new(at, end, Style::Gap))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_no_blank_behind_the_mark_of_an_item() {
        let place = Place::default();
        let is_gap = |line: &str| line.find(' ').is_some_and(|at| gap(line, at, &place).is_some());
        for right in ["第二十五条 场内经营者守信", "〔8〕 日本占领区", "（三） 人人参与", "各县 场内经营者"]
        {
            assert!(!is_gap(right), "{right}");
        }
        for blank in ["出席 场活动", "第 届大会", "发展 个合作社"] {
            assert!(is_gap(blank), "{blank}");
        }
    }

    #[test]
    fn a_name_is_missing_only_where_nothing_stands_for_it() {
        let is_missing = |line: &str| line.find("同志").is_some_and(|at| comrade(line, at).is_some());
        assert!(is_missing("刚才，同志传达了会议精神"));
        assert!(!is_missing("刚才，【县长姓名】同志传达了会议精神"));
        assert!(!is_missing("刚才，张三同志传达了会议精神"));
    }
}
