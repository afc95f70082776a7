//! Recognising ordinals: 一、 （一） 1. （1） ① 第一， 一是 一要 首先 …
//!
//! What is found here are candidates. A candidate at a clause boundary has passed the boundary test;
//! the sequence test needs its neighbours and is made by [`crate::outline`].

use super::evidence::{self, Doubt, Place, words};
use crate::numeral::{self, Formal, OnePiece};
use crate::text::Range;
use crate::text::chars::{after, any_of, before, digit, has, is_clause_end, is_han, is_space, simplified, skip_spaces};

/// A way of numbering. Two markers of one family can be items of one list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// 第一章, 第二部分: with the simplified unit's first character.
    Chapter(char),
    /// 第一条 of a regulation.
    Article,
    /// 壹、
    Ledger,
    /// 一、
    Chinese,
    /// （一）
    ChineseParen,
    /// 1. and the common 1、
    Arabic,
    /// （1） 1）
    ArabicParen,
    /// ①
    Circled,
    /// 甲、
    Stem,
    /// Ⅰ.
    Roman,
    /// A. a)
    Letter(Case),
    /// 第一，
    Nth,
    /// 第一句话： 第一个方面，: the characters between the number and the mark, simplified.
    NthNoun(Word),
    /// 第一是 第一要: with the verb.
    NthVerb(char),
    /// 一是 一要 一问 …: with the simplified verb.
    Verb(char),
    /// 首先 其次 再次 最后
    First,
    /// 其一
    OfThem,
    /// 一方面 另一方面
    Side,
    /// 一来 一则: with the word.
    Comes(char),
    /// 问题一： 案例1：: the word, simplified.
    Label(Word),
    /// 1.1 2.1.3: with the numbers before the last.
    Decimal([u8; 3]),
    /// An unnumbered heading of Markdown: with its level.
    Heading(u8),
}

/// Capital or small letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    Upper,
    Lower,
}

/// Up to four characters, so that a family stays a plain value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Word([char; 4]);

impl Word {
    fn new(text: &str) -> Self {
        let mut word = Self::default();
        for (slot, c) in word.0.iter_mut().zip(text.chars()) {
            *slot = simplified(c);
        }
        word
    }
}

impl std::fmt::Display for Word {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().filter(|&&c| c != '\0').try_for_each(|c| write!(f, "{c}"))
    }
}

impl Marker {
    /// The marker with another number in the place of its own, written in the same way.
    pub fn with_value(&self, value: u32) -> Option<String> {
        let (start, end) =
            ((self.number.start - self.range.start) as usize, (self.number.end - self.range.start) as usize);
        let number = match (self.family, value) {
            (Family::First, 1) => "首先".to_owned(),
            (Family::First, 2) => "其次".to_owned(),
            (Family::First, 3) => "再次".to_owned(),
            (Family::First, LAST) => "最后".to_owned(),
            (Family::Side, 1) => "一方面".to_owned(),
            (Family::Side, 2) => "另一方面".to_owned(),
            (Family::First | Family::Side, _) => return None,
            _ => numeral::like(self.text.get(start..end)?, value)?,
        };
        Some(format!("{}{number}{}", self.text.get(..start)?, self.text.get(end..)?))
    }

    /// The text of the numeral.
    pub fn numeral(&self) -> &str {
        let (start, end) =
            ((self.number.start - self.range.start) as usize, (self.number.end - self.range.start) as usize);
        self.text.get(start..end).unwrap_or("")
    }
}

impl Family {
    /// The fixed place in the order of levels (GB/T 9704 7.3.3 and custom); `None` for the families
    /// that take the level where they stand.
    pub fn rank(self) -> Option<u8> {
        Some(match self {
            Self::Chapter(_) | Self::Ledger | Self::Roman => 0,
            Self::Chinese => 1,
            Self::ChineseParen => 2,
            Self::Arabic => 3,
            Self::ArabicParen | Self::Stem => 4,
            Self::Circled => 5,
            _ => return None,
        })
    }

    /// The name used in JSON and in documentation.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chapter(_) => "chapter",
            Self::Article => "article",
            Self::Ledger => "ledger",
            Self::Chinese => "cn-dun",
            Self::ChineseParen => "cn-paren",
            Self::Arabic => "ar-dot",
            Self::ArabicParen => "ar-paren",
            Self::Circled => "circled",
            Self::Stem => "stem",
            Self::Roman => "roman",
            Self::Letter(_) => "letter",
            Self::Nth => "di",
            Self::NthNoun(_) => "di-noun",
            Self::NthVerb(_) => "di-shi",
            Self::Verb(_) => "n-verb",
            Self::First => "shouxian",
            Self::OfThem => "qi",
            Self::Side => "pair",
            Self::Comes(_) => "laize",
            Self::Label(_) => "label",
            Self::Decimal(_) => "decimal",
            Self::Heading(_) => "heading",
        }
    }

    /// The last item of such a list has no number of its own.
    pub fn is_unnumbered(self) -> bool {
        matches!(self, Self::First | Self::Side | Self::Heading(_))
    }
}

/// A candidate ordinal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marker {
    /// The text of `range`.
    pub text: Box<str>,
    /// The text of `title`.
    pub heading: Box<str>,
    pub family: Family,
    pub value: u32,
    /// The whole marker with its point: `（一）` `第一，` `一要`.
    pub range: Range,
    /// The numeral in it.
    pub number: Range,
    /// The point or brackets are not the usual ones of the family; what is usual is in `usual`.
    pub deviation: Option<Deviation>,
    /// The heading: up to the end of the first sentence, or of the first clause when that is long.
    pub title: Range,
    /// The heading is a line of its own, without a sentence behind it.
    pub own_line: bool,
    /// Inside quotes or brackets: where they open; 0 outside.
    pub scope: u32,
    /// What speaks against it, if anything.
    pub doubt: Option<Doubt>,
    /// What it costs to take it to be ordinary text, in points.
    pub price: i16,
    /// What it costs to take it to be an ordinal.
    pub toll: i16,
    /// Behind a mark that ends a sentence or a large part of one, or at the start.
    pub after_clause: bool,
    /// Behind a colon: may begin a list of its own.
    pub after_colon: bool,
}

/// What is unusual about the way a marker is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Deviation {
    /// 1、 for 1.
    ArabicEnumeration,
    /// 1。 1, for 1.
    ArabicMark,
    /// 一. 一， 一：… for 一、
    ChineseMark,
    /// （一）、 （1）、 ①、: a point behind brackets.
    MarkBehind,
    /// (一) or （一) for （一）
    HalfBrackets,
    /// 第一、 首先、 for a comma.
    CommaWanted,
    /// 一、、 一、一、
    Doubled,
    /// ⼀、 ー、 for 一、
    Lookalike,
}

/// A title longer than this many characters is cut at its first comma.
const LONG_TITLE: usize = 40;

/// The ordinal at byte `at`, where a paragraph starts.
pub fn head(line: &str, at: usize) -> Option<Marker> {
    let mut found = fixed_head(line, at).or_else(|| agenda(line, at)).or_else(|| inline(line, at, true))?;
    found.after_clause = true;
    finish(line, &mut found, Place::Head);
    Some(found)
}

/// The other reading of a paragraph that begins with a decimal: 2.15分钟 is 2. and a heading.
pub fn alternative(line: &str, at: usize, head: &Marker) -> Option<Marker> {
    if !matches!(head.family, Family::Decimal(_)) {
        return None;
    }
    let mut found = arabic(line, at, true)?;
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

fn marker(family: Family, value: u32, range: (usize, usize), number: (usize, usize)) -> Marker {
    Marker {
        text: Box::default(),
        heading: Box::default(),
        family,
        value,
        range: Range::new(range.0, range.1),
        number: Range::new(number.0, number.1),
        deviation: None,
        title: Range::default(),
        own_line: false,
        scope: 0,
        doubt: None,
        price: 0,
        toll: 0,
        after_clause: false,
        after_colon: false,
    }
}

/// The families that stand at the start of a paragraph only, or mostly.
fn fixed_head(line: &str, at: usize) -> Option<Marker> {
    let c = after(line, at)?;
    match c {
        '第' => chapter(line, at),
        '（' | '(' => parenthesised(line, at),
        _ if numeral::one_piece(c).is_some() => one_piece(line, at, c),
        _ if digit(c).is_some() => decimal(line, at).or_else(|| arabic(line, at, true)),
        _ if c.is_ascii_alphabetic() => letter(line, at, true),
        'Ⅰ'..='Ⅻ' => roman(line, at),
        _ => chinese(line, at)
            .or_else(|| half_bracket(line, at))
            .or_else(|| formal(line, at, c))
            .or_else(|| label(line, at)),
    }
}

/// 一、 and its misspellings.
fn chinese(line: &str, at: usize) -> Option<Marker> {
    let rest = line.get(at..)?;
    let c = rest.chars().next()?;
    let (value, len, lookalike) = match numeral::read_chinese(rest) {
        Some((value, len)) => (value, len, None),
        None => {
            let (real, certain) = numeral::lookalike(c)?;
            let value = if real == '十' { 10 } else { numeral::chinese_digit(real)? };
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
    let mut found = marker(Family::Chinese, value, (at, end), number);
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

/// True when the numeral at byte `at` goes on with an enumeration or an approximation that `value`
/// began: 一、二、三产业 · 一、二线城市 · 三、四点意见 · 十一、十二月份. A heading may begin with a numeral, too
/// (一、二十大精神 · 二、三农工作): only the list can tell.
fn counts_on(line: &str, at: usize, value: u32) -> bool {
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

/// 壹、 and 甲、
fn formal(line: &str, at: usize, c: char) -> Option<Marker> {
    let (value, kind) = numeral::formal(c)?;
    let end = at + c.len_utf8();
    if !has(line, end, "、") || after(line, end + 3).and_then(numeral::formal).is_some() {
        return None;
    }
    let family = if kind == Formal::Ledger { Family::Ledger } else { Family::Stem };
    Some(marker(family, value, (at, end + 3), (at, end)))
}

/// Ⅰ. Ⅱ、, not Ⅱ类
fn roman(line: &str, at: usize) -> Option<Marker> {
    let c = after(line, at)?;
    let end = at + c.len_utf8();
    let mark = after(line, end).filter(|c| matches!(c, '.' | '．' | '、'))?;
    let value = c as u32 - 'Ⅰ' as u32 + 1;
    Some(marker(Family::Roman, value, (at, end + mark.len_utf8()), (at, end)))
}

/// A. a) A、, not A类, A、B两类, A.P.
fn letter(line: &str, at: usize, at_start: bool) -> Option<Marker> {
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
    Some(marker(Family::Letter(case), c as u32 - first as u32 + 1, (at, end), (at, at + 1)))
}

/// 下面进行第二项议程， 会议第一项议程是: the words before the ordinal only lead to it.
fn agenda(line: &str, at: usize) -> Option<Marker> {
    let mut number_at = at;
    while let Some(len) = words().leading.at(line, number_at).or_else(|| has(line, number_at, " ").then_some(1)) {
        number_at += len;
    }
    if number_at == at || !has(line, number_at, "第") {
        return None;
    }
    nth(line, number_at).filter(|m| m.family == Family::NthNoun(Word::new("项")))
}

/// 第一章
fn chapter(line: &str, at: usize) -> Option<Marker> {
    let number_at = skip_one_space(line, at + 3);
    let rest = line.get(number_at..)?;
    let (value, len) = numeral::read_chinese(rest).or_else(|| numeral::read_arabic(rest))?;
    // 第一条　为了……
    if let Some(unit) = any_of(line, number_at + len, &["条"]) {
        let end = number_at + len + unit.len();
        return after(line, end)
            .is_some_and(is_space)
            .then(|| marker(Family::Article, value, (at, end), (number_at, number_at + len)));
    }
    let unit = line.get(number_at + len..number_at + len + words().chapter.at(line, number_at + len)?)?;
    let end = number_at + len + unit.len();
    let next = after(line, end);
    // 第一部分，……: an item in a sentence.
    if !next.is_none_or(|c| is_space(c) || matches!(c, '、' | '：' | ':')) {
        return None;
    }
    let mark = next.filter(|c| !is_space(*c)).map_or(0, char::len_utf8);
    let unit = unit.chars().next().map(simplified)?;
    Some(marker(Family::Chapter(unit), value, (at, end + mark), (number_at, number_at + len)))
}

/// （一） （1） and their half-width forms.
fn parenthesised(line: &str, at: usize) -> Option<Marker> {
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
    let noun = words().room.at(line, end);
    let counted = noun
        .is_some_and(|len| after(line, end + len).is_none_or(|c| !is_han(c) || matches!(c, '和' | '的' | '与' | '学')));
    if family == Family::ArabicParen && counted {
        return None;
    }
    let mut found = marker(family, value, (at, end), (number_at, number_at + len));
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
fn refers(line: &str, at: usize) -> bool {
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
    numbered || has(line, at, "项") && words().refers.at(line, at + 3).is_some()
}

/// 一）: the opening bracket is missing; certain only beside （一）.
fn half_bracket(line: &str, at: usize) -> Option<Marker> {
    let (value, len) = numeral::read_chinese(line.get(at..)?)?;
    let end = at + len;
    let close = after(line, end).filter(|c| matches!(c, '）' | ')'))?;
    let mut found = marker(Family::ChineseParen, value, (at, end + close.len_utf8()), (at, end));
    found.deviation = Some(Deviation::HalfBrackets);
    found.doubt = Some(Doubt::Half);
    Some(found)
}

/// （一）、 ①、: takes the point behind brackets into the marker.
fn mark_behind(line: &str, found: &mut Marker) {
    let end = found.range.end as usize;
    if let Some(mark) = after(line, end).filter(|c| matches!(c, '、' | '.' | '．' | '，' | ','))
        && after(line, end + mark.len_utf8()).is_none_or(|c| digit(c).is_none())
    {
        found.range.end = (end + mark.len_utf8()) as u32;
        found.deviation = Some(Deviation::MarkBehind);
    }
}

fn one_piece(line: &str, at: usize, c: char) -> Option<Marker> {
    let end = at + c.len_utf8();
    let (family, value) = match numeral::one_piece(c)? {
        OnePiece::Circled(n) => (Family::Circled, n),
        OnePiece::ArabicParen(n) => (Family::ArabicParen, n),
        OnePiece::ArabicDot(n) => (Family::Arabic, n),
        OnePiece::ChineseParen(n) => (Family::ChineseParen, n),
    };
    let mut found = marker(family, value, (at, end), (at, end));
    mark_behind(line, &mut found);
    Some(found)
}

/// 1. 1、 1）
fn arabic(line: &str, at: usize, at_start: bool) -> Option<Marker> {
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
    let mut found = marker(family, value, (at, end), number);
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
fn unpointed(line: &str, number: (usize, usize), value: u32) -> Option<Marker> {
    let title = skip_spaces(line, number.1);
    let heading = title > number.1
        && after(line, title).is_some_and(|c| is_han(c) && numeral::chinese_digit(c).is_none())
        && words().amount.at(line, title).is_none()
        && line.get(title..)?.chars().take(LONG_TITLE + 1).count() <= LONG_TITLE
        && line[title..].chars().all(|c| !is_clause_end(c) && c != '，' && !is_space(c));
    heading.then(|| {
        let mut found = marker(Family::Arabic, value, (number.0, title), number);
        found.doubt = Some(Doubt::Unpointed);
        found
    })
}

/// 1.1 or 2.1.3 at the start of a paragraph.
fn decimal(line: &str, at: usize) -> Option<Marker> {
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
    let mut found = marker(Family::Decimal(prefix), value, (at, end), number);
    let attached = end == skip_spaces(line, end);
    let sentence = line.trim_end_matches(is_space).ends_with(['。', '！', '？', '；', '，', '：']);
    if attached && (sentence || next.is_some_and(|c| !is_han(c)) || words().amount.at(line, end).is_some()) {
        found.doubt = Some(Doubt::Measure);
    }
    Some(found)
}

/// 问题一： 附件2：
fn label(line: &str, at: usize) -> Option<Marker> {
    let word = line.get(at..at + words().label.at(line, at)?)?;
    let number_at = skip_one_space(line, at + word.len());
    let rest = line.get(number_at..)?;
    let (value, len) = numeral::read_chinese(rest).or_else(|| numeral::read_arabic(rest))?;
    let end = number_at + len;
    let mark = after(line, end).filter(|c| matches!(c, '：' | ':' | '、' | '.' | '．'))?;
    let mut found = marker(Family::Label(Word::new(word)), value, (at, end + mark.len_utf8()), (number_at, end));
    found.deviation = None;
    Some(found)
}

/// The ordinal at byte `at`, right behind a boundary; `at_start`: of the paragraph.
pub fn inline(line: &str, at: usize, at_start: bool) -> Option<Marker> {
    let rest = line.get(at..)?;
    let c = rest.chars().next()?;
    let mut found = match c {
        '第' => nth(line, at)?,
        '其' => of_them(line, at)?,
        '首' | '再' | '最' => first(line, at)?,
        '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '廿' | '卅' => {
            numbered_verb(line, at, at_start)?
        }
        '另' => {
            let len = any_of(line, at, &["另一方面"])?.len();
            marker(Family::Side, 2, (at, at + len), (at, at + len))
        }
        '（' | '(' if !at_start => parenthesised(line, at)?,
        _ if !at_start && numeral::one_piece(c).is_some() => one_piece(line, at, c)?,
        _ if !at_start && c.is_ascii_alphabetic() => letter(line, at, false)?,
        _ if !at_start && digit(c).is_some() => {
            if before(line, at).is_some_and(|b| digit(b).is_some() || matches!(b, '.' | '（' | '(')) {
                return None;
            }
            arabic(line, at, false)?
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
    let mut found = numbered_verb(line, at, false)?;
    // Kept without company in its paragraph: the next may go on.
    found.after_clause = true;
    finish(line, &mut found, Place::Word);
    Some(found)
}

/// 第一， 第一是 第一个方面：
fn nth(line: &str, at: usize) -> Option<Marker> {
    let number_at = skip_one_space(line, at + 3);
    let rest = line.get(number_at..)?;
    let (value, len) = numeral::read_chinese(rest).or_else(|| numeral::read_arabic(rest))?;
    let number = (number_at, number_at + len);
    let end = number_at + len;
    let next = after(line, end)?;
    let made = |family, end| marker(family, value, (at, end), number);
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
        '是' | '要' => Some(made(Family::NthVerb(next), end + 3)),
        '个' if any_of(line, end + 3, &["是", "要"]).is_some() => {
            Some(made(Family::NthVerb(simplified(after(line, end + 3)?)), end + 6))
        }
        // 第 2 页, 第 3 季度
        c if is_space(c)
            && after(line, skip_spaces(line, end)).is_some_and(|c| is_han(c) && !words().is_counted(c))
            && words().name.at(line, skip_spaces(line, end)).is_none() =>
        {
            let mut found = made(Family::Nth, skip_spaces(line, end));
            found.deviation = Some(Deviation::CommaWanted);
            found.doubt = Some(Doubt::Spaced);
            Some(found)
        }
        _ => {
            if words().name.at(line, end).is_some() {
                return None;
            }
            let usual = words().noun.at(line, end);
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
                if words().agenda.at(line, end + len).is_some() { &line[end..end + len] } else { &line[end..noun_end] };
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
fn of_them(line: &str, at: usize) -> Option<Marker> {
    if has(line, at, "其次") {
        return first(line, at);
    }
    let (value, len) = numeral::read_chinese(line.get(at + 3..)?)?;
    let end = at + 3 + len;
    let mark = after(line, end).filter(|c| matches!(c, '，' | ',' | '、' | '：' | ':' | '是'))?;
    let mark_len = if mark == '是' { 0 } else { mark.len_utf8() };
    Some(marker(Family::OfThem, value, (at, end + mark_len), (at + 3, end)))
}

/// 首先， 其次， 再次， 最后，
fn first(line: &str, at: usize) -> Option<Marker> {
    const WORDS: [(&str, u32); 7] =
        [("首先", 1), ("其次", 2), ("再次", 3), ("再者", 3), ("第三", 3), ("最后", LAST), ("再其次", 3)];
    let &(word, value) = WORDS.iter().find(|(word, _)| has(line, at, word))?;
    let end = at + word.len();
    let next = after(line, end)?;
    let mark = matches!(next, '，' | ',' | '、' | '：' | ':');
    // 再次强调, 其次数, 最后一公里: adverbs and parts of words. 首先 alone may lead into a clause.
    if !mark && next != '是' && !(value == 1 && (next == '要' || is_han(next))) {
        return None;
    }
    let mut found = marker(Family::First, value, (at, end + if mark { next.len_utf8() } else { 0 }), (at, end));
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

/// The value of 最后: it closes a list of any length.
pub const LAST: u32 = 1000;

/// 一是 二要 三问 …, 一方面, 一来, and 一、 inside a paragraph.
fn numbered_verb(line: &str, at: usize, at_start: bool) -> Option<Marker> {
    let (value, len) = numeral::read_chinese(line.get(at..)?)?;
    let number = (at, at + len);
    let end = at + len;
    let verb = after(line, end)?;
    let verb_end = end + verb.len_utf8();
    let next = after(line, verb_end);
    let made = |family, end| marker(family, value, (at, end), number);
    match verb {
        '、' if !at_start => {
            let mut found = made(Family::Chinese, verb_end);
            found.doubt = counts_on(line, verb_end, value).then_some(Doubt::Enumeration);
            Some(found)
        }
        '方' if value == 1 && has(line, end, "方面") => {
            let end = end + 6;
            (!after(line, end).is_some_and(|c| matches!(c, '军' | '的'))).then(|| made(Family::Side, end))
        }
        '来' | '则' if value <= 5 => {
            let comma = next.filter(|c| matches!(c, '，' | ','));
            // 一来二去, 一则消息
            (next.is_some_and(|c| !numeral::is_chinese(c))
                && any_of(line, verb_end, &["消息", "新闻", "通知", "寓言"]).is_none())
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
        c if is_han(c) && !words().is_counted(c) => Some(made(Family::Verb(simplified(c)), verb_end)),
        _ => None,
    }
}

/// 一是， 一是：: the point belongs to the marker.
fn take_comma(line: &str, at: usize) -> usize {
    after(line, at).filter(|c| matches!(c, '，' | ',' | '：' | ':' | '、')).map_or(at, |c| at + c.len_utf8())
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

fn skip_one_space(line: &str, at: usize) -> usize {
    after(line, at).filter(|c| is_space(*c)).map_or(at, |c| at + c.len_utf8())
}

fn back_over_spaces(line: &str, at: usize) -> usize {
    line.get(..at).map_or(0, |head| head.trim_end_matches(is_space).len())
}
