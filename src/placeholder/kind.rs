//! What a placeholder stands for, from the words around it or in its brackets. Where they do not tell
//! it is 待填.

use super::candidate::{Candidate, ORDINAL, is_blank_run, is_mark, style_of};
use super::words::{measure, percent};
use super::{Category, Family, Form, Style, composite};
use crate::lexicon::{
    AMOUNT_VERB, ASKED, Class, DATE_END, DOCUMENT_SIGN, FILLS, JOINS_TWO, LEADS, MEASURE, MEETING, ORGANISATION,
    PENDING, PERCENT, PERCENT_BEFORE, PERSON, PHRASE_BREAK, PLACE, RANK, RATIO, REACHES, SAYING, SESSION_END,
    SESSION_PART, SURNAME, THING, WEEKDAY_BEFORE, YEARS,
};
use crate::numeral;
use crate::text::Range;
use crate::text::chars::{after, before, has, is_boundary, is_han, is_space, skip_spaces};

/// The nouns that tell a kind, and which.
const NOUNS: [(&Class, Category); 5] = [
    (&PERSON, Category::Person),
    (&THING, Category::Name),
    (&PLACE, Category::Place),
    (&ORGANISATION, Category::Organisation),
    (&MEETING, Category::Meeting),
];

/// The bytes of one ideograph.
const ONE: usize = 3;

/// A noun phrase in brackets has no more characters, what it asks for no more than the second.
const PHRASE: usize = 8;
const ASKING: usize = 10;

/// The category, and the range with the words that give it a meaning.
pub fn classify(line: &str, c: &Candidate) -> (Category, Range) {
    let own = Range::new(c.start, c.end);
    match c.style.family() {
        _ if c.form == Form::Elided => (hole(&line[c.start..c.end]), own),
        _ if c.form == Form::Residue => (Category::Person, own),
        _ if c.style == Style::House => (beside(line, c, Category::Passage), own),
        _ if matches!(c.style, Style::Pending | Style::Aside) => (Category::Passage, own),
        Family::Doubt => (beside(line, c, Category::Unknown), own),
        Family::Field | Family::Round => (field(line, c), own),
        _ => around(line, c),
    }
}

/// The kind a value of a table names.
fn named(value: &str, otherwise: Category) -> Category {
    Category::ALL.into_iter().find(|category| category.names()[0] == value).unwrap_or(otherwise)
}

fn hole(text: &str) -> Category {
    if text.starts_with(ORDINAL) {
        let (_, row) = RANK.ending(text, text.len()).unzip();
        named(row.map_or("", |row| row.value), Category::Rank)
    } else if PERSON.stands_at(text, 0) {
        Category::Person
    } else if DATE_END.stands_at(text, 0) {
        Category::Date
    } else if PERCENT.stands_at(text, 0) {
        Category::Percentage
    } else {
        Category::Quantity
    }
}

/// What the words beside a field say, or `otherwise`.
fn beside(line: &str, c: &Candidate, otherwise: Category) -> Category {
    match around(line, &Candidate { style: Style::Line, ..c.clone() }) {
        (Category::Unknown, _) => otherwise,
        (category, _) => category,
    }
}

/// What the words beside a field say by themselves.
pub fn from_beside(line: &str, c: &Candidate) -> Category {
    beside(line, c, Category::Unknown)
}

/// What the words in brackets ask for, or else what stands beside them.
fn field(line: &str, c: &Candidate) -> Category {
    let inner = line[c.inner.0..c.inner.1].trim_matches(is_space);
    let marks = inner.chars().any(is_mark);
    if inner.is_empty() || inner.chars().all(|c| is_mark(c) || is_space(c) || matches!(c, '？' | '?' | '…')) {
        return beside(line, c, if inner.is_empty() || marks { Category::Unknown } else { Category::Passage });
    }
    let bare = bare(inner);
    if bare.is_empty() {
        return beside(line, c, Category::Passage);
    }
    if is_date(bare) {
        return Category::Date;
    }
    let length = bare.chars().count();
    let sentence = bare.contains(['，', '。']);
    if let Some(category) = asked(bare).filter(|_| length <= ASKING && !sentence) {
        return category;
    }
    if length > PHRASE || sentence || FILLS.stands_at(inner, 0) || PENDING.find(inner).is_some() {
        return Category::Passage;
    }
    beside(line, c, Category::Unknown)
}

/// The kind that the words in brackets name, by themselves.
pub fn asks_for(inner: &str) -> Option<Category> {
    let bare = bare(inner.trim_matches(is_space));
    let phrase = !bare.is_empty() && bare.chars().count() <= ASKING && !bare.contains(['，', '。']);
    if is_date(bare) {
        return Some(Category::Date);
    }
    asked(bare).filter(|_| phrase)
}

/// 县/区, 乡/镇/街道: several, one of which is to be chosen.
pub fn is_choice(inner: &str) -> bool {
    let mut parts = inner.split(['/', '／']);
    inner.contains(['/', '／']) && parts.all(|part| (1..=3).contains(&part.chars().count()) && part.chars().all(is_han))
}

/// What is asked for, without 请填写, 待补 and numbers around it.
fn bare(inner: &str) -> &str {
    let space = |c: char| is_space(c) || matches!(c, '：' | ':');
    let mut text = inner.trim_matches(space);
    while let Some(word) = FILLS.word_at(text, 0) {
        text = text[word.len()..].trim_matches(space);
    }
    text = text.trim_end_matches(|c: char| c.is_ascii_digit() || numeral::is_chinese(c));
    while let Some(word) = FILLS.word_ending(text, text.len()).or_else(|| PENDING.word_ending(text, text.len())) {
        text = text[..text.len() - word.len()].trim_matches(space);
    }
    text
}

/// YYYY年MM月DD日, 年/月/日
fn is_date(text: &str) -> bool {
    let sign = |c: char| c.is_ascii_alphabetic() || is_space(c) || is_mark(c) || matches!(c, '/' | '-' | '.' | ':');
    let mut date = text.trim_matches(sign);
    while let Some(word) = DATE_END.word_at(date, 0) {
        date = date[word.len()..].trim_start_matches(sign);
    }
    date.is_empty() && text.chars().any(is_han)
}

/// 区/县, 姓名及职务, 医院名称
fn asked(text: &str) -> Option<Category> {
    let mut parts = text.split(['/', '／', '|']).map(asked_by_one);
    let first = parts.next()??;
    parts.all(|part| part == Some(first)).then_some(first)
}

fn asked_by_one(text: &str) -> Option<Category> {
    let first = JOINS_TWO.find(text).map_or(text, |(range, _)| &text[..range.start as usize]);
    let Some((range, row)) = ASKED.ending(first, first.len()) else { return noun_at_the_end(first) };
    match row.value {
        "" => Some(noun_at_the_end(&first[..range.start as usize]).unwrap_or(Category::Name)),
        value => Some(named(value, Category::Unknown)),
    }
}

/// The kind of the longest noun that ends `text`; one ideograph alone only where it is all of it.
fn noun_at_the_end(text: &str) -> Option<Category> {
    let nouns = NOUNS.into_iter().chain([(&MEASURE, Category::Quantity)]);
    let nouns = nouns.filter_map(|(class, category)| Some((class.ending(text, text.len())?.1, category)));
    let (row, category) = nouns.max_by_key(|(row, _)| row.word.len())?;
    if row.word.len() > ONE || row.word.len() == text.len() {
        return Some(named(row.value, category));
    }
    None
}

/// What the words around a run of marks or a gap say.
fn around(line: &str, c: &Candidate) -> (Category, Range) {
    let (start, end) = (c.start, c.end);
    let text = &line[start..end];
    let next_at = skip_spaces(line, end);
    let unit_to = |to: usize| Range::new(start, to);
    let own = unit_to(end);
    if let Some(category) = whole(line, c) {
        return (category, own);
    }
    // 单位：____　职务：____
    let label = label_before(line, start);
    if let Some(category) = label.filter(|_| next_at > end) {
        return (category, own);
    }
    if let Some(found) = dated(line, start, end) {
        return found;
    }
    if before(line, start) == Some(ORDINAL) {
        let row = RANK.at(line, end).map(|(_, row)| row);
        let category = named(row.map_or("", |row| row.value), Category::Rank);
        return (category, Range::new(start - ORDINAL.len_utf8(), end + row.map_or(0, |row| row.word.len())));
    }
    if let Some(found) = session(line, start, end) {
        return found;
    }
    if WEEKDAY_BEFORE.ends_at(line, start) {
        return (Category::Date, own);
    }
    if PERCENT_BEFORE.ends_at(line, start) {
        return (Category::Percentage, own);
    }
    if let Some(sign) = percent(line, next_at) {
        return (Category::Percentage, unit_to(next_at + sign.len()));
    }
    if let Some(word) = PERSON.word_at(line, next_at) {
        return (Category::Person, unit_to(next_at + word.len()));
    }
    let thing = NOUNS[1..]
        .iter()
        .filter_map(|(class, category)| Some((class.at(line, next_at)?.1, *category)))
        .max_by_key(|(row, _)| row.word.len());
    if let Some(word) =
        measure(line, next_at).filter(|word| thing.is_none_or(|(noun, _)| noun.word.len() <= word.len()))
    {
        return (Category::Quantity, unit_to(next_at + word.len()));
    }
    if let Some(category) = label {
        return (category, own);
    }
    let alone = after(line, end).is_none_or(is_boundary);
    if let Some(category) = amount(line, start).filter(|_| alone) {
        return (category, own);
    }
    if is_name_behind(line, start, end) || is_name_in_list(line, start, end) {
        return (Category::Person, own);
    }
    if let Some((_, row)) = SAYING.at(line, end).filter(|(_, row)| !row.value.is_empty()) {
        return (named(row.value, Category::Unknown), own);
    }
    if let Some((noun, category)) = thing {
        return (named(noun.value, category), unit_to(next_at + noun.word.len()));
    }
    // 民生“XX”工程
    if let Some(quote) = after(line, end).filter(|c| matches!(c, '”' | '」' | '"'))
        && let Some(word) = THING.word_at(line, end + quote.len_utf8())
    {
        return (Category::Name, unit_to(end + quote.len_utf8() + word.len()));
    }
    if let Some(found) = noun_ahead(line, start, end, is_blank_run(text)) {
        return found;
    }
    if before(line, start) == Some('《') {
        return (Category::Meeting, own);
    }
    if is_title_in_front(line, c) {
        return (Category::Person, own);
    }
    // 联系人____，电话____
    let asked = ASKED.ending(line, start).filter(|(_, row)| alone && !row.value.is_empty());
    (asked.map_or(Category::Unknown, |(_, row)| named(row.value, Category::Unknown)), own)
}

/// The kind that a label in front asks for: 联系人：, 述职人（签名）：
fn label_before(line: &str, start: usize) -> Option<Category> {
    let head = line[..start].trim_end_matches(is_space);
    let label = head.strip_suffix(['：', ':'])?;
    let label = match label.strip_suffix(['）', ')']) {
        Some(note) => &note[..note.rfind(['（', '('])?],
        None => label,
    };
    let start = label.char_indices().rev().find(|(_, c)| is_boundary(*c)).map_or(0, |(i, c)| i + c.len_utf8());
    asked_by_one(&label[start..])
}

/// 群众满意率达到XX, 比年初净增XX
fn amount(line: &str, start: usize) -> Option<Category> {
    let verb = REACHES.word_ending(line, start).map_or(0, str::len);
    if verb > 0 && RATIO.ends_at(line, start - verb) {
        return Some(Category::Percentage);
    }
    AMOUNT_VERB.ends_at(line, line[..start].trim_end_matches(is_space).len()).then_some(Category::Quantity)
}

/// What a candidate tells by itself: a document number, a time, a telephone number, a date.
fn whole(line: &str, c: &Candidate) -> Option<Category> {
    let text = &line[c.start..c.end];
    if c.composite {
        if composite::is_document_number(text) {
            return Some(Category::Number);
        }
        if let Some(category) = composite::kind(text) {
            return Some(category);
        }
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let marks = text.chars().filter(|c| is_mark(*c)).count();
    // XXXX-XXXX学年 is a span of years.
    let years = DATE_END.stands_at(line, skip_spaces(line, c.end));
    let telephone = digits > 0 && digits + marks >= 7 || text.contains('-') && digits + marks >= 9 && c.composite;
    (telephone && !years).then_some(Category::Number)
}

/// So many elements of a list are looked at to each side.
const LISTED: usize = 12;

/// ×××、×××, XX、XXX: names of people have two characters or three, names of places seldom three.
fn is_name_in_list(line: &str, start: usize, end: usize) -> bool {
    let Some(style) = after(line, start).and_then(style_of) else { return false };
    let is = |c: char| style_of(c) == Some(style);
    let mut lengths = vec![line[start..end].chars().count()];
    let mut rest = &line[end..];
    // The neighbours tell; a long list is not gone through for each of its elements.
    while let Some(next) = rest.strip_prefix(['、', '和']).filter(|_| lengths.len() < LISTED) {
        let mark = &next[..next.find(|c| !is(c)).unwrap_or(next.len())];
        if mark.is_empty() {
            break;
        }
        lengths.push(mark.chars().count());
        rest = &next[mark.len()..];
    }
    let mut head = &line[..start];
    while let Some(before) = head.strip_suffix(['、', '和']).filter(|_| lengths.len() < 2 * LISTED) {
        let stem = before.trim_end_matches(is);
        if stem.len() == before.len() {
            break;
        }
        lengths.push(before[stem.len()..].chars().count());
        head = stem;
    }
    lengths.len() > 1 && lengths.contains(&3) && lengths.iter().all(|n| matches!(n, 2 | 3))
}

/// 张XX, 县委书记　XXX, 董事长某某某，: a name behind a surname or a post.
fn is_name_behind(line: &str, start: usize, end: usize) -> bool {
    let head = line[..start].trim_end_matches(is_space);
    let alone = head.len() < start || after(line, end).is_none_or(|c| is_boundary(c) || is_space(c));
    if alone && PERSON.ends_at(line, head.len()) {
        return true;
    }
    let Some(surname) = SURNAME.word_ending(line, start) else { return false };
    before(line, start - surname.len()).is_none_or(|c| is_boundary(c) || is_space(c))
}

/// 承办法官×××七次上门: marks for the characters of a name, right behind what somebody is.
fn is_title_in_front(line: &str, c: &Candidate) -> bool {
    let marks = line[c.start..c.end].chars().count();
    // 代表××致谢: somebody speaks for another.
    !LEADS.ends_at(line, c.start)
        && matches!(marks, 2 | 3)
        && c.style.is_mark()
        && PERSON.word_ending(line, c.start).is_some_and(|word| word.len() > ONE)
}

/// The first noun of two ideographs or more in the phrase behind a blank: XX县属企业, XX等部门. 委 and 办 stand in
/// too many words. On a line to write on only meetings are that near: ____专题会议.
fn noun_ahead(line: &str, start: usize, end: usize, to_write_on: bool) -> Option<(Category, Range)> {
    let mut here = end;
    let others = has(line, end, "等");
    for c in line.get(end..)?.chars().take(PHRASE) {
        let nouns = NOUNS.iter().filter(|(_, category)| match category {
            Category::Meeting => here < end + 5 * ONE,
            Category::Person => others,
            Category::Organisation => !to_write_on || others,
            Category::Name => !to_write_on && !others,
            _ => false,
        });
        let found = nouns.filter_map(|(class, category)| Some((class.at(line, here)?.1, *category)));
        if let Some((row, category)) =
            found.filter(|(row, _)| row.word.len() > ONE).max_by_key(|(row, _)| row.word.len())
        {
            return Some((named(row.value, category), Range::new(start, here + row.word.len())));
        }
        if !(is_han(c) || c.is_ascii_digit()) || PHRASE_BREAK.stands_at(line, here) {
            return None;
        }
        here += c.len_utf8();
    }
    None
}

fn is_part(c: char) -> bool {
    is_mark(c) || c.is_ascii_digit()
}

/// X月, 20XX年, X月份, XX年度; with the parts of the date that stand before.
fn dated(line: &str, start: usize, end: usize) -> Option<(Category, Range)> {
    let at = skip_spaces(line, end);
    if let Some(years) = YEARS.word_at(line, at).filter(|_| !composite::is_year(&line[start..end])) {
        return Some((Category::Quantity, Range::new(start, at + years.len())));
    }
    let next = DATE_END.word_at(line, at).or_else(|| YEARS.word_at(line, at))?;
    let to = at + next.len();
    if DOCUMENT_SIGN.contains(next) && before(line, start).is_some_and(composite::closes_year) {
        return Some((Category::Number, Range::new(start, to)));
    }
    let mut from = start;
    // Backwards over the parts of the date that stand before: 2026年5月_.
    for _ in 0..2 {
        let Some(word) = DATE_END.word_ending(line, from) else { break };
        let head = &line[..from - word.len()];
        let body = head.trim_end_matches(is_part);
        if body.len() == head.len() {
            break;
        }
        from = body.len();
    }
    Some((Category::Date, Range::new(from, to)))
}

/// X届, X届X次, ×次党代会
fn session(line: &str, start: usize, end: usize) -> Option<(Category, Range)> {
    if let Some(part) = SESSION_PART.word_at(line, end)
        && let Some(session) = SESSION_END.word_ending(line, start)
    {
        let head = &line[..start - session.len()];
        let from = head.trim_end_matches(|c: char| is_part(c) || numeral::is_chinese(c)).len();
        return Some((Category::Session, Range::new(from, end + part.len())));
    }
    let word = SESSION_END.word_at(line, end)?;
    Some((Category::Session, Range::new(start, end + word.len())))
}

#[cfg(test)]
mod tests {
    use super::super::candidate::Place;
    use super::super::read;

    #[track_caller]
    fn check(line: &str, expected: &[&str]) {
        let found = read(line, &Place::default());
        assert_eq!(found.iter().map(|p| p.category.names()[0]).collect::<Vec<_>>(), expected, "{line}");
    }

    #[test]
    fn the_words_around_tell_the_kind() {
        check("会议在XX区召开，XX局长主持", &["地名", "人名"]);
        check("星期X，百分之X，上午9：XX", &["日期", "百分比", "日期"]);
        check("值班电话：XXXXXXXX，〔2026〕X号，电话138XXXX1234", &["号码", "号码", "号码"]);
        check("联系电话____，传真：0371-XXXXXXXX转801", &["号码", "号码"]);
        check("X总强调，完成投资X亿元，增长X%", &["人名", "数量", "百分比"]);
        check("X届X次全会，第X位", &["届次", "名次"]);
        check("【单位名称】、[联系人]、{金额}、【日期】", &["单位", "人名", "数量", "日期"]);
    }

    #[test]
    fn where_they_do_not_it_is_unknown() {
        check("由XX牵头，让X成为标杆", &["待填", "待填"]);
        check("【待补】", &["待补内容"]);
    }
}
