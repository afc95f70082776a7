//! What of a sentence that stood in last year's draft is still last year's: years, numbers of events, figures, dates,
//! names, themes. What is right to stay is left out.

use super::amounts::{self, is_dash};
use super::dates::{number_after, year_before};
use super::names::name_at;
use crate::former::{Former, Kind, Promise, Sentence};
use crate::lexicon::{
    ANNIVERSARY, COUNTED_EVENT, EVERY_YEAR, FACTOR, FIVE_YEAR_PLAN, GROWN_BY, HAPPENED, LASTING_EVENT, NTH_MEASURE,
    OF_TIME, PAST_YEAR, POST, SURNAME, THEME, THIS_TIME, TO_COME, YEAR_COMPARED, YEAR_SINCE, ZODIAC,
};
use crate::numeral::is_chinese;
use crate::placeholder::measure_at;
use crate::text::chars::{before, is_han};
use crate::text::{Range, tables};

/// The draft that the examples of rules go by.
pub(super) fn former_of_examples() -> Former {
    let (mut sentences, mut promises, mut spoken) = (Vec::new(), Vec::new(), 0);
    for (n, mut cells) in (0..).zip(tables::rows(include_str!("last-year.tsv"))) {
        let text = cells.next().unwrap_or_default();
        let size = text.chars().filter(|c| c.is_alphanumeric()).count() as u32;
        sentences.push(Sentence::new(text, n, size));
        spoken += size;
        if let (Some(thing), Some(name)) = (cells.next(), cells.next()) {
            promises.push(Promise::new(n, thing, name, false));
        }
    }
    let mut former = Former::new(sentences);
    (former.year, former.size, former.promises) = (Some(2025), spoken, promises);
    former
}

/// All kinds, in the order of their numbers.
pub(super) const KINDS: [Kind; 6] = [Kind::Year, Kind::Nth, Kind::Theme, Kind::Figure, Kind::Date, Kind::Name];

pub(super) fn names(kind: Kind) -> [&'static str; 3] {
    match kind {
        Kind::Year => ["年份", "年份", "year"],
        Kind::Nth => ["次数", "次數", "number of the event"],
        Kind::Theme => ["主题", "主題", "theme"],
        Kind::Figure => ["数字", "數字", "figure"],
        Kind::Date => ["日期", "日期", "date"],
        Kind::Name => ["姓名", "姓名", "name"],
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    pub kind: Kind,
    /// In the sentence.
    pub range: Range,
    /// It cannot be right.
    pub is_sure: bool,
}

/// A sentence, and what it was in last year's draft.
#[derive(Clone, Copy)]
pub(super) struct Pair<'a> {
    pub new: &'a str,
    pub old: &'a str,
    /// Not a word has changed.
    pub is_same: bool,
    /// The year of last year's draft.
    pub year: Option<u32>,
}

impl Pair<'_> {
    /// What has been kept, in the order of the sentence.
    pub fn kept(self) -> Vec<Kept> {
        let mut found = facts(self.new);
        let changed = self.changed();
        found.retain(|(_, range)| !changed.contains(range) && self.was_there(*range) && !is_in_title(self.new, *range));
        let is_done = TO_COME.find(self.old).is_some() && TO_COME.find(self.new).is_none();
        let is_of_the_past = self.is_of_the_past();
        let kept = found.into_iter().filter_map(|(kind, range)| {
            let is_sure = match kind {
                // What was to be done then is told of now.
                Kind::Year | Kind::Figure | Kind::Date if is_done => None,
                Kind::Year if ZODIAC.stands_at(self.new, range.start as usize) => {
                    HAPPENED.find(self.new).is_none().then_some(true)
                }
                Kind::Year => self.year_kept(range).map(|is_sure| is_sure && !self.tells_of(range)),
                Kind::Nth if is_of_the_past => None,
                Kind::Nth => self.event_kept(range),
                Kind::Theme if PAST_YEAR.find(self.clause_before(range)).is_some() => None,
                Kind::Theme => Some(THIS_TIME.find(self.new).is_some()),
                Kind::Figure if is_of_the_past => None,
                Kind::Figure if self.is_compared(range) => None,
                Kind::Figure => self.figure_kept(),
                Kind::Date if is_of_the_past => None,
                Kind::Date => self.date_kept(range),
                // Who is named in a sentence that was written anew has been thought of.
                Kind::Name => self.is_same.then_some(false),
            };
            Some(Kept { kind, range, is_sure: is_sure? })
        });
        kept.collect()
    }

    /// Whether the sentence begins with a month of that year and tells what was then.
    fn tells_of(self, year: Range) -> bool {
        /// Characters of a sentence that tells something.
        const TOLD: usize = 8;
        let rest = &self.new[year.end as usize..];
        let month = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        year.start == 0 && month.len() < rest.len() && month.starts_with('月') && month.chars().count() > TOLD
    }

    /// The clause that a stretch stands in, up to it.
    fn clause_before(&self, range: Range) -> &str {
        let head = &self.new[..range.start as usize];
        &head[head.rfind('，').unwrap_or(0)..]
    }

    /// What stands for something else than before: 2024年 where 2023年 stood.
    fn changed(self) -> Vec<Range> {
        let (before, here) = (amounts::facts(self.old), amounts::facts(self.new));
        let pairs = amounts::paired((self.old, &before), (self.new, &here));
        let pairs = before.iter().zip(&pairs).filter_map(|(was, m)| Some((was, &here[(*m)?])));
        pairs.filter(|(was, is)| !was.is_same(is)).map(|(_, is)| is.range).collect()
    }

    fn was_there(self, range: Range) -> bool {
        let fact = range.of(self.new);
        let is_number = fact.starts_with(|c: char| c.is_ascii_digit());
        self.old.match_indices(fact).any(|(at, _)| {
            !(is_number && before(self.old, at).is_some_and(|c| c.is_ascii_digit() || matches!(c, '.' | ',')))
        })
    }

    /// It tells of years that were past for last year's draft, too, of a plan, or of what somebody said and did.
    fn is_of_the_past(self) -> bool {
        let is_earlier = |year: u32| self.year.is_some_and(|own| year + 1 < own);
        years(self.new).any(|(year, _)| is_earlier(year))
            || FIVE_YEAR_PLAN.find(self.new).is_some()
            || HAPPENED.find(self.new).is_some()
            // 去年 has come in, and with it the figures of last year.
            || PAST_YEAR.find(self.new).is_some() && PAST_YEAR.find(self.old).is_none()
    }

    fn year_kept(self, range: Range) -> Option<bool> {
        let (year, _) = year_before(self.new, range.end as usize)?;
        let own = self.year?;
        let (head, tail) = (&self.new[..range.start as usize], &self.new[range.end as usize..]);
        let is_compared = YEAR_COMPARED.ends_at(head, head.len()) || YEAR_SINCE.stands_at(tail, 0);
        let month = tail.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix('月');
        let is_since = month.is_some_and(|rest| YEAR_SINCE.stands_at(rest, 0));
        let is_number = |c: char| c.is_ascii_digit() || c == '年';
        let is_span = head.strip_suffix(is_dash).is_some_and(|head| head.ends_with(is_number))
            || tail.strip_prefix(is_dash).is_some_and(|tail| tail.starts_with(is_number));
        if year > own || year + 1 < own || is_compared || is_since || is_span || HAPPENED.find(self.new).is_some() {
            return None;
        }
        let is_told = before(head, head.len()) == Some('于');
        Some(!is_told && (self.is_same || year < own))
    }

    pub(super) fn event_kept(self, range: Range) -> Option<bool> {
        if HAPPENED.find(self.new).is_some_and(|(_, row)| row.value == "said") {
            return None;
        }
        if ANNIVERSARY.ends_at(self.new, range.end as usize) {
            return Some(true);
        }
        let (clause, from) = clause_around(self.new, range);
        if let Some((_, row)) = LASTING_EVENT.find(clause) {
            // Of 第十七届人民代表大会第三次会议 the meetings are counted.
            let is_counted = || self.new[range.end as usize..].contains('第');
            return (!row.value.is_empty() && !is_counted()).then_some(false);
        }
        COUNTED_EVENT.find(&clause[range.end as usize - from..]).map(|_| true)
    }

    /// 比上年的15.3%提高
    fn is_compared(self, range: Range) -> bool {
        let head = &self.new[..range.start as usize];
        let is_past = |head: &str| {
            let year = || year_before(head, head.len()).is_some_and(|(_, at)| YEAR_COMPARED.ends_at(head, at));
            PAST_YEAR.ends_at(head, head.len()) || year()
        };
        head.strip_suffix('的').is_some_and(is_past)
    }

    fn figure_kept(self) -> Option<bool> {
        let is_goal = TO_COME.find(self.new).is_some();
        if !self.is_same {
            return (!is_goal).then_some(false);
        }
        let has_rate = || amounts::facts(self.new).iter().any(|fact| fact.kind == amounts::Kind::Share);
        let is_rate = GROWN_BY.find(self.new).is_some() && has_rate();
        Some(is_rate && !is_goal)
    }

    fn date_kept(self, range: Range) -> Option<bool> {
        let (clause, from) = clause_around(self.new, range);
        let is_yearly = EVERY_YEAR.find(self.new).is_some();
        let is_feast =
            COUNTED_EVENT.find(&clause[range.end as usize - from..]).is_some_and(|(_, row)| row.word.len() == 3);
        let is_dated = self.new[..range.start as usize].ends_with('年');
        // 6月15日前: a date to have it done by is often every year's.
        let is_by = self.new[range.end as usize..].starts_with('前');
        (!is_yearly && !is_feast && !is_dated && !is_by).then_some(false)
    }
}

/// The years in four digits, each with the end of its 年.
pub(super) fn years(text: &str) -> impl Iterator<Item = (u32, usize)> + '_ {
    text.match_indices('年').filter_map(|(at, mark)| {
        let end = at + mark.len();
        year_before(text, end).map(|(year, _)| (year, end))
    })
}

/// The clause that a fact stands in, and where that begins.
fn clause_around(text: &str, range: Range) -> (&str, usize) {
    let is_mark = |c: char| matches!(c, '，' | '。' | '；' | '：' | '！' | '？');
    let from = text[..range.start as usize].rfind(is_mark).map_or(0, |at| at + '，'.len_utf8());
    let end = text[range.end as usize..].find(is_mark).map_or(text.len(), |at| range.end as usize + at);
    (&text[from..end], from)
}

/// Whether it stands in the title of a document.
fn is_in_title(text: &str, range: Range) -> bool {
    let head = &text[..range.start as usize];
    head.rfind('《') > head.rfind('》')
}

/// All facts of a sentence, in its order.
pub(super) fn facts(text: &str) -> Vec<(Kind, Range)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let fact = match c {
            '0'..='9' => number(text, at),
            '第' => nth(text, at),
            c if is_chinese(c) || c == '〇' => chinese(text, at),
            '“' => theme(text, at),
            _ if ZODIAC.stands_at(text, at) => ZODIAC.at(text, at).map(|(range, _)| (Some(Kind::Year), range)),
            _ if is_han(c) && SURNAME.stands_at(text, at) => name(text, at),
            _ => None,
        };
        match fact {
            Some((kind, range)) => {
                at = range.end as usize;
                found.extend(kind.map(|kind| (kind, range)));
            }
            None => at += c.len_utf8(),
        }
    }
    found
}

/// A fact, or what is none as far as it goes.
type Fact = Option<(Option<Kind>, Range)>;

/// The fact that the digits at `at` are the beginning of.
fn number(text: &str, at: usize) -> Fact {
    let len = text[at..].bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')).count();
    let end = at + text[at..at + len].trim_end_matches(['.', ',']).len();
    let rest = &text[end..];
    let fact = |kind, end| Some((kind, Range::new(at, end)));
    let year = end + '年'.len_utf8();
    if rest.starts_with('年') && year_before(text, year).is_some() {
        return fact(Some(Kind::Year), year);
    }
    if let Some(rest) = rest.strip_prefix('月')
        && let Some((_, day)) = number_after(text, text.len() - rest.len())
        && text[day..].starts_with('日')
    {
        return fact(Some(Kind::Date), day + '日'.len_utf8());
    }
    if let Some((word, _)) = ANNIVERSARY.at(text, end) {
        return fact(Some(Kind::Nth), word.end as usize);
    }
    let is_telling = end - at > 1 || rest.starts_with(['%', '％']);
    let is_measured = measure_at(text, end) || FACTOR.at(text, end).is_some();
    let unit = rest.chars().next().map_or(0, char::len_utf8);
    // 24小时, 18个月
    let is_time = OF_TIME.stands_at(text, end) || OF_TIME.stands_at(text, end + unit);
    match is_telling && is_measured && !is_time {
        true => fact(Some(Kind::Figure), end + unit),
        false => fact(None, end),
    }
}

/// 第三次, 第15届, 第四十个
fn nth(text: &str, at: usize) -> Fact {
    let from = at + '第'.len_utf8();
    let len: usize =
        text[from..].chars().take_while(|c| c.is_ascii_digit() || is_chinese(*c)).map(char::len_utf8).sum();
    let (measure, _) = NTH_MEASURE.at(text, from + len).filter(|_| len > 0)?;
    Some((Some(Kind::Nth), Range::new(at, measure.end as usize)))
}

/// Fewer things are counted in Chinese characters for the sound of it: 九十九道弯.
const MANY: i128 = 100;

/// A figure that tells something: 百分之六, 一百二十亿元.
fn is_told(fact: &amounts::Fact) -> bool {
    match fact.kind {
        amounts::Kind::Share => true,
        amounts::Kind::Figure => fact.value >= MANY * amounts::ONE && !OF_TIME.stands_at(&fact.unit, 0),
        _ => false,
    }
}

/// 二〇二五年, 七十五周年, 百分之六
fn chinese(text: &str, at: usize) -> Fact {
    let len: usize = text[at..].chars().take_while(|c| is_chinese(*c) || *c == '〇').map(char::len_utf8).sum();
    let end = at + len;
    let year = end + '年'.len_utf8();
    let is_year = year_before(text, year).is_some_and(|found| found.1 == at);
    let (kind, end) = match ANNIVERSARY.at(text, end) {
        Some((word, _)) => (Some(Kind::Nth), word.end as usize),
        None if is_year => (Some(Kind::Year), year),
        // 十二届四次全会
        None if text[end..].starts_with('次') && COUNTED_EVENT.stands_at(text, end + '次'.len_utf8()) => {
            (Some(Kind::Nth), end + '次'.len_utf8())
        }
        None => match amounts::said_at(text, at) {
            Some(fact) if is_told(&fact) => (Some(Kind::Figure), fact.range.end as usize),
            Some(fact) if fact.kind == amounts::Kind::Day => (Some(Kind::Date), fact.range.end as usize),
            _ => (None, end),
        },
    };
    Some((kind, Range::new(at, end)))
}

/// 主题是“……”, 以“……”为主题, “……”的主题
fn theme(text: &str, at: usize) -> Fact {
    const NEAR: usize = 9;
    let inner = at + '“'.len_utf8();
    let end = inner + text[inner..].find('”')?;
    let near = text[..at].char_indices().rev().take_while(|(_, c)| !matches!(c, '，' | '。')).take(NEAR).last();
    let head = near.map_or("", |(from, _)| &text[from..at]);
    let behind = end + '”'.len_utf8();
    let is_named = THEME.find(head).is_some()
        || text[behind..].starts_with(['为', '的']) && THEME.stands_at(text, behind + '为'.len_utf8());
    // What else is quoted is gone through for its own facts.
    is_named.then(|| (Some(Kind::Theme), Range::new(inner, end)))
}

/// A name beside a post.
fn name(text: &str, at: usize) -> Fact {
    let name = name_at(text, at)?;
    let end = at + name.len();
    (POST.ends_at(text, at) || POST.stands_at(text, end)).then(|| (Some(Kind::Name), Range::new(at, end)))
}
