//! Counts whose items stand in the same sentence without ordinals: 五个坚持：坚持……，坚持……; A、B、C、D等三项工作.
//!
//! Looked at only where the items are alike in form, so that it is sure what an item is.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::numeral;
use crate::text::Range;
use crate::text::chars::{after, is_han, is_stop};
use crate::text::position::floor;

/// A count that differs from the number of its items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// From the number to the end of the noun.
    pub range: Range,
    pub number: Range,
    pub text: Box<str>,
    pub count: u32,
    pub actual: u32,
}

static COLON: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("："));
static SUCH: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("等"));

/// How far before a colon the count may stand, in bytes.
const NOUN: usize = 24;
/// How long a row of items may be, in bytes.
const ROW: usize = 600;

/// The counts of `line` that do not fit their items.
pub fn find(line: &str) -> Vec<Tally> {
    let mut found = Vec::new();
    for at in COLON.find_iter(line.as_bytes()) {
        found.extend(recurring(line, at));
    }
    for at in SUCH.find_iter(line.as_bytes()) {
        found.extend(enumerated(line, at));
    }
    found
}

/// The count that begins at byte `at`: its value, where the numeral ends, and the noun, which ends at `end`.
fn count(line: &str, at: usize, end: usize) -> Option<(u32, usize, &str)> {
    let (count, len) = numeral::read_count(line.get(at..end)?)?;
    let classifier = after(line, at + len).filter(|c| "个项条大种件".contains(*c))?;
    let noun = line.get(at + len + classifier.len_utf8()..end)?;
    (count > 1 && count <= 20 && noun.chars().all(is_han)).then_some((count, at + len, noun))
}

/// 五个坚持：坚持……，坚持…… with the colon at byte `colon`.
fn recurring(line: &str, colon: usize) -> Option<Tally> {
    let head = line.get(..colon)?;
    let end = head.trim_end_matches(['”', '」', '』']).len();
    let from = (0..=end.saturating_sub(6))
        .rev()
        .take(NOUN)
        .filter(|&i| line.is_char_boundary(i))
        .find(|&i| numeral::starts_count(&line.as_bytes()[i..]) && count(line, i, end).is_some())?;
    // 十五个: the numeral begins before.
    if line.get(..from)?.chars().next_back().is_some_and(|c| numeral::is_chinese(c) || c == '第') {
        return None;
    }
    let (count, number_end, noun) = count(line, from, end)?;
    if !(2..=4).contains(&noun.chars().count()) {
        return None;
    }
    let rest = line.get(colon + "：".len()..)?;
    let row = &rest[..rest[..floor(rest, ROW + 4)].find(is_stop).filter(|len| *len <= ROW)?];
    let opens = |piece: &str| piece.trim_start_matches(['“', '‘', '「', ' ']).starts_with(noun);
    let actual = ['；', '，', '、'].into_iter().find_map(|mark| {
        let pieces: Vec<&str> = row.split(mark).collect();
        (pieces.len() > 1 && pieces.iter().all(|piece| opens(piece))).then_some(pieces.len() as u32)
    })?;
    (actual != count).then(|| Tally {
        range: Range::new(from, end),
        number: Range::new(from, number_end),
        text: line[from..end].into(),
        count,
        actual,
    })
}

/// 道路硬化、管网改造、绿化补植、墙面粉刷等三项工作 with 等 at byte `at`: more items of one length than are
/// said. Fewer may be examples.
fn enumerated(line: &str, at: usize) -> Option<Tally> {
    let from = at + "等".len();
    let (count, len) = numeral::read_count(line.get(from..)?)?;
    let classifier = after(line, from + len).filter(|c| "个项条大种件".contains(*c))?;
    let row = line.get(floor(line, at.saturating_sub(ROW))..at)?;
    let row =
        &row[row.rfind(|c| is_stop(c) || matches!(c, '，' | '；' | '：' | '“' | '（' | '《' | ',')).map_or(0, |i| i)..];
    let row = row.trim_start_matches(|c| is_stop(c) || matches!(c, '，' | '；' | '：' | '“' | '（' | '《' | ','));
    let pieces: Vec<&str> = row.split('、').collect();
    let length = pieces.last()?.chars().count();
    let alike =
        |piece: &&str| piece.chars().count() == length && piece.chars().all(|c| is_han(c) && !"和及与或".contains(c));
    let actual = pieces.len() as u32;
    let first = pieces.first()?.chars().count();
    let end = from + len + classifier.len_utf8();
    (count > 1 && actual > count && (3..=8).contains(&length) && first >= length && pieces[1..].iter().all(alike)).then(
        || Tally {
            range: Range::new(from, end),
            number: Range::new(from, from + len),
            text: line[from..end].into(),
            count,
            actual,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &[(&str, u32)]) {
        let found = find(line);
        let found: Vec<(&str, u32)> = found.iter().map(|t| (&*t.text, t.actual)).collect();
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn a_frame_that_recurs() {
        check("必须做到五个坚持：坚持党建引领，坚持产业带动，坚持群众主体。", &[("五个坚持", 3)]);
        check("做到“两个不忘”：不忘师恩，不忘父母，不忘同窗。", &[("两个不忘", 3)]);
        check("做到三个不忘：不忘师恩，不忘父母，不忘同窗。", &[]);
        check("做到三个坚持：坚持问题导向，找准短板；坚持目标导向，压茬推进。", &[("三个坚持", 2)]);
        check("做到三个坚持：坚持问题导向，找准短板，压茬推进。", &[]);
        check("今年有十五个坚持：坚持甲，坚持乙。", &[]);
    }

    #[test]
    fn more_items_than_are_said() {
        check("要抓好道路硬化、管网改造、绿化补植、墙面粉刷等三项收尾工作。", &[("三项", 4)]);
        check("要抓好水稻育秧、农机检修、种子调运等五项备耕任务。", &[]);
        check("要抓好教育、医疗和养老、交通等两项工作。", &[]);
    }
}
