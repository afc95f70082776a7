//! What may be a blank: runs of marks, brackets, gaps, holes. Nothing is decided here but what no
//! writer would take for a blank: letters inside words, products, addresses.

use super::asides::{self, call, doubt, has_interrogative, is_question, note, waiting};
use super::candidate::{Candidate, HIDDEN, ORDINAL, Place, is_mark, run};
use super::holes::{bare_date, comrade, gap, hole, hole_word, month_hole, rank_hole};
use super::marks::{self, NEAR, is_digit, is_han_or_edge};
use super::words::{governor, measure};
use std::sync::LazyLock;

use super::{Family, Form, Style, brackets, composite};
use crate::lexicon::dictionary;
use crate::lexicon::{
    ALIAS, BARE_DATE, DATE, DATE_END, DATE_JOINT, DOTS_UNIT, DRAFT_PART, FILLS, HOLE_WORD, INDEFINITE, LEADS,
    LETTER_THING, MONTH_HOLE, NAMELESS, NO_PENDING, ORGANISATION, PENDING, PERCENT, PERCENT_BEFORE, PERSON, PLACE,
    RANK, STRONG_MEASURE, SURNAME, TOLD_OF, WAITS,
};
use crate::numeral;
use crate::text::chars::{after, any_of, before, has, is_boundary, is_han, is_space, is_tag, skip_spaces};
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
    let classes = [&PENDING, &DRAFT_PART, &STRONG_MEASURE, &MONTH_HOLE, &BARE_DATE, &NAMELESS, &HOLE_WORD];
    let marks = [HIDDEN, ORDINAL, asides::WAITING].map(String::from);
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
            let zeros = (line[at..end].starts_with("00") || line[at..end].starts_with("0.0"))
                && line[at..end].bytes().all(|b| matches!(b, b'0' | b'.'));
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
    // A run is looked at once, from its beginning.
    if (is_own(c) || matches!(c, DASH | '？' | '?')) && before(line, at) == Some(c) {
        return None;
    }
    match c {
        HIDDEN => some(line, at),
        _ if is_mark(c) => marks::find(line, at, c, place),
        'a'..='z' | 'A'..='Z' => letters(line, at),
        '0' => zeros(line, at),
        '#' | '＃' => hashes(line, at, c, place),
        '？' | '?' => question(line, at),
        '…' | '～' | '~' => own(line, at, c, place).or_else(|| dots(line, at, c)),
        '@' => call(line, at).or_else(|| own(line, at, c, place)),
        '&' if has(line, at, "&times;") => Some(residue(line, at)),
        _ if is_own(c) => own(line, at, c, place).or_else(|| hole(line, at)),
        DASH => dashes(line, at),
        '“' | '「' | '《' if closes(line, at, c) => brackets::find(line, at, c, place),
        '【' | '〖' | '｛' | '‹' | '［' | '[' | '〔' | '{' | '$' | '«' | '<' | '＜' | '（' | '(' => {
            brackets::find(line, at, c, place).filter(|found| !is_note_with_marks(line, found, place))
        }
        _ if is_han(c) => word(line, at),
        _ if is_space(c) => gap(line, at, place),
        _ => None,
    }
}

/// True where the mark that `c` opens at byte `at` is closed at once.
fn closes(line: &str, at: usize, c: char) -> bool {
    after(line, at + c.len_utf8()).is_some_and(|next| matches!((c, next), ('“', '”') | ('「', '」') | ('《', '》')))
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
        .or_else(|| waiting(line, at))
        .or_else(|| note(line, at))
}

/// Marks in a note are looked at by themselves: （以下简称XX公司）.
fn is_note_with_marks(line: &str, found: &Candidate, place: &Place) -> bool {
    let (from, to) = found.inner;
    let is_gap = |c: &Candidate| {
        c.style == Style::Gap
            && (DATE.stands_at(line, c.end)
                || STRONG_MEASURE.stands_at(line, c.end) && governor(line, c.start).is_some())
    };
    found.style == Style::Round
        && line[from..to].chars().any(is_han)
        && !FILLS.stands_at(line[from..to].trim_matches(is_space), 0)
        && between(line, place, from, to).iter().any(|c| c.style.family() == Family::Mark || is_gap(c))
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
    let is_figure = STRONG_MEASURE.stands_at(line, end) || PERCENT_BEFORE.ends_at(line, at);
    if count == 1 && (INDEFINITE.stands_at(line, end) || measure(line, end).is_some() && !is_figure) {
        return None;
    }
    Some(Candidate::new(at, end, Style::Some))
}

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
    let (mut end, count) = run(line, at, |c| c.is_ascii_alphanumeric());
    let first = after(line, at)?;
    // NN00个
    let round = matches!(first, 'N' | 'n') && before(line, end) == Some('0');
    let word = if round { line[at..end].trim_end_matches('0') } else { &line[at..end] };
    // N.N亿元
    if matches!(first, 'N' | 'n') && has(line, end, ".") {
        let (decimals, count) = run(line, end + 1, |c| c == first);
        end = if count > 0 { decimals } else { end };
    }
    if !word.chars().all(|c| c == first)
        || before(line, at).is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.' | '/' | '_' | '@'))
    {
        return None;
    }
    // AAA企业, 第 II 部, 1+N
    let rating = first == 'A' && count > 1;
    let roman = matches!(first, 'I' | 'V') && line[..at].trim_end_matches(is_space).ends_with(ORDINAL);
    let joined = ["+N", "＋N", "N+", "N＋"];
    if rating || roman || first == 'N' && joined.iter().any(|sum| around(line, at, end, NEAR).contains(sum)) {
        return None;
    }
    let date =
        matches!(first.to_ascii_uppercase(), 'Y' | 'M' | 'D' | 'H') && count > 1 && DATE_END.stands_at(line, end);
    let upper = first.is_ascii_uppercase() && count <= 3 || matches!(first, 'N' | 'n') && count <= 4;
    // 同比增长a%, 硬化K公里
    let figure = count == 1
        && before(line, at).is_some_and(is_han)
        && (STRONG_MEASURE.stands_at(line, end) || PERCENT.stands_at(line, end) && governor(line, at).is_some());
    let nouns = || [&PERSON, &PLACE, &ORGANISATION].iter().any(|class| class.stands_at(line, end));
    // N stands for a number, NN for a name too, other letters for names.
    let noun = match first {
        'N' if count > 1 && nouns() => true,
        'N' | 'n' => measure(line, end).is_some() || [&DATE, &PERCENT].iter().any(|class| class.stands_at(line, end)),
        _ => nouns(),
    };
    (date || figure || upper && noun && !LETTER_THING.stands_at(line, end) && !ALIAS.stands_at(line, end))
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
    if count == 3 && is_grouped(line, at) {
        return None;
    }
    // 00.0%
    let (decimals, zeros) = run(line, end + 1, |c| c == '0');
    if has(line, end, ".") && zeros > 0 {
        end = decimals;
    }
    let measured = measure(line, end).is_some() || PERCENT.stands_at(line, end);
    ((count > 1 || zeros > 1) && measured).then(|| Candidate::new(at, end, Style::Zero))
}

/// 15 000個, 3，000多项: the digits of one number are parted.
fn is_grouped(line: &str, at: usize) -> bool {
    let parts = |c: &char| is_space(*c) || *c == '，';
    before(line, at).filter(parts).is_some_and(|c| is_digit(before(line, at - c.len_utf8())))
}

/// ###同志, 厂房＃万平方米
fn hashes(line: &str, at: usize, c: char, place: &Place) -> Option<Candidate> {
    let (end, count) = run(line, at, |d| d == c);
    let figure = || before(line, at).is_some_and(is_han) && STRONG_MEASURE.stands_at(line, end);
    ((count > 1 || figure()) && (at > place.start || c != '#') && is_han_or_edge(after(line, end)))
        .then(|| Candidate::new(at, end, Style::Hash))
}

/// A sign that may be somebody's mark where it stands twice or more.
const fn is_own(c: char) -> bool {
    matches!(
        c,
        '+' | '＋'
            | '@'
            | '＠'
            | '￥'
            | '¥'
            | '$'
            | '＄'
            | '~'
            | '～'
            | '^'
            | '＾'
            | '&'
            | '＆'
            | '%'
            | '％'
            | '='
            | '＝'
            | '|'
            | '｜'
            | '…'
            | '.'
            | '-'
            | '·'
    )
}

/// +++镇, ￥￥亿元, 惠及...户, 造林-- 亩: the same sign again and again in the place of a name or a number.
fn own(line: &str, at: usize, c: char, place: &Place) -> Option<Candidate> {
    const LONGEST: usize = 6;
    let (end, count) = run(line, at, |d| d == c);
    let (previous, next) = (before(line, at), after(line, end));
    let dots = matches!(c, '…' | '.' | '-');
    let behind = skip_spaces(line, end);
    let measured = || {
        (measure(line, behind).is_some() || PERCENT.stands_at(line, behind)) && {
            governor(line, at).is_some() || STRONG_MEASURE.stands_at(line, behind) && previous.is_some_and(is_han)
        }
    };
    let is_end = next.is_none() && !matches!(previous, Some('：' | ':'));
    let is_head = at <= place.start && next.is_some_and(is_han);
    let is_apart = !is_end
        && is_han_or_edge(after(line, if dots { behind } else { end }))
        && (is_head || at > place.start && is_han_or_edge(previous));
    // ，+++、+++两镇: between two points it shows by its like.
    let is_beside = previous.is_some_and(is_han)
        || next.is_some_and(is_han)
        || around(line, at, end, NEAR).matches(&line[at..end]).count() > 1;
    let many = if c == '.' { 3 } else { 2 };
    // 芳草鲜美····”: what follows is left out.
    let ellipsis = c == '·' && previous.is_some_and(is_han) && next.is_some_and(|c| !is_han(c));
    // ~~, ==, $$ are markup.
    let markup = place.markdown && matches!(c, '~' | '=' | '^' | '$' | '|');
    ((many..=LONGEST).contains(&count) && is_apart && is_beside && !markup && !ellipsis && (!dots || measured()))
        .then(|| Candidate::new(at, end, Style::Own))
}

/// ？亿元, 第？位, （？）, 几个百分点？
fn question(line: &str, at: usize) -> Option<Candidate> {
    let (end, _) = run(line, at, is_question);
    figure_asked(line, at, end).or_else(|| doubt(line, at, end))
}

/// ？亿元, 第？位: the mark stands for a figure.
fn figure_asked(line: &str, at: usize, end: usize) -> Option<Candidate> {
    let previous = before(line, at)?;
    let measured = measure(line, end).is_some() || PERCENT.stands_at(line, end);
    let ranked = previous == ORDINAL && RANK.stands_at(line, end);
    let dated = previous.is_ascii_digit() && DATE_JOINT.stands_at(line, end)
        || DATE_JOINT.ending(line, at).is_some_and(|(_, row)| row.value.split('|').any(|word| has(line, end, word)));
    let strong = STRONG_MEASURE.stands_at(line, end) || PERCENT.stands_at(line, end);
    // 泵站？座，: nothing follows the measure that a question may go on with.
    let closes = measure(line, end).is_some_and(|word| after(line, end + word.len()).is_none_or(is_boundary));
    let wanted = strong
        || closes
        || line[at..end].chars().count() > 1
        || governor(line, at).is_some()
        || LEADS.ends_at(line, at)
        || matches!(previous, '，' | '的');
    // 一签就是??年
    let years = line[at..end].chars().count() > 1 && DATE_END.stands_at(line, end) && is_han(previous);
    let is_figure =
        ranked || dated || years || measured && wanted && (is_han(previous) || matches!(previous, ORDINAL | '，'));
    let (start, end) = if is_figure { (at, end) } else { digits_asked(line, at, end)? };
    // 在哪里？人来: a question.
    (!has_interrogative(line, at)).then(|| Candidate::new(start, end, Style::Question))
}

/// 3?家, ？百？十户: the number that the marks `at..end` stand for digits of.
fn digits_asked(line: &str, at: usize, end: usize) -> Option<(usize, usize)> {
    let start = line[..at].trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let end = run(line, end, |c| is_question(c) || matches!(c, '十' | '百' | '千')).0;
    let begins = start < at || end > at + '？'.len_utf8() && before(line, at).is_some_and(is_han);
    (begins && measure(line, end).is_some()).then_some((start, end))
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
    let mut end = at + word.len();
    if NO_PENDING.ends_at(line, at) || goes_on(line, at, end) {
        return None;
    }
    // 此处省略500字
    let (digits, count) = run(line, end, |c| c.is_ascii_digit() || numeral::is_chinese(c));
    if count > 0 && has(line, digits, CHARACTERS) {
        end = digits + CHARACTERS.len();
    }
    Some(Candidate::new(at, end, Style::Pending))
}

/// 待统计局核: behind its first character begins the name of an office.
fn goes_on(line: &str, at: usize, end: usize) -> bool {
    let second = at + after(line, at).map_or(0, char::len_utf8);
    second < end && dictionary::words_at(line, second).any(|(to, _)| to > end && ORGANISATION.ends_at(line, to))
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

/// The candidates of a line, by their text.
#[cfg(test)]
#[track_caller]
pub(super) fn check(line: &str, expected: &[&str]) {
    let found = find(line, &Place::default());
    assert_eq!(found.iter().map(|c| &line[c.start..c.end]).collect::<Vec<_>>(), expected, "{line}");
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn signs_in_the_place_of_a_figure() {
        check("同比增长b%，硬化M公里", &["b", "M"]);
        check("新增厂房＃万平方米", &["＃"]);
        check("清淤-- 公里，走访···户次", &["--", "···"]);
        check("回落＿个百分点", &["＿"]);
        check("新建泵站？座，走访5?家，惠及？百？十户", &["？", "5?", "？百？十"]);
        check("奖补￥　　万元", &["　　"]);
        check("强度%，比重%（待报）", &["%", "%", "（待报）"]);
        check("芳草鲜美····”，新增端口NN00个，一签就是??年", &["NN00", "??"]);
        check("同志们--加油，海拔-5米，5G%", &[]);
    }

    #[test]
    fn a_check_digit_is_no_blank() {
        check("身份证11010519491231002X、110105 1949 1231 002X，书号7-5000-1234-X", &[]);
        check("电话1381234567X", &["X"]);
    }

    #[test]
    fn places_to_write() {
        check("以“”的劲头推进，印发《》的通知", &["“”", "《》"]);
        check("（2026年　月　日）", &["　月　日"]);
        check("每村一处（不少于  公里）", &["  "]);
        check("县长　×　×　×", &["×　×　×"]);
        check("汇报人：　　　　", &["　　　　"]);
        check("以“实干”的劲头，下设三科：　　　　", &[]);
        check("市、县（区）人民政府，乡（镇）政府", &[]);
    }
}
