//! What a row is, and where it begins.

use crate::lexicon::JOINING;
use crate::text::chars::{after, is_closing_quote, is_han, is_quote, is_space, is_stop};
use crate::text::position::floor;

/// What is counted, as it stands beside the count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    pub frame: Frame,
    pub side: Side,
    /// How many items there are; as many as announced where any way of counting them gives that.
    pub actual: u32,
    /// What speaks for a loose row.
    pub evidence: Evidence,
}

impl Row {
    pub(super) fn of(frame: Frame, side: Side, actual: u32) -> Self {
        Self { frame, side, actual, evidence: Evidence::default() }
    }
}

/// In what the items are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// 五个坚持：坚持……，坚持……
    Head,
    /// 五个到位：人员到位、物资到位……
    Tail,
    /// 三个一批：储备一批……，开工一批……
    Within,
    /// 四字诀：“听”字……
    Character,
    /// 五本账：一本……，一本……; 五个一：一场……，一堂……
    Unit,
    /// 三部曲：“……”“……”
    Quoted,
    /// 道路硬化、管网改造、绿化补植: of one length.
    Length,
    /// 甲、乙、丙这三个单位: whatever stands there.
    Any,
    /// 五种打法：甲、乙……: short words of any length.
    Listed,
    /// Only marks part them: 抓好产业、项目、环境三项任务.
    Loose,
}

/// Where the row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Behind a colon, a dash or 即.
    Behind,
    /// In the sentences that follow.
    Sentences,
    /// Before the count.
    Before,
    /// Before the count, with 等.
    Such,
    /// Right before 这 and the count: 甲、乙、丙这三个单位.
    This,
}

/// What speaks for a row: the names of [`super::loose`] that hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evidence(u64);

impl Evidence {
    pub(super) fn of(names: &[&str], holds: impl Fn(&str) -> bool) -> Self {
        Self(names.iter().enumerate().fold(0, |bits, (n, name)| bits | u64::from(holds(name)) << n))
    }

    /// True when the name of this place holds.
    pub const fn has(self, place: usize) -> bool {
        self.0 & (1 << place) != 0
    }
}

/// How long a row may be, in bytes.
pub(super) const LONG: usize = 900;

/// How many characters stand between a count and the colon.
pub(super) const WORD: usize = 4;

/// The marks that part items, the strongest first.
pub(super) const MARKS: [char; 3] = ['；', '，', '、'];

/// What stands between a count and its items.
pub(super) const OPENERS: [&str; 11] = ["：即", "：就是", "：", ":", "——", "，即", "，就是", "（", "(", "。", "，"];

/// What is counted: 四个不漏.
pub struct Counted<'a> {
    pub count: u32,
    pub unit: &'a str,
    pub noun: &'a str,
    /// What else is counted beside it, if one row follows all: 三个提前、四个不漏：……
    pub others: &'a [&'a str],
    /// The number only measures.
    pub measured: bool,
}

/// Where what stands behind a count begins.
pub struct Opening {
    pub(super) mark: &'static str,
    pub(super) start: usize,
    /// A word stands between the count and the mark: 三个维度来把握：
    pub(super) word: bool,
    /// That word begins with 的.
    pub(super) is_of: bool,
    /// The count stands in quotes.
    pub(super) is_name: bool,
}

/// The mark behind a count whose noun ends at byte `end`.
pub(super) fn opening(line: &str, end: usize) -> Option<Opening> {
    let rest = &line[end..floor(line, end + LONG)];
    // “六个一”活动：, 三个维度来把握：
    let inner = rest.trim_start_matches(is_quote);
    let word = inner.char_indices().take(WORD + 1).find(|(_, c)| !is_han(*c)).map_or(0, |(i, _)| i);
    // 三项集权的关系：
    let is_of = inner.starts_with('的');
    let inner = &inner[word..];
    let mark = OPENERS.iter().find(|mark| inner.starts_with(**mark))?;
    let from = end + rest.len() - inner.len() + mark.len();
    let start = from + line[from..].len() - line[from..].trim_start_matches(is_space).len();
    Some(Opening { mark, start, word: word > 0, is_of, is_name: rest.starts_with(is_quote) })
}

/// An item without the quotes and the connecting word around it.
pub(super) fn strip(piece: &str) -> &str {
    let trim = |c: char| is_quote(c) || is_space(c) || is_stop(c) || MARKS.contains(&c);
    let piece = piece.trim_matches(trim);
    let rest = JOINING.at(piece, 0).map_or(piece, |(word, _)| &piece[word.end as usize..]);
    // “和”字为贵
    if after(rest, 0).is_some_and(is_closing_quote) { piece } else { rest.trim_matches(trim) }
}
