//! Several runs of marks that are one blank: X月X日, XX:XX, X-X亿元, 〔20XX〕X号, 2026年 月 日.

use super::Style;
use super::candidate::{Candidate, is_mark, run, style_of};
use super::words::{Class, WORDS};
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
        || WORDS.measure(line, end).is_some()
        || WORDS.ahead(line, end, Class::Percent).is_some()
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
    let noun = || WORDS.ahead(line, end, Class::Person).is_some() || WORDS.ahead(line, end, Class::Place).is_some();
    let joins = match c {
        '.' | '．' => true,
        '-' | '–' | '—' | '~' | '～' => {
            !(count == 0 && length < 2) || WORDS.measure(line, run(line, next, |c| c.is_ascii_digit()).0).is_some()
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
    !matches!(candidate.style, Style::Hole | Style::Pending | Style::House | Style::Dots)
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
    let follows = |words: &[&str]| any_of(line, to, words).is_some();
    match text {
        "年" => follows(&["月", "季度"]),
        "月" => follows(&["日", "号"]) && !follows(&["号楼", "号线"]),
        "日" | "号" => follows(&["时", "点", "："]) && !follows(&["时代", "时期"]),
        "时" | "点" => follows(&["分", "至", "前"]) && follows(&["分"]),
        "届" => follows(&["次", "中全会"]),
        // 2026年 月  日: gaps stand side by side with the words between them.
        "" => last.style == Style::Gap && next.style == Style::Gap,
        "〕" | "］" | "]" | "】" => before_bracket(line, last) && follows(&["号"]),
        // X月X日至X月X日, X至X万元
        "至" | "到" | "-" | "—" | "–" | "~" | "～" | "——" => {
            last.style == next.style
                && !(text == "到" && WORDS.ahead(line, to, Class::Place).is_some())
                && is_numeric(line, to)
        }
        "日至" | "日—" | "日-" | "日到" | "号至" | "时至" | "分至" | "月至" | "年至" | "日～" | "年—" | "年-"
        | "月-" | "月—" | "%至" | "％至" | "%-" | "日–" => is_numeric(line, to),
        _ => numbers_between(text) && follows(&["日", "月", "号"]),
    }
}

/// 年5月 between 20XX and X日.
fn numbers_between(text: &str) -> bool {
    let body = text.strip_prefix('年').and_then(|rest| rest.strip_suffix('月'));
    body.is_some_and(|body| !body.is_empty() && body.chars().all(|c| c.is_ascii_digit() || numeral::is_chinese(c)))
}

fn is_numeric(line: &str, at: usize) -> bool {
    WORDS.measure(line, at).is_some()
        || WORDS.ahead(line, at, Class::Percent).is_some()
        || WORDS.ahead(line, at, Class::Date).is_some()
        || after(line, at).is_none_or(|c| !is_han(c))
}

fn before_bracket(line: &str, candidate: &Candidate) -> bool {
    matches!(before(line, candidate.start), Some('〔' | '［' | '[' | '【'))
        && is_year(&line[candidate.start..candidate.end])
}

/// 〔20XX〕X号, 〔2026〕X号, 〔20XX〕5号: with its brackets and 号 one number.
fn document_number(line: &str, candidate: &mut Candidate) {
    let open =
        |at: usize| before(line, at).filter(|c| matches!(c, '〔' | '［' | '[' | '【')).map(|c| at - c.len_utf8());
    // The year is the blank, or the beginning of it.
    if let Some(start) = open(candidate.start)
        && !matches!(candidate.style, Style::Round)
    {
        let close = any_of(line, candidate.end, &["〕", "］", "]", "】"]);
        let end = close.map_or(candidate.end, |c| candidate.end + c.len());
        let (digits, _) = run(line, end, |c| c.is_ascii_digit());
        let number =
            close.is_none() && candidate.composite || close.is_some() && is_year(&line[candidate.start..candidate.end]);
        if number {
            candidate.start = start;
            candidate.end = if has(line, digits, "号") { digits + "号".len() } else { end };
            candidate.composite = true;
        }
    }
}

/// The word behind the last run that still belongs to it: 日, 底, 号.
fn tail(line: &str, candidate: &mut Candidate) {
    let word = any_of(line, candidate.end, &["日", "号", "季度", "月底", "月初", "月中", "月份", "月", "次", "分"]);
    let inside = &line[candidate.start..candidate.end];
    let belongs = |word: &str| match word {
        "日" | "号" => {
            inside.contains('月') || inside.contains('年') || inside.contains('〕') || inside.contains('日')
        }
        "次" => inside.contains('届'),
        "分" => inside.contains(['时', '点']),
        _ => inside.contains('年'),
    };
    if let Some(word) = word.filter(|word| belongs(word)) {
        candidate.end += word.len();
    }
}

#[cfg(test)]
mod tests {
    use super::super::candidate::Place;
    use super::super::candidates::find;

    #[track_caller]
    fn check(line: &str, expected: &[&str]) {
        let found = find(line, &Place::default());
        assert_eq!(found.iter().map(|c| &line[c.start..c.end]).collect::<Vec<_>>(), expected, "{line}");
    }

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
