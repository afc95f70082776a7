//! Where something is missing without a mark: a measure without its number, a title without its name, a gap.

use super::Style;
use super::candidate::{Candidate, Place};
use super::words::{Class, WORDS};
use crate::numeral;
use crate::text::chars::{after, any_of, before, has, is_boundary, is_han, is_space, skip_spaces};
use crate::text::position::floor;

/// 完成投资亿元: a measure that wants a number and has none.
pub(super) fn hole(line: &str, at: usize) -> Option<Candidate> {
    let word = WORDS.ahead(line, at, Class::Strong)?;
    let previous = before(line, at)?;
    let governs = WORDS.behind(line, at, Class::Governs)?;
    // 三成万元 has a number, 完成万元 none.
    let number = WORDS.behind(line, at, Class::Number).is_some_and(|number| number.len() >= governs.len());
    if !is_han(previous) || number || numeral::is_chinese(previous) {
        return None;
    }
    // 近万人次, 超亿元, 亿元以上项目: 万 is the number.
    let bound = has(line, at + word.len(), "以上") || has(line, at + word.len(), "以下");
    let round = word.starts_with(['万', '亿']) && ("近上过逾超破满".contains(previous) || bound);
    if round || has(line, at + word.len(), "级") {
        return None;
    }
    let end = at + word.len();
    Some(Candidate::hole(at, end))
}

/// 第届, 第位
pub(super) fn rank_hole(line: &str, at: usize) -> Option<Candidate> {
    let end = at + "第".len();
    let word = any_of(line, end, &["届", "位", "名", "批", "期"])?;
    let behind = before(line, at);
    let ordinary =
        matches!(behind, Some('等' | '次' | '及' | '门' | '落')) || has(line, end, "名次") || has(line, end, "位次");
    (!ordinary).then(|| Candidate::ghost(at, end + word.len()))
}

/// 今年月, 年月底: a month without its number.
pub(super) fn month_hole(line: &str, at: usize) -> Option<Candidate> {
    let end = at + "年月".len();
    let known = has(line, at, "年月")
        && (matches!(before(line, at), Some('今' | '去' | '明'))
            || before(line, at).is_some_and(|c| c.is_ascii_digit()))
        || any_of(line, at, &["年月底", "年月份"]).is_some();
    (known && !has(line, end, "日")).then(|| Candidate::ghost(at, end))
}

/// 年月日 with nothing before it, as a signature has it.
pub(super) fn bare_date(line: &str, at: usize) -> Option<Candidate> {
    let trimmed = line.trim_matches(is_space);
    if trimmed.len() > 80 {
        return None;
    }
    let start = line.len() - line.trim_start_matches(is_space).len();
    let bare: String = trimmed.chars().filter(|c| !is_space(*c) && !matches!(c, '—' | '-' | '（' | '）')).collect();
    (bare == "年月日" && line.find('年') == Some(at)).then(|| Candidate {
        composite: true,
        ..Candidate::new(start.max(at.saturating_sub(trimmed.len())), start + trimmed.len(), Style::Gap)
    })
}

/// ，同志传达了: a name taken out.
pub(super) fn comrade(line: &str, at: usize) -> Option<Candidate> {
    let end = at + "同志".len();
    let boundary = before(line, at).is_none_or(is_boundary) && !line[..at].ends_with("times;");
    let said = [0, 3]
        .iter()
        .any(|skip| WORDS.ahead(line, end + skip, Class::Saying).is_some_and(|w| w.len() > 3) && *skip == 0)
        || any_of(line, end, &["就", "作了"]).is_some();
    (has(line, at, "同志") && boundary && said && !has(line, end, "们")).then(|| Candidate::ghost(at, end))
}

/// The text around `at..end`, not far.
fn around(line: &str, at: usize, end: usize) -> &str {
    &line[floor(line, at.saturating_sub(NEAR))..floor(line, end + NEAR)]
}

/// How many bytes around a gap are looked at.
const NEAR: usize = 600;

/// A gap where a word is missing: 请假        名, 　年　月　日, 第  位
pub(super) fn gap(line: &str, at: usize, place: &Place) -> Option<Candidate> {
    let end = skip_spaces(line, at);
    if at <= place.start || end >= line.trim_end_matches(is_space).len() {
        return None;
    }
    let (previous, next) = (before(line, at)?, after(line, end)?);
    let left = is_han(previous)
        || previous.is_ascii_digit()
        || matches!(previous, '：' | ':' | '〔' | '（' | '〕' | '“' | '，' | '、' | '《');
    let width: usize = line[at..end].chars().map(|c| if c == '\u{3000}' { 2 } else { 1 }).sum();
    let wanted = WORDS.measure(line, end).is_some()
        || WORDS.ahead(line, end, Class::Percent).is_some()
        || WORDS.ahead(line, end, Class::Date).is_some()
        || previous == '第' && WORDS.ahead(line, end, Class::Rank).is_some();
    let named = WORDS.ahead(line, end, Class::Person).is_some() || WORDS.ahead(line, end, Class::Place).is_some();
    let right = is_han(next) || matches!(next, '。' | '，' | '；' | '、' | '）' | '〕' | '%' | '％' | '”' | '》');
    let digit_unit = previous.is_ascii_digit() && !(has(line, end, "年") && line[..at].ends_with("20"));
    // Columns: 张三      李四      王五
    let others =
        || line[end..].trim_end_matches(is_space).contains(is_space) || line[place.start..at].contains(is_space);
    let label = matches!(previous, '：' | ':') && is_han(next) && !named;
    // 一、   抓项目
    let head = line[place.start..at].trim_end_matches('、');
    if previous == '、' && head.chars().all(|c| numeral::is_chinese(c) || c.is_ascii_digit()) {
        return None;
    }
    if !wanted && (label || others() && !around(line, at, end).contains(is_boundary)) {
        return None;
    }
    let wide = width >= 3 || width >= 2 && line[at..end].contains('\u{3000}');
    (left && right && !digit_unit && (wanted || named && width >= 2 || wide))
        .then(|| Candidate::new(at, end, Style::Gap))
}
