//! Announced counts: 我讲三点意见, 打好“六场硬仗”：, 五本账：一本是……, 坚持甲、坚持乙、坚持丙.
//!
//! A number and what it counts is an announcement where a list may follow, or where what it counts stands beside
//! it in a row ([`super::row`]). Which list it belongs to is decided in [`crate::outline`], by what is said of it
//! here as [`Sign`]s.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use super::marker::{Family, Marker};
use super::row::{self, Frame, Row, Side};
use crate::lexicon::{
    AHEAD, BACK, BEING, COUNT_UNIT, COUNTED_FORMULA, DOING, DONE, FROM, ITEM_NOUN, MEASURED, NO_COUNT, NOUN_END,
    OWN_NOUN, OWN_UNIT, PARTLY, SPAN_JOINT, TELLING,
};
use crate::numeral;
use crate::text::Range;
use crate::text::chars::{
    after, before, is_boundary, is_clause_end, is_closing_quote, is_han, is_opening_quote, is_space, is_stop,
    last_sentence,
};
use crate::text::position::floor;

/// A count that a list may have to match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// From the number to the end of the noun.
    pub range: Range,
    /// The text of `range`.
    pub text: Box<str>,
    pub number: Range,
    pub count: u32,
    /// What is counted, measure and noun, simplified: 个攻坚战 in 五个攻坚战.
    pub unit: Box<str>,
    /// The noun behind the measure, simplified: 攻坚战; may be empty.
    pub noun: Box<str>,
    /// The words behind the noun up to the next mark, simplified, where they are few: 下功夫.
    pub tail: Box<str>,
    pub signs: Signs,
    /// The byte where the sentence with the count ends, mark included.
    pub sentence_end: u32,
    pub place: Place,
    /// What is counted, where it stands beside the count without ordinals that other lists have.
    pub row: Option<Row>,
}

/// Where in its paragraph an announcement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the heading behind the ordinal.
    Heading,
    /// In the sentence before the first item of an inline list.
    BeforeInline,
    /// In one of the last sentences of the paragraph.
    Last,
    /// Anywhere, with a row beside it.
    Row,
}

/// What is said of a count where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// 讲, 提, 送给大家 before it.
    Telling,
    /// 有, 共, 分 right before it.
    Being,
    /// 抓好, 念好, 实施 right before it.
    Doing,
    /// A noun of what a speaker has to say: 意见, 要求, or none behind 点.
    Own,
    /// A noun that stands for items whatever they are: 方面, 措施.
    Item,
    /// Only marks stand between the noun and the end of the sentence.
    Closes,
    /// Only a comma stands behind it, and the list goes on in the same sentence.
    Comma,
    /// The sentence ends with a colon or a dash.
    Colon,
    Quoted,
    /// 这三点, 上述三点
    Back,
    /// 以下三点
    Ahead,
    /// 了 or 过 in the clause.
    Done,
    /// 从三个方面
    From,
    /// 其中
    Partly,
    /// 等三项
    Such,
    /// Another sentence follows in the paragraph.
    Earlier,
    /// 以上三点, 上述三点: what stands before it and nothing else.
    Above,
    /// The sentence begins with it.
    Starts,
    /// 这三点, 以上三点: what stands right before it, and not what somebody has said.
    Near,
}

impl Sign {
    pub const ALL: [(&str, Self); 19] = [
        ("telling", Self::Telling),
        ("being", Self::Being),
        ("doing", Self::Doing),
        ("own", Self::Own),
        ("item", Self::Item),
        ("closes", Self::Closes),
        ("comma", Self::Comma),
        ("colon", Self::Colon),
        ("quoted", Self::Quoted),
        ("back", Self::Back),
        ("ahead", Self::Ahead),
        ("done", Self::Done),
        ("from", Self::From),
        ("partly", Self::Partly),
        ("such", Self::Such),
        ("earlier", Self::Earlier),
        ("above", Self::Above),
        ("starts", Self::Starts),
        ("near", Self::Near),
    ];

    /// The sign with this name among the features of a count.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(own, _)| *own == name).map(|(_, sign)| *sign)
    }
}

/// A set of [`Sign`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs(u32);

impl Signs {
    pub const fn has(self, sign: Sign) -> bool {
        self.0 & (1 << sign as u32) != 0
    }

    fn set(&mut self, sign: Sign, on: bool) {
        self.0 |= u32::from(on) << sign as u32;
    }
}

impl Announcement {
    /// The speaker says that a list of his own follows: 讲三点意见, 有三点考虑.
    pub const fn is_spoken(&self) -> bool {
        let says = self.signs.has(Sign::Telling) || self.signs.has(Sign::Being) || self.signs.has(Sign::Ahead);
        says && (self.signs.has(Sign::Own) || self.signs.has(Sign::Item)) && !self.signs.has(Sign::Back)
    }

    /// The numeral as it is written.
    pub fn written_number(&self) -> &str {
        let len = (self.number.end - self.number.start) as usize;
        self.text.get(..len).unwrap_or("")
    }
}

/// How many bytes of a sentence are looked at, from its end or from the count.
const REACH: usize = 450;
/// No list is longer than that.
const MOST: u32 = 20;
/// How many counts side by side are looked at.
const BESIDE: usize = 12;
/// How many characters a word in quotes has at most that is counted without a measure.
const BARE: usize = 3;
/// How many characters a noun has at most.
const NOUN: usize = 8;

/// How many characters behind the noun may recur in the items.
const TAIL: usize = 5;

/// A sentence in which an announcement may stand.
struct Window {
    from: usize,
    end: usize,
    place: Place,
    /// Another sentence follows in the paragraph.
    earlier: bool,
}

/// The sentences that a list may follow: of a heading, before each inline list, at the end of the paragraph.
#[derive(Default)]
struct Windows {
    heading: Option<Window>,
    /// In text order, as their ends are.
    inline: Vec<Window>,
    last: Vec<Window>,
}

impl Windows {
    /// The first of them that byte `at` stands in.
    fn around(&self, at: usize) -> Option<&Window> {
        let inline = self.inline.get(self.inline.partition_point(|window| window.end <= at));
        let mut all = self.heading.iter().chain(inline).chain(&self.last);
        all.find(|window| window.from <= at && at < window.end)
    }
}

/// The announcements of `line`, whose text starts at byte `start`.
pub fn find(line: &str, start: usize, head: Option<&Marker>, inline: &[Marker]) -> Vec<Announcement> {
    let body = head.map_or(start, |h| h.range.end as usize);
    let mut windows = None;
    let mut found: Vec<Announcement> = Vec::new();
    let bytes = line.as_bytes();
    let mut at = body;
    let mut run = Run::default();
    while at < bytes.len() {
        let lead = bytes[at];
        let (width, numeral) = match lead {
            b'1'..=b'9' => (1, true),
            0..0x80 => (1, false),
            // Every Chinese digit starts with one of two bytes; most characters are passed over by it.
            0xE4 | 0xE5 => (3, numeral::starts_count(&bytes[at..])),
            0xC0..0xE0 => (2, false),
            0xF0.. => (4, false),
            0xEF => (3, bytes.get(at + 1) == Some(&0xBC) && matches!(bytes.get(at + 2), Some(0x91..=0x99))),
            _ => (3, false),
        };
        if numeral && let Some(counted) = counted(line, at) {
            let windows = windows.get_or_insert_with(|| windows_of(line, body, head, inline));
            let window = windows.around(at);
            if run.end <= at {
                run = Run::of(line, &counted);
            }
            if let Some(announcement) = announcement(line, at, &counted, window, body, &run) {
                at = announcement.range.end as usize;
                found.push(announcement);
                continue;
            }
        }
        at += width;
    }
    found
}

fn windows_of(line: &str, body: usize, head: Option<&Marker>, inline: &[Marker]) -> Windows {
    let mut windows = Windows::default();
    if head.is_some() {
        // A heading may be a sentence with several clauses; the count can stand in any of them.
        let rest = &line[body..];
        let end = rest
            .find(|c| is_stop(c) || matches!(c, '：' | '；'))
            .map_or(line.len(), |i| body + i + rest[i..].chars().next().map_or(0, char::len_utf8));
        if end - body < 600 {
            let from = sentence_start(line, body, end);
            windows.heading = Some(Window { from, end, place: Place::Heading, earlier: false });
        }
    }
    let mut seen: FxHashSet<(Family, u32)> = FxHashSet::default();
    for marker in inline {
        // 我再补充两点：四是……
        let announced = line[..marker.range.start as usize].ends_with(['：', ':']);
        let is_first = seen.insert((marker.family, marker.scope));
        if marker.value != 1 && !is_first && !announced {
            continue;
        }
        let end = line[..marker.range.start as usize].trim_end_matches(is_space).len();
        let from = sentence_start(line, body, end);
        windows.inline.push(Window { from, end, place: Place::BeforeInline, earlier: false });
    }
    let trimmed = line.trim_end_matches(|c| is_space(c) || c == '*');
    // （以下四项，逐项落实。）
    let bracketed = line[body..].trim_start_matches(is_space).starts_with(['（', '(']);
    let mut end = if bracketed { trimmed.trim_end_matches(['）', ')']) } else { trimmed }.len();
    for earlier in [false, true, true] {
        if end <= body {
            break;
        }
        let from = sentence_start(line, body, end);
        windows.last.push(Window { from, end, place: Place::Last, earlier });
        end = from;
    }
    windows
}

/// Where the sentence that ends at `end` begins.
fn sentence_start(line: &str, from: usize, end: usize) -> usize {
    let Some(head) = line.get(from..end) else {
        return from;
    };
    let body = head.trim_end_matches(|c| is_stop(c) || matches!(c, '：' | ':' | '；' | ';' | '”' | '—' | ' ' | '　'));
    // A longer sentence is looked at from its last part on: the count stands near the list.
    let body_end = from + body.len();
    let from = from.max(floor(line, end.saturating_sub(REACH)));
    from + line.get(from..body_end).map_or(0, last_sentence)
}

/// A number and what it counts.
struct Counted {
    count: u32,
    number_end: usize,
    noun_at: usize,
    noun_end: usize,
    /// Behind the noun, with the mark that closes it: 三个“新”.
    end: usize,
    is_item: bool,
    /// “三朵云” may be a name: it counts what stands in a row beside it, and no list.
    named: bool,
    /// The number only measures, unless what it counts is named before it: 甲、乙、丙这三个单位.
    measured: bool,
}

fn counted(line: &str, at: usize) -> Option<Counted> {
    let (count, len) = numeral::read_count(line.get(at..)?)?;
    let number_end = at + len;
    // One of anything announces no list; so do long ones.
    if !(2..=MOST).contains(&count) {
        return None;
    }
    let unit = COUNT_UNIT.at(line, number_end);
    // “四有”：有理想……, “四到位”: a word in quotes that is no measure is counted itself.
    let bare = unit.is_none() && before(line, at).is_some_and(is_opening_quote) && is_quoted_word(line, number_end);
    let noun_at = match unit {
        Some((range, row)) if row.value.is_empty() => range.end as usize,
        Some(_) => number_end,
        None if bare => number_end,
        None => return None,
    };
    let is_part = before(line, at).is_some_and(|c| numeral::is_chinese(c) || c.is_ascii_digit());
    let measured = MEASURED.stands_at(line, noun_at);
    // 指数、指标都连续三个月上升
    let amount = MEASURED.at(line, noun_at).is_some_and(|(_, row)| !row.value.is_empty());
    let amount = amount && before(line, at) != Some('这');
    if is_part || is_span(line, at) || amount || NO_COUNT.ends_at(line, at) || COUNTED_FORMULA.stands_at(line, at) {
        return None;
    }
    // 三个问题展开讨论: the noun ends with the word that stands for the items.
    let item = ITEM_NOUN.at(line, noun_at).map(|(range, _)| range.end as usize);
    let quoted = item.is_none().then(|| quoted_noun(line, noun_at)).flatten();
    let (noun_at, noun_end, end) = match (item, quoted) {
        (Some(end), _) => (noun_at, end, end),
        (None, Some(quoted)) => quoted,
        (None, None) => {
            let end = noun_end(line, noun_at);
            (noun_at, end, end)
        }
    };
    let is_item = item.is_some() || ITEM_NOUN.ends_at(line, noun_end) && noun_end > noun_at;
    let named = bare && noun_end > noun_at + '云'.len_utf8();
    Some(Counted { count, number_end, noun_at, noun_end, end, is_item, named, measured })
}

/// 2至3名, 三到五个: the number at byte `at` is the end of a span.
fn is_span(line: &str, at: usize) -> bool {
    let joint = SPAN_JOINT.word_ending(line, at).map_or_else(
        || before(line, at).filter(|c| matches!(c, '-' | '—' | '–' | '~' | '～')).map_or(0, char::len_utf8),
        str::len,
    );
    joint > 0 && before(line, at - joint).is_some_and(|c| numeral::is_chinese(c) || c.is_ascii_digit())
}

/// A word of a few ideographs at byte `at`, without numerals, and a closing quote behind it.
fn is_quoted_word(line: &str, at: usize) -> bool {
    let mut chars = line[at..].chars().take(BARE + 1);
    let mut len = 0;
    chars
        .find(|c| {
            len += 1;
            !is_han(*c) || numeral::is_chinese(*c)
        })
        .is_some_and(|c| len > 1 && is_closing_quote(c))
}

/// 三个“新”：新……: a short word in quotes behind the measure, where it begins and ends, and the end of the quotes.
fn quoted_noun(line: &str, at: usize) -> Option<(usize, usize, usize)> {
    let quote = after(line, at).filter(|c| is_opening_quote(*c))?;
    let from = at + quote.len_utf8();
    let word = line[from..].char_indices().take(NOUN).find(|(_, c)| !is_han(*c));
    let (len, close) = word.filter(|(len, c)| *len > 0 && is_closing_quote(*c))?;
    Some((from, from + len, from + len + close.len_utf8()))
}

/// Where the noun that begins at byte `at` ends: at a mark or a word that ends a noun phrase.
fn noun_end(line: &str, at: usize) -> usize {
    let mut end = at;
    for c in line[at..].chars().take(NOUN) {
        if !is_han(c) || end > at && NOUN_END.stands_at(line, end) {
            break;
        }
        end += c.len_utf8();
    }
    end
}

/// Counts that stand side by side: 三个提前、四个不漏.
#[derive(Default)]
struct Run<'a> {
    nouns: Vec<&'a str>,
    end: usize,
}

impl<'a> Run<'a> {
    /// The counts from `first` on.
    fn of(line: &'a str, first: &Counted) -> Self {
        let noun = |counted: &Counted| &line[counted.noun_at..counted.noun_end];
        let mut run = Self { nouns: vec![noun(first)], end: first.end };
        let is_between = |c: char| c == '、' || is_closing_quote(c) || is_opening_quote(c);
        loop {
            let rest = &line[run.end..];
            let at = run.end + rest.len() - rest.trim_start_matches(is_between).len();
            let next = (at > run.end).then(|| counted(line, at)).flatten().filter(|next| !next.measured);
            let Some(next) = next.filter(|_| run.nouns.len() < BESIDE) else { return run };
            run.nouns.push(noun(&next));
            run.end = next.end;
        }
    }
}

fn announcement(
    line: &str,
    at: usize,
    counted: &Counted,
    window: Option<&Window>,
    body: usize,
    run: &Run,
) -> Option<Announcement> {
    let &Counted { count, number_end, noun_at, noun_end, end: own_end, is_item, named, measured } = counted;
    let noun = &line[noun_at..noun_end];
    // The quotes around the noun are no part of what is counted.
    let unit: Cow<str> = match own_end > noun_end {
        true => [&line[number_end..noun_at], noun].concat().replace(is_opening_quote, "").into(),
        false => line[number_end..noun_end].into(),
    };
    let unit = &*unit;
    let others: Vec<&str> = run.nouns.iter().copied().filter(|other| *other != noun).collect();
    let end = if others.is_empty() { own_end } else { run.end };
    let row = row::find(line, at, end, &row::Counted { count, unit, noun, others: &others, measured }, body);
    let window = window.filter(|_| !measured && !named);
    let row = row.filter(|row| !measured || row.side == Side::This || matches!(row.frame, Frame::Tail | Frame::Loose));
    // Where no list and no row is, nothing is announced.
    if window.is_none() && row.is_none() {
        return None;
    }
    let end = window.map_or_else(
        || {
            let far = floor(line, own_end + REACH);
            line[own_end..far].find(is_clause_end).map_or(far, |i| own_end + i)
        },
        |window| window.end.max(own_end),
    );
    let rest = line[own_end..end].trim_end();
    let clause_at = clause_start(line, body, at);
    let clause = line[clause_at..at].trim_end_matches(is_opening_quote);
    // 从提出问题、分析问题、解决问题三个方面: what is counted stands before.
    let last_at = clause.rfind('、').map_or(0, |i| i + '、'.len_utf8());
    let last = &clause[last_at..];
    let clause_end = clause_at + clause.len();
    let plain = noun.is_empty();
    let mut signs = Signs::default();
    signs.set(Sign::Telling, TELLING.find(last).is_some());
    signs.set(Sign::Being, BEING.ends_at(line, clause_end));
    signs.set(Sign::Doing, DOING.ends_at(line, clause_end));
    signs.set(Sign::Own, OWN_NOUN.ends_at(line, noun_end) && !noun.is_empty() || plain && OWN_UNIT.contains(unit));
    signs.set(Sign::Item, is_item);
    let closes = rest.chars().all(|c| is_boundary(c) || c == '"');
    let comma = rest.ends_with(['，', ',']);
    signs.set(Sign::Closes, closes && !comma);
    signs.set(Sign::Comma, closes && comma);
    signs.set(Sign::Colon, rest.ends_with(['：', ':', '—']));
    let quoted = before(line, at).is_some_and(is_opening_quote) || after(line, noun_end).is_some_and(is_closing_quote);
    signs.set(Sign::Quoted, quoted);
    let back = BACK.ending(line, clause_end);
    signs.set(Sign::Back, back.is_some());
    signs.set(Sign::Above, back.is_some_and(|(_, row)| row.value == "above"));
    // 一这三点: what points back may begin in the ordinal.
    let begins = |(range, _): (Range, _)| {
        let before = line.get(body..range.start as usize).unwrap_or("").trim_end_matches(is_space);
        before.is_empty() || before.ends_with(is_stop)
    };
    signs.set(Sign::Starts, back.is_some_and(begins));
    signs.set(Sign::Near, back.is_some_and(|(_, row)| !row.value.is_empty()));
    signs.set(Sign::Ahead, AHEAD.ends_at(line, clause_end));
    signs.set(Sign::Done, DONE.find(clause).is_some());
    signs.set(Sign::From, FROM.find(last).is_some());
    signs.set(Sign::Partly, PARTLY.find(clause).is_some());
    signs.set(Sign::Such, clause.ends_with('等'));
    signs.set(Sign::Earlier, window.is_some_and(|window| window.earlier));
    Some(Announcement {
        range: Range::new(at, own_end),
        text: line[at..own_end].into(),
        number: Range::new(at, number_end),
        count,
        unit: unit.into(),
        noun: noun.into(),
        tail: tail(rest).into(),
        signs,
        sentence_end: end as u32,
        place: window.map_or(Place::Row, |window| window.place),
        row,
    })
}

/// The few words that `rest` begins with, of two characters or more.
fn tail(rest: &str) -> &str {
    let words = rest.find(|c| !is_han(c)).map_or(rest, |i| &rest[..i]);
    if (2..=TAIL).contains(&words.chars().count()) { words } else { "" }
}

fn clause_start(line: &str, start: usize, at: usize) -> usize {
    let start = start.max(floor(line, at.saturating_sub(REACH)));
    let head = line.get(start..at).unwrap_or("");
    head.rfind(|c| is_boundary(c) && !is_opening_quote(c) && c != '、')
        .map_or(start, |i| start + i + head[i..].chars().next().map_or(0, char::len_utf8))
}
