//! Several runs of marks that are one blank: X月X日, XX:XX, X-X亿元, 〔20XX〕X号, 2026年 月 日.

use super::candidate::{Candidate, is_mark, run, style_of};
use super::words::measure;
use super::{Category, Style};
use crate::lexicon::{
    DATE, DATE_END, DATE_JOINT, DATE_TAIL, DOCUMENT_SIGN, NO_DATE, PERCENT, PERSON, PLACE, SESSION_END, SPAN_JOINT,
};
use crate::numeral;
use crate::text::chars::{after, any_of, before, has, is_han, is_space, skip_spaces};

/// The number that the marks `at..end` are part of: 20XX, 138XXXX1234, X.X, X-X, 9:XX, 20XX-XX-XX.
pub fn number_around(line: &str, at: usize, end: usize, style: Style) -> (usize, usize) {
    if matches!(style, Style::Some | Style::Dots) {
        return (at, end);
    }
    let is = |c: char| style_of(c) == Some(style);
    let mut start = at;
    let digits = |c: char| c.is_ascii_digit();
    let head = &line[..at];
    let stem = head.trim_end_matches(digits);
    if stem.len() < head.len() {
        // 3.X%, 0371-6XXX, 9:XX
        start = stem.len();
        if let Some(dot) = stem.strip_suffix(['.', '-']) {
            let more = dot.trim_end_matches(digits);
            if more.len() < dot.len() {
                start = more.len();
            }
        }
    } else if let Some(joint) = joint_before(line, at) {
        let number = line[..joint].trim_end_matches(digits);
        if number.len() < joint {
            start = number.len();
        }
    }
    let mut end = end;
    loop {
        let (more, count) = run(line, end, |c| c.is_ascii_digit() || is(c));
        if count > 0 {
            end = more;
            continue;
        }
        let Some(next) = joint_at(line, end, style, end - at) else { break };
        end = next;
    }
    // G345*东线: the digits belong to the name in front.
    let text = &line[start..end];
    let marks = text.chars().filter(|c| is(*c)).count();
    let number = is_year(text) && is_han_or_end(line, end)
        || measure(line, end).is_some()
        || PERCENT.stands_at(line, end)
        || is_span(text)
        || text.contains('.')
        || text.chars().count() >= 7 && marks >= 3;
    (if number { start } else { at }, end)
}

fn is_han_or_end(line: &str, at: usize) -> bool {
    after(line, at).is_none_or(|c| !c.is_ascii_alphanumeric())
}

/// Where the joint of a number that ends at byte `at` begins: 9:, 3., 1-
fn joint_before(line: &str, at: usize) -> Option<usize> {
    let c = before(line, at).filter(|c| matches!(c, '.' | ':' | '：' | '-' | '—' | '–' | '~' | '～'))?;
    let joint = at - c.len_utf8();
    before(line, joint).is_some_and(|c| c.is_ascii_digit()).then_some(joint)
}

/// The byte behind a joint of a number at byte `at`, where marks or digits go on behind it.
fn joint_at(line: &str, at: usize, style: Style, length: usize) -> Option<usize> {
    let is = |c: char| style_of(c) == Some(style);
    // X%-X%
    let here = any_of(line, at, &["%", "％"]).map_or(at, |sign| at + sign.len());
    let c = after(line, here)?;
    let next = here + c.len_utf8();
    let (end, count) = run(line, next, is);
    let digits = after(line, next).is_some_and(|c| c.is_ascii_digit());
    if count == 0 && !digits {
        return None;
    }
    let noun = || PERSON.stands_at(line, end) || PLACE.stands_at(line, end);
    let joins = match c {
        '.' | '．' => true,
        '-' | '–' | '—' | '~' | '～' => {
            !(count == 0 && length < 2) || measure(line, run(line, next, |c| c.is_ascii_digit()).0).is_some()
        }
        ',' => count == 3,
        ':' | '：' => here == at && count <= 2 && length <= 4 && !noun(),
        '/' => length >= 4,
        _ => false,
    };
    (joins && (here == at || matches!(c, '-' | '–' | '—' | '~' | '～'))).then_some(next)
}

/// True when the text is a span, a time or a dotted date: a joint stands in it.
pub fn is_span(text: &str) -> bool {
    text.contains([':', '：', '-', '–', '—', '~', '～', '/'])
}

/// 20XX, 202X, XXXX, 20__
pub fn is_year(text: &str) -> bool {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let marks = text[digits..].chars().all(is_mark) && !text[digits..].is_empty();
    let length = digits + text[digits..].chars().count();
    marks
        && matches!(&text[..digits], "20" | "19" | "201" | "202" | "203" | "2" | "")
        && (length == 4 || digits >= 2 && length <= 4)
}

/// What stands for a part of a date or number: marks, digits, a gap, a bracket.
fn is_part(candidate: &Candidate) -> bool {
    !matches!(candidate.style, Style::Hole | Style::Pending | Style::House | Style::Dots | Style::Doubt | Style::Aside)
}

/// Joins the runs of one date, one session, one document number, one span.
pub fn join(line: &str, found: &mut Vec<Candidate>) {
    let mut joined: Vec<Candidate> = Vec::with_capacity(found.len());
    for candidate in found.drain(..) {
        match joined.last_mut() {
            Some(last) if is_part(last) && is_part(&candidate) && belongs(line, last, &candidate) => {
                last.end = candidate.end;
                last.composite = true;
                if last.style == Style::Gap {
                    last.style = candidate.style;
                }
            }
            _ => joined.push(candidate),
        }
    }
    for candidate in &mut joined {
        document_number(line, candidate);
        if candidate.composite && is_part(candidate) {
            tail(line, candidate);
        }
    }
    *found = joined;
}

/// True when `next` goes on with the date, session or span that `last` begins.
fn belongs(line: &str, last: &Candidate, next: &Candidate) -> bool {
    let between = &line[last.end..next.start];
    let round = matches!(last.style, Style::Round | Style::Lenticular) && !last.composite;
    if between.chars().count() > 8 || round && line[last.inner.0..last.inner.1].chars().any(is_han) {
        return false;
    }
    let text = between.trim_matches(is_space);
    let to = skip_spaces(line, next.end);
    match text {
        // 2026年 月  日: gaps stand side by side with the words between them.
        "" => return last.style == Style::Gap && next.style == Style::Gap,
        "〕" | "］" | "]" | "】" => return before_bracket(line, last) && DOCUMENT_SIGN.stands_at(line, to),
        _ => {}
    }
    if let Some(joint) = DATE_JOINT.get(text) {
        return joint.value.split('|').any(|word| has(line, to, word)) && !NO_DATE.stands_at(line, to);
    }
    // X月X日至X月X日, X至X万元
    let part = DATE_END.word_at(text, 0).or_else(|| PERCENT.word_at(text, 0)).map_or("", |word| word);
    if is_span_joint(&text[part.len()..]) {
        let alike = !part.is_empty() || last.style == next.style && !PLACE.stands_at(line, to);
        return alike && is_numeric(line, to);
    }
    numbers_between(text) && DATE_END.stands_at(line, to)
}

fn is_span_joint(text: &str) -> bool {
    matches!(text, "-" | "—" | "–" | "~" | "～" | "——") || SPAN_JOINT.contains(text)
}

/// 年5月 between 20XX and X日.
fn numbers_between(text: &str) -> bool {
    let Some(first) = DATE_END.word_at(text, 0) else { return false };
    let body = &text[first.len()..];
    let last = DATE_END.word_ending(body, body.len()).map_or(0, str::len);
    let body = &body[..body.len() - last];
    last > 0 && !body.is_empty() && body.chars().all(|c| c.is_ascii_digit() || numeral::is_chinese(c))
}

fn is_numeric(line: &str, at: usize) -> bool {
    measure(line, at).is_some()
        || PERCENT.stands_at(line, at)
        || DATE.stands_at(line, at)
        || after(line, at).is_none_or(|c| !is_han(c))
}

fn before_bracket(line: &str, candidate: &Candidate) -> bool {
    before(line, candidate.start).is_some_and(opens_year) && is_year(&line[candidate.start..candidate.end])
}

const fn opens_year(c: char) -> bool {
    matches!(c, '〔' | '［' | '[' | '【')
}

/// True for what closes the year in the number of a document.
pub const fn closes_year(c: char) -> bool {
    matches!(c, '〕' | '］' | ']' | '】')
}

/// 〔20XX〕X号, 〔2026〕X号, 〔20XX〕5号: with its brackets and 号 one number.
fn document_number(line: &str, candidate: &mut Candidate) {
    // The year is the blank, or the beginning of it.
    let Some(open) = before(line, candidate.start).filter(|c| opens_year(*c)) else { return };
    if candidate.style == Style::Round {
        return;
    }
    let close = after(line, candidate.end).filter(|c| closes_year(*c));
    let end = candidate.end + close.map_or(0, char::len_utf8);
    let (digits, _) = run(line, end, |c| c.is_ascii_digit());
    let number =
        close.is_none() && candidate.composite || close.is_some() && is_year(&line[candidate.start..candidate.end]);
    if number {
        candidate.start -= open.len_utf8();
        candidate.end = DOCUMENT_SIGN.word_at(line, digits).map_or(end, |sign| digits + sign.len());
        candidate.composite = true;
    }
}

/// True for a joined 〔20XX〕X号.
pub fn is_document_number(text: &str) -> bool {
    text.contains(closes_year) && (text.ends_with(closes_year) || DOCUMENT_SIGN.ends_at(text, text.len()))
}

/// The kind of a joined date or session; nothing for a span of numbers.
pub fn kind(text: &str) -> Option<Category> {
    if SESSION_END.find(text).is_some() {
        return Some(Category::Session);
    }
    (DATE_END.find(text).is_some() || text.contains([':', '：', '/'])).then_some(Category::Date)
}

/// The word behind the last run that still belongs to it: 日, 底, 号.
fn tail(line: &str, candidate: &mut Candidate) {
    let inside = &line[candidate.start..candidate.end];
    let Some((range, row)) = DATE_TAIL.at(line, candidate.end) else { return };
    if row.value.split('|').any(|word| inside.contains(word)) {
        candidate.end += range.len();
    }
}

#[cfg(test)]
mod tests {
    use super::super::candidates::check;

    #[test]
    fn one_blank_is_one_finding() {
        check("运动会定于X年X月X日举行", &["X年X月X日"]);
        check("20XX年5月X日，新馆奠基", &["20XX年5月X日"]);
        check("于上午XX:XX前签到，9:XX集合", &["XX:XX", "9:XX"]);
        check("每晚XX:XX至次日XX:XX", &["XX:XX", "XX:XX"]);
        check("总投资X-X亿元，增长__.__%", &["X-X", "__.__"]);
        check("请于XXXX年X月底前报送", &["XXXX年X月底"]);
        check("市委〔20XX〕X号文件", &["〔20XX〕X号"]);
        check("值班电话138XXXX1234", &["138XXXX1234"]);
        check("定于2026年 月  日上午", &[" 月  日"]);
        check("X届X次全会", &["X届X次"]);
    }

    #[test]
    fn different_facts_stay_apart() {
        check("今年X月X书记来X调研", &["X", "X", "X"]);
        check("新建桥梁X座、隧道X处，X月通车", &["X", "X", "X"]);
        check("我县XX镇、XX村榜上有名", &["XX", "XX"]);
        check("从XX到XX镇", &["XX", "XX"]);
        check("G345*东线", &["*"]);
    }
}
